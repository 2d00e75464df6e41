//! Where two payments differ, and by how much at most.
//!
//! Payments are piecewise linear in each unknown, so it is enough to look at the points where a piece of either begins
//! or ends, at the ends of the range, and one step beside each (rounding).

use super::formula::{Act, Formula, Unknown, World};
use super::money::{Line, Money, Worth};
use crate::evaluate::exact::{Exact, from_fen};
use crate::money::{Fen, Grid, MAX_FEN};
use anlan_lang::tree::Date;
use num_traits::{One, Zero};
use std::collections::{BTreeMap, BTreeSet};

/// One hundred million 元: above the caps of real schemes, and still readable in a witness.
const AMPLE: i64 = 10_000_000_000;
/// At most so many values of one unknown, and so many points in all.
const VALUES: usize = 24;
const POINTS: usize = 3_000;

/// The integers that an unknown may take: `from..=to`; `open`: `to` is only as far as we look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub from: i64,
    pub to: i64,
    pub open: bool,
    /// So many halves are taken too: a count in parts may lie between whole units, and in some boxes only there.
    pub halves: Option<i64>,
}

impl Span {
    /// An amount of money, a count, or any other quantity without bounds of its own.
    pub const ANY: Span = Span {
        from: 0,
        to: AMPLE,
        open: true,
        halves: None,
    };
}

/// One point at which the payments differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Point {
    pub old: Worth,
    pub new: Worth,
    pub values: BTreeMap<Unknown, Exact>,
    pub day: Option<Date>,
    pub taken: BTreeSet<String>,
}

impl Point {
    pub fn change(&self) -> i64 {
        self.new.fen().saturating_sub(self.old.fen())
    }
}

/// How two payments differ.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Contrast {
    /// Where the new version pays most more, and most less
    pub gain: Option<Point>,
    pub loss: Option<Point>,
    /// The difference grows with the unknown without end.
    pub open_gain: bool,
    pub open_loss: bool,
    /// The range of the one unknown in which they differ, where that is less than all of its span
    pub differs: Option<(Unknown, Option<i64>, Option<i64>)>,
    /// Nothing could be worked out, and the formulas differ.
    pub undecided: bool,
}

/// The contrast of two payments; `None` where they are the same everywhere in the spans.
pub(crate) fn contrast(old: &Money, new: &Money, spans: &dyn Fn(&Unknown) -> Span) -> Option<Contrast> {
    if old == new {
        return None;
    }
    let readings = Readings::of(old, new);
    let mut found = Contrast::default();
    let mut decided = false;
    let mut differing: Vec<(i64, bool)> = Vec::new();
    let single = match readings.unknowns.iter().collect::<Vec<_>>().as_slice() {
        [one] => Some((*one).clone()),
        _ => None,
    };
    for (day, taken) in readings.choices() {
        let world = World {
            values: BTreeMap::new(),
            day,
            taken,
        };
        for world in points(old, new, &readings.unknowns, world, spans) {
            let (Some(a), Some(b)) = (old.worth(&world), new.worth(&world)) else {
                continue;
            };
            decided = true;
            if let Some(x) = single.as_ref().and_then(|unknown| whole(world.values.get(unknown)?)) {
                differing.push((x, !alike(&a, &b)));
            }
            if !alike(&a, &b) {
                found.note(Point {
                    old: a,
                    new: b,
                    values: world.values,
                    day: world.day,
                    taken: world.taken,
                });
            }
        }
    }
    if !decided {
        found.undecided = true;
        return Some(found);
    }
    if found.gain.is_none() && found.loss.is_none() {
        return None;
    }
    found.look_beyond(old, new, spans);
    if let Some(unknown) = single {
        found.differs = range(&unknown, differing, spans(&unknown));
    }
    Some(found)
}

/// A claim that a version does not know and one that it pays nothing for come to the same.
fn alike(a: &Worth, b: &Worth) -> bool {
    let nothing = |w: &Worth| matches!(w, Worth::Unknown | Worth::Pays(Fen(0)));
    a == b || (nothing(a) && nothing(b))
}

