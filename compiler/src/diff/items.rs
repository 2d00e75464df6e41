//! The rest of the plan, fact by fact: both plans in the one canonical form of the summary (one fact a line, from the plan
//! alone, in the order of the concept), compared line against line. What regions show already is left out.

use super::Difference;
use super::names::{NamedKind, Renaming};
use crate::plan::Plan;
use crate::summarise::document::{Block, Document, Section};
use crate::summarise::{Subject, SummaryInput, document};
use anlan_lang::texts::Language;
use std::collections::BTreeSet;

/// One fact that differs; texts as the plan's own wording has them.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Item {
    /// The concept: id of the summary's section
    pub section: &'static str,
    pub section_title: String,
    /// The item: a limit, a body …
    pub about: Option<String>,
    pub label: Option<String>,
    pub old: Option<String>,
    pub new: Option<String>,
}

/// Concepts that are compared here, in their order; the others are shown by regions and findings.
const SECTIONS: [&str; 21] = [
    "identity",
    "term",
    "scope",
    "covers",
    "meeting",
    "sum-insured",
    "limits",
    "premium",
    "split",
    "coinsurance",
    "tower",
    "funds",
    "decisions",
    "parameters",
    "bounds",
    "duties",
    "elsewhere",
    "applies-to",
    "requirements",
    "assumptions",
    "articles",
];

/// A line: what it is about, its label, its text.
type Fact = (Option<String>, Option<String>, String);

/// The items that differ, and what was only renamed (limits, insurers).
pub(crate) fn items(old: &Plan, new: &Plan, difference: &Difference, language: Language) -> (Vec<Item>, Vec<Renaming>) {
    let of = |plan: &Plan| -> Document {
        let input = SummaryInput {
            subject: Subject::Scheme,
            findings: Vec::new(),
            conformity: Vec::new(),
            hash: String::new(),
        };
        document(plan, &input, language)
    };
    let mut renamed = difference.renamed.clone();
    renamed.extend(insurers(old, new));
    renamed.extend(limits(old, new, &renamed, language, &of(old), &of(new)));
    let (before, after) = (of(old), of(new));
    let mut found = Vec::new();
    for id in SECTIONS {
        let section = |document: &'_ Document| document.sections.iter().find(|s| s.id == id).cloned();
        let (Some(a), Some(b)) = (section(&before), section(&after)) else {
            continue;
        };
        if id == "sum-insured" && !difference.regions.is_empty() {
            continue;
        }
        if id == "meeting" && !difference.hidden.meeting {
            continue;
        }
        let mut facts = (facts(&a), facts(&b));
        for fact in &mut facts.0 {
            rename(fact, &renamed);
        }
        match id {
            "covers" => {
                let keep = handler_covers(new, difference, language);
                facts.0.retain(|fact| kept_of_cover(fact, &keep, language));
                facts.1.retain(|fact| kept_of_cover(fact, &keep, language));
            }
            "limits" => order_of_common(&mut facts, language),
            _ => {}
        }
        differing(&b, facts.0, facts.1, &mut found);
    }
    own(old, new, difference, language, &mut found);
    (found, renamed)
}

fn facts(section: &Section) -> Vec<Fact> {
    let mut about: Option<String> = None;
    let mut found = Vec::new();
    for block in &section.blocks {
        match block {
            Block::Heading(title) => about = Some(title.clone()),
            Block::Lines(lines) => {
                found.extend(
                    lines
                        .iter()
                        .map(|line| (about.clone(), line.label.clone(), line.text.clone())),
                );
            }
            // The same facts stand in the table beside it.
            Block::Picture(_) => {}
            Block::Table(table) => {
                for row in &table.rows {
                    let (first, rest) = match row.cells.split_first() {
                        Some((first, rest)) => (first.clone(), rest),
                        None => continue,
                    };
                    let columns = table.head.iter().skip(1).zip(rest);
                    let cells: Vec<String> = columns
                        .map(|(column, cell)| format!("{} {cell}", column.title))
                        .collect();
                    found.push((Some(table.title.clone()), Some(first), cells.join(" · ")));
                }
            }
        }
    }
    found
}

