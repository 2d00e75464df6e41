//! Family F: how a scheme, and a contract under it, stands to its frameworks (SEMANTICS §7).

mod bodies;
mod contradictory;
mod duties;
mod floors;
mod needed;
mod report;
mod scope;
mod scope_report;

pub(super) use floors::reaches_yes;
pub(super) use report::set_by_contract;

use super::Rule;
use super::payable::{Best, Cell, Payable};
use crate::money::{Fen, Ratio};
use crate::plan::diagram::OverBudget;
use crate::plan::{LimitId, ParameterId, Plan, Property, Requirement};
use anlan_lang::diag::codes;
use std::collections::BTreeSet;

pub(super) const RULES: &[Rule] = &[
    Rule::sound(
        &[
            codes::F101,
            codes::F103,
            codes::F104,
            codes::F105,
            codes::F106,
            codes::F108,
            codes::F109,
            codes::F111,
        ],
        report::requirements,
    )
    .bound(),
    Rule::sound(&[codes::F102], scope_report::scope_narrower),
    Rule::of(&[codes::F120], contradictory::contradictory),
    Rule::sound(&[codes::F107], scope_report::outside_menu),
    Rule::sound(&[codes::F110], report::shared_limit),
    Rule::of(&[codes::F112], scope_report::outside_area),
];

/// How the scheme stands to one requirement.
#[derive(Debug, Clone, PartialEq)]
pub struct RequirementStatus {
    /// Index into [`crate::plan::Statement::requirements`]
    pub requirement: usize,
    pub verdict: Verdict,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// `reached`: what the compiler computed, where the requirement is about money and no parameter moves it.
    Met { reached: Option<Fen> },
    Broken {
        /// As for `Met`
        reached: Option<Fen>,
        breach: Breach,
    },
    /// Met or broken as these parameters are set.
    Deferred { parameters: BTreeSet<ParameterId> },
    /// Limits cut across one another, and the bound required lies between what some claims are paid and what none
    /// exceed (`None`: without bound).
    Between { attained: Fen, most: Option<Fen> },
    /// Words only: for people to judge.
    Words,
    /// It cannot be told: the diagrams grew beyond their budget, or (`bodies`) the file does not say whether these
    /// bodies are of the kind that the framework names.
    Undecided { bodies: Vec<String> },
}

/// What breaks a requirement.
#[derive(Debug, Clone, PartialEq)]
pub enum Breach {
    /// In this cell no more can be paid; `rows` are what pays most.
    Cell { cell: Cell, rows: Vec<Best> },
    /// This limit is lower.
    Limit(LimitId),
    /// Names that are missing: classes of persons, a duty, a payer.
    Missing(Vec<String>),
}

/// The standing of the plan's scheme to every requirement of its frameworks, in their order.
pub fn conformity(plan: &Plan) -> Vec<RequirementStatus> {
    let mut payable = Payable::new(plan);
    plan.statement
        .requirements
        .iter()
        .enumerate()
        .map(|(index, requirement)| RequirementStatus {
            requirement: index,
            verdict: verdict(plan, requirement, &mut payable).unwrap_or(Verdict::Undecided { bodies: Vec::new() }),
        })
        .collect()
}

fn verdict(plan: &Plan, requirement: &Requirement, payable: &mut Payable<'_>) -> Result<Verdict, OverBudget> {
    let scope = requirement.scope.as_ref();
    Ok(match &requirement.property {
        Property::Payable {
            keys,
            harm,
            compare,
            value,
        } => floors::payable(plan, scope, keys, *harm, (*compare, *value), payable)?,
        Property::LimitTotal { keys, compare, value } => floors::limit(plan, scope, keys, (*compare, *value)),
        Property::PremiumPaidBy(kinds) => bodies::premium(plan, kinds),
        Property::Policyholder(kinds) => bodies::policyholder(plan, kinds),
        Property::Persons(classes) => scope::persons(plan, classes),
        Property::Duty(duty) => bodies::duty(plan, duty),
        Property::Words(_) => Verdict::Words,
    })
}

/// The nearest 分 below, for display.
fn fen(value: Ratio) -> Fen {
    let whole = value.numerator().div_euclid(value.denominator());
    Fen(i64::try_from(whole).unwrap_or(i64::MAX))
}

/// `left compare right`
fn holds(left: Ratio, compare: anlan_lang::tree::Compare, right: Ratio) -> bool {
    use anlan_lang::tree::Compare;
    match compare {
        Compare::AtLeast => left >= right,
        Compare::AtMost => left <= right,
        Compare::Over => left > right,
        Compare::Under => left < right,
        Compare::Equal => left == right,
    }
}
