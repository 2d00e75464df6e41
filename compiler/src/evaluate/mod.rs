//! The reference evaluator: what one claim is owed, and what a set of claims is paid (SEMANTICS §1–6).
//!
//! It reads the plan and nothing else, touches no file, and says every refusal as a [`Refusal`] that the shell words.
//!
//! - [`record`]: flat text fields → typed facts.
//! - [`assess`](fn@assess): one claim → covers that pay, lines with traced steps, or the reason why it is 0.
//! - [`settle`](fn@settle): a set of claims → benefits, cuts of every limit, shares; row order never matters.

mod amount;
mod assess;
mod calendar;
mod decisions;
mod evaluator;
pub(crate) mod exact;
mod meeting;
mod model;
mod own;
mod reason;
pub mod record;
mod reproduce;
mod settle;
mod sharing;
mod text;
mod walk;
mod wording;

pub use assess::assess;
pub use evaluator::Evaluator;

pub(crate) use decisions::not_taken;
pub use model::*;
pub use reproduce::{Shown, premiums, reproduce, settled};
pub(crate) use settle::key_facts;
pub use settle::{Looker, Settler, settle};
pub(crate) use text::decimal;
pub use text::trimmed;

#[cfg(test)]
pub(crate) mod sketch;
#[cfg(test)]
mod tests;
