//! What the scheme says of itself: identity, term, years, decisions, insurers.

use super::code::{Code, day, text};
use super::names::Names;
use crate::emit::program::{Kind, Per, Program, Term};

pub(super) fn scheme(program: &Program, names: &Names) -> String {
    let writer = Writer { program, names };
    let mut body = Code::default();
    writer.identity(&mut body);
    writer.decisions(&mut body);
    writer.constants(&mut body);
    writer.calendar(&mut body);
    body.line(include_str!("package/years.rs").trim_end());
    writer.grades(&mut body);
    let body = body.finish();
    let mut out = Code::default();
    out.line("//! What the scheme says of itself: identity, term, insured years, decisions, insurers.");
    out.line("");
    super::import(&mut out, "crate::claim", &super::needed(&body, &["Claim", "Field"]));
    super::import(
        &mut out,
        "crate::model",
        &super::needed(&body, &["Decision", "Per", "ValueKind"]),
    );
    super::import(&mut out, "crate::reading", &super::needed(&body, &["Day"]));
    out.finish() + &body
}

struct Writer<'a> {
    program: &'a Program,
    names: &'a Names,
}

impl Writer<'_> {
    fn identity(&self, out: &mut Code) {
        let identity = &self.program.scheme;
        let constants = [
            ("The title in Chinese", "TITLE", text(&identity.title_zh)),
            ("The title in English", "TITLE_EN", text(&identity.title_en)),
            (
                "The document",
                "DOCUMENT",
                text(identity.document.as_deref().unwrap_or_default()),
            ),
            (
                "The contract that is bound",
                "CONTRACT",
                text(identity.contract.as_deref().unwrap_or_default()),
            ),
            (
                "SHA-256 of the plan that these rules were written from",
                "HASH",
                text(&identity.hash),
            ),
        ];
        for (doc, name, value) in constants {
            out.line("");
            out.doc(doc);
            out.constant(&format!("pub const {name}: &str ="), &value);
        }
        out.line("");
        out.line("/// The version of that plan's form");
        out.line(format!("pub const PLAN_VERSION: u32 = {};", identity.plan_version));
        for (doc, name, ids) in [
            (
                "Covers, in order",
                "COVER_IDS",
                self.program.covers.iter().map(|c| text(&c.id)).collect::<Vec<_>>(),
            ),
            (
                "Limits, in the order in which they apply",
                "LIMIT_IDS",
                self.program.limits.iter().map(|l| text(&l.id)).collect(),
            ),
        ] {
            out.line("");
            out.doc(doc);
            out.array(&format!("pub const {name}: [&str; {}] = ", ids.len()), &ids, ";");
        }
    }

    fn decisions(&self, out: &mut Code) {
        let event = self.program.known.event;
        let single = self.program.decisions.len() == 1;
        let items = self.program.decisions.iter().map(|decision| {
            let per = match decision.per {
                Per::Term => "Per::Term".to_owned(),
                Per::Year => "Per::Year".to_owned(),
                Per::Event => event.map_or("Per::Term".to_owned(), |e| {
                    format!("Per::Field({})", self.names.variant(e))
                }),
                Per::Fact(fact) => format!("Per::Field({})", self.names.variant(fact)),
            };
            let value = match decision.value {
                Some("date") => "Some(ValueKind::Date)",
                Some("money") => "Some(ValueKind::Money)",
                Some("ratio") => "Some(ValueKind::Ratio)",
                Some("count") => "Some(ValueKind::Count)",
                _ => "None",
            };
            out.deeper(if single { 1 } else { 2 }).code(|code| {
                code.line(format!("id: {},", text(&decision.id)));
                code.line(format!("per: {per},"));
                code.line(format!("from_the_day: {},", decision.from_the_day));
                code.line(format!("value: {value},"));
            })
        });
        let items: Vec<Code> = items.collect();
        out.line("");
        out.line("/// What authorities decide");
        out.structs(
            &format!("pub static DECISIONS: [Decision; {}] = ", items.len()),
            "Decision",
            items,
            ";",
        );
    }

    fn constants(&self, out: &mut Code) {
        let program = self.program;
        let field = |fact: Option<usize>| fact.map(|fact| self.names.variant(fact));
        let optional = |fact: Option<usize>| field(fact).map_or("None".to_owned(), |f| format!("Some({f})"));
        let words = program.covers.len().div_ceil(64).max(1);
        let date = field(program.known.date).unwrap_or_else(|| self.names.variant(0));
        for (doc, constant) in [
            (
                "An amount reads the total premium.",
                format!("READS_PREMIUM: bool = {}", program.reads_premium),
            ),
            ("Words of a set of covers", format!("COVER_WORDS: usize = {words}")),
            ("The day of loss", format!("DATE: Field = {date}")),
            (
                "The event",
                format!("EVENT: Option<Field> = {}", optional(program.known.event)),
            ),
        ] {
            out.line("");
            out.doc(doc);
            out.line(format!("pub(crate) const {constant};"));
        }
        let insurers = program.insurers.iter();
        let insurers: Vec<String> = insurers
            .map(|insurer| format!("({}, {})", text(&insurer.id), super::integer(insurer.parts)))
            .collect();
        out.line("");
        out.line("/// The co-insurers, in written order, with their parts of the whole");
        out.array(
            &format!("pub const INSURERS: [(&str, i128); {}] = ", insurers.len()),
            &insurers,
            ";",
        );
        out.line("");
        out.line("/// The whole");
        out.line(format!(
            "pub const SHARE_DENOMINATOR: i128 = {};",
            super::integer(program.share_denominator)
        ));
    }

    fn calendar(&self, out: &mut Code) {
        let program = self.program;
        let articles = match &program.term {
            Term::Fixed { articles, .. } | Term::Policy { articles, .. } => articles.join("、"),
            Term::Unstated => String::new(),
        };
        let (first, end) = match &program.term {
            Term::Fixed { first, end, .. } => (Some(*first), *end),
            _ => (None, None),
        };
        let optional = |of: Option<i64>| of.map_or("None".to_owned(), |d| format!("Some({})", day(d)));
        let policy = matches!(program.term, Term::Policy { .. });
        for (doc, constant) in [
            (
                format!("The term begins {articles}"),
                format!("FIRST_DAY: Option<Day> = {}", optional(first)),
            ),
            (
                "The first day after the term".to_owned(),
                format!("DAY_AFTER: Option<Day> = {}", optional(end)),
            ),
            (
                "Each claim has a policy of its own.".to_owned(),
                format!("POLICY_TERM: bool = {policy}"),
            ),
            (
                "The event decides the year.".to_owned(),
                format!("YEAR_OF_EVENT: bool = {}", program.years.of_event),
            ),
            (
                "Years are those of the calendar.".to_owned(),
                format!("CALENDAR_YEARS: bool = {}", program.years.calendar),
            ),
        ] {
            out.line("");
            out.doc(&doc);
            out.line(format!("pub(crate) const {constant};"));
        }
        let days: Vec<String> = program.years.boundaries.iter().map(|d| day(*d)).collect();
        out.line("");
        out.line("/// First days of the years and, last, the first day after the term");
        out.array(&format!("const BOUNDARIES: [Day; {}] = ", days.len()), &days, ";");
        self.term(out);
    }

    fn term(&self, out: &mut Code) {
        out.line("");
        out.line("/// First day of the claim's own policy");
        out.line("pub(crate) fn policy_start(claim: &Claim<'_>) -> Option<Day> {");
        out.inside(|out| match &self.program.term {
            Term::Policy { start, .. } => {
                out.line(format!("claim.{}.map(|moment| moment.day)", self.names.field(*start)));
            }
            _ => {
                out.line("let _ = claim;");
                out.line("None");
            }
        });
        out.line("}");
        out.line("");
        out.line("/// Whether the loss falls into the term; `None` where that cannot be told");
        out.line("pub(crate) fn in_term(claim: &Claim<'_>) -> Option<bool> {");
        out.inside(|out| match &self.program.term {
            Term::Policy { start, end, .. } => {
                let (start, end) = (self.names.field(*start), self.names.field(*end));
                out.line("let day = claim.moment_of_loss()?.day;");
                out.line(format!("let (first, last) = (claim.{start}?.day, claim.{end}?.day);"));
                out.line("Some((first..=last).contains(&day))");
            }
            Term::Fixed {
                first, end: Some(end), ..
            } => {
                out.line("let day = claim.moment_of_loss()?.day;");
                let range = format!("({}..{})", day(*first), day(*end));
                out.line(format!("Some({range}.contains(&day))"));
            }
            Term::Fixed { first, end: None, .. } => {
                out.line("let day = claim.moment_of_loss()?.day;");
                out.line(format!("Some(day >= {})", day(*first)));
            }
            Term::Unstated => {
                out.line("let _ = claim;");
                out.line("None");
            }
        });
        out.line("}");
        out.line("");
    }

    fn grades(&self, out: &mut Code) {
        let grade = self.program.known.injury_grade;
        let of = grade.and_then(|fact| match self.program.facts.get(fact)?.kind {
            Kind::Enumeration { domain, .. } => {
                let severities = self.program.domains.get(domain)?.severities.clone()?;
                Some((fact, self.names.type_of(domain), severities))
            }
            _ => None,
        });
        let of = of.filter(|(_, _, severities)| !severities.is_empty());
        out.line("");
        out.line("/// How severe the injury is; 0 is the heaviest.");
        out.line("pub(crate) fn severity(claim: &Claim<'_>) -> Option<usize> {");
        let worst_first = of
            .as_ref()
            .is_some_and(|(_, _, severities)| severities.first() == Some(&0));
        out.inside(|out| match &of {
            None => {
                out.line("let _ = claim;");
                out.line("None");
            }
            Some((fact, name, _)) => {
                let field = self.names.field(*fact);
                if worst_first {
                    out.line(format!("claim.{field}.map(|grade| grade as usize)"));
                } else {
                    let all = format!("crate::values::{name}::ALL.len()");
                    out.line(format!("let grade = claim.{field}?;"));
                    out.line(format!("Some({all} - 1 - grade as usize)"));
                }
            }
        });
        out.line("}");
        out.line("");
        out.line("/// The same claim with the injury one grade heavier; `None` for the heaviest");
        out.line("pub(crate) fn one_grade_above<'a>(claim: &Claim<'a>) -> Option<Claim<'a>> {");
        out.inside(|out| match &of {
            None => {
                out.line("let _ = claim;");
                out.line("None");
            }
            Some((fact, name, _)) => {
                let field = self.names.field(*fact);
                let next = if worst_first { ".checked_sub(1)?" } else { " + 1" };
                let all = format!("crate::values::{name}::ALL");
                out.line(format!("let above = (claim.{field}? as usize){next};"));
                out.line("Some(Claim {");
                out.inside(|out| {
                    out.line(format!("{field}: Some(*{all}.get(above)?),"));
                    out.line("..*claim");
                });
                out.line("})");
            }
        });
        out.line("}");
    }
}
