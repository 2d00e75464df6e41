//! What a contract must set, and bases, for a witness to be run.

use super::*;
use crate::analyse::amounts::{COMMON, counts, usual};

/// Values within their bounds for what a settlement reads and no contract has set: parameters and balances. `open`: of
/// these the values that are wanted.
pub(super) fn settings(plan: &Plan, open: &BTreeMap<Atom, Ratio>) -> Vec<String> {
    let unset = crate::plan::missing_parameters(plan, crate::plan::Use::Settlement);
    let mut set: Vec<String> = unset.iter().filter_map(|id| setting(plan, *id, open)).collect();
    let mut reads = Reads::new(plan);
    reads.read(crate::plan::Use::Settlement);
    let funds = reads.funds.into_iter().filter_map(|id| {
        let fund = plan.funds.get(id.index()).filter(|fund| fund.balance.is_none())?;
        let balance = open.get(&Atom::Balance(id)).and_then(|value| whole(*value));
        let balance = money(Language::Zh, balance.unwrap_or(COMMON.0));
        Some(format!("设 {} = {balance}", fund.id))
    });
    set.extend(funds);
    // Years are counted from the first day, which the contract states.
    if let Term::Contract { years } = plan.calendar.term {
        let last = FIRST_YEAR.saturating_add(years.unwrap_or(1)).saturating_sub(1);
        set.push(format!("保险期间 {FIRST_YEAR}-01-01 至 {last}-12-31"));
    }
    set
}

/// One parameter as a contract sets it.
fn setting(plan: &Plan, id: ParameterId, open: &BTreeMap<Atom, Ratio>) -> Option<String> {
    let parameter = plan.parameters.get(id.index())?;
    let usual = usual(plan, id);
    let value = |kind: &ParameterKind, cell: Option<ValueId>| {
        let wanted = open.get(&Atom::Parameter(id, cell));
        let wanted = wanted.and_then(|value| of_kind(kind, *value));
        let value = wanted.or_else(|| usual.clone());
        match (kind, value) {
            (ParameterKind::Date, None) => Some(SOME_DAY.to_owned()),
            (_, value) => value.as_ref().map(text),
        }
    };
    let name = &parameter.id;
    let ParameterKind::Table { by, of } = &parameter.kind else {
        return Some(format!("设 {name} = {}", value(&parameter.kind, None)?));
    };
    let values = &plan.domains.get(by.index())?.values;
    let rows = values.iter().enumerate().map(|(at, row)| {
        let cell = value(of, Some(at.into()))?;
        Some(format!("{} {cell}", row.name.zh))
    });
    let rows: Vec<String> = rows.collect::<Option<_>>()?;
    Some(format!("设 {name} = {{ {} }}", rows.join("; ")))
}

fn of_kind(kind: &ParameterKind, value: Ratio) -> Option<ParameterValue> {
    match kind {
        ParameterKind::Money => Some(ParameterValue::Money(Fen(whole(value)?))),
        ParameterKind::Ratio => Some(ParameterValue::Ratio(value)),
        ParameterKind::Count => Some(ParameterValue::Count(whole(value)?)),
        _ => None,
    }
}

fn text(value: &ParameterValue) -> String {
    match value {
        ParameterValue::Money(fen) => money(Language::Zh, fen.0),
        ParameterValue::Ratio(ratio) => anlan_lang::texts::ratio(ratio.numerator(), ratio.denominator()),
        ParameterValue::Count(count) => count.to_string(),
        ParameterValue::Date(date) => date.to_string(),
    }
}

/// The value, where it is a whole number.
pub(super) fn whole(value: Ratio) -> Option<i64> {
    i64::try_from(value.numerator())
        .ok()
        .filter(|_| value.denominator() == 1)
}

/// The year of [`SOME_DAY`].
const FIRST_YEAR: u32 = 2024;

/// One region with the bases that the file states, or that give the premium which is wanted, where a limit or a benefit depends
/// on it.
pub(super) fn bases(plan: &Plan, open: &BTreeMap<Atom, Ratio>) -> Vec<(String, i64, i64)> {
    let mut reads = Reads::new(plan);
    reads.read(crate::plan::Use::Settlement);
    if !reads.premium {
        return Vec::new();
    }
    let region = plan
        .split
        .iter()
        .flat_map(|split| &split.rows)
        .flat_map(|row| &row.regions)
        .next();
    let domain = plan.domains.iter().find(|domain| domain.id == id::REGION);
    let territory = || plan.statement.territory.as_ref()?.areas.first();
    let region = region
        .and_then(|value| domain?.values.get(value.index()))
        .map(|value| value.name.zh.clone())
        .or_else(|| territory().map(|area| area.zh.clone()))
        .unwrap_or_else(|| "全部".to_owned());
    let found = counts(plan, open).or_else(|| counts(plan, &BTreeMap::new()));
    found
        .map(|(persons, households)| (region, persons, households))
        .into_iter()
        .collect()
}
