//! `fund`, `layer` and `audit` on the policies: amounts, decisions, and what is wrong with a table.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // tests

use crate::support::{Folder, Ran, repository};
use serde_json::{Value, json};

const BASES: &str = "region,persons,households\n临清市,800000,250000\n东阿县,400000,130000\n";

fn policy(path: &str) -> String {
    repository().join("policies").join(path).to_str().unwrap().to_owned()
}

fn fund(bases: &str, more: &[&str]) -> Ran {
    let here = Folder::new(&[("bases.csv", bases)]);
    let scheme = policy("liaocheng");
    let mut arguments = vec!["fund", &scheme, "--bases", "bases.csv", "--format", "json"];
    arguments.extend(more);
    here.anlan(&arguments)
}

fn row(region: &str, premium: &str, province: &str, city: &str, county: &str) -> Value {
    json!({"region": region, "premium": premium, "shares": {"省级": province, "市级": city, "县级": county}})
}

#[test]
fn premium_is_split_by_region_with_the_stated_rounding() {
    let json = fund(BASES, &[]).ends(0).json();
    assert_eq!(
        json["rows"],
        json!([
            row("临清市", "2100000.00", "1890000.00", "0.00", "210000.00"),
            row("东阿县", "1060000.00", "636000.00", "320000.00", "104000.00"),
        ])
    );
    assert_eq!(json["total"], "3160000.00");
    assert_eq!(json["totals"]["市级"], "320000.00");
}

#[test]
fn a_late_filing_moves_the_whole_premium_to_the_county_that_filed_late() {
    let json = fund(BASES, &["--decide", "未按期申报@东阿县"]).ends(0).json();
    assert_eq!(
        json["rows"][0],
        row("临清市", "2100000.00", "1890000.00", "0.00", "210000.00")
    );
    assert_eq!(
        json["rows"][1],
        row("东阿县", "1060000.00", "0.00", "0.00", "1060000.00")
    );
}

#[test]
fn regions_are_known_by_name_and_alias_and_stand_once() {
    let alias = fund("区县,人数,户数\n开发区区,10万,3万\n", &[]).ends(0).json();
    assert_eq!(alias["rows"][0]["premium"], "260000.00");
    fund("region,persons,households\n开发区,1,1\n开发区区,1,1\n", &[])
        .ends(2)
        .complains(&["V212", "开发区区"]);
    fund("region,persons,households\n云阳县,1,1\n", &[])
        .ends(2)
        .complains(&["V215", "云阳县", "临清市"]);
}

/// Persons of elsewhere, or counted twice, would raise the premium and what follows it.
#[test]
fn bases_lie_in_the_territory_and_count_nobody_twice() {
    let fund = |scheme: &str, bases: &str| {
        let here = Folder::new(&[("bases.csv", bases), ("scheme.anlan", scheme)]);
        here.anlan(&["fund", "scheme.anlan", "--bases", "bases.csv", "--format", "json"])
    };
    let rates = "use areas\n\nscheme 某市方案 {\n  territory 聊城市\n  premium {\n    rate 3元/人/年\n    paid by 市级 100%\n  }\n}\n";
    fund(rates, "region,persons\n临清市,100\n东阿县,10\n")
        .ends(0)
        .says(&["330.00"]);
    fund(rates, "region,persons\n聊城市,100\n").ends(0).says(&["300.00"]);
    fund(rates, "region,persons\n临清市,100\n云阳县,10\n")
        .ends(2)
        .complains(&["V217", "云阳县", "聊城市"]);
    fund(rates, "region,persons\n临清,100\n")
        .ends(2)
        .complains(&["V217", "临清"]);
    fund(rates, "region,persons\n临清市,100\n聊城市,1000\n")
        .ends(2)
        .complains(&["V218", "临清市", "聊城市"]);
    let total = rates.replace("rate 3元/人/年", "total 100万元");
    fund(&total, "region,persons\n聊城市,100\n")
        .ends(0)
        .says(&["1000000.00"]);
    fund(&total, "region,persons\n临清市,100\n东阿县,10\n")
        .ends(2)
        .complains(&["V219", "2"]);
}

