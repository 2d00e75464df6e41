//! The scheme's examples and boundary claims with their answers, as data, with its schema.

use super::cases::json;
use super::{File, Input};
use anlan_lang::diag::Finding;

const SCHEMA: &str = include_str!("vectors.schema.json");

pub(super) fn emit(input: &Input<'_>) -> Result<Vec<File>, Finding> {
    Ok(vec![
        File::new("vectors.json", json(input.program, input.cases())),
        File::new("vectors.schema.json", SCHEMA),
    ])
}
