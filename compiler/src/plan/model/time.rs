//! Term, years and events.

use super::{FactId, Source};
use anlan_lang::tree::{Date, YearKind};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    pub term: Term,
    /// `None` when the file does not say; `boundaries` are then policy years (a question where a limit reads a year).
    pub year: Option<YearKind>,
    /// A line's year is its event's (earliest accepted date) instead of its own date's.
    pub year_of_event: bool,
    /// First days of the years of the term and, last, the first day after the term; at least two when the term is known.
    /// Policy years: start + n years (29 February → 28 February). Calendar years: 1 January, cut by the term.
    pub boundaries: Vec<Date>,
    pub event_hours: Option<u32>,
    /// What one event is; unstated is a question where something counts per event.
    #[serde(default)]
    pub event: EventRule,
    pub source: Source,
    #[serde(default)]
    pub year_source: Source,
    #[serde(default)]
    pub event_source: Source,
}

/// `一次灾害 …`: what one event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventRule {
    #[default]
    Unstated,
    /// So many consecutive hours
    Hours(u32),
    /// As the contract defines it
    Contract,
    /// As the event ids record it
    AsRecorded,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Term {
    /// Losses dated in `start..end`. `end` `None`: open.
    Fixed { start: Date, end: Option<Date> },
    /// Each record's own policy dates (both days included); facts `policy_start`, `policy_end`.
    Policy { start: FactId, end: FactId },
    /// Left to the contract; `years` if the document gives a length.
    Contract { years: Option<u32> },
    /// The file says nothing.
    Unstated,
}
