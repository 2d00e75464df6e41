//! From verdicts to findings.

use super::super::amounts;
use super::super::payable::{Best, Line, passes};
use super::super::subject::{Subject, named};
use super::super::witness::{Claim, Occasion, Offer, Several, Sought, Trial, all, crowd, dearest, occasions, showing};
use super::floors::{concerned, covers_some};
use super::needed::needed;
use super::{Breach, Verdict, conformity, duties};
use crate::evaluate::Shown;
use crate::money::{Fen, Ratio};
use crate::plan::{
    Cover, CoverId, DomainValue, FactId, Limit, LimitRule, ParameterId, Part, PipelineId, Plan, Property, Requirement,
    ScheduleKey, ValueId,
};
use crate::resolve::id;
use anlan_lang::diag::{Arg, Args, Code, Finding, Place, Severity, Witness, codes};
use anlan_lang::texts::{Language, text};
use anlan_lang::tree::{ClauseKind, Compare, Modality};
use std::collections::BTreeSet;

/// F101, F103–F106, F108, F109: every requirement, by its verdict.
pub(super) fn requirements(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    if plan.scheme.frameworks.is_empty() {
        return;
    }
    for status in conformity(plan) {
        let Some(requirement) = plan.statement.requirements.get(status.requirement) else {
            continue;
        };
        // A contract sets amounts; who must be named where is for its scheme to say.
        let about_money = matches!(
            requirement.property,
            Property::Payable { .. } | Property::LimitTotal { .. }
        );
        if subject.is_contract() && !about_money {
            continue;
        }
        match (status.verdict, &requirement.property) {
            (_, Property::Duty(duty)) => found.extend(duties::lacking(subject, requirement, duty)),
            (Verdict::Broken { reached, breach }, _) => found.extend(broken(subject, requirement, reached, breach)),
            (Verdict::Deferred { parameters }, _) => found.push(deferred(subject, requirement, &parameters)),
            (Verdict::Between { attained, most }, _) => {
                found.push(
                    about(subject, codes::F111, subject.head(), requirement)
                        .arg("why", "crossing")
                        .arg("requirement", requirement_names(plan, requirement))
                        .arg("attained", Arg::Money(attained.0))
                        .arg(
                            "most",
                            most.map_or(Arg::Message("amount-unlimited"), |most| Arg::Money(most.0)),
                        )
                        .articles(cited(requirement))
                        .witness(dearest(subject, |_| true, |_| true)),
                );
            }
            (Verdict::Undecided { bodies }, _) if !bodies.is_empty() => {
                found.push(undecided(subject, requirement, bodies));
            }
            (Verdict::Undecided { .. }, Property::Payable { .. } | Property::LimitTotal { .. }) => {
                found.push(depending(subject, requirement));
            }
            _ => {}
        }
    }
}

/// A finding about a requirement, with its place, its article and its modality.
pub(super) fn about(subject: &Subject<'_>, code: Code, place: Option<Place>, requirement: &Requirement) -> Finding {
    let mut finding = Finding::new(code, place)
        .arg("framework", requirement.framework.as_str())
        .about(requirement.framework.clone());
    finding.severity = match requirement.modality {
        Modality::Must => finding.severity,
        Modality::InPrinciple => finding.severity.min(Severity::Warning),
        Modality::Encouraged => Severity::Note,
    };
    if let Some(place) = subject.places().of(&requirement.source) {
        finding = finding.label(place, "requirement");
    }
    finding
}

/// The articles of a requirement, with the name of its framework before them.
pub(super) fn cited(requirement: &Requirement) -> Vec<String> {
    let articles = requirement.source.articles.iter();
    articles
        .map(|article| format!("{} {article}", requirement.framework))
        .collect()
}

