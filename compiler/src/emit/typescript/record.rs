//! The claim record: its fields, how files name them, and how each is read.

use super::Names;
use super::layout::{composites, doc, key, lines, list, object, rows, text};
use super::vocabulary::words;
use crate::emit::program::{Fact, Kind, Program, Quotient};
use crate::emit::text::Lines;
use std::collections::BTreeSet;

/// Whether values of a kind are quotients.
pub(super) fn is_fraction(kind: &Kind) -> bool {
    kind.grid().is_some()
}

fn type_of(kind: &Kind, names: &Names) -> String {
    match kind {
        Kind::Enumeration { domain, .. } => names.domain(*domain).kind.clone(),
        Kind::Text => "string".to_owned(),
        Kind::Date => "Moment".to_owned(),
        Kind::YesNo => "boolean".to_owned(),
        kind if is_fraction(kind) => "Fraction".to_owned(),
        _ => "bigint".to_owned(),
    }
}

/// What a caller writes for a field of a kind.
fn given_type(kind: &Kind, names: &Names) -> String {
    match kind {
        Kind::Enumeration { domain, .. } => names.domain(*domain).kind.clone(),
        Kind::Text | Kind::Date => "string".to_owned(),
        Kind::YesNo => "boolean | string".to_owned(),
        _ => "bigint | number | string".to_owned(),
    }
}

fn reader(kind: &Kind, names: &Names, field: &str) -> String {
    match kind {
        Kind::Enumeration { domain, .. } => format!("oneOf({})", names.domain(*domain).values),
        Kind::Money => "money".to_owned(),
        Kind::Count { part: None } => "count".to_owned(),
        Kind::Count { part: Some("pro_rata") } => "countInParts".to_owned(),
        Kind::Count { part: Some(part) } => format!("(text) => count(text, {})", text(part)),
        Kind::Number { .. } => format!("(text) => steps(text, {})", grid_name(field)),
        Kind::Ratio => "ratio".to_owned(),
        Kind::Date => "moment".to_owned(),
        Kind::Text => "identifier".to_owned(),
        Kind::YesNo => "yesNo".to_owned(),
    }
}

fn grid_name(field: &str) -> String {
    format!("{}_GRID", field.to_ascii_uppercase())
}

pub(super) fn fraction(value: Quotient) -> String {
    format!(
        "{{ numerator: {}n, denominator: {}n }}",
        value.numerator, value.denominator
    )
}

pub(super) fn record(program: &Program, names: &Names) -> String {
    let mut out = lines();
    imports(&mut out, program, names);
    claim(&mut out, program, names);
    given(&mut out, program, names);
    blank(&mut out, names);
    columns(&mut out, program, names);
    trees(&mut out, program, names);
    representatives(&mut out, program, names);
    keys(&mut out, program, names);
    out.finish()
}

fn imports(out: &mut Lines, program: &Program, names: &Names) {
    out.line("/** The claim record: its fields, how files name them, and how each is read. */");
    out.line("");
    out.line("‹import type { Column, Value } from \"./model.js\";›");
    let kinds: Vec<&Kind> = program.facts.iter().map(|f| &f.kind).collect();
    let some = |wanted: fn(&Kind) -> bool| kinds.iter().any(|k| wanted(k));
    let read = [
        ("‹type Fraction›", some(is_fraction)),
        ("‹type Grid›", some(|k| matches!(k, Kind::Number { .. }))),
        ("‹type Moment›", some(|k| *k == Kind::Date)),
        (
            "count",
            some(|k| matches!(k, Kind::Count { part } if *part != Some("pro_rata"))),
        ),
        (
            "countInParts",
            some(|k| matches!(k, Kind::Count { part: Some("pro_rata") })),
        ),
        ("identifier", some(|k| *k == Kind::Text)),
        ("moment", some(|k| *k == Kind::Date)),
        ("money", some(|k| *k == Kind::Money)),
        ("ratio", some(|k| *k == Kind::Ratio)),
        ("steps", some(|k| matches!(k, Kind::Number { .. }))),
        ("yesNo", some(|k| *k == Kind::YesNo)),
    ];
    let used: Vec<String> = read
        .iter()
        .filter(|(_, used)| *used)
        .map(|(name, _)| (*name).to_owned())
        .collect();
    import(out, &used, "reading");
    let enumerations = some(|k| matches!(k, Kind::Enumeration { .. }));
    if enumerations {
        out.line("«import { oneOf, parents } from \"./spelling.js\";»");
    }
    let mut types = BTreeSet::new();
    let mut values = BTreeSet::new();
    for kind in kinds {
        if let Kind::Enumeration { domain, .. } = kind {
            types.insert(format!("‹type {}›", names.domain(*domain).kind));
            values.insert(names.domain(*domain).values.clone());
        }
    }
    import(out, &values.into_iter().chain(types).collect::<Vec<_>>(), "vocabulary");
}

/// An import of one module, broken where the formatter breaks it.
pub(super) fn import(out: &mut Lines, used: &[String], module: &str) {
    if used.is_empty() {
        return;
    }
    let line = format!("«import {{ {} }} from \"./{module}.js\";»", used.join(", "));
    if super::layout::fits(out, &line) {
        out.line(line);
    } else {
        rows(out, "«import {", used, &format!("}} from \"./{module}.js\";»"));
    }
}

