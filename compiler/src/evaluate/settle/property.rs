//! Random worlds: settlement against a second implementation that shares no code with it, and against laws.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

use super::settle;
use crate::evaluate::model::{Outcome, Row, Settlement};
use crate::evaluate::sketch::{Sketch, no_inputs, rows};
use crate::money::{Fen, Ratio};
use crate::plan::*;
use std::collections::BTreeMap;

/// A small generator of repeatable numbers (Knuth's MMIX constants).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
    fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len() as u64) as usize]
    }
    fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i as u64 + 1) as usize);
        }
    }
}

/// One claim as the naive implementation sees it.
#[derive(Debug, Clone)]
struct Claim {
    id: String,
    /// Days after 2024-01-01
    day: i64,
    event: String,
    person: String,
    harm: &'static str,
    fen: i64,
}

const HARMS: [&str; 3] = ["death", "medical", "dwelling"];

fn claims(n: &mut Numbers) -> Vec<Claim> {
    let count = 1 + n.below(14);
    (0..count)
        .map(|i| Claim {
            id: format!("C{}", (i * 7) % 101),
            // Two insured years: the second begins on 2024-11-27.
            day: *n.pick(&[0, 1, 2, 3, 329, 330, 331, 332, 400]),
            event: format!("E{}", n.below(12)),
            person: format!("P{}", n.below(3)),
            harm: n.pick::<&str>(&HARMS),
            fen: match n.below(4) {
                0 => 1 + n.below(5) as i64,
                1 => 10_000_000,
                _ => n.below(2_000) as i64,
            },
        })
        .collect()
}

fn line(claim: &Claim) -> String {
    let day = jiff::civil::date(2024, 1, 1)
        .checked_add(jiff::Span::new().days(claim.day))
        .unwrap();
    format!(
        "claim {}, date {day}, event {}, person {}, peril flood, harm {}, loss {}",
        claim.id,
        claim.event,
        claim.person,
        claim.harm,
        Fen(claim.fen)
    )
}

/// A limit as both implementations get it.
#[derive(Debug, Clone)]
struct Law {
    keys: Vec<&'static str>,
    fen: i64,
    less: bool,
    largest: bool,
    harm: Option<&'static str>,
    tiers: Vec<&'static str>,
    ratio_to: Option<i128>,
}

fn laws(n: &mut Numbers) -> Vec<Law> {
    let all: [&[&str]; 7] = [
        &["person", "event"],
        &["person"],
        &["event"],
        &["event", "year"],
        &["year"],
        &[],
        &["person", "year"],
    ];
    let tiers: [&[&str]; 7] = [
        &[],
        &["date"],
        &["date", "event", "claim"],
        &["claim"],
        &["rank"],
        &["rank", "date"],
        &["event"],
    ];
    (0..1 + n.below(4))
        .map(|_| Law {
            keys: n.pick(&all).to_vec(),
            fen: match n.below(3) {
                0 => n.below(100) as i64,
                1 => n.below(20_000) as i64,
                _ => n.below(30_000_000) as i64,
            },
            less: n.below(5) == 0,
            largest: n.below(6) == 0,
            harm: if n.below(3) == 0 {
                Some(n.pick::<&str>(&HARMS))
            } else {
                None
            },
            tiers: n.pick(&tiers).to_vec(),
            ratio_to: if n.below(4) == 0 {
                Some(*n.pick(&[10, 1000, 7]))
            } else {
                None
            },
        })
        .collect()
}

fn plan(laws: &[Law]) -> Plan {
    let mut s = Sketch::new();
    let cover = s.cover("甲", &["flood"]);
    for harm in HARMS {
        let loss = Amount::Fact(s.fact("loss"));
        s.pays(cover, harm, BenefitKind::Actual, loss, &[]);
    }
    for (i, law) in laws.iter().enumerate() {
        let rank = |harm: &str| Filter {
            covers: None,
            facts: vec![(s.fact("harm"), vec![s.value("harm", harm)])],
        };
        let ranks = Tier::Rank(vec![rank("medical"), rank("death")]);
        let tiers: Vec<Tier> = law
            .tiers
            .iter()
            .map(|t| match *t {
                "date" => Tier::Date,
                "event" => Tier::Event,
                "claim" => Tier::Claim,
                _ => ranks.clone(),
            })
            .collect();
        let amount = Amount::Fixed(Fen(law.fen));
        let rule = match (law.largest, law.less) {
            (true, _) => LimitRule::Largest { raise: false },
            (_, true) => LimitRule::Less(amount),
            _ => LimitRule::UpTo(amount),
        };
        let limit = s.limit(&format!("L{i}"), rule, &law.keys, &tiers);
        if let Some(harm) = law.harm {
            s.only(limit, "harm", &[harm]);
        }
        s.plan.limits[limit].ratio_to = law.ratio_to.map(|d| Ratio::new(1, d).unwrap());
    }
    s.finish()
}

