//! A domain, flattened from its tree, with every spelling of every value.

use crate::plan::{self, DomainId, Names, ValueId};
use anlan_lang::diag::{Arg, Code, FileId, Finding, Place, codes};
use anlan_lang::tree::{self, Name, Span};
use rustc_hash::FxHashMap;
use std::sync::{Arc, OnceLock};

/// A flattened domain with lookups. Shared between scopes until a scope extends it.
#[derive(Debug, Clone)]
pub struct DomainScope {
    /// As the plan holds it: parents before their children, in written order.
    pub domain: plan::Domain,
    /// The value of a record that leaves a fact of this domain blank.
    pub default: Option<ValueId>,
    /// Where it is declared; `None` for `region`, which is made from areas.
    pub place: Option<Place>,
    pub(super) values: Vec<ValueInfo>,
    pub(super) index: FxHashMap<String, ValueId>,
    /// Made once for all plans; empty until then, and again after a change.
    planned: OnceLock<Arc<plan::Domain>>,
    /// The children of each value, likewise.
    children: OnceLock<Vec<Vec<ValueId>>>,
}

/// What the plan does not need of a value.
#[derive(Debug, Clone)]
pub(super) struct ValueInfo {
    pub place: Option<Place>,
    /// `致 死亡, 残疾`: harms as written; empty where the value does not say.
    pub harms: Vec<(String, Option<Place>)>,
    /// `引发 溺水, 滑坡`: perils as written that can follow.
    pub leads_to: Vec<String>,
}

impl DomainScope {
    /// The value with this id, Chinese name or alias.
    pub fn value(&self, name: &str) -> Option<ValueId> {
        self.index.get(name).copied()
    }
    pub fn get(&self, value: ValueId) -> Option<&plan::DomainValue> {
        self.domain.values.get(value.index())
    }
    pub fn parent(&self, value: ValueId) -> Option<ValueId> {
        self.get(value)?.parent
    }
    /// The value itself and all below it, ascending. A rule that names a node covers all of these (SEMANTICS §1).
    pub fn descendants(&self, value: ValueId) -> Vec<ValueId> {
        let children = self.children();
        let mut found = vec![value];
        let mut at = 0;
        while let Some(below) = found.get(at).and_then(|value| children.get(value.index())) {
            found.extend_from_slice(below);
            at += 1;
        }
        found.sort_unstable();
        found
    }
    /// A parent stands before its children, so no value is below itself.
    fn children(&self) -> &[Vec<ValueId>] {
        self.children.get_or_init(|| {
            let mut children = vec![Vec::new(); self.domain.values.len()];
            for (id, value) in self.ids().zip(&self.domain.values) {
                let parent = value.parent.filter(|parent| *parent < id);
                if let Some(of) = parent.and_then(|parent| children.get_mut(parent.index())) {
                    of.push(id);
                }
            }
            children
        })
    }
    /// Whether `value` is `ancestor` or lies below it.
    pub fn is_within(&self, value: ValueId, ancestor: ValueId) -> bool {
        let mut at = Some(value);
        while let Some(v) = at {
            if v == ancestor {
                return true;
            }
            // A parent stands before its children, so this always ends.
            at = self.parent(v).filter(|p| *p < v);
        }
        false
    }
    /// All values, parents first.
    pub fn ids(&self) -> impl Iterator<Item = ValueId> + use<> {
        (0..self.domain.values.len()).map(ValueId::from)
    }
    /// Where the value is declared.
    pub fn place_of(&self, value: ValueId) -> Option<Place> {
        self.values.get(value.index())?.place
    }
    /// Every spelling of every value: the Chinese name, the id, then the others.
    pub fn spellings(&self) -> impl Iterator<Item = (&str, ValueId)> {
        self.ids().zip(&self.domain.values).flat_map(|(id, value)| {
            let names = [&value.name.zh, &value.id];
            let all = names.into_iter().chain(&value.aliases);
            all.map(move |name| (name.as_str(), id))
        })
    }

