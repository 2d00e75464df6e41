//! Covers that meet in one claim (SEMANTICS §3); injuries one grade heavier.

use super::super::Writer;
use super::super::diagrams::NO;
use super::super::steps::{Step, inner, select, union};
use crate::emit::program::Rule;

impl Writer<'_> {
    /// Pairs of covers that can meet in one claim and that nothing ranks or stacks.
    pub(in crate::emit::sql) fn meetings(&mut self) -> Vec<(usize, usize)> {
        let applies: Vec<usize> = self
            .program
            .covers
            .iter()
            .map(|cover| {
                let (perils, roles, condition) = (
                    self.diagrams.node(cover.perils),
                    self.diagrams.node(cover.roles),
                    self.diagrams.node(cover.condition),
                );
                let both = self.diagrams.both(perils, roles);
                self.diagrams.both(both, condition)
            })
            .collect();
        let no = self.diagrams.answer(NO);
        let mut found = Vec::new();
        for (a, left) in applies.iter().enumerate() {
            for (b, right) in applies.iter().enumerate().skip(a + 1) {
                let over = &self.program.over;
                let harms = |cover: usize| {
                    self.program
                        .covers
                        .get(cover)
                        .map(|c| c.benefits.iter().map(|b| b.harm).collect::<Vec<_>>())
                };
                let shared = harms(a)
                    .zip(harms(b))
                    .is_some_and(|(x, y)| x.iter().any(|h| y.contains(h)));
                if shared
                    && !over.contains(&(a, b))
                    && !over.contains(&(b, a))
                    && self.diagrams.both(*left, *right) != no
                {
                    found.push((a, b));
                }
            }
        }
        found
    }

    /// Covers that meet in one claim (SEMANTICS §3).
    pub(super) fn meeting(&self, steps: &mut Vec<Step>, from: &str, meetings: &[(usize, usize)]) {
        let ranked = |pair: &&(usize, usize)| self.program.stack.contains(pair) || self.program.higher.contains(pair);
        let unranked: Vec<String> = meetings
            .iter()
            .filter(|p| !ranked(p))
            .map(|(a, b)| format!("({a}, {b})"))
            .collect();
        steps.push(
            Step::new(
                "met",
                "Claims that more than one cover pays; the first cover that is refused refuses the claim",
                format!(
                    "SELECT\n    m.*,\n    MIN(CASE WHEN m.stop >= 1000 THEN 100000000 + m.cover * 100 + 20 ELSE m.cover * 100 + m.stop END) OVER (PARTITION BY m.row_no) AS first_stop\nFROM {from} AS m\nWHERE m.choices > 1"
                ),
            )
            .kept(),
        );
        let clash = match unranked.is_empty() {
            true => "SELECT row_no FROM met WHERE 1 = 0".to_owned(),
            false => format!(
                "SELECT DISTINCT a.row_no\nFROM met AS a\nINNER JOIN met AS b ON a.row_no = b.row_no AND a.cover < b.cover AND a.worth <> b.worth\nINNER JOIN (VALUES {}) AS u (one, other) ON a.cover = u.one AND b.cover = u.other",
                unranked.join(", ")
            ),
        };
        steps.push(Step::new(
            "clashes",
            "Claims for which covers meet unranked, with different money",
            clash,
        ));
        steps.push(Step::new(
            "ranked",
            "The cover with the most money first; of equals the first in the scheme's order",
            "SELECT\n    m.*,\n    CASE WHEN c.row_no IS NULL THEN 0 ELSE 1 END AS clashes,\n    ROW_NUMBER() OVER (PARTITION BY m.row_no ORDER BY m.worth DESC, m.cover ASC) AS rank_in_claim\nFROM met AS m\nLEFT JOIN clashes AS c ON m.row_no = c.row_no".to_owned(),
        ));
        let columns = self.priced_columns("r");
        let mut one = columns.clone();
        one.extend(["r.stop", "r.amount"].map(str::to_owned));
        let mut several = columns;
        several.push("CASE\n    WHEN r.first_stop IS NOT NULL THEN r.first_stop % 100\n    WHEN r.clashes = 1 THEN 21\nEND AS stop".to_owned());
        several.push("r.amount".to_owned());
        let paying = match self.stacking(meetings) {
            None => "FROM ranked AS r\nWHERE r.rank_in_claim = 1".to_owned(),
            Some(pairs) => {
                self.stacks(steps, &pairs);
                // A claim that is refused keeps one line.
                several.pop();
                several.push("COALESCE(s.amount, r.amount) AS amount".to_owned());
                "FROM ranked AS r\nLEFT JOIN stacked AS s ON r.row_no = s.row_no AND r.cover = s.cover\nWHERE (\n        (r.first_stop IS NOT NULL OR r.clashes = 1) AND r.rank_in_claim = 1\n    ) OR (\n        r.first_stop IS NULL AND r.clashes = 0 AND s.row_no IS NOT NULL\n    )".to_owned()
            }
        };
        steps.push(Step::new(
            "chosen",
            "What pays each claim",
            union(&[
                select(
                    &one,
                    &format!("FROM {from} AS r\nWHERE r.choices IS NULL OR r.choices <= 1"),
                ),
                select(&several, &paying),
            ]),
        ));
    }

    /// For the several-injuries rule: how heavy each injury is, and what the claim would get one grade above.
    pub(super) fn injuries(&self, steps: &mut Vec<Step>) {
        let raising: Vec<String> = (self.stages.iter().enumerate())
            .filter(|(_, stage)| {
                let limits = stage.limits.iter().filter_map(|at| self.program.limits.get(*at));
                limits
                    .into_iter()
                    .any(|limit| matches!(limit.rule, Rule::Largest { raise: true }))
            })
            .map(|(number, _)| format!("c.stage_{number} >= 0"))
            .collect();
        let grade = self.program.known.injury_grade.map_or("NULL", |fact| self.field(fact));
        let severities: Vec<String> = (self.severities().iter().enumerate())
            .map(|(value, severity)| format!("WHEN {value} THEN {severity}"))
            .collect();
        let severity = match severities.is_empty() {
            true => "CAST(NULL AS INTEGER)".to_owned(),
            false => format!("CASE c.{grade} {} END", severities.join(" ")),
        };
        steps.push(Step::new(
            "raised_priced",
            "What each claim would be paid one grade above",
            self.priced("raised_verdicts"),
        ));
        let last = self.own_limits(steps, "raised_priced", "raised_", false);
        let mut columns = self.priced_columns("c");
        columns.push("c.stop AS own_stop".to_owned());
        columns.push("c.amount".to_owned());
        columns.push(format!(
            "CASE WHEN c.amount > 0 AND ({}) THEN {severity} END AS severity",
            raising.join(" OR ")
        ));
        let inside = select(&columns, "FROM chosen AS c");
        let mut columns = self.priced_columns("c");
        columns.push("c.amount".to_owned());
        columns.push("c.severity".to_owned());
        columns.push("CASE WHEN c.severity = 0 THEN c.amount ELSE r.amount END AS raised".to_owned());
        columns.push(
            "CASE\n    WHEN c.own_stop IS NOT NULL THEN c.own_stop\n    WHEN c.severity > 0 THEN r.stop\nEND AS stop"
                .to_owned(),
        );
        steps.push(Step::new(
            "injuries",
            "How heavy each injury is (0 the heaviest), and what the claim would get one grade above",
            select(
                &columns,
                &format!(
                    "FROM {}\nLEFT JOIN {last} AS r ON c.row_no = r.row_no AND c.cover = r.cover",
                    inner(&inside, "c")
                ),
            ),
        ));
    }
}
