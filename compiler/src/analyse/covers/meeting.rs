//! C101, Q104: two covers that apply to one claim, and nothing says which one counts.

use super::super::amounts::{Difference, Quantities};
use super::super::payable::{class_of, fact_named, passes};
use super::super::subject::{Subject, named};
use super::super::witness::Claim;
use super::cells::{Cell, Compared, compared};
use crate::plan::diagram::{Diagrams, Leaf, Node, NodeId};
use crate::plan::{
    Benefit, Class, Cover, CoverId, DecisionId, FactRole, GroupKey, Limit, Part, PipelineId, Plan, ValueId,
};
use crate::resolve::id;
use anlan_lang::diag::{Arg, Finding, Severity, codes};
use anlan_lang::tree::{ClauseKind, ListEnding, Perils};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// What a pair of covers does for one harm.
#[derive(Debug, Clone)]
struct Meeting {
    harm: ValueId,
    path: Vec<(crate::plan::FactId, u16)>,
    first: Option<PipelineId>,
    second: Option<PipelineId>,
    /// With which further values of the claim they pay different money
    with: Difference,
}

impl Meeting {
    /// Seen from the other cover.
    fn turned(self) -> Self {
        let (first, second) = self.with.paid;
        Meeting {
            first: self.second,
            second: self.first,
            with: Difference {
                paid: (second, first),
                ..self.with
            },
            ..self
        }
    }
}

/// What a pair that meets pays for one claim; what is told first stands last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Paid {
    Alike,
    /// The same for one claim, but it counts toward other limits
    Counted,
    Undecided,
    Differently,
}

/// For each pair that meets: whether somewhere with different money, and where.
type Pairs = BTreeMap<(CoverId, CoverId), (Paid, Meeting)>;

pub(super) fn unranked(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    let mut work = plan.diagrams.clone();
    let (mut pairs, mut opened) = (Pairs::new(), Pairs::new());
    let harms: BTreeSet<ValueId> = plan.benefits.iter().map(|benefit| benefit.harm).collect();
    let mut towards: FxHashMap<NodeId, Toward> = FxHashMap::default();
    for harm in harms {
        let Some(root) = for_harm(plan, &mut work, harm) else {
            continue;
        };
        let Some(applying) = as_listed(subject, &mut work, root) else {
            continue;
        };
        let added = (root != applying).then_some((root, Sought::Differing));
        for (root, sought) in std::iter::once((applying, Sought::All)).chain(added) {
            let pairs = match sought {
                Sought::All => &mut pairs,
                Sought::Differing => &mut opened,
            };
            let toward = towards.entry(root).or_insert_with(|| Toward::new(plan, &work, root));
            meetings(plan, &work, (toward, harm), sought, pairs);
        }
    }
    let (mut differing, mut undecided) = (Vec::new(), Vec::new());
    let (mut counted, mut same) = (Vec::new(), Vec::new());
    // What is known of lists as they stand is not said again of what may be added.
    opened.retain(|pair, (paid, _)| *paid > Paid::Counted && pairs.get(pair).is_none_or(|(known, _)| known < paid));
    let only_opened = |paid: Paid| opened.iter().filter(move |(_, (found, _))| *found == paid);
    undecided.extend(only_opened(Paid::Undecided).map(|(pair, (_, meeting))| (*pair, meeting.clone())));
    opened.retain(|_, (paid, _)| *paid == Paid::Differently);
    for (pair, (paid, meeting)) in pairs {
        match paid {
            Paid::Differently => differing.push((pair, meeting)),
            Paid::Undecided => undecided.push((pair, meeting)),
            Paid::Counted => counted.push((pair, meeting)),
            Paid::Alike if other_bodies(plan, pair) => same.push((pair, meeting)),
            Paid::Alike => {}
        }
    }
    found.extend(stars(undecided).iter().filter_map(|star| not_decided(subject, star)));
    found.extend(stars(differing).iter().filter_map(|star| conflict(subject, star)));
    let added = opened.into_iter().map(|(pair, (_, meeting))| (pair, meeting)).collect();
    found.extend(stars(added).iter().filter_map(|star| {
        let mut finding = conflict(subject, star)?;
        // The scheme contradicts itself only once somebody adds the peril of one cover to another.
        finding.severity = Severity::Warning;
        let decided = opening(subject, &star.others.first()?.1);
        // Accepted by the decision's name: by a cover's it would be accepted of lists as they stand too.
        finding.about = vec![decided.clone()];
        Some(finding.arg("how", "added").arg("decision", decided))
    }));
    for (asked, differs) in [(counted, "limits"), (same, "bodies")] {
        let asked = stars(asked);
        let asked = asked.iter().filter_map(|star| star_finding(subject, codes::Q104, star));
        found.extend(asked.map(|finding| finding.arg("differs", differs)));
    }
}

