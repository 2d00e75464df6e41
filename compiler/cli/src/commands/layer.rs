//! `anlan layer`: an event loss through the layers.

use crate::arguments::{DecisionArguments, ResultFormat, SchemeArguments};
use crate::failure::Failure;
use crate::session::{Outcome, Session};
use anlan_lang::diag::codes;

#[derive(Debug, clap::Args)]
pub struct Layer {
    #[command(flatten)]
    pub scheme: SchemeArguments,
    #[command(flatten)]
    pub decisions: DecisionArguments,
    /// An amount: `120亿元`, or a number of yuan
    #[arg(long, value_name = "AMOUNT")]
    pub loss: String,
    #[arg(long, value_name = "RESULT_FORMAT", value_enum, default_value_t)]
    pub format: ResultFormat,
}

impl Layer {
    pub fn run(self, _session: &mut Session) -> Result<Outcome, Failure> {
        Err(Failure::new(codes::X009).arg("command", "layer"))
    }
}
