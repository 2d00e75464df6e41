//! Amounts, counts, ratios, dates and lists as each language prints them.

use super::Language;
use jiff::civil::Date;

const WAN_YUAN: u64 = 1_000_000;
const YI_YUAN: u64 = 10_000_000_000;

/// An amount in 分 as documents print it: `3万元`, `1.5亿元`, `14285.72元`; `30,000 yuan`, `14,285.72 yuan`. Always exact.
pub fn money(lang: Language, fen: i64) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    let value = fen.unsigned_abs();
    match lang {
        Language::Zh => {
            let (unit, word) = if value >= YI_YUAN && value.is_multiple_of(YI_YUAN / 100) {
                (YI_YUAN, "亿元")
            } else if value >= WAN_YUAN && value.is_multiple_of(WAN_YUAN / 100) {
                (WAN_YUAN, "万元")
            } else {
                return format!("{sign}{}{}元", value / 100, cents(value % 100));
            };
            format!("{sign}{}{word}", shortened(value / unit, value % unit / (unit / 100)))
        }
        Language::En => format!("{sign}{}{} yuan", grouped(value / 100), cents(value % 100)),
    }
}

/// `.05`, or nothing for whole 元.
fn cents(fen: u64) -> String {
    if fen == 0 { String::new() } else { format!(".{fen:02}") }
}

/// `1.5` of 1 and 50 hundredths.
fn shortened(whole: u64, hundredths: u64) -> String {
    match (hundredths, hundredths % 10) {
        (0, _) => whole.to_string(),
        (_, 0) => format!("{whole}.{}", hundredths / 10),
        _ => format!("{whole}.{hundredths:02}"),
    }
}

/// A whole number: `1200`; `1,200`.
pub fn count(lang: Language, n: i64) -> String {
    let sign = if n < 0 { "-" } else { "" };
    match lang {
        Language::Zh => n.to_string(),
        Language::En => format!("{sign}{}", grouped(n.unsigned_abs())),
    }
}

fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A ratio as a percentage where two decimals hold it exactly (`95%`, `33.25%`), else as a fraction (`1/3`).
pub fn ratio(numerator: i128, denominator: i128) -> String {
    percentage(numerator, denominator).unwrap_or_else(|| format!("{numerator}/{denominator}"))
}

fn percentage(numerator: i128, denominator: i128) -> Option<String> {
    let scaled = numerator.checked_mul(10_000)?;
    if scaled.checked_rem(denominator)? != 0 {
        return None;
    }
    let hundredths = scaled.checked_div(denominator)?;
    let sign = if hundredths < 0 { "-" } else { "" };
    let value = u64::try_from(hundredths.unsigned_abs()).ok()?;
    Some(format!("{sign}{}%", shortened(value / 100, value % 100)))
}

/// `2023年11月27日`; `2023-11-27`.
pub fn date(lang: Language, day: Date) -> String {
    match lang {
        Language::Zh => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
        Language::En => day.to_string(),
    }
}

/// `甲、乙、丙`; `a, b and c`.
pub fn list(lang: Language, items: impl IntoIterator<Item = String>) -> String {
    let mut items: Vec<String> = items.into_iter().collect();
    match lang {
        Language::Zh => items.join("、"),
        Language::En => match items.pop() {
            None => String::new(),
            Some(last) if items.is_empty() => last,
            Some(last) => format!("{} and {last}", items.join(", ")),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_exact_and_in_the_documents_units() {
        let cases = [
            (3_000_000, "3万元", "30,000 yuan"),
            (3_500_000, "3.5万元", "35,000 yuan"),
            (92_600_000, "92.6万元", "926,000 yuan"),
            (3_000_000_000, "3000万元", "30,000,000 yuan"),
            (15_000_000_000, "1.5亿元", "150,000,000 yuan"),
            (12_345_000_000, "12345万元", "123,450,000 yuan"),
            (1_428_572, "14285.72元", "14,285.72 yuan"),
            (1_000_005, "10000.05元", "10,000.05 yuan"),
            (6_000, "60元", "60 yuan"),
            (-5, "-0.05元", "-0.05 yuan"),
            (0, "0元", "0 yuan"),
            (1_010_000, "1.01万元", "10,100 yuan"),
        ];
        for (fen, zh, en) in cases {
            assert_eq!(money(Language::Zh, fen), zh);
            assert_eq!(money(Language::En, fen), en);
        }
    }

    #[test]
    fn ratios_are_percentages_only_where_exact() {
        assert_eq!(ratio(19, 20), "95%");
        assert_eq!(ratio(133, 400), "33.25%");
        assert_eq!(ratio(1, 8), "12.5%");
        assert_eq!(ratio(1, 3), "1/3");
        assert_eq!(ratio(-1, 4), "-25%");
        assert_eq!(ratio(1, 0), "1/0");
        assert_eq!(ratio(i128::MAX, 7), format!("{}/7", i128::MAX));
    }

    #[test]
    fn lists_counts_and_dates_follow_the_language() {
        let items = || ["甲", "乙", "丙"].map(str::to_owned);
        assert_eq!(list(Language::Zh, items()), "甲、乙、丙");
        assert_eq!(list(Language::En, items()), "甲, 乙 and 丙");
        assert_eq!(list(Language::En, ["a".to_owned()]), "a");
        assert_eq!(list(Language::En, []), "");
        assert_eq!(count(Language::En, -1_234_567), "-1,234,567");
        assert_eq!(count(Language::Zh, 1_234), "1234");
        let day = jiff::civil::date(2023, 11, 7);
        assert_eq!(date(Language::Zh, day), "2023年11月7日");
        assert_eq!(date(Language::En, day), "2023-11-07");
    }
}
