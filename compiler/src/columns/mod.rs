//! The native evaluator: assessing and settling whole columns of claims (SEMANTICS §4–5). It reads the emission plan and
//! shares no arithmetic with the reference, which it must agree with.
//!
//! | part | what it does |
//! |---|---|
//! | [`encode`] | records and texts as columns of whole numbers |
//! | [`wider`] | facts of events and households from files of their own |
//! | [`intern`] | equal texts as equal numbers |
//! | [`decide`] | the rules over classes of values |
//! | [`assess`] | a batch of rows, each combination of classes looked up |
//! | [`row`] | one row that needs more than a look-up |
//! | [`term`] | the test of the term |
//! | [`at_large`] | what is known before any record is |
//! | [`amount`] | pipelines and amounts over one denominator |
//! | [`decisions`] | decisions as they were taken |
//! | [`idle`] | decisions for ids of which there is no claim |
//! | [`claims`] | claim ids, in memory or aside, and the repeated ones |
//! | [`book`] | all rows and lines |
//! | [`limits`] | one limit after another: rooms, cuts |
//! | [`bits`] | numbers that occur more than once |
//! | [`gather`] | the lines under a limit by group |
//! | [`group`], [`serve`], [`share`] | one group: its amount, its tiers, its shares |
//! | [`blocks`] | rows of the result as columns, with shares and earlier payments |
//! | [`closing`] | sums over all rows |
//! | [`results`] | what is read of a settlement |
//! | [`wording`] | columns back as values and words |

pub mod amount;
pub mod assess;
mod at_large;
mod bits;
pub mod blocks;
pub mod book;
mod calendar;
pub mod claims;
mod closing;
pub mod decide;
mod decisions;
pub mod encode;
mod gather;
mod group;
pub mod idle;
mod intern;
mod limits;
pub mod results;
mod row;
mod serve;
mod share;
mod term;
pub mod wider;
pub mod wording;

use crate::emit::program::{Key, Program};
use crate::evaluate::{Inputs, Refusal, Row};
use crate::plan::Plan;
use anlan_lang::diag::codes;
use assess::{Assessed, Assessor};
use book::{Book, Places};
use encode::{Batch, Encoder};
use limits::{Cuts, Settling};
use results::Settled;

/// Takes batches, keeping of each row only what the limits and the results need.
#[derive(Debug)]
pub struct Settler<'p> {
    program: &'p Program,
    inputs: &'p Inputs,
    assessor: Assessor<'p>,
    assessed: Assessed,
    book: Book<'p>,
}

/// Refuses a run whose ids put aside cannot be read or written.
pub(crate) fn unreadable(error: &std::io::Error) -> Refusal {
    Refusal::new(codes::X043).arg("reason", error.to_string())
}

impl<'p> Settler<'p> {
    /// Begins a settlement.
    ///
    /// # Errors
    /// The total premium is read and not known.
    pub fn new(
        program: &'p Program,
        inputs: &'p Inputs,
        encoder: &mut Encoder<'p>,
        places: Places,
    ) -> Result<Self, Refusal> {
        Ok(Settler {
            program,
            inputs,
            assessor: Assessor::new(program, inputs, encoder)?,
            assessed: Assessed::default(),
            book: Book::new(program, places),
        })
    }

    /// Rows so far
    pub fn rows(&self) -> u32 {
        self.book.rows()
    }

    /// The date of loss of a row as `yyyymmdd`; 0 where it has none.
    pub fn day(&self, row: u32) -> u32 {
        self.book.days.get(row as usize).copied().unwrap_or_default()
    }

    /// Leaves a row out of account that another settlement of the same rows, whose row it is, refuses.
    pub fn refused_elsewhere(&mut self, row: u32) {
        if let Some(why) = self.book.why.get_mut(row as usize) {
            *why = decide::Why::Rejected;
        }
    }

