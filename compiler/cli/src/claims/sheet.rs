//! Spreadsheets in (feature `files`).

use super::lines::Span;
use super::rows::{Content, RawRow, Sink};
use crate::failure::Failure;
use std::borrow::Cow;
use std::fs::File;
use std::path::Path;

/// Gives the rows of the first sheet to a sink; the first that holds any text is the heading. Gives the number of blank
/// rows.
pub fn read(path: &Path, sink: &mut dyn Sink) -> Result<u64, Failure> {
    let (mut blank, mut columns) = (0, None);
    let file = File::open(path).map_err(|error| Failure::unreadable(path, &error))?;
    let read = anlan_files::sheet::rows(file, |line, mut cells| {
        // A sheet is as wide as its widest row.
        let last = cells.iter().rposition(|cell| !cell.trim().is_empty());
        cells.truncate(last.map_or(0, |last| last + 1));
        if cells.is_empty() {
            blank += u64::from(columns.is_some());
            return Ok(());
        }
        let Some(columns) = columns else {
            columns = Some(cells.len());
            return sink.header(&cells);
        };
        // Blanks at the end are cells all the same. What stands beyond the heading is told as in any other file.
        cells.resize(columns.max(cells.len()), String::new());
        sink.row(RawRow {
            line,
            span: Span { start: 0, length: 0 },
            content: Content::Cells(cells.iter().map(|cell| Some(Cow::Borrowed(cell.as_str()))).collect()),
        })
    });
    match read {
        Ok(Ok(())) if columns.is_none() => Err(Failure::new(anlan_lang::diag::codes::V065).path(path)),
        Ok(result) => result.map(|()| blank),
        Err(error) => Err(Failure::broken(path, "XLSX", &error)),
    }
}
