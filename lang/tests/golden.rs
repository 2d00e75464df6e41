//! Golden files: each case holds a title, an input and the expected output, so that it can be read alone.
//! `UPDATE_GOLDEN=1 cargo test -p anlan-lang --test golden` writes the outputs anew; read the difference.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use anlan_lang::diag::FileId;
use anlan_lang::fmt::format;
use anlan_lang::lines::Lines;
use anlan_lang::parse;
use anlan_lang::texts::{self, Language};
use std::fmt::Write;
use std::path::Path;

const CASE: &str = "════ ";
const OUTPUT: &str = "──── ";

/// Runs every case of a file: `run` gives the sections of the output.
fn golden(name: &str, run: impl Fn(&str) -> Vec<(&'static str, String)>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    let old = std::fs::read_to_string(&path).unwrap();
    let mut new = String::new();
    for case in old.split(CASE).skip(1) {
        let (title, rest) = case.split_once('\n').unwrap();
        let input = rest.split(OUTPUT).next().unwrap();
        let input = input.strip_suffix('\n').unwrap_or(input);
        write!(new, "{CASE}{title}\n{input}\n").unwrap();
        for (section, output) in run(input) {
            write!(new, "{OUTPUT}{section}\n{output}").unwrap();
        }
        new.push('\n');
    }
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, new).unwrap();
        return;
    }
    for (old, new) in old.split(CASE).zip(new.split(CASE)) {
        assert_eq!(old.trim_end(), new.trim_end(), "{name}");
    }
}

/// Findings as `line:column code message`, labels and help, in both languages.
fn findings(source: &str) -> Vec<(&'static str, String)> {
    let parsed = parse(source, FileId(0));
    let lines = Lines::new(source);
    let each = |language| {
        let mut text = String::new();
        for finding in &parsed.findings {
            let (line, column) = lines.place(source, finding.primary.unwrap().span.start);
            let message = texts::message(language, finding);
            writeln!(text, "{line}:{column} {} {message}", finding.code.0).unwrap();
            for (kind, more) in [
                ("|", Some(texts::primary_label(language, finding))),
                ("=", texts::help(language, finding)),
            ] {
                if let Some(more) = more {
                    writeln!(text, "      {kind} {more}").unwrap();
                }
            }
        }
        text
    };
    vec![("zh", each(Language::Zh)), ("en", each(Language::En))]
}

/// The layout in both languages; formatting the Chinese one again changes nothing.
fn layouts(source: &str) -> Vec<(&'static str, String)> {
    let text = |language| format(source, Some(language)).unwrap_or_else(|f| format!("{f:?}\n"));
    let (zh, en) = (text(Language::Zh), text(Language::En));
    assert_eq!(format(&zh, None).as_ref(), Ok(&zh), "formatting twice");
    assert_eq!(format(&en, None).as_ref(), Ok(&en), "formatting twice");
    assert_eq!(format(&en, Some(Language::Zh)).as_ref(), Ok(&zh), "there and back");
    vec![("zh", zh), ("en", en)]
}

#[test]
fn error_messages() {
    golden("errors.txt", findings);
}

#[test]
fn layout() {
    golden("layout.txt", layouts);
}
