//! The test of the term over a batch.

#![allow(
    clippy::indexing_slicing,
    reason = "facts are numbered by the program that sized the columns"
)]

use super::encode::{Batch, Column, NO_NUMBER};
use crate::emit::program::{Program, Term};

/// The test of the term over a batch.
#[derive(Debug)]
pub enum InTerm<'b> {
    Fixed {
        dates: &'b [i64],
        first: i64,
        end: i64,
    },
    Policy {
        dates: &'b [i64],
        starts: &'b [i64],
        ends: &'b [i64],
    },
    Any {
        dates: &'b [i64],
    },
}

impl<'b> InTerm<'b> {
    pub fn of(program: &Program, batch: &'b Batch) -> Self {
        let column = |fact: Option<usize>| match fact.map(|fact| &batch.columns[fact]) {
            Some(Column::Numbers(numbers)) => numbers.as_slice(),
            _ => &[],
        };
        let dates = column(program.known.date);
        match &program.term {
            Term::Fixed { first, end, .. } => InTerm::Fixed {
                dates,
                first: first << 20,
                end: end.map_or(i64::MAX, |end| end << 20),
            },
            Term::Policy { start, end, .. } => InTerm::Policy {
                dates,
                starts: column(Some(*start)),
                ends: column(Some(*end)),
            },
            Term::Unstated => InTerm::Any { dates },
        }
    }

    /// `None` where a date that it reads is blank.
    #[inline]
    pub fn test(&self, row: usize) -> Option<bool> {
        let given = |dates: &[i64]| dates.get(row).copied().filter(|at| *at != NO_NUMBER);
        match self {
            InTerm::Fixed { dates, first, end } => given(dates).map(|at| (*first..*end).contains(&at)),
            InTerm::Any { dates } => given(dates).map(|_| true),
            InTerm::Policy { dates, starts, ends } => {
                let (at, start, end) = (given(dates)? >> 20, given(starts)? >> 20, given(ends)? >> 20);
                Some(start <= at && at <= end)
            }
        }
    }
}
