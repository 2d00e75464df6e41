//! C113: one happening that two perils name (a flood in which somebody drowns), paid differently for the one and the other.

use super::super::amounts::{self, Quantities};
use super::super::payable::{chosen, class_of, fact_named};
use super::super::subject::{Subject, named};
use super::super::witness::Claim;
use super::cells::{Cell, Compared, compared};
use super::meeting::{as_listed, for_harm};
use crate::plan::diagram::{Assignment, Diagrams, Leaf, NodeId, Outcome};
use crate::plan::{CoverId, FactId, Part, PipelineId, Plan, ValueId};
use crate::resolve::id;
use anlan_lang::diag::{Arg, Finding, Witness, codes};
use std::collections::{BTreeMap, BTreeSet};

/// How one harm is paid under the two perils.
struct Difference {
    harm: ValueId,
    first: Side,
    second: Side,
    /// With which further values of the claim it is paid differently; `None` where that is not decided
    with: Option<amounts::Difference>,
}

/// The first that is paid differently, else the first that is not decided.
fn telling(all: impl Iterator<Item = Difference>) -> Option<Difference> {
    let mut open = None;
    for difference in all {
        if difference.with.is_some() {
            return Some(difference);
        }
        open = open.or(Some(difference));
    }
    open
}

struct Side {
    path: Vec<(FactId, u16)>,
    cover: Option<CoverId>,
    pipeline: Option<PipelineId>,
}

/// C113, once for a scheme that does not say which peril is recorded.
pub(super) fn unsettled(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    let Some(peril) = fact_named(plan, id::PERIL) else {
        return;
    };
    if !subject.is_scheme() || plan.statement.secondary.is_some() {
        return;
    }
    let pairs = told_apart(subject, peril);
    if pairs.is_empty() {
        return;
    }
    let mut work = plan.diagrams.clone();
    let harms: BTreeSet<ValueId> = plan.benefits.iter().map(|benefit| benefit.harm).collect();
    let roots: Vec<(ValueId, NodeId)> = harms
        .into_iter()
        .filter_map(|harm| {
            let root = for_harm(plan, &mut work, harm)?;
            Some((harm, as_listed(subject, &mut work, root)?))
        })
        .collect();
    let (mut differing, mut open) = (Vec::new(), Vec::new());
    for ((first, second), values) in &pairs {
        let of_harms = roots
            .iter()
            .filter_map(|(harm, root)| differ(plan, &mut work, *root, *harm, peril, (*first, *second), *values));
        if let Some(difference) = telling(of_harms) {
            match difference.with {
                Some(_) => differing.push((*values, difference)),
                None => open.push((*values, difference)),
            }
        }
    }
    found.extend(report(subject, &differing, codes::C113));
    found.extend(report(subject, &open, codes::C120));
}

/// Related perils by the classes in which rules tell them apart, each with one pair of values.
fn told_apart(subject: &Subject<'_>, peril: FactId) -> BTreeMap<(u16, u16), (ValueId, ValueId)> {
    let plan = subject.plan();
    let mut pairs = BTreeMap::new();
    for (first, second) in subject.scope.consequences() {
        if let (Some(a), Some(b)) = (class_of(plan, peril, first), class_of(plan, peril, second))
            && a != b
        {
            pairs.entry((a, b)).or_insert((first, second));
        }
    }
    pairs
}