/// The second implementation: no tiers by size, no integers of one common denominator. It hands out one tier after the
/// other with fractions as pairs, and each missing 分 to the best candidate found by looking at all of them again.
fn naive(laws: &[Law], claims: &[Claim]) -> BTreeMap<String, (i64, Vec<i64>)> {
    let mut left: BTreeMap<String, (i64, Vec<i64>)> =
        claims.iter().map(|c| (c.id.clone(), (c.fen, Vec::new()))).collect();
    for (i, law) in laws.iter().enumerate() {
        let mut groups: BTreeMap<String, Vec<&Claim>> = BTreeMap::new();
        for claim in claims.iter().filter(|c| law.harm.is_none_or(|h| h == c.harm)) {
            let part = |key: &&str| match *key {
                "person" => claim.person.clone(),
                "event" => claim.event.clone(),
                _ => (claim.day >= 331).to_string(),
            };
            groups
                .entry(law.keys.iter().map(part).collect::<Vec<_>>().join("|"))
                .or_default()
                .push(claim);
        }
        let before: BTreeMap<String, i64> = left.iter().map(|(id, (x, _))| (id.clone(), *x)).collect();
        for group in groups.values() {
            // What the heaviest has left, or would have if it were the only claim in the world.
            let alone = |c: &&Claim| naive_alone(&laws[..i], c).max(before[&c.id]);
            let largest = group.iter().map(alone).max().unwrap();
            serve(law, group, largest, &before, &mut left);
        }
        for (id, (now, cuts)) in &mut left {
            cuts.push(before[id] - *now);
        }
    }
    left
}

fn naive_alone(laws: &[Law], claim: &Claim) -> i64 {
    naive(laws, std::slice::from_ref(claim))[&claim.id].0
}

fn serve(
    law: &Law,
    group: &[&Claim],
    largest: i64,
    before: &BTreeMap<String, i64>,
    left: &mut BTreeMap<String, (i64, Vec<i64>)>,
) {
    let mut budget = if law.largest { largest } else { law.fen };
    let tier = |c: &Claim| -> Vec<String> {
        let part = |t: &&str| match *t {
            "date" => format!("{:05}", c.day),
            "event" => c.event.clone(),
            "claim" => c.id.clone(),
            _ => match c.harm {
                "medical" => "0".to_owned(),
                "death" => "1".to_owned(),
                _ => "2".to_owned(),
            },
        };
        law.tiers.iter().map(part).collect()
    };
    let mut tiers: BTreeMap<Vec<String>, Vec<&Claim>> = BTreeMap::new();
    for claim in group.iter().filter(|c| before[&c.id] > 0) {
        tiers.entry(tier(claim)).or_default().push(claim);
    }
    for mut members in tiers.into_values() {
        members.sort_by_key(|c| (c.day, c.event.clone(), c.id.clone()));
        let sum: i64 = members.iter().map(|c| before[&c.id]).sum();
        let part = budget.min(sum);
        budget -= part;
        let room = if law.less && !law.largest { sum - part } else { part };
        if room >= sum {
            continue;
        }
        // Paid of 1: room / sum, rounded down to a multiple of 1 / d where asked.
        let (top, bottom) = match law.ratio_to {
            Some(d) => (i128::from(room) * d / i128::from(sum), d),
            None => (i128::from(room), i128::from(sum)),
        };
        let mut to_pay = i128::from(sum) * top / bottom;
        let mut fractions: Vec<i128> = Vec::new();
        for claim in &members {
            let exact = i128::from(before[&claim.id]) * top;
            left.get_mut(&claim.id).unwrap().0 = (exact / bottom) as i64;
            fractions.push(exact % bottom);
            to_pay -= exact / bottom;
        }
        while to_pay > 0 {
            let mut best = 0;
            for (i, fraction) in fractions.iter().enumerate() {
                if *fraction > fractions[best] {
                    best = i;
                }
            }
            left.get_mut(&members[best].id).unwrap().0 += 1;
            fractions[best] = -1;
            to_pay -= 1;
        }
    }
}

