//! `anlan diff`: what changed in meaning between two versions of a scheme.

use crate::arguments::SchemeArguments;
use crate::claims::again::Records;
use crate::claims::encoding::Encoding;
use crate::claims::read::REQUIRED;
use crate::failure::Failure;
use crate::revision::Checkout;
use crate::scheme::{self, Readable};
use crate::session::{Outcome, Session};
use anlan_compiler::compile::CompiledUnit;
use anlan_compiler::diff::{self, ClaimsDifference, Version};
use anlan_compiler::evaluate::{Decisions, Evaluator, Inputs, Row, Settlement, Settler, Value};
use anlan_compiler::plan::{FactKind, Plan, Use};
use anlan_compiler::resolve::{BodyKind, id};
use anlan_lang::diag::{Finding, codes};
use anlan_lang::texts::Language;
use clap::ValueEnum;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub struct Diff {
    /// A file or folder with one scheme, or `REVISION:PATH` of git.
    #[arg(value_name = "OLD")]
    pub old: PathBuf,
    #[arg(value_name = "NEW")]
    pub new: PathBuf,
    /// The file of the project whose texts OLD and NEW are, as git hands them to a driver of differences
    #[arg(long, value_name = "FILE")]
    pub at: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub contract: Option<PathBuf>,
    /// Real claims to settle under both versions
    #[arg(long, value_name = "FILE")]
    pub claims: Option<PathBuf>,
    #[arg(long, value_name = "FILE")]
    pub bases: Option<PathBuf>,
    /// Decisions that were taken while the claims arose; a version is given those that it knows.
    #[arg(long, value_name = "DECISION", requires = "claims")]
    pub decide: Vec<String>,
    #[arg(long, value_name = "ENCODING", default_value = "utf-8", value_parser = ["utf-8", "gb18030"])]
    pub encoding: String,
    #[arg(long, value_name = "DIFF_FORMAT", value_enum, default_value_t)]
    pub format: DiffFormat,
    /// Standard output by default.
    #[arg(short, long, value_name = "OUT")]
    pub out: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum DiffFormat {
    #[default]
    Md,
    Html,
    Json,
}

impl Diff {
    pub fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        let checkout = |argument: &PathBuf| match &self.at {
            Some(place) => Checkout::at(argument, place),
            None => Checkout::of(argument),
        };
        let (old, new) = (checkout(&self.old)?, checkout(&self.new)?);
        let (Some(old), Some(new)) = (self.read(&old, session)?, self.read(&new, session)?) else {
            return Ok(Outcome::Refused);
        };
        let missing = || Failure::new(codes::X021).path(&self.new);
        let (old, new) = (version(&old).ok_or_else(missing)?, version(&new).ok_or_else(missing)?);
        let difference = diff::difference(&old, &new);
        let claims = match &self.claims {
            None => None,
            Some(_) => match self.settled(old.plan, new.plan, session)? {
                Ok(claims) => Some(claims),
                Err(findings) => return scheme::refuse(session, findings),
            },
        };
        let report = diff::report(old.plan, new.plan, &difference, claims, session.lang);
        let unwritten = |error: &dyn std::fmt::Display| Failure::new(codes::X006).arg("detail", error.to_string());
        let text = match self.format {
            DiffFormat::Md => diff::markdown::write(&report),
            DiffFormat::Html => diff::html::write(&report).map_err(|error| unwritten(&error))? + "\n",
            DiffFormat::Json => serde_json::to_string_pretty(&report).map_err(|error| unwritten(&error))? + "\n",
        };
        match &self.out {
            Some(path) => std::fs::write(path, text).map_err(|error| Failure::unwritable(path, &error))?,
            None => session.print(&text)?,
        }
        Ok(Outcome::Clean)
    }

    fn read(&self, checkout: &Checkout, session: &Session) -> Result<Option<Readable>, Failure> {
        let arguments = SchemeArguments {
            scheme: checkout.path.clone(),
            contract: self.contract.iter().map(|path| checkout.file(path)).collect(),
        };
        scheme::readable(&arguments, &[], session)
    }

    /// The claims settled by both plans.
    fn settled(
        &self,
        old: &Plan,
        new: &Plan,
        session: &Session,
    ) -> Result<Result<ClaimsDifference, Vec<Finding>>, Failure> {
        let unknown = |text: &&String| !knows(old, text) && !knows(new, text);
        if let Some(text) = self.decide.iter().find(unknown) {
            let refusal = Decisions::parse(new, [text.as_str()]).err();
            return Ok(Err(refusal.map(|refusal| refusal.finding()).into_iter().collect()));
        }
        let mut regions = Vec::new();
        let before = match self.settle(old, session.lang, &mut Vec::new())? {
            Ok(settlement) => settlement,
            Err(findings) => return Ok(Err(findings)),
        };
        let after = match self.settle(new, session.lang, &mut regions)? {
            Ok(settlement) => settlement,
            Err(findings) => return Ok(Err(findings)),
        };
        Ok(Ok(ClaimsDifference::of((old, &before), (new, &after), &regions)))
    }

    /// Settles the claims, and names the region of each row.
    fn settle(
        &self,
        plan: &Plan,
        language: Language,
        regions: &mut Vec<Option<String>>,
    ) -> Result<Result<Settlement, Vec<Finding>>, Failure> {
        let Some(path) = &self.claims else {
            return Ok(Ok(Settlement::default()));
        };
        let known = self.decide.iter().filter(|text| knows(plan, text));
        let decisions = match Decisions::parse(plan, known.map(String::as_str)) {
            Ok(decisions) => decisions,
            Err(refusal) => return Ok(Err(vec![refusal.finding()])),
        };
        let bases = self.bases.as_deref();
        let bases = bases.map(|path| scheme::bases(plan, path, &decisions)).transpose()?;
        let bases = match bases.transpose() {
            Ok(bases) => bases,
            Err(findings) => return Ok(Err(findings)),
        };
        let inputs = Inputs {
            decisions,
            bases,
            earlier: None,
        };
        let records = Records {
            path,
            encoding: Encoding::named(&self.encoding),
            plan,
            required: &REQUIRED,
        };
        let evaluator = Evaluator::new(plan, &inputs, Use::Settlement)?;
        let mut settler = Settler::new(&evaluator)?;
        records.all(&mut |row| {
            let record = row.record.as_ref().ok();
            regions.push(record.and_then(|record| region(plan, &record.values, language)));
            let row = Row {
                number: row.number,
                claim: row.claim,
                record: row.record,
            };
            settler.push(row).map_err(Failure::from)
        })?;
        Ok(Ok(settler.finish()?))
    }
}

