//! The cursor over tokens: looking, taking, blocks and recovery.

use crate::diag::{FileId, Finding};
use crate::keywords::{self, Keyword, WordId};
use crate::lex::{MAX_NESTING, Token, TokenKind};
use crate::tree::{Notes, Span};
use std::cmp::Reverse;

/// The finding is already reported; the clause that was being read is given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failed;

pub type Read<T> = Result<T, Failed>;

/// What begins a note, beside an article.
pub const NOTES: &[Keyword] = &[
    Keyword::Assume,
    Keyword::Must,
    Keyword::InPrinciple,
    Keyword::Encouraged,
];

/// What may begin an item of a block.
#[derive(Debug, Clone, Copy)]
pub enum Starts {
    /// Items begin with one of these keywords.
    Keywords(&'static [Keyword]),
    /// One item a line, which may begin with any name; a line that begins with one of these keywords goes on with
    /// the item before.
    Lines(&'static [Keyword]),
}

/// Keywords looked for at one place since the last token was taken: what an error can offer.
#[derive(Debug, Default)]
struct Tried {
    at: usize,
    keywords: Vec<Keyword>,
}

pub struct Parser<'s> {
    pub source: &'s str,
    pub file: FileId,
    tokens: Vec<Token>,
    pub pos: usize,
    /// End of the block or line that is being read; nothing reads beyond it.
    pub end: usize,
    pub findings: Vec<Finding>,
    /// The last keyword taken, the context of an expectation.
    pub last: Option<Keyword>,
    /// The keyword of the clause being read, the context of its rows.
    pub owner: Option<Keyword>,
    tried: Tried,
    pub starts: Starts,
    /// Parentheses open in the expression or condition being read.
    pub parens: u8,
    /// Notes that stood around the `{` of the block just read.
    pub opening: Notes,
}

impl<'s> Parser<'s> {
    pub fn new(source: &'s str, file: FileId, tokens: Vec<Token>, findings: Vec<Finding>) -> Self {
        let end = tokens.len();
        Parser {
            source,
            file,
            tokens,
            pos: 0,
            end,
            findings,
            last: None,
            owner: None,
            tried: Tried::default(),
            starts: Starts::Keywords(&[]),
            parens: 0,
            opening: Notes::default(),
        }
    }

    pub fn finish(self) -> (Vec<Token>, Vec<Finding>) {
        (self.tokens, self.findings)
    }

    // ── looking ──

    /// The token `ahead` places on; [`TokenKind::End`] beyond the block.
    pub fn peek(&self, ahead: usize) -> Token {
        let at = self.pos + ahead;
        match self.tokens.get(at) {
            Some(token) if at < self.end => *token,
            _ => self.end_token(),
        }
    }

    fn end_token(&self) -> Token {
        let at = match self.tokens.get(self.end) {
            Some(token) => token.span.start as usize,
            None => self.source.len(),
        };
        Token::new(TokenKind::End, Span::new(at, at))
    }

    pub fn kind(&self) -> TokenKind {
        self.peek(0).kind
    }

    pub fn text(&self, span: Span) -> &'s str {
        self.source.get(span.range()).unwrap_or("")
    }

    /// Where the next token begins.
    pub fn here(&self) -> Span {
        let start = self.peek(0).span.start;
        Span { start, end: start }
    }

    /// From `start` to the end of the last token taken.
    pub fn since(&self, start: Span) -> Span {
        let last = self.pos.checked_sub(1).and_then(|last| self.tokens.get(last));
        let end = last.map_or(start.end, |token| token.span.end);
        Span {
            start: start.start,
            end: end.max(start.start),
        }
    }

    pub fn done(&self) -> bool {
        self.pos >= self.end
    }

    /// How many tokens the keyword takes here; 0 where it does not stand here. Error messages forget the look.
    pub fn length(&self, keyword: Keyword) -> usize {
        if self.peek(0).word == WordId::NONE {
            return 0;
        }
        let stands = |words: &[WordId]| words.iter().enumerate().all(|(i, word)| self.peek(i).word == *word);
        let forms = keyword.sequences().iter().map(|s| s.words());
        forms.into_iter().find(|words| stands(words)).map_or(0, <[WordId]>::len)
    }

