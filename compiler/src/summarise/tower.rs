//! Layers that bear an event's loss, and funds.

use super::document::{Column, Line, Picture, Row, Section, Table};
use super::numerals;
use super::schedules::of_row;
use super::words::Words;
use crate::plan::{Fund, Tower};
use anlan_lang::texts::Language;

pub fn tower(words: &Words) -> Section {
    let mut section = Section::new("tower", words.plain("summary-section-tower"));
    match &words.plan.tower {
        Some(tower) => tower_blocks(words, &mut section, tower),
        None => section.line(Line::plain(words.plain("summary-tower-none"))),
    }
    section
}

fn tower_blocks(words: &Words, section: &mut Section, tower: &Tower) {
    section.line(words.line("summary-counted-per", words.group_keys(&tower.keys), &tower.source));
    let total = tower
        .total
        .as_ref()
        .map_or_else(|| words.unstated(), |total| words.formal(total));
    section.line(words.bare("summary-tower-total", total));
    section.picture(picture(words, tower));
    section.table(layers(words, tower));
    let shortfall = match &tower.shortfall {
        None => words.bare("summary-shortfall", words.unstated()),
        Some(shortfall) => {
            let text = match shortfall.decision {
                Some(decision) => words.say(
                    "summary-shortfall-decided",
                    [("decision", words.decision(decision).into())],
                ),
                None => words.plain("summary-shortfall-pro-rata"),
            };
            words.line("summary-shortfall", text, &shortfall.source)
        }
    };
    section.line(shortfall);
}

fn picture(words: &Words, tower: &Tower) -> Picture {
    let layers = tower.layers.iter().map(|layer| {
        let amount = words.say("summary-tower-up-to", [("amount", words.amount(&layer.up_to).into())]);
        (layer.id.clone(), amount)
    });
    Picture {
        title: words.plain("summary-tower-picture"),
        layers: layers.collect(),
    }
}

fn layers(words: &Words, tower: &Tower) -> Table {
    let rows = tower.layers.iter().enumerate().map(|(index, layer)| {
        let number = match words.language {
            Language::Zh => format!("第{}层", numerals::chinese(index + 1)),
            Language::En => (index + 1).to_string(),
        };
        let shared = if layer.coinsured { "summary-yes" } else { "summary-no" };
        Row {
            cells: vec![
                number,
                layer.id.clone(),
                words.amount(&layer.up_to),
                words.plain(shared),
            ],
            articles: of_row(&layer.source, &tower.source),
        }
    });
    Table {
        title: words.plain("summary-layers"),
        head: vec![
            Column::words(words.plain("summary-column-layer")),
            Column::words(words.plain("summary-column-bearer")),
            Column::numbers(words.plain("summary-column-up-to")),
            Column::words(words.plain("summary-column-coinsured")),
        ],
        rows: rows.collect(),
        articles: tower.source.articles.clone(),
    }
}

pub fn funds(words: &Words) -> Section {
    let mut section = Section::new("funds", words.plain("summary-section-funds"));
    if words.plan.funds.is_empty() {
        section.line(Line::plain(words.plain("summary-funds-none")));
    }
    for fund in &words.plan.funds {
        section.heading(fund.id.clone());
        fund_lines(words, fund).into_iter().for_each(|line| section.line(line));
    }
    section
}

fn fund_lines(words: &Words, fund: &Fund) -> Vec<Line> {
    let accrual = fund
        .accrual
        .as_ref()
        .map_or_else(|| words.unstated(), |amount| words.amount(amount));
    let carried = match fund.carried_forward {
        true => words.plain("summary-fund-carried"),
        false => words.unstated(),
    };
    let balance = match (&fund.balance, &fund.reported_by) {
        (Some(balance), _) => words.money(*balance),
        (None, Some(by)) => words.say("summary-fund-reported", [("by", by.as_str().into())]),
        (None, None) => words.unstated(),
    };
    vec![
        words.line("summary-fund-accrual", accrual, &fund.source),
        words.bare("summary-fund-carrying", carried),
        words.bare("summary-fund-balance", balance),
    ]
}
