//! How findings and failures are shown: for people (codespan-reporting, miette) and for programs.

mod failure;
mod fix;
mod github;
mod human;
mod json;
mod place;
mod sarif;
mod witness;

pub use failure::failure;
pub use place::Lines;

use crate::failure::Failure;
use crate::load::Loaded;
use crate::session::Session;
use anlan_lang::diag::{Finding, Severity};
use clap::ValueEnum;

/// `--format` of commands that show findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    /// The source lines with their labels, help and witnesses
    #[default]
    Human,
    /// One line a finding
    Short,
    /// `{"findings": […]}`
    Json,
    /// SARIF 2.1.0
    Sarif,
    /// Workflow commands of GitHub Actions
    Github,
}

/// The findings of one project.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a> {
    pub loaded: &'a Loaded,
    pub findings: &'a [Finding],
}

/// Shows findings on standard output.
pub fn findings(session: &mut Session, format: Format, shown: &[Shown]) -> Result<(), Failure> {
    let lang = session.lang;
    match format {
        Format::Human | Format::Short => {
            let style = if format == Format::Human {
                human::Style::Rich
            } else {
                human::Style::Short
            };
            let colour = session.out.colour();
            human::findings(&mut session.out, lang, style, colour, shown).map_err(crate::session::output_failed)
        }
        Format::Json => session.line(&json::findings(lang, shown).to_string()),
        Format::Sarif => session.line(&sarif::log(lang, shown).to_string()),
        Format::Github => session.print(&github::commands(lang, shown)),
    }
}

/// Shows findings for people on standard error: why a scheme cannot be run.
pub fn findings_as_failure(session: &Session, shown: &[Shown]) -> Result<(), Failure> {
    let stderr = std::io::stderr();
    let colour = crate::output::colour_for(&stderr);
    human::findings(&mut stderr.lock(), session.lang, human::Style::Rich, colour, shown)
        .map_err(crate::session::output_failed)
}

/// The id of a severity's word in the catalogue.
pub fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "severity-error",
        Severity::Warning => "severity-warning",
        Severity::Question => "severity-question",
        Severity::Note => "severity-note",
    }
}

/// The severity as machine formats write it.
pub fn severity_id(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Question => "question",
        Severity::Note => "note",
    }
}

#[cfg(test)]
mod tests;