fn by_claim(settlement: &Settlement) -> BTreeMap<String, (i64, Vec<i64>)> {
    settlement
        .settled()
        .map(|s| (s.claim.clone(), (s.paid.0, s.cuts.iter().map(|c| c.0).collect())))
        .collect()
}

fn settled(plan: &Plan, lines: &[String]) -> Settlement {
    let rows: Vec<Row> = rows(plan, &lines.iter().map(String::as_str).collect::<Vec<_>>());
    settle(plan, &no_inputs(), rows).unwrap()
}

#[test]
fn a_second_implementation_agrees_and_row_order_never_matters() {
    let mut n = Numbers(20_240_701);
    for world in 0..800 {
        let (laws, claims) = (laws(&mut n), claims(&mut n));
        let plan = plan(&laws);
        let mut lines: Vec<String> = claims.iter().map(line).collect();
        let settlement = settled(&plan, &lines);
        let ours = by_claim(&settlement);
        assert_eq!(ours, naive(&laws, &claims), "world {world}: {laws:?} {claims:?}");
        n.shuffle(&mut lines);
        assert_eq!(by_claim(&settled(&plan, &lines)), ours, "world {world}");
        conserved(&settlement);
        kept(&laws, &claims, &ours);
    }
}

/// benefit − Σ cuts = paid on every row, and the sums are the sums.
fn conserved(settlement: &Settlement) {
    let mut totals = (0, 0, vec![0; settlement.limits.len()]);
    for row in &settlement.rows {
        let Outcome::Settled(row) = row else { panic!("rejected") };
        assert!(row.cuts.iter().all(|c| c.0 >= 0) && row.paid.0 >= 0);
        assert_eq!(row.benefit.0 - row.cuts.iter().map(|c| c.0).sum::<i64>(), row.paid.0);
        totals.0 += row.benefit.0;
        totals.1 += row.paid.0;
        totals.2.iter_mut().zip(&row.cuts).for_each(|(sum, cut)| *sum += cut.0);
    }
    assert_eq!(
        (Fen(totals.0), Fen(totals.1)),
        (settlement.totals.benefit, settlement.totals.paid)
    );
    assert_eq!(totals.2, settlement.totals.cuts.iter().map(|c| c.0).collect::<Vec<_>>());
    let years: i64 = settlement.years.iter().map(|y| y.paid.0).sum();
    assert_eq!(years, totals.1);
}

/// No limit is ever exceeded, and what it leaves is used up to the last 分 unless a later one or a rounded ratio cuts.
fn kept(laws: &[Law], claims: &[Claim], paid: &BTreeMap<String, (i64, Vec<i64>)>) {
    for law in laws.iter().filter(|law| !law.less && !law.largest) {
        let mut groups: BTreeMap<String, i64> = BTreeMap::new();
        for claim in claims.iter().filter(|c| law.harm.is_none_or(|h| h == c.harm)) {
            let part = |key: &&str| match *key {
                "person" => claim.person.clone(),
                "event" => claim.event.clone(),
                _ => (claim.day >= 331).to_string(),
            };
            *groups
                .entry(law.keys.iter().map(part).collect::<Vec<_>>().join("|"))
                .or_default() += paid[&claim.id].0;
        }
        assert!(groups.values().all(|sum| *sum <= law.fen), "{law:?} {groups:?}");
    }
    if let [law] = laws
        && !law.less
        && !law.largest
        && law.keys.is_empty()
        && law.harm.is_none()
        && law.ratio_to.is_none()
    {
        let (benefit, sum) = (
            claims.iter().map(|c| c.fen).sum::<i64>(),
            paid.values().map(|p| p.0).sum::<i64>(),
        );
        assert_eq!(sum, benefit.min(law.fen));
    }
}
