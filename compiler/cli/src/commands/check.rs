//! `anlan check`: the findings about schemes, frameworks and contracts.

use crate::failure::Failure;
use crate::load::{self, Loaded};
use crate::render::{self, Format, Shown};
use crate::session::{Outcome, Session};
use anlan_compiler::compile::CompiledUnit;
use anlan_compiler::resolve::BodyKind;
use anlan_lang::diag::{Arg, Finding, Severity};
use clap::ValueEnum;
use std::collections::BTreeMap;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub struct Check {
    /// Files or folders; the current folder by default.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub format: Format,
    /// What fails the check besides errors.
    #[arg(long, value_name = "LEVEL", value_enum, value_delimiter = ',')]
    pub deny: Vec<Deny>,
}

/// What `--deny` names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    Warnings,
    Questions,
}

impl Check {
    pub fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        let mut counts = Counts::default();
        let mut results = Vec::new();
        for loaded in load::projects(&self.paths)? {
            let checked = anlan_compiler::check_only(&loaded.project);
            counts.units(&loaded, &checked.compiled.units);
            let findings: Vec<Finding> = checked
                .findings_of(|file| loaded.is_named(file))
                .into_iter()
                .filter(|f| !checked.is_settled(f, |file| loaded.is_named(file)))
                .cloned()
                .collect();
            counts.findings(&findings);
            results.push((loaded, findings));
        }
        let shown: Vec<Shown> = results
            .iter()
            .map(|(loaded, findings)| Shown { loaded, findings })
            .collect();
        render::findings(session, self.format, &shown)?;
        if matches!(self.format, Format::Human | Format::Short) {
            counts.print(session)?;
        }
        Ok(Outcome::found_if(counts.fails(&self.deny)))
    }
}

/// What the closing lines say.
#[derive(Debug, Default)]
struct Counts {
    schemes: usize,
    frameworks: usize,
    contracts: usize,
    assumptions: usize,
    errors: usize,
    warnings: usize,
    questions: usize,
    notes: usize,
    /// By code
    acknowledged: BTreeMap<&'static str, usize>,
}

impl Counts {
    fn units(&mut self, loaded: &Loaded, units: &[CompiledUnit]) {
        for unit in units.iter().filter(|unit| loaded.is_named(unit.file)) {
            match unit.kind {
                BodyKind::Scheme => self.schemes += 1,
                BodyKind::Framework => self.frameworks += 1,
                BodyKind::Contract => self.contracts += 1,
            }
            self.assumptions += own_assumptions(unit, units);
        }
    }

    fn findings(&mut self, findings: &[Finding]) {
        for finding in findings {
            let count = match finding.severity {
                _ if finding.acknowledged.is_some() => self.acknowledged.entry(finding.code.0).or_default(),
                Severity::Error => &mut self.errors,
                Severity::Warning => &mut self.warnings,
                Severity::Question => &mut self.questions,
                Severity::Note => &mut self.notes,
            };
            *count += 1;
        }
    }

    fn fails(&self, deny: &[Deny]) -> bool {
        self.errors > 0
            || (self.warnings > 0 && deny.contains(&Deny::Warnings))
            || (self.questions > 0 && deny.contains(&Deny::Questions))
    }

    fn print(&self, session: &mut Session) -> Result<(), Failure> {
        let count = |n: usize| Arg::Count(i64::try_from(n).unwrap_or(i64::MAX));
        let units = session.text(
            "check-units",
            [
                ("schemes", count(self.schemes)),
                ("frameworks", count(self.frameworks)),
                ("contracts", count(self.contracts)),
            ],
        );
        let counts = session.text(
            "check-counts",
            [
                ("errors", count(self.errors)),
                ("warnings", count(self.warnings)),
                ("questions", count(self.questions)),
                ("notes", count(self.notes)),
                ("acknowledged", count(self.acknowledged.values().sum())),
                ("assumptions", count(self.assumptions)),
            ],
        );
        session.line(&units)?;
        session.line(&counts)?;
        if !self.acknowledged.is_empty() {
            let of_code = |(code, n): (&&str, &usize)| {
                Arg::from(session.text("check-of-code", [("code", Arg::from(*code)), ("count", count(*n))]))
            };
            let codes = Arg::List(self.acknowledged.iter().map(of_code).collect());
            let line = session.text("check-acknowledged", [("codes", codes)]);
            session.line(&line)?;
        }
        Ok(())
    }
}

/// The assumptions that a unit's own text makes: the plan of a contract repeats those of its scheme.
fn own_assumptions(unit: &CompiledUnit, units: &[CompiledUnit]) -> usize {
    let implemented = unit.scope.implements().and_then(|scheme| {
        units
            .iter()
            .find(|other| other.kind == BodyKind::Scheme && other.file == scheme.file && other.name == scheme.name())
    });
    unit.assumptions
        .saturating_sub(implemented.map_or(0, |scheme| scheme.assumptions))
}
