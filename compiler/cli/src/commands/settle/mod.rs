//! `anlan settle`: a file of claims.

mod aside;
mod figures;
mod output;
mod reasons;

use super::eval::bases;
use crate::arguments::{DecisionArguments, ResultFormat, SchemeArguments};
use crate::claims::again::Records;
use crate::claims::encoding::Encoding;
use crate::claims::format::Format;
use crate::claims::read::{REQUIRED, Reading, claims};
use crate::claims::{earlier, wider, write::Sheet};
use crate::failure::Failure;
use crate::progress::Progress;
use crate::render;
use crate::scheme::{self, Runnable};
use crate::session::{Outcome, Session};
use anlan_compiler::columns::Settler;
use anlan_compiler::columns::encode::Encoder;
use anlan_compiler::columns::results::Settled;
use anlan_compiler::columns::wider::WiderRecords;
use anlan_compiler::emit::lower_for;
use anlan_compiler::emit::program::Program;
use anlan_compiler::evaluate::{Evaluator, Inputs, Looker, Refusal};
use anlan_compiler::plan::{Plan, Use};
use anlan_lang::diag::{Arg, codes};
use reasons::{ReasonTexts, Reasons};
use std::path::{Path, PathBuf};

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
    pub bases: Option<PathBuf>,
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
        let Some(Runnable { plan, .. }) = scheme::runnable(&self.scheme, session)? else {
            return Ok(Outcome::Refused);
        };
        let decisions = scheme::decisions(&plan, &self.decisions)?;
        let bases = match bases(&plan, self.bases.as_deref(), &decisions)? {
            Ok(bases) => bases,
            Err(findings) => return scheme::refuse(session, findings),
        };
        let earlier = self.earlier.as_deref().map(earlier::earlier).transpose()?;
        let inputs = Inputs {
            decisions,
            bases,
            earlier,
        };
        let program = lower_for(&plan, Use::Settlement)?;
        // Places to write are tried before the work, so that a slip in a name costs nothing.
        let sheets = Sheets {
            settled: Sheet::create(&self.out, output::headings(&program, inputs.earlier.is_some()))?,
            rejected: Sheet::create(&rejects, output::reject_headings())?,
            lines: match &self.lines {
                Some(path) => Some(Sheet::create(path, output::line_headings(&program))?),
                None => None,
            },
        };
        let evaluator = Evaluator::new(&plan, &inputs, Use::Settlement)?;
        let looker = Looker::new(&evaluator);
        let mut encoder = Encoder::new(&plan, &program);
        let run = Run {
            plan: &plan,
            program: &program,
            inputs: &inputs,
            looker: &looker,
        };
        let mut progress = Progress::new();
        let (mut wider, unknown) = self.wider(run, &mut encoder, session, &mut progress)?;
        let (settled, reasons, mut reading) = self.settlement(run, &mut encoder, &mut wider, session, &mut progress)?;
        reading.unknown.splice(0..0, unknown);
        reading.unmet = wider.iter().filter_map(|w| w.unmet(&evaluator, &encoder)).collect();
        for warning in reading.unknown.iter().chain(&reading.unmet) {
            render::failure(session, &warning.clone().into());
        }
        let shown = output::Shown {
            program: &program,
            lang: session.lang,
            settled: &settled,
            encoder: &encoder,
            looker: &looker,
            wider: &wider,
        };
        let again = Records {
            path: &self.claims,
            encoding: self.encoding(),
            plan: &plan,
            required: &REQUIRED,
        };
        let closing = shown.write(sheets, reasons, &again, &mut |rows, all| {
            progress.to(rows, |count| {
                let percent = Arg::Text(percent(count, all).to_string());
                let count = Arg::Count(figures::signed(count));
                session.text("settle-writing", [("count", count), ("percent", percent)])
            });
        })?;
        progress.done();
        let written = figures::Written {
            out: &self.out,
            rejects: &rejects,
            lines: self.lines.as_deref(),
        };
        let text = match self.format {
            ResultFormat::Human => figures::human(session, &plan, &closing, &reading, &written),
            ResultFormat::Json => format!("{:#}\n", figures::json(session, &plan, &closing, &reading)),
        };
        session.print(&text)?;
        Ok(Outcome::Clean)
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
    ) -> Result<(Vec<WiderRecords>, Vec<Refusal>), Failure> {
        let files = [
            (&self.exposures, wider::EXPOSURES, "settle-exposures"),
            (&self.events, wider::EVENT, "settle-events"),
        ];
        let (mut all, mut unknown) = (Vec::new(), Vec::new());
        for (path, keys, text) in files {
            let Some(path) = path else { continue };
            let file = wider::File {
                path,
                encoding: self.encoding(),
                keys,
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
            unknown.extend(of_file);
        }
        Ok((all, unknown))
    }

    fn settlement<'p>(
        &self,
        run: Run<'_, 'p>,
        encoder: &mut Encoder<'p>,
        wider: &mut [WiderRecords],
        session: &Session,
        progress: &mut Progress,
    ) -> Result<(Settled<'p>, ReasonTexts, Reading), Failure> {
        let mut settler = Settler::new(run.program, run.inputs, encoder, aside::places()?)?;
        let mut reasons = Reasons::new(run.looker, run.plan, run.program, session.lang, settler.worded());
        let reading = claims(
            &self.claims,
            self.encoding(),
            run.program,
            encoder,
            &mut |encoder, batch| {
                let first = settler.rows();
                wider.iter_mut().for_each(|records| records.fill(batch));
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
        progress.next(|count| session.text("settle-settling", [("count", Arg::Count(figures::signed(count)))]));
        Ok((settler.finish(encoder)?, reasons.close(), reading))
    }

    /// No output may take the place of an input or of another output.
    fn apart(&self, rejects: &Path) -> Result<(), Failure> {
        let inputs = [
            Some(&self.claims),
            self.bases.as_ref(),
            self.earlier.as_ref(),
            self.events.as_ref(),
            self.exposures.as_ref(),
            Some(&self.scheme.scheme),
        ];
        let outputs = [Some(self.out.as_path()), Some(rejects), self.lines.as_deref()];
        let mut taken: Vec<PathBuf> = inputs
            .into_iter()
            .flatten()
            .filter_map(|path| path.canonicalize().ok())
            .collect();
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
