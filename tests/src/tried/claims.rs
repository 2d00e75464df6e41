//! Every claim that matters of a policy, and what evaluation says of it.

use super::facts::{Apart, DAY, Facts, on};
use anlan_compiler::evaluate::record::Reader;
use anlan_compiler::evaluate::{Bases, Decisions, Evaluator, Inputs, Record, Refusal, Taken, Value};
use anlan_compiler::money::Fen;
use anlan_compiler::plan::{
    CoverId, DecisionId, FactId, FactKind, FactRole, LimitRule, Meeting, Plan, Use, ValueId, missing_parameters,
};
use anlan_lang::diag::codes;
use std::collections::BTreeMap;

/// What every claim carries besides the facts that are tried.
const FRAME: &[(&str, &str)] = &[
    ("claim", "1"),
    ("date", DAY),
    ("event", "E1"),
    ("person", "P1"),
    ("household", "H1"),
];
/// The premium of a year wherever one is asked for: 200万元.
const PREMIUM: Fen = Fen(200_000_000);

/// A claim that some cover applies to.
#[derive(Debug, Clone)]
pub struct Claim {
    pub record: Record,
    pub harm: ValueId,
    /// Index into [`Tried::outcomes`]
    pub outcome: usize,
    /// The covers that apply, each with what it would pay alone.
    pub met: Vec<(CoverId, i64)>,
    /// What is paid for it alone, before limits; `None`: refused for want of a rank.
    pub paid: Option<i64>,
}

/// How many claims of a kind there are, and how many of them each cover applies to.
#[derive(Debug, Clone, Default)]
pub struct Count {
    pub claims: usize,
    pub met: BTreeMap<CoverId, usize>,
}

/// A plan and everything that was asked of it.
#[derive(Debug)]
pub struct Tried {
    /// Without shares, which have no part in what is paid.
    pub plan: Plan,
    /// The same where one cover, by index, comes before all others.
    pub first: Vec<Plan>,
    pub facts: Facts,
    /// Both outcomes of every decision that a cover or a benefit reads: which were taken.
    pub outcomes: Vec<Vec<DecisionId>>,
    pub claims: Vec<Claim>,
    pub kinds: BTreeMap<Kind, Count>,
    /// Claims tried, those that no cover applies to included.
    pub tried: usize,
}

/// Peril, cause, role and harm of claims, and the outcome: what decides before any condition does; as text.
pub type Kind = String;

impl Tried {
    /// Tries everything. `None` where evaluation has no amounts: a parameter is not set.
    pub fn new(plan: &Plan, apart: Apart<'_>) -> Option<Self> {
        if !missing_parameters(plan, Use::Settlement).is_empty() {
            return None;
        }
        let mut plan = plan.clone();
        plan.coinsurance = None;
        let facts = Facts::of(&plan, apart);
        let first = (0..plan.covers.len()).map(|cover| before_all(&plan, cover)).collect();
        let outcomes = outcomes(&plan);
        let mut tried = Tried {
            first,
            facts,
            outcomes,
            plan,
            claims: Vec::new(),
            kinds: BTreeMap::new(),
            tried: 0,
        };
        for outcome in 0..tried.outcomes.len() {
            let (claims, kinds, count) = Asker::new(&tried, outcome).all();
            tried.claims.extend(claims);
            tried.kinds.extend(kinds);
            tried.tried += count;
        }
        Some(tried)
    }

    /// What is given besides claims when these decisions are taken.
    pub fn inputs(&self, outcome: usize) -> Inputs {
        inputs(&self.plan, &self.outcomes[outcome])
    }
}

/// What is given besides claims when decisions are taken, for whatever key.
pub fn inputs(plan: &Plan, taken: &[DecisionId]) -> Inputs {
    let taken = taken.iter().map(|decision| Taken {
        decision: *decision,
        key: None,
        value: None,
    });
    let region = plan.split.as_ref().map_or(String::new(), |_| "1".to_owned());
    Inputs {
        decisions: Decisions { taken: taken.collect() },
        bases: Some(Bases {
            premiums: vec![(region, PREMIUM)],
        }),
        earlier: None,
    }
}

/// Every set of the decisions that covers and benefits read.
fn outcomes(plan: &Plan) -> Vec<Vec<DecisionId>> {
    let mut read: Vec<DecisionId> = plan
        .facts
        .iter()
        .filter_map(|fact| match fact.role {
            FactRole::Decided(decision) => Some(decision),
            _ => None,
        })
        .collect();
    read.sort_unstable();
    read.dedup();
    (0..1usize << read.len())
        .map(|bits| {
            let taken = read.iter().enumerate().filter(|(i, _)| bits >> i & 1 == 1);
            taken.map(|(_, decision)| *decision).collect()
        })
        .collect()
}

/// The plan with one cover before all others.
fn before_all(plan: &Plan, cover: usize) -> Plan {
    let mut plan = plan.clone();
    let others = (0..plan.covers.len()).filter(|other| *other != cover);
    plan.meeting = Meeting {
        over: others
            .map(|other| (CoverId::from(cover), CoverId::from(other)))
            .collect(),
        higher: Vec::new(),
        stack: Vec::new(),
    };
    plan
}

/// The plan in which all covers pay side by side, and nothing is limited: its lines tell which apply.
fn side_by_side(plan: &Plan) -> Plan {
    let mut plan = plan.clone();
    let count = plan.covers.len();
    let pairs = (0..count).flat_map(|a| (a + 1..count).map(move |b| (CoverId::from(a), CoverId::from(b))));
    plan.meeting = Meeting {
        over: Vec::new(),
        higher: Vec::new(),
        stack: pairs.collect(),
    };
    plan.limits
        .retain(|limit| !limit.own || matches!(limit.rule, LimitRule::Less(_)));
    plan
}

