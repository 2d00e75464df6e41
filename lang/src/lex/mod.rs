//! Source text to tokens: the grammar behind one function.

mod nest;
mod quick;
mod token;
mod words;

pub(crate) use words::half_width;

pub use token::{Comment, Token, TokenKind};

use crate::diag::{Code, FileId, Finding, Place, codes};
use crate::keywords::word_id;
use crate::tree::Span;
use pest::Parser;

/// Largest source, in bytes.
pub const MAX_SOURCE: usize = 4 << 20;
/// Deepest nesting of braces.
pub const MAX_NESTING: u8 = 64;
/// Findings about one file's syntax after which no more are collected.
const MAX_FINDINGS: usize = 200;

#[derive(pest_derive::Parser)]
#[grammar = "grammar.pest"]
struct Grammar;

/// Tokens, comments, and what could not be read as either.
#[derive(Debug, Clone, Default)]
pub struct Lexed {
    pub tokens: Vec<Token>,
    pub comments: Vec<Comment>,
    pub findings: Vec<Finding>,
}

/// Reads any text; a source above [`MAX_SOURCE`] is refused with one finding.
pub fn lex(source: &str, file: FileId) -> Lexed {
    let mut lexer = Lexer {
        source,
        file,
        line_start: true,
        end: 0,
        lexed: Lexed::default(),
    };
    if source.len() > MAX_SOURCE {
        lexer.report(codes::S009, Span::new(0, 0));
        return lexer.lexed;
    }
    lexer.lexed.tokens.reserve(source.len() / 6);
    let mut at = quick::blanks(source, 0);
    while at < source.len() {
        match quick::token(source, at).or_else(|| by_grammar(source, at)) {
            Some((rule, end)) => {
                lexer.token(rule, at, end);
                at = quick::blanks(source, end);
            }
            // The grammar accepts every text; should it not, the rest is reported rather than lost.
            None => {
                lexer.report(codes::S002, Span::new(at, source.len()));
                break;
            }
        }
    }
    nest::nest(source, file, &mut lexer.lexed);
    lexer.lexed
}

/// The token at `at`, as the grammar has it.
fn by_grammar(source: &str, at: usize) -> Option<(Rule, usize)> {
    let pair = Grammar::parse(Rule::token, source.get(at..)?).ok()?.next()?;
    let span = pair.as_span();
    (span.start() == 0 && span.end() > 0).then(|| (pair.as_rule(), at + span.end()))
}

struct Lexer<'s> {
    source: &'s str,
    file: FileId,
    /// No token stands on this line yet.
    line_start: bool,
    /// End of the last token or comment.
    end: usize,
    lexed: Lexed,
}