    /// Whether the keyword stands here; if not, an error here can offer it.
    pub fn at(&mut self, keyword: Keyword) -> bool {
        if self.length(keyword) > 0 {
            return true;
        }
        self.try_keyword(keyword);
        false
    }

    fn try_keyword(&mut self, keyword: Keyword) {
        if self.tried.at != self.pos {
            self.tried.at = self.pos;
            self.tried.keywords.clear();
        }
        self.tried.keywords.push(keyword);
    }

    /// Keywords that were looked for at this very place.
    pub fn tried(&self) -> &[Keyword] {
        if self.tried.at == self.pos {
            &self.tried.keywords
        } else {
            &[]
        }
    }

    /// Like [`Self::at`], where a name that only begins with the keyword (`层1`) may stand too.
    pub fn at_whole(&mut self, keyword: Keyword) -> bool {
        let length = self.length(keyword);
        if length == 0 {
            self.try_keyword(keyword);
            return false;
        }
        let joined = self.peek(length);
        !(joined.tight && matches!(joined.kind, TokenKind::Word | TokenKind::Number))
    }

    /// The keyword of the list that stands here; of several, the longest.
    pub fn which(&self, list: &[Keyword]) -> Option<Keyword> {
        // Few keywords begin with one word, and lists are long.
        let listed = keywords::beginning(self.peek(0).word).iter().filter_map(|keyword| {
            let place = list.iter().position(|listed| listed == keyword)?;
            Some((self.length(*keyword), Reverse(place), *keyword))
        });
        let longest = listed
            .filter(|(length, ..)| *length > 0)
            .max_by_key(|(length, place, _)| (*length, *place));
        longest.map(|(.., keyword)| keyword)
    }

    // ── taking ──

    pub fn advance(&mut self) -> Token {
        let token = self.peek(0);
        if self.pos < self.end {
            self.pos += 1;
        }
        token
    }

    /// Takes the keyword if it stands here.
    pub fn eat(&mut self, keyword: Keyword) -> bool {
        let length = self.length(keyword);
        if length == 0 {
            self.try_keyword(keyword);
            return false;
        }
        for token in self.tokens.iter_mut().skip(self.pos).take(length) {
            token.keyword = Some(keyword);
        }
        self.pos += length;
        self.last = Some(keyword);
        true
    }

    pub fn eat_kind(&mut self, kind: TokenKind) -> bool {
        let found = self.kind() == kind;
        if found {
            self.pos += 1;
        }
        found
    }

    // ── blocks ──

    /// Reads `{ item* }`; notes before and right after `{` become [`Self::opening`]. A failed item is skipped.
    pub fn block(&mut self, starts: Starts, mut item: impl FnMut(&mut Self) -> Read<()>) -> Read<()> {
        let at = self.here();
        let mut opening = self.notes(at)?;
        let brace = self.peek(0);
        if brace.kind != TokenKind::OpenBrace {
            return Err(self.expected("expect-brace"));
        }
        let stop = (brace.partner as usize).clamp(self.pos + 1, self.end.max(self.pos + 1));
        let outer = (self.end, self.starts, self.parens);
        self.advance();
        if brace.depth < MAX_NESTING {
            (self.end, self.starts, self.parens) = (stop, starts, 0);
            let at = self.here();
            if let Ok(inner) = self.notes(at) {
                merge(&mut opening, inner);
            }
            self.items(starts, &mut item);
        }
        (self.end, self.starts, self.parens) = outer;
        self.pos = stop;
        self.eat_kind(TokenKind::CloseBrace);
        self.opening = opening;
        Ok(())
    }

    /// The lines of the block that opens next, without those of blocks inside it: about as many as it has items.
    pub fn lines_of_block(&self) -> usize {
        let rest = self.tokens.get(self.pos..self.end).unwrap_or_default();
        let Some(at) = rest.iter().position(|token| token.kind == TokenKind::OpenBrace) else {
            return 0;
        };
        let Some(brace) = rest.get(at) else { return 0 };
        let inside = self.tokens.get(self.pos + at + 1..brace.partner as usize);
        let lines = inside.unwrap_or_default().iter();
        lines
            .filter(|token| token.first && token.depth == brace.depth + 1)
            .count()
    }

