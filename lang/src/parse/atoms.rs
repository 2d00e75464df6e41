//! Names, texts, dates, articles, notes and keys.

use super::cursor::{Parser, Read, merge};
use super::doubled;
use crate::diag::{Arg, codes};
use crate::keywords::{Keyword, WordId};
use crate::lex::{TokenKind, half_width};
use crate::tree::{Article, Assumption, Date, Key, Modality, Name, Notes, Path, Quoted, Span};
use std::mem::take;

impl Parser<'_> {
    // ── names ──

    /// A name; a word that begins the next item on its own line is not taken for one.
    pub fn name(&mut self, what: &'static str) -> Read<Name> {
        let token = self.peek(0);
        match token.kind {
            TokenKind::Word if !(token.first && token.word != WordId::NONE && self.begins_next()) => {
                let span = self.joined();
                Ok(self.named(span))
            }
            TokenKind::QuotedName => {
                self.advance();
                let text = self.text(token.span).trim_start_matches('「').trim_end_matches('」');
                Ok(Name {
                    text: text.to_owned(),
                    span: token.span,
                })
            }
            TokenKind::Text | TokenKind::ForeignText => {
                self.advance();
                let text = inner_text(self.text(token.span));
                let name = if is_word(&text) {
                    text.clone()
                } else {
                    format!("「{text}」")
                };
                let place = self.place(token.span);
                let finding = self
                    .finding(codes::S015, token.span)
                    .arg("expected", Arg::Message(what));
                self.report(finding.arg("fixed", name.clone()).fixed(place, name));
                Ok(Name { text, span: token.span })
            }
            _ => Err(self.expected(what)),
        }
    }

    fn begins_next(&self) -> bool {
        matches!(self.starts, super::cursor::Starts::Keywords(_)) && self.begins_item(self.starts)
    }

    fn named(&self, span: Span) -> Name {
        let text = self.text(span);
        // Full-width letters were reported with their half-width form, which is what was meant.
        let text = match text.contains(|c: char| matches!(c, '！'..='～')) {
            true => text.chars().map(half_width).collect(),
            false => text.to_owned(),
        };
        Name { text, span }
    }

    /// Takes a word and what is joined to it without a gap (`第1组` is three tokens).
    fn joined(&mut self) -> Span {
        let mut span = self.advance().span;
        loop {
            let next = self.peek(0);
            let digits = |s: &str| s.chars().all(|c| c.is_numeric());
            let joins = match next.kind {
                TokenKind::Word => true,
                TokenKind::Number => digits(self.text(next.span)),
                _ => false,
            };
            if !next.tight || !joins {
                return span;
            }
            span = span.to(self.advance().span);
        }
    }

    /// `a.b.c`
    pub fn path(&mut self, what: &'static str) -> Read<Path> {
        let first = self.name(what)?;
        let mut span = first.span;
        let mut parts = vec![first];
        while self.eat_kind(TokenKind::Dot) {
            let part = self.name(what)?;
            span = span.to(part.span);
            parts.push(part);
        }
        Ok(Path { parts, span })
    }

    /// `a, b, c`; a comma may end the list.
    pub fn names(&mut self, what: &'static str) -> Read<Vec<Name>> {
        self.list(|p| p.name(what))
    }

    /// `a, b, c` before keywords only, so that a forgotten comma is recognised.
    pub fn name_list(&mut self, what: &'static str) -> Read<Vec<Name>> {
        self.word_list(|p| p.name(what))
    }

    /// Items between commas; a comma may end the list.
    pub fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> Read<T>) -> Read<Vec<T>> {
        let mut items = vec![item(self)?];
        while self.kind() == TokenKind::Comma && self.comma_goes_on() {
            items.push(item(self)?);
        }
        Ok(items)
    }

    /// Like [`Self::list`], for items that begin with a word and are followed by keywords only.
    pub fn word_list<T>(&mut self, mut item: impl FnMut(&mut Self) -> Read<T>) -> Read<Vec<T>> {
        let mut items = vec![item(self)?];
        loop {
            let token = self.peek(0);
            if token.kind == TokenKind::Comma {
                if !self.comma_goes_on() {
                    return Ok(items);
                }
            } else if token.kind == TokenKind::Word && token.word == WordId::NONE && !token.first {
                let place = self.place(Span {
                    start: token.span.start,
                    end: token.span.start,
                });
                let finding = self
                    .finding(codes::S014, token.span)
                    .arg("found", self.text(token.span));
                self.report(finding.fixed(place, ", "));
            } else {
                return Ok(items);
            }
            items.push(item(self)?);
        }
    }

    /// Takes a comma; false where it ended its list.
    fn comma_goes_on(&mut self) -> bool {
        let comma = self.peek(0).span;
        self.advance();
        let next = self.peek(0);
        let ends = next.kind == TokenKind::End || (next.first && self.begins_next());
        if ends {
            let place = self.place(comma);
            let finding = self.finding(codes::S020, comma);
            self.report(finding.fixed(place, ""));
        }
        !ends
    }

    // ── texts, dates, articles ──

    pub fn quoted(&mut self) -> Read<Quoted> {
        let token = self.peek(0);
        let source = self.text(token.span);
        match token.kind {
            TokenKind::Text => {}
            // Reported when the line was read.
            TokenKind::OpenText => {}
            TokenKind::ForeignText | TokenKind::QuotedName => {
                let fixed = format!("\"{}\"", inner_text(source));
                let place = self.place(token.span);
                let finding = self.finding(codes::S006, token.span).arg("fixed", fixed.clone());
                self.report(finding.fixed(place, fixed));
            }
            _ => return Err(self.expected("expect-text")),
        }
        self.advance();
        Ok(Quoted {
            text: inner_text(source),
            span: token.span,
        })
    }

    pub fn at_text(&self) -> bool {
        matches!(
            self.kind(),
            TokenKind::Text | TokenKind::ForeignText | TokenKind::OpenText
        )
    }

    pub fn date(&mut self) -> Read<(Date, Span)> {
        let token = self.peek(0);
        if token.kind != TokenKind::Date {
            return Err(self.expected("expect-date"));
        }
        self.advance();
        let digits: String = self.text(token.span).chars().map(half_width).collect();
        let mut parts = digits
            .split(['-', '年', '月', '日'])
            .map(|part| part.parse::<i16>().unwrap_or(0));
        let mut next = || parts.next().unwrap_or(0);
        let (year, month, day) = (next(), next(), next());
        let date = Date::new(year, month.min(100) as i8, day.min(100) as i8);
        match date {
            Ok(date) => Ok((date, token.span)),
            Err(_) => {
                let finding = self
                    .finding(codes::S012, token.span)
                    .arg("what", Arg::Message("what-date"));
                self.report(finding.arg("found", self.text(token.span)));
                Err(super::cursor::Failed)
            }
        }
    }

    /// A run of articles, commas between them allowed; perhaps empty.
    pub fn articles(&mut self) -> Vec<Article> {
        let mut articles = Vec::new();
        loop {
            if self.kind() == TokenKind::Comma && self.peek(1).kind == TokenKind::Article {
                self.advance();
            }
            let token = self.peek(0);
            if token.kind != TokenKind::Article {
                return articles;
            }
            self.advance();
            articles.push(Article {
                text: article_text(self.text(token.span)),
                span: token.span,
            });
        }
    }

    // ── notes ──

    /// What trails the item that began at `start`, with what stood around its `{`.
    pub fn notes(&mut self, start: Span) -> Read<Notes> {
        let mut notes = take(&mut self.opening);
        loop {
            let mut more = Notes {
                articles: self.articles(),
                ..Notes::default()
            };
            let at = self.here();
            if self.eat(Keyword::Assume) {
                let answers = self.answers()?;
                let reason = self.quoted()?;
                more.assumptions.push(Assumption {
                    answers,
                    reason,
                    span: self.since(at),
                });
            } else if let Some(modality) = self.modality() {
                if notes.modality.is_some() {
                    self.repeated(modality.0, notes.span, self.since(at));
                }
                more.modality = Some(modality.1);
            } else if more.articles.is_empty() {
                break;
            }
            self.cited_again(&notes.articles, &more.articles);
            merge(&mut notes, more);
        }
        notes.span = self.since(start);
        Ok(notes)
    }

    /// S019 for articles that the same item cites already.
    fn cited_again(&mut self, before: &[Article], more: &[Article]) {
        for (index, article) in more.iter().enumerate() {
            let mut earlier = before.iter().chain(more.iter().take(index));
            if let Some(first) = earlier.find(|earlier| earlier.text == article.text) {
                let finding = doubled::again(self.text(article.span), self.file, first.span, article.span);
                self.report(finding);
            }
        }
    }

    /// The codes of the questions that an assumption answers.
    fn answers(&mut self) -> Read<Vec<Name>> {
        let mut answers = Vec::new();
        let goes_on = [TokenKind::Text, TokenKind::Comma].contains(&self.peek(1).kind);
        if self.peek(0).kind == TokenKind::Word && goes_on {
            answers.push(self.name("expect-name")?);
            while self.eat_kind(TokenKind::Comma) {
                answers.push(self.name("expect-name")?);
            }
        }
        Ok(answers)
    }

    fn modality(&mut self) -> Option<(Keyword, Modality)> {
        let all = [
            (Keyword::Must, Modality::Must),
            (Keyword::InPrinciple, Modality::InPrinciple),
            (Keyword::Encouraged, Modality::Encouraged),
        ];
        all.into_iter().find(|(keyword, _)| self.eat(*keyword))
    }

    // ── keys ──

    /// `每人每次灾害` / `per person per event`; perhaps none.
    pub fn keys(&mut self) -> Read<Vec<Key>> {
        let (mut keys, mut spans): (Vec<Key>, Vec<Span>) = (Vec::new(), Vec::new());
        loop {
            let start = self.here();
            let Some(key) = self.key()? else { return Ok(keys) };
            let span = self.since(start);
            match keys.iter().position(|known| *known == key) {
                Some(at) => {
                    let first = spans.get(at).copied().unwrap_or(span);
                    let finding = doubled::again(self.text(span), self.file, first, span);
                    self.report(finding);
                }
                None => {
                    keys.push(key);
                    spans.push(span);
                }
            }
        }
    }

    fn key(&mut self) -> Read<Option<Key>> {
        let start = self.here();
        type Make = fn(Span) -> Key;
        let simple: [(Keyword, Make); 6] = [
            (Keyword::PerPerson, Key::Person),
            (Keyword::PerHousehold, Key::Household),
            (Keyword::PerEvent, Key::Event),
            (Keyword::PerYear, Key::Year),
            (Keyword::PerTerm, Key::Term),
            (Keyword::PerClaim, Key::Claim),
        ];
        for (keyword, key) in simple {
            if self.eat(keyword) {
                return Ok(Some(key(self.since(start))));
            }
        }
        if self.eat(Keyword::Per) {
            return Ok(Some(Key::Fact(self.name("expect-fact")?)));
        }
        Ok(None)
    }
}

