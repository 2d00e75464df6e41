//! The most that one person (or household) can be paid in one cell of claims (SEMANTICS §7): covers that apply,
//! priority among them, benefits, and every limit, with nothing else in the event. What rules read of a plan beside that,
//! facts and their classes, filters and priority, is in [`reading`].

mod reading;

pub use reading::{chosen, class_of, classes_of_values, fact_named, harm, is_property, passes, value_named, values_of};

use super::amounts::{self, End, Env, Extent, Quantities, Top, When, above};
use super::crossing::{Cap, Claimed, Shared, Through, through};
use crate::money::Ratio;
use crate::plan::diagram::{Diagrams, Leaf, NodeId, OverBudget, Wanted};
use crate::plan::reads::{Reads, Use};
use crate::plan::{
    Amount, Benefit, CoverId, FactId, Filter, GroupKey, Limit, LimitRule, ParameterId, PipelineId, Plan, Tier, ValueId,
};
use crate::resolve::id;
use rustc_hash::FxHashMap;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Classes of some facts: the cell that is asked about.
pub type Cell = Vec<(FactId, u16)>;

/// What one row of a claim can bring at most, with the unknowns of the scheme at one end of their bounds.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub cover: CoverId,
    pub harm: ValueId,
    pub pipeline: PipelineId,
    top: Top,
    /// Below `top` only where the search for the most was given up
    attained: Top,
    /// It may be claimed for less: an expense or a loss, not a fixed sum.
    actual: bool,
    /// The limits that it passes, by index
    passes: Vec<usize>,
}

/// The best row for one harm in a cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Best {
    /// Several only where covers stack
    pub lines: Vec<Line>,
    /// The facts of such a row
    pub path: Vec<(FactId, u16)>,
    total: Top,
}

/// What a cell can be paid at most.
#[derive(Debug, Clone)]
pub struct Total {
    pub extent: Extent,
    /// What some rows do come to; below `extent` only where limits cut across one another.
    pub attained: Extent,
    pub rows: Vec<Best>,
}

/// The same with the unknowns at one end.
struct AtEnd {
    through: Through,
    rows: Vec<Best>,
    /// The lines of all rows that may be paid
    lines: Vec<Line>,
}

/// For each harm the rows that pay it in different ways.
type Options = Vec<(ValueId, Vec<Best>)>;

/// At most so many combinations of rows for different harms are tried; beyond, the best row of each harm.
const COMBINED: usize = 256;

/// Reads one plan; keeps a copy of its diagrams to work in.
#[derive(Debug)]
pub struct Payable<'a> {
    plan: &'a Plan,
    work: Diagrams,
    memo: FxHashMap<(NodeId, FactId, u16), NodeId>,
    harm: Option<FactId>,
    benefits: BTreeMap<(CoverId, ValueId), &'a Benefit>,
    /// A parameter is not set, or an amount depends on the premium, a balance or the value of a decision.
    open: bool,
    /// The day and the decisions that select amounts
    when: Option<When>,
    /// Facts of a cell that tell more than through which diagrams it leads: filters and ranks of limits read them.
    read: BTreeSet<FactId>,
    /// Values of quantities at which rows come to most
    quantities: Quantities,
    /// What rows come to on the day and with the decisions of now: most cells are paid by the same few rows.
    summed: FxHashMap<Rows, Through>,
}

/// What tells how much rows come to: cover, harm and steps of each, the facts that limits read, and the end of bounds.
type Rows = (Vec<(CoverId, ValueId, PipelineId)>, Cell, End);

/// What tells how a cell is paid: the diagrams that it leads to for each harm, and its facts that limits read. Cells
/// with the same are paid the same.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Alike {
    roots: Vec<Option<(Vec<NodeId>, Vec<CoverId>)>>,
    read: Cell,
}

