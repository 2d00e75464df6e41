//! `--format github`: workflow commands, one line a finding.

use super::Shown;
use super::place::Lines;
use anlan_lang::diag::{Arg, Args, Severity};
use anlan_lang::texts::{self, Language};
use std::fmt::Write;

/// `::error file=…,line=…,col=…,endLine=…,endColumn=…,title=L104::message`. Acknowledged findings are left out.
pub fn commands(lang: Language, shown: &[Shown]) -> String {
    let mut text = String::new();
    for shown in shown {
        let lines = Lines::new(shown.loaded);
        for finding in shown.findings.iter().filter(|finding| finding.acknowledged.is_none()) {
            let level = match finding.severity {
                Severity::Error => "error",
                Severity::Warning | Severity::Question => "warning",
                Severity::Note => "notice",
            };
            let mut properties = String::new();
            if let Some(at) = finding.primary.and_then(|place| lines.position(place)) {
                let file = property(&at.file);
                // Writing to a string cannot fail.
                let _ = write!(properties, "file={file},line={},col={},", at.line, at.column);
                if at.line == at.end_line {
                    let _ = write!(properties, "endColumn={},", at.end_column);
                } else {
                    let _ = write!(properties, "endLine={},", at.end_line);
                }
            }
            let mut message = texts::message(lang, finding);
            if let Some(help) = texts::help(lang, finding) {
                message = format!("{message}\n{help}");
            }
            let fix = finding.fix.as_ref();
            if let Some(fix) = fix.and_then(|fix| super::fix::worded(lang, &lines, fix)) {
                let note = Args::from([("text", Arg::Text(fix))]);
                message = format!("{message}\n{}", texts::text(lang, "note-fix", &note));
            }
            let _ = writeln!(
                text,
                "::{level} {properties}title={}::{}",
                finding.code.0,
                data(&message)
            );
        }
    }
    text
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