    /// Items up to the end of the block or file.
    pub fn items(&mut self, starts: Starts, item: &mut impl FnMut(&mut Self) -> Read<()>) {
        while !self.done() {
            // A closing brace here was reported when braces were matched.
            if matches!(self.kind(), TokenKind::Semicolon | TokenKind::CloseBrace) {
                self.advance();
                continue;
            }
            match starts {
                Starts::Keywords(_) => self.guarded(starts, item),
                Starts::Lines(joins) => self.line(starts, joins, item),
            }
        }
    }

    /// The items of one line, none of which reads beyond it.
    fn line(&mut self, starts: Starts, joins: &[Keyword], item: &mut impl FnMut(&mut Self) -> Read<()>) {
        let block_end = self.end;
        self.end = self.line_end(joins);
        while !self.done() {
            self.last = self.owner.or(self.last);
            self.guarded(starts, item);
        }
        self.end = block_end;
    }

    fn guarded(&mut self, starts: Starts, item: &mut impl FnMut(&mut Self) -> Read<()>) {
        let before = self.pos;
        self.opening = Notes::default();
        let failed = item(self).is_err();
        if !failed && self.pos == before {
            self.unexpected();
        }
        if failed || self.pos == before {
            self.recover(starts, before);
        }
    }

    /// Where the line item that begins here ends: at `;` or at a line that does not go on with it.
    fn line_end(&self, joins: &[Keyword]) -> usize {
        let mut probe = self.pos;
        while probe < self.end {
            let Some(token) = self.tokens.get(probe) else { break };
            let next_line = token.first && probe > self.pos && !self.joins(probe, joins);
            if token.kind == TokenKind::Semicolon || next_line {
                break;
            }
            probe = match token.kind {
                TokenKind::OpenBrace => (token.partner as usize).max(probe) + 1,
                _ => probe + 1,
            };
        }
        probe.min(self.end)
    }

    /// Whether the line that begins at `at` goes on with the item before.
    fn joins(&self, at: usize, joins: &[Keyword]) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.tokens.get(before));
        let Some(token) = self.tokens.get(at) else { return false };
        let by_kind = matches!(token.kind, TokenKind::Article | TokenKind::Comma | TokenKind::OpenBrace);
        if by_kind || before.is_some_and(|t| t.kind == TokenKind::Comma) {
            return true;
        }
        token.word != WordId::NONE
            && std::iter::once(&Keyword::Assume)
                .chain(joins)
                .any(|k| self.stands_at(at, *k))
    }

    fn stands_at(&self, at: usize, keyword: Keyword) -> bool {
        let word = |i: usize| self.tokens.get(at + i).map_or(WordId::NONE, |t| t.word);
        let mut forms = keyword.sequences().iter();
        forms.any(|s| s.words().iter().enumerate().all(|(i, w)| word(i) == *w))
    }

    /// Skips to where an item of this block can begin.
    fn recover(&mut self, starts: Starts, before: usize) {
        while !self.done() {
            let token = self.peek(0);
            if token.kind == TokenKind::Semicolon {
                return;
            }
            if token.first && self.pos > before && self.begins_item(starts) {
                return;
            }
            self.pos = match token.kind {
                TokenKind::OpenBrace => (token.partner as usize + 1).clamp(self.pos + 1, self.end.max(self.pos + 1)),
                _ => self.pos + 1,
            };
        }
    }

    pub fn begins_item(&self, starts: Starts) -> bool {
        match starts {
            Starts::Keywords(list) => self.which(list).is_some(),
            Starts::Lines(_) => true,
        }
    }
}

/// Adds `more` to `notes`; the first modality stays.
pub fn merge(notes: &mut Notes, more: Notes) {
    if more.articles.is_empty() && more.assumptions.is_empty() && more.modality.is_none() {
        return;
    }
    notes.span = if notes.span.end == 0 {
        more.span
    } else {
        notes.span.to(more.span)
    };
    notes.articles.extend(more.articles);
    notes.assumptions.extend(more.assumptions);
    notes.modality = notes.modality.or(more.modality);
}
