//! The Anlan language: source text in; tokens, a typed tree and findings out; and back to text in the one layout.

pub mod diag;
pub mod keywords;
pub mod texts;
pub mod tree;
