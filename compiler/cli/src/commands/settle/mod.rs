//! `anlan settle`: a file of claims.

mod aside;
mod figures;
mod output;
mod reasons;
mod several;

use crate::arguments::{DecisionArguments, ResultFormat, SchemeArguments};
use crate::claims::again::Records;
use crate::claims::encoding::Encoding;
use crate::claims::format::Format;
use crate::claims::read::{OfFile, REQUIRED, Reading, claims};
use crate::claims::{earlier, wider, write::Sheet};
use crate::contracts::Terms;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::render;
use crate::scheme::{self, Runnable};
use crate::session::{Outcome, Session};
use anlan_compiler::columns::decide::Why;
use anlan_compiler::columns::encode::Encoder;
use anlan_compiler::columns::idle::Idle;
use anlan_compiler::columns::results::Settled;
use anlan_compiler::columns::wider::WiderRecords;
use anlan_compiler::columns::{self, Settler};
use anlan_compiler::emit::lower_for;
use anlan_compiler::emit::program::Program;
use anlan_compiler::evaluate::{Evaluator, Inputs, Looker, Refusal};
use anlan_compiler::plan::{Plan, Use};
use anlan_lang::diag::{Arg, codes};
use anlan_lang::texts;
use output::{Columns, Output, Shown};
use reasons::{ReasonTexts, Reasons};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

#[derive(Debug, clap::Args)]
pub struct Settle {
    #[command(flatten)]
    pub scheme: SchemeArguments,
    #[command(flatten)]
    pub decisions: DecisionArguments,
    /// CSV or JSON Lines, by the ending.
    #[arg(value_name = "CLAIMS")]
    pub claims: PathBuf,
    #[arg(short, long, value_name = "OUT")]
    pub out: PathBuf,
    #[arg(long, value_name = "FILE")]
    pub rejects: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub bases: Vec<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub earlier: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub events: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub exposures: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub lines: Option<PathBuf>,
    /// `utf-8` or `gb18030`
    #[arg(long, value_name = "ENCODING", default_value = "utf-8", value_parser = ["utf-8", "gb18030"])]
    pub encoding: String,
    #[arg(long, value_name = "RESULT_FORMAT", value_enum, default_value_t)]
    pub format: ResultFormat,
}

