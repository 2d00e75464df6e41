//! The calculator (试算) inside a page: the scheme's own evaluator, and a sheet of what it asks for. It needs a script,
//! and the document does not need it.

use crate::emit;
use crate::emit::program::{
    Choice, Decision, Kind, Money, Node, Operation, Program, Rule, Term, Tested, Value, Variable,
};
use crate::plan::{Names, Use, missing_parameters};
use crate::resolve::id;
use crate::summarise::choices::contract_names;
use crate::summarise::words::{Words, large};
use anlan_lang::diag::Finding;
use anlan_lang::texts::{self, Language};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

const CODE: &str = include_str!("calculator.js");

/// Texts that the calculator says, after `summary-calculator-`.
const TEXTS: &[&str] = &[
    "missing",
    "benefit",
    "colon",
    "cover",
    "decisions",
    "steps",
    "step",
    "amount",
    "article",
    "refused",
    "V003",
    "V004",
    "V005",
    "V006",
    "V007",
    "V008",
    "V009",
    "V010",
    "V021",
    "V022",
    "V023",
    "V042",
    "reason-out_of_term",
    "reason-no_cover",
    "reason-role",
    "reason-harm",
    "reason-condition",
    "reason-nothing",
    "reason-zero",
    "rule-fact",
    "rule-amount",
    "rule-per-unit",
    "rule-scaled",
    "rule-less",
    "rule-up-to",
    "rule-unlimited",
    "rule-at-least",
    "rule-share",
    "rule-round-half-up",
    "rule-round-down",
    "rule-round-up",
    "rule-nothing",
    "rule-own-up-to",
    "rule-own-less",
];

#[derive(Serialize)]
struct Sheet {
    language: &'static str,
    fields: Vec<Field>,
    decisions: Vec<Asked>,
    /// What the covers are called, in the program's order
    covers: Vec<String>,
    texts: BTreeMap<&'static str, String>,
}

#[derive(Serialize)]
struct Field {
    id: String,
    label: String,
    kind: &'static str,
    /// Asked from the beginning
    first: bool,
    /// What the choice of nothing is called
    blank: String,
    unit: String,
    options: Option<Vec<Choosable>>,
}

#[derive(Serialize)]
struct Choosable {
    value: String,
    label: String,
}

#[derive(Serialize)]
struct Asked {
    id: String,
    label: String,
    value: Option<&'static str>,
}

/// What a page has of a calculator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Calculator {
    /// Its script
    Runs(String),
    /// Why it has none, in words
    Lacks(String),
}

/// The calculator of a plan: of benefits only, so that what no benefit reads need not be set. `contracts` implement the
/// scheme, and their pages have one.
pub(super) fn of(words: &Words, contracts: &[Names]) -> Calculator {
    let program = match emit::lower_for(words.plan, Use::Benefits) {
        Ok(program) => program,
        Err(finding) => return Calculator::Lacks(lacks(words, &finding, contracts)),
    };
    // Maps of texts have no form that JSON lacks.
    let sheet = serde_json::to_string(&sheet(words, &program)).unwrap_or_default();
    // Nothing in a page's script may look like the end of it.
    let sheet = sheet.replace('<', "\\u003c");
    let evaluator = emit::script(&program);
    Calculator::Runs(format!(
        "(() => {{\n\"use strict\";\n{evaluator}\n{{\nconst SHEET = {sheet};\n\n{CODE}}}\n}})();\n"
    ))
}

/// What is not set yet, and where the calculator is then.
fn lacks(words: &Words, finding: &Finding, contracts: &[Names]) -> String {
    let missing = missing_parameters(words.plan, Use::Benefits);
    let names = missing.iter().filter_map(|id| words.plan.parameters.get(id.index()));
    let names = words.list(names.map(|parameter| words.quoted(&parameter.id)));
    let why = match names.is_empty() {
        true => texts::message(words.language, finding),
        false => words.say("summary-calculator-unset", [("parameters", names.into())]),
    };
    if contracts.is_empty() {
        return words.closed(&why).trim_end().to_owned();
    }
    let contracts = contract_names(words, contracts);
    let elsewhere = words.say("summary-calculator-by-contract", [("contracts", contracts.into())]);
    words.closed(&why) + &elsewhere
}

fn sheet(words: &Words, program: &Program) -> Sheet {
    let language = words.language;
    let mut facts: Vec<usize> = read(program).into_iter().collect();
    facts.sort_by_key(|fact| place(program, *fact));
    let text = |name: &&'static str| (*name, say(language, &name.replace('_', "-")));
    Sheet {
        language: language.id(),
        fields: facts
            .into_iter()
            .filter_map(|fact| field(words, program, fact))
            .collect(),
        decisions: program
            .decisions
            .iter()
            .map(|decision| asked(words, decision))
            .collect(),
        covers: program.covers.iter().map(|cover| words.own(&cover.id)).collect(),
        texts: TEXTS.iter().map(text).collect(),
    }
}

fn say(language: Language, name: &str) -> String {
    texts::plain(language, &format!("summary-calculator-{name}"))
}

