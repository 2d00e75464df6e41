//! Columns of tables: as many cells in each row, one kind a column, and no cell out of proportion.

use super::{Kind, Pass, Site, kind};
use crate::money::Fen;
use crate::resolve::walk::about;
use crate::types::magnitude::among;
use crate::types::quantity::constant_money;
use anlan_lang::diag::{Arg, Finding, codes};
use anlan_lang::tree::{ClauseKind, Expr, Name, Notes, SetValue, Span, TableRow};

impl<'a> Pass<'a> {
    /// U115 for a row that has more or fewer cells than the table has columns, U103 for a column of amounts and ratios,
    /// U108 for a cell far from the others of its column.
    pub(super) fn tables(&mut self) {
        for clause in self.scope.clauses() {
            let (name, columns, rows) = match &clause.kind {
                ClauseKind::Table(table) => (&table.name, table.columns.as_slice(), &table.rows),
                ClauseKind::Split(split) => {
                    let site = Site {
                        clause,
                        about: about(&clause.kind),
                        notes: &clause.notes,
                        example: false,
                    };
                    let rows = split.rows.iter().map(|row| (row.span, row.shares.len(), &row.notes));
                    self.row_widths(site, ("kind-split", &split.name), &split.payers, rows);
                    continue;
                }
                ClauseKind::Set {
                    name,
                    value: SetValue::Table(rows),
                    ..
                } => (name, [].as_slice(), rows),
                _ => continue,
            };
            let site = Site {
                clause,
                about: about(&clause.kind),
                notes: &clause.notes,
                example: false,
            };
            let widths = rows.iter().map(|row| (row.span, row.cells.len(), &row.notes));
            self.row_widths(site, ("kind-table", name), columns, widths);
            let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
            for column in 0..width {
                self.column(site, rows, column);
            }
        }
    }
    /// U115. A table without a line of column names has one column.
    fn row_widths(
        &mut self,
        site: Site<'a>,
        (kind, name): (&'static str, &Name),
        columns: &[Name],
        rows: impl Iterator<Item = (Span, usize, &'a Notes)>,
    ) {
        let count = |count: usize| Arg::Count(i64::try_from(count).unwrap_or(i64::MAX));
        let width = columns.len().max(1);
        for (span, cells, notes) in rows.filter(|(_, cells, _)| *cells != width) {
            let mut finding = Finding::new(codes::U115, self.scope.place(span))
                .arg("kind", Arg::Message(kind))
                .arg("table", name.text.as_str())
                .arg("columns", count(width))
                .arg("cells", count(cells))
                .arg("how", if cells < width { "fewer" } else { "more" })
                .arg("named", if columns.is_empty() { "none" } else { "some" });
            if let Some((first, last)) = columns.first().zip(columns.last()) {
                finding = finding.label(self.scope.place(first.span.to(last.span)), "columns");
            }
            self.push(Site { notes, ..site }, finding);
        }
    }
    fn column(&mut self, site: Site<'a>, rows: &'a [TableRow], column: usize) {
        let cells: Vec<(&TableRow, &Expr)> = rows
            .iter()
            .filter_map(|row| Some((row, row.cells.get(column)?)))
            .collect();
        self.kinds(site, &cells);
        let mut amounts: Vec<Fen> = cells
            .iter()
            .filter_map(|(_, cell)| constant_money(self.scope.units(), cell))
            .collect();
        amounts.sort_unstable();
        // Two cells have no middle to stand out from.
        if amounts.len() < 3 {
            return;
        }
        let Some(middle) = amounts.get(amounts.len() / 2).copied() else {
            return;
        };
        for (row, cell) in &cells {
            if let Some(amount) = constant_money(self.scope.units(), cell)
                && let Some(meant) = among(amount, middle)
            {
                let site = Site {
                    notes: &row.notes,
                    ..site
                };
                self.magnitude(site, cell.span(), amount.0, meant.0, true);
            }
        }
    }
    fn kinds(&mut self, site: Site<'a>, cells: &[(&TableRow, &Expr)]) {
        let mut first: Option<(Kind, &Expr)> = None;
        for (_, cell) in cells {
            let found = match kind(self.scope, cell) {
                // Reported on its own: an unknown name, a missing unit, a table in a table.
                Kind::Unknown | Kind::Number | Kind::Table(_) => continue,
                found => found,
            };
            match &first {
                None => first = Some((found, cell)),
                Some((wanted, other)) if *wanted != found => {
                    let finding = Finding::new(codes::U103, self.scope.place(cell.span()))
                        .arg("left", wanted.arg())
                        .arg("right", found.arg())
                        .label(self.scope.place(other.span()), "other")
                        .helped("column");
                    self.push(site, finding);
                    return;
                }
                Some(_) => {}
            }
        }
    }
}
