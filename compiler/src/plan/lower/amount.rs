//! Expressions to amounts. A product has at most one varying quantity and at most one ratio that is not written out
//! (SEMANTICS §2); what breaks that is a finding.

use super::cases::{Cases, REGION_BUDGET};
use super::context::Lowering;
use crate::money::{Fen, Ratio};
use crate::plan::linear;
use crate::plan::{Amount, FactId, FactKind, ParameterKind, ParameterValue, RatioValue, Sort};
use crate::resolve::{Referent, Scope};
use crate::types;
use anlan_lang::diag::{Arg, Code, codes};
use anlan_lang::tree::{Expr, Quantity, Sign, Span};

/// What an expression stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    Amount(Amount),
    Ratio(RatioValue),
    /// A number without a dimension, or a count of something: 15, 3个月
    Number(Ratio),
    /// A count or number fact of the record
    Count(FactId),
}

impl Lowering<'_> {
    /// What an expression stands for, by facts. `None`: reported, here or by the names pass.
    pub fn terms(&mut self, scope: &Scope, expr: &Expr) -> Option<Cases<Term>> {
        match expr {
            Expr::Quantity(quantity) => Some(Cases::always(self.quantity(scope, quantity)?)),
            Expr::Fraction { .. } => {
                let ratio = types::constant_ratio(scope.units(), expr)?;
                Some(Cases::always(Term::Number(ratio)))
            }
            Expr::Name(path) => {
                let referent = scope.referent(path)?;
                self.referent(scope, &referent, path.span)
            }
            Expr::TotalPremium(_) => Some(Cases::always(Term::Amount(Amount::Premium))),
            Expr::SumInsured(span) => {
                let sum = self.sum_insured_cases(*span)?;
                Some(sum.filter_map(|amount| Some(Term::Amount(amount))))
            }
            Expr::Balance { fund, .. } => {
                let id = self.fund_ids.get(&fund.text)?;
                Some(Cases::always(Term::Amount(Amount::Balance(*id))))
            }
            Expr::Unlimited(_) => Some(Cases::always(Term::Amount(Amount::Unlimited))),
            Expr::Product { left, right, span } => {
                let (left, right) = (self.terms(scope, left)?, self.terms(scope, right)?);
                self.joined(&left, &right, *span, product)
            }
            Expr::Sum { first, rest, span } => {
                let mut total = self.terms(scope, first)?;
                for (sign, part) in rest {
                    let part = self.terms(scope, part)?;
                    total = self.joined(&total, &part, *span, |a, b| sum(a, *sign, b))?;
                }
                Some(total)
            }
        }
    }

    fn joined(
        &mut self,
        left: &Cases<Term>,
        right: &Cases<Term>,
        span: Span,
        join: impl Fn(&Term, &Term) -> Result<Term, Code>,
    ) -> Option<Cases<Term>> {
        let mut refused = None;
        let joined = left.product(right, |a, b| match join(a, b) {
            Ok(term) => Some(term),
            Err(code) => {
                refused = Some(code);
                None
            }
        });
        match refused {
            None if joined.is_none() => {
                self.too_many_regions(span);
                None
            }
            None => joined,
            Some(code) => {
                let finding = self.finding(code, span);
                self.find(finding);
                None
            }
        }
    }

    /// C306: the amount depends on more combinations of facts than can be told one by one.
    pub fn too_many_regions(&mut self, span: Span) {
        let budget = i64::try_from(REGION_BUDGET).unwrap_or(i64::MAX);
        let finding = self.finding(codes::C306, span).arg("budget", Arg::Count(budget));
        self.find(finding);
    }

    /// A written quantity. Wrong units are reported with the types.
    fn quantity(&mut self, scope: &Scope, quantity: &Quantity) -> Option<Term> {
        let measure = types::measure(scope.units(), quantity).ok()?;
        match measure.dimension {
            Some(types::Dimension::Money) => Some(Term::Amount(Amount::Fixed(
                types::rate(scope.units(), quantity).ok()?.amount,
            ))),
            Some(types::Dimension::Ratio) => Some(Term::Ratio(RatioValue::Exact(measure.value))),
            _ => Some(Term::Number(measure.value)),
        }
    }

    fn referent(&mut self, scope: &Scope, referent: &Referent<'_>, span: Span) -> Option<Cases<Term>> {
        match referent {
            Referent::Parameter(parameter) => {
                let id = *self.parameter_ids.get(&parameter.name.text)?;
                let kind = self.parameters.get(id.index())?.kind.clone();
                match kind {
                    ParameterKind::Table { by, of } => self.parameter_table(id, by, &of, span),
                    kind => match parameter_term(&kind, id, None) {
                        Some(term) => Some(Cases::always(term)),
                        None => self.not_money(span),
                    },
                }
            }
            Referent::Fact(fact) => match self.kind(*fact)? {
                FactKind::Money => Some(Cases::always(Term::Amount(Amount::Fact(*fact)))),
                FactKind::Count { .. } | FactKind::Number { .. } => Some(Cases::always(Term::Count(*fact))),
                _ => self.not_money(span),
            },
            Referent::Decision(decision) => {
                let id = *self.decision_ids.get(&decision.node.name.text)?;
                match self.decisions.get(id.index())?.value {
                    Some(ParameterKind::Money) => Some(Cases::always(Term::Amount(Amount::DecisionValue(id)))),
                    _ => self.not_money(span),
                }
            }
            Referent::Table { table, column } => self.table_terms(scope, table, *column),
            Referent::Metric(_) => self.not_money(span),
        }
    }

    /// Whether a record may have the fact below 0, as a level below a mark.
    pub(super) fn may_be_negative(&self, fact: FactId) -> bool {
        matches!(self.kind(fact), Some(FactKind::Number { from, .. }) if *from < Ratio::ZERO)
    }

    fn not_money<T>(&mut self, span: Span) -> Option<T> {
        let finding = self.finding(codes::U304, span);
        self.find(finding);
        None
    }

    /// An expression as amounts of money by facts.
    pub fn amounts(&mut self, scope: &Scope, expr: &Expr) -> Option<Cases<Amount>> {
        let terms = self.terms(scope, expr)?;
        if terms
            .values()
            .any(|term| matches!(term, Term::Amount(amount) if self.too_large(amount)))
        {
            let finding = self.finding(codes::U306, expr.span());
            self.find(finding);
            return None;
        }
        if terms
            .values()
            .any(|term| matches!(term, Term::Amount(amount) if linear::read(amount).is_none()))
        {
            let finding = self.finding(codes::U314, expr.span());
            self.find(finding);
            return None;
        }
        let below = |term: &Term| match term {
            Term::Amount(amount) => reads(amount, &|fact| self.may_be_negative(fact)),
            _ => false,
        };
        if terms.values().any(below) {
            let finding = self.finding(codes::U315, expr.span());
            self.find(finding);
            return None;
        }
        if terms.values().all(|term| matches!(term, Term::Amount(_))) {
            Some(terms.filter_map(|term| match term {
                Term::Amount(amount) => Some(amount),
                _ => None,
            }))
        } else {
            self.not_money(expr.span())
        }
    }

    /// Whether the amount leaves the bounds of the normal form (SEMANTICS §5).
    fn too_large(&self, amount: &Amount) -> bool {
        let known = linear::Known {
            parameters: &self.parameters,
            funds: &self.funds,
        };
        linear::alternatives(amount)
            .into_iter()
            .any(|amount| linear::linear(known, amount) == Err(linear::Unfit::TooLarge))
    }

    /// An expression as one amount, the same for every claim.
    pub fn amount(&mut self, scope: &Scope, expr: &Expr) -> Option<Amount> {
        let amounts = self.amounts(scope, expr)?;
        match amounts.single() {
            Some(amount) => Some(amount.clone()),
            None => {
                let finding = self.finding(codes::L305, expr.span());
                self.find(finding);
                None
            }
        }
    }

    /// An expression as one amount that no fact of a claim moves (L305 otherwise).
    pub fn same_for_all(&mut self, scope: &Scope, expr: &Expr) -> Option<Amount> {
        let amount = self.amount(scope, expr)?;
        self.unmoved(expr.span(), !reads(&amount, &|_| true)).then_some(amount)
    }

    /// Whether an amount may stand over the total of several claims: it reads no fact in which they may differ. A fact of
    /// a wider record (a policy's sum insured) is the same in all of them (SEMANTICS §1). L305 otherwise.
    pub fn fits_total(&mut self, amount: &Amount, span: Span) -> bool {
        let of_claim = |fact: FactId| self.fact(fact).is_none_or(|fact| fact.sort == Sort::Claim);
        let fits = !reads(amount, &of_claim);
        self.unmoved(span, fits)
    }

    fn unmoved(&mut self, span: Span, unmoved: bool) -> bool {
        if !unmoved {
            let finding = self.finding(codes::L305, span);
            self.find(finding);
        }
        unmoved
    }

    /// An expression as one ratio.
    pub fn ratio(&mut self, scope: &Scope, expr: &Expr) -> Option<RatioValue> {
        let terms = self.terms(scope, expr)?;
        match terms.single() {
            Some(Term::Ratio(ratio)) => Some(ratio.clone()),
            Some(Term::Number(number)) => Some(RatioValue::Exact(*number)),
            _ => {
                let finding = self.finding(codes::U305, expr.span());
                self.find(finding);
                None
            }
        }
    }

    /// A ratio that is written out.
    pub fn exact_ratio(&mut self, scope: &Scope, expr: &Expr) -> Option<Ratio> {
        match self.ratio(scope, expr)? {
            RatioValue::Exact(ratio) => Some(ratio),
            RatioValue::Parameter { .. } => {
                let finding = self.finding(codes::U305, expr.span());
                self.find(finding);
                None
            }
        }
    }

    /// A constant of a parameter's kind; wrong units are reported with the types.
    pub fn constant(&self, scope: &Scope, kind: &ParameterKind, expr: &Expr) -> Option<ParameterValue> {
        let units = scope.units();
        match (kind, expr) {
            (ParameterKind::Money, Expr::Quantity(quantity)) => {
                Some(ParameterValue::Money(types::rate(units, quantity).ok()?.amount))
            }
            (ParameterKind::Ratio, expr) => Some(ParameterValue::Ratio(types::constant_ratio(units, expr)?)),
            (ParameterKind::Count, Expr::Quantity(quantity)) => {
                Some(ParameterValue::Count(types::count(units, quantity, None).ok()?))
            }
            (ParameterKind::Table { of, .. }, expr) => self.constant(scope, of, expr),
            _ => None,
        }
    }
}

