//! The rest of the plan, fact by fact: both plans in the one canonical form of the summary (one fact a line, from the plan
//! alone, in the order of the concept), compared line against line. What regions show already is left out.
//!
//! Lines are compared in one language and in a canonical spelling, and shown in the report's: a change of an English name
//! or of a synonym is no change, and two names that English calls alike stay two.

use super::Difference;
use super::canonical::{Spelling, canonical};
use super::names::{NamedKind, Renaming};
use crate::plan::Plan;
use crate::summarise::compared;
use crate::summarise::document::{Block, Section};
use crate::summarise::words::{Words, large};
use anlan_lang::texts::{self, Language};
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
const SECTIONS: [&str; 19] = [
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
    "assumptions",
    "articles",
];

/// A line: what it is about, its label, its text.
type Key = (Option<String>, Option<String>, String);

/// A line as it is compared, and as the report shows it.
#[derive(Debug, Clone)]
struct Fact {
    key: Key,
    shown: Key,
}

/// A plan as it is compared, and as it is shown.
struct Side {
    compared: Plan,
    shown: Plan,
    language: Language,
}

impl Side {
    fn new(plan: &Plan, language: Language) -> Self {
        Side {
            compared: canonical(plan, Spelling::Ids),
            shown: canonical(plan, Spelling::Document),
            language,
        }
    }

    fn facts(&self, id: &str) -> Vec<Fact> {
        let lines = |plan, language| {
            let words = Words { plan, language };
            compared(&words, id).map(|section| keys(&section)).unwrap_or_default()
        };
        let keys = lines(&self.compared, Language::Zh);
        let shown = lines(&self.shown, self.language);
        keys.into_iter()
            .zip(shown)
            .map(|(key, shown)| Fact { key, shown })
            .collect()
    }
}

/// The items that differ, and what was only renamed (limits, insurers).
pub(crate) fn items(old: &Plan, new: &Plan, difference: &Difference, language: Language) -> (Vec<Item>, Vec<Renaming>) {
    let (before, after) = (Side::new(old, language), Side::new(new, language));
    let mut renamed = difference.renamed.clone();
    renamed.extend(insurers(old, new));
    renamed.extend(limits(&before, &after, &renamed));
    let mut found = Vec::new();
    for id in SECTIONS {
        if id == "sum-insured" && !difference.regions.is_empty() || id == "meeting" && !difference.hidden.meeting {
            continue;
        }
        let mut facts = (before.facts(id), after.facts(id));
        for fact in &mut facts.0 {
            rename(&mut fact.key, &renamed);
        }
        match id {
            "covers" => {
                let keep = handler_covers(new, difference);
                facts.0.retain(|fact| kept_of_cover(&fact.key, &keep));
                facts.1.retain(|fact| kept_of_cover(&fact.key, &keep));
            }
            "limits" => order_of_common(&mut facts),
            _ => {}
        }
        let section = SectionTitle {
            id,
            title: texts::plain(language, &format!("summary-section-{id}")),
            words: Words { plan: new, language },
        };
        section.differing(facts.0, facts.1, &mut found);
    }
    own(old, new, difference, language, &mut found);
    (alike(found, language), renamed)
}

/// Lines of one table that change alike are one item: `临清市、冠县`.
fn alike(items: Vec<Item>, language: Language) -> Vec<Item> {
    let mut found: Vec<(Item, Vec<String>)> = Vec::new();
    for item in items {
        let same = |known: &(Item, Vec<String>)| {
            known.0.section == "split"
                && item.label.is_some()
                && known.0.section == item.section
                && known.0.about == item.about
                && (&known.0.old, &known.0.new) == (&item.old, &item.new)
        };
        let label = item.label.clone();
        match found.iter_mut().find(|known| same(known)) {
            Some((_, labels)) => labels.extend(label),
            None => found.push((item, label.into_iter().collect())),
        }
    }
    let joined = |(mut item, labels): (Item, Vec<String>)| {
        if labels.len() > 1 {
            item.label = Some(texts::list(language, labels));
        }
        item
    };
    found.into_iter().map(joined).collect()
}

