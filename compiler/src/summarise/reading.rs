//! How the document was read: assumptions, accepted findings, open questions, articles, and the version.

use super::document::{Line, Section};
use super::input::SummaryInput;
use super::words::Words;
use crate::plan::ArticleStatus;
use crate::plan::lower::order;
use anlan_lang::diag::{Finding, Severity};

pub fn assumptions(words: &Words) -> Section {
    let mut section = Section::new("assumptions", words.plain("summary-section-assumptions"));
    for assumption in &words.plan.statement.assumptions {
        let label = words.head(&assumption.about);
        section.line(Line::labelled(label, assumption.reason.clone()).citing(&assumption.source.articles));
    }
    none_if_empty(words, section)
}

pub fn acknowledged(words: &Words, input: &SummaryInput) -> Section {
    let mut section = Section::new("acknowledged", words.plain("summary-section-acknowledged"));
    for accepted in &words.plan.statement.acknowledged {
        let mut messages: Vec<String> = input
            .findings
            .iter()
            .filter(|f| f.code.0 == accepted.code && f.acknowledged.as_deref() == Some(accepted.reason.as_str()))
            .filter(|f| accepted.about.as_ref().is_none_or(|about| f.about.contains(about)))
            .map(|f| words.message(f))
            .collect();
        messages.sort_unstable();
        messages.dedup();
        let about = accepted
            .about
            .as_deref()
            .map_or_else(String::new, |name| words.quoted(name));
        let message = match messages.is_empty() {
            true => about,
            false => words.closed(&words.sentences(messages)),
        };
        let reason = ("reason", accepted.reason.as_str().into());
        let text = match message.is_empty() {
            true => words.say("summary-accepted-because", [reason]),
            false => words.say("summary-accepted", [("message", message.into()), reason]),
        };
        section.line(Line::labelled(accepted.code.clone(), text).citing(&accepted.source.articles));
    }
    none_if_empty(words, section)
}

/// Questions, and every error or warning that nobody has accepted: gravest first, then by code and words.
pub fn open(words: &Words, input: &SummaryInput) -> Section {
    let mut section = Section::new("open", words.plain("summary-section-open"));
    let open = |f: &&&Finding| f.acknowledged.is_none() && f.severity > Severity::Note;
    let mut lines: Vec<_> = input
        .findings
        .iter()
        .filter(open)
        .map(|f| {
            (
                std::cmp::Reverse(f.severity),
                f.code,
                words.message(f),
                sorted(&f.articles),
            )
        })
        .collect();
    lines.sort_unstable();
    lines.dedup();
    for (std::cmp::Reverse(severity), code, message, articles) in lines {
        let label = words.say(
            match severity {
                Severity::Error => "summary-open-error",
                Severity::Warning => "summary-open-warning",
                Severity::Question | Severity::Note => "summary-open-question",
            },
            [("code", code.0.into())],
        );
        section.line(Line::labelled(label, message).citing(&articles));
    }
    none_if_empty(words, section)
}

/// Articles in the order of the document, whatever clause a finding met first.
fn sorted(articles: &[String]) -> Vec<String> {
    let mut sorted = articles.to_vec();
    sorted.sort_by(|a, b| order::articles(a, b));
    sorted
}

/// Every article of the document: encoded, prose with its reason, or neither.
pub fn articles(words: &Words) -> Section {
    let mut section = Section::new("articles", words.plain("summary-section-articles"));
    if words.plan.statement.articles.is_empty() {
        section.line(Line::plain(words.plain("summary-articles-unlisted")));
    }
    for status in &words.plan.statement.articles {
        section.line(Line::labelled(status.article.clone(), article_text(words, status)));
    }
    section
}

fn article_text(words: &Words, status: &ArticleStatus) -> String {
    match (status.encoded, &status.prose) {
        (true, None) => words.plain("summary-article-encoded"),
        (encoded, Some(reason)) => {
            let id = if encoded {
                "summary-article-partly"
            } else {
                "summary-article-prose"
            };
            words.say(id, [("reason", reason.as_str().into())])
        }
        (false, None) => words.plain("summary-article-neither"),
    }
}

pub fn version(words: &Words, input: &SummaryInput) -> Section {
    let mut section = Section::new("version", words.plain("summary-section-version"));
    section.line(words.bare("summary-hash", input.hash.as_str()));
    section.line(words.bare("summary-plan-version", words.plan.version.to_string()));
    section
}

fn none_if_empty(words: &Words, mut section: Section) -> Section {
    if section.blocks.is_empty() {
        section.line(Line::plain(words.nothing()));
    }
    section
}
