//! The explain pages as tests: the wrong example of a page fires exactly its code, the right one nothing.
//!
//! An example of clauses is put into a scheme, and what a scheme must say besides is added unless the example says it:
//! so a page shows only what matters. Options after `anlan` in a fence: `without=年度` keeps a clause from being added,
//! `also=C110` allows another finding.

use super::super::explain::{self, Example, Page};
use super::frame;
use crate::check::check;
use crate::project::{Project, Settings, Source};
use anlan_lang::diag::{Severity, codes};
use std::collections::BTreeSet;

/// Codes that no few lines can show: a file of 4 MB, 64 braces, a slip of the formatter, settings, several files, diagrams
/// beyond their budget, facts that the library always has, what U102 says first.
const WITHOUT_EXAMPLE: &[&str] = &[
    "S009", "S010", "S017", "N131", "N209", "N302", "N303", "N401", "N402", "U304", "C306", "C120",
];
/// The example as a whole file.
pub(super) fn file(example: &Example) -> String {
    frame::file(&example.source, &example.options, explain::is_whole(&example.source))
}

fn option(example: &Example, key: &str) -> Vec<String> {
    frame::option(&example.options, key)
}

/// The codes found in an example, those of notes only where they are the page's own.
fn found(page: &Page, example: &Example) -> (BTreeSet<String>, String) {
    let text = file(example);
    let source = Source {
        path: "例.anlan".to_owned(),
        text: text.clone(),
    };
    let checked = check(&Project::new(vec![source], Settings::default()));
    let also = option(example, "also");
    let found = checked
        .findings()
        .into_iter()
        .filter(|finding| finding.acknowledged.is_none())
        .filter(|finding| finding.severity > Severity::Note || finding.code.0 == page.code)
        .map(|finding| finding.code.0.to_owned())
        .filter(|code| !also.contains(code))
        .collect();
    (found, text)
}

#[test]
fn every_wrong_example_fires_exactly_its_code_and_no_right_one_any() {
    let mut failures = Vec::new();
    for page in explain::all() {
        if page.wrong.source.is_empty() {
            continue;
        }
        let (wrong, text) = found(&page, &page.wrong);
        if wrong != BTreeSet::from([page.code.to_owned()]) {
            failures.push(format!("{} wrong: {wrong:?}\n{text}", page.code));
        }
        let (right, text) = found(&page, &page.right);
        if !right.is_empty() {
            failures.push(format!("{} right: {right:?}\n{text}", page.code));
        }
    }
    assert!(
        failures.is_empty(),
        "{} examples:\n{}",
        failures.len(),
        failures.join("\n")
    );
}

#[test]
fn every_page_is_whole() {
    for page in explain::all() {
        for words in [&page.zh, &page.en] {
            assert!(!words.title.is_empty() && !words.text.is_empty(), "{}", page.code);
        }
        assert_eq!(
            page.wrong.source.is_empty(),
            page.right.source.is_empty(),
            "{}",
            page.code
        );
        assert_eq!(
            page.wrong.session.is_empty(),
            page.right.session.is_empty(),
            "{}",
            page.code
        );
        // Some of what goes wrong with records and files takes a system or a file that no few lines can show.
        if !page.code.starts_with(['V', 'X']) {
            let without = WITHOUT_EXAMPLE.contains(&page.code);
            assert_eq!(without, page.wrong.source.is_empty(), "{}: example", page.code);
        }
    }
}

#[test]
fn every_code_has_a_page_and_every_page_a_code() {
    let pages: Vec<&str> = explain::all().iter().map(|page| page.code).collect();
    let unique: BTreeSet<&str> = pages.iter().copied().collect();
    assert_eq!(pages.len(), unique.len(), "a page stands twice");
    let codes: BTreeSet<&str> = codes::ALL.iter().map(|(code, _)| code.0).collect();
    let missing: Vec<_> = codes.difference(&unique).collect();
    let extra: Vec<_> = unique.difference(&codes).collect();
    assert!(
        missing.is_empty() && extra.is_empty(),
        "no page: {missing:?}; no code: {extra:?}"
    );
}

#[test]
fn every_page_file_is_listed() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/src/analyse");
    let listed: BTreeSet<&str> = explain::all().iter().map(|page| page.code).collect();
    for family in std::fs::read_dir(root).unwrap().flatten().filter(|e| e.path().is_dir()) {
        for entry in std::fs::read_dir(family.path()).unwrap().flatten() {
            let path = entry.path();
            if path.extension().is_some_and(|extension| extension == "md") {
                let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
                assert!(listed.contains(stem.as_str()), "{stem}.md is not listed in explain.rs");
            }
        }
    }
}

#[test]
fn every_rule_reports_registered_codes_and_every_analysis_code_has_a_rule() {
    let ruled: BTreeSet<&str> = super::super::codes().iter().map(|code| code.0).collect();
    let codes: BTreeSet<&str> = codes::ALL.iter().map(|(code, _)| code.0).collect();
    assert!(ruled.is_subset(&codes));
    // Codes 1xx of the analysed families are this module's; the lowering reports the others.
    let analysed =
        |code: &&str| code.starts_with(['L', 'T', 'P', 'C', 'M', 'D', 'F', 'K', 'Q', 'R']) && &code[1..2] == "1";
    let idle: Vec<_> = codes
        .into_iter()
        .filter(analysed)
        .filter(|code| !ruled.contains(code))
        .collect();
    assert!(idle.is_empty(), "no rule reports {idle:?}");
}

/// Where a wrong example's finding has a fix, what it leads to no longer has the finding, nor any error that was not there.
#[test]
fn every_fix_mends() {
    let mut failures = Vec::new();
    let mut fixes = 0;
    for page in explain::all().iter().filter(|page| !page.wrong.source.is_empty()) {
        let text = file(&page.wrong);
        let said = |text: &str| {
            let source = Source {
                path: "例.anlan".to_owned(),
                text: text.to_owned(),
            };
            let checked = check(&Project::new(vec![source], Settings::default()));
            checked.findings().into_iter().cloned().collect::<Vec<_>>()
        };
        let before = said(&text);
        let own = before.iter().find(|finding| finding.code.0 == page.code);
        let Some(fix) = own.and_then(|finding| finding.fix.clone()) else {
            continue;
        };
        fixes += 1;
        let mut mended = text.clone();
        mended.replace_range(fix.place.span.range(), &fix.replacement);
        let count = |found: &[anlan_lang::diag::Finding], wanted: &dyn Fn(&anlan_lang::diag::Finding) -> bool| {
            found.iter().filter(|finding| wanted(finding)).count()
        };
        let after = said(&mended);
        let own = |finding: &anlan_lang::diag::Finding| finding.code.0 == page.code;
        let error = |finding: &anlan_lang::diag::Finding| finding.severity == Severity::Error && !own(finding);
        if count(&after, &own) >= count(&before, &own) || count(&after, &error) > count(&before, &error) {
            let codes: Vec<&str> = after.iter().map(|finding| finding.code.0).collect();
            failures.push(format!("{}: {codes:?}\n{mended}", page.code));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(fixes >= 25, "{fixes} fixes");
}
