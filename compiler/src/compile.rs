//! From a project to its plans.

use crate::analyse::{Answered, Settled};
use crate::plan::{Lowered, lower::lower};
use crate::project::{ParsedProject, Project, in_parallel, parse_project};
use crate::resolve::{BodyKind, BodyRef, Built, Linker, Scope, names::names};
use crate::types;
use anlan_lang::diag::{FileId, Finding, Place, Severity, codes};
use rustc_hash::FxHashSet;
use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::sync::Arc;

/// One scheme, framework or contract.
#[derive(Debug)]
pub struct CompiledUnit {
    pub kind: BodyKind,
    pub name: String,
    pub file: FileId,
    pub scope: Arc<Scope>,
    /// Of a contract: its scheme with the contract bound. `None` for a contract whose scheme is unknown.
    pub lowered: Option<Lowered>,
    /// Findings about this body: its names, its amounts, its lowering; [`crate::check()`] adds those about its meaning.
    pub findings: Vec<Finding>,
    /// Neither its file nor, for a contract, its scheme has an error so far, so that what is missing is truly missing.
    pub sound: bool,
    /// How many assumptions its plan states.
    pub assumptions: usize,
    /// Of a contract: findings about its scheme that do not hold under it.
    pub settled: Vec<Settled>,
    /// What its rules would ask, had an assumption not stood beside it.
    pub answered: Vec<Answered>,
}

/// What is done with a unit as soon as it is known whether it is sound, while what it needs is still at hand.
pub(crate) type Ready<'a> = dyn Fn(&mut CompiledUnit) + Sync + 'a;

/// A whole project.
#[derive(Debug, Default)]
pub struct Compiled {
    pub project: ParsedProject,
    /// In file order.
    pub units: Vec<CompiledUnit>,
    /// Findings that belong to no unit: syntax, imports, library items, settings.
    pub findings: Vec<Finding>,
}

impl Compiled {
    /// All findings, by file and place.
    pub fn all_findings(&self) -> Vec<&Finding> {
        let units = self.units.iter().flat_map(|unit| &unit.findings);
        let mut all: Vec<&Finding> = self.findings.iter().chain(units).collect();
        all.sort_by(|a, b| by_place(a, b));
        all
    }
    /// The units of a kind, in file order.
    pub fn units_of(&self, kind: BodyKind) -> impl Iterator<Item = &CompiledUnit> {
        self.units.iter().filter(move |unit| unit.kind == kind)
    }
}

/// By file, position and code; findings without a place first.
pub fn by_place(a: &Finding, b: &Finding) -> Ordering {
    let key = |finding: &Finding| {
        let place = finding.primary;
        (place.map(|p| (p.file, p.span.start, p.span.end)), finding.code)
    };
    key(a).cmp(&key(b))
}

/// Parses, resolves and lowers every scheme, framework and contract of the project. Work and memory grow linearly:
/// each file is parsed once, each vocabulary and framework is built once and shared.
pub fn compile(project: &Project) -> Compiled {
    compile_with(project, &|_| {})
}

/// The same, where `ready` sees each framework and scheme once: most of them right after they are compiled, so that
/// their plans need not all be kept, the others when all are.
pub(crate) fn compile_with(project: &Project, ready: &Ready<'_>) -> Compiled {
    let parsed = parse_project(project);
    let (linker, findings) = Linker::new(project, &parsed);
    let mut general = parsed.findings.clone();
    general.extend(findings);
    let mut built = Built::default();
    let mut all: Vec<Made> = Vec::new();
    let shared = shared(&linker);
    let mut broken = Broken::default();
    broken.extend(errors(&general));
    for kind in [BodyKind::Framework, BodyKind::Scheme, BodyKind::Contract] {
        let bodies = linker.bodies(kind);
        let made = in_parallel(bodies.len(), |index| {
            let body = *bodies.get(index)?;
            let mut made = Made::new(body, unit(&linker, body, &built)?);
            let files = made.unit.files();
            if kind != BodyKind::Contract && files.iter().all(|file| !shared.contains(file)) {
                let own = files.iter().any(|file| made.broken.contains(file));
                made.unit.sound = !own && !files.iter().any(|file| broken.contains(file));
                made.seen = true;
                ready(&mut made.unit);
            }
            Some(made)
        });
        for made in made.into_iter().flatten() {
            built.insert(made.body, made.unit.scope.clone());
            broken.extend(made.broken.iter().copied());
            all.push(made);
        }
    }
    all.sort_by_key(|made| (made.body.file, made.body.item));
    // Where a name is unknown, it may be what an import was for.
    let unknown: BTreeSet<FileId> = all
        .iter()
        .filter(|made| made.misnamed)
        .map(|made| made.body.file)
        .collect();
    general.retain(|finding| finding.code != codes::N131 || finding.primary.is_none_or(|p| !unknown.contains(&p.file)));
    for made in &mut all {
        made.unit.sound = !made.unit.files().iter().any(|file| broken.contains(file));
        if !made.seen && made.unit.kind != BodyKind::Contract {
            ready(&mut made.unit);
        }
    }
    tidy(&mut general);
    Compiled {
        project: parsed,
        units: all.into_iter().map(|made| made.unit).collect(),
        findings: general,
    }
}

/// Files with errors.
type Broken = FxHashSet<FileId>;

/// A unit, and what compiling it has found before anybody looked at its meaning.
struct Made {
    body: BodyRef,
    unit: CompiledUnit,
    broken: Broken,
    /// One of its names is unknown.
    misnamed: bool,
    seen: bool,
}

