//! Amounts and benefit pipelines, exactly (SEMANTICS §2).

use super::decisions::not_taken;
use super::evaluator::{Context, Evaluator, Stop};
use super::exact::{Exact, from_fen, from_ratio, less, round_to, to_fen};
use super::model::{Refusal, TraceStep, Value, Wording};
use crate::money::{Fen, Ratio};
use crate::plan::{
    Amount, BenefitKind, Count, DecisionId, FactId, FactKind, FundId, Operation, ParameterValue, Pipeline, RatioValue,
};
use anlan_lang::diag::{Arg, codes};
use anlan_lang::tree::RoundMode;
use num_traits::Zero;

/// What overflow refuses (SEMANTICS §5).
pub(crate) fn overflow() -> Stop {
    Refusal::new(codes::V044).into()
}

impl Evaluator<'_> {
    /// The amount in 分; `None` is unlimited.
    pub(crate) fn amount(&self, context: &dyn Context, amount: &Amount) -> Result<Option<Exact>, Stop> {
        Ok(match amount {
            Amount::Unlimited => None,
            Amount::Fixed(fen) => Some(from_fen(*fen)),
            Amount::Parameter { parameter, value } => Some(number(self.parameter(*parameter, *value)?)?),
            Amount::Fact(fact) => Some(self.quantity(context, *fact)?),
            Amount::PerUnit { rate, count, units } => {
                let counted = self.units(context, *count, units.as_ref())?;
                self.amount(context, rate)?.map(|rate| rate * counted)
            }
            Amount::Scaled { ratio, of } => {
                let ratio = self.ratio(ratio)?;
                self.amount(context, of)?.map(|of| of * ratio)
            }
            Amount::Sum(parts) => {
                let mut sum = Exact::zero();
                for part in parts {
                    let Some(part) = self.amount(context, part)? else {
                        return Ok(None);
                    };
                    sum += part;
                }
                Some(sum)
            }
            Amount::Dated(_) | Amount::Decided { .. } => match self.chosen(context, amount)? {
                Some(chosen) => self.amount(context, chosen)?,
                None => return Err(Refusal::new(codes::V044).into()),
            },
            Amount::Premium => Some(self.premium().cloned().ok_or_else(|| Refusal::new(codes::V041))?),
            Amount::Balance(fund) => Some(self.balance(*fund)?),
            Amount::DecisionValue(decision) => Some(self.decision_value(context, *decision)?),
        })
    }

    /// The amount that date or decision select; the amount itself where nothing is to select.
    fn chosen<'p>(&self, context: &dyn Context, amount: &'p Amount) -> Result<Option<&'p Amount>, Stop> {
        Ok(match amount {
            Amount::Dated(values) => {
                let day = if values.len() > 1 { Some(context.day()?) } else { None };
                let holds = |from: &Option<_>| from.is_none_or(|from| day.is_some_and(|day| day >= from));
                values
                    .iter()
                    .rev()
                    .find(|(from, _)| holds(from))
                    .map(|(_, value)| value)
            }
            Amount::Decided {
                decision,
                then,
                otherwise,
            } => Some(if self.taken(*decision, context)?.is_some() {
                then
            } else {
                otherwise
            }),
            other => Some(other),
        })
    }

    /// A fact as a number: 分, units, the value of a grid number, or a ratio.
    fn quantity(&self, context: &dyn Context, fact: FactId) -> Result<Exact, Stop> {
        let precision = match self.fact(fact).map(|f| &f.kind) {
            Some(FactKind::Number { precision, .. }) => *precision,
            _ => Ratio::ONE,
        };
        match context.value(fact)? {
            Value::Money(fen) => Ok(from_fen(*fen)),
            Value::Count(ratio) | Value::Ratio(ratio) => Ok(from_ratio(*ratio)),
            Value::Number(steps) => Ok(from_fen(Fen(*steps)) * from_ratio(precision)),
            _ => Err(Stop::missing(fact)),
        }
    }

    fn units(&self, context: &dyn Context, count: FactId, most: Option<&Count>) -> Result<Exact, Stop> {
        let counted = self.quantity(context, count)?;
        let most = match most {
            None => return Ok(counted),
            Some(Count::Exact(most)) => from_fen(Fen(*most)),
            Some(Count::Parameter(parameter)) => number(self.parameter(*parameter, None)?)?,
        };
        Ok(counted.min(most))
    }

    pub(crate) fn ratio(&self, ratio: &RatioValue) -> Result<Exact, Stop> {
        match ratio {
            RatioValue::Exact(ratio) => Ok(from_ratio(*ratio)),
            RatioValue::Parameter { parameter, value } => number(self.parameter(*parameter, *value)?),
        }
    }

    fn balance(&self, fund: FundId) -> Result<Exact, Stop> {
        let fund = self.plan.funds.get(fund.index());
        let balance = fund.and_then(|f| f.balance).map(from_fen);
        let id = || fund.map_or_else(String::new, |f| f.id.clone());
        balance.ok_or_else(|| Refusal::new(codes::V046).arg("names", vec![id()]).into())
    }

    fn decision_value(&self, context: &dyn Context, decision: DecisionId) -> Result<Exact, Stop> {
        match self.taken(decision, context)?.and_then(|taken| taken.value.as_ref()) {
            Some(value) => number(value),
            None => Err(not_taken(self.plan, decision).into()),
        }
    }

    /// Runs a pipeline: start, then steps left to right, rounded to 分 once at the end.
    pub(crate) fn pipeline(
        &self,
        context: &dyn Context,
        pipeline: &Pipeline,
        kind: BenefitKind,
        trace: &mut Trace,
    ) -> Result<Fen, Stop> {
        let mut value = self.amount(context, &pipeline.start)?.ok_or_else(overflow)?;
        trace.add(&value, &pipeline.articles, || {
            self.start_rule(context, &pipeline.start, kind, &value)
        })?;
        for step in &pipeline.steps {
            let (next, operand) = self.step(context, &step.operation, &value)?;
            trace.add(&next, &step.articles, || step_rule(&step.operation, operand.as_ref()))?;
            value = next;
        }
        to_fen(&value).ok_or_else(overflow)
    }

    /// The value after a step, and the amount or ratio that the step reads (`None`: unlimited, or none).
    fn step(
        &self,
        context: &dyn Context,
        operation: &Operation,
        value: &Exact,
    ) -> Result<(Exact, Option<Exact>), Stop> {
        Ok(match operation {
            Operation::Less(amount) => {
                let amount = self.amount(context, amount)?.ok_or_else(overflow)?;
                (less(value, &amount), Some(amount))
            }
            Operation::UpTo(amount) => match self.amount(context, amount)? {
                Some(most) => (value.min(&most).clone(), Some(most)),
                None => (value.clone(), None),
            },
            Operation::AtLeast(amount) => {
                let least = self.amount(context, amount)?.ok_or_else(overflow)?;
                (value.max(&least).clone(), Some(least))
            }
            Operation::Share(ratio) => {
                let ratio = self.ratio(ratio)?;
                (value * &ratio, Some(ratio))
            }
            Operation::Round { unit, mode } => (round_to(value, *unit, *mode), None),
        })
    }

    /// How the amount at the start came about.
    fn start_rule(
        &self,
        context: &dyn Context,
        start: &Amount,
        kind: BenefitKind,
        value: &Exact,
    ) -> Result<Wording, Stop> {
        let money = shown(value)?;
        Ok(match start {
            Amount::Fact(fact) => {
                let id = if kind == BenefitKind::Fixed {
                    "step-fact"
                } else {
                    "step-actual"
                };
                Wording::new(id)
                    .arg("field", self.fact_names(*fact))
                    .arg("amount", money)
            }
            Amount::PerUnit { rate, count, units } => {
                let rate = self.amount(context, rate)?.ok_or_else(overflow)?;
                Wording::new("step-per-unit")
                    .arg("rate", shown(&rate)?)
                    .arg("field", self.fact_names(*count))
                    .arg("count", shown_number(&self.units(context, *count, units.as_ref())?))
            }
            Amount::Scaled { ratio, of } => {
                let of = self.amount(context, of)?.ok_or_else(overflow)?;
                Wording::new("step-scaled")
                    .arg("ratio", shown_ratio(&self.ratio(ratio)?))
                    .arg("amount", shown(&of)?)
            }
            Amount::Dated(_) | Amount::Decided { .. } => match self.chosen(context, start)? {
                Some(chosen) => return self.start_rule(context, chosen, kind, value),
                None => return Err(overflow()),
            },
            _ => match kind {
                BenefitKind::Fixed => Wording::new("step-fixed").arg("amount", money),
                _ => Wording::new("step-amount").arg("amount", money),
            },
        })
    }
}

