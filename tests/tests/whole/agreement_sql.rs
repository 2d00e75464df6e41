//! Emitted SQL gives the reference's answers on real engines: DuckDB and Spark from PyPI, PostgreSQL from Debian's packages.
//!
//! The numbers are those of `agreement`; `ANLAN_AGREEMENT_SPARK` and `ANLAN_AGREEMENT_SPARK_SCHEMES` are Spark's own, which
//! is slow to plan.

use super::agreement::number;
use anlan_compiler::emit::Dialect;
use anlan_tests::agreement::engine::hold;
use anlan_tests::agreement::engines::Sql;
use anlan_tests::agreement::subjects::{generated, policies};

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

#[test]
fn spark() {
    agrees(
        Dialect::Spark,
        number("ANLAN_AGREEMENT_SPARK", 200),
        number("ANLAN_AGREEMENT_SPARK_SCHEMES", 2),
    );
}
