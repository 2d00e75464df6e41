//! Every place of a clause where notes can trail, with the words that name it: articles, assumptions and modalities
//! hang on these.

use crate::plan::Names;
use anlan_lang::keywords::Keyword;
use anlan_lang::texts::Language;
use anlan_lang::tree::*;

/// Notes and what they trail.
#[derive(Debug, Clone)]
pub struct Noted<'t> {
    pub notes: &'t Notes,
    /// The clause and, within it, the part: `累计限额 年度限额 用尽时`.
    pub about: Names,
}

/// The notes of a clause that are wanted, the clause's own first, in words.
pub fn noted(clause: &Clause, wanted: impl Fn(&Notes) -> bool) -> Vec<Noted<'_>> {
    let mut head_words: Option<Names> = None;
    let mut found = Vec::new();
    each(clause, &mut |notes, keywords, name| {
        if !wanted(notes) {
            return;
        }
        let about = head_words.get_or_insert_with(|| head(&clause.kind));
        let own = std::ptr::eq(notes, &clause.notes);
        let about = if own {
            about.clone()
        } else {
            joined(about, keywords, name)
        };
        found.push(Noted { notes, about });
    });
    found
}

/// All notes of a clause, the clause's own first.
pub fn all(clause: &Clause) -> Vec<&Notes> {
    let mut found = Vec::new();
    each(clause, &mut |notes, _, _| found.push(notes));
    found
}

fn each<'t>(clause: &'t Clause, visit: &mut Visit<'_, 't>) {
    visit(&clause.notes, &[], None);
    Collector { visit }.parts(&clause.kind);
}

/// The words of a clause and of a part of it.
fn joined(about: &Names, keywords: &[Keyword], name: Option<&str>) -> Names {
    let part = words(keywords, name);
    let join = |head: &str, part: &str| [head, part].map(str::trim).join(" ").trim().to_owned();
    Names {
        zh: join(&about.zh, &part.zh),
        en: join(&about.en, &part.en),
    }
}

/// Articles cited by a clause or, if it cites none itself, by its parts.
pub fn cited(clause: &Clause) -> Vec<&str> {
    let own: Vec<&str> = texts(&clause.notes).collect();
    if own.is_empty() {
        all(clause).into_iter().flat_map(texts).collect()
    } else {
        own
    }
}

fn texts(notes: &Notes) -> impl Iterator<Item = &str> {
    notes.articles.iter().map(|a| a.text.as_str())
}

/// Keywords and a name in both languages, as the file has them.
pub fn words(keywords: &[Keyword], name: Option<&str>) -> Names {
    let joined = |language| {
        keywords
            .iter()
            .map(|keyword| keyword.form(language))
            .chain(name)
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    };
    Names {
        zh: joined(Language::Zh),
        en: joined(Language::En),
    }
}

