//! From trees to scopes: imports, what each scheme, framework or contract can name, and the names pass.

mod areas;
mod collect;
mod domain;
mod imports;
mod link;
pub mod names;
pub mod nearest;
mod scope;
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
