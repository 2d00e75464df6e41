//! How the pieces of a plan are worded: texts and names here, amounts and conditions beside.

mod amounts;
mod conditions;

use super::document::Line;
use crate::plan::{
    DecisionId, DomainId, FactId, FactKind, FundId, ListEnding, Names, PerilWord, Plan, Source, ValueId,
};
use anlan_lang::diag::{Arg, Args, Finding};
use anlan_lang::texts::{self, Language};
use anlan_lang::tree::Date;

/// A plan, and the language it is worded in.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    pub plan: &'a Plan,
    pub language: Language,
}

impl Words<'_> {
    // ── the catalogue ──

    /// The text `id` with its arguments.
    pub fn say<const N: usize>(&self, id: &str, args: [(&'static str, Arg); N]) -> String {
        let args = args.map(|(name, arg)| (name, self.english(arg)));
        texts::text(self.language, id, &Args::from(args))
    }

    /// A name of the document as the language calls it: in English by the English name that the scheme gives it.
    pub fn own(&self, name: &str) -> String {
        let english = match self.language {
            Language::Zh => None,
            Language::En => self.plan.statement.english.get(name).cloned(),
        };
        english.unwrap_or_else(|| name.to_owned())
    }

    /// What stands in a sentence for itself may be a name.
    fn english(&self, arg: Arg) -> Arg {
        if self.language == Language::Zh {
            return arg;
        }
        match arg {
            Arg::Text(text) => Arg::Text(self.own(&text)),
            Arg::Names { zh, en } => Arg::Text(self.names(&Names { zh, en })),
            Arg::List(args) => Arg::List(args.into_iter().map(|arg| self.english(arg)).collect()),
            other => other,
        }
    }

    /// The text `id`, which has no arguments.
    pub fn plain(&self, id: &str) -> String {
        texts::plain(self.language, id)
    }

    /// `文件未载明`: where a reader would look for something that the document leaves out.
    pub fn unstated(&self) -> String {
        self.plain("summary-unstated")
    }

    /// `无`: where there is nothing by the document's own words or by its nature.
    pub fn nothing(&self) -> String {
        self.plain("summary-none")
    }

    /// A line under a label of the catalogue.
    pub fn line(&self, label: &str, text: impl Into<String>, source: &Source) -> Line {
        Line::labelled(self.plain(label), text).citing(&source.articles)
    }

    /// A line under a label of the catalogue that rests on no article.
    pub fn bare(&self, label: &str, text: impl Into<String>) -> Line {
        Line::labelled(self.plain(label), text)
    }

    // ── small words ──

    pub fn list(&self, items: impl IntoIterator<Item = String>) -> String {
        texts::list(self.language, items.into_iter().map(|item| self.own(&item)))
    }

    /// The list, or `文件未载明` where it is empty.
    pub fn list_or_unstated(&self, items: impl IntoIterator<Item = String>) -> String {
        let list = self.list(items);
        if list.is_empty() { self.unstated() } else { list }
    }

    /// `“死亡限额”`: a name of the document inside a sentence.
    pub fn quoted(&self, name: &str) -> String {
        self.say("summary-quoted", [("name", name.into())])
    }

    /// A name as an item of a list: quoted where it would read as two.
    pub fn listed(&self, name: &str) -> String {
        let name = &self.own(name);
        match name.contains(['、', '，', ',']) {
            true => self.quoted(name),
            false => name.to_owned(),
        }
    }

    /// Statements that stand side by side: `；` or `; `.
    pub fn sentences(&self, parts: impl IntoIterator<Item = String>) -> String {
        let parts: Vec<String> = parts.into_iter().collect();
        parts.join(match self.language {
            Language::Zh => "；",
            Language::En => "; ",
        })
    }

    /// Clauses of one sentence: `，` or `, `.
    pub fn clauses(&self, parts: impl IntoIterator<Item = String>) -> String {
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(match self.language {
            Language::Zh => "，",
            Language::En => ", ",
        })
    }

    pub fn names(&self, names: &Names) -> String {
        match self.language {
            Language::Zh => names.zh.clone(),
            Language::En => match self.plan.statement.english.get(&names.zh) {
                Some(english) => english.clone(),
                // An id of the library reads as words; a name that the drafter gave stays as it is.
                None if names.en != names.zh => spoken(&names.en),
                None => names.en.clone(),
            },
        }
    }

    /// What a finding says.
    pub fn message(&self, finding: &Finding) -> String {
        let mut finding = finding.clone();
        for arg in finding.args.values_mut() {
            *arg = self.english(self.valued(arg.clone()));
        }
        texts::message(self.language, &finding)
    }

    /// A finding may name a value as the file spells it; in English it is called as everywhere on the page.
    fn valued(&self, arg: Arg) -> Arg {
        match arg {
            Arg::Text(text) if self.language == Language::En && self.own(&text) == text => {
                let domains = self.plan.domains.iter().enumerate();
                let found = domains.flat_map(|(at, domain)| domain.values.iter().enumerate().map(move |of| (at, of)));
                let value = found
                    .into_iter()
                    .find(|(_, (_, value))| value.name.zh == text || value.aliases.contains(&text))
                    .map(|(domain, (value, _))| self.domain_value(DomainId::from(domain), ValueId::from(value)));
                Arg::Text(value.unwrap_or(text))
            }
            Arg::List(args) => Arg::List(args.into_iter().map(|arg| self.valued(arg)).collect()),
            other => other,
        }
    }

    /// A text that is followed by another sentence: closed, unless it closes itself.
    pub fn closed(&self, text: &str) -> String {
        match (text.ends_with(['。', '？', '！', '.', '?', '!']), self.language) {
            (true, Language::Zh) => text.to_owned(),
            (true, Language::En) => format!("{text} "),
            (false, Language::Zh) => format!("{text}。"),
            (false, Language::En) => format!("{text}. "),
        }
    }

    /// A limit's name; one of a schedule by the schedule and its harms: `“一般赔付”的死亡、残疾`.
    pub fn limit_name(&self, names: &Names) -> String {
        let schedules = &self.plan.statement.schedules;
        let parts = names.zh.split_once('.').zip(names.en.split_once('.'));
        let Some(((schedule, zh), (_, en))) = parts.filter(|(zh, _)| schedules.iter().any(|s| s.id == zh.0)) else {
            return self.quoted(&self.names(names));
        };
        let harms = zh.split('+').zip(en.split('+')).map(|(zh, en)| {
            self.names(&Names {
                zh: zh.to_owned(),
                en: en.to_owned(),
            })
        });
        let harms = self.list(harms);
        self.say(
            "summary-limit-of-schedule",
            [("schedule", self.quoted(schedule).into()), ("harms", harms.into())],
        )
    }

    pub fn date(&self, date: Date) -> String {
        texts::date(self.language, date)
    }

    /// The list with its ending: `…等`, `…，共13项`.
    pub fn ended(&self, list: String, ending: ListEnding) -> String {
        let list = ("list", Arg::from(list));
        match ending {
            ListEnding::Unstated => self.say("summary-list-unstated", [list]),
            ListEnding::Open => self.say("summary-list-open", [list]),
            ListEnding::Closed => self.say("summary-list-closed", [list]),
            ListEnding::Counted(n) => self.say("summary-list-counted", [list, ("count", Arg::Count(n.into()))]),
        }
    }

    // ── names of plan items ──

    pub fn fact(&self, id: FactId) -> String {
        self.plan
            .facts
            .get(id.index())
            .map_or_else(String::new, |fact| self.names(&fact.name))
    }

    /// A fact of the record by its id; the id itself where it is a figure's own key.
    pub fn fact_named(&self, id: &str) -> String {
        let found = self.plan.facts.iter().find(|fact| fact.id == id);
        found.map_or_else(|| id.to_owned(), |fact| self.names(&fact.name))
    }

    pub fn domain_value(&self, domain: DomainId, value: ValueId) -> String {
        self.plan
            .domains
            .get(domain.index())
            .and_then(|d| d.values.get(value.index()))
            .map_or_else(String::new, |v| self.names(&v.name))
    }

    /// A value of the fact's domain.
    pub fn value(&self, fact: FactId, value: ValueId) -> String {
        match self.plan.facts.get(fact.index()).map(|f| &f.kind) {
            Some(FactKind::Enumeration { domain, .. }) => self.domain_value(*domain, value),
            _ => String::new(),
        }
    }

    fn value_of(&self, domain: &str, value: ValueId) -> String {
        let found = self.plan.domains.iter().position(|d| d.id == domain);
        found.map_or_else(String::new, |index| self.domain_value(DomainId::from(index), value))
    }

    /// A value of the domain `harm` by its fixed id.
    pub fn harm_with_id(&self, id: &str) -> Option<ValueId> {
        let harms = self.plan.domains.iter().find(|d| d.id == "harm")?;
        harms.values.iter().position(|v| v.id == id).map(ValueId::from)
    }

    pub fn harm(&self, value: ValueId) -> String {
        self.value_of("harm", value)
    }

    pub fn peril(&self, value: ValueId) -> String {
        self.value_of("peril", value)
    }

    pub fn role(&self, value: ValueId) -> String {
        self.value_of("role", value)
    }

    pub fn cover(&self, id: crate::plan::CoverId) -> String {
        self.plan
            .covers
            .get(id.index())
            .map_or_else(String::new, |cover| self.listed(&self.names(&cover.name)))
    }

    pub fn decision(&self, id: DecisionId) -> String {
        let name = self.plan.decisions.get(id.index()).map_or("", |d| d.id.as_str());
        self.quoted(name)
    }

    fn fund(&self, id: FundId) -> &str {
        self.plan.funds.get(id.index()).map_or("", |f| f.id.as_str())
    }

    /// `海啸（由地震引起）`
    pub fn peril_word(&self, word: &PerilWord) -> String {
        let name = self.names(&word.name);
        match &word.cause {
            Some(cause) => self.say(
                "summary-peril-caused",
                [("peril", name.into()), ("cause", self.names(cause).into())],
            ),
            None => name,
        }
    }
}

/// An id as English reads it: `injury_grade` → `injury grade`, `grade10` → `grade 10`.
pub fn spoken(id: &str) -> String {
    let mut words = String::with_capacity(id.len() + 2);
    let mut last = None;
    for c in id.chars() {
        match c {
            '_' => words.push(' '),
            c => {
                if c.is_ascii_digit() && last.is_some_and(|last: char| last.is_ascii_lowercase()) {
                    words.push(' ');
                }
                words.push(c);
            }
        }
        last = Some(c);
    }
    words
}

/// The text with its first letter large, as English begins a line.
pub fn large(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}
