//! `anlan summary`: the document people read.

use crate::arguments::SchemeArguments;
use crate::failure::Failure;
use crate::session::{Outcome, Session};
use anlan_lang::diag::codes;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub struct Summary {
    #[command(flatten)]
    pub scheme: SchemeArguments,
    /// `md`
    #[arg(long, value_name = "SUMMARY_FORMAT", default_value = "md", value_parser = ["md"])]
    pub format: String,
    /// Standard output by default.
    #[arg(short, long, value_name = "OUT")]
    pub out: Option<PathBuf>,
}

impl Summary {
    pub fn run(self, _session: &mut Session) -> Result<Outcome, Failure> {
        Err(Failure::new(codes::X009).arg("command", "summary"))
    }
}
