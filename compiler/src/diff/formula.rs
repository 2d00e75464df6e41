//! Amounts without the indices of their plan, so that amounts of two plans compare; and their values.
//!
//! A parameter that a contract has set is its value. What stays unknown (facts, unset parameters, the premium …) is a
//! named [`Unknown`], the same in both plans where the name is the same.

use crate::evaluate::exact::{Exact, from_fen, from_ratio, less, round_to};
use crate::money::{Fen, Ratio};
use crate::plan::{
    Amount, Bound, Count, FactKind, Operation, ParameterId, ParameterValue, Plan, RatioValue, Step, ValueId,
};
use anlan_lang::tree::{Date, RoundMode};
use num_traits::Zero;
use std::collections::{BTreeMap, BTreeSet};

/// A quantity that the plan alone does not fix.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Unknown {
    /// By the fact's id
    Fact(String),
    /// By its id and the cell of a table
    Parameter(String, Option<String>),
    Premium,
    Balance(String),
    /// The value that a decision carries
    Decision(String),
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Formula {
    Fixed(Fen),
    Unknown(Unknown),
    /// The value of a count or number fact, at most so many
    Units(Unknown, Option<Box<Formula>>),
    Product(Box<Formula>, Box<Formula>),
    Ratio(i128, i128),
    Sum(Vec<Formula>),
    Dated(Vec<(Option<Date>, Formula)>),
    Decided(String, Box<Formula>, Box<Formula>),
    Unlimited,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Act {
    Less(Formula),
    UpTo(Formula),
    AtLeast(Formula),
    Share(Formula),
    Round(i64, u8),
}

/// What is assumed of the unknowns.
#[derive(Debug, Clone, Default)]
pub(crate) struct World {
    pub values: BTreeMap<Unknown, Exact>,
    pub day: Option<Date>,
    pub taken: BTreeSet<String>,
}

/// Words that stand for renamed decisions and parameters: old name → new name.
pub(crate) type Renamed = BTreeMap<String, String>;

/// Reads the amounts of one plan.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reading<'a> {
    pub plan: &'a Plan,
    /// What the other version calls the plan's things
    pub renamed: &'a Renamed,
}

