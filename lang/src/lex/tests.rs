#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
use super::*;

/// Each token as its text, cut words joined by `+`.
fn texts(source: &str) -> Vec<String> {
    let mut result: Vec<String> = Vec::new();
    for token in lex(source, FileId(0)).tokens {
        result.push(source[token.span.range()].to_owned());
    }
    result
}

fn check(source: &str, expect: &[&str]) {
    assert_eq!(texts(source), expect, "{source}");
}

fn codes_of(source: &str) -> Vec<(&'static str, String)> {
    lex(source, FileId(0))
        .findings
        .iter()
        .map(|f| (f.code.0, source[f.primary.unwrap().span.range()].to_owned()))
        .collect()
}

#[test]
fn numbers_end_before_units() {
    check(
        "10万元 1元/人/年 1,200元 3.5% １０万元",
        &[
            "10", "万元", "1", "元", "/", "人", "/", "年", "1,200", "元", "3.5", "%", "１０", "万元",
        ],
    );
    check("限额2.5万元", &["限额", "2.5", "万元"]);
    check("共13种", &["共", "13", "种"]);
    check("grade10 L104", &["grade10", "L104"]);
}

#[test]
fn dates_are_one_token() {
    check(
        "自2023年11月27日 2023-11-27 2023年",
        &["自", "2023年11月27日", "2023-11-27", "2023", "年"],
    );
}

#[test]
fn articles_end_at_punctuation() {
    check(
        "@四(一)、@四（三）6 @附件2{ @五@八",
        &["@四(一)", "、", "@四（三）6", "@附件2", "{", "@五", "@八"],
    );
}

