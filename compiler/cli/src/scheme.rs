//! The scheme that a command runs: compiled, with its contract bound.

use crate::arguments::{DecisionArguments, SchemeArguments};
use crate::failure::Failure;
use crate::load::{self, Loaded};
use crate::render::{self, Shown};
use crate::session::{Outcome, Session};
use crate::tables;
use anlan_compiler::compile::{Compiled, CompiledUnit, compile};
use anlan_compiler::evaluate::{Bases, Decisions};
use anlan_compiler::plan::{Plan, Use, missing_parameters};
use anlan_compiler::report::fund;
use anlan_compiler::resolve::BodyKind;
use anlan_lang::diag::{Arg, FileId, Finding, Severity, codes};
use anlan_lang::tree::Item;
use std::path::{Path, PathBuf};

/// A scheme without errors of syntax, names, units or lowering. What analysis says against it does not stop it from
/// running, so that a witness can be reproduced.
#[derive(Debug)]
pub struct Runnable {
    /// The scheme's plan; with a contract, the plan that the contract binds.
    pub plan: Plan,
    /// The contract's name
    pub contract: Option<String>,
    /// Its place among the contracts, as they were given
    pub place: usize,
    /// Whether it is one of several contracts
    pub is_one_of_several: bool,
}

impl Runnable {
    /// Says of which contract a failure is, where there are several.
    pub fn failed(&self, failure: impl Into<Failure>) -> Failure {
        match &self.contract {
            Some(contract) if self.is_one_of_several => failure.into().of(contract),
            _ => failure.into(),
        }
    }

    /// The premium of the bases given: one file for all contracts, or one for each; `Err` with why they are refused.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn bases(
        &self,
        paths: &[PathBuf],
        decisions: &Decisions,
    ) -> Result<Result<Option<Bases>, Vec<Failure>>, Failure> {
        let Some(path) = paths.get(self.place).or(paths.first()) else {
            return Ok(Ok(None));
        };
        let bases = bases(&self.plan, path, decisions)?;
        let failed = |findings: Vec<Finding>| findings.into_iter().map(|finding| self.failed(finding)).collect();
        Ok(bases.map(Some).map_err(failed))
    }
}

/// The premium of the bases in a file; `Err` with why they are refused.
pub fn bases(plan: &Plan, path: &Path, decisions: &Decisions) -> Result<Result<Bases, Vec<Finding>>, Failure> {
    let rows = tables::bases(path)?;
    Ok(fund::fund(plan, Some(&rows), decisions).map(|fund| Bases {
        premiums: fund.rows.into_iter().map(|row| (row.region, row.premium)).collect(),
    }))
}

/// Refuses files of bases that are neither one for all contracts nor one for each (X037).
pub fn bases_for_each(arguments: &SchemeArguments, bases: &[PathBuf]) -> Result<(), Failure> {
    let contracts = arguments.contract.len().max(1);
    match bases.len() < 2 || bases.len() == contracts {
        true => Ok(()),
        false => Err(Failure::new(codes::X037)
            .arg("bases", count(bases.len()))
            .arg("contracts", count(contracts))),
    }
}

fn count(count: usize) -> Arg {
    Arg::Count(i64::try_from(count).unwrap_or(i64::MAX))
}

/// Compiles the scheme that the arguments name. `None` after its errors were shown; end with [`Outcome::Refused`].
///
/// # Errors
/// Missing or ambiguous files, a contract that does not implement the scheme, more than one contract.
pub fn runnable(arguments: &SchemeArguments, session: &Session) -> Result<Option<Runnable>, Failure> {
    arguments.contract()?;
    Ok(runnables(arguments, session)?.and_then(|mut all| all.pop()))
}

