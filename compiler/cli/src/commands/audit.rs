//! `anlan audit`: covenants against reported figures.

use crate::arguments::{ResultFormat, SchemeArguments};
use crate::failure::Failure;
use crate::session::{Outcome, Session};
use anlan_lang::diag::codes;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub struct Audit {
    #[command(flatten)]
    pub scheme: SchemeArguments,
    /// Reported figures
    #[arg(long, value_name = "FILE")]
    pub figures: PathBuf,
    #[arg(long, value_name = "RESULT_FORMAT", value_enum, default_value_t)]
    pub format: ResultFormat,
}

impl Audit {
    pub fn run(self, _session: &mut Session) -> Result<Outcome, Failure> {
        Err(Failure::new(codes::X009).arg("command", "audit"))
    }
}