impl Contrast {
    fn note(&mut self, point: Point) {
        let change = point.change();
        let better = |best: &Option<Point>| {
            best.as_ref()
                .is_none_or(|best| point.change().unsigned_abs() > best.change().unsigned_abs())
        };
        if change > 0 && better(&self.gain) {
            self.gain = Some(point);
        } else if change < 0 && better(&self.loss) {
            self.loss = Some(point);
        } else if change == 0 && self.gain.is_none() && self.loss.is_none() {
            // Refused against paid nothing: no money changes, but the claim's fate does.
            self.gain = Some(point);
        }
    }
    /// Whether the largest differences still grow where the spans end.
    fn look_beyond(&mut self, old: &Money, new: &Money, spans: &dyn Fn(&Unknown) -> Span) {
        let grows = |point: &Option<Point>| -> bool {
            let Some(point) = point else { return false };
            let mut world = World {
                values: point.values.clone(),
                day: point.day,
                taken: point.taken.clone(),
            };
            let mut open = false;
            for (unknown, value) in &mut world.values {
                let span = spans(unknown);
                if span.open && *value >= from_fen(Fen(span.to)) {
                    *value = &*value + &*value;
                    open = true;
                }
            }
            let beyond = match (old.worth(&world), new.worth(&world)) {
                (Some(a), Some(b)) => b.fen().saturating_sub(a.fen()),
                _ => return open,
            };
            open && beyond.unsigned_abs() > point.change().unsigned_abs()
        };
        self.open_gain = grows(&self.gain);
        self.open_loss = grows(&self.loss);
    }
}

/// The hull of the differing points, open at an end that reaches the span's.
fn range(unknown: &Unknown, mut points: Vec<(i64, bool)>, span: Span) -> Option<(Unknown, Option<i64>, Option<i64>)> {
    points.sort_unstable();
    let first = points.iter().find(|(_, differs)| *differs)?.0;
    let last = points.iter().rev().find(|(_, differs)| *differs)?.0;
    let from = points.iter().any(|(x, _)| *x < first).then_some(first);
    let below = points.iter().any(|(x, _)| *x > last).then(|| last.saturating_add(1));
    let from = from.filter(|from| *from > span.from);
    (from.is_some() || below.is_some()).then(|| (unknown.clone(), from, below))
}

/// What two payments read.
struct Readings {
    unknowns: BTreeSet<Unknown>,
    days: BTreeSet<Date>,
    decisions: BTreeSet<String>,
}

impl Readings {
    fn of(old: &Money, new: &Money) -> Self {
        let mut readings = Readings {
            unknowns: BTreeSet::new(),
            days: BTreeSet::new(),
            decisions: BTreeSet::new(),
        };
        for formula in old.formulas().into_iter().chain(new.formulas()) {
            formula.walk(&mut |part| match part {
                Formula::Unknown(unknown) | Formula::Units(unknown, _) => {
                    readings.unknowns.insert(unknown.clone());
                }
                Formula::Dated(values) => readings.days.extend(values.iter().filter_map(|(from, _)| *from)),
                Formula::Decided(decision, ..) => {
                    readings.decisions.insert(decision.clone());
                }
                _ => {}
            });
        }
        readings
    }
    /// Days on which different values hold, with every set of decisions (at most 64).
    fn choices(&self) -> Vec<(Option<Date>, BTreeSet<String>)> {
        let mut days: Vec<Option<Date>> = Vec::new();
        match self.days.first().and_then(|first| first.yesterday().ok()) {
            Some(before) => {
                days.push(Some(before));
                days.extend(self.days.iter().copied().map(Some));
            }
            None => days.push(None),
        }
        let decisions: Vec<&String> = self.decisions.iter().take(6).collect();
        let sets = (0..1u32 << decisions.len()).map(|mask| {
            let taken = decisions.iter().enumerate().filter(|(bit, _)| mask & (1 << bit) != 0);
            taken.map(|(_, decision)| (*decision).clone()).collect::<BTreeSet<_>>()
        });
        let sets: Vec<_> = sets.collect();
        days.into_iter()
            .flat_map(|day| sets.iter().map(move |set| (day, set.clone())))
            .collect()
    }
}

/// Worlds with every combination of the values worth looking at.
fn points(
    old: &Money,
    new: &Money,
    unknowns: &BTreeSet<Unknown>,
    world: World,
    spans: &dyn Fn(&Unknown) -> Span,
) -> Vec<World> {
    let mut values: BTreeMap<Unknown, BTreeSet<Exact>> = BTreeMap::new();
    for unknown in unknowns {
        values.insert(unknown.clone(), ends(unknown, spans(unknown)));
    }
    // Twice: the pieces in one unknown depend on the values of the others.
    for _ in 0..if unknowns.len() > 1 { 2 } else { 1 } {
        for unknown in unknowns {
            let mut more = BTreeSet::new();
            for world in combined(&values, &world, Some(unknown), 64) {
                for money in [old, new] {
                    for line in money.lines() {
                        more.extend(breaks(line, unknown, &world));
                    }
                    for formula in money.formulas() {
                        if let Some(value) = formula.value(&world).flatten() {
                            more.insert(value);
                        }
                    }
                }
            }
            let span = spans(unknown);
            if let Some(own) = values.get_mut(unknown) {
                add(own, more, unknown, span);
            }
        }
    }
    combined(&values, &world, None, POINTS)
}

