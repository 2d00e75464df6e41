//! Sums over all rows (SEMANTICS §4.11).

#![allow(
    clippy::indexing_slicing,
    reason = "rows, years and limits are numbered by what sized the lists here"
)]

use super::blocks::Block;
use super::calendar::{ByDay, Year};
use super::decide::Why;
use super::encode::{Encoder, date_of};
use super::results::Settled;
use crate::evaluate::{Earlier, EarlierTotals, SettledYear, Settlement, Totals};
use crate::money::Fen;
use anlan_lang::diag::codes;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, HashSet};

/// Sums up as blocks go by.
#[derive(Debug)]
pub(super) struct Closing<'s, 'p> {
    settled: &'s Settled<'p>,
    totals: Totals,
    /// Claims and payments of each year met so far
    years: Vec<(Year, u64, i64)>,
    /// Their numbers
    numbers: FxHashMap<Year, usize>,
    by_day: ByDay,
    rejected: BTreeMap<&'static str, u64>,
    seen: Vec<Box<[u8]>>,
}

impl<'s, 'p> Closing<'s, 'p> {
    pub fn new(settled: &'s Settled<'p>) -> Self {
        Closing {
            totals: Totals {
                rows: match &settled.mine {
                    Some(mine) => mine.iter().filter(|mine| **mine).count() as u64,
                    None => u64::from(settled.book.rows()),
                },
                cuts: vec![Fen(0); settled.cuts.len()],
                shares: vec![Fen(0); settled.program.insurers.len()],
                earlier: settled.earlier.as_ref().map(|_| EarlierTotals::default()),
                ..Totals::default()
            },
            settled,
            years: Vec::new(),
            numbers: FxHashMap::default(),
            by_day: ByDay::default(),
            rejected: BTreeMap::new(),
            seen: Vec::new(),
        }
    }

    /// `None` where a sum overflows.
    pub fn add(&mut self, block: &Block) -> Option<()> {
        for row in &block.rejected {
            let (codes, _) = self.settled.rejection(*row);
            let first = codes.first().map_or("", |code| code.0);
            *self.rejected.entry(first).or_default() += 1;
        }
        let totals = &mut self.totals;
        totals.settled += block.rows.len() as u64;
        add(&mut totals.benefit, &block.benefit)?;
        add(&mut totals.paid, &block.paid)?;
        for (sum, cuts) in totals.cuts.iter_mut().zip(&block.cuts) {
            add(sum, cuts)?;
        }
        for (sum, shares) in totals.shares.iter_mut().zip(&block.shares) {
            add(sum, shares)?;
        }
        if let (Some(sums), Some([due, over])) = (&mut totals.earlier, &block.earlier) {
            add(&mut sums.due, due)?;
            add(&mut sums.over, over)?;
            let known = self.settled.earlier.as_ref();
            let ids = (0..block.rows.len()).map(|at| block.claims.get(at));
            let seen = ids.filter(|id| known.is_some_and(|earlier| earlier.contains_key(*id)));
            self.seen.extend(seen.map(Into::into));
        }
        self.by_year(block)
    }

    fn by_year(&mut self, block: &Block) -> Option<()> {
        let book = &self.settled.book;
        let told = book.days_tell_years();
        for (at, row) in block.rows.iter().enumerate() {
            if block.why[at] == Why::OutOfTerm {
                continue;
            }
            let day = book.days[*row as usize];
            let number = match self.by_day.get(day).filter(|_| told) {
                Some(number) => number,
                None => {
                    let number = self.year(*row);
                    self.by_day.set(day, number);
                    number
                }
            };
            let Some(number) = number else { continue };
            let (_, claims, sum) = &mut self.years[number];
            *claims += 1;
            *sum = sum.checked_add(block.paid[at])?;
        }
        Some(())
    }

    /// The number of a row's year.
    fn year(&mut self, row: u32) -> Option<usize> {
        let year = self.settled.book.year(row)?;
        let next = self.years.len();
        let number = *self.numbers.entry(year).or_insert(next);
        if number == next {
            self.years.push((year, 0, 0));
        }
        Some(number)
    }

    pub fn finish(mut self, encoder: &Encoder) -> Option<Settlement> {
        let earlier = self.settled.inputs.earlier.as_deref();
        let seen: HashSet<&[u8]> = self.seen.iter().map(|claim| &**claim).collect();
        if let Some(sums) = &mut self.totals.earlier {
            // What was paid for rows of other contracts is theirs; what was paid for no row is told with the absent claims.
            let own = self.settled.mine.is_none();
            for earlier in earlier.into_iter().flatten() {
                if own || seen.contains(earlier.claim.as_bytes()) {
                    add(&mut sums.paid, &[earlier.paid.0])?;
                }
            }
        }
        let in_order = codes::ALL
            .iter()
            .filter_map(|(code, _)| Some((code.0, *self.rejected.get(code.0)?)));
        self.totals.rejected = in_order.collect();
        self.years.sort_unstable_by_key(|(year, ..)| *year);
        Some(Settlement {
            limits: (0..self.settled.cuts.len()).map(Into::into).collect(),
            insurers: (0..self.settled.program.insurers.len()).collect(),
            years: self.years.into_iter().filter_map(settled_year).collect(),
            long_events: self.settled.long_events(encoder),
            absent: absent(earlier, &seen),
            totals: self.totals,
            ..Settlement::default()
        })
    }
}

/// Adds checked; `None` where that overflows.
fn add(sum: &mut Fen, parts: &[i64]) -> Option<()> {
    sum.0 = i64::try_from(i128::from(sum.0) + total(parts)).ok()?;
    Some(())
}

/// The exact sum of fewer than 2³¹ amounts: upper and lower halves are added apart, which processors do for several at once.
fn total(parts: &[i64]) -> i128 {
    let (mut upper, mut lower) = (0i64, 0u64);
    for part in parts {
        upper += part >> 32;
        lower += *part as u64 & 0xFFFF_FFFF;
    }
    (i128::from(upper) << 32) + i128::from(lower)
}

fn settled_year((year, claims, paid): (Year, u64, i64)) -> Option<SettledYear> {
    Some(SettledYear {
        first: date_of(year.first)?,
        end: year.end.and_then(date_of),
        claims,
        paid: Fen(paid),
    })
}

/// Claims paid before that this run does not settle, by id.
fn absent(earlier: Option<&[Earlier]>, seen: &HashSet<&[u8]>) -> Vec<Earlier> {
    let absent = earlier
        .into_iter()
        .flatten()
        .filter(|e| !seen.contains(e.claim.as_bytes()));
    let mut absent: Vec<Earlier> = absent.cloned().collect();
    absent.sort_by(|a, b| a.claim.cmp(&b.claim));
    absent
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_exact_at_both_ends() {
        let amounts = [i64::MAX, i64::MAX, -1, i64::MIN, 7, -4_294_967_296, 4_294_967_295];
        let exact: i128 = amounts.iter().map(|amount| i128::from(*amount)).sum();
        assert_eq!(total(&amounts), exact);
        let mut sum = Fen(1);
        assert_eq!(add(&mut sum, &[i64::MAX]), None);
        assert_eq!(add(&mut sum, &[i64::MAX, -1, -5]).map(|()| sum.0), Some(i64::MAX - 5));
    }
}
