//! One limit after another over all lines (SEMANTICS §4.4–4.6).

#![allow(
    clippy::indexing_slicing,
    reason = "lines, rows, profiles and groups are numbered by what sized the lists here"
)]

use super::amount::overflow;
use super::assess::Profile;
use super::book::Book;
use super::calendar::Year;
use super::decide::Stop;
use super::encode::{Column, Encoder, NO_CODE};
use super::group::GroupView;
use super::row::Known;
use super::serve::Server;
use super::share::Bound;
use crate::emit::program::{Choice, Key, Limit, Money, Rule};
use crate::evaluate::Refusal;
use anlan_lang::diag::codes;
use rustc_hash::FxHashMap;
use std::collections::HashMap;

/// Everything that limits read and do not change.
#[derive(Debug)]
pub struct Settling<'a, 'p> {
    pub book: &'a Book<'p>,
    pub known: &'a Known<'p>,
    pub encoder: &'a Encoder<'p>,
    pub profiles: &'a [Profile],
    /// Year of each row, where a limit is kept by years; `u32::MAX` for none
    pub year_of_row: Vec<u32>,
    pub years: Vec<Year>,
    /// Place of each cover's id by code point
    pub cover_order: Vec<u32>,
}

/// What a limit cut from lines; lines that are not there kept all.
#[derive(Debug, Clone, Default)]
pub enum Cuts {
    #[default]
    None,
    /// Ascending lines with what was cut
    Some(Vec<(u32, i64)>),
    /// One for each line
    All(Vec<i64>),
}

/// What a limit did.
#[derive(Debug, Default)]
pub struct Applied {
    /// What lines keep, where that is less than they had
    pub kept: Vec<(u32, i64)>,
    /// What lines would keep alone, where rules read it
    pub alone: Vec<(u32, i64)>,
    /// Why groups refuse the run, with the group's lines
    pub refused: Vec<(Vec<u32>, Stop)>,
}

/// The lines under one limit, by group: lines with equal keys stand together, groups in the order of their keys.
#[derive(Debug)]
struct Keyed {
    /// (key, line)
    entries: Vec<(u64, u32)>,
}

impl Settling<'_, '_> {
    /// Applies one limit to what the ones before left.
    ///
    /// # Errors
    /// What refuses the run; of several groups that of the first in the total order.
    pub fn apply(&self, index: usize) -> Result<Applied, Refusal> {
        let limit = &self.book.program.limits[index];
        let under: Vec<bool> = self
            .profiles
            .iter()
            .map(|p| p.limits.iter().any(|(at, _)| usize::from(*at) == index))
            .collect();
        if !under.contains(&true) {
            return Ok(Applied::default());
        }
        if self.book.is_alone(limit) && !limit.keys.contains(&Key::Year) {
            // The largest of one line is the line.
            if let Rule::Largest { .. } = limit.rule {
                return Ok(Applied::default());
            }
            if let Some(most) = self.fixed(limit) {
                return self.lines_alone(limit, most, &under);
            }
        }
        let Some(keyed) = self.keyed(limit, &under)? else {
            return Ok(Applied::default());
        };
        let halves = keyed.halves();
        let mut applied = std::thread::scope(|scope| {
            let work = |entries: Vec<(u64, u32)>| move || self.groups(index, limit, entries);
            let mut halves = halves.into_iter();
            let here = halves.next().map(work);
            let there: Vec<_> = halves.map(|half| scope.spawn(work(half))).collect();
            let mut applied = here.map(|work| work()).unwrap_or_default();
            for thread in there {
                // A thread ends early only by a panic, which the lints rule out.
                let more = thread.join().unwrap_or_default();
                applied.kept.extend(more.kept);
                applied.alone.extend(more.alone);
                applied.refused.extend(more.refused);
            }
            applied
        });
        match self.first_refusal(std::mem::take(&mut applied.refused))? {
            Some(refusal) => Err(refusal),
            None => Ok(applied),
        }
    }

    /// A fixed cap on groups of one line each.
    fn lines_alone(&self, limit: &Limit, most: i64, under: &[bool]) -> Result<Applied, Refusal> {
        let lines = &self.book.lines;
        let mut applied = Applied::default();
        for (line, left) in (0u32..).zip(&lines.left) {
            if *left > most && under[lines.profile[line as usize] as usize] {
                let kept = Bound::UpTo(most).alone(*left, limit.ratio_to);
                applied
                    .kept
                    .push((line, kept.ok_or_else(|| Refusal::new(codes::V044))?));
            }
        }
        Ok(applied)
    }

