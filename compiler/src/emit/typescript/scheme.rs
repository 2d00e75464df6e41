//! What the scheme says of itself: identity, term, years, decisions, insurers.

use super::Names;
use super::layout::{comment, composites, doc, lines, list, numbers, rows, text};
use crate::emit::program::{Kind, Per, Program, Term};
use crate::emit::text::Lines;

pub(super) fn scheme(program: &Program, names: &Names) -> String {
    let mut out = lines();
    let identity = &program.scheme;
    out.line("/** What the scheme says of itself: identity, term, insured years, decisions, insurers. */");
    out.line("");
    out.line("‹import type { Claim } from \"./claim.js\";");
    out.line("import type { Scheme } from \"./model.js\";›");
    out.line("");
    doc(&mut out, &identity.title_zh);
    out.line("«export »const SCHEME‹: Scheme› = {");
    out.inside(|out| {
        let optional = |value: &Option<String>| value.as_deref().map_or_else(|| "null".to_owned(), text);
        out.line(format!("title: {},", text(&identity.title_zh)));
        out.line(format!("titleEn: {},", text(&identity.title_en)));
        out.line(format!("document: {},", optional(&identity.document)));
        out.line(format!("contract: {},", optional(&identity.contract)));
        out.line(format!("hash: {},", text(&identity.hash)));
        out.line(format!("planVersion: {},", identity.plan_version));
        decisions(out, program, names);
        constants(out, program, names);
        calendar(out, program);
        grades(out, program);
    });
    out.line("};");
    term(&mut out, program, names);
    injuries(&mut out, program, names);
    out.finish()
}

fn decisions(out: &mut Lines, program: &Program, names: &Names) {
    let lines: Vec<String> = program
        .decisions
        .iter()
        .map(|decision| {
            let per = match decision.per {
                Per::Term => "term",
                Per::Year => "year",
                Per::Event => "event",
                Per::Fact(fact) => names.field(fact),
            };
            let value = decision.value.map_or_else(|| "null".to_owned(), text);
            format!(
                "{{ id: {}, per: {}, fromTheDay: {}, value: {value} }}",
                text(&decision.id),
                text(per),
                decision.from_the_day
            )
        })
        .collect();
    composites(out, "decisions: [", &lines, "],");
}

fn constants(out: &mut Lines, program: &Program, names: &Names) {
    let defaults: Vec<String> = program
        .facts
        .iter()
        .enumerate()
        .filter_map(|(at, fact)| match fact.kind {
            Kind::Enumeration {
                default: Some(value), ..
            } => {
                let value = program.values(at).get(value)?;
                Some(format!("{}: {}", names.field(at), text(&value.id)))
            }
            _ => None,
        })
        .collect();
    rows(out, "defaults: {", &defaults, "},");
    out.line(format!("readsPremium: {},", program.reads_premium));
    let insurers: Vec<String> = program
        .insurers
        .iter()
        .map(|insurer| format!("{{ id: {}, parts: {}n }}", text(&insurer.id), insurer.parts))
        .collect();
    composites(out, "insurers: [", &insurers, "],");
    out.line(format!("shareDenominator: {}n,", program.share_denominator));
}

fn calendar(out: &mut Lines, program: &Program) {
    let (articles, first, end) = match &program.term {
        Term::Fixed { first, end, articles } => (articles.as_slice(), Some(*first), *end),
        Term::Policy { articles, .. } => (articles.as_slice(), None, None),
        Term::Unstated => (&[][..], None, None),
    };
    if !articles.is_empty() {
        out.line(format!("// {}", comment(&articles.join("、"))));
    }
    let day = |day: Option<i64>| day.map_or_else(|| "null".to_owned(), |day| day.to_string());
    out.line(format!("policyTerm: {},", matches!(program.term, Term::Policy { .. })));
    out.line(format!("firstDay: {},", day(first)));
    out.line(format!("dayAfter: {},", day(end)));
    let days: Vec<String> = program.years.boundaries.iter().map(ToString::to_string).collect();
    numbers(out, "boundaries: [", &days, "],");
    out.line(format!("calendarYears: {},", program.years.calendar));
    out.line(format!("yearOfEvent: {},", program.years.of_event));
}

