//! `eval`: single claims on the policies (in 元), steps and articles, claims in files, and what a refused claim is told.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // tests

use crate::support::{Folder, Ran, policy};
use serde_json::{Value, json};

fn eval(scheme: &str, claim: &Value, more: &[&str]) -> Ran {
    let (scheme, claim) = (policy(scheme), claim.to_string());
    let mut arguments = vec!["eval", &scheme, "--claim", &claim, "--format", "json"];
    arguments.extend(more);
    Folder::new(&[]).anlan(&arguments)
}

#[track_caller]
fn pays(scheme: &str, claim: Value, benefit: &str) {
    let answer = eval(scheme, &claim, &[]).ends(0).json();
    assert_eq!(answer["benefit"], benefit, "{claim}: {answer:#}");
}

#[track_caller]
fn pays_nothing(scheme: &str, claim: Value, reason: &str) {
    let answer = eval(scheme, &claim, &[]).ends(0).json();
    assert_eq!(answer["benefit"], "0.00", "{claim}: {answer:#}");
    assert_eq!(answer["reason_code"], reason, "{claim}: {answer:#}");
    assert!(answer["reason"].as_str().is_some_and(|text| !text.is_empty()));
}

#[test]
fn yunyang_residents_and_rescuers() {
    let claim = |harm: Value| {
        let mut claim = json!({ "peril": "洪涝", "liable": "none" });
        claim.as_object_mut().unwrap().extend(harm.as_object().unwrap().clone());
        claim
    };
    pays("yunyang", claim(json!({ "harm": "death" })), "100000.00");
    pays(
        "yunyang",
        claim(json!({ "harm": "medical", "expense": 35000 })),
        "20000.00",
    );
    pays(
        "yunyang",
        claim(json!({ "harm": "disability", "injury_grade": "三级" })),
        "80000.00",
    );
    pays(
        "yunyang",
        claim(json!({ "harm": "disability", "injury_grade": "grade3", "role": "rescuer" })),
        "240000.00",
    );
    pays(
        "yunyang",
        claim(json!({ "harm": "death", "role": "抢险救灾人员" })),
        "300000.00",
    );
    pays(
        "yunyang",
        claim(json!({ "harm": "medical", "expense": "120000.00", "role": "rescuer" })),
        "100000.00",
    );
}

#[test]
fn yunyang_asks_who_is_liable() {
    let death = |peril: &str, liable: &str| json!({ "peril": peril, "harm": "death", "liable": liable });
    pays("yunyang", death("溺水", "not_found"), "30000.00");
    pays("yunyang", death("精神障碍患者伤人", "unable"), "100000.00");
    pays_nothing("yunyang", death("精神障碍患者伤人", "not_found"), "condition");
    pays("yunyang", death("较大交通事故", "not_found"), "100000.00");
    pays_nothing("yunyang", death("较大交通事故", "unable"), "condition");
}

#[test]
fn liaocheng_persons_houses_and_water() {
    pays("liaocheng", json!({ "peril": "洪涝", "harm": "死亡" }), "150000.00");
    pays(
        "liaocheng",
        json!({ "peril": "洪涝", "harm": "死亡", "role": "disaster_relief_worker" }),
        "250000.00",
    );
    pays(
        "liaocheng",
        json!({ "peril": "台风", "harm": "房屋", "loss": 80000 }),
        "50000.00",
    );
    pays(
        "liaocheng",
        json!({ "peril": "台风", "harm": "生活用品", "财产损失": 900 }),
        "600.00",
    );
    pays(
        "liaocheng",
        json!({ "peril": "干旱", "harm": "water", "months": 3 }),
        "180.00",
    );
}

#[test]
fn the_national_scheme_by_grade_and_sum_insured() {
    let claim = |kind: &str, grade: &str| json!({ "peril": "地震", "harm": "房屋", "城乡": kind, "损毁等级": grade });
    let insured = |sum: u32| {
        let mut claim = claim("城镇", "Ⅲ");
        claim["sum_insured"] = sum.into();
        claim
    };
    let scheme = "national-dwelling-earthquake";
    pays(scheme, claim("城镇", "Ⅲ"), "25000.00");
    pays(scheme, claim("城镇", "Ⅳ"), "50000.00");
    pays_nothing(scheme, claim("城镇", "Ⅱ"), "nothing");
    let nothing = eval(scheme, &claim("城镇", "Ⅱ"), &[]).ends(0).json();
    assert_eq!(nothing["reason"], "“住宅地震保险”对“房屋”不赔：损毁等级为Ⅱ");
    pays(scheme, claim("农村", "Ⅴ"), "20000.00");
    pays(scheme, insured(800_000), "400000.00");
    eval(scheme, &insured(1_200_000), &[])
        .ends(2)
        .complains(&["错误[V022]", "保险金额", "120万元", "100万元"]);
}

