//! One walk over the clauses of a body that hands every name, amount and quantity to a visitor together with what is
//! wanted there. The names pass, the types pass and the pass for unused declarations are visitors.

mod benefits;
mod example;
mod money;
mod vocabulary;

use super::id;
use super::scope::Scope;
use crate::plan::{DomainId, FactId};
use anlan_lang::tree::{
    Clause, ClauseKind, Condition, Expr, Key, ListEnding, Name, Notes, ParameterKind, PerilRef, Quantity, Span, Split,
};

/// Where a visited thing stands.
#[derive(Debug, Clone, Copy)]
pub struct Site<'a> {
    pub clause: &'a Clause,
    /// The item that the clause declares (a cover, a limit …), for `acknowledge CODE for NAME`.
    pub about: Option<&'a Name>,
    /// The notes nearest to it.
    pub notes: &'a Notes,
    /// Inside an example: it tries the scheme and reads nothing for it.
    pub example: bool,
}

impl<'a> Site<'a> {
    fn with(self, notes: &'a Notes) -> Self {
        Site { notes, ..self }
    }
}

/// What a name is meant to name.
#[derive(Debug, Clone, Copy)]
pub enum Reference<'a> {
    Fact,
    /// A yes/no fact standing alone as a condition
    YesNoFact,
    Domain,
    /// A value of a domain
    Value(DomainId),
    /// A value of a fact that turns out to be no enumeration
    ValueOf(FactId),
    /// A peril, a group, or a list parameter
    Peril,
    Area,
    /// The level of an area (`区县`)
    Level,
    Cover,
    /// In a rank: a harm or a cover
    HarmOrCover,
    Schedule,
    Decision,
    Fund,
    Limit,
    Unit,
    /// A payer of this split
    Payer(&'a Split),
    /// A payer, insurer or layer
    Bearer,
    /// A parameter or fund that a contract sets
    Settable,
    /// Any authority, company or other body; these need no declaration.
    Body,
    Code,
    /// What an acknowledgement speaks of
    About,
    /// What a synonym stands for
    SynonymOf,
    /// What an English name is given to
    EnglishOf,
}

/// How large an amount of money is likely to be, for questions of magnitude.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// A benefit for death or disability of one person
    Life,
    /// Any other benefit of one claim
    Benefit,
    /// A limit over many claims
    Aggregate,
    /// Nothing can be said
    Any,
}