impl<'a> Payable<'a> {
    pub fn new(plan: &'a Plan) -> Self {
        let mut reads = Reads::new(plan);
        reads.read(Use::Settlement);
        let unset = plan.parameters.iter().any(|parameter| parameter.value.is_none());
        Payable {
            plan,
            work: plan.diagrams.clone(),
            memo: FxHashMap::default(),
            harm: fact_named(plan, id::HARM),
            benefits: plan.benefits.iter().map(|b| ((b.cover, b.harm), b)).collect(),
            open: unset || reads.premium || !reads.funds.is_empty() || !reads.decisions.is_empty(),
            when: None,
            read: read_by_limits(plan),
            quantities: Quantities::greatest(plan),
            summed: FxHashMap::default(),
        }
    }
    /// What tells how a cell is paid for these harms, on every day and with whatever decisions.
    pub fn alike(&mut self, cell: &[(FactId, u16)], harms: &BTreeSet<ValueId>) -> Result<Alike, OverBudget> {
        let mut roots = Vec::with_capacity(harms.len());
        for harm in harms {
            roots.push(match self.with_harm(cell, *harm) {
                Some(fixed) => Some(self.roots(&fixed, *harm)?),
                None => None,
            });
        }
        let read = self.told(cell);
        Ok(Alike { roots, read })
    }
    /// The facts of a cell that limits and amounts read.
    fn told(&self, cell: &[(FactId, u16)]) -> Cell {
        // A class of whole numbers bounds the amounts that read it.
        let bounds = |fact: FactId| self.quantities.wanted(fact) != Wanted::default();
        let told = |at: &&(FactId, u16)| self.read.contains(&at.0) || bounds(at.0);
        cell.iter().filter(told).copied().collect()
    }
    /// The day and the decisions by which amounts are chosen from now on; `None`: each at the end of its bounds.
    pub fn at(&mut self, when: Option<When>) {
        self.when = when;
        self.summed.clear();
    }
    /// The harms for which some cover has a benefit.
    pub fn harms(&self) -> BTreeSet<ValueId> {
        self.benefits.keys().map(|(_, harm)| *harm).collect()
    }
    /// Whether some cover applies in the cell and has a benefit for one of the harms.
    pub fn applies(&mut self, cell: &[(FactId, u16)], harms: &BTreeSet<ValueId>) -> Result<bool, OverBudget> {
        for harm in harms {
            let Some(fixed) = self.with_harm(cell, *harm) else {
                continue;
            };
            let applying = self.restricted(self.plan.applying, &fixed)?;
            let some = |leaf: &Leaf| matches!(leaf, Leaf::Covers(covers) if !covers.is_empty());
            if self.work.leaves(applying).into_iter().any(some) {
                return Ok(true);
            }
        }
        Ok(false)
    }
    /// The cell for claims of one harm; nothing where no claim has it.
    fn with_harm(&self, cell: &[(FactId, u16)], harm: ValueId) -> Option<Cell> {
        let mut fixed: Cell = cell.to_vec();
        if let Some(fact) = self.harm {
            fixed.push((fact, class_of(self.plan, fact, harm)?));
        }
        Some(fixed)
    }
    /// The rows for a harm in a cell that differ in the covers and limits that they come under, each as dear as can be.
    fn ways(&mut self, cell: &[(FactId, u16)], harm: ValueId, end: End) -> Result<Vec<Best>, OverBudget> {
        let Some(fixed) = self.with_harm(cell, harm) else {
            return Ok(Vec::new());
        };
        let (roots, order) = self.roots(&fixed, harm)?;
        let none = |node: &NodeId| matches!(self.work.as_leaf(*node), Some(Leaf::Covers(covers)) if covers.is_empty());
        let some = |nodes: &[NodeId]| !nodes.first().is_some_and(none);
        let wanted = |fact| self.quantities.wanted(fact);
        let mut ways: Vec<Best> = Vec::new();
        for outcome in self.work.outcomes_wanted(&roots, &some, &wanted) {
            let mut path = fixed.clone();
            path.extend(outcome.example.iter().copied());
            for lines in self.groups(&order, &outcome.leaves, harm, &path, end) {
                let total = self.through(&lines, &path, end).most;
                let found = Best {
                    lines,
                    path: path.clone(),
                    total,
                };
                match ways.iter_mut().find(|way| found.is_like(way)) {
                    Some(way) if above(found.total, way.total) => *way = found,
                    Some(_) => {}
                    None => ways.push(found),
                }
            }
        }
        Ok(ways)
    }
    /// The covers that apply and their benefits for the harm, as diagrams over the other facts.
    fn roots(&mut self, fixed: &[(FactId, u16)], harm: ValueId) -> Result<(Vec<NodeId>, Vec<CoverId>), OverBudget> {
        let applying = self.restricted(self.plan.applying, fixed)?;
        let covers: BTreeSet<CoverId> = self
            .work
            .leaves(applying)
            .into_iter()
            .filter_map(|leaf| match leaf {
                Leaf::Covers(covers) => Some(covers.clone()),
                _ => None,
            })
            .flatten()
            .collect();
        let mut roots = vec![applying];
        let mut order = Vec::new();
        for cover in covers {
            if let Some(benefit) = self.benefits.get(&(cover, harm)) {
                roots.push(self.restricted(benefit.root, fixed)?);
                order.push(cover);
            }
        }
        Ok((roots, order))
    }
    /// What rows for these harms come to together under all limits. Of death and disability of one person only the
    /// dearer counts; rows of the same harm count once.
    pub fn total(&mut self, cell: &[(FactId, u16)], harms: &BTreeSet<ValueId>) -> Result<Total, OverBudget> {
        let high = self.at_end(cell, harms, End::High)?;
        let low = match self.open || self.when.is_none() {
            true => Some(self.at_end(cell, harms, End::Low)?),
            false => None,
        };
        let low = low.as_ref().unwrap_or(&high);
        let parameters = self.parameters(low.lines.iter().chain(&high.lines));
        let extent = |of: fn(&Through) -> Top| Extent::reached(of(&low.through), of(&high.through), parameters.clone());
        Ok(Total {
            extent: extent(|through| through.most),
            attained: extent(|through| through.attained),
            rows: high.rows,
        })
    }
    fn at_end(&mut self, cell: &[(FactId, u16)], harms: &BTreeSet<ValueId>, end: End) -> Result<AtEnd, OverBudget> {
        let mut options: Options = Vec::new();
        for harm in harms {
            let mut ways = self.ways(cell, *harm, end)?;
            // The dearest first: fewer of the others need to be summed up.
            ways.sort_by(|a, b| match (above(a.total, b.total), above(b.total, a.total)) {
                (true, _) => Ordering::Less,
                (_, true) => Ordering::Greater,
                _ => Ordering::Equal,
            });
            if !ways.is_empty() {
                options.push((*harm, ways));
            }
        }
        let rows = options.iter().flat_map(|(_, ways)| ways);
        let lines: Vec<Line> = rows.flat_map(|row| row.lines.iter().cloned()).collect();
        let named = |id| value_named(self.plan, id::HARM, id);
        let exclusive = [named(harm::DEATH), named(harm::DISABILITY)];
        let both = |options: &Options| {
            exclusive
                .iter()
                .all(|one| options.iter().any(|(harm, _)| Some(*harm) == *one))
        };
        let without = |left_out: Option<ValueId>| -> Options {
            let kept = options.iter().filter(|(harm, _)| Some(*harm) != left_out);
            kept.cloned().collect()
        };
        let choices = match exclusive {
            [death, disability] if both(&options) => vec![without(disability), without(death)],
            _ => vec![options],
        };
        let mut best = AtEnd {
            through: Through {
                most: Some(Ratio::ZERO),
                attained: Some(Ratio::ZERO),
            },
            rows: Vec::new(),
            lines,
        };
        for rows in choices.iter().flat_map(combinations) {
            let bound = at_most(&rows);
            let bounded = |by: Top| bound.is_some() && !above(bound, by);
            if !best.rows.is_empty() && bounded(best.through.attained) && bounded(best.through.most) {
                continue;
            }
            let lines: Vec<Line> = rows.iter().flat_map(|row| row.lines.iter().cloned()).collect();
            let mut path: Cell = cell.to_vec();
            path.extend(rows.iter().flat_map(|row| row.path.iter().copied()));
            let through = self.through(&lines, &path, end);
            if above(through.attained, best.through.attained) {
                best.through.attained = through.attained;
            }
            if best.rows.is_empty() || above(through.most, best.through.most) {
                best.through.most = through.most;
                best.rows = rows.into_iter().cloned().collect();
            }
        }
        Ok(best)
    }

