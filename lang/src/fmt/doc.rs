//! What is laid out: items of words, in blocks, with their places in the old source for comments and blank lines.

/// A word that is never broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Atom {
    pub text: String,
    /// Follows the word before without a blank.
    pub tight: bool,
    /// A line may be broken before it.
    pub breaks: bool,
    /// Where it stood.
    pub at: u32,
    /// Comments that followed it; the line ends after them.
    pub comments: Vec<Aside>,
}

/// A comment inside an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aside {
    pub text: String,
    /// On a line of its own.
    pub own_line: bool,
}

impl Atom {
    /// A word without a place of its own.
    pub fn plain(text: &str) -> Atom {
        Atom {
            text: text.to_owned(),
            tight: false,
            breaks: false,
            at: 0,
            comments: Vec::new(),
        }
    }
}

/// A run of words with the notes that trail it; the first segment of an item follows its key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Segment {
    pub atoms: Vec<Atom>,
    pub notes: Vec<Atom>,
    pub start: u32,
    /// Set off by a comma from the segment before.
    pub comma: bool,
}

/// A clause, row or field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Item {
    /// The first column.
    pub key: Vec<Atom>,
    pub segments: Vec<Segment>,
    /// Cells in columns of their own, in place of words.
    pub cells: Vec<String>,
    pub block: Option<Block>,
    /// The old place, notes included.
    pub start: u32,
    pub end: u32,
}

/// `{ … }` at the end of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    pub style: Style,
    pub items: Vec<Item>,
    /// Notes of the whole item: after `{` of a block of several lines, after `}` of one line.
    pub notes: Vec<Atom>,
}

/// How items of a block stand on one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Two blanks between clauses, each begun by its keyword.
    Clauses,
    /// `;` between rows.
    Rows,
    /// `,` between fields.
    Fields,
}

impl Style {
    /// What ends an item before the blank and the next item.
    pub fn separator(self) -> &'static str {
        match self {
            Style::Clauses => " ",
            Style::Rows => ";",
            Style::Fields => ",",
        }
    }
}
