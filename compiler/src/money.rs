//! Money in 分, and exact ratios. No float ever touches an amount.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{ToPrimitive, Zero};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// The largest amount of one fact or literal: 10^15 分, ten million million 元 (SEMANTICS §5).
pub const MAX_FEN: i64 = 1_000_000_000_000_000;

/// An amount in 分 (1/100 元).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fen(pub i64);

impl fmt::Display for Fen {
    /// 元 with two decimals, as the data contract prints amounts: `80000.00`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let value = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", value / 100, value % 100)
    }
}

/// An exact ratio in lowest terms, `denominator > 0`. Written `n/d` in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ratio {
    numerator: i128,
    denominator: i128,
}

impl Ratio {
    pub const ZERO: Ratio = Ratio {
        numerator: 0,
        denominator: 1,
    };
    pub const ONE: Ratio = Ratio {
        numerator: 1,
        denominator: 1,
    };

    /// `None` where `denominator` is 0 or the value cannot be held in lowest terms.
    pub fn new(numerator: i128, denominator: i128) -> Option<Self> {
        if denominator == 0 {
            return None;
        }
        let g = gcd(numerator.checked_abs()?, denominator.checked_abs()?).max(1);
        let sign = if denominator < 0 { -1 } else { 1 };
        Some(Ratio {
            numerator: sign * (numerator / g),
            denominator: sign * (denominator / g),
        })
    }
    pub fn integer(value: i64) -> Self {
        Ratio {
            numerator: i128::from(value),
            denominator: 1,
        }
    }
    /// Exactly the decimal's value. `None` never happens for `Decimal`s of the language (28 digits fit i128), but is not assumed.
    pub fn from_decimal(value: rust_decimal::Decimal) -> Option<Self> {
        Ratio::new(value.mantissa(), 10i128.checked_pow(value.scale())?)
    }
    pub fn numerator(self) -> i128 {
        self.numerator
    }
    pub fn denominator(self) -> i128 {
        self.denominator
    }
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let n = self
            .numerator
            .checked_mul(other.denominator)?
            .checked_add(other.numerator.checked_mul(self.denominator)?)?;
        Ratio::new(n, self.denominator.checked_mul(other.denominator)?)
    }
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.checked_add(Ratio {
            numerator: other.numerator.checked_neg()?,
            denominator: other.denominator,
        })
    }
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        Ratio::new(
            self.numerator.checked_mul(other.numerator)?,
            self.denominator.checked_mul(other.denominator)?,
        )
    }
    pub fn is_negative(self) -> bool {
        self.numerator < 0
    }
}

/// Ratios that rules compare facts with lie on the grid of 1/[`RATIO_GRID`]: up to nine decimals, ‰ and %, and fractions
/// with denominators up to 16.
pub const RATIO_GRID: i128 = 9_009_000_000_000;

/// Points with which rules compare what may lie between them, as ratios and counts in parts: so many to one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grid(i128);

impl Grid {
    pub const RATIOS: Grid = Grid(RATIO_GRID);
    /// Whole units
    pub const UNITS: Grid = Grid(1);

    /// Where a value stands among the points of the grid and the gaps between them, so that whole numbers tell any two
    /// values apart that a bound on the grid tells apart: twice the point's number, or one more for a value between a
    /// point and the next. Beyond `i64` the last position.
    pub fn position(self, value: Ratio) -> i64 {
        let point = |doubled: i128, exact: bool| {
            let doubled = doubled.saturating_add(i128::from(!exact));
            i64::try_from(doubled).unwrap_or(if doubled < 0 { i64::MIN } else { i64::MAX })
        };
        match value.numerator.checked_mul(self.0) {
            Some(scaled) => point(
                scaled.div_euclid(value.denominator).saturating_mul(2),
                scaled.rem_euclid(value.denominator) == 0,
            ),
            None => {
                let scaled = BigInt::from(value.numerator) * self.0;
                let (floor, rest) = scaled.div_mod_floor(&BigInt::from(value.denominator));
                point(floor.to_i128().unwrap_or(i128::MAX).saturating_mul(2), rest.is_zero())
            }
        }
    }
    /// The position of a point of the grid; `None` for what lies between its points or beyond its end.
    pub fn point(self, value: Ratio) -> Option<i64> {
        let position = self.position(value);
        (position % 2 == 0 && self.at(position) == Some(value)).then_some(position)
    }
    /// A bound at a position: the point of the grid, and whether the point itself lies below the bound.
    pub fn bound(self, position: i64) -> Option<(Ratio, bool)> {
        let point = Ratio::new(i128::from(position.div_euclid(2)), self.0)?;
        Some((point, position.rem_euclid(2) == 1))
    }
    /// A value that stands at the position: the point, or midway between two.
    pub fn at(self, position: i64) -> Option<Ratio> {
        Ratio::new(i128::from(position), self.0.checked_mul(2)?)
    }
}

