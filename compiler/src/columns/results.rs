//! From the book to rows, shares, earlier payments and sums (SEMANTICS §4.7–4.11).

#![allow(
    clippy::indexing_slicing,
    reason = "rows, lines, limits and insurers are numbered by what sized the lists here"
)]

use super::assess::Profile;
use super::book::Book;
use super::calendar::Year;
use super::decide::Why;
use super::encode::{Encoder, date_of, moment_of};
use super::limits::Cuts;
use super::share::Shares;
use crate::emit::program::Program;
use crate::evaluate::{Earlier, EarlierTotals, Inputs, LongEvent, Moment, Refusal, SettledYear, Settlement, Totals};
use crate::money::Fen;
use anlan_lang::diag::{Code, codes};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A settlement whose rows are read one after another.
#[derive(Debug)]
pub struct Settled<'p> {
    pub(super) program: &'p Program,
    pub(super) book: Book<'p>,
    pub(super) profiles: Vec<Profile>,
    /// One for each limit
    pub(super) cuts: Vec<Cuts>,
    /// Paid before, by claim
    pub(super) earlier: Option<FxHashMap<Box<[u8]>, i64>>,
    pub(super) inputs: &'p Inputs,
}

/// One row of the result.
#[derive(Debug)]
pub struct ResultRow<'r> {
    /// Position in the input, from 0
    pub row: u32,
    pub claim: &'r str,
    pub outcome: Outcome<'r>,
}

#[derive(Debug)]
pub enum Outcome<'r> {
    Settled(Paid<'r>),
    Rejected {
        codes: &'r [Code],
        /// How often the claim id occurs, where that is more than once
        occurs: Option<u32>,
    },
}

/// A row that was settled; amounts in 分.
#[derive(Debug)]
pub struct Paid<'r> {
    /// Numbers of the covers of its lines
    pub covers: &'r [u16],
    pub benefit: i64,
    pub paid: i64,
    pub why: Why,
    /// The limit that took the last of it
    pub exhausted: Option<usize>,
    /// One for each limit
    pub cuts: &'r [i64],
    /// One for each insurer
    pub shares: &'r [i64],
    /// Still due and paid too much, where earlier payments were given
    pub earlier: Option<(i64, i64)>,
}

/// One line of the result.
#[derive(Debug)]
pub struct ResultLine<'r> {
    pub row: u32,
    pub claim: &'r str,
    pub cover: u16,
    pub harm: u16,
    pub benefit: i64,
    pub paid: i64,
    pub cuts: &'r [i64],
}

impl Paid<'_> {
    /// The stable code of the reason why nothing is paid; empty where something is.
    pub fn reason_code(&self, program: &Program) -> Cow<'static, str> {
        match self.exhausted {
            Some(limit) => Cow::Owned(format!(
                "limit:{}",
                program.limits.get(limit).map_or("", |l| l.id.as_str())
            )),
            None => Cow::Borrowed(self.why.code().unwrap_or_default()),
        }
    }
}

/// What stops a visit to the rows.
#[derive(Debug)]
pub enum Halt<E> {
    Refused(Box<Refusal>),
    Other(E),
}

