//! Clauses about duties, other recovery and frameworks.

use super::Printer;
use crate::fmt::doc::{Item, Segment, Style};
use crate::fmt::words::Words;
use crate::keywords::Keyword;
use crate::tree::{
    Acknowledge, Clause, ClauseKind, Deadline, Duty, Notes, OtherKind, OtherRule, Overridable, Period, Property,
    Review, Scope, ScopeKind, Span, Subrogation,
};

impl<'s> Printer<'s> {
    pub fn clause(&self, clause: &Clause) -> Item {
        let item = self.identity_clause(&clause.kind, clause.span);
        // A limit keeps its own notes before its options.
        if let (ClauseKind::Limit(_), Some(first)) = (&clause.kind, item.segments.first()) {
            let mut item = item.clone();
            let head = Segment {
                notes: self.notes(&clause.notes),
                ..first.clone()
            };
            item.end = item.end.max(clause.notes.span.end);
            if let Some(slot) = item.segments.first_mut() {
                *slot = head;
            }
            return item;
        }
        self.with_notes(item, &clause.notes)
    }

    /// Clauses that stand further down in a file.
    pub fn later_clause(&self, kind: &ClauseKind, span: Span) -> Item {
        match kind {
            ClauseKind::Duty(duty) => self.item(Keyword::Duty, span, |w| print_duty(w, duty)),
            ClauseKind::Forbids(text) => self.item(Keyword::Forbids, span, |w| {
                w.quoted(text);
            }),
            ClauseKind::Supplement(text) => self.item(Keyword::Supplement, span, |w| {
                w.quoted(text);
            }),
            ClauseKind::Responsibility { what, by } => self.item(Keyword::Responsibility, span, |w| {
                w.name(what).keyword(Keyword::By).names(by);
            }),
            ClauseKind::Subrogation(subrogation) => {
                self.item(Keyword::Subrogation, span, |w| print_subrogation(w, subrogation))
            }
            ClauseKind::OtherInsurance(rules) => self.item(Keyword::OtherInsurance, span, |w| {
                w.list(rules, |w, (kind, rule)| print_other_insurance(w, *kind, *rule));
            }),
            ClauseKind::ContractPrevails(items) => self.item(Keyword::ContractPrevails, span, |w| {
                w.list(items, |w, item| print_overridable(w, *item));
            }),
            ClauseKind::Scope(scope) => self.scope(scope, span),
            ClauseKind::Menu(kind) => self.item(Keyword::Menu, span, |w| {
                w.keyword(scope_keyword(*kind));
            }),
            ClauseKind::Require(requirement) => self.item(Keyword::Require, span, |w| {
                print_property(w, &requirement.property);
                if let Some(scope) = requirement.scope {
                    w.keyword(Keyword::For).keyword(scope_keyword(scope));
                }
            }),
            ClauseKind::Set { name, value } => self.set(name, value, span),
            ClauseKind::Example(example) => self.example(example, span),
            ClauseKind::Acknowledge(acknowledge) => self.item(Keyword::Acknowledge, span, |w| {
                print_acknowledge(w, acknowledge);
            }),
            ClauseKind::Metric { name, value } => self.item(Keyword::Metric, span, |w| {
                w.name(name).word("=").expr(value);
            }),
            ClauseKind::Covenant(covenant) => self.item(Keyword::Covenant, span, |w| {
                w.name(&covenant.name)
                    .compare(covenant.compare)
                    .expr(&covenant.value)
                    .keys(&covenant.keys);
            }),
            ClauseKind::Review(review) => self.item(Keyword::Review, span, |w| print_review(w, review)),
            _ => self.vocabulary_clause(kind, span),
        }
    }

    fn scope(&self, scope: &Scope, span: Span) -> Item {
        let mut items = Vec::new();
        if let Some((perils, ending, notes)) = &scope.perils {
            items.push(self.noted(Keyword::Perils, notes, |w| {
                w.perils(perils).ending(ending);
            }));
        }
        if let Some((harms, ending, notes)) = &scope.harms {
            items.push(self.noted(Keyword::Harms, notes, |w| {
                w.names(harms).ending(ending);
            }));
        }
        if let Some((roles, ending, notes)) = &scope.roles {
            items.push(self.noted(Keyword::Role, notes, |w| {
                w.names(roles).ending(ending);
            }));
        }
        self.block(
            self.item(scope_keyword(scope.kind), span, |_| {}),
            Style::Clauses,
            items,
        )
    }

    pub fn noted_subrogation(&self, subrogation: &Subrogation, notes: &Notes) -> Item {
        self.noted(Keyword::Subrogation, notes, |w| print_subrogation(w, subrogation))
    }
}

fn scope_keyword(kind: ScopeKind) -> Keyword {
    match kind {
        ScopeKind::Basic => Keyword::BasicScope,
        ScopeKind::Extended => Keyword::ExtendedScope,
    }
}

