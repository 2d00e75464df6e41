//! The enumerations: their variants and every accepted spelling.

use super::code::{Code, text};
use super::names::Names;
use crate::emit::program::{Domain, Program};
use std::collections::HashSet;

pub(super) fn values(program: &Program, names: &Names) -> String {
    let mut out = Code::default();
    out.line("//! The values of the claim's fields, with every accepted spelling.");
    out.line("");
    if !names.types.is_empty() {
        out.line("use crate::model::Value;");
    }
    for (at, name) in &names.types {
        if let Some(domain) = program.domains.get(*at) {
            enumeration(&mut out, domain, name, names.values.get(*at).map_or(&[], Vec::as_slice));
        }
    }
    out.finish()
}

fn enumeration(out: &mut Code, domain: &Domain, name: &str, variants: &[String]) {
    out.line("");
    out.doc(&domain.id);
    out.line("#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]");
    if variants.is_empty() {
        out.line(format!("pub enum {name} {{}}"));
    } else {
        out.line(format!("pub enum {name} {{"));
        out.inside(|out| {
            for (value, variant) in domain.values.iter().zip(variants) {
                out.doc(&value.zh);
                out.line(format!("{variant},"));
            }
        });
        out.line("}");
    }
    out.line("");
    out.line(format!("impl {name} {{"));
    out.inside(|out| {
        out.line("/// All values, in the order of the domain");
        let all: Vec<String> = variants.iter().map(|variant| format!("{name}::{variant}")).collect();
        out.array(&format!("pub const ALL: [{name}; {}] = ", all.len()), &all, ";");
        out.line("");
        ids(out, domain, name, variants);
        out.line("");
        named(out, domain, name, variants);
        out.line("");
        above(out, domain, name, variants);
    });
    out.line("}");
    out.line("");
    out.line(format!("impl From<{name}> for Value<'_> {{"));
    out.inside(|out| {
        out.line(format!("fn from(value: {name}) -> Self {{"));
        let body = if variants.is_empty() {
            "match value {}"
        } else {
            "Value::Enumeration(value as u16)"
        };
        out.inside(|out| out.line(body));
        out.line("}");
    });
    out.line("}");
}

fn ids(out: &mut Code, domain: &Domain, name: &str, variants: &[String]) {
    out.line("/// The id in the data contract");
    out.line("#[must_use]");
    out.line("pub fn id(self) -> &'static str {");
    out.inside(|out| {
        if variants.is_empty() {
            out.line("match self {}");
            return;
        }
        out.line("match self {");
        out.inside(|out| {
            for (value, variant) in domain.values.iter().zip(variants) {
                out.arm(&[format!("{name}::{variant}")], &text(&value.id));
            }
        });
        out.line("}");
    });
    out.line("}");
}

fn named(out: &mut Code, domain: &Domain, name: &str, variants: &[String]) {
    out.line("/// By id, name or alias");
    out.line("#[must_use]");
    out.line("pub fn named(text: &str) -> Option<Self> {");
    out.inside(|out| {
        if variants.is_empty() {
            out.line("let _ = text;");
            out.line("None");
            return;
        }
        out.line("Some(match text {");
        out.inside(|out| {
            // Ids win over names, and both over aliases, should two values share a spelling.
            let mut seen = HashSet::new();
            let ranked: [Vec<Vec<&str>>; 3] = [
                domain.values.iter().map(|v| vec![v.id.as_str()]).collect(),
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
            for spellings in ranked {
                for (variant, spellings) in variants.iter().zip(spellings) {
                    for spelling in spellings {
                        if seen.insert(spelling) {
                            out.arm(&[text(spelling)], &format!("{name}::{variant}"));
                        }
                    }
                }
            }
            out.line("_ => return None,");
        });
        out.line("})");
    });
    out.line("}");
}

/// The value above another, by position.
fn above(out: &mut Code, domain: &Domain, name: &str, variants: &[String]) {
    let parents: Vec<(&String, &String)> = domain
        .values
        .iter()
        .zip(variants)
        .filter_map(|(value, variant)| Some((variant, variants.get(value.parent?)?)))
        .collect();
    out.line("/// The value above this one, where values form a tree");
    out.line("#[must_use]");
    out.line("pub fn parent(self) -> Option<Self> {");
    out.inside(|out| {
        if parents.is_empty() {
            out.line("None");
            return;
        }
        out.line("match self {");
        out.inside(|out| {
            for (value, parent) in &parents {
                out.arm(&[format!("{name}::{value}")], &format!("Some({name}::{parent})"));
            }
            if parents.len() < variants.len() {
                out.line("_ => None,");
            }
        });
        out.line("}");
    });
    out.line("}");
    out.line("");
    out.line("/// The position of the value above the one at a position");
    out.line("pub(crate) fn above(position: u16) -> Option<u16> {");
    out.inside(|out| {
        if variants.is_empty() {
            out.line("let _ = position;");
            out.line("None");
        } else {
            out.line("let value = Self::ALL.get(usize::from(position))?;");
            out.line("value.parent().map(|parent| parent as u16)");
        }
    });
    out.line("}");
}
