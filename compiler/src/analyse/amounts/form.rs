//! Amounts as polynomials over unknowns, one for each case of dates and decisions, and their exact comparison.

use super::bounds;
use super::premium::stated_total;
use crate::money::Ratio;
use crate::plan::{Amount, Count, DecisionId, FactId, FundId, ParameterId, Plan, RatioValue, ValueId};
use anlan_lang::tree::Date;
use std::collections::{BTreeMap, BTreeSet};

/// A quantity that the plan alone does not fix. All are at least 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Atom {
    Parameter(ParameterId, Option<ValueId>),
    Fact(FactId),
    Premium,
    Balance(FundId),
    Value(DecisionId),
}

impl Atom {
    /// The quantity that an amount is.
    pub fn of(amount: &Amount) -> Option<Atom> {
        match amount {
            Amount::Parameter { parameter, value } => Some(Atom::Parameter(*parameter, *value)),
            Amount::Fact(fact) => Some(Atom::Fact(*fact)),
            Amount::Premium => Some(Atom::Premium),
            Amount::Balance(fund) => Some(Atom::Balance(*fund)),
            Amount::DecisionValue(decision) => Some(Atom::Value(*decision)),
            _ => None,
        }
    }
}

/// A sum of products of atoms, each with a coefficient; the empty product is the constant, in 分.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Form {
    terms: BTreeMap<Vec<Atom>, Ratio>,
}

impl Form {
    fn constant(value: Ratio) -> Self {
        Form {
            terms: BTreeMap::from([(Vec::new(), value)]),
        }
    }
    fn atom(atom: Atom) -> Self {
        Form {
            terms: BTreeMap::from([(vec![atom], Ratio::ONE)]),
        }
    }
    fn add(&self, other: &Form, sign: Ratio) -> Option<Form> {
        let mut terms = self.terms.clone();
        for (atoms, coefficient) in &other.terms {
            let entry = terms.entry(atoms.clone()).or_insert(Ratio::ZERO);
            *entry = entry.checked_add(coefficient.checked_mul(sign)?)?;
        }
        terms.retain(|_, coefficient| *coefficient != Ratio::ZERO);
        Some(Form { terms })
    }
    fn times(&self, other: &Form) -> Option<Form> {
        let mut product = Form::default();
        for (a, x) in &self.terms {
            for (b, y) in &other.terms {
                let mut atoms: Vec<Atom> = a.iter().chain(b).copied().collect();
                atoms.sort_unstable();
                let one = Form {
                    terms: BTreeMap::from([(atoms, x.checked_mul(*y)?)]),
                };
                product = product.add(&one, Ratio::ONE)?;
            }
        }
        Some(product)
    }
    /// The amount in 分, where it holds no unknown.
    pub fn fixed(&self) -> Option<Ratio> {
        match self.terms.len() {
            0 => Some(Ratio::ZERO),
            1 => self.terms.get(&Vec::new()).copied(),
            _ => None,
        }
    }
    /// The parameters it reads that no contract has set.
    pub fn parameters(&self) -> BTreeSet<ParameterId> {
        self.terms
            .keys()
            .flatten()
            .filter_map(|atom| match atom {
                Atom::Parameter(parameter, _) => Some(*parameter),
                _ => None,
            })
            .collect()
    }
    /// Least and greatest value over the bounds of its atoms; `None`: no such bound.
    fn range(&self, plan: &Plan) -> Option<(Option<Ratio>, Option<Ratio>)> {
        let (mut low, mut high) = (Some(Ratio::ZERO), Some(Ratio::ZERO));
        for (atoms, coefficient) in &self.terms {
            let (mut least, mut most) = (Ratio::ONE, Some(Ratio::ONE));
            for atom in atoms {
                let (from, to) = match atom {
                    Atom::Parameter(parameter, cell) => bounds(plan, *parameter, *cell),
                    // Without any premium nothing is insured.
                    Atom::Premium => (Ratio::ONE, None),
                    _ => (Ratio::ZERO, None),
                };
                least = least.checked_mul(from)?;
                most = match (most, to) {
                    (Some(a), Some(b)) => Some(a.checked_mul(b)?),
                    _ => None,
                };
            }
            let ends = if coefficient.is_negative() {
                (most, Some(least))
            } else {
                (Some(least), most)
            };
            low = plus(low, ends.0, *coefficient)?;
            high = plus(high, ends.1, *coefficient)?;
        }
        Some((low, high))
    }
}

/// `sum + coefficient × value`; the outer `None` is an overflow, an inner one an end without bound.
fn plus(sum: Option<Ratio>, value: Option<Ratio>, coefficient: Ratio) -> Option<Option<Ratio>> {
    match (sum, value) {
        (Some(sum), Some(value)) => Some(Some(sum.checked_add(coefficient.checked_mul(value)?)?)),
        _ => Some(None),
    }
}

