//! The `anlan` command line: the only part that touches files, the environment and the terminal.

mod arguments;
mod claims;
mod commands;
mod contracts;
mod failure;
mod grid;
mod help;
mod language;
mod load;
mod output;
mod progress;
mod render;
mod revision;
mod scheme;
mod session;
mod tables;

use clap::Parser;
use failure::Failure;
use session::{Outcome, Session};
use std::ffi::OsString;
use std::process::ExitCode;

/// A check makes very many small pieces; the system's allocator would take a fifth of the time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let outcome = match arguments::Cli::try_parse_from(&arguments) {
        Ok(cli) => {
            let mut session = Session::new(cli.lang.unwrap_or_else(language::of_environment));
            let outcome = commands::run(cli.command, &mut session);
            finish(&mut session, outcome)
        }
        Err(error) => {
            let mut session = Session::new(language::asked(&arguments).unwrap_or_else(language::of_environment));
            let outcome = help::answer(&mut session, &error, &arguments);
            finish(&mut session, outcome)
        }
    };
    match outcome {
        Outcome::Clean => ExitCode::SUCCESS,
        Outcome::Found => ExitCode::from(1),
        Outcome::Refused => ExitCode::from(2),
    }
}

/// Shows why a command could not run, if so, and hands out what is still buffered.
fn finish(session: &mut Session, outcome: Result<Outcome, Failure>) -> Outcome {
    let flushed = session.flush();
    match outcome.and_then(|outcome| flushed.map(|()| outcome)) {
        Ok(outcome) => outcome,
        Err(failure) => {
            render::failure(session, &failure);
            Outcome::Refused
        }
    }
}
