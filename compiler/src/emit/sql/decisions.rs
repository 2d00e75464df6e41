//! What is known besides the claims: decisions taken, the total premium, earlier payments.

use super::Writer;
use super::steps::{Step, indented, select, union};
use crate::emit::program::{Kind, Per};

impl Writer<'_> {
    fn premium_source(&self) -> usize {
        self.program.facts.len()
    }
    fn earlier_source(&self) -> usize {
        self.program.facts.len() + 1
    }
    fn value_source(&self, decision: usize) -> usize {
        self.program.facts.len() + 2 + decision
    }
    fn key_source(&self, decision: usize) -> usize {
        self.program.facts.len() + 2 + self.program.decisions.len() + decision
    }

    /// Decisions as files and command lines spell them, without white space around.
    pub(super) fn told(&self) -> Step {
        let trimmed = |column: &str| (self.sql.trim)(&format!("d.{column}"), "signs.white");
        let key = trimmed("key");
        Step::new(
            "told",
            "Decisions as they were told, without white space around",
            select(
                &[
                    format!("COALESCE({}, '') AS told_name", trimmed("name")),
                    format!("NULLIF({key}, '') AS told_key"),
                    format!("NULLIF(TRANSLATE({key}, signs.wide, signs.narrow), '') AS plain_key"),
                    format!("NULLIF({}, '') AS told_value", trimmed("value")),
                ],
                "FROM decisions AS d\nCROSS JOIN signs",
            ),
        )
    }

    pub(super) fn decisions(&self, steps: &mut Vec<Step>) {
        let mut selects = Vec::new();
        for (at, decision) in self.program.decisions.iter().enumerate() {
            selects.push(self.taken_one(at, &decision.id));
        }
        if selects.is_empty() {
            selects.push(format!(
                "SELECT\n    0 AS decision,\n    CAST(NULL AS {}) AS decided_for,\n    CAST(NULL AS BIGINT) AS value\nFROM told\nWHERE 1 = 0",
                self.plain_text()
            ));
        }
        steps.push(
            Step::new(
                "taken",
                "Decisions that were taken, for a key or at large",
                union(&selects),
            )
            .kept(),
        );
        let mut columns = Vec::new();
        let names: Vec<String> = self
            .program
            .decisions
            .iter()
            .map(|d| (self.sql.literal)(&d.id))
            .collect();
        let known = match names.is_empty() {
            true => "TRUE".to_owned(),
            false => format!("told_name NOT IN ({})", names.join(", ")),
        };
        columns.push(format!(
            "CASE\n    WHEN EXISTS (\n        SELECT 1 FROM told\n        WHERE {known}\n    ) THEN {}\n    WHEN EXISTS (\n        SELECT 1 FROM taken\n        GROUP BY decision, COALESCE(decided_for, '')\n        HAVING COUNT(*) > 1\n    ) THEN {}\n    WHEN EXISTS (\n        SELECT 1 FROM taken\n        WHERE value < 0\n    ) THEN {}\n    ELSE 0\nEND AS right_inputs",
            self.refuse("V050", "a decision that the scheme does not have"),
            self.refuse("V053", "a decision taken twice"),
            // Values are read here, so that one that cannot be read refuses the run though no rule reads it.
            self.refuse("V052", "a value below 0")
        ));
        let premium = self.premium_source();
        let total = format!(
            "(\n    SELECT\n        CAST(SUM(\n            CASE\n                WHEN r.code IS NOT NULL OR r.value IS NULL THEN {}\n                ELSE {}\n            END\n        ) AS BIGINT)\n    FROM bases AS b\n    LEFT JOIN readings AS r ON r.fact = {premium} AND b.premium = r.spelt\n)",
            self.refuse("V041", "a premium that cannot be read"),
            self.wide("r.value")
        );
        columns.push(match self.program.reads_premium {
            true => format!(
                "CASE\n    WHEN EXISTS (SELECT 1 FROM bases)\n        THEN\n{}{}\n    ELSE {}\nEND AS premium",
                indented(&indented(&indented(&total))),
                // Where steps are tables, the script is first run to make those that claims and bases then go into.
                match self.sql.materialized.is_none() {
                    true => "\n    WHEN NOT EXISTS (SELECT 1 FROM claims) THEN NULL",
                    false => "",
                },
                self.refuse("V041", "bases")
            ),
            false => "CAST(NULL AS BIGINT) AS premium".to_owned(),
        });
        let mut used: Vec<usize> = self
            .row_decisions
            .iter()
            .chain(&self.group_decisions)
            .copied()
            .collect();
        used.sort_unstable();
        used.dedup();
        for at in used {
            let from = |what: &str, which: &str| {
                format!("(\n    SELECT {what} FROM taken\n    WHERE decision = {at} AND decided_for IS {which}\n)")
            };
            columns.push(format!("{} AS large_{at}", from("COUNT(*)", "NULL")));
            columns.push(format!("{} AS large_value_{at}", from("MAX(value)", "NULL")));
            columns.push(format!("{} AS keyed_{at}", from("COUNT(*)", "NOT NULL")));
        }
        steps.push(
            Step::new(
                "given",
                "One row: what is known besides the claims",
                select(&columns, ""),
            )
            .kept(),
        );
    }

    /// The text type without a collation, for casts.
    pub(super) fn plain_text(&self) -> &'static str {
        self.sql.text.split(' ').next().unwrap_or("TEXT")
    }

    fn taken_one(&self, at: usize, id: &str) -> String {
        let per = self.program.decisions.get(at).map_or(Per::Term, |d| d.per);
        let value_kind = self.program.decisions.get(at).and_then(|d| d.value);
        let key = "d.told_key";
        let mut joins = String::new();
        let wrong_key = self.refuse("V051", id);
        let key = match per {
            Per::Term => format!(
                "CASE WHEN {key} IS NOT NULL THEN CAST({wrong_key} AS {}) END",
                self.plain_text()
            ),
            Per::Year => {
                let key = "d.plain_key";
                let year = (self.sql.matches)(key, "[0-9]{4}年?");
                format!(
                    "CASE\n    WHEN {key} IS NULL THEN NULL\n    WHEN {year} THEN SUBSTR({key}, 1, 4)\n    ELSE CAST({wrong_key} AS {})\nEND",
                    self.plain_text()
                )
            }
            Per::Fact(fact)
                if matches!(
                    self.program.facts.get(fact).map(|f| &f.kind),
                    Some(Kind::Enumeration { .. })
                ) =>
            {
                joins += &format!(
                    "\nLEFT JOIN readings AS k ON k.fact = {} AND d.told_key = k.spelt\nLEFT JOIN values_below AS b ON b.decision = {at} AND k.value = b.value",
                    self.key_source(at)
                );
                format!(
                    "CASE\n    WHEN {key} IS NULL THEN NULL\n    WHEN b.below IS NULL THEN CAST({wrong_key} AS {0})\n    ELSE CAST(b.below AS {0})\nEND",
                    self.plain_text()
                )
            }
            _ => key.to_owned(),
        };
        let value = "d.told_value";
        let wrong_value = self.refuse("V052", id);
        let value = match value_kind {
            None => format!("CASE WHEN {value} IS NOT NULL THEN {wrong_value} END"),
            Some(kind) => {
                joins += &format!(
                    "\nLEFT JOIN readings AS v ON v.fact = {} AND d.told_value = v.spelt",
                    self.value_source(at)
                );
                let read = match kind {
                    "date" => (self.sql.floor)("CAST(v.value AS BIGINT)", "100000"),
                    _ => "CAST(v.value AS BIGINT)".to_owned(),
                };
                format!("CASE\n    WHEN v.value IS NULL THEN {wrong_value}\n    ELSE {read}\nEND")
            }
        };
        select(
            &[
                format!("{at} AS decision"),
                format!("{key} AS decided_for"),
                format!("{value} AS value"),
            ],
            &format!("FROM told AS d{joins}\nWHERE d.told_name = {}", (self.sql.literal)(id)),
        )
    }

    /// What a decision says for a key: (join, whether it was taken as 1, 0 or `NULL` where a key is needed and missing,
    /// its value). `key` is `NULL` where there is none.
    pub(super) fn decided(&self, at: usize, key: Option<&str>, day: &str) -> (String, String, String) {
        let alias = format!("taken_{at}");
        let from_the_day = self.program.decisions.get(at).is_some_and(|d| d.from_the_day);
        let (join, matched, open, value) = match key {
            None => (
                String::new(),
                String::new(),
                String::new(),
                format!("given.large_value_{at}"),
            ),
            Some(key) => (
                format!(
                    "LEFT JOIN taken AS {alias} ON {alias}.decision = {at} AND {alias}.decided_for = CASE WHEN given.keyed_{at} > 0 THEN {key} END"
                ),
                format!("    WHEN {alias}.decision IS NOT NULL THEN 1\n"),
                format!("    WHEN given.keyed_{at} > 0 AND {key} IS NULL THEN NULL\n"),
                format!("CASE WHEN {alias}.decision IS NOT NULL THEN {alias}.value ELSE given.large_value_{at} END"),
            ),
        };
        let large = format!("    WHEN given.large_{at} > 0 THEN 1\n");
        let found = format!("CASE\n{matched}{large}{open}    ELSE 0\nEND");
        let taken = match from_the_day {
            true => format!(
                "CASE {found}\n    WHEN 1 THEN CASE WHEN {day} >= {value} THEN 1 ELSE 0 END\n    WHEN 0 THEN 0\nEND"
            ),
            false => found,
        };
        (join, taken, value)
    }

    /// What was paid on each claim before.
    pub(super) fn earlier(&self) -> Step {
        let paid = self.earlier_source();
        Step::new(
            "paid_before",
            "What was paid on each claim before",
            select(
                &[
                    format!("{} AS claim", (self.sql.trim)("e.claim", "signs.white")),
                    format!(
                        "CASE WHEN COUNT(*) > 1 THEN {} WHEN MAX(r.value) IS NULL THEN {} ELSE CAST(MAX(r.value) AS BIGINT) END AS paid",
                        self.refuse("V072", "a claim stands twice among earlier payments"),
                        self.refuse("V074", "an earlier payment that cannot be read")
                    ),
                ],
                &format!(
                    "FROM earlier AS e\nCROSS JOIN signs\nLEFT JOIN readings AS r ON r.fact = {paid} AND e.paid = r.spelt\nGROUP BY {}",
                    (self.sql.trim)("e.claim", "signs.white")
                ),
            ),
        )
    }
}
