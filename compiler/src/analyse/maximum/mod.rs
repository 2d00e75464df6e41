//! The most that the claims of one group can be paid together, through every limit (SEMANTICS §7, §8).
//!
//! A group holds some keys fixed (one person in one event, one event, one year); everything else is free, so claims may
//! be as many as one likes. Kinds of claims that pass the same limits are one. Each limit in settlement order joins what
//! it holds to a block that is worth no more than its amount, as often as its key occurs in the group: a limit over a
//! finer key without a count (each person of an event) bounds nothing. Where filters nest, blocks lie inside one another
//! and the sum of the outermost is exact, since enough claims fill every limit to the brim. Where a limit cuts across a
//! block that binds, the sum is an upper bound only, and the best nest of some kinds is a lower one that is attained.
//!
//! The cost is kinds × limits, never a product of domains.

mod group;
mod kinds;

pub use group::{Group, years};
use kinds::{cells, restricted};

use super::amounts::{Attained, End, Env, Quantities, Top, amount_top, is_dated, pipeline_extent, settled};
use super::payable::{chosen, class_of, fact_named, is_property, passes};
use crate::money::Ratio;
use crate::plan::diagram::{Diagrams, Leaf, NodeId};
use crate::plan::reads::Reads;
use crate::plan::{
    Benefit, CoverId, DecisionId, FactId, FactKind, FundId, GroupKey, Limit, LimitId, LimitRule, ParameterId, Pipeline,
    PipelineId, Plan, ValueId,
};
use crate::resolve::id;
use anlan_lang::tree::Date;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// One way in which claims of a cover and harm are paid.
#[derive(Debug, Clone)]
pub struct Kind {
    pub cover: CoverId,
    pub harm: ValueId,
    pub pipeline: PipelineId,
    /// The facts of such a claim
    pub path: Vec<(FactId, u16)>,
    /// The most that one claim brings, with unknowns at their low and high ends
    pub low: Top,
    pub high: Top,
    /// What one claim does bring; below these only where the search for the most was given up
    pub attained: Attained,
    /// The limits that it passes, by index
    passes: BTreeSet<usize>,
}

/// What a group can be paid at most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Most {
    /// With unknowns at the low end of their bounds; `None`: without bound.
    pub low: Top,
    /// With unknowns at the high end
    pub high: Top,
    /// `high` is attained by some claims; where not, `attained` is.
    pub exact: bool,
    pub attained: Top,
    /// The limits that bound it
    pub by: BTreeSet<LimitId>,
    /// What it depends on between `low` and `high`
    pub open: Open,
}

/// Unknowns of the scheme.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Open {
    /// Parameters without a value
    pub parameters: BTreeSet<ParameterId>,
    pub decisions: BTreeSet<DecisionId>,
    /// Funds whose balance is not known
    pub funds: BTreeSet<FundId>,
    pub premium: bool,
}

/// A harm, and covers that pay together for it.
type Meeting = (ValueId, Vec<CoverId>);

/// The kinds of claims that a plan pays, found once for all groups.
#[derive(Debug)]
pub struct Maximum<'a> {
    plan: &'a Plan,
    /// The limits of the plan, perhaps with the amounts that a day and decisions select
    limits: Cow<'a, [Limit]>,
    pub kinds: Cow<'a, [Kind]>,
    /// Covers that pay together for a harm where they meet, after priority; each alone where nothing stacks
    meetings: Cow<'a, BTreeSet<Meeting>>,
    /// Not given up for a budget: `kinds` are all there are.
    pub whole: bool,
}

/// A set of kinds that is worth at most so much.
#[derive(Debug, Clone)]
struct Block {
    members: BTreeSet<usize>,
    worth: Top,
    by: BTreeSet<LimitId>,
}

/// Where filters of limits test further facts, claims are told apart by at most so many combinations of their classes.
const CELLS: usize = 64;
/// At most so many kinds are tried for a lower value where limits cut across one another.
const TRIED: usize = 24;

/// In which ways a benefit of the plan pays, where that is known: the facts of such claims, and the steps.
pub type Known<'k> = dyn Fn(&Benefit) -> Option<Vec<(Vec<(FactId, u16)>, PipelineId)>> + 'k;

impl<'a> Maximum<'a> {
    pub fn new(plan: &'a Plan) -> Self {
        Maximum::knowing(plan, &|_| None)
    }

