//! Each row by itself: its term, its kind, its benefit, and why it is refused.

use super::Writer;
use super::amounts::Place;
use super::steps::{Step, inner, select, union};
use crate::emit::program::{Kind, Node, Per, Rule, Term};

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
    /// The first day of the insured year of a day, `NULL` where it is in none.
    pub(super) fn year_of(&self, day: &str, start: &str) -> String {
        let years = &self.program.years;
        let mut text = String::from("CASE");
        for pair in years.boundaries.windows(2) {
            if let [first, following] = pair {
                text += &format!("\n    WHEN {day} >= {first} AND {day} < {following} THEN {first}");
            }
        }
        let mut start = start.to_owned();
        match &self.program.term {
            Term::Fixed { first, end, .. } => {
                text += &format!("\n    WHEN {day} < {first} THEN NULL");
                if let Some(end) = end {
                    text += &format!("\n    WHEN {day} >= {end} THEN NULL");
                }
                start = first.to_string();
            }
            Term::Policy { .. } => {}
            Term::Unstated => start = "NULL".to_owned(),
        }
        let floor = |a: &str| (self.sql.floor)(a, "10000");
        if years.calendar {
            text += &format!("\n    ELSE {} * 10000 + 101", floor(day));
        } else if start == "NULL" {
            text += "\n    ELSE NULL";
        } else {
            let passed = format!("({} - {})", floor(day), floor(&start));
            let nth = |n: &str| {
                let year = format!("({} + {n})", floor(&start));
                format!(
                    "({start} + {n} * 10000 - CASE WHEN {start} % 10000 = 229 AND NOT ({year} % 4 = 0 AND ({year} % 100 <> 0 OR {year} % 400 = 0)) THEN 1 ELSE 0 END)"
                )
            };
            let before = nth(&format!("({passed} - 1)"));
            text += &format!(
                "\n    WHEN {start} IS NULL OR {day} < {start} THEN NULL\n    WHEN {} <= {day} THEN {}\n    ELSE {before}",
                nth(&passed),
                nth(&passed)
            );
        }
        text + "\nEND"
    }

    /// Whether the year of a row's own day is read.
    fn reads_year(&self) -> bool {
        let keyed = |limit: &crate::emit::program::Limit| limit.keys.contains(&crate::emit::program::Key::Year);
        let decided = |at: &usize| self.program.decisions.get(*at).is_some_and(|d| d.per == Per::Year);
        self.program.limits.iter().any(keyed) || self.row_decisions.iter().chain(&self.group_decisions).any(decided)
    }

    pub(super) fn keeps_year(&self) -> bool {
        self.reads_year()
    }

    /// The key of a decision as a row gives it, as text.
    pub(super) fn key_text(&self, per: Per, of: &str, year: &str) -> Option<String> {
        let text = |value: String| format!("CAST({value} AS {})", self.plain_text());
        match per {
            Per::Term => None,
            Per::Year => Some(text((self.sql.floor)(year, "10000"))),
            Per::Event => Some(format!("{of}.{}", self.event()?)),
            Per::Fact(fact) => Some(match self.program.facts.get(fact).map(|f| &f.kind) {
                Some(Kind::Enumeration { .. }) => text(format!("{of}.{}", self.field(fact))),
                _ => format!("{of}.{}", self.field(fact)),
            }),
        }
    }

    /// Days, term, year, decisions, kind.
    pub(super) fn facts(&self, steps: &mut Vec<Step>) {
        let date = self.program.known.date.map_or("NULL", |fact| self.field(fact));
        let day_of = |fact: usize| (self.sql.floor)(self.field(fact), "100000");
        let claim = self.claim();
        let mut columns = vec![
            "reads.*".to_owned(),
            format!("CAST({} AS INTEGER) AS day", (self.sql.floor)(date, "100000")),
            "CASE WHEN repeated.claim IS NULL THEN 0 ELSE 1 END AS is_repeated".to_owned(),
        ];
        if let Term::Policy { start, end, .. } = &self.program.term {
            columns.push(format!("CAST({} AS INTEGER) AS first_day", day_of(*start)));
            columns.push(format!("CAST({} AS INTEGER) AS last_day", day_of(*end)));
        }
        steps.push(Step::new(
            "dated",
            "The day of loss, and whether the id stands twice",
            select(
                &columns,
                &format!("FROM reads\nLEFT JOIN repeated ON reads.{claim} = repeated.claim"),
            ),
        ));
        let in_term = match &self.program.term {
            Term::Fixed { first, end, .. } => {
                let end = end.map_or(String::new(), |end| format!(" AND day < {end}"));
                format!("CASE WHEN day >= {first}{end} THEN 1 ELSE 0 END")
            }
            Term::Policy { .. } => {
                "CASE WHEN day BETWEEN first_day AND last_day THEN 1 WHEN first_day IS NOT NULL AND last_day IS NOT NULL THEN 0 END".to_owned()
            }
            Term::Unstated => "1".to_owned(),
        };
        let mut columns = vec!["dated.*".to_owned(), format!("{in_term} AS in_term")];
        if self.reads_year() {
            columns.push(format!("{} AS own_year", self.year_of("day", "first_day")));
        }
        let articles = match &self.program.term {
            Term::Fixed { articles, .. } | Term::Policy { articles, .. } => articles.join("、"),
            Term::Unstated => String::new(),
        };
        steps.push(Step::new(
            "placed",
            format!("Whether the loss falls into the term, and the first day of its insured year {articles}"),
            select(&columns, "FROM dated"),
        ));
        let mut from = "placed";
        if !self.row_decisions.is_empty() {
            let mut columns = vec!["placed.*".to_owned()];
            let mut joins = String::from("FROM placed\nCROSS JOIN given");
            for at in &self.row_decisions {
                let per = self.program.decisions.get(*at).map_or(Per::Term, |d| d.per);
                // A year that nobody states cannot be decided for.
                let year = format!(
                    "CASE\n        WHEN placed.day IS NOT NULL AND placed.own_year IS NULL AND placed.in_term = 1 AND given.keyed_{at} > 0 THEN {}\n        ELSE placed.own_year\n    END",
                    self.refuse("V045", "the insured year")
                );
                let key = self.key_text(per, "placed", &year);
                let (join, taken, value) = self.decided(*at, key.as_deref(), "placed.day");
                columns.push(format!("{taken} AS decided_{at}"));
                columns.push(format!("{value} AS decision_value_{at}"));
                if !join.is_empty() {
                    joins += &format!("\n{join}");
                }
            }
            steps.push(Step::new(
                "decided",
                "Decisions as they stand for each row",
                select(&columns, &joins),
            ));
            from = "decided";
        }
        let mut columns = vec![format!("{from}.*")];
        for (name, column) in self.kind_names().iter().zip(self.kind_columns()) {
            columns.push(format!(
                "CASE WHEN unreadable IS NULL AND day IS NOT NULL AND in_term = 1 THEN {column} END AS {name}"
            ));
        }
        steps.push(
            Step::new(
                "facts",
                "The kind of each row that can be looked at",
                select(&columns, &format!("FROM {from}")),
            )
            .kept(),
        );
    }

    /// Pairs of covers that can meet in one claim and that nothing ranks or stacks.
    pub(super) fn meetings(&mut self) -> Vec<(usize, usize)> {
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
        let no = self.diagrams.answer(super::diagrams::NO);
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

    /// From kinds to benefits; then what refuses a row.
    pub(super) fn judging(&mut self, steps: &mut Vec<Step>) {
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
            _ => format!(
                "CASE\n    WHEN v.fixed IS NOT NULL THEN v.fixed\n    ELSE {}\nEND",
                amounts.join("\n")
            ),
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
        let on = self.same_kind("v", "f");
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
    pub(super) fn own_bound(&self, money: &crate::emit::program::Money, row: &'static str) -> String {
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
    pub(super) fn capped_by_ratio(&self, amount: &str, bound: &str, ratio: crate::emit::program::Quotient) -> String {
        let (n, d) = (ratio.numerator, ratio.denominator);
        let steps = (self.sql.wide_floor)(
            &format!("({} * {d})", self.wide(bound)),
            &format!("({} * {n})", self.wide(amount)),
        );
        let kept = (self.sql.wide_floor)(&format!("({} * {steps} * {n})", self.wide(amount)), &d.to_string());
        format!("CASE WHEN {bound} < {amount} THEN CAST({kept} AS BIGINT) ELSE {amount} END")
    }

    /// The columns of a priced row, but `stop` and `amount`.
    pub(super) fn priced_columns(&self, of: &str) -> Vec<String> {
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

    /// Covers that meet in one claim (SEMANTICS §3).
    fn meeting(&self, steps: &mut Vec<Step>, from: &str, meetings: &[(usize, usize)]) {
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
            "SELECT\n    m.*,\n    CASE WHEN c.row_no IS NULL THEN 0 ELSE 1 END AS clashes,\n    ROW_NUMBER() OVER (PARTITION BY m.row_no ORDER BY m.worth DESC, m.cover) AS rank_in_claim\nFROM met AS m\nLEFT JOIN clashes AS c ON m.row_no = c.row_no".to_owned(),
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

    /// Rows with the codes that refuse them, and their lines.
    fn accepted(&self, steps: &mut Vec<Step>) {
        let mut lacking = Vec::new();
        for (number, stage) in self.stages.iter().enumerate() {
            let mut blank = vec![format!("c.stage_{number} = -1")];
            for key in stage.key_columns(self) {
                blank.extend(key.blank.iter().map(|column| format!("c.{column} IS NULL")));
            }
            for (place, tier) in stage.tiers(self.program).iter().enumerate() {
                if super::ranks(tier) {
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
                "CASE\n    WHEN j.codes IS NOT NULL THEN j.codes\n    ELSE NULLIF(CONCAT_WS('+', {}), '')\nEND AS codes",
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
            .kept(),
        );
    }

    /// For the several-injuries rule: how heavy each injury is, and what the claim would get one grade above.
    fn injuries(&self, steps: &mut Vec<Step>) {
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
