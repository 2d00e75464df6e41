//! The most that one person (or household) can be paid in one cell of claims (SEMANTICS §7): covers that apply,
//! priority among them, benefits, and every limit, with nothing else in the event. Where a cell leads is in [`leading`],
//! what lines come to through limits in [`sums`]; what rules read of a plan beside that, facts and their classes, filters
//! and priority, is in [`reading`].

mod leading;
mod reading;
mod sums;

pub use reading::{chosen, class_of, classes_of_values, fact_named, harm, is_property, passes, value_named, values_of};

use super::amounts::{self, End, Env, Extent, Quantities, Top, When, above};
use super::crossing::Through;
use crate::money::Ratio;
use crate::plan::diagram::{Diagrams, NodeId, Outcome, OverBudget, Wanted};
use crate::plan::reads::{Reads, Use};
use crate::plan::{Amount, Benefit, CoverId, FactId, ParameterId, PipelineId, Plan, Tier, ValueId};
use crate::resolve::id;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

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
    /// What is not set of all rows that may be paid
    parameters: BTreeSet<ParameterId>,
}

/// A row for one harm that some cell can be paid by, without the facts of the cell.
#[derive(Debug)]
struct Way {
    lines: Vec<Line>,
    /// Facts beside those of the cell
    example: Cell,
    total: Top,
}

/// For each harm the rows that pay it in different ways, the dearest first.
type Options = Vec<(ValueId, Rc<[Way]>)>;

/// At most so many combinations of rows for different harms are tried; beyond, the best row of each harm.
const COMBINED: usize = 256;

/// Reads one plan; keeps a copy of its diagrams to work in.
#[derive(Debug)]
pub struct Payable<'a> {
    plan: &'a Plan,
    work: Diagrams,
    /// The covers that apply, without those over which another one of them stands
    unbeaten: NodeId,
    memo: FxHashMap<(NodeId, FactId, u16), NodeId>,
    harm: Option<FactId>,
    benefits: BTreeMap<(CoverId, ValueId), &'a Benefit>,
    /// A parameter is not set.
    unset: bool,
    /// The same, or an amount depends on the premium, a balance or the value of a decision.
    open: bool,
    /// The day and the decisions that select amounts
    when: Option<When>,
    /// Facts of a cell that tell more than through which diagrams it leads: filters and ranks of limits read them.
    read: BTreeSet<FactId>,
    /// Values of quantities at which rows come to most
    quantities: Quantities,
    /// What rows come to on the day and with the decisions of now: most cells are paid by the same few rows.
    summed: FxHashMap<Rows, Through>,
    /// The rows for a harm, likewise
    ways: FxHashMap<Leading, Rc<[Way]>>,
    /// What diagrams give together, on every day
    outcomes: FxHashMap<Rc<Roots>, Rc<[Outcome]>>,
    /// Where claims of one harm in a cell lead
    roots: FxHashMap<(ValueId, Cell), Rc<Roots>>,
    /// The covers of a diagram's leaves
    applying: FxHashMap<NodeId, Rc<[CoverId]>>,
}

/// What tells how much rows come to: cover, harm and steps of each, the facts that limits read, and the end of bounds.
type Rows = (Vec<(CoverId, ValueId, PipelineId)>, Cell, End);

/// What tells in which ways a harm is paid: the diagrams that a cell leads to, the that limits read, and the end
/// of bounds.
type Leading = (ValueId, Rc<Roots>, Cell, End);

/// The covers that apply and their benefits for a harm, as diagrams over the facts that a cell leaves open.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Roots {
    /// The covers that apply, then the benefits, each once
    nodes: Vec<NodeId>,
    /// Whose benefits they are, by their places
    covers: Vec<(CoverId, usize)>,
}

/// What tells how a cell is paid: the diagrams that it leads to for each harm, and its facts that limits read. Cells
/// with the same are paid the same.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Alike {
    roots: Vec<Option<Rc<Roots>>>,
    read: Cell,
}

