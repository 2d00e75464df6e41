//! Regions of claims whose benefit changed: the product of both payment diagrams, labelled with the change, as canonical
//! boxes (SEMANTICS §8).

use super::align::{JointFact, Members, Version};
use super::compare::{Contrast, Span, contrast, span};
use super::formula::{Formula, Unknown};
use super::model::{Extreme, Region, RegionBox, RegionKind};
use super::money::Money;
use super::payments::{Payment, Payments, Table};
use super::store::{Classes, Id};
use super::witness::Witnesses;
use crate::plan::FactKind;
use crate::plan::diagram::OverBudget;
use crate::resolve::id;
use std::collections::{BTreeMap, BTreeSet};

/// Boxes of one label at most; beyond, one box around all of them stands for them.
const BOXES: usize = 4_000;

/// What a leaf of the difference stands for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Label {
    old: Money,
    new: Money,
    /// Covers that only one version has, or between which claims move
    covers: Option<(Vec<usize>, Vec<usize>)>,
    moved: bool,
}

struct Labels {
    table: Table<Label>,
    contrasts: BTreeMap<u32, Contrast>,
    covers: BTreeMap<u32, (BTreeSet<usize>, BTreeSet<usize>)>,
}

/// Regions with changed money, and regions that only other covers pay.
pub(crate) fn regions(payments: &mut Payments) -> Result<(Vec<Region>, Vec<Region>), OverBudget> {
    let old = payments.of(Version::Old)?;
    let new = payments.of(Version::New)?;
    let mut pairs: Table<(u32, u32)> = Table::new();
    let product = payments.store.product(&[old, new], &mut |leaves| match leaves {
        [old, new] => pairs.put((*old, *new)),
        _ => 0,
    })?;
    let mut labels = Labels {
        table: Table::new(),
        contrasts: BTreeMap::new(),
        covers: BTreeMap::new(),
    };
    // Leaf 0 is "the same".
    labels.table.put(Label {
        old: Money::Nothing,
        new: Money::Nothing,
        covers: None,
        moved: false,
    });
    let mut place: BTreeMap<u32, Id> = BTreeMap::new();
    for leaf in payments.store.leaves(product) {
        let (old, new) = pairs.get(leaf).copied().unwrap_or_default();
        place.insert(leaf, labelled(payments, &mut labels, old, new)?);
    }
    let same = payments.store.leaf(0)?;
    let changed = payments
        .store
        .compose(product, &mut |_, leaf| Ok(place.get(&leaf).copied().unwrap_or(same)))?;
    let paid = Paid::of(payments, old, new)?;
    let mut witnesses = Witnesses::new(payments);
    let mut found = (Vec::new(), Vec::new());
    for number in payments.store.leaves(changed).into_iter().filter(|leaf| *leaf != 0) {
        let boxes = match payments.store.boxes(changed, number, BOXES)? {
            Some(boxes) => boxes,
            None => vec![vec![None; payments.store.levels()]],
        };
        let Some(label) = labels.table.get(number).cloned() else {
            continue;
        };
        let contrast = labels.contrasts.get(&number).cloned().unwrap_or_default();
        let covers = labels.covers.get(&number).cloned().unwrap_or_default();
        let boxes = simplest_first(payments, boxes);
        let mut by_kind: BTreeMap<RegionKind, Vec<RegionBox>> = BTreeMap::new();
        for classes in boxes {
            let kind = kind(payments, &label, &classes, &paid);
            let witness = witnesses.of(payments, &label.old, &label.new, &classes);
            by_kind.entry(kind).or_default().push(RegionBox { classes, witness });
        }
        for (kind, boxes) in by_kind {
            let extreme = |point: &Option<super::compare::Point>, open: bool| {
                point.as_ref().map(|point| Extreme {
                    old: crate::money::Fen(point.old.fen()),
                    new: crate::money::Fen(point.new.fen()),
                    open,
                })
            };
            let region = Region {
                kind,
                old_covers: covers.0.iter().copied().collect(),
                new_covers: covers.1.iter().copied().collect(),
                old: label.old.clone(),
                new: label.new.clone(),
                gain: extreme(&contrast.gain, contrast.open_gain),
                loss: extreme(&contrast.loss, contrast.open_loss),
                differs: contrast.differs.clone(),
                undecided: contrast.undecided,
                boxes,
            };
            if label.moved {
                found.1.push(region);
            } else {
                found.0.push(region);
            }
        }
    }
    // Largest first; then in the order of the facts, so that the order is the same on every machine.
    let order = |region: &Region| {
        let first = region.boxes.first().map(|one| one.classes.clone());
        (std::cmp::Reverse((region.open(), region.most())), region.kind, first)
    };
    found.0.sort_by_cached_key(order);
    found.1.sort_by_cached_key(order);
    Ok(found)
}

