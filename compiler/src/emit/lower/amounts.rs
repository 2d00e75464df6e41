//! Amounts as integers over one denominator (SEMANTICS §5), with every choice of a date or decision outermost.

use super::{Lowering, beyond, date, quotient};
use crate::emit::program::{Choice, Linear, Money, Operation, Pipeline, Step, Variable};
use crate::plan::linear::{self, Unfit, reading};
use crate::plan::{self, Amount, FactKind};
use anlan_lang::diag::{Finding, codes};
use anlan_lang::tree::RoundMode;
use num_integer::Integer;

/// A value in a pipeline stays below this, so that 128 bits hold twice it.
const MAX_VALUE: i128 = 1_000_000_000_000_000_000_000_000_000_000_000_000;
/// The largest quantity: 10^15 分, or the total premium, or a decision's value
const MAX_QUANTITY: i128 = 10_000_000_000_000_000;

/// An alternative before it is brought to the common denominator.
enum Raw {
    Unlimited,
    Linear {
        form: linear::Linear,
        variable: Option<Variable>,
        rule: &'static str,
    },
    Dated(Vec<(Option<i64>, Raw)>),
    Decided {
        decision: usize,
        then: Box<Raw>,
        otherwise: Box<Raw>,
    },
}

impl Lowering<'_> {
    pub fn money(&self, amount: &Amount) -> Result<Money, Finding> {
        let raw = self.raw(amount)?;
        let mut denominator = 1;
        common(&raw, &mut denominator)?;
        Ok(Money {
            denominator,
            choice: scaled(raw, denominator)?,
        })
    }

    fn raw(&self, amount: &Amount) -> Result<Raw, Finding> {
        match amount {
            Amount::Unlimited => Ok(Raw::Unlimited),
            Amount::Dated(values) => {
                let entry = |(from, value): &(Option<_>, Amount)| Ok((from.map(date), self.raw(value)?));
                Ok(Raw::Dated(values.iter().map(entry).collect::<Result<_, Finding>>()?))
            }
            Amount::Decided {
                decision,
                then,
                otherwise,
            } => Ok(Raw::Decided {
                decision: decision.index(),
                then: Box::new(self.raw(then)?),
                otherwise: Box::new(self.raw(otherwise)?),
            }),
            _ => match outermost(amount) {
                Some(chosen) => self.raw(&chosen),
                None => self.linear(amount),
            },
        }
    }

    fn linear(&self, amount: &Amount) -> Result<Raw, Finding> {
        let form = match reading(linear::Known::of(self.plan), amount) {
            Ok(form) => form,
            Err(Unfit::Unlimited) => return Ok(Raw::Unlimited),
            Err(Unfit::Unset(parameter)) => {
                let name = self
                    .plan
                    .parameters
                    .get(parameter.index())
                    .map_or("", |p| p.id.as_str());
                return Err(Finding::new(codes::V040, None).arg("names", vec![name.to_owned()]));
            }
            Err(_) => return Err(beyond()),
        };
        let rule = match amount {
            Amount::Fact(_) => "fact",
            Amount::PerUnit { .. } => "per-unit",
            Amount::Scaled { .. } => "scaled",
            _ => "amount",
        };
        let (form, variable) = self.variable(form)?;
        Ok(Raw::Linear { form, variable, rule })
    }

    /// Numbers on a grid are counted in steps, so the slope takes the precision in.
    fn variable(&self, form: linear::Linear) -> Result<(linear::Linear, Option<Variable>), Finding> {
        let (fact, at_most) = match form.variable {
            None => return Ok((form, None)),
            Some(linear::Variable::Premium) => return Ok((form, Some(Variable::Premium))),
            Some(linear::Variable::Decision(d)) => return Ok((form, Some(Variable::Decision(d.index())))),
            Some(linear::Variable::Money(fact)) => (fact, None),
            Some(linear::Variable::Count { fact, at_most }) => (fact, at_most),
        };
        let position = self.fact(fact).ok_or_else(beyond)?;
        let mut form = form;
        if let Some(FactKind::Number { precision, .. }) = self.plan.facts.get(fact.index()).map(|f| &f.kind) {
            let q = precision.denominator();
            form.a = form.a.checked_mul(precision.numerator()).ok_or_else(beyond)?;
            form.b = form.b.checked_mul(q).ok_or_else(beyond)?;
            form.d = form.d.checked_mul(q).ok_or_else(beyond)?;
            if let Some(most) = at_most {
                let steps = i128::from(most).checked_mul(q).ok_or_else(beyond)?;
                if steps % precision.numerator() != 0 {
                    return Err(beyond());
                }
                let steps = i64::try_from(steps / precision.numerator()).map_err(|_| beyond())?;
                return Ok((form, Some(Variable::AtMost(position, steps))));
            }
        }
        Ok((
            form,
            Some(at_most.map_or(Variable::Fact(position), |most| Variable::AtMost(position, most))),
        ))
    }

    pub fn pipeline(&self, pipeline: &plan::Pipeline) -> Result<Pipeline, Finding> {
        let start = self.money(&pipeline.start)?;
        let (mut denominator, mut most) = (start.denominator, largest(&start.choice)?);
        let mut steps = Vec::new();
        for step in &pipeline.steps {
            let operation = self.step(&step.operation, &mut denominator, &mut most)?;
            if most > MAX_VALUE || denominator > MAX_VALUE {
                return Err(beyond());
            }
            steps.push(Step {
                operation,
                denominator,
                articles: step.articles.clone(),
            });
        }
        Ok(Pipeline {
            nil: self.is_nil(&pipeline.start),
            start,
            steps,
            denominator,
            articles: pipeline.articles.clone(),
        })
    }

    fn step(&self, operation: &plan::Operation, d: &mut i128, most: &mut i128) -> Result<Operation, Finding> {
        Ok(match operation {
            plan::Operation::Less(amount) => {
                let (scale, amount) = self.beside(amount, d, most)?;
                Operation::Less { scale, amount }
            }
            plan::Operation::UpTo(amount) => {
                let (scale, amount) = self.beside(amount, d, most)?;
                Operation::UpTo { scale, amount }
            }
            plan::Operation::AtLeast(amount) => {
                let (scale, amount) = self.beside(amount, d, most)?;
                *most = (*most).max(largest(&amount.choice)?);
                Operation::AtLeast { scale, amount }
            }
            plan::Operation::Share(ratio) => {
                let ratio = linear::Known::of(self.plan).ratio(ratio).map_err(|_| beyond())?;
                let product = d.checked_mul(ratio.denominator()).ok_or_else(beyond)?;
                let gcd = product.gcd(&ratio.numerator()).max(1);
                let factor = ratio.numerator() / gcd;
                *d = product / gcd;
                *most = most.checked_mul(factor.max(1)).ok_or_else(beyond)?;
                Operation::Share {
                    factor,
                    ratio: quotient(ratio),
                }
            }
            plan::Operation::Round { unit, mode } => {
                *most = *most / *d + i128::from(unit.0);
                *d = 1;
                Operation::Round {
                    unit: unit.0.max(1),
                    mode: match mode {
                        RoundMode::HalfUp => "half_up",
                        RoundMode::Down => "down",
                        RoundMode::Up => "up",
                    },
                }
            }
        })
    }

    /// An amount over the denominator that it shares with the value so far, and what the value is multiplied by.
    fn beside(&self, amount: &Amount, d: &mut i128, most: &mut i128) -> Result<(i128, Money), Finding> {
        let raw = self.raw(amount)?;
        let before = *d;
        common(&raw, d)?;
        let scale = *d / before;
        *most = most.checked_mul(scale).ok_or_else(beyond)?;
        Ok((
            scale,
            Money {
                denominator: *d,
                choice: scaled(raw, *d)?,
            },
        ))
    }

    fn is_nil(&self, amount: &Amount) -> bool {
        let known = linear::Known::of(self.plan);
        match amount {
            Amount::Fixed(fen) => fen.0 == 0,
            Amount::Scaled { ratio, of } => known.ratio(ratio).is_ok_and(|r| r.numerator() == 0) || self.is_nil(of),
            Amount::PerUnit { rate, .. } => self.is_nil(rate),
            Amount::Sum(parts) => parts.iter().all(|part| self.is_nil(part)),
            _ => false,
        }
    }
}

