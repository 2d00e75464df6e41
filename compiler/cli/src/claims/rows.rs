//! Rows of a table file of either kind, with their places.

use super::delimited::{Fault, Records};
use super::encoding::{Beginning, Encoding};
use super::format::Format;
use super::json::{self, Fields, NotFlat};
use super::lines::{Got, Lines, Span};
use crate::failure::Failure;
use anlan_compiler::evaluate::{Refusal, trimmed};
use anlan_lang::diag::{Arg, codes};
use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// One row as the file has it.
#[derive(Debug)]
pub struct RawRow<'a> {
    /// Line on which it begins, from 1
    pub line: u64,
    pub span: Span,
    pub content: Content<'a>,
}

#[derive(Debug)]
pub enum Content<'a> {
    /// Cells under the header; `None` where the bytes are not of the encoding.
    Cells(Vec<Option<Cow<'a, str>>>),
    Fields(Fields),
    /// No row can be made of it.
    Bad(Box<Refusal>),
}

/// A table file, opened.
#[derive(Debug)]
pub struct TableFile {
    path: PathBuf,
    pub format: Format,
    /// The encoding in fact: a byte-order mark overrides what was asked.
    pub encoding: Encoding,
    input: BufReader<File>,
    /// Length of the byte-order mark
    mark: u64,
}

/// What a reader of rows is told.
pub trait Sink {
    /// The header of a delimited file.
    fn header(&mut self, cells: &[String]) -> Result<(), Failure>;
    fn row(&mut self, row: RawRow) -> Result<(), Failure>;
}

impl TableFile {
    pub fn open(path: &Path, encoding: Encoding) -> Result<Self, Failure> {
        let format = Format::of(path)?;
        let unreadable = |error: io::Error| Failure::unreadable(path, &error);
        let file = File::open(path).map_err(unreadable)?;
        if file.metadata().map_err(unreadable)?.is_dir() {
            return Err(Failure::unreadable(path, &io::ErrorKind::IsADirectory.into()));
        }
        let mut input = BufReader::with_capacity(1 << 18, file);
        let beginning = Beginning::of(input.fill_buf().map_err(unreadable)?);
        if beginning == Beginning::Foreign {
            return Err(Failure::new(codes::V064).path(path));
        }
        input.consume(beginning.mark());
        let encoding = if beginning == Beginning::Utf8Mark {
            Encoding::Utf8
        } else {
            encoding
        };
        Ok(TableFile {
            path: path.to_owned(),
            format,
            encoding,
            input,
            mark: beginning.mark() as u64,
        })
    }

    /// Reads all rows in order; gives the number of blank lines.
    pub fn read(self, sink: &mut dyn Sink) -> Result<u64, Failure> {
        match self.format.delimiter() {
            Some(delimiter) => self.delimited(delimiter, sink),
            None if self.format == Format::JsonLines => self.json_lines(sink),
            None => self.json_array(sink),
        }
    }

    fn delimited(self, delimiter: u8, sink: &mut dyn Sink) -> Result<u64, Failure> {
        let (path, encoding) = (self.path, self.encoding);
        let unreadable = |error: io::Error| Failure::unreadable(&path, &error);
        let mut records = Records::new(Lines::new(self.input, self.mark), delimiter);
        let Some(found) = records.next(None).map_err(unreadable)? else {
            return Err(Failure::new(codes::V065).path(&path));
        };
        let header = match found.fault {
            Some(_) => None,
            None => records
                .cells()
                .map(|cell| Some(encoding.decode(cell)?.into_owned()))
                .collect::<Option<Vec<_>>>(),
        };
        let Some(header) = header else {
            let failure = Failure::new(codes::V060).path(&path).arg("encoding", encoding.name());
            return Err(failure.arg("line", Arg::Count(count(found.line))));
        };
        sink.header(&header)?;
        while let Some(found) = records.next(Some(header.len())).map_err(unreadable)? {
            let content = match found.fault {
                Some(Fault::TooLong) => Content::Bad(Box::new(Refusal::new(codes::V067))),
                Some(Fault::UnclosedQuote) => Content::Bad(Box::new(Refusal::new(codes::V068))),
                None => Content::Cells(records.cells().map(|cell| encoding.decode(cell)).collect()),
            };
            sink.row(RawRow {
                line: found.line,
                span: found.span,
                content,
            })?;
        }
        Ok(records.blank())
    }

    fn json_lines(self, sink: &mut dyn Sink) -> Result<u64, Failure> {
        let (path, encoding) = (self.path, self.encoding);
        let mut lines = Lines::new(self.input, self.mark);
        let (mut buffer, mut blank) = (Vec::new(), 0);
        loop {
            buffer.clear();
            let (start, line) = lines.place();
            let got = lines
                .next(&mut buffer)
                .map_err(|error| Failure::unreadable(&path, &error))?;
            let content = match got {
                Got::End => return Ok(blank),
                Got::TooLong => Content::Bad(Box::new(Refusal::new(codes::V067))),
                Got::Line => match encoding.decode(&buffer) {
                    Some(text) if trimmed(&text).is_empty() => {
                        blank += 1;
                        continue;
                    }
                    Some(text) => fields(&text),
                    None => Content::Bad(Box::new(bad_bytes(encoding))),
                },
            };
            let length = u32::try_from(buffer.len()).unwrap_or(u32::MAX);
            sink.row(RawRow {
                line,
                span: Span { start, length },
                content,
            })?;
        }
    }

