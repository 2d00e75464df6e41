//! The names pass: every name that a clause uses and that nothing declares is reported once, with the nearest name that
//! exists, so that later stages can skip it in silence.

mod alike;
mod bodies;
mod english;
mod slips;
mod unknown;
mod unused;

use super::id;
use super::nearest;
use super::scope::{Referent, Scope};
use super::walk::{Reference, Site, Visitor, Wanted, walk};
use crate::plan::{DomainId, FactId, FactKind, ValueId};
use anlan_lang::diag::{Arg, Args, Code, Finding, Label, codes};
use anlan_lang::keywords::Keyword;
use anlan_lang::texts::Language;
use anlan_lang::tree::{Expr, Name, Path, Quantity, Span};
use bodies::Bodies;
use rustc_hash::{FxHashMap, FxHashSet};

/// Findings about the names that the body's clauses use, and about what it declares and never reads.
pub fn names(scope: &Scope) -> Vec<Finding> {
    let mut pass = Pass {
        scope,
        findings: Vec::new(),
        seen: FxHashMap::default(),
        bodies: Bodies::default(),
        synonyms: Vec::new(),
        english: Vec::new(),
        used: FxHashSet::default(),
        known: FxHashMap::default(),
    };
    walk(scope, &mut pass);
    pass.synonyms();
    pass.english();
    let mut findings = pass.findings;
    findings.extend(pass.bodies.alike(scope));
    findings.extend(pass.bodies.undeclared(scope, &findings));
    findings.extend(alike::alike(scope));
    unused::circles(scope, &mut findings);
    unused::examples(scope, &mut findings);
    if !scope.damaged {
        unused::unused(scope, &mut findings);
    }
    findings
}

struct Pass<'a> {
    scope: &'a Scope,
    findings: Vec<Finding>,
    /// (code, name, what it was meant to be) → index of its finding
    seen: FxHashMap<(Code, String, String), usize>,
    bodies: Bodies<'a>,
    synonyms: Vec<(Site<'a>, &'a Name)>,
    english: Vec<(Site<'a>, &'a Name)>,
    /// Every name that a clause uses
    used: FxHashSet<&'a str>,
    /// (code, what was meant) → the names that would be known, once one was not
    known: FxHashMap<(Code, String), nearest::Names<'a, Thing<'a>>>,
}

/// What a spelling names.
#[derive(Debug, PartialEq)]
enum Thing<'a> {
    Name(&'a str),
    Value(ValueId),
}

impl<'a> Thing<'a> {
    fn named(name: &'a str) -> (&'a str, Self) {
        (name, Thing::Name(name))
    }
    fn value((name, value): (&'a str, ValueId)) -> (&'a str, Self) {
        (name, Thing::Value(value))
    }
}

/// So many further places are shown of one unknown name; more would bury the first.
const PLACES: usize = 9;

impl<'a> Visitor<'a> for Pass<'a> {
    fn name(&mut self, site: Site<'a>, name: &'a Name, to: Reference<'a>) {
        if !matches!(to, Reference::EnglishOf) {
            self.used.insert(&name.text);
        }
        match to {
            Reference::Fact => self.fact(site, name),
            Reference::YesNoFact => self.yes_no_fact(site, name),
            Reference::Domain => self.domain(site, name),
            Reference::Value(domain) => self.value(site, domain, name),
            Reference::ValueOf(fact) => self.value_of_no_enumeration(site, fact, name),
            Reference::Peril => self.peril(site, name),
            Reference::Area => self.area(site, name),
            Reference::Level => self.level(site, name),
            Reference::HarmOrCover => self.harm_or_cover(site, name),
            Reference::Cover
            | Reference::Schedule
            | Reference::Decision
            | Reference::Fund
            | Reference::Limit
            | Reference::Settable => self.item(site, name, to),
            Reference::Unit => self.unit(site, name),
            Reference::Payer(split) => self.payer(site, split, name),
            Reference::Bearer => self.bearer(site, name),
            Reference::Body => self.bodies.saw(name),
            Reference::Code => self.code(site, name),
            Reference::SynonymOf => self.synonyms.push((site, name)),
            Reference::EnglishOf => self.english.push((site, name)),
            Reference::About => {}
        }
    }
    fn expr(&mut self, site: Site<'a>, expr: &'a Expr, wanted: Wanted<'a>) {
        match expr {
            Expr::Quantity(quantity) => self.quantity(site, quantity, wanted),
            Expr::Name(path) => self.path(site, path, wanted),
            Expr::Balance { fund, .. } => self.item(site, fund, Reference::Fund),
            Expr::Product { left, right, .. } => {
                self.expr(site, left, wanted);
                self.expr(site, right, wanted);
            }
            Expr::Sum { first, rest, .. } => {
                self.expr(site, first, wanted);
                for (_, term) in rest {
                    self.expr(site, term, wanted);
                }
            }
            Expr::Fraction { .. } | Expr::TotalPremium(_) | Expr::SumInsured(_) | Expr::Unlimited(_) => {}
        }
    }
    fn quantity(&mut self, site: Site<'a>, quantity: &'a Quantity, _: Wanted<'a>) {
        if let Some(unit) = &quantity.unit {
            for name in std::iter::once(&unit.head).chain(&unit.per) {
                self.unit(site, name);
            }
        }
    }
}

