//! Benefits against limits, and death against disability.

use super::super::model::*;
use super::super::universe::{given, outcomes, settings, years};
use super::super::verdicts::UNBOUNDED;
use super::{Ask, Asker, Term, all_of, any_of};

impl Asker<'_> {
    /// When the file says what a cover is worth, and that worth, for each setting of the parameters at their bounds: all
    /// steps are monotone, so that what holds there holds between.
    fn worths(&mut self, cover: usize, harm: Harm) -> Vec<(String, Term)> {
        let settings = settings(self.world(), false);
        let worths = settings.into_iter().filter_map(|setting| {
            self.set = Some(setting);
            self.worth(cover, harm)
        });
        let worths = worths.collect();
        self.set = None;
        worths
    }

    /// L102
    pub(super) fn cuts(&mut self) {
        let w = self.world();
        let outcomes = outcomes(w);
        let settings = settings(w, false);
        let allowed = |limit: usize, decided: &[bool], setting: &[i64]| {
            let of = years(w)
                .into_iter()
                .map(|year| w.allowed(limit, &given(decided, setting, year)));
            of.max().unwrap_or(0)
        };
        let lets_something = |limit: &usize| {
            let mut all = outcomes
                .iter()
                .flat_map(|o| settings.iter().map(|s| allowed(*limit, o, s)));
            all.any(|amount| amount > 0)
        };
        for (cover, harm) in w.benefits() {
            let nothing = |(_, row): ((usize, usize), &Row)| row.start == Start::Nothing;
            let limits: Vec<usize> = (0..w.limits.len())
                .filter(|limit| w.under(*limit, cover, harm))
                .filter(lets_something)
                .collect();
            if w.row(w.covers[cover].schedule, harm).is_none_or(nothing) || limits.is_empty() {
                continue;
            }
            let worths = self.worths(cover, harm);
            let mut that: Vec<String> = worths.iter().map(|(defined, _)| defined.clone()).collect();
            let mut unbounded = that.clone();
            unbounded.push(format!("meets{cover}"));
            unbounded.extend(
                worths
                    .iter()
                    .map(|(_, worth)| format!("(>= {} {UNBOUNDED})", worth.text)),
            );
            self.ask(Ask::Unbounded(cover, harm), &all_of(&unbounded));
            let mut pays = Vec::new();
            for decided in &outcomes {
                self.decided = Some(decided.clone());
                let mut counts = vec![self.meets(cover)];
                for other in (0..w.covers.len()).filter(|other| w.over(*other, cover)) {
                    if w.row(w.covers[other].schedule, harm).is_some() {
                        counts.push(format!("(not {})", self.meets(other)));
                    }
                }
                self.decided = None;
                let cut = limits.iter().map(|limit| {
                    let above = worths.iter().zip(&settings);
                    let above =
                        above.map(|((_, worth), s)| format!("(> {} {})", worth.text, allowed(*limit, decided, s)));
                    all_of(&above.collect::<Vec<_>>())
                });
                let (counts, cut) = (all_of(&counts), any_of(&cut.collect::<Vec<_>>()));
                that.push(format!("(=> {counts} {cut})"));
                pays.push(counts);
            }
            that.push(any_of(&pays));
            self.ask(Ask::Cut(cover, harm), &all_of(&that));
        }
    }

    /// L104
    pub(super) fn deaths(&mut self) {
        let w = self.world();
        for cover in 0..w.covers.len() {
            let row = |harm| w.row(w.covers[cover].schedule, harm).map(|(_, row)| row);
            let (Some(_), Some(disability)) = (row(Harm::Death), row(Harm::Disability)) else {
                continue;
            };
            if disability.start == Start::Nothing {
                continue;
            }
            let deaths = self.worths(cover, Harm::Death);
            let disabilities = self.worths(cover, Harm::Disability);
            let mut that = vec![format!("meets{cover}")];
            for ((defined, death), (also, disability)) in deaths.into_iter().zip(disabilities) {
                that.extend([defined, also, format!("(< {} {})", death.text, disability.text)]);
            }
            self.ask(Ask::Below(cover), &all_of(&that));
            for other in w.joined_for_death(cover) {
                let that = format!("(and meets{cover} (not meets{other}))");
                self.ask(Ask::Alone(cover, other), &that);
            }
        }
    }
}
