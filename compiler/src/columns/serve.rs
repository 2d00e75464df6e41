//! The lines of one group in the order in which a limit serves them.

#![allow(
    clippy::indexing_slicing,
    reason = "lines, rows, covers and profiles are numbered by what sized the lists here"
)]

use super::amount::overflow;
use super::decide::Stop;
use super::gather::Group;
use super::limits::Settling;
use super::share::{Bound, Ratio};
use crate::emit::program::{Limit, Tier};
use crate::evaluate::Refusal;
use anlan_lang::diag::codes;
use std::borrow::Cow;
use std::cmp::Ordering;

/// Serves the groups of one limit.
#[derive(Debug)]
pub struct Server<'s, 'a, 'p> {
    settling: &'s Settling<'a, 'p>,
    /// The limit
    index: usize,
    /// (tier, line)
    keyed: Vec<(u128, u32)>,
    by_day: ByDay,
}

impl<'s, 'a, 'p> Server<'s, 'a, 'p> {
    pub fn new(settling: &'s Settling<'a, 'p>, index: usize) -> Self {
        Server {
            settling,
            index,
            keyed: Vec::new(),
            by_day: ByDay::default(),
        }
    }

    /// What the lines of a group keep under a limit that binds; lines that keep all they had are left out.
    pub fn serve(&mut self, limit: &Limit, group: Group, bound: Bound, kept: &mut Vec<(u32, i64)>) -> Result<(), Stop> {
        let lines = &self.settling.book.lines;
        let left = &lines.left;
        if let [line] = group.lines {
            let alone = bound.alone(left[*line as usize], limit.ratio_to);
            kept.push((*line, alone.ok_or_else(overflow)?));
            return Ok(());
        }
        let mut some = Vec::new();
        let mut served = group;
        // Lines of which nothing is left are in a group only for what they would be alone.
        if !lines.alone.is_empty() {
            some.extend(group.lines.iter().copied().filter(|line| left[*line as usize] != 0));
            served = Group {
                lines: &some,
                days: &[],
                ..group
            };
        }
        if !limit.exhaustion_stated && served.lines.len() > 1 {
            // The catalogue names the limit; the shell has its names.
            return Err(Stop::Run(Box::new(
                Refusal::new(codes::V043).arg("name", limit.id.as_str()),
            )));
        }
        let mut before = 0i64;
        match limit.tiers.as_slice() {
            [] => self.tier(limit, served.lines, bound, &mut before, kept),
            [Tier::Date] => self.by_date(limit, served, bound, kept),
            _ => {
                let mut keyed = std::mem::take(&mut self.keyed);
                keyed.clear();
                self.keys(limit, served.lines, &mut keyed)?;
                keyed.sort_unstable();
                let mut tier = Vec::new();
                for same in keyed.chunk_by(|a, b| a.0 == b.0) {
                    tier.clear();
                    tier.extend(same.iter().map(|(_, line)| *line));
                    self.tier(limit, &tier, bound, &mut before, kept)?;
                }
                self.keyed = keyed;
                Ok(())
            }
        }
    }

    fn by_date(&mut self, limit: &Limit, group: Group, bound: Bound, kept: &mut Vec<(u32, i64)>) -> Result<(), Stop> {
        let book = self.settling.book;
        let mut by_day = std::mem::take(&mut self.by_day);
        let day = |line: &u32| book.days[book.lines.row[*line as usize] as usize];
        let given: Cow<[u32]> = match group.days {
            [] => group.lines.iter().map(day).collect(),
            days => days.into(),
        };
        let (lines, days) = by_day.sorted(group.lines, &given);
        let (mut before, mut start) = (0i64, 0);
        for same in days.chunk_by(|a, b| a == b) {
            let end = start + same.len();
            self.tier(limit, &lines[start..end], bound, &mut before, kept)?;
            start = end;
        }
        self.by_day = by_day;
        Ok(())
    }

    /// The tiers of lines as one number each: equal tiers have equal numbers, and earlier ones smaller.
    fn keys(&self, limit: &Limit, lines: &[u32], into: &mut Vec<(u128, u32)>) -> Result<(), Stop> {
        let book = self.settling.book;
        let places = match limit.tiers.iter().any(|tier| matches!(tier, Tier::Claim)) {
            true => self.places(lines)?,
            false => Vec::new(),
        };
        for (at, line) in lines.iter().copied().enumerate() {
            let row = book.lines.row[line as usize];
            let profile = &self.settling.profiles[book.lines.profile[line as usize] as usize];
            let ranks = profile
                .limits
                .iter()
                .find(|(limit, _)| usize::from(*limit) == self.index);
            let mut key = 0u128;
            for (i, tier) in limit.tiers.iter().enumerate() {
                let part = match tier {
                    Tier::Date => book.days[row as usize],
                    Tier::Event => self.event_order(row),
                    Tier::Claim => places[at],
                    Tier::Rank(_) => ranks.and_then(|(_, ranks)| ranks.get(i)).copied().unwrap_or_default(),
                };
                // Four tiers fit; the language has no more kinds of them.
                key = key << 32 | u128::from(part);
            }
            into.push((key, line));
        }
        Ok(())
    }