/// As [`runnable`], once for each contract; without any, the scheme alone.
///
/// # Errors
/// Missing or ambiguous files, a contract that does not implement the scheme.
pub fn runnables(arguments: &SchemeArguments, session: &Session) -> Result<Option<Vec<Runnable>>, Failure> {
    let file = scheme_file(&arguments.scheme)?;
    let loaded = load::project_of(&file, &arguments.contract)?;
    let compiled = compile(&loaded.project);
    let errors: Vec<Finding> = compiled
        .all_findings()
        .into_iter()
        .filter(|finding| finding.severity == Severity::Error)
        .cloned()
        .collect();
    let scheme = chosen(&compiled, |unit| {
        unit.kind == BodyKind::Scheme && is_file(&loaded, unit.file, &file)
    });
    if !errors.is_empty() {
        let name = match scheme.as_slice() {
            [(_, unit)] => unit.name.clone(),
            _ => loaded.named.first().map(|file| loaded.shown(*file)).unwrap_or_default(),
        };
        return show_errors(session, &loaded, &errors, name).map(|()| None);
    }
    let (_, unit) = one(scheme, &arguments.scheme)?;
    let mut units = Vec::new();
    for path in &arguments.contract {
        let contract = bound(&compiled, &loaded, unit, path)?;
        units.push((contract, Some(contract.name.clone())));
    }
    if units.is_empty() {
        units.push((unit, None));
    }
    // A unit without errors has a plan.
    let missing = || Failure::new(codes::X021).path(&arguments.scheme);
    let is_one_of_several = units.len() > 1;
    let run = |(place, (unit, contract)): (usize, (&CompiledUnit, _))| {
        let plan = unit.lowered.as_ref().ok_or_else(missing)?.plan.clone();
        Ok(Runnable {
            plan,
            contract,
            place,
            is_one_of_several,
        })
    };
    units
        .into_iter()
        .enumerate()
        .map(run)
        .collect::<Result<_, _>>()
        .map(Some)
}

impl SchemeArguments {
    /// The one contract, if any.
    ///
    /// # Errors
    /// There are more.
    pub fn contract(&self) -> Result<Option<&Path>, Failure> {
        match self.contract.as_slice() {
            [] => Ok(None),
            [path] => Ok(Some(path)),
            several => Err(Failure::new(codes::X026).arg("count", count(several.len()))),
        }
    }
}

/// A checked scheme or framework, for commands that show it and run nothing.
#[derive(Debug)]
pub struct Readable {
    /// The sources, for places
    pub loaded: Loaded,
    pub compiled: Compiled,
    /// The scheme's or framework's own unit in `compiled`; with a contract, the contract's.
    pub unit: usize,
}

/// The files of the scheme's project whose contracts may implement it.
///
/// # Errors
/// Missing files, or several schemes in one folder.
pub fn contracts(scheme: &Path) -> Result<Vec<PathBuf>, Failure> {
    load::contracts_of(&scheme_file(scheme)?)
}

/// Checks the scheme or framework that the arguments name, together with the files in `beside`, whose errors are not
/// this scheme's. `None` after errors were shown that leave it without a
/// definite meaning; what analysis says against it is part of what is shown.
///
/// # Errors
/// As for [`runnable`].
pub fn readable(
    arguments: &SchemeArguments,
    beside: &[PathBuf],
    session: &Session,
) -> Result<Option<Readable>, Failure> {
    let contract = arguments.contract()?;
    let file = scheme_file(&arguments.scheme)?;
    let others = [arguments.contract.as_slice(), beside].concat();
    let loaded = load::project_of(&file, &others)?;
    let compiled = anlan_compiler::check(&loaded.project).compiled;
    let of_kind = |kind| {
        chosen(&compiled, |unit| {
            unit.kind == kind && is_file(&loaded, unit.file, &file)
        })
    };
    let mut found = of_kind(BodyKind::Scheme);
    if found.is_empty() {
        found = of_kind(BodyKind::Framework);
    }
    let unsound: Vec<Finding> = compiled
        .all_findings()
        .into_iter()
        .filter(|finding| finding.severity == Severity::Error && finding.acknowledged.is_none())
        .filter(|finding| {
            let place = finding.primary.as_ref();
            !place.is_some_and(|place| beside.iter().any(|path| is_file(&loaded, place.file, path)))
        })
        .cloned()
        .collect();
    let definite = matches!(found.as_slice(), [(_, unit)] if unit.sound);
    if !definite && !unsound.is_empty() {
        let name = match found.as_slice() {
            [(_, unit)] => unit.name.clone(),
            _ => arguments.scheme.display().to_string(),
        };
        return show_errors(session, &loaded, &unsound, name).map(|()| None);
    }
    let (index, unit) = one(found, &arguments.scheme)?;
    let unit = match contract {
        None => index,
        Some(path) => {
            let contract = bound(&compiled, &loaded, unit, path)?;
            let place = compiled.units.iter().position(|unit| std::ptr::eq(unit, contract));
            place.unwrap_or(index)
        }
    };
    Ok(Some(Readable { loaded, compiled, unit }))
}

