//! The most that an amount or a benefit can come to: over all facts of a record, with the unknowns of the scheme at
//! one end of their bounds. Steps are monotone, so extremes lie at the bounds (SEMANTICS §8).

use super::bounds;
use super::joint::{self, Found};
use super::near::Near;
use super::premium::stated_total;
use super::setting::is_open;
use crate::money::Ratio;
use crate::plan::{
    Amount, Class, Count, DecisionId, FactId, FactKind, Operation, ParameterId, Pipeline, Plan, RatioValue,
};
use anlan_lang::tree::{Date, PartRule, RoundMode};
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
    /// Between what each fact lies that the path bounds
    ends: BTreeMap<FactId, Ends>,
    when: Option<When>,
}

/// Least and greatest whole number of a fact.
#[derive(Debug, Clone, Copy, Default)]
struct Ends {
    least: Option<i64>,
    most: Option<i64>,
    /// Parts above the greatest are let in too, up to the whole number after it: two and a half months are less than three.
    parts: bool,
    /// The value is as much as there is below its whole number.
    short: bool,
}

/// What is nearest to the whole number that a count in parts stays below: with the rest of it whole 分 are the same.
pub const NEARLY_ONE: &str = "0.999999999999";

/// A unit less [`NEARLY_ONE`]
fn missing() -> Option<Ratio> {
    Ratio::new(1, 1_000_000_000_000)
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
                Class::Interval { from, below } => {
                    let ends = Ends {
                        least: *from,
                        most: below.map(|below| below - 1),
                        parts: below.is_some() && is_in_parts(plan, *fact),
                        short: false,
                    };
                    Some((*fact, ends))
                }
                _ => None,
            }
        };
        Env {
            ends: path.iter().filter_map(ends).collect(),
            when: None,
        }
    }
    /// What is known of the facts of records along any of several paths, and between them.
    pub fn over<'a>(plan: &Plan, paths: impl Iterator<Item = &'a [(FactId, u16)]>) -> Self {
        let over = |one: &Ends, other: &Ends| Ends {
            least: one.least.zip(other.least).map(|(a, b)| a.min(b)),
            most: one.most.zip(other.most).map(|(a, b)| a.max(b)),
            parts: one.parts || other.parts,
            short: false,
        };
        let envs = paths.map(|path| Env::new(plan, path));
        let joined = envs.reduce(|mut one, other| {
            // What one path leaves free is free.
            one.ends.retain(|fact, ends| match other.ends.get(fact) {
                Some(with) => {
                    *ends = over(ends, with);
                    true
                }
                None => false,
            });
            one
        });
        joined.unwrap_or_default()
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
    /// With one whole number for a fact, or what is nearest to one that its parts stay below: no claim has that itself.
    pub(super) fn with(mut self, fact: FactId, number: i64) -> Self {
        let known = self.ends.get(&fact);
        let ends = Ends {
            least: Some(number),
            most: Some(number),
            parts: false,
            short: known.is_some_and(|ends| ends.parts && ends.most.is_some_and(|most| number > most)),
        };
        self.ends.insert(fact, ends);
        self
    }
    /// Least and greatest whole number of a fact: of the path, else as it is declared.
    pub(super) fn ends(&self, plan: &Plan, fact: FactId) -> (i64, Option<i64>) {
        let ends = self.ends.get(&fact).copied().unwrap_or_default();
        let (least, most) = declared(plan, fact);
        (ends.least.unwrap_or(least).max(least), ends.most.or(most))
    }
    fn end(&self, plan: &Plan, fact: FactId, end: End) -> Near {
        let (least, most) = self.ends(plan, fact);
        let parts = end == End::High && self.ends.get(&fact).is_some_and(|ends| ends.parts);
        let number = match end {
            End::Low => Some(least),
            End::High => most.and_then(|most| most.checked_add(i64::from(parts))),
        };
        let short = self.ends.get(&fact).is_some_and(|ends| ends.short);
        let value = number.and_then(|number| match short {
            true => Ratio::integer(number).checked_sub(missing()?),
            false => Ratio::integer(number).checked_mul(grid(plan, fact)),
        });
        Near {
            value,
            below: parts && value.is_some(),
        }
    }
}