    /// Why nothing is paid for a row so far, before limits.
    pub fn why(&self, row: u32) -> decide::Why {
        self.book.why.get(row as usize).copied().unwrap_or_default()
    }

    /// The facts that words about rows read.
    pub fn worded(&self) -> wording::Worded {
        wording::Worded::of(&self.assessor)
    }

    /// Looks at a batch.
    ///
    /// # Errors
    /// What refuses the run; more rows than 32 bits count.
    pub fn push(&mut self, encoder: &Encoder<'p>, batch: &Batch) -> Result<(), Refusal> {
        if batch.rows as u64 + u64::from(self.rows()) >= u64::from(u32::MAX) {
            return Err(Refusal::new(codes::X044).arg("most", anlan_lang::diag::Arg::Count(i64::from(u32::MAX))));
        }
        self.assessor.assess(encoder, batch, &mut self.assessed)?;
        self.book
            .append(batch, &mut self.assessed)
            .map_err(|error| unreadable(&error))
    }

    /// Settles what was pushed.
    ///
    /// # Errors
    /// What refuses the run.
    pub fn finish(mut self, encoder: &Encoder<'p>) -> Result<Settled<'p>, Refusal> {
        let profiles = std::mem::take(&mut self.assessor.profiles);
        self.book
            .close(&profiles, encoder)
            .map_err(|error| unreadable(&error))?;
        let by_years = self.program.limits.iter().any(|l| l.keys.contains(&Key::Year));
        let (year_of_row, years) = if by_years {
            self.book.years()
        } else {
            Default::default()
        };
        let mut cuts = Vec::new();
        let mut year_of_row = year_of_row;
        let mut cover_order = vec![0; self.program.covers.len()];
        let mut by_id: Vec<(&str, usize)> = self.program.covers.iter().map(|c| c.id.as_str()).zip(0..).collect();
        by_id.sort_unstable();
        for (place, (_, cover)) in (0u32..).zip(by_id) {
            if let Some(order) = cover_order.get_mut(cover) {
                *order = place;
            }
        }
        for limit in 0..self.program.limits.len() {
            let settling = Settling {
                book: &self.book,
                known: &self.assessor.known,
                encoder,
                profiles: &profiles,
                year_of_row,
                years: years.clone(),
                cover_order: cover_order.clone(),
            };
            let applied = settling.apply(limit)?;
            year_of_row = settling.year_of_row;
            for (line, alone) in applied.alone {
                if let Some(slot) = self.book.lines.alone.get_mut(line as usize) {
                    *slot = alone;
                }
            }
            cuts.push(Cuts::taken(applied.kept, &mut self.book.lines.left));
        }
        drop(year_of_row);
        let earlier = self.inputs.earlier.as_deref();
        Ok(Settled {
            program: self.program,
            inputs: self.inputs,
            book: self.book,
            profiles,
            cuts,
            mine: None,
            earlier: earlier.map(|list| list.iter().map(|e| (e.claim.as_bytes().into(), e.paid.0)).collect()),
        })
    }
}

/// Settles rows that were read as records: what tests compare with the reference.
///
/// # Errors
/// What refuses the run.
pub fn settle_rows<'p>(
    plan: &'p Plan,
    program: &'p Program,
    inputs: &'p Inputs,
    rows: &[Row],
) -> Result<(Settled<'p>, Encoder<'p>), Refusal> {
    let mut encoder = Encoder::new(plan, program);
    let mut settler = Settler::new(program, inputs, &mut encoder, Places::default())?;
    let mut batch = Batch::new(program);
    for row in rows {
        match &row.record {
            Ok(record) => encoder.record(&mut batch, row.claim.as_deref(), record),
            Err(refusals) => batch.end_broken(row.claim.as_deref(), refusals.iter().map(|r| r.code)),
        }
        if batch.is_full() {
            settler.push(&encoder, &batch)?;
            batch.clear();
        }
    }
    settler.push(&encoder, &batch)?;
    Ok((settler.finish(&encoder)?, encoder))
}