impl Settle {
    pub fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        let rejects = self.rejects.clone().unwrap_or_else(|| default_rejects(&self.out));
        self.apart(&rejects)?;
        scheme::bases_for_each(&self.scheme, &self.bases)?;
        let Some(mut runs) = scheme::runnables(&self.scheme, session)? else {
            return Ok(Outcome::Refused);
        };
        let terms = Terms::of(&mut runs)?;
        let inputs = match self.inputs(&runs)? {
            Ok(inputs) => inputs,
            Err(why) => return scheme::refuse(session, why),
        };
        let programs = runs
            .iter()
            .map(|run| lower_for(&run.plan, Use::Settlement).map_err(|finding| run.failed(finding)));
        let programs: Vec<Program> = programs.collect::<Result<_, _>>()?;
        let names: Vec<String> = runs.iter().filter_map(|run| run.contract.clone()).collect();
        let columns = Columns::of(&programs, self.earlier.is_some(), &names);
        // Places to write are tried before the work, so that a slip in a name costs nothing.
        let sheets = self.sheets(&rejects, &columns)?;
        let given = runs.iter().zip(&inputs);
        let evaluators = given.map(|(run, inputs)| {
            Evaluator::new(&run.plan, inputs, Use::Settlement).map_err(|refusal| run.failed(refusal))
        });
        let evaluators: Vec<Evaluator> = evaluators.collect::<Result<_, _>>()?;
        let lookers: Vec<Looker> = evaluators.iter().map(Looker::new).collect();
        let stamp = Stamp::of(&self.claims);
        let mut progress = Progress::new();
        let given = runs.iter().zip(&programs).zip(inputs.iter().zip(&lookers));
        let given = given.map(|((run, program), (inputs, looker))| Run {
            plan: &run.plan,
            program,
            inputs,
            looker,
        });
        let read = given.map(|run| self.read(run, session, &mut progress));
        let mut read: Vec<Read> = read.collect::<Result<_, _>>()?;
        keep_common(&mut read);
        told(session, &read);
        stamp.still(&self.claims)?;
        progress.next(|count| session.text("settle-settling", [("count", Arg::Count(figures::signed(count)))]));
        let (of, done, reasons) = finished(&runs, &terms, read)?;
        let shown: Vec<Shown> = done
            .iter()
            .zip(programs.iter().zip(&lookers))
            .map(|(done, (program, looker))| Shown {
                program,
                lang: session.lang,
                settled: &done.settled,
                encoder: &done.encoder,
                looker,
                wider: &done.wider,
            })
            .collect();
        let output = Output {
            shown: &shown,
            of: &|row| of.get(row as usize).copied().map_or(0, usize::from),
            columns: &columns,
        };
        let again = Records {
            path: &self.claims,
            encoding: self.encoding(),
            plan: runs
                .first()
                .map(|run| &run.plan)
                .ok_or_else(|| Failure::new(codes::X021))?,
            required: &REQUIRED,
        };
        let unchanged = || stamp.still(&self.claims);
        let closings = output.write(sheets, reasons, (&again, &unchanged), &mut |rows, all| {
            writing(session, &mut progress, rows, all);
        })?;
        progress.done();
        let parts = runs.iter().zip(&closings).zip(&done);
        let parts: Vec<figures::Part> = parts
            .map(|((run, closing), done)| figures::Part {
                plan: &run.plan,
                contract: run.contract.as_deref().filter(|_| runs.len() > 1),
                settlement: closing,
                reading: &done.reading,
            })
            .collect();
        self.report(session, &parts, &rejects)
    }

    /// Prints the figures.
    fn report(&self, session: &mut Session, parts: &[figures::Part], rejects: &Path) -> Result<Outcome, Failure> {
        let written = figures::Written {
            out: &self.out,
            rejects,
            lines: self.lines.as_deref(),
        };
        let text = match self.format {
            ResultFormat::Human => figures::all_human(session, parts, &written),
            ResultFormat::Json => format!("{:#}\n", figures::all_json(session, parts)),
        };
        session.print(&text)?;
        Ok(Outcome::Clean)
    }

    /// Decisions, bases and earlier payments for each contract; `Err` with why they are refused.
    fn inputs(&self, runs: &[Runnable]) -> Result<Result<Vec<Inputs>, Vec<Failure>>, Failure> {
        let mut earlier = self.earlier.as_deref().map(earlier::earlier).transpose()?;
        let mut inputs = Vec::new();
        for (at, run) in runs.iter().enumerate() {
            let decisions = scheme::decisions(&run.plan, &self.decisions)?;
            let bases = match run.bases(&self.bases, &decisions)? {
                Ok(bases) => bases,
                Err(why) => return Ok(Err(why)),
            };
            inputs.push(Inputs {
                decisions,
                bases,
                // A long list is copied for further contracts only.
                earlier: match at + 1 == runs.len() {
                    true => earlier.take(),
                    false => earlier.clone(),
                },
            });
        }
        Ok(Ok(inputs))
    }

    fn sheets(&self, rejects: &Path, columns: &Columns) -> Result<Sheets, Failure> {
        let lines = self.lines.as_ref();
        let lines = lines.map(|path| Sheet::create(path, columns.lines.headings().to_vec()));
        Ok(Sheets {
            settled: Sheet::create(&self.out, columns.settled.headings().to_vec())?,
            rejected: Sheet::create(rejects, output::reject_headings())?,
            lines: lines.transpose()?,
        })
    }

    /// Reads all claims for one contract.
    fn read<'r, 'p>(
        &self,
        run: Run<'r, 'p>,
        session: &Session,
        progress: &mut Progress,
    ) -> Result<Read<'r, 'p>, Failure> {
        let mut encoder = Encoder::new(run.plan, run.program);
        let (mut wider, unknown) = self.wider(run, &mut encoder, session, progress)?;
        let (settler, reasons, mut reading) = self.settler(run, &mut encoder, &mut wider, session, progress)?;
        reading.unknown.splice(0..0, unknown);
        let evaluator = run.looker.evaluator();
        reading
            .unmet
            .extend(wider.iter().filter_map(|w| w.unmet(evaluator, &encoder)));
        Ok(Read {
            settler,
            reasons,
            encoder,
            wider,
            reading,
        })
    }

    fn encoding(&self) -> Encoding {
        Encoding::named(&self.encoding)
    }

    /// The files of events and exposures, and their columns that nothing knows.
    fn wider(
        &self,
        run: Run,
        encoder: &mut Encoder,
        session: &Session,
        progress: &mut Progress,
    ) -> Result<(Vec<WiderRecords>, Vec<OfFile>), Failure> {
        let files = [
            (&self.exposures, wider::EXPOSURES, "settle-exposures"),
            (&self.events, wider::EVENTS, "settle-events"),
        ];
        let (mut all, mut unknown): (Vec<WiderRecords>, _) = (Vec::new(), Vec::new());
        for (path, sort, text) in files {
            let Some(path) = path else { continue };
            let file = wider::File {
                path,
                encoding: self.encoding(),
                sort,
                plan: run.plan,
                program: run.program,
                lang: session.lang,
            };
            let (records, of_file) = wider::wider(&file, encoder, &mut |count| {
                progress.to(count, |count| {
                    session.text(text, [("count", Arg::Count(figures::signed(count)))])
                });
            })?;
            all.push(records);
            unknown.extend(OfFile::all(path, of_file));
        }
        if let [one, other] = all.as_slice()
            && let Some(fact) = one.also_in(other, encoder)
        {
            let name = run.plan.facts.get(fact.index()).map(|fact| Arg::from(&fact.name));
            return Err(Failure::new(codes::V038)
                .arg("field", name.unwrap_or(Arg::Text(String::new())))
                .arg("path", one.name())
                .arg("other", other.name()));
        }
        Ok((all, unknown))
    }

    fn settler<'r, 'p>(
        &self,
        run: Run<'r, 'p>,
        encoder: &mut Encoder<'p>,
        wider: &mut [WiderRecords],
        session: &Session,
        progress: &mut Progress,
    ) -> Result<(Settler<'p>, Reasons<'r, 'r, 'p>, Reading), Failure> {
        let mut settler = Settler::new(run.program, run.inputs, encoder, aside::places()?)?;
        let mut idle = Idle::of(run.program, &run.inputs.decisions, encoder);
        let mut reasons = Reasons::new(run.looker, run.plan, run.program, session.lang, settler.worded());
        let mut reading = claims(
            &self.claims,
            self.encoding(),
            run.program,
            encoder,
            &mut |encoder, batch| {
                let first = settler.rows();
                columns::wider::fill(wider, batch);
                idle.note(batch);
                settler.push(encoder, batch)?;
                reasons.note(&settler, encoder, batch, first);
                progress.to(u64::from(settler.rows()), |count| {
                    let percent = match batch.expected as u64 {
                        0 => "none".to_owned(),
                        all => percent(count, all).to_string(),
                    };
                    let count = Arg::Count(figures::signed(count));
                    session.text("settle-reading", [("count", count), ("percent", Arg::Text(percent))])
                });
                Ok(())
            },
        )?;
        reading.unmet.extend(idle.warnings());
        Ok((settler, reasons, reading))
    }

    /// No output may take the place of an input or of another output.
    fn apart(&self, rejects: &Path) -> Result<(), Failure> {
        let inputs = [
            Some(&self.claims),
            self.earlier.as_ref(),
            self.events.as_ref(),
            self.exposures.as_ref(),
            Some(&self.scheme.scheme),
        ];
        let inputs = inputs
            .into_iter()
            .flatten()
            .chain(&self.bases)
            .chain(&self.scheme.contract);
        let outputs = [Some(self.out.as_path()), Some(rejects), self.lines.as_deref()];
        let mut taken: Vec<PathBuf> = inputs.filter_map(|path| path.canonicalize().ok()).collect();
        for path in outputs.into_iter().flatten() {
            Format::of(path)?;
            let place = place(path);
            if taken.contains(&place) {
                return Err(Failure::new(codes::X040).path(path));
            }
            taken.push(place);
        }
        Ok(())
    }
}

