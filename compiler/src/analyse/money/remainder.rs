//! K104: a split whose remainder bearer can be left with less than nothing.
//!
//! The bearer gets p − Σ rᵢ(p), where rᵢ rounds the share sᵢ·p of every other payer to its unit. Rounding adds at most
//! eᵢ (half a unit, or a unit where it goes up), so with a share b of its own the bearer gets at least b·p − Σ eᵢ:
//! never negative from p = Σ eᵢ / b on. Below that the remainder falls only where some rᵢ jumps and rises in between,
//! so testing the premiums at which a part jumps decides it.

use super::super::amounts;
use super::super::subject::Subject;
use crate::money::{Fen, MAX_FEN, Ratio};
use crate::plan::{Part, Split};
use crate::report::fund;
use anlan_lang::diag::{Arg, Finding, Severity, codes};
use anlan_lang::tree::RoundMode;

/// At most so many premiums are tested for one row.
const TESTED: i128 = 4_000;

pub(super) fn negative(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let Some(split) = &subject.plan().split else { return };
    let Some(bearer) = split.remainder.map(|bearer| bearer as usize) else {
        return;
    };
    let rows = split.rows.iter().map(|row| &row.shares);
    let all = rows.chain(split.overrides.iter().map(|changed| &changed.shares));
    let worst = all
        .filter_map(|shares| row(split, shares, bearer))
        .min_by_key(|(safe, ..)| (safe.is_some(), safe.map(|safe| std::cmp::Reverse(safe.0))));
    let Some((safe, premium, others)) = worst else { return };
    let payer = split.payers.get(bearer).cloned().unwrap_or_default();
    let mut finding = Finding::new(codes::K104, subject.part(&split.source, Part::Remainder))
        .arg("split", split.id.as_str())
        .arg("payer", payer)
        .arg("premium", Arg::Money(premium.0))
        .arg("others", Arg::Money(others.0))
        .arg("rest", Arg::Money(premium.0 - others.0))
        .arg(
            "safe",
            safe.map_or(Arg::Text(String::new()), |fen| amounts::money(Ratio::integer(fen.0))),
        )
        .arg("from", if safe.is_some() { "some" } else { "none" })
        .articles(split.source.articles.clone())
        .about(split.id.clone());
    if safe.is_none() {
        // A bearer without a share of its own loses on premiums of any size.
        finding.severity = Severity::Warning;
    }
    found.push(finding);
}

/// The premium from which nothing can go wrong, the smallest one that does, and what the others come to for it.
fn row(split: &Split, shares: &[Ratio], bearer: usize) -> Option<(Option<Fen>, Fen, Fen)> {
    let whole = shares
        .iter()
        .try_fold(Ratio::ZERO, |sum, share| sum.checked_add(*share))?;
    // Shares that do not add up are reported for themselves.
    let own = *shares.get(bearer).filter(|_| whole == Ratio::ONE)?;
    let mut error = Ratio::ZERO;
    let mut jumps: Vec<i128> = Vec::new();
    let payers = || {
        shares
            .iter()
            .enumerate()
            .filter(|(at, share)| *at != bearer && share.numerator() > 0)
    };
    for (at, _) in payers() {
        let (unit, mode) = rounding(split, at);
        error = error.checked_add(match mode {
            RoundMode::Down => Ratio::ZERO,
            RoundMode::HalfUp => Ratio::new(unit, 2)?,
            RoundMode::Up => Ratio::new(unit, 1)?,
        })?;
    }
    let safe = (own.numerator() > 0)
        .then(|| error.checked_mul(Ratio::new(own.denominator(), own.numerator())?))
        .flatten();
    for (at, share) in payers() {
        let (unit, mode) = rounding(split, at);
        let most = safe.map_or(TESTED, |safe| {
            let units = share
                .checked_mul(safe)
                .map_or(TESTED, |part| part.numerator() / part.denominator() / unit);
            (units + 1).min(TESTED)
        });
        jumps.extend((0..most).filter_map(|k| jump(*share, unit, mode, k)));
    }
    jumps.sort_unstable();
    jumps.dedup();
    jumps
        .into_iter()
        .filter_map(|premium| {
            i64::try_from(premium)
                .ok()
                .filter(|premium| *premium <= MAX_FEN)
                .map(Fen)
        })
        .find_map(|premium| {
            let others = fund::others(split, shares, premium, bearer).ok()?;
            let sum = others.iter().try_fold(0i64, |sum, part| sum.checked_add(part.0))?;
            (sum > premium.0).then_some((premium, Fen(sum)))
        })
        .map(|(premium, others)| {
            let ceiling = |safe: Ratio| {
                let up = safe
                    .numerator()
                    .checked_add(safe.denominator() - 1)?
                    .div_euclid(safe.denominator());
                i64::try_from(up).ok().map(Fen)
            };
            (safe.and_then(ceiling), premium, others)
        })
}

