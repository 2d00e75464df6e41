//! The files that a settlement writes.

use super::Sheets;
use super::reasons::ReasonTexts;
use super::several::Merger;
use crate::claims::again::{Again, Records};
use crate::claims::table::{Column, Heading, Kind, Table};
use crate::claims::write::{Cell, Sheet};
use crate::failure::Failure;
use anlan_compiler::columns::blocks::{Block, Covers, NO_LIMIT};
use anlan_compiler::columns::decide::Why;
use anlan_compiler::columns::encode::Encoder;
use anlan_compiler::columns::results::{Halt, ResultLine, Settled, long_events};
use anlan_compiler::columns::wider::WiderRecords;
use anlan_compiler::emit::program::Program;
use anlan_compiler::evaluate::{Looker, Refusal, Settlement};
use anlan_compiler::money::Fen;
use anlan_lang::diag::codes;
use anlan_lang::texts::{self, Language};
use std::collections::HashSet;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// DESIGN, data contract: `claim, cover, benefit, paid, reason`, `cut_<limit>` each, `share_<insurer>` each.
pub fn headings(program: &Program, earlier: bool) -> Vec<Heading> {
    let mut headings = vec![
        Heading::new("claim", Kind::Ids),
        Heading::new("cover", Kind::Shared),
        Heading::new("benefit", Kind::Money),
        Heading::new("paid", Kind::Money),
        Heading::new("reason", Kind::Shared),
    ];
    headings.extend(cuts(program));
    let insurers = program.insurers.iter();
    headings.extend(insurers.map(|insurer| Heading::new(format!("share_{}", insurer.id), Kind::Money)));
    if earlier {
        headings.extend(["due", "over"].map(|name| Heading::new(name, Kind::Money)));
    }
    headings.push(Heading::new("reason_code", Kind::Shared));
    headings
}

pub fn line_headings(program: &Program) -> Vec<Heading> {
    let mut headings = ["claim", "cover", "harm"]
        .map(|name| Heading::new(name, Kind::Text))
        .to_vec();
    headings.push(Heading::new("benefit", Kind::Money));
    headings.extend(cuts(program));
    headings.push(Heading::new("paid", Kind::Money));
    headings
}

pub fn reject_headings() -> Vec<Heading> {
    let mut headings = vec![Heading::new("line", Kind::Whole)];
    headings.extend(["claim", "code", "reason", "help", "row"].map(|name| Heading::new(name, Kind::Text)));
    headings
}

fn cuts(program: &Program) -> impl Iterator<Item = Heading> {
    program
        .limits
        .iter()
        .map(|limit| Heading::new(format!("cut_{}", limit.id), Kind::Money))
}

/// A settlement in a language.
pub struct Shown<'a, 'e, 'p> {
    pub program: &'p Program,
    pub lang: Language,
    pub settled: &'a Settled<'p>,
    pub encoder: &'a Encoder<'p>,
    pub looker: &'a Looker<'e, 'p>,
    pub wider: &'a [WiderRecords],
}

/// The texts of shared columns, by column
pub type Shared = Arc<Vec<Vec<String>>>;

/// What was made of one stretch of the input.
#[derive(Debug)]
pub struct Made {
    /// Positions in the input
    pub rows: Vec<u32>,
    pub table: Table,
    pub shared: Shared,
}

/// What the settlements of all contracts need to be written.
pub struct Output<'o, 'a, 'e, 'p> {
    /// One for each contract, in the order of their terms
    pub shown: &'o [Shown<'a, 'e, 'p>],
    /// The contract of a row
    pub of: &'o dyn Fn(u32) -> usize,
    pub columns: &'o Columns,
}

/// The columns of a run, over all its contracts.
#[derive(Debug)]
pub struct Columns {
    pub settled: Merger,
    pub lines: Merger,
}

impl Columns {
    /// `names`: of the contracts, one for each program where there are several
    pub fn of(programs: &[Program], earlier: bool, names: &[String]) -> Self {
        let settled: Vec<_> = programs.iter().map(|program| headings(program, earlier)).collect();
        let lines: Vec<_> = programs.iter().map(line_headings).collect();
        Columns {
            settled: Merger::new(&settled, names, Kind::Shared),
            lines: Merger::new(&lines, names, Kind::Text),
        }
    }
}

