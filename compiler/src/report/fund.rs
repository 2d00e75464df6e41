//! Premium and subsidy by region and payer.

use super::decided::{Context, add, apportion, scaled};
use crate::evaluate::Decisions;
use crate::money::{Fen, MAX_FEN, Ratio};
use crate::plan::{DecisionId, DomainId, FactKind, Plan, Premium, RateBase, Split, SplitRow, ValueId};
use anlan_lang::diag::{Arg, Finding, codes};
use anlan_lang::tree::RoundMode;
use std::collections::BTreeSet;

/// What a region's premium is counted from. A figure is `None` where the file leaves it blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseRow {
    /// As the file names it: id, name or alias.
    pub region: String,
    pub persons: Option<i64>,
    pub households: Option<i64>,
}

/// Premium and shares of every region, in the order of the bases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fund {
    /// Payers in written order
    pub payers: Vec<String>,
    pub rows: Vec<FundRow>,
    pub total: Fen,
    /// One for each payer
    pub totals: Vec<Fen>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FundRow {
    pub region: String,
    pub premium: Fen,
    /// One for each payer; they add up to the premium.
    pub shares: Vec<Fen>,
    /// The decision that changed the shares, if one did.
    pub by_decision: Option<DecisionId>,
}

/// Computes premium and shares.
///
/// Without bases the figures that the document states are used. Errors: no premium rule, a rate without its base,
/// a region unknown, twice or without a row in the split, shares that cannot be rounded as stated, overflow.
pub fn fund(plan: &Plan, bases: Option<&[BaseRow]>, decisions: &Decisions) -> Result<Fund, Vec<Finding>> {
    let premium = plan
        .premium
        .as_ref()
        .ok_or_else(|| vec![Finding::new(codes::V210, None)])?;
    let context = Context {
        plan,
        decisions,
        premium: None,
    };
    let stated;
    let bases = match bases {
        Some(bases) => bases,
        None => {
            stated = vec![stated_base(plan, premium)?];
            &stated
        }
    };
    let payers = match &plan.split {
        Some(split) => split.payers.clone(),
        None => premium.payers.iter().map(|(payer, _)| payer.clone()).collect(),
    };
    let mut errors = repeated(plan, bases);
    errors.extend(misplaced(plan, bases));
    if premium.rates.is_empty() && bases.len() > 1 {
        let rows = i64::try_from(bases.len()).unwrap_or(i64::MAX);
        errors.push(Finding::new(codes::V219, None).arg("rows", Arg::Count(rows)));
    }
    let mut rows = Vec::with_capacity(bases.len());
    for base in bases {
        match row(&context, premium, base) {
            Ok(row) => rows.push(row),
            Err(error) => errors.push(error),
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let mut total = Fen(0);
    let mut totals = vec![Fen(0); payers.len()];
    for row in &rows {
        total = add(total, row.premium).map_err(|e| vec![e])?;
        for (sum, share) in totals.iter_mut().zip(&row.shares) {
            *sum = add(*sum, *share).map_err(|e| vec![e])?;
        }
    }
    Ok(Fund {
        payers,
        rows,
        total,
        totals,
    })
}

/// The one row that the document itself states, for its whole territory.
fn stated_base(plan: &Plan, premium: &Premium) -> Result<BaseRow, Vec<Finding>> {
    let figure = |counts| premium.bases.iter().find(|b| b.counts == counts).and_then(|b| b.stated);
    let (persons, households) = (figure(RateBase::Persons), figure(RateBase::Households));
    // Without rates the total stands for the whole territory and needs no count.
    if persons.is_none() && households.is_none() && !premium.rates.is_empty() {
        return Err(vec![Finding::new(codes::V211, None)]);
    }
    let area = plan.statement.territory.as_ref().and_then(|t| t.areas.first());
    let region = area.map_or_else(|| plan.scheme.title.zh.clone(), |a| a.zh.clone());
    Ok(BaseRow {
        region,
        persons,
        households,
    })
}

fn repeated(plan: &Plan, bases: &[BaseRow]) -> Vec<Finding> {
    let mut seen = BTreeSet::new();
    let id = |base: &BaseRow| match region(plan, &base.region) {
        Some(value) => format!("{}", value.index()),
        None => base.region.clone(),
    };
    bases
        .iter()
        .filter(|base| !seen.insert(id(base)))
        .map(|base| Finding::new(codes::V212, None).arg("region", base.region.clone()))
        .collect()
}

/// Regions outside the territory (V217), and those inside a region that has a row too (V218).
fn misplaced(plan: &Plan, bases: &[BaseRow]) -> Vec<Finding> {
    let Some(territory) = &plan.statement.territory else {
        return Vec::new();
    };
    let values: Vec<Option<ValueId>> = bases.iter().map(|base| region(plan, &base.region)).collect();
    let wrong = |(base, value): (&BaseRow, &Option<ValueId>)| {
        let Some(value) = value else {
            // Where the premium is split, the table of shares says which regions there are.
            let known: Vec<String> = territory.areas.iter().map(|area| area.zh.clone()).collect();
            let finding = Finding::new(codes::V217, None).arg("region", base.region.clone());
            return plan.split.is_none().then(|| finding.arg("known", known));
        };
        let outer = around(plan, *value).find(|outer| values.contains(&Some(*outer)))?;
        let finding = Finding::new(codes::V218, None).arg("region", base.region.clone());
        Some(finding.arg("outer", region_name(plan, outer).unwrap_or_default()))
    };
    bases.iter().zip(&values).filter_map(wrong).collect()
}

/// The areas that hold a region, the nearest first.
fn around(plan: &Plan, region: ValueId) -> impl Iterator<Item = ValueId> {
    let domain = region_domain(plan).and_then(|domain| plan.domains.get(domain.index()));
    let parent = move |value: &ValueId| domain?.values.get(value.index())?.parent;
    std::iter::successors(parent(&region), parent)
}

fn region_domain(plan: &Plan) -> Option<DomainId> {
    let fact = plan.facts.iter().find(|f| f.id == "region")?;
    match fact.kind {
        FactKind::Enumeration { domain, .. } => Some(domain),
        _ => None,
    }
}

/// The region's value by id, name in either language, or alias.
fn region(plan: &Plan, name: &str) -> Option<ValueId> {
    let domain = plan.domains.get(region_domain(plan)?.index())?;
    let named = |v: &crate::plan::DomainValue| {
        v.id == name || v.name.zh == name || v.name.en == name || v.aliases.iter().any(|a| a == name)
    };
    domain.values.iter().position(named).map(ValueId::from)
}

fn row(context: &Context, premium: &Premium, base: &BaseRow) -> Result<FundRow, Finding> {
    let amount = region_premium(context, premium, base)?;
    let (shares, by_decision) = match &context.plan.split {
        Some(split) => split_row(context, split, base, amount)?,
        None => {
            let ratios: Vec<Ratio> = premium.payers.iter().map(|(_, ratio)| *ratio).collect();
            (apportion(amount, &ratios)?, None)
        }
    };
    Ok(FundRow {
        region: base.region.clone(),
        premium: amount,
        shares,
        by_decision,
    })
}

fn region_premium(context: &Context, premium: &Premium, base: &BaseRow) -> Result<Fen, Finding> {
    if premium.rates.is_empty() {
        // Without rates only a stated total is left, and it belongs to the whole territory.
        let total = premium.total.as_ref().ok_or_else(|| Finding::new(codes::V213, None))?;
        return context
            .amount(&total.amount)?
            .ok_or_else(|| Finding::new(codes::V213, None));
    }
    let mut sum = Fen(0);
    for rate in &premium.rates {
        let (count, message) = match rate.per {
            RateBase::Persons => (base.persons, "base-persons"),
            RateBase::Households => (base.households, "base-households"),
        };
        let missing = || {
            let base_name = anlan_lang::diag::Arg::Message(message);
            Finding::new(codes::V214, None)
                .arg("region", base.region.clone())
                .arg("base", base_name)
        };
        let count = count.ok_or_else(missing)?;
        let rate = context
            .amount(&rate.amount)?
            .ok_or_else(|| Finding::new(codes::V206, None))?;
        let part = rate
            .0
            .checked_mul(count)
            .filter(|p| *p <= MAX_FEN)
            .ok_or_else(|| Finding::new(codes::V044, None))?;
        sum = add(sum, Fen(part))?;
    }
    Ok(sum)
}

type Shares = (Vec<Fen>, Option<DecisionId>);

fn split_row(context: &Context, split: &Split, base: &BaseRow, premium: Fen) -> Result<Shares, Finding> {
    let value = region(context.plan, &base.region);
    let row = value.and_then(|v| find_row(context.plan, split, v));
    let Some(row) = row else {
        let known: Vec<String> = split
            .rows
            .iter()
            .flat_map(|r| &r.regions)
            .filter_map(|v| region_name(context.plan, *v))
            .collect();
        return Err(Finding::new(codes::V215, None)
            .arg("region", base.region.clone())
            .arg("known", known));
    };
    let changed = split
        .overrides
        .iter()
        .find(|o| context.taken(o.decision, value).is_some());
    let ratios = changed.map_or(&row.shares, |o| &o.shares);
    Ok((
        shares(split, ratios, premium, &base.region)?,
        changed.map(|o| o.decision),
    ))
}

fn region_name(plan: &Plan, value: ValueId) -> Option<String> {
    Some(
        plan.domains
            .get(region_domain(plan)?.index())?
            .values
            .get(value.index())?
            .name
            .zh
            .clone(),
    )
}

/// The row of the region itself, else of the nearest area that holds it.
fn find_row<'a>(plan: &Plan, split: &'a Split, region: ValueId) -> Option<&'a SplitRow> {
    let row = |value: ValueId| split.rows.iter().find(|row| row.regions.contains(&value));
    std::iter::once(region).chain(around(plan, region)).find_map(row)
}

