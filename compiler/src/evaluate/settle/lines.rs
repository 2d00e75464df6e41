//! All lines in the total order, with the events and years that they belong to (SEMANTICS §4.2, §4.3).

use super::Prepared;
use super::accept::{Accepted, Interned, Interner, PreparedLine};
use super::reads::KeyFacts;
use crate::evaluate::calendar::{InsuredYear, year_of};
use crate::evaluate::evaluator::Evaluator;
use crate::evaluate::model::Moment;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The lines of all accepted claims, and what every limit has left them so far.
#[derive(Debug)]
pub(super) struct Book<'e, 'a> {
    pub evaluator: &'e Evaluator<'a>,
    pub facts: KeyFacts,
    pub values: Interner,
    pub rows: Vec<Prepared>,
    /// In the total order: date, event, claim, cover id.
    pub lines: Vec<BookLine>,
    /// What each limit cut from each line: `lines × limits`, a line's limits together
    cuts: Vec<i64>,
    pub events: BTreeMap<Interned, Event>,
    /// Order of every row's claim id by code point
    pub claim_order: Vec<i64>,
    /// Row → its lines, as positions in `lines`
    pub of_row: Vec<Vec<usize>>,
}

#[derive(Debug)]
pub(super) struct BookLine {
    /// Index of the row
    pub row: usize,
    /// Index of the line within the row
    pub line: usize,
    /// What is left of the benefit
    pub left: i64,
    /// What would be left if the line were alone in its groups
    pub alone: i64,
}

impl BookLine {
    /// What `Largest` compares: sharing a limit must not make the heaviest benefit look small, and a deductible that
    /// others have borne counts for it.
    pub fn worth(&self) -> i64 {
        self.left.max(self.alone)
    }
}

/// What is known of an event from its accepted claims in term.
#[derive(Debug, Clone, Copy)]
pub(super) struct Event {
    pub first: Moment,
    pub last: Moment,
    /// Order of the event id by code point
    pub order: i64,
}

impl<'e, 'a> Book<'e, 'a> {
    pub fn new(evaluator: &'e Evaluator<'a>, facts: KeyFacts, values: Interner, rows: Vec<Prepared>) -> Self {
        let mut book = Book {
            evaluator,
            facts,
            values,
            claim_order: claim_order(&rows),
            rows,
            lines: Vec::new(),
            cuts: Vec::new(),
            events: BTreeMap::new(),
            of_row: Vec::new(),
        };
        book.find_events();
        book.order_lines();
        book.cuts = vec![0; book.lines.len() * evaluator.plan.limits.len()];
        book
    }

    fn find_events(&mut self) {
        let Some(position) = self.evaluator.known.event.and_then(|event| self.facts.position(event)) else {
            return;
        };
        let mut events: BTreeMap<Interned, Event> = BTreeMap::new();
        for accepted in self
            .rows
            .iter()
            .filter_map(|row| row.state.as_ref().ok())
            .filter(|a| a.in_term)
        {
            let Some(event) = accepted.keys.get(position).copied().flatten() else {
                continue;
            };
            let at = accepted.moment;
            let known = events.entry(event).or_insert(Event {
                first: at,
                last: at,
                order: 0,
            });
            if earliest(at) < earliest(known.first) {
                known.first = at;
            }
            if latest(at) > latest(known.last) {
                known.last = at;
            }
        }
        let mut by_text: Vec<Interned> = events.keys().copied().collect();
        by_text.sort_by(|a, b| self.values.text(*a).cmp(self.values.text(*b)));
        for (event, order) in by_text.into_iter().zip(0..) {
            if let Some(known) = events.get_mut(&event) {
                known.order = order;
            }
        }
        self.events = events;
    }

    fn order_lines(&mut self) {
        let covers = &self.evaluator.plan.covers;
        let mut keyed = Vec::new();
        for (row, (prepared, claim)) in self.rows.iter().zip(&self.claim_order).enumerate() {
            let Ok(accepted) = &prepared.state else { continue };
            for (line, prepared) in accepted.lines.iter().enumerate() {
                let cover = covers.get(prepared.cover.index()).map_or("", |c| c.id.as_str());
                let key = (accepted.moment.day(), self.event_order(accepted), *claim, cover);
                keyed.push((
                    key,
                    BookLine {
                        row,
                        line,
                        left: prepared.benefit,
                        alone: prepared.benefit,
                    },
                ));
            }
        }
        keyed.sort_by_key(|(key, _)| *key);
        self.lines = keyed.into_iter().map(|(_, line)| line).collect();
        self.of_row = vec![Vec::new(); self.rows.len()];
        for (i, line) in self.lines.iter().enumerate() {
            if let Some(of_row) = self.of_row.get_mut(line.row) {
                of_row.push(i);
            }
        }
    }

