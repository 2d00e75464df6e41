//! The difference in words: one structure that every format writes.

use super::align::JointFact;
use super::claims::ClaimsDifference;
use super::items::{Item, items};
use super::model::{Difference, Extreme, Region, RegionKind, Shown};
use super::names::Renaming;
use super::topics::{Topic, topics};
use super::words::Wording;
use crate::money::Fen;
use crate::plan::Plan;
use crate::summarise::words::Words;
use anlan_lang::diag::{Arg, Args};
use anlan_lang::texts::{self, Language};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A difference, worded. Amounts in JSON are 元 with two decimals, as in the data contract.
#[derive(Debug, Serialize)]
pub struct Report {
    pub language: Language,
    pub old: String,
    pub new: String,
    /// Nothing changed in meaning: nothing at all, or names only.
    pub same: bool,
    pub title: String,
    /// One sentence each: who loses, who gains, what else changed; first in every format.
    pub verdict: Vec<String>,
    /// Changed benefits by kind, losses and gains by money.
    pub groups: Vec<Group>,
    pub items: Vec<Item>,
    pub renamed: Vec<Renamed>,
    pub findings: Vec<FindingRow>,
    pub claims: Option<ClaimsReport>,
    /// The regions could not be worked out within the node budget.
    pub over_budget: Option<usize>,
}

#[derive(Debug, Serialize)]
pub struct Group {
    pub kind: &'static str,
    pub title: String,
    /// As people read them
    pub topics: Vec<Topic>,
    /// Every change with all its regions, for tools
    pub rows: Vec<Row>,
}

/// Claims whose benefit changes in the same way.
#[derive(Debug, Serialize)]
pub struct Row {
    /// The covers, and for covers between which claims move the way
    pub covers: Vec<String>,
    pub new_covers: Vec<String>,
    pub old: String,
    pub new: String,
    /// `gain`, `loss`, `both`, `none`
    pub direction: &'static str,
    /// `−3万元，−12.5%`
    pub change: String,
    /// The range of amounts in which the payments differ
    pub range: Option<String>,
    pub regions: Vec<RegionRow>,
}

#[derive(Debug, Serialize)]
pub struct RegionRow {
    pub text: String,
    /// Fact id → ids of the values, or the bounds of intervals
    pub facts: BTreeMap<String, Vec<String>>,
    pub witness: Option<WitnessRow>,
}

/// A claim that `eval` reproduces, with the benefit in each version; none where the version refuses it.
#[derive(Debug, Serialize)]
pub struct WitnessRow {
    pub claim: BTreeMap<String, String>,
    pub decided: Vec<String>,
    /// The claim for the old version, where it must be spelled otherwise
    pub old_claim: Option<BTreeMap<String, String>>,
    pub old: Option<String>,
    pub new: Option<String>,
    /// The claim in words
    #[serde(skip)]
    pub text: String,
    /// The same amounts, for texts
    #[serde(skip)]
    pub benefits: [Option<Fen>; 2],
}

#[derive(Debug, Serialize)]
pub struct Renamed {
    pub kind: super::names::NamedKind,
    pub old: String,
    pub new: String,
    pub text: String,
}

#[derive(Debug, Serialize)]
pub struct FindingRow {
    pub appears: bool,
    pub code: &'static str,
    pub severity: anlan_lang::diag::Severity,
    pub message: String,
    pub text: String,
}

#[derive(Debug, Serialize)]
pub struct ClaimsReport {
    pub lines: Vec<String>,
    pub table: Vec<ClaimsRow>,
    #[serde(flatten)]
    pub figures: ClaimsDifference,
}

#[derive(Debug, Serialize)]
pub struct ClaimsRow {
    pub text: String,
    pub old: String,
    pub new: String,
    pub change: String,
}