    /// Place of each line's claim among the lines' claims by code point.
    fn places(&self, lines: &[u32]) -> Result<Vec<u32>, Stop> {
        let rows: Vec<u32> = lines
            .iter()
            .map(|line| self.settling.book.lines.row[*line as usize])
            .collect();
        let texts = self.texts(&rows)?;
        let mut order: Vec<u32> = (0..rows.len() as u32).collect();
        order.sort_unstable_by(|a, b| texts[*a as usize].cmp(&texts[*b as usize]));
        let mut places = vec![0; rows.len()];
        let mut place = 0;
        for pair in order.windows(2) {
            if rows[pair[0] as usize] != rows[pair[1] as usize] {
                place += 1;
            }
            places[pair[1] as usize] = place;
        }
        Ok(places)
    }

    /// The claim ids of ascending rows
    fn texts(&self, rows: &[u32]) -> Result<Vec<Box<[u8]>>, Stop> {
        let texts = self.settling.book.claims.some(rows);
        texts.map_err(|error| Stop::Run(Box::new(super::unreadable(&error))))
    }

    fn event_order(&self, row: u32) -> u32 {
        let book = self.settling.book;
        let event = book.event_of(row).and_then(|event| book.events.get(event as usize));
        event.map_or(0, |event| event.order)
    }

    /// One tier of a group: all of it, nothing of it, or its part by largest remainder.
    fn tier(
        &mut self,
        limit: &Limit,
        lines: &[u32],
        bound: Bound,
        before: &mut i64,
        kept: &mut Vec<(u32, i64)>,
    ) -> Result<(), Stop> {
        // What is left of them need not be looked at where nothing is left for them.
        if matches!(bound, Bound::UpTo(most) if *before >= most) {
            kept.extend(lines.iter().map(|line| (*line, 0)));
            return Ok(());
        }
        let left = &self.settling.book.lines.left;
        let sum = lines
            .iter()
            .try_fold(0i64, |sum, line| sum.checked_add(left[*line as usize]));
        let sum = sum.ok_or_else(overflow)?;
        let room = bound.room(*before, sum);
        *before = before.checked_add(sum).ok_or_else(overflow)?;
        if room >= sum {
            return Ok(());
        }
        if room == 0 {
            kept.extend(lines.iter().map(|line| (*line, 0)));
            return Ok(());
        }
        let ratio = Ratio::of(room, sum, limit.ratio_to).ok_or_else(overflow)?;
        let (target, _) = ratio.part(sum).ok_or_else(overflow)?;
        match ratio.is_short() {
            // Most remainders fit 64 bits, of which there may be as many as there are claims.
            true => self.in_parts(lines, (ratio, target), |rest| rest as u64, kept),
            false => self.in_parts(lines, (ratio, target), |rest| rest, kept),
        }
    }

    /// Each line's part rounded down, and what is then left of the target by largest remainder.
    fn in_parts<R: Copy + Ord>(
        &mut self,
        lines: &[u32],
        (ratio, target): (Ratio, i64),
        short: impl Fn(i128) -> R,
        kept: &mut Vec<(u32, i64)>,
    ) -> Result<(), Stop> {
        let left = &self.settling.book.lines.left;
        let first = kept.len();
        let mut rests: Vec<R> = Vec::with_capacity(lines.len());
        let mut given = 0;
        for line in lines {
            let (part, rest) = ratio.part(left[*line as usize]).ok_or_else(overflow)?;
            given += part;
            rests.push(short(rest));
            kept.push((*line, part));
        }
        let missing = usize::try_from(target - given).unwrap_or(0);
        self.largest(&rests, missing, &mut kept[first..])
    }

