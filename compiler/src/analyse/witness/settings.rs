//! What a contract must set, and bases, for a witness to be run.

use super::*;

/// Values within their bounds for the parameters that a settlement reads and no contract has set.
pub(super) fn settings(plan: &Plan) -> Vec<String> {
    let unset = crate::plan::missing_parameters(plan, crate::plan::Use::Settlement);
    let text = |kind: &ParameterKind, value: Option<&ParameterValue>| {
        Some(match (kind, value) {
            (_, Some(ParameterValue::Money(fen))) => money(Language::Zh, fen.0),
            (_, Some(ParameterValue::Ratio(ratio))) => anlan_lang::texts::ratio(ratio.numerator(), ratio.denominator()),
            (_, Some(ParameterValue::Count(count))) => count.to_string(),
            (_, Some(ParameterValue::Date(date))) => date.to_string(),
            (ParameterKind::Money, None) => money(Language::Zh, 1_000_000),
            (ParameterKind::Ratio, None) => "100%".to_owned(),
            (ParameterKind::Count, None) => "1".to_owned(),
            (ParameterKind::Date, None) => SOME_DAY.to_owned(),
            (ParameterKind::Table { .. } | ParameterKind::List { .. }, None) => return None,
        })
    };
    let mut set: Vec<String> = unset
        .iter()
        .filter_map(|id| plan.parameters.get(id.index()))
        .filter_map(|parameter| {
            let value = parameter
                .planned
                .as_ref()
                .or(parameter.at_least.as_ref())
                .or(parameter.at_most.as_ref());
            let name = &parameter.id;
            if let ParameterKind::Table { by, of } = &parameter.kind {
                let cell = text(of, value)?;
                let values = &plan.domains.get(by.index())?.values;
                let rows: Vec<String> = values.iter().map(|v| format!("{} {cell}", v.name.zh)).collect();
                return Some(format!("设 {name} = {{ {} }}", rows.join("; ")));
            }
            Some(format!("设 {name} = {}", text(&parameter.kind, value)?))
        })
        .collect();
    // Years are counted from the first day, which the contract states.
    if let Term::Contract { years } = plan.calendar.term {
        let last = FIRST_YEAR.saturating_add(years.unwrap_or(1)).saturating_sub(1);
        set.push(format!("保险期间 {FIRST_YEAR}-01-01 至 {last}-12-31"));
    }
    set
}

/// The year of [`SOME_DAY`].
const FIRST_YEAR: u32 = 2024;

/// One region with the bases that the file states, where a limit depends on the premium.
pub(super) fn bases(plan: &Plan) -> Vec<(String, i64, i64)> {
    let mut reads = Reads::new(plan);
    reads.read(crate::plan::Use::Settlement);
    if !reads.premium {
        return Vec::new();
    }
    let stated = |counts: RateBase| {
        let bases = plan.premium.iter().flat_map(|premium| &premium.bases);
        bases.filter(|base| base.counts == counts).find_map(|base| base.stated)
    };
    let region = plan
        .split
        .iter()
        .flat_map(|split| &split.rows)
        .flat_map(|row| &row.regions)
        .next();
    let domain = plan.domains.iter().find(|domain| domain.id == id::REGION);
    let region = region
        .and_then(|value| domain?.values.get(value.index()))
        .map_or_else(|| "全部".to_owned(), |value| value.name.zh.clone());
    let persons = stated(RateBase::Persons).unwrap_or(10_000);
    vec![(region, persons, stated(RateBase::Households).unwrap_or(3_000))]
}
