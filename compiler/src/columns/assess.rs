//! A batch of rows at once: each row's combination of classes is looked up; only rows that need arithmetic of their own,
//! or that are refused, are looked at one by one.

#![allow(
    clippy::indexing_slicing,
    reason = "columns of a batch are equally long, and combinations, profiles and facts are numbered by what sized the lists"
)]

use super::amount::{self, Simple};
use super::at_large::AtLarge;
use super::decide::{Answer, Classes, Pays, Rules, Stop, Why};
use super::decisions::Taken;
use super::encode::{Batch, Column, Encoder, NO_CODE};
use super::row::{Known, Line, RowView, class_of_bits, missing};
use super::term::InTerm;
use crate::emit::program::{self, Kind, Program, Rule, Tested};
use crate::evaluate::{Inputs, Refusal};
use anlan_lang::diag::{Code, codes};
use rustc_hash::FxHashMap;
use std::collections::HashMap;
use std::ops::Range;

/// What a line falls under: its cover, its harm, and its limits with its positions in their rank tiers.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Profile {
    pub cover: u16,
    pub harm: u16,
    /// Ascending
    pub limits: Vec<(u16, Vec<u32>)>,
}

/// A line of a row that was looked at by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnLine {
    pub profile: u32,
    pub benefit: i64,
    /// Severity of the injury and the benefit one grade above, for limits that raise
    pub injury: Option<(u32, i64)>,
}

/// A row that was looked at by itself: its lines, or the codes of why it is refused.
pub type Own = Result<(Vec<OwnLine>, Why), Vec<Code>>;

/// What a batch comes to.
#[derive(Debug, Default)]
pub struct Assessed {
    /// Of rows with one line, its profile
    pub profiles: Vec<u32>,
    pub benefits: Vec<i64>,
    pub why: Vec<Why>,
    /// Rows that were looked at by themselves, ascending; the lists above do not count for them.
    pub own: Vec<(u32, Own)>,
    /// Of the rows of a strip
    combinations: Vec<u32>,
    blanks: Vec<u64>,
}

/// No line
pub const NO_PROFILE: u32 = u32::MAX;

/// What most rows of a combination come to without further ado: `min(fact, cap)` under one profile.
#[derive(Debug, Clone, Copy)]
struct Ready {
    /// Fact whose amount is capped; [`NO_FACT`]: the cap itself
    fact: u32,
    profile: u32,
    cap: i64,
    /// Key facts that its limits read, as bits of the batch's blanks
    needs: u64,
    /// Why nothing is paid, where nothing is
    why: Why,
    /// Each row must be looked at by itself.
    own: bool,
}

const NO_FACT: u32 = u32::MAX;

/// Looks combinations up.
#[derive(Debug)]
enum Table {
    /// One place for each combination; 0 is not yet known, else it is the number plus one.
    Dense { strides: Vec<u32>, of: Vec<u32> },
    Sparse {
        strides: Vec<u128>,
        of: FxHashMap<u128, u32>,
    },
}

/// So many rows are looked at together that what is known of them stays in the nearest caches.
const STRIP: usize = 1 << 12;

/// Largest number of combinations that get a place each
const DENSE: u128 = 1 << 20;

/// Assesses batches of one program.
#[derive(Debug)]
pub struct Assessor<'p> {
    pub known: Known<'p>,
    table: Table,
    ready: Vec<Ready>,
    pub profiles: Vec<Profile>,
    profile_numbers: HashMap<Profile, u32>,
    simple: Vec<Option<Simple>>,
    /// Of limits of schedules: a cap that is the same for all
    own_caps: Vec<Option<Option<i64>>>,
    /// Facts whose blanks are told in [`Assessed::blanks`]
    needed: Vec<usize>,
    /// Class of each value times the stride, one list a dimension
    steps: Vec<Vec<u32>>,
}