fn broken(subject: &Subject<'_>, requirement: &Requirement, reached: Option<Fen>, breach: Breach) -> Option<Finding> {
    let plan = subject.plan();
    match (&requirement.property, breach) {
        (
            Property::Payable {
                keys,
                harm,
                compare,
                value,
            },
            Breach::Cell { cell, rows },
        ) => {
            let lines: Vec<&Line> = rows.iter().flat_map(|row| &row.lines).collect();
            let top = lines.iter().find_map(|line| {
                plan.benefits
                    .iter()
                    .find(|benefit| benefit.cover == line.cover && benefit.harm == line.harm)
            });
            let row = top.and_then(|benefit| subject.places().of(&benefit.source));
            let pipelines: Vec<PipelineId> = lines.iter().map(|line| line.pipeline).collect();
            let set = set_by_contract(subject, parameters_of(plan, &pipelines));
            let mut finding = about(subject, codes::F101, set.or(row).or(subject.head()), requirement)
                .arg("keys", keys_worded(plan, keys))
                .arg("harm", of_harm(plan, *harm))
                .arg("cell", cell_worded(plan, &cell))
                .arg(
                    "payable",
                    reached.map_or(Arg::Message("amount-unlimited"), |fen| Arg::Money(fen.0)),
                )
                .arg("side", side(*compare))
                .arg("floor", Arg::Money(value.0))
                .articles(top.map(|b| b.source.articles.clone()).unwrap_or_default())
                .articles(cited(requirement))
                .witness(paid_most(subject, (&cell, &rows), reached));
            if let (Some(_), Some(row)) = (set, row) {
                finding = finding.label(row, "label");
            }
            Some(finding)
        }
        (Property::LimitTotal { compare, value, .. }, Breach::Limit(limit)) => {
            let at = limit.index();
            let limit = plan.limits.get(at)?;
            let own = subject.part(&limit.source, Part::Amount);
            let set = set_by_contract(subject, limit_parameters(plan, limit));
            let mut finding = about(subject, codes::F103, set.or(own), requirement)
                .arg("limit", named(&limit.name))
                .arg(
                    "amount",
                    reached.map_or(Arg::Message("amount-unlimited"), |fen| Arg::Money(fen.0)),
                )
                .arg("side", side(*compare))
                .arg("floor", Arg::Money(value.0))
                .articles(limit.source.articles.clone())
                .articles(cited(requirement))
                .about(limit.name.zh.clone())
                .witness(beyond(subject, at, reached, *value));
            if let (Some(_), Some(own)) = (set, own) {
                finding = finding.label(own, "label");
            }
            Some(finding)
        }
        (Property::Persons(_), Breach::Missing(missing)) => {
            let place = plan.statement.persons.as_ref().and_then(|p| subject.of(&p.source));
            Some(
                about(subject, codes::F105, place.or(subject.head()), requirement)
                    .arg("classes", missing)
                    .articles(cited(requirement)),
            )
        }
        (property, Breach::Missing(missing)) => {
            let what = match property {
                Property::PremiumPaidBy(_) => "premium",
                _ => "policyholder",
            };
            Some(
                about(subject, codes::F104, subject.head(), requirement)
                    .arg("what", what)
                    .arg("wanted", missing)
                    .articles(cited(requirement)),
            )
        }
        _ => None,
    }
}

/// Claims that come to more than is required of a limit, which pays no more than it is.
fn beyond(subject: &Subject<'_>, limit: usize, reached: Option<Fen>, required: Fen) -> Option<Witness> {
    let more_than = reached.map_or(required, |reached| required.max(reached));
    let sought = Sought {
        of: &|kind| kind.passes(limit),
        more_than: Ratio::integer(more_than.0),
        ..Sought::default()
    };
    crowd(subject, &sought, |shown| match reached {
        Some(reached) => shown.paid == reached.0 && shown.benefit > shown.paid,
        None => shown.paid > required.0,
    })
}

