//! The most that an amount or a benefit can come to: over all facts of a record, with the unknowns of the scheme at
//! one end of their bounds. Steps are monotone, so extremes lie at the bounds (SEMANTICS §8).

use super::bounds;
use super::joint::{self, Found};
use super::near::Near;
use super::pieces::exact;
use super::premium::stated_total;
use super::setting::is_open;
use crate::money::Ratio;
use crate::plan::{
    Amount, Class, Count, DecisionId, FactId, FactKind, Operation, ParameterId, Pipeline, Plan, RatioValue,
};
use anlan_lang::tree::{Date, RoundMode};
use num_bigint::BigInt;
use num_rational::BigRational;
use std::cmp::Ordering;
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

/// Between what a fact lies, in its units.
#[derive(Debug, Clone, Copy, Default)]
struct Ends {
    low: Option<Edge>,
    high: Option<Edge>,
}

/// An end of what a fact can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Edge {
    pub at: Ratio,
    /// No claim has it itself, but what is as near to it as one likes.
    pub open: bool,
}

impl Edge {
    fn closed(at: Ratio) -> Self {
        Edge { at, open: false }
    }
    /// That of two ends which leaves out less.
    fn wider(self, other: Edge, side: Ordering) -> Self {
        match self.at.cmp(&other.at) {
            Ordering::Equal => Edge {
                at: self.at,
                open: self.open && other.open,
            },
            order if order == side => self,
            _ => other,
        }
    }
}

/// What is nearest to an end that a count in parts never comes to: with the rest of it whole 分 are the same.
fn least_part() -> Option<Ratio> {
    Ratio::new(1, LEAST_PARTS)
}

/// So many of the least parts are a unit.
const LEAST_PARTS: i128 = 1_000_000_000_000;

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
            let declared = plan.facts.get(fact.index())?;
            let Class::Interval { from, below } = declared.classes.get(usize::from(*class))? else {
                return None;
            };
            let ends = match declared.kind.grid() {
                None => Ends {
                    low: from.map(|from| Edge::closed(Ratio::integer(from))),
                    high: below.map(|below| Edge::closed(Ratio::integer(below - 1))),
                },
                // Positions tell the points of the grid from what lies beyond them.
                Some(grid) => {
                    let bound = |place: &Option<i64>| grid.bound((*place)?);
                    Ends {
                        low: bound(from).map(|(at, beyond)| Edge { at, open: beyond }),
                        high: bound(below).map(|(at, beyond)| Edge { at, open: !beyond }),
                    }
                }
            };
            Some((*fact, ends))
        };
        Env {
            ends: path.iter().filter_map(ends).collect(),
            when: None,
        }
    }
    /// What is known of the facts of records along any of several paths, and between them.
    pub fn over<'a>(plan: &Plan, paths: impl Iterator<Item = &'a [(FactId, u16)]>) -> Self {
        let over = |one: &Ends, other: &Ends| Ends {
            low: one.low.zip(other.low).map(|(a, b)| a.wider(b, Ordering::Less)),
            high: one.high.zip(other.high).map(|(a, b)| a.wider(b, Ordering::Greater)),
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
    /// With one value for a fact, in its units.
    pub(super) fn with(mut self, fact: FactId, value: Ratio) -> Self {
        let at = Some(Edge::closed(value));
        self.ends.insert(fact, Ends { low: at, high: at });
        self
    }
    /// Between what a fact lies: of the path, and as it is declared.
    pub(super) fn ends(&self, plan: &Plan, fact: FactId) -> (Edge, Option<Edge>) {
        let ends = self.ends.get(&fact).copied().unwrap_or_default();
        let (least, most) = declared(plan, fact);
        let least = Edge::closed(Ratio::integer(least));
        let low = ends.low.filter(|low| low.at >= least.at).unwrap_or(least);
        (low, ends.high.or(most.map(|most| Edge::closed(Ratio::integer(most)))))
    }
    /// The value as a claim may have it: of a count in parts the nearest that its class holds, of others whole.
    pub(super) fn inside(&self, plan: &Plan, fact: FactId, value: &BigRational) -> Option<Ratio> {
        if !is_in_parts(plan, fact) {
            return ratio_of(&value.floor());
        }
        let parts = BigRational::from_integer(BigInt::from(LEAST_PARTS));
        let value = ratio_of(&((value * &parts).floor() / &parts))?;
        let (low, high) = self.ends(plan, fact);
        let above = low.at.checked_add(least_part()?).filter(|_| low.open);
        let value = value.max(above.unwrap_or(low.at));
        let Some(high) = high else { return Some(value) };
        let below = high.at.checked_sub(least_part()?).filter(|_| high.open);
        Some(value.min(below.unwrap_or(high.at)))
    }
    /// The most of a count in parts that a claim may have, where it has no end so much.
    pub fn most_inside(&self, plan: &Plan, fact: FactId, endless: i64) -> Option<Ratio> {
        let (_, high) = self.ends(plan, fact);
        let most = high.map_or(Ratio::integer(endless), |high| high.at);
        self.inside(plan, fact, &exact(most))
    }
    fn end(&self, plan: &Plan, fact: FactId, end: End) -> Near {
        let (low, high) = self.ends(plan, fact);
        let (edge, side) = match end {
            End::Low => (Some(low), Ordering::Greater),
            End::High => (high, Ordering::Less),
        };
        let value = edge.and_then(|edge| edge.at.checked_mul(grid(plan, fact)));
        let open = edge.is_some_and(|edge| edge.open) && value.is_some();
        Near {
            value,
            side: if open { side } else { Ordering::Equal },
        }
    }
}

/// The number, where it fits.
pub(super) fn ratio_of(value: &BigRational) -> Option<Ratio> {
    Ratio::new(i128::try_from(value.numer()).ok()?, i128::try_from(value.denom()).ok()?)
}

/// Whether a record may give parts of the fact's unit that count as such, as two and a half months.
pub(super) fn is_in_parts(plan: &Plan, fact: FactId) -> bool {
    plan.facts.get(fact.index()).is_some_and(|fact| fact.kind.is_in_parts())
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
    let never = near.side.is_lt() && value.denominator() == 1;
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
            Operation::Less(amount) => value.less(near(plan, amount, env, End::Low, unknowns.other())),
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
