//! Tables, schedules, covers, priority and limits.

use super::Printer;
use super::amounts::Binding;
use crate::fmt::doc::{Item, Segment, Style};
use crate::fmt::words::Words;
use crate::keywords::Keyword;
use crate::tree::{
    BenefitAmount, BenefitRow, ClauseKind, Compare, Cover, CoverSet, Exhaustion, Expr, Handler, Limit, Name, Notes,
    PartRule, Pays, Perils, Priority, RoundMode, RowKey, SamePerson, Schedule, Span, Step, StepClause, Table, TableRow,
    Tier,
};

impl<'s> Printer<'s> {
    pub fn benefit_clause(&self, kind: &ClauseKind, span: Span) -> Item {
        match kind {
            ClauseKind::Table(table) => self.table(table, span),
            ClauseKind::Schedule(schedule) => self.schedule(schedule, span),
            ClauseKind::SamePerson(rule) => self.same_person(rule, span),
            ClauseKind::Cover(cover) => self.cover(cover, span),
            ClauseKind::Priority(priority) => self.priority(priority, span),
            ClauseKind::Limit(limit) => self.limit(limit, span),
            _ => self.money_clause(kind, span),
        }
    }

    // ── tables ──

    fn table(&self, table: &Table, span: Span) -> Item {
        let head = self.item(Keyword::Table, span, |w| {
            w.name(&table.name).keyword(Keyword::TableBy).name(&table.by);
            if let Some(counted) = &table.counted {
                w.counted(counted);
            }
        });
        let mut items = self.header(&table.columns);
        items.extend(table.rows.iter().map(|row| self.table_row(row)));
        self.block(head, Style::Rows, items)
    }

    /// The line of column names, if there are any.
    pub fn header(&self, names: &[Name]) -> Vec<Item> {
        let (Some(first), Some(last)) = (names.first(), names.last()) else {
            return Vec::new();
        };
        let mut item = self.keyed(first.span.to(last.span), |_| {}, |_| {});
        item.cells = names
            .iter()
            .map(|name| {
                self.cell(|w| {
                    w.name(name);
                })
            })
            .collect();
        vec![item]
    }

