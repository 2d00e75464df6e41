//! Covenants and metrics: arithmetic over reported figures.

use super::context::Lowering;
use super::order;
use crate::money::Ratio;
use crate::plan::{Covenant, FigureExpr, Metric, Part};
use crate::resolve::{Referent, Scope};
use crate::types;
use anlan_lang::diag::codes;
use anlan_lang::tree::{ClauseKind, Expr, Key, Modality, Sign};

impl Lowering<'_> {
    pub fn covenants(&mut self) -> Vec<Covenant> {
        let scope = self.scope;
        let found = Lowering::ordered(scope, |kind| match kind {
            ClauseKind::Covenant(covenant) => Some((&covenant.name, covenant)),
            _ => None,
        });
        let mut covenants = Vec::new();
        for (clause, covenant) in found {
            let source = self.clause_source(scope, clause);
            self.part(&source, Part::Amount, scope, covenant.value.span());
            let Some(value) = self.figure(scope, &covenant.value) else {
                continue;
            };
            covenants.push(Covenant {
                id: covenant.name.text.clone(),
                compare: covenant.compare,
                value,
                per: covenant.keys.iter().map(|key| self.key_word(scope, key)).collect(),
                modality: clause.notes.modality.unwrap_or(Modality::Must),
                source,
            });
        }
        covenants
    }

    /// The id of the fact that a covenant's figures come by.
    fn key_word(&self, scope: &Scope, key: &Key) -> String {
        let fact = |name: &str| {
            scope
                .fact_named(name)
                .and_then(|fact| self.fact(fact))
                .map_or_else(|| name.to_owned(), |fact| fact.id.clone())
        };
        use crate::resolve::id;
        match key {
            Key::Person(_) => fact(id::PERSON),
            Key::Household(_) => fact(id::HOUSEHOLD),
            Key::Event(_) => fact(id::EVENT),
            Key::Claim(_) => fact(id::CLAIM),
            Key::Year(_) => "year".to_owned(),
            Key::Term(_) => "term".to_owned(),
            Key::Fact(name) => fact(&name.text),
        }
    }

    /// Metrics in the order of concepts; one metric may read another.
    pub fn metrics(&mut self) -> Vec<Metric> {
        let scope = self.scope;
        let mut found: Vec<_> = scope
            .clauses()
            .iter()
            .filter_map(|clause| match &clause.kind {
                ClauseKind::Metric { name, value } => Some((clause, name, value)),
                _ => None,
            })
            .collect();
        found.sort_by_cached_key(|(clause, name, _)| order::concept(super::notes::cited(clause), &name.text));
        let mut metrics = Vec::new();
        for (clause, name, value) in found {
            let source = self.clause_source(scope, clause);
            self.part(&source, Part::Amount, scope, value.span());
            if let Some(value) = self.figure(scope, value) {
                metrics.push(Metric {
                    id: name.text.clone(),
                    value,
                    source,
                });
            }
        }
        metrics
    }

    fn figure(&mut self, scope: &Scope, expr: &Expr) -> Option<FigureExpr> {
        match expr {
            Expr::Quantity(quantity) => {
                let measure = types::measure(scope.units(), quantity).ok()?;
                let value = match measure.dimension {
                    // Money figures are reported in 元.
                    Some(types::Dimension::Money) => measure.value.checked_mul(Ratio::new(1, 100)?)?,
                    _ => measure.value,
                };
                Some(FigureExpr::Exact(value))
            }
            Expr::Fraction { .. } => types::constant_ratio(scope.units(), expr).map(FigureExpr::Exact),
            Expr::Name(path) => {
                if let Some(Referent::Parameter(parameter)) = scope.referent(path) {
                    let id = self.parameter_ids.get(&parameter.name.text)?;
                    return Some(FigureExpr::Parameter(*id));
                }
                let parts: Vec<&str> = path.parts.iter().map(|part| part.text.as_str()).collect();
                Some(FigureExpr::Figure(parts.join(".")))
            }
            Expr::Product { left, right, .. } => Some(FigureExpr::Product(
                Box::new(self.figure(scope, left)?),
                Box::new(self.figure(scope, right)?),
            )),
            Expr::Sum { first, rest, .. } => {
                let mut terms = vec![(false, self.figure(scope, first)?)];
                for (sign, term) in rest {
                    terms.push((*sign == Sign::Minus, self.figure(scope, term)?));
                }
                Some(FigureExpr::Sum(terms))
            }
            Expr::TotalPremium(span) | Expr::SumInsured(span) | Expr::Unlimited(span) | Expr::Balance { span, .. } => {
                let finding = self.finding(codes::U313, *span);
                self.find(finding);
                None
            }
        }
    }
}
