#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use super::*;
use crate::evaluate::sketch::{Sketch, yuan};
use crate::plan::*;

fn example(claims: &[(u32, &str)], expect: Vec<Expectation>) -> Example {
    let fields = |text: &str| {
        text.split(", ")
            .filter_map(|pair| pair.split_once(' '))
            .map(|(k, v)| (k.to_owned(), v.to_owned()))
            .collect()
    };
    Example {
        title: "试".to_owned(),
        claims: claims
            .iter()
            .map(|(count, text)| ExampleClaims {
                count: *count,
                fields: fields(text),
            })
            .collect(),
        decided: Vec::new(),
        bases: Vec::new(),
        set: Vec::new(),
        balances: Vec::new(),
        loss: None,
        expect,
        source: Source::default(),
    }
}

fn sketch() -> Sketch {
    let mut s = Sketch::new();
    let cover = s.cover("甲", &["flood"]);
    s.pays(cover, "death", BenefitKind::Fixed, yuan(100), &[]);
    s.limit("每人", LimitRule::UpTo(yuan(100)), &["person", "event"], &[Tier::Date]);
    s.limit("每次", LimitRule::UpTo(yuan(300)), &["event"], &[]);
    s.limit("每年", LimitRule::UpTo(yuan(350)), &["year"], &[Tier::Date]);
    s
}

fn ran(mut sketch: Sketch, example: Example) -> Run {
    sketch.plan.statement.examples.push(example);
    run(&sketch.finish()).pop().unwrap()
}

fn money(n: i64) -> Fen {
    Fen(n * 100)
}

fn no_source() -> Source {
    Source::default()
}

#[test]
fn claims_are_told_apart_and_share_one_event() {
    let claim = "peril flood, harm death";
    let expect = vec![
        Expectation::Benefit(money(100), no_source()),
        Expectation::Paid(money(75), no_source()),
        Expectation::PaidInAll(money(300), no_source()),
    ];
    assert!(ran(sketch(), example(&[(4, claim)], expect)).passed());
}

#[test]
fn what_differs_is_told() {
    let run = ran(
        sketch(),
        example(
            &[(4, "peril flood, harm death")],
            vec![Expectation::Paid(money(80), no_source())],
        ),
    );
    assert!(!run.passed());
    assert!(matches!(&run.checks[0].verdict, Verdict::Differs(actual) if *actual == [Actual::Money(money(75))]));
}

#[test]
fn nothing_and_refused_are_not_the_same() {
    let nothing = || vec![Expectation::Nothing(no_source())];
    let refused = || vec![Expectation::Refused(no_source())];
    assert!(ran(sketch(), example(&[(1, "peril quake, harm death")], nothing())).passed());
    assert!(!ran(sketch(), example(&[(1, "peril flood, harm death")], nothing())).passed());
    assert!(!ran(sketch(), example(&[(1, "peril quake, harm death")], refused())).passed());
    assert!(ran(sketch(), example(&[(1, "harm death")], refused())).passed());
    assert!(!ran(sketch(), example(&[(1, "harm death")], nothing())).passed());
    // Nothing may be left of a benefit, too.
    let mut s = sketch();
    s.limit("零", LimitRule::UpTo(yuan(0)), &["event"], &[]);
    assert!(ran(s, example(&[(1, "peril flood, harm death")], nothing())).passed());
}

#[test]
fn an_example_that_expects_nothing_at_all_fails() {
    assert!(!ran(sketch(), example(&[(1, "peril flood, harm death")], Vec::new())).passed());
}

#[test]
fn a_term_by_contract_begins_with_the_earliest_claim() {
    let mut s = sketch();
    s.plan.calendar.term = Term::Contract { years: Some(1) };
    s.plan.calendar.boundaries.clear();
    let claims = [
        (1, "peril flood, harm death, date 2024-03-01, event A"),
        (3, "peril flood, harm death, date 2024-02-01, event B"),
        (1, "peril flood, harm death, date 2025-02-01, event C"),
    ];
    // 350 in the first year, by date; the claim of a year later has a year of its own.
    let expect = vec![Expectation::PaidInAll(money(450), no_source())];
    assert!(ran(s, example(&claims, expect)).passed());
}

#[test]
fn parameters_are_set_for_the_example_alone() {
    let mut s = Sketch::new();
    let cover = s.cover("甲", &["flood"]);
    s.plan.parameters.push(Parameter {
        id: "限额".to_owned(),
        kind: ParameterKind::Money,
        by: None,
        at_least: None,
        at_most: None,
        planned: None,
        value: None,
        source: Source::default(),
    });
    let amount = Amount::Parameter {
        parameter: ParameterId(0),
        value: None,
    };
    s.pays(cover, "death", BenefitKind::Fixed, amount, &[]);
    let expect = || vec![Expectation::Benefit(money(7), no_source())];
    let mut with = example(&[(1, "peril flood, harm death")], expect());
    with.set = vec![(ParameterId(0), Bound::One(ParameterValue::Money(money(7))))];
    s.plan.statement.examples = vec![with, example(&[(1, "peril flood, harm death")], expect())];
    let runs = run(&s.finish());
    assert!(runs[0].passed());
    assert!(matches!(&runs[1].checks[0].verdict, Verdict::Failed(why) if why[0].code == codes::V040));
}