    fn groups(&self, index: usize, limit: &Limit, mut entries: Vec<(u64, u32)>) -> Applied {
        let mut applied = Applied::default();
        let mut server = Server::new(self, index);
        let mut lines: Vec<u32> = Vec::new();
        let left = &self.book.lines.left;
        let most = self.fixed(limit);
        partitions(&mut entries, &mut |part| {
            // Stable: lines of one group stay in the order of their rows. Few keys make few comparisons.
            part.sort_by_key(|(key, _)| *key);
            for group in part.chunk_by(|a, b| a.0 == b.0) {
                let total = group
                    .iter()
                    .try_fold(0i64, |sum, (_, line)| sum.checked_add(left[*line as usize]));
                if most.zip(total).is_some_and(|(most, total)| total <= most) {
                    continue;
                }
                lines.clear();
                lines.extend(group.iter().map(|(_, line)| *line));
                if let Err(stop) = self.group(limit, &lines, &mut server, &mut applied) {
                    applied.refused.push((lines.clone(), stop));
                }
            }
        });
        applied
    }

    fn group(&self, limit: &Limit, lines: &[u32], server: &mut Server, applied: &mut Applied) -> Result<(), Stop> {
        let view = GroupView {
            settling: self,
            limit,
            lines,
        };
        let Some(bound) = view.bound()? else { return Ok(()) };
        if !self.book.lines.alone.is_empty() {
            view.alone(bound, &mut applied.alone)?;
        }
        let left = &self.book.lines.left;
        let total = lines
            .iter()
            .try_fold(0i64, |sum, line| sum.checked_add(left[*line as usize]));
        if bound.binds(total.ok_or_else(overflow)?) {
            server.serve(limit, lines, bound, &mut applied.kept)?;
        }
        Ok(())
    }

    /// The refusal of the group whose first line comes first in the total order.
    fn first_refusal(&self, refused: Vec<(Vec<u32>, Stop)>) -> Result<Option<Refusal>, Refusal> {
        let mut first: Option<(u32, Stop)> = None;
        for (lines, stop) in refused {
            let line = self.first_line(&lines)?;
            let earlier = match &first {
                None => true,
                Some((before, _)) => self.first_line(&[line, *before])? == line,
            };
            if earlier {
                first = Some((line, stop));
            }
        }
        Ok(first.map(|(_, stop)| match stop {
            Stop::Run(refusal) => *refusal,
            Stop::Row(code) => Refusal::new(code),
        }))
    }

    fn first_line(&self, lines: &[u32]) -> Result<u32, Refusal> {
        let mut server = Server::new(self, 0);
        let first = server.firsts(lines.to_vec(), 1).map_err(|stop| match stop {
            Stop::Run(refusal) => *refusal,
            Stop::Row(code) => Refusal::new(code),
        })?;
        Ok(first.first().copied().unwrap_or_default())
    }

