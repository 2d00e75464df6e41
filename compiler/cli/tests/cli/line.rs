//! The command line itself: help, languages, misuse, exit codes, pipes.
#![allow(clippy::unwrap_used)] // tests

use crate::support::{Folder, command};
use std::process::Stdio;

const COMMANDS: [&str; 13] = [
    "check", "test", "fmt", "eval", "settle", "fund", "layer", "audit", "summary", "explain", "new", "doc", "diff",
];

#[test]
fn help_is_in_the_users_language() {
    let here = Folder::new(&[]);
    here.anlan(&["--help"])
        .ends(0)
        .says(&["用法：", "命令：", "检查方案", "settle"]);
    here.anlan(&["--lang", "en", "--help"])
        .ends(0)
        .says(&["Usage:", "Commands:", "Check schemes"]);
    let english = [("LC_ALL", ""), ("LANG", "en_GB.UTF-8")];
    here.anlan_with(&["check", "--help"], &english, None)
        .ends(0)
        .says(&["Usage: anlan check [OPTIONS]"]);
    let chinese = [("LC_ALL", "zh_CN.UTF-8"), ("LANG", "en_GB.UTF-8")];
    here.anlan_with(&["check", "--help"], &chinese, None)
        .ends(0)
        .says(&["用法： anlan check [选项]"]);
    for name in COMMANDS {
        for lang in ["zh", "en"] {
            let ran = here.anlan(&[name, "--help", "--lang", lang]).ends(0);
            assert!(
                ran.out.contains(&format!("anlan {name}")) && ran.err.is_empty(),
                "{ran:?}"
            );
        }
    }
}

#[test]
fn misuse_ends_2_and_says_what_would_be_right() {
    let here = Folder::new(&[]);
    here.anlan(&["chekc"])
        .ends(2)
        .complains(&["X002", "“chekc”", "“check”"]);
    here.anlan(&["check", "--formt", "json"])
        .ends(2)
        .complains(&["X001", "“--format”"]);
    here.anlan(&["check", "--format", "xml"])
        .ends(2)
        .complains(&["X003", "“xml”", "sarif"]);
    here.anlan(&["--lang", "de", "check"])
        .ends(2)
        .complains(&["X003", "zh、en"]);
    here.anlan(&["eval", "--lang", "en"])
        .ends(2)
        .complains(&["X004", "--claim and SCHEME"]);
    let bare = here.anlan(&[]).ends(2).complains(&["用法："]);
    assert!(bare.out.is_empty());
    here.anlan(&["--version"]).ends(0).says(&["anlan 0."]);
}

#[test]
fn paths_that_cannot_be_read_end_2() {
    let here = Folder::new(&[
        ("empty/readme.txt", ""),
        ("bad/anlan.toml", "[severity]\nL999 = \"error\"\n"),
    ]);
    here.write("bytes.anlan", b"// \xff\n");
    here.write("bad/x.anlan", b"");
    here.anlan(&["check", "missing.anlan"])
        .ends(2)
        .complains(&["X010", "missing.anlan"]);
    here.anlan(&["check", "empty", "--lang", "en"])
        .ends(2)
        .complains(&["X016", "no .anlan file"]);
    here.anlan(&["check", "bytes.anlan"])
        .ends(2)
        .complains(&["X013", "第 1 行", "UTF-8"]);
    here.anlan(&["check", "bad"])
        .ends(2)
        .complains(&["X020", "L999", "anlan.toml:2:1"]);
}

#[test]
fn a_reader_that_goes_away_is_no_trouble() {
    let here = Folder::new(&[]);
    let mut child = command(&here.path(""), &["explain"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_ends_2() {
    let here = Folder::new(&[]);
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = command(&here.path(""), &["explain"]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(
        err.contains("X012") && err.contains("标准输出") && err.contains("磁盘已满"),
        "{err}"
    );
}