impl<'a> Payable<'a> {
    pub fn new(plan: &'a Plan) -> Self {
        let mut reads = Reads::new(plan);
        reads.read(Use::Settlement);
        let unset = plan.parameters.iter().any(|parameter| parameter.value.is_none());
        let mut work = plan.diagrams.clone();
        Payable {
            plan,
            unbeaten: leading::unbeaten(plan, &mut work),
            work,
            memo: FxHashMap::default(),
            harm: fact_named(plan, id::HARM),
            benefits: plan.benefits.iter().map(|b| ((b.cover, b.harm), b)).collect(),
            unset,
            open: unset || reads.premium || !reads.funds.is_empty() || !reads.decisions.is_empty(),
            when: None,
            read: read_by_limits(plan),
            quantities: Quantities::greatest(plan),
            summed: FxHashMap::default(),
            ways: FxHashMap::default(),
            outcomes: FxHashMap::default(),
            roots: FxHashMap::default(),
            applying: FxHashMap::default(),
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
        if self.when != when {
            self.when = when;
            self.summed.clear();
            self.ways.clear();
        }
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
            let applying = self.restricted(self.unbeaten, &fixed)?;
            if !self.applying(applying).is_empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }
    /// The rows for a harm in a cell that differ in the covers and limits that they come under, each as dear as can be.
    fn ways(&mut self, cell: &[(FactId, u16)], harm: ValueId, end: End) -> Result<Rc<[Way]>, OverBudget> {
        let Some(fixed) = self.with_harm(cell, harm) else {
            return Ok(Rc::new([]));
        };
        let roots = self.roots(&fixed, harm)?;
        let leading: Leading = (harm, Rc::clone(&roots), self.told(cell), end);
        if let Some(known) = self.ways.get(&leading) {
            return Ok(Rc::clone(known));
        }
        let mut ways: Vec<Way> = Vec::new();
        let mut seen = FxHashSet::default();
        for outcome in self.outcomes(&roots).iter() {
            let path = [fixed.as_slice(), &outcome.example].concat();
            let told = self.told(&path);
            for paying in self.groups(&roots.covers, &outcome.leaves) {
                if !seen.insert((paying.clone(), told.clone())) {
                    continue;
                }
                let lines: Vec<Line> = self.lines(&paying, harm, &path, end);
                let total = self.through(&lines, &path, end).most;
                let found = Way {
                    lines,
                    example: outcome.example.clone(),
                    total,
                };
                match ways.iter_mut().find(|way| found.is_like(way)) {
                    Some(way) if above(found.total, way.total) => *way = found,
                    Some(_) => {}
                    None => ways.push(found),
                }
            }
        }
        // The dearest first: fewer of the others need to be summed up.
        ways.sort_by(|a, b| match (above(a.total, b.total), above(b.total, a.total)) {
            (true, _) => Ordering::Less,
            (_, true) => Ordering::Greater,
            _ => Ordering::Equal,
        });
        let ways: Rc<[Way]> = ways.into();
        self.ways.insert(leading, Rc::clone(&ways));
        Ok(ways)
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
        let parameters: BTreeSet<ParameterId> = low.parameters.union(&high.parameters).copied().collect();
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
            let ways = self.ways(cell, *harm, end)?;
            if !ways.is_empty() {
                options.push((*harm, ways));
            }
        }
        let mut best: Option<(Through, Vec<&Way>)> = None;
        let choices = self.choices(&options);
        for rows in choices.iter().flat_map(combinations) {
            let bound = at_most(&rows);
            let bounded = |by: Top| bound.is_some() && !above(bound, by);
            if let Some((through, _)) = &best
                && bounded(through.attained)
                && bounded(through.most)
            {
                continue;
            }
            let lines: Vec<Line> = rows.iter().flat_map(|row| row.lines.iter().cloned()).collect();
            let mut path: Cell = cell.to_vec();
            path.extend(rows.iter().flat_map(|row| row.example.iter().copied()));
            let through = self.through(&lines, &path, end);
            match &mut best {
                None => best = Some((through, rows)),
                Some((so_far, of)) => {
                    if above(through.attained, so_far.attained) {
                        so_far.attained = through.attained;
                    }
                    if above(through.most, so_far.most) {
                        so_far.most = through.most;
                        *of = rows;
                    }
                }
            }
        }
        let nothing = Through {
            most: Some(Ratio::ZERO),
            attained: Some(Ratio::ZERO),
        };
        let (through, rows) = best.unwrap_or((nothing, Vec::new()));
        let lines = options
            .iter()
            .flat_map(|(_, ways)| ways.iter())
            .flat_map(|way| &way.lines);
        Ok(AtEnd {
            through,
            rows: rows.into_iter().filter_map(|way| self.row(cell, way)).collect(),
            parameters: self.parameters(lines),
        })
    }
    /// Of death and disability of one person only one counts: the harms without the one, and without the other.
    fn choices(&self, options: &Options) -> Vec<Options> {
        let named = |id| value_named(self.plan, id::HARM, id);
        let exclusive = [named(harm::DEATH), named(harm::DISABILITY)];
        let paid = |one: &Option<ValueId>| options.iter().any(|(harm, _)| Some(*harm) == *one);
        let without = |left_out: Option<ValueId>| -> Options {
            let kept = options.iter().filter(|(harm, _)| Some(*harm) != left_out);
            kept.cloned().collect()
        };
        match exclusive {
            [death, disability] if exclusive.iter().all(paid) => vec![without(disability), without(death)],
            _ => vec![options.clone()],
        }
    }
    /// The way with the facts of the cell.
    fn row(&self, cell: &[(FactId, u16)], way: &Way) -> Option<Best> {
        let fixed = self.with_harm(cell, way.lines.first()?.harm)?;
        Some(Best {
            lines: way.lines.clone(),
            path: [fixed.as_slice(), &way.example].concat(),
        })
    }

