//! Clauses about identity and duties, frameworks, contracts and examples.

use super::Printer;
use crate::fmt::doc::{Item, Segment, Style};
use crate::fmt::words::Words;
use crate::keywords::Keyword;
use crate::tree::{
    Clause, ClauseKind, Deadline, Document, Duty, EventRule, Example, Expectation, Field, FieldValue, Given, Notes,
    OtherKind, OtherRule, Overridable, Period, Property, Scope, ScopeKind, SetValue, Span, Subrogation, SumInsured,
    Term, YearKind,
};

impl<'s> Printer<'s> {
    pub fn clause(&self, clause: &Clause) -> Item {
        let item = self.clause_kind(&clause.kind, clause.span);
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

    fn clause_kind(&self, kind: &ClauseKind, span: Span) -> Item {
        match kind {
            ClauseKind::Title { zh, en } => self.item(Keyword::Title, span, |w| {
                w.quoted(zh);
                if let Some(en) = en {
                    w.may_break().keyword(Keyword::TitleEn).quoted(en);
                }
            }),
            ClauseKind::Document(document) => self.item(Keyword::Document, span, |w| print_document(w, document)),
            ClauseKind::Repeals(text) => self.item(Keyword::Repeals, span, |w| {
                w.quoted(text);
            }),
            ClauseKind::Under { document, included } => self.item(Keyword::Under, span, |w| {
                w.quoted(document);
                if !included {
                    w.keyword(Keyword::NotIncluded);
                }
            }),
            ClauseKind::Articles(articles) => self.item(Keyword::Articles, span, |w| {
                w.articles(articles);
            }),
            ClauseKind::Prose { articles, reason } => self.item(Keyword::Prose, span, |w| {
                w.articles(articles).quoted(reason);
            }),
            ClauseKind::Territory {
                areas,
                except,
                including,
            } => self.item(Keyword::Territory, span, |w| {
                w.names(areas);
                if !except.is_empty() {
                    w.keyword(Keyword::Except).names(except);
                }
                if !including.is_empty() {
                    w.keyword(Keyword::Including).names(including);
                }
            }),
            ClauseKind::Policyholder { bodies, authorised_by } => self.item(Keyword::Policyholder, span, |w| {
                w.names(bodies);
                if let Some(body) = authorised_by {
                    w.keyword(Keyword::AuthorisedBy)
                        .name(body)
                        .keyword(Keyword::AuthorisedEnd);
                }
            }),
            ClauseKind::Body { name, aliases } => self.item(Keyword::Body, span, |w| {
                w.name(name);
                if !aliases.is_empty() {
                    w.keyword(Keyword::Alias).names(aliases);
                }
            }),
            ClauseKind::Term(term) => self.item(Keyword::Term, span, |w| print_term(w, term)),
            ClauseKind::Year { kind, of_event } => self.item(Keyword::Year, span, |w| {
                w.keyword(match kind {
                    YearKind::Policy => Keyword::PolicyYear,
                    YearKind::Calendar => Keyword::CalendarYear,
                });
                if *of_event {
                    w.keyword(Keyword::OfEvent);
                }
            }),
            ClauseKind::Event(rule) => self.item(Keyword::EventRule, span, |w| {
                match rule {
                    EventRule::Hours(quantity) => w.quantity(quantity),
                    EventRule::Contract(_) => w.keyword(Keyword::ByContract),
                    EventRule::AsRecorded(_) => w.keyword(Keyword::AsRecorded),
                };
            }),
            ClauseKind::Persons {
                at_loss_in_territory,
                classes,
                ending,
            } => self.item(Keyword::Persons, span, |w| {
                if *at_loss_in_territory {
                    w.keyword(Keyword::InTerritoryAtLoss);
                } else if classes.is_empty() {
                    w.keyword(Keyword::NaturalPersons);
                }
                if !classes.is_empty() {
                    w.keyword(Keyword::Including).names(classes);
                }
                w.ending(ending);
            }),
            ClauseKind::Subject { items, ending } => self.item(Keyword::Subject, span, |w| {
                w.names(items).ending(ending);
            }),
            ClauseKind::SumInsured(sum) => self.sum_insured(sum, span),
            ClauseKind::AppliesTo { area, level } => self.item(Keyword::AppliesTo, span, |w| {
                if w.zh() {
                    w.name(area).keyword(Keyword::EachOf).name(level);
                } else {
                    w.keyword(Keyword::EveryOf)
                        .name(level)
                        .keyword(Keyword::OfArea)
                        .name(area);
                }
            }),
            _ => self.later_clause(kind, span),
        }
    }

    /// Clauses that stand further down in a file.
    fn later_clause(&self, kind: &ClauseKind, span: Span) -> Item {
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
                w.list(items, |w, item| {
                    w.keyword(match item {
                        Overridable::Premium => Keyword::Premium,
                        Overridable::Limits => Keyword::Limits,
                        Overridable::Term => Keyword::Term,
                        Overridable::Coinsurance => Keyword::Coinsurance,
                    });
                });
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
                w.name(&acknowledge.code);
                if let Some(about) = &acknowledge.about {
                    w.keyword(Keyword::For).name(about);
                }
                w.quoted(&acknowledge.reason);
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
            ClauseKind::Review(review) => self.item(Keyword::Review, span, |w| {
                w.name(&review.what).keyword(Keyword::Every);
                if w.zh() {
                    w.tight();
                }
                w.quantity(&review.every)
                    .may_break()
                    .keyword(Keyword::By)
                    .names(&review.by);
                if let Some(text) = &review.text {
                    w.may_break().quoted(text);
                }
                if let Some(decision) = &review.decision {
                    w.may_break().keyword(Keyword::MayDecide).name(decision);
                }
            }),
            _ => self.vocabulary_clause(kind, span),
        }
    }

