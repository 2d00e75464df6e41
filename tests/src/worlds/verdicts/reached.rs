//! What limits never meet: totals that stay below them, caps of rows that nothing passes, ranks without lines; and what
//! nothing limits.

use super::settling::{Cap, Line, Room, ordered, settled};
use super::*;

/// The insured years of every generated scheme.
const YEARS: i64 = 3;
/// More than any limit, and small enough that a few of them add up.
const MANY: i64 = HUGE / 10;
/// Of so many kinds of claims every set is tried.
const KINDS: usize = 8;

/// By cover and harm, the most that one claim comes to.
type Worths = BTreeMap<(usize, Harm), i64>;
/// Lines that one claim brings.
type Brought = Vec<(usize, Harm, i64)>;

impl Judge<'_> {
    /// L103: however many claims, a group never totals more than the limit lets through.
    pub(super) fn reached(&mut self) {
        let w = self.world;
        let settings = universe::settings(w, false);
        let worths: Vec<Worths> = settings.iter().map(|set| self.worths(set)).collect();
        let mut never = Vec::new();
        for (at, limit) in w.limits.iter().enumerate() {
            let lines: Lines = w.benefits().into_iter().filter(|(c, h)| w.under(at, *c, *h)).collect();
            // What is wrong with a cover that never pays is said of it.
            if !lines.is_empty()
                && !worths
                    .iter()
                    .any(|worths| lines.iter().any(|line| worths.contains_key(line)))
            {
                continue;
            }
            let before = self
                .sequence()
                .into_iter()
                .take_while(|other| *other != at)
                .collect::<Vec<_>>();
            let reaches = settings.iter().zip(&worths).any(|(set, worths)| {
                self.all_given(set).iter().any(|given| {
                    let caps = self.caps_within(limit.keys, &before, given, worths);
                    self.passes(limit.keys, &lines, &caps, w.allowed(at, given), worths, given)
                })
            });
            if !reaches {
                never.push(Item::Limit(at));
            }
        }
        for (s, schedule) in w.schedules.iter().enumerate() {
            let Some((harms, sum)) = schedule.combined.as_ref().filter(|_| schedule.keys.any()) else {
                continue;
            };
            let users: Vec<usize> = (0..w.covers.len())
                .filter(|cover| w.covers[*cover].schedule == s)
                .collect();
            let lines: Lines = users
                .iter()
                .flat_map(|cover| harms.iter().map(|harm| (*cover, *harm)))
                .collect();
            let reaches = settings.iter().zip(&worths).any(|(set, worths)| {
                let given = universe::given(&[], set, 2024);
                let caps: Vec<Cap> = self.caps_within(schedule.keys, &[], &given, worths);
                // Not the combined caps themselves; what equals its parts states their total.
                let caps: Vec<Cap> = caps.into_iter().filter(Cap::is_of_one_harm).collect();
                self.passes(schedule.keys, &lines, &caps, sum - 1, worths, &given)
            });
            let paid = worths
                .iter()
                .any(|worths| lines.iter().any(|line| worths.contains_key(line)));
            if !reaches && paid {
                never.push(Item::Combined(s));
            }
        }
        for item in never {
            self.at("L103", item);
        }
        self.idle_steps(&settings);
    }

    /// What is decided and in which year, with parameters set.
    fn all_given(&self, set: &[i64]) -> Vec<Given> {
        let years = universe::years(self.world);
        let outcomes = universe::outcomes(self.world);
        outcomes
            .iter()
            .flat_map(|decided| years.iter().map(|year| universe::given(decided, set, *year)))
            .collect()
    }

    /// Of each cover and harm that is paid for some claim.
    fn worths(&self, set: &[i64]) -> Worths {
        let w = self.world;
        let mut worths = Worths::new();
        for context in &self.contexts {
            let given = self.given(context, set);
            for harm in Harm::ALL {
                let base = Claim {
                    harm: *harm,
                    ..context.claim.clone()
                };
                for cover in w.candidates(&base, &given) {
                    for claim in universe::claims(w, &context.claim, *harm) {
                        if let Some(worth) = self.alone(cover, &claim, &given) {
                            let most = worths.entry((cover, *harm)).or_insert(worth);
                            *most = worth.max(*most);
                        }
                    }
                }
            }
        }
        worths
    }

    /// The caps of schedules and some limits, as they bound what one group over these keys totals: each as often as its
    /// key occurs there, and not at all where that is without end.
    fn caps_within(&self, keys: Keys, limits: &[usize], given: &Given, worths: &Worths) -> Vec<Cap> {
        let w = self.world;
        let times = |inner: Keys| -> Option<i64> {
            let free = |has: bool, fixed: bool| has && !fixed;
            let endless = free(inner.person, keys.person)
                || free(inner.household, keys.household)
                || free(inner.event, keys.event)
                || free(inner.claim, keys.claim);
            let yearly = free(inner.year, keys.year || keys.event);
            match (keys.claim, endless) {
                (true, _) => Some(1),
                (false, true) => None,
                (false, false) => Some(if yearly { YEARS } else { 1 }),
            }
        };
        let one = |lines: &Lines| {
            lines
                .iter()
                .filter_map(|line| worths.get(line))
                .max()
                .copied()
                .unwrap_or(0)
        };
        let mut caps = Vec::new();
        for (lines, keys) in self.largest() {
            caps.extend(times(keys).map(|times| Cap::of_schedule(lines.clone(), Room::Fen(one(&lines) * times))));
        }
        for (lines, keys, amount) in self.own_caps() {
            let amount = w.money(&amount, given);
            caps.extend(times(keys).map(|times| Cap::of_schedule(lines, Room::Fen(amount.saturating_mul(times)))));
        }
        for at in limits {
            let amount = w.allowed(*at, given);
            let cap = self.cap(*at, Room::Fen(0));
            caps.extend(times(w.limits[*at].keys).map(|times| cap.clone().with(amount.saturating_mul(times))));
        }
        caps
    }

    /// Whether some claims of one group total more than this under the caps.
    fn passes(&self, keys: Keys, lines: &Lines, caps: &[Cap], more_than: i64, worths: &Worths, given: &Given) -> bool {
        let total = |brought: &Brought, backwards: bool, one_day: bool| {
            let lines: Vec<Line> = brought
                .iter()
                .enumerate()
                .map(|(at, (cover, harm, amount))| Line {
                    cover: *cover,
                    harm: *harm,
                    amount: *amount,
                    claim: if keys.claim { 0 } else { at },
                    day: match (one_day, backwards) {
                        (true, _) => 0,
                        (false, false) => at as u8,
                        (false, true) => (brought.len() - at) as u8,
                    },
                })
                .collect();
            settled(&lines, caps).0
        };
        if keys.claim {
            let mut single = self.single(lines, given);
            return single.any(|brought| total(&brought, false, true) > more_than);
        }
        let kinds: Brought = lines
            .iter()
            .filter(|line| worths.get(line).is_some_and(|worth| *worth > 0))
            .map(|(cover, harm)| (*cover, *harm, MANY))
            .collect();
        let above = |brought: &Brought| {
            total(brought, false, true) > more_than
                || total(brought, false, false) > more_than
                || total(brought, true, false) > more_than
        };
        if above(&kinds) {
            return true;
        }
        !ordered(caps)
            && kinds.len() <= KINDS
            && (1usize..1 << kinds.len()).any(|set| {
                let some = kinds.iter().enumerate().filter(|(at, _)| set >> at & 1 == 1);
                above(&some.map(|(_, kind)| *kind).collect())
            })
    }

    /// What one claim brings, each claim that matters.
    fn single<'j>(&'j self, lines: &'j Lines, given: &'j Given) -> impl Iterator<Item = Brought> + 'j {
        let w = self.world;
        self.contexts.iter().flat_map(move |context| {
            let given = universe::given(&context.decided, &given.parameters, given.year);
            Harm::ALL.iter().flat_map(move |harm| {
                let mut ways = BTreeMap::new();
                self.ways(&context.claim, *harm, &given, &mut ways);
                let groups: BTreeSet<Vec<usize>> = ways.into_keys().map(|(covers, _)| covers).collect();
                let claims = universe::claims(w, &context.claim, *harm);
                let given = given.clone();
                groups
                    .into_iter()
                    .flat_map(move |group| claims.clone().into_iter().map(move |claim| (group.clone(), claim)))
                    .map(move |(group, claim)| {
                        let pays = |cover: usize| Some((cover, *harm, self.alone(cover, &claim, &given)?));
                        let brought = group.into_iter().filter(|cover| lines.contains(&(*cover, *harm)));
                        brought.filter_map(pays).collect()
                    })
            })
        })
    }

    /// L103: a cap in a row that no claim passes, where the cap stands for single claims.
    fn idle_steps(&mut self, settings: &[Vec<i64>]) {
        let w = self.world;
        for (s, schedule) in w.schedules.iter().enumerate() {
            for (r, row) in schedule.rows.iter().enumerate() {
                let total = matches!(row.start, Start::Actual(_) | Start::Months { .. });
                let Some(at) = row.steps.iter().position(|step| matches!(step, Step::UpTo(_))) else {
                    continue;
                };
                if (total && schedule.keys.any()) || row.start == Start::Nothing {
                    continue;
                }
                let upto = |steps: usize| Row {
                    steps: row.steps[..steps].to_vec(),
                    ..row.clone()
                };
                let (without, with) = (upto(at), upto(at + 1));
                let passes = self.contexts.iter().any(|context| {
                    universe::claims(w, &context.claim, row.harm).iter().any(|claim| {
                        settings.iter().any(|set| {
                            let given = self.given(context, set);
                            w.pays(&without, claim, &given) > w.pays(&with, claim, &given)
                        })
                    })
                });
                if !passes {
                    self.at("L103", Item::Row(s, r));
                }
            }
        }
    }

    /// L106: a row for an actual loss, or by the month, that is without end for some claim, and no limit holds what one
    /// person, household or claim is paid.
    pub(super) fn unlimited(&mut self) {
        let w = self.world;
        let settings = universe::settings(w, false);
        let mut found = BTreeSet::new();
        for (cover, harm) in w.benefits() {
            let Some((place, row)) = w.row(w.covers[cover].schedule, harm) else {
                continue;
            };
            let endless = match row.start {
                Start::Actual(_) => true,
                Start::Months { most, .. } => most.is_none(),
                _ => false,
            };
            let capped = row.steps.iter().any(|step| matches!(step, Step::UpTo(_)));
            let of_one = |limit: &usize| {
                let keys = w.limits[*limit].keys;
                (keys.person || keys.household || keys.claim) && w.under(*limit, cover, harm)
            };
            let combined = self.own_caps().iter().any(|(lines, ..)| lines.contains(&(cover, harm)));
            if !endless || capped || combined || (0..w.limits.len()).any(|limit| of_one(&limit)) {
                continue;
            }
            let free = self.contexts.iter().any(|context| {
                let met = w.meets(cover, &context.claim, &self.given(context, &[]));
                met && universe::claims(w, &context.claim, harm).iter().any(|claim| {
                    settings.iter().all(|set| {
                        let worth = self.alone(cover, claim, &self.given(context, set));
                        worth.is_some_and(|worth| worth >= UNBOUNDED)
                    })
                })
            });
            if free {
                found.insert(Item::Row(place.0, place.1));
            }
        }
        for item in found {
            self.at("L106", item);
        }
    }

    /// L114: a rank to which no line of the limit comes, or a level that finds one event or one claim.
    pub(super) fn ranks(&mut self) {
        let w = self.world;
        for (at, limit) in w.limits.iter().enumerate() {
            let under = |harm: Harm| {
                w.benefits()
                    .iter()
                    .any(|(cover, of)| *of == harm && w.under(at, *cover, *of))
            };
            let idle = match &limit.exhausted {
                Exhausted::ProRata => false,
                Exhausted::ByDate => limit.keys.claim,
                Exhausted::FirstCome => limit.keys.claim || limit.keys.event,
                Exhausted::Rank(harms) => limit.keys.claim || harms.iter().any(|harm| !under(*harm)),
            };
            if idle {
                self.at("L114", Item::Limit(at));
            }
        }
    }
}
