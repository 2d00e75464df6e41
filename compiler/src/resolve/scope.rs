//! Everything that the clauses of one scheme, framework or contract can name.

use super::areas::Areas;
use super::domain::DomainScope;
use super::id;
use crate::plan::{self, DomainId, FactId, ValueId};
use crate::types::Units;
use anlan_lang::diag::{Arg, FileId, Place};
use anlan_lang::keywords::Keyword;
use anlan_lang::texts::Language;
use anlan_lang::tree::{self, Body, Clause, ClauseKind, Name, Notes, PerilRef, Span};
use rustc_hash::FxHashMap;
use std::sync::Arc;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BodyKind {
    Scheme,
    Framework,
    Contract,
}

/// The frameworks that a scheme conforms to, in written order; unknown ones are left out.
pub type Frameworks = Vec<Arc<Scope>>;

/// A fact with what the plan does not hold of it.
#[derive(Debug, Clone)]
pub struct FactScope {
    /// `classes` is empty and `role` is `Given`: lowering fills them.
    pub fact: plan::Fact,
    /// Where it is declared.
    pub place: Place,
    /// Who establishes it (`由 区级及以上部门`).
    pub by: Option<String>,
    /// Declared by this body, not by a library.
    pub own: bool,
}

/// A named item of the body: its node, and the clause that holds it (for its notes and span).
#[derive(Debug)]
pub struct Item<'a, T> {
    /// Index of the clause in [`Body::clauses`].
    pub index: usize,
    pub node: &'a T,
    pub clause: &'a Clause,
    /// The scope that declares it: this one, or the scheme that a contract implements.
    pub scope: &'a Scope,
}

impl<T> Clone for Item<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Item<'_, T> {}

/// A parameter; a clause may declare several, so its own name is here too.
#[derive(Debug, Clone, Copy)]
pub struct ParameterRef<'a> {
    pub name: &'a Name,
    pub item: Item<'a, tree::Parameter>,
}

pub type GroupRef<'a> = Item<'a, tree::Group>;
pub type TableRef<'a> = Item<'a, tree::Table>;

/// What a name in a list of perils stands for.
#[derive(Debug, Clone, Copy)]
pub enum PerilTerm<'a> {
    /// A value of the domain; it covers all below it.
    Value(ValueId),
    /// A group of this body; it shadows a library value of the same name.
    Group(GroupRef<'a>),
    /// A parameter of kind `list of peril`.
    List(ParameterRef<'a>),
}

/// A list of perils, flattened.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PerilSet {
    /// Values whatever their cause, ascending, each once, descendants included.
    pub plain: Vec<ValueId>,
    /// (values, causes): values that count only with one of these causes; both with descendants.
    pub caused: Vec<(Vec<ValueId>, Vec<ValueId>)>,
    /// Names of list parameters whose values belong to it.
    pub lists: Vec<String>,
    /// Decisions that add members (`等 由 决定 X`).
    pub decisions: Vec<String>,
    /// Some list in it ends with `等` and no decision.
    pub open: bool,
}

