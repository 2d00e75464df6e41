//! Records as columns of whole numbers.

#![allow(
    clippy::indexing_slicing,
    reason = "facts are numbered by the program that sized every list here"
)]

use super::intern::Interner;
use crate::emit::program::{Kind, Per, Program};
use crate::evaluate::record::Reader;
use crate::evaluate::{Moment, Record, Refusal, Value};
use crate::money::Ratio;
use crate::plan::{FactId, FactRole, Plan};
use anlan_lang::diag::{Code, codes};
use jiff::civil::Date;
use rustc_hash::FxHashMap;

/// Blanks of the three forms
pub const NO_CODE: u16 = u16::MAX;
pub const NO_NUMBER: i64 = i64::MIN;
pub const NO_ID: u32 = u32::MAX;

/// A batch has at most so many rows.
pub const MOST_ROWS: usize = 1 << 16;

/// The values of one fact.
#[derive(Debug, Clone)]
pub enum Column {
    /// Values of a domain; no and yes as 0 and 1
    Codes(Vec<u16>),
    /// 分, steps, or moments ([`moment`])
    Numbers(Vec<i64>),
    /// Interned texts, counts or ratios
    Ids(Vec<u32>),
}

impl Column {
    pub(super) fn new(kind: &Kind) -> Self {
        match kind {
            Kind::Enumeration { .. } | Kind::YesNo => Column::Codes(Vec::new()),
            Kind::Money | Kind::Number { .. } | Kind::Date => Column::Numbers(Vec::new()),
            Kind::Count { .. } | Kind::Ratio | Kind::Text => Column::Ids(Vec::new()),
        }
    }
    /// Adds values that [`Encoder::bits`] gave, blanks as [`Column::blank`].
    pub fn extend_bits(&mut self, bits: impl Iterator<Item = u64>) {
        match self {
            Column::Codes(codes) => codes.extend(bits.map(|bits| bits as u16)),
            Column::Numbers(numbers) => numbers.extend(bits.map(|bits| bits as i64)),
            Column::Ids(ids) => ids.extend(bits.map(|bits| bits as u32)),
        }
    }
    pub(super) fn push(&mut self, value: u64) {
        match self {
            Column::Codes(codes) => codes.push(value as u16),
            Column::Numbers(numbers) => numbers.push(value as i64),
            Column::Ids(ids) => ids.push(value as u32),
        }
    }
    /// The bits of a blank
    pub fn blank(&self) -> u64 {
        match self {
            Column::Codes(_) => u64::from(NO_CODE),
            Column::Numbers(_) => NO_NUMBER as u64,
            Column::Ids(_) => u64::from(NO_ID),
        }
    }
    /// The value's bits, blanks as [`Column::blank`].
    pub(super) fn bits(&self, row: usize) -> u64 {
        match self {
            Column::Codes(codes) => u64::from(codes[row]),
            Column::Numbers(numbers) => numbers[row] as u64,
            Column::Ids(ids) => u64::from(ids[row]),
        }
    }
    /// Puts a value's bits in the place of others.
    pub(super) fn set(&mut self, row: usize, bits: u64) {
        match self {
            Column::Codes(codes) => codes[row] = bits as u16,
            Column::Numbers(numbers) => numbers[row] = bits as i64,
            Column::Ids(ids) => ids[row] = bits as u32,
        }
    }
    pub(super) fn is_blank(&self, row: usize) -> bool {
        self.bits(row) == self.blank()
    }
    pub(super) fn len(&self) -> usize {
        match self {
            Column::Codes(codes) => codes.len(),
            Column::Numbers(numbers) => numbers.len(),
            Column::Ids(ids) => ids.len(),
        }
    }
    fn clear(&mut self) {
        match self {
            Column::Codes(codes) => codes.clear(),
            Column::Numbers(numbers) => numbers.clear(),
            Column::Ids(ids) => ids.clear(),
        }
    }
    fn resize(&mut self, rows: usize) {
        match self {
            Column::Codes(codes) => codes.resize(rows, NO_CODE),
            Column::Numbers(numbers) => numbers.resize(rows, NO_NUMBER),
            Column::Ids(ids) => ids.resize(rows, NO_ID),
        }
    }
    /// Makes room for rows where it can be had.
    pub(super) fn reserve(&mut self, rows: usize) {
        let _ = match self {
            Column::Codes(codes) => codes.try_reserve_exact(rows),
            Column::Numbers(numbers) => numbers.try_reserve_exact(rows),
            Column::Ids(ids) => ids.try_reserve_exact(rows),
        };
    }
    pub(super) fn append(&mut self, other: &Column) {
        match (self, other) {
            (Column::Codes(a), Column::Codes(b)) => a.extend_from_slice(b),
            (Column::Numbers(a), Column::Numbers(b)) => a.extend_from_slice(b),
            (Column::Ids(a), Column::Ids(b)) => a.extend_from_slice(b),
            _ => {}
        }
    }
}

