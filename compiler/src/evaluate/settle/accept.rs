//! Which rows are accepted (SEMANTICS §4.1, §1).

use super::reads::KeyFacts;
use super::{Prepared, rank_filters};
use crate::evaluate::assess::{InTerm, Stage};
use crate::evaluate::evaluator::{Evaluator, Stop};
use crate::evaluate::model::{Line, Moment, Reason, Record, Refusal, Value};
use crate::plan::{CoverId, FactId, GroupKey, Limit, LimitRule, Term, ValueId};
use anlan_lang::diag::{Arg, Code, codes};
use anlan_lang::tree::Order;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What limits need of an accepted row.
#[derive(Debug)]
pub(super) struct Accepted {
    pub moment: Moment,
    pub in_term: bool,
    /// First day of the record's own policy, where terms are those of policies
    pub policy_start: Option<Date>,
    /// Values of [`KeyFacts::keys`]
    pub keys: Box<[Option<Interned>]>,
    /// Values of [`KeyFacts::wide`]
    pub wide: Box<[Option<Interned>]>,
    pub lines: Vec<PreparedLine>,
    pub reason: Option<Reason>,
}

/// What limits need of a line.
#[derive(Debug)]
pub(super) struct PreparedLine {
    pub cover: CoverId,
    pub harm: ValueId,
    pub benefit: i64,
    /// Limits whose filter it passes, ascending, with the positions in its rank tiers
    pub limits: Vec<(usize, Box<[u32]>)>,
    /// Severity of the injury (0 is the heaviest) and the benefit one grade above, for limits that raise.
    pub injury: Option<(usize, i64)>,
}

/// A value kept once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Interned(u32);

#[derive(Debug, Default)]
pub(super) struct Interner {
    index: HashMap<Value, Interned>,
    values: Vec<Value>,
}

impl Interner {
    fn intern(&mut self, value: Value) -> Interned {
        if let Some(known) = self.index.get(&value) {
            return *known;
        }
        // Rows are counted in 32 bits long before distinct values are.
        let id = Interned(self.values.len() as u32);
        self.values.push(value.clone());
        self.index.insert(value, id);
        id
    }
    pub fn value(&self, id: Interned) -> Option<&Value> {
        self.values.get(id.0 as usize)
    }
    pub fn text(&self, id: Interned) -> &str {
        match self.value(id) {
            Some(Value::Text(text)) => text,
            _ => "",
        }
    }
}

/// One row by itself: `Ok(Err(…))` rejects the row, `Err` the run.
pub(super) fn row(
    evaluator: &Evaluator,
    facts: &KeyFacts,
    values: &mut Interner,
    claim: Option<&str>,
    record: &Record,
) -> Result<Result<Accepted, Vec<Refusal>>, Refusal> {
    let mut refusals = Vec::new();
    if claim.is_none() {
        refusals.push(Refusal::new(codes::V033));
    }
    let moment = evaluator.moment(record, evaluator.known.date);
    let Some(moment) = moment else {
        refusals.push(Refusal::new(codes::V034));
        return Ok(Err(refusals));
    };
    match one(evaluator, facts, values, moment, record) {
        Ok(accepted) if refusals.is_empty() => return Ok(Ok(accepted)),
        Ok(_) => {}
        Err(stop) => {
            let refusal = evaluator.refusal(stop);
            if !of_row(refusal.code) {
                return Err(refusal);
            }
            refusals.push(refusal);
        }
    }
    Ok(Err(refusals))
}

/// Whether a refusal concerns the row alone.
fn of_row(code: Code) -> bool {
    [codes::V020, codes::V021, codes::V022, codes::V023, codes::V031].contains(&code)
}

fn one(
    evaluator: &Evaluator,
    facts: &KeyFacts,
    values: &mut Interner,
    moment: Moment,
    record: &Record,
) -> Result<Accepted, Stop> {
    let mut accepted = Accepted {
        moment,
        in_term: true,
        policy_start: None,
        keys: keep(evaluator, values, record, facts.keys.iter().copied()),
        wide: said(evaluator, values, record, facts),
        lines: Vec::new(),
        reason: None,
    };
    if let Term::Policy { start, end } = &evaluator.plan.calendar.term {
        let blank = |fact: &&FactId| evaluator.raw(record, **fact).is_none();
        let missing: BTreeSet<FactId> = [start, end].into_iter().filter(blank).copied().collect();
        if !missing.is_empty() {
            return Err(Stop::Missing(missing));
        }
        accepted.policy_start = evaluator.moment(record, Some(*start)).map(Moment::day);
    }
    if let InTerm::No(reason) = evaluator.in_term(record) {
        accepted.in_term = false;
        accepted.reason = Some(*reason);
        return Ok(accepted);
    }
    let assessed = evaluator.lines(record, Stage::Grouped)?;
    accepted.reason = assessed.reason;
    let mut lacking = Lacking::default();
    for line in &assessed.lines {
        accepted.lines.push(prepared(evaluator, record, line, &mut lacking)?);
    }
    match lacking.refusal(evaluator) {
        Some(refusal) => Err(refusal.into()),
        None => Ok(accepted),
    }
}

