//! Values as a claim file spells them, large enough to reach caps.

use super::*;
use crate::money::Grid;

/// The quantities that an amount reads, with the most units that count.
pub(super) fn quantities_read(amount: &Amount, read: &mut BTreeMap<FactId, Option<i64>>) {
    match amount {
        Amount::Fact(fact) => {
            read.entry(*fact).or_default();
        }
        Amount::PerUnit { rate, count, units } => {
            quantities_read(rate, read);
            let most = match units {
                Some(Count::Exact(units)) => Some(*units),
                Some(Count::Parameter(_)) | None => None,
            };
            read.insert(*count, most);
        }
        Amount::Scaled { of, .. } => quantities_read(of, read),
        Amount::Sum(parts) => parts.iter().for_each(|part| quantities_read(part, read)),
        Amount::Dated(values) => values.iter().for_each(|(_, value)| quantities_read(value, read)),
        Amount::Decided { then, otherwise, .. } => {
            quantities_read(then, read);
            quantities_read(otherwise, read);
        }
        Amount::Fixed(_)
        | Amount::Parameter { .. }
        | Amount::Premium
        | Amount::Balance(_)
        | Amount::DecisionValue(_)
        | Amount::Unlimited => {}
    }
}

/// As much of a quantity as its class allows where it is read, else any of its class.
pub(super) fn quantity(
    (plan, env): (&Plan, &Env),
    (id, fact): (FactId, &Fact),
    class: Option<&Class>,
    read: Option<&Option<i64>>,
    ample: i64,
) -> Option<String> {
    let (from, below) = match class {
        Some(Class::Interval { from, below }) => (*from, *below),
        Some(_) => return None,
        None => (None, None),
    };
    let much = match &fact.kind {
        FactKind::Money => ample,
        FactKind::Count { .. } => read.copied().flatten().unwrap_or(AMPLE_UNITS),
        FactKind::Number { to, precision, .. } => to
            .numerator()
            .checked_mul(precision.denominator())
            .zip(to.denominator().checked_mul(precision.numerator()))
            .filter(|(_, by)| *by > 0)
            .and_then(|(n, by)| i64::try_from(n.div_euclid(by)).ok())
            .unwrap_or_default(),
        FactKind::YesNo => return Some("true".to_owned()),
        _ => 0,
    };
    match (read, fact.kind.grid()) {
        (None, _) if (from, below) == (None, None) => spelt(fact, Ratio::integer(much)),
        (None, _) | (_, Some(Grid::RATIOS)) => placed(fact, any(fact, from, below)),
        // Less than three months are most of three.
        (Some(_), Some(_)) => spelt(fact, env.most_inside(plan, id, much)?),
        (Some(_), None) => {
            let units = below.map_or(much.max(from.unwrap_or(0)), |below| below - 1);
            placed(fact, units)
        }
    }
}

/// Some place in a class.
fn any(fact: &Fact, from: Option<i64>, below: Option<i64>) -> i64 {
    match fact.kind {
        FactKind::Ratio => plain_ratio(from, below),
        _ => from.or(below.map(|below| below - 1)).unwrap_or(0),
    }
}

/// A position of a ratio in the interval, the roundest that there is near its lower end.
pub(super) fn plain_ratio(from: Option<i64>, below: Option<i64>) -> i64 {
    let from = from.unwrap_or(0).max(0);
    let inside = |position: &i64| below.is_none_or(|below| *position < below);
    let rounded = [1, 10, 100, 1_000, 1_000_000].into_iter().find_map(|parts| {
        let step = i64::try_from(2 * RATIO_GRID / parts).ok()?;
        let up = from.checked_add(step - 1)?.div_euclid(step);
        up.checked_mul(step).filter(inside)
    });
    rounded.unwrap_or(from)
}

/// A quantity at a place that classes tell apart ([`Class::Interval`]), as a claim file spells it.
pub fn placed(fact: &Fact, place: i64) -> Option<String> {
    match fact.kind.grid() {
        Some(grid) => spelt(fact, grid.at(place)?),
        None => spelt(fact, Ratio::integer(place)),
    }
}

