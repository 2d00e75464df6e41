//! Schedules of benefits: rows (those taken over by `like` included), keys, rules for several rows of one person.

use super::context::Lowering;
use super::notes;
use super::order;
use super::pipeline::Row;
use crate::plan::{Part, SamePersonRule, Schedule, ScheduleKey, Source};
use crate::resolve::{Scope, id};
use anlan_lang::tree::{self, BenefitRow, ClauseKind, Key, Notes, SamePerson, Span};

/// A schedule, or rows that a cover states in place.
#[derive(Debug, Clone)]
pub struct LoweredSchedule {
    /// The schedule's name, or the cover's for rows in place
    pub id: String,
    pub keys: Vec<ScheduleKey>,
    pub rows: Vec<Row>,
    pub same_person: Vec<SamePersonRule>,
    pub source: Source,
    pub in_place: bool,
}

impl LoweredSchedule {
    /// For the statement; the covers that pay by it are added when all covers are known.
    pub fn printed(&self) -> Schedule {
        Schedule {
            id: self.id.clone(),
            keys: self.keys.clone(),
            rows: self.rows.iter().map(|row| row.printed.clone()).collect(),
            same_person: self.same_person.clone(),
            covers: Vec::new(),
            source: self.source.clone(),
        }
    }
}

impl Lowering<'_> {
    /// All named schedules in the order of concepts.
    pub fn schedules(&mut self) -> Vec<LoweredSchedule> {
        let scope = self.scope;
        let found = Lowering::ordered(scope, |kind| match kind {
            ClauseKind::Schedule(schedule) => Some((&schedule.name, schedule)),
            _ => None,
        });
        found
            .into_iter()
            .map(|(clause, schedule)| {
                let source = self.clause_source(scope, clause);
                self.part(&source, Part::Name, scope, schedule.name.span);
                self.schedule(scope, schedule, source)
            })
            .collect()
    }

    fn schedule(&mut self, scope: &Scope, schedule: &tree::Schedule, source: Source) -> LoweredSchedule {
        let keys = inherited_keys(scope, schedule);
        let keys = self.schedule_keys(scope, keys);
        let rows: Vec<&BenefitRow> = scope.rows(schedule);
        let rows = self.rows(scope, &rows, !keys.is_empty(), &source);
        let own = schedule
            .same_person
            .iter()
            .map(|(rule, notes)| (rule, notes, schedule.span));
        let same_person = self.same_person(scope, own, &source);
        LoweredSchedule {
            id: schedule.name.text.clone(),
            keys,
            rows,
            same_person,
            source,
            in_place: false,
        }
    }

    /// Rows that a cover states in place.
    pub fn rows_in_place(
        &mut self,
        scope: &Scope,
        cover: &str,
        keys: &[Key],
        rows: &[BenefitRow],
        source: &Source,
    ) -> LoweredSchedule {
        let keys = self.schedule_keys(scope, keys);
        let rows: Vec<&BenefitRow> = rows.iter().collect();
        let rows = self.rows(scope, &rows, !keys.is_empty(), source);
        LoweredSchedule {
            id: cover.to_owned(),
            keys,
            rows,
            same_person: self.same_person(scope, [], source),
            source: source.clone(),
            in_place: true,
        }
    }

    /// Rows in the order of harms: the order in which they are written means nothing.
    fn rows(&mut self, scope: &Scope, rows: &[&BenefitRow], keyed: bool, holder: &Source) -> Vec<Row> {
        let mut rows: Vec<Row> = rows
            .iter()
            .filter_map(|row| self.row(scope, row, keyed, holder))
            .collect();
        rows.sort_by(|a, b| {
            let harms = |row: &Row| row.harms.iter().map(|(harm, _)| *harm).collect::<Vec<_>>();
            (a.combined, harms(a)).cmp(&(b.combined, harms(b)))
        });
        rows
    }

    /// The schedule's own rules, and those that the scheme states for all schedules unless the schedule has its own
    /// of that kind.
    fn same_person<'t>(
        &mut self,
        scope: &Scope,
        own: impl IntoIterator<Item = (&'t SamePerson, &'t Notes, Span)>,
        holder: &Source,
    ) -> Vec<SamePersonRule> {
        let mut rules = Vec::new();
        for (rule, notes, span) in own {
            let source = self.source_within(scope, span, notes, holder);
            rules.extend(self.same_person_rule(scope, rule, source));
        }
        let general: Vec<_> = scope
            .clauses()
            .iter()
            .filter_map(|clause| match &clause.kind {
                ClauseKind::SamePerson(rule) => Some((order::concept(notes::cited(clause), ""), clause, rule)),
                _ => None,
            })
            .collect();
        for (_, clause, rule) in general {
            let source = self.clause_source(scope, clause);
            let Some(rule) = self.same_person_rule(scope, rule, source) else {
                continue;
            };
            if !rules.iter().any(|other| same_kind(other, &rule)) {
                rules.push(rule);
            }
        }
        rules.sort_by_key(|rule| match rule {
            SamePersonRule::SeveralInjuries { .. } => (0, None, None),
            SamePersonRule::LessPaid { harm, paid, .. } => (1, Some(*harm), Some(*paid)),
        });
        rules
    }

    fn same_person_rule(&mut self, scope: &Scope, rule: &SamePerson, source: Source) -> Option<SamePersonRule> {
        let harm_fact = scope.fact_named(id::HARM)?;
        Some(match rule {
            SamePerson::SeveralInjuries { raised } => SamePersonRule::SeveralInjuries {
                raised: *raised,
                source,
            },
            SamePerson::LessPaid { harm, paid } => SamePersonRule::LessPaid {
                harm: scope.value_of(harm_fact, &harm.text)?,
                paid: scope.value_of(harm_fact, &paid.text)?,
                source,
            },
        })
    }
}

fn same_kind(a: &SamePersonRule, b: &SamePersonRule) -> bool {
    match (a, b) {
        (SamePersonRule::SeveralInjuries { .. }, SamePersonRule::SeveralInjuries { .. }) => true,
        (
            SamePersonRule::LessPaid { harm, paid, .. },
            SamePersonRule::LessPaid {
                harm: other_harm,
                paid: other_paid,
                ..
            },
        ) => (harm, paid) == (other_harm, other_paid),
        _ => false,
    }
}

/// The keys of a schedule; without keys of its own it takes those of the schedule it is `like`.
fn inherited_keys<'s>(scope: &'s Scope, schedule: &'s tree::Schedule) -> &'s [Key] {
    let (mut at, mut steps) = (schedule, 0);
    // A chain longer than the scheme has clauses is a circle, which the names pass reports.
    while at.keys.is_empty() && steps <= scope.clauses().len() {
        match at.like.as_ref().and_then(|like| scope.schedule(&like.text)) {
            Some(base) => at = base.node,
            None => break,
        }
        steps += 1;
    }
    &at.keys
}
