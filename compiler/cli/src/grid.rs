//! A titled table of text and amounts for a terminal: names to the left, amounts to the right, Chinese aligned.

use anlan_compiler::money::Fen;
use comfy_table::{CellAlignment, LineStyle, Table, TableStyle};
use std::fmt;

/// Rules above, below the heading and at the foot; none between rows.
const RULES: TableStyle = TableStyle::new()
    .top_border(rule())
    .header_separator(rule())
    .bottom_border(rule());

const fn rule() -> LineStyle {
    LineStyle::none().fill('─').junction('─')
}

/// 元 with thousands groups: `2,100,000.00`. For people only; files and JSON hold plain digits.
pub fn amount(fen: Fen) -> String {
    let plain = fen.to_string();
    let (whole, cents) = plain.split_once('.').unwrap_or((&plain, "00"));
    let digits = whole.trim_start_matches('-');
    let mut grouped = String::with_capacity(plain.len() + digits.len() / 3 + 1);
    grouped.push_str(if whole.starts_with('-') { "-" } else { "" });
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + "." + cents
}

#[derive(Debug)]
pub struct Grid {
    title: String,
    table: Table,
    notes: Vec<String>,
}

impl Grid {
    pub fn new(title: String) -> Self {
        let mut table = Table::new();
        table.load_style(RULES);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_grouped_by_thousands() {
        assert_eq!(amount(Fen(210_000_000)), "2,100,000.00");
        assert_eq!(amount(Fen(99_999)), "999.99");
        assert_eq!(amount(Fen(-123_456_700)), "-1,234,567.00");
    }
}
