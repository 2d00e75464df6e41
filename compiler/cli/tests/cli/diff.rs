//! `anlan diff`: each change of Yunyang's scheme in one place and nowhere else; formats; claims; git revisions.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // tests

use crate::support::{Folder, policy};
use serde_json::Value;
use std::process::Command;

/// A copy of Yunyang's scheme and its framework, with every edit made once.
fn edited(edits: &[(&str, &str)]) -> Folder {
    let read = |path: &str| std::fs::read_to_string(policy(path)).unwrap();
    let mut scheme = read("yunyang/scheme.anlan");
    for (from, to) in edits {
        assert!(scheme.contains(from), "{from}");
        scheme = scheme.replacen(from, to, 1);
    }
    Folder::new(&[
        ("anlan.toml", &read("anlan.toml")),
        ("chongqing/framework.anlan", &read("chongqing/framework.anlan")),
        ("yunyang/scheme.anlan", &scheme),
    ])
}

fn json(edits: &[(&str, &str)]) -> Value {
    let here = edited(edits);
    let (old, new) = (policy("yunyang"), here.path("yunyang"));
    here.anlan(&["diff", &old, new.to_str().unwrap(), "--format", "json"])
        .ends(0)
        .json()
}

/// How many places of a report speak: kinds of regions, items' concepts, names.
fn places(report: &Value) -> Vec<String> {
    let of = |list: &str, key: &str| -> Vec<String> {
        let all = report[list].as_array().unwrap().iter();
        all.map(|one| one[key].as_str().unwrap().to_owned()).collect()
    };
    let mut all = [of("groups", "kind"), of("items", "section"), of("renamed", "kind")].concat();
    all.dedup();
    all
}

fn rows(report: &Value) -> &Vec<Value> {
    report["groups"][0]["rows"].as_array().unwrap()
}

#[test]
fn a_death_benefit_shows_as_regions_only() {
    let report = json(&[("死亡  定额 10万元", "死亡  定额 12万元")]);
    assert_eq!(places(&report), ["amount"]);
    assert_eq!(rows(&report).len(), 1);
    let row = &rows(&report)[0];
    assert_eq!(
        (row["old"].as_str(), row["new"].as_str()),
        (Some("10万元"), Some("12万元"))
    );
    assert_eq!(row["direction"], "gain");
    assert_eq!(row["change"], "+2万元，+20%");
    for region in row["regions"].as_array().unwrap() {
        let witness = &region["witness"];
        assert_eq!(
            (witness["old"].as_str(), witness["new"].as_str()),
            (Some("100000.00"), Some("120000.00"))
        );
    }
}

#[test]
fn a_witness_is_what_eval_says() {
    let edits = [("三级   8万元    24万元", "三级   8万元    21万元")];
    let report = json(&edits);
    assert_eq!(places(&report), ["amount"]);
    assert_eq!(rows(&report).len(), 1);
    let row = &rows(&report)[0];
    let region = &row["regions"][0];
    assert_eq!(
        region["text"],
        "抢险救灾和见义勇为人员，责任人不为“有能力赔偿”，残疾，三级"
    );
    assert_eq!(row["change"], "−3万元，−12.5%");
    let claim = region["witness"]["claim"].to_string();
    let here = edited(&edits);
    for (scheme, side) in [
        (policy("yunyang"), "old"),
        (here.path("yunyang").to_str().unwrap().to_owned(), "new"),
    ] {
        let answer = here
            .anlan(&["eval", &scheme, "--claim", &claim, "--format", "json"])
            .ends(0)
            .json();
        assert_eq!(answer["benefit"], region["witness"][side]);
    }
}

#[test]
fn a_wider_condition_is_one_kind_of_region() {
    let report = json(&[(
        "条件      责任人 为 无法找到, 其余不赔\n      假定 C115 \"只写",
        "条件      责任人 为 无法找到 或 无力赔偿, 其余不赔\n      假定 \"只写",
    )]);
    assert_eq!(places(&report), ["widened"]);
    for row in rows(&report) {
        assert_eq!(row["old"], "不赔");
        assert_eq!(row["direction"], "gain");
    }
}

#[test]
fn a_peril_that_moves_is_one_move() {
    let report = json(&[
        ("灾因      火灾, 爆炸", "灾因      火灾"),
        ("    责任部门  县公安局 于 爆炸        @七（五）表6\n", ""),
        ("灾因      高空坠物", "灾因      高空坠物, 爆炸"),
        (
            "责任部门  县公安局  @七（五）表7",
            "责任部门  县公安局  @七（五）表7 @七（五）表6",
        ),
    ]);
    assert_eq!(places(&report), ["moved"]);
    assert_eq!(rows(&report).len(), 1);
    let row = &rows(&report)[0];
    assert_eq!(
        (row["old"].as_str(), row["new"].as_str()),
        (Some("火灾、爆炸救助保险"), Some("高空坠物伤人救助保险"))
    );
    assert!(row["regions"][0]["text"].as_str().unwrap().contains("爆炸"));
}

#[test]
fn shares_exhaustion_and_names_are_each_in_their_place() {
    let shares = json(&[
        ("主承保机构 50%", "主承保机构 40%"),
        ("共保机构甲 25%", "共保机构甲 30%"),
        ("共保机构乙 25%", "共保机构乙 30%"),
    ]);
    assert_eq!(places(&shares), ["coinsurance"]);
    let exhaustion = json(&[("用尽时 按比例  假定", "用尽时 按时间  假定")]);
    assert_eq!(places(&exhaustion), ["limits"]);
    assert_eq!(exhaustion["items"].as_array().unwrap().len(), 1);
    let source = std::fs::read_to_string(policy("yunyang/scheme.anlan")).unwrap();
    let count = source.matches("溺水事故救助保险").count();
    let renamed = json(&vec![("溺水事故救助保险", "溺水救助保险"); count]);
    assert_eq!(places(&renamed), ["cover"]);
    assert_eq!(renamed["same"], true);
}

