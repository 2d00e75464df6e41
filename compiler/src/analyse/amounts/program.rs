//! The greatest of straight functions over whole numbers, exactly.
//!
//! What is sought is the greatest value of the least of some straight functions of a few whole numbers. Over fractions a
//! [`simplex`](super::simplex) finds it; where a number comes out as a fraction it is taken to be at most the whole one below,
//! or at least the one above, and what can no longer exceed the best value found is left out.

use super::simplex::{Solved, solve};
use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{Signed, Zero};
use std::collections::{BTreeMap, BTreeSet};

/// A straight function of the variables.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Line {
    pub slopes: BTreeMap<usize, BigRational>,
    pub constant: BigRational,
}

impl Line {
    pub fn constant(constant: BigRational) -> Self {
        Line {
            slopes: BTreeMap::new(),
            constant,
        }
    }
    pub fn variable(at: usize, slope: BigRational) -> Self {
        Line {
            slopes: BTreeMap::from([(at, slope)]),
            constant: BigRational::zero(),
        }
    }
    pub fn times(&self, by: &BigRational) -> Self {
        let slopes = self.slopes.iter().map(|(at, slope)| (*at, slope * by));
        Line {
            slopes: slopes.filter(|(_, slope)| !slope.is_zero()).collect(),
            constant: &self.constant * by,
        }
    }
    pub fn plus(&self, other: &Line) -> Self {
        let mut sum = self.clone();
        for (at, slope) in &other.slopes {
            *sum.slopes.entry(*at).or_insert_with(BigRational::zero) += slope;
        }
        sum.slopes.retain(|_, slope| !slope.is_zero());
        sum.constant += &other.constant;
        sum
    }
    pub fn plus_constant(&self, more: &BigRational) -> Self {
        let mut sum = self.clone();
        sum.constant += more;
        sum
    }
}

/// The whole numbers between which a variable lies.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Between {
    pub least: Option<BigInt>,
    pub most: Option<BigInt>,
}

/// Variables, and straight functions of them that are never below 0.
#[derive(Debug, Clone, Default)]
pub(super) struct Program {
    pub variables: Vec<Between>,
    pub rows: Vec<Line>,
    /// Variables that need not be whole
    pub fractional: BTreeSet<usize>,
}

/// The best that was found, over several searches.
pub(super) struct Hunt<'a> {
    /// What some values of the first variables come to, and how many of them there are
    pub value: &'a dyn Fn(&[BigRational]) -> Option<BigRational>,
    pub first: usize,
    /// What is tried comes to no less than the functions do there.
    pub tells: bool,
    /// What a value of the functions is worth: it is rounded.
    pub worth: &'a dyn Fn(&BigRational) -> BigRational,
    pub best: Option<(BigRational, Vec<BigRational>)>,
    /// More than this need not be found.
    pub enough: Option<BigRational>,
    /// Programs that may still be solved
    pub left: usize,
    /// What exchanging rows and columns may still cost
    pub work: u64,
}

/// So much work is done for one benefit or pair of them: numbers grow as rows and columns are exchanged, so that few programs
/// can take long.
pub(super) const WORK: u64 = 60_000;

impl Hunt<'_> {
    fn beats(&self, value: &BigRational) -> bool {
        self.best.as_ref().is_none_or(|(best, _)| value > best)
    }
    /// Enough was found.
    pub fn satisfied(&self) -> bool {
        self.enough.as_ref().is_some_and(|enough| !self.beats(enough))
    }
    /// Tries some values of the first variables.
    pub fn try_at(&mut self, point: &[BigRational]) {
        if let Some(value) = (self.value)(point).filter(|value| self.beats(value)) {
            self.best = Some((value, point.to_vec()));
        }
    }
}

/// What a search has shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shown {
    /// Nothing above the best of the hunt
    Best,
    /// The functions rise without end.
    Endless,
    /// Nothing above this, but perhaps above the best of the hunt
    AtMost(BigRational),
    /// Given up before anything was shown
    Nothing,
}

/// A part of the program that is left to search.
struct Open {
    most: BigRational,
    point: Vec<BigRational>,
    variables: Vec<Between>,
}

