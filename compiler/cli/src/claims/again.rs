//! Rows of a file as records of a plan: all of them, or some again for their words.

use super::encoding::Encoding;
use super::format::Format;
use super::read::{RowFile, Unknown, columns, id};
use super::rows::{Content, RawRow, RawTexts, Sink, bad_bytes};
use crate::failure::Failure;
use anlan_compiler::evaluate::record::{Columns, Reader};
use anlan_compiler::evaluate::{Record, Refusal};
use anlan_compiler::plan::{FactId, Plan};
use anlan_lang::diag::{Arg, codes};
use std::path::Path;

/// A file of claims.
#[derive(Debug)]
pub struct Records<'a> {
    pub path: &'a Path,
    pub encoding: Encoding,
    pub plan: &'a Plan,
    /// Columns that a heading must have
    pub required: &'a [&'a str],
}

/// A row as the file has it.
#[derive(Debug)]
pub struct Again {
    /// Position among all rows, from 0
    pub position: u32,
    /// Line, or row of a file without lines
    pub number: u64,
    pub claim: Option<String>,
    pub record: Result<Record, Vec<Refusal>>,
    /// The row itself, where some rows are read again
    pub text: String,
}

impl Records<'_> {
    /// Gives the rows at ascending positions to `each`.
    pub fn some(&self, wanted: &[u32], each: Each) -> Result<(), Failure> {
        if wanted.is_empty() {
            Ok(())
        } else {
            self.read(Some(wanted), each).map(|_| ())
        }
    }

    /// Gives all rows to `each`; gives the columns or keys that nothing knows, each once.
    pub fn all(&self, each: Each) -> Result<Vec<Refusal>, Failure> {
        self.read(None, each)
    }

    fn read(&self, wanted: Option<&[u32]>, each: Each) -> Result<Vec<Refusal>, Failure> {
        let reader = Reader::new(self.plan);
        match Format::of(self.path)? {
            #[cfg(feature = "files")]
            Format::Parquet => super::parquet::records((self.path, self.required), &reader, wanted, each),
            _ => {
                let file = RowFile::open(self.path, self.encoding)?;
                let mut sink = Wanted {
                    encoding: file.encoding().unwrap_or_default(),
                    claim: reader.column("claim"),
                    reader,
                    columns: None,
                    texts: file.encoding().map(|encoding| RawTexts::new(self.path, encoding)),
                    path: self.path,
                    required: self.required,
                    unknown: Unknown::default(),
                    wanted,
                    next: 0,
                    each,
                };
                file.read(&mut sink)?;
                Ok(sink.unknown.list())
            }
        }
    }
}

/// What is done with each row.
pub type Each<'a> = &'a mut dyn FnMut(Again) -> Result<(), Failure>;

struct Wanted<'a, 'p> {
    encoding: Encoding,
    claim: Option<FactId>,
    reader: Reader<'p>,
    columns: Option<Columns>,
    /// `None` where a row has no text of its own
    texts: Option<RawTexts>,
    path: &'a Path,
    required: &'a [&'a str],
    unknown: Unknown,
    /// `None`: all
    wanted: Option<&'a [u32]>,
    /// Position of the next row
    next: u32,
    each: Each<'a>,
}

impl Sink for Wanted<'_, '_> {
    fn header(&mut self, cells: &[String]) -> Result<(), Failure> {
        let names = cells.iter().map(String::as_str);
        let columns = columns(self.path, &self.reader, names, self.required)?;
        columns
            .unknown
            .iter()
            .for_each(|unknown| self.unknown.met(unknown.clone()));
        self.columns = Some(columns);
        Ok(())
    }

    fn row(&mut self, row: RawRow) -> Result<(), Failure> {
        let position = self.next;
        self.next += 1;
        if let Some(wanted) = &mut self.wanted {
            match wanted.split_first() {
                Some((first, rest)) if *first == position => *wanted = rest,
                _ => return Ok(()),
            }
        }
        let text = match (&mut self.texts, self.wanted, &row.content) {
            (_, None, _) => String::new(),
            (Some(texts), _, _) => texts.text(row.span)?,
            (None, _, Content::Cells(cells)) => joined(cells),
            (None, ..) => String::new(),
        };
        let (claim, record) = match row.content {
            Content::Bad(refusal) => (None, Err(vec![*refusal])),
            Content::Cells(cells) => self.cells(&cells),
            Content::Fields(fields) => {
                let pairs = || fields.iter().map(|(key, value)| (key.as_str(), value.as_str()));
                let (record, unknown) = self.reader.object(pairs());
                let is_claim = |(key, _): &(&str, &str)| self.claim.is_some() && self.reader.column(key) == self.claim;
                let claim = pairs().find(is_claim).and_then(|(_, value)| id(value));
                unknown.into_iter().for_each(|unknown| self.unknown.met(unknown));
                (claim.map(str::to_owned), record)
            }
        };
        (self.each)(Again {
            position,
            number: row.line,
            claim,
            record,
            text,
        })
    }
}

/// Cells as a line of CSV
fn joined(cells: &[Option<std::borrow::Cow<str>>]) -> String {
    let mut line = Vec::new();
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            line.push(b',');
        }
        super::table::quoted(cell.as_deref().unwrap_or_default().as_bytes(), b',', &mut line);
    }
    String::from_utf8_lossy(&line).into_owned()
}

type Read = (Option<String>, Result<Record, Vec<Refusal>>);

impl Wanted<'_, '_> {
    fn cells(&self, cells: &[Option<std::borrow::Cow<str>>]) -> Read {
        let Some(columns) = &self.columns else {
            return (None, Err(Vec::new()));
        };
        if cells.len() != columns.len() {
            let refusal = Refusal::new(codes::V070)
                .arg("cells", Arg::Count(cells.len() as i64))
                .arg("columns", Arg::Count(columns.len() as i64));
            return (None, Err(vec![refusal]));
        }
        let at = self.claim.and_then(|fact| columns.position(fact));
        let claim = at.and_then(|at| id(cells.get(at)?.as_deref()?)).map(str::to_owned);
        if cells.iter().any(Option::is_none) {
            return (claim, Err(vec![bad_bytes(self.encoding)]));
        }
        let cells = cells.iter().map(|cell| cell.as_deref().unwrap_or_default());
        (claim, self.reader.row(columns, cells))
    }
}
