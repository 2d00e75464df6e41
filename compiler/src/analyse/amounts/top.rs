//! The most that an amount or a benefit can come to: over all facts of a record, with the unknowns of the scheme at
//! one end of their bounds. Steps are monotone, so extremes lie at the bounds (SEMANTICS §8).

use super::bounds;
use super::joint::{self, Found};
use super::setting::is_open;
use crate::money::Ratio;
use crate::plan::{
    Amount, Class, Count, DecisionId, FactId, FactKind, Operation, ParameterId, Pipeline, Plan, RatioValue,
};
use anlan_lang::tree::{Date, RoundMode};
use std::collections::{BTreeMap, BTreeSet};

/// An amount in 分, possibly between two; `None`: without bound.
pub type Top = Option<Ratio>;

/// At which end of their bounds unknowns are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum End {
    Low,
    High,
}

impl End {
    pub(super) fn other(self) -> End {
        match self {
            End::Low => End::High,
            End::High => End::Low,
        }
    }
}

/// What is known of the facts of a record: the classes that a path through diagrams has fixed.
#[derive(Debug, Clone, Default)]
pub struct Env {
    /// Least and greatest whole number of each fact that the path bounds
    ends: BTreeMap<FactId, (Option<i64>, Option<i64>)>,
    when: Option<When>,
}

/// What selects amounts that are dated or decided.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct When {
    /// `None`: any day
    pub day: Option<Date>,
    /// Exactly these decisions are taken.
    pub taken: BTreeSet<DecisionId>,
}

impl Env {
    pub fn new(plan: &Plan, path: &[(FactId, u16)]) -> Self {
        let ends = |(fact, class): &(FactId, u16)| {
            let classes = &plan.facts.get(fact.index())?.classes;
            match classes.get(usize::from(*class))? {
                Class::Interval { from, below } => Some((*fact, (*from, below.map(|below| below - 1)))),
                _ => None,
            }
        };
        Env {
            ends: path.iter().filter_map(ends).collect(),
            when: None,
        }
    }
    /// With what selects amounts; `None`: they are unknowns.
    pub fn when(mut self, when: Option<&When>) -> Self {
        self.when = when.cloned();
        self
    }
    /// The part of a dated or decided amount that is known to be selected; of a day before all of them, none.
    pub(super) fn selected<'a>(&self, amount: &'a Amount) -> Option<&'a Amount> {
        let when = self.when.as_ref()?;
        match amount {
            Amount::Dated(values) => {
                let day = when.day?;
                let chosen = values.iter().rfind(|(from, _)| from.is_none_or(|from| from <= day));
                Some(chosen.map_or(&Amount::Unlimited, |(_, value)| value))
            }
            Amount::Decided {
                decision,
                then,
                otherwise,
            } => Some(if when.taken.contains(decision) { then } else { otherwise }),
            _ => None,
        }
    }
    /// With one whole number for a fact.
    pub(super) fn with(mut self, fact: FactId, number: i64) -> Self {
        self.ends.insert(fact, (Some(number), Some(number)));
        self
    }
    /// Least and greatest whole number of a fact: of the path, else as it is declared.
    pub(super) fn ends(&self, plan: &Plan, fact: FactId) -> (i64, Option<i64>) {
        let (from, to) = self.ends.get(&fact).copied().unwrap_or_default();
        let (least, most) = declared(plan, fact);
        (from.unwrap_or(least).max(least), to.or(most))
    }
    fn end(&self, plan: &Plan, fact: FactId, end: End) -> Top {
        let (least, most) = self.ends(plan, fact);
        let number = match end {
            End::Low => Some(least),
            End::High => most,
        };
        number.and_then(|number| Ratio::integer(number).checked_mul(grid(plan, fact)))
    }
}

/// What one whole number of a fact is worth: numbers are counted in steps of their precision.
pub(super) fn grid(plan: &Plan, fact: FactId) -> Ratio {
    match plan.facts.get(fact.index()).map(|fact| &fact.kind) {
        Some(FactKind::Number { precision, .. }) => *precision,
        _ => Ratio::ONE,
    }
}

