//! The normal form of an amount: ⌊(2(a·x + b) + d) / 2d⌋ with integers (SEMANTICS §5), where x is the one quantity
//! that varies. Half is rounded away from zero; the formula rounds half up, which is the same for amounts ≥ 0.

use super::model::*;
use crate::money::{Fen, Ratio};

/// Largest |a| and d.
pub const MAX_FACTOR: i128 = 1_000_000_000_000;
/// Largest |b|.
pub const MAX_CONSTANT: i128 = 1_000_000_000_000_000_000_000_000_000;

/// What varies in an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Variable {
    /// A money fact, in 分
    Money(FactId),
    /// A count or number fact in its own units, at most so many of them
    Count { fact: FactId, at_most: Option<i64> },
    /// The total premium of the settled bases, in 分
    Premium,
    /// The value of a decision, in 分
    Decision(DecisionId),
}

/// ⌊(2(a·x + b) + d) / 2d⌋ 分; without a variable `a` is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Linear {
    pub variable: Option<Variable>,
    pub a: i128,
    pub b: i128,
    pub d: i128,
}

/// Why an amount has no normal form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// A parameter that no contract has set
    Unset(ParameterId),
    /// The balance of a fund that is not known
    Balance(FundId),
    /// More than one quantity varies.
    TwoVariables,
    /// The amount is chosen by a date or a decision: normalise each alternative by itself.
    Chosen,
    Unlimited,
    /// Beyond the bounds.
    TooLarge,
}

/// What is known when amounts are normalised.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    pub parameters: &'a [Parameter],
    pub funds: &'a [Fund],
}

impl<'a> Known<'a> {
    pub fn of(plan: &'a Plan) -> Self {
        Known {
            parameters: &plan.parameters,
            funds: &plan.funds,
        }
    }
}

/// slope·x + constant, before it is brought to integers.
#[derive(Debug, Clone, Copy)]
struct Exact {
    variable: Option<Variable>,
    slope: Ratio,
    constant: Ratio,
}

/// The normal form of an amount. What it does not vary with (0 × x) is no variable of it.
///
/// # Errors
/// Any [`Unfit`].
pub fn linear(known: Known<'_>, amount: &Amount) -> Result<Linear, Unfit> {
    let form = reading(known, amount)?;
    let variable = if form.a == 0 { None } else { form.variable };
    Ok(Linear { variable, ..form })
}

/// The normal form of an amount with what it reads, even where it does not vary with it (0 × x, `a` is 0): evaluation
/// refuses a record that lacks what an amount reads, whatever the factor.
///
/// # Errors
/// Any [`Unfit`].
pub fn reading(known: Known<'_>, amount: &Amount) -> Result<Linear, Unfit> {
    let exact = exact(known, amount)?;
    let (s, c) = (exact.slope, exact.constant);
    let gcd = num_integer::gcd(s.denominator(), c.denominator());
    let d = s
        .denominator()
        .checked_mul(c.denominator() / gcd)
        .ok_or(Unfit::TooLarge)?;
    let scale = |ratio: Ratio| {
        ratio
            .numerator()
            .checked_mul(d / ratio.denominator())
            .ok_or(Unfit::TooLarge)
    };
    let (a, b) = (scale(s)?, scale(c)?);
    if a.abs() > MAX_FACTOR || d > MAX_FACTOR || b.abs() > MAX_CONSTANT {
        return Err(Unfit::TooLarge);
    }
    let variable = exact.variable;
    Ok(Linear { variable, a, b, d })
}

/// The amounts among which dates and decisions choose; an amount that nothing chooses is the only one.
pub fn alternatives(amount: &Amount) -> Vec<&Amount> {
    match amount {
        Amount::Dated(values) => values.iter().flat_map(|(_, value)| alternatives(value)).collect(),
        Amount::Decided { then, otherwise, .. } => {
            let mut all = alternatives(then);
            all.extend(alternatives(otherwise));
            all
        }
        other => vec![other],
    }
}

/// A quantity that an amount reads, told apart without what a contract sets.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Read<'a> {
    Nothing,
    Money(FactId),
    Count(FactId, Option<&'a Count>),
    Premium,
    Decision(DecisionId),
}

