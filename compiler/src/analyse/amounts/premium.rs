//! What the total premium can come to: the total that a clause states, or so much for each person and household of the
//! bases. Two benefits differ by the premium only where some bases give it.

use super::{Atom, bound, number, usual};
use crate::money::{Fen, MAX_FEN, Ratio};
use crate::plan::{Amount, ParameterId, Plan, RateBase, RatioValue, ValueId};
use num_integer::Integer;
use std::collections::BTreeMap;

/// How the premium is written in amounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Premium {
    /// A total, whatever the bases
    Stated(Amount),
    /// Multiples of so many 分: [`Amount::Premium`] counts them.
    Steps(i64),
}

impl Premium {
    pub fn of(plan: &Plan) -> Self {
        let Some(premium) = &plan.premium else {
            return Premium::Steps(1);
        };
        if premium.rates.is_empty() {
            return match premium.total.as_ref().map(|total| &total.amount) {
                Some(total @ (Amount::Fixed(_) | Amount::Parameter { .. })) => Premium::Stated(total.clone()),
                _ => Premium::Steps(1),
            };
        }
        match rates(plan, &|parameter, cell| bound(plan, parameter, cell)).map(|(a, b)| a.gcd(&b)) {
            Some(0) => Premium::Stated(Amount::Fixed(Fen(0))),
            Some(step) => Premium::Steps(step),
            // A contract sets the rates.
            None => Premium::Steps(1),
        }
    }
    /// The premium as an amount of what it is written by.
    pub fn written(&self, amount: &Amount) -> Option<Amount> {
        match (amount, self) {
            (Amount::Premium, Premium::Stated(total)) => Some(total.clone()),
            (Amount::Premium, Premium::Steps(step)) if *step > 1 => Some(Amount::Scaled {
                ratio: RatioValue::Exact(Ratio::integer(*step)),
                of: Box::new(Amount::Premium),
            }),
            _ => None,
        }
    }
    fn step(&self) -> i64 {
        match self {
            Premium::Stated(_) => 1,
            Premium::Steps(step) => *step,
        }
    }
    /// The most steps: no premium is greater than any amount.
    pub fn most(&self) -> i64 {
        MAX_FEN / self.step()
    }
    /// The steps of the bases that a file states, or of some.
    pub fn usual(&self, plan: &Plan) -> Option<i64> {
        let (persons, households) = stated(plan);
        let (of_person, of_household) = rates(plan, &|parameter, _| number(&usual(plan, parameter)?))?;
        let of = |rate: i64, count: i64| rate.checked_mul(count);
        let total = of(of_person, persons)?.checked_add(of(of_household, households)?)?;
        Some(total / self.step())
    }
    /// Values of what is open with the premium in 分; nothing where no bases give it.
    pub fn told(&self, plan: &Plan, open: &BTreeMap<Atom, Ratio>) -> Option<BTreeMap<Atom, Ratio>> {
        let mut open = open.clone();
        if let Some(premium) = open.get_mut(&Atom::Premium) {
            *premium = premium.checked_mul(Ratio::integer(self.step()))?;
            counts(plan, &open)?;
        }
        Some(open)
    }
}

/// The total premium, where a clause states it or no rate brings anything.
pub(super) fn stated_total(plan: &Plan) -> Option<Amount> {
    match Premium::of(plan) {
        Premium::Stated(total) => Some(total),
        Premium::Steps(_) => None,
    }
}

/// What each person and each household brings, in 分; `None` where that is not known.
fn rates(plan: &Plan, set: &dyn Fn(ParameterId, Option<ValueId>) -> Option<Ratio>) -> Option<(i64, i64)> {
    let (mut persons, mut households) = (0i64, 0i64);
    for rate in &plan.premium.as_ref()?.rates {
        let amount = match &rate.amount {
            Amount::Fixed(fen) => fen.0,
            Amount::Parameter { parameter, value } => {
                let set = set(*parameter, *value).filter(|set| set.denominator() == 1)?;
                i64::try_from(set.numerator()).ok()?
            }
            _ => return None,
        };
        let sum = match rate.per {
            RateBase::Persons => &mut persons,
            RateBase::Households => &mut households,
        };
        *sum = sum.checked_add(amount)?;
    }
    (!plan.premium.as_ref()?.rates.is_empty()).then_some((persons, households))
}

