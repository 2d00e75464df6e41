//! Covers and what decides between them.

use super::cursor::{Parser, Read, Starts};
use crate::keywords::Keyword;
use crate::lex::TokenKind;
use crate::tree::{Cover, CoverSet, Handler, Pays, Perils, Priority, Span, Subrogation};

const ITEMS: &[Keyword] = &[
    Keyword::Perils,
    Keyword::Role,
    Keyword::When,
    Keyword::Pays,
    Keyword::HandledBy,
    Keyword::Subrogation,
];

impl Parser<'_> {
    pub fn cover(&mut self, start: Span) -> Read<Cover> {
        let name = self.name("expect-cover")?;
        let mut cover = Cover {
            name,
            perils: None,
            roles: None,
            condition: None,
            pays: Vec::new(),
            handled_by: Vec::new(),
            subrogation: None,
            span: start,
        };
        self.block(Starts::Keywords(ITEMS), |p| p.cover_item(&mut cover))?;
        cover.span = self.since(start);
        Ok(cover)
    }

    fn cover_item(&mut self, cover: &mut Cover) -> Read<()> {
        let start = self.here();
        let Some(keyword) = self.which(ITEMS) else {
            return Err(self.unexpected());
        };
        self.eat(keyword);
        match keyword {
            Keyword::Perils => {
                let perils = self.cover_perils()?;
                let notes = self.notes(start)?;
                self.fill(&mut cover.perils, (perils, notes), keyword, start);
            }
            Keyword::Role => {
                let roles = self.name_list("expect-value")?;
                let notes = self.notes(start)?;
                self.fill(&mut cover.roles, (roles, notes), keyword, start);
            }
            Keyword::When => {
                let condition = self.condition()?;
                let notes = self.notes(start)?;
                self.fill(&mut cover.condition, (condition, notes), keyword, start);
            }
            Keyword::Pays => {
                let owner = self.owner.replace(keyword);
                let pays = self.pays();
                self.owner = owner;
                let (pays, notes) = (pays?, self.notes(start)?);
                cover.pays.push((pays, notes));
            }
            Keyword::HandledBy => self.handlers(cover, start)?,
            _ => {
                let subrogation = self.subrogation(start)?;
                let notes = self.notes(start)?;
                self.fill(&mut cover.subrogation, (subrogation, notes), keyword, start);
            }
        }
        Ok(())
    }

    fn cover_perils(&mut self) -> Read<Perils> {
        let start = self.here();
        if self.at_whole(Keyword::Any) && self.eat(Keyword::Any) {
            return Ok(Perils::Any(self.since(start)));
        }
        let perils = self.perils()?;
        let ending = self.list_ending()?;
        // One cause for the whole list: `均由 灾害 引起`, or `由 灾害 引起` after the list's end.
        let causes = self.eat(Keyword::AllCausedBy) || self.eat(Keyword::CausedBy);
        let cause = if causes { Some(self.cause()?) } else { None };
        Ok(Perils::List { perils, ending, cause })
    }

    fn pays(&mut self) -> Read<Pays> {
        let keys = self.keys()?;
        if !keys.is_empty() || matches!(self.kind(), TokenKind::OpenBrace | TokenKind::Article) {
            return Ok(Pays::Rows {
                keys,
                rows: self.benefit_rows()?,
            });
        }
        Ok(Pays::Schedule(self.name("expect-name")?))
    }

    /// `县消防救援大队 于 火灾; 县公安局 于 爆炸`
    fn handlers(&mut self, cover: &mut Cover, clause: Span) -> Read<()> {
        let mut start = clause;
        loop {
            let handler = self.handler(start)?;
            let again = self.since(start);
            let mut before = cover.handled_by.iter().map(|(handler, _)| handler);
            if let Some(first) = before.find(|first| self.text(first.span) == self.text(handler.span)) {
                self.repeated(Keyword::HandledBy, first.span, again);
            }
            let notes = self.notes(start)?;
            cover.handled_by.push((handler, notes));
            let next = self.peek(1);
            let another = self.kind() == TokenKind::Semicolon
                && matches!(next.kind, TokenKind::Word | TokenKind::QuotedName)
                && !self.begins_after_semicolon();
            if !another {
                return Ok(());
            }
            self.advance();
            start = self.here();
        }
    }

    fn begins_after_semicolon(&mut self) -> bool {
        self.pos += 1;
        let begins = self.begins_item(self.starts);
        self.pos -= 1;
        begins
    }

    fn handler(&mut self, start: Span) -> Read<Handler> {
        if self.eat(Keyword::Unstated) {
            return Ok(Handler {
                bodies: Vec::new(),
                perils: Vec::new(),
                span: self.since(start),
            });
        }
        let bodies = self.name_list("expect-body")?;
        let perils = self.names_after(Keyword::For, "expect-peril")?;
        Ok(Handler {
            bodies,
            perils,
            span: self.since(start),
        })
    }

    /// `无`, or `代位 对 责任方 [除 政府部门]`
    pub fn subrogation(&mut self, start: Span) -> Read<Subrogation> {
        let (mut against, mut except) = (None, None);
        if self.eat(Keyword::Against) {
            against = Some(self.name("expect-body")?);
            if self.eat(Keyword::Except) {
                except = Some(self.name("expect-body")?);
            }
        } else if !self.eat(Keyword::SubrogationNone) {
            return Err(self.expected_keywords(&[Keyword::SubrogationNone, Keyword::Against]));
        }
        Ok(Subrogation {
            against,
            except,
            span: self.since(start),
        })
    }

    // ── priority ──

    pub fn priority(&mut self, keyword: Keyword) -> Read<Priority> {
        match keyword {
            Keyword::Higher => Ok(Priority::Higher(self.cover_set(&[Keyword::AllCovers])?)),
            Keyword::Stack => Ok(Priority::Stack(self.cover_set(&[Keyword::AllCovers])?)),
            _ => {
                let first = self.name_list("expect-cover")?;
                self.required(Keyword::PriorityOver)?;
                let others = self.cover_set(&[Keyword::AllOthers, Keyword::AllCovers])?;
                Ok(Priority::Over { first, others })
            }
        }
    }

    fn cover_set(&mut self, all: &[Keyword]) -> Read<CoverSet> {
        let start = self.here();
        if all.iter().any(|keyword| self.eat(*keyword)) {
            return Ok(CoverSet::All(self.since(start)));
        }
        Ok(CoverSet::Named(self.name_list("expect-cover")?))
    }
}
