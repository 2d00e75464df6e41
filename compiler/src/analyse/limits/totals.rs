//! Limits against what their groups can total, and against the tower; what nothing bounds.

use super::super::amounts::{self, End, Env, amount_top};
use super::super::maximum::{Group, Kind, Maximum};
use super::super::subject::{Subject, named};
use super::super::witness::{Sought, crowd, dearest, strictly};
use super::{cap, keys_worded};
use crate::evaluate::Shown;
use crate::money::Ratio;
use crate::plan::{Amount, DecisionId, Limit, LimitRule, Operation, Part, Pipeline, Plan};
use anlan_lang::diag::{Arg, Code, Finding, Witness, codes};
use std::collections::BTreeSet;

/// At most so many outcomes of decisions are told apart.
const DECIDED: usize = 64;

/// L103: whatever the claims, a group totals no more than the limit before the limit acts. The most is an upper bound
/// even where limits cut across one another, so the verdict holds.
pub(super) fn never_reached(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    for (at, limit) in plan.limits.iter().enumerate().filter(|(_, limit)| tested(limit)) {
        found.extend(unreached(subject, at, limit));
    }
}

fn unreached(subject: &Subject<'_>, at: usize, limit: &Limit) -> Option<Finding> {
    let (plan, maximum) = (subject.plan(), subject.maximum());
    let amount = cap(&limit.rule)?;
    let least = amount_top(plan, amount, &Env::default(), End::High, End::Low)?;
    let most = maximum.most_before(&Group::of(plan, &limit.keys), at, |kind| kind.passes(at));
    if !maximum.kinds.iter().any(|kind| kind.passes(at)) {
        return None;
    }
    // A combined cap that equals its parts states their total.
    let never = |most: Ratio| if limit.own { most < least } else { most <= least };
    let told = |code: Code| {
        let place = match limit.own {
            true => subject.of(&limit.source),
            false => subject.part(&limit.source, Part::Amount),
        };
        Finding::new(code, place)
            .arg("limit", named(&limit.name))
            .arg("keys", keys_worded(plan, &limit.keys))
            .arg("amount", amounts::money(least))
            .articles(limit.source.articles.clone())
            .about(limit.name.zh.clone())
    };
    let by_number = most.high.is_some_and(never);
    // One parameter may stand on both sides.
    if by_number || (!limit.own && held(plan, maximum, at, amount)) {
        let high = most.high.unwrap_or(least);
        return Some(
            told(codes::L103)
                .arg("most", amounts::money(high))
                .arg("why", if by_number { "total" } else { "held" })
                .witness(reaching(subject, at, high, |left| left == high)),
        );
    }
    // Where limits cut across one another, the upper bound may lie above what any claims attain.
    let attained = most.attained.filter(|some| !most.exact && never(*some))?;
    Some(
        told(codes::L113)
            .arg("what", "binds")
            .arg("most", known(most.high))
            .arg("attained", amounts::money(attained))
            .witness(reaching(subject, at, attained, |left| left >= attained)),
    )
}

/// Whether what claims come to before a limit is, as a formula, no more than it: by a limit that holds all of them once
/// in the group, or by the steps of each claim.
fn held(plan: &Plan, maximum: &Maximum<'_>, at: usize, amount: &Amount) -> bool {
    let Some(limit) = plan.limits.get(at) else { return false };
    let group = Group::of(plan, &limit.keys);
    let kinds: Vec<&Kind> = maximum.kinds.iter().filter(|kind| kind.passes(at)).collect();
    let one_claim = group.is_claim() && !maximum.stacks();
    let held_at = |amount: &Amount, taken: &BTreeSet<DecisionId>| {
        let part = |amount: &Amount| amounts::settled(amount, None, Some(taken));
        let steps = |kind: &Kind| kind.steps(plan).is_some_and(|steps| below(plan, steps, amount));
        // Limits before that hold what passes them once in the group, and let no more through.
        let lower = |(_, other): &(usize, &Limit)| {
            let once = || group.times(plan, &other.keys) == Some(1);
            match &other.rule {
                LimitRule::UpTo(most) => {
                    once() && amounts::compare_on(plan, (&part(most), &other.keys), (amount, &limit.keys)).never
                }
                LimitRule::Largest { raise: false } => once() && kinds.iter().all(|kind| steps(kind)),
                LimitRule::Largest { raise: true } | LimitRule::Less(_) => false,
            }
        };
        let before = plan.limits.iter().enumerate().take(at);
        let lower: Vec<usize> = before.filter(lower).map(|(before, _)| before).collect();
        let by_any = |kind: &&Kind| steps(kind) || lower.iter().any(|before| kind.passes(*before));
        let by_one = |before: &usize| kinds.iter().all(|kind| kind.passes(*before));
        (one_claim && kinds.iter().all(by_any)) || lower.iter().any(by_one)
    };
    outcomes(amount).is_some_and(|all| {
        all.iter()
            .all(|taken| held_at(&amounts::settled(amount, None, Some(taken)), taken))
    })
}