/// The words that head a clause: its keyword, and its name if it has one.
pub fn head(kind: &ClauseKind) -> Names {
    use ClauseKind as C;
    let (keyword, name) = match kind {
        C::Title { .. } => (Keyword::Title, None),
        C::Document(_) => (Keyword::Document, None),
        C::Repeals(_) => (Keyword::Repeals, None),
        C::Under { .. } => (Keyword::Under, None),
        C::Articles(_) => (Keyword::Articles, None),
        C::Prose { .. } => (Keyword::Prose, None),
        C::Territory { .. } => (Keyword::Territory, None),
        C::Policyholder { .. } => (Keyword::Policyholder, None),
        C::Body { name, .. } => (Keyword::Body, Some(name)),
        C::Term(_) => (Keyword::Term, None),
        C::Year { .. } => (Keyword::Year, None),
        C::Event(_) => (Keyword::EventRule, None),
        C::Persons { .. } => (Keyword::Persons, None),
        C::Subject { .. } => (Keyword::Subject, None),
        C::Beneficiary { .. } => (Keyword::Beneficiary, None),
        C::Standard { fact, .. } => (Keyword::Standard, Some(fact)),
        C::Ambiguity { zh, en } => return in_both(Keyword::Ambiguity, zh, en.as_ref()),
        C::Secondary(_) => (Keyword::Secondary, None),
        C::SumInsured(_) => (Keyword::SumInsured, None),
        C::Fact(fact) => (Keyword::Fact, Some(fact.zh.as_ref().unwrap_or(&fact.id))),
        C::Parameter(parameter) => (Keyword::Parameter, parameter.names.first()),
        C::Decision(decision) => (Keyword::Decision, Some(&decision.name)),
        C::Fund(fund) => (Keyword::Fund, Some(&fund.name)),
        C::Group(group) => (Keyword::Group, Some(&group.name)),
        C::Extend(domain) => (Keyword::ExtendPeril, Some(&domain.id)),
        C::Alias { alias, .. } => (Keyword::Synonym, Some(alias)),
        C::EnglishName { name, .. } => (Keyword::EnglishName, Some(name)),
        C::TreatAs { fact, .. } => (Keyword::TreatAs, Some(fact)),
        C::Table(table) => (Keyword::Table, Some(&table.name)),
        C::Schedule(schedule) => (Keyword::Schedule, Some(&schedule.name)),
        C::SamePerson(rule) => (same_person(rule), None),
        C::Cover(cover) => (Keyword::Cover, Some(&cover.name)),
        C::Priority(Priority::Over { first, .. }) => (Keyword::Priority, first.first()),
        C::Priority(Priority::Higher(set)) => (Keyword::Higher, first_of(set)),
        C::Priority(Priority::Stack(set)) => (Keyword::Stack, first_of(set)),
        C::Limit(limit) => (Keyword::Limit, Some(&limit.name)),
        C::Premium(_) => (Keyword::Premium, None),
        C::Split(split) => (Keyword::Split, Some(&split.name)),
        C::Coinsurance(_) => (Keyword::Coinsurance, None),
        C::Tower(_) => (Keyword::Tower, None),
        C::Metric { name, .. } => (Keyword::Metric, Some(name)),
        C::Covenant(covenant) => (Keyword::Covenant, Some(&covenant.name)),
        C::Review(review) => (Keyword::Review, Some(&review.what)),
        C::Duty(duty) => return quoted(Keyword::Duty, &duty.what),
        C::Forbids(what) => return quoted(Keyword::Forbids, what),
        C::Responsibility { what, .. } => (Keyword::Responsibility, Some(what)),
        C::Subrogation(_) => (Keyword::Subrogation, None),
        C::OtherInsurance(_) => (Keyword::OtherInsurance, None),
        C::ContractPrevails(_) => (Keyword::ContractPrevails, None),
        C::Supplement(what) => return quoted(Keyword::Supplement, what),
        C::Scope(scope) => (scope_keyword(scope.kind), None),
        C::Menu(kind) => return words(&[Keyword::Menu, scope_keyword(*kind)], None),
        C::Require(requirement) => return words(&[Keyword::Require, property(&requirement.property)], None),
        C::AppliesTo { area, .. } => (Keyword::AppliesTo, Some(area)),
        C::Set { name, .. } => (Keyword::Set, Some(name)),
        C::Example(example) => return quoted(Keyword::Example, &example.title),
        C::Acknowledge(acknowledge) => (Keyword::Acknowledge, Some(&acknowledge.code)),
    };
    words(&[keyword], name.map(|name| name.text.as_str()))
}

fn quoted(keyword: Keyword, text: &Quoted) -> Names {
    words(&[keyword], Some(&text.text))
}

/// A keyword and the question that it asks, in English where it is given.
fn in_both(keyword: Keyword, zh: &Quoted, en: Option<&Quoted>) -> Names {
    Names {
        zh: format!("{}：{}", keyword.form(Language::Zh), zh.text),
        en: format!("{}: {}", keyword.form(Language::En), en.unwrap_or(zh).text),
    }
}

