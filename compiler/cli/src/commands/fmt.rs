//! `anlan fmt`: the one layout.

use crate::arguments::language;
use crate::failure::Failure;
use crate::session::{Outcome, Session};
use anlan_lang::diag::codes;
use anlan_lang::texts::Language;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub struct Fmt {
    /// Files or folders; the current folder by default; `-`: standard input to standard output.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[arg(long, value_name = "LANG", value_parser = language)]
    pub keywords: Option<Language>,
    #[arg(long)]
    pub check: bool,
}

impl Fmt {
    pub fn run(self, _session: &mut Session) -> Result<Outcome, Failure> {
        Err(Failure::new(codes::X009).arg("command", "fmt"))
    }
}
