//! Quantities that one benefit reads together: in which direction it moves with each, and where it is greatest.
//!
//! A benefit rises with what it starts from and with its caps, and falls with what is taken off. Each quantity at its own
//! end gives the greatest sum, but for one that does both (`免赔额 10% × 财产损失` of a loss): as a function of that one the
//! benefit is made of straight pieces, and the greatest stands where two of them meet, or at an end.

use super::top::{End, Env, Top, above, amount_top, at_ends, grid, ratio_end};
use crate::money::Ratio;
use crate::plan::diagram::{Diagrams, Leaf, NodeId, Wanted};
use crate::plan::{Amount, Count, FactId, LimitRule, Operation, Pipeline, Plan, RatioValue};
use std::collections::{BTreeMap, BTreeSet};

/// Which values of each quantity examples are to have.
#[derive(Debug, Clone, Default)]
pub struct Quantities(BTreeMap<FactId, Wanted>);

impl Quantities {
    /// Those at which benefits of the plan are greatest.
    pub fn greatest(plan: &Plan) -> Self {
        let mut all = Quantities::default();
        plan.pipelines.iter().for_each(|pipeline| all.pipeline(pipeline));
        for limit in &plan.limits {
            match &limit.rule {
                LimitRule::UpTo(amount) => all.amount(amount, End::High),
                LimitRule::Less(amount) => all.amount(amount, End::Low),
                LimitRule::Largest { .. } => {}
            }
        }
        all
    }
    /// Those at which the benefits of some diagrams are greatest.
    pub fn greatest_of(plan: &Plan, diagrams: &Diagrams, roots: &[NodeId]) -> Self {
        let mut all = Quantities::default();
        paid(plan, diagrams, roots).for_each(|pipeline| all.pipeline(pipeline));
        all
    }
    /// Those at which the benefits of some diagrams may differ: all, where more than the size of one quantity tells.
    pub fn telling(plan: &Plan, diagrams: &Diagrams, roots: &[NodeId]) -> Self {
        let mut all = Quantities::default();
        let mut raised = false;
        for pipeline in paid(plan, diagrams, roots) {
            all.pipeline(pipeline);
            raised |= pipeline
                .steps
                .iter()
                .any(|step| matches!(step.operation, Operation::AtLeast(_)));
        }
        if raised || all.0.len() > 1 || all.0.values().any(|wanted| wanted.small) {
            let both = Wanted {
                great: true,
                small: true,
            };
            all.0.values_mut().for_each(|wanted| *wanted = both);
        }
        all
    }
    pub fn wanted(&self, fact: FactId) -> Wanted {
        self.0.get(&fact).copied().unwrap_or_default()
    }
    fn pipeline(&mut self, pipeline: &Pipeline) {
        self.amount(&pipeline.start, End::High);
        for step in &pipeline.steps {
            match &step.operation {
                Operation::Less(amount) => self.amount(amount, End::Low),
                Operation::UpTo(amount) | Operation::AtLeast(amount) => self.amount(amount, End::High),
                Operation::Share(_) | Operation::Round { .. } => {}
            }
        }
    }
    fn amount(&mut self, amount: &Amount, end: End) {
        for fact in amount.facts() {
            let wanted = self.0.entry(fact).or_default();
            match end {
                End::High => wanted.great = true,
                End::Low => wanted.small = true,
            }
        }
    }
}

/// The pipelines by which diagrams pay.
fn paid<'p>(plan: &'p Plan, diagrams: &Diagrams, roots: &[NodeId]) -> impl Iterator<Item = &'p Pipeline> {
    let leaves = diagrams
        .reachable(roots)
        .into_iter()
        .filter_map(|node| match diagrams.as_leaf(node) {
            Some(Leaf::Pays(pipeline)) => Some(pipeline.index()),
            _ => None,
        });
    let places: Vec<usize> = leaves.collect();
    places.into_iter().filter_map(|at| plan.pipelines.get(at))
}

/// Whether something that a record tells is taken off.
fn takes_off(pipeline: &Pipeline) -> bool {
    let varies = |operation: &Operation| matches!(operation, Operation::Less(amount) if !matches!(amount, Amount::Fixed(_) | Amount::Parameter { .. }));
    pipeline.steps.iter().any(|step| varies(&step.operation))
}

