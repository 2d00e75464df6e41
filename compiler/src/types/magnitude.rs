//! Is it 元 or 万元? A likely slip of the unit is asked about, with the amount that was likely meant.

use crate::money::Fen;
use crate::resolve::walk::Scale;

/// What Chinese documents write between two units of money: 万, 亿.
const STEPS: [i64; 2] = [10_000, 100_000_000];

/// The amounts that are usual for a scale, in 分, both included.
fn usual(scale: Scale) -> Option<(i64, i64)> {
    Some(match scale {
        // 1,000 元 to 10 million 元 for a life
        Scale::Life => (100_000, 1_000_000_000),
        // 10 元 to 100 million 元 for the loss of one claim
        Scale::Benefit => (1_000, 10_000_000_000),
        // 100,000 元 to a million million 元 for all claims of an event or a year
        Scale::Aggregate => (10_000_000, 100_000_000_000_000),
        Scale::Any => return None,
    })
}

/// The amount that was likely meant where the one written is out of all proportion, and 万 or 亿 more or less is not.
pub fn likely(amount: Fen, scale: Scale) -> Option<Fen> {
    let (low, high) = usual(scale)?;
    // Zero is meant: nothing is paid.
    if amount.0 == 0 || (low..=high).contains(&amount.0) {
        return None;
    }
    shifted(amount.0).find(|meant| (low..=high).contains(meant)).map(Fen)
}

/// The same among the cells of one column: far from the middle one, and near it with another unit.
pub fn among(amount: Fen, middle: Fen) -> Option<Fen> {
    const FAR: i64 = 1_000;
    const NEAR: i64 = 20;
    let within = |value: i64, factor: i64| {
        value.checked_mul(factor).is_none_or(|most| most >= middle.0)
            && middle.0.checked_mul(factor).is_none_or(|most| most >= value)
    };
    if amount.0 == 0 || middle.0 == 0 || within(amount.0, FAR) {
        return None;
    }
    shifted(amount.0).find(|meant| within(*meant, NEAR)).map(Fen)
}

/// The amount with another unit, the nearest units first.
fn shifted(amount: i64) -> impl Iterator<Item = i64> {
    STEPS.iter().flat_map(move |step| {
        let less = (amount % step == 0).then_some(amount / step);
        [amount.checked_mul(*step), less].into_iter().flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const YUAN: i64 = 100;

    #[track_caller]
    fn check(yuan: i64, scale: Scale, expect: Option<i64>) {
        let found = likely(Fen(yuan * YUAN), scale);
        assert_eq!(found, expect.map(|yuan| Fen(yuan * YUAN)));
    }

    #[test]
    fn a_life_is_not_worth_ten_yuan() {
        check(10, Scale::Life, Some(100_000));
        check(1_000_000_000, Scale::Life, Some(100_000));
        check(100_000, Scale::Life, None);
        check(0, Scale::Life, None);
    }
    #[test]
    fn small_goods_and_large_limits_are_usual() {
        check(600, Scale::Benefit, None);
        check(200_000_000, Scale::Benefit, Some(20_000));
        check(30_000_000, Scale::Aggregate, None);
        check(3_000, Scale::Aggregate, Some(30_000_000));
        check(5, Scale::Any, None);
    }
    #[test]
    fn a_cell_far_from_its_column_is_asked_about() {
        let wan = |n: i64| Fen(n * 10_000 * YUAN);
        assert_eq!(among(Fen(8 * YUAN), wan(7)), Some(wan(8)));
        assert_eq!(among(wan(1), wan(10)), None);
        assert_eq!(among(wan(1), wan(100)), None);
        assert_eq!(among(Fen(5_000 * YUAN), wan(900_000)), None);
    }
}
