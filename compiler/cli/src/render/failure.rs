//! Failures (X and V codes) on standard error, drawn by miette with our words.

use crate::failure::{Failure, Snippet};
use crate::output::colour_for;
use crate::session::Session;
use anlan_lang::diag::{Arg, Args};
use anlan_lang::texts::{self, Language};
use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, SourceCode};
use std::fmt;

/// Widths beyond these make help hard to read or impossible to fit.
const WIDTHS: std::ops::RangeInclusive<usize> = 40..=120;

/// Shows why the command could not run.
pub fn failure(session: &Session, failure: &Failure) {
    let stderr = std::io::stderr();
    let colour = colour_for(&stderr);
    let width = terminal_size::terminal_size_of(&stderr).map_or(100, |(width, _)| usize::from(width.0));
    eprint!("{}", drawn(session.lang, failure, colour, width));
}

/// The failure as text, `width` columns wide.
pub fn drawn(lang: Language, failure: &Failure, colour: bool, width: usize) -> String {
    let report = Report::new(lang, failure);
    let theme = if colour {
        GraphicalTheme::unicode()
    } else {
        GraphicalTheme::unicode_nocolor()
    };
    let mut handler = GraphicalReportHandler::new_themed(theme)
        .with_width(width.clamp(*WIDTHS.start(), *WIDTHS.end()))
        .with_links(false);
    if let Some(help) = texts::help(lang, &failure.finding) {
        // miette words its own help in English only; a footer has no word before it.
        handler = handler.with_footer(texts::text(lang, "note-help", &Args::from([("text", Arg::Text(help))])));
    }
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = handler.render_report(&mut text, &report);
    text
}

struct Report {
    header: String,
    message: String,
    source: Option<NamedSource<String>>,
    label: Option<LabeledSpan>,
}

impl Report {
    fn new(lang: Language, failure: &Failure) -> Self {
        let finding = &failure.finding;
        let word = texts::plain(lang, super::severity_word(finding.severity));
        let snippet = failure.snippet.as_deref();
        let label = |snippet: &Snippet| {
            let words = texts::primary_label(lang, finding);
            LabeledSpan::new(
                (!words.is_empty()).then_some(words),
                snippet.range.start,
                snippet.range.len(),
            )
        };
        Report {
            header: format!("{word}[{}]", finding.code.0),
            message: texts::message(lang, finding),
            source: snippet.map(|snippet| NamedSource::new(&snippet.name, snippet.text.clone())),
            label: snippet.map(label),
        }
    }
}

impl Diagnostic for Report {
    fn code(&self) -> Option<Box<dyn fmt::Display + '_>> {
        Some(Box::new(&self.header))
    }
    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.as_ref().map(|source| source as &dyn SourceCode)
    }
    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.label.iter().cloned()))
    }
}

impl std::error::Error for Report {}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl fmt::Debug for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.header)
    }
}
