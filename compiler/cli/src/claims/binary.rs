//! Parquet files and spreadsheets out (feature `files`).

use super::format::Format;
use super::table::{Column, Heading, Kind, SharedTexts, Table};
use anlan_files::sheet::{Cell, SheetWriter};
use anlan_files::write::{self, Cells, ParquetWriter};
use std::io;
use std::path::Path;
use tempfile::NamedTempFile;

/// A file that is no text.
#[derive(Debug)]
pub enum Target {
    Parquet(Box<ParquetWriter<NamedTempFile>>),
    Xlsx(Box<SheetWriter>, NamedTempFile),
}

impl Target {
    pub fn new(format: Format, file: NamedTempFile, headings: &[Heading]) -> io::Result<Self> {
        if format == Format::Xlsx {
            let names: Vec<String> = headings.iter().map(|heading| heading.name.clone()).collect();
            return Ok(Target::Xlsx(Box::new(SheetWriter::new(&names)?), file));
        }
        let headings: Vec<_> = headings
            .iter()
            .map(|heading| {
                let kind = match heading.kind {
                    Kind::Text => write::Kind::Text,
                    Kind::Ids => write::Kind::Ids,
                    Kind::Shared => write::Kind::Shared,
                    Kind::Money => write::Kind::Money,
                    Kind::Whole => write::Kind::Whole,
                };
                (heading.name.clone(), kind)
            })
            .collect();
        Ok(Target::Parquet(Box::new(ParquetWriter::new(file, &headings)?)))
    }

    pub fn append(&mut self, table: Table, shared: &SharedTexts) -> io::Result<()> {
        match self {
            Target::Parquet(writer) => {
                let columns: Vec<Cells> = table
                    .columns
                    .into_iter()
                    .zip(shared)
                    .map(|(column, texts)| match column {
                        Column::Text { bytes, ends } => Cells::Text { bytes, ends },
                        Column::Shared(numbers) => Cells::Shared { texts, numbers },
                        Column::Money(amounts) => Cells::Money(amounts),
                        Column::Whole(numbers) => Cells::Whole(numbers),
                    })
                    .collect();
                writer.append(table.rows, columns)
            }
            Target::Xlsx(writer, _) => {
                for row in 0..table.rows {
                    let columns = table.columns.iter().zip(shared);
                    let cells: Vec<(bool, String)> = columns
                        .map(|(column, texts)| (column.is_number(), column.text(texts, row)))
                        .collect();
                    let cells = cells.iter().map(|(number, text)| match number {
                        true => Cell::Number(text),
                        false => Cell::Text(text),
                    });
                    writer.append(&cells.collect::<Vec<_>>())?;
                }
                Ok(())
            }
        }
    }

    pub fn finish(self, path: &Path) -> io::Result<()> {
        match self {
            Target::Parquet(writer) => super::write::place(writer.finish()?, path),
            Target::Xlsx(writer, mut file) => {
                writer.finish(file.as_file_mut())?;
                super::write::place(file, path)
            }
        }
    }
}
