#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
use super::*;
use std::path::{Path, PathBuf};

/// Every `.anlan` file of the repository's library and policies.
pub(crate) fn repository() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut folders = vec![root.join("stdlib"), root.join("policies")];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "anlan") {
                let text = std::fs::read_to_string(&path).unwrap();
                files.push((path, text));
            }
        }
    }
    files.sort();
    assert!(files.len() >= 15, "the library and the policies are here");
    files
}

fn formatted(name: &Path, source: &str, keywords: Option<Language>) -> String {
    format(source, keywords).unwrap_or_else(|findings| {
        let places: Vec<String> = findings
            .iter()
            .map(|f| {
                let at = f.primary.map_or(0, |p| p.span.start);
                format!("{} at {:?}", f.code.0, Lines::new(source).place(source, at))
            })
            .collect();
        panic!("{}: {places:?}", name.display())
    })
}

#[test]
fn conversion_there_and_back_gives_the_same_text() {
    for (name, source) in repository() {
        let zh = formatted(&name, &source, Some(Language::Zh));
        let en = formatted(&name, &zh, Some(Language::En));
        let back = formatted(&name, &en, Some(Language::Zh));
        assert_eq!(zh, back, "{}", name.display());
    }
}

#[test]
fn both_keyword_languages_give_the_same_tree() {
    for (name, source) in repository() {
        let en = formatted(&name, &source, Some(Language::En));
        let (old, new) = (parse(&source, FileId(0)), parse(&en, FileId(0)));
        assert_eq!(new.findings, [], "{}", name.display());
        assert!(old.tree == new.tree, "{}", name.display());
    }
}

#[test]
fn formatting_twice_changes_nothing() {
    for (name, source) in repository() {
        for keywords in [None, Some(Language::En)] {
            let once = formatted(&name, &source, keywords);
            assert_eq!(once, formatted(&name, &once, keywords), "{}", name.display());
        }
    }
}

#[test]
fn the_library_and_policies_have_no_findings() {
    for (name, source) in repository() {
        assert_eq!(parse(&source, FileId(0)).findings, [], "{}", name.display());
    }
}

/// Formats clauses of one scheme to both languages and back; the tree stays what it was.
fn both(clauses: &str) -> (String, String) {
    let source = format!("方案 例 {{\n{clauses}\n}}\n");
    let name = Path::new("here");
    let zh = formatted(name, &source, Some(Language::Zh));
    let en = formatted(name, &zh, Some(Language::En));
    assert_eq!(zh, formatted(name, &en, Some(Language::Zh)), "{en}");
    let tree = |text: &str| parse(text, FileId(0)).tree;
    assert!(tree(&source) == tree(&zh) && tree(&zh) == tree(&en), "{zh}{en}");
    (zh, en)
}

#[track_caller]
fn prints(clauses: &str, zh: &str, en: &str) {
    let texts = both(clauses);
    assert!(texts.0.contains(zh), "{}", texts.0);
    assert!(texts.1.contains(en), "{}", texts.1);
}

#[test]
fn a_keyword_of_two_words_fills_one_column() {
    let fund = "资金 准备金 {\n 计提 计提比例 × 保费总额\n 滚存\n 余额 由  管理机构 报告\n}";
    prints(
        fund,
        "    余额  由 管理机构 报告\n",
        "    balance  reported by 管理机构\n",
    );
}

#[test]
fn natural_persons_stay_where_they_are_written() {
    let written = "保障对象 灾害发生时在区域内的自然人 含 户籍人口, 常住人口 等";
    let en = "natural persons in territory at loss including 户籍人口, 常住人口";
    prints(written, "灾害发生时在区域内 自然人 含 户籍人口, 常住人口 等", en);
    prints(
        "保障对象 自然人 含 户籍人口",
        "保障对象 自然人 含 户籍人口",
        "natural persons including",
    );
    prints(
        "保障对象 灾害发生时在区域内 含 户籍人口",
        "灾害发生时在区域内 含",
        "persons in territory at loss including",
    );
    prints("保障对象 自然人", "保障对象 自然人", "persons natural persons");
}

#[test]
fn a_share_of_a_base_stays_one() {
    let accrual = |amount: &str| format!("资金 准备金 {{ 计提 {amount} }}");
    prints(&accrual("基本保费 的 70%"), "基本保费 的 70%", "70% of 基本保费");
    prints(&accrual("70% of 基本保费"), "基本保费 的 70%", "70% of 基本保费");
    prints(&accrual("70% × 基本保费"), "70% × 基本保费", "70% × 基本保费");
    prints(&accrual("（甲 + 乙） 的 70%"), "（甲 + 乙） 的 70%", "70% of (甲 + 乙)");
    prints(&accrual("甲 × 乙 的 70%"), "甲 × 乙 的 70%", "70% of (甲 × 乙)");
    prints(&accrual("70% of 甲 × 乙"), "甲 的 70% × 乙", "70% of 甲 × 乙");
}
