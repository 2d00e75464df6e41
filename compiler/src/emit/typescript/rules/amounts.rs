//! Pipelines and amounts as integer arithmetic.
//!
//! A count whose parts count is a quotient; a pipeline that reads one keeps its values in parts of `unit`.

use super::*;
use crate::emit::program::Linear;

/// What a pipeline looks up.
struct Frame {
    /// Facts that are quotients
    fractions: BTreeSet<usize>,
    /// The value may be below 0, so that dividing must round down.
    negative: bool,
}

impl Frame {
    fn in_units(&self, number: i128) -> String {
        let number = (TYPESCRIPT.integer)(number);
        match self.fractions.is_empty() {
            true => number,
            false => format!("{number} * unit"),
        }
    }
    /// To whole 分, half up
    fn rounded(&self, denominator: i128) -> String {
        if self.fractions.is_empty() {
            return match (self.negative, denominator) {
                (true, 2..) => format!(
                    "floored({} * value + {}, {})",
                    (TYPESCRIPT.integer)(2),
                    (TYPESCRIPT.integer)(denominator),
                    (TYPESCRIPT.integer)(2 * denominator)
                ),
                _ => TYPESCRIPT.rounded("value", denominator),
            };
        }
        let (top, bottom) = (self.in_units(denominator), self.in_units(2 * denominator));
        format!("floored({} * value + {top}, {bottom})", (TYPESCRIPT.integer)(2))
    }
}

