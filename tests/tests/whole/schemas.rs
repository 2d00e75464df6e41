//! Emitted JSON Schemas describe what is emitted, and accept the claims that evaluators can read, as a validator sees it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

use anlan_compiler::emit;
use anlan_compiler::evaluate::Refusal;
use anlan_compiler::evaluate::record::Reader;
use anlan_compiler::plan::Plan;
use anlan_lang::diag::codes;
use anlan_tests::agreement::engine::write;
use anlan_tests::agreement::engines::sql::python;
use anlan_tests::agreement::subjects::{Subject, generated, policies, written};
use anlan_tests::python::printed;
use serde_json::{Map, Value, json};
use std::path::Path;

/// What each kind of fact is tried with, as a program may send it.
const TEXTS: [&str; 30] = [
    "",
    "0",
    "1",
    "1.5",
    "1.25",
    "1.005",
    "12345678901234",
    "10000000000000",
    "10000000000000.00",
    "10000000000000.01",
    "9999999999999.99",
    "-1",
    "much",
    "1e21",
    "..",
    "1/2",
    "1/0",
    "50%",
    "5‰",
    "2024-07-01",
    "2024-07-01T08:30",
    "2024-07-01 08:30:00+08:00",
    "2024-7",
    "是",
    "no",
    "洪涝",
    "死亡",
    "？！",
    "a\u{7}",
    "a\tb",
];

/// A calendar, the bounds of a number, and of a ratio or a count as a text, are beyond a pattern.
fn is_beyond_a_pattern(refusals: &[Refusal]) -> bool {
    let beyond = [codes::V003, codes::V007, codes::V009];
    refusals.iter().all(|refusal| beyond.contains(&refusal.code))
}

/// A claim with whether it can be read; `None` where a schema cannot say.
fn judged(plan: &Plan, claim: &Map<String, Value>) -> Option<(Value, bool)> {
    let text = |value: &Value| match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let texts: Vec<(String, String)> = claim.iter().map(|(name, value)| (name.clone(), text(value))).collect();
    let pairs = texts.iter().map(|(name, text)| (name.as_str(), text.as_str()));
    let (record, unknown) = Reader::new(plan).object(pairs);
    let good = match record {
        Ok(_) => unknown.is_empty(),
        Err(refusals) if is_beyond_a_pattern(&refusals) => return None,
        Err(_) => false,
    };
    let mut claim = claim.clone();
    for (id, name, value) in [("claim", "赔案号", "C"), ("date", "出险日期", "2024-07-01")] {
        if !claim.contains_key(name) {
            claim.entry(id).or_insert_with(|| json!(value));
        }
    }
    Some((Value::Object(claim), good))
}

/// The claims of the boundary cases, and every fact with every text.
fn claims(plan: &Plan, folder: &Path) -> Vec<(Value, bool)> {
    let vectors: Value = serde_json::from_str(&std::fs::read_to_string(folder.join("vectors.json")).unwrap()).unwrap();
    let cases = vectors["cases"].as_array().unwrap().iter();
    let of_cases = cases.flat_map(|case| case["claims"].as_array().unwrap());
    let of_cases = of_cases.map(|claim| claim.as_object().unwrap().clone());
    let columns = plan
        .facts
        .iter()
        .flat_map(|fact| [fact.id.clone(), fact.name.zh.clone()]);
    let columns = columns.filter(|column| Reader::new(plan).column(column).is_some());
    let tried = columns.flat_map(|column| {
        let one = move |text: &str| Map::from_iter([(column.clone(), json!(text))]);
        TEXTS.iter().map(move |text| one(text))
    });
    let unknown = Map::from_iter([("没有这一列".to_owned(), json!("1"))]);
    let all = of_cases.chain(tried).chain([unknown]);
    all.filter_map(|claim| judged(plan, &claim)).collect()
}

fn hold(subject: &Subject) {
    let folder = tempfile::tempdir().unwrap();
    for target in ["ir", "vectors", "json-schema"] {
        write(
            folder.path(),
            &emit::emit(emit::target(target).unwrap(), &subject.plan).unwrap(),
        );
    }
    let claims = claims(&subject.plan, folder.path());
    let good = claims.iter().filter(|(_, good)| *good).count();
    assert!(
        good > 50 && claims.len() - good > 50,
        "{}: {good} of {}",
        subject.name,
        claims.len()
    );
    std::fs::write(folder.path().join("claims.json"), json!(claims).to_string()).unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/schemas.py");
    let told = printed(&python(), folder.path(), &[script.to_str().unwrap(), "."]);
    assert_eq!(told, "", "{}", subject.name);
}

#[test]
fn schemas_describe_what_is_emitted_and_the_claims_that_can_be_read() {
    for subject in policies().into_iter().chain(written()).chain(generated(80, 5)) {
        hold(&subject);
    }
}
