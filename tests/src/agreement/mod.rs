//! Every evaluator against the reference: the same claims, the same cents, the same reasons.
//!
//! | part | what it holds |
//! |---|---|
//! | [`subjects`] | the plans that are settled, of policies and of generated schemes |
//! | [`worlds`] | generated schemes as something that can run, and what they hold |
//! | [`claims`] | claims that aim at the edges of a plan |
//! | [`reference`](mod@reference) | what the reference says of them |
//! | [`engine`] | what an evaluator under test offers, and the comparison |
//! | [`engines`] | one file for each evaluator under test |

pub mod claims;
pub mod engine;
pub mod engines;
pub mod reference;
pub mod subjects;
pub mod worlds;
