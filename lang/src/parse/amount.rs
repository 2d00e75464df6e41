//! Quantities and expressions.

use super::cursor::{Failed, Parser, Read};
use crate::diag::{Arg, codes};
use crate::keywords::Keyword;
use crate::lex::{MAX_NESTING, TokenKind, half_width};
use crate::numerals::in_digits;
use crate::tree::{Expr, Name, Quantity, Sign, Span, Unit};
use rust_decimal::Decimal;

/// Units that may follow a number after a blank; without a blank, any word is a unit.
const UNITS: &[&str] = &[
    "元",
    "角",
    "分",
    "人",
    "户",
    "名",
    "口",
    "件",
    "起",
    "次",
    "家",
    "种",
    "类",
    "级",
    "年",
    "季",
    "季度",
    "月",
    "个月",
    "日",
    "天",
    "小时",
    "时",
    "毫米",
    "厘米",
    "米",
    "公里",
    "千米",
    "平方米",
    "公顷",
    "亩",
    "栋",
    "间",
    "岁",
    "yuan",
    "CNY",
    "RMB",
    "fen",
    "jiao",
    "person",
    "persons",
    "people",
    "household",
    "households",
    "item",
    "items",
    "case",
    "cases",
    "time",
    "times",
    "insurer",
    "insurers",
    "kind",
    "kinds",
    "grade",
    "grades",
    "year",
    "years",
    "quarter",
    "quarters",
    "month",
    "months",
    "day",
    "days",
    "hour",
    "hours",
    "mm",
    "cm",
    "m",
    "km",
    "square_metre",
    "hectare",
];

