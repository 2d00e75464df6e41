//! Which covers apply, and what each pays for a harm.

use super::*;

impl Writer<'_> {
    pub(super) fn covers(&mut self, out: &mut Lines) {
        let roots = self
            .program
            .covers
            .iter()
            .flat_map(|c| &c.benefits)
            .map(|b| self.root(b.root));
        if roots.clone().any(|root| root.starts_with("PaymentIs")) {
            out.line("");
            out.line("");
            out.line("class PaymentIs:");
            out.line("    \"\"\"A benefit that turns on nothing.\"\"\"");
            out.line("");
            out.line("    def __init__(self, payment: int) -> None:");
            out.line("        self.payment = payment");
            out.line("");
            out.line("    def __call__(self, claim: Claim, inputs: Inputs) -> int:");
            out.line("        return self.payment");
        }
        out.line("");
        out.line("");
        out.line("COVERS: tuple[Cover, ...] = (");
        out.inside(|out| {
            for cover in &self.program.covers {
                out.line(format!("# The cover {}", line_of(&cover.id)));
                out.line("Cover(");
                out.inside(|out| {
                    out.line(format!("id={},", text(&cover.id)));
                    out.line(format!("any_peril={},", if cover.any_peril { "True" } else { "False" }));
                    out.line(format!("perils={},", self.root(cover.perils)));
                    out.line(format!("roles={},", self.root(cover.roles)));
                    out.line(format!("condition={},", self.root(cover.condition)));
                    let harm = |at: usize| {
                        let fact = self.program.known.harm.unwrap_or(usize::MAX);
                        self.program.values(fact).get(at).map_or("", |v| v.id.as_str())
                    };
                    if cover.benefits.is_empty() {
                        out.line("benefits={},");
                    } else {
                        out.line("benefits={");
                        out.inside(|out| {
                            for benefit in &cover.benefits {
                                let article = benefit.articles.join("、");
                                let comment = if article.is_empty() {
                                    String::new()
                                } else {
                                    format!("  # {}", line_of(&article))
                                };
                                out.line(format!(
                                    "{}: {},{comment}",
                                    text(harm(benefit.harm)),
                                    self.root(benefit.root)
                                ));
                            }
                        });
                        out.line("},");
                    }
                    out.line(format!("article={},", cited(&cover.articles)));
                });
                out.line("),");
            }
        });
        out.line(")");
        for (name, pairs) in [
            ("OVER", &self.program.over),
            ("HIGHER", &self.program.higher),
            ("STACK", &self.program.stack),
        ] {
            if pairs.is_empty() {
                out.line(format!("{name}: frozenset[tuple[int, int]] = frozenset()"));
            } else {
                let pairs: Vec<String> = pairs.iter().map(|(a, b)| format!("({a}, {b}),")).collect();
                list_in(
                    out,
                    &format!("{name}: frozenset[tuple[int, int]]"),
                    "frozenset((",
                    "))",
                    &pairs,
                );
            }
        }
    }

    pub(super) fn payments(&mut self, out: &mut Lines) {
        // Their numbers are what benefits name.
        let numbered = |at: usize, entry: String| match entry.len() < 100 {
            true => format!("{entry}  # {at}"),
            false => entry,
        };
        let mut entries = Vec::new();
        let mut nil = vec![self.program.pipelines.len().to_string()];
        for (at, pipeline) in self.program.pipelines.iter().enumerate() {
            if pipeline.nil {
                nil.push(at.to_string());
            }
            let entry = match fixed(pipeline) {
                Some(amount) => format!("Fixed({}, {}),", (PYTHON.integer)(amount), cited(&pipeline.articles)),
                None => {
                    out.line("");
                    out.line("");
                    let arguments = "claim: Claim, inputs: Inputs, steps: Optional[list[Step]]";
                    out.line(format!("def _payment_{at}({arguments}) -> int:"));
                    out.inside(|out| self.pipeline(out, pipeline));
                    format!("_payment_{at},")
                }
            };
            entries.push(numbered(at, entry));
        }
        let nothing = "Fixed(0, \"\", \"nothing\"),".to_owned();
        entries.push(match entries.is_empty() && self.refusals.is_empty() {
            true => nothing,
            false => numbered(entries.len(), nothing),
        });
        for (node, number) in &self.refusals {
            if let Node::Refused { above, fact, bound } = self.node(*node) {
                out.line("");
                out.line("");
                out.line(format!(
                    "def _refusal_{number}(claim: Claim, inputs: Inputs, steps: Optional[list[Step]]) -> int:"
                ));
                let code = if *above { "V022" } else { "V023" };
                let id = self.program.facts.get(*fact).map_or("", |fact| fact.id.as_str());
                out.inside(|out| {
                    self.amount(out, "bound", bound);
                    out.line(format!("raise Refusal(\"{code}\", {}, detail=str(bound))", text(id)));
                });
                entries.push(numbered(entries.len(), format!("_refusal_{number},")));
            }
        }
        out.line("");
        out.line("");
        out.line(include_str!("../fixed.py").trim_end());
        out.line("");
        out.line("");
        list_in(out, "PAYMENTS: tuple[Payment, ...]", "(", ")", &entries);
        out.line("# Payments of nothing, whatever the claim");
        let nil: Vec<String> = nil.into_iter().map(|n| format!("{n},")).collect();
        list_in(out, "PAYS_NOTHING: frozenset[int]", "frozenset((", "))", &nil);
    }
}