    /// The lines under the limit with the keys of their groups; `None` where no group can bind.
    fn keyed(&self, limit: &Limit, under: &[bool]) -> Result<Option<Keyed>, Refusal> {
        let book = self.book;
        let lines = &book.lines;
        let member = |line: usize| under[lines.profile[line] as usize] && lines.worth(line) > 0;
        let parts = self.parts(limit);
        let fixed = self.fixed(limit);
        let domain = parts
            .iter()
            .try_fold(1u64, |product, part| product.checked_mul(part.size()));
        // With few groups it is known beforehand which of them bind.
        let few = domain.filter(|domain| *domain <= 1 << 22 && *domain <= 4 * lines.row.len() as u64 + 1024);
        let binding = match (few, fixed) {
            (Some(domain), Some(most)) => {
                let mut sums = vec![0i64; domain as usize];
                for line in (0..lines.row.len()).filter(|line| member(*line)) {
                    let key = key(&parts, lines.row[line] as usize);
                    let sum = &mut sums[key as usize];
                    *sum = sum.saturating_add(lines.left[line]);
                }
                let binding: Vec<bool> = sums.iter().map(|sum| *sum > most).collect();
                if !binding.contains(&true) {
                    return Ok(None);
                }
                Some(binding)
            }
            _ => None,
        };
        let sums = match (domain, fixed, &binding) {
            (Some(_), Some(most), None) => {
                let member = (0..lines.row.len()).filter(|line| member(*line));
                let keyed = member.map(|line| (key(&parts, lines.row[line] as usize), lines.left[line]));
                Some(Sums::of(keyed, lines.row.len(), most))
            }
            _ => None,
        };
        let mut entries: Vec<(u64, u32)> = Vec::new();
        let mut combined: HashMap<Vec<u64>, u64> = HashMap::new();
        for line in (0..lines.row.len()).filter(|line| member(*line)) {
            let row = lines.row[line] as usize;
            if parts.iter().any(|part| part.is_open(row)) {
                return Err(Refusal::new(codes::V045));
            }
            let key = match domain {
                Some(_) => key(&parts, row),
                None => {
                    let next = combined.len() as u64;
                    *combined
                        .entry(parts.iter().map(|part| part.at(row)).collect())
                        .or_insert(next)
                }
            };
            let may_bind = match (&binding, &sums) {
                (Some(binding), _) => binding[key as usize],
                (None, Some(sums)) => sums.may_bind(key),
                (None, None) => true,
            };
            if may_bind {
                entries.push((key, line as u32));
            }
        }
        Ok(Some(Keyed { entries }))
    }

    /// A cap that is the same for every group, where nothing else of a group is read.
    fn fixed(&self, limit: &Limit) -> Option<i64> {
        match &limit.rule {
            Rule::UpTo(money) if self.book.lines.alone.is_empty() => fixed(money),
            _ => None,
        }
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

/// An amount that is the same for every group
pub fn fixed(money: &Money) -> Option<i64> {
    match &money.choice {
        Choice::Linear(form) if form.x.is_none() => super::amount::Quantity { n: form.b, m: 1 }
            .rounded(money.denominator)
            .ok(),
        _ => None,
    }
}

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

impl Keyed {
    /// Two parts for two threads, no group in both; one where it is not worth it.
    fn halves(self) -> Vec<Vec<(u64, u32)>> {
        if self.entries.len() < PARTITION * 4 {
            return vec![self.entries];
        }
        let (first, second): (Vec<_>, Vec<_>) = self.entries.into_iter().partition(|(key, _)| spread(*key) >> 63 == 0);
        vec![first, second]
    }
}

/// (key, line)
type Entry = (u64, u32);

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

impl Cuts {
    /// From lines with what they keep of what they had; updates `left`.
    pub fn taken(kept: Vec<(u32, i64)>, left: &mut [i64]) -> Self {
        let mut cut: Vec<(u32, i64)> = kept
            .into_iter()
            .filter_map(|(line, kept)| {
                let left = &mut left[line as usize];
                let cut = *left - kept;
                *left = kept;
                (cut != 0).then_some((line, cut))
            })
            .collect();
        if cut.is_empty() {
            return Cuts::None;
        }
        if cut.len() * 2 < left.len() {
            cut.sort_unstable_by_key(|(line, _)| *line);
            return Cuts::Some(cut);
        }
        let mut all = vec![0i64; left.len()];
        for (line, cut) in cut {
            all[line as usize] = cut;
        }
        Cuts::All(all)
    }

    /// What was cut from any line.
    pub fn find(&self, line: u32) -> i64 {
        match self {
            Cuts::None => 0,
            Cuts::All(all) => all[line as usize],
            Cuts::Some(some) => some
                .binary_search_by_key(&line, |(at, _)| *at)
                .map_or(0, |at| some[at].1),
        }
    }

    /// What was cut from a line. `from`: where the search begins, for lines asked in ascending order.
    #[inline]
    pub fn of(&self, line: u32, from: &mut usize) -> i64 {
        match self {
            Cuts::None => 0,
            Cuts::All(all) => all[line as usize],
            Cuts::Some(some) => {
                while some.get(*from).is_some_and(|(at, _)| *at < line) {
                    *from += 1;
                }
                match some.get(*from) {
                    Some((at, cut)) if *at == line => *cut,
                    _ => 0,
                }
            }
        }
    }
}
