//! Covers, what they pay, and the diagrams that decide, as functions.

mod amounts;
mod covers;
mod diagrams;

use super::code::{Code, Expression, cited, day, text};
use super::names::Names;
use crate::emit::program::{Choice, Kind, Linear, Money, Node, Operation, Pipeline, Program, Tested, Variable, When};
use crate::emit::purposes::Purposes;

/// Writes one module.
pub(super) struct Writer<'a> {
    pub program: &'a Program,
    pub names: &'a Names,
    purposes: Purposes<'a>,
    /// How many edges and roots lead to a node
    uses: Vec<usize>,
    /// Refusing nodes, in order
    refusals: Vec<usize>,
}

pub(super) fn rules(program: &Program, names: &Names) -> String {
    let writer = Writer::new(program, names);
    let mut body = Code::default();
    writer.covers(&mut body);
    writer.diagrams(&mut body);
    writer.payments(&mut body);
    if writer.any_fixed() {
        body.line(include_str!("fixed.rs").trim_end());
    }
    let body = body.finish();
    let mut out = Code::default();
    out.line("//! The covers, what they pay, and what decides, each with its article.");
    out.line("");
    super::import(&mut out, "crate::claim", &super::needed(&body, &["Field"]));
    let model = [
        "Context", "Facts", "Refusal", "Stop", "Trace", "known", "need", "rounded", "times",
    ];
    let context = [
        "facts.day()",
        "facts.decided(",
        "facts.premium()",
        "facts.decision_value(",
    ];
    let mut model = super::needed(&body, &model);
    if context.iter().any(|call| body.contains(call)) {
        model.push("Context".to_owned());
    }
    super::import(&mut out, "crate::model", &model);
    super::import(&mut out, "crate::reading", &super::needed(&body, &["Day"]));
    let types: Vec<&str> = names.types.values().map(String::as_str).collect();
    let mut types = super::needed(&body, &types);
    types.retain(|name| Some(name.as_str()) != Some("Harm"));
    super::import(&mut out, "crate::values", &types);
    out.finish() + &body
}

impl<'a> Writer<'a> {
    pub fn new(program: &'a Program, names: &'a Names) -> Self {
        let nodes = program.nodes.iter().enumerate();
        let refusing = nodes.filter(|(_, node)| matches!(node, Node::Refused { .. }));
        Writer {
            program,
            names,
            purposes: Purposes::of(program),
            uses: uses(program),
            refusals: refusing.map(|(at, _)| at).collect(),
        }
    }

    fn node(&self, at: usize) -> &Node {
        self.program.nodes.get(at).unwrap_or(&Node::No)
    }

    fn kind(&self, fact: usize) -> Option<&Kind> {
        self.program.facts.get(fact).map(|fact| &fact.kind)
    }

    /// The type of the fact `harm`.
    fn harm_type(&self) -> Option<&str> {
        match self.kind(self.program.known.harm?)? {
            Kind::Enumeration { domain, .. } => Some(self.names.type_of(*domain)),
            _ => None,
        }
    }

    /// Reads a field for a test: a blank stops, unless it stands for a value.
    fn tested(&self, fact: usize, of: &str, stop: &str) -> String {
        let field = self.names.field(fact);
        match self.kind(fact) {
            Some(Kind::Enumeration {
                domain,
                default: Some(value),
            }) => {
                format!("{of}.{field}.unwrap_or({})", self.names.value(*domain, *value))
            }
            _ => format!("{stop}({of}.{field}, {})?", self.names.variant(fact)),
        }
    }
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
