//! What docs/diff.md and docs/meaning.yml say to set up, done with real git: each command and step is taken from the page.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // tests

use crate::support::{Folder, policy, repository};
use std::path::Path;
use std::process::Command;

fn read(path: impl AsRef<Path>) -> String {
    std::fs::read_to_string(path).unwrap()
}

/// A repository with one commit: Yunyang and its framework, and the shares of git's attributes.
fn repository_of_schemes(folder: &str) -> Folder {
    let here = Folder::new(&[]);
    for path in ["anlan.toml", "chongqing/framework.anlan", "yunyang/scheme.anlan"] {
        here.write(&format!("{folder}/policies/{path}"), read(policy(path)).as_bytes());
    }
    here.write(&format!("{folder}/.gitattributes"), attributes().as_bytes());
    let at = here.path(folder);
    sh(&at, "git init -q -b main . && git add . && git commit -qm first", &[]);
    here
}

/// The line for `.gitattributes` as the page has it.
fn attributes() -> String {
    let page = read(repository().join("docs/diff.md"));
    let line = page.lines().find(|line| line.starts_with("*.anlan diff=")).unwrap();
    format!("{line}\n")
}

/// The page's command that sets `key`.
fn command(key: &str) -> String {
    let page = read(repository().join("docs/diff.md"));
    let line = page
        .lines()
        .find(|line| line.starts_with(&format!("git config {key} ")));
    line.unwrap().to_owned()
}

/// Runs a script as a workflow does, with `anlan` on the path; gives standard output and error.
fn sh(folder: &Path, script: &str, environment: &[(&str, &str)]) -> (String, String) {
    let built = Path::new(env!("CARGO_BIN_EXE_anlan")).parent().unwrap();
    let path = format!(
        "{}:{}:{}",
        folder.join("bin").display(),
        built.display(),
        std::env::var("PATH").unwrap()
    );
    let ran = Command::new("bash")
        .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script])
        .current_dir(folder)
        .env("PATH", path)
        .envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_SYSTEM", "/dev/null")])
        .envs(["AUTHOR", "COMMITTER"].map(|who| (format!("GIT_{who}_NAME"), "a")))
        .envs(["AUTHOR", "COMMITTER"].map(|who| (format!("GIT_{who}_EMAIL"), "a@example.org")))
        .env("GIT_PAGER", "cat")
        .env_remove("LANG")
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .envs(environment.iter().copied())
        .output()
        .unwrap();
    let (out, err) = (
        String::from_utf8(ran.stdout).unwrap(),
        String::from_utf8(ran.stderr).unwrap(),
    );
    assert!(ran.status.success(), "{script}\n{out}\n{err}");
    (out, err)
}

fn edit(here: &Folder, path: &str, from: &str, to: &str) {
    let text = here.read(path);
    assert!(text.contains(from), "{from}");
    here.write(path, text.replacen(from, to, 1).as_bytes());
}

const SCHEME: &str = "r/policies/yunyang/scheme.anlan";

#[test]
fn git_diff_says_what_changed_in_meaning() {
    let here = repository_of_schemes("r");
    let at = here.path("r");
    sh(&at, &command("diff.anlan.command"), &[]);
    edit(&here, SCHEME, "死亡  定额 10万元", "死亡  定额 12万元");
    for (folder, path) in [(&at, "."), (&here.path("r/policies/chongqing"), "../yunyang")] {
        let (out, err) = sh(folder, &format!("git diff {path}"), &[]);
        assert!(out.starts_with("# 云阳县巨灾保险方案：含义的变化\n"), "{out}");
        assert!(out.contains("10万元 → 12万元"), "{out}");
        assert_eq!(err, "");
    }
    let (out, _) = sh(&at, "git commit -qam second && git show --ext-diff --format=%s", &[]);
    assert!(out.starts_with("second\n") && out.contains("10万元 → 12万元"), "{out}");
    // What does not compile is told, and does not end git's work.
    edit(&here, SCHEME, "险种 自然灾害救助保险 {", "险种 {");
    let (out, err) = sh(&at, "git diff", &[]);
    assert_eq!(out, "");
    assert!(err.contains("S001"), "{err}");
    let (out, _) = sh(&at, "git diff --no-ext-diff", &[]);
    assert!(out.contains("+  险种 {"), "{out}");
}