/// The amount with its first inner choice moved outside; `None` where nothing inside is chosen.
fn outermost(amount: &Amount) -> Option<Amount> {
    match amount {
        Amount::Scaled { ratio, of } => moved(of, |of| Amount::Scaled {
            ratio: ratio.clone(),
            of: Box::new(of),
        }),
        Amount::PerUnit { rate, count, units } => moved(rate, |rate| Amount::PerUnit {
            rate: Box::new(rate),
            count: *count,
            units: units.clone(),
        }),
        Amount::Sum(parts) => parts.iter().enumerate().find_map(|(i, part)| {
            moved(part, |part| {
                let mut parts = parts.clone();
                if let Some(slot) = parts.get_mut(i) {
                    *slot = part;
                }
                Amount::Sum(parts)
            })
        }),
        _ => None,
    }
}

fn moved(inner: &Amount, around: impl Fn(Amount) -> Amount) -> Option<Amount> {
    match inner {
        Amount::Dated(values) => Some(Amount::Dated(
            values
                .iter()
                .map(|(from, value)| (*from, around(value.clone())))
                .collect(),
        )),
        Amount::Decided {
            decision,
            then,
            otherwise,
        } => Some(Amount::Decided {
            decision: *decision,
            then: Box::new(around((**then).clone())),
            otherwise: Box::new(around((**otherwise).clone())),
        }),
        other => outermost(other).map(around),
    }
}