fn print_duty(w: &mut Words<'_>, duty: &Duty) {
    w.quoted(&duty.what).may_break().keyword(Keyword::By);
    if duty.by.is_empty() {
        w.keyword(Keyword::Unstated);
    } else {
        w.names(&duty.by);
    }
    if !duty.to.is_empty() {
        w.may_break().keyword(Keyword::Towards).names(&duty.to);
    }
    if let Some((period, _)) = duty.every {
        w.may_break().keyword(match period {
            Period::Month => Keyword::EveryMonth,
            Period::Quarter => Keyword::EveryQuarter,
            Period::Year => Keyword::EveryYear,
        });
    }
    if let Some(deadline) = &duty.deadline {
        w.may_break();
        print_deadline(w, deadline);
    }
    if let Some(decision) = &duty.otherwise {
        w.may_break().keyword(Keyword::OtherwiseLeads).name(decision);
    }
}

fn print_deadline(w: &mut Words<'_>, deadline: &Deadline) {
    match deadline {
        Deadline::AfterPeriod(days) => w
            .keyword(Keyword::AfterPeriodEnd)
            .quantity(days)
            .keyword(Keyword::OfPeriodEnd),
        Deadline::On(date, span) => w.keyword(Keyword::DeadlineOn).date(*date, span.start),
        Deadline::Yearly { month, day, .. } => {
            let first = if w.zh() {
                Keyword::DeadlineYearly
            } else {
                Keyword::DeadlineOn
            };
            w.keyword(first)
                .word(format!("{month:02}-{day:02}"))
                .keyword(Keyword::EachYear)
        }
        Deadline::Words(text) => w.keyword(Keyword::DeadlineWords).quoted(text),
    };
}

fn print_subrogation(w: &mut Words<'_>, subrogation: &Subrogation) {
    let Some(against) = &subrogation.against else {
        w.keyword(Keyword::SubrogationNone);
        return;
    };
    w.keyword(Keyword::Against).name(against);
    if let Some(except) = &subrogation.except {
        w.keyword(Keyword::Except).name(except);
    }
}

fn print_other_insurance(w: &mut Words<'_>, kind: OtherKind, rule: OtherRule) {
    w.keyword(match kind {
        OtherKind::Property => Keyword::Property,
        OtherKind::Person => Keyword::Person,
    });
    w.keyword(match rule {
        OtherRule::ProRata => Keyword::ProRata,
        OtherRule::None => Keyword::NotReduced,
        OtherRule::ByLaw => Keyword::ByLaw,
    });
}

fn print_property(w: &mut Words<'_>, property: &Property) {
    match property {
        Property::Payable {
            keys,
            harm,
            compare,
            value,
        } => {
            print_keyed(w, keys, Keyword::Payable);
            if let Some(harm) = harm {
                w.keyword(Keyword::OfHarm).name(harm);
            }
            w.compare(*compare).expr(value);
        }
        Property::LimitTotal { keys, compare, value } => {
            print_keyed(w, keys, Keyword::Limit);
            w.compare(*compare).expr(value);
        }
        Property::PremiumPaidBy(names) => {
            w.keyword(Keyword::PremiumPaidBy).names(names);
        }
        Property::Policyholder(names) => {
            w.keyword(Keyword::Policyholder).names(names);
        }
        Property::Persons(names) => {
            w.keyword(Keyword::Persons).names(names);
        }
        Property::Duty(duty) => {
            w.keyword(Keyword::Duty);
            print_duty(w, duty);
        }
        Property::Words(text) => {
            w.quoted(text);
        }
    }
}

/// `每次灾害 累计限额` / `limit per event`
fn print_keyed(w: &mut Words<'_>, keys: &[crate::tree::Key], keyword: Keyword) {
    if w.zh() {
        w.keys(keys).keyword(keyword);
    } else {
        w.keyword(keyword).keys(keys);
    }
}

fn print_review(w: &mut Words<'_>, review: &Review) {
    w.name(&review.what).keyword(Keyword::Every);
    if w.zh() {
        w.tight();
    }
    w.quantity(&review.every).may_break();
    w.keyword(Keyword::By).names(&review.by);
    if let Some(text) = &review.text {
        w.may_break().quoted(text);
    }
    if let Some(decision) = &review.decision {
        w.may_break().keyword(Keyword::MayDecide).name(decision);
    }
}

fn print_overridable(w: &mut Words<'_>, item: Overridable) {
    w.keyword(match item {
        Overridable::Premium => Keyword::Premium,
        Overridable::Limits => Keyword::Limits,
        Overridable::Term => Keyword::Term,
        Overridable::Coinsurance => Keyword::Coinsurance,
    });
}

fn print_acknowledge(w: &mut Words<'_>, acknowledge: &Acknowledge) {
    w.name(&acknowledge.code);
    if let Some(about) = &acknowledge.about {
        w.keyword(Keyword::For).name(about);
    }
    w.quoted(&acknowledge.reason);
}
