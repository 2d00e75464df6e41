//! What a file declares: domains, facts, parameters, decisions, funds, groups, units, areas.

use super::cursor::{Parser, Read, Starts, merge};
use crate::keywords::Keyword;
use crate::lex::TokenKind;
use crate::tree::{
    Area, ClauseKind, DecisionDeclaration, DecisionEffect, Domain, DomainValue, FactDeclaration, FactKind, Fund, Group,
    KeptBy, Name, Notes, Order, Parameter, ParameterKind, PerilRef, Span, UnitDeclaration,
};

const FUND_ITEMS: &[Keyword] = &[Keyword::Accrual, Keyword::CarriedForward, Keyword::BalanceBy];
const VALUE_OPTIONS: &[Keyword] = &[Keyword::Alias, Keyword::Code, Keyword::CanHarm, Keyword::LeadsTo];

impl Parser<'_> {
    pub fn vocabulary_clause(&mut self, keyword: Keyword, start: Span) -> Read<ClauseKind> {
        Ok(match keyword {
            Keyword::Fact => ClauseKind::Fact(self.fact_declaration(start)?),
            Keyword::Parameter => ClauseKind::Parameter(Box::new(self.parameter(start)?)),
            Keyword::Decision => ClauseKind::Decision(self.decision(start)?),
            Keyword::Fund => ClauseKind::Fund(Box::new(self.fund(start)?)),
            Keyword::Group => ClauseKind::Group(Box::new(self.group(start)?)),
            Keyword::ExtendPeril => ClauseKind::Extend(self.domain(start)?),
            Keyword::Synonym => {
                let alias = self.name("expect-name")?;
                self.equals()?;
                ClauseKind::Alias {
                    alias,
                    of: self.name("expect-name")?,
                }
            }
            Keyword::EnglishName => {
                let name = self.name("expect-name")?;
                self.equals()?;
                ClauseKind::EnglishName {
                    name,
                    english: self.quoted()?,
                }
            }
            _ => {
                let fact = self.name("expect-fact")?;
                let value = self.name("expect-value")?;
                if !self.eat(Keyword::As) {
                    self.equals()?;
                }
                ClauseKind::TreatAs {
                    fact,
                    value,
                    as_value: self.name("expect-value")?,
                }
            }
        })
    }

    // ── domains ──

    pub fn domain(&mut self, start: Span) -> Read<Domain> {
        let id = self.name("expect-name")?;
        let mut domain = Domain {
            id,
            zh: None,
            order: None,
            default: None,
            values: Vec::new(),
            span: start,
        };
        loop {
            if self.eat(Keyword::WorstFirst) {
                domain.order = Some(Order::WorstFirst);
            } else if self.eat(Keyword::WorstLast) {
                domain.order = Some(Order::WorstLast);
            } else if self.eat(Keyword::Default) {
                domain.default = Some(self.name("expect-value")?);
            } else if domain.zh.is_none() && matches!(self.kind(), TokenKind::Word | TokenKind::QuotedName) {
                domain.zh = Some(self.name("expect-name")?);
            } else {
                break;
            }
        }
        domain.values = self.domain_values()?;
        domain.span = self.since(start);
        Ok(domain)
    }

    fn domain_values(&mut self) -> Read<Vec<DomainValue>> {
        let mut values = Vec::new();
        self.block(Starts::Lines(VALUE_OPTIONS), |p| {
            values.push(p.domain_value()?);
            p.eat_kind(TokenKind::Comma);
            Ok(())
        })?;
        Ok(values)
    }

    fn domain_value(&mut self) -> Read<DomainValue> {
        let start = self.here();
        let mut value = DomainValue {
            id: self.name("expect-value")?,
            zh: None,
            aliases: Vec::new(),
            code: None,
            harms: Vec::new(),
            leads_to: Vec::new(),
            children: Vec::new(),
            notes: Notes::default(),
            span: start,
        };
        let word = matches!(self.kind(), TokenKind::Word | TokenKind::QuotedName);
        let opens = [
            Keyword::Alias,
            Keyword::Code,
            Keyword::CanHarm,
            Keyword::LeadsTo,
            Keyword::Assume,
        ];
        if word && self.which(&opens).is_none() {
            value.zh = Some(self.name("expect-name")?);
        }
        loop {
            let start = self.here();
            if self.eat(Keyword::Alias) {
                value.aliases.extend(self.names("expect-name")?);
            } else if self.eat(Keyword::Code) {
                let code = self.quoted()?;
                self.fill(&mut value.code, code, Keyword::Code, start);
            } else if self.eat(Keyword::CanHarm) {
                value.harms.extend(self.names("expect-harm")?);
            } else if self.eat(Keyword::LeadsTo) {
                value.leads_to.extend(self.names("expect-peril")?);
            } else {
                break;
            }
        }
        value.notes = self.notes(start)?;
        if self.kind() == TokenKind::OpenBrace {
            value.children = self.domain_values()?;
            let mut notes = std::mem::take(&mut value.notes);
            merge(&mut notes, self.notes(start)?);
            value.notes = notes;
        }
        value.span = self.since(start);
        Ok(value)
    }

    // ── facts and parameters ──

    pub fn fact_declaration(&mut self, start: Span) -> Read<FactDeclaration> {
        let id = self.name("expect-name")?;
        // One name for each fact: parameters may be listed, facts not.
        if self.kind() == TokenKind::Comma {
            return Err(self.expected_helped("expect-colon", "one"));
        }
        let zh = if self.kind() == TokenKind::Colon {
            None
        } else {
            Some(self.name("expect-name")?)
        };
        self.colon()?;
        let kind = self.fact_kind()?;
        let by = if self.eat(Keyword::By) {
            Some(self.name("expect-body")?)
        } else {
            None
        };
        Ok(FactDeclaration {
            id,
            zh,
            kind,
            by,
            span: self.since(start),
        })
    }

    fn fact_kind(&mut self) -> Read<FactKind> {
        let simple = [
            (Keyword::Money, FactKind::Money),
            (Keyword::Count, FactKind::Count),
            (Keyword::Ratio, FactKind::Ratio),
            (Keyword::Date, FactKind::Date),
            (Keyword::Text, FactKind::Text),
            (Keyword::YesNo, FactKind::YesNo),
        ];
        for (keyword, kind) in simple {
            if self.eat(keyword) {
                return Ok(kind);
            }
        }
        if self.eat(Keyword::Number) {
            return self.number_kind();
        }
        if self.kind() == TokenKind::OpenBrace {
            return Ok(FactKind::Inline(self.braced_names()?));
        }
        Ok(FactKind::Domain(self.name("expect-kind")?))
    }

    /// `{ a, b }`
    pub fn braced_names(&mut self) -> Read<Vec<Name>> {
        let mut names = Vec::new();
        self.block(Starts::Lines(&[]), |p| {
            names.extend(p.name_list("expect-value")?);
            Ok(())
        })?;
        Ok(names)
    }

    /// `cm 精确到 1 自 0 至 1000`
    fn number_kind(&mut self) -> Read<FactKind> {
        let unit = self.name("expect-name")?;
        self.required(Keyword::PreciseTo)?;
        let precision = self.decimal()?;
        self.required(Keyword::From)?;
        let from = self.signed_decimal()?;
        self.required(Keyword::To)?;
        let to = self.signed_decimal()?;
        Ok(FactKind::Number {
            unit,
            precision,
            from,
            to,
        })
    }

    fn signed_decimal(&mut self) -> Read<rust_decimal::Decimal> {
        if self.eat_kind(TokenKind::Minus) {
            Ok(-self.decimal()?)
        } else {
            self.decimal()
        }
    }

    /// Takes the keyword or reports that it is missing.
    pub fn required(&mut self, keyword: Keyword) -> Read<()> {
        if self.eat(keyword) {
            Ok(())
        } else {
            Err(self.expected_keywords(&[keyword]))
        }
    }

    fn parameter(&mut self, start: Span) -> Read<Parameter> {
        let names = self.names("expect-name")?;
        self.colon()?;
        let kind = self.parameter_kind()?;
        let mut parameter = Parameter {
            names,
            kind,
            by: None,
            at_least: None,
            at_most: None,
            planned: None,
            span: start,
        };
        loop {
            let start = self.here();
            if self.eat(Keyword::ByContract) {
                parameter.by = None;
            } else if self.eat(Keyword::By) {
                let by = self.name("expect-body")?;
                self.fill(&mut parameter.by, by, Keyword::By, start);
            } else if self.eat(Keyword::AtLeast) {
                let least = self.expr()?;
                self.fill(&mut parameter.at_least, least, Keyword::AtLeast, start);
            } else if self.eat(Keyword::AtMost) {
                let most = self.expr()?;
                self.fill(&mut parameter.at_most, most, Keyword::AtMost, start);
            } else if self.eat(Keyword::Planned) {
                let planned = self.expr()?;
                self.fill(&mut parameter.planned, planned, Keyword::Planned, start);
            } else {
                parameter.span = self.since(parameter.span);
                return Ok(parameter);
            }
        }
    }

    pub fn parameter_kind(&mut self) -> Read<ParameterKind> {
        if let Some(kind) = self.simple_parameter_kind() {
            return Ok(kind);
        }
        if self.eat(Keyword::ListOf) || self.eat(Keyword::List) {
            return Ok(ParameterKind::List {
                of: self.name("expect-name")?,
            });
        }
        let by = self.name("expect-kind")?;
        self.required(Keyword::KindTo)?;
        match self.simple_parameter_kind() {
            Some(of) => Ok(ParameterKind::Table { by, of: Box::new(of) }),
            None => Err(self.expected("expect-kind")),
        }
    }

    fn simple_parameter_kind(&mut self) -> Option<ParameterKind> {
        let simple = [
            (Keyword::Money, ParameterKind::Money),
            (Keyword::Ratio, ParameterKind::Ratio),
            (Keyword::Count, ParameterKind::Count),
            (Keyword::Date, ParameterKind::Date),
        ];
        simple
            .into_iter()
            .find(|(keyword, _)| self.eat(*keyword))
            .map(|(_, kind)| kind)
    }

    // ── decisions, funds, groups ──

    fn decision(&mut self, start: Span) -> Read<DecisionDeclaration> {
        let name = self.name("expect-decision")?;
        self.eat(Keyword::By);
        let by = if self.eat(Keyword::Unstated) {
            None
        } else {
            Some(self.name("expect-body")?)
        };
        let per = self.keys()?;
        let (mut effect, mut value) = (None, None);
        loop {
            let start = self.here();
            if self.eat(Keyword::Effect) {
                let says = self.decision_effect()?;
                self.fill(&mut effect, says, Keyword::Effect, start);
            } else if self.eat(Keyword::Value) {
                let kind = self.parameter_kind()?;
                self.fill(&mut value, kind, Keyword::Value, start);
            } else {
                break;
            }
        }
        Ok(DecisionDeclaration {
            name,
            by,
            per,
            effect,
            value,
            span: self.since(start),
        })
    }

    fn decision_effect(&mut self) -> Read<DecisionEffect> {
        if self.eat(Keyword::WholePeriod) {
            Ok(DecisionEffect::WholePeriod)
        } else if self.eat(Keyword::FromTheDay) {
            Ok(DecisionEffect::FromTheDay)
        } else {
            Err(self.expected_keywords(&[Keyword::WholePeriod, Keyword::FromTheDay]))
        }
    }

    fn fund(&mut self, start: Span) -> Read<Fund> {
        let name = self.name("expect-name")?;
        let mut fund = Fund {
            name,
            accrual: None,
            carried_forward: None,
            reported_by: None,
            span: start,
        };
        self.block(Starts::Keywords(FUND_ITEMS), |p| {
            let start = p.here();
            if p.eat(Keyword::Accrual) {
                let amount = p.expr()?;
                let notes = p.notes(start)?;
                p.fill(&mut fund.accrual, (amount, notes), Keyword::Accrual, start);
            } else if p.eat(Keyword::CarriedForward) {
                let notes = p.notes(start)?;
                p.fill(&mut fund.carried_forward, notes, Keyword::CarriedForward, start);
            } else if p.eat(Keyword::BalanceBy) {
                let by = p.name("expect-body")?;
                p.eat(Keyword::ReportedEnd);
                let notes = p.notes(start)?;
                p.fill(&mut fund.reported_by, (by, notes), Keyword::BalanceBy, start);
            } else {
                return Err(p.unexpected());
            }
            Ok(())
        })?;
        fund.span = self.since(start);
        Ok(fund)
    }

    fn group(&mut self, start: Span) -> Read<Group> {
        let name = self.name("expect-name")?;
        let mut group = Group {
            name,
            members: Vec::new(),
            ending: crate::tree::ListEnding::Unstated,
            kept_by: None,
            span: start,
        };
        // A list that a law keeps need not be written out.
        if !self.at(Keyword::KeptBy) {
            self.equals()?;
            group.members = self.perils()?;
            group.ending = self.list_ending()?;
        }
        let law = self.here();
        if self.eat(Keyword::KeptBy) {
            group.kept_by = Some(self.kept_by(law)?);
        }
        group.span = self.since(start);
        Ok(group)
    }

    fn kept_by(&mut self, start: Span) -> Read<KeptBy> {
        let law = self.quoted()?;
        let as_of = if self.eat(Keyword::AsOf) {
            Some(self.date()?.0)
        } else {
            None
        };
        Ok(KeptBy {
            law,
            as_of,
            unstated: as_of.is_none() && !self.eat(Keyword::AsAmended),
            span: self.since(start),
        })
    }

    /// `洪涝, 海啸 由 地震 引起`
    pub fn perils(&mut self) -> Read<Vec<PerilRef>> {
        self.word_list(|p| {
            let start = p.here();
            let name = p.name("expect-peril")?;
            let cause = if p.eat(Keyword::CausedBy) {
                Some(p.cause()?)
            } else {
                None
            };
            Ok(PerilRef {
                name,
                cause,
                span: p.since(start),
            })
        })
    }

    /// `地震 引起`
    pub fn cause(&mut self) -> Read<Name> {
        let cause = self.name("expect-peril")?;
        self.eat(Keyword::CausedEnd);
        Ok(cause)
    }

    // ── units and areas ──

    fn second_name(&mut self, options: &[Keyword]) -> Read<Option<Name>> {
        let word = matches!(self.kind(), TokenKind::Word | TokenKind::QuotedName);
        if word && self.which(options).is_none() {
            self.name("expect-name").map(Some)
        } else {
            Ok(None)
        }
    }

    pub fn unit_declaration(&mut self, start: Span) -> Read<UnitDeclaration> {
        let id = self.name("expect-name")?;
        let zh = self.second_name(&[Keyword::Alias, Keyword::Dimension])?;
        let aliases = self.names_after(Keyword::Alias, "expect-name")?;
        let mut equals = None;
        if self.eat_kind(TokenKind::Equal) {
            equals = Some((self.decimal()?, self.name("expect-name")?));
        }
        self.required(Keyword::Dimension)?;
        let dimension = self.name("expect-name")?;
        Ok(UnitDeclaration {
            id,
            zh,
            aliases,
            equals,
            dimension,
            span: self.since(start),
        })
    }

    pub fn area(&mut self, start: Span) -> Read<Area> {
        let id = self.name("expect-name")?;
        let options = [
            Keyword::Alias,
            Keyword::Code,
            Keyword::Within,
            Keyword::Level,
            Keyword::Zone,
        ];
        let zh = self.second_name(&options)?;
        let mut area = Area {
            id,
            zh,
            aliases: Vec::new(),
            code: None,
            within: None,
            level: None,
            zone: false,
            span: start,
        };
        loop {
            let at = self.here();
            if self.eat(Keyword::Alias) {
                area.aliases.extend(self.name_list("expect-area")?);
            } else if self.eat(Keyword::Code) {
                let code = self.quoted()?;
                self.fill(&mut area.code, code, Keyword::Code, at);
            } else if self.eat(Keyword::Within) {
                let within = self.name("expect-area")?;
                self.fill(&mut area.within, within, Keyword::Within, at);
            } else if self.eat(Keyword::Level) {
                let level = self.name("expect-name")?;
                self.fill(&mut area.level, level, Keyword::Level, at);
            } else if self.eat(Keyword::Zone) {
                area.zone = true;
            } else {
                area.span = self.since(start);
                return Ok(area);
            }
        }
    }
}
