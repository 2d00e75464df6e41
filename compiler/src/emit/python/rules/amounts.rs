//! Pipelines and amounts as integer arithmetic.

use super::*;

impl Writer<'_> {
    pub(super) fn pipeline(&self, out: &mut Lines, pipeline: &Pipeline) {
        let parts = self.reads_parts(pipeline);
        let step = |out: &mut Lines, rule: &str, d: i128, articles: &[String]| {
            out.line("if steps is not None:");
            let rounded = rounded(d, parts);
            out.line(format!(
                "    steps.append(Step({}, int({rounded}), {}))",
                text(rule),
                cited(articles)
            ));
        };
        self.amount(out, "value", &pipeline.start);
        step(
            out,
            rule_of(&pipeline.start.choice),
            pipeline.start.denominator,
            &pipeline.articles,
        );
        let mut before = pipeline.start.denominator;
        for stage in &pipeline.steps {
            let rule = self.operation(out, &stage.operation, before);
            step(out, rule, stage.denominator, &stage.articles);
            before = stage.denominator;
        }
        out.line(format!("return int({})", rounded(pipeline.denominator, parts)));
    }

    /// Whether an amount of the pipeline follows a count in parts, so that it need not be whole.
    fn reads_parts(&self, pipeline: &Pipeline) -> bool {
        let steps = pipeline.steps.iter().filter_map(|stage| match &stage.operation {
            Operation::Less { amount, .. } | Operation::UpTo { amount, .. } | Operation::AtLeast { amount, .. } => {
                Some(amount)
            }
            Operation::Share { .. } | Operation::Round { .. } => None,
        });
        let mut amounts = [&pipeline.start].into_iter().chain(steps);
        amounts.any(|money| self.in_parts(&money.choice))
    }

    pub(super) fn in_parts(&self, choice: &Choice) -> bool {
        match choice {
            Choice::Unlimited => false,
            Choice::Linear(form) => matches!(
                form.x,
                Some(Variable::Fact(fact) | Variable::AtMost(fact, _))
                    if self.program.facts.get(fact).is_some_and(|fact| fact.kind.is_in_parts())
            ),
            Choice::Dated(values) => values.iter().any(|(_, value)| self.in_parts(value)),
            Choice::Decided { then, otherwise, .. } => self.in_parts(then) || self.in_parts(otherwise),
        }
    }

    /// One step on `value`, which has the denominator `before`; its id in traces.
    pub(super) fn operation(&self, out: &mut Lines, operation: &Operation, before: i128) -> &'static str {
        let scaled = |scale: i128| match scale {
            1 => "value".to_owned(),
            scale => format!("value * {}", (PYTHON.integer)(scale)),
        };
        match operation {
            Operation::Less { scale, amount } => {
                self.amount(out, "less", amount);
                out.line(format!(
                    "value = {}",
                    (PYTHON.at_least)(&format!("{} - less", scaled(*scale)), "0")
                ));
                "less"
            }
            Operation::UpTo { scale, amount } => {
                if *scale != 1 {
                    out.line(format!("value = {}", scaled(*scale)));
                }
                if amount.choice == Choice::Unlimited {
                    return "unlimited";
                }
                if unlimited(&amount.choice) {
                    self.optional(out, "most", amount);
                    out.line("if most is not None:");
                    out.line(format!("    value = {}", (PYTHON.at_most)("value", "most")));
                } else {
                    self.amount(out, "most", amount);
                    out.line(format!("value = {}", (PYTHON.at_most)("value", "most")));
                }
                "up-to"
            }
            Operation::AtLeast { scale, amount } => {
                self.amount(out, "least", amount);
                out.line(format!("value = {}", (PYTHON.at_least)(&scaled(*scale), "least")));
                "at-least"
            }
            Operation::Share { factor, .. } => {
                if *factor != 1 {
                    out.line(format!("value = {}", scaled(*factor)));
                }
                "share"
            }
            Operation::Round { unit, mode } => {
                let grain = before * i128::from(*unit);
                let unit = match unit {
                    1 => String::new(),
                    unit => format!(" * {}", (PYTHON.integer)(i128::from(*unit))),
                };
                let grains = (PYTHON.integer)(grain);
                match *mode {
                    "half_up" => out.line(format!(
                        "value = (2 * value + {grains}) // {}{unit}",
                        (PYTHON.integer)(2 * grain)
                    )),
                    "down" => out.line(format!("value = value // {grains}{unit}")),
                    _ => out.line(format!("value = -(-value // {grains}){unit}")),
                }
                match *mode {
                    "half_up" => "round-half-up",
                    "down" => "round-down",
                    _ => "round-up",
                }
            }
        }
    }

    /// Assigns an amount's numerator.
    pub(super) fn amount(&self, out: &mut Lines, name: &str, money: &Money) {
        self.assign(
            out,
            name,
            &money.choice,
            &|out| out.line("raise Refusal(\"V044\")"),
            false,
        );
    }

    pub(super) fn optional(&self, out: &mut Lines, name: &str, money: &Money) {
        let none = format!("{name} = None");
        out.line(format!("{name}: Optional[int]"));
        self.assign(out, name, &money.choice, &|out| out.line(&none), false);
    }

    pub(super) fn assign(
        &self,
        out: &mut Lines,
        name: &str,
        choice: &Choice,
        unlimited: &dyn Fn(&mut Lines),
        group: bool,
    ) {
        let context = if group {
            "context"
        } else {
            "ClaimContext(claim, inputs)"
        };
        match choice {
            Choice::Unlimited => unlimited(out),
            Choice::Linear(form) => {
                let Some(x) = form.x else {
                    out.line(format!("{name} = {}", (PYTHON.integer)(form.b)));
                    return;
                };
                let x = match x {
                    Variable::Premium => format!("{context}.premium()"),
                    Variable::Decision(decision) => format!("{context}.decision_value({decision})"),
                    Variable::Fact(fact) | Variable::AtMost(fact, _) if group => {
                        let field = text(self.names.field(fact));
                        at_most(x, format!("{context}.number({field})"))
                    }
                    Variable::Fact(fact) | Variable::AtMost(fact, _) => {
                        let field = self.names.field(fact);
                        out.line(format!("{field} = claim.{field}"));
                        out.line(format!("if {field} is None:"));
                        out.line(format!("    raise Missing({})", text(field)));
                        at_most(x, field.to_owned())
                    }
                };
                out.line(format!("{name} = {}", PYTHON.linear(form.a, &x, form.b)));
            }
            Choice::Dated(values) => {
                out.line(format!("day = {context}.day()"));
                for (i, (from, value)) in values.iter().enumerate().rev() {
                    let word = if i + 1 == values.len() { "if" } else { "elif" };
                    match from {
                        Some(from) => out.line(format!("{word} day >= {from}:")),
                        None => out.line("else:"),
                    }
                    out.inside(|out| self.assign(out, name, value, unlimited, group));
                }
                if values.first().is_some_and(|(from, _)| from.is_some()) {
                    out.line("else:");
                    out.line("    raise Refusal(\"V044\")");
                }
            }
            Choice::Decided {
                decision,
                then,
                otherwise,
            } => {
                out.line(format!("if {context}.decided({decision}):"));
                out.inside(|out| self.assign(out, name, then, unlimited, group));
                out.line("else:");
                out.inside(|out| self.assign(out, name, otherwise, unlimited, group));
            }
        }
    }
}

/// `value` to whole 分, half up; one that is no fraction of a denominator is whole, but where parts of a unit count.
pub(super) fn rounded(denominator: i128, parts: bool) -> String {
    match (denominator, parts) {
        (1, true) => "(2 * value + 1) // 2".to_owned(),
        _ => PYTHON.rounded("value", denominator),
    }
}
