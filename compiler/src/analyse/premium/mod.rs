//! Family M: premium, its base, its stated total, its payers.

use super::Rule;
use super::amounts;
use super::subject::{Subject, articles, named};
use crate::money::Ratio;
use crate::plan::reads::Reads;
use crate::plan::{Amount, Calendar, LimitRule, Part, Plan, RateBase, Term};
use crate::types::{self, Dimension};
use anlan_lang::diag::{Arg, Finding, Place, codes};
use anlan_lang::tree::{self, ClauseKind, Expr, Overridable};
use rust_decimal::Decimal;

pub(super) const RULES: &[Rule] = &[
    Rule::of(&[codes::M101], stated_total),
    Rule::of(&[codes::M102], base_year),
    Rule::sound(&[codes::M103], rates_and_bases),
    Rule::of(&[codes::M104], rate_period),
    Rule::of(&[codes::M105], base_lag),
    Rule::sound(&[codes::M106], limit_without_premium),
    Rule::sound(&[codes::M107], payer),
    Rule::sound(&[codes::M108], due),
    Rule::of(&[codes::M109], total_period),
];

fn premiums<'a>(subject: &Subject<'a>) -> impl Iterator<Item = (&'a tree::Premium, &'a tree::Clause)> {
    subject.all(|kind| match kind {
        ClauseKind::Premium(premium) => Some(premium.as_ref()),
        _ => None,
    })
}

/// M101: rates times bases against the total that the document states.
fn stated_total(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let Some(premium) = &subject.plan().premium else { return };
    let Some(total) = premium.total.as_ref().filter(|total| !total.planned) else {
        return;
    };
    let Amount::Fixed(stated) = total.amount else { return };
    let mut computed = Some(Ratio::ZERO);
    for rate in &premium.rates {
        let mut bases = premium.bases.iter().filter(|base| base.counts == rate.per);
        let (Some(base), None, Amount::Fixed(amount)) = (bases.next(), bases.next(), &rate.amount) else {
            return;
        };
        let Some(count) = base.stated else { return };
        let product = Ratio::integer(amount.0).checked_mul(Ratio::integer(count));
        computed = computed
            .zip(product)
            .and_then(|(sum, product)| sum.checked_add(product));
    }
    let stated = Ratio::integer(stated.0);
    let Some(computed) = computed.filter(|computed| !premium.rates.is_empty() && *computed != stated) else {
        return;
    };
    let difference = if computed > stated {
        computed.checked_sub(stated)
    } else {
        stated.checked_sub(computed)
    };
    let rounded = rounding(subject, stated);
    if rounded
        .zip(difference)
        .is_some_and(|(rounded, difference)| difference <= rounded)
    {
        return;
    }
    let mut finding = Finding::new(codes::M101, subject.of(&total.source))
        .arg("stated", amounts::money(stated))
        .arg("computed", amounts::money(computed))
        .arg("difference", amounts::known(difference))
        .articles(total.source.articles.clone());
    for base in premium.bases.iter().filter(|base| base.stated.is_some()) {
        if let Some(place) = subject.places().of(&base.source) {
            finding = finding.label(place, "base").articles(base.source.articles.clone());
        }
    }
    found.push(finding);
}

/// By how much the total may differ from rates times bases because figures are printed rounded: half of the last digit
/// of the total (`92.6万元` may be 925,731), and what half of the last digit of each base makes (`92.6万人`).
fn rounding(subject: &Subject<'_>, stated: Ratio) -> Option<Ratio> {
    let plan = subject.plan().premium.as_ref()?;
    let mut sum = Ratio::ZERO;
    for (premium, _) in premiums(subject) {
        if let Some((Expr::Quantity(total), _, _)) = &premium.total {
            sum = sum.checked_add(half_of_last(total, stated)?)?;
        }
        for (base, _) in &premium.bases {
            let Some((quantity, _)) = &base.stated else { continue };
            // Persons counted to the last are exact.
            if quantity.step <= Decimal::ONE {
                continue;
            }
            for line in plan.bases.iter().filter(|line| line.kind == base.kind.text) {
                for rate in plan.rates.iter().filter(|rate| rate.per == line.counts) {
                    let (Amount::Fixed(rate), Some(count)) = (&rate.amount, line.stated) else {
                        continue;
                    };
                    let half = half_of_last(quantity, Ratio::integer(count))?;
                    sum = sum.checked_add(half.checked_mul(Ratio::integer(rate.0))?)?;
                }
            }
        }
    }
    Some(sum)
}

