//! Limits against what their groups can total, and against the tower; what nothing bounds.

use super::super::amounts::{self, End, Env, Guard, amount_top};
use super::super::maximum::{Group, Kind};
use super::super::subject::{Subject, named};
use super::super::witness::{crowd, dearest};
use super::{cap, keys_worded};
use crate::plan::{Limit, LimitRule, Part};
use anlan_lang::diag::{Arg, Finding, Witness, codes};

/// L103: whatever the claims, a group totals no more than the limit before the limit acts. The most is an upper bound
/// even where limits cut across one another, so the verdict holds.
pub(super) fn never_reached(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    if plan.limits.iter().all(|limit| !tested(limit)) {
        return;
    }
    let maximum = subject.maximum();
    for (at, limit) in plan.limits.iter().enumerate().filter(|(_, limit)| tested(limit)) {
        let Some(amount) = cap(&limit.rule) else { continue };
        let Some(least) = amount_top(plan, amount, &Env::default(), End::High, End::Low) else {
            continue;
        };
        let group = Group::of(plan, &limit.keys);
        let most = maximum.most_before(&group, at, |kind| kind.passes(at));
        let reaches = maximum.kinds.iter().any(|kind| kind.passes(at));
        // A combined cap that equals its parts states their total.
        let never = |most: &crate::money::Ratio| if limit.own { *most < least } else { *most <= least };
        let place = match limit.own {
            true => subject.of(&limit.source),
            false => subject.part(&limit.source, Part::Amount),
        };
        // Where limits cut across one another, the upper bound may lie above what any claims attain.
        if let Some(attained) = most.attained.filter(|some| reaches && !most.exact && never(some))
            && !most.high.is_some_and(|most| never(&most))
        {
            found.push(
                Finding::new(codes::L113, place)
                    .arg("what", "binds")
                    .arg("limit", named(&limit.name))
                    .arg("keys", keys_worded(plan, &limit.keys))
                    .arg("amount", amounts::money(least))
                    .arg("most", known(most.high))
                    .arg("attained", amounts::money(attained))
                    .articles(limit.source.articles.clone())
                    .about(limit.name.zh.clone())
                    .witness(reaching(subject, at, attained)),
            );
            continue;
        }
        let Some(most) = most.high.filter(|most| reaches && never(most)) else {
            continue;
        };
        found.push(
            Finding::new(codes::L103, place)
                .arg("limit", named(&limit.name))
                .arg("keys", keys_worded(plan, &limit.keys))
                .arg("amount", amounts::money(least))
                .arg("most", amounts::money(most))
                .arg("why", "total")
                .articles(limit.source.articles.clone())
                .about(limit.name.zh.clone())
                .witness(reaching(subject, at, most)),
        );
    }
}

/// An upper bound, for a message.
pub(in super::super) fn known(most: amounts::Top) -> Arg {
    most.map_or(Arg::Message("amount-unlimited"), amounts::money)
}

/// Claims that come as near to the limit as any: as many as the most takes, or the dearest one.
fn reaching(subject: &Subject<'_>, at: usize, most: crate::money::Ratio) -> Option<Witness> {
    let (plan, maximum) = (subject.plan(), subject.maximum());
    let under = |kind: &Kind| kind.passes(at);
    let just_below = most.checked_sub(crate::money::Ratio::ONE).unwrap_or(most);
    crowd(plan, maximum, under, just_below, &Guard::default()).or_else(|| dearest(plan, maximum, under))
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
            finding.witness = crowd(plan, subject.maximum(), |kind| kind.passes(at), total, &excess.guard);
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
