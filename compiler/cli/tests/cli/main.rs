//! The built `anlan`, driven as its users drive it: one file a command. One binary, since each would link the whole compiler.

mod check;
mod claims_files;
mod contracts;

mod diff;
mod doc;
mod emit;
mod eval;
mod exposure;
#[cfg(feature = "files")]
mod files;
mod fmt;
mod git_setup;
mod line;
mod mutants;
mod new;
mod pages;
mod questions;
mod reports;
mod settle;
mod summary;
mod support;
mod test;
mod tutorial;
mod wider;
mod witnesses;