impl Output<'_, '_, '_, '_> {
    /// Writes all files, then puts them in their places; tells after how many rows of all it is. Gives the sums of each
    /// contract.
    pub fn write(
        &self,
        sheets: Sheets,
        reasons: Vec<ReasonTexts>,
        (again, unchanged): (&Records, &dyn Fn() -> Result<(), Failure>),
        told: &mut dyn FnMut(u64, u64),
    ) -> Result<Vec<Settlement>, Failure> {
        let Sheets {
            settled,
            mut rejected,
            lines,
        } = sheets;
        let (settled, rows, closings) = match self.shown {
            [shown] => {
                let (sheet, rows, closing) = shown.settled(settled, reasons, told)?;
                (sheet, rows, vec![closing])
            }
            _ => self.merged(settled, reasons, told)?,
        };
        again.some(&rows, &mut |row| {
            let shown = self.shown.get((self.of)(row.position));
            shown.map_or(Ok(()), |shown| shown.refused(&mut rejected, &row))
        })?;
        let lines = match lines {
            Some(mut sheet) => {
                for (contract, shown) in self.shown.iter().enumerate() {
                    let lines = |line: ResultLine| sheet.row(&self.columns.lines.row(contract, shown.line(&line)));
                    shown.settled.lines(lines).map_err(halted)?;
                }
                Some(sheet)
            }
            None => None,
        };
        unchanged()?;
        settled.finish()?;
        rejected.finish()?;
        lines.map_or(Ok(()), Sheet::finish)?;
        Ok(closings)
    }

    /// Writes the settled rows of all contracts, each filling its tables in a thread of its own. Gives the rejected rows
    /// and the sums of each.
    fn merged(
        &self,
        mut sheet: Sheet,
        reasons: Vec<ReasonTexts>,
        told: &mut dyn FnMut(u64, u64),
    ) -> Result<(Sheet, Vec<u32>, Vec<Settlement>), Failure> {
        let mut merger = self.columns.settled.clone();
        std::thread::scope(|scope| {
            let mut fillers = Vec::new();
            let mut receivers = Vec::new();
            for (shown, reasons) in self.shown.iter().zip(reasons) {
                let (send, receive) = sync_channel(2);
                fillers.push(scope.spawn(move || Filler::new(shown, reasons, send, &mut |_, _| {}).fill()));
                receivers.push(receive);
            }
            let mut rows = 0;
            loop {
                let made: Vec<Made> = receivers.iter().map_while(|receive| receive.recv().ok()).collect();
                // One has ended; why, it says itself.
                if made.len() < receivers.len() || made.is_empty() {
                    break;
                }
                let (table, shared) = merger.merge(&made);
                rows += table.rows as u64;
                let all = self.shown.first().map_or(0, |shown| shown.settled.count() as u64);
                told(rows, all);
                sheet.append(table, &shared)?;
            }
            drop(receivers);
            let (mut rejected, mut closings) = (Vec::new(), Vec::new());
            for filler in fillers {
                let (rows, closing) = filler.join().map_err(|_| broken_off())??;
                rejected.extend(rows);
                closings.push(closing);
            }
            rejected.sort_unstable();
            absent_once(&mut closings)?;
            let all: Vec<_> = self.shown.iter().map(|shown| (shown.settled, shown.encoder)).collect();
            closings.iter_mut().for_each(|closing| closing.long_events.clear());
            if let Some(last) = closings.last_mut() {
                last.long_events = long_events(&all);
            }
            Ok((sheet, rejected, closings))
        })
    }
}

/// Claims paid before are absent where no contract settles them: the last one tells of them, and what was paid for them.
fn absent_once(closings: &mut [Settlement]) -> Result<(), Failure> {
    let Some((last, others)) = closings.split_last_mut() else {
        return Ok(());
    };
    for other in others {
        let known: HashSet<String> = std::mem::take(&mut other.absent).into_iter().map(|e| e.claim).collect();
        last.absent.retain(|earlier| known.contains(&earlier.claim));
    }
    if let Some(sums) = &mut last.totals.earlier {
        for earlier in &last.absent {
            let sum = sums.paid.0.checked_add(earlier.paid.0);
            sums.paid = Fen(sum.ok_or_else(|| Failure::from(Refusal::new(codes::V044)))?);
        }
    }
    Ok(())
}

/// A thread ended without saying why; none panics (lints).
fn broken_off() -> Failure {
    Failure::unwritable(std::path::Path::new(""), &std::io::ErrorKind::Other.into())
}