/// `yyyymmdd`, and the second of the day plus one where the record gives a time: whole days come first.
pub fn moment(moment: Moment) -> i64 {
    let day = day_number(moment.day()) << 20;
    match moment {
        Moment::Day(_) => day,
        Moment::Time(at) => {
            let time = at.time();
            let second = i64::from(time.hour()) * 3600 + i64::from(time.minute()) * 60 + i64::from(time.second());
            day | (second + 1)
        }
    }
}

/// `yyyymmdd`
pub(super) fn day_number(date: Date) -> i64 {
    i64::from(date.year()) * 10_000 + i64::from(date.month()) * 100 + i64::from(date.day())
}

/// The day of a moment
pub fn day_of(moment: i64) -> i64 {
    moment >> 20
}

/// The moment that a number stands for.
pub(super) fn moment_of(moment: i64) -> Option<Moment> {
    let date = date_of(day_of(moment))?;
    Some(match (moment & 0xF_FFFF) - 1 {
        -1 => Moment::Day(date),
        second => {
            let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
            Moment::Time(date.at(hour as i8, minute as i8, second as i8, 0))
        }
    })
}

/// The date of `yyyymmdd`
pub(super) fn date_of(day: i64) -> Option<Date> {
    let year = i16::try_from(day.div_euclid(10_000)).ok()?;
    let rest = day.rem_euclid(10_000);
    Date::new(year, (rest / 100) as i8, (rest % 100) as i8).ok()
}

/// Claim ids of some rows, one after another; an empty one is none.
#[derive(Debug, Clone, Default)]
pub struct Ids {
    pub bytes: Vec<u8>,
    pub ends: Vec<u32>,
}

impl Ids {
    pub fn push(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
        self.ends.push(self.bytes.len() as u32);
    }
    pub fn get(&self, row: usize) -> &[u8] {
        let start = row.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.bytes[start as usize..self.ends[row] as usize]
    }
}

/// Rows as columns.
#[derive(Debug, Clone)]
pub struct Batch {
    pub rows: usize,
    /// One for each fact of the program
    pub columns: Vec<Column>,
    pub claims: Ids,
    /// Rows that could not be read, with the codes of what is wrong, ascending
    pub broken: Vec<(u32, Box<[Code]>)>,
    /// About how many rows all batches have together, where that can be told; 0 else
    pub expected: usize,
}

impl Batch {
    pub fn new(program: &Program) -> Self {
        Batch {
            rows: 0,
            columns: program.facts.iter().map(|f| Column::new(&f.kind)).collect(),
            claims: Ids::default(),
            broken: Vec::new(),
            expected: 0,
        }
    }
    pub fn is_full(&self) -> bool {
        self.rows >= MOST_ROWS
    }
    pub fn clear(&mut self) {
        self.rows = 0;
        self.columns.iter_mut().for_each(Column::clear);
        self.claims.bytes.clear();
        self.claims.ends.clear();
        self.broken.clear();
    }
    /// After whole columns were pushed: those that were not are blank.
    pub fn fill(&mut self) {
        self.columns.iter_mut().for_each(|column| column.resize(self.rows));
    }
    /// Ends a row: what was not pushed is blank.
    pub fn end_row(&mut self, claim: Option<&str>) {
        self.rows += 1;
        for column in &mut self.columns {
            if column.len() < self.rows {
                column.resize(self.rows);
            }
        }
        self.claims.push(claim.unwrap_or_default());
    }
    /// Ends a row that is refused as it stands. What could be read of it is kept: its date says whose row it is.
    pub fn end_broken(&mut self, claim: Option<&str>, codes: impl IntoIterator<Item = Code>) {
        self.broken.push((self.rows as u32, codes.into_iter().collect()));
        self.end_row(claim);
    }
}

