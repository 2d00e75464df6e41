//! Layers against what an event may owe, and what a fund bears of several events.

use super::totals::{Bound, Kinds};
use super::*;

/// More events of one year are not looked at.
const EVENTS: i64 = 1_000;

impl Judge<'_> {
    /// K102: a limit of an event on everything that is above the layers, or, where there is none, what an event may come
    /// to through all limits, and nothing said of what they lack; K103: a stated total that is not the sum of the
    /// layers; L111: a limit of an event above the total; K105.
    pub(super) fn tower(&mut self) {
        let w = self.world;
        let Some(tower) = &w.tower else { return };
        let settings = universe::settings(w, false);
        let plain: i64 = tower.layers.iter().sum();
        // What a fund holds, only a contract says.
        let layers = match &tower.fund {
            Some(fund) => fund.known.then_some(plain + fund.balance),
            None => Some(plain),
        };
        if let Some(total) = tower.total
            && (layers.is_some_and(|layers| layers != total) || plain > total)
        {
            self.found.insert("K103".to_owned());
        }
        let surely_above = |limit: usize, sum: i64| {
            universe::outcomes(w).iter().any(|decided| {
                universe::years(w).iter().any(|year| {
                    let mut amounts = settings
                        .iter()
                        .map(|parameters| w.allowed(limit, &universe::given(decided, parameters, *year)));
                    amounts.all(|amount| amount > sum)
                })
            })
        };
        let mut told = false;
        for index in (0..w.limits.len()).filter(|index| w.limits[*index].keys == Keys::EVENT) {
            let limit = &w.limits[index];
            let everything = limit.covers.is_none() && limit.harms.is_none();
            told |= everything;
            if everything && !tower.shortfall && layers.is_some_and(|layers| surely_above(index, layers)) {
                self.about("K102", &[&limit.name]);
            }
            if tower.total.is_some_and(|total| surely_above(index, total)) {
                self.at("L111", Item::Limit(index));
            }
        }
        if tower.shortfall {
            return;
        }
        let bounds = self.bounds();
        let owed: Vec<Kinds> = settings.iter().map(|set| self.kinds(self.payments(), set)).collect();
        if let Some(layers) = layers.filter(|_| !told && tower.total.is_none())
            && self.owes_more(&bounds, &settings, &owed, layers)
        {
            self.found.insert("K102 gap".to_owned());
        }
        // A contract sets everything.
        if let (Some(fund), Some(set), Some(kinds)) = (&tower.fund, settings.first(), owed.first())
            && fund.known
            && self.overdrawn(&bounds, kinds, set, fund, tower)
        {
            self.found.insert("K105".to_owned());
        }
    }

    fn most_of(&self, bounds: &[Bound], kinds: &Kinds, keys: Keys, given: &Given) -> Option<i64> {
        let all = self.world.benefits().into_iter().collect();
        self.of_many(bounds, &all, keys, kinds, given)
    }

    /// In some year and after some decisions an event comes to more than the layers bear, whatever the contract sets.
    /// One without end is asked about instead.
    fn owes_more(&self, bounds: &[Bound], settings: &[Vec<i64>], owed: &[Kinds], layers: i64) -> bool {
        self.decisions().iter().any(|decided| {
            universe::years(self.world).iter().any(|year| {
                let most = settings.iter().zip(owed).map(|(set, kinds)| {
                    self.most_of(bounds, kinds, Keys::EVENT, &universe::given(decided, set, *year))
                });
                let most: Vec<Option<i64>> = most.collect();
                most.iter().all(|most| most.is_none_or(|most| most > layers)) && most.iter().any(Option::is_some)
            })
        })
    }

    /// K105: events of one year, none of them without end, that draw more from the fund than it holds. So many fen above
    /// its balance cost least in as few events as can be.
    fn overdrawn(&self, bounds: &[Bound], kinds: &Kinds, set: &[i64], fund: &Fund, tower: &Tower) -> bool {
        let before: i64 = tower.layers[..fund.after].iter().sum();
        universe::years(self.world).iter().any(|year| {
            let given = |decided: &Vec<bool>| universe::given(decided, set, *year);
            let events = self.decisions().into_iter();
            let events: Option<Vec<i64>> = events
                .map(|decided| self.most_of(bounds, kinds, Keys::EVENT, &given(&decided)))
                .collect();
            let Some(most) = events.and_then(|events| events.into_iter().max()) else {
                return false;
            };
            let undecided = given(&vec![false; self.world.decisions.len()]);
            let year = self.most_of(bounds, kinds, Keys::YEAR, &undecided);
            let drawn = most.min(tower.total.unwrap_or(most)).min(before + fund.balance) - before;
            let wanted = fund.balance + 1;
            drawn > 0 && {
                let times = (wanted + drawn - 1) / drawn;
                times <= EVENTS && year.is_none_or(|year| times * before + wanted <= year)
            }
        })
    }
}
