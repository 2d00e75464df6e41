//! Quantities that one benefit reads together: in which direction it moves with each, and where it is greatest.
//!
//! A benefit rises with what it starts from and with its caps, and falls with what is taken off. Each quantity at its own
//! end gives the greatest sum, but for one that does both (`免赔额 10% × 财产损失` of a loss): as a function of that one the
//! benefit is made of straight pieces ([`super::pieces`]), whose greatest is found exactly ([`super::program`]).

use super::pieces::{Pieces, exact};
use super::program::{Hunt, Shown, WORK};
use super::top::{End, Env, Top, above, at_ends, least as least_of, ratio_end, ratio_of};
use crate::money::Ratio;
use crate::plan::diagram::{Diagrams, Leaf, NodeId, Wanted};
use crate::plan::{Amount, FactId, LimitRule, Operation, Pipeline, Plan};
use num_bigint::BigInt;
use num_rational::BigRational;
use std::collections::BTreeMap;

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
    /// Those at which the benefits of some diagrams may differ: any.
    pub fn telling(plan: &Plan, diagrams: &Diagrams, roots: &[NodeId]) -> Self {
        let mut all = Quantities::default();
        paid(plan, diagrams, roots).for_each(|pipeline| all.pipeline(pipeline));
        let every = Wanted {
            every: true,
            ..Wanted::default()
        };
        all.0.values_mut().for_each(|wanted| *wanted = every);
        all
    }
    /// Nothing that is paid moves with a number of the claim.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
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

/// Whether some quantity both raises what the pipeline pays and is taken off.
pub fn is_contrary(pipeline: &Pipeline) -> bool {
    !contrary(pipeline).is_empty()
}

/// Where a pipeline pays most, of the quantities that are not simply to be as great as can be.
pub fn point(plan: &Plan, pipeline: &Pipeline, env: &Env) -> BTreeMap<FactId, Ratio> {
    if !takes_off(pipeline) {
        return BTreeMap::new();
    }
    let mut all = Quantities::default();
    all.pipeline(pipeline);
    let falls = all.0.iter().filter(|(_, wanted)| wanted.small && !wanted.great);
    let least = |fact: FactId| env.inside(plan, fact, &exact(env.ends(plan, fact).0.at));
    let mut point: BTreeMap<FactId, Ratio> = falls.filter_map(|(fact, _)| Some((*fact, least(*fact)?))).collect();
    let contrary = contrary(pipeline);
    if !contrary.is_empty() {
        point.extend(most(plan, pipeline, env, End::High, &contrary).values);
    }
    point
}

/// The most that a pipeline pays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// None pays more.
    pub top: Top,
    /// What it pays with these values; below `top` only where the search was given up
    pub attained: Top,
    pub values: BTreeMap<FactId, Ratio>,
}

/// So many programs are solved for one benefit before the search is given up.
const SOLVED: usize = 400;

