//! Tables of slips: one text of a policy replaced, and the finding that `check` must give for it.
//!
//! ```text
//! [yunyang/scheme.anlan]
//! L102 error | 死亡 定额 3万元 | 死亡 定额 3001万元
//! C107 error | 险种 高空坠物 >> 责任部门 | (line) | at 险种 高空坠物
//! ```
//!
//! Columns: code and severity; what is replaced (`context >> text` where the text stands more than once: the first
//! after the context); what stands there then (`(nothing)`, or `(line)` where its whole lines go); then, where they
//! differ, `at TEXT` or `at FILE: TEXT`, where the finding is (by default the changed line), and `with CODES: reason`,
//! the further findings that are more than three. `\n` is a line end.

use crate::edited::{self, Said};
use anlan_compiler::project::Source;
use anlan_lang::diag::Severity;

/// More further findings than this need a reason.
pub const FURTHER: usize = 3;

/// One line of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mutant {
    /// Line of the table, from 1.
    pub number: usize,
    pub file: String,
    pub code: String,
    pub severity: String,
    pub context: Option<String>,
    pub old: String,
    pub new: String,
    /// File and text where the finding is, if not on the changed line.
    pub at: Option<(String, String)>,
    /// Codes of further findings, listed because they are many.
    pub with: Vec<String>,
}

/// Reads a table; a line that cannot be read ends the test.
pub fn read(name: &str, table: &str) -> Vec<Mutant> {
    let mut file = None;
    let mut mutants = Vec::new();
    for (index, line) in table.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(path) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            file = Some(path.to_owned());
            continue;
        }
        let file = file
            .clone()
            .unwrap_or_else(|| panic!("{name}: a mutant before any [file]"));
        let read = Mutant::read(index + 1, file, line);
        mutants.push(read.unwrap_or_else(|| panic!("{name}:{}: cannot read {line}", index + 1)));
    }
    mutants
}

impl Mutant {
    fn read(number: usize, file: String, line: &str) -> Option<Mutant> {
        let mut columns = line.split(" | ").map(str::trim);
        let (code, severity) = columns.next()?.split_once(' ')?;
        let old = columns.next()?;
        let new = columns.next()?.replace("\\n", "\n");
        let (context, old) = match old.split_once(" >> ") {
            Some((context, old)) => (Some(context.replace("\\n", "\n")), old),
            None => (None, old),
        };
        let mut mutant = Mutant {
            number,
            code: code.to_owned(),
            severity: severity.trim().to_owned(),
            context,
            old: old.replace("\\n", "\n"),
            new,
            at: None,
            with: Vec::new(),
            file,
        };
        for column in columns {
            if let Some(at) = column.strip_prefix("at ") {
                mutant.at = Some(match at.split_once(": ").filter(|(file, _)| file.ends_with(".anlan")) {
                    Some((file, text)) => (file.to_owned(), text.replace("\\n", "\n")),
                    None => (mutant.file.clone(), at.replace("\\n", "\n")),
                });
            } else {
                let (codes, reason) = column.strip_prefix("with ")?.split_once(": ")?;
                if reason.trim().is_empty() {
                    return None;
                }
                mutant.with = codes.split_whitespace().map(str::to_owned).collect();
            }
        }
        Some(mutant)
    }

    /// The text with the slip, and the line where it is.
    fn text(&self, text: &str) -> Result<(String, usize), String> {
        let once = |part: &str| match text.matches(part).count() {
            1 => text.find(part).ok_or_else(String::new),
            count => Err(format!("{part:?} occurs {count} times")),
        };
        let at = match &self.context {
            None => once(&self.old)?,
            Some(context) => {
                let from = once(context)?;
                let after = text[from..].find(&self.old);
                from + after.ok_or_else(|| format!("no {:?} after {context:?}", self.old))?
            }
        };
        let (mut from, mut to) = (at, at + self.old.len());
        let new = match self.new.as_str() {
            "(nothing)" => "",
            "(line)" => {
                from = text[..from].rfind('\n').map_or(0, |end| end + 1);
                to = text[to..].find('\n').map_or(text.len(), |end| to + end + 1);
                ""
            }
            new => new,
        };
        // The first changed character, not the first replaced one.
        let same = self.old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count();
        let line = text[..at].matches('\n').count() + 1;
        let within = self.old.get(..same).map_or(0, |kept| kept.matches('\n').count());
        Ok((format!("{}{new}{}", &text[..from], &text[to..]), line + within))
    }