/// When a case of an amount holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Guard {
    pub decided: BTreeMap<DecisionId, bool>,
    pub from: Option<Date>,
    pub below: Option<Date>,
}

impl Guard {
    /// Both hold; `None` where they cannot.
    pub fn and(&self, other: &Guard) -> Option<Guard> {
        let mut joint = self.clone();
        for (decision, taken) in &other.decided {
            if *joint.decided.entry(*decision).or_insert(*taken) != *taken {
                return None;
            }
        }
        joint.from = self.from.max(other.from);
        joint.below = match (self.below, other.below) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        match (joint.from, joint.below) {
            (Some(from), Some(below)) if from >= below => None,
            _ => Some(joint),
        }
    }
}

/// One case of an amount; `None` is unlimited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    pub guard: Guard,
    pub value: Option<Form>,
}

/// More cases than this are not told apart: the comparison is then undecided.
const CASES: usize = 512;

/// The cases of an amount; `None` where there are too many or numbers overflow.
pub fn cases(plan: &Plan, amount: &Amount) -> Option<Vec<Case>> {
    let always = |form: Form| {
        Some(vec![Case {
            guard: Guard::default(),
            value: Some(form),
        }])
    };
    match amount {
        Amount::Fixed(fen) => always(Form::constant(Ratio::integer(fen.0))),
        Amount::Parameter { parameter, value } => always(parameter_form(plan, *parameter, *value)),
        Amount::Fact(fact) => always(Form::atom(Atom::Fact(*fact))),
        Amount::Premium => match stated_total(plan) {
            Some(total) => cases(plan, &total),
            None => always(Form::atom(Atom::Premium)),
        },
        Amount::Balance(fund) => always(match plan.funds.get(fund.index()).and_then(|f| f.balance) {
            Some(fen) => Form::constant(Ratio::integer(fen.0)),
            None => Form::atom(Atom::Balance(*fund)),
        }),
        Amount::DecisionValue(decision) => always(Form::atom(Atom::Value(*decision))),
        Amount::Unlimited => Some(vec![Case {
            guard: Guard::default(),
            value: None,
        }]),
        Amount::PerUnit { rate, count, units } => {
            let factor = match units {
                Some(Count::Exact(n)) => Form::constant(Ratio::integer(*n)),
                Some(Count::Parameter(parameter)) => parameter_form(plan, *parameter, None),
                None => Form::atom(Atom::Fact(*count)),
            };
            map(cases(plan, rate)?, |form| form.times(&factor))
        }
        Amount::Scaled { ratio, of } => {
            let factor = match ratio {
                RatioValue::Exact(ratio) => Form::constant(*ratio),
                RatioValue::Parameter { parameter, value } => parameter_form(plan, *parameter, *value),
            };
            map(cases(plan, of)?, |form| form.times(&factor))
        }
        Amount::Sum(parts) => parts.iter().try_fold(always(Form::default())?, |sum, part| {
            both(&sum, &cases(plan, part)?, |a, b| a.add(b, Ratio::ONE))
        }),
        Amount::Dated(values) => {
            let mut all = Vec::new();
            for (i, (from, value)) in values.iter().enumerate() {
                let guard = Guard {
                    from: *from,
                    below: values.get(i + 1).and_then(|(next, _)| *next),
                    ..Guard::default()
                };
                all.extend(guarded(cases(plan, value)?, &guard));
            }
            (all.len() <= CASES).then_some(all)
        }
        Amount::Decided {
            decision,
            then,
            otherwise,
        } => {
            let mut all = Vec::new();
            for (value, taken) in [(then, true), (otherwise, false)] {
                let guard = Guard {
                    decided: BTreeMap::from([(*decision, taken)]),
                    ..Guard::default()
                };
                all.extend(guarded(cases(plan, value)?, &guard));
            }
            (all.len() <= CASES).then_some(all)
        }
    }
}

fn parameter_form(plan: &Plan, parameter: ParameterId, cell: Option<ValueId>) -> Form {
    match super::bound(plan, parameter, cell) {
        Some(value) => Form::constant(value),
        None => Form::atom(Atom::Parameter(parameter, cell)),
    }
}

fn map(cases: Vec<Case>, change: impl Fn(&Form) -> Option<Form>) -> Option<Vec<Case>> {
    cases
        .into_iter()
        .map(|case| {
            let value = match case.value {
                Some(form) => Some(change(&form)?),
                None => None,
            };
            Some(Case {
                guard: case.guard,
                value,
            })
        })
        .collect()
}

fn guarded(cases: Vec<Case>, guard: &Guard) -> impl Iterator<Item = Case> {
    cases.into_iter().filter_map(|case| {
        Some(Case {
            guard: case.guard.and(guard)?,
            value: case.value,
        })
    })
}

