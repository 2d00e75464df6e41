//! What an evaluator under test offers, and its comparison with the reference.

use super::claims::{Fields, Generator, json};
use super::reference::reference;
use super::subjects::Subject;
use crate::random::Random;
use anlan_compiler::emit::{File, lower};
use anlan_compiler::evaluate::Inputs;
use anlan_compiler::plan::Plan;
use std::path::Path;

/// One text a row in input order, or the code by which the whole run is refused. A text is
/// `claim|covers joined by +|benefit|paid|reason code|cut…|share…`, or `rejected` with the codes joined by `+`.
pub type Answers = Result<Vec<String>, String>;

/// What a run is given besides claims.
#[derive(Debug, Clone)]
pub struct Run {
    /// For the reference
    pub inputs: Inputs,
    /// The same decisions as `--decide` takes them
    pub decided: Vec<String>,
    /// The same total premium, in 元 with two decimals
    pub premium: String,
}

/// An evaluator under test.
pub trait Engine {
    fn name(&self) -> &'static str;
    /// Makes it ready for a plan; `folder` is empty, its own, and stays until the evaluator is dropped.
    fn build(&mut self, plan: &Plan, folder: &Path) -> Box<dyn Evaluator + '_>;
}

/// An evaluator of one plan.
pub trait Evaluator {
    fn settle(&mut self, run: &Run, claims: &[Fields]) -> Answers;
}

/// Settles `count` generated claims a run of each subject with both, and compares every row. A difference is shrunk to
/// few claims and shown. Gives how many claims were paid something.
///
/// # Panics
/// At the first subject on which the engine differs.
pub fn hold(engine: &mut dyn Engine, subjects: &[Subject], count: usize, seed: u64) -> usize {
    let mut paid = 0;
    for (number, subject) in subjects.iter().enumerate() {
        if number > 0 && number.is_multiple_of(25) {
            println!("{}: {number} of {} agree", engine.name(), subjects.len());
        }
        let folder = tempfile::tempdir().unwrap();
        let program = lower(&subject.plan).unwrap();
        let generator = Generator::new(&program);
        let mut random = random_of(seed, number);
        let name = engine.name();
        let mut evaluator = engine.build(&subject.plan, folder.path());
        for run in &subject.runs {
            let claims = generator.claims(&mut random, count);
            let expected = reference(&subject.plan, run, &claims);
            paid += expected.iter().flatten().filter(|row| pays(row)).count();
            let found = evaluator.settle(run, &claims);
            if expected != found {
                // Shrinking takes long with many claims and can end the engine, so the first difference is said before.
                eprintln!(
                    "{name} differs on {}: {}",
                    subject.name,
                    first_difference(&expected, &found)
                );
                let mut both =
                    |claims: &[Fields]| (reference(&subject.plan, run, claims), evaluator.settle(run, claims));
                let small = shrunk(&claims, &mut |claims| {
                    let (expected, found) = both(claims);
                    expected != found
                });
                let (expected, found) = both(&small);
                let texts: Vec<String> = small.iter().map(json).collect();
                panic!(
                    "{name} differs on {} with {:?}\n{}\nclaims:\n{}\nreference: {expected:#?}\n{name}: {found:#?}",
                    subject.name,
                    run.decided,
                    subject.source.as_deref().unwrap_or_default(),
                    texts.join("\n"),
                );
            }
        }
    }
    paid
}

fn first_difference(expected: &Answers, found: &Answers) -> String {
    let (Ok(expected), Ok(found)) = (expected, found) else {
        let brief = |answers: &Answers| answers.as_ref().map(Vec::len).map_err(Clone::clone);
        return format!("reference {:?}, it {:?} (rows)", brief(expected), brief(found));
    };
    let at = expected
        .iter()
        .zip(found)
        .position(|(expected, found)| expected != found);
    at.map_or_else(
        || format!("{} rows instead of {}", found.len(), expected.len()),
        |at| format!("row {at}: reference {:?}, it {:?}", expected[at], found[at]),
    )
}

/// What the claims of a subject are made from.
pub fn random_of(seed: u64, number: usize) -> Random {
    Random::new(seed.wrapping_add(number as u64))
}

fn pays(row: &str) -> bool {
    row.split('|').nth(3).is_some_and(|paid| paid != "0.00")
}

/// Leaves out claims, and then fields of claims, as long as the answers still differ.
fn shrunk(claims: &[Fields], differs: &mut dyn FnMut(&[Fields]) -> bool) -> Vec<Fields> {
    let mut claims = fewer(claims, differs);
    for at in 0..claims.len() {
        let mut field = 0;
        while field < claims[at].len() {
            let mut without = claims.clone();
            without[at].remove(field);
            if differs(&without) {
                claims = without;
            } else {
                field += 1;
            }
        }
    }
    claims
}

fn fewer(claims: &[Fields], differs: &mut dyn FnMut(&[Fields]) -> bool) -> Vec<Fields> {
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

/// Writes emitted files below a folder.
pub fn write(folder: &Path, files: &[File]) {
    for file in files {
        let path = folder.join(&file.path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, &file.text).unwrap();
    }
}
