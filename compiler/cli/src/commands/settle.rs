//! `anlan settle`: a file of claims.

use crate::arguments::{DecisionArguments, SchemeArguments};
use crate::failure::Failure;
use crate::session::{Outcome, Session};
use anlan_lang::diag::codes;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub struct Settle {
    #[command(flatten)]
    pub scheme: SchemeArguments,
    #[command(flatten)]
    pub decisions: DecisionArguments,
    /// CSV or JSON Lines, by the ending.
    #[arg(value_name = "CLAIMS")]
    pub claims: PathBuf,
    #[arg(short, long, value_name = "OUT")]
    pub out: PathBuf,
    #[arg(long, value_name = "FILE")]
    pub rejects: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub bases: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub earlier: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub lines: Option<PathBuf>,
    /// `utf-8` or `gb18030`
    #[arg(long, value_name = "ENCODING", default_value = "utf-8", value_parser = ["utf-8", "gb18030"])]
    pub encoding: String,
}

impl Settle {
    pub fn run(self, _session: &mut Session) -> Result<Outcome, Failure> {
        Err(Failure::new(codes::X009).arg("command", "settle"))
    }
}
