//! Whether several limits together keep a benefit from ever being paid in full, though each of them lets it through on
//! some day or after some decision.
//!
//! One claim alone is paid what the lowest of its limits lets through. On one day and with one set of decisions each
//! limit is one amount; the days between which none changes and the sets of decisions are finitely many, so trying them
//! is exact. Parameters stay open: the benefit at its low end against limits at their high end proves that a limit
//! cuts, and both at one end proves that none does; what lies between is said to be undecided.

use super::super::amounts::{self, End, Env, amount_top, selecting, settled};
use super::super::payable::passes;
use super::cap;
use super::ways::Way;
use crate::money::Ratio;
use crate::plan::reads::Reads;
use crate::plan::{Amount, Benefit, Class, DecisionId, FactId, FactRole, Limit, LimitId, Plan};
use std::collections::BTreeSet;

/// At most so many sets of decisions and days are tried.
const TRIED: usize = 4_096;

/// What limits do to the dearest claim of a benefit.
pub(super) enum Joint {
    /// On some day, after some decisions, it is paid in full, or that depends on parameters alone.
    Free,
    /// On every day and whatever is decided one of these limits cuts it.
    Cut(BTreeSet<LimitId>),
    /// Too many days and decisions
    Open { tried: usize },
}

/// The amount of one limit, and its place in the plan.
struct Bound<'p> {
    id: LimitId,
    limit: &'p Limit,
    amount: &'p Amount,
}

/// `ways`: all ways of the benefit; `way`: that of the dearest claim.
pub(super) fn cut(plan: &Plan, benefit: &Benefit, ways: &[Way], way: &Way) -> Joint {
    let bounds = bounds(plan, benefit, way);
    if bounds.len() < 2 {
        return Joint::Free;
    }
    let mut reads = Reads::new(plan);
    bounds.iter().for_each(|bound| reads.amount(bound.amount));
    let decisions: Vec<DecisionId> = reads.decisions.iter().copied().collect();
    let mut days: Vec<_> = amounts::days(plan, bounds.iter().map(|bound| bound.amount))
        .into_iter()
        .map(Some)
        .collect();
    if !bounds.iter().any(|bound| amounts::is_dated(bound.amount)) || days.is_empty() {
        days = vec![None];
    }
    let sets = u32::try_from(decisions.len())
        .ok()
        .and_then(|count| 1usize.checked_shl(count));
    match sets.and_then(|sets| sets.checked_mul(days.len())) {
        Some(all) if all <= TRIED => {}
        _ => return Joint::Open { tried: TRIED },
    }
    let mut by = BTreeSet::new();
    for set in 0..sets.unwrap_or(1) {
        let bit = |at: &usize| set >> *at & 1 == 1;
        let taken: BTreeSet<DecisionId> = decisions
            .iter()
            .enumerate()
            .filter(|(at, _)| bit(at))
            .map(|(_, decision)| *decision)
            .collect();
        let Some(due) = due(plan, ways, way, &decisions, &taken) else {
            // The cover does not apply, or pays nothing, after these decisions.
            continue;
        };
        for day in &days {
            let lets = |bound: &Bound<'_>| {
                let on = day.map(|day| selecting(plan, &bound.limit.keys, day));
                let amount = settled(bound.amount, on, Some(&taken));
                amount_top(plan, &amount, &Env::new(plan, &way.path), End::High, End::High)
            };
            match bounds.iter().find(|bound| lets(bound).is_some_and(|most| most < due)) {
                Some(bound) => {
                    by.insert(bound.id);
                }
                None => return Joint::Free,
            }
        }
    }
    if by.is_empty() { Joint::Free } else { Joint::Cut(by) }
}

/// Limits of the scheme that the claim passes and that ever let something through.
fn bounds<'p>(plan: &'p Plan, benefit: &Benefit, way: &Way) -> Vec<Bound<'p>> {
    let env = Env::new(plan, &way.path);
    let limits = plan
        .limits
        .iter()
        .enumerate()
        .filter(|(_, limit)| !limit.own && passes(plan, &limit.filter, benefit.cover, benefit.harm, &way.path));
    limits
        .filter_map(|(at, limit)| {
            Some(Bound {
                id: LimitId::from(at),
                limit,
                amount: cap(&limit.rule)?,
            })
        })
        .filter(|bound| amount_top(plan, bound.amount, &env, End::High, End::High) != Some(Ratio::ZERO))
        .collect()
}

/// The least that the same claim is due after these decisions; `None` where it is due nothing.
fn due(plan: &Plan, ways: &[Way], way: &Way, decisions: &[DecisionId], taken: &BTreeSet<DecisionId>) -> Option<Ratio> {
    let decided = |fact: FactId| match plan.facts.get(fact.index()).map(|fact| fact.role) {
        Some(FactRole::Decided(decision)) => Some(decision),
        _ => None,
    };
    let is_yes = |fact: FactId, class: u16| {
        let classes = plan.facts.get(fact.index()).map(|fact| &fact.classes);
        classes.and_then(|classes| classes.get(usize::from(class))) == Some(&Class::Yes)
    };
    let fits = |other: &&Way| {
        other.path.iter().all(|(fact, class)| match decided(*fact) {
            Some(decision) if decisions.contains(&decision) => is_yes(*fact, *class) == taken.contains(&decision),
            _ => way.path.iter().all(|(own, of)| own != fact || of == class),
        })
    };
    ways.iter().filter(fits).filter_map(|way| way.extent.attained.low).min()
}
