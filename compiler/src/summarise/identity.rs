//! What the document is, when it holds, and whom and where it protects.

use super::document::{Line, Section};
use super::words::Words;
use crate::plan::{DocumentInfo, EventRule, Term, Territory, TreatAs};
use anlan_lang::diag::Arg;
use anlan_lang::tree::{Date, SecondaryRule, YearKind};

pub fn identity(words: &Words) -> Section {
    let header = &words.plan.scheme;
    let statement = &words.plan.statement;
    let mut section = Section::new("identity", words.plain("summary-section-identity"));
    section.line(words.bare("summary-title-label", words.names(&header.title)));
    // The id itself must stand: tools and other files name the scheme by it.
    let id = match words.own(&header.id) {
        own if own == header.id => own,
        own => format!("{own} ({})", header.id),
    };
    section.line(words.bare("summary-id", id));
    match &header.document {
        Some(info) => document(words, info).into_iter().for_each(|line| section.line(line)),
        None => section.line(words.bare("summary-document", words.unstated())),
    }
    for (repealed, source) in &statement.repeals {
        section.line(words.line("summary-repeals", repealed.clone(), source));
    }
    for (document, included, source) in &statement.under {
        let id = if *included {
            "summary-under-included"
        } else {
            "summary-under-not-included"
        };
        let text = words.say(id, [("document", document.as_str().into())]);
        section.line(words.line("summary-under", text, source));
    }
    let frameworks = words.list(header.frameworks.iter().cloned());
    if !frameworks.is_empty() {
        section.line(words.bare("summary-frameworks", frameworks));
    }
    if let Some(contract) = &header.contract {
        section.line(words.bare("summary-contract", contract.clone()));
    }
    section
}

fn document(words: &Words, info: &DocumentInfo) -> Vec<Line> {
    let number = if info.numbered {
        info.number.clone()
    } else {
        words.say("summary-document-unnumbered", [("title", info.number.as_str().into())])
    };
    let day = |date: Option<Date>| date.map_or_else(|| words.unstated(), |d| words.date(d));
    let mut lines = vec![
        words.line("summary-document", number, &info.source),
        words.bare("summary-issued", day(info.issued)),
        words.bare("summary-effective", day(info.effective)),
    ];
    let until = match info.until_decision {
        Some(decision) => words.say(
            "summary-until-decision",
            [("decision", words.decision(decision).into())],
        ),
        None => day(info.valid_until),
    };
    lines.push(words.bare("summary-valid-until", until));
    lines
}

pub fn term(words: &Words) -> Section {
    let calendar = &words.plan.calendar;
    let mut section = Section::new("term", words.plain("summary-section-term"));
    let renewable = match words.plan.statement.renewable {
        true => words.plain("summary-renewable"),
        false => String::new(),
    };
    let text = words.clauses([term_text(words, &calendar.term), renewable]);
    section.line(words.line("summary-term", text, &calendar.source));
    let year = match calendar.year {
        Some(YearKind::Policy) => words.plain("summary-year-policy"),
        Some(YearKind::Calendar) => words.plain("summary-year-calendar"),
        None => words.unstated(),
    };
    let of_event = match calendar.year_of_event {
        true => words.plain("summary-year-of-event"),
        false => String::new(),
    };
    section.line(words.line("summary-year", words.clauses([year, of_event]), &calendar.year_source));
    for (index, days) in calendar.boundaries.windows(2).enumerate() {
        if let [first, after] = days {
            let label = words.say("summary-year-n", [("number", (index + 1).to_string().into())]);
            section.line(Line::labelled(label, period(words, *first, *after)));
        }
    }
    let event = match calendar.event {
        EventRule::Hours(hours) => words.say("summary-event-hours", [("hours", hours.to_string().into())]),
        EventRule::Contract => words.plain("summary-by-contract"),
        EventRule::AsRecorded => words.plain("summary-event-recorded"),
        EventRule::Unstated => words.unstated(),
    };
    section.line(words.line("summary-event", event, &calendar.event_source));
    section
}

fn term_text(words: &Words, term: &Term) -> String {
    match term {
        Term::Fixed { start, end: Some(end) } => period(words, *start, *end),
        Term::Fixed { start, end: None } => words.say("summary-term-open", [("start", words.date(*start).into())]),
        Term::Policy { start, end } => words.say(
            "summary-term-policy",
            [("start", words.fact(*start).into()), ("end", words.fact(*end).into())],
        ),
        Term::Contract { years: Some(years) } => {
            words.say("summary-term-contract-years", [("years", Arg::Count((*years).into()))])
        }
        Term::Contract { years: None } => words.plain("summary-term-contract"),
        Term::Unstated => words.unstated(),
    }
}

/// From the first day to the day before `after`, both included.
fn period(words: &Words, first: Date, after: Date) -> String {
    let last = after.yesterday().unwrap_or(after);
    words.say(
        "summary-period",
        [("first", words.date(first).into()), ("last", words.date(last).into())],
    )
}

