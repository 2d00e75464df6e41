//! What the answers say of policies against the findings of `check`.

use super::claims::Tried;
use super::facts::Apart;
use super::reached::is_single;
use super::verdicts::{CODES, at, verdicts};
use anlan_compiler::plan::{Lowered, Part};
use anlan_compiler::project::Source;
use anlan_compiler::resolve::BodyKind;
use anlan_compiler::{CompiledUnit, check, compile};
use anlan_lang::diag::{Arg, Code, FileId, Finding, Severity};
use std::collections::{BTreeMap, BTreeSet};

/// One scheme, or one contract, as each side sees it.
#[derive(Debug, Clone, Default)]
pub struct Both {
    pub name: String,
    pub said: BTreeSet<String>,
    pub expected: BTreeSet<String>,
    /// How many claims were tried.
    pub tried: usize,
}

impl Both {
    /// `-` what was not found, `+` what should not be.
    pub fn difference(&self) -> Vec<String> {
        let missed = self.expected.difference(&self.said).map(|v| format!("- {v}"));
        let cried = self.said.difference(&self.expected).map(|v| format!("+ {v}"));
        missed.chain(cried).map(|v| format!("{}: {v}", self.name)).collect()
    }
}

/// Every scheme and contract of these sources that evaluation can be asked about: that has no error in its names, types
/// and forms, and no parameter without a value.
pub fn compared(sources: &[Source], apart: for<'t> fn(&'t str) -> Apart<'t>) -> Vec<Both> {
    let checked = check(&crate::policies::project(sources.to_vec()));
    let units = &checked.compiled.units;
    let schemes: BTreeMap<&str, &CompiledUnit> = units
        .iter()
        .filter(|unit| unit.kind == BodyKind::Scheme)
        .map(|unit| (unit.name.as_str(), unit))
        .collect();
    let mut all = Vec::new();
    for unit in units
        .iter()
        .filter(|unit| unit.kind != BodyKind::Framework && unit.sound)
    {
        let Some(lowered) = unit.lowered.as_ref() else {
            continue;
        };
        // What the scheme, its contract and its frameworks name.
        let scope = &unit.scope;
        let mut files = vec![unit.file];
        files.extend(scope.implements().map(|scheme| scheme.file));
        for of in [Some(scope), scope.implements()].into_iter().flatten() {
            files.extend(of.frameworks().iter().map(|framework| framework.file));
        }
        files.sort_unstable();
        files.dedup();
        let text: String = files
            .iter()
            .map(|file| sources[file.0 as usize].text.as_str())
            .collect();
        let Some(tried) = Tried::new(&lowered.plan, apart(&text)) else {
            continue;
        };
        let file = unit.scope.implements().map_or(unit.file, |scheme| scheme.file);
        let own = &sources[file.0 as usize].text;
        let mut expected = verdicts(&tried, lowered, own);
        expected.extend(always_true(sources, unit, &tried, apart(&text)));
        // What is wrong with a scheme is not said again of its contract.
        let scheme = unit.scope.implements().and_then(|scheme| schemes.get(scheme.name()));
        let findings = scheme.iter().flat_map(|scheme| &scheme.findings).chain(&unit.findings);
        let steps = caps_of_claims(lowered);
        all.push(Both {
            name: unit.name.clone(),
            said: findings
                .flat_map(keys)
                .filter(|said| !steps(said))
                .map(|said| readable(sources, &said))
                .collect(),
            expected: expected.iter().map(|verdict| readable(sources, verdict)).collect(),
            tried: tried.tried,
        });
    }
    all
}

/// Whether a verdict is of a cap on one claim: a step of what a row pays, which is none of the limits that are settled.
fn caps_of_claims(lowered: &Lowered) -> impl Fn(&str) -> bool {
    let limits = lowered.plan.limits.iter().filter(|limit| limit.own && is_single(limit));
    let settled: BTreeSet<String> = limits
        .map(|limit| format!("L103@{}", at(lowered.places.of(&limit.source))))
        .collect();
    move |said| said.starts_with("L103@") && !settled.contains(said)
}