/// Quantities by which the pipeline both rises and falls.
pub(super) fn contrary(pipeline: &Pipeline) -> Vec<FactId> {
    if !takes_off(pipeline) {
        return Vec::new();
    }
    let mut all = Quantities::default();
    all.pipeline(pipeline);
    let both = all.0.into_iter().filter(|(_, wanted)| wanted.great && wanted.small);
    both.map(|(fact, _)| fact).collect()
}

/// Where a pipeline pays most, of the quantities that are not simply to be as great as can be.
pub fn point(plan: &Plan, pipeline: &Pipeline, env: &Env) -> BTreeMap<FactId, i64> {
    if !takes_off(pipeline) {
        return BTreeMap::new();
    }
    let mut all = Quantities::default();
    all.pipeline(pipeline);
    let falls = all.0.iter().filter(|(_, wanted)| wanted.small && !wanted.great);
    let mut point: BTreeMap<FactId, i64> = falls.map(|(fact, _)| (*fact, env.ends(plan, *fact).0)).collect();
    let contrary = contrary(pipeline);
    if !contrary.is_empty() {
        point.extend(most(plan, pipeline, env, End::High, &contrary).1);
    }
    point
}

/// The most that a pipeline pays, and the values of these quantities with which it does. Of two such quantities each is
/// tried where the benefit bends with the other at its ends.
pub(super) fn most(
    plan: &Plan,
    pipeline: &Pipeline,
    env: &Env,
    unknowns: End,
    facts: &[FactId],
) -> (Top, BTreeMap<FactId, i64>) {
    let Some((fact, others)) = facts.split_first() else {
        return (at_ends(plan, pipeline, env, unknowns), BTreeMap::new());
    };
    let at = |number: i64| {
        let (top, mut values) = most(plan, pipeline, &env.clone().with(*fact, number), unknowns, others);
        values.insert(*fact, number);
        (top, values)
    };
    let (least, greatest) = env.ends(plan, *fact);
    let within = |number: &i64| *number >= least && greatest.is_none_or(|most| *number <= most);
    let bends = bends(plan, pipeline, env, unknowns, *fact);
    let last = bends.last().copied().unwrap_or_default().max(least).max(1);
    // Beyond the last bend it goes on as it does there; with a second such quantity it may bend once more.
    let beyond: Vec<i64> = (0..BEYOND).map(|step| last.saturating_mul(1 << step)).collect();
    let mut best = at(least);
    for number in bends
        .into_iter()
        .chain(beyond.iter().copied())
        .filter(within)
        .chain(greatest)
    {
        let other = at(number);
        if above(other.0, best.0) {
            best = other;
        }
    }
    let endless = greatest.is_none() && at_ends(plan, pipeline, env, unknowns).is_none();
    if let (true, [.., before, far]) = (endless, beyond.as_slice())
        && above(at(*far).0, at(*before).0)
    {
        return (None, best.1);
    }
    best
}

/// So many times the last bend is doubled.
const BEYOND: u32 = 12;

/// A straight piece, slope and constant, as a function of a whole number.
type Line = (Ratio, Ratio);

/// At most so many pieces are followed through the steps.
const PIECES: usize = 64;

/// The whole numbers beside which the benefit may bend, ascending.
fn bends(plan: &Plan, pipeline: &Pipeline, env: &Env, unknowns: End, fact: FactId) -> Vec<i64> {
    let of = |amount: &Amount, end: End, unknowns: End| lines(plan, amount, env, fact, end, unknowns);
    let mut pieces = of(&pipeline.start, End::High, unknowns);
    let mut bends: BTreeSet<i64> = BTreeSet::new();
    meeting(&pieces, &pieces.clone(), &mut bends);
    for step in &pipeline.steps {
        let with = match &step.operation {
            Operation::Less(amount) => of(amount, End::Low, unknowns.other()),
            Operation::UpTo(amount) | Operation::AtLeast(amount) => of(amount, End::High, unknowns),
            Operation::Share(ratio) => {
                let Some(ratio) = ratio_end(plan, ratio, unknowns) else {
                    continue;
                };
                pieces = pieces.iter().filter_map(|line| scaled(line, ratio)).collect();
                continue;
            }
            Operation::Round { .. } => continue,
        };
        meeting(&pieces, &with, &mut bends);
        meeting(&with, &with, &mut bends);
        match &step.operation {
            Operation::Less(_) => {
                let less = |line: &Line| with.iter().filter_map(|taken| minus(line, taken)).collect::<Vec<_>>();
                pieces = pieces.iter().flat_map(less).collect();
                pieces.push((Ratio::ZERO, Ratio::ZERO));
            }
            _ => pieces.extend(with),
        }
        pieces.dedup();
        pieces.truncate(PIECES);
    }
    bends.into_iter().collect()
}

