//! Amounts as integer arithmetic (SEMANTICS §5): 64 bits where no value can pass them, else wide.

use super::{MOST, PART, Writer};
use crate::emit::program::{Choice, Kind, Linear, Money, Operation, Pipeline, Variable};

/// The largest 64-bit value that sums of a few stay within
const NARROW: i128 = 2_000_000_000_000_000_000;
/// The largest quantity: 10^15 分, the total premium, or a decision's value
const QUANTITY: i128 = 10_000_000_000_000_000;

/// Where an amount finds what it reads.
pub(super) trait Place {
    fn fact(&self, fact: usize) -> String;
    fn day(&self) -> String;
    fn premium(&self) -> String;
    /// 1, 0, or `NULL` where it cannot be told
    fn decided(&self, decision: usize) -> String;
    fn decision_value(&self, decision: usize) -> String;
}

/// Numbers that an expression is written with.
#[derive(Clone, Copy)]
struct Numbers {
    /// Every integer is this many times itself, since some count may have parts.
    scale: i128,
    wide: bool,
}

impl Writer<'_> {
    fn numbers(&self, choices: &[&Choice], largest: i128) -> Numbers {
        let scale = if choices.iter().any(|choice| self.reads_parts(choice)) {
            i128::from(PART)
        } else {
            1
        };
        // A count with parts stands in a wide column, and PostgreSQL divides what is wide without rounding down.
        Numbers {
            scale,
            wide: scale > 1 || largest.saturating_mul(scale) > NARROW,
        }
    }

    fn reads_parts(&self, choice: &Choice) -> bool {
        match choice {
            Choice::Unlimited => false,
            Choice::Linear(form) => match form.x {
                Some(Variable::Fact(fact) | Variable::AtMost(fact, _)) => self.has_parts(fact),
                _ => false,
            },
            Choice::Dated(values) => values.iter().any(|(_, value)| self.reads_parts(value)),
            Choice::Decided { then, otherwise, .. } => self.reads_parts(then) || self.reads_parts(otherwise),
        }
    }

    pub(super) fn has_parts(&self, fact: usize) -> bool {
        self.program
            .facts
            .get(fact)
            .is_some_and(|f| matches!(f.kind, Kind::Count { part: Some("pro_rata") }))
    }

    /// The largest numerator of a choice.
    fn largest(choice: &Choice) -> i128 {
        match choice {
            Choice::Unlimited => 0,
            Choice::Linear(form) => {
                let x = match form.x {
                    None => 0,
                    Some(Variable::AtMost(_, most)) => i128::from(most),
                    Some(_) => QUANTITY,
                };
                form.a.abs().saturating_mul(x).saturating_add(form.b.abs())
            }
            Choice::Dated(values) => values.iter().map(|(_, value)| Self::largest(value)).max().unwrap_or(0),
            Choice::Decided { then, otherwise, .. } => Self::largest(then).max(Self::largest(otherwise)),
        }
    }

    fn linear(&self, form: &Linear, place: &dyn Place, numbers: Numbers) -> String {
        let literal = |value: i128| match numbers.wide {
            true => format!("CAST({value} AS {})", self.sql.wide),
            false => value.to_string(),
        };
        let constant = form.b.saturating_mul(numbers.scale);
        let Some(x) = form.x else {
            return literal(constant);
        };
        let (x, parts) = match x {
            Variable::Fact(fact) => (place.fact(fact), self.has_parts(fact)),
            Variable::AtMost(fact, most) => {
                let parts = self.has_parts(fact);
                let most = i128::from(most) * if parts { i128::from(PART) } else { 1 };
                (format!("LEAST({}, {most})", place.fact(fact)), parts)
            }
            Variable::Premium => (place.premium(), false),
            Variable::Decision(decision) => (place.decision_value(decision), false),
        };
        let x = if numbers.wide { self.wide(&x) } else { x };
        // A count with parts already stands in billionths.
        let factor = if parts {
            form.a
        } else {
            form.a.saturating_mul(numbers.scale)
        };
        let product = if factor == 1 { x } else { format!("{x} * {factor}") };
        match constant {
            0 => product,
            b if b < 0 => format!("({product} - {})", -b),
            b => format!("({product} + {b})"),
        }
    }

    /// A choice as an expression; `NULL` where unlimited.
    fn chosen(&self, choice: &Choice, place: &dyn Place, numbers: Numbers) -> String {
        match choice {
            Choice::Unlimited => "NULL".to_owned(),
            Choice::Linear(form) => self.linear(form, place, numbers),
            Choice::Dated(values) => {
                let mut cases = String::from("CASE");
                for (from, value) in values.iter().rev() {
                    let value = self.chosen(value, place, numbers);
                    cases += &match from {
                        Some(from) => format!(" WHEN {} >= {from} THEN {value}", place.day()),
                        None => format!(" ELSE {value}"),
                    };
                }
                if values.first().is_some_and(|(from, _)| from.is_some()) {
                    cases += &format!(" ELSE {}", self.refuse("V044", "no amount for this date"));
                }
                cases + " END"
            }
            Choice::Decided {
                decision,
                then,
                otherwise,
            } => format!(
                "CASE {} WHEN 1 THEN {} WHEN 0 THEN {} END",
                place.decided(*decision),
                self.chosen(then, place, numbers),
                self.chosen(otherwise, place, numbers)
            ),
        }
    }

    /// Whether a choice reads a field that is blank, or a decision that cannot be told; `None`: it never does.
    pub(super) fn missing(&self, choice: &Choice, place: &dyn Place) -> Option<String> {
        match choice {
            Choice::Unlimited => None,
            Choice::Linear(form) => match form.x {
                Some(Variable::Fact(fact) | Variable::AtMost(fact, _)) => Some(format!("{} IS NULL", place.fact(fact))),
                _ => None,
            },
            Choice::Dated(values) => {
                let found: Vec<_> = values
                    .iter()
                    .map(|(from, value)| (from, self.missing(value, place)))
                    .collect();
                if found.iter().all(|(_, missing)| missing.is_none()) {
                    return None;
                }
                let mut cases = String::from("CASE");
                for (from, missing) in found.into_iter().rev() {
                    let missing = missing.unwrap_or("FALSE".to_owned());
                    cases += &match from {
                        Some(from) => format!(" WHEN {} >= {from} THEN {missing}", place.day()),
                        None => format!(" ELSE {missing}"),
                    };
                }
                Some(cases + " END")
            }
            Choice::Decided {
                decision,
                then,
                otherwise,
            } => {
                let taken = place.decided(*decision);
                let inner = [(1, then), (0, otherwise)];
                let inner = inner.map(|(answer, choice)| Some((answer, self.missing(choice, place)?)));
                let mut parts = vec![format!("{taken} IS NULL")];
                for (answer, missing) in inner.into_iter().flatten() {
                    parts.push(format!("({taken} = {answer} AND {missing})"));
                }
                Some(format!("({})", parts.join(" OR ")))
            }
        }
    }

    /// An amount in whole 分, half up; `NULL` where unlimited.
    pub(super) fn whole_amount(&self, money: &Money, place: &dyn Place) -> String {
        if let Choice::Linear(form) = &money.choice
            && form.x.is_none()
        {
            return (2 * form.b + money.denominator)
                .div_euclid(2 * money.denominator)
                .to_string();
        }
        let largest = Self::largest(&money.choice);
        let numbers = self.numbers(&[&money.choice], largest.max(money.denominator));
        let value = self.chosen(&money.choice, place, numbers);
        self.rounded(&value, money.denominator, numbers)
    }

    fn rounded(&self, value: &str, denominator: i128, numbers: Numbers) -> String {
        let d = denominator * numbers.scale;
        let whole = match d {
            1 => value.to_owned(),
            _ => self.floor(&format!("({value} * 2 + {d})"), &(2 * d).to_string(), numbers),
        };
        match numbers.wide {
            true => format!(
                "CASE WHEN {whole} > {MOST} THEN {} ELSE CAST({whole} AS BIGINT) END",
                self.refuse("V044", "an amount beyond 64 bits")
            ),
            false => whole,
        }
    }

    fn floor(&self, a: &str, b: &str, numbers: Numbers) -> String {
        match numbers.wide {
            true => (self.sql.wide_floor)(a, b),
            false => (self.sql.floor)(a, b),
        }
    }

    /// What a pipeline always reads, in the order of its steps.
    fn read_by(pipeline: &Pipeline) -> Vec<&Money> {
        let steps = pipeline.steps.iter().filter_map(|step| match &step.operation {
            Operation::Less { amount, .. } | Operation::UpTo { amount, .. } | Operation::AtLeast { amount, .. } => {
                Some(amount)
            }
            Operation::Share { .. } | Operation::Round { .. } => None,
        });
        std::iter::once(&pipeline.start).chain(steps).collect()
    }

    /// Whether a pipeline lacks a field that it reads.
    pub(super) fn pipeline_missing(&self, pipeline: &Pipeline, place: &dyn Place) -> Option<String> {
        let mut found: Vec<String> = Vec::new();
        for money in Self::read_by(pipeline) {
            if let Some(missing) = self.missing(&money.choice, place)
                && !found.contains(&missing)
            {
                found.push(missing);
            }
        }
        (!found.is_empty()).then(|| found.join(" OR "))
    }

    /// The amount of a pipeline that is one constant.
    pub(super) fn fixed(pipeline: &Pipeline) -> Option<i128> {
        match &pipeline.start.choice {
            Choice::Linear(form) if form.x.is_none() && pipeline.steps.is_empty() => {
                Some((2 * form.b + pipeline.denominator).div_euclid(2 * pipeline.denominator))
            }
            _ => None,
        }
    }

    /// A pipeline as one expression in whole 分.
    pub(super) fn pipeline(&self, pipeline: &Pipeline, place: &dyn Place) -> String {
        let mut largest = Self::largest(&pipeline.start.choice);
        let mut most = largest.max(pipeline.denominator);
        for step in &pipeline.steps {
            match &step.operation {
                Operation::Less { scale, .. } => largest = largest.saturating_mul(*scale),
                Operation::UpTo { scale, amount } | Operation::AtLeast { scale, amount } => {
                    largest = largest.saturating_mul(*scale).max(Self::largest(&amount.choice));
                }
                Operation::Share { factor, .. } => largest = largest.saturating_mul((*factor).max(1)),
                Operation::Round { unit, .. } => {
                    largest = largest.saturating_add(step.denominator.saturating_mul(i128::from(*unit)))
                }
            }
            most = most.max(largest).max(step.denominator);
        }
        let choices: Vec<&Choice> = Self::read_by(pipeline).into_iter().map(|money| &money.choice).collect();
        let numbers = self.numbers(&choices, most);
        let mut value = self.chosen(&pipeline.start.choice, place, numbers);
        let mut before = pipeline.start.denominator;
        for step in &pipeline.steps {
            value = self.operation(&value, &step.operation, before, place, numbers);
            before = step.denominator;
        }
        self.rounded(&value, pipeline.denominator, numbers)
    }

    fn operation(
        &self,
        value: &str,
        operation: &Operation,
        before: i128,
        place: &dyn Place,
        numbers: Numbers,
    ) -> String {
        let scaled = |scale: i128| match scale {
            1 => value.to_owned(),
            scale => format!("({value}) * {scale}"),
        };
        match operation {
            Operation::Less { scale, amount } => {
                format!(
                    "GREATEST({} - {}, 0)",
                    scaled(*scale),
                    self.chosen(&amount.choice, place, numbers)
                )
            }
            // An unlimited bound is NULL, which LEAST passes over.
            Operation::UpTo { scale, amount } => {
                format!(
                    "LEAST({}, {})",
                    scaled(*scale),
                    self.chosen(&amount.choice, place, numbers)
                )
            }
            Operation::AtLeast { scale, amount } => {
                format!(
                    "GREATEST({}, {})",
                    scaled(*scale),
                    self.chosen(&amount.choice, place, numbers)
                )
            }
            Operation::Share { factor, .. } => scaled(*factor),
            Operation::Round { unit, mode } => {
                let grain = before * numbers.scale * i128::from(*unit);
                let unit = match i128::from(*unit) * numbers.scale {
                    1 => String::new(),
                    unit => format!(" * {unit}"),
                };
                let (top, bottom) = match *mode {
                    "half_up" => (format!("({value} * 2 + {grain})"), 2 * grain),
                    "down" => (value.to_owned(), grain),
                    _ => (format!("({value} + {})", grain - 1), grain),
                };
                let grains = self.floor(&top, &bottom.to_string(), numbers);
                match unit.is_empty() {
                    true => grains,
                    false => format!("({grains}{unit})"),
                }
            }
        }
    }
}