impl Reading<'_> {
    fn name(&self, id: &str) -> String {
        self.renamed.get(id).map_or(id, String::as_str).to_owned()
    }
    fn fact(&self, fact: crate::plan::FactId) -> Unknown {
        let id = self.plan.facts.get(fact.index()).map_or("", |f| f.id.as_str());
        Unknown::Fact(self.name(id))
    }
    pub fn decision(&self, decision: crate::plan::DecisionId) -> String {
        let id = self.plan.decisions.get(decision.index()).map_or("", |d| d.id.as_str());
        self.name(id)
    }
    fn parameter(&self, parameter: ParameterId, cell: Option<ValueId>) -> Formula {
        let Some(declared) = self.plan.parameters.get(parameter.index()) else {
            return Formula::Unlimited;
        };
        let value = match (&declared.value, cell) {
            (Some(Bound::One(value)), None) => Some(value),
            (Some(Bound::Table(rows)), Some(cell)) => rows.iter().find(|(v, _)| *v == cell).map(|(_, value)| value),
            _ => None,
        };
        match value {
            Some(ParameterValue::Money(fen)) => Formula::Fixed(*fen),
            Some(ParameterValue::Ratio(ratio)) => ratio_formula(*ratio),
            Some(ParameterValue::Count(count)) => ratio_formula(Ratio::integer(*count)),
            Some(ParameterValue::Date(_)) | None => {
                let domain = match &declared.kind {
                    crate::plan::ParameterKind::Table { by, .. } => self.plan.domains.get(by.index()),
                    _ => None,
                };
                let cell = cell.and_then(|v| domain?.values.get(v.index())).map(|v| v.id.clone());
                Formula::Unknown(Unknown::Parameter(self.name(&declared.id), cell))
            }
        }
    }
    pub fn ratio(&self, ratio: &RatioValue) -> Formula {
        match ratio {
            RatioValue::Exact(ratio) => ratio_formula(*ratio),
            RatioValue::Parameter { parameter, value } => self.parameter(*parameter, *value),
        }
    }
    pub fn amount(&self, amount: &Amount) -> Formula {
        match amount {
            Amount::Fixed(fen) => Formula::Fixed(*fen),
            Amount::Parameter { parameter, value } => self.parameter(*parameter, *value),
            Amount::Fact(fact) => self.quantity(*fact),
            Amount::PerUnit { rate, count, units } => {
                let units = units.as_ref().map(|units| match units {
                    Count::Exact(n) => ratio_formula(Ratio::integer(*n)),
                    Count::Parameter(parameter) => self.parameter(*parameter, None),
                });
                let count = match self.quantity(*count) {
                    Formula::Unknown(fact) => Formula::Units(fact, units.map(Box::new)),
                    other => other,
                };
                product(self.amount(rate), count)
            }
            Amount::Scaled { ratio, of } => product(self.ratio(ratio), self.amount(of)),
            Amount::Sum(parts) => {
                let parts: Vec<Formula> = parts.iter().map(|part| self.amount(part)).collect();
                let fixed = parts.iter().try_fold(0i64, |sum, part| match part {
                    Formula::Fixed(fen) => sum.checked_add(fen.0),
                    _ => None,
                });
                fixed.map_or_else(|| Formula::Sum(parts), |sum| Formula::Fixed(Fen(sum)))
            }
            Amount::Dated(values) => match values.as_slice() {
                [(None, only)] => self.amount(only),
                several => Formula::Dated(several.iter().map(|(from, a)| (*from, self.amount(a))).collect()),
            },
            Amount::Premium => Formula::Unknown(Unknown::Premium),
            Amount::Balance(fund) => match self.plan.funds.get(fund.index()) {
                Some(fund) => match fund.balance {
                    Some(balance) => Formula::Fixed(balance),
                    None => Formula::Unknown(Unknown::Balance(self.name(&fund.id))),
                },
                None => Formula::Unlimited,
            },
            Amount::DecisionValue(decision) => Formula::Unknown(Unknown::Decision(self.decision(*decision))),
            Amount::Decided {
                decision,
                then,
                otherwise,
            } => {
                let (then, otherwise) = (self.amount(then), self.amount(otherwise));
                if then == otherwise {
                    return then;
                }
                Formula::Decided(self.decision(*decision), Box::new(then), Box::new(otherwise))
            }
            Amount::Unlimited => Formula::Unlimited,
        }
    }
    /// A fact as a number; a grid number is its steps times its precision.
    fn quantity(&self, fact: crate::plan::FactId) -> Formula {
        let unknown = Formula::Unknown(self.fact(fact));
        match self.plan.facts.get(fact.index()).map(|f| &f.kind) {
            Some(FactKind::Number { precision, .. }) if *precision != Ratio::ONE => {
                product(ratio_formula(*precision), unknown)
            }
            _ => unknown,
        }
    }
    pub fn operation(&self, operation: &Operation) -> Act {
        match operation {
            Operation::Less(amount) => Act::Less(self.amount(amount)),
            Operation::UpTo(amount) => Act::UpTo(self.amount(amount)),
            Operation::AtLeast(amount) => Act::AtLeast(self.amount(amount)),
            Operation::Share(ratio) => Act::Share(self.ratio(ratio)),
            Operation::Round { unit, mode } => Act::Round(unit.0, mode_number(*mode)),
        }
    }
    pub fn steps(&self, steps: &[Step]) -> Vec<Act> {
        steps.iter().map(|step| self.operation(&step.operation)).collect()
    }
}

fn ratio_formula(ratio: Ratio) -> Formula {
    Formula::Ratio(ratio.numerator(), ratio.denominator())
}

