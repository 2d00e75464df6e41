//! What a scheme asks of like covers, of what it insures and of its years.

use super::*;

/// So many covers with one condition make a custom.
const CUSTOM: usize = 3;
/// What is insured as a person, and as property.
const PERSONS: &[Harm] = &[Harm::Death, Harm::Disability, Harm::Medical];
const THINGS: &[Harm] = &[Harm::Dwelling, Harm::Goods];

impl Judge<'_> {
    /// C115: one condition that at least three covers have, and covers of that kind that have another one, or none.
    pub(super) fn customs(&mut self) {
        let w = self.world;
        let truth: Vec<Vec<bool>> = w.covers.iter().map(|cover| self.truth(cover)).collect();
        let like = |index: usize| {
            (0..truth.len())
                .filter(|other| truth[*other] == truth[index])
                .collect::<Vec<_>>()
        };
        let written = (0..truth.len()).filter(|index| w.covers[*index].condition.is_some());
        let customs: BTreeSet<&Vec<bool>> = written
            .filter(|index| like(*index).len() >= CUSTOM)
            .map(|index| &truth[index])
            .collect();
        let (Some(custom), 1) = (customs.first().copied(), customs.len()) else {
            return;
        };
        let like: Vec<usize> = (0..truth.len()).filter(|index| truth[*index] == *custom).collect();
        let reads = self.reads(custom);
        let departing: Vec<usize> = (0..truth.len())
            .filter(|index| {
                truth[*index] != *custom
                    && match w.covers[*index].condition {
                        Some(_) => self.reads(&truth[*index]) == reads,
                        None => self.of_their_kind(*index, &like),
                    }
            })
            .collect();
        for index in departing {
            let name = w.covers[index].name.clone();
            self.about("C115", &[&name]);
        }
    }

    /// Without a condition: the same class of perils as two of the others, for all roles, paid by the schedule of one.
    fn of_their_kind(&self, index: usize, like: &[usize]) -> bool {
        let w = self.world;
        let classes = |index: usize| -> BTreeSet<u8> {
            let listed = w.covers[index].perils.iter().flatten().flat_map(|peril| match peril {
                PerilRef::Peril(peril, _) => vec![*peril],
                PerilRef::Group(group) => w.groups[*group].perils.clone(),
            });
            listed.map(|peril| PERIL_CLASSES[peril]).collect()
        };
        let cover = &w.covers[index];
        let own = classes(index);
        let by_name = !w.schedules[cover.schedule].inline;
        own.len() == 1
            && cover.roles.is_empty()
            && like.iter().filter(|other| classes(**other) == own).count() >= 2
            && like
                .iter()
                .any(|other| by_name && w.covers[*other].schedule == cover.schedule)
    }

    fn truth(&self, cover: &Cover) -> Vec<bool> {
        let holds = |context: &Context| {
            let condition = cover.condition.as_ref();
            condition.is_none_or(|c| self.world.holds(c, &context.claim, &self.given(context, &[])))
        };
        self.contexts.iter().map(holds).collect()
    }

    /// The facts, by number, of which a change alone may change the outcome.
    fn reads(&self, truth: &[bool]) -> BTreeSet<usize> {
        let facts = 8 + self.world.decisions.len();
        let without = |fact: usize, context: &Context| {
            let mut rest = context.clone();
            let claim = &mut rest.claim;
            match fact {
                0 => claim.peril = 0,
                1 => claim.role = 0,
                2 => claim.liable = 0,
                3 => claim.yes[0] = false,
                4 => claim.yes[1] = false,
                5 => claim.depth = 0,
                6 => claim.loss = 0,
                7 => claim.months = 0,
                decision => rest.decided[decision - 8] = false,
            }
            let claim = rest.claim;
            let facts = (
                claim.peril,
                claim.cause,
                claim.role,
                claim.liable,
                claim.yes,
                claim.depth,
                claim.loss,
                claim.months,
            );
            (facts, rest.decided)
        };
        let matters = |fact: &usize| {
            let mut seen = BTreeMap::new();
            let mut all = self.contexts.iter().zip(truth);
            all.any(|(context, holds)| {
                seen.insert(without(*fact, context), *holds)
                    .is_some_and(|other| other != *holds)
            })
        };
        (0..facts).filter(matters).collect()
    }

    /// C118: insured things that no cover pays for or whose name stands for no harm, and what covers pay and a closed
    /// list leaves out.
    pub(super) fn insured(&mut self) {
        let w = self.world;
        let Some((items, closed)) = &w.subject else { return };
        let paid: BTreeSet<Harm> = w
            .benefits()
            .into_iter()
            .filter(|(cover, harm)| {
                let row = w.row(w.covers[*cover].schedule, *harm);
                row.is_some_and(|(_, row)| row.start != Start::Nothing)
            })
            .map(|(_, harm)| harm)
            .collect();
        let harms = |item: &str| -> Option<Vec<Harm>> {
            match item {
                "人身" => Some(PERSONS.to_vec()),
                "财产" => Some(THINGS.to_vec()),
                // A harm that no row here is for.
                "农作物" => Some(Vec::new()),
                _ => Harm::ALL.iter().find(|harm| harm.zh() == item).map(|harm| vec![*harm]),
            }
        };
        let mut meant = BTreeSet::new();
        let mut unknown = false;
        for item in items {
            match harms(item) {
                None => {
                    unknown = true;
                    self.about("C118 unknown", &[item]);
                }
                Some(harms) => {
                    if harms.iter().all(|harm| !paid.contains(harm)) {
                        self.about("C118 unpaid", &[item]);
                    }
                    meant.extend(harms);
                }
            }
        }
        if *closed && !unknown && !paid.is_subset(&meant) {
            self.found.insert("C118 outside".to_owned());
        }
    }

    /// D109: a limit for a year, and a term with a year that is not whole.
    pub(super) fn years(&mut self) {
        let w = self.world;
        let partial = w.months.is_some_and(|months| months % 12 != 0);
        if partial && w.limits.iter().any(|limit| limit.keys.year) {
            self.found.insert("D109".to_owned());
        }
    }
}
