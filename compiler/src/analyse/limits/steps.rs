//! Steps of a row of a schedule against one another.

use super::super::amounts;
use super::super::maximum::Kind;
use super::super::subject::Subject;
use super::super::witness::dearest;
use super::cap;
use crate::plan::{Amount, BenefitKind, Cell, Limit, Operation, Plan, RowAmount, Schedule, ScheduleRow, Source};
use anlan_lang::diag::{Finding, Witness, codes};
use rustc_hash::FxHashSet;

/// L107: 至少 above 限额 in one row, so that one of the two never counts.
pub(super) fn floor_above_cap(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    let mut reported = FxHashSet::default();
    for (schedule, row) in rows(plan) {
        let caps = row.steps.iter().filter_map(|step| match &step.operation {
            Operation::UpTo(amount) => Some((amount, &step.source)),
            _ => None,
        });
        for (most, most_source) in caps {
            for step in &row.steps {
                let Operation::AtLeast(floor) = &step.operation else {
                    continue;
                };
                let Some(excess) = amounts::compare(plan, floor, most).exceeds else {
                    continue;
                };
                let place = subject.of(&step.source);
                if !reported.insert(place.map(|p| (p.file, p.span.start))) {
                    continue;
                }
                let mut finding = Finding::new(codes::L107, place)
                    .arg("floor", amounts::greater(&excess))
                    .arg("cap", amounts::known(excess.other))
                    .articles(row.source.articles.clone())
                    .about(schedule.id.clone())
                    .witness(of_row(subject, schedule, row));
                if let Some(place) = subject.places().of(most_source) {
                    finding = finding.label(place, "cap");
                }
                found.push(finding);
            }
        }
    }
}

fn rows(plan: &Plan) -> impl Iterator<Item = (&Schedule, &ScheduleRow)> {
    plan.statement
        .schedules
        .iter()
        .flat_map(|schedule| schedule.rows.iter().map(move |row| (schedule, row)))
}

/// L103: a 限额 in a row of a schedule that what stands before it never exceeds.
pub(super) fn dead_step(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    let mut reported = FxHashSet::default();
    for (schedule, row) in rows(plan) {
        let Some(starts) = starts(plan, &row.amount) else {
            continue;
        };
        for (at, step) in row.steps.iter().enumerate() {
            let Operation::UpTo(most) = &step.operation else {
                continue;
            };
            // A total over several claims may pass what one claim cannot, unless equal fixed sums are paid once or the
            // row caps the total already.
            let keyed = !step.keys.is_empty() || !schedule.keys.is_empty();
            let several = keyed && row.kind != BenefitKind::Fixed;
            let before = row.steps.get(..at).unwrap_or_default();
            let raised = before
                .iter()
                .any(|step| matches!(step.operation, Operation::AtLeast(_) | Operation::Round { .. }));
            if raised || *most == Amount::Unlimited {
                continue;
            }
            let shared = |start: &Amount| before.iter().try_fold(start.clone(), share);
            let dead = starts
                .iter()
                .all(|start| shared(start).is_some_and(|amount| amounts::compare(plan, &amount, most).never));
            let dead = if several { held(plan, &step.source) } else { dead };
            let place = subject.of(&step.source);
            if dead && reported.insert(place.map(|p| (p.file, p.span.start))) {
                found.push(
                    Finding::new(codes::L103, place)
                        .arg("limit", schedule.id.as_str())
                        .arg("why", "step")
                        .articles(row.source.articles.clone())
                        .about(schedule.id.clone())
                        .witness(of_row(subject, schedule, row)),
                );
            }
        }
    }
}

/// Wherever a cap on a total comes from this place, one of the same row that acts before it is no higher.
fn held(plan: &Plan, place: &Source) -> bool {
    let own = || plan.limits.iter().enumerate().filter(|(_, limit)| limit.own);
    let here = || own().filter(|(_, limit)| limit.source == *place);
    let lower = |(at, limit): (usize, &Limit)| {
        let earlier = own().take_while(|(other, _)| *other < at);
        let mut same = earlier.filter(|(_, other)| other.filter == limit.filter && other.keys == limit.keys);
        same.any(|(_, other)| {
            let amounts = cap(&other.rule).zip(cap(&limit.rule));
            amounts.is_some_and(|(other, amount)| amounts::compare(plan, other, amount).never)
        })
    };
    here().next().is_some() && here().all(lower)
}

/// The dearest claim that a row pays.
fn of_row(subject: &Subject<'_>, schedule: &Schedule, row: &ScheduleRow) -> Option<Witness> {
    let plan = subject.plan();
    let by_row = |kind: &Kind| {
        let cover = plan.covers.get(kind.cover.index());
        row.harms.contains(&kind.harm) && cover.is_some_and(|cover| cover.schedule.as_ref() == Some(&schedule.id))
    };
    subject
        .sound
        .then(|| dearest(subject, by_row, |shown| shown.paid > 0))?
}

/// What a share, a deductible or a cap makes of an amount, seen from above.
fn share(amount: Amount, step: &crate::plan::RowStep) -> Option<Amount> {
    match &step.operation {
        Operation::Share(ratio) => Some(Amount::Scaled {
            ratio: ratio.clone(),
            of: Box::new(amount),
        }),
        Operation::Less(_) | Operation::UpTo(_) => Some(amount),
        Operation::AtLeast(_) | Operation::Round { .. } => None,
    }
}

/// The amounts that a row may start from: one, or one for each cell of a table.
fn starts(plan: &Plan, amount: &RowAmount) -> Option<Vec<Amount>> {
    let column = |table: &str, column: &Option<String>| {
        let table = plan.statement.tables.iter().find(|t| t.id == table)?;
        let at = match column {
            Some(name) => table.columns.iter().position(|c| c == name)?,
            None => 0,
        };
        Some(table.rows.iter().filter_map(move |row| row.cells.get(at)))
    };
    match amount {
        RowAmount::None | RowAmount::SumInsured => None,
        RowAmount::Amount(amount) => Some(vec![amount.clone()]),
        RowAmount::Table { table, column: name } => column(table, name)?
            .map(|cell| match cell {
                Cell::Amount(amount) => Some(amount.clone()),
                Cell::Ratio(_) => None,
            })
            .collect(),
        RowAmount::TableOf {
            table,
            column: name,
            of,
        } => column(table, name)?
            .map(|cell| match cell {
                Cell::Ratio(ratio) => Some(Amount::Scaled {
                    ratio: ratio.clone(),
                    of: Box::new(of.clone()),
                }),
                Cell::Amount(_) => None,
            })
            .collect(),
    }
}
