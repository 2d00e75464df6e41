//! Tables out: CSV, TSV, JSON Lines or a JSON array, and with the feature `files` Parquet or XLSX; whole or not at all.

use super::format::Format;
use super::table::{Heading, SharedTexts, Table, write_all};
use crate::failure::Failure;
use anlan_compiler::money::Fen;
use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// What a spreadsheet takes for the beginning of a formula (DESIGN §6).
pub const FORMULA: [char; 4] = ['=', '+', '-', '@'];

/// One cell.
#[derive(Debug, Clone, Copy)]
pub enum Cell<'a> {
    Text(&'a str),
    /// 元 with two decimals
    Money(Fen),
    Whole(u64),
}

/// A table being written.
#[derive(Debug)]
pub struct Sheet {
    path: PathBuf,
    format: Format,
    headings: Vec<Heading>,
    target: Target,
    /// Rows written
    rows: u64,
    /// Rows that were added one by one
    waiting: Table,
    text: Vec<u8>,
    /// No column is shared where rows are added one by one.
    unshared: Vec<Vec<String>>,
}

/// Rows added one by one go out so many at a time.
const WAITING: usize = 1 << 14;

#[derive(Debug)]
enum Target {
    /// Beside the file that it will become.
    Beside(Box<BufWriter<NamedTempFile>>),
    /// A device or pipe, which no file may take the place of.
    Direct(BufWriter<File>),
    #[cfg(feature = "files")]
    Binary(super::binary::Target),
}

impl Sheet {
    /// Begins a table; the file appears under its name only when [`Sheet::finish`] succeeds.
    pub fn create(path: &Path, headings: Vec<Heading>) -> Result<Self, Failure> {
        let format = Format::of(path)?;
        let target = target(path, format, &headings)?;
        let mut sheet = Sheet {
            path: path.to_owned(),
            format,
            target,
            rows: 0,
            waiting: Table::new(&headings, 0),
            text: Vec::new(),
            unshared: vec![Vec::new(); headings.len()],
            headings,
        };
        sheet.begin();
        Ok(sheet)
    }

    fn begin(&mut self) {
        match self.format.delimiter() {
            Some(delimiter) => {
                for (at, heading) in self.headings.iter().enumerate() {
                    if at > 0 {
                        self.text.push(delimiter);
                    }
                    super::table::quoted(heading.name.as_bytes(), delimiter, &mut self.text);
                }
                self.text.push(b'\n');
            }
            None if self.format == Format::Json => self.text.push(b'['),
            None => {}
        }
    }

    /// Adds rows.
    pub fn append(&mut self, table: Table, shared: &SharedTexts) -> Result<(), Failure> {
        let rows = table.rows as u64;
        let result = match self.format {
            Format::Csv | Format::Tsv => {
                let delimiter = self.format.delimiter().unwrap_or(b',');
                table.delimited(shared, delimiter, &mut self.text);
                Ok(())
            }
            Format::Json | Format::JsonLines => {
                let lines = self.format == Format::JsonLines;
                table.objects(&self.headings, shared, lines, self.rows, &mut self.text)
            }
            #[cfg(feature = "files")]
            Format::Parquet | Format::Xlsx => match &mut self.target {
                Target::Binary(target) => target.append(table, shared),
                Target::Beside(_) | Target::Direct(_) => Ok(()),
            },
        };
        self.rows += rows;
        let written = result.and_then(|()| self.write());
        written.map_err(|error| Failure::unwritable(&self.path, &error))
    }

    fn write(&mut self) -> io::Result<()> {
        match &mut self.target {
            Target::Beside(file) => write_all(file, &mut self.text),
            Target::Direct(file) => write_all(file, &mut self.text),
            #[cfg(feature = "files")]
            Target::Binary(_) => Ok(()),
        }
    }

    /// Adds a row, one cell for each column.
    pub fn row(&mut self, cells: &[Cell]) -> Result<(), Failure> {
        for (cell, column) in cells.iter().zip(&mut self.waiting.columns) {
            match cell {
                Cell::Text(text) => column.push_text(text),
                Cell::Money(fen) => column.push_money(fen.0),
                Cell::Whole(n) => column.push_whole(*n),
            }
        }
        self.waiting.rows += 1;
        if self.waiting.rows >= WAITING {
            self.flush()
        } else {
            Ok(())
        }
    }

    fn flush(&mut self) -> Result<(), Failure> {
        let waiting = std::mem::replace(&mut self.waiting, Table::new(&self.headings, 0));
        let unshared = std::mem::take(&mut self.unshared);
        let result = self.append(waiting, &unshared);
        self.unshared = unshared;
        result
    }

