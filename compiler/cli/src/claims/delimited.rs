//! CSV and TSV records (RFC 4180), read line by line so that a quote that never closes costs one row, not the file.

use super::lines::{Got, LONGEST, Lines, Span};
use csv_core::ReadRecordResult;
use std::io::{self, BufRead};

/// A reader of records.
#[derive(Debug)]
pub struct Records<R> {
    lines: Lines<R>,
    core: csv_core::Reader,
    delimiter: u8,
    raw: Vec<u8>,
    text: Vec<u8>,
    ends: Vec<usize>,
    count: usize,
    blank: u64,
}

/// One record; its cells are read from [`Records::cells`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Line on which it begins, from 1
    pub line: u64,
    pub span: Span,
    pub fault: Option<Fault>,
}

/// Why a record cannot be cut into cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    TooLong,
    UnclosedQuote,
}

enum Cut {
    /// All cells; so many bytes belong to the record.
    Whole(usize),
    /// A quote is open at the end.
    Open,
}

impl<R: BufRead> Records<R> {
    pub fn new(lines: Lines<R>, delimiter: u8) -> Self {
        Records {
            lines,
            core: csv_core::ReaderBuilder::new().delimiter(delimiter).build(),
            delimiter,
            raw: Vec::new(),
            text: vec![0; 4096],
            ends: vec![0; 64],
            count: 0,
            blank: 0,
        }
    }

    /// Lines without any text so far.
    pub fn blank(&self) -> u64 {
        self.blank
    }

    /// The next record that holds any text. `columns`: how many cells it should have; a record over several lines with
    /// another number is taken for a quote that never closes.
    pub fn next(&mut self, columns: Option<usize>) -> io::Result<Option<Found>> {
        loop {
            let (start, line) = self.lines.place();
            self.raw.clear();
            let got = self.lines.next(&mut self.raw)?;
            let first = self.raw.len();
            let found = |length: usize, fault| {
                let length = u32::try_from(length.min(LONGEST)).unwrap_or(u32::MAX);
                Found {
                    line,
                    span: Span { start, length },
                    fault,
                }
            };
            match got {
                Got::End => return Ok(None),
                Got::TooLong => return Ok(Some(found(LONGEST, Some(Fault::TooLong)))),
                Got::Line => {}
            }
            if self.raw.iter().all(u8::is_ascii_whitespace) {
                self.blank += 1;
                continue;
            }
            let mut more = 0;
            let used = loop {
                match self.cut() {
                    Cut::Whole(used) if more > 0 && !self.plausible(used, columns) => break None,
                    Cut::Whole(used) => break Some(used),
                    Cut::Open if self.raw.len() > LONGEST => break None,
                    Cut::Open => {}
                }
                if self.lines.next(&mut self.raw)? != Got::Line {
                    break None;
                }
                more += 1;
            };
            let Some(used) = used else {
                self.give_back(first, more);
                return Ok(Some(found(first, Some(Fault::UnclosedQuote))));
            };
            self.give_back(used, 0);
            if self.cells().all(|cell| cell.iter().all(u8::is_ascii_whitespace)) {
                self.blank += 1;
                continue;
            }
            return Ok(Some(found(used, None)));
        }
    }

    /// Whether a record over several lines is one: the right number of cells, and nothing between a closing quote and
    /// the next delimiter.
    fn plausible(&self, used: usize, columns: Option<usize>) -> bool {
        if columns.is_some_and(|columns| columns != self.count) {
            return false;
        }
        let raw = self.raw.get(..used).unwrap_or(&[]);
        let mut quoted = false;
        let mut pairs = raw.iter().zip(raw.iter().skip(1).map(Some).chain([None]));
        let mut before = self.delimiter;
        while let Some((byte, next)) = pairs.next() {
            match (byte, quoted) {
                (b'"', true) if next == Some(&b'"') => {
                    pairs.next();
                }
                (b'"', true) => {
                    if next.is_some_and(|next| *next != self.delimiter && !matches!(next, b'\r' | b'\n')) {
                        return false;
                    }
                    quoted = false;
                }
                (b'"', false) => quoted = before == self.delimiter,
                _ => {}
            }
            before = *byte;
        }
        true
    }

    /// The record's own bytes end at `used`; what follows is read again.
    fn give_back(&mut self, used: usize, breaks: u64) {
        let rest = self.raw.split_off(used.min(self.raw.len()));
        if !rest.is_empty() && rest != b"\n" {
            // A lone carriage return ends a record without ending the line.
            self.lines.back(&rest, breaks);
        }
    }

