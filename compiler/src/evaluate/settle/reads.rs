//! The facts that settlement keeps of every row.

use crate::plan::diagram::Refusal;
use crate::plan::{DecisionKey, FactId, FactRole, GroupKey, LimitRule, Operation, Plan, Sort, Term};
use crate::resolve::id;
use std::collections::BTreeSet;

/// Facts kept of every accepted row, and where they stand in it.
#[derive(Debug, Default)]
pub(super) struct KeyFacts {
    /// Facts that a limit's key or amount or a keyed decision reads; the event first, if the plan knows one.
    pub keys: Vec<FactId>,
    /// Wider facts that rules read, each with the fact that identifies the wider record.
    pub wide: Vec<Wide>,
}

/// A fact of a wider record that repeats in claim rows (SEMANTICS §1).
#[derive(Debug, Clone, Copy)]
pub(super) struct Wide {
    pub fact: FactId,
    /// Position in [`KeyFacts::keys`] of the fact that identifies the record
    pub key: usize,
}

impl KeyFacts {
    pub fn of(plan: &Plan) -> Self {
        let find = |id: &str| plan.facts.iter().position(|f| f.id == id).map(FactId::from);
        let mut facts = KeyFacts::default();
        facts.keys.extend(find(id::EVENT));
        for limit in &plan.limits {
            for key in &limit.keys {
                if let GroupKey::Fact(fact) = key {
                    facts.key(*fact);
                }
            }
            if let LimitRule::UpTo(a) | LimitRule::Less(a) = &limit.rule {
                for fact in a.facts() {
                    facts.key(fact);
                }
            }
        }
        for decision in &plan.decisions {
            if let DecisionKey::Fact(fact) = decision.per {
                facts.key(fact);
            }
        }
        let read = read(plan);
        for (i, fact) in plan.facts.iter().enumerate() {
            let id = FactId::from(i);
            let key = identifies(fact.sort).and_then(find);
            if let Some(key) = key.filter(|key| *key != id && read.contains(&id)) {
                let key = facts.key(key);
                facts.wide.push(Wide { fact: id, key });
            }
        }
        facts
    }

    fn key(&mut self, fact: FactId) -> usize {
        match self.position(fact) {
            Some(position) => position,
            None => {
                self.keys.push(fact);
                self.keys.len() - 1
            }
        }
    }

    /// Where a key fact stands in a row's keys.
    pub fn position(&self, fact: FactId) -> Option<usize> {
        self.keys.iter().position(|f| *f == fact)
    }
}

/// The fact that identifies a wider record.
fn identifies(sort: Sort) -> Option<&'static str> {
    match sort {
        Sort::Household => Some(id::HOUSEHOLD),
        Sort::Dwelling => Some("dwelling"),
        Sort::Policy => Some("policy"),
        Sort::Event => Some(id::EVENT),
        Sort::Claim | Sort::Year => None,
    }
}

/// Facts that some rule reads: others are accepted and ignored.
fn read(plan: &Plan) -> BTreeSet<FactId> {
    let mut read = BTreeSet::new();
    let roots = plan.benefits.iter().map(|b| b.root).chain([plan.applying]);
    for root in roots {
        for fact in plan.diagrams.support(root) {
            read.insert(fact);
            if let Some(FactRole::Present(of)) = plan.facts.get(fact.index()).map(|f| f.role) {
                read.insert(of);
            }
        }
    }
    for pipeline in &plan.pipelines {
        read.extend(pipeline.start.facts());
        for step in &pipeline.steps {
            match &step.operation {
                Operation::Less(a) | Operation::UpTo(a) | Operation::AtLeast(a) => read.extend(a.facts()),
                Operation::Share(_) | Operation::Round { .. } => {}
            }
        }
    }
    for refusal in &plan.diagrams.refusals {
        let (Refusal::Above { fact, amount: a } | Refusal::Below { fact, amount: a }) = refusal;
        read.insert(*fact);
        read.extend(a.facts());
    }
    for limit in &plan.limits {
        read.extend(limit.filter.facts.iter().map(|(fact, _)| *fact));
        if let LimitRule::UpTo(a) | LimitRule::Less(a) = &limit.rule {
            read.extend(a.facts());
        }
    }
    if let Term::Policy { start, end } = plan.calendar.term {
        read.extend([start, end]);
    }
    read
}
