//! Covers that meet in one claim (SEMANTICS §3): priority, then stacking, then the higher.

use super::assess::{Stage, total};
use super::evaluator::{Evaluator, Stop};
use super::model::{Line, Record, Refusal};
use crate::plan::CoverId;
use anlan_lang::diag::{Arg, codes};

impl Evaluator<'_> {
    /// The covers that no other one of the set is `over`. The relation is closed transitively in the plan.
    pub(crate) fn not_outranked(&self, covers: &[CoverId]) -> Vec<CoverId> {
        let meeting = &self.plan.meeting;
        let outranked = |cover: &CoverId| covers.iter().any(|other| meeting.is_over(*other, *cover));
        covers.iter().copied().filter(|cover| !outranked(cover)).collect()
    }

    /// The lines that pay. What may pay together are the largest sets of covers that all stack with one another; of
    /// several such sets the one with the most money is paid, if `higher` ranks them.
    pub(crate) fn meet(&self, record: &Record, candidates: Vec<Line>) -> Result<Vec<Line>, Stop> {
        if candidates.len() < 2 {
            return Ok(candidates);
        }
        self.ranked(record, &candidates)?;
        let mut sets = Vec::new();
        self.stacks(&candidates, &mut Vec::new(), 0, &mut sets);
        let mut best: Option<(i64, Vec<Line>)> = None;
        for set in sets {
            let lines: Vec<Line> = set.iter().filter_map(|i| candidates.get(*i)).cloned().collect();
            let worth = self.worth(record, &lines)?;
            // Of equal sets the first in the plan's order stays.
            if best.as_ref().is_none_or(|(most, _)| worth > *most) {
                best = Some((worth, lines));
            }
        }
        Ok(best.map(|(_, lines)| lines).unwrap_or_default())
    }

    /// Two covers with different money that nothing ranks are refused, naming both.
    fn ranked(&self, record: &Record, candidates: &[Line]) -> Result<(), Stop> {
        for (i, a) in candidates.iter().enumerate() {
            for b in candidates.iter().skip(i + 1) {
                let stated = self.stack(a.cover, b.cover) || self.higher(a.cover, b.cover);
                if stated
                    || self.worth(record, std::slice::from_ref(a))? == self.worth(record, std::slice::from_ref(b))?
                {
                    continue;
                }
                let names = [a.cover, b.cover].map(|c| self.cover_names(c)).to_vec();
                return Err(Refusal::new(codes::V021).arg("names", Arg::List(names)).into());
            }
        }
        Ok(())
    }

    /// All maximal sets of candidates that stack pairwise, as indices, in the plan's order.
    fn stacks(&self, candidates: &[Line], set: &mut Vec<usize>, from: usize, found: &mut Vec<Vec<usize>>) {
        let joins = |i: usize, set: &[usize]| {
            let cover = |i: usize| candidates.get(i).map(|line| line.cover);
            !set.contains(&i)
                && set
                    .iter()
                    .all(|j| matches!((cover(i), cover(*j)), (Some(a), Some(b)) if self.stack(a, b)))
        };
        if !set.is_empty() && !(0..candidates.len()).any(|i| joins(i, set)) {
            found.push(set.clone());
            return;
        }
        for i in from..candidates.len() {
            if joins(i, set) {
                set.push(i);
                self.stacks(candidates, set, i + 1, found);
                set.pop();
            }
        }
    }

    /// What lines pay together, own limits applied.
    fn worth(&self, record: &Record, lines: &[Line]) -> Result<i64, Stop> {
        let mut lines = lines.to_vec();
        self.own_limits(record, &mut lines, Stage::Alone)?;
        Ok(total(&lines)?.0)
    }

    fn stack(&self, a: CoverId, b: CoverId) -> bool {
        self.plan.meeting.stacks(a, b)
    }

    fn higher(&self, a: CoverId, b: CoverId) -> bool {
        self.plan.meeting.takes_higher(a, b)
    }

    pub(crate) fn cover_names(&self, cover: CoverId) -> Arg {
        let cover = self.plan.covers.get(cover.index());
        cover.map_or_else(|| Arg::Text(String::new()), |c| Arg::from(&c.name))
    }
}
