//! What schedules and conditions must say.

use super::super::payable::{harm, value_named};
use super::super::subject::{Subject, articles};
use crate::plan::{BenefitKind, Plan, SamePersonRule, Schedule, ValueId};
use crate::resolve::id;
use anlan_lang::diag::{Arg, Code, Finding, codes};
use anlan_lang::tree::{self, BenefitAmount, BenefitRow, ClauseKind, Condition, Key, Notes, Pays, SamePerson, Step};
use std::collections::BTreeSet;

/// All rows of schedules and of covers, with their notes.
fn rows<'a>(subject: &Subject<'a>) -> Vec<&'a BenefitRow> {
    let mut rows = Vec::new();
    for clause in subject.clauses() {
        match &clause.kind {
            ClauseKind::Schedule(schedule) => rows.extend(&schedule.rows),
            ClauseKind::Cover(cover) => {
                for (pays, _) in &cover.pays {
                    if let Pays::Rows { rows: own, .. } = pays {
                        rows.extend(own);
                    }
                }
            }
            _ => {}
        }
    }
    rows
}

/// Q108: 精确到 without a mode.
pub(super) fn rounding(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let mut ask = |unit: &tree::Quantity, notes: &Notes| {
        if !subject.assumed(codes::Q108, notes) {
            found.push(
                Finding::new(codes::Q108, subject.at(unit.span))
                    .arg("unit", unit_worded(subject, unit))
                    .articles(articles(notes)),
            );
        }
    };
    for clause in subject.clauses() {
        if let ClauseKind::Split(split) = &clause.kind {
            for (_, unit, mode, notes) in &split.rounds {
                if mode.is_none() {
                    ask(unit, notes);
                }
            }
        }
    }
    for step in rows(subject).into_iter().flat_map(|row| &row.steps) {
        if let Step::Round { unit, mode: None } = &step.step {
            ask(unit, &step.notes);
        }
    }
}

fn unit_worded(subject: &Subject<'_>, unit: &tree::Quantity) -> Arg {
    match crate::types::money(subject.scope.units(), unit) {
        Ok(fen) => Arg::Money(fen.0),
        Err(_) => Arg::Text(unit.value.normalize().to_string()),
    }
}

/// Q109: a condition on who is liable that leaves states out without saying that they are not paid.
pub(super) fn unplaced_states(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let scope = subject.scope;
    let Some(domain) = scope
        .fact_named(id::LIABLE)
        .and_then(|fact| scope.domain_of(fact))
        .and_then(|domain| scope.domain(domain))
    else {
        return;
    };
    let treated: Vec<(ValueId, ValueId)> = subject
        .all(|kind| match kind {
            ClauseKind::TreatAs { fact, value, as_value } if is_liable(subject, &fact.text) => {
                domain.value(&value.text).zip(domain.value(&as_value.text))
            }
            _ => None,
        })
        .map(|(pair, _)| pair)
        .collect();
    let covers = subject.all(|kind| match kind {
        ClauseKind::Cover(cover) => Some(cover),
        _ => None,
    });
    // Losses for which nobody is liable are one question for all covers: one clause answers it.
    let mut nobody: Option<(Finding, Vec<Arg>)> = None;
    for (cover, clause) in covers {
        let Some((condition, notes)) = &cover.condition else {
            continue;
        };
        let mut stated = States::default();
        stated.read(subject, condition);
        if !stated.asked || stated.negated {
            continue;
        }
        let mut placed: BTreeSet<ValueId> = stated.names.iter().filter_map(|name| domain.value(name)).collect();
        // 视同 goes by what is named; a state that is treated like another follows it.
        for (value, as_value) in &treated {
            if placed.contains(as_value) {
                placed.insert(*value);
            }
        }
        // `其余不赔` places every state but one: where the document asks for somebody who cannot be found, a loss for
        // which nobody is liable at all is another case, and is never meant by 其余 alone.
        let (none, not_found) = (domain.value(NONE), domain.value(NOT_FOUND));
        let none_open = |value: &ValueId| {
            Some(*value) == none
                && not_found.is_some_and(|other| placed.contains(&other))
                && treated.iter().all(|(treated, _)| treated != value)
        };
        let open: Vec<Arg> = domain
            .ids()
            .filter(|value| !placed.contains(value) && (!stated.otherwise || none_open(value)))
            .filter_map(|value| domain.get(value))
            .map(|value| super::super::subject::named(&value.name))
            .collect();
        if open.is_empty() || subject.assumed(codes::Q109, notes) {
            continue;
        }
        let place = subject.at(condition.span());
        let (first, others) = match stated.otherwise.then(|| nobody.take()).flatten() {
            Some((first, others)) => (first.label(place, "other"), others),
            None => (
                Finding::new(codes::Q109, place).arg("values", Arg::List(open)),
                Vec::new(),
            ),
        };
        let finding = first
            .articles(articles(notes))
            .articles(articles(&clause.notes))
            .about(cover.name.text.clone());
        let names: Vec<Arg> = others.into_iter().chain([cover.name.text.as_str().into()]).collect();
        if stated.otherwise {
            nobody = Some((finding, names));
        } else {
            found.push(finding.arg("cover", Arg::List(names)));
        }
    }
    found.extend(nobody.map(|(finding, names)| finding.arg("cover", Arg::List(names))));
}