impl Writer<'_> {
    pub(super) fn pipeline(&mut self, out: &mut Lines, pipeline: &Pipeline) {
        let amounts: Vec<&Money> = [&pipeline.start]
            .into_iter()
            .chain(pipeline.steps.iter().filter_map(|step| amount_of(&step.operation)))
            .collect();
        let mut fractions = BTreeSet::new();
        amounts
            .iter()
            .for_each(|money| self.fractions(&money.choice, &mut fractions));
        let mut frame = Frame {
            negative: negative(&pipeline.start.choice),
            fractions,
        };
        if amounts.iter().any(|money| needs_context(&money.choice)) {
            out.line("const context = new ClaimContext(claim, inputs);");
        }
        if !frame.fractions.is_empty() {
            let units = frame
                .fractions
                .iter()
                .map(|fact| format!("unitOf(claim.{})", self.names.field(*fact)));
            out.line(format!("const unit = {};", units.collect::<Vec<_>>().join(" * ")));
        }
        let steps = pipeline.steps.iter().any(|step| changes(&step.operation));
        let start = self.amount(&pipeline.start, &frame, false);
        out.line(format!("{} value = {start};", if steps { "let" } else { "const" }));
        note(
            out,
            &frame,
            rule_of(&pipeline.start.choice),
            pipeline.start.denominator,
            &pipeline.articles,
        );
        let mut before = pipeline.start.denominator;
        for stage in &pipeline.steps {
            let rule = self.operation(out, &stage.operation, &mut frame, before);
            note(out, &frame, rule, stage.denominator, &stage.articles);
            before = stage.denominator;
        }
        out.line(format!("return {};", frame.rounded(pipeline.denominator)));
    }

    /// One step on `value`, which has the denominator `before`; its id in traces.
    fn operation(&mut self, out: &mut Lines, operation: &Operation, frame: &mut Frame, before: i128) -> &'static str {
        let scaled = |scale: i128| match scale {
            1 => "value".to_owned(),
            scale => format!("value * {}", (TYPESCRIPT.integer)(scale)),
        };
        match operation {
            Operation::Less { scale, amount } => {
                let less = self.amount(amount, frame, false);
                let less = if less.contains(" + ") || less.contains(" - ") {
                    format!("({less})")
                } else {
                    less
                };
                let rest = (TYPESCRIPT.at_least)(&format!("{} - {less}", scaled(*scale)), "0n");
                out.line(format!("value = {rest};"));
                frame.negative = false;
                "less"
            }
            Operation::UpTo { scale, amount } => {
                if *scale != 1 {
                    out.line(format!("value *= {};", (TYPESCRIPT.integer)(*scale)));
                }
                if amount.choice == Choice::Unlimited {
                    return "unlimited";
                }
                frame.negative |= negative(&amount.choice);
                let optional = unlimited(&amount.choice);
                let most = self.amount(amount, frame, optional);
                let least = |most: &str| (TYPESCRIPT.at_most)("value", most);
                if optional {
                    out.line("{");
                    out.line(format!("  const most = {most};"));
                    out.line(format!("  value = most === null ? value : {};", least("most")));
                    out.line("}");
                } else {
                    out.line(format!("value = {};", least(&most)));
                }
                "up-to"
            }
            Operation::AtLeast { scale, amount } => {
                let least = self.amount(amount, frame, false);
                out.line(format!("value = {};", (TYPESCRIPT.at_least)(&scaled(*scale), &least)));
                frame.negative &= negative(&amount.choice);
                "at-least"
            }
            Operation::Share { factor, .. } => {
                if *factor != 1 {
                    out.line(format!("value *= {};", (TYPESCRIPT.integer)(*factor)));
                }
                "share"
            }
            Operation::Round { unit, mode } => self.round(out, frame, before * i128::from(*unit), *unit, mode),
        }
    }

    fn round(&self, out: &mut Lines, frame: &Frame, grain: i128, unit: i64, mode: &str) -> &'static str {
        let (top, bottom) = (frame.in_units(grain), frame.in_units(2 * grain));
        let (grains, rule) = match mode {
            "half_up" => (format!("floored(2n * value + {top}, {bottom})"), "round-half-up"),
            "down" => (format!("floored(value, {top})"), "round-down"),
            _ => (format!("-floored(-value, {top})"), "round-up"),
        };
        let units = match (unit, frame.fractions.is_empty()) {
            (1, true) => String::new(),
            (1, false) => " * unit".to_owned(),
            (unit, _) => format!(" * {}", frame.in_units(i128::from(unit))),
        };
        out.line(format!("value = {grains}{units};"));
        rule
    }

    /// An amount's numerator, as an expression over one claim.
    fn amount(&mut self, money: &Money, frame: &Frame, optional: bool) -> String {
        match &money.choice {
            Choice::Linear(form) => {
                let Some(x) = form.x else {
                    return frame.in_units(form.b);
                };
                let x = match x {
                    Variable::Premium => "context.premium()".to_owned(),
                    Variable::Decision(decision) => format!("context.decisionValue({decision})"),
                    Variable::Fact(fact) | Variable::AtMost(fact, _) => {
                        let field = self.names.field(fact);
                        format!("required(claim.{field}, {})", text(field))
                    }
                };
                self.linear(form, x, !frame.fractions.is_empty())
            }
            Choice::Unlimited => "unlimited()".to_owned(),
            _ => {
                let function = self.chosen(money, optional, !frame.fractions.is_empty());
                let unit = if frame.fractions.is_empty() { "" } else { ", unit" };
                format!("{function}(context{unit})")
            }
        }
    }

    /// a·x + b, where x is read by `read`; in parts of `unit` if quotients are about.
    fn linear(&self, form: &Linear, read: String, units: bool) -> String {
        let fact = match form.x {
            Some(Variable::Fact(fact) | Variable::AtMost(fact, _)) => Some(fact),
            _ => None,
        };
        let quotient = fact.is_some_and(|fact| is_fraction(self.kind(fact)));
        let mut x = match (units, quotient) {
            (true, true) => format!("inUnits({read}, unit)"),
            (true, false) => format!("{read} * unit"),
            _ => read,
        };
        if let Some(Variable::AtMost(_, most)) = form.x {
            let unit = if units { " * unit" } else { "" };
            x = (TYPESCRIPT.at_most)(&x, &format!("{}{unit}", (TYPESCRIPT.integer)(i128::from(most))));
        }
        match (units, form.b) {
            (false, _) | (true, 0) => TYPESCRIPT.linear(form.a, &x, form.b),
            (true, b) if b < 0 => format!(
                "{} - {} * unit",
                TYPESCRIPT.linear(form.a, &x, 0),
                (TYPESCRIPT.integer)(-b)
            ),
            (true, b) => format!(
                "{} + {} * unit",
                TYPESCRIPT.linear(form.a, &x, 0),
                (TYPESCRIPT.integer)(b)
            ),
        }
    }

    /// A function for an amount that a date or a decision chooses: its numerator. `optional`: null where it is
    /// unlimited, which else is refused. `units`: in parts of a unit given.
    pub(super) fn chosen(&mut self, money: &Money, optional: bool, units: bool) -> String {
        let mut out = lines();
        let name = format!("amount{}", self.chosen.len());
        let unit = if units { ", unit‹: bigint›" } else { "" };
        let kind = if optional { "bigint | null" } else { "bigint" };
        let context = if reads_context(&money.choice) {
            "context‹: Context›"
        } else {
            "_context‹: Context›"
        };
        out.line("");
        out.line(format!("function {name}({context}{unit})‹: {kind}› {{"));
        out.inside(|out| {
            self.choice(
                out,
                &money.choice,
                &|writer, form| match (writer.read_in_context(form), units) {
                    (Some(read), units) => writer.linear(form, read, units),
                    (None, true) => format!("{} * unit", (TYPESCRIPT.integer)(form.b)),
                    (None, false) => (TYPESCRIPT.integer)(form.b),
                },
                if optional { "null" } else { "unlimited()" },
            );
        });
        out.line("}");
        self.chosen.push(out.finish());
        name
    }

    /// How a context gives what a form varies with.
    pub(super) fn read_in_context(&self, form: &Linear) -> Option<String> {
        Some(match form.x? {
            Variable::Premium => "context.premium()".to_owned(),
            Variable::Decision(decision) => format!("context.decisionValue({decision})"),
            Variable::Fact(fact) | Variable::AtMost(fact, _) => {
                let call = if is_fraction(self.kind(fact)) {
                    "fraction"
                } else {
                    "money"
                };
                format!("context.{call}({})", text(self.names.field(fact)))
            }
        })
    }

    /// Returns what a choice comes to.
    pub(super) fn choice(
        &self,
        out: &mut Lines,
        choice: &Choice,
        leaf: &dyn Fn(&Self, &Linear) -> String,
        unlimited: &str,
    ) {
        match choice {
            Choice::Unlimited => out.line(format!("return {unlimited};")),
            Choice::Linear(form) => {
                let value = leaf(self, form);
                out.line(format!("return {value};"));
            }
            Choice::Dated(values) => {
                let mut open = true;
                for (from, value) in values.iter().rev() {
                    match from {
                        Some(from) => {
                            out.line(format!("if (context.day() >= {from}) {{"));
                            out.inside(|out| self.choice(out, value, leaf, unlimited));
                            out.line("}");
                        }
                        None => {
                            open = false;
                            self.choice(out, value, leaf, unlimited);
                        }
                    }
                }
                if open {
                    out.line("return unlimited();");
                }
            }
            Choice::Decided {
                decision,
                then,
                otherwise,
            } => {
                out.line(format!("if (context.decided({decision})) {{"));
                out.inside(|out| self.choice(out, then, leaf, unlimited));
                out.line("}");
                self.choice(out, otherwise, leaf, unlimited);
            }
        }
    }

    fn fractions(&self, choice: &Choice, found: &mut BTreeSet<usize>) {
        match choice {
            Choice::Unlimited => {}
            Choice::Linear(form) => {
                if let Some(Variable::Fact(fact) | Variable::AtMost(fact, _)) = form.x
                    && is_fraction(self.kind(fact))
                {
                    found.insert(fact);
                }
            }
            Choice::Dated(values) => values.iter().for_each(|(_, value)| self.fractions(value, found)),
            Choice::Decided { then, otherwise, .. } => {
                self.fractions(then, found);
                self.fractions(otherwise, found);
            }
        }
    }
}