/// Turns values into numbers. Equal values have equal numbers for as long as it lives.
#[derive(Debug)]
pub struct Encoder<'a> {
    reader: Reader<'a>,
    plan: &'a Plan,
    /// Facts of the plan by the program's numbers
    given: Vec<FactId>,
    facts: Vec<FactEncoder>,
}

#[derive(Debug)]
struct FactEncoder {
    kind: Kind,
    /// Its texts are told apart; else only whether there is one.
    key: bool,
    texts: Interner,
    ratios: Vec<Ratio>,
    ratio_ids: FxHashMap<Ratio, u32>,
    /// What each spelling met so far means
    spelt: FxHashMap<Box<str>, u64>,
}

/// So many spellings of one fact are remembered.
const SPELLINGS: usize = 1 << 16;

/// Facts whose values are told apart row by row, by the program's numbers. Claim ids are not among them where only limits
/// are kept by them: each accepted row has its own.
pub(super) fn told_apart(program: &Program) -> Vec<usize> {
    let by_claim = |fact: usize| {
        Some(fact) == program.known.claim
            && !program.decisions.iter().any(|decision| decision.per == Per::Fact(fact))
            && !program.wide.iter().any(|(_, key)| *key == fact)
    };
    program.keys.iter().copied().filter(|fact| !by_claim(*fact)).collect()
}

impl<'a> Encoder<'a> {
    pub fn new(plan: &'a Plan, program: &Program) -> Self {
        let given = plan.facts.iter().enumerate().filter(|(_, f)| f.role == FactRole::Given);
        let keys = told_apart(program);
        let facts = program.facts.iter().enumerate().map(|(at, fact)| FactEncoder {
            kind: fact.kind.clone(),
            key: keys.contains(&at) || program.wide.iter().any(|(wide, _)| *wide == at),
            texts: Interner::default(),
            ratios: Vec::new(),
            ratio_ids: FxHashMap::default(),
            spelt: FxHashMap::default(),
        });
        Encoder {
            reader: Reader::new(plan),
            plan,
            given: given.map(|(i, _)| FactId::from(i)).collect(),
            facts: facts.collect(),
        }
    }

