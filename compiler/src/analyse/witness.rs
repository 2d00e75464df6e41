//! From a path through diagrams to a claim that `eval` or `settle` reproduces.

use crate::money::Fen;
use crate::plan::{
    Amount, Class, DecisionKey, Fact, FactId, FactKind, FactRole, GroupKey, Operation, PipelineId, Plan, Term, ValueId,
};
use crate::resolve::id;
use anlan_lang::diag::Witness;
use std::collections::BTreeMap;

/// An expense, loss or sum large enough to reach the caps of any real scheme: one hundred million 元.
const AMPLE: Fen = Fen(10_000_000_000);

/// A claim in the data contract's form, under construction.
#[derive(Debug, Clone)]
pub struct Claim<'a> {
    plan: &'a Plan,
    fields: BTreeMap<String, String>,
    decided: Vec<(String, DecisionKey)>,
}

impl<'a> Claim<'a> {
    /// The facts that the path fixes.
    pub fn new(plan: &'a Plan, path: &[(FactId, u16)]) -> Self {
        let mut claim = Claim {
            plan,
            fields: BTreeMap::new(),
            decided: Vec::new(),
        };
        for (fact, class) in path {
            claim.fix(*fact, *class);
        }
        claim
    }
    /// Sets a fact by its id, unless the plan lacks it.
    pub fn with(mut self, fact: &str, value: impl Into<String>) -> Self {
        if self.plan.facts.iter().any(|f| f.id == fact) {
            self.fields.insert(fact.to_owned(), value.into());
        }
        self
    }
    /// Sets an enumeration fact.
    pub fn with_value(self, fact: &str, value: ValueId) -> Self {
        let name = self
            .plan
            .facts
            .iter()
            .find(|f| f.id == fact)
            .and_then(|f| value_name(self.plan, f, value));
        match name {
            Some(name) => self.with(fact, name),
            None => self,
        }
    }
    /// Gives ample values to what the pipelines read and the path left free.
    pub fn paying(mut self, pipelines: &[PipelineId]) -> Self {
        let plan = self.plan;
        for pipeline in pipelines.iter().filter_map(|id| plan.pipelines.get(id.index())) {
            self.fill(&pipeline.start);
            for step in &pipeline.steps {
                if let Operation::Less(amount) | Operation::UpTo(amount) | Operation::AtLeast(amount) = &step.operation
                {
                    self.fill(amount);
                }
            }
        }
        self
    }
    /// Adds the keys that limits read, and a date in the term, and ends.
    pub fn finish(mut self) -> (BTreeMap<String, String>, Vec<String>) {
        let plan = self.plan;
        for key in plan.limits.iter().flat_map(|limit| &limit.keys) {
            if let GroupKey::Fact(fact) = key
                && let Some(fact) = plan.facts.get(fact.index())
                && fact.kind == FactKind::Text
            {
                self.set(fact, sample_key(&fact.id));
            }
        }
        if let Term::Fixed { start, .. } = &plan.calendar.term {
            self.fields
                .entry(id::DATE.to_owned())
                .or_insert_with(|| start.to_string());
        }
        let decided = self
            .decided
            .iter()
            .map(|(decision, key)| match self.key(*key) {
                Some(key) => format!("{decision}@{key}"),
                None => decision.clone(),
            })
            .collect();
        (self.fields, decided)
    }
    /// A witness of this one claim.
    pub fn witness(self) -> Witness {
        let (claim, decided) = self.finish();
        Witness {
            claims: vec![claim],
            decided,
        }
    }

