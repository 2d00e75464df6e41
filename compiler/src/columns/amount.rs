//! Amounts and pipelines as whole numbers over one denominator (SEMANTICS §5). None of this is shared with the reference.

use super::decide::Stop;
use crate::emit::program::{Choice, Linear, Money, Operation, Pipeline, Quotient, Variable};
use crate::evaluate::Refusal;
use anlan_lang::diag::codes;

/// What refuses the run where an amount does not fit.
pub fn overflow() -> Stop {
    Stop::Run(Box::new(Refusal::new(codes::V044)))
}

/// A quantity `n / m`; most are whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quantity {
    pub n: i128,
    pub m: i128,
}

impl Quantity {
    pub fn whole(n: i64) -> Self {
        Quantity { n: i128::from(n), m: 1 }
    }
    fn times(self, factor: i128) -> Result<Self, Stop> {
        Ok(Quantity {
            n: self.n.checked_mul(factor).ok_or_else(overflow)?,
            m: self.m,
        })
    }
    /// Both over one `m`.
    fn beside(self, other: Self) -> Result<(i128, i128, i128), Stop> {
        if self.m == other.m {
            return Ok((self.n, other.n, self.m));
        }
        let m = num_integer::lcm(self.m, other.m);
        let scaled = |q: Quantity| q.n.checked_mul(m / q.m).ok_or_else(overflow);
        Ok((scaled(self)?, scaled(other)?, m))
    }
    /// To 分, half up, where the quantity stands over `denominator`.
    pub fn rounded(self, denominator: i128) -> Result<i64, Stop> {
        let d = denominator.checked_mul(self.m).ok_or_else(overflow)?;
        if d == 1 {
            return i64::try_from(self.n).map_err(|_| overflow());
        }
        let twice = self
            .n
            .checked_mul(2)
            .and_then(|twice| twice.checked_add(d))
            .ok_or_else(overflow)?;
        i64::try_from(twice.div_euclid(d.checked_mul(2).ok_or_else(overflow)?)).map_err(|_| overflow())
    }
}

/// What amounts look up.
pub trait Context {
    /// The day that selects dated and decided amounts
    fn day(&self) -> Result<i64, Stop>;
    fn number(&self, fact: usize) -> Result<Quantity, Stop>;
    fn premium(&self) -> Result<i64, Stop>;
    /// The value of a decision that was taken
    fn decision_value(&self, decision: usize) -> Result<Quantity, Stop>;
    fn decided(&self, decision: usize) -> Result<bool, Stop>;
}

/// The amount's numerator over [`Money::denominator`]; `None` is unlimited.
pub fn amount(context: &dyn Context, money: &Money) -> Result<Option<Quantity>, Stop> {
    choice(context, &money.choice)
}

/// The amount in 分; `None` is unlimited.
pub fn whole(context: &dyn Context, money: &Money) -> Result<Option<i64>, Stop> {
    amount(context, money)?
        .map(|amount| amount.rounded(money.denominator))
        .transpose()
}

fn choice(context: &dyn Context, choice_: &Choice) -> Result<Option<Quantity>, Stop> {
    match choice_ {
        Choice::Unlimited => Ok(None),
        Choice::Linear(form) => linear(context, form).map(Some),
        Choice::Dated(values) => {
            let day = context.day()?;
            let holds = |from: &Option<i64>| from.is_none_or(|from| day >= from);
            match values.iter().rev().find(|(from, _)| holds(from)) {
                Some((_, value)) => choice(context, value),
                None => Err(overflow()),
            }
        }
        Choice::Decided {
            decision,
            then,
            otherwise,
        } => choice(context, if context.decided(*decision)? { then } else { otherwise }),
    }
}

fn linear(context: &dyn Context, form: &Linear) -> Result<Quantity, Stop> {
    let x = match form.x {
        None => return Ok(Quantity { n: form.b, m: 1 }),
        Some(Variable::Premium) => Quantity::whole(context.premium()?),
        Some(Variable::Decision(decision)) => context.decision_value(decision)?,
        Some(Variable::Fact(fact)) => context.number(fact)?,
        Some(Variable::AtMost(fact, most)) => {
            let (x, most, m) = context.number(fact)?.beside(Quantity::whole(most))?;
            Quantity { n: x.min(most), m }
        }
    };
    let n = x.n.checked_mul(form.a).zip(form.b.checked_mul(x.m));
    let n = n
        .and_then(|(varying, fixed)| varying.checked_add(fixed))
        .ok_or_else(overflow)?;
    Ok(Quantity { n, m: x.m })
}

