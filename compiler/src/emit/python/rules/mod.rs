//! Covers, benefits and limits as functions.

mod amounts;
mod applying;
mod covers;
mod diagrams;
mod limits;

use super::facts::list_in;
use super::{Names, cited, line_of, text};
use crate::emit::operators::PYTHON;
use crate::emit::program::{
    Choice, Filter, Key, Kind, Limit, Money, Node, Operation, Pipeline, Program, Rule, Tested, Tier, Variable, When,
};
use crate::emit::purposes::Purposes;
use crate::emit::text::Lines;
use std::collections::BTreeMap;

/// Writes one module.
struct Writer<'a> {
    program: &'a Program,
    names: &'a Names,
    purposes: Purposes<'a>,
    /// Sets of values of facts, as literals, in order of first use
    sets: Vec<(usize, Vec<String>)>,
    /// Tables from a value to a payment
    tables: Vec<Vec<String>>,
    /// Large sets of covers that limits are over
    cover_sets: Vec<Vec<String>>,
    /// Filters of the tiers of a limit
    ranks: Vec<Vec<String>>,
    /// How many edges and roots lead to a node
    uses: Vec<usize>,
    refusals: BTreeMap<usize, usize>,
}

pub(super) fn rules(program: &Program, names: &Names) -> String {
    let mut writer = Writer {
        program,
        names,
        purposes: Purposes::of(program),
        sets: Vec::new(),
        tables: Vec::new(),
        cover_sets: Vec::new(),
        ranks: Vec::new(),
        uses: uses(program),
        refusals: refusals(program),
    };
    let mut diagrams = Lines::default();
    writer.diagrams(&mut diagrams);
    writer.applying(&mut diagrams);
    let mut payments = Lines::default();
    writer.payments(&mut payments);
    let mut limits = Lines::default();
    writer.limits(&mut limits);
    let mut covers = Lines::default();
    writer.covers(&mut covers);
    let (body, money) = (
        diagrams.finish() + &covers.finish(),
        payments.finish() + &limits.finish(),
    );
    let mut out = Lines::default();
    writer.head(&mut out, &format!("{body}{money}"));
    out.finish() + &body + &money
}

/// How often nodes are led to; a node that covers or benefits begin with counts twice, to get a function of its own.
fn uses(program: &Program) -> Vec<usize> {
    let mut uses = vec![0; program.nodes.len()];
    let mut add = |node: usize, times: usize| {
        if let Some(count) = uses.get_mut(node) {
            *count += times;
        }
    };
    for node in &program.nodes {
        if let Node::Test { edges, .. } = node {
            edges.iter().for_each(|edge| add(edge.to, 1));
        }
    }
    for cover in &program.covers {
        [cover.perils, cover.roles, cover.condition]
            .into_iter()
            .for_each(|root| add(root, 2));
        cover.benefits.iter().for_each(|benefit| add(benefit.root, 2));
    }
    uses
}

/// Refusing leaves, numbered.
fn refusals(program: &Program) -> BTreeMap<usize, usize> {
    let refusing = program
        .nodes
        .iter()
        .enumerate()
        .filter(|(_, node)| matches!(node, Node::Refused { .. }));
    refusing.map(|(at, _)| at).zip(0..).collect()
}

impl Writer<'_> {
    fn node(&self, at: usize) -> &Node {
        self.program.nodes.get(at).unwrap_or(&Node::No)
    }

    fn head(&self, out: &mut Lines, body: &str) {
        out.line("\"\"\"The covers, what they pay, and the limits, each with its article.\"\"\"");
        out.line("");
        out.line("from __future__ import annotations");
        out.line("");
        if body.contains("Fraction(") {
            out.line("from fractions import Fraction");
        }
        out.line("from typing import Optional");
        out.line("");
        out.line("from .claim import Claim");
        let from = |names: &[&str]| -> Vec<String> {
            let is_whole = |at: usize| {
                let before = body.get(..at).and_then(|text| text.chars().next_back());
                !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
            };
            let called = |name: &str| body.match_indices(&format!("{name}(")).any(|(at, _)| is_whole(at));
            let used = |name: &&&str| called(name) || body.contains(&format!(": {name}"));
            names.iter().filter(used).map(|n| (*n).to_owned()).collect()
        };
        for (module, names) in [
            ("context", from(&["ClaimContext", "Missing", "decided"])),
            ("model", {
                let mut names = from(&["Blank", "Context", "Cover"]);
                names.extend(["Filter", "Inputs", "Limit", "Payment", "Step"].map(str::to_owned));
                if !names.contains(&"Cover".to_owned()) {
                    names.insert(0, "Cover".to_owned());
                }
                names.sort();
                names
            }),
            ("reading", from(&["Refusal"])),
        ] {
            if !names.is_empty() {
                out.line(format!("from .{module} import {}", names.join(", ")));
            }
        }
        if !self.sets.is_empty() || !self.tables.is_empty() {
            out.line("");
        }
        for (at, (_, ids)) in self.sets.iter().enumerate() {
            let ids: Vec<String> = ids.iter().map(|id| format!("{id},")).collect();
            list_in(out, &self.set_name(at), "frozenset((", "))", &ids);
        }
        for (table, number) in self.tables.iter().zip(1..) {
            list_in(out, &format!("_PAYMENTS_{number}"), "{", "}", table);
        }
    }
}

fn at_most(x: Variable, expression: String) -> String {
    match x {
        Variable::AtMost(_, most) => (PYTHON.at_most)(&expression, &most.to_string()),
        _ => expression,
    }
}

/// The amount of a pipeline that is one constant.
fn fixed(pipeline: &Pipeline) -> Option<i128> {
    match &pipeline.start.choice {
        Choice::Linear(form) if form.x.is_none() && pipeline.steps.is_empty() && pipeline.denominator == 1 => {
            Some(form.b)
        }
        _ => None,
    }
}

fn unlimited(choice: &Choice) -> bool {
    match choice {
        Choice::Unlimited => true,
        Choice::Linear(_) => false,
        Choice::Dated(values) => values.iter().any(|(_, value)| unlimited(value)),
        Choice::Decided { then, otherwise, .. } => unlimited(then) || unlimited(otherwise),
    }
}

fn rule_of(choice: &Choice) -> &'static str {
    match choice {
        Choice::Linear(form) => form.rule,
        Choice::Dated(values) => values.first().map_or("amount", |(_, value)| rule_of(value)),
        Choice::Decided { then, .. } => rule_of(then),
        Choice::Unlimited => "amount",
    }
}
