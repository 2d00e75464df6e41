//! Premium, splits, co-insurers, layers, covenants.

use super::{Amount, DecisionId, FactId, GroupKey, ParameterId, Source, ValueId};
use crate::money::{Fen, Ratio};
use anlan_lang::tree::{Compare, Modality, RoundMode};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Premium {
    pub rates: Vec<Rate>,
    /// The contract sets the premium; the facts by which it may differ.
    pub by_contract: Option<Vec<String>>,
    pub bases: Vec<PremiumBase>,
    /// Stated total in 分 a year, and whether it is only planned.
    pub total: Option<StatedTotal>,
    pub payers: Vec<(String, Ratio)>,
    pub due: Option<String>,
    pub source: Source,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatedTotal {
    pub amount: Amount,
    pub planned: bool,
    pub source: Source,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rate {
    pub amount: Amount,
    pub per: RateBase,
    pub source: Source,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RateBase {
    Persons,
    Households,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PremiumBase {
    /// 常住人口, 公安户籍人数 …
    pub kind: String,
    pub counts: RateBase,
    pub lag: Option<u8>,
    pub stated: Option<i64>,
    pub stated_year: Option<i16>,
    pub source: Source,
}

/// The premium of each region split between payers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Split {
    pub id: String,
    /// The fact the rows are keyed by (`region`)
    pub by: FactId,
    pub payers: Vec<String>,
    pub rows: Vec<SplitRow>,
    /// (payer, unit in 分, mode)
    pub rounds: Vec<Rounding>,
    /// Payer index; `None`: not stated, and then largest remainder with ties in written order
    pub remainder: Option<u32>,
    pub overrides: Vec<SplitOverride>,
    pub source: Source,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SplitRow {
    pub regions: Vec<ValueId>,
    /// One for each payer
    pub shares: Vec<Ratio>,
    pub source: Source,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rounding {
    pub payer: u32,
    pub unit: Fen,
    pub mode: RoundMode,
    pub source: Source,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SplitOverride {
    pub decision: DecisionId,
    pub shares: Vec<Ratio>,
    pub source: Source,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coinsurance {
    /// In written order, the lead first where one is named.
    pub insurers: Vec<Insurer>,
    pub count: Option<(u32, u32)>,
    pub lead_at_least: Option<Ratio>,
    /// Shares (all or some) are left to the contract.
    pub by_contract: bool,
    pub source: Source,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Insurer {
    /// Column `share_<id>`
    pub id: String,
    pub lead: bool,
    pub share: Option<Ratio>,
    pub source: Source,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tower {
    pub keys: Vec<GroupKey>,
    pub total: Option<Amount>,
    pub layers: Vec<Layer>,
    pub shortfall: Option<Shortfall>,
    pub source: Source,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layer {
    pub id: String,
    pub up_to: Amount,
    /// Shared by the co-insurers
    pub coinsured: bool,
    pub source: Source,
}

/// What happens to a loss above the layers: paid pro rata once decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shortfall {
    pub decision: Option<DecisionId>,
    pub source: Source,
}

/// A bound on a reported figure or metric.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Covenant {
    pub id: String,
    pub compare: Compare,
    pub value: FigureExpr,
    /// Figures come one for each (`每 地区`).
    pub per: Vec<String>,
    pub modality: Modality,
    pub source: Source,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metric {
    pub id: String,
    pub value: FigureExpr,
    pub source: Source,
}

/// Arithmetic over reported figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FigureExpr {
    Exact(Ratio),
    /// A reported figure or another metric, by name
    Figure(String),
    Parameter(ParameterId),
    Product(Box<FigureExpr>, Box<FigureExpr>),
    /// `(negative, term)`
    Sum(Vec<(bool, FigureExpr)>),
}
