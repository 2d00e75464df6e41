//! What one person can be paid in one event, against the floors of a framework.

use super::*;

/// What a claim brings: the covers that pay, and how much each.
type Paying = Vec<(usize, Harm, i64)>;
/// Peril, role, and the state of whoever is liable where a condition reads it.
type Cell = (usize, usize, Option<usize>);

impl World {
    /// Whether of any two limits one holds all lines of the other, or none: only then does the most that one person is
    /// paid not turn on how a limit is shared.
    pub fn nested(&self) -> bool {
        let lines = |limit: usize| -> Lines {
            let under = |(cover, harm): &(usize, Harm)| self.under(limit, *cover, *harm);
            self.benefits().into_iter().filter(under).collect()
        };
        let all: Vec<Lines> = (0..self.limits.len())
            .map(lines)
            .chain(self.schedules.iter().enumerate().filter_map(|(s, schedule)| {
                let (harms, _) = schedule.combined.as_ref()?;
                let users = (0..self.covers.len()).filter(|cover| self.covers[*cover].schedule == s);
                Some(
                    users
                        .flat_map(|cover| harms.iter().map(move |harm| (cover, *harm)))
                        .collect(),
                )
            }))
            .collect();
        all.iter()
            .all(|a| all.iter().all(|b| a.is_subset(b) || b.is_subset(a) || a.is_disjoint(b)))
    }

    /// What is left of the lines of one person in one event under every limit.
    fn left(&self, lines: &Paying, given: &Given) -> i64 {
        let mut left: Vec<i64> = lines.iter().map(|(.., amount)| *amount).collect();
        let mut caps: Vec<(Vec<usize>, i64, bool)> = Vec::new();
        for (s, schedule) in self.schedules.iter().enumerate() {
            if let Some((harms, cap)) = schedule.combined.as_ref().filter(|_| schedule.keys.any()) {
                let inside = |(_, (cover, harm, _)): &(usize, &(usize, Harm, i64))| {
                    self.covers[*cover].schedule == s && harms.contains(harm)
                };
                let inside = lines.iter().enumerate().filter(inside).map(|(at, _)| at).collect();
                caps.push((inside, *cap, false));
            }
        }
        for limit in 0..self.limits.len() {
            let inside = |(_, (cover, harm, _)): &(usize, &(usize, Harm, i64))| self.under(limit, *cover, *harm);
            let inside = lines.iter().enumerate().filter(inside).map(|(at, _)| at).collect();
            caps.push((inside, self.allowed(limit, given), self.limits[limit].keys.claim));
        }
        // Filters nest: from the narrowest on, it moves no wider total which line is cut.
        caps.sort_by_key(|(inside, ..)| inside.len());
        for (inside, cap, each_claim) in caps {
            if each_claim {
                let harms: BTreeSet<Harm> = inside.iter().map(|at| lines[*at].1).collect();
                for harm in harms {
                    let of: Vec<usize> = inside.iter().copied().filter(|at| lines[*at].1 == harm).collect();
                    cut(&mut left, &of, cap);
                }
            } else {
                cut(&mut left, &inside, cap);
            }
        }
        left.iter().sum()
    }
}

fn cut(left: &mut [i64], inside: &[usize], cap: i64) {
    let mut room = cap;
    for at in inside {
        left[*at] = left[*at].min(room);
        room -= left[*at];
    }
}