/// Whether an amount reads a fact of the kind asked about.
fn reads(amount: &Amount, of: &dyn Fn(FactId) -> bool) -> bool {
    match amount {
        Amount::Fact(fact) => of(*fact),
        Amount::PerUnit { rate, count, .. } => of(*count) || reads(rate, of),
        Amount::Scaled { of: part, .. } => reads(part, of),
        Amount::Sum(parts) => parts.iter().any(|part| reads(part, of)),
        Amount::Dated(values) => values.iter().any(|(_, value)| reads(value, of)),
        Amount::Decided { then, otherwise, .. } => reads(then, of) || reads(otherwise, of),
        Amount::Fixed(_)
        | Amount::Parameter { .. }
        | Amount::Premium
        | Amount::Balance(_)
        | Amount::DecisionValue(_)
        | Amount::Unlimited => false,
    }
}

/// A parameter of a simple kind, or a cell of a table of such.
pub fn parameter_term(
    kind: &ParameterKind,
    parameter: crate::plan::ParameterId,
    value: Option<crate::plan::ValueId>,
) -> Option<Term> {
    match kind {
        ParameterKind::Money => Some(Term::Amount(Amount::Parameter { parameter, value })),
        ParameterKind::Ratio | ParameterKind::Count => Some(Term::Ratio(RatioValue::Parameter { parameter, value })),
        ParameterKind::Date | ParameterKind::Table { .. } | ParameterKind::List { .. } => None,
    }
}

