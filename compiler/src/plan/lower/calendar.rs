//! Term and insured years (SEMANTICS §4.3).

use super::context::Lowering;
use crate::plan::{Calendar, EventRule, Part, Source, Term};
use crate::resolve::{Scope, id};
use crate::types;
use anlan_lang::diag::{Finding, codes};
use anlan_lang::tree::{self, Clause, ClauseKind, Date, YearKind};
use jiff::{Span as Time, ToSpan};

impl Lowering<'_> {
    pub fn calendar(&mut self) -> Calendar {
        let scope = self.scope;
        let (term, source) = self.term(scope);
        let (term, source) = self.agreed_term(term, source);
        let mut year = (None, false, Source::default());
        let mut event = (EventRule::Unstated, Source::default());
        for clause in scope.clauses() {
            match &clause.kind {
                ClauseKind::Year { kind, of_event } => {
                    year = (Some(*kind), *of_event, self.clause_source(scope, clause));
                }
                ClauseKind::Event(rule) => {
                    event = (self.event(scope, rule), self.clause_source(scope, clause));
                }
                _ => {}
            }
        }
        event.0 = self.agreed_event(event.0);
        Calendar {
            boundaries: boundaries(&term, year.0),
            term,
            year: year.0,
            year_of_event: year.1,
            event_hours: match event.0 {
                EventRule::Hours(hours) => Some(hours),
                _ => None,
            },
            event: event.0,
            source,
            year_source: year.2,
            event_source: event.1,
        }
    }

    pub fn term(&mut self, scope: &Scope) -> (Term, Source) {
        let found = scope.clauses().iter().find_map(|clause| match &clause.kind {
            ClauseKind::Term(term) => Some((clause, term)),
            _ => None,
        });
        match found {
            Some((clause, term)) => {
                let source = self.clause_source(scope, clause);
                (self.term_of(scope, clause, term, &source), source)
            }
            None => (Term::Unstated, Source::default()),
        }
    }

    fn term_of(&mut self, scope: &Scope, clause: &Clause, term: &tree::Term, source: &Source) -> Term {
        match term {
            tree::Term::Length { quantity, start, .. } => {
                let months = types::months(scope.units(), quantity).ok();
                match start {
                    Some((date, span)) => {
                        self.part(source, Part::Start, scope, *span);
                        Term::Fixed {
                            start: *date,
                            end: months.and_then(|months| after(*date, months)),
                        }
                    }
                    None => Term::Contract {
                        years: months
                            .filter(|months| months % 12 == 0)
                            .and_then(|months| u32::try_from(months / 12).ok()),
                    },
                }
            }
            tree::Term::Range { first, last } => {
                self.part(source, Part::Start, scope, first.1);
                self.part(source, Part::End, scope, last.1);
                Term::Fixed {
                    start: first.0,
                    end: last.0.checked_add(1.day()).ok(),
                }
            }
            tree::Term::Policy => match (self.fact_named(id::POLICY_START), self.fact_named(id::POLICY_END)) {
                (Some(start), Some(end)) => Term::Policy { start, end },
                _ => {
                    let finding = Finding::new(codes::N402, scope.place(clause.span));
                    self.find(finding);
                    Term::Unstated
                }
            },
            tree::Term::Contract => Term::Contract { years: None },
        }
    }

    pub fn event(&mut self, scope: &Scope, rule: &tree::EventRule) -> EventRule {
        match rule {
            tree::EventRule::Hours(quantity) => types::hours(scope.units(), quantity)
                .ok()
                .and_then(|hours| u32::try_from(hours).ok())
                .map_or(EventRule::Unstated, EventRule::Hours),
            tree::EventRule::Contract(_) => EventRule::Contract,
            tree::EventRule::AsRecorded(_) => EventRule::AsRecorded,
        }
    }
}

/// A date some months later; 29 February becomes 28 February where the year has none.
pub fn after(date: Date, months: i64) -> Option<Date> {
    date.checked_add(Time::new().try_months(months).ok()?).ok()
}

/// First days of the insured years, and last the day after the term. Policy years unless the file says calendar.
pub fn boundaries(term: &Term, year: Option<YearKind>) -> Vec<Date> {
    let Term::Fixed { start, end: Some(end) } = term else {
        return Vec::new();
    };
    let mut days = vec![*start];
    for n in 1.. {
        let next = match year {
            // From the start each time: 29 February comes back in leap years.
            None | Some(YearKind::Policy) => after(*start, 12 * n),
            Some(YearKind::Calendar) => i16::try_from(n)
                .ok()
                .and_then(|n| Date::new(start.year().checked_add(n)?, 1, 1).ok()),
        };
        match next {
            Some(day) if day < *end => days.push(day),
            _ => break,
        }
    }
    days.push(*end);
    days
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn fixed(start: Date, end: Date) -> Term {
        Term::Fixed { start, end: Some(end) }
    }

    #[test]
    fn policy_years_begin_on_the_day_of_the_start() {
        let term = fixed(date(2023, 11, 27), date(2026, 11, 27));
        let years = boundaries(&term, Some(YearKind::Policy));
        let days = [(2023, 11, 27), (2024, 11, 27), (2025, 11, 27), (2026, 11, 27)];
        assert_eq!(years, days.map(|(y, m, d)| date(y, m, d)));
    }

    #[test]
    fn leap_day_becomes_28_february_and_comes_back() {
        let term = fixed(date(2024, 2, 29), after(date(2024, 2, 29), 60).unwrap_or_default());
        let years = boundaries(&term, None);
        let days = [(2024, 29), (2025, 28), (2026, 28), (2027, 28), (2028, 29), (2029, 28)];
        assert_eq!(years, days.map(|(y, d)| date(y, 2, d)));
    }

    #[test]
    fn calendar_years_are_cut_by_the_term() {
        let term = fixed(date(2022, 7, 1), date(2024, 7, 1));
        let years = boundaries(&term, Some(YearKind::Calendar));
        let days = [(2022, 7), (2023, 1), (2024, 1), (2024, 7)];
        assert_eq!(years, days.map(|(y, m)| date(y, m, 1)));
    }

    #[test]
    fn a_term_left_to_the_contract_has_no_years_yet() {
        assert!(boundaries(&Term::Contract { years: Some(3) }, Some(YearKind::Policy)).is_empty());
    }
}