impl Judge<'_> {
    /// F101: a cell of the scope in which no claims of one person bring the floor, however parameters are set, limits are
    /// raised and whatever the year; F108: in which they do not for some of these. Said only of schemes whose limits nest.
    pub(super) fn payable(&mut self) {
        let w = self.world;
        let Some(framework) = w.framework.as_ref().filter(|_| w.nested()) else {
            return;
        };
        let mut unknown: Vec<Given> = Vec::new();
        for decided in universe::outcomes(w) {
            for year in universe::years(w) {
                let settings = universe::settings(w, false);
                unknown.extend(settings.iter().map(|set| universe::given(&decided, set, year)));
            }
        }
        for (index, requirement) in framework.requirements.iter().enumerate() {
            let Requirement::Payable(harm, floor) = requirement else {
                continue;
            };
            let harms = harm.map_or(framework.harms.clone(), |harm| vec![harm]);
            let below: Vec<Vec<bool>> = self
                .cells(framework, &harms)
                .values()
                .map(|contexts| {
                    let most = |given| self.most(contexts, &harms, given);
                    unknown.iter().map(|given| most(given) < *floor).collect()
                })
                .collect();
            if below.iter().any(|below| below.iter().all(|below| *below)) {
                self.at("F101", Item::Requirement(index));
            } else if below.iter().flatten().any(|below| *below) {
                self.at("F108", Item::Requirement(index));
            }
        }
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

    /// The most that one person is paid in one event of a cell: one claim a harm, and of death and disability only one.
    /// Decisions that conditions read are facts of the claims; what is given decides limits.
    fn most(&self, contexts: &[&Context], harms: &[Harm], limits: &Given) -> i64 {
        let w = self.world;
        let mut most = 0;
        for decided in universe::outcomes(w) {
            // By harm, for each set of covers that pay, what each pays at most.
            let mut options: BTreeMap<Harm, BTreeMap<Vec<usize>, Paying>> = BTreeMap::new();
            for context in contexts.iter().filter(|context| context.decided == decided) {
                let given = self.given(context, &limits.parameters);
                for harm in harms {
                    let of = options.entry(*harm).or_default();
                    self.paying(&context.claim, *harm, &given, of);
                }
            }
            let groups: Vec<Vec<&Paying>> = options.values().map(|of| of.values().collect()).collect();
            for chosen in combinations(&groups) {
                let lines: Paying = chosen.into_iter().flatten().copied().collect();
                for left_out in [Harm::Death, Harm::Disability] {
                    let lines: Paying = lines.iter().copied().filter(|(_, harm, _)| *harm != left_out).collect();
                    most = most.max(w.left(&lines, limits));
                }
            }
        }
        most
    }

    /// Each set of covers that pays for a claim of this harm, with its greatest amounts. Sets that nothing ranks are
    /// alternatives.
    fn paying(&self, context: &Claim, harm: Harm, given: &Given, into: &mut BTreeMap<Vec<usize>, Paying>) {
        let w = self.world;
        let base = Claim {
            harm,
            ..context.clone()
        };
        let candidates = w.candidates(&base, given);
        if candidates.is_empty() {
            return;
        }
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for cover in candidates {
            let joins = |group: &&mut Vec<usize>| group.iter().any(|other| w.joined(*other, cover, Meeting::Stack));
            match groups.iter_mut().find(joins) {
                Some(group) => group.push(cover),
                None => groups.push(vec![cover]),
            }
        }
        for claim in universe::claims(w, context, harm) {
            for group in &groups {
                let worth = |cover: &usize| Some((*cover, harm, w.worth(*cover, &claim, given)?));
                let lines: Paying = group.iter().filter_map(worth).collect();
                let total = |lines: &Paying| lines.iter().map(|(.., amount)| *amount).sum::<i64>();
                let best = into.entry(group.clone()).or_default();
                if total(&lines) > total(best) {
                    *best = lines;
                }
            }
        }
    }
}

/// Every choice of one of each.
fn combinations<'p>(groups: &[Vec<&'p Paying>]) -> Vec<Vec<&'p Paying>> {
    let mut all = vec![Vec::new()];
    for group in groups.iter().filter(|group| !group.is_empty()) {
        all = all
            .iter()
            .flat_map(|so_far: &Vec<&Paying>| {
                group
                    .iter()
                    .map(|one| so_far.iter().copied().chain([*one]).collect::<Vec<_>>())
            })
            .collect();
    }
    all
}
