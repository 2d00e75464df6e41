//! From trees to scopes: imports, what each scheme, framework or contract can name, and the names pass.
//!
//! | part | what it does |
//! |---|---|
//! | [`imports`], [`unread`] | which file `use a.b` names; circles; imports of which nothing is read |
//! | [`domain`], [`areas`], [`vocabulary`] | domains, areas, facts and units of a set of imports, built once and shared |
//! | [`link`], [`collect`] | one [`Scope`] for each body: its vocabulary, its own names, its frameworks or scheme |
//! | [`scope`] | the lookups |
//! | [`walk`] | one walk over all clauses, for passes that look at names or amounts |
//! | [`names`] | what is unknown, and what is never read |
//!
//! # What a file sees
//!
//! The core library without an import (units, facts, harms, roles, liability, dwelling kinds), the vocabulary of the
//! files it imports itself, and its own. Imports are not passed on. A framework is found by name in the file itself or
//! in one that it imports, as is a contract's scheme; of a framework a scheme sees the values that it adds to domains,
//! and nothing else; a contract sees all that its scheme sees and declares.

mod areas;
mod collect;
mod domain;
mod imports;
mod link;
pub mod names;
pub mod nearest;
mod scope;
mod unread;
mod vocabulary;
pub mod walk;

pub use areas::{Area, AreaId, Areas};
pub use domain::{DomainScope, DomainValueId};
pub use imports::Modules;
pub use link::{BodyRef, Built, Linker};
pub use scope::{
    BodyKind, FactScope, Frameworks, GroupRef, Item, ParameterRef, PerilSet, PerilTerm, Referent, Scope, TableRef,
};

/// Ids that the data contract fixes (DESIGN §5) and the language itself reads.
pub mod id {
    pub const PERIL: &str = "peril";
    /// The cause of a peril (`海啸 由 地震 引起`), in the domain of perils
    pub const CAUSE: &str = "cause";
    pub const HARM: &str = "harm";
    pub const ROLE: &str = "role";
    pub const LIABLE: &str = "liable";
    pub const REGION: &str = "region";
    pub const DATE: &str = "date";
    pub const EVENT: &str = "event";
    pub const CLAIM: &str = "claim";
    pub const PERSON: &str = "person";
    pub const HOUSEHOLD: &str = "household";
    pub const DWELLING_KIND: &str = "dwelling_kind";
    pub const SUM_INSURED: &str = "sum_insured";
    pub const POLICY_START: &str = "policy_start";
    pub const POLICY_END: &str = "policy_end";
}

#[cfg(test)]
mod tests;
