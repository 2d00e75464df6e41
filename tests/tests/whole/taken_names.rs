//! Facts may be called as anything in the modules that are written for a scheme is called: the packages build all the same.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "tests"
)]

use anlan_compiler::emit::{self, Dialect};
use anlan_tests::agreement::engine::{hold, write};
use anlan_tests::agreement::engines::python::package;
use anlan_tests::agreement::engines::rust;
use anlan_tests::agreement::engines::sql::Sql;
use anlan_tests::agreement::subjects::{Subject, of_text, policies};
use anlan_tests::node::{node, printed as node_printed, tools};
use anlan_tests::python::{printed, tool};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

/// So many facts a scheme
const FACTS: usize = 60;

/// What the modules of a package that name facts call anything, in the spelling of ids.
fn identifiers(target: &str, modules: &[&str]) -> Vec<String> {
    let policies = policies();
    let of = |subject: &Subject| emit::emit(emit::target(target).unwrap(), &subject.plan).unwrap();
    let files = policies.iter().flat_map(of);
    let named = files.filter(|file| modules.iter().any(|module| file.path.ends_with(module)));
    let mut found = BTreeSet::new();
    for file in named {
        let code = file
            .text
            .lines()
            .map(|line| line.split("//").next().unwrap_or_default());
        for word in code.flat_map(|line| line.split(|c: char| !c.is_ascii_alphanumeric() && c != '_')) {
            if word.starts_with(|c: char| c.is_ascii_alphabetic()) && !word.contains("__") {
                // The plan's hash is no name.
                if word.len() < 64 {
                    found.insert(snake(word));
                }
            }
        }
    }
    found.into_iter().collect()
}

