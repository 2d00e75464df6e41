//! The values of enumerations: a type of their ids, and their names.

use super::Names;
use super::layout::{comment, composites, doc, fits, lines, object, text};
use crate::emit::program::{Domain, Program, Value};
use crate::emit::text::Lines;

pub(super) fn vocabulary(program: &Program, names: &Names) -> String {
    let mut out = lines();
    out.line("/** The values of each enumeration, with every accepted spelling. */");
    out.line("");
    out.line("‹import type { Named } from \"./model.js\";›");
    for (domain, name) in program.domains.iter().zip(&names.domains) {
        out.line("");
        union(&mut out, domain, &name.kind);
        out.line("");
        let head = format!("«export »const {}‹: readonly Named<{}>[]› = [", name.values, name.kind);
        if domain.values.is_empty() {
            out.line(format!("{head}];"));
            continue;
        }
        let entries: Vec<Vec<String>> = domain.values.iter().map(|value| described(domain, value)).collect();
        if let [only] = entries.as_slice() {
            composites(&mut out, &head, &[format!("{{ {} }}", only.join(", "))], "];");
            continue;
        }
        out.line(head);
        out.inside(|out| entries.iter().for_each(|fields| object(out, fields)));
        out.line("];");
    }
    out.finish()
}

fn union(out: &mut Lines, domain: &Domain, name: &str) {
    let ids: Vec<String> = domain.values.iter().map(|value| text(&value.id)).collect();
    doc(out, &domain.id);
    let line = format!("‹export type {name} = {};›", ids.join(" | "));
    if ids.is_empty() {
        out.line(format!("‹export type {name} = never;›"));
    } else if fits(out, &line) {
        out.line(line);
    } else {
        out.line(format!("‹export type {name} ="));
        out.inside(|out| {
            let line = format!("{};›", ids.join(" | "));
            if fits(out, &line) {
                out.line(line);
                return;
            }
            for (at, id) in ids.iter().enumerate() {
                let end = if at + 1 == ids.len() { ";›" } else { "" };
                out.line(format!("| {id}{end}"));
            }
        });
    }
}

fn described(domain: &Domain, value: &Value) -> Vec<String> {
    let mut fields = vec![
        format!("id: {}", text(&value.id)),
        format!("zh: {}", text(&value.zh)),
        format!("en: {}", text(&value.en)),
    ];
    if !value.aliases.is_empty() {
        let aliases: Vec<String> = value.aliases.iter().map(|alias| text(alias)).collect();
        fields.push(format!("aliases: [{}]", aliases.join(", ")));
    }
    if let Some(parent) = value.parent.and_then(|parent| domain.values.get(parent)) {
        fields.push(format!("parent: {}", text(&parent.id)));
    }
    fields
}

/// What a field is in words.
pub(super) fn words(zh: &str, en: &str) -> String {
    if zh == en {
        comment(zh)
    } else {
        format!("{} {}", comment(zh), comment(en))
    }
}
