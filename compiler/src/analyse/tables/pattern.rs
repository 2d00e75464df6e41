//! T108, T109: one row that does not fit what all the others show. A slip of the pen in a table of amounts usually
//! breaks the regularity that its author had in mind.

use super::super::subject::{Subject, articles};
use super::rows::graded;
use super::{Figure, Written, by_values, column, key_worded};
use crate::money::Ratio;
use anlan_lang::diag::{Finding, Place, codes};
use anlan_lang::tree::{Order, TableRow};

/// Fewer rows show no regularity that one row could break.
const ROWS_FOR_MULTIPLE: usize = 4;
const ROWS_FOR_STEPS: usize = 5;

pub(super) fn odd_row(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    for table in by_values(subject) {
        let order = table.domain.domain.order.unwrap_or(Order::WorstFirst);
        let columns = table.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let all: Vec<Vec<(&TableRow, Figure)>> = (0..columns)
            .map(|index| graded(subject, &table, order, index))
            .collect();
        // A row out of order is T106's to report.
        let falls =
            |rows: &[(&TableRow, Figure)]| rows.iter().zip(rows.iter().skip(1)).any(|(a, b)| a.1.value < b.1.value);
        if table.domain.domain.order.is_some() && all.iter().any(|rows| falls(rows)) {
            continue;
        }
        let of_multiple = multiple(subject, &table, &all);
        if of_multiple.is_some() {
            found.extend(of_multiple);
        } else if table.domain.domain.order.is_some() {
            found.extend(
                all.iter()
                    .enumerate()
                    .filter_map(|(index, rows)| steps(subject, &table, index, rows)),
            );
        }
    }
}

/// One column is the same multiple of another in every row but one.
fn multiple(subject: &Subject<'_>, table: &Written<'_>, all: &[Vec<(&TableRow, Figure)>]) -> Option<Finding> {
    for (i, base) in all.iter().enumerate() {
        for (j, other) in all.iter().enumerate().skip(i + 1) {
            if base.len() != other.len() || base.len() < ROWS_FOR_MULTIPLE {
                continue;
            }
            let quotients: Option<Vec<Ratio>> = base
                .iter()
                .zip(other)
                .map(|(a, b)| quotient(b.1.value, a.1.value))
                .collect();
            let Some((factor, odd)) = quotients.as_deref().and_then(all_but_one) else {
                continue;
            };
            // The slip is in the column whose own steps break there; by default in the later one.
            let values = |rows: &[(&TableRow, Figure)]| rows.iter().map(|row| row.1.value).collect::<Vec<_>>();
            let in_base = uneven(&values(base)).is_some_and(|(at, _, _)| at == odd);
            let (index, rows, against, expected, factor) = if in_base {
                (
                    i,
                    base,
                    j,
                    quotient(other.get(odd)?.1.value, factor)?,
                    quotient(Ratio::ONE, factor)?,
                )
            } else {
                (j, other, i, base.get(odd)?.1.value.checked_mul(factor)?, factor)
            };
            let (row, written) = rows.get(odd)?;
            let place = subject.at(row.cells.get(index)?.span());
            return Some(
                mended(Finding::new(codes::T108, place), place, written.literal(expected))
                    .arg("table", table.name.text.as_str())
                    .arg("row", key_worded(&row.key))
                    .arg("column", column(table, index))
                    .arg("other", column(table, against))
                    .arg("factor", plain(factor))
                    .arg("expected", written.word(expected))
                    .arg("written", written.arg())
                    .articles(articles(&row.notes))
                    .about(table.name.text.clone()),
            );
        }
    }
    None
}

/// With the cell as it would be, where that can be written.
fn mended(finding: Finding, place: Place, cell: Option<String>) -> Finding {
    match cell {
        Some(cell) => finding.fixed(place, cell),
        None => finding,
    }
}

