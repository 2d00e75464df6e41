//! Links files: imports, shared vocabularies, and one scope for each scheme, framework and contract.

use super::areas::Territory;
use super::collect::collect;
use super::imports::{Imports, Modules, imports};
use super::nearest;
use super::scope::{BodyKind, OwnNames, Scope};
use super::vocabulary::{self, Flattened, Kind, Vocabulary, fact_scope, inline, unknown_domain};
use super::{domain::DomainScope, id};
use crate::plan::{DomainId, FactId, FactKind};
use crate::project::{ParsedFile, ParsedProject, Project};
use anlan_lang::diag::{Arg, FileId, Finding, Place, codes};
use anlan_lang::tree::{self, Body, ClauseKind, Item, Name};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::Arc;

/// One scheme, framework or contract of the project: its kind, file, and index among the file's items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BodyRef {
    pub kind: BodyKind,
    pub file: FileId,
    pub item: usize,
}

/// Scopes already built, for those that build on them.
pub type Built = FxHashMap<BodyRef, Arc<Scope>>;

/// All that scopes are built from. Shared between threads.
#[derive(Debug)]
pub struct Linker<'p> {
    parsed: &'p ParsedProject,
    modules: Modules,
    imports: Vec<Imports>,
    /// For each file that holds a body
    vocabularies: FxHashMap<FileId, Arc<Vocabulary>>,
    bodies: Vec<BodyRef>,
    by_name: BTreeMap<(BodyKind, &'p str), Vec<BodyRef>>,
}

