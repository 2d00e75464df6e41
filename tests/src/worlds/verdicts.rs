//! What is wrong with a world, by trying every claim that matters. A verdict is a code and what it is about: names of
//! items, or the line where the item stands.

use super::generate::straddle;
use super::meaning::{Claim, Given, within};
use super::model::*;
use super::universe::{self, Context};
use super::write::{Item, Written};
use std::collections::{BTreeMap, BTreeSet};

/// The codes that are held against the compiler, in both directions.
pub const CODES: &[&str] = &[
    "C101", "C102", "C103", "C104", "C105", "C106", "L101", "L102", "L104", "L105", "L107", "L108", "L109", "L110",
    "L301", "L302", "L303", "T101", "T102", "T103", "T104", "T105", "T106", "P101", "P102", "P103", "P104", "P105",
    "P108", "P109", "P110", "K103", "F103",
];

/// All verdicts on a world.
pub fn verdicts(world: &World, written: &Written) -> BTreeSet<String> {
    let mut judge = Judge {
        world,
        written,
        contexts: universe::contexts(world),
        found: BTreeSet::new(),
    };
    judge.order();
    // Without an order of its limits a scheme has no definite meaning, and nothing more is said of it.
    if judge.found.is_empty() {
        judge.covers();
        judge.meetings();
        judge.benefits();
        judge.lattice();
        judge.tables();
        judge.insurance();
    }
    judge.found
}

/// Pairs of cover and harm.
type Lines = BTreeSet<(usize, Harm)>;

struct Judge<'w> {
    world: &'w World,
    written: &'w Written,
    contexts: Vec<Context>,
    found: BTreeSet<String>,
}

/// Worth without bound, for all that a real claim can be.
const UNBOUNDED: i64 = HUGE / 1000;

