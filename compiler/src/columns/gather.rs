//! The lines under one limit by group: all lines with equal keys together, in the order of their rows.

#![allow(
    clippy::indexing_slicing,
    reason = "lines, rows, profiles and groups are numbered by what sized the lists here"
)]

use super::encode::{Column, NO_CODE};
use super::limits::Settling;
use crate::emit::program::{Key, Limit};
use crate::evaluate::Refusal;
use anlan_lang::diag::codes;
use rustc_hash::FxHashMap;
use std::collections::HashMap;

/// (key, line)
type Entry = (u64, u32);

/// The groups of a limit that may bind.
#[derive(Debug)]
pub(super) enum Gathered {
    /// One group after another, each up to its end; none is empty.
    Groups { lines: Vec<u32>, ends: Vec<usize> },
    /// In the order of lines
    Entries(Vec<Entry>),
}

impl Gathered {
    /// Two parts for two threads, no group in both; one where it is not worth it.
    pub fn halves(self) -> Vec<Gathered> {
        match self {
            Gathered::Groups { mut lines, mut ends } if lines.len() >= PARTITION * 4 => {
                let first = ends.partition_point(|end| *end <= lines.len() / 2).max(1);
                let middle = ends[first - 1];
                let rest = Gathered::Groups {
                    lines: lines.split_off(middle),
                    ends: ends.split_off(first).into_iter().map(|end| end - middle).collect(),
                };
                vec![Gathered::Groups { lines, ends }, rest]
            }
            Gathered::Entries(entries) if entries.len() >= PARTITION * 4 => {
                let (first, second): (Vec<_>, Vec<_>) =
                    entries.into_iter().partition(|(key, _)| spread(*key) >> 63 == 0);
                vec![Gathered::Entries(first), Gathered::Entries(second)]
            }
            few => vec![few],
        }
    }

    /// Calls `each` with the lines of every group.
    pub fn each(self, each: &mut dyn FnMut(&[u32])) {
        match self {
            Gathered::Groups { lines, ends } => {
                let mut start = 0;
                for end in ends {
                    each(&lines[start..end]);
                    start = end;
                }
            }
            Gathered::Entries(mut entries) => {
                let mut lines: Vec<u32> = Vec::new();
                partitions(&mut entries, &mut |part| {
                    // Stable: lines of one group stay in the order of their rows.
                    part.sort_by_key(|(key, _)| *key);
                    for group in part.chunk_by(|a, b| a.0 == b.0) {
                        lines.clear();
                        lines.extend(group.iter().map(|(_, line)| *line));
                        each(&lines);
                    }
                });
            }
        }
    }
}

impl Settling<'_, '_> {
    /// The lines under the limit by group; `None` where no group can bind.
    pub(super) fn gathered(&self, limit: &Limit, under: &[bool]) -> Result<Option<Gathered>, Refusal> {
        let parts = self.parts(limit);
        let domain = parts
            .iter()
            .try_fold(1u64, |product, part| product.checked_mul(part.size()));
        let count = self.book.lines.row.len();
        match domain.filter(|domain| *domain <= MOST_COUNTED && *domain <= 4 * count as u64 + 1024) {
            // Most limits are kept by one fact, whose values are then the keys.
            Some(domain) => match parts.as_slice() {
                [Part::Ids(ids, size) | Part::Years(ids, size)] => {
                    self.counted(limit, &parts, under, domain, |row| u64::from(ids[row]).min(*size))
                }
                _ => self.counted(limit, &parts, under, domain, |row| key(&parts, row)),
            },
            None => self.entries(limit, &parts, under, domain.is_some()).map(Some),
        }
    }

    fn is_member(&self, line: usize, under: &[bool]) -> bool {
        let lines = &self.book.lines;
        under[lines.profile[line] as usize] && lines.worth(line) > 0
    }

