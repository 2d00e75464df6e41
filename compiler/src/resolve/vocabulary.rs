//! What a file's imports offer: domains, facts, units and areas. Built once for each set of imports and shared by all
//! schemes that have it.

use super::areas::Areas;
use super::domain::{DomainScope, names, text};
use super::id;
use super::imports::{Imports, Modules};
use super::nearest;
use super::scope::FactScope;
use crate::plan::{self, DomainId, FactId, FactKind, FactRole, Sort};
use crate::project::{ParsedProject, Project};
use crate::stdlib;
use crate::types::{self, Units};
use anlan_lang::diag::{Arg, FileId, Finding, Place, codes};
use anlan_lang::tree::{self, Item};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// The vocabulary of one set of visible files.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    pub(super) domains: Vec<Arc<DomainScope>>,
    /// For each domain, what to import where the set does not see it.
    pub(super) hidden: Vec<Option<Arg>>,
    pub(super) domain_index: Arc<FxHashMap<String, DomainId>>,
    pub(super) facts: Arc<Vec<FactScope>>,
    pub(super) fact_index: Arc<FxHashMap<String, FactId>>,
    pub(super) units: Arc<Units>,
    pub(super) areas: Arc<Areas>,
}

/// Every domain of the project, flattened once.
#[derive(Debug, Default)]
pub(super) struct Flattened {
    /// By file; in written order.
    by_file: FxHashMap<FileId, Vec<Arc<DomainScope>>>,
    standard: Vec<FileId>,
}

impl Flattened {
    pub fn new(project: &Project, parsed: &ParsedProject, findings: &mut Vec<Finding>) -> Self {
        let mut by_file = FxHashMap::default();
        for file in parsed.files.iter().flatten() {
            let domains: Vec<Arc<DomainScope>> = file
                .tree
                .items
                .iter()
                .filter_map(|item| match item {
                    Item::Domain(domain) => Some(Arc::new(DomainScope::declare(file.file, domain, findings))),
                    _ => None,
                })
                .collect();
            if !domains.is_empty() {
                by_file.insert(file.file, domains);
            }
        }
        Flattened {
            by_file,
            standard: project.standard_files().map(FileId).collect(),
        }
    }
    fn of(&self, file: FileId) -> &[Arc<DomainScope>] {
        self.by_file.get(&file).map_or(&[], Vec::as_slice)
    }
}

/// Whether a file declares anything that others can see besides schemes, frameworks and contracts.
fn offers(parsed: &ParsedProject, file: FileId) -> bool {
    parsed.file(file).is_some_and(|file| {
        let body = |item: &Item| matches!(item, Item::Scheme(_) | Item::Framework(_) | Item::Contract(_));
        file.tree.items.iter().any(|item| !body(item))
    })
}

/// The files whose vocabulary a file sees: the core library, its imports, itself; the library first.
pub(super) fn visible(project: &Project, parsed: &ParsedProject, imports: &Imports, file: FileId) -> Vec<FileId> {
    let standard: Vec<FileId> = project.standard_files().map(FileId).collect();
    let core = standard
        .iter()
        .zip(stdlib::FILES)
        .filter_map(|(file, known)| known.core.then_some(*file));
    let mut files: Vec<FileId> = core.chain(imports.direct.iter().map(|(_, file)| *file)).collect();
    files.retain(|file| offers(parsed, *file));
    if offers(parsed, file) {
        files.push(file);
    }
    // The library comes before what builds on it, whatever the numbers of the files are.
    files.sort_by_key(|file| (!standard.contains(file), *file));
    files.dedup();
    files
}

/// What vocabularies are built from.
#[derive(Clone, Copy)]
pub(super) struct Sight<'a> {
    pub project: &'a Project,
    pub parsed: &'a ParsedProject,
    pub imports: &'a [Imports],
    pub modules: &'a Modules,
    pub flattened: &'a Flattened,
}

/// Builds the vocabulary of a set of visible files.
pub(super) fn build(sight: &Sight, files: &[FileId], findings: &mut Vec<Finding>) -> Vocabulary {
    let flattened = sight.flattened;
    let mut builder = Builder {
        sight: *sight,
        vocabulary: Vocabulary::default(),
        findings,
    };
    builder.units(files);
    builder.areas(files);
    for file in files {
        for domain in flattened.of(*file) {
            builder.domain(domain, None);
        }
    }
    builder.region();
    for file in files {
        builder.facts(*file);
    }
    builder.vocabulary
}

struct Builder<'a> {
    sight: Sight<'a>,
    vocabulary: Vocabulary,
    findings: &'a mut Vec<Finding>,
}

