//! `--format json`: the data contract of `check`.

use super::place::{Lines, Position};
use super::{Shown, severity_id};
use anlan_compiler::money::Fen;
use anlan_lang::diag::{Finding, Witness};
use anlan_lang::texts::{self, Language};
use serde_json::{Map, Value, json};

/// `{"findings": [{"code", "severity", "message", "file", "line", "column", "labels", "witness", "acknowledged", …}]}`.
/// `file`, `line` and `column` are null where a finding has no place; acknowledged findings carry their reason.
pub fn findings(lang: Language, shown: &[Shown]) -> Value {
    let mut all = Vec::new();
    for shown in shown {
        let lines = Lines::new(shown.loaded);
        all.extend(shown.findings.iter().map(|finding| one(lang, &lines, finding)));
    }
    json!({ "findings": all })
}

fn one(lang: Language, lines: &Lines, finding: &Finding) -> Value {
    let mut value = Map::new();
    value.insert("code".into(), finding.code.0.into());
    value.insert("severity".into(), severity_id(finding.severity).into());
    value.insert("message".into(), texts::message(lang, finding).into());
    place(&mut value, finding.primary.and_then(|place| lines.position(place)));
    let labels = finding.labels.iter().map(|label| {
        let mut value = Map::new();
        value.insert("message".into(), texts::label(lang, finding, label).into());
        place(&mut value, lines.position(label.place));
        Value::Object(value)
    });
    value.insert("labels".into(), labels.collect());
    value.insert("help".into(), texts::help(lang, finding).into());
    value.insert("fix".into(), fix(lines, finding));
    value.insert("articles".into(), finding.articles.clone().into());
    let witness = finding.witness.as_ref();
    value.insert("witness".into(), witness.map_or(Value::Null, witness_value));
    value.insert("acknowledged".into(), finding.acknowledged.clone().into());
    Value::Object(value)
}

/// What to write instead of the text at a place; null where no one change mends the finding.
fn fix(lines: &Lines, finding: &Finding) -> Value {
    let Some((fix, position)) = finding
        .fix
        .as_ref()
        .and_then(|fix| Some((fix, lines.position(fix.place)?)))
    else {
        return Value::Null;
    };
    let mut value = Map::new();
    place(&mut value, Some(position));
    value.insert("replacement".into(), fix.replacement.clone().into());
    Value::Object(value)
}

/// Claims and decisions always; what a contract must set, bases and expected amounts where there are any.
fn witness_value(witness: &Witness) -> Value {
    let mut value = Map::new();
    value.insert("claims".into(), json!(witness.claims));
    value.insert("decided".into(), json!(witness.decided));
    if let Some(times) = witness.times {
        value.insert("times".into(), json!(times));
    }
    if !witness.set.is_empty() {
        value.insert("set".into(), json!(witness.set));
    }
    if !witness.bases.is_empty() {
        let row = |(region, persons, households): &(String, i64, i64)| json!({ "region": region, "persons": persons, "households": households });
        value.insert("bases".into(), witness.bases.iter().map(row).collect());
    }
    if witness.is_settled() {
        value.insert("run".into(), "settle".into());
    }
    for (key, amount) in [("benefit", witness.benefit), ("paid", witness.paid)] {
        if let Some(fen) = amount {
            value.insert(key.into(), Fen(fen).to_string().into());
        }
    }
    Value::Object(value)
}

fn place(value: &mut Map<String, Value>, position: Option<Position>) {
    let position = position.as_ref();
    value.insert("file".into(), position.map(|p| p.file.clone()).into());
    value.insert("line".into(), position.map(|p| p.line).into());
    value.insert("column".into(), position.map(|p| p.column).into());
    value.insert("end_line".into(), position.map(|p| p.end_line).into());
    value.insert("end_column".into(), position.map(|p| p.end_column).into());
}
