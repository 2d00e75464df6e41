//! C101, Q104: two covers that apply to one claim, and nothing says which one counts.

use super::super::amounts::{self, Env, pipeline_extent};
use super::super::payable::{chosen, class_of, fact_named};
use super::super::subject::{Subject, named};
use super::super::witness::Claim;
use crate::plan::diagram::{Diagrams, Leaf, NodeId};
use crate::plan::{Benefit, Class, Cover, CoverId, DecisionId, FactRole, Operation, Part, PipelineId, Plan, ValueId};
use crate::resolve::id;
use anlan_lang::diag::{Arg, Finding, codes};
use anlan_lang::tree::{ClauseKind, ListEnding, Perils};
use std::collections::{BTreeMap, BTreeSet};

/// What a pair of covers does for one harm.
struct Meeting {
    harm: ValueId,
    path: Vec<(crate::plan::FactId, u16)>,
    first: Option<PipelineId>,
    second: Option<PipelineId>,
}

pub(super) fn unranked(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    let mut work = plan.diagrams.clone();
    // For each pair: how they meet with different money, or else that they meet at all.
    let mut pairs: BTreeMap<(CoverId, CoverId), (bool, Meeting)> = BTreeMap::new();
    let harms: BTreeSet<ValueId> = plan.benefits.iter().map(|benefit| benefit.harm).collect();
    for harm in harms {
        let root = for_harm(plan, &mut work, harm);
        let Some(applying) = root.and_then(|root| as_listed(subject, &mut work, root)) else {
            continue;
        };
        for pair in meeting_pairs(plan, &work, applying) {
            if pairs.get(&pair).is_some_and(|(differ, _)| *differ) {
                continue;
            }
            if let Some((differ, meeting)) = meet(plan, &work, applying, pair, harm)
                && (differ || !pairs.contains_key(&pair))
            {
                pairs.insert(pair, (differ, meeting));
            }
        }
    }
    for ((first, second), (differ, meeting)) in &pairs {
        let (Some(a), Some(b)) = (plan.covers.get(first.index()), plan.covers.get(second.index())) else {
            continue;
        };
        if *differ {
            found.push(conflict(subject, a, b, meeting));
        } else if bodies(a) != bodies(b) {
            found.push(
                pair_finding(subject, codes::Q104, a, b)
                    .arg("first", named(&a.name))
                    .arg("second", named(&b.name)),
            );
        }
    }
}

/// The covers that apply, given the harm.
fn for_harm(plan: &Plan, work: &mut Diagrams, harm: ValueId) -> Option<NodeId> {
    let Some(fact) = fact_named(plan, id::HARM) else {
        return Some(plan.applying);
    };
    let class = class_of(plan, fact, harm)?;
    // Over budget, the lowering has reported it; nothing can be concluded here.
    work.restrict(plan.applying, fact, class).ok()
}

/// The lists as they stand: what `等 由 决定 X` may add later, an authority adds to one cover and not to another.
fn as_listed(subject: &Subject<'_>, work: &mut Diagrams, root: NodeId) -> Option<NodeId> {
    let plan = subject.plan();
    let openers = open_list_decisions(subject);
    let adds = |decision: DecisionId| {
        plan.decisions
            .get(decision.index())
            .is_some_and(|d| openers.contains(d.id.as_str()))
    };
    let mut node = root;
    for (index, fact) in plan.facts.iter().enumerate() {
        if let FactRole::Decided(decision) = fact.role
            && adds(decision)
            && let Some(no) = fact.classes.iter().position(|class| *class == Class::No)
        {
            node = work.restrict(node, index.into(), u16::try_from(no).ok()?).ok()?;
        }
    }
    Some(node)
}

/// Names of the decisions that say what else belongs to a list.
fn open_list_decisions<'a>(subject: &Subject<'a>) -> BTreeSet<&'a str> {
    let clauses = subject.clauses().iter().chain(
        subject
            .scope
            .implements()
            .into_iter()
            .flat_map(|scheme| scheme.clauses()),
    );
    clauses
        .filter_map(|clause| match &clause.kind {
            ClauseKind::Group(group) => Some(&group.ending),
            ClauseKind::Cover(cover) => match &cover.perils {
                Some((Perils::List { ending, .. }, _)) => Some(ending),
                _ => None,
            },
            _ => None,
        })
        .filter_map(|ending| match ending {
            ListEnding::Open { decision, .. } => decision.as_ref().map(|name| name.text.as_str()),
            _ => None,
        })
        .collect()
}

