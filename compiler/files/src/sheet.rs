//! Spreadsheets: the first sheet of a workbook as rows of texts, and rows as a sheet.

use super::failed;
use calamine::{Data, Reader, Xlsx};
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use std::fs::File;
use std::io::{self, BufReader};

/// Calls `each` with every row of the first sheet: its number from 1, and its cells as a text file would have them.
///
/// # Errors
/// The outer: the file is no workbook. The inner: what `each` says.
pub fn rows<E>(file: File, mut each: impl FnMut(u64, Vec<String>) -> Result<(), E>) -> io::Result<Result<(), E>> {
    let mut book: Xlsx<BufReader<File>> = Xlsx::new(BufReader::new(file)).map_err(failed)?;
    let Some(range) = book.worksheet_range_at(0) else {
        return Ok(Ok(()));
    };
    let range = range.map_err(failed)?;
    let first = range.start().map_or(0, |(row, _)| u64::from(row));
    for (number, row) in (first + 1..).zip(range.rows()) {
        if let Err(error) = each(number, row.iter().map(text).collect()) {
            return Ok(Err(error));
        }
    }
    Ok(Ok(()))
}

fn text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::DateTime(at) if at.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
            match (hour, minute, second) {
                (0, 0, 0) => format!("{year:04}-{month:02}-{day:02}"),
                _ => format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"),
            }
        }
        other => other.to_string(),
    }
}

/// A cell.
#[derive(Debug, Clone, Copy)]
pub enum Cell<'a> {
    /// Always a text, whatever it begins with
    Text(&'a str),
    /// A decimal number as text; one with more digits than a spreadsheet holds stays a text.
    Number(&'a str),
}

/// Digits that a spreadsheet's number holds
const DIGITS: usize = 15;

/// A sheet has so many rows at most, its heading among them.
pub const MOST_ROWS: u32 = 1_048_576;

/// Writes one sheet.
pub struct SheetWriter {
    book: Workbook,
    amounts: Format,
    row: u32,
}

impl std::fmt::Debug for SheetWriter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SheetWriter")
            .field("row", &self.row)
            .finish_non_exhaustive()
    }
}

impl SheetWriter {
    /// # Errors
    /// The temporary file of the rows cannot be written.
    pub fn new(headings: &[String]) -> io::Result<Self> {
        let mut book = Workbook::new();
        book.add_worksheet_with_constant_memory();
        let mut writer = SheetWriter {
            book,
            amounts: Format::new().set_num_format("0.00"),
            row: 0,
        };
        let cells: Vec<Cell> = headings.iter().map(|heading| Cell::Text(heading)).collect();
        writer.append(&cells)?;
        Ok(writer)
    }

    /// Adds a row.
    ///
    /// # Errors
    /// The sheet is full.
    pub fn append(&mut self, cells: &[Cell]) -> io::Result<()> {
        if self.row >= MOST_ROWS {
            return Err(io::Error::other("a spreadsheet holds 1,048,576 rows"));
        }
        let sheet = self.book.worksheet_from_index(0).map_err(failed)?;
        for (column, cell) in (0u16..).zip(cells) {
            written(sheet, self.row, column, cell, &self.amounts).map_err(failed)?;
        }
        self.row += 1;
        Ok(())
    }

    /// Ends the file.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn finish(mut self, file: impl io::Write + io::Seek + Send) -> io::Result<()> {
        self.book.save_to_writer(file).map_err(failed)
    }
}

fn written(
    sheet: &mut rust_xlsxwriter::Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    amounts: &Format,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Text("") => {}
        Cell::Text(text) => {
            sheet.write_string(row, column, *text)?;
        }
        Cell::Number(digits) => {
            let few = digits.bytes().filter(u8::is_ascii_digit).count() <= DIGITS;
            // Read as a float, never reckoned with: the nearest one shows the same digits.
            match digits.parse::<f64>() {
                Ok(number) if few && digits.contains('.') => {
                    sheet.write_number_with_format(row, column, number, amounts)?;
                }
                Ok(number) if few => {
                    sheet.write_number(row, column, number)?;
                }
                _ => {
                    sheet.write_string(row, column, *digits)?;
                }
            }
        }
    }
    Ok(())
}