    /// The reader of texts that are not yet known.
    pub fn reader(&self) -> &Reader<'a> {
        &self.reader
    }

    /// The program's number of a fact of the plan.
    pub fn number(&self, fact: FactId) -> Option<usize> {
        self.given.binary_search(&fact).ok()
    }

    /// The plan's fact of a program's number.
    pub fn fact(&self, number: usize) -> Option<FactId> {
        self.given.get(number).copied()
    }

    /// The text of an interned id of a fact.
    pub fn text(&self, fact: usize, id: u32) -> &str {
        self.facts[fact].texts.text(id)
    }

    pub(super) fn texts(&self, fact: usize) -> &Interner {
        &self.facts[fact].texts
    }

    /// The number of a text of a fact, known from now on.
    pub fn intern(&mut self, fact: usize, text: &str) -> u32 {
        self.facts[fact].texts.intern(text)
    }

    /// The number of a text of a fact, if it was met.
    pub(super) fn find(&self, fact: usize, text: &str) -> Option<u32> {
        self.facts[fact].texts.find(text)
    }

    /// Has a fact's texts told apart from now on, before any was read.
    pub(super) fn tell_apart(&mut self, fact: usize) {
        self.facts[fact].key = true;
    }

    /// Whether a fact's texts are told apart.
    pub fn is_key(&self, fact: usize) -> bool {
        self.facts[fact].key
    }

    /// The counts or ratios of a fact by their ids.
    pub(super) fn ratios(&self, fact: usize) -> &[Ratio] {
        &self.facts[fact].ratios
    }

    /// Adds a record as a row.
    pub fn record(&mut self, batch: &mut Batch, claim: Option<&str>, record: &Record) {
        for (at, fact) in self.given.iter().enumerate() {
            let value = record.values.get(fact.index()).and_then(Option::as_ref);
            let column = &mut batch.columns[at];
            let bits = value.map_or(column.blank(), |value| self.facts[at].encode(value));
            column.push(bits);
        }
        batch.end_row(claim);
    }

    /// Adds a flat object as a row. Gives the keys that nothing knows.
    pub fn object<'o>(
        &mut self,
        batch: &mut Batch,
        claim: Option<&str>,
        fields: impl IntoIterator<Item = (&'o str, &'o str)>,
    ) -> Vec<&'o str> {
        let (mut unknown, mut wrong, mut twice) = (Vec::new(), Vec::new(), Vec::new());
        for (key, text) in fields {
            match self.reader.column(key).and_then(|fact| self.number(fact)) {
                None => unknown.push(key),
                Some(fact) if batch.columns[fact].len() > batch.rows => twice.push(codes::V013),
                Some(fact) => wrong.extend(self.cell(batch, fact, text).err()),
            }
        }
        wrong.extend(twice);
        if wrong.is_empty() {
            batch.end_row(claim);
        } else {
            batch.end_broken(claim, wrong);
        }
        unknown
    }

    /// Adds texts to a fact's column, all of printable ASCII without blanks; an empty one is a blank.
    pub fn plain_texts<'t>(&mut self, batch: &mut Batch, fact: usize, texts: impl Iterator<Item = &'t str>) {
        let (encoder, column) = (&mut self.facts[fact], &mut batch.columns[fact]);
        let Column::Ids(ids) = column else { return };
        if !encoder.key {
            ids.extend(texts.map(|text| if text.is_empty() { NO_ID } else { 0 }));
            return;
        }
        let first = ids.len();
        let texts: Vec<&str> = texts.collect();
        let known = |text: &&&str| !text.is_empty();
        encoder
            .texts
            .many(texts.iter().filter(known).copied(), |id| ids.push(id));
        if ids.len() - first < texts.len() {
            let given = ids.split_off(first);
            let mut given = given.into_iter();
            ids.extend(texts.iter().map(|text| {
                if text.is_empty() {
                    NO_ID
                } else {
                    given.next().unwrap_or(NO_ID)
                }
            }));
        }
    }

    /// Adds the text of one cell to a fact's column; the row is ended by [`Batch::end_row`].
    ///
    /// # Errors
    /// The code of what is wrong with the text; the column then gets a blank.
    pub fn cell(&mut self, batch: &mut Batch, fact: usize, text: &str) -> Result<(), Code> {
        let column = &mut batch.columns[fact];
        match self.bits(fact, text) {
            Ok(bits) => {
                column.push(bits.unwrap_or(column.blank()));
                Ok(())
            }
            Err(code) => {
                column.push(column.blank());
                Err(code)
            }
        }
    }

    /// What a text means for a fact; `None` is blank.
    ///
    /// # Errors
    /// The code of what is wrong with the text.
    pub fn bits(&mut self, fact: usize, text: &str) -> Result<Option<u64>, Code> {
        let encoder = &mut self.facts[fact];
        match encoder.kind {
            Kind::Money => {
                if let Some(fen) = plain_money(text.as_bytes()) {
                    return Ok(Some(fen as u64));
                }
            }
            Kind::Text => {
                let text = crate::evaluate::trimmed(text);
                if text.is_empty() {
                    return Ok(None);
                }
                if !text.bytes().all(|b| (0x20..0x7f).contains(&b)) && text.chars().any(char::is_control) {
                    return Err(codes::V012);
                }
                return Ok(Some(encoder.text(text)));
            }
            _ => {
                if let Some(bits) = encoder.spelt.get(text) {
                    return Ok(Some(*bits));
                }
            }
        }
        let trimmed = crate::evaluate::trimmed(text);
        if trimmed.is_empty() {
            return Ok(None);
        }
        let declared = self.given.get(fact).and_then(|f| self.plan.facts.get(f.index()));
        let Some(declared) = declared else { return Ok(None) };
        let value = self
            .reader
            .value(declared, trimmed)
            .map_err(|refusal: Refusal| refusal.code)?;
        let bits = encoder.encode(&value);
        if encoder.kind != Kind::Money && encoder.spelt.len() < SPELLINGS {
            encoder.spelt.insert(text.into(), bits);
        }
        Ok(Some(bits))
    }
}

