//! Who pays what premium on which base, and which insurers share the risk.

use super::document::{Column, Line, Row, Section, Table};
use super::schedules::of_row;
use super::words::Words;
use crate::money::Ratio;
use crate::plan::{Premium, PremiumBase, RateBase, Split};

pub fn premium(words: &Words) -> Section {
    let mut section = Section::new("premium", words.plain("summary-section-premium"));
    match &words.plan.premium {
        Some(premium) => premium_lines(words, premium)
            .into_iter()
            .for_each(|line| section.line(line)),
        None => section.line(Line::plain(words.unstated())),
    }
    section
}

fn premium_lines(words: &Words, premium: &Premium) -> Vec<Line> {
    let mut lines = Vec::new();
    for rate in &premium.rates {
        let id = match rate.per {
            RateBase::Persons => "summary-rate-person",
            RateBase::Households => "summary-rate-household",
        };
        let text = words.say(id, [("amount", words.amount(&rate.amount).into())]);
        lines.push(words.line("summary-rate", text, &rate.source));
    }
    if let Some(by) = &premium.by_contract {
        let by = words.list(by.iter().cloned());
        let text = match by.is_empty() {
            true => words.plain("summary-by-contract"),
            false => words.say("summary-rate-contract-by", [("facts", by.into())]),
        };
        lines.push(words.line("summary-rate", text, &premium.source));
    }
    if lines.is_empty() {
        lines.push(words.bare("summary-rate", words.unstated()));
    }
    match premium.bases.is_empty() {
        true => lines.push(words.bare("summary-base", words.unstated())),
        false => lines.extend(premium.bases.iter().map(|base| base_line(words, base))),
    }
    lines.push(match &premium.total {
        Some(total) => {
            let id = if total.planned {
                "summary-total-planned"
            } else {
                "summary-total-stated"
            };
            let text = words.say(id, [("amount", words.formal(&total.amount).into())]);
            words.line("summary-total", text, &total.source)
        }
        None if premium.by_contract.is_some() => words.bare("summary-total", words.plain("summary-by-contract")),
        None => words.bare("summary-total", words.plain("summary-total-computed")),
    });
    lines.extend(payer_lines(words, premium));
    let due = premium.due.clone().unwrap_or_else(|| words.unstated());
    lines.push(words.bare("summary-due", due));
    lines
}

fn payer_lines(words: &Words, premium: &Premium) -> Vec<Line> {
    if premium.payers.is_empty() {
        let text = match words.plan.split {
            Some(_) => words.plain("summary-payers-split"),
            None => words.unstated(),
        };
        return vec![words.bare("summary-payers", text)];
    }
    let payer = |(name, share): &(String, Ratio)| {
        let share = ("share", words.ratio(*share).into());
        let text = words.say("summary-payer", [("name", name.as_str().into()), share]);
        words.line("summary-payers", text, &premium.source)
    };
    premium.payers.iter().map(payer).collect()
}

fn base_line(words: &Words, base: &PremiumBase) -> Line {
    let counts = match base.counts {
        RateBase::Persons => "summary-base-persons",
        RateBase::Households => "summary-base-households",
    };
    let kind = words.say(counts, [("kind", base.kind.as_str().into())]);
    let lag = match base.lag {
        None => String::new(),
        Some(0) => words.plain("summary-base-current"),
        Some(1) => words.plain("summary-base-previous"),
        Some(2) => words.plain("summary-base-before-last"),
        Some(years) => words.say("summary-base-lag", [("years", years.to_string().into())]),
    };
    let stated = match (base.stated, base.stated_year) {
        (Some(n), Some(year)) => words.say(
            "summary-base-stated-year",
            [
                ("count", words.count(n).into()),
                ("year", year.to_string().into()),
                unit(words, base.counts),
            ],
        ),
        (Some(n), None) => words.say(
            "summary-base-stated",
            [("count", words.count(n).into()), unit(words, base.counts)],
        ),
        (None, _) => String::new(),
    };
    words.line("summary-base", words.clauses([kind, lag, stated]), &base.source)
}

