//! What was paid before: `claim,paid`, such as an earlier result; other columns are left alone.

use super::encoding::Encoding;
use super::read::id;
use super::rows::{Content, RawRow, Sink, TableFile};
use crate::failure::Failure;
use crate::tables;
use anlan_compiler::evaluate::Earlier;
use anlan_compiler::money::Fen;
use anlan_lang::diag::{Arg, Code, codes};
use std::collections::HashSet;
use std::path::Path;

const CLAIM: [&str; 2] = ["claim", "赔案号"];
const PAID: [&str; 3] = ["paid", "实付", "已付"];

/// Reads earlier payments. The first mistake refuses the file: a payment left out would be paid again.
pub fn earlier(path: &Path) -> Result<Vec<Earlier>, Failure> {
    let file = TableFile::open(path, Encoding::Utf8)?;
    let mut sink = Payments {
        path,
        columns: (0, 0),
        seen: HashSet::new(),
        all: Vec::new(),
    };
    file.read(&mut sink)?;
    Ok(sink.all)
}

struct Payments<'a> {
    path: &'a Path,
    /// Positions of claim and paid
    columns: (usize, usize),
    seen: HashSet<String>,
    all: Vec<Earlier>,
}

impl Payments<'_> {
    fn at(&self, code: Code, line: u64) -> Failure {
        Failure::new(code)
            .path(self.path)
            .arg("line", Arg::Count(i64::try_from(line).unwrap_or(i64::MAX)))
    }

    fn add(&mut self, line: u64, claim: &str, paid: &str) -> Result<(), Failure> {
        let Some(claim) = id(claim).map(unguarded).filter(|claim| !claim.is_empty()) else {
            return Err(self.at(codes::V073, line));
        };
        let paid = tables::yuan(paid).ok_or_else(|| self.at(codes::V074, line).arg("value", paid))?;
        if !self.seen.insert(claim.to_owned()) {
            return Err(self.at(codes::V072, line).arg("claim", claim));
        }
        self.all.push(Earlier {
            claim: claim.to_owned(),
            paid: Fen(paid.0),
        });
        Ok(())
    }
}

/// Without the sign that keeps a spreadsheet from reading an id as a formula ([`super::write`]).
fn unguarded(text: &str) -> &str {
    text.strip_prefix('\'')
        .filter(|rest| rest.starts_with(super::write::FORMULA))
        .unwrap_or(text)
}

impl Sink for Payments<'_> {
    fn header(&mut self, cells: &[String]) -> Result<(), Failure> {
        let find = |names: &[&str]| cells.iter().position(|cell| names.contains(&cell.trim()));
        match (find(&CLAIM), find(&PAID)) {
            (Some(claim), Some(paid)) => {
                self.columns = (claim, paid);
                Ok(())
            }
            _ => Err(Failure::new(codes::V071).path(self.path)),
        }
    }

    fn row(&mut self, row: RawRow) -> Result<(), Failure> {
        match row.content {
            Content::Bad(_) => Err(self.at(codes::V075, row.line)),
            Content::Cells(cells) => {
                let cell = |at: usize| cells.get(at).and_then(|cell| cell.as_deref());
                match (cell(self.columns.0), cell(self.columns.1)) {
                    (Some(claim), Some(paid)) => self.add(row.line, claim, paid),
                    _ => Err(self.at(codes::V075, row.line)),
                }
            }
            Content::Fields(fields) => {
                let find = |names: &[&str]| fields.iter().find(|(key, _)| names.contains(&key.as_str()));
                match (find(&CLAIM), find(&PAID)) {
                    (Some((_, claim)), Some((_, paid))) => self.add(row.line, claim, paid),
                    _ => Err(self.at(codes::V075, row.line)),
                }
            }
        }
    }
}
