//! Facts of events and exposures in files of their own: one row an event, a household, a policy; columns as in a claims
//! file.

use super::again::{Again, Records};
use super::encoding::Encoding;
use crate::failure::Failure;
use anlan_compiler::columns::encode::Encoder;
use anlan_compiler::columns::wider::{Added, WiderRecords};
use anlan_compiler::emit::program::Program;
use anlan_compiler::evaluate::{Record, Refusal};
use anlan_compiler::plan::{FactId, Plan};
use anlan_lang::diag::{Arg, Code, codes};
use anlan_lang::texts::{self, Language};
use std::path::Path;

/// What identifies a row of `--events`.
pub const EVENT: &[&str] = &["event"];
/// What identifies a row of `--exposures`: the narrowest that the file gives.
pub const EXPOSURES: &[&str] = &["policy", "dwelling", "household"];

/// A file of wider records, to be read.
#[derive(Debug)]
pub struct File<'a> {
    pub path: &'a Path,
    pub encoding: Encoding,
    /// Facts that may identify a row, the first that is given
    pub keys: &'a [&'a str],
    pub plan: &'a Plan,
    pub program: &'a Program,
    pub lang: Language,
}

/// The records of a file, and the columns that nothing knows. The first mistake refuses the file: a row left out would
/// change what claims are paid.
pub fn wider(
    file: &File,
    encoder: &mut Encoder,
    told: &mut dyn FnMut(u64),
) -> Result<(WiderRecords, Vec<Refusal>), Failure> {
    let keys: Vec<FactId> = file.keys.iter().filter_map(|id| encoder.reader().column(id)).collect();
    let mut rows = Rows {
        file,
        encoder,
        keys,
        records: None,
        lines: Vec::new(),
    };
    let records = Records {
        path: file.path,
        encoding: file.encoding,
        plan: file.plan,
        required: &[],
    };
    let unknown = records.all(&mut |row| {
        rows.add(row)?;
        told(rows.lines.len() as u64);
        Ok(())
    })?;
    let Some((_, mut records)) = rows.records else {
        return Err(Failure::new(codes::V233).path(file.path));
    };
    records.close(file.program);
    Ok((records, unknown))
}

struct Rows<'f, 'e, 'p> {
    file: &'f File<'f>,
    encoder: &'e mut Encoder<'p>,
    keys: Vec<FactId>,
    /// With the fact that identifies them
    records: Option<(FactId, WiderRecords)>,
    /// Line of each record
    lines: Vec<u64>,
}

impl Rows<'_, '_, '_> {
    fn at(&self, code: Code, line: u64) -> Failure {
        Failure::new(code)
            .path(self.file.path)
            .arg("line", Arg::Count(count(line)))
    }

    fn add(&mut self, row: Again) -> Result<(), Failure> {
        let record = row.record.map_err(|refusals| {
            let reasons = refusals.iter().map(|r| texts::message(self.file.lang, &r.finding()));
            let separator = match self.file.lang {
                Language::Zh => "；",
                Language::En => "; ",
            };
            let reasons: Vec<String> = reasons.collect();
            self.at(codes::V078, row.number).arg("reason", reasons.join(separator))
        })?;
        let Some((key, mut records)) = self.records.take().or_else(|| self.begun(&record)) else {
            return Err(self.keyless(row.number));
        };
        let added = records.add(self.encoder, &record);
        self.records = Some((key, records));
        match added {
            Added::New => {
                self.lines.push(row.number);
                Ok(())
            }
            Added::Keyless => Err(self.keyless(row.number)),
            Added::Twice(first) => {
                let first = self.lines.get(first as usize).copied().unwrap_or_default();
                let id = self.id(key, &record);
                Err(self
                    .at(codes::V079, row.number)
                    .arg("key", self.name(key))
                    .arg("id", id)
                    .arg("first", Arg::Count(count(first))))
            }
        }
    }

    /// No records yet, identified by the first of the possible facts that this one gives.
    fn begun(&mut self, record: &Record) -> Option<(FactId, WiderRecords)> {
        let given = |key: &&FactId| record.values.get(key.index()).is_some_and(Option::is_some);
        let key = *self.keys.iter().find(given)?;
        let name = self.file.path.display().to_string();
        Some((key, WiderRecords::new(self.encoder, self.file.program, name, key)?))
    }

    fn keyless(&self, line: u64) -> Failure {
        let known = self.records.as_ref().map(|(key, _)| *key);
        let keys = known.map_or_else(|| self.keys.clone(), |key| vec![key]);
        let names = keys.into_iter().map(|key| self.name(key)).collect();
        self.at(codes::V077, line).arg("keys", Arg::List(names))
    }

    fn name(&self, fact: FactId) -> Arg {
        let fact = self.file.plan.facts.get(fact.index());
        fact.map_or(Arg::Text(String::new()), |fact| Arg::from(&fact.name))
    }

    fn id(&self, key: FactId, record: &Record) -> Arg {
        match record.values.get(key.index()) {
            Some(Some(anlan_compiler::evaluate::Value::Text(id))) => Arg::Text(id.to_string()),
            _ => Arg::Text(String::new()),
        }
    }
}

fn count(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
