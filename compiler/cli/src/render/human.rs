//! Findings for people, drawn by codespan-reporting with our words.

use super::place::Lines;
use super::{Shown, severity_word, witness};
use anlan_lang::diag::{Arg, Args, Finding, Place, Severity};
use anlan_lang::texts::{self, Language};
use codespan_reporting::diagnostic::{Diagnostic, Label, LabelStyle, Severity as Drawn};
use codespan_reporting::files;
use codespan_reporting::term::termcolor::{Ansi, NoColor};
use codespan_reporting::term::{self, Config, DisplayStyle, WriteStyle};
use std::io::{self, Write};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    Rich,
    Short,
}

/// Draws every finding that nothing accepted. An acknowledged one is counted, not drawn.
pub fn findings(out: &mut impl Write, lang: Language, style: Style, colour: bool, shown: &[Shown]) -> io::Result<()> {
    for shown in shown {
        let lines = Lines::new(shown.loaded);
        for finding in shown.findings.iter().filter(|finding| finding.acknowledged.is_none()) {
            let painter = Painter {
                lang,
                style,
                lines: &lines,
            };
            if colour {
                painter.draw(Ansi::new(&mut *out), finding)?;
            } else {
                painter.draw(NoColor::new(&mut *out), finding)?;
            }
        }
    }
    Ok(())
}

struct Painter<'a> {
    lang: Language,
    style: Style,
    lines: &'a Lines<'a>,
}

impl Painter<'_> {
    fn draw(&self, writer: impl WriteStyle, finding: &Finding) -> io::Result<()> {
        let config = Config {
            display_style: match self.style {
                Style::Rich => DisplayStyle::Rich,
                Style::Short => DisplayStyle::Short,
            },
            ..Config::default()
        };
        let word = texts::plain(self.lang, severity_word(finding.severity));
        let mut writer = Worded {
            writer,
            header: format!("{word}[{}]", finding.code.0),
            separator: texts::plain(self.lang, "header-separator"),
            state: State::Through,
        };
        term::emit_to_write_style(&mut writer, &config, self.lines, &self.diagnostic(finding)).map_err(|error| {
            match error {
                files::Error::Io(error) => error,
                other => io::Error::other(other.to_string()),
            }
        })
    }

    fn diagnostic(&self, finding: &Finding) -> Diagnostic<usize> {
        let mut labels = Vec::new();
        if let Some(place) = finding.primary {
            labels.extend(self.label(LabelStyle::Primary, place, texts::primary_label(self.lang, finding)));
        }
        for label in &finding.labels {
            let message = texts::label(self.lang, finding, label);
            labels.extend(self.label(LabelStyle::Secondary, label.place, message));
        }
        Diagnostic::new(drawn(finding.severity))
            .with_code(finding.code.0)
            .with_message(texts::message(self.lang, finding))
            .with_labels(labels)
            .with_notes(self.notes(finding))
    }

    /// `None` for a place outside the project, which codespan would refuse to draw.
    fn label(&self, style: LabelStyle, place: Place, message: String) -> Option<Label<usize>> {
        self.lines.position(place)?;
        Some(Label::new(style, place.file.0 as usize, self.lines.range(place)).with_message(message))
    }

    fn notes(&self, finding: &Finding) -> Vec<String> {
        let note = |id: &str, text: Arg| texts::text(self.lang, id, &Args::from([("text", text)]));
        let mut notes = Vec::new();
        if let Some(help) = texts::help(self.lang, finding) {
            notes.push(note("note-help", Arg::Text(help)));
        }
        let fix = finding.fix.as_ref();
        if let Some(fix) = fix.and_then(|fix| super::fix::worded(self.lang, self.lines, fix)) {
            notes.push(note("note-fix", Arg::Text(fix)));
        }
        if !finding.articles.is_empty() {
            notes.push(note("note-articles", Arg::from(finding.articles.clone())));
        }
        if let Some(witness) = &finding.witness {
            let run = witness::Run::of(self.lines, finding, witness);
            notes.push(note(
                "note-witness",
                Arg::Text(witness::command(self.lang, witness, &run)),
            ));
        }
        notes
    }
}

/// codespan's severities choose the colour only; the word is ours.
fn drawn(severity: Severity) -> Drawn {
    match severity {
        Severity::Error => Drawn::Error,
        Severity::Warning => Drawn::Warning,
        Severity::Question => Drawn::Help,
        Severity::Note => Drawn::Note,
    }
}

/// Puts our header (`错误[L104]：`) in the place of codespan's (`error[L104]: `), which knows English only.
struct Worded<W> {
    writer: W,
    header: String,
    separator: String,
    state: State,
}

#[derive(Clone, Copy)]
enum State {
    Through,
    /// Inside the severity and code
    Header,
    /// In the `: ` before the message, with so many bytes to come
    Separator(usize),
}

impl<W: WriteStyle> Write for Worded<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.state {
            State::Through => self.writer.write(bytes),
            State::Header => Ok(bytes.len()),
            State::Separator(left) => {
                let dropped = left.min(bytes.len());
                if dropped == left {
                    self.state = State::Through;
                    self.writer.write_all(self.separator.as_bytes())?;
                } else {
                    self.state = State::Separator(left - dropped);
                }
                Ok(dropped)
            }
        }
    }
    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

impl<W: WriteStyle> WriteStyle for Worded<W> {
    fn set_header(&mut self, severity: Drawn) -> io::Result<()> {
        self.writer.set_header(severity)?;
        self.writer.write_all(self.header.as_bytes())?;
        self.state = State::Header;
        Ok(())
    }
    fn set_header_message(&mut self) -> io::Result<()> {
        self.state = State::Separator(": ".len());
        self.writer.set_header_message()
    }
    fn set_line_number(&mut self) -> io::Result<()> {
        self.writer.set_line_number()
    }
    fn set_note_bullet(&mut self) -> io::Result<()> {
        self.writer.set_note_bullet()
    }
    fn set_source_border(&mut self) -> io::Result<()> {
        self.writer.set_source_border()
    }
    fn set_label(&mut self, severity: Drawn, style: LabelStyle) -> io::Result<()> {
        self.writer.set_label(severity, style)
    }
    fn reset(&mut self) -> io::Result<()> {
        self.writer.reset()
    }
}