/// The whole numbers between which every record has the fact; amounts and counts are never below 0.
fn declared(plan: &Plan, fact: FactId) -> (i64, Option<i64>) {
    let Some(FactKind::Number {
        precision, from, to, ..
    }) = plan.facts.get(fact.index()).map(|fact| &fact.kind)
    else {
        return (0, None);
    };
    let steps = |value: &Ratio| {
        let n = value.numerator().checked_mul(precision.denominator())?;
        let d = value
            .denominator()
            .checked_mul(precision.numerator())
            .filter(|d| *d > 0)?;
        i64::try_from(n.div_euclid(d)).ok()
    };
    (steps(from).unwrap_or_default().max(0), steps(to))
}

/// The greatest value over all facts, with the scheme's unknowns at the low and at the high end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extent {
    pub low: Top,
    pub high: Top,
    /// What some claims do come to; below these only where the search for the greatest was given up.
    pub attained: Attained,
    /// Parameters without a value on which it depends
    pub parameters: BTreeSet<ParameterId>,
}

/// What some claims come to, with the scheme's unknowns at the low and at the high end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attained {
    pub low: Top,
    pub high: Top,
}

impl Extent {
    /// What claims do come to.
    pub fn reached(low: Top, high: Top, parameters: BTreeSet<ParameterId>) -> Self {
        Extent {
            low,
            high,
            attained: Attained { low, high },
            parameters,
        }
    }
    pub fn zero() -> Self {
        Extent::reached(Some(Ratio::ZERO), Some(Ratio::ZERO), BTreeSet::new())
    }
    /// Both ends are what claims come to, and not only more than any does.
    pub fn is_reached(&self) -> bool {
        (self.low, self.high) == (self.attained.low, self.attained.high)
    }
    /// The amount, where no unknown moves it.
    pub fn exact(&self) -> Option<Ratio> {
        self.low.filter(|low| self.high == Some(*low) && self.is_reached())
    }
    fn with(mut self, other: &Extent, join: impl Fn(Top, Top) -> Top) -> Self {
        self.low = join(self.low, other.low);
        self.high = join(self.high, other.high);
        self.attained.low = join(self.attained.low, other.attained.low);
        self.attained.high = join(self.attained.high, other.attained.high);
        self.parameters.extend(other.parameters.iter().copied());
        self
    }
    pub fn max(self, other: &Extent) -> Self {
        self.with(other, most)
    }
    pub fn min(self, other: &Extent) -> Self {
        self.with(other, least)
    }
    pub fn plus(self, other: &Extent) -> Self {
        self.with(other, |a, b| a.zip(b).and_then(|(a, b)| a.checked_add(b)))
    }
}