/// `InjuryGrade` as `injury_grade`
fn snake(word: &str) -> String {
    let mut out = String::new();
    for (at, c) in word.char_indices() {
        let inside = word
            .as_bytes()
            .get(at.wrapping_sub(1))
            .is_some_and(u8::is_ascii_lowercase);
        if c.is_ascii_uppercase() && inside {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

/// Schemes whose facts are called so: values of a list, amounts and yes or no, all read by rules. What each is follows from
/// its own name, so that a new name moves no other; with `ANLAN_TAKEN=1` each is each in turn.
fn schemes(ids: &[String]) -> Vec<Subject> {
    let own: Vec<String> = policies()
        .iter()
        .flat_map(|subject| subject.plan.facts.iter().map(|fact| fact.id.clone()))
        .collect();
    let ids: Vec<&String> = ids.iter().filter(|id| !own.contains(id)).collect();
    let turns = if std::env::var_os("ANLAN_TAKEN").is_some() {
        3
    } else {
        1
    };
    let of_turn = |turn: usize| {
        let mut kinds: [Vec<&String>; 3] = Default::default();
        for id in &ids {
            let sum: usize = id.bytes().map(usize::from).sum();
            kinds[(sum + turn) % 3].push(id);
        }
        // One of each kind in turn, as a cover reads them.
        let most = kinds.iter().map(Vec::len).max().unwrap_or(0);
        let rows = (0..most).map(|at| [0, 1, 2].map(|kind: usize| kinds[kind].get(at).copied()));
        rows.collect::<Vec<_>>()
    };
    let rows = (0..turns).map(of_turn);
    let texts = rows.flat_map(|rows| rows.chunks(FACTS / 3).map(text).collect::<Vec<_>>());
    texts.map(|text| of_text(&text)).collect()
}

fn text(rows: &[[Option<&String>; 3]]) -> String {
    let mut facts = String::new();
    let mut covers = String::new();
    let perils = [
        "洪涝", "大风", "地震", "干旱", "火灾", "溺水", "爆炸", "雷击", "冰雹", "台风",
    ];
    for (number, rows) in rows.chunks(2).enumerate() {
        let mut conditions = Vec::new();
        let mut benefit = "定额 500元".to_owned();
        let read = rows.iter().flatten().enumerate();
        for (at, id) in read.filter_map(|(at, id)| Some((at, (*id)?))) {
            let name = format!("事实{number}之{at}");
            let kind = match at % 3 {
                0 => "{ 子, 丑, 寅, 卯, 辰 }",
                1 => "是否",
                _ => "金额",
            };
            writeln!(facts, "  fact {id} {name}: {kind}").unwrap();
            match at % 3 {
                0 => conditions.push(format!("{name} 是 子, 丑")),
                1 => conditions.push(name),
                _ => benefit = format!("据实 {name}"),
            }
        }
        let condition = match conditions.is_empty() {
            true => String::new(),
            false => format!("    条件 {}\n", conditions.join(" 且 ")),
        };
        let peril = perils[number % perils.len()];
        writeln!(
            covers,
            "  险种 险{number} {{\n    灾因 {peril}\n{condition}    赔付 每案 {{ 死亡 {benefit} }}\n    责任部门 县民政局\n  }}"
        )
        .unwrap();
    }
    format!(
        "引用 perils, injury, persons, liability, harms, facts, areas, units\n\n方案 名称试验 {{\n  名称 \"名称试验\" 英文 \"Trial of names\"\n  \
         区域 云阳县\n  保险期间 3年 自 2024-01-01\n  年度 保单年度\n{facts}{covers}  累计限额 年限额 = 50万元 每人每年度 全部险种\n    用尽时 按时间\n}}\n"
    )
}

#[test]
fn rust_builds_whatever_facts_are_called() {
    let ids = identifiers("rust", &["claim.rs", "rules.rs", "values.rs", "limits.rs", "scheme.rs"]);
    let folder = tempfile::tempdir().unwrap();
    let mut members = Vec::new();
    for (number, subject) in schemes(&ids).iter().enumerate() {
        let mut files = emit::emit(emit::target("rust").unwrap(), &subject.plan).unwrap();
        for file in &mut files {
            if ["Cargo.toml", "src/main.rs", "tests/cases.rs"].contains(&file.path.as_str()) {
                file.text = file.text.replace("trial_of_names", &format!("trial_{number}"));
            }
        }
        write(&folder.path().join(format!("m{number}")), &files);
        members.push(format!("\"m{number}\""));
    }
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [{}]\n", members.join(", "));
    std::fs::write(folder.path().join("Cargo.toml"), manifest).unwrap();
    let target = folder.path().join("target");
    let arguments = ["clippy", "--offline", "--quiet", "--", "-D", "warnings"];
    let output = rust::cargo(folder.path(), &target, &arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn python_is_typed_whatever_facts_are_called() {
    let (Some(ruff), Some(mypy)) = (tool("ruff"), tool("mypy")) else {
        return;
    };
    let ids = identifiers("python", &["claim.py", "rules.py", "vocabulary.py", "scheme.py"]);
    for subject in schemes(&ids) {
        let folder = tempfile::tempdir().unwrap();
        let files = emit::emit(emit::target("python").unwrap(), &subject.plan).unwrap();
        write(folder.path(), &files);
        printed(&mypy, folder.path(), &["--strict", &package(&files)]);
        printed(&ruff, folder.path(), &["check", "."]);
        printed(Path::new("python3"), folder.path(), &["-m", "unittest"]);
    }
}

#[test]
fn typescript_compiles_whatever_facts_are_called() {
    let Some(tools) = tools() else { return };
    let folder = tempfile::Builder::new().prefix("emitted-").tempdir_in(&tools).unwrap();
    let ids = identifiers("typescript", &["claim.ts", "rules.ts", "vocabulary.ts", "scheme.ts"]);
    for (number, subject) in schemes(&ids).iter().enumerate() {
        let files = emit::emit(emit::target("typescript").unwrap(), &subject.plan).unwrap();
        let project = folder.path().join(number.to_string());
        write(&project, &files);
        let project = project.to_str().unwrap();
        node_printed(&node(&tools, &["node_modules/typescript/bin/tsc", "-p", project]));
        node_printed(&node(
            &folder.path().join(number.to_string()),
            &["--test", "dist/test/"],
        ));
    }
}

/// A third of the names on DuckDB; with `ANLAN_TAKEN=1` all of them, on PostgreSQL too.
#[test]
fn sql_settles_whatever_facts_are_called() {
    let all = std::env::var_os("ANLAN_TAKEN").is_some();
    let ids = identifiers("sql", &["settle.sql"]);
    let ids: Vec<String> = ids.into_iter().step_by(if all { 1 } else { 3 }).collect();
    let schemes = schemes(&ids);
    let dialects = [Dialect::DuckDb, Dialect::Postgres];
    for dialect in dialects.into_iter().take(if all { 2 } else { 1 }) {
        let Some(mut engine) = Sql::start(dialect) else {
            continue;
        };
        let paid = hold(&mut engine, &schemes, 60, 20_261_203);
        assert!(paid > 0, "no claim pays, too few to tell");
    }
}
