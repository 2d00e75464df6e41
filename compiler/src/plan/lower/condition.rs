//! Conditions as predicates, and as words for summaries and reasons.

use super::context::Lowering;
use super::predicate::{Interval, Predicate, Test};
use crate::money::{Fen, Ratio};
use crate::plan::{ConditionWords, FactId, FactKind, ParameterValue, TreatAs, ValueId};
use crate::resolve::Scope;
use anlan_lang::diag::codes;
use anlan_lang::tree::{ClauseKind, Compare, Condition, Expr, Name, Span};

impl Lowering<'_> {
    /// The predicate and the words. `None`: reported, here or by the names pass.
    pub fn condition(&mut self, scope: &Scope, condition: &Condition) -> Option<(Predicate, ConditionWords)> {
        match condition {
            Condition::Is {
                fact,
                negated,
                values,
                otherwise_nothing,
                span,
            } => self.is(scope, fact, *negated, values, *otherwise_nothing, *span),
            Condition::Compare {
                fact,
                compare,
                value,
                span,
            } => self.compare(scope, fact, *compare, value, *span),
            Condition::Holds { name, decided, span } => self.holds(name, *decided, *span),
            Condition::All { parts, .. } => {
                let (tests, words) = self.conditions(scope, parts)?;
                Some((Predicate::All(tests), ConditionWords::All(words)))
            }
            Condition::Any { parts, .. } => {
                let (tests, words) = self.conditions(scope, parts)?;
                Some((Predicate::Any(tests), ConditionWords::Any(words)))
            }
            Condition::Not { part, .. } => {
                let (test, words) = self.condition(scope, part)?;
                Some((Predicate::Not(Box::new(test)), ConditionWords::Not(Box::new(words))))
            }
        }
    }

    fn conditions(&mut self, scope: &Scope, parts: &[Condition]) -> Option<(Vec<Predicate>, Vec<ConditionWords>)> {
        parts.iter().map(|part| self.condition(scope, part)).collect()
    }

    fn is(
        &mut self,
        scope: &Scope,
        name: &Name,
        negated: bool,
        values: &[Name],
        otherwise_nothing: bool,
        span: Span,
    ) -> Option<(Predicate, ConditionWords)> {
        let fact = self.fact_named(&name.text)?;
        if !matches!(self.kind(fact)?, FactKind::Enumeration { .. }) {
            let finding = self.finding(codes::U308, span).arg("fact", name.text.clone());
            self.find(finding);
            return None;
        }
        let named: Vec<ValueId> = values.iter().filter_map(|v| scope.value_of(fact, &v.text)).collect();
        let mut meant: Vec<ValueId> = named.iter().flat_map(|v| self.descendants(fact, *v)).collect();
        for rule in self.treated(scope, fact) {
            if named.contains(&rule.1) && !named.contains(&rule.0) {
                meant.extend(self.descendants(fact, rule.0));
            }
        }
        let inside = Predicate::within(fact, meant);
        let predicate = if negated {
            Predicate::Not(Box::new(inside))
        } else {
            inside
        };
        let mut values = named;
        values.sort_unstable();
        values.dedup();
        Some((
            predicate,
            ConditionWords::Is {
                fact,
                negated,
                values,
                otherwise_nothing,
            },
        ))
    }

    /// (value, as which value) for the fact: where a condition names the second, the first goes the same way, unless
    /// the condition names it itself.
    fn treated(&self, scope: &Scope, fact: FactId) -> Vec<(ValueId, ValueId)> {
        let mut rules: Vec<(ValueId, ValueId)> = scope
            .clauses()
            .iter()
            .filter_map(|clause| match &clause.kind {
                ClauseKind::TreatAs {
                    fact: name,
                    value,
                    as_value,
                } if self.fact_named(&name.text) == Some(fact) => Some((
                    scope.value_of(fact, &value.text)?,
                    scope.value_of(fact, &as_value.text)?,
                )),
                _ => None,
            })
            .collect();
        rules.sort_unstable();
        rules
    }

    fn compare(
        &mut self,
        scope: &Scope,
        name: &Name,
        compare: Compare,
        value: &Expr,
        span: Span,
    ) -> Option<(Predicate, ConditionWords)> {
        let fact = self.fact_named(&name.text)?;
        let kind = self.kind(fact)?.clone();
        if !matches!(
            kind,
            FactKind::Money | FactKind::Count { .. } | FactKind::Number { .. } | FactKind::Ratio
        ) {
            let finding = self.finding(codes::U308, span).arg("fact", name.text.clone());
            self.find(finding);
            return None;
        }
        let units = self.fact_units(scope, fact, value)?;
        let after = units.checked_add(1)?;
        let (from, below) = match compare {
            Compare::AtLeast => (Some(units), None),
            Compare::Over => (Some(after), None),
            Compare::Under => (None, Some(units)),
            Compare::AtMost => (None, Some(after)),
            Compare::Equal => (Some(units), Some(after)),
        };
        let predicate = within_bounds(fact, Interval { from, below }, &kind);
        let value = match kind {
            FactKind::Money => ParameterValue::Money(Fen(units)),
            FactKind::Number { precision, .. } => ParameterValue::Ratio(precision.checked_mul(Ratio::integer(units))?),
            FactKind::Ratio => ParameterValue::Ratio(Ratio::at_position(units)?),
            // A count in parts is compared by its position; the words say the number.
            kind if kind.is_in_parts() => ParameterValue::Count(units.div_euclid(2)),
            _ => ParameterValue::Count(units),
        };
        Some((predicate, ConditionWords::Compare { fact, compare, value }))
    }

    fn holds(&mut self, name: &Name, decided: bool, span: Span) -> Option<(Predicate, ConditionWords)> {
        if decided {
            let decision = *self.decision_ids.get(&name.text)?;
            let fact = self.decided_fact(decision);
            return Some((Predicate::yes(fact), ConditionWords::Decided { decision }));
        }
        let fact = self.fact_named(&name.text)?;
        if *self.kind(fact)? != FactKind::YesNo {
            let finding = self.finding(codes::U308, span).arg("fact", name.text.clone());
            self.find(finding);
            return None;
        }
        Some((Predicate::yes(fact), ConditionWords::Yes { fact }))
    }

    /// All treat-as rules, for summaries and questions.
    pub fn treat_as(&mut self) -> Vec<TreatAs> {
        let scope = self.scope;
        let mut rules = Vec::new();
        for clause in scope.clauses() {
            let ClauseKind::TreatAs { fact, value, as_value } = &clause.kind else {
                continue;
            };
            let found = self.fact_named(&fact.text).and_then(|fact| {
                Some((
                    fact,
                    scope.value_of(fact, &value.text)?,
                    scope.value_of(fact, &as_value.text)?,
                ))
            });
            if let Some((fact, value, as_value)) = found {
                let source = self.clause_source(scope, clause);
                rules.push(TreatAs {
                    fact,
                    value,
                    as_value,
                    source,
                });
            }
        }
        rules.sort_by_key(|rule| (rule.fact, rule.value, rule.as_value));
        rules
    }
}

