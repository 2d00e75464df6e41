//! Limits that no claims reach (L103): ever more claims of one group are settled under the limits before, without and with
//! the limit itself.

use super::claims::Claim;
use super::facts::on;
use super::limits::limited;
use super::verdicts::{Judge, paid};
use anlan_compiler::evaluate::{Record, Value};
use anlan_compiler::plan::{CoverId, DecisionId, FactKind, GroupKey, Limit, LimitRule, Plan, Source, ValueId};
use anlan_lang::tree::Date;
use std::collections::{BTreeMap, BTreeSet};

/// A cap of one row, and not of several together.
pub(super) fn is_single(limit: &Limit) -> bool {
    limit.filter.facts.iter().all(|(_, values)| values.len() == 1)
}

/// So many claims at most are settled together.
const MOST: usize = 40_000;

impl Judge<'_> {
    /// L103 of limits of the scheme to which claims come at all, and of caps of rows.
    pub(super) fn reached(&mut self) {
        let mut found = Vec::new();
        for (at, limit) in self.plan().limits.iter().enumerate() {
            if !limit.own && matches!(limit.rule, LimitRule::UpTo(_)) && self.never_cuts(at, limit) {
                found.push(format!("L103 {}", limit.name.zh));
            }
        }
        found.extend(self.idle_caps());
        self.found.extend(found);
    }

    /// L103 of caps that rows put on totals: wherever one comes from, it cuts nothing.
    fn idle_caps(&self) -> BTreeSet<String> {
        let own = || {
            let limits = self.plan().limits.iter().enumerate();
            limits.filter(|(_, limit)| limit.own && is_single(limit) && matches!(limit.rule, LimitRule::UpTo(_)))
        };
        let idle = |source: &Source| {
            let place = self.place("L103", source);
            let mut here = own().filter(|(_, limit)| self.place("L103", &limit.source) == place);
            here.all(|(at, limit)| self.coming(limit).is_empty() || self.never_cuts(at, limit))
        };
        // Of covers that nothing ranks either may hold a claim; of what is never more than nothing that is said.
        let told = |limit: &Limit| {
            let lines = self.lines(limit);
            let of = |claim: &&Claim| {
                let line = |(cover, _): &(CoverId, i64)| lines.contains(&(*cover, claim.harm));
                claim.met.iter().any(line)
            };
            let claims = || self.tried.claims.iter().filter(of);
            claims().all(|claim| claim.paid.is_some()) && claims().any(|claim| claim.paid > Some(0))
        };
        let caps = own().filter(|(_, limit)| told(limit) && !self.coming(limit).is_empty() && idle(&limit.source));
        caps.map(|(_, limit)| self.place("L103", &limit.source)).collect()
    }

    fn never_cuts(&self, at: usize, limit: &Limit) -> bool {
        let before = limited(&self.tried.plan, self.plan().limits[..at].to_vec());
        let with = limited(&self.tried.plan, self.plan().limits[..=at].to_vec());
        let by_outcome = self.coming(limit);
        let cuts = |(taken, day): &(Vec<DecisionId>, Date)| {
            by_outcome.iter().any(|(outcome, claims)| {
                let taken = [&self.tried.outcomes[*outcome], taken.as_slice()].concat();
                let mut last = None;
                let mut count = 1;
                while count * claims.len() <= MOST {
                    let records: Vec<Record> = (0..count)
                        .flat_map(|number| claims.iter().map(move |claim| (number, claim)))
                        .map(|(number, claim)| self.another(&before, limit, claim, number, *day))
                        .collect();
                    let all: Vec<&Record> = records.iter().collect();
                    match (paid(&before, &taken, &all), paid(&with, &taken, &all)) {
                        (Some(free), Some(held)) if held < free => return true,
                        // What cannot be settled shows nothing, and is not held against the limit.
                        (None, _) | (_, None) => return true,
                        // More claims bring no more: the limits before let nothing more through.
                        (free, _) if free == last => return false,
                        (free, _) => last = free,
                    }
                    count *= 8;
                }
                // It still grows, so it has no end that was found.
                true
            })
        };
        !by_outcome.is_empty() && !self.cases().iter().any(cuts)
    }

    /// By what is decided of them, the dearest claim of each line that comes under a limit.
    fn coming(&self, limit: &Limit) -> BTreeMap<usize, Vec<&Record>> {
        let lines = self.lines(limit);
        let mut dearest: BTreeMap<(usize, CoverId, ValueId), (i64, &Claim)> = BTreeMap::new();
        for claim in &self.tried.claims {
            for (cover, amount) in &claim.met {
                if lines.contains(&(*cover, claim.harm)) && self.counts(claim, *cover) && claim.paid.is_some() {
                    let best = dearest
                        .entry((claim.outcome, *cover, claim.harm))
                        .or_insert((*amount, claim));
                    if *amount > best.0 {
                        *best = (*amount, claim);
                    }
                }
            }
        }
        let mut by_outcome: BTreeMap<usize, Vec<&Record>> = BTreeMap::new();
        for ((outcome, ..), (_, claim)) in dearest {
            by_outcome.entry(outcome).or_default().push(&claim.record);
        }
        by_outcome
    }

    /// One more claim of a group: with other persons, events and years, unless the limit holds each of them by itself.
    fn another(&self, plan: &Plan, limit: &Limit, record: &Record, number: usize, day: Date) -> Record {
        let year_free = |key: &GroupKey| self.key(*key) != "event" && *key != GroupKey::Year;
        let years = &plan.calendar.boundaries;
        let day = match limit.keys.iter().all(year_free) && years.len() > 1 {
            true => years[number % (years.len() - 1)],
            false => day,
        };
        let mut record = on(record, day);
        let held = |fact: usize| {
            limit
                .keys
                .iter()
                .any(|key| matches!(key, GroupKey::Fact(of) if of.index() == fact))
        };
        for (fact, slot) in record.values.iter_mut().enumerate() {
            if let (FactKind::Text, Some(Value::Text(text))) = (&plan.facts[fact].kind, &slot)
                && !held(fact)
            {
                *slot = Some(Value::Text(format!("{text}-{number}").into()));
            }
        }
        record
    }
}
