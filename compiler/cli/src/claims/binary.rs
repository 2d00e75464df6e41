//! Parquet files out (feature `files`).

use super::format::Format;
use super::table::{Column, Heading, Kind, SharedTexts, Table};
use anlan_files::write::{self, Cells, ParquetWriter};
use std::io;
use std::path::Path;
use tempfile::NamedTempFile;

/// A file that is no text.
#[derive(Debug)]
pub enum Target {
    Parquet(Box<ParquetWriter<NamedTempFile>>),
}

impl Target {
    pub fn new(_: Format, file: NamedTempFile, headings: &[Heading]) -> io::Result<Self> {
        let headings: Vec<_> = headings
            .iter()
            .map(|heading| {
                let kind = match heading.kind {
                    Kind::Text => write::Kind::Text,
                    Kind::Shared => write::Kind::Shared,
                    Kind::Money => write::Kind::Money,
                    Kind::Whole => write::Kind::Whole,
                };
                (heading.name.clone(), kind)
            })
            .collect();
        Ok(Target::Parquet(Box::new(ParquetWriter::new(file, &headings)?)))
    }

    pub fn append(&mut self, table: &Table, shared: &SharedTexts) -> io::Result<()> {
        let Target::Parquet(writer) = self;
        let columns: Vec<Cells> = table
            .columns
            .iter()
            .zip(shared)
            .map(|(column, texts)| match column {
                Column::Text { bytes, ends } => Cells::Text { bytes, ends },
                Column::Shared(numbers) => Cells::Shared { texts, numbers },
                Column::Money(amounts) => Cells::Money(amounts),
                Column::Whole(numbers) => Cells::Whole(numbers),
            })
            .collect();
        writer.append(table.rows, &columns)
    }

    pub fn finish(self, path: &Path) -> io::Result<()> {
        let Target::Parquet(writer) = self;
        super::write::place(writer.finish()?, path)
    }
}
