//! `anlan doc`: the reference of the standard library.

use crate::failure::Failure;
use crate::session::{Outcome, Session};
use anlan_lang::diag::codes;

#[derive(Debug, clap::Args)]
pub struct Doc {
    #[arg(value_name = "DOMAIN")]
    pub domain: Option<String>,
}

impl Doc {
    pub fn run(self, _session: &mut Session) -> Result<Outcome, Failure> {
        Err(Failure::new(codes::X009).arg("command", "doc"))
    }
}
