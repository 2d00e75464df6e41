//! Pairs of versions of a generated scheme: the same world with one or two edits of the kinds that drafters make.

use crate::agreement::worlds::runnable;
use crate::random::Random;
use crate::worlds::model::{Compare, Condition, Meeting, Money, PERILS, PerilRef, Quantity, Start, Step, World};

const WAN: i64 = 1_000_000;

/// The world of a seed, the edited one, and what was edited.
pub fn pair(seed: u64) -> (World, World, Vec<&'static str>) {
    let old = runnable(seed);
    let mut new = old.clone();
    let mut random = Random::new(seed ^ 0xED17);
    let mut edits = Vec::new();
    for _ in 0..random.between(1, 2) {
        if let Some(edit) = edited(&mut new, &mut random) {
            edits.push(edit);
        }
    }
    (old, new, edits)
}

fn edited(world: &mut World, random: &mut Random) -> Option<&'static str> {
    match random.upto(6) {
        0 => amount(world, random),
        1 => cell(world, random),
        2 => condition(world, random),
        3 => perils(world, random),
        4 => roles(world, random),
        5 => step(world, random),
        _ => meeting(world, random),
    }
}

/// A fixed amount becomes another one.
fn amount(world: &mut World, random: &mut Random) -> Option<&'static str> {
    let rows = world.schedules.iter_mut().flat_map(|schedule| &mut schedule.rows);
    let mut fixed: Vec<&mut i64> = rows
        .filter_map(|row| match &mut row.start {
            Start::Fixed(Money::Fen(fen)) => Some(fen),
            _ => None,
        })
        .collect();
    let at = random.below(fixed.len());
    **fixed.get_mut(at)? += random.between(1, 3) * WAN;
    Some("an amount")
}

/// A cell of a table grows.
fn cell(world: &mut World, random: &mut Random) -> Option<&'static str> {
    let at = random.below(world.tables.len());
    let table = world.tables.get_mut(at)?;
    let row = random.below(table.rows.len());
    let cells = &mut table.rows.get_mut(row)?.1;
    let column = random.below(cells.len());
    *cells.get_mut(column)? += if table.shares { 5 } else { WAN / 2 };
    Some("a cell of a table")
}

/// A cover's condition falls, or one comes.
fn condition(world: &mut World, random: &mut Random) -> Option<&'static str> {
    let at = random.below(world.covers.len());
    let cover = world.covers.get_mut(at)?;
    cover.condition = match cover.condition {
        Some(_) => None,
        None if random.chance(50) => Some(Condition::Liable {
            not: false,
            values: vec![1, 2],
        }),
        None => Some(Condition::Quantity(
            Quantity::Expense,
            Compare::AtLeast,
            random.between(1, 9) * 10_000,
        )),
    };
    Some("a condition")
}

/// A cover takes one more peril.
fn perils(world: &mut World, random: &mut Random) -> Option<&'static str> {
    let at = random.below(world.covers.len());
    let listed = world.covers.get_mut(at)?.perils.as_mut()?;
    let peril = random.below(PERILS.len() - 1);
    let known = listed
        .iter()
        .any(|one| matches!(one, PerilRef::Peril(p, _) if *p == peril));
    if known {
        return None;
    }
    listed.push(PerilRef::Peril(peril, None));
    Some("a peril")
}

/// A cover is for other persons.
fn roles(world: &mut World, random: &mut Random) -> Option<&'static str> {
    let at = random.below(world.covers.len());
    let cover = world.covers.get_mut(at)?;
    cover.roles = if cover.roles.is_empty() {
        vec![random.pick(&[0, 3, 6])]
    } else {
        Vec::new()
    };
    Some("persons")
}

/// A row's own cap or share comes.
fn step(world: &mut World, random: &mut Random) -> Option<&'static str> {
    let at = random.below(world.schedules.len());
    let rows = &mut world.schedules.get_mut(at)?.rows;
    let row = random.below(rows.len());
    let row = rows.get_mut(row)?;
    if row.start == Start::Nothing
        || row
            .steps
            .iter()
            .any(|step| matches!(step, Step::UpTo(_) | Step::AtLeast(_)))
    {
        return None;
    }
    row.steps.push(Step::UpTo(Money::Fen(random.between(1, 4) * WAN)));
    Some("a cap")
}

/// Two covers rank the other way round.
fn meeting(world: &mut World, random: &mut Random) -> Option<&'static str> {
    let at = random.below(world.meetings.len());
    let how = &mut world.meetings.get_mut(at)?.2;
    *how = match how {
        Meeting::Over | Meeting::Stack => Meeting::Higher,
        Meeting::Higher => Meeting::Stack,
    };
    Some("how two covers meet")
}
