//! Emitted SQL is laid out so that its linter has nothing to say, but for the rules that `tests/sqlfluff.cfg` leaves out.
#![allow(clippy::unwrap_used, reason = "tests")]

use anlan_compiler::emit::{self, Dialect};
use anlan_tests::agreement::engine::write;
use anlan_tests::agreement::subjects::{generated, policies, written};
use anlan_tests::python::{printed, tool};
use anlan_tests::workspace;

/// A scheme for each dialect, since the linter is slow; `ANLAN_SQLFLUFF=1`: all of these and the policies for each.
#[test]
fn the_linter_has_nothing_to_say() {
    let Some(sqlfluff) = tool("sqlfluff") else { return };
    let config = workspace().join("tests/sqlfluff.cfg");
    let config = config.to_str().unwrap();
    let mut subjects = written();
    subjects.truncate(1);
    subjects.extend(generated(2_000, 2));
    let all = std::env::var("ANLAN_SQLFLUFF").as_deref() == Ok("1");
    if all {
        subjects.extend(policies());
    }
    let dialects = [
        (Dialect::Postgres, "postgres"),
        (Dialect::DuckDb, "duckdb"),
        (Dialect::Spark, "sparksql"),
    ];
    for (turn, (dialect, name)) in dialects.into_iter().enumerate() {
        let folder = tempfile::tempdir().unwrap();
        for (number, subject) in subjects.iter().enumerate().filter(|(at, _)| all || *at == turn) {
            let script = emit::sql_script(&subject.plan, dialect).unwrap();
            write(&folder.path().join(number.to_string()), &[script]);
        }
        let arguments = ["lint", "--config", config, "--dialect", name, "--processes", "2", "."];
        printed(&sqlfluff, folder.path(), &arguments);
    }
}
