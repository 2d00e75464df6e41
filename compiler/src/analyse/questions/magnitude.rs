//! Q125: an amount that is ten, a hundred or ten thousand times its siblings, and with that factor taken off would
//! stand among them: 万元 for 元, or a zero too many. U108 knows what is out of all proportion; this rule knows only
//! what the same document says elsewhere.

use super::super::payable::harm;
use super::super::subject::{Subject, articles};
use crate::money::Fen;
use crate::resolve::id;
use crate::resolve::walk::Scale;
use crate::types::{constant_money, likely};
use anlan_lang::diag::{Arg, Finding, codes};
use anlan_lang::texts::{Language, money};
use anlan_lang::tree::{
    BenefitAmount, BenefitRow, ClauseKind, CoverSet, Expr, Key, Notes, Order, Pays, Span, Step, TableRow,
};
use std::collections::BTreeMap;

/// What a slip of a unit or of zeros multiplies or divides by.
const SLIPS: &[i64] = &[10, 100, 1_000, 10_000, 100_000_000];
/// Siblings lie within this factor of each other, else nothing is known of what is usual.
const SPREAD: i64 = 5;
/// An amount without its zero lies within this factor of the siblings.
const NEAR: i64 = 3;
/// An amount so many times above all siblings, or below, stands out.
const FAR: i64 = 8;

/// One amount as written.
#[derive(Debug, Clone, Copy)]
struct Written<'a> {
    value: i64,
    span: Span,
    notes: &'a Notes,
    /// The item it belongs to
    of: &'a str,
    scale: Scale,
}

pub(super) fn slips(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let mut families: Vec<Vec<Written<'_>>> = benefits(subject);
    families.extend(limits(subject));
    for family in &families {
        for (index, amount) in family.iter().enumerate() {
            let others = || family.iter().enumerate().filter(move |(other, _)| *other != index);
            let values: Vec<i64> = others().map(|(_, other)| other.value).collect();
            if let Some(meant) = meant(amount.value, &values)
                // Out of all proportion: U108 has asked.
                && likely(Fen(amount.value), amount.scale).is_none()
            {
                let sibling = others().map(|(_, other)| other).next();
                report(subject, amount, meant, sibling, found);
            }
        }
    }
    tables(subject, found);
}

/// The amount without its slip, where it stands out among its siblings and would not without.
fn meant(value: i64, siblings: &[i64]) -> Option<i64> {
    let (low, high) = (*siblings.iter().min()?, *siblings.iter().max()?);
    let near = siblings.len() > 1 && low > 0 && high <= low.checked_mul(SPREAD)?;
    let above = value >= high.checked_mul(FAR)?;
    let below = value.checked_mul(FAR)? <= low;
    if !near || value == 0 || !(above || below) {
        return None;
    }
    // One zero may leave it beside its siblings; a whole unit must bring it among them.
    let (least, most) = (low.checked_div(NEAR)?, high.checked_mul(NEAR)?);
    let zero = unslipped(value, above)
        .next()
        .filter(|meant| (least..=most).contains(meant));
    zero.or_else(|| unslipped(value, above).find(|meant| (low..=high).contains(meant)))
}

/// The value with each slip taken off, if that leaves a whole number of 分.
fn unslipped(value: i64, above: bool) -> impl Iterator<Item = i64> {
    SLIPS.iter().filter_map(move |slip| match above {
        true => (value % slip == 0).then_some(value / slip),
        false => value.checked_mul(*slip),
    })
}

fn report(
    subject: &Subject<'_>,
    amount: &Written<'_>,
    meant: i64,
    sibling: Option<&Written<'_>>,
    found: &mut Vec<Finding>,
) {
    let place = subject.at(amount.span);
    let mut finding = Finding::new(codes::Q125, place)
        .arg("amount", Arg::Money(amount.value))
        .arg("meant", Arg::Money(meant))
        .arg("of", amount.of)
        .articles(articles(amount.notes))
        .about(amount.of)
        .fixed(place, money(Language::Zh, meant));
    if let Some(sibling) = sibling {
        finding = finding.label(subject.at(sibling.span), "sibling");
    }
    found.push(finding);
}