fn grades(out: &mut Lines, program: &Program) {
    let domain = program
        .known
        .injury_grade
        .and_then(|fact| match program.facts.get(fact)?.kind {
            Kind::Enumeration { domain, .. } => program.domains.get(domain),
            _ => None,
        });
    let mut values: Vec<(usize, &str)> = Vec::new();
    if let Some((domain, severities)) = domain.and_then(|d| Some((d, d.severities.as_ref()?))) {
        let ids = domain.values.iter().map(|v| v.id.as_str());
        values = severities.iter().copied().zip(ids).collect();
    }
    values.sort_unstable();
    let values: Vec<String> = values.into_iter().map(|(_, id)| text(id)).collect();
    list(out, "grades: [", &values, "],");
}

/// Two questions about the term, of a claim.
fn term(out: &mut Lines, program: &Program, names: &Names) {
    out.line("");
    match &program.term {
        Term::Policy { start, end, .. } => {
            let (start, end) = (names.field(*start), names.field(*end));
            out.line("/** First day of the claim's own policy */");
            out.line("«export »function policyStart(claim‹: Claim›)‹: number | null› {");
            out.line(format!("  return claim.{start}?.day ?? null;"));
            out.line("}");
            in_term(
                out,
                &[
                    format!("if (claim.date === null || claim.{start} === null || claim.{end} === null) {{"),
                    "  return null;".to_owned(),
                    "}".to_owned(),
                    format!("return claim.{start}.day <= claim.date.day && claim.date.day <= claim.{end}.day;"),
                ],
            );
        }
        Term::Fixed { first, end, .. } => {
            no_policy(out);
            let end = end.map_or(String::new(), |end| format!(" && claim.date.day < {end}"));
            in_term(
                out,
                &[
                    "if (claim.date === null) {".to_owned(),
                    "  return null;".to_owned(),
                    "}".to_owned(),
                    format!("return {first} <= claim.date.day{end};"),
                ],
            );
        }
        Term::Unstated => {
            no_policy(out);
            out.line("");
            out.line("/** Whether the loss falls into the term, which this scheme does not state */");
            out.line("«export »const inTerm‹: (claim: Claim) => boolean | null› = () => null;");
        }
    }
}

fn no_policy(out: &mut Lines) {
    out.line("/** First day of the claim's own policy, which this scheme does not read */");
    out.line("«export »const policyStart‹: (claim: Claim) => number | null› = () => null;");
}

fn in_term(out: &mut Lines, body: &[String]) {
    out.line("");
    out.line("/** Whether the loss falls into the term; null where that cannot be told */");
    out.line("«export »function inTerm(claim‹: Claim›)‹: boolean | null› {");
    out.inside(|out| body.iter().for_each(|line| out.line(line)));
    out.line("}");
}

fn injuries(out: &mut Lines, program: &Program, names: &Names) {
    out.line("");
    out.line("/** The grade of the injury */");
    let Some(field) = program.known.injury_grade.map(|fact| names.field(fact)) else {
        out.line("«export »const injuryGrade‹: (claim: Claim) => string | null› = () => null;");
        out.line("");
        out.line("/** The same claim; this scheme knows no grades. */");
        out.line("«export »const withGrade‹: (claim: Claim, grade: string) => Claim› = (claim) => claim;");
        return;
    };
    out.line("«export »function injuryGrade(claim‹: Claim›)‹: string | null› {");
    out.line(format!("  return claim.{field};"));
    out.line("}");
    out.line("");
    out.line("/** The same claim with another grade, of those above */");
    out.line("«export »function withGrade(claim‹: Claim›, grade‹: string›)‹: Claim› {");
    out.line(format!(
        "  return {{ ...claim, {field}: grade‹ as Claim[{}]› }};",
        text(field)
    ));
    out.line("}");
}
