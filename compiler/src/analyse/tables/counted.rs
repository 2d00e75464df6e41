//! T107: a stated number of items against the items listed.

use super::super::subject::{Subject, articles};
use super::{by_values, values};
use crate::types;
use anlan_lang::diag::{Arg, Args, Finding, codes};
use anlan_lang::texts::{Language, text};
use anlan_lang::tree::{ClauseKind, ListEnding, Name, Notes, PerilRef, Perils, Quantity, RowKey};
use std::collections::BTreeSet;

pub(super) fn stated(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    for table in by_values(subject) {
        let Some(counted) = table.counted else { continue };
        let listed: Option<BTreeSet<_>> = table
            .rows
            .iter()
            .filter(|row| !matches!(row.key, RowKey::Otherwise(_)))
            .map(|row| values(table.domain, &row.key))
            .try_fold(BTreeSet::new(), |mut all, values| {
                all.extend(values?);
                Some(all)
            });
        let all = table.domain.ids().count();
        // The number of grades of the standard: a row that is missing or stands twice is another finding.
        if let Some(listed) = listed.filter(|listed| listed.len() == all || number(subject, counted) != Some(all)) {
            compare(
                subject,
                ("what-table", &table.name.text),
                counted,
                listed.len(),
                &[],
                found,
            );
        }
    }
    for clause in subject.clauses() {
        let notes = &clause.notes;
        match &clause.kind {
            ClauseKind::Group(group) => {
                let what = ("what-group", group.name.text.as_str());
                list(subject, what, &group.ending, refs(&group.members), notes, found);
            }
            ClauseKind::Persons { classes, ending, .. } => {
                list(subject, ("what-persons", ""), ending, names(classes), notes, found);
            }
            ClauseKind::Subject { items, ending } => {
                list(subject, ("what-subject", ""), ending, names(items), notes, found);
            }
            ClauseKind::Cover(cover) => {
                if let Some((Perils::List { perils, ending, .. }, notes)) = &cover.perils {
                    let what = ("what-cover", cover.name.text.as_str());
                    list(subject, what, ending, refs(perils), notes, found);
                }
            }
            ClauseKind::Scope(scope) => {
                if let Some((perils, ending, notes)) = &scope.perils {
                    list(subject, ("what-scope", ""), ending, refs(perils), notes, found);
                }
            }
            _ => {}
        }
    }
}

fn refs(list: &[PerilRef]) -> BTreeSet<(&str, Option<&str>)> {
    list.iter()
        .map(|peril| {
            (
                peril.name.text.as_str(),
                peril.cause.as_ref().map(|cause| cause.text.as_str()),
            )
        })
        .collect()
}

fn names(list: &[Name]) -> BTreeSet<(&str, Option<&str>)> {
    list.iter().map(|name| (name.text.as_str(), None)).collect()
}

fn list(
    subject: &Subject<'_>,
    what: (&'static str, &str),
    ending: &ListEnding,
    listed: BTreeSet<(&str, Option<&str>)>,
    notes: &Notes,
    found: &mut Vec<Finding>,
) {
    if let ListEnding::Counted(counted) = ending {
        compare(subject, what, counted, listed.len(), &articles(notes), found);
    }
}

fn number(subject: &Subject<'_>, counted: &Quantity) -> Option<usize> {
    let count = types::count(subject.scope.units(), counted, None).ok()?;
    usize::try_from(count).ok()
}

fn compare(
    subject: &Subject<'_>,
    what: (&'static str, &str),
    counted: &Quantity,
    listed: usize,
    articles: &[String],
    found: &mut Vec<Finding>,
) {
    let Some(stated) = number(subject, counted).filter(|stated| *stated != listed) else {
        return;
    };
    let args = Args::from([("name", Arg::Text(what.1.to_owned()))]);
    let count = |n: usize| Arg::Count(i64::try_from(n).unwrap_or(i64::MAX));
    let mut finding = Finding::new(codes::T107, subject.at(counted.span))
        .arg(
            "what",
            Arg::Names {
                zh: text(Language::Zh, what.0, &args),
                en: text(Language::En, what.0, &args),
            },
        )
        .arg("stated", count(stated))
        .arg("listed", count(listed))
        .articles(articles.iter().cloned());
    if !what.1.is_empty() {
        finding = finding.about(what.1.to_owned());
    }
    found.push(finding);
}
