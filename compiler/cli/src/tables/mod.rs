//! The small tables that reports and limits read: bases of the premium, reported figures.
//!
//! CSV with a header; columns by id or Chinese name, in any order. Every mistake names file, line and column.

mod bases;
mod figures;
mod numbers;

pub use bases::bases;
pub use figures::figures;
pub use numbers::{count, ratio, yuan};

use crate::failure::Failure;
use crate::load::text_file;
use anlan_lang::diag::{Arg, Code, codes};
use std::path::Path;

/// A column and the headings it goes by; the first is the id.
struct Column {
    names: &'static [&'static str],
    required: bool,
}

struct Table<'a> {
    path: &'a Path,
    /// (line, one cell for each column; empty where the file lacks the column)
    rows: Vec<(u64, Vec<String>)>,
}

impl<'a> Table<'a> {
    /// Reads a CSV file. Refuses unknown, repeated and missing columns and rows with too many or too few cells;
    /// skips rows without any text.
    fn read(path: &'a Path, columns: &[Column]) -> Result<Self, Failure> {
        let text = text_file(path)?;
        let text = text.trim_start_matches('\u{feff}');
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let header = reader.headers().map_err(|error| broken(path, &error))?.clone();
        let positions = positions(path, &header, columns)?;
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| broken(path, &error))?;
            let line = record.position().map_or(0, csv::Position::line);
            if record.iter().all(str::is_empty) {
                continue;
            }
            if record.len() != header.len() {
                return Err(at(codes::V232, path, line)
                    .arg("cells", Arg::Count(size(record.len())))
                    .arg("columns", Arg::Count(size(header.len()))));
            }
            let cell = |at: &Option<usize>| at.and_then(|i| record.get(i)).unwrap_or_default().to_owned();
            rows.push((line, positions.iter().map(cell).collect()));
        }
        if rows.is_empty() {
            return Err(Failure::new(codes::V233).path(path));
        }
        Ok(Table { path, rows })
    }
}

fn positions(path: &Path, header: &csv::StringRecord, columns: &[Column]) -> Result<Vec<Option<usize>>, Failure> {
    let known = || -> Vec<String> {
        columns
            .iter()
            .filter_map(|c| c.names.first())
            .map(|n| (*n).to_owned())
            .collect()
    };
    let mut positions = vec![None; columns.len()];
    for (at, heading) in header.iter().enumerate() {
        let column = columns.iter().position(|c| c.names.contains(&heading));
        match column.and_then(|c| positions.get_mut(c)) {
            Some(slot @ None) => *slot = Some(at),
            Some(Some(_)) => return Err(Failure::new(codes::V231).path(path).arg("column", heading)),
            None => {
                return Err(Failure::new(codes::V230)
                    .path(path)
                    .arg("column", heading)
                    .arg("known", known()));
            }
        }
    }
    let missing = columns
        .iter()
        .zip(&positions)
        .find(|(column, at)| column.required && at.is_none());
    match missing.and_then(|(column, _)| column.names.first()) {
        Some(name) => Err(Failure::new(codes::V234)
            .path(path)
            .arg("column", *name)
            .arg("known", known())),
        None => Ok(positions),
    }
}

fn broken(path: &Path, error: &csv::Error) -> Failure {
    let line = error.position().map_or(1, csv::Position::line);
    at(codes::V235, path, line).arg("detail", error.to_string())
}

fn at(code: Code, path: &Path, line: u64) -> Failure {
    Failure::new(code)
        .path(path)
        .arg("line", Arg::Count(i64::try_from(line).unwrap_or(i64::MAX)))
}

/// A cell that is not what its column holds.
fn wrong(code: Code, path: &Path, line: u64, column: &'static str, value: &str) -> Failure {
    at(code, path, line).arg("column", column).arg("value", value)
}

fn size(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