    /// The lines of a claim on a path that these covers pay.
    fn lines(&self, paying: &[(CoverId, PipelineId)], harm: ValueId, path: &[(FactId, u16)], end: End) -> Vec<Line> {
        let env = Env::new(self.plan, path).when(self.when.as_ref());
        let line = |(cover, pipeline): &(CoverId, PipelineId)| {
            let (cover, pipeline) = (*cover, *pipeline);
            let steps = self.plan.pipelines.get(pipeline.index())?;
            let passed = self.plan.limits.iter().enumerate();
            let found = amounts::pipeline_most(self.plan, steps, &env, end);
            Some(Line {
                cover,
                harm,
                pipeline,
                top: found.top,
                attained: found.attained,
                actual: matches!(steps.start, Amount::Fact(_)),
                passes: passed
                    .filter(|(_, limit)| passes(self.plan, &limit.filter, cover, harm, path))
                    .map(|(at, _)| at)
                    .collect(),
            })
        };
        paying.iter().filter_map(line).collect()
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

impl Way {
    /// Paid by the same covers under the same limits.
    fn is_like(&self, other: &Way) -> bool {
        let like = |(a, b): (&Line, &Line)| a.cover == b.cover && a.passes == b.passes;
        self.lines.len() == other.lines.len() && self.lines.iter().zip(&other.lines).all(like)
    }
}

/// What rows cannot come to more than together: each line brings no more beside others than alone. Of rows of several lines
/// that is not sure, since a line that another limit cuts leaves more to those beside it.
fn at_most(rows: &[&Way]) -> Top {
    if rows.iter().any(|row| row.lines.len() > 1) {
        return None;
    }
    rows.iter()
        .try_fold(Ratio::ZERO, |so_far, row| so_far.checked_add(row.total?))
}

/// Every choice of one row for each harm.
fn combinations(options: &Options) -> Vec<Vec<&Way>> {
    let count = options
        .iter()
        .map(|(_, ways)| ways.len())
        .try_fold(1usize, usize::checked_mul);
    let few = count.is_some_and(|count| count <= COMBINED);
    let mut all: Vec<Vec<&Way>> = vec![Vec::new()];
    for (_, ways) in options {
        let ways: Vec<&Way> = ways.iter().take(if few { ways.len() } else { 1 }).collect();
        all = all
            .iter()
            .flat_map(|so_far| ways.iter().map(move |way| [so_far.as_slice(), &[*way]].concat()))
            .collect();
    }
    all
}