impl<'p> Assessor<'p> {
    /// Makes a program ready.
    ///
    /// # Errors
    /// An amount reads the total premium and no bases are given, or their sum overflows.
    pub fn new(program: &'p Program, inputs: &Inputs, encoder: &mut Encoder<'p>) -> Result<Self, Refusal> {
        let premium = match &inputs.bases {
            Some(bases) => Some(bases.total().ok_or_else(|| Refusal::new(codes::V044))?.0),
            None if program.reads_premium => return Err(Refusal::new(codes::V041)),
            None => None,
        };
        let taken = Taken::new(program, &inputs.decisions, encoder);
        let rules = Rules::new(program, &taken);
        let (simple, own_caps) = {
            let at_large = AtLarge { taken: &taken, premium };
            let is_money = |fact: usize| program.facts[fact].kind == Kind::Money;
            let simple = program.pipelines.iter().map(|p| amount::simple(&at_large, p, is_money));
            let cap = |limit: &program::Limit| match &limit.rule {
                Rule::UpTo(most) if limit.ratio_to.is_none() => amount::whole(&at_large, most).ok(),
                _ => None,
            };
            (simple.collect(), program.limits.iter().map(cap).collect())
        };
        let counts: Vec<u128> = rules.dimensions.iter().map(|d| u128::from(d.count) + 1).collect();
        let mut product = 1u128;
        let mut strides = Vec::new();
        for count in &counts {
            strides.push(product);
            product = product
                .checked_mul(*count)
                .ok_or_else(|| Refusal::new(codes::X051).arg("what", "other"))?;
        }
        let table = if product <= DENSE {
            Table::Dense {
                strides: strides.iter().map(|s| *s as u32).collect(),
                of: vec![0; product as usize],
            }
        } else {
            Table::Sparse {
                strides,
                of: FxHashMap::default(),
            }
        };
        let mut assessor = Assessor {
            steps: Vec::new(),
            known: Known { rules, taken, premium },
            table,
            ready: Vec::new(),
            profiles: Vec::new(),
            profile_numbers: HashMap::new(),
            simple,
            own_caps,
            needed: needed(program),
        };
        assessor.steps = assessor.multiplied();
        Ok(assessor)
    }