/// Which meetings are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sought {
    All,
    /// Only those with different money
    Differing,
}

/// How pairs meet for one harm, where no meeting with different money is known yet.
fn meetings(plan: &Plan, work: &Diagrams, (toward, harm): (&Toward, ValueId), sought: Sought, pairs: &mut Pairs) {
    for (at, pair) in toward.pairs.iter().copied().enumerate() {
        let known = pairs.get(&pair).map(|(paid, _)| *paid);
        let alike = pay_alike(plan, pair, harm);
        // What can be found at most, and whether that would say anything.
        let most = match (alike, other_limits(plan, pair, harm)) {
            (false, _) => Paid::Differently,
            (true, true) => Paid::Counted,
            (true, false) => Paid::Alike,
        };
        let silent = match sought {
            Sought::All => most == Paid::Alike && !other_bodies(plan, pair),
            Sought::Differing => alike,
        };
        if silent || known >= Some(most) {
            continue;
        }
        if let Some((paid, meeting)) = meet(plan, work, (toward, at), (harm, alike))
            && known.is_none_or(|known| paid > known)
        {
            pairs.insert(pair, (paid, meeting));
        }
    }
}

/// The decision by which the covers meet.
fn opening(subject: &Subject<'_>, meeting: &Meeting) -> String {
    let plan = subject.plan();
    let openers = open_list_decisions(subject);
    let taken = meeting.path.iter().filter_map(|(fact, class)| {
        let fact = plan.facts.get(fact.index())?;
        let yes = fact.classes.get(usize::from(*class)) == Some(&Class::Yes);
        match fact.role {
            FactRole::Decided(decision) if yes => plan.decisions.get(decision.index()),
            _ => None,
        }
    });
    let mut names = taken.map(|decision| decision.id.as_str());
    names.find(|name| openers.contains(name)).unwrap_or_default().to_owned()
}

/// Whether a claim for the harm counts toward other limits as one cover than as the other. Limits of one claim alone that a
/// row states are part of what it pays.
fn other_limits(plan: &Plan, (a, b): (CoverId, CoverId), harm: ValueId) -> bool {
    let of_claim = |limit: &Limit| {
        limit.keys.iter().any(|key| match key {
            GroupKey::Fact(fact) => plan.facts.get(fact.index()).is_some_and(|fact| fact.id == id::CLAIM),
            GroupKey::Year => false,
        })
    };
    let counts = |limit: &Limit, cover| passes(plan, &limit.filter, cover, harm, &[]);
    let mut limits = plan.limits.iter().filter(|limit| !(limit.own && of_claim(limit)));
    limits.any(|limit| counts(limit, a) != counts(limit, b))
}

fn other_bodies(plan: &Plan, (a, b): (CoverId, CoverId)) -> bool {
    let of = |cover: CoverId| plan.covers.get(cover.index()).map(bodies);
    of(a) != of(b)
}

/// Pairs with one cover in common: one line of the document that is missing, and one finding.
struct Star {
    centre: CoverId,
    others: Vec<(CoverId, Meeting)>,
}

