//! What a few lines can be paid together where limits cut across one another.
//!
//! Where filters nest, the total after all limits does not depend on who is cut, and the sum of the outermost limits is
//! exact. Where they cross, it does: that sum is then only an upper bound, and what some choice of rows is really paid
//! is a lower one. Rows may be left out, come one day after another in any order, or be claimed for no more than the
//! least limit on their way; each of these is tried.

use super::amounts::{Top, least};
use crate::money::Ratio;

/// One limit over some of the lines.
#[derive(Debug, Clone)]
pub(super) struct Cap {
    /// The lines that it holds, by index
    pub inside: Vec<usize>,
    pub amount: Ratio,
    /// It holds each line by itself.
    pub each: bool,
    pub shared: Shared,
}

/// How a limit is handed out among lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shared {
    ByDate,
    ProRata,
    /// By ranks: what single lines get is not worked out here.
    Ranked,
}

/// The most that lines come to, between two bounds that are equal where it is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Through {
    /// No rows come to more.
    pub most: Top,
    /// Some rows come to so much.
    pub attained: Top,
}

/// At most so many lines are tried in every order.
const ORDERED: usize = 5;

pub(super) fn through(values: &[Top], caps: &[Cap]) -> Through {
    let (most, exact) = outermost(values, caps);
    let attained = if exact { most } else { best(values, caps, most) };
    Through { most, attained }
}

/// The sum of the outermost limits; false where one cuts across what another holds.
fn outermost(values: &[Top], caps: &[Cap]) -> (Top, bool) {
    let mut blocks: Vec<(Vec<usize>, Top)> = values.iter().enumerate().map(|(i, top)| (vec![i], *top)).collect();
    let mut exact = true;
    for cap in caps {
        if cap.each {
            for (members, worth) in &mut blocks {
                match members.as_slice() {
                    [one] if cap.inside.contains(one) => *worth = least(*worth, Some(cap.amount)),
                    several => exact &= !several.iter().any(|i| cap.inside.contains(i)),
                }
            }
            continue;
        }
        let held = |(members, _): &(Vec<usize>, Top)| members.iter().all(|i| cap.inside.contains(i));
        exact &= !blocks
            .iter()
            .any(|block| !held(block) && block.0.iter().any(|i| cap.inside.contains(i)));
        let worth = sum(blocks.iter().filter(|block| held(block)).map(|(_, worth)| *worth));
        if worth.is_none_or(|worth| worth > cap.amount) {
            let (joined, rest): (Vec<_>, Vec<_>) = blocks.into_iter().partition(held);
            blocks = rest;
            if !joined.is_empty() {
                let members = joined.into_iter().flat_map(|(members, _)| members).collect();
                blocks.push((members, Some(cap.amount)));
            }
        }
    }
    (sum(blocks.iter().map(|(_, worth)| *worth)), exact)
}

/// The best of the choices of rows, up to the bound.
fn best(values: &[Top], caps: &[Cap], most: Top) -> Top {
    let modest: Vec<Top> = (0..values.len()).map(|i| modest(values, caps, i)).collect();
    let mut best = Some(Ratio::ZERO);
    for claimed in [values, modest.as_slice()] {
        for order in orders(values.len()) {
            for rows in choices(&order) {
                let paid = settled(claimed, caps, &rows);
                if above(paid, best) {
                    best = paid;
                }
                if best == most {
                    return best;
                }
            }
        }
    }
    best
}

/// No more than the least limit on the way of a line.
fn modest(values: &[Top], caps: &[Cap], line: usize) -> Top {
    let on_its_way = caps.iter().filter(|cap| cap.inside.contains(&line));
    let value = values.get(line).copied().flatten();
    on_its_way.fold(value, |top, cap| least(top, Some(cap.amount)))
}

fn orders(count: usize) -> Vec<Vec<usize>> {
    let all: Vec<usize> = (0..count).collect();
    if count > ORDERED {
        return vec![all.clone(), all.into_iter().rev().collect()];
    }
    let mut orders = vec![Vec::new()];
    for _ in 0..count {
        orders = orders
            .into_iter()
            .flat_map(|order: Vec<usize>| {
                let left: Vec<usize> = all.iter().copied().filter(|i| !order.contains(i)).collect();
                left.into_iter().map(move |i| [order.as_slice(), &[i]].concat())
            })
            .collect();
    }
    orders
}