fn first_of(set: &CoverSet) -> Option<&Name> {
    match set {
        CoverSet::All(_) => None,
        CoverSet::Named(names) => names.first(),
    }
}

fn same_person(rule: &SamePerson) -> Keyword {
    match rule {
        SamePerson::SeveralInjuries { .. } => Keyword::SeveralInjuries,
        SamePerson::LessPaid { .. } => Keyword::LessPaid,
    }
}

fn scope_keyword(kind: ScopeKind) -> Keyword {
    match kind {
        ScopeKind::Basic => Keyword::BasicScope,
        ScopeKind::Extended => Keyword::ExtendedScope,
    }
}

fn property(property: &Property) -> Keyword {
    match property {
        Property::Payable { .. } => Keyword::Payable,
        Property::LimitTotal { .. } => Keyword::Limit,
        Property::PremiumPaidBy(_) => Keyword::PremiumPaidBy,
        Property::Policyholder(_) => Keyword::Policyholder,
        Property::Persons(_) => Keyword::Persons,
        Property::Duty(_) => Keyword::Duty,
        Property::Words(_) => Keyword::Require,
    }
}

/// Sees notes with the keywords and the name that tell which part of the clause they trail.
type Visit<'v, 't> = dyn FnMut(&'t Notes, &[Keyword], Option<&str>) + 'v;

struct Collector<'c, 'v, 't> {
    visit: &'c mut Visit<'v, 't>,
}

impl<'t> Collector<'_, '_, 't> {
    fn add(&mut self, notes: &'t Notes, keywords: &[Keyword], name: Option<&str>) {
        (self.visit)(notes, keywords, name);
    }
    fn part(&mut self, notes: &'t Notes, keyword: Keyword) {
        self.add(notes, &[keyword], None);
    }

