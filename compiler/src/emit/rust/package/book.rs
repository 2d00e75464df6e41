//! The book of lines: what each limit leaves the lines of its groups.

use crate::acceptance::{Accepted, Prepared, PreparedLine};
use crate::group::{Group, KeyPart, Keyed};
use crate::limits::{Key, LIMITS, Limit, Rule};
use crate::model::{Inputs, Stop};
use crate::reading::Day;
use crate::rules::COVERS;
use crate::scheme;
use std::collections::HashMap;

/// A line on its way through the limits.
pub struct BookLine {
    pub row: usize,
    pub line: usize,
    /// What is left of the benefit
    pub left: i64,
    /// What would be left if the line were alone in its groups
    pub alone: i64,
    pub cuts: Vec<i64>,
}

impl BookLine {
    fn worth(&self) -> i64 {
        self.left.max(self.alone)
    }
}

/// All lines in the total order (date, event, claim, cover), and what the limits have left them.
pub struct Book<'a> {
    pub inputs: &'a Inputs,
    pub rows: Vec<Prepared<'a>>,
    pub lines: Vec<BookLine>,
    /// First day of each event
    pub first_days: HashMap<&'a str, Day>,
    /// Place of each row's claim id among all
    pub places: Vec<usize>,
}

impl<'a> Book<'a> {
    pub fn new(rows: Vec<Prepared<'a>>, inputs: &'a Inputs) -> Self {
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_by_key(|row| rows[*row].id.unwrap_or(""));
        let mut places = vec![0; rows.len()];
        for (place, row) in order.into_iter().enumerate() {
            places[row] = place;
        }
        let mut first_days: HashMap<&str, Day> = HashMap::new();
        let mut lines = Vec::new();
        for (row, prepared) in rows.iter().enumerate() {
            let Ok(accepted) = &prepared.state else {
                continue;
            };
            if let Some(event) = accepted.claim.event_of().filter(|_| accepted.in_term) {
                let first = first_days.entry(event).or_insert(accepted.day);
                *first = accepted.day.min(*first);
            }
            for (line, prepared) in accepted.lines.iter().enumerate() {
                lines.push(BookLine {
                    row,
                    line,
                    left: prepared.benefit,
                    alone: prepared.benefit,
                    cuts: vec![0; LIMITS.len()],
                });
            }
        }
        let mut book = Book {
            inputs,
            rows,
            lines: Vec::new(),
            first_days,
            places,
        };
        lines.sort_by_cached_key(|line| book.place(line));
        book.lines = lines;
        book
    }

    fn place(&self, line: &BookLine) -> Option<(Day, &'a str, usize, &'static str)> {
        let (accepted, prepared) = self.of(line)?;
        let event = accepted.claim.event_of().unwrap_or("");
        Some((
            accepted.day,
            event,
            self.places[line.row],
            COVERS[prepared.cover].id,
        ))
    }

    pub fn of(&self, line: &BookLine) -> Option<(&Accepted<'a>, &PreparedLine)> {
        let accepted = self.rows[line.row].state.as_ref().ok()?;
        Some((accepted, accepted.lines.get(line.line)?))
    }

    /// First day of the insured year of a claim
    pub fn year(&self, accepted: &Accepted<'a>) -> Option<Day> {
        let event = accepted.claim.event_of().filter(|_| scheme::YEAR_OF_EVENT);
        let first = event.and_then(|event| self.first_days.get(event));
        let day = first.copied().unwrap_or(accepted.day);
        scheme::year_of(day, scheme::policy_start(&accepted.claim))
    }

    /// Applies one limit to what the ones before left.
    pub fn apply(&mut self, index: usize) -> Result<(), Stop> {
        let limit = &LIMITS[index];
        for (key, lines) in self.groups(index, limit)? {
            let group = Group {
                book: self,
                limit,
                key,
                lines: &lines,
            };
            let raised = if limit.raised { group.raised() } else { None };
            let bound = match limit.rule {
                Rule::Largest => {
                    let most = lines.iter().map(|line| self.lines[*line].worth()).max();
                    most.max(raised.map(|injury| injury.raised))
                }
                Rule::UpTo | Rule::Less => limit.bound(&group)?,
            };
            let Some(bound) = bound else { continue };
            let kept = group.kept(index, bound)?;
            let alone: Vec<(usize, i64)> = lines
                .iter()
                .map(|line| (*line, group.alone(*line, bound, raised)))
                .collect();
            for (line, alone) in alone {
                self.lines[line].alone = alone;
            }
            for (line, amount) in kept {
                let line = &mut self.lines[line];
                line.cuts[index] = line.left - amount;
                line.left = amount;
            }
        }
        Ok(())
    }

    /// The groups of a limit, in the total order of their first lines.
    fn groups(&self, index: usize, limit: &Limit) -> Result<Vec<Keyed<'a>>, Stop> {
        let mut groups: Vec<Keyed<'a>> = Vec::new();
        let mut found: HashMap<Vec<KeyPart<'a>>, usize> = HashMap::new();
        for (position, line) in self.lines.iter().enumerate() {
            let Some((accepted, prepared)) = self.of(line) else {
                continue;
            };
            if line.worth() <= 0 || prepared.ranks[index].is_none() {
                continue;
            }
            let mut key = Vec::with_capacity(limit.keys.len());
            for part in limit.keys {
                key.push(match part {
                    Key::Field(field) => KeyPart::Value(accepted.claim.value(*field)),
                    Key::Year => {
                        KeyPart::Year(self.year(accepted).ok_or_else(|| Stop::refused("V045"))?)
                    }
                });
            }
            let at = *found.entry(key).or_insert_with_key(|key| {
                groups.push((key.clone(), Vec::new()));
                groups.len() - 1
            });
            groups[at].1.push(position);
        }
        Ok(groups)
    }
}
