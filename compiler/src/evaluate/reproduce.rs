//! Whether evaluation says what the witness of a finding promises.

use super::record::Reader;
use super::{Bases, Decisions, Inputs, Record, Row, assess, settle};
use crate::money::Fen;
use crate::plan::Plan;
use crate::report::fund::{BaseRow, fund};
use anlan_lang::diag::{Witness, codes};
use std::collections::BTreeMap;

/// Evaluates the claims of a witness: one by [`assess`](fn@assess), several by [`settle`](fn@settle), as `eval` and
/// `settle` would. The plan must have the parameters that the witness sets (`Witness::set`).
///
/// # Errors
/// What is refused, or which amount is another one, in words for developers.
pub fn reproduce(plan: &Plan, witness: &Witness) -> Result<(), String> {
    let inputs = inputs(plan, witness)?;
    if let [claim] = expanded(witness).as_slice() {
        match (assess(plan, &inputs, &record(plan, claim)?), witness.benefit) {
            (Ok(assessment), Some(benefit)) if assessment.benefit != Fen(benefit) => {
                return Err(format!("{claim:?}: {:?} is not {benefit}", assessment.benefit));
            }
            (Ok(_), _) => {}
            // Two covers that nothing ranks: that is what such a witness shows.
            (Err(refusal), None) if refusal.code == codes::V021 => return Ok(()),
            (Err(refusal), _) => return Err(format!("{claim:?}: {refusal:?}")),
        }
        if !witness.is_settled() && witness.paid.is_none() {
            return Ok(());
        }
    }
    let outcome = settled(plan, witness)?;
    match witness.paid {
        Some(paid) if outcome.paid != paid => Err(format!("paid {} is not {paid}", outcome.paid)),
        _ => Ok(()),
    }
}

/// What `settle` makes of all claims of a witness together, in 分.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// What they are owed by themselves
    pub benefit: i64,
    /// What is paid under all limits
    pub paid: i64,
    /// What `eval` gives for the one claim
    pub alone: Option<i64>,
    /// What each limit takes away
    pub cuts: Vec<i64>,
}

impl Shown {
    /// What the limits before one of them leave.
    pub fn before(&self, limit: usize) -> i64 {
        self.benefit - self.cuts.iter().take(limit).sum::<i64>()
    }
    /// What it leaves.
    pub fn after(&self, limit: usize) -> i64 {
        self.before(limit.saturating_add(1))
    }
}

/// Settles the claims of a witness.
///
/// # Errors
/// The settlement, or a claim, is refused.
pub fn settled(plan: &Plan, witness: &Witness) -> Result<Shown, String> {
    let inputs = inputs(plan, witness)?;
    let (mut rows, mut alone) = (Vec::new(), None);
    let claims = expanded(witness);
    for (number, claim) in (1..).zip(&claims) {
        let record = record(plan, claim)?;
        if claims.len() == 1 {
            let assessment = assess(plan, &inputs, &record).map_err(|refusal| format!("{claim:?}: {refusal:?}"))?;
            alone = Some(assessment.benefit.0);
        }
        rows.push(Row {
            number,
            claim: claim.get("claim").cloned(),
            record: Ok(record),
        });
    }
    let totals = settle(plan, &inputs, rows)
        .map_err(|refusal| format!("settle: {refusal:?}"))?
        .totals;
    if totals.settled != claims.len() as u64 {
        return Err(format!("rejected: {:?}", totals.rejected));
    }
    Ok(Shown {
        benefit: totals.benefit.0,
        paid: totals.paid.0,
        alone,
        cuts: totals.cuts.iter().map(|cut| cut.0).collect(),
    })
}

/// The claims, each as often as the witness means it.
fn expanded(witness: &Witness) -> Vec<BTreeMap<String, String>> {
    let Some(times) = witness.times else {
        return witness.claims.clone();
    };
    let number = |claim: &BTreeMap<String, String>, n: u64| -> BTreeMap<String, String> {
        let value = |value: &String| value.replace('#', &n.to_string());
        claim.iter().map(|(fact, of)| (fact.clone(), value(of))).collect()
    };
    (1..=times)
        .flat_map(|n| witness.claims.iter().map(move |claim| number(claim, n)))
        .collect()
}

fn inputs(plan: &Plan, witness: &Witness) -> Result<Inputs, String> {
    let decided = witness.decided.iter().map(String::as_str);
    let decisions =
        Decisions::parse(plan, decided).map_err(|refusal| format!("decisions {:?}: {refusal:?}", witness.decided))?;
    let bases = (!witness.bases.is_empty()).then(|| Bases {
        premiums: premiums(plan, witness, &decisions),
    });
    Ok(Inputs {
        decisions,
        bases,
        earlier: None,
    })
}

/// The premium of the bases of a witness; where the scheme does not tell it, one 元 a person.
pub fn premiums(plan: &Plan, witness: &Witness, decisions: &Decisions) -> Vec<(String, Fen)> {
    let row = |(region, persons, households): &(String, i64, i64)| BaseRow {
        region: region.clone(),
        persons: Some(*persons),
        households: Some(*households),
    };
    let rows: Vec<BaseRow> = witness.bases.iter().map(row).collect();
    match fund(plan, Some(&rows), decisions) {
        Ok(fund) => fund.rows.into_iter().map(|row| (row.region, row.premium)).collect(),
        Err(_) => {
            let bases = witness.bases.iter();
            bases
                .map(|(region, persons, _)| (region.clone(), Fen(persons.saturating_mul(100))))
                .collect()
        }
    }
}

fn record(plan: &Plan, claim: &BTreeMap<String, String>) -> Result<Record, String> {
    let fields = claim.iter().map(|(fact, value)| (fact.as_str(), value.as_str()));
    let (record, unknown) = Reader::new(plan).object(fields);
    if !unknown.is_empty() {
        return Err(format!("unknown {unknown:?}"));
    }
    record.map_err(|refusals| format!("{claim:?}: {refusals:?}"))
}