/// What a name in an amount stands for.
#[derive(Debug, Clone, Copy)]
pub enum Referent<'a> {
    Parameter(ParameterRef<'a>),
    Fact(FactId),
    /// A decision that carries a value
    Decision(Item<'a, tree::DecisionDeclaration>),
    Metric(Item<'a, tree::Expr>),
    /// A table and the index of the column named; `None` where the table has one nameless column.
    Table {
        table: TableRef<'a>,
        column: Option<usize>,
    },
}

/// Everything that the clauses of one body can name. Lookups accept an id, a Chinese name or an alias.
/// A contract sees the vocabulary, parameters, decisions, funds, covers and limits of its scheme.
#[derive(Debug)]
pub struct Scope {
    pub kind: BodyKind,
    pub file: FileId,
    /// The file has syntax errors, so what this body declares and reads is not all known.
    pub damaged: bool,
    pub(super) tree: Arc<tree::File>,
    /// Index of the body in the file's items.
    pub(super) item: usize,
    pub(super) domains: Vec<Arc<DomainScope>>,
    /// For each domain, what to import where the body does not see it by name.
    pub(super) hidden: Vec<Option<Arg>>,
    pub(super) domain_index: Arc<FxHashMap<String, DomainId>>,
    pub(super) facts: Arc<Vec<FactScope>>,
    pub(super) fact_index: Arc<FxHashMap<String, FactId>>,
    pub(super) units: Arc<Units>,
    pub(super) areas: Arc<Areas>,
    /// Values of `region` inside the scheme's territory, ascending.
    pub(super) territory: Vec<ValueId>,
    pub(super) frameworks: Frameworks,
    pub(super) implements: Option<Arc<Scope>>,
    pub(super) names: OwnNames,
}

/// Clause indices by name, one map a category.
#[derive(Debug, Default)]
pub(super) struct OwnNames {
    /// (clause, index of the name in the clause)
    pub parameters: FxHashMap<String, (usize, usize)>,
    pub decisions: FxHashMap<String, usize>,
    pub funds: FxHashMap<String, usize>,
    pub groups: FxHashMap<String, usize>,
    pub tables: FxHashMap<String, usize>,
    pub schedules: FxHashMap<String, usize>,
    pub covers: FxHashMap<String, usize>,
    pub limits: FxHashMap<String, usize>,
    pub metrics: FxHashMap<String, usize>,
    pub splits: FxHashMap<String, usize>,
    /// Alias of a body → its declared name
    pub bodies: FxHashMap<String, String>,
}

impl Scope {
    /// The body in the tree. `None` never happens for a scope that [`super::resolve`] made.
    pub fn body(&self) -> Option<&Body> {
        match self.tree.items.get(self.item)? {
            tree::Item::Scheme(body) | tree::Item::Framework(body) | tree::Item::Contract(body) => Some(body),
            _ => None,
        }
    }
    /// Its name as written.
    pub fn name(&self) -> &str {
        self.body().map_or("", |body| &body.name.text)
    }
    pub fn clauses(&self) -> &[Clause] {
        self.body().map_or(&[], |body| &body.clauses)
    }
    /// A keyword as this body spells its keywords, for what a fix writes into it.
    pub(super) fn keyword(&self, keyword: Keyword) -> &'static str {
        keyword.form(self.spelling())
    }
    /// The language of this body's keywords.
    pub(super) fn spelling(&self) -> Language {
        self.body().map_or(Language::Zh, |body| body.keywords.0)
    }
    /// A span of this body's file as a place.
    pub fn place(&self, span: Span) -> Place {
        Place { file: self.file, span }
    }
    pub fn frameworks(&self) -> &[Arc<Scope>] {
        &self.frameworks
    }
    /// The scheme that a contract implements.
    pub fn implements(&self) -> Option<&Arc<Scope>> {
        self.implements.as_ref()
    }
    pub fn units(&self) -> &Units {
        &self.units
    }

    // ── domains and facts ──

    /// All domains; a [`DomainId`] of this scope indexes them, and the plan may take them over as they are.
    pub fn domains(&self) -> &[Arc<DomainScope>] {
        &self.domains
    }
    pub fn domain(&self, id: DomainId) -> Option<&DomainScope> {
        self.domains.get(id.index()).map(Arc::as_ref)
    }
    pub fn domain_named(&self, name: &str) -> Option<DomainId> {
        self.domain_index.get(name).copied()
    }
    pub fn value(&self, domain: DomainId, name: &str) -> Option<ValueId> {
        self.domain(domain)?.value(name)
    }
    /// All facts; a [`FactId`] of this scope indexes them.
    pub fn facts(&self) -> &[FactScope] {
        &self.facts
    }
    pub fn fact(&self, id: FactId) -> Option<&FactScope> {
        self.facts.get(id.index())
    }
    /// The fact with this id or name, or else the fact of the domain with this name: the one that bears the domain's
    /// id, or the only one.
    pub fn fact_named(&self, name: &str) -> Option<FactId> {
        self.fact_index.get(name).copied().or_else(|| {
            let domain = self.domain_named(name)?;
            let id = &self.domain(domain)?.domain.id;
            let having = |fact: &FactId| self.domain_of(*fact) == Some(domain);
            let mut facts = (0..self.facts.len()).map(FactId::from).filter(having);
            let (first, second) = (facts.next(), facts.next());
            self.fact_index
                .get(id)
                .copied()
                .filter(having)
                .or(first.filter(|_| second.is_none()))
        })
    }
    /// The domain of an enumeration fact.
    pub fn domain_of(&self, fact: FactId) -> Option<DomainId> {
        match self.fact(fact)?.fact.kind {
            plan::FactKind::Enumeration { domain, .. } => Some(domain),
            _ => None,
        }
    }
    /// A value of an enumeration fact.
    pub fn value_of(&self, fact: FactId, name: &str) -> Option<ValueId> {
        self.value(self.domain_of(fact)?, name)
    }
    /// The areas that the file can name, whether or not the territory holds them.
    pub fn areas(&self) -> &Areas {
        &self.areas
    }
    /// Values of `region` inside the scheme's territory, ascending; all of them where no territory is given.
    pub fn territory(&self) -> &[ValueId] {
        &self.territory
    }
    /// Pairs of perils of which the second can follow from the first, as the library says (`引发`), with all below both.
    pub fn consequences(&self) -> Vec<(ValueId, ValueId)> {
        let Some(perils) = self.domain_named(id::PERIL).and_then(|domain| self.domain(domain)) else {
            return Vec::new();
        };
        let mut pairs = Vec::new();
        for (origin, written) in perils.ids().zip(&perils.values) {
            let follow = written.leads_to.iter().filter_map(|name| perils.value(name));
            for second in follow.flat_map(|value| perils.descendants(value)) {
                pairs.extend(perils.descendants(origin).into_iter().map(|first| (first, second)));
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }
    /// Harms that a cause can do, with all below them; `None` where the library does not restrict it.
    pub fn possible_harms(&self, peril: ValueId) -> Option<Vec<ValueId>> {
        let perils = self.domain(self.domain_named(id::PERIL)?)?;
        let harms = self.domain(self.domain_named(id::HARM)?)?;
        let mut at = Some(peril);
        while let Some(value) = at {
            let written = &perils.values.get(value.index())?.harms;
            if !written.is_empty() {
                let mut all: Vec<ValueId> = written
                    .iter()
                    .filter_map(|(name, _)| harms.value(name))
                    .flat_map(|harm| harms.descendants(harm))
                    .collect();
                all.sort_unstable();
                all.dedup();
                return Some(all);
            }
            at = perils.parent(value);
        }
        None
    }

    // ── items of the body ──

    pub fn parameter(&self, name: &str) -> Option<ParameterRef<'_>> {
        let own = self.names.parameters.get(name).and_then(|(index, which)| {
            let item = self.item(*index, |kind| match kind {
                ClauseKind::Parameter(parameter) => Some(parameter.as_ref()),
                _ => None,
            })?;
            Some(ParameterRef {
                name: item.node.names.get(*which)?,
                item,
            })
        });
        own.or_else(|| self.implements.as_ref()?.parameter(name))
    }
    pub fn decision(&self, name: &str) -> Option<Item<'_, tree::DecisionDeclaration>> {
        self.find(
            name,
            |names| &names.decisions,
            |kind| match kind {
                ClauseKind::Decision(decision) => Some(decision),
                _ => None,
            },
        )
        .or_else(|| self.implements.as_ref()?.decision(name))
    }
    pub fn fund(&self, name: &str) -> Option<Item<'_, tree::Fund>> {
        self.find(
            name,
            |names| &names.funds,
            |kind| match kind {
                ClauseKind::Fund(fund) => Some(fund.as_ref()),
                _ => None,
            },
        )
        .or_else(|| self.implements.as_ref()?.fund(name))
    }
    pub fn group(&self, name: &str) -> Option<GroupRef<'_>> {
        self.find(
            name,
            |names| &names.groups,
            |kind| match kind {
                ClauseKind::Group(group) => Some(group.as_ref()),
                _ => None,
            },
        )
        .or_else(|| self.implements.as_ref()?.group(name))
    }
    pub fn table(&self, name: &str) -> Option<TableRef<'_>> {
        self.find(
            name,
            |names| &names.tables,
            |kind| match kind {
                ClauseKind::Table(table) => Some(table.as_ref()),
                _ => None,
            },
        )
        .or_else(|| self.implements.as_ref()?.table(name))
    }
    pub fn schedule(&self, name: &str) -> Option<Item<'_, tree::Schedule>> {
        self.find(
            name,
            |names| &names.schedules,
            |kind| match kind {
                ClauseKind::Schedule(schedule) => Some(schedule),
                _ => None,
            },
        )
        .or_else(|| self.implements.as_ref()?.schedule(name))
    }
    pub fn cover(&self, name: &str) -> Option<Item<'_, tree::Cover>> {
        self.find(
            name,
            |names| &names.covers,
            |kind| match kind {
                ClauseKind::Cover(cover) => Some(cover.as_ref()),
                _ => None,
            },
        )
        .or_else(|| self.implements.as_ref()?.cover(name))
    }
    pub fn limit(&self, name: &str) -> Option<Item<'_, tree::Limit>> {
        self.find(
            name,
            |names| &names.limits,
            |kind| match kind {
                ClauseKind::Limit(limit) => Some(limit.as_ref()),
                _ => None,
            },
        )
        .or_else(|| self.implements.as_ref()?.limit(name))
    }
    pub fn metric(&self, name: &str) -> Option<Item<'_, tree::Expr>> {
        self.find(
            name,
            |names| &names.metrics,
            |kind| match kind {
                ClauseKind::Metric { value, .. } => Some(value),
                _ => None,
            },
        )
        .or_else(|| self.implements.as_ref()?.metric(name))
    }
    pub fn split(&self, name: &str) -> Option<Item<'_, tree::Split>> {
        self.find(
            name,
            |names| &names.splits,
            |kind| match kind {
                ClauseKind::Split(split) => Some(split.as_ref()),
                _ => None,
            },
        )
        .or_else(|| self.implements.as_ref()?.split(name))
    }
    /// The one name under which a body is known: an alias becomes the declared name, any other name is itself.
    pub fn body_name<'a>(&'a self, name: &'a str) -> &'a str {
        match self.names.bodies.get(name) {
            Some(declared) => declared,
            None => self.implements.as_ref().map_or(name, |scheme| scheme.body_name(name)),
        }
    }

    // ── perils and amounts ──

    /// What a name in a list of perils stands for: a group of this body, else a value, else a list parameter.
    pub fn peril(&self, name: &str) -> Option<PerilTerm<'_>> {
        if let Some(group) = self.group(name) {
            return Some(PerilTerm::Group(group));
        }
        if let Some(value) = self.domain_named(id::PERIL).and_then(|domain| self.value(domain, name)) {
            return Some(PerilTerm::Value(value));
        }
        self.parameter(name)
            .filter(|parameter| matches!(parameter.item.node.kind, tree::ParameterKind::List { .. }))
            .map(PerilTerm::List)
    }
    /// A list of perils, flattened through groups; unknown names are left out (the names pass reports them).
    pub fn perils<'a>(&self, list: impl IntoIterator<Item = &'a PerilRef>) -> PerilSet {
        let mut set = PerilSet::default();
        for peril in list {
            self.add_peril(peril, &[], &[], &mut set);
        }
        set.finish();
        set
    }
    /// The values that a name in a plain list (`于 爆炸`) stands for, descendants and group members included.
    pub fn peril_values(&self, name: &Name) -> Vec<ValueId> {
        let peril = PerilRef {
            name: name.clone(),
            cause: None,
            span: name.span,
        };
        let set = self.perils([&peril]);
        let mut values = set.plain;
        values.extend(set.caused.into_iter().flat_map(|(values, _)| values));
        values.sort_unstable();
        values.dedup();
        values
    }
    fn add_peril(&self, peril: &PerilRef, causes: &[ValueId], through: &[&str], set: &mut PerilSet) {
        let name = peril.name.text.as_str();
        let own_causes;
        let causes = match &peril.cause {
            Some(cause) => {
                own_causes = self.peril_values(cause);
                own_causes.as_slice()
            }
            None => causes,
        };
        // Inside its own list a group's name means the library value it shadows.
        let term = if through.contains(&name) {
            self.domain_named(id::PERIL)
                .and_then(|domain| self.value(domain, name))
                .map(PerilTerm::Value)
        } else {
            self.peril(name)
        };
        match term {
            Some(PerilTerm::Value(value)) => {
                let Some(domain) = self.domain_named(id::PERIL).and_then(|d| self.domain(d)) else {
                    return;
                };
                let values = domain.descendants(value);
                if causes.is_empty() {
                    set.plain.extend(values);
                } else {
                    set.caused.push((values, causes.to_vec()));
                }
            }
            Some(PerilTerm::Group(group)) => {
                let mut through = through.to_vec();
                through.push(name);
                for member in &group.node.members {
                    self.add_peril(member, causes, &through, set);
                }
                if let tree::ListEnding::Open { decision, .. } = &group.node.ending {
                    match decision {
                        Some(decision) => set.decisions.push(decision.text.clone()),
                        None => set.open = true,
                    }
                }
            }
            Some(PerilTerm::List(parameter)) => set.lists.push(parameter.name.text.clone()),
            None => {}
        }
    }
    /// What a name in an amount stands for. `None`: unknown, or a reported figure.
    pub fn referent(&self, path: &tree::Path) -> Option<Referent<'_>> {
        let (first, rest) = path.parts.split_first()?;
        let name = first.text.as_str();
        if let Some(table) = self.table(name) {
            let column = match rest {
                [] if table.node.columns.is_empty() => None,
                [column] => Some(table.node.columns.iter().position(|c| c.text == column.text)?),
                _ => return None,
            };
            return Some(Referent::Table { table, column });
        }
        if !rest.is_empty() {
            return None;
        }
        if let Some(parameter) = self.parameter(name) {
            return Some(Referent::Parameter(parameter));
        }
        if let Some(metric) = self.metric(name) {
            return Some(Referent::Metric(metric));
        }
        if let Some(decision) = self.decision(name).filter(|d| d.node.value.is_some()) {
            return Some(Referent::Decision(decision));
        }
        self.fact_named(name).map(Referent::Fact)
    }

    // ── schedules ──

    /// The rows of a schedule with those taken over by `like`: own rows first in written order, then, of the schedule
    /// named, each row none of whose harms an own row states.
    pub fn rows<'a>(&'a self, schedule: &'a tree::Schedule) -> Vec<&'a tree::BenefitRow> {
        let mut rows: Vec<&tree::BenefitRow> = schedule.rows.iter().collect();
        let mut seen = vec![schedule.name.text.as_str()];
        let mut like = schedule.like.as_ref();
        while let Some(base) = like.and_then(|name| self.schedule(&name.text)) {
            if seen.contains(&base.node.name.text.as_str()) {
                break;
            }
            seen.push(&base.node.name.text);
            let stated: Vec<ValueId> = rows.iter().flat_map(|row| self.harms(&row.harms)).collect();
            for row in &base.node.rows {
                if !self.harms(&row.harms).iter().any(|harm| stated.contains(harm)) {
                    rows.push(row);
                }
            }
            like = base.node.like.as_ref();
        }
        rows
    }
    /// Values of the domain of harms; unknown names are left out.
    pub fn harms(&self, names: &[Name]) -> Vec<ValueId> {
        let Some(domain) = self.domain_named(id::HARM) else {
            return Vec::new();
        };
        names.iter().filter_map(|name| self.value(domain, &name.text)).collect()
    }

    fn item<'a, T>(&'a self, index: usize, take: impl Fn(&'a ClauseKind) -> Option<&'a T>) -> Option<Item<'a, T>> {
        let clause = self.clauses().get(index)?;
        Some(Item {
            index,
            node: take(&clause.kind)?,
            clause,
            scope: self,
        })
    }
    fn find<'a, T>(
        &'a self,
        name: &str,
        map: impl Fn(&OwnNames) -> &FxHashMap<String, usize>,
        take: impl Fn(&'a ClauseKind) -> Option<&'a T>,
    ) -> Option<Item<'a, T>> {
        self.item(*map(&self.names).get(name)?, take)
    }
}

impl PerilSet {
    fn finish(&mut self) {
        self.plain.sort_unstable();
        self.plain.dedup();
        self.lists.sort_unstable();
        self.lists.dedup();
        self.decisions.sort_unstable();
        self.decisions.dedup();
    }
}

impl<'a, T> Item<'a, T> {
    pub fn notes(&self) -> &'a Notes {
        &self.clause.notes
    }
}