fn rename(fact: &mut Fact, renamed: &[Renaming]) {
    let apply = |text: &mut String| {
        for one in renamed {
            *text = text.replace(&one.old, &one.new);
        }
    };
    fact.0.iter_mut().for_each(apply);
    fact.1.iter_mut().for_each(apply);
    apply(&mut fact.2);
}

/// Names of covers whose responsible bodies changed.
fn handler_covers(new: &Plan, difference: &Difference, language: Language) -> BTreeSet<String> {
    let words = crate::summarise::words::Words { plan: new, language };
    let covers = difference
        .hidden
        .handlers
        .iter()
        .filter_map(|joint| difference.covers.get(*joint)?.new);
    covers
        .filter_map(|cover| new.covers.get(cover.index()))
        .map(|cover| words.names(&cover.name))
        .collect()
}

/// Perils, persons, conditions and benefits are shown by regions; groups by their members' claims.
fn kept_of_cover(fact: &Fact, keep: &BTreeSet<String>, language: Language) -> bool {
    let label = |id: &str| anlan_lang::texts::plain(language, id);
    let is = |id: &str| fact.1.as_deref() == Some(label(id).as_str());
    let handled = is("summary-handled-by");
    let shown = [
        "summary-perils",
        "summary-roles",
        "summary-condition",
        "summary-benefits",
    ];
    let groups = fact.0.as_deref() == Some(label("summary-groups").as_str());
    if handled {
        return fact.0.as_ref().is_some_and(|about| keep.contains(about));
    }
    !groups && !shown.iter().any(|id| is(id))
}

/// The order in which limits apply, of those that both versions have.
fn order_of_common(facts: &mut (Vec<Fact>, Vec<Fact>), language: Language) {
    let label = anlan_lang::texts::plain(language, "summary-limit-order");
    let names = |facts: &[Fact]| -> Vec<String> {
        let mut names: Vec<String> = facts.iter().filter_map(|fact| fact.0.clone()).collect();
        names.dedup();
        names
    };
    let (old, new) = (names(&facts.0), names(&facts.1));
    let common = |these: &[String], others: &[String]| -> Vec<String> {
        these.iter().filter(|name| others.contains(name)).cloned().collect()
    };
    if common(&old, &new) == common(&new, &old) {
        facts.0.retain(|fact| fact.1.as_deref() != Some(label.as_str()));
        facts.1.retain(|fact| fact.1.as_deref() != Some(label.as_str()));
    }
}

fn differing(section: &Section, old: Vec<Fact>, new: Vec<Fact>, found: &mut Vec<Item>) {
    let mut left = old.clone();
    let mut come: Vec<Fact> = Vec::new();
    for fact in &new {
        match left.iter().position(|other| other == fact) {
            Some(position) => {
                left.remove(position);
            }
            None => come.push(fact.clone()),
        }
    }
    let mut item = |about: &Option<String>, label: &Option<String>, old: Option<String>, new: Option<String>| {
        found.push(Item {
            section: section.id,
            section_title: section.title.clone(),
            about: about.clone(),
            label: label.clone(),
            old,
            new,
        });
    };
    // What only one version has at all is one fact, whatever stands in it.
    let abouts = |facts: &[Fact]| -> BTreeSet<String> { facts.iter().filter_map(|fact| fact.0.clone()).collect() };
    let (old_abouts, new_abouts) = (abouts(&old), abouts(&new));
    let whole = |facts: &mut Vec<Fact>, others: &BTreeSet<String>| -> Vec<(String, String)> {
        let mut alone: Vec<(String, String)> = Vec::new();
        facts.retain(|(about, label, text)| match about {
            Some(about) if !others.contains(about) => {
                let text = label
                    .as_ref()
                    .map_or_else(|| text.clone(), |label| format!("{label}：{text}"));
                match alone.iter_mut().find(|(known, _)| known == about) {
                    Some((_, texts)) => *texts = format!("{texts}；{text}"),
                    None => alone.push((about.clone(), text)),
                }
                false
            }
            _ => true,
        });
        alone
    };
    for (about, text) in whole(&mut left, &new_abouts) {
        item(&Some(about), &None, Some(text), None);
    }
    for (about, text) in whole(&mut come, &old_abouts) {
        item(&Some(about), &None, None, Some(text));
    }
    for (about, label, text) in left {
        let partner = come.iter().position(|other| other.0 == about && other.1 == label);
        let new = partner.map(|position| come.remove(position).2);
        item(&about, &label, Some(text), new);
    }
    for (about, label, text) in come {
        item(&about, &label, None, Some(text));
    }
}

