//! Domains, facts, parameters, decisions, funds, groups, units, areas.

use super::Printer;
use crate::fmt::doc::{Item, Style};
use crate::fmt::words::Words;
use crate::keywords::Keyword;
use crate::tree::{
    Area, ClauseKind, DecisionDeclaration, DecisionEffect, Domain, DomainValue, FactDeclaration, FactKind, Fund, Group,
    Name, Order, Parameter, ParameterKind, PerilRef, Span, UnitDeclaration,
};

impl Words<'_> {
    pub fn perils(&mut self, perils: &[PerilRef]) -> &mut Self {
        self.list(perils, |words, peril| {
            words.name(&peril.name);
            if let Some(cause) = &peril.cause {
                words.keyword(Keyword::CausedBy).name(cause).keyword(Keyword::CausedEnd);
            }
        })
    }

    pub fn aliases(&mut self, names: &[Name]) -> &mut Self {
        if names.is_empty() {
            self
        } else {
            self.may_break().keyword(Keyword::Alias).names(names)
        }
    }

    fn maybe_name(&mut self, name: Option<&Name>) -> &mut Self {
        match name {
            Some(name) => self.name(name),
            None => self,
        }
    }
}

impl<'s> Printer<'s> {
    pub fn vocabulary_clause(&self, kind: &ClauseKind, span: Span) -> Item {
        match kind {
            ClauseKind::Fact(fact) => self.fact(fact),
            ClauseKind::Parameter(parameter) => self.item(Keyword::Parameter, span, |w| print_parameter(w, parameter)),
            ClauseKind::Decision(decision) => self.item(Keyword::Decision, span, |w| print_decision(w, decision)),
            ClauseKind::Fund(fund) => self.fund(fund, span),
            ClauseKind::Group(group) => self.item(Keyword::Group, span, |w| print_group(w, group)),
            ClauseKind::Extend(domain) => self.domain(Keyword::ExtendPeril, domain),
            ClauseKind::Alias { alias, of } => self.item(Keyword::Synonym, span, |w| {
                w.name(alias).word("=").name(of);
            }),
            ClauseKind::EnglishName { name, english } => self.item(Keyword::EnglishName, span, |w| {
                w.name(name).word("=").quoted(english);
            }),
            ClauseKind::TreatAs { fact, value, as_value } => self.item(Keyword::TreatAs, span, |w| {
                w.name(fact).name(value);
                if w.zh() {
                    w.word("=");
                }
                w.keyword(Keyword::As).name(as_value);
            }),
            _ => self.benefit_clause(kind, span),
        }
    }

    pub fn domain(&self, keyword: Keyword, domain: &Domain) -> Item {
        let head = self.item(keyword, domain.span, |w| {
            w.name(&domain.id).maybe_name(domain.zh.as_ref());
            match domain.order {
                Some(Order::WorstFirst) => w.keyword(Keyword::WorstFirst),
                Some(Order::WorstLast) => w.keyword(Keyword::WorstLast),
                None => w,
            };
            if let Some(default) = &domain.default {
                w.keyword(Keyword::Default).name(default);
            }
        });
        let values = domain.values.iter().map(|value| self.domain_value(value)).collect();
        self.block(head, Style::Rows, values)
    }

    fn domain_value(&self, value: &DomainValue) -> Item {
        let key = |w: &mut Words<'s>| {
            w.name(&value.id);
        };
        let mut item = self.keyed(value.span, key, |w| {
            w.maybe_name(value.zh.as_ref()).aliases(&value.aliases);
            if let Some(code) = &value.code {
                w.may_break().keyword(Keyword::Code).quoted(code);
            }
            if !value.harms.is_empty() {
                w.may_break().keyword(Keyword::CanHarm).names(&value.harms);
            }
            if !value.leads_to.is_empty() {
                w.may_break().keyword(Keyword::LeadsTo).names(&value.leads_to);
            }
        });
        if !value.children.is_empty() {
            let children = value.children.iter().map(|child| self.domain_value(child)).collect();
            item = self.block(item, Style::Rows, children);
        }
        self.with_notes(item, &value.notes)
    }

    pub fn fact(&self, fact: &FactDeclaration) -> Item {
        self.item(Keyword::Fact, fact.span, |w| {
            w.name(&fact.id).maybe_name(fact.zh.as_ref()).append(":");
            print_fact_kind(w, &fact.kind);
            if let Some(by) = &fact.by {
                w.keyword(Keyword::By).name(by);
            }
        })
    }

    fn fund(&self, fund: &Fund, span: Span) -> Item {
        let mut items = Vec::new();
        if let Some((amount, notes)) = &fund.accrual {
            items.push(self.noted(Keyword::Accrual, notes, |w| {
                w.expr(amount);
            }));
        }
        if let Some(notes) = &fund.carried_forward {
            items.push(self.noted(Keyword::CarriedForward, notes, |_| {}));
        }
        if let Some((by, notes)) = &fund.reported_by {
            // `余额 由` is one keyword of two words; only the first stands in the column.
            let form = Keyword::BalanceBy.form(self.lang);
            let (balance, reported) = form.split_once(' ').unwrap_or((form, ""));
            let key = |w: &mut Words<'_>| {
                w.word(balance);
            };
            let item = self.keyed(notes.span, key, |w| {
                w.word(reported).name(by).keyword(Keyword::ReportedEnd);
            });
            items.push(self.with_notes(item, notes));
        }
        let head = self.item(Keyword::Fund, span, |w| {
            w.name(&fund.name);
        });
        self.block(head, Style::Clauses, items)
    }

    pub fn unit(&self, unit: &UnitDeclaration) -> Item {
        self.item(Keyword::Unit, unit.span, |w| {
            w.name(&unit.id).maybe_name(unit.zh.as_ref()).aliases(&unit.aliases);
            if let Some((factor, base)) = &unit.equals {
                w.word("=").word(factor.to_string()).name(base);
            }
            w.keyword(Keyword::Dimension).name(&unit.dimension);
        })
    }

    pub fn area(&self, area: &Area) -> Item {
        self.item(Keyword::Area, area.span, |w| {
            w.name(&area.id).maybe_name(area.zh.as_ref()).aliases(&area.aliases);
            if let Some(code) = &area.code {
                w.may_break().keyword(Keyword::Code).quoted(code);
            }
            if let Some(within) = &area.within {
                w.keyword(Keyword::Within).name(within);
            }
            if let Some(level) = &area.level {
                w.keyword(Keyword::Level).name(level);
            }
            if area.zone {
                w.keyword(Keyword::Zone);
            }
        })
    }
}

