//! Family R: the document's articles against what the file makes of them.

mod numbering;
mod texts;

use super::Rule;
use super::subject::Subject;
use anlan_lang::diag::{Finding, Place, codes};
use anlan_lang::tree::{Article, Clause, ClauseKind, Notes};
use std::collections::BTreeSet;

pub(super) const RULES: &[Rule] = &[
    Rule::of(&[codes::R101], cited_but_not_listed),
    Rule::sound(&[codes::R102], neither_encoded_nor_prose),
    Rule::of(&[codes::R103], encoded_and_prose),
    Rule::of(&[codes::R104], no_list),
    Rule::of(&[codes::R105], listed_twice),
    Rule::of(&[codes::R106], numbering::printed_twice),
    Rule::of(&[codes::R107], numbering::gaps),
    Rule::of(&[codes::R108], texts::not_at_hand),
    Rule::sound(&[codes::R109], texts::two_amounts),
];

/// The document's own articles, as listed.
fn list<'a>(subject: &Subject<'a>) -> Vec<&'a Article> {
    subject
        .all(|kind| match kind {
            ClauseKind::Articles(articles) => Some(articles),
            _ => None,
        })
        .flat_map(|(articles, _)| articles)
        .collect()
}

/// Articles said to hold no rule.
fn prose<'a>(subject: &Subject<'a>) -> Vec<&'a Article> {
    subject
        .all(|kind| match kind {
            ClauseKind::Prose { articles, .. } => Some(articles),
            _ => None,
        })
        .flat_map(|(articles, _)| articles)
        .collect()
}

/// Articles that were read and said to hold no rule.
fn explained<'a>(subject: &Subject<'a>) -> Vec<&'a Article> {
    subject
        .all(|kind| match kind {
            ClauseKind::Prose {
                articles,
                included: true,
                ..
            } => Some(articles),
            _ => None,
        })
        .flat_map(|(articles, _)| articles)
        .collect()
}

/// All citations in the notes of clauses and of what stands in them. Examples, acknowledgements and
/// what is said of ambiguous words encode nothing.
fn citations<'a>(subject: &Subject<'a>, encoding: bool) -> Vec<&'a Article> {
    let mut all = Vec::new();
    for clause in subject.clauses() {
        if !encoding || clause.kind.encodes() {
            all.extend(notes_of(clause).into_iter().flat_map(|notes| &notes.articles));
        }
    }
    all
}

