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
use anlan_tests::agreement::subjects::{generated, policies, written};
use anlan_tests::workspace;
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

/// What cargo prints.
fn run(folder: &Path, arguments: &[&str]) -> String {
    let output = cargo(folder, &folder.join("target"), arguments).output().unwrap();
    assert!(
        output.status.success(),
        "cargo {arguments:?}\n{}\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn emitted_crates_are_formatted_clean_and_right() {
    let folder = tempfile::tempdir().unwrap();
    let target = emit::target("rust").unwrap();
    let mut members = Vec::new();
    let subjects = policies().into_iter().chain(written()).chain(generated(40, 2));
    for (number, subject) in subjects.enumerate() {
        let files = renamed(emit::emit(target, &subject.plan).unwrap(), number);
        let member = format!("m{number}");
        write(&folder.path().join(&member), &files);
        members.push(format!("\"{member}\""));
    }
    let example = example(folder.path());
    members.push("\"example\"".to_owned());
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
    let printed = run(folder.path(), &["run", "--offline", "--quiet", "--package", "example"]);
    assert_eq!(printed, example);
}

/// Writes the example of `docs/emit.md` as a crate of its own; gives what its comments say that it prints.
fn example(folder: &Path) -> String {
    let page = std::fs::read_to_string(workspace().join("docs/emit.md")).unwrap();
    let code = page.split("```rust\n").nth(1).unwrap().split("```").next().unwrap();
    let package = code.split("::").next().unwrap().trim_start_matches("use ");
    let member = |entry: std::io::Result<std::fs::DirEntry>| {
        let path = entry.unwrap().path();
        let manifest = std::fs::read_to_string(path.join("Cargo.toml")).ok()?;
        let name = manifest
            .lines()
            .find_map(|line| line.strip_prefix("name = "))?
            .to_owned();
        name.trim_matches('"').starts_with(package).then_some((name, path))
    };
    let (name, path) = std::fs::read_dir(folder).unwrap().find_map(member).unwrap();
    let manifest = format!(
        "[package]\nname = \"example\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n{package} = {{ path = \"{}\", package = {name} }}\n",
        path.display()
    );
    let files = [("Cargo.toml", manifest.as_str()), ("src/main.rs", code)].map(|(path, text)| File {
        path: path.to_owned(),
        text: text.to_owned(),
    });
    write(&folder.join("example"), &files);
    // The page is laid out for its width; the formatter's is another.
    run(folder, &["fmt", "--manifest-path", "example/Cargo.toml"]);
    let said = code.lines().filter(|line| line.contains("println!"));
    let said = said.map(|line| line.rsplit(" // ").next().unwrap().split(": in 分").next().unwrap());
    said.map(|line| format!("{line}\n")).collect()
}