/// Words a difference. `claims` adds what real claims come to under both versions.
pub fn report(
    old: &Plan,
    new: &Plan,
    difference: &Difference,
    claims: Option<ClaimsDifference>,
    language: Language,
) -> Report {
    let wording = Wording::new(old, new, difference, language);
    let (mut items, renamed) = items(old, new, difference, language);
    items.extend(silent_covers(&wording));
    let groups = groups(&wording);
    let same =
        groups.is_empty() && items.is_empty() && difference.findings.is_empty() && difference.over_budget.is_none();
    let name = |plan: &Plan| match language {
        Language::Zh => plan.scheme.title.zh.clone(),
        Language::En => plan.scheme.title.en.clone(),
    };
    let title = say(language, "diff-title", [("title", name(new).into())]);
    let mut report = Report {
        language,
        old: name(old),
        new: name(new),
        same,
        title,
        verdict: Vec::new(),
        groups,
        items,
        renamed: renamed.iter().map(|one| renamed_row(one, &wording)).collect(),
        findings: difference
            .findings
            .iter()
            .map(|change| finding_row(change, &wording))
            .collect(),
        claims: claims.map(|claims| {
            let called = |cover: &str| match wording.new.own(cover) {
                own if own == cover => wording.old.own(cover),
                own => own,
            };
            claims.report(language, &called)
        }),
        over_budget: difference.over_budget,
    };
    report.verdict = verdict(&report, difference, &wording);
    report
}

