//! What was decided, and the amounts that follow, for reports that have no claim.

use crate::evaluate::{DecidedKey, Decisions, Taken, not_taken};
use crate::money::{Fen, Ratio};
use crate::plan::{Amount, Bound, DecisionId, DecisionKey, DomainId, FactKind, ParameterId, ParameterValue, Plan};
use crate::plan::{RatioValue, ValueId};
use anlan_lang::diag::{Finding, codes};

/// The plan with the decisions taken, and the total premium where it is known.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context<'a> {
    pub plan: &'a Plan,
    pub decisions: &'a Decisions,
    pub premium: Option<Fen>,
}

impl Context<'_> {
    /// The decision as taken for the region (or at large), the most particular entry first.
    pub fn taken(&self, decision: DecisionId, region: Option<ValueId>) -> Option<&Taken> {
        let entries = || self.decisions.taken.iter().filter(|t| t.decision == decision);
        let domain = self.key_domain(decision);
        let mut value = region;
        while let (Some(v), Some(d)) = (value, domain) {
            if let Some(found) = entries().find(|t| t.key == Some(DecidedKey::Value(v))) {
                return Some(found);
            }
            value = self
                .plan
                .domains
                .get(d.index())
                .and_then(|d| d.values.get(v.index()))
                .and_then(|v| v.parent);
        }
        // A report on one event or year has no id to match a key with: any entry of such a decision is meant for it.
        entries().find(|t| t.key.is_none() || domain.is_none())
    }

    fn key_domain(&self, decision: DecisionId) -> Option<DomainId> {
        let DecisionKey::Fact(fact) = self.plan.decisions.get(decision.index())?.per else {
            return None;
        };
        match self.plan.facts.get(fact.index())?.kind {
            FactKind::Enumeration { domain, .. } => Some(domain),
            _ => None,
        }
    }

    fn decision_name(&self, decision: DecisionId) -> String {
        self.plan
            .decisions
            .get(decision.index())
            .map_or_else(String::new, |d| d.id.clone())
    }

    fn parameter(&self, id: ParameterId, value: Option<ValueId>) -> Result<ParameterValue, Finding> {
        let parameter = self.plan.parameters.get(id.index());
        let found = match (parameter.and_then(|p| p.value.as_ref()), value) {
            (Some(Bound::One(one)), None) => Some(one.clone()),
            (Some(Bound::Table(rows)), Some(v)) => rows.iter().find(|(key, _)| *key == v).map(|(_, x)| x.clone()),
            _ => None,
        };
        let name = parameter.map_or_else(String::new, |p| p.id.clone());
        found.ok_or_else(|| Finding::new(codes::V040, None).arg("names", vec![name]))
    }

    pub fn ratio(&self, ratio: &RatioValue) -> Result<Ratio, Finding> {
        match ratio {
            RatioValue::Exact(ratio) => Ok(*ratio),
            RatioValue::Parameter { parameter, value } => match self.parameter(*parameter, *value)? {
                ParameterValue::Ratio(ratio) => Ok(ratio),
                ParameterValue::Count(count) => Ok(Ratio::integer(count)),
                _ => Err(Finding::new(codes::V206, None)),
            },
        }
    }

    /// The amount in 分; `None` is unlimited. Refused where it needs what was not given.
    pub fn amount(&self, amount: &Amount) -> Result<Option<Fen>, Finding> {
        Ok(match amount {
            Amount::Fixed(fen) => Some(*fen),
            Amount::Unlimited => None,
            Amount::Parameter { parameter, value } => match self.parameter(*parameter, *value)? {
                ParameterValue::Money(fen) => Some(fen),
                _ => return Err(Finding::new(codes::V206, None)),
            },
            Amount::Scaled { ratio, of } => match self.amount(of)? {
                Some(of) => Some(scaled(of, self.ratio(ratio)?)?),
                None => None,
            },
            Amount::Sum(terms) => {
                let mut sum = Fen(0);
                for term in terms {
                    let Some(term) = self.amount(term)? else {
                        return Ok(None);
                    };
                    sum = add(sum, term)?;
                }
                Some(sum)
            }
            // A report is made for the terms in force last.
            Amount::Dated(entries) => match entries.last() {
                Some((_, last)) => self.amount(last)?,
                None => Some(Fen(0)),
            },
            Amount::Premium => Some(self.premium.ok_or_else(|| Finding::new(codes::V041, None))?),
            Amount::Balance(fund) => {
                let fund = self.plan.funds.get(fund.index());
                let name = fund.map_or_else(String::new, |f| f.id.clone());
                Some(
                    fund.and_then(|f| f.balance)
                        .ok_or_else(|| Finding::new(codes::V046, None).arg("names", vec![name]))?,
                )
            }
            Amount::DecisionValue(decision) => {
                let name = self.decision_name(*decision);
                match self.taken(*decision, None).map(|t| t.value.clone()) {
                    Some(Some(ParameterValue::Money(fen))) => Some(fen),
                    Some(_) => return Err(Finding::new(codes::V205, None).arg("decision", name)),
                    None => return Err(not_taken(self.plan, *decision).finding()),
                }
            }
            Amount::Decided {
                decision,
                then,
                otherwise,
            } => self.amount(if self.taken(*decision, None).is_some() {
                then
            } else {
                otherwise
            })?,
            Amount::Fact(_) | Amount::PerUnit { .. } => return Err(Finding::new(codes::V206, None)),
        })
    }
}