/// The text without its marks, `\"`, `\\` and `\n` read.
fn inner_text(source: &str) -> String {
    let mut chars = source.chars();
    chars.next();
    let closed = chars
        .clone()
        .next_back()
        .is_some_and(|c| matches!(c, '"' | '”' | '》' | '\'' | '’' | '』' | '」'));
    if closed {
        chars.next_back();
    }
    let inner = chars.as_str();
    if !inner.contains('\\') {
        return inner.to_owned();
    }
    let mut text = String::with_capacity(inner.len());
    let mut escaped = false;
    for c in inner.chars() {
        match (escaped, c) {
            (false, '\\') => escaped = true,
            (true, 'n') => {
                text.push('\n');
                escaped = false;
            }
            (_, c) => {
                text.push(c);
                escaped = false;
            }
        }
    }
    text
}

/// `@四(一)` → `四（一）`
pub(super) fn article_text(source: &str) -> String {
    let text = source.trim_start_matches(['@', '＠']);
    text.chars()
        .map(|c| match c {
            '(' => '（',
            ')' => '）',
            '０'..='９' | '＃' => half_width(c),
            other => other,
        })
        .collect()
}

/// Whether the text can be written as a name without 「」.
pub fn is_word(text: &str) -> bool {
    let lexed = crate::lex::lex(text, crate::diag::FileId(0));
    let tight = lexed
        .tokens
        .iter()
        .skip(1)
        .all(|t| t.tight && matches!(t.kind, TokenKind::Word | TokenKind::Number));
    lexed.comments.is_empty() && tight && lexed.tokens.first().is_some_and(|t| t.kind == TokenKind::Word)
}
