//! The most that a scheme can owe: by claim, person, household, event, insured year and term, against the premium and
//! against what must bear it.

use super::bearing::{Bearing, Overdrawn, parts};
use super::decided::Context;
use crate::analyse::amounts::{End, Top};
use crate::analyse::maximum::{Group, Maximum, Most, years};
use crate::evaluate::Decisions;
use crate::money::{Fen, Ratio};
use crate::plan::{Amount, FundId, Limit, LimitRule, Operation, ParameterId, Pipeline, Plan, Premium, RateBase};
use std::collections::BTreeSet;

/// For whom, or over what, the most that can be owed is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    Claim,
    /// One person in one event, harms to persons only
    Person,
    /// One household in one event, harms to things only
    Household,
    /// One event, within one insured year
    Event,
    Year,
    Term,
}

impl Scope {
    pub const ALL: [Scope; 6] = [
        Scope::Claim,
        Scope::Person,
        Scope::Household,
        Scope::Event,
        Scope::Year,
        Scope::Term,
    ];
    /// Its id in machine formats.
    pub fn id(self) -> &'static str {
        match self {
            Scope::Claim => "claim",
            Scope::Person => "person",
            Scope::Household => "household",
            Scope::Event => "event",
            Scope::Year => "year",
            Scope::Term => "term",
        }
    }
    /// The id of its text in the catalogue.
    pub fn text(self) -> &'static str {
        match self {
            Scope::Claim => "exposure-claim",
            Scope::Person => "exposure-person",
            Scope::Household => "exposure-household",
            Scope::Event => "exposure-event",
            Scope::Year => "exposure-year",
            Scope::Term => "exposure-term",
        }
    }
    fn group(self, plan: &Plan) -> Group {
        match self {
            Scope::Claim => Group::claim(),
            Scope::Person => Group::person(plan),
            Scope::Household => Group::household(plan),
            Scope::Event => Group::event(plan),
            Scope::Year => Group::year(),
            Scope::Term => Group::term(),
        }
    }
}

/// The most that can be owed in one scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    pub scope: Scope,
    /// With unknowns at the low and at the high end of their bounds; `None`: without bound
    pub low: Option<Fen>,
    pub high: Option<Fen>,
    /// Some claims come to `high`. Where not, `attained` is what some claims come to.
    pub exact: bool,
    pub attained: Option<Fen>,
    /// The limits that bound it, with their articles
    pub by: Vec<Bounding>,
    /// Parameters that a contract has still to set, decisions that may be taken and funds whose balance is open
    pub open: Vec<String>,
    /// It also depends on the premium of bases that were not given.
    pub premium_open: bool,
    /// Rate on line of an event, a year or the term: the premium of a year, or of the term, over `high`
    pub rate_on_line: Option<Ratio>,
    /// What nobody bears, for an event, a year or the term of a scheme with a tower
    pub unborne: Option<Unborne>,
}

/// What neither layers nor funds bear where as many events as possible come to the most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unborne {
    /// Events that come to the most of one event; `None`: as many as one likes
    pub events: Option<i64>,
    /// `None`: without bound
    pub amount: Option<Fen>,
    /// Funds that are drawn on beyond their balance
    pub funds: Vec<String>,
    /// Layers without a figure yet count as bearing everything.
    pub layers_open: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounding {
    pub limit: crate::plan::Names,
    pub articles: Vec<String>,
}

/// The tower against what one event can owe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Borne {
    /// All layers, within the tower's own total; `None`: without bound
    pub low: Option<Fen>,
    pub high: Option<Fen>,
    /// What nobody bears of the most that an event can owe, all unknowns at their high end; `None`: without bound
    pub unborne: Option<Fen>,
}

/// The exposure of a scheme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exposure {
    pub owed: Vec<Owed>,
    /// Insured years of the term
    pub years: Option<i64>,
    /// Premium of a year, where bases or a stated total tell it
    pub premium: Option<Fen>,
    /// Rate on line: premium over the most that a year can owe
    pub rate_on_line: Option<Ratio>,
    pub borne: Option<Borne>,
    /// Funds and their balances
    pub funds: Vec<(String, Option<Fen>)>,
}

impl Exposure {
    pub fn of(&self, scope: Scope) -> Option<&Owed> {
        self.owed.iter().find(|owed| owed.scope == scope)
    }
}

