//! What a use of the plan reads: unset parameters must be named before anything runs (SEMANTICS §6).

use super::diagram::{Leaf, Refusal};
use super::model::*;
use std::collections::BTreeSet;

/// What the plan is about to be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Use {
    /// Benefits of single claims, own limits included (`eval`)
    Benefits,
    /// Benefits and all limits (`settle`)
    Settlement,
    /// Premium and its split (`fund`)
    Premium,
    /// The tower (`layer`)
    Tower,
    /// Covenants and metrics (`audit`)
    Figures,
    /// All of these (`emit`)
    All,
}

/// The parameters that the use reads and no contract has set, by id order of the plan.
pub fn missing_parameters(plan: &Plan, usage: Use) -> Vec<ParameterId> {
    let mut reads = Reads::new(plan);
    reads.read(usage);
    reads
        .parameters
        .into_iter()
        .filter(|id| plan.parameters.get(id.index()).is_some_and(|p| p.value.is_none()))
        .collect()
}

/// Collects the ids that amounts read.
#[derive(Debug)]
pub struct Reads<'a> {
    plan: &'a Plan,
    pub parameters: BTreeSet<ParameterId>,
    pub decisions: BTreeSet<DecisionId>,
    pub funds: BTreeSet<FundId>,
    /// The total premium is read.
    pub premium: bool,
}

impl<'a> Reads<'a> {
    pub fn new(plan: &'a Plan) -> Self {
        Reads {
            plan,
            parameters: BTreeSet::new(),
            decisions: BTreeSet::new(),
            funds: BTreeSet::new(),
            premium: false,
        }
    }
    /// Adds everything that the use reads.
    pub fn read(&mut self, usage: Use) {
        match usage {
            Use::Benefits => self.benefits(),
            Use::Settlement => {
                self.benefits();
                self.limits(|_| true);
            }
            Use::Premium => self.premium(),
            Use::Tower => self.tower(),
            Use::Figures => self.figures(),
            Use::All => {
                self.benefits();
                self.limits(|_| true);
                self.premium();
                self.tower();
                self.figures();
            }
        }
    }
    fn benefits(&mut self) {
        let plan = self.plan;
        for benefit in &plan.benefits {
            for leaf in plan.diagrams.leaves(benefit.root) {
                match leaf {
                    Leaf::Pays(id) => {
                        if let Some(pipeline) = plan.pipelines.get(id.index()) {
                            self.pipeline(pipeline);
                        }
                    }
                    Leaf::Refused(index) => match plan.diagrams.refusals.get(*index as usize) {
                        Some(Refusal::Above { amount, .. } | Refusal::Below { amount, .. }) => self.amount(amount),
                        None => {}
                    },
                    Leaf::No | Leaf::Yes | Leaf::Covers(_) | Leaf::Nothing => {}
                }
            }
        }
        self.parameters.extend(plan.shaping.iter().copied());
        self.limits(|limit| limit.own);
    }
    fn limits(&mut self, wanted: impl Fn(&Limit) -> bool) {
        let plan = self.plan;
        for limit in plan.limits.iter().filter(|l| wanted(l)) {
            match &limit.rule {
                LimitRule::UpTo(amount) | LimitRule::Less(amount) => self.amount(amount),
                LimitRule::Largest { .. } => {}
            }
        }
    }
    fn premium(&mut self) {
        if let Some(premium) = &self.plan.premium {
            for rate in &premium.rates {
                self.amount(&rate.amount);
            }
            if let (Some(total), true) = (&premium.total, premium.rates.is_empty()) {
                self.amount(&total.amount);
            }
        }
    }
    fn tower(&mut self) {
        if let Some(tower) = &self.plan.tower {
            if let Some(total) = &tower.total {
                self.amount(total);
            }
            for layer in &tower.layers {
                self.amount(&layer.up_to);
            }
        }
    }
    fn figures(&mut self) {
        for covenant in &self.plan.covenants {
            self.figure(&covenant.value);
        }
        for metric in &self.plan.metrics {
            self.figure(&metric.value);
        }
    }
    /// Adds what a pipeline reads.
    pub fn pipeline(&mut self, pipeline: &Pipeline) {
        self.amount(&pipeline.start);
        for step in &pipeline.steps {
            match &step.operation {
                Operation::Less(a) | Operation::UpTo(a) | Operation::AtLeast(a) => self.amount(a),
                Operation::Share(ratio) => self.ratio(ratio),
                Operation::Round { .. } => {}
            }
        }
    }
    /// Adds what an amount reads.
    pub fn amount(&mut self, amount: &Amount) {
        match amount {
            Amount::Fixed(_) | Amount::Fact(_) | Amount::Unlimited => {}
            Amount::Parameter { parameter, .. } => {
                self.parameters.insert(*parameter);
            }
            Amount::PerUnit { rate, units, .. } => {
                self.amount(rate);
                if let Some(Count::Parameter(parameter)) = units {
                    self.parameters.insert(*parameter);
                }
            }
            Amount::Scaled { ratio, of } => {
                self.ratio(ratio);
                self.amount(of);
            }
            Amount::Sum(parts) => parts.iter().for_each(|part| self.amount(part)),
            Amount::Dated(values) => values.iter().for_each(|(_, value)| self.amount(value)),
            Amount::Premium => {
                if !self.premium {
                    self.premium = true;
                    self.premium();
                }
            }
            Amount::Balance(fund) => {
                self.funds.insert(*fund);
            }
            Amount::DecisionValue(decision) => {
                self.decisions.insert(*decision);
            }
            Amount::Decided {
                decision,
                then,
                otherwise,
            } => {
                self.decisions.insert(*decision);
                self.amount(then);
                self.amount(otherwise);
            }
        }
    }
    fn ratio(&mut self, ratio: &RatioValue) {
        if let RatioValue::Parameter { parameter, .. } = ratio {
            self.parameters.insert(*parameter);
        }
    }
    fn figure(&mut self, figure: &FigureExpr) {
        match figure {
            FigureExpr::Exact(_) | FigureExpr::Figure(_) => {}
            FigureExpr::Parameter(parameter) => {
                self.parameters.insert(*parameter);
            }
            FigureExpr::Product(left, right) => {
                self.figure(left);
                self.figure(right);
            }
            FigureExpr::Sum(parts) => parts.iter().for_each(|(_, part)| self.figure(part)),
        }
    }
}
