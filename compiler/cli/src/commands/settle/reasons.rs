//! Why rows get nothing, in words: one text for all rows that are told the same.

use crate::commands::eval::reason_text;
use anlan_compiler::columns::Settler;
use anlan_compiler::columns::decide::Why;
use anlan_compiler::columns::encode::{Batch, Encoder};
use anlan_compiler::columns::wording::Worded;
use anlan_compiler::emit::program::Program;
use anlan_compiler::evaluate::{Looker, Wording};
use anlan_compiler::plan::Plan;
use anlan_lang::texts::{self, Language};
use rustc_hash::FxHashMap;

/// Texts of reasons, and the rows that have them.
#[derive(Debug)]
pub struct Reasons<'l, 'e, 'p> {
    looker: &'l Looker<'e, 'p>,
    plan: &'p Plan,
    program: &'p Program,
    lang: Language,
    worded: Worded,
    known: FxHashMap<Box<[u64]>, u32>,
    /// The first is empty.
    texts: Vec<String>,
    numbers: FxHashMap<String, u32>,
    /// (row, text), ascending
    rows: Vec<(u32, u32)>,
    key: Vec<u64>,
}

impl<'l, 'e, 'p> Reasons<'l, 'e, 'p> {
    pub fn new(
        looker: &'l Looker<'e, 'p>,
        plan: &'p Plan,
        program: &'p Program,
        lang: Language,
        worded: Worded,
    ) -> Self {
        Reasons {
            looker,
            plan,
            program,
            lang,
            worded,
            known: FxHashMap::default(),
            texts: vec![String::new()],
            numbers: FxHashMap::from_iter([(String::new(), 0)]),
            rows: Vec::new(),
            key: Vec::new(),
        }
    }

    /// Words the reasons of a batch that the settler has taken; its first row has the number `first`.
    pub fn note(&mut self, settler: &Settler, encoder: &Encoder, batch: &Batch, first: u32) {
        for (at, row) in (0..batch.rows).zip(first..) {
            let why = settler.why(row);
            if matches!(why, Why::Paid | Why::Rejected) {
                continue;
            }
            let mut key = std::mem::take(&mut self.key);
            self.worded.key(batch, at, why, &mut key);
            let known = if self.worded.decided {
                None
            } else {
                self.known.get(key.as_slice())
            };
            let number = match known {
                Some(number) => *number,
                None => {
                    let number = self.word(encoder, batch, at);
                    self.known.insert(key.as_slice().into(), number);
                    number
                }
            };
            self.key = key;
            self.rows.push((row, number));
        }
    }

    fn word(&mut self, encoder: &Encoder, batch: &Batch, row: usize) -> u32 {
        let record = encoder.decode(self.plan, self.program, batch, row);
        // Any id will do: no reason speaks of it.
        let reason = self.looker.look(Some("-"), &record).ok().flatten();
        let text = reason.map(|reason| reason_text(self.lang, &reason)).unwrap_or_default();
        self.number(text)
    }

    fn number(&mut self, text: String) -> u32 {
        let next = self.texts.len() as u32;
        let number = *self.numbers.entry(text.clone()).or_insert(next);
        if number == next {
            self.texts.push(text);
        }
        number
    }

    /// Closes the list: all texts, those for exhausted limits among them.
    pub fn close(mut self) -> ReasonTexts {
        let limits: Vec<String> = self
            .plan
            .limits
            .iter()
            .map(|limit| {
                let wording = Wording::new("reason-limit").arg("limit", &limit.name);
                texts::text(self.lang, wording.id, &wording.args)
            })
            .collect();
        let limits = limits.into_iter().map(|text| self.number(text)).collect();
        ReasonTexts {
            texts: self.texts,
            rows: self.rows,
            limits,
            from: 0,
        }
    }
}

/// The texts by row.
#[derive(Debug)]
pub struct ReasonTexts {
    pub texts: Vec<String>,
    rows: Vec<(u32, u32)>,
    limits: Vec<u32>,
    from: usize,
}

impl ReasonTexts {
    /// The text of a row, for rows asked in ascending order; 0 is empty.
    pub fn of(&mut self, row: u32, exhausted: Option<usize>) -> u32 {
        if let Some(limit) = exhausted {
            return self.limits.get(limit).copied().unwrap_or(0);
        }
        while self.rows.get(self.from).is_some_and(|(at, _)| *at < row) {
            self.from += 1;
        }
        match self.rows.get(self.from) {
            Some((at, text)) if *at == row => *text,
            _ => 0,
        }
    }
}
