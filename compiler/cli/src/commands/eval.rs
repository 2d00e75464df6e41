//! `anlan eval`: one claim: amounts, steps, articles.

use crate::arguments::{DecisionArguments, ResultFormat, SchemeArguments};
use crate::failure::Failure;
use crate::session::{Outcome, Session};
use anlan_lang::diag::codes;

#[derive(Debug, clap::Args)]
pub struct Eval {
    #[command(flatten)]
    pub scheme: SchemeArguments,
    #[command(flatten)]
    pub decisions: DecisionArguments,
    /// A flat JSON object, or a file that holds one.
    #[arg(long, value_name = "CLAIM")]
    pub claim: String,
    #[arg(long)]
    pub explain: bool,
    #[arg(long, value_name = "RESULT_FORMAT", value_enum, default_value_t)]
    pub format: ResultFormat,
}

impl Eval {
    pub fn run(self, _session: &mut Session) -> Result<Outcome, Failure> {
        Err(Failure::new(codes::X009).arg("command", "eval"))
    }
}
