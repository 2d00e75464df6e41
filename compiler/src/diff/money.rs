//! What a claim is paid in one version, as a value that the other version's can be compared with.

use super::formula::{Act, Formula, World};
use crate::evaluate::exact::{Exact, from_fen, less, to_fen};
use crate::money::Fen;
use num_traits::Zero;
use std::collections::BTreeSet;

/// The money of one claim.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Money {
    /// The version does not know a value that the claim carries, so it rejects the claim.
    Unknown,
    /// No cover, or one that pays nothing
    Nothing,
    /// The scheme refuses such a claim.
    Refused,
    Fixed(Fen),
    Line(Line),
    /// Several covers
    Several(Several),
}

/// The benefit of one cover: an amount and what is done to it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Line {
    pub start: Formula,
    pub acts: Vec<Act>,
}

/// Covers that meet (SEMANTICS §3): of the sets that may pay together, the one with the most money.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Several {
    pub lines: Vec<Line>,
    pub sets: Vec<Vec<usize>>,
    /// Pairs that must pay the same, or the claim is refused
    pub unranked: Vec<(usize, usize)>,
    pub own: Vec<Own>,
}

/// An own limit over some of the lines.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Own {
    pub rule: OwnRule,
    pub members: Vec<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum OwnRule {
    UpTo(Formula),
    Less(Formula),
    Largest,
}

/// What a claim comes to in a world.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Worth {
    Pays(Fen),
    Refused,
    Unknown,
}

impl Worth {
    pub fn fen(&self) -> i64 {
        match self {
            Worth::Pays(fen) => fen.0,
            Worth::Refused | Worth::Unknown => 0,
        }
    }
}

impl Money {
    /// `None` where it reads something that is not given, or the amount leaves 64 bits.
    pub fn worth(&self, world: &World) -> Option<Worth> {
        Some(match self {
            Money::Unknown => Worth::Unknown,
            Money::Nothing => Worth::Pays(Fen(0)),
            Money::Refused => Worth::Refused,
            Money::Fixed(fen) => Worth::Pays(*fen),
            Money::Line(line) => Worth::Pays(to_fen(&line.value(world)?)?),
            Money::Several(several) => several.worth(world)?,
        })
    }
    /// Every formula that it reads.
    pub fn formulas(&self) -> Vec<&Formula> {
        fn of(line: &Line) -> impl Iterator<Item = &Formula> {
            std::iter::once(&line.start).chain(line.acts.iter().filter_map(Act::formula))
        }
        match self {
            Money::Line(line) => of(line).collect(),
            Money::Several(several) => {
                let own = several.own.iter().filter_map(|own| match &own.rule {
                    OwnRule::UpTo(f) | OwnRule::Less(f) => Some(f),
                    OwnRule::Largest => None,
                });
                several.lines.iter().flat_map(of).chain(own).collect()
            }
            _ => Vec::new(),
        }
    }
    pub fn lines(&self) -> &[Line] {
        match self {
            Money::Line(line) => std::slice::from_ref(line),
            Money::Several(several) => &several.lines,
            _ => &[],
        }
    }
    pub fn is_nothing(&self) -> bool {
        matches!(self, Money::Nothing | Money::Unknown) || *self == Money::Fixed(Fen(0))
    }
}

impl Line {
    pub fn value(&self, world: &World) -> Option<Exact> {
        let start = self.start.value(world)??;
        self.acts.iter().try_fold(start, |value, act| act.apply(&value, world))
    }