fn common(raw: &Raw, denominator: &mut i128) -> Result<(), Finding> {
    match raw {
        Raw::Unlimited => Ok(()),
        Raw::Linear { form, .. } => {
            let gcd = denominator.gcd(&form.d);
            *denominator = denominator
                .checked_mul(form.d / gcd)
                .filter(|d| *d <= MAX_VALUE)
                .ok_or_else(beyond)?;
            Ok(())
        }
        Raw::Dated(values) => values.iter().try_for_each(|(_, value)| common(value, denominator)),
        Raw::Decided { then, otherwise, .. } => common(then, denominator).and_then(|()| common(otherwise, denominator)),
    }
}

fn scaled(raw: Raw, denominator: i128) -> Result<Choice, Finding> {
    Ok(match raw {
        Raw::Unlimited => Choice::Unlimited,
        Raw::Linear { form, variable, rule } => {
            let factor = denominator / form.d;
            Choice::Linear(Linear {
                a: form.a.checked_mul(factor).ok_or_else(beyond)?,
                x: variable,
                b: form.b.checked_mul(factor).ok_or_else(beyond)?,
                rule,
            })
        }
        // One amount from the beginning is no choice.
        Raw::Dated(mut values) if values.len() == 1 && values.first().is_some_and(|(from, _)| from.is_none()) => {
            scaled(values.remove(0).1, denominator)?
        }
        Raw::Dated(values) => {
            let entry = |(from, value)| Ok((from, scaled(value, denominator)?));
            Choice::Dated(values.into_iter().map(entry).collect::<Result<_, Finding>>()?)
        }
        Raw::Decided {
            decision,
            then,
            otherwise,
        } => Choice::Decided {
            decision,
            then: Box::new(scaled(*then, denominator)?),
            otherwise: Box::new(scaled(*otherwise, denominator)?),
        },
    })
}

/// The largest numerator that a choice can give.
fn largest(choice: &Choice) -> Result<i128, Finding> {
    match choice {
        Choice::Unlimited => Ok(0),
        Choice::Linear(form) => {
            let varying = match form.x {
                Some(_) => form.a.checked_mul(MAX_QUANTITY).ok_or_else(beyond)?,
                None => 0,
            };
            varying
                .checked_add(form.b)
                .filter(|v| *v <= MAX_VALUE)
                .ok_or_else(beyond)
        }
        Choice::Dated(values) => values
            .iter()
            .try_fold(0, |most, (_, value)| Ok(most.max(largest(value)?))),
        Choice::Decided { then, otherwise, .. } => Ok(largest(then)?.max(largest(otherwise)?)),
    }
}
