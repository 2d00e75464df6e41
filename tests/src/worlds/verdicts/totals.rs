//! Limits that no claims ever reach though rows come under them (L103): what can come together under a limit before it
//! acts, and what one row comes to before a cap of its own.
//!
//! A group fixes the keys of the limit; claims may be as many as one likes, with any facts that evaluation accepts. What
//! is decided of an event holds for all its claims, and a parameter is one number wherever it stands. An event lies in
//! one insured year.

use super::settling::{Cap, Line, Room, paid};
use super::*;

/// The insured years of the term that every scheme here has.
const YEARS: [i16; 3] = [2024, 2025, 2026];

/// Claims of one harm that the same covers meet.
#[derive(Debug)]
pub(super) struct Payment {
    claim: Claim,
    covers: Vec<usize>,
    /// What is decided of the event; whether a peril is added to an open list is a fact of the claim.
    decided: Vec<bool>,
}

/// How much a limit lets through.
#[derive(Debug)]
enum Amount {
    Limit(usize),
    /// A cap of a schedule over its keys
    Own(Money),
    /// As much as its largest line
    Largest,
}

/// A limit as it holds a group.
#[derive(Debug)]
pub(super) struct Bound {
    lines: Lines,
    keys: Keys,
    amount: Amount,
}

/// The most that one claim brings a line, by what is decided of the event. Lines that no claim is paid by are not in it.
pub(super) type Kinds = BTreeMap<Vec<bool>, BTreeMap<(usize, Harm), i64>>;

/// A line in an insured year.
type Part = ((usize, Harm), i16);

