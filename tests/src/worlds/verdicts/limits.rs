//! Limits against limits, floors and towers.

use super::*;

impl Judge<'_> {
    /// L101, L103 (of a limit under which no row comes), L105, L109, L110, F103, F108
    pub(super) fn lattice(&mut self) {
        let w = self.world;
        let settings = universe::settings(w, false);
        let all = w.benefits();
        let lines = |limit: usize| -> BTreeSet<(usize, Harm)> {
            all.iter().copied().filter(|(c, h)| w.under(limit, *c, *h)).collect()
        };
        let surely_above = |inner: usize, outer: usize| {
            universe::outcomes(w).iter().any(|decided| {
                universe::years(w).iter().any(|year| {
                    settings.iter().all(|parameters| {
                        let given = universe::given(decided, parameters, *year);
                        w.allowed(inner, &given) > w.allowed(outer, &given)
                    })
                })
            })
        };
        for inner in 0..w.limits.len() {
            let (mut wider, mut component) = (false, false);
            for outer in (0..w.limits.len()).filter(|outer| *outer != inner) {
                let (x, y) = (lines(inner), lines(outer));
                let named = w.limits[inner].within == Some(outer);
                let inside = named || (!x.is_empty() && x.is_subset(&y) && w.keys_refine(inner, outer));
                if !inside || !self.lets_something(outer, &settings) || !surely_above(inner, outer) {
                    continue;
                }
                if named || !w.keys_refine(outer, inner) {
                    wider = true;
                } else if x != y {
                    component = true;
                }
            }
            // Caps of schedules are limits over the keys of their schedule.
            for (own, keys, cap) in self.own_caps() {
                let x = lines(inner);
                let above = universe::outcomes(w).iter().any(|decided| {
                    universe::years(w).iter().any(|year| {
                        settings.iter().all(|parameters| {
                            let given = universe::given(decided, parameters, *year);
                            w.allowed(inner, &given) > w.money(&cap, &given)
                        })
                    })
                });
                let finer = w.limits[inner].keys.refines(keys);
                let equal = finer && keys.refines(w.limits[inner].keys);
                wider |= above && finer && !x.is_empty() && x.is_subset(&own) && (!equal || x != own);
            }
            // Where a limit is above a whole and above a wider limit, one finding says it.
            if wider || component {
                self.at("L101|L105", Item::Limit(inner));
            }
            let limit = &w.limits[inner];
            if lines(inner).is_empty() {
                self.at("L103 nothing", Item::Limit(inner));
            }
            if let Some((raised, _)) = limit.raised
                && settings
                    .iter()
                    .all(|parameters| raised <= w.money(&limit.amount, &universe::given(&[], parameters, 2024)))
            {
                self.about("L109", &[&limit.name]);
            }
            if limit.amount == Money::Fen(0)
                && limit.dated.iter().all(|(_, amount)| *amount == 0)
                && limit.raised.is_none_or(|(amount, _)| amount == 0)
            {
                self.about("L110", &[&limit.name]);
            }
        }
        for s in 0..w.schedules.len() {
            let Some((_, (harms, whole))) = w.combined(s) else {
                continue;
            };
            if !w.covers.iter().any(|cover| cover.schedule == s) || harms.len() < 2 {
                continue;
            }
            for (place, row) in harms.iter().filter_map(|harm| w.row(s, *harm)) {
                // A cap of a fixed sum is a step on the single claim, and no limit.
                let total = matches!(row.start, Start::Actual(_) | Start::Months { .. });
                let over = row.steps.iter().any(|step| match step {
                    Step::UpTo(cap) if total => settings
                        .iter()
                        .all(|parameters| w.money(cap, &universe::given(&[], parameters, 2024)) > *whole),
                    _ => false,
                });
                let one_claim = !over && self.one_claim_above(s, row, *whole, &settings);
                let over = over || one_claim;
                if over {
                    self.at("L101|L105", Item::Row(place.0, place.1));
                }
            }
        }
        self.floors(&settings);
    }

    /// What one claim of a row comes to, by a cover that some claim meets, is above a sum whatever the contract sets.
    pub(super) fn one_claim_above(&self, schedule: usize, row: &Row, sum: i64, settings: &[Vec<i64>]) -> bool {
        let w = self.world;
        !matches!(row.start, Start::Actual(_))
            && self.contexts.iter().zip(&self.met).any(|(context, met)| {
                let met = met.iter().any(|cover| w.covers[*cover].schedule == schedule);
                met && universe::claims(w, &context.claim, row.harm).iter().any(|claim| {
                    settings.iter().all(|parameters| {
                        let given = self.given(context, parameters);
                        let pays = w.pays(row, claim, &given);
                        pays.is_some_and(|pays| {
                            sum < pays && (pays < UNBOUNDED || !matches!(row.start, Start::Months { most: None, .. }))
                        })
                    })
                })
            })
    }

    /// The caps over keys that schedules bring: whose lines, over which keys, how much.
    pub(super) fn own_caps(&self) -> Vec<(Lines, Keys, Money)> {
        let w = self.world;
        let mut all = Vec::new();
        for (s, schedule) in w
            .schedules
            .iter()
            .enumerate()
            .filter(|(_, schedule)| schedule.keys.any())
        {
            let users: Vec<usize> = (0..w.covers.len()).filter(|c| w.covers[*c].schedule == s).collect();
            let lines = |harms: &[Harm]| -> BTreeSet<(usize, Harm)> {
                users
                    .iter()
                    .flat_map(|cover| harms.iter().map(|harm| (*cover, *harm)))
                    .collect()
            };
            for harm in Harm::ALL {
                let Some((_, row)) = w.row(s, *harm) else { continue };
                if let Start::Months { rate, most: Some(most) } = row.start {
                    all.push((lines(&[*harm]), schedule.keys, Money::Fen(rate * most)));
                }
                if matches!(row.start, Start::Actual(_) | Start::Months { .. }) {
                    for step in &row.steps {
                        if let Step::UpTo(cap) = step {
                            all.push((lines(&[*harm]), schedule.keys, cap.clone()));
                        }
                    }
                }
            }
            if let Some((_, (harms, cap))) = w.combined(s) {
                all.push((lines(harms), schedule.keys, Money::Fen(*cap)));
            }
        }
        all
    }

    /// F103: a limit over exactly these keys, through which something of the scope goes, surely below the floor, or one
    /// over wider keys that all of the scope goes through; F108: below it as the contract sets a parameter.
    pub(super) fn floors(&mut self, settings: &[Vec<i64>]) {
        let w = self.world;
        let Some(framework) = &w.framework else { return };
        for (index, requirement) in framework.requirements.iter().enumerate() {
            let (keys, floor) = match requirement {
                Requirement::LimitPerEvent(floor) => (Keys::EVENT, *floor),
                Requirement::LimitPerYear(floor) => (
                    Keys {
                        year: true,
                        ..Keys::default()
                    },
                    *floor,
                ),
                Requirement::Payable(..) => continue,
            };
            let concerned = |limit: &usize| {
                w.limits[*limit].keys == keys
                    && w.benefits().iter().any(|(cover, harm)| {
                        w.under(*limit, *cover, *harm)
                            && framework.harms.contains(harm)
                            && self.pays_scope(*cover, framework)
                    })
            };
            // For each setting, whether the least of the limit's amounts is below the floor.
            let below = |limit: usize| -> Vec<bool> {
                let least = settings.iter().map(|parameters| {
                    universe::outcomes(w)
                        .iter()
                        .flat_map(|decided| universe::years(w).into_iter().map(move |year| (decided.clone(), year)))
                        .map(|(decided, year)| w.allowed(limit, &universe::given(&decided, parameters, year)))
                        .min()
                });
                least.map(|least| least.is_some_and(|least| least < floor)).collect()
            };
            let below: Vec<Vec<bool>> = (0..w.limits.len()).filter(concerned).map(below).collect();
            let around = self.low_around(framework, keys, floor, settings);
            if around || below.iter().any(|below| below.iter().all(|below| *below)) {
                self.at("F103", Item::Requirement(index));
            } else if below.iter().flatten().any(|below| *below) {
                self.at("F108", Item::Requirement(index));
            }
        }
    }

    /// A limit that holds all of the scope over wider keys never lets the floor through, whatever is set or decided.
    fn low_around(&self, framework: &Framework, keys: Keys, floor: i64, settings: &[Vec<i64>]) -> bool {
        let w = self.world;
        let scope: Vec<(usize, Harm)> = w
            .benefits()
            .into_iter()
            .filter(|(cover, harm)| framework.harms.contains(harm) && self.pays_scope(*cover, framework))
            .collect();
        let most = |limit: usize| {
            let days = universe::outcomes(w).into_iter().flat_map(|decided| {
                let years = universe::years(w).into_iter();
                years.map(move |year| (decided.clone(), year)).collect::<Vec<_>>()
            });
            let amounts = days.flat_map(|(decided, year)| {
                let allowed = |parameters: &Vec<i64>| w.allowed(limit, &universe::given(&decided, parameters, year));
                settings.iter().map(allowed).collect::<Vec<_>>()
            });
            amounts.max().unwrap_or(0)
        };
        (0..w.limits.len()).any(|limit| {
            let wider = w.limits[limit].keys != keys && keys.refines(w.limits[limit].keys);
            let all = scope.iter().all(|(cover, harm)| w.under(limit, *cover, *harm));
            wider && !scope.is_empty() && all && (1..floor).contains(&most(limit))
        })
    }

    pub(super) fn pays_scope(&self, cover: usize, framework: &Framework) -> bool {
        let w = self.world;
        w.covers[cover].perils.as_ref().is_none_or(|refs| {
            self.contexts.iter().any(|context| {
                crate::worlds::meaning::names(PERILS, &framework.perils, context.claim.peril)
                    && refs
                        .iter()
                        .any(|_| w.meets_perils(cover, &context.claim, &self.given(context, &[])))
            })
        })
    }
}