#[test]
fn git_diff_compares_summaries_line_by_line() {
    let here = repository_of_schemes("r");
    let at = here.path("r");
    sh(&at, &command("diff.anlan.textconv"), &[]);
    // A framework imports nothing of the project: its summaries are compared.
    let framework = "r/policies/chongqing/framework.anlan";
    edit(&here, framework, ">= 10万元", ">= 11万元");
    let (out, _) = sh(&at, "git diff", &[]);
    let changed: Vec<&str> = out
        .lines()
        .filter(|line| line.starts_with(['+', '-']) && !line.starts_with("+++") && !line.starts_with("---"))
        .filter(|line| !line.contains("SHA-256"))
        .collect();
    assert!(
        changed.len() == 2 && changed[0].starts_with("-- **") && changed[0].contains("不低于10万元"),
        "{changed:?}"
    );
    assert!(
        changed[1].starts_with("+- **") && changed[1].contains("不低于11万元"),
        "{changed:?}"
    );
    // A scheme under it cannot be summarised by itself: its text is compared, and the log is not cut short.
    edit(&here, SCHEME, "死亡  定额 10万元", "死亡  定额 12万元");
    let (out, err) = sh(&at, "git commit -qam second && git log -p --format=%s", &[]);
    assert!(out.contains("+    死亡  定额 12万元") && out.contains("first"), "{out}");
    assert_eq!(err, "");
}

/// The value of `key:` in the workflow.
fn value<'a>(workflow: &'a str, key: &str) -> &'a str {
    let line = workflow.lines().find_map(|line| line.trim().strip_prefix(key));
    line.unwrap().trim()
}

/// The script of a step by its name.
fn step(workflow: &str, name: &str) -> String {
    let (_, step) = workflow.split_once(&format!("- name: {name}\n")).unwrap();
    let run = step.trim_start().strip_prefix("run:").unwrap();
    let (first, rest) = run.split_once('\n').unwrap();
    match first.trim() {
        "|" => {
            let block = rest.lines().take_while(|line| line.starts_with("          "));
            block.map(|line| format!("{}\n", line.trim_start())).collect()
        }
        command => command.to_owned(),
    }
}

#[test]
fn the_workflow_comments_on_a_request() {
    let workflow = read(repository().join("docs/meaning.yml"));
    assert_eq!(value(&workflow, "BASE:"), "${{ github.base_ref }}");
    assert_eq!(value(&workflow, "NUMBER:"), "${{ github.event.number }}");
    assert_eq!(value(&workflow, "fetch-depth:"), "0", "the base must be there");
    let here = repository_of_schemes("upstream");
    sh(
        &here.path("."),
        "git clone -q upstream clone && git -C clone checkout -qb change",
        &[],
    );
    edit(
        &here,
        "clone/policies/yunyang/scheme.anlan",
        "死亡  定额 10万元",
        "死亡  定额 12万元",
    );
    here.write("clone/policies/new/scheme.anlan", "方案 甲 {\n}\n".as_bytes());
    let at = here.path("clone");
    sh(&at, "git add . && git commit -qm change", &[]);
    // `gh` keeps what it was given.
    here.write(
        "clone/bin/gh",
        b"#!/bin/sh\necho \"$@\" > given\ncp comment.md posted.md\n",
    );
    sh(&at, "chmod +x bin/gh", &[]);
    let environment = [
        ("SCHEMES", "policies/yunyang policies/new policies/gone"),
        ("BASE", "main"),
        ("NUMBER", "7"),
        ("GH_TOKEN", "none"),
    ];
    for name in ["compare", "comment"] {
        sh(&at, &step(&workflow, name), &environment);
    }
    assert_eq!(
        here.read("clone/given"),
        "pr comment 7 --body-file comment.md --edit-last --create-if-none\n"
    );
    let posted = here.read("clone/posted.md");
    assert!(
        posted.contains("# 云阳县巨灾保险方案：含义的变化") && posted.contains("10万元 → 12万元"),
        "{posted}"
    );
    for scheme in ["policies/new", "policies/gone"] {
        assert!(posted.contains(&format!("- `{scheme}`：新增或删除")), "{posted}");
    }
}