    /// The sources with this slip, where it can be made.
    pub fn sources(&self, sources: &[Source]) -> Option<Vec<Source>> {
        let source = sources.iter().find(|source| source.path == self.file)?;
        let (text, _) = self.text(&source.text).ok()?;
        Some(edited::with(sources, &self.file, text))
    }

    /// What is wrong with what `check` says of this mutant, if anything.
    pub fn fault(&self, sources: &[Source], before: &[Said]) -> Option<String> {
        let source = sources.iter().find(|source| source.path == self.file);
        let source = source.unwrap_or_else(|| panic!("no policy {}", self.file));
        let (text, changed) = match self.text(&source.text) {
            Ok(mutated) => mutated,
            Err(why) => return Some(self.told(&why, &[])),
        };
        let sources = edited::with(sources, &self.file, text);
        let (file, line) = match &self.at {
            None => (self.file.as_str(), changed),
            Some((file, text)) => {
                let source = sources.iter().find(|source| source.path == *file);
                match source.and_then(|source| source.text.find(text).map(|at| &source.text[..at])) {
                    Some(before) => (file.as_str(), before.matches('\n').count() + 1),
                    None => return Some(self.told(&format!("no {text:?} in {file}"), &[])),
                }
            }
        };
        let fresh = edited::fresh(before, &edited::said(&sources));
        let expected = |said: &Said| said.code == self.code && !said.acknowledged;
        let severity = |said: &Said| severity(said.severity) == self.severity;
        let here = |said: &Said| said.path == file && said.line == line;
        if !fresh.iter().any(|said| expected(said) && severity(said) && here(said)) {
            let why = format!("no {} {} at {file}:{line}", self.code, self.severity);
            return Some(self.told(&why, &fresh));
        }
        // What is wrong with a limit is said once; tables and articles have several columns on one line.
        let of_limits = fresh.iter().filter(|said| said.code.starts_with('L'));
        let mut places: Vec<_> = of_limits.map(|said| (said.code, &said.path, said.line)).collect();
        places.sort_unstable();
        if let Some(twice) = places.windows(2).find(|pair| pair[0] == pair[1]) {
            return Some(self.told(&format!("{} stands twice on one line", twice[0].0), &fresh));
        }
        let mut further: Vec<&str> = fresh.iter().map(|said| said.code).collect();
        let own = further.iter().position(|code| *code == self.code);
        own.map(|own| further.remove(own));
        let listed = {
            let mut listed: Vec<&str> = self.with.iter().map(String::as_str).collect();
            listed.sort_unstable();
            further.sort_unstable();
            listed == further
        };
        match further.len() > FURTHER {
            true if !listed => Some(self.told(&format!("further findings: {}", further.join(" ")), &fresh)),
            false if !self.with.is_empty() => Some(self.told("few further findings need no list", &fresh)),
            _ => None,
        }
    }

    fn told(&self, why: &str, fresh: &[Said]) -> String {
        let lines: Vec<String> = fresh.iter().map(|said| format!("\n    {said}")).collect();
        format!(
            "line {}: {} → {}: {why}{}",
            self.number,
            self.old.replace('\n', "\\n"),
            self.new.replace('\n', "\\n"),
            lines.concat()
        )
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Question => "question",
        Severity::Note => "note",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_and_applied() {
        let table = "# a\n[x.anlan]\nL101 error | b >> c | d\\ne\nT101 error | f | (line) | at g | with A1 B2: long\n";
        let mutants = read("t", table);
        let [first, second] = mutants.as_slice() else {
            panic!("{mutants:?}")
        };
        assert_eq!(first.text("a c\nb\n c f").unwrap(), ("a c\nb\n d\ne f".to_owned(), 3));
        assert!(first.text("b b c").is_err());
        assert_eq!(second.text("1\n2 f 3\n4").unwrap(), ("1\n4".to_owned(), 2));
        assert_eq!(second.at, Some(("x.anlan".to_owned(), "g".to_owned())));
        assert_eq!(second.with, ["A1", "B2"]);
    }

    #[test]
    fn the_changed_line_is_the_first_that_differs() {
        let mutant = &read("t", "[x]\nS001 error | a\\nb | a\\nc\n")[0];
        assert_eq!(mutant.text("0\na\nb").unwrap(), ("0\na\nc".to_owned(), 3));
    }
}