/// What one run reads besides its claims.
#[derive(Clone, Copy)]
struct Run<'r, 'p> {
    plan: &'p Plan,
    program: &'p Program,
    inputs: &'p Inputs,
    looker: &'r Looker<'r, 'p>,
}

/// All claims, read for one contract.
struct Read<'r, 'p> {
    settler: Settler<'p>,
    reasons: Reasons<'r, 'r, 'p>,
    encoder: Encoder<'p>,
    wider: Vec<WiderRecords>,
    reading: Reading,
}

impl<'p> Read<'_, 'p> {
    fn finish(self) -> Result<(Done<'p>, ReasonTexts), Failure> {
        let done = Done {
            settled: self.settler.finish(&self.encoder)?,
            encoder: self.encoder,
            wider: self.wider,
            reading: self.reading,
        };
        Ok((done, self.reasons.close()))
    }
}

/// What one contract made of all claims.
struct Done<'p> {
    settled: Settled<'p>,
    encoder: Encoder<'p>,
    wider: Vec<WiderRecords>,
    reading: Reading,
}

/// Leaves what no contract has a use for: what is decided for a year of another contract is of use there.
fn keep_common(read: &mut [Read]) {
    let Some((first, others)) = read.split_first_mut() else {
        return;
    };
    let everywhere = |unmet: &Refusal| others.iter().all(|read| read.reading.unmet.contains(unmet));
    first.reading.unmet.retain(everywhere);
    let common = &first.reading.unmet;
    others.iter_mut().for_each(|read| read.reading.unmet.clone_from(common));
}

