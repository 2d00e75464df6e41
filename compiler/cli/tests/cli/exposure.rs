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