impl Shown<'_, '_, '_> {
    /// Writes a rejected row with its words.
    fn refused(&self, sheet: &mut Sheet, row: &Again) -> Result<(), Failure> {
        let own = self.own(row);
        let claim = row.claim.as_deref().unwrap_or_default();
        let refusals = self
            .settled
            .refusals(self.looker.evaluator(), self.encoder, (row.position, claim), own);
        self.rejected(sheet, row.number, claim, &refusals, &row.text)
    }

    /// What a row by itself is refused for.
    fn own(&self, row: &Again) -> Vec<Refusal> {
        let mut record = match &row.record {
            Err(refusals) => return refusals.clone(),
            Ok(record) => record.clone(),
        };
        let complete =
            |wider: &WiderRecords| wider.complete(self.looker.evaluator(), self.encoder, self.program, &mut record);
        let differs: Vec<Refusal> = self.wider.iter().flat_map(complete).collect();
        match differs.is_empty() {
            true => self
                .looker
                .look(row.claim.as_deref(), &record)
                .err()
                .unwrap_or_default(),
            false => differs,
        }
    }

    /// Writes the settled rows, filling tables here and writing them in a thread of its own. Gives the rejected rows
    /// and the sums.
    fn settled(
        &self,
        sheet: Sheet,
        reasons: Vec<ReasonTexts>,
        told: &mut dyn FnMut(u64, u64),
    ) -> Result<(Sheet, Vec<u32>, Settlement), Failure> {
        let reasons = reasons.into_iter().next().ok_or_else(broken_off)?;
        let (send, receive) = sync_channel::<Made>(2);
        std::thread::scope(|scope| {
            let writer = scope.spawn(move || written(sheet, receive));
            let filled = Filler::new(self, reasons, send, told).fill();
            // The writer ends early only by its own failure, which comes first.
            let sheet = writer.join().map_err(|_| broken_off())??;
            let (rejected, closing) = filled?;
            Ok((sheet, rejected, closing))
        })
    }

    fn rejected(
        &self,
        sheet: &mut Sheet,
        line: u64,
        claim: &str,
        refusals: &[Refusal],
        row: &str,
    ) -> Result<(), Failure> {
        let separator = match self.lang {
            Language::Zh => "；",
            Language::En => "; ",
        };
        let findings: Vec<_> = refusals.iter().map(Refusal::finding).collect();
        let code = refusals.iter().map(|r| r.code.0).collect::<Vec<_>>().join("+");
        let reason: Vec<String> = findings.iter().map(|f| texts::message(self.lang, f)).collect();
        let help: Vec<String> = findings.iter().filter_map(|f| texts::help(self.lang, f)).collect();
        sheet.row(&[
            Cell::Whole(line),
            Cell::Text(claim),
            Cell::Text(&code),
            Cell::Text(&reason.join(separator)),
            Cell::Text(&help.join(separator)),
            Cell::Text(row),
        ])
    }

    fn line<'c>(&'c self, line: &ResultLine<'c>) -> Vec<Cell<'c>> {
        let program = self.program;
        let cover = program
            .covers
            .get(usize::from(line.cover))
            .map_or("", |cover| cover.id.as_str());
        let harms = program.known.harm.map_or(&[][..], |harm| program.values(harm));
        let harm = harms.get(usize::from(line.harm)).map_or("", |harm| harm.id.as_str());
        let mut cells = vec![
            Cell::Text(line.claim),
            Cell::Text(cover),
            Cell::Text(harm),
            Cell::Money(Fen(line.benefit)),
        ];
        cells.extend(line.cuts.iter().map(|cut| Cell::Money(Fen(*cut))));
        cells.push(Cell::Money(Fen(line.paid)));
        cells
    }
}

fn written(mut sheet: Sheet, tables: Receiver<Made>) -> Result<Sheet, Failure> {
    for made in tables {
        sheet.append(made.table, &made.shared)?;
    }
    Ok(sheet)
}

/// Why a visit to the rows ended.
fn halted(halt: Halt<Failure>) -> Failure {
    match halt {
        Halt::Refused(refusal) => refusal.finding().into(),
        Halt::Other(failure) => failure,
    }
}

/// Makes tables of blocks and sends them.
struct Filler<'s, 'a, 'e, 'p> {
    shown: &'s Shown<'a, 'e, 'p>,
    shared: Shared,
    reasons: ReasonTexts,
    send: SyncSender<Made>,
    rejected: Vec<u32>,
    sent: u64,
    told: &'s mut dyn FnMut(u64, u64),
}

