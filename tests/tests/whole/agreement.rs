//! Every emitted evaluator gives the reference's answers on generated claims. `ANLAN_AGREEMENT=100000` for the full number.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::expect_used,
    reason = "tests"
)]

use anlan_compiler::compile;
use anlan_compiler::emit::{self, File, lower};
use anlan_compiler::evaluate::{Bases, Decisions, Inputs};
use anlan_compiler::money::Fen;
use anlan_compiler::plan::Plan;
use anlan_compiler::resolve::BodyKind;
use anlan_tests::agreement::{Fields, Generator, reference};
use anlan_tests::policies;
use anlan_tests::random::Random;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The plans that can run: of schemes, and of sample contracts where a scheme leaves something to them.
fn plans() -> Vec<(String, Plan)> {
    let compiled = compile(&policies::project(policies::sources()));
    let kinds = [BodyKind::Scheme, BodyKind::Contract];
    let units = kinds.into_iter().flat_map(|kind| compiled.units_of(kind));
    let plans: Vec<(String, Plan)> = units
        .filter_map(|unit| Some((unit.name.clone(), unit.lowered.as_ref()?.plan.clone())))
        .filter(|(_, plan)| lower(plan).is_ok())
        .collect();
    assert!(
        plans.len() >= 4,
        "{:?}",
        plans.iter().map(|(name, _)| name).collect::<Vec<_>>()
    );
    plans
}

fn count() -> usize {
    let given = std::env::var("ANLAN_AGREEMENT").ok();
    given.map_or(600, |text| text.parse().unwrap())
}

/// Some runs with nothing decided, some with every decision taken that needs neither key nor value.
fn inputs(plan: &Plan) -> Vec<(Inputs, Vec<String>)> {
    let bases = Some(Bases {
        premiums: vec![("全部".to_owned(), Fen(12_345_678_91))],
    });
    let simple = plan.decisions.iter().map(|decision| decision.id.clone());
    let taken: Vec<String> = simple
        .filter(|id| Decisions::parse(plan, [id.as_str()]).is_ok())
        .collect();
    [Vec::new(), taken]
        .into_iter()
        .map(|texts| {
            let decisions = Decisions::parse(plan, texts.iter().map(String::as_str)).unwrap();
            (
                Inputs {
                    decisions,
                    bases: bases.clone(),
                    earlier: None,
                },
                texts,
            )
        })
        .collect()
}

fn write(folder: &Path, files: &[File]) {
    for file in files {
        let path = folder.join(&file.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, &file.text).unwrap();
    }
}

struct Python {
    folder: PathBuf,
    package: String,
}

impl Python {
    fn new(name: &str, plan: &Plan) -> Self {
        let folder = std::env::temp_dir().join(format!("anlan-agreement-{}-{name}", std::process::id()));
        let files = emit::emit(emit::target("python").unwrap(), plan).unwrap();
        write(&folder, &files);
        let main = files.iter().find(|f| f.path.ends_with("__main__.py")).unwrap();
        let package = main.path.split('/').next().unwrap().to_owned();
        Python { folder, package }
    }

    fn settle(&self, claims: &[Fields], decided: &[String]) -> Result<Vec<String>, String> {
        let path = self.folder.join("claims.jsonl");
        let text: Vec<String> = claims.iter().map(json).collect();
        std::fs::write(&path, text.join("\n")).unwrap();
        let mut command = Command::new("python3");
        command.current_dir(&self.folder).args([
            "-m",
            &self.package,
            "settle",
            "claims.jsonl",
            "--premium",
            "12345678.91",
        ]);
        for decision in decided {
            command.args(["--decide", decision]);
        }
        let output = command.output().unwrap();
        if !output.status.success() {
            let error = String::from_utf8_lossy(&output.stderr).into_owned();
            return Err(error
                .lines()
                .last()
                .unwrap_or_default()
                .split(':')
                .next()
                .unwrap_or_default()
                .to_owned());
        }
        Ok(String::from_utf8(output.stdout).unwrap().lines().map(row).collect())
    }
}

impl Drop for Python {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn json(fields: &Fields) -> String {
    let quoted = |text: &str| serde_json::to_string(text).unwrap();
    let pairs: Vec<String> = fields
        .iter()
        .map(|(k, v)| format!("{}: {}", quoted(k), quoted(v)))
        .collect();
    format!("{{{}}}", pairs.join(", "))
}

/// A row of the driver as the reference's text.
fn row(line: &str) -> String {
    let value: serde_json::Value = serde_json::from_str(line).unwrap();
    let row = value.as_object().unwrap();
    if let Some(codes) = row.get("rejected") {
        let codes: Vec<&str> = codes.as_array().unwrap().iter().map(|c| c.as_str().unwrap()).collect();
        return format!("rejected {}", codes.join("+"));
    }
    row.values()
        .map(|v| v.as_str().unwrap_or_default().to_owned())
        .collect::<Vec<_>>()
        .join("|")
}

/// Leaves out claims as long as the answers still differ.
fn shrunk(claims: &[Fields], differs: &dyn Fn(&[Fields]) -> bool) -> Vec<Fields> {
    let mut claims = claims.to_vec();
    let mut size = claims.len() / 2;
    while size > 0 {
        let mut at = 0;
        while at < claims.len() && claims.len() > 1 {
            let mut fewer = claims.clone();
            fewer.drain(at..(at + size).min(claims.len()));
            if differs(&fewer) {
                claims = fewer;
            } else {
                at += size;
            }
        }
        size /= 2;
    }
    claims
}

#[test]
fn python_gives_the_answers_of_the_reference() {
    for (number, (name, plan)) in plans().into_iter().enumerate() {
        let program = lower(&plan).unwrap();
        let python = Python::new(&number.to_string(), &plan);
        let generator = Generator::new(&program);
        let mut random = Random::new(20_261_123 + number as u64);
        let mut paid = 0;
        for (inputs, decided) in inputs(&plan) {
            let claims = generator.claims(&mut random, count());
            let expected = reference(&plan, &inputs, &claims);
            let found = python.settle(&claims, &decided);
            let pays = |row: &&String| row.split('|').nth(3).is_some_and(|paid| paid != "0.00");
            paid += expected.iter().flatten().filter(pays).count();
            if expected == found {
                continue;
            }
            let differs = |claims: &[Fields]| reference(&plan, &inputs, claims) != python.settle(claims, &decided);
            let small = shrunk(&claims, &differs);
            let text: Vec<String> = small.iter().map(json).collect();
            panic!(
                "{name} {decided:?} differs\nclaims:\n{}\nreference: {:#?}\npython: {:#?}",
                text.join("\n"),
                reference(&plan, &inputs, &small),
                python.settle(&small, &decided)
            );
        }
        assert!(paid >= 5, "{name}: only {paid} claims pay, too few to tell");
    }
}
