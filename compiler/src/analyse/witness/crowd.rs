//! As many claims as it takes: of different persons and households in one event, each as dear as a claim can be.

use super::{Claim, Several};
use crate::analyse::amounts::{self, Env, Guard, selecting, settled};
use crate::analyse::maximum::{Kind, Maximum};
use crate::money::Ratio;
use crate::plan::{Class, DecisionId, FactKind, FactRole, GroupKey, Limit, LimitRule, Plan, Term};
use crate::resolve::id;
use anlan_lang::diag::Witness;
use anlan_lang::tree::Date;
use std::collections::{BTreeMap, BTreeSet};

/// More claims than this are no witness that anybody would run.
const MOST: u64 = 20_000;

/// Claims of one kind that `wanted` accepts, as few as come to more than an amount in 分, where `when` holds; with what
/// `settle` pays for them where nothing open moves it.
pub fn crowd(
    plan: &Plan,
    maximum: &Maximum<'_>,
    wanted: impl Fn(&Kind) -> bool,
    more_than: Ratio,
    when: &Guard,
) -> Option<Witness> {
    crowds(plan, maximum, wanted, more_than, when, 1)
}

/// The same in each of several events on one day.
pub fn crowds(
    plan: &Plan,
    maximum: &Maximum<'_>,
    wanted: impl Fn(&Kind) -> bool,
    more_than: Ratio,
    when: &Guard,
    events: u64,
) -> Option<Witness> {
    let kinds = maximum
        .kinds
        .iter()
        .filter(|kind| wanted(kind) && agrees(plan, kind, when));
    let (one, kind) = kinds
        .filter_map(|kind| Some((alone(plan, kind, when)?, kind)))
        .filter(|(one, _)| *one > Ratio::ZERO)
        .max_by(|a, b| a.0.cmp(&b.0))?;
    let times = times(more_than, one)?;
    let total = one.checked_mul(Ratio::integer(i64::try_from(times).ok()?))?;
    let taken = taken(plan, kind, when);
    if !decided_when_binding(plan, kind, total, &taken, when) {
        return None;
    }
    let paid = paid(plan, kind, (total, events), &taken, when);
    let whole = |value: Ratio| (value.denominator() == 1).then(|| i64::try_from(value.numerator()).ok())?;
    let claim = Claim::new(plan, &kind.path)
        .under([kind.cover])
        .with_value(id::HARM, kind.harm)
        .paying(&[kind.pipeline])
        .deciding(taken)
        .on(when.from)
        .promising(None, paid.and_then(whole));
    (events.checked_mul(times)? <= MOST).then(|| repeated(claim, times, events))
}

/// One claim of a kind that `wanted` accepts: the dearest, with what `settle` pays for it.
pub fn dearest(plan: &Plan, maximum: &Maximum<'_>, wanted: impl Fn(&Kind) -> bool) -> Option<Witness> {
    crowd(plan, maximum, wanted, Ratio::ZERO, &Guard::default())
}

fn repeated(claim: Claim<'_>, times: u64, events: u64) -> Witness {
    let plan = claim.plan;
    let mut witness = Witness::of(vec![claim]);
    let one = witness.claims.clone();
    let named = |claim: &BTreeMap<String, String>, event: u64| {
        let mut claim = claim.clone();
        for fact in plan.facts.iter().filter(|fact| fact.kind == FactKind::Text) {
            if let Some(key) = claim.get_mut(&fact.id) {
                key.push_str(&format!("-{event}"));
            }
        }
        claim
    };
    if events > 1 {
        witness.claims = (1..=events)
            .flat_map(|event| one.iter().map(move |claim| (claim, event)))
            .map(|(claim, event)| named(claim, event))
            .collect();
    }
    if times < 2 {
        return witness;
    }
    witness.times = Some(times);
    for fact in plan
        .facts
        .iter()
        .filter(|fact| fact.kind == FactKind::Text && fact.id != id::EVENT)
    {
        for fields in &mut witness.claims {
            if let Some(key) = fields.get_mut(&fact.id) {
                key.push_str("-#");
            }
        }
    }
    witness
}

fn times(more_than: Ratio, one: Ratio) -> Option<u64> {
    let top = more_than.numerator().checked_mul(one.denominator())?;
    let bottom = more_than.denominator().checked_mul(one.numerator())?;
    let times = u64::try_from(top.div_euclid(bottom)).ok()?.checked_add(1)?;
    (times <= MOST).then_some(times)
}

/// What one claim comes to under the limits that hold it by itself; `None` where that is not known.
fn alone(plan: &Plan, kind: &Kind, when: &Guard) -> Option<Ratio> {
    let attained = kind.attained;
    let mut one = attained.low.filter(|low| attained.high == Some(*low))?;
    let taken = taken(plan, kind, when);
    for limit in passed(plan, kind).filter(|limit| is_personal(plan, limit)) {
        match &limit.rule {
            LimitRule::Largest { .. } => {}
            LimitRule::Less(_) => return None,
            LimitRule::UpTo(_) => match bound(plan, limit, &taken, when)? {
                Bound::At(amount) => one = one.min(amount),
                Bound::None => {}
            },
        }
    }
    Some(one)
}

