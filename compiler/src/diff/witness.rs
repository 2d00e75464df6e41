//! One claim of a box, run through the reference evaluator in both versions.

use super::align::{JointClass, Members, Version};
use super::compare::{Point, contrast};
use super::formula::Unknown;
use super::model::{Example, Shown};
use super::money::Money;
use super::payments::Payments;
use super::regions::{joint, span_of};
use super::store::Classes;
use crate::analyse::witness::spelt;
use crate::evaluate::exact::{Exact, to_fen};
use crate::evaluate::record::Reader;
use crate::evaluate::{Decisions, Evaluator, Inputs};
use crate::money::{Fen, Ratio};
use crate::plan::{DomainValue, FactKind, FactRole, Plan, Use, ValueId};
use std::collections::BTreeMap;

/// Runs claims in both versions.
#[derive(Debug)]
pub(crate) struct Witnesses<'a> {
    readers: [Reader<'a>; 2],
}

impl<'a> Witnesses<'a> {
    pub fn new(payments: &Payments<'a>) -> Self {
        Witnesses {
            readers: [Reader::new(payments.align.old), Reader::new(payments.align.new)],
        }
    }

    /// A claim inside the box at which the payments differ most, with what each version pays for it.
    pub fn of(&mut self, payments: &Payments<'a>, old: &Money, new: &Money, classes: &Classes) -> Option<Shown> {
        let point = contrast(old, new, &|unknown| span_of(payments, unknown, classes)).and_then(|found| {
            let larger = |a: &Point, b: &Point| a.change().unsigned_abs() >= b.change().unsigned_abs();
            match (found.gain, found.loss) {
                (Some(gain), Some(loss)) => Some(if larger(&gain, &loss) { gain } else { loss }),
                (gain, loss) => gain.or(loss),
            }
        });
        let run = |whole: bool| {
            let of = |version| claim(payments, version, classes, point.as_ref(), (old, new), whole);
            let (old_claim, new_claim) = (of(Version::Old), of(Version::New));
            let [old_reader, new_reader] = &self.readers;
            Shown {
                old: benefit(payments.align.old, old_reader, &old_claim),
                new: benefit(payments.align.new, new_reader, &new_claim),
                old_claim,
                new_claim,
            }
        };
        // The shortest claim, unless a version reads more facts than the box names.
        let short = run(false);
        if short.old.is_some() && short.new.is_some() {
            return Some(short);
        }
        Some(run(true))
    }
}

/// What a version pays for a claim; `None` where it refuses it or cannot run without a contract.
fn benefit(plan: &Plan, reader: &Reader, example: &Example) -> Option<Fen> {
    let decisions = Decisions::parse(plan, example.decided.iter().map(String::as_str)).ok()?;
    let inputs = Inputs {
        decisions,
        ..Inputs::default()
    };
    let fields = &example.claim;
    let (record, _) = reader.object(fields.iter().map(|(key, value)| (key.as_str(), value.as_str())));
    let evaluator = Evaluator::new(plan, &inputs, Use::Benefits).ok()?;
    Some(evaluator.assess(&record.ok()?).ok()?.benefit)
}

fn claim(
    payments: &Payments,
    version: Version,
    classes: &Classes,
    point: Option<&Point>,
    (old, new): (&Money, &Money),
    whole: bool,
) -> Example {
    let plan = payments.align.plan(version);
    let mut fields: BTreeMap<String, String> = BTreeMap::new();
    let mut decided: Vec<String> = Vec::new();
    for (level, chosen) in classes.iter().enumerate() {
        let Some(fact) = joint(payments, level) else { continue };
        let Some(own) = fact.fact.of(version).and_then(|id| plan.facts.get(id.index())) else {
            continue;
        };
        let both = |class: &&JointClass| class.known == (true, true);
        let class = match chosen {
            Some(some) => some.first().and_then(|class| fact.classes.get(usize::from(*class))),
            None if !whole => continue,
            None => fact.classes.iter().find(both).or(fact.classes.first()),
        };
        let Some(class) = class else { continue };
        match (own.role, &class.members) {
            (FactRole::Given, Members::Values(values)) => {
                if let Some(text) = spelled(payments, version, &own.kind, fact, values) {
                    fields.insert(own.id.clone(), text);
                }
            }
            (FactRole::Given, Members::Interval { from, below }) => {
                let place = from.or(below.map(|below| below - 1)).unwrap_or(0);
                let units = match fact.grid {
                    Some(grid) => grid.at(place),
                    None => Some(Ratio::integer(place)),
                };
                if let Some(text) = units.and_then(|units| spelt(own, units)) {
                    fields.insert(own.id.clone(), text);
                }
            }
            (FactRole::Given, Members::Yes) => {
                fields.insert(own.id.clone(), "true".to_owned());
            }
            (FactRole::Given, Members::No) => {
                fields.insert(own.id.clone(), "false".to_owned());
            }
            (FactRole::Present(of), Members::Yes) => {
                if let Some(of) = plan.facts.get(of.index()) {
                    fields.entry(of.id.clone()).or_insert_with(|| "1".to_owned());
                }
            }
            (FactRole::Decided(decision), Members::Yes) => {
                if let Some(decision) = plan.decisions.get(decision.index()) {
                    decided.push(taken(plan, &decision.id, point));
                }
            }
            _ => {}
        }
    }
    if let Some(point) = point {
        add(plan, point, &mut fields, &mut decided);
    }
    // A fact that the other version's amounts read must not stop this one for being unknown, and the other way round.
    let known = |id: &String| plan.facts.iter().any(|fact| fact.id == *id);
    for fact in super::regions::quantities(old, new) {
        if known(&fact) && !fields.contains_key(&fact) {
            fields.insert(fact, "1".to_owned());
        }
    }
    fields.retain(|id, _| known(id));
    decided.sort();
    decided.dedup();
    Example { claim: fields, decided }
}

