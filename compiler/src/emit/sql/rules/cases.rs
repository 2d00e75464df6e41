//! Diagrams and filters as nested tests.

use super::super::Writer;
use super::super::diagrams::{Cell, Classes, Id, OPEN};
use super::super::steps::when;
use crate::emit::program::{Filter, Tested};

impl Writer<'_> {
    /// A diagram as nested tests.
    pub(super) fn case(&self, id: Id) -> String {
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

    pub(super) fn when(&self, condition: &str, to: Id) -> String {
        when(condition, &self.case(to))
    }

    pub(super) fn otherwise(&self, to: Id) -> String {
        let then = self.case(to);
        // Tests within the last branch are tests of the same rank.
        let tests = then.strip_prefix("CASE\n").and_then(|rest| rest.strip_suffix("\nEND"));
        match tests {
            Some(tests) => tests.to_owned(),
            None => format!("    ELSE {then}"),
        }
    }

    pub(super) fn width(&self, on: usize, of: &[usize]) -> usize {
        match self.diagrams.classes.get(on) {
            Some(Classes::Values(values)) => values.iter().filter(|class| of.contains(class)).count(),
            _ => of.len(),
        }
    }

    pub(super) fn condition(&self, on: usize, column: &str, of: &[usize]) -> String {
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

    pub(super) fn among(&self, column: &str, fact: usize, values: &[usize]) -> String {
        let ids: Vec<String> = values
            .iter()
            .map(|v| (self.sql.literal)(self.id_of(fact, *v)))
            .collect();
        match ids.as_slice() {
            [only] => format!("{column} = {only}"),
            ids if ids.join(", ").len() < 80 => format!("{column} IN ({})", ids.join(", ")),
            ids => format!("{column} IN (\n    {}\n)", ids.join(",\n    ")),
        }
    }

    /// Conditions under which a filter's facts are open, and under which it takes a line; `None` where a cover is not in it.
    pub(super) fn filter(&self, filter: &Filter, cover: usize) -> Option<Conditions> {
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
    pub(super) fn stage_of(&self, limits: &[usize], cover: usize) -> String {
        let filters: Vec<(usize, Conditions)> = limits
            .iter()
            .filter_map(|at| Some((*at, self.filter(&self.program.limits.get(*at)?.filter, cover)?)))
            .collect();
        let mut lines = vec!["CASE".to_owned()];
        for (_, (open, _)) in &filters {
            lines.extend(open.iter().map(|condition| when(condition, "-1")));
        }
        for (at, (_, member)) in &filters {
            match member.is_empty() {
                true if lines.len() == 1 => return at.to_string(),
                true => lines.push(format!("    ELSE {at}")),
                false => lines.push(when(&member.join(" AND "), &at.to_string())),
            }
        }
        if lines.len() == 1 {
            return "CAST(NULL AS INTEGER)".to_owned();
        }
        lines.push("END".to_owned());
        lines.join("\n")
    }

    pub(super) fn rank_of(&self, filters: &[Filter], cover: usize) -> String {
        let mut lines = vec!["CASE".to_owned()];
        for (place, filter) in filters.iter().enumerate() {
            let Some((open, member)) = self.filter(filter, cover) else {
                continue;
            };
            lines.extend(open.iter().map(|condition| when(condition, "-1")));
            if member.is_empty() {
                if lines.len() == 1 {
                    return place.to_string();
                }
                lines.push(format!("    ELSE {place}\nEND"));
                return lines.join("\n");
            }
            lines.push(when(&member.join(" AND "), &place.to_string()));
        }
        if lines.len() == 1 {
            return filters.len().to_string();
        }
        lines.push(format!("    ELSE {}\nEND", filters.len()));
        lines.join("\n")
    }

    /// Names of the columns that say which limits a line falls under, and its ranks in them.
    pub(in crate::emit::sql) fn stage_columns(&self) -> Vec<String> {
        let mut columns = Vec::new();
        for (number, stage) in self.stages.iter().enumerate() {
            columns.push(format!("stage_{number}"));
            for (place, tier) in stage.tiers(self.program).iter().enumerate() {
                if super::super::ranks(tier) {
                    columns.push(format!("rank_{number}_{place}"));
                }
            }
        }
        columns
    }
}

/// Conditions under which a filter is open, and those that together make a line its member
type Conditions = (Vec<String>, Vec<String>);
