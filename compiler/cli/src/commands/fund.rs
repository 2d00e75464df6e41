//! `anlan fund`: premium and subsidy by region and payer.

use crate::arguments::{DecisionArguments, ResultFormat, SchemeArguments};
use crate::failure::Failure;
use crate::session::{Outcome, Session};
use anlan_lang::diag::codes;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub struct Fund {
    #[command(flatten)]
    pub scheme: SchemeArguments,
    #[command(flatten)]
    pub decisions: DecisionArguments,
    /// CSV `region,persons,households`
    #[arg(long, value_name = "FILE")]
    pub bases: PathBuf,
    #[arg(long, value_name = "RESULT_FORMAT", value_enum, default_value_t)]
    pub format: ResultFormat,
}

impl Fund {
    pub fn run(self, _session: &mut Session) -> Result<Outcome, Failure> {
        Err(Failure::new(codes::X009).arg("command", "fund"))
    }
}
