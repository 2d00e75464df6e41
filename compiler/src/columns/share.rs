//! How a group shares what a limit leaves it (SEMANTICS §4.6): tiers, rooms, largest remainder. Whole numbers only.

#![allow(clippy::indexing_slicing, reason = "positions count the very list that is indexed")]

use crate::emit::program::Quotient;

/// What a limit does to a group's total, in 分.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// At most this is paid; lower tiers are served first.
    UpTo(i64),
    /// This much is not paid; lower tiers bear it first.
    Less(i64),
}

impl Bound {
    /// What is left of a tier's sum after the tiers before it.
    pub fn room(self, before: i64, sum: i64) -> i64 {
        match self {
            Bound::UpTo(most) => most.saturating_sub(before).clamp(0, sum),
            Bound::Less(less) => sum - less.saturating_sub(before).clamp(0, sum),
        }
    }
    /// What it leaves an amount that stands alone; `None` where that overflows.
    pub fn alone(self, amount: i64, ratio_to: Option<Quotient>) -> Option<i64> {
        let room = self.room(0, amount);
        if room >= amount {
            return Some(amount);
        }
        Some(Ratio::of(room, amount, ratio_to)?.part(amount)?.0)
    }
    /// Whether a group of this total keeps less than all.
    pub fn binds(self, total: i64) -> bool {
        match self {
            Bound::UpTo(most) => most < total,
            Bound::Less(less) => less > 0,
        }
    }
}

/// The ratio of what is paid of one tier.
#[derive(Debug, Clone, Copy)]
pub struct Ratio {
    numerator: i128,
    denominator: i128,
}

impl Ratio {
    /// Room over sum, or that rounded down to a multiple of `ratio_to` first.
    pub fn of(room: i64, sum: i64, ratio_to: Option<Quotient>) -> Option<Self> {
        let exact = Ratio {
            numerator: i128::from(room),
            denominator: i128::from(sum),
        };
        let Some(step) = ratio_to.filter(|step| step.numerator > 0) else {
            return Some(exact);
        };
        let top = exact.numerator.checked_mul(step.denominator)?;
        let steps = top / exact.denominator.checked_mul(step.numerator)?;
        let numerator = steps.checked_mul(step.numerator)?;
        let common = num_integer::gcd(numerator, step.denominator).max(1);
        Some(Ratio {
            numerator: numerator / common,
            denominator: step.denominator / common,
        })
    }
    /// Whether what it rounds off fits 64 bits.
    pub fn is_short(self) -> bool {
        u64::try_from(self.denominator).is_ok()
    }
    /// The amount's part rounded down, and what was rounded off.
    #[inline]
    pub fn part(self, amount: i64) -> Option<(i64, i128)> {
        // Most products fit 64 bits, where division is many times faster.
        if let (Ok(n), Ok(d)) = (u64::try_from(self.numerator), u64::try_from(self.denominator))
            && let Some(product) = (amount as u64).checked_mul(n)
        {
            return Some(((product / d) as i64, i128::from(product % d)));
        }
        let product = i128::from(amount).checked_mul(self.numerator)?;
        Some((
            i64::try_from(product / self.denominator).ok()?,
            product % self.denominator,
        ))
    }
}

/// Splits `amounts` into tiers (given by the number of items in each, in order) and returns what each keeps; items
/// stand in the order that breaks ties. `None` where a sum overflows.
pub fn share_out(amounts: &[i64], tiers: &[usize], bound: Bound, ratio_to: Option<Quotient>) -> Option<Vec<i64>> {
    let mut kept = Vec::with_capacity(amounts.len());
    let (mut start, mut before) = (0, 0i64);
    for &size in tiers {
        let tier = &amounts[start..start + size];
        start += size;
        let sum = tier.iter().try_fold(0i64, |sum, x| sum.checked_add(*x))?;
        let room = bound.room(before, sum);
        before = before.checked_add(sum)?;
        if room >= sum {
            kept.extend_from_slice(tier);
            continue;
        }
        let ratio = Ratio::of(room, sum, ratio_to)?;
        let (target, _) = ratio.part(sum)?;
        let mut parts = tier.iter().map(|x| ratio.part(*x)).collect::<Option<Vec<_>>>()?;
        let missing = target - parts.iter().map(|(part, _)| part).sum::<i64>();
        let mut order: Vec<usize> = (0..parts.len()).collect();
        order.sort_by_key(|i| std::cmp::Reverse(parts[*i].1));
        for i in order.into_iter().take(usize::try_from(missing).unwrap_or(0)) {
            parts[i].0 += 1;
        }
        kept.extend(parts.into_iter().map(|(part, _)| part));
    }
    Some(kept)
}

