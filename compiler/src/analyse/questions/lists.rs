//! How lists end.

use super::super::subject::{Subject, articles};
use anlan_lang::diag::{Arg, Args, Finding, codes};
use anlan_lang::texts::{Language, text};
use anlan_lang::tree::{ClauseKind, ListEnding, Notes, Perils, Span};

/// One list of a scheme or framework.
struct List<'a> {
    what: &'static str,
    name: &'a str,
    length: usize,
    ending: &'a ListEnding,
    notes: &'a Notes,
    span: Span,
    /// A list of perils: whether something belongs to it decides a claim.
    perils: bool,
}

fn lists<'a>(subject: &Subject<'a>) -> Vec<List<'a>> {
    let mut lists = Vec::new();
    for clause in subject.clauses() {
        let list = |what, name, length, ending, perils| List {
            what,
            name,
            length,
            ending,
            notes: &clause.notes,
            span: clause.span,
            perils,
        };
        match &clause.kind {
            ClauseKind::Group(group) => {
                lists.push(list(
                    "what-group",
                    &group.name.text,
                    group.members.len(),
                    &group.ending,
                    true,
                ));
            }
            ClauseKind::Persons { classes, ending, .. } => {
                lists.push(list("what-persons", "", classes.len(), ending, false));
            }
            ClauseKind::Subject { items, ending } => {
                lists.push(list("what-subject", "", items.len(), ending, false));
            }
            ClauseKind::Scope(scope) => {
                if let Some((perils, ending, notes)) = &scope.perils {
                    lists.push(List {
                        notes,
                        ..list("what-scope", "", perils.len(), ending, true)
                    });
                }
            }
            ClauseKind::Cover(cover) => {
                // A cover's own list is what it covers; only 等 leaves something open.
                if let Some((Perils::List { perils, ending, .. }, notes)) = &cover.perils
                    && matches!(ending, ListEnding::Open { .. })
                {
                    lists.push(List {
                        notes,
                        ..list("what-cover", &cover.name.text, perils.len(), ending, true)
                    });
                }
            }
            _ => {}
        }
    }
    lists
}

fn asked(subject: &Subject<'_>, code: anlan_lang::diag::Code, list: &List<'_>, span: Span) -> Finding {
    let args = Args::from([("name", Arg::Text(list.name.to_owned()))]);
    let mut finding = Finding::new(code, subject.at(span))
        .arg(
            "list",
            Arg::Names {
                zh: text(Language::Zh, list.what, &args),
                en: text(Language::En, list.what, &args),
            },
        )
        .articles(articles(list.notes));
    if !list.name.is_empty() {
        finding = finding.about(list.name.to_owned());
    }
    finding
}

/// Q106: a list that neither ends nor goes on.
pub(super) fn endings(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    for list in lists(subject) {
        if list.length > 1 && *list.ending == ListEnding::Unstated && !subject.assumed(codes::Q106, list.notes) {
            found.push(asked(subject, codes::Q106, &list, list.span));
        }
    }
}

/// Q130: a list that a law keeps, and nothing on which version counts.
pub(super) fn version(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let groups = subject.all(|kind| match kind {
        ClauseKind::Group(group) => Some(group),
        _ => None,
    });
    for (group, clause) in groups {
        if let Some(kept) = group.kept_by.as_ref().filter(|kept| kept.unstated)
            && !subject.assumed(codes::Q130, &clause.notes)
        {
            found.push(
                Finding::new(codes::Q130, subject.at(kept.span))
                    .arg("group", group.name.text.as_str())
                    .arg("law", kept.law.text.as_str())
                    .articles(articles(&clause.notes))
                    .about(group.name.text.clone()),
            );
        }
    }
}

/// Q107: 等 without anybody who says what else belongs. A framework's open list is for its schemes to fill.
pub(super) fn deciders(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    if !subject.is_scheme() {
        return;
    }
    for list in lists(subject) {
        if let ListEnding::Open { decision: None, span } = list.ending
            && list.perils
            && !subject.assumed(codes::Q107, list.notes)
        {
            found.push(asked(subject, codes::Q107, &list, *span));
        }
    }
}