/// The boxes that say least first, those that turn on decisions last.
fn simplest_first(payments: &Payments, mut boxes: Vec<Classes>) -> Vec<Classes> {
    let decided: Vec<bool> = payments
        .align
        .facts
        .iter()
        .map(|fact| {
            let declared = payments.align.declared(fact);
            declared.is_some_and(|fact| matches!(fact.role, crate::plan::FactRole::Decided(_)))
        })
        .collect();
    boxes.sort_by_cached_key(|classes| {
        let fixed = classes.iter().zip(&decided).filter(|(chosen, _)| chosen.is_some());
        let (turns, plain): (Vec<_>, Vec<_>) = fixed.partition(|(_, decided)| **decided);
        (turns.len(), plain.len(), classes.clone())
    });
    boxes
}

/// The leaf for two payments, or a test of the amounts on which it depends whether they differ.
fn labelled(payments: &mut Payments, labels: &mut Labels, old: u32, new: u32) -> Result<Id, OverBudget> {
    let none = || Payment {
        money: Money::Nothing,
        covers: Vec::new(),
    };
    let old = payments.payments.get(old).cloned().unwrap_or_else(none);
    let new = payments.payments.get(new).cloned().unwrap_or_else(none);
    if old.money == new.money {
        let leaf = labels.moved(&old, &new);
        return payments.store.leaf(leaf);
    }
    let levels: Vec<u16> = quantities(&old.money, &new.money)
        .iter()
        .filter_map(|fact| payments.align.level_of(fact))
        .collect();
    split(payments, labels, &old, &new, &levels, &mut Vec::new())
}

fn split(
    payments: &mut Payments,
    labels: &mut Labels,
    old: &Payment,
    new: &Payment,
    levels: &[u16],
    chosen: &mut Vec<(u16, u16)>,
) -> Result<Id, OverBudget> {
    let Some((level, rest)) = levels.split_first() else {
        let mut classes: Classes = vec![None; payments.store.levels()];
        for (level, class) in chosen.iter() {
            if let Some(place) = classes.get_mut(usize::from(*level)) {
                *place = Some(vec![*class]);
            }
        }
        let found = contrast(&old.money, &new.money, &|unknown| span_of(payments, unknown, &classes));
        let leaf = match found {
            Some(contrast) => labels.changed(payments, old, new, contrast),
            None => labels.moved(old, new),
        };
        return payments.store.leaf(leaf);
    };
    let mut targets = Vec::new();
    for class in 0..payments.store.count(*level) {
        chosen.push((*level, class));
        let target = split(payments, labels, old, new, rest, chosen);
        chosen.pop();
        targets.push(target?);
    }
    payments.store.select(*level, targets)
}

/// The facts that amounts of two payments read.
pub(crate) fn quantities(old: &Money, new: &Money) -> BTreeSet<String> {
    let mut facts = BTreeSet::new();
    for formula in old.formulas().into_iter().chain(new.formulas()) {
        formula.walk(&mut |part| {
            if let Formula::Unknown(Unknown::Fact(fact)) | Formula::Units(Unknown::Fact(fact), _) = part {
                facts.insert(fact.clone());
            }
        });
    }
    facts
}