fn differ(
    plan: &Plan,
    work: &mut Diagrams,
    root: NodeId,
    harm: ValueId,
    peril: FactId,
    (first, second): (u16, u16),
    values: (ValueId, ValueId),
) -> Option<Difference> {
    let a = work.restrict(root, peril, first).ok()?;
    let mut b = work.restrict(root, peril, second).ok()?;
    // Where the second is recorded, the first is its cause.
    let caused = fact_named(plan, id::CAUSE).and_then(|cause| Some((cause, class_of(plan, cause, values.0)?)));
    if let Some((cause, class)) = caused {
        b = work.restrict(b, cause, class).ok()?;
    }
    let pays = |work: &Diagrams, root| {
        let leaves = work.leaves(root);
        leaves
            .iter()
            .any(|leaf| matches!(leaf, Leaf::Covers(covers) if !covers.is_empty()))
    };
    // A peril that no cover names is no second cover.
    if a == b || !pays(work, a) || !pays(work, b) {
        return None;
    }
    let mut sides = BTreeSet::new();
    for outcome in work.outcomes(&[a, b]) {
        let [left, right] = outcome.leaves.as_slice() else {
            continue;
        };
        // Where covers stack it is no matter of the peril recorded; a cover whose condition fails pays nothing.
        if let (Some(left), Some(right)) = (alone(plan, work, *left), alone(plan, work, *right))
            && left != right
        {
            sides.insert((left, right));
        }
    }
    // A peril that no cover lists (one that a decision may add, or any at all) is not covered.
    sides.retain(|(left, right)| {
        (left.is_some() || lists(plan, harm, values.0)) && (right.is_some() || lists(plan, harm, values.1))
    });
    let fixed = |class: u16| -> Assignment {
        let cause = caused.filter(|_| class == second);
        [(peril, class)].into_iter().chain(cause).collect()
    };
    telling(sides.into_iter().filter_map(|(left, right)| {
        let under_first = benefit(plan, work, left, harm, &fixed(first))?;
        let under_second = benefit(plan, work, right, harm, &fixed(second))?;
        let roots = [a, b, under_first, under_second];
        differing(plan, work, &roots, (left, right), harm, (&fixed(first), &fixed(second)))
    }))
}

/// Where one cover counts under each peril, a claim for which they pay differently, else one for which that is not decided.
fn differing(
    plan: &Plan,
    work: &Diagrams,
    roots: &[NodeId],
    covers: (Option<CoverId>, Option<CoverId>),
    harm: ValueId,
    perils: (&Assignment, &Assignment),
) -> Option<Difference> {
    // What no small amount reaches of two caps may tell them apart at a great one.
    let quantities = Quantities::telling(plan, work, roots.get(2..).unwrap_or_default());
    let outcomes = work.outcomes_wanted(roots, &|_| true, &|fact| quantities.wanted(fact));
    let sides = |outcome: Outcome| {
        let [left, right, first, second] = outcome.leaves.as_slice() else {
            return None;
        };
        if (alone(plan, work, *left), alone(plan, work, *right)) != (Some(covers.0), Some(covers.1)) {
            return None;
        }
        let side = |of: &Assignment, cover: Option<CoverId>, leaf: NodeId| Side {
            path: {
                let free = |(fact, _): &&(FactId, u16)| of.iter().all(|(fixed, _)| fixed != fact);
                of.iter().chain(outcome.example.iter().filter(free)).copied().collect()
            },
            cover,
            pipeline: match work.as_leaf(leaf) {
                Some(Leaf::Pays(pipeline)) => Some(*pipeline),
                _ => None,
            },
        };
        Some((side(perils.0, covers.0, *first), side(perils.1, covers.1, *second)))
    };
    let mut sides: Vec<(Side, Side)> = outcomes.into_iter().filter_map(sides).collect();
    let cells: Vec<Cell<'_>> = sides
        .iter()
        .map(|(first, second)| Cell {
            sides: [first, second].map(|side| (side.cover, side.pipeline, side.path.as_slice())),
        })
        .collect();
    let (at, with) = match compared(plan, harm, &cells) {
        Compared::Alike => return None,
        Compared::Undecided(at) => (at, None),
        Compared::Differently(at, with) => (at, Some(with)),
    };
    drop(cells);
    let (first, second) = (at < sides.len()).then(|| sides.swap_remove(at))?;
    Some(Difference {
        harm,
        first,
        second,
        with,
    })
}

/// The one cover that counts, `Some(None)` where none applies, `None` where several count.
fn alone(plan: &Plan, work: &Diagrams, leaf: NodeId) -> Option<Option<CoverId>> {
    match work.as_leaf(leaf) {
        Some(Leaf::Covers(covers)) => match chosen(&plan.meeting, covers).concat().as_slice() {
            [] => Some(None),
            [cover] => Some(Some(*cover)),
            _ => None,
        },
        _ => Some(None),
    }
}

/// Some cover lists the peril itself and pays for the harm: it is covered, though not where a condition fails.
fn lists(plan: &Plan, harm: ValueId, peril: ValueId) -> bool {
    let pays = |id: usize| {
        let of = |benefit: &crate::plan::Benefit| benefit.cover.index() == id && benefit.harm == harm;
        plan.benefits.iter().any(of)
    };
    let listed = |cover: &crate::plan::Cover| cover.peril_words.iter().any(|word| word.values.contains(&peril));
    plan.covers
        .iter()
        .enumerate()
        .any(|(id, cover)| !cover.any_peril && listed(cover) && pays(id))
}

