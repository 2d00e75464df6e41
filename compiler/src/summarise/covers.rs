//! What is insured against: groups of perils, each cover, and what happens where covers meet.

use super::document::{Line, Section};
use super::words::Words;
use crate::plan::{Cover, CoverId, Group, Handler, PerilWord, Subrogation};

pub fn covers(words: &Words) -> Section {
    let mut section = Section::new("covers", words.plain("summary-section-covers"));
    if words.plan.covers.is_empty() {
        section.line(Line::plain(words.unstated()));
    }
    if !words.plan.statement.groups.is_empty() {
        section.heading(words.plain("summary-groups"));
        for group in &words.plan.statement.groups {
            section.line(group_line(words, group));
        }
    }
    for (index, cover) in words.plan.covers.iter().enumerate() {
        one_cover(words, &mut section, CoverId::from(index), cover);
    }
    section
}

fn group_line(words: &Words, group: &Group) -> Line {
    let members = words.list(group.members.iter().map(|m| words.peril_word(m)));
    let members = match members.is_empty() {
        true => String::new(),
        false => words.ended(members, group.ending),
    };
    let law = match &group.kept_by {
        Some((law, Some(date))) => words.say(
            "summary-group-law-as-of",
            [("law", title(law).into()), ("date", words.date(*date).into())],
        ),
        Some((law, None)) => words.say("summary-group-law", [("law", title(law).into())]),
        None => String::new(),
    };
    let decided = match group.decision {
        Some(decision) => words.say("summary-group-decided", [("decision", words.decision(decision).into())]),
        None => String::new(),
    };
    Line::labelled(group.name.clone(), words.clauses([members, law, decided])).citing(&group.source.articles)
}

/// A law's title without the marks that the sentence puts around it.
fn title(law: &str) -> &str {
    law.trim_start_matches('《').trim_end_matches('》')
}

fn one_cover(words: &Words, section: &mut Section, id: CoverId, cover: &Cover) {
    section.heading(words.names(&cover.name));
    section.line(words.line("summary-perils", perils(words, cover), &cover.source));
    let roles = words.list(cover.role_words.iter().map(|r| words.names(r)));
    section.line(words.bare(
        "summary-roles",
        if roles.is_empty() {
            words.plain("summary-roles-all")
        } else {
            roles
        },
    ));
    let condition = match &cover.condition_words {
        Some(condition) => words.condition(condition),
        None => words.nothing(),
    };
    section.line(words.bare("summary-condition", condition));
    section.line(words.bare("summary-benefits", benefits(words, id, cover)));
    handlers(words, section, cover);
    if let Some(subrogation) = &cover.subrogation {
        section.line(subrogation_line(words, subrogation));
    }
}

pub fn perils(words: &Words, cover: &Cover) -> String {
    if cover.any_peril {
        return words.plain("summary-perils-any");
    }
    let list = words.list(cover.peril_words.iter().map(|p| words.peril_word(p)));
    match (list.is_empty(), cover.peril_list_open) {
        (true, _) => words.unstated(),
        (false, true) => words.say("summary-list-open", [("list", list.into())]),
        (false, false) => list,
    }
}

/// The schedule, with the harms that the cover pays for.
fn benefits(words: &Words, id: CoverId, cover: &Cover) -> String {
    let mut harms: Vec<_> = words
        .plan
        .benefits
        .iter()
        .filter(|benefit| benefit.cover == id)
        .map(|benefit| benefit.harm)
        .collect();
    harms.sort_unstable();
    let harms = words.list_or_unstated(harms.into_iter().map(|h| words.harm(h)));
    match &cover.schedule {
        Some(schedule) => words.say(
            "summary-benefits-by",
            [("schedule", words.quoted(schedule).into()), ("harms", harms.into())],
        ),
        None => harms,
    }
}

fn handlers(words: &Words, section: &mut Section, cover: &Cover) {
    if cover.handled_by.is_empty() {
        section.line(words.bare("summary-handled-by", words.unstated()));
    }
    for Handler { bodies, perils, source } in &cover.handled_by {
        let bodies = words.list_or_unstated(bodies.iter().cloned());
        let text = match perils.is_empty() {
            true => bodies,
            false => words.say(
                "summary-handled-for",
                [
                    ("bodies", bodies.into()),
                    ("perils", words.list(perils.iter().map(|p| words.peril(*p))).into()),
                ],
            ),
        };
        section.line(words.line("summary-handled-by", text, source));
    }
}

/// `追偿`, of one cover or of the scheme.
pub fn subrogation_line(words: &Words, subrogation: &Subrogation) -> Line {
    let text = match (&subrogation.against, &subrogation.except) {
        (None, _) => words.plain("summary-subrogation-none"),
        (Some(against), None) => words.say("summary-subrogation-against", [("against", against.as_str().into())]),
        (Some(against), Some(except)) => words.say(
            "summary-subrogation-except",
            [("against", against.as_str().into()), ("except", except.as_str().into())],
        ),
    };
    words.line("summary-subrogation", text, &subrogation.source)
}

/// One line for each cover that goes before others; one for each pair that takes the larger or pays both.
pub fn meeting(words: &Words) -> Section {
    let meeting = &words.plan.meeting;
    let mut section = Section::new("meeting", words.plain("summary-section-meeting"));
    for index in 0..words.plan.covers.len() {
        let first = CoverId::from(index);
        let others: Vec<CoverId> = meeting
            .over
            .iter()
            .filter(|(a, _)| *a == first)
            .map(|(_, b)| *b)
            .collect();
        if !others.is_empty() {
            section.line(over_line(words, first, &others));
        }
    }
    pairs(words, &mut section, &meeting.higher, "summary-meeting-higher");
    pairs(words, &mut section, &meeting.stack, "summary-meeting-stack");
    if section.blocks.is_empty() {
        section.line(Line::plain(words.nothing()));
    }
    section
}

fn over_line(words: &Words, first: CoverId, others: &[CoverId]) -> Line {
    let all = others.len() + 1 == words.plan.covers.len() && others.len() > 1;
    let others = match all {
        true => words.plain("summary-all-other-covers"),
        false => words.list(others.iter().map(|c| words.cover(*c))),
    };
    let text = words.say(
        "summary-meeting-over",
        [("first", words.cover(first).into()), ("others", others.into())],
    );
    words.bare("summary-meeting-priority", text)
}

/// Pairs grouped into the largest sets of which every two are listed, taken greedily in cover order.
fn pairs(words: &Words, section: &mut Section, pairs: &[(CoverId, CoverId)], id: &str) {
    let mut left: Vec<(CoverId, CoverId)> = pairs.to_vec();
    while let Some((a, b)) = left.first().copied() {
        let mut set = vec![a, b];
        for index in 0..words.plan.covers.len() {
            let next = CoverId::from(index);
            let joins = |c: &CoverId| pairs.contains(&(next.min(*c), next.max(*c)));
            if !set.contains(&next) && set.iter().all(joins) {
                set.push(next);
            }
        }
        left.retain(|(x, y)| !(set.contains(x) && set.contains(y)));
        set.sort_unstable();
        let text = words.list(set.iter().map(|c| words.cover(*c)));
        section.line(words.bare(id, text));
    }
}

/// The perils of a scope or of a cover, as written.
pub fn peril_list(words: &Words, perils: &[PerilWord]) -> String {
    words.list(perils.iter().map(|p| words.peril_word(p)))
}
