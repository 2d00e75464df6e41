//! Limits against limits.

use super::super::amounts::{self, Comparison, Excess};
use super::super::maximum::Kind;
use super::super::payable::passes;
use super::super::subject::{Subject, articles, named};
use super::super::witness::{Sought, crowd, dearest};
use super::{cap, keys_worded};
use crate::evaluate::Shown;
use crate::money::Ratio;
use crate::plan::{Amount, Benefit, CoverId, Filter, GroupKey, Limit, LimitRule, Part, Plan};
use crate::resolve::id;
use anlan_lang::diag::{Finding, Place, Witness, codes};
use anlan_lang::tree::ClauseKind;
use rustc_hash::FxHashSet;

/// How one limit lies inside another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Enclosed {
    /// By a coarser key, or because the file says `包含于`
    Wider,
    /// Equal keys, narrower filter: a component of a whole
    Component,
}

/// L101, L105: a limit above one that encloses it.
pub(super) fn inverted(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    let lines = Lines::new(plan);
    for (i, inner) in plan.limits.iter().enumerate() {
        let Some(amount) = cap(&inner.rule) else { continue };
        let others = lines.enclosing(i, inner);
        // The enclosing limit that is lowest says it best; the others would say the same again.
        let worst = others
            .into_iter()
            .filter_map(|j| Some((j, plan.limits.get(j)?)))
            // An own limit under a limit of the scheme is a benefit that is never paid in full: L102 says so.
            .filter(|(_, outer)| !inner.own || outer.own)
            .filter_map(|(j, outer)| {
                let how = enclosed(plan, inner, outer, j)?;
                if inner.own && how != Enclosed::Component {
                    return None;
                }
                let excess =
                    amounts::compare_on(plan, (amount, &inner.keys), (cap(&outer.rule)?, &outer.keys)).exceeds?;
                // A limit of 0 is reported for itself.
                (excess.other != Some(Ratio::ZERO)).then_some(((i, j), outer, how, excess))
            })
            .min_by_key(|(_, _, _, excess)| excess.other.map_or((1, Ratio::ZERO), |other| (0, other)));
        if let Some((at, outer, how, excess)) = worst {
            let mut finding = inversion(subject, inner, outer, how, &excess);
            finding.witness = excess.other.and_then(|other| {
                let both = |kind: &Kind| kind.passes(at.0) && kind.passes(at.1);
                let sought = Sought {
                    of: &both,
                    more_than: other,
                    when: &excess.guard,
                    before: at.1,
                    ..Sought::default()
                };
                let own = outer.own;
                let cut = |shown: &Shown| Ratio::integer(shown.paid) == other && (own || shown.benefit > shown.paid);
                let mut witness = crowd(subject, &sought, cut)?;
                if own && witness.benefit.is_some() && !witness.is_several() {
                    // `eval` knows the caps of a schedule, and shows the step.
                    (witness.settled, witness.paid) = (false, None);
                }
                Some(witness)
            });
            found.push(finding);
        }
    }
}

fn inversion(subject: &Subject<'_>, inner: &Limit, outer: &Limit, how: Enclosed, excess: &Excess) -> Finding {
    let code = match how {
        Enclosed::Wider => codes::L101,
        Enclosed::Component => codes::L105,
    };
    let plan = subject.plan();
    let place = amount_of(subject, inner, excess).or_else(|| subject.part(&inner.source, Part::Amount));
    let mut finding = Finding::new(code, place)
        .arg("limit", named(&inner.name))
        .arg("outer", named(&outer.name))
        .arg("amount", amounts::greater(excess))
        .arg("other", amounts::known(excess.other))
        .arg("keys", keys_worded(plan, &inner.keys))
        .arg("outer_keys", keys_worded(plan, &outer.keys))
        .arg("dated", if excess.guard.from.is_some() { "some" } else { "none" })
        .arg("day", excess.guard.from.map(|day| day.to_string()).unwrap_or_default())
        .articles(inner.source.articles.clone())
        .articles(outer.source.articles.clone())
        .about(inner.name.zh.clone())
        .about(outer.name.zh.clone());
    let place = amount_of(subject, outer, excess).or_else(|| subject.places().part(&outer.source, Part::Amount));
    if let Some(place) = place {
        finding = finding.label(place, "outer");
    }
    finding
}

