//! Every decision: not taken, taken at large, taken for the claims' key, taken for another key, and from a day on.

use super::claims::{Base, day_of, paying};
use super::days::later;
use super::{Ask, Fields, Maker, Origin, field, numbered};
use crate::plan::{Decision, DecisionKey, FactKind, ParameterKind};
use crate::resolve::id;
use anlan_lang::tree::DecisionEffect;

/// At most so many paid claims stand in one case of a decision.
const MOST_CLAIMS: usize = 40;

impl Maker<'_> {
    /// Cases for every decision, each about the first claims of all benefits and those that need the decision.
    pub(super) fn decisions(&mut self, bases: &[Base]) {
        let plan = self.plan;
        for decision in &plan.decisions {
            let needs = |base: &&Base| base.decisions.iter().any(|text| is_of(text, decision));
            let mut claims: Vec<Fields> = bases.iter().filter(needs).map(|base| base.fields.clone()).collect();
            let usual = paying(bases).into_iter().filter(|base| base.decisions.is_empty());
            claims.extend(usual.map(|base| base.fields.clone()));
            claims.dedup();
            claims.truncate(MOST_CLAIMS);
            let Some(first) = claims.first().cloned() else { continue };
            if decision.effect == DecisionEffect::FromTheDay {
                claims.extend([later(&first, -1), later(&first, 1)]);
            }
            let claims = numbered(self.program, claims, &[]);
            let first = claims.first().cloned().unwrap_or_default();
            let value = value_of(decision, &first);
            for key in std::iter::once(String::new()).chain(self.keys(decision, &first)) {
                let text = format!("{}{key}{value}", decision.id);
                let given = self.given(std::slice::from_ref(&text));
                self.add(&text, Origin::Decision, given, claims.clone(), Ask::Both);
            }
            let given = self.given(&[]);
            let name = format!("{}?", decision.id);
            self.add(&name, Origin::Decision, given, claims, Ask::Both);
        }
    }

    /// The key of the first claim, and one that is not.
    fn keys(&self, decision: &Decision, first: &Fields) -> Vec<String> {
        let keys = match decision.per {
            DecisionKey::Term => Vec::new(),
            DecisionKey::Event => vec![field(first, id::EVENT).unwrap_or("E1").to_owned(), "X9".to_owned()],
            DecisionKey::Year => {
                let day = day_of(first);
                let boundaries = &self.plan.calendar.boundaries;
                let year = day.map(|day| boundaries.iter().rfind(|start| **start <= day).copied().unwrap_or(day));
                year.into_iter()
                    .flat_map(|year| [year.year().to_string(), (year.year() + 1).to_string()])
                    .collect()
            }
            DecisionKey::Fact(fact) => {
                let Some(declared) = self.plan.facts.get(fact.index()) else {
                    return Vec::new();
                };
                let own = field(first, &declared.id).map(str::to_owned);
                own.into_iter()
                    .chain(self.another(&declared.kind, first, &declared.id))
                    .collect()
            }
        };
        keys.into_iter().map(|key| format!("@{key}")).collect()
    }

    fn another(&self, kind: &FactKind, first: &Fields, fact: &str) -> Option<String> {
        let FactKind::Enumeration { domain, .. } = kind else {
            return Some("X9".to_owned());
        };
        let values = &self.plan.domains.get(domain.index())?.values;
        let own = field(first, fact);
        let other = values.iter().rfind(|value| Some(value.name.zh.as_str()) != own)?;
        Some(other.id.clone())
    }
}

fn is_of(text: &str, decision: &Decision) -> bool {
    text.split(['@', '=']).next() == Some(decision.id.as_str())
}

fn value_of(decision: &Decision, first: &Fields) -> String {
    let date = || day_of(first).map_or_else(String::new, |day| format!("={day}"));
    match (decision.effect, &decision.value) {
        (DecisionEffect::FromTheDay, _) | (_, Some(ParameterKind::Date)) => date(),
        (_, Some(ParameterKind::Money)) => "=12345.67".to_owned(),
        (_, Some(ParameterKind::Ratio)) => "=1/3".to_owned(),
        (_, Some(ParameterKind::Count)) => "=2".to_owned(),
        _ => String::new(),
    }
}
