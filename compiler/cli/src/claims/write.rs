//! Tables out: CSV, TSV, JSON Lines or a JSON array, whole or not at all.

use super::format::Format;
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
    columns: Vec<String>,
    target: Target,
    rows: u64,
}

#[derive(Debug)]
enum Target {
    /// Beside the file that it will become.
    Beside(Box<BufWriter<NamedTempFile>>),
    /// A device or pipe, which no file may take the place of.
    Direct(BufWriter<File>),
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Target::Beside(file) => file.write(bytes),
            Target::Direct(file) => file.write(bytes),
        }
    }
    fn flush(&mut self) -> io::Result<()> {
        match self {
            Target::Beside(file) => file.flush(),
            Target::Direct(file) => file.flush(),
        }
    }
}

impl Sheet {
    /// Begins a table; the file appears under its name only when [`Sheet::finish`] succeeds.
    pub fn create(path: &Path, columns: Vec<String>) -> Result<Self, Failure> {
        let format = Format::of(path)?;
        let target = target(path).map_err(|error| Failure::unwritable(path, &error))?;
        let mut sheet = Sheet {
            path: path.to_owned(),
            format,
            columns,
            target,
            rows: 0,
        };
        sheet.begin().map_err(|error| Failure::unwritable(path, &error))?;
        Ok(sheet)
    }

    fn begin(&mut self) -> io::Result<()> {
        match self.format {
            Format::Csv | Format::Tsv => {
                let columns = std::mem::take(&mut self.columns);
                let cells: Vec<Cell> = columns.iter().map(|c| Cell::Text(c)).collect();
                let result = self.delimited(&cells);
                self.columns = columns;
                result
            }
            Format::Json => self.target.write_all(b"["),
            Format::JsonLines => Ok(()),
        }
    }

    /// Adds a row, one cell for each column.
    pub fn row(&mut self, cells: &[Cell]) -> Result<(), Failure> {
        let result = match self.format {
            Format::Csv | Format::Tsv => self.delimited(cells),
            Format::Json | Format::JsonLines => self.object(cells),
        };
        self.rows += 1;
        result.map_err(|error| Failure::unwritable(&self.path, &error))
    }

    fn delimited(&mut self, cells: &[Cell]) -> io::Result<()> {
        let delimiter = self.format.delimiter().unwrap_or(b',');
        for (i, cell) in cells.iter().enumerate() {
            if i > 0 {
                self.target.write_all(&[delimiter])?;
            }
            match cell {
                Cell::Text(text) => quoted(&mut self.target, text, delimiter)?,
                Cell::Money(fen) => write!(self.target, "{fen}")?,
                Cell::Whole(n) => write!(self.target, "{n}")?,
            }
        }
        self.target.write_all(b"\n")
    }

    fn object(&mut self, cells: &[Cell]) -> io::Result<()> {
        let separator: &[u8] = match (self.format, self.rows) {
            (Format::Json, 0) => b"\n",
            (Format::Json, _) => b",\n",
            _ => b"",
        };
        self.target.write_all(separator)?;
        self.target.write_all(b"{")?;
        for (i, (column, cell)) in self.columns.iter().zip(cells).enumerate() {
            if i > 0 {
                self.target.write_all(b",")?;
            }
            serde_json::to_writer(&mut self.target, column)?;
            self.target.write_all(b":")?;
            match cell {
                Cell::Text("") => self.target.write_all(b"null")?,
                Cell::Text(text) => serde_json::to_writer(&mut self.target, text)?,
                Cell::Money(fen) => write!(self.target, "\"{fen}\"")?,
                Cell::Whole(n) => write!(self.target, "{n}")?,
            }
        }
        self.target
            .write_all(if self.format == Format::JsonLines { b"}\n" } else { b"}" })
    }

    /// Puts the table in its place.
    pub fn finish(mut self) -> Result<(), Failure> {
        let unwritable = |error: &io::Error| Failure::unwritable(&self.path, error);
        if self.format == Format::Json {
            self.target.write_all(b"\n]\n").map_err(|error| unwritable(&error))?;
        }
        match self.target {
            Target::Direct(mut file) => file.flush().map_err(|error| unwritable(&error)),
            Target::Beside(file) => {
                let file = file.into_inner().map_err(|error| unwritable(error.error()))?;
                file.as_file().sync_data().map_err(|error| unwritable(&error))?;
                file.persist(&self.path)
                    .map(|_| ())
                    .map_err(|error| unwritable(&error.error))
            }
        }
    }
}

fn target(path: &Path) -> io::Result<Target> {
    let existing = match path.metadata() {
        Ok(existing) => Some(existing),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    match existing {
        Some(existing) if existing.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
        Some(existing) if !existing.is_file() => Ok(Target::Direct(BufWriter::new(
            OpenOptions::new().write(true).open(path)?,
        ))),
        _ => {
            let folder = path
                .parent()
                .filter(|p| !p.as_os_str().is_empty())
                .unwrap_or(Path::new("."));
            let file = builder().tempfile_in(folder)?;
            Ok(Target::Beside(Box::new(BufWriter::with_capacity(1 << 18, file))))
        }
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

/// A text cell: quoted where it must be, and never the beginning of a formula.
fn quoted(out: &mut impl Write, text: &str, delimiter: u8) -> io::Result<()> {
    let guard = if text.starts_with(FORMULA) { "'" } else { "" };
    let plain = |b: u8| b != delimiter && !matches!(b, b'"' | b'\r' | b'\n');
    if text.bytes().all(plain) && text.trim() == text {
        return write!(out, "{guard}{text}");
    }
    write!(out, "\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)] // tests
    use super::*;

    fn written(name: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        let mut sheet = Sheet::create(&path, vec!["claim".into(), "paid".into(), "n".into()]).unwrap();
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
