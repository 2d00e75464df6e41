//! Which covers apply to a claim, in one pass over its fields.
//!
//! Most tests of a cover are one look at one field; those stand in line, on fields that are read once. The others call
//! the function of their diagram.

use super::*;
use crate::emit::program::{Cover, Edge};
use std::collections::BTreeSet;

/// A longer condition is parted into nested ones.
const WIDE: usize = 90;

/// A test as an expression.
struct Condition {
    /// The field that it reads from a variable
    reads: Option<usize>,
    text: String,
}

impl Writer<'_> {
    pub(super) fn applying(&mut self, out: &mut Lines) {
        let Some(harm) = self.program.known.harm else { return };
        let mut read = BTreeSet::from([harm]);
        let mut body = Lines::default();
        body.inside(|body| self.groups(body, harm, &mut read));
        out.line("");
        out.line("");
        out.line("def applying(claim: Claim, inputs: Inputs) -> list[int]:");
        out.inside(|out| {
            out.line("\"\"\"The covers that apply and have a benefit for the harm.\"\"\"");
            for fact in read.iter().filter(|fact| **fact != harm) {
                out.line(self.variable(*fact));
            }
            let field = self.names.field(harm).to_owned();
            out.line(format!("{field} = claim.{field}"));
            out.line(format!("if {field} is None:"));
            out.line(format!("    raise Blank({})", text(&field)));
            out.line("covers: list[int] = []");
        });
        let body = body.finish();
        if !body.is_empty() {
            out.line(body.trim_end());
        }
        out.line("    return covers");
    }

    fn default(&self, fact: usize) -> Option<String> {
        match self.program.facts.get(fact)?.kind {
            Kind::Enumeration { default, .. } => Some(text(&self.program.values(fact).get(default?)?.id)),
            _ => None,
        }
    }

    fn variable(&self, fact: usize) -> String {
        let field = self.names.field(fact);
        match self.default(fact) {
            Some(default) => format!("{field} = claim.{field} or {default}"),
            None => format!("{field} = claim.{field}"),
        }
    }

    /// Neighbours with benefits for the same harms stand under one test of the harm.
    fn groups(&mut self, out: &mut Lines, harm: usize, read: &mut BTreeSet<usize>) {
        let program = self.program;
        let harms = |cover: &Cover| cover.benefits.iter().map(|b| b.harm).collect::<BTreeSet<_>>();
        let mut at = 0;
        for group in program.covers.chunk_by(|a, b| harms(a) == harms(b)) {
            let first = at;
            at += group.len();
            let values: Vec<usize> = group.first().map(harms).into_iter().flatten().collect();
            let applies = group.iter().any(|cover| !self.never(cover));
            if values.is_empty() || !applies {
                continue;
            }
            let field = self.names.field(harm).to_owned();
            let condition = self.condition(Tested::Fact(harm), &field, &When::Values(values));
            out.line(format!("if {condition}:"));
            let mut known = BTreeSet::from([harm]);
            out.inside(|out| {
                for (number, cover) in (first..).zip(group) {
                    if self.never(cover) {
                        continue;
                    }
                    out.line(format!("# The cover {}", line_of(&cover.id)));
                    let mut roots = vec![cover.perils, cover.roles, cover.condition];
                    roots.retain(|root| !matches!(self.node(*root), Node::Yes));
                    let conditions: Vec<Condition> = roots.into_iter().map(|root| self.inline(root)).collect();
                    read.extend(conditions.iter().filter_map(|condition| condition.reads));
                    self.cover_applies(out, number, &conditions, &mut known);
                }
            });
        }
    }

    fn never(&self, cover: &Cover) -> bool {
        [cover.perils, cover.roles, cover.condition]
            .into_iter()
            .any(|root| matches!(self.node(root), Node::No))
    }

    /// `known`: fields that are not blank here. A field is asked for only where its test is reached.
    fn cover_applies(&self, out: &mut Lines, number: usize, conditions: &[Condition], known: &mut BTreeSet<usize>) {
        let mut together: Vec<&str> = Vec::new();
        let mut rest = conditions;
        while let [condition, later @ ..] = rest {
            let asked = condition
                .reads
                .filter(|fact| self.default(*fact).is_none() && !known.contains(fact));
            let width: usize = together.iter().map(|text| text.len() + 5).sum();
            if !together.is_empty() && (asked.is_some() || width + condition.text.len() > WIDE) {
                break;
            }
            if let Some(fact) = asked {
                let field = self.names.field(fact);
                out.line(format!("if {field} is None:"));
                out.line(format!("    raise Blank({})", text(field)));
                known.insert(fact);
            }
            together.push(&condition.text);
            rest = later;
        }
        let several = together.len() > 1;
        let whole = |text: &&str| match several && text.contains(" or ") {
            true => format!("({text})"),
            false => (*text).to_owned(),
        };
        let inner = |out: &mut Lines, known: &mut BTreeSet<usize>| match rest {
            [] => out.line(format!("covers.append({number})")),
            rest => self.cover_applies(out, number, rest, known),
        };
        if together.is_empty() {
            inner(out, known);
            return;
        }
        let condition = together.iter().map(whole).collect::<Vec<_>>().join(" and ");
        out.line(format!("if {condition}:"));
        // What is found to be there inside holds only inside.
        out.inside(|out| inner(out, &mut known.clone()));
    }

    /// A diagram as a condition: one look at one field, perhaps with a decision where that does not settle it.
    fn inline(&mut self, root: usize) -> Condition {
        let called = Condition {
            reads: None,
            text: format!("{}(claim, inputs)", self.root(root)),
        };
        let Node::Test { on, edges } = self.node(root).clone() else {
            return called;
        };
        let [a, b] = edges.as_slice() else { return called };
        let (reads, read) = match on {
            Tested::Fact(fact) => (Some(fact), self.names.field(fact).to_owned()),
            Tested::Present(fact) => (None, format!("claim.{} is not None", self.names.field(fact))),
            Tested::Decided(decision) => (None, format!("decided(claim, inputs, {decision})")),
        };
        let (yes, other) = match (self.node(a.to), self.node(b.to)) {
            (Node::Yes, _) => (a, b),
            (_, Node::Yes) => (b, a),
            _ => return called,
        };
        let settled = self.either(on, &read, yes, other);
        let text = match self.node(other.to) {
            Node::No => settled,
            Node::Test { .. } => match self.decision(other.to) {
                Some(decided) => format!("{settled} or {decided}"),
                None => return called,
            },
            _ => return called,
        };
        Condition { reads, text }
    }

    /// That the test leads along the first of two edges; of sets, the smaller one is named.
    fn either(&mut self, on: Tested, read: &str, edge: &Edge, other: &Edge) -> String {
        match (&edge.when, &other.when) {
            (When::Values(inside), When::Values(outside)) if outside.len() < inside.len() => {
                let Tested::Fact(fact) = on else { return read.to_owned() };
                match outside.as_slice() {
                    [only] => {
                        let value = self.program.values(fact).get(*only);
                        format!("{read} != {}", text(value.map_or("", |value| &value.id)))
                    }
                    several => format!("{read} not in {}", self.set(fact, several)),
                }
            }
            _ => self.condition(on, read, &edge.when),
        }
    }

    /// A diagram that turns on one decision.
    fn decision(&self, at: usize) -> Option<String> {
        let Node::Test {
            on: Tested::Decided(decision),
            edges,
        } = self.node(at)
        else {
            return None;
        };
        let yes = edges.iter().find(|edge| matches!(self.node(edge.to), Node::Yes))?;
        let no = edges.iter().find(|edge| matches!(self.node(edge.to), Node::No))?;
        match (&yes.when, &no.when) {
            (When::Answers { yes: true, .. }, When::Answers { no: true, .. }) => {
                Some(format!("decided(claim, inputs, {decision})"))
            }
            _ => None,
        }
    }
}