/// Divides the pairs among as few covers as a greedy choice finds; of a lone pair the first cover is the centre.
fn stars(mut pairs: Vec<((CoverId, CoverId), Meeting)>) -> Vec<Star> {
    let mut stars = Vec::new();
    while !pairs.is_empty() {
        let mut degrees: BTreeMap<CoverId, usize> = BTreeMap::new();
        for ((a, b), _) in &pairs {
            *degrees.entry(*a).or_default() += 1;
            *degrees.entry(*b).or_default() += 1;
        }
        let Some(centre) = degrees
            .iter()
            .max_by_key(|(cover, degree)| (**degree, std::cmp::Reverse(**cover)))
        else {
            break;
        };
        let centre = *centre.0;
        let (own, left): (Vec<_>, Vec<_>) = pairs.into_iter().partition(|((a, b), _)| *a == centre || *b == centre);
        pairs = left;
        let others = own.into_iter().map(|((a, b), meeting)| match a == centre {
            true => (b, meeting),
            false => (a, meeting.turned()),
        });
        stars.push(Star {
            centre,
            others: others.collect(),
        });
    }
    stars
}

/// The covers that apply, given the harm.
pub(super) fn for_harm(plan: &Plan, work: &mut Diagrams, harm: ValueId) -> Option<NodeId> {
    let Some(fact) = fact_named(plan, id::HARM) else {
        return Some(plan.applying);
    };
    let class = class_of(plan, fact, harm)?;
    // Over budget, the lowering has reported it; nothing can be concluded here.
    work.restrict(plan.applying, fact, class).ok()
}

