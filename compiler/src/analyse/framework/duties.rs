//! F106: duties that a framework requires.

use super::super::subject::Subject;
use super::bodies::{Imposed, imposed};
use super::report::{about, cited};
use crate::plan::{Duty, Requirement};
use anlan_lang::diag::{Arg, Finding, Severity, codes};
use anlan_lang::tree::Modality;

/// F106 where the scheme does not impose the duty, or not as required; a question where only the file can tell.
pub(super) fn lacking(subject: &Subject<'_>, requirement: &Requirement, wanted: &Duty) -> Option<Finding> {
    let duties = &subject.plan().statement.duties;
    let (why, found) = match imposed(subject.plan(), wanted) {
        Imposed::AsRequired => return None,
        Imposed::Missing => ("missing", Vec::new()),
        Imposed::Rarer => ("rarer", Vec::new()),
        Imposed::Looser => ("looser", Vec::new()),
        Imposed::ByOthers(bodies) => ("body", bodies),
        Imposed::Alike(name) => ("other", vec![name]),
    };
    let meant = match why {
        "other" => found.first(),
        _ => Some(&wanted.what),
    };
    let place = duties.iter().find(|duty| Some(&duty.what) == meant);
    let place = place.and_then(|duty| subject.places().of(&duty.source));
    let asked = matches!(why, "body" | "other");
    let mut finding = about(subject, codes::F106, place.or(subject.head()), requirement)
        .arg("duty", wanted.what.as_str())
        .arg("why", why)
        .arg("found", Arg::List(found.into_iter().map(Arg::from).collect()))
        .arg("wanted", Arg::List(wanted.by.iter().cloned().map(Arg::from).collect()))
        .articles(cited(requirement));
    // Who accepts that one is missing has not accepted those that a framework adds later.
    finding.about = vec![wanted.what.clone()];
    if requirement.modality != Modality::Must {
        finding.severity = Severity::Note;
    } else if asked {
        finding.severity = finding.severity.min(Severity::Question);
    }
    Some(finding)
}
