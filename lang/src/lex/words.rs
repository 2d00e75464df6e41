//! Words that a document writes together: keys (`每人每次灾害`), a unit and a keyword (`500元以上`), a range (`Ⅰ至Ⅱ`).

use crate::keywords::{WordId, word_id};

/// Keys, longest first where one begins another.
const KEYS: &[&str] = &[
    "每人",
    "每户",
    "每次灾害",
    "每次事故",
    "每次",
    "每年度",
    "每年",
    "每案",
    "每月",
    "每季度",
    "每季",
    "全年",
    "保险期间内",
    "每",
];

/// What may follow a unit without a blank; none of them begins or stands inside a unit.
const AFTER_UNIT: &[&str] = &[
    "以上",
    "以下",
    "不满",
    "超过",
    "的部分",
    "部分",
    "每",
    "自",
    "至",
    "内",
    "的",
];

/// Bytes above which a word is left whole: no document writes such a word, and cutting it would take long.
const LONGEST_CUT: usize = 240;

/// Cuts a word; most words are one piece. The pieces together are the word.
pub fn pieces(word: &str, after_number: bool) -> Pieces<'_> {
    Pieces {
        rest: word,
        after_number,
        whole: word.len() > LONGEST_CUT,
    }
}

#[derive(Debug)]
pub struct Pieces<'w> {
    rest: &'w str,
    after_number: bool,
    whole: bool,
}

impl<'w> Iterator for Pieces<'w> {
    type Item = &'w str;

    fn next(&mut self) -> Option<&'w str> {
        if self.rest.is_empty() {
            return None;
        }
        let cut = match self.whole {
            true => self.rest.len(),
            false => first_piece(self.rest, self.after_number),
        };
        let (piece, rest) = self.rest.split_at_checked(cut)?;
        // What follows a unit was cut off by one of `AFTER_UNIT`, so the rest is read the same way.
        self.rest = rest;
        Some(piece)
    }
}

fn first_piece(word: &str, after_number: bool) -> usize {
    let first = word.as_bytes().first().copied().unwrap_or(0);
    if first.is_ascii() && !after_number {
        return roman_range(word).unwrap_or(word.len());
    }
    if after_number {
        if let Some(start) = AFTER_UNIT.iter().find(|marker| word.starts_with(**marker)) {
            // A key is cut as keys are; anything else stands for itself.
            return if *start == "每" {
                key(word).unwrap_or(word.len())
            } else {
                start.len()
            };
        }
        let next = AFTER_UNIT.iter().filter_map(|marker| word.find(marker)).min();
        return next.unwrap_or(word.len());
    }
    if word_id(word) != WordId::NONE {
        return word.len();
    }
    key(word).or_else(|| roman_range(word)).unwrap_or(word.len())
}

/// The length of a key at the start of a longer word.
fn key(word: &str) -> Option<usize> {
    if !(word.starts_with('每') || word.starts_with("全年") || word.starts_with("保险期间内")) {
        return None;
    }
    KEYS.iter().find(|key| word.starts_with(**key)).map(|key| key.len())
}

/// `Ⅰ至Ⅱ`, `一级至三级`: cut around 至 between grades.
fn roman_range(word: &str) -> Option<usize> {
    if let Some(rest) = word.strip_prefix('至') {
        return (!rest.is_empty()).then_some('至'.len_utf8());
    }
    let at = word.find('至')?;
    let before = word.get(..at)?.chars().last()?;
    matches!(before, '级' | 'Ⅰ'..='Ⅻ' | 'I' | 'V' | 'X').then_some(at)
}

/// A full-width letter, digit or sign in its half-width form.
pub fn half_width(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, after_number: bool, expect: &[&str]) {
        assert_eq!(pieces(word, after_number).collect::<Vec<_>>(), expect, "{word}");
    }

    #[test]
    fn keys_written_together_are_cut() {
        check("每人每次灾害", false, &["每人", "每次灾害"]);
        check("每户每年度", false, &["每户", "每年度"]);
        check("每人保险期间内", false, &["每人", "保险期间内"]);
        check("每区县", false, &["每", "区县"]);
        check("每次灾害", false, &["每次灾害"]);
    }

    #[test]
    fn a_unit_ends_before_a_keyword() {
        check("元以上不满", true, &["元", "以上", "不满"]);
        check("万元每人每次灾害", true, &["万元", "每人", "每次灾害"]);
        check("元的部分", true, &["元", "的部分"]);
        check("日内", true, &["日", "内"]);
        check("小时", true, &["小时"]);
    }

    #[test]
    fn grades_in_a_range_are_cut() {
        check("Ⅰ至Ⅱ", false, &["Ⅰ", "至", "Ⅱ"]);
        check("一级至三级", false, &["一级", "至", "三级"]);
        check("冬至节", false, &["冬至节"]);
    }
}