fn product(a: &Term, b: &Term) -> Result<Term, Code> {
    match (a, b) {
        (Term::Number(a), Term::Number(b)) => Ok(Term::Number(a.checked_mul(*b).ok_or(codes::U306)?)),
        (Term::Ratio(RatioValue::Exact(a)), Term::Ratio(RatioValue::Exact(b)) | Term::Number(b))
        | (Term::Number(a), Term::Ratio(RatioValue::Exact(b))) => {
            Ok(Term::Ratio(RatioValue::Exact(a.checked_mul(*b).ok_or(codes::U306)?)))
        }
        (Term::Ratio(_), Term::Ratio(_) | Term::Number(_)) | (Term::Number(_), Term::Ratio(_)) => Err(codes::U302),
        (Term::Amount(amount), Term::Ratio(ratio)) | (Term::Ratio(ratio), Term::Amount(amount)) => {
            Ok(Term::Amount(scaled(ratio, amount)?))
        }
        (Term::Amount(amount), Term::Number(number)) | (Term::Number(number), Term::Amount(amount)) => {
            Ok(Term::Amount(scaled(&RatioValue::Exact(*number), amount)?))
        }
        (Term::Amount(rate @ (Amount::Fixed(_) | Amount::Parameter { .. })), Term::Count(count))
        | (Term::Count(count), Term::Amount(rate @ (Amount::Fixed(_) | Amount::Parameter { .. }))) => {
            Ok(Term::Amount(Amount::PerUnit {
                rate: Box::new(rate.clone()),
                count: *count,
                units: None,
            }))
        }
        _ => Err(codes::U301),
    }
}

