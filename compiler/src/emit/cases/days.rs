//! Both sides of every date at which something changes: term, years, dated amounts.

use super::claims::{Base, day_of, paying};
use super::{Ask, Fields, Maker, Origin, field, numbered, with};
use crate::plan::{Amount, LimitRule, Operation, Plan, Term};
use crate::resolve::id;
use anlan_lang::tree::Date;
use jiff::ToSpan;
use std::collections::{BTreeMap, BTreeSet};

/// Times of day that a record may give
const TIMES: [&str; 3] = ["", "T00:00", "T23:59:59"];

impl Maker<'_> {
    /// One case for each set of decisions: the paid claims on the days around every date that the plan knows.
    pub(super) fn days(&mut self, bases: &[Base]) {
        let mut days = BTreeSet::new();
        for day in stated(self.plan) {
            days.extend(day.yesterday().ok());
            days.insert(day);
        }
        let mut claims: BTreeMap<Vec<String>, Vec<Fields>> = BTreeMap::new();
        let mut times = TIMES.iter().cycle();
        let paid = paying(bases);
        // Where no amount is dated, the days concern every claim alike.
        let whole = if dated(self.plan) {
            paid.as_slice()
        } else {
            paid.get(..1).unwrap_or(&[])
        };
        for base in whole {
            let of_base = claims.entry(base.decisions.clone()).or_default();
            for day in &days {
                let time = times.next().copied().unwrap_or_default();
                of_base.push(with(&base.fields, id::DATE, format!("{day}{time}")));
            }
            of_base.extend(self.of_policy(&base.fields));
        }
        for (decisions, claims) in claims {
            let claims = numbered(self.program, claims, &[]);
            let given = self.given(&decisions);
            self.add(id::DATE, Origin::Date, given, claims, Ask::Both);
        }
    }

    /// Days around the ends of the record's own policy.
    fn of_policy(&self, fields: &Fields) -> Vec<Fields> {
        let Term::Policy { start, end } = &self.plan.calendar.term else {
            return Vec::new();
        };
        let id = |fact: &crate::plan::FactId| self.plan.facts.get(fact.index()).map(|f| f.id.as_str());
        let day = |fact| -> Option<Date> { field(fields, id(fact)?)?.get(..10)?.parse().ok() };
        let around = [
            day(start).and_then(|day| day.yesterday().ok()),
            day(start),
            day(end),
            day(end).and_then(|day| day.tomorrow().ok()),
            day(start).and_then(|day| day.checked_add(1.year()).ok()),
        ];
        let on = |day: Date| with(fields, id::DATE, day.to_string());
        around.into_iter().flatten().map(on).collect()
    }
}

/// Every date that the plan states for claims.
fn stated(plan: &Plan) -> BTreeSet<Date> {
    let mut days: BTreeSet<Date> = plan.calendar.boundaries.iter().copied().collect();
    if let Term::Fixed { start, end } = &plan.calendar.term {
        days.insert(*start);
        days.extend(*end);
    }
    amounts(plan).for_each(|amount| of_amount(amount, &mut days));
    days
}

fn dated(plan: &Plan) -> bool {
    let mut days = BTreeSet::new();
    amounts(plan).for_each(|amount| of_amount(amount, &mut days));
    !days.is_empty()
}

fn amounts(plan: &Plan) -> impl Iterator<Item = &Amount> {
    let steps = plan.pipelines.iter().flat_map(|pipeline| &pipeline.steps);
    let of_step = steps.filter_map(|step| match &step.operation {
        Operation::Less(amount) | Operation::UpTo(amount) | Operation::AtLeast(amount) => Some(amount),
        Operation::Share(_) | Operation::Round { .. } => None,
    });
    let of_limit = plan.limits.iter().filter_map(|limit| match &limit.rule {
        LimitRule::UpTo(amount) | LimitRule::Less(amount) => Some(amount),
        LimitRule::Largest { .. } => None,
    });
    let starts = plan.pipelines.iter().map(|pipeline| &pipeline.start);
    starts.chain(of_step).chain(of_limit)
}

fn of_amount(amount: &Amount, days: &mut BTreeSet<Date>) {
    match amount {
        Amount::Dated(values) => {
            days.extend(values.iter().filter_map(|(from, _)| *from));
            values.iter().for_each(|(_, value)| of_amount(value, days));
        }
        Amount::Scaled { of, .. } => of_amount(of, days),
        Amount::PerUnit { rate, .. } => of_amount(rate, days),
        Amount::Sum(parts) => parts.iter().for_each(|part| of_amount(part, days)),
        Amount::Decided { then, otherwise, .. } => {
            of_amount(then, days);
            of_amount(otherwise, days);
        }
        _ => {}
    }
}

/// The claim some days later.
pub(super) fn later(fields: &Fields, days: i64) -> Fields {
    let moved = day_of(fields).and_then(|day| day.checked_add(days.days()).ok());
    match moved {
        Some(day) => with(fields, id::DATE, day.to_string()),
        None => fields.clone(),
    }
}
