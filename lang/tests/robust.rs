//! No text makes the parser or the formatter panic, and every finding has a place in the text.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

use anlan_lang::diag::FileId;
use anlan_lang::fmt::format;
use anlan_lang::texts::{self, Language};
use anlan_lang::{Parsed, parse};

const SAMPLES: [&str; 2] = [
    include_str!("samples/forms.zh.anlan"),
    include_str!("samples/forms.en.anlan"),
];

/// What hurts most when it stands at the wrong place.
const TROUBLE: &[&str] = &[
    "{",
    "}",
    "(",
    "）",
    "\"",
    "“",
    "《甲》",
    "@",
    "@四",
    ";",
    "，",
    "=",
    "-",
    "/",
    "1",
    "1.5",
    "99999999999999999999999999999999",
    "2023-13-45",
    "假定",
    "每",
    "每人每次",
    "等",
    "由",
    "决定",
    "cover",
    "险种",
    "」",
    "「",
    "//",
    "/*",
    "\u{200B}",
    "ａ",
    "\u{FEFF}",
    "\r",
    "\t",
    "\n",
    "500元以上",
    "共13种",
    "Ⅰ至Ⅱ",
    "😀",
    "\0",
    "1/2",
    "×",
    "万",
    "非",
    "其余不赔",
];

fn check(source: &str) -> Parsed {
    let parsed = parse(source, FileId(0));
    for finding in &parsed.findings {
        let span = finding.primary.unwrap().span;
        assert!(
            source.get(span.range()).is_some(),
            "{} {span:?} in {source}",
            finding.code.0
        );
        for language in Language::ALL {
            let message = texts::message(language, finding);
            assert!(!message.contains("{$") && !message.contains("expect-"), "{message}");
        }
    }
    parsed
}

/// A small generator with a fixed seed, so that a failure comes again.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % limit
    }
}

/// One token in this many is tried, another one in each test.
const STEP: usize = 5;

#[test]
fn truncated_at_every_token() {
    for sample in SAMPLES {
        for token in parse(sample, FileId(0)).tokens.iter().step_by(STEP) {
            for end in [token.span.start, token.span.end] {
                check(&sample[..end as usize]);
            }
        }
    }
}

#[test]
fn every_token_left_out_or_doubled() {
    for sample in SAMPLES {
        for token in parse(sample, FileId(0)).tokens.iter().skip(1).step_by(STEP) {
            let (before, rest) = sample.split_at(token.span.start as usize);
            let (word, after) = rest.split_at((token.span.end - token.span.start) as usize);
            check(&format!("{before}{after}"));
            check(&format!("{before}{word} {word}{after}"));
        }
    }
}

#[test]
fn every_token_replaced_by_trouble() {
    let mut random = Random(1);
    for sample in SAMPLES {
        for token in parse(sample, FileId(0)).tokens.iter().skip(2).step_by(STEP) {
            let (before, after) = (&sample[..token.span.start as usize], &sample[token.span.end as usize..]);
            for _ in 0..3 {
                let trouble = TROUBLE[random.below(TROUBLE.len())];
                check(&format!("{before}{trouble}{after}"));
            }
        }
    }
}

#[test]
fn many_troubles_at_once() {
    let mut random = Random(2);
    for round in 0..200 {
        let sample = SAMPLES[round % 2];
        let mut pieces: Vec<&str> = sample.split_inclusive([' ', '\n', ',']).collect();
        for _ in 0..1 + random.below(20) {
            let at = random.below(pieces.len());
            match random.below(3) {
                0 => {
                    pieces.remove(at);
                }
                1 => pieces.insert(at, TROUBLE[random.below(TROUBLE.len())]),
                _ => {
                    let other = random.below(pieces.len());
                    pieces.swap(at, other);
                }
            }
        }
        let text = pieces.concat();
        check(&text);
        if let Ok(formatted) = format(&text, None) {
            assert_eq!(parse(&formatted, FileId(0)).tree, parse(&text, FileId(0)).tree);
            assert_eq!(format(&formatted, None).as_ref(), Ok(&formatted), "{text}");
        }
    }
}

