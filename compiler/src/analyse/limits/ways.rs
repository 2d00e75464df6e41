//! In which ways a benefit pays, and what it comes to at most.

use super::super::amounts::{self, Env, Extent, Quantities, pipeline_extent};
use super::super::payable::passes;
use super::super::subject::{Subject, named};
use super::super::witness::Claim;
use super::cap;
use crate::money::Ratio;
use crate::plan::diagram::{Diagrams, Leaf, NodeId, OverBudget};
use crate::plan::{Benefit, Cover, CoverId, FactId, PipelineId, Plan};
use crate::resolve::id;
use anlan_lang::diag::Witness;
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// One way in which a benefit pays: the facts, the pipeline, and the most it comes to under the schedule's own caps.
#[derive(Debug, Clone)]
pub(in crate::analyse) struct Way {
    pub path: Vec<(FactId, u16)>,
    /// `None`: the schedule says that nothing is paid.
    pub pipeline: Option<PipelineId>,
    pub extent: Extent,
}

/// All ways in which a cover pays for a harm, found once for all rules that ask.
pub(in crate::analyse) fn ways<'s>(subject: &'s Subject<'_>, cover: &Cover, benefit: &Benefit) -> Cow<'s, [Way]> {
    let plan = subject.plan();
    let known = plan.benefits.iter().position(|other| std::ptr::eq(other, benefit));
    let known = known.and_then(|at| subject.ways(at));
    if let Some(known) = known.and_then(|known| known.get()) {
        return Cow::Borrowed(known);
    }
    let applies = [cover.perils, cover.roles, cover.condition];
    let found = ways_where(plan, &plan.diagrams, &applies, benefit);
    match known {
        // What a walk that was given up has left out, another rule looks for again.
        Some(known) if !plan.diagrams.is_overrun() => Cow::Borrowed(known.get_or_init(|| found)),
        _ => Cow::Owned(found),
    }
}

/// Where covers apply and no other comes first, found once for all harms that the same covers pay.
pub(super) struct Unbeaten<'s, 'p> {
    subject: &'s Subject<'p>,
    plan: &'p Plan,
    work: Diagrams,
    /// By the cover and those that come first
    applies: FxHashMap<(CoverId, Vec<CoverId>), Option<NodeId>>,
}

impl<'s, 'p> Unbeaten<'s, 'p> {
    pub fn new(subject: &'s Subject<'p>) -> Self {
        let plan = subject.plan();
        Unbeaten {
            subject,
            plan,
            work: plan.diagrams.clone(),
            applies: FxHashMap::default(),
        }
    }
    /// All ways in which a cover pays for a harm, without claims for which another cover comes first.
    pub fn ways(&mut self, cover: &Cover, benefit: &Benefit) -> Cow<'s, [Way]> {
        let plan = self.plan;
        let has = |other: CoverId| plan.benefits.iter().any(|b| b.cover == other && b.harm == benefit.harm);
        let over = plan.meeting.over.iter();
        let first: Vec<CoverId> = over
            .filter(|(first, second)| *second == benefit.cover && has(*first))
            .map(|(first, _)| *first)
            .collect();
        if first.is_empty() {
            return ways(self.subject, cover, benefit);
        }
        let key = (benefit.cover, first);
        let applies = match self.applies.get(&key) {
            Some(known) => *known,
            None => {
                // Over budget, the lowering has reported it.
                let found = self.unbeaten(cover, &key.1).ok();
                self.applies.insert(key, found);
                found
            }
        };
        match applies {
            Some(applies) => Cow::Owned(ways_where(plan, &self.work, &[applies], benefit)),
            None => ways(self.subject, cover, benefit),
        }
    }
    fn unbeaten(&mut self, cover: &Cover, first: &[CoverId]) -> Result<NodeId, OverBudget> {
        let mut parts = vec![cover.perils, cover.roles, cover.condition];
        for other in first.iter().filter_map(|id| self.plan.covers.get(id.index())) {
            let applies = self.work.all([other.perils, other.roles, other.condition])?;
            parts.push(self.work.not(applies)?);
        }
        self.work.all(parts)
    }
}

fn ways_where(plan: &Plan, diagrams: &Diagrams, applies: &[NodeId], benefit: &Benefit) -> Vec<Way> {
    let roots: Vec<NodeId> = applies.iter().copied().chain([benefit.root]).collect();
    let mut ways = Vec::new();
    let quantities = Quantities::greatest_of(plan, diagrams, &[benefit.root]);
    for outcome in diagrams.outcomes_under(&roots, applies.len(), &|fact| quantities.wanted(fact)) {
        let mut leaves = outcome.leaves.iter().map(|id| diagrams.as_leaf(*id));
        let applies = applies.iter().all(|_| leaves.next().flatten() == Some(&Leaf::Yes));
        let way = match leaves.next().flatten() {
            Some(Leaf::Pays(pipeline)) if applies => {
                let extent = capped(plan, benefit, *pipeline, &outcome.example);
                extent.map(|extent| (Some(*pipeline), extent))
            }
            Some(Leaf::Nothing) if applies => Some((None, Extent::zero())),
            _ => None,
        };
        if let Some((pipeline, extent)) = way {
            ways.push(Way {
                path: outcome.example,
                pipeline,
                extent,
            });
        }
    }
    ways
}

/// The most that a pipeline pays under the schedule's own caps of this harm.
pub(super) fn capped(plan: &Plan, benefit: &Benefit, pipeline: PipelineId, path: &[(FactId, u16)]) -> Option<Extent> {
    let env = Env::new(plan, path);
    let mut extent = pipeline_extent(plan, plan.pipelines.get(pipeline.index())?, &env);
    for limit in plan.limits.iter().filter(|limit| limit.own) {
        if let Some(amount) = cap(&limit.rule)
            && passes(plan, &limit.filter, benefit.cover, benefit.harm, path)
        {
            extent = extent.min(&amounts::amount_extent(plan, amount, &env));
        }
    }
    Some(extent)
}

pub(super) fn witness<'a>(plan: &'a Plan, benefit: &Benefit, way: &Way) -> Claim<'a> {
    let pipelines: Vec<PipelineId> = way.pipeline.into_iter().collect();
    Claim::new(plan, &way.path)
        .under([benefit.cover])
        .with_value(id::HARM, benefit.harm)
        .paying(&pipelines)
}

/// The value's names, for messages.
pub(super) fn harm_named(plan: &Plan, harm: crate::plan::ValueId) -> anlan_lang::diag::Arg {
    let domain = plan.domains.iter().find(|domain| domain.id == id::HARM);
    domain
        .and_then(|domain| domain.values.get(harm.index()))
        .map_or_else(|| "".into(), |value| named(&value.name))
}
/// The claim, with the benefit that `eval` gives.
pub(super) fn promising(plan: &Plan, benefit: &Benefit, way: &Way, due: Option<Ratio>) -> Witness {
    let due = due.and_then(whole);
    witness(plan, benefit, way).promising(due, None).witness()
}
/// Whole 分, where it is whole.
pub(super) fn whole(value: Ratio) -> Option<i64> {
    (value.denominator() == 1)
        .then(|| i64::try_from(value.numerator()).ok())
        .flatten()
}
