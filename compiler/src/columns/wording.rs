//! What columns hold, back as values and words, for rows that are refused or get nothing.

#![allow(
    clippy::indexing_slicing,
    reason = "rows and facts are numbered by what sized the lists here"
)]

use super::assess::Assessor;
use super::book::Contradicted;
use super::decide::{Classes, Why};
use super::encode::{Batch, Encoder, moment_of};
use super::results::Settled;
use crate::emit::program::{Kind, Program, Term, Tested};
use crate::evaluate::{Evaluator, Record, Refusal, Value};
use crate::money::Fen;
use crate::plan::{FactId, Plan, ValueId};
use anlan_lang::diag::{Arg, codes};

impl Encoder<'_> {
    /// The value that a column's bits stand for.
    pub fn value(&self, kind: &Kind, fact: usize, bits: u64) -> Option<Value> {
        Some(match kind {
            Kind::Enumeration { .. } => Value::Enumeration(ValueId::from(bits as usize)),
            Kind::YesNo => Value::YesNo(bits != 0),
            Kind::Money => Value::Money(Fen(bits as i64)),
            Kind::Number { .. } => Value::Number(bits as i64),
            Kind::Date => Value::Date(moment_of(bits as i64)?),
            Kind::Count { .. } => Value::Count(*self.ratios(fact).get(bits as usize)?),
            Kind::Ratio => Value::Ratio(*self.ratios(fact).get(bits as usize)?),
            Kind::Text => Value::Text(self.text(fact, bits as u32).into()),
        })
    }

    /// A row of a batch as a record. Texts that no limit and no decision reads are empty.
    pub fn decode(&self, plan: &Plan, program: &Program, batch: &Batch, row: usize) -> Record {
        let mut record = Record {
            values: vec![None; plan.facts.len()],
        };
        for (fact, column) in batch.columns.iter().enumerate() {
            if column.is_blank(row) {
                continue;
            }
            let value = self.value(&program.facts[fact].kind, fact, column.bits(row));
            if let Some(slot) = self.fact(fact).and_then(|f| record.values.get_mut(f.index())) {
                *slot = value;
            }
        }
        record
    }
}

/// Facts that a reason's words may read, by the kind of reason.
#[derive(Debug)]
pub struct Worded {
    /// Of a claim out of term
    term: Vec<usize>,
    /// Of all other reasons
    rules: Vec<usize>,
    /// Whether reasons turn on decisions taken for some claims only, so that facts alone do not tell them.
    pub decided: bool,
}

impl Worded {
    pub fn of(assessor: &Assessor) -> Self {
        let rules = &assessor.known.rules;
        let program = rules.program;
        let mut term: Vec<usize> = program.known.date.into_iter().collect();
        if let Term::Policy { start, end, .. } = program.term {
            term.extend([start, end]);
        }
        let bounded = |on: Tested| match on {
            Tested::Fact(fact) | Tested::Present(fact) => Some(fact),
            Tested::Decided(_) => None,
        };
        let tested = rules
            .dimensions
            .iter()
            .filter(|d| !matches!(d.classes, Classes::Values { .. }));
        let mut facts: Vec<usize> = tested.filter_map(|d| bounded(d.on)).collect();
        let enumerated = program.facts.iter().enumerate();
        facts.extend(
            enumerated
                .filter(|(_, f)| matches!(f.kind, Kind::Enumeration { .. }))
                .map(|(at, _)| at),
        );
        facts.sort_unstable();
        facts.dedup();
        Worded {
            term,
            rules: facts,
            decided: rules.dimensions.iter().any(|d| matches!(d.on, Tested::Decided(_))),
        }
    }

    /// What tells a row's reason from others: rows with equal keys have equal reasons.
    pub fn key(&self, batch: &Batch, row: usize, why: Why, key: &mut Vec<u64>) {
        key.clear();
        key.push(why as u64);
        if why == Why::OutOfTerm {
            key.extend(self.term.iter().map(|fact| batch.columns[*fact].bits(row) >> 20));
        } else {
            key.extend(self.rules.iter().map(|fact| batch.columns[*fact].bits(row)));
        }
    }
}

impl Settled<'_> {
    /// The refusals of a rejected row in words. `own`: what the row by itself is refused for.
    pub fn refusals(
        &self,
        evaluator: &Evaluator,
        encoder: &Encoder,
        (row, claim): (u32, &str),
        own: Vec<Refusal>,
    ) -> Vec<Refusal> {
        let mut own = own.into_iter();
        let mut contradicted = self
            .book
            .contradicted
            .iter()
            .filter(|c| self.value_in(c, row).is_some());
        let codes = self.book.refused.get(&row).map_or(&[][..], Vec::as_slice);
        let refusals = codes.iter().map(|code| {
            if *code == codes::V030 {
                let count = self.book.occurs.get(&row).copied().unwrap_or_default();
                return Refusal::new(*code)
                    .value(claim)
                    .arg("count", Arg::Count(i64::from(count)));
            }
            let said = match *code == codes::V032 {
                true => contradicted
                    .next()
                    .and_then(|c| self.contradiction(evaluator, encoder, c, row)),
                false => own.next().filter(|refusal| refusal.code == *code),
            };
            said.unwrap_or_else(|| Refusal::new(*code))
        });
        refusals.collect()
    }

    /// The record's id and the value that the row gives, where rows say different things of it.
    fn value_in<'c>(&self, contradicted: &'c Contradicted, row: u32) -> Option<(u64, u64, &'c Vec<u64>)> {
        let key = self.book.key(contradicted.key)?;
        let wide = self.book.wide(contradicted.fact, contradicted.key)?;
        let row = row as usize;
        if key.is_blank(row) || wide.is_blank(row) {
            return None;
        }
        Some((key.bits(row), wide.bits(row), contradicted.said.get(&key.bits(row))?))
    }

    fn contradiction(
        &self,
        evaluator: &Evaluator,
        encoder: &Encoder,
        contradicted: &Contradicted,
        row: u32,
    ) -> Option<Refusal> {
        let (key, value, said) = self.value_in(contradicted, row)?;
        let worded = |fact: usize, bits: u64| {
            let value = encoder.value(&self.program.facts[fact].kind, fact, bits)?;
            Some(evaluator.worded(encoder.fact(fact)?, &value))
        };
        let mut others: Vec<Arg> = said
            .iter()
            .filter(|other| **other != value)
            .filter_map(|other| worded(contradicted.fact, *other))
            .collect();
        others.sort_by_cached_key(|arg| format!("{arg:?}"));
        let names = |fact: usize| {
            encoder
                .fact(fact)
                .and_then(|fact: FactId| evaluator.fact(fact))
                .map(|f| &f.name)
        };
        let refusal = Refusal::new(codes::V032)
            .arg("id", worded(contradicted.key, key)?)
            .arg("key", Arg::from(names(contradicted.key)?))
            .arg("value", worded(contradicted.fact, value)?)
            .arg("other", Arg::List(others));
        Some(refusal.field(names(contradicted.fact)?))
    }
}
