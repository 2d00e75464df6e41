//! Lists of perils as predicates: trees, groups, causes, open lists, list parameters.

use super::context::{Lowering, same};
use super::predicate::Predicate;
use crate::plan::{Bound, FactId, ListEnding, Names, PerilWord, ValueId};
use crate::resolve::{PerilSet, PerilTerm, Scope, id};
use crate::types;
use anlan_lang::diag::codes;
use anlan_lang::tree::{self, Name, PerilRef};

/// A list of perils, ready for a cover.
#[derive(Debug, Clone)]
pub struct LoweredPerils {
    pub predicate: Predicate,
    pub words: Vec<PerilWord>,
    pub open: bool,
}

impl Lowering<'_> {
    /// `灾因 a, b 由 c 引起 …` with the ending of the list and the cause of all of it.
    pub fn peril_list(
        &mut self,
        scope: &Scope,
        perils: &[PerilRef],
        ending: &tree::ListEnding,
        cause: Option<&Name>,
    ) -> Option<LoweredPerils> {
        let fact = self.peril_fact()?;
        let set = scope.perils(perils);
        let mut parts = vec![self.peril_set(fact, &set)];
        let mut open = set.open;
        if let tree::ListEnding::Open { decision, .. } = ending {
            match decision {
                Some(decision) => parts.extend(self.decided(&decision.text)),
                None => open = true,
            }
        }
        let mut predicate = Predicate::Any(parts);
        let mut words: Vec<PerilWord> = perils.iter().map(|peril| self.peril_word(scope, peril)).collect();
        if let Some(cause) = cause {
            predicate = Predicate::All(vec![predicate, self.caused_by(&scope.peril_values(cause))]);
            let names = self.peril_names(scope, cause);
            for word in &mut words {
                word.cause.get_or_insert_with(|| names.clone());
            }
        }
        Some(LoweredPerils { predicate, words, open })
    }

    fn peril_set(&mut self, fact: FactId, set: &PerilSet) -> Predicate {
        let mut parts = vec![Predicate::within(fact, set.plain.clone())];
        for (values, causes) in &set.caused {
            let values = Predicate::within(fact, values.clone());
            parts.push(Predicate::All(vec![values, self.caused_by(causes)]));
        }
        for list in &set.lists {
            let listed = self.listed(fact, list);
            parts.push(Predicate::within(fact, listed));
        }
        for decision in &set.decisions {
            parts.extend(self.decided(decision));
        }
        Predicate::Any(parts)
    }

    fn caused_by(&self, causes: &[ValueId]) -> Predicate {
        match self.fact_named(id::CAUSE) {
            Some(fact) => Predicate::within(fact, causes.to_vec()),
            None => Predicate::Constant(false),
        }
    }

    /// The values that a contract has put into a list parameter, with all below them.
    fn listed(&mut self, fact: FactId, name: &str) -> Vec<ValueId> {
        let Some(&id) = self.parameter_ids.get(name) else {
            return Vec::new();
        };
        self.shaping.insert(id);
        match self.parameters.get(id.index()).and_then(|p| p.value.clone()) {
            Some(Bound::List(values)) => values.into_iter().flat_map(|v| self.descendants(fact, v)).collect(),
            _ => Vec::new(),
        }
    }

    /// The decision was taken for the record.
    pub fn decided(&mut self, name: &str) -> Option<Predicate> {
        let id = *self.decision_ids.get(name)?;
        Some(Predicate::yes(self.decided_fact(id)))
    }

    /// A member of a list of perils, as written and as values.
    pub fn peril_word(&self, scope: &Scope, peril: &PerilRef) -> PerilWord {
        let set = scope.perils([peril]);
        let mut values = set.plain;
        values.extend(set.caused.into_iter().flat_map(|(values, _)| values));
        values.sort_unstable();
        values.dedup();
        PerilWord {
            name: self.peril_names(scope, &peril.name),
            cause: peril.cause.as_ref().map(|cause| self.peril_names(scope, cause)),
            values,
        }
    }

    /// The name as the document gives it, and the English name of the value it stands for.
    fn peril_names(&self, scope: &Scope, name: &Name) -> Names {
        let english = match scope.peril(&name.text) {
            Some(PerilTerm::Value(value)) => self.peril_fact().and_then(|fact| self.value_names(fact, value)),
            _ => None,
        };
        Names {
            zh: english
                .as_ref()
                .filter(|names| names.en == name.text)
                .map_or_else(|| name.text.clone(), |names| names.zh.clone()),
            en: english.map_or_else(|| name.text.clone(), |names| names.en),
        }
    }

    /// Names of the values of a fact as the document gives them.
    pub fn value_words(&self, fact: FactId, names: &[Name]) -> Vec<Names> {
        names
            .iter()
            .map(|name| {
                let value = self.scope.value_of(fact, &name.text);
                let known = value.and_then(|value| self.value_names(fact, value));
                match known {
                    Some(names) if names.en != name.text => Names {
                        zh: name.text.clone(),
                        en: names.en,
                    },
                    Some(names) => names,
                    None => same(&name.text),
                }
            })
            .collect()
    }

    /// How a list ends.
    pub fn ending(&mut self, scope: &Scope, ending: &tree::ListEnding) -> ListEnding {
        match ending {
            tree::ListEnding::Unstated => ListEnding::Unstated,
            tree::ListEnding::Open { .. } => ListEnding::Open,
            tree::ListEnding::Closed(_) => ListEnding::Closed,
            tree::ListEnding::Counted(quantity) => match types::count(scope.units(), quantity, None) {
                Ok(count) => ListEnding::Counted(u32::try_from(count).unwrap_or(u32::MAX)),
                Err(_) => {
                    let finding = self.finding(codes::U307, quantity.span);
                    self.find(finding);
                    ListEnding::Unstated
                }
            },
        }
    }
}

/// `等`, whoever says what else belongs.
pub fn is_open(ending: &tree::ListEnding) -> bool {
    matches!(ending, tree::ListEnding::Open { .. })
}
