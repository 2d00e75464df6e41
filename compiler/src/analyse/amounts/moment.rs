//! Amounts on a day: which date selects a dated amount of a limit (SEMANTICS §4.4), and what it is then.

use super::{Comparison, Excess, compare};
use crate::plan::{Amount, DecisionId, GroupKey, LimitRule, Operation, Plan};
use crate::resolve::id;
use anlan_lang::tree::Date;
use std::collections::BTreeSet;

/// Whether the amount is chosen by a date.
pub fn is_dated(amount: &Amount) -> bool {
    match amount {
        Amount::Dated(_) => true,
        Amount::Scaled { of, .. } => is_dated(of),
        Amount::PerUnit { rate, .. } => is_dated(rate),
        Amount::Sum(parts) => parts.iter().any(is_dated),
        Amount::Decided { then, otherwise, .. } => is_dated(then) || is_dated(otherwise),
        _ => false,
    }
}

/// Days of loss between which none of the amounts changes: the first day of the term, of each insured year and of each
/// dated amount. Empty where the term is not known.
pub fn days<'a>(plan: &Plan, amounts: impl IntoIterator<Item = &'a Amount>) -> Vec<Date> {
    let [first, .., end] = plan.calendar.boundaries.as_slice() else {
        return Vec::new();
    };
    let mut days: BTreeSet<Date> = plan.calendar.boundaries.iter().copied().collect();
    for amount in amounts {
        starts(amount, &mut days);
    }
    days.into_iter().filter(|day| first <= day && day < end).collect()
}

/// Every amount that a limit or a benefit reads.
pub fn of_plan(plan: &Plan) -> Vec<&Amount> {
    let limits = plan.limits.iter().filter_map(|limit| match &limit.rule {
        LimitRule::UpTo(amount) | LimitRule::Less(amount) => Some(amount),
        LimitRule::Largest { .. } => None,
    });
    let steps = plan.pipelines.iter().flat_map(|pipeline| &pipeline.steps);
    let of_steps = steps.filter_map(|step| match &step.operation {
        Operation::Less(amount) | Operation::UpTo(amount) | Operation::AtLeast(amount) => Some(amount),
        Operation::Share(_) | Operation::Round { .. } => None,
    });
    let starts = plan.pipelines.iter().map(|pipeline| &pipeline.start);
    limits.chain(of_steps).chain(starts).collect()
}

/// The days from which parts of an amount are other ones.
pub fn starts(amount: &Amount, days: &mut BTreeSet<Date>) {
    match amount {
        Amount::Dated(values) => {
            for (from, value) in values {
                days.extend(from);
                starts(value, days);
            }
        }
        Amount::Scaled { of, .. } => starts(of, days),
        Amount::PerUnit { rate, .. } => starts(rate, days),
        Amount::Sum(parts) => parts.iter().for_each(|part| starts(part, days)),
        Amount::Decided { then, otherwise, .. } => {
            starts(then, days);
            starts(otherwise, days);
        }
        _ => {}
    }
}

/// The decisions that choose parts of an amount.
pub fn decisions(amount: &Amount, found: &mut BTreeSet<DecisionId>) {
    match amount {
        Amount::Decided {
            decision,
            then,
            otherwise,
        } => {
            found.insert(*decision);
            decisions(then, found);
            decisions(otherwise, found);
        }
        Amount::Dated(values) => values.iter().for_each(|(_, value)| decisions(value, found)),
        Amount::Scaled { of, .. } => decisions(of, found),
        Amount::PerUnit { rate, .. } => decisions(rate, found),
        Amount::Sum(parts) => parts.iter().for_each(|part| decisions(part, found)),
        _ => {}
    }
}

/// The date that selects the amount of a limit with these keys, for an event on `day`: the event's date, else the first
/// day of the insured year, else that of the term.
pub fn selecting(plan: &Plan, keys: &[GroupKey], day: Date) -> Date {
    let event = |key: &GroupKey| match key {
        GroupKey::Fact(fact) => plan.facts.get(fact.index()).is_some_and(|f| f.id == id::EVENT),
        GroupKey::Year => false,
    };
    let boundaries = &plan.calendar.boundaries;
    if keys.iter().any(event) {
        day
    } else if keys.contains(&GroupKey::Year) {
        boundaries.iter().rfind(|first| **first <= day).copied().unwrap_or(day)
    } else {
        boundaries.first().copied().unwrap_or(day)
    }
}

