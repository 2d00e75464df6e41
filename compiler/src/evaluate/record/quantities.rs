//! Money, counts, grid numbers and ratios from text, exactly.

use crate::evaluate::model::Refusal;
use crate::evaluate::text::{NotNumber, decimal, number, plain};
use crate::money::{Fen, MAX_FEN, Ratio};
use anlan_lang::diag::codes;
use anlan_lang::tree::PartRule;
use rust_decimal::Decimal;

/// 元 with at most two decimals, not negative, at most 10^15 分.
pub(crate) fn money(text: &str) -> Result<Fen, Refusal> {
    let text = plain(text);
    let yuan = decimal_of(text.strip_suffix('元').unwrap_or(&text), codes::V004)?;
    let fen = yuan
        .checked_mul(Decimal::ONE_HUNDRED)
        .ok_or_else(|| Refusal::new(codes::V007))?
        .normalize();
    if fen.is_sign_negative() && !fen.is_zero() {
        return Err(Refusal::new(codes::V005));
    }
    // The size first: a huge amount with three decimals is above all huge.
    if fen > Decimal::from(MAX_FEN) {
        return Err(Refusal::new(codes::V007));
    }
    if fen.scale() > 0 {
        return Err(Refusal::new(codes::V006));
    }
    i64::try_from(fen.mantissa())
        .map(Fen)
        .map_err(|_| Refusal::new(codes::V007))
}

/// As [`money`], also with the multipliers that documents use: `5亿元`, `300万`.
pub(crate) fn money_worded(text: &str) -> Result<Fen, Refusal> {
    let text = plain(text);
    let text = text.strip_suffix('元').unwrap_or(&text);
    let (digits, times) = match (text.strip_suffix('万'), text.strip_suffix('亿')) {
        (Some(digits), _) => (digits, 10_000),
        (_, Some(digits)) => (digits, 100_000_000),
        _ => return money(text),
    };
    let yuan = decimal_of(digits, codes::V004)?.checked_mul(Decimal::from(times));
    money(&yuan.ok_or_else(|| Refusal::new(codes::V007))?.to_string())
}

fn decimal_of(text: &str, malformed: anlan_lang::diag::Code) -> Result<Decimal, Refusal> {
    number(text).map_err(|error| {
        Refusal::new(match error {
            NotNumber::Malformed => malformed,
            NotNumber::TooLarge => codes::V007,
            NotNumber::TooFine => codes::V006,
        })
    })
}

/// A whole number ≥ 0; decimals only where the plan says what a part unit counts as.
pub(crate) fn count(text: &str, part: Option<PartRule>) -> Result<Ratio, Refusal> {
    let value = decimal_of(text, codes::V008)?;
    if value.is_sign_negative() && !value.is_zero() {
        return Err(Refusal::new(codes::V005));
    }
    if value > Decimal::from(MAX_FEN) {
        return Err(Refusal::new(codes::V007));
    }
    let counted = match part {
        _ if value.fract().is_zero() => value,
        None => return Err(Refusal::new(codes::V008)),
        Some(PartRule::Up) => value.ceil(),
        Some(PartRule::Down) => value.floor(),
        Some(PartRule::ProRata) => value,
    };
    Ratio::from_decimal(counted.normalize()).ok_or_else(|| Refusal::new(codes::V007))
}

/// Steps of the precision, within the bounds: a value off the grid or out of bounds is an error (SEMANTICS §1).
pub(crate) fn grid(text: &str, unit: &str, precision: Ratio, from: Ratio, to: Ratio) -> Result<i64, Refusal> {
    let refused = || {
        let step = decimal(precision);
        Refusal::new(codes::V009)
            .arg("precision", step)
            .arg("from", decimal(from))
            .arg("to", decimal(to))
            .arg("unit", unit)
    };
    let text = plain(text);
    let value = decimal_of(
        text.strip_suffix(unit).map_or(text.as_str(), str::trim_end),
        codes::V009,
    )
    .map_err(|_| refused())?;
    let value = Ratio::from_decimal(value).ok_or_else(refused)?;
    if value < from || value > to {
        return Err(refused());
    }
    let top = value
        .numerator()
        .checked_mul(precision.denominator())
        .ok_or_else(refused)?;
    let bottom = value
        .denominator()
        .checked_mul(precision.numerator())
        .ok_or_else(refused)?;
    let steps = Ratio::new(top, bottom)
        .filter(|steps| steps.denominator() == 1)
        .ok_or_else(refused)?;
    i64::try_from(steps.numerator()).map_err(|_| refused())
}

/// `0.95`, `95%`, `95‰` or `19/20`; not negative.
pub(crate) fn ratio(text: &str) -> Result<Ratio, Refusal> {
    let refused = || Refusal::new(codes::V010);
    let text = plain(text);
    let value = if let Some((n, d)) = text.split_once('/') {
        Ratio::new(
            n.trim().parse().map_err(|_| refused())?,
            d.trim().parse().map_err(|_| refused())?,
        )
    } else {
        let (digits, scale) = match (text.strip_suffix('%'), text.strip_suffix('‰')) {
            (Some(digits), _) => (digits, 100),
            (_, Some(digits)) => (digits, 1000),
            _ => (text.as_str(), 1),
        };
        let value = Ratio::from_decimal(decimal_of(digits.trim_end(), codes::V010)?);
        value.and_then(|v| v.checked_mul(Ratio::new(1, scale)?))
    };
    value.filter(|v| !v.is_negative()).ok_or_else(refused)
}