fn both(a: &[Case], b: &[Case], join: impl Fn(&Form, &Form) -> Option<Form>) -> Option<Vec<Case>> {
    let mut all = Vec::new();
    for x in a {
        for y in b {
            let Some(guard) = x.guard.and(&y.guard) else { continue };
            let value = match (&x.value, &y.value) {
                (Some(x), Some(y)) => Some(join(x, y)?),
                _ => None,
            };
            all.push(Case { guard, value });
        }
        if all.len() > CASES {
            return None;
        }
    }
    Some(all)
}

/// How one amount exceeds another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excess {
    /// Under which dates and decisions
    pub guard: Guard,
    /// Both amounts in 分, where they hold no unknown
    pub amount: Option<Ratio>,
    pub other: Option<Ratio>,
    /// The first one is without bound.
    pub unlimited: bool,
}

/// What is known of `a > b`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Comparison {
    /// A case in which `a` is above `b` whatever the unknowns are
    pub exceeds: Option<Excess>,
    /// In every case `a` is at most `b`, whatever the unknowns are.
    pub never: bool,
    /// Parameters on which the rest depends
    pub open: BTreeSet<ParameterId>,
}

/// Compares two amounts case by case. Unlimited is above every amount that is not.
pub fn compare(plan: &Plan, a: &Amount, b: &Amount) -> Comparison {
    let (Some(a), Some(b)) = (cases(plan, a), cases(plan, b)) else {
        return Comparison::default();
    };
    let mut result = Comparison {
        never: true,
        ..Comparison::default()
    };
    for x in &a {
        for y in &b {
            let Some(guard) = x.guard.and(&y.guard) else { continue };
            let excess = |amount: Option<&Form>, other: &Form| Excess {
                guard: guard.clone(),
                amount: amount.and_then(Form::fixed),
                other: other.fixed(),
                unlimited: amount.is_none(),
            };
            match (&x.value, &y.value) {
                (_, None) => {}
                (None, Some(y)) => {
                    result.never = false;
                    result.exceeds.get_or_insert_with(|| excess(None, y));
                }
                (Some(x), Some(y)) => {
                    let range = x.add(y, negative_one()).and_then(|difference| difference.range(plan));
                    let (low, high) = range.unwrap_or((None, None));
                    if low.is_some_and(|low| low > Ratio::ZERO) {
                        result.never = false;
                        result.exceeds.get_or_insert_with(|| excess(Some(x), y));
                    } else if high.is_none_or(|high| high > Ratio::ZERO) {
                        result.never = false;
                        result.open.extend(x.parameters());
                        result.open.extend(y.parameters());
                    }
                }
            }
        }
    }
    result
}

fn negative_one() -> Ratio {
    Ratio::integer(-1)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::analyse::tests::plan;
    use crate::money::Fen;

    fn scaled(n: i64, of: Amount) -> Amount {
        Amount::Scaled {
            ratio: RatioValue::Exact(Ratio::integer(n)),
            of: Box::new(of),
        }
    }

    #[test]
    fn multiples_of_one_unknown_compare() {
        let plan = plan();
        let fifteen = scaled(15, Amount::Premium);
        let eighteen = scaled(18, Amount::Premium);
        assert!(compare(&plan, &fifteen, &eighteen).never);
        let other = compare(&plan, &eighteen, &fifteen);
        assert!(!other.never && other.exceeds.is_some(), "any premium is some");
    }

    #[test]
    fn a_fixed_amount_is_above_another() {
        let plan = plan();
        let found = compare(&plan, &Amount::Fixed(Fen(5)), &Amount::Fixed(Fen(3)));
        let excess = found.exceeds.unwrap();
        assert_eq!(
            (excess.amount, excess.other),
            (Some(Ratio::integer(5)), Some(Ratio::integer(3)))
        );
        assert!(
            compare(&plan, &Amount::Unlimited, &Amount::Fixed(Fen(3)))
                .exceeds
                .is_some()
        );
        assert!(compare(&plan, &Amount::Fixed(Fen(3)), &Amount::Unlimited).never);
    }

    #[test]
    fn dates_and_decisions_meet_only_where_both_hold() {
        let plan = plan();
        let day = jiff::civil::date(2024, 1, 1);
        let dated = |early, late| {
            Amount::Dated(vec![
                (None, Amount::Fixed(Fen(early))),
                (Some(day), Amount::Fixed(Fen(late))),
            ])
        };
        assert!(compare(&plan, &dated(1, 5), &dated(2, 6)).never);
        let excess = compare(&plan, &dated(1, 7), &dated(2, 6)).exceeds.unwrap();
        assert_eq!(excess.guard.from, Some(day));
        let decided = |then, otherwise| Amount::Decided {
            decision: DecisionId(0),
            then: Box::new(Amount::Fixed(Fen(then))),
            otherwise: Box::new(Amount::Fixed(Fen(otherwise))),
        };
        assert!(compare(&plan, &decided(9, 1), &decided(9, 1)).never);
        assert!(compare(&plan, &decided(9, 1), &Amount::Fixed(Fen(8))).exceeds.is_some());
    }
}
