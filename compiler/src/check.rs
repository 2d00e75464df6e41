//! Everything that can be said against a project: compiling, analysing, and what its drafters accepted.

mod answers;
mod unread;

use crate::analyse::{Analysed, Subject, analyse};
use crate::compile::{Compiled, CompiledUnit, by_place, compile_with};
use crate::project::{Project, Settings, in_parallel};
use crate::resolve::{BodyKind, Scope, nearest};
use anlan_lang::diag::{Arg, Code, FileId, Finding, Severity, codes};
use anlan_lang::tree::{Acknowledge, ClauseKind};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// A compiled project with the findings of analysis, acknowledged ones marked, in the severities of its settings.
#[derive(Debug, Default)]
pub struct Checked {
    pub compiled: Compiled,
}

impl Checked {
    /// All findings, by file and place.
    pub fn findings(&self) -> Vec<&Finding> {
        self.compiled.all_findings()
    }
    /// Whether a finding is of a scheme that is asked about for contracts alone, and holds under none of them: what covers may
    /// be paid by a parameter, say, that each sets so that they are paid alike. `named`: files that are asked about.
    pub fn is_settled(&self, finding: &Finding, named: impl Fn(FileId) -> bool) -> bool {
        let Some(file) = finding.primary.map(|place| place.file).filter(|file| !named(*file)) else {
            return false;
        };
        let of_scheme = |unit: &&CompiledUnit| {
            let scheme = unit.scope.implements();
            unit.kind == BodyKind::Contract && named(unit.file) && scheme.is_some_and(|scheme| scheme.file == file)
        };
        let mut contracts = self.compiled.units.iter().filter(of_scheme).peekable();
        contracts.peek().is_some() && contracts.all(|unit| unit.settled.iter().any(|settled| settled.is(finding)))
    }
    /// Those of these files, by file and place: errors wherever they stand, for they may hide others; what stands in the
    /// files; and what their contracts make of schemes elsewhere.
    pub fn findings_of(&self, named: impl Fn(FileId) -> bool) -> Vec<&Finding> {
        let concerned = |finding: &&Finding| {
            finding.severity == Severity::Error || finding.primary.is_none_or(|place| named(place.file))
        };
        let units = self.compiled.units.iter().flat_map(|unit| {
            let whole = unit.kind == BodyKind::Contract && named(unit.file);
            unit.findings.iter().filter(move |finding| whole || concerned(finding))
        });
        let mut all: Vec<&Finding> = self.compiled.findings.iter().filter(concerned).chain(units).collect();
        all.sort_by(|a, b| by_place(a, b));
        all
    }
    /// Whether `check` fails: an error that is not acknowledged, or an unacknowledged finding that `denied` holds.
    pub fn fails(&self, denied: impl Fn(Severity) -> bool) -> bool {
        self.findings()
            .into_iter()
            .any(|f| f.acknowledged.is_none() && (f.severity == Severity::Error || denied(f.severity)))
    }
}

/// Compiles and analyses a project, applies its acknowledgements (`认可`) and the severities of its settings.
pub fn check(project: &Project) -> Checked {
    checked(project, Plans::Kept)
}

