//! Limits (SEMANTICS §4): in each, groups that it binds, their tiers, the room that each tier has, and what lines keep.

use super::amounts::Place;
use super::steps::{Step, inner, select, union};
use super::{MOST, Read, Writer};
use crate::emit::program::{Choice, Filter, Key, Limit, Per, Program, Rule, Term, Tier};

/// Limits that apply in one go: same keys, same order, and no line under two of them.
#[derive(Debug)]
pub(super) struct Stage {
    pub limits: Vec<usize>,
    pub own: bool,
}

impl Stage {
    pub fn tiers<'p>(&self, program: &'p Program) -> &'p [Tier] {
        self.limits
            .first()
            .and_then(|at| program.limits.get(*at))
            .map_or(&[], |limit| &limit.tiers)
    }

    pub fn key_columns(&self, writer: &Writer<'_>) -> Vec<KeyColumn> {
        let keys = self
            .limits
            .first()
            .and_then(|at| writer.program.limits.get(*at))
            .map_or(&[][..], |limit| &limit.keys);
        keys.iter()
            .map(|key| match key {
                Key::Fact(fact) => KeyColumn {
                    name: writer.field(*fact).to_owned(),
                    blank: vec![writer.field(*fact).to_owned()],
                },
                Key::Year => KeyColumn {
                    name: "year".to_owned(),
                    blank: writer
                        .event()
                        .filter(|_| writer.program.years.of_event)
                        .into_iter()
                        .collect(),
                },
            })
            .collect()
    }
}

/// A column that limits group by, and the fields without which it is not known.
#[derive(Debug)]
pub(super) struct KeyColumn {
    pub name: String,
    pub blank: Vec<String>,
}

/// Whether no line can be under both.
fn apart(a: &Filter, b: &Filter) -> bool {
    let covers = match (&a.covers, &b.covers) {
        (Some(a), Some(b)) => !a.iter().any(|cover| b.contains(cover)),
        _ => false,
    };
    covers
        || a.facts.iter().any(|(fact, values)| {
            b.facts
                .iter()
                .any(|(other, others)| fact == other && !values.iter().any(|v| others.contains(v)))
        })
}

fn alike(a: &Limit, b: &Limit) -> bool {
    let kind = |limit: &Limit| match limit.rule {
        Rule::Less(_) => 1,
        Rule::Largest { raise: true } => 2,
        _ => 0,
    };
    let plain = |tier: &Tier| match tier {
        Tier::Date => Some(0),
        Tier::Event => Some(1),
        Tier::Claim => Some(2),
        Tier::Rank(_) => None,
    };
    let tiers = |limit: &Limit| limit.tiers.iter().map(plain).collect::<Option<Vec<_>>>();
    a.own == b.own
        && a.keys == b.keys
        && tiers(a).is_some()
        && tiers(a) == tiers(b)
        && a.exhaustion_stated == b.exhaustion_stated
        && a.ratio_to == b.ratio_to
        && kind(a) == kind(b)
}

/// Limits in their order, those that touch no line together side by side.
pub(super) fn stages(program: &Program) -> Vec<Stage> {
    let mut stages: Vec<Stage> = Vec::new();
    let limit = |at: &usize| program.limits.get(*at);
    for (at, new) in program.limits.iter().enumerate() {
        let joins = |stage: &Stage| {
            stage
                .limits
                .iter()
                .filter_map(limit)
                .all(|l| alike(l, new) && apart(&l.filter, &new.filter))
        };
        let passes = |stage: &Stage| {
            stage
                .limits
                .iter()
                .filter_map(limit)
                .all(|l| apart(&l.filter, &new.filter))
        };
        let mut found = None;
        for (place, stage) in stages.iter().enumerate().rev() {
            if joins(stage) {
                found = Some(place);
            }
            if !passes(stage) {
                break;
            }
        }
        match found.and_then(|place| stages.get_mut(place)) {
            Some(stage) => stage.limits.push(at),
            None => stages.push(Stage {
                limits: vec![at],
                own: new.own,
            }),
        }
    }
    stages
}

/// The lines that share a limit, as amounts read them.
struct OfGroup<'w, 'a> {
    writer: &'w Writer<'a>,
    limit: &'w Limit,
}

impl OfGroup<'_, '_> {
    fn has_event(&self) -> bool {
        self.writer
            .program
            .known
            .event
            .is_some_and(|event| self.limit.keys.contains(&Key::Fact(event)))
    }
    fn has_year(&self) -> bool {
        self.limit.keys.contains(&Key::Year)
    }
}

