//! The examples of `docs/language.md` are read: both keyword languages to one tree.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use anlan_compiler::check;
use anlan_compiler::project::{Project, Settings, Source};
use anlan_lang::diag::{FileId, Finding, Severity};
use anlan_lang::fmt::format;
use anlan_lang::parse::parse;
use anlan_lang::texts::{self, Language};
use anlan_tests::golden;
use anlan_tests::reference::{Example, PAGE, examples, rewritten};

fn told(findings: &[Finding]) -> String {
    let line = |f: &Finding| format!("{} {}", f.code.0, texts::message(Language::En, f));
    findings.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// An example in the one layout, with the keywords of a language.
fn laid_out(example: &Example, language: Language) -> String {
    let source = example.source(&example.zh);
    let formatted = format(&source, Some(language))
        .unwrap_or_else(|findings| panic!("{PAGE}:{}\n{}", example.zh.line, told(&findings)));
    example.taken_from(&formatted)
}

/// Written from the Chinese example of each section by the formatter.
#[test]
fn examples_stand_in_both_keyword_languages_and_the_one_layout() {
    let page = rewritten(&anlan_tests::read(PAGE), |example| {
        (laid_out(example, Language::Zh), laid_out(example, Language::En))
    });
    golden::check(PAGE, &page);
}

fn all() -> Vec<Example> {
    examples(&anlan_tests::read(PAGE))
}

#[test]
fn every_example_is_read_without_findings() {
    let mut wrong = Vec::new();
    for example in all() {
        for block in std::iter::once(&example.zh).chain(&example.en) {
            let parsed = parse(&example.source(block), FileId(0));
            if !parsed.findings.is_empty() {
                wrong.push(format!("{PAGE}:{}\n{}\n", block.line, told(&parsed.findings)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn both_keyword_languages_give_one_tree() {
    for example in all() {
        let Some(en) = &example.en else { continue };
        let read = |block| parse(&example.source(block), FileId(0)).tree;
        assert_eq!(read(&example.zh), read(en), "{PAGE}:{}", en.line);
    }
}

#[test]
fn every_example_compiles() {
    let mut wrong = Vec::new();
    for example in all().iter().filter(|e| !e.fragment) {
        let source = Source {
            path: "example.anlan".into(),
            text: example.source(&example.zh),
        };
        let checked = check(&Project::new(vec![source], Settings::default()));
        // Whether a document is complete is not what an example shows: warnings and questions are left aside.
        let errors = checked.findings().into_iter().filter(|f| f.severity == Severity::Error);
        let findings: Vec<Finding> = errors.cloned().collect();
        if !findings.is_empty() {
            wrong.push(format!("{PAGE}:{}\n{}\n", example.zh.line, told(&findings)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