pub(crate) fn say<const N: usize>(language: Language, id: &str, args: [(&'static str, Arg); N]) -> String {
    texts::text(language, id, &Args::from(args))
}

fn verdict(report: &Report, difference: &Difference, wording: &Wording) -> Vec<String> {
    let language = report.language;
    let mut lines = Vec::new();
    if report.same {
        let id = if report.renamed.is_empty() {
            "diff-same"
        } else {
            "diff-same-but-names"
        };
        lines.push(texts::plain(language, id));
        return lines;
    }
    if let Some(budget) = report.over_budget {
        lines.push(say(
            language,
            "diff-over-budget",
            [("budget", Arg::Count(budget as i64))],
        ));
    }
    for loses in [true, false] {
        let mut worst: Option<(&Region, Extreme)> = None;
        let mut count = 0i64;
        for region in &difference.regions {
            let Some(extreme) = (if loses { region.loss } else { region.gain }).filter(|e| e.change() != 0) else {
                continue;
            };
            count += region.boxes.len() as i64;
            if worst.is_none_or(|(_, known)| extreme.change().unsigned_abs() > known.change().unsigned_abs()) {
                worst = Some((region, extreme));
            }
        }
        if let Some((region, extreme)) = worst {
            let who = region
                .boxes
                .first()
                .map(|one| wording.region(&one.classes))
                .unwrap_or_default();
            let most = amount(language, extreme.change().abs());
            let id = match (loses, extreme.open) {
                (true, true) => "diff-loses-open",
                (true, false) => "diff-loses",
                (false, true) => "diff-gains-open",
                (false, false) => "diff-gains",
            };
            lines.push(say(
                language,
                id,
                [("count", Arg::Count(count)), ("who", who.into()), ("most", most.into())],
            ));
        }
    }
    if difference.regions.is_empty() && report.over_budget.is_none() {
        lines.push(texts::plain(language, "diff-benefits-same"));
    }
    let others = report.items.len() as i64;
    if others > 0 {
        let mut titles: Vec<String> = report.items.iter().map(|item| item.section_title.clone()).collect();
        titles.dedup();
        let titles = texts::list(language, titles);
        lines.push(say(
            language,
            "diff-others",
            [("count", Arg::Count(others)), ("titles", titles.into())],
        ));
    }
    let (appear, gone): (Vec<_>, Vec<_>) = report.findings.iter().partition(|finding| finding.appears);
    if !report.findings.is_empty() {
        let args = [
            ("appear", Arg::Count(appear.len() as i64)),
            ("gone", Arg::Count(gone.len() as i64)),
        ];
        lines.push(say(language, "diff-findings-count", args));
    }
    lines
}

fn amount(language: Language, fen: i64) -> String {
    texts::money(language, fen)
}

fn groups(wording: &Wording) -> Vec<Group> {
    let mut by_kind: BTreeMap<RegionKind, Vec<&Region>> = BTreeMap::new();
    for region in wording.difference.regions.iter().chain(&wording.difference.moved) {
        by_kind.entry(region.kind).or_default().push(region);
    }
    let group = |(kind, regions): (RegionKind, Vec<&Region>)| {
        let rows: Vec<Row> = regions.iter().map(|region| row(wording, region)).collect();
        Group {
            kind: kind.id(),
            title: wording.new.plain(&format!("diff-region-{}", kind.id())),
            topics: topics(wording, &regions, &rows),
            rows,
        }
    };
    by_kind.into_iter().map(group).collect()
}

fn row(wording: &Wording, region: &Region) -> Row {
    let direction = match (
        region.loss.is_some_and(|e| e.change() != 0),
        region.gain.is_some_and(|e| e.change() != 0),
    ) {
        (true, true) => "both",
        (true, false) => "loss",
        (false, true) => "gain",
        (false, false) => "none",
    };
    Row {
        covers: wording.covers(if region.kind == RegionKind::Moved {
            &[]
        } else {
            &region.old_covers
        }),
        new_covers: wording.covers(if region.kind == RegionKind::Moved {
            &[]
        } else {
            &region.new_covers
        }),
        old: of_side(wording, region, &region.old, &region.old_covers),
        new: of_side(wording, region, &region.new, &region.new_covers),
        direction,
        change: change(wording, region),
        range: region.differs.as_ref().and_then(|differs| wording.range(differs)),
        regions: region
            .boxes
            .iter()
            .map(|one| RegionRow {
                text: wording.region(&one.classes),
                facts: facts(wording, &one.classes),
                witness: one.witness.as_ref().map(|shown| wording.witness(shown)),
            })
            .collect(),
    }
}

/// What is paid; for claims that only moved, the covers that pay it.
fn of_side(wording: &Wording, region: &Region, money: &super::money::Money, covers: &[usize]) -> String {
    match region.kind {
        RegionKind::Moved => wording.new.list(wording.covers(covers)),
        _ => wording.money(money),
    }
}

fn change(wording: &Wording, region: &Region) -> String {
    let words = &wording.new;
    if region.kind == RegionKind::Moved {
        return words.plain("diff-same-money");
    }
    if region.undecided {
        return words.plain("diff-not-decided");
    }
    let fixed = region.old.formulas().is_empty() && region.new.formulas().is_empty();
    let of = |extreme: &Extreme| {
        let text = texts::money(words.language, extreme.change().abs());
        let sign = if extreme.change() < 0 { "−" } else { "+" };
        let text = format!("{sign}{text}");
        match (fixed, extreme.open) {
            (true, _) => match wording.percent(extreme.old, extreme.new) {
                Some(percent) => words.clauses([text, percent]),
                None => text,
            },
            (false, true) => words.say("diff-open", [("sign", sign.into())]),
            (false, false) => words.say("diff-at-most", [("change", text.into())]),
        }
    };
    let parts = [&region.loss, &region.gain]
        .into_iter()
        .flatten()
        .filter(|e| e.change() != 0)
        .map(of);
    let text = words.clauses(parts.collect::<Vec<_>>());
    if text.is_empty() {
        words.plain("diff-same-money")
    } else {
        text
    }
}

impl Wording<'_> {
    /// A claim in words: `灾因：爆炸；损害：死亡`, and what was decided.
    fn claim(&self, claim: &BTreeMap<String, String>, decided: &BTreeSet<&String>) -> String {
        let words = &self.new;
        // As the scheme has its facts, which is as people tell them.
        let place = |fact: &String| words.plan.facts.iter().position(|declared| declared.id == *fact);
        let mut told: Vec<(&String, &String)> = claim.iter().collect();
        told.sort_by_key(|(fact, _)| place(fact).unwrap_or(usize::MAX));
        let facts = told.into_iter().map(|(fact, value)| {
            let name = match words.plan.facts.iter().find(|declared| declared.id == *fact) {
                Some(declared) => words.names(&declared.name),
                None => self.old.fact_named(fact),
            };
            let value = match value_of(words.plan, fact, value).or_else(|| value_of(self.old.plan, fact, value)) {
                Some(known) => words.names(&known.name),
                None => value.clone(),
            };
            words.say("diff-labelled", [("label", name.into()), ("text", value.into())])
        });
        let decided = decided
            .iter()
            .map(|decision| words.say("diff-decided", [("decision", self.taken(decision).into())]));
        words.sentences(facts.chain(decided))
    }

    /// A decision as `--decide` takes it, in words: `“认定金额”（100）`.
    fn taken(&self, decision: &str) -> String {
        let words = &self.new;
        match decision.split_once('=') {
            None => words.quoted(decision),
            Some((name, value)) => words.say(
                "diff-taken",
                [("name", words.quoted(name).into()), ("value", value.into())],
            ),
        }
    }

    /// A claim as the language spells it: Chinese names, or ids.
    pub(crate) fn witness(&self, shown: &Shown) -> WitnessRow {
        let spelled = |plan: &Plan, claim: &BTreeMap<String, String>| -> BTreeMap<String, String> {
            match self.new.language {
                Language::Zh => claim.clone(),
                Language::En => claim
                    .iter()
                    .map(|(fact, value)| (fact.clone(), id_of(plan, fact, value)))
                    .collect(),
            }
        };
        let old = spelled(self.old.plan, &shown.old_claim.claim);
        let new = spelled(self.new.plan, &shown.new_claim.claim);
        let text = |fen: Option<Fen>| fen.map(|fen| fen.to_string());
        // A decision that only one version reads changes nothing in the other.
        let decided: BTreeSet<&String> = [&shown.old_claim, &shown.new_claim]
            .iter()
            .flat_map(|claim| &claim.decided)
            .collect();
        WitnessRow {
            text: self.claim(&shown.new_claim.claim, &decided),
            decided: decided.into_iter().cloned().collect(),
            old_claim: (old != new).then_some(old),
            claim: new,
            old: text(shown.old),
            new: text(shown.new),
            benefits: [shown.old, shown.new],
        }
    }
}

/// The id of a value that a claim spells by its Chinese name.
fn id_of(plan: &Plan, fact: &str, value: &str) -> String {
    value_of(plan, fact, value).map_or_else(|| value.to_owned(), |known| known.id.clone())
}

/// A value that a claim spells by its Chinese name.
fn value_of<'a>(plan: &'a Plan, fact: &str, value: &str) -> Option<&'a crate::plan::DomainValue> {
    let declared = plan.facts.iter().find(|declared| declared.id == fact)?;
    let domain = match declared.kind {
        crate::plan::FactKind::Enumeration { domain, .. } => plan.domains.get(domain.index())?,
        _ => return None,
    };
    domain.values.iter().find(|known| known.name.zh == value)
}

