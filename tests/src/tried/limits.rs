//! Limits measured by settling more than they let through, and floors on what is paid.

use super::claims::Claim;
use super::facts::on;
use super::verdicts::{Judge, at, paid};
use anlan_compiler::evaluate::{Record, Value};
use anlan_compiler::plan::{
    Amount, CoverId, DecisionId, GroupKey, Limit, LimitRule, Part, Plan, Property, ScheduleKey, ScopeCells, ValueId,
};
use anlan_lang::tree::{Compare, Date, Modality};
use std::collections::{BTreeMap, BTreeSet};

/// So many claims of one group at most.
const MANY: usize = 4096;

type Lines = BTreeSet<(CoverId, ValueId)>;
/// By line, one claim.
type Dearest<'c> = BTreeMap<(CoverId, ValueId), &'c Claim>;

/// Decisions on limits, and the day of loss.
type Case = (Vec<DecisionId>, Date);

/// By harm, the dearest claim and what it comes to.
type ByHarm<'c> = BTreeMap<ValueId, (i64, &'c Record)>;

impl Judge<'_> {
    /// The lines that pass a limit's filter.
    pub(super) fn lines(&self, limit: &Limit) -> Lines {
        let benefits = self.plan().benefits.iter();
        benefits
            .filter(|benefit| {
                let covers = limit.filter.covers.as_ref();
                covers.is_none_or(|covers| covers.contains(&benefit.cover))
                    && limit.filter.facts.iter().all(|(fact, values)| {
                        self.plan().facts[fact.index()].id != "harm" || values.contains(&benefit.harm)
                    })
            })
            .map(|benefit| (benefit.cover, benefit.harm))
            .collect()
    }

    /// What is tried on limits: each day, and on it no decision, and each alone.
    pub(super) fn cases(&self) -> Vec<Case> {
        let each = self.decided_of_limits().into_iter().map(|decision| vec![decision]);
        let decided: Vec<Vec<DecisionId>> = std::iter::once(Vec::new()).chain(each).collect();
        let on = |day: &Date| {
            decided
                .iter()
                .map(move |taken| (taken.clone(), *day))
                .collect::<Vec<_>>()
        };
        self.tried.facts.days.iter().flat_map(on).collect()
    }
    pub(super) fn decided_of_limits(&self) -> Vec<DecisionId> {
        let decided = |limit: &Limit| match &limit.rule {
            LimitRule::UpTo(Amount::Decided { decision, .. }) => Some(*decision),
            _ => None,
        };
        let all: BTreeSet<DecisionId> = self.plan().limits.iter().filter_map(decided).collect();
        all.into_iter().collect()
    }

    /// By line, the claim that comes to most where nothing limits it: of those that come to most under the caps of the
    /// schedule, the one with the greatest expense or loss.
    pub(super) fn dearest(&self) -> Dearest<'_> {
        let size = |claim: &Claim| -> i64 {
            let money = claim.record.values.iter().flatten().map(|value| match value {
                Value::Money(fen) => fen.0,
                _ => 0,
            });
            money.sum()
        };
        let mut dearest = BTreeMap::new();
        for claim in &self.tried.claims {
            for (cover, amount) in &claim.met {
                let rank = (*amount, size(claim));
                let best = dearest.entry((*cover, claim.harm)).or_insert((rank, claim));
                if rank > best.0 {
                    *best = (rank, claim);
                }
            }
        }
        dearest.into_iter().map(|(line, (_, claim))| (line, claim)).collect()
    }

    /// What one limit lets through, by settling ever more claims of one group under it alone. `None`: it never acts.
    fn measured(
        &self,
        limit: &Limit,
        (taken, day): &Case,
        dearest: &BTreeMap<(CoverId, ValueId), &Claim>,
    ) -> Option<i64> {
        let lines = self.lines(limit);
        let mut best: Option<i64> = None;
        for (line, claim) in dearest.iter().filter(|(line, _)| lines.contains(line)) {
            let plan = limited(&self.tried.first[line.0.index()], vec![limit.clone()]);
            let free = limited(&plan, Vec::new());
            let taken = [&self.tried.outcomes[claim.outcome], taken.as_slice()].concat();
            let record = on(&claim.record, *day);
            let mut count = 1;
            while count <= MANY {
                let records: Vec<&Record> = std::iter::repeat_n(&record, count).collect();
                let (Some(under), Some(of)) = (paid(&plan, &taken, &records), paid(&free, &taken, &records)) else {
                    break;
                };
                if under < of && self.grouped(limit, count) {
                    best = Some(best.map_or(under, |best| best.max(under)));
                    break;
                }
                count *= 4;
            }
            if best.is_some() {
                return best;
            }
        }
        best
    }
    /// Several claims tell the amount only where they are one group.
    fn grouped(&self, limit: &Limit, count: usize) -> bool {
        count == 1 || !limit.keys.iter().any(|key| self.key(*key) == "claim")
    }
    pub(super) fn key(&self, key: GroupKey) -> &str {
        match key {
            GroupKey::Year => "year",
            GroupKey::Fact(fact) => &self.plan().facts[fact.index()].id,
        }
    }
    /// SEMANTICS §4.5
    fn refines(&self, fine: &Limit, coarse: &Limit) -> bool {
        let has = |wanted: &str| fine.keys.iter().any(|key| self.key(*key) == wanted);
        let in_it = |key: &GroupKey| has(self.key(*key)) || (*key == GroupKey::Year && has("event"));
        has("claim") || coarse.keys.iter().all(in_it)
    }

    /// The ids of limits that let nothing through, whatever is decided.
    pub(super) fn zero_limits(&self) -> BTreeSet<String> {
        let dearest = self.dearest();
        let cases = self.cases();
        let caps = self
            .plan()
            .limits
            .iter()
            .filter(|limit| matches!(limit.rule, LimitRule::UpTo(_)));
        caps.filter(|limit| {
            let mut all = cases.iter().map(|case| self.measured(limit, case, &dearest));
            all.all(|amount| amount == Some(0))
        })
        .map(|limit| limit.id.clone())
        .collect()
    }

    /// L101, L105, L109, L110, F103
    pub(super) fn limits(&mut self) {
        let dearest = self.dearest();
        let cases = self.cases();
        let caps: Vec<(usize, &Limit)> = self
            .plan()
            .limits
            .iter()
            .enumerate()
            .filter(|(_, limit)| matches!(limit.rule, LimitRule::UpTo(_)))
            .collect();
        let amounts: Vec<Vec<Option<i64>>> = caps
            .iter()
            .map(|(_, limit)| cases.iter().map(|case| self.measured(limit, case, &dearest)).collect())
            .collect();
        let zero = |of: usize| amounts[of].iter().all(|amount| *amount == Some(0));
        let above = |a: usize, b: usize| {
            let mut both = amounts[a].iter().zip(&amounts[b]);
            both.any(|(a, b)| matches!((a, b), (Some(a), Some(b)) if a > b))
        };
        let mut found = Vec::new();
        for (a, (_, inner)) in caps.iter().enumerate() {
            // What a row itself caps at 0 cannot be overspent.
            let unspent = inner.own && amounts[a].iter().all(Option::is_none);
            if zero(a) || (unspent && self.written(&inner.source).contains("限额 0元")) {
                found.push(format!("L110 {}", inner.name.zh));
            }
            if let LimitRule::UpTo(Amount::Decided { decision, .. }) = &inner.rule
                && cases.iter().zip(&amounts[a]).all(|((taken, day), raised)| {
                    let plain = cases.iter().position(|(none, same)| none.is_empty() && same == day);
                    taken != &[*decision] || plain.is_none_or(|plain| *raised <= amounts[a][plain])
                })
            {
                found.push(format!("L109 {}", inner.name.zh));
            }
            for (b, (at_b, outer)) in caps.iter().enumerate().filter(|(b, _)| *b != a) {
                let (x, y) = (self.lines(inner), self.lines(outer));
                let named = inner.within.is_some_and(|within| within.index() == *at_b);
                let inside = !x.is_empty() && x.is_subset(&y) && self.refines(inner, outer);
                let equal = self.refines(outer, inner);
                let component = inside && equal && x != y;
                let enclosed = named || component || (inside && !equal);
                // What a schedule caps above a limit of the scheme is a benefit never paid in full.
                let said = !inner.own || (outer.own && component);
                if enclosed && said && !zero(b) && above(a, b) {
                    let place = self.lowered.places.part(&inner.source, Part::Amount);
                    found.push(format!("L101|L105@{}", at(place)));
                }
            }
        }
        for requirement in &self.plan().statement.requirements {
            let Property::LimitTotal {
                keys,
                compare: Compare::AtLeast,
                value,
            } = &requirement.property
            else {
                continue;
            };
            let wanted: BTreeSet<&str> = keys.iter().map(|key| self.wanted(*key)).collect();
            let scope: Vec<(CoverId, ValueId)> = self
                .plan()
                .benefits
                .iter()
                .map(|line| (line.cover, line.harm))
                .collect();
            let scope: Vec<_> = scope
                .into_iter()
                .filter(|line| self.in_scope(*line, requirement.scope.as_ref()))
                .collect();
            let broken = caps.iter().zip(&amounts).any(|((_, limit), amounts)| {
                let has: BTreeSet<&str> = limit.keys.iter().map(|key| self.key(*key)).collect();
                let least = amounts.iter().flatten().min();
                let in_scope = self
                    .lines(limit)
                    .iter()
                    .any(|line| self.in_scope(*line, requirement.scope.as_ref()));
                let exactly = has == wanted && in_scope && least.is_some_and(|least| *least < value.0);
                // Over wider keys no amount that it ever holds reaches the floor.
                let wider = has
                    .iter()
                    .all(|key| wanted.contains(key) || (*key == "year" && wanted.contains("event")));
                let measured: Option<Vec<i64>> = amounts.iter().copied().collect();
                let most = measured.and_then(|all| all.into_iter().max()).unwrap_or(0);
                let lines = self.lines(limit);
                let around = has != wanted
                    && wider
                    && !scope.is_empty()
                    && scope.iter().all(|line| lines.contains(line))
                    && (1..value.0).contains(&most);
                !limit.own && (exactly || around)
            });
            if broken && requirement.modality == Modality::Must {
                found.push(self.place("F103", &requirement.source));
            }
        }
        self.found.extend(found);
    }

    fn wanted(&self, key: ScheduleKey) -> &str {
        match key {
            ScheduleKey::Person => "person",
            ScheduleKey::Household => "household",
            ScheduleKey::Event => "event",
            ScheduleKey::Claim => "claim",
            ScheduleKey::Year => "year",
            ScheduleKey::Term => "term",
            ScheduleKey::Fact(fact) => &self.plan().facts[fact.index()].id,
        }
    }
    /// Some claim of the scope meets the cover.
    fn in_scope(&self, (cover, harm): (CoverId, ValueId), scope: Option<&ScopeCells>) -> bool {
        let Some(scope) = scope else { return true };
        let perils = self.standing("peril", &scope.perils);
        (scope.harms.is_empty() || scope.harms.contains(&harm))
            && self.tried.claims.iter().any(|claim| {
                claim.met.iter().any(|(met, _)| *met == cover)
                    && self
                        .value(&claim.record, "peril")
                        .is_none_or(|peril| perils.contains(&peril))
            })
    }
    /// The values tried that stand for these.
    fn standing(&self, fact: &str, values: &[ValueId]) -> BTreeSet<ValueId> {
        let Some(fact) = self.plan().facts.iter().position(|f| f.id == fact) else {
            return BTreeSet::new();
        };
        let stands_for = &self.tried.facts.stands_for[fact];
        values
            .iter()
            .filter_map(|value| stands_for.get(value.index()).copied())
            .collect()
    }
    fn value(&self, record: &Record, fact: &str) -> Option<ValueId> {
        let fact = self.plan().facts.iter().position(|f| f.id == fact)?;
        match record.values[fact] {
            Some(Value::Enumeration(value)) => Some(value),
            _ => None,
        }
    }
    fn day(&self, record: &Record) -> Option<Date> {
        record.values.iter().flatten().find_map(|value| match value {
            Value::Date(moment) => Some(moment.day()),
            _ => None,
        })
    }

    /// F101: in some cell of the scope that is paid at all, no claims of one person in one event are paid the floor.
    pub(super) fn floors(&mut self) {
        let mut found = Vec::new();
        for requirement in &self.plan().statement.requirements {
            let Property::Payable {
                harm,
                compare: Compare::AtLeast,
                value,
                ..
            } = &requirement.property
            else {
                continue;
            };
            let Some(scope) = &requirement.scope else { continue };
            let least = self.least_payable(scope, *harm);
            if least.is_some_and(|least| least < value.0) && requirement.modality == Modality::Must {
                found.push(self.place("F101", &requirement.source));
            }
        }
        self.found.extend(found);
    }

    /// The least, over perils that are paid, roles and states of whoever is liable that are paid, of the most that one
    /// person is paid in one event.
    fn least_payable(&self, scope: &ScopeCells, harm: Option<ValueId>) -> Option<i64> {
        let wanted = |of: ValueId| match harm {
            Some(harm) => of == harm,
            None => scope.harms.is_empty() || scope.harms.contains(&of),
        };
        let perils = self.standing("peril", &scope.perils);
        let roles = self.standing("role", &scope.roles);
        let tells = |fact: &str| {
            let fact = self.plan().facts.iter().find(|f| f.id == fact);
            fact.is_some_and(|fact| fact.classes.len() > 1)
        };
        // By cell, outcome and harm: the dearest claim.
        type Cell = (ValueId, Option<ValueId>, Option<ValueId>, Option<Date>);
        let mut cells: BTreeMap<Cell, BTreeMap<usize, ByHarm<'_>>> = BTreeMap::new();
        for claim in self.tried.claims.iter().filter(|claim| wanted(claim.harm)) {
            let Some(peril) = self
                .value(&claim.record, "peril")
                .filter(|peril| perils.contains(peril))
            else {
                continue;
            };
            let role = self.value(&claim.record, "role").filter(|_| tells("role"));
            if role.is_some_and(|role| !roles.is_empty() && !roles.contains(&role)) {
                continue;
            }
            let amount = claim.paid.unwrap_or_else(|| {
                let counting = claim.met.iter().filter(|(cover, _)| self.counts(claim, *cover));
                counting.map(|(_, amount)| *amount).max().unwrap_or(0)
            });
            // A floor holds on every day.
            let liable = self.value(&claim.record, "liable");
            let cell = cells.entry((peril, role, liable, self.day(&claim.record))).or_default();
            let best = cell
                .entry(claim.outcome)
                .or_default()
                .entry(claim.harm)
                .or_insert((amount, &claim.record));
            if amount > best.0 {
                *best = (amount, &claim.record);
            }
        }
        // A role of the scope that is paid for no state of whoever is liable is paid nothing.
        if tells("role") {
            let paid: BTreeSet<ValueId> = cells.keys().map(|(peril, ..)| *peril).collect();
            let all = if roles.is_empty() { BTreeSet::new() } else { roles };
            for peril in paid {
                for role in &all {
                    if !cells.keys().any(|(p, r, ..)| *p == peril && *r == Some(*role)) {
                        return Some(0);
                    }
                }
            }
        }
        let most = |outcomes: &BTreeMap<usize, ByHarm<'_>>| {
            let of = outcomes
                .iter()
                .map(|(outcome, harms)| self.most_for_one(*outcome, harms));
            of.max().unwrap_or(0)
        };
        cells.values().map(most).min()
    }

    /// The most that one person is paid for such claims: death and disability count once.
    fn most_for_one(&self, outcome: usize, harms: &ByHarm<'_>) -> i64 {
        let named = |harm: ValueId| self.plan().harm_id(harm).to_owned();
        let without = |left_out: &str| {
            let records = harms.iter().filter(|(harm, _)| named(**harm) != left_out);
            let records: Vec<&Record> = records.map(|(_, (_, record))| *record).collect();
            paid(&self.tried.plan, &self.tried.outcomes[outcome], &records).unwrap_or_else(|| {
                // Covers that nothing ranks: the dearest of each.
                harms.values().map(|(amount, _)| *amount).sum()
            })
        };
        without("death").max(without("disability"))
    }
}

/// The plan under these limits alone.
pub(super) fn limited(plan: &Plan, limits: Vec<Limit>) -> Plan {
    let mut plan = plan.clone();
    plan.limits = limits;
    for limit in &mut plan.limits {
        limit.within = None;
        limit.exhaustion_stated = true;
    }
    plan
}
