//! `anlan explain`: one finding code, or all.

use crate::failure::Failure;
use crate::session::{Outcome, Session};
use anlan_lang::diag::codes;

#[derive(Debug, clap::Args)]
pub struct Explain {
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
}

impl Explain {
    pub fn run(self, _session: &mut Session) -> Result<Outcome, Failure> {
        Err(Failure::new(codes::X009).arg("command", "explain"))
    }
}