fn unit(words: &Words, counts: RateBase) -> (&'static str, anlan_lang::diag::Arg) {
    let id = match counts {
        RateBase::Persons => "summary-unit-persons",
        RateBase::Households => "summary-unit-households",
    };
    ("unit", words.plain(id).into())
}

pub fn split(words: &Words) -> Section {
    let mut section = Section::new("split", words.plain("summary-section-split"));
    match &words.plan.split {
        Some(split) => split_blocks(words, &mut section, split),
        None => section.line(Line::plain(words.plain("summary-split-none"))),
    }
    section
}

fn split_blocks(words: &Words, section: &mut Section, split: &Split) {
    section.table(split_table(words, split));
    let payer = |index: u32| split.payers.get(index as usize).cloned().unwrap_or_default();
    for rounding in &split.rounds {
        let text = words.say(
            "summary-split-round-text",
            [
                ("payer", payer(rounding.payer).into()),
                ("unit", words.money(rounding.unit).into()),
                ("mode", words.round_mode(rounding.mode).into()),
            ],
        );
        section.line(words.line("summary-split-round", text, &rounding.source));
    }
    let remainder = match split.remainder {
        Some(index) => words.say("summary-remainder-to", [("payer", payer(index).into())]),
        None => words.plain("summary-remainder-unstated"),
    };
    section.line(words.bare("summary-remainder", remainder));
    for changed in &split.overrides {
        let shares = split.payers.iter().zip(&changed.shares).map(|(payer, share)| {
            let share = ("share", words.ratio(*share).into());
            words.say("summary-payer", [("name", payer.as_str().into()), share])
        });
        let text = words.say(
            "summary-split-override-text",
            [
                ("decision", words.decision(changed.decision).into()),
                ("shares", words.list(shares).into()),
            ],
        );
        section.line(words.line("summary-split-override", text, &changed.source));
    }
}

fn split_table(words: &Words, split: &Split) -> Table {
    let share = |ratio: &Ratio| match *ratio == Ratio::ZERO {
        true => "—".to_owned(),
        false => words.ratio(*ratio),
    };
    let rows = split.rows.iter().map(|row| {
        let regions = words.list(row.regions.iter().map(|r| words.value(split.by, *r)));
        Row {
            cells: std::iter::once(regions).chain(row.shares.iter().map(share)).collect(),
            articles: of_row(&row.source, &split.source),
        }
    });
    Table {
        title: words.say("summary-table-title", [("table", split.id.as_str().into())]),
        head: std::iter::once(Column::words(words.fact(split.by)))
            .chain(split.payers.iter().map(Column::numbers))
            .collect(),
        rows: rows.collect(),
        articles: split.source.articles.clone(),
    }
}

pub fn coinsurance(words: &Words) -> Section {
    let mut section = Section::new("coinsurance", words.plain("summary-section-coinsurance"));
    let Some(pool) = &words.plan.coinsurance else {
        section.line(Line::plain(words.unstated()));
        return section;
    };
    for insurer in &pool.insurers {
        let label = if insurer.lead {
            "summary-insurer-lead"
        } else {
            "summary-insurer-follow"
        };
        let text = match insurer.share {
            Some(share) => words.say(
                "summary-insurer-share",
                [
                    ("name", insurer.id.as_str().into()),
                    ("share", words.ratio(share).into()),
                ],
            ),
            None => insurer.id.clone(),
        };
        let articles = insurer.source.articles.iter().chain(&pool.source.articles);
        section.line(Line::labelled(words.plain(label), text).citing(articles));
    }
    if let Some((least, most)) = pool.count {
        let text = match least == most {
            true => words.say("summary-insurers-exactly", [("count", least.to_string().into())]),
            false => words.say(
                "summary-insurers-between",
                [("least", least.to_string().into()), ("most", most.to_string().into())],
            ),
        };
        section.line(words.line("summary-insurers", text, &pool.source));
    }
    if let Some(share) = pool.lead_at_least {
        let text = words.compared(anlan_lang::tree::Compare::AtLeast, words.ratio(share));
        section.line(words.line("summary-lead-at-least", text, &pool.source));
    }
    if pool.by_contract {
        section.line(words.line("summary-shares", words.plain("summary-by-contract"), &pool.source));
    }
    section
}
