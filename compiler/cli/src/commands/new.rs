//! `anlan new`: a commented template.

use crate::failure::Failure;
use crate::session::{Outcome, Session};
use anlan_lang::diag::codes;

#[derive(Debug, clap::Args)]
pub struct New {
    #[arg(value_name = "NAME")]
    pub name: String,
    #[arg(long, value_name = "NAME")]
    pub framework: Option<String>,
}

impl New {
    pub fn run(self, _session: &mut Session) -> Result<Outcome, Failure> {
        Err(Failure::new(codes::X009).arg("command", "new"))
    }
}