/// ratio × amount in one form: constants are multiplied out.
///
/// # Errors
/// The code of the finding: two ratios that are not written out, or a number too large.
pub fn scaled(ratio: &RatioValue, amount: &Amount) -> Result<Amount, Code> {
    match (ratio, amount) {
        (RatioValue::Exact(ratio), amount) if *ratio == Ratio::ONE => Ok(amount.clone()),
        (_, Amount::Unlimited) => Err(codes::U301),
        (RatioValue::Exact(ratio), Amount::Fixed(fen)) => Ok(whole(*ratio, *fen)?.map_or_else(
            || Amount::Scaled {
                ratio: RatioValue::Exact(*ratio),
                of: Box::new(amount.clone()),
            },
            Amount::Fixed,
        )),
        (
            RatioValue::Exact(outer),
            Amount::Scaled {
                ratio: RatioValue::Exact(inner),
                of,
            },
        ) => scaled(&RatioValue::Exact(outer.checked_mul(*inner).ok_or(codes::U306)?), of),
        (RatioValue::Parameter { .. }, amount) if has_open_ratio(amount) => Err(codes::U302),
        _ => Ok(Amount::Scaled {
            ratio: ratio.clone(),
            of: Box::new(amount.clone()),
        }),
    }
}

fn has_open_ratio(amount: &Amount) -> bool {
    match amount {
        Amount::Scaled {
            ratio: RatioValue::Parameter { .. },
            ..
        } => true,
        Amount::Scaled { of, .. } => has_open_ratio(of),
        Amount::Sum(parts) => parts.iter().any(has_open_ratio),
        _ => false,
    }
}

/// The product where it is a whole number of 分.
fn whole(ratio: Ratio, fen: Fen) -> Result<Option<Fen>, Code> {
    let value = ratio.checked_mul(Ratio::integer(fen.0)).ok_or(codes::U306)?;
    if value.denominator() != 1 {
        return Ok(None);
    }
    let fen = i64::try_from(value.numerator()).map_err(|_| codes::U306)?;
    if fen.abs() > crate::money::MAX_FEN {
        return Err(codes::U306);
    }
    Ok(Some(Fen(fen)))
}

fn sum(a: &Term, sign: Sign, b: &Term) -> Result<Term, Code> {
    let signed = |ratio: Ratio| match sign {
        Sign::Plus => Some(ratio),
        Sign::Minus => Ratio::ZERO.checked_sub(ratio),
    };
    match (a, b) {
        (Term::Amount(Amount::Unlimited), _) | (_, Term::Amount(Amount::Unlimited)) => Err(codes::U301),
        (Term::Amount(a), Term::Amount(b)) => {
            let b = match sign {
                Sign::Plus => b.clone(),
                Sign::Minus => scaled(&RatioValue::Exact(Ratio::integer(-1)), b)?,
            };
            Ok(Term::Amount(added(a, b)?))
        }
        (Term::Number(a), Term::Number(b)) => {
            let sum = signed(*b).and_then(|b| a.checked_add(b)).ok_or(codes::U306)?;
            Ok(Term::Number(sum))
        }
        (Term::Ratio(RatioValue::Exact(a)) | Term::Number(a), Term::Ratio(RatioValue::Exact(b)) | Term::Number(b)) => {
            let sum = signed(*b).and_then(|b| a.checked_add(b)).ok_or(codes::U306)?;
            Ok(Term::Ratio(RatioValue::Exact(sum)))
        }
        _ => Err(codes::U301),
    }
}

fn added(a: &Amount, b: Amount) -> Result<Amount, Code> {
    let mut parts = match a {
        Amount::Sum(parts) => parts.clone(),
        other => vec![other.clone()],
    };
    match b {
        Amount::Sum(more) => parts.extend(more),
        other => parts.push(other),
    }
    let mut constant = 0i64;
    parts.retain(|part| match part {
        Amount::Fixed(Fen(fen)) => {
            constant = constant.saturating_add(*fen);
            false
        }
        _ => true,
    });
    if constant.abs() > crate::money::MAX_FEN {
        return Err(codes::U306);
    }
    if constant != 0 || parts.is_empty() {
        parts.push(Amount::Fixed(Fen(constant)));
    }
    match <[Amount; 1]>::try_from(parts) {
        Ok([only]) => Ok(only),
        Err(parts) => Ok(Amount::Sum(parts)),
    }
}
