//! Bounds on reported figures, duties and responsibilities, other insurance and subrogation.

use super::covers::subrogation_line;
use super::document::{Line, Section};
use super::words::Words;
use crate::plan::{Deadline, Duty, FigureExpr, ParameterId, Review};
use anlan_lang::diag::Arg;
use anlan_lang::tree::{Modality, OtherKind, OtherRule, Period};

/// Metrics, covenants, reviews.
pub fn bounds(words: &Words) -> Section {
    let plan = words.plan;
    let mut section = Section::new("bounds", words.plain("summary-section-bounds"));
    for metric in &plan.metrics {
        let text = words.say(
            "summary-metric-text",
            [
                ("name", metric.id.as_str().into()),
                ("value", figure(words, &metric.value).into()),
            ],
        );
        section.line(words.line("summary-metric", text, &metric.source));
    }
    for covenant in &plan.covenants {
        let per = words.list(covenant.per.iter().map(|id| words.fact_named(id)));
        let per = match per.is_empty() {
            true => String::new(),
            false => words.say("summary-covenant-per", [("facts", per.into())]),
        };
        let bound = words.say(
            "summary-covenant-text",
            [
                ("name", covenant.id.as_str().into()),
                (
                    "bound",
                    words.compared(covenant.compare, figure(words, &covenant.value)).into(),
                ),
            ],
        );
        let text = bounded_by(words, covenant.modality, words.clauses([bound, per]));
        section.line(words.line("summary-covenant", text, &covenant.source));
    }
    for review in &plan.statement.reviews {
        section.line(words.line("summary-review", review_text(words, review), &review.source));
    }
    if section.blocks.is_empty() {
        section.line(Line::plain(words.nothing()));
    }
    section
}

/// `1 − 综合赔付率 − 综合费用率`
fn figure(words: &Words, value: &FigureExpr) -> String {
    match value {
        FigureExpr::Exact(ratio) => words.ratio(*ratio),
        FigureExpr::Figure(name) => words.own(name),
        FigureExpr::Parameter(id) => parameter(words, *id),
        FigureExpr::Product(left, right) => match (left.as_ref(), right.as_ref()) {
            (FigureExpr::Exact(ratio), of) | (of, FigureExpr::Exact(ratio)) => words.say(
                "summary-amount-share",
                [("ratio", words.ratio(*ratio).into()), ("of", figure(words, of).into())],
            ),
            (left, right) => format!("{} × {}", figure(words, left), figure(words, right)),
        },
        FigureExpr::Sum(terms) => {
            let mut out = String::new();
            for (negative, term) in terms {
                let joint = match (out.is_empty(), negative) {
                    (true, false) => "",
                    (true, true) => "−",
                    (false, false) => " + ",
                    (false, true) => " − ",
                };
                out.push_str(joint);
                out.push_str(&summand(words, term));
            }
            out
        }
    }
}

/// Inside a sum a whole number reads as a number: `1 − 综合赔付率`.
fn summand(words: &Words, value: &FigureExpr) -> String {
    match value {
        FigureExpr::Exact(ratio) if ratio.denominator() == 1 => ratio.numerator().to_string(),
        FigureExpr::Sum(_) => words.say("summary-bracketed", [("text", figure(words, value).into())]),
        other => figure(words, other),
    }
}

fn parameter(words: &Words, id: ParameterId) -> String {
    words.amount(&crate::plan::Amount::Parameter {
        parameter: id,
        value: None,
    })
}

fn review_text(words: &Words, review: &Review) -> String {
    let every = match review.every_months {
        12 => words.plain("summary-every-year"),
        months if months % 12 == 0 => words.say("summary-every-years", [("years", (months / 12).to_string().into())]),
        months => words.say("summary-every-months", [("months", months.to_string().into())]),
    };
    let by = words.list_or_unstated(review.by.iter().cloned());
    let text = words.say(
        "summary-review-text",
        [
            ("what", review.what.as_str().into()),
            ("every", every.into()),
            ("by", by.into()),
        ],
    );
    let decision = match review.decision {
        Some(decision) => words.say(
            "summary-review-decides",
            [("decision", words.decision(decision).into())],
        ),
        None => String::new(),
    };
    words.clauses([
        text,
        review.text.as_ref().map_or_else(String::new, |text| words.own(text)),
        decision,
    ])
}