/// A quantity in its units as a claim file spells it.
pub fn spelt(fact: &Fact, units: Ratio) -> Option<String> {
    match &fact.kind {
        FactKind::Money => Some(Fen(whole(units)?).to_string()),
        FactKind::Count { .. } => decimal(units),
        FactKind::Ratio => Some(units.to_string()),
        FactKind::Number { precision, .. } => decimal(units.checked_mul(*precision)?),
        FactKind::Date => {
            let days = jiff::Span::new().try_days(whole(units)?).ok()?;
            Some(jiff::civil::date(1970, 1, 1).checked_add(days).ok()?.to_string())
        }
        _ => None,
    }
}

fn decimal(value: Ratio) -> Option<String> {
    let exact = rust_decimal::Decimal::try_from_i128_with_scale(value.numerator(), 0).ok()?
        / rust_decimal::Decimal::try_from_i128_with_scale(value.denominator(), 0).ok()?;
    Some(exact.normalize().to_string())
}

/// An amount above every cap of the plan: a power of ten.
pub(super) fn ample(plan: &Plan) -> i64 {
    let mut largest = 0;
    let mut look = |amount: &Amount| largest = largest.max(largest_constant(amount));
    for pipeline in &plan.pipelines {
        look(&pipeline.start);
        for step in &pipeline.steps {
            if let Operation::Less(amount) | Operation::UpTo(amount) | Operation::AtLeast(amount) = &step.operation {
                look(amount);
            }
        }
    }
    for limit in &plan.limits {
        if let LimitRule::UpTo(amount) | LimitRule::Less(amount) = &limit.rule {
            look(amount);
        }
    }
    let mut ample = AMPLE;
    while ample < MAX_FEN && ample / 10 < largest {
        ample = ample.saturating_mul(10);
    }
    ample.min(MAX_FEN)
}

pub(super) fn largest_constant(amount: &Amount) -> i64 {
    match amount {
        Amount::Fixed(fen) => fen.0,
        Amount::PerUnit { rate, .. } => largest_constant(rate),
        Amount::Scaled { of, .. } => largest_constant(of),
        Amount::Sum(parts) => parts.iter().map(largest_constant).max().unwrap_or_default(),
        Amount::Dated(values) => values
            .iter()
            .map(|(_, value)| largest_constant(value))
            .max()
            .unwrap_or_default(),
        Amount::Decided { then, otherwise, .. } => largest_constant(then).max(largest_constant(otherwise)),
        _ => 0,
    }
}

pub(super) fn sample_key(fact: &str) -> String {
    let letter = fact.chars().next().map_or('K', |c| c.to_ascii_uppercase());
    format!("{letter}1")
}

/// One value of a class as a claim file spells it.
pub fn sample(plan: &Plan, fact: &Fact, class: &Class) -> Option<String> {
    match class {
        Class::Values(values) => {
            let domain = match fact.kind {
                FactKind::Enumeration { domain, .. } => plan.domains.get(domain.index())?,
                _ => return None,
            };
            // A value without others below it is what a claim usually carries.
            let inner = |value: ValueId| domain.values.iter().any(|v| v.parent == Some(value));
            let value = values.iter().find(|v| !inner(**v)).or(values.first())?;
            value_name(plan, fact, *value)
        }
        Class::Interval { from, below } => placed(fact, any(fact, *from, *below)),
        Class::Yes => Some("true".to_owned()),
        Class::No => Some("false".to_owned()),
    }
}

/// The Chinese name of a value of an enumeration fact.
pub fn value_name(plan: &Plan, fact: &Fact, value: ValueId) -> Option<String> {
    match fact.kind {
        FactKind::Enumeration { domain, .. } => plan
            .domains
            .get(domain.index())?
            .values
            .get(value.index())
            .map(|value| value.name.zh.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn a_sample_ratio_is_round_and_in_its_interval() {
        let at = |n: i128, d: i128| Ratio::new(n, d).unwrap().position();
        let sample = |from: Option<i64>, below: Option<i64>| {
            let position = plain_ratio(from, below);
            assert!(from.is_none_or(|from| from <= position) && below.is_none_or(|below| position < below));
            Ratio::at_position(position).unwrap().to_string()
        };
        assert_eq!(sample(None, Some(at(1, 2))), "0/1");
        assert_eq!(sample(Some(at(1, 2)), None), "1/1");
        assert_eq!(sample(Some(at(1, 2)), Some(at(1, 2) + 1)), "1/2");
        assert_eq!(sample(Some(at(1, 2) + 1), Some(at(2, 3))), "3/5");
        assert_eq!(sample(Some(at(1, 3)), Some(at(1, 3) + 1)), "1/3");
    }
}
