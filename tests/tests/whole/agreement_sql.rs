//! Emitted SQL gives the reference's answers on real engines: DuckDB and Spark from PyPI, PostgreSQL from Debian's packages.
//!
//! The numbers are those of `agreement`; `ANLAN_AGREEMENT_SPARK`, `ANLAN_AGREEMENT_SPARK_POLICIES` and
//! `ANLAN_AGREEMENT_SPARK_SCHEMES` are Spark's own, which is slow to plan. `ANLAN_AGREEMENT_FROM` leaves out so many schemes,
//! and then the policies; `ANLAN_SPARK_MEMORY` (3g) is for more claims.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use super::agreement::{CLAIMS, SCHEMES_OF_SQL, number, scheme_range};
use anlan_compiler::emit::cases::{self, Batch, Case, Settled, cases};
use anlan_compiler::emit::program::Program;
use anlan_compiler::emit::{self, Dialect, lower};
use anlan_compiler::evaluate::{Decisions, Earlier, Outcome, Settlement, settle};
use anlan_compiler::money::Fen;
use anlan_tests::agreement::claims::{Fields, Generator};
use anlan_tests::agreement::engine::{Engine, hold, write};
use anlan_tests::agreement::engines::sql::{self, Given, Sql, texts};
use anlan_tests::agreement::reference::{reference, rows};
use anlan_tests::agreement::subjects::{Subject, generated, policies, with_keyed_decisions, written};
use anlan_tests::random::Random;
use std::path::Path;
use std::process::Command;

fn agrees(dialect: Dialect) {
    let Some(mut engine) = Sql::start(dialect) else { return };
    let from = number("ANLAN_AGREEMENT_FROM", 0);
    if from == 0 {
        let policies = with_keyed_decisions(policies());
        let paid = hold(&mut engine, &policies, number("ANLAN_AGREEMENT", 600), 20_261_124);
        assert!(paid >= 5, "only {paid} claims pay, too few to tell");
        let paid = hold(&mut engine, &with_keyed_decisions(written()), 600, 20_261_202);
        assert!(paid >= 20, "only {paid} claims pay, too few to tell");
    }
    let schemes = with_keyed_decisions(scheme_range(SCHEMES_OF_SQL.0, from));
    let paid = hold(&mut engine, &schemes, CLAIMS, SCHEMES_OF_SQL.1 + from as u64);
    assert!(paid >= schemes.len(), "only {paid} claims pay, too few to tell");
}

#[test]
fn duckdb() {
    agrees(Dialect::DuckDb);
}

#[test]
fn postgres() {
    agrees(Dialect::Postgres);
}

/// Spark plans slowly, so that it has few subjects and one run each unless more are asked for, all in one session.
#[test]
fn spark() {
    let Some(mut engine) = Sql::start(Dialect::Spark) else {
        return;
    };
    let (folder, code, expected) = example_of(Dialect::Spark, "Spark");
    let printed = engine.ask(&serde_json::json!({"example": code, "folder": folder.path()}));
    assert_eq!(printed["printed"], serde_json::json!(expected), "Spark: {printed}");
    let from = number("ANLAN_AGREEMENT_FROM", 0);
    let mut subjects = policies();
    let policies = number("ANLAN_AGREEMENT_SPARK_POLICIES", 2);
    subjects.truncate(if from == 0 { policies } else { 0 });
    let schemes = from + number("ANLAN_AGREEMENT_SPARK_SCHEMES", 1);
    subjects.extend(generated(SCHEMES_OF_SQL.0, schemes).split_off(from));
    let subjects: Vec<Subject> = subjects.into_iter().map(one_run).collect();
    let count = number("ANLAN_AGREEMENT_SPARK", 200);
    hold(&mut engine, &subjects, count, 20_261_125 + from as u64);
    if from == 0 {
        hold(&mut engine, &by_table_and_view_and_table(), 20, 20_261_201);
    }
    agrees_far_out(&mut engine, &MONTHS[3..]);
}

