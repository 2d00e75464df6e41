//! Rows by intervals: they must meet at their ends, without gap and without overlap.

use super::super::subject::Subject;
use crate::money::{Grid, Ratio};
use crate::plan::{FactKind, Plan, RowKey, Table, TableRow};
use anlan_lang::diag::{Arg, Args, Finding, codes};
use anlan_lang::texts::{Language, text};

/// T104, T105.
pub(super) fn meet(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    // A contract changes no table of the scheme.
    if subject.is_contract() {
        return;
    }
    for table in &plan.statement.tables {
        let mut rows: Vec<(i64, Option<i64>, &TableRow)> = table
            .rows
            .iter()
            .filter_map(|row| match row.key {
                RowKey::Interval { from, below } => Some((from.unwrap_or(i64::MIN), below, row)),
                RowKey::Values(_) | RowKey::Otherwise => None,
            })
            .collect();
        rows.sort_by_key(|(from, below, _)| (*from, below.is_none(), *below));
        let rest = table.rows.iter().any(|row| row.key == RowKey::Otherwise);
        // The row that reaches furthest so far: a row inside another one leaves no gap behind it.
        let mut furthest = rows.first().copied();
        for &(from, below, row) in rows.iter().skip(1) {
            let Some((_, reached, before)) = furthest else { break };
            match reached {
                None => found.push(overlap(subject, table, before, row, Some(from), below)),
                Some(reached) if from < reached => {
                    let end = below.map_or(reached, |below| below.min(reached));
                    found.push(overlap(subject, table, before, row, Some(from), Some(end)));
                }
                Some(reached) if from > reached && !rest => {
                    found.push(gap(subject, table, Some(before), row, Some(reached), Some(from)));
                }
                Some(_) => {}
            }
            let further = match (reached, below) {
                (None, _) => false,
                (Some(_), None) => true,
                (Some(reached), Some(below)) => below > reached,
            };
            if further {
                furthest = Some((from, below, row));
            }
        }
        let (Some((from, _, first)), Some((_, below, last))) = (rows.first(), furthest) else {
            continue;
        };
        let (least, most) = ends(plan, table);
        if *from > least && !rest {
            found.push(gap(subject, table, None, first, None, Some(*from)));
        }
        if let Some(below) = below
            && most.is_none_or(|most| below <= most)
            && !rest
        {
            found.push(gap(subject, table, None, last, Some(below), None));
        }
    }
}

/// The least and the greatest whole number that the fact can be, in its units.
fn ends(plan: &Plan, table: &Table) -> (i64, Option<i64>) {
    let grid = |value: crate::money::Ratio, precision: crate::money::Ratio| {
        let units = value
            .numerator()
            .checked_mul(precision.denominator())
            .zip(value.denominator().checked_mul(precision.numerator()))
            .and_then(|(n, d)| crate::money::Ratio::new(n, d))?;
        i64::try_from(units.numerator().div_euclid(units.denominator())).ok()
    };
    match plan.facts.get(table.by.index()).map(|fact| &fact.kind) {
        Some(FactKind::Number {
            precision, from, to, ..
        }) => (grid(*from, *precision).unwrap_or(i64::MIN), grid(*to, *precision)),
        Some(FactKind::Date) => (i64::MIN, None),
        _ => (0, None),
    }
}

fn overlap(
    subject: &Subject<'_>,
    table: &Table,
    before: &TableRow,
    row: &TableRow,
    from: Option<i64>,
    below: Option<i64>,
) -> Finding {
    report(subject, codes::T105, table, Some(before), row).arg("overlap", interval(subject.plan(), table, from, below))
}

fn gap(
    subject: &Subject<'_>,
    table: &Table,
    before: Option<&TableRow>,
    row: &TableRow,
    from: Option<i64>,
    below: Option<i64>,
) -> Finding {
    report(subject, codes::T104, table, before, row).arg("gap", interval(subject.plan(), table, from, below))
}

fn report(
    subject: &Subject<'_>,
    code: anlan_lang::diag::Code,
    table: &Table,
    before: Option<&TableRow>,
    row: &TableRow,
) -> Finding {
    let mut finding = Finding::new(code, subject.of(&row.source))
        .arg("table", table.id.as_str())
        .articles(table.source.articles.clone())
        .about(table.id.clone());
    if let Some(place) = before.and_then(|before| subject.places().of(&before.source)) {
        finding = finding.label(place, "previous");
    }
    finding
}

/// `500元以上不满600元`, or the one number where the interval holds no other.
fn interval(plan: &Plan, table: &Table, from: Option<i64>, below: Option<i64>) -> Arg {
    let kind = plan.facts.get(table.by.index()).map(|fact| &fact.kind);
    if let Some(grid) = kind.and_then(FactKind::grid) {
        return between(grid, from, below);
    }
    let word = |units: i64| match kind {
        Some(FactKind::Money) => Arg::Money(units),
        _ => Arg::Count(units),
    };
    let (id, args) = match (from, below) {
        (Some(from), Some(below)) if from.checked_add(1) == Some(below) => return word(from),
        (Some(from), Some(below)) => (
            "interval-between",
            Args::from([("from", word(from)), ("below", word(below))]),
        ),
        (None, Some(below)) => ("interval-below", Args::from([("below", word(below))])),
        (Some(from), None) => ("interval-from", Args::from([("from", word(from))])),
        (None, None) => return "".into(),
    };
    names(id, &args)
}

/// The same between positions on a grid, whose points may lie just outside.
fn between(grid: Grid, from: Option<i64>, below: Option<i64>) -> Arg {
    let word = |point: Ratio| match (grid, i64::try_from(point.numerator())) {
        (Grid::UNITS, Ok(units)) => Arg::Count(units),
        _ => Arg::Ratio {
            numerator: point.numerator(),
            denominator: point.denominator(),
        },
    };
    let bound = |place: Option<i64>| grid.bound(place?);
    let (from, below) = (bound(from), bound(below));
    if let (Some((point, false)), Some((end, true))) = (from, below)
        && point == end
    {
        return word(point);
    }
    let id = match (from.map(|(_, beyond)| beyond), below.map(|(_, beyond)| beyond)) {
        (Some(false), Some(false)) => "interval-between",
        (Some(false), Some(true)) => "interval-from-to",
        (Some(true), Some(false)) => "interval-over-below",
        (Some(true), Some(true)) => "interval-over-to",
        (Some(false), None) => "interval-from",
        (Some(true), None) => "interval-over",
        (None, Some(false)) => "interval-below",
        (None, Some(true)) => "interval-to",
        (None, None) => return "".into(),
    };
    let from = from.map(|(point, _)| ("from", word(point)));
    let below = below.map(|(point, _)| ("below", word(point)));
    names(id, &from.into_iter().chain(below).collect())
}

fn names(id: &str, args: &Args) -> Arg {
    Arg::Names {
        zh: text(Language::Zh, id, args),
        en: text(Language::En, id, args),
    }
}