#[test]
fn a_bases_file_is_refused_where_it_is_wrong() {
    fund("region,persons\n临清市,800000\n", &[])
        .ends(2)
        .complains(&["V214", "临清市", "户数"]);
    fund("region,persons,people\n临清市,1,1\n", &[])
        .ends(2)
        .complains(&["V230", "people", "households"]);
    fund("persons,households\n1,1\n", &[])
        .ends(2)
        .complains(&["V234", "region"]);
    fund("region,persons,households\n临清市,八十万,1\n", &[])
        .ends(2)
        .complains(&["V237", "第 2 行", "八十万"]);
    fund("region,persons,households\n临清市,1\n", &[])
        .ends(2)
        .complains(&["V232", "第 2 行"]);
    fund("region,persons,households\n", &[]).ends(2).complains(&["V233"]);
    fund("region,persons,households\n临清市,99999999999999999,1\n", &[])
        .ends(2)
        .complains(&["V044"]);
}

#[test]
fn the_premium_a_document_states_needs_no_bases() {
    let here = Folder::new(&[]);
    let json = here
        .anlan(&["fund", &policy("yunyang"), "--format", "json"])
        .ends(0)
        .json();
    assert_eq!(json["total"], "926000.00");
    here.anlan(&["fund", &policy("liaocheng")])
        .ends(2)
        .complains(&["V211", "--bases"]);
}

fn layer(loss: &str, more: &[&str]) -> Ran {
    let folder = Folder::new(&[]);
    let scheme = policy("national-dwelling-earthquake");
    let contract = policy("national-dwelling-earthquake/contract-sample.anlan");
    let mut arguments = vec![
        "layer",
        &scheme,
        "--loss",
        loss,
        "--contract",
        &contract,
        "--format",
        "json",
    ];
    arguments.extend(more);
    folder.anlan(&arguments)
}

/// 分 of an amount in 元.
fn fen(value: &Value) -> i64 {
    value.as_str().unwrap().replace('.', "").parse().unwrap()
}

#[test]
fn layers_add_up_to_the_loss() {
    for (loss, ratio) in [
        ("0.01", "1"),
        ("30亿元", "1"),
        ("20000000000", "1"),
        ("300亿元", "1"),
        ("500亿元", "1"),
    ] {
        let json = layer(loss, &[]).ends(0).json();
        let sum: i64 = json["layers"]
            .as_array()
            .unwrap()
            .iter()
            .map(|l| fen(&l["amount"]))
            .sum();
        assert_eq!(sum + fen(&json["unpaid"]), fen(&json["loss"]), "{loss}");
        assert_eq!(
            (json["ratio"].as_str().unwrap(), fen(&json["unpaid"])),
            (ratio, 0),
            "{loss}"
        );
    }
    let json = layer("30亿元", &[]).ends(0).json();
    assert_eq!(
        json["layers"][0],
        json!({"name": "投保人自留", "amount": "500000000.00", "shares": {}})
    );
    assert_eq!(json["layers"][1]["amount"], "2500000000.00");
}

#[test]
fn a_shortfall_is_paid_pro_rata_only_once_decided() {
    layer("625亿元", &[])
        .ends(2)
        .complains(&["V223", "国务院批准回调", "125亿元"]);
    let json = layer("625亿元", &["--decide", "国务院批准回调"]).ends(0).json();
    assert_eq!(
        (&json["unpaid"], &json["ratio"]),
        (&json!("12500000000.00"), &json!("0.8"))
    );
    let thirds = layer("900亿元", &["--decide", "国务院批准回调"]).ends(0).json();
    assert_eq!(
        (&thirds["ratio"], &thirds["ratio_exact"]),
        (&json!("0.5555555555"), &json!("5/9"))
    );
}

#[test]
fn a_loss_and_its_parameters_are_asked_for_civilly() {
    layer("一百亿", &[]).ends(2).complains(&["V224", "一百亿", "120亿元"]);
    layer("-1", &[]).ends(2);
    layer("1e30", &[]).ends(2).complains(&["V224"]);
    let here = Folder::new(&[]);
    let scheme = policy("national-dwelling-earthquake");
    here.anlan(&["layer", &scheme, "--loss", "1亿元"])
        .ends(2)
        .complains(&["V040", "自留限额", "再保限额"]);
    here.anlan(&["layer", &policy("yunyang"), "--loss", "1亿元"])
        .ends(2)
        .complains(&["V220"]);
}

