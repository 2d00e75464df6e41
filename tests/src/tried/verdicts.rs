//! What the answers say is wrong with covers and benefits.

use super::claims::{Claim, Tried, inputs};
use super::facts::HUGE;
use anlan_compiler::evaluate::{Record, Row, Value, settle};
use anlan_compiler::plan::{
    BenefitKind, CoverId, DecisionId, FactKind, FactRole, GroupKey, Lowered, Names, Plan, Source, ValueId,
};
use anlan_lang::diag::{Place, codes};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The codes that the answers decide, in both directions.
pub const CODES: &[&str] = &[
    "C101", "C102", "C103", "C105", "C106", "L101", "L102", "L103", "L104", "L105", "L106", "L108", "L109", "L110",
    "T106", "P101", "F101", "F103",
];

/// The facts of a claim, some of them left out.
type Values = Vec<Option<Value>>;

/// What no bounded benefit of a policy comes to: 5000万元.
pub const UNBOUNDED: i64 = HUGE / 2000;

/// The verdicts on one scheme, and on one contract's scheme as the contract sets it.
#[derive(Debug)]
pub struct Judge<'t> {
    pub tried: &'t Tried,
    pub lowered: &'t Lowered,
    pub text: &'t str,
    pub found: BTreeSet<String>,
}

/// All verdicts. `text`: of the file in which the scheme stands.
pub fn verdicts(tried: &Tried, lowered: &Lowered, text: &str) -> BTreeSet<String> {
    let mut judge = Judge {
        tried,
        lowered,
        text,
        found: BTreeSet::new(),
    };
    judge.covers();
    judge.promises();
    judge.benefits();
    judge.graded();
    judge.limits();
    judge.reached();
    judge.floors();
    judge.shares();
    judge.found
}

/// A place as verdicts and findings name it.
pub fn at(place: Option<Place>) -> String {
    place.map_or("nowhere".to_owned(), |place| {
        format!("{}+{}", place.file.0, place.span.start)
    })
}

/// Several claims of one group: the same record under different ids.
pub fn rows<'r>(plan: &Plan, records: impl IntoIterator<Item = &'r Record>) -> Vec<Row> {
    let id = plan.facts.iter().position(|fact| fact.id == "claim");
    (1..)
        .zip(records)
        .map(|(number, record): (u64, &Record)| {
            let claim = number.to_string();
            let mut record = record.clone();
            if let Some(id) = id {
                record.values[id] = Some(Value::Text(claim.clone().into()));
            }
            Row {
                number,
                claim: Some(claim),
                record: Ok(record),
            }
        })
        .collect()
}

/// What is paid for some claims together; `None`: refused.
pub fn paid(plan: &Plan, taken: &[DecisionId], records: &[&Record]) -> Option<i64> {
    let settlement = settle(plan, &inputs(plan, taken), rows(plan, records.iter().copied())).ok()?;
    (settlement.totals.settled == records.len() as u64).then_some(settlement.totals.paid.0)
}

/// Circumstances on whatever day, and the day.
fn without_day(circumstances: &Values) -> (Values, Option<Value>) {
    let is_day = |value: &Option<Value>| matches!(value, Some(Value::Date(_)));
    let day = circumstances.iter().find(|value| is_day(value)).cloned().flatten();
    let rest = circumstances
        .iter()
        .map(|value| value.clone().filter(|_| !is_day(value)));
    (rest.collect(), day)
}