impl Lexer<'_> {
    fn report(&mut self, code: Code, span: Span) -> Option<&mut Finding> {
        if self.lexed.findings.len() >= MAX_FINDINGS {
            return None;
        }
        let place = Place { file: self.file, span };
        self.lexed.findings.push(Finding::new(code, place));
        self.lexed.findings.last_mut()
    }

    fn text(&self, start: usize, end: usize) -> &str {
        self.source.get(start..end).unwrap_or("")
    }

    fn token(&mut self, rule: Rule, start: usize, end: usize) {
        let gap = self.text(self.end, start).as_bytes();
        if gap.iter().any(|byte| matches!(byte, b'\n' | b'\r')) {
            self.line_start = true;
        }
        let tight = start == self.end && start > 0;
        match rule {
            Rule::comment => self.comment(start, end),
            Rule::block_comment => {
                self.report(codes::S008, Span::new(start, end));
            }
            Rule::word => self.word(start, end, tight),
            rule => {
                let kind = self.kind(rule, start, end);
                self.push(kind, start, end, tight);
                self.question(kind, start, end);
            }
        }
        self.end = end;
    }

    fn kind(&self, rule: Rule, start: usize, end: usize) -> TokenKind {
        match rule {
            Rule::number => TokenKind::Number,
            Rule::date => TokenKind::Date,
            Rule::article => TokenKind::Article,
            Rule::text => TokenKind::Text,
            Rule::mixed_text | Rule::foreign_text => TokenKind::ForeignText,
            Rule::open_text | Rule::open_name => TokenKind::OpenText,
            Rule::name => TokenKind::QuotedName,
            Rule::punctuation => punctuation(self.text(start, end)),
            _ => TokenKind::Other,
        }
    }

    fn comment(&mut self, start: usize, end: usize) {
        let trimmed = self.text(start, end).trim_end().len();
        self.lexed.comments.push(Comment {
            span: Span::new(start, start + trimmed),
            own_line: self.line_start,
        });
    }

    fn push(&mut self, kind: TokenKind, start: usize, end: usize, tight: bool) {
        let mut token = Token::new(kind, Span::new(start, end));
        token.first = self.line_start;
        token.tight = tight;
        if kind == TokenKind::Word {
            token.word = word_id(self.text(start, end));
        }
        // A run of characters that begin no token is one token, so that it is reported once.
        if kind == TokenKind::Other
            && tight
            && let Some(last) = self.lexed.tokens.last_mut()
            && last.kind == TokenKind::Other
        {
            last.span.end = end as u32;
            return;
        }
        self.lexed.tokens.push(token);
        self.line_start = false;
    }

    /// A word, cut where a document writes keywords or a unit and a keyword without a blank (`每人每次灾害`, `500元以上`).
    fn word(&mut self, start: usize, end: usize, tight: bool) {
        let source = self.source;
        let text = source.get(start..end).unwrap_or("");
        // Full-width letters stand in a block of their own, whose first byte in UTF-8 is EF.
        let half = match text.as_bytes().contains(&0xEF) {
            true => self.half_width(text, start, end),
            false => None,
        };
        let after_number = tight && self.lexed.tokens.last().is_some_and(|t| t.kind == TokenKind::Number);
        let mut from = start;
        let mut tight = tight;
        for piece in words::pieces(text, after_number) {
            self.push(TokenKind::Word, from, from + piece.len(), tight);
            from += piece.len();
            tight = true;
        }
        // What was meant is read on, so that one slip is reported once.
        if let (Some(half), Some(token)) = (half, self.lexed.tokens.last_mut()) {
            token.word = word_id(&half);
        }
    }

    /// Reports full-width letters; the word in half width.
    fn half_width(&mut self, text: &str, start: usize, end: usize) -> Option<String> {
        if !text.contains(|c: char| matches!(c, 'Ａ'..='Ｚ' | 'ａ'..='ｚ')) {
            return None;
        }
        let half: String = text.chars().map(words::half_width).collect();
        let place = Place {
            file: self.file,
            span: Span::new(start, end),
        };
        if let Some(finding) = self.report(codes::S007, place.span) {
            let told = finding.clone().arg("found", text).arg("half", half.clone());
            *finding = told.fixed(place, half.clone());
        }
        Some(half)
    }

    /// Reports what is wrong with a token in itself.
    fn question(&mut self, kind: TokenKind, start: usize, end: usize) {
        let span = Span::new(start, end);
        match kind {
            TokenKind::OpenText => {
                self.report(codes::S005, span);
            }
            TokenKind::Article if self.text(start, end).chars().count() == 1 => {
                self.report(codes::S013, span);
            }
            _ => {}
        }
    }
}

fn punctuation(text: &str) -> TokenKind {
    match text {
        "," | "，" | "、" => TokenKind::Comma,
        ";" | "；" => TokenKind::Semicolon,
        ":" | "：" => TokenKind::Colon,
        "." | "．" => TokenKind::Dot,
        "/" | "／" => TokenKind::Slash,
        "{" | "｛" => TokenKind::OpenBrace,
        "}" | "｝" => TokenKind::CloseBrace,
        "(" | "（" => TokenKind::OpenParen,
        ")" | "）" => TokenKind::CloseParen,
        "=" | "＝" => TokenKind::Equal,
        ">=" | "≥" | "＞＝" => TokenKind::AtLeast,
        "<=" | "≤" | "＜＝" => TokenKind::AtMost,
        ">" | "＞" => TokenKind::Greater,
        "<" | "＜" => TokenKind::Less,
        "×" | "*" | "＊" => TokenKind::Times,
        "+" | "＋" => TokenKind::Plus,
        "%" | "％" => TokenKind::Percent,
        "‰" => TokenKind::Permille,
        _ => TokenKind::Minus,
    }
}

#[cfg(test)]
mod tests;
