//! What the scheme says of itself: identity, term, years, decisions, insurers.

use super::facts::list_in;
use super::{Names, line_of, text};
use crate::emit::program::{Kind, Per, Program, Term};
use crate::emit::text::Lines;

pub(super) fn init(program: &Program) -> String {
    let title = line_of(&program.scheme.title_zh);
    format!(
        "\"\"\"{title}: what claims are paid.\n\nTwo calls: assess(claim) for one claim's benefit, settle(claims) for limits and shares.\n\"\"\"\n\n\
         from .assessment import Assessment, assess\nfrom .claim import Claim, Unreadable\nfrom .context import read_inputs\nfrom .model import Inputs\nfrom .reading import Moment, Refusal\nfrom .settlement import Settled, settle\n\n\
         __all__ = [\n    \"Assessment\",\n    \"Claim\",\n    \"Inputs\",\n    \"Moment\",\n    \"Refusal\",\n    \"Settled\",\n    \"Unreadable\",\n    \"assess\",\n    \"read_inputs\",\n    \"settle\",\n]\n"
    )
}

pub(super) fn scheme(program: &Program, names: &Names) -> String {
    let mut out = Lines::default();
    let identity = &program.scheme;
    out.line("\"\"\"What the scheme says of itself: identity, term, insured years, decisions, insurers.\"\"\"");
    out.line("");
    out.line("from __future__ import annotations");
    out.line("");
    out.line("from typing import Optional");
    out.line("");
    out.line("from .claim import Claim");
    out.line("from .model import Decision");
    out.line("");
    out.line(format!("TITLE = {}", text(&identity.title_zh)));
    out.line(format!("TITLE_EN = {}", text(&identity.title_en)));
    out.line(format!(
        "DOCUMENT = {}",
        text(identity.document.as_deref().unwrap_or_default())
    ));
    out.line(format!(
        "CONTRACT = {}",
        text(identity.contract.as_deref().unwrap_or_default())
    ));
    out.line("# SHA-256 of the plan that these rules were written from");
    out.line(format!("HASH = {}", text(&identity.hash)));
    out.line(format!("PLAN_VERSION = {}", identity.plan_version));
    out.line("");
    decisions(&mut out, program, names);
    constants(&mut out, program, names);
    calendar(&mut out, program, names);
    grades(&mut out, program, names);
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
            let from = if decision.from_the_day { "True" } else { "False" };
            let value = decision.value.map_or_else(|| "None".to_owned(), text);
            format!("Decision({}, {}, {from}, {value}),", text(&decision.id), text(per))
        })
        .collect();
    list_in(out, "DECISIONS: tuple[Decision, ...]", "(", ")", &lines);
}

fn constants(out: &mut Lines, program: &Program, names: &Names) {
    let defaults: Vec<String> = program
        .facts
        .iter()
        .enumerate()
        .filter_map(|(i, fact)| match fact.kind {
            Kind::Enumeration {
                default: Some(value), ..
            } => {
                let value = program.values(i).get(value)?;
                Some(format!("{}: {},", text(names.field(i)), text(&value.id)))
            }
            _ => None,
        })
        .collect();
    out.line("# What a blank stands for");
    list_in(out, "DEFAULTS: dict[str, str]", "{", "}", &defaults);
    let yes = |value: bool| if value { "True" } else { "False" };
    out.line(format!("READS_PREMIUM = {}", yes(program.reads_premium)));
    out.line("# The co-insurers, in written order, with their parts of the whole");
    let insurers: Vec<String> = program
        .insurers
        .iter()
        .map(|insurer| format!("({}, {}),", text(&insurer.id), insurer.parts))
        .collect();
    list_in(out, "INSURERS: tuple[tuple[str, int], ...]", "(", ")", &insurers);
    out.line(format!("SHARE_DENOMINATOR = {}", program.share_denominator));
}