pub fn scope(words: &Words) -> Section {
    let statement = &words.plan.statement;
    let mut section = Section::new("scope", words.plain("summary-section-scope"));
    section.line(match &statement.territory {
        Some(territory) => words.line("summary-territory", territory_text(words, territory), &territory.source),
        None => words.bare("summary-territory", words.unstated()),
    });
    section.line(policyholders(words));
    section.line(persons(words));
    section.line(match &statement.subject {
        Some((items, ending, source)) => {
            let text = words.ended(words.list(items.iter().cloned()), *ending);
            words.line("summary-subject", text, source)
        }
        None => words.bare("summary-subject", words.unstated()),
    });
    received(words, &mut section);
    for (name, aliases, source) in &statement.bodies {
        let aliases = words.list(aliases.iter().cloned());
        let text = match aliases.is_empty() {
            true => name.clone(),
            false => words.say(
                "summary-body-alias",
                [("name", name.as_str().into()), ("aliases", aliases.into())],
            ),
        };
        section.line(words.line("summary-body", text, source));
    }
    established(words, &mut section);
    section
}

fn territory_text(words: &Words, territory: &Territory) -> String {
    let areas = words.list(territory.areas.iter().map(|a| words.names(a)));
    let some = |id: &str, list: String| match list.is_empty() {
        true => String::new(),
        false => words.say(id, [("areas", list.into())]),
    };
    let except = words.list(territory.except.iter().map(|a| words.names(a)));
    let including = words.list(territory.including.iter().map(|a| words.names(a)));
    words.clauses([
        areas,
        some("summary-territory-except", except),
        some("summary-territory-including", including),
    ])
}

fn policyholders(words: &Words) -> Line {
    let statement = &words.plan.statement;
    let bodies = words.list_or_unstated(statement.policyholders.iter().cloned());
    let text = match &statement.authorised_by {
        Some(by) => words.say(
            "summary-policyholder-authorised",
            [("bodies", bodies.into()), ("by", by.as_str().into())],
        ),
        None => bodies,
    };
    words.line("summary-policyholder", text, &statement.policyholder_source)
}

fn persons(words: &Words) -> Line {
    let Some(persons) = &words.plan.statement.persons else {
        return words.bare("summary-persons", words.unstated());
    };
    let classes = words.list(persons.classes.iter().map(|c| words.names(c)));
    let text = match (persons.at_loss_in_territory, classes.is_empty()) {
        (true, true) => words.plain("summary-persons-present"),
        (true, false) => words.say(
            "summary-persons-present-including",
            [("classes", words.ended(classes, persons.ending).into())],
        ),
        (false, true) => words.unstated(),
        (false, false) => words.ended(classes, persons.ending),
    };
    words.line("summary-persons", text, &persons.source)
}

/// Who receives benefits, by which standards facts are established, which of two linked perils is recorded.
fn received(words: &Words, section: &mut Section) {
    let statement = &words.plan.statement;
    for (bodies, harms, source) in &statement.beneficiaries {
        let bodies = words.list(bodies.iter().cloned());
        let text = match harms.is_empty() {
            true => bodies,
            false => {
                let harms = words.list(harms.iter().map(|harm| words.harm(*harm)));
                words.say(
                    "summary-beneficiary-of",
                    [("bodies", bodies.into()), ("harms", harms.into())],
                )
            }
        };
        section.line(words.line("summary-beneficiary", text, source));
    }
    for (fact, standard, source) in &statement.standards {
        let label = words.say("summary-standard", [("fact", words.fact(*fact).into())]);
        section.line(Line::labelled(label, standard.clone()).citing(&source.articles));
    }
    if let Some((rule, source)) = &statement.secondary {
        let text = words.plain(match rule {
            SecondaryRule::Origin => "summary-secondary-origin",
            SecondaryRule::DirectCause => "summary-secondary-direct",
            SecondaryRule::AsRecorded => "summary-secondary-recorded",
        });
        section.line(words.line("summary-secondary", text, source));
    }
}

/// Facts that a named body establishes.
fn established(words: &Words, section: &mut Section) {
    for (fact, by, source) in &words.plan.statement.established_by {
        let text = words.say(
            "summary-established",
            [
                ("fact", words.quoted(&words.fact(*fact)).into()),
                ("by", by.as_str().into()),
            ],
        );
        section.line(words.line("summary-establishing", text, source));
    }
    for treated in &words.plan.statement.treat_as {
        section.line(treat_as(words, treated));
    }
}

fn treat_as(words: &Words, treated: &TreatAs) -> Line {
    let value = |v| words.quoted(&words.value(treated.fact, v));
    let text = words.say(
        "summary-treated",
        [
            ("fact", words.fact(treated.fact).into()),
            ("value", value(treated.value).into()),
            ("as", value(treated.as_value).into()),
        ],
    );
    words.line("summary-treating", text, &treated.source)
}
