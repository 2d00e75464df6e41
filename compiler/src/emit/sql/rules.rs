//! Kinds of claims, which no rule tells apart, and what applies to each. Rules are decided once a kind, not once a claim.

use super::diagrams::{Cell, Classes, Id, OPEN};
use super::steps::{Step, indented, inner, select, union};
use super::{PART, Writer};
use crate::emit::program::{Filter, Kind, Node, Tested, Tier};

impl Writer<'_> {
    /// The column of `kinds` that a test reads.
    fn tested(&self, on: Tested) -> String {
        match on {
            Tested::Fact(fact) => self.field(fact).to_owned(),
            Tested::Present(fact) => format!("has_{}", self.field(fact)),
            Tested::Decided(decision) => format!("decided_{decision}"),
        }
    }

    fn has_default(&self, fact: usize) -> bool {
        let kind = self.program.facts.get(fact).map(|f| &f.kind);
        matches!(kind, Some(Kind::Enumeration { default: Some(_), .. }))
    }

    /// Whether a test can meet a blank.
    fn may_be_blank(&self, on: Tested) -> bool {
        match on {
            // A claim without a harm is refused whatever else it says.
            Tested::Fact(fact) => !self.has_default(fact) && Some(fact) != self.program.known.harm,
            Tested::Present(_) => false,
            Tested::Decided(decision) => !matches!(
                self.program.decisions.get(decision).map(|d| d.per),
                Some(crate::emit::program::Per::Term)
            ),
        }
    }

    fn is_date(&self, fact: usize) -> bool {
        self.program.facts.get(fact).is_some_and(|f| f.kind == Kind::Date)
    }

    /// A fact of a row as intervals are told from it.
    pub(super) fn measured(&self, fact: usize) -> String {
        match self.is_date(fact) {
            true => (self.sql.floor)(self.field(fact), "100000"),
            false => self.field(fact).to_owned(),
        }
    }

    /// The number of the class that a row falls in, 0 for a blank, and how many there are.
    fn digit(&self, on: Tested, classes: &Classes) -> (String, i128) {
        let count = classes.count() as i128 + 1;
        let digit = match (on, classes) {
            (Tested::Fact(fact), Classes::Values(_)) => format!("COALESCE({}_class + 1, 0)", self.field(fact)),
            (Tested::Fact(fact), Classes::Answers) => format!("COALESCE({} + 1, 0)", self.field(fact)),
            (Tested::Fact(fact), Classes::Bands(bounds)) => {
                let x = self.measured(fact);
                let mut text = format!("CASE WHEN {} IS NULL THEN 0", self.field(fact));
                for (band, bound) in bounds.iter().enumerate() {
                    text += &format!(" WHEN {x} < {} THEN {}", self.bound_of(fact, *bound), band + 1);
                }
                format!("{text} ELSE {} END", bounds.len() + 1)
            }
            (Tested::Present(fact), _) => format!("CASE WHEN {} IS NULL THEN 1 ELSE 2 END", self.field(fact)),
            (Tested::Decided(decision), _) => format!("COALESCE(decided_{decision} + 1, 0)"),
        };
        (digit, count)
    }

    fn bound_of(&self, fact: usize, bound: i64) -> i128 {
        i128::from(bound) * if self.has_parts(fact) { i128::from(PART) } else { 1 }
    }

    /// Columns that number the kind of a row: one, or more where one has no room.
    pub(super) fn kind_columns(&self) -> Vec<String> {
        let mut columns: Vec<String> = Vec::new();
        let mut size: i128 = i128::MAX;
        for (on, classes) in self.diagrams.order.iter().zip(&self.diagrams.classes) {
            let (digit, count) = self.digit(*on, classes);
            if size.saturating_mul(count) > 4_000_000_000_000_000_000 {
                columns.push(format!("CAST({digit} AS BIGINT)"));
                size = count;
            } else if let Some(last) = columns.last_mut() {
                *last = format!("({last}) * {count}\n    + {digit}");
                size *= count;
            }
        }
        columns
    }

    /// Joins on the kind.
    pub(super) fn same_kind(&self, a: &str, b: &str) -> String {
        let count = self.kind_columns().len();
        (0..count)
            .map(|i| format!("{a}.{0} = {b}.{0}", kind_name(i)))
            .collect::<Vec<_>>()
            .join(" AND ")
    }

    pub(super) fn kind_names(&self) -> Vec<String> {
        (0..self.kind_columns().len()).map(kind_name).collect()
    }

    pub(super) fn rules(&mut self, steps: &mut Vec<Step>) {
        self.facts(steps);
        steps.push(Step::new("kinds", "Claims that no rule tells apart are one kind", self.kinds()).kept());
        let raises = self.raises();
        self.covers(steps, "rules", "kinds");
        self.candidates(steps, "rules");
        if raises {
            self.raised_kinds(steps);
        }
    }

    fn kinds(&self) -> String {
        let names = self.kind_names();
        let mut columns: Vec<String> = names.iter().map(|name| format!("k.{name}")).collect();
        let mut inside: Vec<String> = names.clone();
        let mut joins = String::from("\nCROSS JOIN given");
        for (on, classes) in self.diagrams.order.iter().zip(&self.diagrams.classes) {
            let column = self.tested(*on);
            match (on, classes) {
                (Tested::Fact(fact), Classes::Values(_)) => {
                    inside.push(format!("MIN({column}_class) AS {column}"));
                    columns.push(format!("{column}_names.name AS {column}"));
                    joins += &format!(
                        "\nLEFT JOIN class_names AS {column}_names ON {column}_names.fact = {fact} AND {column}_names.class = k.{column}"
                    );
                    continue;
                }
                (Tested::Fact(fact), _) => inside.push(format!("MIN({}) AS {column}", self.measured(*fact))),
                (Tested::Present(fact), _) => {
                    inside.push(format!(
                        "MIN(CASE WHEN {} IS NULL THEN 0 ELSE 1 END) AS {column}",
                        self.field(*fact)
                    ));
                }
                (Tested::Decided(_), _) => inside.push(format!("MIN({column}) AS {column}")),
            }
            columns.push(format!("k.{column}"));
        }
        let inside = select(
            &inside,
            &format!(
                "FROM facts\nWHERE {} IS NOT NULL\nGROUP BY\n    {}",
                kind_name(0),
                names.join(",\n    ")
            ),
        );
        select(&columns, &format!("FROM {}{joins}", inner(&inside, "k")))
    }

    /// A diagram as nested tests.
    fn case(&self, id: Id) -> String {
        let (on, classes, blank) = match self.diagrams.cell(id) {
            Cell::Answer(answer) => return answer.to_string(),
            Cell::Test { on, classes, blank } => (*on, classes, *blank),
        };
        let Some(tested) = self.diagrams.order.get(on).copied() else {
            return OPEN.to_string();
        };
        let mut groups: Vec<(Id, Vec<usize>)> = Vec::new();
        for (class, to) in classes.iter().enumerate() {
            match groups.iter_mut().find(|(known, _)| known == to) {
                Some((_, of)) => of.push(class),
                None => groups.push((*to, vec![class])),
            }
        }
        // The widest needs no test of its own.
        let width = |of: &[usize]| self.width(on, of);
        groups.sort_by_key(|(_, of)| width(of));
        let last = groups.pop();
        let column = self.tested(tested);
        let mut lines = vec!["CASE".to_owned()];
        if self.may_be_blank(tested) && last.as_ref().is_none_or(|(to, _)| *to != blank) {
            lines.push(self.when(&format!("{column} IS NULL"), blank));
        }
        for (to, of) in &groups {
            lines.push(self.when(&self.condition(on, &column, of), *to));
        }
        match last {
            Some((to, _)) if lines.len() == 1 => return self.case(to),
            Some((to, _)) => lines.push(self.otherwise(to)),
            None => {}
        }
        lines.push("END".to_owned());
        lines.join("\n")
    }

    fn when(&self, condition: &str, to: Id) -> String {
        let then = self.case(to);
        match then.contains('\n') {
            true => format!("    WHEN {condition} THEN\n{}", indented(&indented(&then))),
            false => format!("    WHEN {condition} THEN {then}"),
        }
    }

    fn otherwise(&self, to: Id) -> String {
        let then = self.case(to);
        match then.contains('\n') {
            true => format!("    ELSE\n{}", indented(&indented(&then))),
            false => format!("    ELSE {then}"),
        }
    }

    fn width(&self, on: usize, of: &[usize]) -> usize {
        match self.diagrams.classes.get(on) {
            Some(Classes::Values(values)) => values.iter().filter(|class| of.contains(class)).count(),
            _ => of.len(),
        }
    }

    fn condition(&self, on: usize, column: &str, of: &[usize]) -> String {
        let tested = self.diagrams.order.get(on).copied();
        match (self.diagrams.classes.get(on), tested) {
            (Some(Classes::Values(values)), Some(Tested::Fact(fact))) => {
                let of: Vec<usize> = (0..values.len())
                    .filter(|v| values.get(*v).is_some_and(|class| of.contains(class)))
                    .collect();
                self.among(column, fact, &of)
            }
            (Some(Classes::Bands(bounds)), Some(Tested::Fact(fact))) => {
                let bound = |at: usize| bounds.get(at).map(|b| self.bound_of(fact, *b));
                let mut ranges: Vec<(usize, usize)> = Vec::new();
                for class in of {
                    match ranges.last_mut() {
                        Some((_, end)) if *end + 1 == *class => *end = *class,
                        _ => ranges.push((*class, *class)),
                    }
                }
                let one = |(first, last): &(usize, usize)| {
                    let from = first.checked_sub(1).and_then(bound).map(|b| format!("{column} >= {b}"));
                    let below = bound(*last).map(|b| format!("{column} < {b}"));
                    [from, below].into_iter().flatten().collect::<Vec<_>>().join(" AND ")
                };
                match ranges.as_slice() {
                    [only] => one(only),
                    several => several
                        .iter()
                        .map(|r| format!("({})", one(r)))
                        .collect::<Vec<_>>()
                        .join(" OR "),
                }
            }
            _ => format!("{column} = {}", of.first().copied().unwrap_or(0)),
        }
    }

    fn among(&self, column: &str, fact: usize, values: &[usize]) -> String {
        let ids: Vec<String> = values
            .iter()
            .map(|v| (self.sql.literal)(self.id_of(fact, *v)))
            .collect();
        match ids.as_slice() {
            [only] => format!("{column} = {only}"),
            ids if ids.join(", ").len() < 80 => format!("{column} IN ({})", ids.join(", ")),
            ids => format!("{column} IN (\n            {}\n        )", ids.join(",\n            ")),
        }
    }

    /// Conditions under which a filter's facts are open, and under which it takes a line; `None` where a cover is not in it.
    fn filter(&self, filter: &Filter, cover: usize) -> Option<Conditions> {
        if filter.covers.as_ref().is_some_and(|covers| !covers.contains(&cover)) {
            return None;
        }
        let (mut open, mut member): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        for (fact, values) in &filter.facts {
            let column = self.field(*fact);
            if self.may_be_blank(Tested::Fact(*fact)) {
                let mut before = member.clone();
                before.push(format!("{column} IS NULL"));
                open.push(before.join(" AND "));
            }
            member.push(self.among(column, *fact, values));
        }
        Some((open, member))
    }

    /// The limit of a stage that a cover's lines fall under: its number, -1 where a blank leaves it open.
    fn stage_of(&self, limits: &[usize], cover: usize) -> String {
        let filters: Vec<(usize, Conditions)> = limits
            .iter()
            .filter_map(|at| Some((*at, self.filter(&self.program.limits.get(*at)?.filter, cover)?)))
            .collect();
        let mut lines = vec!["CASE".to_owned()];
        for (_, (open, _)) in &filters {
            lines.extend(open.iter().map(|condition| format!("    WHEN {condition} THEN -1")));
        }
        for (at, (_, member)) in &filters {
            match member.is_empty() {
                true if lines.len() == 1 => return at.to_string(),
                true => lines.push(format!("    ELSE {at}")),
                false => lines.push(format!("    WHEN {} THEN {at}", member.join(" AND "))),
            }
        }
        if lines.len() == 1 {
            return "CAST(NULL AS INTEGER)".to_owned();
        }
        lines.push("END".to_owned());
        lines.join("\n")
    }

    fn rank_of(&self, filters: &[Filter], cover: usize) -> String {
        let mut lines = vec!["CASE".to_owned()];
        for (place, filter) in filters.iter().enumerate() {
            let Some((open, member)) = self.filter(filter, cover) else {
                continue;
            };
            lines.extend(open.iter().map(|condition| format!("    WHEN {condition} THEN -1")));
            if member.is_empty() {
                if lines.len() == 1 {
                    return place.to_string();
                }
                lines.push(format!("    ELSE {place}\nEND"));
                return lines.join("\n");
            }
            lines.push(format!("    WHEN {} THEN {place}", member.join(" AND ")));
        }
        if lines.len() == 1 {
            return filters.len().to_string();
        }
        lines.push(format!("    ELSE {}\nEND", filters.len()));
        lines.join("\n")
    }

    /// Names of the columns that say which limits a line falls under, and its ranks in them.
    pub(super) fn stage_columns(&self) -> Vec<String> {
        let mut columns = Vec::new();
        for (number, stage) in self.stages.iter().enumerate() {
            columns.push(format!("stage_{number}"));
            for (place, tier) in stage.tiers(self.program).iter().enumerate() {
                if super::ranks(tier) {
                    columns.push(format!("rank_{number}_{place}"));
                }
            }
        }
        columns
    }

    fn covers(&mut self, steps: &mut Vec<Step>, name: &str, of: &str) {
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
                let then = match case.contains('\n') {
                    true => format!("\n{}", indented(&indented(&case))),
                    false => format!(" {case}"),
                };
                let note = if cited.is_empty() {
                    String::new()
                } else {
                    format!("    -- {cited}\n")
                };
                payment.push(format!("{note}    WHEN {} THEN{then}", (self.sql.literal)(id)));
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
            let says = super::steps::comment(&format!("{} {article}", cover.id));
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
    fn paid_harms(&mut self, cover: usize) -> Id {
        let Some(harm) = self.program.known.harm else {
            return self.diagrams.answer(super::diagrams::NO);
        };
        let paid: Vec<usize> = self.program.covers.get(cover).map_or(Vec::new(), |c| {
            c.benefits.iter().map(|b| self.class_of(harm, b.harm)).collect()
        });
        let Some(place) = self.diagrams.place(Tested::Fact(harm)) else {
            return self.diagrams.answer(super::diagrams::NO);
        };
        let (yes, no) = (
            self.diagrams.answer(super::diagrams::YES),
            self.diagrams.answer(super::diagrams::NO),
        );
        let count = self.diagrams.classes.get(place).map_or(0, Classes::count);
        let classes = (0..count)
            .map(|class| if paid.contains(&class) { yes } else { no })
            .collect();
        self.diagrams.test(place, classes, None)
    }

    /// The covers that pay in a kind, once priorities are looked at.
    fn candidates(&self, steps: &mut Vec<Step>, of: &str) {
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
                    "FROM {of} AS r\nWHERE r.applies = 1\n    AND NOT EXISTS (\n        SELECT 1\n        FROM {of} AS o\n        INNER JOIN outranks AS x ON x.cover = o.cover\n        WHERE {same} AND o.applies = 1 AND x.below = r.cover\n    )"
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

    fn verdicts(&self, steps: &mut Vec<Step>) {
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
                        self.same_kind("t", "k"),
                        self.same_kind("c", "k")
                    ),
                ),
            )
            .kept(),
        );
    }

    /// Payments of nothing, whatever the claim.
    fn pays_nothing(&self) -> Vec<usize> {
        let nil = self
            .program
            .pipelines
            .iter()
            .enumerate()
            .filter(|(_, pipeline)| pipeline.nil);
        nil.map(|(at, _)| at).chain([self.program.pipelines.len()]).collect()
    }

    /// The amounts of payments that are constants.
    fn fixed_amounts(&self, payment: &str) -> String {
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

    /// The payment number of a node that refuses the row.
    pub(super) fn refused(&self, node: usize) -> usize {
        self.program.pipelines.len() + 1 + node
    }

    pub(super) fn raises(&self) -> bool {
        use crate::emit::program::Rule;
        self.program
            .limits
            .iter()
            .any(|limit| matches!(limit.rule, Rule::Largest { raise: true }))
    }

    /// Priorities as a table.
    pub(super) fn priorities(&self) -> String {
        let rows: Vec<String> = self.program.over.iter().map(|(a, b)| format!("({a}, {b})")).collect();
        self.table("Covers over others", "outranks", &["cover", "below"], &rows, "(0, 0)")
    }

    /// Covers with their ids, and their places among the ids by code point.
    pub(super) fn cover_names(&self) -> String {
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

    /// What each kind would be paid with the injury one grade heavier.
    fn raised_kinds(&mut self, steps: &mut Vec<Step>) {
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
        let same = self.same_kind("r", "c");
        steps.push(
            Step::new(
                "raised_verdicts",
                "What the covers that pay would pay for it",
                select(
                    &columns,
                    &format!("FROM candidates AS c\nINNER JOIN raised_rules AS r ON {same} AND r.cover = c.cover"),
                ),
            )
            .kept(),
        );
    }

    /// Grades with the one above each; the heaviest stays.
    pub(super) fn heavier_grades(&self) -> String {
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
    pub(super) fn severities(&self) -> Vec<usize> {
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

/// Conditions under which a filter is open, and those that together make a line its member
type Conditions = (Vec<String>, Vec<String>);

fn kind_name(at: usize) -> String {
    match at {
        0 => "kind".to_owned(),
        at => format!("kind_{}", at + 1),
    }
}
