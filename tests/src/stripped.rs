//! Policies with what their documents do not say taken out again.

use crate::edited::{self, Said};
use anlan_compiler::project::Source;
use anlan_lang::diag::{FileId, Severity};
use anlan_lang::keywords::Keyword;
use anlan_lang::lex::{Token, TokenKind};
use anlan_lang::parse::parse;
use std::ops::Range;

/// A piece of a text, and what the document says in its place (mostly nothing).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    pub span: Range<usize>,
    pub to: String,
}

/// Something taken out of a source, and what `check` says then of that file that it did not say before.
#[derive(Debug, Clone)]
pub struct Loss {
    /// The words taken out, or `the note`.
    pub what: String,
    pub edits: Vec<Edit>,
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
    /// The smallest thing that the document does not say and whose absence `check` asks about. `None`: nothing asks, so
    /// that the note assumes nothing; a reading that no rule asks about stands as `疑义`.
    pub loss: Option<Loss>,
    /// The note alone.
    pub note: Vec<Edit>,
}

/// The text with the edits made; of two that overlap the first counts. The English of what is gone goes with it.
pub fn without(text: &str, edits: &[Edit]) -> String {
    let mut edits: Vec<&Edit> = edits.iter().collect();
    edits.sort_by_key(|edit| (edit.span.start, usize::MAX - edit.span.end));
    let mut out = String::new();
    let mut at = 0;
    for edit in edits {
        if edit.span.start < at {
            continue;
        }
        out.push_str(&text[at..edit.span.start]);
        out.push_str(&edit.to);
        at = edit.span.end;
    }
    still_named(&(out + &text[at..]))
}

/// The same lines, without each English name of something that stands nowhere else.
fn still_named(text: &str) -> String {
    let key = |line: &str| -> Option<String> {
        let (key, _) = line.trim_start().strip_prefix("英文名")?.split_once(" = ")?;
        Some(key.trim().trim_matches(['「', '」']).to_owned())
    };
    let named: String = text.split_inclusive('\n').filter(|line| key(line).is_none()).collect();
    // As a whole: `市人民政府` is not what `聊城市人民政府` names.
    let whole = |at: usize, key: &str| {
        let before = named[..at].chars().next_back();
        let after = named[at + key.len()..].chars().next();
        [before, after].into_iter().flatten().all(|c| !c.is_alphanumeric())
    };
    let stands = |key: &str| named.match_indices(key).any(|(at, _)| whole(at, key));
    let kept = |line: &str| key(line).is_none_or(|key| stands(&key));
    text.split_inclusive('\n')
        .map(|line| if kept(line) { line } else { "\n" })
        .collect()
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

const UNSTATED: &str = "未载明";

/// A text with its tokens.
struct Read<'a> {
    text: &'a str,
    tokens: Vec<Token>,
}