/// The notes of a clause and of all its parts.
fn notes_of(clause: &Clause) -> Vec<&Notes> {
    let mut all = vec![&clause.notes];
    match &clause.kind {
        ClauseKind::SumInsured(sum) => {
            all.extend(sum.bases.iter().map(|(_, _, notes)| notes));
            all.extend(&sum.negotiated);
            all.extend(&sum.at_least_base);
            all.extend(sum.at_most.iter().map(|(_, _, notes)| notes));
        }
        ClauseKind::Fund(fund) => {
            all.extend(fund.accrual.iter().map(|(_, notes)| notes));
            all.extend(&fund.carried_forward);
            all.extend(fund.reported_by.iter().map(|(_, notes)| notes));
        }
        ClauseKind::Table(table) => all.extend(table.rows.iter().map(|row| &row.notes)),
        ClauseKind::Schedule(schedule) => {
            all.extend(schedule.rows.iter().flat_map(row_notes));
            all.extend(schedule.same_person.iter().map(|(_, notes)| notes));
        }
        ClauseKind::Cover(cover) => {
            all.extend(cover.perils.iter().map(|(_, notes)| notes));
            all.extend(cover.roles.iter().map(|(_, notes)| notes));
            all.extend(cover.condition.iter().map(|(_, notes)| notes));
            all.extend(cover.handled_by.iter().map(|(_, notes)| notes));
            all.extend(cover.subrogation.iter().map(|(_, notes)| notes));
            for (pays, notes) in &cover.pays {
                all.push(notes);
                if let anlan_lang::tree::Pays::Rows { rows, .. } = pays {
                    all.extend(rows.iter().flat_map(row_notes));
                }
            }
        }
        ClauseKind::Limit(limit) => {
            all.extend(limit.exhausted.iter().map(|(_, notes)| notes));
            all.extend(limit.within.iter().map(|(_, notes)| notes));
            all.extend(limit.after.iter().map(|(_, notes)| notes));
            all.extend(limit.raised.iter().map(|(_, _, notes)| notes));
        }
        ClauseKind::Premium(premium) => {
            all.extend(premium.rates.iter().map(|(_, notes)| notes));
            all.extend(premium.rate_by_contract.iter().map(|(_, notes)| notes));
            all.extend(premium.bases.iter().map(|(_, notes)| notes));
            all.extend(premium.total.iter().map(|(_, _, notes)| notes));
            all.extend(premium.payers.iter().map(|(_, _, notes)| notes));
            all.extend(premium.due.iter().map(|(_, notes)| notes));
        }
        ClauseKind::Split(split) => {
            all.extend(split.rows.iter().map(|row| &row.notes));
            all.extend(split.rounds.iter().map(|(_, _, _, notes)| notes));
            all.extend(split.remainder.iter().map(|(_, notes)| notes));
            all.extend(split.overrides.iter().map(|(_, _, notes)| notes));
        }
        ClauseKind::Coinsurance(coinsurance) => {
            all.extend(coinsurance.insurers.iter().map(|insurer| &insurer.notes));
            all.extend(coinsurance.count.iter().map(|(_, _, notes)| notes));
            all.extend(coinsurance.lead_at_least.iter().map(|(_, notes)| notes));
            all.extend(&coinsurance.by_contract);
        }
        ClauseKind::Tower(tower) => {
            all.extend(tower.layers.iter().map(|layer| &layer.notes));
            all.extend(tower.shortfall.iter().map(|(_, notes)| notes));
        }
        ClauseKind::Scope(scope) => {
            all.extend(scope.perils.iter().map(|(_, _, notes)| notes));
            for part in [&scope.harms, &scope.roles] {
                all.extend(part.iter().map(|(_, _, notes)| notes));
            }
        }
        _ => {}
    }
    all
}

fn row_notes(row: &anlan_lang::tree::BenefitRow) -> impl Iterator<Item = &Notes> {
    std::iter::once(&row.notes).chain(row.steps.iter().map(|step| &step.notes))
}

/// Whether `part` is `whole` or lies in it: `四（一）表9` lies in `四（一）` and in `四`, `四（一）` not in `四（一）1`.
fn within(part: &str, whole: &str) -> bool {
    part.strip_prefix(whole).is_some_and(|rest| {
        let more = |a: char, b: char| a.is_numeric() && b.is_numeric();
        match (whole.chars().last(), rest.chars().next()) {
            (_, None) => true,
            // 表1 is no part of 表11, nor 一 of 一十.
            (Some(last), Some(next)) => !more(last, next) && !is_numeral(last, next),
            (None, Some(_)) => false,
        }
    })
}

/// 二十 does not lie in 二.
fn is_numeral(last: char, next: char) -> bool {
    const DIGITS: &str = "〇零一二三四五六七八九十百";
    DIGITS.contains(last) && DIGITS.contains(next)
}

/// R101: a citation of an article that the list has neither itself, nor as part of one, nor with parts of it.
fn cited_but_not_listed(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let list = list(subject);
    let Some(last) = list.last() else { return };
    let first = list.first().map_or(last.span, |article| article.span);
    let mut cited = citations(subject, false);
    cited.extend(prose(subject));
    let mut seen = BTreeSet::new();
    for article in cited {
        // An article without a number is the parser's to report.
        if article.text.is_empty() || !seen.insert(&article.text) || listed(&article.text, &list) {
            continue;
        }
        found.push(
            Finding::new(codes::R101, subject.at(article.span))
                .arg("article", article.text.as_str())
                .arg("nearest", nearest(&article.text, &list).unwrap_or("none"))
                .label(subject.at(first.to(last.span)), "list")
                .articles([article.text.clone()])
                .about(article.text.clone()),
        );
    }
}

