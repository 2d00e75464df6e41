//! Which of several witnesses shows what a finding says: each is settled as `settle` would.

use super::settings::{Unset, bases_times};
use crate::analyse::amounts::{self, Guard};
use crate::analyse::subject::Subject;
use crate::evaluate::{self, Shown};
use crate::plan::{DecisionId, Plan};
use anlan_lang::diag::Witness;
use anlan_lang::tree::Date;
use std::collections::{BTreeMap, BTreeSet};

/// More claims than this are not settled while a scheme is checked.
const SETTLED: u64 = 2_000;
/// More than these together are not settled for one finding; making a witness costs as much as settling some claims.
const IN_ALL: u64 = 4_000;
const MADE: u64 = 20;
/// At most so many days on which amounts change are tried.
const DAYS: usize = 12;
/// What is left open is tried as it may well be, then so many times as large, and still larger: other limits then hold
/// nothing back.
const LARGER: [(i64, i64); 3] = [(1, 1), (100, 100), (1_000_000, 1_000)];

/// The plan under a contract that sets what a witness wants, on which witnesses are tried.
#[derive(Debug)]
pub struct Trial {
    pub plan: Plan,
    set: Vec<String>,
    bases: Vec<(String, i64, i64)>,
    /// A settlement is not refused whatever the claims, as where limits count years and no term is stated.
    settles: bool,
}

impl Trial {
    /// One for each size of what is left open.
    pub fn all(plan: &Plan) -> Vec<Self> {
        let mut trials: Vec<Trial> = Vec::new();
        for (amounts, persons) in LARGER {
            let unset = Unset::with(plan, &BTreeMap::new(), amounts);
            let (set, bases) = (unset.worded(plan), bases_times(plan, persons));
            if trials.iter().all(|trial| (&trial.set, &trial.bases) != (&set, &bases)) {
                let plan = unset.bound(plan);
                let none = Witness {
                    bases: bases.clone(),
                    ..Witness::default()
                };
                trials.push(Trial {
                    settles: evaluate::settled(&plan, &none).is_ok(),
                    plan,
                    set,
                    bases,
                });
            }
        }
        trials
    }
    pub fn settles(&self) -> bool {
        self.settles
    }
    /// What `settle` makes of a witness; the witness then promises it. `None`: it is refused, or not tried.
    fn settle(&self, witness: &mut Witness, left: &mut u64) -> Option<Shown> {
        let claims = witness.times.unwrap_or(1).checked_mul(witness.claims.len() as u64)?;
        *left = left.saturating_sub(MADE);
        if claims > SETTLED.min(*left) {
            return None;
        }
        *left -= claims;
        witness.set.clone_from(&self.set);
        witness.bases.clone_from(&self.bases);
        let shown = evaluate::settled(&self.plan, witness).ok()?;
        witness.settled = true;
        witness.paid = Some(shown.paid);
        witness.benefit = shown.alone;
        Some(shown)
    }
}

/// Takes a witness, and says whether no other is wanted.
pub type Offer<'o> = &'o mut dyn FnMut(Witness) -> bool;

/// The first witness that is offered and shows it, with what is then paid.
pub fn showing(
    subject: &Subject<'_>,
    witnesses: impl Fn(&Trial, Offer<'_>),
    shows: impl Fn(&Shown) -> bool,
) -> Option<Witness> {
    let before = IN_ALL.min(subject.search.get());
    let (mut left, mut found) = (before, None);
    if before == 0 {
        return None;
    }
    for trial in subject.trials().iter().filter(|trial| trial.settles) {
        witnesses(trial, &mut |mut witness| {
            if found.is_none() && trial.settle(&mut witness, &mut left).is_some_and(|shown| shows(&shown)) {
                found = Some(witness);
            }
            found.is_some() || left == 0
        });
        if found.is_some() || left == 0 {
            break;
        }
    }
    let spent = before.saturating_sub(left);
    subject.search.set(subject.search.get().saturating_sub(spent));
    found
}

/// Offers all of some witnesses in turn.
pub fn all(witnesses: impl IntoIterator<Item = Witness>, offer: Offer<'_>) -> bool {
    witnesses.into_iter().any(offer)
}

/// A day of loss and decisions that select amounts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Occasion {
    pub day: Option<Date>,
    pub taken: BTreeSet<DecisionId>,
}

/// The days of a case and the decisions taken in it: each day from which an amount is another one, where the case leaves
/// the day open; without the decisions that raise limits and with all of them, where it leaves these open.
pub fn occasions(plan: &Plan, when: &Guard) -> Vec<Occasion> {
    let amounts = amounts::of_plan(plan);
    let mut days: Vec<Option<Date>> = vec![when.from];
    if when.from.is_none() && amounts.iter().any(|amount| amounts::is_dated(amount)) {
        let changes = amounts::days(plan, amounts.iter().copied()).into_iter().map(Some);
        days = changes.take(DAYS).collect();
        if days.is_empty() {
            days = vec![None];
        }
    }
    let taken: BTreeSet<DecisionId> = when
        .decided
        .iter()
        .filter(|(_, taken)| **taken)
        .map(|(id, _)| *id)
        .collect();
    let mut all = taken.clone();
    if when.decided.is_empty() {
        amounts.iter().for_each(|amount| amounts::decisions(amount, &mut all));
    }
    let mut sets = vec![taken, all];
    sets.dedup();
    let on = |set: &BTreeSet<DecisionId>, day: Option<Date>| Occasion {
        day,
        taken: set.clone(),
    };
    sets.iter()
        .flat_map(|set| days.iter().map(|day| on(set, *day)))
        .collect()
}
