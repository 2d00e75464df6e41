//! Policies with a text changed: what `check` says then that it did not say before.

use crate::policies;
use anlan_compiler::check;
use anlan_compiler::project::Source;
use anlan_lang::diag::{Finding, Severity};
use anlan_lang::lines::Lines;
use anlan_lang::texts::{Language, message};
use std::collections::BTreeMap;
use std::fmt;

/// A finding without its spans, so that two runs compare.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Said {
    pub path: String,
    /// From 1; 0 for a finding without a place.
    pub line: usize,
    pub code: &'static str,
    pub severity: Severity,
    pub acknowledged: bool,
    pub message: String,
}

impl Said {
    pub(crate) fn of(sources: &[Source], finding: &Finding) -> Self {
        let place = finding.primary;
        let source = place.and_then(|place| sources.get(place.file.0 as usize));
        let line = place.zip(source).map_or(0, |(place, source)| {
            Lines::new(&source.text).place(&source.text, place.span.start).0
        });
        Said {
            path: source.map(|source| source.path.clone()).unwrap_or_default(),
            line,
            code: finding.code.0,
            severity: finding.severity,
            acknowledged: finding.acknowledged.is_some(),
            message: message(Language::Zh, finding),
        }
    }
    /// Errors, warnings and questions that nobody accepted.
    pub fn stands(&self) -> bool {
        !self.acknowledged && self.severity != Severity::Note
    }
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = if self.acknowledged { " (acknowledged)" } else { "" };
        let Said {
            path,
            line,
            code,
            severity,
            message,
            ..
        } = self;
        write!(f, "{path}:{line}: {code} {severity:?}{mark}: {message}")
    }
}

/// Everything that `check` says of these sources, in its order.
pub fn said(sources: &[Source]) -> Vec<Said> {
    let checked = check(&policies::project(sources.to_vec()));
    let findings = checked.findings();
    findings.into_iter().map(|finding| Said::of(sources, finding)).collect()
}

/// What `after` says and `before` does not; lines may have moved, so they do not count.
pub fn fresh(before: &[Said], after: &[Said]) -> Vec<Said> {
    let key = |said: &Said| (said.code, said.path.clone(), said.message.clone(), said.acknowledged);
    let mut known: BTreeMap<_, usize> = BTreeMap::new();
    for said in before {
        *known.entry(key(said)).or_default() += 1;
    }
    let mut fresh = Vec::new();
    for said in after {
        match known.get_mut(&key(said)) {
            Some(left) if *left > 0 => *left -= 1,
            _ => fresh.push(said.clone()),
        }
    }
    fresh
}

/// The policies that a file of a folder can touch: its own folder, and Chongqing's framework with those under it.
pub fn around(path: &str) -> Vec<Source> {
    let folder = |path: &str| path.split('/').next().unwrap_or_default().to_owned();
    let wanted = folder(path);
    let framework = "chongqing";
    let under = ["yunyang", "qijiang"];
    let beside = |other: &str| {
        other == wanted
            || (under.contains(&wanted.as_str()) && other == framework)
            || (wanted == framework && under.contains(&other))
    };
    let mut sources = policies::sources();
    sources.retain(|source| beside(&folder(&source.path)));
    sources
}

/// The sources with the text of one of them replaced.
pub fn with(sources: &[Source], path: &str, text: String) -> Vec<Source> {
    let mut sources = sources.to_vec();
    let found = sources.iter_mut().find(|source| source.path == path);
    found.unwrap_or_else(|| panic!("no policy {path}")).text = text;
    sources
}
