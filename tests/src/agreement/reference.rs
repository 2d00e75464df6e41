//! What the reference says of claims, as texts that every engine must give as well.

use super::claims::Fields;
use super::engine::{Answers, Run};
use anlan_compiler::evaluate::record::Reader;
use anlan_compiler::evaluate::{Outcome, Row, Settlement, settle};
use anlan_compiler::plan::Plan;

/// The rows as the reference reads them.
pub fn rows(plan: &Plan, claims: &[Fields]) -> Vec<Row> {
    let reader = Reader::new(plan);
    let claim = reader.column("claim");
    let rows = claims.iter().enumerate().map(|(i, fields)| {
        let pairs = || fields.iter().map(|(key, value)| (key.as_str(), value.as_str()));
        let (record, _) = reader.object(pairs());
        let id = pairs().find(|(key, _)| claim.is_some() && reader.column(key) == claim);
        Row {
            number: i as u64,
            claim: id.map(|(_, value)| value.to_owned()),
            record,
        }
    });
    rows.collect()
}

/// What the reference pays, one text a row: everything that an engine must give as well.
pub fn reference(plan: &Plan, run: &Run, claims: &[Fields]) -> Answers {
    let settlement = settle(plan, &run.inputs, rows(plan, claims)).map_err(|refusal| refusal.code.0.to_owned())?;
    Ok(settlement
        .rows
        .iter()
        .map(|row| row_of(plan, &settlement, row))
        .collect())
}

fn row_of(plan: &Plan, settlement: &Settlement, row: &Outcome) -> String {
    match row {
        Outcome::Rejected { refusals, .. } => {
            format!(
                "rejected {}",
                refusals.iter().map(|r| r.code.0).collect::<Vec<_>>().join("+")
            )
        }
        Outcome::Settled(row) => {
            let covers: Vec<&str> = row.covers.iter().map(|cover| plan.cover_id(*cover)).collect();
            let mut parts = vec![
                row.claim.clone(),
                covers.join("+"),
                row.benefit.to_string(),
                row.paid.to_string(),
            ];
            parts.push(row.reason.as_ref().map_or(String::new(), |reason| reason.code.clone()));
            parts.extend(row.cuts.iter().map(ToString::to_string));
            parts.extend(
                settlement
                    .insurers
                    .iter()
                    .zip(&row.shares)
                    .map(|(_, share)| share.to_string()),
            );
            parts.join("|")
        }
    }
}
