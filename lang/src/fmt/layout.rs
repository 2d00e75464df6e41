//! Items to lines: blocks, comments and blank lines. `columns.rs` aligns and wraps the lines.
//!
//! What depends on the old text (a block that stood on one line, an option on a line of its own) is decided by the
//! width in *both* keyword languages, so that converting there and back gives the same text.

use super::columns::{Line, width};
use super::doc::{Aside, Atom, Block, Item, Segment, Style};
use crate::lex::{Comment, Token, TokenKind};
use crate::lines::Lines;

/// Width that lines keep to where they can.
pub const WIDTH: usize = 100;
/// Blanks for each block.
const STEP: usize = 2;

/// What layout reads beside the items.
#[derive(Debug, Clone, Copy)]
pub struct Source<'s> {
    pub text: &'s str,
    pub tokens: &'s [Token],
    pub comments: &'s [Comment],
    pub lines: &'s Lines,
    /// Comments inside an item move before it.
    pub hoist: bool,
}

/// Words with blanks between them.
pub fn join(atoms: &[Atom]) -> String {
    let mut text = String::new();
    for atom in atoms {
        if !text.is_empty() && !atom.tight {
            text.push(' ');
        }
        text.push_str(&atom.text);
    }
    text
}

/// The whole item on one line.
fn one_line(item: &Item) -> String {
    let mut text = join(&item.key);
    let mut add = |part: &str, gap: &str| {
        if !part.is_empty() {
            if !text.is_empty() {
                text.push_str(gap);
            }
            text.push_str(part);
        }
    };
    for segment in &item.segments {
        add(&join(&segment.atoms), if segment.comma { ", " } else { " " });
        add(&join(&segment.notes), "  ");
    }
    add(&item.cells.join("  "), "  ");
    if let Some(block) = &item.block {
        add(&one_line_block(block), " ");
        add(&join(&block.notes), "  ");
    }
    text
}

/// One line without the last notes, which may go to a line of their own.
fn words_only(item: &Item) -> String {
    let mut item = item.clone();
    if let Some(last) = item.segments.last_mut() {
        last.notes.clear();
    }
    one_line(&item)
}

fn one_line_block(block: &Block) -> String {
    join(&block_words(block))
}

/// A block on one line; a line may be broken between fields.
fn block_words(block: &Block) -> Vec<Atom> {
    let mut words = vec![Atom::plain("{")];
    let last = block.items.len().saturating_sub(1);
    for (index, item) in block.items.iter().enumerate() {
        let separator = if index < last { block.style.separator() } else { "" };
        let mut word = Atom::plain(&(one_line(item) + separator));
        word.breaks = index > 0 && block.style == Style::Fields;
        words.push(word);
    }
    words.push(Atom::plain("}"));
    words
}

/// Lays items out; the second tree is the same in the other keyword language.
#[derive(Debug)]
pub struct Layout<'s> {
    source: Source<'s>,
    pub lines: Vec<Line>,
}

/// The place of a block's braces in the old text.
#[derive(Debug, Clone, Copy)]
struct Braces {
    open: u32,
    close: u32,
}

impl<'s> Layout<'s> {
    pub fn new(source: Source<'s>) -> Self {
        Layout {
            source,
            lines: Vec::new(),
        }
    }

    pub fn file(&mut self, items: &[Item], other: &[Item]) {
        let all = (0, self.source.text.len() as u32);
        self.items((items, other), Style::Clauses, all, 0);
    }

