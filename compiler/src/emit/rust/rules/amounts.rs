//! Pipelines and amounts as integer arithmetic.

use super::*;
use crate::emit::operators::RUST;
use crate::emit::rust::integer;

/// Where an amount is read: of one claim, or of the claims that share a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::emit::rust) enum Of {
    Claim,
    Group,
}

/// What a step does to `value`, for traces.
const RULES: [(&str, &str); 3] = [("half_up", "round-half-up"), ("down", "round-down"), ("up", "round-up")];

impl Writer<'_> {
    pub(super) fn pipeline(&self, out: &mut Code, pipeline: &Pipeline) {
        let parts = self.parts_of_pipeline(pipeline);
        if let Some(parts) = &parts {
            out.line(format!("let parts = {parts};"));
        }
        let denominator = |d: i128| match &parts {
            None => integer(d),
            Some(_) if d == 1 => "parts".to_owned(),
            Some(_) => format!("times(parts, {})?", integer(d)),
        };
        let split = parts.is_some();
        let mutable = if pipeline.steps.iter().any(|step| changes(&step.operation)) {
            "mut "
        } else {
            ""
        };
        out.expression(
            &format!("let {mutable}value = "),
            &self.expression(&pipeline.start, Of::Claim, split),
            ";",
        );
        let step = |out: &mut Code, rule: &str, d: i128, articles: &[String]| {
            let arguments = [text(rule), "value".to_owned(), denominator(d), cited(articles)];
            out.call("trace.step", &arguments, ";");
        };
        step(
            out,
            rule_of(&pipeline.start.choice),
            pipeline.start.denominator,
            &pipeline.articles,
        );
        let mut before = pipeline.start.denominator;
        for stage in &pipeline.steps {
            let rule = self.operation(out, &stage.operation, before, split);
            step(out, rule, stage.denominator, &stage.articles);
            before = stage.denominator;
        }
        out.line(format!("rounded(value, {})", denominator(pipeline.denominator)));
    }

    /// The product of the parts in which quantities of the claim are counted; `None` where all are whole.
    fn parts_of_pipeline(&self, pipeline: &Pipeline) -> Option<String> {
        let mut facts = Vec::new();
        self.divided(&pipeline.start.choice, &mut facts);
        for step in &pipeline.steps {
            if let Operation::Less { amount, .. } | Operation::UpTo { amount, .. } | Operation::AtLeast { amount, .. } =
                &step.operation
            {
                self.divided(&amount.choice, &mut facts);
            }
        }
        let of = |fact: &usize| format!("facts.claim.{}.map_or(1, |n| n.denominator)", self.names.field(*fact));
        let mut parts = facts.iter().map(of);
        let first = parts.next()?;
        Some(parts.fold(first, |product, parts| format!("times({product}, {parts})?")))
    }

    /// The facts of a choice that count parts of units.
    fn divided(&self, choice: &Choice, found: &mut Vec<usize>) {
        match choice {
            Choice::Unlimited => {}
            Choice::Linear(form) => {
                if let Some(Variable::Fact(fact) | Variable::AtMost(fact, _)) = form.x
                    && self.is_divided(fact)
                    && !found.contains(&fact)
                {
                    found.push(fact);
                }
            }
            Choice::Dated(values) => values.iter().for_each(|(_, value)| self.divided(value, found)),
            Choice::Decided { then, otherwise, .. } => {
                self.divided(then, found);
                self.divided(otherwise, found);
            }
        }
    }

    fn is_divided(&self, fact: usize) -> bool {
        matches!(self.kind(fact), Some(Kind::Count { part: Some("pro_rata") }))
    }

    fn operation(&self, out: &mut Code, operation: &Operation, before: i128, split: bool) -> &'static str {
        let scaled = |scale: i128| match (scale, split) {
            (1, _) => "value".to_owned(),
            (scale, false) => format!("value * {}", integer(scale)),
            (scale, true) => format!("times(value, {})?", integer(scale)),
        };
        let bracketed = |scale: i128| match (scale, split) {
            (1, _) | (_, true) => scaled(scale),
            (_, false) => format!("({})", scaled(scale)),
        };
        match operation {
            Operation::Less { scale, amount } => {
                out.expression("let less = ", &self.expression(amount, Of::Claim, split), ";");
                out.line(format!(
                    "value = {};",
                    (RUST.at_least)(&format!("({} - less)", scaled(*scale)), "0")
                ));
                "less"
            }
            Operation::UpTo { scale, amount } => {
                if *scale != 1 {
                    out.line(if split {
                        format!("value = {};", scaled(*scale))
                    } else {
                        format!("value *= {};", integer(*scale))
                    });
                }
                if amount.choice == Choice::Unlimited {
                    return "unlimited";
                }
                let most = if unlimited(&amount.choice) {
                    out.expression("let most = ", &self.optional(amount, Of::Claim, split), ";");
                    "most.unwrap_or(value)"
                } else {
                    out.expression("let most = ", &self.expression(amount, Of::Claim, split), ";");
                    "most"
                };
                out.line(format!("value = {};", (RUST.at_most)("value", most)));
                "up-to"
            }
            Operation::AtLeast { scale, amount } => {
                out.expression("let least = ", &self.expression(amount, Of::Claim, split), ";");
                out.line(format!("value = {};", (RUST.at_least)(&bracketed(*scale), "least")));
                "at-least"
            }
            Operation::Share { factor, .. } => {
                if *factor != 1 {
                    out.line(if split {
                        format!("value = {};", scaled(*factor))
                    } else {
                        format!("value *= {};", integer(*factor))
                    });
                }
                "share"
            }
            Operation::Round { unit, mode } => {
                self.rounding(out, before, *unit, mode, split);
                RULES
                    .iter()
                    .find(|(name, _)| name == mode)
                    .map_or("round-up", |(_, rule)| rule)
            }
        }
    }

    fn rounding(&self, out: &mut Code, before: i128, unit: i64, mode: &str, split: bool) {
        let grain = before * i128::from(unit);
        let (grain, twice) = match split {
            false => (integer(grain), integer(2 * grain)),
            true => {
                out.line(format!("let grain = times(parts, {})?;", integer(grain)));
                ("grain".to_owned(), "times(grain, 2)?".to_owned())
            }
        };
        let whole = match mode {
            "half_up" if split => format!("(times(value, 2)? + grain) / {twice}"),
            "half_up" => format!("(2 * value + {grain}) / {twice}"),
            "down" => format!("value / {grain}"),
            _ => format!("(value + {grain} - 1) / {grain}"),
        };
        let unit = match (unit, split) {
            (1, false) => String::new(),
            (unit, false) => format!(" * {}", integer(i128::from(unit))),
            (1, true) => " * parts".to_owned(),
            (unit, true) => format!(" * times(parts, {})?", integer(i128::from(unit))),
        };
        out.line(format!("value = {whole}{unit};"));
    }

    /// Assigns an amount's numerator.
    pub(super) fn amount(&self, out: &mut Code, name: &str, money: &Money) {
        out.expression(
            &format!("let {name} = "),
            &self.expression(money, Of::Claim, false),
            ";",
        );
    }

    fn expression(&self, money: &Money, of: Of, split: bool) -> Expression {
        self.choice(
            &money.choice,
            of,
            split,
            &|form| form,
            "return Err(Stop::refused(\"V044\"))",
        )
    }

    /// An amount that may be unlimited.
    fn optional(&self, money: &Money, of: Of, split: bool) -> Expression {
        self.choice(&money.choice, of, split, &|form| format!("Some({form})"), "None")
    }

    /// The body of a limit's amount: 分, or no limit.
    pub(in crate::emit::rust) fn limit_amount(&self, out: &mut Code, money: &Money) {
        let mut facts = Vec::new();
        self.divided(&money.choice, &mut facts);
        let split = !facts.is_empty();
        if let Some(fact) = facts.first() {
            let field = self.names.variant(*fact);
            out.line(format!(
                "let parts = context.quotient({field}).map_or(1, |n| n.denominator);"
            ));
        }
        out.expression("let value = ", &self.optional(money, Of::Group, split), ";");
        let d = match split {
            true => format!("times(parts, {})?", integer(money.denominator)),
            false => integer(money.denominator),
        };
        out.line(format!("value.map(|value| rounded(value, {d})).transpose()"));
    }

    fn choice(
        &self,
        choice: &Choice,
        of: Of,
        split: bool,
        wrap: &dyn Fn(String) -> String,
        unlimited: &str,
    ) -> Expression {
        let context = if of == Of::Group { "context" } else { "facts" };
        let next = |choice: &Choice| self.choice(choice, of, split, wrap, unlimited);
        match choice {
            Choice::Unlimited => Expression::Text(unlimited.to_owned()),
            Choice::Linear(form) => Expression::Text(wrap(self.linear(form, of, split))),
            Choice::Dated(values) => {
                let mut branches = Vec::new();
                let mut otherwise = Expression::Text("return Err(Stop::refused(\"V044\"))".to_owned());
                for (from, value) in values.iter().rev() {
                    match from {
                        Some(from) => branches.push((format!("{context}.day()? >= {}", day(*from)), next(value))),
                        None => otherwise = next(value),
                    }
                }
                match branches.is_empty() {
                    true => otherwise,
                    false => Expression::If(branches, Box::new(otherwise)),
                }
            }
            Choice::Decided {
                decision,
                then,
                otherwise,
            } => Expression::If(
                vec![(format!("{context}.decided({decision})?"), next(then))],
                Box::new(next(otherwise)),
            ),
        }
    }

    /// a·x + b; where units are split into parts, all stands over as many parts.
    fn linear(&self, form: &Linear, of: Of, split: bool) -> String {
        let Some(x) = form.x else {
            return match (split, form.b) {
                (false, b) => typed(b),
                (true, 0) => "0".to_owned(),
                (true, b) => format!("times(parts, {})?", integer(b)),
            };
        };
        let x = self.variable(x, of, split);
        // Of a product with a literal 0 the linter says that it is always 0; what it reads may be refused all the same.
        if !split && form.a != 0 {
            return RUST.linear(form.a, &x, form.b);
        }
        if !split {
            return RUST.linear(1, &format!("times({x}, 0)?"), form.b);
        }
        let product = match form.a {
            1 => x,
            a => format!("times({x}, {})?", integer(a)),
        };
        match form.b {
            0 => product,
            b if b < 0 => format!("{product} - times(parts, {})?", integer(-b)),
            b => format!("{product} + times(parts, {})?", integer(b)),
        }
    }

    fn variable(&self, x: Variable, of: Of, split: bool) -> String {
        let context = if of == Of::Group { "context" } else { "facts" };
        let whole = match x {
            Variable::Premium => format!("i128::from({context}.premium()?)"),
            Variable::Decision(decision) => format!("i128::from({context}.decision_value({decision})?)"),
            Variable::Fact(fact) | Variable::AtMost(fact, _) => {
                let field = self.names.variant(fact);
                let name = self.names.field(fact);
                let most = match x {
                    Variable::AtMost(_, most) => Some(integer(i128::from(most))),
                    _ => None,
                };
                if self.is_divided(fact) {
                    let read = match of {
                        Of::Claim => format!("need(facts.claim.{name}, {field})?.at_most"),
                        Of::Group => format!("context.quotient({field})?.at_most"),
                    };
                    return format!(
                        "{read}({}, parts)?",
                        most.map_or("None".to_owned(), |m| format!("Some({m})"))
                    );
                }
                let read = match of {
                    Of::Claim => format!("need(facts.claim.{name}, {field})?"),
                    Of::Group => format!("context.number({field})?"),
                };
                let read = match most {
                    Some(most) => (RUST.at_most)(&read, &most),
                    None => read,
                };
                format!("i128::from({read})")
            }
        };
        if split {
            format!("times({whole}, parts)?")
        } else {
            whole
        }
    }
}

/// A literal of 128 bits where nothing else says so.
fn typed(value: i128) -> String {
    format!("{}_i128", integer(value))
}

fn changes(operation: &Operation) -> bool {
    match operation {
        Operation::Less { .. } | Operation::AtLeast { .. } | Operation::Round { .. } => true,
        Operation::UpTo { scale, amount } => *scale != 1 || amount.choice != Choice::Unlimited,
        Operation::Share { factor, .. } => *factor != 1,
    }
}

fn unlimited(choice: &Choice) -> bool {
    match choice {
        Choice::Unlimited => true,
        Choice::Linear(_) => false,
        Choice::Dated(values) => values.iter().any(|(_, value)| unlimited(value)),
        Choice::Decided { then, otherwise, .. } => unlimited(then) || unlimited(otherwise),
    }
}

fn rule_of(choice: &Choice) -> &'static str {
    match choice {
        Choice::Linear(form) => form.rule,
        Choice::Dated(values) => values.first().map_or("amount", |(_, value)| rule_of(value)),
        Choice::Decided { then, .. } => rule_of(then),
        Choice::Unlimited => "amount",
    }
}
