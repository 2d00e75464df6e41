//! What lines come to in each group that shares a limit, and what the limit allows the group.

use super::super::amounts::Place;
use super::super::steps::{Step, inner, select};
use super::super::{MOST, Read, Writer};
use crate::emit::program::{Choice, Key, Limit, Per, Rule, Term};

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
            "CASE WHEN g.count_{field} = 0 THEN {lacks} WHEN g.count_{field} < g.line_count OR g.min_{field} <> g.max_{field} THEN {differs} ELSE g.min_{field} END"
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
        (join, taken.split_whitespace().collect::<Vec<_>>().join(" "), value)
    }
}

/// What a limit's groups are made of, as their steps are written.
struct Groups<'s> {
    number: usize,
    from: &'s str,
    keys: &'s [String],
    /// What the lines of a group are worth each
    worth: &'s str,
    tracks: bool,
}

impl Writer<'_> {
    /// The groups of a stage with what they are allowed. Without `tracks`, only those that the limit binds.
    pub(super) fn groups(&self, steps: &mut Vec<Step>, number: usize, from: &str, keys: &[String], tracks: bool) {
        let limits = self.limits_of(number);
        let of = Groups {
            number,
            from,
            keys,
            worth: if tracks { "GREATEST(paid, alone)" } else { "benefit" },
            tracks,
        };
        let mut read = Read::default();
        for (_, limit) in &limits {
            if let Rule::UpTo(money) | Rule::Less(money) = &limit.rule {
                read.choice(&money.choice);
            }
        }
        let raises = limits
            .iter()
            .any(|(_, limit)| matches!(limit.rule, Rule::Largest { raise: true }));
        let mut joins = String::new();
        if read.premium || !read.decisions.is_empty() {
            joins += "\nCROSS JOIN given";
        }
        let event = self.event().unwrap_or_default();
        if keys.contains(&event) && self.reads_events() {
            joins += &format!("\nLEFT JOIN events AS e ON g.{event} = e.{event}");
        }
        let bound = self.bounds(&of, &limits, &mut joins);
        if raises {
            joins += &self.heaviest(&of);
        }
        let mut found = vec!["g.*".to_owned(), format!("{bound} AS bound")];
        if raises {
            found.extend(["h.severity AS heaviest", "h.raised AS raised_to"].map(str::to_owned));
        }
        let summed = self.summed(&of, &limits, &read);
        let bounded = select(&found, &format!("FROM {}{joins}", inner(&summed, "g")));
        let less = limits.iter().any(|(_, limit)| matches!(limit.rule, Rule::Less(_)));
        let binds = if less { "bound > 0" } else { "bound < total" };
        let mut columns = keys.to_vec();
        columns.push("bound".to_owned());
        let tail = match tracks {
            true => {
                if raises {
                    columns.extend(["heaviest", "raised_to"].map(str::to_owned));
                }
                columns.push(format!("CASE WHEN {binds} THEN 1 ELSE 0 END AS binds"));
                format!("FROM {}", inner(&bounded, "b"))
            }
            false => format!("FROM {}\nWHERE {binds}", inner(&bounded, "b")),
        };
        let cited: Vec<String> = limits
            .iter()
            .map(|(_, l)| format!("{} {}", l.id, l.articles.join("、")).trim_end().to_owned())
            .collect();
        let says = match tracks {
            true => "What groups come to, and what the limit allows them",
            false => "Groups that the limit binds",
        };
        steps.push(
            Step::new(
                format!("groups_{number}"),
                format!("{}\n{says}", cited.join("\n")),
                select(&columns, &tail),
            )
            .kept(),
        );
    }

    /// Sums of the lines of each group, and what its limit reads of them.
    fn summed(&self, of: &Groups<'_>, limits: &[(usize, &Limit)], read: &Read) -> String {
        let mut columns: Vec<String> = of.keys.to_vec();
        columns.push(format!("{} AS total", (self.sql.sum)("paid")));
        columns.push("COUNT(*) AS line_count".to_owned());
        if limits
            .iter()
            .any(|(_, limit)| matches!(limit.rule, Rule::Largest { .. }))
        {
            columns.push(format!("MAX({}) AS most", of.worth));
        }
        for fact in &read.facts {
            let field = self.field(*fact);
            columns.push(format!("COUNT({field}) AS count_{field}"));
            columns.push(format!("MIN({field}) AS min_{field}"));
            columns.push(format!("MAX({field}) AS max_{field}"));
        }
        columns.extend(read.decisions.iter().filter_map(|decision| self.common_key(*decision)));
        let number = of.number;
        let mut tail = format!("FROM {}\nWHERE stage_{number} >= 0", of.from);
        if of.tracks {
            tail += &format!(" AND {} > 0", of.worth);
        }
        tail += &format!("\nGROUP BY\n    {}", of.keys.join(",\n    "));
        select(&columns, &tail)
    }

    /// The key of a decision where all lines of a group have the same.
    fn common_key(&self, decision: usize) -> Option<String> {
        let per = self.program.decisions.get(decision).map_or(Per::Term, |d| d.per);
        let value = match per {
            Per::Term => return None,
            Per::Year => "year".to_owned(),
            Per::Event => self.event()?,
            Per::Fact(fact) => self.field(fact).to_owned(),
        };
        let of = |end: &str| match per {
            Per::Year => (self.sql.floor)(&format!("{end}({value})"), "10000"),
            _ => format!("{end}({value})"),
        };
        Some(format!(
            "CASE WHEN COUNT({value}) = COUNT(*) AND {} = {} THEN CAST({} AS {}) END AS common_{decision}",
            of("MIN"),
            of("MAX"),
            of("MIN"),
            self.plain_text()
        ))
    }

    /// What the limits of a stage allow a group, as an expression; adds the joins that it needs.
    fn bounds(&self, of: &Groups<'_>, limits: &[(usize, &Limit)], joins: &mut String) -> String {
        let mut cases = vec!["CASE".to_owned()];
        if of.keys.contains(&"year".to_owned()) {
            cases.push(format!(
                "    WHEN g.year IS NULL THEN {}",
                self.refuse("V045", "the insured year")
            ));
        }
        cases.push(format!(
            "    WHEN g.total > {MOST} THEN {}",
            self.refuse("V044", "a sum beyond 64 bits")
        ));
        for (at, limit) in limits {
            let bound = match &limit.rule {
                Rule::Largest { raise: true } => "GREATEST(g.most, COALESCE(h.raised, 0))".to_owned(),
                Rule::Largest { .. } => "g.most".to_owned(),
                Rule::UpTo(money) | Rule::Less(money) if money.choice == Choice::Unlimited => continue,
                Rule::UpTo(money) | Rule::Less(money) => {
                    let place = OfGroup { writer: self, limit };
                    let mut read = Read::default();
                    read.choice(&money.choice);
                    for decision in &read.decisions {
                        let (join, ..) = place.looked_up(*decision);
                        if !join.is_empty() && !joins.contains(&join) {
                            *joins += &format!("\n{join}");
                        }
                    }
                    self.whole_amount(money, &place)
                }
            };
            cases.push(format!("    WHEN g.stage_{} = {at} THEN {bound}", of.number));
        }
        cases.push("END".to_owned());
        format!("CAST({} AS BIGINT)", cases.join("\n"))
    }

    /// The heaviest injury of each group with several of one kind.
    fn heaviest(&self, of: &Groups<'_>) -> String {
        let mut columns: Vec<String> = of.keys.to_vec();
        columns.extend([
            "severity".to_owned(),
            "MAX(raised) AS raised".to_owned(),
            "COUNT(*) AS injuries".to_owned(),
            format!(
                "ROW_NUMBER() OVER (PARTITION BY {} ORDER BY severity) AS turn",
                of.keys.join(", ")
            ),
        ]);
        let positive = match of.tracks {
            true => format!(" AND {} > 0", of.worth),
            false => String::new(),
        };
        let worst = select(
            &columns,
            &format!(
                "FROM {}\nWHERE stage_{} >= 0 AND severity IS NOT NULL{positive}\nGROUP BY\n    {},\n    severity",
                of.from,
                of.number,
                of.keys.join(",\n    ")
            ),
        );
        let on: Vec<String> = of.keys.iter().map(|k| format!("g.{k} = h.{k}")).collect();
        format!(
            "\nLEFT JOIN {} ON {} AND h.turn = 1 AND h.injuries > 1",
            inner(&worst, "h"),
            on.join(" AND ")
        )
    }
}
