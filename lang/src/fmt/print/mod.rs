//! Tree to items: one function for each construct, the same order of forms as the parser reads.

mod amounts;
mod benefits;
mod clauses;
mod example;
mod identity;
mod money;
mod vocabulary;

use super::doc::{Block, Item, Segment, Style};
use super::words::{Words, notes};
use crate::keywords::Keyword;
use crate::lines::Lines;
use crate::texts::Language;
use crate::tree::{Body, File, Notes, Span};

/// Prints one tree in one keyword language.
#[derive(Debug, Clone, Copy)]
pub struct Printer<'s> {
    pub source: &'s str,
    pub lang: Language,
    pub lines: &'s Lines,
}

impl<'s> Printer<'s> {
    pub fn words(&self, at: u32) -> Words<'s> {
        Words::new(self.source, self.lang, at)
    }

    pub fn notes(&self, of: &Notes) -> Vec<super::doc::Atom> {
        notes(self.source, self.lang, of)
    }

    /// An item that begins with a keyword; `fill` writes what follows.
    pub fn item(&self, keyword: Keyword, span: Span, fill: impl FnOnce(&mut Words<'s>)) -> Item {
        self.keyed(
            span,
            |key| {
                key.keyword(keyword);
            },
            fill,
        )
    }

    /// An item whose first column is not a keyword.
    pub fn keyed(&self, span: Span, key: impl FnOnce(&mut Words<'s>), fill: impl FnOnce(&mut Words<'s>)) -> Item {
        let (mut first, mut words) = (self.words(span.start), self.words(span.start));
        key(&mut first);
        fill(&mut words);
        Item {
            key: first.atoms,
            segments: vec![Segment {
                atoms: words.atoms,
                start: span.start,
                ..Segment::default()
            }],
            start: span.start,
            end: span.end,
            ..Item::default()
        }
    }

    /// An item of a block with its notes; the notes' span is the item's.
    pub fn noted(&self, keyword: Keyword, of: &Notes, fill: impl FnOnce(&mut Words<'s>)) -> Item {
        self.with_notes(self.item(keyword, of.span, fill), of)
    }

    pub fn with_notes(&self, mut item: Item, of: &Notes) -> Item {
        let notes = self.notes(of);
        item.end = item.end.max(of.span.end);
        match (&mut item.block, item.segments.last_mut()) {
            (Some(block), _) => block.notes = notes,
            (None, Some(last)) => last.notes = notes,
            (None, None) => {}
        }
        item
    }

    /// Gives an item its block, whose items are put in the order of the source.
    pub fn block(&self, mut item: Item, style: Style, mut items: Vec<Item>) -> Item {
        items.sort_by_key(|i| i.start);
        item.block = Some(Block {
            style,
            items,
            notes: Vec::new(),
        });
        item
    }

    pub fn file(&self, file: &File) -> Vec<Item> {
        let mut items = self.uses(file);
        items.extend(file.items.iter().map(|item| self.top(item)));
        items.sort_by_key(|i| i.start);
        items
    }

    /// Files named on one line stay on one line.
    fn uses(&self, file: &File) -> Vec<Item> {
        let mut items: Vec<Item> = Vec::new();
        let mut line = usize::MAX;
        for path in &file.uses {
            let here = self.lines.line(path.span.start);
            let mut words = self.words(path.span.start);
            words.path(path);
            match items.last_mut() {
                Some(last) if here == line => {
                    last.end = path.span.end;
                    if let Some(segment) = last.segments.last_mut() {
                        if let Some(atom) = segment.atoms.last_mut() {
                            atom.text.push(',');
                        }
                        words.atoms.iter_mut().for_each(|a| a.breaks = true);
                        segment.atoms.append(&mut words.atoms);
                    }
                }
                _ => items.push(self.item(Keyword::Use, path.span, |w| *w = words)),
            }
            line = here;
        }
        items
    }

    fn top(&self, item: &crate::tree::Item) -> Item {
        use crate::tree::Item as Top;
        match item {
            Top::Scheme(body) => self.body(Keyword::Scheme, body),
            Top::Framework(body) => self.body(Keyword::Framework, body),
            Top::Contract(body) => self.body(Keyword::Contract, body),
            Top::Domain(domain) => self.domain(Keyword::Domain, domain),
            Top::Fact(fact) => self.fact(fact),
            Top::Unit(unit) => self.unit(unit),
            Top::Area(area) => self.area(area),
        }
    }

    fn body(&self, keyword: Keyword, body: &Body) -> Item {
        let head = self.item(keyword, body.span, |words| {
            words.name(&body.name);
            if !body.relations.is_empty() {
                let relation = if keyword == Keyword::Contract {
                    Keyword::Implements
                } else {
                    Keyword::ConformsTo
                };
                words.keyword(relation).names(&body.relations);
            }
        });
        let items = body.clauses.iter().map(|clause| self.clause(clause)).collect();
        self.block(head, Style::Clauses, items)
    }
}