impl Made {
    fn new(body: BodyRef, unit: CompiledUnit) -> Self {
        let unknown = |finding: &Finding| finding.severity == Severity::Error && finding.code.0.starts_with('N');
        Made {
            body,
            broken: errors(&unit.findings).collect(),
            misnamed: unit.findings.iter().any(unknown),
            unit,
            seen: false,
        }
    }
}

/// Where errors stand.
fn errors(findings: &[Finding]) -> impl Iterator<Item = FileId> {
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
    errors.filter_map(|finding| finding.primary.map(|place| place.file))
}

/// Files with several bodies: whether one of them is sound is known when all are compiled.
fn shared(linker: &Linker) -> FxHashSet<FileId> {
    let mut seen = FxHashSet::default();
    let kinds = [BodyKind::Framework, BodyKind::Scheme, BodyKind::Contract];
    let bodies = kinds.into_iter().flat_map(|kind| linker.bodies(kind));
    bodies
        .map(|body| body.file)
        .filter(|file| !seen.insert(*file))
        .collect()
}

impl CompiledUnit {
    /// The files in which an error makes it unsound: its own, its scheme's, its frameworks'.
    fn files(&self) -> Vec<FileId> {
        let scheme = self.scope.implements().map(|scheme| scheme.file);
        let frameworks = self.scope.frameworks().iter().map(|framework| framework.file);
        std::iter::once(self.file).chain(scheme).chain(frameworks).collect()
    }
}

fn unit(linker: &Linker, body: BodyRef, built: &Built) -> Option<CompiledUnit> {
    let (scope, mut findings) = linker.scope(body, built)?;
    findings.extend(names(&scope));
    findings.extend(types::check(&scope));
    let lowered = match (body.kind, scope.implements()) {
        (BodyKind::Contract, Some(scheme)) => Some(lower(scheme, Some(&scope))),
        (BodyKind::Contract, None) => None,
        _ => Some(lower(&scope, None)),
    };
    if let Some(lowered) = &lowered {
        // A contract's plan repeats what lowering says of its scheme; that is reported there.
        let body = scope.body().map_or_else(Default::default, |body| body.span);
        let own = |finding: &&Finding| {
            let inside = |place: Place| body.start <= place.span.start && place.span.end <= body.end;
            finding.primary.is_none_or(|p| p.file == scope.file && inside(p))
        };
        let fresh = lowered.findings.iter().filter(own);
        let fresh: Vec<Finding> = fresh.filter(|finding| !repeats(&findings, finding)).cloned().collect();
        findings.extend(fresh);
    }
    Some(CompiledUnit {
        kind: body.kind,
        name: scope.name().to_owned(),
        file: scope.file,
        scope: Arc::new(scope),
        assumptions: lowered
            .as_ref()
            .map_or(0, |lowered| lowered.plan.statement.assumptions.len()),
        lowered,
        findings,
        sound: true,
        settled: Vec::new(),
        answered: Vec::new(),
    })
}

/// What lowering says of an amount about which the types pass said more.
fn repeats(said: &[Finding], finding: &Finding) -> bool {
    let overlap = |a: Place, b: Place| a.file == b.file && a.span.start < b.span.end && b.span.start < a.span.end;
    finding.code.0.starts_with('U')
        && said.iter().any(|earlier| {
            let both = earlier.primary.zip(finding.primary);
            earlier.severity == Severity::Error && both.is_some_and(|(a, b)| overlap(a, b))
        })
}

/// In order, each once: a vocabulary that several sets of imports share is found wanting once for each set.
fn tidy(findings: &mut Vec<Finding>) {
    findings.sort_by(by_place);
    findings.dedup();
}

#[cfg(test)]
mod tests {
    use crate::check;
    use crate::project::{Project, Settings, Source};

    const SCHEME: &str = include_str!("../../policies/yunyang/scheme.anlan");
    const FRAMEWORK: &str = include_str!("../../policies/chongqing/framework.anlan");

    fn project(scheme: &str) -> Project {
        let source = |path: &str, text: &str| Source {
            path: path.to_owned(),
            text: text.to_owned(),
        };
        let sources = vec![
            source("chongqing/framework.anlan", FRAMEWORK),
            source("a.anlan", scheme),
        ];
        Project::new(sources, Settings::default())
    }

    /// Whatever is missing or doubled in a file, the whole pipeline ends with findings.
    #[test]
    fn no_damage_stops_the_compiler() {
        let lines: Vec<&str> = SCHEME.lines().collect();
        let mut seed = 20_231_024_u64;
        let mut random = |below: usize| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as usize % below
        };
        for round in 0..24 {
            let mut damaged = lines.clone();
            for _ in 0..=round % 6 {
                let at = random(damaged.len());
                match round % 3 {
                    0 => drop(damaged.remove(at)),
                    1 => damaged.insert(at, lines.get(random(lines.len())).copied().unwrap_or("}")),
                    _ => {
                        let other = random(damaged.len());
                        damaged.swap(at, other);
                    }
                }
            }
            let checked = check(&project(&damaged.join("\n")));
            assert!(checked.compiled.units.len() <= 3);
        }
    }

    #[test]
    fn the_same_project_gives_the_same_findings() {
        let damaged = SCHEME
            .replace("一般赔付", "一般陪付")
            .replacen("一般陪付", "一般赔付", 1);
        let all = || {
            let checked = check(&project(&damaged));
            checked.findings().into_iter().cloned().collect::<Vec<_>>()
        };
        let first = all();
        assert!(!first.is_empty());
        assert_eq!(first, all());
    }
}