/// Whether the plan has the decision that an argument names.
fn knows(plan: &Plan, argument: &str) -> bool {
    let name = argument.split(['@', '=']).next().unwrap_or(argument);
    plan.decisions.iter().any(|decision| decision.id == name.trim())
}

/// The name of the region that a record carries.
fn region(plan: &Plan, values: &[Option<Value>], language: Language) -> Option<String> {
    let fact = plan.facts.iter().position(|fact| fact.id == id::REGION)?;
    let Some(Value::Enumeration(value)) = values.get(fact)? else {
        return None;
    };
    let FactKind::Enumeration { domain, .. } = plan.facts.get(fact)?.kind else {
        return None;
    };
    let names = &plan.domains.get(domain.index())?.values.get(value.index())?.name;
    Some(diff::named(plan, names, language))
}

/// The plan that was read, with what the check says of it; of a contract, what it says of its scheme too.
fn version(readable: &Readable) -> Option<Version<'_>> {
    let unit: &CompiledUnit = readable.compiled.units.get(readable.unit)?;
    let scheme = unit.scope.implements().and_then(|scheme| {
        let mut schemes = readable.compiled.units_of(BodyKind::Scheme);
        schemes.find(|unit| unit.file == scheme.file && unit.name == scheme.name())
    });
    Some(Version {
        plan: &unit.lowered.as_ref()?.plan,
        findings: scheme
            .into_iter()
            .chain([unit])
            .flat_map(|unit| &unit.findings)
            .collect(),
    })
}