impl<'a> Read<'a> {
    fn new(text: &'a str) -> Self {
        let tokens = parse(text, FileId(0)).tokens;
        Read { text, tokens }
    }
    fn span(&self, index: usize) -> Range<usize> {
        let span = self.tokens[index].span;
        span.start as usize..span.end as usize
    }
    fn at(&self, index: usize) -> &'a str {
        self.tokens.get(index).map_or("", |_| &self.text[self.span(index)])
    }
    fn kind(&self, index: usize) -> TokenKind {
        self.tokens[index].kind
    }
    fn keyword(&self, index: usize) -> Option<Keyword> {
        self.tokens[index].keyword
    }
    /// An assumption begins here.
    fn note(&self, index: usize) -> bool {
        self.at(index) == "假定" && self.reason(index) > index
    }
    /// The reason of an assumption, behind the codes that it answers.
    fn reason(&self, index: usize) -> usize {
        let inside = |at: &usize| {
            let token = self.tokens.get(*at);
            token.is_some_and(|token| matches!(token.kind, TokenKind::Word | TokenKind::Comma))
        };
        let reason = (index + 1..).find(|at| !inside(at)).unwrap();
        let text = self
            .tokens
            .get(reason)
            .is_some_and(|token| token.kind == TokenKind::Text);
        if text { reason } else { index }
    }
    /// The words from one token up to another.
    fn words(&self, from: usize, to: usize) -> String {
        words(&self.text[self.span(from).start..self.span(to).start])
    }
    fn cut(&self, from: usize, to: usize) -> Edit {
        Edit {
            span: self.span(from).start..self.span(to - 1).end,
            to: String::new(),
        }
    }
    fn swap(&self, from: usize, to: usize, with: impl Into<String>) -> Edit {
        Edit {
            to: with.into(),
            ..self.cut(from, to)
        }
    }
    /// The clause or row that carries the note at `index`.
    fn item(&self, index: usize) -> Option<usize> {
        let begins = |at: &usize| {
            let word = matches!(self.kind(*at), TokenKind::Word | TokenKind::QuotedName);
            let goes_on = at.checked_sub(1).is_some_and(|b| self.kind(b) == TokenKind::Comma);
            let english = self.keyword(*at) == Some(Keyword::TitleEn);
            self.tokens[*at].first && word && !goes_on && !english && !self.note(*at)
        };
        (0..index).rev().find(begins)
    }
    /// What the document may not say of a clause: an option, an element of a list, a body, the form or scope of an
    /// amount, or, where no article is cited for it, all of it.
    fn silences(&self, first: usize, index: usize) -> Vec<Edit> {
        let mut edits = Vec::new();
        let reason = self.at(self.reason(index));
        let nobody = ["由谁", "责任单位"].iter().any(|words| reason.contains(words));
        // What an article is cited for is the document's.
        let stops = |at: usize| at >= index || matches!(self.kind(at), TokenKind::Article | TokenKind::OpenBrace);
        let marks: Vec<usize> = (first + 1..index)
            .filter(|at| {
                self.keyword(*at).is_some_and(|k| k != Keyword::ByDecision) && self.kind(*at) == TokenKind::Word
            })
            .collect();
        for mark in &marks {
            let comma = usize::from(self.kind(mark - 1) == TokenKind::Comma);
            let mut ends: Vec<usize> = marks.iter().copied().filter(|end| end > mark).take(2).collect();
            ends.extend((*mark + 1..=index).find(|end| stops(*end)));
            let whole = |end: &usize| (*mark..*end).all(|at| !stops(at));
            edits.extend(
                ends.iter()
                    .filter(|end| whole(end))
                    .map(|end| self.cut(mark - comma, *end)),
            );
        }
        let commas = (first + 1..index).filter(|at| self.kind(*at) == TokenKind::Comma);
        for comma in commas {
            let end = (comma + 1..=index).find(|at| stops(*at) || self.kind(*at) == TokenKind::Comma);
            edits.extend(end.map(|end| self.cut(comma, end)));
        }
        // `…/年`: the period of an amount.
        let slashes = (first..index).filter(|at| self.kind(*at) == TokenKind::Slash && at + 2 <= index);
        edits.extend(slashes.map(|at| self.cut(at, at + 2)));
        for at in first..index {
            let next = |at: usize| (at + 1..index).find(|next| self.kind(*next) != TokenKind::Word);
            match self.keyword(at) {
                Some(Keyword::By) if nobody && at + 2 <= index && self.kind(at + 1) == TokenKind::Word => {
                    edits.push(self.swap(at + 1, at + 2, UNSTATED));
                }
                Some(Keyword::Fixed) => edits.push(self.cut(at, at + 1)),
                Some(Keyword::Closed) => edits.push(self.swap(at, at + 1, "等")),
                Some(Keyword::Actual) => {
                    let cap = (at + 1..index).find(|cap| self.keyword(*cap) == Some(Keyword::UpTo));
                    edits.extend(cap.map(|cap| self.cut(at, cap + 1)));
                }
                Some(Keyword::Standard) => {
                    let named = self.named(self.reason(index));
                    let text = next(at).filter(|text| self.kind(*text) == TokenKind::Text);
                    edits.extend(named.zip(text).map(|(to, text)| self.swap(text, text + 1, to)));
                }
                _ => {}
            }
        }
        // What the reason quotes is the document's as well.
        let quoted = || reason.split('“').skip(1).filter_map(|rest| rest.split('”').next());
        edits.retain(|edit| quoted().all(|words| !self.text[edit.span.clone()].contains(words)));
        // Of several keys the one that the reason takes is not: 没有写每次灾害还是每年度，按每次灾害.
        let key = |edit: &Edit| self.text[edit.span.clone()].starts_with('每');
        let taken = |edit: &Edit| reason.contains(&format!("按{}", &self.text[edit.span.clone()]));
        if edits.iter().any(|edit| key(edit) && taken(edit)) {
            edits.retain(|edit| !key(edit) || taken(edit));
        }
        if (first..index).all(|at| self.kind(at) != TokenKind::Article) {
            edits.push(self.cut(first, index));
        }
        edits
    }
    /// The standard that a reason names, in quotation marks: the document's own words for it.
    fn named(&self, reason: usize) -> Option<String> {
        let (_, rest) = self.at(reason).split_once('《')?;
        let (title, _) = rest.split_once('》')?;
        Some(format!("\"{title}\""))
    }
}

/// Whether a text is still read.
fn reads(text: &str) -> bool {
    let parsed = parse(text, FileId(0));
    parsed
        .findings
        .iter()
        .all(|finding| finding.severity != Severity::Error)
}

