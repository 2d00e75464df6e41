//! The files that a settlement writes.

use super::Sheets;
use crate::claims::encoding::Encoding;
use crate::claims::lines::Span;
use crate::claims::rows::RawTexts;
use crate::claims::write::{Cell, Sheet};
use crate::commands::eval::reason_text;
use crate::failure::Failure;
use anlan_compiler::evaluate::{Outcome, Refusal, Settled, Settlement};
use anlan_compiler::plan::Plan;
use anlan_lang::texts::{self, Language};
use std::path::Path;

/// DESIGN, data contract: `claim, cover, benefit, paid, reason`, `cut_<limit>` each, `share_<insurer>` each.
pub fn columns(plan: &Plan, earlier: bool) -> Vec<String> {
    let mut columns: Vec<String> = ["claim", "cover", "benefit", "paid", "reason"]
        .map(str::to_owned)
        .to_vec();
    columns.extend(cuts(plan));
    columns.extend(insurers(plan).map(|id| format!("share_{id}")));
    if earlier {
        columns.extend(["due", "over"].map(str::to_owned));
    }
    columns.push("reason_code".to_owned());
    columns
}

pub fn line_columns(plan: &Plan) -> Vec<String> {
    let mut columns: Vec<String> = ["claim", "cover", "harm", "benefit"].map(str::to_owned).to_vec();
    columns.extend(cuts(plan));
    columns.push("paid".to_owned());
    columns
}

pub fn reject_columns() -> Vec<String> {
    ["line", "claim", "code", "reason", "help", "row"]
        .map(str::to_owned)
        .to_vec()
}

fn cuts(plan: &Plan) -> impl Iterator<Item = String> {
    plan.limits.iter().map(|limit| format!("cut_{}", limit.id))
}

/// Insurers with columns: all, if every share is stated ([`Settlement::insurers`]).
fn insurers(plan: &Plan) -> impl Iterator<Item = &str> {
    let all = plan
        .coinsurance
        .as_ref()
        .filter(|c| c.insurers.iter().all(|insurer| insurer.share.is_some()));
    all.into_iter()
        .flat_map(|c| &c.insurers)
        .map(|insurer| insurer.id.as_str())
}

/// A settlement in a language.
pub struct Shown<'a> {
    pub plan: &'a Plan,
    pub lang: Language,
    pub settlement: &'a Settlement,
}

impl Shown<'_> {
    /// Writes all files, then puts them in their places.
    pub fn write(&self, sheets: Sheets, claims: &Path, encoding: Encoding, spans: &[Span]) -> Result<(), Failure> {
        let Sheets {
            mut settled,
            mut rejected,
            lines,
        } = sheets;
        let mut raw = RawTexts::new(claims, encoding);
        for (row, span) in self.settlement.rows.iter().zip(spans) {
            match row {
                Outcome::Settled(row) => self.settled(&mut settled, row)?,
                Outcome::Rejected {
                    number,
                    claim,
                    refusals,
                } => {
                    let text = raw.text(*span)?;
                    self.rejected(&mut rejected, *number, claim.as_deref(), refusals, &text)?;
                }
            }
        }
        let lines = match lines {
            Some(mut sheet) => {
                self.lines(&mut sheet)?;
                Some(sheet)
            }
            None => None,
        };
        settled.finish()?;
        rejected.finish()?;
        lines.map_or(Ok(()), Sheet::finish)
    }

    fn settled(&self, sheet: &mut Sheet, row: &Settled) -> Result<(), Failure> {
        let covers: Vec<&str> = row.covers.iter().map(|cover| self.plan.cover_id(*cover)).collect();
        let covers = covers.join("+");
        let reason = row
            .reason
            .as_ref()
            .map(|reason| reason_text(self.lang, reason))
            .unwrap_or_default();
        let code = row.reason.as_ref().map_or("", |reason| reason.code.as_str());
        let mut cells = vec![
            Cell::Text(&row.claim),
            Cell::Text(&covers),
            Cell::Money(row.benefit),
            Cell::Money(row.paid),
            Cell::Text(&reason),
        ];
        cells.extend(row.cuts.iter().chain(&row.shares).map(|amount| Cell::Money(*amount)));
        if let Some((due, over)) = row.earlier {
            cells.extend([Cell::Money(due), Cell::Money(over)]);
        }
        cells.push(Cell::Text(code));
        sheet.row(&cells)
    }

    fn rejected(
        &self,
        sheet: &mut Sheet,
        line: u64,
        claim: Option<&str>,
        refusals: &[Refusal],
        row: &str,
    ) -> Result<(), Failure> {
        let separator = match self.lang {
            Language::Zh => "；",
            Language::En => "; ",
        };
        let findings: Vec<_> = refusals.iter().map(Refusal::finding).collect();
        let code = refusals.iter().map(|r| r.code.0).collect::<Vec<_>>().join("+");
        let reason = findings
            .iter()
            .map(|f| texts::message(self.lang, f))
            .collect::<Vec<_>>()
            .join(separator);
        let help = findings
            .iter()
            .filter_map(|f| texts::help(self.lang, f))
            .collect::<Vec<_>>()
            .join(separator);
        sheet.row(&[
            Cell::Whole(line),
            Cell::Text(claim.unwrap_or_default()),
            Cell::Text(&code),
            Cell::Text(&reason),
            Cell::Text(&help),
            Cell::Text(row),
        ])
    }

    fn lines(&self, sheet: &mut Sheet) -> Result<(), Failure> {
        for line in &self.settlement.lines {
            let claim = match self.settlement.rows.get(line.row) {
                Some(Outcome::Settled(row)) => row.claim.as_str(),
                _ => "",
            };
            let mut cells = vec![
                Cell::Text(claim),
                Cell::Text(self.plan.cover_id(line.cover)),
                Cell::Text(self.plan.harm_id(line.harm)),
                Cell::Money(line.benefit),
            ];
            cells.extend(line.cuts.iter().map(|cut| Cell::Money(*cut)));
            cells.push(Cell::Money(line.paid));
            sheet.row(&cells)?;
        }
        Ok(())
    }
}
