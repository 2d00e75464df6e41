//! Emitted crates are laid out as the formatter would, give the linter nothing to say, and pass their own tests: the
//! scheme's examples and boundary vectors. One workspace holds them all, so that cargo runs once.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::expect_used,
    reason = "tests"
)]

use anlan_compiler::emit::{self, File};
use anlan_tests::agreement::engine::write;
use anlan_tests::agreement::engines::rust::{cargo, package};
use anlan_tests::agreement::subjects::{generated, policies};
use std::path::Path;

/// A scheme that nobody wrote has no title to name its crate by.
fn renamed(files: Vec<File>, number: usize) -> Vec<File> {
    let old = package(&files);
    let new = format!("{old}_{number}");
    let rename = |file: File| match file.path.as_str() {
        "Cargo.toml" | "src/main.rs" | "tests/cases.rs" => File {
            text: file.text.replace(&old, &new),
            ..file
        },
        _ => file,
    };
    files.into_iter().map(rename).collect()
}

fn run(folder: &Path, arguments: &[&str]) {
    let output = cargo(folder, &folder.join("target"), arguments).output().unwrap();
    assert!(
        output.status.success(),
        "cargo {arguments:?}\n{}\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn emitted_crates_are_formatted_clean_and_right() {
    let folder = tempfile::tempdir().unwrap();
    let target = emit::target("rust").unwrap();
    let mut members = Vec::new();
    for (number, subject) in policies().into_iter().chain(generated(40, 3)).enumerate() {
        let files = renamed(emit::emit(target, &subject.plan).unwrap(), number);
        let member = format!("m{number}");
        write(&folder.path().join(&member), &files);
        members.push(format!("\"{member}\""));
    }
    let members = members.join(", ");
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [{members}]\n\n[profile.dev]\ndebug = 0\n");
    std::fs::write(folder.path().join("Cargo.toml"), manifest).unwrap();
    run(folder.path(), &["fmt", "--all", "--check"]);
    run(
        folder.path(),
        &[
            "clippy",
            "--offline",
            "--quiet",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ],
    );
    run(folder.path(), &["test", "--offline", "--quiet"]);
}
