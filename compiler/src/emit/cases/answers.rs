//! What the reference evaluator says.

use super::{Assessed, Fields, Given, Settled};
use crate::evaluate::record::Reader;
use crate::evaluate::{Bases, Decisions, Evaluator, Inputs, Outcome, Record, Refusal, Row};
use crate::plan::{CoverId, Plan, Use};

/// The inputs of a case; `None` where a decision cannot be read.
pub(super) fn inputs(plan: &Plan, given: &Given) -> Option<Inputs> {
    let decisions = Decisions::parse(plan, given.decisions.iter().map(String::as_str)).ok()?;
    Some(Inputs {
        decisions,
        bases: given.premium.map(|premium| Bases {
            premiums: vec![("全部".to_owned(), premium)],
        }),
        earlier: None,
    })
}

fn codes(refusals: &[Refusal]) -> Vec<String> {
    refusals.iter().map(|refusal| refusal.code.0.to_owned()).collect()
}

fn record(reader: &Reader, fields: &Fields) -> Result<Record, Vec<Refusal>> {
    let pairs = fields.iter().map(|(key, value)| (key.as_str(), value.as_str()));
    let (record, unknown) = reader.object(pairs);
    if unknown.is_empty() { record } else { Err(unknown) }
}

fn covers(plan: &Plan, covers: impl Iterator<Item = CoverId>) -> String {
    let ids: Vec<&str> = covers
        .filter_map(|cover| plan.covers.get(cover.index()))
        .map(|cover| cover.id.as_str())
        .collect();
    ids.join("+")
}

/// Each claim by itself.
pub(super) fn assess(plan: &Plan, reader: &Reader, inputs: &Inputs, claims: &[Fields]) -> Vec<Assessed> {
    let evaluator = Evaluator::new(plan, inputs, Use::Benefits);
    let one = |fields: &Fields| {
        let evaluator = evaluator.as_ref().map_err(|refusal| vec![refusal.clone()])?;
        let found = evaluator
            .assess(&record(reader, fields)?)
            .map_err(|refusal| vec![refusal])?;
        Ok(Assessed::Owed {
            cover: covers(plan, found.lines.iter().map(|line| line.cover)),
            benefit: found.benefit,
            reason: found.reason.map(|reason| reason.code),
        })
    };
    let answer = |fields| one(fields).unwrap_or_else(|refusals: Vec<Refusal>| Assessed::Refused(codes(&refusals)));
    claims.iter().map(answer).collect()
}

/// The claims together.
pub(super) fn settle(plan: &Plan, reader: &Reader, inputs: &Inputs, claims: &[Fields]) -> Result<Vec<Settled>, String> {
    let settlement =
        crate::evaluate::settle(plan, inputs, rows(reader, claims)).map_err(|refusal| refusal.code.0.to_owned())?;
    let row = |outcome: &Outcome| match outcome {
        Outcome::Rejected { claim, refusals, .. } => Settled::Rejected {
            claim: claim.clone(),
            codes: codes(refusals),
        },
        Outcome::Settled(row) => Settled::Paid {
            claim: row.claim.clone(),
            cover: covers(plan, row.covers.iter().copied()),
            benefit: row.benefit,
            paid: row.paid,
            reason: row.reason.as_ref().map(|reason| reason.code.clone()),
            cuts: row.cuts.clone(),
            shares: row.shares.clone(),
        },
    };
    Ok(settlement.rows.iter().map(row).collect())
}

/// The rows of a claims file.
pub(super) fn rows(reader: &Reader, claims: &[Fields]) -> Vec<Row> {
    let claim = reader.column(crate::resolve::id::CLAIM);
    let row = |(number, fields): (u64, &Fields)| {
        let id = fields
            .iter()
            .find(|(key, _)| claim.is_some() && reader.column(key) == claim);
        Row {
            number,
            claim: id.map(|(_, text)| text.clone()),
            record: record(reader, fields),
        }
    };
    (1..).zip(claims).map(row).collect()
}