/// Three schemes that one session runs in turn, of which the first and the last keep as a table what the second has as a
/// view of the same name.
fn by_table_and_view_and_table() -> Vec<Subject> {
    let (tables, views): (Vec<Subject>, Vec<Subject>) =
        generated(SCHEMES_OF_SQL.0, 40).into_iter().partition(|subject| {
            let script = emit::sql_script(&subject.plan, Dialect::Spark).unwrap();
            script.text.contains("CREATE TABLE judged")
        });
    let mut tables = tables.into_iter();
    let order = [tables.next(), views.into_iter().next(), tables.next()];
    order.map(|subject| one_run(subject.unwrap())).into()
}

/// With the last of its runs alone.
fn one_run(mut subject: Subject) -> Subject {
    let unneeded = subject.runs.len().saturating_sub(1);
    subject.runs.drain(..unneeded);
    subject
}

/// Some of the claims were paid before, most of them not what they are paid now; some that were are not among them.
fn paid_before(settlement: &Settlement, random: &mut Random) -> Vec<Earlier> {
    let mut earlier = vec![Earlier {
        claim: "不在其中 1".to_owned(),
        paid: Fen(12_345),
    }];
    let mut push = |claim: &str, paid: i64| {
        if !claim.is_empty() && !earlier.iter().any(|known: &Earlier| known.claim == claim) {
            let (claim, paid) = (claim.to_owned(), Fen(paid.max(0)));
            earlier.push(Earlier { claim, paid });
        }
    };
    for row in &settlement.rows {
        match row {
            Outcome::Settled(row) if random.once_in(3) => push(&row.claim, row.paid.0 + random.below(3) as i64 * 7 - 7),
            Outcome::Rejected { claim: Some(claim), .. } if random.once_in(2) => push(claim.trim(), 100),
            _ => {}
        }
    }
    earlier
}

/// What the reference says of lines, of what is due and over, and of absent claims, as the views have it: 分.
fn views(subject: &Subject, settlement: &Settlement) -> [Vec<String>; 3] {
    let program = lower(&subject.plan).unwrap();
    let harms = program.values(program.known.harm.unwrap());
    let mut lines = Vec::new();
    for line in &settlement.lines {
        let mut parts = vec![line.row.to_string(), subject.plan.cover_id(line.cover).to_owned()];
        parts.push(harms[line.harm.index()].id.clone());
        parts.extend(
            [line.benefit, line.paid]
                .iter()
                .chain(&line.cuts)
                .map(|fen| fen.0.to_string()),
        );
        lines.push(parts.join("|"));
    }
    let due = settlement.rows.iter().filter_map(|row| match row {
        Outcome::Settled(row) => {
            let (due, over) = row.earlier.unwrap();
            Some(format!("{}|{}|{}", row.number, due.0, over.0))
        }
        Outcome::Rejected { .. } => None,
    });
    let absent = settlement.absent.iter().map(|e| format!("{}|{}", e.claim, e.paid.0));
    [lines, due.collect(), absent.collect()].map(|mut rows: Vec<String>| {
        rows.sort();
        rows
    })
}

