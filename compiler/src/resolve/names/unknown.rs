//! Each kind of name: whether it exists, and what to say where it does not.

use super::super::domain::DomainScope;
use super::super::scope::BodyKind;
use super::{Pass, Reference, Site, Thing};
use crate::plan::DomainId;
use crate::resolve::id;
use crate::resolve::nearest;
use anlan_lang::diag::{Arg, Code, Finding, codes};
use anlan_lang::keywords::Keyword;
use anlan_lang::tree::{ClauseKind, Name, ParameterKind, Path, Split};

impl<'a> Pass<'a> {
    pub(super) fn value(&mut self, site: Site<'a>, domain: DomainId, name: &'a Name) {
        let scope = self.scope;
        let Some(node) = scope.domain(domain) else { return };
        if node.value(&name.text).is_some() {
            self.seen_domain(site, domain, name);
            return;
        }
        let place = scope.place(name.span);
        if node.domain.id == id::REGION {
            self.region(site, node, name);
            return;
        }
        if scope.group(&name.text).is_some() && node.domain.id == id::PERIL {
            let finding = Finding::new(codes::N122, place).arg("name", name.text.as_str());
            self.report(site, name, "group", finding);
            return;
        }
        let others: Vec<Arg> = scope
            .domains()
            .iter()
            .filter(|other| other.value(&name.text).is_some())
            .map(|other| other.names())
            .collect();
        let spellings = node.spellings().map(Thing::value);
        let near = self.near((codes::N105, &node.domain.id), name, spellings);
        if !others.is_empty() && near.is_empty() {
            let finding = Finding::new(codes::N204, place)
                .arg("name", name.text.as_str())
                .arg("domain", node.names())
                .arg("others", Arg::List(others));
            self.report(site, name, &node.domain.id, finding);
            return;
        }
        let finding = nearest::suggest(Finding::new(codes::N105, place), &name.text, place, near);
        self.report(site, name, &node.domain.id, finding.arg("domain", node.names()));
    }
    /// A region that the territory does not hold: outside it, or unknown altogether.
    fn region(&mut self, site: Site<'a>, region: &'a DomainScope, name: &'a Name) {
        if self.scope.areas.find(&name.text).is_none() {
            self.area_among(site, name, "region", region.spellings().map(|(name, _)| name));
            return;
        }
        let finding = Finding::new(codes::N214, self.scope.place(name.span)).arg("name", name.text.as_str());
        let territory = self.scope.clauses().iter().find_map(|clause| match &clause.kind {
            ClauseKind::Territory { .. } | ClauseKind::AppliesTo { .. } => Some(clause.span),
            _ => None,
        });
        let finding = match territory {
            Some(span) => finding.label(self.scope.place(span), "territory"),
            None => finding,
        };
        self.report(site, name, "territory", finding);
    }
    pub(super) fn peril(&mut self, site: Site<'a>, name: &'a Name) {
        let scope = self.scope;
        let Some(domain) = self.peril_domain() else { return };
        match scope.peril(&name.text) {
            Some(super::super::scope::PerilTerm::Value(_)) => self.seen_domain(site, domain, name),
            Some(_) => {}
            None if self.elsewhere(site, name, "kind-peril") => {}
            None => {
                let lists = scope.clauses().iter().flat_map(|clause| match &clause.kind {
                    ClauseKind::Parameter(parameter) if matches!(parameter.kind, ParameterKind::List { .. }) => {
                        parameter.names.as_slice()
                    }
                    _ => &[],
                });
                let values = scope.domain(domain).into_iter().flat_map(DomainScope::spellings);
                let groups = scope.names.groups.keys().map(String::as_str);
                let items = std::iter::once_with(|| {
                    let mut items: Vec<&str> = groups.chain(lists.map(|name| name.text.as_str())).collect();
                    items.sort_unstable();
                    items
                });
                let known = values.map(Thing::value).chain(items.flatten().map(Thing::named));
                let near = self.near((codes::N106, "peril"), name, known);
                self.undeclared_near(site, codes::N106, name, "peril", near);
            }
        }
    }
    pub(super) fn area(&mut self, site: Site<'a>, name: &'a Name) {
        let scope = self.scope;
        if scope.areas.find(&name.text).is_none() {
            self.area_among(site, name, "area", scope.areas.spellings());
        }
    }
    fn area_among(&mut self, site: Site<'a>, name: &'a Name, among: &str, known: impl Iterator<Item = &'a str>) {
        if self.scope.areas.is_empty() {
            let finding = Finding::new(codes::N120, self.scope.place(name.span))
                .arg("name", name.text.as_str())
                .arg(
                    "import",
                    Arg::Names {
                        zh: "区域".to_owned(),
                        en: "areas".to_owned(),
                    },
                );
            let finding = self.importing(finding, "区域", "areas");
            let library = Name {
                text: "areas".to_owned(),
                span: name.span,
            };
            self.report(site, &library, "import", finding);
            return;
        }
        let near = self.near((codes::N115, among), name, known.map(Thing::named));
        let place = self.scope.place(name.span);
        let finding = nearest::suggest(Finding::new(codes::N115, place), &name.text, place, near);
        self.report(site, name, "area", finding);
    }
    pub(super) fn level(&mut self, site: Site<'a>, name: &'a Name) {
        let levels = self.scope.areas.levels();
        if !levels.contains(&name.text.as_str()) && !levels.is_empty() {
            self.unknown(site, codes::N119, name, "level", levels);
        }
    }
    pub(super) fn harm_or_cover(&mut self, site: Site<'a>, name: &'a Name) {
        let scope = self.scope;
        let harms = scope.domain_named(id::HARM).and_then(|harms| scope.domain(harms));
        let harm = harms.and_then(|harms| harms.value(&name.text));
        if harm.is_none() && scope.cover(&name.text).is_none() && !self.elsewhere(site, name, "kind-cover") {
            let known = harms.into_iter().flat_map(DomainScope::spellings);
            let known: Vec<&str> = known.map(|(name, _)| name).chain(self.declared("kind-cover")).collect();
            let known = known.into_iter().map(Thing::named);
            let near = self.near((codes::N107, "harm or cover"), name, known);
            self.undeclared_near(site, codes::N107, name, "kind-cover", near);
        }
    }
    /// A name that the body, or the scheme of a contract, should declare.
    pub(super) fn item(&mut self, site: Site<'a>, name: &'a Name, to: Reference<'a>) {
        let scope = self.scope;
        let text = name.text.as_str();
        let (known, code, kind): (bool, Code, &'static str) = match to {
            Reference::Cover => (scope.cover(text).is_some(), codes::N107, "kind-cover"),
            Reference::Schedule => (scope.schedule(text).is_some(), codes::N108, "kind-schedule"),
            Reference::Decision => (scope.decision(text).is_some(), codes::N112, "kind-decision"),
            Reference::Fund => (scope.fund(text).is_some(), codes::N113, "kind-fund"),
            Reference::Limit => (scope.limit(text).is_some(), codes::N109, "kind-limit"),
            _ => (
                scope.parameter(text).is_some() || scope.fund(text).is_some(),
                codes::N103,
                "kind-parameter",
            ),
        };
        if known || self.elsewhere(site, name, kind) {
            return;
        }
        // `set` outside a contract is misplaced as a whole (N212).
        if matches!(to, Reference::Settable) && scope.kind != BodyKind::Contract && !site.example {
            return;
        }
        // Without its scheme a contract names nothing; that is reported at its head.
        if scope.kind == BodyKind::Contract && scope.implements().is_none() {
            return;
        }
        let mut near: Vec<&str> = self.declared(kind);
        if matches!(to, Reference::Settable) {
            near.extend(self.declared("kind-fund"));
        }
        self.undeclared(site, code, name, kind, near);
    }
    /// All names of a kind that the body or the scheme of a contract declares.
    fn declared(&self, kind: &str) -> Vec<&'a str> {
        let mut all = Vec::new();
        let mut scope = Some(self.scope);
        while let Some(at) = scope {
            let names = &at.names;
            let map = match kind {
                "kind-cover" => &names.covers,
                "kind-schedule" => &names.schedules,
                "kind-decision" => &names.decisions,
                "kind-fund" => &names.funds,
                "kind-limit" => &names.limits,
                "kind-table" => &names.tables,
                "kind-group" => &names.groups,
                "kind-metric" => &names.metrics,
                _ => {
                    all.extend(names.parameters.keys().map(String::as_str));
                    scope = at.implements().map(AsRef::as_ref);
                    continue;
                }
            };
            all.extend(map.keys().map(String::as_str));
            scope = at.implements().map(AsRef::as_ref);
        }
        all
    }
    /// N130 where the name exists but names a thing of another kind.
    pub(super) fn elsewhere(&mut self, site: Site<'a>, name: &Name, wanted: &'static str) -> bool {
        const KINDS: [&str; 9] = [
            "kind-cover",
            "kind-schedule",
            "kind-table",
            "kind-group",
            "kind-limit",
            "kind-decision",
            "kind-parameter",
            "kind-fund",
            "kind-metric",
        ];
        let found = KINDS
            .iter()
            .find(|kind| **kind != wanted && self.declared(kind).contains(&name.text.as_str()))
            .copied()
            .or_else(|| (wanted != "kind-fact" && self.scope.fact_named(&name.text).is_some()).then_some("kind-fact"));
        let Some(found) = found else { return false };
        let finding = Finding::new(codes::N130, self.scope.place(name.span))
            .arg("name", name.text.as_str())
            .arg("wanted", Arg::Message(wanted))
            .arg("found", Arg::Message(found));
        self.report(site, name, wanted, finding);
        true
    }
    pub(super) fn unit(&mut self, site: Site<'a>, name: &'a Name) {
        if self.scope.units().find(&name.text).is_none() {
            let finding = self.scope.units().unknown(&name.text, self.scope.place(name.span));
            self.report(site, name, "unit", finding);
        }
    }
    pub(super) fn payer(&mut self, site: Site<'a>, split: &'a Split, name: &'a Name) {
        let scope = self.scope;
        let is = |payer: &&Name| scope.body_name(&payer.text) == scope.body_name(&name.text);
        if !split.payers.iter().any(|payer| is(&payer)) {
            let known = split.payers.iter().map(|payer| payer.text.as_str());
            self.unknown(site, codes::N126, name, &split.name.text, known);
        }
    }
    /// A payer, insurer or layer whose part an example states.
    pub(super) fn bearer(&mut self, site: Site<'a>, name: &'a Name) {
        let scope = self.scope;
        let mut known: Vec<&str> = Vec::new();
        let mut at = Some(scope);
        while let Some(body) = at {
            for clause in body.clauses() {
                let text = |name: &'a Name| name.text.as_str();
                match &clause.kind {
                    ClauseKind::Split(split) => known.extend(split.payers.iter().map(text)),
                    ClauseKind::Premium(premium) => known.extend(premium.payers.iter().map(|p| text(&p.0))),
                    ClauseKind::Coinsurance(node) => known.extend(node.insurers.iter().map(|i| text(&i.name))),
                    ClauseKind::Tower(tower) => known.extend(tower.layers.iter().map(|l| text(&l.name))),
                    _ => {}
                }
            }
            at = body.implements().map(AsRef::as_ref);
        }
        let same = |other: &&&str| scope.body_name(other) == scope.body_name(&name.text);
        if known.iter().find(same).is_none() {
            self.undeclared(site, codes::N127, name, "bearer", known);
        }
    }
    pub(super) fn code(&mut self, site: Site<'a>, name: &'a Name) {
        let known = codes::ALL.iter().map(|(code, _)| code.0);
        if !known.clone().any(|code| code == name.text) {
            self.unknown(site, codes::N121, name, "code", known);
        }
    }
    /// A name in an amount that is no parameter, table, metric, decision or fact.
    pub(super) fn unknown_amount(&mut self, site: Site<'a>, path: &'a Path) {
        let scope = self.scope;
        let Some((first, rest)) = path.parts.split_first() else {
            return;
        };
        let place = scope.place(path.span);
        if let Some(table) = scope.table(&first.text) {
            let columns = table.node.columns.iter().map(|column| column.text.as_str());
            match rest.first() {
                Some(column) => {
                    let near = nearest::near(&column.text, columns.clone());
                    let at = scope.place(column.span);
                    let finding = nearest::suggest(Finding::new(codes::N110, at), &column.text, at, near)
                        .arg("table", first.text.as_str())
                        .label(table.scope.place(table.node.name.span), "declared");
                    self.report(site, column, &first.text, finding);
                }
                None => {
                    let finding = Finding::new(codes::N128, place)
                        .arg("table", first.text.as_str())
                        .arg("columns", Arg::List(columns.map(Arg::from).collect()))
                        .label(table.scope.place(table.node.name.span), "declared");
                    self.report(site, first, "column", finding);
                }
            }
            return;
        }
        if scope.fund(&first.text).is_some() {
            let mut finding = Finding::new(codes::N129, place).arg("name", first.text.as_str());
            if rest.is_empty() {
                // Before the fund in English, after it in Chinese.
                let (before, after) = (Keyword::BalanceOf, Keyword::Balance);
                let words = [
                    self.scope.keyword(before),
                    first.text.as_str(),
                    self.scope.keyword(after),
                ];
                finding = finding.fixed(place, words.join(" ").trim());
            }
            self.report(site, first, "balance", finding);
            return;
        }
        // A decision without a value is known, but is no amount.
        if self.elsewhere(site, first, "kind-amount") {
            return;
        }
        let mut known = self.declared("kind-parameter");
        known.extend(self.declared("kind-table"));
        known.extend(self.declared("kind-metric"));
        known.extend(scope.fact_index.keys().map(String::as_str));
        self.undeclared(site, codes::N111, first, "amount", known);
    }
}