/// Warns of what reading found, which is the same for every contract.
fn told(session: &Session, read: &[Read]) {
    let first = read.first().map(|read| &read.reading);
    let mut said = HashSet::new();
    for OfFile { path, refusal } in first.into_iter().flat_map(|reading| &reading.unknown) {
        let failure = Failure::from(refusal.finding()).of(path.display().to_string());
        if said.insert((path, texts::message(session.lang, &failure.finding))) {
            render::failure(session, &failure);
        }
    }
    for unmet in first.into_iter().flat_map(|reading| &reading.unmet) {
        render::failure(session, &unmet.finding().into());
    }
}

/// Leaves each row to the contract in force on its date of loss, and gives the contract of each. To the others it is out
/// of their term, so that their limits do not see it; repeated ids and contradictions of rows that are not refused they
/// all see.
fn parted(terms: &Terms, read: &mut [Read]) -> Vec<u16> {
    let [first, _, ..] = &*read else { return Vec::new() };
    let rows = first.settler.rows();
    let of: Vec<u16> = (0..rows).map(|row| terms.at(first.settler.day(row)) as u16).collect();
    for (row, of) in (0..rows).zip(&of) {
        let of = usize::from(*of);
        if read.get(of).is_some_and(|read| read.settler.why(row) == Why::Rejected) {
            let others = read.iter_mut().enumerate().filter(|(contract, _)| *contract != of);
            others.for_each(|(_, read)| read.settler.refused_elsewhere(row));
        }
    }
    of
}

/// The settlements of all contracts, and the contract of each row where there are several.
fn finished<'p>(runs: &[Runnable], terms: &Terms, mut read: Vec<Read<'_, 'p>>) -> Result<Settlements<'p>, Failure> {
    let of = parted(terms, &mut read);
    let (mut all, mut reasons) = (Vec::new(), Vec::new());
    for ((contract, read), run) in (0..).zip(read).zip(runs) {
        let (mut done, texts) = read.finish().map_err(|failure| run.failed(failure))?;
        if !of.is_empty() {
            done.settled.tell_only(of.iter().map(|of| *of == contract).collect());
        }
        all.push(done);
        reasons.push(texts);
    }
    Ok((of, all, reasons))
}

type Settlements<'p> = (Vec<u16>, Vec<Done<'p>>, Vec<ReasonTexts>);

/// Tells how much is written.
fn writing(session: &Session, progress: &mut Progress, rows: u64, all: u64) {
    progress.to(rows, |count| {
        let percent = Arg::Text(percent(count, all).to_string());
        let count = Arg::Count(figures::signed(count));
        session.text("settle-writing", [("count", count), ("percent", percent)])
    });
}

/// When a file was last written, and its length; nothing of what is no file.
#[derive(Debug, Clone, PartialEq)]
struct Stamp(Option<(u64, Option<SystemTime>)>);

impl Stamp {
    fn of(path: &Path) -> Self {
        let file = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file);
        Stamp(file.map(|file| (file.len(), file.modified().ok())))
    }

    /// Claims are read once for each contract, and rejected rows again for their words.
    ///
    /// # Errors
    /// The file has changed since (X029).
    fn still(&self, path: &Path) -> Result<(), Failure> {
        match *self == Stamp::of(path) {
            true => Ok(()),
            false => Err(Failure::new(codes::X029).path(path)),
        }
    }
}

/// The files of one run.
struct Sheets {
    settled: Sheet,
    rejected: Sheet,
    lines: Option<Sheet>,
}

/// How much of all that is, in whole percent; what is expected is sometimes less than what comes.
fn percent(count: u64, all: u64) -> u64 {
    let part = u128::from(count) * 100 / u128::from(all.max(1));
    u64::try_from(part).unwrap_or(99).min(99)
}

/// `out.csv` → `out.rejects.csv`
fn default_rejects(out: &Path) -> PathBuf {
    let stem = out.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    out.with_file_name(format!("{stem}.rejects.csv"))
}

/// Where a file is or will be.
fn place(path: &Path) -> PathBuf {
    if let Ok(existing) = path.canonicalize() {
        return existing;
    }
    let folder = path
        .parent()
        .filter(|p| !p.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    match (folder.canonicalize(), path.file_name()) {
        (Ok(folder), Some(name)) => folder.join(name),
        _ => path.to_owned(),
    }
}