/// `原则上由…`: the text under its modality.
fn bounded_by(words: &Words, of: Modality, text: String) -> String {
    match of {
        Modality::Must => text,
        other => words.say(
            "summary-modality",
            [("modality", modality(words, other).into()), ("text", text.into())],
        ),
    }
}

/// `原则上`, `鼓励`; nothing where it binds.
pub fn modality(words: &Words, modality: Modality) -> String {
    match modality {
        Modality::Must => String::new(),
        Modality::InPrinciple => words.plain("summary-in-principle"),
        Modality::Encouraged => words.plain("summary-encouraged"),
    }
}

/// Duties, prohibitions, responsibilities, what a supplement may do.
pub fn duties(words: &Words) -> Section {
    let statement = &words.plan.statement;
    let mut section = Section::new("duties", words.plain("summary-section-duties"));
    for duty in &statement.duties {
        section.line(Line::labelled(duty.what.clone(), duty_text(words, duty)).citing(&duty.source.articles));
    }
    for (what, by, source) in &statement.responsibilities {
        let by = words.list_or_unstated(by.iter().cloned());
        let text = words.say("summary-responsible", [("by", by.into())]);
        section.line(Line::labelled(what.clone(), text).citing(&source.articles));
    }
    for (text, source) in &statement.forbids {
        section.line(words.line("summary-forbids", text.clone(), source));
    }
    for (text, source) in &statement.supplements {
        section.line(words.line("summary-supplement", text.clone(), source));
    }
    if section.blocks.is_empty() {
        section.line(Line::plain(words.unstated()));
    }
    section
}

/// Who owes the duty, to whom, how often, by when, and what follows a breach.
pub fn duty_text(words: &Words, duty: &Duty) -> String {
    let by = words.list_or_unstated(duty.by.iter().cloned());
    let by = ("by", by.into());
    let by = match duty.to.is_empty() {
        true => words.say("summary-duty-by", [by]),
        false => words.say(
            "summary-duty-by-to",
            [by, ("to", words.list(duty.to.iter().cloned()).into())],
        ),
    };
    let every = match duty.every {
        Some(Period::Month) => words.plain("summary-every-month"),
        Some(Period::Quarter) => words.plain("summary-every-quarter"),
        // A day of each year says so itself.
        Some(Period::Year) if matches!(duty.deadline, Some(Deadline::Yearly { .. })) => String::new(),
        Some(Period::Year) => words.plain("summary-every-year"),
        None => String::new(),
    };
    let deadline = match &duty.deadline {
        Some(Deadline::DaysAfterPeriod(days)) => {
            words.say("summary-within-days", [("days", Arg::Count((*days).into()))])
        }
        Some(Deadline::On(date)) => words.say("summary-by-date", [("date", words.date(*date).into())]),
        Some(Deadline::Yearly { month, day }) => words.say(
            "summary-by-yearly",
            [
                ("month", Arg::Count((*month).into())),
                ("day", Arg::Count((*day).into())),
            ],
        ),
        Some(Deadline::Words(text)) => words.say("summary-by-words", [("text", text.as_str().into())]),
        None => String::new(),
    };
    let otherwise = match duty.otherwise {
        Some(decision) => words.say(
            "summary-duty-otherwise",
            [("decision", words.decision(decision).into())],
        ),
        None => String::new(),
    };
    bounded_by(words, duty.modality, words.clauses([by, every, deadline, otherwise]))
}

/// Other insurance and subrogation.
pub fn elsewhere(words: &Words) -> Section {
    let statement = &words.plan.statement;
    let mut section = Section::new("elsewhere", words.plain("summary-section-elsewhere"));
    for (kind, rule, source) in &statement.other_insurance {
        let label = match kind {
            OtherKind::Property => "summary-other-property",
            OtherKind::Person => "summary-other-person",
        };
        let text = match rule {
            OtherRule::ProRata => "summary-other-pro-rata",
            OtherRule::None => "summary-other-none",
            OtherRule::ByLaw => "summary-other-by-law",
        };
        section.line(words.line(label, words.plain(text), source));
    }
    if statement.other_insurance.is_empty() {
        section.line(words.bare("summary-other", words.unstated()));
    }
    section.line(match &statement.subrogation {
        Some(subrogation) => subrogation_line(words, subrogation),
        None => words.bare("summary-subrogation", words.unstated()),
    });
    section
}