/// What the cover pays for the harm along the path.
fn benefit(
    plan: &Plan,
    work: &mut Diagrams,
    cover: Option<CoverId>,
    harm: ValueId,
    path: &[(FactId, u16)],
) -> Option<NodeId> {
    let of = |benefit: &&crate::plan::Benefit| Some(benefit.cover) == cover && benefit.harm == harm;
    let Some(benefit) = plan.benefits.iter().find(of) else {
        return Some(NodeId::NO);
    };
    let mut node = benefit.root;
    for (fact, class) in path {
        node = work.restrict(node, *fact, *class).ok()?;
    }
    Some(node)
}

/// One finding for all of them.
fn report(
    subject: &Subject<'_>,
    differences: &[((ValueId, ValueId), Difference)],
    code: anlan_lang::diag::Code,
) -> Option<Finding> {
    let plan = subject.plan();
    let (((origin, follows), difference), others) = differences.split_first()?;
    let name = |value: &ValueId| {
        let domain = plan.domains.iter().find(|domain| domain.id == id::PERIL);
        domain
            .and_then(|domain| domain.values.get(value.index()))
            .map(|value| value.name.clone())
    };
    let word = |value: &ValueId| name(value).map_or_else(|| "".into(), |names| named(&names));
    let arrow = |((a, b), _): &((ValueId, ValueId), Difference)| match (name(a), name(b)) {
        (Some(a), Some(b)) => Arg::Names {
            zh: format!("{}→{}", a.zh, b.zh),
            en: format!("{} → {}", a.en, b.en),
        },
        _ => "".into(),
    };
    let cover = |side: &Side| side.cover.and_then(|cover| plan.covers.get(cover.index()));
    let covers = [cover(&difference.first), cover(&difference.second)];
    let place = covers
        .iter()
        .flatten()
        .next()
        .and_then(|cover| subject.part(&cover.source, Part::Perils));
    let mut finding = Finding::new(code, place.or_else(|| subject.head()))
        .arg("why", "perils")
        .arg("origin", word(origin))
        .arg("follows", word(follows))
        .arg("harm", super::listed(plan, id::HARM, &[difference.harm]))
        .arg("more", Arg::Count(i64::try_from(others.len()).unwrap_or(i64::MAX)))
        .arg("others", Arg::List(others.iter().map(arrow).collect()));
    if let Some(with) = &difference.with {
        finding = with.worded(finding);
    }
    for cover in covers.into_iter().flatten() {
        finding = finding
            .articles(cover.source.articles.clone())
            .about(cover.name.zh.clone());
    }
    if let [Some(_), Some(second)] = covers
        && let Some(place) = subject.places().part(&second.source, Part::Perils)
    {
        finding = finding.label(place, "second");
    }
    Some(finding.witness(witness(plan, difference, [*origin, *follows])))
}

/// The same harm twice, once under each peril.
fn witness(plan: &Plan, difference: &Difference, perils: [ValueId; 2]) -> Witness {
    let mut witness = Witness::default();
    let sides = [&difference.first, &difference.second].into_iter().zip(perils);
    for (number, (side, peril)) in ["1", "2"].into_iter().zip(sides) {
        let pipelines: Vec<PipelineId> = side.pipeline.into_iter().collect();
        let mut claim = Claim::new(plan, &side.path);
        if let Some(with) = &difference.with {
            claim = claim.at(with);
        }
        if side.cover.is_none() {
            claim = claim.unpaid();
        }
        if number == "2" {
            claim = claim.with_value(id::CAUSE, perils[0]);
        }
        let one = claim
            .with_value(id::HARM, difference.harm)
            .with_value(id::PERIL, peril)
            .with(id::CLAIM, number)
            .with(id::PERSON, number)
            .with(id::HOUSEHOLD, number)
            .paying(&pipelines)
            .witness();
        witness.claims.extend(one.claims);
        witness.decided.extend(one.decided);
        witness.set.extend(one.set);
        witness.bases.extend(one.bases);
    }
    witness.decided.sort_unstable();
    witness.decided.dedup();
    witness.set.sort_unstable();
    witness.set.dedup();
    witness.bases.dedup();
    witness
}
