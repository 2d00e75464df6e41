//! TITLE: what claims are paid.
//!
//! Two calls: [`assess`] for one claim's benefit ([`explain`] with every step), [`settle`] for limits and shares.
//! Amounts are in 分, exact, and refused where they do not fit.

#![forbid(unsafe_code)]
#![allow(dead_code, reason = "what this scheme does not use, another one does")]

mod acceptance;
pub mod assessment;
mod book;
pub mod claim;
mod group;
pub mod json;
mod limits;
pub mod model;
pub mod reading;
pub mod rows;
mod rules;
pub mod scheme;
pub mod settlement;
pub mod values;

pub use assessment::{Assessment, Explanation, Reason, assess, explain};
pub use claim::{Claim, Field};
pub use model::{Inputs, Refusal};
pub use settlement::{Paid, Row, Settled, settle, settle_rows};
