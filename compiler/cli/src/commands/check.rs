//! `anlan check`: findings.

use crate::failure::Failure;
use crate::render::Format;
use crate::session::{Outcome, Session};
use anlan_lang::diag::codes;
use clap::ValueEnum;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub struct Check {
    /// Files or folders; the current folder by default.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub format: Format,
    /// What fails the check besides errors.
    #[arg(long, value_name = "LEVEL", value_enum, value_delimiter = ',')]
    pub deny: Vec<Deny>,
}

/// What `--deny` names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    Warnings,
    Questions,
}

impl Check {
    pub fn run(self, _session: &mut Session) -> Result<Outcome, Failure> {
        crate::load::projects(&self.paths)?;
        Err(Failure::new(codes::X009).arg("command", "check"))
    }
}
