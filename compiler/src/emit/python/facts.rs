//! The claim record and the values of its fields.

use super::{Names, line_of, text};
use crate::emit::program::{Fact, Kind, Program};
use crate::emit::text::Lines;
use crate::money::Grid;

pub(super) fn vocabulary(program: &Program) -> String {
    let mut out = Lines::default();
    out.line("\"\"\"Every accepted spelling of every value, and the value above it where values form a tree.\"\"\"");
    for (index, domain) in program.domains.iter().enumerate() {
        out.line("");
        out.line(format!("# Values of {}", line_of(&domain.id)));
        if domain.values.is_empty() {
            out.line(format!("SPELLINGS_{index}: dict[str, str] = {{}}"));
            out.line(format!("PARENTS_{index}: dict[str, str] = {{}}"));
            continue;
        }
        out.line(format!("SPELLINGS_{index}: dict[str, str] = {{"));
        let mut seen = std::collections::HashSet::new();
        let ranked = [
            domain.values.iter().map(|v| vec![v.id.as_str()]).collect::<Vec<_>>(),
            domain
                .values
                .iter()
                .map(|v| vec![v.zh.as_str(), v.en.as_str()])
                .collect(),
            domain
                .values
                .iter()
                .map(|v| v.aliases.iter().map(String::as_str).collect())
                .collect(),
        ];
        // Ids win over names, and both over aliases, should two values share a spelling.
        out.inside(|out| {
            for spellings in ranked {
                for (value, spellings) in domain.values.iter().zip(spellings) {
                    for spelling in spellings {
                        if seen.insert(spelling) {
                            out.line(format!("{}: {},", text(spelling), text(&value.id)));
                        }
                    }
                }
            }
        });
        out.line("}");
        let parents: Vec<String> = domain
            .values
            .iter()
            .filter_map(|v| Some(format!("{}: {},", text(&v.id), text(&domain.values.get(v.parent?)?.id))))
            .collect();
        if parents.is_empty() {
            out.line(format!("PARENTS_{index}: dict[str, str] = {{}}"));
        } else {
            out.line(format!("PARENTS_{index}: dict[str, str] = {{"));
            out.inside(|out| parents.iter().for_each(|line| out.line(line)));
            out.line("}");
        }
    }
    out.finish()
}

fn python_type(kind: &Kind) -> &'static str {
    match kind {
        Kind::Enumeration { .. } | Kind::Text => "str",
        Kind::Money | Kind::Number { .. } => "int",
        Kind::Count { .. } => "Number",
        Kind::Ratio => "Fraction",
        Kind::Date => "Moment",
        Kind::YesNo => "bool",
    }
}

fn reader(kind: &Kind) -> String {
    match kind {
        Kind::Enumeration { domain, .. } => format!("_value_of(vocabulary.SPELLINGS_{domain})"),
        Kind::Money => "money".to_owned(),
        Kind::Count { part: None } => "count".to_owned(),
        Kind::Count { part: Some(part) } => format!("lambda text: count(text, {})", text(part)),
        Kind::Number {
            unit,
            precision,
            from,
            to,
        } => format!(
            "lambda text: grid(text, {}, Fraction({}, {}), {from}, {to})",
            text(unit),
            precision.numerator,
            precision.denominator
        ),
        Kind::Ratio => "ratio".to_owned(),
        Kind::Date => "moment".to_owned(),
        Kind::Text => "identifier".to_owned(),
        Kind::YesNo => "yes_no".to_owned(),
    }
}

/// What a typed claim's value is held against.
fn check(kind: &Kind) -> String {
    match kind {
        Kind::Enumeration { domain, .. } => format!("one_of(vocabulary.SPELLINGS_{domain})"),
        Kind::Money => "amount_code".to_owned(),
        kind if kind.is_in_parts() => "parts_code".to_owned(),
        Kind::Count { .. } => "count_code".to_owned(),
        Kind::Number { from, to, .. } => format!("steps_between({from}, {to})"),
        Kind::Ratio => "ratio_code".to_owned(),
        Kind::Date => "moment_code".to_owned(),
        Kind::Text => "text_code".to_owned(),
        Kind::YesNo => "yes_no_code".to_owned(),
    }
}

