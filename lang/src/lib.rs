//! The Anlan language: source text in; tokens, a typed tree and findings out; and back to text in the one layout.

pub mod diag;
pub mod fmt;
pub mod keywords;
pub mod lex;
pub mod lines;
pub mod nearest;
pub mod numerals;
pub mod parse;
pub mod texts;
pub mod tree;

pub use parse::{Parsed, parse};
