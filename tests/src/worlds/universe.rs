//! All claims that matter: every combination of finite facts that some rule tells apart, and every quantity at and
//! beside each number that some rule names.

use super::meaning::{Claim, Given, names};
use super::model::*;
use super::write::Used;
use std::collections::BTreeSet;

/// The facts of a claim that conditions and tables by intervals read.
#[derive(Debug, Clone)]
pub struct Context {
    pub claim: Claim,
    pub decided: Vec<bool>,
}

/// Values of a tree that no list tells apart, one of each kind.
fn kinds(tree: &[Node], lists: &[&[usize]]) -> Vec<usize> {
    let mut seen = BTreeSet::new();
    (0..tree.len())
        .filter(|value| seen.insert(lists.iter().map(|list| names(tree, list, *value)).collect::<Vec<_>>()))
        .collect()
}

/// The value of its kind that stands for it.
pub fn stands_for(world: &World, role: bool, value: usize) -> usize {
    let (tree, lists) = if role {
        (ROLES, role_lists(world))
    } else {
        (PERILS, peril_lists(world))
    };
    let lists: Vec<&[usize]> = lists.iter().map(Vec::as_slice).collect();
    let sign = |v: usize| lists.iter().map(|list| names(tree, list, v)).collect::<Vec<_>>();
    kinds(tree, &lists)
        .into_iter()
        .find(|kind| sign(*kind) == sign(value))
        .unwrap_or(value)
}

fn peril_lists(world: &World) -> Vec<Vec<usize>> {
    let mut lists = Vec::new();
    for cover in &world.covers {
        for peril in cover.perils.iter().flatten() {
            lists.push(match peril {
                PerilRef::Peril(peril, _) => vec![*peril],
                PerilRef::Group(group) => world.groups[*group].perils.clone(),
            });
        }
        if let Some(condition) = &cover.condition {
            condition.each(&mut |part| {
                if let Condition::Peril { values, .. } = part {
                    lists.push(values.clone());
                }
            });
        }
    }
    lists.extend(world.framework.iter().map(|f| f.perils.clone()));
    lists
}

fn role_lists(world: &World) -> Vec<Vec<usize>> {
    let mut lists: Vec<Vec<usize>> = world.persons.iter().map(|role| vec![*role]).collect();
    for cover in &world.covers {
        lists.push(cover.roles.clone());
        if let Some(condition) = &cover.condition {
            condition.each(&mut |part| {
                if let Condition::Role { values, .. } = part {
                    lists.push(values.clone());
                }
            });
        }
    }
    lists.extend(world.framework.iter().map(|f| f.roles.clone()));
    lists
}

/// Every combination of what conditions read, with both outcomes of every decision.
pub fn contexts(world: &World) -> Vec<Context> {
    let used = Used::of(world);
    let mut all = vec![Claim::default()];
    let each = |all: Vec<Claim>, change: &dyn Fn(&Claim) -> Vec<Claim>| -> Vec<Claim> {
        all.iter().flat_map(change).collect()
    };
    let lists = peril_lists(world);
    let perils = kinds(PERILS, &lists.iter().map(Vec::as_slice).collect::<Vec<_>>());
    all = each(all, &|claim| {
        perils
            .iter()
            .map(|peril| Claim {
                peril: *peril,
                ..claim.clone()
            })
            .collect()
    });
    let causes: BTreeSet<Option<usize>> = std::iter::once(None)
        .chain(
            world
                .covers
                .iter()
                .flat_map(|c| c.perils.iter().flatten())
                .filter_map(|p| match p {
                    PerilRef::Peril(_, Some(cause)) => Some(Some(*cause)),
                    _ => None,
                }),
        )
        .collect();
    all = each(all, &|claim| {
        causes
            .iter()
            .map(|cause| Claim {
                cause: *cause,
                ..claim.clone()
            })
            .collect()
    });
    let lists = role_lists(world);
    let roles = kinds(ROLES, &lists.iter().map(Vec::as_slice).collect::<Vec<_>>());
    all = each(all, &|claim| {
        roles
            .iter()
            .map(|role| Claim {
                role: *role,
                ..claim.clone()
            })
            .collect()
    });
    if used.liable {
        all = each(all, &|claim| {
            (0..LIABLE.len())
                .map(|liable| Claim {
                    liable,
                    ..claim.clone()
                })
                .collect()
        });
    }
    for fact in 0..YES_NO.len() {
        if used.yes.contains(&fact) {
            all = each(all, &|claim| {
                let mut yes = claim.clone();
                yes.yes[fact] = true;
                vec![claim.clone(), yes]
            });
        }
    }
    for quantity in [Quantity::Depth, Quantity::Loss, Quantity::Months] {
        let read = match quantity {
            Quantity::Depth => used.depth,
            Quantity::Months => used.months,
            _ => used.loss,
        };
        if read {
            let points = points(world, quantity);
            all = each(all, &|claim| {
                points
                    .iter()
                    .map(|at| match quantity {
                        Quantity::Depth => Claim {
                            depth: *at,
                            ..claim.clone()
                        },
                        Quantity::Months => Claim {
                            months: *at,
                            ..claim.clone()
                        },
                        _ => Claim {
                            loss: *at,
                            ..claim.clone()
                        },
                    })
                    .collect()
            });
        }
    }
    let outcomes = outcomes(world);
    all.iter()
        .flat_map(|claim| {
            outcomes.iter().map(|decided| Context {
                claim: claim.clone(),
                decided: decided.clone(),
            })
        })
        .collect()
}

