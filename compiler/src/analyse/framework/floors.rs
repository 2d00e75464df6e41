//! Floors on what can be paid, and on limits.

use super::super::amounts::{self, Env, Extent, When};
use super::super::payable::{Payable, Total, class_of, fact_named, passes};
use super::needed::passes_whole;
use super::{Breach, Verdict, fen, holds};
use crate::money::{Fen, Ratio};
use crate::plan::diagram::OverBudget;
use crate::plan::{
    Amount, Benefit, Class, DecisionId, FactId, GroupKey, Limit, LimitId, LimitRule, Plan, ScheduleKey, ScopeCells,
    ValueId,
};
use crate::resolve::id;
use anlan_lang::tree::{Compare, Date};
use rustc_hash::FxHashSet;
use std::collections::BTreeSet;

type Floor = (Compare, Fen);

/// At most so many days and sets of decisions are told apart.
const OCCASIONS: usize = 64;

/// The least, over every required peril, role, region and liability state that pays, of the most that can be paid,
/// on every day and with whatever decisions select amounts: nobody can count on a decision that raises a limit.
pub(super) fn payable(
    plan: &Plan,
    scope: Option<&ScopeCells>,
    keys: &[ScheduleKey],
    harm: Option<ValueId>,
    floor: Floor,
    payable: &mut Payable<'_>,
) -> Result<Verdict, OverBudget> {
    let harms = harms(plan, scope, keys, harm, payable);
    // Of cells that are paid alike the first stands for all.
    let mut seen = FxHashSet::default();
    let mut told = Vec::new();
    for cell in cells(plan, scope, payable, &harms)? {
        if seen.insert(payable.alike(&cell, &harms)?) {
            told.push(cell);
        }
    }
    let mut worst: Option<Verdict> = None;
    for when in occasions(plan) {
        payable.at(when);
        for cell in &told {
            let found = of_cell(plan, &payable.total(cell, &harms)?, cell, floor);
            worst = Some(match worst {
                Some(so_far) => worse(so_far, found),
                None => found,
            });
        }
    }
    // Nothing is required of perils that the scheme does not cover; F102 tells which must not be missing.
    Ok(worst.unwrap_or(Verdict::Met { reached: None }))
}

/// The days and decisions between which no amount changes that a benefit or a limit reads; `None` alone where they are
/// too many: then each is an unknown of its own.
fn occasions(plan: &Plan) -> Vec<Option<When>> {
    let amounts = amounts::of_plan(plan);
    let mut decided = BTreeSet::new();
    for amount in &amounts {
        amounts::decisions(amount, &mut decided);
    }
    let days = days(plan, &amounts);
    let sets = 1usize.checked_shl(u32::try_from(decided.len()).unwrap_or(u32::MAX));
    let count = sets.and_then(|sets| sets.checked_mul(days.len()));
    let Some(sets) = sets.filter(|_| count.is_some_and(|count| count <= OCCASIONS)) else {
        return vec![None];
    };
    let taken = |set: usize| -> BTreeSet<DecisionId> {
        let chosen = decided.iter().enumerate().filter(|(at, _)| set >> at & 1 == 1);
        chosen.map(|(_, decision)| *decision).collect()
    };
    days.iter()
        .flat_map(|day| (0..sets).map(move |set| (*day, set)))
        .map(|(day, set)| Some(When { day, taken: taken(set) }))
        .collect()
}

/// Days of loss that select different amounts; any day where none is dated.
fn days(plan: &Plan, amounts: &[&Amount]) -> Vec<Option<Date>> {
    if !amounts.iter().any(|amount| amounts::is_dated(amount)) {
        return vec![None];
    }
    let of_term = amounts::days(plan, amounts.iter().copied());
    if !of_term.is_empty() {
        return of_term.into_iter().map(Some).collect();
    }
    // The term is not known: each day from which an amount is another one, and one before them all.
    let mut days = BTreeSet::new();
    for amount in amounts {
        amounts::starts(amount, &mut days);
    }
    let before = days.first().and_then(|day| day.yesterday().ok());
    before.into_iter().chain(days.iter().copied()).map(Some).collect()
}

