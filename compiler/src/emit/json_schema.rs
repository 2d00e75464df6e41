//! JSON Schema (draft 2020-12) of the claim record: every column by its id and by its Chinese name.

use super::program::{Fact, Kind, Program};
use super::{File, Input};
use crate::money::MAX_FEN;
use anlan_lang::diag::Finding;
use serde_json::{Map, Value, json};

/// 元 with at most two decimals, to 10¹³; full-width digits and thousands groups are accepted by evaluators, but not sent.
const MONEY: &str = r"^0*([0-9]{1,13}(\.[0-9]{1,2})?|10{13}(\.0{1,2})?)$";
/// What amounts (元) and counts of one fact may come to
const MOST_YUAN: i64 = MAX_FEN / 100;
const MOST_COUNT: i64 = MAX_FEN;
const DATE: &str = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?(\+08:00)?)?$";

pub(super) fn emit(input: &Input<'_>) -> Result<Vec<File>, Finding> {
    let program = input.program;
    let mut properties = Map::new();
    for fact in &program.facts {
        let schema = described(fact, values(program, fact));
        properties.insert(fact.id.clone(), schema.clone());
        if fact.zh != fact.id {
            properties.insert(fact.zh.clone(), schema);
        }
    }
    let either = |fact: &Fact| json!({"oneOf": [{"required": [fact.id]}, {"required": [fact.zh]}]});
    let required = [program.known.claim, program.known.date];
    let required: Vec<Value> = required
        .iter()
        .flatten()
        .filter_map(|f| program.facts.get(*f))
        .map(either)
        .collect();
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": format!("urn:anlan:claim:{}", program.scheme.hash),
        "title": format!("{} / {}", program.scheme.title_zh, program.scheme.title_en),
        "description": "一件赔案：一个平的对象。A claim: one flat object.",
        "type": "object",
        "properties": properties,
        "allOf": required,
        "additionalProperties": false,
    });
    let text = serde_json::to_string_pretty(&schema).map_err(|_| super::lower::beyond())?;
    Ok(vec![File::new("claim.schema.json", text + "\n")])
}

/// A text as a pattern for itself
fn escaped(text: &str) -> String {
    let sign = |c: char| match c.is_ascii_punctuation() {
        true => format!("\\{c}"),
        false => c.to_string(),
    };
    text.chars().map(sign).collect()
}

fn described(fact: &Fact, mut schema: Value) -> Value {
    if let Some(fields) = schema.as_object_mut() {
        fields.insert("title".to_owned(), json!(fact.zh));
        fields.insert("description".to_owned(), json!(fact.en));
    }
    schema
}

fn values(program: &Program, fact: &Fact) -> Value {
    // Of how many decimals a number has a schema cannot speak: validators reckon with floats, and would refuse good amounts.
    let of = |number: Value, pattern: &str| json!({"anyOf": [{"type": "null"}, number, {"type": "string", "pattern": pattern}]});
    let to = |most: i64| json!({"type": "number", "minimum": 0, "maximum": most});
    match &fact.kind {
        Kind::Enumeration { domain, .. } => {
            let values = program.domains.get(*domain).map_or(&[][..], |d| &d.values);
            let mut spellings: Vec<Value> = vec![Value::Null, json!("")];
            for value in values {
                for text in [&value.id, &value.zh, &value.en].into_iter().chain(&value.aliases) {
                    let text = json!(text);
                    if !spellings.contains(&text) {
                        spellings.push(text);
                    }
                }
            }
            json!({"enum": spellings})
        }
        Kind::Money => of(to(MOST_YUAN), &format!("^$|{MONEY}")),
        Kind::Count { part: None } => {
            let whole = json!({"type": "integer", "minimum": 0, "maximum": MOST_COUNT});
            of(whole, r"^[0-9]*(\.0*)?$")
        }
        Kind::Count { .. } => of(to(MOST_COUNT), r"^[0-9]*(\.[0-9]+)?$"),
        Kind::Number { unit, .. } => {
            let unit = escaped(unit);
            of(
                json!({"type": "number"}),
                &format!(r"^$|^-?[0-9]+(\.[0-9]+)?({unit})?$"),
            )
        }
        Kind::Ratio => {
            let number = json!({"type": "number", "minimum": 0});
            of(
                number,
                r"^$|^[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?[%‰]?$|^[0-9]+/0*[1-9][0-9]*$",
            )
        }
        Kind::Date => json!({"type": ["string", "null"], "pattern": format!("^$|{DATE}")}),
        Kind::Text => of(json!({"type": "number"}), r"^[^\x00-\x1f\x7f-\x9f]*$"),
        Kind::YesNo => json!({"enum": [true, false, "是", "否", "yes", "no", "true", "false", "", null]}),
    }
}
