//! Metrics, covenants, reviews, duties, and what the scheme states about other recovery.

use super::cursor::{Parser, Read};
use crate::diag::{Arg, codes};
use crate::keywords::Keyword;
use crate::lex::TokenKind;
use crate::tree::{
    ClauseKind, Covenant, Date, Deadline, Duty, OtherKind, OtherRule, Overridable, Period, Review, Span,
};

impl Parser<'_> {
    pub fn duty_clause(&mut self, keyword: Keyword, start: Span) -> Read<ClauseKind> {
        Ok(match keyword {
            Keyword::Metric => {
                let name = self.name("expect-name")?;
                self.equals()?;
                ClauseKind::Metric {
                    name,
                    value: self.expr()?,
                }
            }
            Keyword::Covenant => ClauseKind::Covenant(self.covenant(start)?),
            Keyword::Review => ClauseKind::Review(Box::new(self.review(start)?)),
            Keyword::Duty => ClauseKind::Duty(Box::new(self.duty(start)?)),
            Keyword::Forbids => ClauseKind::Forbids(self.quoted()?),
            Keyword::Responsibility => {
                let what = self.name("expect-name")?;
                self.required(Keyword::By)?;
                ClauseKind::Responsibility {
                    what,
                    by: self.name_list("expect-body")?,
                }
            }
            Keyword::Subrogation => ClauseKind::Subrogation(self.subrogation(start)?),
            Keyword::OtherInsurance => ClauseKind::OtherInsurance(self.list(|p| p.other_insurance())?),
            Keyword::Supplement => ClauseKind::Supplement(self.quoted()?),
            _ => ClauseKind::ContractPrevails(self.list(|p| p.overridable())?),
        })
    }

    fn covenant(&mut self, start: Span) -> Read<Covenant> {
        let name = self.name("expect-name")?;
        let compare = self.required_comparison()?;
        let value = self.expr()?;
        let keys = self.keys()?;
        Ok(Covenant {
            name,
            compare,
            value,
            keys,
            span: self.since(start),
        })
    }

    /// `费率 每3年 由 市应急局, 市财政局 "…" 可作 决定 费率调整`
    fn review(&mut self, start: Span) -> Read<Review> {
        let what = self.name("expect-name")?;
        self.required(Keyword::Every)?;
        let every = self.quantity()?;
        self.required(Keyword::By)?;
        let by = self.name_list("expect-body")?;
        let text = if self.at_text() { Some(self.quoted()?) } else { None };
        let decision = if self.eat(Keyword::MayDecide) {
            Some(self.name("expect-decision")?)
        } else {
            None
        };
        Ok(Review {
            what,
            every,
            by,
            text,
            decision,
            span: self.since(start),
        })
    }

    // ── duties ──

    pub fn duty(&mut self, start: Span) -> Read<Duty> {
        let what = self.quoted()?;
        self.required(Keyword::By)?;
        let by = if self.eat(Keyword::Unstated) {
            Vec::new()
        } else {
            self.name_list("expect-body")?
        };
        let to = self.names_after(Keyword::Towards, "expect-body")?;
        let mut duty = Duty {
            what,
            by,
            to,
            every: None,
            deadline: None,
            otherwise: None,
            span: start,
        };
        loop {
            let at = self.here();
            if let Some((keyword, period)) = self.period() {
                let span = self.since(at);
                self.fill(&mut duty.every, (period, span), keyword, at);
            } else if self.eat(Keyword::OtherwiseLeads) {
                let decision = self.name("expect-decision")?;
                self.fill(&mut duty.otherwise, decision, Keyword::OtherwiseLeads, at);
            } else if let Some(deadline) = self.deadline()? {
                self.fill(&mut duty.deadline, deadline, Keyword::DeadlineWords, at);
            } else {
                duty.span = self.since(start);
                return Ok(duty);
            }
        }
    }

    fn period(&mut self) -> Option<(Keyword, Period)> {
        let periods = [
            (Keyword::EveryMonth, Period::Month),
            (Keyword::EveryQuarter, Period::Quarter),
            (Keyword::EveryYear, Period::Year),
        ];
        periods.into_iter().find(|(keyword, _)| self.eat(*keyword))
    }

    fn deadline(&mut self) -> Read<Option<Deadline>> {
        let start = self.here();
        if self.eat(Keyword::AfterPeriodEnd) {
            let days = self.quantity()?;
            self.eat(Keyword::DaysInside);
            self.eat(Keyword::OfPeriodEnd);
            return Ok(Some(Deadline::AfterPeriod(days)));
        }
        if self.eat(Keyword::DeadlineYearly) {
            return self.month_day(start).map(Some);
        }
        if !self.eat(Keyword::DeadlineOn) && !self.eat(Keyword::DeadlineWords) {
            return Ok(None);
        }
        match self.kind() {
            TokenKind::Date => {
                let (date, span) = self.date()?;
                Ok(Some(Deadline::On(date, span)))
            }
            TokenKind::Number => {
                let deadline = self.month_day(start)?;
                self.eat(Keyword::EachYear);
                Ok(Some(deadline))
            }
            _ => Ok(Some(Deadline::Words(self.quoted()?))),
        }
    }

    /// `06-30`
    fn month_day(&mut self, start: Span) -> Read<Deadline> {
        let at = self.here();
        let month = self.small_number()?;
        if !self.eat_kind(TokenKind::Minus) {
            return Err(self.expected("expect-month-day"));
        }
        let day = self.small_number()?;
        // A leap year, so that 02-29 is a day.
        if Date::new(2024, month, day).is_err() {
            let span = self.since(at);
            let finding = self.finding(codes::S012, span).arg("what", Arg::Message("what-date"));
            self.report(finding.arg("found", self.text(span)));
        }
        Ok(Deadline::Yearly {
            month,
            day,
            span: self.since(start),
        })
    }

    fn small_number(&mut self) -> Read<i8> {
        let token = self.peek(0);
        if token.kind != TokenKind::Number {
            return Err(self.expected("expect-month-day"));
        }
        self.advance();
        let digits: String = self.text(token.span).chars().map(crate::lex::half_width).collect();
        Ok(digits.parse().unwrap_or(i8::MAX))
    }

    // ── other recovery, contracts ──

    fn other_insurance(&mut self) -> Read<(OtherKind, OtherRule)> {
        let kinds = [
            (Keyword::Property, OtherKind::Property),
            (Keyword::Person, OtherKind::Person),
        ];
        let kind = self.one_of(&kinds)?;
        let rules = [
            (Keyword::ProRata, OtherRule::ProRata),
            (Keyword::NotReduced, OtherRule::None),
            (Keyword::ByLaw, OtherRule::ByLaw),
        ];
        Ok((kind, self.one_of(&rules)?))
    }

    fn overridable(&mut self) -> Read<Overridable> {
        self.one_of(&[
            (Keyword::Premium, Overridable::Premium),
            (Keyword::Limits, Overridable::Limits),
            (Keyword::Term, Overridable::Term),
            (Keyword::Coinsurance, Overridable::Coinsurance),
        ])
    }

    /// One of several keywords, or an error that names them.
    fn one_of<T: Copy>(&mut self, choices: &[(Keyword, T)]) -> Read<T> {
        match choices.iter().find(|(keyword, _)| self.eat(*keyword)) {
            Some((_, choice)) => Ok(*choice),
            None => {
                let keywords: Vec<Keyword> = choices.iter().map(|(keyword, _)| *keyword).collect();
                Err(self.expected_keywords(&keywords))
            }
        }
    }
}
