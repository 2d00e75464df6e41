//! Two covers compared wherever both pay: in each cell of classes at which they meet, at the cost of one comparison.

use super::super::amounts::{Apart, Budget, Difference, Env};
use super::pays::Money;
use crate::money::Ratio;
use crate::plan::{CoverId, FactId, PipelineId, Plan, ValueId};

/// What counts for one side of a comparison: no cover pays nothing.
pub(super) type Side<'a> = (Option<CoverId>, Option<PipelineId>, &'a [(FactId, u16)]);

/// Classes of facts, and what pays there. Quantities lie in the same classes on both sides.
pub(super) struct Cell<'a> {
    pub sides: [Side<'a>; 2],
}

/// How the covers compare, in some cell: that at this place in the list.
#[derive(Debug)]
pub(super) enum Compared {
    /// In every cell alike
    Alike,
    Undecided(usize),
    Differently(usize, Difference),
}

struct Comparison<'p> {
    plan: &'p Plan,
    harm: ValueId,
}

impl Comparison<'_> {
    fn money(&self, env: &Env, (cover, pipeline, _): Side<'_>) -> Money {
        match cover {
            Some(cover) => Money::new(self.plan, env, cover, self.harm, pipeline),
            None => Money::Exact(Ratio::ZERO),
        }
    }
    fn cell(&self, cell: &Cell<'_>, budget: &mut Budget) -> Apart {
        let [one, two] = cell.sides.map(|side| self.money(&Env::new(self.plan, side.2), side));
        let [(_, _, path), _] = cell.sides;
        one.apart(&two, self.plan, (path, &Env::new(self.plan, path)), budget)
    }
    /// Whether they pay alike over all that lies in the cells or between them.
    fn alike_over<'a>(&self, cells: &[&Cell<'a>], budget: &mut Budget) -> bool {
        let Some(Cell { sides: [first, second] }) = cells.first() else {
            return true;
        };
        let paths = |side: fn([Side<'a>; 2]) -> Side<'a>| cells.iter().map(move |cell| side(cell.sides).2);
        let env = Env::over(self.plan, paths(|[first, _]| first));
        let one = self.money(&env, *first);
        let two = self.money(&Env::over(self.plan, paths(|[_, second]| second)), *second);
        let everywhere = |at: &&(FactId, u16)| {
            cells
                .iter()
                .all(|cell| cell.sides.iter().all(|side| side.2.contains(at)))
        };
        let common: Vec<(FactId, u16)> = first.2.iter().filter(everywhere).copied().collect();
        one.apart(&two, self.plan, (&common, &env), budget) == Apart::Never
    }
}

/// Compares two covers in all cells: by a few points first, then over all cells at once, then in each that is left, with
/// what it may take of what one comparison costs.
pub(super) fn compared(plan: &Plan, harm: ValueId, cells: &[Cell<'_>]) -> Compared {
    let comparison = Comparison { plan, harm };
    let mut left: Vec<(usize, &Cell<'_>)> = cells.iter().enumerate().collect();
    if left.len() > 1 {
        let mut undecided = Vec::new();
        for (at, cell) in left {
            match comparison.cell(cell, &mut Budget::none()) {
                Apart::Never => {}
                Apart::Open => undecided.push((at, cell)),
                Apart::At(found) => return Compared::Differently(at, found),
            }
        }
        left = undecided;
        let pays = |cell: &Cell<'_>| cell.sides.map(|(cover, pipeline, _)| (cover, pipeline));
        let mut rows: Vec<_> = left.iter().map(|(_, cell)| pays(cell)).collect();
        rows.sort_unstable();
        rows.dedup();
        let mut budget = Budget::pair();
        for row in rows {
            let same: Vec<&Cell<'_>> = left
                .iter()
                .map(|(_, cell)| *cell)
                .filter(|cell| pays(cell) == row)
                .collect();
            if same.len() > 1 && comparison.alike_over(&same, &mut budget) {
                left.retain(|(_, cell)| pays(cell) != row);
            }
        }
    }
    let (mut budget, count) = (Budget::pair(), left.len());
    let mut undecided = None;
    for (done, (at, cell)) in left.into_iter().enumerate() {
        let mut share = budget.take(count - done);
        match comparison.cell(cell, &mut share) {
            Apart::Never => {}
            Apart::Open => undecided = undecided.or(Some(at)),
            Apart::At(found) => return Compared::Differently(at, found),
        }
        budget.give_back(share);
    }
    undecided.map_or(Compared::Alike, Compared::Undecided)
}