    /// With few groups it is counted beforehand how many lines each has, and known which of them bind.
    fn counted(
        &self,
        limit: &Limit,
        parts: &[Part],
        under: &[bool],
        domain: u64,
        key: impl Fn(usize) -> u64,
    ) -> Result<Option<Gathered>, Refusal> {
        let lines = &self.book.lines;
        let mut groups = vec![(0i64, 0u32); domain as usize];
        let mut open = false;
        let members = || (0..lines.row.len()).filter(|line| self.is_member(*line, under));
        for line in members() {
            let row = lines.row[line] as usize;
            let (sum, count) = &mut groups[key(row) as usize];
            *sum = sum.saturating_add(lines.left[line]);
            *count += 1;
            open |= parts.iter().any(|part| part.is_open(row));
        }
        let fixed = self.fixed(limit);
        // From here on each group has the place of its next line; one that does not bind has none.
        let mut next: Vec<usize> = Vec::with_capacity(groups.len());
        let mut ends = Vec::new();
        let mut end = 0;
        for (sum, count) in &groups {
            if *count == 0 || fixed.is_some_and(|most| *sum <= most) {
                next.push(usize::MAX);
                continue;
            }
            next.push(end);
            end += *count as usize;
            ends.push(end);
        }
        if ends.is_empty() {
            return Ok(None);
        }
        if open {
            return Err(Refusal::new(codes::V045));
        }
        let mut gathered = vec![0u32; end];
        for line in members() {
            let place = &mut next[key(lines.row[line] as usize) as usize];
            if *place != usize::MAX {
                gathered[*place] = line as u32;
                *place += 1;
            }
        }
        Ok(Some(Gathered::Groups { lines: gathered, ends }))
    }

    /// With many groups, the lines of those that may bind; `numbered`: each combination of parts has a number.
    fn entries(&self, limit: &Limit, parts: &[Part], under: &[bool], numbered: bool) -> Result<Gathered, Refusal> {
        let lines = &self.book.lines;
        let members = || (0..lines.row.len()).filter(|line| self.is_member(*line, under));
        let sums = self.fixed(limit).filter(|_| numbered).map(|most| {
            let keyed = members().map(|line| (key(parts, lines.row[line] as usize), lines.left[line]));
            Sums::of(keyed, lines.row.len(), most)
        });
        let mut entries: Vec<Entry> = Vec::new();
        let mut combined: HashMap<Vec<u64>, u64> = HashMap::new();
        for line in members() {
            let row = lines.row[line] as usize;
            if parts.iter().any(|part| part.is_open(row)) {
                return Err(Refusal::new(codes::V045));
            }
            let key = match numbered {
                true => key(parts, row),
                false => {
                    let next = combined.len() as u64;
                    let parts = parts.iter().map(|part| part.at(row)).collect();
                    *combined.entry(parts).or_insert(next)
                }
            };
            if sums.as_ref().is_none_or(|sums| sums.may_bind(key)) {
                entries.push((key, line as u32));
            }
        }
        Ok(Gathered::Entries(entries))
    }

    fn parts(&self, limit: &Limit) -> Vec<Part<'_>> {
        let program = self.book.program;
        let part = |key: &Key| match key {
            Key::Year => Part::Years(&self.year_of_row, self.years.len() as u64),
            Key::Fact(fact) => match self.book.key(*fact) {
                // Claims are not told apart: each accepted row is one.
                None => Part::Rows(u64::from(self.book.rows())),
                Some(Column::Ids(ids)) => {
                    let size = self.encoder.texts(*fact).len().max(self.encoder.ratios(*fact).len());
                    Part::Ids(ids, size as u64)
                }
                Some(Column::Codes(codes)) => Part::Codes(codes, program.values(*fact).len().max(2) as u64),
                Some(Column::Numbers(numbers)) => {
                    let mut known: FxHashMap<i64, u32> = FxHashMap::default();
                    let ids = numbers.iter().map(|number| {
                        let next = known.len() as u32;
                        *known.entry(*number).or_insert(next)
                    });
                    Part::Numbers(ids.collect(), numbers.len() as u64)
                }
            },
        };
        limit.keys.iter().map(part).collect()
    }
}