fn facts(wording: &Wording, classes: &super::store::Classes) -> BTreeMap<String, Vec<String>> {
    use super::align::Members;
    let mut found = BTreeMap::new();
    for (chosen, joint) in classes.iter().zip(&wording.difference.facts) {
        let Some(chosen) = chosen else { continue };
        let (plan, fact) = match (joint.fact.new, joint.fact.old) {
            (Some(fact), _) => (wording.new.plan, fact),
            (None, Some(fact)) => (wording.old.plan, fact),
            (None, None) => continue,
        };
        let Some(declared) = plan.facts.get(fact.index()) else {
            continue;
        };
        let domain = |plan: &'_ Plan, fact: Option<crate::plan::FactId>, value: crate::plan::ValueId| match plan
            .facts
            .get(fact?.index())?
            .kind
        {
            crate::plan::FactKind::Enumeration { domain, .. } => {
                Some(plan.domains.get(domain.index())?.values.get(value.index())?.id.clone())
            }
            _ => None,
        };
        let mut values = Vec::new();
        for class in chosen.iter().filter_map(|class| joint.classes.get(usize::from(*class))) {
            match &class.members {
                Members::Values(pairs) => values.extend(pairs.iter().filter_map(|pair| match (pair.new, pair.old) {
                    (Some(value), _) => domain(wording.new.plan, joint.fact.new, value),
                    (None, Some(value)) => domain(wording.old.plan, joint.fact.old, value),
                    (None, None) => None,
                })),
                Members::Interval { from, below } => {
                    let bound =
                        |b: &Option<i64>, beyond: &str| b.map_or_else(String::new, |b| placed(joint, b, beyond));
                    values.push(format!("{}..{}", bound(from, ">"), bound(below, "<=")));
                }
                Members::Yes => values.push("true".to_owned()),
                Members::No => values.push("false".to_owned()),
            }
        }
        found.insert(declared.id.clone(), values);
    }
    found
}

