//! Settled rows as columns, one stretch of the input after another (SEMANTICS §4.7–4.10).

#![allow(
    clippy::indexing_slicing,
    reason = "rows, lines, limits and insurers are numbered by what sized the lists here"
)]

use super::decide::Why;
use super::encode::Ids;
use super::limits::Cuts;
use super::results::Settled;
use super::share::Shares;
use rustc_hash::FxHashMap;
use std::io;

/// In [`Block::exhausted`]: no limit took all.
pub const NO_LIMIT: u16 = u16::MAX;

/// The settled rows of one stretch of the input, in its order: one value for each in every list. Amounts in 分.
#[derive(Debug, Default)]
pub struct Block {
    /// Positions in the input, from 0
    pub rows: Vec<u32>,
    pub claims: Ids,
    /// The covers of the lines, by number in [`Covers`]
    pub covers: Vec<u32>,
    pub benefit: Vec<i64>,
    pub paid: Vec<i64>,
    pub why: Vec<Why>,
    /// The limit that took the last of what there was, or [`NO_LIMIT`]
    pub exhausted: Vec<u16>,
    /// A list for each limit
    pub cuts: Vec<Vec<i64>>,
    /// A list for each insurer
    pub shares: Vec<Vec<i64>>,
    /// Still due and paid too much, where earlier payments were given
    pub earlier: Option<[Vec<i64>; 2]>,
    /// Positions of the stretch's rejected rows, which stand in no other list
    pub rejected: Vec<u32>,
}

impl Block {
    /// Drops the rows that are not `mine`, a list over the whole input.
    pub(super) fn retain(&mut self, mine: &[bool]) {
        let is_mine = |row: &u32| mine.get(*row as usize).is_some_and(|mine| *mine);
        self.rejected.retain(is_mine);
        let kept: Vec<bool> = self.rows.iter().map(is_mine).collect();
        if kept.iter().all(|kept| *kept) {
            return;
        }
        let mut claims = Ids::default();
        for at in (0..kept.len()).filter(|at| kept[*at]) {
            claims.bytes.extend_from_slice(self.claims.get(at));
            claims.ends.push(claims.bytes.len() as u32);
        }
        self.claims = claims;
        only(&mut self.rows, &kept);
        only(&mut self.covers, &kept);
        only(&mut self.why, &kept);
        only(&mut self.exhausted, &kept);
        let amounts = [&mut self.benefit, &mut self.paid].into_iter();
        let lists = amounts.chain(&mut self.cuts).chain(&mut self.shares);
        lists
            .chain(self.earlier.iter_mut().flatten())
            .for_each(|list| only(list, &kept));
    }
}

fn only<T>(list: &mut Vec<T>, kept: &[bool]) {
    let mut kept = kept.iter();
    list.retain(|_| kept.next().is_some_and(|kept| *kept));
}

/// The sets of covers by which rows are paid, by number: none is 0, one cover its number plus one.
#[derive(Debug)]
pub struct Covers {
    sets: Vec<Vec<u16>>,
    /// The set that one more cover makes of a set
    joined: FxHashMap<(u32, u16), u32>,
}

impl Covers {
    fn new(count: usize) -> Self {
        let single = (0..count as u16).map(|cover| vec![cover]);
        Covers {
            sets: std::iter::once(Vec::new()).chain(single).collect(),
            joined: FxHashMap::default(),
        }
    }

    /// All sets so far, each in the order of its lines.
    pub fn sets(&self) -> &[Vec<u16>] {
        &self.sets
    }

    fn join(&mut self, set: u32, cover: u16) -> u32 {
        if set == 0 {
            return u32::from(cover) + 1;
        }
        let Covers { sets, joined } = self;
        *joined.entry((set, cover)).or_insert_with(|| {
            let mut more = sets[set as usize].clone();
            more.push(cover);
            sets.push(more);
            sets.len() as u32 - 1
        })
    }
}

/// Makes blocks of a settlement, one for each chunk of claim ids.
#[derive(Debug)]
pub(super) struct Blocks<'s, 'p> {
    settled: &'s Settled<'p>,
    pub covers: Covers,
    sharing: Shares,
    /// The next line
    line: usize,
    /// Where the next cut of each limit stands
    from: Vec<usize>,
    /// Place in the block of each of its lines' rows
    places: Vec<u32>,
}

impl<'s, 'p> Blocks<'s, 'p> {
    pub fn new(settled: &'s Settled<'p>) -> Self {
        let program = settled.program;
        let parts = program.insurers.iter().map(|insurer| insurer.parts).collect();
        Blocks {
            covers: Covers::new(program.covers.len()),
            sharing: Shares::new(parts, program.share_denominator),
            line: 0,
            from: vec![0; settled.cuts.len()],
            places: Vec::new(),
            settled,
        }
    }

