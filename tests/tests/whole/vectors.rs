//! Boundary claims with answers reach what they say they reach. That the answers are the reference's is not tested
//! here: every target tests itself against them.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::expect_used,
    reason = "tests"
)]

use anlan_compiler::emit::cases::{Assessed, Case, Origin, Settled, cases, json};
use anlan_compiler::emit::lower;
use anlan_compiler::emit::program::{Program, Rule};
use anlan_compiler::money::Fen;
use anlan_compiler::plan::{Expectation, Plan};
use anlan_tests::agreement::subjects::{Subject, policies};
use std::collections::BTreeSet;
use std::sync::LazyLock;

type Made = (String, Plan, Program, Vec<Case>);

/// Made once: of a large scheme it takes a while.
static ALL: LazyLock<Vec<Made>> = LazyLock::new(|| {
    let made = |subject: Subject| {
        let program = lower(&subject.plan).unwrap();
        let cases = cases(&subject.plan, &program);
        (subject.name, subject.plan, program, cases)
    };
    policies().into_iter().map(made).collect()
});

fn rows(cases: &[Case], origin: Origin) -> impl Iterator<Item = &Settled> {
    let of = cases.iter().filter(move |case| case.origin == origin);
    of.filter_map(|case| case.settle.as_ref()?.as_ref().ok()).flatten()
}

/// What the rows of a case lose at one limit.
fn cut(case: &Case, limit: usize) -> Option<i64> {
    let rows = case.settle.as_ref()?.as_ref().ok()?;
    let cuts = rows.iter().map(|row| match row {
        Settled::Paid { cuts, .. } => cuts[limit].0,
        Settled::Rejected { .. } => 0,
    });
    Some(cuts.sum())
}

#[test]
fn every_limit_is_met_at_its_bound_and_passed() {
    for (name, _, program, cases) in ALL.iter() {
        for (at, limit) in program.limits.iter().enumerate() {
            let of = |by: &str| -> Vec<&Case> {
                let start = format!("{} {by}", limit.id);
                let named = |case: &&Case| case.origin == Origin::Limit && case.name.starts_with(&start);
                cases.iter().filter(named).collect()
            };
            let far: Vec<i64> = of("+…").into_iter().filter_map(|case| cut(case, at)).collect();
            assert!(
                far.iter().any(|cut| *cut > 0),
                "{name}: {} is never exhausted: {far:?}",
                limit.id
            );
            let Rule::UpTo(_) = limit.rule else { continue };
            for case in of("-0.01").into_iter().chain(of("+0.00")) {
                assert_eq!(cut(case, at), Some(0), "{name}: {}", case.name);
            }
            for case in of("+0.01") {
                assert_eq!(cut(case, at), Some(1), "{name}: {}", case.name);
            }
        }
    }
}

#[test]
fn every_benefit_every_value_and_every_rejection_occurs() {
    for (name, plan, program, cases) in ALL.iter() {
        let paid = cases
            .iter()
            .flat_map(|case| case.assess.iter().flatten())
            .filter_map(|answer| match answer {
                Assessed::Owed { cover, benefit, .. } if benefit.0 > 0 => Some(cover.as_str()),
                _ => None,
            });
        let paid: BTreeSet<&str> = paid.flat_map(|covers| covers.split('+')).collect();
        for cover in program.covers.iter().filter(|cover| !cover.benefits.is_empty()) {
            assert!(paid.contains(cover.id.as_str()), "{name}: {} never pays", cover.id);
        }
        let codes: BTreeSet<&str> = rows(cases, Origin::Rejected)
            .filter_map(|row| match row {
                Settled::Rejected { codes, .. } => Some(codes),
                Settled::Paid { .. } => None,
            })
            .flatten()
            .map(String::as_str)
            .collect();
        for code in ["V002", "V003", "V012", "V020", "V030", "V033", "V034"] {
            assert!(codes.contains(code), "{name}: {code} is not among {codes:?}");
        }
        let origins: BTreeSet<Origin> = cases.iter().map(|case| case.origin).collect();
        assert!(
            origins.contains(&Origin::Value) && origins.contains(&Origin::Date),
            "{name}: {origins:?}"
        );
        assert_eq!(
            origins.contains(&Origin::Decision),
            !plan.decisions.is_empty(),
            "{name}"
        );
        let names: BTreeSet<&str> = cases.iter().map(|case| case.name.as_str()).collect();
        assert_eq!(names.len(), cases.len(), "{name}: two cases of one name");
    }
}

#[test]
fn examples_come_with_the_amounts_that_the_file_states() {
    let mut stated = 0;
    for (name, plan, _, cases) in ALL.iter() {
        for example in &plan.statement.examples {
            let own = cases
                .iter()
                .filter(|case| case.origin == Origin::Example && case.name.starts_with(&example.title));
            let own: Vec<&Case> = own.collect();
            for expectation in &example.expect {
                let Expectation::Benefit(expected, _) = expectation else {
                    continue;
                };
                if own.is_empty() {
                    continue;
                }
                let owed = |case: &&Case| {
                    case.assess
                        .iter()
                        .flatten()
                        .all(|a| matches!(a, Assessed::Owed { benefit, .. } if benefit == expected))
                };
                assert!(own.iter().any(owed), "{name}: {}", example.title);
                stated += 1;
            }
        }
    }
    assert!(stated > 50, "{stated}");
}

#[test]
fn cases_are_the_same_each_time_and_add_up() {
    for (name, plan, program, cases) in ALL.iter() {
        let again = anlan_compiler::emit::cases::cases(plan, program);
        assert_eq!(json(program, cases), json(program, &again), "{name}");
        for row in cases
            .iter()
            .filter_map(|case| case.settle.as_ref()?.as_ref().ok())
            .flatten()
        {
            if let Settled::Paid {
                benefit,
                paid,
                cuts,
                shares,
                ..
            } = row
            {
                let sum = |amounts: &[Fen]| amounts.iter().map(|a| a.0).sum::<i64>();
                assert_eq!(benefit.0 - sum(cuts), paid.0, "{name}");
                assert!(shares.is_empty() || sum(shares) == paid.0, "{name}");
            }
        }
    }
}