impl Judge<'_> {
    /// L103 of limits, and of caps over several harms.
    pub(super) fn never_reached(&mut self) {
        let bounds = self.bounds();
        let combined = |bound: &Bound| {
            let several = bound.lines.iter().map(|(_, harm)| harm).collect::<BTreeSet<_>>().len() > 1;
            let (cover, _) = bound.lines.first()?;
            let (schedule, _) = self.world.combined(self.world.covers[*cover].schedule)?;
            several.then_some(Item::Combined(schedule))
        };
        let mut open: Vec<(usize, Item)> = Vec::new();
        for (at, bound) in bounds.iter().enumerate() {
            match &bound.amount {
                Amount::Limit(limit) => open.push((at, Item::Limit(*limit))),
                Amount::Own(_) => open.extend(combined(bound).map(|item| (at, item))),
                Amount::Largest => {}
            }
        }
        for set in universe::settings(self.world, false).into_iter().chain(self.between()) {
            if open.is_empty() {
                break;
            }
            let kinds = self.kinds(self.payments(), &set);
            open.retain(|(at, _)| self.never_above(&bounds, *at, &kinds, self.payments(), &set));
        }
        for (_, item) in open {
            self.at("L103 total", item);
        }
    }

    /// All limits in the order in which they act.
    pub(super) fn bounds(&self) -> Vec<Bound> {
        let w = self.world;
        let bound = |lines: Lines, keys: Keys, amount: Amount| Bound { lines, keys, amount };
        let largest = self.largest().into_iter();
        let own = self.own_caps().into_iter();
        let limits = self.sequence().into_iter().map(|at| {
            let lines = w
                .benefits()
                .into_iter()
                .filter(|(cover, harm)| w.under(at, *cover, *harm));
            bound(lines.collect(), w.limits[at].keys, Amount::Limit(at))
        });
        largest
            .map(|(lines, keys)| bound(lines, keys, Amount::Largest))
            .chain(own.map(|(lines, keys, amount)| bound(lines, keys, Amount::Own(amount))))
            .chain(limits)
            .collect()
    }

    /// Which covers meet which claims, each combination once for what their worth may depend on.
    pub(super) fn payments(&self) -> &[Payment] {
        self.paid.get_or_init(|| self.all_payments())
    }

    fn all_payments(&self) -> Vec<Payment> {
        let w = self.world;
        let mut seen = BTreeSet::new();
        let mut all = Vec::new();
        for (index, context) in self.contexts.iter().enumerate() {
            let mut decided = context.decided.clone();
            for (taken, decision) in decided.iter_mut().zip(&w.decisions) {
                *taken &= !decision.opens;
            }
            for harm in Harm::ALL {
                let covers = self.candidates(index, *harm);
                let told = (
                    *harm,
                    covers.clone(),
                    context.claim.depth,
                    context.claim.loss,
                    context.claim.months,
                    decided.clone(),
                );
                if !covers.is_empty() && seen.insert(told) {
                    all.push(Payment {
                        claim: Claim {
                            harm: *harm,
                            ..context.claim.clone()
                        },
                        covers,
                        decided: decided.clone(),
                    });
                }
            }
        }
        all
    }

    /// The sets of covers that may pay a claim together, each with what it pays: the largest that all stack; of sets that
    /// are ranked throughout only those that come to most.
    fn paying(&self, covers: &[usize], claim: &Claim, given: &Given) -> Vec<Vec<(usize, i64)>> {
        let w = self.world;
        let rated = |cover: &usize| {
            let (_, row) = w.row(w.covers[*cover].schedule, claim.harm)?;
            (row.start != Start::Nothing).then_some(())?;
            Some((*cover, self.alone(*cover, claim, given)?))
        };
        let rated: Vec<(usize, i64)> = covers.iter().filter_map(rated).collect();
        if rated.len() < 2 {
            return rated.into_iter().map(|one| vec![one]).collect();
        }
        let stack = |a: usize, b: usize| w.joined(rated[a].0, rated[b].0, Meeting::Stack);
        let all = |set: usize, of: &dyn Fn(usize, usize) -> bool| {
            let inside = || (0..rated.len()).filter(move |at| set >> at & 1 == 1);
            inside().all(|a| inside().all(|b| a == b || of(a, b)))
        };
        let stacking: Vec<usize> = (1..1usize << rated.len()).filter(|set| all(*set, &stack)).collect();
        let largest = |set: &usize| !stacking.iter().any(|other| other != set && other & set == *set);
        let worth = |set: usize| -> i64 {
            let inside = (0..rated.len()).filter(|at| set >> at & 1 == 1);
            inside.filter_map(|at| w.worth(rated[at].0, claim, given)).sum()
        };
        let stated = |a: usize, b: usize| stack(a, b) || w.joined(rated[a].0, rated[b].0, Meeting::Higher);
        let sets: Vec<(usize, i64)> = stacking
            .iter()
            .copied()
            .filter(largest)
            .map(|set| (set, worth(set)))
            .collect();
        let pays = |(set, worth): &&(usize, i64)| {
            let higher = |(other, more): &(usize, i64)| more > worth && all(set | other, &stated);
            !sets.iter().any(higher)
        };
        let covers = |(set, _): &(usize, i64)| {
            (0..rated.len())
                .filter(|at| set >> at & 1 == 1)
                .map(|at| rated[at])
                .collect()
        };
        sets.iter().filter(pays).map(covers).collect()
    }

    pub(super) fn kinds(&self, payments: &[Payment], set: &[i64]) -> Kinds {
        let mut kinds = Kinds::new();
        for payment in payments {
            let given = universe::given(&payment.decided, set, 2024);
            let of = kinds.entry(payment.decided.clone()).or_default();
            for claim in universe::claims(self.world, &payment.claim, payment.claim.harm) {
                for (cover, amount) in self.paying(&payment.covers, &claim, &given).into_iter().flatten() {
                    let most = of.entry((cover, claim.harm)).or_insert(0);
                    *most = (*most).max(amount);
                }
            }
        }
        kinds
    }

    /// Whether with these parameters no group comes to more than a limit, whatever is decided, in every year. A cap over
    /// harms that is their total states it.
    fn never_above(&self, bounds: &[Bound], at: usize, kinds: &Kinds, payments: &[Payment], set: &[i64]) -> bool {
        let bound = &bounds[at];
        let reaches = kinds
            .values()
            .flat_map(BTreeMap::keys)
            .any(|line| bound.lines.contains(line));
        let strict = matches!(bound.amount, Amount::Own(_));
        reaches
            && self.decisions().iter().all(|decided| {
                universe::years(self.world).iter().all(|year| {
                    let given = universe::given(decided, set, *year);
                    let Some(amount) = self.lets(bound, &given) else {
                        return true;
                    };
                    let most = match bound.keys.claim {
                        true => Some(self.of_one_claim(bounds, at, payments, &given)),
                        false => self.of_many(&bounds[..at], &bound.lines, bound.keys, kinds, &given),
                    };
                    most.is_some_and(|most| most < amount || (!strict && most == amount))
                })
            })
    }

    /// What may be decided of one event.
    pub(super) fn decisions(&self) -> BTreeSet<Vec<bool>> {
        let of_event = |outcome: Vec<bool>| {
            let with = outcome.into_iter().zip(&self.world.decisions);
            with.map(|(taken, decision)| taken && !decision.opens).collect()
        };
        universe::outcomes(self.world).into_iter().map(of_event).collect()
    }

    fn lets(&self, bound: &Bound, given: &Given) -> Option<i64> {
        match &bound.amount {
            Amount::Limit(limit) => Some(self.world.allowed(*limit, given)),
            Amount::Own(amount) => Some(self.world.money(amount, given)),
            Amount::Largest => None,
        }
    }

    /// The most that one claim brings under a limit before it acts.
    fn of_one_claim(&self, bounds: &[Bound], at: usize, payments: &[Payment], given: &Given) -> i64 {
        let caps = bounds[..at].iter().map(|bound| {
            let room = self.lets(bound, given).map_or(Room::Largest, Room::Fen);
            Cap::of_schedule(bound.lines.clone(), room)
        });
        let caps: Vec<Cap> = caps.collect();
        let mut most = 0;
        for payment in payments.iter().filter(|payment| payment.decided == given.decided) {
            let harm = payment.claim.harm;
            for claim in universe::claims(self.world, &payment.claim, harm) {
                for group in self.paying(&payment.covers, &claim, given) {
                    let lines = group.into_iter().map(|(cover, amount)| Line {
                        cover,
                        harm,
                        amount,
                        claim: 0,
                        day: 0,
                    });
                    let lines: Vec<Line> = lines.collect();
                    let under = |(line, _): &(&Line, i64)| bounds[at].lines.contains(&(line.cover, line.harm));
                    let paid = lines.iter().zip(paid(&lines, &caps).0).filter(under);
                    most = most.max(paid.map(|(_, paid)| paid).sum());
                }
            }
        }
        most
    }

    /// The most that claims of a group bring on some lines under the limits before; `None`: without end.
    pub(super) fn of_many(
        &self,
        before: &[Bound],
        lines: &Lines,
        keys: Keys,
        kinds: &Kinds,
        given: &Given,
    ) -> Option<i64> {
        let years = match keys.event || keys.year {
            true => vec![given.year],
            false => YEARS.to_vec(),
        };
        let of_day = |decided: &Vec<bool>, year: i16| universe::given(decided, &given.parameters, year);
        let mut most: BTreeMap<Part, i64> = BTreeMap::new();
        for (decided, kinds) in kinds
            .iter()
            .filter(|(decided, _)| !keys.event || **decided == given.decided)
        {
            for (line, amount) in kinds
                .iter()
                .filter(|(line, amount)| lines.contains(line) && **amount > 0)
            {
                for year in &years {
                    // A limit of 0 lets nothing through, however often its key occurs.
                    let stops = |bound: &Bound| {
                        bound.lines.contains(line) && self.lets(bound, &of_day(decided, *year)) == Some(0)
                    };
                    if !before.iter().any(stops) {
                        let of = most.entry((*line, *year)).or_insert(0);
                        *of = (*of).max(*amount);
                    }
                }
            }
        }
        let mut held: Vec<(BTreeSet<Part>, i64)> = Vec::new();
        for bound in before {
            let free = Keys {
                person: bound.keys.person && !keys.person,
                household: bound.keys.household && !keys.household,
                event: bound.keys.event && !keys.event,
                year: false,
                claim: bound.keys.claim,
            };
            if free.any() {
                continue;
            }
            let by_year = bound.keys.year || bound.keys.event;
            let all = || most.keys().filter(|(line, _)| bound.lines.contains(line)).copied();
            let parts: Vec<BTreeSet<Part>> = match by_year {
                true => years
                    .iter()
                    .map(|y| all().filter(|(_, of)| of == y).collect())
                    .collect(),
                false => vec![all().collect()],
            };
            for (parts, year) in parts.into_iter().zip(&years).filter(|(parts, _)| !parts.is_empty()) {
                let largest = || {
                    parts
                        .iter()
                        .filter_map(|part| most.get(part))
                        .copied()
                        .max()
                        .unwrap_or(0)
                };
                let room = self.lets(bound, &of_day(&given.decided, *year)).unwrap_or_else(largest);
                held.push((parts, room));
            }
        }
        most_under(most.into_keys().collect(), held)
    }

    /// Parameters between their bounds: at each amount named, where what one of them adds may change.
    fn between(&self) -> Vec<Vec<i64>> {
        let w = self.world;
        let mut named: BTreeSet<i64> = BTreeSet::new();
        let mut name = |amount: &Money| {
            if let Money::Fen(fen) = amount {
                named.insert(*fen);
            }
        };
        for limit in &w.limits {
            name(&limit.amount);
            limit.dated.iter().for_each(|(_, fen)| name(&Money::Fen(*fen)));
            limit.raised.iter().for_each(|(fen, _)| name(&Money::Fen(*fen)));
        }
        self.own_caps().iter().for_each(|(.., amount)| name(amount));
        let mut all = vec![Vec::new()];
        for parameter in &w.parameters {
            let (low, high) = universe::bounds(parameter);
            let mut values = BTreeSet::from([low, high, low + (high - low) / 2]);
            if !parameter.ratio {
                values.extend(named.iter().filter(|value| (low..=high).contains(value)));
            }
            all = all
                .iter()
                .flat_map(|so_far: &Vec<i64>| values.iter().map(|v| so_far.iter().copied().chain([*v]).collect()))
                .collect();
        }
        if w.parameters.is_empty() { Vec::new() } else { all }
    }

    /// L103 of a cap in a row that what stands before it never exceeds.
    pub(super) fn dead_steps(&mut self) {
        let w = self.world;
        let settings = universe::settings(w, true);
        let mut found = BTreeSet::new();
        for s in 0..w.schedules.len() {
            for (r, row) in w.schedules[s].rows.iter().enumerate() {
                for (at, step) in row.steps.iter().enumerate() {
                    if let Step::UpTo(cap) = step
                        && self.never_exceeded((s, r), row, at, cap, &settings)
                    {
                        found.insert(Item::Row(s, r));
                    }
                }
            }
        }
        for item in found {
            self.at("L103 step", item);
        }
    }

    fn never_exceeded(&self, place: (usize, usize), row: &Row, at: usize, cap: &Money, settings: &[Vec<i64>]) -> bool {
        let w = self.world;
        let start = Row {
            steps: row.steps[..at].to_vec(),
            ..row.clone()
        };
        let of_row = |cover: &Cover| w.row(cover.schedule, row.harm).is_some_and(|(of, _)| of == place);
        // A cap over keys holds a total, which several claims may bring; so much a month has its own, where it is paid.
        let keyed = w.schedules[place.0].keys.any();
        match row.start {
            Start::Actual(_) | Start::Months { most: None, .. } if keyed => return false,
            Start::Months { .. } if keyed && !w.covers.iter().any(of_row) => return false,
            Start::Nothing => return false,
            _ => {}
        }
        // Whatever the claim: a row is judged as it is written.
        let mut seen = BTreeSet::new();
        let apart = |context: &&Context| seen.insert((context.claim.depth, context.claim.loss, context.claim.months));
        let contexts: Vec<&Context> = self.contexts.iter().filter(apart).collect();
        contexts.iter().all(|context| {
            universe::claims(w, &context.claim, row.harm).iter().all(|claim| {
                settings.iter().all(|set| {
                    let given = self.given(context, set);
                    let comes_to = w.pays(&start, claim, &given);
                    comes_to.is_none_or(|comes_to| comes_to <= w.money(cap, &given))
                })
            })
        })
    }
}

