//! Term and years (SEMANTICS §4.3): which losses count, and to which insured year they belong.

use crate::plan::{Calendar, Term};
use anlan_lang::tree::YearKind;
use jiff::ToSpan;
use jiff::civil::Date;

/// One insured year: first day, and first day after it where known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct InsuredYear {
    pub first: Date,
    pub end: Option<Date>,
}

/// The year that `day` belongs to. `policy_start` is the record's own, for schemes whose term is each policy's.
/// `None` where the plan does not tell: the term is left to a contract or not stated, or the day is before its start.
pub(crate) fn year_of(calendar: &Calendar, day: Date, policy_start: Option<Date>) -> Option<InsuredYear> {
    let bounds = calendar.boundaries.iter().zip(calendar.boundaries.iter().skip(1));
    for (first, end) in bounds {
        if (*first..*end).contains(&day) {
            return Some(InsuredYear {
                first: *first,
                end: Some(*end),
            });
        }
    }
    let start = match &calendar.term {
        Term::Fixed { start, end } if day >= *start && end.is_none_or(|end| day < end) => Some(*start),
        Term::Fixed { .. } => return None,
        Term::Policy { .. } => policy_start,
        Term::Contract { .. } | Term::Unstated => None,
    };
    match calendar.year {
        Some(YearKind::Calendar) => calendar_year(day),
        _ => policy_year(start?, day),
    }
}

fn calendar_year(day: Date) -> Option<InsuredYear> {
    Some(InsuredYear {
        first: Date::new(day.year(), 1, 1).ok()?,
        end: Date::new(day.year().checked_add(1)?, 1, 1).ok(),
    })
}

/// Year *n* is [start + n years, start + n+1 years); 29 February becomes 28 February.
fn policy_year(start: Date, day: Date) -> Option<InsuredYear> {
    if day < start {
        return None;
    }
    let mut n = i32::from(day.year()) - i32::from(start.year());
    let nth = |n: i32| start.checked_add(n.years()).ok();
    if nth(n)? > day {
        n -= 1;
    }
    Some(InsuredYear {
        first: nth(n)?,
        end: nth(n + 1),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)] // tests
    use super::*;
    use crate::plan::Source;
    use jiff::civil::date;

    fn calendar(term: Term, year: YearKind, boundaries: Vec<Date>) -> Calendar {
        Calendar {
            term,
            year: Some(year),
            year_of_event: false,
            boundaries,
            event_hours: None,
            event: Default::default(),
            source: Source::default(),
            year_source: Source::default(),
            event_source: Source::default(),
        }
    }

    #[test]
    fn stated_boundaries_decide() {
        let bounds = vec![date(2023, 11, 27), date(2024, 11, 27), date(2025, 11, 27)];
        let term = Term::Fixed {
            start: date(2023, 11, 27),
            end: Some(date(2025, 11, 27)),
        };
        let c = calendar(term, YearKind::Policy, bounds);
        let first = |d| year_of(&c, d, None).map(|y| y.first);
        assert_eq!(first(date(2023, 11, 26)), None);
        assert_eq!(first(date(2023, 11, 27)), Some(date(2023, 11, 27)));
        assert_eq!(first(date(2024, 11, 26)), Some(date(2023, 11, 27)));
        assert_eq!(first(date(2024, 11, 27)), Some(date(2024, 11, 27)));
        assert_eq!(first(date(2025, 11, 27)), None);
    }

    #[test]
    fn open_terms_go_on_and_leap_days_fall_on_the_28th() {
        let term = Term::Fixed {
            start: date(2024, 2, 29),
            end: None,
        };
        let c = calendar(term, YearKind::Policy, vec![]);
        let year = year_of(&c, date(2025, 2, 28), None).unwrap();
        assert_eq!((year.first, year.end), (date(2025, 2, 28), Some(date(2026, 2, 28))));
        assert_eq!(year_of(&c, date(2025, 2, 27), None).unwrap().first, date(2024, 2, 29));
        assert_eq!(year_of(&c, date(2028, 2, 29), None).unwrap().first, date(2028, 2, 29));
    }

    #[test]
    fn policies_have_years_of_their_own_and_contracts_none() {
        let c = calendar(
            Term::Policy {
                start: 0usize.into(),
                end: 1usize.into(),
            },
            YearKind::Policy,
            vec![],
        );
        let year = year_of(&c, date(2024, 6, 1), Some(date(2023, 7, 1))).unwrap();
        assert_eq!((year.first, year.end), (date(2023, 7, 1), Some(date(2024, 7, 1))));
        let c = calendar(Term::Contract { years: Some(1) }, YearKind::Policy, vec![]);
        assert_eq!(year_of(&c, date(2024, 6, 1), None), None);
        let c = calendar(Term::Unstated, YearKind::Calendar, vec![]);
        assert_eq!(year_of(&c, date(2024, 6, 1), None).unwrap().first, date(2024, 1, 1));
    }
}
