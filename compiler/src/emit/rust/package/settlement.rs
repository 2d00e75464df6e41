//! Many claims: a function of the set of claims, whose order never matters.

use crate::acceptance::{Prepared, accept, reject_contradicting, reject_repeated};
use crate::assessment::{Reason, largest_remainder};
use crate::book::{Book, BookLine};
use crate::claim::Claim;
use crate::limits::LIMITS;
use crate::model::{Covers, Inputs, Refusal, Stop, total};
use crate::scheme;

/// A row of a claims file: its id wherever it can be read, and the claim, or why that cannot be read.
#[derive(Debug, Clone)]
pub struct Row<'a> {
    pub id: Option<&'a str>,
    pub claim: Result<Claim<'a>, Vec<Refusal>>,
}

/// What became of one claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settled {
    Paid(Paid),
    Rejected {
        claim: Option<String>,
        refusals: Vec<Refusal>,
    },
}

/// One settled claim; amounts in 分.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paid {
    pub claim: String,
    pub covers: Covers,
    pub benefit: i64,
    pub paid: i64,
    /// Why nothing is paid
    pub reason: Option<Reason>,
    /// One for each limit
    pub cuts: Vec<i64>,
    /// One for each insurer
    pub shares: Vec<i64>,
    /// What is still to pay, and what was paid too much, where earlier payments were given
    pub earlier: Option<(i64, i64)>,
}

/// Settles claims; one row a claim, in input order.
///
/// # Errors
/// What refuses the whole run: a premium or a decision's value that is not known (V041, V042), an exhaustion rule that
/// is not stated where a limit binds (V043), an overflow (V044), years left open (V045), a group that a decision
/// (V048) or an amount (V049) does not tell.
pub fn settle(claims: &[Claim<'_>], inputs: &Inputs) -> Result<Vec<Settled>, Refusal> {
    let rows: Vec<Row<'_>> = claims
        .iter()
        .map(|claim| Row {
            id: claim.id(),
            claim: Ok(*claim),
        })
        .collect();
    settle_rows(&rows, inputs)
}

/// As [`settle`], of rows that may be unreadable.
///
/// # Errors
/// As [`settle`].
pub fn settle_rows(rows: &[Row<'_>], inputs: &Inputs) -> Result<Vec<Settled>, Refusal> {
    if scheme::READS_PREMIUM && inputs.premium.is_none() {
        return Err(Refusal::new("V041"));
    }
    let mut prepared = Vec::with_capacity(rows.len());
    for row in rows {
        prepared.push(accept(row, inputs)?);
    }
    reject_repeated(&mut prepared);
    reject_contradicting(&mut prepared);
    let mut book = Book::new(prepared, inputs);
    for index in 0..LIMITS.len() {
        book.apply(index).map_err(Stop::refusal)?;
    }
    book.settled().map_err(Stop::refusal)
}

impl<'a> Book<'a> {
    fn settled(&self) -> Result<Vec<Settled>, Stop> {
        let mut of_row: Vec<Vec<&BookLine>> = vec![Vec::new(); self.rows.len()];
        for line in &self.lines {
            of_row[line.row].push(line);
        }
        let rows = self.rows.iter().zip(of_row);
        rows.map(|(row, lines)| self.settled_row(row, &lines))
            .collect()
    }

    fn settled_row(&self, row: &Prepared<'a>, lines: &[&BookLine]) -> Result<Settled, Stop> {
        let claim = row.id.map(str::to_owned);
        let accepted = match &row.state {
            Ok(accepted) => accepted,
            Err(refusals) => {
                return Ok(Settled::Rejected {
                    claim,
                    refusals: refusals.clone(),
                });
            }
        };
        let mut covers = Covers::NONE;
        for line in &accepted.lines {
            covers.insert(line.cover);
        }
        let benefit = total(accepted.lines.iter().map(|line| line.benefit))?;
        let paid = total(lines.iter().map(|line| line.left))?;
        let cut = |index: usize| total(lines.iter().map(|line| line.cuts[index]));
        let cuts: Vec<i64> = (0..LIMITS.len()).map(cut).collect::<Result<_, _>>()?;
        let mut reason = accepted.reason;
        if benefit > 0 && paid == 0 {
            reason = cuts.iter().rposition(|cut| *cut > 0).map(Reason::Limit);
        }
        let id = claim.unwrap_or_default();
        let earlier = self.inputs.earlier.as_ref().map(|earlier| {
            let before = earlier.get(&id).copied().unwrap_or(0);
            (
                paid.saturating_sub(before).max(0),
                before.saturating_sub(paid).max(0),
            )
        });
        Ok(Settled::Paid(Paid {
            claim: id,
            covers,
            benefit,
            paid,
            reason,
            cuts,
            shares: shares(paid),
            earlier,
        }))
    }
}

/// Each insurer's part of one payment.
fn shares(paid: i64) -> Vec<i64> {
    let paid = i128::from(paid);
    let quotas: Vec<i128> = scheme::INSURERS
        .iter()
        .map(|(_, parts)| paid * parts)
        .collect();
    largest_remainder(
        &quotas,
        scheme::SHARE_DENOMINATOR,
        if quotas.is_empty() { 0 } else { paid },
    )
}