/// Where the amount stands that a dated or raised limit has in the case; `None` where it is the first one written.
fn amount_of(subject: &Subject<'_>, limit: &Limit, excess: &Excess) -> Option<Place> {
    let decision = match cap(&limit.rule)? {
        Amount::Decided { decision, .. } => Some(*decision),
        _ => None,
    };
    if decision.is_some_and(|decision| excess.guard.decided.get(&decision) == Some(&true)) {
        return subject.places().exact_part(&limit.source, Part::Raised);
    }
    let day = excess.guard.from?;
    let written = subject.all(|kind| match kind {
        ClauseKind::Limit(written) if written.name.text == limit.name.zh => Some(written),
        _ => None,
    });
    let (written, _) = written.last()?;
    let since = written.dated.iter().filter(|(from, _)| *from <= day);
    let (_, amount) = since.max_by_key(|(from, _)| *from)?;
    Some(subject.at(amount.span()))
}

/// Which lines each limit holds: whatever encloses it holds its first one too.
struct Lines {
    /// The first line of each limit
    first: Vec<Option<usize>>,
    /// The limits that hold each line, ascending
    holders: Vec<Vec<usize>>,
}

impl Lines {
    fn new(plan: &Plan) -> Self {
        let mut first = Vec::with_capacity(plan.limits.len());
        let mut holders: Vec<Vec<usize>> = vec![Vec::new(); plan.benefits.len()];
        for (at, limit) in plan.limits.iter().enumerate() {
            let covers: Option<FxHashSet<CoverId>> = limit
                .filter
                .covers
                .as_ref()
                .map(|covers| covers.iter().copied().collect());
            let held = |benefit: &Benefit| {
                covers.as_ref().is_none_or(|covers| covers.contains(&benefit.cover))
                    && of_harm(plan, &limit.filter, benefit)
            };
            let mut lowest = None;
            for (line, (benefit, holders)) in plan.benefits.iter().zip(&mut holders).enumerate() {
                if held(benefit) {
                    lowest.get_or_insert(line);
                    holders.push(at);
                }
            }
            first.push(lowest);
        }
        Lines { first, holders }
    }
    /// The other limits that may enclose one, ascending.
    fn enclosing(&self, at: usize, limit: &Limit) -> Vec<usize> {
        let first = self.first.get(at).copied().flatten();
        let holders = first.and_then(|line| self.holders.get(line));
        let within = limit.within.map(|within| within.index());
        let mut all: Vec<usize> = holders.into_iter().flatten().copied().chain(within).collect();
        all.sort_unstable();
        all.dedup();
        all.retain(|other| *other != at);
        all
    }
}

/// Whether a filter lets the harm of a line pass.
fn of_harm(plan: &Plan, filter: &Filter, benefit: &Benefit) -> bool {
    filter.facts.iter().all(|(fact, values)| {
        plan.facts.get(fact.index()).is_none_or(|f| f.id != id::HARM) || values.contains(&benefit.harm)
    })
}

fn enclosed(plan: &Plan, inner: &Limit, outer: &Limit, outer_index: usize) -> Option<Enclosed> {
    if inner.within.is_some_and(|within| within.index() == outer_index) {
        return Some(Enclosed::Wider);
    }
    if !inside(plan, &inner.filter, &outer.filter) || !refines(plan, &inner.keys, &outer.keys) {
        return None;
    }
    if !refines(plan, &outer.keys, &inner.keys) {
        return Some(Enclosed::Wider);
    }
    (!inside(plan, &outer.filter, &inner.filter)).then_some(Enclosed::Component)
}

/// Every line that passes `a` passes `b`, and some line does.
fn inside(plan: &Plan, a: &Filter, b: &Filter) -> bool {
    let under = |filter: &Filter, benefit: &Benefit| {
        filter
            .covers
            .as_ref()
            .is_none_or(|covers| covers.contains(&benefit.cover))
            && of_harm(plan, filter, benefit)
    };
    let mut lines = plan.benefits.iter().filter(|benefit| under(a, benefit)).peekable();
    let tests = b.facts.iter().all(|(fact, values)| {
        plan.facts.get(fact.index()).is_some_and(|f| f.id == id::HARM)
            || a.facts
                .iter()
                .any(|(other, some)| other == fact && some.iter().all(|value| values.contains(value)))
    });
    lines.peek().is_some() && tests && lines.all(|benefit| under(b, benefit))
}

