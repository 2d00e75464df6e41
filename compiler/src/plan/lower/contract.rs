//! Binding a contract (SEMANTICS §6): it sets parameters, balances of funds, and what the scheme leaves to it or lets
//! it override (`以合同为准`); nothing else.

use super::context::Lowering;
use crate::money::{Fen, Ratio};
use crate::plan::{Bound, EventRule, Fund, Parameter, ParameterId, ParameterKind, ParameterValue, Part, Term, ValueId};
use crate::resolve::Scope;
use anlan_lang::diag::{Arg, Code, Finding, codes};
use anlan_lang::tree::{Clause, ClauseKind, Expr, Name, Overridable, SetValue, Span, TableRow};

/// What `以合同为准` must list for the contract to override it.
#[derive(Debug, Clone, Copy)]
pub struct Prevails(pub Overridable);

impl Lowering<'_> {
    /// Takes over what the contract sets; the vocabulary of the scheme is lowered already.
    pub fn bind(&mut self) {
        let Some(contract) = self.contract else {
            return;
        };
        for clause in contract.clauses() {
            match &clause.kind {
                ClauseKind::Set { name, value } => self.set(contract, clause, name, value),
                // Bound with their parts.
                ClauseKind::Term(_)
                | ClauseKind::Event(_)
                | ClauseKind::Premium(_)
                | ClauseKind::Coinsurance(_)
                | ClauseKind::Limit(_) => {}
                // About the contract itself.
                ClauseKind::Title { .. }
                | ClauseKind::Document(_)
                | ClauseKind::Articles(_)
                | ClauseKind::Prose { .. }
                | ClauseKind::Body { .. }
                | ClauseKind::EnglishName { .. }
                | ClauseKind::Ambiguity { .. }
                | ClauseKind::Example(_)
                | ClauseKind::Acknowledge(_) => {}
                _ => self.not_left(contract, clause.span, self.same_clause(clause)),
            }
        }
        self.unset_parameters(contract);
    }

    /// The clause of the scheme that says what the contract would change.
    fn same_clause(&self, clause: &Clause) -> Option<Span> {
        let kind = std::mem::discriminant(&clause.kind);
        let head = super::notes::head(&clause.kind);
        let mut same = self
            .scope
            .clauses()
            .iter()
            .filter(|c| std::mem::discriminant(&c.kind) == kind);
        let named = same.clone().find(|c| super::notes::head(&c.kind) == head);
        named.or_else(|| same.next()).map(|c| c.span)
    }

    pub fn prevails(&self, what: Overridable) -> bool {
        self.scope.clauses().iter().any(|clause| match &clause.kind {
            ClauseKind::ContractPrevails(items) => items.contains(&what),
            _ => false,
        })
    }

    /// Whether the contract may say this: the scheme leaves it open (`left`) or lets the contract prevail.
    pub fn may_set(
        &mut self,
        contract: &Scope,
        clause: &Clause,
        left: bool,
        Prevails(what): Prevails,
        scheme: Option<Span>,
    ) -> bool {
        let may = left || self.prevails(what);
        if !may {
            self.not_left(contract, clause.span, scheme);
        }
        may
    }

    /// The contract says what the scheme does not leave to it.
    pub fn not_left(&mut self, contract: &Scope, span: Span, scheme: Option<Span>) {
        let finding = Finding::new(codes::V301, contract.place(span)).arg("scheme", self.scope.name());
        let finding = match scheme.or_else(|| self.scope.body().map(|body| body.name.span)) {
            Some(span) => finding.label(self.scope.place(span), "scheme"),
            None => finding,
        };
        self.find(finding);
    }

    // ── parameters and balances ──

    fn set(&mut self, contract: &Scope, clause: &Clause, name: &Name, value: &SetValue) {
        if let Some(&fund) = self.fund_ids.get(&name.text) {
            let balance = match value {
                SetValue::Expr(expr) => self.money_value(contract, expr),
                _ => None,
            };
            match (balance, self.funds.get_mut(fund.index())) {
                (Some(balance), Some(fund)) => set_balance(fund, balance),
                _ => self.unfit(contract, clause.span, name),
            }
            return;
        }
        let Some(&id) = self.parameter_ids.get(&name.text) else {
            return;
        };
        let Some(parameter) = self.parameters.get(id.index()).cloned() else {
            return;
        };
        if parameter.value.is_some() {
            let finding = self.about(codes::V306, contract, clause.span, &parameter);
            self.find(finding);
            return;
        }
        self.part(&parameter.source, Part::Set, contract, clause.span);
        match self.bound_value(contract, &parameter.kind, value) {
            Some(bound) => {
                self.check_bounds(contract, clause.span, &parameter, &bound);
                self.check_rows(contract, clause.span, &parameter, &bound);
                if let Some(parameter) = self.parameters.get_mut(id.index()) {
                    parameter.value = Some(bound);
                }
            }
            None => self.unfit(contract, clause.span, name),
        }
    }

    /// A set value of the parameter's kind; `None` where it is of another kind.
    pub fn bound_value(&mut self, scope: &Scope, kind: &ParameterKind, value: &SetValue) -> Option<Bound> {
        match (kind, value) {
            (ParameterKind::Date, SetValue::Date(date, _)) => Some(Bound::One(ParameterValue::Date(*date))),
            (ParameterKind::Table { by, of }, SetValue::Table(rows)) => self.bound_table(scope, *by, of, rows),
            (ParameterKind::List { of }, SetValue::List(names)) => {
                let mut values: Vec<ValueId> = names.iter().filter_map(|name| scope.value(*of, &name.text)).collect();
                values.sort_unstable();
                values.dedup();
                Some(Bound::List(values))
            }
            (ParameterKind::Money | ParameterKind::Ratio | ParameterKind::Count, SetValue::Expr(expr)) => {
                self.constant(scope, kind, expr).map(Bound::One)
            }
            _ => None,
        }
    }

    fn bound_table(
        &mut self,
        scope: &Scope,
        by: crate::plan::DomainId,
        of: &ParameterKind,
        rows: &[TableRow],
    ) -> Option<Bound> {
        let fact = self.fact_of_domain(by, rows.first()?.span)?;
        let all: Vec<ValueId> = scope.domain(by)?.ids().collect();
        let mut set: Vec<(ValueId, ParameterValue)> = Vec::new();
        for row in rows {
            let values = match self.row_key(scope, fact, &row.key)? {
                crate::plan::RowKey::Values(values) => values,
                crate::plan::RowKey::Otherwise => all.clone(),
                crate::plan::RowKey::Interval { .. } => return None,
            };
            let value = self.constant(scope, of, row.cells.first()?)?;
            for key in values {
                if !set.iter().any(|(known, _)| *known == key) {
                    set.push((key, value.clone()));
                }
            }
        }
        set.sort_by_key(|(key, _)| *key);
        Some(Bound::Table(set))
    }

    fn money_value(&mut self, scope: &Scope, expr: &Expr) -> Option<Fen> {
        match self.constant(scope, &ParameterKind::Money, expr)? {
            ParameterValue::Money(fen) => Some(fen),
            _ => None,
        }
    }

    fn check_bounds(&mut self, contract: &Scope, span: Span, parameter: &Parameter, bound: &Bound) {
        let values: Vec<&ParameterValue> = match bound {
            Bound::One(value) => vec![value],
            Bound::Table(rows) => rows.iter().map(|(_, value)| value).collect(),
            Bound::List(_) => return,
        };
        let below = |limit: &ParameterValue| values.iter().find(|value| order_of(value) < order_of(limit));
        let above = |limit: &ParameterValue| values.iter().find(|value| order_of(value) > order_of(limit));
        let broken = [
            (
                Part::AtLeast,
                parameter.at_least.as_ref().and_then(|l| Some((below(l)?, l))),
                "at-least",
            ),
            (
                Part::AtMost,
                parameter.at_most.as_ref().and_then(|l| Some((above(l)?, l))),
                "at-most",
            ),
        ];
        for (part, found, label) in broken {
            if let Some((value, limit)) = found {
                let finding = Finding::new(codes::V303, contract.place(span))
                    .arg("parameter", parameter.id.clone())
                    .arg("value", value_arg(value))
                    .arg("bound", value_arg(limit))
                    .articles(parameter.source.articles.clone())
                    .about(&parameter.id);
                let finding = match self.places.part(&parameter.source, part) {
                    Some(place) => finding.label(place, label),
                    None => finding,
                };
                self.findings.push(finding);
            }
        }
    }

    /// A table parameter needs a row for every value.
    fn check_rows(&mut self, contract: &Scope, span: Span, parameter: &Parameter, bound: &Bound) {
        let (ParameterKind::Table { by, .. }, Bound::Table(rows)) = (&parameter.kind, bound) else {
            return;
        };
        let Some(domain) = self.scope.domain(*by) else {
            return;
        };
        let missing: Vec<Arg> = domain
            .ids()
            .filter(|value| !rows.iter().any(|(key, _)| key == value))
            .filter_map(|value| domain.get(value))
            .map(|value| Arg::from(&value.name))
            .collect();
        if !missing.is_empty() {
            let finding = self
                .about(codes::V304, contract, span, parameter)
                .arg("rows", Arg::List(missing));
            self.find(finding);
        }
    }

    /// Every parameter that is left to the contract must be set.
    fn unset_parameters(&mut self, contract: &Scope) {
        let Some(head) = contract.body().map(|body| body.name.span) else {
            return;
        };
        let unset: Vec<Parameter> = self
            .parameters
            .iter()
            .filter(|parameter| parameter.by.is_none() && parameter.value.is_none())
            .filter(|parameter| !self.is_set_wrongly(contract, &parameter.id))
            .cloned()
            .collect();
        for parameter in unset {
            let finding = self.about(codes::V305, contract, head, &parameter);
            self.find(finding);
        }
    }
    fn is_set_wrongly(&self, contract: &Scope, name: &str) -> bool {
        contract
            .clauses()
            .iter()
            .any(|clause| matches!(&clause.kind, ClauseKind::Set { name: set, .. } if set.text == name))
    }

    fn unfit(&mut self, contract: &Scope, span: Span, name: &Name) {
        let id = self.parameter_ids.get(&name.text).copied();
        let finding = Finding::new(codes::V302, contract.place(span)).arg("parameter", name.text.clone());
        let declared = id.and_then(|id| self.declared(id));
        let finding = match declared {
            Some(place) => finding.label(place, "scheme"),
            None => finding,
        };
        self.find(finding);
    }
    fn declared(&self, id: ParameterId) -> Option<anlan_lang::diag::Place> {
        let parameter = self.parameters.get(id.index())?;
        self.places.part(&parameter.source, Part::Name)
    }

    fn about(&self, code: Code, contract: &Scope, span: Span, parameter: &Parameter) -> Finding {
        let finding = Finding::new(code, contract.place(span))
            .arg("parameter", parameter.id.clone())
            .articles(parameter.source.articles.clone())
            .about(&parameter.id);
        match self.places.part(&parameter.source, Part::Name) {
            Some(place) => finding.label(place, "scheme"),
            None => finding,
        }
    }

    // ── term and event ──

    /// The term of the contract, where the scheme leaves it or lets it prevail.
    pub fn agreed_term(&mut self, scheme: Term, source: crate::plan::Source) -> (Term, crate::plan::Source) {
        let Some(contract) = self.contract else {
            return (scheme, source);
        };
        let clause = contract
            .clauses()
            .iter()
            .find(|c| matches!(c.kind, ClauseKind::Term(_)));
        let left = matches!(scheme, Term::Contract { .. });
        let Some(clause) = clause else {
            if left && let Some(body) = contract.body() {
                let finding = Finding::new(codes::V307, contract.place(body.name.span));
                let finding = match self.places.of(&source) {
                    Some(place) => finding.label(place, "scheme"),
                    None => finding,
                };
                self.find(finding);
            }
            return (scheme, source);
        };
        let span = self
            .scope
            .clauses()
            .iter()
            .find(|c| matches!(c.kind, ClauseKind::Term(_)))
            .map(|c| c.span);
        if !self.may_set(contract, clause, left, Prevails(Overridable::Term), span) {
            return (scheme, source);
        }
        let (term, agreed) = self.term(contract);
        if let (Term::Contract { years: Some(years) }, Term::Fixed { start, end: Some(end) }) = (&scheme, &term)
            && super::calendar::after(*start, 12 * i64::from(*years)) != Some(*end)
            && !self.prevails(Overridable::Term)
        {
            let finding =
                Finding::new(codes::V309, self.places.of(&agreed)).arg("years", Arg::Count(i64::from(*years)));
            let finding = match self.places.of(&source) {
                Some(place) => finding.label(place, "scheme"),
                None => finding,
            };
            self.find(finding);
        }
        (term, agreed)
    }

    /// What one event is, where the scheme leaves it to the contract.
    pub fn agreed_event(&mut self, scheme: EventRule) -> EventRule {
        let Some(contract) = self.contract else {
            return scheme;
        };
        let found = contract.clauses().iter().find_map(|clause| match &clause.kind {
            ClauseKind::Event(rule) => Some((clause, rule)),
            _ => None,
        });
        match found {
            Some((_, rule)) if scheme == EventRule::Contract => self.event(contract, rule),
            Some((clause, _)) => {
                self.not_left(contract, clause.span, self.same_clause(clause));
                scheme
            }
            None => scheme,
        }
    }
}

fn set_balance(fund: &mut Fund, balance: Fen) {
    fund.balance = Some(balance);
}

/// Values of one kind in their order.
fn order_of(value: &ParameterValue) -> (Option<Ratio>, Option<anlan_lang::tree::Date>) {
    match value {
        ParameterValue::Money(fen) => (Some(Ratio::integer(fen.0)), None),
        ParameterValue::Ratio(ratio) => (Some(*ratio), None),
        ParameterValue::Count(count) => (Some(Ratio::integer(*count)), None),
        ParameterValue::Date(date) => (None, Some(*date)),
    }
}

fn value_arg(value: &ParameterValue) -> Arg {
    match value {
        ParameterValue::Money(fen) => Arg::Money(fen.0),
        ParameterValue::Ratio(ratio) => Arg::Ratio {
            numerator: ratio.numerator(),
            denominator: ratio.denominator(),
        },
        ParameterValue::Count(count) => Arg::Count(*count),
        ParameterValue::Date(date) => Arg::Date(*date),
    }
}