/// The lists as they stand: what `等 由 决定 X` may add later, an authority adds to one cover and not to another.
pub(super) fn as_listed(subject: &Subject<'_>, work: &mut Diagrams, root: NodeId) -> Option<NodeId> {
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

/// Pairs that some claim leaves side by side after priority, and that do not take the higher; with the nodes that lead to
/// such a claim, so that a walk for one pair leaves out all others.
struct Toward {
    /// The covers that apply
    root: NodeId,
    pairs: Vec<(CoverId, CoverId)>,
    /// For each node a bit for each pair
    below: FxHashMap<NodeId, Vec<u64>>,
}

impl Toward {
    fn new(plan: &Plan, work: &Diagrams, applying: NodeId) -> Self {
        let nodes = work.reachable(&[applying]);
        let left = |node: NodeId| match work.as_leaf(node) {
            Some(Leaf::Covers(covers)) => unresolved(plan, covers),
            _ => Vec::new(),
        };
        let lefts: Vec<Vec<(CoverId, CoverId)>> = nodes.iter().map(|node| left(*node)).collect();
        let mut pairs = lefts.concat();
        pairs.sort_unstable();
        pairs.dedup();
        let mut below: FxHashMap<NodeId, Vec<u64>> = FxHashMap::default();
        // Children stand before parents.
        for (node, left) in nodes.into_iter().zip(lefts) {
            let mut bits = vec![0u64; pairs.len().div_ceil(64)];
            for pair in left {
                if let Ok(at) = pairs.binary_search(&pair)
                    && let Some(word) = bits.get_mut(at / 64)
                {
                    *word |= 1 << (at % 64);
                }
            }
            if let Node::Test { edges, .. } = work.node(node) {
                for child in edges.iter().filter_map(|edge| below.get(&edge.to)) {
                    bits.iter_mut().zip(child).for_each(|(word, more)| *word |= more);
                }
            }
            below.insert(node, bits);
        }
        Toward {
            root: applying,
            pairs,
            below,
        }
    }
    fn leads(&self, node: NodeId, pair: usize) -> bool {
        let word = self.below.get(&node).and_then(|bits| bits.get(pair / 64));
        word.is_some_and(|word| word >> (pair % 64) & 1 == 1)
    }
}

fn unresolved(plan: &Plan, covers: &[CoverId]) -> Vec<(CoverId, CoverId)> {
    let meeting = &plan.meeting;
    let beaten = |cover: &CoverId| covers.iter().any(|other| meeting.is_over(*other, *cover));
    let left: Vec<CoverId> = covers.iter().copied().filter(|cover| !beaten(cover)).collect();
    let mut pairs = Vec::new();
    for (i, a) in left.iter().enumerate() {
        for b in left.iter().skip(i + 1) {
            let pair = (*a.min(b), *a.max(b));
            if !meeting.takes_higher(*a, *b) && !meeting.stacks(*a, *b) {
                pairs.push(pair);
            }
        }
    }
    pairs
}

/// Whether the pair surely pays every claim for the harm alike: by the same rows, under the same own caps.
fn pay_alike(plan: &Plan, (a, b): (CoverId, CoverId), harm: ValueId) -> bool {
    let own = plan.limits.iter().filter(|limit| limit.own);
    let mut filters = own.filter_map(|limit| limit.filter.covers.as_ref());
    benefit_root(plan, a, harm) == benefit_root(plan, b, harm)
        && filters.all(|covers| covers.contains(&a) == covers.contains(&b))
}

fn benefit_root(plan: &Plan, cover: CoverId, harm: ValueId) -> Option<NodeId> {
    let pays = |benefit: &&Benefit| benefit.cover == cover && benefit.harm == harm;
    plan.benefits.iter().find(pays).map(|benefit| benefit.root)
}

/// Whether the pair pays different money for the harm, with the facts of a claim.
fn meet(
    plan: &Plan,
    work: &Diagrams,
    (toward, at): (&Toward, usize),
    (harm, alike): (ValueId, bool),
) -> Option<(Paid, Meeting)> {
    let pair = toward.pairs.get(at).copied()?;
    let root = |cover: CoverId| benefit_root(plan, cover, harm);
    let roots = [toward.root, root(pair.0)?, root(pair.1)?];
    let useful = |nodes: &[NodeId]| nodes.first().is_none_or(|node| toward.leads(*node, at));
    // What no small amount reaches of two caps may tell them apart at a great one.
    let quantities = match alike {
        true => Quantities::default(),
        false => Quantities::telling(plan, work, roots.get(1..).unwrap_or_default()),
    };
    let outcomes = work.outcomes_wanted(&roots, &useful, &|fact| quantities.wanted(fact));
    let mut meetings: Vec<Meeting> = outcomes
        .into_iter()
        .filter_map(|outcome| met(plan, work, (pair, harm), outcome))
        .collect();
    let same = match other_limits(plan, pair, harm) {
        true => Paid::Counted,
        false => Paid::Alike,
    };
    if alike {
        return meetings.into_iter().next().map(|meeting| (same, meeting));
    }
    let cells: Vec<Cell<'_>> = meetings
        .iter()
        .map(|meeting| Cell {
            sides: [(pair.0, meeting.first), (pair.1, meeting.second)]
                .map(|(cover, pipeline)| (Some(cover), pipeline, meeting.path.as_slice())),
        })
        .collect();
    let (paid, at, with) = match compared(plan, harm, &cells) {
        Compared::Alike => (same, 0, Difference::default()),
        Compared::Undecided(at) => (Paid::Undecided, at, Difference::default()),
        Compared::Differently(at, with) => (Paid::Differently, at, with),
    };
    drop(cells);
    (at < meetings.len()).then(|| {
        (
            paid,
            Meeting {
                with,
                ..meetings.swap_remove(at)
            },
        )
    })
}

/// How the pair meets, where it does.
fn met(
    plan: &Plan,
    work: &Diagrams,
    (pair, harm): ((CoverId, CoverId), ValueId),
    outcome: crate::plan::diagram::Outcome,
) -> Option<Meeting> {
    let leaves: Vec<&Leaf> = outcome.leaves.iter().filter_map(|id| work.as_leaf(*id)).collect();
    let [Leaf::Covers(covers), first, second] = leaves.as_slice() else {
        return None;
    };
    if !unresolved(plan, covers).contains(&pair) {
        return None;
    }
    let pipeline = |leaf: &Leaf| match leaf {
        Leaf::Pays(pipeline) => Some(*pipeline),
        _ => None,
    };
    if matches!(first, Leaf::Refused(_)) || matches!(second, Leaf::Refused(_)) {
        return None;
    }
    Some(Meeting {
        harm,
        first: pipeline(first),
        second: pipeline(second),
        path: outcome.example,
        with: Difference::default(),
    })
}

fn conflict(subject: &Subject<'_>, star: &Star) -> Option<Finding> {
    let (_, meeting) = star.others.first()?;
    let finding = star_finding(subject, codes::C101, star)?
        .arg("harm", super::listed(subject.plan(), id::HARM, &[meeting.harm]))
        .arg("how", "listed")
        .arg("decision", "")
        .witness(claim(subject.plan(), meeting).witness());
    Some(meeting.with.worded(finding))
}

/// C120: neither a claim that is paid differently was found nor that there is none.
fn not_decided(subject: &Subject<'_>, star: &Star) -> Option<Finding> {
    let (_, meeting) = star.others.first()?;
    let finding = star_finding(subject, codes::C120, star)?
        .arg("why", "pair")
        .arg("harm", super::listed(subject.plan(), id::HARM, &[meeting.harm]))
        .witness(claim(subject.plan(), meeting).witness());
    Some(finding)
}

/// A claim to which both covers apply.
fn claim<'p>(plan: &'p Plan, meeting: &Meeting) -> Claim<'p> {
    let pipelines: Vec<PipelineId> = meeting.first.into_iter().chain(meeting.second).collect();
    Claim::new(plan, &meeting.path)
        .with_value(id::HARM, meeting.harm)
        .paying(&pipelines)
        .at(&meeting.with)
}