/// Each column of `coarse` is in `fine` or determined by one that is (SEMANTICS §4.5): a claim determines all, an
/// event its year.
fn refines(plan: &Plan, fine: &[GroupKey], coarse: &[GroupKey]) -> bool {
    let has = |wanted: &str| {
        fine.iter().any(|key| match key {
            GroupKey::Fact(fact) => plan.facts.get(fact.index()).is_some_and(|f| f.id == wanted),
            GroupKey::Year => false,
        })
    };
    if has(id::CLAIM) {
        return true;
    }
    coarse.iter().all(|key| match key {
        GroupKey::Year => fine.contains(key) || has(id::EVENT),
        GroupKey::Fact(_) => fine.contains(key),
    })
}

/// L103: no line ever comes under the limit.
pub(super) fn never_binds(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    for limit in plan.limits.iter().filter(|limit| !limit.own) {
        let reached = plan
            .benefits
            .iter()
            .any(|benefit| passes(plan, &limit.filter, benefit.cover, benefit.harm, &[]));
        if !reached {
            found.push(
                Finding::new(codes::L103, subject.part(&limit.source, Part::Name))
                    .arg("limit", named(&limit.name))
                    .arg("amount", "")
                    .arg("most", "")
                    .arg("why", "nothing")
                    .articles(limit.source.articles.clone())
                    .about(limit.name.zh.clone())
                    .witness(past(subject)),
            );
        }
    }
}

/// The dearest claim, which the limit does not hold.
fn past(subject: &Subject<'_>) -> Option<Witness> {
    subject
        .sound
        .then(|| dearest(subject, |_| true, |shown| shown.paid > 0))?
}

/// L109: a decision that raises a limit to no more than it is.
pub(super) fn raised_in_vain(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    for limit in &plan.limits {
        let Some(Amount::Decided { then, otherwise, .. }) = cap(&limit.rule) else {
            continue;
        };
        if !amounts::compare(plan, then, otherwise).never {
            continue;
        }
        let written = subject.all(|kind| match kind {
            ClauseKind::Limit(written) if written.name.text == limit.name.zh => written.raised.as_ref(),
            _ => None,
        });
        if let Some(((raised, _, notes), _)) = written.last() {
            found.push(
                Finding::new(codes::L109, subject.at(raised.span()))
                    .arg("limit", named(&limit.name))
                    .articles(articles(notes))
                    .about(limit.name.zh.clone()),
            );
        }
    }
}

/// L110: a limit of 0 pays nothing; whoever means "no limit" writes 不限.
pub(super) fn nothing_allowed(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    for (at, limit) in plan.limits.iter().enumerate() {
        let Some(amount) = cap(&limit.rule) else { continue };
        let zero = Amount::Fixed(crate::money::Fen(0));
        let Comparison { never, .. } = amounts::compare(plan, amount, &zero);
        if never && matches!(limit.rule, LimitRule::UpTo(_)) {
            // One claim, of which nothing is paid.
            let under = |kind: &Kind| kind.passes(at);
            let witness = subject
                .sound
                .then(|| dearest(subject, under, |shown| shown.paid == 0))
                .flatten();
            found.push(
                Finding::new(codes::L110, subject.part(&limit.source, Part::Amount))
                    .arg("limit", named(&limit.name))
                    .articles(limit.source.articles.clone())
                    .about(limit.name.zh.clone())
                    .witness(witness),
            );
        }
    }
}

/// The inner limit is over fewer covers than the outer one, by an equal or finer key.
pub(in super::super) fn encloses_covers(plan: &Plan, inner: &Limit, outer: &Limit) -> bool {
    inside(plan, &inner.filter, &outer.filter)
        && !inside(plan, &outer.filter, &inner.filter)
        && refines(plan, &inner.keys, &outer.keys)
}