/// Half of one in the last printed digit of a quantity that is `value` in the unit of the plan.
fn half_of_last(quantity: &tree::Quantity, value: Ratio) -> Option<Ratio> {
    let printed = Ratio::from_decimal(quantity.value)?;
    let step = Ratio::from_decimal(quantity.step)?;
    let one = Ratio::new(printed.denominator(), printed.numerator())?;
    value
        .checked_mul(one)?
        .checked_mul(step)?
        .checked_mul(Ratio::new(1, 2)?)
}

/// M102: the year of the base's figure is not the year that the base is of.
fn base_year(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let Some((start, place)) = first_day(subject) else {
        return;
    };
    for (premium, clause) in premiums(subject) {
        for (base, notes) in &premium.bases {
            let (Some(lag), Some((quantity, Some(year)))) = (base.lag, &base.stated) else {
                continue;
            };
            let expected = start.year().saturating_sub(i16::from(lag));
            if *year == expected {
                continue;
            }
            let mut finding = Finding::new(codes::M102, subject.at(quantity.span.to(base.span)))
                .arg("kind", if lag == 0 { "current" } else { "earlier" })
                .arg("lag", Arg::Count(lag.into()))
                .arg("expected", expected.to_string())
                .arg("year", year.to_string())
                .arg("start", Arg::Date(start))
                .articles(articles(notes))
                .articles(articles(&clause.notes))
                .about(base.kind.text.clone());
            if let Some(place) = place {
                finding = finding.label(place, "term");
            }
            found.push(finding);
        }
    }
}

/// The first day of the term; where the contract sets it, the first day on which it may begin.
fn first_day(subject: &Subject<'_>) -> Option<(tree::Date, Option<Place>)> {
    let plan = subject.plan();
    match &plan.calendar.term {
        Term::Fixed { start, .. } => Some((*start, subject.places().part(&plan.calendar.source, Part::Start))),
        _ => {
            let document = plan.scheme.document.as_ref()?;
            let day = document.effective.or(document.issued)?;
            Some((day, None))
        }
    }
}

fn unit(base: RateBase) -> Arg {
    match base {
        RateBase::Persons => Arg::Message("unit-person"),
        RateBase::Households => Arg::Message("unit-household"),
    }
}

/// M103: a rate that nothing is counted for, or a count that no rate uses.
fn rates_and_bases(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let Some(premium) = &subject.plan().premium else { return };
    for rate in &premium.rates {
        if !premium.bases.iter().any(|base| base.counts == rate.per) {
            found.push(
                Finding::new(codes::M103, subject.of(&rate.source))
                    .arg("what", "rate")
                    .arg("unit", unit(rate.per))
                    .arg("kind", "")
                    .articles(rate.source.articles.clone()),
            );
        }
    }
    // A total alone may be so much a head as nothing says.
    if premium.by_contract.is_some() || (premium.rates.is_empty() && premium.total.is_none()) {
        return;
    }
    for base in &premium.bases {
        if !premium.rates.iter().any(|rate| base.counts == rate.per) {
            found.push(
                Finding::new(codes::M103, subject.of(&base.source))
                    .arg("what", "base")
                    .arg("unit", unit(base.counts))
                    .arg("kind", base.kind.as_str())
                    .articles(base.source.articles.clone())
                    .about(base.kind.clone()),
            );
        }
    }
}

/// M104: `1元/人` without a period.
fn rate_period(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    for (premium, _) in premiums(subject) {
        for (rate, notes) in &premium.rates {
            let Expr::Quantity(quantity) = rate else { continue };
            let Ok(measured) = types::rate(subject.scope.units(), quantity) else {
                continue;
            };
            let period = measured
                .per
                .iter()
                .any(|(_, dimension)| *dimension == Dimension::Period);
            if !period && !subject.assumed(codes::M104, notes) {
                found.push(Finding::new(codes::M104, subject.at(quantity.span)).articles(articles(notes)));
            }
        }
    }
}