impl Judge<'_> {
    pub(super) fn plan(&self) -> &Plan {
        &self.tried.plan
    }
    pub(super) fn say(&mut self, verdict: impl Into<String>) {
        self.found.insert(verdict.into());
    }
    pub(super) fn place(&self, code: &str, source: &Source) -> String {
        format!("{code}@{}", at(self.lowered.places.of(source)))
    }
    fn name(&self, cover: CoverId) -> String {
        self.plan().covers[cover.index()].name.zh.clone()
    }
    /// A cover that applies, and to which no other that applies comes first.
    pub(super) fn counts(&self, claim: &Claim, cover: CoverId) -> bool {
        let over = &self.plan().meeting.over;
        claim.met.iter().any(|(met, _)| *met == cover)
            && !claim.met.iter().any(|(other, _)| over.contains(&(*other, cover)))
    }
    /// The decisions that add to an open list, a named one or one that a cover writes itself.
    fn openers(&self) -> BTreeSet<DecisionId> {
        let plan = self.plan();
        let read = plan.covers.iter().flat_map(|cover| plan.diagrams.support(cover.perils));
        let decided = read.filter_map(|fact| match plan.facts[fact.index()].role {
            FactRole::Decided(decision) => Some(decision),
            _ => None,
        });
        decided.collect()
    }

    /// C101, C105; and that evaluation refuses exactly where two covers are not ranked.
    fn covers(&mut self) {
        // With the lists as they stand, and with what a decision adds to an open one.
        let mut listed: BTreeSet<(CoverId, CoverId)> = BTreeSet::new();
        let mut added: BTreeSet<(CoverId, CoverId)> = BTreeSet::new();
        let mut met: BTreeSet<CoverId> = BTreeSet::new();
        let mut wrong = 0;
        let meeting = self.plan().meeting.clone();
        let openers = self.openers();
        for claim in &self.tried.claims {
            met.extend(claim.met.iter().map(|(cover, _)| *cover));
            let mut open = false;
            for (i, (a, x)) in claim.met.iter().enumerate() {
                for (b, y) in &claim.met[i + 1..] {
                    let pair = (*a.min(b), *a.max(b));
                    let joined = meeting.higher.contains(&pair) || meeting.stack.contains(&pair);
                    if x != y && !joined && self.counts(claim, *a) && self.counts(claim, *b) {
                        open = true;
                        let mut taken = self.tried.outcomes[claim.outcome].iter();
                        match taken.any(|taken| openers.contains(taken)) {
                            true => added.insert(pair),
                            false => listed.insert(pair),
                        };
                    }
                }
            }
            wrong += usize::from(open != claim.paid.is_none());
        }
        if wrong > 0 {
            self.say(format!(
                "evaluation refuses {wrong} claims that it should not, or the other way round"
            ));
        }
        let only_added = added.difference(&listed).map(|pair| (pair, "C101 added:"));
        let pairs: Vec<_> = listed.iter().map(|pair| (pair, "C101")).chain(only_added).collect();
        for ((a, b), code) in pairs {
            let mut names = [self.name(*a), self.name(*b)];
            names.sort_unstable();
            self.say(format!("{code} {}", names.join(" ")));
        }
        for cover in (0..self.plan().covers.len()).map(CoverId::from) {
            let stated = &self.plan().covers[cover.index()];
            let only_by_contract = !stated.any_peril && stated.peril_words.iter().all(|word| word.values.is_empty());
            if !met.contains(&cover) && !only_by_contract {
                self.say(format!("C105 {}", self.name(cover)));
            }
        }
    }

    /// The covers whose condition may always hold (C106), since peril, cause, role, harm and decisions alone decide
    /// whether they apply. Whether it does, the text without the condition tells: see [`super::compare`].
    pub fn settled_before(&self) -> Vec<CoverId> {
        let conditional = |cover: &CoverId| self.plan().covers[cover.index()].condition_words.is_some();
        (0..self.plan().covers.len())
            .map(CoverId::from)
            .filter(conditional)
            .filter(|cover| {
                let met = self.tried.kinds.values().filter_map(|count| {
                    let met = count.met.get(cover)?;
                    Some(*met == count.claims)
                });
                let met: Vec<bool> = met.collect();
                !met.is_empty() && met.iter().all(|all| *all)
            })
            .collect()
    }
    /// C102, C103
    fn promises(&mut self) {
        let plan = self.plan();
        let fact = |id: &str| plan.facts.iter().position(|fact| fact.id == id);
        let (Some(peril), role) = (fact("peril"), fact("role")) else {
            return;
        };
        let value = |claim: &Claim, fact: usize| match claim.record.values[fact] {
            Some(Value::Enumeration(value)) => Some(value),
            _ => None,
        };
        let stands_for = &self.tried.facts.stands_for;
        let claims = &self.tried.claims;
        let met: BTreeSet<CoverId> = claims
            .iter()
            .flat_map(|c| c.met.iter().map(|(cover, _)| *cover))
            .collect();
        let paid: BTreeSet<ValueId> = claims.iter().filter_map(|claim| value(claim, peril)).collect();
        // Where no rule reads the peril, any one stands for all.
        let told_apart = plan.facts[peril].classes.len() > 1;
        let missing = |value: &ValueId| told_apart && !paid.contains(&stands_for[peril][value.index()]);
        let mut found = Vec::new();
        for cover in &met {
            let words = &plan.covers[cover.index()].peril_words;
            if words.iter().flat_map(|word| &word.values).any(missing) {
                found.push(format!("C102 {}", self.name(*cover)));
            }
        }
        if let (Some(role), Some(persons)) = (role, &plan.statement.persons)
            && plan.facts[role].classes.len() > 1
            && let FactKind::Enumeration { domain, .. } = plan.facts[role].kind
        {
            let domain = &plan.domains[domain.index()];
            let mut roles: BTreeSet<ValueId> = claims.iter().filter_map(|claim| value(claim, role)).collect();
            // A cover that no claim meets is reported for itself; of persons it leaves out those whom its roles leave out.
            for cover in (0..plan.covers.len()).filter(|cover| !met.contains(&CoverId::from(*cover))) {
                let words = &plan.covers[cover].role_words;
                let named = |value: ValueId| {
                    let above = std::iter::successors(Some(value), |at| domain.values[at.index()].parent);
                    words.is_empty()
                        || above
                            .into_iter()
                            .any(|at| words.contains(&domain.values[at.index()].name))
                };
                let listed = (0..domain.values.len())
                    .map(ValueId::from)
                    .filter(|value| named(*value));
                roles.extend(listed.map(|value| stands_for[role][value.index()]));
            }
            let class = |names: &Names| domain.values.iter().position(|value| value.name == *names);
            let mut classes = persons.classes.iter().filter_map(class);
            if classes.any(|class| !roles.contains(&stands_for[role][class])) {
                found.push("C103".to_owned());
            }
        }
        self.found.extend(found);
    }

    /// A claim without harm, grades and amounts: its circumstances.
    fn circumstances(&self, record: &Record) -> Values {
        let mut values = record.values.clone();
        for (slot, fact) in values.iter_mut().zip(&self.plan().facts) {
            let varies = match fact.kind {
                FactKind::Enumeration { domain, .. } => {
                    fact.id == "harm" || self.plan().domains[domain.index()].order.is_some()
                }
                FactKind::Money | FactKind::Count { .. } | FactKind::Number { .. } | FactKind::Ratio => true,
                _ => false,
            };
            if varies {
                *slot = None;
            }
        }
        values
    }

    /// L102, L104, L106, L108
    fn benefits(&mut self) {
        // By circumstances, outcome, cover and harm: the most that one claim comes to, and that claim.
        let mut most: HashMap<(Values, usize, CoverId, ValueId), (i64, &Claim)> = HashMap::new();
        let mut top: BTreeMap<(CoverId, ValueId), (i64, &Claim)> = BTreeMap::new();
        for claim in &self.tried.claims {
            let circumstances = self.circumstances(&claim.record);
            for (cover, amount) in &claim.met {
                let best = most
                    .entry((circumstances.clone(), claim.outcome, *cover, claim.harm))
                    .or_insert((*amount, claim));
                if *amount > best.0 {
                    *best = (*amount, claim);
                }
                let best = top.entry((*cover, claim.harm)).or_insert((*amount, claim));
                if *amount > best.0 {
                    *best = (*amount, claim);
                }
            }
        }
        let mut found = self.never_in_full(&most);
        let harm = |id: &str| {
            let domain = self.plan().domains.iter().find(|domain| domain.id == "harm");
            let at = domain.and_then(|domain| domain.values.iter().position(|value| value.id == id));
            at.map(ValueId::from)
        };
        for benefit in &self.plan().benefits {
            if Some(benefit.harm) == harm("death")
                && let Some(disability) = harm("disability")
                && most.iter().any(|((circumstances, outcome, cover, of), (death, _))| {
                    let worse = (circumstances.clone(), *outcome, *cover, disability);
                    *cover == benefit.cover
                        && *of == benefit.harm
                        && most.get(&worse).is_some_and(|(disability, _)| death < disability)
                })
            {
                found.insert(self.place("L104", &benefit.source));
            }
            let Some((amount, claim)) = top.get(&(benefit.cover, benefit.harm)) else {
                continue;
            };
            if *amount == 0 && benefit.kind != BenefitKind::Nothing {
                found.insert(self.place("L108", &benefit.source));
            }
            if *amount >= UNBOUNDED
                && matches!(benefit.kind, BenefitKind::Actual | BenefitKind::PerUnit)
                && !self.said_without_bound(&benefit.source)
                && self.under(benefit.cover, claim, |keys| keys.iter().any(|key| self.claimant(*key)))
                    >= Some(UNBOUNDED)
            {
                found.insert(self.place("L106", &benefit.source));
            }
        }
        self.found.extend(found);
    }

    /// The row says 不限, on whichever of its lines.
    fn said_without_bound(&self, source: &Source) -> bool {
        let span = self.lowered.places.of(source).map(|place| place.span);
        let text = span.and_then(|span| self.text.get(span.start as usize..span.end as usize));
        text.is_some_and(|text| text.contains("不限"))
    }
    /// The line on which an item of the scheme stands, from there.
    pub(super) fn written(&self, source: &Source) -> &str {
        let place = self.lowered.places.of(source);
        let from = place.map_or(0, |place| place.span.start as usize);
        let text = self.text.get(from..).unwrap_or_default();
        text.lines().next().unwrap_or_default()
    }
    fn claimant(&self, key: GroupKey) -> bool {
        match key {
            GroupKey::Fact(fact) => {
                ["person", "household", "claim"].contains(&self.plan().facts[fact.index()].id.as_str())
            }
            GroupKey::Year => false,
        }
    }
    /// What one claim is paid by a cover under the limits over such keys.
    fn under(&self, cover: CoverId, claim: &Claim, keys: impl Fn(&[GroupKey]) -> bool) -> Option<i64> {
        let mut plan = self.tried.first[cover.index()].clone();
        plan.limits.retain(|limit| limit.own || keys(&limit.keys));
        paid(&plan, &self.tried.outcomes[claim.outcome], &[&claim.record])
    }

    /// L102: in some circumstances the most that a cover pays is cut even where the claim stands alone, whatever is
    /// decided and on whatever day.
    fn never_in_full(&self, most: &HashMap<(Values, usize, CoverId, ValueId), (i64, &Claim)>) -> BTreeSet<String> {
        let zero = self.zero_limits();
        let plans: Vec<Plan> = self
            .tried
            .first
            .iter()
            .map(|plan| {
                let mut plan = plan.clone();
                plan.limits.retain(|limit| !zero.contains(&limit.id));
                plan
            })
            .collect();
        let rest = self.decided_of_limits();
        let mut known: HashMap<(CoverId, ValueId, usize, i64, Option<Value>), bool> = HashMap::new();
        let mut always: HashMap<(Values, CoverId, ValueId), bool> = HashMap::new();
        for ((circumstances, outcome, cover, harm), (amount, claim)) in most {
            if *amount == 0 || *amount >= UNBOUNDED || !self.counts(claim, *cover) {
                continue;
            }
            let (undated, day) = without_day(circumstances);
            let cut = known.entry((*cover, *harm, *outcome, *amount, day)).or_insert_with(|| {
                [&[][..], &rest].into_iter().all(|more| {
                    let taken = [&self.tried.outcomes[*outcome], more].concat();
                    paid(&plans[cover.index()], &taken, &[&claim.record]).is_some_and(|paid| paid < *amount)
                })
            });
            *always.entry((undated, *cover, *harm)).or_insert(true) &= *cut;
        }
        let cut = always.iter().filter(|(_, cut)| **cut);
        cut.filter_map(|((_, cover, harm), _)| {
            let benefit = self
                .plan()
                .benefits
                .iter()
                .find(|b| b.cover == *cover && b.harm == *harm)?;
            Some(self.place("L102", &benefit.source))
        })
        .collect()
    }

    /// T106: of two claims that differ in nothing but the grade, the graver one is paid less.
    fn graded(&mut self) {
        for (index, fact) in self.plan().facts.iter().enumerate() {
            let FactKind::Enumeration { domain, .. } = fact.kind else {
                continue;
            };
            let Some(order) = self.plan().domains[domain.index()].order else {
                continue;
            };
            let mut by: HashMap<(Values, usize, CoverId), BTreeMap<ValueId, i64>> = HashMap::new();
            for claim in &self.tried.claims {
                let Some(Value::Enumeration(grade)) = claim.record.values[index] else {
                    continue;
                };
                let mut same = claim.record.values.clone();
                same[index] = None;
                for (cover, amount) in &claim.met {
                    by.entry((same.clone(), claim.outcome, *cover))
                        .or_default()
                        .insert(grade, *amount);
                }
            }
            let less = by.values().any(|grades| {
                let amounts: Vec<i64> = grades.values().copied().collect();
                amounts.windows(2).any(|pair| match order {
                    anlan_lang::tree::Order::WorstFirst => pair[0] < pair[1],
                    anlan_lang::tree::Order::WorstLast => pair[0] > pair[1],
                })
            });
            if less {
                self.say("T106");
                return;
            }
        }
    }

    /// P101: settling refuses shares that do not add up.
    fn shares(&mut self) {
        let plan = &self.lowered.plan;
        let settled = settle(plan, &inputs(plan, &[]), Vec::new());
        if settled.is_err_and(|refusal| refusal.code == codes::V047) {
            self.say("P101");
        }
    }
}
