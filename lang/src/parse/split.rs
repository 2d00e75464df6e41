//! Splits of the premium by region, and towers of layers.

use super::cursor::{Parser, Read, Starts};
use crate::keywords::Keyword;
use crate::lex::TokenKind;
use crate::tree::{Layer, Name, Shortfall, Span, Split, SplitRow, Tower};

const TOWER: &[Keyword] = &[Keyword::Layer, Keyword::Shortfall];

impl Parser<'_> {
    pub fn split(&mut self, start: Span) -> Read<Split> {
        let name = self.name("expect-name")?;
        self.required(Keyword::TableBy)?;
        let by = self.name("expect-fact")?;
        let mut split = Split {
            name,
            by,
            payers: Vec::new(),
            rows: Vec::new(),
            rounds: Vec::new(),
            remainder: None,
            overrides: Vec::new(),
            span: start,
        };
        let mut first = true;
        self.block(Starts::Lines(&[]), |p| {
            let header = std::mem::take(&mut first) && p.only_names();
            if header {
                split.payers = p.header("expect-payer")?;
                return Ok(());
            }
            p.split_item(&mut split)
        })?;
        split.span = self.since(start);
        Ok(split)
    }

    fn split_item(&mut self, split: &mut Split) -> Read<()> {
        let start = self.here();
        if self.eat(Keyword::RemainderTo) {
            let payer = self.name("expect-payer")?;
            self.eat_kind(TokenKind::Comma);
            let notes = self.notes(start)?;
            self.fill(&mut split.remainder, (payer, notes), Keyword::RemainderTo, start);
            return Ok(());
        }
        if self.eat(Keyword::SplitWhen) {
            let decision = self.name("expect-decision")?;
            self.colon()?;
            let shares = self.list(|p| Ok((p.name("expect-payer")?, p.expr()?)))?;
            let notes = self.notes(start)?;
            split.overrides.push((decision, shares, notes));
            return Ok(());
        }
        if self.rounding_begins() {
            return self.split_rounding(split, start);
        }
        let row = self.split_row(start)?;
        split.rows.push(row);
        Ok(())
    }

    /// `市级 精确到 …` / `round 市级 to …`
    fn rounding_begins(&mut self) -> bool {
        if self.length(Keyword::Round) > 0 {
            return true;
        }
        self.pos += 1;
        let rounds = self.length(Keyword::SplitTo) > 0;
        self.pos -= 1;
        rounds
    }

    fn split_rounding(&mut self, split: &mut Split, start: Span) -> Read<()> {
        self.eat(Keyword::Round);
        let payer = self.name("expect-payer")?;
        self.required(Keyword::SplitTo)?;
        let unit = self.rounding_unit()?;
        let mode = self.round_mode();
        // `市级 精确到 1万元, 余数归 县级` on one line
        self.eat_kind(TokenKind::Comma);
        let notes = self.notes(start)?;
        split.rounds.push((payer, unit, mode, notes));
        Ok(())
    }

    fn split_row(&mut self, start: Span) -> Read<SplitRow> {
        let regions = self.names("expect-area")?;
        let mut shares = Vec::new();
        loop {
            if self.eat_kind(TokenKind::Minus) {
                shares.push(None);
            } else if self.cell_follows() {
                shares.push(Some(self.term()?));
            } else {
                break;
            }
        }
        if shares.is_empty() {
            return Err(self.expected("expect-amount"));
        }
        let span = self.since(start);
        Ok(SplitRow {
            regions,
            shares,
            notes: self.notes(start)?,
            span,
        })
    }

    // ── towers ──

    pub fn tower(&mut self, start: Span) -> Read<Tower> {
        let keys = self.keys()?;
        let total = if self.eat(Keyword::Total) {
            Some(self.expr()?)
        } else {
            None
        };
        let mut tower = Tower {
            keys,
            total,
            layers: Vec::new(),
            shortfall: None,
            span: start,
        };
        self.block(Starts::Keywords(TOWER), |p| {
            let start = p.here();
            if p.eat(Keyword::Layer) {
                tower.layers.push(p.layer(start)?);
                return Ok(());
            }
            if !p.eat(Keyword::Shortfall) {
                return Err(p.unexpected());
            }
            p.required(Keyword::ProRata)?;
            let decision: Option<Name> = if p.eat(Keyword::WhenDecided) {
                Some(p.name("expect-decision")?)
            } else {
                None
            };
            let shortfall = Shortfall {
                decision,
                span: p.since(start),
            };
            let notes = p.notes(start)?;
            p.fill(&mut tower.shortfall, (shortfall, notes), Keyword::Shortfall, start);
            Ok(())
        })?;
        tower.span = self.since(start);
        Ok(tower)
    }

    fn layer(&mut self, start: Span) -> Read<Layer> {
        let name = self.name("expect-name")?;
        self.required(Keyword::UpTo)?;
        let up_to = self.expr()?;
        let coinsured = self.eat(Keyword::SharedByCoinsurance);
        let span = self.since(start);
        Ok(Layer {
            name,
            up_to,
            coinsured,
            notes: self.notes(start)?,
            span,
        })
    }
}
