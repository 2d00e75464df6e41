//! Findings: their model and the registry of codes.

pub mod codes;
pub mod model;

pub use model::*;
