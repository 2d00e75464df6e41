//! Examples, resolved: what `anlan test` runs.

use super::context::Lowering;
use crate::money::{Fen, Ratio};
use crate::plan::{
    Bound, DecisionId, Example, ExampleClaims, ExampleDecision, Expectation, FactKind, FundId, ParameterId,
    ParameterKind, ParameterValue, Source, ValueId,
};
use crate::resolve::{Scope, id};
use crate::types::{self, Dimension};
use anlan_lang::diag::{Finding, codes};
use anlan_lang::tree::{
    self, Clause, ClauseKind, Expr, Field, FieldValue, Given, Name, Notes, Quantity, SetValue, Span,
};
use rust_decimal::Decimal;

impl Lowering<'_> {
    /// The scheme's examples or, where a contract is bound, the contract's, in written order (no meaning hangs on it).
    pub fn examples(&mut self) -> Vec<Example> {
        let scope = self.contract.unwrap_or(self.scope);
        let found: Vec<(&Clause, &tree::Example)> = scope
            .clauses()
            .iter()
            .filter_map(|clause| match &clause.kind {
                ClauseKind::Example(example) => Some((clause, example)),
                _ => None,
            })
            .collect();
        found
            .into_iter()
            .map(|(clause, example)| self.example(scope, clause, example))
            .collect()
    }

    fn example(&mut self, scope: &Scope, clause: &Clause, example: &tree::Example) -> Example {
        let source = self.clause_source(scope, clause);
        let mut lowered = Example {
            title: example.title.text.clone(),
            claims: Vec::new(),
            decided: Vec::new(),
            bases: Vec::new(),
            set: Vec::new(),
            balances: Vec::new(),
            loss: None,
            expect: Vec::new(),
            source,
        };
        for given in &example.given {
            self.given(scope, given, &mut lowered);
        }
        for (expectation, span) in &example.expect {
            let source = self.source(scope, *span, &Notes::default());
            lowered.expect.extend(self.expectation(scope, expectation, source));
        }
        lowered
    }

    fn given(&mut self, scope: &Scope, given: &Given, example: &mut Example) {
        match given {
            Given::Claims { count, fields, .. } => example.claims.push(ExampleClaims {
                count: *count,
                fields: fields.iter().filter_map(|field| self.field(scope, field)).collect(),
            }),
            Given::Decided { name, key, value, .. } => {
                if let Some(&decision) = self.decision_ids.get(&name.text) {
                    example.decided.push(ExampleDecision {
                        decision,
                        key: key.as_ref().map(|key| key.text.clone()),
                        value: value
                            .as_ref()
                            .and_then(|value| self.decided_value(scope, decision, value)),
                    });
                }
            }
            Given::Bases {
                region,
                persons,
                households,
                span,
            } => {
                if let Some(bases) = self.bases(scope, region, persons, households, *span) {
                    example.bases.push(bases);
                }
            }
            Given::Set { name, value, span } => match self.setting(scope, name, value, *span) {
                Some(Setting::Parameter(id, bound)) => example.set.push((id, bound)),
                Some(Setting::Balance(id, balance)) => example.balances.push((id, balance)),
                None => {}
            },
            Given::Loss(expr) => example.loss = self.expected_money(scope, expr),
        }
    }

    // ── claims ──

    /// The fact's id and the value as a claim file would spell it.
    fn field(&mut self, scope: &Scope, field: &Field) -> Option<(String, String)> {
        let id = scope.fact_named(&field.fact.text)?;
        let text = match &field.value {
            FieldValue::Name(name) => match (self.kind(id)?, scope.value_of(id, &name.text)) {
                (FactKind::Enumeration { domain, .. }, Some(value)) => scope.domain(*domain)?.get(value)?.id.clone(),
                _ => name.text.clone(),
            },
            FieldValue::Quantity(quantity) => {
                let kind = self.kind(id)?.clone();
                self.spelled(scope, &kind, quantity)?
            }
            FieldValue::Date(date, _) => date.to_string(),
            FieldValue::Text(text) => text.text.clone(),
        };
        Some((self.fact(id)?.id.clone(), text))
    }

    /// A quantity in the unit in which a claim file gives the fact: 元, or the fact's own unit.
    fn spelled(&mut self, scope: &Scope, kind: &FactKind, quantity: &Quantity) -> Option<String> {
        let measure = types::measure(scope.units(), quantity).ok()?;
        let value = match (kind, &measure.dimension) {
            (FactKind::Money, Some(Dimension::Money)) => measure.value.checked_mul(Ratio::new(1, 100)?)?,
            (FactKind::Number { unit, .. }, Some(_)) => {
                let factor = scope.units().find(unit)?.factor;
                measure
                    .value
                    .checked_mul(Ratio::new(factor.denominator(), factor.numerator())?)?
            }
            _ => measure.value,
        };
        decimal(value).or_else(|| {
            let finding = Finding::new(codes::U307, scope.place(quantity.span));
            self.find(finding);
            None
        })
    }

    fn bases(
        &mut self,
        scope: &Scope,
        region: &Name,
        persons: &Decimal,
        households: &Decimal,
        span: Span,
    ) -> Option<(ValueId, i64, i64)> {
        let region = scope.value_of(scope.fact_named(id::REGION)?, &region.text)?;
        let whole = |value: &Decimal| value.is_integer().then(|| i64::try_from(*value).ok()).flatten();
        match (whole(persons), whole(households)) {
            (Some(persons), Some(households)) => Some((region, persons, households)),
            _ => {
                self.find(Finding::new(codes::U307, scope.place(span)));
                None
            }
        }
    }

    // ── decisions and settings ──

    fn decided_value(&mut self, scope: &Scope, decision: DecisionId, value: &SetValue) -> Option<ParameterValue> {
        let kind = self.decisions.get(decision.index())?.value.clone();
        let found = match (kind, value) {
            // The day from which the decision holds.
            (_, SetValue::Date(date, _)) => Some(ParameterValue::Date(*date)),
            (Some(kind), SetValue::Expr(expr)) => self.constant(scope, &kind, expr),
            _ => None,
        };
        if found.is_none() {
            let span = match value {
                SetValue::Expr(expr) => expr.span(),
                SetValue::Date(_, span) => *span,
                SetValue::Table(rows) => rows.first()?.span,
                SetValue::List(names) => names.first()?.span,
            };
            self.find(Finding::new(codes::U307, scope.place(span)));
        }
        found
    }

    fn setting(&mut self, scope: &Scope, name: &Name, value: &SetValue, span: Span) -> Option<Setting> {
        let found = if let Some(&fund) = self.fund_ids.get(&name.text) {
            match value {
                SetValue::Expr(expr) => match self.constant(scope, &ParameterKind::Money, expr) {
                    Some(ParameterValue::Money(balance)) => Some(Setting::Balance(fund, balance)),
                    _ => None,
                },
                _ => None,
            }
        } else {
            let id = *self.parameter_ids.get(&name.text)?;
            let kind = self.parameters.get(id.index())?.kind.clone();
            self.bound_value(scope, &kind, value)
                .map(|bound| Setting::Parameter(id, bound))
        };
        if found.is_none() {
            self.find(Finding::new(codes::V302, scope.place(span)).arg("parameter", name.text.clone()));
        }
        found
    }

    // ── expectations ──

    fn expectation(&mut self, scope: &Scope, expectation: &tree::Expectation, source: Source) -> Option<Expectation> {
        use tree::Expectation as E;
        let mut money = |expr: &Expr| self.expected_money(scope, expr);
        Some(match expectation {
            E::Benefit(expr) => Expectation::Benefit(money(expr)?, source),
            E::Paid(expr) => Expectation::Paid(money(expr)?, source),
            E::PaidInAll(expr) => Expectation::PaidInAll(money(expr)?, source),
            E::Nothing => Expectation::Nothing(source),
            E::Refused => Expectation::Refused(source),
            E::Premium(expr) => Expectation::Premium(money(expr)?, source),
            E::Bears(name, expr) => {
                let fen = money(expr)?;
                Expectation::Bears(scope.body_name(&name.text).to_owned(), fen, source)
            }
            E::Ratio(expr) => match types::constant_ratio(scope.units(), expr) {
                Some(ratio) => Expectation::Ratio(ratio, source),
                None => {
                    self.find(Finding::new(codes::U305, scope.place(expr.span())));
                    return None;
                }
            },
            E::Unpaid(expr) => Expectation::Unpaid(money(expr)?, source),
        })
    }

    /// A constant amount of money.
    fn expected_money(&mut self, scope: &Scope, expr: &Expr) -> Option<Fen> {
        let found = types::constant_money(scope.units(), expr);
        if found.is_none() {
            self.find(Finding::new(codes::U304, scope.place(expr.span())));
        }
        found
    }
}

enum Setting {
    Parameter(ParameterId, Bound),
    Balance(FundId, Fen),
}

/// The shortest decimal that is exactly the value; `None` where there is none.
fn decimal(value: Ratio) -> Option<String> {
    (0u32..=18).find_map(|places| {
        let shifted = value.checked_mul(Ratio::new(10i128.checked_pow(places)?, 1)?)?;
        if shifted.denominator() != 1 {
            return None;
        }
        Decimal::try_from_i128_with_scale(shifted.numerator(), places)
            .ok()
            .map(|decimal| decimal.to_string())
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn decimals_are_exact_or_absent() {
        let text = |n, d| decimal(Ratio::new(n, d).unwrap());
        assert_eq!(text(5, 2).as_deref(), Some("2.5"));
        assert_eq!(text(2_345_678, 100).as_deref(), Some("23456.78"));
        assert_eq!(text(3, 1).as_deref(), Some("3"));
        assert_eq!(text(1, 3), None);
    }
}
