//! `anlan test`: the examples written in the files.

use crate::arguments::ResultFormat;
use crate::failure::Failure;
use crate::session::{Outcome, Session};
use anlan_lang::diag::codes;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub struct Test {
    /// Files or folders; the current folder by default.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[arg(long, value_name = "RESULT_FORMAT", value_enum, default_value_t)]
    pub format: ResultFormat,
}

impl Test {
    pub fn run(self, _session: &mut Session) -> Result<Outcome, Failure> {
        Err(Failure::new(codes::X009).arg("command", "test"))
    }
}
