//! What can be said against a scheme: one folder a family of findings, each rule a small function with its code.
//!
//! | part | what it holds |
//! |---|---|
//! | [`subject`] | what a rule may read |
//! | [`amounts`] | amounts under unknowns: cases, linear forms, bounds |
//! | [`payable`] | the most that one cell of claims can be paid |
//! | [`crossing`] | what a few lines come to where limits cut across one another |
//! | [`maximum`] | the most that the claims of a person, an event, a year can be paid together |
//! | [`witness`] | from a path through diagrams to claims that `eval` or `settle` reproduces; which of them show it |
//! | one folder a family | its rules, and one explain page a code |
//! | [`explain`] | the pages |
//!
//! To add a rule: a line in `lang/src/diag/codes.rs`, its text in both catalogues, a function in the family's folder,
//! a line in the family's `RULES`, and the page `<CODE>.md`, whose examples are its test.

pub mod amounts;
pub mod explain;
pub mod framework;
pub mod maximum;
pub mod payable;
mod subject;
pub mod witness;

mod contract;
mod crossing;

mod covers;
mod dates;
mod limits;
mod money;
mod premium;
mod questions;
mod sources;
mod splits;
mod tables;

pub use framework::{Breach, RequirementStatus, Verdict, conformity};
pub use subject::{Answered, Subject};

use crate::plan::diagram::JOINT_BUDGET;
use anlan_lang::diag::{Arg, Code, FileId, Finding, Place, codes};
use rustc_hash::{FxHashMap, FxHashSet};

/// One rule: the codes that it may report, and how it looks for them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rule {
    pub codes: &'static [Code],
    /// A rule that concludes from what is *absent* stays silent where earlier stages reported an error, since what is
    /// missing may only have been misread.
    pub needs_sound: bool,
    /// Its verdict may change with the values that a contract sets. All other rules look at a contract's scheme only.
    pub bound: bool,
    pub check: fn(&Subject<'_>, &mut Vec<Finding>),
}

impl Rule {
    /// Looks at what is there.
    const fn of(codes: &'static [Code], check: fn(&Subject<'_>, &mut Vec<Finding>)) -> Self {
        Rule {
            codes,
            needs_sound: false,
            bound: false,
            check,
        }
    }
    /// The same rule, for contracts too.
    const fn bound(mut self) -> Self {
        self.bound = true;
        self
    }
    /// Concludes from what is absent, or from the whole plan.
    const fn sound(codes: &'static [Code], check: fn(&Subject<'_>, &mut Vec<Finding>)) -> Self {
        Rule {
            codes,
            needs_sound: true,
            bound: false,
            check,
        }
    }
}

/// Families in the order of DESIGN §4. One line a family.
const FAMILIES: &[&[Rule]] = &[
    limits::RULES,
    tables::RULES,
    splits::RULES,
    covers::RULES,
    premium::RULES,
    dates::RULES,
    framework::RULES,
    money::RULES,
    questions::RULES,
    sources::RULES,
];

/// The codes that some rule here may report.
pub fn codes() -> Vec<Code> {
    let mut codes: Vec<Code> = FAMILIES
        .iter()
        .flat_map(|rules| rules.iter())
        .flat_map(|rule| rule.codes.iter().copied())
        .chain([codes::C120])
        .collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// What analysis says of one unit.
#[derive(Debug, Default)]
pub struct Analysed {
    pub findings: Vec<Finding>,
    /// Of a contract: what is wrong with its scheme, and was looked for with the contract bound and not found.
    pub settled: Vec<Settled>,
    /// What is not asked because an assumption answers it.
    pub answered: Vec<Answered>,
}

/// A finding about a scheme that does not hold once a contract is bound: what tells it from others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    code: Code,
    at: Option<At>,
    about: Vec<String>,
}

impl Settled {
    pub fn is(&self, finding: &Finding) -> bool {
        (self.code, self.at, &self.about) == (finding.code, finding.primary.map(at), &finding.about)
    }
}

