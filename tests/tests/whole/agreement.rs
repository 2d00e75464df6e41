//! Every evaluator gives the reference's answers on generated claims: on the policies, and on schemes that nobody wrote.
//!
//! `ANLAN_AGREEMENT` is the number of claims a run of each policy (100000 for the full number), `ANLAN_AGREEMENT_SCHEMES`
//! the number of generated schemes.

use anlan_tests::agreement::engine::{Engine, hold};
use anlan_tests::agreement::engines::Python;
use anlan_tests::agreement::subjects::{generated, policies};

fn number(variable: &str, otherwise: usize) -> usize {
    std::env::var(variable)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(otherwise)
}

/// Policies with many claims, generated schemes with few.
fn agrees(engine: &mut dyn Engine) {
    let paid = hold(engine, &policies(), number("ANLAN_AGREEMENT", 600), 20_261_123);
    assert!(paid >= 50, "only {paid} claims pay, too few to tell");
    let schemes = generated(1, number("ANLAN_AGREEMENT_SCHEMES", 10));
    let paid = hold(engine, &schemes, 60, 20_261_130);
    assert!(paid >= schemes.len(), "only {paid} claims pay, too few to tell");
}

#[test]
fn python() {
    agrees(&mut Python);
}
