//! All rows and lines as far as limits and results need them.

#![allow(
    clippy::indexing_slicing,
    reason = "rows, lines, profiles and key facts are numbered by what sized the lists here"
)]

use super::assess::{Assessed, NO_PROFILE, OwnLine, Profile, code_of};
use super::calendar::{ByDay, Year, year_of};
use super::claims::{Aside, Claims, Repeated};
use super::decide::Why;
use super::encode::{Batch, Column, Encoder, NO_CODE, NO_ID, NO_NUMBER, day_of, told_apart};
use crate::emit::program::{Key, Kind, Limit, Program, Rule, Term};
use anlan_lang::diag::{Code, codes};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::io;

/// Room is made for so many rows at the most.
const MOST_RESERVED: usize = 1 << 27;

/// Places outside memory, and how much stays within.
#[derive(Debug, Default)]
pub struct Places {
    pub claims: Option<Box<dyn Aside>>,
    pub repeated: Option<Box<dyn Aside>>,
    /// Bytes of claim ids that stay in memory
    pub most: usize,
}

/// All rows.
#[derive(Debug)]
pub struct Book<'p> {
    pub program: &'p Program,
    pub claims: Claims,
    repeated: Option<Repeated>,
    pub why: Vec<Why>,
    /// `yyyymmdd`
    pub days: Vec<u32>,
    /// Second of the day plus one, once any row has a time
    times: Vec<u32>,
    /// Facts that are told apart
    key_facts: Vec<usize>,
    /// Their values; enumerations with their default
    keys: Vec<Column>,
    /// Values of the wider facts of [`Program::wide`], as given
    wide: Vec<Column>,
    /// First day of each record's own policy, where terms are those of policies
    policies: Vec<u32>,
    /// Codes of the rows that are refused
    pub refused: FxHashMap<u32, Vec<Code>>,
    /// How often the id of a row occurs, of those that occur more than once
    pub occurs: FxHashMap<u32, u32>,
    pub lines: Lines,
    pub events: Vec<Event>,
    pub contradicted: Vec<Contradicted>,
    /// No row has two lines.
    single: bool,
}

/// All lines, in the order of their rows.
#[derive(Debug, Default)]
pub struct Lines {
    pub row: Vec<u32>,
    pub profile: Vec<u32>,
    pub benefit: Vec<i64>,
    /// What is left of the benefit
    pub left: Vec<i64>,
    /// What would be left if the line were alone in its groups; empty where no rule reads it
    pub alone: Vec<i64>,
    /// Severity and the benefit one grade above
    pub injuries: FxHashMap<u32, (u32, i64)>,
}

/// What is known of an event from its accepted claims in term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// Moments as [`super::encode::moment`] has them
    pub first: i64,
    pub last: i64,
    /// Place among all events by code point, from 1; 0 for an event without such claims
    pub order: u32,
}

/// Rows that say different things of one wider record.
#[derive(Debug)]
pub struct Contradicted {
    /// Wider fact, and the fact that identifies the record
    pub fact: usize,
    pub key: usize,
    /// By the record's id: the different values
    pub said: BTreeMap<u64, Vec<u64>>,
}

impl<'p> Book<'p> {
    pub fn new(program: &'p Program, aside: Places) -> Self {
        let column = |fact: &usize| Column::new(&program.facts[*fact].kind);
        let key_facts = told_apart(program);
        Book {
            program,
            claims: Claims::new(aside.claims, aside.most),
            repeated: Some(Repeated::new(aside.repeated)),
            why: Vec::new(),
            days: Vec::new(),
            times: Vec::new(),
            keys: key_facts.iter().map(column).collect(),
            key_facts,
            wide: program.wide.iter().map(|(fact, _)| column(fact)).collect(),
            policies: Vec::new(),
            refused: FxHashMap::default(),
            occurs: FxHashMap::default(),
            lines: Lines::default(),
            events: Vec::new(),
            contradicted: Vec::new(),
            single: false,
        }
    }

    pub fn rows(&self) -> u32 {
        self.why.len() as u32
    }

