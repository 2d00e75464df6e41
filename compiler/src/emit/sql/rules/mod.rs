//! Kinds of claims, which no rule tells apart, and what applies to each. Rules are decided once a kind, not once a claim.
//!
//! | part | what it writes |
//! |---|---|
//! | [`cases`] | diagrams and filters as nested tests |
//! | [`covers`] | covers that apply to a kind, and what they pay |
//! | [`grades`] | the same with the injury one grade heavier |

mod cases;
mod covers;
mod grades;

use super::diagrams::Classes;
use super::steps::{Step, inner, select};
use super::{PART, Writer};
use crate::emit::program::{Kind, Tested};

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
    pub(in crate::emit::sql) fn measured(&self, fact: usize) -> String {
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

    /// A bound in the column's own numbers: a count in parts stands in billionths, of which the next lies beyond a whole unit.
    fn bound_of(&self, fact: usize, bound: i64) -> i128 {
        let bound = i128::from(bound);
        match self.has_parts(fact) {
            true => bound.div_euclid(2) * i128::from(PART) + bound.rem_euclid(2),
            false => bound,
        }
    }

    /// Columns that number the kind of a row: one, or more where one has no room. Each test is a digit.
    pub(in crate::emit::sql) fn kind_columns(&self) -> Vec<String> {
        let mut columns: Vec<Vec<String>> = Vec::new();
        let mut size: i128 = i128::MAX;
        for (on, classes) in self.diagrams.order.iter().zip(&self.diagrams.classes) {
            let (digit, count) = self.digit(*on, classes);
            if size.saturating_mul(count) > 4_000_000_000_000_000_000 {
                columns.push(vec![format!("CAST({digit} AS BIGINT)")]);
            } else if let Some(last) = columns.last_mut() {
                last.push(format!("CAST({digit} AS BIGINT) * {size}"));
                size *= count;
                continue;
            }
            size = count;
        }
        columns.iter().map(|digits| digits.join("\n+ ")).collect()
    }

    /// Joins on the kind.
    pub(in crate::emit::sql) fn same_kind(&self, a: &str, b: &str) -> String {
        let count = self.kind_columns().len();
        (0..count)
            .map(|i| format!("{a}.{0} = {b}.{0}", kind_name(i)))
            .collect::<Vec<_>>()
            .join(" AND ")
    }

    pub(in crate::emit::sql) fn kind_names(&self) -> Vec<String> {
        (0..self.kind_columns().len()).map(kind_name).collect()
    }

    pub(in crate::emit::sql) fn rules(&mut self, steps: &mut Vec<Step>) {
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
                        "\nLEFT JOIN class_names AS {column}_names ON {column}_names.fact = {fact} AND k.{column} = {column}_names.class"
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

    /// The payment number of a node that refuses the row.
    pub(in crate::emit::sql) fn refused(&self, node: usize) -> usize {
        self.program.pipelines.len() + 1 + node
    }

    pub(in crate::emit::sql) fn raises(&self) -> bool {
        use crate::emit::program::Rule;
        self.program
            .limits
            .iter()
            .any(|limit| matches!(limit.rule, Rule::Largest { raise: true }))
    }
}

fn kind_name(at: usize) -> String {
    match at {
        0 => "kind".to_owned(),
        at => format!("kind_{}", at + 1),
    }
}