impl<'p> Linker<'p> {
    /// Resolves imports and builds each vocabulary once. Findings are those of imports and library items.
    pub fn new(project: &'p Project, parsed: &'p ParsedProject) -> (Self, Vec<Finding>) {
        let modules = Modules::new(project);
        let (imports, mut findings) = imports(project, parsed, &modules);
        findings.extend(super::unread::unread(project, parsed, &imports));
        let flattened = Flattened::new(project, parsed, &mut findings);
        let mut linker = Linker {
            parsed,
            modules,
            imports,
            vocabularies: FxHashMap::default(),
            bodies: Vec::new(),
            by_name: BTreeMap::new(),
        };
        linker.find_bodies();
        let mut shared: FxHashMap<Vec<FileId>, Arc<Vocabulary>> = FxHashMap::default();
        let nothing = Imports::default();
        for file in linker.bodies.iter().map(|body| body.file) {
            if linker.vocabularies.contains_key(&file) {
                continue;
            }
            let imports = linker.imports.get(file.0 as usize).unwrap_or(&nothing);
            let visible = vocabulary::visible(project, parsed, imports, file);
            let built = shared.entry(visible).or_insert_with_key(|visible| {
                let sight = vocabulary::Sight {
                    project,
                    parsed,
                    imports: &linker.imports,
                    modules: &linker.modules,
                    flattened: &flattened,
                };
                Arc::new(vocabulary::build(&sight, visible, &mut findings))
            });
            linker.vocabularies.insert(file, built.clone());
        }
        findings.extend(linker.twice());
        (linker, findings)
    }
    fn find_bodies(&mut self) {
        for file in self.parsed.files.iter().flatten() {
            for (item, node) in file.tree.items.iter().enumerate() {
                let (kind, body) = match node {
                    Item::Scheme(body) => (BodyKind::Scheme, body),
                    Item::Framework(body) => (BodyKind::Framework, body),
                    Item::Contract(body) => (BodyKind::Contract, body),
                    _ => continue,
                };
                let reference = BodyRef {
                    kind,
                    file: file.file,
                    item,
                };
                self.bodies.push(reference);
                self.by_name.entry((kind, &body.name.text)).or_default().push(reference);
            }
        }
    }
    /// N201 for two bodies of one kind and name in one file; versions of a scheme stand in files of their own.
    fn twice(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        for bodies in self.by_name.values() {
            for pair in bodies.windows(2) {
                if let [first, second] = pair
                    && first.file == second.file
                    && let (Some(a), Some(b)) = (self.body(*first), self.body(*second))
                {
                    let place = |span| Place { file: first.file, span };
                    findings.push(vocabulary::duplicate(
                        &b.name.text,
                        kind_word(second.kind),
                        place(b.name.span),
                        Some(place(a.name.span)),
                    ));
                }
            }
        }
        findings
    }
    /// All bodies of a kind, in file order.
    pub fn bodies(&self, kind: BodyKind) -> Vec<BodyRef> {
        self.bodies.iter().copied().filter(|body| body.kind == kind).collect()
    }
    fn body(&self, body: BodyRef) -> Option<&'p Body> {
        match self.parsed.file(body.file)?.tree.items.get(body.item)? {
            Item::Scheme(node) | Item::Framework(node) | Item::Contract(node) => Some(node),
            _ => None,
        }
    }
    /// The body of a kind with this name that a file sees: in itself or in a file it imports.
    fn target(&self, kind: BodyKind, name: &Name, file: FileId) -> Result<BodyRef, Finding> {
        let direct = self.imports.get(file.0 as usize).into_iter().flat_map(|i| &i.direct);
        let seen: Vec<FileId> = std::iter::once(file).chain(direct.map(|(_, file)| *file)).collect();
        let named = self
            .by_name
            .get(&(kind, name.text.as_str()))
            .map_or(&[][..], Vec::as_slice);
        if let Some(found) = named.iter().find(|body| seen.contains(&body.file)) {
            return Ok(*found);
        }
        let place = Place { file, span: name.span };
        if let Some(import) = named.first().and_then(|body| self.modules.name_of(body.file)) {
            return Err(Finding::new(codes::N120, place)
                .arg("name", name.text.as_str())
                .arg("import", import));
        }
        let known = self.by_name.keys().filter(|(k, _)| *k == kind).map(|(_, name)| *name);
        let near = nearest::near(&name.text, known);
        Err(
            nearest::suggest(Finding::new(codes::N102, place), &name.text, place, near)
                .arg("kind", Arg::Message(kind_word(kind))),
        )
    }

    /// The scope of one body. A scheme needs the frameworks built, a contract the schemes. Findings are those of its
    /// declarations; what its clauses name is for the names pass.
    pub fn scope(&self, reference: BodyRef, built: &Built) -> Option<(Scope, Vec<Finding>)> {
        let file = self.parsed.file(reference.file)?;
        let body = self.body(reference)?;
        let mut findings = Vec::new();
        let relations = self.relations(reference, body, built, &mut findings);
        let names = collect(reference.file, reference.kind, body, &mut findings);
        let vocabulary = self.vocabularies.get(&reference.file)?;
        let mut builder = ScopeBuilder {
            scope: start(file, reference, vocabulary, relations, names),
            findings,
        };
        builder.finish(body);
        Some((builder.scope, builder.findings))
    }
    fn relations(
        &self,
        reference: BodyRef,
        body: &Body,
        built: &Built,
        findings: &mut Vec<Finding>,
    ) -> Vec<Arc<Scope>> {
        let wanted = match reference.kind {
            BodyKind::Scheme => BodyKind::Framework,
            BodyKind::Contract => BodyKind::Scheme,
            BodyKind::Framework => return Vec::new(),
        };
        let mut found = Vec::new();
        for name in &body.relations {
            match self.target(wanted, name, reference.file) {
                Ok(target) => found.extend(built.get(&target).cloned()),
                Err(finding) => findings.push(finding),
            }
        }
        found
    }
}

pub(super) fn kind_word(kind: BodyKind) -> &'static str {
    match kind {
        BodyKind::Scheme => "kind-scheme",
        BodyKind::Framework => "kind-framework",
        BodyKind::Contract => "kind-contract",
    }
}

/// The scope before the body's own vocabulary: that of its imports, or of the scheme that a contract implements.
fn start(
    file: &Arc<ParsedFile>,
    reference: BodyRef,
    vocabulary: &Arc<Vocabulary>,
    mut relations: Vec<Arc<Scope>>,
    names: OwnNames,
) -> Scope {
    let implements = match reference.kind {
        BodyKind::Contract => relations.drain(..).next(),
        _ => None,
    };
    let mut scope = Scope {
        kind: reference.kind,
        file: reference.file,
        damaged: file.damaged,
        tree: file.tree.clone(),
        item: reference.item,
        domains: vocabulary.domains.clone(),
        hidden: vocabulary.hidden.clone(),
        domain_index: vocabulary.domain_index.clone(),
        facts: vocabulary.facts.clone(),
        fact_index: vocabulary.fact_index.clone(),
        units: vocabulary.units.clone(),
        areas: vocabulary.areas.clone(),
        territory: Vec::new(),
        frameworks: relations,
        implements,
        names,
    };
    if let Some(scheme) = scope.implements.clone() {
        scope.domains.clone_from(&scheme.domains);
        scope.hidden.clone_from(&scheme.hidden);
        scope.domain_index.clone_from(&scheme.domain_index);
        scope.facts.clone_from(&scheme.facts);
        scope.fact_index.clone_from(&scheme.fact_index);
        scope.units = scheme.units.clone();
        scope.areas = scheme.areas.clone();
        scope.territory.clone_from(&scheme.territory);
        Arc::make_mut(&mut scope.facts)
            .iter_mut()
            .for_each(|fact| fact.own = false);
    }
    scope
}

