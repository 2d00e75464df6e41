//! The table of covers, and what each payment is.

use super::*;

impl Writer<'_> {
    pub(super) fn covers(&self, out: &mut Code) {
        let harm = match self.harm_type() {
            Some(name) => format!("crate::values::{name}"),
            None => "()".to_owned(),
        };
        out.line("");
        out.line("pub(crate) type Test = fn(&Facts<'_>) -> Result<bool, Stop>;");
        out.line("pub(crate) type Payment = fn(&Facts<'_>) -> Result<usize, Stop>;");
        if self.harm_type() != Some("Harm") {
            out.line(format!("pub(crate) type Harm = {harm};"));
        } else {
            out.line("pub(crate) use crate::values::Harm;");
        }
        out.line(include_str!("cover.rs").trim_end());
        out.line("");
        out.line("/// What happened to the person or thing");
        out.line("pub(crate) fn harm(facts: &Facts<'_>) -> Result<Harm, Stop> {");
        out.inside(|out| match self.program.known.harm {
            Some(harm) => {
                let read = format!(
                    "known(facts.claim.{}, {})",
                    self.names.field(harm),
                    self.names.variant(harm)
                );
                let read = match self.kind(harm) {
                    Some(Kind::Enumeration { default: Some(_), .. }) => {
                        format!("Ok({})", self.tested(harm, "facts.claim", "known"))
                    }
                    _ => read,
                };
                out.line(read);
            }
            None => {
                out.line("let _ = facts;");
                out.line("Ok(())");
            }
        });
        out.line("}");
        out.line("");
        let count = self.program.covers.len();
        let items = self.program.covers.iter().map(|cover| self.cover(out, cover)).collect();
        out.line("/// In the order of the scheme");
        out.structs(
            &format!("pub(crate) static COVERS: [Cover; {count}] = "),
            "Cover",
            items,
            ";",
        );
        for (doc, name, pairs) in [
            ("The first cover is over the second.", "OVER", &self.program.over),
            ("Of two, the one that pays more", "HIGHER", &self.program.higher),
            ("Both covers pay.", "STACK", &self.program.stack),
        ] {
            out.line("");
            out.doc(doc);
            let items: Vec<String> = pairs.iter().map(|(a, b)| format!("({a}, {b})")).collect();
            out.array(
                &format!("pub(crate) const {name}: [(usize, usize); {}] = ", items.len()),
                &items,
                ";",
            );
        }
    }

    fn cover(&self, out: &Code, cover: &crate::emit::program::Cover) -> Code {
        let single = self.program.covers.len() == 1;
        out.deeper(if single { 1 } else { 2 }).code(|code| {
            if !cover.articles.is_empty() {
                code.line(format!("// {}", cover.articles.join("、")));
            }
            code.line(format!("id: {},", text(&cover.id)));
            code.line(format!("any_peril: {},", cover.any_peril));
            code.line(format!("perils: {},", self.root(cover.perils)));
            code.line(format!("roles: {},", self.root(cover.roles)));
            code.line(format!("condition: {},", self.root(cover.condition)));
            let harm = |at: usize| {
                let fact = self.program.known.harm.unwrap_or(usize::MAX);
                match self.kind(fact) {
                    Some(Kind::Enumeration { domain, .. }) => self.names.value(*domain, at),
                    _ => "()".to_owned(),
                }
            };
            let benefits: Vec<String> = cover
                .benefits
                .iter()
                .map(|benefit| format!("({}, {})", harm(benefit.harm), self.root(benefit.root)))
                .collect();
            code.array("benefits: &", &benefits, ",");
        })
    }

    pub(super) fn payments(&self, out: &mut Code) {
        let pipelines = &self.program.pipelines;
        let nothing = pipelines.len();
        let mut nil: Vec<String> = (0..)
            .zip(pipelines)
            .filter(|(_, pipeline)| pipeline.nil)
            .map(|(at, _): (usize, _)| at.to_string())
            .collect();
        nil.push(nothing.to_string());
        out.line("");
        out.line("/// The payment of nothing at all");
        out.line(format!("pub(crate) const NOTHING: usize = {nothing};"));
        out.line("");
        out.line("/// Payments of nothing, whatever the claim");
        out.array(
            &format!("pub(crate) const PAYS_NOTHING: [usize; {}] = ", nil.len()),
            &nil,
            ";",
        );
        out.line("");
        out.line("/// What a payment comes to, in 分.");
        let arms = out.deeper(1).code(|out| self.arms(out));
        // Where all payments are fixed, none looks at the claim.
        let arguments = format!("payment: usize, {}: &Facts<'_>, trace: &mut T", arms.reads("facts"));
        out.line(format!(
            "pub(crate) fn pay<T: Trace>({arguments}) -> Result<i64, Stop> {{"
        ));
        out.inside(|out| out.lines(&arms));
        out.line("}");
        for (at, pipeline) in pipelines.iter().enumerate() {
            if self.fixed(pipeline).is_none() {
                let body = out.deeper(1).code(|out| self.pipeline(out, pipeline));
                let facts = body.reads("facts");
                out.line("");
                out.doc(&pipeline.articles.join("、"));
                out.line(format!(
                    "fn payment_{at}<T: Trace>({facts}: &Facts<'_>, trace: &mut T) -> Result<i64, Stop> {{"
                ));
                out.inside(|out| out.lines(&body));
                out.line("}");
            }
        }
        for (number, node) in self.refusals.iter().enumerate() {
            let Node::Refused { above, fact, bound } = self.node(*node) else {
                continue;
            };
            let body = out.deeper(1).code(|out| {
                self.amount(out, "bound", bound);
                let code = if *above { "V022" } else { "V023" };
                let whole = crate::emit::rust::integer(bound.denominator);
                out.line(format!("let bound = rounded(bound, {whole})?;"));
                let field = self.names.variant(*fact);
                out.line(format!("let refusal = Refusal::new(\"{code}\").of({field});"));
                out.line("Err(refusal.with(crate::reading::yuan(bound)).into())");
            });
            let facts = body.reads("facts");
            out.line("");
            out.line(format!(
                "fn refusal_{number}({facts}: &Facts<'_>) -> Result<i64, Stop> {{"
            ));
            out.inside(|out| out.lines(&body));
            out.line("}");
        }
    }

    fn arms(&self, out: &mut Code) {
        out.line("match payment {");
        out.inside(|out| {
            for (at, pipeline) in self.program.pipelines.iter().enumerate() {
                match self.fixed(pipeline) {
                    Some(amount) => out.call(
                        &format!("{at} => fixed"),
                        &[
                            crate::emit::rust::integer(amount),
                            cited(&pipeline.articles),
                            "trace".to_owned(),
                        ],
                        ",",
                    ),
                    None => out.line(format!("{at} => payment_{at}(facts, trace),")),
                }
            }
            let first = self.program.pipelines.len() + 1;
            for number in 0..self.refusals.len() {
                out.line(format!("{} => refusal_{number}(facts),", first + number));
            }
            out.line("_ => {");
            out.inside(|out| {
                out.line("trace.step(\"nothing\", 0, 1, \"\");");
                out.line("Ok(0)");
            });
            out.line("}");
        });
        out.line("}");
    }

    /// The amount of a pipeline that is one constant of the rule `amount`.
    fn fixed(&self, pipeline: &Pipeline) -> Option<i128> {
        match &pipeline.start.choice {
            Choice::Linear(form)
                if form.x.is_none()
                    && form.rule == "amount"
                    && pipeline.steps.is_empty()
                    && pipeline.denominator == 1 =>
            {
                Some(form.b)
            }
            _ => None,
        }
    }

    /// Whether some payment is one amount.
    pub(super) fn any_fixed(&self) -> bool {
        self.program
            .pipelines
            .iter()
            .any(|pipeline| self.fixed(pipeline).is_some())
    }
}