/// Every `假定` of a file, with what the document does not say there.
pub fn assumptions(sources: &[Source], path: &str) -> Vec<Answer> {
    let before = edited::said(sources);
    let text = &sources.iter().find(|source| source.path == path).unwrap().text;
    let read = Read::new(text);
    let mut answers = Vec::new();
    for index in (0..read.tokens.len()).filter(|index| read.note(*index)) {
        let note = read.cut(index, read.reason(index) + 1);
        let item = read.item(index);
        let mut tries = vec![vec![note.clone()]];
        if let Some(first) = item {
            let silences = read.silences(first, index).into_iter();
            tries.extend(silences.map(|edit| vec![edit, note.clone()]));
        }
        // Where the document names nobody, that comes before an option.
        let size = |edits: &Vec<Edit>| {
            let named = edits.iter().all(|edit| edit.to != UNSTATED);
            (named, edits.iter().map(|edit| edit.span.len()).sum::<usize>())
        };
        tries.sort_by_key(size);
        tries.dedup();
        let carrier = item.map(|first| read.words(first, index)).unwrap_or_default();
        let loss = tries.into_iter().find_map(|edits| {
            let what = match edits.as_slice() {
                [edit, _] => words(&text[edit.span.clone()]),
                _ => "the note".to_owned(),
            };
            loss(sources, &before, path, &what, edits).filter(|loss| loss.answers(&carrier))
        });
        answers.push(Answer {
            path: path.to_owned(),
            item: carrier,
            reason: read.at(read.reason(index)).trim_matches('"').to_owned(),
            loss,
            note: vec![note],
        });
    }
    answers
}

/// Every `认可` of a file, taken out.
pub fn acknowledgements(sources: &[Source], path: &str) -> Vec<Answer> {
    let before = edited::said(sources);
    let text = &sources.iter().find(|source| source.path == path).unwrap().text;
    let read = Read::new(text);
    let mut answers = Vec::new();
    for (index, token) in read.tokens.iter().enumerate() {
        if token.first && read.at(index) == "认可" {
            let next =
                (index + 1..read.tokens.len()).find(|next| read.tokens[*next].first && read.keyword(*next).is_some());
            let end = next.map_or(text.len(), |next| read.span(next).start);
            let edit = Edit {
                span: read.span(index).start..end,
                to: String::new(),
            };
            answers.push(Answer {
                path: path.to_owned(),
                item: words(&text[edit.span.clone()])
                    .split(" \"")
                    .next()
                    .unwrap_or_default()
                    .to_owned(),
                reason: read.at(index + 1).to_owned(),
                loss: loss(sources, &before, path, "accepted", vec![edit.clone()]),
                note: vec![edit],
            });
        }
    }
    answers
}

/// `None` where what is left is not read.
fn loss(sources: &[Source], before: &[Said], path: &str, what: &str, edits: Vec<Edit>) -> Option<Loss> {
    let source = sources.iter().find(|source| source.path == path).unwrap();
    let text = without(&source.text, &edits);
    if !reads(&text) {
        return None;
    }
    let after = edited::said(&edited::with(sources, path, text));
    let fresh = edited::fresh(before, &after).into_iter();
    Some(Loss {
        what: what.to_owned(),
        // Notes can be accepted, and are told again when they are not; as new ones they ask nothing.
        fresh: fresh
            .filter(|said| said.stands() || what == "accepted" && !said.acknowledged)
            .collect(),
        edits,
    })
}

/// Errors and warnings that ask about a silence, as every question does, and the clause whose absence they find: covers
/// that nothing ranks, no peril, nobody responsible, parts that do not make up the whole, persons whom a framework wants,
/// months without end, a name in another spelling.
const SILENCE: &[(&str, &str)] = &[
    ("优先 ", "C101"),
    ("责任部门 ", "C108"),
    ("灾因 任何", "C301"),
    ("当 ", "P102"),
    ("保障对象 ", "F105"),
    ("保险标的 ", "C118"),
    ("饮水 ", "L106"),
    ("同义 ", "N115"),
];

impl Loss {
    /// The codes that come back, each once.
    pub fn codes(&self) -> Vec<&'static str> {
        let mut codes: Vec<_> = self.fresh.iter().map(|said| said.code).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }
    /// Without it the file has no whole meaning, so that other rules would have nothing to read.
    pub fn apart(&self) -> bool {
        self.codes().iter().any(|code| matches!(*code, "C301" | "N115"))
    }
    /// What is left has a meaning, and something is asked about it.
    fn answers(&self, item: &str) -> bool {
        let silent = |code: &str| {
            SILENCE
                .iter()
                .any(|(clause, of)| *of == code && item.starts_with(clause))
        };
        let asks = |said: &Said| said.severity == Severity::Question || silent(said.code);
        !self.fresh.is_empty() && self.fresh.iter().all(asks)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_english_of_what_is_gone_goes_with_it() {
        let text = "年度 保单年度 假定 \"没有写\"\n英文名 「没有写」 = \"not stated\"\n英文名 年度 = \"year\"\n";
        let at = text.find("假定").unwrap();
        let note = Edit {
            span: at..at + "假定 \"没有写\"".len(),
            to: String::new(),
        };
        assert_eq!(without(text, &[]), text);
        assert_eq!(without(text, &[note]), "年度 保单年度 \n\n英文名 年度 = \"year\"\n");
    }
}