/// What an unknown may be inside a box.
pub(crate) fn span_of(payments: &Payments, unknown: &Unknown, classes: &Classes) -> Span {
    let Unknown::Fact(name) = unknown else {
        return Span::ANY;
    };
    let plans = [payments.align.new, payments.align.old];
    let fact = plans
        .iter()
        .find_map(|plan| plan.facts.iter().find(|fact| fact.id == *name));
    let mut found = match fact.map(|fact| &fact.kind) {
        Some(FactKind::Number {
            precision, from, to, ..
        }) => {
            let steps = |bound: &crate::money::Ratio| {
                let exact = crate::evaluate::exact::from_ratio(*bound) / crate::evaluate::exact::from_ratio(*precision);
                num_traits::ToPrimitive::to_i64(&exact.to_integer())
            };
            Span {
                from: steps(from).unwrap_or(0),
                to: steps(to).unwrap_or(i64::from(u32::MAX)),
                open: false,
                halves: None,
            }
        }
        Some(FactKind::Count { .. }) => Span {
            from: 0,
            to: 10_000,
            open: true,
            halves: None,
        },
        Some(FactKind::Ratio) => Span {
            from: 0,
            to: 1,
            open: false,
            halves: None,
        },
        _ => Span::ANY,
    };
    if let Some(level) = payments.align.level_of(name)
        && let Some(Some(own)) = classes.get(usize::from(level))
        && let Some(joint) = payments.align.facts.get(usize::from(level))
    {
        let bounds = own
            .iter()
            .filter_map(|class| match joint.classes.get(usize::from(*class)) {
                Some(class) => match class.members {
                    Members::Interval { from, below } => Some((from, below)),
                    _ => None,
                },
                None => None,
            });
        // The first class of the box; the others have the same formulas.
        if let Some((from, below)) = bounds.into_iter().next() {
            let own = span(joint.grid, from, below);
            found = Span {
                from: own.from.max(found.from),
                to: if found.open { own.to } else { own.to.min(found.to) },
                open: own.open && found.open,
                halves: own.halves,
            };
        }
    }
    found
}

impl Labels {
    /// The same money: a move where covers of one version pay it that the other version's do not, and the other way round.
    fn moved(&mut self, old: &Payment, new: &Payment) -> u32 {
        let only = |these: &[usize], others: &[usize]| -> Vec<usize> {
            these.iter().filter(|cover| !others.contains(cover)).copied().collect()
        };
        let covers = (only(&old.covers, &new.covers), only(&new.covers, &old.covers));
        if covers.0.is_empty() || covers.1.is_empty() || old.money.is_nothing() || new.money.is_nothing() {
            return 0;
        }
        // Whatever the money: it does not change.
        let number = self.table.put(Label {
            old: Money::Nothing,
            new: Money::Nothing,
            covers: Some(covers.clone()),
            moved: true,
        });
        let known = self.covers.entry(number).or_default();
        known.0.extend(covers.0);
        known.1.extend(covers.1);
        number
    }
    fn changed(&mut self, payments: &Payments, old: &Payment, new: &Payment, contrast: Contrast) -> u32 {
        let lone = |cover: &&usize| {
            let pair = payments.covers.get(**cover);
            pair.is_none_or(|pair| pair.old.is_none() || pair.new.is_none())
        };
        let added: Vec<usize> = new.covers.iter().filter(lone).copied().collect();
        let removed: Vec<usize> = old.covers.iter().filter(lone).copied().collect();
        let lone = !(added.is_empty() && removed.is_empty());
        let label = Label {
            old: old.money.clone(),
            new: new.money.clone(),
            covers: lone.then_some((removed, added)),
            moved: false,
        };
        let number = self.put(label, old, new);
        let larger = |new: &Contrast, old: &Contrast| {
            let most = |c: &Contrast| {
                let of = |p: &Option<super::compare::Point>| p.as_ref().map_or(0, |p| p.change().unsigned_abs());
                of(&c.gain).max(of(&c.loss))
            };
            most(new) > most(old)
        };
        match self.contrasts.get_mut(&number) {
            Some(known) if larger(&contrast, known) => *known = contrast,
            Some(known) => known.differs = None,
            None => {
                self.contrasts.insert(number, contrast);
            }
        }
        number
    }
    fn put(&mut self, label: Label, old: &Payment, new: &Payment) -> u32 {
        let number = self.table.put(label);
        let covers = self.covers.entry(number).or_default();
        covers.0.extend(&old.covers);
        covers.1.extend(&new.covers);
        number
    }
}

