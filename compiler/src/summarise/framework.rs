//! What only a framework states: where it applies, its scopes, what it requires.

use super::conformity::{modality_name, requirement_line};
use super::covers::peril_list;
use super::document::{Line, Section};
use super::words::Words;
use crate::plan::StatedScope;
use anlan_lang::tree::{Modality, ScopeKind};

pub fn applies_to(words: &Words) -> Section {
    let mut section = Section::new("applies-to", words.plain("summary-section-applies-to"));
    section.line(match &words.plan.statement.applies_to {
        Some((area, level, source)) => {
            let text = words.say(
                "summary-applies-to-text",
                [("area", words.names(area).into()), ("level", level.as_str().into())],
            );
            words.line("summary-applies-to", text, source)
        }
        None => words.bare("summary-applies-to", words.unstated()),
    });
    section
}

pub fn scopes(words: &Words) -> Section {
    let mut section = Section::new("scopes", words.plain("summary-section-scopes"));
    if words.plan.statement.scopes.is_empty() {
        section.line(Line::plain(words.unstated()));
    }
    for scope in &words.plan.statement.scopes {
        one_scope(words, &mut section, scope);
    }
    section
}

fn one_scope(words: &Words, section: &mut Section, scope: &StatedScope) {
    section.heading(scope_name(words, scope.kind));
    section.line(words.bare("summary-scope-modality", modality_name(words, scope.modality)));
    let part = |list: String, ending| match list.is_empty() {
        true => words.unstated(),
        false => words.ended(list, ending),
    };
    let perils = part(peril_list(words, &scope.perils), scope.perils_ending);
    section.line(words.line("summary-perils", perils, &scope.source));
    let harms = part(
        words.list(scope.harms.iter().map(|h| words.names(h))),
        scope.harms_ending,
    );
    section.line(words.bare("summary-harms", harms));
    let roles = part(
        words.list(scope.roles.iter().map(|r| words.names(r))),
        scope.roles_ending,
    );
    section.line(words.bare("summary-roles", roles));
    let choice = match (scope.menu, scope.modality) {
        (true, _) => "summary-scope-menu",
        (false, Modality::Must) => "summary-scope-whole",
        (false, _) => "summary-scope-free",
    };
    section.line(words.bare("summary-scope-choice", words.plain(choice)));
}

pub fn scope_name(words: &Words, kind: ScopeKind) -> String {
    words.plain(match kind {
        ScopeKind::Basic => "summary-scope-basic",
        ScopeKind::Extended => "summary-scope-extended",
    })
}

pub fn requirements(words: &Words) -> Section {
    let mut section = Section::new("requirements", words.plain("summary-section-requirements"));
    if words.plan.statement.requirements.is_empty() {
        section.line(Line::plain(words.nothing()));
    }
    for requirement in &words.plan.statement.requirements {
        section.line(requirement_line(words, requirement));
    }
    section
}