    /// The same, with ways that another rule has found.
    pub fn knowing(plan: &'a Plan, known: &Known<'_>) -> Self {
        let mut maximum = Maximum {
            plan,
            limits: Cow::Borrowed(&plan.limits),
            kinds: Cow::Owned(Vec::new()),
            meetings: Cow::Owned(BTreeSet::new()),
            whole: true,
        };
        maximum.meet();
        let paying: BTreeSet<(ValueId, CoverId)> = maximum
            .meetings
            .iter()
            .flat_map(|(harm, covers)| covers.iter().map(|cover| (*harm, *cover)))
            .collect();
        let (mut work, cells) = cells(plan);
        for (harm, cover) in paying {
            maximum.pays(&mut work, &cells, (cover, harm), known);
        }
        maximum.whole = !plan.diagrams.is_overrun();
        maximum
    }

    /// The same kinds under limits that differ in their amounts alone.
    pub fn under<'b>(&'b self, limits: &'b [Limit]) -> Maximum<'b> {
        Maximum {
            plan: self.plan,
            limits: Cow::Borrowed(limits),
            kinds: Cow::Borrowed(&self.kinds),
            meetings: Cow::Borrowed(&self.meetings),
            whole: self.whole,
        }
    }

    /// Whether one claim may be paid by several covers that stack.
    pub fn stacks(&self) -> bool {
        self.meetings.iter().any(|(_, covers)| covers.len() > 1)
    }

    /// The most that the group can be paid, through all limits.
    pub fn most(&self, group: &Group) -> Most {
        self.most_before(group, self.limits.len(), |_| true)
    }

    /// The most that claims of some kinds come to in the group under the limits before one of them.
    pub fn most_before(&self, group: &Group, limits: usize, wanted: impl Fn(&Kind) -> bool) -> Most {
        let counted = |kind: &&Kind| {
            let things = group
                .things
                .is_none_or(|things| is_property(self.plan, kind.harm) == things);
            things && wanted(kind)
        };
        let kinds: Vec<&Kind> = self.kinds.iter().filter(counted).collect();
        let sets: Vec<Vec<&Kind>> = match (group.claim, group.things) {
            (true, _) => self.single(&kinds),
            (false, Some(_)) => self.of_one(&kinds),
            (false, None) => vec![kinds.clone()],
        };
        let mut best: Option<Most> = None;
        for set in &sets {
            let most = self.through(group, set, limits);
            best = Some(match best {
                Some(other) if !above(most.high, other.high) => other,
                _ => most,
            });
        }
        let mut most = best.unwrap_or(Most {
            low: Some(Ratio::ZERO),
            high: Some(Ratio::ZERO),
            exact: true,
            attained: Some(Ratio::ZERO),
            by: BTreeSet::new(),
            open: Open::default(),
        });
        if most.low != most.high {
            most.open = self.open(&kinds, limits);
        }
        most
    }

