//! The lines that share one limit, as its amount and its decisions look them up.

#![allow(
    clippy::indexing_slicing,
    reason = "lines and rows are numbered by what sized the lists here"
)]

use super::amount::{self, Context, Quantity, overflow};
use super::decide::Stop;
use super::decisions::{Key as DecisionKey, Subject};
use super::encode::{Column, NO_CODE, NO_ID, day_of};
use super::limits::{Settling, fixed};
use super::row::{missing, no_premium, number_of};
use super::share::Bound;
use crate::emit::program::{Key, Limit, Per, Rule, Term};
use crate::evaluate::Refusal;
use anlan_lang::diag::codes;

/// One group of a limit.
#[derive(Debug, Clone, Copy)]
pub struct GroupView<'g, 'a, 'p> {
    pub settling: &'g Settling<'a, 'p>,
    pub limit: &'g Limit,
    /// Lines in the order of their rows, never empty
    pub lines: &'g [u32],
}

impl GroupView<'_, '_, '_> {
    fn rows(&self) -> impl Iterator<Item = u32> {
        let rows = &self.settling.book.lines.row;
        self.lines.iter().map(|line| rows[*line as usize])
    }

    fn first_row(&self) -> Option<u32> {
        self.rows().next()
    }

    /// Room or deductible; `None` without a limit.
    pub fn bound(&self) -> Result<Option<Bound>, Stop> {
        Ok(match &self.limit.rule {
            Rule::UpTo(money) => match fixed(money) {
                Some(most) => Some(Bound::UpTo(most)),
                None => amount::whole(self, money)?.map(Bound::UpTo),
            },
            Rule::Less(money) => Some(Bound::Less(amount::whole(self, money)?.ok_or_else(overflow)?)),
            Rule::Largest { raise } => {
                let lines = &self.settling.book.lines;
                let most = self
                    .lines
                    .iter()
                    .map(|line| lines.worth(*line as usize))
                    .max()
                    .unwrap_or_default();
                let raised = if *raise { self.raised() } else { None };
                Some(Bound::UpTo(most.max(raised.map_or(0, |(_, raised)| raised))))
            }
        })
    }

    /// The heaviest severity and the benefit one grade above, where it occurs twice or more.
    fn raised(&self) -> Option<(u32, i64)> {
        let injuries = &self.settling.book.lines.injuries;
        let found = || self.lines.iter().filter_map(|line| injuries.get(line));
        let heaviest = found().map(|(severity, _)| *severity).min()?;
        let of_heaviest = || {
            found()
                .filter(|(severity, _)| *severity == heaviest)
                .map(|(_, raised)| *raised)
        };
        let most = of_heaviest().max()?;
        (of_heaviest().count() > 1).then_some((heaviest, most))
    }

    /// What each line would keep by itself.
    pub fn alone(&self, bound: Bound, into: &mut Vec<(u32, i64)>) -> Result<(), Stop> {
        let lines = &self.settling.book.lines;
        let raised = match self.limit.rule {
            Rule::Largest { raise: true } => self.raised(),
            _ => None,
        };
        for line in self.lines {
            let alone = lines.alone[*line as usize];
            let kept = match (&self.limit.rule, raised) {
                (Rule::Largest { .. }, Some((heaviest, raised)))
                    if lines
                        .injuries
                        .get(line)
                        .is_some_and(|(severity, _)| *severity == heaviest) =>
                {
                    raised
                }
                (Rule::Largest { .. }, _) => alone,
                _ => bound.alone(alone, self.limit.ratio_to).ok_or_else(overflow)?,
            };
            if kept != alone {
                into.push((*line, kept));
            }
        }
        Ok(())
    }

    fn event_day(&self) -> Option<i64> {
        let event = self.settling.book.program.known.event?;
        self.limit.keys.iter().find(|key| **key == Key::Fact(event))?;
        let id = self.settling.book.event_of(self.first_row()?)?;
        let event = self.settling.book.events.get(id as usize).filter(|e| e.order > 0)?;
        Some(day_of(event.first))
    }

    fn year(&self) -> Option<i64> {
        self.limit.keys.iter().find(|key| **key == Key::Year)?;
        Some(self.settling.book.year(self.first_row()?)?.first)
    }

    /// The one key of all lines; `None` where they differ or one has none.
    fn common(&self, of: impl Fn(u32) -> Option<DecisionKey>) -> Option<DecisionKey> {
        let mut common = None;
        for row in self.rows() {
            let key = of(row)?;
            if *common.get_or_insert(key) != key {
                return None;
            }
        }
        common
    }

    fn of_value(&self, row: u32, fact: usize) -> Option<DecisionKey> {
        match self.settling.book.key(fact)? {
            Column::Codes(codes) => Some(codes[row as usize])
                .filter(|c| *c != NO_CODE)
                .map(DecisionKey::Value),
            Column::Ids(ids) => Some(ids[row as usize]).filter(|id| *id != NO_ID).map(DecisionKey::Text),
            Column::Numbers(_) => None,
        }
    }
}