#[test]
fn text_holds_escapes_and_inner_marks() {
    check(r#""甲\"乙" “甲“乙”丙”"#, &[r#""甲\"乙""#, "“甲“乙”丙”"]);
    assert_eq!(lex("\"甲“乙”\"", FileId(0)).tokens.len(), 1);
}

#[test]
fn full_width_punctuation_is_the_same() {
    let kinds = |source| lex(source, FileId(0)).tokens.iter().map(|t| t.kind).collect::<Vec<_>>();
    assert_eq!(kinds("：，；（）｛｝％＝×＊．／－ —"), kinds(":,;(){}%=**./- -"));
}

#[test]
fn comments_are_kept_apart() {
    let lexed = lex("甲 // 一 \n  // 二\n乙", FileId(0));
    assert_eq!(lexed.tokens.len(), 2);
    let own: Vec<bool> = lexed.comments.iter().map(|c| c.own_line).collect();
    assert_eq!(own, [false, true]);
}

#[test]
fn an_unclosed_brace_is_found_by_indentation() {
    let source = "方案 甲 {\n  险种 乙 {\n    灾因 洪涝\n  险种 丙 {\n    灾因 干旱\n  }\n}\n";
    let lexed = lex(source, FileId(0));
    assert_eq!(lexed.findings.len(), 1);
    let place = lexed.findings[0].primary.unwrap().span.start as usize;
    assert_eq!(place, source.find("乙 {").unwrap() + "乙 ".len());
}

#[test]
fn a_brace_too_many_is_found_by_indentation() {
    let source = "方案 甲 {\n  险种 乙 {\n    灾因 洪涝\n  }\n  }\n  险种 丙 {\n  }\n}\n";
    let lexed = lex(source, FileId(0));
    assert_eq!(lexed.findings.len(), 1);
    assert_eq!(lexed.findings[0].code, codes::S004);
    assert_eq!(
        lexed.findings[0].primary.unwrap().span.start as usize,
        source.find("  }\n  险").unwrap() + 2
    );
}

#[test]
fn what_cannot_be_read_is_reported_once() {
    assert_eq!(codes_of("名称 \"甲\n"), [("S005", "\"甲".to_owned())]);
    assert_eq!(codes_of("/* 甲 */ 乙"), [("S008", "/* 甲 */".to_owned())]);
    assert_eq!(codes_of("ｃｏｖｅｒ"), [("S007", "ｃｏｖｅｒ".to_owned())]);
    assert_eq!(codes_of("@ 四"), [("S013", "@".to_owned())]);
}

#[test]
fn deep_nesting_and_big_sources_are_refused() {
    let deep = "{".repeat(100_000) + &"}".repeat(100_000);
    let found: Vec<_> = lex(&deep, FileId(0)).findings.iter().map(|f| f.code).collect();
    assert_eq!(found, [codes::S010]);
    let big = " ".repeat(MAX_SOURCE + 1);
    assert_eq!(lex(&big, FileId(0)).findings[0].code, codes::S009);
}

/// All tokens as the grammar alone finds them.
fn whole_by_grammar(source: &str) -> Vec<(Rule, usize, usize)> {
    let pairs = Grammar::parse(Rule::file, source).unwrap();
    pairs
        .flat_map(pest::iterators::Pair::into_inner)
        .filter(|pair| pair.as_rule() != Rule::EOI)
        .map(|pair| (pair.as_rule(), pair.as_span().start(), pair.as_span().end()))
        .collect()
}

/// The tokens that `quick` finds in a text, and how many it left to the grammar.
fn quickly(source: &str) -> (Vec<(Rule, usize, usize)>, usize) {
    let (mut found, mut left) = (Vec::new(), 0);
    let mut at = quick::blanks(source, 0);
    while at < source.len() {
        let (rule, end) = quick::token(source, at).unwrap_or_else(|| {
            left += 1;
            by_grammar(source, at).unwrap()
        });
        found.push((rule, at, end));
        at = quick::blanks(source, end);
    }
    (found, left)
}

const PIECES: &[&str] = &[
    "险种",
    "一",
    "龥",
    "\u{9FFF}",
    "\u{4DFF}",
    "\u{A000}",
    "cover",
    "A",
    "_",
    "·",
    "é",
    "Ⅰ",
    "々",
    "〇",
    "ａ",
    "＿",
    "１",
    "1",
    "2023",
    "10",
    ",",
    "，",
    "、",
    ".",
    "．",
    "-",
    "—",
    "年",
    "月",
    "日",
    "2023-11-27",
    "2023年1月2日",
    "1,200",
    "%",
    "‰",
    "@",
    "@四（一）",
    "＠",
    "/",
    "／",
    "//",
    "/*",
    "*/",
    "\"",
    "“",
    "”",
    "‘",
    "’",
    "'",
    "《",
    "》",
    "「",
    "」",
    "\\",
    "\\\"",
    "{",
    "}",
    "｛",
    "｝",
    "(",
    "（",
    "=",
    "<",
    ">",
    ">=",
    "≥",
    "×",
    "*",
    "＊",
    "+",
    ":",
    ";",
    "；",
    "!",
    "#",
    "$",
    "?",
    "[",
    "^",
    "`",
    "|",
    "~",
    "\u{7F}",
    "\u{0}",
    "\u{1F}",
    "\t",
    " ",
    "\u{3000}",
    "\u{A0}",
    "\u{FEFF}",
    "\u{200B}",
    "\u{201A}",
    "\u{2028}",
    "\u{301F}",
    "\u{3021}",
    "\u{FF0F}",
    "\u{FF21}",
    "\n",
    "\r\n",
    "😀",
    "é́",
];

#[test]
fn the_quick_scan_agrees_with_the_grammar() {
    let mut seed = 20_260_730_u64;
    let mut random = |below: usize| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    for _ in 0..40_000 {
        let length = 1 + random(9);
        let text: String = (0..length).map(|_| PIECES[random(PIECES.len())]).collect();
        assert_eq!(quickly(&text).0, whole_by_grammar(&text), "{text:?}");
    }
    // Each character before and after what a token can begin and end with.
    for c in (0..=0x1_F700_u32).filter_map(char::from_u32) {
        for text in [
            format!("一{c}1"),
            format!("a{c}"),
            format!("1{c}2"),
            format!("@四{c}"),
            format!("“{c}”{c}"),
            format!("「{c}」{c}"),
            format!("2023-11-27{c}"),
        ] {
            assert_eq!(quickly(&text).0, whole_by_grammar(&text), "{text:?}");
        }
    }
}

#[test]
fn schemes_are_scanned_quickly() {
    for source in [
        include_str!("../../../policies/yunyang/scheme.anlan"),
        include_str!("../../../policies/chongqing/framework.anlan"),
        include_str!("../../tests/samples/forms.zh.anlan"),
        include_str!("../../tests/samples/forms.en.anlan"),
    ] {
        let (found, left) = quickly(source);
        assert_eq!(found, whole_by_grammar(source));
        assert!(left * 100 < found.len(), "{left} of {}", found.len());
    }
}
