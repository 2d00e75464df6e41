//! Lines to text: keywords and notes in columns, long lists wrapped.

use super::doc::{Aside, Atom, Segment};
use super::layout::{WIDTH, join};
use unicode_width::UnicodeWidthStr;

/// Columns that a text takes; East-Asian characters take two.
pub fn width(text: &str) -> usize {
    text.width()
}

/// Notes stay on their line up to this width, whatever the alignment adds.
const NOTES_WIDTH: usize = 92;
/// A longer text does not push the notes of its neighbours to the right.
const LONGEST_ALIGNED: usize = 64;
/// A longer keyword does not widen the column of keywords; rows begin with names, which may be longer.
const LONGEST_KEYWORD: usize = 16;
const LONGEST_NAME: usize = 32;
/// A list goes on under its beginning up to this column.
const DEEPEST_HANG: usize = 30;

/// One line before alignment, with what follows it on further lines of its own.
#[derive(Debug, Clone, Default)]
pub struct Line {
    indent: usize,
    key: String,
    body: Vec<Atom>,
    notes: Vec<Atom>,
    comments: Vec<String>,
    pub blank: bool,
    kind: Kind,
    /// Width on one line, the larger of both languages.
    wide: usize,
    /// Begins with a name, not with a keyword.
    pub named: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Kind {
    /// Keyword and notes align with neighbours.
    #[default]
    Clause,
    /// A row of a table: its columns are already aligned.
    Row,
    /// An option of the clause before.
    Option,
    /// The head of a block of several lines.
    Head,
    /// A comment, or a closing brace.
    Plain,
}

impl Line {
    pub fn comment(indent: usize, text: String) -> Line {
        Line::plain(indent, text)
    }

    pub fn text(indent: usize, text: impl Into<String>) -> Line {
        Line::plain(indent, text.into())
    }

    fn plain(indent: usize, key: String) -> Line {
        Line {
            indent,
            key,
            kind: Kind::Plain,
            ..Line::default()
        }
    }

    pub fn clause(indent: usize, key: String, segment: &Segment, wide: usize) -> Line {
        let (body, notes) = (segment.atoms.clone(), segment.notes.clone());
        Line {
            indent,
            key,
            body,
            notes,
            wide,
            ..Line::default()
        }
    }

    pub fn option(indent: usize, segment: &Segment, wide: usize) -> Line {
        let mut line = Line::clause(indent, String::new(), segment, wide);
        line.kind = Kind::Option;
        line
    }

    pub fn row(indent: usize, key: String, cells: String, notes: Vec<Atom>) -> Line {
        let wide = indent + width(&key) + width(&cells) + 2 + width(&join(&notes));
        Line {
            indent,
            key: key + &cells,
            notes,
            wide,
            kind: Kind::Row,
            ..Line::default()
        }
    }

    pub fn add_comment(&mut self, text: String) {
        self.comments.push(text);
    }

    /// Comments on the words of the key.
    pub fn add_asides(&mut self, asides: Vec<Aside>) {
        match self.body.first_mut().or(self.notes.first_mut()) {
            Some(first) => first.comments.splice(0..0, asides).for_each(drop),
            None => self.comments.extend(asides.into_iter().map(|aside| aside.text)),
        }
    }

    /// A comma before the next segment, which begins a line of its own.
    pub fn add_comma(&mut self) {
        let last = self.notes.last_mut().or(self.body.last_mut());
        match last {
            Some(last) => last.text.push(','),
            None => self.key.push(','),
        }
    }

    /// Goes on with a segment on the same line.
    pub fn continue_with(&mut self, segment: &Segment) {
        self.body.append(&mut self.notes);
        if segment.comma
            && let Some(last) = self.body.last_mut()
        {
            last.text.push(',');
        }
        let mut atoms = segment.atoms.clone();
        if let Some(first) = atoms.first_mut() {
            first.breaks = true;
        }
        self.body.extend(atoms);
        self.notes = segment.notes.clone();
    }

    pub fn close_inline(&mut self, block: Vec<Atom>, notes: Vec<Atom>) {
        self.body.extend(block);
        self.notes.extend(notes);
    }