/// The checks that the kinds of a claim's fields need.
fn checks(program: &Program) -> Vec<String> {
    let name = |fact: &Fact| check(&fact.kind).split('(').next().unwrap_or_default().to_owned();
    let mut names: Vec<String> = program.facts.iter().map(name).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// A representative as a literal of the field's type.
fn literal(program: &Program, fact: usize, kind: &Kind, value: i64) -> String {
    match kind {
        Kind::Enumeration { .. } => {
            let id = usize::try_from(value).ok().and_then(|v| program.values(fact).get(v));
            id.map_or_else(|| "None".to_owned(), |v| text(&v.id))
        }
        Kind::Date => format!("Moment({value}, None)"),
        Kind::YesNo => if value == 0 { "False" } else { "True" }.to_owned(),
        kind => match kind.grid() {
            None => value.to_string(),
            Some(grid) => grid.at(value).map_or_else(
                || "None".to_owned(),
                |value| match (grid, value.denominator()) {
                    (Grid::UNITS, 1) => value.numerator().to_string(),
                    _ => format!("Fraction({}, {})", value.numerator(), value.denominator()),
                },
            ),
        },
    }
}

pub(super) fn claim(program: &Program, names: &Names) -> String {
    let mut out = Lines::default();
    let kinds: Vec<&Kind> = program.facts.iter().map(|f| &f.kind).collect();
    let uses = |wanted: fn(&Kind) -> bool| kinds.iter().any(|k| wanted(k));
    out.line("\"\"\"The claim record: its fields, how files name and spell them, and how it is read.\"\"\"");
    out.line("");
    out.line("from __future__ import annotations");
    out.line("");
    out.line("from collections.abc import Callable, Iterable, Mapping");
    let fraction = uses(|k| matches!(k, Kind::Number { .. } | Kind::Ratio))
        || program.facts.iter().any(|fact| {
            let between = fact.representatives.iter().any(|place| place % 2 != 0);
            fact.kind.is_in_parts() && fact.representatives.len() > 1 && between
        });
    if fraction {
        out.line("from fractions import Fraction");
    }
    out.line("from typing import Any, NamedTuple, Optional");
    out.line("");
    out.line("from . import vocabulary");
    import(&mut out, "checking", &checks(program));
    let mut imports = vec!["Refusal", "plain", "trimmed", "identifier"];
    for (name, used) in [
        ("Moment", uses(|k| *k == Kind::Date)),
        ("Number", uses(|k| matches!(k, Kind::Count { .. }))),
        ("count", uses(|k| matches!(k, Kind::Count { .. }))),
        ("grid", uses(|k| matches!(k, Kind::Number { .. }))),
        ("moment", uses(|k| *k == Kind::Date)),
        ("money", uses(|k| *k == Kind::Money)),
        ("ratio", uses(|k| *k == Kind::Ratio)),
        ("yes_no", uses(|k| *k == Kind::YesNo)),
    ] {
        if used {
            imports.push(name);
        }
    }
    imports.sort_unstable();
    out.line(format!("from .reading import {}", imports.join(", ")));
    out.line("");
    out.line("");
    out.line("class Claim(NamedTuple):");
    out.inside(|out| {
        out.line("\"\"\"One claim; None is blank. Money is in fen, enumerations are ids.\"\"\"");
        out.line("");
        for (fact, name) in program.facts.iter().zip(&names.fields) {
            out.line(format!(
                "{name}: Optional[{}] = None  # {}",
                python_type(&fact.kind),
                line_of(&fact.zh)
            ));
        }
        out.line("assumed: tuple[tuple[int, bool], ...] = ()  # decisions taken for granted while one is open");
    });
    out.line("");
    out.line("");
    table(
        &mut out,
        "CLAIM_FIELDS: dict[str, int]",
        &entries(program, names, |i, _| Some(i.to_string())),
    );
    let renamed = |at: usize, fact: &Fact| (names.field(at) != fact.id).then(|| text(&fact.id));
    out.line("# What files call the fields that have another name here");
    table(
        &mut out,
        "FIELD_IDS: Mapping[str, str]",
        &entries(program, names, renamed),
    );
    table(
        &mut out,
        "ENUMERATIONS: Mapping[str, Mapping[str, str]]",
        &entries(program, names, |_, f| {
            domain(f).map(|d| format!("vocabulary.SPELLINGS_{d}"))
        }),
    );
    table(
        &mut out,
        "PARENTS: Mapping[str, Mapping[str, str]]",
        &entries(program, names, |_, f| {
            domain(f).map(|d| format!("vocabulary.PARENTS_{d}"))
        }),
    );
    out.line("# One value of each kind that rules tell apart");
    let representatives = entries(program, names, |i, f| {
        let values: Vec<String> = f
            .representatives
            .iter()
            .map(|v| literal(program, i, &f.kind, *v))
            .collect();
        let line = format!("({})", values.join(", "));
        let long = line.len() > 90;
        let lines = || format!("(\n        {},\n    )", values.join(",\n        "));
        (values.len() > 1).then(|| if long { lines() } else { line.clone() })
    });
    table(
        &mut out,
        "REPRESENTATIVES: Mapping[str, tuple[Any, ...]]",
        &representatives,
    );
    let field = |fact: &usize| text(names.field(*fact));
    let keys: Vec<String> = program.keys.iter().map(|k| format!("{},", field(k))).collect();
    list(&mut out, "KEY_FIELDS: tuple[str, ...]", &keys);
    let wide: Vec<String> = program
        .wide
        .iter()
        .map(|(a, b)| format!("({}, {}),", field(a), field(b)))
        .collect();
    out.line("# Fields of wider records, with the field that identifies the record");
    list(&mut out, "WIDE_FIELDS: tuple[tuple[str, str], ...]", &wide);
    out.line("");
    out.line(include_str!("claim_reading.py").trim_end().to_owned().as_str());
    out.line("");
    out.line("");
    let mut seen = std::collections::HashSet::new();
    let mut columns = Vec::new();
    let spelling: [fn(&Fact) -> &str; 3] = [|f| &f.id, |f| &f.zh, |f| &f.en];
    for spelling in spelling {
        for (i, fact) in program.facts.iter().enumerate() {
            if seen.insert(spelling(fact)) {
                columns.push(format!("{}: ({i}, {}),", text(spelling(fact)), reader(&fact.kind)));
            }
        }
    }
    list_in(
        &mut out,
        "_COLUMNS: dict[str, tuple[int, Callable[[str], Any]]]",
        "{",
        "}",
        &columns,
    );
    let claim = program.known.claim.map_or("-1".to_owned(), |c| c.to_string());
    out.line(format!("_CLAIM = {claim}"));
    let checks: Vec<String> = program
        .facts
        .iter()
        .map(|fact| format!("({}, {}),", text(&fact.id), check(&fact.kind)))
        .collect();
    let head = "_CHECKS: tuple[tuple[str, Callable[[object], Optional[str]]], ...]";
    list(&mut out, head, &checks);
    out.line(format!("DECISION_COUNT = {}", program.decisions.len()));
    out.finish()
}

/// An import of one module, broken where the formatter breaks it.
fn import(out: &mut Lines, module: &str, names: &[String]) {
    let line = format!("from .{module} import {}", names.join(", "));
    match names {
        [] => {}
        _ if line.len() <= 120 => out.line(line),
        _ => {
            out.line(format!("from .{module} import ("));
            out.inside(|out| names.iter().for_each(|name| out.line(format!("{name},"))));
            out.line(")");
        }
    }
}

fn domain(fact: &Fact) -> Option<usize> {
    match fact.kind {
        Kind::Enumeration { domain, .. } => Some(domain),
        _ => None,
    }
}

fn entries(program: &Program, names: &Names, of: impl Fn(usize, &Fact) -> Option<String>) -> Vec<String> {
    let facts = program.facts.iter().enumerate().zip(&names.fields);
    facts
        .filter_map(|((i, fact), name)| Some(format!("{}: {},", text(name), of(i, fact)?)))
        .collect()
}

fn table(out: &mut Lines, head: &str, entries: &[String]) {
    list_in(out, head, "{", "}", entries);
}

fn list(out: &mut Lines, head: &str, entries: &[String]) {
    list_in(out, head, "(", ")", entries);
}

/// A literal of many entries as the formatter lays it out: an entry a line, a tuple of one on one line.
pub(super) fn list_in(out: &mut Lines, head: &str, open: &str, close: &str, entries: &[String]) {
    match (entries, open) {
        ([], _) => out.line(format!("{head} = {open}{close}")),
        ([only], "(") if head.len() + only.len() < 110 => out.line(format!("{head} = ({only})")),
        ([only], "frozenset((") if head.len() + only.len() < 100 => out.line(format!("{head} = frozenset(({only}))")),
        (_, "frozenset((") => {
            out.line(format!("{head} = frozenset("));
            out.inside(|out| {
                out.line("(");
                out.inside(|out| entries.iter().for_each(|entry| out.line(entry)));
                out.line(")");
            });
            out.line(")");
        }
        _ => {
            out.line(format!("{head} = {open}"));
            out.inside(|out| entries.iter().for_each(|entry| out.line(entry)));
            out.line(close);
        }
    }
}
