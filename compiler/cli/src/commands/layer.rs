//! `anlan layer`: an event loss through the layers.

use crate::arguments::{DecisionArguments, ResultFormat, SchemeArguments};
use crate::failure::Failure;
use crate::scheme::{self, Runnable};
use crate::session::{Outcome, Session};
use crate::{
    grid::{Grid, amount},
    tables,
};
use anlan_compiler::money::Ratio;
use anlan_compiler::plan::Use;
use anlan_compiler::report::{fund, layer};
use anlan_lang::diag::{Arg, codes};
use anlan_lang::texts;
use serde_json::{Map, Value, json};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub struct Layer {
    #[command(flatten)]
    pub scheme: SchemeArguments,
    #[command(flatten)]
    pub decisions: DecisionArguments,
    /// An amount: `120亿元`, or a number of yuan
    #[arg(long, value_name = "AMOUNT")]
    pub loss: String,
    /// Bases of the premium, where a layer is a multiple of it
    #[arg(long, value_name = "FILE")]
    pub bases: Option<PathBuf>,
    #[arg(long, value_name = "RESULT_FORMAT", value_enum, default_value_t)]
    pub format: ResultFormat,
}

impl Layer {
    pub fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        let Some(Runnable { plan, .. }) = scheme::runnable(&self.scheme, session)? else {
            return Ok(Outcome::Refused);
        };
        let plan = &plan;
        scheme::require_parameters(plan, Use::Tower)?;
        let decisions = scheme::decisions(plan, &self.decisions)?;
        let wrong = || Failure::new(codes::V224).arg("value", self.loss.clone());
        let loss = tables::yuan(&self.loss).ok_or_else(wrong)?;
        let premium = match self.bases.as_deref().map(tables::bases).transpose()? {
            None => None,
            Some(bases) => match fund::fund(plan, Some(&bases), &decisions) {
                Ok(fund) => Some(fund.total),
                Err(findings) => return scheme::refuse(session, findings),
            },
        };
        let layers = match layer::layer(plan, loss, &decisions, premium) {
            Ok(layers) => layers,
            Err(findings) => return scheme::refuse(session, findings),
        };
        let text = match self.format {
            ResultFormat::Json => format!("{:#}\n", to_json(&layers)),
            ResultFormat::Human => human(&layers, session, &plan.scheme.title),
        };
        session.print(&text)?;
        Ok(Outcome::Clean)
    }
}

fn to_json(layers: &layer::Layers) -> Value {
    let parts: Vec<Value> = layers
        .layers
        .iter()
        .map(|part| {
            let shares: Map<String, Value> = part
                .shares
                .iter()
                .map(|(insurer, amount)| (insurer.clone(), json!(amount.to_string())))
                .collect();
            json!({"name": part.name, "amount": part.amount.to_string(), "shares": shares})
        })
        .collect();
    json!({
        "loss": layers.loss.to_string(),
        "layers": parts,
        "unpaid": layers.unpaid.to_string(),
        "ratio": digits(layers.ratio),
        "ratio_exact": layers.ratio.to_string(),
    })
}

/// Ten decimals, rounded down; `ratio_exact` holds `n/d`.
fn digits(ratio: Ratio) -> String {
    const SCALE: i128 = 10_000_000_000;
    let scaled = ratio.numerator().saturating_mul(SCALE).div_euclid(ratio.denominator());
    let text = format!("{}.{:010}", scaled.div_euclid(SCALE), scaled.rem_euclid(SCALE));
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn human(layers: &layer::Layers, session: &Session, title: &anlan_compiler::plan::Names) -> String {
    let loss = ("loss", Arg::Money(layers.loss.0));
    let mut grid = Grid::new(session.text("layer-title", [("scheme", Arg::from(title)), loss]));
    grid.heading(vec![
        session.text("layer-name", []),
        session.text("layer-width", []),
        session.text("layer-amount", []),
    ]);
    for part in &layers.layers {
        let width = part.width.map_or_else(|| "—".to_owned(), amount);
        grid.row(vec![part.name.clone(), width, amount(part.amount)]);
        for (insurer, share) in &part.shares {
            grid.row(vec![format!("  {insurer}"), String::new(), amount(*share)]);
        }
    }
    grid.row(vec![
        session.text("layer-unpaid", []),
        String::new(),
        amount(layers.unpaid),
    ]);
    grid.row(vec![session.text("layer-sum", []), String::new(), amount(layers.loss)]);
    let (numerator, denominator) = (layers.ratio.numerator(), layers.ratio.denominator());
    let ratio = texts::ratio(numerator, denominator);
    grid.note(session.text("layer-ratio", [("ratio", Arg::Text(ratio))]));
    grid.note(session.text("fund-unit", []));
    grid.to_string()
}
