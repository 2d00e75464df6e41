//! `anlan summary`: the document people read.

use crate::arguments::SchemeArguments;
use crate::failure::Failure;
use crate::scheme;
use crate::session::{Outcome, Session};
use anlan_compiler::summarise::{self, SummaryInput};
use anlan_lang::diag::codes;
use clap::ValueEnum;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub struct Summary {
    #[command(flatten)]
    pub scheme: SchemeArguments,
    #[arg(long, value_name = "SUMMARY_FORMAT", value_enum, default_value_t)]
    pub format: SummaryFormat,
    /// Standard output by default.
    #[arg(short, long, value_name = "OUT")]
    pub out: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum SummaryFormat {
    #[default]
    Md,
    Html,
}

impl Summary {
    pub fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        let contracts = match self.scheme.contract.is_empty() {
            true => scheme::contracts(&self.scheme.scheme)?,
            // The page is the contract's own.
            false => Vec::new(),
        };
        let Some(readable) = scheme::readable(&self.scheme, &contracts, session)? else {
            return Ok(Outcome::Refused);
        };
        let unit = readable.compiled.units.get(readable.unit);
        let (plan, input) = unit
            .and_then(|unit| SummaryInput::of(&readable.compiled, unit))
            .ok_or_else(|| Failure::new(codes::X021).path(&self.scheme.scheme))?;
        let text = match self.format {
            SummaryFormat::Md => summarise::markdown(plan, &input, session.lang),
            SummaryFormat::Html => summarise::html(plan, &input, session.lang)
                .map_err(|error| Failure::new(codes::X050).arg("reason", error.to_string()))?,
        };
        match &self.out {
            Some(path) => std::fs::write(path, text).map_err(|error| Failure::unwritable(path, &error))?,
            None => session.print(&text)?,
        }
        Ok(Outcome::Clean)
    }
}
