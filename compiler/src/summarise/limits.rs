//! Limits over claims: how much, over what, inside which other one, and what happens when they run out.

use super::document::{Line, Section};
use super::words::Words;
use crate::plan::{Amount, Limit, LimitRule, Tier};

pub fn limits(words: &Words) -> Section {
    let mut section = Section::new("limits", words.plain("summary-section-limits"));
    let stated: Vec<&Limit> = words.plan.limits.iter().filter(|limit| !limit.own).collect();
    if stated.is_empty() {
        section.line(Line::plain(words.unstated()));
        return section;
    }
    // The plan lists limits in settlement order; the schedules' own limits come before all of these.
    let order = stated.iter().map(|limit| words.quoted(&words.names(&limit.name)));
    let order = words.say("summary-limit-order-text", [("limits", words.list(order).into())]);
    section.line(words.bare("summary-limit-order", order));
    for limit in stated {
        one_limit(words, &mut section, limit);
    }
    section
}

fn one_limit(words: &Words, section: &mut Section, limit: &Limit) {
    section.heading(words.names(&limit.name));
    match &limit.rule {
        LimitRule::UpTo(amount) => amount_lines(words, section, limit, amount),
        LimitRule::Less(amount) => {
            section.line(words.line("summary-limit-less", words.amount(amount), &limit.source));
        }
        LimitRule::Largest { raise } => {
            let id = if *raise {
                "summary-injuries-raised"
            } else {
                "summary-limit-largest-text"
            };
            section.line(words.line("summary-limit-largest", words.plain(id), &limit.source));
        }
    }
    section.line(words.bare("summary-counted-per", words.group_keys(&limit.keys)));
    section.line(words.bare("summary-limit-over", words.filter(&limit.filter)));
    section.line(words.line("summary-exhausted", exhausted(words, limit), &limit.exhaustion_source));
    let within = limit
        .within
        .and_then(|id| words.plan.limits.get(id.index()))
        .map(|outer| {
            words.say(
                "summary-limit-within-text",
                [("limit", words.quoted(&words.names(&outer.name)).into())],
            )
        });
    section.line(words.bare("summary-limit-within", within.unwrap_or_else(|| words.unstated())));
}

/// The amount, then each later value and each lift by a decision on a line of its own.
fn amount_lines(words: &Words, section: &mut Section, limit: &Limit, amount: &Amount) {
    match amount {
        Amount::Decided {
            decision,
            then,
            otherwise,
        } => {
            amount_lines(words, section, limit, otherwise);
            let text = words.say(
                "summary-limit-raised-text",
                [
                    ("decision", words.decision(*decision).into()),
                    ("amount", words.formal(then).into()),
                ],
            );
            section.line(words.line("summary-limit-raised", text, &limit.raised_source));
        }
        Amount::Dated(values) => {
            for (from, amount) in values {
                let label = match from {
                    Some(date) => words.say("summary-limit-amount-from", [("date", words.date(*date).into())]),
                    None => words.plain("summary-limit-amount"),
                };
                section.line(Line::labelled(label, words.formal(amount)).citing(&limit.source.articles));
            }
        }
        other => section.line(words.line("summary-limit-amount", words.formal(other), &limit.source)),
    }
}

fn exhausted(words: &Words, limit: &Limit) -> String {
    if !limit.exhaustion_stated {
        return words.unstated();
    }
    let mut parts: Vec<String> = Vec::new();
    let mut dates: Vec<String> = Vec::new();
    for tier in &limit.tiers {
        match tier {
            Tier::Date => dates.push(words.plain("summary-tier-date")),
            Tier::Event => dates.push(words.plain("summary-tier-event")),
            Tier::Claim => dates.push(words.plain("summary-tier-claim")),
            Tier::Rank(filters) => {
                let ranks = filters.iter().map(|f| rank(words, f));
                parts.push(words.say("summary-tier-rank", [("ranks", words.list(ranks).into())]));
            }
        }
    }
    if !dates.is_empty() {
        parts.push(words.say("summary-tier-first", [("order", words.list(dates).into())]));
    }
    parts.push(
        words.plain(match (limit.tiers.is_empty(), limit.tiers.contains(&Tier::Claim)) {
            (true, _) => "summary-pro-rata-alone",
            (false, false) => "summary-pro-rata-within",
            // One claim stands alone in its tier; nothing is left to share.
            (false, true) => "summary-pro-rata-needless",
        }),
    );
    if let Some(ratio) = limit.ratio_to {
        parts.push(words.say("summary-ratio-to", [("ratio", words.grid(ratio).into())]));
    }
    words.clauses(parts)
}

/// The values or covers that a rank names, without repeating that a harm is a harm.
fn rank(words: &Words, filter: &crate::plan::Filter) -> String {
    match (&filter.covers, filter.facts.as_slice()) {
        (None, [(fact, values)]) => words.alternatives(values.iter().map(|v| words.value(*fact, *v))),
        _ => words.filter(filter),
    }
}