/// The parts of a paid amount by largest remainder, ties in written order.
#[derive(Debug)]
pub struct Shares {
    parts: Vec<i128>,
    denominator: i128,
    order: Vec<usize>,
    rest: Vec<i128>,
}

impl Shares {
    pub fn new(parts: Vec<i128>, denominator: i128) -> Self {
        Shares {
            order: Vec::with_capacity(parts.len()),
            rest: Vec::with_capacity(parts.len()),
            parts,
            denominator,
        }
    }

    /// The shares of many amounts, a list for each part; `None` where a product overflows.
    pub fn columns(&mut self, paid: &[i64]) -> Option<Vec<Vec<i64>>> {
        let mut columns = vec![vec![0i64; paid.len()]; self.parts.len()];
        let mut shares = vec![0; self.parts.len()];
        if columns.is_empty() {
            return Some(columns);
        }
        // Many rows in a row are paid alike.
        let mut before = 0;
        for (at, paid) in paid.iter().enumerate() {
            if *paid == 0 {
                continue;
            }
            if *paid != before {
                self.of(*paid, &mut shares)?;
                before = *paid;
            }
            for (column, share) in columns.iter_mut().zip(&shares) {
                column[at] = *share;
            }
        }
        Some(columns)
    }

    /// Writes the shares of `paid` to `into`; `None` where a product overflows.
    fn of(&mut self, paid: i64, into: &mut [i64]) -> Option<()> {
        let mut missing = paid;
        self.rest.clear();
        for (parts, share) in self.parts.iter().zip(into.iter_mut()) {
            let ratio = Ratio {
                numerator: *parts,
                denominator: self.denominator,
            };
            let (part, rest) = ratio.part(paid)?;
            *share = part;
            missing -= part;
            self.rest.push(rest);
        }
        if missing > 0 {
            self.order.clear();
            self.order.extend(0..self.parts.len());
            self.order.sort_by_key(|i| std::cmp::Reverse(self.rest[*i]));
            for i in self.order.iter().take(usize::try_from(missing).unwrap_or(0)) {
                into[*i] += 1;
            }
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn tiers_rooms_and_remainders() {
        let kept = share_out(&[10_000_000; 7], &[7], Bound::UpTo(10_000_000), None).unwrap();
        assert_eq!(kept.iter().sum::<i64>(), 10_000_000);
        assert_eq!(kept[..3], [1_428_572; 3]);
        assert_eq!(
            share_out(&[60, 30, 30, 50], &[1, 2, 1], Bound::UpTo(100), None).unwrap(),
            [60, 20, 20, 0]
        );
        assert_eq!(
            share_out(&[60, 30, 30], &[1, 2], Bound::Less(80), None).unwrap(),
            [0, 20, 20]
        );
        assert_eq!(share_out(&[i64::MAX, 1], &[2], Bound::UpTo(5), None), None);
        let thousandth = Quotient {
            numerator: 1,
            denominator: 1000,
        };
        assert_eq!(
            share_out(&[333; 3], &[3], Bound::UpTo(666), Some(thousandth)).unwrap(),
            [222, 222, 221]
        );
    }

    #[test]
    fn shares_add_up_with_ties_in_written_order() {
        let mut shares = Shares::new(vec![1, 1, 1], 3);
        let mut parts = [0; 3];
        shares.of(100, &mut parts).unwrap();
        assert_eq!(parts, [34, 33, 33]);
        shares.of(i64::MAX, &mut parts).unwrap();
        assert_eq!(parts.iter().map(|p| i128::from(*p)).sum::<i128>(), i128::from(i64::MAX));
    }
}
