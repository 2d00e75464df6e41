//! The tokens that nearly all of a file consists of, found byte by byte. What is not plainly one of them is left to the
//! grammar, of which these are special cases (a test holds both against each other).

use super::Rule;

/// The rule and the end of the token at `at`; `None` where the grammar must say.
pub(super) fn token(source: &str, at: usize) -> Option<(Rule, usize)> {
    let bytes = source.as_bytes();
    match *bytes.get(at)? {
        b'a'..=b'z' | b'A'..=b'Z' | b'_' => Some((Rule::word, word_end(bytes, at, true)?)),
        0xE4..=0xE9 if is_han(bytes, at) => Some((Rule::word, word_end(bytes, at, false)?)),
        b'0'..=b'9' => match date_end(bytes, at) {
            Some(end) => Some((Rule::date, end)),
            None => Some((Rule::number, number_end(bytes, at)?)),
        },
        b'@' => Some((Rule::article, article_end(bytes, at + 1)?)),
        b'"' => Some((Rule::text, straight_end(bytes, at + 1)?)),
        0xE2 if starts(bytes, at, "“") => Some((Rule::text, curly_end(bytes, at + 3)?)),
        0xE3 if starts(bytes, at, "「") => Some((Rule::name, name_end(bytes, at + 3)?)),
        b'/' if starts(bytes, at, "//") => Some((Rule::comment, line_end(bytes, at))),
        _ => Some((Rule::punctuation, punctuation_end(bytes, at)?)),
    }
}

/// The end of the blanks at `at`.
pub(super) fn blanks(source: &str, at: usize) -> usize {
    let bytes = source.as_bytes();
    let mut at = at;
    loop {
        at += match bytes.get(at) {
            Some(b' ' | b'\t'..=b'\r') => 1,
            Some(0xC2) if starts(bytes, at, "\u{A0}") => 2,
            Some(0xE3) if starts(bytes, at, "\u{3000}") => 3,
            Some(0xEF) if starts(bytes, at, "\u{FEFF}") => 3,
            _ => return at,
        };
    }
}

fn starts(bytes: &[u8], at: usize, text: &str) -> bool {
    bytes.get(at..).is_some_and(|rest| rest.starts_with(text.as_bytes()))
}

/// U+4E00 to U+9FFF.
fn is_han(bytes: &[u8], at: usize) -> bool {
    match bytes.get(at) {
        Some(0xE5..=0xE9) => true,
        Some(0xE4) => bytes.get(at + 1).is_some_and(|second| *second >= 0xB8),
        _ => false,
    }
}

/// Punctuation of CJK blocks and typographic marks, none of which goes on with a word.
fn is_mark(bytes: &[u8], at: usize) -> bool {
    match (bytes.get(at), bytes.get(at + 1), bytes.get(at + 2)) {
        // U+3000 to U+3003, U+3008 to U+3020
        (Some(0xE3), Some(0x80), Some(third)) => matches!(third, 0x80..=0x83 | 0x88..=0xA0),
        // U+2010 to U+2027
        (Some(0xE2), Some(0x80), Some(third)) => matches!(third, 0x90..=0xA7),
        // U+FF01 to U+FF0F, U+FF1A to U+FF20
        (Some(0xEF), Some(0xBC), Some(third)) => matches!(third, 0x81..=0x8F | 0x9A..=0xA0),
        // ｛ and ｝
        (Some(0xEF), Some(0xBD), Some(third)) => matches!(third, 0x9B | 0x9D),
        // ×
        (Some(0xC3), Some(0x97), _) => true,
        _ => false,
    }
}

/// A word of Han characters ends before a digit, one of Latin letters does not.
fn word_end(bytes: &[u8], at: usize, digits: bool) -> Option<usize> {
    let mut at = at;
    loop {
        at += match bytes.get(at) {
            Some(b'a'..=b'z' | b'A'..=b'Z' | b'_') => 1,
            Some(b'0'..=b'9') if digits => 1,
            None | Some(0..0x80) => return Some(at),
            Some(0xE4..=0xE9) if is_han(bytes, at) => 3,
            Some(0xC2) if starts(bytes, at, "·") => 2,
            Some(_) if is_mark(bytes, at) => return Some(at),
            Some(_) => return None,
        };
    }
}

