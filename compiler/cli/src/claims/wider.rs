//! Facts of events and exposures in files of their own: one row an event, a household, a policy; columns as in a claims
//! file.

use super::again::Records;
use super::encoding::Encoding;
use crate::failure::Failure;
use anlan_compiler::columns::encode::Encoder;
use anlan_compiler::columns::wider::{Fault, WiderRecords};
use anlan_compiler::emit::program::Program;
use anlan_compiler::evaluate::Refusal;
use anlan_compiler::plan::{FactId, Plan};
use anlan_lang::diag::{Arg, Code, codes};
use anlan_lang::texts::{self, Language};
use std::path::Path;

/// What a file is of.
#[derive(Debug, Clone, Copy)]
pub struct Sort {
    /// Facts that may identify a row, the narrowest first
    keys: &'static [&'static str],
    /// Facts of the data contract that are not of such records
    not: &'static [&'static str],
}

/// `--events`
pub const EVENTS: Sort = Sort {
    keys: &["event"],
    not: &[
        "claim",
        "date",
        "person",
        "household",
        "role",
        "harm",
        "liable",
        "expense",
        "loss",
        "sum_insured",
        "months",
        "injury_grade",
        "damage_grade",
        "dwelling_kind",
        "policy_start",
        "policy_end",
    ],
};

/// `--exposures`
pub const EXPOSURES: Sort = Sort {
    keys: &["policy", "dwelling", "household"],
    not: &[
        "claim",
        "date",
        "event",
        "person",
        "role",
        "peril",
        "cause",
        "harm",
        "liable",
        "expense",
        "loss",
        "months",
        "injury_grade",
        "damage_grade",
    ],
};

/// A file of wider records, to be read.
#[derive(Debug)]
pub struct File<'a> {
    pub path: &'a Path,
    pub encoding: Encoding,
    pub sort: Sort,
    pub plan: &'a Plan,
    pub program: &'a Program,
    pub lang: Language,
}

/// The records of a file, and warnings: columns that nothing knows, and those that are facts of each claim. The first
/// mistake refuses the file: a row left out would change what claims are paid.
pub fn wider(
    file: &File,
    encoder: &mut Encoder,
    told: &mut dyn FnMut(u64),
) -> Result<(WiderRecords, Vec<Refusal>), Failure> {
    let facts = |encoder: &Encoder, ids: &[&str]| -> Vec<FactId> {
        ids.iter().filter_map(|id| encoder.reader().column(id)).collect()
    };
    let keys = facts(encoder, file.sort.keys);
    let mut wider = WiderRecords::new(encoder, file.program, file.path.display().to_string(), &keys);
    let records = Records {
        path: file.path,
        encoding: file.encoding,
        plan: file.plan,
        required: &[],
    };
    let mut count = 0;
    let mut warnings = records.all(&mut |row| {
        let record = row.record.map_err(|refusals| file.wrong(row.number, &refusals))?;
        wider.add(encoder, &record, row.number);
        count += 1;
        told(count);
        Ok(())
    })?;
    let not = facts(encoder, file.sort.not);
    let ignored = wider
        .close(encoder, file.program, &not)
        .map_err(|fault| file.fault(fault))?;
    warnings.extend(ignored.into_iter().map(|fact| {
        let refusal = Refusal::new(codes::V037);
        match file.plan.facts.get(fact.index()) {
            Some(fact) => refusal.field(&fact.name),
            None => refusal,
        }
    }));
    Ok((wider, warnings))
}

impl File<'_> {
    fn at(&self, code: Code, line: u64) -> Failure {
        let line = i64::try_from(line).unwrap_or(i64::MAX);
        Failure::new(code).path(self.path).arg("line", Arg::Count(line))
    }

    /// A row that cannot be read.
    fn wrong(&self, line: u64, refusals: &[Refusal]) -> Failure {
        let separator = match self.lang {
            Language::Zh => "；",
            Language::En => "; ",
        };
        let reasons = refusals.iter().map(|r| texts::message(self.lang, &r.finding()));
        let reasons: Vec<String> = reasons.collect();
        self.at(codes::V078, line).arg("reason", reasons.join(separator))
    }

    fn fault(&self, fault: Fault) -> Failure {
        match fault {
            Fault::Empty => Failure::new(codes::V233).path(self.path),
            Fault::Keyless { line, keys } => {
                let names = keys.into_iter().map(|key| self.name(key)).collect();
                self.at(codes::V077, line).arg("keys", Arg::List(names))
            }
            Fault::Twice { line, first, key, id } => self
                .at(codes::V079, line)
                .arg("key", self.name(key))
                .arg("id", id)
                .arg("first", Arg::Count(i64::try_from(first).unwrap_or(i64::MAX))),
        }
    }

    fn name(&self, fact: FactId) -> Arg {
        let fact = self.plan.facts.get(fact.index());
        fact.map_or(Arg::Text(String::new()), |fact| Arg::from(&fact.name))
    }
}