/// What each alternative of an amount reads; `None` where some alternative reads two quantities, be it nought times.
pub fn read(amount: &Amount) -> Option<Vec<Read<'_>>> {
    Some(match amount {
        Amount::Fact(fact) => vec![Read::Money(*fact)],
        Amount::PerUnit { rate, count, units } => {
            let rates = read(rate)?;
            if rates.iter().any(|rate| *rate != Read::Nothing) {
                return None;
            }
            vec![Read::Count(*count, units.as_ref())]
        }
        Amount::Scaled { of, .. } => read(of)?,
        Amount::Premium => vec![Read::Premium],
        Amount::DecisionValue(decision) => vec![Read::Decision(*decision)],
        Amount::Sum(parts) => parts.iter().try_fold(vec![Read::Nothing], |before, part| {
            let part = read(part)?;
            before.iter().try_fold(Vec::new(), |all, a| {
                part.iter().try_fold(all, |mut all, b| {
                    let both = match (*a, *b) {
                        (Read::Nothing, read) | (read, Read::Nothing) => read,
                        (a, b) if a == b => a,
                        _ => return None,
                    };
                    if !all.contains(&both) {
                        all.push(both);
                    }
                    Some(all)
                })
            })
        })?,
        Amount::Dated(values) => {
            let values: Option<Vec<_>> = values.iter().map(|(_, value)| read(value)).collect();
            values?.concat()
        }
        Amount::Decided { then, otherwise, .. } => [read(then)?, read(otherwise)?].concat(),
        Amount::Fixed(_) | Amount::Parameter { .. } | Amount::Balance(_) | Amount::Unlimited => vec![Read::Nothing],
    })
}

/// An amount that does not vary, rounded to 分; `None` where it varies or is not known.
pub fn constant(known: Known<'_>, amount: &Amount) -> Option<Fen> {
    linear(known, amount).ok()?.constant()
}

impl Linear {
    /// The value where nothing varies.
    pub fn constant(&self) -> Option<Fen> {
        match self.variable {
            None => self.at(0),
            Some(_) => None,
        }
    }
    /// The value at x; `None` where it leaves 64 bits.
    pub fn at(&self, x: i64) -> Option<Fen> {
        let sum = self.a.checked_mul(i128::from(x))?.checked_add(self.b)?;
        let doubled = sum.checked_mul(2)?.checked_add(self.d)?;
        i64::try_from(doubled.div_euclid(self.d.checked_mul(2)?)).ok().map(Fen)
    }
}

fn exact(known: Known<'_>, amount: &Amount) -> Result<Exact, Unfit> {
    match amount {
        Amount::Fixed(fen) => Ok(fixed(*fen)),
        Amount::Parameter { parameter, value } => match known.value(*parameter, *value) {
            Some(ParameterValue::Money(fen)) => Ok(fixed(fen)),
            _ => Err(Unfit::Unset(*parameter)),
        },
        Amount::Fact(fact) => Ok(varying(Variable::Money(*fact))),
        Amount::PerUnit { rate, count, units } => {
            let rate = exact(known, rate)?;
            if rate.variable.is_some() {
                return Err(Unfit::TwoVariables);
            }
            Ok(Exact {
                variable: Some(Variable::Count {
                    fact: *count,
                    at_most: known.units(units.as_ref())?,
                }),
                slope: rate.constant,
                constant: Ratio::ZERO,
            })
        }
        Amount::Scaled { ratio, of } => {
            let (ratio, of) = (known.ratio(ratio)?, exact(known, of)?);
            let scale = |value: Ratio| value.checked_mul(ratio).ok_or(Unfit::TooLarge);
            Ok(Exact {
                variable: of.variable,
                slope: scale(of.slope)?,
                constant: scale(of.constant)?,
            })
        }
        Amount::Sum(parts) => parts
            .iter()
            .try_fold(fixed(Fen(0)), |sum, part| add(sum, exact(known, part)?)),
        Amount::Premium => Ok(varying(Variable::Premium)),
        Amount::DecisionValue(decision) => Ok(varying(Variable::Decision(*decision))),
        Amount::Balance(fund) => match known.funds.get(fund.index()).and_then(|fund| fund.balance) {
            Some(fen) => Ok(fixed(fen)),
            None => Err(Unfit::Balance(*fund)),
        },
        Amount::Dated(values) => match values.as_slice() {
            [(None, only)] => exact(known, only),
            _ => Err(Unfit::Chosen),
        },
        Amount::Decided { .. } => Err(Unfit::Chosen),
        Amount::Unlimited => Err(Unfit::Unlimited),
    }
}

fn fixed(fen: Fen) -> Exact {
    Exact {
        variable: None,
        slope: Ratio::ZERO,
        constant: Ratio::integer(fen.0),
    }
}

fn varying(variable: Variable) -> Exact {
    Exact {
        variable: Some(variable),
        slope: Ratio::ONE,
        constant: Ratio::ZERO,
    }
}

fn add(a: Exact, b: Exact) -> Result<Exact, Unfit> {
    let variable = match (a.variable, b.variable) {
        (Some(a), Some(b)) if a != b => return Err(Unfit::TwoVariables),
        (a, b) => a.or(b),
    };
    Ok(Exact {
        variable,
        slope: a.slope.checked_add(b.slope).ok_or(Unfit::TooLarge)?,
        constant: a.constant.checked_add(b.constant).ok_or(Unfit::TooLarge)?,
    })
}

