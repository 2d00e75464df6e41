//! The lines of one group in the order in which a limit serves them.

#![allow(
    clippy::indexing_slicing,
    reason = "lines, rows, covers and profiles are numbered by what sized the lists here"
)]

use super::amount::overflow;
use super::decide::Stop;
use super::limits::Settling;
use super::share::{Bound, Ratio};
use crate::emit::program::{Limit, Tier};
use crate::evaluate::Refusal;
use anlan_lang::diag::codes;

/// Serves the groups of one limit.
#[derive(Debug)]
pub struct Server<'s, 'a, 'p> {
    settling: &'s Settling<'a, 'p>,
    /// The limit
    index: usize,
    /// (tier, line)
    keyed: Vec<(u128, u32)>,
    /// (day, line) where tiers are days
    short: Vec<(u32, u32)>,
    /// Lines in the order of their days
    tier: Vec<u32>,
    /// Lines of each day, then the place of its next one
    counts: Vec<u32>,
    /// (what was rounded off, line)
    rests: Vec<(i128, u32)>,
}

impl<'s, 'a, 'p> Server<'s, 'a, 'p> {
    pub fn new(settling: &'s Settling<'a, 'p>, index: usize) -> Self {
        Server {
            settling,
            index,
            keyed: Vec::new(),
            short: Vec::new(),
            tier: Vec::new(),
            counts: Vec::new(),
            rests: Vec::new(),
        }
    }

    /// What the lines of a group keep under a limit that binds; lines that keep all they had are left out.
    pub fn serve(
        &mut self,
        limit: &Limit,
        lines: &[u32],
        bound: Bound,
        kept: &mut Vec<(u32, i64)>,
    ) -> Result<(), Stop> {
        let left = &self.settling.book.lines.left;
        if lines.len() == 1 {
            let (line, amount) = (lines[0], left[lines[0] as usize]);
            let alone = bound.alone(amount, limit.ratio_to).ok_or_else(overflow)?;
            kept.push((line, alone));
            return Ok(());
        }
        let served = || lines.iter().copied().filter(|line| left[*line as usize] != 0);
        if !limit.exhaustion_stated && served().take(2).count() > 1 {
            // The catalogue names the limit; the shell has its names.
            return Err(Stop::Run(Box::new(
                Refusal::new(codes::V043).arg("name", limit.id.as_str()),
            )));
        }
        let mut before = 0i64;
        match limit.tiers.as_slice() {
            [] => {
                let all: Vec<u32> = served().collect();
                self.tier(limit, &all, bound, &mut before, kept)
            }
            [Tier::Date] => self.by_date(limit, served(), bound, kept),
            _ => {
                let mut keyed = std::mem::take(&mut self.keyed);
                keyed.clear();
                self.keys(limit, served().collect(), &mut keyed)?;
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

    fn by_date(
        &mut self,
        limit: &Limit,
        served: impl Iterator<Item = u32>,
        bound: Bound,
        kept: &mut Vec<(u32, i64)>,
    ) -> Result<(), Stop> {
        let book = self.settling.book;
        let mut short = std::mem::take(&mut self.short);
        short.clear();
        short.extend(served.map(|line| (book.days[book.lines.row[line as usize] as usize], line)));
        let mut tier = std::mem::take(&mut self.tier);
        by_day(&mut short, &mut tier, &mut self.counts);
        let (mut before, mut start) = (0i64, 0);
        for same in short.chunk_by(|a, b| a.0 == b.0) {
            let end = start + same.len();
            self.tier(limit, &tier[start..end], bound, &mut before, kept)?;
            start = end;
        }
        (self.short, self.tier) = (short, tier);
        Ok(())
    }

    /// The tiers of lines as one number each: equal tiers have equal numbers, and earlier ones smaller.
    fn keys(&self, limit: &Limit, lines: Vec<u32>, into: &mut Vec<(u128, u32)>) -> Result<(), Stop> {
        let book = self.settling.book;
        let places = match limit.tiers.iter().any(|tier| matches!(tier, Tier::Claim)) {
            true => self.places(&lines)?,
            false => Vec::new(),
        };
        for (at, line) in lines.into_iter().enumerate() {
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
        let mut rests = std::mem::take(&mut self.rests);
        rests.clear();
        let first = kept.len();
        let mut given = 0;
        for line in lines {
            let (part, rest) = ratio.part(left[*line as usize]).ok_or_else(overflow)?;
            given += part;
            rests.push((rest, *line));
            kept.push((*line, part));
        }
        let missing = usize::try_from(target - given).unwrap_or(0);
        if missing > 0 {
            let mut lucky = self.largest(&mut rests, missing)?;
            lucky.sort_unstable();
            // Lines of a tier ascend.
            for (line, part) in &mut kept[first..] {
                if lucky.binary_search(line).is_ok() {
                    *part += 1;
                }
            }
        }
        self.rests = rests;
        Ok(())
    }

    /// The lines with the largest remainders, ties in the total order.
    fn largest(&mut self, rests: &mut [(i128, u32)], count: usize) -> Result<Vec<u32>, Stop> {
        if count >= rests.len() {
            return Ok(rests.iter().map(|(_, line)| *line).collect());
        }
        let (_, last, _) = rests.select_nth_unstable_by(count, |a, b| b.0.cmp(&a.0));
        let edge = last.0;
        let mut lucky: Vec<u32> = rests
            .iter()
            .filter(|(rest, _)| *rest > edge)
            .map(|(_, line)| *line)
            .collect();
        let tied: Vec<u32> = rests
            .iter()
            .filter(|(rest, _)| *rest == edge)
            .map(|(_, line)| *line)
            .collect();
        lucky.extend(self.firsts(tied, count - lucky.len())?);
        Ok(lucky)
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

/// Sorts by day, lines of one day staying as they are, and lists the lines. Days that lie close together are counted.
fn by_day(short: &mut Vec<(u32, u32)>, lines: &mut Vec<u32>, counts: &mut Vec<u32>) {
    lines.clear();
    if !short.is_sorted_by_key(|(day, _)| *day) {
        let days = || short.iter().map(|(day, _)| *day);
        let (first, last) = (days().min().unwrap_or_default(), days().max().unwrap_or_default());
        let span = (last - first) as usize + 1;
        if span <= short.len() {
            counts.clear();
            counts.resize(span, 0);
            short.iter().for_each(|(day, _)| counts[(day - first) as usize] += 1);
            let mut next = 0;
            for count in counts.iter_mut() {
                next += std::mem::replace(count, next);
            }
            let mut sorted = vec![(0, 0); short.len()];
            for entry in short.iter() {
                let place = &mut counts[(entry.0 - first) as usize];
                sorted[*place as usize] = *entry;
                *place += 1;
            }
            *short = sorted;
        } else {
            short.sort_by_key(|(day, _)| *day);
        }
    }
    lines.extend(short.iter().map(|(_, line)| *line));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_in_order_and_lines_of_one_day_stay_as_they_are() {
        // Close together they are counted, far apart compared.
        for apart in [1, 100_000] {
            for count in [0, 1, 2, 7, 1_000] {
                let day = |at: u32| 20_260_101 + at * 7_919 % 23 * apart;
                let mut short: Vec<(u32, u32)> = (0..count).map(|at| (day(at), at)).collect();
                let mut expected = short.clone();
                expected.sort_by_key(|(day, _)| *day);
                let mut lines = vec![9];
                by_day(&mut short, &mut lines, &mut Vec::new());
                assert_eq!(short, expected, "{apart} {count}");
                assert!(lines.iter().eq(expected.iter().map(|(_, line)| line)));
            }
        }
    }
}
