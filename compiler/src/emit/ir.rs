//! The emission plan itself, as JSON, with its schema.

use super::{File, Input};
use anlan_lang::diag::Finding;

const SCHEMA: &str = include_str!("program.schema.json");

pub(super) fn emit(input: &Input<'_>) -> Result<Vec<File>, Finding> {
    let text = serde_json::to_string_pretty(input.program).map_err(|_| super::lower::beyond())?;
    Ok(vec![
        File::new("program.json", text + "\n"),
        File::new("program.schema.json", SCHEMA),
    ])
}
