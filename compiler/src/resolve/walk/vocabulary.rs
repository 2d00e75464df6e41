//! Facts, parameters, decisions, funds, groups, extensions, synonyms; frameworks' scopes and requirements.

use super::*;
use anlan_lang::tree::{Deadline, Scope as FrameworkScope};
use anlan_lang::tree::{Domain, DomainValue, Duty, FactDeclaration, FactKind, Parameter, Property, Requirement};

impl<'a> Walker<'a, '_> {
    /// Whether the clause belongs here.
    pub(super) fn vocabulary(&mut self, site: Site<'a>, clause: &'a ClauseKind) -> bool {
        match clause {
            ClauseKind::Fact(fact) => self.fact(site, fact),
            ClauseKind::Parameter(parameter) => self.parameter(site, parameter),
            ClauseKind::Decision(decision) => {
                self.names(site, &decision.by, Reference::Body);
                self.keys(site, &decision.per);
                if let Some(kind) = &decision.value {
                    self.parameter_kind(site, kind);
                }
            }
            ClauseKind::Fund(fund) => {
                if let Some((expr, notes)) = &fund.accrual {
                    self.expr(site.with(notes), expr, Wanted::Money(Scale::Any));
                }
                if let Some((name, notes)) = &fund.reported_by {
                    self.name(site.with(notes), name, Reference::Body);
                }
            }
            ClauseKind::Group(group) => {
                self.perils(site, &group.members);
                self.ending(site, &group.ending);
            }
            ClauseKind::Extend(domain) => self.extend(site, domain),
            ClauseKind::Alias { of, .. } => self.name(site, of, Reference::SynonymOf),
            ClauseKind::EnglishName { name, .. } => self.name(site, name, Reference::EnglishOf),
            ClauseKind::TreatAs { fact, value, as_value } => self.values(site, fact, [value, as_value]),
            _ => return false,
        }
        true
    }
    fn fact(&mut self, site: Site<'a>, fact: &'a FactDeclaration) {
        // A domain is reported where the declaration is read (N116).
        if let FactKind::Number { unit, .. } = &fact.kind {
            self.name(site, unit, Reference::Unit);
        }
        self.names(site, &fact.by, Reference::Body);
    }
    fn parameter(&mut self, site: Site<'a>, parameter: &'a Parameter) {
        self.parameter_kind(site, &parameter.kind);
        self.names(site, &parameter.by, Reference::Body);
        for bound in [&parameter.at_least, &parameter.at_most].into_iter().flatten() {
            self.expr(site, bound, Wanted::Parameter(&parameter.kind));
        }
        if let Some(planned) = &parameter.planned {
            let wanted = match parameter.kind {
                ParameterKind::Money => Wanted::YearlyMoney,
                _ => Wanted::Parameter(&parameter.kind),
            };
            self.expr(site, planned, wanted);
        }
    }
    fn parameter_kind(&mut self, site: Site<'a>, kind: &'a ParameterKind) {
        match kind {
            ParameterKind::Table { by, of } => {
                self.name(site, by, Reference::Domain);
                self.parameter_kind(site, of);
            }
            ParameterKind::List { of } => self.name(site, of, Reference::Domain),
            _ => {}
        }
    }
    fn extend(&mut self, site: Site<'a>, domain: &'a Domain) {
        self.harms_of(site, &domain.values);
    }
    fn harms_of(&mut self, site: Site<'a>, values: &'a [DomainValue]) {
        for value in values {
            self.values_of(site.with(&value.notes), id::HARM, &value.harms);
            self.values_of(site.with(&value.notes), id::PERIL, &value.leads_to);
            self.harms_of(site, &value.children);
        }
    }
    pub(super) fn duty(&mut self, site: Site<'a>, duty: &'a Duty) {
        self.names(site, duty.by.iter().chain(&duty.to), Reference::Body);
        self.names(site, &duty.otherwise, Reference::Decision);
        if let Some(Deadline::AfterPeriod(quantity)) = &duty.deadline {
            self.visitor.quantity(site, quantity, Wanted::Days);
        }
    }
    pub(super) fn framework_scope(&mut self, site: Site<'a>, scope: &'a FrameworkScope) {
        if let Some((perils, ending, notes)) = &scope.perils {
            self.perils(site.with(notes), perils);
            self.ending(site.with(notes), ending);
        }
        for (fact, list) in [(id::HARM, &scope.harms), (id::ROLE, &scope.roles)] {
            if let Some((names, ending, notes)) = list {
                self.values_of(site.with(notes), fact, names);
                self.ending(site.with(notes), ending);
            }
        }
    }
    pub(super) fn requirement(&mut self, site: Site<'a>, requirement: &'a Requirement) {
        match &requirement.property {
            Property::Payable { keys, harm, value, .. } => {
                self.keys(site, keys);
                self.values_of(site, id::HARM, harm);
                self.expr(site, value, Wanted::Money(Scale::Benefit));
            }
            Property::LimitTotal { keys, value, .. } => {
                self.keys(site, keys);
                self.expr(site, value, Wanted::Money(Scale::Aggregate));
            }
            Property::PremiumPaidBy(names) | Property::Policyholder(names) => {
                self.names(site, names, Reference::Body);
            }
            Property::Persons(names) => self.values_of(site, id::ROLE, names),
            Property::Duty(duty) => self.duty(site, duty),
            Property::Words(_) => {}
        }
    }
}