    /// Adds an assessed batch.
    pub fn append(&mut self, batch: &Batch, assessed: &mut Assessed) -> io::Result<()> {
        let first = self.rows();
        if first == 0 {
            self.reserve(batch.expected);
        }
        if let Some(repeated) = &mut self.repeated {
            repeated.append(first, &batch.claims)?;
        }
        self.claims.append(&batch.claims)?;
        self.dates(batch);
        for (column, fact) in self.keys.iter_mut().zip(&self.key_facts) {
            append_with_default(column, &batch.columns[*fact], &self.program.facts[*fact].kind);
        }
        for (column, (fact, _)) in self.wide.iter_mut().zip(&self.program.wide) {
            column.append(&batch.columns[*fact]);
        }
        let mut own = std::mem::take(&mut assessed.own).into_iter().peekable();
        for row in 0..batch.rows as u32 {
            let at = row as usize;
            let Some((_, result)) = own.next_if(|(own, _)| *own == row) else {
                self.why.push(assessed.why[at]);
                if assessed.profiles[at] != NO_PROFILE {
                    self.lines
                        .push(first + row, assessed.profiles[at], assessed.benefits[at]);
                }
                continue;
            };
            match result {
                Err(codes) => {
                    self.why.push(Why::Rejected);
                    self.refused.insert(first + row, codes);
                }
                Ok((lines, why)) => {
                    self.why.push(why);
                    for OwnLine {
                        profile,
                        benefit,
                        injury,
                    } in lines
                    {
                        if let Some(injury) = injury {
                            self.lines.injuries.insert(self.lines.row.len() as u32, injury);
                        }
                        self.lines.push(first + row, profile, benefit);
                    }
                }
            }
        }
        Ok(())
    }

    /// Makes room for rows at once, since lists that grow step by step are copied at each step. The number is a guess, or
    /// what a file says of itself: room that cannot be had is found when rows really come.
    fn reserve(&mut self, rows: usize) {
        let rows = rows.min(MOST_RESERVED);
        if let Some(repeated) = &mut self.repeated {
            repeated.reserve(rows);
        }
        let _ = self.why.try_reserve_exact(rows);
        let _ = self.days.try_reserve_exact(rows);
        self.keys
            .iter_mut()
            .chain(&mut self.wide)
            .for_each(|column| column.reserve(rows));
        let _ = self.lines.row.try_reserve_exact(rows);
        let _ = self.lines.profile.try_reserve_exact(rows);
        let _ = self.lines.benefit.try_reserve_exact(rows);
    }

    fn dates(&mut self, batch: &Batch) {
        let Some(Column::Numbers(dates)) = self.program.known.date.map(|date| &batch.columns[date]) else {
            self.days.resize(self.days.len() + batch.rows, 0);
            return;
        };
        let day = |at: &i64| if *at == NO_NUMBER { 0 } else { day_of(*at) as u32 };
        if !self.times.is_empty() || dates.iter().any(|at| *at != NO_NUMBER && at & 0xF_FFFF != 0) {
            self.times.resize(self.days.len(), 0);
            let second = |at: &i64| if *at == NO_NUMBER { 0 } else { (at & 0xF_FFFF) as u32 };
            self.times.extend(dates.iter().map(second));
        }
        self.days.extend(dates.iter().map(day));
        if let Term::Policy { start, .. } = self.program.term
            && let Column::Numbers(starts) = &batch.columns[start]
        {
            self.policies.extend(starts.iter().map(day));
        }
    }

    /// The moment of loss of a row
    pub fn moment(&self, row: u32) -> i64 {
        let at = row as usize;
        i64::from(self.days[at]) << 20 | i64::from(self.times.get(at).copied().unwrap_or(0))
    }

    /// First day of a record's own policy, 0 where terms are not those of policies
    pub fn policy(&self, row: u32) -> u32 {
        self.policies.get(row as usize).copied().unwrap_or(0)
    }