    /// Gives 1 分 each to so many lines with the largest remainders, ties in the total order.
    fn largest<R: Copy + Ord>(&mut self, rests: &[R], count: usize, kept: &mut [(u32, i64)]) -> Result<(), Stop> {
        if count == 0 {
            return Ok(());
        }
        if count >= rests.len() {
            kept.iter_mut().for_each(|(_, part)| *part += 1);
            return Ok(());
        }
        let mut order = rests.to_vec();
        let (_, edge, _) = order.select_nth_unstable_by(count, |a, b| b.cmp(a));
        let (mut left, mut tied) = (count, Vec::new());
        for ((line, part), rest) in kept.iter_mut().zip(rests) {
            match (*rest).cmp(edge) {
                Ordering::Greater => {
                    *part += 1;
                    left -= 1;
                }
                Ordering::Equal => tied.push(*line),
                Ordering::Less => {}
            }
        }
        let mut lucky = self.firsts(tied, left)?;
        lucky.sort_unstable();
        let mut lucky = lucky.iter().peekable();
        // Lines of a tier ascend.
        for (line, part) in kept {
            if lucky.next_if(|next| *next == line).is_some() {
                *part += 1;
            }
        }
        Ok(())
    }

    /// The first lines in the total order: date, event, claim, cover id.
    pub fn firsts(&mut self, mut lines: Vec<u32>, count: usize) -> Result<Vec<u32>, Stop> {
        let book = self.settling.book;
        if count >= lines.len() || count == 0 {
            lines.truncate(count);
            return Ok(lines);
        }
        let early = |line: &u32| {
            let row = book.lines.row[*line as usize];
            (book.days[row as usize], self.event_order(row))
        };
        let (_, last, _) = lines.select_nth_unstable_by_key(count, early);
        let edge = early(last);
        let mut first: Vec<u32> = lines.iter().copied().filter(|line| early(line) < edge).collect();
        let mut tied: Vec<u32> = lines.into_iter().filter(|line| early(line) == edge).collect();
        tied.sort_unstable();
        let rows: Vec<u32> = tied.iter().map(|line| book.lines.row[*line as usize]).collect();
        let texts = self.texts(&rows)?;
        let cover = |line: u32| {
            let profile = &self.settling.profiles[book.lines.profile[line as usize] as usize];
            self.settling.cover_order[usize::from(profile.cover)]
        };
        let mut named: Vec<(Box<[u8]>, u32, u32)> = texts
            .into_iter()
            .zip(tied)
            .map(|(text, line)| (text, cover(line), line))
            .collect();
        let count = count - first.len();
        if count < named.len() {
            named.select_nth_unstable(count);
            named.truncate(count);
        }
        first.extend(named.into_iter().map(|(_, _, line)| line));
        Ok(first)
    }
}

/// Sorts lines by day, again and again in the same memory.
#[derive(Debug, Default)]
struct ByDay {
    lines: Vec<u32>,
    days: Vec<u32>,
    /// Place of the next line of each day
    next: Vec<u32>,
}

impl ByDay {
    /// Lines and their days in the order of days; lines of one day stay as they are. Days that lie close together are
    /// counted.
    fn sorted<'l>(&'l mut self, lines: &'l [u32], days: &'l [u32]) -> (&'l [u32], &'l [u32]) {
        let (Some(first), Some(last)) = (days.iter().min(), days.iter().max()) else {
            return (lines, days);
        };
        if days.is_sorted() {
            return (lines, days);
        }
        let span = (last - first) as usize + 1;
        if span > days.len() {
            let mut pairs: Vec<(u32, u32)> = days.iter().copied().zip(lines.iter().copied()).collect();
            pairs.sort_by_key(|(day, _)| *day);
            (self.days, self.lines) = pairs.into_iter().unzip();
            return (&self.lines, &self.days);
        }
        self.next.clear();
        self.next.resize(span, 0);
        days.iter().for_each(|day| self.next[(day - first) as usize] += 1);
        self.days.clear();
        let mut start = 0;
        for (day, next) in (*first..).zip(&mut self.next) {
            let end = start + *next;
            self.days.resize(end as usize, day);
            *next = start;
            start = end;
        }
        self.lines.clear();
        self.lines.resize(lines.len(), 0);
        for (line, day) in lines.iter().zip(days) {
            let place = &mut self.next[(day - first) as usize];
            self.lines[*place as usize] = *line;
            *place += 1;
        }
        (&self.lines, &self.days)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_in_order_and_lines_of_one_day_stay_as_they_are() {
        // Close together they are counted, far apart compared.
        let mut by_day = ByDay::default();
        for apart in [1, 100_000] {
            for count in [0, 1, 2, 7, 1_000] {
                let days: Vec<u32> = (0..count).map(|at| 20_260_101 + at * 7_919 % 23 * apart).collect();
                let lines: Vec<u32> = (0..count).map(|at| at * 3).collect();
                let mut expected: Vec<(u32, u32)> = days.iter().copied().zip(lines.iter().copied()).collect();
                expected.sort_by_key(|(day, _)| *day);
                let (lines, days) = by_day.sorted(&lines, &days);
                let found: Vec<(u32, u32)> = days.iter().copied().zip(lines.iter().copied()).collect();
                assert_eq!(found, expected, "{apart} {count}");
            }
        }
    }
}