impl Place for OfGroup<'_, '_> {
    fn fact(&self, fact: usize) -> String {
        let field = self.writer.field(fact);
        let lacks = self.writer.refuse("V020", field);
        let differs = self.writer.refuse("V049", &format!("{}, {field}", self.limit.id));
        format!(
            "CASE WHEN g.count_{field} = 0 THEN {lacks} WHEN g.count_{field} < g.lines OR g.min_{field} <> g.max_{field} THEN {differs} ELSE g.min_{field} END"
        )
    }
    fn day(&self) -> String {
        match (&self.writer.program.term, self.has_event(), self.has_year()) {
            (_, true, _) => "e.first_loss".to_owned(),
            (_, _, true) => "g.year".to_owned(),
            (Term::Fixed { first, .. }, ..) => first.to_string(),
            _ => self.writer.refuse("V045", &self.limit.id),
        }
    }
    fn premium(&self) -> String {
        "given.premium".to_owned()
    }
    fn decided(&self, decision: usize) -> String {
        let (_, taken, _) = self.looked_up(decision);
        let refuse = self.writer.refuse("V048", &self.limit.id);
        format!("COALESCE({taken}, {refuse})")
    }
    fn decision_value(&self, decision: usize) -> String {
        let (_, _, value) = self.looked_up(decision);
        format!("COALESCE({value}, {})", self.writer.refuse("V042", &self.limit.id))
    }
}

impl OfGroup<'_, '_> {
    fn looked_up(&self, decision: usize) -> (String, String, String) {
        let per = self.writer.program.decisions.get(decision).map_or(Per::Term, |d| d.per);
        let key = match per {
            Per::Term => None,
            Per::Year if self.has_year() => Some(format!(
                "CAST({} AS {})",
                (self.writer.sql.floor)("g.year", "10000"),
                self.writer.plain_text()
            )),
            _ => Some(format!("g.common_{decision}")),
        };
        let (join, taken, value) = self.writer.decided(decision, key.as_deref(), &self.day());
        (join, taken.replace('\n', " "), value)
    }
}

