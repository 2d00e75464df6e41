//! Physical lines with their places. No line may be longer than a cap, so that no file fills the memory.

use std::io::{self, BufRead, Read};

/// The longest line or record in bytes; longer ones are rejected as rows.
pub const LONGEST: usize = 1 << 20;

/// Where a row stands in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// First byte
    pub start: u64,
    /// Bytes, at most [`LONGEST`] of a longer row
    pub length: u32,
}

/// A reader of lines that can take lines back.
#[derive(Debug)]
pub struct Lines<R> {
    input: R,
    /// Taken back; read again before the input.
    again: Vec<u8>,
    offset: u64,
    line: u64,
}

/// What was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Got {
    End,
    Line,
    /// The line is longer than the cap; its beginning is in the buffer and the rest was skipped.
    TooLong,
}

impl<R: BufRead> Lines<R> {
    /// Begins at a byte offset of the file.
    pub fn new(input: R, offset: u64) -> Self {
        Lines {
            input,
            again: Vec::new(),
            offset,
            line: 1,
        }
    }

    /// Byte offset and line number of what comes next.
    pub fn place(&self) -> (u64, u64) {
        (self.offset, self.line)
    }

    /// Appends the next line with its line break.
    pub fn next(&mut self, into: &mut Vec<u8>) -> io::Result<Got> {
        let before = into.len();
        if !self.again.is_empty() {
            let end = self
                .again
                .iter()
                .position(|b| *b == b'\n')
                .map_or(self.again.len(), |i| i + 1);
            into.extend(self.again.drain(..end));
        }
        let mut skipped = 0;
        if into.last() != Some(&b'\n') || into.len() == before {
            (&mut self.input).take((LONGEST + 1) as u64).read_until(b'\n', into)?;
            if into.len() - before > LONGEST && into.last() != Some(&b'\n') {
                skipped = self.skip()?;
            }
        }
        let read = into.len() - before;
        if read == 0 {
            return Ok(Got::End);
        }
        self.offset += read as u64 + skipped;
        self.line += 1;
        Ok(if read > LONGEST { Got::TooLong } else { Got::Line })
    }

    /// Skips the rest of a line.
    fn skip(&mut self) -> io::Result<u64> {
        let mut skipped = 0;
        loop {
            let buffer = self.input.fill_buf()?;
            if buffer.is_empty() {
                return Ok(skipped);
            }
            let end = buffer.iter().position(|b| *b == b'\n');
            let used = end.map_or(buffer.len(), |i| i + 1);
            self.input.consume(used);
            skipped += used as u64;
            if end.is_some() {
                return Ok(skipped);
            }
        }
    }

    /// Takes back what was read last; `breaks` lines of it will be read again.
    pub fn back(&mut self, bytes: &[u8], breaks: u64) {
        self.again.splice(0..0, bytes.iter().copied());
        self.offset -= bytes.len() as u64;
        self.line -= breaks;
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)] // tests
    use super::*;

    #[test]
    fn lines_come_with_their_places_and_can_be_taken_back() {
        let mut lines = Lines::new(&b"ab\ncd\r\nef"[..], 3);
        let mut buffer = Vec::new();
        assert_eq!(lines.next(&mut buffer).unwrap(), Got::Line);
        assert_eq!((buffer.as_slice(), lines.place()), (&b"ab\n"[..], (6, 2)));
        assert_eq!(lines.next(&mut buffer).unwrap(), Got::Line);
        assert_eq!(lines.next(&mut buffer).unwrap(), Got::Line);
        assert_eq!((buffer.as_slice(), lines.place()), (&b"ab\ncd\r\nef"[..], (12, 4)));
        lines.back(b"cd\r\nef", 2);
        buffer.clear();
        assert_eq!(lines.place(), (6, 2));
        assert_eq!(lines.next(&mut buffer).unwrap(), Got::Line);
        assert_eq!(buffer, b"cd\r\n");
        assert_eq!(lines.next(&mut buffer).unwrap(), Got::Line);
        assert_eq!(lines.next(&mut buffer).unwrap(), Got::End);
        assert_eq!(buffer, b"cd\r\nef");
    }

    #[test]
    fn a_line_beyond_the_cap_is_skipped() {
        let mut file = vec![b'x'; LONGEST * 2];
        file.extend_from_slice(b"\nnext\n");
        let mut lines = Lines::new(file.as_slice(), 0);
        let mut buffer = Vec::new();
        assert_eq!(lines.next(&mut buffer).unwrap(), Got::TooLong);
        assert_eq!(lines.place(), (LONGEST as u64 * 2 + 1, 2));
        buffer.clear();
        assert_eq!(lines.next(&mut buffer).unwrap(), Got::Line);
        assert_eq!(buffer, b"next\n");
    }
}