impl Builder<'_> {
    fn domain_index(&mut self) -> &mut FxHashMap<String, DomainId> {
        Arc::make_mut(&mut self.vocabulary.domain_index)
    }
    fn items<'a>(&'a self, files: &'a [FileId]) -> impl Iterator<Item = (FileId, &'a Item)> + Clone {
        let parsed = self.sight.parsed;
        files
            .iter()
            .filter_map(move |file| parsed.file(*file))
            .flat_map(|file| file.tree.items.iter().map(|item| (file.file, item)))
    }
    fn units(&mut self, files: &[FileId]) {
        let declared = self.items(files).filter_map(|(file, item)| match item {
            Item::Unit(unit) => Some((file, unit)),
            _ => None,
        });
        let (units, findings) = types::declare_units(declared);
        self.vocabulary.units = Arc::new(units);
        self.findings.extend(findings);
    }
    fn areas(&mut self, files: &[FileId]) {
        let mut areas = Areas::default();
        let mut findings = Vec::new();
        let declared = self.items(files).filter_map(|(file, item)| match item {
            Item::Area(area) => Some((file, area)),
            _ => None,
        });
        for (file, area) in declared.clone() {
            areas.declare(file, std::iter::once(area), &mut findings);
        }
        areas.nest(declared, &mut findings);
        self.vocabulary.areas = Arc::new(areas);
        self.findings.extend(findings);
    }
    /// Adds a domain; a name that is taken keeps its first meaning (N201).
    fn domain(&mut self, domain: &Arc<DomainScope>, hidden: Option<Arg>) -> DomainId {
        let id = DomainId::from(self.vocabulary.domains.len());
        let name = &domain.domain.name;
        let taken = [&domain.domain.id, &name.zh]
            .into_iter()
            .find_map(|name| Some((name.clone(), *self.vocabulary.domain_index.get(name)?)));
        if let (Some((name, first)), Some(place)) = (taken, domain.place) {
            let first_place = self.vocabulary.domains.get(first.index()).and_then(|d| d.place);
            self.findings.push(duplicate(&name, "kind-domain", place, first_place));
            return first;
        }
        for name in [&domain.domain.id, &name.zh] {
            self.domain_index().insert(name.clone(), id);
        }
        self.vocabulary.domains.push(domain.clone());
        self.vocabulary.hidden.push(hidden);
        id
    }
    fn region(&mut self) {
        let region = self.vocabulary.areas.region(&super::areas::Territory::default());
        let id = DomainId::from(self.vocabulary.domains.len());
        for name in [id::REGION, "区域", "地区"] {
            self.domain_index().entry(name.to_owned()).or_insert(id);
        }
        self.vocabulary.domains.push(Arc::new(region));
        self.vocabulary.hidden.push(None);
    }
    fn facts(&mut self, file: FileId) {
        let parsed = self.sight.parsed;
        let declared = parsed.file(file).into_iter().flat_map(|file| &file.tree.items);
        for item in declared {
            if let Item::Fact(fact) = item {
                self.fact(file, fact);
            }
        }
    }
    fn fact(&mut self, file: FileId, declaration: &tree::FactDeclaration) {
        let place = Place {
            file,
            span: declaration.id.span,
        };
        if let tree::FactKind::Domain(name) = &declaration.kind {
            self.reach(file, &name.text);
        }
        let kind = match kind(&declaration.kind, |name| {
            self.vocabulary.domain_index.get(name).copied()
        }) {
            Some(kind) => kind,
            None => {
                self.unknown_kind(file, &declaration.kind);
                return;
            }
        };
        let kind = match kind {
            Kind::Ready(kind) => kind,
            Kind::Domain(domain) => self.enumeration(domain),
            Kind::Inline(values) => {
                let domain = Arc::new(inline(file, declaration, values, self.findings));
                let domain = self.domain(&domain, None);
                self.enumeration(domain)
            }
        };
        let fact = fact_scope(declaration, kind, place, false);
        let taken = [&fact.fact.id, &fact.fact.name.zh]
            .into_iter()
            .find_map(|name| Some((name.clone(), *self.vocabulary.fact_index.get(name)?)));
        if let Some((name, first)) = taken {
            let first = self.vocabulary.facts.get(first.index()).map(|fact| fact.place);
            self.findings.push(duplicate(&name, "kind-fact", place, first));
            return;
        }
        let id = FactId::from(self.vocabulary.facts.len());
        for name in [&fact.fact.id, &fact.fact.name.zh] {
            Arc::make_mut(&mut self.vocabulary.fact_index).insert(name.clone(), id);
        }
        Arc::make_mut(&mut self.vocabulary.facts).push(fact);
    }
    fn enumeration(&self, domain: DomainId) -> FactKind {
        FactKind::Enumeration {
            domain,
            default: self.vocabulary.domains.get(domain.index()).and_then(|d| d.default),
        }
    }
    /// Makes a domain known that the declaring file sees and this set does not.
    fn reach(&mut self, file: FileId, name: &str) {
        if self.vocabulary.domain_index.contains_key(name) {
            return;
        }
        let files: Vec<FileId> = if self.sight.project.standard_files().contains(&file.0) {
            self.sight.flattened.standard.clone()
        } else {
            let imports = self.sight.imports.get(file.0 as usize);
            imports
                .into_iter()
                .flat_map(|i| i.direct.iter().map(|(_, file)| *file))
                .collect()
        };
        let flattened = self.sight.flattened;
        let found = files.iter().find_map(|file| {
            let named = |d: &&Arc<DomainScope>| d.domain.id == name || d.domain.name.zh == name;
            Some((*file, flattened.of(*file).iter().find(named)?))
        });
        if let Some((file, domain)) = found {
            let import = self.sight.modules.name_of(file);
            self.domain(domain, import);
        }
    }
    fn unknown_kind(&mut self, file: FileId, kind: &tree::FactKind) {
        if let tree::FactKind::Domain(name) = kind {
            let place = Place { file, span: name.span };
            self.findings.push(unknown_domain(
                &name.text,
                place,
                self.vocabulary.domain_index.keys().map(String::as_str),
            ));
        }
    }
}

