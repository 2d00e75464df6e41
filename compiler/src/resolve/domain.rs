//! A domain, flattened from its tree, with every spelling of every value.

use crate::plan::{self, DomainId, ValueId};
use anlan_lang::diag::Place;
use std::collections::HashMap;

/// A flattened domain with lookups. Shared between scopes until a scope extends it.
#[derive(Debug, Clone)]
pub struct DomainScope {
    /// As the plan holds it: values parents first, in written order.
    pub domain: plan::Domain,
    /// The value of a record that leaves a fact of this domain blank.
    pub default: Option<ValueId>,
    /// Where it is declared; `None` for `region`, which is made from areas.
    pub place: Option<Place>,
    /// False where the file that declares it is only reached through another one.
    pub visible: bool,
    /// Name of the import that offers it (`perils`), for help.
    pub import: Option<String>,
    pub(super) values: Vec<ValueInfo>,
    pub(super) index: HashMap<String, ValueId>,
}

/// What the plan does not need of a value.
#[derive(Debug, Clone)]
pub(super) struct ValueInfo {
    pub place: Option<Place>,
    /// `致 死亡, 残疾`: names of harms as written; empty where the value does not say.
    pub harms: Vec<String>,
}

impl DomainScope {
    /// The value with this id, Chinese name, alias or code-free spelling.
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
        self.ids().filter(|v| self.is_within(*v, value)).collect()
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
}

/// A value together with its domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DomainValueId {
    pub domain: DomainId,
    pub value: ValueId,
}
