//! What differs between two plans: typed, without words. `report` puts it into words.

use super::align::{JointFact, Pair};
use super::formula::Unknown;
use super::money::Money;
use super::names::Renaming;
use crate::money::Fen;
use crate::plan::CoverId;
use anlan_lang::diag::Finding;
use std::collections::BTreeMap;

/// The difference in meaning of two versions of a scheme.
#[derive(Debug, Default)]
pub struct Difference {
    /// The joint facts, in the fixed order in which boxes name them
    pub(crate) facts: Vec<JointFact>,
    pub(crate) covers: Vec<Pair<CoverId>>,
    pub renamed: Vec<Renaming>,
    /// Regions of claims whose benefit changed, by money
    pub(crate) regions: Vec<Region>,
    /// Regions of claims that other covers pay the same money for
    pub(crate) moved: Vec<Region>,
    /// Own limits and priorities that no region shows
    pub(crate) hidden: Hidden,
    pub findings: Vec<FindingChange>,
    /// The node budget, where the diagrams exceed it: regions are then not worked out.
    pub over_budget: Option<usize>,
}

impl Difference {
    /// Whether every claim is paid the same by the same covers, before limits on totals.
    pub fn pays_the_same(&self) -> bool {
        self.regions.is_empty()
            && self.moved.is_empty()
            && self.hidden == Hidden::default()
            && self.over_budget.is_none()
    }
}

/// Why the claims of a region are paid otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RegionKind {
    CoverAdded,
    CoverRemoved,
    /// Perils that no claim was (is) paid for
    PerilAdded,
    PerilRemoved,
    /// Persons to whom no claim was (is) paid
    PersonAdded,
    PersonRemoved,
    /// Further claims that are paid now, or no longer
    Widened,
    Narrowed,
    Amount,
    /// The same money by other covers
    Moved,
}

impl RegionKind {
    /// The name in JSON, and the catalogue's id after `diff-region-`.
    pub fn id(self) -> &'static str {
        match self {
            RegionKind::CoverAdded => "cover-added",
            RegionKind::CoverRemoved => "cover-removed",
            RegionKind::PerilAdded => "peril-added",
            RegionKind::PerilRemoved => "peril-removed",
            RegionKind::PersonAdded => "person-added",
            RegionKind::PersonRemoved => "person-removed",
            RegionKind::Widened => "widened",
            RegionKind::Narrowed => "narrowed",
            RegionKind::Amount => "amount",
            RegionKind::Moved => "moved",
        }
    }
}

/// Claims whose payment changes in the same way.
#[derive(Debug)]
pub(crate) struct Region {
    pub kind: RegionKind,
    /// Joint covers that pay, in any of the boxes
    pub old_covers: Vec<usize>,
    pub new_covers: Vec<usize>,
    pub old: Money,
    pub new: Money,
    /// The most that a claim gains and loses; `open`: without end as an amount grows.
    pub gain: Option<Extreme>,
    pub loss: Option<Extreme>,
    /// The amounts at which the payments differ, where not at all
    pub differs: Option<(Unknown, Option<i64>, Option<i64>)>,
    pub undecided: bool,
    pub boxes: Vec<RegionBox>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Extreme {
    pub old: Fen,
    pub new: Fen,
    pub open: bool,
}

impl Extreme {
    pub fn change(&self) -> i64 {
        self.new.0.saturating_sub(self.old.0)
    }
}

impl Region {
    /// The larger of what a claim gains and loses.
    pub fn most(&self) -> u64 {
        let of = |e: &Option<Extreme>| e.map_or(0, |e| e.change().unsigned_abs());
        of(&self.gain).max(of(&self.loss))
    }
    pub fn open(&self) -> bool {
        self.gain.is_some_and(|e| e.open) || self.loss.is_some_and(|e| e.open)
    }
}

/// One canonical box of claims.
#[derive(Debug)]
pub(crate) struct RegionBox {
    /// For each joint fact the classes that pass; `None`: free
    pub classes: Vec<Option<Vec<u16>>>,
    /// A claim of the box for each version to run
    pub witness: Option<Shown>,
}

/// A witness claim with what `eval` answers in each version; `None`: the version refuses it or cannot run.
#[derive(Debug, Clone)]
pub(crate) struct Shown {
    pub old_claim: Example,
    pub new_claim: Example,
    pub old: Option<Fen>,
    pub new: Option<Fen>,
}

/// A finding of `check` that only one version has.
#[derive(Debug, Clone)]
pub struct FindingChange {
    pub finding: Finding,
    /// It is new; otherwise it has gone.
    pub appears: bool,
}

/// Changes of rules on one person or of priorities that the payment of single claims does not show.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Hidden {
    /// Own limits of both versions that differ, as indices into the plans' limits
    pub own: Vec<Pair<usize>>,
    pub meeting: bool,
    /// Joint covers with another responsible body
    pub handlers: Vec<usize>,
}

/// A claim in the data contract's form, with the decisions taken for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Example {
    pub claim: BTreeMap<String, String>,
    pub decided: Vec<String>,
}
