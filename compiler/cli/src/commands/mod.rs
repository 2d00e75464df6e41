//! One file per command.

mod audit;
mod check;
mod diff;
mod doc;
mod emit;
mod eval;
mod explain;
mod exposure;
mod fmt;
mod fund;
mod layer;
mod new;
mod questions;
mod settle;
mod summary;
mod test;

use crate::failure::Failure;
use crate::session::{Outcome, Session};

#[derive(Debug, clap::Subcommand)]
pub enum Command {
    Check(check::Check),
    Test(test::Test),
    Fmt(fmt::Fmt),
    Eval(eval::Eval),
    Settle(settle::Settle),
    Fund(fund::Fund),
    Layer(layer::Layer),
    Exposure(exposure::Exposure),
    Audit(audit::Audit),
    Emit(emit::Emit),
    Summary(summary::Summary),
    Questions(questions::Questions),
    Diff(diff::Diff),
    Explain(explain::Explain),
    New(new::New),
    Doc(doc::Doc),
}

pub fn run(command: Command, session: &mut Session) -> Result<Outcome, Failure> {
    match command {
        Command::Check(check) => check.run(session),
        Command::Test(test) => test.run(session),
        Command::Fmt(fmt) => fmt.run(session),
        Command::Eval(eval) => eval.run(session),
        Command::Settle(settle) => settle.run(session),
        Command::Fund(fund) => fund.run(session),
        Command::Layer(layer) => layer.run(session),
        Command::Exposure(exposure) => exposure.run(session),
        Command::Audit(audit) => audit.run(session),
        Command::Emit(emit) => emit.run(session),
        Command::Summary(summary) => summary.run(session),
        Command::Questions(questions) => questions.run(session),
        Command::Diff(diff) => diff.run(session),
        Command::Explain(explain) => explain.run(session),
        Command::New(new) => new.run(session),
        Command::Doc(doc) => doc.run(session),
    }
}
