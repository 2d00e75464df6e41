//! How the scheme stands to its frameworks, requirement by requirement.

use super::document::{Line, Section};
use super::duties::{duty_text, modality};
use super::framework::scope_name;
use super::input::SummaryInput;
use super::words::Words;
use crate::analyse::Verdict;
use crate::money::Fen;
use crate::plan::{Property, Requirement, ValueId};
use anlan_lang::tree::Modality;

pub fn conformity(words: &Words, input: &SummaryInput) -> Section {
    let plan = words.plan;
    let mut section = Section::new("conformity", words.plain("summary-section-conformity"));
    if plan.scheme.frameworks.is_empty() {
        section.line(Line::plain(words.plain("summary-conforms-to-none")));
        return section;
    }
    if plan.statement.requirements.is_empty() {
        section.line(Line::plain(words.plain("summary-requires-nothing")));
    }
    for (index, requirement) in plan.statement.requirements.iter().enumerate() {
        let status = input.conformity.iter().find(|status| status.requirement == index);
        section.line(standing(words, requirement, status.map(|status| &status.verdict)));
    }
    section
}

fn standing(words: &Words, requirement: &Requirement, verdict: Option<&Verdict>) -> Line {
    let result = match verdict {
        Some(verdict) => verdict_text(words, verdict),
        None => words.plain("summary-not-decided"),
    };
    let text = words.say(
        "summary-standing",
        [
            ("requirement", requirement_text(words, requirement).into()),
            ("result", result.into()),
        ],
    );
    let articles = requirement.source.articles.iter();
    let framework = words.quoted(&requirement.framework);
    let of = |article: &String| {
        let args = [
            ("framework", framework.as_str().into()),
            ("article", article.as_str().into()),
        ];
        words.say("summary-article-of", args)
    };
    let cited: Vec<String> = articles.map(of).collect();
    Line::labelled(modality_name(words, requirement.modality), text).citing(&cited)
}

fn verdict_text(words: &Words, verdict: &Verdict) -> String {
    let at = |alone: &str, valued: &str, reached: &Option<Fen>| match reached {
        Some(fen) => words.say(valued, [("value", words.money(*fen).into())]),
        None => words.plain(alone),
    };
    match verdict {
        Verdict::Met { reached } => at("summary-met", "summary-met-at", reached),
        Verdict::Broken { reached, .. } => at("summary-broken", "summary-broken-at", reached),
        Verdict::Deferred { parameters } => {
            let names = parameters.iter().filter_map(|id| words.plan.parameters.get(id.index()));
            let names = words.list(names.map(|parameter| words.quoted(&parameter.id)));
            match names.is_empty() {
                true => words.plain("summary-deferred"),
                false => words.say("summary-deferred-on", [("parameters", names.into())]),
            }
        }
        Verdict::Words => words.plain("summary-not-checked"),
        Verdict::Between { .. } => words.plain("summary-not-decided"),
        Verdict::Undecided { bodies } if bodies.is_empty() => words.plain("summary-not-decided"),
        Verdict::Undecided { bodies } => {
            let bodies = words.list(bodies.iter().map(|body| words.quoted(body)));
            words.say("summary-not-decided-bodies", [("bodies", bodies.into())])
        }
    }
}

/// A requirement as the framework's own summary lists it.
pub fn requirement_line(words: &Words, requirement: &Requirement) -> Line {
    let label = modality_name(words, requirement.modality);
    Line::labelled(label, requirement_text(words, requirement)).citing(&requirement.source.articles)
}

/// `必须`, `原则上`, `鼓励`
pub fn modality_name(words: &Words, of: Modality) -> String {
    match of {
        Modality::Must => words.plain("summary-must"),
        other => modality(words, other),
    }
}

fn requirement_text(words: &Words, requirement: &Requirement) -> String {
    let text = property_text(words, &requirement.property);
    match &requirement.scope {
        Some(scope) => words.say(
            "summary-requirement-in-scope",
            [("text", text.into()), ("scope", scope_name(words, scope.kind).into())],
        ),
        None => text,
    }
}

fn property_text(words: &Words, property: &Property) -> String {
    match property {
        Property::Payable {
            keys,
            harm,
            compare,
            value,
        } => {
            let keys = ("keys", words.keys(keys).into());
            let bound = ("bound", words.compared(*compare, words.money(*value)).into());
            match harm {
                Some(harm) => words.say(
                    "summary-require-payable-of",
                    [keys, bound, ("harm", words.harm(*harm).into())],
                ),
                None => words.say("summary-require-payable", [keys, bound]),
            }
        }
        Property::LimitTotal { keys, compare, value } => words.say(
            "summary-require-limit",
            [
                ("keys", words.keys(keys).into()),
                ("bound", words.compared(*compare, words.money(*value)).into()),
            ],
        ),
        Property::PremiumPaidBy(bodies) => words.say(
            "summary-require-payer",
            [("bodies", words.alternatives(bodies.iter().cloned()).into())],
        ),
        Property::Policyholder(bodies) => words.say(
            "summary-require-policyholder",
            [("bodies", words.alternatives(bodies.iter().cloned()).into())],
        ),
        Property::Persons(classes) => words.say(
            "summary-require-persons",
            [(
                "classes",
                words.list(topmost(words, classes).map(|c| words.role(c))).into(),
            )],
        ),
        Property::Duty(duty) => words.say(
            "summary-require-duty",
            [
                ("what", words.quoted(&duty.what).into()),
                ("duty", duty_text(words, duty).into()),
            ],
        ),
        Property::Words(text) => text.clone(),
    }
}

/// The classes that lie under no other one of the list.
fn topmost<'a>(words: &'a Words, classes: &'a [ValueId]) -> impl Iterator<Item = ValueId> + 'a {
    let roles = words.plan.domains.iter().find(|domain| domain.id == "role");
    let parent = move |value: &ValueId| roles?.values.get(value.index())?.parent;
    classes.iter().copied().filter(move |class| {
        let mut above = std::iter::successors(parent(class), parent);
        !above.any(|value| classes.contains(&value))
    })
}