/// What may be decided of those decisions that an amount reads; `None`: too many.
fn outcomes(amount: &Amount) -> Option<Vec<BTreeSet<DecisionId>>> {
    let mut read = BTreeSet::new();
    amounts::decisions(amount, &mut read);
    let mut all = vec![BTreeSet::new()];
    for decision in read {
        let with = |taken: &BTreeSet<DecisionId>| taken.iter().copied().chain([decision]).collect();
        let taken: Vec<BTreeSet<DecisionId>> = all.iter().map(with).collect();
        all.extend(taken);
        if all.len() > DECIDED {
            return None;
        }
    }
    Some(all)
}

/// What steps come to is as a formula no more than an amount: by what they start from, or by a cap among them.
fn below(plan: &Plan, pipeline: &Pipeline, amount: &Amount) -> bool {
    let mut tops = vec![pipeline.start.clone()];
    for step in &pipeline.steps {
        match &step.operation {
            Operation::Share(ratio) => {
                let of = |top: Amount| Amount::Scaled {
                    ratio: ratio.clone(),
                    of: Box::new(top),
                };
                tops = tops.into_iter().map(of).collect();
            }
            Operation::UpTo(most) => tops.push(most.clone()),
            Operation::Less(_) => {}
            // Only what stands after it tells.
            Operation::AtLeast(_) | Operation::Round { .. } => tops.clear(),
        }
    }
    tops.iter().any(|top| amounts::compare(plan, top, amount).never)
}

/// An upper bound, for a message.
pub(in super::super) fn known(most: amounts::Top) -> Arg {
    most.map_or(Arg::Message("amount-unlimited"), amounts::money)
}

/// Claims that come as near to the limit as any, as `near` tells of what comes to it: as many as the most takes, or the
/// dearest one.
fn reaching(subject: &Subject<'_>, at: usize, most: Ratio, near: impl Fn(Ratio) -> bool) -> Option<Witness> {
    let under = |kind: &Kind| kind.passes(at);
    let sought = Sought {
        of: &under,
        more_than: most.checked_sub(Ratio::ONE).unwrap_or(most),
        before: at,
        group: subject.plan().limits.get(at).map_or(&[], |limit| &limit.keys),
        ..Sought::default()
    };
    let all = |shown: &Shown| near(Ratio::integer(shown.before(at))) && shown.before(at) == shown.after(at);
    // What is told may be a bound that no claims reach: then one claim that it does not hold.
    let below = |shown: &Shown| Ratio::integer(shown.before(at)) <= most && shown.before(at) == shown.after(at);
    strictly(subject, &sought, all).or_else(|| dearest(subject, under, below))
}

/// Limits of the scheme, and caps over several harms of a schedule; a cap of one row is tested where it stands.
fn tested(limit: &Limit) -> bool {
    let several = limit.filter.facts.iter().any(|(_, values)| values.len() > 1);
    matches!(limit.rule, LimitRule::UpTo(_)) && (!limit.own || several)
}

/// L111: a limit above the tower's own total over the same keys: the tower never pays so much.
pub(super) fn above_tower(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    let Some(tower) = &plan.tower else { return };
    let Some(total) = &tower.total else { return };
    for limit in plan
        .limits
        .iter()
        .filter(|limit| !limit.own && limit.keys == tower.keys)
    {
        let Some(excess) = cap(&limit.rule).and_then(|amount| amounts::compare(plan, amount, total).exceeds) else {
            continue;
        };
        let mut finding = Finding::new(codes::L111, subject.part(&limit.source, Part::Amount))
            .arg("limit", named(&limit.name))
            .arg("amount", amounts::greater(&excess))
            .arg("total", amounts::known(excess.other))
            .articles(limit.source.articles.clone())
            .articles(tower.source.articles.clone())
            .about(limit.name.zh.clone());
        if let (Some(total), Some(at)) = (excess.other, plan.limits.iter().position(|other| other.id == limit.id)) {
            let sought = Sought {
                of: &|kind| kind.passes(at),
                more_than: total,
                when: &excess.guard,
                before: at,
                ..Sought::default()
            };
            // What other limits take after it does not speak for it.
            let paid = strictly(subject, &sought, |shown| Ratio::integer(shown.paid) > total);
            finding.witness = paid.or_else(|| crowd(subject, &sought, |shown| Ratio::integer(shown.after(at)) > total));
        }
        if let Some(place) = subject.places().part(&tower.source, Part::Total) {
            finding = finding.label(place, "total");
        }
        found.push(finding);
    }
}

/// L112: no limit and no layer bounds what one event or one year can owe.
pub(super) fn unbounded(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    if plan.tower.is_some() || plan.benefits.is_empty() {
        return;
    }
    let bounds = |limit: &&Limit| !limit.own && cap(&limit.rule).is_some();
    // A limit that leaves some kinds out may still bound the rest: only the exact most tells.
    let owed = if plan.limits.iter().any(|limit| bounds(&limit)) {
        let maximum = subject.maximum();
        let free = |group: Group| maximum.most(&group).low.is_none();
        free(Group::event(plan)) && free(Group::year()) && free(Group::term())
    } else {
        true
    };
    if owed {
        found.push(Finding::new(codes::L112, subject.head()));
    }
}
