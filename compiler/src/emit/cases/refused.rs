//! Rows that are rejected: lacking a key, unreadable, repeated, contradicting one another.

use super::claims::{Base, paying};
use super::{Ask, Fields, Maker, Origin, distinct, field, with, without};
use crate::emit::program::Kind;

/// What no fact of any kind but a text takes.
const NONSENSE: &str = "？！";

impl Maker<'_> {
    /// Two cases: single claims that lack or misspell a field, and a set with repeated and contradicting rows.
    pub(super) fn rejected(&mut self, bases: &[Base]) {
        let paid = paying(bases);
        let Some(base) = paid.iter().find(|base| base.decisions.is_empty()).or(paid.first()) else {
            return;
        };
        let given = self.given(&base.decisions);
        let mut claims = Vec::new();
        for fact in &self.program.facts {
            if field(&base.fields, &fact.id).is_some() {
                claims.push(without(&base.fields, &fact.id));
            }
            for text in bad(&fact.kind) {
                claims.push(with(&base.fields, &fact.id, *text));
            }
        }
        let claims: Vec<Fields> = (1..).zip(claims).map(|(n, fields)| self.own_id(&fields, n)).collect();
        self.add("fields", Origin::Rejected, given.clone(), claims, Ask::Both);
        let set = self.contradicting(base);
        self.add("rows", Origin::Rejected, given, set, Ask::Settle);
    }

    /// A claim with an id of its own, unless it has none.
    fn own_id(&self, fields: &Fields, number: usize) -> Fields {
        let claim = self.program.known.claim.and_then(|at| self.program.facts.get(at));
        match claim.filter(|claim| field(fields, &claim.id).is_some()) {
            Some(claim) => with(fields, &claim.id, format!("C{number}")),
            None => fields.clone(),
        }
    }

    fn contradicting(&self, base: &Base) -> Vec<Fields> {
        let mut claims: Vec<Fields> = [1, 2, 2, 3]
            .into_iter()
            .map(|number| distinct(self.program, &base.fields, number, &[]))
            .collect();
        let name = |at: usize| self.program.facts.get(at).map(|fact| fact.id.as_str());
        for (n, (fact, key)) in (1..).zip(&self.program.wide) {
            let (Some(id), Some(key)) = (name(*fact), name(*key)) else {
                continue;
            };
            let texts = two(self, *fact);
            for (m, text) in (0..).zip(texts) {
                let claim = distinct(self.program, &base.fields, 10 * n + m, &[]);
                claims.push(with(&with(&claim, key, format!("W{n}")), id, text));
            }
        }
        claims
    }
}

/// Two texts of a fact that say different things.
fn two(maker: &Maker, fact: usize) -> Vec<String> {
    let kind = maker.program.facts.get(fact).map(|fact| &fact.kind);
    let texts = |texts: [&str; 2]| texts.map(str::to_owned).to_vec();
    match kind {
        Some(Kind::Enumeration { .. }) => {
            let values = maker.program.values(fact).iter().take(2);
            values.map(|value| value.id.clone()).collect()
        }
        Some(Kind::Date) => texts(["2024-01-01", "2024-01-02"]),
        Some(Kind::YesNo) => texts(["yes", "no"]),
        Some(_) => texts(["1", "2"]),
        None => Vec::new(),
    }
}

/// Texts that cannot be read as a fact of this kind.
fn bad(kind: &Kind) -> &'static [&'static str] {
    match kind {
        Kind::Enumeration { .. } | Kind::YesNo => &[NONSENSE],
        Kind::Money => &[NONSENSE, "-1", "0.001", "10000000000000.01"],
        Kind::Count { part: None } => &[NONSENSE, "-1", "1.5"],
        Kind::Count { .. } => &[NONSENSE, "-1"],
        Kind::Number { .. } => &[NONSENSE, "0.0000001", "99999999999"],
        Kind::Ratio => &[NONSENSE, "-1", "1/0"],
        Kind::Date => &[NONSENSE, "2023-02-29", "2024-07-01T25:00"],
        Kind::Text => &["\u{7}"],
    }
}