/// How one step is worded.
fn step_rule(operation: &Operation, operand: Option<&Exact>) -> Result<Wording, Stop> {
    let with_amount = |id| match operand {
        Some(amount) => Ok(Wording::new(id).arg("amount", shown(amount)?)),
        None => Ok(Wording::new("step-unlimited")),
    };
    match operation {
        Operation::Less(_) => with_amount("step-less"),
        Operation::UpTo(_) => with_amount("step-up-to"),
        Operation::AtLeast(_) => with_amount("step-at-least"),
        Operation::Share(_) => Ok(Wording::new("step-share").arg("ratio", operand.map_or(Arg::Count(1), shown_ratio))),
        Operation::Round { unit, mode } => {
            let id = match mode {
                RoundMode::HalfUp => "step-round-half-up",
                RoundMode::Down => "step-round-down",
                RoundMode::Up => "step-round-up",
            };
            Ok(Wording::new(id).arg("unit", Arg::Money(unit.0)))
        }
    }
}

/// The steps of one line, or nothing where nobody reads them (a batch).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tracing {
    On,
    Off,
}

/// Collects the steps of one line.
pub(crate) struct Trace {
    tracing: Tracing,
    pub steps: Vec<TraceStep>,
}

impl Trace {
    pub(crate) fn new(tracing: Tracing) -> Self {
        Trace {
            tracing,
            steps: Vec::new(),
        }
    }
    pub(crate) fn add(
        &mut self,
        value: &Exact,
        articles: &[String],
        rule: impl FnOnce() -> Result<Wording, Stop>,
    ) -> Result<(), Stop> {
        if self.tracing == Tracing::On {
            let amount = to_fen(value).ok_or_else(overflow)?;
            self.steps.push(TraceStep {
                rule: rule()?,
                amount,
                articles: articles.to_vec(),
            });
        }
        Ok(())
    }
}

