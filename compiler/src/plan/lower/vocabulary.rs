//! Parameters, decisions and funds.

use super::context::Lowering;
use super::order;
use crate::plan::{
    Decision, DecisionId, DecisionKey, Fund, FundId, Parameter, ParameterId, ParameterKind, ParameterValue, Part,
};
use crate::resolve::{Scope, id};
use anlan_lang::diag::codes;
use anlan_lang::tree::{self, Clause, ClauseKind, DecisionEffect, Expr, Key, Name};

impl Lowering<'_> {
    /// Parameters, decisions and funds in the order of concepts. Ids come first: amounts may name any of them.
    pub fn vocabulary(&mut self) {
        self.parameters_of_scheme();
        self.decisions_of_scheme();
        self.funds_of_scheme();
    }

    fn parameters_of_scheme(&mut self) {
        let scope = self.scope;
        let mut all: Vec<(&Clause, &tree::Parameter, &Name)> = Vec::new();
        for clause in scope.clauses() {
            if let ClauseKind::Parameter(parameter) = &clause.kind {
                all.extend(parameter.names.iter().map(|name| (clause, parameter.as_ref(), name)));
            }
        }
        all.sort_by_cached_key(|(clause, _, name)| order::concept(super::notes::cited(clause), &name.text));
        for (clause, parameter, name) in all {
            let Some(kind) = self.parameter_kind(scope, &parameter.kind) else {
                continue;
            };
            if self.parameter_ids.contains_key(&name.text) {
                continue;
            }
            let source = self.clause_source(scope, clause);
            self.part(&source, Part::Name, scope, name.span);
            for (part, bound) in [(Part::AtLeast, &parameter.at_least), (Part::AtMost, &parameter.at_most)] {
                if let Some(bound) = bound {
                    self.part(&source, part, scope, bound.span());
                }
            }
            let parameter = Parameter {
                id: name.text.clone(),
                by: parameter.by.as_ref().map(|name| scope.body_name(&name.text).to_owned()),
                at_least: self.bound(scope, &kind, parameter.at_least.as_ref()),
                at_most: self.bound(scope, &kind, parameter.at_most.as_ref()),
                planned: self.bound(scope, &kind, parameter.planned.as_ref()),
                value: None,
                kind,
                source,
            };
            let id = ParameterId::from(self.parameters.len());
            self.parameter_ids.insert(name.text.clone(), id);
            self.parameters.push(parameter);
        }
    }

    fn bound(&mut self, scope: &Scope, kind: &ParameterKind, expr: Option<&Expr>) -> Option<ParameterValue> {
        let expr = expr?;
        let value = self.constant(scope, kind, expr);
        if value.is_none() {
            let finding = self.finding(codes::U307, expr.span());
            self.find(finding);
        }
        value
    }

    pub fn parameter_kind(&self, scope: &Scope, kind: &tree::ParameterKind) -> Option<ParameterKind> {
        let domain = |name: &Name| {
            scope
                .domain_named(&name.text)
                .or_else(|| scope.fact_named(&name.text).and_then(|fact| scope.domain_of(fact)))
        };
        Some(match kind {
            tree::ParameterKind::Money => ParameterKind::Money,
            tree::ParameterKind::Ratio => ParameterKind::Ratio,
            tree::ParameterKind::Count => ParameterKind::Count,
            tree::ParameterKind::Date => ParameterKind::Date,
            tree::ParameterKind::Table { by, of } => ParameterKind::Table {
                by: domain(by)?,
                of: Box::new(self.parameter_kind(scope, of)?),
            },
            tree::ParameterKind::List { of } => ParameterKind::List { of: domain(of)? },
        })
    }

    fn decisions_of_scheme(&mut self) {
        let scope = self.scope;
        let found = Lowering::ordered(scope, |kind| match kind {
            ClauseKind::Decision(decision) => Some((&decision.name, decision)),
            _ => None,
        });
        for (clause, decision) in found {
            let name = decision.name.text.clone();
            if self.decision_ids.contains_key(&name) {
                continue;
            }
            let source = self.clause_source(scope, clause);
            self.part(&source, Part::Name, scope, decision.name.span);
            let lowered = Decision {
                id: name.clone(),
                by: decision.by.as_ref().map(|name| scope.body_name(&name.text).to_owned()),
                per: self.decision_key(scope, decision),
                effect: decision.effect.unwrap_or(DecisionEffect::WholePeriod),
                value: decision
                    .value
                    .as_ref()
                    .and_then(|kind| self.parameter_kind(scope, kind)),
                source,
            };
            self.decision_ids.insert(name, DecisionId::from(self.decisions.len()));
            self.decisions.push(lowered);
        }
    }

    fn decision_key(&mut self, scope: &Scope, decision: &tree::DecisionDeclaration) -> DecisionKey {
        let fact = |name: &str| scope.fact_named(name).map(DecisionKey::Fact);
        let mut keys = Vec::new();
        for key in &decision.per {
            keys.extend(match key {
                Key::Term(_) => None,
                Key::Year(_) => Some(DecisionKey::Year),
                Key::Event(_) => Some(DecisionKey::Event),
                Key::Person(_) => fact(id::PERSON),
                Key::Household(_) => fact(id::HOUSEHOLD),
                Key::Claim(_) => fact(id::CLAIM),
                Key::Fact(name) => fact(&name.text),
            });
        }
        if keys.len() > 1 {
            let finding = self
                .finding(codes::U309, decision.span)
                .arg("decision", decision.name.text.clone());
            self.find(finding);
        }
        keys.first().copied().unwrap_or(DecisionKey::Term)
    }

    fn funds_of_scheme(&mut self) {
        let scope = self.scope;
        let found = Lowering::ordered(scope, |kind| match kind {
            ClauseKind::Fund(fund) => Some((&fund.name, fund)),
            _ => None,
        });
        for (index, (_, fund)) in found.iter().enumerate() {
            self.fund_ids
                .entry(fund.name.text.clone())
                .or_insert(FundId::from(index));
        }
        for (clause, fund) in found {
            let source = self.clause_source(scope, clause);
            self.part(&source, Part::Name, scope, fund.name.span);
            let accrual = match &fund.accrual {
                Some((expr, _)) => self.same_for_all(scope, expr),
                None => None,
            };
            self.funds.push(Fund {
                id: fund.name.text.clone(),
                accrual,
                carried_forward: fund.carried_forward.is_some(),
                reported_by: fund
                    .reported_by
                    .as_ref()
                    .map(|(name, _)| scope.body_name(&name.text).to_owned()),
                balance: None,
                source,
            });
        }
    }
}