    fn restricted(&mut self, root: NodeId, fixed: &[(FactId, u16)]) -> Result<NodeId, OverBudget> {
        let mut node = root;
        // The harm stands last in a cell and is tested first: what is left of a diagram then is small.
        for (fact, class) in fixed.iter().rev() {
            node = match self.memo.get(&(node, *fact, *class)) {
                Some(done) => *done,
                None => {
                    let done = self.work.restrict(node, *fact, *class)?;
                    self.memo.insert((node, *fact, *class), done);
                    done
                }
            };
        }
        Ok(node)
    }
    /// The lines that a joint outcome pays, after priority: those of one group that stacks. Where no rank says which group
    /// is paid, each may be.
    fn groups(
        &self,
        order: &[CoverId],
        leaves: &[NodeId],
        harm: ValueId,
        path: &[(FactId, u16)],
        end: End,
    ) -> Vec<Vec<Line>> {
        let Some((applying, benefits)) = leaves.split_first() else {
            return Vec::new();
        };
        let Some(Leaf::Covers(applying)) = self.work.as_leaf(*applying) else {
            return Vec::new();
        };
        let env = Env::new(self.plan, path).when(self.when.as_ref());
        let line = |cover: CoverId| {
            let at = order.iter().position(|other| *other == cover)?;
            let Some(Leaf::Pays(pipeline)) = self.work.as_leaf(*benefits.get(at)?) else {
                return None;
            };
            let steps = self.plan.pipelines.get(pipeline.index())?;
            let passed = self.plan.limits.iter().enumerate();
            let found = amounts::pipeline_most(self.plan, steps, &env, end);
            Some(Line {
                cover,
                harm,
                pipeline: *pipeline,
                top: found.top,
                attained: found.attained,
                actual: matches!(steps.start, Amount::Fact(_)),
                passes: passed
                    .filter(|(_, limit)| passes(self.plan, &limit.filter, cover, harm, path))
                    .map(|(at, _)| at)
                    .collect(),
            })
        };
        chosen(&self.plan.meeting, applying)
            .into_iter()
            .map(|group| group.into_iter().filter_map(line).collect::<Vec<_>>())
            .filter(|lines| !lines.is_empty())
            .collect()
    }
    /// The lines' total after all limits, with unknowns at one end.
    fn through(&mut self, lines: &[Line], path: &[(FactId, u16)], end: End) -> Through {
        let told = lines.iter().map(|line| (line.cover, line.harm, line.pipeline));
        let rows: Rows = (told.collect(), self.told(path), end);
        if let Some(known) = self.summed.get(&rows) {
            return *known;
        }
        let found = self.sum(lines, path, end);
        self.summed.insert(rows, found);
        found
    }
    fn sum(&self, lines: &[Line], path: &[(FactId, u16)], end: End) -> Through {
        let mut through = self.sum_of(lines, path, end);
        if lines.iter().any(|line| line.attained != line.top) {
            let sure = lines.iter().map(|line| Line {
                top: line.attained,
                ..line.clone()
            });
            through.attained = self.sum_of(&sure.collect::<Vec<_>>(), path, end).attained;
        }
        through
    }
    fn sum_of(&self, lines: &[Line], path: &[(FactId, u16)], end: End) -> Through {
        let values: Vec<Claimed> = lines
            .iter()
            .map(|line| Claimed {
                top: line.top,
                actual: line.actual,
            })
            .collect();
        let mut caps = Vec::new();
        for (at, limit) in self.plan.limits.iter().enumerate() {
            let inside: Vec<usize> = (0..)
                .zip(lines)
                .filter(|(_, line)| line.passes.contains(&at))
                .map(|(i, _)| i)
                .collect();
            let amount = match &limit.rule {
                LimitRule::UpTo(amount) => self.amount(limit, amount, path, end),
                LimitRule::Largest { .. } => inside
                    .iter()
                    .filter_map(|i| lines.get(*i))
                    .map(|line| line.top)
                    .reduce(amounts::most)
                    .flatten(),
                // What is taken off a total is not sure to be.
                LimitRule::Less(_) => continue,
            };
            let Some(amount) = amount else { continue };
            caps.push(Cap {
                inside,
                amount,
                each: per_claim(self.plan, limit),
                shared: self.shared(limit, lines, path),
            });
        }
        through(&values, &caps)
    }
    /// What a limit lets through on the day that selects its amount.
    fn amount(&self, limit: &Limit, amount: &Amount, path: &[(FactId, u16)], end: End) -> Top {
        let when = self.when.as_ref().map(|when| When {
            day: when.day.map(|day| amounts::selecting(self.plan, &limit.keys, day)),
            taken: when.taken.clone(),
        });
        let env = Env::new(self.plan, path).when(when.as_ref());
        amounts::amount_top(self.plan, amount, &env, End::High, end)
    }
    fn shared(&self, limit: &Limit, lines: &[Line], path: &[(FactId, u16)]) -> Shared {
        match limit.tiers.as_slice() {
            // There is one event.
            [] | [Tier::Event] => Shared::ProRata,
            [Tier::Date | Tier::Claim | Tier::Event, ..] => Shared::ByDate,
            [Tier::Rank(filters), ..] => {
                let rank = |line: &Line| {
                    let holds = |filter: &Filter| passes(self.plan, filter, line.cover, line.harm, path);
                    filters.iter().position(holds).unwrap_or(filters.len())
                };
                Shared::Ranked(lines.iter().map(rank).collect())
            }
        }
    }
    fn parameters<'l>(&self, lines: impl Iterator<Item = &'l Line>) -> BTreeSet<ParameterId> {
        let mut reads = Reads::new(self.plan);
        for line in lines {
            if let Some(pipeline) = self.plan.pipelines.get(line.pipeline.index()) {
                reads.pipeline(pipeline);
            }
            for limit in line.passes.iter().filter_map(|at| self.plan.limits.get(*at)) {
                if let LimitRule::UpTo(amount) = &limit.rule {
                    reads.amount(amount);
                }
            }
        }
        let unset = |id: &ParameterId| self.plan.parameters.get(id.index()).is_some_and(|p| p.value.is_none());
        reads.parameters.into_iter().filter(unset).collect()
    }
}