/// Runs a pipeline; rounded to 分 once at the end.
pub fn pipeline(context: &dyn Context, pipeline: &Pipeline) -> Result<i64, Stop> {
    let mut value = amount(context, &pipeline.start)?.ok_or_else(overflow)?;
    let mut denominator = pipeline.start.denominator;
    for step in &pipeline.steps {
        value = stepped(context, &step.operation, value, denominator)?;
        denominator = step.denominator;
    }
    value.rounded(pipeline.denominator)
}

fn stepped(context: &dyn Context, operation: &Operation, value: Quantity, denominator: i128) -> Result<Quantity, Stop> {
    Ok(match operation {
        Operation::Less { scale, amount: less } => {
            let less = amount(context, less)?.ok_or_else(overflow)?;
            let (value, less, m) = value.times(*scale)?.beside(less)?;
            Quantity {
                n: value.checked_sub(less).ok_or_else(overflow)?.max(0),
                m,
            }
        }
        Operation::UpTo { scale, amount: most } => {
            let value = value.times(*scale)?;
            match amount(context, most)? {
                None => value,
                Some(most) => {
                    let (value, most, m) = value.beside(most)?;
                    Quantity { n: value.min(most), m }
                }
            }
        }
        Operation::AtLeast { scale, amount: least } => {
            let least = amount(context, least)?.ok_or_else(overflow)?;
            let (value, least, m) = value.times(*scale)?.beside(least)?;
            Quantity { n: value.max(least), m }
        }
        Operation::Share { factor, .. } => value.times(*factor)?,
        Operation::Round { unit, mode } => {
            let unit = i128::from(*unit);
            let grain = denominator
                .checked_mul(value.m)
                .and_then(|d| d.checked_mul(unit))
                .ok_or_else(overflow)?;
            let steps = match *mode {
                "half_up" => {
                    let twice = value.n.checked_mul(2).and_then(|twice| twice.checked_add(grain));
                    let double = grain.checked_mul(2).ok_or_else(overflow)?;
                    twice.ok_or_else(overflow)?.div_euclid(double)
                }
                "down" => value.n.div_euclid(grain),
                _ => num_integer::Integer::div_ceil(&value.n, &grain),
            };
            Quantity {
                n: steps.checked_mul(unit).ok_or_else(overflow)?,
                m: 1,
            }
        }
    })
}

/// A pipeline that turns on no more than one amount of the record: `min(fact, cap)`, or `cap` alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Simple {
    pub fact: Option<usize>,
    pub cap: i64,
}

/// The simple form of a pipeline, where it has one. `known`: what needs no record, such as decisions taken at large.
pub fn simple(known: &dyn Context, pipeline_: &Pipeline, is_money: impl Fn(usize) -> bool) -> Option<Simple> {
    if let Ok(fixed) = pipeline(known, pipeline_) {
        return Some(Simple { fact: None, cap: fixed });
    }
    let fact = match known_choice(known, &pipeline_.start.choice)? {
        Choice::Linear(Linear {
            a,
            b: 0,
            x: Some(Variable::Fact(fact)),
            ..
        }) if *a == pipeline_.start.denominator && is_money(*fact) => *fact,
        _ => return None,
    };
    let mut cap = i64::MAX;
    for step in &pipeline_.steps {
        match &step.operation {
            Operation::UpTo { amount: most, .. } => {
                if let Some(most) = amount(known, most).ok()? {
                    let whole = most.n.checked_div(step.denominator.checked_mul(most.m)?)?;
                    // Only a cap of whole 分 is the same before and after rounding.
                    if whole * step.denominator * most.m != most.n {
                        return None;
                    }
                    cap = cap.min(i64::try_from(whole).ok()?);
                }
            }
            Operation::Share {
                ratio:
                    Quotient {
                        numerator: 1,
                        denominator: 1,
                    },
                ..
            } => {}
            _ => return None,
        }
    }
    (cap >= 0).then_some(Simple { fact: Some(fact), cap })
}

/// The alternative that needs no record to be chosen.
fn known_choice<'c>(known: &dyn Context, choice: &'c Choice) -> Option<&'c Choice> {
    match choice {
        Choice::Decided {
            decision,
            then,
            otherwise,
        } => known_choice(
            known,
            if known.decided(*decision).ok()? {
                then
            } else {
                otherwise
            },
        ),
        Choice::Dated(_) => None,
        other => Some(other),
    }
}
