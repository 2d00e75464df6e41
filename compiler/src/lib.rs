//! The Anlan compiler: a pure library. It touches no file, clock or environment.

pub mod money;
pub mod plan;