/// The first so many rows of an order, for every number of rows: together with all orders, every set of rows.
fn choices(order: &[usize]) -> Vec<Vec<usize>> {
    (1..=order.len())
        .filter_map(|n| order.get(..n).map(<[usize]>::to_vec))
        .collect()
}

/// What rows are paid that come one after another, from the first; `None` where that is not known.
fn settled(values: &[Top], caps: &[Cap], rows: &[usize]) -> Top {
    let mut left: Vec<Top> = vec![Some(Ratio::ZERO); values.len()];
    for row in rows {
        *left.get_mut(*row)? = *values.get(*row)?;
    }
    for cap in caps {
        let inside: Vec<usize> = rows.iter().copied().filter(|row| cap.inside.contains(row)).collect();
        let total = sum(inside.iter().map(|row| left.get(*row).copied().flatten()));
        let binds = total.is_none_or(|total| total > cap.amount);
        let mut room = cap.amount;
        for row in inside.into_iter().filter(|_| binds) {
            let line = left.get_mut(row)?;
            *line = match (cap.each, cap.shared) {
                (true, _) => least(*line, Some(cap.amount)),
                (false, Shared::ByDate) => {
                    let kept = least(*line, Some(room))?;
                    room = room.checked_sub(kept)?;
                    Some(kept)
                }
                (false, Shared::ProRata) => floor(line.as_ref()?.checked_mul(portion(cap.amount, total?)?)?),
                (false, Shared::Ranked) => return Some(Ratio::ZERO),
            };
        }
    }
    sum(left.into_iter())
}

/// `amount / of`
fn portion(amount: Ratio, of: Ratio) -> Option<Ratio> {
    amount.checked_mul(Ratio::new(of.denominator(), of.numerator())?)
}

/// Whole 分, so that the sum is not above what is paid.
fn floor(value: Ratio) -> Top {
    Ratio::new(value.numerator().div_euclid(value.denominator()), 1)
}

fn sum(values: impl Iterator<Item = Top>) -> Top {
    values
        .into_iter()
        .try_fold(Ratio::ZERO, |sum, value| sum.checked_add(value?))
}

/// `a` is greater; without bound is greatest.
fn above(a: Top, b: Top) -> bool {
    match (a, b) {
        (_, None) => false,
        (None, Some(_)) => true,
        (Some(a), Some(b)) => a > b,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    fn cap(inside: &[usize], amount: i64, shared: Shared) -> Cap {
        Cap {
            inside: inside.to_vec(),
            amount: Ratio::integer(amount),
            each: false,
            shared,
        }
    }

    fn tops(values: &[i64]) -> Vec<Top> {
        values.iter().map(|value| Some(Ratio::integer(*value))).collect()
    }

    #[test]
    fn nested_limits_are_decided() {
        let caps = [cap(&[1], 3, Shared::ProRata), cap(&[0, 1], 12, Shared::ProRata)];
        let found = through(&tops(&[10, 5]), &caps);
        assert_eq!(found.most, Some(Ratio::integer(12)));
        assert_eq!(found.attained, found.most);
    }

    #[test]
    fn a_limit_across_a_block_leaves_bounds() {
        // 10 and 5 come to 12 together, and then the second to 1.
        let caps = [cap(&[0, 1], 12, Shared::ProRata), cap(&[1], 1, Shared::ProRata)];
        let found = through(&tops(&[10, 5]), &caps);
        assert_eq!(found.most, Some(Ratio::integer(12)));
        // Claimed for no more than 1, the second row takes nothing from the first.
        assert_eq!(found.attained, Some(Ratio::integer(11)));
    }

    #[test]
    fn a_row_left_out_may_decide_it() {
        let caps = [cap(&[0, 1], 8, Shared::ProRata), cap(&[1], 1, Shared::ProRata)];
        let found = through(&tops(&[10, 5]), &caps);
        assert_eq!(found.attained, found.most);
    }

    #[test]
    fn what_is_attained_is_never_above_the_bound() {
        let caps = |a, b, c| {
            [
                cap(&[0, 1], a, Shared::ByDate),
                cap(&[1, 2], b, Shared::ProRata),
                cap(&[0, 1, 2], c, Shared::ByDate),
            ]
        };
        for a in [0, 3, 9, 20] {
            for b in [1, 4, 11] {
                for c in [2, 10, 30] {
                    let found = through(&tops(&[7, 6, 5]), &caps(a, b, c));
                    assert!(found.attained.unwrap() <= found.most.unwrap(), "{a} {b} {c} {found:?}");
                }
            }
        }
    }
}
