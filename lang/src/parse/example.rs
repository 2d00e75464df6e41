//! What contracts set, worked examples, acknowledged findings.

use super::cursor::{Parser, Read, Starts};
use crate::keywords::Keyword;
use crate::lex::TokenKind;
use crate::tree::{
    Acknowledge, ClauseKind, Example, Expectation, Expr, Field, FieldValue, Given, Name, SetValue, Span,
};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// What is given and what is expected; `保费` and `基数` stand here for amounts and figures.
const ITEMS: &[Keyword] = &[
    Keyword::Claim,
    Keyword::Claims,
    Keyword::Decided,
    Keyword::Bases,
    Keyword::Set,
    Keyword::Loss,
    Keyword::PaysAmount,
    Keyword::PaysNothing,
    Keyword::Refused,
    Keyword::Paid,
    Keyword::PaidInAll,
    Keyword::Premium,
    Keyword::Bears,
    Keyword::Ratio,
    Keyword::Unpaid,
];

impl Parser<'_> {
    pub fn set_clause(&mut self) -> Read<ClauseKind> {
        let (name, value) = self.set()?;
        Ok(ClauseKind::Set { name, value })
    }

    fn set(&mut self) -> Read<(Name, SetValue)> {
        let name = self.name("expect-name")?;
        self.equals()?;
        Ok((name, self.set_value()?))
    }

    fn set_value(&mut self) -> Read<SetValue> {
        match self.kind() {
            TokenKind::Date => {
                let (date, span) = self.date()?;
                Ok(SetValue::Date(date, span))
            }
            TokenKind::OpenBrace => Ok(SetValue::Table(self.rows()?.1)),
            _ if self.length(Keyword::List) > 0 && self.peek(1).kind == TokenKind::OpenBrace => {
                self.eat(Keyword::List);
                Ok(SetValue::List(self.braced_names()?))
            }
            _ => Ok(SetValue::Expr(self.expr()?)),
        }
    }

    pub fn acknowledge(&mut self, start: Span) -> Read<Acknowledge> {
        let code = self.name("expect-name")?;
        let about = if self.eat(Keyword::For) {
            Some(self.name("expect-name")?)
        } else {
            None
        };
        let reason = self.quoted()?;
        Ok(Acknowledge {
            code,
            about,
            reason,
            span: self.since(start),
        })
    }

    // ── examples ──

    pub fn example(&mut self, start: Span) -> Read<Example> {
        let title = self.quoted()?;
        let (mut given, mut expect) = (Vec::new(), Vec::new());
        self.block(Starts::Keywords(ITEMS), |p| {
            let start = p.here();
            let Some(keyword) = p.which(ITEMS) else {
                return Err(p.unexpected());
            };
            p.eat(keyword);
            match p.given(keyword, start)? {
                Some(more) => given.push(more),
                None => {
                    let expectation = p.expectation(keyword)?;
                    expect.push((expectation, p.since(start)));
                }
            }
            Ok(())
        })?;
        Ok(Example {
            title,
            given,
            expect,
            span: self.since(start),
        })
    }

    fn given(&mut self, keyword: Keyword, start: Span) -> Read<Option<Given>> {
        Ok(Some(match keyword {
            Keyword::Claim | Keyword::Claims => self.claims(start)?,
            Keyword::Decided => self.decided(start)?,
            Keyword::Bases => {
                let region = self.name("expect-area")?;
                self.required(Keyword::PersonCount)?;
                let persons = self.figure()?;
                self.required(Keyword::HouseholdCount)?;
                let households = self.figure()?;
                Given::Bases {
                    region,
                    persons,
                    households,
                    span: self.since(start),
                }
            }
            Keyword::Set => {
                let (name, value) = self.set()?;
                Given::Set {
                    name,
                    value,
                    span: self.since(start),
                }
            }
            Keyword::Loss => Given::Loss(self.expr()?),
            _ => return Ok(None),
        }))
    }

    /// `800000`, `80万人`; a unit after a blank would be the keyword `households`.
    fn figure(&mut self) -> Read<Decimal> {
        if self.peek(1).tight {
            Ok(self.quantity()?.value)
        } else {
            self.decimal()
        }
    }

    /// `赔案 { … }`, `赔案 400件 { … }`
    fn claims(&mut self, start: Span) -> Read<Given> {
        let mut count = 1;
        if self.kind() == TokenKind::Number {
            let quantity = self.quantity()?;
            count = match quantity.value.to_u32() {
                Some(count) if quantity.value.fract().is_zero() => count,
                _ => return Err(self.no_such_number(quantity.span)),
            };
            self.eat(Keyword::Of);
        }
        let mut fields = Vec::new();
        self.block(Starts::Lines(&[]), |p| {
            fields.push(p.field()?);
            p.eat_kind(TokenKind::Comma);
            Ok(())
        })?;
        Ok(Given::Claims {
            count,
            fields,
            span: self.since(start),
        })
    }

    fn field(&mut self) -> Read<Field> {
        let start = self.here();
        let fact = self.name("expect-fact")?;
        let value = match self.kind() {
            TokenKind::Number => FieldValue::Quantity(self.quantity()?),
            TokenKind::Date => {
                let (date, span) = self.date()?;
                FieldValue::Date(date, span)
            }
            TokenKind::Text | TokenKind::ForeignText | TokenKind::OpenText => FieldValue::Text(self.quoted()?),
            _ => FieldValue::Name(self.name("expect-field-value")?),
        };
        Ok(Field {
            fact,
            value,
            span: self.since(start),
        })
    }

    fn decided(&mut self, start: Span) -> Read<Given> {
        let name = self.name("expect-decision")?;
        let key = if self.eat(Keyword::At) {
            Some(self.quoted()?)
        } else {
            None
        };
        let value = if self.eat_kind(TokenKind::Equal) {
            Some(self.set_value()?)
        } else {
            None
        };
        Ok(Given::Decided {
            name,
            key,
            value,
            span: self.since(start),
        })
    }

    fn expectation(&mut self, keyword: Keyword) -> Read<Expectation> {
        Ok(match keyword {
            Keyword::PaysNothing => Expectation::Nothing,
            Keyword::Refused => Expectation::Refused,
            Keyword::Bears => {
                let name = self.name("expect-payer")?;
                Expectation::Bears(name, self.expr()?)
            }
            Keyword::PaysAmount => self.pays_amount()?,
            Keyword::Paid => Expectation::Paid(self.expr()?),
            Keyword::PaidInAll => Expectation::PaidInAll(self.expr()?),
            Keyword::Premium => Expectation::Premium(self.expr()?),
            Keyword::Ratio => Expectation::Ratio(self.expr()?),
            _ => Expectation::Unpaid(self.expr()?),
        })
    }

    fn pays_amount(&mut self) -> Read<Expectation> {
        let amount: Expr = self.expr()?;
        Ok(Expectation::Benefit(amount))
    }
}
