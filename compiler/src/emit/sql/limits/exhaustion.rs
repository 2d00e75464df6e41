//! Groups whose limit runs out: the lines of them, their tiers, the room that each tier has, and what lines keep.

use super::super::Writer;
use super::super::steps::{Step, inner, select, union};
use crate::emit::program::{Limit, Rule, Tier};

/// What the steps of one exhausted limit are written with.
struct Exhausted<'s> {
    number: usize,
    first: &'s Limit,
    keys: &'s [String],
    /// Columns that lines are served by, one after another
    tiers: Vec<String>,
}

impl Exhausted<'_> {
    fn partition(&self) -> String {
        self.keys.join(", ")
    }

    fn tier_partition(&self) -> String {
        let all: Vec<&str> = self.keys.iter().chain(&self.tiers).map(String::as_str).collect();
        all.join(", ")
    }
}

impl Writer<'_> {
    /// Steps that end in `shares_N`: what lines keep of limits that run out. Only lines of groups over their limit are
    /// looked at, and only those of the tiers that are partly paid one by one.
    pub(super) fn exhaustion(&self, steps: &mut Vec<Step>, number: usize, from: &str, keys: &[String], tracks: bool) {
        let limits = self.limits_of(number);
        let Some((_, first)) = limits.first() else { return };
        let tiers = (first.tiers.iter().enumerate())
            .map(|(place, tier)| match tier {
                Tier::Date => "day".to_owned(),
                Tier::Event => "event_order".to_owned(),
                Tier::Claim => "claim_order".to_owned(),
                Tier::Rank(_) => format!("rank_{number}_{place}"),
            })
            .collect();
        let of = Exhausted {
            number,
            first,
            keys,
            tiers,
        };
        self.bound_lines(steps, &of, from, tracks);
        self.tiers(steps, &of);
        self.rooms(steps, &of);
        self.shares(steps, &of);
    }

    fn bound_lines(&self, steps: &mut Vec<Step>, of: &Exhausted<'_>, from: &str, tracks: bool) {
        let number = of.number;
        let mut columns: Vec<String> = ["row_no", "cover", "place", "day"].map(|c| format!("l.{c}")).to_vec();
        for key in of.keys {
            if !columns.contains(&format!("l.{key}")) {
                columns.push(format!("l.{key}"));
            }
        }
        for tier in of.tiers.iter().filter(|tier| tier.starts_with("rank_")) {
            columns.push(format!("l.{tier}"));
        }
        columns.push("l.paid".to_owned());
        columns.push("g.bound".to_owned());
        columns.push(format!("l.{} AS claim_order", self.claim()));
        columns.push(match self.event() {
            Some(event) => format!("COALESCE(l.{event}, '') AS event_order"),
            None => "'' AS event_order".to_owned(),
        });
        let on: Vec<String> = of.keys.iter().map(|k| format!("l.{k} = g.{k}")).collect();
        let binds = if tracks { "g.binds = 1 AND " } else { "" };
        steps.push(
            Step::new(
                format!("bound_{number}"),
                "The lines of groups that the limit binds",
                select(
                    &columns,
                    &format!(
                        "FROM {from} AS l\nINNER JOIN groups_{number} AS g ON {}\nWHERE {binds}l.paid > 0",
                        on.join(" AND ")
                    ),
                ),
            )
            // Views are not kept, and rooms are: one more table is not worth it.
            .kept_if(self.sql.materialized.is_some()),
        );
    }

    fn tiers(&self, steps: &mut Vec<Step>, of: &Exhausted<'_>) {
        let mut columns: Vec<String> = of.keys.iter().chain(&of.tiers).cloned().collect();
        columns.push("bound".to_owned());
        let group = columns.join(",\n    ");
        columns.push(format!("{} AS amount", (self.sql.sum)("paid")));
        columns.push("COUNT(*) AS line_count".to_owned());
        steps.push(Step::new(
            format!("tiers_{}", of.number),
            "What is served together, one tier after another",
            select(&columns, &format!("FROM bound_{}\nGROUP BY\n    {group}", of.number)),
        ));
    }

    fn rooms(&self, steps: &mut Vec<Step>, of: &Exhausted<'_>) {
        let partition = of.partition();
        let before = match of.tiers.is_empty() {
            true => "0".to_owned(),
            false => format!(
                "SUM(amount) OVER (\n    PARTITION BY {partition} ORDER BY {}\n    ROWS UNBOUNDED PRECEDING\n) - amount",
                of.tiers.join(", ")
            ),
        };
        let mut columns = vec!["*".to_owned(), format!("{before} AS served")];
        let room = "GREATEST(LEAST(bound - served, amount), 0)";
        let mut room = match of.first.rule {
            Rule::Less(_) => format!("amount - {room}"),
            _ => room.to_owned(),
        };
        if !of.first.exhaustion_stated {
            columns.push(format!("SUM(line_count) OVER (PARTITION BY {partition}) AS sharing"));
            let refuse = self.refuse("V043", &of.first.id);
            room = format!("CASE WHEN sharing > 1 THEN {refuse} ELSE {room} END");
        }
        let served = select(&columns, &format!("FROM tiers_{}", of.number));
        let roomed = select(
            &["*".to_owned(), format!("{room} AS room")],
            &format!("FROM {}", inner(&served, "s")),
        );
        let narrow = |value: &str| format!("CAST({value} AS BIGINT)");
        let (part, whole) = match of.first.ratio_to {
            // Sums that groups may have fit 64 bits.
            None => (narrow("room"), narrow("amount")),
            Some(ratio) => {
                let steps = (self.sql.wide_floor)(
                    &format!("({} * {})", self.wide("room"), ratio.denominator),
                    &format!("({} * {})", self.wide("amount"), ratio.numerator),
                );
                (
                    format!("{} * {}", self.wide(&steps), ratio.numerator),
                    self.wide(&ratio.denominator.to_string()),
                )
            }
        };
        let mut columns: Vec<String> = of.keys.iter().chain(&of.tiers).cloned().collect();
        columns.extend([format!("{part} AS part"), format!("{whole} AS whole")]);
        if of.first.ratio_to.is_some() {
            columns.push(format!("{} AS amount", self.wide("amount")));
        }
        steps.push(
            Step::new(
                format!("rooms_{}", of.number),
                "What part of each tier is paid, where it is not paid in full",
                select(&columns, &format!("FROM {}\nWHERE room < amount", inner(&roomed, "r"))),
            )
            .kept(),
        );
    }

    /// Largest remainder: each line's quota rounded down, and the missing 分 one each by remainder, then in the total order.
    fn shares(&self, steps: &mut Vec<Step>, of: &Exhausted<'_>) {
        let number = of.number;
        let on: Vec<String> = (of.keys.iter().chain(&of.tiers))
            .map(|column| format!("l.{column} = r.{column}"))
            .collect();
        let lines = format!(
            "FROM bound_{number} AS l\nINNER JOIN rooms_{number} AS r ON {}",
            on.join(" AND ")
        );
        let mut columns: Vec<String> = ["row_no", "cover", "place", "claim_order", "event_order", "day"]
            .map(|c| format!("l.{c}"))
            .to_vec();
        for column in of.keys.iter().chain(&of.tiers) {
            if !columns.contains(&format!("l.{column}")) {
                columns.push(format!("l.{column}"));
            }
        }
        columns.extend(["r.whole", "r.part"].map(str::to_owned));
        let rounded = of.first.ratio_to.is_some();
        if rounded {
            columns.push("r.amount".to_owned());
        }
        columns.push(format!("{} * r.part AS quota", self.wide("l.paid")));
        let quotas = select(&columns, &format!("{lines}\nWHERE r.part > 0"));
        let payable = match rounded {
            true => format!(
                "CAST({} AS BIGINT) AS payable",
                (self.sql.wide_floor)("(amount * part)", "whole")
            ),
            // A room is paid wholly.
            false => "part AS payable".to_owned(),
        };
        let floors = select(
            &[
                "*".to_owned(),
                payable,
                format!("CAST({} AS BIGINT) AS kept", (self.sql.wide_floor)("quota", "whole")),
            ],
            &format!("FROM {}", inner(&quotas, "q")),
        );
        let rest = format!("CAST(quota - {} * whole AS BIGINT)", self.wide("kept"));
        let rests = select(
            &["*".to_owned(), format!("{rest} AS rest")],
            &format!("FROM {}", inner(&floors, "f")),
        );
        let partition = of.tier_partition();
        let placed = select(
            &[
                "row_no".to_owned(),
                "cover".to_owned(),
                "kept".to_owned(),
                format!("payable - SUM(kept) OVER (PARTITION BY {partition}) AS missing"),
                format!(
                    "ROW_NUMBER() OVER (\n    PARTITION BY {partition}\n    ORDER BY {}\n) AS turn",
                    self.order_among(of)
                ),
            ],
            &format!("FROM {}", inner(&rests, "r")),
        );
        let kept = select(
            &[
                "row_no",
                "cover",
                "CAST(kept + CASE WHEN turn <= missing THEN 1 ELSE 0 END AS BIGINT) AS kept",
            ],
            &format!("FROM {}", inner(&placed, "p")),
        );
        let nothing = select(
            &["l.row_no", "l.cover", "CAST(0 AS BIGINT) AS kept"],
            &format!("{lines}\nWHERE r.part = 0"),
        );
        let says =
            "What lines of such tiers keep: quotas rounded down, and the missing 分 one each to the largest remainders";
        steps.push(Step::new(format!("shares_{number}"), says, union(&[kept, nothing])));
    }

    /// The order in which lines of a tier get the missing 分, without what all of them have the same.
    fn order_among(&self, of: &Exhausted<'_>) -> String {
        let event = self.event().unwrap_or_default();
        let same = |column: &str| of.tiers.iter().any(|tier| tier == column);
        let mut order = vec!["rest DESC"];
        if !same("day") {
            order.push("day ASC");
        }
        if !same("event_order") && !of.keys.contains(&event) {
            order.push("event_order ASC");
        }
        order.push("claim_order ASC");
        if !self.program.stack.is_empty() {
            order.push("place ASC");
        }
        order.join(", ")
    }
}
