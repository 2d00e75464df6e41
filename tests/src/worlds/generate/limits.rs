//! Limits and their order.

use super::*;

impl Maker {
    pub(super) fn limits(&mut self) {
        let all = [
            (
                "每次限额",
                Keys {
                    event: true,
                    ..Keys::default()
                },
                20,
                80,
            ),
            (
                "年度限额",
                Keys {
                    year: true,
                    ..Keys::default()
                },
                60,
                200,
            ),
            ("期间限额", Keys::default(), 150, 400),
            (
                "每人限额",
                Keys {
                    person: true,
                    ..Keys::default()
                },
                5,
                40,
            ),
            (
                "每人年度限额",
                Keys {
                    person: true,
                    year: true,
                    ..Keys::default()
                },
                5,
                40,
            ),
            (
                "每户限额",
                Keys {
                    household: true,
                    event: true,
                    ..Keys::default()
                },
                2,
                20,
            ),
            (
                "每案限额",
                Keys {
                    claim: true,
                    ..Keys::default()
                },
                2,
                30,
            ),
            ("每人每次限额", Keys::PERSON_EVENT, 5, 40),
        ];
        let count = self.r.pick(&[0usize, 1, 2, 2, 3, 3, 4]);
        let mut chosen = self.r.some(&all, count);
        if self.r.chance(40) && !chosen.is_empty() {
            let mut again = self.r.pick(&chosen);
            again.0 = "分项限额";
            chosen.push(again);
        }
        for (name, keys, from, to) in chosen {
            let amount = if self.r.chance(2) {
                Money::Fen(0)
            } else {
                self.money(from, to, WAN)
            };
            let dated = if (keys.event || keys.year) && self.r.chance(12) {
                vec![(2025, self.r.between(from, to) * WAN)]
            } else {
                Vec::new()
            };
            let plain: Vec<usize> = (0..self.w.decisions.len())
                .filter(|d| !self.w.decisions[*d].opens)
                .collect();
            let raised = (keys.event && !plain.is_empty() && dated.is_empty() && self.r.chance(25))
                .then(|| (self.r.between(from, to + 40) * WAN, self.r.pick(&plain)));
            let covers = self.r.chance(30).then(|| {
                let all: Vec<usize> = (0..self.w.covers.len()).collect();
                let count = self.r.between(1, 2) as usize;
                self.r.some(&all, count)
            });
            let harms = (self.r.chance(30) || name == "分项限额").then(|| {
                let count = self.r.between(1, 3) as usize;
                self.r.some(Harm::ALL, count)
            });
            let exhausted = match self.r.upto(5) {
                0 | 1 => Exhausted::ProRata,
                2 => Exhausted::ByDate,
                3 => Exhausted::FirstCome,
                _ => {
                    let count = self.r.between(1, 3) as usize;
                    Exhausted::Rank(self.r.some(Harm::ALL, count))
                }
            };
            self.w.limits.push(Limit {
                name: name.to_owned(),
                amount,
                dated,
                raised,
                keys,
                covers,
                harms,
                exhausted,
                then_by_date: false,
                ratio_rounded: false,
                within: None,
                after: None,
            });
        }
        self.order();
    }

    /// `后于` where two limits straddle, now and then forgotten; `包含于` here and there.
    pub(super) fn order(&mut self) {
        for b in 1..self.w.limits.len() {
            for a in 0..b {
                if self.w.limits[b].after.is_none() && self.straddles(a, b) && self.r.chance(92) {
                    self.w.limits[b].after = Some(a);
                }
            }
            if self.w.limits[b].after.is_none() && self.r.chance(8) {
                let inner = b - 1;
                if self.w.limits[inner].within.is_none() && self.w.limits[inner].after.is_none() {
                    self.w.limits[inner].within = Some(b);
                }
            }
        }
    }
    /// Two limits of which each is low in some years, so that together they always cut: drawn last.
    pub(super) fn low_in_turn(&mut self) {
        let (has, low, high) = (
            self.r.chance(20),
            self.r.between(1, 3) * WAN,
            self.r.between(40, 90) * WAN,
        );
        let dated = |limit: &&mut Limit| (limit.keys.event || limit.keys.year) && limit.raised.is_none();
        let mut two = self.w.limits.iter_mut().filter(dated);
        if let (true, Some(a), Some(b)) = (has, two.next(), two.next()) {
            for (limit, first, then) in [(a, low, high), (b, high, low)] {
                limit.amount = Money::Fen(first);
                limit.dated = vec![(2025, then)];
            }
        }
    }

    /// Some line comes under both, and neither key nor filter lies inside the other's.
    pub fn straddles(&self, a: usize, b: usize) -> bool {
        straddle(&self.w, a, b)
    }
}

/// Some line comes under both limits, and neither key nor filter says which acts first.
pub fn straddle(world: &World, a: usize, b: usize) -> bool {
    let lines = |limit: usize| -> Vec<(usize, Harm)> {
        let under = |(cover, harm): &(usize, Harm)| world.under(limit, *cover, *harm);
        world.benefits().into_iter().filter(under).collect()
    };
    let (x, y) = (lines(a), lines(b));
    let meet = x.iter().any(|line| y.contains(line));
    let subset = |p: &[(usize, Harm)], q: &[(usize, Harm)]| p.iter().all(|line| q.contains(line));
    meet && match (world.keys_refine(a, b), world.keys_refine(b, a)) {
        (false, false) => true,
        (true, true) => !subset(&x, &y) && !subset(&y, &x),
        _ => false,
    }
}
