//! Where a row stands: its day, its term and insured year, the decisions that hold for it, its kind.

use super::super::Writer;
use super::super::steps::{Step, indented, select};
use crate::emit::program::{Kind, Per, Term};

impl Writer<'_> {
    /// The first day of the insured year of a day, `NULL` where it is in none.
    pub(in crate::emit::sql) fn year_of(&self, day: &str, start: &str) -> String {
        let years = &self.program.years;
        let mut text = String::from("CASE");
        for pair in years.boundaries.windows(2) {
            if let [first, following] = pair {
                text += &format!("\n    WHEN {day} >= {first} AND {day} < {following} THEN {first}");
            }
        }
        let mut start = start.to_owned();
        match &self.program.term {
            Term::Fixed { first, end, .. } => {
                text += &format!("\n    WHEN {day} < {first} THEN NULL");
                if let Some(end) = end {
                    text += &format!("\n    WHEN {day} >= {end} THEN NULL");
                }
                start = first.to_string();
            }
            Term::Policy { .. } => {}
            Term::Unstated => start = "NULL".to_owned(),
        }
        let floor = |a: &str| (self.sql.floor)(a, "10000");
        if years.calendar {
            text += &format!("\n    ELSE {} * 10000 + 101", floor(day));
        } else if start == "NULL" {
            text += "\n    ELSE NULL";
        } else {
            let passed = format!("({} - {})", floor(day), floor(&start));
            let nth = |n: &str| {
                let year = format!("({} + {n})", floor(&start));
                format!(
                    "({start} + {n} * 10000 - CASE WHEN {start} % 10000 = 229 AND NOT ({year} % 4 = 0 AND ({year} % 100 <> 0 OR {year} % 400 = 0)) THEN 1 ELSE 0 END)"
                )
            };
            let before = nth(&format!("({passed} - 1)"));
            text += &format!(
                "\n    WHEN {start} IS NULL OR {day} < {start} THEN NULL\n    WHEN {} <= {day} THEN {}\n    ELSE {before}",
                nth(&passed),
                nth(&passed)
            );
        }
        text + "\nEND"
    }

    /// Whether the year of a row's own day is read.
    pub(super) fn reads_year(&self) -> bool {
        let keyed = |limit: &crate::emit::program::Limit| limit.keys.contains(&crate::emit::program::Key::Year);
        let decided = |at: &usize| self.program.decisions.get(*at).is_some_and(|d| d.per == Per::Year);
        self.program.limits.iter().any(keyed) || self.row_decisions.iter().chain(&self.group_decisions).any(decided)
    }

    pub(in crate::emit::sql) fn keeps_year(&self) -> bool {
        self.reads_year()
    }

    /// The key of a decision as a row gives it, as text.
    pub(in crate::emit::sql) fn key_text(&self, per: Per, of: &str, year: &str) -> Option<String> {
        let text = |value: String| format!("CAST({value} AS {})", self.plain_text());
        match per {
            Per::Term => None,
            Per::Year => Some(text((self.sql.floor)(year, "10000"))),
            Per::Event => Some(format!("{of}.{}", self.event()?)),
            Per::Fact(fact) => Some(match self.program.facts.get(fact).map(|f| &f.kind) {
                Some(Kind::Enumeration { .. }) => text(format!("{of}.{}", self.field(fact))),
                _ => format!("{of}.{}", self.field(fact)),
            }),
        }
    }

    /// Days, term, year, decisions, kind.
    pub(in crate::emit::sql) fn facts(&self, steps: &mut Vec<Step>) {
        let date = self.program.known.date.map_or("NULL", |fact| self.field(fact));
        let of_reads = |field: &str| {
            if field == "NULL" {
                field.to_owned()
            } else {
                format!("reads.{field}")
            }
        };
        let day_of = |fact: usize| (self.sql.floor)(&of_reads(self.field(fact)), "100000");
        let claim = self.claim();
        let mut columns = vec![
            "reads.*".to_owned(),
            format!(
                "CAST({} AS INTEGER) AS day",
                (self.sql.floor)(&of_reads(date), "100000")
            ),
            "CASE WHEN repeated.claim IS NULL THEN 0 ELSE 1 END AS is_repeated".to_owned(),
        ];
        if let Term::Policy { start, end, .. } = &self.program.term {
            columns.push(format!("CAST({} AS INTEGER) AS first_day", day_of(*start)));
            columns.push(format!("CAST({} AS INTEGER) AS last_day", day_of(*end)));
        }
        steps.push(Step::new(
            "dated",
            "The day of loss, and whether the id stands twice",
            select(
                &columns,
                &format!("FROM reads\nLEFT JOIN repeated ON reads.{claim} = repeated.claim"),
            ),
        ));
        let in_term = match &self.program.term {
            Term::Fixed { first, end, .. } => {
                let end = end.map_or(String::new(), |end| format!(" AND day < {end}"));
                format!("CASE WHEN day >= {first}{end} THEN 1 ELSE 0 END")
            }
            Term::Policy { .. } => {
                "CASE WHEN day BETWEEN first_day AND last_day THEN 1 WHEN first_day IS NOT NULL AND last_day IS NOT NULL THEN 0 END".to_owned()
            }
            Term::Unstated => "1".to_owned(),
        };
        let mut columns = vec!["*".to_owned(), format!("{in_term} AS in_term")];
        if self.reads_year() {
            columns.push(format!("{} AS own_year", self.year_of("day", "first_day")));
        }
        let articles = match &self.program.term {
            Term::Fixed { articles, .. } | Term::Policy { articles, .. } => articles.join("、"),
            Term::Unstated => String::new(),
        };
        steps.push(Step::new(
            "placed",
            format!("Whether the loss falls into the term, and the first day of its insured year {articles}"),
            select(&columns, "FROM dated"),
        ));
        let mut from = "placed";
        if !self.row_decisions.is_empty() {
            let mut columns = vec!["placed.*".to_owned()];
            let mut joins = String::from("FROM placed\nCROSS JOIN given");
            for at in &self.row_decisions {
                let per = self.program.decisions.get(*at).map_or(Per::Term, |d| d.per);
                // A year that nobody states cannot be decided for.
                let year = format!(
                    "CASE\n        WHEN placed.day IS NOT NULL AND placed.own_year IS NULL AND placed.in_term = 1 AND given.keyed_{at} > 0 THEN {}\n        ELSE placed.own_year\n    END",
                    self.refuse("V045", "the insured year")
                );
                let key = self.key_text(per, "placed", &year);
                let (join, taken, value) = self.decided(*at, key.as_deref(), "placed.day");
                columns.push(format!("{taken} AS decided_{at}"));
                columns.push(format!("{value} AS decision_value_{at}"));
                if !join.is_empty() {
                    joins += &format!("\n{join}");
                }
            }
            steps.push(Step::new(
                "decided",
                "Decisions as they stand for each row",
                select(&columns, &joins),
            ));
            from = "decided";
        }
        let mut columns = vec!["*".to_owned()];
        for (name, column) in self.kind_names().iter().zip(self.kind_columns()) {
            columns.push(format!(
                "CASE\n    WHEN unreadable IS NULL AND day IS NOT NULL AND in_term = 1\n        THEN\n{}\nEND AS {name}",
                indented(&indented(&indented(&column)))
            ));
        }
        steps.push(
            Step::new(
                "facts",
                "The kind of each row that can be looked at",
                select(&columns, &format!("FROM {from}")),
            )
            .kept(),
        );
    }
}
