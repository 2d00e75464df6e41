//! Family L: limits as a lattice (item ≤ person ≤ household ≤ event ≤ year), and what benefits come to under them.

mod benefits;
mod decided;
mod in_full;
mod jointly;
mod lattice;
mod steps;
mod tiers;
mod totals;
mod ways;
mod weighed;

pub(super) use ways::{Way, ways};

pub(super) use lattice::encloses_covers;
pub(super) use totals::known;

use super::Rule;
use crate::plan::{GroupKey, LimitRule, Plan};
use anlan_lang::diag::{Arg, codes};
use anlan_lang::texts::{Language, plain};

pub(super) const RULES: &[Rule] = &[
    Rule::sound(&[codes::L101, codes::L105], lattice::inverted).bound(),
    Rule::sound(&[codes::L102, codes::L113], in_full::never_in_full).bound(),
    Rule::sound(&[codes::L113], weighed::not_found).bound(),
    Rule::sound(&[codes::L105], benefits::above_combined).bound(),
    Rule::sound(&[codes::L103], lattice::never_binds),
    Rule::sound(&[codes::L103, codes::L113], totals::never_reached).bound(),
    Rule::of(&[codes::L103], steps::dead_step),
    Rule::sound(&[codes::L104], benefits::death_below_disability).bound(),
    Rule::sound(&[codes::L106], benefits::unlimited),
    Rule::of(&[codes::L107], steps::floor_above_cap).bound(),
    Rule::sound(&[codes::L108], benefits::always_nothing).bound(),
    Rule::of(&[codes::L109], lattice::raised_in_vain),
    Rule::of(&[codes::L110], lattice::nothing_allowed).bound(),
    Rule::sound(&[codes::L111], totals::above_tower).bound(),
    Rule::sound(&[codes::L112], totals::unbounded),
    Rule::sound(&[codes::L114], tiers::never_reached),
    Rule::of(&[codes::L115], decided::apart_in_a_group),
];

/// The keys of a limit as its document names them (`每人每次灾害`), for messages.
fn keys_worded(plan: &Plan, keys: &[GroupKey]) -> Arg {
    if keys.is_empty() {
        return Arg::Message("key-term");
    }
    let mut keys: Vec<&GroupKey> = keys.iter().collect();
    // 每人, 每户 before 每次灾害 before 每年度, as documents write them.
    let rank = |key: &GroupKey| match key {
        GroupKey::Year => 3,
        GroupKey::Fact(fact) => match plan.facts.get(fact.index()).map(|f| f.id.as_str()) {
            Some("event") => 2,
            Some("person" | "household") => 0,
            _ => 1,
        },
    };
    keys.sort_by_key(|key| rank(key));
    let word = |key: &GroupKey, lang: Language| match key {
        GroupKey::Year => plain(lang, "key-year"),
        GroupKey::Fact(fact) => match plan.facts.get(fact.index()) {
            Some(fact) => match (fact.id.as_str(), lang) {
                ("person", _) => plain(lang, "key-person"),
                ("household", _) => plain(lang, "key-household"),
                ("event", _) => plain(lang, "key-event"),
                ("claim", _) => plain(lang, "key-claim"),
                (_, Language::Zh) => format!("每{}", fact.name.zh),
                (_, Language::En) => format!("per {}", fact.name.en),
            },
            None => String::new(),
        },
    };
    let words = |lang| keys.iter().map(|key| word(key, lang)).collect::<Vec<_>>();
    Arg::Names {
        zh: words(Language::Zh).concat(),
        en: words(Language::En).join(" "),
    }
}

/// The most that a limit lets through, if it is a plain cap.
fn cap(rule: &LimitRule) -> Option<&crate::plan::Amount> {
    match rule {
        LimitRule::UpTo(amount) => Some(amount),
        LimitRule::Less(_) | LimitRule::Largest { .. } => None,
    }
}
