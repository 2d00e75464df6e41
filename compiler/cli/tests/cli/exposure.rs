//! `anlan exposure`: the table for people in both languages beside the record for programs, and what is refused. Amounts
//! of further schemes stand in `reports.rs`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // tests

use crate::support::{Folder, policy};

#[test]
fn the_table_and_the_record_tell_the_same_amounts() {
    let here = Folder::new(&[]);
    let scheme = policy("yunyang");
    let json = here.anlan(&["exposure", &scheme, "--format", "json"]).ends(0).json();
    let event = json["exposure"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["per"] == "event");
    assert_eq!(event.unwrap()["high"], "30000000.00");
    assert_eq!(event.unwrap()["by"][0]["limit"], "每次灾害限额");
    here.anlan(&["exposure", &scheme]).ends(0).says(&[
        "最多应赔",
        "30,000,000.00",
        "每次灾害限额 @四（三）",
        "每年保费：92.6万元",
        "金额单位：元",
    ]);
    here.anlan(&["exposure", &scheme, "--lang", "en"]).ends(0).says(&[
        "the most that can be owed",
        "Per event",
        "30,000,000.00",
        "Premium of a year: 926,000 yuan",
    ]);
}

/// A sum insured may be agreed up to a million: the first class of sums that a row is reached with is not the dearest.
#[test]
fn the_most_of_a_claim_is_of_the_greatest_sum_insured() {
    let here = Folder::new(&[]);
    let scheme = policy("national-dwelling-earthquake");
    let json = here.anlan(&["exposure", &scheme, "--format", "json"]).ends(0).json();
    let high = |per: &str| {
        let rows = json["exposure"].as_array().unwrap().iter();
        rows.filter(|row| row["per"] == per)
            .map(|row| row["high"].clone())
            .next()
    };
    assert_eq!(high("claim"), Some("1000000.00".into()), "{json}");
    let claim = r#"{"灾因": "地震", "损害": "房屋", "保险金额": 1000000, "损毁等级": "Ⅴ", "城乡": "城镇",
        "出险日期": "2024-06-01", "保单起期": "2024-01-01", "保单止期": "2024-12-31"}"#;
    here.anlan(&["eval", &scheme, "--claim", claim])
        .ends(0)
        .says(&["应付：1000000.00 元"]);
}

#[test]
fn an_unknown_decision_and_a_table_without_its_column_are_refused() {
    let here = Folder::new(&[("bases.csv", "region,persons\n临清市,1\n")]);
    let decided = here
        .anlan(&["exposure", &policy("yunyang"), "--decide", "没有"])
        .ends(2)
        .complains(&["V050", "没有"]);
    assert_eq!(decided.out, "");
    let based = here
        .anlan(&["exposure", &policy("liaocheng"), "--bases", "bases.csv"])
        .ends(2)
        .complains(&["V214", "临清市", "户数"]);
    assert_eq!(based.out, "");
}

/// Three events of a year that owe 30 million each: the fund of 20 million pays one of them.
#[test]
fn what_nobody_bears_of_a_year_counts_a_fund_once() {
    let scheme = "引用 perils, areas\n方案 例 {\n  区域 云阳县\n  保险期间 3年 自 2024-01-01\n  年度 保单年度\n  一次灾害 72小时\n\
                  保费 {\n总额 90万元/年\n承担 县财政 100%\n}\n\
                  资金 准备金 { 余额 由 承保机构 报告 }\n赔付标准 甲 每人每次灾害 { 死亡 定额 10万元 }\n\
                  险种 一 { 灾因 洪涝; 赔付 甲; 责任部门 县应急管理局 }\n\
                  累计限额 次 = 3000万元 每次灾害 全部险种 用尽时 按比例\n累计限额 年 = 9000万元 每年度 全部险种 用尽时 按时间\n\
                  分层 每次灾害 {\n层 保险公司 限额 1000万元\n层 准备金 限额 准备金 余额\n}\n}\n\
                  合同 约定 执行 例 {\n设 准备金 = 2000万元\n}\n";
    let here = Folder::new(&[("s.anlan", scheme)]);
    let arguments = ["exposure", "s.anlan", "--contract", "s.anlan"];
    let json = here
        .anlan(&[&arguments[..], &["--format", "json"]].concat())
        .ends(0)
        .json();
    let rows = json["exposure"].as_array().unwrap();
    let row = |per: &str| rows.iter().find(|row| row["per"] == per).unwrap();
    assert_eq!(row("event")["unborne"]["amount"], "0.00");
    assert_eq!(row("year")["unborne"]["events"], 3);
    // 3 × 20 million are drawn from a fund of 20 million.
    assert_eq!(row("year")["unborne"]["amount"], "40000000.00");
    assert_eq!(row("year")["unborne"]["funds"][0], "准备金");
    assert_eq!(row("year")["rate_on_line"], "1/100");
    assert_eq!(row("term")["rate_on_line"], "1/100");
    assert_eq!(row("event")["rate_on_line"], "3/100");
    assert_eq!(row("person")["unborne"], serde_json::Value::Null);
    here.anlan(&arguments).ends(0).says(&[
        "每年度有 3 次灾害各达最多应赔，无人承担的部分4000万元；资金准备金不足支付",
        "保费与每次灾害最多应赔之比：3%",
    ]);
    here.anlan(&["check", "s.anlan", "--lang", "zh", "--deny", "warnings"])
        .ends(1)
        .says(&["K105", "2 次灾害各赔3000万元", "支取4000万元"]);
}
