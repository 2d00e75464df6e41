//! Which brace closes which. Where braces do not balance, indentation tells which one was forgotten.

use super::token::{Token, TokenKind};
use super::{Lexed, MAX_NESTING};
use crate::diag::{Arg, FileId, Finding, Place, codes};

/// Sets `partner` of every `{` and `depth` of every token, and reports braces without a partner.
pub fn nest(source: &str, file: FileId, lexed: &mut Lexed) {
    let excess = excess(&lexed.tokens);
    let mut nest = Nest {
        source,
        file,
        guess: excess != Some(0),
        spare_closes: excess.unwrap_or(0).min(0).unsigned_abs(),
        open: Vec::new(),
        findings: Vec::new(),
        too_deep: false,
    };
    let mut line_indent = 0;
    for index in 0..lexed.tokens.len() {
        let Some(token) = lexed.tokens.get(index).copied() else {
            break;
        };
        if token.first {
            line_indent = nest.indent(token);
            nest.close_forgotten(&mut lexed.tokens, index, token.kind, line_indent);
        }
        match token.kind {
            TokenKind::OpenBrace => {
                set(&mut lexed.tokens, index, |t| t.depth = nest.depth());
                nest.open(index, token, line_indent);
            }
            TokenKind::CloseBrace => {
                nest.close(&mut lexed.tokens, index, token, line_indent);
                set(&mut lexed.tokens, index, |t| t.depth = nest.depth());
            }
            _ => set(&mut lexed.tokens, index, |t| t.depth = nest.depth()),
        }
    }
    let end = lexed.tokens.len();
    while let Some(open) = nest.open.pop() {
        nest.forgotten(&mut lexed.tokens, open.index, end);
    }
    lexed.findings.append(&mut nest.findings);
}

fn set(tokens: &mut [Token], index: usize, change: impl FnOnce(&mut Token)) {
    if let Some(token) = tokens.get_mut(index) {
        change(token);
    }
}

/// Opening less closing braces; `None` where a brace closes nothing although the numbers agree.
fn excess(tokens: &[Token]) -> Option<isize> {
    let (mut depth, mut lowest) = (0isize, 0isize);
    for token in tokens {
        match token.kind {
            TokenKind::OpenBrace => depth += 1,
            TokenKind::CloseBrace => depth -= 1,
            _ => {}
        }
        lowest = lowest.min(depth);
    }
    (lowest == 0 || depth < 0).then_some(depth)
}

struct Open {
    index: usize,
    /// Indentation of the line on which it opens.
    line_indent: usize,
    /// Indentation of the first line inside.
    body_indent: Option<usize>,
}

struct Nest<'s> {
    source: &'s str,
    file: FileId,
    /// Braces do not balance: indentation decides.
    guess: bool,
    spare_closes: usize,
    open: Vec<Open>,
    findings: Vec<Finding>,
    too_deep: bool,
}

impl Nest<'_> {
    fn depth(&self) -> u8 {
        self.open.len().min(u8::MAX as usize) as u8
    }

    /// Width of the blanks before the first token of a line; a tab counts four.
    fn indent(&self, token: Token) -> usize {
        let before = self.source.get(..token.span.start as usize).unwrap_or("");
        let blanks = before.chars().rev().take_while(|c| !matches!(c, '\n' | '\r'));
        blanks
            .map(|c| match c {
                '\t' => 4,
                '\u{3000}' => 2,
                '\u{FEFF}' => 0,
                _ => 1,
            })
            .sum()
    }

    fn open(&mut self, index: usize, token: Token, line_indent: usize) {
        if self.open.len() >= MAX_NESTING as usize && !self.too_deep {
            self.too_deep = true;
            let place = Place {
                file: self.file,
                span: token.span,
            };
            self.findings
                .push(Finding::new(codes::S010, place).arg("most", Arg::Count(i64::from(MAX_NESTING))));
        }
        self.open.push(Open {
            index,
            line_indent,
            body_indent: None,
        });
    }

    /// Ends blocks whose `}` is missing, as the indentation of a new line shows.
    fn close_forgotten(&mut self, tokens: &mut [Token], index: usize, kind: TokenKind, indent: usize) {
        if !self.guess {
            return;
        }
        while let Some(top) = self.open.last() {
            let indented = top.body_indent.is_some_and(|body| body > top.line_indent);
            let left = if kind == TokenKind::CloseBrace {
                indent < top.line_indent && self.open.len() > 1
            } else {
                indented && indent <= top.line_indent
            };
            if !left {
                break;
            }
            if let Some(open) = self.open.pop() {
                self.forgotten(tokens, open.index, index);
            }
        }
        if let Some(top) = self.open.last_mut()
            && kind != TokenKind::CloseBrace
        {
            top.body_indent.get_or_insert(indent);
        }
    }

    fn forgotten(&mut self, tokens: &mut [Token], open: usize, end: usize) {
        set(tokens, open, |t| t.partner = end as u32);
        let Some(span) = tokens.get(open).map(|t| t.span) else {
            return;
        };
        self.findings
            .push(Finding::new(codes::S003, Place { file: self.file, span }));
    }

    fn close(&mut self, tokens: &mut [Token], index: usize, token: Token, indent: usize) {
        let stray = self.spare_closes > 0
            && token.first
            && self
                .open
                .last()
                .is_some_and(|top| top.body_indent.is_some() && indent > top.line_indent);
        let open = if stray { None } else { self.open.pop() };
        match open {
            Some(open) => set(tokens, open.index, |t| t.partner = index as u32),
            None => {
                self.spare_closes = self.spare_closes.saturating_sub(1);
                let place = Place {
                    file: self.file,
                    span: token.span,
                };
                self.findings.push(Finding::new(codes::S004, place).fixed(place, ""));
            }
        }
    }
}