    /// The line with each own cap or deductible as a further step, and without steps that can do nothing. Also says which
    /// of the own steps, by their number, can still matter.
    pub fn with_own(&self, own: &[(usize, OwnRule)]) -> (Money, BTreeSet<usize>) {
        let mut acts: Vec<(Act, Option<usize>)> = self.acts.iter().map(|act| (act.clone(), None)).collect();
        acts.extend(own.iter().filter_map(|(number, rule)| match rule {
            OwnRule::UpTo(most) => Some((Act::UpTo(most.clone()), Some(*number))),
            OwnRule::Less(amount) => Some((Act::Less(amount.clone()), Some(*number))),
            // One line is the largest by itself.
            OwnRule::Largest => None,
        }));
        let world = World::default();
        let mut binding = BTreeSet::new();
        let mut start = self.start.clone();
        let mut kept: Vec<(Act, Option<usize>)> = Vec::new();
        let mut folded: Vec<(Act, Option<usize>)> = Vec::new();
        // The value so far, where it is known; and what it cannot exceed.
        let mut value = match start {
            Formula::Fixed(fen) => Some(from_fen(fen)),
            _ => None,
        };
        let mut most = value.clone();
        for (act, number) in acts {
            let next = value.as_ref().and_then(|value| act.apply(value, &world));
            if let (Some(before), Some(next)) = (&value, next) {
                if next != *before {
                    binding.extend(number);
                }
                most = Some(next.clone());
                value = Some(next);
                folded.push((act, number));
                continue;
            }
            if let Some(known) = value.take() {
                // From here on the value varies; what is known so far is its start.
                match to_fen(&known).filter(|fen| from_fen(*fen) == known) {
                    Some(fen) => start = Formula::Fixed(fen),
                    None => kept.append(&mut folded),
                }
            }
            if does_nothing(&act, most.as_ref(), &world) {
                continue;
            }
            if let Act::UpTo(cap) = &act
                && let Some(Some(cap)) = cap.value(&world)
            {
                // A lower cap makes the one right before it needless.
                while let Some((Act::UpTo(earlier), _)) = kept.last()
                    && earlier.value(&world).flatten().is_some_and(|earlier| earlier >= cap)
                {
                    kept.pop();
                }
            }
            most = bound_after(&act, most, &world);
            kept.push((act, number));
        }
        binding.extend(kept.iter().filter_map(|(_, number)| *number));
        let money = match value {
            Some(value) => match to_fen(&value) {
                Some(Fen(0)) => Money::Nothing,
                Some(fen) => Money::Fixed(fen),
                None => Money::Refused,
            },
            None => Money::Line(Line {
                start,
                acts: kept.into_iter().map(|(act, _)| act).collect(),
            }),
        };
        (money, binding)
    }
}

/// Whether a step leaves every value that is at most `most` as it is.
fn does_nothing(act: &Act, most: Option<&Exact>, world: &World) -> bool {
    match act {
        Act::UpTo(Formula::Unlimited) => true,
        Act::UpTo(cap) => match (cap.value(world), most) {
            (Some(Some(cap)), Some(most)) => cap >= *most,
            _ => false,
        },
        Act::Less(amount) | Act::AtLeast(amount) => amount.value(world).flatten().is_some_and(|a| a.is_zero()),
        Act::Share(ratio) => *ratio == Formula::Ratio(1, 1),
        Act::Round(unit, _) => *unit <= 1,
    }
}

fn bound_after(act: &Act, most: Option<Exact>, world: &World) -> Option<Exact> {
    match act {
        Act::UpTo(cap) => match (cap.value(world).flatten(), most) {
            (Some(cap), Some(most)) => Some(cap.min(most)),
            (cap, most) => cap.or(most),
        },
        Act::Less(_) => most,
        Act::AtLeast(least) => Some(most?.max(least.value(world)??)),
        Act::Share(ratio) => Some(most? * ratio.value(world)??),
        Act::Round(..) => act.apply(&most?, world),
    }
}

impl Several {
    fn worth(&self, world: &World) -> Option<Worth> {
        let mut values = Vec::with_capacity(self.lines.len());
        for line in &self.lines {
            values.push(line.value(world)?);
        }
        for (a, b) in &self.unranked {
            if self.total(&values, &[*a], world)? != self.total(&values, &[*b], world)? {
                return Some(Worth::Refused);
            }
        }
        let mut best: Option<Exact> = None;
        for set in &self.sets {
            let total = self.total(&values, set, world)?;
            if best.as_ref().is_none_or(|best| total > *best) {
                best = Some(total);
            }
        }
        Some(Worth::Pays(to_fen(&best.unwrap_or_else(Exact::zero))?))
    }

    /// What the lines of a set pay together, own limits applied in their order.
    fn total(&self, values: &[Exact], set: &[usize], world: &World) -> Option<Exact> {
        let mut kept: Vec<(usize, Exact)> = Vec::new();
        for index in set {
            kept.push((*index, values.get(*index)?.clone()));
        }
        for own in &self.own {
            let members = || kept.iter().filter(|(index, _)| own.members.contains(index));
            let sum: Exact = members().map(|(_, value)| value).sum();
            if sum.is_zero() {
                continue;
            }
            let after = match &own.rule {
                OwnRule::UpTo(cap) => match cap.value(world)? {
                    Some(cap) => cap.min(sum.clone()),
                    None => continue,
                },
                OwnRule::Less(amount) => less(&sum, &amount.value(world)??),
                OwnRule::Largest => members().map(|(_, value)| value).max()?.clone(),
            };
            let part = after / sum;
            for (index, value) in &mut kept {
                if own.members.contains(index) {
                    *value *= &part;
                }
            }
        }
        Some(kept.into_iter().map(|(_, value)| value).sum())
    }
}
