//! Text as files spell it: full-width signs, numbers, exact decimals back to text.

use crate::money::Ratio;
use rust_decimal::Decimal;

/// Full-width ASCII (`１２，Ａ`) as ASCII, the ideographic space as a blank, and no white space around.
pub(crate) fn plain(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        other => other,
    };
    text.chars().map(narrow).collect::<String>().trim().to_owned()
}

/// White space as files have it, the ideographic and the no-break space included, with a stray BOM.
pub fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
}

/// Why a text is not a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotNumber {
    Malformed,
    /// A number, but beyond what 28 digits hold
    TooLarge,
    /// A number with more decimals than 28 digits hold
    TooFine,
}

/// A decimal number, exactly: digits with an optional sign, thousands groups (`1,200.50`), or an exponent
/// (`1.2E+05`, as spreadsheets write).
pub(crate) fn number(text: &str) -> Result<Decimal, NotNumber> {
    let text = plain(text);
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().map_err(|_| exponent_error(&text))?),
        None => (text.as_str(), 0),
    };
    let (negative, digits) = match mantissa.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, mantissa.strip_prefix('+').unwrap_or(mantissa)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let whole = ungrouped(whole).ok_or(NotNumber::Malformed)?;
    let is_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if !is_digits(&whole) || !is_digits(fraction) || (whole.is_empty() && fraction.is_empty()) {
        return Err(NotNumber::Malformed);
    }
    shifted(&whole, fraction, exponent, negative)
}

/// An exponent that no 32 bits hold still makes a number, unless it is no number at all.
fn exponent_error(text: &str) -> NotNumber {
    match text.split_once(['e', 'E']) {
        Some((_, exponent)) => {
            let digits = exponent.trim_start_matches(['+', '-']);
            match (
                digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()),
                exponent.starts_with('-'),
            ) {
                (true, _) => NotNumber::Malformed,
                (false, true) => NotNumber::TooFine,
                (false, false) => NotNumber::TooLarge,
            }
        }
        None => NotNumber::Malformed,
    }
}

/// Without the commas of well-formed thousands groups.
fn ungrouped(whole: &str) -> Option<String> {
    if !whole.contains(',') {
        return Some(whole.to_owned());
    }
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let formed = (1..=3).contains(&first.len()) && groups.all(|g| g.len() == 3);
    formed.then(|| whole.replace(',', ""))
}

/// `whole.fraction × 10^exponent` as a decimal.
fn shifted(whole: &str, fraction: &str, exponent: i32, negative: bool) -> Result<Decimal, NotNumber> {
    let digits = format!("{whole}{fraction}");
    let significant = digits.trim_start_matches('0');
    let stripped = significant.trim_end_matches('0');
    if stripped.is_empty() {
        return Ok(Decimal::ZERO);
    }
    // The value is stripped × 10^power.
    let dropped = significant.len() - stripped.len();
    let power = i64::from(exponent) - fraction.len() as i64 + dropped as i64;
    if stripped.len() as i64 + power > 28 {
        return Err(NotNumber::TooLarge);
    }
    if power < -28 || stripped.len() > 28 {
        return Err(NotNumber::TooFine);
    }
    let zeros = usize::try_from(power).unwrap_or(0);
    let mantissa: i128 = format!("{stripped}{}", "0".repeat(zeros))
        .parse()
        .map_err(|_| NotNumber::TooLarge)?;
    let scale = u32::try_from(-power).unwrap_or(0);
    let signed = if negative { -mantissa } else { mantissa };
    Decimal::try_from_i128_with_scale(signed, scale).map_err(|_| NotNumber::TooLarge)
}

/// A ratio as a decimal where one is exact, else as `n/d`.
pub(crate) fn decimal(ratio: Ratio) -> String {
    let mut rest = ratio.denominator();
    let (mut twos, mut fives) = (0u32, 0u32);
    while rest % 2 == 0 {
        (rest, twos) = (rest / 2, twos + 1);
    }
    while rest % 5 == 0 {
        (rest, fives) = (rest / 5, fives + 1);
    }
    let scale = twos.max(fives);
    let scaled = 10i128
        .checked_pow(scale)
        .filter(|_| rest == 1)
        .and_then(|power| ratio.numerator().checked_mul(power / ratio.denominator()))
        .and_then(|mantissa| Decimal::try_from_i128_with_scale(mantissa, scale).ok());
    scaled.map_or_else(|| ratio.to_string(), |d| d.to_string())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)] // tests
    use super::*;

    #[test]
    fn numbers_are_exact_in_every_spelling() {
        for (text, expected) in [
            ("1200", "1200"),
            ("１，２００．５", "1200.5"),
            ("1,200,300.05", "1200300.05"),
            ("1.2E+05", "120000"),
            ("1.50", "1.5"),
            ("-0.10", "-0.1"),
            ("+3", "3"),
            (".5", "0.5"),
            ("5.", "5"),
            ("0", "0"),
            ("0e999", "0"),
            ("300000000.01", "300000000.01"),
        ] {
            assert_eq!(number(text).unwrap().to_string(), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_told_apart() {
        for text in [
            "",
            "-",
            "1,20",
            "1,2000",
            "abc",
            "1e",
            "1e5x",
            "1.2.3",
            "１２元",
            "--1",
            "0x10",
            "1 2",
        ] {
            assert_eq!(number(text), Err(NotNumber::Malformed), "{text}");
        }
        for text in ["1e30", "1e99999999999", "99999999999999999999999999999"] {
            assert_eq!(number(text), Err(NotNumber::TooLarge), "{text}");
        }
        for text in ["1e-30", "1e-99999999999", "0.00000000000000000000000000001"] {
            assert_eq!(number(text), Err(NotNumber::TooFine), "{text}");
        }
    }

    #[test]
    fn ratios_print_as_decimals_where_exact() {
        let show = |n, d| decimal(Ratio::new(n, d).unwrap());
        assert_eq!(show(3, 2), "1.5");
        assert_eq!(show(7, 1), "7");
        assert_eq!(show(1, 3), "1/3");
        assert_eq!(show(1, 8), "0.125");
    }
}