/// C106: without its condition the cover applies to the same claims. Tried only where it may be so.
fn always_true(sources: &[Source], unit: &CompiledUnit, tried: &Tried, apart: Apart<'_>) -> BTreeSet<String> {
    let judge = super::verdicts::Judge {
        tried,
        lowered: unit.lowered.as_ref().unwrap(),
        text: "",
        found: BTreeSet::new(),
    };
    let mut found = BTreeSet::new();
    for cover in judge.settled_before() {
        let stated = &tried.plan.covers[cover.index()];
        let place = judge
            .lowered
            .places
            .exact_part(&stated.source, Part::Condition)
            .unwrap();
        let mut sources = sources.to_vec();
        let changed = &mut sources[place.file.0 as usize].text;
        *changed = without_clause(changed, place.span.start as usize);
        let compiled = compile(&crate::policies::project(sources));
        let again = compiled.units.iter().find(|other| other.name == unit.name);
        let again = again.and_then(|unit| Tried::new(&unit.lowered.as_ref()?.plan, apart));
        let met = |tried: &Tried| {
            let met = |claim: &&super::claims::Claim| {
                claim
                    .met
                    .iter()
                    .any(|(met, _)| tried.plan.covers[met.index()].id == stated.id)
            };
            tried.claims.iter().filter(met).count()
        };
        if again.is_some_and(|again| met(&again) == met(tried) && again.tried == tried.tried) {
            found.insert(format!("C106 {}", stated.name.zh));
        }
    }
    found
}

/// The text without the clause that stands here: its line, and those below that are indented more.
fn without_clause(text: &str, at: usize) -> String {
    let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let depth = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let mut lines = text[start..].split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    let mut end = start + first.len();
    for line in lines.take_while(|line| depth(line) > depth(first)) {
        end += line.len();
    }
    format!("{}{}", &text[..start], &text[end..])
}

/// A finding as verdicts: one may tell of several pairs of covers.
fn keys(finding: &Finding) -> Vec<String> {
    match (finding.code.0, finding.args.get("first"), finding.args.get("all")) {
        ("C101", Some(Arg::Names { zh: first, .. }), Some(Arg::Names { zh: others, .. })) => {
            // As a warning it is of covers that only a decision lets meet.
            let code = match finding.severity {
                Severity::Error => "C101",
                _ => "C101 added:",
            };
            let pair = |other: &str| {
                let mut names = [first.as_str(), other];
                names.sort_unstable();
                format!("{code} {}", names.join(" "))
            };
            others.split(", ").map(pair).collect()
        }
        _ => key(finding).into_iter().collect(),
    }
}

/// A finding as a verdict, if its code is one that the answers decide.
fn key(finding: &Finding) -> Option<String> {
    let Code(code) = finding.code;
    if !CODES.contains(&code) {
        return None;
    }
    Some(match code {
        "C102" | "C105" | "C106" | "L109" | "L110" => format!("{code} {}", finding.about.first()?),
        "C103" | "P101" | "T106" => code.to_owned(),
        "L103" => match finding.args.get("why") {
            Some(Arg::Text(why)) if why == "step" => format!("L103@{}", at(finding.primary)),
            Some(Arg::Text(why)) if why != "nothing" => format!("L103 {}", finding.about.first()?),
            _ => return None,
        },
        "L101" | "L105" => format!("L101|L105@{}", at(finding.primary)),
        "F101" | "F103" => {
            let label = finding.labels.iter().find(|label| label.attribute == "requirement");
            format!("{code}@{}", at(label.map(|label| label.place)))
        }
        _ => format!("{code}@{}", at(finding.primary)),
    })
}

/// The file and line of a verdict's place, for reading.
fn readable(sources: &[Source], verdict: &str) -> String {
    let Some((what, (file, start))) = verdict
        .rsplit_once('@')
        .and_then(|(what, place)| Some((what, place.split_once('+')?)))
    else {
        return verdict.to_owned();
    };
    let (Ok(file), Ok(start)) = (file.parse::<u32>(), start.parse::<u32>()) else {
        return verdict.to_owned();
    };
    let FileId(file) = FileId(file);
    let source = sources.get(file as usize);
    let line = source.map_or(0, |source| source.text[..start as usize].matches('\n').count() + 1);
    format!("{what} at {}:{line}", source.map_or("", |source| source.path.as_str()))
}
