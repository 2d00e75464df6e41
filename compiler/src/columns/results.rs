//! From the book to what is read of it: blocks of rows, rejections, lines, events that last too long.

#![allow(
    clippy::indexing_slicing,
    reason = "rows, lines, limits and insurers are numbered by what sized the lists here"
)]

use super::assess::Profile;
use super::blocks::{Block, Blocks, Covers};
use super::book::Book;
use super::closing::Closing;
use super::decide::Why;
use super::encode::{Encoder, moment_of};
use super::limits::Cuts;
use crate::emit::program::Program;
use crate::evaluate::{Inputs, LongEvent, Moment, Refusal, Settlement};
use anlan_lang::diag::{Code, codes};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A settlement whose rows are read one stretch after another.
#[derive(Debug)]
pub struct Settled<'p> {
    pub(super) program: &'p Program,
    pub(super) book: Book<'p>,
    pub(super) profiles: Vec<Profile>,
    /// One for each limit
    pub(super) cuts: Vec<Cuts>,
    /// Paid before, by claim
    pub(super) earlier: Option<FxHashMap<Box<[u8]>, i64>>,
    pub(super) inputs: &'p Inputs,
    /// The rows that it tells of, where other settlements tell of the others
    pub(super) mine: Option<Vec<bool>>,
}

/// One line of the result.
#[derive(Debug)]
pub struct ResultLine<'r> {
    pub row: u32,
    pub claim: &'r str,
    pub cover: u16,
    pub harm: u16,
    pub benefit: i64,
    pub paid: i64,
    pub cuts: &'r [i64],
}

/// What stops a visit to the rows.
#[derive(Debug)]
pub enum Halt<E> {
    Refused(Box<Refusal>),
    Other(E),
}

impl Settled<'_> {
    /// Number of rows, rejected ones too.
    pub fn count(&self) -> usize {
        self.book.rows() as usize
    }

    /// Whether payments made before were given.
    pub fn is_after_earlier(&self) -> bool {
        self.earlier.is_some()
    }

    /// Leaves all but some rows to other settlements of the same rows. What limits took is not counted anew, so rows left
    /// out must be out of the term.
    pub fn tell_only(&mut self, mine: Vec<bool>) {
        self.mine = Some(mine);
    }

    /// Calls `visit` with every stretch of the input in order, then gives the sums, years, events and absent claims; its
    /// lists of rows and lines are empty.
    ///
    /// # Errors
    /// A sum overflows, ids put aside cannot be read, or `visit` fails.
    pub fn blocks<E>(
        &self,
        encoder: &Encoder,
        mut visit: impl FnMut(Block, &Covers) -> Result<(), E>,
    ) -> Result<Settlement, Halt<E>> {
        let refused = |refusal: Refusal| Halt::Refused(Box::new(refusal));
        let overflow = || refused(Refusal::new(codes::V044));
        let mut blocks = Blocks::new(self);
        let mut closing = Closing::new(self);
        for chunk in 0..self.book.claims.chunks() {
            let block = blocks.block(chunk);
            let block = block.map_err(|error| refused(super::unreadable(&error)))?;
            let mut block = block.ok_or_else(overflow)?;
            if let Some(mine) = &self.mine {
                block.retain(mine);
            }
            closing.add(&block).ok_or_else(overflow)?;
            visit(block, &blocks.covers).map_err(Halt::Other)?;
        }
        closing.finish(encoder).ok_or_else(overflow)
    }

    /// The codes of a rejected row, and how often its claim id occurs, where that is more than once.
    pub fn rejection(&self, row: u32) -> (&[Code], Option<u32>) {
        let codes = self.book.refused.get(&row).map_or(&[][..], Vec::as_slice);
        (codes, self.book.occurs.get(&row).copied())
    }

    /// The stable code of the reason why nothing is paid; empty where something is. `exhausted`: as a block has it.
    pub fn reason_code(&self, why: Why, exhausted: u16) -> Cow<'static, str> {
        match self.program.limits.get(usize::from(exhausted)) {
            Some(limit) => Cow::Owned(format!("limit:{}", limit.id)),
            None => Cow::Borrowed(why.code().unwrap_or_default()),
        }
    }

    /// Calls `visit` with every line in the total order: date, event, claim, cover id.
    ///
    /// # Errors
    /// As [`Settled::blocks`].
    pub fn lines<E>(&self, mut visit: impl FnMut(ResultLine) -> Result<(), E>) -> Result<(), Halt<E>> {
        let unreadable = |error: std::io::Error| Halt::Refused(Box::new(super::unreadable(&error)));
        let book = &self.book;
        let mut cover_ids: Vec<usize> = (0..self.program.covers.len()).collect();
        cover_ids.sort_by_key(|at| &self.program.covers[*at].id);
        let place = |cover: u16| cover_ids.iter().position(|at| *at == usize::from(cover));
        let early = |line: u32| {
            let row = book.lines.row[line as usize];
            let event = book.event_of(row).and_then(|event| book.events.get(event as usize));
            (book.days[row as usize], event.map_or(0, |event| event.order))
        };
        let mut order: Vec<(u32, u32, u32)> = (0..book.lines.row.len() as u32)
            .map(|line| (early(line).0, early(line).1, line))
            .collect();
        order.sort_unstable();
        for same in order.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            // Lines ascend, so rows do.
            let rows: Vec<u32> = same.iter().map(|(_, _, line)| book.lines.row[*line as usize]).collect();
            let texts = book.claims.some(&rows).map_err(unreadable)?;
            let mut named: Vec<(&[u8], Option<usize>, u32)> = texts
                .iter()
                .zip(same)
                .map(|(text, (_, _, line))| (&**text, place(self.cover_of(*line)), *line))
                .collect();
            named.sort_unstable();
            for (text, _, line) in named {
                let at = line as usize;
                let profile = &self.profiles[book.lines.profile[at] as usize];
                let cuts: Vec<i64> = self.cuts.iter().map(|cuts| cuts.find(line)).collect();
                visit(ResultLine {
                    row: book.lines.row[at],
                    claim: std::str::from_utf8(text).unwrap_or_default(),
                    cover: profile.cover,
                    harm: profile.harm,
                    benefit: book.lines.benefit[at],
                    paid: book.lines.left[at],
                    cuts: &cuts,
                })
                .map_err(Halt::Other)?;
            }
        }
        Ok(())
    }

    pub(super) fn cover_of(&self, line: u32) -> u16 {
        self.profiles[self.book.lines.profile[line as usize] as usize].cover
    }

    /// The wider records of which rows say different things: fact, the fact that identifies the record, and by the
    /// record's id the different values, as the encoder has them.
    pub fn contradicted(&self) -> &[super::book::Contradicted] {
        &self.book.contradicted
    }

    pub(super) fn long_events(&self, encoder: &Encoder) -> Vec<LongEvent> {
        long_events(&[(self, encoder)])
    }
}

