//! The script's own test: examples and boundary claims with the reference's answers, and a view of what differs.

use super::Writer;
use super::steps::comment;
use crate::emit::cases::{Batch, Fields, Settled};

/// What stands where `settle.sql` is to be run again, for an engine that keeps steps as tables.
const AGAIN: &str = "-- RUN settle.sql";

impl Writer<'_> {
    /// The whole test; it is run after `settle.sql`.
    pub(super) fn trial(&self, batches: &[Batch]) -> String {
        let using = if self.sql.name == "spark" { " USING PARQUET" } else { "" };
        let like = |name: &str| {
            format!(
                "DROP TABLE IF EXISTS {name};\n\nCREATE TABLE {name}{using} AS\nSELECT\n    s.*,\n    0 AS batch_no,\n    CAST('' AS {}) AS codes\nFROM settlement AS s\nWHERE 1 = 0;\n",
                self.plain_text()
            )
        };
        let mut parts = vec![
            comment(
                "What settle.sql must answer. Run it after settle.sql in a database that holds nothing else: it replaces what\nstands in claims, decisions, bases and earlier. The view failures then has a row for each difference, none if all is well.",
            ) + "\n",
            "DROP VIEW IF EXISTS failures;\n".to_owned(),
            like("expected"),
            like("found"),
        ];
        for (number, batch) in batches.iter().enumerate() {
            parts.push(self.run_of(number + 1, batch));
        }
        parts.push(self.failures());
        parts.join("\n")
    }

    fn run_of(&self, number: usize, batch: &Batch) -> String {
        let empty = if self.sql.name == "spark" {
            "TRUNCATE TABLE"
        } else {
            "DELETE FROM"
        };
        let mut parts = vec![comment(&batch.names.join("\n"))];
        parts.extend(["claims", "decisions", "bases", "earlier"].map(|table| format!("{empty} {table};")));
        let claims: Vec<String> = batch
            .claims
            .iter()
            .enumerate()
            .map(|(row, fields)| self.claim_row(row, fields))
            .collect();
        let mut columns = vec!["row_no".to_owned()];
        columns.extend((0..self.program.facts.len()).map(|fact| self.column(fact)));
        parts.push(insert(&format!("claims ({})", columns.join(", ")), &claims));
        let decisions: Vec<String> = batch
            .given
            .decisions
            .iter()
            .map(|text| self.decision_row(text))
            .collect();
        parts.push(insert("decisions (name, key, value)", &decisions));
        let bases: Vec<String> = batch
            .given
            .premium
            .iter()
            .map(|premium| format!("('全部', '{premium}')"))
            .collect();
        parts.push(insert("bases (region, premium)", &bases));
        let rows: Vec<String> = batch
            .rows
            .iter()
            .enumerate()
            .map(|(row, settled)| self.expected_row(number, row, settled))
            .collect();
        parts.push(insert("expected", &rows));
        if self.sql.materialized.is_none() {
            parts.push(AGAIN.to_owned());
        }
        parts.push(format!(
            "INSERT INTO found\nSELECT\n    s.*,\n    {number} AS batch_no,\n    NULL AS codes\nFROM settlement AS s;"
        ));
        parts.push(format!(
            "INSERT INTO found (row_no, batch_no, codes)\nSELECT\n    row_no,\n    {number} AS batch_no,\n    codes\nFROM rejects;"
        ));
        parts.retain(|part| !part.is_empty());
        parts.join("\n") + "\n"
    }

    fn claim_row(&self, row: usize, fields: &Fields) -> String {
        let mut cells = vec![row.to_string()];
        for fact in &self.program.facts {
            let named = |(name, _): &&(String, String)| [&fact.id, &fact.zh, &fact.en].contains(&name);
            cells.push(match fields.iter().find(named) {
                Some((_, value)) => (self.sql.literal)(value),
                None => "NULL".to_owned(),
            });
        }
        format!("({})", cells.join(", "))
    }

    /// `NAME[@KEY][=VALUE]` as a row of `decisions`.
    fn decision_row(&self, text: &str) -> String {
        let (head, value) = match text.split_once('=') {
            Some((head, value)) => (head, Some(value)),
            None => (text, None),
        };
        let (name, key) = match head.split_once('@') {
            Some((name, key)) => (name, Some(key)),
            None => (head, None),
        };
        let cell = |text: Option<&str>| text.map_or("NULL".to_owned(), |text| (self.sql.literal)(text));
        format!("({}, {}, {})", cell(Some(name)), cell(key), cell(value))
    }

    /// A row of `expected`: the columns of `settlement`, then the run and the codes.
    fn expected_row(&self, number: usize, row: usize, settled: &Settled) -> String {
        let cell = |text: Option<&str>| text.map_or("NULL".to_owned(), |text| (self.sql.literal)(text));
        let mut cells = vec![row.to_string()];
        let codes = match settled {
            Settled::Paid {
                claim,
                cover,
                benefit,
                paid,
                reason,
                cuts,
                shares,
            } => {
                let covered = Some(cover.as_str()).filter(|cover| !cover.is_empty());
                cells.extend([cell(Some(claim)), cell(covered)]);
                cells.extend([benefit, paid].map(|fen| fen.0.to_string()));
                cells.push(cell(reason.as_deref()));
                cells.extend(cuts.iter().chain(shares).map(|fen| fen.0.to_string()));
                // Nothing was paid before.
                cells.extend([paid.0.to_string(), "0".to_owned()]);
                None
            }
            Settled::Rejected { codes, .. } => {
                let blank = 7 + self.program.limits.len() + self.program.insurers.len();
                cells.extend(std::iter::repeat_n("NULL".to_owned(), blank));
                Some(codes.join("+"))
            }
        };
        cells.push(number.to_string());
        cells.push(cell(codes.as_deref()));
        format!("({})", cells.join(", "))
    }

    fn failures(&self) -> String {
        let lacks = |what: &str, some: &str, others: &str| {
            format!(
                "SELECT\n    '{what}' AS what,\n    d.*\nFROM (\n    SELECT * FROM {some}\n    EXCEPT\n    SELECT * FROM {others}\n) AS d"
            )
        };
        let view = match self.sql.name {
            // A view of tables that stay
            "spark" => "CREATE OR REPLACE TEMPORARY VIEW",
            _ => "CREATE OR REPLACE VIEW",
        };
        format!(
            "{}\n{view} failures AS\n{}\nUNION ALL\n{};\n",
            comment("Rows that should be and are not, and rows that are and should not be"),
            lacks("missing", "expected", "found"),
            lacks("too much", "found", "expected")
        )
    }
}

fn insert(into: &str, rows: &[String]) -> String {
    match rows.is_empty() {
        true => String::new(),
        false => format!("INSERT INTO {into}\nVALUES\n{};", rows.join(",\n")),
    }
}