fn rounding(split: &Split, payer: usize) -> (i128, RoundMode) {
    let stated = split.rounds.iter().find(|rounding| rounding.payer as usize == payer);
    stated.map_or((1, RoundMode::HalfUp), |rounding| {
        (i128::from(rounding.unit.0.max(1)), rounding.mode)
    })
}

/// The least premium of which the rounded share is k + 1 units.
fn jump(share: Ratio, unit: i128, mode: RoundMode, k: i128) -> Option<i128> {
    let (n, d) = (share.numerator(), share.denominator());
    let at_least = |top: i128, bottom: i128| Some(top.checked_add(bottom - 1)?.div_euclid(bottom));
    match mode {
        RoundMode::Down => at_least((k + 1).checked_mul(unit)?.checked_mul(d)?, n),
        RoundMode::HalfUp => at_least((2 * k + 1).checked_mul(unit)?.checked_mul(d)?, n.checked_mul(2)?),
        RoundMode::Up => Some(k.checked_mul(unit)?.checked_mul(d)?.div_euclid(n) + 1),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::plan::{FactId, Rounding, Source, SplitRow};

    fn split(mode: RoundMode, unit: i64, shares: &[i128]) -> Split {
        let source = Source::default();
        Split {
            id: "分担".to_owned(),
            by: FactId(0),
            payers: (0..shares.len()).map(|i| format!("方{i}")).collect(),
            rows: vec![SplitRow {
                regions: Vec::new(),
                shares: shares.iter().map(|s| Ratio::new(*s, 100).unwrap()).collect(),
                source: source.clone(),
            }],
            rounds: (1..u32::try_from(shares.len()).unwrap())
                .map(|payer| Rounding {
                    payer,
                    unit: Fen(unit),
                    mode,
                    source: source.clone(),
                })
                .collect(),
            remainder: Some(0),
            overrides: Vec::new(),
            source,
        }
    }

    /// The smallest premium up to `most` for which the others come to more, by trying all.
    fn tried(split: &Split, most: i64) -> Option<i64> {
        let shares = &split.rows.first().unwrap().shares;
        (0..=most).find(|premium| {
            let others = fund::others(split, shares, Fen(*premium), 0).unwrap();
            others.iter().map(|part| part.0).sum::<i64>() > *premium
        })
    }

    #[test]
    fn the_verdict_is_that_of_trying_every_premium() {
        for mode in [RoundMode::Down, RoundMode::HalfUp, RoundMode::Up] {
            for unit in [1, 7, 50] {
                for shares in [[10, 60, 30], [40, 60, 0], [0, 50, 50], [98, 1, 1], [34, 33, 33]] {
                    let split = split(mode, unit, &shares);
                    let found = row(&split, &split.rows.first().unwrap().shares, 0);
                    let expected = tried(&split, 3_000);
                    assert_eq!(
                        found.map(|(_, premium, _)| premium.0),
                        expected,
                        "{mode:?} {unit} {shares:?}"
                    );
                    if let Some((Some(safe), ..)) = found {
                        let shares = &split.rows.first().unwrap().shares;
                        for premium in safe.0..safe.0 + 500 {
                            let others = fund::others(&split, shares, Fen(premium), 0).unwrap();
                            assert!(others.iter().map(|part| part.0).sum::<i64>() <= premium);
                        }
                    }
                }
            }
        }
    }
}