/// Pairs that some claim leaves side by side after priority, and that do not take the higher.
fn meeting_pairs(plan: &Plan, work: &Diagrams, applying: NodeId) -> BTreeSet<(CoverId, CoverId)> {
    let mut pairs = BTreeSet::new();
    for leaf in work.leaves(applying) {
        let Leaf::Covers(covers) = leaf else { continue };
        pairs.extend(unresolved(plan, covers));
    }
    pairs
}

fn unresolved(plan: &Plan, covers: &[CoverId]) -> Vec<(CoverId, CoverId)> {
    let groups = chosen(&plan.meeting, covers);
    let mut pairs = Vec::new();
    for (i, group) in groups.iter().enumerate() {
        for other in groups.iter().skip(i + 1) {
            for a in group {
                for b in other {
                    let pair = (*a.min(b), *a.max(b));
                    if !plan.meeting.higher.contains(&pair) {
                        pairs.push(pair);
                    }
                }
            }
        }
    }
    pairs
}

/// Whether the pair pays different money for the harm, with the facts of a claim.
fn meet(
    plan: &Plan,
    work: &Diagrams,
    applying: NodeId,
    pair: (CoverId, CoverId),
    harm: ValueId,
) -> Option<(bool, Meeting)> {
    let root = |cover: CoverId| {
        let pays = |benefit: &&Benefit| benefit.cover == cover && benefit.harm == harm;
        plan.benefits.iter().find(pays).map(|benefit| benefit.root)
    };
    let roots = [applying, root(pair.0)?, root(pair.1)?];
    let mut same = None;
    for outcome in work.outcomes(&roots) {
        let leaves: Vec<&Leaf> = outcome.leaves.iter().filter_map(|id| work.as_leaf(*id)).collect();
        let [Leaf::Covers(covers), first, second] = leaves.as_slice() else {
            continue;
        };
        if !unresolved(plan, covers).contains(&pair) {
            continue;
        }
        let pipeline = |leaf: &Leaf| match leaf {
            Leaf::Pays(pipeline) => Some(*pipeline),
            _ => None,
        };
        if matches!(first, Leaf::Refused(_)) || matches!(second, Leaf::Refused(_)) {
            continue;
        }
        let meeting = Meeting {
            harm,
            path: outcome.example,
            first: pipeline(first),
            second: pipeline(second),
        };
        if same_money(plan, meeting.first, meeting.second) {
            same.get_or_insert(meeting);
        } else {
            return Some((true, meeting));
        }
    }
    same.map(|meeting| (false, meeting))
}

/// Equal start and steps; the articles do not matter.
fn same_money(plan: &Plan, a: Option<PipelineId>, b: Option<PipelineId>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return a == b };
    if a == b {
        return true;
    }
    let get = |id: PipelineId| plan.pipelines.get(id.index());
    let (Some(a), Some(b)) = (get(a), get(b)) else {
        return false;
    };
    let operations = |pipeline: &crate::plan::Pipeline| -> Vec<Operation> {
        pipeline.steps.iter().map(|step| step.operation.clone()).collect()
    };
    a.start == b.start && operations(a) == operations(b)
}

fn conflict(subject: &Subject<'_>, a: &Cover, b: &Cover, meeting: &Meeting) -> Finding {
    let plan = subject.plan();
    let env = Env::new(plan, &meeting.path);
    let worded = |pipeline: Option<PipelineId>| match pipeline {
        None => Arg::Money(0),
        Some(id) => {
            let extent = plan.pipelines.get(id.index()).map(|p| pipeline_extent(plan, p, &env));
            amounts::known(extent.and_then(|extent| extent.exact()))
        }
    };
    let pipelines: Vec<PipelineId> = meeting.first.into_iter().chain(meeting.second).collect();
    let claim = Claim::new(plan, &meeting.path)
        .with_value(id::HARM, meeting.harm)
        .paying(&pipelines);
    pair_finding(subject, codes::C101, a, b)
        .arg("harm", super::listed(plan, id::HARM, &[meeting.harm]))
        .arg("one", worded(meeting.first))
        .arg("two", worded(meeting.second))
        .witness(claim.witness())
}

fn pair_finding(subject: &Subject<'_>, code: anlan_lang::diag::Code, a: &Cover, b: &Cover) -> Finding {
    let mut finding = Finding::new(code, subject.part(&a.source, Part::Name))
        .arg("first", named(&a.name))
        .arg("second", named(&b.name))
        .articles(a.source.articles.clone())
        .articles(b.source.articles.clone())
        .about(a.name.zh.clone())
        .about(b.name.zh.clone());
    if let Some(place) = subject.places().part(&b.source, Part::Name) {
        finding = finding.label(place, "second");
    }
    finding
}

fn bodies(cover: &Cover) -> BTreeSet<&String> {
    cover.handled_by.iter().flat_map(|handler| &handler.bodies).collect()
}