    /// The words of one cell.
    pub fn cell(&self, fill: impl FnOnce(&mut Words<'s>)) -> String {
        let mut words = self.words(0);
        fill(&mut words);
        crate::fmt::layout::join(&words.atoms)
    }

    pub fn table_row(&self, row: &TableRow) -> Item {
        let mut item = self.keyed(row.span, |w| print_row_key(w, &row.key), |_| {});
        item.cells = row
            .cells
            .iter()
            .map(|cell| {
                self.cell(|w| {
                    w.bound(cell, Binding::Product);
                })
            })
            .collect();
        self.with_notes(item, &row.notes)
    }

    // ── schedules ──

    fn schedule(&self, schedule: &Schedule, span: Span) -> Item {
        let head = self.item(Keyword::Schedule, span, |w| {
            w.name(&schedule.name).keys(&schedule.keys);
            if let Some(like) = &schedule.like {
                w.keyword(Keyword::Like).name(like);
            }
        });
        let mut items: Vec<Item> = schedule.rows.iter().map(|row| self.benefit_row(row)).collect();
        for (rule, notes) in &schedule.same_person {
            items.push(self.with_notes(self.same_person(rule, notes.span), notes));
        }
        self.block(head, Style::Rows, items)
    }

    fn same_person(&self, rule: &SamePerson, span: Span) -> Item {
        match rule {
            SamePerson::SeveralInjuries { raised } => self.item(Keyword::SeveralInjuries, span, |w| {
                w.keyword(if *raised {
                    Keyword::HeaviestRaised
                } else {
                    Keyword::Heaviest
                });
            }),
            SamePerson::LessPaid { harm, paid } => self.keyed(
                span,
                |w| {
                    w.name(harm);
                },
                |w| {
                    w.keyword(Keyword::LessPaid).name(paid);
                },
            ),
        }
    }

    fn benefit_row(&self, row: &BenefitRow) -> Item {
        let mut item = self.keyed(
            row.span,
            |w| {
                w.names(&row.harms);
            },
            |w| {
                if row.combined {
                    w.keyword(Keyword::Combined);
                }
                if let Some(amount) = &row.amount {
                    print_benefit(w, amount, row.form_stated);
                }
            },
        );
        item = self.with_notes(item, &row.notes);
        item.end = row.span.end;
        for step in &row.steps {
            let mut words = self.words(step.span.start);
            print_step(&mut words, step);
            item.segments.push(Segment {
                atoms: words.atoms,
                notes: self.notes(&step.notes),
                start: step.span.start,
                comma: true,
            });
            item.end = item.end.max(step.notes.span.end);
        }
        item
    }

    // ── covers ──

    fn cover(&self, cover: &Cover, span: Span) -> Item {
        let mut items = Vec::new();
        if let Some((perils, notes)) = &cover.perils {
            items.push(self.noted(Keyword::Perils, notes, |w| print_cover_perils(w, perils)));
        }
        if let Some((roles, notes)) = &cover.roles {
            items.push(self.noted(Keyword::Role, notes, |w| {
                w.names(roles);
            }));
        }
        if let Some((condition, notes)) = &cover.condition {
            items.push(self.noted(Keyword::When, notes, |w| {
                w.condition(condition);
            }));
        }
        items.extend(cover.pays.iter().map(|(pays, notes)| self.pays(pays, notes)));
        items.extend(self.handlers(&cover.handled_by));
        if let Some((subrogation, notes)) = &cover.subrogation {
            items.push(self.noted_subrogation(subrogation, notes));
        }
        let head = self.item(Keyword::Cover, span, |w| {
            w.name(&cover.name);
        });
        self.block(head, Style::Clauses, items)
    }

    fn pays(&self, pays: &Pays, notes: &Notes) -> Item {
        let item = match pays {
            Pays::Schedule(name) => self.item(Keyword::Pays, notes.span, |w| {
                w.name(name);
            }),
            Pays::Rows { keys, rows } => {
                let head = self.item(Keyword::Pays, notes.span, |w| {
                    w.keys(keys);
                });
                self.block(
                    head,
                    Style::Rows,
                    rows.iter().map(|row| self.benefit_row(row)).collect(),
                )
            }
        };
        self.with_notes(item, notes)
    }

    /// Each responsible body and its perils on a line of its own.
    fn handlers(&self, handlers: &[(Handler, Notes)]) -> Vec<Item> {
        let each = handlers.iter().map(|(handler, notes)| {
            self.noted(Keyword::HandledBy, notes, |w| {
                if handler.bodies.is_empty() {
                    w.keyword(Keyword::Unstated);
                    return;
                }
                w.names(&handler.bodies);
                if !handler.perils.is_empty() {
                    w.keyword(Keyword::For).names(&handler.perils);
                }
            })
        });
        each.collect()
    }

    fn priority(&self, priority: &Priority, span: Span) -> Item {
        match priority {
            Priority::Over { first, others } => self.item(Keyword::Priority, span, |w| {
                w.names(first).keyword(Keyword::PriorityOver);
                print_cover_set(w, others, Keyword::AllOthers);
            }),
            Priority::Higher(covers) => self.item(Keyword::Higher, span, |w| {
                print_cover_set(w, covers, Keyword::AllCovers);
            }),
            Priority::Stack(covers) => self.item(Keyword::Stack, span, |w| {
                print_cover_set(w, covers, Keyword::AllCovers);
            }),
        }
    }

    // ── limits ──

    fn limit(&self, limit: &Limit, span: Span) -> Item {
        let mut item = self.item(Keyword::Limit, span, |w| {
            w.name(&limit.name).word("=").expr(&limit.amount).keys(&limit.keys);
            match &limit.over {
                CoverSet::All(span) if span.start == span.end => {}
                CoverSet::All(_) => {
                    w.keyword(Keyword::OverAllCovers);
                }
                CoverSet::Named(names) => {
                    w.keyword(Keyword::OverCovers).names(names);
                }
            }
            for (fact, values) in &limit.only {
                w.may_break().keyword(Keyword::Only).name(fact).names(values);
            }
            for (date, amount) in &limit.dated {
                w.may_break()
                    .keyword(Keyword::From)
                    .date(*date, amount.span().start)
                    .expr(amount);
            }
        });
        let mut options = Vec::new();
        if let Some((exhaustion, notes)) = &limit.exhausted {
            options.push(self.option(notes, |w| print_exhaustion(w, exhaustion)));
        }
        if let Some((other, notes)) = &limit.within {
            options.push(self.option(notes, |w| {
                w.keyword(Keyword::LimitWithin).name(other);
            }));
        }
        if let Some((other, notes)) = &limit.after {
            options.push(self.option(notes, |w| {
                w.keyword(Keyword::After).names(other);
            }));
        }
        if let Some((amount, decision, notes)) = &limit.raised {
            options.push(self.option(notes, |w| {
                w.keyword(Keyword::RaisedTo)
                    .expr(amount)
                    .keyword(Keyword::WhenDecided)
                    .name(decision);
            }));
        }
        options.sort_by_key(|option| option.start);
        item.segments.append(&mut options);
        item
    }

    fn option(&self, notes: &Notes, fill: impl FnOnce(&mut Words<'s>)) -> Segment {
        let mut words = self.words(notes.span.start);
        fill(&mut words);
        Segment {
            atoms: words.atoms,
            notes: self.notes(notes),
            start: notes.span.start,
            comma: false,
        }
    }
}

fn print_row_key(w: &mut Words<'_>, key: &RowKey) {
    match key {
        RowKey::Values(values) => {
            w.names(values);
        }
        RowKey::Range(from, to) => {
            w.name(from).keyword(Keyword::To).name(to);
        }
        RowKey::Interval { from, to, .. } => {
            for (compare, amount) in from.iter().chain(to) {
                print_bound(w, *compare, amount);
            }
        }
        RowKey::Otherwise(_) => {
            w.keyword(Keyword::Otherwise);
        }
    }
}

/// `500元 以上` / `at least 500元`; 超过 and 不满 stand before their amount in both languages.
fn print_bound(w: &mut Words<'_>, compare: Compare, amount: &Expr) {
    let keyword = match compare {
        Compare::AtLeast => Keyword::CompareAtLeast,
        Compare::AtMost | Compare::Equal => Keyword::CompareAtMost,
        Compare::Over => Keyword::CompareOver,
        Compare::Under => Keyword::CompareUnder,
    };
    let after = w.zh() && matches!(compare, Compare::AtLeast | Compare::AtMost);
    if after {
        w.bound(amount, Binding::Factor).keyword(keyword);
    } else {
        w.keyword(keyword).bound(amount, Binding::Factor);
    }
}

fn print_benefit(w: &mut Words<'_>, amount: &BenefitAmount, form_stated: bool) {
    match amount {
        BenefitAmount::Fixed(expr @ (Expr::Product { .. } | Expr::Sum { .. })) => {
            w.expr(expr);
        }
        BenefitAmount::Fixed(expr) => {
            if form_stated {
                w.keyword(Keyword::Fixed);
            }
            w.expr(expr);
        }
        BenefitAmount::Actual(expr) => {
            w.keyword(Keyword::Actual).expr(expr);
        }
        BenefitAmount::PerUnit { rate, count, part } => {
            w.bound(rate, Binding::Product).word("×").name(count);
            if let Some((rule, _)) = part {
                w.keyword(Keyword::PartMonth).keyword(match rule {
                    PartRule::Up => Keyword::CountsAsOne,
                    PartRule::Down => Keyword::CountsAsNone,
                    PartRule::ProRata => Keyword::ProRata,
                });
            }
        }
        BenefitAmount::Nothing(_) => {
            w.keyword(Keyword::Nothing);
        }
    }
}

fn print_step(w: &mut Words<'_>, clause: &StepClause) {
    match &clause.step {
        Step::Less(amount) => w.keyword(Keyword::Less).expr(amount),
        Step::Over(amount) => w.keyword(Keyword::Over).expr(amount).keyword(Keyword::OverEnd),
        Step::UpTo(amount) => w.keyword(Keyword::UpTo).expr(amount),
        Step::AtLeast(amount) => w.keyword(Keyword::AtLeast).expr(amount),
        Step::Share(ratio) => w.keyword(Keyword::Share).expr(ratio),
        Step::Round { unit, mode } => {
            w.keyword(Keyword::RoundTo).quantity(unit);
            print_round_mode(w, *mode);
            &mut *w
        }
        Step::UnitsUpTo(Expr::Unlimited(_)) => w.keyword(Keyword::UnlimitedUnits),
        Step::UnitsUpTo(most) => {
            w.keyword(Keyword::UnitsUpTo).expr(most);
            let has_unit = matches!(most, Expr::Quantity(q) if q.unit.is_some());
            if has_unit { &mut *w } else { w.keyword(Keyword::Units) }
        }
    };
    w.keys(&clause.keys);
}

pub fn print_round_mode(w: &mut Words<'_>, mode: Option<RoundMode>) {
    match mode {
        Some(RoundMode::HalfUp) => w.keyword(Keyword::HalfUp),
        Some(RoundMode::Down) => w.keyword(Keyword::Down),
        Some(RoundMode::Up) => w.keyword(Keyword::Up),
        None => w,
    };
}

fn print_cover_perils(w: &mut Words<'_>, perils: &Perils) {
    match perils {
        Perils::Any(_) => {
            w.keyword(Keyword::Any);
        }
        Perils::List { perils, ending, cause } => {
            w.perils(perils).ending(ending);
            if let Some(cause) = cause {
                w.may_break()
                    .keyword(Keyword::AllCausedBy)
                    .name(cause)
                    .keyword(Keyword::CausedEnd);
            }
        }
    }
}

fn print_cover_set(w: &mut Words<'_>, covers: &CoverSet, all: Keyword) {
    match covers {
        CoverSet::All(_) => w.keyword(all),
        CoverSet::Named(names) => w.names(names),
    };
}

fn print_exhaustion(w: &mut Words<'_>, exhaustion: &Exhaustion) {
    w.keyword(Keyword::WhenExhausted);
    w.list(&exhaustion.tiers, |w, tier| {
        match tier {
            Tier::ProRata(_) => w.keyword(Keyword::ProRata),
            Tier::Date(_) => w.keyword(Keyword::ByDate),
            Tier::Event(_) => w.keyword(Keyword::TierEvent),
            Tier::Claim(_) => w.keyword(Keyword::TierClaim),
            Tier::Rank(names) => w.keyword(Keyword::ByRank).names(names),
        };
    });
    if let Some(ratio) = exhaustion.ratio_to {
        w.keyword(Keyword::RatioTo).word(ratio.to_string());
    }
}
