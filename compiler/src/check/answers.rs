//! Assumptions that name the question they answer (`假定 D109 "…"`). One without a code answers what a rule asks of the
//! item that it trails; these two questions may stand beside others, so that it would answer too much.

use crate::compile::CompiledUnit;
use crate::plan::lower::notes;
use crate::resolve::{Scope, nearest};
use anlan_lang::diag::{Code, Finding, Place, codes};
use anlan_lang::tree::{Assumption, Name, Notes};
use rustc_hash::FxHashSet;

/// Questions that what is written already answers, once somebody says that it is meant.
const BY_NAME: &[Code] = &[codes::D109, codes::Q125];

/// Takes out what is answered by name. An assumption that names a question which nothing asks there is an error (N306).
pub(super) fn answer(unit: &mut CompiledUnit) {
    let scope = unit.scope.clone();
    let all: Vec<&Notes> = scope.clauses().iter().flat_map(notes::all).collect();
    let named: Vec<(&Assumption, &Name)> = all
        .iter()
        .flat_map(|notes| &notes.assumptions)
        .filter_map(|assumption| Some((assumption, assumption.answers.as_ref()?)))
        .collect();
    if named.is_empty() {
        return;
    }
    let mut used: FxHashSet<u32> = FxHashSet::default();
    unit.findings.retain(|finding| {
        let place = finding.primary.filter(|place| place.file == scope.file);
        let answers = place
            .filter(|_| BY_NAME.contains(&finding.code))
            .and_then(|place| answering(&all, place, finding.code));
        answers.is_none_or(|assumption| {
            used.insert(assumption.span.start);
            false
        })
    });
    for (assumption, code) in named {
        if !used.contains(&assumption.span.start) {
            unit.findings.extend(unanswered(&scope, assumption, code, unit.sound));
        }
    }
}

/// The assumption beside the innermost item that holds a place.
fn answering<'t>(all: &[&'t Notes], place: Place, code: Code) -> Option<&'t Assumption> {
    let holds = |notes: &&&Notes| notes.span.start <= place.span.start && place.span.end <= notes.span.end;
    let length = |notes: &Notes| notes.span.end.saturating_sub(notes.span.start);
    let least = all.iter().filter(holds).map(|notes| length(notes)).min()?;
    let innermost = all.iter().filter(holds).filter(|notes| length(notes) == least);
    let mut assumptions = innermost.flat_map(|notes| &notes.assumptions);
    assumptions.find(|assumption| assumption.answers.as_ref().is_some_and(|name| name.text == code.0))
}

fn unanswered(scope: &Scope, assumption: &Assumption, name: &Name, sound: bool) -> Option<Finding> {
    let known = || codes::ALL.iter().map(|(code, _)| *code);
    let place = scope.place(name.span);
    let Some(code) = known().find(|code| code.0 == name.text) else {
        let near = nearest::near(&name.text, known().map(|code| code.0));
        return Some(nearest::suggest(
            Finding::new(codes::N121, place),
            &name.text,
            place,
            near,
        ));
    };
    let why = match BY_NAME.contains(&code) {
        // Where earlier stages failed, rules were left out, and what they would ask may only be unseen.
        true if !sound => return None,
        true => "silent",
        false => "written",
    };
    let finding = Finding::new(codes::N306, place).arg("code", code.0).arg("why", why);
    Some(finding.fixed(scope.place(assumption.span), ""))
}
