//! The decision plan and how a resolved scheme is lowered to it.

pub mod diagram;
pub mod model;

pub use model::*;
