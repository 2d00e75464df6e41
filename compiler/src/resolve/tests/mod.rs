//! From source text to findings about names.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod domains;
mod imports;
mod scopes;
mod unknown;
mod unused;
