//! What is wrong with a world, by trying every claim that matters. A verdict is a code and what it is about: names of
//! items, or the line where the item stands.

mod benefits;
mod covers;
mod customs;
mod insurance;
mod limits;
mod order;
mod payable;
mod reached;
mod settling;
mod tables;
mod totals;
mod tower;

use super::generate::straddle;
use super::meaning::{Claim, Given, within};
use super::model::*;
use super::universe::{self, Context};
use super::write::{Item, Written};
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

/// The codes that are held against the compiler, in both directions.
pub const CODES: &[&str] = &[
    "C101", "C102", "C103", "C104", "C105", "C106", "C114", "C115", "C116", "C117", "C118", "C119", "C121", "L101",
    "L102", "L103", "L104", "L105", "L106", "L107", "L108", "L109", "L110", "L111", "L114", "L301", "L302", "L303",
    "T101", "T102", "T103", "T104", "T105", "T106", "P101", "P102", "P103", "P104", "P105", "P108", "P109", "P110",
    "P112", "P113", "K102", "K103", "K105", "F101", "F103", "F108", "D109",
];

/// Verdicts of one code that are told apart.
pub const PARTS: &[&str] = &[
    "C101 added",
    "L103 nothing",
    "L103 total",
    "L103 step",
    "K102 gap",
    "C118 unknown",
    "C118 unpaid",
    "C118 outside",
    "L102 by limits in turn",
    "P101 contract",
];

/// All verdicts on a world.
pub fn verdicts(world: &World, written: &Written) -> BTreeSet<String> {
    let mut judge = Judge::new(world, written);
    judge.order();
    // Without an order of its limits a scheme has no definite meaning, and nothing more is said of it.
    if judge.found.is_empty() {
        judge.covers();
        judge.outranked();
        judge.parts();
        judge.meetings();
        judge.benefits();
        judge.lattice();
        judge.never_reached();
        judge.dead_steps();
        judge.tower();
        judge.customs();
        judge.insured();
        judge.years();
        judge.unlimited();
        judge.ranks();
        judge.tables();
        judge.insurance();
        judge.payable();
        if let Some(bound) = world.bound() {
            let of_contract = at_contract(&bound, written);
            let new = of_contract.into_iter().filter(|verdict| !judge.found.contains(verdict));
            let new: Vec<String> = new.map(|verdict| format!("{verdict} contract")).collect();
            judge.found.extend(new);
        }
    }
    judge.found
}

/// What is wrong with limits, benefits, floors, layers, covers and shares once the contract has set everything.
fn at_contract(bound: &World, written: &Written) -> BTreeSet<String> {
    let mut judge = Judge::new(bound, written);
    // What a fund holds moves its layers alone.
    if !bound.parameters.is_empty() {
        judge.benefits();
        judge.lattice();
        judge.never_reached();
        judge.payable();
        judge.meetings();
    }
    judge.tower();
    judge.shares_by_contract();
    judge.graded_by_contract();
    judge.found
}

/// Pairs of cover and harm.
type Lines = BTreeSet<(usize, Harm)>;

/// Works out the verdicts on one world.
#[derive(Debug)]
pub struct Judge<'w> {
    world: &'w World,
    written: &'w Written,
    contexts: Vec<Context>,
    /// The covers that each of the contexts meets
    met: Vec<Vec<usize>>,
    paid: OnceCell<Vec<totals::Payment>>,
    found: BTreeSet<String>,
}

/// Worth without bound, for all that a real claim can be.
pub const UNBOUNDED: i64 = HUGE / 1000;

impl<'w> Judge<'w> {
    pub fn new(world: &'w World, written: &'w Written) -> Self {
        let contexts = universe::contexts(world);
        let met = contexts.iter().map(|context| {
            let given = universe::given(&context.decided, &[], 2024);
            let meets = |cover: &usize| world.meets(*cover, &context.claim, &given);
            (0..world.covers.len()).filter(meets).collect()
        });
        Judge {
            world,
            written,
            met: met.collect(),
            contexts,
            paid: OnceCell::new(),
            found: BTreeSet::new(),
        }
    }
}

impl Judge<'_> {
    fn at(&mut self, code: &str, item: Item) {
        let line = self.written.lines.get(&item).copied().unwrap_or_default();
        self.found.insert(format!("{code}@{line}"));
    }
    fn about(&mut self, code: &str, names: &[&str]) {
        let mut names = names.to_vec();
        names.sort_unstable();
        self.found.insert(format!("{code} {}", names.join(" ")));
    }
    /// The covers that apply to a claim of the harm in one of the contexts, and that no other of them is over.
    fn candidates(&self, context: usize, harm: Harm) -> Vec<usize> {
        let w = self.world;
        let paying = |cover: &usize| w.row(w.covers[*cover].schedule, harm).is_some();
        w.unbeaten(&self.met[context].iter().copied().filter(paying).collect::<Vec<_>>())
    }
    fn given(&self, context: &Context, parameters: &[i64]) -> Given {
        universe::given(&context.decided, parameters, 2024)
    }
}

impl World {
    /// The peril of a claim is in the cover's list.
    pub fn meets_perils(&self, cover: usize, claim: &Claim, given: &Given) -> bool {
        let only = World {
            covers: vec![Cover {
                roles: Vec::new(),
                condition: None,
                ..self.covers[cover].clone()
            }],
            groups: self.groups.clone(),
            ..World::default()
        };
        only.meets(0, claim, given)
    }
}