/// Both outcomes of every decision.
pub fn outcomes(world: &World) -> Vec<Vec<bool>> {
    (0..1usize << world.decisions.len())
        .map(|bits| (0..world.decisions.len()).map(|i| bits >> i & 1 == 1).collect())
        .collect()
}

/// Parameters each at one of its bounds; `between` adds the middle.
pub fn settings(world: &World, between: bool) -> Vec<Vec<i64>> {
    let mut all = vec![Vec::new()];
    for parameter in &world.parameters {
        let (low, high) = bounds(parameter);
        let mut values = vec![low, high];
        if between {
            values.push(low + (high - low) / 2);
        }
        values.sort_unstable();
        values.dedup();
        all = all
            .iter()
            .flat_map(|so_far: &Vec<i64>| values.iter().map(|v| so_far.iter().copied().chain([*v]).collect()))
            .collect();
    }
    all
}

pub fn bounds(parameter: &Parameter) -> (i64, i64) {
    let most = if parameter.ratio { 100 } else { HUGE };
    (parameter.at_least.unwrap_or(0), parameter.at_most.unwrap_or(most))
}

/// The years in which dated amounts differ.
pub fn years(world: &World) -> Vec<i16> {
    let mut years: BTreeSet<i16> = world
        .limits
        .iter()
        .flat_map(|l| &l.dated)
        .map(|(year, _)| *year)
        .collect();
    years.insert(2024);
    years.into_iter().collect()
}

/// The numbers at which conditions and tables by intervals change, and those beside them.
fn points(world: &World, quantity: Quantity) -> Vec<i64> {
    let most = most(quantity);
    let mut at = BTreeSet::from([0, most]);
    let step = step(world, quantity);
    let mut near = |value: i64| at.extend([value - step, value, value + step]);
    for condition in world.covers.iter().filter_map(|cover| cover.condition.as_ref()) {
        condition.each(&mut |part| {
            if let Condition::Quantity(of, _, value) = part
                && *of == quantity
            {
                near(*value);
            }
        });
    }
    for table in world.tables.iter().filter(|table| table.by == By::Quantity(quantity)) {
        for (key, _) in &table.rows {
            if let Key::Interval(from, below) = key {
                from.iter().chain(below).for_each(|edge| near(edge.at));
            }
        }
    }
    if quantity == Quantity::Loss {
        for harm in Harm::ALL {
            constants(world, *harm).into_iter().for_each(&mut near);
        }
    }
    if quantity == Quantity::Months {
        for harm in Harm::ALL {
            months(world, *harm).into_iter().for_each(&mut near);
        }
    }
    at.into_iter().filter(|value| (0..=most).contains(value)).collect()
}

/// More than that no claim has.
pub fn most(quantity: Quantity) -> i64 {
    match quantity {
        Quantity::Depth => DEPTH,
        Quantity::Months => HUGE / 1000 * MONTH,
        Quantity::Loss | Quantity::Expense => HUGE,
    }
}

