//! Tokens to tree: a cursor that always knows what it expects, one file for each group of clauses.
//!
//! An error inside a clause is reported once; reading goes on at the next line that begins a clause of the same
//! block, so one slip hides nothing else.

mod amount;
mod atoms;
mod body;
mod condition;
mod cover;
mod cursor;
mod doubled;
mod duty;
mod example;
mod file;
mod framework;
mod identity;
mod limit;
mod premium;
mod report;
mod schedule;
mod split;
mod table;
mod vocabulary;

use crate::diag::{FileId, Finding};
use crate::lex::{Comment, Lexed, Token, lex};
use crate::tree::File;
use cursor::Parser;

/// One source as read: always a tree, perhaps with findings about what is missing from it.
#[derive(Debug, Clone, Default)]
pub struct Parsed {
    pub tree: File,
    /// Every token but comments, in order, with the keyword read at each.
    pub tokens: Vec<Token>,
    pub comments: Vec<Comment>,
    /// Family S, in source order.
    pub findings: Vec<Finding>,
}

/// Reads one source. Never fails: what cannot be read is reported and left out of the tree.
pub fn parse(source: &str, file: FileId) -> Parsed {
    let Lexed {
        tokens,
        comments,
        findings,
    } = lex(source, file);
    let mut parser = Parser::new(source, file, tokens, findings);
    let tree = parser.file();
    let (tokens, mut findings) = parser.finish();
    findings.extend(doubled::doubled(source, file, &tokens, &findings));
    findings.extend(doubled::lines(source, file, &tokens, &findings));
    findings.sort_by_key(|f| f.primary.map_or(0, |place| place.span.start));
    Parsed {
        tree,
        tokens,
        comments,
        findings,
    }
}

#[cfg(test)]
mod tests;
