//! Numbers as people write them on a command line or in a table: exact, never through a float.

use anlan_compiler::money::{Fen, MAX_FEN, Ratio};
use rust_decimal::Decimal;
use std::str::FromStr;

/// Characters of Chinese numerals and full-width forms, as their plain counterparts.
fn plain(text: &str) -> String {
    text.trim()
        .chars()
        .filter(|c| !matches!(c, ',' | '，' | '_' | ' '))
        .map(|c| match c {
            '０'..='９' | '．' | '％' | '－' | '＋' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
            other => other,
        })
        .collect()
}

/// A number with 百 千 万 亿 behind it: `3000万`, `1.2亿`.
fn decimal(text: &str) -> Option<Decimal> {
    let digits = text.trim_end_matches(['百', '千', '万', '亿']);
    // Scientific notation is not how amounts are written, and hides slips of size.
    if digits.is_empty() || digits.contains(['e', 'E']) {
        return None;
    }
    let mut value = Decimal::from_str(digits).ok()?;
    for multiplier in text.chars().skip(digits.chars().count()) {
        let by = match multiplier {
            '百' => 100,
            '千' => 1_000,
            '万' => 10_000,
            _ => 100_000_000,
        };
        value = value.checked_mul(Decimal::from(by))?;
    }
    Some(value)
}

/// An amount in 元, at most two decimals: `120亿元`, `30000000`, `￥1,200.50`.
pub fn yuan(text: &str) -> Option<Fen> {
    let plain = plain(text);
    let number = plain.trim_start_matches(['￥', '¥']);
    let number = ["元", "yuan", "CNY"]
        .iter()
        .find_map(|unit| number.strip_suffix(unit))
        .unwrap_or(number);
    let fen = decimal(number)?.checked_mul(Decimal::from(100))?;
    if !fen.is_integer() || fen.is_sign_negative() && !fen.is_zero() {
        return None;
    }
    i64::try_from(fen).ok().filter(|fen| *fen <= MAX_FEN).map(Fen)
}

/// A whole number that is not negative: `800000`, `80万`, `80万人`.
pub fn count(text: &str) -> Option<i64> {
    let plain = plain(text);
    let number = plain.trim_end_matches(['人', '户']);
    let value = decimal(number)?;
    if !value.is_integer() {
        return None;
    }
    i64::try_from(value).ok().filter(|n| *n >= 0)
}

/// A figure: `0.21`, `21%`, `5‰`, `1/2`, `3000万元` (in 元).
pub fn ratio(text: &str) -> Option<Ratio> {
    let plain = plain(text);
    if let Some((top, bottom)) = plain.split_once('/') {
        return ratio_of(decimal(top)?, decimal(bottom)?);
    }
    let (number, denominator) = match (plain.strip_suffix('%'), plain.strip_suffix('‰')) {
        (Some(number), _) => (number, 100),
        (_, Some(number)) => (number, 1_000),
        _ => (plain.strip_suffix('元').unwrap_or(&plain), 1),
    };
    ratio_of(decimal(number)?, Decimal::from(denominator))
}

fn ratio_of(top: Decimal, bottom: Decimal) -> Option<Ratio> {
    let (top, bottom) = (Ratio::from_decimal(top)?, Ratio::from_decimal(bottom)?);
    let inverse = Ratio::new(bottom.denominator(), bottom.numerator())?;
    top.checked_mul(inverse)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_exact() {
        assert_eq!(yuan("120亿元"), Some(Fen(1_200_000_000_000)));
        assert_eq!(yuan("￥1,200.50"), Some(Fen(120_050)));
        assert_eq!(yuan("３０００万元"), Some(Fen(3_000_000_000)));
        assert_eq!(yuan("0.005"), None, "finer than a 分");
        assert_eq!(yuan("-1"), None);
        assert_eq!(yuan("1e30"), None);
        assert_eq!(yuan("10万亿元"), Some(Fen(MAX_FEN)));
        assert_eq!(yuan("10万亿零1元"), None);
        assert_eq!(yuan("11万亿元"), None, "above 10^15 分");
    }

    #[test]
    fn counts_are_whole() {
        assert_eq!(count("80万人"), Some(800_000));
        assert_eq!(count("92.6万"), Some(926_000));
        assert_eq!(count("0.5"), None);
        assert_eq!(count(""), None);
    }

    #[test]
    fn figures_are_ratios() {
        assert_eq!(ratio("0.21"), Ratio::new(21, 100));
        assert_eq!(ratio("21％"), Ratio::new(21, 100));
        assert_eq!(ratio("1/3"), Ratio::new(1, 3));
        assert_eq!(ratio("1/0"), None);
        assert_eq!(ratio("-3%"), Ratio::new(-3, 100));
        assert_eq!(ratio("约20%"), None);
    }
}