/// The verdict that says more against the scheme.
fn worse(a: Verdict, b: Verdict) -> Verdict {
    let rank = |verdict: &Verdict| match verdict {
        Verdict::Broken { .. } => 4,
        Verdict::Between { .. } => 3,
        Verdict::Deferred { .. } => 2,
        Verdict::Undecided { .. } | Verdict::Words => 1,
        Verdict::Met { .. } => 0,
    };
    match (a, b) {
        (Verdict::Deferred { parameters: mut all }, Verdict::Deferred { parameters }) => {
            all.extend(parameters);
            Verdict::Deferred { parameters: all }
        }
        (Verdict::Met { reached: a }, Verdict::Met { reached: b }) => Verdict::Met {
            reached: a.zip(b).map(|(a, b)| a.min(b)),
        },
        (
            Verdict::Broken {
                reached: Some(a),
                breach,
            },
            Verdict::Broken { reached: Some(b), .. },
        ) if a <= b => Verdict::Broken {
            reached: Some(a),
            breach,
        },
        (
            Verdict::Broken { .. },
            Verdict::Broken {
                reached: Some(b),
                breach,
            },
        ) => Verdict::Broken {
            reached: Some(b),
            breach,
        },
        (a, b) if rank(&b) > rank(&a) => b,
        (a, _) => a,
    }
}

/// The verdict on one cell.
fn of_cell(plan: &Plan, total: &Total, cell: &[(FactId, u16)], floor: Floor) -> Verdict {
    let floor_at = Ratio::integer(floor.1.0);
    let ceiling = matches!(floor.0, Compare::AtMost | Compare::Under);
    let surely_broken = |extent: &Extent| match extent.high {
        Some(high) if ceiling => {
            extent.low.is_none_or(|low| !holds(low, floor.0, floor_at)) && !holds(high, floor.0, floor_at)
        }
        Some(high) => !holds(high, floor.0, floor_at),
        // Without bound whatever the parameters are: above every ceiling.
        None => ceiling && extent.low.is_none_or(|low| !holds(low, floor.0, floor_at)),
    };
    if let Some(open) = between(total, floor, &surely_broken) {
        return open;
    }
    let extent = &total.extent;
    // A bound above what claims attain proves that a ceiling is met and a floor broken; the other way round, what they attain.
    let (of_met, of_broken) = match ceiling {
        true => (extent, &total.attained),
        false => (&total.attained, extent),
    };
    let broken = |reached: Option<Ratio>| Verdict::Broken {
        reached: reached.map(fen),
        breach: Breach::Cell {
            cell: cell.to_vec(),
            rows: total.rows.clone(),
        },
    };
    if surely_broken(of_broken) {
        broken(of_broken.high)
    } else if met_whatever(of_met, floor) {
        Verdict::Met {
            reached: extent.exact().map(fen),
        }
    } else if !extent.parameters.is_empty() {
        Verdict::Deferred {
            parameters: extent.parameters.clone(),
        }
    } else if plan.limits.iter().any(bounded_by_figures) {
        Verdict::Undecided { bodies: Vec::new() }
    } else {
        // After some decision, or on some date, where these are too many to be told apart.
        broken(if ceiling { extent.high } else { extent.low })
    }
}

/// The amount of the limit depends on the premium, on a balance or on the value of a decision.
fn bounded_by_figures(limit: &Limit) -> bool {
    matches!(&limit.rule, LimitRule::UpTo(amount) if computed(amount))
}

/// Where limits cut across one another and the floor lies between what is attained and the bound: it is not decided.
fn between(total: &Total, floor: Floor, broken: &dyn Fn(&Extent) -> bool) -> Option<Verdict> {
    let (attained, most) = (&total.attained, &total.extent);
    let met = |extent: &Extent| met_whatever(extent, floor);
    let told = attained == most || (met(attained) && met(most)) || (broken(attained) && broken(most));
    // Parameters come first: only what they leave open is between bounds.
    (!told && most.parameters.is_empty()).then(|| Verdict::Between {
        attained: attained.high.map_or(Fen::default(), fen),
        most: most.high.map(fen),
    })
}

