//! `anlan settle`: a file of claims.

mod figures;
mod output;

use super::eval::bases;
use crate::arguments::{DecisionArguments, ResultFormat, SchemeArguments};
use crate::claims::encoding::Encoding;
use crate::claims::format::Format;
use crate::claims::read::{Reading, claims};
use crate::claims::rows::TableFile;
use crate::claims::{earlier, write::Sheet};
use crate::failure::Failure;
use crate::progress::Progress;
use crate::render;
use crate::scheme::{self, Runnable};
use crate::session::{Outcome, Session};
use anlan_compiler::evaluate::{Evaluator, Inputs, Settlement, Settler};
use anlan_compiler::plan::{Plan, Use};
use anlan_lang::diag::{Arg, codes};
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
        // Places to write are tried before the work, so that a slip in a name costs nothing.
        let sheets = Sheets {
            settled: Sheet::create(&self.out, output::columns(&plan, inputs.earlier.is_some()))?,
            rejected: Sheet::create(&rejects, output::reject_columns())?,
            lines: match &self.lines {
                Some(path) => Some(Sheet::create(path, output::line_columns(&plan))?),
                None => None,
            },
        };
        let (settlement, reading) = self.settlement(&plan, &inputs, session)?;
        for unknown in &reading.unknown {
            render::failure(session, &unknown.clone().into());
        }
        let shown = output::Shown {
            plan: &plan,
            lang: session.lang,
            settlement: &settlement,
        };
        shown.write(sheets, &self.claims, self.encoding(), &reading.spans)?;
        let written = figures::Written {
            out: &self.out,
            rejects: &rejects,
            lines: self.lines.as_deref(),
        };
        let text = match self.format {
            ResultFormat::Human => figures::human(session, &plan, &settlement, &reading, &written),
            ResultFormat::Json => format!("{:#}\n", figures::json(session, &plan, &settlement, &reading)),
        };
        session.print(&text)?;
        Ok(Outcome::Clean)
    }

    fn encoding(&self) -> Encoding {
        Encoding::named(&self.encoding)
    }

    fn settlement(&self, plan: &Plan, inputs: &Inputs, session: &Session) -> Result<(Settlement, Reading), Failure> {
        let file = TableFile::open(&self.claims, self.encoding())?;
        let evaluator = Evaluator::new(plan, inputs, Use::Settlement)?;
        let mut settler = Settler::new(&evaluator)?;
        let mut progress = Progress::new();
        let reading = claims(&self.claims, file, plan, &mut |row| {
            progress.step(|count| session.text("settle-reading", [("count", Arg::Count(figures::signed(count)))]));
            settler.push(row).map_err(Failure::from)
        })?;
        progress.done();
        Ok((settler.finish()?, reading))
    }

    /// No output may take the place of an input or of another output.
    fn apart(&self, rejects: &Path) -> Result<(), Failure> {
        let inputs = [
            Some(&self.claims),
            self.bases.as_ref(),
            self.earlier.as_ref(),
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

/// The files of one run.
struct Sheets {
    settled: Sheet,
    rejected: Sheet,
    lines: Option<Sheet>,
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
