//! Real claims settled by both versions: totals, how many changed, the largest gains and losses, by cover and region.

use super::report::{ClaimsReport, ClaimsRow, say};
use crate::evaluate::{Outcome, Settled, Settlement};
use crate::money::Fen;
use crate::plan::Plan;
use anlan_lang::diag::Arg;
use anlan_lang::texts::{self, Language};
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;

/// Claims listed by name, on each side.
const LISTED: usize = 10;

/// What a set of claims comes to under both versions.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ClaimsDifference {
    pub rows: u64,
    /// Rows that a version rejects
    pub rejected_old: u64,
    pub rejected_new: u64,
    pub paid: Sums,
    pub changed: u64,
    pub gaining: u64,
    pub losing: u64,
    pub gains: Vec<ClaimChange>,
    pub losses: Vec<ClaimChange>,
    /// By the new version's cover (the old one's where the new pays none), and by region
    pub by_cover: BTreeMap<String, Sums>,
    pub by_region: BTreeMap<String, Sums>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Sums {
    #[serde(serialize_with = "yuan")]
    pub old: Fen,
    #[serde(serialize_with = "yuan")]
    pub new: Fen,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClaimChange {
    pub claim: String,
    #[serde(flatten)]
    pub paid: Sums,
}

fn yuan<S: Serializer>(fen: &Fen, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(fen)
}

impl Sums {
    fn add(&mut self, old: Fen, new: Fen) {
        self.old = Fen(self.old.0.saturating_add(old.0));
        self.new = Fen(self.new.0.saturating_add(new.0));
    }
    fn change(self) -> i64 {
        self.new.0.saturating_sub(self.old.0)
    }
}

impl ClaimsDifference {
    /// Compares two settlements of the same rows, in input order. `regions` gives the region of each row, if it has one.
    pub fn of(old: (&Plan, &Settlement), new: (&Plan, &Settlement), regions: &[Option<String>]) -> Self {
        let mut found = ClaimsDifference {
            rows: new.1.totals.rows,
            rejected_old: old.1.totals.rows.saturating_sub(old.1.totals.settled),
            rejected_new: new.1.totals.rows.saturating_sub(new.1.totals.settled),
            ..ClaimsDifference::default()
        };
        let mut changes: Vec<ClaimChange> = Vec::new();
        for (index, (a, b)) in old.1.rows.iter().zip(&new.1.rows).enumerate() {
            let (before, after) = (settled(a), settled(b));
            let paid = |s: Option<&Settled>| s.map_or(Fen(0), |s| s.paid);
            let (old_paid, new_paid) = (paid(before), paid(after));
            found.paid.add(old_paid, new_paid);
            let cover = cover(new.0, after).or_else(|| cover(old.0, before));
            found
                .by_cover
                .entry(cover.unwrap_or_else(|| "—".to_owned()))
                .or_default()
                .add(old_paid, new_paid);
            if let Some(Some(region)) = regions.get(index) {
                found
                    .by_region
                    .entry(region.clone())
                    .or_default()
                    .add(old_paid, new_paid);
            }
            if old_paid != new_paid {
                let claim = after.or(before).map_or_else(String::new, |s| s.claim.clone());
                let paid = Sums {
                    old: old_paid,
                    new: new_paid,
                };
                changes.push(ClaimChange { claim, paid });
            }
        }
        found.changed = changes.len() as u64;
        let (mut gains, mut losses): (Vec<_>, Vec<_>) = changes.into_iter().partition(|c| c.paid.change() > 0);
        found.gaining = gains.len() as u64;
        found.losing = losses.len() as u64;
        gains.sort_by_key(|c| (-c.paid.change(), c.claim.clone()));
        losses.sort_by_key(|c| (c.paid.change(), c.claim.clone()));
        gains.truncate(LISTED);
        losses.truncate(LISTED);
        found.gains = gains;
        found.losses = losses;
        found.by_cover.retain(|_, sums| sums.old != sums.new);
        found.by_region.retain(|_, sums| sums.old != sums.new);
        found
    }

    /// In words; `called` says what the page calls a cover.
    pub fn report(self, language: Language, called: &dyn Fn(&str) -> String) -> ClaimsReport {
        let count = |n: u64| Arg::Count(i64::try_from(n).unwrap_or(i64::MAX));
        let mut lines = vec![say(
            language,
            "diff-claims-count",
            [
                ("rows", count(self.rows)),
                ("changed", count(self.changed)),
                ("losing", count(self.losing)),
                ("gaining", count(self.gaining)),
            ],
        )];
        if self.rejected_old + self.rejected_new > 0 {
            let args = [("old", count(self.rejected_old)), ("new", count(self.rejected_new))];
            lines.push(say(language, "diff-claims-rejected", args));
        }
        let row = |text: String, sums: Sums| ClaimsRow {
            text,
            old: texts::money(language, sums.old.0),
            new: texts::money(language, sums.new.0),
            change: signed(language, sums.change()),
        };
        let mut table = vec![row(texts::plain(language, "diff-claims-total"), self.paid)];
        let named = |id: &str, name: String, sums: &Sums| row(say(language, id, [("name", name.into())]), *sums);
        table.extend(self.by_cover.iter().map(|(covers, sums)| {
            let covers: Vec<String> = covers.split('+').map(called).collect();
            named("diff-claims-cover", covers.join(" + "), sums)
        }));
        table.extend(
            self.by_region
                .iter()
                .map(|(region, sums)| named("diff-claims-region", region.clone(), sums)),
        );
        for (id, all) in [("diff-claims-loss", &self.losses), ("diff-claims-gain", &self.gains)] {
            table.extend(
                all.iter()
                    .map(|c| row(say(language, id, [("claim", c.claim.as_str().into())]), c.paid)),
            );
        }
        ClaimsReport {
            lines,
            table,
            figures: self,
        }
    }
}

fn signed(language: Language, fen: i64) -> String {
    let sign = match fen.signum() {
        -1 => "−",
        1 => "+",
        _ => "",
    };
    format!("{sign}{}", texts::money(language, fen.saturating_abs()))
}

fn settled(outcome: &Outcome) -> Option<&Settled> {
    match outcome {
        Outcome::Settled(settled) => Some(settled),
        Outcome::Rejected { .. } => None,
    }
}

fn cover(plan: &Plan, settled: Option<&Settled>) -> Option<String> {
    let names: Vec<&str> = settled?.covers.iter().map(|cover| plan.cover_id(*cover)).collect();
    (!names.is_empty()).then(|| names.join("+"))
}
