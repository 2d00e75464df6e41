//! A titled table of text and amounts for a terminal: names to the left, amounts to the right, Chinese aligned.

use comfy_table::{CellAlignment, Table, presets};
use std::fmt;

#[derive(Debug)]
pub struct Grid {
    title: String,
    table: Table,
    notes: Vec<String>,
}

impl Grid {
    pub fn new(title: String) -> Self {
        let mut table = Table::new();
        table.load_style(presets::UTF8_HORIZONTAL_ONLY);
        Grid {
            title,
            table,
            notes: Vec::new(),
        }
    }
    /// The first column holds names, every other one amounts.
    pub fn heading(&mut self, cells: Vec<String>) {
        self.table.set_header(cells);
        for column in self.table.column_iter_mut().skip(1) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    pub fn row(&mut self, cells: Vec<String>) {
        self.table.add_row(cells);
    }
    /// A line below the table.
    pub fn note(&mut self, text: String) {
        self.notes.push(text);
    }
}

impl fmt::Display for Grid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.title)?;
        for line in self.table.to_string().lines() {
            writeln!(f, "{}", line.trim_end())?;
        }
        self.notes.iter().try_for_each(|note| writeln!(f, "{note}"))
    }
}