fn keep(
    evaluator: &Evaluator,
    values: &mut Interner,
    record: &Record,
    facts: impl Iterator<Item = FactId>,
) -> Box<[Option<Interned>]> {
    facts
        .map(|fact| {
            let value = match evaluator.enumeration(record, fact) {
                Some(value) => Some(Value::Enumeration(value)),
                None => evaluator.raw(record, fact).cloned(),
            };
            value.map(|value| values.intern(value))
        })
        .collect()
}

/// What the row says of wider records; a blank says nothing, whatever its default.
fn said(evaluator: &Evaluator, values: &mut Interner, record: &Record, facts: &KeyFacts) -> Box<[Option<Interned>]> {
    let raw = facts.wide.iter().map(|wide| evaluator.raw(record, wide.fact).cloned());
    raw.map(|value| value.map(|value| values.intern(value))).collect()
}

/// Keys and filter facts that matching limits read and the row leaves blank.
#[derive(Default)]
struct Lacking {
    facts: BTreeSet<FactId>,
    limits: BTreeSet<usize>,
}

impl Lacking {
    fn refusal(self, evaluator: &Evaluator) -> Option<Refusal> {
        let first = evaluator.fact(*self.facts.first()?)?;
        let names = self.facts.iter().map(|f| evaluator.fact_names(*f)).collect();
        let limits = self
            .limits
            .iter()
            .filter_map(|i| evaluator.plan.limits.get(*i))
            .map(|l| Arg::from(&l.name));
        let refusal = Refusal::new(codes::V031).field(&first.name);
        Some(
            refusal
                .arg("names", Arg::List(names))
                .arg("limits", Arg::List(limits.collect())),
        )
    }
}

/// The limits that a line falls under. A line that pays nothing touches none.
fn prepared(evaluator: &Evaluator, record: &Record, line: &Line, lacking: &mut Lacking) -> Result<PreparedLine, Stop> {
    let mut prepared = PreparedLine {
        cover: line.cover,
        harm: line.harm,
        benefit: line.amount.0,
        limits: Vec::new(),
        injury: None,
    };
    if prepared.benefit == 0 {
        return Ok(prepared);
    }
    for (i, limit) in evaluator.plan.limits.iter().enumerate() {
        let mut blank = BTreeSet::new();
        match evaluator.passes(&limit.filter, line.cover, record) {
            Ok(false) => continue,
            Ok(true) => {}
            Err(Stop::Missing(facts)) => blank.extend(facts),
            Err(stop) => return Err(stop),
        }
        blank.extend(blank_keys(evaluator, record, limit));
        let mut ranks = Vec::new();
        for tier in &limit.tiers {
            match rank(evaluator, record, line.cover, rank_filters(tier)) {
                Ok(rank) => ranks.push(rank),
                Err(Stop::Missing(facts)) => blank.extend(facts),
                Err(stop) => return Err(stop),
            }
        }
        if !blank.is_empty() {
            lacking.facts.extend(blank);
            lacking.limits.insert(i);
        }
        if prepared.injury.is_none() && limit.rule == (LimitRule::Largest { raise: true }) {
            prepared.injury = injury(evaluator, record, line)?;
        }
        prepared.limits.push((i, ranks.into_boxed_slice()));
    }
    Ok(prepared)
}

fn blank_keys(evaluator: &Evaluator, record: &Record, limit: &Limit) -> Vec<FactId> {
    let year_of_event = evaluator.plan.calendar.year_of_event;
    let facts = limit.keys.iter().filter_map(|key| match key {
        GroupKey::Fact(fact) => Some(*fact),
        GroupKey::Year if year_of_event => evaluator.known.event,
        GroupKey::Year => None,
    });
    let blank =
        |fact: &FactId| evaluator.enumeration(record, *fact).is_none() && evaluator.raw(record, *fact).is_none();
    facts.filter(blank).collect()
}

/// The position of the first filter that the line passes; after all of them where it passes none.
fn rank(evaluator: &Evaluator, record: &Record, cover: CoverId, filters: &[crate::plan::Filter]) -> Result<u32, Stop> {
    for (i, filter) in filters.iter().enumerate() {
        if evaluator.passes(filter, cover, record)? {
            return Ok(i as u32);
        }
    }
    Ok(filters.len() as u32)
}