/// What a body adds to domains, clause by clause of one domain together.
fn extensions(body: &Body) -> Vec<(&Name, Vec<&tree::DomainValue>)> {
    let mut found: Vec<(&Name, Vec<&tree::DomainValue>)> = Vec::new();
    for clause in &body.clauses {
        if let ClauseKind::Extend(domain) = &clause.kind {
            match found.iter_mut().find(|(name, _)| name.text == domain.id.text) {
                Some((_, values)) => values.extend(&domain.values),
                None => found.push((&domain.id, domain.values.iter().collect())),
            }
        }
    }
    found
}

/// The facts that a body declares, by id: a plan does not depend on the order of clauses.
fn facts(body: &Body) -> Vec<&tree::FactDeclaration> {
    let mut found: Vec<&tree::FactDeclaration> = body
        .clauses
        .iter()
        .filter_map(|clause| match &clause.kind {
            ClauseKind::Fact(fact) => Some(fact),
            _ => None,
        })
        .collect();
    found.sort_by(|a, b| a.id.text.cmp(&b.id.text));
    found
}

struct ScopeBuilder {
    scope: Scope,
    findings: Vec<Finding>,
}

impl ScopeBuilder {
    fn finish(&mut self, body: &Body) {
        for framework in self.scope.frameworks.clone() {
            // A framework reports its own slips.
            let mut ignored = Vec::new();
            if let Some(body) = framework.body() {
                for (domain, values) in extensions(body) {
                    self.extend(framework.file, domain, &values, &mut ignored);
                }
            }
        }
        let mut findings = std::mem::take(&mut self.findings);
        let file = self.scope.file;
        for (domain, values) in extensions(body) {
            self.extend(file, domain, &values, &mut findings);
        }
        for fact in facts(body) {
            self.fact(fact, &mut findings);
        }
        if self.scope.implements.is_none() {
            self.territory(body);
        }
        for clause in &body.clauses {
            if let ClauseKind::Alias { alias, of } = &clause.kind {
                self.alias(alias, of, &mut findings);
            }
        }
        self.findings = findings;
    }
    fn place(&self, name: &Name) -> Place {
        self.scope.place(name.span)
    }
    fn extend(&mut self, file: FileId, domain: &Name, values: &[&tree::DomainValue], findings: &mut Vec<Finding>) {
        let place = Place {
            file,
            span: domain.span,
        };
        let known = self.scope.domain_index.get(&domain.text).copied();
        match known.and_then(|id| self.scope.domains.get_mut(id.index())) {
            Some(known) => {
                let known = Arc::make_mut(known);
                let mut values = values.to_vec();
                // Only a graded domain gives the order of its values a meaning.
                if known.domain.order.is_none() {
                    values.sort_by(|a, b| a.id.text.cmp(&b.id.text));
                }
                for value in values {
                    known.add_all(file, std::slice::from_ref(value), None, findings);
                }
            }
            None => {
                let known = self.scope.domain_index.keys().map(String::as_str);
                findings.push(unknown_domain(&domain.text, place, known));
            }
        }
    }
    fn fact(&mut self, declaration: &tree::FactDeclaration, findings: &mut Vec<Finding>) {
        let place = self.place(&declaration.id);
        let index = &self.scope.domain_index;
        let kind = match vocabulary::kind(&declaration.kind, |name| index.get(name).copied()) {
            Some(Kind::Ready(kind)) => kind,
            Some(Kind::Domain(domain)) => self.enumeration(domain),
            Some(Kind::Inline(values)) => {
                let domain = inline(self.scope.file, declaration, values, findings);
                let id = self.add_domain(domain);
                self.enumeration(id)
            }
            None => {
                if let tree::FactKind::Domain(name) = &declaration.kind {
                    let known = index.keys().map(String::as_str);
                    findings.push(unknown_domain(&name.text, self.place(name), known));
                }
                return;
            }
        };
        let fact = fact_scope(declaration, kind, place, true);
        let names = [fact.fact.id.clone(), fact.fact.name.zh.clone()];
        for name in &names {
            if let Some(first) = self.scope.fact_named(name).and_then(|id| self.scope.fact(id)) {
                findings.push(vocabulary::duplicate(name, "kind-fact", place, Some(first.place)));
                return;
            }
        }
        let id = FactId::from(self.scope.facts.len());
        Arc::make_mut(&mut self.scope.facts).push(fact);
        for name in names {
            Arc::make_mut(&mut self.scope.fact_index).insert(name, id);
        }
    }
    fn enumeration(&self, domain: DomainId) -> FactKind {
        FactKind::Enumeration {
            domain,
            default: self.scope.domain(domain).and_then(|domain| domain.default),
        }
    }
    /// A domain of a fact declared here; it is reached through the fact, and by name where the name is free.
    fn add_domain(&mut self, domain: DomainScope) -> DomainId {
        let id = DomainId::from(self.scope.domains.len());
        for name in [&domain.domain.id, &domain.domain.name.zh] {
            Arc::make_mut(&mut self.scope.domain_index)
                .entry(name.clone())
                .or_insert(id);
        }
        self.scope.domains.push(Arc::new(domain));
        self.scope.hidden.push(None);
        id
    }
    fn territory(&mut self, body: &Body) {
        let mut territory = Territory::default();
        let areas = self.scope.areas.clone();
        let mut stated = false;
        for clause in &body.clauses {
            let find = |names: &[Name]| -> Vec<_> { names.iter().filter_map(|name| areas.find(&name.text)).collect() };
            match &clause.kind {
                ClauseKind::Territory {
                    areas,
                    except,
                    including,
                } => {
                    stated = true;
                    territory.areas.extend(find(areas));
                    territory.areas.extend(find(including));
                    territory.except.extend(find(except));
                }
                ClauseKind::AppliesTo { area, .. } => {
                    stated = true;
                    territory.areas.extend(find(std::slice::from_ref(area)));
                }
                _ => {}
            }
        }
        let Some(id) = self.scope.domain_named(id::REGION) else {
            return;
        };
        if stated {
            let region = Arc::new(areas.region(&territory));
            if let Some(slot) = self.scope.domains.get_mut(id.index()) {
                *slot = region;
            }
        }
        self.scope.territory = self
            .scope
            .domain(id)
            .map(|region| region.ids().collect())
            .unwrap_or_default();
    }
    /// `同义 A = B`: another spelling of a value, an area, a group or a body. N206 where B is a value of several domains.
    fn alias(&mut self, alias: &Name, of: &Name, findings: &mut Vec<Finding>) {
        let place = self.place(alias);
        let mut domains: Vec<DomainId> = (0..self.scope.domains.len())
            .map(DomainId::from)
            .filter(|id| self.scope.value(*id, &of.text).is_some())
            .collect();
        if domains.len() > 1 {
            let visible = |id: &DomainId| self.scope.hidden.get(id.index()).is_none_or(Option::is_none);
            domains.retain(visible);
        }
        match domains.as_slice() {
            [] => self.alias_of_item(alias, of),
            [one] => {
                let value = self.scope.value(*one, &of.text);
                if let (Some(value), Some(domain)) = (value, self.scope.domains.get_mut(one.index())) {
                    Arc::make_mut(domain).alias(&alias.text, place, value, findings);
                }
            }
            several => {
                let domains = several
                    .iter()
                    .filter_map(|id| self.scope.domain(*id))
                    .map(DomainScope::names);
                let finding = Finding::new(codes::N206, self.place(of))
                    .arg("name", of.text.as_str())
                    .arg("domains", Arg::List(domains.collect()));
                findings.push(finding);
            }
        }
    }
    fn alias_of_item(&mut self, alias: &Name, of: &Name) {
        let names = &mut self.scope.names;
        if let Some(group) = names.groups.get(&of.text).copied() {
            names.groups.entry(alias.text.clone()).or_insert(group);
        } else {
            let declared = names.bodies.get(&of.text).unwrap_or(&of.text).clone();
            names.bodies.entry(alias.text.clone()).or_insert(declared);
        }
    }
}