impl Judge<'_> {
    fn at(&mut self, code: &str, item: Item) {
        let line = self.written.lines.get(&item).copied().unwrap_or_default();
        self.found.insert(format!("{code}@{line}"));
    }
    fn about(&mut self, code: &str, names: &[&str]) {
        let mut names = names.to_vec();
        names.sort_unstable();
        self.found.insert(format!("{code} {}", names.join(" ")));
    }
    fn given(&self, context: &Context, parameters: &[i64]) -> Given {
        universe::given(&context.decided, parameters, 2024)
    }

    /// SEMANTICS §4.5
    fn order(&mut self) {
        let w = self.world;
        let lines = |limit: usize| -> Vec<(usize, Harm)> {
            w.benefits()
                .into_iter()
                .filter(|(c, h)| w.under(limit, *c, *h))
                .collect()
        };
        let count = w.limits.len();
        let mut before = vec![vec![false; count]; count];
        for (i, limit) in w.limits.iter().enumerate() {
            if let Some(other) = limit.after {
                before[other][i] = true;
            }
            if let Some(outer) = limit.within {
                before[i][outer] = true;
            }
        }
        let mut open = Vec::new();
        for (a, b) in (0..count).flat_map(|a| (a + 1..count).map(move |b| (a, b))) {
            let (x, y) = (lines(a), lines(b));
            if !x.iter().any(|line| y.contains(line)) {
                continue;
            }
            let subset = |p: &[(usize, Harm)], q: &[(usize, Harm)]| p.iter().all(|line| q.contains(line));
            match (w.keys_refine(a, b), w.keys_refine(b, a)) {
                (true, false) => before[a][b] = true,
                (false, true) => before[b][a] = true,
                (true, true) if subset(&x, &y) && subset(&y, &x) => {
                    self.about("L302", &[&w.limits[a].name, &w.limits[b].name]);
                }
                (true, true) if subset(&x, &y) => before[a][b] = true,
                (true, true) if subset(&y, &x) => before[b][a] = true,
                _ => open.push((a, b)),
            }
        }
        for k in 0..count {
            for i in 0..count {
                for j in 0..count {
                    before[i][j] |= before[i][k] && before[k][j];
                }
            }
        }
        if (0..count).any(|i| before[i][i]) {
            self.found.insert("L303".to_owned());
        }
        for (a, b) in open {
            debug_assert!(straddle(w, a, b));
            if !before[a][b] && !before[b][a] {
                self.about("L301", &[&w.limits[a].name, &w.limits[b].name]);
            }
        }
    }

    fn covers(&mut self) {
        let w = self.world;
        let count = w.covers.len();
        let mut meets = vec![false; count];
        let mut always = vec![true; count];
        let mut perils = BTreeSet::new();
        let mut roles = BTreeSet::new();
        for context in &self.contexts {
            let given = self.given(context, &[]);
            for cover in 0..count {
                if w.meets(cover, &context.claim, &given) {
                    meets[cover] = true;
                    perils.insert(context.claim.peril);
                    roles.insert(context.claim.role);
                }
                if let Some(condition) = &w.covers[cover].condition {
                    always[cover] &= w.holds(condition, &context.claim, &given);
                }
            }
        }
        for (index, cover) in w.covers.iter().enumerate() {
            let listed: Vec<usize> = cover
                .perils
                .iter()
                .flatten()
                .flat_map(|peril| match peril {
                    PerilRef::Peril(peril, _) => vec![*peril],
                    PerilRef::Group(group) => w.groups[*group].perils.clone(),
                })
                .flat_map(|peril| below(PERILS, peril))
                .collect();
            let harms: Vec<Harm> = w
                .benefits()
                .into_iter()
                .filter(|(c, _)| *c == index)
                .map(|(_, h)| h)
                .collect();
            let bodily = [Harm::Death, Harm::Disability, Harm::Medical];
            if listed.iter().any(|p| PERSONAL_PERILS.contains(p)) && !harms.iter().any(|h| bodily.contains(h)) {
                self.about("C104", &[&cover.name]);
            }
            if !meets[index] {
                self.about("C105", &[&cover.name]);
                continue;
            }
            if cover.condition.is_some() && always[index] {
                self.about("C106", &[&cover.name]);
            }
            if listed
                .iter()
                .any(|peril| !perils.contains(&universe::stands_for(w, false, *peril)))
            {
                self.about("C102", &[&cover.name]);
            }
        }
        // A cover that no claim meets is reported for itself; of persons it leaves out those that its roles leave out.
        for index in (0..count).filter(|index| !meets[*index]) {
            let listed = &w.covers[index].roles;
            let named = |role: &usize| listed.is_empty() || super::meaning::names(ROLES, listed, *role);
            roles.extend((0..ROLES.len()).filter(named));
        }
        if w.persons
            .iter()
            .any(|role| !roles.contains(&universe::stands_for(w, true, *role)))
        {
            self.found.insert("C103".to_owned());
        }
    }

    /// Two covers that both count for one claim, and differ.
    fn meetings(&mut self) {
        let w = self.world;
        let settings = universe::settings(w, true);
        let mut seen: BTreeSet<(usize, usize)> = BTreeSet::new();
        for context in &self.contexts {
            if w.decisions
                .iter()
                .zip(&context.decided)
                .any(|(d, taken)| d.opens && *taken)
            {
                continue;
            }
            let plain = self.given(context, &[]);
            for harm in Harm::ALL {
                let base = Claim {
                    harm: *harm,
                    ..context.claim.clone()
                };
                let candidates = w.candidates(&base, &plain);
                let mut pairs = Vec::new();
                for (i, a) in candidates.iter().enumerate() {
                    for b in &candidates[i + 1..] {
                        if !seen.contains(&(*a, *b))
                            && !w.joined(*a, *b, Meeting::Stack)
                            && !w.joined(*a, *b, Meeting::Higher)
                        {
                            pairs.push((*a, *b));
                        }
                    }
                }
                if pairs.is_empty() {
                    continue;
                }
                for claim in universe::claims(w, &context.claim, *harm) {
                    for parameters in &settings {
                        let given = self.given(context, parameters);
                        for (a, b) in &pairs {
                            let worth = (w.worth(*a, &claim, &given), w.worth(*b, &claim, &given));
                            if let (Some(x), Some(y)) = worth
                                && x != y
                            {
                                seen.insert((*a, *b));
                            }
                        }
                    }
                }
            }
        }
        for (a, b) in seen {
            self.about("C101", &[&w.covers[a].name, &w.covers[b].name]);
        }
    }

    /// L102, L104, L107, L108
    fn benefits(&mut self) {
        let w = self.world;
        let settings = universe::settings(w, false);
        let years = universe::years(w);
        // By cover and harm: the worth is 0 for every claim that meets the cover.
        let mut nothing: BTreeMap<(usize, Harm), bool> = BTreeMap::new();
        let mut found = BTreeSet::new();
        // By claim: the rows that are cut whatever is decided, so far.
        let outcomes = universe::outcomes(w).len();
        let mut cut_so_far: BTreeMap<(usize, Item), bool> = BTreeMap::new();
        for (index, context) in self.contexts.iter().enumerate() {
            if index % outcomes == 0 {
                found.extend(
                    cut_so_far
                        .iter()
                        .filter(|(_, cut)| **cut)
                        .map(|((_, item), _)| ("L102", *item)),
                );
                cut_so_far.clear();
            }
            let plain = self.given(context, &[]);
            for (cover, harm) in w.benefits() {
                if !w.meets(cover, &context.claim, &plain) {
                    continue;
                }
                let Some((place, row)) = w.row(w.covers[cover].schedule, harm) else {
                    continue;
                };
                if row.start == Start::Nothing {
                    continue;
                }
                let claims = universe::claims(w, &context.claim, harm);
                // The most over all claims here, for each setting of the parameters.
                let most: Vec<Option<i64>> = settings
                    .iter()
                    .map(|parameters| {
                        let given = self.given(context, parameters);
                        claims.iter().filter_map(|claim| w.worth(cover, claim, &given)).max()
                    })
                    .collect();
                let Some(most) = most.into_iter().collect::<Option<Vec<i64>>>() else {
                    continue;
                };
                *nothing.entry((cover, harm)).or_insert(true) &= most.iter().all(|m| *m == 0);
                let pays = w
                    .candidates(
                        &Claim {
                            harm,
                            ..context.claim.clone()
                        },
                        &plain,
                    )
                    .contains(&cover);
                if pays && most.iter().any(|m| *m < UNBOUNDED) {
                    let cut = (0..w.limits.len()).any(|limit| {
                        w.under(limit, cover, harm)
                            && self.lets_something(limit, &settings)
                            && settings.iter().zip(&most).all(|(parameters, most)| {
                                years.iter().all(|year| {
                                    let given = universe::given(&context.decided, parameters, *year);
                                    *most > w.allowed(limit, &given)
                                })
                            })
                    });
                    *cut_so_far.entry((cover, Item::Row(place.0, place.1))).or_insert(true) &= cut;
                }
                if harm == Harm::Death && self.below_disability(cover, context, &most, &settings) {
                    found.insert(("L104", Item::Row(place.0, place.1)));
                }
            }
        }
        found.extend(
            cut_so_far
                .iter()
                .filter(|(_, cut)| **cut)
                .map(|((_, item), _)| ("L102", *item)),
        );
        // Death that is not paid at all stands below every disability too.
        for context in &self.contexts {
            let plain = self.given(context, &[]);
            for cover in 0..w.covers.len() {
                if let Some((place, row)) = w.row(w.covers[cover].schedule, Harm::Death)
                    && row.start == Start::Nothing
                    && w.meets(cover, &context.claim, &plain)
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
    fn lets_something(&self, limit: usize, settings: &[Vec<i64>]) -> bool {
        let w = self.world;
        universe::outcomes(w).iter().any(|decided| {
            universe::years(w).iter().any(|year| {
                settings
                    .iter()
                    .any(|p| w.allowed(limit, &universe::given(decided, p, *year)) > 0)
            })
        })
    }

    fn below_disability(&self, cover: usize, context: &Context, death: &[i64], settings: &[Vec<i64>]) -> bool {
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

    fn floor_above_cap(&self, row: &Row, settings: &[Vec<i64>]) -> bool {
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

    /// L101, L105, L109, L110, F103, K103
    fn lattice(&mut self) {
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
        for (s, schedule) in w.schedules.iter().enumerate() {
            let Some((harms, whole)) = &schedule.combined else {
                continue;
            };
            if !w.covers.iter().any(|cover| cover.schedule == s) || harms.len() < 2 {
                continue;
            }
            for (r, row) in schedule
                .rows
                .iter()
                .enumerate()
                .filter(|(_, row)| harms.contains(&row.harm))
            {
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
                    self.at("L101|L105", Item::Row(s, r));
                }
            }
        }
        self.floors(&settings);
        self.tower();
    }

    /// What one claim of a row comes to, by a cover that some claim meets, is above a sum whatever the contract sets.
    fn one_claim_above(&self, schedule: usize, row: &Row, sum: i64, settings: &[Vec<i64>]) -> bool {
        let w = self.world;
        !matches!(row.start, Start::Actual(_))
            && self.contexts.iter().any(|context| {
                let plain = self.given(context, &[]);
                let met =
                    (0..w.covers.len()).any(|c| w.covers[c].schedule == schedule && w.meets(c, &context.claim, &plain));
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
    fn own_caps(&self) -> Vec<(Lines, Keys, Money)> {
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
            if let Some((harms, cap)) = &schedule.combined {
                all.push((lines(harms), schedule.keys, Money::Fen(*cap)));
            }
        }
        all
    }

    /// F103: a limit over exactly these keys, through which something of the scope goes, surely below the floor.
    fn floors(&mut self, settings: &[Vec<i64>]) {
        let w = self.world;
        let Some(framework) = &w.framework else { return };
        for (index, requirement) in framework.requirements.iter().enumerate() {
            let (keys, floor) = match requirement {
                Requirement::LimitPerEvent(floor) => (
                    Keys {
                        event: true,
                        ..Keys::default()
                    },
                    *floor,
                ),
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
            let below = |limit: usize| {
                settings.iter().all(|parameters| {
                    let least = universe::outcomes(w)
                        .iter()
                        .flat_map(|decided| universe::years(w).into_iter().map(move |year| (decided.clone(), year)))
                        .map(|(decided, year)| w.allowed(limit, &universe::given(&decided, parameters, year)))
                        .min();
                    least.is_some_and(|least| least < floor)
                })
            };
            if (0..w.limits.len()).filter(concerned).any(below) {
                self.at("F103", Item::Requirement(index));
            }
        }
    }

    fn pays_scope(&self, cover: usize, framework: &Framework) -> bool {
        let w = self.world;
        w.covers[cover].perils.as_ref().is_none_or(|refs| {
            self.contexts.iter().any(|context| {
                super::meaning::names(PERILS, &framework.perils, context.claim.peril)
                    && refs
                        .iter()
                        .any(|_| w.meets_perils(cover, &context.claim, &self.given(context, &[])))
            })
        })
    }

    /// K103: a stated total that is not the sum of the layers.
    fn tower(&mut self) {
        let w = self.world;
        let Some(tower) = &w.tower else { return };
        let layers: i64 = tower.layers.iter().sum();
        if tower.total.is_some_and(|total| total != layers) {
            self.found.insert("K103".to_owned());
        }
    }

    fn tables(&mut self) {
        let w = self.world;
        for (index, table) in w.tables.iter().enumerate() {
            let otherwise = table.rows.iter().position(|(key, _)| *key == Key::Otherwise);
            match table.by {
                By::Grade | By::Damage => self.by_values(index, table, otherwise),
                By::Quantity(quantity) => {
                    let most = if quantity == Quantity::Depth { DEPTH } else { HUGE };
                    let mut points = BTreeSet::from([0, most]);
                    for (key, _) in &table.rows {
                        if let Key::Interval(from, below) = key {
                            for edge in from.iter().chain(below) {
                                points.extend([edge.at - 1, edge.at, edge.at + 1]);
                            }
                        }
                    }
                    let holding = |at: i64| {
                        table
                            .rows
                            .iter()
                            .filter(|(key, _)| matches!(key, Key::Interval(from, below) if within(*from, *below, at)))
                            .count()
                    };
                    let counts: Vec<usize> = points
                        .into_iter()
                        .filter(|at| (0..=most).contains(at))
                        .map(holding)
                        .collect();
                    if otherwise.is_none() && counts.contains(&0) {
                        self.about("T104", &[&table.name]);
                    }
                    if counts.iter().any(|count| *count > 1) {
                        self.about("T105", &[&table.name]);
                    }
                }
            }
        }
    }

    fn by_values(&mut self, index: usize, table: &Table, otherwise: Option<usize>) {
        let all = if table.by == By::Grade {
            GRADES.len()
        } else {
            DAMAGES.len()
        };
        let mut seen = BTreeSet::new();
        for (at, (key, _)) in table.rows.iter().enumerate() {
            let Key::Values(values) = key else { continue };
            if values.iter().any(|value| seen.contains(value)) {
                self.at("T102", Item::TableRow(index, at));
            }
            seen.extend(values.iter().copied());
        }
        match otherwise {
            None if seen.len() < all => self.about("T101", &[&table.name]),
            Some(at) if seen.len() == all => self.at("T103", Item::TableRow(index, at)),
            _ => {}
        }
        // From the gravest on, no row pays less than the next milder one.
        let mut graded: Vec<(usize, usize)> = table
            .rows
            .iter()
            .enumerate()
            .filter_map(|(at, (key, _))| match key {
                Key::Values(values) => Some((*values.iter().min()?, at)),
                _ => None,
            })
            .collect();
        graded.sort_unstable();
        if table.by == By::Damage {
            graded.reverse();
        }
        for pair in graded.windows(2) {
            let (worse, milder) = (&table.rows[pair[0].1].1, &table.rows[pair[1].1].1);
            if worse.iter().zip(milder).any(|(worse, milder)| worse < milder) {
                self.at("T106", Item::TableRow(index, pair[0].1));
            }
        }
    }

    fn insurance(&mut self) {
        let w = self.world;
        if !w.payers.is_empty() && w.payers.iter().sum::<i64>() != 100 {
            self.found.insert("P103".to_owned());
        }
        if let Some(coinsurance) = &w.coinsurance {
            let count = coinsurance.insurers.len() as i64;
            let leads: Vec<i64> = coinsurance
                .insurers
                .iter()
                .filter(|(_, lead)| *lead)
                .map(|(s, _)| *s)
                .collect();
            let mut say = |wrong: bool, code: &str| {
                if wrong {
                    self.found.insert(code.to_owned());
                }
            };
            say(
                coinsurance.insurers.iter().map(|(share, _)| share).sum::<i64>() != 100,
                "P101",
            );
            say(
                coinsurance
                    .count
                    .is_some_and(|(least, most)| !(least..=most).contains(&count)),
                "P108",
            );
            say(leads.len() > 1, "P110");
            say(
                leads.len() == 1 && coinsurance.lead_at_least.is_some_and(|floor| leads[0] < floor),
                "P109",
            );
        }
        if let Some(split) = &w.split {
            for (index, (_, first, second)) in split.rows.iter().enumerate() {
                if first + second != 100 {
                    self.at("P102", Item::SplitRow(index));
                }
            }
            let placed: Vec<usize> = split.rows.iter().flat_map(|(regions, ..)| regions.clone()).collect();
            let times = |region: usize| placed.iter().filter(|placed| **placed == region).count();
            if (0..REGIONS.len()).any(|region| times(region) == 0) {
                self.found.insert("P104".to_owned());
            }
            if (0..REGIONS.len()).any(|region| times(region) > 1) {
                self.found.insert("P105".to_owned());
            }
        }
    }
}

impl World {
    /// The peril of a claim is in the cover's list.
    pub fn meets_perils(&self, cover: usize, claim: &Claim, given: &Given) -> bool {
        let only = World {
            covers: vec![Cover {
                roles: Vec::new(),
                condition: None,
                ..self.covers[cover].clone()
            }],
            groups: self.groups.clone(),
            ..World::default()
        };
        only.meets(0, claim, given)
    }
}