fn is_liable(subject: &Subject<'_>, name: &str) -> bool {
    let fact = subject.scope.fact_named(name).and_then(|fact| subject.scope.fact(fact));
    fact.is_some_and(|fact| fact.fact.id == id::LIABLE)
}

/// Nobody is liable, and somebody who cannot be found is.
const NONE: &str = "none";
const NOT_FOUND: &str = "not_found";

/// What a condition says about who is liable.
#[derive(Default)]
struct States<'a> {
    asked: bool,
    /// A condition on what is excluded: every state has its place.
    negated: bool,
    /// `其余不赔`
    otherwise: bool,
    names: Vec<&'a str>,
}

impl<'a> States<'a> {
    fn read(&mut self, subject: &Subject<'_>, condition: &'a Condition) {
        match condition {
            Condition::Is {
                fact,
                negated,
                values,
                otherwise_nothing,
                ..
            } => {
                if is_liable(subject, &fact.text) {
                    self.asked = true;
                    self.negated |= *negated;
                    self.otherwise |= *otherwise_nothing;
                    self.names.extend(values.iter().map(|value| value.text.as_str()));
                }
            }
            Condition::All { parts, .. } | Condition::Any { parts, .. } => {
                parts.iter().for_each(|part| self.read(subject, part));
            }
            Condition::Not { part, .. } => self.read(subject, part),
            Condition::Compare { .. } | Condition::Holds { .. } => {}
        }
    }
}

/// The clause of a schedule, or of the cover that pays by rows of its own.
fn clause_of<'a>(subject: &Subject<'a>, schedule: &Schedule) -> Option<&'a tree::Clause> {
    subject.clauses().iter().find(|clause| match &clause.kind {
        ClauseKind::Schedule(written) => written.name.text == schedule.id,
        ClauseKind::Cover(cover) => cover.name.text == schedule.id,
        _ => false,
    })
}

/// The first schedule by which some cover pays that leaves a question open, and whose clause carries no assumption.
fn unanswered<'p>(
    subject: &Subject<'_>,
    plan: &'p Plan,
    code: Code,
    open: impl Fn(&Schedule) -> bool,
) -> Option<&'p Schedule> {
    plan.statement.schedules.iter().find(|schedule| {
        !schedule.covers.is_empty()
            && clause_of(subject, schedule)
                .is_some_and(|clause| open(schedule) && !subject.assumed(code, &clause.notes))
    })
}

/// A rule that the scheme states for all its schedules.
fn for_all(subject: &Subject<'_>, rule: impl Fn(&SamePerson) -> bool) -> bool {
    subject.clauses().iter().any(|clause| match &clause.kind {
        ClauseKind::SamePerson(stated) => rule(stated),
        _ => false,
    })
}

fn pays(schedule: &Schedule, harm: ValueId) -> bool {
    schedule
        .rows
        .iter()
        .any(|row| row.harms.contains(&harm) && !row.combined && row.kind != BenefitKind::Nothing)
}

/// Q110: disability by grade, and nothing on several injuries.
pub(super) fn several_injuries(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    let Some(disability) = value_named(plan, id::HARM, harm::DISABILITY) else {
        return;
    };
    if !subject.is_scheme() || for_all(subject, |rule| matches!(rule, SamePerson::SeveralInjuries { .. })) {
        return;
    }
    let graded = |schedule: &Schedule| {
        plan.benefits.iter().any(|benefit| {
            benefit.harm == disability
                && schedule.covers.contains(&benefit.cover)
                && plan.diagrams.support(benefit.root).iter().any(|fact| {
                    plan.facts
                        .get(fact.index())
                        .is_some_and(|fact| fact.id == "injury_grade")
                })
        })
    };
    let open = unanswered(subject, plan, codes::Q110, |schedule| {
        let ruled = schedule
            .same_person
            .iter()
            .any(|rule| matches!(rule, SamePersonRule::SeveralInjuries { .. }));
        !ruled && pays(schedule, disability) && graded(schedule)
    });
    // One answer serves all schedules, so it is asked once.
    if let Some(schedule) = open {
        found.push(
            Finding::new(codes::Q110, subject.of(&schedule.source))
                .articles(schedule.source.articles.clone())
                .about(schedule.id.clone()),
        );
    }
}