/// Claims of one person or household that are paid the most in a cell, each under its own rule.
fn paid_most(
    subject: &Subject<'_>,
    (cell, rows): (&[(FactId, u16)], &[Best]),
    reached: Option<Fen>,
) -> Option<Witness> {
    let plan = subject.plan();
    let claims = |on: &Occasion| -> Vec<Claim<'_>> {
        let numbered = rows.iter().enumerate().filter_map(|(at, row)| {
            let pipelines: Vec<PipelineId> = row.lines.iter().map(|line| line.pipeline).collect();
            let claim = Claim::new(plan, &row.path)
                .under(row.lines.iter().map(|line| line.cover))
                .with_value(id::HARM, row.lines.first()?.harm)
                .with(id::CLAIM, format!("C{}", at + 1))
                .paying(&pipelines)
                .deciding(on.taken.iter().copied())
                .on(on.day)
                .settled();
            Some(claim)
        });
        numbered.collect()
    };
    let on = occasions(plan, &amounts::Guard::default());
    let witnesses = || on.iter().map(|on| Witness::of(claims(on)));
    let tried = |_: &Trial, offer: Offer<'_>| {
        all(witnesses(), offer);
    };
    if rows.is_empty() {
        let claim = Claim::new(plan, cell);
        let claim = if subject.settles() { claim.settled() } else { claim };
        return Some(claim.witness());
    }
    let most = |shown: &Shown| reached.is_none_or(|reached| shown.paid == reached.0);
    showing(subject, tried, most)
        .or_else(|| showing(subject, tried, |_| true))
        .or_else(|| witnesses().next().filter(|_| subject.settles()))
        .or_else(|| Some(Claim::new(plan, cell).witness()))
}

fn deferred(subject: &Subject<'_>, requirement: &Requirement, parameters: &BTreeSet<ParameterId>) -> Finding {
    let plan = subject.plan();
    let known: Vec<_> = parameters
        .iter()
        .filter_map(|p| plan.parameters.get(p.index()))
        .collect();
    let place = known.first().and_then(|parameter| subject.of(&parameter.source));
    let names: Vec<String> = known.iter().map(|parameter| parameter.id.clone()).collect();
    let worded = |lang| requirement_worded(plan, requirement, lang);
    let needs: Vec<Arg> = needed(plan, requirement)
        .into_iter()
        .filter_map(|need| need_worded(plan, need))
        .collect();
    let asked = if needs.is_empty() { "none" } else { "some" };
    about(subject, codes::F108, place.or(subject.head()), requirement)
        .arg(
            "requirement",
            Arg::Names {
                zh: worded(Language::Zh),
                en: worded(Language::En),
            },
        )
        .arg("parameters", names)
        .arg("asked", asked)
        .arg("needs", Arg::List(needs))
        .articles(cited(requirement))
        .about(worded(Language::Zh))
}

/// `“每次累计额”不低于3000万元`
fn need_worded(plan: &Plan, (parameter, compare, value): (ParameterId, Compare, Fen)) -> Option<Arg> {
    let name = plan.parameters.get(parameter.index())?.id.clone();
    Some(phrase("requirement-need", |_| {
        Args::from([
            ("parameter", Arg::Text(name.clone())),
            ("compare", Arg::Message(compared(compare))),
            ("value", Arg::Money(value.0)),
        ])
    }))
}

/// On which side of what is required the scheme is.
fn side(compare: Compare) -> &'static str {
    match compare {
        Compare::AtMost | Compare::Under => "above",
        Compare::AtLeast | Compare::Over | Compare::Equal => "below",
    }
}

fn compared(compare: Compare) -> &'static str {
    match compare {
        Compare::AtLeast => "compare-at-least",
        Compare::AtMost => "compare-at-most",
        Compare::Over => "compare-over",
        Compare::Under => "compare-under",
        Compare::Equal => "compare-equal",
    }
}

fn undecided(subject: &Subject<'_>, requirement: &Requirement, bodies: Vec<String>) -> Finding {
    let plan = subject.plan();
    if let Property::Persons(_) = requirement.property {
        let place = plan.statement.persons.as_ref().and_then(|p| subject.of(&p.source));
        let mut finding = about(subject, codes::F105, place.or(subject.head()), requirement)
            .arg("classes", bodies)
            .articles(cited(requirement));
        // They may belong to 等.
        finding.severity = finding.severity.min(Severity::Question);
        return finding;
    }
    let (wanted, place) = match &requirement.property {
        Property::PremiumPaidBy(kinds) => (
            kinds.clone(),
            plan.premium.as_ref().and_then(|premium| subject.of(&premium.source)),
        ),
        Property::Policyholder(kinds) => (kinds.clone(), subject.of(&plan.statement.policyholder_source)),
        _ => (Vec::new(), None),
    };
    about(subject, codes::F109, place.or(subject.head()), requirement)
        .arg("body", bodies.first().cloned().unwrap_or_default())
        .arg("one", wanted.first().cloned().unwrap_or_default())
        .arg("bodies", bodies)
        .arg("wanted", wanted)
        .articles(cited(requirement))
}