/// `a × b`, with ratio × whole 分 worked out.
fn product(a: Formula, b: Formula) -> Formula {
    match (&a, &b) {
        (Formula::Ratio(n, d), Formula::Fixed(fen)) | (Formula::Fixed(fen), Formula::Ratio(n, d))
            if n.checked_mul(i128::from(fen.0)).is_some_and(|p| p % d == 0) =>
        {
            let value = n.saturating_mul(i128::from(fen.0)) / d;
            i64::try_from(value).map_or_else(
                |_| Formula::Product(Box::new(a), Box::new(b)),
                |v| Formula::Fixed(Fen(v)),
            )
        }
        _ => Formula::Product(Box::new(a), Box::new(b)),
    }
}

fn mode_number(mode: RoundMode) -> u8 {
    match mode {
        RoundMode::HalfUp => 0,
        RoundMode::Down => 1,
        RoundMode::Up => 2,
    }
}

fn mode_of(number: u8) -> RoundMode {
    match number {
        1 => RoundMode::Down,
        2 => RoundMode::Up,
        _ => RoundMode::HalfUp,
    }
}

impl Formula {
    /// The value; `None` inside is unlimited. `None` outside: something it reads is not given.
    pub fn value(&self, world: &World) -> Option<Option<Exact>> {
        let known = |exact| Some(Some(exact));
        match self {
            Formula::Fixed(fen) => known(from_fen(*fen)),
            Formula::Ratio(n, d) => known(from_ratio(Ratio::new(*n, *d)?)),
            Formula::Unknown(unknown) => known(world.values.get(unknown)?.clone()),
            Formula::Units(unknown, most) => {
                let value = world.values.get(unknown)?.clone();
                match most {
                    None => known(value),
                    Some(most) => match most.value(world)? {
                        Some(most) => known(value.min(most)),
                        None => known(value),
                    },
                }
            }
            Formula::Product(a, b) => match (a.value(world)?, b.value(world)?) {
                (Some(a), Some(b)) => known(a * b),
                _ => Some(None),
            },
            Formula::Sum(parts) => {
                let mut sum = Exact::zero();
                for part in parts {
                    match part.value(world)? {
                        Some(part) => sum += part,
                        None => return Some(None),
                    }
                }
                known(sum)
            }
            Formula::Dated(values) => {
                let holds = |from: &Option<Date>| from.is_none_or(|from| world.day.is_some_and(|day| day >= from));
                values.iter().rev().find(|(from, _)| holds(from))?.1.value(world)
            }
            Formula::Decided(decision, then, otherwise) => match world.taken.contains(decision) {
                true => then.value(world),
                false => otherwise.value(world),
            },
            Formula::Unlimited => Some(None),
        }
    }
    /// Calls `visit` for this formula and every part of it.
    pub fn walk<'f>(&'f self, visit: &mut dyn FnMut(&'f Formula)) {
        visit(self);
        match self {
            Formula::Units(_, Some(most)) => most.walk(visit),
            Formula::Product(a, b) | Formula::Decided(_, a, b) => {
                a.walk(visit);
                b.walk(visit);
            }
            Formula::Sum(parts) => parts.iter().for_each(|part| part.walk(visit)),
            Formula::Dated(values) => values.iter().for_each(|(_, value)| value.walk(visit)),
            _ => {}
        }
    }
    /// The amount, where nothing varies.
    pub fn fixed(&self) -> Option<Fen> {
        match self {
            Formula::Fixed(fen) => Some(*fen),
            _ => None,
        }
    }
}

impl Act {
    /// The value after this step; `None` where something is not given.
    pub fn apply(&self, value: &Exact, world: &World) -> Option<Exact> {
        Some(match self {
            Act::Less(amount) => less(value, &amount.value(world)??),
            Act::UpTo(amount) => match amount.value(world)? {
                Some(most) => value.min(&most).clone(),
                None => value.clone(),
            },
            Act::AtLeast(amount) => value.max(&amount.value(world)??).clone(),
            Act::Share(ratio) => value * ratio.value(world)??,
            Act::Round(unit, mode) => round_to(value, Fen(*unit), mode_of(*mode)),
        })
    }
    pub fn formula(&self) -> Option<&Formula> {
        match self {
            Act::Less(f) | Act::UpTo(f) | Act::AtLeast(f) | Act::Share(f) => Some(f),
            Act::Round(..) => None,
        }
    }
}
