//! Emitted Python is typed as strictly as the checker asks, gives the linter and the formatter nothing to say, and passes
//! its own tests.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::expect_used,
    reason = "tests"
)]

use anlan_compiler::emit;
use anlan_tests::agreement::engine::write;
use anlan_tests::agreement::engines::python::package;
use anlan_tests::agreement::subjects::{Subject, generated, policies, written};
use anlan_tests::python::{printed, tool};
use anlan_tests::{fenced, read};
use std::path::{Path, PathBuf};

/// Emits below a folder; gives the package's folder and name.
fn emitted(folder: &Path, number: usize, subject: &Subject) -> (PathBuf, String) {
    let files = emit::emit(emit::target("python").unwrap(), &subject.plan).unwrap();
    let folder = folder.join(format!("p{number}"));
    write(&folder, &files);
    (folder, package(&files))
}

#[test]
fn packages_pass_their_own_tests() {
    let folder = tempfile::tempdir().unwrap();
    let subjects = policies().into_iter().chain(written()).chain(generated(60, 5));
    for (number, subject) in subjects.enumerate() {
        let (package, _) = emitted(folder.path(), number, &subject);
        printed(Path::new("python3"), &package, &["-m", "unittest"]);
    }
}

/// A wrong answer among the cases must fail the package's tests.
#[test]
fn packages_fail_where_an_answer_is_another() {
    let folder = tempfile::tempdir().unwrap();
    let subject = generated(60, 1).remove(0);
    let (package, _) = emitted(folder.path(), 0, &subject);
    let vectors = package.join("tests/vectors.json");
    let text = std::fs::read_to_string(&vectors).unwrap();
    for (from, to) in [
        ("\"reason\":null", "\"reason\":\"none\""),
        ("\"paid\":\"", "\"paid\":\"1"),
    ] {
        assert!(text.contains(from));
        std::fs::write(&vectors, text.replacen(from, to, 1)).unwrap();
        let run = std::process::Command::new("python3")
            .current_dir(&package)
            .args(["-m", "unittest"])
            .output()
            .unwrap();
        assert!(!run.status.success(), "{from}");
    }
}

#[test]
fn packages_are_typed_clean_and_formatted() {
    let (Some(ruff), Some(mypy)) = (tool("ruff"), tool("mypy")) else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let mut subjects = policies();
    subjects.extend(written());
    let schemes = generated(80, 12);
    let mut packages = Vec::new();
    for (number, subject) in subjects.iter().chain(&schemes).enumerate() {
        packages.push(emitted(folder.path(), number, subject));
    }
    // Each package brings its own configuration.
    printed(&ruff, folder.path(), &["check", "--no-cache", "."]);
    printed(&ruff, folder.path(), &["format", "--no-cache", "--check", "."]);
    let cache = folder.path().join("cache");
    for (package, name) in packages.iter().take(subjects.len() + 2) {
        let cache = cache.to_str().unwrap();
        printed(&mypy, package, &["--strict", "--cache-dir", cache, name, "tests"]);
    }
}

/// The example of `docs/emit.md` says in its comments what it prints.
#[test]
fn the_example_in_the_docs_prints_what_it_says() {
    let page = read("docs/emit.md");
    let blocks = fenced::blocks(&page);
    let example = blocks.iter().find(|block| block.info == "python").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let policies = policies();
    let yunyang = policies.iter().find(|subject| subject.name.contains("云阳")).unwrap();
    let (package, _) = emitted(folder.path(), 0, yunyang);
    std::fs::write(package.join("example.py"), &example.text).unwrap();
    let found = printed(Path::new("python3"), &package, &["example.py"]);
    let said = example.text.lines().filter_map(|line| line.split_once(")  # "));
    let said: Vec<&str> = said
        .map(|(_, said)| said.split_once(": ").map_or(said, |(value, _)| value))
        .collect();
    assert!(said.len() > 2);
    assert_eq!(found.lines().collect::<Vec<_>>(), said);
}
