//! What contracts set, and worked examples.

use super::Printer;
use crate::fmt::doc::{Item, Style};
use crate::fmt::words::Words;
use crate::keywords::Keyword;
use crate::tree::{Example, Expectation, Field, FieldValue, Given, SetValue, Span};

impl<'s> Printer<'s> {
    pub fn set(&self, name: &crate::tree::Name, value: &SetValue, span: Span) -> Item {
        let mut item = self.item(Keyword::Set, span, |w| {
            w.name(name).word("=");
            print_set_value(w, value);
        });
        if let SetValue::Table(rows) = value {
            item = self.block(item, Style::Rows, rows.iter().map(|row| self.table_row(row)).collect());
        }
        item
    }

    pub fn example(&self, example: &Example, span: Span) -> Item {
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
