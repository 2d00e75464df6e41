//! Which part of a condition failed. It only words what the diagrams have decided.

use super::reason;
use crate::evaluate::evaluator::{Evaluator, Stop, days, is_within};
use crate::evaluate::model::{Reason, Record, Value, Wording};
use crate::money::Ratio;
use crate::plan::{ConditionWords, Cover, FactId, FactKind, FactRole, ParameterValue, TreatAs, ValueId};
use anlan_lang::diag::Arg;
use anlan_lang::tree::Compare;

impl Evaluator<'_> {
    pub(super) fn condition_reason(&self, record: &Record, cover: &Cover) -> Result<Reason, Stop> {
        let mut failed = Vec::new();
        if let Some(words) = &cover.condition_words {
            self.failed(record, words, &mut failed)?;
        }
        let mut failed = failed.into_iter();
        let (text, fact) = failed.next().unwrap_or((Wording::new("reason-condition"), None));
        let mut reason = reason("condition", text.arg("cover", &cover.name), &cover.source.articles);
        reason
            .also
            .extend(failed.map(|(text, _)| text.arg("cover", &cover.name)));
        reason.also.extend(fact.and_then(|fact| self.treated(record, fact)));
        Ok(reason)
    }

    /// `无责任人视同无法找到`, where the value that failed is treated as another.
    fn treated(&self, record: &Record, fact: FactId) -> Option<Wording> {
        let value = self.enumeration(record, fact)?;
        let rule = self
            .plan
            .statement
            .treat_as
            .iter()
            .find(|t| t.fact == fact && t.value == value)?;
        Some(
            Wording::new("reason-treated-as")
                .arg("value", self.value_names(fact, value))
                .arg("as", self.value_names(fact, rule.as_value)),
        )
    }

    /// The parts of a condition that do not hold: of `and` the first, of `or` all.
    fn failed(
        &self,
        record: &Record,
        words: &ConditionWords,
        failed: &mut Vec<(Wording, Option<FactId>)>,
    ) -> Result<(), Stop> {
        match words {
            ConditionWords::All(parts) => {
                for part in parts {
                    if !self.met(record, part)? {
                        return self.failed(record, part, failed);
                    }
                }
            }
            ConditionWords::Any(parts) => {
                for part in parts {
                    self.failed(record, part, failed)?;
                }
            }
            ConditionWords::Is {
                fact, negated, values, ..
            } => {
                let id = if *negated {
                    "reason-condition-is-not"
                } else {
                    "reason-condition-is"
                };
                let value = self.enumeration(record, *fact).map(|v| self.value_names(*fact, v));
                let allowed = Arg::List(values.iter().map(|v| self.value_names(*fact, *v)).collect());
                let text = Wording::new(id).arg("values", allowed);
                failed.push((self.about(text, *fact, value), Some(*fact)));
            }
            ConditionWords::Compare { fact, compare, value } => {
                let given = self.raw(record, *fact).map(|v| self.worded(*fact, v));
                let text = Wording::new(compared(*compare)).arg("bound", parameter(value));
                failed.push((self.about(text, *fact, given), Some(*fact)));
            }
            ConditionWords::Yes { fact } => {
                failed.push((
                    Wording::new("reason-condition-yes").arg("field", self.fact_names(*fact)),
                    None,
                ));
            }
            ConditionWords::Decided { decision } => {
                let name = self.plan.decisions.get(decision.index()).map_or("", |d| d.id.as_str());
                failed.push((Wording::new("reason-condition-decided").arg("name", name), None));
            }
            ConditionWords::Not(_) => failed.push((Wording::new("reason-condition"), None)),
        }
        Ok(())
    }

    fn about(&self, text: Wording, fact: FactId, value: Option<Arg>) -> Wording {
        text.arg("field", self.fact_names(fact))
            .arg("value", value.unwrap_or(Arg::Message("value-blank")))
    }

    /// Whether a condition as worded holds; only for telling which part failed.
    fn met(&self, record: &Record, words: &ConditionWords) -> Result<bool, Stop> {
        Ok(match words {
            ConditionWords::All(parts) => {
                for part in parts {
                    if !self.met(record, part)? {
                        return Ok(false);
                    }
                }
                true
            }
            ConditionWords::Any(parts) => {
                for part in parts {
                    if self.met(record, part)? {
                        return Ok(true);
                    }
                }
                false
            }
            ConditionWords::Not(part) => !self.met(record, part)?,
            ConditionWords::Is {
                fact, negated, values, ..
            } => {
                self.enumeration(record, *fact)
                    .is_some_and(|v| self.among(*fact, v, values))
                    != *negated
            }
            ConditionWords::Compare { fact, compare, value } => self
                .raw(record, *fact)
                .is_some_and(|given| holds(given, self.precision(*fact), *compare, value)),
            ConditionWords::Yes { fact } => self.yes(record, *fact),
            ConditionWords::Decided { decision } => match self.taken(*decision, &self.of(record)) {
                Ok(taken) => taken.is_some(),
                Err(Stop::Missing(_)) => false,
                Err(stop) => return Err(stop),
            },
        })
    }

    /// What one step of a number fact is in its unit.
    fn precision(&self, fact: FactId) -> Ratio {
        match self.fact(fact).map(|fact| &fact.kind) {
            Some(FactKind::Number { precision, .. }) => *precision,
            _ => Ratio::ONE,
        }
    }

    /// Whether a condition that names `values` takes this one: below one of them, itself or as what it is treated as.
    fn among(&self, fact: FactId, value: ValueId, values: &[ValueId]) -> bool {
        let treated = |t: &&TreatAs| t.fact == fact && t.value == value;
        let as_value = self.plan.statement.treat_as.iter().find(treated).map(|t| t.as_value);
        let domain = self.domain(fact);
        [Some(value), as_value].into_iter().flatten().any(|value| {
            values
                .iter()
                .any(|above| domain.is_some_and(|d| is_within(d, value, *above)))
        })
    }

    fn yes(&self, record: &Record, fact: FactId) -> bool {
        match self.fact(fact).map(|f| f.role) {
            Some(FactRole::Present(of)) => self.raw(record, of).is_some(),
            _ => matches!(self.raw(record, fact), Some(Value::YesNo(true))),
        }
    }
}

