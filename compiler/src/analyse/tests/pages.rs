//! The explain pages as tests: the wrong example of a page fires exactly its code, the right one nothing.
//!
//! An example of clauses is put into a scheme, and what a scheme must say besides is added unless the example says it:
//! so a page shows only what matters. Options after `anlan` in a fence: `without=年度` keeps a clause from being added,
//! `also=C110` allows another finding.

use super::super::explain::{self, Example, Page};
use crate::check::check;
use crate::project::{Project, Settings, Source};
use anlan_lang::diag::{Severity, codes};
use std::collections::BTreeSet;

/// What a scheme must say: the keyword that says it, and the clause.
const FRAME: &[(&str, &str)] = &[
    ("文件", "文件 \"例〔2024〕1号\" 发布 2024-01-01 施行 2024-01-01"),
    ("条款", "条款 @一"),
    ("区域", "区域 云阳县 @一"),
    ("投保人", "投保人 县应急管理局"),
    ("保险期间", "保险期间 1年 自 2024-01-01"),
    ("年度", "年度 保单年度"),
    ("一次灾害", "一次灾害 72小时"),
    ("追偿", "追偿 无"),
    ("其他保险", "其他保险 人身 不扣减, 财产 不扣减"),
    ("多处伤残", "多处伤残 取最重"),
    ("死亡", "死亡 扣除 已付 残疾"),
    ("保障对象", "保障对象 灾害发生时在区域内"),
    ("受益人", "受益人 法定继承人 于 死亡"),
    (
        "标准",
        "标准 伤残等级 \"JR/T 0083—2013\"\n  标准 损毁等级 \"GB/T 24335—2009\"",
    ),
    ("次生灾害", "次生灾害 以登记为准"),
    ("险种", "险种 例险种 { 灾因 洪涝; 赔付 例标准; 责任部门 县应急管理局 }"),
];

const SCHEDULE: &str = "赔付标准 例标准 每人每次灾害 { 死亡 定额 10万元 }";
/// Codes that no few lines can show: a file of 4 MB, 64 braces, a slip of the formatter, settings, several files, diagrams
/// beyond their budget, facts that the library always has, what U102 says first.
const WITHOUT_EXAMPLE: &[&str] = &[
    "S009", "S010", "S017", "N131", "N209", "N302", "N303", "N401", "N402", "U304", "C306", "C120",
];
const IMPORTS: &str = "引用 perils, injury, damage, dwelling, areas";

/// The example as a whole file.
pub(super) fn file(example: &Example) -> String {
    let without = option(example, "without");
    if without.contains(&"frame".to_owned()) {
        return example.source.clone();
    }
    let source = if explain::is_whole(&example.source) {
        example.source.clone()
    } else {
        format!("方案 例 {{\n{}}}\n", example.source)
    };
    let mut out = String::new();
    if !source.contains("引用 ") {
        out.push_str(&format!("{IMPORTS}\n\n"));
    }
    let lines: Vec<&str> = source.lines().collect();
    for (index, line) in lines.iter().enumerate() {
        out.push_str(line);
        out.push('\n');
        if line.starts_with("方案 ") && line.trim_end().ends_with('{') {
            let body = body(&lines[index + 1..]);
            for clause in missing(&body, &without) {
                out.push_str(&format!("  {clause}\n"));
            }
        }
    }
    out
}

/// The first words of the clauses of the body that begins here, and its text.
fn body(lines: &[&str]) -> (BTreeSet<String>, String) {
    let mut depth = 0i32;
    let mut words = BTreeSet::new();
    let mut text = String::new();
    for line in lines {
        if depth == 0 {
            if line.trim() == "}" {
                break;
            }
            words.extend(line.split_whitespace().next().map(str::to_owned));
        }
        depth += line.matches('{').count() as i32 - line.matches('}').count() as i32;
        text.push_str(line);
        text.push('\n');
    }
    (words, text)
}

fn missing((words, text): &(BTreeSet<String>, String), without: &[String]) -> Vec<String> {
    let absent = |keyword: &str| !words.contains(keyword) && !without.iter().any(|w| w == keyword);
    let mut clauses: Vec<String> = FRAME
        .iter()
        .filter(|(keyword, _)| absent(keyword))
        .map(|(keyword, clause)| match *keyword {
            // The territory is what the frame's only article says.
            "区域" if !absent("条款") => clause.replace(" @一", ""),
            _ => (*clause).to_owned(),
        })
        .collect();
    let uses = text.contains("例标准") || absent("险种");
    if uses && !text.contains("赔付标准 例标准") {
        clauses.push(SCHEDULE.to_owned());
    }
    if words.contains("区域") && absent("条款") && !text.contains("@一") {
        clauses.push("说明 @一 \"例\"".to_owned());
    }
    clauses
}

fn option(example: &Example, key: &str) -> Vec<String> {
    example
        .options
        .split_whitespace()
        .filter_map(|option| option.strip_prefix(key)?.strip_prefix('='))
        .flat_map(|values| values.split(',').map(str::to_owned))
        .collect()
}

/// The codes found in an example, those of notes only where they are the page's own.
fn found(page: &Page, example: &Example) -> (BTreeSet<String>, String) {
    let text = file(example);
    let source = Source {
        path: "例.anlan".to_owned(),
        text: text.clone(),
    };
    let checked = check(&Project::new(vec![source], Settings::default()));
    let also = option(example, "also");
    let found = checked
        .findings()
        .into_iter()
        .filter(|finding| finding.acknowledged.is_none())
        .filter(|finding| finding.severity > Severity::Note || finding.code.0 == page.code)
        .map(|finding| finding.code.0.to_owned())
        .filter(|code| !also.contains(code))
        .collect();
    (found, text)
}

