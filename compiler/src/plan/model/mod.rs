//! The decision plan: what a scheme *means*, with no trace of how it was written.
//!
//! Everything downstream (evaluators, checks, summaries, diffs, emitters) reads this and nothing else.
//! See SEMANTICS §8 in `docs/`. Items are ordered by concept (first article, then id), never by file
//! position, except where order carries meaning (pipelines, ranks, insurers, payers, layers).

mod amounts;
mod covers;
mod examples;
mod limits;
mod money;
mod statement;
mod time;
mod unknowns;
mod vocabulary;

pub use amounts::*;
pub use covers::*;
pub use examples::*;
pub use limits::*;
pub use money::*;
pub use statement::*;
pub use time::*;
pub use unknowns::*;
pub use vocabulary::*;

use crate::plan::diagram::{Diagrams, NodeId};
use anlan_lang::tree::Date;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Bumped when the shape or the meaning of the plan changes.
pub const PLAN_VERSION: u32 = 1;

macro_rules! index {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub u32);
        impl $name {
            pub fn index(self) -> usize { self.0 as usize }
        }
        impl From<usize> for $name {
            // Counts of plan items stay far below 2^32: sources are capped at 4 MB.
            fn from(i: usize) -> Self { $name(i as u32) }
        }
    )*};
}
index! {
    /// Index into [`Plan::domains`]
    DomainId,
    /// Index into [`Domain::values`]
    ValueId,
    /// Index into [`Plan::facts`]
    FactId,
    /// Index into [`Plan::parameters`]
    ParameterId,
    /// Index into [`Plan::decisions`]
    DecisionId,
    /// Index into [`Plan::funds`]
    FundId,
    /// Index into [`Plan::covers`]
    CoverId,
    /// Index into [`Plan::pipelines`]
    PipelineId,
    /// Index into [`Plan::limits`]
    LimitId,
    /// Index into the side table of places ([`crate::plan::Places`]); never part of the meaning
    Origin,
}

/// A name in both languages. `en` is the id where no English name was given.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Names {
    pub zh: String,
    pub en: String,
}

/// Where a plan element came from, for findings and traces. Articles are part of the plan (traces cite
/// them); the origin is not.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Source {
    pub articles: Vec<String>,
    #[serde(skip)]
    pub origin: Option<Origin>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Plan {
    pub version: u32,
    pub scheme: Header,
    /// Shared by all plans that do not extend them
    #[serde(with = "vocabulary::shared")]
    pub domains: Vec<Arc<Domain>>,
    pub facts: Vec<Fact>,
    pub calendar: Calendar,
    pub parameters: Vec<Parameter>,
    /// List parameters that shape the diagrams; an unset one stands for no values at all.
    pub shaping: Vec<ParameterId>,
    pub decisions: Vec<Decision>,
    pub funds: Vec<Fund>,
    pub covers: Vec<Cover>,
    pub diagrams: Diagrams,
    /// Facts (with `harm`) → the set of covers that apply and have a benefit for the harm; leaf [`crate::plan::diagram::Leaf::Covers`].
    pub applying: NodeId,
    pub meeting: Meeting,
    /// One per cover × harm
    pub benefits: Vec<Benefit>,
    pub pipelines: Vec<Pipeline>,
    /// Scoped steps in settlement order: own limits of schedules first, then limits (SEMANTICS §4.5).
    pub limits: Vec<Limit>,
    pub premium: Option<Premium>,
    pub split: Option<Split>,
    pub coinsurance: Option<Coinsurance>,
    pub tower: Option<Tower>,
    pub covenants: Vec<Covenant>,
    pub metrics: Vec<Metric>,
    /// What no evaluator reads: provisions, assumptions, articles. For summaries, questions and diffs.
    pub statement: Statement,
}

/// Identity of the scheme.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Header {
    pub id: String,
    pub title: Names,
    pub document: Option<DocumentInfo>,
    /// Ids of the frameworks it conforms to.
    pub frameworks: Vec<String>,
    /// Id of the contract bound in, if any.
    pub contract: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentInfo {
    pub number: String,
    pub numbered: bool,
    pub issued: Option<Date>,
    pub effective: Option<Date>,
    pub valid_until: Option<Date>,
    pub until_decision: Option<DecisionId>,
    pub source: Source,
}

impl Plan {
    /// Whether amounts can be reckoned from the fact: money, a count or a number.
    pub fn is_quantity(&self, fact: FactId) -> bool {
        let kind = self.facts.get(fact.index()).map(|fact| &fact.kind);
        matches!(
            kind,
            Some(FactKind::Money | FactKind::Count { .. } | FactKind::Number { .. })
        )
    }
    /// The id of a cover; empty for an index of another plan.
    pub fn cover_id(&self, cover: CoverId) -> &str {
        self.covers.get(cover.index()).map_or("", |c| c.id.as_str())
    }
    /// The id of a value of the domain `harm`; empty for an index of another plan.
    pub fn harm_id(&self, harm: ValueId) -> &str {
        let domain = self.domains.iter().find(|d| d.id == crate::resolve::id::HARM);
        domain
            .and_then(|d| d.values.get(harm.index()))
            .map_or("", |v| v.id.as_str())
    }
}
