//! What nothing limits, and ranks that no line reaches.

use super::*;

impl Judge<'_> {
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
            let free = self.contexts.iter().zip(&self.met).any(|(context, met)| {
                met.contains(&cover)
                    && universe::claims(w, &context.claim, harm).iter().any(|claim| {
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