/// The floor holds whatever the parameters are. Without bound is above every floor and below none.
fn met_whatever(extent: &Extent, floor: Floor) -> bool {
    let at = Ratio::integer(floor.1.0);
    let end = |end: Option<Ratio>| match end {
        Some(value) => holds(value, floor.0, at),
        None => matches!(floor.0, Compare::AtLeast | Compare::Over),
    };
    end(extent.low) && end(extent.high)
}

/// The harms that count: the one named, else those of the scope, else those of a person (or of a household's things)
/// for which the scheme has a benefit.
fn harms(
    plan: &Plan,
    scope: Option<&ScopeCells>,
    keys: &[ScheduleKey],
    harm: Option<ValueId>,
    payable: &Payable<'_>,
) -> BTreeSet<ValueId> {
    let all = payable.harms();
    match (harm, scope) {
        (Some(harm), _) => BTreeSet::from([harm]),
        (None, Some(scope)) if !scope.harms.is_empty() => {
            all.into_iter().filter(|harm| scope.harms.contains(harm)).collect()
        }
        _ => {
            let personal = keys.contains(&ScheduleKey::Person);
            all.into_iter()
                .filter(|harm| !personal || !super::super::payable::is_property(plan, *harm))
                .collect()
        }
    }
}

/// The cells that the floor must hold in: perils of the scope that the scheme covers × roles × regions × liability
/// states that pay, as far as diagrams tell them apart. Where no liability state pays, the cell without one.
fn cells(
    plan: &Plan,
    scope: Option<&ScopeCells>,
    payable: &mut Payable<'_>,
    harms: &BTreeSet<ValueId>,
) -> Result<Vec<Vec<(FactId, u16)>>, OverBudget> {
    let perils = scope.map(|s| s.perils.as_slice());
    let mut cells = Vec::new();
    for cell in refined(plan, vec![Vec::new()], id::PERIL, perils) {
        if payable.applies(&cell, harms)? {
            cells.push(cell);
        }
    }
    cells = refined(plan, cells, id::ROLE, scope.map(|s| s.roles.as_slice()));
    cells = refined(plan, cells, id::REGION, None);
    let mut all = Vec::new();
    for cell in cells {
        let mut states = Vec::new();
        for state in refined(plan, vec![cell.clone()], id::LIABLE, None) {
            if payable.applies(&state, harms)? {
                states.push(state);
            }
        }
        if states.is_empty() {
            all.push(cell);
        } else {
            all.append(&mut states);
        }
    }
    Ok(all)
}

/// Each cell once for each class of the fact that holds a wanted value; as they are where no diagram tests the fact.
fn refined(
    plan: &Plan,
    cells: Vec<Vec<(FactId, u16)>>,
    fact: &str,
    wanted: Option<&[ValueId]>,
) -> Vec<Vec<(FactId, u16)>> {
    let Some(fact) = fact_named(plan, fact) else {
        return cells;
    };
    let classes = classes(plan, fact, wanted.filter(|values| !values.is_empty()));
    if classes.is_empty() {
        return cells;
    }
    let with = |cell: &Vec<(FactId, u16)>, class: u16| {
        let mut next = cell.clone();
        next.push((fact, class));
        next
    };
    cells
        .iter()
        .flat_map(|cell| classes.iter().map(|class| with(cell, *class)).collect::<Vec<_>>())
        .collect()
}

/// The classes of a fact that hold one of the values, or all its classes.
fn classes(plan: &Plan, fact: FactId, wanted: Option<&[ValueId]>) -> BTreeSet<u16> {
    match wanted {
        Some(values) => values.iter().filter_map(|value| class_of(plan, fact, *value)).collect(),
        None => plan
            .facts
            .get(fact.index())
            .map(|f| {
                (0u16..)
                    .zip(&f.classes)
                    .filter(|(_, class)| matches!(class, Class::Values(_)))
                    .map(|(i, _)| i)
                    .collect()
            })
            .unwrap_or_default(),
    }
}

