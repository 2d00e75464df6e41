//! Diagrams as nested tests.

use super::*;
use crate::emit::program::Edge;
use crate::emit::purposes::Purposes;
use crate::money::Grid;

impl Writer<'_> {
    /// Names of the nodes that become functions: after what they are for, where that is one thing.
    pub(super) fn named(&self) -> BTreeMap<usize, String> {
        let purposes = Purposes::of(self.program);
        let several = |at: &usize| self.uses.get(*at).copied().unwrap_or(0) > 1;
        (0..self.program.nodes.len())
            .filter(|at| matches!(self.node(*at), Node::Test { .. }) && several(at))
            .map(|at| (at, format!("{}{at}", purposes.word(at))))
            .collect()
    }

    /// The nodes below which a decision is asked for.
    pub(super) fn reading_inputs(&self) -> BTreeSet<usize> {
        let mut reading = BTreeSet::new();
        // Nodes may stand in any order, so look again until nothing is added.
        loop {
            let before = reading.len();
            for at in 0..self.program.nodes.len() {
                if let Node::Test { on, edges } = self.node(at)
                    && (matches!(on, Tested::Decided(_)) || edges.iter().any(|edge| reading.contains(&edge.to)))
                {
                    reading.insert(at);
                }
            }
            if reading.len() == before {
                return reading;
            }
        }
    }

    pub(super) fn diagrams(&mut self, out: &mut Lines) {
        let purposes = Purposes::of(self.program);
        for (at, name) in self.functions.clone() {
            out.line("");
            doc(out, &purposes.sentence(at));
            let kind = if self.is_condition(at) { "boolean" } else { "Payment" };
            let inputs = if self.reads_inputs.contains(&at) {
                ", inputs‹: Inputs›"
            } else {
                ""
            };
            out.line(format!("function {name}(claim‹: Claim›{inputs})‹: {kind}› {{"));
            out.inside(|out| self.test(out, at));
            out.line("}");
        }
    }

    fn is_condition(&self, at: usize) -> bool {
        match self.node(at) {
            Node::No | Node::Yes => true,
            Node::Test { edges, .. } => edges.first().is_none_or(|edge| self.is_condition(edge.to)),
            _ => false,
        }
    }

    /// What a leaf returns.
    pub(super) fn leaf(&self, at: usize) -> Option<String> {
        Some(match self.node(at) {
            Node::No => "false".to_owned(),
            Node::Yes => "true".to_owned(),
            Node::Pays(pipeline) => format!("payment{pipeline}"),
            Node::Nothing => "nothing".to_owned(),
            Node::Refused { .. } => format!("refusal{}", self.refusals.get(&at).copied().unwrap_or(0)),
            Node::Test { .. } => return None,
        })
    }

    /// A call of a node's function.
    fn call(&self, at: usize) -> Option<String> {
        let name = self.functions.get(&at)?;
        let inputs = if self.reads_inputs.contains(&at) {
            ", inputs"
        } else {
            ""
        };
        Some(format!("{name}(claim{inputs})"))
    }

    fn go(&mut self, out: &mut Lines, to: usize) {
        match self.leaf(to).or_else(|| self.call(to)) {
            Some(value) => out.line(format!("return {value};")),
            None => self.test(out, to),
        }
    }

    fn test(&mut self, out: &mut Lines, at: usize) {
        let Node::Test { on, mut edges } = self.node(at).clone() else {
            return;
        };
        let read = self.read(out, on);
        if let Tested::Fact(fact) = on
            && let Some(entries) = self.table(fact, &edges)
        {
            self.tables.push((fact, entries));
            out.line(format!("return PAYMENTS_{}[{read}];", self.tables.len()));
            return;
        }
        // The widest edge needs no test of its own.
        edges.sort_by_key(|edge| match &edge.when {
            When::Values(values) => values.len(),
            When::Intervals(intervals) => intervals.len(),
            When::Answers { yes, .. } => usize::from(!yes),
        });
        let Some(last) = edges.pop() else { return };
        if let [only] = edges.as_slice() {
            let answer = |at: usize| {
                matches!(self.node(at), Node::Yes)
                    .then_some(true)
                    .or(matches!(self.node(at), Node::No).then_some(false))
            };
            if let (Some(yes), Some(no)) = (answer(only.to), answer(last.to))
                && yes != no
            {
                let condition = self.condition(on, &read, &only.when);
                let condition = if yes { condition } else { negated(&condition) };
                self.returned(out, &condition);
                return;
            }
        }
        for edge in edges {
            let condition = self.condition(on, &read, &edge.when);
            conditional(out, &condition);
            out.inside(|out| self.go(out, edge.to));
            out.line("}");
        }
        self.go(out, last.to);
    }

    fn returned(&self, out: &mut Lines, condition: &str) {
        let line = format!("return {condition};");
        if fits(out, &line) {
            out.line(line);
            return;
        }
        let inner = condition.strip_prefix("!(").and_then(|rest| rest.strip_suffix(')'));
        out.line(if inner.is_some() { "return !(" } else { "return (" });
        out.inside(|out| alternatives(out, inner.unwrap_or(condition)));
        out.line(");");
    }

    /// The entries of a table from each value to its payment, where edges lead straight to payments of many values.
    fn table(&self, fact: usize, edges: &[Edge]) -> Option<Vec<String>> {
        let mut entries = BTreeMap::new();
        for edge in edges {
            let leaf = self.leaf(edge.to).filter(|_| !self.is_condition(edge.to))?;
            let When::Values(values) = &edge.when else { return None };
            entries.extend(values.iter().map(|value| (*value, leaf.clone())));
        }
        let values = self.program.values(fact);
        if edges.len() <= 3 || entries.len() != values.len() {
            return None;
        }
        let entry = |(at, leaf): (usize, String)| Some(format!("{}: {leaf}", key(&values.get(at)?.id)));
        entries.into_iter().map(entry).collect()
    }

    /// Reads what a test turns on; a blank throws.
    fn read(&self, out: &mut Lines, on: Tested) -> String {
        match on {
            Tested::Present(fact) => format!("claim.{} !== null", self.names.field(fact)),
            Tested::Decided(decision) => format!("decided(claim, inputs, {decision})"),
            Tested::Fact(fact) => {
                let name = self.names.field(fact);
                let default = match self.kind(fact) {
                    Kind::Enumeration {
                        default: Some(value), ..
                    } => self.program.values(fact).get(*value),
                    _ => None,
                };
                match default {
                    Some(value) => out.line(format!("const {name} = claim.{name} ?? {};", text(&value.id))),
                    None => out.line(format!("const {name} = known(claim.{name}, {});", text(name))),
                }
                name.to_owned()
            }
        }
    }

    fn condition(&mut self, on: Tested, read: &str, when: &When) -> String {
        match (when, on) {
            (When::Answers { yes: true, no: true }, _) => "true".to_owned(),
            (When::Answers { yes: true, .. }, _) => read.to_owned(),
            (When::Answers { .. }, _) => negated(read),
            (When::Values(values), Tested::Fact(fact)) => match values.as_slice() {
                [value] => {
                    let id = self.program.values(fact).get(*value).map_or("", |v| v.id.as_str());
                    format!("{read} === {}", text(id))
                }
                values => format!("{}.has({read})", self.set(fact, values)),
            },
            (When::Intervals(intervals), Tested::Fact(fact)) => {
                let several = intervals.len() > 1;
                let intervals = intervals
                    .iter()
                    .map(|interval| self.interval(fact, read, *interval, several));
                intervals.collect::<Vec<_>>().join(" || ")
            }
            _ => "false".to_owned(),
        }
    }

    fn interval(&self, fact: usize, read: &str, (from, below): (Option<i64>, Option<i64>), several: bool) -> String {
        if let Some(grid) = self.kind(fact).grid() {
            return between(read, grid, (from, below), several);
        }
        let (x, bound): (String, Box<dyn Fn(i64) -> String>) = match self.kind(fact) {
            Kind::Date => (format!("{read}.day"), Box::new(|bound| bound.to_string())),
            _ => (
                read.to_owned(),
                Box::new(|bound| (TYPESCRIPT.integer)(i128::from(bound))),
            ),
        };
        match (from, below) {
            (Some(from), Some(below)) => {
                let both = format!("{x} >= {} && {x} < {}", bound(from), bound(below));
                if several { format!("({both})") } else { both }
            }
            (Some(from), None) => format!("{x} >= {}", bound(from)),
            (None, Some(below)) => format!("{x} < {}", bound(below)),
            (None, None) => "true".to_owned(),
        }
    }

    /// The function of a root.
    pub(super) fn root(&self, at: usize) -> String {
        match self.node(at) {
            Node::Test { .. } => self.functions.get(&at).cloned().unwrap_or_default(),
            Node::Yes => "always".to_owned(),
            Node::No => "never".to_owned(),
            _ => format!("() => {}", self.leaf(at).unwrap_or_default()),
        }
    }
}

