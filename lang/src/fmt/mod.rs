//! The one layout: tree and comments back to text.
//!
//! The tree is printed in the wanted keyword language, comments are put back by their places, and the new text is
//! read again: if its tree or its comments differ from the old ones, nothing is changed and a finding says so.

mod columns;
mod doc;
mod layout;
mod print;
mod words;

use crate::diag::{FileId, Finding, Place, Severity, codes};
use crate::lines::Lines;
use crate::parse::{Parsed, parse};
use crate::texts::Language;
use crate::tree::Span;
use layout::{Layout, Source};
use print::Printer;

/// Formats one source; `keywords` converts its keywords, else the language most of them are in is kept.
///
/// # Errors
/// The findings of a source that cannot be read without errors, or `S017` where the new text would read differently.
pub fn format(source: &str, keywords: Option<Language>) -> Result<String, Vec<Finding>> {
    let parsed = parse(source, FileId::default());
    if parsed.findings.iter().any(|f| f.severity == Severity::Error) {
        return Err(parsed.findings);
    }
    let lang = keywords.unwrap_or_else(|| majority(source, &parsed));
    let mut at = 0;
    // Comments inside a clause stay at their word; where that would change the reading, they move before the clause.
    for hoist in [false, true] {
        let text = lay_out(source, &parsed, lang, hoist);
        match difference(source, &parsed, &text) {
            None => return Ok(text),
            Some(place) => at = place,
        }
    }
    let place = Place {
        file: FileId::default(),
        span: Span { start: at, end: at },
    };
    Err(vec![Finding::new(codes::S017, place)])
}

/// The language of most keywords; Chinese where there are none.
fn majority(source: &str, parsed: &Parsed) -> Language {
    let keywords = parsed.tokens.iter().filter(|t| t.keyword.is_some());
    let (mut zh, mut en) = (0usize, 0usize);
    for token in keywords {
        match source.as_bytes().get(token.span.start as usize) {
            Some(byte) if byte.is_ascii() => en += 1,
            _ => zh += 1,
        }
    }
    if en > zh { Language::En } else { Language::Zh }
}

fn lay_out(source: &str, parsed: &Parsed, lang: Language, hoist: bool) -> String {
    let lines = Lines::new(source);
    let print = |lang| {
        Printer {
            source,
            lang,
            lines: &lines,
        }
        .file(&parsed.tree)
    };
    let other = match lang {
        Language::Zh => Language::En,
        Language::En => Language::Zh,
    };
    let mut layout = Layout::new(Source {
        text: source,
        tokens: &parsed.tokens,
        comments: &parsed.comments,
        lines: &lines,
        hoist,
    });
    layout.file(&print(lang), &print(other));
    columns::render(&layout.lines)
}

/// Where the old text says something that the new one does not; `None` if they say the same.
fn difference(source: &str, old: &Parsed, text: &str) -> Option<u32> {
    let new = parse(text, FileId::default());
    let comments = |source: &str, parsed: &Parsed| -> Vec<String> {
        let slices = parsed.comments.iter().filter_map(|c| source.get(c.span.range()));
        let mut all: Vec<String> = slices.map(|c| c.replacen("／／", "//", 1)).collect();
        all.sort_unstable();
        all
    };
    if new.tree.uses != old.tree.uses {
        return Some(0);
    }
    for (index, item) in old.tree.items.iter().enumerate() {
        if new.tree.items.get(index) != Some(item) {
            return Some(first_clause(item, new.tree.items.get(index)));
        }
    }
    let same = new.findings.is_empty()
        && new.tree.items.len() == old.tree.items.len()
        && comments(source, old) == comments(text, &new);
    (!same).then_some(0)
}

/// Where two items begin to differ.
fn first_clause(old: &crate::tree::Item, new: Option<&crate::tree::Item>) -> u32 {
    use crate::tree::Item;
    let body = |item: &Item| match item {
        Item::Scheme(body) | Item::Framework(body) | Item::Contract(body) => Some(body.clone()),
        _ => None,
    };
    let (Some(old), Some(new)) = (body(old), new.and_then(body)) else {
        return 0;
    };
    let clauses = old.clauses.iter().enumerate();
    let differs = clauses
        .filter(|(i, clause)| new.clauses.get(*i) != Some(*clause))
        .map(|(_, c)| c.span.start);
    differs.into_iter().next().unwrap_or(old.span.start)
}

#[cfg(test)]
mod tests;