fn add(plan: &Plan, point: &Point, fields: &mut BTreeMap<String, String>, decided: &mut Vec<String>) {
    for (unknown, value) in &point.values {
        match unknown {
            Unknown::Fact(id) => {
                if let Some(fact) = plan.facts.iter().find(|fact| fact.id == *id) {
                    // Amounts and steps of a grid are whole.
                    let units = match fact.kind.is_in_parts() {
                        true => ratio(value),
                        false => Some(Ratio::integer(to_fen(value).unwrap_or_default().0)),
                    };
                    let text = units.and_then(|units| spelt(fact, units));
                    fields.insert(id.clone(), text.unwrap_or_default());
                }
            }
            Unknown::Decision(id) if !point.taken.contains(id) => decided.push(taken(plan, id, Some(point))),
            _ => {}
        }
    }
    if let Some(day) = point.day {
        fields.insert(crate::resolve::id::DATE.to_owned(), day.to_string());
    }
    decided.extend(point.taken.iter().map(|id| taken(plan, id, Some(point))));
}

/// A decision as `--decide` takes it: for every key, with the value that the point gives it.
fn taken(plan: &Plan, id: &str, point: Option<&Point>) -> String {
    let Some(decision) = plan.decisions.iter().find(|d| d.id == id) else {
        return id.to_owned();
    };
    if decision.effect == anlan_lang::tree::DecisionEffect::FromTheDay {
        return format!("{id}=1970-01-01");
    }
    let value = point.and_then(|point| point.values.get(&Unknown::Decision(id.to_owned())));
    match (&decision.value, value.and_then(to_fen)) {
        (Some(_), Some(fen)) => format!("{id}={fen}"),
        (Some(_), None) => format!("{id}=1"),
        (None, _) => id.to_owned(),
    }
}

fn ratio(value: &Exact) -> Option<Ratio> {
    Ratio::new(i128::try_from(value.numer()).ok()?, i128::try_from(value.denom()).ok()?)
}

/// A value of the class that both versions know, without others below it, in a spelling that this version takes.
fn spelled(
    payments: &Payments,
    version: Version,
    kind: &FactKind,
    fact: &super::align::JointFact,
    values: &[super::align::Pair<ValueId>],
) -> Option<String> {
    let domain_of = |version: Version| {
        let plan = payments.align.plan(version);
        let kind = fact
            .fact
            .of(version)
            .and_then(|id| plan.facts.get(id.index()))
            .map(|f| &f.kind);
        match kind {
            Some(FactKind::Enumeration { domain, .. }) => plan.domains.get(domain.index()),
            _ => None,
        }
    };
    let _ = kind;
    let inner = |value: Option<ValueId>| {
        let domain = domain_of(version);
        value.is_some() && domain.is_some_and(|d| d.values.iter().any(|v| v.parent == value))
    };
    let own = |pair: &super::align::Pair<ValueId>| -> Option<&DomainValue> {
        // A version that does not know the value is shown the other's word for it.
        let of = |version: Version| domain_of(version)?.values.get(pair.of(version)?.index());
        match version {
            Version::Old => of(Version::Old).or_else(|| of(Version::New)),
            Version::New => of(Version::New).or_else(|| of(Version::Old)),
        }
    };
    let chosen = values.iter().find(|pair| !inner(pair.of(version))).or(values.first())?;
    own(chosen).map(|value| value.name.zh.clone())
}