    /// The block of a chunk; chunks are asked for in order. `None` where a sum overflows.
    pub fn block(&mut self, chunk: usize) -> io::Result<Option<Block>> {
        let book = &self.settled.book;
        let ids = book.claims.chunk(chunk)?;
        let start = book.claims.start(chunk);
        let end = start + ids.ends.len() as u32;
        let mut block = Block::default();
        let (first, last) = (start as usize, end as usize);
        if book.why[first..last].contains(&Why::Rejected) {
            for (row, why) in (start..).zip(&book.why[first..last]) {
                if *why == Why::Rejected {
                    block.rejected.push(row);
                    continue;
                }
                block.rows.push(row);
                block.why.push(*why);
                block.claims.bytes.extend_from_slice(ids.get((row - start) as usize));
                block.claims.ends.push(block.claims.bytes.len() as u32);
            }
        } else {
            block.rows.extend(start..end);
            block.why.extend_from_slice(&book.why[first..last]);
            block.claims = ids.into_owned();
        }
        Ok(self.amounts(&mut block, end).map(|()| block))
    }

    fn amounts(&mut self, block: &mut Block, end: u32) -> Option<()> {
        let rows = block.rows.len();
        block.benefit.resize(rows, 0);
        block.paid.resize(rows, 0);
        block.covers.resize(rows, 0);
        self.lines(block, end)?;
        let first = self.line - self.places.len();
        for (cuts, from) in self.settled.cuts.iter().zip(&mut self.from) {
            block.cuts.push(cut(cuts, from, first, &self.places, rows)?);
        }
        exhausted(block);
        block.shares = self.sharing.columns(&block.paid)?;
        block.earlier = self.settled.earlier.as_ref().map(|earlier| {
            let before = (0..rows).map(|at| earlier.get(block.claims.get(at)).copied().unwrap_or(0));
            let pairs = before.zip(&block.paid).map(|(before, paid)| {
                let due = paid.saturating_sub(before).max(0);
                (due, before.saturating_sub(*paid).max(0))
            });
            let (due, over) = pairs.unzip();
            [due, over]
        });
        Some(())
    }

    /// Benefits, payments and covers of the lines before the row `end`.
    fn lines(&mut self, block: &mut Block, end: u32) -> Option<()> {
        let settled = self.settled;
        let lines = &settled.book.lines;
        let last = self.line + lines.row[self.line..].partition_point(|row| *row < end);
        self.places.clear();
        let mut place = 0;
        for line in self.line..last {
            // Every line has an accepted row.
            while block.rows[place] < lines.row[line] {
                place += 1;
            }
            self.places.push(place as u32);
            let (benefit, paid) = (&mut block.benefit[place], &mut block.paid[place]);
            *benefit = benefit.checked_add(lines.benefit[line])?;
            *paid = paid.checked_add(lines.left[line])?;
            let set = &mut block.covers[place];
            *set = self.covers.join(*set, settled.cover_of(line as u32));
        }
        self.line = last;
        Some(())
    }
}

/// What a limit cut from the rows of lines from `first` on; `None` where a sum overflows.
fn cut(cuts: &Cuts, from: &mut usize, first: usize, places: &[u32], rows: usize) -> Option<Vec<i64>> {
    let mut column = vec![0i64; rows];
    let mut add = |place: u32, cut: i64| {
        let sum = &mut column[place as usize];
        *sum = sum.checked_add(cut)?;
        Some(())
    };
    match cuts {
        Cuts::None => {}
        Cuts::All(all) => {
            for (place, cut) in places.iter().zip(&all[first..]) {
                add(*place, *cut)?;
            }
        }
        Cuts::Some(some) => {
            while let Some((line, cut)) = some.get(*from) {
                let Some(place) = places.get(*line as usize - first) else {
                    break;
                };
                add(*place, *cut)?;
                *from += 1;
            }
        }
    }
    Some(column)
}

/// Which limit took the last of each row that comes to nothing; what such rows were told before is not why.
fn exhausted(block: &mut Block) {
    block.exhausted.resize(block.rows.len(), NO_LIMIT);
    for place in 0..block.rows.len() {
        if block.paid[place] == 0 && block.benefit[place] > 0 {
            let limit = block.cuts.iter().rposition(|cuts| cuts[place] > 0);
            block.exhausted[place] = limit.map_or(NO_LIMIT, |limit| limit as u16);
            block.why[place] = Why::Paid;
        }
    }
}
