//! Slips in the policies, by table: each is found, at its line, and without a cascade.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use anlan_tests::{edited, mutants, policies, read};

pub(crate) const TABLES: &[&str] = &[
    "chongqing",
    "yunyang",
    "qijiang",
    "liaocheng",
    "national-dwelling-earthquake",
];

pub(crate) fn table(name: &str) -> Vec<mutants::Mutant> {
    let path = format!("tests/tests/whole/mutants/{name}.txt");
    mutants::read(&path, &read(&path))
}

#[track_caller]
fn each_is_caught(name: &str) {
    let sources = edited::around(&format!("{name}/"));
    let before = edited::said(&sources);
    let faults: Vec<String> = table(name)
        .iter()
        .filter_map(|mutant| mutant.fault(&sources, &before))
        .collect();
    assert!(
        faults.is_empty(),
        "{name}: {} mutants\n{}",
        faults.len(),
        faults.join("\n")
    );
}

#[test]
fn slips_in_chongqing_are_caught() {
    each_is_caught("chongqing");
}

#[test]
fn slips_in_yunyang_are_caught() {
    each_is_caught("yunyang");
}

#[test]
fn slips_in_qijiang_are_caught() {
    each_is_caught("qijiang");
}

#[test]
fn slips_in_liaocheng_are_caught() {
    each_is_caught("liaocheng");
}

#[test]
fn slips_in_the_national_scheme_are_caught() {
    each_is_caught("national-dwelling-earthquake");
}

#[test]
fn the_corpus_is_large_and_no_slip_stands_twice() {
    let all: Vec<mutants::Mutant> = TABLES.iter().flat_map(|name| table(name)).collect();
    assert!(all.len() >= 170, "{} mutants", all.len());
    let mut slips: Vec<_> = all.iter().map(|m| (&m.file, &m.context, &m.old, &m.new)).collect();
    slips.sort_unstable();
    let count = slips.len();
    slips.dedup();
    assert_eq!(slips.len(), count);
    for name in TABLES {
        let of = table(name).len();
        assert!(of >= 20, "{name}: {of} mutants");
    }
}

#[test]
fn the_policies_themselves_give_no_error_warning_or_question() {
    let standing: Vec<String> = edited::said(&policies::sources())
        .iter()
        .filter(|said| said.stands())
        .map(ToString::to_string)
        .collect();
    assert_eq!(standing, Vec::<String>::new());
}
