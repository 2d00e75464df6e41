//! The document that a summary is, before any format: sections, lines and tables of plain text.
//!
//! Every writer (Markdown, HTML) reads this and escapes the text in its own way, so nothing here is escaped.

use anlan_lang::texts::Language;

/// A summary. Sections come in one fixed order and none is left out, so two summaries line up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    pub language: Language,
    pub title: String,
    /// One sentence on what the document is.
    pub preamble: String,
    pub sections: Vec<Section>,
}

/// A numbered section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Stable in every language: an anchor, and the catalogue's id after `summary-section-`.
    pub id: &'static str,
    pub title: String,
    pub blocks: Vec<Block>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// The name of one item: a cover, a schedule, a limit. Not numbered, so that adding one changes no other line.
    Heading(String),
    /// One fact each.
    Lines(Vec<Line>),
    Table(Table),
    /// For formats that can draw; the same facts stand as text beside it.
    Picture(Picture),
}

/// Layers one above the other, the first at the bottom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    pub title: String,
    /// (who bears it, up to how much)
    pub layers: Vec<(String, String)>,
}

/// One fact, with the articles that it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub label: Option<String>,
    pub text: String,
    pub articles: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub title: String,
    pub head: Vec<Column>,
    pub rows: Vec<Row>,
    /// Articles of the table as a whole.
    pub articles: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub title: String,
    /// Amounts and ratios stand at the right.
    pub numeric: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// One for each column.
    pub cells: Vec<String>,
    pub articles: Vec<String>,
}

impl Line {
    /// A line without a label.
    pub fn plain(text: impl Into<String>) -> Self {
        Line {
            label: None,
            text: text.into(),
            articles: Vec::new(),
        }
    }
    pub fn labelled(label: impl Into<String>, text: impl Into<String>) -> Self {
        Line {
            label: Some(label.into()),
            text: text.into(),
            articles: Vec::new(),
        }
    }
    /// Adds articles, each once, in the order given.
    pub fn citing<'a>(mut self, articles: impl IntoIterator<Item = &'a String>) -> Self {
        for article in articles {
            if !self.articles.contains(article) {
                self.articles.push(article.clone());
            }
        }
        self
    }
}

impl Column {
    pub fn words(title: impl Into<String>) -> Self {
        Column {
            title: title.into(),
            numeric: false,
        }
    }
    pub fn numbers(title: impl Into<String>) -> Self {
        Column {
            title: title.into(),
            numeric: true,
        }
    }
}

impl Section {
    pub fn new(id: &'static str, title: impl Into<String>) -> Self {
        Section {
            id,
            title: title.into(),
            blocks: Vec::new(),
        }
    }
    pub fn heading(&mut self, title: impl Into<String>) {
        self.blocks.push(Block::Heading(title.into()));
    }
    /// Appends to the block of lines at the end, or begins one.
    pub fn line(&mut self, line: Line) {
        match self.blocks.last_mut() {
            Some(Block::Lines(lines)) => lines.push(line),
            _ => self.blocks.push(Block::Lines(vec![line])),
        }
    }
    pub fn picture(&mut self, picture: Picture) {
        self.blocks.push(Block::Picture(picture));
    }
    pub fn table(&mut self, table: Table) {
        self.blocks.push(Block::Table(table));
    }
}
