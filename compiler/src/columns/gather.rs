//! The lines under one limit by group: all lines with equal keys together, in the order of their rows.

#![allow(
    clippy::indexing_slicing,
    reason = "lines, rows, profiles and groups are numbered by what sized the lists here"
)]

use super::bits::Bits;
use super::encode::{Column, NO_CODE};
use super::limits::Settling;
use crate::emit::program::{Key, Limit, Tier};
use crate::evaluate::Refusal;
use anlan_lang::diag::codes;
use rustc_hash::FxHashMap;
use std::collections::HashMap;

/// (key, line)
type Entry = (u64, u32);

/// The lines of one group.
#[derive(Debug, Clone, Copy)]
pub(super) struct Group<'g> {
    pub lines: &'g [u32],
    /// Their days of loss, where they were gathered; else empty
    pub days: &'g [u32],
    /// What is left of them together, where that is known
    pub total: Option<i64>,
}

/// The groups of a limit that may bind.
#[derive(Debug)]
pub(super) enum Gathered {
    /// One group after another
    Groups(Groups),
    /// Lines of one group in their order
    Entries(Vec<Entry>),
}

/// Groups that were counted.
#[derive(Debug, Default)]
pub(super) struct Groups {
    lines: Vec<u32>,
    /// One for each line, or none
    days: Vec<u32>,
    /// The end of each group, which is not empty, and what is left of its lines together
    ends: Vec<(usize, Option<i64>)>,
}

impl Groups {
    /// Takes the second half of the lines off, with whole groups.
    fn split(&mut self) -> Groups {
        let first = self
            .ends
            .partition_point(|(end, _)| *end <= self.lines.len() / 2)
            .max(1);
        let middle = self.ends[first - 1].0;
        Groups {
            lines: self.lines.split_off(middle),
            days: if self.days.is_empty() {
                Vec::new()
            } else {
                self.days.split_off(middle)
            },
            ends: self
                .ends
                .split_off(first)
                .into_iter()
                .map(|(end, total)| (end - middle, total))
                .collect(),
        }
    }
}

impl Gathered {
    /// Two parts for two threads, no group in both; one where it is not worth it.
    pub fn halves(self) -> Vec<Gathered> {
        match self {
            Gathered::Groups(mut groups) if groups.lines.len() >= PARTITION * 4 => {
                let rest = groups.split();
                vec![Gathered::Groups(groups), Gathered::Groups(rest)]
            }
            Gathered::Entries(entries) if entries.len() >= PARTITION * 4 => {
                let (first, second): (Vec<_>, Vec<_>) =
                    entries.into_iter().partition(|(key, _)| spread(*key) >> 63 == 0);
                vec![Gathered::Entries(first), Gathered::Entries(second)]
            }
            few => vec![few],
        }
    }

    /// How many lines there are.
    pub fn count(&self) -> usize {
        match self {
            Gathered::Groups(groups) => groups.lines.len(),
            Gathered::Entries(entries) => entries.len(),
        }
    }