fn ends(unknown: &Unknown, span: Span) -> BTreeSet<Exact> {
    let ratio = |n: i64, d: i64| from_fen(Fen(n)) / from_fen(Fen(d));
    match unknown {
        Unknown::Parameter(..) | Unknown::Decision(_) => [ratio(0, 1), ratio(1, 2), ratio(1, 1), ratio(2, 1)]
            .into_iter()
            .chain([ratio(1_000_000, 1), ratio(100_000_000, 1)])
            .collect(),
        _ => {
            let ends = [span.from, span.from.saturating_add(1).min(span.to), span.to];
            let whole = ends
                .into_iter()
                .filter(|_| span.from <= span.to)
                .map(|x| from_fen(Fen(x)));
            whole.chain(span.halves.map(|halves| ratio(halves, 2))).collect()
        }
    }
}

/// Adds points with their neighbours on the grid, inside the span; the lowest first where there are too many.
fn add(own: &mut BTreeSet<Exact>, more: BTreeSet<Exact>, unknown: &Unknown, span: Span) {
    let exact = matches!(unknown, Unknown::Parameter(..) | Unknown::Decision(_));
    let (low, high) = (from_fen(Fen(span.from)), from_fen(Fen(span.to)));
    for point in more {
        if own.len() >= VALUES * 2 {
            return;
        }
        if exact {
            own.insert(point);
            continue;
        }
        let floor = point.floor();
        for beside in [&floor - Exact::one(), floor.clone(), &floor + Exact::one()] {
            if beside >= low && beside <= high {
                own.insert(beside);
            }
        }
    }
}

fn combined(
    values: &BTreeMap<Unknown, BTreeSet<Exact>>,
    world: &World,
    but: Option<&Unknown>,
    most: usize,
) -> Vec<World> {
    let mut worlds = vec![world.clone()];
    for (unknown, values) in values.iter().filter(|(unknown, _)| Some(*unknown) != but) {
        let mut next = Vec::new();
        for world in &worlds {
            for value in values {
                if next.len() >= most {
                    break;
                }
                let mut world = world.clone();
                world.values.insert(unknown.clone(), value.clone());
                next.push(world);
            }
        }
        worlds = next;
    }
    worlds
}

fn whole(value: &Exact) -> Option<i64> {
    use num_traits::ToPrimitive;
    value.is_integer().then(|| value.to_integer().to_i64()).flatten()
}

// ── pieces in one unknown ──

/// From `from` on: slope·x + constant.
#[derive(Debug, Clone, PartialEq)]
struct Piece {
    from: Exact,
    slope: Exact,
    constant: Exact,
}

type Pieces = Vec<Piece>;

/// Where the pieces of a line begin, as a function of one unknown, the others as in the world.
fn breaks(line: &Line, unknown: &Unknown, world: &World) -> Vec<Exact> {
    pieces(line, unknown, world)
        .unwrap_or_default()
        .into_iter()
        .map(|piece| piece.from)
        .collect()
}

fn pieces(line: &Line, unknown: &Unknown, world: &World) -> Option<Pieces> {
    let mut value = of(&line.start, unknown, world)??;
    for act in &line.acts {
        value = match act {
            Act::Less(amount) => {
                let less = joined(&value, &of(amount, unknown, world)??, |a, b| a - b);
                extreme(&less, &level(Exact::zero()), true)
            }
            Act::UpTo(cap) => match of(cap, unknown, world)? {
                Some(cap) => extreme(&value, &cap, false),
                None => value,
            },
            Act::AtLeast(least) => extreme(&value, &of(least, unknown, world)??, true),
            Act::Share(ratio) => {
                let ratio = ratio.value(world)??;
                scaled(&value, &ratio)
            }
            // Beside each piece's begin its neighbours are looked at, which is where rounding shows.
            Act::Round(..) => value,
        };
    }
    Some(value)
}

fn level(constant: Exact) -> Pieces {
    vec![Piece {
        from: Exact::zero(),
        slope: Exact::zero(),
        constant,
    }]
}

