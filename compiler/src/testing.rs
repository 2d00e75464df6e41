//! Small helpers for tests that start from source text.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use crate::project::{Project, Settings, Source};
use crate::{Compiled, compile};
use anlan_lang::diag::{Arg, Finding};
use anlan_lang::texts::{Language, word};

/// A project of (path, text).
pub(crate) fn project(files: &[(&str, &str)]) -> Project {
    let sources = files.iter().map(|(path, text)| Source {
        path: (*path).to_owned(),
        text: (*text).to_owned(),
    });
    Project::new(sources.collect(), Settings::default())
}

/// One finding as `N105 洪捞 → 洪涝 (+2)`: code, text at its place, what is near or meant, how many further places.
pub(crate) fn line(project: &Project, finding: &Finding) -> String {
    let at = finding.primary.map_or("", |place| project.text_at(place));
    let mut line = format!(
        "{} {}",
        finding.code.0,
        at.split_whitespace().collect::<Vec<_>>().join(" ")
    );
    for key in ["near", "meant", "import", "others", "kind"] {
        match finding.args.get(key) {
            Some(Arg::Message(id)) => line.push_str(&format!(" → {id}")),
            Some(arg) => line.push_str(&format!(" → {}", word(Language::Zh, arg))),
            None => {}
        }
    }
    if !finding.labels.is_empty() {
        line.push_str(&format!(" (+{})", finding.labels.len()));
    }
    line
}

/// The findings of these families (`NU`), and any syntax finding, in order.
pub(crate) fn findings(families: &str, files: &[(&str, &str)]) -> Vec<String> {
    let project = project(files);
    let compiled: Compiled = compile(&project);
    compiled
        .all_findings()
        .into_iter()
        .filter(|finding| {
            finding
                .code
                .0
                .starts_with(|letter| letter == 'S' || families.contains(letter))
        })
        .map(|finding| line(&project, finding))
        .collect()
}

/// The findings of these families about one scheme, given its clauses.
#[track_caller]
pub(crate) fn check(families: &str, clauses: &str, expect: &[&str]) {
    let text = format!("引用 灾因, 伤残, 损毁等级, 区域\n方案 例 {{\n{clauses}\n}}\n");
    assert_eq!(findings(families, &[("例.anlan", &text)]), expect, "{text}");
}
