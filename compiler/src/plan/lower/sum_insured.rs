//! The sum insured: a base by class, a sum negotiated in the policy, bounds that refuse or cap.

use super::cases::{Cases, Outcome};
use super::context::Lowering;
use super::predicate::{Interval, Region, Test};
use crate::plan::diagram::Refusal;
use crate::plan::{Amount, FactId, Part, SumInsured, ValueId};
use crate::resolve::{Scope, id};
use anlan_lang::diag::codes;
use anlan_lang::tree::{self, ClauseKind, Key, Span};

impl Lowering<'_> {
    /// The sum insured of a claim by facts. Without a rule each claim carries its own.
    pub fn sum_insured_cases(&mut self, span: Span) -> Option<Cases<Amount>> {
        let scope = self.scope;
        let Some(fact) = self.fact_named(id::SUM_INSURED) else {
            let finding = self.finding(codes::N402, span);
            self.find(finding);
            return None;
        };
        let Some(rule) = scope.clauses().iter().find_map(|clause| match &clause.kind {
            ClauseKind::SumInsured(sum) => Some(sum),
            _ => None,
        }) else {
            return Some(Cases::always(Amount::Fact(fact)));
        };
        let bases = self.base_cases(scope, rule)?;
        if rule.negotiated.is_none() {
            return Some(bases);
        }
        let named = self.named_cases(scope, rule, fact, &bases)?;
        if rule.bases.is_empty() {
            return Some(named);
        }
        let present = self.present_fact(fact);
        let when = |answer| Region::from([(present, Test::Is(answer))]);
        let mut cases = bases.within(&when(false));
        cases.0.extend(named.within(&when(true)).0);
        Some(cases)
    }

    /// The base sum of each class.
    fn base_cases(&mut self, scope: &Scope, rule: &tree::SumInsured) -> Option<Cases<Amount>> {
        let Some(by) = &rule.by else {
            return match rule.bases.first() {
                Some((_, amount, _)) => Some(Cases::always(self.amount(scope, amount)?)),
                None => Some(Cases(Vec::new())),
            };
        };
        let by = self.key_fact(by)?;
        let mut rows = Vec::new();
        for (class, amount, _) in &rule.bases {
            let values = self.values_within(by, std::slice::from_ref(class));
            if let (false, Some(amount)) = (values.is_empty(), self.amount(scope, amount)) {
                rows.push((Test::In(values), amount));
            }
        }
        Some(Cases::on(by, rows))
    }

    /// The sum that the claim carries, within the bounds.
    fn named_cases(
        &mut self,
        scope: &Scope,
        rule: &tree::SumInsured,
        fact: FactId,
        bases: &Cases<Amount>,
    ) -> Option<Cases<Amount>> {
        let mut cases = Cases::always(Amount::Fact(fact));
        if let Some((expr, refused, _)) = &rule.at_most {
            let amount = self.amount(scope, expr)?;
            let Some(bound) = self.constant_amount(&amount) else {
                let finding = self.finding(codes::U303, expr.span());
                self.find(finding);
                return None;
            };
            let above = if *refused {
                Outcome::Refused(Refusal::Above { fact, amount })
            } else {
                Outcome::Value(amount)
            };
            cases = split_at(fact, bound.0 + 1, Outcome::Value(Amount::Fact(fact)), above);
        }
        if rule.at_least_base.is_some() {
            cases = self.not_below(fact, bases, &cases, rule.span)?;
        }
        Some(cases)
    }

    fn not_below(
        &mut self,
        fact: FactId,
        bases: &Cases<Amount>,
        named: &Cases<Amount>,
        span: Span,
    ) -> Option<Cases<Amount>> {
        let mut found = Vec::new();
        for (region, outcome) in &bases.0 {
            let Outcome::Value(amount) = outcome else { continue };
            let Some(bound) = self.constant_amount(amount) else {
                let finding = self.finding(codes::U303, span);
                self.find(finding);
                return None;
            };
            let below = Outcome::Refused(Refusal::Below {
                fact,
                amount: amount.clone(),
            });
            let split = split_at(fact, bound.0, below, Outcome::Value(Amount::Fact(fact)));
            // Where the sum is not below its base, what the maximum says holds.
            for (part, outcome) in split.within(region).0 {
                match outcome {
                    Outcome::Refused(_) => found.push((part, outcome)),
                    Outcome::Value(_) => found.extend(named.within(&part).0),
                }
            }
        }
        Some(Cases(found))
    }

    /// The rule as stated, for summaries.
    pub fn sum_insured(&mut self) -> Option<SumInsured> {
        let scope = self.scope;
        let (clause, rule) = scope.clauses().iter().find_map(|clause| match &clause.kind {
            ClauseKind::SumInsured(rule) => Some((clause, rule)),
            _ => None,
        })?;
        let by = rule.by.as_ref().and_then(|name| self.key_fact(name));
        let source = self.clause_source(scope, clause);
        let mut bases: Vec<(Option<ValueId>, Amount)> = Vec::new();
        for (class, expr, _) in &rule.bases {
            let value = by.and_then(|by| scope.value_of(by, &class.text));
            if let Some(amount) = self.amount(scope, expr) {
                bases.push((value, amount));
            }
        }
        bases.sort_by_key(|(value, _)| *value);
        if let Some((amount, _, _)) = &rule.at_most {
            self.part(&source, Part::AtMost, scope, amount.span());
        }
        let at_most = match &rule.at_most {
            Some((expr, refused, _)) => self.amount(scope, expr).map(|amount| (amount, *refused)),
            None => None,
        };
        Some(SumInsured {
            per_household: rule.keys.iter().any(|key| matches!(key, Key::Household(_))),
            by,
            bases,
            negotiated: rule.negotiated.is_some(),
            at_least_base: rule.at_least_base.is_some(),
            at_most,
            source,
        })
    }
}

/// Below the cut (exclusive) one outcome, from it on the other.
fn split_at(fact: FactId, cut: i64, below: Outcome<Amount>, from: Outcome<Amount>) -> Cases<Amount> {
    let range = |from, below| Region::from([(fact, Test::Range(Interval { from, below }))]);
    Cases(vec![(range(None, Some(cut)), below), (range(Some(cut), None), from)])
}
