//! The difference as one HTML page, old and new side by side: no script, no network, readable on a phone, prints.

use super::report::Report;
use anlan_lang::texts;
use minijinja::{Environment, context};

const PAGE: &str = include_str!("page.html");

/// Texts that the page itself needs.
const TEXTS: [&str; 14] = [
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
    "diff-regions-more",
];

/// Writes a report.
///
/// # Errors
/// Only if the template cannot be filled, which no report does.
pub fn write(report: &Report) -> Result<String, minijinja::Error> {
    let mut environment = Environment::new();
    // The name's ending turns on the escaping of HTML.
    environment.add_template("page.html", PAGE)?;
    let words: std::collections::BTreeMap<String, String> = TEXTS
        .iter()
        .map(|id| (id.replace('-', "_"), texts::plain(report.language, id)))
        .collect();
    let report = minijinja::Value::from(minijinja::value::Serde(report));
    environment
        .get_template("page.html")?
        .render(context! { report, words })
}
