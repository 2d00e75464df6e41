//! `docs/claims.md` says the same as the standard library.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use anlan_compiler::stdlib;
use anlan_lang::diag::{Args, FileId, codes};
use anlan_lang::parse::parse;
use anlan_lang::texts::{self, Language};
use anlan_lang::tree::{DomainValue, Item, Name};
use anlan_tests::golden;

const PAGE: &str = "docs/claims.md";

/// Id and Chinese name.
type Pair = (String, String);

/// The first two columns of the table after `<!-- mark -->`, without back-quotes.
fn table(page: &str, mark: &str) -> Vec<Pair> {
    let after = page
        .split_once(&format!("<!-- {mark} -->"))
        .unwrap_or_else(|| panic!("no table {mark}"))
        .1;
    let rows = after
        .trim_start()
        .lines()
        .take_while(|line| line.starts_with('|'))
        .skip(2);
    rows.map(|row| {
        let mut cells = row
            .trim_matches('|')
            .split('|')
            .map(|cell| cell.trim().trim_matches('`').to_owned());
        (cells.next().unwrap(), cells.next().unwrap())
    })
    .collect()
}

/// The page with the rows of the table after `<!-- mark -->` replaced.
fn with_rows(page: &str, mark: &str, rows: &str) -> String {
    let (before, after) = page.split_once(&format!("<!-- {mark} -->\n")).unwrap();
    let mut lines = after.split_inclusive('\n');
    let head: String = lines.by_ref().take(2).collect();
    let rest: String = lines.skip_while(|line| line.starts_with('|')).collect();
    format!("{before}<!-- {mark} -->\n{head}{rows}{rest}")
}

fn library() -> Vec<Item> {
    let items = stdlib::FILES.iter().flat_map(|file| {
        let parsed = parse(file.text, FileId(0));
        assert_eq!(parsed.findings, [], "{}", file.name);
        parsed.tree.items
    });
    items.collect()
}

fn pair(id: &Name, zh: Option<&Name>) -> Pair {
    (id.text.clone(), zh.unwrap_or(id).text.clone())
}

fn values(of: &[DomainValue], all: &mut Vec<Pair>) {
    for value in of {
        all.push(pair(&value.id, value.zh.as_ref()));
        values(&value.children, all);
    }
}

#[test]
fn the_columns_are_the_librarys_facts() {
    let facts = library().into_iter().filter_map(|item| match item {
        Item::Fact(fact) => Some(pair(&fact.id, fact.zh.as_ref())),
        _ => None,
    });
    let page = anlan_tests::read(PAGE);
    assert_eq!(table(&page, "facts"), facts.collect::<Vec<_>>());
}

#[test]
fn the_values_are_the_librarys() {
    let page = anlan_tests::read(PAGE);
    let mut compared = 0;
    for item in library() {
        let Item::Domain(domain) = item else { continue };
        let mark = format!("domain {}", domain.id.text);
        if page.contains(&format!("<!-- {mark} -->")) {
            let mut all = Vec::new();
            values(&domain.values, &mut all);
            assert_eq!(table(&page, &mark), all, "{mark}");
            compared += 1;
        }
    }
    assert_eq!(
        compared,
        page.matches("<!-- domain ").count(),
        "a domain that the library does not have"
    );
}

#[test]
fn every_reason_of_rejection_is_listed() {
    let short = |language, code| texts::attribute(language, code, "short", &Args::new());
    let rows: String = codes::ALL
        .iter()
        .map(|(code, _)| code.0)
        .filter(|code| code.starts_with('V'))
        .filter_map(|code| {
            let (zh, en) = (short(Language::Zh, code)?, short(Language::En, code)?);
            Some(format!("| `{code}` | {zh} | {en} |\n"))
        })
        .collect();
    assert!(rows.lines().count() > 10, "{rows}");
    let page = with_rows(&anlan_tests::read(PAGE), "rejects", &rows);
    golden::check(PAGE, &page);
}