impl Writer<'_> {
    fn limit(&self, at: usize) -> Option<&Limit> {
        self.program.limits.get(at)
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
    fn reads_events(&self) -> bool {
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

    /// Columns of lines that limits read.
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
        columns
    }

    /// Steps of all limits. Gives for each limit what it cut, as an expression over the last step `l`.
    pub(super) fn limits(&self, steps: &mut Vec<Step>) -> Vec<String> {
        let tracks = self.tracks_alone();
        self.lines(steps, tracks);
        let mut last = "lines_0".to_owned();
        let mut cuts = vec![String::new(); self.program.limits.len()];
        let mut done = Vec::new();
        for number in 0..self.stages.len() {
            let name = format!("lines_{}", number + 1);
            self.stage(steps, number, &last, &name, &done, tracks);
            last = name;
            done.push(number);
            for at in self.stages.get(number).map_or(&[][..], |stage| &stage.limits) {
                if let Some(slot) = cuts.get_mut(*at) {
                    *slot = format!("CASE WHEN l.stage_{number} = {at} THEN l.cut_{number} ELSE 0 END");
                }
            }
        }
        cuts
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
                other => format!("j.{other}"),
            });
        }
        columns.push("j.benefit AS paid".to_owned());
        if tracks {
            columns.push("j.benefit AS alone".to_owned());
        }
        let mut from = String::from("FROM judged AS j\nINNER JOIN cover_names AS n ON j.cover = n.cover");
        if events {
            from += &format!("\nLEFT JOIN events AS e ON j.{event} = e.{event}");
        }
        steps.push(
            Step::new(
                "lines_0",
                "The lines that limits read",
                select(&columns, &format!("{from}\nWHERE j.codes IS NULL AND j.benefit > 0")),
            )
            .kept(),
        );
    }

    fn stage(&self, steps: &mut Vec<Step>, number: usize, from: &str, to: &str, done: &[usize], tracks: bool) {
        let Some(stage) = self.stages.get(number) else { return };
        let Some(first) = stage.limits.first().and_then(|at| self.limit(*at)) else {
            return;
        };
        let less = matches!(first.rule, Rule::Less(_));
        let keys: Vec<String> = std::iter::once(format!("stage_{number}"))
            .chain(stage.key_columns(self).into_iter().map(|key| key.name))
            .collect();
        let tiers: Vec<String> = (first.tiers.iter().enumerate())
            .map(|(place, tier)| match tier {
                Tier::Date => "day".to_owned(),
                Tier::Event => "event_tier".to_owned(),
                Tier::Claim => self.claim(),
                Tier::Rank(_) => format!("rank_{number}_{place}"),
            })
            .collect();
        let tier_value = |column: &str| match column {
            "event_tier" => format!("COALESCE(l.{}, '')", self.event().unwrap_or_default()),
            other => format!("l.{other}"),
        };
        let cited: Vec<String> = stage
            .limits
            .iter()
            .filter_map(|at| self.limit(*at))
            .map(|l| format!("{} {}", l.id, l.articles.join("、")).trim_end().to_owned())
            .collect();
        self.groups(steps, number, from, &keys, &cited, tracks);
        // Tiers
        let on = |a: &str, b: &str, columns: &[String]| {
            columns
                .iter()
                .map(|c| format!("{a}.{c} = {b}.{c}"))
                .collect::<Vec<_>>()
                .join(" AND ")
        };
        let mut columns: Vec<String> = keys.iter().map(|k| format!("l.{k}")).collect();
        let mut group = columns.clone();
        for tier in &tiers {
            let value = tier_value(tier);
            group.push(value.clone());
            columns.push(format!("{value} AS {tier}"));
        }
        columns.extend([
            "g.bound".to_owned(),
            "SUM(l.paid) AS amount".to_owned(),
            "COUNT(*) AS lines".to_owned(),
        ]);
        group.push("g.bound".to_owned());
        let binds = if tracks { "g.binds = 1 AND " } else { "" };
        steps.push(Step::new(
            format!("tiers_{number}"),
            "What is served together, one tier after another",
            select(
                &columns,
                &format!(
                    "FROM {from} AS l\nINNER JOIN groups_{number} AS g ON {}\nWHERE {binds}l.paid > 0\nGROUP BY\n    {}",
                    on("l", "g", &keys),
                    group.join(",\n    ")
                ),
            ),
        ));
        // Rooms
        let partition = keys.join(", ");
        let before = match tiers.is_empty() {
            true => "0".to_owned(),
            false => format!(
                "SUM(amount) OVER (\n    PARTITION BY {partition} ORDER BY {}\n    ROWS UNBOUNDED PRECEDING\n) - amount",
                tiers.join(", ")
            ),
        };
        let lines = match first.exhaustion_stated {
            true => String::new(),
            false => format!(",\n    SUM(lines) OVER (PARTITION BY {partition}) AS sharing"),
        };
        let inside = format!(
            "SELECT\n    t.*,\n{} AS before{lines}\nFROM tiers_{number} AS t",
            super::steps::indented(&before)
        );
        let room = "GREATEST(LEAST(bound - before, amount), 0)";
        let room = if less {
            format!("amount - {room}")
        } else {
            room.to_owned()
        };
        let room = match first.exhaustion_stated {
            true => room,
            false => format!(
                "CASE WHEN sharing > 1 THEN {} ELSE {room} END",
                self.refuse("V043", &first.id)
            ),
        };
        let inside = format!("SELECT\n    b.*,\n    {room} AS room\nFROM {}", inner(&inside, "b"));
        let (part, whole) = match first.ratio_to {
            None => (self.wide("room"), self.wide("amount")),
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
        let mut columns = keys.clone();
        columns.extend(tiers.iter().cloned());
        columns.extend([
            format!("{part} AS part"),
            format!("{whole} AS whole"),
            format!("{} AS amount", self.wide("amount")),
        ]);
        steps.push(
            Step::new(
                format!("rooms_{number}"),
                "What part of each tier is paid, where it is not paid in full",
                select(&columns, &format!("FROM {}\nWHERE room < amount", inner(&inside, "r"))),
            )
            .kept(),
        );
        self.shares_of(steps, number, from, &keys, &tiers, &tier_value);
        self.after(steps, number, from, to, done, tracks, &keys);
    }

    /// Largest remainder: each line's quota rounded down, and the missing 分 one each by remainder, then in the total order.
    fn shares_of(
        &self,
        steps: &mut Vec<Step>,
        number: usize,
        from: &str,
        keys: &[String],
        tiers: &[String],
        tier_value: &dyn Fn(&str) -> String,
    ) {
        let mut on: Vec<String> = keys.iter().map(|k| format!("l.{k} = r.{k}")).collect();
        on.extend(tiers.iter().map(|t| format!("{} = r.{t}", tier_value(t))));
        let on = on.join(" AND ");
        let mut order = vec![
            "l.row_no".to_owned(),
            "l.cover".to_owned(),
            "l.place".to_owned(),
            format!("l.{} AS claim_order", self.claim()),
        ];
        order.push("l.day AS loss_day".to_owned());
        let event = self
            .event()
            .map_or("''".to_owned(), |event| format!("COALESCE(l.{event}, '')"));
        order.push(format!("{event} AS event_order"));
        let mut columns = order;
        columns.extend(keys.iter().map(|k| format!("r.{k}")));
        columns.extend(tiers.iter().map(|t| format!("r.{t} AS tier_{t}")));
        columns.extend(["r.whole".to_owned(), "r.part".to_owned(), "r.amount".to_owned()]);
        columns.push(format!("{} * r.part AS quota", self.wide("l.paid")));
        let quotas = select(
            &columns,
            &format!("FROM {from} AS l\nINNER JOIN rooms_{number} AS r ON {on}\nWHERE l.paid > 0 AND r.part > 0"),
        );
        let partition: Vec<String> = keys
            .iter()
            .cloned()
            .chain(tiers.iter().map(|t| format!("tier_{t}")))
            .collect();
        let partition = partition.join(", ");
        let floors = select(
            &[
                "q.*".to_owned(),
                format!("{} AS kept", self.wide(&(self.sql.wide_floor)("q.quota", "q.whole"))),
                format!(
                    "{} AS payable",
                    self.wide(&(self.sql.wide_floor)("(q.amount * q.part)", "q.whole"))
                ),
                "q.quota % q.whole AS rest".to_owned(),
            ],
            &format!("FROM {}", inner(&quotas, "q")),
        );
        let placed = select(
            &[
                "f.*".to_owned(),
                format!("f.payable - SUM(f.kept) OVER (PARTITION BY {partition}) AS missing"),
                format!(
                    "ROW_NUMBER() OVER (\n    PARTITION BY {partition}\n    ORDER BY rest DESC, loss_day, event_order, claim_order, place\n) AS turn"
                ),
            ],
            &format!("FROM {}", inner(&floors, "f")),
        );
        let kept = select(
            &[
                "row_no".to_owned(),
                "cover".to_owned(),
                "CAST(kept + CASE WHEN turn <= missing THEN 1 ELSE 0 END AS BIGINT) AS kept".to_owned(),
            ],
            &format!("FROM {}", inner(&placed, "p")),
        );
        let nothing = select(
            &["l.row_no", "l.cover", "CAST(0 AS BIGINT) AS kept"],
            &format!("FROM {from} AS l\nINNER JOIN rooms_{number} AS r ON {on}\nWHERE l.paid > 0 AND r.part = 0"),
        );
        steps.push(Step::new(
            format!("shares_{number}"),
            "What lines of such tiers keep: quotas rounded down, and the missing 分 one each to the largest remainders",
            union(&[kept, nothing]),
        ));
    }

    fn groups(
        &self,
        steps: &mut Vec<Step>,
        number: usize,
        from: &str,
        keys: &[String],
        cited: &[String],
        tracks: bool,
    ) {
        let Some(stage) = self.stages.get(number) else { return };
        let limits: Vec<(usize, &Limit)> = stage
            .limits
            .iter()
            .filter_map(|at| Some((*at, self.limit(*at)?)))
            .collect();
        let worth = if tracks { "GREATEST(paid, alone)" } else { "benefit" };
        let mut inside: Vec<String> = keys.to_vec();
        inside.push("SUM(paid) AS total".to_owned());
        inside.push("COUNT(*) AS lines".to_owned());
        if limits
            .iter()
            .any(|(_, limit)| matches!(limit.rule, Rule::Largest { .. }))
        {
            inside.push(format!("MAX({worth}) AS most"));
        }
        let mut read = Read::default();
        for (_, limit) in &limits {
            if let Rule::UpTo(money) | Rule::Less(money) = &limit.rule {
                read.choice(&money.choice);
            }
        }
        for fact in &read.facts {
            let field = self.field(*fact);
            inside.push(format!("COUNT({field}) AS count_{field}"));
            inside.push(format!("MIN({field}) AS min_{field}"));
            inside.push(format!("MAX({field}) AS max_{field}"));
        }
        let mut joins = String::new();
        for decision in &read.decisions {
            let per = self.program.decisions.get(*decision).map_or(Per::Term, |d| d.per);
            let value = match per {
                Per::Term => None,
                Per::Year => Some("year".to_owned()),
                Per::Event => self.event(),
                Per::Fact(fact) => Some(self.field(fact).to_owned()),
            };
            if let Some(value) = value {
                let text = match per {
                    Per::Year => format!(
                        "CAST({} AS {})",
                        (self.sql.floor)(&format!("MIN({value})"), "10000"),
                        self.plain_text()
                    ),
                    _ => format!("CAST(MIN({value}) AS {})", self.plain_text()),
                };
                let same = match per {
                    Per::Year => format!(
                        "{} = {}",
                        (self.sql.floor)(&format!("MIN({value})"), "10000"),
                        (self.sql.floor)(&format!("MAX({value})"), "10000")
                    ),
                    _ => format!("MIN({value}) = MAX({value})"),
                };
                inside.push(format!(
                    "CASE WHEN COUNT({value}) = COUNT(*) AND {same} THEN {text} END AS common_{decision}"
                ));
            }
        }
        let mut tail = format!("FROM {from}\nWHERE stage_{number} >= 0");
        if tracks {
            tail += &format!(" AND {worth} > 0");
        }
        tail += &format!("\nGROUP BY\n    {}", keys.join(",\n    "));
        let mut bounds = vec![format!("CASE g.stage_{number}")];
        for (at, limit) in &limits {
            let bound = match &limit.rule {
                Rule::Largest { raise: true } => "GREATEST(g.most, COALESCE(h.raised, 0))".to_owned(),
                Rule::Largest { .. } => "g.most".to_owned(),
                Rule::UpTo(money) | Rule::Less(money) if money.choice == Choice::Unlimited => continue,
                Rule::UpTo(money) | Rule::Less(money) => {
                    let place = OfGroup { writer: self, limit };
                    let mut of = Read::default();
                    of.choice(&money.choice);
                    for decision in &of.decisions {
                        let (join, ..) = place.looked_up(*decision);
                        if !join.is_empty() && !joins.contains(&join) {
                            joins += &format!("\n{join}");
                        }
                    }
                    self.whole_amount(money, &place)
                }
            };
            bounds.push(format!("    WHEN {at} THEN {bound}"));
        }
        bounds.push("END".to_owned());
        let mut checks = Vec::new();
        if keys.contains(&"year".to_owned()) {
            checks.push(format!(
                "    WHEN g.year IS NULL THEN {}",
                self.refuse("V045", "the insured year")
            ));
        }
        checks.push(format!(
            "    WHEN g.total > {MOST} THEN {}",
            self.refuse("V044", "a sum beyond 64 bits")
        ));
        let bound = match bounds.len() {
            2 => "CAST(NULL AS BIGINT)".to_owned(),
            _ => bounds.join("\n"),
        };
        let bound = format!("CASE\n{}\n    ELSE {bound}\nEND", checks.join("\n"));
        let event_keyed = self
            .program
            .known
            .event
            .is_some_and(|event| keys.contains(&self.field(event).to_owned()));
        if event_keyed && self.reads_events() {
            let event = self.event().unwrap_or_default();
            joins = format!("\nLEFT JOIN events AS e ON g.{event} = e.{event}{joins}");
        }
        let raises = limits
            .iter()
            .any(|(_, limit)| matches!(limit.rule, Rule::Largest { raise: true }));
        if raises {
            let partition = keys.join(", ");
            let mut worst: Vec<String> = keys.to_vec();
            worst.extend([
                "severity".to_owned(),
                "MAX(raised) AS raised".to_owned(),
                "COUNT(*) AS injuries".to_owned(),
                format!("ROW_NUMBER() OVER (PARTITION BY {partition} ORDER BY severity) AS turn"),
            ]);
            let worst = select(
                &worst,
                &format!(
                    "FROM {from}\nWHERE stage_{number} >= 0 AND severity IS NOT NULL{}\nGROUP BY\n    {},\n    severity",
                    if tracks {
                        format!(" AND {worth} > 0")
                    } else {
                        String::new()
                    },
                    keys.join(",\n    ")
                ),
            );
            let on: Vec<String> = keys.iter().map(|k| format!("g.{k} = h.{k}")).collect();
            joins += &format!(
                "\nLEFT JOIN {} ON {} AND h.turn = 1 AND h.injuries > 1",
                inner(&worst, "h"),
                on.join(" AND ")
            );
        }
        let given = if read.premium || !read.decisions.is_empty() {
            "\nCROSS JOIN given"
        } else {
            ""
        };
        let mut found = vec!["g.*".to_owned(), format!("{bound} AS bound")];
        if raises {
            found.extend(["h.severity AS heaviest", "h.raised AS raised_to"].map(str::to_owned));
        }
        let bounded = select(
            &found,
            &format!("FROM {}{given}{joins}", inner(&select(&inside, &tail), "g")),
        );
        let less = limits.iter().any(|(_, limit)| matches!(limit.rule, Rule::Less(_)));
        let binds = if less { "bound > 0" } else { "bound < total" };
        let mut columns = keys.to_vec();
        columns.push("bound".to_owned());
        let tail = match tracks {
            true => {
                columns.push(format!("CASE WHEN {binds} THEN 1 ELSE 0 END AS binds"));
                if raises {
                    columns.extend(["heaviest", "raised_to"].map(str::to_owned));
                }
                format!("FROM {}", inner(&bounded, "b"))
            }
            false => format!("FROM {}\nWHERE {binds}", inner(&bounded, "b")),
        };
        steps.push(
            Step::new(
                format!("groups_{number}"),
                format!("{}\nGroups that the limit binds", cited.join("\n")),
                select(&columns, &tail),
            )
            .kept(),
        );
    }

    #[allow(clippy::too_many_arguments, reason = "one step of one stage")]
    fn after(
        &self,
        steps: &mut Vec<Step>,
        number: usize,
        from: &str,
        to: &str,
        done: &[usize],
        tracks: bool,
        keys: &[String],
    ) {
        let mut columns: Vec<String> = self.line_columns().into_iter().map(|c| format!("l.{c}")).collect();
        columns.extend(done.iter().map(|n| format!("l.cut_{n}")));
        columns.push("COALESCE(s.kept, l.paid) AS paid".to_owned());
        columns.push(format!("l.paid - COALESCE(s.kept, l.paid) AS cut_{number}"));
        let mut joins =
            format!("FROM {from} AS l\nLEFT JOIN shares_{number} AS s ON l.row_no = s.row_no AND l.cover = s.cover");
        if tracks {
            let on: Vec<String> = keys.iter().map(|k| format!("l.{k} = g.{k}")).collect();
            joins += &format!("\nLEFT JOIN groups_{number} AS g ON {}", on.join(" AND "));
            let first = self
                .stages
                .get(number)
                .and_then(|s| s.limits.first())
                .and_then(|at| self.limit(*at));
            let capped: Vec<String> = self
                .stages
                .get(number)
                .map_or(&[][..], |s| &s.limits)
                .iter()
                .filter(|at| {
                    self.limit(**at)
                        .is_some_and(|l| !matches!(l.rule, Rule::Largest { .. }))
                })
                .map(ToString::to_string)
                .collect();
            let alone = match first.map(|limit| (&limit.rule, limit.ratio_to)) {
                _ if capped.is_empty() => "l.alone".to_owned(),
                Some((Rule::Less(_), _)) => "GREATEST(l.alone - GREATEST(g.bound, 0), 0)".to_owned(),
                Some((_, Some(ratio))) => self.capped_by_ratio("l.alone", "g.bound", ratio),
                _ => "LEAST(l.alone, g.bound)".to_owned(),
            };
            let raises = matches!(first.map(|limit| &limit.rule), Some(Rule::Largest { raise: true }));
            columns.push(match capped.is_empty() {
                true if raises => {
                    "CASE WHEN l.severity = g.heaviest AND GREATEST(l.paid, l.alone) > 0 THEN g.raised_to ELSE l.alone END AS alone".to_owned()
                }
                true => "l.alone".to_owned(),
                false => format!(
                    "CASE WHEN l.stage_{number} IN ({}) AND g.bound IS NOT NULL THEN {alone} ELSE l.alone END AS alone",
                    capped.join(", ")
                ),
            });
        }
        steps.push(Step::new(to, "What the limit leaves", select(&columns, &joins)).kept());
    }
}
