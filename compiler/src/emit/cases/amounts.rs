//! Quantities just below, at and above every bound in a pipeline.

use super::claims::{Base, day_of};
use super::{Ask, Fields, Maker, Origin, numbered, with};
use crate::analyse::witness::spelt;
use crate::emit::program::{Choice, Linear, Money, Operation, Pipeline, Variable};
use crate::evaluate::{Record, Value};
use crate::money::{Fen, MAX_FEN, Ratio};
use crate::plan::{Fact, FactKind};
use std::collections::{BTreeMap, BTreeSet};

/// More units than any rule counts
const MANY_UNITS: i64 = 1_000_000;
/// Amounts, in 分, at which shares of them round up or down.
const ODD: [i64; 8] = [0, 1, 2, 3, 5, 7, 33, 12_345];

/// What a pipeline reads when a claim goes through it.
pub(super) struct Reading<'r> {
    /// `yyyymmdd`
    pub day: Option<i64>,
    /// Names of the decisions that are taken
    pub taken: &'r dyn Fn(usize) -> bool,
    /// Facts by their position in the program
    pub quantities: &'r BTreeMap<usize, i64>,
    pub premium: Option<Fen>,
}

impl Reading<'_> {
    /// The line of an amount that holds; `None` where nothing bounds it or it cannot be told.
    fn line<'c>(&self, choice: &'c Choice) -> Option<&'c Linear> {
        match choice {
            Choice::Unlimited => None,
            Choice::Linear(form) => Some(form),
            Choice::Dated(values) => {
                let day = self.day?;
                let holds = values.iter().rfind(|(from, _)| from.is_none_or(|from| day >= from));
                self.line(&holds?.1)
            }
            Choice::Decided {
                decision,
                then,
                otherwise,
            } => self.line(if (self.taken)(*decision) { then } else { otherwise }),
        }
    }

    /// The numerator of an amount.
    fn numerator(&self, money: &Money) -> Option<i128> {
        let form = self.line(&money.choice)?;
        let x = match form.x {
            None => 0,
            Some(Variable::Fact(fact)) => *self.quantities.get(&fact)?,
            Some(Variable::AtMost(fact, most)) => (*self.quantities.get(&fact)?).min(most),
            Some(Variable::Premium) => self.premium?.0,
            Some(Variable::Decision(_)) => return None,
        };
        form.a.checked_mul(i128::from(x))?.checked_add(form.b)
    }

    /// An amount in whole 分.
    pub fn whole(&self, money: &Money) -> Option<i64> {
        let twice = self.numerator(money)?.checked_mul(2)?;
        let rounded = twice.checked_add(money.denominator)?.div_euclid(2 * money.denominator);
        i64::try_from(rounded).ok()
    }

    /// Whether the value reaches the bound of a step, by which much: negative below it.
    fn over(&self, pipeline: &Pipeline, step: usize) -> Option<i128> {
        let mut value = self.numerator(&pipeline.start)?;
        let mut denominator = pipeline.start.denominator;
        for (at, stage) in pipeline.steps.iter().enumerate() {
            match &stage.operation {
                Operation::Less { scale, amount }
                | Operation::UpTo { scale, amount }
                | Operation::AtLeast { scale, amount } => {
                    let scaled = value.checked_mul(*scale)?;
                    let bound = self.numerator(amount);
                    if at == step {
                        return scaled.checked_sub(bound?);
                    }
                    value = match (&stage.operation, bound) {
                        (_, None) => scaled,
                        (Operation::Less { .. }, Some(bound)) => scaled.checked_sub(bound)?.max(0),
                        (Operation::UpTo { .. }, Some(bound)) => scaled.min(bound),
                        (_, Some(bound)) => scaled.max(bound),
                    };
                }
                Operation::Share { factor, .. } => value = value.checked_mul(*factor)?,
                Operation::Round { unit, .. } => {
                    let grain = denominator.checked_mul(i128::from(*unit))?;
                    value = value.div_euclid(grain).checked_mul(i128::from(*unit))?;
                }
            }
            denominator = stage.denominator;
        }
        None
    }
}