/// F111 where the premium, a balance or the value of a decision decides: no contract sets these.
fn depending(subject: &Subject<'_>, requirement: &Requirement) -> Finding {
    let plan = subject.plan();
    let mut finding = about(subject, codes::F111, subject.head(), requirement)
        .arg("why", "figures")
        .arg("requirement", requirement_names(plan, requirement))
        .arg("attained", "")
        .arg("most", "")
        .articles(cited(requirement))
        .witness(dearest(subject, |_| true, |_| true));
    finding.severity = Severity::Note;
    finding
}

/// F110: a limit with a floor for the basic scope through which other covers go too.
pub(super) fn shared_limit(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    let plan = subject.plan();
    if plan.scheme.frameworks.is_empty() {
        return;
    }
    for requirement in &plan.statement.requirements {
        let (Property::LimitTotal { keys, .. }, Some(scope)) = (&requirement.property, &requirement.scope) else {
            continue;
        };
        for (_, limit) in concerned(plan, Some(scope), keys) {
            let shared: Vec<Arg> = plan
                .covers
                .iter()
                .enumerate()
                .filter(|(index, cover)| sharing(plan, limit, CoverId::from(*index), cover, &scope.perils))
                .map(|(_, cover)| named(&cover.name))
                .collect();
            if !shared.is_empty() && !answered(subject, limit) {
                found.push(
                    about(
                        subject,
                        codes::F110,
                        subject.part(&limit.source, Part::Name),
                        requirement,
                    )
                    .arg("limit", named(&limit.name))
                    .arg("covers", Arg::List(shared))
                    .articles(limit.source.articles.clone())
                    .articles(cited(requirement))
                    .about(limit.name.zh.clone()),
                );
            }
        }
    }
}

fn sharing(plan: &Plan, limit: &Limit, id: CoverId, cover: &Cover, perils: &[ValueId]) -> bool {
    let passes = plan
        .benefits
        .iter()
        .any(|benefit| benefit.cover == id && passes(plan, &limit.filter, id, benefit.harm, &[]));
    // A cover for any peril pays for the basic scope's own events too.
    passes && !cover.any_peril && !covers_some(plan, id, perils)
}

/// Whether the drafter answered at the limit itself.
fn answered(subject: &Subject<'_>, limit: &Limit) -> bool {
    subject
        .all(|kind| match kind {
            ClauseKind::Limit(written) if written.name.text == limit.name.zh => Some(()),
            _ => None,
        })
        .any(|((), clause)| subject.assumed(codes::F110, &clause.notes))
}

/// Where the contract sets one of the parameters.
pub(in super::super) fn set_by_contract(subject: &Subject<'_>, parameters: BTreeSet<ParameterId>) -> Option<Place> {
    let plan = subject.plan();
    parameters.into_iter().find_map(|parameter| {
        let parameter = plan.parameters.get(parameter.index()).filter(|p| p.value.is_some())?;
        subject.places().exact_part(&parameter.source, Part::Set)
    })
}

fn parameters_of(plan: &Plan, pipelines: &[PipelineId]) -> BTreeSet<ParameterId> {
    let mut reads = crate::plan::reads::Reads::new(plan);
    for pipeline in pipelines.iter().filter_map(|id| plan.pipelines.get(id.index())) {
        reads.amount(&pipeline.start);
        for step in &pipeline.steps {
            if let crate::plan::Operation::UpTo(amount) | crate::plan::Operation::AtLeast(amount) = &step.operation {
                reads.amount(amount);
            }
        }
    }
    for limit in plan.limits.iter().filter(|limit| limit.own) {
        if let LimitRule::UpTo(amount) = &limit.rule {
            reads.amount(amount);
        }
    }
    reads.parameters
}

fn limit_parameters(plan: &Plan, limit: &Limit) -> BTreeSet<ParameterId> {
    let mut reads = crate::plan::reads::Reads::new(plan);
    if let LimitRule::UpTo(amount) = &limit.rule {
        reads.amount(amount);
    }
    reads.parameters
}

