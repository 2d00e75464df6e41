//! Words of one item in one keyword language: names, amounts, conditions, keys, notes.

use super::doc::Atom;
use crate::keywords::Keyword;
use crate::texts::Language;
use crate::tree::{Article, Date, ListEnding, Modality, Name, Notes, Path, Quantity, Quoted, Span};

/// Builds the words of one segment.
#[derive(Debug, Clone)]
pub struct Words<'s> {
    pub source: &'s str,
    pub lang: Language,
    pub atoms: Vec<Atom>,
    /// Place of the last word that has one; a keyword stands at the word before it.
    at: u32,
    tight: bool,
    breaks: bool,
}

impl<'s> Words<'s> {
    pub fn new(source: &'s str, lang: Language, at: u32) -> Self {
        Words {
            source,
            lang,
            atoms: Vec::new(),
            at,
            tight: false,
            breaks: false,
        }
    }

    pub fn slice(&self, span: Span) -> &'s str {
        self.source.get(span.range()).unwrap_or("")
    }

    pub fn zh(&self) -> bool {
        self.lang == Language::Zh
    }

    pub fn word(&mut self, text: impl Into<String>) -> &mut Self {
        let atom = Atom {
            text: text.into(),
            tight: std::mem::take(&mut self.tight),
            breaks: std::mem::take(&mut self.breaks),
            at: self.at,
            comments: Vec::new(),
        };
        self.atoms.push(atom);
        self
    }

    pub fn word_at(&mut self, text: impl Into<String>, at: u32) -> &mut Self {
        self.at = at;
        self.word(text)
    }

    /// The next word follows without a blank.
    pub fn tight(&mut self) -> &mut Self {
        self.tight = true;
        self
    }

    /// Adds to the last word.
    pub fn append(&mut self, text: &str) -> &mut Self {
        if let Some(last) = self.atoms.last_mut() {
            last.text.push_str(text);
        }
        self
    }

    /// A comma; the line may be broken after it.
    pub fn comma(&mut self) -> &mut Self {
        self.append(",");
        self.breaks = true;
        self
    }

    /// The line may be broken here.
    pub fn may_break(&mut self) -> &mut Self {
        self.breaks = true;
        self
    }

    /// The keyword's form in the language; nothing where the language has none.
    pub fn keyword(&mut self, keyword: Keyword) -> &mut Self {
        match keyword.form(self.lang) {
            "" => self,
            form => self.word(form),
        }
    }

    // ── names and texts ──

    /// A name as it was written, so that 「…」 stays where it is needed.
    pub fn name(&mut self, name: &Name) -> &mut Self {
        self.word_at(self.slice(name.span), name.span.start)
    }

    pub fn names(&mut self, names: &[Name]) -> &mut Self {
        self.list(names, |words, name| {
            words.name(name);
        })
    }

    /// Items between commas.
    pub fn list<T>(&mut self, items: &[T], mut item: impl FnMut(&mut Self, &T)) -> &mut Self {
        for (index, one) in items.iter().enumerate() {
            if index > 0 {
                self.comma();
            }
            item(self, one);
        }
        self
    }

    pub fn path(&mut self, path: &Path) -> &mut Self {
        let parts: Vec<&str> = path.parts.iter().map(|part| self.slice(part.span)).collect();
        self.word_at(parts.join("."), path.span.start)
    }

    pub fn quoted(&mut self, quoted: &Quoted) -> &mut Self {
        self.word_at(self.slice(quoted.span), quoted.span.start)
    }

    pub fn date(&mut self, date: Date, at: u32) -> &mut Self {
        self.word_at(date.to_string(), at)
    }

    pub fn articles(&mut self, articles: &[Article]) -> &mut Self {
        for article in articles {
            self.breaks = true;
            self.word_at(format!("@{}", article.text), article.span.start);
        }
        self
    }

    /// The number and unit as written, `10 万 元` as `10万元`.
    pub fn quantity(&mut self, quantity: &Quantity) -> &mut Self {
        self.word_at(tidy_quantity(self.slice(quantity.span)), quantity.span.start)
    }

    // ── endings, keys, notes ──

    pub fn ending(&mut self, ending: &ListEnding) -> &mut Self {
        match ending {
            ListEnding::Unstated => self,
            ListEnding::Open { decision: None, .. } => self.keyword(Keyword::Open),
            ListEnding::Open {
                decision: Some(decision),
                ..
            } => self
                .keyword(Keyword::Open)
                .may_break()
                .keyword(Keyword::ByDecision)
                .name(decision),
            ListEnding::Closed(_) => self.keyword(Keyword::Closed),
            ListEnding::Counted(quantity) => self.counted(quantity),
        }
    }

    /// `共13种` / `counted 13`
    pub fn counted(&mut self, quantity: &Quantity) -> &mut Self {
        self.keyword(Keyword::Counted);
        if self.zh() {
            self.tight();
        }
        self.quantity(quantity)
    }
}

/// Each note as one word: modality, articles, assumptions.
pub fn notes(source: &str, lang: Language, notes: &Notes) -> Vec<Atom> {
    let mut words = Words::new(source, lang, notes.span.start);
    if let Some(modality) = notes.modality {
        words.keyword(match modality {
            Modality::Must => Keyword::Must,
            Modality::InPrinciple => Keyword::InPrinciple,
            Modality::Encouraged => Keyword::Encouraged,
        });
    }
    words.articles(&notes.articles);
    for assumption in &notes.assumptions {
        let reason = words.slice(assumption.reason.span);
        let assume = Keyword::Assume.form(lang);
        let codes: Vec<&str> = assumption.answers.iter().map(|code| code.text.as_str()).collect();
        let text = match codes.as_slice() {
            [] => format!("{assume} {reason}"),
            codes => format!("{assume} {} {reason}", codes.join(", ")),
        };
        words.word_at(text, assumption.span.start);
    }
    words.atoms
}

/// Without blanks except before a Latin unit, digits and punctuation in half width.
fn tidy_quantity(written: &str) -> String {
    let mut text = String::with_capacity(written.len());
    let mut gap = false;
    for c in written.chars().map(crate::lex::half_width) {
        if c.is_whitespace() {
            gap = true;
            continue;
        }
        let unit = c.is_ascii_alphabetic() && text.ends_with(|last: char| last.is_ascii_digit());
        if gap && unit {
            text.push(' ');
        }
        gap = false;
        text.push(c);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::tidy_quantity;

    #[test]
    fn quantities_are_tight_but_for_latin_units() {
        let check = |written: &str, expect: &str| assert_eq!(tidy_quantity(written), expect);
        check("10 万 元", "10万元");
        check("３ years", "3 years");
        check("72hours", "72hours");
        check("1 元 / 人 / 年", "1元/人/年");
        check("20 ％", "20%");
    }
}