    /// One claim is of one harm and paid by covers that stack; each by its dearest kind.
    fn single<'k>(&self, kinds: &[&'k Kind]) -> Vec<Vec<&'k Kind>> {
        let dearest = |harm: ValueId, cover: CoverId| {
            let of = kinds
                .iter()
                .copied()
                .filter(|kind| kind.harm == harm && kind.cover == cover);
            of.reduce(|a, b| if above(b.high, a.high) { b } else { a })
        };
        self.meetings
            .iter()
            .map(|(harm, covers)| covers.iter().filter_map(|cover| dearest(*harm, *cover)).collect())
            .collect()
    }

    /// The claims of one person or household in one event share peril, role, liability and all other facts but the harm
    /// (SEMANTICS §7): so only covers that apply to the same cell pay together.
    fn of_one<'k>(&self, kinds: &[&'k Kind]) -> Vec<Vec<&'k Kind>> {
        let plan = self.plan;
        let harms: BTreeSet<ValueId> = kinds.iter().map(|kind| kind.harm).collect();
        let mut work = plan.diagrams.clone();
        let mut roots = Vec::new();
        for harm in &harms {
            let class = fact_named(plan, id::HARM).and_then(|fact| Some((fact, class_of(plan, fact, *harm)?)));
            roots.push(restricted(
                &mut work,
                plan.applying,
                &class.into_iter().collect::<Vec<_>>(),
            ));
        }
        let mut sets: BTreeSet<BTreeSet<(ValueId, CoverId)>> = BTreeSet::new();
        for outcome in work.outcomes(&roots) {
            let mut set = BTreeSet::new();
            for (harm, leaf) in harms.iter().zip(&outcome.leaves) {
                if let Some(Leaf::Covers(covers)) = work.as_leaf(*leaf) {
                    let pays = chosen(&plan.meeting, covers).into_iter().flatten();
                    set.extend(pays.map(|cover| (*harm, cover)));
                }
            }
            sets.insert(set);
        }
        let of = |set: &BTreeSet<(ValueId, CoverId)>| -> Vec<&'k Kind> {
            let inside = |kind: &&'k Kind| set.contains(&(kind.harm, kind.cover));
            kinds.iter().copied().filter(inside).collect()
        };
        sets.iter().map(of).collect()
    }

    fn through(&self, group: &Group, kinds: &[&Kind], limits: usize) -> Most {
        let (low, ..) = self.total(group, kinds, limits, End::Low);
        let (high, by, exact) = self.total(group, kinds, limits, End::High);
        let attained = if exact { high } else { self.nested(group, kinds, limits) };
        let exact = exact || attained == high;
        Most {
            low,
            high,
            exact,
            attained,
            by,
            open: Open::default(),
        }
    }

    /// The sum of the outermost blocks, what bounds it, and whether all of them nest.
    fn total(&self, group: &Group, kinds: &[&Kind], limits: usize, end: End) -> (Top, BTreeSet<LimitId>, bool) {
        let mut exact = kinds.iter().all(|kind| kind.is_reached());
        let mut blocks: Vec<Block> = kinds
            .iter()
            .enumerate()
            .map(|(i, kind)| Block {
                members: BTreeSet::from([i]),
                worth: alone(kind, end, group.claim),
                by: BTreeSet::new(),
            })
            .filter(|block| block.worth != Some(Ratio::ZERO))
            .collect();
        for at in 0..limits.min(self.limits.len()) {
            exact &= self.apply(group, kinds, at, end, &mut blocks);
        }
        let worth = sum(blocks.iter().map(|block| block.worth));
        let by = blocks.iter().flat_map(|block| block.by.iter().copied()).collect();
        (worth, by, exact)
    }

    /// Joins what one limit holds; false where it cuts across a block.
    fn apply(&self, group: &Group, kinds: &[&Kind], at: usize, end: End, blocks: &mut Vec<Block>) -> bool {
        let plan = self.plan;
        let Some(limit) = self.limits.get(at) else { return true };
        let nothing = |amount| amount_top(plan, amount, &Env::default(), End::High, end) == Some(Ratio::ZERO);
        let times = match (group.times(plan, &limit.keys), &limit.rule) {
            (Some(times), _) => times,
            // A limit of 0 lets nothing through, however often its key occurs.
            (None, LimitRule::UpTo(amount)) if nothing(amount) => 1,
            (None, _) => return true,
        };
        let held = |i: &usize| kinds.get(*i).is_some_and(|kind| kind.passes.contains(&at));
        let inside = |block: &Block| block.members.iter().all(held);
        let worth = sum(blocks.iter().filter(|block| inside(block)).map(|block| block.worth));
        let across = blocks
            .iter()
            .any(|block| !inside(block) && block.members.iter().any(held));
        let room = match &limit.rule {
            LimitRule::UpTo(amount) => {
                let each = amount_top(plan, amount, &Env::default(), End::High, end);
                match group.by_year(plan, limit) {
                    // What a date selects is another amount in some years.
                    Some(years) => sum(years.iter().map(|first| {
                        let amount = settled(amount, Some(*first), None);
                        amount_top(plan, &amount, &Env::default(), End::High, end)
                    })),
                    None => each.and_then(|each| each.checked_mul(Ratio::integer(times))),
                }
            }
            LimitRule::Largest { .. } => {
                let members = kinds.iter().filter(|kind| kind.passes.contains(&at));
                let largest = members.map(|kind| alone(kind, end, true)).reduce(most);
                let largest = largest.unwrap_or(Some(Ratio::ZERO));
                largest.and_then(|largest| largest.checked_mul(Ratio::integer(times)))
            }
            // Claims may all fall into one group, which then bears the deductible once.
            LimitRule::Less(amount) => {
                let other = match end {
                    End::Low => End::High,
                    End::High => End::Low,
                };
                let less = amount_top(plan, amount, &Env::default(), End::Low, other).unwrap_or(Ratio::ZERO);
                let left = worth
                    .and_then(|worth| worth.checked_sub(less))
                    .map(|rest| rest.max(Ratio::ZERO));
                if worth.is_none() { None } else { left }
            }
        };
        let Some(room) = room.filter(|room| worth.is_none_or(|worth| *room < worth)) else {
            // It does not bind what lies inside; of what lies across, less may get through than it is worth.
            return !across;
        };
        let (joined, rest): (Vec<Block>, Vec<Block>) = std::mem::take(blocks).into_iter().partition(inside);
        *blocks = rest;
        blocks.push(Block {
            members: joined.into_iter().flat_map(|block| block.members).collect(),
            worth: Some(room),
            by: BTreeSet::from([LimitId::from(at)]),
        });
        !across
    }

    /// A total that is attained: that of kinds whose limits nest, from each of the dearest on.
    fn nested(&self, group: &Group, kinds: &[&Kind], limits: usize) -> Top {
        let reached: Vec<Kind> = kinds.iter().map(|kind| kind.reached()).collect();
        let kinds: Vec<&Kind> = reached.iter().collect();
        let mut order: Vec<(Top, &Kind)> = kinds
            .iter()
            .map(|kind| (self.total(group, &[kind], limits, End::High).0, *kind))
            .collect();
        order.sort_by(|a, b| {
            if above(a.0, b.0) {
                std::cmp::Ordering::Less
            } else {
                std::cmp::Ordering::Greater
            }
        });
        order.truncate(TRIED);
        let mut best = Some(Ratio::ZERO);
        for first in 0..order.len() {
            let rest = order.iter().enumerate().filter(|(at, _)| *at != first);
            let mut taken: Vec<&Kind> = Vec::new();
            let mut worth = Some(Ratio::ZERO);
            for (_, kind) in order.get(first).into_iter().chain(rest.map(|(_, kind)| kind)) {
                taken.push(kind);
                match self.total(group, &taken, limits, End::High) {
                    (more, _, true) if !above(worth, more) => worth = more,
                    _ => {
                        taken.pop();
                    }
                }
            }
            if above(worth, best) {
                best = worth;
            }
        }
        best
    }

    fn open(&self, kinds: &[&Kind], limits: usize) -> Open {
        let plan = self.plan;
        let pipelines: BTreeSet<PipelineId> = kinds.iter().map(|kind| kind.pipeline).collect();
        let mut reads = Reads::new(plan);
        for pipeline in pipelines.iter().filter_map(|id| plan.pipelines.get(id.index())) {
            reads.pipeline(pipeline);
        }
        for (at, limit) in self.limits.iter().enumerate().take(limits) {
            if let LimitRule::UpTo(amount) | LimitRule::Less(amount) = &limit.rule
                && kinds.iter().any(|kind| kind.passes.contains(&at))
            {
                reads.amount(amount);
            }
        }
        let unset = |id: &ParameterId| plan.parameters.get(id.index()).is_some_and(|p| p.value.is_none());
        let unknown = |id: &FundId| plan.funds.get(id.index()).is_some_and(|f| f.balance.is_none());
        Open {
            parameters: reads.parameters.into_iter().filter(unset).collect(),
            funds: reads.funds.into_iter().filter(unknown).collect(),
            decisions: reads.decisions,
            premium: reads.premium,
        }
    }
}