/// The writer has ended; why, it says itself.
struct Ended;

impl<'s, 'a, 'e, 'p> Filler<'s, 'a, 'e, 'p> {
    fn new(
        shown: &'s Shown<'a, 'e, 'p>,
        mut reasons: ReasonTexts,
        send: SyncSender<Made>,
        told: &'s mut dyn FnMut(u64, u64),
    ) -> Self {
        let headings = headings(shown.program, shown.settled.is_after_earlier());
        let mut shared = vec![Vec::new(); headings.len()];
        let limits = shown.program.limits.iter().map(|limit| format!("limit:{}", limit.id));
        let codes = Why::ALL.iter().map(|why| why.code().unwrap_or_default().to_owned());
        let mut lists = [std::mem::take(&mut reasons.texts), codes.chain(limits).collect()].into_iter();
        for (heading, list) in headings.iter().zip(&mut shared) {
            if matches!(heading.name.as_str(), "reason" | "reason_code") {
                *list = lists.next().unwrap_or_default();
            }
        }
        Filler {
            shown,
            shared: Arc::new(shared),
            reasons,
            send,
            rejected: Vec::new(),
            sent: 0,
            told,
        }
    }

    fn fill(mut self) -> Result<(Vec<u32>, Settlement), Failure> {
        let (settled, encoder) = (self.shown.settled, self.shown.encoder);
        let closing = match settled.blocks(encoder, |block, covers| self.block(block, covers)) {
            Ok(closing) => closing,
            Err(Halt::Refused(refusal)) => return Err(refusal.finding().into()),
            // Where the writer has ended, it tells why.
            Err(Halt::Other(Ended)) => return Ok(Default::default()),
        };
        Ok((self.rejected, closing))
    }

    fn block(&mut self, block: Block, covers: &Covers) -> Result<(), Ended> {
        let rows = block.rows.len();
        self.sent += rows as u64;
        self.covers(covers);
        let pairs = || block.exhausted.iter().zip(&block.why);
        let limit = |exhausted: u16| (exhausted != NO_LIMIT).then_some(usize::from(exhausted));
        let reasons = block.rows.iter().zip(&block.exhausted);
        let reasons = reasons.map(|(row, exhausted)| self.reasons.of(*row, limit(*exhausted)));
        let reasons: Vec<u32> = reasons.collect();
        let codes = pairs().map(|(exhausted, why)| match limit(*exhausted) {
            Some(limit) => (Why::ALL.len() + limit) as u32,
            None => *why as u32,
        });
        let codes: Vec<u32> = codes.collect();
        let claims = Column::Text {
            bytes: block.claims.bytes,
            ends: block.claims.ends,
        };
        let mut columns = vec![claims, Column::Shared(block.covers)];
        columns.extend([block.benefit, block.paid].map(Column::Money));
        columns.push(Column::Shared(reasons));
        let amounts = block.cuts.into_iter().chain(block.shares);
        columns.extend(amounts.chain(block.earlier.into_iter().flatten()).map(Column::Money));
        columns.push(Column::Shared(codes));
        self.rejected.extend(block.rejected);
        (self.told)(self.sent, self.shown.settled.count() as u64);
        let made = Made {
            rows: block.rows,
            table: Table { rows, columns },
            shared: Arc::clone(&self.shared),
        };
        self.send.send(made).map_err(|_| Ended)
    }

    /// Texts of the sets of covers met since, joined by `+`.
    fn covers(&mut self, covers: &Covers) {
        let known = self.shared.get(COVERS).map_or(0, Vec::len);
        let Some(more) = covers.sets().get(known..).filter(|more| !more.is_empty()) else {
            return;
        };
        let id = |cover: &u16| {
            let cover = self.shown.program.covers.get(usize::from(*cover));
            cover.map_or("", |cover| cover.id.as_str())
        };
        let texts = more.iter().map(|set| set.iter().map(id).collect::<Vec<_>>().join("+"));
        let texts: Vec<String> = texts.collect();
        // Readers of tables already sent keep the shorter list, of which they know no more.
        if let Some(list) = Arc::make_mut(&mut self.shared).get_mut(COVERS) {
            list.extend(texts);
        }
    }
}

/// Place of the covers among the columns
const COVERS: usize = 1;
