//! Policies edited token by token: each token deleted, doubled, exchanged with the next, each line deleted and doubled. What
//! `check` says then, and what the plan holds then, against what it said and held before.

use crate::edited::{self, Said};
use anlan_compiler::check;
use anlan_compiler::project::{Project, Settings, Source};
use anlan_lang::diag::FileId;
use anlan_lang::lex::TokenKind;
use anlan_lang::parse::parse;
use serde_json::Value;
use std::ops::Range;

/// What is done to a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A token is left out.
    Left,
    /// A token stands twice.
    Twice,
    /// A token changes places with the next one of its line.
    Exchanged,
    /// A line is left out.
    LineLeft,
    /// A line stands twice.
    LineTwice,
}

/// One edit of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    pub kind: Kind,
    /// The token or line, of two that are exchanged the first
    pub token: String,
    /// Of two that are exchanged the other one
    pub other: String,
    /// From 1
    pub number: usize,
    pub line: String,
    /// The first word of the clause that the line belongs to, outside all braces but those of the scheme
    pub clause: String,
    pub text: String,
}

/// All edits of a text.
pub fn edits(text: &str) -> Vec<Edit> {
    let tokens = parse(text, FileId(0)).tokens;
    let spans: Vec<(Range<usize>, TokenKind)> = tokens
        .iter()
        .map(|token| (token.span.start as usize..token.span.end as usize, token.kind))
        .collect();
    let mut edits = Vec::new();
    let heads = heads(text);
    let mut add = |kind, at: usize, token: &str, other: &str, text_after: String| {
        let number = text[..at].matches('\n').count();
        edits.push(Edit {
            kind,
            token: token.to_owned(),
            other: other.to_owned(),
            number: number + 1,
            line: text.lines().nth(number).unwrap_or_default().trim().to_owned(),
            clause: heads[number].clone(),
            text: text_after,
        });
    };
    for (index, (span, kind)) in spans.iter().enumerate() {
        let token = &text[span.clone()];
        let (before, after) = (&text[..span.start], &text[span.end..]);
        if *kind != TokenKind::Text {
            add(Kind::Left, span.start, token, "", format!("{before}{after}"));
            add(
                Kind::Twice,
                span.start,
                token,
                "",
                format!("{before}{token} {token}{after}"),
            );
        }
        let Some((next, _)) = spans.get(index + 1) else {
            continue;
        };
        let (gap, other) = (&text[span.end..next.start], &text[next.clone()]);
        if !gap.contains('\n') && other != token {
            let rest = &text[next.end..];
            add(
                Kind::Exchanged,
                span.start,
                token,
                other,
                format!("{before}{other}{gap}{token}{rest}"),
            );
        }
    }
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let (before, after) = (&text[..at], &text[at + line.len()..]);
        if !line.trim().is_empty() && !line.trim().starts_with("//") {
            add(Kind::LineLeft, at, line.trim(), "", format!("{before}{after}"));
            add(
                Kind::LineTwice,
                at,
                line.trim(),
                "",
                format!("{before}{line}{line}{after}"),
            );
        }
        at += line.len();
    }
    edits
}

/// Of each line the first word of its clause.
fn heads(text: &str) -> Vec<String> {
    let mut head = String::new();
    let mut heads = Vec::new();
    for line in text.lines() {
        let indent = line.len() - line.trim_start().len();
        let word = line.split_whitespace().next().unwrap_or_default();
        if indent <= 2 && !word.is_empty() && word != "}" {
            head = word.to_owned();
        }
        heads.push(head.clone());
    }
    heads
}

/// What is said of sources, how much they assume, and what their plans hold.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    pub said: Vec<Said>,
    pub assumed: usize,
    pub plans: Vec<Value>,
}

impl State {
    pub fn of(sources: &[Source]) -> Self {
        let settings = Settings {
            without_search: true,
            ..Settings::default()
        };
        let checked = check(&Project::new(sources.to_vec(), settings));
        let findings = checked.findings();
        let units = &checked.compiled.units;
        let plan = |unit: &anlan_compiler::compile::CompiledUnit| {
            let lowered = unit.lowered.as_ref();
            lowered.map_or(Value::Null, |lowered| serde_json::to_value(&lowered.plan).unwrap())
        };
        State {
            said: findings.into_iter().map(|finding| Said::of(sources, finding)).collect(),
            assumed: units.iter().map(|unit| unit.assumptions).sum(),
            plans: units.iter().map(plan).collect(),
        }
    }
    /// `check` prints the same: as many schemes and assumptions, and the findings wherever they stand.
    pub fn says_as(&self, before: &State) -> bool {
        self.assumed == before.assumed
            && self.plans.len() == before.plans.len()
            && self.said.len() == before.said.len()
            && edited::fresh(&before.said, &self.said).is_empty()
    }
}

/// What an edit that nothing is said of changed: the places of the plans that differ, none where they are equal. `None` where
/// something is said.
pub fn silently(sources: &[Source], path: &str, before: &State, edit: &Edit) -> Option<Vec<String>> {
    let parsed = parse(&edit.text, FileId(0));
    if !parsed.findings.is_empty() {
        return None;
    }
    let after = State::of(&edited::with(sources, path, edit.text.clone()));
    if !after.says_as(before) {
        return None;
    }
    let mut places = Vec::new();
    for (a, b) in before.plans.iter().zip(&after.plans) {
        differ(a, b, "", &mut places);
    }
    Some(places)
}

/// Where two values differ.
fn differ(a: &Value, b: &Value, at: &str, places: &mut Vec<String>) {
    match (a, b) {
        (Value::Object(a), Value::Object(b)) => {
            for key in a.keys().chain(b.keys().filter(|key| !a.contains_key(*key))) {
                let (a, b) = (a.get(key).unwrap_or(&Value::Null), b.get(key).unwrap_or(&Value::Null));
                differ(a, b, &format!("{at}/{key}"), places);
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (a, b) in a.iter().zip(b) {
                differ(a, b, at, places);
            }
        }
        _ if a != b && !places.iter().any(|known| known == at) => places.push(at.to_owned()),
        _ => {}
    }
}

/// The sources that an edit of a file can touch.
pub fn sources(path: &str) -> Vec<Source> {
    let mut sources = edited::around(path);
    if !path.starts_with("chongqing/") {
        let folder = path.split('/').next().unwrap_or_default().to_owned();
        sources.retain(|source| source.path.starts_with(&folder) || source.path.starts_with("chongqing/"));
    }
    sources
}
