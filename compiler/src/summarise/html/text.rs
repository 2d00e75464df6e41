//! Text inside a page: escaped, with what belongs together held on one line, and Chinese on an English page marked.

use anlan_lang::texts::Language;

/// Words that a title does not break: Chinese has no spaces that would show where a word ends.
const WHOLE: [&str; 26] = [
    "巨灾", "灾害", "地震", "保险", "合同", "样本", "方案", "要点", "意见", "办法", "条例", "通知", "试点", "制度",
    "建立", "实施", "工作", "综合", "民生", "城乡", "居民", "住宅", "房屋", "农业", "含义", "变化",
];

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Escaped text in which amounts, dates, articles and standards do not break; on an English page, runs of Chinese are
/// marked as such (WCAG 3.1.2).
pub(crate) fn marked(language: Language, text: &str) -> String {
    let text = &announced(&unspaced(language, text));
    held(language, text, |rest| {
        let first = rest.chars().next()?;
        let amount = first.is_ascii_digit() || matches!(first, '+' | '−' | '-');
        let found = match amount {
            true => quantity(language, rest),
            false => article(rest).or_else(|| standard(rest)),
        };
        found.or_else(|| date(language, rest))
    })
}

/// An escaped title, broken between words only.
pub(crate) fn heading(language: Language, text: &str) -> String {
    held(language, text, |rest| {
        let word = WHOLE.iter().find(|word| rest.starts_with(**word))?;
        Some(word.len())
    })
}

/// Escaped citations, each article whole on its line and `art.` with the one that it announces.
pub(super) fn cited(language: Language, text: &str) -> String {
    let text = announced(text);
    let pieces = text.split_inclusive(['、', ' ']);
    let whole = |piece: &str| {
        let article = piece.trim_end_matches(['、', ' ']);
        let after = piece.get(article.len()..).unwrap_or_default();
        format!("<span class=\"article\">{}</span>{after}", spoken(language, article))
    };
    pieces.map(whole).collect()
}

/// `art.` stays with the article that it announces.
fn announced(text: &str) -> String {
    text.replace("art. ", "art.\u{a0}")
}

/// Text for the inside of an element or a quoted attribute; control characters become spaces.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Escaped text; `whole` says how many bytes from here stay on one line, if any.
fn held(language: Language, text: &str, whole: impl Fn(&str) -> Option<usize>) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut rest, mut plain) = (text, String::new());
    while let Some(first) = rest.chars().next() {
        let found = whole(rest).filter(|length| *length > 0);
        // What follows a digit or a letter is part of the same word.
        let inside = plain.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '.') && first.is_ascii_alphanumeric();
        let length = found.filter(|_| !inside);
        let (piece, tail) = rest.split_at(length.unwrap_or(first.len_utf8()));
        match length {
            Some(_) => {
                out += &spoken(language, &plain);
                out += &format!("<span class=\"whole\">{}</span>", spoken(language, piece));
                plain.clear();
            }
            None => plain += piece,
        }
        rest = tail;
    }
    out + &spoken(language, &plain)
}

/// Chinese has no spaces around its numbers, though a drafter may write them.
fn unspaced(language: Language, text: &str) -> String {
    if language == Language::En {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    let mut before = None;
    while let Some(c) = rest.next() {
        let between =
            |a: Option<char>, b: Option<char>| a.is_some_and(is_ideograph) && b.is_some_and(|c| c.is_ascii_digit());
        let next = rest.peek().copied();
        if c != ' ' || !(between(before, next) || between(next, before)) {
            out.push(c);
        }
        before = Some(c);
    }
    out
}

/// An amount with its sign: `+10万元`, `−100,000 yuan`.
fn quantity(language: Language, text: &str) -> Option<usize> {
    let unsigned = text.strip_prefix(['+', '−', '-']).unwrap_or(text);
    let sign = text.len() - unsigned.len();
    unsigned.starts_with(|c: char| c.is_ascii_digit()).then_some(())?;
    let number = unsigned
        .find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ','))
        .unwrap_or(unsigned.len());
    let known: &[&str] = match language {
        Language::Zh => &["万亿元", "亿元", "万元", "元"],
        Language::En => &[" yuan"],
    };
    let unit = known
        .iter()
        .find(|unit| unsigned.get(number..).is_some_and(|u| u.starts_with(**unit)))?;
    Some(sign + number + unit.len())
}

/// A day: `2023年11月27日`, `6月30日`; `2023-11-27`, `30 June`.
fn date(language: Language, text: &str) -> Option<usize> {
    if language == Language::En {
        let day = digits(text).filter(|count| *count < 3);
        if let Some(month) = day.and_then(|day| text.get(day..)?.strip_prefix(' ')) {
            let name = MONTHS.iter().find(|name| month.starts_with(**name))?;
            return Some(text.len() - month.len() + name.len());
        }
        let day = text.get(..10)?;
        let shape = day.char_indices().all(|(at, c)| match at {
            4 | 7 => c == '-',
            _ => c.is_ascii_digit(),
        });
        return shape.then_some(day.len());
    }
    let (mut rest, mut parts) = (text, 0);
    for unit in ['年', '月', '日'] {
        let tail = digits(rest).and_then(|n| rest.get(n..)?.strip_prefix(unit));
        if let Some(tail) = tail {
            (rest, parts) = (tail, parts + 1);
        }
    }
    (parts > 1).then_some(text.len() - rest.len())
}