/// Sum in 分, refused on overflow (SEMANTICS §5).
pub(super) fn add(a: Fen, b: Fen) -> Result<Fen, Finding> {
    a.0.checked_add(b.0)
        .map(Fen)
        .ok_or_else(|| Finding::new(codes::V044, None))
}

/// ratio × amount, half away from zero.
pub(super) fn scaled(amount: Fen, ratio: Ratio) -> Result<Fen, Finding> {
    let overflow = || Finding::new(codes::V044, None);
    let (n, d) = (ratio.numerator(), ratio.denominator());
    let product = i128::from(amount.0).checked_mul(n).ok_or_else(overflow)?;
    let twice = product
        .abs()
        .checked_mul(2)
        .and_then(|p| p.checked_add(d))
        .ok_or_else(overflow)?;
    let rounded = twice.div_euclid(d.checked_mul(2).ok_or_else(overflow)?) * product.signum();
    i64::try_from(rounded).map(Fen).map_err(|_| overflow())
}

/// Parts of a whole by largest remainder, ties in written order (SEMANTICS §4.8). The ratios add to 1, else the
/// parts add to their sum's share rounded.
pub(super) fn apportion(whole: Fen, ratios: &[Ratio]) -> Result<Vec<Fen>, Finding> {
    let overflow = || Finding::new(codes::V044, None);
    let mut parts = Vec::with_capacity(ratios.len());
    let mut sum = Ratio::ZERO;
    for (at, ratio) in ratios.iter().enumerate() {
        let exact = Ratio::integer(whole.0).checked_mul(*ratio).ok_or_else(overflow)?;
        let floor = exact.numerator().div_euclid(exact.denominator());
        let rest = exact
            .checked_sub(Ratio::new(floor, 1).ok_or_else(overflow)?)
            .ok_or_else(overflow)?;
        sum = sum.checked_add(*ratio).ok_or_else(overflow)?;
        parts.push((at, i64::try_from(floor).map_err(|_| overflow())?, rest));
    }
    let total = scaled(whole, sum)?.0;
    let given: i64 = parts.iter().map(|p| p.1).sum();
    let missing = usize::try_from(total - given).unwrap_or(0);
    parts.sort_by(|a, b| b.2.cmp(&a.2).then(a.0.cmp(&b.0)));
    parts.iter_mut().take(missing).for_each(|p| p.1 += 1);
    parts.sort_by_key(|p| p.0);
    Ok(parts.into_iter().map(|p| Fen(p.1)).collect())
}