/// The most that parts without end come to together, each sum held by an amount; `None`: without end. Where limits cut
/// across one another it is a bound, which claims attain that can be had for any amount.
fn most_under(parts: BTreeSet<Part>, mut held: Vec<(BTreeSet<Part>, i64)>) -> Option<i64> {
    if parts.iter().any(|part| !held.iter().any(|(of, _)| of.contains(part))) {
        return None;
    }
    // What every other limit holds as a whole or not at all is one part.
    held.sort_by_key(|(of, _)| of.len());
    let mut blocks: Vec<(BTreeSet<Part>, Option<i64>)> =
        parts.into_iter().map(|part| (BTreeSet::from([part]), None)).collect();
    let mut crossing: Vec<(BTreeSet<Part>, i64)> = Vec::new();
    for (at, (of, room)) in held.iter().enumerate() {
        let others = held.iter().enumerate().filter(|(other, _)| *other != at);
        let whole = others
            .map(|(_, (other, _))| other)
            .all(|other| other.is_disjoint(of) || other.is_superset(of) || other.is_subset(of));
        if !whole || crossing.iter().any(|(inner, _)| inner.is_subset(of)) {
            crossing.push((of.clone(), *room));
            continue;
        }
        let (inside, rest): (Vec<_>, Vec<_>) = blocks.into_iter().partition(|(block, _)| block.is_subset(of));
        blocks = rest;
        let sum = inside.iter().try_fold(0i64, |sum, (_, worth)| Some(sum + (*worth)?));
        let joined = inside.into_iter().flat_map(|(block, _)| block).collect();
        blocks.push((joined, Some(sum.map_or(*room, |sum| sum.min(*room)))));
    }
    least_cover(&blocks, &crossing)
}

/// The least that limits which cut across one another come to, each taken in full, by half or not at all, and of every
/// block what they leave: by the duality of linear programs no sums are more.
fn least_cover(blocks: &[(BTreeSet<Part>, Option<i64>)], crossing: &[(BTreeSet<Part>, i64)]) -> Option<i64> {
    let count = crossing.len().min(8) as u32;
    let mut least: Option<i64> = None;
    for choice in 0..3usize.pow(count) {
        let half = |at: usize| (choice / 3usize.pow(at as u32) % 3) as i64;
        let taken: i64 = (0..count as usize).map(|at| half(at) * crossing[at].1).sum();
        let left = blocks.iter().try_fold(0i64, |sum, (block, worth)| {
            let holding = (0..count as usize).filter(|at| block.is_subset(&crossing[*at].0));
            let missing = (2 - holding.map(half).sum::<i64>()).max(0);
            if missing == 0 {
                Some(sum)
            } else {
                Some(sum + missing * (*worth)?)
            }
        });
        if let Some(left) = left {
            let whole = (taken + left) / 2;
            least = Some(least.map_or(whole, |least| least.min(whole)));
        }
    }
    least
}
