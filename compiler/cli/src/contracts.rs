//! Several contracts of one scheme, chosen by the date of loss (SEMANTICS §6).

use crate::failure::Failure;
use crate::scheme::Runnable;
use anlan_compiler::plan::Term;
use anlan_lang::diag::{Arg, codes};
use jiff::civil::Date;

/// The terms of contracts, in the order of their first days.
#[derive(Debug)]
pub struct Terms(Vec<Days>);

/// `yyyymmdd`, the last excluded
#[derive(Debug, Clone, Copy)]
struct Days {
    first: u32,
    end: u32,
}

impl Terms {
    /// The terms of contracts, which are put in the order of their first days. One alone holds for every day.
    ///
    /// # Errors
    /// One of several has no first and last day (X027), or two have a day in common (X028).
    pub fn of(runs: &mut [Runnable]) -> Result<Self, Failure> {
        if runs.len() < 2 {
            return Ok(Terms(vec![Days {
                first: 0,
                end: u32::MAX,
            }]));
        }
        for run in runs.iter() {
            if !matches!(run.plan.calendar.term, Term::Fixed { .. }) {
                return Err(Failure::new(codes::X027).arg("contract", name(run)));
            }
        }
        runs.sort_by_key(|run| days(run).first);
        for pair in runs.windows(2) {
            let [one, other] = pair else { continue };
            if let Term::Fixed { start, .. } = other.plan.calendar.term
                && days(one).end > number(start)
            {
                return Err(Failure::new(codes::X028)
                    .arg("one", name(one))
                    .arg("other", name(other))
                    .arg("from", Arg::Date(start)));
            }
        }
        Ok(Terms(runs.iter().map(days).collect()))
    }

    /// The contract in force on a day (`yyyymmdd`). A day in no term falls to the one that ended before it, or to the
    /// first: each says that it is out of its term.
    pub fn at(&self, day: u32) -> usize {
        let holds = |days: &Days| days.first <= day && day < days.end;
        let before = || self.0.iter().rposition(|days| days.first <= day);
        self.0.iter().position(holds).or_else(before).unwrap_or(0)
    }
}

fn name(run: &Runnable) -> String {
    run.contract.clone().unwrap_or_default()
}

fn days(run: &Runnable) -> Days {
    match run.plan.calendar.term {
        Term::Fixed { start, end } => Days {
            first: number(start),
            end: end.map_or(u32::MAX, number),
        },
        _ => Days {
            first: 0,
            end: u32::MAX,
        },
    }
}

/// `yyyymmdd`
pub fn number(date: Date) -> u32 {
    let (year, month, day) = (date.year(), date.month(), date.day());
    // Years of dates that are read have four digits and no sign.
    u32::from(year.unsigned_abs()) * 10_000 + u32::from(month.unsigned_abs()) * 100 + u32::from(day.unsigned_abs())
}
