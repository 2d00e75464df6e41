//! What the document leaves to an authority or to the contract.

use super::document::{Column, Line, Row, Section, Table};
use super::words::Words;
use crate::plan::{Bound, Decision, DecisionKey, DomainId, Names, Parameter, ParameterKind, ValueId};
use anlan_lang::diag::Arg;
use anlan_lang::texts::Language;
use anlan_lang::tree::{Compare, DecisionEffect};

pub fn decisions(words: &Words) -> Section {
    let mut section = Section::new("decisions", words.plain("summary-section-decisions"));
    if words.plan.decisions.is_empty() {
        section.line(Line::plain(words.nothing()));
    }
    for decision in &words.plan.decisions {
        let text = decision_text(words, decision);
        section.line(Line::labelled(decision.id.clone(), text).citing(&decision.source.articles));
    }
    section
}

fn decision_text(words: &Words, decision: &Decision) -> String {
    let by = match &decision.by {
        Some(by) => words.say("summary-decided-by", [("by", by.as_str().into())]),
        None => words.plain("summary-decided-by-unstated"),
    };
    let per = match decision.per {
        DecisionKey::Term => words.plain("summary-decided-term"),
        DecisionKey::Year => words.plain("summary-decided-year"),
        DecisionKey::Event => words.plain("summary-decided-event"),
        DecisionKey::Fact(fact) => words.say("summary-decided-fact", [("fact", words.fact(fact).into())]),
    };
    let effect = words.plain(match decision.effect {
        DecisionEffect::WholePeriod => "summary-effect-whole",
        DecisionEffect::FromTheDay => "summary-effect-day",
    });
    let value = match &decision.value {
        Some(kind) => words.say("summary-decided-value", [("kind", kind_name(words, kind).into())]),
        None => String::new(),
    };
    words.clauses([by, per, effect, value])
}

/// What contracts set, and where this project has such contracts.
pub fn by_contract(words: &Words, contracts: &[Names]) -> Section {
    let mut section = left(words);
    if !contracts.is_empty() {
        let count = i64::try_from(contracts.len()).unwrap_or(i64::MAX);
        let text = words.say(
            "summary-contracts-text",
            [
                ("contracts", contract_names(words, contracts).into()),
                ("count", Arg::Count(count)),
            ],
        );
        section.line(words.bare("summary-contracts", text));
    }
    or_nothing(words, section)
}

/// Contracts as their own files call them; this scheme need not know them.
pub fn contract_names(words: &Words, contracts: &[Names]) -> String {
    let name = |names: &Names| match words.language {
        Language::Zh => words.quoted(&names.zh),
        Language::En => words.quoted(&names.en),
    };
    words.list(contracts.iter().map(name))
}

/// What contracts set.
pub fn parameters(words: &Words) -> Section {
    or_nothing(words, left(words))
}

fn or_nothing(words: &Words, mut section: Section) -> Section {
    if section.blocks.is_empty() {
        section.line(Line::plain(words.nothing()));
    }
    section
}

fn left(words: &Words) -> Section {
    let mut section = Section::new("parameters", words.plain("summary-section-parameters"));

    for parameter in &words.plan.parameters {
        let text = parameter_text(words, parameter);
        section.line(Line::labelled(parameter.id.clone(), text).citing(&parameter.source.articles));
    }
    for parameter in &words.plan.parameters {
        if let (ParameterKind::Table { by, .. }, Some(Bound::Table(cells))) = (&parameter.kind, &parameter.value) {
            section.table(bound_table(words, parameter, *by, cells));
        }
    }
    prevailing(words, &mut section);
    section
}

fn parameter_text(words: &Words, parameter: &Parameter) -> String {
    let kind = kind_name(words, &parameter.kind);
    let by = match &parameter.by {
        Some(by) => words.say("summary-set-by", [("by", by.as_str().into())]),
        None => words.plain("summary-by-contract"),
    };
    let bound = |value: &Option<_>, compare| match value {
        Some(value) => words.compared(compare, words.parameter_value(value)),
        None => String::new(),
    };
    let planned = match &parameter.planned {
        Some(value) => words.say("summary-planned", [("value", words.parameter_value(value).into())]),
        None => String::new(),
    };
    let set = match (&parameter.value, &parameter.kind) {
        (None, _) => words.plain("summary-not-set"),
        (Some(Bound::One(value)), _) => words.say("summary-set-to", [("value", words.parameter_value(value).into())]),
        (Some(Bound::Table(_)), _) => words.plain("summary-set-to-table"),
        (Some(Bound::List(values)), ParameterKind::List { of }) => {
            words.say("summary-set-to", [("value", list_value(words, *of, values).into())])
        }
        (Some(Bound::List(_)), _) => String::new(),
    };
    words.clauses([
        kind,
        by,
        bound(&parameter.at_least, Compare::AtLeast),
        bound(&parameter.at_most, Compare::AtMost),
        planned,
        set,
    ])
}

fn list_value(words: &Words, of: DomainId, values: &[ValueId]) -> String {
    match values.is_empty() {
        true => words.plain("summary-empty-list"),
        false => words.list(values.iter().map(|v| words.domain_value(of, *v))),
    }
}

fn bound_table(
    words: &Words,
    parameter: &Parameter,
    by: DomainId,
    cells: &[(ValueId, crate::plan::ParameterValue)],
) -> Table {
    let domain = words
        .plan
        .domains
        .get(by.index())
        .map_or_else(String::new, |d| words.names(&d.name));
    let rows = cells.iter().map(|(value, set)| Row {
        cells: vec![words.domain_value(by, *value), words.parameter_value(set)],
        articles: Vec::new(),
    });
    Table {
        title: words.say(
            "summary-parameter-table-title",
            [("name", parameter.id.as_str().into())],
        ),
        head: vec![
            Column::words(domain),
            Column::numbers(words.plain("summary-column-value")),
        ],
        rows: rows.collect(),
        articles: Vec::new(),
    }
}

/// What a value of this kind is: `金额`, `伤残等级对应的金额`.
fn kind_name(words: &Words, kind: &ParameterKind) -> String {
    let domain = |id: DomainId| {
        words
            .plan
            .domains
            .get(id.index())
            .map_or_else(String::new, |d| words.names(&d.name))
    };
    match kind {
        ParameterKind::Money => words.plain("summary-kind-money"),
        ParameterKind::Ratio => words.plain("summary-kind-ratio"),
        ParameterKind::Count => words.plain("summary-kind-count"),
        ParameterKind::Date => words.plain("summary-kind-date"),
        ParameterKind::Table { by, of } => words.say(
            "summary-kind-table",
            [("domain", domain(*by).into()), ("kind", kind_name(words, of).into())],
        ),
        ParameterKind::List { of } => words.say("summary-kind-list", [("domain", domain(*of).into())]),
    }
}

/// `以合同为准`
fn prevailing(words: &Words, section: &mut Section) {
    use anlan_lang::tree::Overridable;
    for (item, source) in &words.plan.statement.contract_prevails {
        let id = match item {
            Overridable::Premium => "summary-item-premium",
            Overridable::Limits => "summary-item-limits",
            Overridable::Term => "summary-item-term",
            Overridable::Coinsurance => "summary-item-coinsurance",
        };
        section.line(words.line("summary-contract-prevails", words.plain(id), source));
    }
}