#[test]
fn an_unset_parameter_is_named_and_a_contract_sets_it() {
    let death = json!({ "peril": "洪涝", "harm": "death" });
    let refused = eval("qijiang", &death, &[])
        .ends(2)
        .complains(&["错误[V040]", "死亡限额", "医疗限额", "--contract"]);
    assert_eq!(refused.out, "");
    let contract = policy("qijiang/contract-sample.anlan");
    let answer = eval("qijiang", &death, &["--contract", &contract]).ends(0).json();
    assert_eq!(answer["benefit"], "100000.00");
    // A contract of another scheme does not do.
    eval("yunyang", &death, &["--contract", &contract])
        .ends(2)
        .complains(&["X023", "云阳县巨灾保险"]);
}

#[test]
fn every_step_of_an_answer_has_its_amount_and_article() {
    let claim = json!({ "peril": "洪涝", "harm": "医疗", "liable": "none", "expense": 35000 });
    let answer = eval("yunyang", &claim, &[]).ends(0).json();
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
    let explained = |more: &[&str]| {
        let (scheme, claim) = (policy("yunyang"), claim.to_string());
        let mut arguments = vec!["eval", &scheme, "--claim", &claim, "--explain"];
        arguments.extend(more);
        Folder::new(&[]).anlan(&arguments).ends(0)
    };
    explained(&[]).says(&["应付：20000.00 元", "限额 2万元", "四（一）"]);
    explained(&["--lang", "en"]).says(&["pays: 20000.00 yuan", "up to 20,000 yuan"]);
}

/// What a claim as written is told on Yunyang.
fn refuse(claim: &str, more: &[&str]) -> Ran {
    let scheme = policy("yunyang");
    let mut arguments = vec!["eval", &scheme, "--claim", claim];
    arguments.extend(more);
    Folder::new(&[]).anlan(&arguments).ends(2)
}

#[test]
fn refusals_say_what_is_wrong_and_what_would_be_right() {
    let refused = |claim: &str, texts: &[&str]| {
        refuse(claim, &[]).complains(texts);
    };
    refused(
        r#"{"peril": "洪劳", "harm": "死亡"}"#,
        &["错误[V002]", "灾因", "洪劳", "是否为“洪涝”？"],
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
    refused(
        r#"{"peril": "洪涝", "harm": "医疗", "expense": -1, "date": "2024-02-30"}"#,
        &["错误[V005]", "错误[V003]"],
    );
    refused(r#"{"peril": ["洪涝"]}"#, &["错误[V063]", "peril"]);
    refused(r#"{"peril": "洪涝", }"#, &["错误[V076]"]);
    refused("{", &["错误[V076]"]);
    refused("[]", &["错误[V076]"]);
    refused("no-such-file.json", &["错误[X010]", "no-such-file.json"]);
    refuse(r#"{"peril": "floood", "harm": "death"}"#, &["--lang", "en"])
        .complains(&["error[V002]", "did you mean “flood”?"]);
}

#[test]
fn a_claim_may_stand_in_a_file() {
    let here = Folder::new(&[(
        "claim.json",
        "\u{feff}{\n  \"灾因\": \"洪涝\",\n  \"损害\": \"死亡\"\n}\n",
    )]);
    let scheme = policy("yunyang");
    let ran = here.anlan(&["eval", &scheme, "--claim", "claim.json"]).ends(0);
    ran.says(&["应付：100000.00 元", "自然灾害救助保险"]);
    here.write("bad.json", "{\n  \"灾因\": 洪涝\n}\n".as_bytes());
    let ran = here.anlan(&["eval", &scheme, "--claim", "bad.json"]).ends(2);
    ran.complains(&["错误[V076]", "bad.json", "洪涝"]);
}

#[test]
fn a_scheme_is_named_by_its_file_or_a_folder_with_one() {
    let here = Folder::new(&[
        ("two/a.anlan", "方案 甲 {\n}\n方案 乙 {\n}\n"),
        ("none/a.anlan", "区域名 甲县\n"),
    ]);
    let claim = json!({ "peril": "flood", "harm": "death" }).to_string();
    here.anlan(&["eval", &policy("yunyang/scheme.anlan"), "--claim", &claim])
        .ends(0);
    here.anlan(&["eval", "two", "--claim", &claim])
        .ends(2)
        .complains(&["X022", "甲、乙"]);
    here.anlan(&["eval", "none", "--claim", &claim])
        .ends(2)
        .complains(&["X021"]);
    here.anlan(&["eval", "missing", "--claim", &claim])
        .ends(2)
        .complains(&["X010"]);
    here.write("broken.anlan", "方案 甲 {\n  险种 {\n}\n".as_bytes());
    let broken = here
        .anlan(&["eval", "broken.anlan", "--claim", &claim])
        .ends(2)
        .complains(&["错误[S", "broken.anlan:", "X024"]);
    assert_eq!(broken.out, "");
}