#[test]
fn every_wrong_example_fires_exactly_its_code_and_no_right_one_any() {
    let mut failures = Vec::new();
    for page in explain::all() {
        if page.wrong.source.is_empty() {
            continue;
        }
        let (wrong, text) = found(&page, &page.wrong);
        if wrong != BTreeSet::from([page.code.to_owned()]) {
            failures.push(format!("{} wrong: {wrong:?}\n{text}", page.code));
        }
        let (right, text) = found(&page, &page.right);
        if !right.is_empty() {
            failures.push(format!("{} right: {right:?}\n{text}", page.code));
        }
    }
    assert!(
        failures.is_empty(),
        "{} examples:\n{}",
        failures.len(),
        failures.join("\n")
    );
}

#[test]
fn every_page_is_whole() {
    for page in explain::all() {
        for words in [&page.zh, &page.en] {
            assert!(!words.title.is_empty() && !words.text.is_empty(), "{}", page.code);
        }
        assert_eq!(
            page.wrong.source.is_empty(),
            page.right.source.is_empty(),
            "{}",
            page.code
        );
        assert_eq!(
            page.wrong.session.is_empty(),
            page.right.session.is_empty(),
            "{}",
            page.code
        );
        // Some of what goes wrong with records and files takes a system or a file that no few lines can show.
        if !page.code.starts_with(['V', 'X']) {
            let without = WITHOUT_EXAMPLE.contains(&page.code);
            assert_eq!(without, page.wrong.source.is_empty(), "{}: example", page.code);
        }
    }
}

#[test]
fn every_code_has_a_page_and_every_page_a_code() {
    let pages: Vec<&str> = explain::all().iter().map(|page| page.code).collect();
    let unique: BTreeSet<&str> = pages.iter().copied().collect();
    assert_eq!(pages.len(), unique.len(), "a page stands twice");
    let codes: BTreeSet<&str> = codes::ALL.iter().map(|(code, _)| code.0).collect();
    let missing: Vec<_> = codes.difference(&unique).collect();
    let extra: Vec<_> = unique.difference(&codes).collect();
    assert!(
        missing.is_empty() && extra.is_empty(),
        "no page: {missing:?}; no code: {extra:?}"
    );
}

#[test]
fn every_page_file_is_listed() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/src/analyse");
    let listed: BTreeSet<&str> = explain::all().iter().map(|page| page.code).collect();
    for family in std::fs::read_dir(root).unwrap().flatten().filter(|e| e.path().is_dir()) {
        for entry in std::fs::read_dir(family.path()).unwrap().flatten() {
            let path = entry.path();
            if path.extension().is_some_and(|extension| extension == "md") {
                let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
                assert!(listed.contains(stem.as_str()), "{stem}.md is not listed in explain.rs");
            }
        }
    }
}

#[test]
fn every_rule_reports_registered_codes_and_every_analysis_code_has_a_rule() {
    let ruled: BTreeSet<&str> = super::super::codes().iter().map(|code| code.0).collect();
    let codes: BTreeSet<&str> = codes::ALL.iter().map(|(code, _)| code.0).collect();
    assert!(ruled.is_subset(&codes));
    // Codes 1xx of the analysed families are this module's; the lowering reports the others.
    let analysed =
        |code: &&str| code.starts_with(['L', 'T', 'P', 'C', 'M', 'D', 'F', 'K', 'Q', 'R']) && &code[1..2] == "1";
    let idle: Vec<_> = codes
        .into_iter()
        .filter(analysed)
        .filter(|code| !ruled.contains(code))
        .collect();
    assert!(idle.is_empty(), "no rule reports {idle:?}");
}

/// Where a wrong example's finding has a fix, what it leads to no longer has the finding, nor any error that was not there.
#[test]
fn every_fix_mends() {
    let mut failures = Vec::new();
    let mut fixes = 0;
    for page in explain::all().iter().filter(|page| !page.wrong.source.is_empty()) {
        let text = file(&page.wrong);
        let said = |text: &str| {
            let source = Source {
                path: "例.anlan".to_owned(),
                text: text.to_owned(),
            };
            let checked = check(&Project::new(vec![source], Settings::default()));
            checked.findings().into_iter().cloned().collect::<Vec<_>>()
        };
        let before = said(&text);
        let own = before.iter().find(|finding| finding.code.0 == page.code);
        let Some(fix) = own.and_then(|finding| finding.fix.clone()) else {
            continue;
        };
        fixes += 1;
        let mut mended = text.clone();
        mended.replace_range(fix.place.span.range(), &fix.replacement);
        let count = |found: &[anlan_lang::diag::Finding], wanted: &dyn Fn(&anlan_lang::diag::Finding) -> bool| {
            found.iter().filter(|finding| wanted(finding)).count()
        };
        let after = said(&mended);
        let own = |finding: &anlan_lang::diag::Finding| finding.code.0 == page.code;
        let error = |finding: &anlan_lang::diag::Finding| finding.severity == Severity::Error && !own(finding);
        if count(&after, &own) >= count(&before, &own) || count(&after, &error) > count(&before, &error) {
            let codes: Vec<&str> = after.iter().map(|finding| finding.code.0).collect();
            failures.push(format!("{}: {codes:?}\n{mended}", page.code));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(fixes >= 25, "{fixes} fixes");
}
