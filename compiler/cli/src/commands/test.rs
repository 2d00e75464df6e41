//! `anlan test`: the examples written in the files.

use crate::arguments::ResultFormat;
use crate::failure::Failure;
use crate::load::{self, Loaded};
use crate::render::{self, Shown};
use crate::session::{Outcome, Session};
use anlan_compiler::compile::{Compiled, CompiledUnit, compile};
use anlan_compiler::examples::{Actual, Check, Run, Verdict, run, worded};
use anlan_compiler::plan::Expectation;
use anlan_lang::diag::{Arg, Finding, Severity};
use anlan_lang::texts;
use serde_json::{Value, json};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub struct Test {
    /// Files or folders; the current folder by default.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[arg(long, value_name = "RESULT_FORMAT", value_enum, default_value_t)]
    pub format: ResultFormat,
}

/// The examples of one scheme or contract.
struct Tested {
    file: String,
    name: String,
    /// With the line on which each begins
    runs: Vec<(Run, Option<usize>)>,
}

impl Test {
    pub fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        let mut tested = Vec::new();
        let mut broken = false;
        for loaded in load::projects(&self.paths)? {
            let compiled = compile(&loaded.project);
            broken |= show_errors(session, &loaded, &compiled)?;
            let units = compiled
                .units
                .iter()
                .filter(|unit| unit.sound && loaded.is_named(unit.file));
            tested.extend(units.filter_map(|unit| test(&loaded, unit)));
        }
        let text = match self.format {
            ResultFormat::Human => human(session, &tested),
            ResultFormat::Json => format!("{:#}\n", as_json(session, &tested)),
        };
        session.print(&text)?;
        // A scheme that cannot be compiled cannot be tested.
        Ok(
            match (broken, tested.iter().flat_map(|t| &t.runs).all(|(run, _)| run.passed())) {
                (true, _) => Outcome::Refused,
                (false, passed) => Outcome::found_if(!passed),
            },
        )
    }
}

fn show_errors(session: &Session, loaded: &Loaded, compiled: &Compiled) -> Result<bool, Failure> {
    let errors: Vec<Finding> = compiled
        .all_findings()
        .into_iter()
        .filter(|f| f.severity == Severity::Error)
        .cloned()
        .collect();
    if !errors.is_empty() {
        render::findings_as_failure(
            session,
            &[Shown {
                loaded,
                findings: &errors,
            }],
        )?;
    }
    Ok(!errors.is_empty())
}

fn test(loaded: &Loaded, unit: &CompiledUnit) -> Option<Tested> {
    let lowered = unit.lowered.as_ref()?;
    let text = &loaded.project.source(unit.file)?.text;
    let line = |run: &Run| {
        let start = lowered.places.of(&run.source)?.span.start;
        Some(text.get(..start as usize)?.matches('\n').count() + 1)
    };
    let runs = run(&lowered.plan).into_iter().map(|run| {
        let line = line(&run);
        (run, line)
    });
    Some(Tested {
        file: loaded.shown(unit.file),
        name: unit.name.clone(),
        runs: runs.collect(),
    })
}

fn count(n: usize) -> Arg {
    Arg::Count(i64::try_from(n).unwrap_or(i64::MAX))
}

fn human(session: &Session, tested: &[Tested]) -> String {
    let mut lines = Vec::new();
    for unit in tested.iter().filter(|unit| !unit.runs.is_empty()) {
        lines.push(format!("{}  {}", unit.file, unit.name));
        for (run, line) in &unit.runs {
            if run.passed() {
                lines.push(format!("  ✓ {}", run.title));
                continue;
            }
            let place = line.map(|line| format!("  {}:{line}", unit.file)).unwrap_or_default();
            lines.push(format!("  ✗ {}{place}", run.title));
            if run.checks.is_empty() {
                lines.push(format!("      {}", session.text("test-expects-nothing", [])));
            }
            lines.extend(
                run.checks
                    .iter()
                    .filter_map(|check| failed(session, check))
                    .map(|text| format!("      {text}")),
            );
        }
    }
    let (all, passed) = totals(tested);
    let args = [
        ("count", count(all)),
        ("passed", count(passed)),
        ("failed", count(all - passed)),
    ];
    lines.push(session.text("test-totals", args));
    lines.join("\n") + "\n"
}

fn totals(tested: &[Tested]) -> (usize, usize) {
    let runs = || tested.iter().flat_map(|unit| &unit.runs);
    (runs().count(), runs().filter(|(run, _)| run.passed()).count())
}

/// What a check that is not met has to say.
fn failed(session: &Session, check: &Check) -> Option<String> {
    let what = what(session, &check.expectation);
    match &check.verdict {
        Verdict::Met => None,
        Verdict::Differs(actual) => Some(match expected(session, &check.expectation) {
            Some(expected) => session.text(
                "test-differs",
                [
                    ("what", Arg::Text(what)),
                    ("expected", Arg::Text(expected)),
                    ("actual", Arg::Text(actuals(session, actual))),
                ],
            ),
            None => session.text(
                "test-otherwise",
                [
                    ("what", Arg::Text(what)),
                    ("actual", Arg::Text(actuals(session, actual))),
                ],
            ),
        }),
        Verdict::Failed(findings) => {
            let why: Vec<String> = findings
                .iter()
                .map(|f| format!("[{}] {}", f.code.0, texts::message(session.lang, f)))
                .collect();
            Some(session.text(
                "test-otherwise",
                [("what", Arg::Text(what)), ("actual", Arg::from(why))],
            ))
        }
    }
}

fn what(session: &Session, expectation: &Expectation) -> String {
    let (id, name) = worded(expectation);
    session.text(id, [("name", name.unwrap_or(Arg::Text(String::new())))])
}

fn expected(session: &Session, expectation: &Expectation) -> Option<String> {
    match expectation {
        Expectation::Benefit(fen, _)
        | Expectation::Paid(fen, _)
        | Expectation::PaidInAll(fen, _)
        | Expectation::Premium(fen, _)
        | Expectation::Bears(_, fen, _)
        | Expectation::Unpaid(fen, _) => Some(texts::money(session.lang, fen.0)),
        Expectation::Ratio(ratio, _) => Some(texts::ratio(ratio.numerator(), ratio.denominator())),
        Expectation::Nothing(_) | Expectation::Refused(_) => None,
    }
}

fn actuals(session: &Session, actual: &[Actual]) -> String {
    let one = |actual: &Actual| match actual {
        Actual::Money(fen) => texts::money(session.lang, fen.0),
        Actual::Ratio(ratio) => texts::ratio(ratio.numerator(), ratio.denominator()),
        Actual::Accepted => session.text("test-accepted", []),
        Actual::Nobody => session.text("test-nobody", []),
    };
    texts::list(session.lang, actual.iter().map(one))
}

fn as_json(session: &Session, tested: &[Tested]) -> Value {
    let check = |check: &Check| {
        json!({
            "expectation": what(session, &check.expectation),
            "expected": expected(session, &check.expectation),
            "passed": matches!(check.verdict, Verdict::Met),
            "failure": failed(session, check),
        })
    };
    let examples = tested.iter().flat_map(|unit| {
        unit.runs.iter().map(move |(run, line)| {
            json!({
                "file": unit.file,
                "line": line,
                "unit": unit.name,
                "title": run.title,
                "passed": run.passed(),
                "checks": run.checks.iter().map(check).collect::<Vec<_>>(),
            })
        })
    });
    let (all, passed) = totals(tested);
    json!({"examples": examples.collect::<Vec<_>>(), "passed": passed, "failed": all - passed})
}