/// A test of a quantity, without what the quantity can never be: amounts and counts are not negative, numbers have
/// declared ends (SEMANTICS §1). So a test that all of it passes, or none, is a constant.
fn within_bounds(fact: FactId, tested: Interval, kind: &FactKind) -> Predicate {
    let possible = possible(kind);
    match possible.intersect(tested) {
        None => Predicate::Constant(false),
        Some(both) if both == possible => Predicate::Constant(true),
        Some(_) => Predicate::Test(fact, Test::Range(tested)),
    }
}

/// What a quantity can be (SEMANTICS §1).
pub(super) fn possible(kind: &FactKind) -> Interval {
    match kind {
        FactKind::Number {
            precision, from, to, ..
        } => Interval {
            from: units(*from, *precision),
            below: units(*to, *precision).and_then(|last| last.checked_add(1)),
        },
        FactKind::Date => Interval {
            from: None,
            below: None,
        },
        _ => Interval {
            from: Some(0),
            below: None,
        },
    }
}

/// A bound in steps of the precision; declared bounds lie on the grid.
fn units(value: Ratio, precision: Ratio) -> Option<i64> {
    let numerator = value.numerator().checked_mul(precision.denominator())?;
    let denominator = value.denominator().checked_mul(precision.numerator())?;
    i64::try_from(numerator.checked_div_euclid(denominator)?).ok()
}
