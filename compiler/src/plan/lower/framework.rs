//! Requirements of frameworks, resolved against the vocabulary of the scheme that conforms to them.

use super::context::{Lowering, same};
use super::order;
use super::perils::is_open;
use super::statement::modality;
use crate::plan::{ListEnding, Names, Property, Requirement, ScopeCells, Source, StatedScope, ValueId};
use crate::resolve::{BodyKind, Scope, id};
use anlan_lang::diag::{Finding, codes};
use anlan_lang::tree::{self, Clause, ClauseKind, Expr, Name, Notes, ScopeKind};

impl Lowering<'_> {
    /// Requirements of all frameworks in their order; of a framework itself, its own.
    pub fn requirements(&mut self) -> Vec<Requirement> {
        let scope = self.scope;
        let mut found = Vec::new();
        if scope.kind == BodyKind::Framework {
            self.requirements_of(scope, &mut found);
        }
        for framework in scope.frameworks() {
            self.requirements_of(framework, &mut found);
        }
        found
    }

    /// By article; what one article requires together by kind, the whole before a part of it.
    fn requirements_of(&mut self, framework: &Scope, found: &mut Vec<Requirement>) {
        let mut own = Vec::new();
        for clause in framework.clauses() {
            let ClauseKind::Require(requirement) = &clause.kind else {
                continue;
            };
            let source = self.clause_source(framework, clause);
            let Some(property) = self.property(framework, &requirement.property, &clause.notes, &source) else {
                continue;
            };
            own.push(Requirement {
                framework: framework.name().to_owned(),
                property,
                scope: requirement.scope.map(|kind| self.scope_cells(framework, kind)),
                modality: modality(&clause.notes),
                source,
            });
        }
        own.sort_by_cached_key(|requirement| {
            let property = &requirement.property;
            let articles = requirement.source.articles.iter().map(String::as_str);
            (order::concept(articles, ""), rank(property), written(property))
        });
        found.extend(own);
    }

    fn property(
        &mut self,
        framework: &Scope,
        property: &tree::Property,
        notes: &Notes,
        source: &Source,
    ) -> Option<Property> {
        let words = |names: &[Name]| names.iter().map(|name| name.text.clone()).collect();
        Some(match property {
            tree::Property::Payable {
                keys,
                harm,
                compare,
                value,
            } => Property::Payable {
                keys: self.schedule_keys(self.scope, keys),
                harm: match harm {
                    Some(harm) => Some(
                        *self
                            .translated(framework, id::HARM, std::slice::from_ref(harm))
                            .first()?,
                    ),
                    None => None,
                },
                compare: *compare,
                value: self.floor(framework, value)?,
            },
            tree::Property::LimitTotal { keys, compare, value } => Property::LimitTotal {
                keys: self.schedule_keys(self.scope, keys),
                compare: *compare,
                value: self.floor(framework, value)?,
            },
            tree::Property::PremiumPaidBy(names) => Property::PremiumPaidBy(words(names)),
            tree::Property::Policyholder(names) => Property::Policyholder(words(names)),
            tree::Property::Persons(names) => Property::Persons(self.translated(framework, id::ROLE, names)),
            tree::Property::Duty(duty) => Property::Duty(self.duty(framework, duty, notes, source.clone())),
            tree::Property::Words(text) => Property::Words(text.text.clone()),
        })
    }

    /// A floor is a constant amount.
    fn floor(&mut self, framework: &Scope, value: &Expr) -> Option<crate::money::Fen> {
        let found = crate::types::constant_money(framework.units(), value);
        if found.is_none() {
            self.find(Finding::new(codes::U303, framework.place(value.span())));
        }
        found
    }

    /// Values that the framework names, in the scheme's domain of the same id, each with all below it.
    fn translated(&self, framework: &Scope, fact: &str, names: &[Name]) -> Vec<ValueId> {
        let Some(theirs) = framework.fact_named(fact) else {
            return Vec::new();
        };
        let values = names.iter().filter_map(|name| framework.value_of(theirs, &name.text));
        self.mapped(framework, fact, values)
    }

    fn mapped(&self, framework: &Scope, fact: &str, values: impl IntoIterator<Item = ValueId>) -> Vec<ValueId> {
        let domains = framework
            .fact_named(fact)
            .and_then(|fact| framework.domain_of(fact))
            .and_then(|domain| framework.domain(domain))
            .zip(self.fact_named(fact));
        let Some((theirs, own)) = domains else {
            return Vec::new();
        };
        let mut found: Vec<ValueId> = values
            .into_iter()
            .filter_map(|value| theirs.get(value))
            .filter_map(|value| self.scope.value_of(own, &value.id))
            .flat_map(|value| self.descendants(own, value))
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The cells of all scopes of one kind.
    fn scope_cells(&self, framework: &Scope, kind: ScopeKind) -> ScopeCells {
        let mut cells = ScopeCells {
            kind,
            perils: Vec::new(),
            perils_open: false,
            harms: Vec::new(),
            roles: Vec::new(),
            menu: has_menu(framework, kind),
        };
        for scope in scopes(framework)
            .filter(|(_, scope)| scope.kind == kind)
            .map(|(_, scope)| scope)
        {
            if let Some((perils, ending, _)) = &scope.perils {
                let set = framework.perils(perils);
                cells.perils_open |= set.open || is_open(ending);
                let caused = set.caused.iter().flat_map(|(values, _)| values.iter().copied());
                let values: Vec<ValueId> = set.plain.iter().copied().chain(caused).collect();
                cells.perils.extend(self.mapped(framework, id::PERIL, values));
            }
            if let Some((harms, _, _)) = &scope.harms {
                cells.harms.extend(self.translated(framework, id::HARM, harms));
            }
            if let Some((roles, _, _)) = &scope.roles {
                cells.roles.extend(self.translated(framework, id::ROLE, roles));
            }
        }
        for values in [&mut cells.perils, &mut cells.harms, &mut cells.roles] {
            values.sort_unstable();
            values.dedup();
        }
        cells
    }

    /// A framework's own scopes as written.
    pub fn stated_scopes(&mut self) -> Vec<StatedScope> {
        let framework = self.scope;
        let found: Vec<(&Clause, &tree::Scope)> = scopes(framework).collect();
        let mut stated = Vec::with_capacity(found.len());
        for (clause, scope) in found {
            let source = self.clause_source(framework, clause);
            let (perils, perils_ending) = match &scope.perils {
                Some((perils, ending, _)) => (
                    perils.iter().map(|peril| self.peril_word(framework, peril)).collect(),
                    self.ending(framework, ending),
                ),
                None => (Vec::new(), ListEnding::Unstated),
            };
            let (harms, harms_ending) = self.stated_names(framework, id::HARM, scope.harms.as_ref());
            let (roles, roles_ending) = self.stated_names(framework, id::ROLE, scope.roles.as_ref());
            stated.push(StatedScope {
                kind: scope.kind,
                perils,
                perils_ending,
                harms,
                harms_ending,
                roles,
                roles_ending,
                menu: has_menu(framework, scope.kind),
                modality: modality(&clause.notes),
                source,
            });
        }
        stated.sort_by_cached_key(|scope| {
            let articles = scope.source.articles.iter().map(String::as_str);
            let extended = scope.kind == ScopeKind::Extended;
            (extended, order::concept(articles, ""), written(scope))
        });
        stated
    }

    fn stated_names(
        &mut self,
        scope: &Scope,
        fact: &str,
        written: Option<&(Vec<Name>, tree::ListEnding, Notes)>,
    ) -> (Vec<Names>, ListEnding) {
        let Some((names, ending, _)) = written else {
            return (Vec::new(), ListEnding::Unstated);
        };
        let words = match self.fact_named(fact) {
            Some(fact) => self.value_words(fact, names),
            None => names.iter().map(|name| same(&name.text)).collect(),
        };
        (words, self.ending(scope, ending))
    }
}

fn scopes(framework: &Scope) -> impl Iterator<Item = (&Clause, &tree::Scope)> {
    framework.clauses().iter().filter_map(|clause| match &clause.kind {
        ClauseKind::Scope(scope) => Some((clause, scope.as_ref())),
        _ => None,
    })
}

fn has_menu(framework: &Scope, kind: ScopeKind) -> bool {
    framework
        .clauses()
        .iter()
        .any(|clause| matches!(&clause.kind, ClauseKind::Menu(menu) if *menu == kind))
}

/// Where a property stands among those of one article.
fn rank(property: &Property) -> u8 {
    match property {
        Property::Payable { harm: None, .. } => 0,
        Property::Payable { harm: Some(_), .. } => 1,
        Property::LimitTotal { .. } => 2,
        Property::PremiumPaidBy(_) => 3,
        Property::Policyholder(_) => 4,
        Property::Persons(_) => 5,
        Property::Duty(_) => 6,
        Property::Words(_) => 7,
    }
}

/// The item as the plan's JSON has it, to order items that nothing else tells apart.
fn written(item: &impl serde::Serialize) -> String {
    serde_json::to_string(item).unwrap_or_default()
}