/// The pieces of which an amount is made.
fn lines(plan: &Plan, amount: &Amount, env: &Env, fact: FactId, end: End, unknowns: End) -> Vec<Line> {
    let level = |top: Top| top.map(|top| (Ratio::ZERO, top)).into_iter().collect::<Vec<Line>>();
    let of = |amount: &Amount| lines(plan, amount, env, fact, end, unknowns);
    match amount {
        Amount::Fact(read) if *read == fact => vec![(grid(plan, fact), Ratio::ZERO)],
        Amount::PerUnit { rate, count, units } if *count == fact => {
            let Some(rate) = amount_top(plan, rate, env, end, unknowns) else {
                return Vec::new();
            };
            let rising = rate.checked_mul(grid(plan, fact)).map(|slope| (slope, Ratio::ZERO));
            let ends = match units {
                Some(Count::Exact(units)) => rate.checked_mul(Ratio::integer(*units)).map(|top| (Ratio::ZERO, top)),
                Some(Count::Parameter(parameter)) => ratio_end(
                    plan,
                    &RatioValue::Parameter {
                        parameter: *parameter,
                        value: None,
                    },
                    unknowns,
                )
                .and_then(|units| rate.checked_mul(units))
                .map(|top| (Ratio::ZERO, top)),
                None => None,
            };
            rising.into_iter().chain(ends).collect()
        }
        Amount::Scaled { ratio, of: part } => {
            let ratio = ratio_end(plan, ratio, unknowns);
            let parts = of(part);
            parts.iter().filter_map(|line| scaled(line, ratio?)).collect()
        }
        Amount::Sum(parts) => parts.iter().fold(vec![(Ratio::ZERO, Ratio::ZERO)], |sums, part| {
            let parts = of(part);
            let with = |sum: &Line| parts.iter().filter_map(|part| plus(sum, part)).collect::<Vec<_>>();
            sums.iter().flat_map(with).take(PIECES).collect()
        }),
        Amount::Dated(values) => values.iter().flat_map(|(_, value)| of(value)).collect(),
        Amount::Decided { then, otherwise, .. } => [of(then), of(otherwise)].concat(),
        other => level(amount_top(plan, other, env, end, unknowns)),
    }
}

/// The whole numbers on both sides of each place where two pieces meet.
fn meeting(some: &[Line], others: &[Line], bends: &mut BTreeSet<i64>) {
    for (a, b) in some.iter().flat_map(|a| others.iter().map(move |b| (a, b))) {
        let Some((slope, constant)) = minus(a, b) else { continue };
        let place = Ratio::ZERO
            .checked_sub(constant)
            .and_then(|rest| rest.checked_mul(inverse(slope)?));
        if let Some(place) = place.filter(|_| slope != Ratio::ZERO) {
            let below = place.numerator().div_euclid(place.denominator());
            bends.extend(
                [below, below.saturating_add(1)]
                    .into_iter()
                    .filter_map(|number| i64::try_from(number).ok()),
            );
        }
    }
}

fn inverse(ratio: Ratio) -> Option<Ratio> {
    Ratio::new(ratio.denominator(), ratio.numerator())
}

fn scaled(line: &Line, by: Ratio) -> Option<Line> {
    Some((line.0.checked_mul(by)?, line.1.checked_mul(by)?))
}

fn plus(a: &Line, b: &Line) -> Option<Line> {
    Some((a.0.checked_add(b.0)?, a.1.checked_add(b.1)?))
}

fn minus(a: &Line, b: &Line) -> Option<Line> {
    Some((a.0.checked_sub(b.0)?, a.1.checked_sub(b.1)?))
}
