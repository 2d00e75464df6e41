//! Rows of a file as records of a plan.

use super::encoding::Encoding;
use super::lines::Span;
use super::rows::{Content, RawRow, Sink, TableFile, bad_bytes};
use crate::failure::Failure;
use anlan_compiler::evaluate::record::{Columns, Reader};
use anlan_compiler::evaluate::{Refusal, Row};
use anlan_compiler::plan::{FactId, Plan};
use anlan_lang::diag::{Arg, codes};
use std::collections::BTreeMap;
use std::path::Path;

/// Ids of the data contract without which no row can be settled.
const REQUIRED: [&str; 2] = ["claim", "date"];

/// What reading a claims file came to.
#[derive(Debug, Default)]
pub struct Reading {
    /// Where each row stands, in order
    pub spans: Vec<Span>,
    pub blank: u64,
    /// Columns or keys that nothing knows, each once, by name
    pub unknown: Vec<Refusal>,
}

/// Reads a claims file, giving every row to `push`.
pub fn claims(
    path: &Path,
    file: TableFile,
    plan: &Plan,
    push: &mut dyn FnMut(Row) -> Result<(), Failure>,
) -> Result<Reading, Failure> {
    let reader = Reader::new(plan);
    let mut sink = Claims {
        path,
        encoding: file.encoding,
        claim: reader.column("claim"),
        reader,
        plan,
        columns: None,
        unknown: BTreeMap::new(),
        spans: Vec::new(),
        push,
    };
    let blank = file.read(&mut sink)?;
    Ok(Reading {
        spans: sink.spans,
        blank,
        unknown: sink.unknown.into_values().collect(),
    })
}

struct Claims<'a> {
    path: &'a Path,
    encoding: Encoding,
    claim: Option<FactId>,
    reader: Reader<'a>,
    plan: &'a Plan,
    columns: Option<Columns>,
    unknown: BTreeMap<String, Refusal>,
    spans: Vec<Span>,
    push: &'a mut dyn FnMut(Row) -> Result<(), Failure>,
}

impl Sink for Claims<'_> {
    fn header(&mut self, cells: &[String]) -> Result<(), Failure> {
        let columns = self
            .reader
            .columns(cells.iter().map(String::as_str))
            .map_err(Failure::from)?;
        let missing = |id: &&str| {
            self.reader
                .column(id)
                .is_none_or(|fact| columns.position(fact).is_none())
        };
        let missing: Vec<Arg> = REQUIRED
            .iter()
            .filter(|id| missing(id))
            .map(|id| self.name(id))
            .collect();
        if !missing.is_empty() {
            return Err(Failure::new(codes::V062)
                .path(self.path)
                .arg("names", Arg::List(missing)));
        }
        for unknown in &columns.unknown {
            self.unknown
                .insert(unknown.value.clone().unwrap_or_default(), unknown.clone());
        }
        self.columns = Some(columns);
        Ok(())
    }

    fn row(&mut self, row: RawRow) -> Result<(), Failure> {
        self.spans.push(row.span);
        let (claim, record) = match row.content {
            Content::Bad(refusal) => (None, Err(vec![*refusal])),
            Content::Cells(cells) => self.cells(&cells),
            Content::Fields(fields) => {
                let pairs = || fields.iter().map(|(key, value)| (key.as_str(), value.as_str()));
                let (record, unknown) = self.reader.object(pairs());
                for unknown in unknown {
                    self.unknown
                        .entry(unknown.value.clone().unwrap_or_default())
                        .or_insert(unknown);
                }
                let is_claim = |(key, _): &(&str, &str)| self.claim.is_some() && self.reader.column(key) == self.claim;
                (pairs().find(is_claim).and_then(|(_, value)| id(value)), record)
            }
        };
        (self.push)(Row {
            number: row.line,
            claim,
            record,
        })
    }
}

type Read = (Option<String>, Result<anlan_compiler::evaluate::Record, Vec<Refusal>>);

impl Claims<'_> {
    fn cells(&self, cells: &[Option<std::borrow::Cow<str>>]) -> Read {
        let Some(columns) = &self.columns else {
            return (None, Err(Vec::new()));
        };
        if cells.len() != columns.len() {
            let refusal = Refusal::new(codes::V070)
                .arg("cells", Arg::Count(cells.len() as i64))
                .arg("columns", Arg::Count(columns.len() as i64));
            // With cells missing or too many, no cell's column is certain, the claim id's neither.
            return (None, Err(vec![refusal]));
        }
        let at = self.claim.and_then(|fact| columns.position(fact));
        let claim = at.and_then(|at| id(cells.get(at)?.as_deref()?));
        if cells.iter().any(Option::is_none) {
            return (claim, Err(vec![bad_bytes(self.encoding)]));
        }
        (
            claim,
            self.reader
                .row(columns, cells.iter().map(|cell| cell.as_deref().unwrap_or_default())),
        )
    }

    /// A column as a person knows it.
    fn name(&self, id: &str) -> Arg {
        let fact = self.plan.facts.iter().find(|fact| fact.id == id);
        fact.map_or_else(|| Arg::from(id), |fact| Arg::from(&fact.name))
    }
}

fn id(text: &str) -> Option<String> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    (!text.is_empty()).then(|| text.to_owned())
}