    fn gap(&self, from: u32, to: u32) -> &'s str {
        self.source.text.get(from as usize..to as usize).unwrap_or("")
    }

    fn same_line(&self, from: u32, to: u32) -> bool {
        self.source.lines.line(from) == self.source.lines.line(to)
    }

    /// Whether an empty line stands between two places.
    fn blank_between(&self, from: u32, to: u32) -> bool {
        let gap = self.gap(from, to);
        let ends = gap.matches('\n').count().max(gap.matches('\r').count());
        ends > 1
    }

    fn comments(&self, from: u32, to: u32) -> &'s [Comment] {
        let all = self.source.comments;
        let first = all.partition_point(|c| c.span.start < from);
        let last = all.partition_point(|c| c.span.start < to);
        all.get(first..last).unwrap_or(&[])
    }

    fn comment_text(&self, comment: &Comment) -> String {
        let text = self.source.text.get(comment.span.range()).unwrap_or("");
        match text.strip_prefix("／／") {
            Some(rest) => format!("//{rest}"),
            None => text.to_owned(),
        }
    }

    /// Items between two places, with the comments around them.
    fn items(&mut self, (items, other): (&[Item], &[Item]), style: Style, (low, high): (u32, u32), indent: usize) {
        let cells = Cells::of(items);
        let mut last = low;
        let mut first = true;
        for (item, twin) in items.iter().zip(other) {
            for comment in self.comments(last, item.start) {
                self.own_comment(comment, &mut last, &mut first, indent);
            }
            let inside = self.inside(item);
            if self.source.hoist {
                for comment in &inside {
                    self.own_comment(comment, &mut last, &mut first, indent);
                }
            }
            let blank = !first && self.blank_between(last, item.start);
            let before = self.lines.len();
            let item = &self.commented(item, &inside);
            self.item(item, twin, cells.as_ref(), indent);
            if let Some(line) = self.lines.get_mut(before) {
                line.blank = blank;
                line.named = style != Style::Clauses;
            }
            first = false;
            last = item.end.max(last);
            last = self.trailing(last, high);
        }
        for comment in self.comments(last, high) {
            self.own_comment(comment, &mut last, &mut first, indent);
        }
    }

    fn own_comment(&mut self, comment: &Comment, last: &mut u32, first: &mut bool, indent: usize) {
        let mut line = Line::comment(indent, self.comment_text(comment));
        line.blank = !*first && self.blank_between(*last, comment.span.start);
        self.lines.push(line);
        *first = false;
        *last = comment.span.end;
    }

    /// A comment on the line on which an item ended joins the last line.
    fn trailing(&mut self, end: u32, high: u32) -> u32 {
        let Some(comment) = self.comments(end, high).first() else {
            return end;
        };
        if !self.same_line(end, comment.span.start) {
            return end;
        }
        let text = self.comment_text(comment);
        if let Some(line) = self.lines.last_mut() {
            line.add_comment(text);
        }
        comment.span.end
    }

    // ── comments inside an item ──

    fn braces(&self, item: &Item) -> Option<Braces> {
        item.block.as_ref()?;
        let head = item.key.iter().chain(item.segments.iter().flat_map(|s| &s.atoms));
        let from = head.map(|a| a.at).max().unwrap_or(item.start).max(item.start);
        let first = self.source.tokens.partition_point(|t| t.span.start < from);
        let open = self
            .source
            .tokens
            .iter()
            .skip(first)
            .find(|t| t.kind == TokenKind::OpenBrace)?;
        let close = self.source.tokens.get(open.partner as usize)?;
        Some(Braces {
            open: open.span.end,
            close: close.span.start,
        })
    }

    /// Comments within an item but not within its block.
    fn inside(&self, item: &Item) -> Vec<Comment> {
        let all = self.comments(item.start, item.end);
        let braces = self.braces(item);
        let outside = |c: &&Comment| braces.is_none_or(|b| c.span.start < b.open || c.span.start >= b.close);
        all.iter().filter(outside).copied().collect()
    }

    /// The item with each comment after the word that it followed.
    fn commented(&self, item: &Item, comments: &[Comment]) -> Item {
        let mut item = item.clone();
        if self.source.hoist {
            return item;
        }
        for comment in comments {
            let text = self.comment_text(comment);
            let notes = item.block.iter_mut().flat_map(|b| &mut b.notes);
            let words = item
                .segments
                .iter_mut()
                .flat_map(|s| s.atoms.iter_mut().chain(&mut s.notes));
            let before = item
                .key
                .iter_mut()
                .chain(words)
                .chain(notes)
                .filter(|a| a.at < comment.span.start);
            if let Some(atom) = before.last() {
                atom.comments.push(Aside {
                    text,
                    own_line: comment.own_line,
                });
            }
        }
        item
    }

    // ── one item ──

    fn item(&mut self, item: &Item, twin: &Item, cells: Option<&Cells>, indent: usize) {
        let braces = self.braces(item);
        let short = indent + width(&one_line(item)).max(width(&one_line(twin))) <= WIDTH;
        let was_inline = braces.is_none_or(|b| self.same_line(b.open, b.close));
        let empty = item.block.as_ref().is_some_and(|b| b.items.is_empty());
        if let (Some(cells), true) = (cells, !item.cells.is_empty()) {
            self.row(item, cells, indent);
        } else {
            self.segments(item, twin, short, indent);
        }
        let (Some(block), Some(twin), Some(braces)) = (&item.block, &twin.block, braces) else {
            return;
        };
        let plain = self.comments(braces.open, braces.close).is_empty();
        if plain && (empty || (was_inline && short) || block.style == Style::Fields) {
            if let Some(line) = self.lines.last_mut() {
                line.close_inline(block_words(block), block.notes.clone());
            }
            return;
        }
        if let Some(line) = self.lines.last_mut() {
            line.open(block.notes.clone());
        }
        let low = self.trailing(braces.open, braces.close);
        self.items(
            (&block.items, &twin.items),
            block.style,
            (low, braces.close),
            indent + STEP,
        );
        self.lines.push(Line::text(indent, "}"));
    }

    fn row(&mut self, item: &Item, cells: &Cells, indent: usize) {
        let (before, key) = cells.key(item);
        for part in before {
            self.lines.push(Line::text(indent, part));
        }
        let notes = item.segments.iter().flat_map(|s| s.notes.clone()).collect();
        self.lines.push(Line::row(indent, key, cells.body(item), notes));
    }

    /// Segments on one line where they were and fit, else each on its own.
    fn segments(&mut self, item: &Item, twin: &Item, short: bool, indent: usize) {
        let mut end = item.start;
        let bare = |i: &Item| indent + width(&words_only(i));
        let short = short || bare(item).max(bare(twin)) <= WIDTH;
        for (index, segment) in item.segments.iter().enumerate() {
            let before = segment.start.min(item.end);
            let broken = index > 0 && (!short || !self.same_line(self.last_word(end, before), before));
            let natural = |i: &Item| indent + width(&one_line(i));
            let wide = natural(item).max(natural(twin));
            match (index, self.lines.last_mut()) {
                (0, _) => self.lines.push(Line::clause(indent, join(&item.key), segment, wide)),
                (_, Some(line)) if !broken => line.continue_with(segment),
                (_, Some(line)) => {
                    if segment.comma {
                        line.add_comma();
                    }
                    let own = self.segment_width(twin, index).max(width(&segment_text(segment)));
                    self.lines
                        .push(Line::option(indent + STEP, segment, indent + STEP + own));
                }
                (_, None) => {}
            }
            end = segment.start;
        }
        // Comments on words of the key end its line, too.
        let key: Vec<Aside> = item.key.iter().flat_map(|a| a.comments.clone()).collect();
        if let Some(line) = self.lines.last_mut() {
            line.add_asides(key);
        }
    }

    fn segment_width(&self, item: &Item, index: usize) -> usize {
        item.segments
            .get(index)
            .map_or(0, |segment| width(&segment_text(segment)))
    }

    /// Where the token before `place` ends, not before `from`.
    fn last_word(&self, from: u32, place: u32) -> u32 {
        let next = self.source.tokens.partition_point(|t| t.span.start < place);
        let before = next.checked_sub(1).and_then(|i| self.source.tokens.get(i));
        before.map_or(from, |t| t.span.start)
    }
}

