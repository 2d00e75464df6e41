//! Rows of a file as columns of a program.

use super::encoding::Encoding;
use super::format::Format;
use super::lines::Span;
use super::rows::{Content, RawRow, Sink, TableFile};
use crate::failure::Failure;
use anlan_compiler::columns::encode::{Batch, Encoder};
use anlan_compiler::emit::program::Program;
use anlan_compiler::evaluate::Refusal;
use anlan_compiler::evaluate::record::{Columns, Reader};
use anlan_lang::diag::{Arg, codes};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Ids of the data contract without which no row can be settled.
pub const REQUIRED: [&str; 2] = ["claim", "date"];

/// What reading a claims file came to.
#[derive(Debug, Default)]
pub struct Reading {
    pub blank: u64,
    /// Columns or keys that nothing knows, each once, by name
    pub unknown: Vec<OfFile>,
    /// Events and exposures that claims name and their file has not, and ids of decisions that no claim names
    pub unmet: Vec<Refusal>,
}

/// What is told of a file.
#[derive(Debug)]
pub struct OfFile {
    pub path: PathBuf,
    pub refusal: Refusal,
}

impl OfFile {
    /// All that is told of a file.
    pub fn all(path: &Path, refusals: Vec<Refusal>) -> Vec<Self> {
        let of = |refusal| OfFile {
            path: path.to_owned(),
            refusal,
        };
        refusals.into_iter().map(of).collect()
    }
}

/// Columns or keys that nothing knows, each once, by name.
#[derive(Debug, Default)]
pub struct Unknown(BTreeMap<String, Refusal>);

impl Unknown {
    pub fn met(&mut self, unknown: Refusal) {
        let name = unknown.value.clone().unwrap_or_default();
        self.0.entry(name).or_insert(unknown);
    }
    pub fn list(self) -> Vec<Refusal> {
        self.0.into_values().collect()
    }
}

/// What is done with each batch.
pub type Push<'a, 'p> = &'a mut dyn FnMut(&Encoder<'p>, &mut Batch) -> Result<(), Failure>;

/// Reads a claims file, giving every row to `push` in batches.
pub fn claims<'p>(
    path: &Path,
    encoding: Encoding,
    program: &Program,
    encoder: &mut Encoder<'p>,
    push: Push<'_, 'p>,
) -> Result<Reading, Failure> {
    let header = Header { path, program };
    match Format::of(path)? {
        #[cfg(feature = "files")]
        Format::Parquet => super::parquet::claims(&header, encoder, push),
        _ => {
            let file = RowFile::open(path, encoding)?;
            let mut sink = Claims {
                batch: Batch::new(program),
                header,
                encoder,
                facts: None,
                unknown: Unknown::default(),
                push,
            };
            let blank = file.read(&mut sink)?;
            (sink.push)(sink.encoder, &mut sink.batch)?;
            Ok(Reading {
                blank,
                unknown: OfFile::all(path, sink.unknown.list()),
                unmet: Vec::new(),
            })
        }
    }
}

/// A file that is read row by row.
#[derive(Debug)]
pub enum RowFile {
    Lines(TableFile),
    #[cfg(feature = "files")]
    Sheet(std::path::PathBuf),
}

impl RowFile {
    pub fn open(path: &Path, encoding: Encoding) -> Result<Self, Failure> {
        match Format::of(path)? {
            #[cfg(feature = "files")]
            Format::Xlsx => Ok(RowFile::Sheet(path.to_owned())),
            _ => TableFile::open(path, encoding).map(RowFile::Lines),
        }
    }

    /// The encoding in fact; `None` where the file is no text.
    pub fn encoding(&self) -> Option<Encoding> {
        match self {
            RowFile::Lines(file) => Some(file.encoding),
            #[cfg(feature = "files")]
            RowFile::Sheet(_) => None,
        }
    }

    /// Gives all rows to a sink; gives the number of blank ones.
    pub fn read(self, sink: &mut dyn Sink) -> Result<u64, Failure> {
        match self {
            RowFile::Lines(file) => file.read(sink),
            #[cfg(feature = "files")]
            RowFile::Sheet(path) => super::sheet::read(&path, sink),
        }
    }
}

/// The heading of a file of columns.
#[derive(Debug, Clone, Copy)]
pub struct Header<'a> {
    pub path: &'a Path,
    pub program: &'a Program,
}

/// The program's facts of the columns, and the columns that nothing knows.
pub type Facts = (Vec<Option<usize>>, Vec<Refusal>);

impl Header<'_> {
    /// Which facts the columns hold.
    pub fn facts<'h>(&self, encoder: &Encoder, names: impl IntoIterator<Item = &'h str>) -> Result<Facts, Failure> {
        let columns = columns(self.path, encoder.reader(), names, &REQUIRED)?;
        let mut facts = vec![None; columns.len()];
        for number in 0..self.program.facts.len() {
            let column = encoder.fact(number).and_then(|fact| columns.position(fact));
            if let Some(slot) = column.and_then(|column| facts.get_mut(column)) {
                *slot = Some(number);
            }
        }
        Ok((facts, columns.unknown))
    }
}