/// The same without the plans, which are dropped as soon as they are analysed: `lowered` is then `None` for all units,
/// and a project of thousands of schemes needs a third of the memory.
pub fn check_only(project: &Project) -> Checked {
    checked(project, Plans::Dropped)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Plans {
    Kept,
    Dropped,
}

fn checked(project: &Project, plans: Plans) -> Checked {
    let mut compiled = compile_with(project, &|unit| {
        let found = analysed(project.settings(), unit, &[]);
        unit.findings.extend(found.findings);
        unit.answered = found.answered;
        if plans == Plans::Dropped {
            unit.lowered = None;
        }
    });
    contracts(project.settings(), &mut compiled.units);
    if plans == Plans::Dropped {
        compiled.units.iter_mut().for_each(|unit| unit.lowered = None);
    }
    unread::withhold(project, &mut compiled);
    compiled.units.iter_mut().for_each(answers::answer);
    acknowledge(&mut compiled.units);
    let mut general = std::mem::take(&mut compiled.findings);
    general.extend(settings(project.settings()));
    let units = compiled.units.iter_mut().flat_map(|unit| &mut unit.findings);
    for finding in general.iter_mut().chain(units) {
        if let Some(severity) = project.settings().severities.get(finding.code.0)
            && (codes::severity(finding.code) != Severity::Error || *severity == Severity::Error)
        {
            finding.severity = *severity;
        }
    }
    compiled.findings = general;
    for unit in &mut compiled.units {
        unit.findings.sort_by(by_place);
    }
    Checked { compiled }
}

/// What analysis says of a unit; for a contract, without what is `known` of its scheme.
fn analysed(settings: &Settings, unit: &CompiledUnit, known: &[Finding]) -> Analysed {
    let Some(lowered) = &unit.lowered else {
        return Analysed::default();
    };
    let subject = Subject::new(&unit.scope, lowered, unit.sound);
    if settings.without_search {
        subject.leave_search();
    }
    analyse(&subject, known)
}

/// Contracts come after all schemes: what is wrong with a scheme is not said again of its contracts.
fn contracts(settings: &Settings, units: &mut [CompiledUnit]) {
    let schemes: FxHashMap<(FileId, &str), usize> = units
        .iter()
        .enumerate()
        .filter(|(_, unit)| unit.kind == BodyKind::Scheme)
        .map(|(index, unit)| ((unit.file, unit.name.as_str()), index))
        .collect();
    let found = in_parallel(units.len(), |index| {
        let unit = units.get(index).filter(|unit| unit.kind == BodyKind::Contract)?;
        let scheme = unit.scope.implements();
        let known = scheme.and_then(|scheme| schemes.get(&(scheme.file, scheme.name())));
        let known = known.and_then(|index| units.get(*index));
        Some(analysed(settings, unit, known.map_or(&[], |scheme| &scheme.findings)))
    });
    for (unit, found) in units.iter_mut().zip(found) {
        let Some(found) = found else { continue };
        unit.findings.extend(found.findings);
        unit.settled = found.settled;
        unit.answered = found.answered;
    }
}

/// Marks what each body accepts. An acknowledgement that matches nothing is an error (N304), and one that names nothing
/// and accepts several findings at once is told (N307); one in a scheme may also match what is found once a contract of
/// the project is bound.
fn acknowledge(units: &mut [CompiledUnit]) {
    let mut used: FxHashMap<(*const Scope, u32), usize> = FxHashMap::default();
    for unit in units.iter_mut() {
        let scopes: Vec<Arc<Scope>> = std::iter::once(&unit.scope)
            .chain(unit.scope.implements())
            .cloned()
            .collect();
        for scope in &scopes {
            for acknowledged in acknowledgements(scope) {
                let matched = apply(acknowledged, &mut unit.findings);
                let key = (Arc::as_ptr(scope), acknowledged.span.start);
                let most = used.entry(key).or_default();
                *most = matched.max(*most);
            }
        }
    }
    for unit in units {
        let scope = unit.scope.clone();
        for acknowledged in acknowledgements(&scope) {
            let key = (Arc::as_ptr(&scope), acknowledged.span.start);
            let Some(code) = known(acknowledged) else { continue };
            match used.get(&key).copied().unwrap_or(0) {
                // Where earlier stages failed, rules were left out, and what they would find may only be unseen.
                0 if unit.sound || !acceptable(code) => unit.findings.push(unmatched(&scope, acknowledged, code)),
                several if several > 1 && acknowledged.about.is_none() => unit.findings.push(
                    Finding::new(codes::N307, scope.place(acknowledged.span))
                        .arg("code", code.0)
                        .arg("count", Arg::Count(i64::try_from(several).unwrap_or(i64::MAX))),
                ),
                _ => {}
            }
        }
    }
}

fn acknowledgements(scope: &Scope) -> impl Iterator<Item = &Acknowledge> {
    scope.clauses().iter().filter_map(|clause| match &clause.kind {
        ClauseKind::Acknowledge(acknowledge) => Some(acknowledge),
        _ => None,
    })
}

/// How many findings it matched.
fn apply(acknowledged: &Acknowledge, findings: &mut [Finding]) -> usize {
    let about = acknowledged.about.as_ref().map(|name| &name.text);
    let mut matched = 0;
    for finding in findings {
        let named = about.is_none_or(|about| finding.about.contains(about));
        if finding.code.0 == acknowledged.code.text && named && acceptable(finding.code) {
            finding.acknowledged.get_or_insert(acknowledged.reason.text.clone());
            matched += 1;
        }
    }
    matched
}

/// The code acknowledged; an unknown one is for the names pass (N121).
fn known(acknowledged: &Acknowledge) -> Option<Code> {
    codes::ALL
        .iter()
        .map(|(code, _)| *code)
        .find(|code| code.0 == acknowledged.code.text)
}

/// Errors of syntax, names and units leave the scheme without a definite meaning, so there is nothing to accept.
fn acceptable(code: Code) -> bool {
    !(code.0.starts_with(['S', 'N', 'U']) && codes::severity(code) == Severity::Error)
}

/// N305 for a code that cannot be accepted, N304 for one that does not occur.
fn unmatched(scope: &Scope, acknowledged: &Acknowledge, code: Code) -> Finding {
    let place = scope.place(acknowledged.span);
    if !acceptable(code) {
        return Finding::new(codes::N305, place).arg("code", code.0);
    }
    let finding = Finding::new(codes::N304, place).arg("code", code.0).fixed(place, "");
    match &acknowledged.about {
        Some(about) => finding.arg("about", about.text.as_str()).labelled("about"),
        None => finding,
    }
}

/// N303 for an unknown code in the settings, N302 for an error that they lower.
fn settings(settings: &Settings) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (name, severity) in &settings.severities {
        let all = || codes::ALL.iter().map(|(code, _)| *code);
        match all().find(|code| code.0 == name) {
            Some(code) if codes::severity(code) == Severity::Error && *severity != Severity::Error => {
                findings.push(Finding::new(codes::N302, None).arg("code", code.0));
            }
            Some(_) => {}
            None => {
                let near = nearest::near(name, all().map(|code| code.0));
                findings.push(nearest::name_near(Finding::new(codes::N303, None), name, &near));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Source;
    use crate::testing::line;

    /// Codes of the findings that these clauses give in these families, acknowledged ones with `*`.
    fn found(settings: &[(&str, Severity)], clauses: &str) -> Vec<String> {
        let text = format!("引用 灾因, 伤残\n方案 例 {{\n{clauses}\n}}\n");
        let source = Source {
            path: "例.anlan".to_owned(),
            text,
        };
        let severities = settings.iter().map(|(code, severity)| ((*code).to_owned(), *severity));
        let settings = Settings {
            severities: severities.collect(),
            ..Settings::default()
        };
        let project = Project::new(vec![source], settings);
        let checked = check(&project);
        checked
            .findings()
            .into_iter()
            .filter(|f| f.code.0.starts_with(['S', 'N']))
            .map(|f| {
                let mark = if f.acknowledged.is_some() { "*" } else { "" };
                format!("{}{mark} {:?}", line(&project, f), f.severity)
            })
            .collect()
    }

    const UNUSED: &str = "决定 批准 由 县政府\n决定 认定 由 县政府";

    #[test]
    fn an_acknowledgement_accepts_what_it_names() {
        let all = [
            "N301 批准 → kind-decision* Warning",
            "N301 认定 → kind-decision* Warning",
        ];
        let both = found(&[], &format!("{UNUSED}\n认可 N301 \"备用\""));
        let more = ["N307 认可 N301 \"备用\" Warning"];
        assert_eq!(both, [all.as_slice(), &more].concat());
        let one = [
            "N301 批准 → kind-decision* Warning",
            "N301 认定 → kind-decision Warning",
        ];
        assert_eq!(found(&[], &format!("{UNUSED}\n认可 N301 于 批准 \"备用\"")), one);
    }

    #[test]
    fn a_stale_acknowledgement_is_an_error() {
        assert_eq!(found(&[], "认可 N301 \"备用\""), ["N304 认可 N301 \"备用\" Error"]);
        assert_eq!(
            found(&[], "决定 批准 由 县政府\n认可 N301 于 认定 \"备用\""),
            [
                "N301 批准 → kind-decision Warning",
                "N304 认可 N301 于 认定 \"备用\" Error"
            ]
        );
    }

    #[test]
    fn what_has_no_meaning_cannot_be_accepted() {
        assert_eq!(
            found(
                &[],
                "赔付标准 甲 同 乙 { 死亡 定额 1万元 }\n险种 丙 { 灾因 洪涝 赔付 甲 }\n认可 N108 \"以后写\""
            ),
            ["N108 乙 Error", "N305 认可 N108 \"以后写\" Error"]
        );
    }

    #[test]
    fn settings_change_severities() {
        let raised = found(&[("N301", Severity::Error)], "决定 批准 由 县政府");
        assert_eq!(raised, ["N301 批准 → kind-decision Error"]);
        let lowered = found(&[("N108", Severity::Warning)], "险种 丙 { 灾因 洪涝 赔付 甲 }");
        assert_eq!(lowered, ["N302  Error", "N108 甲 Error"]);
        assert_eq!(found(&[("N999", Severity::Error)], ""), ["N303  Error"]);
    }

    #[test]
    fn check_fails_on_errors_and_on_what_is_denied() {
        let project = crate::testing::project(&[("a.anlan", "引用 灾因\n方案 例 {\n  决定 批准 由 县政府\n}\n")]);
        let checked = check(&project);
        let only = |code: &str| checked.findings().iter().any(|f| f.code.0 == code);
        assert!(only("N301"));
        assert!(checked.fails(|severity| severity == Severity::Warning));
        assert!(!check(&crate::testing::project(&[])).fails(|_| true));
    }
}
