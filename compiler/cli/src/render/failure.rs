//! Failures (X and V codes) on standard error: a miette diagnostic, drawn with our words as source findings are.

use crate::failure::Failure;
use crate::output::colour_for;
use crate::session::Session;
use anlan_lang::diag::{Arg, Args};
use anlan_lang::texts::{self, Language};
use miette::{Diagnostic, LabeledSpan, NamedSource, ReportHandler, SourceCode};
use std::fmt;
use unicode_width::UnicodeWidthStr;

/// Lines beyond these widths are hard to read or impossible to fill.
const WIDTHS: std::ops::RangeInclusive<usize> = 40..=120;

/// Shows why the command could not run.
pub fn failure(session: &Session, failure: &Failure) {
    let stderr = std::io::stderr();
    let width = terminal_size::terminal_size_of(&stderr).map_or(*WIDTHS.end(), |(width, _)| usize::from(width.0));
    eprint!("{}", drawn(session.lang, failure, colour_for(&stderr), width));
}

/// The failure as text, `width` columns wide.
pub fn drawn(lang: Language, failure: &Failure, colour: bool, width: usize) -> String {
    let handler = Handler {
        colour,
        width: width.clamp(*WIDTHS.start(), *WIDTHS.end()),
        separator: texts::plain(lang, "header-separator"),
    };
    Drawn(&handler, &Report::new(lang, failure)).to_string()
}

/// A failure in one language.
struct Report {
    header: String,
    message: String,
    help: Option<String>,
    source: Option<NamedSource<String>>,
    label: Option<LabeledSpan>,
}

impl Report {
    fn new(lang: Language, failure: &Failure) -> Self {
        let finding = &failure.finding;
        let word = texts::plain(lang, super::severity_word(finding.severity));
        let help = |text| texts::text(lang, "note-help", &Args::from([("text", Arg::Text(text))]));
        let snippet = failure.snippet.as_deref();
        let message = texts::message(lang, finding);
        Report {
            header: format!("{word}[{}]", finding.code.0),
            message: match &failure.of {
                Some(of) => format!("{of}{}{message}", texts::plain(lang, "header-separator")),
                None => message,
            },
            help: texts::help(lang, finding).map(help),
            source: snippet.map(|snippet| NamedSource::new(&snippet.name, snippet.text.clone())),
            label: snippet.map(|snippet| {
                let words = texts::primary_label(lang, finding);
                LabeledSpan::new(Some(words), snippet.range.start, snippet.range.len())
            }),
        }
    }
}

impl Diagnostic for Report {
    fn code(&self) -> Option<Box<dyn fmt::Display + '_>> {
        Some(Box::new(&self.header))
    }
    fn help(&self) -> Option<Box<dyn fmt::Display + '_>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
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

struct Drawn<'a>(&'a Handler, &'a Report);

impl fmt::Display for Drawn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.debug(self.1, f)
    }
}

/// miette's own handlers speak English only.
struct Handler {
    colour: bool,
    width: usize,
    separator: String,
}

impl ReportHandler for Handler {
    fn debug(&self, diagnostic: &dyn Diagnostic, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let header = diagnostic.code().map(|code| code.to_string()).unwrap_or_default();
        let mut lines = self
            .wrapped(&format!("{header}{}{diagnostic}", self.separator), "", "  ")
            .into_iter();
        let first = lines.next().unwrap_or_default();
        match (self.colour, first.strip_prefix(&header)) {
            (true, Some(rest)) => writeln!(f, "\u{1b}[1;91m{header}\u{1b}[0m\u{1b}[1m{rest}\u{1b}[0m")?,
            _ => writeln!(f, "{first}")?,
        }
        lines.try_for_each(|line| writeln!(f, "{line}"))?;
        if let (Some(source), Some(labels)) = (diagnostic.source_code(), diagnostic.labels()) {
            labels.into_iter().try_for_each(|label| snippet(source, &label, f))?;
        }
        if let Some(help) = diagnostic.help() {
            for line in self.wrapped(&help.to_string(), "  = ", "    ") {
                writeln!(f, "{line}")?;
            }
        }
        Ok(())
    }
}

impl Handler {
    fn wrapped(&self, text: &str, first: &str, next: &str) -> Vec<String> {
        let options = textwrap::Options::new(self.width)
            .initial_indent(first)
            .subsequent_indent(next);
        let lines = textwrap::wrap(text, options);
        lines.into_iter().map(|line| line.into_owned()).collect()
    }
}

/// The line where a label begins, with its place underlined. Nothing where the source has no such place.
fn snippet(source: &dyn SourceCode, label: &LabeledSpan, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    // With a line of context on both sides the label's own line is whole.
    let Ok(lines) = source.read_span(label.inner(), 1, 1) else {
        return Ok(());
    };
    let text = String::from_utf8_lossy(lines.data());
    let start = label.offset().saturating_sub(lines.span().offset());
    let (Some(above), Some(below)) = (text.get(..start), text.get(start..)) else {
        return Ok(());
    };
    let before = above.rsplit('\n').next().unwrap_or_default().replace('\t', " ");
    let after = below.lines().next().unwrap_or_default();
    let under = after.get(..label.len().min(after.len())).unwrap_or(after);
    let number = (lines.line() + above.matches('\n').count() + 1).to_string();
    let gutter = " ".repeat(number.len());
    writeln!(
        f,
        "{gutter} ┌─ {}:{number}:{}",
        lines.name().unwrap_or_default(),
        before.chars().count() + 1
    )?;
    writeln!(f, "{gutter} │")?;
    writeln!(f, "{number} │ {before}{after}")?;
    let (space, carets) = (" ".repeat(before.width()), "^".repeat(under.width().max(1)));
    writeln!(f, "{gutter} │ {space}{carets} {}", label.label().unwrap_or_default())?;
    writeln!(f, "{gutter} │")
}