fn claim(out: &mut Lines, program: &Program, names: &Names) {
    out.line("");
    out.line("/** Only a claim that was read has this key: no field of a file can be it. */");
    out.line("«export »const ASSUMED‹: unique symbol› = Symbol(\"assumed\");");
    out.line("");
    out.line("‹/** One claim as rules read it; null is blank. Money is in 分, dates are yyyymmdd. */");
    out.line("export interface Claim {");
    out.inside(|out| {
        for (fact, field) in program.facts.iter().zip(&names.fields) {
            doc(out, &words(&fact.zh, &fact.en));
            out.line(format!("readonly {field}: {} | null;", type_of(&fact.kind, names)));
        }
        out.line("/** Decisions taken for granted while one is open, by their place */");
        out.line("readonly [ASSUMED]: readonly (readonly [number, boolean])[];");
    });
    out.line("}");
    out.line("");
    out.line("export type Field = Exclude<keyof Claim, typeof ASSUMED>;›");
}

fn given(out: &mut Lines, program: &Program, names: &Names) {
    out.line("");
    out.line("‹/** One claim as a caller writes it. Amounts are in 元, dates are texts such as 2024-07-01. */");
    out.line("export interface ClaimFields {");
    out.inside(|out| {
        for fact in &program.facts {
            doc(out, &words(&fact.zh, &fact.en));
            out.line(format!(
                "readonly {}?: {} | null;",
                key(&fact.id),
                given_type(&fact.kind, names)
            ));
        }
    });
    out.line("}›");
}

fn blank(out: &mut Lines, names: &Names) {
    let mut fields: Vec<String> = names.fields.iter().map(|field| format!("{field}: null")).collect();
    fields.push("[ASSUMED]: []".to_owned());
    out.line("");
    rows(out, "«export »const BLANK‹: Claim› = {", &fields, "};");
}

fn columns(out: &mut Lines, program: &Program, names: &Names) {
    let facts = || program.facts.iter().zip(&names.fields);
    for (fact, field) in facts() {
        if let Kind::Number {
            unit,
            precision,
            from,
            to,
        } = &fact.kind
        {
            out.line("");
            let fields = [
                format!("unit: {}", text(unit)),
                format!("precision: {}", fraction(*precision)),
                format!("least: {from}n"),
                format!("most: {to}n"),
            ];
            rows(out, &format!("const {}‹: Grid› = {{", grid_name(field)), &fields, "};");
        }
    }
    out.line("");
    out.line("«export »const COLUMNS‹: readonly Column[]› = [");
    out.inside(|out| {
        for (fact, field) in facts() {
            let spellings = [&fact.id, &fact.zh, &fact.en].map(|name| text(name));
            object(
                out,
                &[
                    format!("field: {}", text(field)),
                    format!("names: [{}]", spellings.join(", ")),
                    format!("read: {}", reader(&fact.kind, names, field)),
                ],
            );
        }
    });
    out.line("];");
}

fn trees(out: &mut Lines, program: &Program, names: &Names) {
    let entries: Vec<String> = program
        .facts
        .iter()
        .zip(&names.fields)
        .filter_map(|(fact, field)| match fact.kind {
            Kind::Enumeration { domain, .. } => Some(format!("{field}: parents({})", names.domain(domain).values)),
            _ => None,
        })
        .collect();
    out.line("");
    out.line("/** For each enumeration the value above each value */");
    let of = "‹: Readonly<Partial<Record<Field, ReadonlyMap<string, string>>>>›";
    rows(out, &format!("«export »const PARENTS{of} = {{"), &entries, "};");
}

/// One value of each kind that rules tell apart.
fn representatives(out: &mut Lines, program: &Program, names: &Names) {
    out.line("");
    out.line("/** One value of each kind that rules tell apart */");
    let head = "«export »const REPRESENTATIVES‹: Readonly<Partial<Record<Field, readonly Value[]>>>› = {";
    let told: Vec<(usize, &Fact)> = program
        .facts
        .iter()
        .enumerate()
        .filter(|(_, fact)| fact.representatives.len() > 1)
        .collect();
    if told.is_empty() {
        out.line(format!("{head}}};"));
        return;
    }
    out.line(head);
    out.inside(|out| {
        for (at, fact) in told {
            let values: Vec<String> = fact
                .representatives
                .iter()
                .map(|value| literal(program, at, &fact.kind, *value))
                .collect();
            let head = format!("{}: [", names.field(at));
            match fact.kind {
                Kind::Date => composites(out, &head, &values, "],"),
                ref kind if is_fraction(kind) => composites(out, &head, &values, "],"),
                _ => list(out, &head, &values, "],"),
            }
        }
    });
    out.line("};");
}

fn literal(program: &Program, fact: usize, kind: &Kind, value: i64) -> String {
    match kind {
        Kind::Enumeration { .. } => {
            let id = usize::try_from(value).ok().and_then(|v| program.values(fact).get(v));
            id.map_or_else(|| "null".to_owned(), |v| text(&v.id))
        }
        Kind::Date => format!("{{ day: {value}, second: null }}"),
        Kind::YesNo => (value != 0).to_string(),
        kind => match kind.grid() {
            None => format!("{value}n"),
            Some(grid) => grid.at(value).map_or_else(
                || "null".to_owned(),
                |value| {
                    format!(
                        "{{ numerator: {}n, denominator: {}n }}",
                        value.numerator(),
                        value.denominator()
                    )
                },
            ),
        },
    }
}

fn keys(out: &mut Lines, program: &Program, names: &Names) {
    let field = |fact: &usize| text(names.field(*fact));
    out.line("");
    out.line("/** Fields of wider records, with the field that identifies the record */");
    let wide: Vec<String> = program
        .wide
        .iter()
        .map(|(a, b)| format!("[{}, {}]", field(a), field(b)))
        .collect();
    composites(
        out,
        "«export »const WIDE_FIELDS‹: readonly (readonly [Field, Field])[]› = [",
        &wide,
        "];",
    );
}
