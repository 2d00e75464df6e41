//! Cases in few runs, for targets of which every run costs the same however few its claims are.
//!
//! Cases that settle apart settle together where ids keep them apart and no limit brings them together. That is not
//! argued here but tried: the reference evaluator must give every row the same answer in the run as in its own case.

use super::answers;
use super::{Case, Fields, Given, Origin, Settled};
use crate::emit::program::{Kind, Program};
use crate::evaluate::record::Reader;
use crate::plan::Plan;
use std::collections::BTreeSet;

/// Claims settled in one run, and what they are paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Of its cases
    pub names: Vec<String>,
    pub given: Given,
    pub claims: Vec<Fields>,
    pub rows: Vec<Settled>,
}

/// The cases that ask what claims are paid together, in as few runs as give each its own answers. Cases whose run is
/// refused as a whole are left out.
pub fn batches(plan: &Plan, program: &Program, cases: &[Case]) -> Vec<Batch> {
    let mut settled: Vec<(usize, &Case, &[Settled])> = cases
        .iter()
        .enumerate()
        .filter_map(|(at, case)| Some((at, case, case.settle.as_ref()?.as_ref().ok()?.as_slice())))
        .collect();
    // Light ones side by side, so that few of them meet at a limit.
    settled.sort_by_key(|(at, case, rows)| {
        let alone = case.origin == Origin::Rejected;
        (
            alone,
            case.given.premium,
            case.origin,
            &case.given.decisions,
            paid(rows),
            *at,
        )
    });
    let merger = Merger {
        plan,
        reader: Reader::new(plan),
        texts: names_of_texts(program),
    };
    let mut found = Vec::new();
    for apart in settled.chunk_by(|(_, a, _), (_, b, _)| {
        a.given.premium == b.given.premium && a.origin != Origin::Rejected && b.origin != Origin::Rejected
    }) {
        merger.merge(apart, &mut found);
    }
    found
}

fn paid(rows: &[Settled]) -> i128 {
    let of = |row: &Settled| match row {
        Settled::Paid { paid, .. } => i128::from(paid.0),
        Settled::Rejected { .. } => 0,
    };
    rows.iter().map(of).sum()
}

/// All names of the fields that hold ids.
fn names_of_texts(program: &Program) -> BTreeSet<String> {
    let texts = program.facts.iter().filter(|fact| fact.kind == Kind::Text);
    texts
        .flat_map(|fact| [&fact.id, &fact.zh, &fact.en].map(Clone::clone))
        .collect()
}

struct Merger<'a> {
    plan: &'a Plan,
    reader: Reader<'a>,
    texts: BTreeSet<String>,
}

impl Merger<'_> {
    fn merge(&self, cases: &[(usize, &Case, &[Settled])], found: &mut Vec<Batch>) {
        match cases {
            [] => {}
            [(_, case, rows)] => found.push(Batch {
                names: vec![case.name.clone()],
                given: case.given.clone(),
                claims: case.claims.clone(),
                rows: rows.to_vec(),
            }),
            several => match self.together(several) {
                Some(batch) => found.push(batch),
                None => {
                    let (light, heavy) = several.split_at(several.len() / 2);
                    self.merge(light, found);
                    self.merge(heavy, found);
                }
            },
        }
    }

    /// One run of all, if each case keeps its answers.
    fn together(&self, cases: &[(usize, &Case, &[Settled])]) -> Option<Batch> {
        let mut given = Given::default();
        let mut claims = Vec::new();
        for (at, case, _) in cases {
            given.premium = case.given.premium;
            for decision in &case.given.decisions {
                if !given.decisions.contains(decision) {
                    given.decisions.push(decision.clone());
                }
            }
            claims.extend(case.claims.iter().map(|fields| self.renamed(fields, *at)));
        }
        let inputs = answers::inputs(self.plan, &given)?;
        let rows = answers::settle(self.plan, &self.reader, &inputs, &claims).ok()?;
        let own = cases.iter().flat_map(|(_, _, rows)| rows.iter());
        let same = rows.len() == own.clone().count() && rows.iter().zip(own).all(|(row, own)| alike(row, own));
        same.then(|| Batch {
            names: cases.iter().map(|(_, case, _)| case.name.clone()).collect(),
            given,
            claims,
            rows,
        })
    }

    /// With ids that no other case has; their order within the case stays.
    fn renamed(&self, fields: &Fields, case: usize) -> Fields {
        let renamed = |(name, value): &(String, String)| match self.texts.contains(name) && !value.trim().is_empty() {
            true => (name.clone(), format!("{case:04}-{}", value.trim())),
            false => (name.clone(), value.clone()),
        };
        fields.iter().map(renamed).collect()
    }
}

/// The same but for the claim's id.
fn alike(a: &Settled, b: &Settled) -> bool {
    let unnamed = |row: &Settled| {
        let mut row = row.clone();
        match &mut row {
            Settled::Paid { claim, .. } => claim.clear(),
            Settled::Rejected { claim, .. } => *claim = None,
        }
        row
    };
    unnamed(a) == unnamed(b)
}
