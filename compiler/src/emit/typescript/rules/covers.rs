//! The covers, and what they pay for a harm.

use super::*;

impl Writer<'_> {
    pub(super) fn covers(&mut self, out: &mut Lines) {
        out.line("");
        if self.program.covers.is_empty() {
            out.line("«export »const COVERS‹: readonly Cover[]› = [];");
        } else {
            out.line("«export »const COVERS‹: readonly Cover[]› = [");
            out.inside(|out| {
                for at in 0..self.program.covers.len() {
                    self.cover(out, at);
                }
            });
            out.line("];");
        }
        for (name, meaning, pairs) in [
            ("OVER", "The first pays instead of the second", &self.program.over),
            ("HIGHER", "The one that pays more pays", &self.program.higher),
            ("STACK", "Both pay", &self.program.stack),
        ] {
            let pairs: Vec<String> = pairs.iter().map(|(a, b)| format!("[{a}, {b}]")).collect();
            out.line("");
            out.line(format!("/** {meaning}. */"));
            let head = format!("«export »const {name}‹: readonly (readonly [number, number])[]› = [");
            composites(out, &head, &pairs, "];");
        }
    }

    fn cover(&self, out: &mut Lines, at: usize) {
        let Some(cover) = self.program.covers.get(at) else {
            return;
        };
        out.line("{");
        out.inside(|out| {
            out.line(format!("id: {},", text(&cover.id)));
            out.line(format!("anyPeril: {},", cover.any_peril));
            for (name, root) in [
                ("perils", cover.perils),
                ("roles", cover.roles),
                ("condition", cover.condition),
            ] {
                out.line(format!("{name}: {},", self.root(root)));
            }
            if cover.benefits.is_empty() {
                out.line("benefits: {},");
            } else {
                out.line("benefits: {");
                out.inside(|out| {
                    for benefit in &cover.benefits {
                        let harm = self
                            .program
                            .values(self.program.known.harm.unwrap_or(usize::MAX))
                            .get(benefit.harm);
                        let cited = match benefit.articles.join("、") {
                            none if none.is_empty() => String::new(),
                            articles => format!(" // {}", comment(&articles)),
                        };
                        let harm = key(harm.map_or("", |v| v.id.as_str()));
                        out.line(format!("{harm}: {},{cited}", self.root(benefit.root)));
                    }
                });
                out.line("},");
            }
            out.line(format!("article: {},", cited(&cover.articles)));
        });
        out.line("},");
    }

    pub(super) fn payments(&mut self, out: &mut Lines) {
        let pipelines = &self.program.pipelines;
        if pipelines.iter().any(|pipeline| fixed(pipeline).is_some()) {
            out.line("");
        }
        for (at, pipeline) in pipelines.iter().enumerate() {
            if let Some(amount) = fixed(pipeline) {
                let amount = (TYPESCRIPT.integer)(amount);
                // A share of nothing is no fixed amount to who reads the steps.
                let rule = match amounts::rule_of(&pipeline.start.choice) {
                    "amount" => String::new(),
                    rule => format!(", {}", text(rule)),
                };
                out.line(format!(
                    "const payment{at} = fixed({amount}, {}{rule});",
                    cited(&pipeline.articles)
                ));
            }
        }
        for (at, pipeline) in pipelines.iter().enumerate() {
            if fixed(pipeline).is_none() {
                out.line("");
                doc(out, &pipeline.articles.join("、"));
                let mut body = lines();
                body.inside(|body| self.pipeline(body, pipeline));
                let body = body.finish();
                // A name that begins with _ says that nothing reads it.
                let given = |name: &str| {
                    if body.contains(&format!("({name}")) || body.contains(&format!(", {name})")) {
                        ""
                    } else {
                        "_"
                    }
                };
                let (claim, inputs) = (given("claim"), given("inputs"));
                let arguments = format!("{claim}claim‹: Claim›, {inputs}inputs‹: Inputs›, steps‹: Step[] | null›");
                out.line(format!("function payment{at}({arguments})‹: bigint› {{"));
                out.line(body.trim_end());
                out.line("}");
            }
        }
        for (node, number) in self.refusals.clone() {
            self.refusal(out, node, number);
        }
        let nil = pipelines.iter().enumerate().filter(|(_, pipeline)| pipeline.nil);
        let nil: Vec<String> = nil.map(|(at, _)| format!("payment{at}")).collect();
        let nil = [vec!["nothing".to_owned()], nil].concat();
        out.line("");
        out.line("/** Payments of nothing, whatever the claim */");
        list(
            out,
            "«export »const PAYS_NOTHING‹: ReadonlySet<Payment>› = new Set([",
            &nil,
            "]);",
        );
    }

    fn refusal(&mut self, out: &mut Lines, node: usize, number: usize) {
        let Node::Refused { above, fact, bound } = self.node(node).clone() else {
            return;
        };
        let code = if above { "V022" } else { "V023" };
        let field = text(self.program.facts.get(fact).map_or("", |fact| &fact.id));
        out.line("");
        out.line(match above {
            true => "/** Refuses an amount above what the scheme accepts. */",
            false => "/** Refuses an amount below what the scheme accepts. */",
        });
        if let Choice::Linear(form) = &bound.choice
            && form.x.is_none()
        {
            let whole = (2 * form.b + bound.denominator).div_euclid(2 * bound.denominator);
            out.line(format!("function refusal{number}()‹: bigint› {{"));
            out.line(format!(
                "  return refused(\"{code}\", {field}, {});",
                (TYPESCRIPT.integer)(whole)
            ));
        } else {
            out.line(format!(
                "function refusal{number}(claim‹: Claim›, inputs‹: Inputs›)‹: bigint› {{"
            ));
            out.inside(|out| {
                let amount = self.chosen(&bound, false, false);
                out.line(format!("const bound = {amount}(new ClaimContext(claim, inputs));"));
                let bound = TYPESCRIPT.rounded("bound", bound.denominator);
                out.line(format!("return refused(\"{code}\", {field}, {bound});"));
            });
        }
        out.line("}");
    }
}

/// The amount of a pipeline that is one constant.
fn fixed(pipeline: &Pipeline) -> Option<i128> {
    match &pipeline.start.choice {
        Choice::Linear(form) if form.x.is_none() && pipeline.steps.is_empty() && pipeline.denominator == 1 => {
            Some(form.b)
        }
        _ => None,
    }
}
