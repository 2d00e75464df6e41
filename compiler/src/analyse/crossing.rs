//! What a few lines can be paid together where limits cut across one another.
//!
//! Where filters nest, the total after all limits does not depend on who is cut, and the sum of the outermost limits is
//! exact. Where they cross, it does. No line is paid more than any limit on its way, and no limit lets more through than
//! its amount, so whatever limits cover all lines bound their total: the least such sum is an upper bound. What some
//! choice of rows is really paid is a lower one: rows may be left out, come on one day or one after another in any order,
//! and, where they are for an actual loss, be claimed for no more than the limits leave; each of these is tried.

use super::amounts::{Top, above, least, sum};
use crate::money::Ratio;

/// One line as it may be claimed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Claimed {
    /// What it comes to at most
    pub top: Top,
    /// It may be claimed for less.
    pub actual: bool,
}

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
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shared {
    ByDate,
    ProRata,
    /// The rank of each line, the first served first; pro rata within one.
    Ranked(Vec<usize>),
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
/// Of at most so many limits every set is tried as a bound.
const BOUNDING: usize = 12;

pub(super) fn through(values: &[Claimed], caps: &[Cap]) -> Through {
    let (outermost, exact) = outermost(values, caps);
    if exact {
        return Through {
            most: outermost,
            attained: outermost,
        };
    }
    let most = least(outermost, covering(values, caps));
    Through {
        most,
        attained: best(values, caps, most),
    }
}

/// The least sum of limits that cover all lines, each of the rest at what it comes to alone.
fn covering(values: &[Claimed], caps: &[Cap]) -> Top {
    let alone: Vec<Top> = (0..values.len()).map(|line| modest(values, caps, line)).collect();
    let joint: Vec<&Cap> = caps
        .iter()
        .filter(|cap| !cap.each && cap.inside.len() > 1)
        .take(BOUNDING)
        .collect();
    let mut lowest = sum(alone.iter().copied());
    for set in 1usize..1 << joint.len() {
        let chosen = || {
            joint
                .iter()
                .enumerate()
                .filter(|(at, _)| set >> at & 1 == 1)
                .map(|(_, cap)| *cap)
        };
        let free = |line: &usize| !chosen().any(|cap| cap.inside.contains(line));
        let rest = (0..values.len())
            .filter(free)
            .map(|line| alone.get(line).copied().flatten());
        lowest = least(lowest, sum(rest.chain(chosen().map(|cap| Some(cap.amount)))));
    }
    lowest
}

/// The sum of the outermost limits; false where one cuts across what another holds.
fn outermost(values: &[Claimed], caps: &[Cap]) -> (Top, bool) {
    let mut blocks: Vec<(Vec<usize>, Top)> = values.iter().enumerate().map(|(i, line)| (vec![i], line.top)).collect();
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
fn best(values: &[Claimed], caps: &[Cap], most: Top) -> Top {
    let mut best = Some(Ratio::ZERO);
    for order in orders(values.len()) {
        for rows in choices(&order) {
            let full: Vec<Top> = values.iter().map(|line| line.top).collect();
            for claimed in [
                full,
                fitting(values, caps, &rows, false),
                fitting(values, caps, &rows, true),
            ] {
                for one_day in [false, true] {
                    let paid = settled(&claimed, caps, &rows, one_day);
                    if above(paid, best) {
                        best = paid;
                    }
                    if best == most {
                        return best;
                    }
                }
            }
        }
    }
    best
}

/// No more than the least limit on the way of a line.
fn modest(values: &[Claimed], caps: &[Cap], line: usize) -> Top {
    let on_its_way = caps.iter().filter(|cap| cap.inside.contains(&line));
    let value = values.get(line).and_then(|line| line.top);
    on_its_way.fold(value, |top, cap| least(top, Some(cap.amount)))
}

/// Each row of an actual loss claimed for no more than the rows before it leave of every limit; of a fixed sum what is
/// claimed is taken, or (`cut`) what its least limit leaves.
fn fitting(values: &[Claimed], caps: &[Cap], rows: &[usize], cut: bool) -> Vec<Top> {
    let mut claimed: Vec<Top> = vec![Some(Ratio::ZERO); values.len()];
    let mut takes = claimed.clone();
    for row in rows {
        let Some(line) = values.get(*row) else { continue };
        let mut value = line.top;
        if line.actual {
            for cap in caps.iter().filter(|cap| cap.inside.contains(row)) {
                let others = cap.inside.iter().filter(|other| !cap.each && *other != row);
                let taken = sum(others.map(|other| takes.get(*other).copied().flatten()));
                let room = taken.map(|taken| {
                    cap.amount
                        .checked_sub(taken)
                        .map_or(Ratio::ZERO, |room| room.max(Ratio::ZERO))
                });
                value = least(value, Some(room.unwrap_or(Ratio::ZERO)));
            }
        }
        let taken = match cut && !line.actual {
            true => modest(values, caps, *row),
            false => value,
        };
        for (slots, value) in [(&mut claimed, value), (&mut takes, taken)] {
            if let Some(slot) = slots.get_mut(*row) {
                *slot = value;
            }
        }
    }
    claimed
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

/// What rows are paid that come on one day, or one after another from the first; `None` where that is not known.
fn settled(values: &[Top], caps: &[Cap], rows: &[usize], one_day: bool) -> Top {
    let mut left: Vec<Top> = vec![Some(Ratio::ZERO); values.len()];
    for row in rows {
        *left.get_mut(*row)? = *values.get(*row)?;
    }
    for cap in caps {
        let inside: Vec<usize> = rows.iter().copied().filter(|row| cap.inside.contains(row)).collect();
        if cap.each {
            for row in inside {
                let line = left.get_mut(row)?;
                *line = least(*line, Some(cap.amount));
            }
            continue;
        }
        let mut room = cap.amount;
        for tier in tiers(cap, &inside, one_day) {
            let total = sum(tier.iter().map(|row| left.get(*row).copied().flatten()));
            if let Some(rest) = total
                .and_then(|total| room.checked_sub(total))
                .filter(|rest| *rest >= Ratio::ZERO)
            {
                room = rest;
                continue;
            }
            for row in &tier {
                let line = left.get_mut(*row)?;
                *line = match tier.len() {
                    1 => Some(room),
                    _ => floor(line.as_ref()?.checked_mul(portion(room, total?)?)?),
                };
            }
            room = Ratio::ZERO;
        }
    }
    sum(left.into_iter())
}

/// The rows that share what is left, those served first before the others.
fn tiers(cap: &Cap, inside: &[usize], one_day: bool) -> Vec<Vec<usize>> {
    match &cap.shared {
        Shared::ByDate if !one_day => inside.iter().map(|row| vec![*row]).collect(),
        Shared::ByDate | Shared::ProRata => vec![inside.to_vec()],
        Shared::Ranked(ranks) => {
            let rank = |row: &usize| ranks.get(*row).copied().unwrap_or(usize::MAX);
            let mut all: Vec<usize> = inside.iter().map(rank).collect();
            all.sort_unstable();
            all.dedup();
            let of = |wanted: usize| inside.iter().copied().filter(|row| rank(row) == wanted).collect();
            all.into_iter().map(of).collect()
        }
    }
}

/// `amount / of`
fn portion(amount: Ratio, of: Ratio) -> Option<Ratio> {
    amount.checked_mul(Ratio::new(of.denominator(), of.numerator())?)
}

/// Whole 分, so that the sum is not above what is paid.
fn floor(value: Ratio) -> Top {
    Ratio::new(value.numerator().div_euclid(value.denominator()), 1)
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

    fn lines(values: &[i64], actual: bool) -> Vec<Claimed> {
        let line = |value: &i64| Claimed {
            top: Some(Ratio::integer(*value)),
            actual,
        };
        values.iter().map(line).collect()
    }
    fn tops(values: &[i64]) -> Vec<Claimed> {
        lines(values, true)
    }

    #[test]
    fn nested_limits_are_decided() {
        let caps = [cap(&[1], 3, Shared::ProRata), cap(&[0, 1], 12, Shared::ProRata)];
        let found = through(&tops(&[10, 5]), &caps);
        assert_eq!(found.most, Some(Ratio::integer(12)));
        assert_eq!(found.attained, found.most);
    }

    #[test]
    fn an_actual_loss_is_claimed_for_what_is_left() {
        // 10 and 5 come to 12 together, and then the second to 1: claimed for no more than 1, it takes nothing.
        let caps = [cap(&[0, 1], 12, Shared::ProRata), cap(&[1], 1, Shared::ProRata)];
        let found = through(&tops(&[10, 5]), &caps);
        assert_eq!(found.most, Some(Ratio::integer(11)));
        assert_eq!(found.attained, found.most);
    }

    #[test]
    fn fixed_sums_leave_bounds() {
        // Nobody can claim less than 5 here, so that the first is cut to 8; left out, the second leaves it 10.
        let caps = [cap(&[0, 1], 12, Shared::ProRata), cap(&[1], 1, Shared::ProRata)];
        let found = through(&lines(&[10, 5], false), &caps);
        assert_eq!(found.most, Some(Ratio::integer(11)));
        assert_eq!(found.attained, Some(Ratio::integer(10)));
        // One after another, the first is paid in full.
        let caps = [cap(&[0, 1], 12, Shared::ByDate), cap(&[1], 1, Shared::ProRata)];
        assert_eq!(
            through(&lines(&[10, 5], false), &caps).attained,
            Some(Ratio::integer(11))
        );
    }

    #[test]
    fn each_claim_by_itself_after_a_whole() {
        let each = Cap {
            each: true,
            ..cap(&[0, 1], 2, Shared::ProRata)
        };
        let without_end = Claimed {
            top: None,
            actual: true,
        };
        let values = [lines(&[11], false), vec![without_end]].concat();
        let found = through(&values, &[cap(&[0, 1], 23, Shared::ByDate), each]);
        assert_eq!(found.most, Some(Ratio::integer(4)));
        assert_eq!(found.attained, found.most);
    }

    #[test]
    fn a_fixed_sum_takes_no_more_than_its_own_limit_leaves() {
        let caps = [
            cap(&[0], 9, Shared::ProRata),
            cap(&[0, 1], 10, Shared::ProRata),
            cap(&[1], 2, Shared::ProRata),
        ];
        let values = [lines(&[10], false), lines(&[5], true)].concat();
        let found = through(&values, &caps);
        assert_eq!(found.most, Some(Ratio::integer(10)));
        assert_eq!(found.attained, found.most);
    }

    #[test]
    fn ranks_serve_the_first_first() {
        let ranked = |ranks: &[usize]| Shared::Ranked(ranks.to_vec());
        let caps = |ranks: &[usize]| [cap(&[0, 1], 12, ranked(ranks)), cap(&[1], 1, Shared::ProRata)];
        let attained = |ranks: &[usize]| through(&lines(&[10, 5], false), &caps(ranks)).attained;
        assert_eq!(attained(&[0, 1]), Some(Ratio::integer(11)));
        assert_eq!(attained(&[1, 0]), Some(Ratio::integer(10)));
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
