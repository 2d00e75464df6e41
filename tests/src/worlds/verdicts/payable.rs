//! What one person can be paid in one event, against the floors of a framework.

use super::settling::{Cap, Line, nested, settled};
use super::*;

/// What a claim brings: the covers that pay together, and how much each.
type Paying = Vec<(usize, i64)>;
/// Peril, role, and the state of whoever is liable where a condition reads it.
type Cell = (usize, usize, Option<usize>);
/// A set of covers that pays for a claim of a harm, and what each pays at each expense tried: what tells claims apart.
pub(super) type Way = (Vec<usize>, Vec<Option<i64>>);

impl Judge<'_> {
    /// F101: on some day, and with some decisions taken that raise limits, no claims of one person in one event of some
    /// cell of the scope bring the floor, however parameters are set; F108: they do not for some settings.
    pub(super) fn payable(&mut self) {
        let w = self.world;
        let Some(framework) = &w.framework else {
            return;
        };
        let settings = universe::settings(w, false);
        for (index, requirement) in framework.requirements.iter().enumerate() {
            let Requirement::Payable(harm, floor) = requirement else {
                continue;
            };
            let harms = harm.map_or(framework.harms.clone(), |harm| vec![harm]);
            let cells = self.cells(framework, &harms);
            let mut below: Vec<Vec<bool>> = Vec::new();
            for (decided, year) in self.occasions() {
                let given = |set: &Vec<i64>| universe::given(&decided, set, year);
                for contexts in cells.values() {
                    let short = |set| self.most(contexts, &harms, &given(set), Some(*floor)) < *floor;
                    below.push(settings.iter().map(short).collect());
                }
            }
            if below.iter().any(|below| below.iter().all(|below| *below)) {
                self.at("F101", Item::Requirement(index));
            } else if below.iter().flatten().any(|below| *below) {
                self.at("F108", Item::Requirement(index));
            }
        }
    }

    /// The least, over cells and occasions, of the most that one person can be paid: between what the least and the
    /// greatest setting of the parameters brings.
    pub fn least_payable(&self, requirement: usize) -> Option<(i64, i64)> {
        let framework = self.world.framework.as_ref()?;
        let Requirement::Payable(harm, _) = framework.requirements.get(requirement)? else {
            return None;
        };
        let harms = harm.map_or(framework.harms.clone(), |harm| vec![harm]);
        let cells = self.cells(framework, &harms);
        let mut all = Vec::new();
        for set in universe::settings(self.world, false) {
            for (decided, year) in self.occasions() {
                let given = universe::given(&decided, &set, year);
                all.extend(cells.values().map(|contexts| self.most(contexts, &harms, &given, None)));
            }
        }
        Some((*all.iter().min()?, *all.iter().max()?))
    }

    /// Both outcomes of every decision that raises a limit, in every year.
    fn occasions(&self) -> Vec<(Vec<bool>, i16)> {
        let w = self.world;
        let raises = |at: usize| {
            w.limits
                .iter()
                .any(|limit| limit.raised.is_some_and(|(_, decision)| decision == at))
        };
        let outcomes: BTreeSet<Vec<bool>> = universe::outcomes(w)
            .into_iter()
            .map(|taken| {
                taken
                    .iter()
                    .enumerate()
                    .map(|(at, taken)| *taken && raises(at))
                    .collect()
            })
            .collect();
        let years = universe::years(w);
        let of = |decided: Vec<bool>| {
            years
                .iter()
                .map(move |year| (decided.clone(), *year))
                .collect::<Vec<_>>()
        };
        outcomes.into_iter().flat_map(of).collect()
    }

    /// The cells that a floor must hold in: perils of the scope that the scheme covers × roles × states that pay. Where
    /// none pays, the cell is empty.
    fn cells(&self, framework: &Framework, harms: &[Harm]) -> BTreeMap<Cell, Vec<&Context>> {
        let w = self.world;
        let named = |tree, listed: &[usize], value| crate::worlds::meaning::names(tree, listed, value);
        let with: Vec<usize> = w
            .benefits()
            .into_iter()
            .filter(|(_, harm)| harms.contains(harm))
            .map(|(cover, _)| cover)
            .collect();
        let met = |context: &Context| {
            let given = self.given(context, &[]);
            with.iter().any(|cover| w.meets(*cover, &context.claim, &given))
        };
        let of_scope = self
            .contexts
            .iter()
            .filter(|context| named(PERILS, &framework.perils, context.claim.peril));
        let of_scope: Vec<(&Context, bool)> = of_scope.map(|context| (context, met(context))).collect();
        let perils: BTreeSet<usize> = of_scope
            .iter()
            .filter(|(_, met)| *met)
            .map(|(c, _)| c.claim.peril)
            .collect();
        let states = super::super::write::Used::of(w).liable;
        let mut cells: BTreeMap<Cell, Vec<&Context>> = BTreeMap::new();
        let mut paid: BTreeSet<Cell> = BTreeSet::new();
        for (context, met) in of_scope {
            let claim = &context.claim;
            let of_roles = framework.roles.is_empty() || named(ROLES, &framework.roles, claim.role);
            if of_roles && perils.contains(&claim.peril) {
                let cell = (claim.peril, claim.role, states.then_some(claim.liable));
                cells.entry(cell).or_default().push(context);
                if met {
                    paid.insert(cell);
                }
            }
        }
        let none = |(peril, role, _): &Cell| !paid.iter().any(|(p, r, _)| p == peril && r == role);
        cells.retain(|cell, _| paid.contains(cell) || none(cell));
        cells
    }

    /// The most that one person is paid in one event of a cell: one claim a harm, of death and disability only one, on
    /// one day or on two. Decisions that conditions read are facts of the claims; what is given decides limits. With a
    /// target no more than whether it is reached is worked out.
    fn most(&self, contexts: &[&Context], harms: &[Harm], limits: &Given, target: Option<i64>) -> i64 {
        let caps = self.caps(limits);
        let mut most = 0;
        for decided in universe::outcomes(self.world) {
            let of: Vec<&Context> = contexts
                .iter()
                .copied()
                .filter(|context| context.decided == decided)
                .collect();
            let ways = |harm: Harm| -> BTreeMap<Way, Claim> {
                let given = universe::given(&decided, &limits.parameters, limits.year);
                let mut ways = BTreeMap::new();
                // Of contexts that meet the same covers no other fact moves what these pay.
                let mut seen = BTreeSet::new();
                for context in of.iter().filter(|_| harms.contains(&harm)) {
                    let claim = Claim {
                        harm,
                        ..context.claim.clone()
                    };
                    if seen.insert((
                        self.world.candidates(&claim, &given),
                        claim.depth,
                        claim.loss,
                        claim.months,
                    )) {
                        self.ways(&context.claim, harm, &given, &mut ways);
                    }
                }
                ways
            };
            let mut fixed: BTreeSet<(Harm, Paying)> = BTreeSet::new();
            for harm in [Harm::Death, Harm::Disability] {
                for ((covers, amounts), _) in ways(harm) {
                    let paying = covers
                        .iter()
                        .copied()
                        .zip(amounts)
                        .filter_map(|(cover, amount)| Some((cover, amount?)));
                    fixed.insert((harm, paying.collect()));
                }
            }
            let given = universe::given(&decided, &limits.parameters, limits.year);
            let medical: Vec<(Vec<usize>, Claim)> = ways(Harm::Medical)
                .into_iter()
                .map(|((covers, _), claim)| (covers, claim))
                .collect();
            for one in std::iter::once(None).chain(fixed.iter().map(Some)) {
                for other in std::iter::once(None).chain(medical.iter().map(Some)) {
                    for days in [(0, 0), (0, 1), (1, 0)] {
                        let bound = target.unwrap_or(i64::MAX);
                        if most >= bound {
                            return most;
                        }
                        most = most.max(self.together(&caps, one, other, days, &given));
                    }
                }
            }
        }
        most
    }

    /// The most that a death or disability and a medical claim bring together on these days, whatever the expense.
    fn together(
        &self,
        caps: &[Cap],
        one: Option<&(Harm, Paying)>,
        other: Option<&(Vec<usize>, Claim)>,
        days: (u8, u8),
        given: &Given,
    ) -> i64 {
        let line = |harm: Harm, (cover, amount): (usize, i64), claim: usize, day: u8| Line {
            cover,
            harm,
            amount,
            claim,
            day,
        };
        let fixed: Vec<Line> = one
            .iter()
            .flat_map(|(harm, paying)| paying.iter().map(|paid| line(*harm, *paid, 0, days.0)))
            .collect();
        let Some((covers, claim)) = other else {
            return settled(&fixed, caps).0;
        };
        let at = |expense: i64| {
            let claim = Claim {
                expense,
                ..claim.clone()
            };
            let pays = |cover: &usize| {
                Some(line(
                    Harm::Medical,
                    (*cover, self.alone(*cover, &claim, given)?),
                    1,
                    days.1,
                ))
            };
            let lines: Vec<Line> = fixed.iter().cloned().chain(covers.iter().filter_map(pays)).collect();
            settled(&lines, caps)
        };
        let mut points: BTreeSet<i64> = universe::claims(self.world, claim, Harm::Medical)
            .into_iter()
            .map(|claim| claim.expense)
            .collect();
        if nested(caps, self.world) {
            return points.into_iter().map(|expense| at(expense).0).max().unwrap_or(0);
        }
        points.extend((0..46).map(|bit| 1i64 << bit));
        let tried: Vec<(i64, (i64, Vec<bool>))> = points.into_iter().map(|expense| (expense, at(expense))).collect();
        let mut most = tried.iter().map(|(_, (total, _))| *total).max().unwrap_or(0);
        for pair in tried.windows(2) {
            between(&at, (pair[0].0, &pair[0].1.1), (pair[1].0, &pair[1].1.1), &mut most);
        }
        most
    }

    /// What a cover pays for a claim before any limit, those of its schedule among them.
    pub(super) fn alone(&self, cover: usize, claim: &Claim, given: &Given) -> Option<i64> {
        let w = self.world;
        let (_, row) = w.row(w.covers[cover].schedule, claim.harm)?;
        w.pays(row, claim, given)
    }

    /// Each set of covers that pays for claims of this harm together. Sets that nothing ranks are alternatives.
    pub(super) fn ways(&self, context: &Claim, harm: Harm, given: &Given, into: &mut BTreeMap<Way, Claim>) {
        let w = self.world;
        let base = Claim {
            harm,
            ..context.clone()
        };
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for cover in w.candidates(&base, given) {
            let joins = |group: &&mut Vec<usize>| group.iter().any(|other| w.joined(*other, cover, Meeting::Stack));
            match groups.iter_mut().find(joins) {
                Some(group) => group.push(cover),
                None => groups.push(vec![cover]),
            }
        }
        let claims = universe::claims(w, context, harm);
        for group in groups {
            // All expenses of one claim are one way; each grade is another.
            let each: Vec<&[Claim]> = match harm {
                Harm::Medical => vec![&claims],
                _ => claims.chunks(1).collect(),
            };
            for claims in each {
                let paid = claims
                    .iter()
                    .flat_map(|claim| group.iter().map(|cover| self.alone(*cover, claim, given)));
                into.entry((group.clone(), paid.collect()))
                    .or_insert_with(|| claims[0].clone());
            }
        }
    }
}

/// Looks between two expenses at which different limits bind for the number where that changes.
fn between(at: &dyn Fn(i64) -> (i64, Vec<bool>), low: (i64, &Vec<bool>), high: (i64, &Vec<bool>), most: &mut i64) {
    if high.0 - low.0 <= 1 || low.1 == high.1 {
        return;
    }
    let middle = low.0 + (high.0 - low.0) / 2;
    let (total, binding) = at(middle);
    *most = (*most).max(total);
    between(at, low, (middle, &binding), most);
    between(at, (middle, &binding), high, most);
}
