//! How keys, filters, conditions and intervals are worded.

use super::Words;
use super::amounts::decimal;
use crate::money::{Fen, Grid, Ratio};
use crate::plan::{ConditionWords, FactId, FactKind, Filter, GroupKey, ScheduleKey};
use anlan_lang::diag::Arg;
use anlan_lang::texts::Language;
use anlan_lang::tree::{Compare, RoundMode};

/// Whether an end belongs to the interval, and its words.
type End = (bool, String);

impl Words<'_> {
    // ── keys and filters ──

    /// `每人每次灾害`; empty for no keys.
    pub fn keys(&self, keys: &[ScheduleKey]) -> String {
        self.joined_keys(keys.iter().map(|key| match key {
            ScheduleKey::Person => self.plain("summary-key-person"),
            ScheduleKey::Household => self.plain("summary-key-household"),
            ScheduleKey::Event => self.plain("summary-key-event"),
            ScheduleKey::Year => self.plain("summary-key-year"),
            ScheduleKey::Term => self.plain("summary-key-term"),
            ScheduleKey::Claim => self.plain("summary-key-claim"),
            ScheduleKey::Fact(fact) => self.fact_key(*fact),
        }))
    }

    /// `每次灾害`; the whole term where there is no key.
    pub fn group_keys(&self, keys: &[GroupKey]) -> String {
        if keys.is_empty() {
            return self.plain("summary-key-term");
        }
        self.joined_keys(keys.iter().map(|key| match key {
            GroupKey::Year => self.plain("summary-key-year"),
            GroupKey::Fact(fact) => self.fact_key(*fact),
        }))
    }

    fn fact_key(&self, fact: FactId) -> String {
        let id = self.plan.facts.get(fact.index()).map_or("", |f| f.id.as_str());
        match id {
            "person" => self.plain("summary-key-person"),
            "household" => self.plain("summary-key-household"),
            "event" => self.plain("summary-key-event"),
            "claim" => self.plain("summary-key-claim"),
            _ => self.say("summary-key-fact", [("fact", self.fact(fact).into())]),
        }
    }

    fn joined_keys(&self, keys: impl Iterator<Item = String>) -> String {
        let keys: Vec<String> = keys.collect();
        keys.join(match self.language {
            Language::Zh => "",
            Language::En => " ",
        })
    }

    /// `全部险种`, or the covers and fact values that a limit takes in.
    pub fn filter(&self, filter: &Filter) -> String {
        let covers = match &filter.covers {
            Some(covers) => self.list(covers.iter().map(|c| self.cover(*c))),
            None => self.plain("summary-all-covers"),
        };
        let facts = filter.facts.iter().map(|(fact, values)| {
            self.say(
                "summary-filter-fact",
                [
                    ("fact", self.fact(*fact).into()),
                    ("values", self.list(values.iter().map(|v| self.value(*fact, *v))).into()),
                ],
            )
        });
        self.clauses(std::iter::once(covers).chain(facts))
    }

    // ── conditions and comparisons ──

    /// `不低于10万元`
    pub fn compared(&self, compare: Compare, value: String) -> String {
        self.say(
            match compare {
                Compare::AtLeast => "summary-compare-at-least",
                Compare::AtMost => "summary-compare-at-most",
                Compare::Over => "summary-compare-over",
                Compare::Under => "summary-compare-under",
                Compare::Equal => "summary-compare-equal",
            },
            [("value", value.into())],
        )
    }

    pub fn condition(&self, condition: &ConditionWords) -> String {
        match condition {
            ConditionWords::Is {
                fact,
                negated,
                values,
                otherwise_nothing,
            } => {
                let values = values.iter().map(|v| self.quoted(&self.value(*fact, *v)));
                let text = self.say(
                    if *negated {
                        "summary-condition-is-not"
                    } else {
                        "summary-condition-is"
                    },
                    [
                        ("fact", self.fact(*fact).into()),
                        ("values", self.alternatives(values).into()),
                    ],
                );
                if *otherwise_nothing {
                    self.say("summary-condition-otherwise-nothing", [("condition", text.into())])
                } else {
                    text
                }
            }
            ConditionWords::Compare { fact, compare, value } => self.say(
                "summary-condition-compare",
                [
                    ("fact", self.fact(*fact).into()),
                    ("compared", self.compared(*compare, self.parameter_value(value)).into()),
                ],
            ),
            ConditionWords::Yes { fact } => self.say(
                "summary-condition-yes",
                [("fact", self.quoted(&self.fact(*fact)).into())],
            ),
            ConditionWords::Decided { decision } => self.say(
                "summary-condition-decided",
                [("decision", self.decision(*decision).into())],
            ),
            ConditionWords::All(parts) => self.joined(parts, "summary-and"),
            ConditionWords::Any(parts) => self.joined(parts, "summary-or"),
            ConditionWords::Not(part) => {
                self.say("summary-condition-not", [("condition", self.condition(part).into())])
            }
        }
    }

    fn joined(&self, parts: &[ConditionWords], joint: &str) -> String {
        let mut parts = parts.iter().map(|part| match part {
            ConditionWords::All(_) | ConditionWords::Any(_) => {
                self.say("summary-bracketed", [("text", self.condition(part).into())])
            }
            _ => self.condition(part),
        });
        let first = parts.next().unwrap_or_default();
        parts.fold(first, |left, right| {
            self.say(joint, [("left", left.into()), ("right", right.into())])
        })
    }

    /// `甲、乙或丙`
    pub fn alternatives(&self, items: impl Iterator<Item = String>) -> String {
        let mut items: Vec<String> = items.map(|item| self.own(&item)).collect();
        match items.pop() {
            None => String::new(),
            Some(last) if items.is_empty() => last,
            Some(last) => {
                let list = items.join(match self.language {
                    Language::Zh => "、",
                    Language::En => ", ",
                });
                self.say("summary-alternatives", [("list", list.into()), ("last", last.into())])
            }
        }
    }

    pub fn round_mode(&self, mode: RoundMode) -> String {
        self.plain(match mode {
            RoundMode::HalfUp => "summary-round-half-up",
            RoundMode::Down => "summary-round-down",
            RoundMode::Up => "summary-round-up",
        })
    }

    // ── intervals ──

    /// Integers `from..below` in the fact's own units, in the words of the Civil Code, art. 1259: `500元以上不满1000元`.
    pub fn interval(&self, fact: FactId, from: Option<i64>, below: Option<i64>) -> String {
        let kind = self.plan.facts.get(fact.index()).map(|f| &f.kind);
        self.interval_on(kind.and_then(FactKind::grid), fact, from, below)
    }

    /// The same between positions on a grid.
    pub fn interval_on(&self, grid: Option<Grid>, fact: FactId, from: Option<i64>, below: Option<i64>) -> String {
        let kind = self.plan.facts.get(fact.index()).map(|f| &f.kind);
        if grid == Some(Grid::UNITS) {
            let count = |place: i64| self.count(place.div_euclid(2));
            let beyond = |place: i64| place.rem_euclid(2) == 1;
            let ends = (
                from.map(|place| (!beyond(place), count(place))),
                below.map(|place| (beyond(place), count(place))),
            );
            return self.ends(ends);
        }
        // What was written as 超过 or 以下 is one 分 above a whole 元; on other grids an end is the last value inside.
        let above = |n: i64| match kind {
            Some(FactKind::Money) => n.rem_euclid(100) == 1,
            Some(FactKind::Ratio) => n.rem_euclid(2) == 1,
            _ => false,
        };
        let continuous = matches!(kind, Some(FactKind::Money | FactKind::Ratio) | None);
        let low = from.map(|n| if above(n) { (false, n - 1) } else { (true, n) });
        let high = below.map(|n| {
            if above(n) || !continuous {
                (true, n - 1)
            } else {
                (false, n)
            }
        });
        let value = |(closed, n): (bool, i64)| (closed, self.grid_value(kind, n));
        self.ends((low.map(value), high.map(value)))
    }

    fn ends(&self, (low, high): (Option<End>, Option<End>)) -> String {
        let value = Arg::from;
        match (low, high) {
            (None, None) => self.plain("summary-interval-any"),
            (Some((true, n)), None) => self.say("summary-interval-from", [("low", value(n))]),
            (Some((false, n)), None) => self.say("summary-interval-over", [("low", value(n))]),
            (None, Some((true, n))) => self.say("summary-interval-to", [("high", value(n))]),
            (None, Some((false, n))) => self.say("summary-interval-below", [("high", value(n))]),
            (Some((from, low)), Some((to, high))) => self.say(
                match (from, to) {
                    (true, true) => "summary-interval-from-to",
                    (true, false) => "summary-interval-from-below",
                    (false, true) => "summary-interval-over-to",
                    (false, false) => "summary-interval-over-below",
                },
                [("low", value(low)), ("high", value(high))],
            ),
        }
    }

    /// The integer `n` of a fact's grid, with its unit.
    fn grid_value(&self, kind: Option<&FactKind>, n: i64) -> String {
        match kind {
            Some(FactKind::Money) => self.money(Fen(n)),
            Some(FactKind::Ratio) => Ratio::at_position(n).map_or_else(|| n.to_string(), |ratio| self.ratio(ratio)),
            Some(FactKind::Number { unit, precision, .. }) => {
                let value = Ratio::integer(n).checked_mul(*precision).unwrap_or(Ratio::ZERO);
                format!("{} {unit}", decimal(value))
            }
            Some(FactKind::Date) => match jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().days(n)) {
                Ok(date) => self.date(date),
                Err(_) => n.to_string(),
            },
            _ => self.count(n),
        }
    }
}
