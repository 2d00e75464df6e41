//! `eval`: steps and articles, claims in files, and what a refused claim is told.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // tests

use crate::support::{Folder, Ran, repository};
use serde_json::Value;

fn eval(scheme: &str, claim: &str, more: &[&str]) -> Ran {
    let scheme = repository().join("policies").join(scheme);
    let mut arguments = vec!["eval", scheme.to_str().unwrap(), "--claim", claim];
    arguments.extend(more);
    Folder::new(&[]).anlan(&arguments)
}

fn answer(scheme: &str, claim: &str) -> Value {
    eval(scheme, claim, &["--format", "json"]).ends(0).json()
}

#[track_caller]
fn pays(scheme: &str, claim: &str, cover: &str, benefit: &str) {
    let answer = answer(scheme, claim);
    assert_eq!(
        (answer["cover"].as_str(), answer["benefit"].as_str()),
        (Some(cover), Some(benefit)),
        "{answer:#}"
    );
    assert!(answer["reason"].is_null() || benefit == "0.00", "{answer:#}");
}

#[test]
fn the_national_scheme_pays_by_grade_and_sum_insured() {
    let claim = |kind: &str, grade: &str, sum: &str| {
        format!(
            r#"{{"peril": "地震", "harm": "房屋", "dwelling_kind": "{kind}", "damage_grade": "{grade}", "sum_insured": {sum}}}"#
        )
    };
    for (kind, grade, sum, benefit) in [
        ("urban", "Ⅲ", "null", "25000.00"),
        ("urban", "Ⅳ", "null", "50000.00"),
        ("urban", "Ⅱ", "null", "0.00"),
        ("rural", "Ⅴ", "null", "20000.00"),
        ("urban", "Ⅲ", "800000", "400000.00"),
    ] {
        pays(
            "national-dwelling-earthquake",
            &claim(kind, grade, sum),
            "住宅地震保险",
            benefit,
        );
    }
    let answer = answer("national-dwelling-earthquake", &claim("urban", "Ⅱ", "null"));
    assert_eq!(answer["reason"], "「住宅地震保险」对「房屋」不赔：损毁等级为Ⅱ");
    let refused = eval("national-dwelling-earthquake", &claim("urban", "Ⅲ", "1200000"), &[]).ends(2);
    refused.complains(&["错误[V022]", "保险金额", "120万元", "100万元"]);
}

#[test]
fn every_step_of_an_answer_has_its_amount_and_article() {
    let claim = r#"{"peril": "洪涝", "harm": "医疗", "liable": "none", "expense": 35000}"#;
    let answer = answer("yunyang", claim);
    let line = &answer["lines"][0];
    assert_eq!(
        (line["harm"].as_str(), line["amount"].as_str()),
        (Some("medical"), Some("20000.00"))
    );
    let steps = line["steps"].as_array().unwrap();
    assert_eq!(steps[0]["amount"], "35000.00");
    assert_eq!(steps.last().unwrap()["amount"], "20000.00");
    assert!(
        steps
            .iter()
            .all(|step| step["article"].as_str().is_some_and(|a| a.starts_with("四"))),
        "{answer:#}"
    );
    eval("yunyang", claim, &["--explain"])
        .ends(0)
        .says(&["应付：20000.00 元", "限额 2万元", "四（一）"]);
    eval("yunyang", claim, &["--explain", "--lang", "en"])
        .ends(0)
        .says(&["pays: 20000.00 yuan", "up to 20,000 yuan"]);
}

#[test]
fn a_contract_is_needed_where_amounts_are_left_to_it() {
    let claim = r#"{"peril": "洪涝", "harm": "死亡", "liable": "none"}"#;
    let refused = eval("qijiang", claim, &[]).ends(2);
    refused.complains(&["错误[V040]", "死亡限额", "医疗限额", "--contract"]);
    let contract = repository().join("policies/qijiang/contract-sample.anlan");
    let paid = eval(
        "qijiang",
        claim,
        &["--contract", contract.to_str().unwrap(), "--format", "json"],
    )
    .ends(0);
    assert_ne!(paid.json()["benefit"], "0.00");
}

#[test]
fn refusals_say_what_is_wrong_and_what_would_be_right() {
    let refused = |claim: &str, texts: &[&str]| {
        eval("yunyang", claim, &[]).ends(2).complains(texts);
    };
    refused(
        r#"{"peril": "洪劳", "harm": "死亡"}"#,
        &["错误[V002]", "灾因", "洪劳", "是否为「洪涝」？"],
    );
    refused(
        r#"{"perils": "洪涝", "harm": "死亡"}"#,
        &["错误[V014]", "perils", "peril"],
    );
    refused(r#"{"peril": "溺水", "harm": "死亡"}"#, &["错误[V020]", "缺少责任人"]);
    refused(r#"{"peril": "洪涝", "灾因": "地震"}"#, &["错误[V013]", "灾因"]);
    refused(
        r#"{"peril": "洪涝", "harm": "死亡", "loss": 1e30, "date": "昨天"}"#,
        &["错误[V007]", "错误[V003]", "1e30"],
    );
    refused(r#"{"peril": ["洪涝"]}"#, &["错误[V063]", "peril"]);
    refused(r#"{"peril": "洪涝", }"#, &["错误[V076]"]);
    refused("no-such-file.json", &["错误[X010]", "no-such-file.json"]);
    let english = eval("yunyang", r#"{"peril": "floood", "harm": "death"}"#, &["--lang", "en"]).ends(2);
    english.complains(&["error[V002]", "did you mean “flood”?"]);
}

#[test]
fn a_claim_may_stand_in_a_file() {
    let here = Folder::new(&[(
        "claim.json",
        "\u{feff}{\n  \"灾因\": \"洪涝\",\n  \"损害\": \"死亡\"\n}\n",
    )]);
    let scheme = repository().join("policies/yunyang");
    let ran = here
        .anlan(&["eval", scheme.to_str().unwrap(), "--claim", "claim.json"])
        .ends(0);
    ran.says(&["应付：100000.00 元", "自然灾害救助保险"]);
    here.write("bad.json", "{\n  \"灾因\": 洪涝\n}\n".as_bytes());
    let ran = here
        .anlan(&["eval", scheme.to_str().unwrap(), "--claim", "bad.json"])
        .ends(2);
    ran.complains(&["错误[V076]", "bad.json", "洪涝"]);
}
