#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // tests

use super::*;
use crate::load::Loaded;
use anlan_compiler::project::{Project, Settings, Source};
use anlan_lang::diag::{Arg, FileId, Place, Witness, codes};
use anlan_lang::texts::Language;
use anlan_lang::tree::Span;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;

const SCHEME: &str = "方案 甲县巨灾保险 {\n  区域 甲县\n\t限额 3000万元\n}\n";
const FRAMEWORK: &str = "框架 乙 {\n  要求 每次灾害 累计限额 >= 3000万元\n}\n";

fn loaded() -> Loaded {
    let source = |path: &str, text: &str| Source {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    Loaded {
        project: Project::new(
            vec![source("甲/scheme.anlan", SCHEME), source("framework.anlan", FRAMEWORK)],
            Settings::default(),
        ),
        root: PathBuf::from("/nowhere"),
        prefix: "policies/".to_owned(),
        named: vec![FileId(0)],
    }
}

fn place(file: u32, text: &str, part: &str) -> Place {
    let start = text.find(part).unwrap();
    Place {
        file: FileId(file),
        span: Span::new(start, start + part.len()),
    }
}

/// A finding with the texts of X020.
fn plain_finding(place: impl Into<Option<Place>>) -> Finding {
    Finding::new(codes::X020, place).arg("path", "甲").arg("key", "乙")
}

/// An error in one file with a label in another, an article, and a witness.
fn finding() -> Finding {
    plain_finding(place(0, SCHEME, "3000万元"))
        .label(place(1, FRAMEWORK, "累计限额"), "label")
        .articles(["四（三）".to_owned(), "二（四）".to_owned()])
        .witness(Witness {
            claims: vec![BTreeMap::from([("peril".to_owned(), "flood".to_owned())])],
            ..Witness::default()
        })
}

fn drawn(lang: Language, style: human::Style, findings: &[Finding]) -> String {
    let loaded = loaded();
    let shown = Shown {
        loaded: &loaded,
        findings,
    };
    let mut out = Vec::new();
    human::findings(&mut out, lang, style, false, &[shown]).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn people_see_both_places_aligned_in_their_language() {
    let expected = "\
错误[X020]：甲 中不认识“乙”
  ┌─ policies/甲/scheme.anlan:3:5
  │
3 │     限额 3000万元
  │          ^^^^^^^^ 不认识
  │
  ┌─ policies/framework.anlan:2:11
  │
2 │   要求 每次灾害 累计限额 >= 3000万元
  │                 -------- 不认识
  │
  = 涉及条款：四（三）、二（四）
  = 复现：anlan eval policies/甲/scheme.anlan --claim '{\"peril\":\"flood\"}'

";
    assert_eq!(drawn(Language::Zh, human::Style::Rich, &[finding()]), expected);
    let english = drawn(Language::En, human::Style::Rich, &[finding()]);
    assert!(
        english.starts_with("error[X020]: unknown key “乙” in 甲\n"),
        "{english}"
    );
}

#[test]
fn the_short_style_is_one_line() {
    assert_eq!(
        drawn(Language::Zh, human::Style::Short, &[finding()]),
        "policies/甲/scheme.anlan:3:5: 错误[X020]：甲 中不认识“乙”\n"
    );
}

#[test]
fn acknowledged_findings_are_not_drawn_but_are_in_the_data() {
    let mut accepted = finding();
    accepted.acknowledged = Some("文件如此".to_owned());
    assert_eq!(
        drawn(Language::Zh, human::Style::Rich, std::slice::from_ref(&accepted)),
        ""
    );

    let loaded = loaded();
    let findings = [accepted];
    let shown = [Shown {
        loaded: &loaded,
        findings: &findings,
    }];
    assert_eq!(github::commands(Language::Zh, &shown), "");
    assert_eq!(
        json::findings(Language::Zh, &shown)["findings"][0]["acknowledged"],
        "文件如此"
    );
    assert_eq!(
        sarif::log(Language::Zh, &shown)["runs"][0]["results"][0]["suppressions"],
        json!([{ "kind": "inSource", "justification": "文件如此" }])
    );
}

#[test]
fn a_finding_beyond_its_source_is_drawn_without_a_panic() {
    let beyond = Place {
        file: FileId(0),
        span: Span::new(SCHEME.len() + 5, SCHEME.len() + 9),
    };
    let inside_a_character = Place {
        file: FileId(0),
        span: Span::new(1, 2),
    };
    let elsewhere = Place {
        file: FileId(99),
        span: Span::new(0, 1),
    };
    let text = drawn(
        Language::En,
        human::Style::Rich,
        &[plain_finding(beyond), plain_finding(inside_a_character)],
    );
    assert!(
        text.contains("scheme.anlan:5:1") && text.contains("scheme.anlan:1:1"),
        "{text}"
    );
    let text = drawn(Language::En, human::Style::Rich, &[plain_finding(elsewhere)]);
    assert_eq!(text.lines().next(), Some("error[X020]: unknown key “乙” in 甲"));
}

#[test]
fn json_holds_the_data_contract() {
    let loaded = loaded();
    let findings = [finding(), plain_finding(None)];
    let shown = [Shown {
        loaded: &loaded,
        findings: &findings,
    }];
    let value = json::findings(Language::Zh, &shown);
    assert_eq!(
        value["findings"][0],
        json!({
            "code": "X020", "severity": "error", "message": "甲 中不认识“乙”",
            "file": "policies/甲/scheme.anlan", "line": 3, "column": 5, "end_line": 3, "end_column": 11,
            "labels": [{
                "message": "不认识",
                "file": "policies/framework.anlan", "line": 2, "column": 11, "end_line": 2, "end_column": 15,
            }],
            "help": null,
            "fix": null,
            "articles": ["四（三）", "二（四）"],
            "witness": { "claims": [{ "peril": "flood" }], "decided": [] },
            "acknowledged": null,
        })
    );
    assert_eq!(value["findings"][1]["file"], Value::Null);
    assert_eq!(value["findings"][1]["line"], Value::Null);
}

#[test]
fn sarif_counts_code_points_and_escapes_paths() {
    let loaded = loaded();
    let findings = [finding()];
    let shown = [Shown {
        loaded: &loaded,
        findings: &findings,
    }];
    let log = sarif::log(Language::En, &shown);
    let run = &log["runs"][0];
    assert_eq!(log["version"], "2.1.0");
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    assert_eq!(run["tool"]["driver"]["rules"], json!([{ "id": "X020" }]));
    let result = &run["results"][0];
    assert_eq!(
        result["locations"][0]["physicalLocation"],
        json!({
            "artifactLocation": { "uri": "policies/%E7%94%B2/scheme.anlan" },
            "region": { "startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 11 },
        })
    );
    assert_eq!(result["relatedLocations"].as_array().map(Vec::len), Some(1));
    assert_eq!(result["level"], "error");
}

#[test]
fn github_commands_escape_what_would_end_them() {
    let loaded = loaded();
    let mut question = finding();
    question.severity = Severity::Question;
    let findings = [question];
    let shown = [Shown {
        loaded: &loaded,
        findings: &findings,
    }];
    assert_eq!(
        github::commands(Language::Zh, &shown),
        "::warning file=policies/甲/scheme.anlan,line=3,col=5,endColumn=11,title=X020::甲 中不认识“乙”\n"
    );
}

#[test]
fn failures_are_worded_in_the_language_and_fit_the_width() {
    let failure = crate::failure::Failure::new(codes::X019)
        .arg("path", "anlan.toml")
        .arg("expected", Arg::Message("manifest-severity"))
        .at("anlan.toml", "[severity]\n\"中文\" = \"大声\" # 注\n", 22..30);
    assert_eq!(
        failure::drawn(Language::Zh, &failure, false, 100),
        "\
错误[X019]：anlan.toml 中的值不对：此处应是 note、question、warning、error 之一
  ┌─ anlan.toml:2:8
  │
2 │ \"中文\" = \"大声\" # 注
  │          ^^^^^^ 值不对
  │
"
    );
    let failure = crate::failure::Failure::new(codes::X015).arg("path", "schemes/a.anlan");
    let en = failure::drawn(Language::En, &failure, false, 50);
    assert_eq!(
        en,
        "\
error[X015]: schemes/a.anlan leads out of the
  project
  = help: a project reads only files in its own
    folder; name any other on the command line
"
    );
    let coloured = failure::drawn(Language::Zh, &failure, true, 50);
    assert!(coloured.starts_with("\u{1b}[1;91m错误[X015]\u{1b}[0m"), "{coloured:?}");
    let at_the_end = crate::failure::Failure::new(codes::X017).at("anlan.toml", "[a]\n[b", 6..6);
    let text = failure::drawn(Language::En, &at_the_end, false, 80);
    assert!(
        text.contains("anlan.toml:2:3") && text.contains("2 │ [b\n  │   ^ here"),
        "{text}"
    );
}

/// The finding with a fix: its word replaced, something added after it, or the word deleted.
fn fixed(at: &str, replacement: &str) -> Finding {
    let written = place(0, SCHEME, "3000万元");
    let at = match at {
        "after" => Place {
            file: written.file,
            span: Span::new(written.span.end as usize, written.span.end as usize),
        },
        _ => written,
    };
    finding().fixed(at, replacement)
}

#[test]
fn a_fix_is_told_in_every_format() {
    let told = |lang, finding: &Finding| drawn(lang, human::Style::Rich, std::slice::from_ref(finding));
    let replaced = fixed("here", "3000元");
    assert!(told(Language::Zh, &replaced).contains("  = 改法：第3行，将“3000万元”改为“3000元”\n"));
    assert!(told(Language::En, &replaced).contains("  = fix: in line 3, write “3000元” for “3000万元”\n"));
    assert!(told(Language::Zh, &fixed("after", " 每年度")).contains("  = 改法：第3行第11列，加上“每年度”\n"));
    assert!(told(Language::En, &fixed("here", "")).contains("  = fix: in line 3, delete “3000万元”\n"));

    let loaded = loaded();
    let findings = [replaced];
    let shown = [Shown {
        loaded: &loaded,
        findings: &findings,
    }];
    assert!(github::commands(Language::Zh, &shown).ends_with("%0A改法：第3行，将“3000万元”改为“3000元”\n"));
    assert_eq!(
        json::findings(Language::Zh, &shown)["findings"][0]["fix"],
        json!({
            "file": "policies/甲/scheme.anlan", "line": 3, "column": 5, "end_line": 3, "end_column": 11,
            "replacement": "3000元",
        })
    );
    assert_eq!(
        sarif::log(Language::En, &shown)["runs"][0]["results"][0]["fixes"],
        json!([{
            "description": { "text": "in line 3, write “3000元” for “3000万元”" },
            "artifactChanges": [{
                "artifactLocation": { "uri": "policies/%E7%94%B2/scheme.anlan" },
                "replacements": [{
                    "deletedRegion": { "startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 11 },
                    "insertedContent": { "text": "3000元" },
                }],
            }],
        }])
    );
}
