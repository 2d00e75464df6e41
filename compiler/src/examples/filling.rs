//! What a settlement of an example needs and the example leaves unsaid.

use super::Claim;
use crate::evaluate::{Moment, Record, Row, Value};
use crate::plan::{FactId, FactKind, GroupKey, Plan, Term};
use crate::resolve::id;
use jiff::ToSpan;
use jiff::civil::{Date, date};

/// The day of an example whose scheme has no term.
const SOME_DAY: Date = date(2000, 1, 1);

/// The plan with a term, and the claims with ids, dates and keys.
pub(super) fn fill(plan: &Plan, claims: &[(Claim, u32)]) -> (Plan, Vec<Row>) {
    let mut plan = plan.clone();
    let find = |id: &str| plan.facts.iter().position(|f| f.id == id).map(FactId::from);
    let known = Known {
        claim: find(id::CLAIM),
        date: find(id::DATE),
        event: find(id::EVENT),
        keys: keys(&plan),
        policy: match plan.calendar.term {
            Term::Policy { start, end } => Some((start, end)),
            _ => None,
        },
        first: first_day(&plan, claims, find(id::DATE)),
    };
    if matches!(plan.calendar.term, Term::Contract { .. } | Term::Unstated) {
        plan.calendar.term = Term::Fixed {
            start: known.first,
            end: None,
        };
        plan.calendar.boundaries = Vec::new();
    }
    let mut rows = Vec::new();
    for (claim, count) in claims {
        for n in 0..*count {
            let number = rows.len() as u64 + 1;
            rows.push(known.row(claim, number, n, *count));
        }
    }
    (plan, rows)
}

struct Known {
    claim: Option<FactId>,
    date: Option<FactId>,
    event: Option<FactId>,
    /// Text ids that limits are counted by
    keys: Vec<FactId>,
    policy: Option<(FactId, FactId)>,
    first: Date,
}

impl Known {
    fn row(&self, claim: &Claim, number: u64, copy: u32, copies: u32) -> Row {
        let record = match claim {
            Err(refusals) => {
                return Row {
                    number,
                    claim: Some(format!("#{number}")),
                    record: Err(refusals.clone()),
                };
            }
            Ok(record) => record,
        };
        let mut record = record.clone();
        let given = self.claim.and_then(|fact| text(&record, fact));
        let id = match given {
            Some(id) if copies > 1 => format!("{id}-{}", copy + 1),
            Some(id) => id,
            None => format!("#{number}"),
        };
        set(&mut record, self.claim, Value::Text(id.as_str().into()));
        blank(&mut record, self.date, || Value::Date(Moment::Day(self.first)));
        blank(&mut record, self.event, || Value::Text("#".into()));
        for key in self.keys.iter().filter(|key| Some(**key) != self.event) {
            blank(&mut record, Some(*key), || Value::Text(format!("#{number}").into()));
        }
        if let Some((start, end)) = self.policy {
            let day = day(&record, self.date).unwrap_or(self.first);
            let last = day
                .checked_add(1.year())
                .and_then(|next| next.yesterday())
                .unwrap_or(day);
            blank(&mut record, Some(start), || Value::Date(Moment::Day(day)));
            blank(&mut record, Some(end), || Value::Date(Moment::Day(last)));
        }
        Row {
            number,
            claim: Some(id),
            record: Ok(record),
        }
    }
}

fn keys(plan: &Plan) -> Vec<FactId> {
    let facts = plan
        .limits
        .iter()
        .flat_map(|limit| &limit.keys)
        .filter_map(|key| match key {
            GroupKey::Fact(fact) => Some(*fact),
            GroupKey::Year => None,
        });
    let is_text = |fact: &FactId| plan.facts.get(fact.index()).is_some_and(|f| f.kind == FactKind::Text);
    facts.filter(is_text).collect()
}

/// First day of the term; where there is none, the earliest date of the claims.
fn first_day(plan: &Plan, claims: &[(Claim, u32)], date: Option<FactId>) -> Date {
    match plan.calendar.term {
        Term::Fixed { start, .. } => start,
        _ => {
            let days = claims.iter().filter_map(|(claim, _)| day(claim.as_ref().ok()?, date));
            days.min().unwrap_or(SOME_DAY)
        }
    }
}

fn day(record: &Record, date: Option<FactId>) -> Option<Date> {
    match record.values.get(date?.index())? {
        Some(Value::Date(moment)) => Some(moment.day()),
        _ => None,
    }
}

fn text(record: &Record, fact: FactId) -> Option<String> {
    match record.values.get(fact.index())? {
        Some(Value::Text(text)) => Some(text.to_string()),
        _ => None,
    }
}

fn set(record: &mut Record, fact: Option<FactId>, value: Value) {
    if let Some(slot) = fact.and_then(|fact| record.values.get_mut(fact.index())) {
        *slot = Some(value);
    }
}

fn blank(record: &mut Record, fact: Option<FactId>, value: impl FnOnce() -> Value) {
    if let Some(slot) = fact.and_then(|fact| record.values.get_mut(fact.index()))
        && slot.is_none()
    {
        *slot = Some(value());
    }
}