fn compared(compare: Compare) -> &'static str {
    match compare {
        Compare::AtLeast => "reason-condition-at-least",
        Compare::AtMost => "reason-condition-at-most",
        Compare::Over => "reason-condition-over",
        Compare::Under => "reason-condition-under",
        Compare::Equal => "reason-condition-equal",
    }
}

fn parameter(value: &ParameterValue) -> Arg {
    match value {
        ParameterValue::Money(fen) => Arg::Money(fen.0),
        ParameterValue::Ratio(ratio) => Arg::Ratio {
            numerator: ratio.numerator(),
            denominator: ratio.denominator(),
        },
        ParameterValue::Count(count) => Arg::Count(*count),
        ParameterValue::Date(date) => Arg::Date(*date),
    }
}

fn holds(given: &Value, step: Ratio, compare: Compare, bound: &ParameterValue) -> bool {
    let given = match given {
        Value::Money(fen) => Ratio::integer(fen.0),
        Value::Count(ratio) | Value::Ratio(ratio) => *ratio,
        Value::Number(steps) => match Ratio::integer(*steps).checked_mul(step) {
            Some(number) => number,
            None => return false,
        },
        Value::Date(moment) => Ratio::integer(days(moment.day())),
        Value::Enumeration(_) | Value::Text(_) | Value::YesNo(_) => return false,
    };
    let bound = match bound {
        ParameterValue::Money(fen) => Ratio::integer(fen.0),
        ParameterValue::Ratio(ratio) => *ratio,
        ParameterValue::Count(count) => Ratio::integer(*count),
        ParameterValue::Date(date) => Ratio::integer(days(*date)),
    };
    match compare {
        Compare::AtLeast => given >= bound,
        Compare::AtMost => given <= bound,
        Compare::Over => given > bound,
        Compare::Under => given < bound,
        Compare::Equal => given == bound,
    }
}
