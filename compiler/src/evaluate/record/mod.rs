//! Flat text fields → typed facts (DESIGN §5, data contract).
//!
//! A column is named by its fact's id or name; a value by id, name or alias. Money is 元 in decimals. A blank is
//! absence. Every refusal names the field, the value as given, and what would be right.

mod dates;
mod quantities;

pub(crate) use dates::moment;
pub(crate) use quantities::{count, money_worded, ratio};

use super::model::{Record, Refusal, Value};
use super::text::{plain, trimmed};
use crate::plan::{Domain, Fact, FactId, FactKind, FactRole, Plan, ValueId};
use anlan_lang::diag::{Arg, codes};
use anlan_lang::nearest::{near_of, nearest};
use std::collections::HashMap;

/// Reads records of one plan.
#[derive(Debug)]
pub struct Reader<'a> {
    plan: &'a Plan,
    /// Every accepted spelling of a column
    columns: HashMap<&'a str, FactId>,
    /// Every accepted spelling of a value, for each domain
    values: Vec<HashMap<&'a str, ValueId>>,
}

/// A header, read: the fact of each column, and what nothing knows.
#[derive(Debug, Clone, PartialEq)]
pub struct Columns {
    facts: Vec<Option<FactId>>,
    /// One for each unknown column (V001), to be reported once for the file.
    pub unknown: Vec<Refusal>,
}

impl Columns {
    /// Number of columns.
    pub fn len(&self) -> usize {
        self.facts.len()
    }
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty()
    }
    /// The position of a fact's column.
    pub fn position(&self, fact: FactId) -> Option<usize> {
        self.facts.iter().position(|f| *f == Some(fact))
    }
}

impl<'a> Reader<'a> {
    pub fn new(plan: &'a Plan) -> Self {
        let mut columns = HashMap::new();
        let given = plan.facts.iter().enumerate().filter(|(_, f)| f.role == FactRole::Given);
        // An id wins over a name that happens to be spelt the same.
        for spelling in [|f: &'a Fact| &f.id, |f: &'a Fact| &f.name.zh, |f: &'a Fact| &f.name.en] {
            for (i, fact) in given.clone() {
                columns.entry(spelling(fact).as_str()).or_insert(FactId::from(i));
            }
        }
        Reader {
            plan,
            columns,
            values: plan.domains.iter().map(|domain| spellings(domain)).collect(),
        }
    }

    /// The fact that a column or key names.
    pub fn column(&self, name: &str) -> Option<FactId> {
        let name = trimmed(name);
        self.columns
            .get(name)
            .or_else(|| self.columns.get(plain(name).as_str()))
            .copied()
    }

    /// A column as a person knows it; the name itself where it names no fact.
    pub fn column_name(&self, name: &str) -> Arg {
        let fact = self.column(name).and_then(|fact| self.plan.facts.get(fact.index()));
        fact.map_or_else(|| Arg::from(name), |fact| Arg::from(&fact.name))
    }