/// A bound in the fact's units, with a sign where the point itself is on the other side of it than it would be.
fn placed(joint: &JointFact, bound: i64, beyond: &str) -> String {
    let Some((point, past)) = joint.grid.and_then(|grid| grid.bound(bound)) else {
        return bound.to_string();
    };
    let sign = if past { beyond } else { "" };
    match point.denominator() {
        1 => format!("{sign}{}", point.numerator()),
        _ => format!("{sign}{point}"),
    }
}

/// Covers that only one version has and that change no claim's benefit.
fn silent_covers(wording: &Wording) -> Vec<Item> {
    let difference = wording.difference;
    let mut found = Vec::new();
    for (index, pair) in difference.covers.iter().enumerate() {
        let lone = pair.old.is_none() || pair.new.is_none();
        let shown = |region: &Region| region.old_covers.contains(&index) || region.new_covers.contains(&index);
        if !lone || difference.regions.iter().chain(&difference.moved).any(shown) {
            continue;
        }
        let text = Some(wording.new.plain("diff-cover-silent"));
        found.push(Item {
            section: "covers",
            section_title: wording.new.plain("summary-section-covers"),
            about: wording.covers(&[index]).pop(),
            label: None,
            old: pair.old.and(text.clone()),
            new: pair.new.and(text),
        });
    }
    found
}

/// Both names; in English after the English name, which a renaming may have left alone.
fn renamed_row(one: &Renaming, wording: &Wording) -> Renamed {
    let called = |words: &Words, name: &str| match words.own(name) {
        own if own == name => words.quoted(name),
        own => say(
            words.language,
            "diff-renamed-name",
            [("english", own.into()), ("name", name.into())],
        ),
    };
    let language = wording.new.language;
    let args = [
        ("kind", texts::plain(language, one.kind.id()).into()),
        ("old", called(&wording.old, &one.old).into()),
        ("new", called(&wording.new, &one.new).into()),
    ];
    Renamed {
        kind: one.kind,
        old: one.old.clone(),
        new: one.new.clone(),
        text: say(language, "diff-renamed", args),
    }
}

fn finding_row(change: &super::model::FindingChange, wording: &Wording) -> FindingRow {
    let words = if change.appears { wording.new } else { wording.old };
    let language = words.language;
    let message = words.message(&change.finding);
    let id = match (change.appears, change.finding.acknowledged.is_some()) {
        (true, false) => "diff-finding-appears",
        (true, true) => "diff-finding-acknowledged",
        (false, _) => "diff-finding-gone",
    };
    let args = [
        ("code", Arg::from(change.finding.code.0)),
        ("message", message.clone().into()),
    ];
    FindingRow {
        appears: change.appears,
        code: change.finding.code.0,
        severity: change.finding.severity,
        text: say(language, id, args),
        message,
    }
}
