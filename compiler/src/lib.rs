//! The Anlan compiler: a pure library. It touches no file, clock or environment.

pub mod analyse;
pub mod check;
pub mod columns;
pub mod compile;
pub mod diff;
pub mod emit;
pub mod evaluate;
pub mod examples;
pub mod money;
pub mod plan;
pub mod project;
pub mod report;
pub mod resolve;
pub mod stdlib;
pub mod summarise;
pub mod types;

#[cfg(test)]
mod testing;

pub use check::{Checked, check, check_only};
pub use compile::{Compiled, CompiledUnit, compile};