/// The least by which a quantity may exceed another: of months a part where parts count, else a whole one.
pub fn step(world: &World, quantity: Quantity) -> i64 {
    match quantity {
        Quantity::Months if !world.in_parts() => MONTH,
        _ => 1,
    }
}

/// The months at which rows for a harm change, and one.
fn months(world: &World, harm: Harm) -> Vec<i64> {
    let rows = world.schedules.iter().flat_map(|s| &s.rows);
    let most = rows.filter(|row| row.harm == harm).filter_map(|row| match row.start {
        Start::Months { most, .. } => most,
        _ => None,
    });
    most.chain([1]).map(|months| months * MONTH).collect()
}

/// Amounts that rows for a harm name.
fn constants(world: &World, harm: Harm) -> Vec<i64> {
    let mut all = Vec::new();
    for row in world
        .schedules
        .iter()
        .flat_map(|s| &s.rows)
        .filter(|row| row.harm == harm)
    {
        for step in &row.steps {
            match step {
                Step::Less(amount) | Step::UpTo(amount) | Step::AtLeast(amount) => match amount {
                    Money::Fen(fen) => all.push(*fen),
                    Money::Parameter(parameter) => {
                        let (low, high) = bounds(&world.parameters[*parameter]);
                        all.extend([low, high]);
                    }
                },
                Step::Round(unit, _) => all.extend([*unit / 2, *unit]),
                Step::Share(_) => {}
            }
        }
    }
    all
}

/// The claims of a harm in a context: every grade, and every quantity that its rows read.
pub fn claims(world: &World, context: &Claim, harm: Harm) -> Vec<Claim> {
    let rows: Vec<&Row> = (0..world.schedules.len())
        .filter_map(|schedule| world.row(schedule, harm).map(|(_, row)| row))
        .collect();
    let base = Claim {
        harm,
        ..context.clone()
    };
    let by = |by: By| {
        rows.iter().any(|row| match row.start {
            Start::Table { table, .. } | Start::TableOf { table, .. } => world.tables[table].by == by,
            _ => false,
        })
    };
    let actual = |quantity: Quantity| rows.iter().any(|row| row.start == Start::Actual(quantity));
    let mut all = vec![base];
    if by(By::Grade) {
        all = (0..GRADES.len())
            .flat_map(|grade| all.iter().map(move |c| Claim { grade, ..c.clone() }))
            .collect();
    }
    if by(By::Damage) {
        all = (0..DAMAGES.len())
            .flat_map(|damage| all.iter().map(move |c| Claim { damage, ..c.clone() }))
            .collect();
    }
    let quantities = || {
        let mut at = BTreeSet::from([0, 1, HUGE]);
        for value in constants(world, harm) {
            at.extend([value - 1, value, value + 1]);
        }
        at.into_iter().filter(|v| (0..=HUGE).contains(v)).collect::<Vec<_>>()
    };
    if actual(Quantity::Expense) {
        let at = quantities();
        all = at
            .iter()
            .flat_map(|expense| {
                all.iter().map(move |c| Claim {
                    expense: *expense,
                    ..c.clone()
                })
            })
            .collect();
    }
    if actual(Quantity::Loss) && !Used::of(world).loss {
        let at = quantities();
        all = at
            .iter()
            .flat_map(|loss| {
                all.iter().map(move |c| Claim {
                    loss: *loss,
                    ..c.clone()
                })
            })
            .collect();
    }
    if rows.iter().any(|row| matches!(row.start, Start::Months { .. })) && !Used::of(world).months {
        let step = step(world, Quantity::Months);
        let mut at = BTreeSet::from([0, 2 * MONTH, most(Quantity::Months)]);
        for months in months(world, harm) {
            at.extend([months - step, months, months + step]);
        }
        all = at
            .iter()
            .flat_map(|months| {
                all.iter().map(move |c| Claim {
                    months: *months,
                    ..c.clone()
                })
            })
            .collect();
    }
    all
}

/// What is given, in one year.
pub fn given(decided: &[bool], parameters: &[i64], year: i16) -> Given {
    Given {
        decided: decided.to_vec(),
        parameters: parameters.to_vec(),
        year,
    }
}