    fn key(&self, key: DecisionKey) -> Option<String> {
        let fact = match key {
            DecisionKey::Term => return None,
            DecisionKey::Year => {
                return match &self.plan.calendar.term {
                    Term::Fixed { start, .. } => Some(start.year().to_string()),
                    _ => None,
                };
            }
            DecisionKey::Event => id::EVENT,
            DecisionKey::Fact(fact) => &self.plan.facts.get(fact.index())?.id,
        };
        self.fields.get(fact).cloned().or_else(|| Some(sample_key(fact)))
    }
    fn fix(&mut self, fact: FactId, class: u16) {
        let plan = self.plan;
        let Some(fact) = plan.facts.get(fact.index()) else {
            return;
        };
        let Some(class) = fact.classes.get(usize::from(class)) else {
            return;
        };
        match (fact.role, class) {
            (FactRole::Given, class) => {
                if let Some(value) = sample(plan, fact, class) {
                    self.set(fact, value);
                }
            }
            (FactRole::Present(carried), Class::Yes) => self.ample(carried),
            (FactRole::Decided(decision), Class::Yes) => {
                if let Some(decision) = plan.decisions.get(decision.index()) {
                    self.decided.push((decision.id.clone(), decision.per));
                }
            }
            (FactRole::Present(_) | FactRole::Decided(_), _) => {}
        }
    }
    fn set(&mut self, fact: &Fact, value: String) {
        self.fields.entry(fact.id.clone()).or_insert(value);
    }
    fn ample(&mut self, fact: FactId) {
        let plan = self.plan;
        let Some(fact) = plan.facts.get(fact.index()) else {
            return;
        };
        match &fact.kind {
            FactKind::Money => self.set(fact, AMPLE.to_string()),
            FactKind::Count { .. } => self.set(fact, "1".to_owned()),
            FactKind::YesNo => self.set(fact, "true".to_owned()),
            _ => {}
        }
    }
    fn fill(&mut self, amount: &Amount) {
        match amount {
            Amount::Fact(fact) => self.ample(*fact),
            Amount::PerUnit { rate, count, .. } => {
                self.fill(rate);
                self.ample(*count);
            }
            Amount::Scaled { of, .. } => self.fill(of),
            Amount::Sum(parts) => parts.iter().for_each(|part| self.fill(part)),
            Amount::Dated(values) => values.iter().for_each(|(_, value)| self.fill(value)),
            Amount::Decided { then, otherwise, .. } => {
                self.fill(then);
                self.fill(otherwise);
            }
            Amount::Fixed(_)
            | Amount::Parameter { .. }
            | Amount::Premium
            | Amount::Balance(_)
            | Amount::DecisionValue(_)
            | Amount::Unlimited => {}
        }
    }
}

fn sample_key(fact: &str) -> String {
    let letter = fact.chars().next().map_or('K', |c| c.to_ascii_uppercase());
    format!("{letter}1")
}

/// One value of a class as a claim file spells it.
pub fn sample(plan: &Plan, fact: &Fact, class: &Class) -> Option<String> {
    match class {
        Class::Values(values) => {
            let domain = match fact.kind {
                FactKind::Enumeration { domain, .. } => plan.domains.get(domain.index())?,
                _ => return None,
            };
            // A value without others below it is what a claim usually carries.
            let inner = |value: ValueId| domain.values.iter().any(|v| v.parent == Some(value));
            let value = values.iter().find(|v| !inner(**v)).or(values.first())?;
            value_name(plan, fact, *value)
        }
        Class::Interval { from, below } => {
            let units = from.or(below.map(|below| below - 1)).unwrap_or(0);
            match &fact.kind {
                FactKind::Money => Some(Fen(units).to_string()),
                FactKind::Count { .. } => Some(units.to_string()),
                FactKind::Number { precision, .. } => {
                    let value = crate::money::Ratio::integer(units).checked_mul(*precision)?;
                    let exact = rust_decimal::Decimal::try_from_i128_with_scale(value.numerator(), 0).ok()?
                        / rust_decimal::Decimal::try_from_i128_with_scale(value.denominator(), 0).ok()?;
                    Some(exact.normalize().to_string())
                }
                FactKind::Date => {
                    let days = jiff::Span::new().try_days(units).ok()?;
                    Some(jiff::civil::date(1970, 1, 1).checked_add(days).ok()?.to_string())
                }
                _ => None,
            }
        }
        Class::Yes => Some("true".to_owned()),
        Class::No => Some("false".to_owned()),
    }
}

/// The Chinese name of a value of an enumeration fact.
pub fn value_name(plan: &Plan, fact: &Fact, value: ValueId) -> Option<String> {
    match fact.kind {
        FactKind::Enumeration { domain, .. } => plan
            .domains
            .get(domain.index())?
            .values
            .get(value.index())
            .map(|value| value.name.zh.clone()),
        _ => None,
    }
}
