//! Rust: one crate without dependencies, with the scheme's rules as plain functions.
//!
//! `values.rs`, `claim.rs`, `rules.rs`, `limits.rs` and `scheme.rs` are written from the program; the other modules are
//! the same for every scheme and stand in `package`. All is laid out as the language's formatter would.

mod claim;
mod code;
mod limits;
mod names;
mod rules;
mod scheme;
mod values;

use super::cases::json;
use super::{File, Input};
use anlan_lang::diag::Finding;
use code::Code;
use names::Names;

const MODULES: [(&str, &str); 9] = [
    ("acceptance", include_str!("package/acceptance.rs")),
    ("assessment", include_str!("package/assessment.rs")),
    ("book", include_str!("package/book.rs")),
    ("group", include_str!("package/group.rs")),
    ("json", include_str!("package/json.rs")),
    ("model", include_str!("package/model.rs")),
    ("reading", include_str!("package/reading.rs")),
    ("rows", include_str!("package/rows.rs")),
    ("settlement", include_str!("package/settlement.rs")),
];

const LIB: &str = include_str!("package/lib.rs");
const MAIN: &str = include_str!("package/main.rs");
const CASES: &str = include_str!("package/cases.rs");
const MANIFEST: &str = include_str!("package/Cargo.toml");

/// Stands for the name of the crate in files that name it.
const CRATE: &str = "CRATE";

pub(super) fn emit(input: &Input<'_>) -> Result<Vec<File>, Finding> {
    let program = input.program;
    let names = Names::of(program);
    let mut files: Vec<File> = MODULES
        .iter()
        .map(|(name, text)| File::new(format!("src/{name}.rs"), *text))
        .collect();
    let title = program.scheme.title_zh.replace(['\n', '\r'], " ");
    files.extend([
        File::new("Cargo.toml", MANIFEST.replace(CRATE, &names.package)),
        File::new("src/lib.rs", LIB.replace("TITLE", &title)),
        File::new("src/main.rs", MAIN.replace(CRATE, &names.package)),
        File::new("src/values.rs", values::values(program, &names)),
        File::new("src/claim.rs", claim::claim(program, &names)),
        File::new("src/rules.rs", rules::rules(program, &names)),
        File::new("src/limits.rs", limits::limits(program, &names)),
        File::new("src/scheme.rs", scheme::scheme(program, &names)),
        File::new("tests/cases.rs", CASES.replace(CRATE, &names.package)),
        File::new("tests/vectors.json", json(program, input.cases())),
    ]);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// `1_000_000`
fn integer(value: i128) -> String {
    (super::operators::RUST.integer)(value)
}

/// `use path::{…};` with the names in the formatter's order; nothing without names.
fn import(out: &mut Code, path: &str, names: &[String]) {
    let mut names = names.to_vec();
    names.sort_by_key(|name| name.replace('_', " "));
    names.dedup();
    match names.as_slice() {
        [] => {}
        [only] => out.line(format!("use {path}::{only};")),
        names => out.braces(&format!("use {path}::"), names, ";"),
    }
}

/// The imports that a body needs of what a module offers.
fn needed(body: &str, offered: &[&str]) -> Vec<String> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    // A comment may begin with a word that a type is called too (`In`).
    let code: Vec<&str> = body
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect();
    let body = code.join("\n");
    let used = |name: &&&str| {
        body.match_indices(**name).any(|(at, word)| {
            let before = body.get(..at).and_then(|text| text.chars().next_back());
            let after = body.get(at + word.len()..).and_then(|text| text.chars().next());
            // A function is called; its name may also be a word of a comment.
            let function = word.starts_with(|c: char| c.is_ascii_lowercase());
            let called = !function || after == Some('(');
            // `Field::Region` names a variant and not the type `Region`.
            called && !before.is_some_and(|c| is_word(c) || c == '.' || c == ':') && !after.is_some_and(is_word)
        })
    };
    offered.iter().filter(used).map(|name| (*name).to_owned()).collect()
}
