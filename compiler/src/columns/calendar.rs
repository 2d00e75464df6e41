//! Term and insured years over days written `yyyymmdd` (SEMANTICS §4.3).

use crate::emit::program::{Program, Term};

/// One insured year: first day, and first day after it where known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Year {
    pub first: i64,
    pub end: Option<i64>,
}

/// The year of a day; `policy_start` is the record's own, where terms are those of policies.
pub fn year_of(program: &Program, day: i64, policy_start: Option<i64>) -> Option<Year> {
    let boundaries = &program.years.boundaries;
    for (first, end) in boundaries.iter().zip(boundaries.iter().skip(1)) {
        if (*first..*end).contains(&day) {
            return Some(Year {
                first: *first,
                end: Some(*end),
            });
        }
    }
    let start = match &program.term {
        Term::Fixed { first, end, .. } => {
            if day < *first || end.is_some_and(|end| day >= end) {
                return None;
            }
            Some(*first)
        }
        Term::Policy { .. } => policy_start,
        Term::Unstated => None,
    };
    if program.years.calendar {
        let first = day / 10_000 * 10_000 + 101;
        return Some(Year {
            first,
            end: (first < 9999_0000).then_some(first + 10_000),
        });
    }
    let start = start.filter(|start| day >= *start)?;
    let n = day / 10_000 - start / 10_000;
    let n = if anniversary(start, n) > day { n - 1 } else { n };
    let end = anniversary(start, n + 1);
    Some(Year {
        first: anniversary(start, n),
        end: (end < 10_000_0000).then_some(end),
    })
}

/// The numbers of years by day, where a day tells its year.
#[derive(Debug, Default)]
pub struct ByDay {
    /// By the day's distance from `first`; [`NO_YEAR`], [`NOT_KNOWN`]
    numbers: Vec<u16>,
    /// `yyyymmdd`
    first: u32,
}

const NOT_KNOWN: u16 = u16::MAX;
const NO_YEAR: u16 = u16::MAX - 1;

/// A century of days, as numbers `yyyymmdd`
const CENTURY: u32 = 100 * 10_000;

impl ByDay {
    /// What was set of a day; `None` where nothing is remembered.
    #[inline]
    pub fn get(&self, day: u32) -> Option<Option<usize>> {
        match self.numbers.get(day.wrapping_sub(self.first) as usize) {
            None | Some(&NOT_KNOWN) => None,
            Some(&NO_YEAR) => Some(None),
            Some(number) => Some(Some(usize::from(*number))),
        }
    }

    /// Remembers a day's year; not of a day half a century from the first one.
    pub fn set(&mut self, day: u32, number: Option<usize>) {
        if self.numbers.is_empty() {
            self.first = day.saturating_sub(CENTURY / 2) / 10_000 * 10_000;
        }
        let at = day.wrapping_sub(self.first);
        let number = number.map_or(Some(NO_YEAR), |number| {
            u16::try_from(number).ok().filter(|number| *number < NO_YEAR)
        });
        let Some(number) = number.filter(|_| at < CENTURY) else {
            return;
        };
        let at = at as usize;
        if self.numbers.len() <= at {
            self.numbers.resize(at + 1, NOT_KNOWN);
        }
        if let Some(slot) = self.numbers.get_mut(at) {
            *slot = number;
        }
    }
}

/// The same day after so many years; 29 February becomes the 28th.
fn anniversary(start: i64, years: i64) -> i64 {
    let day = start + years * 10_000;
    let year = day / 10_000;
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    if day % 10_000 == 229 && !leap { day - 1 } else { day }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leap_days_fall_on_the_28th() {
        assert_eq!(anniversary(20_240_229, 1), 20_250_228);
        assert_eq!(anniversary(20_240_229, 4), 20_280_229);
        assert_eq!(anniversary(20_240_229, 76), 21_000_228);
    }

    #[test]
    fn a_day_is_remembered_or_asked_again() {
        let mut days = ByDay::default();
        assert_eq!(days.get(20_260_731), None);
        let set = [
            (20_260_731, Some(0)),
            (20_251_231, Some(1)),
            (19_800_101, None),
            (20_600_101, Some(3)),
        ];
        for (day, number) in set {
            days.set(day, number);
        }
        for (day, number) in set {
            assert_eq!(days.get(day), Some(number), "{day}");
        }
        assert_eq!(days.get(20_260_801), None);
        for (day, number) in [(10_101, Some(4)), (20_260_801, Some(usize::from(u16::MAX)))] {
            days.set(day, number);
            assert_eq!(days.get(day), None, "{day} {number:?}");
        }
        // So many years are told apart, and none of them is taken for no year.
        days.set(20_260_801, Some(usize::from(NO_YEAR)));
        assert_ne!(days.get(20_260_801), Some(None));
    }
}
