//! What a document is, who is concerned, where and when.

use super::Printer;
use crate::fmt::doc::{Item, Style};
use crate::fmt::words::Words;
use crate::keywords::Keyword;
use crate::tree::{ClauseKind, Document, EventRule, Name, Quoted, SecondaryRule, Span, SumInsured, Term, YearKind};

impl<'s> Printer<'s> {
    pub fn identity_clause(&self, kind: &ClauseKind, span: Span) -> Item {
        match kind {
            ClauseKind::Document(document) => self.item(Keyword::Document, span, |w| print_document(w, document)),
            ClauseKind::Territory {
                areas,
                except,
                including,
            } => self.item(Keyword::Territory, span, |w| {
                w.names(areas);
                print_names_after(w, Keyword::Except, except);
                print_names_after(w, Keyword::Including, including);
            }),
            ClauseKind::Policyholder { bodies, authorised_by } => self.item(Keyword::Policyholder, span, |w| {
                w.names(bodies);
                if let Some(body) = authorised_by {
                    w.keyword(Keyword::AuthorisedBy).name(body);
                    w.keyword(Keyword::AuthorisedEnd);
                }
            }),
            ClauseKind::Body { name, aliases } => self.item(Keyword::Body, span, |w| {
                w.name(name).aliases(aliases);
            }),
            ClauseKind::Term(term) => self.item(Keyword::Term, span, |w| print_term(w, term)),
            ClauseKind::Year { kind, of_event } => self.item(Keyword::Year, span, |w| print_year(w, *kind, *of_event)),
            ClauseKind::Event(rule) => self.item(Keyword::EventRule, span, |w| print_event(w, rule)),
            ClauseKind::Persons {
                at_loss_in_territory,
                natural_persons,
                classes,
                ending,
            } => self.item(Keyword::Persons, span, |w| {
                print_persons(w, *at_loss_in_territory, *natural_persons, classes);
                w.ending(ending);
            }),
            ClauseKind::Subject { items, ending } => self.item(Keyword::Subject, span, |w| {
                w.names(items).ending(ending);
            }),
            ClauseKind::Beneficiary { bodies, harms } => self.item(Keyword::Beneficiary, span, |w| {
                w.names(bodies);
                print_names_after(w, Keyword::For, harms);
            }),
            ClauseKind::Standard { fact, text } => self.item(Keyword::Standard, span, |w| {
                w.name(fact).quoted(text);
            }),
            ClauseKind::Secondary(rule) => self.item(Keyword::Secondary, span, |w| {
                w.keyword(match rule {
                    SecondaryRule::Origin => Keyword::ByOrigin,
                    SecondaryRule::DirectCause => Keyword::ByDirectCause,
                    SecondaryRule::AsRecorded => Keyword::AsRegistered,
                });
            }),
            ClauseKind::SumInsured(sum) => self.sum_insured(sum, span),
            ClauseKind::AppliesTo { area, level } => {
                self.item(Keyword::AppliesTo, span, |w| print_applies_to(w, area, level))
            }
            _ => self.document_clause(kind, span),
        }
    }

    /// Clauses that quote or cite.
    fn document_clause(&self, kind: &ClauseKind, span: Span) -> Item {
        match kind {
            ClauseKind::Title { zh, en } => self.item(Keyword::Title, span, |w| print_in_both(w, zh, en.as_ref())),
            ClauseKind::Ambiguity { zh, en } => {
                self.item(Keyword::Ambiguity, span, |w| print_in_both(w, zh, en.as_ref()))
            }
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
            ClauseKind::Prose {
                articles,
                included,
                reason,
            } => self.item(Keyword::Prose, span, |w| {
                w.articles(articles);
                if !included {
                    w.keyword(Keyword::NotIncluded);
                }
                w.quoted(reason);
            }),
            _ => self.later_clause(kind, span),
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
}

fn print_names_after(w: &mut Words<'_>, keyword: Keyword, names: &[Name]) {
    if !names.is_empty() {
        w.keyword(keyword).names(names);
    }
}

fn print_year(w: &mut Words<'_>, kind: YearKind, of_event: bool) {
    w.keyword(match kind {
        YearKind::Policy => Keyword::PolicyYear,
        YearKind::Calendar => Keyword::CalendarYear,
    });
    if of_event {
        w.keyword(Keyword::OfEvent);
    }
}

fn print_event(w: &mut Words<'_>, rule: &EventRule) {
    match rule {
        EventRule::Hours(quantity) => w.quantity(quantity),
        EventRule::Contract(_) => w.keyword(Keyword::ByContract),
        EventRule::AsRecorded(_) => w.keyword(Keyword::AsRecorded),
    };
}

/// `灾害发生时在区域内 自然人` / `natural persons in territory at loss`
fn print_persons(w: &mut Words<'_>, at_loss_in_territory: bool, natural_persons: bool, classes: &[Name]) {
    let mut words = [
        (at_loss_in_territory, Keyword::InTerritoryAtLoss),
        (natural_persons, Keyword::NaturalPersons),
    ];
    if !w.zh() {
        words.reverse();
    }
    for (_, keyword) in words.into_iter().filter(|(written, _)| *written) {
        w.keyword(keyword);
    }
    print_names_after(w, Keyword::Including, classes);
}

/// `重庆市 各 区县` / `every 区县 of 重庆市`
fn print_applies_to(w: &mut Words<'_>, area: &Name, level: &Name) {
    if w.zh() {
        w.name(area).keyword(Keyword::EachOf).name(level);
    } else {
        w.keyword(Keyword::EveryOf).name(level);
        w.keyword(Keyword::OfArea).name(area);
    }
}

/// A text, and the same in English where it is given.
fn print_in_both(w: &mut Words<'_>, zh: &Quoted, en: Option<&Quoted>) {
    w.quoted(zh);
    if let Some(en) = en {
        w.may_break().keyword(Keyword::TitleEn).quoted(en);
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
            start_stated,
            renewable,
        } => {
            w.quantity(quantity);
            match start {
                Some((date, span)) => {
                    w.keyword(Keyword::From).date(*date, span.start);
                }
                None if *start_stated => {
                    w.keyword(Keyword::FromContract);
                }
                None => {}
            }
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