/// Every limit over these keys that lines of the scope must pass is at least the floor.
pub(super) fn limit(plan: &Plan, scope: Option<&ScopeCells>, keys: &[ScheduleKey], floor: Floor) -> Verdict {
    let mut parameters = BTreeSet::new();
    let mut lowest: Option<Ratio> = None;
    let mut found = false;
    for (index, limit) in concerned(plan, scope, keys) {
        let LimitRule::UpTo(amount) = &limit.rule else { continue };
        found = true;
        let extent = amounts::amount_extent(plan, amount, &Env::default());
        if extent
            .high
            .is_some_and(|high| !holds(high, floor.0, Ratio::integer(floor.1.0)))
        {
            return Verdict::Broken {
                reached: extent.high.map(fen),
                breach: Breach::Limit(index),
            };
        }
        if !met_whatever(&extent, floor) {
            if extent.parameters.is_empty() && !computed(amount) {
                return Verdict::Broken {
                    reached: extent.low.map(fen),
                    breach: Breach::Limit(index),
                };
            }
            parameters.extend(extent.parameters.iter().copied());
            if extent.parameters.is_empty() {
                return Verdict::Undecided { bodies: Vec::new() };
            }
        }
        if let Some(low) = extent.low {
            lowest = Some(lowest.map_or(low, |so_far| so_far.min(low)));
        }
    }
    if let Some((index, high)) = too_low_around(plan, scope, keys, floor) {
        return Verdict::Broken {
            reached: Some(fen(high)),
            breach: Breach::Limit(index),
        };
    }
    if parameters.is_empty() {
        Verdict::Met {
            reached: lowest.filter(|_| found).map(fen),
        }
    } else {
        Verdict::Deferred { parameters }
    }
}

/// A limit over wider keys that holds every line of the scope and lets less through than the floor, whatever a contract
/// sets: no limit over the keys can be paid up to the floor then.
fn too_low_around(
    plan: &Plan,
    scope: Option<&ScopeCells>,
    keys: &[ScheduleKey],
    floor: Floor,
) -> Option<(LimitId, Ratio)> {
    if !matches!(floor.0, Compare::AtLeast | Compare::Over) {
        return None;
    }
    let wanted: BTreeSet<String> = keys.iter().filter_map(|key| key_id(plan, *key)).collect();
    let lines: Vec<_> = plan
        .benefits
        .iter()
        .filter(|line| of_scope(plan, scope, line))
        .collect();
    let around = plan.limits.iter().enumerate().filter(|(_, limit)| {
        let has: BTreeSet<String> = limit.keys.iter().map(|key| group_id(plan, *key)).collect();
        !limit.own && has != wanted && has.iter().all(|key| follows(key, &wanted))
    });
    let holding =
        around.filter(|(_, limit)| !lines.is_empty() && lines.iter().all(|line| passes_whole(plan, limit, line)));
    let highs = holding.filter_map(|(index, limit)| {
        let LimitRule::UpTo(amount) = &limit.rule else {
            return None;
        };
        let high = amounts::amount_extent(plan, amount, &Env::default()).high?;
        // A limit of 0 is reported for itself.
        let low = !holds(high, floor.0, Ratio::integer(floor.1.0)) && high > Ratio::ZERO;
        low.then_some((LimitId::from(index), high))
    });
    highs.min_by_key(|(_, high)| *high)
}

/// Whether what the keys gather lies in one group of the key: of itself, and an event in a year.
fn follows(key: &str, wanted: &BTreeSet<String>) -> bool {
    wanted.contains(key) || (key == "year" && wanted.contains(id::EVENT))
}

