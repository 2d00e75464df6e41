//! Values of a record as a claims file spells them.

use super::Fields;
use crate::analyse::witness::{spelt, value_name};
use crate::evaluate::{Moment, Record, Value, decimal};
use crate::money::Ratio;
use crate::plan::{Fact, FactRole, Plan};

/// The fields of a record; blanks are left out.
pub(super) fn fields(plan: &Plan, record: &Record) -> Fields {
    let facts = plan.facts.iter().zip(&record.values);
    facts
        .filter(|(fact, _)| fact.role == FactRole::Given)
        .filter_map(|(fact, value)| Some((fact.id.clone(), text(plan, fact, value.as_ref()?)?)))
        .collect()
}

fn text(plan: &Plan, fact: &Fact, value: &Value) -> Option<String> {
    match value {
        Value::Enumeration(value) => value_name(plan, fact, *value),
        Value::Money(fen) => Some(fen.to_string()),
        Value::Count(count) => Some(decimal(*count)),
        Value::Number(steps) => spelt(fact, Ratio::integer(*steps)),
        Value::Ratio(ratio) => Some(format!("{}/{}", ratio.numerator(), ratio.denominator())),
        Value::Date(Moment::Day(day)) => Some(day.to_string()),
        Value::Date(Moment::Time(time)) => Some(time.to_string()),
        Value::Text(text) => Some(text.to_string()),
        Value::YesNo(yes) => Some(if *yes { "yes" } else { "no" }.to_owned()),
    }
}