    /// The event's place among all events by code point; a claim without one comes first.
    pub fn event_order(&self, accepted: &Accepted) -> i64 {
        self.event_of(accepted)
            .and_then(|event| self.events.get(&event))
            .map_or(-1, |event| event.order)
    }

    pub fn event_of(&self, accepted: &Accepted) -> Option<Interned> {
        let position = self.facts.position(self.evaluator.known.event?)?;
        accepted.keys.get(position).copied().flatten()
    }

    /// The insured year: by the event's earliest date where the scheme says so, else by the claim's own.
    pub fn year(&self, accepted: &Accepted) -> Option<InsuredYear> {
        let calendar = &self.evaluator.plan.calendar;
        let event = || self.events.get(&self.event_of(accepted)?);
        let day = match calendar.year_of_event.then(event).flatten() {
            Some(event) => event.first.day(),
            None => accepted.moment.day(),
        };
        year_of(calendar, day, accepted.policy_start)
    }

    /// The row and the line as prepared.
    pub fn prepared(&self, line: &BookLine) -> Option<(&Accepted, &PreparedLine)> {
        let accepted = self.rows.get(line.row)?.state.as_ref().ok()?;
        Some((accepted, accepted.lines.get(line.line)?))
    }

    /// Leaves a line `kept`, noting the cut under the limit.
    pub fn keep(&mut self, line: usize, limit: usize, kept: i64) {
        let limits = self.evaluator.plan.limits.len();
        if let (Some(entry), Some(cut)) = (self.lines.get_mut(line), self.cuts.get_mut(line * limits + limit)) {
            *cut = entry.left - kept;
            entry.left = kept;
        }
    }

    /// Notes what a limit leaves a line that stands alone.
    pub fn leave_alone(&mut self, line: usize, alone: i64) {
        if let Some(entry) = self.lines.get_mut(line) {
            entry.alone = alone;
        }
    }

    /// What every limit cut from a line.
    pub fn cuts(&self, line: usize) -> &[i64] {
        let limits = self.evaluator.plan.limits.len();
        self.cuts.get(line * limits..(line + 1) * limits).unwrap_or(&[])
    }
}

fn claim_order(rows: &[Prepared]) -> Vec<i64> {
    let mut order: Vec<(&str, usize)> = rows
        .iter()
        .enumerate()
        .map(|(i, row)| (row.claim.as_deref().unwrap_or(""), i))
        .collect();
    order.sort_unstable();
    let mut of_row = vec![0; rows.len()];
    for ((_, row), rank) in order.into_iter().zip(0..) {
        if let Some(slot) = of_row.get_mut(row) {
            *slot = rank;
        }
    }
    of_row
}

/// The first instant that a moment may be, for comparing.
fn earliest(moment: Moment) -> jiff::civil::DateTime {
    match moment {
        Moment::Day(day) => day.at(0, 0, 0, 0),
        Moment::Time(time) => time,
    }
}

/// The last instant that a moment may be, for comparing.
fn latest(moment: Moment) -> jiff::civil::DateTime {
    match moment {
        Moment::Day(day) => day.at(23, 59, 59, 999_999_999),
        Moment::Time(time) => time,
    }
}

/// Whether the moments of one event prove that it lasted longer than `hours` (SEMANTICS §4.11): even if the first
/// happened as late and the last as early as its record allows.
pub(super) fn longer_than(first: Moment, last: Moment, hours: u32) -> bool {
    let seconds = |from: jiff::civil::DateTime, to: jiff::civil::DateTime| to.duration_since(from).as_secs();
    let window = i64::from(hours) * 3600;
    match first {
        // The day ends before the next one begins, so reaching the window already exceeds it.
        Moment::Day(day) => day
            .tomorrow()
            .is_ok_and(|next: Date| seconds(next.at(0, 0, 0, 0), earliest(last)) >= window),
        Moment::Time(time) => seconds(time, earliest(last)) > window,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_prove_less_than_times() {
        let day = |d| Moment::Day(date(2024, 7, d));
        let at = |d, h| Moment::Time(date(2024, 7, d).at(h, 0, 0, 0));
        // From the end of the 1st to the start of the 4th are 48 hours, to the start of the 5th 72.
        assert!(!longer_than(day(1), day(4), 72));
        assert!(longer_than(day(1), day(5), 72));
        assert!(!longer_than(at(1, 8), at(4, 8), 72));
        assert!(longer_than(at(1, 8), at(4, 9), 72));
        assert!(!longer_than(at(1, 8), day(4), 72));
        assert!(longer_than(at(1, 8), day(5), 72));
        assert!(!longer_than(day(1), at(4, 23), 72));
    }
}
