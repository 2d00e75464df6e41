//! Each row by itself: its term, its kind, its benefit, and why it is refused.
//!
//! | part | what it writes |
//! |---|---|
//! | [`placing`] | day, term, year, decisions, kind |
//! | [`meeting`] | covers that meet in one claim, and injuries one grade heavier |
//! | [`refusals`] | the codes that refuse a row |

mod meeting;
mod placing;
mod refusals;

use super::Writer;
use super::amounts::Place;
use super::steps::{Step, inner, select};
use crate::emit::program::{Kind, Node, Rule, Term};

/// A claim as amounts read it.
struct OfClaim<'w, 'a> {
    writer: &'w Writer<'a>,
    /// What the step calls its row
    row: &'static str,
    premium: &'static str,
}

impl Place for OfClaim<'_, '_> {
    fn fact(&self, fact: usize) -> String {
        format!("{}.{}", self.row, self.writer.field(fact))
    }
    fn day(&self) -> String {
        format!("{}.day", self.row)
    }
    fn premium(&self) -> String {
        format!("{}.premium", self.premium)
    }
    fn decided(&self, decision: usize) -> String {
        format!("{}.decided_{decision}", self.row)
    }
    fn decision_value(&self, decision: usize) -> String {
        format!(
            "COALESCE({}.decision_value_{decision}, {})",
            self.row,
            self.writer.refuse("V042", "a decision without a value")
        )
    }
}