    fn parts(&mut self, kind: &'t ClauseKind) {
        use ClauseKind as C;
        match kind {
            C::SumInsured(sum) => self.sum_insured(sum),
            C::Fund(fund) => self.fund(fund),
            C::Extend(domain) => domain.values.iter().for_each(|value| self.value(value)),
            C::Table(table) => {
                for row in &table.rows {
                    self.add(&row.notes, &[], None);
                }
            }
            C::Schedule(schedule) => {
                self.rows(&schedule.rows);
                for (rule, notes) in &schedule.same_person {
                    self.part(notes, same_person(rule));
                }
            }
            C::Cover(cover) => self.cover(cover),
            C::Limit(limit) => self.limit(limit),
            C::Premium(premium) => self.premium(premium),
            C::Split(split) => self.split(split),
            C::Coinsurance(coinsurance) => self.coinsurance(coinsurance),
            C::Tower(tower) => {
                for layer in &tower.layers {
                    self.add(&layer.notes, &[Keyword::Layer], Some(&layer.name.text));
                }
                if let Some((_, notes)) = &tower.shortfall {
                    self.part(notes, Keyword::Shortfall);
                }
            }
            C::Scope(scope) => self.scope(scope),
            _ => {}
        }
    }
    fn sum_insured(&mut self, sum: &'t SumInsured) {
        for (name, _, notes) in &sum.bases {
            self.add(notes, &[], Some(&name.text));
        }
        for (notes, keyword) in [
            (&sum.negotiated, Keyword::Negotiated),
            (&sum.at_least_base, Keyword::AtLeastBase),
        ] {
            if let Some(notes) = notes {
                self.part(notes, keyword);
            }
        }
        if let Some((_, _, notes)) = &sum.at_most {
            self.part(notes, Keyword::SumAtMost);
        }
    }
    fn fund(&mut self, fund: &'t Fund) {
        if let Some((_, notes)) = &fund.accrual {
            self.part(notes, Keyword::Accrual);
        }
        if let Some(notes) = &fund.carried_forward {
            self.part(notes, Keyword::CarriedForward);
        }
        if let Some((_, notes)) = &fund.reported_by {
            self.part(notes, Keyword::Balance);
        }
    }
    fn value(&mut self, value: &'t DomainValue) {
        self.add(&value.notes, &[], Some(&value.id.text));
        for child in &value.children {
            self.value(child);
        }
    }
    fn rows(&mut self, rows: &'t [BenefitRow]) {
        for row in rows {
            let harms: Vec<&str> = row.harms.iter().map(|harm| harm.text.as_str()).collect();
            let harms = harms.join("、");
            self.add(&row.notes, &[], Some(&harms));
            row.steps
                .iter()
                .for_each(|step| self.add(&step.notes, &[], Some(&harms)));
        }
    }
    fn cover(&mut self, cover: &'t Cover) {
        if let Some((_, notes)) = &cover.perils {
            self.part(notes, Keyword::Perils);
        }
        if let Some((_, notes)) = &cover.roles {
            self.part(notes, Keyword::Role);
        }
        if let Some((_, notes)) = &cover.condition {
            self.part(notes, Keyword::When);
        }
        for (pays, notes) in &cover.pays {
            self.part(notes, Keyword::Pays);
            if let Pays::Rows { rows, .. } = pays {
                self.rows(rows);
            }
        }
        for (_, notes) in &cover.handled_by {
            self.part(notes, Keyword::HandledBy);
        }
        if let Some((_, notes)) = &cover.subrogation {
            self.part(notes, Keyword::Subrogation);
        }
    }
    fn limit(&mut self, limit: &'t Limit) {
        if let Some((_, notes)) = &limit.exhausted {
            self.part(notes, Keyword::WhenExhausted);
        }
        if let Some((_, notes)) = &limit.within {
            self.part(notes, Keyword::LimitWithin);
        }
        if let Some((_, notes)) = &limit.after {
            self.part(notes, Keyword::After);
        }
        if let Some((_, _, notes)) = &limit.raised {
            self.part(notes, Keyword::RaisedTo);
        }
    }
    fn premium(&mut self, premium: &'t Premium) {
        for (_, notes) in &premium.rates {
            self.part(notes, Keyword::Rate);
        }
        if let Some((_, notes)) = &premium.rate_by_contract {
            self.part(notes, Keyword::Rate);
        }
        for (_, notes) in &premium.bases {
            self.part(notes, Keyword::Base);
        }
        if let Some((_, _, notes)) = &premium.total {
            self.part(notes, Keyword::Total);
        }
        for (_, _, notes) in &premium.payers {
            self.part(notes, Keyword::PaidBy);
        }
        if let Some((_, notes)) = &premium.due {
            self.part(notes, Keyword::Due);
        }
    }
    fn split(&mut self, split: &'t Split) {
        for row in &split.rows {
            self.add(&row.notes, &[], None);
        }
        for (payer, _, _, notes) in &split.rounds {
            self.add(notes, &[], Some(&payer.text));
        }
        if let Some((_, notes)) = &split.remainder {
            self.part(notes, Keyword::RemainderTo);
        }
        for (decision, _, notes) in &split.overrides {
            self.add(notes, &[Keyword::SplitWhen], Some(&decision.text));
        }
    }
    fn coinsurance(&mut self, coinsurance: &'t Coinsurance) {
        for insurer in &coinsurance.insurers {
            self.add(&insurer.notes, &[], Some(&insurer.name.text));
        }
        if let Some((_, _, notes)) = &coinsurance.count {
            self.part(notes, Keyword::Insurers);
        }
        if let Some((_, notes)) = &coinsurance.lead_at_least {
            self.part(notes, Keyword::LeadAtLeast);
        }
        if let Some(notes) = &coinsurance.by_contract {
            self.part(notes, Keyword::SharesByContract);
        }
    }
    fn scope(&mut self, scope: &'t Scope) {
        if let Some((_, _, notes)) = &scope.perils {
            self.part(notes, Keyword::Perils);
        }
        for (names, keyword) in [(&scope.harms, Keyword::Harms), (&scope.roles, Keyword::Role)] {
            if let Some((_, _, notes)) = names {
                self.part(notes, keyword);
            }
        }
    }
}