/// Notes a step where the caller asks for steps.
fn note(out: &mut Lines, frame: &Frame, rule: &str, denominator: i128, articles: &[String]) {
    let amount = frame.rounded(denominator);
    let fields = [
        format!("rule: {}", text(rule)),
        format!("amount: {amount}"),
        format!("article: {}", cited(articles)),
    ];
    let line = format!("steps?.push({{ {} }});", fields.join(", "));
    if fits(out, &line) {
        out.line(line);
    } else {
        rows(out, "steps?.push({", &fields, "});");
    }
}

fn amount_of(operation: &Operation) -> Option<&Money> {
    match operation {
        Operation::Less { amount, .. } | Operation::UpTo { amount, .. } | Operation::AtLeast { amount, .. } => {
            Some(amount)
        }
        _ => None,
    }
}

/// Whether a step assigns the value anew.
fn changes(operation: &Operation) -> bool {
    match operation {
        Operation::UpTo { scale, amount } => *scale != 1 || amount.choice != Choice::Unlimited,
        Operation::Share { factor, .. } => *factor != 1,
        _ => true,
    }
}

/// Whether an amount is looked up in a context rather than in the claim.
fn needs_context(choice: &Choice) -> bool {
    match choice {
        Choice::Unlimited => false,
        Choice::Linear(form) => matches!(form.x, Some(Variable::Premium | Variable::Decision(_))),
        _ => true,
    }
}

/// Whether the function of a choice reads its context.
pub(super) fn reads_context(choice: &Choice) -> bool {
    match choice {
        Choice::Unlimited => false,
        Choice::Linear(form) => form.x.is_some(),
        Choice::Dated(values) => values
            .iter()
            .any(|(from, value)| from.is_some() || reads_context(value)),
        Choice::Decided { .. } => true,
    }
}

/// Whether an amount may be below 0.
fn negative(choice: &Choice) -> bool {
    match choice {
        Choice::Unlimited => false,
        Choice::Linear(form) => form.a < 0 || form.b < 0,
        Choice::Dated(values) => values.iter().any(|(_, value)| negative(value)),
        Choice::Decided { then, otherwise, .. } => negative(then) || negative(otherwise),
    }
}

pub(super) fn rule_of(choice: &Choice) -> &'static str {
    match choice {
        Choice::Linear(form) => form.rule,
        Choice::Dated(values) => values.first().map_or("amount", |(_, value)| rule_of(value)),
        Choice::Decided { then, .. } => rule_of(then),
        Choice::Unlimited => "amount",
    }
}
