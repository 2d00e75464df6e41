//! The groups over which claims are added up: which keys they hold fixed.

use super::*;

/// The keys that a group holds fixed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    pub(super) keys: Vec<GroupKey>,
    /// One claim: every key is fixed.
    pub(super) claim: bool,
    /// Only harms to persons (`Some(false)`) or to things (`Some(true)`)
    pub(super) things: Option<bool>,
}

impl Group {
    /// The group of a limit, or of any keys. An event lies in one insured year, and a claim has one of everything.
    pub fn of(plan: &Plan, keys: &[GroupKey]) -> Self {
        let fact = |name: &str| fact_named(plan, name).map(GroupKey::Fact);
        let has = |name: &str| fact(name).is_some_and(|key| keys.contains(&key));
        let mut fixed = keys.to_vec();
        if has(id::EVENT) && !fixed.contains(&GroupKey::Year) {
            fixed.push(GroupKey::Year);
        }
        Group {
            claim: has(id::CLAIM),
            keys: fixed,
            things: None,
        }
    }
    /// One claim by itself.
    pub fn claim() -> Self {
        Group {
            keys: Vec::new(),
            claim: true,
            things: None,
        }
    }
    /// One person in one event; a person belongs to one household.
    pub fn person(plan: &Plan) -> Self {
        Group {
            things: Some(false),
            ..Group::named(plan, &[id::PERSON, id::HOUSEHOLD, id::EVENT])
        }
    }
    /// The things of one household in one event.
    pub fn household(plan: &Plan) -> Self {
        Group {
            things: Some(true),
            ..Group::named(plan, &[id::PERSON, id::HOUSEHOLD, id::EVENT])
        }
    }
    /// One event, within one insured year.
    pub fn event(plan: &Plan) -> Self {
        Group::named(plan, &[id::EVENT])
    }
    /// One insured year.
    pub fn year() -> Self {
        Group {
            keys: vec![GroupKey::Year],
            claim: false,
            things: None,
        }
    }
    /// The whole term.
    pub fn term() -> Self {
        Group {
            keys: Vec::new(),
            claim: false,
            things: None,
        }
    }
    fn named(plan: &Plan, names: &[&str]) -> Self {
        let keys: Vec<GroupKey> = names
            .iter()
            .filter_map(|name| fact_named(plan, name).map(GroupKey::Fact))
            .collect();
        Group::of(plan, &keys)
    }

    /// The first days of the insured years, where a limit of each year holds the group and its amount is dated.
    pub(super) fn by_year<'p>(&self, plan: &'p Plan, limit: &Limit) -> Option<&'p [Date]> {
        let LimitRule::UpTo(amount) = &limit.rule else {
            return None;
        };
        let free: Vec<&GroupKey> = limit.keys.iter().filter(|key| !self.keys.contains(key)).collect();
        let years = usize::try_from(years(plan)?).ok()?;
        let by_year = !self.claim && free == [&GroupKey::Year] && is_dated(amount);
        by_year.then(|| plan.calendar.boundaries.get(..years))?
    }
    /// It holds one claim.
    pub fn is_claim(&self) -> bool {
        self.claim
    }
    /// How often a key with these columns occurs in the group; `None`: without bound.
    pub fn times(&self, plan: &Plan, keys: &[GroupKey]) -> Option<i64> {
        if self.claim {
            return Some(1);
        }
        let free = keys.iter().filter(|key| !self.keys.contains(key));
        free.map(|key| match key {
            GroupKey::Year => years(plan),
            GroupKey::Fact(fact) => match plan.facts.get(fact.index())?.kind {
                FactKind::Enumeration { domain, .. } => {
                    i64::try_from(plan.domains.get(domain.index())?.values.len()).ok()
                }
                _ => None,
            },
        })
        .try_fold(1i64, |product, times| product.checked_mul(times?))
    }
}

/// The insured years of the term, where it has an end.
pub fn years(plan: &Plan) -> Option<i64> {
    let ends = matches!(plan.calendar.term, crate::plan::Term::Fixed { end: Some(_), .. });
    let years = i64::try_from(plan.calendar.boundaries.len()).ok()?.checked_sub(1)?;
    (ends && years > 0).then_some(years)
}
