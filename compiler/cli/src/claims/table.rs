//! Some rows of a result as columns, and as the text of a file.

use super::write::FORMULA;
use std::io::{self, Write};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    /// Texts that all differ
    Ids,
    /// Few different texts
    Shared,
    /// 分; written as 元 with two decimals
    Money,
    Whole,
}

/// The cells of a column.
#[derive(Debug, Clone)]
pub enum Column {
    Text {
        bytes: Vec<u8>,
        ends: Vec<u32>,
    },
    /// Numbers of texts that stand beside the table
    Shared(Vec<u32>),
    Money(Vec<i64>),
    Whole(Vec<u64>),
}

impl Column {
    fn new(kind: Kind, rows: usize) -> Self {
        match kind {
            Kind::Text | Kind::Ids => Column::Text {
                bytes: Vec::new(),
                ends: Vec::with_capacity(rows),
            },
            Kind::Shared => Column::Shared(Vec::with_capacity(rows)),
            Kind::Money => Column::Money(Vec::with_capacity(rows)),
            Kind::Whole => Column::Whole(Vec::with_capacity(rows)),
        }
    }
    /// Whether its cells are numbers.
    #[cfg(feature = "files")]
    pub fn is_number(&self) -> bool {
        matches!(self, Column::Money(_) | Column::Whole(_))
    }
    /// A cell as text.
    #[cfg(feature = "files")]
    pub fn text(&self, shared: &[String], row: usize) -> String {
        let mut out = Vec::new();
        match self {
            Column::Money(amounts) => money(amounts.get(row).copied().unwrap_or_default(), &mut out),
            Column::Whole(numbers) => whole(numbers.get(row).copied().unwrap_or_default(), &mut out),
            text => out.extend_from_slice(text.bytes(shared, row)),
        }
        String::from_utf8_lossy(&out).into_owned()
    }
    /// A cell's text, bytes of UTF-8; empty for a number.
    pub fn bytes<'t>(&'t self, shared: &'t [String], row: usize) -> &'t [u8] {
        match self {
            Column::Text { bytes, ends } => {
                let start = row
                    .checked_sub(1)
                    .and_then(|before| ends.get(before))
                    .copied()
                    .unwrap_or(0);
                let end = ends.get(row).copied().unwrap_or(start);
                bytes.get(start as usize..end as usize).unwrap_or(&[])
            }
            Column::Shared(numbers) => {
                let text = numbers.get(row).and_then(|number| shared.get(*number as usize));
                text.map_or(&[][..], |text| text.as_bytes())
            }
            Column::Money(_) | Column::Whole(_) => &[],
        }
    }
    pub fn push_text(&mut self, text: &str) {
        if let Column::Text { bytes, ends } = self {
            bytes.extend_from_slice(text.as_bytes());
            ends.push(bytes.len() as u32);
        }
    }
    pub fn push_money(&mut self, fen: i64) {
        if let Column::Money(amounts) = self {
            amounts.push(fen);
        }
    }
    pub fn push_whole(&mut self, n: u64) {
        if let Column::Whole(numbers) = self {
            numbers.push(n);
        }
    }
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    pub name: String,
    pub kind: Kind,
}

impl Heading {
    pub fn new(name: impl Into<String>, kind: Kind) -> Self {
        Heading {
            name: name.into(),
            kind,
        }
    }
}

/// Some rows.
#[derive(Debug)]
pub struct Table {
    pub rows: usize,
    pub columns: Vec<Column>,
}

/// The texts that a table's shared columns number, one list a column; empty for other columns.
pub type SharedTexts = [Vec<String>];

impl Table {
    /// An empty table with room for so many rows.
    pub fn new(headings: &[Heading], rows: usize) -> Self {
        Table {
            rows: 0,
            columns: headings.iter().map(|heading| Column::new(heading.kind, rows)).collect(),
        }
    }
}

impl Table {
    /// Appends the rows as lines of cells.
    pub fn delimited(&self, shared: &SharedTexts, delimiter: u8, out: &mut Vec<u8>) {
        for row in 0..self.rows {
            for (at, (column, texts)) in self.columns.iter().zip(shared).enumerate() {
                if at > 0 {
                    out.push(delimiter);
                }
                match column {
                    Column::Money(amounts) => money(amounts.get(row).copied().unwrap_or_default(), out),
                    Column::Whole(numbers) => whole(numbers.get(row).copied().unwrap_or_default(), out),
                    column => quoted(column.bytes(texts, row), delimiter, out),
                }
            }
            out.push(b'\n');
        }
    }

    /// Appends the rows as JSON objects, with `between` before each but the first of all (`written` rows came before).
    pub fn objects(
        &self,
        headings: &[Heading],
        shared: &SharedTexts,
        lines: bool,
        written: u64,
        out: &mut Vec<u8>,
    ) -> io::Result<()> {
        for row in 0..self.rows {
            match (lines, written + row as u64) {
                (true, _) => {}
                (false, 0) => out.push(b'\n'),
                (false, _) => out.extend_from_slice(b",\n"),
            }
            out.push(b'{');
            for (at, ((column, texts), heading)) in self.columns.iter().zip(shared).zip(headings).enumerate() {
                if at > 0 {
                    out.push(b',');
                }
                serde_json::to_writer(&mut *out, &heading.name)?;
                out.push(b':');
                match column {
                    Column::Money(amounts) => {
                        out.push(b'"');
                        money(amounts.get(row).copied().unwrap_or_default(), out);
                        out.push(b'"');
                    }
                    Column::Whole(numbers) => whole(numbers.get(row).copied().unwrap_or_default(), out),
                    column => match column.bytes(texts, row) {
                        [] => out.extend_from_slice(b"null"),
                        text => serde_json::to_writer(&mut *out, &String::from_utf8_lossy(text))?,
                    },
                }
            }
            out.extend_from_slice(if lines { b"}\n" } else { b"}" });
        }
        Ok(())
    }
}

/// 元 with two decimals
fn money(fen: i64, out: &mut Vec<u8>) {
    if fen < 0 {
        out.push(b'-');
    }
    let fen = fen.unsigned_abs();
    whole(fen / 100, out);
    let part = (fen % 100) as u8;
    out.extend_from_slice(&[b'.', b'0' + part / 10, b'0' + part % 10]);
}

fn whole(n: u64, out: &mut Vec<u8>) {
    let start = out.len();
    let mut rest = n;
    loop {
        out.push(b'0' + (rest % 10) as u8);
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if let Some(digits) = out.get_mut(start..) {
        digits.reverse();
    }
}

/// A text cell: quoted where it must be, and never the beginning of a formula.
pub fn quoted(text: &[u8], delimiter: u8, out: &mut Vec<u8>) {
    let guard = text.first().is_some_and(|first| FORMULA.contains(&char::from(*first)));
    let plain = |b: &u8| *b != delimiter && !matches!(b, b'"' | b'\r' | b'\n');
    let trimmed = || std::str::from_utf8(text).is_ok_and(|text| text.trim() == text);
    if text.iter().all(plain) && trimmed() {
        if guard {
            out.push(b'\'');
        }
        out.extend_from_slice(text);
        return;
    }
    out.push(b'"');
    if guard {
        out.push(b'\'');
    }
    for b in text {
        if *b == b'"' {
            out.push(b'"');
        }
        out.push(*b);
    }
    out.push(b'"');
}

/// Adds to `out` what a table's rows are as text, and writes it.
pub fn write_all(target: &mut dyn Write, out: &mut Vec<u8>) -> io::Result<()> {
    target.write_all(out)?;
    out.clear();
    Ok(())
}
