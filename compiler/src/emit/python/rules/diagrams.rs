//! Diagrams as nested tests.

use super::*;
use crate::money::{Grid, Ratio};

impl Writer<'_> {
    /// A set of values, once.
    pub(super) fn set(&mut self, fact: usize, values: &[usize]) -> String {
        let ids: Vec<String> = values
            .iter()
            .filter_map(|v| self.program.values(fact).get(*v))
            .map(|v| text(&v.id))
            .collect();
        let at = match self.sets.iter().position(|set| *set == (fact, ids.clone())) {
            Some(at) => at,
            None => {
                self.sets.push((fact, ids));
                self.sets.len() - 1
            }
        };
        self.set_name(at)
    }

    /// The name of a set: the field that its values are of.
    pub(super) fn set_name(&self, at: usize) -> String {
        let fact = self.sets.get(at).map_or(0, |(fact, _)| *fact);
        format!("_{}_VALUES_{}", self.names.field(fact).to_ascii_uppercase(), at + 1)
    }

    /// The name of a node's function
    fn function(&self, at: usize) -> String {
        format!("_{}_{at}", self.purposes.word(at))
    }

    pub(super) fn diagrams(&mut self, out: &mut Lines) {
        for at in 0..self.program.nodes.len() {
            if matches!(self.node(at), Node::Test { .. }) && self.uses.get(at).copied().unwrap_or(0) > 1 {
                out.line("");
                out.line("");
                out.line(format!(
                    "def {}(claim: Claim, inputs: Inputs) -> int:",
                    self.function(at)
                ));
                let says = self.purposes.sentence(at);
                out.inside(|out| {
                    if !says.is_empty() {
                        out.line(format!("\"\"\"{}\"\"\"", line_of(&says)));
                    }
                    self.test(out, at);
                });
            }
        }
        out.line("");
        out.line("");
        out.line("def _always(claim: Claim, inputs: Inputs) -> int:");
        out.line("    return 1");
        out.line("");
        out.line("");
        out.line("def _never(claim: Claim, inputs: Inputs) -> int:");
        out.line("    return 0");
    }

    /// What a leaf returns: 0 and 1 of a condition, the number of a payment of a benefit.
    pub(super) fn leaf(&self, at: usize) -> Option<String> {
        let payments = self.program.pipelines.len();
        Some(match self.node(at) {
            Node::No => "0".to_owned(),
            Node::Yes => "1".to_owned(),
            Node::Pays(pipeline) => pipeline.to_string(),
            Node::Nothing => payments.to_string(),
            Node::Refused { .. } => (payments + 1 + self.refusals.get(&at).copied().unwrap_or(0)).to_string(),
            Node::Test { .. } => return None,
        })
    }

    pub(super) fn go(&mut self, out: &mut Lines, to: usize) {
        match self.leaf(to) {
            Some(leaf) => out.line(format!("return {leaf}")),
            None if self.uses.get(to).copied().unwrap_or(0) > 1 => {
                out.line(format!("return {}(claim, inputs)", self.function(to)));
            }
            None => self.test(out, to),
        }
    }

    pub(super) fn test(&mut self, out: &mut Lines, at: usize) {
        let Node::Test { on, mut edges } = self.node(at).clone() else {
            return;
        };
        let Some(read) = self.read(out, on) else { return };
        if let (Tested::Fact(fact), true) = (on, edges.len() > 3) {
            let leaves: Option<Vec<String>> = edges.iter().map(|edge| self.leaf(edge.to)).collect();
            if let Some(leaves) = leaves.filter(|_| edges.iter().all(|e| matches!(e.when, When::Values(_)))) {
                let rows = edges.iter().zip(&leaves).flat_map(|(edge, leaf)| match &edge.when {
                    When::Values(values) => values
                        .iter()
                        .filter_map(|v| self.program.values(fact).get(*v))
                        .map(|v| format!("{}: {leaf},", text(&v.id)))
                        .collect(),
                    _ => Vec::new(),
                });
                let rows = rows.collect();
                self.tables.push(rows);
                out.line(format!("return _PAYMENTS_{}[{read}]", self.tables.len()));
                return;
            }
        }
        // The widest edge needs no test of its own.
        edges.sort_by_key(|edge| match &edge.when {
            When::Values(values) => values.len(),
            When::Intervals(intervals) => intervals.len(),
            When::Answers { yes, .. } => usize::from(!yes),
        });
        let last = edges.pop();
        for edge in edges {
            let condition = self.condition(on, &read, &edge.when);
            out.line(format!("if {condition}:"));
            out.inside(|out| self.go(out, edge.to));
        }
        if let Some(last) = last {
            self.go(out, last.to);
        }
    }

    /// Reads what a test turns on; a blank raises.
    pub(super) fn read(&self, out: &mut Lines, on: Tested) -> Option<String> {
        Some(match on {
            Tested::Present(fact) => format!("claim.{} is not None", self.names.field(fact)),
            Tested::Decided(decision) => format!("decided(claim, inputs, {decision})"),
            Tested::Fact(fact) => {
                let name = self.names.field(fact);
                if let Kind::Enumeration {
                    default: Some(value), ..
                } = self.program.facts.get(fact)?.kind
                {
                    let value = self.program.values(fact).get(value)?;
                    out.line(format!("{name} = claim.{name} or {}", text(&value.id)));
                } else {
                    out.line(format!("{name} = claim.{name}"));
                    out.line(format!("if {name} is None:"));
                    out.line(format!("    raise Blank({})", text(name)));
                }
                name.to_owned()
            }
        })
    }

    pub(super) fn condition(&mut self, on: Tested, read: &str, when: &When) -> String {
        match (when, on) {
            (When::Answers { yes: true, .. }, _) => read.to_owned(),
            (When::Answers { .. }, Tested::Present(_)) => read.replace("is not None", "is None"),
            (When::Answers { .. }, _) => format!("not {read}"),
            (When::Values(values), Tested::Fact(fact)) => match values.as_slice() {
                [value] => {
                    let id = self.program.values(fact).get(*value).map_or("", |v| v.id.as_str());
                    format!("{read} == {}", text(id))
                }
                values => format!("{read} in {}", self.set(fact, values)),
            },
            (When::Intervals(intervals), Tested::Fact(fact)) => {
                if let Some(grid) = self.program.facts.get(fact).and_then(|f| f.kind.grid()) {
                    let one = |interval: &(Option<i64>, Option<i64>)| between(read, grid, *interval);
                    return intervals.iter().map(one).collect::<Vec<_>>().join(" or ");
                }
                let date = self.program.facts.get(fact).is_some_and(|f| f.kind == Kind::Date);
                let x = if date { format!("{read}.day") } else { read.to_owned() };
                let one = |(from, below): &(Option<i64>, Option<i64>)| match (from, below) {
                    (Some(from), Some(below)) => format!("{from} <= {x} < {below}"),
                    (Some(from), None) => format!("{x} >= {from}"),
                    (None, Some(below)) => format!("{x} < {below}"),
                    (None, None) => "True".to_owned(),
                };
                intervals.iter().map(one).collect::<Vec<_>>().join(" or ")
            }
            _ => "False".to_owned(),
        }
    }

    /// The function of a root.
    pub(super) fn root(&self, at: usize) -> String {
        match self.node(at) {
            Node::Test { .. } => self.function(at),
            Node::Yes => "_always".to_owned(),
            Node::No => "_never".to_owned(),
            _ => format!("PaymentIs({})", self.leaf(at).unwrap_or_default()),
        }
    }
}

/// Whether a value lies between two positions on a grid.
fn between(x: &str, grid: Grid, (from, below): (Option<i64>, Option<i64>)) -> String {
    let bound = |position: Option<i64>| grid.bound(position?);
    let number = |value: Ratio| match (grid, value.denominator()) {
        (Grid::UNITS, 1) => value.numerator().to_string(),
        _ => format!("Fraction({}, {})", value.numerator(), value.denominator()),
    };
    // A point that lies below its bound is not within from there, and is within up to there.
    let sign = |wide: bool| if wide { "<=" } else { "<" };
    match (bound(from), bound(below)) {
        (Some((from, false)), Some((to, true))) if from == to => format!("{x} == {}", number(from)),
        (Some((from, above)), Some((to, upto))) => {
            format!("{} {} {x} {} {}", number(from), sign(!above), sign(upto), number(to))
        }
        (Some((from, true)), None) => format!("{x} > {}", number(from)),
        (Some((from, false)), None) => format!("{x} >= {}", number(from)),
        (None, Some((to, upto))) => format!("{x} {} {}", sign(upto), number(to)),
        (None, None) => "True".to_owned(),
    }
}
