//! What all parts of the lowering share: ids by name, sources with their places, findings.

use super::notes;
use super::order;
use crate::plan::{
    Decision, DecisionId, Fact, FactId, FactKind, FactRole, Fund, FundId, Names, Parameter, ParameterId, Part, Places,
    Sort, Source, ValueId,
};
use crate::resolve::{Scope, id};
use anlan_lang::diag::{Code, Finding};
use anlan_lang::tree::{Clause, ClauseKind, Name, Notes, Span};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// The state of one lowering.
#[derive(Debug)]
pub struct Lowering<'a> {
    pub scope: &'a Scope,
    pub contract: Option<&'a Scope>,
    pub places: Places,
    pub findings: Vec<Finding>,
    pub facts: Vec<Fact>,
    pub parameters: Vec<Parameter>,
    pub parameter_ids: FxHashMap<String, ParameterId>,
    pub decisions: Vec<Decision>,
    pub decision_ids: FxHashMap<String, DecisionId>,
    pub funds: Vec<Fund>,
    pub fund_ids: FxHashMap<String, FundId>,
    /// List parameters that perils read
    pub shaping: BTreeSet<ParameterId>,
    decided: BTreeMap<DecisionId, FactId>,
    present: BTreeMap<FactId, FactId>,
}

impl<'a> Lowering<'a> {
    pub fn new(scope: &'a Scope, contract: Option<&'a Scope>) -> Self {
        let head = |scope: &Scope| scope.body().map(|body| scope.place(body.name.span));
        Lowering {
            scope,
            contract,
            places: Places::new(contract.map_or_else(|| head(scope), head)),
            findings: Vec::new(),
            facts: scope.facts().iter().map(|fact| fact.fact.clone()).collect(),
            parameters: Vec::new(),
            parameter_ids: FxHashMap::default(),
            decisions: Vec::new(),
            decision_ids: FxHashMap::default(),
            funds: Vec::new(),
            fund_ids: FxHashMap::default(),
            shaping: BTreeSet::new(),
            decided: BTreeMap::new(),
            present: BTreeMap::new(),
        }
    }

    // ── sources and findings ──