/// Severity of the injury, and what the same claim would get one grade above.
fn injury(evaluator: &Evaluator, record: &Record, line: &Line) -> Result<Option<(usize, i64)>, Stop> {
    let Some(fact) = evaluator.known.injury_grade else {
        return Ok(None);
    };
    let (Some(grade), Some(domain)) = (evaluator.enumeration(record, fact), evaluator.domain(fact)) else {
        return Ok(None);
    };
    let count = domain.values.len();
    let (severity, above) = match domain.order {
        Some(Order::WorstFirst) => (grade.index(), grade.index().checked_sub(1)),
        Some(Order::WorstLast) => (
            count.saturating_sub(grade.index() + 1),
            Some(grade.index() + 1).filter(|above| *above < count),
        ),
        None => return Ok(None),
    };
    let Some(above) = above else {
        return Ok(Some((severity, line.amount.0)));
    };
    let mut raised = record.clone();
    if let Some(slot) = raised.values.get_mut(fact.index()) {
        *slot = Some(Value::Enumeration(ValueId::from(above)));
    }
    let mut lines = [evaluator.line(&raised, line.cover, line.harm, Stage::Grouped)?];
    evaluator.own_limits(&raised, &mut lines, Stage::Grouped)?;
    Ok(lines.first().map(|line| (severity, line.amount.0)))
}

/// Every row of a repeated claim id is rejected, whatever else is wrong with it.
pub(super) fn repeated(rows: &mut [Prepared]) {
    let mut counts: HashMap<Box<str>, i64> = HashMap::with_capacity(rows.len());
    for row in rows.iter() {
        if let Some(claim) = &row.claim {
            *counts.entry(claim.clone()).or_default() += 1;
        }
    }
    for row in rows {
        let Some(claim) = &row.claim else { continue };
        let count = counts.get(claim).copied().unwrap_or_default();
        if count > 1 {
            let refusal = Refusal::new(codes::V030)
                .value(claim.to_string())
                .arg("count", Arg::Count(count));
            match &mut row.state {
                Err(refusals) => refusals.push(refusal),
                state => *state = Err(vec![refusal]),
            }
        }
    }
}

/// Rejects the rows that say different things of one wider record. Only rows that are acceptable by themselves count.
pub(super) fn contradicting(evaluator: &Evaluator, facts: &KeyFacts, values: &Interner, rows: &mut [Prepared]) {
    type Said = BTreeMap<Interned, BTreeSet<Interned>>;
    let mut said: Vec<Said> = facts.wide.iter().map(|_| Said::new()).collect();
    let of = |accepted: &Accepted, i: usize, key: usize| {
        let key = accepted.keys.get(key).copied().flatten()?;
        Some((key, accepted.wide.get(i).copied().flatten()?))
    };
    for row in rows.iter() {
        let Ok(accepted) = &row.state else { continue };
        for ((i, wide), said) in facts.wide.iter().enumerate().zip(&mut said) {
            if let Some((key, value)) = of(accepted, i, wide.key) {
                said.entry(key).or_default().insert(value);
            }
        }
    }
    for row in rows {
        let Ok(accepted) = &row.state else { continue };
        let mut refusals = Vec::new();
        for ((i, wide), said) in facts.wide.iter().enumerate().zip(&said) {
            let Some((key, value)) = of(accepted, i, wide.key) else {
                continue;
            };
            let others: Vec<Interned> = said
                .get(&key)
                .into_iter()
                .flatten()
                .copied()
                .filter(|other| *other != value)
                .collect();
            if others.is_empty() {
                continue;
            }
            let worded = |fact: FactId, id: Interned| {
                values
                    .value(id)
                    .map_or_else(|| Arg::Text(String::new()), |v| evaluator.worded(fact, v))
            };
            let key_fact = facts.keys.get(wide.key).copied();
            let mut refusal = Refusal::new(codes::V032)
                .arg(
                    "id",
                    key_fact.map_or_else(|| Arg::Text(String::new()), |fact| worded(fact, key)),
                )
                .arg(
                    "key",
                    key_fact.map_or_else(|| Arg::Text(String::new()), |fact| evaluator.fact_names(fact)),
                )
                .arg("value", worded(wide.fact, value))
                .arg(
                    "other",
                    Arg::List(sorted(others.into_iter().map(|o| worded(wide.fact, o)).collect())),
                );
            if let Some(fact) = evaluator.fact(wide.fact) {
                refusal = refusal.field(&fact.name);
            }
            refusals.push(refusal);
        }
        if !refusals.is_empty() {
            row.state = Err(refusals);
        }
    }
}

/// In an order that does not follow the rows (interned ids do).
fn sorted(mut args: Vec<Arg>) -> Vec<Arg> {
    args.sort_by_cached_key(|arg| format!("{arg:?}"));
    args
}