impl Parser<'_> {
    /// A number token as written: digits, groups, full-width digits.
    pub fn decimal(&mut self) -> Read<Decimal> {
        let token = self.peek(0);
        if token.kind != TokenKind::Number {
            return Err(self.expected("expect-number"));
        }
        self.advance();
        let text = self.text(token.span);
        let plain = text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        let value = match plain {
            true => text.parse(),
            false => text
                .chars()
                .filter(|c| *c != ',')
                .map(half_width)
                .collect::<String>()
                .parse(),
        };
        value.map_err(|_| self.no_such_number(token.span))
    }

    pub fn no_such_number(&mut self, span: Span) -> Failed {
        let finding = self.finding(codes::S012, span).arg("what", Arg::Message("what-number"));
        self.report(finding.arg("found", self.text(span)));
        Failed
    }

    /// `10万元`, `1元/人/年`, `3 years`, `20%`, `6`
    pub fn quantity(&mut self) -> Read<Quantity> {
        if self.kind() != TokenKind::Number {
            if let Some(failed) = self.numerals(UNITS) {
                return Err(failed);
            }
            return Err(self.expected("expect-quantity"));
        }
        let start = self.here();
        let value = self.decimal()?;
        let last = Decimal::new(1, value.scale());
        let next = self.peek(0);
        if matches!(next.kind, TokenKind::Percent | TokenKind::Permille) {
            self.advance();
            let text = if next.kind == TokenKind::Percent { "%" } else { "‰" };
            let head = Name {
                text: text.to_owned(),
                span: next.span,
            };
            let unit = Some(Unit {
                head,
                per: Vec::new(),
                span: next.span,
            });
            return Ok(Quantity {
                value,
                step: last,
                unit,
                span: self.since(start),
            });
        }
        let (multiplier, unit) = self.multiplied_unit()?;
        let product = value.checked_mul(multiplier).zip(last.checked_mul(multiplier));
        let (value, step) = product.ok_or_else(|| self.no_such_number(self.since(start)))?;
        Ok(Quantity {
            value,
            step,
            unit,
            span: self.since(start),
        })
    }

    /// A quantity whose number may be left out (`精确到 万元` is `精确到 1万元`).
    pub fn rounding_unit(&mut self) -> Read<Quantity> {
        if self.kind() != TokenKind::Word {
            return self.quantity();
        }
        let start = self.here();
        if !self.at_unit() {
            return Err(self.expected("expect-quantity"));
        }
        let (value, unit) = self.multiplied_unit()?;
        Ok(Quantity {
            value,
            step: value,
            unit,
            span: self.since(start),
        })
    }

    /// Reports a quantity in Chinese numerals with one of these units, if that is what stands here.
    fn numerals(&mut self, units: &[&str]) -> Option<Failed> {
        let token = self.peek(0);
        let word = self.text(token.span);
        if token.kind != TokenKind::Word || !units.iter().any(|unit| word.ends_with(unit)) {
            return None;
        }
        let digits = in_digits(word)?;
        let known = units
            .iter()
            .any(|unit| digits.trim_start_matches(|c: char| c.is_ascii_digit() || "万亿".contains(c)) == *unit);
        if !known {
            return None;
        }
        let place = self.place(token.span);
        let finding = self.finding(codes::S018, token.span).arg("fixed", digits.clone());
        self.report(finding.fixed(place, digits));
        Some(Failed)
    }

    fn at_unit(&self) -> bool {
        let token = self.peek(0);
        let (_, unit) = split_multiplier(self.text(token.span));
        token.kind == TokenKind::Word && !token.first && (unit.is_empty() || UNITS.contains(&unit))
    }

    /// `万元/年` after a number: the multiplier and the unit.
    fn multiplied_unit(&mut self) -> Read<(Decimal, Option<Unit>)> {
        let token = self.peek(0);
        let tight = token.kind == TokenKind::Word && token.tight;
        if !tight && !self.at_unit() {
            return Ok((Decimal::ONE, None));
        }
        self.advance();
        let text = self.text(token.span);
        let (multiplier, unit) = split_multiplier(text);
        let multiplier = multiplier.ok_or_else(|| self.no_such_number(token.span))?;
        if unit.is_empty() {
            // `10 万 元`
            let (_, next) = split_multiplier(self.text(self.peek(0).span));
            if !self.at_unit() || next.is_empty() {
                return Ok((multiplier, None));
            }
            let head = self.unit_name(0);
            return Ok((multiplier, Some(self.per(head)?)));
        }
        self.pos -= 1;
        let head = self.unit_name(text.len() - unit.len());
        Ok((multiplier, Some(self.per(head)?)))
    }

    /// The word here without the first `skip` bytes.
    fn unit_name(&mut self, skip: usize) -> Name {
        let span = self.advance().span;
        let span = Span {
            start: span.start + skip as u32,
            end: span.end,
        };
        Name {
            text: self.text(span).to_owned(),
            span,
        }
    }

    /// `/人/年` after the head of a unit.
    fn per(&mut self, head: Name) -> Read<Unit> {
        let mut unit = Unit {
            span: head.span,
            head,
            per: Vec::new(),
        };
        while self.kind() == TokenKind::Slash && self.peek(1).kind == TokenKind::Word {
            self.advance();
            let name = self.unit_name(0);
            unit.span = unit.span.to(name.span);
            unit.per.push(name);
        }
        Ok(unit)
    }

    // ── expressions ──

    /// `1 - 综合赔付率 - 综合费用率`
    pub fn expr(&mut self) -> Read<Expr> {
        let start = self.here();
        let first = self.term()?;
        let mut rest = Vec::new();
        loop {
            let sign = match self.kind() {
                TokenKind::Plus => Sign::Plus,
                TokenKind::Minus => Sign::Minus,
                _ => break,
            };
            self.advance();
            rest.push((sign, self.term()?));
        }
        if rest.is_empty() {
            return Ok(first);
        }
        Ok(Expr::Sum {
            first: Box::new(first),
            rest,
            span: self.since(start),
        })
    }

    /// A product, or less: what a cell of a table holds.
    pub fn term(&mut self) -> Read<Expr> {
        let start = self.here();
        let mut left = self.factor()?;
        loop {
            if self.eat_kind(TokenKind::Times) || self.of_in_english() {
                let right = self.factor()?;
                left = self.product(left, right, start);
            } else if self.eat(Keyword::Of) {
                // `基本保费 的 70%` is `70% of 基本保费`.
                let ratio = self.factor()?;
                left = self.product(ratio, left, start);
            } else {
                return Ok(left);
            }
        }
    }

    fn product(&self, left: Expr, right: Expr, start: Span) -> Expr {
        Expr::Product {
            left: Box::new(left),
            right: Box::new(right),
            span: self.since(start),
        }
    }

    /// `of` between a ratio and its base; the Chinese 的 stands between base and ratio.
    fn of_in_english(&mut self) -> bool {
        self.text(self.peek(0).span) == "of" && self.eat(Keyword::Of)
    }

    pub fn factor(&mut self) -> Read<Expr> {
        let start = self.here();
        match self.kind() {
            TokenKind::Number => self.number_factor(),
            TokenKind::OpenParen => {
                self.open_paren()?;
                let inner = self.expr()?;
                self.close_paren()?;
                Ok(inner)
            }
            TokenKind::Word | TokenKind::QuotedName => {
                if self.at_whole(Keyword::Unlimited) {
                    self.eat(Keyword::Unlimited);
                    return Ok(Expr::Unlimited(self.since(start)));
                }
                if self.at_whole(Keyword::TotalPremium) {
                    self.eat(Keyword::TotalPremium);
                    return Ok(Expr::TotalPremium(self.since(start)));
                }
                if self.at_whole(Keyword::SumInsuredAmount) {
                    self.eat(Keyword::SumInsuredAmount);
                    return Ok(Expr::SumInsured(self.since(start)));
                }
                self.named_factor(start)
            }
            _ => Err(self.expected("expect-amount")),
        }
    }

    fn named_factor(&mut self, start: Span) -> Read<Expr> {
        if self.eat(Keyword::BalanceOf) {
            let fund = self.name("expect-name")?;
            return Ok(Expr::Balance {
                fund,
                span: self.since(start),
            });
        }
        if let Some(failed) = self.numerals(&["元"]) {
            return Err(failed);
        }
        let path = self.path("expect-amount")?;
        if path.parts.len() == 1 && self.at(Keyword::Balance) && !self.peek(0).first {
            self.eat(Keyword::Balance);
            let span = self.since(start);
            return match path.parts.into_iter().next() {
                Some(fund) => Ok(Expr::Balance { fund, span }),
                None => Err(Failed),
            };
        }
        Ok(Expr::Name(path))
    }

    /// A quantity, or a fraction `1/2`.
    fn number_factor(&mut self) -> Read<Expr> {
        let start = self.here();
        if self.peek(1).kind == TokenKind::Slash && self.peek(2).kind == TokenKind::Number {
            let numerator = self.decimal()?;
            self.advance();
            let denominator = self.decimal()?;
            return Ok(Expr::Fraction {
                numerator,
                denominator,
                span: self.since(start),
            });
        }
        Ok(Expr::Quantity(self.quantity()?))
    }

    pub fn open_paren(&mut self) -> Read<()> {
        if self.parens >= MAX_NESTING {
            let finding = self.finding(codes::S010, self.peek(0).span);
            self.report(finding.arg("most", Arg::Count(i64::from(MAX_NESTING))));
            return Err(Failed);
        }
        self.parens += 1;
        self.advance();
        Ok(())
    }

    pub fn close_paren(&mut self) -> Read<()> {
        self.parens = self.parens.saturating_sub(1);
        if self.eat_kind(TokenKind::CloseParen) {
            return Ok(());
        }
        Err(self.expected("expect-close-paren"))
    }

    pub fn equals(&mut self) -> Read<()> {
        if self.eat_kind(TokenKind::Equal) {
            return Ok(());
        }
        Err(self.expected("expect-equals"))
    }

    pub fn colon(&mut self) -> Read<()> {
        if self.eat_kind(TokenKind::Colon) {
            return Ok(());
        }
        Err(self.expected("expect-colon"))
    }
}

/// `万元` → 10000 and `元`; `None` where the multiplier is beyond all amounts.
fn split_multiplier(word: &str) -> (Option<Decimal>, &str) {
    let unit = word.trim_start_matches(['百', '千', '万', '亿']);
    let signs = word.strip_suffix(unit).unwrap_or("");
    let mut value = Some(Decimal::ONE);
    for sign in signs.chars() {
        let factor: u32 = match sign {
            '百' => 100,
            '千' => 1000,
            '万' => 10_000,
            _ => 100_000_000,
        };
        value = value.and_then(|v| v.checked_mul(factor.into()));
    }
    (value, unit)
}
