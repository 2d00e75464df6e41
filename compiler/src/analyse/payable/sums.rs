//! What lines come to together through every limit.

use super::{Line, Payable, Rows, passes};
use crate::analyse::amounts::{self, End, Env, Top, When};
use crate::analyse::crossing::{Cap, Claimed, Shared, Through, through};
use crate::plan::reads::Reads;
use crate::plan::{Amount, FactId, Filter, GroupKey, Limit, LimitRule, ParameterId, Plan, Tier};
use crate::resolve::id;
use std::collections::BTreeSet;

impl Payable<'_> {
    /// The lines' total after all limits, with unknowns at one end.
    pub(super) fn through(&mut self, lines: &[Line], path: &[(FactId, u16)], end: End) -> Through {
        let told = lines.iter().map(|line| (line.cover, line.harm, line.pipeline));
        let rows: Rows = (told.collect(), self.told(path), end);
        if let Some(known) = self.summed.get(&rows) {
            return *known;
        }
        let found = self.sum(lines, path, end);
        self.summed.insert(rows, found);
        found
    }
    pub(super) fn sum(&self, lines: &[Line], path: &[(FactId, u16)], end: End) -> Through {
        let mut through = self.sum_of(lines, path, end);
        if lines.iter().any(|line| line.attained != line.top) {
            let sure = lines.iter().map(|line| Line {
                top: line.attained,
                ..line.clone()
            });
            through.attained = self.sum_of(&sure.collect::<Vec<_>>(), path, end).attained;
        }
        through
    }
    pub(super) fn sum_of(&self, lines: &[Line], path: &[(FactId, u16)], end: End) -> Through {
        let values: Vec<Claimed> = lines
            .iter()
            .map(|line| Claimed {
                top: line.top,
                actual: line.actual,
            })
            .collect();
        let mut caps = Vec::new();
        for (at, limit) in self.plan.limits.iter().enumerate() {
            let inside: Vec<usize> = (0..)
                .zip(lines)
                .filter(|(_, line)| line.passes.contains(&at))
                .map(|(i, _)| i)
                .collect();
            let amount = match &limit.rule {
                LimitRule::UpTo(amount) => self.amount(limit, amount, path, end),
                LimitRule::Largest { .. } => inside
                    .iter()
                    .filter_map(|i| lines.get(*i))
                    .map(|line| line.top)
                    .reduce(amounts::most)
                    .flatten(),
                // What is taken off a total is not sure to be.
                LimitRule::Less(_) => continue,
            };
            let Some(amount) = amount else { continue };
            caps.push(Cap {
                inside,
                amount,
                each: per_claim(self.plan, limit),
                shared: self.shared(limit, lines, path),
            });
        }
        through(&values, &caps)
    }
    /// What a limit lets through on the day that selects its amount.
    pub(super) fn amount(&self, limit: &Limit, amount: &Amount, path: &[(FactId, u16)], end: End) -> Top {
        let when = self.when.as_ref().map(|when| When {
            day: when.day.map(|day| amounts::selecting(self.plan, &limit.keys, day)),
            taken: when.taken.clone(),
        });
        let env = Env::new(self.plan, path).when(when.as_ref());
        amounts::amount_top(self.plan, amount, &env, End::High, end)
    }
    pub(super) fn shared(&self, limit: &Limit, lines: &[Line], path: &[(FactId, u16)]) -> Shared {
        match limit.tiers.as_slice() {
            // There is one event.
            [] | [Tier::Event] => Shared::ProRata,
            [Tier::Date | Tier::Claim | Tier::Event, ..] => Shared::ByDate,
            [Tier::Rank(filters), ..] => {
                let rank = |line: &Line| {
                    let holds = |filter: &Filter| passes(self.plan, filter, line.cover, line.harm, path);
                    filters.iter().position(holds).unwrap_or(filters.len())
                };
                Shared::Ranked(lines.iter().map(rank).collect())
            }
        }
    }
    /// What the lines and their limits leave to a contract.
    pub(super) fn parameters<'l>(&self, lines: impl Iterator<Item = &'l Line>) -> BTreeSet<ParameterId> {
        if !self.unset {
            return BTreeSet::new();
        }
        let mut reads = Reads::new(self.plan);
        for line in lines {
            if let Some(pipeline) = self.plan.pipelines.get(line.pipeline.index()) {
                reads.pipeline(pipeline);
            }
            for limit in line.passes.iter().filter_map(|at| self.plan.limits.get(*at)) {
                if let LimitRule::UpTo(amount) = &limit.rule {
                    reads.amount(amount);
                }
            }
        }
        let unset = |id: &ParameterId| self.plan.parameters.get(id.index()).is_some_and(|p| p.value.is_none());
        reads.parameters.into_iter().filter(unset).collect()
    }
}

fn per_claim(plan: &Plan, limit: &Limit) -> bool {
    limit.keys.iter().any(|key| match key {
        GroupKey::Fact(fact) => plan.facts.get(fact.index()).is_some_and(|f| f.id == id::CLAIM),
        GroupKey::Year => false,
    })
}
