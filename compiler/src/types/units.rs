//! Units as declared in the standard library, with exact factors.

use crate::money::Ratio;
use crate::plan::Names;
use crate::resolve::nearest;
use anlan_lang::diag::{Arg, FileId, Finding, Place, codes};
use anlan_lang::tree::UnitDeclaration;
use rustc_hash::FxHashMap;

/// Index into [`Units`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnitId(pub u32);

/// What a unit measures; the word after `量纲`.
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
    /// 长度
    Length,
    /// 比例: `%`, `‰`
    Ratio,
    /// Any other (件数, 面积 …), by its name
    Other(String),
}

impl Dimension {
    /// The dimension with this name, in either language.
    pub fn named(name: &str) -> Self {
        match name {
            "金额" | "money" => Dimension::Money,
            "人数" | "人" | "person" | "persons" => Dimension::Persons,
            "户数" | "户" | "household" | "households" => Dimension::Households,
            "时长" | "时间" | "time" => Dimension::Time,
            "期间" | "period" => Dimension::Period,
            "长度" | "length" => Dimension::Length,
            "比例" | "ratio" => Dimension::Ratio,
            other => Dimension::Other(other.to_owned()),
        }
    }
    /// Its name, for messages.
    pub fn arg(&self) -> Arg {
        Arg::Message(match self {
            Dimension::Money => "dimension-money",
            Dimension::Persons => "dimension-persons",
            Dimension::Households => "dimension-households",
            Dimension::Time => "dimension-time",
            Dimension::Period => "dimension-period",
            Dimension::Length => "dimension-length",
            Dimension::Ratio => "dimension-ratio",
            Dimension::Other(name) => return Arg::Text(name.clone()),
        })
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitScope {
    pub id: String,
    pub name: Names,
    pub dimension: Dimension,
    /// How many base units of its dimension one of it is: 分, person, household, hour, month, millimetre, 1.
    pub factor: Ratio,
}

/// All units that a file can name. `%` and `‰` belong to the language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Units {
    units: Vec<UnitScope>,
    index: FxHashMap<String, UnitId>,
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
    /// Every spelling of every unit.
    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        self.index.keys().map(String::as_str)
    }
    /// N114
    pub fn unknown(&self, name: &str, place: Place) -> Finding {
        let near = nearest::near(name, self.spellings());
        nearest::suggest(Finding::new(codes::N114, place), name, place, near)
    }
    fn add(&mut self, unit: UnitScope, spellings: impl IntoIterator<Item = String>) -> Vec<String> {
        let id = UnitId(self.units.len() as u32);
        self.units.push(unit);
        let mut taken = Vec::new();
        for spelling in spellings {
            if *self.index.entry(spelling.clone()).or_insert(id) != id {
                taken.push(spelling);
            }
        }
        taken
    }
}

/// The units of the files that a scope sees, with `%` and `‰`. A unit may be defined by one that stands later.
/// Reports N201 for a name taken twice, N114 for an unknown unit, U114 for a definition that is circular or of another
/// dimension.
pub(crate) fn declare_units<'a>(
    declared: impl Iterator<Item = (FileId, &'a UnitDeclaration)>,
) -> (Units, Vec<Finding>) {
    let declared: Vec<_> = declared.collect();
    let mut by_name = FxHashMap::default();
    for (index, (_, unit)) in declared.iter().enumerate() {
        for name in [&unit.id].into_iter().chain(&unit.zh).chain(&unit.aliases) {
            by_name.entry(name.text.as_str()).or_insert(index);
        }
    }
    let mut units = Units::default();
    let mut findings = Vec::new();
    for (names, of) in [(["%", "％"].as_slice(), 100), (["‰"].as_slice(), 1000)] {
        units.add(
            UnitScope {
                id: names.iter().copied().take(1).collect(),
                name: Names {
                    zh: names.iter().copied().take(1).collect(),
                    en: names.iter().copied().take(1).collect(),
                },
                dimension: Dimension::Ratio,
                factor: Ratio::new(1, of).unwrap_or(Ratio::ONE),
            },
            names.iter().map(|name| (*name).to_owned()),
        );
    }
    for (index, (file, unit)) in declared.iter().enumerate() {
        let factor = factor(&declared, &by_name, index, &mut findings);
        let spellings = [&unit.id].into_iter().chain(&unit.zh).chain(&unit.aliases);
        let scope = UnitScope {
            id: unit.id.text.clone(),
            name: Names {
                zh: unit.zh.as_ref().unwrap_or(&unit.id).text.clone(),
                en: unit.id.text.clone(),
            },
            dimension: Dimension::named(&unit.dimension.text),
            factor,
        };
        for taken in units.add(scope, spellings.map(|name| name.text.clone())) {
            let place = |(file, unit): &(FileId, &UnitDeclaration)| Place {
                file: *file,
                span: unit.id.span,
            };
            let first = by_name
                .get(taken.as_str())
                .and_then(|index| declared.get(*index))
                .map(place);
            let finding = Finding::new(codes::N201, place(&(*file, *unit)))
                .arg("name", taken)
                .arg("kind", Arg::Message("kind-unit"));
            findings.push(match first {
                Some(first) => finding.label(first, "first"),
                None => finding,
            });
        }
    }
    (units, findings)
}

/// How many base units one unit is, through the chain of definitions.
fn factor(
    declared: &[(FileId, &UnitDeclaration)],
    by_name: &FxHashMap<&str, usize>,
    index: usize,
    findings: &mut Vec<Finding>,
) -> Ratio {
    let Some((file, unit)) = declared.get(index) else {
        return Ratio::ONE;
    };
    let mut factor = Ratio::ONE;
    let mut at = *unit;
    // No chain is longer than there are units.
    for _ in 0..=declared.len() {
        let Some((times, of)) = &at.equals else {
            return factor;
        };
        let place = Place {
            file: *file,
            span: of.span,
        };
        let Some((_, base)) = by_name.get(of.text.as_str()).and_then(|index| declared.get(*index)) else {
            let near = nearest::near(&of.text, by_name.keys().copied());
            findings.push(nearest::suggest(
                Finding::new(codes::N114, place),
                &of.text,
                place,
                near,
            ));
            return factor;
        };
        let product = Ratio::from_decimal(*times).and_then(|times| factor.checked_mul(times));
        match product {
            Some(product) if base.dimension.text == unit.dimension.text && product > Ratio::ZERO => factor = product,
            _ => break,
        }
        at = base;
    }
    findings.push(
        Finding::new(
            codes::U114,
            Place {
                file: *file,
                span: unit.span,
            },
        )
        .arg("name", unit.id.text.as_str()),
    );
    Ratio::ONE
}