    /// Calls `each` with every group.
    pub fn each(self, each: &mut dyn FnMut(Group)) {
        match self {
            Gathered::Groups(groups) => {
                let mut start = 0;
                for (end, total) in groups.ends {
                    let (lines, days) = (&groups.lines[start..end], groups.days.get(start..end));
                    each(Group {
                        lines,
                        days: days.unwrap_or(&[]),
                        total,
                    });
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
                        each(Group {
                            lines: &lines,
                            days: &[],
                            total: None,
                        });
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
        let mut counted = vec![(0i64, 0u32); domain as usize];
        let mut open = false;
        let members = || (0..lines.row.len()).filter(|line| self.is_member(*line, under));
        for line in members() {
            let row = lines.row[line] as usize;
            let (sum, count) = &mut counted[key(row) as usize];
            *sum = sum.saturating_add(lines.left[line]);
            *count += 1;
            open |= parts.iter().any(|part| part.is_open(row));
        }
        let fixed = self.fixed(limit);
        // From here on each group has the place of its next line; one that does not bind has none.
        let mut next: Vec<usize> = Vec::with_capacity(counted.len());
        let mut ends = Vec::new();
        let mut end = 0;
        for (sum, count) in &counted {
            if *count == 0 || fixed.is_some_and(|most| *sum <= most) {
                next.push(usize::MAX);
                continue;
            }
            next.push(end);
            end += *count as usize;
            // A sum that is as great as can be may be greater.
            ends.push((end, Some(*sum).filter(|sum| *sum < i64::MAX)));
        }
        if ends.is_empty() {
            return Ok(None);
        }
        if open {
            return Err(Refusal::new(codes::V045));
        }
        let mut groups = Groups {
            lines: vec![0u32; end],
            days: if matches!(limit.tiers.as_slice(), [Tier::Date]) {
                vec![0; end]
            } else {
                Vec::new()
            },
            ends,
        };
        for line in members() {
            let row = lines.row[line] as usize;
            let place = &mut next[key(row) as usize];
            if *place != usize::MAX {
                groups.lines[*place] = line as u32;
                if let Some(day) = groups.days.get_mut(*place) {
                    *day = self.book.days[row];
                }
                *place += 1;
            }
        }
        Ok(Some(Gathered::Groups(groups)))
    }

    /// With many groups, the lines of those that may bind; `numbered`: each combination of parts has a number.
    fn entries(&self, limit: &Limit, parts: &[Part], under: &[bool], numbered: bool) -> Result<Gathered, Refusal> {
        let lines = &self.book.lines;
        let members = || (0..lines.row.len()).filter(|line| self.is_member(*line, under));
        let yearly = || parts.iter().filter(|part| matches!(part, Part::Years(..)));
        if yearly().any(|part| members().any(|line| part.is_open(lines.row[line] as usize))) {
            return Err(Refusal::new(codes::V045));
        }
        let most = self.fixed(limit).filter(|_| numbered);
        let mut entries: Vec<Entry> = match (most, numbered) {
            (Some(most), _) => {
                let line = |line: usize| {
                    let key = key(parts, lines.row[line] as usize);
                    (key, line as u32, lines.left[line] > most)
                };
                let several = several(members().map(line), lines.row.len());
                let keyed = |line: u32| (key(parts, lines.row[line as usize] as usize), line);
                several.into_iter().map(keyed).collect()
            }
            (None, true) => members()
                .map(|line| (key(parts, lines.row[line] as usize), line as u32))
                .collect(),
            (None, false) => {
                let mut combined: HashMap<Vec<u64>, u64> = HashMap::new();
                let mut number = |line: usize| {
                    let next = combined.len() as u64;
                    let parts = parts.iter().map(|part| part.at(lines.row[line] as usize));
                    (*combined.entry(parts.collect()).or_insert(next), line as u32)
                };
                members().map(&mut number).collect()
            }
        };
        if let Some(most) = most {
            let keyed = entries.iter().map(|(key, line)| (*key, lines.left[*line as usize]));
            let sums = Sums::of(keyed, entries.len(), most);
            entries.retain(|(key, _)| sums.may_bind(*key));
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

/// Lines whose key occurs more than once, or once with more than may be paid (`true`): where most groups are one line, few
/// lines are left to be looked at. A key may be taken for another that shares its bit. Lines of one key keep their order.
fn several(keyed: impl Iterator<Item = (u64, u32, bool)>, count: usize) -> Vec<u32> {
    // So few keys a part that its bits stay in the nearest caches
    let parts = (count >> 16).next_power_of_two().clamp(1, 1 << 10);
    let shift = 64 - parts.trailing_zeros();
    // The line below 31 more bits of the key's spread and whether it is more than may be paid
    let mut parted: Vec<Vec<u64>> = vec![Vec::with_capacity(count / parts + count / parts / 8); parts];
    for (key, line, alone) in keyed {
        let spread = spread(key);
        let part = spread.checked_shr(shift).unwrap_or(0) as usize;
        let rest = spread << (64 - shift) >> 33;
        parted[part].push(rest << 33 | u64::from(alone) << 32 | u64::from(line));
    }
    let mut bits = Bits::default();
    let mut found = Vec::new();
    for part in parted {
        bits.clear(part.len());
        for entry in &part {
            bits.note(entry >> 33, entry >> 32 & 1 == 1);
        }
        found.extend(
            part.iter()
                .filter(|entry| bits.is_several(**entry >> 33))
                .map(|entry| *entry as u32),
        );
    }
    found
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_of_a_key_that_comes_again_is_left_out() {
        for count in [0u64, 1, 50, 300_000] {
            // Every tenth key comes twice, every hundredth is more than may be paid.
            let keys = (0..count).map(|at| if at % 10 == 9 { at - 5 } else { at });
            let keyed: Vec<(u64, u32, bool)> = keys
                .zip(0u32..)
                .map(|(key, line)| (key.wrapping_mul(0x5851_F42D_4C95_7F2D), line, line.is_multiple_of(100)))
                .collect();
            let found = several(keyed.iter().copied(), keyed.len());
            let wanted = |line: &u32| {
                line % 10 == 9 || line % 10 == 4 && u64::from(line + 5) < count || line.is_multiple_of(100)
            };
            let found: std::collections::HashSet<u32> = found.into_iter().collect();
            assert!(
                (0..count as u32).filter(wanted).all(|line| found.contains(&line)),
                "{count}"
            );
            assert!(
                count < 1_000 || found.len() < count as usize / 2,
                "{} of {count}",
                found.len()
            );
        }
    }
}