/// Q111: both death and disability are paid, and nothing on the one after the other.
pub(super) fn death_after_disability(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    let (Some(death), Some(disability)) = (
        value_named(plan, id::HARM, harm::DEATH),
        value_named(plan, id::HARM, harm::DISABILITY),
    ) else {
        return;
    };
    if !subject.is_scheme() || for_all(subject, |rule| matches!(rule, SamePerson::LessPaid { .. })) {
        return;
    }
    let open = unanswered(subject, plan, codes::Q111, |schedule| {
        let ruled = schedule
            .same_person
            .iter()
            .any(|rule| matches!(rule, SamePersonRule::LessPaid { .. }));
        // A cap over both together answers as well.
        let together = schedule
            .rows
            .iter()
            .any(|row| row.combined && row.harms.contains(&death) && row.harms.contains(&disability));
        !ruled && !together && pays(schedule, death) && pays(schedule, disability)
    });
    if let Some(schedule) = open {
        found.push(
            Finding::new(codes::Q111, subject.of(&schedule.source))
                .articles(schedule.source.articles.clone())
                .about(schedule.id.clone()),
        );
    }
}

/// Q112: a benefit by the month, and nothing on a part of one.
pub(super) fn part_units(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    for row in rows(subject) {
        let Some(BenefitAmount::PerUnit {
            rate,
            count,
            part: None,
        }) = &row.amount
        else {
            continue;
        };
        if subject.assumed(codes::Q112, &row.notes) {
            continue;
        }
        let unit = match rate {
            tree::Expr::Quantity(quantity) => quantity.unit.as_ref().and_then(|unit| unit.per.last()),
            _ => None,
        };
        let unit = unit.unwrap_or(count);
        found.push(
            Finding::new(codes::Q112, subject.at(row.span))
                .arg("unit", unit_named(subject, &unit.text))
                .articles(articles(&row.notes)),
        );
    }
}

fn unit_named(subject: &Subject<'_>, name: &str) -> Arg {
    match subject.scope.units().find(name) {
        Some(unit) => super::super::subject::named(&unit.name),
        None => Arg::Text(name.to_owned()),
    }
}

/// Q118: a schedule that does not say what it counts per.
pub(super) fn bare_schedule(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    for clause in subject.clauses() {
        match &clause.kind {
            ClauseKind::Schedule(schedule) if schedule.keys.is_empty() => {
                // What it takes over from another schedule may include the keys.
                let inherited = schedule
                    .like
                    .as_ref()
                    .and_then(|like| subject.scope.schedule(&like.text));
                let keyless = inherited.is_none_or(|base| base.node.keys.is_empty());
                if keyless && !subject.assumed(codes::Q118, &clause.notes) {
                    found.push(bare(subject, &schedule.name, &clause.notes));
                }
            }
            ClauseKind::Cover(cover) => {
                for (pays, notes) in &cover.pays {
                    if let Pays::Rows { keys, .. } = pays
                        && keys.is_empty()
                        && !subject.assumed(codes::Q118, notes)
                    {
                        found.push(bare(subject, &cover.name, notes));
                    }
                }
            }
            _ => {}
        }
    }
}

/// Q127: a plain amount, without a word on whether it is paid in full or is only the most that may be paid.
pub(super) fn fixed_or_actual(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    for clause in subject.clauses() {
        let rows: Vec<&BenefitRow> = match &clause.kind {
            ClauseKind::Schedule(schedule) => schedule.rows.iter().collect(),
            ClauseKind::Cover(cover) => cover.pays.iter().flat_map(|(pays, _)| own_rows(pays)).collect(),
            _ => continue,
        };
        for row in rows.into_iter().filter(|row| !row.form_stated) {
            found.extend(without_form(subject, row, &clause.notes));
        }
    }
}

fn own_rows(pays: &Pays) -> &[BenefitRow] {
    match pays {
        Pays::Rows { rows, .. } => rows,
        Pays::Schedule(_) => &[],
    }
}

fn without_form(subject: &Subject<'_>, row: &BenefitRow, of_clause: &Notes) -> Option<Finding> {
    let Some(BenefitAmount::Fixed(amount)) = &row.amount else {
        return None;
    };
    if subject.assumed(codes::Q127, &row.notes) {
        return None;
    }
    let worded = match amount {
        tree::Expr::Quantity(quantity) => unit_worded(subject, quantity),
        tree::Expr::Name(path) => Arg::Text(path.parts.iter().map(|part| part.text.as_str()).collect()),
        _ => Arg::Text(String::new()),
    };
    let cited = match articles(&row.notes) {
        own if own.is_empty() => articles(of_clause),
        own => own,
    };
    Some(
        Finding::new(codes::Q127, subject.at(row.span))
            .arg("harm", harms(subject, row))
            .arg("amount", worded)
            .articles(cited),
    )
}