/// A factor reads as a number, with decimals where it has few (1.5), else as a fraction (1/3).
fn plain(factor: Ratio) -> anlan_lang::diag::Arg {
    match i64::try_from(factor.numerator()) {
        Ok(whole) if factor.denominator() == 1 => anlan_lang::diag::Arg::Count(whole),
        _ => {
            let decimals = (1..=4u32).find_map(|scale| {
                let times = 10i128.pow(scale);
                let of_one = times.checked_div(factor.denominator())?;
                let exact = of_one.checked_mul(factor.denominator())? == times;
                let digits = i64::try_from(factor.numerator().checked_mul(of_one)?).ok()?;
                exact.then(|| rust_decimal::Decimal::new(digits, scale).to_string())
            });
            decimals
                .unwrap_or_else(|| format!("{}/{}", factor.numerator(), factor.denominator()))
                .into()
        }
    }
}

/// A column goes down by the same step in every row but one.
fn steps(subject: &Subject<'_>, table: &Written<'_>, index: usize, rows: &[(&TableRow, Figure)]) -> Option<Finding> {
    let values: Vec<Ratio> = rows.iter().map(|row| row.1.value).collect();
    let (odd, expected, step) = uneven(&values)?;
    let (row, written) = rows.get(odd)?;
    let place = subject.at(row.cells.get(index)?.span());
    Some(
        mended(Finding::new(codes::T109, place), place, written.literal(expected))
            .arg("table", table.name.text.as_str())
            .arg("column", column(table, index))
            .arg("row", key_worded(&row.key))
            .arg("step", written.word(step))
            .arg("expected", written.word(expected))
            .arg("written", written.arg())
            .articles(articles(&row.notes))
            .about(table.name.text.clone()),
    )
}

/// The one index at which values leave an even progression, what it would be, and the size of a step.
fn uneven(values: &[Ratio]) -> Option<(usize, Ratio, Ratio)> {
    if values.len() < ROWS_FOR_STEPS {
        return None;
    }
    let differences: Vec<Ratio> = values
        .iter()
        .zip(values.iter().skip(1))
        .map(|(a, b)| a.checked_sub(*b))
        .collect::<Option<_>>()?;
    let step = *differences
        .iter()
        .max_by_key(|step| differences.iter().filter(|other| other == step).count())?;
    if step == Ratio::ZERO {
        return None;
    }
    let level: Vec<Ratio> = (0i64..)
        .zip(values)
        .map(|(i, value)| value.checked_add(step.checked_mul(Ratio::integer(i))?))
        .collect::<Option<_>>()?;
    let (base, odd) = all_but_one(&level)?;
    let expected = base.checked_sub(step.checked_mul(Ratio::integer(i64::try_from(odd).ok()?))?)?;
    let size = if step.is_negative() {
        Ratio::ZERO.checked_sub(step)?
    } else {
        step
    };
    Some((odd, expected, size))
}

/// The value that all but one of the values have, and the index of that one.
fn all_but_one(values: &[Ratio]) -> Option<(Ratio, usize)> {
    let common = *values
        .iter()
        .max_by_key(|value| values.iter().filter(|other| other == value).count())?;
    let mut odd = values.iter().enumerate().filter(|(_, value)| **value != common);
    let (index, _) = odd.next()?;
    odd.next().is_none().then_some((common, index))
}

fn quotient(a: Ratio, b: Ratio) -> Option<Ratio> {
    Ratio::new(
        a.numerator().checked_mul(b.denominator())?,
        a.denominator().checked_mul(b.numerator())?,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn integers(values: &[i64]) -> Vec<Ratio> {
        values.iter().map(|value| Ratio::integer(*value)).collect()
    }

    #[test]
    fn the_odd_one_is_found_and_mended() {
        assert_eq!(
            uneven(&integers(&[10, 9, 8, 8, 6, 5])),
            Some((3, Ratio::integer(7), Ratio::ONE))
        );
        assert_eq!(
            uneven(&integers(&[12, 9, 8, 7, 6])),
            Some((0, Ratio::integer(10), Ratio::ONE))
        );
    }

    #[test]
    fn regular_and_irregular_columns_are_quiet() {
        assert_eq!(uneven(&integers(&[10, 9, 8, 7, 6, 5])), None);
        assert_eq!(uneven(&integers(&[100, 75, 50, 30, 20, 15])), None);
        assert_eq!(uneven(&integers(&[5, 5, 5, 5, 4])), None);
        assert_eq!(all_but_one(&integers(&[3, 3, 3, 3])), None);
        assert_eq!(all_but_one(&integers(&[3, 3, 2, 1])), None);
    }
}