/// Whether a record may give parts of the fact's unit that count as such, as two and a half months.
pub(super) fn is_in_parts(plan: &Plan, fact: FactId) -> bool {
    let kind = plan.facts.get(fact.index()).map(|fact| &fact.kind);
    matches!(
        kind,
        Some(FactKind::Count {
            part: Some(PartRule::ProRata)
        })
    )
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

/// The value of an amount with its facts and the scheme's unknowns each at one end; it comes as near to that as one likes.
pub fn amount_top(plan: &Plan, amount: &Amount, env: &Env, facts: End, unknowns: End) -> Top {
    near(plan, amount, env, facts, unknowns).value
}

/// Whole 分 that some fact brings an amount to, with the scheme's unknowns low.
pub fn amount_reached(plan: &Plan, amount: &Amount, env: &Env) -> Option<i128> {
    let near = near(plan, amount, env, End::High, End::Low);
    let value = near.value?;
    let whole = value.numerator().div_euclid(value.denominator());
    let never = near.below && value.denominator() == 1;
    Some(whole - i128::from(never))
}

fn near(plan: &Plan, amount: &Amount, env: &Env, facts: End, unknowns: End) -> Near {
    let part = |amount: &Amount| near(plan, amount, env, facts, unknowns);
    match amount {
        Amount::Fixed(fen) => Near::at(Some(Ratio::integer(fen.0))),
        Amount::Parameter { parameter, value } => Near::at(end(bounds(plan, *parameter, *value), unknowns)),
        Amount::Fact(fact) => env.end(plan, *fact, facts),
        Amount::PerUnit { rate, count, units } => {
            let units = match units {
                Some(Count::Exact(n)) => Some(Ratio::integer(*n)),
                Some(Count::Parameter(parameter)) => end(bounds(plan, *parameter, None), unknowns),
                None => None,
            };
            let counted = Near::at(units).least(env.end(plan, *count, facts));
            counted.times(part(rate).value)
        }
        Amount::Scaled { ratio, of } => part(of).times(ratio_end(plan, ratio, unknowns)),
        Amount::Sum(parts) => parts.iter().map(part).fold(Near::at(Some(Ratio::ZERO)), Near::plus),
        Amount::Dated(values) => match env.selected(amount) {
            Some(selected) => part(selected),
            None => choose(values.iter().map(|(_, value)| part(value)), unknowns),
        },
        Amount::Decided { then, otherwise, .. } => match env.selected(amount) {
            Some(selected) => part(selected),
            None => choose([part(then), part(otherwise)].into_iter(), unknowns),
        },
        Amount::Balance(fund) => Near::at(match plan.funds.get(fund.index()).and_then(|fund| fund.balance) {
            Some(fen) => Some(Ratio::integer(fen.0)),
            None => end((Ratio::ZERO, None), unknowns),
        }),
        Amount::Premium => match stated_total(plan) {
            Some(total) => part(&total),
            None => Near::at(end((Ratio::ZERO, None), unknowns)),
        },
        Amount::DecisionValue(_) => Near::at(end((Ratio::ZERO, None), unknowns)),
        Amount::Unlimited => Near::at(None),
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

fn choose(values: impl Iterator<Item = Near>, unknowns: End) -> Near {
    let join = match unknowns {
        End::Low => Near::least,
        End::High => Near::most,
    };
    values.reduce(join).unwrap_or(Near::at(None))
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
    let high = |amount: &Amount| near(plan, amount, env, End::High, unknowns);
    let mut value = high(&pipeline.start);
    for step in &pipeline.steps {
        value = match &step.operation {
            Operation::Less(amount) => value.less(amount_top(plan, amount, env, End::Low, unknowns.other())),
            Operation::UpTo(amount) => value.least(high(amount)),
            Operation::AtLeast(amount) => value.most(high(amount)),
            Operation::Share(ratio) => value.times(ratio_end(plan, ratio, unknowns)),
            Operation::Round { unit, mode } => value.rounded(unit.0, *mode),
        };
    }
    value.rounded(1, RoundMode::HalfUp).value
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
}