impl<'a> Pass<'a> {
    /// Reports a name once; later uses become further places of the same finding.
    fn report(&mut self, site: Site<'a>, name: &Name, meant: &str, finding: Finding) {
        let key = (finding.code, name.text.clone(), meant.to_owned());
        let place = self.scope.place(name.span);
        if let Some(index) = self.seen.get(&key) {
            if let Some(first) = self.findings.get_mut(*index)
                && first.labels.len() < PLACES
            {
                first.labels.push(Label {
                    place,
                    attribute: "again",
                    args: Args::new(),
                });
            }
            return;
        }
        self.seen.insert(key, self.findings.len());
        self.findings.push(located(finding, site).about(name.text.as_str()));
    }
    /// An unknown name with what is near it.
    fn unknown(
        &mut self,
        site: Site<'a>,
        code: Code,
        name: &Name,
        meant: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) {
        let near = self.near((code, meant), name, known.into_iter().map(Thing::named));
        let finding = nearest::suggest(
            Finding::new(code, self.scope.place(name.span)),
            &name.text,
            self.scope.place(name.span),
            near,
        );
        self.report(site, name, meant, finding);
    }
    /// The same for a name that this body should declare: where syntax errors may have swallowed the declaration, only
    /// a probable slip is reported.
    fn undeclared(
        &mut self,
        site: Site<'a>,
        code: Code,
        name: &Name,
        meant: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) {
        let near = self.near((code, meant), name, known.into_iter().map(Thing::named));
        self.undeclared_near(site, code, name, meant, near);
    }
    /// What is near a name among those `known`, which are the same whenever the code and what is meant are.
    fn near(
        &mut self,
        (code, meant): (Code, &str),
        name: &Name,
        known: impl IntoIterator<Item = (&'a str, Thing<'a>)>,
    ) -> Vec<&'a str> {
        let names = self
            .known
            .entry((code, meant.to_owned()))
            .or_insert_with(|| nearest::Names::new(known));
        names.near(&name.text)
    }
    fn undeclared_near(&mut self, site: Site<'a>, code: Code, name: &Name, meant: &str, near: Vec<&str>) {
        if near.is_empty() && self.scope.damaged {
            return;
        }
        let place = self.scope.place(name.span);
        let finding = nearest::suggest(Finding::new(code, place), &name.text, place, near);
        self.report(site, name, meant, finding);
    }
    fn fact(&mut self, site: Site<'a>, name: &'a Name) {
        if self.scope.fact_named(&name.text).is_some() || self.elsewhere(site, name, "kind-fact") {
            return;
        }
        let scope = self.scope;
        let known = scope.fact_index.keys().map(String::as_str);
        self.undeclared(site, codes::N104, name, "fact", known);
    }
    fn yes_no_fact(&mut self, site: Site<'a>, name: &'a Name) {
        match self.scope.fact_named(&name.text).and_then(|id| self.scope.fact(id)) {
            Some(fact) if fact.fact.kind == FactKind::YesNo => {}
            Some(fact) => {
                let finding = Finding::new(codes::N117, self.scope.place(name.span))
                    .arg("name", name.text.as_str())
                    .label(fact.place, "declared");
                self.report(site, name, "yes-no", finding);
            }
            None if self.scope.decision(&name.text).is_some() => {
                let finding = Finding::new(codes::N123, self.scope.place(name.span))
                    .arg("name", name.text.as_str())
                    .fixed(
                        self.scope.place(name.span),
                        format!("{} {}", self.scope.keyword(Keyword::Decided), name.text),
                    );
                self.report(site, name, "decision", finding);
            }
            None => self.fact(site, name),
        }
    }
    fn value_of_no_enumeration(&mut self, site: Site<'a>, fact: FactId, name: &'a Name) {
        let Some(fact) = self.scope.fact(fact) else { return };
        let finding = Finding::new(codes::N118, self.scope.place(name.span))
            .arg("name", name.text.as_str())
            .arg("fact", super::domain::names_arg(&fact.fact.name))
            .label(fact.place, "declared");
        self.report(site, name, &fact.fact.id, finding);
    }
    fn domain(&mut self, site: Site<'a>, name: &'a Name) {
        let scope = self.scope;
        let of_fact = || scope.fact_named(&name.text).and_then(|fact| scope.domain_of(fact));
        match scope.domain_named(&name.text).or_else(of_fact) {
            Some(domain) => self.seen_domain(site, domain, name),
            None => {
                let known = scope.domain_index.keys().map(String::as_str);
                self.unknown(site, codes::N116, name, "domain", known);
            }
        }
    }
    fn path(&mut self, site: Site<'a>, path: &'a Path, wanted: Wanted<'a>) {
        self.used.extend(path.parts.iter().map(|part| part.text.as_str()));
        match self.scope.referent(path) {
            Some(Referent::Table { .. } | Referent::Parameter(_) | Referent::Metric(_)) => {}
            Some(Referent::Fact(_) | Referent::Decision(_)) => {}
            None if matches!(wanted, Wanted::Figure) => {}
            None => self.unknown_amount(site, path),
        }
    }
    /// A domain whose library this file does not import: N120, once for each library.
    fn seen_domain(&mut self, site: Site<'a>, domain: DomainId, name: &Name) {
        let Some(import) = self.scope.hidden.get(domain.index()).and_then(Option::as_ref) else {
            return;
        };
        let finding = Finding::new(codes::N120, self.scope.place(name.span))
            .arg("name", name.text.as_str())
            .arg("import", import.clone());
        let finding = match import {
            Arg::Names { zh, en } => self.importing(finding, zh, en),
            _ => finding,
        };
        let library = Name {
            text: format!("{import:?}"),
            span: name.span,
        };
        self.report(site, &library, "import", finding);
    }
    /// With a fix that imports a library at the head of the file.
    fn importing(&self, finding: Finding, zh: &str, en: &str) -> Finding {
        let library = match self.scope.spelling() {
            Language::Zh => zh,
            Language::En => en,
        };
        let line = format!("{} {library}\n", self.scope.keyword(Keyword::Use));
        finding.fixed(self.scope.place(Span::default()), line)
    }
    fn synonyms(&mut self) {
        let scope = self.scope;
        let mut spelled: Option<nearest::Names<'_, String>> = None;
        for (site, name) in std::mem::take(&mut self.synonyms) {
            let text = name.text.as_str();
            let value = scope.domains.iter().any(|domain| domain.value(text).is_some());
            let known = value
                || scope.group(text).is_some()
                || scope.names.bodies.contains_key(text)
                || self.bodies.contains(text);
            if known || scope.areas.find(text).is_some() {
                continue;
            }
            let near = spelled
                .get_or_insert_with(|| nearest::Names::new(synonymous(scope)))
                .near(text);
            let place = scope.place(name.span);
            let finding = nearest::suggest(Finding::new(codes::N124, place), text, place, near);
            self.report(site, name, "synonym", finding);
        }
    }
    fn peril_domain(&self) -> Option<DomainId> {
        self.scope.domain_named(id::PERIL)
    }
}

/// With the articles and the item of its site.
fn located(finding: Finding, site: Site) -> Finding {
    let articles = site.notes.articles.iter().map(|article| article.text.clone());
    let finding = finding.articles(articles);
    match site.about {
        Some(about) => finding.about(about.text.as_str()),
        None => finding,
    }
}

/// Values and groups to which another name may be given, by what each spelling names.
fn synonymous(scope: &Scope) -> Vec<(&str, String)> {
    let mut all: Vec<(&str, String)> = Vec::new();
    for domain in &scope.domains {
        let of = |value: ValueId| format!("{} {}", domain.domain.id, value.0);
        all.extend(domain.spellings().map(|(name, value)| (name, of(value))));
    }
    let groups = scope.names.groups.keys();
    all.extend(groups.map(|name| (name.as_str(), name.clone())));
    all
}