fn agrees_on_other_views(dialect: Dialect, subjects: &[Subject], count: usize) {
    let Some(mut engine) = Sql::start(dialect) else { return };
    let mut seen = [0; 3];
    for (number, subject) in subjects.iter().enumerate() {
        let folder = tempfile::tempdir().unwrap();
        let program = lower(&subject.plan).unwrap();
        let mut random = Random::new(20_261_126 + number as u64);
        engine.load(&subject.plan, folder.path());
        for run in &subject.runs {
            let claims = Generator::new(&program).claims(&mut random, count);
            let mut inputs = run.inputs.clone();
            let Ok(first) = settle(&subject.plan, &inputs, rows(&subject.plan, &claims)) else {
                continue;
            };
            let earlier = paid_before(&first, &mut random);
            inputs.earlier = Some(earlier.clone());
            let expected = settle(&subject.plan, &inputs, rows(&subject.plan, &claims)).unwrap();
            // In the table, white space around an id says nothing.
            let spelt = earlier.iter().map(|e| (format!(" {}\t", e.claim), e.paid.to_string()));
            let decided: Vec<&str> = run.decided.iter().map(String::as_str).collect();
            let given = Given {
                decided: &decided,
                premium: Some(&run.premium),
                earlier: &spelt.collect::<Vec<_>>(),
            };
            let asked = [
                "SELECT * FROM lines",
                "SELECT row_no, due, over_ FROM settlement",
                "SELECT * FROM absent",
            ];
            let quote = if dialect == Dialect::Spark {
                "`over`"
            } else {
                "\"over\""
            };
            let asked = asked.map(|query| query.replace("over_", quote));
            let asked: Vec<&str> = asked.iter().map(String::as_str).collect();
            let found = engine.settle(&program, &given, &claims, &asked).unwrap();
            for (at, expected) in views(subject, &expected).into_iter().enumerate() {
                let mut found: Vec<String> = (found["also"][at].as_array().unwrap().iter())
                    .map(|row| {
                        let mut cells: Vec<&str> =
                            row.as_array().unwrap().iter().map(|c| c.as_str().unwrap()).collect();
                        if at == 0 {
                            // The id of the claim
                            cells.remove(1);
                        }
                        cells.join("|")
                    })
                    .collect();
                found.sort();
                assert_eq!(found, expected, "{}: {}", subject.name, asked[at]);
                seen[at] += found.len();
            }
        }
    }
    assert!(seen.iter().all(|rows| *rows >= subjects.len()), "{seen:?}");
}

fn some() -> Vec<Subject> {
    let mut subjects = policies();
    subjects.extend(generated(4_000, number("ANLAN_AGREEMENT_SCHEMES", 10)));
    // The run with decisions taken is enough to tell the views.
    subjects.iter_mut().for_each(|subject| drop(subject.runs.remove(0)));
    subjects
}

#[test]
fn duckdb_agrees_on_lines_and_earlier_payments() {
    agrees_on_other_views(Dialect::DuckDb, &some(), 150);
}

#[test]
fn postgres_agrees_on_lines_and_earlier_payments() {
    agrees_on_other_views(Dialect::Postgres, &some(), 150);
}