/// With a remainder bearer every other payer's part is rounded as stated (to 分 where nothing is stated) and the
/// bearer takes what is left; without one, largest remainder.
fn shares(split: &Split, ratios: &[Ratio], premium: Fen, region: &str) -> Result<Vec<Fen>, Finding> {
    let Some(bearer) = split.remainder.map(|r| r as usize) else {
        return apportion(premium, ratios);
    };
    let mut parts = others(split, ratios, premium, bearer)?;
    let rest = parts
        .iter()
        .try_fold(premium.0, |rest, part| rest.checked_sub(part.0))
        .ok_or_else(|| Finding::new(codes::V044, None))?;
    if rest < 0 {
        let payer = split.payers.get(bearer).cloned().unwrap_or_default();
        return Err(Finding::new(codes::V216, None)
            .arg("region", region.to_owned())
            .arg("payer", payer));
    }
    if let Some(part) = parts.get_mut(bearer) {
        *part = Fen(rest);
    }
    Ok(parts)
}

/// What each payer bears but the one that takes what is left, which stands at 0: rounded as stated, to 分 where nothing is
/// stated.
pub(crate) fn others(split: &Split, ratios: &[Ratio], premium: Fen, bearer: usize) -> Result<Vec<Fen>, Finding> {
    let part = |(at, ratio): (usize, &Ratio)| {
        if at == bearer {
            return Ok(Fen(0));
        }
        match split.rounds.iter().find(|r| r.payer as usize == at) {
            Some(rounding) => rounded(premium, *ratio, rounding.unit, rounding.mode),
            None => scaled(premium, *ratio),
        }
    };
    ratios.iter().enumerate().map(part).collect()
}

/// ratio × amount, to a multiple of `unit`, computed in one step so that nothing is rounded twice.
fn rounded(amount: Fen, ratio: Ratio, unit: Fen, mode: RoundMode) -> Result<Fen, Finding> {
    let overflow = || Finding::new(codes::V044, None);
    let unit = i128::from(unit.0.max(1));
    let top = i128::from(amount.0)
        .checked_mul(ratio.numerator())
        .ok_or_else(overflow)?;
    let bottom = ratio.denominator().checked_mul(unit).ok_or_else(overflow)?;
    let units = match mode {
        RoundMode::Down => top.div_euclid(bottom),
        RoundMode::Up => top.checked_add(bottom - 1).ok_or_else(overflow)?.div_euclid(bottom),
        RoundMode::HalfUp => {
            let twice = top
                .checked_mul(2)
                .and_then(|t| t.checked_add(bottom))
                .ok_or_else(overflow)?;
            twice.div_euclid(bottom.checked_mul(2).ok_or_else(overflow)?)
        }
    };
    units
        .checked_mul(unit)
        .and_then(|u| i64::try_from(u).ok())
        .map(Fen)
        .ok_or_else(overflow)
}
