//! One limit after another (SEMANTICS §4.4–4.6).

use super::accept::{Accepted, Interned, PreparedLine};
use super::lines::{Book, BookLine};
use crate::evaluate::amount::overflow;
use crate::evaluate::calendar::InsuredYear;
use crate::evaluate::evaluator::{Context, Evaluator, Stop};
use crate::evaluate::exact::to_fen;
use crate::evaluate::model::{DecidedKey, Refusal, Value};
use crate::evaluate::sharing::{Bound, share_out};
use crate::plan::{Amount, Decision, DecisionKey, FactId, GroupKey, Limit, LimitRule, Term, Tier};
use anlan_lang::diag::codes;
use jiff::civil::Date;
use std::collections::HashMap;

/// Part of a group's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Key {
    Value(Option<Interned>),
    Year(InsuredYear),
}

/// Lines that share one limit, as positions in the total order.
#[derive(Debug)]
struct Group {
    key: Vec<Key>,
    lines: Vec<usize>,
}

/// Applies one limit to what the ones before left.
pub(super) fn apply(book: &mut Book, index: usize) -> Result<(), Refusal> {
    let Some(limit) = book.evaluator.plan.limits.get(index) else {
        return Ok(());
    };
    for group in groups(book, index, limit)? {
        let applied = apply_to(book, index, limit, &group);
        let (alone, kept) = applied.map_err(|stop| book.evaluator.refusal(stop))?;
        for (line, alone) in alone {
            book.leave_alone(line, alone);
        }
        for (line, kept) in kept {
            book.keep(line, index, kept);
        }
    }
    Ok(())
}

/// Lines, as positions in the total order, with amounts.
type Amounts = Vec<(usize, i64)>;

/// What each line of a group would keep by itself, and what it keeps where the limit binds.
fn apply_to(book: &Book, index: usize, limit: &Limit, group: &Group) -> Result<(Amounts, Amounts), Stop> {
    match bound(book, limit, group)? {
        Some(bound) => Ok((
            alone(book, limit, group, bound)?,
            kept(book, index, limit, group, bound)?,
        )),
        None => Ok((Vec::new(), Vec::new())),
    }
}

/// What each line of a group would keep by itself. A raised injury counts with its raised benefit from then on.
fn alone(book: &Book, limit: &Limit, group: &Group, bound: Bound) -> Result<Amounts, Stop> {
    let raised = match limit.rule {
        LimitRule::Largest { raise: true } => raised(book, group),
        _ => None,
    };
    let of = |i: &usize| {
        let line = book.lines.get(*i)?;
        let severity = || book.prepared(line)?.1.injury.map(|(severity, _)| severity);
        let alone = match (&limit.rule, raised) {
            (LimitRule::Largest { .. }, Some((heaviest, raised))) if severity() == Some(heaviest) => raised,
            (LimitRule::Largest { .. }, _) => line.alone,
            _ => match bound.alone(line.alone, limit.ratio_to) {
                Some(alone) => alone,
                None => return Some(Err(overflow())),
            },
        };
        Some(Ok((*i, alone)))
    };
    group.lines.iter().filter_map(of).collect()
}

/// The groups of a limit, in the total order of their first lines. A line of which nothing is left still counts for the
/// largest.
fn groups(book: &Book, index: usize, limit: &Limit) -> Result<Vec<Group>, Refusal> {
    let mut groups: Vec<Group> = Vec::new();
    let mut found: HashMap<Vec<Key>, usize> = HashMap::new();
    for (i, line) in book.lines.iter().enumerate().filter(|(_, line)| line.worth() > 0) {
        let Some((accepted, prepared)) = book.prepared(line) else {
            continue;
        };
        if !prepared.limits.iter().any(|(limit, _)| *limit == index) {
            continue;
        }
        let key = key(book, limit, accepted)?;
        match found.get(&key).and_then(|at| groups.get_mut(*at)) {
            Some(group) => group.lines.push(i),
            None => {
                found.insert(key.clone(), groups.len());
                groups.push(Group { key, lines: vec![i] });
            }
        }
    }
    Ok(groups)
}

fn key(book: &Book, limit: &Limit, accepted: &Accepted) -> Result<Vec<Key>, Refusal> {
    let part = |key: &GroupKey| match key {
        GroupKey::Fact(fact) => {
            let position = book.facts.position(*fact);
            Ok(Key::Value(
                position.and_then(|at| accepted.keys.get(at).copied().flatten()),
            ))
        }
        GroupKey::Year => book
            .year(accepted)
            .map(Key::Year)
            .ok_or_else(|| Refusal::new(codes::V045)),
    };
    limit.keys.iter().map(part).collect()
}

