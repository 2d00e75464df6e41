//! Bases of the premium: `region,persons,households`.

use super::{Column, Table, count, wrong};
use crate::failure::Failure;
use anlan_compiler::report::fund::BaseRow;
use anlan_lang::diag::codes;
use std::path::Path;

const COLUMNS: [Column; 3] = [
    Column {
        names: &["region", "地区", "区县", "县区"],
        required: true,
    },
    Column {
        names: &["persons", "人数", "户籍人数", "人口"],
        required: false,
    },
    Column {
        names: &["households", "户数"],
        required: false,
    },
];

/// Reads a bases file; a blank figure stays blank and is refused only where a rate needs it.
pub fn bases(path: &Path) -> Result<Vec<BaseRow>, Failure> {
    let table = Table::read(path, &COLUMNS)?;
    let mut rows = Vec::with_capacity(table.rows.len());
    for (line, cells) in table.rows {
        let [region, persons, households] = cells.try_into().unwrap_or_default();
        if region.is_empty() {
            return Err(wrong(codes::V236, table.path, line, "region", ""));
        }
        let figure = |column: &'static str, text: &str| match text {
            "" => Ok(None),
            text => count(text)
                .map(Some)
                .ok_or_else(|| wrong(codes::V237, path, line, column, text)),
        };
        rows.push(BaseRow {
            persons: figure("persons", &persons)?,
            households: figure("households", &households)?,
            region,
        });
    }
    Ok(rows)
}
