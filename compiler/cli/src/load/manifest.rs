//! `anlan.toml`: where a project's sources are, and the severities it gives to findings.
//!
//! ```toml
//! [project]
//! sources = ["."]      # folders in which imports are looked up; the project's own folder by default
//!
//! [severity]
//! L104 = "warning"     # note, question, warning or error
//! ```

use super::MANIFEST;
use crate::failure::Failure;
use anlan_compiler::project::Settings;
use anlan_lang::diag::{Arg, Code, Severity, codes};
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Component, Path, PathBuf};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

#[derive(Debug, Default)]
pub struct Manifest {
    folders: Vec<String>,
    severities: BTreeMap<String, Severity>,
}

impl Manifest {
    /// The manifest of a project's folder; an empty one where there is none.
    pub fn read(root: &Path) -> Result<Self, Failure> {
        let path = root.join(MANIFEST);
        if !path.is_file() {
            return Ok(Manifest::default());
        }
        let text = super::read::source_text(&path)?;
        parse(&path.display().to_string(), &text)
    }

    /// The folders in which imports are looked up, on disk.
    pub fn folders(&self, root: &Path) -> Vec<PathBuf> {
        if self.folders.is_empty() {
            vec![root.to_owned()]
        } else {
            self.folders.iter().map(|folder| root.join(folder)).collect()
        }
    }

    pub fn settings(self) -> Settings {
        Settings {
            roots: self.folders,
            severities: self.severities,
            ..Settings::default()
        }
    }
}

fn parse(name: &str, text: &str) -> Result<Manifest, Failure> {
    let reader = Reader { name, text };
    let table = DeTable::parse(text).map_err(|error| {
        let place = error.span().unwrap_or(0..0);
        reader.wrong(codes::X017, place).arg("detail", error.message())
    })?;
    let mut manifest = Manifest::default();
    for (key, value) in table.get_ref() {
        match (key.get_ref().as_ref(), value.get_ref()) {
            ("project", DeValue::Table(table)) => reader.project(table, &mut manifest)?,
            ("severity", DeValue::Table(table)) => reader.severities(table, &mut manifest)?,
            ("project" | "severity", _) => return Err(reader.expected(value, "manifest-table")),
            (other, _) => return Err(reader.unknown(other, key.span(), &["project", "severity"])),
        }
    }
    Ok(manifest)
}

struct Reader<'a> {
    name: &'a str,
    text: &'a str,
}

impl Reader<'_> {
    fn project(&self, table: &DeTable, manifest: &mut Manifest) -> Result<(), Failure> {
        for (key, value) in table {
            match (key.get_ref().as_ref(), value.get_ref()) {
                ("sources", DeValue::Array(folders)) => {
                    for folder in folders {
                        manifest.folders.push(self.folder(folder)?);
                    }
                }
                ("sources", _) => return Err(self.expected(value, "manifest-list")),
                (other, _) => return Err(self.unknown(other, key.span(), &["sources"])),
            }
        }
        Ok(())
    }

    /// A folder inside the project, `/` between segments.
    fn folder(&self, value: &Spanned<DeValue>) -> Result<String, Failure> {
        let text = match value.get_ref() {
            DeValue::String(text) => text,
            _ => return Err(self.expected(value, "manifest-folder")),
        };
        let inside = |part: &Component| matches!(part, Component::Normal(_) | Component::CurDir);
        if !Path::new(text.as_ref()).components().all(|part| inside(&part)) {
            return Err(self.expected(value, "manifest-folder"));
        }
        let parts: Vec<&str> = text.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
        Ok(parts.join("/"))
    }

    fn severities(&self, table: &DeTable, manifest: &mut Manifest) -> Result<(), Failure> {
        for (key, value) in table {
            let code = key.get_ref().as_ref();
            if !codes::ALL.iter().any(|(Code(known), _)| *known == code) {
                let known: Vec<&str> = codes::ALL.iter().map(|(Code(known), _)| *known).collect();
                return Err(self.unknown(code, key.span(), &known));
            }
            let severity = match value.get_ref() {
                DeValue::String(word) => severity(word),
                _ => None,
            };
            let severity = severity.ok_or_else(|| self.expected(value, "manifest-severity"))?;
            manifest.severities.insert(code.to_owned(), severity);
        }
        Ok(())
    }

    fn wrong(&self, code: Code, place: Range<usize>) -> Failure {
        Failure::new(code)
            .arg("path", self.name)
            .at(self.name, self.text, place)
    }
    fn expected(&self, value: &Spanned<DeValue>, what: &'static str) -> Failure {
        self.wrong(codes::X019, value.span())
            .arg("expected", Arg::Message(what))
    }
    fn unknown(&self, key: &str, place: Range<usize>, known: &[&str]) -> Failure {
        let failure = self.wrong(codes::X020, place).arg("key", key);
        match anlan_lang::nearest::nearest(key, known.iter().copied()) {
            Some(near) => failure.arg("near", near).helped("near"),
            None => failure,
        }
    }
}

fn severity(word: &str) -> Option<Severity> {
    match word {
        "note" => Some(Severity::Note),
        "question" => Some(Severity::Question),
        "warning" => Some(Severity::Warning),
        "error" => Some(Severity::Error),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)] // tests

    use super::*;

    #[test]
    fn folders_and_severities_are_read() {
        let text = "[project]\nsources = [\"./schemes/\", \"lib/a\", \".\"]\n[severity]\nS001 = \"warning\"\n";
        let manifest = parse("anlan.toml", text).unwrap();
        assert_eq!(manifest.folders, ["schemes", "lib/a", ""]);
        assert_eq!(manifest.severities.get("S001"), Some(&Severity::Warning));
    }

    #[test]
    fn slips_are_refused_at_their_place() {
        for (text, code, place) in [
            ("[project", codes::X017, None),
            ("[projct]\n", codes::X020, Some("projct")),
            ("[severity]\nS0O1 = \"error\"", codes::X020, Some("S0O1")),
            ("[severity]\nS001 = \"loud\"", codes::X019, Some("\"loud\"")),
            ("[project]\nsources = \"a\"", codes::X019, Some("\"a\"")),
            ("[project]\nsources = [\"../a\"]", codes::X019, Some("\"../a\"")),
            ("[project]\nsources = [\"/a\"]", codes::X019, Some("\"/a\"")),
            ("project = 1", codes::X019, Some("1")),
        ] {
            let failure = parse("anlan.toml", text).unwrap_err();
            assert_eq!(failure.finding.code, code, "{text}");
            let snippet = failure.snippet.unwrap();
            if let Some(place) = place {
                assert_eq!(snippet.text.get(snippet.range), Some(place), "{text}");
            }
        }
    }
}
