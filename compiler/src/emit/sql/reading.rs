//! From texts to facts: every spelling that files have, each distinct text read once.

use super::steps::{Step, inner, select, union};
use super::{MOST, PART, Writer};
use crate::emit::program::{Fact, Kind, Tested};

/// Characters of which a text needs neither trimming nor looking for signs that no id may hold.
const USUAL: &str = "[!-~]+";

impl Writer<'_> {
    /// Steps that read `claims`.
    pub(super) fn reading(&self, steps: &mut Vec<Step>) {
        steps.push(
            Step::new(
                "signs",
                "White space and full-width signs as files have them",
                self.signs(),
            )
            .kept(),
        );
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
                    "SELECT claim\nFROM {}\nWHERE claim IS NOT NULL\nGROUP BY claim\nHAVING COUNT(*) > 1",
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

    pub(super) fn is_number(kind: &Kind) -> bool {
        matches!(
            kind,
            Kind::Money | Kind::Count { .. } | Kind::Number { .. } | Kind::Ratio
        )
    }

    pub(super) fn any(&self, wanted: impl Fn(&Kind) -> bool) -> bool {
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
            .join("\n    || ");
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
            let mut tail = format!("FROM {}\nWHERE {column} IS NOT NULL", source.table);
            if let Some(name) = &source.of {
                tail += &format!("\n    AND TRIM(name) = {}", (self.sql.literal)(name));
            }
            if let Some(pattern) = self.program.facts.get(at).and_then(|fact| self.simple(fact)) {
                tail += &format!("\n    AND NOT {}", (self.sql.matches)(column, pattern));
            }
            selects.push(format!(
                "SELECT DISTINCT\n    {at} AS fact,\n    {column} AS spelt\n{tail}"
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

    fn read_values(&self) -> String {
        let columns = [
            "t.fact".to_owned(),
            "t.spelt".to_owned(),
            self.wide_column("COALESCE(by_text.value, by_sign.value)", "value"),
            "COALESCE(c.class, 0) AS class".to_owned(),
            "CASE WHEN t.trimmed <> '' AND COALESCE(by_text.value, by_sign.value) IS NULL THEN 'V002' END AS code"
                .to_owned(),
        ];
        select(
            &columns,
            "FROM trimmed_texts AS t\nINNER JOIN fact_domains AS d ON t.fact = d.fact\nLEFT JOIN spellings AS by_text ON d.domain = by_text.domain AND t.trimmed = by_text.spelling\nLEFT JOIN spellings AS by_sign ON d.domain = by_sign.domain AND t.plain = by_sign.spelling\nLEFT JOIN value_classes AS c ON t.fact = c.fact AND COALESCE(by_text.value, by_sign.value) = c.value",
        )
    }

    fn read_answers(&self) -> String {
        let facts = self.of_kind(|k| *k == Kind::YesNo);
        let answer = "CASE\n    WHEN LOWER(plain) IN ('是', 'yes', 'true') THEN 1\n    WHEN LOWER(plain) IN ('否', 'no', 'false') THEN 0\nEND";
        let read = select(
            &["fact", "spelt", "trimmed", &format!("{answer} AS answer")],
            &format!("FROM trimmed_texts\nWHERE fact IN ({facts})"),
        );
        select(
            &[
                "fact".to_owned(),
                "spelt".to_owned(),
                self.wide_column("answer", "value"),
                "answer AS class".to_owned(),
                "CASE WHEN trimmed <> '' AND answer IS NULL THEN 'V011' END AS code".to_owned(),
            ],
            &format!("FROM {}", inner(&read, "answers")),
        )
    }

    /// `2024-07-01`, `2024/7/1`, `2024.7.1`, `20240701` or `2024年7月1日`, perhaps with a time: the value is `yyyymmdd`, then
    /// five digits that are 0 without a time and else one more than the second of the day.
    fn read_dates(&self, steps: &mut Vec<Step>) {
        let facts = self.of_kind(|k| *k == Kind::Date);
        let g = |pattern: &str, group: usize| (self.sql.group)("plain", pattern, group);
        let eight = "([0-9]{4})([0-9]{2})([0-9]{2})([Tt ].*)?";
        let signed = "([0-9]{4})(?:-([0-9]{1,2})-|/([0-9]{1,2})/|[.]([0-9]{1,2})[.])([0-9]{1,2})([Tt ].*)?";
        let worded = "([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日(.*)";
        let whole = |parts: &[String]| format!("NULLIF({}, '')", parts.join(" || "));
        let int = |text: String| format!("CAST({text} AS INTEGER)");
        let columns = [
            "fact".to_owned(),
            "spelt".to_owned(),
            "trimmed".to_owned(),
            format!("{} AS year", int(whole(&[g(eight, 1), g(signed, 1), g(worded, 1)]))),
            format!(
                "{} AS month",
                int(whole(&[
                    g(eight, 2),
                    g(signed, 2),
                    g(signed, 3),
                    g(signed, 4),
                    g(worded, 2)
                ]))
            ),
            format!("{} AS day", int(whole(&[g(eight, 3), g(signed, 5), g(worded, 3)]))),
            format!("{} || {} AS behind", g(eight, 4), g(signed, 6)),
            format!("{} AS after_day", g(worded, 4)),
        ];
        steps.push(Step::new(
            "split_dates",
            "Dates in their spellings, with the time behind them",
            select(&columns, &format!("FROM trimmed_texts\nWHERE fact IN ({facts})")),
        ));
        let white = "(SELECT white FROM signs)";
        let after = "CASE WHEN behind = '' THEN after_day ELSE SUBSTR(behind, 2) END";
        let time = (self.sql.trim)(after, white);
        steps.push(Step::new(
            "split_times",
            "The time without the offset of China, the only one that moves no loss to another day",
            select(
                &[
                    "fact",
                    "spelt",
                    "trimmed",
                    "year",
                    "month",
                    "day",
                    "behind",
                    &format!("{time} AS whole_time"),
                    &format!(
                        "{} AS time",
                        (self.sql.rtrim)(&format!("REGEXP_REPLACE({time}, '([+]08:00|[+]0800)$', '')"), white)
                    ),
                ],
                "FROM split_dates",
            ),
        ));
        let g = |group: usize| (self.sql.group)("time", TIME, group);
        let clock = |group: &str| format!("COALESCE(CAST(NULLIF({group}, '') AS INTEGER), 0)");
        let columns = [
            "fact".to_owned(),
            "spelt".to_owned(),
            "trimmed".to_owned(),
            "year * 10000 + month * 100 + day AS day".to_owned(),
            "behind".to_owned(),
            "whole_time".to_owned(),
            "time".to_owned(),
            format!("{} AS clock", (self.sql.matches)("time", TIME)),
            format!("{} AS hours", clock(&g(1))),
            format!("{} AS minutes", clock(&g(2))),
            format!("{} AS seconds", clock(&format!("{} || {}", g(3), g(4)))),
            "month BETWEEN 1 AND 12 AND day BETWEEN 1 AND CASE\n    WHEN month IN (4, 6, 9, 11) THEN 30\n    WHEN month <> 2 THEN 31\n    WHEN year % 4 = 0 AND (year % 100 <> 0 OR year % 400 = 0) THEN 29\n    ELSE 28\nEND AS exists".replace("AS exists", "AS is_day"),
        ];
        steps.push(Step::new(
            "timed_dates",
            "Hours, minutes and seconds",
            select(&columns, "FROM split_times"),
        ));
        let right = "is_day AND (behind = '' OR whole_time <> '') AND (\n    whole_time = '' OR (clock AND hours <= 23 AND minutes <= 59 AND seconds <= 59)\n)";
        let moment = format!(
            "CASE WHEN {right} THEN CAST(day AS BIGINT) * 100000 + CASE WHEN whole_time = '' THEN 0 ELSE hours * 3600 + minutes * 60 + seconds + 1 END END"
        );
        let read = select(
            &["fact", "spelt", "trimmed", &format!("{moment} AS moment")],
            "FROM timed_dates",
        );
        steps.push(Step::new(
            "read_dates",
            "The day as yyyymmdd, then five digits for the time: none, or one more than the second of the day",
            select(
                &[
                    "fact".to_owned(),
                    "spelt".to_owned(),
                    self.wide_column("moment", "value"),
                    "CAST(NULL AS INTEGER) AS class".to_owned(),
                    "CASE WHEN trimmed <> '' AND moment IS NULL THEN 'V003' END AS code".to_owned(),
                ],
                &format!("FROM {}", inner(&read, "moments")),
            ),
        ));
    }

    /// The text of a field without white space around, `NULL` where nothing is left.
    pub(super) fn usual_text(&self, of: &str, fact: Option<usize>) -> String {
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
                "LEFT JOIN readings AS {read} ON {read}.fact = {at} AND {read}.spelt = {column}"
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
        let any = format!("COALESCE(\n    {}\n)", codes.join(",\n    "));
        let all = format!("CONCAT_WS(\n        '+',\n        {}\n    )", codes.join(",\n        "));
        columns.push(format!("CASE WHEN {any} IS NOT NULL THEN {all} END AS unreadable"));
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
            _ => format!("regexp_matches({trimmed}, '[\\x{{0}}-\\x{{1f}}\\x{{7f}}-\\x{{9f}}]')"),
        })
    }

    /// A column of `readings`, wide where a field needs it.
    pub(super) fn wide_column(&self, value: &str, name: &str) -> String {
        format!("{} AS {name}", self.reading_cast(value))
    }

    pub(super) fn reading_cast(&self, value: &str) -> String {
        if self.parts() {
            self.wide(value)
        } else {
            format!("CAST({value} AS BIGINT)")
        }
    }

    /// Whether some field counts parts of units.
    pub(super) fn parts(&self) -> bool {
        self.any(|k| matches!(k, Kind::Count { part: Some("pro_rata") }))
    }
}

const TIME: &str =
    "([0-9]{1,2})(?:时|[:时]([0-9]{1,2})(?:分?:([0-9]{1,2})(?:秒?[.]?[0-9]*|)|分([0-9]{1,2})(?:秒?[.]?[0-9]*|)|分)?)";

impl Writer<'_> {
    /// Money, counts, numbers on a grid and ratios, exactly.
    fn read_numbers(&self, steps: &mut Vec<Step>) {
        let facts = self.of_kind(Self::is_number);
        let money = self.of_kind(|k| *k == Kind::Money);
        // What stands behind the digits: a unit, or a sign of parts.
        let mut digits = vec!["CASE".to_owned()];
        let worded = self
            .sources
            .iter()
            .filter(|source| source.worded)
            .map(|source| source.at.to_string());
        let worded = worded.collect::<Vec<_>>().join(", ");
        if !worded.is_empty() {
            digits.push(format!(
                "    WHEN fact IN ({worded}) THEN REGEXP_REPLACE(plain, '[万亿]?元?$', '')"
            ));
        }
        if !money.is_empty() {
            digits.push(format!(
                "    WHEN fact IN ({money}) THEN REGEXP_REPLACE(plain, '元$', '')"
            ));
        }
        for source in &self.sources {
            let at = source.at;
            if let Kind::Number { unit, .. } = &source.kind {
                let length = unit.chars().count();
                digits.push(format!(
                    "    WHEN fact = {at} AND RIGHT(plain, {length}) = {} THEN LEFT(plain, LENGTH(plain) - {length})",
                    (self.sql.literal)(unit)
                ));
            }
            if source.kind == Kind::Ratio {
                digits.push(format!("    WHEN fact = {at} THEN REGEXP_REPLACE(plain, '[%‰]$', '')"));
            }
        }
        digits.push("    ELSE plain".to_owned());
        digits.push("END".to_owned());
        let white = "(SELECT white FROM signs)";
        steps.push(Step::new(
            "numerals",
            "Numbers without the units behind them",
            select(
                &[
                    "fact".to_owned(),
                    "spelt".to_owned(),
                    "trimmed".to_owned(),
                    "plain".to_owned(),
                    format!("{} AS numeral", (self.sql.trim)(&digits.join("\n"), white)),
                ],
                &format!("FROM trimmed_texts\nWHERE fact IN ({facts})"),
            ),
        ));
        let g = |group: usize| (self.sql.group)("numeral", NUMERAL, group);
        steps.push(Step::new(
            "split_numerals",
            "Sign, whole part, decimals and exponent: 1,200.50 or 1.2E+05",
            select(
                &[
                    "fact".to_owned(),
                    "spelt".to_owned(),
                    "trimmed".to_owned(),
                    "plain".to_owned(),
                    format!(
                        "{} AND numeral <> '' AND NOT {} AS is_number",
                        (self.sql.matches)("numeral", NUMERAL),
                        (self.sql.matches)("numeral", "[-+]?[.]?([eE].*)?")
                    ),
                    format!("{} = '-' AS negative", g(1)),
                    format!("REPLACE({} || {}, ',', '') AS whole", g(2), g(3)),
                    format!("{} AS decimals", g(4)),
                    format!("{} AS exponent_sign", g(5)),
                    format!("{} AS exponent", (self.sql.ltrim)(&g(6), "'0'")),
                ],
                "FROM numerals",
            ),
        ));
        let significant = (self.sql.ltrim)("whole || decimals", "'0'");
        let times = match worded.is_empty() {
            true => String::new(),
            false => format!(
                "\n    + CASE\n        WHEN fact IN ({worded}) AND {} THEN 4\n        WHEN fact IN ({worded}) AND {} THEN 8\n        ELSE 0\n    END",
                (self.sql.matches)("plain", ".*万元?"),
                (self.sql.matches)("plain", ".*亿元?")
            ),
        };
        steps.push(Step::new(
            "scaled_numerals",
            "The digits that count, and the power of ten that they stand for",
            select(
                &[
                    "fact".to_owned(),
                    "spelt".to_owned(),
                    "trimmed".to_owned(),
                    "plain".to_owned(),
                    "is_number".to_owned(),
                    "negative".to_owned(),
                    "exponent_sign".to_owned(),
                    "LENGTH(exponent) > 9 AS far".to_owned(),
                    format!("{} AS digits", (self.sql.rtrim)(&significant, "'0'")),
                    format!(
                        "LENGTH({significant}) - LENGTH({}) - LENGTH(decimals)\n    + CASE\n        WHEN exponent = '' OR LENGTH(exponent) > 9 THEN 0\n        WHEN exponent_sign = '-' THEN -CAST(exponent AS INTEGER)\n        ELSE CAST(exponent AS INTEGER)\n    END{times} AS power",
                        (self.sql.rtrim)(&significant, "'0'")
                    ),
                ],
                "FROM split_numerals",
            ),
        ));
        steps.push(Step::new(
            "sized_numerals",
            "What 28 digits do not hold is told apart from what is no number",
            select(
                &[
                    "fact",
                    "spelt",
                    "trimmed",
                    "plain",
                    "negative AND digits <> '' AS negative",
                    "digits",
                    "power",
                    "CASE\n    WHEN NOT is_number THEN 'malformed'\n    WHEN far AND exponent_sign = '-' THEN 'fine'\n    WHEN far THEN 'large'\n    WHEN digits = '' THEN 'right'\n    WHEN LENGTH(digits) + power > 28 THEN 'large'\n    WHEN power < -28 OR LENGTH(digits) > 28 THEN 'fine'\n    ELSE 'right'\nEND AS size",
                ],
                "FROM scaled_numerals",
            ),
        ));
        self.number_kinds(steps);
    }

    fn number_kinds(&self, steps: &mut Vec<Step>) {
        let mut codes = vec!["CASE".to_owned(), "    WHEN trimmed = '' THEN NULL".to_owned()];
        let mut values = vec!["CASE".to_owned()];
        let mut push = |code: Vec<String>, value: Vec<String>| {
            codes.extend(code);
            values.extend(value);
        };
        let shifted = |power: &str| {
            format!(
                "CAST(COALESCE(NULLIF(digits || REPEAT('0', {power}), ''), '0') AS {})",
                self.sql.wide
            )
        };
        let money = self.of_kind(|k| *k == Kind::Money);
        if !money.is_empty() {
            let on = format!("fact IN ({money})");
            push(
                vec![
                    format!("    WHEN {on} AND size = 'malformed' THEN 'V004'"),
                    format!("    WHEN {on} AND size = 'large' THEN 'V007'"),
                    format!("    WHEN {on} AND size = 'fine' THEN 'V006'"),
                    format!("    WHEN {on} AND negative THEN 'V005'"),
                    format!(
                        "    WHEN {on} AND (LENGTH(digits) + power > 14 OR (LENGTH(digits) + power = 14 AND digits <> '1')) THEN 'V007'"
                    ),
                    format!("    WHEN {on} AND digits <> '' AND power < -2 THEN 'V006'"),
                ],
                vec![format!("    WHEN {on} THEN {}", shifted("GREATEST(power + 2, 0)"))],
            );
        }
        for source in &self.sources {
            let on = format!("fact = {}", source.at);
            match &source.kind {
                Kind::Count { part } => {
                    let mut refused = vec![
                        format!("    WHEN {on} AND size = 'malformed' THEN 'V008'"),
                        format!("    WHEN {on} AND size = 'large' THEN 'V007'"),
                        format!("    WHEN {on} AND size = 'fine' THEN 'V006'"),
                        format!("    WHEN {on} AND negative THEN 'V005'"),
                        format!(
                            "    WHEN {on} AND (LENGTH(digits) + power > 16 OR (LENGTH(digits) + power = 16 AND digits <> '1')) THEN 'V007'"
                        ),
                    ];
                    let whole = format!(
                        "CASE\n        WHEN power >= 0 THEN {}\n        ELSE CAST(COALESCE(NULLIF(LEFT(digits, GREATEST(LENGTH(digits) + power, 0)), ''), '0') AS {})\n    END",
                        shifted("GREATEST(power, 0)"),
                        self.sql.wide
                    );
                    let value = match part {
                        None => {
                            refused.push(format!("    WHEN {on} AND digits <> '' AND power < 0 THEN 'V008'"));
                            whole
                        }
                        Some("down") => whole,
                        Some("up") => format!("{whole} + CASE WHEN digits <> '' AND power < 0 THEN 1 ELSE 0 END"),
                        _ => {
                            // Parts finer than billionths of a unit are not rounded but refused, with the whole run.
                            let refuse = (self.sql.refuse)("'V044: ' || spelt");
                            format!(
                                "CASE\n        WHEN digits <> '' AND power < -9 THEN {refuse}\n        ELSE {}\n    END",
                                shifted("GREATEST(power + 9, 0)")
                            )
                        }
                    };
                    push(refused, vec![format!("    WHEN {on} THEN {value}")]);
                }
                Kind::Number {
                    precision, from, to, ..
                } => {
                    let (n, d) = (precision.numerator, precision.denominator);
                    // The value is digits × 10^power; on the grid it is a whole number of n/d.
                    let top = format!(
                        "CASE\n            WHEN size = 'right' AND LENGTH(digits) + power <= 18 AND power >= -18 THEN {} * {d} * CASE WHEN negative THEN -1 ELSE 1 END\n        END",
                        shifted("GREATEST(power, 0)")
                    );
                    let bottom = format!(
                        "CAST('1' || REPEAT('0', GREATEST(-power, 0)) AS {}) * {n}",
                        self.sql.wide
                    );
                    let steps_of = format!(
                        "CASE\n        WHEN MOD({top}, {bottom}) = 0 THEN SIGN({top}) * {}\n    END",
                        (self.sql.wide_floor)(&format!("ABS({top})"), &format!("({bottom})"))
                    );
                    push(
                        vec![format!(
                            "    WHEN {on} AND COALESCE({steps_of} NOT BETWEEN {from} AND {to}, TRUE) THEN 'V009'"
                        )],
                        vec![format!("    WHEN {on} THEN {steps_of}")],
                    );
                }
                Kind::Ratio => self.ratio(&on, &mut push),
                _ => {}
            }
        }
        codes.push("END".to_owned());
        values.push("END".to_owned());
        steps.push(Step::new(
            "coded_numerals",
            "Why a number is refused",
            select(
                &[
                    "fact",
                    "spelt",
                    "trimmed",
                    "plain",
                    "negative",
                    "digits",
                    "power",
                    "size",
                    &format!("{} AS code", codes.join("\n")),
                ],
                "FROM sized_numerals",
            ),
        ));
        let value = format!(
            "CASE WHEN trimmed <> '' AND code IS NULL THEN {} END",
            values.join("\n")
        );
        steps.push(Step::new(
            "read_numbers",
            "Money in 分, counts in units, numbers in steps of their grid",
            select(
                &[
                    "fact".to_owned(),
                    "spelt".to_owned(),
                    self.wide_column(&value, "value"),
                    "CAST(NULL AS INTEGER) AS class".to_owned(),
                    "code".to_owned(),
                ],
                "FROM coded_numerals",
            ),
        ));
    }

    /// Where a ratio stands on the grid of the ratios that rules compare with, as `money::Ratio::position` says.
    fn ratio(&self, on: &str, push: &mut impl FnMut(Vec<String>, Vec<String>)) {
        const FRACTION: &str = "([-+]?)([0-9]{1,18}) *[/] *([-+]?)([0-9]{1,18})";
        let grid = crate::money::RATIO_GRID;
        let fraction = (self.sql.matches)("plain", FRACTION);
        let g = |group: usize| (self.sql.group)("plain", FRACTION, group);
        let wide = |text: &str| format!("CAST({text} AS {})", self.sql.wide);
        let opposite = format!("REPLACE({}, '+', '') <> REPLACE({}, '+', '')", g(1), g(3));
        let zero = |group: usize| format!("{} = ''", (self.sql.ltrim)(&g(group), "'0'"));
        let codes = vec![
            format!(
                "    WHEN {on} AND {fraction} AND ({} OR ({opposite} AND NOT {})) THEN 'V010'",
                zero(4),
                zero(2)
            ),
            format!("    WHEN {on} AND {fraction} THEN NULL"),
            format!("    WHEN {on} AND size = 'malformed' THEN 'V010'"),
            format!("    WHEN {on} AND size = 'large' THEN 'V007'"),
            format!("    WHEN {on} AND size = 'fine' THEN 'V006'"),
            format!("    WHEN {on} AND negative THEN 'V010'"),
        ];
        let floor = |a: &str, b: &str| (self.sql.wide_floor)(a, b);
        let twice = |top: &str, bottom: &str| {
            format!(
                "2 * {} + CASE WHEN MOD({top}, {bottom}) = 0 THEN 0 ELSE 1 END",
                floor(top, bottom)
            )
        };
        let of_fraction = twice(
            &format!("({} * {grid})", wide(&g(2))),
            &wide(&format!("NULLIF({}, '')", g(4))),
        );
        // Per cent and per mille move the power; whole part and decimals are taken apart, so that 38 digits hold each.
        let power = "power - CASE WHEN RIGHT(plain, 1) = '%' THEN 2 WHEN RIGHT(plain, 1) = '‰' THEN 3 ELSE 0 END";
        let split = format!(
            "LPAD(digits || REPEAT('0', GREATEST({power}, 0)), 64, '0') || REPEAT('0', GREATEST(32 + LEAST({power}, 0), 0))"
        );
        let digits = format!("LEFT(RIGHT({split}, 64), 32)");
        let whole = wide(&digits);
        let high = wide(&format!("SUBSTR(RIGHT({split}, 32), 1, 16)"));
        let low = wide(&format!("SUBSTR(RIGHT({split}, 32), 17, 16)"));
        let ten = "10000000000000000";
        let lower = floor(&format!("({low} * {grid})"), ten);
        let upper = format!("({high} * {grid} + {lower})");
        let exact = format!("MOD({low} * {grid}, {ten}) = 0 AND MOD({upper}, {ten}) = 0");
        let of_decimal = format!(
            "CASE\n        WHEN LENGTH(digits) + {power} > 5 THEN {MOST}\n        ELSE 2 * ({whole} * {grid} + {}) + CASE WHEN {exact} THEN 0 ELSE 1 END\n    END",
            floor(&upper, ten)
        );
        push(
            codes,
            vec![
                format!("    WHEN {on} AND {fraction} THEN LEAST({of_fraction}, {MOST})"),
                format!("    WHEN {on} THEN {of_decimal}"),
            ],
        );
    }
}

/// Sign, digits, decimals, exponent
const NUMERAL: &str = "([-+]?)(?:([0-9]{1,3}(?:,[0-9]{3})+)|([0-9]*))(?:[.]([0-9]*))?(?:[eE]([-+]?)([0-9]+))?";
