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
use super::encode::Encoder;
use super::gather::{Gathered, Group};
use super::group::GroupView;
use super::row::Known;
use super::serve::Server;
use super::share::Bound;
use crate::emit::program::{Choice, Key, Limit, Money, Rule};
use crate::evaluate::Refusal;
use anlan_lang::diag::codes;

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

/// A line and what it keeps
type Kept = (u32, i64);

/// What a limit did.
#[derive(Debug, Default)]
pub struct Applied {
    /// What lines keep, where that is less than they had, of each thread
    pub kept: Vec<Vec<Kept>>,
    /// What lines would keep alone, where rules read it
    pub alone: Vec<Kept>,
    /// Why groups refuse the run, with the group's lines
    pub refused: Vec<(Vec<u32>, Stop)>,
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
        let Some(gathered) = self.gathered(limit, &under)? else {
            return Ok(Applied::default());
        };
        let halves = gathered.halves();
        let mut applied = std::thread::scope(|scope| {
            let work = |half: Gathered| move || self.groups(index, limit, half);
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
        let mut cut = Vec::new();
        for (line, left) in (0u32..).zip(&lines.left) {
            if *left > most && under[lines.profile[line as usize] as usize] {
                let kept = Bound::UpTo(most).alone(*left, limit.ratio_to);
                cut.push((line, kept.ok_or_else(|| Refusal::new(codes::V044))?));
            }
        }
        Ok(Applied {
            kept: vec![cut],
            ..Applied::default()
        })
    }

    fn groups(&self, index: usize, limit: &Limit, gathered: Gathered) -> Applied {
        let mut applied = Applied::default();
        // Room for all at once: what is not used is never touched, and growing would copy.
        let mut kept = Vec::with_capacity(gathered.count());
        let mut server = Server::new(self, index);
        let most = self.fixed(limit);
        gathered.each(&mut |group| {
            if let (Some(most), Some(total)) = (most, self.total(group))
                && total <= most
            {
                return;
            }
            if let Err(stop) = self.group(limit, group, &mut server, (&mut kept, &mut applied.alone)) {
                applied.refused.push((group.lines.to_vec(), stop));
            }
        });
        applied.kept.push(kept);
        applied
    }

    /// What is left of a group's lines together; `None` where that overflows.
    fn total(&self, group: Group) -> Option<i64> {
        let left = &self.book.lines.left;
        group.total.or_else(|| {
            let mut amounts = group.lines.iter().map(|line| left[*line as usize]);
            amounts.try_fold(0i64, i64::checked_add)
        })
    }

    fn group(
        &self,
        limit: &Limit,
        group: Group,
        server: &mut Server,
        (kept, alone): (&mut Vec<Kept>, &mut Vec<Kept>),
    ) -> Result<(), Stop> {
        let view = GroupView {
            settling: self,
            limit,
            lines: group.lines,
        };
        let Some(bound) = view.bound()? else { return Ok(()) };
        if !self.book.lines.alone.is_empty() {
            view.alone(bound, alone)?;
        }
        if bound.binds(self.total(group).ok_or_else(overflow)?) {
            server.serve(limit, group, bound, kept)?;
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

    /// A cap that is the same for every group, where nothing else of a group is read.
    pub(super) fn fixed(&self, limit: &Limit) -> Option<i64> {
        match &limit.rule {
            Rule::UpTo(money) if self.book.lines.alone.is_empty() => fixed(money),
            _ => None,
        }
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

/// Of fewer than one cut in so many lines, a list of its own is kept.
const SORTED: usize = 8;

impl Cuts {
    /// From lines with what they keep of what they had; updates `left`.
    pub fn taken(kept: Vec<Vec<Kept>>, left: &mut [i64]) -> Self {
        let lines = left.len();
        let count: usize = kept.iter().map(Vec::len).sum();
        let taken = kept.into_iter().flatten().filter_map(|(line, kept)| {
            let left = &mut left[line as usize];
            let cut = *left - kept;
            *left = kept;
            (cut != 0).then_some((line, cut))
        });
        // Many cuts are cheaper to put in their places than to sort.
        if count * SORTED > lines {
            let mut all = vec![0i64; lines];
            taken.for_each(|(line, cut)| all[line as usize] = cut);
            return Cuts::All(all);
        }
        let mut some: Vec<(u32, i64)> = taken.collect();
        if some.is_empty() {
            return Cuts::None;
        }
        some.sort_unstable_by_key(|(line, _)| *line);
        Cuts::Some(some)
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
}
