//! Exact arithmetic of the reference evaluator: rationals without bounds (SEMANTICS §5).
//!
//! Emitted evaluators share none of this code on purpose.

use crate::money::{Fen, Ratio};
use anlan_lang::tree::RoundMode;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{ToPrimitive, Zero};

/// An amount in 分, or a ratio, exactly.
pub(crate) type Exact = BigRational;

pub(crate) fn from_fen(fen: Fen) -> Exact {
    Exact::from_integer(BigInt::from(fen.0))
}

pub(crate) fn from_ratio(ratio: Ratio) -> Exact {
    Exact::new(BigInt::from(ratio.numerator()), BigInt::from(ratio.denominator()))
}

/// To whole 分, half away from zero; `None` where 64 bits do not hold it.
pub(crate) fn to_fen(value: &Exact) -> Option<Fen> {
    value.round().to_integer().to_i64().map(Fen)
}

/// To a multiple of `unit` 分 (at least 1).
pub(crate) fn round_to(value: &Exact, unit: Fen, mode: RoundMode) -> Exact {
    let unit = from_fen(Fen(unit.0.max(1)));
    let steps = value / &unit;
    let whole = match mode {
        RoundMode::HalfUp => steps.round(),
        RoundMode::Down => steps.trunc(),
        // Amounts are never negative, so up is away from zero.
        RoundMode::Up => steps.ceil(),
    };
    whole * unit
}

/// `value − less`, not below 0.
pub(crate) fn less(value: &Exact, less: &Exact) -> Exact {
    if less >= value { Exact::zero() } else { value - less }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)] // tests
    use super::*;

    fn ratio(n: i128, d: i128) -> Exact {
        from_ratio(Ratio::new(n, d).unwrap())
    }

    #[test]
    fn rounds_half_away_from_zero_and_only_at_the_end() {
        // SEMANTICS §5: 1.53 × 5/6 = 1.275, which a decimal 5/6 turns into 1.27.
        assert_eq!(to_fen(&(from_fen(Fen(153)) * ratio(5, 6))), Some(Fen(128)));
        assert_eq!(to_fen(&ratio(1, 2)), Some(Fen(1)));
        assert_eq!(to_fen(&ratio(-1, 2)), Some(Fen(-1)));
        assert_eq!(to_fen(&(from_fen(Fen(i64::MAX)) * ratio(2, 1))), None);
    }

    #[test]
    fn rounds_to_a_unit_in_every_mode() {
        for (mode, expected) in [(RoundMode::HalfUp, 200), (RoundMode::Down, 100), (RoundMode::Up, 200)] {
            assert_eq!(
                to_fen(&round_to(&from_fen(Fen(150)), Fen(100), mode)),
                Some(Fen(expected))
            );
        }
        assert_eq!(
            round_to(&from_fen(Fen(149)), Fen(100), RoundMode::HalfUp),
            from_fen(Fen(100))
        );
        assert_eq!(
            round_to(&from_fen(Fen(101)), Fen(100), RoundMode::Up),
            from_fen(Fen(200))
        );
    }
}