impl Program {
    /// Seeks the greatest value of the least of the functions. Without any of them it has no end.
    pub fn greatest(&self, of: &[Line], hunt: &mut Hunt<'_>) -> Shown {
        if of.is_empty() {
            return Shown::Endless;
        }
        hunt.left = hunt.left.saturating_sub(1);
        let mut open = match solve(&self.rows, of, &self.variables, &mut hunt.work) {
            Solved::Endless => return Shown::Endless,
            Solved::Never => return Shown::Best,
            Solved::GivenUp => return Shown::Nothing,
            Solved::At(most, point) => vec![Open {
                most,
                point,
                variables: self.variables.clone(),
            }],
        };
        loop {
            // The part that may hold the most comes first: once it holds no more than the best, none does.
            let next = (0..open.len()).max_by(|a, b| {
                let most = |at: &usize| open.get(*at).map(|open| &open.most);
                most(a).cmp(&most(b))
            });
            let Some(part) = next.map(|at| open.swap_remove(at)) else {
                return Shown::Best;
            };
            let most = (hunt.worth)(&self.on_grid(of, &part.most));
            if !hunt.beats(&most) {
                return Shown::Best;
            }
            self.near(&part, hunt);
            if hunt.satisfied() {
                return Shown::Best;
            }
            if hunt.left == 0 {
                return if hunt.beats(&most) {
                    Shown::AtMost(most)
                } else {
                    Shown::Best
                };
            }
            let mut values = part.point.iter().enumerate();
            let Some((at, value)) = values.find(|(at, value)| !value.is_integer() && !self.fractional.contains(at))
            else {
                // Where only whole numbers count, what the functions come to there was tried.
                match hunt.beats(&most) && !(hunt.tells && self.fractional.is_empty()) {
                    false => continue,
                    true => return Shown::AtMost(most),
                }
            };
            let below = value.floor().to_integer();
            let above = &below + 1;
            for between in [
                Between {
                    least: None,
                    most: Some(below),
                },
                Between {
                    least: Some(above),
                    most: None,
                },
            ] {
                hunt.left = hunt.left.saturating_sub(1);
                let mut variables = part.variables.clone();
                if let Some(variable) = variables.get_mut(at) {
                    variable.least = between.least.or_else(|| variable.least.take());
                    variable.most = between.most.or_else(|| variable.most.take());
                }
                match solve(&self.rows, of, &variables, &mut hunt.work) {
                    Solved::At(most, point) => open.push(Open { most, point, variables }),
                    Solved::GivenUp => return Shown::AtMost(most),
                    Solved::Never | Solved::Endless => {}
                }
            }
        }
    }

    /// Tries the whole numbers around a point, and of what need not be whole also the point itself and what lies midway: each
    /// with each where they are few, else all down, all up and so on.
    fn near(&self, part: &Open, hunt: &mut Hunt<'_>) {
        let half = BigRational::new(BigInt::from(1), BigInt::from(2));
        let around = |(at, value): (usize, &BigRational)| {
            let mut values = vec![value.floor(), value.ceil()];
            if self.fractional.contains(&at) {
                values.extend([value.clone(), value.floor() + &half]);
            }
            let between = part.variables.get(at);
            let least = between.and_then(|between| between.least.clone());
            let most = between.and_then(|between| between.most.clone());
            let mut within: Vec<BigRational> = Vec::new();
            for value in values {
                let value = least.iter().fold(value, |value, end| value.max(whole(end)));
                let value = most.iter().fold(value, |value, end| value.min(whole(end)));
                if !within.contains(&value) {
                    within.push(value);
                }
            }
            within
        };
        let around: Vec<Vec<BigRational>> = part.point.iter().take(hunt.first).enumerate().map(around).collect();
        let corners = around
            .iter()
            .try_fold(1usize, |corners, values| corners.checked_mul(values.len()));
        match corners.filter(|corners| *corners <= CORNERS) {
            Some(corners) => {
                for corner in 0..corners {
                    let mut rest = corner;
                    let point = around.iter().filter_map(|values| {
                        let value = values.get(rest % values.len());
                        rest /= values.len();
                        value.cloned()
                    });
                    hunt.try_at(&point.collect::<Vec<_>>());
                }
            }
            None => {
                for all in 0..4 {
                    let point = around
                        .iter()
                        .filter_map(|values| values.get(all).or(values.last()).cloned());
                    hunt.try_at(&point.collect::<Vec<_>>());
                }
            }
        }
    }