/// The amounts for one harm, fixed ones apart from caps, over all schedules and covers that state their own rows.
fn benefits<'a>(subject: &Subject<'a>) -> Vec<Vec<Written<'a>>> {
    let mut families: BTreeMap<(&str, bool), Vec<Written<'a>>> = BTreeMap::new();
    let mut add = |of: &'a str, row: &'a BenefitRow| {
        let units = subject.scope.units();
        let scale = match row.harms.iter().all(|harm| of_life(subject, &harm.text)) {
            true => Scale::Life,
            false => Scale::Benefit,
        };
        let fixed = match &row.amount {
            Some(BenefitAmount::Fixed(amount)) => Some((amount, false, &row.notes)),
            _ => None,
        };
        let caps = row.steps.iter().filter_map(|step| match &step.step {
            Step::UpTo(cap) => Some((cap, true, &step.notes)),
            _ => None,
        });
        for (amount, cap, notes) in fixed.into_iter().chain(caps) {
            if let Some(written) = written(units, amount, notes, of, scale) {
                for harm in &row.harms {
                    families.entry((&harm.text, cap)).or_default().push(written);
                }
            }
        }
    };
    for clause in subject.clauses() {
        match &clause.kind {
            ClauseKind::Schedule(schedule) => schedule.rows.iter().for_each(|row| add(&schedule.name.text, row)),
            ClauseKind::Cover(cover) => {
                for (pays, _) in &cover.pays {
                    if let Pays::Rows { rows, .. } = pays {
                        rows.iter().for_each(|row| add(&cover.name.text, row));
                    }
                }
            }
            _ => {}
        }
    }
    families.into_values().collect()
}

fn written<'a>(
    units: &crate::types::Units,
    amount: &'a Expr,
    notes: &'a Notes,
    of: &'a str,
    scale: Scale,
) -> Option<Written<'a>> {
    let Expr::Quantity(quantity) = amount else { return None };
    let Fen(value) = constant_money(units, amount)?;
    Some(Written {
        value,
        span: quantity.span,
        notes,
        of,
        scale,
    })
}

/// Death or disability, as U108 tells them apart.
fn of_life(subject: &Subject<'_>, harm: &str) -> bool {
    let harms = subject
        .scope
        .domain_named(id::HARM)
        .and_then(|domain| subject.scope.domain(domain));
    let value = harms.and_then(|harms| harms.get(harms.value(harm)?));
    value.is_some_and(|value| value.id == harm::DEATH || value.id == harm::DISABILITY)
}

/// Limits that count by the same keys.
fn limits<'a>(subject: &Subject<'a>) -> Vec<Vec<Written<'a>>> {
    let mut families: Vec<(Vec<&'a Key>, bool, Vec<Written<'a>>)> = Vec::new();
    let limits = subject.all(|kind| match kind {
        ClauseKind::Limit(limit) => Some(limit),
        _ => None,
    });
    for (limit, clause) in limits {
        let units = subject.scope.units();
        let of_all = |key: &Key| matches!(key, Key::Event(_) | Key::Year(_) | Key::Term(_));
        let scale = match limit.keys.iter().all(of_all) {
            true => Scale::Aggregate,
            false => Scale::Benefit,
        };
        let Some(written) = written(units, &limit.amount, &clause.notes, &limit.name.text, scale) else {
            continue;
        };
        let keys: Vec<&Key> = limit.keys.iter().collect();
        let all = matches!(limit.over, CoverSet::All(_));
        match families.iter_mut().find(|family| family.0 == keys && family.1 == all) {
            Some(family) => family.2.push(written),
            None => families.push((keys, all, vec![written])),
        }
    }
    families.into_iter().map(|(_, _, family)| family).collect()
}

