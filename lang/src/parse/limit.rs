//! Aggregate limits and what happens when one is exhausted.

use super::cursor::{Parser, Read, merge};
use crate::keywords::Keyword;
use crate::lex::TokenKind;
use crate::tree::{CoverSet, Exhaustion, Limit, Notes, Span, Tier};

/// Further tiers after a comma; the bare English words `event` and `claim` only there.
const TIERS: &[Keyword] = &[
    Keyword::ProRata,
    Keyword::ByDate,
    Keyword::TierEvent,
    Keyword::TierClaim,
    Keyword::ByRank,
];

impl Parser<'_> {
    pub fn limit(&mut self, start: Span) -> Read<Limit> {
        let name = self.name("expect-name")?;
        self.equals()?;
        let amount = self.expr()?;
        let mut limit = Limit {
            over: CoverSet::All(Span {
                start: name.span.end,
                end: name.span.end,
            }),
            name,
            amount,
            dated: Vec::new(),
            keys: Vec::new(),
            only: Vec::new(),
            exhausted: None,
            within: None,
            after: None,
            raised: None,
            span: start,
        };
        // Notes before the first option that carries its own belong to the limit.
        let mut notes = Notes::default();
        while self.limit_option(&mut limit)? || self.own_notes(&mut notes)? {}
        limit.span = self.since(start);
        self.opening = notes;
        Ok(limit)
    }

    fn own_notes(&mut self, notes: &mut Notes) -> Read<bool> {
        let start = self.here();
        let before = self.pos;
        let more = self.notes(start)?;
        merge(notes, more);
        Ok(self.pos > before)
    }

    /// One option in any order; false where none stands.
    fn limit_option(&mut self, limit: &mut Limit) -> Read<bool> {
        let start = self.here();
        if self.eat(Keyword::OverAllCovers) {
            limit.over = CoverSet::All(self.since(start));
        } else if self.eat(Keyword::OverCovers) {
            limit.over = CoverSet::Named(self.names("expect-cover")?);
        } else if self.eat(Keyword::Only) {
            let fact = self.name("expect-fact")?;
            // A cover's name alone, where one is to stand behind `限于险种`.
            if self.at(Keyword::WhenExhausted) {
                return Err(self.expected_helped("expect-value", "covers"));
            }
            limit.only.push((fact, self.names("expect-value")?));
        } else if self.eat(Keyword::From) {
            let (date, _) = self.date()?;
            limit.dated.push((date, self.expr()?));
        } else if self.eat(Keyword::WhenExhausted) {
            let exhaustion = self.exhaustion()?;
            let notes = self.notes(start)?;
            self.fill(&mut limit.exhausted, (exhaustion, notes), Keyword::WhenExhausted, start);
        } else if self.eat(Keyword::LimitWithin) {
            let other = self.name("expect-name")?;
            let notes = self.notes(start)?;
            self.fill(&mut limit.within, (other, notes), Keyword::LimitWithin, start);
        } else if self.eat(Keyword::After) {
            let others = self.names("expect-name")?;
            let notes = self.notes(start)?;
            self.fill(&mut limit.after, (others, notes), Keyword::After, start);
        } else if self.eat(Keyword::RaisedTo) {
            let amount = self.expr()?;
            self.required(Keyword::WhenDecided)?;
            let decision = self.name("expect-decision")?;
            let notes = self.notes(start)?;
            self.fill(&mut limit.raised, (amount, decision, notes), Keyword::RaisedTo, start);
        } else {
            let keys = self.keys()?;
            let any = !keys.is_empty();
            limit.keys.extend(keys);
            return Ok(any);
        }
        Ok(true)
    }

    fn exhaustion(&mut self) -> Read<Exhaustion> {
        let mut tiers = vec![self.tier()?];
        while self.kind() == TokenKind::Comma {
            self.advance();
            tiers.push(self.tier()?);
        }
        let ratio_to = if self.eat(Keyword::RatioTo) {
            Some(self.decimal()?)
        } else {
            None
        };
        Ok(Exhaustion { tiers, ratio_to })
    }

    fn tier(&mut self) -> Read<Tier> {
        let start = self.here();
        let Some(keyword) = self.which(TIERS) else {
            return Err(self.expected_keywords(TIERS));
        };
        self.eat(keyword);
        let span = self.since(start);
        Ok(match keyword {
            Keyword::ProRata => Tier::ProRata(span),
            Keyword::ByDate => Tier::Date(span),
            Keyword::TierEvent => Tier::Event(span),
            Keyword::TierClaim => Tier::Claim(span),
            _ => Tier::Rank(self.rank()?),
        })
    }

    /// The names of a rank; a comma and a tier's keyword go on with the tiers.
    fn rank(&mut self) -> Read<Vec<crate::tree::Name>> {
        let mut names = vec![self.name("expect-value")?];
        while self.kind() == TokenKind::Comma {
            self.pos += 1;
            let tier = self.which(TIERS).is_some();
            if tier {
                self.pos -= 1;
                break;
            }
            names.push(self.name("expect-value")?);
        }
        Ok(names)
    }
}