    /// The greatest value up to this that one of the functions has at whole numbers: each steps by what divides all its
    /// slopes.
    fn on_grid(&self, of: &[Line], most: &BigRational) -> BigRational {
        let below = of.iter().filter_map(|line| {
            if line.slopes.keys().any(|at| self.fractional.contains(at)) {
                return Some(most.clone());
            }
            let mut slopes = line.slopes.values();
            let Some(first) = slopes.next() else {
                return (line.constant <= *most).then(|| line.constant.clone());
            };
            let step = slopes.fold(first.abs(), |step, slope| common(&step, slope));
            let steps = ((most - &line.constant) / &step).floor();
            Some(&line.constant + steps * step)
        });
        below.max().unwrap_or_else(|| most.clone())
    }
}

/// At most so many points around one are all tried.
const CORNERS: usize = 32;

pub(super) fn whole(value: &BigInt) -> BigRational {
    BigRational::from_integer(value.clone())
}

/// The greatest number of which both are whole multiples.
fn common(a: &BigRational, b: &BigRational) -> BigRational {
    let numerator = (a.numer() * b.denom()).gcd(&(b.numer() * a.denom()));
    BigRational::new(numerator, a.denom() * b.denom())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

    use super::*;

    fn number(value: i64) -> BigRational {
        BigRational::from_integer(BigInt::from(value))
    }

    fn line(slopes: &[i64], constant: i64) -> Line {
        let slopes = slopes.iter().enumerate();
        Line {
            slopes: slopes
                .filter(|(_, slope)| **slope != 0)
                .map(|(at, slope)| (at, number(*slope)))
                .collect(),
            constant: number(constant),
        }
    }

    /// The least of the functions at a point; `None` outside the rows.
    fn least(program: &Program, of: &[Line], point: &[BigRational]) -> Option<BigRational> {
        let at = |line: &Line| {
            let parts = line.slopes.iter().map(|(at, slope)| slope * &point[*at]);
            parts.fold(line.constant.clone(), |sum, part| sum + part)
        };
        let inside = program.rows.iter().all(|row| !at(row).is_negative());
        of.iter().map(at).min().filter(|_| inside)
    }

    #[test]
    fn the_greatest_is_that_of_every_point() {
        let mut state = 7u64;
        let mut random = |from: i64, count: u64| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            from + ((state >> 33) % count) as i64
        };
        for _ in 0..300 {
            let side = |random: &mut dyn FnMut(i64, u64) -> i64| {
                let least = random(-3, 6);
                Between {
                    least: Some(BigInt::from(least)),
                    most: Some(BigInt::from(least + random(0, 9))),
                }
            };
            let variables = vec![side(&mut random), side(&mut random)];
            let mut lines = |count: u64| -> Vec<Line> {
                (0..count)
                    .map(|_| line(&[random(-4, 9), random(-4, 9)], random(-9, 19)))
                    .collect()
            };
            let (rows, of) = (lines(2), lines(3));
            let program = Program {
                variables,
                rows,
                ..Program::default()
            };
            let mut every = Vec::new();
            let all = |between: &Between| {
                let (mut at, most) = (between.least.clone().unwrap(), between.most.clone().unwrap());
                let mut all = Vec::new();
                while at <= most {
                    all.push(at.clone());
                    at += 1;
                }
                all
            };
            for a in all(&program.variables[0]) {
                for b in all(&program.variables[1]) {
                    every.extend(least(&program, &of, &[whole(&a), whole(&b)]));
                }
            }
            let value = |point: &[BigRational]| least(&program, &of, point);
            let mut hunt = Hunt {
                value: &value,
                first: 2,
                tells: true,
                worth: &BigRational::clone,
                best: None,
                enough: None,
                left: 10_000,
                work: u64::MAX,
            };
            assert_eq!(program.greatest(&of, &mut hunt), Shown::Best);
            assert_eq!(hunt.best.map(|(best, _)| best), every.into_iter().max());
        }
    }

    #[test]
    fn what_rises_without_end_is_told() {
        let free = Between {
            least: Some(BigInt::zero()),
            most: None,
        };
        let program = Program {
            variables: vec![free.clone(), free],
            ..Program::default()
        };
        let of = [line(&[2, -1], 0), line(&[-1, 2], 0)];
        let value = |point: &[BigRational]| least(&program, &of, point);
        let mut hunt = Hunt {
            value: &value,
            first: 2,
            tells: true,
            worth: &BigRational::clone,
            best: None,
            enough: None,
            left: 10,
            work: u64::MAX,
        };
        assert_eq!(program.greatest(&of, &mut hunt), Shown::Endless);
    }
}