// ─────────────────────────────── words ───────────────────────────────

fn keys_worded(plan: &Plan, keys: &[ScheduleKey]) -> Arg {
    let word = |key: &ScheduleKey, lang| match key {
        ScheduleKey::Person => plain(lang, "key-person"),
        ScheduleKey::Household => plain(lang, "key-household"),
        ScheduleKey::Event => plain(lang, "key-event"),
        ScheduleKey::Year => plain(lang, "key-year"),
        ScheduleKey::Term => plain(lang, "key-term"),
        ScheduleKey::Claim => plain(lang, "key-claim"),
        ScheduleKey::Fact(fact) => match (plan.facts.get(fact.index()), lang) {
            (Some(fact), Language::Zh) => format!("每{}", fact.name.zh),
            (Some(fact), Language::En) => format!("per {}", fact.name.en),
            (None, _) => String::new(),
        },
    };
    let words = |lang| keys.iter().map(|key| word(key, lang)).collect::<Vec<_>>();
    Arg::Names {
        zh: words(Language::Zh).concat(),
        en: words(Language::En).join(" "),
    }
}

fn plain(lang: Language, id: &str) -> String {
    text(lang, id, &Args::new())
}

fn harm_value(plan: &Plan, harm: ValueId) -> Option<&DomainValue> {
    let domain = plan.domains.iter().find(|domain| domain.id == id::HARM)?;
    domain.values.get(harm.index())
}

/// `的医疗` / ` of medical`, or nothing.
fn of_harm(plan: &Plan, harm: Option<ValueId>) -> Arg {
    match harm.and_then(|harm| harm_value(plan, harm)) {
        Some(value) => phrase("requirement-of-harm", |lang| {
            let name = match lang {
                Language::Zh => &value.name.zh,
                Language::En => &value.name.en,
            };
            Args::from([("harm", Arg::Text(name.clone()))])
        }),
        None => Arg::Text(String::new()),
    }
}

/// A text of the catalogue in both languages, as one argument.
fn phrase(id: &str, args: impl Fn(Language) -> Args) -> Arg {
    Arg::Names {
        zh: text(Language::Zh, id, &args(Language::Zh)),
        en: text(Language::En, id, &args(Language::En)),
    }
}

/// `（灾因 干旱，身份 居民）`: where the least was found.
fn cell_worded(plan: &Plan, cell: &[(crate::plan::FactId, u16)]) -> Arg {
    let (fields, _) = Claim::new(plan, cell).finish();
    let shown = cell.iter().filter_map(|(fact, _)| {
        let fact = plan.facts.get(fact.index())?;
        Some((fact, fields.get(&fact.id)?))
    });
    let list: Vec<Arg> = shown
        .map(|(fact, value)| Arg::Names {
            zh: format!("{} {value}", fact.name.zh),
            en: format!("{} {value}", fact.id),
        })
        .collect();
    if list.is_empty() {
        return Arg::Text(String::new());
    }
    phrase("requirement-in-cell", |_| {
        Args::from([("cell", Arg::List(list.clone()))])
    })
}

/// A requirement about money, for a message.
pub(super) fn requirement_names(plan: &Plan, requirement: &Requirement) -> Arg {
    Arg::Names {
        zh: requirement_worded(plan, requirement, Language::Zh),
        en: requirement_worded(plan, requirement, Language::En),
    }
}

/// A requirement about money, in words.
fn requirement_worded(plan: &Plan, requirement: &Requirement, lang: Language) -> String {
    let (id, keys, harm, compare, value) = match &requirement.property {
        Property::Payable {
            keys,
            harm,
            compare,
            value,
        } => ("requirement-payable", keys, *harm, *compare, *value),
        Property::LimitTotal { keys, compare, value } => ("requirement-limit", keys, None, *compare, *value),
        _ => return String::new(),
    };
    let args = Args::from([
        ("keys", keys_worded(plan, keys)),
        ("harm", of_harm(plan, harm)),
        ("compare", Arg::Message(compared(compare))),
        ("value", amounts::money(crate::money::Ratio::integer(value.0))),
    ]);
    text(lang, id, &args)
}
