//! Helpers shared by the tests of the whole.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

pub mod agreement;
pub mod counties;
pub mod edited;
pub mod evaluated;
pub mod fenced;
pub mod golden;
pub mod json_lines;
pub mod mutants;
pub mod node;
pub mod pairs;
pub mod policies;
pub mod python;
pub mod random;
pub mod reference;
pub mod stripped;
pub mod tokens;
pub mod tried;
pub mod worlds;

use std::path::PathBuf;

/// The workspace's folder.
pub fn workspace() -> PathBuf {
    let tests = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    tests.parent().unwrap().to_owned()
}

/// A file of the workspace, by its path from there.
pub fn read(path: &str) -> String {
    std::fs::read_to_string(workspace().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}