/// What the columns of a heading hold.
///
/// # Errors
/// Two name one fact (V013), or one that must be there is missing (V062).
pub fn columns<'h>(
    path: &Path,
    reader: &Reader,
    names: impl IntoIterator<Item = &'h str>,
    ids: &[&str],
) -> Result<Columns, Failure> {
    let of_file = |refusal| Failure::from(refusal).of(path.display().to_string());
    let columns = reader.columns(names).map_err(of_file)?;
    let missing = |id: &&str| reader.column(id).is_none_or(|fact| columns.position(fact).is_none());
    let missing: Vec<Arg> = ids
        .iter()
        .filter(|id| missing(id))
        .map(|id| reader.column_name(id))
        .collect();
    match missing.is_empty() {
        true => Ok(columns),
        false => Err(Failure::new(codes::V062).path(path).arg("names", Arg::List(missing))),
    }
}

struct Claims<'a, 'p> {
    header: Header<'a>,
    encoder: &'a mut Encoder<'p>,
    /// The fact of each column
    facts: Option<Vec<Option<usize>>>,
    unknown: Unknown,
    batch: Batch,
    push: Push<'a, 'p>,
}

impl Sink for Claims<'_, '_> {
    fn header(&mut self, cells: &[String]) -> Result<(), Failure> {
        let (facts, unknown) = self.header.facts(self.encoder, cells.iter().map(String::as_str))?;
        unknown.into_iter().for_each(|unknown| self.unknown.met(unknown));
        self.facts = Some(facts);
        Ok(())
    }

    fn row(&mut self, row: RawRow) -> Result<(), Failure> {
        match row.content {
            Content::Bad(refusal) => self.batch.end_broken(None, [refusal.code]),
            Content::Cells(cells) => self.cells(&cells),
            Content::Fields(fields) => self.fields(&fields),
        }
        if self.batch.is_full() {
            if self.batch.expected == 0 {
                self.batch.expected = expected(self.header.path, self.batch.rows, row.span);
            }
            (self.push)(self.encoder, &mut self.batch)?;
            self.batch.clear();
        }
        Ok(())
    }
}

/// About how many rows a file of lines has, of which the first so many end with `last`.
fn expected(path: &Path, rows: usize, last: Span) -> usize {
    let length = std::fs::metadata(path).map_or(0, |file| file.len());
    let read = last.start + u64::from(last.length);
    // A twentieth more, since rows differ in length.
    let all = u128::from(length) * rows as u128 * 21 / (u128::from(read.max(1)) * 20);
    usize::try_from(all).unwrap_or(0)
}

impl Claims<'_, '_> {
    fn fields(&mut self, fields: &[(String, String)]) {
        let claim = self.header.program.known.claim;
        let is_claim = |(key, _): &&(String, String)| {
            let fact = self
                .encoder
                .reader()
                .column(key)
                .and_then(|fact| self.encoder.number(fact));
            claim.is_some() && fact == claim
        };
        let id = fields.iter().find(is_claim).and_then(|(_, value)| id(value));
        let pairs = fields.iter().map(|(key, value)| (key.as_str(), value.as_str()));
        for unknown in self.encoder.object(&mut self.batch, id, pairs) {
            self.unknown.met(self.encoder.reader().unknown(unknown));
        }
    }

    fn cells(&mut self, cells: &[Option<std::borrow::Cow<str>>]) {
        let Some(facts) = &self.facts else { return };
        if cells.len() != facts.len() {
            // With cells missing or too many, no cell's column is certain, the claim id's neither.
            self.batch.end_broken(None, [codes::V070]);
            return;
        }
        let claim = self.header.program.known.claim;
        let at = facts.iter().position(|fact| claim.is_some() && *fact == claim);
        let claim = at.and_then(|at| id(cells.get(at)?.as_deref()?));
        if cells.iter().any(Option::is_none) {
            self.batch.end_broken(claim, [codes::V061]);
            return;
        }
        let mut wrong = Vec::new();
        for (fact, cell) in facts.iter().zip(cells) {
            if let (Some(fact), Some(cell)) = (fact, cell) {
                wrong.extend(self.encoder.cell(&mut self.batch, *fact, cell).err());
            }
        }
        match wrong.is_empty() {
            true => self.batch.end_row(claim),
            false => self.batch.end_broken(claim, wrong),
        }
    }
}

/// A claim id without white space around it; `None` where nothing is left.
pub fn id(text: &str) -> Option<&str> {
    let text = anlan_compiler::evaluate::trimmed(text);
    (!text.is_empty()).then_some(text)
}