#[test]
fn soups_of_trouble() {
    let mut random = Random(3);
    for _ in 0..500 {
        let length = random.below(60);
        let soup: Vec<&str> = (0..length).map(|_| TROUBLE[random.below(TROUBLE.len())]).collect();
        check(&soup.join(if random.below(2) == 0 { " " } else { "" }));
    }
}

/// Long repetitions end in reasonable time and do not exhaust the stack.
#[test]
fn long_repetitions() {
    for unit in [
        "{",
        "}",
        "(",
        "（",
        "非 ",
        "@",
        "\"",
        "“",
        "「",
        "/*",
        "1,",
        "每人",
        "甲 ",
        "甲,",
        "甲{",
        "{}",
        "= ",
        "方案 甲 {",
        "条件 (",
        "a.",
        "—",
    ] {
        check(&unit.repeat(5_000));
        check(&format!("方案 甲 {{ 险种 乙 {{ 条件 {}", unit.repeat(5_000)));
        check(&format!("方案 甲 {{ 指标 乙 = {}", unit.repeat(5_000)));
    }
}

#[test]
fn line_ends_and_byte_order_marks() {
    let unix = format(SAMPLES[0], None).unwrap();
    let windows = format!("\u{FEFF}{}", unix.replace('\n', "\r\n"));
    assert_eq!(check(&windows).findings, []);
    assert_eq!(parse(&windows, FileId(0)).tree, parse(&unix, FileId(0)).tree);
    assert_eq!(format(&windows, None).unwrap(), unix);
    let tabs = unix.replace("  ", "\t");
    assert_eq!(parse(&tabs, FileId(0)).tree, parse(&unix, FileId(0)).tree);
    let wide = unix.replace("  ", "\u{3000}");
    assert_eq!(parse(&wide, FileId(0)).tree, parse(&unix, FileId(0)).tree);
}

/// Full-width punctuation throughout gives the same tree.
#[test]
fn full_width_punctuation() {
    let source = SAMPLES[0];
    let mut wide = String::new();
    let mut quoted = false;
    let mut chars = source.chars().peekable();
    let mut before = ' ';
    while let Some(c) = chars.next() {
        quoted ^= c == '"';
        let digits = before.is_ascii_digit() || chars.peek().is_some_and(char::is_ascii_digit);
        wide.push(match c {
            _ if quoted => c,
            ',' if !digits => '，',
            ':' => '：',
            ';' => '；',
            '{' => '｛',
            '}' => '｝',
            '%' => '％',
            '=' if before != '>' && before != '<' => '＝',
            '(' => '（',
            ')' => '）',
            other => other,
        });
        before = c;
    }
    assert_eq!(check(&wide).findings, []);
    assert_eq!(parse(&wide, FileId(0)).tree, parse(source, FileId(0)).tree);
}

/// A slip in one clause leaves all the others in the tree and is reported once.
#[test]
fn one_slip_hides_nothing_else() {
    let clauses = [
        "名称 \"甲\"",
        "年度 保单年度",
        "一次灾害 72小时",
        "区域 云阳县",
        "废止 \"乙\"",
        "指标 甲 = 1",
    ];
    let slips = [
        "年都 保单年度",
        "险种 {",
        "投保人",
        "保险期间 3年 从 2023-11-27",
        "参数 甲 金额",
        "累计限额 甲 3000万元",
        "禁止 提取",
    ];
    for slip in slips {
        for at in 0..=clauses.len() {
            let mut lines: Vec<&str> = clauses.to_vec();
            lines.insert(at, slip);
            let mut body = lines.join("\n  ");
            if slip.ends_with('{') {
                body = body.replace(slip, &format!("{slip} }}"));
            }
            let parsed = check(&format!("方案 甲 {{\n  {body}\n}}\n"));
            assert_eq!(parsed.findings.len(), 1, "{slip} at {at}: {:?}", parsed.findings);
            let anlan_lang::tree::Item::Scheme(scheme) = &parsed.tree.items[0] else {
                panic!("a scheme")
            };
            let kept = scheme.clauses.len();
            // A slip in the middle of a clause may leave that clause's part in the tree, never take another.
            assert!(kept >= clauses.len(), "{slip} at {at}: {kept}");
        }
    }
}