/// Which perils and persons are paid anything at all, in each version.
struct Paid {
    peril: Option<u16>,
    role: Option<u16>,
    perils: [BTreeSet<u16>; 2],
    roles: [BTreeSet<u16>; 2],
}

impl Paid {
    fn of(payments: &mut Payments, old: Id, new: Id) -> Result<Self, OverBudget> {
        let (peril, role) = (payments.align.level_of(id::PERIL), payments.align.level_of(id::ROLE));
        let mut paid = Paid {
            peril,
            role,
            perils: [BTreeSet::new(), BTreeSet::new()],
            roles: [BTreeSet::new(), BTreeSet::new()],
        };
        for (root, perils) in [old, new].into_iter().zip(&mut paid.perils) {
            *perils = classes_paid(payments, root, peril)?;
        }
        for (root, roles) in [old, new].into_iter().zip(&mut paid.roles) {
            *roles = classes_paid(payments, root, role)?;
        }
        Ok(paid)
    }
}

fn classes_paid(payments: &mut Payments, root: Id, level: Option<u16>) -> Result<BTreeSet<u16>, OverBudget> {
    let mut found = BTreeSet::new();
    let Some(level) = level else { return Ok(found) };
    for class in 0..payments.store.count(level) {
        let restricted = payments.store.restrict(root, level, class)?;
        let pays = |leaf: u32| {
            payments
                .payments
                .get(leaf)
                .is_some_and(|payment| !payment.money.is_nothing())
        };
        if payments.store.leaves(restricted).into_iter().any(pays) {
            found.insert(class);
        }
    }
    Ok(found)
}

fn kind(payments: &Payments, label: &Label, classes: &Classes, paid: &Paid) -> RegionKind {
    if label.moved {
        return RegionKind::Moved;
    }
    let lone = |covers: &[usize], added: bool| {
        covers.iter().any(|cover| {
            payments
                .covers
                .get(*cover)
                .is_some_and(|pair| if added { pair.old.is_none() } else { pair.new.is_none() })
        })
    };
    if let Some((removed, added)) = &label.covers {
        if lone(added, true) {
            return RegionKind::CoverAdded;
        }
        if lone(removed, false) {
            return RegionKind::CoverRemoved;
        }
    }
    let none = |level: Option<u16>, paid: &BTreeSet<u16>| {
        let own = level.and_then(|level| classes.get(usize::from(level))?.as_ref());
        own.is_some_and(|own| own.iter().all(|class| !paid.contains(class)))
    };
    let [old_perils, new_perils] = &paid.perils;
    let [old_roles, new_roles] = &paid.roles;
    match (label.old.is_nothing(), label.new.is_nothing()) {
        (true, false) if none(paid.peril, old_perils) => RegionKind::PerilAdded,
        (true, false) if none(paid.role, old_roles) => RegionKind::PersonAdded,
        (true, false) => RegionKind::Widened,
        (false, true) if none(paid.peril, new_perils) => RegionKind::PerilRemoved,
        (false, true) if none(paid.role, new_roles) => RegionKind::PersonRemoved,
        (false, true) => RegionKind::Narrowed,
        _ => RegionKind::Amount,
    }
}

/// The joint fact of a level.
pub(crate) fn joint<'p>(payments: &'p Payments<'_>, level: usize) -> Option<&'p JointFact> {
    payments.align.facts.get(level)
}
