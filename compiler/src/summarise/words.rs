//! How the pieces of a plan are worded: names, amounts, keys, conditions.

use super::document::Line;
use super::{capitals, numerals};
use crate::money::{Fen, Ratio};
use crate::plan::{
    Amount, Bound, ConditionWords, Count, DecisionId, DomainId, FactId, FactKind, Filter, FundId, GroupKey, ListEnding,
    Names, ParameterId, ParameterValue, PerilWord, Plan, RatioValue, ScheduleKey, Source, ValueId,
};
use anlan_lang::diag::{Arg, Args, Finding};
use anlan_lang::texts::{self, Language};
use anlan_lang::tree::{Compare, Date, PartRule, RoundMode};

/// A plan, and the language it is worded in.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    pub plan: &'a Plan,
    pub language: Language,
}

impl Words<'_> {
    // ── the catalogue ──

    /// The text `id` with its arguments.
    pub fn say<const N: usize>(&self, id: &str, args: [(&'static str, Arg); N]) -> String {
        let args = args.map(|(name, arg)| (name, self.english(arg)));
        texts::text(self.language, id, &Args::from(args))
    }

    /// A name of the document as the language calls it: in English by the English name that the scheme gives it.
    pub fn own(&self, name: &str) -> String {
        let english = match self.language {
            Language::Zh => None,
            Language::En => self.plan.statement.english.get(name).cloned(),
        };
        english.unwrap_or_else(|| name.to_owned())
    }

    /// What stands in a sentence for itself may be a name.
    fn english(&self, arg: Arg) -> Arg {
        if self.language == Language::Zh {
            return arg;
        }
        match arg {
            Arg::Text(text) => Arg::Text(self.own(&text)),
            Arg::Names { zh, en } => Arg::Text(self.names(&Names { zh, en })),
            Arg::List(args) => Arg::List(args.into_iter().map(|arg| self.english(arg)).collect()),
            other => other,
        }
    }

    /// The text `id`, which has no arguments.
    pub fn plain(&self, id: &str) -> String {
        texts::plain(self.language, id)
    }

    /// `文件未载明`: where a reader would look for something that the document leaves out.
    pub fn unstated(&self) -> String {
        self.plain("summary-unstated")
    }

    /// `无`: where there is nothing by the document's own words or by its nature.
    pub fn nothing(&self) -> String {
        self.plain("summary-none")
    }

    /// A line under a label of the catalogue.
    pub fn line(&self, label: &str, text: impl Into<String>, source: &Source) -> Line {
        Line::labelled(self.plain(label), text).citing(&source.articles)
    }

    /// A line under a label of the catalogue that rests on no article.
    pub fn bare(&self, label: &str, text: impl Into<String>) -> Line {
        Line::labelled(self.plain(label), text)
    }

    // ── small words ──

    pub fn list(&self, items: impl IntoIterator<Item = String>) -> String {
        texts::list(self.language, items.into_iter().map(|item| self.own(&item)))
    }

    /// The list, or `文件未载明` where it is empty.
    pub fn list_or_unstated(&self, items: impl IntoIterator<Item = String>) -> String {
        let list = self.list(items);
        if list.is_empty() { self.unstated() } else { list }
    }

    /// `“死亡限额”`: a name of the document inside a sentence.
    pub fn quoted(&self, name: &str) -> String {
        self.say("summary-quoted", [("name", name.into())])
    }

    /// A name as an item of a list: quoted where it would read as two.
    pub fn listed(&self, name: &str) -> String {
        let name = &self.own(name);
        match name.contains(['、', '，', ',']) {
            true => self.quoted(name),
            false => name.to_owned(),
        }
    }

    /// Statements that stand side by side: `；` or `; `.
    pub fn sentences(&self, parts: impl IntoIterator<Item = String>) -> String {
        let parts: Vec<String> = parts.into_iter().collect();
        parts.join(match self.language {
            Language::Zh => "；",
            Language::En => "; ",
        })
    }

    /// Clauses of one sentence: `，` or `, `.
    pub fn clauses(&self, parts: impl IntoIterator<Item = String>) -> String {
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(match self.language {
            Language::Zh => "，",
            Language::En => ", ",
        })
    }

    pub fn names(&self, names: &Names) -> String {
        match self.language {
            Language::Zh => names.zh.clone(),
            Language::En => match self.plan.statement.english.get(&names.zh) {
                Some(english) => english.clone(),
                // An id of the library reads as words; a name that the drafter gave stays as it is.
                None if names.en != names.zh => spoken(&names.en),
                None => names.en.clone(),
            },
        }
    }

    /// What a finding says.
    pub fn message(&self, finding: &Finding) -> String {
        let mut finding = finding.clone();
        for arg in finding.args.values_mut() {
            *arg = self.english(self.valued(arg.clone()));
        }
        texts::message(self.language, &finding)
    }

    /// A finding may name a value as the file spells it; in English it is called as everywhere on the page.
    fn valued(&self, arg: Arg) -> Arg {
        match arg {
            Arg::Text(text) if self.language == Language::En && self.own(&text) == text => {
                let domains = self.plan.domains.iter().enumerate();
                let found = domains.flat_map(|(at, domain)| domain.values.iter().enumerate().map(move |of| (at, of)));
                let value = found
                    .into_iter()
                    .find(|(_, (_, value))| value.name.zh == text || value.aliases.contains(&text))
                    .map(|(domain, (value, _))| self.domain_value(DomainId::from(domain), ValueId::from(value)));
                Arg::Text(value.unwrap_or(text))
            }
            Arg::List(args) => Arg::List(args.into_iter().map(|arg| self.valued(arg)).collect()),
            other => other,
        }
    }

    /// A text that is followed by another sentence: closed, unless it closes itself.
    pub fn closed(&self, text: &str) -> String {
        match (text.ends_with(['。', '？', '！', '.', '?', '!']), self.language) {
            (true, Language::Zh) => text.to_owned(),
            (true, Language::En) => format!("{text} "),
            (false, Language::Zh) => format!("{text}。"),
            (false, Language::En) => format!("{text}. "),
        }
    }

    /// A limit's name; one of a schedule by the schedule and its harms: `“一般赔付”的死亡、残疾`.
    pub fn limit_name(&self, names: &Names) -> String {
        let schedules = &self.plan.statement.schedules;
        let parts = names.zh.split_once('.').zip(names.en.split_once('.'));
        let Some(((schedule, zh), (_, en))) = parts.filter(|(zh, _)| schedules.iter().any(|s| s.id == zh.0)) else {
            return self.quoted(&self.names(names));
        };
        let harms = zh.split('+').zip(en.split('+')).map(|(zh, en)| {
            self.names(&Names {
                zh: zh.to_owned(),
                en: en.to_owned(),
            })
        });
        let harms = self.list(harms);
        self.say(
            "summary-limit-of-schedule",
            [("schedule", self.quoted(schedule).into()), ("harms", harms.into())],
        )
    }

    pub fn date(&self, date: Date) -> String {
        texts::date(self.language, date)
    }

    /// The list with its ending: `…等`, `…，共13项`.
    pub fn ended(&self, list: String, ending: ListEnding) -> String {
        let list = ("list", Arg::from(list));
        match ending {
            ListEnding::Unstated => self.say("summary-list-unstated", [list]),
            ListEnding::Open => self.say("summary-list-open", [list]),
            ListEnding::Closed => self.say("summary-list-closed", [list]),
            ListEnding::Counted(n) => self.say("summary-list-counted", [list, ("count", Arg::Count(n.into()))]),
        }
    }

    // ── names of plan items ──

    pub fn fact(&self, id: FactId) -> String {
        self.plan
            .facts
            .get(id.index())
            .map_or_else(String::new, |fact| self.names(&fact.name))
    }

    /// A fact of the record by its id; the id itself where it is a figure's own key.
    pub fn fact_named(&self, id: &str) -> String {
        let found = self.plan.facts.iter().find(|fact| fact.id == id);
        found.map_or_else(|| id.to_owned(), |fact| self.names(&fact.name))
    }

    pub fn domain_value(&self, domain: DomainId, value: ValueId) -> String {
        self.plan
            .domains
            .get(domain.index())
            .and_then(|d| d.values.get(value.index()))
            .map_or_else(String::new, |v| self.names(&v.name))
    }

    /// A value of the fact's domain.
    pub fn value(&self, fact: FactId, value: ValueId) -> String {
        match self.plan.facts.get(fact.index()).map(|f| &f.kind) {
            Some(FactKind::Enumeration { domain, .. }) => self.domain_value(*domain, value),
            _ => String::new(),
        }
    }

    fn value_of(&self, domain: &str, value: ValueId) -> String {
        let found = self.plan.domains.iter().position(|d| d.id == domain);
        found.map_or_else(String::new, |index| self.domain_value(DomainId::from(index), value))
    }

    /// A value of the domain `harm` by its fixed id.
    pub fn harm_with_id(&self, id: &str) -> Option<ValueId> {
        let harms = self.plan.domains.iter().find(|d| d.id == "harm")?;
        harms.values.iter().position(|v| v.id == id).map(ValueId::from)
    }

    pub fn harm(&self, value: ValueId) -> String {
        self.value_of("harm", value)
    }

    pub fn peril(&self, value: ValueId) -> String {
        self.value_of("peril", value)
    }

    pub fn role(&self, value: ValueId) -> String {
        self.value_of("role", value)
    }

    pub fn cover(&self, id: crate::plan::CoverId) -> String {
        self.plan
            .covers
            .get(id.index())
            .map_or_else(String::new, |cover| self.listed(&self.names(&cover.name)))
    }

    pub fn decision(&self, id: DecisionId) -> String {
        let name = self.plan.decisions.get(id.index()).map_or("", |d| d.id.as_str());
        self.quoted(name)
    }

    fn fund(&self, id: FundId) -> &str {
        self.plan.funds.get(id.index()).map_or("", |f| f.id.as_str())
    }

    /// `海啸（由地震引起）`
    pub fn peril_word(&self, word: &PerilWord) -> String {
        let name = self.names(&word.name);
        match &word.cause {
            Some(cause) => self.say(
                "summary-peril-caused",
                [("peril", name.into()), ("cause", self.names(cause).into())],
            ),
            None => name,
        }
    }

    // ── quantities ──

    pub fn money(&self, fen: Fen) -> String {
        texts::money(self.language, fen.0)
    }

    /// `0.001`: a step of a decimal grid.
    pub fn grid(&self, ratio: Ratio) -> String {
        decimal(ratio)
    }

    pub fn ratio(&self, ratio: Ratio) -> String {
        texts::ratio(ratio.numerator(), ratio.denominator())
    }

    /// A ratio that a reader compares: as a percentage with two decimals, and exactly beside it where that is not exact.
    pub fn near_ratio(&self, ratio: Ratio) -> String {
        let exact = self.ratio(ratio);
        let scaled = ratio.numerator().checked_mul(20_000);
        let rounded = scaled.and_then(|scaled| {
            let hundredths = scaled.checked_add(ratio.denominator())?;
            hundredths.checked_div_euclid(ratio.denominator().checked_mul(2)?)
        });
        match rounded {
            Some(hundredths) if !exact.ends_with('%') => self.say(
                "summary-near-ratio",
                [
                    ("near", texts::ratio(hundredths, 10_000).into()),
                    ("exact", exact.into()),
                ],
            ),
            _ => exact,
        }
    }

    pub fn count(&self, n: i64) -> String {
        numerals::count(self.language, n)
    }

    pub fn parameter_value(&self, value: &ParameterValue) -> String {
        match value {
            ParameterValue::Money(fen) => self.money(*fen),
            ParameterValue::Ratio(ratio) => self.ratio(*ratio),
            ParameterValue::Count(n) => self.count(*n),
            ParameterValue::Date(date) => self.date(*date),
        }
    }

    /// A parameter inside a sentence, with the value that a contract gave it.
    fn parameter(&self, id: ParameterId, cell: Option<ValueId>) -> String {
        let Some(parameter) = self.plan.parameters.get(id.index()) else {
            return String::new();
        };
        let value = match (&parameter.value, cell) {
            (Some(Bound::One(value)), _) => Some(value),
            (Some(Bound::Table(cells)), Some(cell)) => cells.iter().find(|(v, _)| *v == cell).map(|(_, value)| value),
            _ => None,
        };
        let name = ("name", Arg::from(parameter.id.as_str()));
        match value {
            Some(value) => self.say(
                "summary-parameter-bound",
                [name, ("value", self.parameter_value(value).into())],
            ),
            None => match &parameter.by {
                Some(by) => self.say("summary-parameter-by", [name, ("by", by.as_str().into())]),
                None => self.say("summary-parameter-open", [name]),
            },
        }
    }

    pub fn ratio_value(&self, ratio: &RatioValue) -> String {
        match ratio {
            RatioValue::Exact(ratio) => self.ratio(*ratio),
            RatioValue::Parameter { parameter, value } => self.parameter(*parameter, *value),
        }
    }

    pub fn amount(&self, amount: &Amount) -> String {
        match amount {
            Amount::Fixed(fen) => self.money(*fen),
            Amount::Parameter { parameter, value } => self.parameter(*parameter, *value),
            Amount::Fact(fact) => self.fact(*fact),
            Amount::PerUnit { rate, count, units } => self.per_unit(rate, *count, units.as_ref()),
            Amount::Scaled { ratio, of } => self.scaled(ratio, of),
            Amount::Sum(parts) => {
                let parts: Vec<String> = parts.iter().map(|part| self.amount(part)).collect();
                parts.join(" + ")
            }
            Amount::Dated(values) => self.dated(values),
            Amount::Premium => self.plain("summary-amount-premium"),
            Amount::Balance(fund) => self.say("summary-amount-balance", [("fund", self.fund(*fund).into())]),
            Amount::DecisionValue(decision) => self.say(
                "summary-amount-decided",
                [("decision", self.decision(*decision).into())],
            ),
            Amount::Decided {
                decision,
                then,
                otherwise,
            } => self.say(
                "summary-amount-raised",
                [
                    ("otherwise", self.amount(otherwise).into()),
                    ("decision", self.decision(*decision).into()),
                    ("amount", self.amount(then).into()),
                ],
            ),
            Amount::Unlimited => self.plain("summary-unlimited"),
        }
    }

    /// An amount as a formal document prints it: in Chinese with capitals where it is one figure.
    pub fn formal(&self, amount: &Amount) -> String {
        let text = self.amount(amount);
        match (self.language, amount) {
            (Language::Zh, Amount::Fixed(fen)) => self.say(
                "summary-amount-formal",
                [("amount", text.into()), ("capitals", capitals::capitals(*fen).into())],
            ),
            _ => text,
        }
    }

    /// `60元×月数（月数不足1的按1计，最多计6）`
    fn per_unit(&self, rate: &Amount, count: FactId, units: Option<&Count>) -> String {
        let name = self.fact(count);
        let fact = self.plan.facts.get(count.index());
        let unit = || {
            let months = fact.is_some_and(|fact| fact.id == "months");
            ("unit", if months { "months" } else { "" }.into())
        };
        let part = match fact.map(|f| &f.kind) {
            Some(FactKind::Count { part: Some(rule) }) => {
                let id = match rule {
                    PartRule::Up => "summary-part-up",
                    PartRule::Down => "summary-part-down",
                    PartRule::ProRata => "summary-part-pro-rata",
                };
                self.say(id, [unit()])
            }
            _ => String::new(),
        };
        let at_most = |count: Arg| self.say("summary-units-at-most", [("count", count), unit()]);
        let most = match units {
            Some(Count::Exact(n)) => at_most(Arg::Count(*n)),
            Some(Count::Parameter(id)) => at_most(self.parameter(*id, None).into()),
            None => self.plain("summary-units-unlimited"),
        };
        self.say(
            "summary-amount-per-unit",
            [
                ("rate", self.amount(rate).into()),
                ("fact", name.into()),
                ("rules", self.clauses([part, most]).into()),
            ],
        )
    }

    /// `保费总额的15倍`, `保险金额的50%`
    fn scaled(&self, ratio: &RatioValue, of: &Amount) -> String {
        let of = match of {
            Amount::Sum(_) | Amount::Dated(_) | Amount::Decided { .. } => {
                self.say("summary-bracketed", [("text", self.amount(of).into())])
            }
            _ => self.amount(of),
        };
        match ratio {
            RatioValue::Exact(exact) if exact.denominator() == 1 && exact.numerator() > 1 => self.say(
                "summary-amount-times",
                [("times", exact.numerator().to_string().into()), ("of", of.into())],
            ),
            RatioValue::Exact(exact) => self.say(
                "summary-amount-share",
                [("ratio", self.ratio(*exact).into()), ("of", of.into())],
            ),
            RatioValue::Parameter { .. } => self.say(
                "summary-amount-product",
                [("ratio", self.ratio_value(ratio).into()), ("of", of.into())],
            ),
        }
    }

    fn dated(&self, values: &[(Option<Date>, Amount)]) -> String {
        self.clauses(values.iter().map(|(from, amount)| match from {
            Some(date) => self.say(
                "summary-amount-from",
                [("date", Arg::Date(*date)), ("amount", self.amount(amount).into())],
            ),
            None => self.amount(amount),
        }))
    }

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
        let value = |n: i64| Arg::from(self.grid_value(kind, n));
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

/// An id as English reads it: `injury_grade` → `injury grade`, `grade10` → `grade 10`.
pub fn spoken(id: &str) -> String {
    let mut words = String::with_capacity(id.len() + 2);
    let mut last = None;
    for c in id.chars() {
        match c {
            '_' => words.push(' '),
            c => {
                if c.is_ascii_digit() && last.is_some_and(|last: char| last.is_ascii_lowercase()) {
                    words.push(' ');
                }
                words.push(c);
            }
        }
        last = Some(c);
    }
    words
}

/// The text with its first letter large, as English begins a line.
pub fn large(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// `0.5`: a ratio as a decimal.
fn decimal(value: Ratio) -> String {
    let (Ok(numerator), Ok(denominator)) = (i64::try_from(value.numerator()), i64::try_from(value.denominator()))
    else {
        return value.to_string();
    };
    rust_decimal::Decimal::from(numerator)
        .checked_div(rust_decimal::Decimal::from(denominator))
        .map_or_else(|| value.to_string(), |d| d.normalize().to_string())
}
