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
}