/// The limits over exactly these keys through which some line of the scope goes.
pub(super) fn concerned<'a>(
    plan: &'a Plan,
    scope: Option<&'a ScopeCells>,
    keys: &[ScheduleKey],
) -> impl Iterator<Item = (LimitId, &'a Limit)> {
    let wanted: BTreeSet<String> = keys.iter().filter_map(|key| key_id(plan, *key)).collect();
    plan.limits
        .iter()
        .enumerate()
        .filter(move |(_, limit)| {
            let has: BTreeSet<String> = limit.keys.iter().map(|key| group_id(plan, *key)).collect();
            !limit.own && has == wanted
        })
        .filter(move |(_, limit)| {
            plan.benefits
                .iter()
                .any(|benefit| in_scope(plan, limit, scope, benefit))
        })
        .map(|(i, limit)| (LimitId::from(i), limit))
}

fn in_scope(plan: &Plan, limit: &Limit, scope: Option<&ScopeCells>, benefit: &Benefit) -> bool {
    passes(plan, &limit.filter, benefit.cover, benefit.harm, &[]) && of_scope(plan, scope, benefit)
}

fn of_scope(plan: &Plan, scope: Option<&ScopeCells>, benefit: &Benefit) -> bool {
    let Some(scope) = scope else { return true };
    let harm = scope.harms.is_empty() || scope.harms.contains(&benefit.harm);
    harm && covers_some(plan, benefit.cover, &scope.perils)
}

/// Whether a cover pays for one of the perils.
pub(super) fn covers_some(plan: &Plan, cover: crate::plan::CoverId, perils: &[ValueId]) -> bool {
    let (Some(cover), Some(fact)) = (plan.covers.get(cover.index()), fact_named(plan, id::PERIL)) else {
        return false;
    };
    perils.is_empty()
        || perils
            .iter()
            .filter_map(|peril| class_of(plan, fact, *peril))
            .any(|class| reaches_yes(&plan.diagrams, cover.perils, fact, class))
}

/// Whether a boolean diagram can be `Yes` when the fact is in the class.
pub(in super::super) fn reaches_yes(
    diagrams: &crate::plan::diagram::Diagrams,
    root: crate::plan::diagram::NodeId,
    fact: FactId,
    class: u16,
) -> bool {
    use crate::plan::diagram::{Leaf, Node};
    let mut stack = vec![root];
    let mut seen = BTreeSet::new();
    while let Some(node) = stack.pop() {
        if !seen.insert(node) {
            continue;
        }
        match diagrams.node(node) {
            Node::Leaf(leaf) => {
                if *leaf == Leaf::Yes {
                    return true;
                }
            }
            Node::Test { fact: tested, edges } => stack.extend(
                edges
                    .iter()
                    .filter(|edge| *tested != fact || edge.classes.binary_search(&class).is_ok())
                    .map(|edge| edge.to),
            ),
        }
    }
    false
}

fn computed(amount: &Amount) -> bool {
    match amount {
        Amount::Premium | Amount::Balance(_) | Amount::DecisionValue(_) => true,
        Amount::Scaled { of, .. } => computed(of),
        Amount::PerUnit { rate, .. } => computed(rate),
        Amount::Sum(parts) => parts.iter().any(computed),
        Amount::Dated(values) => values.iter().any(|(_, value)| computed(value)),
        Amount::Decided { then, otherwise, .. } => computed(then) || computed(otherwise),
        Amount::Fixed(_) | Amount::Parameter { .. } | Amount::Fact(_) | Amount::Unlimited => false,
    }
}

fn key_id(plan: &Plan, key: ScheduleKey) -> Option<String> {
    Some(match key {
        ScheduleKey::Person => id::PERSON.to_owned(),
        ScheduleKey::Household => id::HOUSEHOLD.to_owned(),
        ScheduleKey::Event => id::EVENT.to_owned(),
        ScheduleKey::Claim => id::CLAIM.to_owned(),
        ScheduleKey::Year => "year".to_owned(),
        ScheduleKey::Term => return None,
        ScheduleKey::Fact(fact) => plan.facts.get(fact.index())?.id.clone(),
    })
}

fn group_id(plan: &Plan, key: GroupKey) -> String {
    match key {
        GroupKey::Year => "year".to_owned(),
        GroupKey::Fact(fact) => plan.facts.get(fact.index()).map_or_else(String::new, |f| f.id.clone()),
    }
}
