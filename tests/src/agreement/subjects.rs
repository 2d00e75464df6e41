//! The plans that evaluators settle.

use super::engine::Run;
use crate::policies;
use crate::worlds::write;

use super::worlds::runnable;
use anlan_compiler::compile;
use anlan_compiler::emit::lower;
use anlan_compiler::evaluate::{Bases, Decisions, Inputs};
use anlan_compiler::money::Fen;
use anlan_compiler::plan::Plan;
use anlan_compiler::project::Source;
use anlan_compiler::resolve::BodyKind;

/// A plan and the runs to make on it.
#[derive(Debug)]
pub struct Subject {
    pub name: String,
    pub plan: Plan,
    pub runs: Vec<Run>,
    /// The source, where nobody can look it up
    pub source: Option<String>,
}

impl Subject {
    fn new(name: String, plan: Plan, source: Option<String>) -> Self {
        let runs = runs(&plan);
        Subject {
            name,
            plan,
            runs,
            source,
        }
    }
}

/// The schemes of `policies/` that can run, and sample contracts where a scheme leaves something to them.
pub fn policies() -> Vec<Subject> {
    let found = subjects_of(policies::sources(), None);
    assert!(
        found.len() >= 4,
        "{:?}",
        found.iter().map(|s| &s.name).collect::<Vec<_>>()
    );
    found
}

/// Schemes of `schemes/`: what no policy has and generated schemes have not.
pub fn written() -> Vec<Subject> {
    let text = include_str!("schemes/ratios.anlan");
    let source = Source {
        path: "ratios.anlan".to_owned(),
        text: text.to_owned(),
    };
    let found = subjects_of(vec![source], Some(text));
    assert_eq!(found.len(), 1);
    found
}

/// Of the schemes generated from `first` on, the next `count` that can run.
pub fn generated(first: u64, count: usize) -> Vec<Subject> {
    (first..)
        .flat_map(|seed| {
            let text = write::write(&runnable(seed)).text;
            let source = Source {
                path: format!("w{seed}.anlan"),
                text: text.clone(),
            };
            subjects_of(vec![source], Some(&text))
        })
        .take(count)
        .collect()
}

fn subjects_of(sources: Vec<Source>, source: Option<&str>) -> Vec<Subject> {
    let compiled = compile(&policies::project(sources));
    let kinds = [BodyKind::Scheme, BodyKind::Contract];
    let units = kinds.into_iter().flat_map(|kind| compiled.units_of(kind));
    units
        .filter_map(|unit| Some((unit.name.clone(), unit.lowered.as_ref()?.plan.clone())))
        .filter(|(_, plan)| lower(plan).is_ok())
        .map(|(name, plan)| Subject::new(name, plan, source.map(str::to_owned)))
        .collect()
}

/// One run with nothing decided, one with every decision taken that needs neither key nor value.
fn runs(plan: &Plan) -> Vec<Run> {
    let simple = plan.decisions.iter().map(|decision| decision.id.clone());
    let taken: Vec<String> = simple
        .filter(|id| Decisions::parse(plan, [id.as_str()]).is_ok())
        .collect();
    [Vec::new(), taken]
        .into_iter()
        .map(|decided| Run {
            inputs: Inputs {
                decisions: Decisions::parse(plan, decided.iter().map(String::as_str)).unwrap(),
                bases: Some(Bases {
                    premiums: vec![("全部".to_owned(), Fen(12_345_678_91))],
                }),
                earlier: None,
            },
            decided,
            premium: "12345678.91".to_owned(),
        })
        .collect()
}
