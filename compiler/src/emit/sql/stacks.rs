//! Covers that pay together: of the largest sets of covers that all stack with one another, the one with the most money.

use super::Writer;
use super::steps::{Step, inner, select};
use crate::emit::program::{Quotient, Rule};
use std::collections::BTreeSet;

/// Sets of covers that all stack with one another; more are not written down.
const MOST_SETS: usize = 4096;

impl Writer<'_> {
    /// Pairs that can meet and stack; `None` where there are none.
    pub(super) fn stacking(&self, meetings: &[(usize, usize)]) -> Option<Vec<(usize, usize)>> {
        let pairs: Vec<_> = meetings
            .iter()
            .copied()
            .filter(|pair| self.program.stack.contains(pair))
            .collect();
        (!pairs.is_empty()).then_some(pairs)
    }

    /// Every set of covers that may pay together, in the order in which equal ones are preferred; `None`: too many.
    pub(super) fn sets(&self, pairs: &[(usize, usize)]) -> Option<Vec<Vec<usize>>> {
        let mut sets: BTreeSet<Vec<usize>> = (0..self.program.covers.len()).map(|cover| vec![cover]).collect();
        let mut last: Vec<Vec<usize>> = sets.iter().cloned().collect();
        while !last.is_empty() {
            let mut next = Vec::new();
            for set in &last {
                let from = set.last().map_or(0, |cover| cover + 1);
                for cover in from..self.program.covers.len() {
                    if set.iter().all(|other| pairs.contains(&(*other, cover))) {
                        next.push(set.iter().copied().chain([cover]).collect());
                    }
                }
            }
            sets.extend(next.iter().cloned());
            if sets.len() > MOST_SETS {
                return None;
            }
            last = next;
        }
        Some(sets.into_iter().collect())
    }

    /// Steps that end in `stacked`: the lines that pay claims that several covers pay, and their amounts.
    pub(super) fn stacks(&self, steps: &mut Vec<Step>, pairs: &[(usize, usize)]) {
        let sets = self.sets(pairs).unwrap_or_default();
        let mut members = Vec::new();
        let mut larger = Vec::new();
        for (number, set) in sets.iter().enumerate() {
            members.extend(set.iter().map(|cover| format!("({number}, {cover}, {})", set.len())));
            for (other, above) in sets.iter().enumerate() {
                if above.len() == set.len() + 1 && set.iter().all(|cover| above.contains(cover)) {
                    larger.push(format!("({number}, {other})"));
                }
            }
        }
        let rows = |rows: &[String], columns: &str| match rows.is_empty() {
            true => format!("SELECT * FROM (VALUES (0, 0)) AS v ({columns})\nWHERE 1 = 0"),
            false => format!(
                "SELECT * FROM (VALUES\n    {}\n) AS v ({columns})",
                rows.join(",\n    ")
            ),
        };
        steps.push(
            Step::new(
                "stack_sets",
                "Covers that may pay together",
                rows(&members, "stack_set, cover, size"),
            )
            .kept(),
        );
        steps.push(
            Step::new(
                "larger_sets",
                "Such sets with one cover more",
                rows(&larger, "stack_set, larger"),
            )
            .kept(),
        );
        steps.push(
            Step::new(
                "sets_of_claims",
                "The sets whose covers all pay a claim",
                "SELECT\n    m.row_no,\n    s.stack_set\nFROM met AS m\nINNER JOIN stack_sets AS s ON m.cover = s.cover\nGROUP BY\n    m.row_no,\n    s.stack_set,\n    s.size\nHAVING COUNT(*) = s.size".to_owned(),
            )
            .kept(),
        );
        let mut columns = vec!["c.stack_set".to_owned()];
        columns.extend(self.priced_columns("m"));
        columns.extend(["m.priced_amount AS amount", "m.priced_amount AS alone"].map(str::to_owned));
        steps.push(Step::new(
            "set_lines",
            "Their lines, of sets that no larger one holds",
            select(
                &columns,
                "FROM sets_of_claims AS c\nINNER JOIN stack_sets AS s ON c.stack_set = s.stack_set\nINNER JOIN met AS m ON c.row_no = m.row_no AND s.cover = m.cover\nWHERE NOT EXISTS (\n        SELECT 1\n        FROM larger_sets AS l\n        INNER JOIN sets_of_claims AS t ON l.larger = t.stack_set\n        WHERE l.stack_set = c.stack_set AND t.row_no = c.row_no\n    )",
            ),
        ));
        let last = self.joint_limits(steps, "set_lines", "set", true);
        steps.push(Step::new(
            "best_sets",
            "The set with the most money; of equals the first in the scheme's order",
            format!(
                "SELECT\n    b.*,\n    ROW_NUMBER() OVER (PARTITION BY b.row_no ORDER BY b.worth DESC, b.stack_set ASC) AS turn\nFROM (\n    SELECT\n        row_no,\n        stack_set,\n        SUM(amount) AS worth\n    FROM {last}\n    GROUP BY\n        row_no,\n        stack_set\n) AS b"
            ),
        ));
        let mut columns = vec!["b.stack_set".to_owned()];
        columns.extend(self.priced_columns("m"));
        columns.extend(["m.priced_amount AS amount", "m.priced_amount AS alone"].map(str::to_owned));
        steps.push(Step::new(
            "paying_lines",
            "Its lines",
            select(
                &columns,
                "FROM best_sets AS b\nINNER JOIN stack_sets AS s ON b.stack_set = s.stack_set\nINNER JOIN met AS m ON b.row_no = m.row_no AND s.cover = m.cover\nWHERE b.turn = 1",
            ),
        ));
        let last = self.joint_limits(steps, "paying_lines", "paying", false);
        steps.push(
            Step::new(
                "stacked",
                "What they pay before limits",
                format!("SELECT * FROM {last}"),
            )
            .kept(),
        );
    }

    /// Caps of schedules on the lines of one claim together. In a settlement (not `alone`) a deductible and what follows
    /// it wait for the whole group.
    fn joint_limits(&self, steps: &mut Vec<Step>, from: &str, prefix: &str, alone: bool) -> String {
        let mut last = from.to_owned();
        let mut waiting: Vec<String> = Vec::new();
        for (number, stage) in self.stages.iter().enumerate().filter(|(_, stage)| stage.own) {
            let limits: Vec<_> = stage
                .limits
                .iter()
                .filter_map(|at| Some((*at, self.program.limits.get(*at)?)))
                .collect();
            let less = limits.iter().any(|(_, limit)| matches!(limit.rule, Rule::Less(_)));
            if less && !alone {
                let of: Vec<String> = limits.iter().map(|(at, _)| at.to_string()).collect();
                waiting.push(format!("COALESCE(l.stage_{number} IN ({}), FALSE)", of.join(", ")));
                continue;
            }
            let largest: Vec<String> = limits
                .iter()
                .filter(|(_, limit)| matches!(limit.rule, Rule::Largest { .. }))
                .map(|(at, _)| at.to_string())
                .collect();
            let mut bounds = vec![format!("CASE l.stage_{number}")];
            for (at, limit) in &limits {
                if let Rule::UpTo(money) | Rule::Less(money) = &limit.rule
                    && money.choice != crate::emit::program::Choice::Unlimited
                {
                    bounds.push(format!("    WHEN {at} THEN {}", self.own_bound(money, "l")));
                }
            }
            bounds.push("END".to_owned());
            let bounds = match bounds.len() {
                2 => "CAST(NULL AS BIGINT)".to_owned(),
                _ => bounds.join("\n"),
            };
            let still = match waiting.is_empty() {
                true => String::new(),
                false => format!(" AND NOT ({})", waiting.join(" OR ")),
            };
            let member =
                format!("CASE WHEN l.stage_{number} >= 0 AND l.amount > 0{still} THEN l.stage_{number} ELSE -1 END");
            let first = select(
                &[
                    "l.*".to_owned(),
                    format!("{member} AS member_of"),
                    format!("{bounds} AS own_bound"),
                ],
                &format!("FROM {last} AS l"),
            );
            let over = "OVER (PARTITION BY row_no, stack_set, member_of)";
            let summed = select(
                &[
                    "m.*".to_owned(),
                    format!("SUM(amount) {over} AS whole"),
                    format!("COUNT(*) {over} AS members"),
                    format!("MAX(GREATEST(alone, amount)) {over} AS most"),
                ],
                &format!("FROM {}", inner(&first, "m")),
            );
            let bound = match largest.is_empty() {
                true => "own_bound".to_owned(),
                false => format!(
                    "CASE WHEN member_of IN ({}) THEN CASE WHEN members > 1 THEN most END ELSE own_bound END",
                    largest.join(", ")
                ),
            };
            let bounded = select(
                &["s.*".to_owned(), format!("{bound} AS bound")],
                &format!("FROM {}", inner(&summed, "s")),
            );
            let ratio = limits.first().and_then(|(_, limit)| limit.ratio_to);
            last = self.joint_shares(steps, number, prefix, &bounded, less, ratio);
        }
        last
    }

    fn joint_shares(
        &self,
        steps: &mut Vec<Step>,
        number: usize,
        prefix: &str,
        bounded: &str,
        less: bool,
        ratio: Option<Quotient>,
    ) -> String {
        let wide = |text: &str| self.wide(text);
        let room = if less {
            "whole - LEAST(bound, whole)"
        } else {
            "LEAST(bound, whole)"
        };
        let roomed = select(
            &["b.*".to_owned(), format!("{room} AS room")],
            &format!("FROM {}", inner(bounded, "b")),
        );
        let (part, of) = match ratio {
            None => (wide("room"), wide("NULLIF(whole, 0)")),
            Some(ratio) => {
                let steps = (self.sql.wide_floor)(
                    &format!("({} * {})", wide("room"), ratio.denominator),
                    &format!("({} * {})", wide("NULLIF(whole, 0)"), ratio.numerator),
                );
                (
                    format!("{} * {}", wide(&steps), ratio.numerator),
                    wide(&ratio.denominator.to_string()),
                )
            }
        };
        let parted = select(
            &["r.*".to_owned(), format!("{part} AS part"), format!("{of} AS of_whole")],
            &format!("FROM {}", inner(&roomed, "r")),
        );
        let over = "PARTITION BY row_no, stack_set, member_of";
        let quotas = select(
            &[
                "p.*".to_owned(),
                format!(
                    "{} AS quota_floor",
                    (self.sql.wide_floor)(&format!("({} * part)", wide("amount")), "of_whole")
                ),
                format!("{} * part % of_whole AS quota_rest", wide("amount")),
                format!(
                    "{} AS payable",
                    (self.sql.wide_floor)(&format!("({} * part)", wide("whole")), "of_whole")
                ),
                "CASE WHEN member_of >= 0 AND bound IS NOT NULL AND room < whole THEN 1 ELSE 0 END AS shared"
                    .to_owned(),
            ],
            &format!("FROM {}", inner(&parted, "p")),
        );
        let turns = select(
            &[
                "q.*".to_owned(),
                format!("payable - SUM(quota_floor) OVER ({over}) AS missing"),
                format!("ROW_NUMBER() OVER ({over} ORDER BY quota_rest DESC, cover ASC) AS own_turn"),
            ],
            &format!("FROM {}", inner(&quotas, "q")),
        );
        let alone = match (less, ratio) {
            (true, _) => "GREATEST(t.alone - t.bound, 0)".to_owned(),
            (_, Some(ratio)) => self.capped_by_ratio("t.alone", "t.bound", ratio),
            _ => "LEAST(t.alone, t.bound)".to_owned(),
        };
        let mut columns = vec!["t.stack_set".to_owned()];
        columns.extend(self.priced_columns("t"));
        columns.push(
            "CASE\n    WHEN t.shared = 1 THEN CAST(t.quota_floor + CASE WHEN t.own_turn <= t.missing THEN 1 ELSE 0 END AS BIGINT)\n    ELSE t.amount\nEND AS amount".to_owned(),
        );
        columns.push(format!(
            "CASE WHEN t.member_of >= 0 AND t.bound IS NOT NULL THEN {alone} ELSE t.alone END AS alone"
        ));
        let name = format!("{prefix}_limited_{number}");
        steps.push(Step::new(
            &name,
            "Caps of schedules on the lines of one claim together",
            select(&columns, &format!("FROM {}", inner(&turns, "t"))),
        ));
        name
    }
}
