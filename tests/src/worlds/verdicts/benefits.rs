//! What benefits come to, alone and under limits.

use super::*;

impl Judge<'_> {
    /// L102, L104, L107, L108
    pub(super) fn benefits(&mut self) {
        let w = self.world;
        let settings = universe::settings(w, false);
        let years = universe::years(w);
        // By cover and harm: the worth is 0 for every claim that meets the cover.
        let mut nothing: BTreeMap<(usize, Harm), bool> = BTreeMap::new();
        let mut found = BTreeSet::new();
        // By claim: the rows that are cut whatever is decided, so far, and the limits that always cut them.
        let outcomes = universe::outcomes(w).len();
        let mut cut_so_far: BTreeMap<(usize, Item), (bool, BTreeSet<usize>)> = BTreeMap::new();
        let mut in_turn = false;
        let mut most_by: BTreeMap<(usize, Harm, [i64; 3]), Option<Vec<i64>>> = BTreeMap::new();
        for (index, context) in self.contexts.iter().enumerate() {
            if index % outcomes == 0 {
                let cut = std::mem::take(&mut cut_so_far).into_iter().filter(|(_, (cut, _))| *cut);
                found.extend(cut.map(|((_, item), (_, by))| {
                    in_turn |= by.is_empty();
                    ("L102", item)
                }));
            }
            for (cover, harm) in w.benefits() {
                if !self.met[index].contains(&cover) {
                    continue;
                }
                let Some((place, row)) = w.row(w.covers[cover].schedule, harm) else {
                    continue;
                };
                if row.start == Start::Nothing {
                    continue;
                }
                // The most over all claims here, for each setting of the parameters: no other fact moves it.
                let told = [context.claim.depth, context.claim.loss, context.claim.months];
                let by = (cover, harm, told);
                let most = most_by.entry(by).or_insert_with(|| {
                    let claims = universe::claims(w, &context.claim, harm);
                    let most = settings.iter().map(|parameters| {
                        let given = self.given(context, parameters);
                        claims.iter().filter_map(|claim| w.worth(cover, claim, &given)).max()
                    });
                    most.collect::<Option<Vec<i64>>>()
                });
                let Some(most) = most else { continue };
                *nothing.entry((cover, harm)).or_insert(true) &= most.iter().all(|m| *m == 0);
                let pays = self.candidates(index, harm).contains(&cover);
                if pays && most.iter().any(|m| *m < UNBOUNDED) {
                    let cuts = |limit: usize, year: i16| {
                        w.under(limit, cover, harm)
                            && self.lets_something(limit, &settings)
                            && settings.iter().zip(most.iter()).all(|(parameters, most)| {
                                let given = universe::given(&context.decided, parameters, year);
                                *most > w.allowed(limit, &given)
                            })
                    };
                    // In every year some limit cuts it, not the same one perhaps.
                    let all = 0..w.limits.len();
                    let cut = years.iter().all(|year| all.clone().any(|limit| cuts(limit, *year)));
                    let by = |limit: &usize| cut && years.iter().all(|year| cuts(*limit, *year));
                    let by: BTreeSet<usize> = all.clone().filter(by).collect();
                    let so_far = cut_so_far.entry((cover, Item::Row(place.0, place.1)));
                    let (every, limits) = so_far.or_insert((true, all.collect()));
                    *every &= cut;
                    limits.retain(|limit| by.contains(limit));
                }
                if harm == Harm::Death && !self.outdone(cover) && self.below_disability(cover, context, most, &settings)
                {
                    found.insert(("L104", Item::Row(place.0, place.1)));
                }
            }
        }
        let cut = cut_so_far.into_iter().filter(|(_, (cut, _))| *cut);
        found.extend(cut.map(|((_, item), (_, by))| {
            in_turn |= by.is_empty();
            ("L102", item)
        }));
        if in_turn {
            self.found.insert("(L102 by limits in turn)".to_owned());
        }
        // Death that is not paid at all stands below every disability too.
        for (context, met) in self.contexts.iter().zip(&self.met) {
            for cover in met.iter().copied() {
                if let Some((place, row)) = w.row(w.covers[cover].schedule, Harm::Death)
                    && row.start == Start::Nothing
                    && !self.outdone(cover)
                    && self.below_disability(cover, context, &vec![0; settings.len()], &settings)
                {
                    found.insert(("L104", Item::Row(place.0, place.1)));
                }
            }
        }
        for ((cover, harm), zero) in nothing {
            if zero && let Some((place, _)) = w.row(w.covers[cover].schedule, harm) {
                found.insert(("L108", Item::Row(place.0, place.1)));
            }
        }
        for (code, item) in found {
            self.at(code, item);
        }
        for (s, schedule) in w.schedules.iter().enumerate() {
            for (r, row) in schedule.rows.iter().enumerate() {
                if self.floor_above_cap(row, &settings) {
                    self.at("L107", Item::Row(s, r));
                }
            }
        }
    }

    /// A limit of 0 is reported for itself, and not again for all that it cuts.
    pub(super) fn lets_something(&self, limit: usize, settings: &[Vec<i64>]) -> bool {
        let w = self.world;
        universe::outcomes(w).iter().any(|decided| {
            universe::years(w).iter().any(|year| {
                settings
                    .iter()
                    .any(|p| w.allowed(limit, &universe::given(decided, p, *year)) > 0)
            })
        })
    }

    /// Whether another cover pays for a death too, or in its stead, wherever this one applies.
    pub(super) fn outdone(&self, cover: usize) -> bool {
        let everywhere = |other: usize| self.met.iter().all(|met| !met.contains(&cover) || met.contains(&other));
        self.world.joined_for_death(cover).into_iter().any(everywhere)
    }

    pub(super) fn below_disability(
        &self,
        cover: usize,
        context: &Context,
        death: &[i64],
        settings: &[Vec<i64>],
    ) -> bool {
        let w = self.world;
        let pays = w
            .row(w.covers[cover].schedule, Harm::Disability)
            .is_some_and(|(_, row)| row.start != Start::Nothing);
        pays && universe::claims(w, &context.claim, Harm::Disability)
            .iter()
            .any(|claim| {
                settings.iter().zip(death).all(|(parameters, death)| {
                    let given = self.given(context, parameters);
                    w.worth(cover, claim, &given).is_some_and(|worth| *death < worth)
                })
            })
    }

    pub(super) fn floor_above_cap(&self, row: &Row, settings: &[Vec<i64>]) -> bool {
        let w = self.world;
        let pick = |floors: bool| {
            row.steps.iter().filter_map(move |step| match step {
                Step::AtLeast(amount) if floors => Some(amount),
                Step::UpTo(amount) if !floors => Some(amount),
                _ => None,
            })
        };
        pick(true).any(|floor| {
            pick(false).any(|cap| {
                settings.iter().all(|parameters| {
                    let given = universe::given(&[], parameters, 2024);
                    w.money(floor, &given) > w.money(cap, &given)
                })
            })
        })
    }
}
