//! One line of a schedule: from the written row to pipelines by facts, and to the steps that act on totals.

use super::amount::scaled;
use super::cases::Cases;
use super::context::Lowering;
use crate::plan::{
    Amount, BenefitKind, Count, FactKind, Operation, Pipeline, RatioValue, RowAmount, RowStep, ScheduleKey,
    ScheduleRow, Source, Step, ValueId,
};
use crate::resolve::{Referent, Scope, id};
use crate::types;
use anlan_lang::diag::{Code, codes};
use anlan_lang::tree::{self, BenefitAmount, BenefitRow, Expr, Key, PartRule, RoundMode, Span, StepClause};

/// A row, lowered.
#[derive(Debug, Clone)]
pub struct Row {
    /// Each harm that is named, with all below it
    pub harms: Vec<(ValueId, Vec<ValueId>)>,
    /// One cap over the harms together
    pub combined: bool,
    /// Whether it pays (a combined cap may not)
    pub pays: bool,
    pub kind: BenefitKind,
    pub pipelines: Cases<Pipeline>,
    /// Steps on totals, in written order
    pub scoped: Vec<ScopedStep>,
    /// Some fact of the graded domain decides the amount (`伤残等级`)
    pub graded: bool,
    /// As written, for the statement
    pub printed: ScheduleRow,
    pub source: Source,
}

/// A step on the total over keys.
#[derive(Debug, Clone)]
pub struct ScopedStep {
    pub less: bool,
    pub amount: Amount,
    /// Empty: the keys of the schedule
    pub keys: Vec<ScheduleKey>,
    pub source: Source,
    pub span: Span,
}

/// A row while its steps are read.
struct Draft {
    pipelines: Cases<Pipeline>,
    scoped: Vec<ScopedStep>,
    printed: Vec<RowStep>,
    amount: RowAmount,
    /// Something has been deducted from the total, which a cap on single claims must not come before.
    deducted: bool,
}

/// `免赔额`, `限额` or `至少` before its amount is read.
struct AmountStep {
    make: fn(Amount) -> Operation,
    keys: Vec<ScheduleKey>,
    /// The schedule's keys make it a step on their total.
    by_schedule: bool,
}

