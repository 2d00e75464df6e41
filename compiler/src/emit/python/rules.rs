//! Covers, benefits and limits as functions.

use super::facts::list_in;
use super::{Names, cited, line_of, text};
use crate::emit::operators::PYTHON;
use crate::emit::program::{
    Choice, Filter, Key, Kind, Limit, Money, Node, Operation, Pipeline, Program, Rule, Tested, Tier, Variable, When,
};
use crate::emit::text::Lines;
use std::collections::BTreeMap;

/// Writes one module.
struct Writer<'a> {
    program: &'a Program,
    names: &'a Names,
    /// Value sets by their text, in order of first use
    sets: Vec<String>,
    /// Tables from a value to a payment
    tables: Vec<Vec<String>>,
    /// How many edges and roots lead to a node
    uses: Vec<usize>,
    refusals: BTreeMap<usize, usize>,
}

pub(super) fn rules(program: &Program, names: &Names) -> String {
    let mut writer = Writer {
        program,
        names,
        sets: Vec::new(),
        tables: Vec::new(),
        uses: uses(program),
        refusals: refusals(program),
    };
    let mut diagrams = Lines::default();
    writer.diagrams(&mut diagrams);
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
            let used = |name: &&&str| body.contains(&format!("{name}(")) || body.contains(&format!(": {name}"));
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
        out.line("");
        for (i, set) in self.sets.iter().enumerate() {
            list_in(
                out,
                &format!("_VALUES_{i}"),
                "frozenset((",
                "))",
                &set.split('\n').map(|v| format!("{v},")).collect::<Vec<_>>(),
            );
        }
        for (i, table) in self.tables.iter().enumerate() {
            list_in(out, &format!("_PAYMENTS_{i}"), "{", "}", table);
        }
    }

    /// A set of values, once.
    fn set(&mut self, fact: usize, values: &[usize]) -> String {
        let ids: Vec<String> = values
            .iter()
            .filter_map(|v| self.program.values(fact).get(*v))
            .map(|v| text(&v.id))
            .collect();
        let key = ids.join("\n");
        let at = match self.sets.iter().position(|set| *set == key) {
            Some(at) => at,
            None => {
                self.sets.push(key);
                self.sets.len() - 1
            }
        };
        format!("_VALUES_{at}")
    }

    fn diagrams(&mut self, out: &mut Lines) {
        for at in 0..self.program.nodes.len() {
            if matches!(self.node(at), Node::Test { .. }) && self.uses.get(at).copied().unwrap_or(0) > 1 {
                out.line("");
                out.line("");
                out.line(format!("def _rule_{at}(claim: Claim, inputs: Inputs) -> int:"));
                out.inside(|out| self.test(out, at));
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
    fn leaf(&self, at: usize) -> Option<String> {
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

    fn go(&mut self, out: &mut Lines, to: usize) {
        match self.leaf(to) {
            Some(leaf) => out.line(format!("return {leaf}")),
            None if self.uses.get(to).copied().unwrap_or(0) > 1 => {
                out.line(format!("return _rule_{to}(claim, inputs)"))
            }
            None => self.test(out, to),
        }
    }

    fn test(&mut self, out: &mut Lines, at: usize) {
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
                out.line(format!("return _PAYMENTS_{}[{read}]", self.tables.len() - 1));
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
    fn read(&self, out: &mut Lines, on: Tested) -> Option<String> {
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

    fn condition(&mut self, on: Tested, read: &str, when: &When) -> String {
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
    fn root(&self, at: usize) -> String {
        match self.node(at) {
            Node::Test { .. } => format!("_rule_{at}"),
            Node::Yes => "_always".to_owned(),
            Node::No => "_never".to_owned(),
            _ => format!("PaymentIs({})", self.leaf(at).unwrap_or_default()),
        }
    }

    fn covers(&mut self, out: &mut Lines) {
        let roots = self
            .program
            .covers
            .iter()
            .flat_map(|c| &c.benefits)
            .map(|b| self.root(b.root));
        if roots.clone().any(|root| root.starts_with("PaymentIs")) {
            out.line("");
            out.line("");
            out.line("class PaymentIs:");
            out.line("    \"\"\"A benefit that turns on nothing.\"\"\"");
            out.line("");
            out.line("    def __init__(self, payment: int) -> None:");
            out.line("        self.payment = payment");
            out.line("");
            out.line("    def __call__(self, claim: Claim, inputs: Inputs) -> int:");
            out.line("        return self.payment");
        }
        out.line("");
        out.line("");
        out.line("COVERS: tuple[Cover, ...] = (");
        out.inside(|out| {
            for cover in &self.program.covers {
                out.line(format!("# {}", line_of(&cover.id)));
                out.line("Cover(");
                out.inside(|out| {
                    out.line(format!("{},", text(&cover.id)));
                    out.line(if cover.any_peril { "True," } else { "False," });
                    for root in [cover.perils, cover.roles, cover.condition] {
                        out.line(format!("{},", self.root(root)));
                    }
                    let harm = |at: usize| {
                        let fact = self.program.known.harm.unwrap_or(usize::MAX);
                        self.program.values(fact).get(at).map_or("", |v| v.id.as_str())
                    };
                    if cover.benefits.is_empty() {
                        out.line("{},");
                    } else {
                        out.line("{");
                        out.inside(|out| {
                            for benefit in &cover.benefits {
                                let article = benefit.articles.join("、");
                                let comment = if article.is_empty() {
                                    String::new()
                                } else {
                                    format!("  # {}", line_of(&article))
                                };
                                out.line(format!(
                                    "{}: {},{comment}",
                                    text(harm(benefit.harm)),
                                    self.root(benefit.root)
                                ));
                            }
                        });
                        out.line("},");
                    }
                    out.line(format!("{},", cited(&cover.articles)));
                });
                out.line("),");
            }
        });
        out.line(")");
        for (name, pairs) in [
            ("OVER", &self.program.over),
            ("HIGHER", &self.program.higher),
            ("STACK", &self.program.stack),
        ] {
            if pairs.is_empty() {
                out.line(format!("{name}: frozenset[tuple[int, int]] = frozenset()"));
            } else {
                let pairs: Vec<String> = pairs.iter().map(|(a, b)| format!("({a}, {b}),")).collect();
                list_in(
                    out,
                    &format!("{name}: frozenset[tuple[int, int]]"),
                    "frozenset((",
                    "))",
                    &pairs,
                );
            }
        }
    }

    fn payments(&mut self, out: &mut Lines) {
        let mut entries = Vec::new();
        let mut nil = vec![self.program.pipelines.len().to_string()];
        for (at, pipeline) in self.program.pipelines.iter().enumerate() {
            if pipeline.nil {
                nil.push(at.to_string());
            }
            entries.push(match fixed(pipeline) {
                Some(amount) => format!("Fixed({}, {}),", (PYTHON.integer)(amount), cited(&pipeline.articles)),
                None => {
                    out.line("");
                    out.line("");
                    let arguments = "claim: Claim, inputs: Inputs, steps: Optional[list[Step]]";
                    out.line(format!("def _payment_{at}({arguments}) -> int:"));
                    out.inside(|out| self.pipeline(out, pipeline));
                    format!("_payment_{at},")
                }
            });
        }
        entries.push("Fixed(0, \"\", \"nothing\"),".to_owned());
        for (node, number) in &self.refusals {
            if let Node::Refused { above, fact, bound } = self.node(*node) {
                out.line("");
                out.line("");
                out.line(format!(
                    "def _refusal_{number}(claim: Claim, inputs: Inputs, steps: Optional[list[Step]]) -> int:"
                ));
                let code = if *above { "V022" } else { "V023" };
                out.inside(|out| {
                    self.amount(out, "bound", bound);
                    out.line(format!(
                        "raise Refusal(\"{code}\", {}, detail=str(bound))",
                        text(self.names.field(*fact))
                    ));
                });
                entries.push(format!("_refusal_{number},"));
            }
        }
        out.line("");
        out.line("");
        out.line(include_str!("fixed.py").trim_end());
        out.line("");
        out.line("");
        list_in(out, "PAYMENTS: tuple[Payment, ...]", "(", ")", &entries);
        out.line("# Payments of nothing, whatever the claim");
        let nil: Vec<String> = nil.into_iter().map(|n| format!("{n},")).collect();
        list_in(out, "PAYS_NOTHING: frozenset[int]", "frozenset((", "))", &nil);
    }

    fn pipeline(&self, out: &mut Lines, pipeline: &Pipeline) {
        let step = |out: &mut Lines, rule: &str, d: i128, articles: &[String]| {
            out.line("if steps is not None:");
            let rounded = PYTHON.rounded("value", d);
            out.line(format!(
                "    steps.append(Step({}, int({rounded}), {}))",
                text(rule),
                cited(articles)
            ));
        };
        self.amount(out, "value", &pipeline.start);
        step(
            out,
            rule_of(&pipeline.start.choice),
            pipeline.start.denominator,
            &pipeline.articles,
        );
        for stage in &pipeline.steps {
            let rule = self.operation(out, &stage.operation, stage.denominator, pipeline);
            step(out, rule, stage.denominator, &stage.articles);
        }
        out.line(format!("return int({})", PYTHON.rounded("value", pipeline.denominator)));
    }

    fn operation(&self, out: &mut Lines, operation: &Operation, _: i128, pipeline: &Pipeline) -> &'static str {
        let scaled = |scale: i128| match scale {
            1 => "value".to_owned(),
            scale => format!("value * {}", (PYTHON.integer)(scale)),
        };
        match operation {
            Operation::Less { scale, amount } => {
                self.amount(out, "less", amount);
                out.line(format!(
                    "value = {}",
                    (PYTHON.at_least)(&format!("{} - less", scaled(*scale)), "0")
                ));
                "less"
            }
            Operation::UpTo { scale, amount } => {
                if *scale != 1 {
                    out.line(format!("value = {}", scaled(*scale)));
                }
                if amount.choice == Choice::Unlimited {
                    return "unlimited";
                }
                if unlimited(&amount.choice) {
                    self.optional(out, "most", amount);
                    out.line("if most is not None:");
                    out.line(format!("    value = {}", (PYTHON.at_most)("value", "most")));
                } else {
                    self.amount(out, "most", amount);
                    out.line(format!("value = {}", (PYTHON.at_most)("value", "most")));
                }
                "up-to"
            }
            Operation::AtLeast { scale, amount } => {
                self.amount(out, "least", amount);
                out.line(format!("value = {}", (PYTHON.at_least)(&scaled(*scale), "least")));
                "at-least"
            }
            Operation::Share { factor, .. } => {
                if *factor != 1 {
                    out.line(format!("value = {}", scaled(*factor)));
                }
                "share"
            }
            Operation::Round { unit, mode } => {
                let before = before_round(pipeline, operation);
                let grain = before * i128::from(*unit);
                let unit = match unit {
                    1 => String::new(),
                    unit => format!(" * {}", (PYTHON.integer)(i128::from(*unit))),
                };
                let grains = (PYTHON.integer)(grain);
                match *mode {
                    "half_up" => out.line(format!(
                        "value = (2 * value + {grains}) // {}{unit}",
                        (PYTHON.integer)(2 * grain)
                    )),
                    "down" => out.line(format!("value = value // {grains}{unit}")),
                    _ => out.line(format!("value = -(-value // {grains}){unit}")),
                }
                match *mode {
                    "half_up" => "round-half-up",
                    "down" => "round-down",
                    _ => "round-up",
                }
            }
        }
    }

    /// Assigns an amount's numerator.
    fn amount(&self, out: &mut Lines, name: &str, money: &Money) {
        self.assign(
            out,
            name,
            &money.choice,
            &|out| out.line("raise Refusal(\"V044\")"),
            false,
        );
    }

    fn optional(&self, out: &mut Lines, name: &str, money: &Money) {
        let none = format!("{name} = None");
        out.line(format!("{name}: Optional[int]"));
        self.assign(out, name, &money.choice, &|out| out.line(&none), false);
    }

    fn assign(&self, out: &mut Lines, name: &str, choice: &Choice, unlimited: &dyn Fn(&mut Lines), group: bool) {
        let context = if group {
            "context"
        } else {
            "ClaimContext(claim, inputs)"
        };
        match choice {
            Choice::Unlimited => unlimited(out),
            Choice::Linear(form) => {
                let Some(x) = form.x else {
                    out.line(format!("{name} = {}", (PYTHON.integer)(form.b)));
                    return;
                };
                let x = match x {
                    Variable::Premium => format!("{context}.premium()"),
                    Variable::Decision(decision) => format!("{context}.decision_value({decision})"),
                    Variable::Fact(fact) | Variable::AtMost(fact, _) if group => {
                        let field = text(self.names.field(fact));
                        at_most(x, format!("{context}.number({field})"))
                    }
                    Variable::Fact(fact) | Variable::AtMost(fact, _) => {
                        let field = self.names.field(fact);
                        out.line(format!("{field} = claim.{field}"));
                        out.line(format!("if {field} is None:"));
                        out.line(format!("    raise Missing({})", text(field)));
                        at_most(x, field.to_owned())
                    }
                };
                out.line(format!("{name} = {}", PYTHON.linear(form.a, &x, form.b)));
            }
            Choice::Dated(values) => {
                out.line(format!("day = {context}.day()"));
                for (i, (from, value)) in values.iter().enumerate().rev() {
                    let word = if i + 1 == values.len() { "if" } else { "elif" };
                    match from {
                        Some(from) => out.line(format!("{word} day >= {from}:")),
                        None => out.line("else:"),
                    }
                    out.inside(|out| self.assign(out, name, value, unlimited, group));
                }
                if values.first().is_some_and(|(from, _)| from.is_some()) {
                    out.line("else:");
                    out.line("    raise Refusal(\"V044\")");
                }
            }
            Choice::Decided {
                decision,
                then,
                otherwise,
            } => {
                out.line(format!("if {context}.decided({decision}):"));
                out.inside(|out| self.assign(out, name, then, unlimited, group));
                out.line("else:");
                out.inside(|out| self.assign(out, name, otherwise, unlimited, group));
            }
        }
    }

    fn limits(&mut self, out: &mut Lines) {
        let mut entries = Lines::default();
        entries.inside(|entries| {
            for (at, limit) in self.program.limits.clone().iter().enumerate() {
                let amount = self.limit_amount(out, at, limit);
                self.limit(entries, limit, &amount);
            }
        });
        out.line("");
        out.line("");
        out.line("# In the order in which they apply: each reads what the one before left");
        let entries = entries.finish();
        if entries.is_empty() {
            out.line("LIMITS: tuple[Limit, ...] = ()");
        } else {
            out.line("LIMITS: tuple[Limit, ...] = (");
            out.line(entries.trim_end());
            out.line(")");
        }
        out.line("OWN_LIMITS: tuple[Limit, ...] = tuple(limit for limit in LIMITS if limit.own)");
    }

    /// The amount of a limit as an expression; one that is chosen or varies gets a function.
    fn limit_amount(&self, out: &mut Lines, at: usize, limit: &Limit) -> String {
        let (Rule::UpTo(money) | Rule::Less(money)) = &limit.rule else {
            return "None".to_owned();
        };
        if let Choice::Linear(form) = &money.choice
            && form.x.is_none()
        {
            let whole = (2 * form.b + money.denominator).div_euclid(2 * money.denominator);
            return (PYTHON.integer)(whole);
        }
        if money.choice == Choice::Unlimited {
            return "None".to_owned();
        }
        out.line("");
        out.line("");
        out.line(format!("def _limit_{at}(context: Context) -> Optional[int]:"));
        out.inside(|out| {
            out.line(format!("\"\"\"{}\"\"\"", line_of(&limit.id)));
            self.assign(out, "value", &money.choice, &|out| out.line("return None"), true);
            out.line(format!("return int({})", PYTHON.rounded("value", money.denominator)));
        });
        format!("_limit_{at}")
    }

    fn limit(&mut self, out: &mut Lines, limit: &Limit, amount: &str) {
        let yes = |value: bool| if value { "True" } else { "False" };
        let rule = match &limit.rule {
            Rule::UpTo(_) => "up_to",
            Rule::Less(_) => "less",
            Rule::Largest { .. } => "largest",
        };
        let one = |items: Vec<String>| match items.as_slice() {
            [] => "()".to_owned(),
            [only] => format!("({only},)"),
            several => format!("({})", several.join(", ")),
        };
        let keys = limit.keys.iter().map(|key| match key {
            Key::Year => text("year"),
            Key::Fact(fact) => text(self.names.field(*fact)),
        });
        let keys = one(keys.collect());
        let tiers = limit.tiers.iter().map(|tier| match tier {
            Tier::Date => text("date"),
            Tier::Event => text("event"),
            Tier::Claim => text("claim"),
            Tier::Rank(filters) => one(filters.iter().map(|f| self.filter(f)).collect()),
        });
        let tiers: Vec<String> = tiers.collect();
        let ratio = limit.ratio_to.map_or_else(
            || "None".to_owned(),
            |r| format!("Fraction({}, {})", r.numerator, r.denominator),
        );
        let mut fields = vec![
            format!("id={}", text(&limit.id)),
            format!("own={}", yes(limit.own)),
            format!("rule={}", text(rule)),
            format!("amount={amount}"),
            format!("filter={}", self.filter(&limit.filter)),
            format!("keys={keys}"),
            format!("tiers={}", one(tiers)),
            format!("exhaustion_stated={}", yes(limit.exhaustion_stated)),
            format!("ratio_to={ratio}"),
            format!("article={}", cited(&limit.articles)),
        ];
        if matches!(limit.rule, Rule::Largest { raise: true }) {
            fields.push("raised=True".to_owned());
        }
        out.line("Limit(");
        out.inside(|out| fields.iter().for_each(|field| out.line(format!("{field},"))));
        out.line("),");
    }

    fn filter(&mut self, filter: &Filter) -> String {
        let covers = filter.covers.as_ref().map(|covers| {
            let covers: Vec<String> = covers.iter().map(usize::to_string).collect();
            match covers.as_slice() {
                [] => "frozenset()".to_owned(),
                [only] => format!("frozenset(({only},))"),
                covers => format!("frozenset(({}))", covers.join(", ")),
            }
        });
        let facts: Vec<String> = filter
            .facts
            .iter()
            .map(|(fact, values)| format!("({}, {})", text(self.names.field(*fact)), self.set(*fact, values)))
            .collect();
        match (covers, facts.is_empty()) {
            (None, true) => "Filter()".to_owned(),
            (Some(covers), true) => format!("Filter({covers})"),
            (covers, false) => format!(
                "Filter({}, ({},))",
                covers.unwrap_or("None".to_owned()),
                facts.join(", ")
            ),
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

/// The denominator that a rounding step finds.
fn before_round(pipeline: &Pipeline, operation: &Operation) -> i128 {
    let mut before = pipeline.start.denominator;
    for step in &pipeline.steps {
        if std::ptr::eq(&step.operation, operation) {
            break;
        }
        before = step.denominator;
    }
    before
}
