//! Frameworks, premium, shares and towers.

use super::*;

impl Maker {
    pub(super) fn framework(&mut self) {
        let count = self.r.between(1, 3) as usize;
        let perils = self.perils(count);
        let harms = self.r.pick(&[
            vec![Harm::Death, Harm::Disability, Harm::Medical],
            vec![Harm::Death],
            vec![Harm::Death, Harm::Medical],
        ]);
        let mut requirements = vec![Requirement::Payable(None, self.r.between(2, 12) * WAN)];
        if harms.contains(&Harm::Medical) && self.r.chance(50) {
            requirements.push(Requirement::Payable(Some(Harm::Medical), self.r.between(1, 3) * WAN));
        }
        if self.r.chance(40) {
            requirements.push(Requirement::LimitPerEvent(self.r.between(15, 60) * WAN));
        }
        if self.r.chance(40) {
            requirements.push(Requirement::LimitPerYear(self.r.between(40, 120) * WAN));
        }
        let roles = self.r.pick(&[vec![], vec![0], vec![0, 6]]);
        self.w.framework = Some(Framework {
            perils,
            harms,
            roles,
            requirements,
        });
    }

    /// A party twice, or shares left out: drawn last, so that what a seed gives otherwise stays.
    pub(super) fn parties(&mut self) {
        let (twice, unshared) = (self.r.chance(6), self.r.chance(5));
        if let Some(coinsurance) = &mut self.w.coinsurance {
            coinsurance.twice = twice && coinsurance.insurers.len() > 1;
            coinsurance.shared = !(unshared && coinsurance.count.is_some());
        }
    }

    pub(super) fn insurance(&mut self) {
        if self.r.chance(40) {
            self.w.payers = self
                .r
                .pick(&[vec![100], vec![60, 40], vec![60, 40], vec![60, 30], vec![70, 40]]);
        }
        if self.r.chance(40) {
            let shares = self.r.pick(&[
                vec![50, 30, 20],
                vec![60, 40],
                vec![40, 40, 20],
                vec![50, 30, 10],
                vec![60, 50],
                vec![100],
            ]);
            let second_lead = self.r.chance(8);
            let insurers: Vec<(i64, bool)> = shares
                .iter()
                .enumerate()
                .map(|(i, share)| (*share, i == 0 || (i == 1 && second_lead)))
                .collect();
            self.w.coinsurance = Some(Coinsurance {
                insurers,
                count: self
                    .r
                    .chance(60)
                    .then(|| self.r.pick(&[(3, 3), (2, 3), (2, 2), (1, 3)])),
                lead_at_least: self.r.chance(40).then_some(50),
                twice: false,
                shared: true,
            });
        }
        if self.r.chance(25) && self.w.payers.is_empty() {
            let mut rows = vec![(vec![0, 1], 90, 10), (vec![2], 60, 40)];
            match self.r.upto(5) {
                0 => rows[0].0 = vec![0],
                1 => rows[1].0 = vec![1, 2],
                2 => rows[1].2 = 30,
                _ => {}
            }
            self.w.split = Some(Split { rows });
        }
        if self.r.chance(30) {
            let layers: Vec<i64> = (0..self.r.between(1, 3)).map(|_| self.r.between(5, 40) * WAN).collect();
            let total = self.r.chance(30).then(|| {
                let slip = if self.r.chance(40) { WAN } else { 0 };
                layers.iter().sum::<i64>() + slip
            });
            self.w.tower = Some(Tower {
                layers,
                shortfall: self.r.chance(40),
                total,
                fund: None,
            });
        }
    }

    /// A layer that a fund bears: drawn after the rest too.
    pub(super) fn fund(&mut self) {
        let (has, balance, says) = (self.r.chance(60), self.r.between(5, 40) * WAN, self.r.chance(25));
        let after = self.r.upto(3);
        if let Some(tower) = self.w.tower.as_mut().filter(|_| has) {
            tower.shortfall &= says;
            tower.fund = Some(Fund {
                after: after.min(tower.layers.len()),
                balance,
                known: false,
            });
        }
    }
}