    /// Puts the table in its place.
    pub fn finish(mut self) -> Result<(), Failure> {
        self.flush()?;
        if self.format == Format::Json {
            self.text.extend_from_slice(b"\n]\n");
        }
        let path = self.path.clone();
        self.put().map_err(|error| Failure::unwritable(&path, &error))
    }

    fn put(mut self) -> io::Result<()> {
        self.write()?;
        match self.target {
            Target::Direct(mut file) => file.flush(),
            Target::Beside(file) => place(file.into_inner().map_err(io::IntoInnerError::into_error)?, &self.path),
            #[cfg(feature = "files")]
            Target::Binary(target) => target.finish(&self.path),
        }
    }
}

/// Gives a temporary file its name.
pub(super) fn place(file: NamedTempFile, path: &Path) -> io::Result<()> {
    file.as_file().sync_data()?;
    file.persist(path).map(|_| ()).map_err(|error| error.error)
}

fn target(path: &Path, format: Format, headings: &[Heading]) -> Result<Target, Failure> {
    let unwritable = |error: io::Error| Failure::unwritable(path, &error);
    let existing = match path.metadata() {
        Ok(existing) => Some(existing),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(unwritable(error)),
    };
    if existing.as_ref().is_some_and(std::fs::Metadata::is_dir) {
        return Err(unwritable(io::ErrorKind::IsADirectory.into()));
    }
    let beside = || {
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
        builder()
            .tempfile_in(folder.unwrap_or(Path::new(".")))
            .map_err(unwritable)
    };
    #[cfg(feature = "files")]
    if matches!(format, Format::Parquet | Format::Xlsx) {
        return super::binary::Target::new(format, beside()?, headings)
            .map(Target::Binary)
            .map_err(unwritable);
    }
    let _ = (format, headings);
    match existing {
        Some(existing) if !existing.is_file() => {
            let file = OpenOptions::new().write(true).open(path).map_err(unwritable)?;
            Ok(Target::Direct(BufWriter::new(file)))
        }
        _ => Ok(Target::Beside(Box::new(BufWriter::with_capacity(1 << 18, beside()?)))),
    }
}

/// Files with the rights that the user's files have, instead of a temporary file's.
fn builder() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".anlan-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)] // tests
    use super::*;
    use crate::claims::table::Kind;

    fn headings() -> Vec<Heading> {
        let heading = |(name, kind): (&str, Kind)| Heading::new(name, kind);
        [("claim", Kind::Text), ("paid", Kind::Money), ("n", Kind::Whole)]
            .map(heading)
            .to_vec()
    }

    fn written(name: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        let mut sheet = Sheet::create(&path, headings()).unwrap();
        assert!(!path.exists(), "nothing appears before the end");
        sheet
            .row(&[Cell::Text("=1+1"), Cell::Money(Fen(-5)), Cell::Whole(3)])
            .unwrap();
        sheet
            .row(&[Cell::Text("甲,\"乙\""), Cell::Money(Fen(123_456)), Cell::Whole(4)])
            .unwrap();
        sheet
            .row(&[Cell::Text(""), Cell::Money(Fen(0)), Cell::Whole(0)])
            .unwrap();
        sheet.finish().unwrap();
        assert_eq!(
            std::fs::read_dir(folder.path()).unwrap().count(),
            1,
            "no temporary file stays"
        );
        std::fs::read_to_string(path).unwrap()
    }

    #[test]
    fn csv_guards_text_against_formulas_and_leaves_numbers_alone() {
        assert_eq!(
            written("a.csv"),
            "claim,paid,n\n'=1+1,-0.05,3\n\"甲,\"\"乙\"\"\",1234.56,4\n,0.00,0\n"
        );
        assert_eq!(
            written("a.tsv"),
            "claim\tpaid\tn\n'=1+1\t-0.05\t3\n\"甲,\"\"乙\"\"\"\t1234.56\t4\n\t0.00\t0\n"
        );
    }

    #[test]
    fn json_keeps_text_as_it_is() {
        let lines = "{\"claim\":\"=1+1\",\"paid\":\"-0.05\",\"n\":3}\n{\"claim\":\"甲,\\\"乙\\\"\",\"paid\":\"1234.56\",\"n\":4}\n{\"claim\":null,\"paid\":\"0.00\",\"n\":0}\n";
        assert_eq!(written("a.jsonl"), lines);
        let array: serde_json::Value = serde_json::from_str(&written("a.json")).unwrap();
        assert_eq!(array.as_array().unwrap().len(), 3);
    }

    #[test]
    fn a_missing_folder_is_told() {
        let failure = Sheet::create(Path::new("no/such/folder/a.csv"), Vec::new()).unwrap_err();
        assert_eq!(failure.finding.code.0, "X012");
    }
}