/// The events whose claims prove that they lasted longer than the scheme says, over all settlements of the same rows.
pub fn long_events(all: &[(&Settled, &Encoder)]) -> Vec<LongEvent> {
    let mut spans: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
    let windows = all.iter().filter_map(|(settled, _)| settled.program.event_hours);
    let Some(window) = windows.max() else { return Vec::new() };
    for (settled, encoder) in all {
        let Some(fact) = settled.program.known.event else {
            continue;
        };
        for (id, event) in (0u32..).zip(&settled.book.events).filter(|(_, event)| event.order > 0) {
            let span = spans.entry(encoder.text(fact, id)).or_insert((event.first, event.last));
            *span = (span.0.min(event.first), span.1.max(event.last));
        }
    }
    let long = spans.into_iter().filter_map(|(event, (first, last))| {
        let (first, last) = (moment_of(first)?, moment_of(last)?);
        longer_than(first, last, window).then(|| LongEvent {
            event: event.to_owned(),
            first,
            last,
            window,
        })
    });
    long.collect()
}

/// Whether the moments of one event prove that it lasted longer than `hours`: even if the first happened as late and the
/// last as early as its record allows.
fn longer_than(first: Moment, last: Moment, hours: u32) -> bool {
    let seconds = |moment: Moment, end: bool| {
        let (day, time) = match moment {
            Moment::Day(day) => (day, 0),
            Moment::Time(at) => {
                let time = at.time();
                let of_day = i64::from(time.hour()) * 3600 + i64::from(time.minute()) * 60 + i64::from(time.second());
                (at.date(), of_day)
            }
        };
        let days = i64::from((day - jiff::civil::date(1970, 1, 1)).get_days());
        let whole = if end && matches!(moment, Moment::Day(_)) {
            86_400
        } else {
            0
        };
        days * 86_400 + time + whole
    };
    let window = i64::from(hours) * 3600;
    let span = seconds(last, false) - seconds(first, true);
    // A day ends before the next one begins, so reaching the window already exceeds it.
    match first {
        Moment::Day(_) => span >= window,
        Moment::Time(_) => span > window,
    }
}
