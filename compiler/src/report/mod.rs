//! Reports that are not claims: covenants, premium and subsidy, losses through the layers, open questions.

pub mod audit;
pub mod bearing;
mod decided;
pub mod exposure;
pub mod fund;
pub mod layer;
pub mod questions;
