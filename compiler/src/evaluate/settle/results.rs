//! From the book to rows, shares, earlier payments and sums (SEMANTICS §4.7–4.11).

use super::lines::{Book, longer_than};
use super::{Prepared, accept::Accepted};
use crate::evaluate::calendar::InsuredYear;
use crate::evaluate::model::{
    Earlier, EarlierTotals, LongEvent, Outcome, Reason, Refusal, Settled, SettledLine, SettledYear, Settlement, Totals,
    Wording,
};
use crate::evaluate::sharing::largest_remainder;
use crate::money::{Fen, Ratio};
use crate::plan::{LimitId, Plan};
use anlan_lang::diag::{Arg, codes};
use num_integer::Integer;
use std::collections::{BTreeMap, HashMap};

/// Insurers with stated shares, as (index, share); empty where there are none or a contract still sets some.
pub(super) fn insurers(plan: &Plan) -> Result<Vec<(usize, Ratio)>, Refusal> {
    let Some(coinsurance) = &plan.coinsurance else {
        return Ok(Vec::new());
    };
    let stated = coinsurance
        .insurers
        .iter()
        .enumerate()
        .map(|(i, insurer)| Some((i, insurer.share?)));
    let Some(stated) = stated.collect::<Option<Vec<_>>>().filter(|stated| !stated.is_empty()) else {
        return Ok(Vec::new());
    };
    let sum = stated
        .iter()
        .try_fold(Ratio::ZERO, |sum, (_, share)| sum.checked_add(*share));
    match sum {
        Some(Ratio::ONE) => Ok(stated),
        Some(sum) => {
            let sum = Arg::Ratio {
                numerator: sum.numerator(),
                denominator: sum.denominator(),
            };
            Err(Refusal::new(codes::V047).arg("sum", sum))
        }
        None => Err(Refusal::new(codes::V044)),
    }
}

/// Shares of one paid amount: largest remainder, ties in written order.
fn shares(paid: i64, insurers: &[(usize, Ratio)]) -> Option<Vec<Fen>> {
    let denominator = insurers.iter().try_fold(1i128, |lcm, (_, share)| {
        lcm.checked_mul(share.denominator() / lcm.gcd(&share.denominator()))
    })?;
    let quota = |share: &Ratio| {
        let parts = share.numerator().checked_mul(denominator / share.denominator())?;
        i128::from(paid).checked_mul(parts)
    };
    let quotas = insurers
        .iter()
        .map(|(_, share)| quota(share))
        .collect::<Option<Vec<_>>>()?;
    Some(
        largest_remainder(&quotas, denominator, i128::from(paid))
            .into_iter()
            .map(Fen)
            .collect(),
    )
}

/// The settlement of a book whose limits have all been applied.
pub(super) fn settlement(book: Book) -> Result<Settlement, Refusal> {
    let plan = book.evaluator.plan;
    let insurers = insurers(plan)?;
    let earlier = book.evaluator.inputs.earlier.as_deref();
    let paid_before: Option<HashMap<&str, Fen>> =
        earlier.map(|list| list.iter().map(|e| (e.claim.as_str(), e.paid)).collect());
    let overflow = || Refusal::new(codes::V044);
    let mut settlement = Settlement {
        limits: (0..plan.limits.len()).map(LimitId::from).collect(),
        insurers: insurers.iter().map(|(i, _)| *i).collect(),
        ..Settlement::default()
    };
    for (i, row) in book.rows.iter().enumerate() {
        let outcome = match &row.state {
            Err(refusals) => rejected(row, refusals),
            Ok(accepted) => {
                let mut settled = settled(&book, i, row, accepted).ok_or_else(overflow)?;
                settled.shares = shares(settled.paid.0, &insurers).ok_or_else(overflow)?;
                settled.earlier = paid_before.as_ref().map(|before| {
                    let before = before.get(settled.claim.as_str()).copied().unwrap_or_default();
                    due_and_over(settled.paid, before)
                });
                Outcome::Settled(Box::new(settled))
            }
        };
        settlement.rows.push(outcome);
    }
    settlement.lines = lines(&book);
    settlement.years = years(&book).ok_or_else(overflow)?;
    settlement.long_events = long_events(&book);
    settlement.absent = absent(&settlement, earlier);
    settlement.totals = totals(&settlement, earlier).ok_or_else(overflow)?;
    Ok(settlement)
}

fn rejected(row: &Prepared, refusals: &[Refusal]) -> Outcome {
    Outcome::Rejected {
        number: row.number,
        claim: row.claim.as_deref().map(str::to_owned),
        refusals: refusals.to_vec(),
    }
}

fn due_and_over(paid: Fen, before: Fen) -> (Fen, Fen) {
    (
        Fen(paid.0.saturating_sub(before.0).max(0)),
        Fen(before.0.saturating_sub(paid.0).max(0)),
    )
}

fn settled(book: &Book, index: usize, row: &Prepared, accepted: &Accepted) -> Option<Settled> {
    let limits = book.evaluator.plan.limits.len();
    let mut settled = Settled {
        number: row.number,
        claim: row.claim.as_deref().unwrap_or_default().to_owned(),
        covers: accepted.lines.iter().map(|line| line.cover).collect(),
        benefit: Fen(0),
        paid: Fen(0),
        reason: accepted.reason.clone(),
        cuts: vec![Fen(0); limits],
        shares: Vec::new(),
        earlier: None,
    };
    for &i in book.of_row.get(index)? {
        let line = book.lines.get(i)?;
        let benefit = book.prepared(line)?.1.benefit;
        settled.benefit.0 = settled.benefit.0.checked_add(benefit)?;
        settled.paid.0 = settled.paid.0.checked_add(line.left)?;
        for (sum, cut) in settled.cuts.iter_mut().zip(book.cuts(i)) {
            sum.0 = sum.0.checked_add(*cut)?;
        }
    }
    if settled.paid.0 == 0 && settled.benefit.0 > 0 {
        settled.reason = exhausted(book, &settled.cuts);
    }
    Some(settled)
}

