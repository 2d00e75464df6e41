//! What may be spent on one comparison.

use super::program::WORK;

/// So many programs are solved for one pair before it is given up.
pub(super) const SOLVED: usize = 300;

/// Programs that may still be solved, and the work that they may still take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    pub(super) solved: usize,
    pub(super) work: u64,
    /// For what follows the steps that both have in common
    pub(super) behind: u64,
}

impl Budget {
    /// What one pair may take over all its choices.
    pub fn pair() -> Self {
        Budget {
            solved: SOLVED,
            work: 4 * WORK,
            behind: 4 * WORK,
        }
    }
    /// A few points are tried, and nothing is solved.
    pub fn none() -> Self {
        Budget {
            solved: 0,
            work: 0,
            behind: 0,
        }
    }
    pub(super) fn is_none(self) -> bool {
        self == Budget::none()
    }
    /// The share of one of several that are left.
    pub fn take(&mut self, of: usize) -> Self {
        let of = of.max(1);
        let by = u64::try_from(of).unwrap_or(u64::MAX);
        let share = Budget {
            solved: self.solved.div_ceil(of),
            work: self.work / by,
            behind: self.behind / by,
        };
        self.solved -= share.solved;
        self.work -= share.work;
        self.behind -= share.behind;
        share
    }
    /// What was not needed is there for the others.
    pub fn give_back(&mut self, rest: Budget) {
        self.solved += rest.solved;
        self.work += rest.work;
        self.behind += rest.behind;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_and_what_is_left_of_them_are_the_whole() {
        let mut budget = Budget::pair();
        for of in (1..=7).rev() {
            let mut share = budget.take(of);
            share.work /= 2;
            budget.give_back(share);
        }
        assert_eq!(budget.solved, Budget::pair().solved);
        assert!(budget.work > 0 && budget.work < Budget::pair().work);
        assert_eq!(budget.take(1).behind, Budget::pair().behind);
        assert_eq!(budget.take(3), Budget::none());
    }
}
