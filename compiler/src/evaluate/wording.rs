//! Values as texts show them.

use super::evaluator::Evaluator;
use super::model::Value;
use super::text::decimal;
use crate::money::Ratio;
use crate::plan::{FactId, FactKind, ValueId};
use anlan_lang::diag::Arg;

impl Evaluator<'_> {
    /// `损毁等级为Ⅱ`; `damage_grade Ⅱ`
    pub(crate) fn pair(&self, fact: FactId, value: ValueId) -> Arg {
        let declared = self.fact(fact).map(|f| &f.name);
        let value = self
            .domain(fact)
            .and_then(|d| d.values.get(value.index()))
            .map(|v| &v.name);
        match (declared, value) {
            (Some(fact), Some(value)) => Arg::Names {
                zh: format!("{}为{}", fact.zh, value.zh),
                en: format!("{} {}", fact.en, value.en),
            },
            _ => Arg::Text(String::new()),
        }
    }

    /// A value as a text shows it.
    pub(crate) fn worded(&self, fact: FactId, value: &Value) -> Arg {
        match value {
            Value::Enumeration(value) => self.value_names(fact, *value),
            Value::Money(fen) => Arg::Money(fen.0),
            Value::Count(ratio) if ratio.denominator() == 1 => {
                i64::try_from(ratio.numerator()).map_or_else(|_| Arg::Text(ratio.to_string()), Arg::Count)
            }
            Value::Count(ratio) => Arg::Text(ratio.to_string()),
            Value::Ratio(ratio) => Arg::Ratio {
                numerator: ratio.numerator(),
                denominator: ratio.denominator(),
            },
            Value::Number(steps) => self.number_worded(fact, *steps),
            Value::Date(moment) => Arg::Date(moment.day()),
            Value::Text(text) => Arg::Text(text.to_string()),
            Value::YesNo(yes) => Arg::Message(if *yes { "value-yes" } else { "value-no" }),
        }
    }

    fn number_worded(&self, fact: FactId, steps: i64) -> Arg {
        match self.fact(fact).map(|f| &f.kind) {
            Some(FactKind::Number { unit, precision, .. }) => {
                let value = precision.checked_mul(Ratio::integer(steps));
                Arg::Text(value.map_or_else(|| steps.to_string(), decimal) + unit)
            }
            _ => Arg::Count(steps),
        }
    }
}
