//! The claim record: its fields, and what is done with any one of them.

use super::code::{Code, day, text};
use super::names::Names;
use crate::emit::program::{Fact, Kind, Program};
use std::collections::HashSet;

pub(super) fn claim(program: &Program, names: &Names) -> String {
    let writer = Writer { program, names };
    let mut body = Code::default();
    writer.record(&mut body);
    writer.fields(&mut body);
    writer.representatives(&mut body);
    writer.accessors(&mut body);
    let body = body.finish();
    let mut out = Code::default();
    out.line("//! The claim record: its fields, how files name and spell them, and how they are read.");
    out.line("");
    writer.imports(&mut out, &body);
    out.finish() + &body
}

struct Writer<'a> {
    program: &'a Program,
    names: &'a Names,
}

fn part(part: Option<&str>) -> &'static str {
    match part {
        Some("up") => "Part::Up",
        Some("down") => "Part::Down",
        _ => "Part::Refused",
    }
}

impl Writer<'_> {
    fn facts(&self) -> impl Iterator<Item = (usize, &Fact, &str)> {
        let facts = self.program.facts.iter().enumerate().zip(&self.names.fields);
        facts.map(|((at, fact), field)| (at, fact, field.as_str()))
    }

    fn type_of(&self, kind: &Kind) -> String {
        match kind {
            Kind::Enumeration { domain, .. } => self.names.type_of(*domain).to_owned(),
            Kind::Money | Kind::Number { .. } => "i64".to_owned(),
            Kind::Count { part: Some("pro_rata") } | Kind::Ratio => "Quotient".to_owned(),
            Kind::Count { .. } => "i64".to_owned(),
            Kind::Date => "Moment".to_owned(),
            Kind::Text => "&'a str".to_owned(),
            Kind::YesNo => "bool".to_owned(),
        }
    }

    fn imports(&self, out: &mut Code, body: &str) {
        super::import(out, "crate::model", &["Refusal".to_owned(), "Value".to_owned()]);
        let functions = [
            "count",
            "grid",
            "identifier",
            "moment",
            "money",
            "parts",
            "ratio",
            "value",
            "yes_no",
        ];
        let called = functions
            .into_iter()
            .filter(|name| body.contains(&format!("{name}(text")));
        let mut reading = super::needed(body, &["Day", "MOST", "Moment", "Part", "Quotient"]);
        reading.extend(called.map(str::to_owned));
        super::import(out, "crate::reading", &reading);
        let types: Vec<&str> = self.names.types.values().map(String::as_str).collect();
        super::import(out, "crate::values", &super::needed(body, &types));
    }

    fn record(&self, out: &mut Code) {
        out.line("");
        out.line("/// One claim; `None` is blank. Money is in 分.");
        out.line("#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]");
        out.line("pub struct Claim<'a> {");
        out.inside(|out| {
            for (_, fact, field) in self.facts() {
                let unit = match &fact.kind {
                    Kind::Number { unit, precision, .. } => {
                        format!(" ({}/{} {unit})", precision.numerator, precision.denominator)
                    }
                    _ => String::new(),
                };
                out.doc(&format!("{}{unit}", fact.zh));
                out.line(format!("pub {field}: Option<{}>,", self.type_of(&fact.kind)));
            }
            if !self.program.facts.iter().any(|fact| fact.kind == Kind::Text) {
                out.line("pub texts: std::marker::PhantomData<&'a str>,");
            }
        });
        out.line("}");
        let domains = self
            .facts()
            .filter(|(_, fact, _)| matches!(fact.kind, Kind::Enumeration { .. }));
        let domains: Vec<String> = domains.map(|(at, _, _)| self.names.variant(at)).collect();
        out.line("");
        out.line("/// The fields whose values are those of a domain");
        out.array(
            &format!("const ENUMERATIONS: [Field; {}] = ", domains.len()),
            &domains,
            ";",
        );
        let wide: Vec<String> = self
            .program
            .wide
            .iter()
            .map(|(a, b)| format!("({}, {})", self.names.variant(*a), self.names.variant(*b)))
            .collect();
        out.line("");
        out.line("/// Fields of wider records, with the field that identifies the record");
        out.array(
            &format!("pub(crate) const WIDE: [(Field, Field); {}] = ", wide.len()),
            &wide,
            ";",
        );
    }

    fn fields(&self, out: &mut Code) {
        out.line("");
        out.line("/// A field of the record");
        out.line("#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]");
        out.line("pub enum Field {");
        out.inside(|out| {
            for (fact, variant) in self.program.facts.iter().zip(&self.names.variants) {
                out.doc(&fact.zh);
                out.line(format!("{variant},"));
            }
        });
        out.line("}");
        out.line("");
        out.line("impl Field {");
        out.inside(|out| {
            let claim = self.program.known.claim;
            let claim = claim.map_or("None".to_owned(), |c| format!("Some({})", self.names.variant(c)));
            out.line("/// The field of the claim's own id");
            out.line(format!("pub const CLAIM: Option<Field> = {claim};"));
            out.line("");
            out.line("/// The id in the data contract");
            out.line("#[must_use]");
            out.line("pub fn id(self) -> &'static str {");
            self.arms(
                out,
                "self",
                |out, at, fact| out.arm(&[self.names.variant(at)], &text(&fact.id)),
                None,
            );
            out.line("}");
            out.line("");
            self.named(out);
            out.line("");
            out.line("/// Whether its values are those of a domain");
            out.line("pub(crate) fn is_enumeration(self) -> bool {");
            out.inside(|out| out.line("ENUMERATIONS.contains(&self)"));
            out.line("}");
            out.line("");
            out.line("/// The value above another, by their positions in the field's domain");
            out.line("pub(crate) fn parent(self, value: u16) -> Option<u16> {");
            self.parents(out, "let _ = value;", |name| format!("{name}::above(value)"), "None");
            out.line("}");
        });
        out.line("}");
    }

    fn arms(&self, out: &mut Code, on: &str, arm: impl Fn(&mut Code, usize, &Fact), otherwise: Option<&str>) {
        out.inside(|out| {
            out.line(format!("match {on} {{"));
            out.inside(|out| {
                for (at, fact, _) in self.facts() {
                    arm(out, at, fact);
                }
                if let Some(otherwise) = otherwise {
                    out.line(format!("_ => {otherwise},"));
                }
            });
            out.line("}");
        });
    }

    fn named(&self, out: &mut Code) {
        out.line("/// By id or name");
        out.line("#[must_use]");
        out.line("pub fn named(text: &str) -> Option<Self> {");
        out.inside(|out| {
            out.line("Some(match text {");
            out.inside(|out| {
                let mut seen = HashSet::new();
                let spelling: [fn(&Fact) -> &str; 3] = [|f| &f.id, |f| &f.zh, |f| &f.en];
                for spelling in spelling {
                    for (at, fact, _) in self.facts() {
                        if seen.insert(spelling(fact).to_owned()) {
                            out.arm(&[text(spelling(fact))], &self.names.variant(at));
                        }
                    }
                }
                out.line("_ => return None,");
            });
            out.line("})");
        });
        out.line("}");
    }

    /// One arm for each enumeration.
    fn parents(&self, out: &mut Code, unused: &str, of: impl Fn(&str) -> String, otherwise: &str) {
        let found: Vec<(String, String)> = self
            .facts()
            .filter_map(|(at, fact, _)| match fact.kind {
                Kind::Enumeration { domain, .. } => Some((self.names.variant(at), of(self.names.type_of(domain)))),
                _ => None,
            })
            .collect();
        out.inside(|out| {
            if found.is_empty() {
                if !unused.is_empty() {
                    out.line(unused);
                }
                out.line(otherwise);
                return;
            }
            out.line("match self {");
            out.inside(|out| {
                for (name, body) in &found {
                    out.arm(std::slice::from_ref(name), body);
                }
                out.line(format!("_ => {otherwise},"));
            });
            out.line("}");
        });
    }

    fn constant(&self, fact: usize) -> String {
        format!("{}_CLASSES", self.names.field(fact).to_ascii_uppercase())
    }

    fn has_classes(&self, fact: &Fact) -> bool {
        fact.representatives.len() > 1
    }

    /// One value of each kind that rules tell apart.
    fn representatives(&self, out: &mut Code) {
        for (at, fact, _) in self.facts().filter(|(_, fact, _)| self.has_classes(fact)) {
            let values: Vec<String> = fact
                .representatives
                .iter()
                .map(|v| self.literal(&fact.kind, *v))
                .collect();
            let kind = self.type_of(&fact.kind);
            out.line("");
            out.line("/// One value of each kind that rules tell apart");
            let head = format!("const {}: [{kind}; {}] = ", self.constant(at), values.len());
            out.array(&head, &values, ";");
        }
    }

    fn literal(&self, kind: &Kind, value: i64) -> String {
        match kind {
            Kind::Enumeration { domain, .. } => self.names.value(*domain, usize::try_from(value).unwrap_or(usize::MAX)),
            Kind::Date => format!("Moment::on({})", day(value)),
            Kind::YesNo => if value == 0 { "false" } else { "true" }.to_owned(),
            Kind::Ratio => format!("Quotient::at({value})"),
            kind if kind.is_in_parts() && value % 2 == 0 => format!("Quotient::whole({})", value / 2),
            kind if kind.is_in_parts() => format!("Quotient::halves({value})"),
            _ => super::integer(i128::from(value)),
        }
    }

    fn accessors(&self, out: &mut Code) {
        out.line("");
        out.line("impl<'a> Claim<'a> {");
        out.inside(|out| {
            let getter = |out: &mut Code, doc: &str, head: &str, fact: Option<usize>| {
                out.doc(doc);
                out.line(head);
                let body = fact.map_or("None".to_owned(), |f| format!("self.{}", self.names.field(f)));
                out.inside(|out| out.line(body));
                out.line("}");
                out.line("");
            };
            let known = &self.program.known;
            getter(
                out,
                "The claim's own id",
                "pub(crate) fn id(&self) -> Option<&'a str> {",
                known.claim,
            );
            let event = "pub(crate) fn event_of(&self) -> Option<&'a str> {";
            getter(out, "The event that it belongs to", event, known.event);
            let moment = "pub(crate) fn moment_of_loss(&self) -> Option<crate::reading::Moment> {";
            getter(out, "When the loss happened", moment, known.date);
            self.raw(out);
            self.value(out);
            self.completed(out);
            self.set(out);
            self.check(out);
        });
        out.line("}");
    }

    fn raw(&self, out: &mut Code) {
        out.line("/// Any field as it stands");
        out.line("#[must_use]");
        out.line("pub fn raw(&self, field: Field) -> Option<Value<'a>> {");
        let arm = |out: &mut Code, at: usize, _: &Fact| {
            let body = format!("self.{}.map(Value::from)", self.names.field(at));
            out.arm(&[self.names.variant(at)], &body);
        };
        self.arms(out, "field", arm, None);
        out.line("}");
        out.line("");
    }

    fn value(&self, out: &mut Code) {
        out.line("/// Any field, a blank one as what it stands for");
        out.line("#[must_use]");
        out.line("pub fn value(&self, field: Field) -> Option<Value<'a>> {");
        let defaults: Vec<(usize, String)> = self
            .facts()
            .filter_map(|(at, fact, _)| match fact.kind {
                Kind::Enumeration {
                    domain,
                    default: Some(value),
                } => Some((at, self.names.value(domain, value))),
                _ => None,
            })
            .collect();
        out.inside(|out| {
            if defaults.is_empty() {
                out.line("self.raw(field)");
                return;
            }
            out.line("let usual = match field {");
            out.inside(|out| {
                for (at, value) in &defaults {
                    out.arm(&[self.names.variant(*at)], &format!("Some({value}.into())"));
                }
                if defaults.len() < self.program.facts.len() {
                    out.line("_ => None,");
                }
            });
            out.line("};");
            out.line("self.raw(field).or(usual)");
        });
        out.line("}");
        out.line("");
    }

    fn completed(&self, out: &mut Code) {
        out.line("/// The claim with the n-th of the values of a field that rules tell apart");
        out.line("pub(crate) fn completed(&self, field: Field, n: usize) -> Option<Self> {");
        let any = self.program.facts.iter().any(|fact| self.has_classes(fact));
        if any {
            out.inside(|out| {
                out.line("let mut claim = *self;");
                out.line("match field {");
                out.inside(|out| {
                    for (at, _, field) in self.facts().filter(|(_, fact, _)| self.has_classes(fact)) {
                        let body = format!("claim.{field} = Some(*{}.get(n)?)", self.constant(at));
                        out.arm(&[self.names.variant(at)], &body);
                    }
                    out.line("_ => return None,");
                });
                out.line("}");
                out.line("Some(claim)");
            });
        } else {
            out.inside(|out| {
                out.line("let _ = (field, n);");
                out.line("None");
            });
        }
        out.line("}");
        out.line("");
    }

    fn set(&self, out: &mut Code) {
        out.line("/// Reads a text into a field.");
        out.line("///");
        out.line("/// # Errors");
        out.line("/// The text is none that the field takes.");
        out.line("pub fn set(&mut self, field: Field, text: &'a str) -> Result<(), Refusal> {");
        let arm = |out: &mut Code, at: usize, fact: &Fact| {
            let (head, arguments) = self.reader(&fact.kind);
            let field = self.names.field(at);
            if arguments.len() < 3 {
                let body = format!("self.{field} = Some({head}({})?)", arguments.join(", "));
                out.arm(&[self.names.variant(at)], &body);
                return;
            }
            out.block_arm(&[self.names.variant(at)], |out| {
                out.call(&format!("let steps = {head}"), &arguments, "?;");
                out.line(format!("self.{field} = Some(steps);"));
            });
        };
        self.arms(out, "field", arm, None);
        out.inside(|out| out.line("Ok(())"));
        out.line("}");
        out.line("");
    }

    /// The function that reads a field, with its arguments.
    fn reader(&self, kind: &Kind) -> (&'static str, Vec<String>) {
        let mut arguments = vec!["text".to_owned()];
        let head = match kind {
            Kind::Enumeration { domain, .. } => {
                arguments.push(format!("{}::named", self.names.type_of(*domain)));
                "value"
            }
            Kind::Money => "money",
            Kind::Count { part: Some("pro_rata") } => "parts",
            Kind::Count { part: how } => {
                arguments.push(part(*how).to_owned());
                "count"
            }
            Kind::Number {
                unit,
                precision,
                from,
                to,
            } => {
                let precision = [precision.numerator, precision.denominator].map(super::integer);
                arguments.push(text(unit));
                arguments.push(format!("({})", precision.join(", ")));
                arguments.extend([*from, *to].map(|bound| super::integer(i128::from(bound))));
                "grid"
            }
            Kind::Ratio => "ratio",
            Kind::Date => "moment",
            Kind::Text => "identifier",
            Kind::YesNo => "yes_no",
        };
        (head, arguments)
    }

    /// Amounts that a caller sets in code may be out of range.
    fn check(&self, out: &mut Code) {
        let mut lines = Vec::new();
        for (at, fact, field) in self.facts() {
            let bounds = match &fact.kind {
                Kind::Money => Some(("0".to_owned(), "MOST".to_owned())),
                Kind::Count { part: Some("pro_rata") } => None,
                Kind::Count { .. } => Some(("0".to_owned(), "MOST".to_owned())),
                Kind::Number { from, to, .. } => {
                    Some((super::integer(i128::from(*from)), super::integer(i128::from(*to))))
                }
                _ => None,
            };
            if let Some((from, to)) = bounds {
                let grid = matches!(fact.kind, Kind::Number { .. });
                let variant = self.names.variant(at);
                lines.push((format!("self.{field}"), format!("{from}..={to}"), variant, grid));
            }
        }
        out.line("/// Refuses amounts out of their range (V005, V007, V009).");
        out.line("pub(crate) fn check(&self) -> Result<(), Refusal> {");
        out.inside(|out| {
            for (value, range, variant, grid) in &lines {
                let function = if *grid { "on_grid" } else { "in_range" };
                out.call(
                    &format!("crate::model::{function}"),
                    &[value.clone(), range.clone(), variant.clone()],
                    "?;",
                );
            }
            out.line("Ok(())");
        });
        out.line("}");
    }
}