    fn json_array(mut self, sink: &mut dyn Sink) -> Result<u64, Failure> {
        let mut bytes = Vec::new();
        self.input
            .read_to_end(&mut bytes)
            .map_err(|error| Failure::unreadable(&self.path, &error))?;
        let Some(text) = self.encoding.decode(&bytes) else {
            let failure = Failure::new(codes::V060)
                .path(&self.path)
                .arg("encoding", self.encoding.name());
            return Err(failure.arg("line", Arg::Count(1)));
        };
        let objects = json::array(&text).map_err(|error| match error {
            NotFlat::Malformed { line, column, .. } => Failure::new(codes::V066)
                .path(&self.path)
                .arg("line", Arg::Count(count(line as u64)))
                .arg("column", Arg::Count(count(column as u64))),
            NotFlat::Nested(_) => Failure::new(codes::V066).path(&self.path),
        })?;
        let (mut line, mut from) = (1, 0);
        for (offset, object) in objects {
            line += text.get(from..offset).map_or(0, |t| t.matches('\n').count() as u64);
            from = offset;
            // Offsets of a transcoded text are not those of the file, so its rows are kept by length alone.
            let span = Span {
                start: self.mark + offset as u64,
                length: u32::try_from(object.len()).unwrap_or(u32::MAX),
            };
            sink.row(RawRow {
                line,
                span,
                content: fields(object),
            })?;
        }
        Ok(0)
    }
}

/// Bytes that are not of the encoding.
pub fn bad_bytes(encoding: Encoding) -> Refusal {
    let help = if encoding == Encoding::Utf8 { "help" } else { "other" };
    Refusal::new(codes::V061).arg("encoding", encoding.name()).helped(help)
}

/// The object of a line, which may have white space about it.
fn fields(line: &str) -> Content<'static> {
    let text = trimmed(line);
    match json::object(text) {
        Ok(fields) => Content::Fields(fields),
        Err(NotFlat::Malformed { line: at, column, .. }) => {
            let column = characters(line, text, at, column);
            Content::Bad(Box::new(
                Refusal::new(codes::V069).arg("column", Arg::Count(count(column))),
            ))
        }
        Err(NotFlat::Nested(field)) => Content::Bad(Box::new(Refusal::new(codes::V063).arg("field", field))),
    }
}

/// Which character of a line it is, from 1, of which the reader of its `text` says the line and the byte there. The rows
/// of an array may go over several lines; then it is counted from where the object begins.
fn characters(line: &str, text: &str, at: usize, column: usize) -> u64 {
    let first: usize = text
        .split_inclusive('\n')
        .take(at.saturating_sub(1))
        .map(str::len)
        .sum();
    let end = json::offset(line, text) + first + column.saturating_sub(1);
    let before = line.char_indices().take_while(|(start, _)| *start < end).count();
    before as u64 + 1
}

fn count(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// The original texts of rows, read again from their places.
pub struct RawTexts {
    path: PathBuf,
    encoding: Encoding,
    source: Option<Source>,
}

enum Source {
    File(File),
    /// A JSON array, whose places are those of its decoded text
    Whole(String),
}

impl RawTexts {
    pub fn new(path: &Path, encoding: Encoding) -> Self {
        RawTexts {
            path: path.to_owned(),
            encoding,
            source: None,
        }
    }

    /// The row at a place, without its line break; bytes that are not of the encoding show as `�`.
    pub fn text(&mut self, span: Span) -> Result<String, Failure> {
        let unreadable = |error: io::Error| Failure::unreadable(&self.path, &error);
        let source = match &mut self.source {
            Some(source) => source,
            None => {
                let whole = Format::of(&self.path)? == Format::Json;
                let source = if whole {
                    let bytes = std::fs::read(&self.path).map_err(unreadable)?;
                    Source::Whole(self.encoding.decode_lossy(&bytes).into_owned())
                } else {
                    Source::File(File::open(&self.path).map_err(unreadable)?)
                };
                self.source.insert(source)
            }
        };
        match source {
            Source::Whole(text) => {
                let start = usize::try_from(span.start).unwrap_or(usize::MAX);
                let end = start.saturating_add(span.length as usize);
                Ok(text.get(start..end).unwrap_or_default().to_owned())
            }
            Source::File(file) => {
                file.seek(SeekFrom::Start(span.start)).map_err(unreadable)?;
                let mut bytes = Vec::with_capacity(span.length as usize);
                file.take(u64::from(span.length))
                    .read_to_end(&mut bytes)
                    .map_err(unreadable)?;
                let text = self.encoding.decode_lossy(&bytes);
                Ok(text.trim_end_matches(['\r', '\n']).to_owned())
            }
        }
    }
}
