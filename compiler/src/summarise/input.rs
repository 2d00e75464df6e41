//! What a summary shows beside the plan.

use crate::analyse::{RequirementStatus, conformity};
use crate::compile::{Compiled, CompiledUnit};
use crate::plan::{Names, Plan, hash};
use crate::resolve::BodyKind;
use anlan_lang::diag::Finding;

/// Results of analysis, and what the plan cannot know of itself.
#[derive(Debug, Clone)]
pub struct SummaryInput<'a> {
    pub subject: Subject,
    /// All findings about this scheme or framework, the acknowledged ones included.
    pub findings: Vec<&'a Finding>,
    /// How the scheme stands to each requirement of the plan's statement.
    pub conformity: Vec<RequirementStatus>,
    /// The plan hash, in hexadecimal.
    pub hash: String,
    /// Contracts of the project that implement this scheme and have a page of their own, by name.
    pub contracts: Vec<Names>,
}

/// What the plan describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    Scheme,
    Framework,
}

impl<'a> SummaryInput<'a> {
    /// The plan of a checked unit and what its summary needs. A contract is summarised as its scheme with the contract
    /// bound, under the findings of both. `None` where the unit has no plan that can be named by its hash.
    pub fn of(compiled: &'a Compiled, unit: &'a CompiledUnit) -> Option<(&'a Plan, Self)> {
        let plan = &unit.lowered.as_ref()?.plan;
        let scheme = unit.scope.implements().and_then(|scheme| {
            compiled
                .units_of(BodyKind::Scheme)
                .find(|unit| unit.file == scheme.file && unit.name == scheme.name())
        });
        let units = scheme.into_iter().chain([unit]);
        let input = SummaryInput {
            subject: match unit.kind {
                BodyKind::Framework => Subject::Framework,
                BodyKind::Scheme | BodyKind::Contract => Subject::Scheme,
            },
            findings: units.flat_map(|unit| &unit.findings).collect(),
            conformity: match unit.kind {
                BodyKind::Framework => Vec::new(),
                BodyKind::Scheme | BodyKind::Contract => conformity(plan),
            },
            hash: hash(plan).ok()?,
            contracts: contracts(compiled, unit),
        };
        Some((plan, input))
    }
}

fn contracts(compiled: &Compiled, unit: &CompiledUnit) -> Vec<Names> {
    let implements = |contract: &&CompiledUnit| {
        let scheme = contract.scope.implements();
        scheme.is_some_and(|scheme| scheme.file == unit.file && scheme.name() == unit.name)
    };
    let contracts = compiled.units_of(BodyKind::Contract).filter(implements);
    let named = |contract: &CompiledUnit| {
        if !contract.sound {
            return None;
        }
        let english = &contract.lowered.as_ref()?.plan.statement.english;
        let zh = contract.name.clone();
        let en = english.get(&zh).unwrap_or(&zh).clone();
        Some(Names { zh, en })
    };
    let mut names: Vec<Names> = contracts.filter_map(named).collect();
    names.sort_by(|a, b| a.zh.cmp(&b.zh));
    names
}