/// `Some(None)` is unlimited; `None`: not linear, or not given.
fn of(formula: &Formula, unknown: &Unknown, world: &World) -> Option<Option<Pieces>> {
    let straight = || {
        vec![Piece {
            from: Exact::zero(),
            slope: Exact::one(),
            constant: Exact::zero(),
        }]
    };
    Some(Some(match formula {
        Formula::Unknown(own) if own == unknown => straight(),
        Formula::Units(own, most) if own == unknown => match most {
            Some(most) => match most.value(world)? {
                Some(most) => extreme(&straight(), &level(most), false),
                None => straight(),
            },
            None => straight(),
        },
        Formula::Product(a, b) => {
            let (Some(a), Some(b)) = (of(a, unknown, world)?, of(b, unknown, world)?) else {
                return Some(None);
            };
            match (a.as_slice(), b.as_slice()) {
                ([one], _) if one.slope.is_zero() => scaled(&b, &one.constant),
                (_, [one]) if one.slope.is_zero() => scaled(&a, &one.constant),
                _ => return None,
            }
        }
        Formula::Sum(parts) => {
            let mut sum = level(Exact::zero());
            for part in parts {
                match of(part, unknown, world)? {
                    Some(part) => sum = joined(&sum, &part, |a, b| a + b),
                    None => return Some(None),
                }
            }
            sum
        }
        Formula::Decided(decision, then, otherwise) => {
            let chosen = if world.taken.contains(decision) {
                then
            } else {
                otherwise
            };
            return of(chosen, unknown, world);
        }
        Formula::Dated(values) => {
            let holds = |from: &Option<Date>| from.is_none_or(|from| world.day.is_some_and(|day| day >= from));
            return of(&values.iter().rev().find(|(from, _)| holds(from))?.1, unknown, world);
        }
        other => match other.value(world)? {
            Some(value) => level(value),
            None => return Some(None),
        },
    }))
}

fn scaled(pieces: &[Piece], by: &Exact) -> Pieces {
    let scale = |piece: &Piece| Piece {
        from: piece.from.clone(),
        slope: &piece.slope * by,
        constant: &piece.constant * by,
    };
    pieces.iter().map(scale).collect()
}

/// The pieces of both, cut where either begins, with what `join` makes of their coefficients.
fn joined(a: &[Piece], b: &[Piece], join: impl Fn(&Exact, &Exact) -> Exact) -> Pieces {
    let begins: BTreeSet<&Exact> = a.iter().chain(b).map(|piece| &piece.from).collect();
    let at = |pieces: &[Piece], x: &Exact| pieces.iter().rev().find(|piece| piece.from <= *x).cloned();
    begins
        .into_iter()
        .filter_map(|x| {
            let (a, b) = (at(a, x)?, at(b, x)?);
            Some(Piece {
                from: x.clone(),
                slope: join(&a.slope, &b.slope),
                constant: join(&a.constant, &b.constant),
            })
        })
        .collect()
}

/// The larger or the smaller of both at every point.
fn extreme(a: &[Piece], b: &[Piece], larger: bool) -> Pieces {
    let begins: BTreeSet<Exact> = a.iter().chain(b).map(|piece| piece.from.clone()).collect();
    let at = |pieces: &[Piece], x: &Exact| pieces.iter().rev().find(|piece| piece.from <= *x).cloned();
    let mut cuts = begins.clone();
    let begins: Vec<Exact> = begins.into_iter().collect();
    for (index, x) in begins.iter().enumerate() {
        if let (Some(p), Some(q)) = (at(a, x), at(b, x)) {
            let slope = &p.slope - &q.slope;
            if !slope.is_zero() {
                let crossing = (&q.constant - &p.constant) / slope;
                if crossing > *x && begins.get(index + 1).is_none_or(|end| crossing < *end) {
                    cuts.insert(crossing);
                }
            }
        }
    }
    let cuts: Vec<Exact> = cuts.into_iter().collect();
    let mut pieces = Pieces::new();
    for (index, x) in cuts.iter().enumerate() {
        let (Some(p), Some(q)) = (at(a, x), at(b, x)) else {
            continue;
        };
        // Inside the cut the order does not change, so its middle tells.
        let middle = match cuts.get(index + 1) {
            Some(end) => (x + end) / from_fen(Fen(2)),
            None => x + Exact::one(),
        };
        let value = |piece: &Piece| &piece.slope * &middle + &piece.constant;
        let chosen = if (value(&p) >= value(&q)) == larger { p } else { q };
        pieces.push(Piece {
            from: x.clone(),
            ..chosen
        });
    }
    pieces
}

/// The span of a fact of money, or narrower; between positions on a grid.
pub(crate) fn span(grid: Option<Grid>, from: Option<i64>, below: Option<i64>) -> Span {
    let place = from.unwrap_or(0).max(0);
    let (low, below, halves) = match grid {
        Some(Grid::UNITS) => {
            let halves = place.saturating_add(i64::from(place % 2 == 0));
            (
                place.saturating_add(1).div_euclid(2),
                below.map(|below| below.saturating_add(1).div_euclid(2)),
                Some(halves).filter(|halves| below.is_none_or(|below| *halves < below)),
            )
        }
        _ => (place, below, None),
    };
    match below {
        Some(below) => Span {
            from: low,
            // No whole unit lies inside where it is less.
            to: (below - 1).min(MAX_FEN).max(low - i64::from(halves.is_some())),
            open: false,
            halves,
        },
        None => Span {
            from: low,
            to: AMPLE.max(low.saturating_mul(2)).min(MAX_FEN),
            open: true,
            halves,
        },
    }
}