    pub fn open(&mut self, notes: Vec<Atom>) {
        self.body.push(Atom::plain("{"));
        self.notes.extend(notes);
        self.kind = Kind::Head;
    }
}

/// One line of the new text.
#[derive(Debug, Default)]
struct Physical {
    text: String,
    notes: String,
    comments: String,
    blank: bool,
    /// Notes align within a run of lines with the same number.
    run: usize,
}

/// All lines as text.
pub fn render(lines: &[Line]) -> String {
    let columns = key_columns(lines);
    let mut physical = Vec::new();
    for (line, (column, run)) in lines.iter().zip(columns) {
        emit(line, column, run, &mut physical);
    }
    align_notes(&mut physical);
    let mut text = String::new();
    for line in physical {
        if line.blank {
            text.push('\n');
        }
        text.push_str([line.text, line.notes, line.comments].concat().trim_end());
        text.push('\n');
    }
    text
}

/// For each line the column at which its text begins after the keyword, and its run.
fn key_columns(lines: &[Line]) -> Vec<(usize, usize)> {
    let mut result = vec![(0, 0); lines.len()];
    let mut members: Vec<usize> = Vec::new();
    let mut run = 0;
    for (index, line) in lines.iter().enumerate() {
        let first = members.first().and_then(|m| lines.get(*m));
        let belongs = match line.kind {
            Kind::Option => true,
            Kind::Head | Kind::Plain => false,
            Kind::Clause | Kind::Row => {
                !line.blank && first.is_none_or(|f| f.indent == line.indent && f.kind == line.kind)
            }
        };
        if !belongs {
            close_run(lines, &mut members, run, &mut result);
            run += 1;
        }
        if matches!(line.kind, Kind::Clause | Kind::Row) {
            members.push(index);
        }
        if let Some(slot) = result.get_mut(index) {
            // Options align among themselves, not with the clauses around them.
            slot.1 = if line.kind == Kind::Option {
                usize::MAX - run
            } else {
                run
            };
        }
        if matches!(line.kind, Kind::Head | Kind::Plain) {
            run += 1;
        }
    }
    close_run(lines, &mut members, run, &mut result);
    result
}

fn close_run(lines: &[Line], members: &mut Vec<usize>, run: usize, result: &mut [(usize, usize)]) {
    let with_body = || {
        members
            .iter()
            .filter_map(|m| lines.get(*m))
            .filter(|l| !l.body.is_empty())
    };
    let longest = |l: &Line| if l.named { LONGEST_NAME } else { LONGEST_KEYWORD };
    let keys = with_body()
        .filter(|l| width(&l.key) <= longest(l))
        .map(|l| width(&l.key));
    let gap = if with_body().count() > 1 { 2 } else { 1 };
    let column = keys.max().map_or(0, |w| w + gap);
    for member in members.drain(..) {
        if let Some(slot) = result.get_mut(member) {
            *slot = (column, run);
        }
    }
}

fn emit(line: &Line, column: usize, run: usize, out: &mut Vec<Physical>) {
    let mut current = " ".repeat(line.indent) + &line.key;
    let hang = hang(line, column);
    if !line.body.is_empty() && !line.key.is_empty() {
        let gap = (column.max(width(&line.key) + 1)) - width(&line.key);
        current.push_str(&" ".repeat(if line.kind == Kind::Head { 1 } else { gap }));
    }
    let start = out.len();
    wrap(&line.body, current, hang, run, out);
    notes(line, run, out);
    if let Some(first) = out.get_mut(start) {
        first.blank = line.blank;
    }
    if let Some(last) = out.last_mut() {
        line.comments.iter().for_each(|comment| push_comment(last, comment));
    }
}

/// Column at which a wrapped list goes on.
fn hang(line: &Line, column: usize) -> usize {
    let under = line.indent + column.max(width(&line.key) + 1);
    match line.kind {
        Kind::Option | Kind::Head => line.indent + 4,
        _ if under <= DEEPEST_HANG => under,
        _ => line.indent + 4,
    }
}

/// Comments after a word: on its line if they stood there, else on lines of their own.
fn asides(comments: &[Aside], indent: usize, run: usize, out: &mut Vec<Physical>) {
    for aside in comments {
        match out.last_mut() {
            Some(last) if !aside.own_line && last.comments.is_empty() => push_comment(last, &aside.text),
            _ => out.push(Physical {
                comments: " ".repeat(indent) + &aside.text,
                run,
                ..Physical::default()
            }),
        }
    }
}

fn push_comment(line: &mut Physical, comment: &str) {
    line.comments.push_str("  ");
    line.comments.push_str(comment);
}

/// The words of a line, broken where they must be (after a comment) or may be (a long list).
fn wrap(body: &[Atom], mut current: String, hang: usize, run: usize, out: &mut Vec<Physical>) {
    let mut fresh = current.ends_with(' ') || current.is_empty();
    let mut broken = false;
    for (index, atom) in body.iter().enumerate() {
        let gap = usize::from(!fresh && !atom.tight);
        let piece: usize = unbroken(body, index);
        let must = broken || (atom.breaks && width(&current) + gap + piece > WIDTH && !current.trim().is_empty());
        if must {
            if !broken {
                out.push(Physical {
                    text: std::mem::take(&mut current),
                    run,
                    ..Physical::default()
                });
            }
            current = " ".repeat(hang);
        } else if gap > 0 {
            current.push(' ');
        }
        current.push_str(&atom.text);
        fresh = false;
        broken = !atom.comments.is_empty();
        if broken {
            out.push(Physical {
                text: std::mem::take(&mut current),
                run,
                ..Physical::default()
            });
            asides(&atom.comments, hang, run, out);
        }
    }
    if !broken {
        out.push(Physical {
            text: current,
            run,
            ..Physical::default()
        });
    }
}

/// Width up to the next place where the line may be broken.
fn unbroken(body: &[Atom], from: usize) -> usize {
    let mut total = 0;
    for (index, atom) in body.iter().enumerate().skip(from) {
        if index > from {
            if atom.breaks {
                break;
            }
            total += usize::from(!atom.tight);
        }
        total += width(&atom.text);
    }
    total
}

/// Notes on the line where all of them fit, else assumptions on lines of their own.
fn notes(line: &Line, run: usize, out: &mut Vec<Physical>) {
    let commented = line
        .notes
        .iter()
        .chain(line.body.last())
        .any(|a| !a.comments.is_empty());
    let short = line.wide <= NOTES_WIDTH && !commented;
    let far = |atom: &Atom| !short && (commented || atom.text.ends_with('"') || atom.text.ends_with('”'));
    let split = line.notes.iter().position(far).unwrap_or(line.notes.len());
    let (near, rest) = line.notes.split_at_checked(split).unwrap_or((&[], &line.notes));
    if !near.is_empty() {
        let text = join(near);
        match out.last_mut() {
            Some(last) if short || width(&last.text) + 2 + width(&text) <= WIDTH => last.notes = text,
            _ => out.push(continued(line, text, run)),
        }
    }
    for atom in rest {
        out.push(continued(line, atom.text.clone(), run));
        asides(&atom.comments, line.indent + 2, run, out);
    }
}

fn continued(line: &Line, text: String, run: usize) -> Physical {
    let text = " ".repeat(line.indent + 2) + &text;
    Physical {
        text,
        run,
        ..Physical::default()
    }
}

/// Puts the notes of each run into one column.
fn align_notes(lines: &mut [Physical]) {
    let mut from = 0;
    while let Some(first) = lines.get(from) {
        let run = first.run;
        let length = lines.iter().skip(from).take_while(|l| l.run == run).count();
        let members = || lines.iter().skip(from).take(length);
        let texts = members().filter(|l| !l.notes.is_empty()).map(|l| width(&l.text));
        let column = texts.filter(|w| *w <= LONGEST_ALIGNED).max().unwrap_or(0);
        for line in lines.iter_mut().skip(from).take(length).filter(|l| !l.notes.is_empty()) {
            let gap = column.max(width(&line.text)) + 2 - width(&line.text);
            line.notes.insert_str(0, &" ".repeat(gap));
        }
        from += length.max(1);
    }
}
