//! Every evaluator gives the reference's answers on generated claims: on the policies, and on schemes that nobody wrote.
//!
//! `ANLAN_AGREEMENT` is the number of claims a run of each policy (100000 for the full number), `ANLAN_AGREEMENT_SCHEMES`
//! the number of generated schemes, `ANLAN_AGREEMENT_FROM` how many of them were held before and are left out, as are then
//! the policies.

use anlan_tests::agreement::engine::{Engine, hold};
use anlan_tests::agreement::engines::{Native, Python, Rust, TypeScript};
use anlan_tests::agreement::subjects::{Subject, generated, policies, written};
use anlan_tests::agreement::worlds::make_up;
use anlan_tests::node;

pub fn number(variable: &str, otherwise: usize) -> usize {
    std::env::var(variable)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(otherwise)
}

/// From which seed schemes are generated and from which their claims, for evaluators in a language and for SQL.
pub const SCHEMES: (u64, u64) = (1, 20_261_130);
pub const SCHEMES_OF_SQL: (u64, u64) = (2_000, 20_261_132);
/// Claims a run of a generated scheme
pub const CLAIMS: usize = 60;

/// Policies with many claims, generated schemes with few.
fn agrees(engine: &mut dyn Engine) {
    let from = number("ANLAN_AGREEMENT_FROM", 0);
    if from > 0 {
        return agrees_on_schemes(engine, from);
    }
    let paid = hold(engine, &policies(), number("ANLAN_AGREEMENT", 600), 20_261_123);
    assert!(paid >= 50, "only {paid} claims pay, too few to tell");
    let paid = hold(engine, &written(), 2_000, 20_261_201);
    assert!(paid >= 20, "only {paid} claims pay, too few to tell");
    agrees_on_schemes(engine, 0);
}

fn agrees_on_schemes(engine: &mut dyn Engine, from: usize) {
    let schemes = scheme_range(SCHEMES.0, from);
    let paid = hold(engine, &schemes, CLAIMS, SCHEMES.1 + from as u64);
    assert!(paid >= schemes.len(), "only {paid} claims pay, too few to tell");
}

/// The generated schemes that are asked for, without the first so many. With the same seed moved on by as many, each has
/// the claims that it has in a run from the first.
pub fn scheme_range(seed: u64, from: usize) -> Vec<Subject> {
    generated(seed, from + number("ANLAN_AGREEMENT_SCHEMES", 10)).split_off(from)
}

#[test]
fn python() {
    agrees(&mut Python);
}

#[test]
fn rust() {
    agrees(&mut Rust);
}

/// It is fast, so it is held on more generated schemes.
fn native_agrees(mut engine: Native) {
    agrees(&mut engine);
    if number("ANLAN_AGREEMENT_FROM", 0) > 0 {
        return;
    }
    let schemes = generated(1_000, number("ANLAN_AGREEMENT_SCHEMES", 100));
    hold(&mut engine, &schemes, 200, 20_261_131);
}

#[test]
fn native_from_records() {
    native_agrees(Native::Records);
}

#[test]
fn native_from_texts() {
    native_agrees(Native::Texts);
}

/// An evaluator right for a few files only would pass on schemes that hold nothing hard. Each of these stands in a tenth
/// of the generated schemes at least, so in 50 of 500.
#[test]
fn generated_schemes_hold_what_is_hard() {
    for (first, seed) in [SCHEMES, SCHEMES_OF_SQL] {
        let schemes = generated(first, number("ANLAN_AGREEMENT_SCHEMES", 10).max(100));
        let found = make_up(&schemes, CLAIMS, seed);
        println!("{} from seed {first}:", schemes.len());
        for (what, count) in &found {
            println!("{count:5} {what}");
        }
        let rare: Vec<_> = found.iter().filter(|(_, count)| **count < schemes.len() / 10).collect();
        assert!(rare.is_empty(), "{rare:?} of {}", schemes.len());
        assert_eq!(found.len(), 11);
    }
}

#[test]
fn typescript() {
    if let Some(tools) = node::tools() {
        agrees(&mut TypeScript { tools });
    }
}