/// The first or last row of a graded table that leaps where all other rows go in small steps.
fn tables(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let tables = subject.all(|kind| match kind {
        ClauseKind::Table(table) => Some(table),
        _ => None,
    });
    for (table, _) in tables {
        let fact = subject.scope.fact_named(&table.by.text);
        let domain = fact.and_then(|fact| subject.scope.domain(subject.scope.domain_of(fact)?));
        let Some(order) = domain.and_then(|domain| domain.domain.order) else {
            continue;
        };
        let width = table.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        for column in 0..width {
            let cells: Vec<Written<'_>> = table
                .rows
                .iter()
                .filter_map(|row| cell(subject, row, column, &table.name.text))
                .collect();
            if let Some((index, meant)) = leap(&cells, order)
                && let Some(amount) = cells.get(index)
                // A thousand times and more is U108's.
                && meant.saturating_mul(1_000) > amount.value
                && amount.value.saturating_mul(1_000) > meant
            {
                let sibling = cells.get(if index == 0 { 1 } else { index.saturating_sub(1) });
                report(subject, amount, meant, sibling, found);
            }
        }
    }
}

fn cell<'a>(subject: &Subject<'_>, row: &'a TableRow, column: usize, of: &'a str) -> Option<Written<'a>> {
    written(
        subject.scope.units(),
        row.cells.get(column)?,
        &row.notes,
        of,
        Scale::Any,
    )
}

/// The end of a column that leaps, and what it would be: between its neighbour and the next small step.
fn leap(cells: &[Written<'_>], order: Order) -> Option<(usize, i64)> {
    const ROWS: usize = 4;
    const STEP: i64 = 3;
    let mut values: Vec<i64> = cells.iter().map(|cell| cell.value).collect();
    if values.len() < ROWS || values.iter().any(|value| *value <= 0) {
        return None;
    }
    let falling = order == Order::WorstFirst;
    if !falling {
        values.reverse();
    }
    let steps: Vec<bool> = values
        .iter()
        .zip(values.iter().skip(1))
        .map(|(worse, better)| better <= worse && better.checked_mul(STEP).is_some_and(|most| *worse <= most))
        .collect();
    let (first, inner) = steps.split_first()?;
    let (last, _) = steps.split_last()?;
    let count = values.len();
    let at = |index: usize| {
        if falling {
            index
        } else {
            count.saturating_sub(1).saturating_sub(index)
        }
    };
    if !*first && inner.iter().all(|step| *step) {
        let (worst, next) = (*values.first()?, *values.get(1)?);
        let most = next.checked_mul(STEP)?;
        (worst >= next.checked_mul(FAR)?).then_some(())?;
        let meant = unslipped(worst, true).find(|meant| (next..=most).contains(meant))?;
        return Some((at(0), meant));
    }
    let outer = steps.get(..steps.len().saturating_sub(1))?;
    if !*last && outer.iter().all(|step| *step) {
        let (next, least) = (*values.get(count.checked_sub(2)?)?, *values.last()?);
        (least.checked_mul(FAR)? <= next).then_some(())?;
        let meant = unslipped(least, false).find(|meant| *meant <= next && meant.saturating_mul(STEP) >= next)?;
        return Some((at(count.saturating_sub(1)), meant));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_far_from_near_siblings_is_a_slip() {
        assert_eq!(meant(3_000, &[100, 300]), Some(300));
        assert_eq!(meant(1, &[100, 300]), Some(100));
        assert_eq!(meant(3_000, &[30, 100]), Some(300));
        assert_eq!(meant(30_000_000, &[1_000, 3_000]), Some(3_000));
    }

    #[test]
    fn what_may_be_meant_is_left_alone() {
        // Ten times one sibling, three times the other: a special standard.
        assert_eq!(meant(300, &[100, 30]), None);
        // Far, but by no factor of a slip.
        assert_eq!(meant(4_500, &[100, 110]), None);
        // Siblings that agree on nothing, and one alone.
        assert_eq!(meant(10_000, &[1, 1_000]), None);
        assert_eq!(meant(1_000, &[100]), None);
        assert_eq!(meant(0, &[100, 100]), None);
    }
}