/// The decisions that `--decide` names.
pub fn decisions(plan: &Plan, arguments: &DecisionArguments) -> Result<Decisions, Failure> {
    Decisions::parse(plan, arguments.decide.iter().map(String::as_str)).map_err(|refusal| refusal.finding().into())
}

/// Refuses a use that reads parameters which no contract has set, and names all of them.
pub fn require_parameters(plan: &Plan, usage: Use) -> Result<(), Failure> {
    let missing = missing_parameters(plan, usage);
    let names: Vec<String> = missing
        .iter()
        .filter_map(|id| plan.parameters.get(id.index()))
        .map(|p| p.id.clone())
        .collect();
    if names.is_empty() {
        Ok(())
    } else {
        Err(Failure::new(codes::V040).arg("names", names))
    }
}

/// Shows why the plan refuses the input.
pub fn refuse(session: &Session, why: Vec<impl Into<Failure>>) -> Result<Outcome, Failure> {
    for failure in why {
        render::failure(session, &failure.into());
    }
    Ok(Outcome::Refused)
}

/// The file itself, or the only file of a folder that holds a scheme.
fn scheme_file(path: &Path) -> Result<PathBuf, Failure> {
    let mut files = load::sources(path)?;
    if files.len() > 1 {
        let mut holding = Vec::new();
        let mut names = Vec::new();
        for file in files {
            let text = load::source_text(&file)?;
            let items = anlan_lang::parse(&text, FileId(0)).tree.items;
            let before = names.len();
            names.extend(items.into_iter().filter_map(|item| match item {
                Item::Scheme(body) => Some(body.name.text),
                _ => None,
            }));
            if names.len() > before {
                holding.push(file);
            }
        }
        if names.len() > 1 {
            return Err(Failure::new(codes::X022).path(path).arg("schemes", names));
        }
        files = holding;
    }
    files.pop().ok_or_else(|| Failure::new(codes::X021).path(path))
}

type Indexed<'a> = (usize, &'a CompiledUnit);

fn chosen(compiled: &Compiled, is: impl Fn(&CompiledUnit) -> bool) -> Vec<Indexed<'_>> {
    compiled.units.iter().enumerate().filter(|(_, unit)| is(unit)).collect()
}

fn is_file(loaded: &Loaded, file: FileId, path: &Path) -> bool {
    loaded.is_named(file) && loaded.on_disk(file).is_some_and(|on_disk| on_disk == path)
}

fn one<'a>(units: Vec<Indexed<'a>>, path: &Path) -> Result<Indexed<'a>, Failure> {
    match units.as_slice() {
        [unit] => Ok(*unit),
        [] => Err(Failure::new(codes::X021).path(path)),
        several => {
            let names: Vec<String> = several.iter().map(|(_, unit)| unit.name.clone()).collect();
            Err(Failure::new(codes::X022).path(path).arg("schemes", names))
        }
    }
}

/// The contract of a file that implements the scheme.
fn bound<'a>(
    compiled: &'a Compiled,
    loaded: &Loaded,
    scheme: &CompiledUnit,
    path: &Path,
) -> Result<&'a CompiledUnit, Failure> {
    let on_disk = path.canonicalize().map_err(|error| Failure::unreadable(path, &error))?;
    let implements = |unit: &CompiledUnit| {
        let implemented = unit.scope.implements();
        implemented.is_some_and(|s| s.file == scheme.file && s.name() == scheme.name)
    };
    let contracts = chosen(compiled, |unit| {
        unit.kind == BodyKind::Contract && is_file(loaded, unit.file, &on_disk) && implements(unit)
    });
    match contracts.as_slice() {
        [(_, unit)] => Ok(*unit),
        [] => Err(Failure::new(codes::X023).path(path).arg("scheme", scheme.name.clone())),
        several => {
            let names: Vec<String> = several.iter().map(|(_, unit)| unit.name.clone()).collect();
            Err(Failure::new(codes::X025).path(path).arg("contracts", names))
        }
    }
}

fn show_errors(session: &Session, loaded: &Loaded, errors: &[Finding], name: String) -> Result<(), Failure> {
    let shown = Shown {
        loaded,
        findings: errors,
    };
    render::findings_as_failure(session, &[shown])?;
    let count = i64::try_from(errors.len()).unwrap_or(i64::MAX);
    let failure = Failure::new(codes::X024)
        .arg("scheme", name)
        .arg("count", Arg::Count(count));
    render::failure(session, &failure);
    Ok(())
}
