//! Policies with what their documents do not say taken out again.

use crate::edited::{self, Said};
use anlan_compiler::project::Source;
use anlan_lang::diag::FileId;
use anlan_lang::lex::{Token, TokenKind};
use anlan_lang::parse::parse;
use std::ops::Range;

const ACCEPTED: &str = "accepted";

/// Something taken out of a source, and what `check` says then that it did not say before.
#[derive(Debug, Clone)]
pub struct Loss {
    /// `note`, `clause`, or the words of the option.
    pub what: String,
    pub spans: Vec<Range<usize>>,
    pub fresh: Vec<Said>,
}

/// One `假定` or `认可`.
#[derive(Debug, Clone)]
pub struct Answer {
    pub path: String,
    /// The words that carry it.
    pub item: String,
    /// The reason, or for `认可` the code.
    pub reason: String,
    pub losses: Vec<Loss>,
}

/// The text without the spans.
pub fn without(text: &str, spans: &[Range<usize>]) -> String {
    let mut spans = spans.to_vec();
    spans.sort_by_key(|span| (span.start, span.end));
    let mut out = String::new();
    let mut at = 0;
    for span in spans {
        out.push_str(&text[at..span.start.max(at)]);
        at = at.max(span.end);
    }
    out + &text[at..]
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn span(token: &Token) -> Range<usize> {
    token.span.start as usize..token.span.end as usize
}

/// Every `假定` of a file with each thing that the file can lose there.
pub fn assumptions(sources: &[Source], path: &str) -> Vec<Answer> {
    let before = edited::said(sources);
    let text = &sources.iter().find(|source| source.path == path).unwrap().text;
    let tokens = parse(text, FileId(0)).tokens;
    let at = |index: usize| tokens.get(index).map_or("", |token| &text[span(token)]);
    let is = |index: usize| at(index) == "假定" && tokens[index + 1].kind == TokenKind::Text;
    let mut answers = Vec::new();
    for index in (0..tokens.len()).filter(|index| is(*index)) {
        let note = span(&tokens[index]).start..span(&tokens[index + 1]).end;
        let mut losses = vec![loss(sources, &before, path, "note", vec![note.clone()])];
        let begins = |i: &usize| tokens[*i].first && tokens[*i].keyword.is_some() && !is(*i);
        let item = (0..index).rev().filter(begins).take(3).find_map(|first| {
            let whole = span(&tokens[first]).start..note.end;
            let clause = loss(sources, &before, path, "clause", vec![whole]);
            parses(&clause).then_some((first, clause))
        });
        let mut carrier = String::new();
        if let Some((first, clause)) = item {
            carrier = words(&text[span(&tokens[first]).start..note.start]);
            losses.push(clause);
            let marks: Vec<usize> = (first + 1..index)
                .filter(|i| tokens[*i].keyword.is_some() && tokens[*i].kind == TokenKind::Word)
                .collect();
            for (n, mark) in marks.iter().enumerate() {
                let next = (mark + 1..index).find(|i| tokens[*i].kind == TokenKind::Article);
                let end = marks.get(n + 1).copied().unwrap_or(index).min(next.unwrap_or(index));
                // A comma before the option goes with it.
                let comma = tokens[mark - 1].kind == TokenKind::Comma;
                let from = span(&tokens[mark - usize::from(comma)]).start;
                let option = from..span(&tokens[end - 1]).end;
                let name = words(&text[option.clone()]);
                let option = loss(sources, &before, path, &name, vec![option, note.clone()]);
                if parses(&option) {
                    losses.push(option);
                }
            }
        }
        answers.push(Answer {
            path: path.to_owned(),
            item: carrier,
            reason: at(index + 1).trim_matches('"').to_owned(),
            losses,
        });
    }
    answers
}

/// Every `认可` of a file, taken out.
pub fn acknowledgements(sources: &[Source], path: &str) -> Vec<Answer> {
    let before = edited::said(sources);
    let text = &sources.iter().find(|source| source.path == path).unwrap().text;
    let tokens = parse(text, FileId(0)).tokens;
    let mut answers = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        if token.first && &text[span(token)] == "认可" {
            let next = tokens[index + 1..].iter().find(|t| t.first && t.keyword.is_some());
            let whole = span(token).start..next.map_or(text.len(), |next| span(next).start);
            answers.push(Answer {
                path: path.to_owned(),
                item: words(&text[whole.clone()])
                    .split(" \"")
                    .next()
                    .unwrap_or_default()
                    .to_owned(),
                reason: text[span(&tokens[index + 1])].to_owned(),
                losses: vec![loss(sources, &before, path, ACCEPTED, vec![whole])],
            });
        }
    }
    answers
}

fn loss(sources: &[Source], before: &[Said], path: &str, what: &str, spans: Vec<Range<usize>>) -> Loss {
    let source = sources.iter().find(|source| source.path == path).unwrap();
    let after = edited::said(&edited::with(sources, path, without(&source.text, &spans)));
    let fresh = edited::fresh(before, &after);
    Loss {
        what: what.to_owned(),
        spans,
        // Notes can be accepted, and are told again when they are not; as new ones they ask nothing.
        fresh: fresh
            .into_iter()
            .filter(|said| said.stands() || what == ACCEPTED && !said.acknowledged)
            .collect(),
    }
}

/// The file can lose it: what remains is still read.
fn parses(loss: &Loss) -> bool {
    loss.fresh.iter().all(|said| !said.code.starts_with('S'))
}

impl Loss {
    /// The codes that come back, each once.
    pub fn codes(&self) -> Vec<&'static str> {
        let mut codes: Vec<_> = self.fresh.iter().map(|said| said.code).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }
    /// What is left has a meaning, and something is asked or found about it.
    pub fn answers(&self) -> bool {
        let meaning = |code: &str| !code.starts_with(['S', 'N', 'U', 'V']) && code.as_bytes()[1] == b'1';
        !self.fresh.is_empty() && self.codes().iter().all(|code| meaning(code))
    }
}

impl Answer {
    /// The smallest loss that brings a question or finding back; without one the reason only tells how words are read.
    pub fn missed(&self) -> Option<&Loss> {
        let size = |loss: &&Loss| loss.spans.iter().map(|span| span.len()).sum::<usize>();
        self.losses.iter().filter(|loss| loss.answers()).min_by_key(size)
    }
}
