#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use super::*;
use crate::evaluate::sketch::{Sketch, read, record};
use crate::money::{Fen, MAX_FEN, Ratio};
use anlan_lang::texts::{self, Language};

fn plan() -> Plan {
    Sketch::new().finish()
}

fn value(fields: &str, fact: &str) -> Option<Value> {
    let sketch = Sketch::new();
    let fact = sketch.fact(fact);
    record(&sketch.finish(), fields).values[fact.index()].clone()
}

/// Code and text of the refusal of one field.
fn refused(fields: &str) -> (&'static str, String) {
    let refusals = read(&plan(), fields).unwrap_err();
    assert_eq!(refusals.len(), 1, "{fields}: {refusals:?}");
    (refusals[0].code.0, texts::message(Language::Zh, &refusals[0].finding()))
}

fn help(fields: &str) -> String {
    let refusals = read(&plan(), fields).unwrap_err();
    texts::help(Language::Zh, &refusals[0].finding()).unwrap()
}

#[test]
fn columns_and_values_go_by_every_name() {
    let flood = Some(Value::Enumeration(ValueId(0)));
    for fields in ["peril flood", "灾因 洪涝", "peril 洪水", "灾因 flood"] {
        assert_eq!(value(fields, "peril"), flood, "{fields}");
    }
    for grade in ["grade3", "三级", "3", "３"] {
        assert_eq!(
            value(&format!("injury_grade {grade}"), "injury_grade"),
            Some(Value::Enumeration(ValueId(2)))
        );
    }
}

#[test]
fn money_is_exact_yuan() {
    for (text, fen) in [
        ("12000", 1_200_000),
        ("0.1", 10),
        ("300000000.01", 30_000_000_001),
        ("1.500", 150),
        ("１２．３", 1_230),
        ("1.2e3", 120_000),
        ("-0", 0),
        ("5元", 500),
        ("10000000000000", MAX_FEN),
    ] {
        assert_eq!(
            value(&format!("loss {text}"), "loss"),
            Some(Value::Money(Fen(fen))),
            "{text}"
        );
    }
}

#[test]
fn wrong_money_is_refused_for_what_is_wrong() {
    assert_eq!(refused("loss 一万"), ("V004", "“财产损失”的“一万”不是金额".to_owned()));
    assert_eq!(refused("loss -5").0, "V005");
    assert_eq!(refused("loss 1.005").0, "V006");
    assert_eq!(refused("loss 1e-40").0, "V006");
    assert_eq!(refused("loss 1e30"), ("V007", "“财产损失”数额过大：1e30".to_owned()));
    assert_eq!(refused("loss 1e28").0, "V007");
    assert_eq!(refused("loss 10000000000000.01").0, "V007");
    assert_eq!(refused("loss NaN").0, "V004");
    assert_eq!(refused("loss inf").0, "V004");
}

#[test]
fn counts_are_whole_unless_parts_count() {
    assert_eq!(value("months 3", "months"), Some(Value::Count(Ratio::integer(3))));
    assert_eq!(value("months 3.0", "months"), Some(Value::Count(Ratio::integer(3))));
    assert_eq!(refused("months 3.5").0, "V008");
    assert_eq!(refused("months -1").0, "V005");
    for (part, expected) in [
        (anlan_lang::tree::PartRule::Up, Ratio::integer(4)),
        (anlan_lang::tree::PartRule::Down, Ratio::integer(3)),
        (anlan_lang::tree::PartRule::ProRata, Ratio::new(7, 2).unwrap()),
    ] {
        assert_eq!(quantities::count("3.5", Some(part)).unwrap(), expected);
    }
}

#[test]
fn numbers_stay_on_their_grid() {
    assert_eq!(value("depth 12.5", "depth"), Some(Value::Number(25)));
    assert_eq!(value("depth 12cm", "depth"), Some(Value::Number(24)));
    for wrong in ["12.3", "-1", "1000.5", "deep"] {
        assert_eq!(refused(&format!("depth {wrong}")).0, "V009", "{wrong}");
    }
    assert_eq!(help("depth 12.3"), "自0至1000cm，精确到0.5cm");
}

#[test]
fn ratios_and_yes_no_in_their_spellings() {
    assert_eq!(ratio("95%").unwrap(), Ratio::new(19, 20).unwrap());
    assert_eq!(ratio("0.95").unwrap(), ratio("19/20").unwrap());
    assert_eq!(ratio("950‰").unwrap(), ratio("９５％").unwrap());
    for wrong in ["", "x", "1/0", "-5%"] {
        assert_eq!(ratio(wrong).unwrap_err().code, codes::V010, "{wrong}");
    }
    for (text, yes) in [("是", true), ("TRUE", true), ("否", false), ("no", false)] {
        assert_eq!(value(&format!("title {text}"), "title"), Some(Value::YesNo(yes)));
    }
    assert_eq!(refused("title 有").0, "V011");
}

#[test]
fn a_slip_gets_the_nearest_value() {
    assert_eq!(refused("peril 洪劳"), ("V002", "“灾因”没有“洪劳”这个取值".to_owned()));
    assert_eq!(help("peril 洪劳"), "是否为“洪涝”？");
    assert_eq!(help("peril floods"), "是否为“flood”？");
    assert_eq!(help("peril 陨石"), "可取：洪涝、地震、溺水、伤人");
}

#[test]
fn ids_are_kept_as_written_but_hold_no_control_characters() {
    assert_eq!(value("event Ｅ１", "event"), Some(Value::Text("Ｅ１".into())));
    assert_eq!(refused("event a\u{7}b").0, "V012");
}

#[test]
fn blanks_are_absent() {
    let plan = plan();
    let reader = Reader::new(&plan);
    let (record, unknown) = reader.object([("peril", ""), ("loss", " \u{3000} "), ("event", "\u{feff}")]);
    assert_eq!(unknown, []);
    assert!(record.unwrap().values.iter().all(Option::is_none));
}

#[test]
fn unknown_columns_are_told_once_and_cost_nothing() {
    let plan = plan();
    let reader = Reader::new(&plan);
    let columns = reader
        .columns(["claim", "灾因", "备注", "perils", "", "财产损失"])
        .unwrap();
    let unknown: Vec<_> = columns
        .unknown
        .iter()
        .map(|u| (u.value.clone().unwrap(), u.help))
        .collect();
    assert_eq!(unknown, [("备注".to_owned(), "help"), ("perils".to_owned(), "near")]);
    let record = reader.row(&columns, ["C1", "洪涝", "x", "y", "z", "3"]).unwrap();
    assert_eq!(record.values.iter().flatten().count(), 3);
}

#[test]
fn a_column_given_twice_is_refused() {
    let plan = plan();
    let reader = Reader::new(&plan);
    assert_eq!(reader.columns(["peril", "灾因"]).unwrap_err().code, codes::V013);
    let (record, _) = reader.object([("peril", "flood"), ("灾因", "地震")]);
    assert_eq!(record.unwrap_err()[0].code, codes::V013);
}

#[test]
fn all_wrong_fields_of_a_row_are_told() {
    let refusals = read(&plan(), "peril x, date y, loss z").unwrap_err();
    assert_eq!(
        refusals.iter().map(|r| r.code.0).collect::<Vec<_>>(),
        ["V002", "V003", "V004"]
    );
}
