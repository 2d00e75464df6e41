//! Examples, and what a contract sets.

use super::*;
use crate::plan::FactKind;
use anlan_lang::tree::{Example, Expectation, Field, FieldValue, Given, SetValue};

impl<'a> Walker<'a, '_> {
    pub(super) fn set(&mut self, site: Site<'a>, name: &'a Name, value: &'a SetValue) {
        self.name(site, name, Reference::Settable);
        let scope = self.scope;
        let Some(parameter) = scope.parameter(&name.text) else {
            if let SetValue::Expr(expr) = value {
                self.expr(site, expr, Wanted::Money(Scale::Any));
            }
            return;
        };
        let kind = &parameter.item.node.kind;
        match (value, kind) {
            (SetValue::Expr(expr), kind) => self.expr(site, expr, Wanted::Parameter(kind)),
            (SetValue::Table(rows), ParameterKind::Table { by, of }) => {
                let domain = scope.domain_named(&by.text);
                for row in rows {
                    let site = site.with(&row.notes);
                    if let Some(domain) = domain {
                        self.row_values(site, domain, &row.key);
                    }
                    for cell in &row.cells {
                        self.expr(site, cell, Wanted::Parameter(of));
                    }
                }
            }
            (SetValue::List(names), ParameterKind::List { of }) => {
                if let Some(domain) = scope.domain_named(&of.text) {
                    self.names(site, names, Reference::Value(domain));
                }
            }
            _ => {}
        }
    }
    fn row_values(&mut self, site: Site<'a>, domain: DomainId, key: &'a anlan_lang::tree::RowKey) {
        use anlan_lang::tree::RowKey;
        match key {
            RowKey::Values(names) => self.names(site, names, Reference::Value(domain)),
            RowKey::Range(first, last) => self.names(site, [first, last], Reference::Value(domain)),
            RowKey::Interval { .. } | RowKey::Otherwise(_) => {}
        }
    }
    pub(super) fn example(&mut self, site: Site<'a>, example: &'a Example) {
        let site = Site { example: true, ..site };
        for given in &example.given {
            match given {
                Given::Claims { fields, .. } => {
                    for field in fields {
                        self.field(site, field);
                    }
                }
                Given::Decided { name, value, .. } => {
                    self.name(site, name, Reference::Decision);
                    let kind = self.scope.decision(&name.text).and_then(|d| d.node.value.as_ref());
                    if let (Some(SetValue::Expr(value)), Some(kind)) = (value, kind) {
                        self.expr(site, value, Wanted::DecisionValue(kind));
                    }
                }
                Given::Bases { region, .. } => self.values_of(site, id::REGION, [region]),
                Given::Set { name, value, .. } => self.set(site, name, value),
                Given::Loss(expr) => self.expr(site, expr, Wanted::Money(Scale::Any)),
            }
        }
        for (expectation, _) in &example.expect {
            self.expectation(site, expectation);
        }
    }
    fn field(&mut self, site: Site<'a>, field: &'a Field) {
        self.name(site, &field.fact, Reference::Fact);
        let Some(fact) = self.scope.fact_named(&field.fact.text) else {
            return;
        };
        match &field.value {
            FieldValue::Name(name) => {
                let kind = self.scope.fact(fact).map(|fact| &fact.fact.kind);
                if !matches!(kind, Some(FactKind::Text | FactKind::YesNo)) {
                    self.values_of_fact(site, fact, [name]);
                }
            }
            FieldValue::Quantity(quantity) => self.visitor.quantity(site, quantity, Wanted::FactValue(fact)),
            FieldValue::Date(..) | FieldValue::Text(_) => {}
        }
    }
    fn expectation(&mut self, site: Site<'a>, expectation: &'a Expectation) {
        match expectation {
            Expectation::Benefit(expr)
            | Expectation::Paid(expr)
            | Expectation::PaidInAll(expr)
            | Expectation::Premium(expr)
            | Expectation::Unpaid(expr) => self.expr(site, expr, Wanted::Money(Scale::Any)),
            Expectation::Bears(name, expr) => {
                self.name(site, name, Reference::Bearer);
                self.expr(site, expr, Wanted::Money(Scale::Any));
            }
            Expectation::Ratio(expr) => self.expr(site, expr, Wanted::Ratio),
            Expectation::Nothing | Expectation::Refused => {}
        }
    }
}