/// Facts that filters and ranks of limits test.
fn read_by_limits(plan: &Plan) -> BTreeSet<FactId> {
    let ranks = plan
        .limits
        .iter()
        .flat_map(|limit| &limit.tiers)
        .filter_map(|tier| match tier {
            Tier::Rank(filters) => Some(filters),
            Tier::Date | Tier::Event | Tier::Claim => None,
        });
    let filters = plan.limits.iter().map(|limit| &limit.filter).chain(ranks.flatten());
    filters
        .flat_map(|filter| &filter.facts)
        .map(|(fact, _)| *fact)
        .collect()
}

impl Best {
    /// Paid by the same covers under the same limits.
    fn is_like(&self, other: &Best) -> bool {
        let like = |(a, b): (&Line, &Line)| a.cover == b.cover && a.passes == b.passes;
        self.lines.len() == other.lines.len() && self.lines.iter().zip(&other.lines).all(like)
    }
}

/// What rows cannot come to more than together: each line brings no more beside others than alone. Of rows of several lines
/// that is not sure, since a line that another limit cuts leaves more to those beside it.
fn at_most(rows: &[&Best]) -> Top {
    if rows.iter().any(|row| row.lines.len() > 1) {
        return None;
    }
    rows.iter()
        .try_fold(Ratio::ZERO, |so_far, row| so_far.checked_add(row.total?))
}

/// Every choice of one row for each harm.
fn combinations(options: &Options) -> Vec<Vec<&Best>> {
    let count = options
        .iter()
        .map(|(_, ways)| ways.len())
        .try_fold(1usize, usize::checked_mul);
    let few = count.is_some_and(|count| count <= COMBINED);
    let mut all: Vec<Vec<&Best>> = vec![Vec::new()];
    for (_, ways) in options {
        let dearest = ways.iter().reduce(|a, b| if above(b.total, a.total) { b } else { a });
        let ways: Vec<&Best> = match few {
            true => ways.iter().collect(),
            false => dearest.into_iter().collect(),
        };
        all = all
            .iter()
            .flat_map(|so_far| ways.iter().map(move |way| [so_far.as_slice(), &[*way]].concat()))
            .collect();
    }
    all
}

fn per_claim(plan: &Plan, limit: &Limit) -> bool {
    limit.keys.iter().any(|key| match key {
        GroupKey::Fact(fact) => plan.facts.get(fact.index()).is_some_and(|f| f.id == id::CLAIM),
        GroupKey::Year => false,
    })
}
