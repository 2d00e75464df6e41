//! The words that head a clause or a part of it, as a reader knows them: `累计限额“年度限额”，用尽时`.

use super::words::Words;
use crate::plan::Names;
use anlan_lang::keywords::Keyword;
use anlan_lang::texts::Language;

/// Clauses whose text is a name to its end, spaces and all.
const TEXTS: [Keyword; 4] = [Keyword::Duty, Keyword::Forbids, Keyword::Supplement, Keyword::Example];

/// A word of a head.
enum Word {
    /// Of the language
    Key(String),
    /// A fact or a harm, which every reader knows
    Known(String),
    /// What the document calls something
    Name(String),
}

impl Words<'_> {
    /// The words that head a clause or its part (`险种 某险 条件`), names among them as the language calls them.
    pub fn head(&self, names: &Names) -> String {
        let asks = |text: &str, language, colon: char| {
            let rest = text.strip_prefix(Keyword::Ambiguity.form(language));
            rest.is_some_and(|rest| rest.starts_with(colon))
        };
        let text = match self.language {
            Language::Zh => &names.zh,
            Language::En => &names.en,
        };
        // A question is worded already.
        if asks(&names.zh, Language::Zh, '：') || asks(&names.en, Language::En, ':') {
            return text.clone();
        }
        let mut out = String::new();
        let mut named = false;
        for word in self.words_of(text, names) {
            let (word, is_name) = match word {
                // Nothing else tells in Chinese where the keyword ends.
                Word::Known(word) if self.language == Language::Zh && !named => (self.quoted(&word), false),
                Word::Key(word) | Word::Known(word) => (word, false),
                Word::Name(word) => (self.quoted(&word), true),
            };
            let gap = match (self.language, out.is_empty(), named) {
                (_, true, _) | (Language::Zh, _, false) => "",
                (Language::Zh, _, true) => "，",
                (Language::En, _, true) => ", ",
                (Language::En, _, false) => " ",
            };
            out = out + gap + &word;
            named = is_name;
        }
        out
    }

    /// Names are spelled alike in both languages; what is not is a keyword.
    fn words_of(&self, text: &str, names: &Names) -> Vec<Word> {
        for key in TEXTS.map(|key| key.form(self.language)) {
            if let Some(name) = text.strip_prefix(key).and_then(|rest| rest.strip_prefix(' ')) {
                return vec![Word::Key(key.to_owned()), Word::Name(name.to_owned())];
            }
        }
        let [zh, en] = [&names.zh, &names.en].map(|text| text.split(' ').collect::<Vec<_>>());
        let words: Vec<&str> = text.split(' ').collect();
        let mut found = Vec::new();
        let mut rest = words.as_slice();
        while let Some((first, after)) = rest.split_first() {
            if !(zh.contains(first) && en.contains(first)) {
                found.push(Word::Key((*first).to_owned()));
                rest = after;
                continue;
            }
            // A name with spaces is one that the scheme gives an English name.
            let longest = (2..=rest.len()).rev().find_map(|length| {
                let (name, after) = rest.split_at_checked(length)?;
                let name = name.join(" ");
                self.plan.statement.english.contains_key(&name).then_some((name, after))
            });
            let (name, after) = longest.unwrap_or_else(|| ((*first).to_owned(), after));
            found.push(self.known(&name).map_or(Word::Name(name), Word::Known));
            rest = after;
        }
        found
    }

    /// Facts and harms, several harms as a list.
    fn known(&self, text: &str) -> Option<String> {
        let harms = self.plan.domains.iter().find(|domain| domain.id == "harm");
        let one = |word: &str| {
            let facts = self.plan.facts.iter().map(|fact| &fact.name);
            let values = harms.iter().flat_map(|harms| &harms.values).map(|value| &value.name);
            let found = facts.chain(values).find(|name| name.zh == word && name.en != word)?;
            Some(self.names(found))
        };
        let words: Option<Vec<String>> = text.split('、').map(one).collect();
        words.map(|words| self.list(words))
    }
}