/// The amount with what `day` selects and, where they are given, with exactly these decisions taken.
pub fn settled(amount: &Amount, day: Option<Date>, taken: Option<&BTreeSet<DecisionId>>) -> Amount {
    let part = |amount: &Amount| settled(amount, day, taken);
    match (amount, day, taken) {
        (Amount::Dated(values), Some(day), _) => {
            let chosen = values.iter().rfind(|(from, _)| from.is_none_or(|from| from <= day));
            chosen.map_or(Amount::Unlimited, |(_, value)| part(value))
        }
        (
            Amount::Decided {
                decision,
                then,
                otherwise,
            },
            _,
            Some(taken),
        ) => part(if taken.contains(decision) { then } else { otherwise }),
        _ => amount.with_parts(&part),
    }
}

/// Compares the amounts of two limits over these keys for every day of loss in the term; an excess names the first day
/// on which there is one. Where the term is not known both are taken as of one day.
///
/// An event that begins in one insured year and goes on in the next is left out: each of its lines is held by the year
/// of its own date.
pub fn compare_on(plan: &Plan, a: (&Amount, &[GroupKey]), b: (&Amount, &[GroupKey])) -> Comparison {
    let dated = is_dated(a.0) || is_dated(b.0);
    let days = if dated { days(plan, [a.0, b.0]) } else { Vec::new() };
    if days.is_empty() {
        return compare(plan, a.0, b.0);
    }
    let mut joint = Comparison {
        never: true,
        ..Comparison::default()
    };
    for day in days {
        let on = |(amount, keys): (&Amount, &[GroupKey])| settled(amount, Some(selecting(plan, keys, day)), None);
        let found = compare(plan, &on(a), &on(b));
        joint.never &= found.never;
        joint.open.extend(found.open);
        if joint.exceeds.is_none() {
            joint.exceeds = found.exceeds.map(|mut excess: Excess| {
                excess.guard.from = Some(day);
                excess
            });
        }
    }
    joint
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::analyse::tests::plan;
    use crate::money::Fen;
    use jiff::civil::date;

    fn dated(values: &[(Option<Date>, i64)]) -> Amount {
        Amount::Dated(
            values
                .iter()
                .map(|(from, fen)| (*from, Amount::Fixed(Fen(*fen))))
                .collect(),
        )
    }

    #[test]
    fn each_amount_is_chosen_by_the_date_of_its_own_keys() {
        let mut plan = plan();
        plan.calendar.boundaries = vec![date(2024, 7, 1), date(2025, 7, 1), date(2026, 7, 1)];
        let day = date(2025, 1, 1);
        let year = [GroupKey::Year];
        // Both rise on 1 January, but the year's amount stays until the next insured year begins.
        let inner = dated(&[(None, 3), (Some(day), 7)]);
        let outer = dated(&[(None, 5), (Some(day), 9)]);
        assert!(compare(&plan, &inner, &outer).never);
        let by_year = compare_on(&plan, (&inner, &year), (&outer, &year));
        assert!(by_year.never);
        // A limit of the whole term keeps its first amount.
        let term = compare_on(&plan, (&inner, &year), (&outer, &[]));
        let excess = term.exceeds.unwrap();
        assert_eq!(excess.guard.from, Some(date(2025, 7, 1)));
        assert_eq!(excess.other, Some(crate::money::Ratio::integer(5)));
    }

    #[test]
    fn a_day_outside_the_term_counts_for_nothing() {
        let mut plan = plan();
        plan.calendar.boundaries = vec![date(2024, 1, 1), date(2025, 1, 1)];
        let late = dated(&[(None, 1), (Some(date(2030, 1, 1)), 100)]);
        let fixed = Amount::Fixed(Fen(50));
        let keys = [GroupKey::Year];
        assert!(compare_on(&plan, (&late, &keys), (&fixed, &keys)).never);
    }

    #[test]
    fn decisions_choose_where_they_are_known() {
        let amount = Amount::Decided {
            decision: DecisionId(0),
            then: Box::new(Amount::Fixed(Fen(2))),
            otherwise: Box::new(dated(&[(None, 1)])),
        };
        let taken = BTreeSet::from([DecisionId(0)]);
        assert_eq!(settled(&amount, None, Some(&taken)), Amount::Fixed(Fen(2)));
        let not = settled(&amount, Some(date(2024, 1, 1)), Some(&BTreeSet::new()));
        assert_eq!(not, Amount::Fixed(Fen(1)));
    }
}
