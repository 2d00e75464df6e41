//! Small lookup tables: spellings, classes of values that no rule tells apart, priorities.

use super::Writer;
use super::diagrams::Classes;
use crate::emit::program::{Kind, Per, Tested};
use std::collections::HashSet;

impl Writer<'_> {
    /// A view of literal rows.
    pub(super) fn table(&self, says: &str, name: &str, columns: &[&str], rows: &[String], empty: &str) -> String {
        let from = match columns {
            [only] => format!(" v.{only}"),
            several => several
                .iter()
                .map(|c| format!("\n    v.{c}"))
                .collect::<Vec<_>>()
                .join(","),
        };
        let columns = columns.join(", ");
        let body = match rows.is_empty() {
            true => format!("SELECT{from}\nFROM (\n    VALUES\n    {empty}\n) AS v ({columns})\nWHERE 1 = 0"),
            false => format!(
                "SELECT{from}\nFROM (\n    VALUES\n    {}\n) AS v ({columns})",
                rows.join(",\n    ")
            ),
        };
        format!(
            "{}\n{} {name} AS\n{body};\n",
            super::steps::comment(says),
            self.sql.view
        )
    }

    pub(super) fn vocabulary(&self) -> String {
        let text = |value: &str| (self.sql.literal)(value);
        let mut used: Vec<usize> = self
            .sources
            .iter()
            .filter_map(|source| match source.kind {
                Kind::Enumeration { domain, .. } => Some(domain),
                _ => None,
            })
            .collect();
        used.sort_unstable();
        used.dedup();
        let mut spellings = Vec::new();
        for at in used {
            let Some(domain) = self.program.domains.get(at) else {
                continue;
            };
            let mut seen = HashSet::new();
            // Ids win over names, and both over aliases, should two values share a spelling.
            for rank in 0..3 {
                for (number, value) in domain.values.iter().enumerate() {
                    let all: Vec<&String> = match rank {
                        0 => vec![&value.id],
                        1 => vec![&value.zh, &value.en],
                        _ => value.aliases.iter().collect(),
                    };
                    for spelling in all {
                        if seen.insert(spelling.clone()) {
                            spellings.push(format!("({at}, {}, {number})", text(spelling)));
                        }
                    }
                }
            }
        }
        let domains = self.sources.iter().filter_map(|source| match source.kind {
            Kind::Enumeration { domain, .. } => Some(format!("({}, {domain})", source.at)),
            _ => None,
        });
        let domains: Vec<String> = domains.collect();
        let mut classes = Vec::new();
        let mut names = Vec::new();
        for (on, of) in self.diagrams.order.iter().zip(&self.diagrams.classes) {
            let (Tested::Fact(fact), Classes::Values(of)) = (on, of) else {
                continue;
            };
            let mut named = HashSet::new();
            for (value, class) in of.iter().enumerate() {
                if *class != 0 {
                    classes.push(format!("({fact}, {value}, {class})"));
                }
                if named.insert(class) {
                    names.push(format!("({fact}, {class}, {})", text(self.id_of(*fact, value))));
                }
            }
        }
        let mut all = vec![
            self.table(
                "Every accepted spelling of every value",
                "spellings",
                &["domain", "spelling", "value"],
                &spellings,
                "(0, '', 0)",
            ),
            self.table(
                "The domain of each field, by the number of the field",
                "fact_domains",
                &["fact", "domain"],
                &domains,
                "(0, 0)",
            ),
            self.table(
                "Values that rules tell apart from most others of their field, which are class 0",
                "value_classes",
                &["fact", "value", "class"],
                &classes,
                "(0, 0, 0)",
            ),
            self.table(
                "One value of each class",
                "class_names",
                &["fact", "class", "name"],
                &names,
                "(0, 0, '')",
            ),
        ];
        all.push(self.below());
        all.join("\n")
    }

    /// What lies below each value, itself included, where decisions are taken for values.
    fn below(&self) -> String {
        let mut rows = Vec::new();
        for (at, decision) in self.program.decisions.iter().enumerate() {
            let Per::Fact(fact) = decision.per else { continue };
            let values = self.program.values(fact);
            for value in 0..values.len() {
                let chain = std::iter::successors(Some(value), |v| values.get(*v).and_then(|v| v.parent));
                for above in chain.take(values.len()) {
                    rows.push(format!("({at}, {above}, {value})"));
                }
            }
        }
        self.table(
            "The values that a decision taken for a value holds for",
            "values_below",
            &["decision", "value", "below"],
            &rows,
            "(0, 0, 0)",
        )
    }
}