/// The last limit that cut a claim of which nothing is left.
fn exhausted(book: &Book, cuts: &[Fen]) -> Option<Reason> {
    let last = cuts.iter().rposition(|cut| cut.0 > 0)?;
    let limit = book.evaluator.plan.limits.get(last)?;
    Some(Reason {
        code: format!("limit:{}", limit.id),
        text: Wording::new("reason-limit").arg("limit", &limit.name),
        also: Vec::new(),
        articles: limit.source.articles.clone(),
    })
}

fn lines(book: &Book) -> Vec<SettledLine> {
    let line = |(i, line): (usize, &super::lines::BookLine)| {
        let prepared = book.prepared(line)?.1;
        Some(SettledLine {
            row: line.row,
            cover: prepared.cover,
            harm: prepared.harm,
            benefit: Fen(prepared.benefit),
            paid: Fen(line.left),
            cuts: book.cuts(i).iter().copied().map(Fen).collect(),
        })
    };
    book.lines.iter().enumerate().filter_map(line).collect()
}

fn years(book: &Book) -> Option<Vec<SettledYear>> {
    let mut years: BTreeMap<InsuredYear, (u64, i64)> = BTreeMap::new();
    for (row, of_row) in book.rows.iter().zip(&book.of_row) {
        let Some(accepted) = row.state.as_ref().ok().filter(|a| a.in_term) else {
            continue;
        };
        let Some(year) = book.year(accepted) else { continue };
        let (claims, paid) = years.entry(year).or_default();
        *claims += 1;
        for line in of_row.iter().filter_map(|i| book.lines.get(*i)) {
            *paid = paid.checked_add(line.left)?;
        }
    }
    let settled = |(year, (claims, paid)): (InsuredYear, (u64, i64))| SettledYear {
        first: year.first,
        end: year.end,
        claims,
        paid: Fen(paid),
    };
    Some(years.into_iter().map(settled).collect())
}

fn long_events(book: &Book) -> Vec<LongEvent> {
    let Some(window) = book.evaluator.plan.calendar.event_hours else {
        return Vec::new();
    };
    let long = book
        .events
        .iter()
        .filter(|(_, event)| longer_than(event.first, event.last, window));
    let mut long: Vec<LongEvent> = long
        .map(|(id, event)| LongEvent {
            event: book.values.text(*id).to_owned(),
            first: event.first,
            last: event.last,
            window,
        })
        .collect();
    long.sort_by(|a, b| a.event.cmp(&b.event));
    long
}

/// Claims paid before that this run does not settle, by id.
fn absent(settlement: &Settlement, earlier: Option<&[Earlier]>) -> Vec<Earlier> {
    let Some(earlier) = earlier else { return Vec::new() };
    let settled: std::collections::HashSet<&str> = settlement.settled().map(|s| s.claim.as_str()).collect();
    let mut absent: Vec<Earlier> = earlier
        .iter()
        .filter(|e| !settled.contains(e.claim.as_str()))
        .cloned()
        .collect();
    absent.sort_by(|a, b| a.claim.cmp(&b.claim));
    absent
}

fn totals(settlement: &Settlement, earlier: Option<&[Earlier]>) -> Option<Totals> {
    let mut totals = Totals {
        rows: settlement.rows.len() as u64,
        cuts: vec![Fen(0); settlement.limits.len()],
        shares: vec![Fen(0); settlement.insurers.len()],
        earlier: earlier.map(|_| EarlierTotals::default()),
        ..Totals::default()
    };
    let add = |sum: &mut Fen, part: Fen| {
        sum.0 = sum.0.checked_add(part.0)?;
        Some(())
    };
    for settled in settlement.settled() {
        totals.settled += 1;
        add(&mut totals.benefit, settled.benefit)?;
        add(&mut totals.paid, settled.paid)?;
        let columns = totals
            .cuts
            .iter_mut()
            .zip(&settled.cuts)
            .chain(totals.shares.iter_mut().zip(&settled.shares));
        for (sum, part) in columns {
            add(sum, *part)?;
        }
        if let (Some(sums), Some((due, over))) = (&mut totals.earlier, settled.earlier) {
            add(&mut sums.due, due)?;
            add(&mut sums.over, over)?;
        }
    }
    if let Some(sums) = &mut totals.earlier {
        for earlier in earlier.into_iter().flatten() {
            add(&mut sums.paid, earlier.paid)?;
        }
    }
    totals.rejected = rejections(settlement);
    Some(totals)
}

/// Rejected rows by their first code, in the registry's order.
fn rejections(settlement: &Settlement) -> Vec<(&'static str, u64)> {
    let mut counts: HashMap<&'static str, u64> = HashMap::new();
    for row in &settlement.rows {
        if let Outcome::Rejected { refusals, .. } = row {
            *counts.entry(refusals.first().map_or("", |r| r.code.0)).or_default() += 1;
        }
    }
    let in_order = codes::ALL
        .iter()
        .filter_map(|(code, _)| Some((code.0, *counts.get(code.0)?)));
    in_order.collect()
}
