//! What every command is given: the user's language and where its answer goes.

use crate::failure::Failure;
use crate::output::Output;
use anlan_lang::diag::{Arg, Args, codes};
use anlan_lang::texts::{self, Language};
use std::io::Write;

/// How a command ended; the exit code is 0, 1 or 2 in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Clean,
    /// It ran, and found an error or a denied finding, or an example failed.
    Found,
    /// It could not run. What stopped it has been shown already; otherwise return a [`Failure`].
    Refused,
}

impl Outcome {
    /// [`Outcome::Found`] where `found`.
    pub fn found_if(found: bool) -> Self {
        if found { Outcome::Found } else { Outcome::Clean }
    }
}

#[derive(Debug)]
pub struct Session {
    pub lang: Language,
    /// Standard output. A reader that went away is no error.
    pub out: Output,
}

impl Session {
    pub fn new(lang: Language) -> Self {
        Session {
            lang,
            out: Output::stdout(),
        }
    }

    /// Writes to standard output as it is.
    pub fn print(&mut self, text: &str) -> Result<(), Failure> {
        self.out.write_all(text.as_bytes()).map_err(output_failed)
    }

    /// Writes a line to standard output.
    pub fn line(&mut self, text: &str) -> Result<(), Failure> {
        self.print(text)?;
        self.print("\n")
    }

    pub fn flush(&mut self) -> Result<(), Failure> {
        self.out.flush().map_err(output_failed)
    }

    /// A text of the catalogue in the user's language.
    pub fn text<const N: usize>(&self, id: &str, args: [(&'static str, Arg); N]) -> String {
        texts::text(self.lang, id, &Args::from(args))
    }
}

/// Standard output cannot be written (a full disk; a closed pipe is no failure).
pub fn output_failed(error: std::io::Error) -> Failure {
    Failure::new(codes::X012).arg("path", Arg::Message("stdout")).io(&error)
}