fn segment_text(segment: &Segment) -> String {
    format!("{}  {}", join(&segment.atoms), join(&segment.notes))
}

/// Column widths of a table.
#[derive(Debug)]
struct Cells {
    key: usize,
    columns: Vec<usize>,
}

/// A longer key of a row is broken after a comma.
const LONGEST_KEY: usize = 48;

impl Cells {
    fn of(items: &[Item]) -> Option<Cells> {
        let mut cells = Cells {
            key: 0,
            columns: Vec::new(),
        };
        for item in items.iter().filter(|i| !i.cells.is_empty()) {
            cells.key = cells.key.max(width(&split_key(item).1));
            for (index, cell) in item.cells.iter().enumerate() {
                match cells.columns.get_mut(index) {
                    Some(column) => *column = (*column).max(width(cell)),
                    None => cells.columns.push(width(cell)),
                }
            }
        }
        (!cells.columns.is_empty()).then_some(cells)
    }

    fn key(&self, item: &Item) -> (Vec<String>, String) {
        let (before, last) = split_key(item);
        let pad = self.key - width(&last).min(self.key);
        (before, last + &" ".repeat(pad))
    }

    fn body(&self, item: &Item) -> String {
        let mut body = String::new();
        for (cell, column) in item.cells.iter().zip(&self.columns) {
            body.push_str("  ");
            body.push_str(&" ".repeat(column - width(cell).min(*column)));
            body.push_str(cell);
        }
        body
    }
}

/// A long key as whole lines and the rest.
fn split_key(item: &Item) -> (Vec<String>, String) {
    let (mut lines, mut last) = (Vec::new(), String::new());
    for atom in &item.key {
        if atom.breaks && width(&last) + 1 + width(&atom.text) > LONGEST_KEY {
            lines.push(std::mem::take(&mut last));
        }
        if !last.is_empty() && !atom.tight {
            last.push(' ');
        }
        last.push_str(&atom.text);
    }
    (lines, last)
}
