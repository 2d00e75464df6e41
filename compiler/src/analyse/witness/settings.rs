//! What a contract must set, and bases, for a witness to be run.

use super::*;
use crate::analyse::amounts::{COMMON, counts, usual};
use crate::plan::{Bound, FundId};

/// What a settlement reads and no contract has set.
pub(super) struct Unset {
    pub parameters: Vec<(ParameterId, Bound)>,
    pub balances: Vec<(FundId, Fen)>,
    /// Years are counted from the first day, which the contract states.
    pub years: Option<u32>,
}

impl Unset {
    /// Values within their bounds. `open`: of these the values that are wanted.
    pub fn of(plan: &Plan, open: &BTreeMap<Atom, Ratio>) -> Self {
        Unset::with(plan, open, 1)
    }
    /// The same with amounts that many times as large as they usually are, as far as they may be.
    pub fn with(plan: &Plan, open: &BTreeMap<Atom, Ratio>, times: i64) -> Self {
        let mut unset = crate::plan::missing_parameters(plan, crate::plan::Use::Settlement);
        let mut reads = Reads::new(plan);
        reads.read(crate::plan::Use::Settlement);
        let unknown = |id: &FundId| plan.funds.get(id.index()).is_some_and(|fund| fund.balance.is_none());
        let balance = |id: FundId| {
            let wanted = open.get(&Atom::Balance(id)).and_then(|value| whole(*value));
            (id, wanted.map_or(COMMON, Fen))
        };
        let balances: Vec<(FundId, Fen)> = reads.funds.into_iter().filter(unknown).map(balance).collect();
        let years = match plan.calendar.term {
            Term::Contract { years } => Some(years.unwrap_or(1)),
            _ => None,
        };
        // A contract sets all that is left to it.
        if !unset.is_empty() || !balances.is_empty() || years.is_some() {
            let left = (0..)
                .zip(&plan.parameters)
                .filter(|(_, of)| of.by.is_none() && of.value.is_none());
            unset.extend(left.map(|(at, _)| ParameterId(at)));
            unset.sort_unstable();
            unset.dedup();
        }
        Unset {
            parameters: unset
                .iter()
                .filter_map(|id| Some((*id, value(plan, *id, open, times)?)))
                .collect(),
            balances,
            years,
        }
    }
    /// As a contract writes it.
    pub fn worded(&self, plan: &Plan) -> Vec<String> {
        let mut set: Vec<String> = self
            .parameters
            .iter()
            .filter_map(|(id, value)| setting(plan, *id, value))
            .collect();
        set.extend(self.balances.iter().filter_map(|(id, balance)| {
            let fund = plan.funds.get(id.index())?;
            Some(format!("设 {} = {}", fund.id, money(Language::Zh, balance.0)))
        }));
        if let Some(years) = self.years {
            let last = FIRST_YEAR.saturating_add(years).saturating_sub(1);
            set.push(format!("保险期间 {FIRST_YEAR}-01-01 至 {last}-12-31"));
        }
        set
    }
    /// The plan of such a contract. Shares, which have no part in what is paid, are left out: an error in them is told
    /// elsewhere and refuses every settlement.
    pub fn bound(&self, plan: &Plan) -> Plan {
        let mut plan = plan.clone();
        plan.coinsurance = None;
        for (id, value) in &self.parameters {
            if let Some(parameter) = plan.parameters.get_mut(id.index()) {
                parameter.value = Some(value.clone());
            }
        }
        for (id, balance) in &self.balances {
            if let Some(fund) = plan.funds.get_mut(id.index()) {
                fund.balance = Some(*balance);
            }
        }
        let first = |year: u32| format!("{year}-01-01").parse::<Date>().ok();
        if let Some(years) = self.years
            && let Some(start) = first(FIRST_YEAR)
        {
            let starts = (FIRST_YEAR..=FIRST_YEAR.saturating_add(years)).filter_map(first);
            plan.calendar.boundaries = starts.collect();
            plan.calendar.term = Term::Fixed {
                start,
                end: plan.calendar.boundaries.last().copied(),
            };
        }
        plan
    }
}

/// A value of one parameter, or one for each cell of a table.
fn value(plan: &Plan, id: ParameterId, open: &BTreeMap<Atom, Ratio>, times: i64) -> Option<Bound> {
    let parameter = plan.parameters.get(id.index())?;
    let usual = usual(plan, id).map(|usual| match (usual, &parameter.at_most) {
        (ParameterValue::Money(fen), most) if times > 1 => {
            let much = fen.max(COMMON).0.saturating_mul(times);
            ParameterValue::Money(match most {
                Some(ParameterValue::Money(most)) => Fen(much).min(*most),
                _ => Fen(much.min(MAX_FEN)),
            })
        }
        (usual, _) => usual,
    });
    let value = |kind: &ParameterKind, cell: Option<ValueId>| {
        let wanted = open.get(&Atom::Parameter(id, cell));
        let wanted = wanted.and_then(|value| of_kind(kind, *value));
        match (kind, wanted.or_else(|| usual.clone())) {
            (ParameterKind::Date, None) => SOME_DAY.parse().ok().map(ParameterValue::Date),
            (_, value) => value,
        }
    };
    let ParameterKind::Table { by, of } = &parameter.kind else {
        return Some(Bound::One(value(&parameter.kind, None)?));
    };
    let cells = (0..plan.domains.get(by.index())?.values.len()).map(ValueId::from);
    let cells = cells.map(|cell| Some((cell, value(of, Some(cell))?)));
    Some(Bound::Table(cells.collect::<Option<_>>()?))
}

/// One parameter as a contract sets it.
fn setting(plan: &Plan, id: ParameterId, value: &Bound) -> Option<String> {
    let parameter = plan.parameters.get(id.index())?;
    let name = &parameter.id;
    match (value, &parameter.kind) {
        (Bound::One(value), _) => Some(format!("设 {name} = {}", text(value))),
        (Bound::Table(cells), ParameterKind::Table { by, .. }) => {
            let domain = plan.domains.get(by.index())?;
            let row = |(cell, value): &(ValueId, ParameterValue)| {
                Some(format!("{} {}", domain.values.get(cell.index())?.name.zh, text(value)))
            };
            let rows: Vec<String> = cells.iter().map(row).collect::<Option<_>>()?;
            Some(format!("设 {name} = {{ {} }}", rows.join("; ")))
        }
        _ => None,
    }
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

/// The bases with that many times as many persons, where the file does not say how many there are.
pub(super) fn bases_times(plan: &Plan, times: i64) -> Vec<(String, i64, i64)> {
    let stated = plan.premium.iter().flat_map(|premium| &premium.bases);
    let times = if stated.clone().any(|base| base.stated.is_some()) {
        1
    } else {
        times
    };
    let all = bases(plan, &BTreeMap::new()).into_iter();
    all.map(|(region, persons, households)| (region, persons.saturating_mul(times), households.saturating_mul(times)))
        .collect()
}

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
