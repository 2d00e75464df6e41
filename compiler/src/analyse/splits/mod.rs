//! Family P: shares that make up a whole, and regions each in one row.

mod regions;
mod shares;
mod twice;

use super::Rule;
use crate::money::Ratio;
use anlan_lang::diag::{Arg, codes};

pub(super) const RULES: &[Rule] = &[
    // A share that could not be read is missing from its sum.
    Rule::sound(&[codes::P101], shares::coinsurance).bound(),
    Rule::sound(&[codes::P102], shares::rows),
    Rule::sound(&[codes::P103], shares::payers).bound(),
    Rule::of(&[codes::P104, codes::P105], regions::placed),
    Rule::of(&[codes::P107], shares::remainder),
    Rule::of(&[codes::P108, codes::P109, codes::P110], shares::insurers).bound(),
    Rule::of(&[codes::P111], shares::two_rules),
    Rule::of(&[codes::P112], twice::named_twice),
    Rule::of(&[codes::P113], shares::unstated),
];

fn ratio(value: Ratio) -> Arg {
    Arg::Ratio {
        numerator: value.numerator(),
        denominator: value.denominator(),
    }
}

/// `None` on overflow.
fn sum(shares: impl IntoIterator<Item = Ratio>) -> Option<Ratio> {
    shares
        .into_iter()
        .try_fold(Ratio::ZERO, |sum, share| sum.checked_add(share))
}