fn audit(file: &str, text: &str) -> Ran {
    let here = Folder::new(&[(file, text)]);
    here.anlan(&["audit", &policy("liaocheng"), "--figures", file])
}

#[test]
fn a_broken_covenant_ends_1() {
    audit("f.csv", "name,value\n综合费用率,0.21\n")
        .ends(1)
        .says(&["违反", "综合费用率", "21%", "20%", "@三（八）"]);
    audit("f.csv", "指标,数值\n综合费用率,20%\n")
        .ends(0)
        .says(&["符合", "20%"]);
    audit("f.json", r#"{"综合费用率": 0.2000000000000000001}"#)
        .ends(1)
        .says(&["违反"]);
}

#[test]
fn metrics_are_computed_and_slips_are_named() {
    let ran = audit("f.csv", "name,value\n综合费用率,0.18\n综合赔付率,70%\n综合费用律,1\n").ends(0);
    ran.says(&["承保利润率 = 12%", "综合费用律", "是否应为“综合费用率”"]);
    audit("f.csv", "name,value\n综合费用率,约两成\n")
        .ends(2)
        .complains(&["V239", "第 2 行", "约两成"]);
    audit("f.csv", "name,value\n综合费用率,1\n综合费用率,2\n")
        .ends(2)
        .complains(&["V238"]);
    audit("f.json", "{").ends(2).complains(&["V240"]);
}

fn exposure(scheme: &str, more: &[&str]) -> Ran {
    let here = Folder::new(&[("bases.csv", BASES)]);
    let scheme = policy(scheme);
    let mut arguments = vec!["exposure", &scheme, "--format", "json"];
    arguments.extend(more);
    here.anlan(&arguments)
}

/// The row of a scope: low, high, exact.
fn owed(json: &Value, scope: &str) -> (Value, Value, Value) {
    let rows = json["exposure"].as_array().unwrap();
    let row = rows.iter().find(|row| row["per"] == scope).unwrap();
    (row["low"].clone(), row["high"].clone(), row["exact"].clone())
}

#[test]
fn the_most_that_yunyang_owes_is_told_by_scope_and_limit() {
    let json = exposure("yunyang", &[]).ends(0).json();
    let at = |amount: &str| (json!(amount), json!(amount), json!(true));
    // A rescuer: 30 + 10 of the schedule for rescuers; nobody else is paid more.
    assert_eq!(owed(&json, "claim"), at("300000.00"));
    assert_eq!(owed(&json, "person"), at("400000.00"));
    assert_eq!(owed(&json, "event"), at("30000000.00"));
    assert_eq!(owed(&json, "year"), at("60000000.00"));
    // Three insured years
    assert_eq!(owed(&json, "term"), at("180000000.00"));
    assert_eq!(json["premium"], "926000.00");
    assert_eq!(json["rate_on_line"], "463/30000");
}

#[test]
fn a_contract_closes_the_range_and_the_layers_bear_what_they_can() {
    let open = exposure("qijiang/scheme.anlan", &[]).ends(0).json();
    assert_eq!(owed(&open, "event").1, Value::Null);
    assert!(
        open["exposure"][3]["depends_on"]
            .as_array()
            .unwrap()
            .contains(&json!("每次累计额"))
    );
    let contract = policy("qijiang/contract-sample.anlan");
    let bound = exposure("qijiang/scheme.anlan", &["--contract", &contract])
        .ends(0)
        .json();
    assert_eq!(owed(&bound, "event").1, "30000000.00");
    let contract = policy("national-dwelling-earthquake/contract-sample.anlan");
    let layers = exposure("national-dwelling-earthquake/scheme.anlan", &["--contract", &contract])
        .ends(0)
        .json();
    assert_eq!(layers["layers"]["high"], "50000000000.00");
    assert_eq!(layers["layers"]["unborne"], Value::Null);
}
