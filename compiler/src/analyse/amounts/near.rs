//! What a value comes to as facts go to their ends, which they need not reach: fewer than three months of which parts
//! count are as near to three as one likes, and so are more than three.

use super::top::{Top, above};
use crate::money::Ratio;
use anlan_lang::tree::RoundMode;
use std::cmp::Ordering;

/// What a value comes to as facts go to their ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Near {
    pub value: Top,
    /// On which side of it claims lie where they come as near as one likes, but never to it
    pub side: Ordering,
}

impl Near {
    pub fn at(value: Top) -> Self {
        Near {
            value,
            side: Ordering::Equal,
        }
    }
    pub fn least(self, other: Near) -> Self {
        if self.value == other.value {
            return Near {
                value: self.value,
                side: self.side.min(other.side),
            };
        }
        if above(self.value, other.value) { other } else { self }
    }
    pub fn most(self, other: Near) -> Self {
        if self.value == other.value {
            return Near {
                value: self.value,
                side: self.side.max(other.side),
            };
        }
        if above(self.value, other.value) { self } else { other }
    }
    pub fn times(self, by: Top) -> Self {
        let value = product(self.value, by);
        match by == Some(Ratio::ZERO) {
            true => Near::at(value),
            false => self.on_its_side(value),
        }
    }
    pub fn plus(self, other: Near) -> Self {
        let value = self.value.zip(other.value).and_then(|(a, b)| a.checked_add(b));
        let side = match value {
            Some(_) => self.side.then(other.side),
            None => Ordering::Equal,
        };
        Near { value, side }
    }
    pub fn less(self, taken: Near) -> Self {
        let value = match (self.value, taken.value) {
            // What is taken off may have no bound: then nothing is sure to be left.
            (_, None) => Some(Ratio::ZERO),
            (None, Some(_)) => None,
            (Some(value), Some(taken)) => value.checked_sub(taken).map(|rest| rest.max(Ratio::ZERO)),
        };
        let side = self.side.then(taken.side.reverse());
        Near { side, ..self }.on_its_side(value)
    }
    /// A value that is beside it as this is; nothing is below 0.
    fn on_its_side(self, value: Top) -> Self {
        let side = match value {
            Some(value) if value > Ratio::ZERO => self.side,
            Some(_) => self.side.max(Ordering::Equal),
            None => Ordering::Equal,
        };
        Near { value, side }
    }
    /// Of what only comes near, what is rounded is a little less or more.
    pub fn rounded(self, unit: i64, mode: RoundMode) -> Self {
        Near::at(self.value.map(|value| rounded(value, unit, mode, self.side)))
    }
}

/// 0 times anything is 0, also times what has no bound.
fn product(a: Top, b: Top) -> Top {
    if a == Some(Ratio::ZERO) || b == Some(Ratio::ZERO) {
        return Some(Ratio::ZERO);
    }
    a.zip(b).and_then(|(a, b)| a.checked_mul(b))
}

/// To a multiple of `unit` 分, of what is as little less or more as one likes.
fn rounded(value: Ratio, unit: i64, mode: RoundMode, side: Ordering) -> Ratio {
    let (n, d) = (value.numerator(), value.denominator());
    let floor = |n: i128, by: i128| {
        let whole = n.div_euclid(by);
        whole - i128::from(side.is_lt() && n.rem_euclid(by) == 0)
    };
    let multiple = || {
        let by = d.checked_mul(i128::from(unit.max(1)))?;
        let units = match mode {
            RoundMode::Down => floor(n, by),
            RoundMode::Up => {
                let whole = n.checked_add(by - 1)?.div_euclid(by);
                whole + i128::from(side.is_gt() && n.rem_euclid(by) == 0)
            }
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
        assert_eq!(
            rounded(third, 100, RoundMode::HalfUp, Ordering::Equal),
            Ratio::integer(3_300)
        );
        assert_eq!(
            rounded(third, 100, RoundMode::Up, Ordering::Equal),
            Ratio::integer(3_400)
        );
        assert_eq!(
            rounded(third, 1, RoundMode::Down, Ordering::Equal),
            Ratio::integer(3_333)
        );
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
            assert_eq!(
                rounded(value, 1, mode, Ordering::Less),
                Ratio::integer(at),
                "{value} {mode:?}"
            );
        }
    }

    #[test]
    fn what_is_a_little_more_is_rounded_up() {
        let [third, half, whole] = [(10_000, 3), (301, 2), (300, 1)].map(|(n, d)| Ratio::new(n, d).unwrap());
        for (value, mode, at) in [
            (third, RoundMode::Up, 3_334),
            (half, RoundMode::HalfUp, 151),
            (whole, RoundMode::HalfUp, 300),
            (whole, RoundMode::Up, 301),
            (whole, RoundMode::Down, 300),
        ] {
            assert_eq!(
                rounded(value, 1, mode, Ordering::Greater),
                Ratio::integer(at),
                "{value} {mode:?}"
            );
        }
    }

    #[test]
    fn what_a_little_more_is_taken_off_is_a_little_less() {
        let at = |units| Near::at(Some(Ratio::integer(units)));
        let more = Near {
            side: Ordering::Greater,
            ..at(3)
        };
        assert_eq!(at(5).less(more).side, Ordering::Less);
        assert_eq!(at(3).less(more), at(0));
        assert_eq!(at(5).less(at(3)), at(2));
    }
}