/// The persons and households that the document states, or some.
fn stated(plan: &Plan) -> (i64, i64) {
    let stated = |counts: RateBase| {
        let bases = plan.premium.iter().flat_map(|premium| &premium.bases);
        bases.filter(|base| base.counts == counts).find_map(|base| base.stated)
    };
    let persons = stated(RateBase::Persons).unwrap_or(10_000);
    (persons, stated(RateBase::Households).unwrap_or(3_000))
}

/// So many households are tried beside persons.
const TRIED: i64 = 10_000;

/// Persons and households whose premium is the one among the values of what is open: as stated, where they give it or none
/// is wanted. `None`: none were found.
pub fn counts(plan: &Plan, open: &BTreeMap<Atom, Ratio>) -> Option<(i64, i64)> {
    let (persons, households) = stated(plan);
    let Some(wanted) = open.get(&Atom::Premium) else {
        return Some((persons, households));
    };
    let wanted = i64::try_from(wanted.numerator())
        .ok()
        .filter(|_| wanted.denominator() == 1)?;
    let set = |parameter, cell| {
        let set = open.get(&Atom::Parameter(parameter, cell)).copied();
        set.or_else(|| number(&usual(plan, parameter)?))
    };
    let (of_person, of_household) = rates(plan, &set)?;
    let rest = |households: i64| wanted.checked_sub(of_household.checked_mul(households)?);
    let found = |households: i64| {
        let rest = rest(households)?;
        match of_person {
            0 => (rest == 0).then_some((persons, households)),
            of_person => (rest >= 0 && rest % of_person == 0).then(|| (rest / of_person, households)),
        }
    };
    let only = (of_household > 0).then(|| wanted / of_household);
    let few = 0..=only.unwrap_or(0).min(TRIED);
    let candidates = [Some(households), only].into_iter().flatten().chain(few);
    candidates.into_iter().find_map(found)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::analyse::tests::plan;
    use crate::plan::{Rate, Source};

    fn with_rates(rates: &[(i64, RateBase)]) -> Plan {
        let mut plan = plan();
        let rate = |(fen, per): &(i64, RateBase)| Rate {
            amount: Amount::Fixed(Fen(*fen)),
            per: *per,
            source: Source::default(),
        };
        plan.premium = Some(crate::plan::Premium {
            rates: rates.iter().map(rate).collect(),
            by_contract: None,
            bases: Vec::new(),
            total: None,
            payers: Vec::new(),
            due: None,
            source: Source::default(),
        });
        plan
    }

    #[test]
    fn bases_that_are_found_give_the_premium() {
        let wanted = |plan: &Plan, fen: i64| counts(plan, &BTreeMap::from([(Atom::Premium, Ratio::integer(fen))]));
        let persons = with_rates(&[(300, RateBase::Persons)]);
        assert_eq!(wanted(&persons, 900).map(|found| found.0), Some(3));
        assert_eq!(wanted(&persons, 901), None);
        let both = with_rates(&[(300, RateBase::Persons), (500, RateBase::Households)]);
        for fen in [0, 300, 500, 800, 1_100, 3_000_000 + 1_500_000, 100_000_000_000_100] {
            let (persons, households) = wanted(&both, fen).unwrap();
            assert_eq!(300 * persons + 500 * households, fen);
            assert!(persons >= 0 && households >= 0);
        }
        assert_eq!(wanted(&both, 700), None);
        // As the file has them, where these give it.
        assert_eq!(wanted(&both, 3_000_000 + 1_500_000), Some((10_000, 3_000)));
        assert_eq!(Premium::of(&both), Premium::Steps(100));
        assert_eq!(Premium::of(&both).usual(&both), Some(45_000));
        assert_eq!(wanted(&plan(), 900), None);
    }
}