fn calendar(out: &mut Lines, program: &Program, names: &Names) {
    let articles = match &program.term {
        Term::Fixed { articles, .. } | Term::Policy { articles, .. } => articles.join("、"),
        Term::Unstated => String::new(),
    };
    if articles.is_empty() {
        out.line("# Term and insured years; days are yyyymmdd");
    } else {
        out.line(format!(
            "# Term and insured years ({}); days are yyyymmdd",
            line_of(&articles)
        ));
    }
    let policy = matches!(program.term, Term::Policy { .. });
    let yes = |value: bool| if value { "True" } else { "False" };
    out.line(format!("POLICY_TERM = {}", yes(policy)));
    out.line(format!("YEAR_OF_EVENT = {}", yes(program.years.of_event)));
    let first = match &program.term {
        Term::Fixed { first, .. } => first.to_string(),
        _ => "None".to_owned(),
    };
    out.line(format!("FIRST_DAY: Optional[int] = {first}"));
    let end = match &program.term {
        Term::Fixed { end: Some(end), .. } => end.to_string(),
        _ => "None".to_owned(),
    };
    out.line(format!("DAY_AFTER: Optional[int] = {end}"));
    let days: Vec<String> = program.years.boundaries.iter().map(|day| format!("{day},")).collect();
    list_in(out, "BOUNDARIES: tuple[int, ...]", "(", ")", &days);
    out.line(format!("CALENDAR_YEARS = {}", yes(program.years.calendar)));
    out.line("");
    out.line("");
    out.line("def policy_start(claim: Claim) -> Optional[int]:");
    let body = match &program.term {
        Term::Policy { start, end, .. } => {
            let (start, end) = (names.field(*start), names.field(*end));
            out.inside(|out| {
                out.line("\"\"\"First day of the claim's own policy.\"\"\"");
                out.line(format!("return None if claim.{start} is None else claim.{start}.day"));
            });
            format!(
                "if claim.date is None or claim.{start} is None or claim.{end} is None:\n        return None\n    return claim.{start}.day <= claim.date.day <= claim.{end}.day"
            )
        }
        term => {
            out.inside(|out| {
                out.line("\"\"\"First day of the claim's own policy, which this scheme does not read.\"\"\"");
                out.line("return None");
            });
            match term {
                Term::Fixed { .. } => "if claim.date is None or FIRST_DAY is None:\n        return None\n    return claim.date.day >= FIRST_DAY and (DAY_AFTER is None or claim.date.day < DAY_AFTER)".to_owned(),
                _ => "return None".to_owned(),
            }
        }
    };
    out.line("");
    out.line("");
    out.line("def in_term(claim: Claim) -> Optional[bool]:");
    out.line("    \"\"\"Whether the loss falls into the term; None where that cannot be told.\"\"\"");
    out.line(format!("    {body}"));
    out.line("");
    out.line("");
    out.line(include_str!("years.py").trim_end());
}

fn grades(out: &mut Lines, program: &Program, names: &Names) {
    let grade = program.known.injury_grade;
    let domain = grade.and_then(|fact| match program.facts.get(fact)?.kind {
        Kind::Enumeration { domain, .. } => program.domains.get(domain),
        _ => None,
    });
    let mut values: Vec<(usize, &str)> = Vec::new();
    if let Some((domain, severities)) = domain.and_then(|d| Some((d, d.severities.as_ref()?))) {
        values = severities
            .iter()
            .copied()
            .zip(domain.values.iter().map(|v| v.id.as_str()))
            .collect();
    }
    values.sort_unstable();
    let values: Vec<String> = values.into_iter().map(|(_, id)| format!("{},", text(id))).collect();
    out.line("");
    out.line("");
    out.line("# Injury grades, the heaviest first");
    list_in(out, "GRADES: tuple[str, ...]", "(", ")", &values);
    let field = grade.map(|fact| names.field(fact));
    out.line("");
    out.line("");
    out.line("def injury_grade(claim: Claim) -> Optional[str]:");
    out.line("    \"\"\"The grade of the injury.\"\"\"");
    out.line(field.map_or("    return None".to_owned(), |f| format!("    return claim.{f}")));
    out.line("");
    out.line("");
    out.line("def with_grade(claim: Claim, grade: str) -> Claim:");
    out.line("    \"\"\"The same claim with another grade.\"\"\"");
    out.line(field.map_or("    return claim".to_owned(), |f| {
        format!("    return claim._replace({f}=grade)")
    }));
}