/// A claim with the facts that every one has.
pub fn framed(plan: &Plan) -> Record {
    let reader = Reader::new(plan);
    let known = FRAME.iter().copied().filter(|(name, _)| reader.column(name).is_some());
    let (record, _) = reader.object(known);
    let mut record = record.unwrap();
    let day = record
        .values
        .iter()
        .flatten()
        .find(|value| matches!(value, Value::Date(_)))
        .cloned();
    for (slot, fact) in record.values.iter_mut().zip(&plan.facts) {
        if fact.kind == FactKind::Date && slot.is_none() {
            slot.clone_from(&day);
        }
    }
    record
}

/// Asks evaluation about one outcome of the decisions.
struct Asker<'t> {
    tried: &'t Tried,
    outcome: usize,
    side: &'t Plan,
    claims: Vec<Claim>,
    kinds: BTreeMap<Kind, Count>,
    count: usize,
}

/// What evaluation of one outcome runs on.
struct Ready<'r> {
    side: Evaluator<'r>,
    whole: Evaluator<'r>,
    first: Vec<Evaluator<'r>>,
}

impl Asker<'_> {
    fn new(tried: &Tried, outcome: usize) -> Asker<'_> {
        Asker {
            tried,
            outcome,
            side: &tried.plan,
            claims: Vec::new(),
            kinds: BTreeMap::new(),
            count: 0,
        }
    }

    fn all(mut self) -> (Vec<Claim>, BTreeMap<Kind, Count>, usize) {
        let inputs = self.tried.inputs(self.outcome);
        let side = side_by_side(self.side);
        let ready = |plan| Evaluator::new(plan, &inputs, Use::Benefits);
        let (Ok(side), Ok(whole)) = (ready(&side), ready(&self.tried.plan)) else {
            return (self.claims, self.kinds, self.count);
        };
        let ready = Ready {
            side,
            whole,
            first: self.tried.first.iter().map(|plan| ready(plan).unwrap()).collect(),
        };
        let one = framed(&self.tried.plan);
        let mut start: Vec<Record> = self.tried.facts.days.iter().map(|day| on(&one, *day)).collect();
        for (fact, blank) in &self.tried.facts.always {
            let values = &self.tried.facts.values[fact.index()];
            let given = values.iter().cloned().map(Some);
            let each: Vec<Option<Value>> = given.chain(blank.then_some(None)).collect();
            start = start
                .iter()
                .flat_map(|record| each.iter().map(|value| with(record, *fact, value.clone())))
                .collect();
        }
        for record in start {
            self.ask(&ready, &record);
        }
        (self.claims, self.kinds, self.count)
    }

    /// Asks about one record; where a fact is wanting, about the record with each of its values.
    fn ask(&mut self, ready: &Ready<'_>, record: &Record) {
        match self.answer(ready, record) {
            Ok(Some(claim)) => self.note(record, Some(claim)),
            Ok(None) => self.note(record, None),
            Err(refusal) if refusal.code == codes::V020 => {
                let facts = &self.tried.plan.facts;
                let wanting = facts.iter().position(|fact| Some(&fact.name) == refusal.field.as_ref());
                let fact = FactId::from(wanting.unwrap());
                assert!(record.values[fact.index()].is_none(), "{refusal:?}");
                for value in &self.tried.facts.values[fact.index()] {
                    self.ask(ready, &with(record, fact, Some(value.clone())));
                }
            }
            // The scheme refuses such a record.
            Err(_) => {}
        }
    }

    /// What evaluation says; `None` where no cover applies.
    fn answer(&self, ready: &Ready<'_>, record: &Record) -> Result<Option<Claim>, Refusal> {
        let side = ready.side.assess(record)?;
        let Some(first) = side.lines.first() else {
            return Ok(None);
        };
        let mut met = Vec::new();
        for line in &side.lines {
            let alone = ready.first[line.cover.index()].assess(record)?;
            let own = alone.lines.iter().find(|own| own.cover == line.cover);
            met.push((line.cover, own.unwrap().amount.0));
        }
        // A cover that applies alone needs no rank.
        let paid = match met.as_slice() {
            [(_, amount)] => Ok(Some(*amount)),
            _ => self.ranked(ready, record),
        }?;
        Ok(Some(Claim {
            record: record.clone(),
            harm: first.harm,
            outcome: self.outcome,
            met,
            paid,
        }))
    }

    /// What the scheme itself pays; `None` for want of a rank.
    fn ranked(&self, ready: &Ready<'_>, record: &Record) -> Result<Option<i64>, Refusal> {
        match ready.whole.assess(record) {
            Ok(assessment) => Ok(Some(assessment.benefit.0)),
            Err(refusal) if refusal.code == codes::V021 => Ok(None),
            Err(refusal) => Err(refusal),
        }
    }

    fn note(&mut self, record: &Record, claim: Option<Claim>) {
        self.count += 1;
        let facts = self.tried.plan.facts.iter().zip(&record.values);
        let before = facts.filter(|(fact, _)| ["peril", "cause", "role", "harm"].contains(&fact.id.as_str()));
        let kind = format!(
            "{} {:?}",
            self.outcome,
            before.map(|(_, value)| value).collect::<Vec<_>>()
        );
        let count = self.kinds.entry(kind).or_default();
        count.claims += 1;
        if let Some(claim) = claim {
            for (cover, _) in &claim.met {
                *count.met.entry(*cover).or_default() += 1;
            }
            self.claims.push(claim);
        }
    }
}

fn with(record: &Record, fact: FactId, value: Option<Value>) -> Record {
    let mut next = record.clone();
    next.values[fact.index()] = value;
    next
}
