//! Where the plan's parts stand in the sources. The plan holds only [`Origin`]s, so that two files that mean the
//! same give the same plan.

use super::model::{Origin, Source};
use anlan_lang::diag::{FileId, Place};
use anlan_lang::tree::Span;
use rustc_hash::FxHashMap;

/// A part of a clause that findings point at. [`Places::part`] falls back to the whole clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// The item's name
    Name,
    /// Its amount, rate, share or bound
    Amount,
    /// The list of perils
    Perils,
    /// The list of roles
    Roles,
    /// The condition
    Condition,
    /// What the cover pays
    Pays,
    /// Who handles it
    Handlers,
    /// `用尽时 …`
    Exhausted,
    /// `包含于 …`
    Within,
    /// `后于 …`
    After,
    /// `上浮至 …`
    Raised,
    /// Issue date of a document, first day of a term
    Start,
    /// Last day of validity, last day of a term
    End,
    /// Effective date of a document
    Effective,
    /// A stated total
    Total,
    /// The ending of a list (`共13种`)
    Ending,
    /// The remainder bearer of a split
    Remainder,
    /// A table's statement of its number of rows
    Counted,
    /// A lower bound
    AtLeast,
    /// An upper bound
    AtMost,
    /// The value that a contract sets
    Set,
    /// A row or cell of the part named before, by its written position
    Row(u32),
}

/// The side table of a plan: places of origins and of their parts.
#[derive(Debug, Clone, Default)]
pub struct Places {
    origins: Vec<Place>,
    parts: FxHashMap<(Origin, Part), Place>,
    head: Option<Place>,
}

impl Places {
    /// An empty table of a scheme whose name stands at `head`.
    pub fn new(head: Option<Place>) -> Self {
        Places {
            head,
            ..Places::default()
        }
    }
    /// Notes a place and gives its origin.
    pub fn add(&mut self, file: FileId, span: Span) -> Origin {
        let origin = Origin::from(self.origins.len());
        self.origins.push(Place { file, span });
        origin
    }
    /// Notes where a part of an origin stands. It may lie in another file (a value set by the contract).
    pub fn add_part(&mut self, origin: Origin, part: Part, file: FileId, span: Span) {
        self.parts.insert((origin, part), Place { file, span });
    }
    /// The place of an origin.
    pub fn get(&self, origin: Origin) -> Option<Place> {
        self.origins.get(origin.index()).copied()
    }
    /// The place of a plan item: its clause, row or step.
    pub fn of(&self, source: &Source) -> Option<Place> {
        source.origin.and_then(|origin| self.get(origin))
    }
    /// The place of a part of an item, or of the whole item where the part was not noted.
    pub fn part(&self, source: &Source, part: Part) -> Option<Place> {
        self.exact_part(source, part).or_else(|| self.of(source))
    }
    /// The place of a part of an item, if it was written.
    pub fn exact_part(&self, source: &Source, part: Part) -> Option<Place> {
        self.parts.get(&(source.origin?, part)).copied()
    }
    /// The name of the scheme itself: where findings about something missing point.
    pub fn head(&self) -> Option<Place> {
        self.head
    }
}
