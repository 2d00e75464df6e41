//! From source text to findings about names.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

mod domains;
mod imports;
mod scopes;
mod unknown;
mod unused;