/// The harms of a row in both languages.
pub(crate) fn harms(subject: &Subject<'_>, row: &BenefitRow) -> Arg {
    let domain = subject
        .scope
        .fact_named(id::HARM)
        .and_then(|fact| subject.scope.domain_of(fact))
        .and_then(|domain| subject.scope.domain(domain));
    let named = |name: &tree::Name| {
        let value = domain.and_then(|domain| domain.get(domain.value(&name.text)?));
        value.map_or_else(
            || Arg::Text(name.text.clone()),
            |value| super::super::subject::named(&value.name),
        )
    };
    Arg::List(row.harms.iter().map(named).collect())
}

/// Q128: a schedule counts per person or household, and not per how long.
pub(super) fn no_period(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let open = |keys: &[Key]| {
        let who = keys.iter().any(|key| matches!(key, Key::Person(_) | Key::Household(_)));
        who && keys.iter().all(|key| matches!(key, Key::Person(_) | Key::Household(_)))
    };
    let period = |row: &BenefitRow| row.steps.iter().any(|step| !step.keys.is_empty());
    for clause in subject.clauses() {
        match &clause.kind {
            ClauseKind::Schedule(schedule)
                if open(&schedule.keys)
                    && !schedule.rows.iter().any(period)
                    && !subject.assumed(codes::Q128, &clause.notes) =>
            {
                found.push(without_period(subject, &schedule.name, &clause.notes));
            }
            ClauseKind::Cover(cover) => {
                for (pays, notes) in &cover.pays {
                    if let Pays::Rows { keys, rows, .. } = pays
                        && open(keys)
                        && !rows.iter().any(period)
                        && !subject.assumed(codes::Q128, notes)
                    {
                        found.push(without_period(subject, &cover.name, notes));
                    }
                }
            }
            _ => {}
        }
    }
}

/// Harms of all: aid to a place, and what belongs to everybody
const SHARED: [&str; 2] = ["relief", "public_facilities"];

/// Q135: a schedule counts per event or year, and not per whom, so that all claims of an event share its amounts. Relief may
/// well be one amount for all; who dies or loses a house is paid for himself.
pub(super) fn shared_by_all(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let open = |keys: &[Key]| {
        let time = |key: &Key| matches!(key, Key::Event(_) | Key::Year(_) | Key::Term(_));
        !keys.is_empty() && keys.iter().all(time)
    };
    let harms = subject.scope.fact_named(id::HARM);
    let harms = harms.and_then(|fact| subject.scope.domain_of(fact));
    let harms = harms.and_then(|domain| subject.scope.domain(domain));
    let value = |id: &str| harms.and_then(|harms| harms.value(id));
    let shared = SHARED.map(value);
    let shared = |name: &tree::Name| value(&name.text).is_some_and(|harm| shared.contains(&Some(harm)));
    let own = |row: &BenefitRow| row.amount.is_some() && !row.harms.iter().all(shared);
    for clause in subject.clauses() {
        match &clause.kind {
            ClauseKind::Schedule(schedule)
                if open(&schedule.keys)
                    && schedule.rows.iter().any(own)
                    && !subject.assumed_by_name(codes::Q135, &clause.notes) =>
            {
                found.push(for_whom(subject, &schedule.name, &clause.notes));
            }
            ClauseKind::Cover(cover) => {
                for (pays, notes) in &cover.pays {
                    if let Pays::Rows { keys, rows, .. } = pays
                        && open(keys)
                        && rows.iter().any(own)
                        && !subject.assumed_by_name(codes::Q135, notes)
                    {
                        found.push(for_whom(subject, &cover.name, notes));
                    }
                }
            }
            _ => {}
        }
    }
}

fn for_whom(subject: &Subject<'_>, name: &tree::Name, notes: &Notes) -> Finding {
    Finding::new(codes::Q135, subject.at(name.span))
        .arg("schedule", name.text.as_str())
        .articles(articles(notes))
        .about(name.text.clone())
}

fn without_period(subject: &Subject<'_>, name: &tree::Name, notes: &Notes) -> Finding {
    Finding::new(codes::Q128, subject.at(name.span))
        .arg("schedule", name.text.as_str())
        .articles(articles(notes))
        .about(name.text.clone())
}

fn bare(subject: &Subject<'_>, name: &tree::Name, notes: &Notes) -> Finding {
    Finding::new(codes::Q118, subject.at(name.span))
        .arg("schedule", name.text.as_str())
        .articles(articles(notes))
        .about(name.text.clone())
}
