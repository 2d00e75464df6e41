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
    /// The program's fact that identifies a record
    key: usize,
    /// Row by the key's bits
    rows: FxHashMap<u64, u32>,
    given: Batch,
    /// Facts that some record gives
    facts: Vec<usize>,
    /// Keys that claims name and the file has not
    unmet: FxHashSet<u64>,
}

/// What became of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    New,
    /// It has no key.
    Keyless,
    /// A record with its key is there already: the number of that one, from 0.
    Twice(u32),
}

impl WiderRecords {
    /// No records yet, told apart by a fact. `None` where it is no text that the program knows.
    pub fn new(encoder: &mut Encoder, program: &Program, name: String, key: FactId) -> Option<Self> {
        let key = encoder.number(key)?;
        if program.facts.get(key)?.kind != Kind::Text {
            return None;
        }
        encoder.tell_apart(key);
        Some(WiderRecords {
            name,
            key,
            rows: FxHashMap::default(),
            given: Batch::new(program),
            facts: Vec::new(),
            unmet: FxHashSet::default(),
        })
    }

    /// Adds a record; the claim id is none of its facts.
    pub fn add(&mut self, encoder: &mut Encoder, record: &Record) -> Added {
        let row = self.given.rows as u32;
        encoder.record(&mut self.given, None, record);
        let key = &self.given.columns[self.key];
        let added = match self.rows.get(&key.bits(row as usize)) {
            _ if key.is_blank(row as usize) => Added::Keyless,
            Some(first) => Added::Twice(*first),
            None => Added::New,
        };
        self.rows.entry(key.bits(row as usize)).or_insert(row);
        added
    }

    /// After the last record: only facts that some record gives are kept.
    pub fn close(&mut self, program: &Program) {
        for (fact, column) in self.given.columns.iter_mut().enumerate() {
            let blank = (0..column.len()).all(|row| column.is_blank(row));
            if blank || fact == self.key || Some(fact) == program.known.claim {
                *column = Column::new(&program.facts[fact].kind);
            } else {
                self.facts.push(fact);
            }
        }
    }

    /// Gives the claims of a batch what they leave blank. A claim that says something else is refused (V035).
    pub fn fill(&mut self, batch: &mut Batch) {
        let mut refused: Vec<(u32, Box<[Code]>)> = Vec::new();
        let mut broken = batch.broken.iter().map(|(row, _)| *row as usize).peekable();
        for row in 0..batch.rows {
            if broken.next_if_eq(&row).is_some() || batch.columns[self.key].is_blank(row) {
                continue;
            }
            let key = batch.columns[self.key].bits(row);
            let Some(record) = self.rows.get(&key) else {
                self.unmet.insert(key);
                continue;
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
            if differ > 0 {
                refused.push((row as u32, vec![codes::V035; differ].into()));
            }
        }
        batch.broken.extend(refused);
        batch.broken.sort_by_key(|(row, _)| *row);
    }

    /// Does to a record what [`Self::fill`] did to its row; gives its refusals in words.
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