    fn program(&self) -> &'p Program {
        self.known.rules.program
    }

    /// Whether every combination has a place in a table.
    pub fn is_dense(&self) -> bool {
        matches!(self.table, Table::Dense { .. })
    }

    /// Class of each value times the dimension's stride; the blank's last.
    fn multiplied(&self) -> Vec<Vec<u32>> {
        let Table::Dense { strides, .. } = &self.table else {
            return Vec::new();
        };
        let dimensions = self.known.rules.dimensions.iter().zip(strides);
        dimensions
            .map(|(dimension, stride)| match &dimension.classes {
                Classes::Values { of, blank } => of.iter().chain([blank]).map(|class| class * stride).collect(),
                _ => (0..=dimension.count).map(|class| class * stride).collect(),
            })
            .collect()
    }

    /// Assesses a batch.
    ///
    /// # Errors
    /// What refuses the run; of several the one of the first row.
    pub fn assess(&mut self, encoder: &Encoder<'p>, batch: &Batch, into: &mut Assessed) -> Result<(), Refusal> {
        into.profiles.clear();
        into.profiles.resize(batch.rows, NO_PROFILE);
        into.benefits.clear();
        into.benefits.resize(batch.rows, 0);
        into.why.clear();
        into.why.resize(batch.rows, Why::Paid);
        into.own.clear();
        for first in (0..batch.rows).step_by(STRIP) {
            let strip = first..(first + STRIP).min(batch.rows);
            self.blanks(batch, strip.clone(), into);
            match self.table {
                Table::Dense { .. } => self.dense(encoder, batch, strip.clone(), into)?,
                Table::Sparse { .. } => self.sparse(encoder, batch, strip.clone(), into)?,
            }
            self.rows(encoder, batch, strip, into)?;
        }
        Ok(())
    }

    /// Which key facts each row of a strip leaves blank.
    fn blanks(&self, batch: &Batch, strip: Range<usize>, into: &mut Assessed) {
        into.blanks.clear();
        into.blanks.resize(strip.len(), 0);
        for (bit, fact) in self.needed.iter().enumerate() {
            if matches!(
                self.program().facts[*fact].kind,
                Kind::Enumeration { default: Some(_), .. }
            ) {
                continue;
            }
            let column = &batch.columns[*fact];
            let mark = 1u64 << bit.min(63);
            match column {
                Column::Ids(ids) => {
                    for (blanks, id) in into.blanks.iter_mut().zip(&ids[strip.clone()]) {
                        *blanks |= if *id == super::encode::NO_ID { mark } else { 0 };
                    }
                }
                _ => {
                    for (row, blanks) in strip.clone().zip(&mut into.blanks) {
                        *blanks |= if column.is_blank(row) { mark } else { 0 };
                    }
                }
            }
        }
    }

    /// Combinations by the dense table; afterwards each row's combination is known.
    fn dense(
        &mut self,
        encoder: &Encoder<'p>,
        batch: &Batch,
        strip: Range<usize>,
        into: &mut Assessed,
    ) -> Result<(), Refusal> {
        into.combinations.clear();
        into.combinations.resize(strip.len(), 0);
        for (at, dimension) in self.known.rules.dimensions.iter().enumerate() {
            let steps = &self.steps[at];
            match (dimension.on, &dimension.classes) {
                (Tested::Fact(fact), Classes::Values { .. } | Classes::Answers) => {
                    let Column::Codes(codes) = &batch.columns[fact] else {
                        continue;
                    };
                    let blank = steps[steps.len() - 1];
                    for (sum, code) in into.combinations.iter_mut().zip(&codes[strip.clone()]) {
                        *sum += steps.get(usize::from(*code)).copied().unwrap_or(blank);
                    }
                }
                (Tested::Present(fact), _) => {
                    let column = &batch.columns[fact];
                    for (row, sum) in strip.clone().zip(&mut into.combinations) {
                        *sum += steps[usize::from(!column.is_blank(row))];
                    }
                }
                (Tested::Fact(fact), _) => {
                    let (kind, ratios) = (&self.program().facts[fact].kind, encoder.ratios(fact));
                    for (row, sum) in strip.clone().zip(&mut into.combinations) {
                        *sum += steps[class_of_bits(dimension, kind, &batch.columns[fact], row, ratios) as usize];
                    }
                }
                (Tested::Decided(decision), _) => {
                    for (row, sum) in strip.clone().zip(&mut into.combinations) {
                        // A day or year that cannot be told refuses the run only if the row is otherwise in order.
                        let found = self.known.taken.find(decision, &self.view(encoder, batch, row));
                        *sum += match found {
                            Ok(taken) => steps[usize::from(taken.is_some())],
                            Err(_) => steps[2],
                        };
                    }
                }
            }
        }
        let mut last = (u32::MAX, 0);
        for place in &mut into.combinations {
            let combination = *place;
            if last.0 != combination {
                let Table::Dense { of, .. } = &self.table else {
                    return Ok(());
                };
                let known = of[combination as usize];
                let number = match known.checked_sub(1) {
                    Some(number) => number,
                    None => self.learn(combination)?,
                };
                last = (combination, number);
            }
            *place = last.1;
        }
        Ok(())
    }

    fn view<'a>(&'a self, encoder: &'a Encoder<'p>, batch: &'a Batch, row: usize) -> RowView<'a, 'p> {
        RowView {
            known: &self.known,
            encoder,
            batch,
            row,
            instead: None,
        }
    }

    /// Works out a combination met for the first time.
    fn learn(&mut self, combination: u32) -> Result<u32, Refusal> {
        let Table::Dense { strides, .. } = &self.table else {
            return Ok(0);
        };
        let dimensions = self.known.rules.dimensions.iter().zip(strides);
        let classes: Vec<u32> = dimensions
            .map(|(d, stride)| combination / stride % (d.count + 1))
            .collect();
        let ready = self.ready_for(&classes)?;
        self.ready.push(ready);
        let number = self.ready.len() as u32;
        if let Table::Dense { of, .. } = &mut self.table {
            of[combination as usize] = number;
        }
        Ok(number - 1)
    }

    /// Combinations by a table of those met; afterwards each row's combination is known.
    fn sparse(
        &mut self,
        encoder: &Encoder<'p>,
        batch: &Batch,
        strip: Range<usize>,
        into: &mut Assessed,
    ) -> Result<(), Refusal> {
        into.combinations.clear();
        for row in strip {
            let classes = match self.view(encoder, batch, row).classes() {
                Ok(classes) => classes,
                Err(_) => self.known.rules.dimensions.iter().map(|d| d.count).collect(),
            };
            let Table::Sparse { strides, of } = &mut self.table else {
                return Ok(());
            };
            let combination: u128 = classes
                .iter()
                .zip(strides)
                .map(|(class, s)| u128::from(*class) * *s)
                .sum();
            let number = match of.get(&combination) {
                Some(number) => *number,
                None => {
                    let number = self.ready.len() as u32;
                    of.insert(combination, number);
                    let ready = self.ready_for(&classes)?;
                    self.ready.push(ready);
                    number
                }
            };
            into.combinations.push(number);
        }
        Ok(())
    }

    /// What rows of a combination come to.
    fn ready_for(&mut self, classes: &[u32]) -> Result<Ready, Refusal> {
        let own = Ready {
            fact: NO_FACT,
            profile: NO_PROFILE,
            cap: 0,
            needs: 0,
            why: Why::Paid,
            own: true,
        };
        let rules = &self.known.rules;
        let covers = match rules.answer(classes) {
            Answer::Open => return Ok(own),
            Answer::None(why) => return Ok(Ready { why, own: false, ..own }),
            Answer::Covers(covers) => covers,
        };
        let ([(cover, pays)], Some(harm)) = (covers.as_slice(), rules.harm(classes)) else {
            return Ok(own);
        };
        let simple = match pays {
            Pays::Nothing => Some(Simple { fact: None, cap: 0 }),
            Pays::Pipeline(at) => self.simple[*at],
            Pays::Refused(_) | Pays::Open => None,
        };
        let Some(mut simple) = simple.filter(|s| s.cap >= 0) else {
            return Ok(own);
        };
        let why = if rules.is_nil(*pays) { Why::Nothing } else { Why::Zero };
        // The reference asks for a limit's facts only where something is paid.
        let pays_nothing = simple.cap == 0;
        let mut profile = Profile {
            cover: *cover as u16,
            harm: harm as u16,
            limits: Vec::new(),
        };
        let mut needs = 0;
        let mut waiting = false;
        for (at, limit) in self.program().limits.iter().enumerate().filter(|_| !pays_nothing) {
            match (rules.passes(at, *cover, classes), rules.ranks(at, *cover, classes)) {
                (Ok(false), _) => continue,
                (Ok(true), Ok(ranks)) => profile.limits.push((at as u16, ranks)),
                _ => return Ok(own),
            }
            needs |= self.needs(limit);
            match (&limit.rule, limit.own) {
                (Rule::Largest { raise: true }, _) => return Ok(own),
                (Rule::Less(_), true) => waiting = true,
                (Rule::UpTo(_), true) if !waiting => match self.own_caps[at] {
                    Some(Some(cap)) => simple.cap = simple.cap.min(cap),
                    Some(None) => {}
                    None => return Ok(own),
                },
                _ => {}
            }
        }
        Ok(Ready {
            fact: simple.fact.map_or(NO_FACT, |fact| fact as u32),
            profile: self.profile(profile)?,
            cap: simple.cap,
            needs,
            why,
            own: false,
        })
    }

    /// The key facts that a limit reads, as bits.
    fn needs(&self, limit: &program::Limit) -> u64 {
        let facts = limit.keys.iter().filter_map(|key| key_fact(self.program(), *key));
        facts
            .filter_map(|fact| self.needed.iter().position(|needed| *needed == fact))
            .fold(0, |bits, bit| bits | 1 << bit.min(63))
    }

    fn profile(&mut self, profile: Profile) -> Result<u32, Refusal> {
        if let Some(number) = self.profile_numbers.get(&profile) {
            return Ok(*number);
        }
        let number = self.profiles.len() as u32;
        self.profiles.push(profile.clone());
        self.profile_numbers.insert(profile, number);
        Ok(number)
    }

    /// The rows of a strip one after another.
    fn rows(
        &mut self,
        encoder: &Encoder<'p>,
        batch: &Batch,
        strip: Range<usize>,
        into: &mut Assessed,
    ) -> Result<(), Refusal> {
        let term = InTerm::of(self.program(), batch);
        let numbers: Vec<&[i64]> = batch
            .columns
            .iter()
            .map(|column| match column {
                Column::Numbers(numbers) => numbers.as_slice(),
                _ => &[],
            })
            .collect();
        let first = batch.broken.partition_point(|(at, _)| (*at as usize) < strip.start);
        let mut broken = batch.broken[first..].iter().peekable();
        let mut named_to = strip.start.checked_sub(1).map_or(0, |before| batch.claims.ends[before]);
        for (at, row) in strip.enumerate() {
            let end = batch.claims.ends[row];
            let is_named = end != named_to;
            named_to = end;
            if let Some((_, codes)) = broken.next_if(|(at, _)| *at as usize == row) {
                into.own.push((row as u32, Err(codes.to_vec())));
                continue;
            }
            let ready = &self.ready[into.combinations[at] as usize];
            let mut own = ready.own || !is_named;
            match term.test(row) {
                Some(true) => {}
                Some(false) if is_named => {
                    into.why[row] = Why::OutOfTerm;
                    continue;
                }
                _ => own = true,
            }
            if !own {
                let given = match ready.fact {
                    NO_FACT => i64::MAX,
                    fact => numbers[fact as usize][row],
                };
                let benefit = given.min(ready.cap);
                own = given < 0 || (benefit != 0 && into.blanks[at] & ready.needs != 0);
                if !own {
                    into.benefits[row] = benefit;
                    into.profiles[row] = ready.profile;
                    into.why[row] = if benefit == 0 { ready.why } else { Why::Paid };
                    continue;
                }
            }
            let result = self.own(encoder, batch, row)?;
            into.own.push((row as u32, result));
        }
        Ok(())
    }

    /// A row by itself.
    fn own(&mut self, encoder: &Encoder<'p>, batch: &Batch, row: usize) -> Result<Own, Refusal> {
        let mut refused: Vec<Code> = Vec::new();
        if batch.claims.get(row).is_empty() {
            refused.push(codes::V033);
        }
        let program = self.program();
        if self.view(encoder, batch, row).moment(program.known.date).is_none() {
            refused.push(codes::V034);
            return Ok(Err(refused));
        }
        match self.accepted(encoder, batch, row) {
            Ok(result) if refused.is_empty() => return Ok(Ok(result)),
            Ok(_) => {}
            Err(Stop::Row(code)) => refused.push(code),
            Err(Stop::Run(refusal)) => return Err(*refusal),
        }
        Ok(Err(refused))
    }

    fn accepted(&mut self, encoder: &Encoder<'p>, batch: &Batch, row: usize) -> Result<(Vec<OwnLine>, Why), Stop> {
        match InTerm::of(self.program(), batch).test(row) {
            None => return Err(missing()),
            Some(false) => return Ok((Vec::new(), Why::OutOfTerm)),
            Some(true) => {}
        }
        let view = self.view(encoder, batch, row);
        let classes = view.classes()?;
        let (lines, why) = view.lines(&classes)?;
        let mut prepared = Vec::new();
        let mut lacking = false;
        for line in lines {
            let view = self.view(encoder, batch, row);
            let (profile, injury) = self.prepare(&view, &classes, line, &mut lacking)?;
            prepared.push(OwnLine {
                profile: self.profile(profile).map_err(|refusal| Stop::Run(Box::new(refusal)))?,
                benefit: line.amount,
                injury,
            });
        }
        if lacking {
            Err(Stop::Row(codes::V031))
        } else {
            Ok((prepared, why))
        }
    }

    /// The limits that a line falls under; a line that pays nothing touches none.
    fn prepare(
        &self,
        view: &RowView,
        classes: &[u32],
        line: Line,
        lacking: &mut bool,
    ) -> Result<(Profile, Option<(u32, i64)>), Stop> {
        let rules = &self.known.rules;
        let mut profile = Profile {
            cover: line.cover as u16,
            harm: rules.harm(classes).unwrap_or_default() as u16,
            limits: Vec::new(),
        };
        let mut injury = None;
        for (at, limit) in self.program().limits.iter().enumerate().filter(|_| line.amount != 0) {
            match rules.passes(at, line.cover, classes) {
                Ok(false) => continue,
                Ok(true) => {}
                Err(_) => *lacking = true,
            }
            let facts = limit.keys.iter().filter_map(|key| key_fact(self.program(), *key));
            *lacking |= facts
                .into_iter()
                .any(|fact| view.code(fact).is_none() && view.batch.columns[fact].is_blank(view.row));
            let ranks = rules.ranks(at, line.cover, classes);
            *lacking |= ranks.is_err();
            if injury.is_none() && matches!(limit.rule, Rule::Largest { raise: true }) {
                injury = view.injury(classes, line)?;
            }
            profile.limits.push((at as u16, ranks.unwrap_or_default()));
        }
        Ok((profile, injury))
    }
}

/// The fact that a key reads; years of events read the event.
fn key_fact(program: &Program, key: program::Key) -> Option<usize> {
    match key {
        program::Key::Fact(fact) => Some(fact),
        program::Key::Year => program.known.event.filter(|_| program.years.of_event),
    }
}

/// Facts that keys of limits read
fn needed(program: &Program) -> Vec<usize> {
    let keys = program.limits.iter().flat_map(|l| &l.keys);
    let mut needed: Vec<usize> = keys.filter_map(|key| key_fact(program, *key)).collect();
    needed.sort_unstable();
    needed.dedup();
    needed
}

/// The value of an enumeration column at a row, a blank as its default.
pub fn code_of(kind: &Kind, column: &Column, row: usize) -> Option<u16> {
    let default = match kind {
        Kind::Enumeration { default, .. } => default.map(|d| d as u16),
        _ => None,
    };
    match column {
        Column::Codes(codes) => Some(codes[row]).filter(|code| *code != NO_CODE).or(default),
        _ => None,
    }
}