/// The finding at the cover that all pairs share, with each other cover as a further place.
fn star_finding(subject: &Subject<'_>, code: anlan_lang::diag::Code, star: &Star) -> Option<Finding> {
    let plan = subject.plan();
    let cover = |id: CoverId| plan.covers.get(id.index());
    let centre = cover(star.centre)?;
    let others: Vec<&Cover> = star.others.iter().filter_map(|(other, _)| cover(*other)).collect();
    let second = others.first()?;
    let further: Vec<Arg> = others.iter().skip(1).map(|other| named(&other.name)).collect();
    let mut finding = Finding::new(code, subject.part(&centre.source, Part::Name))
        .arg("first", named(&centre.name))
        .arg("second", named(&second.name))
        .arg("more", Arg::Count(i64::try_from(further.len()).unwrap_or(i64::MAX)))
        .arg("all", written(&others))
        .articles(centre.source.articles.clone())
        .about(centre.name.zh.clone());
    // Who accepts one pair by the other cover's name has not looked at the pairs beside it.
    if further.is_empty() {
        finding = finding.about(second.name.zh.clone());
    }
    for (index, other) in others.iter().enumerate() {
        finding = finding.articles(other.source.articles.clone());
        if let Some(place) = subject.places().part(&other.source, Part::Name) {
            finding = finding.label(place, if index == 0 { "second" } else { "further" });
        }
    }
    finding.articles.dedup();
    Some(finding.arg("further", Arg::List(further)))
}

/// The covers as a clause lists them.
fn written(covers: &[&Cover]) -> Arg {
    let joined = |name: fn(&Cover) -> &str| covers.iter().map(|cover| name(cover)).collect::<Vec<_>>().join(", ");
    Arg::Names {
        zh: joined(|cover| &cover.name.zh),
        en: joined(|cover| &cover.name.en),
    }
}

fn bodies(cover: &Cover) -> BTreeSet<&String> {
    cover.handled_by.iter().flat_map(|handler| &handler.bodies).collect()
}
