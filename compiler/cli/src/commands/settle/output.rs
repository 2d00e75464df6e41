//! The files that a settlement writes.

use super::Sheets;
use super::reasons::ReasonTexts;
use crate::claims::again::{Again, Records};
use crate::claims::table::{Column, Heading, Kind, Table};
use crate::claims::write::{Cell, Sheet};
use crate::failure::Failure;
use anlan_compiler::columns::blocks::{Block, Covers, NO_LIMIT};
use anlan_compiler::columns::decide::Why;
use anlan_compiler::columns::encode::Encoder;
use anlan_compiler::columns::results::{Halt, ResultLine, Settled};
use anlan_compiler::columns::wider::WiderRecords;
use anlan_compiler::emit::program::Program;
use anlan_compiler::evaluate::{Looker, Refusal, Settlement};
use anlan_compiler::money::Fen;
use anlan_lang::texts::{self, Language};
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

type Shared = Arc<Vec<Vec<String>>>;

impl Shown<'_, '_, '_> {
    /// Writes all files, then puts them in their places; tells after how many rows of all it is.
    pub fn write(
        &self,
        sheets: Sheets,
        reasons: ReasonTexts,
        again: &Records,
        told: &mut dyn FnMut(u64, u64),
    ) -> Result<Settlement, Failure> {
        let Sheets {
            settled,
            mut rejected,
            lines,
        } = sheets;
        let (settled, rows, closing) = self.settled(settled, reasons, told)?;
        again.some(&rows, &mut |row| {
            let own = self.own(&row);
            let claim = row.claim.as_deref().unwrap_or_default();
            let refusals = self
                .settled
                .refusals(self.looker.evaluator(), self.encoder, (row.position, claim), own);
            self.rejected(&mut rejected, row.number, claim, &refusals, &row.text)
        })?;
        let lines = match lines {
            Some(mut sheet) => {
                self.settled
                    .lines(|line| self.line(&mut sheet, &line))
                    .map_err(halted)?;
                Some(sheet)
            }
            None => None,
        };
        settled.finish()?;
        rejected.finish()?;
        lines.map_or(Ok(()), Sheet::finish)?;
        Ok(closing)
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
        reasons: ReasonTexts,
        told: &mut dyn FnMut(u64, u64),
    ) -> Result<(Sheet, Vec<u32>, Settlement), Failure> {
        let headings = sheet.headings().to_vec();
        let (send, receive) = sync_channel::<(Table, Shared)>(2);
        std::thread::scope(|scope| {
            let writer = scope.spawn(move || written(sheet, receive));
            let filled = Filler::new(self, &headings, reasons, send, told).fill();
            // The writer ends early only by its own failure, which comes first; it never panics (lints).
            let sheet = match writer.join() {
                Ok(written) => written?,
                Err(_) => {
                    return Err(Failure::unwritable(
                        std::path::Path::new(""),
                        &std::io::ErrorKind::Other.into(),
                    ));
                }
            };
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

    fn line(&self, sheet: &mut Sheet, line: &ResultLine) -> Result<(), Failure> {
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
        sheet.row(&cells)
    }
}

fn written(mut sheet: Sheet, tables: Receiver<(Table, Shared)>) -> Result<Sheet, Failure> {
    for (table, shared) in tables {
        sheet.append(table, &shared)?;
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
    send: SyncSender<(Table, Shared)>,
    rejected: Vec<u32>,
    sent: u64,
    told: &'s mut dyn FnMut(u64, u64),
}

/// The writer has ended; why, it says itself.
struct Ended;

impl<'s, 'a, 'e, 'p> Filler<'s, 'a, 'e, 'p> {
    fn new(
        shown: &'s Shown<'a, 'e, 'p>,
        headings: &[Heading],
        mut reasons: ReasonTexts,
        send: SyncSender<(Table, Shared)>,
        told: &'s mut dyn FnMut(u64, u64),
    ) -> Self {
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
        let table = (Table { rows, columns }, Arc::clone(&self.shared));
        self.send.send(table).map_err(|_| Ended)
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
