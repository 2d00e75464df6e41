//! The compiler's verdicts on the policies, and on slips in them, against what evaluation answers for every claim.
//! See `docs/oracle.md`.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use crate::mutants::{TABLES, table};
use anlan_tests::tried::compare::{Both, compared};
use anlan_tests::tried::facts::Apart;
use anlan_tests::tried::verdicts::CODES;
use anlan_tests::{edited, policies};
use std::collections::BTreeMap;

fn text_alone(text: &str) -> Apart<'_> {
    Apart::Text(text)
}
fn classes(text: &str) -> Apart<'_> {
    Apart::Classes(text)
}

#[test]
fn evaluation_agrees_on_every_policy() {
    let sources = policies::sources();
    let all = compared(&sources, text_alone);
    for both in &all {
        println!("{}: {} claims tried: {:?}", both.name, both.tried, both.expected);
    }
    let wrong: Vec<String> = all.iter().flat_map(Both::difference).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(all.len() >= 4, "{} schemes and contracts", all.len());
}

#[test]
fn evaluation_agrees_on_slips_in_the_policies() {
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut wrong = Vec::new();
    for name in TABLES {
        let sources = edited::around(&format!("{name}/"));
        for mutant in table(name)
            .iter()
            .filter(|mutant| CODES.contains(&mutant.code.as_str()))
        {
            let changed = mutant.sources(&sources).unwrap();
            let all = compared(&changed, classes);
            let found = all
                .iter()
                .flat_map(|both| &both.expected)
                .any(|verdict| verdict.contains(&mutant.code));
            let count = counts.entry(mutant.code.clone()).or_default();
            count.0 += 1;
            count.1 += usize::from(found);
            if !found {
                wrong.push(format!("{name}:{} {}: no answer shows it", mutant.number, mutant.code));
            }
            let differ = all.iter().flat_map(Both::difference);
            wrong.extend(differ.map(|v| format!("{name}:{} {}: {v}", mutant.number, mutant.code)));
        }
    }
    println!("slips by code, and those that the answers alone show: {counts:?}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