fn keys(section: &Section) -> Vec<Key> {
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

fn rename(fact: &mut Key, renamed: &[Renaming]) {
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
fn handler_covers(new: &Plan, difference: &Difference) -> BTreeSet<String> {
    let covers = difference
        .hidden
        .handlers
        .iter()
        .filter_map(|joint| difference.covers.get(*joint)?.new);
    covers
        .filter_map(|cover| new.covers.get(cover.index()))
        .map(|cover| cover.name.zh.clone())
        .collect()
}

/// Perils, persons, conditions and benefits are shown by regions; groups by their members' claims.
fn kept_of_cover(fact: &Key, keep: &BTreeSet<String>) -> bool {
    let label = |id: &str| texts::plain(Language::Zh, id);
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
fn order_of_common(facts: &mut (Vec<Fact>, Vec<Fact>)) {
    let label = texts::plain(Language::Zh, "summary-limit-order");
    let names = |facts: &[Fact]| -> Vec<String> {
        let mut names: Vec<String> = facts.iter().filter_map(|fact| fact.key.0.clone()).collect();
        names.dedup();
        names
    };
    let (old, new) = (names(&facts.0), names(&facts.1));
    let common = |these: &[String], others: &[String]| -> Vec<String> {
        these.iter().filter(|name| others.contains(name)).cloned().collect()
    };
    if common(&old, &new) == common(&new, &old) {
        facts.0.retain(|fact| fact.key.1.as_deref() != Some(label.as_str()));
        facts.1.retain(|fact| fact.key.1.as_deref() != Some(label.as_str()));
    }
}

/// A concept that is compared, and how it is shown.
struct SectionTitle<'a> {
    id: &'static str,
    title: String,
    words: Words<'a>,
}

impl SectionTitle<'_> {
    fn differing(&self, old: Vec<Fact>, new: Vec<Fact>, found: &mut Vec<Item>) {
        // What only one version has at all is one fact, whatever stands in it.
        let abouts =
            |facts: &[Fact]| -> BTreeSet<String> { facts.iter().filter_map(|fact| fact.key.0.clone()).collect() };
        let (old_abouts, new_abouts) = (abouts(&old), abouts(&new));
        let mut come = Vec::new();
        let mut left = old;
        for fact in new {
            match left.iter().position(|other| other.key == fact.key) {
                Some(position) => {
                    left.remove(position);
                }
                None => come.push(fact),
            }
        }
        for (about, text) in self.whole(&mut left, &new_abouts) {
            found.push(self.item(Some(about), None, Some(text), None));
        }
        for (about, text) in self.whole(&mut come, &old_abouts) {
            found.push(self.item(Some(about), None, None, Some(text)));
        }
        // Several facts may stand under one label (bodies, insurers, payers): then a fact has the other's head.
        let several = |facts: &[Fact], fact: &Fact| {
            let like = |other: &&Fact| (&other.key.0, &other.key.1) == (&fact.key.0, &fact.key.1);
            facts.iter().filter(like).count() > 1
        };
        let crowded: Vec<bool> = left
            .iter()
            .map(|fact| several(&left, fact) || several(&come, fact))
            .collect();
        for (fact, crowded) in left.into_iter().zip(crowded) {
            let partner = come.iter().position(|other| {
                (&other.key.0, &other.key.1) == (&fact.key.0, &fact.key.1)
                    && (!crowded || head(&other.key.2) == head(&fact.key.2))
            });
            let new = partner.map(|position| come.remove(position).shown.2);
            let (about, label, text) = fact.shown;
            found.push(self.item(about, label, Some(text), new));
        }
        for fact in come {
            let (about, label, text) = fact.shown;
            found.push(self.item(about, label, None, Some(text)));
        }
    }

    /// Takes the facts out that are about something which the other version has not, as one text each.
    fn whole(&self, facts: &mut Vec<Fact>, others: &BTreeSet<String>) -> Vec<(String, String)> {
        let mut alone: Vec<(String, Vec<String>)> = Vec::new();
        facts.retain(|fact| match (&fact.key.0, &fact.shown.0) {
            (Some(key), Some(about)) if !others.contains(key) => {
                let text = match &fact.shown.1 {
                    Some(label) => self.words.say(
                        "diff-labelled",
                        [("label", label.as_str().into()), ("text", fact.shown.2.as_str().into())],
                    ),
                    None => fact.shown.2.clone(),
                };
                match alone.iter_mut().find(|(known, _)| known == about) {
                    Some((_, texts)) => texts.push(text),
                    None => alone.push((about.clone(), vec![text])),
                }
                false
            }
            _ => true,
        });
        let joined = |(about, texts)| (about, self.words.sentences(texts));
        alone.into_iter().map(joined).collect()
    }

    fn item(&self, about: Option<String>, label: Option<String>, old: Option<String>, new: Option<String>) -> Item {
        let begin = |text: String| match self.words.language {
            Language::Zh => text,
            Language::En => large(&self.words.own(&text)),
        };
        Item {
            section: self.id,
            section_title: self.title.clone(),
            about: about.map(begin),
            label: label.map(begin),
            old: old.map(|text| self.words.own(&text)),
            new: new.map(|text| self.words.own(&text)),
        }
    }
}

/// What a fact of several under one label is about: its first clause.
fn head(text: &str) -> &str {
    text.split('，').next().unwrap_or(text)
}

/// Limits of schedules that no region shows.
fn own(old: &Plan, new: &Plan, difference: &Difference, language: Language, found: &mut Vec<Item>) {
    use crate::plan::LimitRule;
    let text = |plan: &Plan, index: Option<usize>| -> Option<(String, String)> {
        let words = Words { plan, language };
        let limit = plan.limits.get(index?)?;
        let rule = match &limit.rule {
            LimitRule::UpTo(amount) => words.say("diff-up-to", [("amount", words.amount(amount).into())]),
            LimitRule::Less(amount) => words.say("diff-less", [("amount", words.amount(amount).into())]),
            LimitRule::Largest { raise: true } => words.plain("summary-injuries-raised"),
            LimitRule::Largest { raise: false } => words.plain("summary-limit-largest-text"),
        };
        Some((
            words.limit_name(&limit.name),
            words.clauses([words.group_keys(&limit.keys), rule]),
        ))
    };
    for pair in &difference.hidden.own {
        let (a, b) = (text(old, pair.old), text(new, pair.new));
        found.push(Item {
            section: "schedules",
            section_title: texts::plain(language, "summary-section-schedules"),
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
fn limits(before: &Side, after: &Side, renamed: &[Renaming]) -> Vec<Renaming> {
    let lines = |side: &Side, name: &str| -> Vec<Key> {
        let mut all: Vec<Key> = side.facts("limits").into_iter().map(|fact| fact.key).collect();
        all.retain(|key| key.0.as_deref() == Some(name));
        for key in &mut all {
            rename(key, renamed);
            key.0 = None;
        }
        all
    };
    let only = |these: &'_ Plan, others: &Plan| -> Vec<(String, String)> {
        let limits = these
            .limits
            .iter()
            .filter(|limit| !limit.own && !others.limits.iter().any(|o| o.id == limit.id));
        limits.map(|limit| (limit.id.clone(), limit.name.zh.clone())).collect()
    };
    let mut found: Vec<Renaming> = Vec::new();
    for (old_id, old_name) in only(&before.compared, &after.compared) {
        for (new_id, new_name) in only(&after.compared, &before.compared) {
            let taken = found.iter().any(|renaming| renaming.new == new_id);
            if !taken && lines(before, &old_name) == lines(after, &new_name) {
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
