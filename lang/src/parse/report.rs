//! Findings of the parser, worded from what was looked for at the place.

use super::cursor::{Failed, Parser, Starts};
use crate::diag::{Arg, Code, Finding, Place, codes};
use crate::keywords::Keyword;
use crate::lex::{Token, TokenKind};
use crate::nearest::nearest;
use crate::texts::Language;
use crate::tree::Span;

/// Findings about one file's syntax after which no more are collected.
const MAX_FINDINGS: usize = 200;
/// Keywords that one finding offers.
const MAX_OFFERED: usize = 12;
/// Characters of the source that one finding quotes.
const MAX_QUOTED: usize = 40;

/// A keyword in both languages; a form that one language lacks is shown in the other's.
pub fn keyword_arg(keyword: Keyword) -> Arg {
    let (zh, en) = (keyword.form(Language::Zh), keyword.form(Language::En));
    Arg::Names {
        zh: if zh.is_empty() { en } else { zh }.to_owned(),
        en: if en.is_empty() { zh } else { en }.to_owned(),
    }
}

impl Parser<'_> {
    pub fn place(&self, span: Span) -> Place {
        Place { file: self.file, span }
    }

    pub fn finding(&self, code: Code, span: Span) -> Finding {
        Finding::new(code, self.place(span))
    }

    pub fn report(&mut self, finding: Finding) {
        if self.findings.len() < MAX_FINDINGS {
            self.findings.push(finding);
        }
    }

    /// `what` (a message of the catalogue) was expected here.
    pub fn expected(&mut self, what: &'static str) -> Failed {
        self.expected_arg(Arg::Message(what), &[], None)
    }

    /// The same, with what is to be done instead.
    pub fn expected_helped(&mut self, what: &'static str, help: &'static str) -> Failed {
        self.expected_arg(Arg::Message(what), &[], Some(help))
    }

    /// One of these keywords was expected here.
    pub fn expected_keywords(&mut self, keywords: &[Keyword]) -> Failed {
        self.expected_arg(alternatives(keywords), keywords, None)
    }

    fn expected_arg(&mut self, expected: Arg, keywords: &[Keyword], help: Option<&'static str>) -> Failed {
        let token = self.peek(0);
        if self.reported(token) {
            return Failed;
        }
        let Some(context) = self.last else {
            return self.unexpected();
        };
        // What is missing at the end of a line is shown there, not at the next one.
        let missing = token.first && token.kind != TokenKind::End && self.pos > 0;
        let (at, found) = match missing {
            true => (self.before(token), Arg::Message("found-end-of-line")),
            false => (self.visible(token), self.found(token)),
        };
        let mut finding = self
            .finding(codes::S001, at)
            .arg("expected", expected)
            .arg("found", found)
            .arg("context", keyword_arg(context));
        finding.help = help;
        if let Some(near) = self.nearest_keyword(token, keywords).filter(|_| !missing) {
            finding = finding.arg("nearest", near).helped("suggest");
        }
        self.report(finding);
        Failed
    }

    /// Nothing that is read here can begin with the next token.
    pub fn unexpected(&mut self) -> Failed {
        let token = self.peek(0);
        if self.reported(token) {
            return Failed;
        }
        // On a new line an item of the block is meant, else more of the item before.
        let (mut offered, mut more) = (self.tried().to_vec(), Vec::new());
        if let Starts::Keywords(list) = self.starts {
            more.extend(list);
        }
        if token.first {
            std::mem::swap(&mut offered, &mut more);
        }
        offered.append(&mut more);
        let mut finding = self
            .finding(codes::S002, self.visible(token))
            .arg("found", self.found(token))
            .arg("allowed", offer(&offered));
        match self.nearest_keyword(token, &offered) {
            Some(near) => finding = finding.arg("nearest", near).helped("suggest"),
            None if offered.is_empty() => finding.help = None,
            None => {}
        }
        self.report(finding);
        Failed
    }

    /// Whether the token itself was reported when it was read, or is reported now as no token at all.
    fn reported(&mut self, token: Token) -> bool {
        match token.kind {
            TokenKind::OpenText | TokenKind::CloseBrace => true,
            TokenKind::Other => {
                let found = self.text(token.span);
                let code = found.chars().next().map_or(0, u32::from);
                let shown: String = found.chars().take(MAX_QUOTED).collect();
                let finding = self.finding(codes::S016, token.span);
                self.report(finding.arg("found", shown).arg("code", format!("U+{code:04X}")));
                true
            }
            _ => false,
        }
    }

    /// The end of a block is shown right after the last token before it.
    fn visible(&self, token: Token) -> Span {
        match token.kind {
            TokenKind::End => self.before(token),
            _ => token.span,
        }
    }

    /// The end of what stands before a token.
    fn before(&self, token: Token) -> Span {
        let end = self.since(Span::default()).end.min(token.span.start);
        Span { start: end, end }
    }

    fn found(&self, token: Token) -> Arg {
        match token.kind {
            TokenKind::End if token.span.start as usize >= self.source.len() => Arg::Message("found-end-of-file"),
            TokenKind::End => Arg::Message("found-end"),
            _ => {
                let text: String = self.text(token.span).chars().take(MAX_QUOTED).collect();
                Arg::Text(format!("“{text}”"))
            }
        }
    }

    fn nearest_keyword(&self, token: Token, more: &[Keyword]) -> Option<Arg> {
        if token.kind != TokenKind::Word {
            return None;
        }
        let text = self.text(token.span);
        let near = |keywords: &[Keyword]| {
            let forms = keywords
                .iter()
                .flat_map(|k| [k.form(Language::Zh), k.form(Language::En)]);
            nearest(text, forms.filter(|form| !form.is_empty()))
        };
        // What was looked for at this place is likelier than what a new item could begin with.
        let near = near(self.tried()).or_else(|| near(more))?;
        (near != text).then(|| near.into())
    }

    /// An item that may stand once stands again.
    pub fn repeated(&mut self, keyword: Keyword, first: Span, again: Span) {
        let first = self.place(first);
        let finding = self.finding(codes::S011, again).arg("item", keyword_arg(keyword));
        self.report(finding.label(first, "first"));
    }
}

/// Several keywords, one of which must stand.
fn alternatives(keywords: &[Keyword]) -> Arg {
    let join = |language, or| {
        let forms = keywords.iter().map(|k| k.form(language)).filter(|f| !f.is_empty());
        let mut forms: Vec<String> = forms.map(|form| format!("“{form}”")).collect();
        forms.dedup();
        forms.join(or)
    };
    Arg::Names {
        zh: join(Language::Zh, "或"),
        en: join(Language::En, " or "),
    }
}

/// Keywords that read differently in Chinese, at most [`MAX_OFFERED`].
fn offer(keywords: &[Keyword]) -> Arg {
    let mut distinct: Vec<Keyword> = Vec::new();
    for keyword in keywords {
        let same = |other: &Keyword| other.form(Language::Zh) == keyword.form(Language::Zh);
        if !distinct.iter().any(same) && distinct.len() < MAX_OFFERED {
            distinct.push(*keyword);
        }
    }
    Arg::List(distinct.into_iter().map(keyword_arg).collect())
}