impl Lowering<'_> {
    /// Lowers one row; `holder` is the schedule or cover. `None`: it names no known harm.
    pub fn row(&mut self, scope: &Scope, row: &BenefitRow, keyed: bool, holder: &Source) -> Option<Row> {
        let harm = self.harm_fact()?;
        let mut named: Vec<ValueId> = row.harms.iter().filter_map(|h| scope.value_of(harm, &h.text)).collect();
        named.dedup();
        if named.is_empty() {
            return None;
        }
        let source = self.source_within(scope, row.span, &row.notes, holder);
        let (kind, mut draft) = self.start(scope, row, &source);
        for step in &row.steps {
            self.step(scope, step, keyed, kind, &source, &mut draft);
        }
        let graded = self.graded(&draft.pipelines);
        Some(Row {
            harms: named.iter().map(|h| (*h, self.descendants(harm, *h))).collect(),
            combined: row.combined,
            pays: row.amount.is_some(),
            kind,
            pipelines: draft.pipelines,
            scoped: draft.scoped,
            graded,
            printed: ScheduleRow {
                harms: named,
                combined: row.combined,
                kind,
                amount: draft.amount,
                steps: draft.printed,
                source: source.clone(),
            },
            source,
        })
    }

    fn graded(&self, pipelines: &Cases<Pipeline>) -> bool {
        pipelines.0.iter().flat_map(|(region, _)| region.keys()).any(|fact| {
            self.scope
                .domain_of(*fact)
                .and_then(|domain| self.scope.domain(domain))
                .is_some_and(|domain| domain.domain.order.is_some())
        })
    }

    /// What the row starts from.
    fn start(&mut self, scope: &Scope, row: &BenefitRow, source: &Source) -> (BenefitKind, Draft) {
        let (kind, cases, amount) = match &row.amount {
            Some(BenefitAmount::Fixed(expr)) => {
                let amount = self.printed_amount(scope, expr);
                (BenefitKind::Fixed, self.amounts(scope, expr), amount)
            }
            Some(BenefitAmount::Actual(expr)) => {
                let amount = self.printed_amount(scope, expr);
                (BenefitKind::Actual, self.amounts(scope, expr), amount)
            }
            Some(BenefitAmount::PerUnit { rate, count, part }) => {
                let cases = self.per_unit(scope, rate, count, *part);
                let amount = cases
                    .as_ref()
                    .and_then(|cases| cases.single().cloned())
                    .map_or(RowAmount::None, RowAmount::Amount);
                (BenefitKind::PerUnit, cases, amount)
            }
            Some(BenefitAmount::Nothing(_)) => (BenefitKind::Nothing, None, RowAmount::None),
            None => {
                if !row.combined {
                    let finding = self.finding(codes::L306, row.span);
                    self.find(finding);
                }
                // A cap over harms together; what it caps is actual until rows say otherwise.
                (BenefitKind::Actual, None, RowAmount::None)
            }
        };
        let pipelines = cases.unwrap_or(Cases(Vec::new())).filter_map(|start| {
            Some(Pipeline {
                start,
                steps: Vec::new(),
                articles: source.articles.clone(),
            })
        });
        let draft = Draft {
            pipelines,
            scoped: Vec::new(),
            printed: Vec::new(),
            amount,
            deducted: false,
        };
        (kind, draft)
    }

    fn per_unit(
        &mut self,
        scope: &Scope,
        rate: &Expr,
        count: &tree::Name,
        part: Option<(PartRule, Span)>,
    ) -> Option<Cases<Amount>> {
        let fact = self.fact_named(&count.text)?;
        let span = count.span;
        match self.kind(fact)?.clone() {
            FactKind::Count { part: before } => {
                let other = part.filter(|(rule, _)| before.is_some_and(|before| before != *rule));
                if other.is_some() {
                    let finding = self.finding(codes::U310, span).arg("fact", count.text.clone());
                    self.find(finding);
                }
            }
            FactKind::Number { .. } if self.may_be_negative(fact) => {
                let finding = self.finding(codes::U315, span);
                self.find(finding);
                return None;
            }
            FactKind::Number { .. } => {}
            _ => {
                let finding = self.finding(codes::U308, span).arg("fact", count.text.clone());
                self.find(finding);
                return None;
            }
        }
        let rates = self.amounts(scope, rate)?;
        let varies = rates
            .values()
            .any(|rate| !matches!(rate, Amount::Fixed(_) | Amount::Parameter { .. }));
        if varies {
            let finding = self.finding(codes::U301, rate.span());
            self.find(finding);
            return None;
        }
        Some(rates.filter_map(|rate| {
            Some(Amount::PerUnit {
                rate: Box::new(rate),
                count: fact,
                units: None,
            })
        }))
    }

    fn step(
        &mut self,
        scope: &Scope,
        step: &StepClause,
        keyed: bool,
        kind: BenefitKind,
        holder: &Source,
        draft: &mut Draft,
    ) {
        let source = self.source_within(scope, step.span, &step.notes, holder);
        let keys = self.schedule_keys(scope, &step.keys);
        match &step.step {
            tree::Step::Less(expr) | tree::Step::Over(expr) => {
                let step = AmountStep {
                    make: Operation::Less,
                    keys,
                    by_schedule: false,
                };
                self.amount_step(scope, expr, step, &source, draft);
            }
            tree::Step::UpTo(Expr::Unlimited(_)) => {}
            tree::Step::UpTo(expr) => {
                // Under a keyed schedule the cap of actual benefits is on their total (SEMANTICS §2).
                let step = AmountStep {
                    make: Operation::UpTo,
                    by_schedule: keyed && keys.is_empty() && kind != BenefitKind::Fixed,
                    keys,
                };
                self.amount_step(scope, expr, step, &source, draft);
            }
            tree::Step::AtLeast(expr) => {
                if keys.is_empty() {
                    let step = AmountStep {
                        make: Operation::AtLeast,
                        keys,
                        by_schedule: false,
                    };
                    self.amount_step(scope, expr, step, &source, draft);
                } else {
                    self.unscoped(step.span);
                }
            }
            tree::Step::Share(expr) => {
                if let Some(ratio) = self.ratio(scope, expr) {
                    self.share(ratio, expr.span(), &source, draft);
                }
            }
            tree::Step::Round { unit, mode } => {
                if !keys.is_empty() {
                    self.unscoped(step.span);
                } else if let Ok(unit) = types::money(scope.units(), unit) {
                    let mode = mode.unwrap_or(RoundMode::HalfUp);
                    self.claim_step(Operation::Round { unit, mode }, &source, step.span, draft);
                }
            }
            tree::Step::UnitsUpTo(expr) => {
                self.units_up_to(scope, expr, keyed || !keys.is_empty(), keys, &source, draft)
            }
        }
    }

    /// A step with an amount: on each claim, on the total over its keys, or on both.
    fn amount_step(&mut self, scope: &Scope, expr: &Expr, step: AmountStep, source: &Source, draft: &mut Draft) {
        let Some(amounts) = self.amounts(scope, expr) else {
            return;
        };
        if let Some(printed) = self.plain_amount(scope, expr) {
            draft.printed.push(RowStep {
                operation: (step.make)(printed),
                keys: step.keys.clone(),
                source: source.clone(),
            });
        }
        let less = matches!((step.make)(Amount::Unlimited), Operation::Less(_));
        if step.by_schedule || !step.keys.is_empty() {
            let Some(amount) = amounts.single() else {
                self.unscoped(expr.span());
                return;
            };
            if !self.fits_total(amount, expr.span()) {
                return;
            }
            draft.scoped.push(ScopedStep {
                less,
                amount: amount.clone(),
                keys: step.keys,
                source: source.clone(),
                span: expr.span(),
            });
            draft.deducted |= less;
            if draft.deducted {
                return;
            }
            // A cap on a total caps each claim too; keeping it there bounds every single benefit.
        } else if !draft.scoped.is_empty() {
            self.unscoped(expr.span());
            return;
        }
        let stepped = draft.pipelines.product(&amounts, |pipeline, amount| {
            Some(with_step(pipeline, (step.make)(amount.clone()), source))
        });
        match stepped {
            Some(pipelines) => draft.pipelines = pipelines,
            None => self.too_many_regions(expr.span()),
        }
    }

    fn claim_step(&mut self, operation: Operation, source: &Source, span: Span, draft: &mut Draft) {
        if !draft.scoped.is_empty() {
            self.unscoped(span);
        }
        draft.printed.push(RowStep {
            operation: operation.clone(),
            keys: Vec::new(),
            source: source.clone(),
        });
        draft.pipelines = std::mem::replace(&mut draft.pipelines, Cases(Vec::new()))
            .filter_map(|pipeline| Some(with_step(&pipeline, operation.clone(), source)));
    }

    /// A share of each claim is a share of every total before it.
    fn share(&mut self, ratio: RatioValue, span: Span, source: &Source, draft: &mut Draft) {
        let mut refused: Option<Code> = None;
        for step in &mut draft.scoped {
            match scaled(&ratio, &step.amount) {
                Ok(amount) => step.amount = amount,
                Err(code) => refused = Some(code),
            }
        }
        if let Some(code) = refused {
            let finding = self.finding(code, span);
            self.find(finding);
            return;
        }
        let operation = Operation::Share(ratio);
        draft.printed.push(RowStep {
            operation: operation.clone(),
            keys: Vec::new(),
            source: source.clone(),
        });
        draft.pipelines = std::mem::replace(&mut draft.pipelines, Cases(Vec::new()))
            .filter_map(|pipeline| Some(with_step(&pipeline, operation.clone(), source)));
    }

    /// `最长 6`: so many units are paid, of one claim and, over keys, of all claims together.
    fn units_up_to(
        &mut self,
        scope: &Scope,
        expr: &Expr,
        on_total: bool,
        keys: Vec<ScheduleKey>,
        source: &Source,
        draft: &mut Draft,
    ) {
        let count = match expr {
            Expr::Unlimited(_) => return,
            Expr::Quantity(quantity) => types::count(scope.units(), quantity, None).ok().map(Count::Exact),
            Expr::Name(path) => match scope.referent(path) {
                Some(Referent::Parameter(parameter)) => self
                    .parameter_ids
                    .get(&parameter.name.text)
                    .copied()
                    .map(Count::Parameter),
                _ => None,
            },
            _ => None,
        };
        let start = draft.pipelines.single().map(|pipeline| pipeline.start.clone());
        let (Some(count), Some(Amount::PerUnit { rate, .. })) = (count, start) else {
            let finding = self.finding(codes::U311, expr.span());
            self.find(finding);
            return;
        };
        if on_total {
            let ratio = match &count {
                Count::Exact(count) => RatioValue::Exact(crate::money::Ratio::integer(*count)),
                Count::Parameter(parameter) => RatioValue::Parameter {
                    parameter: *parameter,
                    value: None,
                },
            };
            match scaled(&ratio, &rate) {
                Ok(amount) => draft.scoped.push(ScopedStep {
                    less: false,
                    amount,
                    keys,
                    source: source.clone(),
                    span: expr.span(),
                }),
                Err(code) => {
                    let finding = self.finding(code, expr.span());
                    self.find(finding);
                }
            }
        }
        let limited = |amount: Amount| match amount {
            Amount::PerUnit { rate, count: fact, .. } => Amount::PerUnit {
                rate,
                count: fact,
                units: Some(count.clone()),
            },
            other => other,
        };
        draft.pipelines = std::mem::replace(&mut draft.pipelines, Cases(Vec::new())).filter_map(|mut pipeline| {
            pipeline.start = limited(pipeline.start);
            Some(pipeline)
        });
        if let RowAmount::Amount(amount) = &draft.amount {
            draft.amount = RowAmount::Amount(limited(amount.clone()));
        }
    }

    fn unscoped(&mut self, span: Span) {
        let finding = self.finding(codes::L304, span);
        self.find(finding);
    }

    pub fn schedule_keys(&mut self, scope: &Scope, keys: &[Key]) -> Vec<ScheduleKey> {
        keys.iter()
            .filter_map(|key| {
                Some(match key {
                    Key::Person(_) => ScheduleKey::Person,
                    Key::Household(_) => ScheduleKey::Household,
                    Key::Event(_) => ScheduleKey::Event,
                    Key::Year(_) => ScheduleKey::Year,
                    Key::Term(_) => ScheduleKey::Term,
                    Key::Claim(_) => ScheduleKey::Claim,
                    Key::Fact(name) => ScheduleKey::Fact(scope.fact_named(&name.text)?),
                })
            })
            .collect()
    }

    // ── as written ──

    /// The amount of a row as the document has it.
    fn printed_amount(&mut self, scope: &Scope, expr: &Expr) -> RowAmount {
        let table = |expr: &Expr| match expr {
            Expr::Name(path) => match scope.referent(path) {
                Some(Referent::Table { table, column }) => Some((
                    table.node.name.text.clone(),
                    column
                        .and_then(|c| table.node.columns.get(c))
                        .map(|name| name.text.clone()),
                )),
                _ => None,
            },
            _ => None,
        };
        if let Some((table, column)) = table(expr) {
            return RowAmount::Table { table, column };
        }
        match expr {
            Expr::SumInsured(_) => return RowAmount::SumInsured,
            Expr::Product { left, right, .. } => {
                for (of, factor) in [(left, right), (right, left)] {
                    if let (Some((table, column)), Some(of)) = (table(factor), self.plain_amount(scope, of)) {
                        return RowAmount::TableOf { table, column, of };
                    }
                }
            }
            _ => {}
        }
        self.plain_amount(scope, expr)
            .map_or(RowAmount::None, RowAmount::Amount)
    }

    /// An expression as one amount in which the sum insured stands for itself. `None` where it needs a table.
    fn plain_amount(&mut self, scope: &Scope, expr: &Expr) -> Option<Amount> {
        match expr {
            Expr::SumInsured(_) => Some(Amount::Fact(self.fact_named(id::SUM_INSURED)?)),
            Expr::Product { left, right, .. } if mentions_sum(expr) => {
                let (of, factor) = if mentions_sum(left) {
                    (left, right)
                } else {
                    (right, left)
                };
                let of = self.plain_amount(scope, of)?;
                let terms = self.silently(|lowering| lowering.terms(scope, factor))?;
                let ratio = match terms.single()? {
                    super::amount::Term::Ratio(ratio) => ratio.clone(),
                    super::amount::Term::Number(number) => RatioValue::Exact(*number),
                    _ => return None,
                };
                scaled(&ratio, &of).ok()
            }
            Expr::Name(path) => match scope.referent(path) {
                Some(Referent::Parameter(parameter)) => Some(Amount::Parameter {
                    parameter: *self.parameter_ids.get(&parameter.name.text)?,
                    value: None,
                }),
                _ => self.single_amount(scope, expr),
            },
            _ => self.single_amount(scope, expr),
        }
    }
    fn single_amount(&mut self, scope: &Scope, expr: &Expr) -> Option<Amount> {
        let amounts = self.silently(|lowering| lowering.amounts(scope, expr))?;
        amounts.single().cloned()
    }
    /// What is printed is lowered again to be paid, and reported then.
    fn silently<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.findings.len();
        let result = work(self);
        self.findings.truncate(before);
        result
    }
}

fn mentions_sum(expr: &Expr) -> bool {
    match expr {
        Expr::SumInsured(_) => true,
        Expr::Product { left, right, .. } => mentions_sum(left) || mentions_sum(right),
        _ => false,
    }
}

fn with_step(pipeline: &Pipeline, operation: Operation, source: &Source) -> Pipeline {
    let mut pipeline = pipeline.clone();
    pipeline.steps.push(Step {
        operation,
        articles: source.articles.clone(),
    });
    pipeline
}