impl Settled<'_> {
    /// Number of rows, rejected ones too.
    pub fn count(&self) -> usize {
        self.book.rows() as usize
    }

    /// Calls `visit` with every row in the order of the input, then gives the sums, years, events and absent claims; its
    /// lists of rows and lines are empty.
    ///
    /// # Errors
    /// A sum overflows, ids put aside cannot be read, or `visit` fails.
    pub fn rows<E>(
        &self,
        encoder: &Encoder,
        mut visit: impl FnMut(ResultRow) -> Result<(), E>,
    ) -> Result<Settlement, Halt<E>> {
        let refused = |refusal: Refusal| Halt::Refused(Box::new(refusal));
        let overflow = || refused(Refusal::new(codes::V044));
        let insurers = &self.program.insurers;
        let parts = insurers.iter().map(|insurer| insurer.parts).collect();
        let mut sharing = Shares::new(parts, self.program.share_denominator);
        let mut shares = vec![0; insurers.len()];
        let mut walk = Walk::new(self);
        let mut closing = Closing::new(self);
        for chunk in 0..self.book.claims.chunks() {
            let ids = self
                .book
                .claims
                .chunk(chunk)
                .map_err(|error| refused(super::unreadable(&error)))?;
            let start = self.book.claims.start(chunk);
            let all = std::str::from_utf8(&ids.bytes).unwrap_or_default();
            let mut begin = 0;
            for (row, end) in (start..).zip(&ids.ends) {
                let claim = all.get(begin..*end as usize).unwrap_or_default();
                begin = *end as usize;
                let why = self.book.why[row as usize];
                let outcome = if why == Why::Rejected {
                    Outcome::Rejected {
                        codes: self.book.refused.get(&row).map_or(&[], Vec::as_slice),
                        occurs: self.book.occurs.get(&row).copied(),
                    }
                } else {
                    let (benefit, paid) = walk.next(row).ok_or_else(overflow)?;
                    sharing.of(paid, &mut shares).ok_or_else(overflow)?;
                    let exhausted = paid == 0 && benefit > 0;
                    Outcome::Settled(Paid {
                        covers: &walk.covers,
                        benefit,
                        paid,
                        why: if exhausted { Why::Paid } else { why },
                        exhausted: if exhausted {
                            walk.cuts.iter().rposition(|cut| *cut > 0)
                        } else {
                            None
                        },
                        cuts: &walk.cuts,
                        shares: &shares,
                        earlier: self.due_and_over(claim, paid),
                    })
                };
                let row = ResultRow { row, claim, outcome };
                closing.add(&row).ok_or_else(overflow)?;
                visit(row).map_err(Halt::Other)?;
            }
        }
        closing.finish(encoder).ok_or_else(overflow)
    }

    fn due_and_over(&self, claim: &str, paid: i64) -> Option<(i64, i64)> {
        let before = self.earlier.as_ref()?.get(claim.as_bytes()).copied().unwrap_or(0);
        Some((paid.saturating_sub(before).max(0), before.saturating_sub(paid).max(0)))
    }

    /// Calls `visit` with every line in the total order: date, event, claim, cover id.
    ///
    /// # Errors
    /// As [`Settled::rows`].
    pub fn lines<E>(&self, mut visit: impl FnMut(ResultLine) -> Result<(), E>) -> Result<(), Halt<E>> {
        let unreadable = |error: std::io::Error| Halt::Refused(Box::new(super::unreadable(&error)));
        let book = &self.book;
        let mut cover_ids: Vec<usize> = (0..self.program.covers.len()).collect();
        cover_ids.sort_by_key(|at| &self.program.covers[*at].id);
        let place = |cover: u16| cover_ids.iter().position(|at| *at == usize::from(cover));
        let early = |line: u32| {
            let row = book.lines.row[line as usize];
            let event = book.event_of(row).and_then(|event| book.events.get(event as usize));
            (book.days[row as usize], event.map_or(0, |event| event.order))
        };
        let mut order: Vec<(u32, u32, u32)> = (0..book.lines.row.len() as u32)
            .map(|line| (early(line).0, early(line).1, line))
            .collect();
        order.sort_unstable();
        for same in order.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            // Lines ascend, so rows do.
            let rows: Vec<u32> = same.iter().map(|(_, _, line)| book.lines.row[*line as usize]).collect();
            let texts = book.claims.some(&rows).map_err(unreadable)?;
            let mut named: Vec<(&[u8], Option<usize>, u32)> = texts
                .iter()
                .zip(same)
                .map(|(text, (_, _, line))| (&**text, place(self.cover_of(*line)), *line))
                .collect();
            named.sort_unstable();
            for (text, _, line) in named {
                let at = line as usize;
                let profile = &self.profiles[book.lines.profile[at] as usize];
                let cuts: Vec<i64> = self.cuts.iter().map(|cuts| cuts.find(line)).collect();
                visit(ResultLine {
                    row: book.lines.row[at],
                    claim: std::str::from_utf8(text).unwrap_or_default(),
                    cover: profile.cover,
                    harm: profile.harm,
                    benefit: book.lines.benefit[at],
                    paid: book.lines.left[at],
                    cuts: &cuts,
                })
                .map_err(Halt::Other)?;
            }
        }
        Ok(())
    }

    fn cover_of(&self, line: u32) -> u16 {
        self.profiles[self.book.lines.profile[line as usize] as usize].cover
    }

    /// The wider records of which rows say different things: fact, the fact that identifies the record, and by the
    /// record's id the different values, as the encoder has them.
    pub fn contradicted(&self) -> &[super::book::Contradicted] {
        &self.book.contradicted
    }

    fn long_events(&self, encoder: &Encoder) -> Vec<LongEvent> {
        let (Some(window), Some(fact)) = (self.program.event_hours, self.program.known.event) else {
            return Vec::new();
        };
        let found = (0u32..).zip(&self.book.events).filter(|(_, event)| event.order > 0);
        let long = found.filter_map(|(id, event)| {
            let (first, last) = (moment_of(event.first)?, moment_of(event.last)?);
            longer_than(first, last, window).then(|| LongEvent {
                event: encoder.text(fact, id).to_owned(),
                first,
                last,
                window,
            })
        });
        let mut long: Vec<LongEvent> = long.collect();
        long.sort_by(|a, b| a.event.cmp(&b.event));
        long
    }
}

