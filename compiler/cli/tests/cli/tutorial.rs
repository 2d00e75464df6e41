//! The tutorials are run: every file is written, every command executed, and what it prints is what the page shows.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use anlan_tests::fenced::{Block, blocks};
use anlan_tests::{golden, read};
use std::path::Path;
use std::process::Command;

/// What one block of the page becomes: itself, or a console with what its commands print now.
fn played(folder: &Path, language: &str, block: &Block) -> String {
    if let Some((_, name)) = block.info.split_once(" file=") {
        std::fs::write(folder.join(name), &block.text).unwrap();
    } else if let Some((_, name)) = block.info.split_once(" append=") {
        let file = folder.join(name);
        let text = std::fs::read_to_string(&file).unwrap();
        let body = text
            .strip_suffix("}\n")
            .unwrap_or_else(|| panic!("{name} does not end with }}"));
        std::fs::write(file, format!("{body}{}}}\n", block.text)).unwrap();
    } else if block.info == "console" {
        let commands = block.text.lines().filter_map(|line| line.strip_prefix("$ "));
        return commands
            .map(|command| format!("$ {command}\n{}", run(folder, language, command)))
            .collect();
    }
    block.text.clone()
}

/// Both streams, as a terminal shows them.
fn run(folder: &Path, language: &str, command: &str) -> String {
    let binary = Path::new(env!("CARGO_BIN_EXE_anlan")).parent().unwrap();
    let path = format!("{}:{}", binary.display(), std::env::var("PATH").unwrap_or_default());
    let output = Command::new("sh")
        .args(["-c", &format!("{command} 2>&1")])
        .current_dir(folder)
        .env_clear()
        .envs([("PATH", path.as_str()), ("LANG", language), ("NO_COLOR", "1")])
        .output()
        .unwrap();
    let mut text = String::from_utf8(output.stdout).unwrap();
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

/// The page with every console as it is now.
fn replayed(page: &str, language: &str) -> String {
    replayed_in(tempfile::tempdir().unwrap(), page, language)
}

fn replayed_in(folder: tempfile::TempDir, page: &str, language: &str) -> String {
    let mut out = String::new();
    let mut lines = page.lines();
    for block in blocks(page) {
        for line in lines.by_ref() {
            out.push_str(line);
            out.push('\n');
            if line.starts_with("```") {
                break;
            }
        }
        out.push_str(&played(folder.path(), language, &block));
        out.push_str("```\n");
        lines.by_ref().find(|line| *line == "```").unwrap();
    }
    lines.for_each(|line| {
        out.push_str(line);
        out.push('\n');
    });
    out
}

#[test]
fn the_chinese_tutorial_shows_what_happens() {
    golden::check(
        "docs/tutorial.zh.md",
        &replayed(&read("docs/tutorial.zh.md"), "zh_CN.UTF-8"),
    );
}

#[test]
fn the_english_tutorial_shows_what_happens() {
    golden::check(
        "docs/tutorial.en.md",
        &replayed(&read("docs/tutorial.en.md"), "en_US.UTF-8"),
    );
}

/// Copies a folder.
fn copied(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let place = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copied(&entry.path(), &place),
            false => drop(std::fs::copy(entry.path(), place).unwrap()),
        }
    }
}

#[test]
fn the_page_on_settling_shows_what_happens() {
    let folder = tempfile::tempdir().unwrap();
    copied(
        &anlan_tests::workspace().join("policies"),
        &folder.path().join("policies"),
    );
    golden::check(
        "docs/settle.md",
        &replayed_in(folder, &read("docs/settle.md"), "zh_CN.UTF-8"),
    );
}
