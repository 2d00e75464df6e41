//! Areas, and the domain `region` that a territory makes of them.

use super::domain::{DomainScope, ValueInfo, names, text};
use super::id;
use crate::plan::{self, ValueId};
use anlan_lang::diag::{FileId, Finding, Place, codes};
use anlan_lang::tree;
use rustc_hash::FxHashMap;

/// Index into [`Areas`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AreaId(u32);

/// All areas that a file can name.
#[derive(Debug, Clone, Default)]
pub struct Areas {
    areas: Vec<Area>,
    index: FxHashMap<String, AreaId>,
}

/// A named territory: an area with a code, or a zone inside one.
#[derive(Debug, Clone)]
pub struct Area {
    pub id: String,
    pub names: plan::Names,
    pub aliases: Vec<String>,
    pub code: Option<String>,
    pub level: Option<String>,
    /// A functional zone without a code of its own.
    pub zone: bool,
    pub place: Place,
    parent: Option<AreaId>,
    children: Vec<AreaId>,
}

impl Areas {
    pub fn find(&self, name: &str) -> Option<AreaId> {
        self.index.get(name).copied()
    }
    pub fn get(&self, id: AreaId) -> Option<&Area> {
        self.areas.get(id.0 as usize)
    }
    pub fn is_empty(&self) -> bool {
        self.areas.is_empty()
    }
    /// Every spelling of every area.
    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        self.index.keys().map(String::as_str)
    }
    /// All levels in use (`区县`), each once.
    pub fn levels(&self) -> Vec<&str> {
        let mut levels: Vec<&str> = self.areas.iter().filter_map(|area| area.level.as_deref()).collect();
        levels.sort_unstable();
        levels.dedup();
        levels
    }

    /// Adds the areas of a file. Reports N202 for a spelling that stands twice.
    pub(super) fn declare<'a>(
        &mut self,
        file: FileId,
        areas: impl Iterator<Item = &'a tree::Area> + Clone,
        findings: &mut Vec<Finding>,
    ) {
        for area in areas {
            let place = Place {
                file,
                span: area.id.span,
            };
            let id = AreaId(self.areas.len() as u32);
            self.areas.push(Area {
                id: area.id.text.clone(),
                names: names(&area.id.text, text(&area.zh)),
                aliases: area.aliases.iter().map(|alias| alias.text.clone()).collect(),
                code: area.code.as_ref().map(|code| code.text.clone()),
                level: area.level.as_ref().map(|level| level.text.clone()),
                zone: area.zone,
                place,
                parent: None,
                children: Vec::new(),
            });
            for name in [&area.id].into_iter().chain(&area.zh).chain(&area.aliases) {
                self.spell(&name.text, Place { file, span: name.span }, id, findings);
            }
        }
    }
    fn spell(&mut self, spelling: &str, place: Place, id: AreaId, findings: &mut Vec<Finding>) {
        let first = *self.index.entry(spelling.to_owned()).or_insert(id);
        if first != id
            && let Some(first) = self.get(first)
        {
            findings.push(
                Finding::new(codes::N202, place)
                    .arg("name", spelling)
                    .arg("domain", plan_region_names())
                    .label(first.place, "first")
                    .about(spelling),
            );
        }
    }
    /// Hangs each area into the one it names after `属`; an area may stand before the one that holds it. Reports N115
    /// for an unknown one, and N207 for one that lies within itself.
    pub(super) fn nest<'a>(
        &mut self,
        declared: impl Iterator<Item = (FileId, &'a tree::Area)>,
        findings: &mut Vec<Finding>,
    ) {
        for (file, area) in declared {
            let (Some(child), Some(within)) = (self.find(&area.id.text), &area.within) else {
                continue;
            };
            let place = Place {
                file,
                span: within.span,
            };
            match self.find(&within.text) {
                None => findings.push(self.unknown(&within.text, place)),
                Some(parent) if self.chain(parent).any(|above| above == child) => {
                    findings.push(Finding::new(codes::N207, place).arg("name", area.id.text.as_str()));
                }
                Some(parent) => {
                    if let Some(area) = self.areas.get_mut(child.0 as usize) {
                        area.parent = Some(parent);
                    }
                    if let Some(area) = self.areas.get_mut(parent.0 as usize) {
                        area.children.push(child);
                    }
                }
            }
        }
    }
    fn chain(&self, from: AreaId) -> impl Iterator<Item = AreaId> {
        std::iter::successors(Some(from), |id| self.get(*id)?.parent)
    }
    /// Whether `area` is `within` or lies in it.
    pub fn is_within(&self, area: AreaId, within: AreaId) -> bool {
        self.chain(area).any(|above| above == within)
    }
    /// Whether it is known where the area lies: it has an official code, or lies in an area that has one.
    pub fn is_placed(&self, area: AreaId) -> bool {
        self.chain(area)
            .any(|above| self.get(above).is_some_and(|area| area.code.is_some()))
    }
    /// N115
    pub(super) fn unknown(&self, name: &str, place: Place) -> Finding {
        let near = super::nearest::near(name, self.spellings());
        super::nearest::suggest(Finding::new(codes::N115, place), name, place, near)
    }

    /// The domain `region` of a territory: its areas with all inside them, but for those excepted with all inside them,
    /// and those included again. Without any area: all areas.
    pub(super) fn region(&self, territory: &Territory) -> DomainScope {
        let mut region = DomainScope::new(id::REGION, Some(REGION_ZH), None, None);
        let roots: Vec<AreaId> = if territory.areas.is_empty() {
            self.ids()
                .filter(|id| self.get(*id).is_some_and(|a| a.parent.is_none()))
                .collect()
        } else {
            territory.areas.clone()
        };
        let mut placed = FxHashMap::default();
        for root in roots {
            self.place_in(&mut region, root, None, territory, &mut placed);
        }
        region
    }
    fn ids(&self) -> impl Iterator<Item = AreaId> + use<> {
        (0..self.areas.len() as u32).map(AreaId)
    }
    fn place_in(
        &self,
        region: &mut DomainScope,
        id: AreaId,
        parent: Option<ValueId>,
        territory: &Territory,
        placed: &mut FxHashMap<AreaId, ValueId>,
    ) {
        let Some(area) = self.get(id) else { return };
        if placed.contains_key(&id) || (territory.except.contains(&id) && !territory.areas.contains(&id)) {
            return;
        }
        let value = ValueId::from(region.domain.values.len());
        placed.insert(id, value);
        region.domain.values.push(plan::DomainValue {
            id: area.id.clone(),
            name: area.names.clone(),
            aliases: area.aliases.clone(),
            parent,
            code: area.code.clone(),
        });
        region.values.push(ValueInfo {
            place: Some(area.place),
            harms: Vec::new(),
            leads_to: Vec::new(),
        });
        for name in [&area.id, &area.names.zh].into_iter().chain(&area.aliases) {
            if self.find(name) == Some(id) {
                region.index.entry(name.clone()).or_insert(value);
            }
        }
        for child in &area.children {
            self.place_in(region, *child, Some(value), territory, placed);
        }
    }
}

const REGION_ZH: &str = "区域";

pub(super) fn plan_region_names() -> anlan_lang::diag::Arg {
    super::domain::names_arg(&names(id::REGION, Some(REGION_ZH)))
}

/// The areas of a `territory` clause, included ones among `areas`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Territory {
    pub areas: Vec<AreaId>,
    pub except: Vec<AreaId>,
}