impl Writer<'_> {
    /// From kinds to benefits; then what refuses a row.
    pub(in crate::emit::sql) fn judging(&mut self, steps: &mut Vec<Step>) {
        let meetings = self.meetings();
        steps.push(Step::new(
            "priced",
            "The benefit of each cover that pays, in 分, before the caps of its schedule",
            self.priced("verdicts"),
        ));
        let last = self.own_limits(steps, "priced", "", !meetings.is_empty());
        if meetings.is_empty() {
            steps.push(Step::new(
                "chosen",
                "One cover pays each claim",
                format!("SELECT * FROM {last}"),
            ));
        } else {
            self.meeting(steps, &last, &meetings);
        }
        if self.raises() {
            self.injuries(steps);
        }
        self.accepted(steps);
    }

    fn priced(&self, verdicts: &str) -> String {
        let place = OfClaim {
            writer: self,
            row: "f",
            premium: "given",
        };
        let mut amounts = vec!["CASE v.payment".to_owned()];
        let mut missing = Vec::new();
        for (at, pipeline) in self.program.pipelines.iter().enumerate() {
            if Self::fixed(pipeline).is_some() {
                continue;
            }
            let cited = pipeline.articles.join("、");
            if !cited.is_empty() {
                amounts.push(format!("    -- {cited}"));
            }
            amounts.push(format!("    WHEN {at} THEN {}", self.pipeline(pipeline, &place)));
            if let Some(lacks) = self.pipeline_missing(pipeline, &place) {
                missing.push(format!("    WHEN v.payment = {at} AND ({lacks}) THEN 20"));
            }
        }
        amounts.push("END".to_owned());
        let mut stops = vec![
            "CASE".to_owned(),
            "    WHEN v.is_open = 1 OR v.payment = -1 THEN 20".to_owned(),
        ];
        stops.extend(missing);
        for (at, node) in self.program.nodes.iter().enumerate() {
            let Node::Refused { above, bound, .. } = node else {
                continue;
            };
            let number = self.refused(at);
            if let Some(lacks) = self.missing(&bound.choice, &place) {
                stops.push(format!("    WHEN v.payment = {number} AND {lacks} THEN 20"));
            }
            stops.push(format!(
                "    WHEN v.payment = {number} THEN {}",
                if *above { 22 } else { 23 }
            ));
        }
        stops.push("END".to_owned());
        let amount = match amounts.len() {
            2 => "v.fixed".to_owned(),
            _ => format!("COALESCE(v.fixed, {})", amounts.join("\n")),
        };
        let mut columns = vec!["f.*".to_owned()];
        columns.extend(["v.nearest", "v.choices", "v.cover", "v.payment", "v.why_zero"].map(str::to_owned));
        columns.extend(self.stage_columns().into_iter().map(|c| format!("v.{c}")));
        if self.program.reads_premium {
            columns.push("given.premium".to_owned());
        }
        columns.push(format!("{} AS stop", stops.join("\n")));
        columns.push(format!("{amount} AS amount"));
        columns.push(format!("{amount} AS priced_amount"));
        let on = self.same_kind("f", "v");
        let join = if verdicts == "verdicts" { "LEFT" } else { "INNER" };
        let premium = if self.program.reads_premium {
            "\nCROSS JOIN given"
        } else {
            ""
        };
        select(
            &columns,
            &format!("FROM facts AS f{premium}\n{join} JOIN {verdicts} AS v ON {on}"),
        )
    }

    /// The caps of schedules, each claim by itself. Gives the last step.
    fn own_limits(&self, steps: &mut Vec<Step>, from: &str, prefix: &str, meets: bool) -> String {
        let place = OfClaim {
            writer: self,
            row: "f",
            premium: "f",
        };
        let mut last = from.to_owned();
        let mut waiting: Vec<String> = Vec::new();
        let mut worth = "amount".to_owned();
        for (number, stage) in self.stages.iter().enumerate().filter(|(_, stage)| stage.own) {
            let limits: Vec<(usize, &crate::emit::program::Limit)> = stage
                .limits
                .iter()
                .filter_map(|at| Some((*at, self.program.limits.get(*at)?)))
                .collect();
            let mut bounds = vec![format!("CASE f.stage_{number}")];
            let mut lacks = Vec::new();
            let mut less = false;
            for (at, limit) in &limits {
                let (Rule::UpTo(money) | Rule::Less(money)) = &limit.rule else {
                    continue;
                };
                less |= matches!(limit.rule, Rule::Less(_));
                if money.choice == crate::emit::program::Choice::Unlimited {
                    continue;
                }
                bounds.push(format!("    WHEN {at} THEN {}", self.whole_amount(money, &place)));
                if let Some(missing) = self.missing(&money.choice, &place) {
                    lacks.push(format!("    WHEN f.stage_{number} = {at} AND {missing} THEN 1020"));
                }
            }
            bounds.push("END".to_owned());
            let bounds = bounds.join("\n");
            let bounds = if bounds.lines().count() == 2 {
                "CAST(NULL AS BIGINT)".to_owned()
            } else {
                bounds
            };
            if bounds.starts_with("CAST") && limits.iter().all(|(_, l)| self.surely_told(l)) {
                continue;
            }
            // After a deductible, caps wait for the whole group.
            let waits = (!waiting.is_empty()).then(|| format!("({})", waiting.join(" OR ")));
            let still = waits
                .as_ref()
                .map_or(String::new(), |waits| format!(" AND NOT {waits}"));
            let mut stops = vec![
                "CASE".to_owned(),
                "    WHEN f.stop IS NOT NULL THEN f.stop".to_owned(),
                format!("    WHEN f.stage_{number} = -1 AND f.amount > 0{still} THEN 1020"),
            ];
            if !lacks.is_empty() {
                let or = waits.as_ref().map_or(String::new(), |waits| format!(" OR {waits}"));
                stops.push(format!("    WHEN f.amount = 0{or} THEN NULL"));
                stops.extend(lacks);
            }
            stops.push("END".to_owned());
            let cap = |amount: &str, bound: &str| match limits.first().and_then(|(_, l)| l.ratio_to) {
                Some(ratio) if !less => self.capped_by_ratio(amount, bound, ratio),
                _ if less => format!("GREATEST({amount} - COALESCE({bound}, 0), 0)"),
                _ => format!("LEAST({amount}, {bound})"),
            };
            let bound = format!("f.own_bound_{number}");
            let columns = [
                "f.*".to_owned(),
                format!("{} AS stop_{number}", stops.join("\n")),
                format!("{bounds} AS own_bound_{number}"),
            ];
            let inside = select(&columns, &format!("FROM {last} AS f"));
            let grouped = match waits {
                _ if less => "f.amount".to_owned(),
                Some(waits) => format!("CASE WHEN {waits} THEN f.amount ELSE {} END", cap("f.amount", &bound)),
                None => cap("f.amount", &bound),
            };
            let name = format!("{prefix}capped_{number}");
            let mut columns = self.priced_columns("f");
            columns.push(format!("f.stop_{number} AS stop"));
            columns.push(format!("{grouped} AS amount"));
            if meets {
                columns.push(format!("{} AS worth", cap(&format!("f.{worth}"), &bound)));
                worth = "worth".to_owned();
            }
            let cited: Vec<String> = limits
                .iter()
                .map(|(_, l)| format!("{} {}", l.id, l.articles.join("、")))
                .collect();
            steps.push(Step::new(
                &name,
                format!("Caps of schedules, each claim by itself:\n{}", cited.join("\n")),
                select(&columns, &format!("FROM {}", inner(&inside, "f"))),
            ));
            if less {
                let of: Vec<String> = limits.iter().map(|(at, _)| at.to_string()).collect();
                waiting.push(format!("COALESCE(f.stage_{number} IN ({}), FALSE)", of.join(", ")));
            }
            last = name;
        }
        if meets && worth == "amount" {
            let mut columns = self.priced_columns("f");
            columns.extend(["f.stop", "f.amount", "f.amount AS worth"].map(str::to_owned));
            steps.push(Step::new(
                "worths",
                "What each cover pays alone",
                select(&columns, &format!("FROM {last} AS f")),
            ));
            last = "worths".to_owned();
        }
        last
    }

    /// The amount of a schedule's cap for one claim.
    pub(in crate::emit::sql) fn own_bound(&self, money: &crate::emit::program::Money, row: &'static str) -> String {
        let place = OfClaim {
            writer: self,
            row,
            premium: row,
        };
        self.whole_amount(money, &place)
    }

    /// Whether no blank leaves open that a limit takes a line.
    fn surely_told(&self, limit: &crate::emit::program::Limit) -> bool {
        let default = |fact: usize| {
            Some(fact) == self.program.known.harm
                || matches!(
                    self.program.facts.get(fact).map(|f| &f.kind),
                    Some(Kind::Enumeration { default: Some(_), .. })
                )
        };
        limit.filter.facts.iter().all(|(fact, _)| default(*fact))
    }

    /// What a cap with a ratio rounded down leaves one amount that stands alone.
    pub(in crate::emit::sql) fn capped_by_ratio(
        &self,
        amount: &str,
        bound: &str,
        ratio: crate::emit::program::Quotient,
    ) -> String {
        let (n, d) = (ratio.numerator, ratio.denominator);
        let steps = (self.sql.wide_floor)(
            &format!("({} * {d})", self.wide(bound)),
            &format!("({} * {n})", self.wide(amount)),
        );
        let kept = (self.sql.wide_floor)(&format!("({} * {steps} * {n})", self.wide(amount)), &d.to_string());
        format!("CASE WHEN {bound} < {amount} THEN CAST({kept} AS BIGINT) ELSE {amount} END")
    }

    /// The columns of a priced row, but `stop` and `amount`.
    pub(in crate::emit::sql) fn priced_columns(&self, of: &str) -> Vec<String> {
        let mut columns = vec![format!("{of}.row_no"), format!("{of}.{}", self.claim())];
        for (at, _) in self.program.facts.iter().enumerate() {
            if self.wants(at) && Some(at) != self.program.known.claim {
                columns.push(format!("{of}.{}", self.field(at)));
            }
            if self.said_raw(at) {
                columns.push(format!("{of}.{}_said", self.field(at)).replace("_said_said", "_said"));
            }
        }
        columns.extend(["unreadable", "day", "is_repeated", "in_term"].map(|c| format!("{of}.{c}")));
        if let Term::Policy { .. } = self.program.term {
            columns.push(format!("{of}.first_day"));
            columns.push(format!("{of}.last_day"));
        }
        if self.reads_year() {
            columns.push(format!("{of}.own_year"));
        }
        for at in &self.row_decisions {
            columns.push(format!("{of}.decided_{at}"));
            columns.push(format!("{of}.decision_value_{at}"));
        }
        columns.extend(self.kind_names().into_iter().map(|n| format!("{of}.{n}")));
        columns.extend(["nearest", "choices", "cover", "payment", "why_zero"].map(|c| format!("{of}.{c}")));
        columns.extend(self.stage_columns().into_iter().map(|c| format!("{of}.{c}")));
        if self.program.reads_premium {
            columns.push(format!("{of}.premium"));
        }
        columns.push(format!("{of}.priced_amount"));
        columns
    }
}
