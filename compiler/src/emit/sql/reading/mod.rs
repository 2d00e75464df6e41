//! From texts to facts: every spelling that files have, each distinct text read once.
//!
//! | part | what it reads |
//! |---|---|
//! | [`values`] | values of enumerations, yes and no |
//! | [`dates`] | dates and times |
//! | [`numbers`] | money, counts, numbers, ratios |

mod dates;
mod numbers;
mod values;

use super::steps::{Step, inner, select, union};
use super::{PART, Writer};
use crate::emit::program::{Fact, Kind, Tested};

/// Characters of which a text needs neither trimming nor looking for signs that no id may hold.
const USUAL: &str = "[!-~]+";

impl Writer<'_> {
    /// Steps that read `claims`.
    pub(in crate::emit::sql) fn reading(&self, steps: &mut Vec<Step>) {
        steps.push(
            Step::new(
                "signs",
                "White space and full-width signs as files have them",
                self.signs(),
            )
            .kept(),
        );
        steps.push(self.told().kept());
        steps.push(Step::new(
            "texts",
            "Each text once, by the field it stands in; amounts and counts only where they are spelt unusually",
            self.texts(),
        ));
        steps.push(
            Step::new(
                "trimmed_texts",
                "Without white space around, and with plain signs",
                self.trimmed_texts(),
            )
            .kept(),
        );
        let mut read = Vec::new();
        if self.any(|k| matches!(k, Kind::Enumeration { .. })) {
            steps.push(Step::new(
                "read_values",
                "Values by id, name or alias",
                self.read_values(),
            ));
            read.push("read_values");
        }
        if self.any(|k| *k == Kind::YesNo) {
            steps.push(Step::new("read_answers", "Yes and no", self.read_answers()));
            read.push("read_answers");
        }
        if self.any(|k| *k == Kind::Date) {
            self.read_dates(steps);
            read.push("read_dates");
        }
        if self.any(Self::is_number) {
            self.read_numbers(steps);
            read.push("read_numbers");
        }
        let columns = ["fact", "spelt", "value", "class", "code"];
        let all: Vec<String> = read
            .iter()
            .map(|from| select(&columns, &format!("FROM {from}")))
            .collect();
        steps.push(Step::new("readings", "What each text says, or why it says nothing", union(&all)).kept());
        steps.push(
            Step::new(
                "repeated",
                "Ids that occur more than once",
                format!(
                    "SELECT claim\nFROM {}\nGROUP BY claim\nHAVING COUNT(*) > 1 AND claim IS NOT NULL",
                    inner(
                        &select(
                            &[format!(
                                "{} AS claim",
                                self.usual_text("claims", self.program.known.claim)
                            )],
                            "FROM claims\nCROSS JOIN signs"
                        ),
                        "ids"
                    )
                ),
            )
            .kept(),
        );
        steps.push(Step::new("reads", "The fields of each row", self.reads()));
    }

    pub(in crate::emit::sql) fn is_number(kind: &Kind) -> bool {
        matches!(
            kind,
            Kind::Money | Kind::Count { .. } | Kind::Number { .. } | Kind::Ratio
        )
    }

    pub(in crate::emit::sql) fn any(&self, wanted: impl Fn(&Kind) -> bool) -> bool {
        self.sources.iter().any(|source| wanted(&source.kind))
    }

    fn signs(&self) -> String {
        let one = |code: u32| (self.sql.character)(code);
        let white = [9, 10, 11, 12, 13, 32, 0x85, 0xa0, 0x1680]
            .into_iter()
            .chain(0x2000..=0x200a)
            .chain([0x2028, 0x2029, 0x202f, 0x205f, 0x3000, 0xfeff]);
        let white: Vec<String> = white.map(one).collect();
        let wide: String = (0xff01..=0xff5e).filter_map(char::from_u32).collect();
        let narrow: String = (0x21..=0x7e).filter_map(char::from_u32).collect();
        let wide = format!("{} || {}", (self.sql.literal)(&wide), one(0x3000));
        let narrow = (self.sql.literal)(&format!("{narrow} "));
        let white = white
            .chunks(8)
            .map(|c| c.join(" || "))
            .collect::<Vec<_>>()
            .join("\n|| ");
        select(
            &[
                format!("{white} AS white"),
                format!("{wide} AS wide"),
                format!("{narrow} AS narrow"),
            ],
            "",
        )
    }

    /// The pattern of a text that needs no step to be read.
    fn simple(&self, fact: &Fact) -> Option<&'static str> {
        match fact.kind {
            Kind::Money => Some(r"[0-9]{1,13}(\.[0-9]{1,2})?"),
            Kind::Count { .. } => Some("[0-9]{1,14}"),
            _ => None,
        }
    }

    fn texts(&self) -> String {
        let mut selects = Vec::new();
        for source in &self.sources {
            if source.kind == Kind::Text {
                continue;
            }
            let (at, column) = (source.at, &source.column);
            let mut conditions = vec![format!("{column} IS NOT NULL")];
            if let Some(name) = &source.of {
                conditions.push(format!("told_name = {}", (self.sql.literal)(name)));
            }
            if let Some(pattern) = self.program.facts.get(at).and_then(|fact| self.simple(fact)) {
                conditions.push(format!("NOT {}", (self.sql.matches)(column, pattern)));
            }
            selects.push(format!(
                "SELECT DISTINCT\n    {at} AS fact,\n    {column} AS spelt\nFROM {}\nWHERE {}",
                source.table,
                conditions.join(" AND ")
            ));
        }
        union(&selects)
    }

    fn trimmed_texts(&self) -> String {
        let trimmed = (self.sql.trim)("texts.spelt", "signs.white");
        let plain = (self.sql.trim)(
            &format!("TRANSLATE({trimmed}, signs.wide, signs.narrow)"),
            "signs.white",
        );
        select(
            &[
                "texts.fact".to_owned(),
                "texts.spelt".to_owned(),
                format!("{trimmed} AS trimmed"),
                format!("{plain} AS plain"),
            ],
            "FROM texts\nCROSS JOIN signs",
        )
    }

    fn of_kind(&self, wanted: impl Fn(&Kind) -> bool) -> String {
        let of = self.sources.iter().filter(|source| wanted(&source.kind));
        of.map(|source| source.at.to_string()).collect::<Vec<_>>().join(", ")
    }

    /// The text of a field without white space around, `NULL` where nothing is left.
    pub(in crate::emit::sql) fn usual_text(&self, of: &str, fact: Option<usize>) -> String {
        let column = format!("{of}.{}", fact.map_or("claim".to_owned(), |f| self.column(f)));
        let trimmed = (self.sql.trim)(&column, "signs.white");
        format!(
            "CASE WHEN {} THEN {column} ELSE NULLIF({trimmed}, '') END",
            (self.sql.matches)(&column, USUAL)
        )
    }

    fn reads(&self) -> String {
        let mut columns = vec!["claims.row_no".to_owned()];
        let mut codes = Vec::new();
        let mut joins = Vec::new();
        for (at, fact) in self.program.facts.iter().enumerate() {
            let (column, field) = (format!("claims.{}", self.column(at)), self.field(at));
            let read = format!("read_{field}");
            if fact.kind == Kind::Text {
                if self.wants(at) || Some(at) == self.program.known.claim {
                    columns.push(format!("{} AS {field}", self.usual_text("claims", Some(at))));
                }
                let control = (self.sql.matches)(
                    &(self.sql.trim)(&column, "signs.white"),
                    ".*[\\x01-\\x1f\\x7f-\\u009f].*",
                );
                let control = self.control(&column).unwrap_or(control);
                codes.push(format!(
                    "CASE WHEN NOT {} THEN CASE WHEN {control} THEN 'V012' END END",
                    (self.sql.matches)(&column, USUAL)
                ));
                continue;
            }
            joins.push(format!(
                "LEFT JOIN readings AS {read} ON {read}.fact = {at} AND {column} = {read}.spelt"
            ));
            codes.push(format!("{read}.code"));
            if !self.wants(at) {
                continue;
            }
            let value = match (&fact.kind, self.simple(fact)) {
                (Kind::Money, Some(pattern)) => format!(
                    "CASE\n    WHEN {} THEN CAST(CAST({column} AS DECIMAL(18, 2)) * 100 AS BIGINT)\n    ELSE CAST({read}.value AS BIGINT)\nEND",
                    (self.sql.matches)(&column, pattern)
                ),
                (Kind::Count { part }, Some(pattern)) => {
                    let scale = if *part == Some("pro_rata") { PART } else { 1 };
                    let whole = format!("CAST({column} AS BIGINT)");
                    let (whole, other) = match scale {
                        1 => (whole, format!("CAST({read}.value AS BIGINT)")),
                        _ => (format!("{} * {PART}", self.wide(&whole)), format!("{read}.value")),
                    };
                    format!(
                        "CASE\n    WHEN {} THEN {whole}\n    ELSE {other}\nEND",
                        (self.sql.matches)(&column, pattern)
                    )
                }
                (
                    Kind::Enumeration {
                        default: Some(default), ..
                    },
                    _,
                ) => {
                    format!("CAST(COALESCE({read}.value, {default}) AS INTEGER)")
                }
                (Kind::Enumeration { .. } | Kind::YesNo, _) => format!("CAST({read}.value AS INTEGER)"),
                _ => format!("CAST({read}.value AS BIGINT)"),
            };
            columns.push(format!("{value} AS {field}"));
            if let (Kind::Enumeration { default, .. }, Some(_)) = (&fact.kind, self.diagrams.place(Tested::Fact(at))) {
                let class = match default {
                    Some(default) => format!(
                        "CASE WHEN {read}.value IS NULL THEN {} ELSE {read}.class END",
                        self.class_of(at, *default)
                    ),
                    None => format!("CASE WHEN {read}.value IS NOT NULL THEN {read}.class END"),
                };
                columns.push(format!("{class} AS {field}_class"));
            }
            if self.said_raw(at) {
                // What a row says of a wider record: a blank says nothing, whatever its default.
                columns.push(format!("{read}.value AS {field}_said"));
            }
        }
        let any = codes.join(",\n            ");
        let all = codes.join(",\n            ");
        columns.push(format!("CASE\n    WHEN\n        COALESCE(\n            {any}\n        ) IS NOT NULL\n        THEN CONCAT_WS(\n            '+',\n            {all}\n        )\nEND AS unreadable"));
        select(
            &columns,
            &format!("FROM claims\nCROSS JOIN signs\n{}", joins.join("\n")),
        )
    }

    /// Whether a text holds a sign that no id may hold.
    fn control(&self, column: &str) -> Option<String> {
        let trimmed = (self.sql.trim)(column, "signs.white");
        Some(match self.sql.name {
            "postgres" => format!("{trimmed} ~ '[\\u0001-\\u001f\\u007f-\\u009f]'"),
            "spark" => format!("{trimmed} RLIKE r'[\\x00-\\x1f\\x7f-\\x9f]'"),
            _ => format!("REGEXP_MATCHES({trimmed}, '[\\x{{0}}-\\x{{1f}}\\x{{7f}}-\\x{{9f}}]')"),
        })
    }

    /// A column of `readings`, wide where a field needs it.
    pub(in crate::emit::sql) fn wide_column(&self, value: &str, name: &str) -> String {
        format!("{} AS {name}", self.reading_cast(value))
    }

    pub(in crate::emit::sql) fn reading_cast(&self, value: &str) -> String {
        if self.parts() {
            self.wide(value)
        } else {
            format!("CAST({value} AS BIGINT)")
        }
    }

    /// Whether some field counts parts of units.
    pub(in crate::emit::sql) fn parts(&self) -> bool {
        self.any(|k| matches!(k, Kind::Count { part: Some("pro_rata") }))
    }
}
