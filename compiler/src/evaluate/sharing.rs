//! How a group shares what a limit leaves it (SEMANTICS §4.6): tiers, rooms, largest remainder. Integers only.

use crate::money::Ratio;

/// What a limit does to a group's total, in 分.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bound {
    /// At most this is paid; lower tiers are served first.
    UpTo(i64),
    /// This much is not paid; lower tiers bear it first, as a deductible is used up by the first losses.
    Less(i64),
}

impl Bound {
    /// What it leaves an amount that stands alone; `None` where that overflows.
    pub fn alone(self, amount: i64, ratio_to: Option<Ratio>) -> Option<i64> {
        share_out(&[amount], &[1], self, ratio_to)?.pop()
    }
}

/// Splits `amounts` into tiers (given by the number of items in each, in order; they cover all amounts) and returns
/// what each item keeps. Items stand in the order that breaks ties. `None` where a sum overflows.
pub(crate) fn share_out(amounts: &[i64], tiers: &[usize], bound: Bound, ratio_to: Option<Ratio>) -> Option<Vec<i64>> {
    let mut kept = Vec::with_capacity(amounts.len());
    let mut rest = amounts;
    let mut before: i64 = 0;
    for &size in tiers {
        let (tier, others) = rest.split_at_checked(size)?;
        rest = others;
        let sum = tier.iter().try_fold(0i64, |sum, x| sum.checked_add(*x))?;
        let room = match bound {
            Bound::UpTo(most) => most.saturating_sub(before).clamp(0, sum),
            Bound::Less(less) => sum - less.saturating_sub(before).clamp(0, sum),
        };
        before = before.checked_add(sum)?;
        kept.extend(within(tier, sum, room, ratio_to)?);
    }
    Some(kept)
}

/// Shares `room ≤ sum` among the items of one tier.
fn within(tier: &[i64], sum: i64, room: i64, ratio_to: Option<Ratio>) -> Option<Vec<i64>> {
    if room >= sum {
        return Some(tier.to_vec());
    }
    // The ratio of what is paid: room / sum, or rounded down to a multiple first.
    let (mut numerator, mut denominator) = (i128::from(room), i128::from(sum));
    if let Some(step) = ratio_to.filter(|step| step.numerator() > 0) {
        let steps = numerator.checked_mul(step.denominator())? / denominator.checked_mul(step.numerator())?;
        let ratio = Ratio::new(steps.checked_mul(step.numerator())?, step.denominator())?;
        (numerator, denominator) = (ratio.numerator(), ratio.denominator());
    }
    let paid = i128::from(sum).checked_mul(numerator)? / denominator;
    let quotas = tier
        .iter()
        .map(|x| i128::from(*x).checked_mul(numerator))
        .collect::<Option<Vec<_>>>()?;
    Some(largest_remainder(&quotas, denominator, paid))
}

/// Each quota's ⌊q / d⌋, and the missing units one each by remainder descending, then by position. `total` is the sum
/// of all parts, at most ⌊Σq / d⌋; quotas are not negative and each part fits 64 bits.
pub(crate) fn largest_remainder(quotas: &[i128], denominator: i128, total: i128) -> Vec<i64> {
    let floors: Vec<i128> = quotas.iter().map(|q| q / denominator).collect();
    let missing = usize::try_from(total - floors.iter().sum::<i128>()).unwrap_or(0);
    let mut parts: Vec<i64> = floors
        .into_iter()
        .map(|f| i64::try_from(f).unwrap_or(i64::MAX))
        .collect();
    if missing > 0 {
        let mut order: Vec<usize> = (0..parts.len()).collect();
        // A stable sort keeps the position as the tie-break.
        order.sort_by_key(|&i| std::cmp::Reverse(quotas.get(i).map_or(0, |q| q % denominator)));
        for i in order.into_iter().take(missing) {
            if let Some(part) = parts.get_mut(i) {
                *part += 1;
            }
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)] // tests
    use super::*;

    #[test]
    fn seven_share_the_last_hundred_thousand() {
        let kept = share_out(&[10_000_000; 7], &[7], Bound::UpTo(10_000_000), None).unwrap();
        assert_eq!(
            kept,
            [
                1_428_572, 1_428_572, 1_428_572, 1_428_571, 1_428_571, 1_428_571, 1_428_571
            ]
        );
    }

    #[test]
    fn the_first_tier_is_served_first_and_the_last_partly() {
        assert_eq!(
            share_out(&[60, 30, 30, 50], &[1, 2, 1], Bound::UpTo(100), None).unwrap(),
            [60, 20, 20, 0]
        );
    }

    #[test]
    fn the_first_losses_use_up_a_deductible() {
        assert_eq!(
            share_out(&[60, 30, 30], &[1, 2], Bound::Less(80), None).unwrap(),
            [0, 20, 20]
        );
        assert_eq!(share_out(&[60, 30], &[1, 1], Bound::Less(100), None).unwrap(), [0, 0]);
    }

    #[test]
    fn a_ratio_may_be_rounded_down_first() {
        // 2/3 → 0.666: 999 × 0.666 = 665.334, so 665 is paid.
        let kept = share_out(&[333; 3], &[3], Bound::UpTo(666), Ratio::new(1, 1000)).unwrap();
        assert_eq!(kept, [222, 222, 221]);
    }

    #[test]
    fn larger_remainders_come_first() {
        // 10 × 1, 2, 4 of 7: 1.43, 2.86, 5.71
        assert_eq!(share_out(&[1, 2, 4], &[3], Bound::UpTo(5), None).unwrap(), [1, 1, 3]);
        assert_eq!(share_out(&[i64::MAX, 1], &[2], Bound::UpTo(5), None), None);
        assert_eq!(
            share_out(&[i64::MAX - 1, 1], &[2], Bound::UpTo(i64::MAX - 1), None).unwrap(),
            [i64::MAX - 2, 1]
        );
    }
}
