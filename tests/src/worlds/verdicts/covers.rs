//! Covers: dead ones, promises without cover, meetings without rank.

use super::*;

impl Judge<'_> {
    pub(super) fn covers(&mut self) {
        let w = self.world;
        let count = w.covers.len();
        let unconditional: Vec<World> = (0..count)
            .map(|cover| {
                let mut without = w.clone();
                without.covers[cover].condition = None;
                without
            })
            .collect();
        let mut meets = vec![false; count];
        let mut always = vec![true; count];
        let mut perils = BTreeSet::new();
        let mut roles = BTreeSet::new();
        for (context, met) in self.contexts.iter().zip(&self.met) {
            let given = self.given(context, &[]);
            for cover in 0..count {
                if met.contains(&cover) {
                    meets[cover] = true;
                    perils.insert(context.claim.peril);
                    roles.insert(context.claim.role);
                }
                // Of claims that meet its perils and roles.
                if let Some(condition) = &w.covers[cover].condition {
                    let listed = unconditional[cover].meets(cover, &context.claim, &given);
                    always[cover] &= !listed || w.holds(condition, &context.claim, &given);
                }
            }
        }
        for (index, cover) in w.covers.iter().enumerate() {
            let words = w.peril_words(cover);
            let listed: Vec<usize> = words.iter().flatten().copied().collect();
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
            self.causes(index, &listed, &harms);
            let outside = |role: &usize| {
                let classes = w.persons.iter().flat_map(|class| below(ROLES, *class));
                classes.into_iter().all(|class| !below(ROLES, *role).contains(&class))
            };
            if cover.roles.iter().any(outside) {
                self.about("C119", &[&cover.name]);
            }
            if !meets[index] {
                self.about("C105", &[&cover.name]);
                continue;
            }
            if cover.condition.is_some() && always[index] {
                self.about("C106", &[&cover.name]);
            }
            // A condition may except some of what a word stands for.
            let met = |peril: &usize| perils.contains(&universe::stands_for(w, false, *peril));
            if words.iter().any(|word| !word.iter().any(met)) {
                self.about("C102", &[&cover.name]);
            }
        }
        // A cover that no claim meets is reported for itself; of persons it leaves out those that its roles leave out.
        for index in (0..count).filter(|index| !meets[*index]) {
            let listed = &w.covers[index].roles;
            let named = |role: &usize| listed.is_empty() || crate::worlds::meaning::names(ROLES, listed, *role);
            roles.extend((0..ROLES.len()).filter(named));
        }
        if w.persons
            .iter()
            .any(|role| !roles.contains(&universe::stands_for(w, true, *role)))
        {
            self.found.insert("C103".to_owned());
        }
    }

    /// C121: covers that others are over in every claim that they pay.
    pub(super) fn outranked(&mut self) {
        let w = self.world;
        let (mut applies, mut counts) = (BTreeSet::new(), BTreeSet::new());
        for context in 0..self.contexts.len() {
            for harm in Harm::ALL {
                let paying = |cover: &usize| w.row(w.covers[*cover].schedule, *harm).is_some();
                applies.extend(self.met[context].iter().copied().filter(paying));
                counts.extend(self.candidates(context, *harm));
            }
        }
        for cover in applies.difference(&counts) {
            self.about("C121", &[&w.covers[*cover].name]);
        }
    }

    /// C116, C117: harms that none, or not all, of the perils listed can do.
    fn causes(&mut self, index: usize, listed: &[usize], harms: &[Harm]) {
        let cover = &self.world.covers[index];
        let bodily = [Harm::Death, Harm::Disability, Harm::Medical];
        let personal = listed.iter().filter(|peril| PERSONAL_PERILS.contains(peril)).count();
        let paid = |harm: &Harm| {
            let row = self.world.row(cover.schedule, *harm);
            row.is_some_and(|(_, row)| row.start != Start::Nothing)
        };
        let other = harms.iter().any(|harm| !bodily.contains(harm) && paid(harm));
        // A peril that can do none of the harms is C104.
        if personal == 0 || !other || !harms.iter().any(|harm| bodily.contains(harm)) {
            return;
        }
        let opened = cover.perils.iter().flatten().any(|peril| match peril {
            PerilRef::Group(group) => self.world.groups[*group].opened_by.is_some(),
            PerilRef::Peril(..) => false,
        });
        let code = match personal == listed.len() && !opened {
            true => "C116",
            false => "C117",
        };
        self.about(code, &[&cover.name]);
    }

    /// Conditions with a part that decides nothing where the cover's perils and roles are met.
    pub(super) fn parts(&mut self) {
        for (index, cover) in self.world.covers.iter().enumerate() {
            let Some(condition) = cover.condition.as_ref().filter(|c| is_compound(c)) else {
                continue;
            };
            let mut without = self.world.clone();
            without.covers[index].condition = None;
            let given: Vec<Given> = self.contexts.iter().map(|context| self.given(context, &[])).collect();
            let contexts = || self.contexts.iter().zip(&given);
            let met: Vec<bool> = contexts()
                .map(|(context, given)| without.meets(index, &context.claim, given))
                .collect();
            let truth = |part: &Condition| -> Vec<bool> {
                contexts()
                    .map(|(context, given)| self.world.holds(part, &context.claim, given))
                    .collect()
            };
            let whole = truth(condition);
            let decides = any(&both(&met, &whole)) && !implies(&met, &whole);
            if decides && has_idle_part(condition, &met, &truth) {
                let name = cover.name.clone();
                self.about("C114", &[&name]);
            }
        }
    }

    /// Two covers that both count for one claim, and differ.
    pub(super) fn meetings(&mut self) {
        let w = self.world;
        let settings = universe::settings(w, true);
        // With the lists as they stand, and with what a decision adds to an open one.
        let mut listed: BTreeSet<(usize, usize)> = BTreeSet::new();
        let mut added: BTreeSet<(usize, usize)> = BTreeSet::new();
        // What a pair pays for a harm, no other fact moves.
        let mut tried = BTreeSet::new();
        for (index, context) in self.contexts.iter().enumerate() {
            let mut decisions = w.decisions.iter().zip(&context.decided);
            let adds = decisions.any(|(d, taken)| d.opens && *taken);
            let seen = if adds { &mut added } else { &mut listed };
            for harm in Harm::ALL {
                let candidates = self.candidates(index, *harm);
                let mut pairs = Vec::new();
                for (i, a) in candidates.iter().enumerate() {
                    for b in &candidates[i + 1..] {
                        let by = (
                            *harm,
                            *a,
                            *b,
                            context.claim.depth,
                            context.claim.loss,
                            context.claim.months,
                            adds,
                        );
                        if !seen.contains(&(*a, *b))
                            && tried.insert(by)
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
        for (a, b) in &listed {
            self.about("C101", &[&w.covers[*a].name, &w.covers[*b].name]);
        }
        for (a, b) in added.difference(&listed) {
            self.about("C101 added:", &[&w.covers[*a].name, &w.covers[*b].name]);
        }
    }
}

fn is_compound(condition: &Condition) -> bool {
    matches!(condition, Condition::And(_) | Condition::Or(_) | Condition::Not(_))
}

/// Where each of all contexts passes, and where it passes both.
fn both(a: &[bool], b: &[bool]) -> Vec<bool> {
    a.iter().zip(b).map(|(a, b)| *a && *b).collect()
}

fn any(a: &[bool]) -> bool {
    a.contains(&true)
}

fn implies(a: &[bool], b: &[bool]) -> bool {
    a.iter().zip(b).all(|(a, b)| !a || *b)
}

/// Whether some part, at any depth, changes nothing among the contexts that come to it.
fn has_idle_part(condition: &Condition, met: &[bool], truth: &dyn Fn(&Condition) -> Vec<bool>) -> bool {
    match condition {
        Condition::And(parts) => {
            let vectors: Vec<Vec<bool>> = parts.iter().map(truth).collect();
            parts.iter().enumerate().any(|(index, part)| {
                let others = vectors.iter().enumerate().filter(|(other, _)| *other != index);
                let here = others.fold(met.to_vec(), |here, (_, vector)| both(&here, vector));
                any(&here) && implies(&here, &vectors[index]) || has_idle_part(part, &here, truth)
            })
        }
        Condition::Or(parts) => {
            let vectors: Vec<Vec<bool>> = parts.iter().map(truth).collect();
            parts.iter().enumerate().any(|(index, part)| {
                let here = both(met, &vectors[index]);
                let others = vectors.iter().enumerate().filter(|(other, _)| *other != index);
                let elsewhere = others.fold(vec![false; met.len()], |all, (_, vector)| {
                    all.iter().zip(vector).map(|(a, b)| *a || *b).collect()
                });
                implies(&here, &elsewhere) || has_idle_part(part, met, truth)
            })
        }
        Condition::Not(part) => has_idle_part(part, met, truth),
        _ => false,
    }
}