impl Ratio {
    /// Where the ratio stands on [`Grid::RATIOS`].
    pub fn position(self) -> i64 {
        Grid::RATIOS.position(self)
    }
    /// The position of a ratio on the grid; `None` for one between its points or beyond its end.
    pub fn grid_position(self) -> Option<i64> {
        Grid::RATIOS.point(self)
    }
    /// A ratio that stands at the position.
    pub fn at_position(position: i64) -> Option<Ratio> {
        Grid::RATIOS.at(position)
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        // Continued-fraction comparison: no product, so no overflow.
        let (mut a, mut b) = ((self.numerator, self.denominator), (other.numerator, other.denominator));
        let mut flip = false;
        loop {
            let (qa, ra) = (a.0.div_euclid(a.1), a.0.rem_euclid(a.1));
            let (qb, rb) = (b.0.div_euclid(b.1), b.0.rem_euclid(b.1));
            let order = qa.cmp(&qb);
            let order = if order != std::cmp::Ordering::Equal {
                order
            } else if ra == 0 || rb == 0 {
                ra.cmp(&rb)
            } else {
                a = (a.1, ra);
                b = (b.1, rb);
                flip = !flip;
                continue;
            };
            // At rest with a zero remainder the orders are those of ra/da and rb/db, where zero is least.
            return if flip { order.reverse() } else { order };
        }
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.numerator, self.denominator)
    }
}

impl Serialize for Ratio {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for Ratio {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        text.split_once('/')
            .and_then(|(n, d)| Ratio::new(n.parse().ok()?, d.parse().ok()?))
            .ok_or_else(|| serde::de::Error::custom("a ratio is written n/d"))
    }
}

fn gcd(mut a: i128, mut b: i128) -> i128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn ratio(n: i128, d: i128) -> Ratio {
        Ratio::new(n, d).unwrap()
    }

    #[test]
    fn amounts_print_with_two_decimals() {
        assert_eq!(Fen(8_000_000).to_string(), "80000.00");
        assert_eq!(Fen(5).to_string(), "0.05");
        assert_eq!(Fen(-5).to_string(), "-0.05");
        assert_eq!(Fen(i64::MIN).to_string(), "-92233720368547758.08");
    }
    #[test]
    fn ratios_are_in_lowest_terms() {
        assert_eq!(ratio(6, -8), ratio(-3, 4));
        assert_eq!(ratio(0, 7), Ratio::ZERO);
        assert_eq!(Ratio::new(1, 0), None);
        assert_eq!(Ratio::new(i128::MIN, 1), None);
        assert_eq!(ratio(1, 3).checked_add(ratio(1, 6)), Some(ratio(1, 2)));
        assert_eq!(ratio(1, 2).checked_sub(ratio(1, 3)), Some(ratio(1, 6)));
        assert_eq!(ratio(5, 6).checked_mul(ratio(3, 10)), Some(ratio(1, 4)));
        assert_eq!(ratio(i128::MAX, 1).checked_add(Ratio::ONE), None);
    }
    #[test]
    fn ratios_order_as_their_products_do() {
        for (a, b, c, d) in (0..8u32).flat_map(|i| {
            let of = move |k: u32| i128::from((i * 31 + k * 17) % 11) - 5;
            (0..40).map(move |k| (of(k), of(k + 1).abs() + 1, of(k + 2), of(k + 3).abs() + 1))
        }) {
            assert_eq!(
                ratio(a, b).cmp(&ratio(c, d)),
                (a * d).cmp(&(c * b)),
                "{a}/{b} and {c}/{d}"
            );
        }
        // Where the products would overflow
        let large = i128::MAX;
        assert!(ratio(large, large - 1) < ratio(large - 1, large - 2));
    }
    #[test]
    fn positions_keep_the_order_about_every_bound() {
        let bounds = [
            ratio(0, 1),
            ratio(1, 3),
            ratio(1, 2),
            ratio(9, 16),
            ratio(1, 1),
            ratio(3, 2),
        ];
        let others = [
            ratio(1, 17),
            ratio(8, 17),
            ratio(500_000_001, 1_000_000_000),
            ratio(i128::MAX, i128::MAX - 1),
        ];
        for bound in bounds {
            let at = bound.grid_position().unwrap();
            assert_eq!(Ratio::at_position(at), Some(bound));
            for value in bounds.into_iter().chain(others) {
                assert_eq!(value.position().cmp(&at), value.cmp(&bound), "{value} and {bound}");
            }
        }
        assert_eq!(ratio(1, 17).grid_position(), None);
        assert_eq!(ratio(i128::MAX, 1).position(), i64::MAX);
        assert_eq!(ratio(i128::MAX, 1).grid_position(), None);
        let between = Ratio::at_position(ratio(1, 17).position()).unwrap();
        assert_eq!(between.position(), ratio(1, 17).position());
    }
    #[test]
    fn decimals_are_exact() {
        let of = |text: &str| Ratio::from_decimal(text.parse().unwrap()).unwrap();
        assert_eq!(of("0.001"), ratio(1, 1000));
        assert_eq!(of("92.6"), ratio(463, 5));
        assert_eq!(of("79228162514264337593543950335").denominator(), 1);
    }
    #[test]
    fn ratios_are_written_as_fractions() {
        let text = serde_json::to_string(&ratio(5, 6)).unwrap();
        assert_eq!(text, "\"5/6\"");
        assert_eq!(serde_json::from_str::<Ratio>(&text).unwrap(), ratio(5, 6));
        assert!(serde_json::from_str::<Ratio>("\"5/0\"").is_err());
        assert!(serde_json::from_str::<Ratio>("\"5\"").is_err());
    }
}
