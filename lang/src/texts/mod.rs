//! Every text that a user reads, in Chinese and English, from the embedded fluent catalogue.
//!
//! One `.ftl` file for each family of findings under `zh/` and `en/`, read into one bundle per language the first time
//! that the language is asked for. A finding's message stands under its code; see [`crate::diag::Finding`] for its
//! attributes. What follows the language (amounts, counts, percentages, dates, lists) is worded in [`mod@wording`].

pub mod wording;

use crate::diag::{Arg, Args, Finding, Label};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::sync::OnceLock;

pub use wording::{count, date, list, money, ratio};

/// The languages of users, and of keywords.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    #[default]
    Zh,
    En,
}

impl Language {
    /// Both, Chinese first.
    pub const ALL: [Language; 2] = [Language::Zh, Language::En];

    /// `zh` or `en`.
    pub fn id(self) -> &'static str {
        match self {
            Language::Zh => "zh",
            Language::En => "en",
        }
    }
}

impl std::str::FromStr for Language {
    type Err = String;
    /// `zh` or `en`; the error is the text that was given.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "zh" => Ok(Language::Zh),
            "en" => Ok(Language::En),
            other => Err(other.to_owned()),
        }
    }
}

macro_rules! families {
    ($($family:literal)*) => {
        fn sources(lang: Language) -> &'static [(&'static str, &'static str)] {
            match lang {
                Language::Zh => &[$(($family, include_str!(concat!("zh/", $family, ".ftl")))),*],
                Language::En => &[$(($family, include_str!(concat!("en/", $family, ".ftl")))),*],
            }
        }
    };
}

families! {
    "common" "commands" "syntax" "names" "units" "limits" "tables" "splits" "covers" "premium" "dates" "framework"
    "money" "questions" "sources" "values" "tools" "summary" "diff"
}

type Bundle = FluentBundle<FluentResource>;

fn bundle(lang: Language) -> &'static Bundle {
    static ZH: OnceLock<Bundle> = OnceLock::new();
    static EN: OnceLock<Bundle> = OnceLock::new();
    match lang {
        Language::Zh => ZH.get_or_init(|| load(lang)),
        Language::En => EN.get_or_init(|| load(lang)),
    }
}

/// What the catalogue gets wrong (a syntax slip, an id twice) is left out here and fails the tests below.
fn load(lang: Language) -> Bundle {
    let locale = lang.id().parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![locale]);
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match lang {
        Language::Zh => |value, _| number(Language::Zh, value),
        Language::En => |value, _| number(Language::En, value),
    }));
    for (_, source) in sources(lang) {
        let resource = match FluentResource::try_new((*source).to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        // An id that stands twice keeps its first text.
        let _ = bundle.add_resource(resource);
    }
    bundle
}

fn number(lang: Language, value: &FluentValue) -> Option<String> {
    match value {
        // Only counts within ±2^53 are given as numbers, so the conversion is exact.
        FluentValue::Number(n) if n.value.fract() == 0.0 => Some(count(lang, n.value as i64)),
        _ => None,
    }
}

/// The largest integer that a fluent number holds exactly.
const EXACT: u64 = 1 << 53;

fn value(lang: Language, arg: &Arg) -> FluentValue<'static> {
    match arg {
        Arg::Count(n) if n.unsigned_abs() <= EXACT => FluentValue::from(*n),
        other => FluentValue::from(word(lang, other)),
    }
}

/// One argument as the language words it.
pub fn word(lang: Language, arg: &Arg) -> String {
    match arg {
        Arg::Text(text) => text.clone(),
        Arg::Names { zh, en } => match lang {
            Language::Zh => zh.clone(),
            Language::En => en.clone(),
        },
        Arg::Money(fen) => money(lang, *fen),
        Arg::Count(n) => count(lang, *n),
        Arg::Ratio { numerator, denominator } => ratio(*numerator, *denominator),
        Arg::Date(day) => date(lang, *day),
        Arg::List(args) => match args.as_slice() {
            [one] => word(lang, one),
            several => list(lang, several.iter().map(|a| listed(lang, a))),
        },
        Arg::Message(id) => text(lang, id, &Args::new()),
    }
}

/// An item of a list; a name that would read as several stands in quotes.
fn listed(lang: Language, arg: &Arg) -> String {
    let word = word(lang, arg);
    match arg {
        Arg::Text(_) | Arg::Names { .. } if word.contains('、') => format!("“{word}”"),
        _ => word,
    }
}

fn fluent_args<'a>(lang: Language, args: impl Iterator<Item = (&'static str, &'a Arg)>) -> FluentArgs<'static> {
    args.map(|(name, arg)| (name, value(lang, arg))).collect()
}

fn format(lang: Language, id: &str, attribute: Option<&str>, args: &FluentArgs) -> Option<String> {
    let bundle = bundle(lang);
    let message = bundle.get_message(id)?;
    let pattern = match attribute {
        Some(name) => message.get_attribute(name)?.value(),
        None => message.value()?,
    };
    // A missing argument shows as `{$name}`; formatting cannot fail otherwise.
    Some(bundle.format_pattern(pattern, Some(args), &mut Vec::new()).into_owned())
}

/// The text `id`; the id itself where the catalogue has none (which a test excludes for the ids of this workspace).
pub fn text(lang: Language, id: &str, args: &Args) -> String {
    format(lang, id, None, &fluent_args(lang, args.iter().map(|(k, v)| (*k, v)))).unwrap_or_else(|| id.to_owned())
}

/// A text without arguments.
pub fn plain(lang: Language, id: &str) -> String {
    text(lang, id, &Args::new())
}

/// The text `id` with `…` for each argument, as lists of codes show it.
pub fn outline(lang: Language, id: &str) -> String {
    let text = plain(lang, id);
    let mut pieces = text.split("{$");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |outline, piece| {
        let rest = piece.split_once('}').map_or(piece, |(_, rest)| rest);
        outline + "…" + rest
    })
}

/// The text `id.attribute`, if the catalogue has it.
pub fn attribute(lang: Language, id: &str, attribute: &str, args: &Args) -> Option<String> {
    format(
        lang,
        id,
        Some(attribute),
        &fluent_args(lang, args.iter().map(|(k, v)| (*k, v))),
    )
}

/// Whether the catalogue has `id`.
pub fn has(lang: Language, id: &str) -> bool {
    bundle(lang).has_message(id)
}

/// What the finding says, in one sentence.
pub fn message(lang: Language, finding: &Finding) -> String {
    text(lang, finding.code.0, &finding.args)
}

/// The words at the finding's primary place; empty where the catalogue has none.
pub fn primary_label(lang: Language, finding: &Finding) -> String {
    attribute(lang, finding.code.0, finding.primary_attribute, &finding.args).unwrap_or_default()
}

/// The words at a further place, where the finding has none the ones that all share. The label's own arguments win over the finding's of the same name.
pub fn label(lang: Language, finding: &Finding, label: &Label) -> String {
    let args = finding.args.iter().chain(&label.args).map(|(k, v)| (*k, v));
    let args = fluent_args(lang, args);
    let own = format(lang, finding.code.0, Some(label.attribute), &args);
    own.or_else(|| format(lang, &format!("label-{}", label.attribute), None, &args))
        .unwrap_or_default()
}

/// What would be right, where the catalogue says it.
pub fn help(lang: Language, finding: &Finding) -> Option<String> {
    attribute(lang, finding.code.0, finding.help?, &finding.args)
}

#[cfg(test)]
mod tests;
