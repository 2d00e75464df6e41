//! The difference as one HTML page, old and new side by side: no script, no network, readable on a phone, prints.

use super::items::Item;
use super::report::{Report, WitnessRow, say};
use crate::summarise::html::{heading, marked};
use anlan_lang::diag::Arg;
use anlan_lang::texts::{self, Language};
use minijinja::{Environment, context};
use serde::Serialize;

const PAGE: &str = include_str!("page.html");

/// Texts that the page itself needs.
const TEXTS: [&str; 16] = [
    "diff-column-what",
    "diff-column-old",
    "diff-column-new",
    "diff-column-change",
    "diff-renamed-title",
    "diff-findings-title",
    "diff-claims-title",
    "diff-example",
    "diff-not-run",
    "diff-covers",
    "diff-range",
    "diff-absent-side",
    "diff-verdict-title",
    "diff-colon",
    "diff-list-mark",
    "diff-then",
];

/// A claim to run, with what each version pays in 分.
#[derive(Serialize)]
struct Example {
    /// In words
    text: String,
    /// As `eval` takes it
    claim: String,
    old: Option<i64>,
    new: Option<i64>,
}

impl Example {
    fn of(witness: &WitnessRow) -> Self {
        let mut claim = serde_json::to_string(&witness.claim).unwrap_or_default();
        for decided in &witness.decided {
            claim += &format!(" --decide {decided}");
        }
        let [old, new] = witness.benefits.map(|benefit| benefit.map(|fen| fen.0));
        Example {
            text: witness.text.clone(),
            claim,
            old,
            new,
        }
    }
}

/// Writes a report.
///
/// # Errors
/// Only if the template cannot be filled, which no report does.
pub fn write(report: &Report) -> Result<String, minijinja::Error> {
    let mut environment = Environment::new();
    let language = report.language;
    // The name's ending turns on the escaping of HTML; `text` marks the language too.
    environment.add_filter("text", move |text: String| {
        minijinja::Value::from_safe_string(marked(language, &text))
    });
    environment.add_filter("heading", move |text: String| {
        minijinja::Value::from_safe_string(heading(language, &text))
    });
    environment.add_filter("money", move |fen: Option<i64>| match fen {
        Some(fen) => texts::money(language, fen),
        None => texts::plain(language, "diff-not-run"),
    });
    environment.add_filter("more", move |count: i64| {
        say(language, "diff-folded", [("count", Arg::Count(count))])
    });
    environment.add_filter("kinds", move |count: i64| {
        say(language, "diff-these-claims", [("count", Arg::Count(count))])
    });
    environment.add_template("page.html", PAGE)?;
    let words: std::collections::BTreeMap<String, String> = TEXTS
        .iter()
        .map(|id| (id.replace('-', "_"), texts::plain(report.language, id)))
        .collect();
    let sections: Vec<(&str, Vec<&Item>)> = report
        .items
        .chunk_by(|a, b| a.section == b.section)
        .map(|items| {
            (
                items.first().map_or("", |item| &item.section_title),
                items.iter().collect(),
            )
        })
        .collect();
    let examples: Vec<Vec<Option<Example>>> = report
        .groups
        .iter()
        .map(|group| {
            group
                .topics
                .iter()
                .map(|topic| topic.witness.as_ref().map(Example::of))
                .collect()
        })
        .collect();
    let sections = minijinja::Value::from(minijinja::value::Serde(&sections));
    let examples = minijinja::Value::from(minijinja::value::Serde(&examples));
    let lang = match language {
        Language::Zh => "zh-CN",
        Language::En => "en",
    };
    let report = minijinja::Value::from(minijinja::value::Serde(report));
    environment
        .get_template("page.html")?
        .render(context! { report, words, sections, examples, lang })
}
