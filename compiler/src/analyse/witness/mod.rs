//! From a path through diagrams to a claim that `eval` or `settle` reproduces.
//!
//! A path fixes only the facts that brought a rule to its verdict. Evaluation may read more: other covers are tested,
//! limits filter, keys group. So a claim is completed by walking the diagrams as evaluation does, towards the covers and
//! pipelines that the verdict is about, until nothing that evaluation requires is missing.

mod crowd;
mod filling;
mod settings;
mod showing;
mod values;
mod walking;

pub use crowd::{Sought, agrees, crowd, dearest, strictly};
use settings::{Unset, bases, whole};
pub use showing::{Occasion, Offer, Trial, all, occasions, showing};
use values::{ample, quantities_read, quantity, sample_key};
pub use values::{placed, sample, spelt, value_name};

use super::amounts::{Atom, Difference, Env, pipeline_bound, point};
use super::payable::{class_of, fact_named};
use crate::money::{Fen, MAX_FEN, RATIO_GRID, Ratio};
use crate::plan::diagram::{Edge, Leaf, Node, NodeId};
use crate::plan::reads::Reads;
use crate::plan::{
    Amount, Class, Count, CoverId, DecisionId, DecisionKey, Fact, FactId, FactKind, FactRole, GroupKey, LimitRule,
    Operation, ParameterId, ParameterKind, ParameterValue, Pipeline, PipelineId, Plan, Term, ValueId,
};
use crate::resolve::id;
use anlan_lang::diag::Witness;
use anlan_lang::texts::{Language, money};
use anlan_lang::tree::Date;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// An expense, loss or sum large enough to reach the caps of most schemes: one hundred million 元.
const AMPLE: i64 = 10_000_000_000;
/// Months, mu or head enough for any cap on them.
const AMPLE_UNITS: i64 = 1_000_000;
/// The day of loss where the term leaves it open.
const SOME_DAY: &str = "2024-06-01";

/// A claim in the data contract's form, under construction.
#[derive(Debug, Clone)]
pub struct Claim<'a> {
    plan: &'a Plan,
    /// Classes of facts, fixed by the path or chosen on the way
    classes: BTreeMap<FactId, u16>,
    fields: BTreeMap<String, String>,
    decided: BTreeSet<DecisionId>,
    wanted: Vec<CoverId>,
    /// No cover is to pay.
    unpaid: bool,
    pipelines: Vec<PipelineId>,
    /// Values of quantities, in their units
    values: BTreeMap<FactId, Ratio>,
    /// Values of what the scheme leaves open
    open: BTreeMap<Atom, Ratio>,
    day: Option<Date>,
    /// What `eval` and `settle` give where nothing but the wanted covers pays, in 分
    promised: (Option<i64>, Option<i64>),
    /// The covers that the completed claim is paid under are the wanted ones.
    alone: bool,
    /// Shown by `settle`, and with as much of what pays as may be.
    settled: bool,
}

impl<'a> Claim<'a> {
    /// The facts that the path fixes.
    pub fn new(plan: &'a Plan, path: &[(FactId, u16)]) -> Self {
        let mut claim = Claim {
            plan,
            classes: BTreeMap::new(),
            fields: BTreeMap::new(),
            decided: BTreeSet::new(),
            wanted: Vec::new(),
            unpaid: false,
            pipelines: Vec::new(),
            values: BTreeMap::new(),
            open: BTreeMap::new(),
            day: None,
            promised: (None, None),
            alone: false,
            settled: false,
        };
        for (fact, class) in path {
            claim.fix(*fact, *class);
        }
        claim
    }
    /// Sets a fact by its id, unless the plan lacks it.
    pub fn with(mut self, fact: &str, value: impl Into<String>) -> Self {
        if self.plan.facts.iter().any(|f| f.id == fact) {
            self.fields.insert(fact.to_owned(), value.into());
        }
        self
    }
    /// Sets an enumeration fact.
    pub fn with_value(mut self, fact: &str, value: ValueId) -> Self {
        let plan = self.plan;
        let Some(id) = fact_named(plan, fact) else { return self };
        if let Some(class) = class_of(plan, id, value) {
            self.classes.entry(id).or_insert(class);
        }
        let name = plan.facts.get(id.index()).and_then(|f| value_name(plan, f, value));
        match name {
            Some(name) => self.with(fact, name),
            None => self,
        }
    }
    /// The covers that are to pay.
    pub fn under(mut self, covers: impl IntoIterator<Item = CoverId>) -> Self {
        self.wanted.extend(covers);
        self
    }
    /// No cover is to pay.
    pub fn unpaid(mut self) -> Self {
        self.unpaid = true;
        self
    }
    /// The pipelines by which they are to pay; what these read is given ample values.
    pub fn paying(mut self, pipelines: &[PipelineId]) -> Self {
        self.pipelines.extend(pipelines);
        self
    }
    /// What makes two benefits differ.
    pub fn at(mut self, difference: &Difference) -> Self {
        self.values.extend(&difference.values);
        self.open.extend(&difference.open);
        self.deciding(difference.taken.iter().copied()).on(difference.day)
    }
    /// Taken by an authority.
    pub fn deciding(mut self, decisions: impl IntoIterator<Item = DecisionId>) -> Self {
        self.decided.extend(decisions);
        self
    }
    /// The day of loss.
    pub fn on(mut self, day: Option<Date>) -> Self {
        self.day = day.or(self.day);
        self
    }
    /// What it shows lies in limits that need `settle`.
    pub fn settled(mut self) -> Self {
        self.settled = true;
        self
    }
    /// The benefit and the sum paid, in 分; said of the witness only where the wanted covers alone pay the claim.
    pub fn promising(mut self, benefit: Option<i64>, paid: Option<i64>) -> Self {
        self.promised = (benefit, paid);
        self.settled |= paid.is_some();
        self
    }
    /// The fields of a claim that evaluation can read, and the decisions.
    pub fn finish(mut self) -> (BTreeMap<String, String>, Vec<String>) {
        self.complete();
        let decided = self.decisions();
        (self.fields, decided)
    }
    /// A witness of this one claim.
    pub fn witness(self) -> Witness {
        Witness::of(vec![self])
    }
}

/// A witness of several claims.
pub trait Several<'a>: Sized {
    /// Completes each claim; what a contract must set and the bases are added.
    fn of(claims: Vec<Claim<'a>>) -> Self;
}

impl<'a> Several<'a> for Witness {
    fn of(claims: Vec<Claim<'a>>) -> Self {
        let plan = claims.first().map(|claim| claim.plan);
        let (mut witness, mut open) = (Witness::default(), BTreeMap::new());
        let one = claims.len() == 1;
        for mut claim in claims {
            claim.complete();
            if one && claim.alone {
                (witness.benefit, witness.paid) = claim.promised;
            }
            witness.settled |= claim.settled;
            witness.decided.extend(claim.decisions());
            open.append(&mut claim.open);
            witness.claims.push(claim.fields);
        }
        witness.decided.sort();
        witness.decided.dedup();
        if let Some(plan) = plan {
            witness.set = Unset::of(plan, &open).worded(plan);
            witness.bases = bases(plan, &open);
        }
        witness
    }
}
