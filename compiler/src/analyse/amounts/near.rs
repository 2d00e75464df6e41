//! What a value comes to as facts rise to their ends, which they need not reach: fewer than three months of which parts
//! count are as near to three as one likes.

use super::top::{Top, above};
use crate::money::Ratio;
use anlan_lang::tree::RoundMode;

/// What a value comes to as facts go to their ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Near {
    pub value: Top,
    /// As near as one likes, but never so much
    pub below: bool,
}

impl Near {
    pub fn at(value: Top) -> Self {
        Near { value, below: false }
    }
    pub fn least(self, other: Near) -> Self {
        if self.value == other.value {
            return Near {
                value: self.value,
                below: self.below || other.below,
            };
        }
        if above(self.value, other.value) { other } else { self }
    }
    pub fn most(self, other: Near) -> Self {
        if self.value == other.value {
            return Near {
                value: self.value,
                below: self.below && other.below,
            };
        }
        if above(self.value, other.value) { self } else { other }
    }
    pub fn times(self, by: Top) -> Self {
        let value = product(self.value, by);
        Near {
            value,
            below: self.below && value.is_some_and(|value| value > Ratio::ZERO),
        }
    }
    pub fn plus(self, other: Near) -> Self {
        let value = self.value.zip(other.value).and_then(|(a, b)| a.checked_add(b));
        Near {
            value,
            below: value.is_some() && (self.below || other.below),
        }
    }
    pub fn less(self, taken: Top) -> Self {
        let value = match (self.value, taken) {
            // What is taken off may have no bound: then nothing is sure to be left.
            (_, None) => Some(Ratio::ZERO),
            (None, Some(_)) => None,
            (Some(value), Some(taken)) => value.checked_sub(taken).map(|rest| rest.max(Ratio::ZERO)),
        };
        Near {
            value,
            below: self.below && value.is_some_and(|value| value > Ratio::ZERO),
        }
    }
    /// Of what only comes near, what is rounded is a little less.
    pub fn rounded(self, unit: i64, mode: RoundMode) -> Self {
        Near::at(self.value.map(|value| rounded(value, unit, mode, self.below)))
    }
}

/// 0 times anything is 0, also times what has no bound.
fn product(a: Top, b: Top) -> Top {
    if a == Some(Ratio::ZERO) || b == Some(Ratio::ZERO) {
        return Some(Ratio::ZERO);
    }
    a.zip(b).and_then(|(a, b)| a.checked_mul(b))
}

/// To a multiple of `unit` 分; `below`: of what is as little less as one likes.
fn rounded(value: Ratio, unit: i64, mode: RoundMode, below: bool) -> Ratio {
    let (n, d) = (value.numerator(), value.denominator());
    let floor = |n: i128, by: i128| {
        let whole = n.div_euclid(by);
        whole - i128::from(below && n.rem_euclid(by) == 0)
    };
    let multiple = || {
        let by = d.checked_mul(i128::from(unit.max(1)))?;
        let units = match mode {
            RoundMode::Down => floor(n, by),
            RoundMode::Up => n.checked_add(by - 1)?.div_euclid(by),
            RoundMode::HalfUp => floor(n.checked_mul(2)?.checked_add(by)?, by.checked_mul(2)?),
        };
        Ratio::new(units.checked_mul(i128::from(unit.max(1)))?, 1)
    };
    multiple().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn rounding_goes_to_the_unit() {
        let third = Ratio::new(10_000, 3).unwrap();
        assert_eq!(rounded(third, 100, RoundMode::HalfUp, false), Ratio::integer(3_300));
        assert_eq!(rounded(third, 100, RoundMode::Up, false), Ratio::integer(3_400));
        assert_eq!(rounded(third, 1, RoundMode::Down, false), Ratio::integer(3_333));
    }

    #[test]
    fn what_only_comes_near_is_rounded_as_a_little_less() {
        let [third, half, whole] = [(10_000, 3), (301, 2), (300, 1)].map(|(n, d)| Ratio::new(n, d).unwrap());
        for (value, mode, at) in [
            (third, RoundMode::Down, 3_333),
            (third, RoundMode::Up, 3_334),
            (half, RoundMode::HalfUp, 150),
            (whole, RoundMode::HalfUp, 300),
            (whole, RoundMode::Up, 300),
            (whole, RoundMode::Down, 299),
        ] {
            assert_eq!(rounded(value, 1, mode, true), Ratio::integer(at), "{value} {mode:?}");
        }
    }
}
