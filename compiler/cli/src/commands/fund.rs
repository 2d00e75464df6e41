//! `anlan fund`: premium and subsidy by region and payer.

use crate::arguments::{DecisionArguments, ResultFormat, SchemeArguments};
use crate::failure::Failure;
use crate::scheme::{self, Runnable};
use crate::session::{Outcome, Session};
use crate::{
    grid::{Grid, amount},
    tables,
};
use anlan_compiler::plan::Use;
use anlan_compiler::report::fund::{self as report, Fund as Report};
use anlan_lang::diag::Arg;
use serde_json::{Map, Value, json};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub struct Fund {
    #[command(flatten)]
    pub scheme: SchemeArguments,
    #[command(flatten)]
    pub decisions: DecisionArguments,
    /// CSV `region,persons,households`; without it, the figures that the document states.
    #[arg(long, value_name = "FILE")]
    pub bases: Option<PathBuf>,
    #[arg(long, value_name = "RESULT_FORMAT", value_enum, default_value_t)]
    pub format: ResultFormat,
}

impl Fund {
    pub fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        let Some(Runnable { plan, .. }) = scheme::runnable(&self.scheme, session)? else {
            return Ok(Outcome::Refused);
        };
        let plan = &plan;
        scheme::require_parameters(plan, Use::Premium)?;
        let decisions = scheme::decisions(plan, &self.decisions)?;
        let bases = self.bases.as_deref().map(tables::bases).transpose()?;
        let fund = match report::fund(plan, bases.as_deref(), &decisions) {
            Ok(fund) => fund,
            Err(findings) => return scheme::refuse(session, findings),
        };
        let text = match self.format {
            ResultFormat::Json => format!("{:#}\n", json(&fund)),
            ResultFormat::Human => human(&fund, session, &plan.scheme.title),
        };
        session.print(&text)?;
        Ok(Outcome::Clean)
    }
}

fn json(fund: &Report) -> Value {
    let shares = |amounts: &[anlan_compiler::money::Fen]| -> Map<String, Value> {
        let pairs = fund.payers.iter().zip(amounts);
        pairs
            .map(|(payer, amount)| (payer.clone(), json!(amount.to_string())))
            .collect()
    };
    let rows: Vec<Value> = fund
        .rows
        .iter()
        .map(|row| json!({"region": row.region, "premium": row.premium.to_string(), "shares": shares(&row.shares)}))
        .collect();
    json!({"rows": rows, "total": fund.total.to_string(), "totals": shares(&fund.totals)})
}

fn human(fund: &Report, session: &Session, title: &anlan_compiler::plan::Names) -> String {
    let title = Arg::from(title);
    let mut grid = Grid::new(session.text("fund-title", [("scheme", title)]));
    let mut heading = vec![session.text("fund-region", []), session.text("fund-premium", [])];
    heading.extend(fund.payers.iter().cloned());
    grid.heading(heading);
    for row in &fund.rows {
        let mut cells = vec![row.region.clone(), amount(row.premium)];
        cells.extend(row.shares.iter().copied().map(amount));
        grid.row(cells);
    }
    let mut total = vec![session.text("fund-total", []), amount(fund.total)];
    total.extend(fund.totals.iter().copied().map(amount));
    grid.row(total);
    grid.note(session.text("fund-unit", []));
    grid.to_string()
}
