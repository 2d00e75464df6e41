//! `anlan questions`: what is still to be decided, for people and for programs; what is refused.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // tests

use crate::support::{Folder, policy};

/// Yunyang's scheme without its rule for what one event is.
fn undecided() -> Folder {
    let read = |path: &str| std::fs::read_to_string(policy(path)).unwrap();
    let scheme = read("yunyang/scheme.anlan");
    let kept: Vec<&str> = scheme
        .lines()
        .filter(|line| !line.trim_start().starts_with("一次灾害"))
        .collect();
    assert_eq!(kept.len() + 1, scheme.lines().count());
    Folder::new(&[
        ("anlan.toml", &read("anlan.toml")),
        ("chongqing/framework.anlan", &read("chongqing/framework.anlan")),
        ("yunyang/scheme.anlan", &kept.join("\n")),
    ])
}

#[test]
fn an_open_question_is_asked_in_every_form_and_language() {
    let here = undecided();
    let json = here.anlan(&["questions", "yunyang", "--format", "json"]).ends(0).json();
    assert_eq!(json["scheme"], "云阳县巨灾保险");
    let all = json["questions"].as_array().unwrap();
    let of_event = all.iter().find(|question| question["code"] == "Q101").unwrap();
    assert_eq!(of_event["file"], "yunyang/scheme.anlan");
    assert!(of_event["line"].as_u64().unwrap() > 0);
    let answers = of_event["answers"].as_array().unwrap();
    assert!(
        answers
            .iter()
            .any(|answer| answer["clause"].as_str().unwrap().contains("72小时"))
    );
    let zh = of_event["question"].as_str().unwrap();
    here.anlan(&["questions", "yunyang"]).ends(0).says(&[
        "云阳县巨灾保险还有 1 项要决定。",
        zh,
        "[Q101]",
        "A. ",
        "假定 \"理由\"",
    ]);
    let en = ["questions", "yunyang", "--lang", "en"];
    here.anlan(&en)
        .ends(0)
        .says(&["[Q101]", "matters because: ", "assume \"reason\""]);
    here.anlan(&["questions", "yunyang", "--format", "md"]).ends(0).says(&[
        "# 云阳县巨灾保险：待定事项问卷",
        &format!("## 1. {zh}"),
        "- [ ] ",
    ]);
}

#[test]
fn a_scheme_that_decides_all_says_so() {
    let here = Folder::new(&[]);
    let scheme = policy("yunyang");
    here.anlan(&["questions", &scheme]).ends(0).says(&["没有待定事项"]);
    here.anlan(&["questions", &scheme, "--lang", "en"])
        .ends(0)
        .says(&["no question is open"]);
}

#[test]
fn a_missing_scheme_and_another_schemes_contract_are_refused() {
    let here = Folder::new(&[]);
    let nowhere = here
        .anlan(&["questions", "nowhere"])
        .ends(2)
        .complains(&["X010", "nowhere"]);
    assert_eq!(nowhere.out, "");
    let (scheme, contract) = (policy("yunyang/scheme.anlan"), policy("qijiang/contract-sample.anlan"));
    here.anlan(&["questions", &scheme, "--contract", &contract])
        .ends(2)
        .complains(&["X023"]);
}