    /// Where an item stands and what it cites.
    pub fn source(&mut self, scope: &Scope, span: Span, notes: &Notes) -> Source {
        let cited = notes.articles.iter().map(|a| a.text.as_str());
        self.cited_source(scope, span, cited)
    }
    /// The same for a row or step: articles of what holds it where it cites none itself.
    pub fn source_within(&mut self, scope: &Scope, span: Span, notes: &Notes, holder: &Source) -> Source {
        let mut source = self.source(scope, span, notes);
        if source.articles.is_empty() {
            source.articles.clone_from(&holder.articles);
        }
        source
    }
    /// The source of a whole clause: its own articles or, if it cites none, those of its parts.
    pub fn clause_source(&mut self, scope: &Scope, clause: &Clause) -> Source {
        self.cited_source(scope, clause.span, notes::cited(clause))
    }
    /// A source with the articles given.
    pub fn cited_source<'t>(&mut self, scope: &Scope, span: Span, cited: impl IntoIterator<Item = &'t str>) -> Source {
        let mut articles: Vec<String> = cited.into_iter().map(str::to_owned).collect();
        articles.sort_by(|a, b| order::articles(a, b));
        articles.dedup();
        Source {
            articles,
            origin: Some(self.places.add(scope.file, span)),
        }
    }
    /// Notes where a part of an item stands.
    pub fn part(&mut self, source: &Source, part: Part, scope: &Scope, span: Span) {
        if let Some(origin) = source.origin {
            self.places.add_part(origin, part, scope.file, span);
        }
    }
    pub fn find(&mut self, finding: Finding) {
        self.findings.push(finding);
    }
    /// A finding at a place of the scheme.
    pub fn finding(&self, code: Code, span: Span) -> Finding {
        Finding::new(code, self.scope.place(span))
    }

    // ── clauses ──

    /// The items of one kind in the order of concepts: first article, then id.
    pub fn ordered<'s, T: 's>(
        scope: &'s Scope,
        pick: impl Fn(&'s ClauseKind) -> Option<(&'s Name, &'s T)>,
    ) -> Vec<(&'s Clause, &'s T)> {
        let mut items: Vec<_> = scope
            .clauses()
            .iter()
            .filter_map(|clause| {
                let (name, node) = pick(&clause.kind)?;
                Some((order::concept(notes::cited(clause), &name.text), clause, node))
            })
            .collect();
        items.sort_by(|a, b| a.0.cmp(&b.0));
        items.into_iter().map(|(_, clause, node)| (clause, node)).collect()
    }

    // ── facts ──

    pub fn fact(&self, id: FactId) -> Option<&Fact> {
        self.facts.get(id.index())
    }
    pub fn kind(&self, id: FactId) -> Option<&FactKind> {
        self.fact(id).map(|fact| &fact.kind)
    }
    pub fn fact_named(&self, name: &str) -> Option<FactId> {
        self.scope.fact_named(name)
    }
    pub fn harm_fact(&self) -> Option<FactId> {
        self.fact_named(id::HARM)
    }
    pub fn peril_fact(&self) -> Option<FactId> {
        self.fact_named(id::PERIL)
    }
    /// A value with all below it.
    pub fn descendants(&self, fact: FactId, value: ValueId) -> Vec<ValueId> {
        self.scope
            .domain_of(fact)
            .and_then(|domain| self.scope.domain(domain))
            .map_or_else(Vec::new, |domain| domain.descendants(value))
    }
    /// The values named, each with all below it; unknown names are left out.
    pub fn values_within(&self, fact: FactId, names: &[Name]) -> Vec<ValueId> {
        let mut values: Vec<ValueId> = names
            .iter()
            .filter_map(|name| self.scope.value_of(fact, &name.text))
            .flat_map(|value| self.descendants(fact, value))
            .collect();
        values.sort_unstable();
        values.dedup();
        values
    }
    /// Names of a value of an enumeration fact.
    pub fn value_names(&self, fact: FactId, value: ValueId) -> Option<Names> {
        let domain = self.scope.domain(self.scope.domain_of(fact)?)?;
        Some(domain.get(value)?.name.clone())
    }
    /// The fact that is yes where the decision was taken for the record.
    pub fn decided_fact(&mut self, decision: DecisionId) -> FactId {
        if let Some(&fact) = self.decided.get(&decision) {
            return fact;
        }
        let name = self
            .decisions
            .get(decision.index())
            .map_or_else(String::new, |decision| decision.id.clone());
        let fact = self.add_fact(format!("decided:{name}"), same(&name), FactRole::Decided(decision));
        self.decided.insert(decision, fact);
        fact
    }
    /// The fact that is yes where the record carries the other fact.
    pub fn present_fact(&mut self, of: FactId) -> FactId {
        if let Some(&fact) = self.present.get(&of) {
            return fact;
        }
        let (id, names) = self.fact(of).map_or_else(
            || (String::new(), same("")),
            |fact| (fact.id.clone(), fact.name.clone()),
        );
        let fact = self.add_fact(format!("present:{id}"), names, FactRole::Present(of));
        self.present.insert(of, fact);
        fact
    }
    fn add_fact(&mut self, id: String, name: Names, role: FactRole) -> FactId {
        let fact = FactId::from(self.facts.len());
        self.facts.push(Fact {
            id,
            name,
            sort: Sort::Claim,
            kind: FactKind::YesNo,
            role,
            classes: Vec::new(),
        });
        fact
    }
}

/// A name that is the same in both languages.
pub fn same(name: &str) -> Names {
    Names {
        zh: name.to_owned(),
        en: name.to_owned(),
    }
}