/// What happened, to whom and what came of it first; dates last.
fn place(program: &Program, fact: usize) -> (usize, usize) {
    let Some(found) = program.facts.get(fact) else {
        return (usize::MAX, fact);
    };
    let first = [id::PERIL, id::ROLE, id::HARM].iter().position(|id| *id == found.id);
    (first.unwrap_or(if found.kind == Kind::Date { 4 } else { 3 }), fact)
}

/// A name as a label has it.
fn named(words: &Words, zh: &str, en: &str) -> String {
    let name = words.names(&Names {
        zh: zh.to_owned(),
        en: en.to_owned(),
    });
    match words.language {
        Language::Zh => name,
        Language::En => large(&name),
    }
}

fn field(words: &Words, program: &Program, at: usize) -> Option<Field> {
    let language = words.language;
    let fact = program.facts.get(at)?;
    let (kind, unit) = match &fact.kind {
        Kind::Enumeration { .. } | Kind::YesNo => ("choice", String::new()),
        Kind::Money => ("money", say(language, "yuan")),
        Kind::Count { .. } => ("count", String::new()),
        Kind::Number { unit, .. } => ("number", unit.clone()),
        Kind::Ratio => ("ratio", String::new()),
        Kind::Date => ("date", String::new()),
        Kind::Text => return None,
    };
    let default = match fact.kind {
        Kind::Enumeration { default, .. } => default.and_then(|value| program.values(at).get(value)),
        _ => None,
    };
    let options = match fact.kind {
        Kind::Enumeration { .. } => Some(choices(words, program.values(at))),
        Kind::YesNo => Some(
            ["yes", "no"]
                .map(|value| Choosable {
                    value: value.to_owned(),
                    label: say(language, value),
                })
                .into(),
        ),
        _ => None,
    };
    let first = [id::PERIL, id::HARM].contains(&fact.id.as_str()) || default.is_some() || fact.kind == Kind::Date;
    Some(Field {
        id: fact.id.clone(),
        label: named(words, &fact.zh, &fact.en),
        kind,
        first,
        blank: match default {
            Some(value) => named(words, &value.zh, &value.en),
            None => say(language, "choose"),
        },
        unit,
        options,
    })
}

/// Values in the order of their tree, each below the one above it.
fn choices(words: &Words, values: &[Value]) -> Vec<Choosable> {
    fn below(words: &Words, values: &[Value], parent: Option<usize>, depth: usize, out: &mut Vec<Choosable>) {
        for (at, value) in values.iter().enumerate().filter(|(_, value)| value.parent == parent) {
            let name = named(words, &value.zh, &value.en);
            let divided = values.iter().any(|below| below.parent == Some(at));
            let label = match divided {
                // Who records this one does not know, or does not say, which of those below it is.
                true => words.say("summary-calculator-undivided", [("name", name.into())]),
                false => name,
            };
            out.push(Choosable {
                value: value.id.clone(),
                label: "\u{3000}".repeat(depth) + &label,
            });
            if depth < 8 {
                below(words, values, Some(at), depth + 1, out);
            }
        }
    }
    let mut out = Vec::new();
    below(words, values, None, 0, &mut out);
    out
}

fn asked(words: &Words, decision: &Decision) -> Asked {
    Asked {
        id: decision.id.clone(),
        label: words.own(&decision.id),
        value: decision.value,
    }
}

/// The facts that one claim's benefit can read.
fn read(program: &Program) -> BTreeSet<usize> {
    let mut facts: BTreeSet<usize> = program.known.date.into_iter().collect();
    for node in &program.nodes {
        match node {
            Node::Test {
                on: Tested::Fact(fact) | Tested::Present(fact),
                ..
            } => {
                facts.insert(*fact);
            }
            Node::Refused { fact, bound, .. } => {
                facts.insert(*fact);
                amount(bound, &mut facts);
            }
            _ => {}
        }
    }
    for pipeline in &program.pipelines {
        amount(&pipeline.start, &mut facts);
        for step in &pipeline.steps {
            if let Operation::Less { amount: money, .. }
            | Operation::UpTo { amount: money, .. }
            | Operation::AtLeast { amount: money, .. } = &step.operation
            {
                amount(money, &mut facts);
            }
        }
    }
    for limit in program.limits.iter().filter(|limit| limit.own) {
        facts.extend(limit.filter.facts.iter().map(|(fact, _)| *fact));
        if let Rule::UpTo(money) | Rule::Less(money) = &limit.rule {
            amount(money, &mut facts);
        }
    }
    facts.extend(program.known.harm);
    if let Term::Policy { start, end, .. } = &program.term {
        facts.extend([start, end]);
    }
    facts
}

fn amount(money: &Money, facts: &mut BTreeSet<usize>) {
    choice(&money.choice, facts);
}

fn choice(value: &Choice, facts: &mut BTreeSet<usize>) {
    match value {
        Choice::Unlimited => {}
        Choice::Linear(form) => {
            if let Some(Variable::Fact(fact) | Variable::AtMost(fact, _)) = form.x {
                facts.insert(fact);
            }
        }
        Choice::Dated(values) => values.iter().for_each(|(_, value)| choice(value, facts)),
        Choice::Decided { then, otherwise, .. } => {
            choice(then, facts);
            choice(otherwise, facts);
        }
    }
}
