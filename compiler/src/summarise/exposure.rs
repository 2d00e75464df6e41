//! The most that the scheme can owe, against premium and layers.

use super::document::{Line, Section};
use super::words::Words;
use crate::evaluate::Decisions;
use crate::money::Fen;
use crate::report::exposure::{Exposure, Owed, Scope, exposure as compute};

pub fn exposure(words: &Words) -> Section {
    let mut section = Section::new("exposure", words.plain("summary-section-exposure"));
    let exposure = compute(words.plan, &Decisions::default(), None);
    for owed in &exposure.owed {
        section.line(line(words, owed));
    }
    against(words, &exposure)
        .into_iter()
        .for_each(|line| section.line(line));
    section
}

fn amount(words: &Words, fen: Option<Fen>) -> String {
    fen.map_or_else(|| words.plain("summary-unlimited"), |fen| words.money(fen))
}

/// An amount that is not settled yet, from `low` to `high`; no `high` tells that nothing bounds it so far.
fn range(words: &Words, low: Option<Fen>, high: Option<Fen>) -> String {
    match (low, high) {
        (low, high) if low == high => amount(words, high),
        (Some(Fen(0)), None) => words.plain("summary-exposure-unknown"),
        (Some(low), None) => words.say("summary-exposure-at-least", [("low", words.money(low).into())]),
        (low, high) => {
            let args = [("low", amount(words, low).into()), ("high", amount(words, high).into())];
            words.say("summary-exposure-range", args)
        }
    }
}

fn line(words: &Words, owed: &Owed) -> Line {
    let most = match (owed.low == owed.high, owed.exact) {
        (true, true) => amount(words, owed.high),
        (true, false) => words.clauses([
            range(words, owed.attained, owed.high),
            words.plain("summary-not-decided"),
        ]),
        (false, _) => range(words, owed.low, owed.high),
    };
    let by = words.list(owed.by.iter().map(|by| words.limit_name(&by.limit)));
    let by = match by.is_empty() {
        true => None,
        false => Some(words.say("summary-exposure-by", [("limits", by.into())])),
    };
    let premium = owed.premium_open.then(|| words.plain("exposure-premium-open"));
    let parameters = words.list(owed.open.iter().map(|name| words.quoted(name)).chain(premium));
    let open = match parameters.is_empty() {
        true => None,
        false => {
            let id = match by {
                Some(_) => "summary-exposure-open",
                None => "summary-exposure-depends",
            };
            Some(words.say(id, [("parameters", parameters.into())]))
        }
    };
    let text = words.clauses([Some(most), by, open].into_iter().flatten());
    Line::labelled(words.plain(owed.scope.text()), text).citing(owed.by.iter().flat_map(|by| &by.articles))
}

fn against(words: &Words, exposure: &Exposure) -> Vec<Line> {
    let premium = exposure
        .premium
        .map_or_else(|| words.unstated(), |fen| words.money(fen));
    let rate = exposure.rate_on_line.map_or_else(
        || words.plain("summary-exposure-no-rate"),
        |ratio| words.near_ratio(ratio),
    );
    let mut lines = vec![
        words.bare("summary-exposure-premium", premium),
        words.bare("summary-exposure-rate", rate),
    ];
    if let Some(borne) = &exposure.borne {
        lines.push(words.bare("summary-exposure-layers", range(words, borne.low, borne.high)));
        if exposure.of(Scope::Event).is_none_or(|owed| owed.unborne.is_none()) {
            lines.push(words.bare("summary-exposure-unborne", amount(words, borne.unborne)));
        }
    }
    for (scope, label) in [
        (Scope::Event, "summary-exposure-unborne"),
        (Scope::Year, "summary-exposure-unborne-year"),
        (Scope::Term, "summary-exposure-unborne-term"),
    ] {
        if let Some(unborne) = exposure.of(scope).and_then(|owed| owed.unborne.as_ref()) {
            let funds = words.list(unborne.funds.iter().map(|fund| words.quoted(fund)));
            let short = match funds.is_empty() {
                true => None,
                false => Some(words.say("summary-exposure-short", [("funds", funds.into())])),
            };
            let open = unborne.layers_open.then(|| words.plain("summary-exposure-layers-open"));
            let parts = [Some(amount(words, unborne.amount)), short, open];
            lines.push(words.bare(label, words.clauses(parts.into_iter().flatten())));
        }
    }
    lines
}