impl Context for GroupView<'_, '_, '_> {
    /// SEMANTICS §4.4: the event's earliest accepted date if the key has the event, else the year's first day, else the
    /// term's.
    fn day(&self) -> Result<i64, Stop> {
        let term = || match &self.settling.book.program.term {
            Term::Fixed { first, .. } => Some(*first),
            Term::Policy { .. } | Term::Unstated => None,
        };
        let day = self.event_day().or_else(|| self.year()).or_else(term);
        day.ok_or_else(|| Stop::Run(Box::new(Refusal::new(codes::V045))))
    }

    fn number(&self, fact: usize) -> Result<Quantity, Stop> {
        let column = self.settling.book.key(fact).ok_or_else(missing)?;
        let first = self
            .first_row()
            .filter(|row| !column.is_blank(*row as usize))
            .ok_or_else(missing)?;
        let bits = column.bits(first as usize);
        if self.rows().any(|row| column.bits(row as usize) != bits) {
            let refusal = Refusal::new(codes::V049).arg("limit", self.limit.id.as_str());
            let field = &self.settling.book.program.facts[fact];
            let field = anlan_lang::diag::Arg::Names {
                zh: field.zh.clone(),
                en: field.en.clone(),
            };
            return Err(Stop::Run(Box::new(refusal.arg("field", field))));
        }
        let kind = &self.settling.book.program.facts[fact].kind;
        number_of(kind, column, first as usize, self.settling.encoder.ratios(fact)).ok_or_else(missing)
    }

    fn premium(&self) -> Result<i64, Stop> {
        self.settling.known.premium.ok_or_else(no_premium)
    }

    fn decision_value(&self, decision: usize) -> Result<Quantity, Stop> {
        let taken = &self.settling.known.taken;
        let value = taken.find(decision, self)?.and_then(|entry| entry.value);
        value.ok_or_else(|| taken.no_value(decision))
    }

    fn decided(&self, decision: usize) -> Result<bool, Stop> {
        Ok(self.settling.known.taken.find(decision, self)?.is_some())
    }
}

impl Subject for GroupView<'_, '_, '_> {
    fn day(&self) -> Result<i64, Stop> {
        Context::day(self)
    }

    fn key(&self, per: Per) -> Result<Option<DecisionKey>, Stop> {
        let book = self.settling.book;
        let year = |first: i64| DecisionKey::Year(first / 10_000);
        Ok(match per {
            Per::Term => None,
            Per::Year => match self.year() {
                Some(first) => Some(year(first)),
                None => self.common(|row| Some(year(book.year(row)?.first))),
            },
            Per::Event => self.common(|row| book.event_of(row).map(DecisionKey::Text)),
            Per::Fact(fact) => self.common(|row| self.of_value(row, fact)),
        })
    }

    fn no_key(&self, decision: &str) -> Stop {
        let refusal = Refusal::new(codes::V048).arg("limit", self.limit.id.as_str());
        Stop::Run(Box::new(refusal.arg("name", decision)))
    }
}
