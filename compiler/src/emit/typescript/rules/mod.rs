//! Covers, benefits and limits as functions.

mod amounts;
mod covers;
mod diagrams;
mod limits;

use super::Names;
use super::layout::{cited, comment, composites, doc, fits, key, lines, list, numbers, rows, text};
use super::record::{fraction, import, is_fraction};
use crate::emit::operators::TYPESCRIPT;
use crate::emit::program::{
    Choice, Filter, Key, Kind, Limit, Money, Node, Operation, Pipeline, Program, Rule, Tested, Tier, Variable, When,
};
use crate::emit::text::Lines;
use std::collections::{BTreeMap, BTreeSet};

/// Writes one module.
struct Writer<'a> {
    program: &'a Program,
    names: &'a Names,
    /// Sets of values: the fact that they were first used for, and their ids
    sets: Vec<(usize, Vec<String>)>,
    /// Sets of covers
    cover_sets: Vec<Vec<usize>>,
    /// Tables from a value to a payment: the fact, and its entries
    tables: Vec<(usize, Vec<String>)>,
    /// Amounts that a date or a decision chooses, as functions
    chosen: Vec<String>,
    /// How many edges and roots lead to a node
    uses: Vec<usize>,
    /// Names of nodes that are functions
    functions: BTreeMap<usize, String>,
    /// Nodes whose functions read the inputs
    reads_inputs: BTreeSet<usize>,
    refusals: BTreeMap<usize, usize>,
}

pub(super) fn rules(program: &Program, names: &Names) -> String {
    let mut writer = Writer {
        program,
        names,
        sets: Vec::new(),
        cover_sets: Vec::new(),
        tables: Vec::new(),
        chosen: Vec::new(),
        uses: uses(program),
        functions: BTreeMap::new(),
        reads_inputs: BTreeSet::new(),
        refusals: refusals(program),
    };
    writer.functions = writer.named();
    writer.reads_inputs = writer.reading_inputs();
    let mut parts = [lines(), lines(), lines(), lines()];
    let [payments, diagrams, covers, limits] = &mut parts;
    writer.payments(payments);
    writer.diagrams(diagrams);
    writer.covers(covers);
    writer.limits(limits);
    let [payments, diagrams, covers, limits] = parts.map(Lines::finish);
    let mut sets = lines();
    writer.constants(&mut sets);
    let mut tables = lines();
    writer.payment_tables(&mut tables);
    let chosen = writer.chosen.concat();
    let body = [
        sets.finish(),
        chosen,
        payments,
        tables.finish(),
        diagrams,
        covers,
        limits,
    ]
    .concat();
    let mut out = lines();
    head(&mut out, &body);
    out.finish() + &body
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
    let nodes = program.nodes.iter().enumerate();
    let refusing = nodes.filter(|(_, node)| matches!(node, Node::Refused { .. }));
    refusing.map(|(at, _)| at).zip(0..).collect()
}

fn head(out: &mut Lines, body: &str) {
    out.line("/** The covers, what they pay, and the limits, each with its article. */");
    out.line("");
    let has = |name: &str| {
        body.match_indices(name).any(|(at, _)| {
            let letter =
                |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_' || c == '"' || c == '.');
            let before = body.get(..at).and_then(|text| text.chars().next_back());
            let after = body.get(at + name.len()..).and_then(|text| text.chars().next());
            !letter(before) && !letter(after)
        })
    };
    let used = |names: &[&str]| -> Vec<String> {
        let used = names.iter().filter(|name| has(name));
        used.map(|name| (*name).to_owned()).collect()
    };
    let import_types = |out: &mut Lines, names: &[&str], module: &str| {
        let names = used(names);
        if !names.is_empty() {
            out.line(format!(
                "‹import type {{ {} }} from \"./{module}.js\";›",
                names.join(", ")
            ));
        }
    };
    import_types(out, &["Claim"], "claim");
    import(out, &used(&["ClaimContext", "decided"]), "context");
    import(out, &used(&["known", "required"]), "decisions");
    import_types(
        out,
        &["Context", "Cover", "Filter", "Inputs", "Limit", "Payment", "Step"],
        "model",
    );
    let payments = [
        "always",
        "filterOf",
        "fixed",
        "inUnits",
        "never",
        "nothing",
        "refused",
        "unitOf",
        "unlimited",
    ];
    import(out, &used(&payments), "payments");
    import(out, &used(&["atLeast", "atMost", "floored"]), "reading");
    let kinds: Vec<&str> = body
        .match_indices("Readonly<Record<")
        .filter_map(|(at, head)| body.get(at + head.len()..)?.split(',').next())
        .collect();
    let kinds: BTreeSet<&str> = kinds.into_iter().collect();
    if !kinds.is_empty() {
        let kinds: Vec<&str> = kinds.into_iter().collect();
        out.line(format!(
            "‹import type {{ {} }} from \"./vocabulary.js\";›",
            kinds.join(", ")
        ));
    }
}

impl Writer<'_> {
    fn node(&self, at: usize) -> &Node {
        self.program.nodes.get(at).unwrap_or(&Node::No)
    }

    fn kind(&self, fact: usize) -> &Kind {
        self.program.facts.get(fact).map_or(&Kind::Text, |f| &f.kind)
    }

    /// A set of values, once.
    fn set(&mut self, fact: usize, values: &[usize]) -> String {
        let ids = values.iter().filter_map(|v| self.program.values(fact).get(*v));
        let ids: Vec<String> = ids.map(|v| text(&v.id)).collect();
        let at = match self.sets.iter().position(|(_, set)| *set == ids) {
            Some(at) => at,
            None => {
                self.sets.push((fact, ids));
                self.sets.len() - 1
            }
        };
        self.set_name(at)
    }

    fn set_name(&self, at: usize) -> String {
        let fact = self.sets.get(at).map_or(0, |(fact, _)| *fact);
        format!("{}_VALUES_{}", self.names.field(fact).to_ascii_uppercase(), at + 1)
    }

    fn cover_set(&mut self, covers: &[usize]) -> String {
        let at = match self.cover_sets.iter().position(|set| set == covers) {
            Some(at) => at,
            None => {
                self.cover_sets.push(covers.to_vec());
                self.cover_sets.len() - 1
            }
        };
        format!("COVERS_{}", at + 1)
    }

    fn constants(&self, out: &mut Lines) {
        if !self.sets.is_empty() || !self.cover_sets.is_empty() {
            out.line("");
        }
        for (at, (_, ids)) in self.sets.iter().enumerate() {
            let head = format!("const {}‹: ReadonlySet<string>› = new Set([", self.set_name(at));
            list(out, &head, ids, "]);");
        }
        for (at, covers) in self.cover_sets.iter().enumerate() {
            if covers.is_empty() {
                out.line(format!("const COVERS_{}‹: ReadonlySet<number>› = new Set();", at + 1));
                continue;
            }
            let head = format!("const COVERS_{}‹: ReadonlySet<number>› = new Set([", at + 1);
            numbers(
                out,
                &head,
                &covers.iter().map(usize::to_string).collect::<Vec<_>>(),
                "]);",
            );
        }
    }

    fn payment_tables(&self, out: &mut Lines) {
        for (at, (fact, entries)) in self.tables.iter().enumerate() {
            let Kind::Enumeration { domain, .. } = self.kind(*fact) else {
                continue;
            };
            let head = format!(
                "const PAYMENTS_{}‹: Readonly<Record<{}, Payment>>› = {{",
                at + 1,
                self.names.domain(*domain).kind
            );
            out.line("");
            rows(out, &head, entries, "};");
        }
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