/// Computes the exposure. Decisions that are taken fix the amounts that they choose; others stand at both ends.
/// `premium` is that of the bases given; without it the file's own figures count.
pub fn exposure(plan: &Plan, decisions: &Decisions, premium: Option<Fen>) -> Exposure {
    let context = Context {
        plan,
        decisions,
        premium: None,
    };
    let premium = premium.or_else(|| {
        plan.premium
            .as_ref()
            .and_then(|stated| stated_premium(&context, stated))
    });
    let known = known(plan, decisions, premium);
    let maximum = Maximum::new(&known);
    let mut owed: Vec<Owed> = Scope::ALL
        .iter()
        .map(|scope| owed(&known, *scope, maximum.most(&scope.group(&known))))
        .collect();
    let event = owed
        .iter()
        .find(|owed| owed.scope == Scope::Event)
        .and_then(|owed| owed.high);
    let bearing = Bearing::of(&known, End::High);
    for owed in &mut owed {
        owed.rate_on_line = rate_on_line(owed, premium, years(&known));
        owed.unborne = bearing
            .as_ref()
            .and_then(|bearing| unborne(&known, bearing, owed, event));
    }
    let of_year = owed.iter().find(|owed| owed.scope == Scope::Year);
    let rate_on_line = of_year.and_then(|owed| owed.rate_on_line);
    Exposure {
        years: years(&known),
        borne: borne(&known, event),
        funds: known.funds.iter().map(|fund| (fund.id.clone(), fund.balance)).collect(),
        owed,
        premium,
        rate_on_line,
    }
}

fn owed(plan: &Plan, scope: Scope, most: Most) -> Owed {
    let by = most.by.iter().filter_map(|id| plan.limits.get(id.index()));
    let named = |id: &ParameterId| plan.parameters.get(id.index()).map(|p| p.id.clone());
    let mut open: BTreeSet<String> = most.open.parameters.iter().filter_map(named).collect();
    open.extend(
        most.open
            .decisions
            .iter()
            .filter_map(|id| plan.decisions.get(id.index()).map(|d| d.id.clone())),
    );
    open.extend(
        most.open
            .funds
            .iter()
            .filter_map(|id| plan.funds.get(id.index()).map(|f| f.id.clone())),
    );
    Owed {
        scope,
        low: fen(most.low),
        high: fen(most.high),
        exact: most.exact,
        attained: fen(most.attained),
        by: by
            .map(|limit: &Limit| Bounding {
                limit: limit.name.clone(),
                articles: limit.source.articles.clone(),
            })
            .collect(),
        open: open.into_iter().collect(),
        premium_open: most.open.premium,
        rate_on_line: None,
        unborne: None,
    }
}

/// The premium of a year over the most of an event or a year; of all years over the most of the term.
fn rate_on_line(owed: &Owed, premium: Option<Fen>, years: Option<i64>) -> Option<Ratio> {
    let times = match owed.scope {
        Scope::Event | Scope::Year => 1,
        Scope::Term => years?,
        Scope::Claim | Scope::Person | Scope::Household => return None,
    };
    let paid = i128::from(premium?.0).checked_mul(i128::from(times))?;
    Ratio::new(paid, i128::from(owed.high.filter(|fen| fen.0 > 0)?.0))
}

/// What nobody bears of one event, or of a year or term full of the greatest events. A fund that accrues from year to
/// year is not added up over the term.
fn unborne(plan: &Plan, bearing: &Bearing, owed: &Owed, event: Option<Fen>) -> Option<Unborne> {
    let tower = plan.tower.as_ref()?;
    let by_event = Group::of(plan, &tower.keys) == Group::event(plan);
    let whole = |fen: Fen| Ratio::integer(fen.0);
    let free = |events| Unborne {
        events,
        amount: None,
        funds: Vec::new(),
        layers_open: bearing.is_open(),
    };
    match owed.scope {
        Scope::Event => {}
        Scope::Year | Scope::Term if by_event => {}
        _ => return None,
    }
    let Some(one) = event else {
        // Events without bound: all beyond the layers, unless these have none either.
        let bears_all = bearing.width().is_none();
        return Some(match bears_all {
            true => Unborne {
                amount: Some(Fen(0)),
                ..free(None)
            },
            false => free(None),
        });
    };
    let (times, rest) = match (owed.scope, owed.high) {
        (Scope::Event, _) => (1, Ratio::ZERO),
        (_, Some(high)) => parts(whole(high), whole(one)).unwrap_or((0, Ratio::ZERO)),
        // As many events as one likes: what one leaves, all leave.
        (_, None) => {
            let first = bearing.events(1, whole(one), Ratio::ZERO)?;
            let draws = plan.funds.iter().any(|fund| fund.balance.is_some());
            return Some(match first.above == Ratio::ZERO && !draws {
                true => Unborne {
                    amount: Some(Fen(0)),
                    ..free(None)
                },
                false => free(None),
            });
        }
    };
    let found = bearing.events(times, whole(one), rest)?;
    let accrues = |fund: FundId| plan.funds.get(fund.index()).is_some_and(|fund| fund.accrual.is_some());
    let counted = crate::report::bearing::Unborne {
        overdrawn: found
            .overdrawn
            .iter()
            .filter(|over| owed.scope != Scope::Term || !accrues(over.fund))
            .cloned()
            .collect(),
        ..found
    };
    let named = |over: &Overdrawn| plan.funds.get(over.fund.index()).map(|fund| fund.id.clone());
    Some(Unborne {
        events: Some(times),
        amount: fen(counted.sum()),
        funds: counted.overdrawn.iter().filter_map(named).collect(),
        layers_open: bearing.is_open(),
    })
}