/// Whether the list has the article, parts of it, or an article that it lies in. Where the list names parts of that
/// one in the same way (三（四）1 … 三（四）7), it has them all, and 三（四）8 is none of them.
fn listed(article: &str, list: &[&Article]) -> bool {
    let mark = |part: &str, whole: &str| {
        let next = part.strip_prefix(whole)?.chars().next()?;
        Some(if next.is_ascii_digit() { '1' } else { next })
    };
    let lies = |whole: &str| {
        let enumerated = || {
            list.iter().any(|part| {
                part.text != whole && within(&part.text, whole) && mark(&part.text, whole) == mark(article, whole)
            })
        };
        within(article, whole) && (article == whole || !enumerated())
    };
    list.iter()
        .any(|entry| within(&entry.text, article) || lies(&entry.text))
}

/// The listed article that differs least, if it does so in one character.
fn nearest<'a>(article: &str, list: &[&'a Article]) -> Option<&'a str> {
    let distance = |listed: &&&Article| strsim::levenshtein(article, &listed.text);
    let best = list.iter().min_by_key(distance)?;
    (distance(&best) <= 1).then_some(best.text.as_str())
}

/// R102: an article that no rule cites, itself or a part of it, and that no `说明` covers, itself or what it lies in where
/// the list has only that.
fn neither_encoded_nor_prose(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let (cited, prose) = (citations(subject, true), prose(subject));
    let mut seen = BTreeSet::new();
    let list = list(subject);
    for article in &list {
        let encoded = cited.iter().any(|cited| within(&cited.text, &article.text));
        // A part that the list has of its own is another article than the whole.
        let explained = prose.iter().any(|prose| {
            prose.text == article.text
                || within(&article.text, &prose.text) && list.iter().all(|whole| whole.text != prose.text)
        });
        if !encoded && !explained && seen.insert(&article.text) {
            found.push(
                Finding::new(codes::R102, subject.at(article.span))
                    .arg("article", article.text.as_str())
                    .articles([article.text.clone()])
                    .about(article.text.clone()),
            );
        }
    }
}

/// R103: said to hold no rule, and cited as the source of one. A part that the list has of its own is another article.
fn encoded_and_prose(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let (list, cited) = (list(subject), citations(subject, true));
    let listed = |article: &str| list.iter().any(|listed| listed.text == article);
    let owner = |cited: &str| {
        let holding = list.iter().filter(|listed| within(cited, &listed.text));
        holding
            .max_by_key(|listed| listed.text.len())
            .map(|listed| listed.text.clone())
    };
    for article in explained(subject) {
        let conflicts = |cited: &&&Article| match owner(&cited.text) {
            Some(owner) if listed(&article.text) => owner == article.text,
            _ => within(&cited.text, &article.text),
        };
        if let Some(cited) = cited.iter().find(conflicts) {
            found.push(
                Finding::new(codes::R103, subject.at(article.span))
                    .arg("article", article.text.as_str())
                    .label(subject.at(cited.span), "encoded")
                    .articles([article.text.clone()])
                    .about(article.text.clone()),
            );
        }
    }
}

/// R104: a document of which nobody knows the articles.
fn no_list(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    if subject.is_contract() || !list(subject).is_empty() {
        return;
    }
    let document = subject.all(|kind| match kind {
        ClauseKind::Document(document) => Some(document),
        _ => None,
    });
    for (document, clause) in document {
        let place: Place = subject.at(clause.span);
        found.push(Finding::new(codes::R104, place).arg("document", document.number.text.as_str()));
    }
}

/// R105: one number twice in the list.
fn listed_twice(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let mut seen = BTreeSet::new();
    for article in list(subject) {
        if !seen.insert(&article.text) {
            found.push(
                Finding::new(codes::R105, subject.at(article.span))
                    .fixed(subject.at(article.span), "")
                    .arg("article", article.text.as_str())
                    .articles([article.text.clone()])
                    .about(article.text.clone()),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_lies_in_its_whole() {
        assert!(within("四（一）表9", "四（一）"));
        assert!(within("四（一）表9", "四"));
        assert!(within("四", "四"));
        assert!(!within("四", "四（一）"));
        assert!(!within("七（五）表11", "七（五）表1"));
        assert!(!within("二十", "二"));
        assert!(within("二（三）#2", "二（三）"));
    }
}