    /// An empty domain.
    pub(super) fn new(id: &str, zh: Option<&str>, order: Option<tree::Order>, place: Option<Place>) -> Self {
        DomainScope {
            domain: plan::Domain {
                id: id.to_owned(),
                name: names(id, zh),
                order,
                values: Vec::new(),
            },
            default: None,
            place,
            values: Vec::new(),
            index: FxHashMap::default(),
            planned: OnceLock::new(),
            children: OnceLock::new(),
        }
    }
    /// The domain of a plan; the order of spellings means nothing there.
    pub fn planned(&self) -> Arc<plan::Domain> {
        let made = self.planned.get_or_init(|| {
            let mut domain = self.domain.clone();
            domain.values.iter_mut().for_each(|value| value.aliases.sort_unstable());
            Arc::new(domain)
        });
        made.clone()
    }
    /// Flattens a declaration. Reports N202 for a spelling that stands twice and N105 for an unknown default.
    pub(super) fn declare(file: FileId, domain: &tree::Domain, findings: &mut Vec<Finding>) -> Self {
        let place = Place {
            file,
            span: domain.id.span,
        };
        let mut scope = DomainScope::new(&domain.id.text, text(&domain.zh), domain.order, Some(place));
        scope.add_all(file, &domain.values, None, findings);
        if let Some(default) = &domain.default {
            scope.default = scope.value(&default.text);
            if scope.default.is_none() {
                let place = Place {
                    file,
                    span: default.span,
                };
                findings.push(unknown_value(&scope, default, place));
            }
        }
        scope
    }
    /// Adds the values of a declaration or an extension. A value that exists and has children is the place they go to.
    pub(super) fn add_all(
        &mut self,
        file: FileId,
        values: &[tree::DomainValue],
        parent: Option<ValueId>,
        findings: &mut Vec<Finding>,
    ) {
        self.planned.take();
        self.children.take();
        for value in values {
            let known = self.value(&value.id.text).filter(|_| !value.children.is_empty());
            let id = match known {
                Some(known) => known,
                None => self.add(file, value, parent, findings),
            };
            self.add_all(file, &value.children, Some(id), findings);
        }
    }
    fn add(
        &mut self,
        file: FileId,
        value: &tree::DomainValue,
        parent: Option<ValueId>,
        findings: &mut Vec<Finding>,
    ) -> ValueId {
        let at = |span: Span| Place { file, span };
        if let Some(known) = self.value(&value.id.text)
            && self.get(known).is_some_and(|known| known.id == value.id.text)
        {
            findings.push(self.taken(codes::N202, &value.id.text, at(value.id.span), known));
            return known;
        }
        let id = ValueId::from(self.domain.values.len());
        self.domain.values.push(plan::DomainValue {
            id: value.id.text.clone(),
            name: names(&value.id.text, text(&value.zh)),
            aliases: Vec::new(),
            parent,
            code: value.code.as_ref().map(|code| code.text.clone()),
        });
        self.values.push(ValueInfo {
            place: Some(at(value.id.span)),
            harms: value
                .harms
                .iter()
                .map(|harm| (harm.text.clone(), Some(at(harm.span))))
                .collect(),
            leads_to: value.leads_to.iter().map(|peril| peril.text.clone()).collect(),
        });
        for name in [&value.id].into_iter().chain(&value.zh) {
            self.spell(&name.text, at(name.span), id, findings);
        }
        for alias in &value.aliases {
            self.alias(&alias.text, at(alias.span), id, findings);
        }
        id
    }
    /// Adds another spelling of a value.
    pub(super) fn alias(&mut self, alias: &str, place: Place, value: ValueId, findings: &mut Vec<Finding>) {
        self.planned.take();
        if self.spell(alias, place, value, findings)
            && let Some(found) = self.domain.values.get_mut(value.index())
        {
            found.aliases.push(alias.to_owned());
        }
    }
    /// Makes a spelling stand for a value. One that already stands for another value of the same file is refused
    /// (N202); one of an imported domain is shadowed (N203).
    fn spell(&mut self, spelling: &str, place: Place, value: ValueId, findings: &mut Vec<Finding>) -> bool {
        match self.value(spelling) {
            Some(other) if other != value => {
                let same_file = self.place_of(other).is_some_and(|first| first.file == place.file);
                if same_file {
                    findings.push(self.taken(codes::N202, spelling, place, other));
                    return false;
                }
                findings.push(self.taken(codes::N203, spelling, place, other));
                self.forget(spelling, other);
            }
            // Written twice for the same value: harmless in a list of aliases.
            Some(_) => return false,
            None => {}
        }
        self.index.insert(spelling.to_owned(), value);
        true
    }
    /// Takes a spelling from a value that is shadowed, so that the spelling has one meaning in records too.
    fn forget(&mut self, spelling: &str, value: ValueId) {
        if let Some(value) = self.domain.values.get_mut(value.index()) {
            value.aliases.retain(|alias| alias != spelling);
            if value.name.zh == spelling {
                value.name.zh.clone_from(&value.id);
            }
        }
    }
    fn taken(&self, code: Code, spelling: &str, place: Place, by: ValueId) -> Finding {
        let finding = Finding::new(code, place)
            .arg("name", spelling)
            .arg("domain", self.names())
            .about(spelling);
        match self.place_of(by) {
            Some(first) => finding.label(first, "first"),
            None => finding,
        }
    }
    pub(super) fn names(&self) -> Arg {
        names_arg(&self.domain.name)
    }
}

/// A value together with its domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DomainValueId {
    pub domain: DomainId,
    pub value: ValueId,
}

/// `flood 洪涝` → zh 洪涝, en flood; a value with one name has it in both languages.
pub(super) fn names(id: &str, zh: Option<&str>) -> Names {
    Names {
        zh: zh.unwrap_or(id).to_owned(),
        en: id.to_owned(),
    }
}

pub(super) fn names_arg(names: &Names) -> Arg {
    Arg::Names {
        zh: names.zh.clone(),
        en: names.en.clone(),
    }
}

pub(super) fn text(name: &Option<Name>) -> Option<&str> {
    name.as_ref().map(|name| name.text.as_str())
}

/// N105: a value that its domain does not have.
pub(super) fn unknown_value(domain: &DomainScope, name: &Name, place: Place) -> Finding {
    let near = super::nearest::near_of(&name.text, domain.spellings());
    super::nearest::suggest(Finding::new(codes::N105, place), &name.text, place, near).arg("domain", domain.names())
}
