//! Emitted SQL gives the reference's answers on real engines: DuckDB and Spark from PyPI, PostgreSQL from Debian's packages.
//!
//! The numbers are those of `agreement`; `ANLAN_AGREEMENT_SPARK`, `ANLAN_AGREEMENT_SPARK_POLICIES` and
//! `ANLAN_AGREEMENT_SPARK_SCHEMES` are Spark's own, which is slow to plan.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use super::agreement::number;
use anlan_compiler::emit::{self, Dialect};
use anlan_tests::agreement::engine::{hold, write};
use anlan_tests::agreement::engines::{Sql, sql};
use anlan_tests::agreement::subjects::{generated, policies};
use std::path::Path;
use std::process::Command;

fn agrees(dialect: Dialect, claims: usize, schemes: usize) {
    let Some(mut engine) = Sql::start(dialect) else { return };
    let paid = hold(&mut engine, &policies(), claims, 20_261_124);
    assert!(paid >= 5, "only {paid} claims pay, too few to tell");
    let schemes = generated(2_000, schemes);
    let paid = hold(&mut engine, &schemes, 60, 20_261_132);
    assert!(paid >= schemes.len(), "only {paid} claims pay, too few to tell");
}

#[test]
fn duckdb() {
    agrees(
        Dialect::DuckDb,
        number("ANLAN_AGREEMENT", 600),
        number("ANLAN_AGREEMENT_SCHEMES", 10),
    );
}

#[test]
fn postgres() {
    agrees(
        Dialect::Postgres,
        number("ANLAN_AGREEMENT", 600),
        number("ANLAN_AGREEMENT_SCHEMES", 10),
    );
}

/// Spark plans slowly, so that it has few subjects and one run each unless more are asked for.
#[test]
fn spark() {
    let Some(mut engine) = Sql::start(Dialect::Spark) else {
        return;
    };
    let mut subjects = policies();
    subjects.truncate(number("ANLAN_AGREEMENT_SPARK_POLICIES", 1));
    subjects.extend(generated(2_000, number("ANLAN_AGREEMENT_SPARK_SCHEMES", 1)));
    for subject in &mut subjects {
        let unneeded = subject.runs.len().saturating_sub(1);
        subject.runs.drain(..unneeded);
    }
    hold(&mut engine, &subjects, number("ANLAN_AGREEMENT_SPARK", 200), 20_261_125);
}

/// The example of `docs/emit.md` below a heading prints what stands behind its `print`.
fn example(dialect: Dialect, heading: &str, environment: &[(&str, String)]) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let page = std::fs::read_to_string(root.join("docs/emit.md")).unwrap();
    let section = page.split(&format!("\n### {heading}\n")).nth(1).unwrap();
    let code = section
        .split("```python\n")
        .nth(1)
        .unwrap()
        .split("```")
        .next()
        .unwrap();
    let expected: Vec<&str> = code
        .lines()
        .filter(|line| line.trim_start().starts_with("print("))
        .filter_map(|line| line.split("  # ").nth(1))
        .collect();
    assert!(!expected.is_empty(), "{heading} prints nothing");
    let subject = policies().into_iter().find(|s| s.name.contains("云阳")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        &emit::emit_for(emit::target("sql").unwrap(), &subject.plan, dialect).unwrap(),
    );
    let mut command = Command::new(sql::python());
    command.current_dir(folder.path()).args(["-c", code]);
    let output = command.envs(environment.iter().cloned()).output().unwrap();
    let found = String::from_utf8_lossy(&output.stdout).into_owned();
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(found.lines().collect::<Vec<_>>(), expected, "{heading}: {error}");
}

#[test]
fn the_example_for_duckdb_runs() {
    if Sql::start(Dialect::DuckDb).is_some() {
        example(Dialect::DuckDb, "DuckDB", &[]);
    }
}

#[test]
fn the_example_for_postgres_runs() {
    let Some(mut engine) = Sql::start(Dialect::Postgres) else {
        return;
    };
    let place = engine.ask(&serde_json::json!({"environment": true}));
    let of = |name: &'static str| (name, place[name].as_str().unwrap().to_owned());
    example(
        Dialect::Postgres,
        "PostgreSQL",
        &[of("PGHOST"), of("PGUSER"), of("PGDATABASE")],
    );
}

#[test]
fn the_example_for_spark_runs() {
    if Sql::is_installed(Dialect::Spark) {
        example(Dialect::Spark, "Spark", &[("SPARK_LOCAL_IP", "127.0.0.1".to_owned())]);
    }
}