/// A date as `2023-11-27`; other forms are the grammar's.
fn date_end(bytes: &[u8], at: usize) -> Option<usize> {
    let form = bytes.get(at..at + 10)?;
    let digits = |from: usize, to: usize| {
        form.get(from..to)
            .is_some_and(|part| part.iter().all(u8::is_ascii_digit))
    };
    let dashes = form.get(4) == Some(&b'-') && form.get(7) == Some(&b'-');
    let ends = !matches!(bytes.get(at + 10), Some(b'0'..=b'9' | 0xEF));
    (dashes && ends && digits(0, 4) && digits(5, 7) && digits(8, 10)).then_some(at + 10)
}

/// A name up to its `」`, on one line and not empty.
fn name_end(bytes: &[u8], at: usize) -> Option<usize> {
    let mut end = at;
    loop {
        end += match bytes.get(end)? {
            b'\n' | b'\r' => return None,
            0xE3 if starts(bytes, end, "」") => return (end > at).then_some(end + 3),
            _ => 1,
        };
    }
}

/// Digits, perhaps with decimals. Other dates, groups of thousands and full-width digits are the grammar's.
fn number_end(bytes: &[u8], at: usize) -> Option<usize> {
    let whole = digits_end(bytes, at);
    let wide = |at: usize| {
        let digit = |bytes: &[u8]| matches!(bytes, [0xEF, 0xBC, 0x90..=0x99]);
        bytes.get(at..at + 3).is_some_and(digit)
    };
    match bytes.get(whole) {
        Some(b',') => None,
        Some(b'-' | 0xE5) if whole - at == 4 => None,
        Some(b'.') if wide(whole + 1) => None,
        Some(b'.') => match digits_end(bytes, whole + 1) {
            none if none == whole + 1 => Some(whole),
            end if wide(end) => None,
            end => Some(end),
        },
        _ if wide(whole) => None,
        _ => Some(whole),
    }
}

fn digits_end(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
}

fn article_end(bytes: &[u8], at: usize) -> Option<usize> {
    let mut at = at;
    loop {
        at += match bytes.get(at) {
            Some(b'/') => return None,
            None | Some(b' ' | b'"' | b',' | b';' | b'{' | b'}' | b'@' | 0..0x20 | 0x7F) => return Some(at),
            Some(0x21..0x7F) => 1,
            Some(0xE4..=0xE9) if is_han(bytes, at) => 3,
            Some(0xE3) if ["\u{3000}", "、", "。"].iter().any(|mark| starts(bytes, at, mark)) => return Some(at),
            Some(0xEF) if starts(bytes, at, "（") || starts(bytes, at, "）") => 3,
            Some(0xEF) if starts(bytes, at, "，") || starts(bytes, at, "；") => return Some(at),
            Some(_) => return None,
        };
    }
}

/// Text up to its `"`, where nothing in it needs a closer look.
fn straight_end(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes.get(at..)?;
    let stop = rest
        .iter()
        .position(|byte| matches!(byte, b'"' | b'\\' | 0..=8 | 0x0A..0x20))?;
    (rest.get(stop) == Some(&b'"')).then_some(at + stop + 1)
}

fn curly_end(bytes: &[u8], at: usize) -> Option<usize> {
    let mut at = at;
    loop {
        at += match bytes.get(at)? {
            b'\\' | 0..=8 | 0x0A..0x20 => return None,
            0xE2 if starts(bytes, at, "“") => return None,
            0xE2 if starts(bytes, at, "”") => return Some(at + 3),
            _ => 1,
        };
    }
}

fn line_end(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().take_while(|byte| !matches!(byte, b'\n' | b'\r')).count()
}

fn punctuation_end(bytes: &[u8], at: usize) -> Option<usize> {
    let next = bytes.get(at + 1);
    match bytes.get(at)? {
        b',' | b'{' | b'}' | b':' | b';' | b'=' | b'('..=b'+' | b'.' | b'%' => Some(at + 1),
        b'/' if !matches!(next, Some(b'/' | b'*')) => Some(at + 1),
        b'<' | b'>' => Some(at + 1 + usize::from(next == Some(&b'='))),
        0xC3 if starts(bytes, at, "×") => Some(at + 2),
        0xE3 if starts(bytes, at, "、") => Some(at + 3),
        // ，（）＊＋：；＝
        0xEF if next == Some(&0xBC) => {
            matches!(bytes.get(at + 2)?, 0x8C | 0x88..=0x8B | 0x9A | 0x9B | 0x9D).then_some(at + 3)
        }
        _ => None,
    }
}
