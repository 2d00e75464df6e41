//! The pages for people point at things that are there.
#![allow(clippy::unwrap_used, reason = "tests")]

use anlan_tests::{read, workspace};
use std::path::Path;

const PAGES: &[&str] = &[
    "README.md",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "policies/README.md",
    "docs/language.md",
    "docs/keywords.md",
    "docs/findings.md",
    "docs/semantics.md",
    "docs/claims.md",
    "docs/diff.md",
    "docs/tutorial.zh.md",
    "docs/tutorial.en.md",
];

/// The targets of `[…](…)` that are files, without their anchors.
fn links(page: &str) -> Vec<String> {
    let targets = page.split("](").skip(1).filter_map(|rest| rest.split_once(')'));
    targets
        .map(|(target, _)| target.split('#').next().unwrap().to_owned())
        .filter(|target| !target.is_empty() && !target.contains("://"))
        .collect()
}

/// `lang/src/{lex, parse}` is two paths.
fn expanded(path: &str) -> Vec<String> {
    match path
        .split_once('{')
        .and_then(|(head, rest)| Some((head, rest.split_once('}')?)))
    {
        Some((head, (inner, tail))) => inner
            .split(',')
            .map(|part| format!("{head}{}{tail}", part.trim()))
            .collect(),
        None => vec![path.to_owned()],
    }
}

#[test]
fn every_link_leads_to_a_file() {
    let mut dead = Vec::new();
    for page in PAGES {
        let folder = Path::new(page).parent().unwrap();
        for link in links(&read(page)) {
            if !workspace().join(folder).join(&link).exists() {
                dead.push(format!("{page}: {link}"));
            }
        }
    }
    assert_eq!(dead, Vec::<String>::new());
}

#[test]
fn the_architecture_names_paths_that_exist() {
    let page = read("ARCHITECTURE.md");
    let quoted = page.split('`').skip(1).step_by(2);
    let paths = quoted.filter(|text| text.contains('/') && !text.contains(' ') || text.contains(", "));
    let mut missing = Vec::new();
    for path in paths
        .filter(|path| !path.contains('<') && !path.starts_with("./"))
        .flat_map(expanded)
    {
        if !workspace().join(&path).exists() {
            missing.push(path);
        }
    }
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn links_and_braces_are_read() {
    assert_eq!(links("[a](b.md#c) [d](https://e) [f](#g)"), ["b.md"]);
    assert_eq!(expanded("l/{a, b}/c"), ["l/a/c", "l/b/c"]);
}
