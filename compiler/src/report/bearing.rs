//! What the layers of a tower bear of one event, and of several events that draw on the same funds.
//!
//! A layer bears up to its width of every event anew; a fund has its balance once. So events that the layers bear each
//! by itself may together draw more from a fund than it holds.

use crate::analyse::amounts::{End, Env, Top, amount_top, least};
use crate::money::{Fen, Ratio};
use crate::plan::reads::Reads;
use crate::plan::{FundId, Plan};
use std::collections::BTreeMap;

/// The layers, in order, with unknowns at one end of their bounds.
#[derive(Debug, Clone)]
pub struct Bearing {
    layers: Vec<Layer>,
    /// The tower's own total; `None`: without bound
    total: Top,
    /// Balances that are known, in 分
    balances: BTreeMap<FundId, Fen>,
    open: bool,
}

#[derive(Debug, Clone)]
struct Layer {
    /// `None`: without bound
    width: Top,
    /// The fund that pays it, where it is one
    fund: Option<FundId>,
}

/// What nobody bears of several events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unborne {
    /// Above the layers of single events
    pub above: Ratio,
    /// What each fund lacks: drawn by all events, and its balance
    pub overdrawn: Vec<Overdrawn>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overdrawn {
    pub fund: FundId,
    pub drawn: Ratio,
    pub balance: Fen,
}

impl Unborne {
    /// Everything that nobody bears; `None` on overflow.
    pub fn sum(&self) -> Option<Ratio> {
        self.overdrawn.iter().try_fold(self.above, |sum, over| {
            sum.checked_add(over.drawn.checked_sub(Ratio::integer(over.balance.0))?)
        })
    }
}

impl Bearing {
    /// `None` without a tower.
    pub fn of(plan: &Plan, end: End) -> Option<Self> {
        let tower = plan.tower.as_ref()?;
        let top = |amount| amount_top(plan, amount, &Env::default(), End::High, end);
        let fund = |amount| {
            let mut reads = Reads::new(plan);
            reads.amount(amount);
            let funds: Vec<FundId> = reads.funds.into_iter().collect();
            match funds.as_slice() {
                [one] => Some(*one),
                _ => None,
            }
        };
        let layers = tower.layers.iter().map(|layer| Layer {
            width: top(&layer.up_to),
            fund: fund(&layer.up_to),
        });
        let balance = |(at, fund): (usize, &crate::plan::Fund)| Some((FundId::from(at), fund.balance?));
        Some(Bearing {
            layers: layers.collect(),
            total: tower.total.as_ref().and_then(top),
            balances: plan.funds.iter().enumerate().filter_map(balance).collect(),
            open: tower.layers.iter().any(|layer| {
                let at = |end| amount_top(plan, &layer.up_to, &Env::default(), End::High, end);
                at(End::Low) != at(End::High)
            }),
        })
    }

    /// The amount of some layer is not known yet.
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// The most that the layers bear of one event; `None`: without bound.
    pub fn width(&self) -> Top {
        let all = self.layers.iter().map(|layer| layer.width);
        let sum = all
            .into_iter()
            .try_fold(Ratio::ZERO, |sum, width| sum.checked_add(width?));
        least(sum, self.total)
    }

    /// What nobody bears of `times` events of `loss` each and one more of `rest`, all in 分; `None` on overflow.
    pub fn events(&self, times: i64, loss: Ratio, rest: Ratio) -> Option<Unborne> {
        let mut above = Ratio::ZERO;
        let mut drawn: BTreeMap<FundId, Ratio> = BTreeMap::new();
        for (count, loss) in [(times, loss), (1, rest)] {
            let count = Ratio::integer(count);
            let mut left = self.total.map_or(loss, |total| loss.min(total));
            above = above.checked_add(loss.checked_sub(left)?.checked_mul(count)?)?;
            for layer in &self.layers {
                let part = layer.width.map_or(left, |width| left.min(width));
                left = left.checked_sub(part)?;
                if let Some(fund) = layer.fund {
                    let so_far = drawn.entry(fund).or_insert(Ratio::ZERO);
                    *so_far = so_far.checked_add(part.checked_mul(count)?)?;
                }
            }
            above = above.checked_add(left.checked_mul(count)?)?;
        }
        let over = drawn.into_iter().filter_map(|(fund, drawn)| {
            let balance = *self.balances.get(&fund)?;
            (drawn > Ratio::integer(balance.0)).then_some(Overdrawn { fund, drawn, balance })
        });
        Some(Unborne {
            above,
            overdrawn: over.collect(),
        })
    }
}

/// How often `one` goes into `all`, and what is left.
pub fn parts(all: Ratio, one: Ratio) -> Option<(i64, Ratio)> {
    if one <= Ratio::ZERO {
        return None;
    }
    let top = all.numerator().checked_mul(one.denominator())?;
    let bottom = all.denominator().checked_mul(one.numerator())?;
    let times = i64::try_from(top.div_euclid(bottom)).ok()?;
    let rest = all.checked_sub(one.checked_mul(Ratio::integer(times))?)?;
    Some((times, rest))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    fn bearing(layers: &[(i64, Option<u32>)], total: Option<i64>, balance: i64) -> Bearing {
        Bearing {
            layers: layers
                .iter()
                .map(|(width, fund)| Layer {
                    width: Some(Ratio::integer(*width)),
                    fund: fund.map(FundId),
                })
                .collect(),
            total: total.map(Ratio::integer),
            balances: BTreeMap::from([(FundId(0), Fen(balance))]),
            open: false,
        }
    }

    #[test]
    fn a_fund_pays_its_balance_once() {
        let tower = bearing(&[(10, None), (20, Some(0))], None, 20);
        let one = tower.events(1, Ratio::integer(30), Ratio::ZERO).unwrap();
        assert_eq!((one.above, one.overdrawn.len()), (Ratio::ZERO, 0));
        let two = tower.events(2, Ratio::integer(30), Ratio::integer(15)).unwrap();
        assert_eq!(two.overdrawn.first().map(|over| over.drawn), Some(Ratio::integer(45)));
        assert_eq!(two.sum(), Some(Ratio::integer(25)));
    }

    #[test]
    fn what_lies_above_the_layers_or_the_total_nobody_bears() {
        let tower = bearing(&[(10, None), (20, Some(0))], None, 100);
        assert_eq!(
            tower.events(2, Ratio::integer(35), Ratio::integer(31)).unwrap().above,
            Ratio::integer(11)
        );
        let capped = bearing(&[(10, None), (20, Some(0))], Some(12), 100);
        assert_eq!(capped.width(), Some(Ratio::integer(12)));
        assert_eq!(
            capped.events(1, Ratio::integer(35), Ratio::ZERO).unwrap().above,
            Ratio::integer(23)
        );
    }

    #[test]
    fn a_year_holds_so_many_events_and_a_rest() {
        assert_eq!(
            parts(Ratio::integer(70), Ratio::integer(30)),
            Some((2, Ratio::integer(10)))
        );
        assert_eq!(parts(Ratio::integer(70), Ratio::ZERO), None);
    }
}
