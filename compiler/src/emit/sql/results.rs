//! The script as a whole, and the views that people read.

use super::Writer;
use super::steps::{Step, comment, inner, select, union, write};
use crate::emit::names::columns;

/// Stands for the codes of a claim that was paid before and is not settled now.
const ABSENT: &str = "absent";

impl Writer<'_> {
    /// One row a line, and one a claim without lines, with everything that results show.
    pub(super) fn outcome(&self, steps: &mut Vec<Step>, cuts: &[String]) {
        let last = self.last_lines();
        let claim = self.claim();
        let mut columns = vec![
            "l.row_no".to_owned(),
            format!("l.{claim}"),
            "n.id AS cover".to_owned(),
            "l.cover AS cover_no".to_owned(),
            format!("{} AS harm", self.harm_name()),
            "COALESCE(l.benefit, 0) AS benefit".to_owned(),
            "l.paid".to_owned(),
            "l.reason".to_owned(),
            "l.codes".to_owned(),
            "b.paid AS before_paid".to_owned(),
        ];
        if claim != "claim"
            && let Some(column) = columns.get_mut(1)
        {
            *column += " AS claim";
        }
        for (at, cut) in cuts.iter().enumerate() {
            columns.push(format!("{cut} AS limit_{at}"));
        }
        columns.push(format!(
            "CASE\n    WHEN given.right_inputs <> 0 THEN 1\n    WHEN (SELECT SUM({}) FROM lines_0 AS o) > {} THEN {}\n    ELSE 0\nEND AS wrong",
            self.wide("o.paid"),
            super::MOST,
            self.refuse("V044", "a sum beyond 64 bits")
        ));
        steps.push(self.earlier().kept());
        let lines = select(
            &columns,
            &format!(
                "FROM {last} AS l\nCROSS JOIN given\nLEFT JOIN cover_names AS n ON l.cover = n.cover{}\nLEFT JOIN paid_before AS b ON l.{claim} = b.claim",
                self.harm_join()
            ),
        );
        let nil = |name: &str| format!("CAST(NULL AS {}) AS {name}", self.plain_text());
        let mut columns = vec![
            "CAST(NULL AS BIGINT) AS row_no".to_owned(),
            "b.claim".to_owned(),
            nil("cover"),
        ];
        columns.push("CAST(NULL AS INTEGER) AS cover_no".to_owned());
        columns.push(nil("harm"));
        columns.extend(["0 AS benefit", "0 AS paid"].map(str::to_owned));
        columns.push(nil("reason"));
        columns.push(format!("'{ABSENT}' AS codes"));
        columns.push("b.paid AS before_paid".to_owned());
        columns.extend((0..cuts.len()).map(|at| format!("0 AS limit_{at}")));
        columns.push("given.right_inputs AS wrong".to_owned());
        let absent = select(
            &columns,
            &format!(
                "FROM paid_before AS b\nCROSS JOIN given\nLEFT JOIN lines_0 AS l ON b.claim = l.{claim} AND l.codes IS NULL\nWHERE l.row_no IS NULL"
            ),
        );
        steps.push(Step::new(
            "results",
            "Lines, claims without lines, and claims paid before that are not settled now",
            union(&[lines, absent]),
        ));
    }

    fn harm_name(&self) -> String {
        match self.program.known.harm {
            Some(_) => "h.name".to_owned(),
            None => "NULL".to_owned(),
        }
    }

    fn harm_join(&self) -> String {
        match self.program.known.harm {
            Some(fact) => format!(
                "\nLEFT JOIN value_names AS h ON h.fact = {fact} AND l.{} = h.value",
                self.field(fact)
            ),
            None => String::new(),
        }
    }

    pub(super) fn harm_names(&self) -> String {
        let rows: Vec<String> = self.program.known.harm.map_or(Vec::new(), |fact| {
            let ids = self.program.values(fact).iter().enumerate();
            ids.map(|(at, value)| format!("({fact}, {at}, {})", (self.sql.literal)(&value.id)))
                .collect()
        });
        self.table(
            "Harms by number",
            "value_names",
            &["fact", "value", "name"],
            &rows,
            "(0, 0, '')",
        )
    }

    /// The result columns of limits, in quotes.
    fn cut_names(&self) -> Vec<String> {
        let ids: Vec<&str> = self.program.limits.iter().map(|limit| limit.id.as_str()).collect();
        self.result_names("cut_", &ids)
    }

    fn result_names(&self, prefix: &str, ids: &[&str]) -> Vec<String> {
        let names = columns(prefix, ids, "", self.sql.longest_name, &[]);
        names.iter().map(|name| self.quoted(name)).collect()
    }

    pub(super) fn whole(&self, steps: &[Step]) -> String {
        let mut text = self.head();
        text += &self.tables();
        text += "\n";
        text += &self.vocabulary();
        text += "\n";
        text += &self.priorities();
        text += "\n";
        text += &self.cover_names();
        text += "\n";
        text += &self.harm_names();
        if self.raises() {
            text += "\n";
            text += &self.heavier_grades();
        }
        text += "\n";
        text += &comment("Everything that follows from the claims, step by step");
        text += "\n";
        text += &write(self.sql, "outcome", steps);
        text += "\n";
        text += &self.settlement();
        text += "\n";
        text += &self.other_views();
        text
    }

    fn head(&self) -> String {
        let scheme = &self.program.scheme;
        let mut says = vec![format!("{} / {}", scheme.title_zh, scheme.title_en)];
        says.extend(scheme.document.clone());
        says.extend(scheme.contract.as_ref().map(|c| format!("contract {c}")));
        says.push(format!("plan version {}, SHA-256 {}", scheme.plan_version, scheme.hash));
        says.push("Written by anlan: change the scheme, not this script.".to_owned());
        comment(&says.join("\n")) + "\n\n"
    }

    fn tables(&self) -> String {
        let text = self.sql.text;
        let using = if self.sql.name == "spark" { " USING PARQUET" } else { "" };
        let mut columns = vec!["row_no BIGINT".to_owned()];
        for (at, _) in self.program.facts.iter().enumerate() {
            columns.push(format!("{} {text}", self.column(at)));
        }
        let table = |name: &str, columns: &[String]| {
            format!(
                "CREATE TABLE IF NOT EXISTS {name} (\n    {}\n){using};\n",
                columns.join(",\n    ")
            )
        };
        let texts = |names: &[&str]| names.iter().map(|n| format!("{n} {text}")).collect::<Vec<_>>();
        let mut all = vec![
            comment(
                "Claims as files have them, one text a field; row_no numbers the rows in input order.\nMoney is in 元. Values are ids, Chinese names or aliases.",
            ) + "\n"
                + &table("claims", &columns),
            comment("Decisions taken: a key and a value where the decision has them")
                + "\n"
                + &table("decisions", &texts(&["name", "key", "value"])),
            comment("The premium of each region, in 元") + "\n" + &table("bases", &texts(&["region", "premium"])),
            comment("What was paid on claims before, in 元") + "\n" + &table("earlier", &texts(&["claim", "paid"])),
        ];
        if self.sql.name == "postgres" {
            all.push("-- Ends the query\nCREATE OR REPLACE FUNCTION ANLAN_REFUSE(message TEXT) RETURNS BIGINT\nLANGUAGE plpgsql VOLATILE AS $$\nBEGIN\n    RAISE EXCEPTION '%', message;\nEND\n$$;\n".to_owned());
            all.push("DROP VIEW IF EXISTS\nsettlement, rejects, lines, absent, outcome,\nspellings, fact_domains, value_classes, class_names, values_below, outranks, cover_names, value_names, heavier_grades;\n".to_owned());
        }
        if self.sql.name == "spark" {
            all.insert(0, "SET spark.sql.ansi.enabled = TRUE;\n".to_owned());
        }
        all.join("\n")
    }

    fn settlement(&self) -> String {
        let parts = self.program.share_denominator;
        let mut columns = vec!["row_no", "claim", "cover", "benefit", "paid"]
            .into_iter()
            .map(str::to_owned)
            .collect::<Vec<_>>();
        let mut why = String::from("CASE\n    WHEN benefit = 0 OR paid > 0 THEN reason");
        for (at, limit) in self.program.limits.iter().enumerate().rev() {
            why += &format!(
                "\n    WHEN limit_{at} > 0 THEN {}",
                (self.sql.literal)(&format!("limit:{}", limit.id))
            );
        }
        columns.push(why + "\nEND AS reason");
        for (at, name) in self.cut_names().iter().enumerate() {
            columns.push(format!("limit_{at} AS {name}"));
        }
        let insurers: Vec<&str> = self.program.insurers.iter().map(|i| i.id.as_str()).collect();
        for (at, name) in self.result_names("share_", &insurers).iter().enumerate() {
            let ahead: Vec<String> = (0..self.program.insurers.len())
                .filter(|other| *other != at)
                .map(|other| {
                    format!(
                        "CASE WHEN rest_{other} {} rest_{at} THEN 1 ELSE 0 END",
                        if other < at { ">=" } else { ">" }
                    )
                })
                .collect();
            let ahead = if ahead.is_empty() {
                "0".to_owned()
            } else {
                ahead.join(" + ")
            };
            columns.push(format!(
                "part_{at} + CASE WHEN {ahead} < missing THEN 1 ELSE 0 END AS {name}"
            ));
        }
        columns.push("GREATEST(paid - COALESCE(before_paid, 0), 0) AS due".to_owned());
        columns.push(
            "GREATEST(COALESCE(before_paid, 0) - paid, 0) AS over"
                .replace("AS over", "AS \"over\"")
                .replace('"', &self.sql.quote.to_string()),
        );
        let mut shares = vec!["*".to_owned()];
        let mut sums = Vec::new();
        for (at, insurer) in self.program.insurers.iter().enumerate() {
            let of = insurer.parts;
            let floor = |a: &str| (self.sql.floor)(a, &parts.to_string());
            let part = format!(
                "{} * {of} + {}",
                floor("paid"),
                floor(&format!("(paid % {parts} * {of})"))
            );
            shares.push(format!("{part} AS part_{at}"));
            shares.push(format!("paid % {parts} * {of} % {parts} AS rest_{at}"));
            sums.push(format!("({part})"));
        }
        if !sums.is_empty() {
            shares.push(format!("paid - {} AS missing", sums.join(" - ")));
        }
        let inside = select(&shares, &format!("FROM {}", self.claims_of_lines()));
        let body = select(&columns, &format!("FROM {}", inner(&inside, "s")));
        format!(
            "{}\n{} settlement AS\n{body};\n",
            comment("One row a claim that was accepted, in 分; ORDER BY row_no gives the input order"),
            self.sql.view
        )
    }

    /// Claims from lines; several only where covers stack.
    fn claims_of_lines(&self) -> String {
        if self.program.stack.is_empty() {
            return inner("SELECT *\nFROM outcome\nWHERE codes IS NULL AND wrong = 0", "s");
        }
        let mut columns: Vec<String> = vec![
            "row_no".to_owned(),
            "MIN(claim) AS claim".to_owned(),
            format!("{} AS cover", (self.sql.joined)("cover", "+", "cover_no")),
            "CAST(SUM(benefit) AS BIGINT) AS benefit".to_owned(),
            "CAST(SUM(paid) AS BIGINT) AS paid".to_owned(),
            // The first line says why nothing is paid.
            format!(
                "CASE WHEN SUM(benefit) > 0 THEN NULL ELSE SUBSTR(MIN(LPAD(CAST(COALESCE(cover_no, 0) AS {}), 6, '0') || reason), 7) END AS reason",
                self.plain_text()
            ),
            "MIN(before_paid) AS before_paid".to_owned(),
        ];
        columns
            .extend((0..self.program.limits.len()).map(|at| format!("CAST(SUM(limit_{at}) AS BIGINT) AS limit_{at}")));
        inner(
            &select(
                &columns,
                "FROM outcome\nWHERE codes IS NULL AND wrong = 0\nGROUP BY row_no",
            ),
            "s",
        )
    }

    fn other_views(&self) -> String {
        let view = self.sql.view;
        let mut columns: Vec<String> = ["row_no", "claim", "cover", "harm", "benefit", "paid"]
            .map(str::to_owned)
            .to_vec();
        for (at, name) in self.cut_names().iter().enumerate() {
            columns.push(format!("limit_{at} AS {name}"));
        }
        let lines = select(
            &columns,
            "FROM outcome\nWHERE codes IS NULL AND wrong = 0 AND cover IS NOT NULL",
        );
        let rejects = match self.program.stack.is_empty() {
            true => select(
                &["row_no", "claim", "codes"],
                &format!("FROM outcome\nWHERE codes <> '{ABSENT}' AND wrong = 0"),
            ),
            false => select(
                &["row_no", "MIN(claim) AS claim", "MIN(codes) AS codes"],
                &format!("FROM outcome\nWHERE codes <> '{ABSENT}' AND wrong = 0\nGROUP BY row_no"),
            ),
        };
        let absent = select(
            &["claim", "before_paid AS paid"],
            &format!("FROM outcome\nWHERE codes = '{ABSENT}' AND wrong = 0"),
        );
        format!(
            "{}\n{view} rejects AS\n{rejects};\n\n{}\n{view} lines AS\n{lines};\n\n{}\n{view} absent AS\n{absent};\n",
            comment("Rows that are refused, with the codes that `anlan explain` explains"),
            comment("One row a line, in 分"),
            comment("Claims paid before that this run does not settle, in 分")
        )
    }
}