fn print_fact_kind(w: &mut Words<'_>, kind: &FactKind) {
    match kind {
        FactKind::Money => w.keyword(Keyword::Money),
        FactKind::Count => w.keyword(Keyword::Count),
        FactKind::Ratio => w.keyword(Keyword::Ratio),
        FactKind::Date => w.keyword(Keyword::Date),
        FactKind::Text => w.keyword(Keyword::Text),
        FactKind::YesNo => w.keyword(Keyword::YesNo),
        FactKind::Inline(names) => w.word("{").names(names).word("}"),
        FactKind::Domain(name) => w.name(name),
        FactKind::Number {
            unit,
            precision,
            from,
            to,
        } => w
            .keyword(Keyword::Number)
            .name(unit)
            .keyword(Keyword::PreciseTo)
            .word(precision.to_string())
            .keyword(Keyword::From)
            .word(from.to_string())
            .keyword(Keyword::To)
            .word(to.to_string()),
    };
}

fn print_parameter(w: &mut Words<'_>, parameter: &Parameter) {
    w.names(&parameter.names).append(":");
    print_parameter_kind(w, &parameter.kind);
    match &parameter.by {
        Some(by) => w.keyword(Keyword::By).name(by),
        None => w.keyword(Keyword::ByContract),
    };
    let bounds = [
        (Keyword::AtLeast, &parameter.at_least),
        (Keyword::AtMost, &parameter.at_most),
        (Keyword::Planned, &parameter.planned),
    ];
    for (keyword, bound) in bounds {
        if let Some(bound) = bound {
            w.may_break().keyword(keyword).expr(bound);
        }
    }
}

fn print_parameter_kind(w: &mut Words<'_>, kind: &ParameterKind) {
    match kind {
        ParameterKind::Money => w.keyword(Keyword::Money),
        ParameterKind::Ratio => w.keyword(Keyword::Ratio),
        ParameterKind::Count => w.keyword(Keyword::Count),
        ParameterKind::Date => w.keyword(Keyword::Date),
        ParameterKind::List { of } => w.keyword(Keyword::ListOf).name(of),
        ParameterKind::Table { by, of } => {
            w.name(by).keyword(Keyword::KindTo);
            print_parameter_kind(w, of);
            w
        }
    };
}

fn print_decision(w: &mut Words<'_>, decision: &DecisionDeclaration) {
    w.name(&decision.name).keyword(Keyword::By);
    match &decision.by {
        Some(by) => w.name(by),
        None => w.keyword(Keyword::Unstated),
    };
    w.keys(&decision.per);
    if let Some(effect) = decision.effect {
        w.may_break().keyword(Keyword::Effect).keyword(match effect {
            DecisionEffect::WholePeriod => Keyword::WholePeriod,
            DecisionEffect::FromTheDay => Keyword::FromTheDay,
        });
    }
    if let Some(value) = &decision.value {
        w.keyword(Keyword::Value);
        print_parameter_kind(w, value);
    }
}

fn print_group(w: &mut Words<'_>, group: &Group) {
    w.name(&group.name);
    if !group.members.is_empty() {
        w.word("=").perils(&group.members).ending(&group.ending);
    }
    if let Some(kept) = &group.kept_by {
        w.may_break().keyword(Keyword::KeptBy).quoted(&kept.law);
        match kept.as_of {
            Some(date) => {
                w.keyword(Keyword::AsOf).date(date, kept.span.start);
            }
            None if !kept.unstated => {
                w.keyword(Keyword::AsAmended);
            }
            None => {}
        }
    }
}
