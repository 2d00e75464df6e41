//! A scheme from a seed: mostly sound, with slips of the kinds that drafters make.

mod covers;
mod customs;
mod insurance;
mod limits;
mod tables;

pub use limits::straddle;

use super::model::*;
use crate::random::Random;

const WAN: i64 = 1_000_000;

/// The world of a seed.
pub fn generate(seed: u64) -> World {
    let mut maker = Maker {
        r: Random::new(seed),
        w: World {
            seed,
            ..World::default()
        },
    };
    maker.make();
    // A stream of its own leaves all else of a seed as it is.
    maker.r = Random::new(seed ^ 0x9A27);
    maker.months();
    maker.w
}

/// The world with a contract that sets its parameters within their bounds, and its fund, more often than not.
pub fn contracted(mut world: World) -> World {
    let mut r = Random::new(world.seed ^ 0xC0);
    let fund = world.tower.as_ref().is_some_and(|tower| tower.fund.is_some());
    let unset = (world.parameters.is_empty() && !fund) || !r.chance(70);
    world.contract = (!unset).then(|| {
        let value = |parameter: &Parameter| {
            let unit = if parameter.ratio { 1 } else { WAN };
            let least = parameter.at_least.unwrap_or(unit);
            let most = parameter
                .at_most
                .unwrap_or(least.max(parameter.at_least.unwrap_or(0)) + 20 * unit);
            r.between(least / unit, most / unit) * unit
        };
        world.parameters.iter().map(value).collect()
    });
    // A scheme may leave its co-insurers to the contract.
    if world.contract.is_some() && world.coinsurance.is_none() && r.chance(30) {
        let count = r.between(2, 4);
        let mut shares = vec![100 / count; count as usize];
        shares[0] += 100 % count;
        if r.chance(40) {
            shares[1] += r.pick(&[-1, 1, 5]);
        }
        world.named = Some(shares);
    }
    if world.contract.is_some() && r.chance(30) {
        let mut graded: Vec<i64> = (1..=GRADES.len() as i64).rev().map(|grade| grade * WAN).collect();
        if r.chance(50) {
            let at = r.between(0, GRADES.len() as i64 - 1) as usize;
            graded[at] += r.pick(&[-2, -1, 1, 2]) * WAN;
            graded[at] = graded[at].max(WAN / 2);
        }
        world.graded = Some(graded);
    }
    world
}

struct Maker {
    r: Random,
    w: World,
}

impl Maker {
    fn make(&mut self) {
        self.w.english = self.r.chance(20);
        self.w.treat = self.r.chance(15);
        self.vocabulary();
        self.tables();
        for index in 0..self.r.between(1, 3) as usize {
            self.schedule(index);
        }
        for index in 0..self.r.between(2, 4) as usize {
            self.cover(index);
        }
        self.spare_schedules();
        self.meetings();
        self.limits();
        self.w.persons = self.r.pick(&[vec![0], vec![0, 3], vec![0, 3, 6], vec![1, 2, 4]]);
        if self.r.chance(70) {
            self.framework();
        }
        self.insurance();
        self.parties();
        self.fund();
        self.term();
        self.subject();
        self.customs();
        self.low_in_turn();
    }

    fn vocabulary(&mut self) {
        for index in 0..self.r.pick(&[0usize, 0, 1, 1, 2]) {
            let ratio = self.r.chance(20);
            let (least, most) = if ratio {
                (self.r.pick(&[40, 50, 60]), self.r.pick(&[80, 90, 100]))
            } else {
                (self.r.between(1, 8) * WAN, self.r.between(8, 20) * WAN)
            };
            let name = format!("{}{}", if ratio { "约定比例" } else { "约定限额" }, index + 1);
            self.w.parameters.push(Parameter {
                name,
                ratio,
                at_least: (ratio || self.r.chance(70)).then_some(least),
                at_most: (ratio || self.r.chance(70)).then_some(most),
            });
        }
        for index in 0..self.r.pick(&[0usize, 0, 1, 1, 2]) {
            self.w.decisions.push(Decision {
                name: format!("政府认定{}", index + 1),
                opens: false,
            });
        }
        for index in 0..self.r.pick(&[0usize, 0, 1, 2]) {
            let opened_by = self.r.chance(35).then(|| {
                self.w.decisions.push(Decision {
                    name: format!("增列认定{}", index + 1),
                    opens: true,
                });
                self.w.decisions.len() - 1
            });
            let count = self.r.between(1, 3) as usize;
            let perils = self.perils(count);
            self.w.groups.push(Group {
                name: format!("第{}组灾因", ["一", "二"][index]),
                perils,
                opened_by,
            });
        }
    }

    /// Different perils, none below another one.
    fn perils(&mut self, count: usize) -> Vec<usize> {
        let all: Vec<usize> = (0..PERILS.len() - 1).collect();
        let mut some = self.r.some(&all, count);
        let inner = some.contains(&8);
        some.retain(|p| !inner || PERILS[*p].1.is_none());
        some
    }

    fn parameter(&mut self, ratio: bool) -> Option<usize> {
        let of: Vec<usize> = (0..self.w.parameters.len())
            .filter(|i| self.w.parameters[*i].ratio == ratio)
            .collect();
        (!of.is_empty()).then(|| self.r.pick(&of))
    }
    fn money(&mut self, from: i64, to: i64, unit: i64) -> Money {
        if self.r.chance(25)
            && let Some(parameter) = self.parameter(false)
        {
            return Money::Parameter(parameter);
        }
        Money::Fen(self.r.between(from, to) * unit)
    }
    fn table_by(&self, wanted: impl Fn(By) -> bool) -> Option<usize> {
        self.w.tables.iter().position(|table| wanted(table.by))
    }
}