/// N116
pub(super) fn unknown_domain<'a>(name: &str, place: Place, known: impl Iterator<Item = &'a str>) -> Finding {
    nearest::suggest(
        Finding::new(codes::N116, place),
        name,
        place,
        nearest::near(name, known),
    )
}

/// N201: two things of one kind have one name.
pub(super) fn duplicate(name: &str, kind: &'static str, place: Place, first: Option<Place>) -> Finding {
    let finding = Finding::new(codes::N201, place)
        .arg("name", name)
        .arg("kind", Arg::Message(kind))
        .about(name);
    match first {
        Some(first) => finding.label(first, "first"),
        None => finding,
    }
}

/// A declared kind before its domain is made.
pub(super) enum Kind<'a> {
    Ready(FactKind),
    Domain(DomainId),
    Inline(&'a [tree::Name]),
}

/// The kind of a declared fact; `None`: its domain is unknown.
pub(super) fn kind<'a>(kind: &'a tree::FactKind, domain: impl Fn(&str) -> Option<DomainId>) -> Option<Kind<'a>> {
    Some(match kind {
        tree::FactKind::Money => Kind::Ready(FactKind::Money),
        tree::FactKind::Count => Kind::Ready(FactKind::Count { part: None }),
        tree::FactKind::Ratio => Kind::Ready(FactKind::Ratio),
        tree::FactKind::Date => Kind::Ready(FactKind::Date),
        tree::FactKind::Text => Kind::Ready(FactKind::Text),
        tree::FactKind::YesNo => Kind::Ready(FactKind::YesNo),
        tree::FactKind::Inline(values) => Kind::Inline(values),
        tree::FactKind::Domain(name) => Kind::Domain(domain(&name.text)?),
        tree::FactKind::Number {
            unit,
            precision,
            from,
            to,
        } => {
            let ratio = crate::money::Ratio::from_decimal;
            Kind::Ready(FactKind::Number {
                unit: unit.text.clone(),
                precision: ratio(*precision)?,
                from: ratio(*from)?,
                to: ratio(*to)?,
            })
        }
    })
}

/// The domain of `事实 用途: { 居住, 商业 }`, named as its fact.
pub(super) fn inline(
    file: FileId,
    fact: &tree::FactDeclaration,
    values: &[tree::Name],
    findings: &mut Vec<Finding>,
) -> DomainScope {
    let place = Place {
        file,
        span: fact.id.span,
    };
    let mut domain = DomainScope::new(&fact.id.text, text(&fact.zh), None, Some(place));
    let values: Vec<tree::DomainValue> = values
        .iter()
        .map(|name| tree::DomainValue {
            id: name.clone(),
            zh: None,
            aliases: Vec::new(),
            code: None,
            harms: Vec::new(),
            leads_to: Vec::new(),
            children: Vec::new(),
            notes: tree::Notes::default(),
            span: name.span,
        })
        .collect();
    domain.add_all(file, &values, None, findings);
    domain
}

pub(super) fn fact_scope(declaration: &tree::FactDeclaration, kind: FactKind, place: Place, own: bool) -> FactScope {
    let id = declaration.id.text.as_str();
    FactScope {
        fact: plan::Fact {
            id: id.to_owned(),
            name: names(id, text(&declaration.zh)),
            sort: sort(id),
            kind,
            role: FactRole::Given,
            classes: Vec::new(),
        },
        place,
        by: declaration.by.as_ref().map(|by| by.text.clone()),
        own,
    }
}

/// The record that a fact of the data contract belongs to (SEMANTICS §1). Today all of them stand in the claim row.
fn sort(id: &str) -> Sort {
    match id {
        id::SUM_INSURED | id::POLICY_START | id::POLICY_END => Sort::Policy,
        id::DWELLING_KIND => Sort::Household,
        _ => Sort::Claim,
    }
}