/// What each line of a group keeps; empty where the limit does not bind.
fn kept(book: &Book, index: usize, limit: &Limit, group: &Group, bound: Bound) -> Result<Amounts, Stop> {
    let left = |i: &usize| book.lines.get(*i).map_or(0, |line| line.left);
    let total = group
        .lines
        .iter()
        .try_fold(0i64, |sum, i| sum.checked_add(left(i)))
        .ok_or_else(overflow)?;
    let binds = match bound {
        Bound::UpTo(most) => most < total,
        Bound::Less(less) => less > 0,
    };
    if !binds {
        return Ok(Vec::new());
    }
    let (order, tiers) = tiers(book, index, limit, group);
    if !limit.exhaustion_stated && order.len() > 1 {
        return Err(Refusal::new(codes::V043).arg("name", &limit.name).into());
    }
    let amounts: Vec<i64> = order.iter().map(left).collect();
    let kept = share_out(&amounts, &tiers, bound, limit.ratio_to).ok_or_else(overflow)?;
    Ok(order.into_iter().zip(kept).collect())
}

/// Room or deductible of a group; `None` without a limit.
fn bound(book: &Book, limit: &Limit, group: &Group) -> Result<Option<Bound>, Stop> {
    let context = OfGroup { book, limit, group };
    Ok(match &limit.rule {
        LimitRule::UpTo(amount) => whole(book.evaluator, &context, amount)?.map(Bound::UpTo),
        LimitRule::Less(amount) => Some(Bound::Less(
            whole(book.evaluator, &context, amount)?.ok_or_else(overflow)?,
        )),
        LimitRule::Largest { raise } => Some(Bound::UpTo(largest(book, group, *raise))),
    })
}

fn whole(evaluator: &Evaluator, context: &OfGroup, amount: &Amount) -> Result<Option<i64>, Stop> {
    match evaluator.amount(context, amount)? {
        Some(value) => Ok(Some(to_fen(&value).ok_or_else(overflow)?.0)),
        None => Ok(None),
    }
}

/// The largest benefit of the group, each taken by itself, or that of the grade above where the heaviest injury occurs
/// twice or more. The group shares out its own benefits, so more than their sum is never paid.
fn largest(book: &Book, group: &Group, raise: bool) -> i64 {
    let lines = group.lines.iter().filter_map(|i| book.lines.get(*i));
    let most = lines.map(BookLine::worth).max().unwrap_or_default();
    let raised = if raise { raised(book, group) } else { None };
    most.max(raised.map_or(0, |(_, raised)| raised))
}

/// The severity of the heaviest injury and the benefit one grade above, where it occurs twice or more.
fn raised(book: &Book, group: &Group) -> Option<(usize, i64)> {
    let lines = || group.lines.iter().filter_map(|i| book.lines.get(*i));
    let injuries = || lines().filter_map(|line| book.prepared(line)?.1.injury);
    let heaviest = injuries().map(|(severity, _)| severity).min()?;
    let of_heaviest: Vec<i64> = injuries()
        .filter(|(severity, _)| *severity == heaviest)
        .map(|(_, raised)| raised)
        .collect();
    let raised = of_heaviest.iter().copied().max().filter(|_| of_heaviest.len() > 1)?;
    Some((heaviest, raised))
}

/// The group's lines in the order in which they are served, and the sizes of its tiers.
fn tiers(book: &Book, index: usize, limit: &Limit, group: &Group) -> (Vec<usize>, Vec<usize>) {
    let mut keyed: Vec<(Vec<i64>, usize)> = group
        .lines
        .iter()
        .filter_map(|i| {
            let line = book.lines.get(*i)?;
            if line.left == 0 {
                return None;
            }
            let (accepted, prepared) = book.prepared(line)?;
            let claim = book.claim_order.get(line.row).copied().unwrap_or_default();
            Some((tier_key(book, index, limit, accepted, prepared, claim), *i))
        })
        .collect();
    // Stable, so that within a tier the total order stays.
    keyed.sort_by(|a, b| a.0.cmp(&b.0));
    let sizes = keyed.chunk_by(|a, b| a.0 == b.0).map(<[_]>::len).collect();
    (keyed.into_iter().map(|(_, line)| line).collect(), sizes)
}

fn tier_key(
    book: &Book,
    index: usize,
    limit: &Limit,
    accepted: &Accepted,
    prepared: &PreparedLine,
    claim: i64,
) -> Vec<i64> {
    let ranks = prepared
        .limits
        .iter()
        .find(|(limit, _)| *limit == index)
        .map(|(_, ranks)| ranks);
    let tiers = limit.tiers.iter().enumerate();
    tiers
        .map(|(i, tier)| match tier {
            Tier::Date => crate::evaluate::evaluator::days(accepted.moment.day()),
            Tier::Event => book.event_order(accepted),
            Tier::Claim => claim,
            Tier::Rank(_) => ranks.and_then(|ranks| ranks.get(i)).copied().map_or(0, i64::from),
        })
        .collect()
}

