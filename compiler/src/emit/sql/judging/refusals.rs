//! Rows with the codes that refuse them.

use super::super::Writer;
use super::super::steps::{Step, inner, select};
use crate::emit::program::Term;

impl Writer<'_> {
    /// Rows with the codes that refuse them, and their lines.
    pub(super) fn accepted(&self, steps: &mut Vec<Step>) {
        let mut lacking = Vec::new();
        for (number, stage) in self.stages.iter().enumerate() {
            let mut blank = vec![format!("c.stage_{number} = -1")];
            for key in stage.key_columns(self) {
                blank.extend(key.blank.iter().map(|column| format!("c.{column} IS NULL")));
            }
            for (place, tier) in stage.tiers(self.program).iter().enumerate() {
                if super::super::ranks(tier) {
                    blank.push(format!("c.rank_{number}_{place} = -1"));
                }
            }
            lacking.push(format!("(c.stage_{number} IS NOT NULL AND ({}))", blank.join(" OR ")));
        }
        let lacking = match lacking.is_empty() {
            true => String::new(),
            false => format!(
                "\n    WHEN c.amount > 0 AND (\n        {}\n    ) THEN 31",
                lacking.join("\n        OR ")
            ),
        };
        let policy = match self.program.term {
            Term::Policy { .. } => "\n    WHEN c.in_term IS NULL THEN 20",
            _ => "",
        };
        let claim = self.claim();
        let alone = format!(
            "CASE\n    WHEN c.unreadable IS NOT NULL OR c.day IS NULL THEN NULL{policy}\n    WHEN c.stop IS NOT NULL THEN c.stop % 100{lacking}\nEND"
        );
        let mut columns = self.priced_columns("c");
        columns.push("c.amount".to_owned());
        columns.push(format!("{alone} AS stop"));
        if self.raises() {
            columns.extend(["c.severity", "c.raised"].map(str::to_owned));
        }
        let from = if self.raises() { "injuries" } else { "chosen" };
        let mut inside = select(&columns, &format!("FROM {from} AS c"));
        if !self.program.stack.is_empty() {
            // What refuses one line refuses the claim.
            let mut columns = self.priced_columns("l");
            columns.push("l.amount".to_owned());
            columns.push("MIN(l.stop) OVER (PARTITION BY l.row_no) AS stop".to_owned());
            if self.raises() {
                columns.extend(["l.severity", "l.raised"].map(str::to_owned));
            }
            inside = select(&columns, &format!("FROM {}", inner(&inside, "l")));
        }
        let codes = format!(
            "CASE\n    WHEN j.unreadable IS NOT NULL OR j.{claim} IS NULL OR j.day IS NULL OR j.stop IS NOT NULL OR j.is_repeated = 1\n        THEN CONCAT_WS(\n            '+',\n            j.unreadable,\n            CASE WHEN j.unreadable IS NULL AND j.{claim} IS NULL THEN 'V033' END,\n            CASE WHEN j.unreadable IS NULL AND j.day IS NULL THEN 'V034' END,\n            CASE j.stop WHEN 20 THEN 'V020' WHEN 21 THEN 'V021' WHEN 22 THEN 'V022' WHEN 23 THEN 'V023' WHEN 31 THEN 'V031' END,\n            CASE WHEN j.is_repeated = 1 THEN 'V030' END\n        )\nEND"
        );
        let mut columns = self.priced_columns("j");
        columns.push("j.amount".to_owned());
        if self.raises() {
            columns.extend(["j.severity", "j.raised"].map(str::to_owned));
        }
        columns.push(format!("{codes} AS codes"));
        // The name tells whether it is kept: no engine has a view and a table of one name.
        let looked_at = if self.program.wide.is_empty() {
            "looked_at"
        } else {
            "looked_at_once"
        };
        steps.push(
            Step::new(
                looked_at,
                "Each row by itself, and the codes that refuse it",
                select(&columns, &format!("FROM {}", inner(&inside, "j"))),
            )
            .kept_if(!self.program.wide.is_empty()),
        );
        let mut joins = String::new();
        let mut refusing = Vec::new();
        for (number, (fact, key)) in self.program.wide.iter().enumerate() {
            let (said, key) = (format!("{}_said", self.field(*fact)), self.field(*key));
            steps.push(
                Step::new(
                    format!("contradicted_{number}"),
                    "Rows that say different things of one wider record are all refused",
                    format!(
                        "SELECT {key}\nFROM {looked_at}\nWHERE codes IS NULL AND {key} IS NOT NULL AND {said} IS NOT NULL\nGROUP BY {key}\nHAVING MIN({said}) <> MAX({said})"
                    ),
                )
                .kept(),
            );
            joins += &format!(
                "\nLEFT JOIN contradicted_{number} ON j.{key} = contradicted_{number}.{key} AND j.{said} IS NOT NULL"
            );
            refusing.push(format!(
                "CASE WHEN contradicted_{number}.{key} IS NOT NULL THEN 'V032' END"
            ));
        }
        let mut columns = self.priced_columns("j");
        columns.push("CASE WHEN j.cover IS NOT NULL THEN j.amount END AS benefit".to_owned());
        if self.raises() {
            columns.extend(["j.severity", "j.raised"].map(str::to_owned));
        }
        columns.push(match refusing.is_empty() {
            true => "j.codes".to_owned(),
            false => format!(
                "COALESCE(j.codes, NULLIF(CONCAT_WS('+', {}), '')) AS codes",
                refusing.join(", ")
            ),
        });
        columns.push("CASE\n    WHEN j.in_term = 0 THEN 'out_of_term'\n    WHEN j.cover IS NULL THEN j.nearest\n    WHEN j.amount = 0 THEN j.why_zero\nEND AS reason".to_owned());
        steps.push(
            Step::new(
                "judged",
                "What each row is owed before limits, or why it is refused",
                select(&columns, &format!("FROM {looked_at} AS j{joins}")),
            )
            .kept_if(self.reads_events()),
        );
    }
}
