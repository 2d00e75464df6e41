//! Requirements on who pays, who takes out the insurance, and who must do what.

use super::{Breach, Verdict};
use crate::plan::{Duty, Plan};

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

/// The scheme imposes the duty: in the same words, or on the same body with the same period.
pub(super) fn duty(plan: &Plan, wanted: &Duty) -> Verdict {
    let imposed = plan.statement.duties.iter().any(|duty| {
        let same_period = wanted.every.is_some() && duty.every == wanted.every;
        let same_bearer = || {
            wanted
                .by
                .iter()
                .all(|body| duty.by.iter().any(|other| same_body(plan, body, other)))
        };
        duty.what == wanted.what || (same_period && same_bearer())
    });
    if imposed {
        Verdict::Met { reached: None }
    } else {
        Verdict::Broken {
            reached: None,
            breach: Breach::Missing(vec![wanted.what.clone()]),
        }
    }
}
