//! Tokens as the parser and the formatter see them.

use crate::keywords::{Keyword, WordId};
use crate::tree::Span;

/// What a token is, before its place gives it a meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// A word: a keyword or a name, as its place decides.
    Word,
    /// `「…」`: always a name.
    QuotedName,
    /// `"…"` or `“…”`
    Text,
    /// Text between marks that are not Anlan's (`《…》`, `'…'`) or do not pair (`“…"`).
    ForeignText,
    /// Text that its line does not close.
    OpenText,
    /// Digits, perhaps with groups and a decimal part.
    Number,
    Date,
    /// `@四（一）`
    Article,
    Comma,
    Semicolon,
    Colon,
    Dot,
    Slash,
    OpenBrace,
    CloseBrace,
    OpenParen,
    CloseParen,
    Equal,
    AtLeast,
    AtMost,
    Greater,
    Less,
    Times,
    Plus,
    Minus,
    Percent,
    Permille,
    /// One or more characters that begin no token.
    Other,
    /// After the last token of a block or file.
    End,
}

/// One token with its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    pub kind: TokenKind,
    pub span: Span,
    /// First on its line.
    pub first: bool,
    /// Follows the token before without a gap.
    pub tight: bool,
    /// Braces open around it.
    pub depth: u8,
    /// Its place in the keyword vocabulary.
    pub(crate) word: WordId,
    /// For `{`: index of the token that ends the block; the block is closed if that token is its `}`.
    pub(crate) partner: u32,
    /// The keyword that the parser read here, if any.
    pub keyword: Option<Keyword>,
}

impl Token {
    pub(crate) fn new(kind: TokenKind, span: Span) -> Token {
        Token {
            kind,
            span,
            first: false,
            tight: false,
            depth: 0,
            word: WordId::NONE,
            partner: 0,
            keyword: None,
        }
    }
}

/// A comment from its `//` to the end of its line, without trailing blanks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Comment {
    pub span: Span,
    /// Alone on its line.
    pub own_line: bool,
}