/// At most so many groups are counted beforehand.
const MOST_COUNTED: u64 = 1 << 22;

/// One part of a key, by row
#[derive(Debug)]
enum Part<'a> {
    Ids(&'a [u32], u64),
    Codes(&'a [u16], u64),
    Numbers(Vec<u32>, u64),
    Years(&'a [u32], u64),
    Rows(u64),
}

impl Part<'_> {
    /// How many values there are, a blank among them.
    fn size(&self) -> u64 {
        match self {
            Part::Ids(_, size)
            | Part::Codes(_, size)
            | Part::Numbers(_, size)
            | Part::Years(_, size)
            | Part::Rows(size) => size + 1,
        }
    }
    #[inline]
    fn at(&self, row: usize) -> u64 {
        match self {
            // A blank is the last value.
            Part::Ids(ids, size) | Part::Years(ids, size) => u64::from(ids[row]).min(*size),
            Part::Codes(codes, size) => match codes[row] {
                NO_CODE => *size,
                code => u64::from(code),
            },
            Part::Numbers(ids, size) => ids.get(row).map_or(*size, |id| u64::from(*id)),
            Part::Rows(_) => row as u64,
        }
    }
    fn is_open(&self, row: usize) -> bool {
        matches!(self, Part::Years(years, _) if years[row] == u32::MAX)
    }
}

#[inline]
fn key(parts: &[Part], row: usize) -> u64 {
    parts.iter().fold(0, |key, part| key * part.size() + part.at(row))
}

/// Sums over keys that share a place: a group binds only where the sum of its place exceeds the cap.
#[derive(Debug)]
struct Sums {
    bits: u32,
    /// In units of `1 << shift` 分, rounded up, up to the largest number
    sums: Vec<u32>,
    most: u32,
}

impl Sums {
    fn of(keyed: impl Iterator<Item = (u64, i64)>, count: usize, most: i64) -> Self {
        let bits = count.max(1 << 10).next_power_of_two().trailing_zeros().min(26);
        let most = most.max(0) as u64;
        let shift = (u64::BITS - most.leading_zeros()).saturating_sub(31);
        let mut sums = vec![0u32; 1 << bits];
        for (key, amount) in keyed {
            let sum = &mut sums[(spread(key) >> (64 - bits)) as usize];
            let units = (amount.max(0) as u64).div_ceil(1 << shift);
            *sum = sum.saturating_add(u32::try_from(units).unwrap_or(u32::MAX));
        }
        Sums {
            bits,
            sums,
            most: (most >> shift) as u32,
        }
    }
    #[inline]
    fn may_bind(&self, key: u64) -> bool {
        self.sums[(spread(key) >> (64 - self.bits)) as usize] > self.most
    }
}

/// Lines of one partition stay within the nearest caches.
const PARTITION: usize = 1 << 14;

/// Spread of keys over partitions; equal keys fall into one.
#[inline]
fn spread(key: u64) -> u64 {
    key.wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// Calls `each` with parts of the entries, no group in two of them.
fn partitions(entries: &mut [Entry], each: &mut dyn FnMut(&mut [Entry])) {
    let bits = (entries.len() / PARTITION).next_power_of_two().trailing_zeros().min(12);
    if bits == 0 {
        each(entries);
        return;
    }
    // The first bit chose the half.
    let of = |key: u64| (spread(key) << 1 >> (64 - bits)) as usize;
    let mut starts = vec![0usize; (1 << bits) + 1];
    for (key, _) in entries.iter() {
        starts[of(*key) + 1] += 1;
    }
    for i in 1..starts.len() {
        starts[i] += starts[i - 1];
    }
    let mut next = starts.clone();
    let mut parted = vec![(0u64, 0u32); entries.len()];
    for entry in entries.iter() {
        let place = &mut next[of(entry.0)];
        parted[*place] = *entry;
        *place += 1;
    }
    for bounds in starts.windows(2) {
        each(&mut parted[bounds[0]..bounds[1]]);
    }
}
