//! Schedules of benefits: rows, amounts, steps, and rules for several rows of one person.

use super::cursor::{NOTES, Parser, Read, Starts};
use crate::keywords::Keyword;
use crate::lex::TokenKind;
use crate::tree::{
    BenefitAmount, BenefitRow, Expr, Notes, PartRule, RoundMode, SamePerson, Schedule, Span, Step, StepClause,
};

/// Steps of a benefit; a line that begins with one goes on with the row before.
const STEPS: &[Keyword] = &[
    Keyword::Less,
    Keyword::Over,
    Keyword::UpTo,
    Keyword::AtLeast,
    Keyword::Share,
    Keyword::RoundTo,
    Keyword::UnlimitedUnits,
    Keyword::UnitsUpTo,
];

impl Parser<'_> {
    pub fn schedule(&mut self, start: Span) -> Read<Schedule> {
        let name = self.name("expect-name")?;
        let (mut keys, mut like) = (Vec::new(), None);
        loop {
            if self.eat(Keyword::Like) {
                like = Some(self.name("expect-name")?);
            }
            let more = self.keys()?;
            if more.is_empty() {
                break;
            }
            keys.extend(more);
        }
        let (mut rows, mut same_person) = (Vec::new(), Vec::new());
        // `同 R` may take every row over as it is.
        if like.is_none() || self.block_follows() {
            self.block(Starts::Lines(STEPS), |p| {
                let start = p.here();
                match p.same_person()? {
                    Some(rule) => same_person.push((rule, p.notes(start)?)),
                    None => rows.push(p.benefit_row()?),
                }
                Ok(())
            })?;
        }
        Ok(Schedule {
            name,
            keys,
            like,
            rows,
            same_person,
            span: self.since(start),
        })
    }

    fn block_follows(&self) -> bool {
        matches!(self.kind(), TokenKind::OpenBrace | TokenKind::Article)
    }

    /// `[keys] { rows }` of a cover.
    pub fn benefit_rows(&mut self) -> Read<Vec<BenefitRow>> {
        let mut rows = Vec::new();
        self.block(Starts::Lines(STEPS), |p| {
            rows.push(p.benefit_row()?);
            Ok(())
        })?;
        Ok(rows)
    }

    // ── same person ──

    fn same_person(&mut self) -> Read<Option<SamePerson>> {
        if self.eat(Keyword::SeveralInjuries) {
            return self.several_injuries().map(Some);
        }
        self.less_paid()
    }

    pub fn several_injuries(&mut self) -> Read<SamePerson> {
        if self.eat(Keyword::HeaviestRaised) {
            Ok(SamePerson::SeveralInjuries { raised: true })
        } else if self.eat(Keyword::Heaviest) {
            Ok(SamePerson::SeveralInjuries { raised: false })
        } else {
            Err(self.expected("expect-same-person"))
        }
    }

    /// `死亡 扣除 已付 残疾`, if that is what stands here.
    pub fn less_paid(&mut self) -> Read<Option<SamePerson>> {
        if !matches!(self.kind(), TokenKind::Word | TokenKind::QuotedName) {
            return Ok(None);
        }
        self.pos += 1;
        let stands = self.length(Keyword::LessPaid) > 0;
        self.pos -= 1;
        if !stands {
            return Ok(None);
        }
        let harm = self.name("expect-harm")?;
        self.eat(Keyword::LessPaid);
        Ok(Some(SamePerson::LessPaid {
            harm,
            paid: self.name("expect-harm")?,
        }))
    }

    // ── rows ──

    fn benefit_row(&mut self) -> Read<BenefitRow> {
        let start = self.here();
        let mut row = BenefitRow {
            harms: vec![self.name("expect-harm")?],
            combined: false,
            amount: None,
            form_stated: true,
            steps: Vec::new(),
            notes: Notes::default(),
            span: start,
        };
        while self.kind() == TokenKind::Comma && !self.step_after_comma() {
            self.advance();
            row.harms.push(self.name("expect-harm")?);
        }
        row.combined = self.eat(Keyword::Combined);
        let stated = self.at(Keyword::Fixed);
        row.amount = self.benefit_amount()?;
        let plain = |amount: &BenefitAmount| match amount {
            BenefitAmount::Fixed(expr) => !matches!(expr, Expr::Product { .. } | Expr::Sum { .. }),
            _ => false,
        };
        row.form_stated = stated || !row.amount.as_ref().is_some_and(plain);
        row.span = self.since(start);
        row.notes = self.notes(start)?;
        while self.step_begins() {
            self.eat_kind(TokenKind::Comma);
            row.steps.push(self.step()?);
        }
        if self.kind() == TokenKind::Comma {
            self.advance();
            return Err(self.expected_keywords(STEPS));
        }
        if row.amount.is_none() && row.steps.is_empty() {
            return Err(self.expected_keywords(&[
                Keyword::Fixed,
                Keyword::Actual,
                Keyword::Nothing,
                Keyword::Combined,
            ]));
        }
        row.span = self.since(start);
        Ok(row)
    }

    fn step_begins(&mut self) -> bool {
        for keyword in STEPS {
            self.at(*keyword);
        }
        self.which(STEPS).is_some() || (self.kind() == TokenKind::Comma && self.step_after_comma())
    }

    fn step_after_comma(&mut self) -> bool {
        self.pos += 1;
        let step = self.which(STEPS).is_some();
        self.pos -= 1;
        step
    }

    fn benefit_amount(&mut self) -> Read<Option<BenefitAmount>> {
        let start = self.here();
        if self.eat(Keyword::Nothing) {
            return Ok(Some(BenefitAmount::Nothing(self.since(start))));
        }
        if self.eat(Keyword::Actual) {
            return Ok(Some(BenefitAmount::Actual(self.expr()?)));
        }
        let fixed = self.eat(Keyword::Fixed);
        let begins = matches!(
            self.kind(),
            TokenKind::Number | TokenKind::Word | TokenKind::QuotedName | TokenKind::OpenParen
        );
        if !fixed && (!begins || self.cannot_be_amount()) {
            return Ok(None);
        }
        let amount = self.expr()?;
        let part = self.part_rule()?;
        Ok(Some(per_unit(amount, part)))
    }

    fn cannot_be_amount(&self) -> bool {
        self.which(STEPS).is_some() || self.which(NOTES).is_some()
    }

    /// `[，] 不足一月 按一月`
    fn part_rule(&mut self) -> Read<Option<(PartRule, Span)>> {
        let comma = self.kind() == TokenKind::Comma;
        self.pos += usize::from(comma);
        let start = self.here();
        if !self.eat(Keyword::PartMonth) {
            self.pos -= usize::from(comma);
            return Ok(None);
        }
        let rules = [
            (Keyword::CountsAsOne, PartRule::Up),
            (Keyword::CountsAsNone, PartRule::Down),
            (Keyword::ProRata, PartRule::ProRata),
        ];
        match rules.into_iter().find(|(keyword, _)| self.eat(*keyword)) {
            Some((_, rule)) => Ok(Some((rule, self.since(start)))),
            None => Err(self.expected_keywords(&rules.map(|(keyword, _)| keyword))),
        }
    }

    // ── steps ──

    fn step(&mut self) -> Read<StepClause> {
        let start = self.here();
        let Some(keyword) = self.which(STEPS) else {
            return Err(self.expected_keywords(STEPS));
        };
        self.eat(keyword);
        let step = match keyword {
            Keyword::Less => Step::Less(self.expr()?),
            Keyword::Over => {
                let amount = self.expr()?;
                self.eat(Keyword::OverEnd);
                Step::Over(amount)
            }
            Keyword::UpTo => Step::UpTo(self.expr()?),
            Keyword::AtLeast => Step::AtLeast(self.expr()?),
            Keyword::Share => Step::Share(self.expr()?),
            Keyword::RoundTo => Step::Round {
                unit: self.rounding_unit()?,
                mode: self.round_mode(),
            },
            Keyword::UnlimitedUnits => Step::UnitsUpTo(Expr::Unlimited(self.since(start))),
            _ => {
                let most = self.expr()?;
                self.eat(Keyword::Units);
                Step::UnitsUpTo(most)
            }
        };
        let keys = self.keys()?;
        let span = self.since(start);
        Ok(StepClause {
            step,
            keys,
            notes: self.notes(start)?,
            span,
        })
    }

    pub fn round_mode(&mut self) -> Option<RoundMode> {
        let modes = [
            (Keyword::HalfUp, RoundMode::HalfUp),
            (Keyword::Down, RoundMode::Down),
            (Keyword::Up, RoundMode::Up),
        ];
        modes
            .into_iter()
            .find(|(keyword, _)| self.eat(*keyword))
            .map(|(_, mode)| mode)
    }
}

/// `60元/人/月 × 月数` is an amount for each unit of a count; another product is a fixed amount.
fn per_unit(amount: Expr, part: Option<(PartRule, Span)>) -> BenefitAmount {
    let Expr::Product { left, right, span } = amount else {
        return BenefitAmount::Fixed(amount);
    };
    let rated = matches!(&*left, Expr::Quantity(q) if q.unit.as_ref().is_some_and(|u| !u.per.is_empty()));
    match *right {
        Expr::Name(mut path) if path.parts.len() == 1 && (rated || part.is_some()) => match path.parts.pop() {
            Some(count) => BenefitAmount::PerUnit {
                rate: *left,
                count,
                part,
            },
            None => BenefitAmount::Fixed(*left),
        },
        right => BenefitAmount::Fixed(Expr::Product {
            left,
            right: Box::new(right),
            span,
        }),
    }
}