impl Kind {
    /// The steps by which one claim of it is paid.
    pub fn steps<'p>(&self, plan: &'p Plan) -> Option<&'p Pipeline> {
        plan.pipelines.get(self.pipeline.index())
    }
    fn is_reached(&self) -> bool {
        (self.low, self.high) == (self.attained.low, self.attained.high)
    }
    /// Worth what some claims do bring.
    fn reached(&self) -> Kind {
        Kind {
            low: self.attained.low,
            high: self.attained.high,
            ..self.clone()
        }
    }
    /// Whether its claims pass the limit with this index.
    pub fn passes(&self, limit: usize) -> bool {
        self.passes.contains(&limit)
    }
}

/// What a kind is worth: of one claim, or of as many as one likes.
fn alone(kind: &Kind, end: End, one: bool) -> Top {
    let top = match end {
        End::Low => kind.low,
        End::High => kind.high,
    };
    top.filter(|top| one || *top == Ratio::ZERO)
}

fn sum(values: impl Iterator<Item = Top>) -> Top {
    values
        .into_iter()
        .try_fold(Ratio::ZERO, |sum, value| sum.checked_add(value?))
}

fn most(a: Top, b: Top) -> Top {
    a.zip(b).map(|(a, b)| a.max(b))
}

/// `a` is greater; without bound is greatest.
fn above(a: Top, b: Top) -> bool {
    match (a, b) {
        (_, None) => false,
        (None, Some(_)) => true,
        (Some(a), Some(b)) => a > b,
    }
}