    fn sum_insured(&self, sum: &SumInsured, span: Span) -> Item {
        let head = self.item(Keyword::SumInsured, span, |w| {
            w.keys(&sum.keys);
            if let Some(by) = &sum.by {
                w.keyword(Keyword::TableBy).name(by);
            }
        });
        let mut items: Vec<Item> = Vec::new();
        for (name, amount, notes) in &sum.bases {
            let base = self.keyed(
                notes.span,
                |w| {
                    w.name(name);
                },
                |w| {
                    w.expr(amount);
                },
            );
            items.push(self.with_notes(base, notes));
        }
        if let Some(notes) = &sum.negotiated {
            items.push(self.noted(Keyword::Negotiated, notes, |_| {}));
        }
        if let Some(notes) = &sum.at_least_base {
            items.push(self.noted(Keyword::AtLeastBase, notes, |_| {}));
        }
        if let Some((most, refused, notes)) = &sum.at_most {
            items.push(self.noted(Keyword::SumAtMost, notes, |w| {
                w.expr(most).keyword(if *refused {
                    Keyword::AboveRefused
                } else {
                    Keyword::AboveCapped
                });
            }));
        }
        self.block(head, Style::Rows, items)
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

    // ── contracts and examples ──

    fn set(&self, name: &crate::tree::Name, value: &SetValue, span: Span) -> Item {
        let mut item = self.item(Keyword::Set, span, |w| {
            w.name(name).word("=");
            print_set_value(w, value);
        });
        if let SetValue::Table(rows) = value {
            item = self.block(item, Style::Rows, rows.iter().map(|row| self.table_row(row)).collect());
        }
        item
    }

    fn example(&self, example: &Example, span: Span) -> Item {
        let head = self.item(Keyword::Example, span, |w| {
            w.quoted(&example.title);
        });
        let mut items: Vec<Item> = example.given.iter().map(|given| self.given(given)).collect();
        items.extend(
            example
                .expect
                .iter()
                .map(|(expectation, span)| self.expectation(expectation, *span)),
        );
        self.block(head, Style::Clauses, items)
    }

    fn given(&self, given: &Given) -> Item {
        match given {
            Given::Claims { count, fields, span } => {
                let keyword = if *count == 1 { Keyword::Claim } else { Keyword::Claims };
                let head = self.item(keyword, *span, |w| {
                    if *count != 1 {
                        w.word(if w.zh() {
                            format!("{count}件")
                        } else {
                            count.to_string()
                        });
                    }
                });
                self.block(
                    head,
                    Style::Fields,
                    fields.iter().map(|field| self.field(field)).collect(),
                )
            }
            Given::Decided { name, key, value, span } => self.item(Keyword::Decided, *span, |w| {
                w.name(name);
                if let Some(key) = key {
                    w.keyword(Keyword::At).quoted(key);
                }
                if let Some(value) = value {
                    w.word("=");
                    print_set_value(w, value);
                }
            }),
            Given::Bases {
                region,
                persons,
                households,
                span,
            } => self.item(Keyword::Bases, *span, |w| {
                w.name(region).keyword(Keyword::PersonCount).word(persons.to_string());
                w.keyword(Keyword::HouseholdCount).word(households.to_string());
            }),
            Given::Set { name, value, span } => self.set(name, value, *span),
            Given::Loss(amount) => self.item(Keyword::Loss, amount.span(), |w| {
                w.expr(amount);
            }),
        }
    }

    fn field(&self, field: &Field) -> Item {
        self.keyed(
            field.span,
            |w| {
                w.name(&field.fact);
            },
            |w| {
                match &field.value {
                    FieldValue::Name(name) => w.name(name),
                    FieldValue::Quantity(quantity) => w.quantity(quantity),
                    FieldValue::Date(date, span) => w.date(*date, span.start),
                    FieldValue::Text(text) => w.quoted(text),
                };
            },
        )
    }

    fn expectation(&self, expectation: &Expectation, span: Span) -> Item {
        let (keyword, amount) = match expectation {
            Expectation::Nothing => (Keyword::PaysNothing, None),
            Expectation::Refused => (Keyword::Refused, None),
            Expectation::Benefit(amount) => (Keyword::PaysAmount, Some(amount)),
            Expectation::Paid(amount) => (Keyword::Paid, Some(amount)),
            Expectation::PaidInAll(amount) => (Keyword::PaidInAll, Some(amount)),
            Expectation::Premium(amount) => (Keyword::Premium, Some(amount)),
            Expectation::Bears(_, amount) => (Keyword::Bears, Some(amount)),
            Expectation::Ratio(ratio) => (Keyword::Ratio, Some(ratio)),
            Expectation::Unpaid(amount) => (Keyword::Unpaid, Some(amount)),
        };
        self.item(keyword, span, |w| {
            if let Expectation::Bears(name, _) = expectation {
                w.name(name);
            }
            if let Some(amount) = amount {
                w.expr(amount);
            }
        })
    }

    pub fn noted_subrogation(&self, subrogation: &Subrogation, notes: &Notes) -> Item {
        self.noted(Keyword::Subrogation, notes, |w| print_subrogation(w, subrogation))
    }
}

fn print_set_value(w: &mut Words<'_>, value: &SetValue) {
    match value {
        SetValue::Expr(expr) => {
            w.expr(expr);
        }
        SetValue::Date(date, span) => {
            w.date(*date, span.start);
        }
        SetValue::List(names) => {
            w.keyword(Keyword::List).word("{").names(names).word("}");
        }
        SetValue::Table(_) => {}
    }
}

fn scope_keyword(kind: ScopeKind) -> Keyword {
    match kind {
        ScopeKind::Basic => Keyword::BasicScope,
        ScopeKind::Extended => Keyword::ExtendedScope,
    }
}

fn print_document(w: &mut Words<'_>, document: &Document) {
    if !document.numbered {
        w.keyword(Keyword::Unnumbered);
    }
    w.quoted(&document.number);
    let dates = [
        (Keyword::Issued, document.issued),
        (Keyword::Effective, document.effective),
        (Keyword::ValidUntil, document.valid_until),
    ];
    for (keyword, date) in dates {
        if let Some((date, span)) = date {
            w.may_break().keyword(keyword).date(date, span.start);
        }
    }
    if let Some(decision) = &document.until_decision {
        w.may_break().keyword(Keyword::UntilDecided).name(decision);
    }
}

fn print_term(w: &mut Words<'_>, term: &Term) {
    match term {
        Term::Length {
            quantity,
            start,
            renewable,
        } => {
            w.quantity(quantity);
            match start {
                Some((date, span)) => w.keyword(Keyword::From).date(*date, span.start),
                None => w.keyword(Keyword::FromContract),
            };
            if *renewable {
                w.keyword(Keyword::Renewable);
            }
        }
        Term::Range { first, last } => {
            w.date(first.0, first.1.start)
                .keyword(Keyword::To)
                .date(last.0, last.1.start);
        }
        Term::Policy => {
            w.keyword(Keyword::PerPolicy);
        }
        Term::Contract => {
            w.keyword(Keyword::ByContract);
        }
    }
}

fn print_duty(w: &mut Words<'_>, duty: &Duty) {
    w.quoted(&duty.what).may_break().keyword(Keyword::By).names(&duty.by);
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