/// A limit's group as a context for its amount.
struct OfGroup<'b, 'e, 'a> {
    book: &'b Book<'e, 'a>,
    limit: &'b Limit,
    group: &'b Group,
}

impl OfGroup<'_, '_, '_> {
    fn parts(&self) -> impl Iterator<Item = (&GroupKey, &Key)> {
        self.limit.keys.iter().zip(&self.group.key)
    }

    /// First day of the group's event, if the key has one.
    fn event_day(&self) -> Option<Date> {
        let event = self.book.evaluator.known.event?;
        let (_, key) = self.parts().find(|(key, _)| **key == GroupKey::Fact(event))?;
        let Key::Value(Some(event)) = key else { return None };
        Some(self.book.events.get(event)?.first.day())
    }

    fn year(&self) -> Option<Date> {
        self.parts().find_map(|(_, key)| match key {
            Key::Year(year) => Some(year.first),
            Key::Value(_) => None,
        })
    }

    /// The one key that all lines of the group fall under; `None` where they differ or one has none.
    fn common(&self, of: impl Fn(&Accepted) -> Option<DecidedKey>) -> Option<DecidedKey> {
        let mut common = None;
        for line in self.group.lines.iter().filter_map(|i| self.book.lines.get(*i)) {
            let key = of(self.book.prepared(line)?.0)?;
            if common.get_or_insert_with(|| key.clone()) != &key {
                return None;
            }
        }
        common
    }

    fn of_value(&self, accepted: &Accepted, fact: FactId) -> Option<DecidedKey> {
        let position = self.book.facts.position(fact)?;
        match self
            .book
            .values
            .value(accepted.keys.get(position).copied().flatten()?)?
        {
            Value::Enumeration(value) => Some(DecidedKey::Value(*value)),
            Value::Text(text) => Some(DecidedKey::Text(text.to_string())),
            _ => None,
        }
    }
}

impl Context for OfGroup<'_, '_, '_> {
    /// SEMANTICS §4.4: the event's earliest accepted date if the key has the event, else the year's first day, else the
    /// term's.
    fn day(&self) -> Result<Date, Stop> {
        let term = || match &self.book.evaluator.plan.calendar.term {
            Term::Fixed { start, .. } => Some(*start),
            Term::Policy { .. } | Term::Contract { .. } | Term::Unstated => None,
        };
        let day = self.event_day().or_else(|| self.year()).or_else(term);
        day.ok_or_else(|| Refusal::new(codes::V045).into())
    }

    fn key(&self, per: DecisionKey) -> Result<Option<DecidedKey>, Stop> {
        Ok(match per {
            DecisionKey::Term => None,
            DecisionKey::Year => match self.year() {
                Some(first) => Some(DecidedKey::Year(first.year())),
                None => self.common(|a| Some(DecidedKey::Year(self.book.year(a)?.first.year()))),
            },
            DecisionKey::Event => self.common(|a| {
                Some(DecidedKey::Text(
                    self.book.values.text(self.book.event_of(a)?).to_owned(),
                ))
            }),
            DecisionKey::Fact(fact) => self.common(|a| self.of_value(a, fact)),
        })
    }

    fn no_key(&self, decision: &Decision) -> Stop {
        Refusal::new(codes::V048)
            .arg("limit", &self.limit.name)
            .arg("name", decision.id.as_str())
            .into()
    }

    fn value(&self, fact: FactId) -> Result<&Value, Stop> {
        // A limit over a group reads no claim's fact, unless all lines agree (a cap at the sum insured).
        let lines = || self.group.lines.iter().filter_map(|i| self.book.lines.get(*i));
        let of = |line| self.fact_value(line, fact);
        let first = lines().next().and_then(of).ok_or_else(|| Stop::missing(fact))?;
        if lines().any(|line| of(line) != Some(first)) {
            return Err(Refusal::new(codes::V049)
                .arg("limit", &self.limit.name)
                .arg("field", self.book.evaluator.fact_names(fact))
                .into());
        }
        self.book.values.value(first).ok_or_else(|| Stop::missing(fact))
    }
}

impl OfGroup<'_, '_, '_> {
    fn fact_value(&self, line: &BookLine, fact: FactId) -> Option<Interned> {
        let accepted = self.book.prepared(line)?.0;
        accepted.keys.get(self.book.facts.position(fact)?).copied().flatten()
    }
}