/// What kind of value an amount or quantity must have.
#[derive(Debug, Clone, Copy)]
pub enum Wanted<'a> {
    Money(Scale),
    /// An amount, or a table of amounts
    Benefit(Scale),
    /// A cell of a table: an amount or a ratio
    Cell,
    /// Money for each person or household and year
    Rate,
    /// Money for each unit of the counted fact
    UnitRate,
    /// Money, or money a year
    YearlyMoney,
    /// A part of a whole, at most 100%
    Share,
    Ratio,
    /// A whole number, perhaps with a unit
    Count,
    Persons,
    Households,
    Hours,
    Days,
    /// Months or years
    Period,
    /// Arithmetic over reported figures
    Figure,
    /// Compared with a fact, or its value in an example
    FactValue(FactId),
    /// A bound or value of a parameter
    Parameter(&'a ParameterKind),
    /// The value that a decision carries
    DecisionValue(&'a ParameterKind),
    /// The unit of a rounding rule (`1万元`)
    RoundTo,
}

/// Receives what a body's clauses name and state.
pub trait Visitor<'a> {
    fn name(&mut self, site: Site<'a>, name: &'a Name, to: Reference<'a>);
    fn expr(&mut self, site: Site<'a>, expr: &'a Expr, wanted: Wanted<'a>);
    fn quantity(&mut self, site: Site<'a>, quantity: &'a Quantity, wanted: Wanted<'a>);
    /// A table whose rows are keyed by this fact.
    fn interval(&mut self, _site: Site<'a>, _fact: FactId, _span: Span) {}
}

/// Walks all clauses of the body in written order.
pub fn walk<'a>(scope: &'a Scope, visitor: &mut dyn Visitor<'a>) {
    let mut walker = Walker { scope, visitor };
    for clause in scope.clauses() {
        let site = Site {
            clause,
            about: about(&clause.kind),
            notes: &clause.notes,
            example: false,
        };
        walker.clause(site, &clause.kind);
    }
}

/// The name that a clause declares or speaks of.
pub fn about(clause: &ClauseKind) -> Option<&Name> {
    Some(match clause {
        ClauseKind::Body { name, .. } | ClauseKind::Metric { name, .. } | ClauseKind::Set { name, .. } => name,
        ClauseKind::Fact(x) => &x.id,
        ClauseKind::Parameter(x) => x.names.first()?,
        ClauseKind::Decision(x) => &x.name,
        ClauseKind::Fund(x) => &x.name,
        ClauseKind::Group(x) => &x.name,
        ClauseKind::Extend(x) => &x.id,
        ClauseKind::Alias { alias, .. } => alias,
        ClauseKind::EnglishName { name, .. } => name,
        ClauseKind::Table(x) => &x.name,
        ClauseKind::Schedule(x) => &x.name,
        ClauseKind::Cover(x) => &x.name,
        ClauseKind::Limit(x) => &x.name,
        ClauseKind::Split(x) => &x.name,
        ClauseKind::Covenant(x) => &x.name,
        ClauseKind::Review(x) => &x.what,
        ClauseKind::Responsibility { what, .. } => what,
        _ => return None,
    })
}

struct Walker<'a, 'v> {
    scope: &'a Scope,
    visitor: &'v mut dyn Visitor<'a>,
}

impl<'a> Walker<'a, '_> {
    fn clause(&mut self, site: Site<'a>, clause: &'a ClauseKind) {
        match clause {
            ClauseKind::Document(document) => {
                self.names(site, &document.until_decision, Reference::Decision);
            }
            ClauseKind::Territory {
                areas,
                except,
                including,
            } => {
                for name in areas.iter().chain(except).chain(including) {
                    self.name(site, name, Reference::Area);
                }
            }
            ClauseKind::Policyholder { bodies, authorised_by } => {
                self.names(site, bodies.iter().chain(authorised_by), Reference::Body);
            }
            ClauseKind::Term(anlan_lang::tree::Term::Length { quantity, .. }) => {
                self.visitor.quantity(site, quantity, Wanted::Period);
            }
            ClauseKind::Event(anlan_lang::tree::EventRule::Hours(quantity)) => {
                self.visitor.quantity(site, quantity, Wanted::Hours);
            }
            ClauseKind::Persons { classes, ending, .. } => {
                self.values_of(site, id::ROLE, classes);
                self.ending(site, ending);
            }
            ClauseKind::Subject { ending, .. } => self.ending(site, ending),
            ClauseKind::Beneficiary { harms, .. } => self.values_of(site, id::HARM, harms),
            ClauseKind::Standard { fact, .. } => self.name(site, fact, Reference::Fact),
            ClauseKind::Body { name, .. } => self.name(site, name, Reference::Body),
            ClauseKind::Subrogation(subrogation) => self.subrogation(site, subrogation),
            ClauseKind::Responsibility { by, .. } => self.names(site, by, Reference::Body),
            ClauseKind::AppliesTo { area, level } => {
                self.name(site, area, Reference::Area);
                self.name(site, level, Reference::Level);
            }
            ClauseKind::Duty(duty) => self.duty(site, duty),
            ClauseKind::Scope(node) => self.framework_scope(site, node),
            ClauseKind::Require(requirement) => self.requirement(site, requirement),
            ClauseKind::Set { name, value } => self.set(site, name, value),
            ClauseKind::Example(example) => self.example(site, example),
            ClauseKind::Acknowledge(acknowledge) => {
                self.name(site, &acknowledge.code, Reference::Code);
                self.names(site, &acknowledge.about, Reference::About);
            }
            other => {
                if !self.vocabulary(site, other) && !self.benefits(site, other) {
                    self.money(site, other);
                }
            }
        }
    }

    fn name(&mut self, site: Site<'a>, name: &'a Name, to: Reference<'a>) {
        self.visitor.name(site, name, to);
    }
    fn names(&mut self, site: Site<'a>, names: impl IntoIterator<Item = &'a Name>, to: Reference<'a>) {
        for name in names {
            self.name(site, name, to);
        }
    }
    fn expr(&mut self, site: Site<'a>, expr: &'a Expr, wanted: Wanted<'a>) {
        self.visitor.expr(site, expr, wanted);
    }
    /// Values of a fact named in the text, which is itself visited; an unknown fact says nothing about its values.
    fn values(&mut self, site: Site<'a>, fact: &'a Name, values: impl IntoIterator<Item = &'a Name>) {
        self.name(site, fact, Reference::Fact);
        if let Some(fact) = self.scope.fact_named(&fact.text) {
            self.values_of_fact(site, fact, values);
        }
    }
    fn values_of_fact(&mut self, site: Site<'a>, fact: FactId, values: impl IntoIterator<Item = &'a Name>) {
        let to = match self.scope.domain_of(fact) {
            Some(domain) => Reference::Value(domain),
            None => Reference::ValueOf(fact),
        };
        self.names(site, values, to);
    }
    /// Values of a fact that the language itself knows.
    fn values_of(&mut self, site: Site<'a>, fact: &str, values: impl IntoIterator<Item = &'a Name>) {
        if let Some(fact) = self.scope.fact_named(fact) {
            self.values_of_fact(site, fact, values);
        }
    }
    fn keys(&mut self, site: Site<'a>, keys: &'a [Key]) {
        for key in keys {
            if let Key::Fact(name) = key {
                self.name(site, name, Reference::Fact);
            }
        }
    }
    fn perils(&mut self, site: Site<'a>, perils: &'a [PerilRef]) {
        for peril in perils {
            self.name(site, &peril.name, Reference::Peril);
            self.names(site, &peril.cause, Reference::Peril);
        }
    }
    fn ending(&mut self, site: Site<'a>, ending: &'a ListEnding) {
        match ending {
            ListEnding::Open {
                decision: Some(name), ..
            } => self.name(site, name, Reference::Decision),
            ListEnding::Counted(quantity) => self.visitor.quantity(site, quantity, Wanted::Count),
            _ => {}
        }
    }
    fn condition(&mut self, site: Site<'a>, condition: &'a Condition) {
        match condition {
            Condition::Is { fact, values, .. } => self.values(site, fact, values),
            Condition::Compare { fact, value, .. } => {
                self.name(site, fact, Reference::Fact);
                match self.scope.fact_named(&fact.text) {
                    Some(fact) => self.expr(site, value, Wanted::FactValue(fact)),
                    None => self.expr(site, value, Wanted::Figure),
                }
            }
            Condition::Holds { name, decided, .. } => {
                let to = if *decided {
                    Reference::Decision
                } else {
                    Reference::YesNoFact
                };
                self.name(site, name, to);
            }
            Condition::All { parts, .. } | Condition::Any { parts, .. } => {
                for part in parts {
                    self.condition(site, part);
                }
            }
            Condition::Not { part, .. } => self.condition(site, part),
        }
    }
}
