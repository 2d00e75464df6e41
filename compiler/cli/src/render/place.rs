//! Places as people and programs count them: lines and columns from 1, columns in characters.

use crate::load::Loaded;
use anlan_compiler::resolve::Modules;
use anlan_lang::diag::{Arg, FileId, Place};
use codespan_reporting::files::{Error, Files, line_starts};
use std::cell::OnceCell;
use std::ops::Range;

/// The sources of a project with an index of their lines, made when first asked for.
pub struct Lines<'a> {
    loaded: &'a Loaded,
    starts: Vec<OnceCell<Vec<usize>>>,
}

/// Where something stands: `line` and `column` of its first character, and of the first character after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    pub file: String,
    pub line: usize,
    pub column: usize,
    pub end_line: usize,
    pub end_column: usize,
}

impl<'a> Lines<'a> {
    pub fn new(loaded: &'a Loaded) -> Self {
        let count = loaded.project.sources().len();
        Lines {
            loaded,
            starts: (0..count).map(|_| OnceCell::new()).collect(),
        }
    }

    /// `None` where the place is not of this project.
    pub fn position(&self, place: Place) -> Option<Position> {
        let id = place.file.0 as usize;
        let range = self.range(place);
        let start = self.location(id, range.start).ok()?;
        let end = self.location(id, range.end).ok()?;
        Some(Position {
            file: self.loaded.shown(place.file),
            line: start.line_number,
            column: start.column_number,
            end_line: end.line_number,
            end_column: end.column_number,
        })
    }

    /// The place's bytes, kept inside its source and on character boundaries.
    pub fn range(&self, place: Place) -> Range<usize> {
        let text = self
            .loaded
            .project
            .source(place.file)
            .map_or("", |source| source.text.as_str());
        let inside = |at: u32| {
            let at = (at as usize).min(text.len());
            (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
        };
        let start = inside(place.span.start);
        start..inside(place.span.end).max(start)
    }

    /// The name by which another file imports this one.
    pub fn module(&self, file: FileId) -> Option<String> {
        match Modules::new(&self.loaded.project).name_of(file)? {
            Arg::Text(name) => Some(name),
            _ => None,
        }
    }

    /// The source text at the place.
    pub fn written(&self, place: Place) -> &'a str {
        let source = self.loaded.project.source(place.file);
        source
            .and_then(|source| source.text.get(self.range(place)))
            .unwrap_or_default()
    }

    fn starts(&self, id: usize) -> Result<&[usize], Error> {
        let text = self.text(id)?;
        let cell = self.starts.get(id).ok_or(Error::FileMissing)?;
        Ok(cell.get_or_init(|| line_starts(text).collect()))
    }

    fn text(&self, id: usize) -> Result<&'a str, Error> {
        let source = self.loaded.project.sources().get(id).ok_or(Error::FileMissing)?;
        Ok(source.text.as_str())
    }
}

impl<'a> Files<'a> for Lines<'_> {
    type FileId = usize;
    type Name = String;
    type Source = &'a str;

    fn name(&'a self, id: usize) -> Result<String, Error> {
        Ok(self
            .loaded
            .shown(FileId(u32::try_from(id).map_err(|_| Error::FileMissing)?)))
    }
    fn source(&'a self, id: usize) -> Result<&'a str, Error> {
        self.text(id)
    }
    fn line_index(&'a self, id: usize, byte: usize) -> Result<usize, Error> {
        // The first line starts at 0, so there is always one at or before `byte`.
        Ok(self
            .starts(id)?
            .partition_point(|start| *start <= byte)
            .saturating_sub(1))
    }
    fn line_range(&'a self, id: usize, line: usize) -> Result<Range<usize>, Error> {
        let starts = self.starts(id)?;
        let missing = Error::LineTooLarge {
            given: line,
            max: starts.len().saturating_sub(1),
        };
        let start = *starts.get(line).ok_or(missing)?;
        let end = starts.get(line + 1).copied().unwrap_or(self.text(id)?.len());
        Ok(start..end)
    }
}
