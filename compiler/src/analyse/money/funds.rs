//! K105: several events within what may be owed draw more from a fund than it holds.

use super::super::amounts::{self, End};
use super::super::maximum::{Group, Most};
use super::super::subject::Subject;
use super::super::witness::{Sought, crowd};
use super::occasions;
use crate::evaluate::Shown;
use crate::money::Ratio;
use crate::plan::Part;
use crate::report::bearing::{Bearing, Overdrawn, parts};
use anlan_lang::diag::{Arg, Finding, codes};
use std::collections::BTreeMap;

/// Where no limit holds a year, at most so many events are tried.
const EVENTS: i64 = 1_000;

pub(super) fn overdrawn(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    // What a file says of a shortfall holds for this one too.
    let Some(tower) = plan.tower.as_ref().filter(|tower| tower.shortfall.is_none()) else {
        return;
    };
    if Group::of(plan, &tower.keys) != Group::event(plan) || plan.funds.iter().all(|fund| fund.balance.is_none()) {
        return;
    }
    let Some(bearing) = Bearing::of(plan, End::High) else {
        return;
    };
    let maximum = subject.maximum();
    let exact = |most: &Most| most.exact && most.low == most.high;
    // Each event may be decided otherwise; they are all of one year.
    let occasions = occasions::occasions(plan);
    let mut by_day: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for occasion in &occasions {
        by_day.entry(occasion.when.from).or_default().push(occasion);
    }
    let worst = by_day.into_values().find_map(|of_day| {
        let most = of_day
            .iter()
            .map(|occasion| (occasion.most(maximum, &Group::event(plan)), &occasion.when));
        let events = most.filter(|(event, _)| exact(event));
        let (one, when) = events
            .filter_map(|(event, when)| Some((event.high.filter(|one| *one > Ratio::ZERO)?, when)))
            .max_by_key(|(one, _)| *one)?;
        let year = of_day.first()?.most(maximum, &Group::year());
        let (events, each, over) = first(&bearing, one, year.high.filter(|_| exact(&year)), year.high.is_none())?;
        Some((events, each, over, when))
    });
    let Some((events, each, over, when)) = worst else {
        return;
    };
    let Some(fund) = plan.funds.get(over.fund.index()) else {
        return;
    };
    let just_below = each.checked_sub(Ratio::ONE).unwrap_or(each);
    let all = each.checked_mul(Ratio::integer(events));
    let witness = u64::try_from(events).ok().and_then(|events| {
        let sought = Sought {
            more_than: just_below,
            when,
            events,
            ..Sought::default()
        };
        crowd(subject, &sought, |shown: &Shown| {
            Some(Ratio::integer(shown.paid)) == all
        })
    });
    let mut finding = Finding::new(codes::K105, subject.of(&tower.source))
        .arg("events", Arg::Count(events))
        .arg("owed", amounts::money(each))
        .arg("fund", fund.id.as_str())
        .arg("drawn", amounts::money(over.drawn))
        .arg("balance", Arg::Money(over.balance.0))
        .articles(tower.source.articles.clone())
        .articles(fund.source.articles.clone())
        .about(fund.id.clone())
        .witness(witness);
    if let Some(place) = subject.places().part(&fund.source, Part::Name) {
        finding = finding.label(place, "fund");
    }
    found.push(finding);
}

/// The fewest events of one year that draw more from a fund than it holds, and what each of them owes: its most, or, of
/// as many as the year does not hold at their most, an equal part of what it holds.
fn first(bearing: &Bearing, one: Ratio, year: Option<Ratio>, unbounded: bool) -> Option<(i64, Ratio, Overdrawn)> {
    let whole = match year {
        Some(year) => parts(year, one)?.0,
        None if unbounded => EVENTS,
        None => return None,
    };
    let over = |events: i64, each: Ratio| bearing.events(events, each, Ratio::ZERO)?.overdrawn.into_iter().next();
    // More events at their most draw more.
    let (mut low, mut high) = (1, whole.min(EVENTS));
    if over(high, one).is_none() {
        // Still more events share the year; of each the layers before the fund bear their part, so more draw less.
        let events = whole.checked_add(1).filter(|events| *events <= EVENTS)?;
        let each = year?.checked_mul(Ratio::new(1, i128::from(events))?)?;
        return Some((events, each, over(events, each)?));
    }
    while low < high {
        let middle = low + (high - low) / 2;
        match over(middle, one) {
            Some(_) => high = middle,
            None => low = middle + 1,
        }
    }
    Some((low, one, over(low, one)?))
}
