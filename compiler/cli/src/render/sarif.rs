//! `--format sarif`: SARIF 2.1.0, as code hosts and editors read it.

use super::place::{Lines, Position};
use super::{Shown, severity_id};
use anlan_lang::diag::{Finding, Severity};
use anlan_lang::texts::{self, Language};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// A log with one run. Acknowledged findings are results that are suppressed in the source.
pub fn log(lang: Language, shown: &[Shown]) -> Value {
    let mut results = Vec::new();
    for shown in shown {
        let lines = Lines::new(shown.loaded);
        results.extend(shown.findings.iter().map(|finding| result(lang, &lines, finding)));
    }
    let codes: BTreeSet<&str> = shown
        .iter()
        .flat_map(|s| s.findings)
        .map(|finding| finding.code.0)
        .collect();
    let rules: Vec<Value> = codes.into_iter().map(|code| json!({ "id": code })).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "anlan", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn result(lang: Language, lines: &Lines, finding: &Finding) -> Value {
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning | Severity::Question => "warning",
        Severity::Note => "note",
    };
    let mut message = texts::message(lang, finding);
    if let Some(help) = texts::help(lang, finding) {
        message = format!("{message}\n{help}");
    }
    let mut result = json!({
        "ruleId": finding.code.0,
        "level": level,
        "message": { "text": message },
        "properties": { "severity": severity_id(finding.severity), "articles": finding.articles },
    });
    let primary = finding.primary.and_then(|place| lines.position(place));
    let primary = primary.map(|position| location(&position, &texts::primary_label(lang, finding)));
    let related: Vec<Value> = finding
        .labels
        .iter()
        .filter_map(|label| {
            Some(location(
                &lines.position(label.place)?,
                &texts::label(lang, finding, label),
            ))
        })
        .collect();
    if let Some(fields) = result.as_object_mut() {
        fields.insert("locations".into(), primary.into_iter().collect());
        if !related.is_empty() {
            fields.insert("relatedLocations".into(), related.into());
        }
        if let Some(fix) = fix(lang, lines, finding) {
            fields.insert("fixes".into(), json!([fix]));
        }
        if let Some(reason) = &finding.acknowledged {
            let suppression = json!([{ "kind": "inSource", "justification": reason }]);
            fields.insert("suppressions".into(), suppression);
        }
    }
    result
}

/// The change that mends the finding, as editors apply it (SARIF §3.55).
fn fix(lang: Language, lines: &Lines, finding: &Finding) -> Option<Value> {
    let fix = finding.fix.as_ref()?;
    let position = lines.position(fix.place)?;
    Some(json!({
        "description": { "text": super::fix::worded(lang, lines, fix)? },
        "artifactChanges": [{
            "artifactLocation": { "uri": uri(&position.file) },
            "replacements": [{
                "deletedRegion": region(&position),
                "insertedContent": { "text": fix.replacement },
            }],
        }],
    }))
}

fn region(position: &Position) -> Value {
    json!({
        "startLine": position.line,
        "startColumn": position.column,
        "endLine": position.end_line,
        "endColumn": position.end_column,
    })
}

fn location(position: &Position, message: &str) -> Value {
    let mut location = json!({
        "physicalLocation": {
            "artifactLocation": { "uri": uri(&position.file) },
            "region": region(position),
        },
    });
    if let (false, Some(fields)) = (message.is_empty(), location.as_object_mut()) {
        fields.insert("message".into(), json!({ "text": message }));
    }
    location
}

/// A relative reference (RFC 3986): everything but unreserved characters and `/` in percent form.
fn uri(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => text.push(char::from(byte)),
            other => text.push_str(&format!("%{other:02X}")),
        }
    }
    text
}