/// What is paid of the total of all claims, which is that of each event times the events.
fn paid(
    plan: &Plan,
    kind: &Kind,
    (of_event, events): (Ratio, u64),
    taken: &BTreeSet<DecisionId>,
    when: &Guard,
) -> Option<Ratio> {
    if matches!(plan.calendar.term, Term::Contract { .. }) {
        return None;
    }
    let least = |mut paid: Ratio, each: bool| {
        for limit in passed(plan, kind).filter(|limit| !is_personal(plan, limit) && of_events(plan, limit) == each) {
            match &limit.rule {
                LimitRule::Largest { .. } | LimitRule::Less(_) => return None,
                LimitRule::UpTo(_) => match bound(plan, limit, taken, when)? {
                    Bound::At(amount) => paid = paid.min(amount),
                    Bound::None => {}
                },
            }
        }
        Some(paid)
    };
    let all = least(of_event, true)?.checked_mul(Ratio::integer(i64::try_from(events).ok()?))?;
    least(all, false)
}

/// Each event has a limit of its own.
fn of_events(plan: &Plan, limit: &Limit) -> bool {
    limit.keys.iter().any(|key| match key {
        GroupKey::Fact(fact) => plan.facts.get(fact.index()).is_some_and(|fact| fact.id == id::EVENT),
        GroupKey::Year => false,
    })
}

/// Evaluation refuses a limit that binds and does not say who is cut (a question of its own).
fn decided_when_binding(plan: &Plan, kind: &Kind, total: Ratio, taken: &BTreeSet<DecisionId>, when: &Guard) -> bool {
    passed(plan, kind)
        .filter(|limit| !limit.exhaustion_stated)
        .all(|limit| {
            is_personal(plan, limit)
                || matches!(bound(plan, limit, taken, when), Some(Bound::At(amount)) if total <= amount)
        })
}

fn passed<'p>(plan: &'p Plan, kind: &Kind) -> impl Iterator<Item = &'p Limit> {
    let passes: Vec<usize> = (0..plan.limits.len()).filter(|at| kind.passes(*at)).collect();
    passes.into_iter().filter_map(|at| plan.limits.get(at))
}

/// Each claim of the crowd is alone in its group.
fn is_personal(plan: &Plan, limit: &Limit) -> bool {
    limit.keys.iter().any(|key| match key {
        GroupKey::Fact(fact) => plan
            .facts
            .get(fact.index())
            .is_some_and(|fact| fact.kind == FactKind::Text && fact.id != id::EVENT),
        GroupKey::Year => false,
    })
}

enum Bound {
    At(Ratio),
    None,
}

/// The amount of a limit when the claims happen; `None` where that is not known.
fn bound(plan: &Plan, limit: &Limit, taken: &BTreeSet<DecisionId>, when: &Guard) -> Option<Bound> {
    let LimitRule::UpTo(amount) = &limit.rule else {
        return None;
    };
    let day = day(plan, when).map(|day| selecting(plan, &limit.keys, day));
    match settled(amount, day, Some(taken)) {
        crate::plan::Amount::Unlimited => Some(Bound::None),
        amount => amounts::amount_extent(plan, &amount, &Env::default())
            .exact()
            .map(Bound::At),
    }
}

/// The day of loss of the witness.
fn day(plan: &Plan, when: &Guard) -> Option<Date> {
    when.from.or_else(|| plan.calendar.boundaries.first().copied())
}

/// No decision must be taken for the kind that must not be for the case, or the other way round.
pub fn agrees(plan: &Plan, kind: &Kind, when: &Guard) -> bool {
    kind.path.iter().all(|(fact, class)| {
        let Some(fact) = plan.facts.get(fact.index()) else {
            return true;
        };
        let (FactRole::Decided(decision), Some(class)) = (fact.role, fact.classes.get(usize::from(*class))) else {
            return true;
        };
        when.decided
            .get(&decision)
            .is_none_or(|taken| *taken == (*class == Class::Yes))
    })
}

/// The decisions that the case and the kind's own facts need.
fn taken(plan: &Plan, kind: &Kind, when: &Guard) -> BTreeSet<DecisionId> {
    let of_case = when.decided.iter().filter(|(_, taken)| **taken).map(|(id, _)| *id);
    let of_path = kind.path.iter().filter_map(|(fact, class)| {
        let fact = plan.facts.get(fact.index())?;
        match (fact.role, fact.classes.get(usize::from(*class))?) {
            (FactRole::Decided(decision), Class::Yes) => Some(decision),
            _ => None,
        }
    });
    of_case.chain(of_path).collect()
}
