//! Imports of which nothing is read.

use super::imports::Imports;
use crate::project::{ParsedProject, Project};
use anlan_lang::diag::{FileId, Finding, codes};
use anlan_lang::tree::{DomainValue, Item, Name};

/// N131 for each import of a file of the project of which no name stands in the importing file, nor in another file that
/// it imports: a fact seen there may take its values from here. Names are sought in the text, so a doubtful import is
/// left alone. The library is exempt, as are areas, which give the region its values without being named.
pub(super) fn unread(project: &Project, parsed: &ParsedProject, all: &[Imports]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in project.own_files().map(FileId) {
        let whole = parsed.file(file).is_some_and(|parsed| !parsed.damaged);
        let Some(imports) = all.get(file.0 as usize).filter(|_| whole) else {
            continue;
        };
        for (place, target) in &imports.direct {
            let Some(names) = names(project, parsed, *target) else {
                continue;
            };
            let others = imports.direct.iter().map(|(_, file)| *file);
            let texts: Vec<String> = std::iter::once(file)
                .chain(others.filter(|other| other != target))
                .filter_map(|file| text(project, parsed, file))
                .collect();
            if !names.iter().any(|name| texts.iter().any(|text| text.contains(*name))) {
                findings.push(
                    Finding::new(codes::N131, *place)
                        .arg("name", project.text_at(*place))
                        .helped("help"),
                );
            }
        }
    }
    findings
}

/// The names that a file of the project declares for others; `None` where they are not all known, or are none, or where
/// the file matters without being named.
fn names<'a>(project: &Project, parsed: &'a ParsedProject, file: FileId) -> Option<Vec<&'a str>> {
    let parsed = parsed.file(file).filter(|parsed| !parsed.damaged)?;
    if !project.own_files().contains(&file.0) {
        return None;
    }
    let mut all: Vec<&Name> = Vec::new();
    for item in &parsed.tree.items {
        match item {
            Item::Scheme(body) | Item::Framework(body) | Item::Contract(body) => all.push(&body.name),
            Item::Domain(domain) => {
                all.extend(std::iter::once(&domain.id).chain(&domain.zh));
                domain.values.iter().for_each(|one| values(one, &mut all));
            }
            Item::Fact(fact) => all.extend(std::iter::once(&fact.id).chain(&fact.zh)),
            Item::Unit(unit) => all.extend(std::iter::once(&unit.id).chain(&unit.zh).chain(&unit.aliases)),
            Item::Area(_) => return None,
        }
    }
    (!all.is_empty()).then(|| all.into_iter().map(|name| name.text.as_str()).collect())
}

fn values<'a>(value: &'a DomainValue, all: &mut Vec<&'a Name>) {
    all.extend(std::iter::once(&value.id).chain(&value.zh).chain(&value.aliases));
    value.children.iter().for_each(|child| values(child, all));
}

/// The text of a project's file without its imports.
fn text(project: &Project, parsed: &ParsedProject, file: FileId) -> Option<String> {
    let mut text = project.source(file)?.text.clone();
    let uses = parsed.file(file).into_iter().flat_map(|file| &file.tree.uses);
    for path in uses {
        let range = path.span.range();
        if text.get(range.clone()).is_some() {
            text.replace_range(range.clone(), &" ".repeat(range.len()));
        }
    }
    Some(text)
}