/// Whether a value lies between two positions on a grid.
fn between(x: &str, grid: Grid, (from, below): (Option<i64>, Option<i64>), several: bool) -> String {
    let one = |position: Option<i64>, upwards: bool| {
        let (point, beyond) = grid.bound(position?)?;
        // A point that lies below its bound is not within from there, and is within up to there.
        let sign = match (upwards, beyond) {
            (true, false) => ">=",
            (true, true) => ">",
            (false, false) => "<",
            (false, true) => "<=",
        };
        let (n, d) = (point.numerator(), point.denominator());
        let left = if d == 1 {
            format!("{x}.numerator")
        } else {
            format!("{x}.numerator * {d}n")
        };
        let right = match n {
            0 => "0n".to_owned(),
            1 => format!("{x}.denominator"),
            _ => format!("{n}n * {x}.denominator"),
        };
        Some(format!("{left} {sign} {right}"))
    };
    if let (Some(from), Some(below)) = (from, below)
        && from % 2 == 0
        && from.checked_add(1) == Some(below)
    {
        return one(Some(from), true).map_or_else(String::new, |at| at.replacen(" >= ", " === ", 1));
    }
    match (one(from, true), one(below, false)) {
        (Some(from), Some(to)) if several => format!("({from} && {to})"),
        (Some(from), Some(to)) => format!("{from} && {to}"),
        (Some(bound), None) | (None, Some(bound)) => bound,
        (None, None) => "true".to_owned(),
    }
}

fn conditional(out: &mut Lines, condition: &str) {
    let line = format!("if ({condition}) {{");
    if fits(out, &line) {
        out.line(line);
        return;
    }
    out.line("if (");
    out.inside(|out| alternatives(out, condition));
    out.line(") {");
}

fn alternatives(out: &mut Lines, condition: &str) {
    let parts: Vec<&str> = condition.split(" || ").collect();
    for (at, part) in parts.iter().enumerate() {
        let end = if at + 1 == parts.len() { "" } else { " ||" };
        out.line(format!("{part}{end}"));
    }
}

/// The opposite of a condition.
fn negated(condition: &str) -> String {
    if condition.contains(" && ") || condition.contains(" || ") {
        return format!("!({condition})");
    }
    for (sign, opposite) in [
        (" === ", " !== "),
        (" !== ", " === "),
        (" >= ", " < "),
        (" < ", " >= "),
        (" > ", " <= "),
        (" <= ", " > "),
    ] {
        if condition.contains(sign) {
            return condition.replacen(sign, opposite, 1);
        }
    }
    format!("!{condition}")
}