/// A decision that the scheme does not take refuses the run with the code that the reference gives.
fn refuses_wrong_decisions(dialect: Dialect) {
    let Some(mut engine) = Sql::start(dialect) else { return };
    let mut refused = 0;
    {
        let subject = policies().into_iter().max_by_key(|s| s.plan.decisions.len()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let program = lower(&subject.plan).unwrap();
        let claims = Generator::new(&program).claims(&mut Random::new(7), 20);
        engine.load(&subject.plan, folder.path());
        let mut runs = vec![vec!["没有这个决定".to_owned()]];
        for decision in &subject.plan.decisions {
            let of = |tail: &str| format!("{}{tail}", decision.id);
            runs.extend(["", "@Z9", "@2023年", "@洪涝", "=1", "=x", "@E1=1.5万元"].map(|tail| vec![of(tail)]));
            runs.push(vec![of(""), of("")]);
            runs.push(vec![of("@洪涝"), of(" @ flood ")]);
        }
        for run in runs {
            let texts: Vec<&str> = run.iter().map(String::as_str).collect();
            let expected = Decisions::parse(&subject.plan, texts.iter().copied())
                .err()
                .map(|r| r.code.0.to_owned());
            let given = Given {
                decided: &texts,
                premium: Some("12345678.91"),
                earlier: &[],
            };
            let found = engine.settle(&program, &given, &claims, &[]).err();
            let input = |code: &String| code.as_str() >= "V050" && code.as_str() <= "V053";
            assert_eq!(found.filter(input), expected, "{}: {run:?}", subject.name);
            refused += usize::from(expected.is_some());
        }
    }
    assert!(refused >= 10, "only {refused} runs are refused");
}

#[test]
fn duckdb_refuses_wrong_decisions() {
    refuses_wrong_decisions(Dialect::DuckDb);
}

#[test]
fn postgres_refuses_wrong_decisions() {
    refuses_wrong_decisions(Dialect::Postgres);
}

/// A claim that stands twice among earlier payments, and a payment that cannot be read
fn refuses_wrong_payments(dialect: Dialect) {
    let Some(mut engine) = Sql::start(dialect) else { return };
    let subject = policies().into_iter().find(|s| s.name.contains("云阳")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let program = lower(&subject.plan).unwrap();
    engine.load(&subject.plan, folder.path());
    let claims = Generator::new(&program).claims(&mut Random::new(7), 20);
    let payment = |claim: &str, paid: &str| (claim.to_owned(), paid.to_owned());
    for (earlier, code) in [
        (vec![payment("C0", "1"), payment("C0 ", "1")], "V072"),
        (vec![payment("C0", "一元")], "V074"),
        (vec![payment("C0", "")], "V074"),
    ] {
        let given = Given {
            earlier: &earlier,
            ..Given::default()
        };
        let found = engine.settle(&program, &given, &claims, &[]);
        assert_eq!(found.unwrap_err(), code, "{earlier:?}");
    }
}

#[test]
fn duckdb_refuses_wrong_payments() {
    refuses_wrong_payments(Dialect::DuckDb);
}

#[test]
fn postgres_refuses_wrong_payments() {
    refuses_wrong_payments(Dialect::Postgres);
}

/// A row of a vector as the comparison has rows.
fn shown(row: &Settled) -> String {
    match row {
        Settled::Rejected { codes, .. } => format!("rejected {}", codes.join("+")),
        Settled::Paid {
            claim,
            cover,
            benefit,
            paid,
            reason,
            cuts,
            shares,
        } => {
            let mut parts = vec![claim.clone(), cover.clone(), benefit.to_string(), paid.to_string()];
            parts.push(reason.clone().unwrap_or_default());
            parts.extend(cuts.iter().chain(shares).map(ToString::to_string));
            parts.join("|")
        }
    }
}

/// Boundary claims: every case that asks what claims are paid, in as few runs as give each its own answers, or each in a
/// run of its own (`ANLAN_VECTORS=1`).
fn agrees_on_vectors(dialect: Dialect) {
    let Some(mut engine) = Sql::start(dialect) else { return };
    let alone = number("ANLAN_VECTORS", 0) == 1;
    for subject in policies() {
        let folder = tempfile::tempdir().unwrap();
        let program = lower(&subject.plan).unwrap();
        engine.load(&subject.plan, folder.path());
        let all = cases(&subject.plan, &program);
        let asked: Vec<&Case> = all.iter().filter(|case| case.settle.is_some()).collect();
        assert!(asked.len() > 20, "{}", subject.name);
        let runs = match alone {
            true => asked.iter().filter_map(|case| by_itself(case)).collect(),
            false => cases::batches(&subject.plan, &program, &all),
        };
        let mut judged = 0;
        for run in &runs {
            let rows = run.rows.iter().map(shown).collect();
            let found = settled(&mut engine, &program, &run.given, &run.claims);
            assert_eq!(found, Ok(rows), "{}: {:?}", subject.name, run.names);
            judged += run.names.len();
        }
        for case in asked.iter().filter(|case| matches!(case.settle, Some(Err(_)))) {
            let found = settled(&mut engine, &program, &case.given, &case.claims);
            assert_eq!(found.err().as_ref(), case.settle.as_ref().unwrap().as_ref().err());
            judged += 1;
        }
        println!("{}: {judged} cases in {} runs", subject.name, runs.len());
        assert_eq!(judged, asked.len(), "{}", subject.name);
    }
}

/// A case whose run is not refused, by itself.
fn by_itself(case: &Case) -> Option<Batch> {
    let rows = case.settle.as_ref()?.as_ref().ok()?.clone();
    Some(Batch {
        names: vec![case.name.clone()],
        given: case.given.clone(),
        claims: case.claims.clone(),
        rows,
    })
}

fn settled(
    engine: &mut Sql,
    program: &Program,
    given: &cases::Given,
    claims: &[Fields],
) -> Result<Vec<String>, String> {
    let decided: Vec<&str> = given.decisions.iter().map(String::as_str).collect();
    let premium = given.premium.map(|fen| fen.to_string());
    let given = Given {
        decided: &decided,
        premium: premium.as_deref(),
        earlier: &[],
    };
    engine
        .settle(program, &given, claims, &[])
        .map(|found| texts(&found["rows"]))
}

fn claim(id: &str, pairs: &[(&str, &str)]) -> Fields {
    let of_all = [("claim", id), ("event", "E1"), ("date", "2024-05-01")];
    let pairs = of_all.iter().chain(pairs);
    pairs
        .map(|(key, text)| ((*key).to_owned(), (*text).to_owned()))
        .collect()
}

/// Claims with ratios next to a bound or far from all, and one with a part of a unit.
fn with_far_ratios() -> Vec<Fields> {
    let ratios = [
        "1/7",
        "2573999999999/18018000000000",
        "2574000000001/18018000000000",
        "0.142857142857142857142857142857",
        "999999999999999999/1",
        "999999999999999999/999999999999999998",
        "1/999999999999999999",
        "14.2857142857%",
    ];
    let of = |(number, ratio): (usize, &&str)| {
        let harm = [("peril", "干旱"), ("harm", "农作物"), ("loss", "100")];
        let ratios = [("减产比例", "50%"), ("受灾比例", *ratio)];
        claim(&format!("C{number}"), &[&harm[..], &ratios].concat())
    };
    let mut claims: Vec<Fields> = ratios.iter().enumerate().map(of).collect();
    // 60元 a month, so that nothing is to be rounded: 90.00
    let harm = [("peril", "干旱"), ("harm", "饮水"), ("months", "1.5")];
    let ratios = [("减产比例", "50%"), ("受灾比例", "1/7")];
    claims.push(claim("C9", &[&harm[..], &ratios].concat()));
    claims
}

/// A claim that is paid 1亿元 a month.
fn with_months(months: &str) -> Vec<Fields> {
    let harm = [
        ("peril", "大风"),
        ("harm", "饮水"),
        ("减产比例", "70%"),
        ("months", months),
    ];
    vec![claim("C1", &harm)]
}

/// Claims that the generator does not make: such ratios, and amounts about the end of 64 bits.
fn agrees_far_out(engine: &mut Sql, months: &[&str]) {
    let subject = written().remove(0);
    let folder = tempfile::tempdir().unwrap();
    let (plan, run) = (&subject.plan, &subject.runs[0]);
    let mut evaluator = engine.build(plan, folder.path());
    let mut said = String::new();
    for claims in std::iter::once(with_far_ratios()).chain(months.iter().copied().map(with_months)) {
        let expected = reference(plan, run, &claims);
        said += &format!("{expected:?}");
        assert_eq!(evaluator.settle(run, &claims), expected, "{claims:?}");
    }
    // Paid, not covered, and beyond 64 bits
    for part in ["|100.00|", "|90.00|90.00|", "|condition|", "V044"] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

const MONTHS: [&str; 4] = ["922337203.685477", "922337203.685478", "1000000000", "1000000000000"];

#[test]
fn duckdb_agrees_far_out() {
    if let Some(mut engine) = Sql::start(Dialect::DuckDb) {
        agrees_far_out(&mut engine, &MONTHS);
    }
}

#[test]
fn postgres_agrees_far_out() {
    if let Some(mut engine) = Sql::start(Dialect::Postgres) {
        agrees_far_out(&mut engine, &MONTHS);
    }
}

#[test]
fn duckdb_agrees_on_vectors() {
    agrees_on_vectors(Dialect::DuckDb);
}

#[test]
fn postgres_agrees_on_vectors() {
    agrees_on_vectors(Dialect::Postgres);
}

/// The example of `docs/emit.md` below a heading, beside its script, and what it is to print.
fn example_of(dialect: Dialect, heading: &str) -> (tempfile::TempDir, String, Vec<String>) {
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
    let printed = code.lines().filter(|line| line.trim_start().starts_with("print("));
    let expected = printed.filter_map(|line| line.split("  # ").nth(1)).map(str::to_owned);
    let expected: Vec<String> = expected.collect();
    assert!(!expected.is_empty(), "{heading} prints nothing");
    let subject = policies().into_iter().find(|s| s.name.contains("云阳")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[emit::sql_script(&subject.plan, dialect).unwrap()]);
    (folder, code.to_owned(), expected)
}

/// The example prints what stands behind its `print`.
fn example(dialect: Dialect, heading: &str, environment: &[(&str, String)]) {
    let (folder, code, expected) = example_of(dialect, heading);
    let mut command = Command::new(sql::python());
    command.current_dir(folder.path()).args(["-c", &code]);
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

/// The script that is emitted beside `settle.sql` finds no difference, and finds one that is there.
fn passes_its_own_test(dialect: Dialect, subjects: Vec<Subject>, batches: usize) {
    for subject in subjects {
        // The script wants a database that holds nothing else.
        let Some(mut engine) = Sql::start(dialect) else { return };
        let folder = tempfile::tempdir().unwrap();
        let files = emit::emit_for(emit::target("sql").unwrap(), &subject.plan, dialect).unwrap();
        write(folder.path(), &files);
        let path = folder.path().join("settle_test.sql");
        let test = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, first(&test, batches)).unwrap();
        engine.ask(&serde_json::json!({"script": folder.path().join("settle.sql")}));
        let mut trial =
            |file: &str| engine.ask(&serde_json::json!({"trial": folder.path().join(file)}))["failures"].take();
        assert_eq!(trial("settle_test.sql"), serde_json::json!([]), "{}", subject.name);
        // Spark deletes no single rows.
        let spark = dialect == Dialect::Spark;
        let less = match spark {
            true => "TRUNCATE TABLE expected;\n",
            false => "DELETE FROM expected WHERE batch_no = 1 AND row_no = 0;\n",
        };
        std::fs::write(folder.path().join("less.sql"), less).unwrap();
        let found = trial("less.sql").as_array().unwrap().len();
        assert!(found == 1 || spark && found > 1, "{}: {found}", subject.name);
    }
}

/// What `ANLAN_TRIALS` names: `1` for all policies, or parts of their names with commas between.
fn trials() -> Option<Vec<Subject>> {
    let named = std::env::var("ANLAN_TRIALS").ok()?;
    let chosen = |subject: &Subject| named == "1" || named.split(',').any(|part| subject.name.contains(part));
    Some(policies().into_iter().filter(chosen).collect())
}

fn policy(name: &str) -> Vec<Subject> {
    policies()
        .into_iter()
        .filter(|subject| subject.name.contains(name))
        .collect()
}

/// Yunyang, unless `ANLAN_TRIALS` says otherwise.
fn tried() -> Vec<Subject> {
    trials().unwrap_or_else(|| policy("云阳"))
}

#[test]
fn duckdb_passes_its_own_test() {
    passes_its_own_test(Dialect::DuckDb, tried(), usize::MAX);
}

#[test]
fn postgres_passes_its_own_test() {
    passes_its_own_test(Dialect::Postgres, tried(), usize::MAX);
}

/// Spark runs the whole script again for each batch of cases, so that it has the first two of Liaocheng unless
/// `ANLAN_TRIALS` says otherwise. Its amounts follow the premium, of which the script's first run knows nothing.
#[test]
fn spark_passes_its_own_test() {
    let (subjects, batches) = match trials() {
        Some(named) => (named, usize::MAX),
        None => (policy("聊城"), 2),
    };
    passes_its_own_test(Dialect::Spark, subjects, batches);
}

/// The test without the batches after the first so many.
fn first(test: &str, batches: usize) -> String {
    let view = test.find("-- Rows that should be").unwrap();
    let starts = test.match_indices("TRUNCATE TABLE claims;").map(|(at, _)| at);
    let end = starts.take_while(|at| *at < view).nth(batches).unwrap_or(view);
    format!("{}\n{}", &test[..end], &test[view..])
}
