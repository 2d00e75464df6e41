//! Requirements on who pays, who takes out the insurance, and who must do what.

use super::{Breach, Verdict};
use crate::plan::{Duty, Plan};
use anlan_lang::tree::Period;

/// All names of the body that goes by `name`.
fn names_of<'a>(plan: &'a Plan, name: &'a str) -> Vec<&'a str> {
    let body = plan
        .statement
        .bodies
        .iter()
        .find(|(own, aliases, _)| own == name || aliases.iter().any(|alias| alias == name));
    match body {
        Some((own, aliases, _)) => std::iter::once(own.as_str())
            .chain(aliases.iter().map(String::as_str))
            .collect(),
        None => vec![name],
    }
}

fn same_body(plan: &Plan, a: &str, b: &str) -> bool {
    names_of(plan, a).iter().any(|name| names_of(plan, b).contains(name))
}

/// The premium is borne by bodies of these kinds alone.
pub(super) fn premium(plan: &Plan, kinds: &[String]) -> Verdict {
    let paid = plan
        .premium
        .iter()
        .flat_map(|premium| premium.payers.iter().map(|(payer, _)| payer));
    let split = plan.split.iter().flat_map(|split| &split.payers);
    of_kinds(plan, kinds, paid.chain(split).map(String::as_str).collect())
}

/// The policyholders are of these kinds.
pub(super) fn policyholder(plan: &Plan, kinds: &[String]) -> Verdict {
    let holders = plan.statement.policyholders.iter().map(String::as_str).collect();
    of_kinds(plan, kinds, holders)
}

fn of_kinds(plan: &Plan, kinds: &[String], bodies: Vec<&str>) -> Verdict {
    if bodies.is_empty() {
        return Verdict::Broken {
            reached: None,
            breach: Breach::Missing(kinds.to_vec()),
        };
    }
    let unplaced: Vec<String> = bodies
        .into_iter()
        .filter(|body| !kinds.iter().any(|kind| same_body(plan, body, kind)))
        .map(str::to_owned)
        .collect();
    if unplaced.is_empty() {
        Verdict::Met { reached: None }
    } else {
        // Which kind a body is of, only the file can say.
        Verdict::Undecided { bodies: unplaced }
    }
}

/// How a scheme stands to a duty that its framework requires.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Imposed {
    AsRequired,
    /// No duty has the name, nor the body and the period.
    Missing,
    /// One of the name recurs less often, or not at all.
    Rarer,
    /// One of the name is less binding than the framework asks.
    Looser,
    /// One of the name, on these bodies: which kind a body is of, only the file can say.
    ByOthers(Vec<String>),
    /// None of the name, but this one is on the same body with the same period.
    Alike(String),
}

/// The duty of the same name decides; where none has it, one alike is asked about.
pub(super) fn imposed(plan: &Plan, wanted: &Duty) -> Imposed {
    let on_body = |duty: &Duty| {
        let bears = |body: &String| duty.by.iter().any(|other| same_body(plan, body, other));
        wanted.by.iter().all(bears)
    };
    let named = plan.statement.duties.iter().filter(|duty| duty.what == wanted.what);
    // Of several the one that comes closest speaks for the scheme.
    let closest = named.map(|duty| {
        if rarer(duty.every, wanted.every) {
            (3, Imposed::Rarer)
        } else if duty.modality > wanted.modality {
            (2, Imposed::Looser)
        } else if !on_body(duty) {
            (1, Imposed::ByOthers(duty.by.clone()))
        } else {
            (0, Imposed::AsRequired)
        }
    });
    if let Some((_, found)) = closest.min_by_key(|(rank, _)| *rank) {
        return found;
    }
    let alike =
        |duty: &&Duty| wanted.every.is_some() && duty.every == wanted.every && !wanted.by.is_empty() && on_body(duty);
    let alike = plan.statement.duties.iter().find(alike);
    alike.map_or(Imposed::Missing, |duty| Imposed::Alike(duty.what.clone()))
}

fn rarer(every: Option<Period>, wanted: Option<Period>) -> bool {
    let months = |period| match period {
        Period::Month => 1,
        Period::Quarter => 3,
        Period::Year => 12,
    };
    wanted.is_some_and(|wanted| every.is_none_or(|every| months(every) > months(wanted)))
}

/// The scheme imposes the duty.
pub(super) fn duty(plan: &Plan, wanted: &Duty) -> Verdict {
    match imposed(plan, wanted) {
        Imposed::AsRequired => Verdict::Met { reached: None },
        Imposed::Missing | Imposed::Rarer | Imposed::Looser => Verdict::Broken {
            reached: None,
            breach: Breach::Missing(vec![wanted.what.clone()]),
        },
        Imposed::ByOthers(_) | Imposed::Alike(_) => Verdict::Undecided { bodies: Vec::new() },
    }
}