/// The smaller of two tops.
pub fn least(a: Top, b: Top) -> Top {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// The greater of two tops.
pub fn most(a: Top, b: Top) -> Top {
    a.zip(b).map(|(a, b)| a.max(b))
}

/// `a` is greater; without bound is greatest.
pub fn above(a: Top, b: Top) -> bool {
    match (a, b) {
        (_, None) => false,
        (None, Some(_)) => true,
        (Some(a), Some(b)) => a > b,
    }
}

/// The sum of tops.
pub fn sum(values: impl Iterator<Item = Top>) -> Top {
    values
        .into_iter()
        .try_fold(Ratio::ZERO, |sum, value| sum.checked_add(value?))
}

/// Both ends of an amount.
pub fn amount_extent(plan: &Plan, amount: &Amount, env: &Env) -> Extent {
    Extent::reached(
        amount_top(plan, amount, env, End::High, End::Low),
        amount_top(plan, amount, env, End::High, End::High),
        open_parameters(plan, |reads| reads.amount(amount)),
    )
}

/// Both ends of the most that a pipeline can pay.
pub fn pipeline_extent(plan: &Plan, pipeline: &Pipeline, env: &Env) -> Extent {
    let high = pipeline_most(plan, pipeline, env, End::High);
    let low = match is_open(pipeline) {
        true => pipeline_most(plan, pipeline, env, End::Low),
        false => high.clone(),
    };
    Extent {
        low: low.top,
        high: high.top,
        attained: Attained {
            low: low.attained,
            high: high.attained,
        },
        parameters: open_parameters(plan, |reads| {
            reads.amount(&pipeline.start);
            for step in &pipeline.steps {
                match &step.operation {
                    Operation::Less(a) | Operation::UpTo(a) | Operation::AtLeast(a) => reads.amount(a),
                    Operation::Share(RatioValue::Parameter { parameter, .. }) => {
                        reads.parameters.insert(*parameter);
                    }
                    Operation::Share(RatioValue::Exact(_)) | Operation::Round { .. } => {}
                }
            }
        }),
    }
}

fn open_parameters(plan: &Plan, read: impl Fn(&mut crate::plan::reads::Reads<'_>)) -> BTreeSet<ParameterId> {
    let mut reads = crate::plan::reads::Reads::new(plan);
    read(&mut reads);
    reads
        .parameters
        .into_iter()
        .filter(|id| plan.parameters.get(id.index()).is_some_and(|p| p.value.is_none()))
        .collect()
}

/// The value of an amount with its facts and the scheme's unknowns each at one end.
pub fn amount_top(plan: &Plan, amount: &Amount, env: &Env, facts: End, unknowns: End) -> Top {
    let part = |amount: &Amount| amount_top(plan, amount, env, facts, unknowns);
    match amount {
        Amount::Fixed(fen) => Some(Ratio::integer(fen.0)),
        Amount::Parameter { parameter, value } => end(bounds(plan, *parameter, *value), unknowns),
        Amount::Fact(fact) => env.end(plan, *fact, facts),
        Amount::PerUnit { rate, count, units } => {
            let units = match units {
                Some(Count::Exact(n)) => Some(Ratio::integer(*n)),
                Some(Count::Parameter(parameter)) => end(bounds(plan, *parameter, None), unknowns),
                None => None,
            };
            product(part(rate), least(units, env.end(plan, *count, facts)))
        }
        Amount::Scaled { ratio, of } => product(ratio_end(plan, ratio, unknowns), part(of)),
        Amount::Sum(parts) => parts
            .iter()
            .map(part)
            .try_fold(Ratio::ZERO, |sum, part| sum.checked_add(part?)),
        Amount::Dated(values) => match env.selected(amount) {
            Some(selected) => part(selected),
            None => choose(values.iter().map(|(_, value)| part(value)), unknowns),
        },
        Amount::Decided { then, otherwise, .. } => match env.selected(amount) {
            Some(selected) => part(selected),
            None => choose([part(then), part(otherwise)].into_iter(), unknowns),
        },
        Amount::Balance(fund) => match plan.funds.get(fund.index()).and_then(|fund| fund.balance) {
            Some(fen) => Some(Ratio::integer(fen.0)),
            None => end((Ratio::ZERO, None), unknowns),
        },
        Amount::Premium | Amount::DecisionValue(_) => end((Ratio::ZERO, None), unknowns),
        Amount::Unlimited => None,
    }
}

fn end(bounds: (Ratio, Option<Ratio>), end: End) -> Top {
    match end {
        End::Low => Some(bounds.0),
        End::High => bounds.1,
    }
}

pub(super) fn ratio_end(plan: &Plan, ratio: &RatioValue, unknowns: End) -> Top {
    match ratio {
        RatioValue::Exact(ratio) => Some(*ratio),
        RatioValue::Parameter { parameter, value } => end(bounds(plan, *parameter, *value), unknowns),
    }
}

/// 0 times anything is 0, also times what has no bound.
fn product(a: Top, b: Top) -> Top {
    if a == Some(Ratio::ZERO) || b == Some(Ratio::ZERO) {
        return Some(Ratio::ZERO);
    }
    a.zip(b).and_then(|(a, b)| a.checked_mul(b))
}

fn choose(values: impl Iterator<Item = Top>, unknowns: End) -> Top {
    let join = match unknowns {
        End::Low => least,
        End::High => most,
    };
    values.reduce(join).flatten()
}

/// The most that a pipeline can pay over all facts that the path leaves free. A quantity by which a benefit rises and of
/// which something is taken off as well is weighed where the two come to most.
pub fn pipeline_most(plan: &Plan, pipeline: &Pipeline, env: &Env, unknowns: End) -> Found {
    match joint::contrary(pipeline).as_slice() {
        [] => {
            let top = at_ends(plan, pipeline, env, unknowns);
            Found {
                top,
                attained: top,
                values: BTreeMap::new(),
            }
        }
        facts => joint::most(plan, pipeline, env, unknowns, facts),
    }
}

/// More than that it never pays; quickly, so that it may be more than any claim comes to.
pub fn pipeline_bound(plan: &Plan, pipeline: &Pipeline, env: &Env) -> Top {
    at_ends(plan, pipeline, env, End::High)
}

/// The same with each fact at the end at which it makes the benefit greatest.
pub(super) fn at_ends(plan: &Plan, pipeline: &Pipeline, env: &Env, unknowns: End) -> Top {
    let high = |amount: &Amount| amount_top(plan, amount, env, End::High, unknowns);
    let mut value = high(&pipeline.start);
    for step in &pipeline.steps {
        value = match &step.operation {
            Operation::Less(amount) => {
                let less = amount_top(plan, amount, env, End::Low, unknowns.other());
                match (value, less) {
                    // What is taken off may have no bound: then nothing is sure to be left.
                    (_, None) => Some(Ratio::ZERO),
                    (None, Some(_)) => None,
                    (Some(value), Some(less)) => value.checked_sub(less).map(|rest| rest.max(Ratio::ZERO)),
                }
            }
            Operation::UpTo(amount) => least(value, high(amount)),
            Operation::AtLeast(amount) => most(value, high(amount)),
            Operation::Share(ratio) => product(value, ratio_end(plan, ratio, unknowns)),
            Operation::Round { unit, mode } => value.map(|value| rounded(value, unit.0, *mode)),
        };
    }
    value.map(|value| rounded(value, 1, RoundMode::HalfUp))
}

/// To a multiple of `unit` 分.
fn rounded(value: Ratio, unit: i64, mode: RoundMode) -> Ratio {
    let (n, d) = (value.numerator(), value.denominator());
    let multiple = || {
        let by = d.checked_mul(i128::from(unit.max(1)))?;
        let units = match mode {
            RoundMode::Down => n.div_euclid(by),
            RoundMode::Up => n.checked_add(by - 1)?.div_euclid(by),
            RoundMode::HalfUp => n.checked_mul(2)?.checked_add(by)?.div_euclid(by.checked_mul(2)?),
        };
        Ratio::new(units.checked_mul(i128::from(unit.max(1)))?, 1)
    };
    multiple().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::analyse::tests::plan;
    use crate::money::Fen;
    use crate::plan::Step;

    fn pipeline(start: Amount, operations: Vec<Operation>) -> Pipeline {
        Pipeline {
            start,
            steps: operations
                .into_iter()
                .map(|operation| Step {
                    operation,
                    articles: Vec::new(),
                })
                .collect(),
            articles: Vec::new(),
        }
    }

    #[test]
    fn an_actual_benefit_is_bounded_by_its_cap_only() {
        let plan = plan();
        let fact = Amount::Fact(FactId(0));
        let env = Env::default();
        assert_eq!(pipeline_bound(&plan, &pipeline(fact.clone(), vec![]), &env), None);
        let capped = pipeline(
            fact,
            vec![
                Operation::Less(Amount::Fixed(Fen(500_00))),
                Operation::Share(RatioValue::Exact(Ratio::new(4, 5).unwrap())),
                Operation::UpTo(Amount::Fixed(Fen(20_000_00))),
            ],
        );
        assert_eq!(pipeline_bound(&plan, &capped, &env), Some(Ratio::integer(20_000_00)));
    }

    #[test]
    fn a_deductible_above_the_cap_leaves_nothing() {
        let plan = plan();
        let nothing = pipeline(
            Amount::Fact(FactId(0)),
            vec![
                Operation::UpTo(Amount::Fixed(Fen(500_00))),
                Operation::Less(Amount::Fixed(Fen(600_00))),
            ],
        );
        assert_eq!(pipeline_bound(&plan, &nothing, &Env::default()), Some(Ratio::ZERO));
    }

    #[test]
    fn rounding_goes_to_the_unit() {
        let third = Ratio::new(10_000, 3).unwrap();
        assert_eq!(rounded(third, 100, RoundMode::HalfUp), Ratio::integer(3_300));
        assert_eq!(rounded(third, 100, RoundMode::Up), Ratio::integer(3_400));
        assert_eq!(rounded(third, 1, RoundMode::Down), Ratio::integer(3_333));
    }
}
