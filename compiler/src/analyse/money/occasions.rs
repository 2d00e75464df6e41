//! What selects amounts of limits, a day and decisions: for each choice the limits with the amounts that it selects, under
//! which the most that a group can be paid is worked out as for any other.

use super::super::amounts::{self, Guard};
use super::super::maximum::{Group, Maximum, Most};
use super::super::witness::agrees;
use crate::plan::{Amount, DecisionId, Limit, LimitRule, Plan};
use anlan_lang::tree::Date;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// At most so many choices are told apart; of more the amounts stay open.
const TRIED: usize = 64;

#[derive(Debug)]
pub(super) struct Occasion<'p> {
    plan: &'p Plan,
    limits: Cow<'p, [Limit]>,
    /// The choice, for a witness
    pub when: Guard,
}

impl Occasion<'_> {
    pub fn most(&self, maximum: &Maximum<'_>, group: &Group) -> Most {
        let under = maximum.under(&self.limits);
        under.most_before(group, self.limits.len(), |kind| agrees(self.plan, kind, &self.when))
    }
}

pub(super) fn occasions(plan: &Plan) -> Vec<Occasion<'_>> {
    let as_it_stands = || {
        vec![Occasion {
            plan,
            limits: Cow::Borrowed(&plan.limits),
            when: Guard::default(),
        }]
    };
    let amounts = || plan.limits.iter().filter_map(amount);
    let mut read = BTreeSet::new();
    amounts().for_each(|amount| amounts::decisions(amount, &mut read));
    let days: Vec<Option<Date>> = match amounts().any(amounts::is_dated) {
        true => amounts::days(plan, amounts()).into_iter().map(Some).collect(),
        false => vec![None],
    };
    let sets = u32::try_from(read.len())
        .ok()
        .and_then(|count| 1usize.checked_shl(count));
    let all = sets.and_then(|sets| sets.checked_mul(days.len()));
    if all.is_none_or(|all| !(2..=TRIED).contains(&all)) {
        return as_it_stands();
    }
    let choices = (0..sets.unwrap_or(1)).flat_map(|set| days.iter().map(move |day| (set, *day)));
    choices
        .map(|(set, day)| {
            let taken = |(at, decision): (usize, &DecisionId)| (*decision, set >> at & 1 == 1);
            let when = Guard {
                decided: read.iter().enumerate().map(taken).collect(),
                from: day,
                below: None,
            };
            Occasion {
                plan,
                limits: Cow::Owned(selected(plan, &when)),
                when,
            }
        })
        .collect()
}

fn amount(limit: &Limit) -> Option<&Amount> {
    match &limit.rule {
        LimitRule::UpTo(amount) => Some(amount),
        LimitRule::Less(_) | LimitRule::Largest { .. } => None,
    }
}

fn selected(plan: &Plan, when: &Guard) -> Vec<Limit> {
    let taken: BTreeSet<DecisionId> = when
        .decided
        .iter()
        .filter(|(_, taken)| **taken)
        .map(|(of, _)| *of)
        .collect();
    let mut selected = plan.limits.clone();
    for limit in &mut selected {
        let day = when.from.map(|day| amounts::selecting(plan, &limit.keys, day));
        if let LimitRule::UpTo(amount) = &mut limit.rule {
            *amount = amounts::settled(amount, day, Some(&taken));
        }
    }
    selected
}
