//! Assumptions and the questions they answer. One that names questions (`假定 D109, Q103 "…"`) answers these and no
//! others; one without a code answers the one question of the item that it trails.

use crate::analyse::Answered;
use crate::compile::CompiledUnit;
use crate::plan::lower::notes;
use crate::resolve::{Scope, nearest};
use anlan_lang::diag::{Code, Finding, Place, Severity, codes};
use anlan_lang::tree::{Assumption, Name, Notes, Span};
use rustc_hash::FxHashSet;

/// What is no question and still asks whether what is written is meant, so that a reason beside it is an answer.
const ASKING: &[Code] = &[codes::C108, codes::C110, codes::C118, codes::D109, codes::D110];

/// Whether an assumption may answer a finding of this code.
fn answerable(code: Code) -> bool {
    codes::severity(code) == Severity::Question || ASKING.contains(&code)
}

/// Takes out what is answered by name. An assumption that names a question which nothing asks there is an error (N306);
/// of one without a code it is told which questions it answers (N309).
pub(super) fn answer(unit: &mut CompiledUnit) {
    let scope = unit.scope.clone();
    let all: Vec<&Notes> = scope.clauses().iter().flat_map(notes::all).collect();
    let assumptions: Vec<&Assumption> = all.iter().flat_map(|notes| &notes.assumptions).collect();
    let answered = std::mem::take(&mut unit.answered);
    let named = answered.iter().filter(|answered| answered.named);
    let mut used: FxHashSet<(u32, Code)> = named.map(|answered| (answered.by, answered.code)).collect();
    if assumptions.iter().any(|assumption| !assumption.answers.is_empty()) {
        unit.findings.retain(|finding| {
            let place = finding.primary.filter(|place| place.file == scope.file);
            let answers = place
                .filter(|_| answerable(finding.code))
                .and_then(|place| answering(&all, place, finding.code));
            answers.is_none_or(|assumption| {
                used.insert((assumption.span.start, finding.code));
                false
            })
        });
    }
    // Where a rule was given up, what it would ask is not known.
    let sound = unit.sound && !unit.findings.iter().any(|finding| finding.code == codes::C120);
    for assumption in assumptions {
        let unnamed = assumption.answers.is_empty();
        unit.findings.extend(
            unnamed
                .then(|| unnamed_answers(&scope, assumption, &answered))
                .flatten(),
        );
        for name in &assumption.answers {
            unit.findings.extend(unanswered(&scope, assumption, name, &used, sound));
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
    assumptions.find(|assumption| assumption.answers.iter().any(|name| name.text == code.0))
}

/// N309: a warning where it answers more than one question, which may be more than it was written for.
fn unnamed_answers(scope: &Scope, assumption: &Assumption, answered: &[Answered]) -> Option<Finding> {
    let start = assumption.span.start;
    // An ambiguity is itself the question.
    let by = |answered: &&Answered| answered.by == start && !answered.named && answered.code != codes::Q132;
    let mut asked: Vec<&str> = answered.iter().filter(by).map(|answered| answered.code.0).collect();
    asked.dedup();
    let first = *asked.first()?;
    let list: Vec<String> = asked.iter().map(|code| (*code).to_owned()).collect();
    let finding = Finding::new(codes::N309, scope.place(assumption.span)).arg("codes", list);
    if asked.len() > 1 {
        return Some(finding.arg("count", "several"));
    }
    let reason = assumption.reason.span.start;
    let at = scope.place(Span {
        start: reason,
        end: reason,
    });
    let mut finding = finding.arg("count", "one").fixed(at, format!("{first} "));
    finding.severity = Severity::Note;
    Some(finding)
}

fn unanswered(
    scope: &Scope,
    assumption: &Assumption,
    name: &Name,
    used: &FxHashSet<(u32, Code)>,
    sound: bool,
) -> Option<Finding> {
    let known = || codes::ALL.iter().map(|(code, _)| *code);
    let place = scope.place(name.span);
    let Some(code) = known().find(|code| code.0 == name.text) else {
        let near = nearest::near(&name.text, known().filter(|code| answerable(*code)).map(|code| code.0));
        return Some(nearest::suggest(
            Finding::new(codes::N121, place),
            &name.text,
            place,
            near,
        ));
    };
    let why = match answerable(code) {
        true if used.contains(&(assumption.span.start, code)) => return None,
        // Where earlier stages failed, rules were left out, and what they would ask may only be unseen.
        true if !sound => return None,
        true => "silent",
        false => "mended",
    };
    let finding = Finding::new(codes::N306, place).arg("code", code.0).arg("why", why);
    Some(match without(&assumption.answers, name) {
        Some((span, rest)) => finding.fixed(scope.place(span), rest),
        None => finding.fixed(scope.place(assumption.span), ""),
    })
}

/// The codes of an assumption without one of them, where others are left.
fn without(answers: &[Name], name: &Name) -> Option<(Span, String)> {
    let (first, last) = (answers.first()?, answers.last()?);
    let others = answers.iter().filter(|other| other.span.start != name.span.start);
    let rest: Vec<&str> = others.map(|other| other.text.as_str()).collect();
    (!rest.is_empty()).then(|| (first.span.to(last.span), rest.join(", ")))
}
