//! Kinds with the injury one grade heavier, for the rule of several injuries.

use super::super::Writer;
use super::super::steps::{Step, select};
use crate::emit::program::{Kind, Tested};

impl Writer<'_> {
    /// What each kind would be paid with the injury one grade heavier.
    pub(super) fn raised_kinds(&mut self, steps: &mut Vec<Step>) {
        let grade = self.program.known.injury_grade;
        let tested = grade.filter(|fact| self.diagrams.place(Tested::Fact(*fact)).is_some());
        let mut of = "kinds";
        if let Some(fact) = tested {
            let mut columns: Vec<String> = self.kind_names().iter().map(|n| format!("k.{n}")).collect();
            for on in &self.diagrams.order {
                let column = self.tested(*on);
                columns.push(match *on == Tested::Fact(fact) {
                    true => format!("COALESCE(g.above, k.{column}) AS {column}"),
                    false => format!("k.{column}"),
                });
            }
            let body = select(
                &columns,
                &format!(
                    "FROM kinds AS k\nLEFT JOIN heavier_grades AS g ON k.{} = g.grade",
                    self.field(fact)
                ),
            );
            steps.push(Step::new("raised_kinds", "Kinds with the injury one grade heavier", body).kept());
            of = "raised_kinds";
        }
        self.covers(steps, "raised_rules", of);
        let mut columns: Vec<String> = self.kind_names().iter().map(|n| format!("c.{n}")).collect();
        columns.extend(
            [
                "c.cover",
                "r.payment",
                "0 AS is_open",
                "1 AS choices",
                "'' AS nearest",
                "'' AS why_zero",
            ]
            .map(str::to_owned),
        );
        columns.extend(self.stage_columns().into_iter().map(|c| format!("r.{c}")));
        columns.push(format!("CAST({} AS BIGINT) AS fixed", self.fixed_amounts("r.payment")));
        let same = self.same_kind("c", "r");
        steps.push(
            Step::new(
                "raised_verdicts",
                "What the covers that pay would pay for it",
                select(
                    &columns,
                    &format!("FROM candidates AS c\nINNER JOIN raised_rules AS r ON {same} AND c.cover = r.cover"),
                ),
            )
            .kept(),
        );
    }

    /// Grades with the one above each; the heaviest stays.
    pub(in crate::emit::sql) fn heavier_grades(&self) -> String {
        let mut rows = Vec::new();
        if let Some(fact) = self.program.known.injury_grade {
            let severities = self.severities();
            for (value, severity) in severities.iter().enumerate() {
                let above = severity
                    .checked_sub(1)
                    .and_then(|above| severities.iter().position(|s| *s == above));
                let id = |v: usize| (self.sql.literal)(self.id_of(fact, v));
                rows.extend(above.map(|above| format!("({}, {})", id(value), id(above))));
            }
        }
        self.table(
            "Each grade of injury and the one above it",
            "heavier_grades",
            &["grade", "above"],
            &rows,
            "('', '')",
        )
    }

    /// Severity of each grade; 0 is the heaviest. Empty where grades have no order.
    pub(in crate::emit::sql) fn severities(&self) -> Vec<usize> {
        let domain = match self
            .program
            .known
            .injury_grade
            .and_then(|fact| self.program.facts.get(fact))
            .map(|f| &f.kind)
        {
            Some(Kind::Enumeration { domain, .. }) => self.program.domains.get(*domain),
            _ => None,
        };
        domain.and_then(|d| d.severities.clone()).unwrap_or_default()
    }
}