/// Adds checked; `None` where that overflows.
fn add(sum: &mut Fen, part: i64) -> Option<()> {
    sum.0 = sum.0.checked_add(part)?;
    Some(())
}

/// Sums up as rows go by.
struct Closing<'s, 'p> {
    settled: &'s Settled<'p>,
    totals: Totals,
    by_year: FxHashMap<Year, (u64, i64)>,
    /// Years met so far, of rows without a policy of their own
    years: Vec<Year>,
    rejected: BTreeMap<&'static str, u64>,
    seen: Vec<Box<[u8]>>,
}

impl<'s, 'p> Closing<'s, 'p> {
    fn new(settled: &'s Settled<'p>) -> Self {
        Closing {
            totals: Totals {
                rows: u64::from(settled.book.rows()),
                cuts: vec![Fen(0); settled.cuts.len()],
                shares: vec![Fen(0); settled.program.insurers.len()],
                earlier: settled.earlier.as_ref().map(|_| EarlierTotals::default()),
                ..Totals::default()
            },
            settled,
            by_year: FxHashMap::default(),
            years: Vec::new(),
            rejected: BTreeMap::new(),
            seen: Vec::new(),
        }
    }

    fn add(&mut self, row: &ResultRow) -> Option<()> {
        let paid = match &row.outcome {
            Outcome::Rejected { codes, .. } => {
                *self
                    .rejected
                    .entry(codes.first().map_or("", |code| code.0))
                    .or_default() += 1;
                return Some(());
            }
            Outcome::Settled(paid) => paid,
        };
        let totals = &mut self.totals;
        totals.settled += 1;
        add(&mut totals.benefit, paid.benefit)?;
        add(&mut totals.paid, paid.paid)?;
        for (sum, cut) in totals.cuts.iter_mut().zip(paid.cuts) {
            add(sum, *cut)?;
        }
        for (sum, share) in totals.shares.iter_mut().zip(paid.shares) {
            add(sum, *share)?;
        }
        if let (Some(sums), Some((due, over))) = (&mut totals.earlier, paid.earlier) {
            add(&mut sums.due, due)?;
            add(&mut sums.over, over)?;
            let known = self.settled.earlier.as_ref();
            if known.is_some_and(|earlier| earlier.contains_key(row.claim.as_bytes())) {
                self.seen.push(row.claim.as_bytes().into());
            }
        }
        if paid.why != Why::OutOfTerm
            && let Some(year) = self.year(row.row)
        {
            let (claims, sum) = self.by_year.entry(year).or_default();
            *claims += 1;
            *sum = sum.checked_add(paid.paid)?;
        }
        Some(())
    }

    fn year(&mut self, row: u32) -> Option<Year> {
        let book = &self.settled.book;
        if self.settled.program.years.of_event {
            return book.year(row);
        }
        let (day, policy) = (book.days[row as usize], book.policy(row));
        if policy != 0 {
            return book.year(row);
        }
        // Days of a year met before are told from its bounds, without the calendar.
        let day = i64::from(day);
        let holds = |year: &&Year| year.first <= day && year.end.is_some_and(|end| day < end);
        if let Some(year) = self.years.iter().find(holds) {
            return Some(*year);
        }
        let year = book.year(row)?;
        self.years.push(year);
        Some(year)
    }