/// Whole 分, rounded down: limits pay no part of a 分.
fn fen(top: Top) -> Option<Fen> {
    let value = top?;
    i64::try_from(value.numerator().div_euclid(value.denominator()))
        .ok()
        .map(Fen)
}

fn borne(plan: &Plan, event: Option<Fen>) -> Option<Borne> {
    let at = |end: End| Some(fen(Bearing::of(plan, end)?.width()));
    let high = at(End::High)?;
    let unborne = match (event, high) {
        (_, None) => Some(Fen(0)),
        (None, Some(_)) => None,
        (Some(event), Some(high)) => Some(Fen((event.0 - high.0).max(0))),
    };
    Some(Borne {
        low: at(End::Low)?,
        high,
        unborne,
    })
}

/// The premium of a year as the file itself tells it: the stated total, else every rate times its stated base.
fn stated_premium(context: &Context, premium: &Premium) -> Option<Fen> {
    if let Some(total) = &premium.total {
        return context.amount(&total.amount).ok().flatten();
    }
    let base = |per: RateBase| {
        premium
            .bases
            .iter()
            .filter(|base| base.counts == per)
            .find_map(|base| base.stated)
    };
    if premium.rates.is_empty() {
        return None;
    }
    premium.rates.iter().try_fold(Fen(0), |sum, rate| {
        let rate_fen = context.amount(&rate.amount).ok().flatten()?;
        let part = rate_fen.0.checked_mul(base(rate.per)?)?;
        sum.0.checked_add(part).map(Fen)
    })
}

/// The plan with the decisions taken and the premium in place of what depends on them.
fn known(plan: &Plan, decisions: &Decisions, premium: Option<Fen>) -> Plan {
    let mut known = plan.clone();
    let context = Context {
        plan,
        decisions,
        premium,
    };
    let amount = |amount: &mut Amount| *amount = resolved(&context, amount);
    for pipeline in &mut known.pipelines {
        let Pipeline { start, steps, .. } = pipeline;
        amount(start);
        for step in steps {
            if let Operation::Less(of) | Operation::UpTo(of) | Operation::AtLeast(of) = &mut step.operation {
                amount(of);
            }
        }
    }
    for limit in &mut known.limits {
        if let LimitRule::UpTo(of) | LimitRule::Less(of) = &mut limit.rule {
            amount(of);
        }
    }
    if let Some(tower) = &mut known.tower {
        tower.total.iter_mut().for_each(&amount);
        tower.layers.iter_mut().for_each(|layer| amount(&mut layer.up_to));
    }
    known
}

fn resolved(context: &Context, amount: &Amount) -> Amount {
    let boxed = |of: &Amount| Box::new(resolved(context, of));
    match amount {
        Amount::Decided {
            decision,
            then,
            otherwise,
        } => match context.taken(*decision, None) {
            Some(_) => resolved(context, then),
            None => Amount::Decided {
                decision: *decision,
                then: boxed(then),
                otherwise: boxed(otherwise),
            },
        },
        Amount::Premium => context.premium.map_or(Amount::Premium, Amount::Fixed),
        Amount::DecisionValue(_) => context
            .amount(amount)
            .ok()
            .flatten()
            .map_or_else(|| amount.clone(), Amount::Fixed),
        Amount::Scaled { ratio, of } => Amount::Scaled {
            ratio: ratio.clone(),
            of: boxed(of),
        },
        Amount::PerUnit { rate, count, units } => Amount::PerUnit {
            rate: boxed(rate),
            count: *count,
            units: units.clone(),
        },
        Amount::Sum(parts) => Amount::Sum(parts.iter().map(|part| resolved(context, part)).collect()),
        Amount::Dated(values) => Amount::Dated(
            values
                .iter()
                .map(|(from, value)| (*from, resolved(context, value)))
                .collect(),
        ),
        Amount::Fixed(_) | Amount::Parameter { .. } | Amount::Fact(_) | Amount::Balance(_) | Amount::Unlimited => {
            amount.clone()
        }
    }
}
