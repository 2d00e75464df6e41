//! Premium and coinsurance.

use super::cursor::{Parser, Read, Starts};
use crate::keywords::Keyword;
use crate::lex::TokenKind;
use crate::tree::{Coinsurance, Insurer, Premium, PremiumBase, Span};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

const PREMIUM: &[Keyword] = &[
    Keyword::Rate,
    Keyword::Base,
    Keyword::Total,
    Keyword::PaidBy,
    Keyword::Due,
];
const COINSURANCE: &[Keyword] = &[
    Keyword::Lead,
    Keyword::Follow,
    Keyword::Insurers,
    Keyword::LeadAtLeast,
    Keyword::SharesByContract,
];

impl Parser<'_> {
    pub fn premium(&mut self, start: Span) -> Read<Premium> {
        let mut premium = Premium::default();
        self.block(Starts::Keywords(PREMIUM), |p| p.premium_item(&mut premium))?;
        premium.span = self.since(start);
        Ok(premium)
    }

    fn premium_item(&mut self, premium: &mut Premium) -> Read<()> {
        let start = self.here();
        let Some(keyword) = self.which(PREMIUM) else {
            return Err(self.unexpected());
        };
        self.eat(keyword);
        match keyword {
            Keyword::Rate if self.eat(Keyword::ByContract) => {
                let by = self.names_after(Keyword::TableBy, "expect-fact")?;
                let notes = self.notes(start)?;
                self.fill(&mut premium.rate_by_contract, (by, notes), keyword, start);
            }
            Keyword::Rate => {
                let rate = self.expr()?;
                premium.rates.push((rate, self.notes(start)?));
            }
            Keyword::Base => {
                let base = self.premium_base(start)?;
                premium.bases.push((base, self.notes(start)?));
            }
            Keyword::Total => {
                let total = self.expr()?;
                let planned = self.eat(Keyword::Planned);
                let notes = self.notes(start)?;
                self.fill(&mut premium.total, (total, planned, notes), keyword, start);
            }
            Keyword::PaidBy => self.payers(premium, start)?,
            _ => {
                let due = self.quoted()?;
                let notes = self.notes(start)?;
                self.fill(&mut premium.due, (due, notes), keyword, start);
            }
        }
        Ok(())
    }

    /// `县财政 100%`, `省财政 40%, 县财政 60%`
    fn payers(&mut self, premium: &mut Premium, clause: Span) -> Read<()> {
        let mut start = clause;
        loop {
            let payer = self.name("expect-payer")?;
            let share = self.expr()?;
            let notes = self.notes(start)?;
            premium.payers.push((payer, share, notes));
            if !self.eat_kind(TokenKind::Comma) || (self.peek(0).first && self.begins_item(self.starts)) {
                return Ok(());
            }
            start = self.here();
        }
    }

    fn premium_base(&mut self, start: Span) -> Read<PremiumBase> {
        let kind = self.name("expect-name")?;
        let unit = if self.eat(Keyword::CountsUnit) {
            if self.kind() == TokenKind::Number {
                return Err(self.expected_helped("expect-name", "base"));
            }
            Some(self.name("expect-name")?)
        } else {
            None
        };
        let lags = [Keyword::CurrentYear, Keyword::PreviousYear, Keyword::YearBeforeLast];
        let lag = lags
            .iter()
            .position(|keyword| self.eat(*keyword))
            .map(|years| years as u8);
        if self.kind() == TokenKind::Number && !self.peek(0).first {
            return Err(self.expected_helped("expect-equals", "base"));
        }
        let mut stated = None;
        if self.eat_kind(TokenKind::Equal) {
            let quantity = self.quantity()?;
            let year = if self.eat(Keyword::InYear) {
                Some(self.calendar_year()?)
            } else {
                None
            };
            stated = Some((quantity, year));
        }
        Ok(PremiumBase {
            kind,
            unit,
            lag,
            stated,
            span: self.since(start),
        })
    }

    /// `2022年`, `2022`
    fn calendar_year(&mut self) -> Read<i16> {
        if self.kind() != TokenKind::Number {
            return Err(self.expected("expect-number"));
        }
        let quantity = self.quantity()?;
        match quantity.value.to_i16() {
            Some(year) if quantity.value.fract().is_zero() => Ok(year),
            _ => Err(self.no_such_number(quantity.span)),
        }
    }

    // ── coinsurance ──

    pub fn coinsurance(&mut self, start: Span) -> Read<Coinsurance> {
        let mut coinsurance = Coinsurance::default();
        self.block(Starts::Keywords(COINSURANCE), |p| p.coinsurance_item(&mut coinsurance))?;
        coinsurance.span = self.since(start);
        Ok(coinsurance)
    }

    fn coinsurance_item(&mut self, coinsurance: &mut Coinsurance) -> Read<()> {
        let start = self.here();
        let Some(keyword) = self.which(COINSURANCE) else {
            return Err(self.unexpected());
        };
        self.eat(keyword);
        match keyword {
            Keyword::Insurers => {
                let (least, most) = self.insurer_count()?;
                let notes = self.notes(start)?;
                self.fill(&mut coinsurance.count, (least, most, notes), keyword, start);
            }
            Keyword::LeadAtLeast => {
                let share = self.expr()?;
                let notes = self.notes(start)?;
                self.fill(&mut coinsurance.lead_at_least, (share, notes), keyword, start);
            }
            Keyword::SharesByContract => {
                let notes = self.notes(start)?;
                self.fill(&mut coinsurance.by_contract, notes, keyword, start);
            }
            _ => {
                let name = self.name("expect-body")?;
                let share = if self.kind() == TokenKind::Number {
                    Some(self.expr()?)
                } else {
                    None
                };
                let span = self.since(start);
                let notes = self.notes(start)?;
                let lead = keyword == Keyword::Lead;
                coinsurance.insurers.push(Insurer {
                    name,
                    lead,
                    share,
                    notes,
                    span,
                });
            }
        }
        Ok(())
    }

    /// `3`, `3家`, `2 至 3`
    fn insurer_count(&mut self) -> Read<(Decimal, Decimal)> {
        let least = self.quantity()?.value;
        let most = if self.eat(Keyword::To) {
            self.quantity()?.value
        } else {
            least
        };
        Ok((least, most))
    }
}
