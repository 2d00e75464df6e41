//! `test`: the examples in the files.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // tests

use crate::support::{Folder, repository};

const SCHEME: &str = r#"
引用 灾因
方案 甲县巨灾保险 {
  保险期间 2024-01-01 至 2024-12-31
  年度 公历年度
  险种 救助 { 灾因 洪涝  赔付 { 死亡 定额 1万元 } }
  累计限额 每次限额 = 3万元 每次灾害 全部险种 用尽时 按比例
  样例 "一人遇难" { 赔案 { 灾因 洪涝, 损害 死亡 }  应付 1万元 }
  样例 "四人遇难" { 赔案 4件 { 灾因 洪涝, 损害 死亡 }  实付 7500元  实付合计 AMOUNT }
}
"#;

#[test]
fn all_examples_of_the_policies_pass() {
    let policies = repository().join("policies");
    let ran = Folder::new(&[]).anlan(&["test", policies.to_str().unwrap()]).ends(0);
    ran.says(&["✓", "未通过 0"]);
}

#[test]
fn a_failing_example_says_what_came_out() {
    let here = Folder::new(&[("甲.anlan", &SCHEME.replace("AMOUNT", "3万元"))]);
    here.anlan(&["test"])
        .ends(0)
        .says(&["✓ 一人遇难", "✓ 四人遇难", "样例 2 个：通过 2，未通过 0"]);
    here.write("甲.anlan", SCHEME.replace("AMOUNT", "4万元").as_bytes());
    let ran = here.anlan(&["test"]).ends(1);
    ran.says(&[
        "✓ 一人遇难",
        "✗ 四人遇难  甲.anlan:9",
        "实付合计：应为 4万元，实为 3万元",
        "未通过 1",
    ]);
    let json = here.anlan(&["test", "--format", "json"]).ends(1).json();
    assert_eq!((&json["passed"], &json["failed"]), (&1.into(), &1.into()));
    let failed = json["examples"]
        .as_array()
        .unwrap()
        .iter()
        .find(|e| e["passed"] == false)
        .unwrap();
    assert_eq!(
        (failed["title"].as_str(), &failed["line"]),
        (Some("四人遇难"), &9.into())
    );
}

#[test]
fn a_scheme_with_errors_cannot_be_tested() {
    let here = Folder::new(&[("甲.anlan", "方案 甲县巨灾保险 {\n  险种 救助 { 灾因 洪劳 }\n}\n")]);
    here.anlan(&["test"]).ends(2).complains(&["错误[N", "洪涝"]);
}