    /// After the last row: refuses rows with repeated ids and rows that contradict each other, and finds the events.
    pub fn close(&mut self, profiles: &[Profile], encoder: &Encoder) -> io::Result<()> {
        if let Some(repeated) = self.repeated.take() {
            for (row, count) in repeated.find(&self.claims)? {
                self.occurs.insert(row, count);
                self.why[row as usize] = Why::Rejected;
                self.refused.entry(row).or_default().push(codes::V030);
            }
        }
        self.contradicting();
        self.drop_refused();
        self.find_events(encoder);
        self.single = self.lines.row.windows(2).all(|two| two[0] != two[1]);
        self.lines.left = self.lines.benefit.clone();
        if self.reads_alone() {
            self.lines.alone = self.lines.benefit.clone();
        }
        debug_assert!(self.lines.profile.iter().all(|p| (*p as usize) < profiles.len()));
        Ok(())
    }

    /// Whether any limit reads what lines would be left alone, or more of a group than its sum.
    fn reads_alone(&self) -> bool {
        use crate::emit::program::Choice;
        let fixed =
            |money: &crate::emit::program::Money| matches!(&money.choice, Choice::Linear(form) if form.x.is_none());
        self.program.limits.iter().any(|limit| match &limit.rule {
            Rule::UpTo(money) | Rule::Less(money) => !fixed(money),
            Rule::Largest { .. } => !self.is_alone(limit),
        })
    }

    /// Whether each group of a limit is one line: it is kept by claims, and no claim has two lines.
    pub fn is_alone(&self, limit: &Limit) -> bool {
        let claim = self.program.known.claim;
        self.single
            && limit
                .keys
                .iter()
                .any(|key| claim.is_some_and(|claim| *key == Key::Fact(claim)))
    }

    fn contradicting(&mut self) {
        let program = self.program;
        let mut refused: Vec<(u32, Code)> = Vec::new();
        for (column, (fact, key)) in self.wide.iter().zip(&program.wide) {
            let Some(keys) = self.key(*key) else {
                continue;
            };
            let mut said: FxHashMap<u64, u64> = FxHashMap::default();
            let mut different: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
            let accepted =
                |row: &usize| self.why[*row] != Why::Rejected && !keys.is_blank(*row) && !column.is_blank(*row);
            for row in (0..self.why.len()).filter(accepted) {
                let (key, value) = (keys.bits(row), column.bits(row));
                let first = *said.entry(key).or_insert(value);
                if first != value {
                    let values = different.entry(key).or_insert_with(|| vec![first]);
                    if !values.contains(&value) {
                        values.push(value);
                    }
                }
            }
            if different.is_empty() {
                continue;
            }
            for row in (0..self.why.len()).filter(accepted) {
                if different.contains_key(&keys.bits(row)) {
                    refused.push((row as u32, codes::V032));
                }
            }
            self.contradicted.push(Contradicted {
                fact: *fact,
                key: *key,
                said: different,
            });
        }
        for (row, code) in refused {
            self.why[row as usize] = Why::Rejected;
            self.refused.entry(row).or_default().push(code);
        }
    }

    /// Only lines of accepted rows stay.
    fn drop_refused(&mut self) {
        let lines = &mut self.lines;
        if lines.row.iter().all(|row| self.why[*row as usize] != Why::Rejected) {
            return;
        }
        let mut kept = 0;
        for line in 0..lines.row.len() {
            if self.why[lines.row[line] as usize] == Why::Rejected {
                lines.injuries.remove(&(line as u32));
                continue;
            }
            lines.row[kept] = lines.row[line];
            lines.profile[kept] = lines.profile[line];
            lines.benefit[kept] = lines.benefit[line];
            if kept != line
                && let Some(injury) = lines.injuries.remove(&(line as u32))
            {
                lines.injuries.insert(kept as u32, injury);
            }
            kept += 1;
        }
        lines.row.truncate(kept);
        lines.profile.truncate(kept);
        lines.benefit.truncate(kept);
    }

    /// The column of a key fact.
    pub fn key(&self, fact: usize) -> Option<&Column> {
        let at = self.key_facts.iter().position(|key| *key == fact)?;
        self.keys.get(at)
    }

    /// The column of a wider fact by the fact that identifies its record.
    pub fn wide(&self, fact: usize, key: usize) -> Option<&Column> {
        let at = self.program.wide.iter().position(|wide| *wide == (fact, key))?;
        self.wide.get(at)
    }