    fn finish(mut self, encoder: &Encoder) -> Option<Settlement> {
        let earlier = self.settled.inputs.earlier.as_deref();
        if let Some(sums) = &mut self.totals.earlier {
            for earlier in earlier.into_iter().flatten() {
                add(&mut sums.paid, earlier.paid.0)?;
            }
        }
        let in_order = codes::ALL
            .iter()
            .filter_map(|(code, _)| Some((code.0, *self.rejected.get(code.0)?)));
        self.totals.rejected = in_order.collect();
        let mut years: Vec<(Year, (u64, i64))> = self.by_year.into_iter().collect();
        years.sort_unstable();
        Some(Settlement {
            limits: (0..self.settled.cuts.len()).map(Into::into).collect(),
            insurers: (0..self.settled.program.insurers.len()).collect(),
            years: years.into_iter().filter_map(settled_year).collect(),
            long_events: self.settled.long_events(encoder),
            absent: absent(earlier, &self.seen),
            totals: self.totals,
            ..Settlement::default()
        })
    }
}

fn settled_year((year, (claims, paid)): (Year, (u64, i64))) -> Option<SettledYear> {
    Some(SettledYear {
        first: date_of(year.first)?,
        end: year.end.and_then(date_of),
        claims,
        paid: Fen(paid),
    })
}

/// Claims paid before that this run does not settle, by id.
fn absent(earlier: Option<&[Earlier]>, seen: &[Box<[u8]>]) -> Vec<Earlier> {
    let seen: std::collections::HashSet<&[u8]> = seen.iter().map(|claim| &**claim).collect();
    let absent = earlier
        .into_iter()
        .flatten()
        .filter(|e| !seen.contains(e.claim.as_bytes()));
    let mut absent: Vec<Earlier> = absent.cloned().collect();
    absent.sort_by(|a, b| a.claim.cmp(&b.claim));
    absent
}

/// Whether the moments of one event prove that it lasted longer than `hours`: even if the first happened as late and the
/// last as early as its record allows.
fn longer_than(first: Moment, last: Moment, hours: u32) -> bool {
    let seconds = |moment: Moment, end: bool| {
        let (day, time) = match moment {
            Moment::Day(day) => (day, 0),
            Moment::Time(at) => {
                let time = at.time();
                let of_day = i64::from(time.hour()) * 3600 + i64::from(time.minute()) * 60 + i64::from(time.second());
                (at.date(), of_day)
            }
        };
        let days = i64::from((day - jiff::civil::date(1970, 1, 1)).get_days());
        let whole = if end && matches!(moment, Moment::Day(_)) {
            86_400
        } else {
            0
        };
        days * 86_400 + time + whole
    };
    let window = i64::from(hours) * 3600;
    let span = seconds(last, false) - seconds(first, true);
    // A day ends before the next one begins, so reaching the window already exceeds it.
    match first {
        Moment::Day(_) => span >= window,
        Moment::Time(_) => span > window,
    }
}

/// Walks the lines beside the rows.
struct Walk<'s> {
    settled: &'s Settled<'s>,
    line: usize,
    from: Vec<usize>,
    covers: Vec<u16>,
    cuts: Vec<i64>,
}

impl<'s> Walk<'s> {
    fn new(settled: &'s Settled<'_>) -> Self {
        Walk {
            settled,
            line: 0,
            from: vec![0; settled.cuts.len()],
            covers: Vec::new(),
            cuts: vec![0; settled.cuts.len()],
        }
    }

    /// Benefit and paid of the next accepted row; `None` where a sum overflows.
    fn next(&mut self, row: u32) -> Option<(i64, i64)> {
        let lines = &self.settled.book.lines;
        self.covers.clear();
        self.cuts.fill(0);
        let (mut benefit, mut paid) = (0i64, 0i64);
        while lines.row.get(self.line) == Some(&row) {
            self.covers.push(self.settled.cover_of(self.line as u32));
            benefit = benefit.checked_add(lines.benefit[self.line])?;
            paid = paid.checked_add(lines.left[self.line])?;
            for ((sum, cuts), from) in self.cuts.iter_mut().zip(&self.settled.cuts).zip(&mut self.from) {
                *sum = sum.checked_add(cuts.of(self.line as u32, from))?;
            }
            self.line += 1;
        }
        Some((benefit, paid))
    }
}
