//! Numbers of sections and layers, and large counts, as each language prints them.

use anlan_lang::texts::{self, Language};

const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

/// `十二`, for 1 to 99; Arabic beyond.
pub fn chinese(number: usize) -> String {
    let (tens, units) = (number / 10, number % 10);
    match (DIGITS.get(tens), DIGITS.get(units)) {
        (Some(_), Some(unit)) if tens == 0 => (*unit).to_owned(),
        (Some(_), Some(unit)) if tens == 1 => format!("十{unit}"),
        (Some(ten), Some(unit)) => format!("{ten}十{unit}"),
        _ => number.to_string(),
    }
}

/// `三、` or `3. `, as it stands before a section's title.
pub fn section(language: Language, number: usize) -> String {
    match language {
        Language::Zh => format!("{}、", chinese(number)),
        Language::En => format!("{number}. "),
    }
}

/// `92.6万` where that is exact within two decimals; otherwise as [`texts::count`].
pub fn count(language: Language, n: i64) -> String {
    if language == Language::En || n < 10_000 || n % 100 != 0 {
        return texts::count(language, n);
    }
    let (whole, hundredths) = (n / 10_000, n % 10_000 / 100);
    match (hundredths, hundredths % 10) {
        (0, _) => format!("{whole}万"),
        (_, 0) => format!("{whole}.{}万", hundredths / 10),
        _ => format!("{whole}.{hundredths:02}万"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn section_numbers_read_as_a_notice_prints_them() {
        let printed = [1, 9, 10, 11, 19, 20, 21].map(|n| section(Language::Zh, n));
        assert_eq!(
            printed,
            ["一、", "九、", "十、", "十一、", "十九、", "二十、", "二十一、"]
        );
        assert_eq!(section(Language::En, 12), "12. ");
        assert_eq!(chinese(100), "100");
    }

    #[test]
    fn populations_are_printed_in_wan_where_exact() {
        assert_eq!(count(Language::Zh, 926_000), "92.6万");
        assert_eq!(count(Language::Zh, 800_000), "80万");
        assert_eq!(count(Language::Zh, 10_500), "1.05万");
        assert_eq!(count(Language::Zh, 123_456), "123456");
        assert_eq!(count(Language::Zh, 9_900), "9900");
        assert_eq!(count(Language::En, 926_000), "926,000");
    }
}