    /// The event of a row
    pub fn event_of(&self, row: u32) -> Option<u32> {
        match self.key(self.program.known.event?)? {
            Column::Ids(ids) => Some(ids[row as usize]).filter(|id| *id != NO_ID),
            _ => None,
        }
    }

    fn find_events(&mut self, encoder: &Encoder) {
        let Some(fact) = self.program.known.event else { return };
        let Some(Column::Ids(ids)) = self.key(fact) else { return };
        let none = Event {
            first: i64::MAX,
            last: i64::MIN,
            order: 0,
        };
        let mut events = vec![none; encoder.texts(fact).len()];
        for (row, id) in (0u32..).zip(ids) {
            if *id == NO_ID || matches!(self.why[row as usize], Why::Rejected | Why::OutOfTerm) {
                continue;
            }
            let at = self.moment(row);
            let event = &mut events[*id as usize];
            event.first = event.first.min(at);
            // A whole day may end later than any of its times.
            let late = |at: i64| if at & 0xF_FFFF == 0 { at | 0xF_FFFF } else { at };
            if event.last == i64::MIN || late(at) > late(event.last) {
                event.last = at;
            }
        }
        let mut order: Vec<u32> = (0..events.len() as u32)
            .filter(|e| events[*e as usize].first != i64::MAX)
            .collect();
        order.sort_unstable_by(|a, b| encoder.text(fact, *a).cmp(encoder.text(fact, *b)));
        for (place, event) in (1..).zip(order) {
            events[event as usize].order = place;
        }
        self.events = events;
    }

    /// The insured year of a row: by the event's earliest date where the scheme says so, else by its own.
    pub fn year(&self, row: u32) -> Option<Year> {
        let event = self.program.years.of_event.then(|| self.event_of(row)).flatten();
        let known = event
            .and_then(|event| self.events.get(event as usize))
            .filter(|e| e.order > 0);
        let day = known.map_or(i64::from(self.days[row as usize]), |event| day_of(event.first));
        let policy = self.policies.get(row as usize).copied().map(i64::from);
        year_of(self.program, day, policy)
    }

    /// Whether rows of one day have one year: it is neither the event's first day that tells it nor the record's policy.
    pub fn days_tell_years(&self) -> bool {
        !self.program.years.of_event && !matches!(self.program.term, Term::Policy { .. })
    }

    /// The insured year of each row by number, and the years; `u32::MAX` for none.
    pub fn years(&self) -> (Vec<u32>, Vec<Year>) {
        let mut years: Vec<Year> = Vec::new();
        let mut numbers: FxHashMap<Year, usize> = FxHashMap::default();
        let told = self.days_tell_years();
        let mut by_day = ByDay::default();
        let mut of_row = Vec::with_capacity(self.why.len());
        for row in 0..self.rows() {
            let day = self.days[row as usize];
            let number = match by_day.get(day).filter(|_| told) {
                Some(number) => number,
                None => {
                    let number = self.year(row).map(|year| {
                        *numbers.entry(year).or_insert_with(|| {
                            years.push(year);
                            years.len() - 1
                        })
                    });
                    by_day.set(day, number);
                    number
                }
            };
            of_row.push(number.map_or(u32::MAX, |number| number as u32));
        }
        (of_row, years)
    }
}

fn append_with_default(column: &mut Column, batch: &Column, kind: &Kind) {
    match (column, batch, kind) {
        (Column::Codes(codes), Column::Codes(_), Kind::Enumeration { default: Some(_), .. }) => {
            let rows = 0..batch.len();
            codes.extend(rows.map(|row| code_of(kind, batch, row).unwrap_or(NO_CODE)));
        }
        (column, batch, _) => column.append(batch),
    }
}

impl Lines {
    fn push(&mut self, row: u32, profile: u32, benefit: i64) {
        self.row.push(row);
        self.profile.push(profile);
        self.benefit.push(benefit);
    }

    /// What decides whether a line counts in a group.
    pub fn worth(&self, line: usize) -> i64 {
        let left = self.left[line];
        self.alone.get(line).map_or(left, |alone| left.max(*alone))
    }
}