impl Known<'_> {
    /// The value that a contract has set, of the parameter or of one cell of a table.
    pub fn value(&self, parameter: ParameterId, value: Option<ValueId>) -> Option<ParameterValue> {
        match (self.parameters.get(parameter.index())?.value.as_ref()?, value) {
            (Bound::One(found), None) => Some(found.clone()),
            (Bound::Table(rows), Some(value)) => rows.iter().find(|(key, _)| *key == value).map(|(_, v)| v.clone()),
            _ => None,
        }
    }
    /// A ratio; a count parameter may stand as a factor.
    pub fn ratio(&self, ratio: &RatioValue) -> Result<Ratio, Unfit> {
        match ratio {
            RatioValue::Exact(ratio) => Ok(*ratio),
            RatioValue::Parameter { parameter, value } => match self.value(*parameter, *value) {
                Some(ParameterValue::Ratio(ratio)) => Ok(ratio),
                Some(ParameterValue::Count(count)) => Ok(Ratio::integer(count)),
                _ => Err(Unfit::Unset(*parameter)),
            },
        }
    }
    fn units(&self, units: Option<&Count>) -> Result<Option<i64>, Unfit> {
        match units {
            None => Ok(None),
            Some(Count::Exact(count)) => Ok(Some(*count)),
            Some(Count::Parameter(parameter)) => match self.value(*parameter, None) {
                Some(ParameterValue::Count(count)) => Ok(Some(count)),
                _ => Err(Unfit::Unset(*parameter)),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    const NONE: Known<'static> = Known {
        parameters: &[],
        funds: &[],
    };

    fn scaled(n: i128, d: i128, of: Amount) -> Amount {
        Amount::Scaled {
            ratio: RatioValue::Exact(Ratio::new(n, d).unwrap()),
            of: Box::new(of),
        }
    }

    #[test]
    fn five_sixths_of_1_53_is_1_28() {
        // A ratio kept as a decimal gives 1.27 (SEMANTICS §5).
        let form = linear(NONE, &scaled(5, 6, Amount::Fact(FactId(0)))).unwrap();
        assert_eq!((form.a, form.b, form.d), (5, 0, 6));
        assert_eq!(form.at(153), Some(Fen(128)));
        assert_eq!(constant(NONE, &scaled(5, 6, Amount::Fixed(Fen(153)))), Some(Fen(128)));
    }

    #[test]
    fn sums_share_one_variable() {
        let x = || Amount::Fact(FactId(0));
        let sum = Amount::Sum(vec![scaled(1, 2, x()), scaled(1, 3, x()), Amount::Fixed(Fen(7))]);
        let form = linear(NONE, &sum).unwrap();
        assert_eq!((form.a, form.b, form.d), (5, 42, 6));
        let two = Amount::Sum(vec![x(), Amount::Fact(FactId(1))]);
        assert_eq!(linear(NONE, &two), Err(Unfit::TwoVariables));
    }

    #[test]
    fn what_exceeds_the_bounds_is_refused() {
        let x = Amount::Fact(FactId(0));
        assert!(linear(NONE, &scaled(MAX_FACTOR, 7, x.clone())).is_ok());
        assert_eq!(
            linear(NONE, &scaled(MAX_FACTOR + 1, 7, x.clone())),
            Err(Unfit::TooLarge)
        );
        assert_eq!(linear(NONE, &scaled(1, MAX_FACTOR + 1, x)), Err(Unfit::TooLarge));
    }

    #[test]
    fn an_unset_parameter_is_named() {
        let amount = Amount::Parameter {
            parameter: ParameterId(3),
            value: None,
        };
        assert_eq!(linear(NONE, &amount), Err(Unfit::Unset(ParameterId(3))));
        assert_eq!(linear(NONE, &Amount::Unlimited), Err(Unfit::Unlimited));
    }

    #[test]
    fn a_factor_of_nought_leaves_what_is_read() {
        let nought = scaled(0, 1, Amount::Fact(FactId(3)));
        let sum = Amount::Sum(vec![nought, Amount::Fixed(Fen(7))]);
        assert_eq!(linear(NONE, &sum).unwrap().variable, None);
        let read = reading(NONE, &sum).unwrap();
        assert_eq!(
            (read.variable, read.a, read.b),
            (Some(Variable::Money(FactId(3))), 0, 7)
        );
    }

    #[test]
    fn halves_round_up() {
        let half = linear(NONE, &scaled(1, 2, Amount::Fact(FactId(0)))).unwrap();
        assert_eq!([1, 2, 3].map(|x| half.at(x).unwrap().0), [1, 1, 2]);
    }
}