/// A parameter's or decision's value as a number.
fn number(value: &ParameterValue) -> Result<Exact, Stop> {
    match value {
        ParameterValue::Money(fen) => Ok(from_fen(*fen)),
        ParameterValue::Ratio(ratio) => Ok(from_ratio(*ratio)),
        ParameterValue::Count(count) => Ok(from_fen(Fen(*count))),
        // Lowering gives amounts no dates.
        ParameterValue::Date(_) => Err(overflow()),
    }
}

/// An amount for a text, rounded to 分.
pub(crate) fn shown(value: &Exact) -> Result<Arg, Stop> {
    to_fen(value).map(|fen| Arg::Money(fen.0)).ok_or_else(overflow)
}

fn shown_ratio(value: &Exact) -> Arg {
    use num_traits::ToPrimitive;
    match (value.numer().to_i128(), value.denom().to_i128()) {
        (Some(numerator), Some(denominator)) => Arg::Ratio { numerator, denominator },
        _ => Arg::Text(value.to_string()),
    }
}

/// A count: whole, or with its exact decimals or fraction.
fn shown_number(value: &Exact) -> Arg {
    use num_traits::ToPrimitive;
    match value.is_integer().then(|| value.to_integer().to_i64()).flatten() {
        Some(whole) => Arg::Count(whole),
        None => Arg::Text(value.to_string()),
    }
}
