//! Facts of wider records that stand in files of their own (SEMANTICS §1): a claim reads its event's and its household's
//! by key. What a claim says itself must not differ.

#![allow(
    clippy::indexing_slicing,
    reason = "rows and facts are numbered by what sized the lists here"
)]

use super::encode::{Batch, Column, Encoder};
use crate::emit::program::{Kind, Program};
use crate::evaluate::{Evaluator, Record, Refusal, Value};
use crate::plan::FactId;
use anlan_lang::diag::{Arg, Code, codes};
use rustc_hash::{FxHashMap, FxHashSet};

/// The records of one file.
#[derive(Debug)]
pub struct WiderRecords {
    /// The file, as it was named
    name: String,
    /// The program's facts that may identify a record, the narrowest first
    keys: Vec<usize>,
    /// The one that does, once all are read
    key: usize,
    /// Row by the key's bits
    rows: FxHashMap<u64, u32>,
    given: Batch,
    /// Line of each row
    lines: Vec<u64>,
    /// Facts that some record gives
    facts: Vec<usize>,
    /// Keys that claims name and the file has not
    unmet: FxHashSet<u64>,
}

/// Why the records of a file cannot be used.
#[derive(Debug)]
pub enum Fault {
    /// There are none.
    Empty,
    /// One has none of these keys.
    Keyless { line: u64, keys: Vec<FactId> },
    /// Two have one key.
    Twice {
        line: u64,
        first: u64,
        key: FactId,
        id: String,
    },
}

impl WiderRecords {
    /// No records yet. `keys`: facts that may identify one, the narrowest first; only texts can.
    pub fn new(encoder: &mut Encoder, program: &Program, name: String, keys: &[FactId]) -> Self {
        let is_text = |key: &usize| program.facts.get(*key).is_some_and(|fact| fact.kind == Kind::Text);
        let keys: Vec<usize> = keys
            .iter()
            .filter_map(|key| encoder.number(*key))
            .filter(is_text)
            .collect();
        keys.iter().for_each(|key| encoder.tell_apart(*key));
        WiderRecords {
            name,
            keys,
            key: usize::MAX,
            rows: FxHashMap::default(),
            given: Batch::new(program),
            lines: Vec::new(),
            facts: Vec::new(),
            unmet: FxHashSet::default(),
        }
    }

    /// Adds a record.
    pub fn add(&mut self, encoder: &mut Encoder, record: &Record, line: u64) {
        encoder.record(&mut self.given, None, record);
        self.lines.push(line);
    }

    /// After the last record: the narrowest key that any gives identifies all of them. Only facts that some record gives
    /// are kept, and none of `of_claims`; gives those of them that some record gives all the same.
    ///
    /// # Errors
    /// A record without the key, or with that of another; no records.
    pub fn close(&mut self, encoder: &Encoder, program: &Program, of_claims: &[FactId]) -> Result<Vec<FactId>, Fault> {
        if self.lines.is_empty() {
            return Err(Fault::Empty);
        }
        let is_given = |column: &Column| (0..column.len()).any(|row| !column.is_blank(row));
        let given: Vec<bool> = self.given.columns.iter().map(is_given).collect();
        let fact = |number: usize| encoder.fact(number);
        let Some(key) = self.keys.iter().copied().find(|key| given[*key]) else {
            let keys = self.keys.iter().filter_map(|key| fact(*key)).collect();
            return Err(Fault::Keyless {
                line: self.lines.first().copied().unwrap_or_default(),
                keys,
            });
        };
        self.key = key;
        self.identify(encoder)?;
        let given: Vec<usize> = (0..given.len())
            .filter(|number| *number != key && given[*number])
            .collect();
        let of_claim = |number: &usize| fact(*number).is_some_and(|fact| of_claims.contains(&fact));
        let (ignored, kept): (Vec<usize>, Vec<usize>) = given.into_iter().partition(of_claim);
        for (number, column) in self.given.columns.iter_mut().enumerate() {
            if !kept.contains(&number) {
                *column = Column::new(&program.facts[number].kind);
            }
        }
        self.facts = kept;
        self.lines = Vec::new();
        Ok(ignored.into_iter().filter_map(fact).collect())
    }

    /// Finds the row of each key.
    fn identify(&mut self, encoder: &Encoder) -> Result<(), Fault> {
        let Some(fact) = encoder.fact(self.key) else {
            return Ok(());
        };
        let column = &self.given.columns[self.key];
        for (row, line) in (0u32..).zip(&self.lines) {
            if column.is_blank(row as usize) {
                return Err(Fault::Keyless {
                    line: *line,
                    keys: vec![fact],
                });
            }
            let id = column.bits(row as usize);
            if let Some(first) = self.rows.insert(id, row) {
                return Err(Fault::Twice {
                    line: *line,
                    first: self.lines.get(first as usize).copied().unwrap_or_default(),
                    key: fact,
                    id: encoder.text(self.key, id as u32).to_owned(),
                });
            }
        }
        Ok(())
    }