#[test]
fn text_that_means_the_same_is_no_change() {
    let here = edited(&[("  区域    云阳县", "  // 说明\n  区域    云阳县")]);
    here.anlan(&["fmt", "--keywords", "en", "yunyang/scheme.anlan"]).ends(0);
    here.anlan(&["diff", &policy("yunyang"), "yunyang"])
        .ends(0)
        .says(&["含义没有变化。"]);
    here.anlan(&["diff", &policy("yunyang"), "yunyang", "--lang", "en"])
        .ends(0)
        .says(&["No change in meaning."]);
}

#[test]
fn pages_hold_no_script_and_claims_are_settled_by_both() {
    let here = edited(&[("死亡  定额 10万元", "死亡  定额 8万元")]);
    let claims = policy("yunyang/claims.csv");
    let old = policy("yunyang");
    let page = here
        .anlan(&["diff", &old, "yunyang", "--format", "html", "--claims", &claims])
        .ends(0);
    assert!(page.out.starts_with("<!doctype html>") && !page.out.contains("<script"));
    let page = page.says(&["10万元", "8万元", "实际赔案", "−20%"]);
    assert!(!page.out.contains("http"), "{}", page.out);
    let report = here
        .anlan(&["diff", &old, "yunyang", "--format", "json", "--claims", &claims])
        .ends(0)
        .json();
    let claims = &report["claims"];
    assert!(claims["losing"].as_u64().unwrap() > 0, "{claims}");
    assert_eq!(claims["gaining"], 0);
    let markdown = here.anlan(&["diff", &old, "yunyang", "-o", "out.md"]).ends(0);
    assert_eq!(markdown.out, "");
    assert!(here.read("out.md").contains("受损"));
}

#[test]
fn a_revision_is_read_whole() {
    let here = edited(&[]);
    let git = |arguments: &[&str]| {
        let fixed = [
            "-c",
            "user.name=a",
            "-c",
            "user.email=a@example.org",
            "-c",
            "commit.gpgsign=false",
        ];
        let ran = Command::new("git")
            .args(fixed)
            .args(arguments)
            .current_dir(here.path("."))
            .output()
            .unwrap();
        assert!(ran.status.success(), "{ran:?}");
    };
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-qm", "first"]);
    let text = here
        .read("yunyang/scheme.anlan")
        .replacen("3000万元 每次灾害", "4000万元 每次灾害", 1);
    here.write("yunyang/scheme.anlan", text.as_bytes());
    here.anlan(&["diff", "HEAD:yunyang", "yunyang"])
        .ends(0)
        .says(&["每次灾害限额 · 限额", "3000万元", "→ 4000万元"]);
    here.anlan_in("yunyang", &["diff", "HEAD:./", "."])
        .ends(0)
        .says(&["每次灾害限额 · 限额", "→ 4000万元"]);
    here.anlan(&["diff", "HEAD:nowhere", "yunyang"])
        .ends(2)
        .complains(&["X061"]);
    here.anlan(&["diff", "nothing:yunyang", "yunyang"])
        .ends(2)
        .complains(&["X061"]);
}

#[test]
fn decisions_are_taken_for_real_claims() {
    let here = edited(&[("死亡  定额 10万元", "死亡  定额 8万元")]);
    // A typhoon is not listed: it is paid where it was ruled to be a natural disaster.
    here.write(
        "claims.csv",
        "赔案号,出险日期,灾害编号,人员编号,灾因,损害,责任人\nA1,2024-07-01,E1,P1,台风,死亡,无责任人\n".as_bytes(),
    );
    let old = policy("yunyang");
    let settled = |decide: &[&str]| {
        let arguments = ["diff", &old, "yunyang", "--format", "json", "--claims", "claims.csv"];
        here.anlan(&[&arguments[..], decide].concat()).ends(0).json()["claims"].clone()
    };
    assert_eq!(settled(&[])["changed"], 0);
    let decided = settled(&["--decide", "其他自然灾害认定@台风"]);
    assert_eq!(
        (&decided["changed"], &decided["losing"]),
        (&1.into(), &1.into()),
        "{decided}"
    );
    assert_eq!(decided["paid"]["new"], "80000.00");
    here.anlan(&[
        "diff",
        &old,
        "yunyang",
        "--claims",
        "claims.csv",
        "--decide",
        "没有的决定",
    ])
    .ends(2);
    here.anlan(&["diff", &old, "yunyang", "--decide", "其他自然灾害认定"])
        .ends(2);
}

#[test]
fn two_texts_of_a_file_are_read_in_its_project() {
    let here = edited(&[]);
    let text = here.read("yunyang/scheme.anlan");
    here.write("old.tmp", text.as_bytes());
    here.write(
        "new.tmp",
        text.replacen("3000万元 每次灾害", "4000万元 每次灾害", 1).as_bytes(),
    );
    here.anlan(&["diff", "--at", "yunyang/scheme.anlan", "old.tmp", "new.tmp"])
        .ends(0)
        .says(&["每次灾害限额 · 限额", "3000万元", "→ 4000万元"]);
    here.anlan_in("yunyang", &["diff", "--at", "scheme.anlan", "../old.tmp", "../old.tmp"])
        .ends(0)
        .says(&["含义没有变化。"]);
    assert_eq!(here.read("yunyang/scheme.anlan"), text);
}