/// An article of a document: `二（四）`, `四（一）表9`, `附件2`.
fn article(text: &str) -> Option<usize> {
    let numeral = |c: char| "一二三四五六七八九十百".contains(c);
    let after = match text.strip_prefix("附件") {
        Some(after) => after.get(digits(after)?..)?,
        None => {
            let part = text.trim_start_matches(numeral);
            let inner = part.strip_prefix('（').filter(|_| part.len() < text.len())?;
            let after = inner.trim_start_matches(numeral);
            let after = after.strip_prefix('）').filter(|_| after.len() < inner.len())?;
            let after = after.strip_prefix('表').unwrap_or(after);
            after.get(digits(after).unwrap_or(0)..)?
        }
    };
    Some(text.len() - after.len())
}

/// A standard or the name of a procedure: `GB/T 24335—2009`, `SHA-256`.
fn standard(text: &str) -> Option<usize> {
    let capitals = |text: &str| text.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(text.len());
    let letters = capitals(text);
    let rest = text.get(letters..).filter(|_| letters > 1)?;
    let rest = rest
        .strip_prefix('/')
        .map_or(rest, |after| after.get(capitals(after)..).unwrap_or(after));
    let rest = rest.strip_prefix([' ', '-'])?;
    let rest = rest.get(digits(rest)?..)?;
    let year = rest.strip_prefix('—').and_then(|year| year.get(digits(year)?..));
    Some(text.len() - year.unwrap_or(rest).len())
}

/// How many digits begin a text; none for none.
fn digits(text: &str) -> Option<usize> {
    let count = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    (count > 0).then_some(count)
}

/// Escaped text with the language of what is not in the page's own.
fn spoken(language: Language, text: &str) -> String {
    if language == Language::Zh {
        return escape(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_han) {
        let (before, after) = rest.split_at(start);
        let end = after.find(|c: char| !is_han(c)).unwrap_or(after.len());
        let (run, tail) = after.split_at(end);
        out.push_str(&format!("{}<span lang=\"zh-CN\">{run}</span>", escape(before)));
        rest = tail;
    }
    out + &escape(rest)
}

/// Ideographs and full-width marks; none of them is markup.
pub(super) fn is_han(c: char) -> bool {
    is_ideograph(c) || matches!(c, '\u{3001}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}')
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    /// What is held on one line.
    fn wholes(language: Language, text: &str) -> Vec<String> {
        let page = marked(language, text);
        let pieces = page.split("<span class=\"whole\">").skip(1);
        pieces
            .map(|piece| piece.split("</span>").next().unwrap().to_owned())
            .collect()
    }

    #[test]
    fn chinese_inside_english_is_marked() {
        let text = marked(Language::En, "art. 四 & 10");
        assert_eq!(text, "art.\u{a0}<span lang=\"zh-CN\">四</span> &amp; 10");
        assert_eq!(marked(Language::Zh, "四 & 10"), "四 &amp; 10");
    }

    #[test]
    fn amounts_do_not_break() {
        let zh = |text| marked(Language::Zh, text);
        assert_eq!(
            zh("第1年度以2.5万元为限，3元"),
            "第1年度以<span class=\"whole\">2.5万元</span>为限，<span class=\"whole\">3元</span>"
        );
        assert_eq!(zh("72小时、10%"), "72小时、10%");
        assert_eq!(
            marked(Language::En, "3 times 1,000 yuan (四)"),
            "3 times <span class=\"whole\">1,000 yuan</span> (<span lang=\"zh-CN\">四</span>)"
        );
        assert_eq!(wholes(Language::En, "at most +100,000 yuan, −20%"), ["+100,000 yuan"]);
        assert_eq!(wholes(Language::Zh, "−3万元，−12.5%"), ["−3万元"]);
    }

    #[test]
    fn days_articles_and_standards_do_not_break() {
        let zh = |text| wholes(Language::Zh, text);
        let en = |text| wholes(Language::En, text);
        assert_eq!(
            zh("自2023年11月27日至次年6月30日前，共3年"),
            ["2023年11月27日", "6月30日"]
        );
        assert_eq!(zh("起于 7 月 1 日"), ["7月1日"]);
        assert_eq!(en("by 2023-03-10, or 2023-3"), ["2023-03-10"]);
        assert_eq!(en("by 28 February each year, 10 days"), ["28 February"]);
        assert_eq!(zh("三（二）1的，附件2"), ["三（二）1", "附件2"]);
        assert_eq!(
            marked(Language::En, "art. 四（一）表9 names it"),
            "art.\u{a0}<span class=\"whole\"><span lang=\"zh-CN\">四（一）表</span>9</span> names it"
        );
        assert_eq!(zh("第三方（一）"), Vec::<String>::new());
        assert_eq!(
            en("as GB/T 24335—2009 and (SHA-256) of ABC"),
            ["GB/T 24335—2009", "SHA-256"]
        );
    }

    #[test]
    fn an_article_is_not_parted_from_its_announcement() {
        let page = cited(Language::En, " (art. 一（三）, 二)");
        assert!(
            page.contains(">(art.\u{a0}<span lang=\"zh-CN\">一（三）</span>,</span> "),
            "{page}"
        );
    }

    #[test]
    fn chinese_numbers_stand_without_spaces() {
        assert_eq!(marked(Language::Zh, "全省 10 家，按 GB 办"), "全省10家，按 GB 办");
        assert_eq!(marked(Language::En, "全省 10 家"), marked(Language::En, "全省 10 家"));
    }

    #[test]
    fn titles_break_between_words() {
        assert_eq!(
            heading(Language::Zh, "某县巨灾险<要点"),
            "某县<span class=\"whole\">巨灾</span>险&lt;<span class=\"whole\">要点</span>"
        );
        assert_eq!(heading(Language::En, "A scheme"), "A scheme");
    }
}
