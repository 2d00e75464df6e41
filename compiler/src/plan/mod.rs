//! The decision plan and how a resolved scheme is lowered to it.
//!
//! | part | what it does |
//! |---|---|
//! | [`model`] | the plan itself, with no trace of how it was written |
//! | [`diagram`] | hash-consed decision diagrams and their operations |
//! | [`places`] | where the plan's parts stand in the sources, kept beside the plan |
//! | [`lower`](mod@lower) | from a resolved scheme to the plan |
//! | [`linear`](mod@linear) | the normal form of an amount |
//! | [`hash`](mod@hash) | the hash that names a plan |
//! | [`reads`] | which parameters, decisions and funds a use of the plan reads |

pub mod diagram;
pub mod hash;
pub mod linear;
pub mod lower;
pub mod model;
pub mod places;
pub mod reads;

pub use hash::hash;
pub use lower::lower;
pub use model::*;
pub use places::{Part, Places};
pub use reads::{Use, missing_parameters};

use anlan_lang::diag::Finding;

/// A scheme (and perhaps a contract) as a plan, with the places of its parts and what was found on the way.
///
/// The plan is whole even when there are findings: what could not be lowered is left out and reported.
#[derive(Debug, Clone)]
pub struct Lowered {
    pub plan: Plan,
    pub places: Places,
    pub findings: Vec<Finding>,
}
