//! R106, R107: the document's own numbering, as far as its list of articles shows it.

use super::super::subject::Subject;
use super::list;
use crate::plan::lower::order::chinese_number;
use anlan_lang::diag::{Arg, Finding, codes};
use anlan_lang::tree::Article;
use std::collections::BTreeMap;

/// R106: one number printed more than once. `#2` tells the second from the first, so a citation by number alone fails.
pub(super) fn printed_twice(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let mut printed: BTreeMap<&str, Vec<&Article>> = BTreeMap::new();
    for article in list(subject) {
        if let Some((number, _)) = article.text.split_once('#') {
            printed.entry(number).or_default().push(article);
        }
    }
    for (number, articles) in printed {
        let Some(last) = articles.last() else { continue };
        let mut finding = Finding::new(codes::R106, subject.at(last.span))
            .arg("article", number)
            .articles(articles.iter().map(|article| article.text.clone()).collect::<Vec<_>>())
            .about(number.to_owned());
        if let Some(first) = articles.first().filter(|first| first.text != last.text) {
            finding = finding.label(subject.at(first.span), "first");
        }
        found.push(finding);
    }
}

/// R107: a number left out between two that the document has.
pub(super) fn gaps(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let mut children: BTreeMap<(String, String), BTreeMap<u64, &Article>> = BTreeMap::new();
    for article in list(subject) {
        let mut above = String::new();
        for part in parts(&article.text) {
            if let Some(number) = part.number {
                let numbers = children.entry((above.clone(), part.style.clone())).or_default();
                numbers.entry(number).or_insert(article);
            }
            above.push_str(&part.text);
        }
    }
    for ((above, style), numbers) in children {
        let pairs = numbers.iter().zip(numbers.iter().skip(1));
        for ((before, first), (after, second)) in pairs {
            if *after <= before.saturating_add(1) {
                continue;
            }
            let worded = |number: u64| format!("{above}{}", styled(&style, number));
            let missing: Vec<Arg> = (before.saturating_add(1)..*after)
                .take(FEW)
                .map(|number| Arg::Text(worded(number)))
                .collect();
            found.push(
                Finding::new(codes::R107, subject.at(second.span))
                    .arg("missing", Arg::List(missing))
                    .arg("before", worded(*before))
                    .arg("after", worded(*after))
                    .label(subject.at(first.span), "before")
                    .articles([second.text.clone()])
                    .about(worded(*after)),
            );
        }
    }
}

/// So many missing numbers are named.
const FEW: usize = 3;

/// A piece of an article's number: `（三）` in `二（三）`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    text: String,
    /// How it is written, with `0` for the number: `（0）`, `表1`; numbers of one style count on.
    style: String,
    number: Option<u64>,
}

fn parts(article: &str) -> Vec<Part> {
    let text = article.split('#').next().unwrap_or_default();
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if first == '（'
            && let Some(end) = rest.find('）')
        {
            let (bracketed, after) = rest.split_at(end + '）'.len_utf8());
            let inner = bracketed.trim_start_matches('（').trim_end_matches('）');
            parts.push(Part {
                text: bracketed.to_owned(),
                style: if is_chinese(inner) { "（一）" } else { "（1）" }.to_owned(),
                number: number(inner),
            });
            rest = after;
            continue;
        }
        // Words before a number belong to it: 表9, 附件2.
        let words = rest
            .find(|c: char| c == '（' || c.is_ascii_digit() || NUMERALS.contains(c))
            .unwrap_or(rest.len());
        let (word, after) = rest.split_at(words);
        let alike: fn(char) -> bool = match after.chars().next() {
            Some(c) if c.is_ascii_digit() => |c| c.is_ascii_digit(),
            _ => |c| NUMERALS.contains(c),
        };
        let end = after.find(|c| !alike(c)).unwrap_or(after.len());
        let (run, after) = after.split_at(end);
        let kind = match () {
            () if run.is_empty() => "",
            () if is_chinese(run) => "一",
            () => "1",
        };
        parts.push(Part {
            text: format!("{word}{run}"),
            style: format!("{word}{kind}"),
            number: number(run),
        });
        if word.is_empty() && run.is_empty() {
            break;
        }
        rest = after;
    }
    parts
}

const NUMERALS: &str = "一二三四五六七八九十百";

fn is_chinese(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| NUMERALS.contains(c))
}

fn number(text: &str) -> Option<u64> {
    match text.parse() {
        Ok(number) => Some(number),
        Err(_) => is_chinese(text).then(|| chinese_number(text)),
    }
}

/// The number as a part of that style.
fn styled(style: &str, number: u64) -> String {
    match style.strip_suffix('1') {
        Some(word) => format!("{word}{number}"),
        None => {
            let chinese = numeral(number);
            style.replace('一', &chinese).replace('1', &number.to_string())
        }
    }
}

/// Numbers below a hundred as a document writes them.
fn numeral(number: u64) -> String {
    let digit = |n: u64| "〇一二三四五六七八九".chars().nth(usize::try_from(n).unwrap_or(0));
    match (number / 10, number % 10) {
        (0, ones) => digit(ones).into_iter().collect(),
        (tens, ones) if tens < 10 => {
            let tens = digit(tens).filter(|_| tens > 1);
            let ones = digit(ones).filter(|_| ones > 0);
            tens.into_iter().chain(['十']).chain(ones).collect()
        }
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(article: &str) -> Vec<(String, Option<u64>)> {
        parts(article)
            .into_iter()
            .map(|part| (part.style, part.number))
            .collect()
    }

    #[test]
    fn an_article_is_read_in_parts() {
        let of = |style: &str, number| (style.to_owned(), Some(number));
        assert_eq!(read("四（一）表9"), [of("一", 4), of("（一）", 1), of("表1", 9)]);
        assert_eq!(read("二（三）#2"), [of("一", 2), of("（一）", 3)]);
        assert_eq!(read("三（四）7"), [of("一", 3), of("（一）", 4), of("1", 7)]);
        assert_eq!(read("附件2"), [of("附件1", 2)]);
        assert_eq!(read("末段"), [("末段".to_owned(), None)]);
        assert_eq!(read("四（二）表").len(), 3);
    }

    #[test]
    fn a_number_is_written_in_its_style() {
        assert_eq!(styled("（一）", 12), "（十二）");
        assert_eq!(styled("一", 20), "二十");
        assert_eq!(styled("附件1", 3), "附件3");
        assert_eq!(styled("（1）", 3), "（3）");
    }
}
