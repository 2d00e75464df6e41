//! The order of concepts: articles as numbers, then ids. Never file order.

use anlan_lang::numerals::digit;
use std::cmp::Ordering;

/// An article as segments that compare as a reader expects: `二（十）` after `二（九）`, `附件` after numbers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ArticleKey(Vec<Segment>);

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Segment {
    Number(u64),
    Word(String),
}

impl ArticleKey {
    pub fn new(article: &str) -> Self {
        let mut segments = Vec::new();
        let mut rest = article;
        while let Some(first) = rest.chars().next() {
            let kind = kind_of(first);
            let length = rest.find(|c| kind_of(c) != kind).unwrap_or(rest.len());
            let (run, after) = rest.split_at(length);
            rest = after;
            match kind {
                Kind::Bracket => {}
                Kind::Digit => segments.push(run.parse().map_or(Segment::Word(run.to_owned()), Segment::Number)),
                Kind::Chinese => segments.push(Segment::Number(chinese_number(run))),
                Kind::Word => segments.push(Segment::Word(run.to_owned())),
            }
        }
        ArticleKey(segments)
    }

    /// Whether this is `other` or a part of it: `四（一）表9` is a part of `四（一）`, which is a part of `四`.
    pub fn is_within(&self, other: &ArticleKey) -> bool {
        self.0.starts_with(&other.0)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Bracket,
    Digit,
    Chinese,
    Word,
}

fn kind_of(c: char) -> Kind {
    match c {
        '（' | '）' | '(' | ')' | '.' | '．' => Kind::Bracket,
        '0'..='9' => Kind::Digit,
        _ if digit(c).is_some() || power(c).is_some() => Kind::Chinese,
        _ => Kind::Word,
    }
}

fn power(c: char) -> Option<u64> {
    match c {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        _ => None,
    }
}

/// 十二 → 12, 一百零三 → 103, 二〇 → 20.
pub fn chinese_number(run: &str) -> u64 {
    let (mut total, mut pending, mut seen) = (0u64, 0u64, false);
    for c in run.chars() {
        if let Some(value) = digit(c) {
            pending = pending.saturating_mul(if seen { 10 } else { 1 }).saturating_add(value);
            seen = true;
        } else if let Some(unit) = power(c) {
            total = total.saturating_add(if seen { pending.saturating_mul(unit) } else { unit });
            (pending, seen) = (0, false);
        }
    }
    total.saturating_add(pending)
}

/// Compares two articles as numbers.
pub fn articles(a: &str, b: &str) -> Ordering {
    ArticleKey::new(a).cmp(&ArticleKey::new(b)).then_with(|| a.cmp(b))
}

/// The key that orders items: the first of its articles (items without one come last), then the id.
pub fn concept<'a>(cited: impl IntoIterator<Item = &'a str>, id: &str) -> (bool, Option<ArticleKey>, String) {
    let first = cited.into_iter().map(ArticleKey::new).min();
    (first.is_none(), first, id.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_numerals_are_numbers() {
        for (text, value) in [
            ("一", 1),
            ("十", 10),
            ("十一", 11),
            ("二十", 20),
            ("二十三", 23),
            ("一百零三", 103),
            ("二〇", 20),
        ] {
            assert_eq!(chinese_number(text), value, "{text}");
        }
    }

    #[test]
    fn articles_are_in_the_order_of_the_document() {
        let sorted = [
            "一（一）",
            "一（九）",
            "一（十）",
            "二",
            "二（三）#1",
            "二（三）#2",
            "三（四）2",
            "三（四）10",
            "四（一）",
            "四（一）表9",
            "四（二）",
            "十",
            "十一（一）",
            "附件1",
            "附件2",
        ];
        let mut shuffled = sorted.to_vec();
        shuffled.reverse();
        shuffled.sort_by(|a, b| articles(a, b));
        assert_eq!(shuffled, sorted);
    }

    #[test]
    fn a_part_lies_within_its_article_and_not_within_its_namesake() {
        let within = |a: &str, b: &str| ArticleKey::new(a).is_within(&ArticleKey::new(b));
        assert!(within("四（一）表9", "四（一）"));
        assert!(within("四（一）", "四"));
        assert!(!within("十一", "十"));
        assert!(!within("四", "四（一）"));
    }

    #[test]
    fn items_without_an_article_come_last() {
        assert!(concept(["十"], "b") < concept([], "a"));
        assert!(concept(["二", "一"], "b") < concept(["二"], "a"));
    }
}