/// The most that a pipeline pays, with these quantities at whatever values it takes. Of what cannot be written in straight
/// pieces, or takes too long, the top is that of each part by itself.
pub(super) fn most(plan: &Plan, pipeline: &Pipeline, env: &Env, unknowns: End, facts: &[FactId]) -> Found {
    let at = |values: &BTreeMap<FactId, Ratio>| {
        let of = values
            .iter()
            .fold(env.clone(), |env, (fact, value)| env.with(*fact, *value));
        at_ends(plan, pipeline, &of, unknowns)
    };
    let named = |point: &[BigRational]| -> Option<BTreeMap<FactId, Ratio>> {
        let values = facts.iter().zip(point);
        values
            .map(|(fact, value)| Some((*fact, env.inside(plan, *fact, value)?)))
            .collect()
    };
    let value = |point: &[BigRational]| at(&named(point)?).map(exact);
    let halves = BigRational::new(BigInt::from(1), BigInt::from(2));
    let worth = |value: &BigRational| (value + &halves).floor();
    let mut hunt = Hunt {
        value: &value,
        first: facts.len(),
        tells: true,
        worth: &worth,
        best: None,
        enough: None,
        left: SOLVED,
        work: WORK,
    };
    let ends: Vec<(BigRational, Option<BigRational>)> = facts
        .iter()
        .map(|fact| env.ends(plan, *fact))
        .map(|(low, high)| (exact(low.at), high.map(|high| exact(high.at))))
        .collect();
    let least: Vec<BigRational> = ends.iter().map(|(least, _)| least.clone()).collect();
    let greatest: Option<Vec<BigRational>> = ends.iter().map(|(_, most)| most.clone()).collect();
    for point in [Some(least.clone()), greatest].into_iter().flatten() {
        hunt.try_at(&point);
    }
    let apart = at_ends(plan, pipeline, env, unknowns);
    let mut top = Some(Ratio::ZERO);
    let mut pieces = Pieces::new(plan, env, unknowns, facts);
    match pieces.pipeline(pipeline) {
        None => {
            top = apart;
            for power in (2..=12).step_by(2) {
                let great = BigRational::from_integer(BigInt::from(10i64.pow(power)));
                let within = |(least, most): &(BigRational, Option<BigRational>)| {
                    let value = most.iter().fold(great.clone(), |value, most| value.min(most.clone()));
                    value.max(least.clone())
                };
                hunt.try_at(&ends.iter().map(within).collect::<Vec<_>>());
            }
            // Of a ratio that a contract sets at will the bound of each part says nothing: what was tried counts.
            if open_ratio(plan, pipeline) {
                top = hunt.best.as_ref().map_or(apart, |(best, _)| ratio_of(best));
                return Found {
                    top,
                    attained: top,
                    values: hunt.best.and_then(|(_, point)| named(&point)).unwrap_or_default(),
                };
            }
        }
        Some(shape) => {
            for of in &shape.0 {
                let most = match pieces.program.greatest(of, &mut hunt) {
                    Shown::Best => continue,
                    Shown::Endless => {
                        let values = named(&least).unwrap_or_default();
                        return Found {
                            top: None,
                            attained: None,
                            values,
                        };
                    }
                    Shown::AtMost(most) => ratio_of(&most),
                    Shown::Nothing => apart,
                };
                // Beyond what a ratio holds it is as good as without bound.
                top = top.zip(most).map(|(top, most)| top.max(most));
            }
        }
    }
    let (attained, point) = match &hunt.best {
        Some((value, point)) => (ratio_of(value), point.as_slice()),
        None => (at(&named(&least).unwrap_or_default()), least.as_slice()),
    };
    Found {
        top: least_of(top_or(top, attained), apart),
        attained,
        values: named(point).unwrap_or_default(),
    }
}

/// Whether something is multiplied by a ratio that has no end.
fn open_ratio(plan: &Plan, pipeline: &Pipeline) -> bool {
    fn within(plan: &Plan, amount: &Amount) -> bool {
        match amount {
            Amount::Scaled { ratio, of } => ratio_end(plan, ratio, End::High).is_none() || within(plan, of),
            Amount::PerUnit { rate, .. } => within(plan, rate),
            Amount::Sum(parts) => parts.iter().any(|part| within(plan, part)),
            Amount::Dated(values) => values.iter().any(|(_, value)| within(plan, value)),
            Amount::Decided { then, otherwise, .. } => within(plan, then) || within(plan, otherwise),
            _ => false,
        }
    }
    within(plan, &pipeline.start)
        || pipeline.steps.iter().any(|step| match &step.operation {
            Operation::Less(amount) | Operation::UpTo(amount) | Operation::AtLeast(amount) => within(plan, amount),
            Operation::Share(ratio) => ratio_end(plan, ratio, End::High).is_none(),
            Operation::Round { .. } => false,
        })
}

fn top_or(top: Top, attained: Top) -> Top {
    if above(attained, top) { attained } else { top }
}
