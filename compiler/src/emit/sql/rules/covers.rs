//! Covers that apply to a kind of claim, and what they pay.

use super::super::Writer;
use super::super::diagrams::{Classes, Id, NO, YES};
use super::super::steps::{Step, comment, select, union, when};
use crate::emit::program::{Node, Tested, Tier};

impl Writer<'_> {
    pub(super) fn covers(&mut self, steps: &mut Vec<Step>, name: &str, of: &str) {
        let harm = self.program.known.harm;
        let mut selects = Vec::new();
        for at in 0..self.program.covers.len() {
            let Some(cover) = self.program.covers.get(at) else {
                continue;
            };
            let (perils, roles, condition) = (
                self.diagrams.node(cover.perils),
                self.diagrams.node(cover.roles),
                self.diagrams.node(cover.condition),
            );
            let paid = self.paid_harms(at);
            let joint = self.diagrams.both(perils, roles);
            let joint = self.diagrams.both(joint, condition);
            let applies = self.diagrams.both(joint, paid);
            let (perils, roles, applies, paid) = (
                self.diagrams.blanks(perils),
                self.diagrams.blanks(roles),
                self.diagrams.blanks(applies),
                self.diagrams.blanks(paid),
            );
            let mut columns = self.kind_names();
            columns.push(format!("{at} AS cover"));
            columns.push(format!("{} AS perils_hold", self.case(perils)));
            columns.push(format!("{} AS roles_hold", self.case(roles)));
            columns.push(format!("{} AS has_benefit", self.case(paid)));
            columns.push(format!("{} AS applies", self.case(applies)));
            let mut payment = vec!["CASE harm_of_kind".replace("harm_of_kind", harm.map_or("NULL", |h| self.field(h)))];
            for benefit in &cover.benefits {
                let root = self.diagrams.node(benefit.root);
                let root = self.diagrams.blanks(root);
                let id = harm.map_or("", |fact| self.id_of(fact, benefit.harm));
                let cited = benefit.articles.join("、");
                let case = self.case(root);
                let note = if cited.is_empty() {
                    String::new()
                } else {
                    format!("    -- {cited}\n")
                };
                payment.push(format!("{note}{}", when(&(self.sql.literal)(id), &case)));
            }
            payment.push("END".to_owned());
            columns.push(match cover.benefits.is_empty() {
                true => "CAST(NULL AS INTEGER) AS payment".to_owned(),
                false => format!("{} AS payment", payment.join("\n")),
            });
            for (number, stage) in self.stages.iter().enumerate() {
                columns.push(format!("{} AS stage_{number}", self.stage_of(&stage.limits, at)));
                for (place, tier) in stage.tiers(self.program).iter().enumerate() {
                    if let Tier::Rank(filters) = tier {
                        columns.push(format!("{} AS rank_{number}_{place}", self.rank_of(filters, at)));
                    }
                }
            }
            let article = cover.articles.join("、");
            let says = comment(&format!("{} {article}", cover.id));
            selects.push(format!("{says}\n{}", select(&columns, &format!("FROM {of}"))));
        }
        if selects.is_empty() {
            let mut columns = self.kind_names();
            columns.extend(
                [
                    "0 AS cover",
                    "0 AS perils_hold",
                    "0 AS roles_hold",
                    "0 AS has_benefit",
                    "0 AS applies",
                    "0 AS payment",
                ]
                .map(str::to_owned),
            );
            columns.extend(self.stage_columns().into_iter().map(|c| format!("0 AS {c}")));
            selects.push(select(&columns, &format!("FROM {of}\nWHERE 1 = 0")));
        }
        steps.push(
            Step::new(
                name,
                "Each cover for each kind: whether it applies (1 yes, 0 no, -1 a blank leaves it open), what it pays for the harm,\nand the limits that its lines fall under",
                union(&selects),
            )
            .kept(),
        );
    }

    /// The harms that a cover has benefits for.
    pub(super) fn paid_harms(&mut self, cover: usize) -> Id {
        let Some(harm) = self.program.known.harm else {
            return self.diagrams.answer(NO);
        };
        let paid: Vec<usize> = self.program.covers.get(cover).map_or(Vec::new(), |c| {
            c.benefits.iter().map(|b| self.class_of(harm, b.harm)).collect()
        });
        let Some(place) = self.diagrams.place(Tested::Fact(harm)) else {
            return self.diagrams.answer(NO);
        };
        let (yes, no) = (self.diagrams.answer(YES), self.diagrams.answer(NO));
        let count = self.diagrams.classes.get(place).map_or(0, Classes::count);
        let classes = (0..count)
            .map(|class| if paid.contains(&class) { yes } else { no })
            .collect();
        self.diagrams.test(place, classes, None)
    }

    /// The covers that pay in a kind, once priorities are looked at.
    pub(super) fn candidates(&self, steps: &mut Vec<Step>, of: &str) {
        let names = self.kind_names();
        let kind = names.iter().map(|n| format!("r.{n}")).collect::<Vec<_>>();
        let mut columns = kind.clone();
        columns.push("r.cover".to_owned());
        columns.push("r.payment".to_owned());
        columns.extend(self.stage_columns().into_iter().map(|c| format!("r.{c}")));
        let same = self.same_kind("o", "r");
        steps.push(Step::new(
            "candidates",
            "The covers that apply and that no other one of them is over",
            select(
                &columns,
                &format!(
                    "FROM {of} AS r\nWHERE\n    r.applies = 1\n    AND NOT EXISTS (\n        SELECT 1\n        FROM {of} AS o\n        INNER JOIN outranks AS x ON o.cover = x.cover\n        WHERE {same} AND o.applies = 1 AND x.below = r.cover\n    )"
                ),
            ),
        ));
        let any: Vec<String> = (self.program.covers.iter().enumerate())
            .filter(|(_, cover)| cover.any_peril)
            .map(|(at, _)| at.to_string())
            .collect();
        let nowhere = match any.is_empty() {
            true => "1".to_owned(),
            false => format!("CASE WHEN cover IN ({}) THEN 0 ELSE 1 END", any.join(", ")),
        };
        let got = format!(
            "CASE\n    WHEN perils_hold = 0 THEN 0\n    WHEN roles_hold = 0 THEN {nowhere}\n    WHEN has_benefit = 0 THEN 2\n    ELSE 3\nEND"
        );
        let mut columns = names.clone();
        columns.push("MAX(CASE WHEN applies = -1 THEN 1 ELSE 0 END) AS is_open".to_owned());
        columns.push(format!("MAX({got}) AS got"));
        steps.push(Step::new(
            "totals",
            "Whether some cover is open, and how far the nearest one got",
            select(&columns, &format!("FROM {of}\nGROUP BY\n    {}", names.join(",\n    "))),
        ));
        self.verdicts(steps);
    }

    pub(super) fn verdicts(&self, steps: &mut Vec<Step>) {
        let harm = self
            .program
            .known
            .harm
            .map_or("NULL".to_owned(), |fact| format!("k.{}", self.field(fact)));
        let mut columns: Vec<String> = self.kind_names().iter().map(|n| format!("k.{n}")).collect();
        columns.push(format!(
            "CASE WHEN {harm} IS NULL OR t.is_open = 1 THEN 1 ELSE 0 END AS is_open"
        ));
        columns.push("CASE t.got\n    WHEN 3 THEN 'condition'\n    WHEN 2 THEN 'harm'\n    WHEN 1 THEN 'role'\n    ELSE 'no_cover'\nEND AS nearest".to_owned());
        let kinds = self
            .kind_names()
            .iter()
            .map(|n| format!("k.{n}"))
            .collect::<Vec<_>>()
            .join(", ");
        columns.push(format!("COUNT(c.cover) OVER (PARTITION BY {kinds}) AS choices"));
        columns.push("c.cover".to_owned());
        columns.push("c.payment".to_owned());
        columns.extend(self.stage_columns().into_iter().map(|c| format!("c.{c}")));
        let nil: Vec<String> = self.pays_nothing().iter().map(usize::to_string).collect();
        columns.push(format!("CAST({} AS BIGINT) AS fixed", self.fixed_amounts("c.payment")));
        columns.push(format!(
            "CASE WHEN c.payment IN ({}) THEN 'nothing' ELSE 'zero' END AS why_zero",
            nil.join(", ")
        ));
        steps.push(
            Step::new(
                "verdicts",
                "One row for each cover that pays in a kind, or one without a cover; what is paid where it is one amount",
                select(
                    &columns,
                    &format!(
                        "FROM kinds AS k\nLEFT JOIN totals AS t ON {}\nLEFT JOIN candidates AS c ON {}",
                        self.same_kind("k", "t"),
                        self.same_kind("k", "c")
                    ),
                ),
            )
            .kept(),
        );
    }

    /// Payments of nothing, whatever the claim.
    pub(super) fn pays_nothing(&self) -> Vec<usize> {
        let nil = self
            .program
            .pipelines
            .iter()
            .enumerate()
            .filter(|(_, pipeline)| pipeline.nil);
        nil.map(|(at, _)| at).chain([self.program.pipelines.len()]).collect()
    }

    /// The amounts of payments that are constants.
    pub(super) fn fixed_amounts(&self, payment: &str) -> String {
        let mut fixed = vec![format!("CASE {payment}")];
        for (at, pipeline) in self.program.pipelines.iter().enumerate() {
            if let Some(amount) = Self::fixed(pipeline) {
                let cited = pipeline.articles.join("、");
                let note = if cited.is_empty() {
                    String::new()
                } else {
                    format!("  -- {cited}")
                };
                fixed.push(format!("    WHEN {at} THEN {amount}{note}"));
            }
        }
        fixed.push(format!("    WHEN {} THEN 0", self.program.pipelines.len()));
        for (at, node) in self.program.nodes.iter().enumerate() {
            if let Node::Refused { .. } = node {
                fixed.push(format!("    WHEN {} THEN 0", self.refused(at)));
            }
        }
        fixed.push("END".to_owned());
        fixed.join("\n")
    }

    /// Priorities as a table.
    pub(in crate::emit::sql) fn priorities(&self) -> String {
        let rows: Vec<String> = self.program.over.iter().map(|(a, b)| format!("({a}, {b})")).collect();
        self.table("Covers over others", "outranks", &["cover", "below"], &rows, "(0, 0)")
    }

    /// Covers with their ids, and their places among the ids by code point.
    pub(in crate::emit::sql) fn cover_names(&self) -> String {
        let mut order: Vec<(usize, &str)> = self.program.covers.iter().map(|c| c.id.as_str()).enumerate().collect();
        order.sort_by(|a, b| a.1.cmp(b.1));
        let place = |cover: usize| order.iter().position(|(at, _)| *at == cover).unwrap_or(0);
        let rows: Vec<String> = (self.program.covers.iter().enumerate())
            .map(|(at, cover)| format!("({at}, {}, {})", (self.sql.literal)(&cover.id), place(at)))
            .collect();
        self.table(
            "The covers, and their order by id",
            "cover_names",
            &["cover", "id", "place"],
            &rows,
            "(0, '', 0)",
        )
    }
}