    /// The cells of the record read last.
    pub fn cells(&self) -> impl Iterator<Item = &[u8]> {
        let ends = self.ends.get(..self.count).unwrap_or(&[]);
        let starts = std::iter::once(0).chain(ends.iter().copied());
        starts
            .zip(ends)
            .map(|(start, end)| self.text.get(start..*end).unwrap_or(&[]))
    }

    /// Cuts [`Records::raw`] into cells.
    fn cut(&mut self) -> Cut {
        self.core.reset();
        let (mut read, mut written) = (0, 0);
        self.count = 0;
        let complete = self.raw.ends_with(b"\n");
        loop {
            // The last line of a file may lack its line break.
            let input = match self.raw.get(read..) {
                Some(rest) if !rest.is_empty() => rest,
                _ if complete => return Cut::Open,
                _ => b"\n",
            };
            let text = self.text.get_mut(written..).unwrap_or(&mut []);
            let ends = self.ends.get_mut(self.count..).unwrap_or(&mut []);
            let (result, took, wrote, ended) = self.core.read_record(input, text, ends);
            let virtual_break = read >= self.raw.len();
            read += took;
            written += wrote;
            self.count += ended;
            match result {
                ReadRecordResult::OutputFull => self.text.resize(self.text.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::Record | ReadRecordResult::End => return Cut::Whole(read.min(self.raw.len())),
                ReadRecordResult::InputEmpty if virtual_break => return Cut::Open,
                ReadRecordResult::InputEmpty => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)] // tests
    use super::*;

    /// `line: cells` of every record; a fault in place of the cells.
    fn read(text: &str, columns: Option<usize>) -> (Vec<String>, u64) {
        let mut records = Records::new(Lines::new(text.as_bytes(), 0), b',');
        let mut all = Vec::new();
        while let Some(found) = records.next(columns).unwrap() {
            let cells: Vec<_> = records
                .cells()
                .map(|c| String::from_utf8_lossy(c).into_owned())
                .collect();
            let shown = found
                .fault
                .map_or_else(|| cells.join("|"), |fault| format!("{fault:?}"));
            let start = usize::try_from(found.span.start).unwrap();
            let raw = &text[start..start + found.span.length as usize];
            all.push(format!("{}: {shown} <{}>", found.line, raw.trim_end()));
        }
        (all, records.blank())
    }

    #[test]
    fn records_with_quotes_and_blank_lines() {
        let text = "a,b\n\n 1,\"x,y\"\r\n,,\n\"two\nlines\",\"say \"\"hi\"\"\"\nlast,5";
        let (records, blank) = read(text, Some(2));
        assert_eq!(
            records,
            [
                "1: a|b <a,b>",
                "3:  1|x,y < 1,\"x,y\">",
                "5: two\nlines|say \"hi\" <\"two\nlines\",\"say \"\"hi\"\"\">",
                "7: last|5 <last,5>"
            ]
        );
        assert_eq!(blank, 2);
    }

    #[test]
    fn an_unclosed_quote_costs_one_row() {
        let (records, _) = read("a,b\n1,\"x\n2,y\n3,z\n", Some(2));
        assert_eq!(
            records,
            [
                "1: a|b <a,b>",
                "2: UnclosedQuote <1,\"x>",
                "3: 2|y <2,y>",
                "4: 3|z <3,z>"
            ]
        );
        // The quote finds a partner lines below, but the cells do not fit.
        let (records, _) = read("1,\"x\n2,y\n3,\"z\"\n4,w\n", Some(2));
        assert_eq!(
            records,
            [
                "1: UnclosedQuote <1,\"x>",
                "2: 2|y <2,y>",
                "3: 3|z <3,\"z\">",
                "4: 4|w <4,w>"
            ]
        );
    }

    #[test]
    fn rows_keep_their_own_number_of_cells() {
        let (records, _) = read("1,2,3\n4\n", Some(2));
        assert_eq!(records, ["1: 1|2|3 <1,2,3>", "2: 4 <4>"]);
    }

    #[test]
    fn lone_carriage_returns_end_records() {
        let (records, _) = read("a,b\r1,2\r3,4\r", Some(2));
        let cells: Vec<_> = records.iter().map(|r| r.split(' ').nth(1).unwrap()).collect();
        assert_eq!(cells, ["a|b", "1|2", "3|4"]);
    }

    #[test]
    fn many_cells_and_long_cells_fit() {
        let line = format!("{}{}\n", "1,".repeat(300), "x".repeat(20_000));
        let (records, _) = read(&line, None);
        assert_eq!(records.len(), 1);
        assert!(
            records
                .iter()
                .all(|r| r.matches('|').count() == 300 && r.contains(&"x".repeat(20_000)))
        );
    }
}