/// Limits of schedules that no region shows.
fn own(old: &Plan, new: &Plan, difference: &Difference, language: Language, found: &mut Vec<Item>) {
    use crate::plan::LimitRule;
    let text = |plan: &Plan, index: Option<usize>| -> Option<(String, String)> {
        let words = crate::summarise::words::Words { plan, language };
        let limit = plan.limits.get(index?)?;
        let rule = match &limit.rule {
            LimitRule::UpTo(amount) => words.say("diff-up-to", [("amount", words.amount(amount).into())]),
            LimitRule::Less(amount) => words.say("diff-less", [("amount", words.amount(amount).into())]),
            LimitRule::Largest { raise: true } => words.plain("summary-injuries-raised"),
            LimitRule::Largest { raise: false } => words.plain("summary-limit-largest-text"),
        };
        Some((
            words.names(&limit.name),
            words.clauses([words.group_keys(&limit.keys), rule]),
        ))
    };
    for pair in &difference.hidden.own {
        let (a, b) = (text(old, pair.old), text(new, pair.new));
        found.push(Item {
            section: "schedules",
            section_title: anlan_lang::texts::plain(language, "summary-section-schedules"),
            about: b.as_ref().or(a.as_ref()).map(|(name, _)| name.clone()),
            label: None,
            old: a.map(|(_, text)| text),
            new: b.map(|(_, text)| text),
        });
    }
}

/// Insurers with the same share in the same place under another name.
fn insurers(old: &Plan, new: &Plan) -> Vec<Renaming> {
    let (Some(old), Some(new)) = (&old.coinsurance, &new.coinsurance) else {
        return Vec::new();
    };
    let pairs = old.insurers.iter().zip(&new.insurers);
    pairs
        .filter(|(a, b)| {
            a.id != b.id
                && a.share == b.share
                && a.lead == b.lead
                && !new.insurers.iter().any(|other| other.id == a.id)
                && !old.insurers.iter().any(|other| other.id == b.id)
        })
        .map(|(a, b)| Renaming {
            kind: NamedKind::Insurer,
            old: a.id.clone(),
            new: b.id.clone(),
        })
        .collect()
}

/// Limits whose every fact is the same under another name.
fn limits(
    old: &Plan,
    new: &Plan,
    renamed: &[Renaming],
    language: Language,
    before: &Document,
    after: &Document,
) -> Vec<Renaming> {
    let lines = |document: &Document, name: &str, to: &str| -> Vec<Fact> {
        let section = document.sections.iter().find(|s| s.id == "limits");
        let mut all = section.map(facts).unwrap_or_default();
        all.retain(|fact| fact.0.as_deref() == Some(name));
        for fact in &mut all {
            rename(fact, renamed);
            fact.0 = Some(to.to_owned());
        }
        all
    };
    let only = |these: &'_ Plan, others: &Plan| -> Vec<(String, String)> {
        let limits = these
            .limits
            .iter()
            .filter(|limit| !limit.own && !others.limits.iter().any(|o| o.id == limit.id));
        let words = crate::summarise::words::Words { plan: these, language };
        limits
            .map(|limit| (limit.id.clone(), words.names(&limit.name)))
            .collect()
    };
    let mut found: Vec<Renaming> = Vec::new();
    for (old_id, old_name) in only(old, new) {
        for (new_id, new_name) in only(new, old) {
            let taken = found.iter().any(|renaming| renaming.new == new_id);
            if !taken && lines(before, &old_name, "") == lines(after, &new_name, "") {
                found.push(Renaming {
                    kind: NamedKind::Limit,
                    old: old_id.clone(),
                    new: new_id,
                });
                break;
            }
        }
    }
    found
}