    /// Reads a header.
    ///
    /// # Errors
    /// Two columns name one fact (V013).
    pub fn columns<'h>(&self, header: impl IntoIterator<Item = &'h str>) -> Result<Columns, Refusal> {
        let mut facts: Vec<Option<FactId>> = Vec::new();
        let mut unknown = Vec::new();
        for name in header {
            let fact = self.column(name);
            if let Some(known) = fact.and_then(|f| self.plan.facts.get(f.index()))
                && facts.contains(&fact)
            {
                return Err(Refusal::new(codes::V013).field(&known.name).value(trimmed(name)));
            }
            // A column without a name holds nothing that anyone could mean.
            if fact.is_none() && !trimmed(name).is_empty() {
                unknown.push(self.unknown(name));
            }
            facts.push(fact);
        }
        Ok(Columns { facts, unknown })
    }

    /// The refusal of a column or key that nothing knows, with the nearest name.
    pub fn unknown(&self, name: &str) -> Refusal {
        let name = trimmed(name);
        let refusal = Refusal::new(codes::V001).value(name);
        let facts = || self.plan.facts.iter().filter(|f| f.role == FactRole::Given);
        let names = facts().flat_map(|f| [f.name.zh.as_str(), &f.id, &f.name.en]);
        match nearest(name, names) {
            Some(near) => refusal.arg("near", near).helped("near"),
            None => refusal.arg("known", Arg::List(facts().map(|f| Arg::from(&f.name)).collect())),
        }
    }

    /// Reads one row of cells under a header; cells beyond the header are for the shell to refuse.
    ///
    /// # Errors
    /// One refusal for each cell that cannot be read.
    pub fn row<'c>(&self, columns: &Columns, cells: impl IntoIterator<Item = &'c str>) -> Result<Record, Vec<Refusal>> {
        let fields = columns
            .facts
            .iter()
            .zip(cells)
            .filter_map(|(fact, cell)| Some(((*fact)?, cell)));
        self.read(fields)
    }

    /// Reads one flat object. Unknown keys are given back beside the record.
    ///
    /// # Errors
    /// One refusal for each value that cannot be read and for each fact given twice.
    pub fn object<'o>(
        &self,
        fields: impl IntoIterator<Item = (&'o str, &'o str)>,
    ) -> (Result<Record, Vec<Refusal>>, Vec<Refusal>) {
        let mut known: Vec<(FactId, &str)> = Vec::new();
        let (mut unknown, mut twice) = (Vec::new(), Vec::new());
        for (key, value) in fields {
            match self.column(key) {
                Some(fact) if known.iter().any(|(f, _)| *f == fact) => {
                    let names = self.plan.facts.get(fact.index()).map(|f| &f.name);
                    twice.extend(names.map(|n| Refusal::new(codes::V013).field(n).value(trimmed(key))));
                }
                Some(fact) => known.push((fact, value)),
                None => unknown.push(self.unknown(key)),
            }
        }
        let record = match (self.read(known), twice.is_empty()) {
            (record, true) => record,
            (Ok(_), false) => Err(twice),
            (Err(mut refusals), false) => {
                refusals.extend(twice);
                Err(refusals)
            }
        };
        (record, unknown)
    }

    fn read<'c>(&self, fields: impl IntoIterator<Item = (FactId, &'c str)>) -> Result<Record, Vec<Refusal>> {
        let mut record = Record {
            values: vec![None; self.plan.facts.len()],
        };
        let mut refusals = Vec::new();
        for (id, text) in fields {
            let (Some(fact), Some(slot)) = (self.plan.facts.get(id.index()), record.values.get_mut(id.index())) else {
                continue;
            };
            let text = trimmed(text);
            if text.is_empty() {
                continue;
            }
            match self.value(fact, text) {
                Ok(value) => *slot = Some(value),
                Err(refusal) => refusals.push(refusal.field(&fact.name).value(text)),
            }
        }
        if refusals.is_empty() { Ok(record) } else { Err(refusals) }
    }

    /// One value; the caller adds field and text to a refusal.
    pub(crate) fn value(&self, fact: &Fact, text: &str) -> Result<Value, Refusal> {
        match &fact.kind {
            FactKind::Enumeration { domain, .. } => {
                let found = self.enumerated(domain.index(), text);
                found
                    .map(Value::Enumeration)
                    .ok_or_else(|| self.unknown_value(domain.index(), text))
            }
            FactKind::Money => quantities::money(text).map(Value::Money),
            FactKind::Count { part } => quantities::count(text, *part).map(Value::Count),
            FactKind::Number {
                unit,
                precision,
                from,
                to,
            } => quantities::grid(text, unit, *precision, *from, *to).map(Value::Number),
            FactKind::Ratio => quantities::ratio(text).map(Value::Ratio),
            FactKind::Date => moment(text).map(Value::Date).ok_or_else(|| Refusal::new(codes::V003)),
            FactKind::Text => id(text).map(Value::Text),
            FactKind::YesNo => yes_no(text).map(Value::YesNo),
        }
    }

    /// A value of a domain by id, name or alias.
    pub(crate) fn enumerated(&self, domain: usize, text: &str) -> Option<ValueId> {
        let values = self.values.get(domain)?;
        values.get(text).or_else(|| values.get(plain(text).as_str())).copied()
    }

    fn unknown_value(&self, domain: usize, text: &str) -> Refusal {
        let refusal = Refusal::new(codes::V002);
        let Some(declared) = self.plan.domains.get(domain) else {
            return refusal;
        };
        let spellings = declared.values.iter().enumerate().flat_map(|(index, value)| {
            let names = [&value.name.zh, &value.id, &value.name.en];
            let all = names.into_iter().chain(&value.aliases);
            all.map(move |name| (name.as_str(), index))
        });
        if let Some(near) = near_of(text, spellings).first().copied() {
            return refusal.arg("near", near).helped("near");
        }
        let shown = declared.values.iter().take(LISTED).map(|v| Arg::from(&v.name));
        let help = if declared.values.len() > LISTED { "some" } else { "help" };
        refusal.arg("known", Arg::List(shown.collect())).helped(help)
    }
}

/// A refusal lists at most so many values.
const LISTED: usize = 12;

fn spellings(domain: &Domain) -> HashMap<&str, ValueId> {
    let mut map = HashMap::new();
    // Ids win over names, and both over aliases, should two values share a spelling.
    for (i, value) in domain.values.iter().enumerate() {
        map.entry(value.id.as_str()).or_insert(ValueId::from(i));
    }
    for (i, value) in domain.values.iter().enumerate() {
        map.entry(value.name.zh.as_str()).or_insert(ValueId::from(i));
        map.entry(value.name.en.as_str()).or_insert(ValueId::from(i));
    }
    for (i, value) in domain.values.iter().enumerate() {
        for alias in value.aliases.iter().chain(&value.code) {
            map.entry(alias.as_str()).or_insert(ValueId::from(i));
        }
    }
    map
}

/// An id is any text without control characters.
fn id(text: &str) -> Result<Box<str>, Refusal> {
    if text.chars().any(char::is_control) {
        Err(Refusal::new(codes::V012))
    } else {
        Ok(text.into())
    }
}

fn yes_no(text: &str) -> Result<bool, Refusal> {
    match plain(text).to_lowercase().as_str() {
        "是" | "true" | "yes" => Ok(true),
        "否" | "false" | "no" => Ok(false),
        _ => Err(Refusal::new(codes::V011)),
    }
}

#[cfg(test)]
mod tests;
