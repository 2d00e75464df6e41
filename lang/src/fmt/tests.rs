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