/// All findings about the meaning of one scheme, framework or contract, by place and code. For a contract, what is
/// already wrong with its scheme is reported there and not again: give the scheme's findings as `known`.
pub fn analyse(subject: &Subject<'_>, known: &[Finding]) -> Analysed {
    let (mut found, mut looked_for, mut passed_over) = (Vec::new(), Vec::new(), Vec::new());
    let mut undecided: Vec<Code> = Vec::new();
    let diagrams = &subject.plan().diagrams;
    diagrams.take_overrun();
    for rule in FAMILIES.iter().flat_map(|rules| rules.iter()) {
        if (subject.sound || !rule.needs_sound) && (rule.bound || !subject.is_contract()) {
            let before = found.len();
            (rule.check)(subject, &mut found);
            // What a walk that was given up has left out may speak for or against each of them.
            if diagrams.take_overrun() {
                found.truncate(before);
                undecided.extend(rule.codes);
            } else {
                looked_for.extend(rule.codes);
            }
        } else {
            passed_over.extend(rule.codes);
        }
    }
    found.extend(given_up(subject, undecided.clone()));
    let again: FxHashSet<_> = found.iter().map(identity).collect();
    let gone = known.iter().filter(|finding| {
        let code = finding.code;
        let all = looked_for.contains(&code) && !undecided.contains(&code) && !passed_over.contains(&code);
        all && !again.contains(&identity(finding))
    });
    let settled = gone.map(|finding| Settled {
        code: finding.code,
        at: finding.primary.map(at),
        about: finding.about.clone(),
    });
    let settled = settled.collect();
    let mut found = distinct(found, known);
    if subject.is_contract() {
        found.iter_mut().for_each(|finding| contract::named(subject, finding));
    }
    let witnesses = found.iter_mut().filter_map(|finding| finding.witness.as_mut());
    witnesses.for_each(|witness| witness.bound = subject.bound().map(Box::new));
    found.sort_by_key(|finding| {
        let place = finding.primary.map(|p| (p.file, p.span.start));
        (place, finding.code)
    });
    Analysed {
        findings: found,
        settled,
        answered: subject.take_answered(),
    }
}

/// A file, and from where to where in it.
type At = (FileId, u32, u32);

/// What tells a finding from others, whatever its message holds.
type Identity<'a> = (Code, Option<At>, &'a [String], Option<At>);

fn at(place: Place) -> At {
    (place.file, place.span.start, place.span.end)
}

/// The requirement that a finding breaks, by its place.
fn requirement(finding: &Finding) -> Option<At> {
    let label = finding.labels.iter().find(|label| label.attribute == "requirement")?;
    Some(at(label.place))
}

/// Two requirements that one row breaks are two findings.
fn identity(finding: &Finding) -> Identity<'_> {
    (
        finding.code,
        finding.primary.map(at),
        &finding.about,
        requirement(finding),
    )
}

/// Each finding once, without what is known of a contract's scheme.
fn distinct(found: Vec<Finding>, known: &[Finding]) -> Vec<Finding> {
    let said: FxHashSet<_> = known.iter().map(identity).collect();
    // What a scheme breaks, whatever a contract sets, its contract may break at another row.
    let broken: FxHashSet<_> = known
        .iter()
        .filter_map(|finding| Some((finding.code, requirement(finding)?)))
        .collect();
    let again = |finding: &Finding| requirement(finding).is_some_and(|of| broken.contains(&(finding.code, of)));
    let mut kept: Vec<Finding> = Vec::new();
    let mut alike: FxHashMap<(Code, Option<At>), Vec<usize>> = FxHashMap::default();
    for finding in found {
        if said.contains(&identity(&finding)) || again(&finding) {
            continue;
        }
        let places = alike.entry((finding.code, finding.primary.map(at))).or_default();
        let twin = places
            .iter()
            .find(|place| kept.get(**place).is_some_and(|known| says_alike(known, &finding)));
        match twin.and_then(|place| kept.get_mut(*place)) {
            Some(twin) => twin.witness = twin.witness.take().or(finding.witness),
            None => {
                places.push(kept.len());
                kept.push(finding);
            }
        }
    }
    kept
}

/// The same in every word; perhaps shown by other claims.
fn says_alike(a: &Finding, b: &Finding) -> bool {
    identity(a) == identity(b)
        && (a.severity, &a.args, a.primary_attribute) == (b.severity, &b.args, b.primary_attribute)
        && a.labels == b.labels
}

/// C120: rules that were given up, by their codes.
fn given_up(subject: &Subject<'_>, mut undecided: Vec<Code>) -> Option<Finding> {
    undecided.sort_unstable();
    undecided.dedup();
    let names: Vec<String> = undecided.iter().map(|code| code.0.to_owned()).collect();
    (!names.is_empty()).then(|| {
        Finding::new(codes::C120, subject.head())
            .arg("why", "budget")
            .arg("codes", names)
            .arg("budget", Arg::Count(JOINT_BUDGET as i64))
    })
}

#[cfg(test)]
mod tests;