impl Maker<'_> {
    /// A case for every pipeline that some claim is paid by and that reads a quantity.
    pub(super) fn amounts(&mut self, bases: &[Base]) {
        let mut done = BTreeSet::new();
        for base in bases {
            let Some(at) = base.pays.map(|pipeline| pipeline.index()) else {
                continue;
            };
            let Some(pipeline) = self.program.pipelines.get(at) else {
                continue;
            };
            let read: Vec<usize> = facts_read(pipeline).into_iter().collect();
            if read.is_empty() || !done.insert(at) {
                continue;
            }
            let mut claims = Vec::new();
            for fact in &read {
                for units in self.edges(base, pipeline, *fact) {
                    claims.extend(self.at(&base.fields, *fact, units));
                }
            }
            let claims = numbered(self.program, claims, &[]);
            let given = self.given(&base.decisions);
            let ids: Vec<&str> = read
                .iter()
                .filter_map(|f| self.program.facts.get(*f))
                .map(|f| f.id.as_str())
                .collect();
            let name = format!("{} {}", ids.join(", "), pipeline.articles.join("、"));
            self.add(name.trim_end(), Origin::Amount, given, claims, Ask::Both);
        }
    }

    /// The claim with so many units of a fact.
    pub(super) fn at(&self, fields: &Fields, fact: usize, units: i64) -> Option<Fields> {
        let declared = self.declared(fact)?;
        Some(with(fields, &declared.id, spelt(declared, Ratio::integer(units))?))
    }

    fn declared(&self, fact: usize) -> Option<&Fact> {
        let id = &self.program.facts.get(fact)?.id;
        self.plan.facts.iter().find(|f| f.id == *id)
    }

    /// The quantities of a claim, by position in the program.
    pub(super) fn quantities(&self, fields: &Fields) -> BTreeMap<usize, i64> {
        let pairs = fields.iter().map(|(key, value)| (key.as_str(), value.as_str()));
        let record = self.reader.object(pairs).0.unwrap_or_default();
        let facts = self.program.facts.iter().enumerate();
        facts
            .filter_map(|(at, fact)| Some((at, self.quantity(&record, &fact.id)?)))
            .collect()
    }

    fn quantity(&self, record: &Record, fact: &str) -> Option<i64> {
        let at = self.plan.facts.iter().position(|f| f.id == fact)?;
        match record.values.get(at)?.as_ref()? {
            Value::Money(fen) => Some(fen.0),
            Value::Number(steps) => Some(*steps),
            Value::Count(count) => i64::try_from(count.numerator().div_euclid(count.denominator())).ok(),
            _ => None,
        }
    }

    fn edges(&self, base: &Base, pipeline: &Pipeline, fact: usize) -> BTreeSet<i64> {
        let Some(declared) = self.declared(fact) else {
            return BTreeSet::new();
        };
        let most = match &declared.kind {
            FactKind::Money => MAX_FEN,
            FactKind::Count { .. } => MANY_UNITS,
            FactKind::Number { .. } => MANY_UNITS,
            _ => return BTreeSet::new(),
        };
        let mut quantities = self.quantities(&base.fields);
        let taken = |decision: usize| {
            let named = self.plan.decisions.get(decision);
            named.is_some_and(|d| {
                base.decisions
                    .iter()
                    .any(|text| text.split(['@', '=']).next() == Some(&d.id))
            })
        };
        let mut edges: BTreeSet<i64> = ODD.into_iter().collect();
        for step in 0..pipeline.steps.len() {
            let mut over = |units: i64| {
                quantities.insert(fact, units);
                let reading = Reading {
                    day: day_of(&base.fields).map(yyyymmdd),
                    taken: &taken,
                    quantities: &quantities,
                    premium: Some(super::PREMIUM),
                };
                reading.over(pipeline, step)
            };
            if let Some(reached) = first(most, |units| over(units).map(|over| over >= 0)) {
                edges.extend([reached - 1, reached, reached + 1]);
            }
        }
        for variable in variables(pipeline) {
            if let Variable::AtMost(of, units) = variable
                && of == fact
            {
                edges.extend([units - 1, units, units + 1]);
            }
        }
        edges.into_iter().filter(|units| (0..=most).contains(units)).collect()
    }
}

/// The least units from which something holds; `None` where it always or never holds, or cannot be told.
pub(super) fn first(most: i64, mut holds: impl FnMut(i64) -> Option<bool>) -> Option<i64> {
    let (mut low, mut high) = (0, most);
    if holds(low)? || !holds(high)? {
        return None;
    }
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if holds(middle)? {
            high = middle;
        } else {
            low = middle;
        }
    }
    Some(high)
}

pub(super) fn yyyymmdd(day: anlan_lang::tree::Date) -> i64 {
    i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day())
}

/// The facts that a pipeline's amounts vary with.
pub(super) fn facts_read(pipeline: &Pipeline) -> BTreeSet<usize> {
    let fact = |variable| match variable {
        Variable::Fact(fact) | Variable::AtMost(fact, _) => Some(fact),
        Variable::Premium | Variable::Decision(_) => None,
    };
    variables(pipeline).into_iter().filter_map(fact).collect()
}

fn variables(pipeline: &Pipeline) -> Vec<Variable> {
    let mut found = Vec::new();
    of_choice(&pipeline.start.choice, &mut found);
    for step in &pipeline.steps {
        if let Operation::Less { amount, .. } | Operation::UpTo { amount, .. } | Operation::AtLeast { amount, .. } =
            &step.operation
        {
            of_choice(&amount.choice, &mut found);
        }
    }
    found
}

fn of_choice(choice: &Choice, found: &mut Vec<Variable>) {
    match choice {
        Choice::Unlimited => {}
        Choice::Linear(form) => found.extend(form.x),
        Choice::Dated(values) => values.iter().for_each(|(_, value)| of_choice(value, found)),
        Choice::Decided { then, otherwise, .. } => {
            of_choice(then, found);
            of_choice(otherwise, found);
        }
    }
}