/// M105: a base without its year.
fn base_lag(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    for (premium, _) in premiums(subject) {
        for (base, notes) in premium.bases.iter().filter(|(base, _)| base.lag.is_none()) {
            if !subject.assumed(codes::M105, notes) {
                found.push(
                    Finding::new(codes::M105, subject.at(base.span))
                        .arg("kind", base.kind.text.as_str())
                        .articles(articles(notes))
                        .about(base.kind.text.clone()),
                );
            }
        }
    }
}

/// M106: a limit by the total premium of a scheme that has none.
fn limit_without_premium(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    let known = plan
        .premium
        .as_ref()
        .is_some_and(|premium| !premium.rates.is_empty() || premium.total.is_some() || premium.by_contract.is_some());
    if known {
        return;
    }
    for limit in plan.limits.iter().filter(|limit| reads_premium(plan, &limit.rule)) {
        found.push(
            Finding::new(codes::M106, subject.part(&limit.source, Part::Amount))
                .arg("limit", named(&limit.name))
                .articles(limit.source.articles.clone())
                .about(limit.name.zh.clone()),
        );
    }
}

fn reads_premium(plan: &Plan, rule: &LimitRule) -> bool {
    let mut reads = Reads::new(plan);
    if let LimitRule::UpTo(amount) | LimitRule::Less(amount) = rule {
        reads.amount(amount);
    }
    reads.premium
}

/// M107: nobody bears the premium.
fn payer(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let split = subject
        .all(|kind| matches!(kind, ClauseKind::Split(_)).then_some(()))
        .next()
        .is_some();
    for (premium, clause) in premiums(subject) {
        if premium.payers.is_empty() && !split && !subject.assumed(codes::M107, &clause.notes) {
            found.push(Finding::new(codes::M107, subject.at(clause.span)).articles(articles(&clause.notes)));
        }
    }
}

/// The term is longer than a year.
fn several_years(calendar: &Calendar) -> bool {
    let year = jiff::Span::new().years(1);
    match calendar.term {
        Term::Fixed { start, end: Some(end) } => start.checked_add(year).is_ok_and(|whole| end > whole),
        Term::Contract { years } => years.is_some_and(|years| years > 1),
        _ => false,
    }
}

/// M109: a total of a term of several years that does not say whether it is that of one year.
fn total_period(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let calendar = &subject.plan().calendar;
    if !several_years(calendar) {
        return;
    }
    for (premium, clause) in premiums(subject) {
        let Some((Expr::Quantity(quantity), _, notes)) = &premium.total else {
            continue;
        };
        let Ok(measured) = types::rate(subject.scope.units(), quantity) else {
            continue;
        };
        let period = measured
            .per
            .iter()
            .any(|(_, dimension)| *dimension == Dimension::Period);
        if period || subject.assumed(codes::M109, notes) || subject.assumed(codes::M109, &clause.notes) {
            continue;
        }
        let mut finding = Finding::new(codes::M109, subject.at(quantity.span)).articles(articles(notes));
        if let Some(place) = subject.of(&calendar.source) {
            finding = finding.label(place, "term");
        }
        found.push(finding);
    }
}

/// M108: a premium for several years, and nothing on when it is to be paid.
fn due(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let calendar = &subject.plan().calendar;
    let years = several_years(calendar);
    let by_contract = subject.all(|kind| match kind {
        ClauseKind::ContractPrevails(items) => items.contains(&Overridable::Premium).then_some(()),
        _ => None,
    });
    if !subject.is_scheme() || !years || by_contract.count() > 0 {
        return;
    }
    for (premium, clause) in premiums(subject) {
        if premium.due.is_some() || premium.rate_by_contract.is_some() || subject.assumed(codes::M108, &clause.notes) {
            continue;
        }
        let mut finding = Finding::new(codes::M108, subject.at(clause.span)).articles(articles(&clause.notes));
        if let Some(place) = subject.of(&calendar.source) {
            finding = finding.label(place, "term");
        }
        found.push(finding);
    }
}
