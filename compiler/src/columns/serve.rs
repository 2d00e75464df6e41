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
    /// (tier, line) where tiers are short
    short: Vec<u64>,
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
        short.extend(served.map(|line| {
            let day = book.days[book.lines.row[line as usize] as usize];
            u64::from(day) << 32 | u64::from(line)
        }));
        // Stable, and days are few: lines of one day stay as they are.
        short.sort_by_key(|entry| entry >> 32);
        let (mut before, mut tier) = (0i64, Vec::new());
        for same in short.chunk_by(|a, b| a >> 32 == b >> 32) {
            tier.clear();
            tier.extend(same.iter().map(|entry| *entry as u32));
            self.tier(limit, &tier, bound, &mut before, kept)?;
        }
        self.short = short;
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
