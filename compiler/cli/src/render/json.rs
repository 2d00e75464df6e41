//! `--format json`: the data contract of `check`.

use super::place::{Lines, Position};
use super::{Shown, severity_id};
use anlan_lang::diag::Finding;
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
    value.insert("articles".into(), finding.articles.clone().into());
    let witness = finding.witness.as_ref();
    value.insert(
        "witness".into(),
        witness.map_or(Value::Null, |w| json!({ "claims": w.claims, "decided": w.decided })),
    );
    value.insert("acknowledged".into(), finding.acknowledged.clone().into());
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
