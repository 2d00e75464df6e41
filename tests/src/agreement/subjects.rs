//! The plans that evaluators settle.

use super::engine::Run;
use crate::policies;
use crate::worlds::write;

use super::worlds::runnable;
use anlan_compiler::compile;
use anlan_compiler::emit::lower;
use anlan_compiler::emit::program::Per;
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

/// The same subjects with two runs more: every decision taken for one key that the claims have, and for another, each
/// with a value where it takes one.
pub fn with_keyed_decisions(mut subjects: Vec<Subject>) -> Vec<Subject> {
    for subject in &mut subjects {
        let keyed = [0, 1].map(|turn| run(&subject.plan, keyed_decisions(&subject.plan, turn)));
        subject
            .runs
            .extend(keyed.into_iter().filter(|run| !run.decided.is_empty()));
    }
    subjects
}

/// `NAME@KEY=VALUE` of every decision of a plan; of a decision for the whole term, without a key.
fn keyed_decisions(plan: &Plan, turn: usize) -> Vec<String> {
    let program = lower(plan).unwrap();
    let day = |at: usize| program.years.boundaries.get(at).copied().unwrap_or(20_240_101);
    let decided = program.decisions.iter().map(|decision| {
        let key = match decision.per {
            Per::Term => String::new(),
            Per::Event => format!("@E{turn}"),
            Per::Year => format!("@{}", day(turn) / 10_000),
            Per::Fact(fact) => match program.values(fact) {
                [] => format!("@𠮷{}", turn * 7 + 2),
                values => format!("@{}", values[(turn + 1) * values.len() / 3].zh),
            },
        };
        let date = day(0);
        let value = match decision.value {
            Some("date") => format!("={}-{:02}-{:02}", date / 10_000, date / 100 % 100, date % 100 + 1),
            Some("money") => "=1.5万元".to_owned(),
            Some("ratio") => "=1/3".to_owned(),
            Some("count") => "=3".to_owned(),
            _ => String::new(),
        };
        format!("{}{key}{value}", decision.id)
    });
    decided.collect()
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
    let texts = [
        include_str!("schemes/ratios.anlan"),
        include_str!("schemes/nil.anlan"),
        include_str!("schemes/nil-decided.anlan"),
        include_str!("schemes/taken-names.anlan"),
        include_str!("schemes/parts.anlan"),
    ];
    texts.into_iter().map(of_text).collect()
}

/// The scheme of a text.
pub fn of_text(text: &str) -> Subject {
    let source = Source {
        path: "scheme.anlan".to_owned(),
        text: text.to_owned(),
    };
    let mut found = subjects_of(vec![source], Some(text));
    assert_eq!(found.len(), 1, "{text}");
    found.remove(0)
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
        .map(|decided| run(plan, decided))
        .collect()
}

fn run(plan: &Plan, decided: Vec<String>) -> Run {
    Run {
        inputs: Inputs {
            decisions: Decisions::parse(plan, decided.iter().map(String::as_str)).unwrap(),
            bases: Some(Bases {
                premiums: vec![("全部".to_owned(), Fen(12_345_678_91))],
            }),
            earlier: None,
        },
        decided,
        premium: "12345678.91".to_owned(),
    }
}