impl FactEncoder {
    fn text(&mut self, text: &str) -> u64 {
        if self.key {
            u64::from(self.texts.intern(text))
        } else {
            0
        }
    }

    fn encode(&mut self, value: &Value) -> u64 {
        match value {
            // A domain has far fewer values than 16 bits count.
            Value::Enumeration(value) => value.index() as u64,
            Value::Money(fen) => fen.0 as u64,
            Value::Count(ratio) | Value::Ratio(ratio) => u64::from(self.ratio(*ratio)),
            Value::Number(steps) => *steps as u64,
            Value::Date(at) => moment(*at) as u64,
            Value::Text(text) => self.text(text),
            Value::YesNo(yes) => u64::from(*yes),
        }
    }

    fn ratio(&mut self, ratio: Ratio) -> u32 {
        let next = self.ratios.len() as u32;
        let id = *self.ratio_ids.entry(ratio).or_insert(next);
        if id == next {
            self.ratios.push(ratio);
        }
        id
    }
}

/// 元 written plainly, `1234`, `1234.5` or `1234.56`, as 分; every other spelling goes to the reader.
fn plain_money(text: &[u8]) -> Option<i64> {
    let (whole, part) = match text.iter().position(|b| *b == b'.') {
        Some(at) => (&text[..at], &text[at + 1..]),
        None => (text, &text[..0]),
    };
    let digits = |text: &[u8]| {
        text.iter().try_fold(0i64, |sum, b| {
            b.is_ascii_digit().then(|| sum * 10 + i64::from(b - b'0'))
        })
    };
    if whole.is_empty() || whole.len() > 12 || (part.is_empty() && whole.len() < text.len()) {
        return None;
    }
    let part = match part {
        [] => 0,
        [_] => digits(part)? * 10,
        [_, _] => digits(part)?,
        _ => return None,
    };
    Some(digits(whole)? * 100 + part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_money_is_read_and_all_else_is_left() {
        for (text, fen) in [
            ("0", 0),
            ("12", 1_200),
            ("12.5", 1_250),
            ("12.05", 1_205),
            ("999999999999.99", 99_999_999_999_999),
        ] {
            assert_eq!(plain_money(text.as_bytes()), Some(fen), "{text}");
        }
        for text in [
            "",
            ".5",
            "5.",
            "1.234",
            "-1",
            "1,000",
            "１",
            "1e3",
            "1000000000000",
            " 1",
        ] {
            assert_eq!(plain_money(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn moments_keep_their_order_and_come_back() {
        use jiff::civil::date;
        let all = [
            Moment::Day(date(2023, 12, 31)),
            Moment::Day(date(2024, 1, 1)),
            Moment::Time(date(2024, 1, 1).at(0, 0, 0, 0)),
            Moment::Time(date(2024, 1, 1).at(23, 59, 59, 0)),
            Moment::Day(date(2024, 1, 2)),
        ];
        let numbers: Vec<i64> = all.iter().map(|at| moment(*at)).collect();
        assert!(numbers.is_sorted());
        for (at, number) in all.iter().zip(numbers) {
            assert_eq!(moment_of(number), Some(*at));
        }
    }
}
