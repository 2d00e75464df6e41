//! Limits (SEMANTICS §4), each reading what the one before left.
//!
//! | part | what it writes |
//! |---|---|
//! | [`merging`] | which limits apply in one go |
//! | [`totals`] | what groups come to, and what the limit allows them |
//! | [`exhaustion`] | what lines keep where a limit runs out |

mod exhaustion;
mod merging;
mod totals;

use super::steps::{Step, select};
use super::{Read, Writer};
use crate::emit::program::{Key, Limit, Rule};
use merging::apart;
pub(super) use merging::{Stage, stages};

impl Writer<'_> {
    fn limit(&self, at: usize) -> Option<&Limit> {
        self.program.limits.get(at)
    }

    /// The limits of a stage, with their numbers.
    fn limits_of(&self, number: usize) -> Vec<(usize, &Limit)> {
        let limits = self.stages.get(number).map_or(&[][..], |stage| &stage.limits);
        limits.iter().filter_map(|at| Some((*at, self.limit(*at)?))).collect()
    }

    /// Whether what a line would be paid alone has to be known while limits apply.
    fn tracks_alone(&self) -> bool {
        let pairs = |i: usize| self.program.limits.iter().enumerate().skip(i + 1);
        self.program.limits.iter().enumerate().any(|(i, first)| {
            let changes = !matches!(first.rule, Rule::Largest { raise: false });
            changes
                && pairs(i).any(|(_, later)| {
                    let reads = match &later.rule {
                        Rule::Largest { .. } => true,
                        Rule::UpTo(money) | Rule::Less(money) => {
                            let mut read = Read::default();
                            read.choice(&money.choice);
                            !read.facts.is_empty() || !read.decisions.is_empty()
                        }
                    };
                    reads && !apart(&first.filter, &later.filter)
                })
        })
    }

    /// Whether events' earliest dates are read.
    pub(super) fn reads_events(&self) -> bool {
        let dated = self.program.limits.iter().any(|limit| match &limit.rule {
            Rule::UpTo(money) | Rule::Less(money) => {
                let mut read = Read::default();
                read.choice(&money.choice);
                let from_day = |at: &usize| self.program.decisions.get(*at).is_some_and(|d| d.from_the_day);
                read.dated || read.decisions.iter().any(from_day)
            }
            Rule::Largest { .. } => false,
        });
        self.program.known.event.is_some() && (dated || (self.program.years.of_event && self.keeps_year()))
    }

    /// Whether a stage can cut nothing, since its caps are per claim, a claim has one line, and the line's benefit is
    /// capped already.
    fn is_spent(&self, number: usize) -> bool {
        let one_line = self.program.stack.is_empty();
        let deducts = |limit: &Limit| matches!(limit.rule, Rule::Less(_));
        let deductible = self.program.limits.iter().any(|limit| limit.own && deducts(limit));
        let per_claim = |limit: &Limit| {
            let keyed = self
                .program
                .known
                .claim
                .is_some_and(|claim| limit.keys == [Key::Fact(claim)]);
            let settled = match &limit.rule {
                Rule::Largest { raise } => !raise,
                Rule::UpTo(money) | Rule::Less(money) => {
                    let mut read = Read::default();
                    read.choice(&money.choice);
                    !read.dated && read.decisions.is_empty()
                }
            };
            limit.own && keyed && settled
        };
        one_line && !deductible && self.limits_of(number).iter().all(|(_, limit)| per_claim(limit))
    }

    /// Columns of lines that limits and results read.
    fn line_columns(&self) -> Vec<String> {
        let mut columns = vec![
            "row_no".to_owned(),
            "cover".to_owned(),
            "place".to_owned(),
            self.claim(),
            "day".to_owned(),
        ];
        columns.extend(self.event());
        let mut facts: Vec<usize> = self.program.keys.clone();
        facts.extend(self.program.known.harm);
        for limit in &self.program.limits {
            if let Rule::UpTo(money) | Rule::Less(money) = &limit.rule {
                let mut read = Read::default();
                read.choice(&money.choice);
                facts.extend(read.facts);
            }
        }
        for fact in facts {
            let field = self.field(fact).to_owned();
            if !columns.contains(&field) {
                columns.push(field);
            }
        }
        if self.keeps_year() {
            columns.push("year".to_owned());
        }
        columns.extend(self.stage_columns());
        columns.push("benefit".to_owned());
        if self.raises() {
            columns.extend(["severity", "raised"].map(str::to_owned));
        }
        columns.extend(["reason", "codes"].map(str::to_owned));
        columns
    }

    /// Steps of all limits. Gives for each limit what it cut, as an expression over the last step `l`.
    pub(super) fn limits(&self, steps: &mut Vec<Step>) -> Vec<String> {
        let tracks = self.tracks_alone();
        self.lines(steps, tracks);
        let mut last = "lines_0".to_owned();
        let mut cuts = vec!["CAST(0 AS BIGINT)".to_owned(); self.program.limits.len()];
        let mut done = Vec::new();
        for number in 0..self.stages.len() {
            if self.is_spent(number) {
                continue;
            }
            let name = format!("lines_{}", number + 1);
            let keys = self.stage_keys(number);
            self.groups(steps, number, &last, &keys, tracks);
            self.exhaustion(steps, number, &last, &keys, tracks);
            self.after(steps, number, (&last, &name), &done, tracks);
            last = name;
            done.push(number);
            for (at, _) in self.limits_of(number) {
                if let Some(slot) = cuts.get_mut(at) {
                    *slot = format!("CASE WHEN l.stage_{number} = {at} THEN l.cut_{number} ELSE 0 END");
                }
            }
        }
        cuts
    }

    /// The name of the last step of the limits.
    pub(super) fn last_lines(&self) -> String {
        let last = (0..self.stages.len()).rfind(|number| !self.is_spent(*number));
        format!("lines_{}", last.map_or(0, |number| number + 1))
    }

    /// The columns that tell the groups of a stage apart.
    fn stage_keys(&self, number: usize) -> Vec<String> {
        let keys = self.stages.get(number).map(|stage| stage.key_columns(self));
        std::iter::once(format!("stage_{number}"))
            .chain(keys.into_iter().flatten().map(|key| key.name))
            .collect()
    }

    fn lines(&self, steps: &mut Vec<Step>, tracks: bool) {
        let events = self.reads_events();
        let event = self.event().unwrap_or_default();
        if events {
            steps.push(
                Step::new(
                    "events",
                    "The earliest date of each event",
                    format!(
                        "SELECT\n    {event},\n    MIN(day) AS first_loss\nFROM judged\nWHERE codes IS NULL AND in_term = 1 AND {event} IS NOT NULL\nGROUP BY {event}"
                    ),
                )
                .kept(),
            );
        }
        // Rows that no limit touches are lines as well, under none, so that results read one step.
        let counts = "j.codes IS NULL AND j.benefit > 0";
        let mut columns = Vec::new();
        for column in self.line_columns() {
            columns.push(match column.as_str() {
                "place" => "n.place".to_owned(),
                "year" if self.program.years.of_event && events => {
                    format!(
                        "{} AS year",
                        self.year_of("COALESCE(e.first_loss, j.day)", "j.first_day")
                    )
                }
                "year" => "j.own_year AS year".to_owned(),
                stage if stage.starts_with("stage_") => format!("CASE WHEN {counts} THEN j.{stage} END AS {stage}"),
                other => format!("j.{other}"),
            });
        }
        columns.push(format!("CASE WHEN {counts} THEN j.benefit ELSE 0 END AS paid"));
        if tracks {
            columns.push("j.benefit AS alone".to_owned());
        }
        let mut from = String::from("FROM judged AS j\nLEFT JOIN cover_names AS n ON j.cover = n.cover");
        if events {
            from += &format!("\nLEFT JOIN events AS e ON j.{event} = e.{event}");
        }
        steps.push(
            Step::new(
                "lines_0",
                "Every line, and each row without one; the limits that a line falls under",
                select(&columns, &from),
            )
            .kept(),
        );
    }

    /// The lines as a stage leaves them.
    fn after(&self, steps: &mut Vec<Step>, number: usize, (from, to): (&str, &str), done: &[usize], tracks: bool) {
        let mut columns: Vec<String> = self.line_columns().into_iter().map(|c| format!("l.{c}")).collect();
        columns.extend(done.iter().map(|n| format!("l.cut_{n}")));
        columns.push("COALESCE(s.kept, l.paid) AS paid".to_owned());
        columns.push(format!("l.paid - COALESCE(s.kept, l.paid) AS cut_{number}"));
        let cover = match self.program.stack.is_empty() {
            true => "",
            false => " AND l.cover = s.cover",
        };
        let mut joins = format!("FROM {from} AS l\nLEFT JOIN shares_{number} AS s ON l.row_no = s.row_no{cover}");
        if tracks {
            let on: Vec<String> = self
                .stage_keys(number)
                .iter()
                .map(|k| format!("l.{k} = g.{k}"))
                .collect();
            joins += &format!("\nLEFT JOIN groups_{number} AS g ON {}", on.join(" AND "));
            columns.push(format!("{} AS alone", self.alone_after(number)));
        }
        steps.push(Step::new(to, "What the limit leaves", select(&columns, &joins)).kept());
    }

    /// What a line would be paid alone once a stage has applied.
    fn alone_after(&self, number: usize) -> String {
        let limits = self.limits_of(number);
        let first = limits.first().map(|(_, limit)| *limit);
        let capped: Vec<String> = (limits.iter())
            .filter(|(_, limit)| !matches!(limit.rule, Rule::Largest { .. }))
            .map(|(at, _)| at.to_string())
            .collect();
        let raises = matches!(first.map(|limit| &limit.rule), Some(Rule::Largest { raise: true }));
        if capped.is_empty() {
            return match raises {
                true => "CASE WHEN l.severity = g.heaviest AND GREATEST(l.paid, l.alone) > 0 THEN g.raised_to ELSE l.alone END".to_owned(),
                false => "l.alone".to_owned(),
            };
        }
        let alone = match first.map(|limit| (&limit.rule, limit.ratio_to)) {
            Some((Rule::Less(_), _)) => "GREATEST(l.alone - GREATEST(g.bound, 0), 0)".to_owned(),
            Some((_, Some(ratio))) => self.capped_by_ratio("l.alone", "g.bound", ratio),
            _ => "LEAST(l.alone, g.bound)".to_owned(),
        };
        format!(
            "CASE WHEN l.stage_{number} IN ({}) AND g.bound IS NOT NULL THEN {alone} ELSE l.alone END",
            capped.join(", ")
        )
    }
}
