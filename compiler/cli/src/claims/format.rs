//! Which kind of file a name means.

use crate::failure::Failure;
use anlan_lang::diag::codes;
use std::path::Path;

/// The form of a table file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Csv,
    /// Tab-separated
    Tsv,
    /// One JSON object a line
    JsonLines,
    /// One array of JSON objects
    Json,
    #[cfg(feature = "files")]
    Parquet,
    /// A spreadsheet
    #[cfg(feature = "files")]
    Xlsx,
}

impl Format {
    /// By the ending. Parquet and spreadsheets need the feature `files`.
    pub fn of(path: &Path) -> Result<Self, Failure> {
        let ending = path
            .extension()
            .and_then(|e| e.to_str())
            .unwrap_or_default()
            .to_ascii_lowercase();
        match ending.as_str() {
            "csv" => Ok(Format::Csv),
            "tsv" => Ok(Format::Tsv),
            "jsonl" | "ndjson" => Ok(Format::JsonLines),
            "json" => Ok(Format::Json),
            #[cfg(feature = "files")]
            "parquet" => Ok(Format::Parquet),
            #[cfg(feature = "files")]
            "xlsx" => Ok(Format::Xlsx),
            #[cfg(not(feature = "files"))]
            "parquet" | "xlsx" => Err(Failure::new(codes::X041).path(path).arg("ending", ending)),
            _ => Err(Failure::new(codes::X042).path(path)),
        }
    }

    /// The delimiter of a table of text.
    pub fn delimiter(self) -> Option<u8> {
        match self {
            Format::Csv => Some(b','),
            Format::Tsv => Some(b'\t'),
            Format::JsonLines | Format::Json => None,
            #[cfg(feature = "files")]
            Format::Parquet | Format::Xlsx => None,
        }
    }
}
