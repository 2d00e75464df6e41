//! Units as declared in the standard library, with exact factors.

use crate::money::Ratio;
use crate::plan::Names;
use std::collections::HashMap;

/// Index into [`Units`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnitId(pub u32);

/// What a unit measures. The names are those after `量纲`; both languages are accepted.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Dimension {
    /// 金额
    Money,
    /// 人数
    Persons,
    /// 户数
    Households,
    /// 时长: hours and days
    Time,
    /// 期间: months and years, which no number of days equals
    Period,
    /// 比例: `%`, `‰`
    Ratio,
    /// Any other (长度, 件数 …), by its name
    Other(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitScope {
    pub id: String,
    pub name: Names,
    pub dimension: Dimension,
    /// How many base units of its dimension one of it is: 分, person, household, hour, month, 1.
    pub factor: Ratio,
}

/// All units that a file can name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Units {
    pub(crate) units: Vec<UnitScope>,
    pub(crate) index: HashMap<String, UnitId>,
}

impl Units {
    pub fn find(&self, name: &str) -> Option<&UnitScope> {
        self.index.get(name).and_then(|id| self.get(*id))
    }
    pub fn get(&self, id: UnitId) -> Option<&UnitScope> {
        self.units.get(id.0 as usize)
    }
    pub fn all(&self) -> &[UnitScope] {
        &self.units
    }
}