    /// The file, as it was named.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The first fact that another file gives too.
    pub fn also_in(&self, other: &WiderRecords, encoder: &Encoder) -> Option<FactId> {
        let both = self.facts.iter().find(|fact| other.facts.contains(fact));
        both.and_then(|fact| encoder.fact(*fact))
    }

    /// Gives a row what it leaves blank; gives how many facts it says otherwise.
    fn fill(&mut self, batch: &mut Batch, row: usize) -> usize {
        if batch.columns[self.key].is_blank(row) {
            return 0;
        }
        let key = batch.columns[self.key].bits(row);
        let Some(record) = self.rows.get(&key) else {
            self.unmet.insert(key);
            return 0;
        };
        let mut differ = 0;
        for fact in &self.facts {
            let (from, to) = (&self.given.columns[*fact], &mut batch.columns[*fact]);
            let given = from.bits(*record as usize);
            if given == from.blank() || given == to.bits(row) {
                continue;
            }
            if to.is_blank(row) {
                to.set(row, given);
            } else {
                differ += 1;
            }
        }
        differ
    }

    /// Does to a record what [`fill`] did to its row; gives its refusals in words.
    pub fn complete(
        &self,
        evaluator: &Evaluator,
        encoder: &Encoder,
        program: &Program,
        record: &mut Record,
    ) -> Vec<Refusal> {
        let mut refusals = Vec::new();
        let Some((id, row)) = self.of(encoder, record) else {
            return refusals;
        };
        for number in &self.facts {
            let column = &self.given.columns[*number];
            let Some(fact) = encoder.fact(*number).filter(|_| !column.is_blank(row)) else {
                continue;
            };
            let Some(given) = encoder.value(&program.facts[*number].kind, *number, column.bits(row)) else {
                continue;
            };
            let Some(slot) = record.values.get_mut(fact.index()) else {
                continue;
            };
            match slot {
                None => *slot = Some(given),
                // Texts that nothing tells apart were not kept.
                Some(Value::Text(_)) if !encoder.is_key(*number) => {}
                Some(said) if *said == given => {}
                Some(said) => {
                    let said = evaluator.worded(fact, said);
                    refusals.extend(self.differs(evaluator, encoder, (fact, said, &given), &id));
                }
            }
        }
        refusals
    }

    fn differs(
        &self,
        evaluator: &Evaluator,
        encoder: &Encoder,
        (fact, said, given): (FactId, Arg, &Value),
        id: &str,
    ) -> Option<Refusal> {
        let key = evaluator.fact(encoder.fact(self.key)?)?;
        let refusal = Refusal::new(codes::V035)
            .field(&evaluator.fact(fact)?.name)
            .arg("value", said)
            .arg("path", self.name.as_str())
            .arg("key", Arg::from(&key.name))
            .arg("id", id)
            .arg("other", evaluator.worded(fact, given));
        Some(refusal)
    }

    /// The key that a record names, and the row that has it.
    fn of(&self, encoder: &Encoder, record: &Record) -> Option<(Box<str>, usize)> {
        let fact = encoder.fact(self.key)?;
        let Some(Some(Value::Text(id))) = record.values.get(fact.index()) else {
            return None;
        };
        let code = encoder.find(self.key, id)?;
        Some((id.clone(), *self.rows.get(&u64::from(code))? as usize))
    }

    /// A warning where claims named keys that the file has not (V036), with some of them.
    pub fn unmet(&self, evaluator: &Evaluator, encoder: &Encoder) -> Option<Refusal> {
        const SHOWN: usize = 8;
        let key = evaluator.fact(encoder.fact(self.key)?)?;
        let mut ids: Vec<&str> = self.unmet.iter().map(|id| encoder.text(self.key, *id as u32)).collect();
        ids.sort_unstable();
        let count = i64::try_from(ids.len()).unwrap_or(i64::MAX);
        ids.truncate(SHOWN);
        (count > 0).then(|| {
            Refusal::new(codes::V036)
                .arg("path", self.name.as_str())
                .arg("key", Arg::from(&key.name))
                .arg("count", Arg::Count(count))
                .arg("ids", Arg::List(ids.into_iter().map(Arg::from).collect()))
        })
    }
}

/// Gives the claims of a batch what they leave blank, file after file. A claim that says something else is refused (V035).
pub fn fill(files: &mut [WiderRecords], batch: &mut Batch) {
    if files.is_empty() {
        return;
    }
    let mut refused: Vec<(u32, Box<[Code]>)> = Vec::new();
    let broken: Vec<u32> = batch.broken.iter().map(|(row, _)| *row).collect();
    let mut broken = broken.into_iter().peekable();
    for row in 0..batch.rows {
        if broken.next_if_eq(&(row as u32)).is_some() {
            continue;
        }
        let differ = files.iter_mut().map(|file| file.fill(batch, row)).sum();
        if differ > 0 {
            refused.push((row as u32, vec![codes::V035; differ].into()));
        }
    }
    batch.broken.extend(refused);
    batch.broken.sort_by_key(|(row, _)| *row);
}
