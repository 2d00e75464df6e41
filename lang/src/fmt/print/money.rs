//! Premium, splits, coinsurance, towers.

use super::Printer;
use super::amounts::Binding;
use super::benefits::print_round_mode;
use crate::fmt::doc::{Item, Style};
use crate::fmt::words::Words;
use crate::keywords::Keyword;
use crate::tree::{ClauseKind, Coinsurance, Expr, Notes, Premium, PremiumBase, Span, Split, SplitRow, Tower};

impl<'s> Printer<'s> {
    pub fn money_clause(&self, kind: &ClauseKind, span: Span) -> Item {
        match kind {
            ClauseKind::Premium(premium) => self.premium(premium, span),
            ClauseKind::Split(split) => self.split(split, span),
            ClauseKind::Coinsurance(coinsurance) => self.coinsurance(coinsurance, span),
            ClauseKind::Tower(tower) => self.tower(tower, span),
            // Every other kind was printed before; an empty item would fail the comparison of trees.
            _ => Item {
                start: span.start,
                end: span.end,
                ..Item::default()
            },
        }
    }

    fn premium(&self, premium: &Premium, span: Span) -> Item {
        let mut items = Vec::new();
        for (rate, notes) in &premium.rates {
            items.push(self.noted(Keyword::Rate, notes, |w| {
                w.expr(rate);
            }));
        }
        if let Some((by, notes)) = &premium.rate_by_contract {
            items.push(self.noted(Keyword::Rate, notes, |w| {
                w.keyword(Keyword::ByContract);
                if !by.is_empty() {
                    w.keyword(Keyword::TableBy).names(by);
                }
            }));
        }
        for (base, notes) in &premium.bases {
            items.push(self.noted(Keyword::Base, notes, |w| print_base(w, base)));
        }
        if let Some((total, planned, notes)) = &premium.total {
            items.push(self.noted(Keyword::Total, notes, |w| {
                w.expr(total);
                if *planned {
                    w.keyword(Keyword::Planned);
                }
            }));
        }
        for (payer, share, notes) in &premium.payers {
            items.push(self.noted(Keyword::PaidBy, notes, |w| {
                w.name(payer).expr(share);
            }));
        }
        if let Some((due, notes)) = &premium.due {
            items.push(self.noted(Keyword::Due, notes, |w| {
                w.quoted(due);
            }));
        }
        self.block(self.item(Keyword::Premium, span, |_| {}), Style::Clauses, items)
    }

    fn split(&self, split: &Split, span: Span) -> Item {
        let head = self.item(Keyword::Split, span, |w| {
            w.name(&split.name).keyword(Keyword::TableBy).name(&split.by);
        });
        let mut items = self.header(&split.payers);
        items.extend(split.rows.iter().map(|row| self.split_row(row)));
        for (payer, unit, mode, notes) in &split.rounds {
            items.push(self.split_line(notes, |w| {
                w.keyword(Keyword::Round).name(payer);
                w.keyword(Keyword::SplitTo).quantity(unit);
                print_round_mode(w, *mode);
            }));
        }
        if let Some((payer, notes)) = &split.remainder {
            items.push(self.split_line(notes, |w| {
                w.keyword(Keyword::RemainderTo).name(payer);
            }));
        }
        for (decision, shares, notes) in &split.overrides {
            items.push(self.split_line(notes, |w| {
                w.keyword(Keyword::SplitWhen).name(decision).append(":");
                w.list(shares, |w, (payer, share)| {
                    w.name(payer).expr(share);
                });
            }));
        }
        self.block(head, Style::Rows, items)
    }

    fn split_row(&self, row: &SplitRow) -> Item {
        let key = |w: &mut Words<'s>| {
            w.names(&row.regions);
        };
        let mut item = self.keyed(row.span, key, |_| {});
        let none = if self.words(0).zh() { "—" } else { "-" };
        let cell = |share: &Option<Expr>| match share {
            Some(share) => self.cell(|w| {
                w.bound(share, Binding::Product);
            }),
            None => none.to_owned(),
        };
        item.cells = row.shares.iter().map(cell).collect();
        self.with_notes(item, &row.notes)
    }

    /// A line of a split that is no row of shares.
    fn split_line(&self, notes: &Notes, fill: impl FnOnce(&mut Words<'s>)) -> Item {
        self.with_notes(self.keyed(notes.span, |_| {}, fill), notes)
    }

    fn coinsurance(&self, coinsurance: &Coinsurance, span: Span) -> Item {
        let mut items = Vec::new();
        for insurer in &coinsurance.insurers {
            let keyword = if insurer.lead { Keyword::Lead } else { Keyword::Follow };
            let item = self.item(keyword, insurer.span, |w| {
                w.name(&insurer.name);
                if let Some(share) = &insurer.share {
                    w.expr(share);
                }
            });
            items.push(self.with_notes(item, &insurer.notes));
        }
        if let Some((least, most, notes)) = &coinsurance.count {
            items.push(self.noted(Keyword::Insurers, notes, |w| {
                w.word(least.to_string());
                if most != least {
                    w.keyword(Keyword::To).word(most.to_string());
                }
            }));
        }
        if let Some((share, notes)) = &coinsurance.lead_at_least {
            items.push(self.noted(Keyword::LeadAtLeast, notes, |w| {
                w.expr(share);
            }));
        }
        if let Some(notes) = &coinsurance.by_contract {
            items.push(self.noted(Keyword::SharesByContract, notes, |_| {}));
        }
        self.block(self.item(Keyword::Coinsurance, span, |_| {}), Style::Clauses, items)
    }

    fn tower(&self, tower: &Tower, span: Span) -> Item {
        let head = self.item(Keyword::Tower, span, |w| {
            w.keys(&tower.keys);
            if let Some(total) = &tower.total {
                w.keyword(Keyword::Total).expr(total);
            }
        });
        let mut items = Vec::new();
        for layer in &tower.layers {
            let item = self.item(Keyword::Layer, layer.span, |w| {
                w.name(&layer.name).keyword(Keyword::UpTo).expr(&layer.up_to);
                if layer.coinsured {
                    w.keyword(Keyword::SharedByCoinsurance);
                }
            });
            items.push(self.with_notes(item, &layer.notes));
        }
        if let Some((shortfall, notes)) = &tower.shortfall {
            items.push(self.noted(Keyword::Shortfall, notes, |w| {
                w.keyword(Keyword::ProRata);
                if let Some(decision) = &shortfall.decision {
                    w.keyword(Keyword::WhenDecided).name(decision);
                }
            }));
        }
        self.block(head, Style::Clauses, items)
    }
}

fn print_base(w: &mut Words<'_>, base: &PremiumBase) {
    w.name(&base.kind);
    if let Some(unit) = &base.unit {
        w.keyword(Keyword::CountsUnit).name(unit);
    }
    let lags = [Keyword::CurrentYear, Keyword::PreviousYear, Keyword::YearBeforeLast];
    if let Some(lag) = base.lag.and_then(|lag| lags.get(lag as usize)) {
        w.keyword(*lag);
    }
    if let Some((quantity, year)) = &base.stated {
        w.word("=").quantity(quantity);
        if let Some(year) = year {
            let text = if w.zh() { format!("{year}年") } else { year.to_string() };
            w.keyword(Keyword::InYear).word(text);
        }
    }
}
