//! The limits, in the order in which they apply, with the lines that they are over.

use super::code::{Code, cited, text};
use super::names::Names;
use super::rules::Writer;
use crate::emit::program::{Choice, Filter, Key, Kind, Limit, Money, Program, Rule, Tier};

pub(super) fn limits(program: &Program, names: &Names) -> String {
    let mut writer = Limits {
        program,
        names,
        filters: Vec::new(),
    };
    let items: Vec<Code> = program
        .limits
        .iter()
        .enumerate()
        .map(|(at, limit)| writer.limit(at, limit))
        .collect();
    let mut body = Code::default();
    body.line("");
    body.line("/// In the order in which they apply: each reads what the one before left.");
    body.structs(
        &format!("pub(crate) static LIMITS: [Limit; {}] = ", items.len()),
        "Limit",
        items,
        ";",
    );
    for (at, limit) in program.limits.iter().enumerate() {
        if let Some(money) = chosen(limit) {
            body.line("");
            body.doc(&limit.id);
            body.line(format!(
                "fn amount_{at}(context: &dyn Context) -> Result<Option<i64>, Stop> {{"
            ));
            body.inside(|out| Writer::new(program, names).limit_amount(out, money));
            body.line("}");
        }
    }
    for at in 0..writer.filters.len() {
        writer.filter(&mut body, at);
    }
    let body = body.finish();
    let shapes = include_str!("package/limit.rs");
    let mut out = Code::default();
    out.line("//! The limits, each with its article.");
    out.line("");
    let whole = format!("{shapes}{body}");
    super::import(&mut out, "crate::claim", &["Claim".to_owned(), "Field".to_owned()]);
    let model = ["Context", "Covers", "Stop", "need", "rounded", "times"];
    super::import(&mut out, "crate::model", &super::needed(&whole, &model));
    super::import(&mut out, "crate::reading", &super::needed(&body, &["Day"]));
    let types: Vec<&str> = names.types.values().map(String::as_str).collect();
    super::import(&mut out, "crate::values", &super::needed(&body, &types));
    out.line("");
    out.finish() + shapes + &body
}

/// The amount of a limit that is not one constant.
fn chosen(limit: &Limit) -> Option<&Money> {
    let (Rule::UpTo(money) | Rule::Less(money)) = &limit.rule else {
        return None;
    };
    match &money.choice {
        Choice::Unlimited => None,
        Choice::Linear(form) if form.x.is_none() => None,
        _ => Some(money),
    }
}

struct Limits<'a> {
    program: &'a Program,
    names: &'a Names,
    /// Conditions on fields, each once
    filters: Vec<Vec<(usize, Vec<usize>)>>,
}

impl Limits<'_> {
    fn limit(&mut self, at: usize, limit: &Limit) -> Code {
        let depth = if self.program.limits.len() == 1 { 1 } else { 2 };
        let amount = match &limit.rule {
            Rule::Largest { .. } => "Amount::Unlimited".to_owned(),
            Rule::UpTo(money) | Rule::Less(money) => match &money.choice {
                Choice::Unlimited => "Amount::Unlimited".to_owned(),
                Choice::Linear(form) if form.x.is_none() => {
                    let whole = (2 * form.b + money.denominator).div_euclid(2 * money.denominator);
                    format!("Amount::Fixed({})", super::integer(whole))
                }
                _ => format!("Amount::Chosen(amount_{at})"),
            },
        };
        let rule = match &limit.rule {
            Rule::UpTo(_) => "Rule::UpTo",
            Rule::Less(_) => "Rule::Less",
            Rule::Largest { .. } => "Rule::Largest",
        };
        let keys: Vec<String> = limit
            .keys
            .iter()
            .map(|key| match key {
                Key::Year => "Key::Year".to_owned(),
                Key::Fact(fact) => format!("Key::Field({})", self.names.variant(*fact)),
            })
            .collect();
        let ratio = limit.ratio_to.map_or_else(
            || "None".to_owned(),
            |r| {
                format!(
                    "Some(({}, {}))",
                    super::integer(r.numerator),
                    super::integer(r.denominator)
                )
            },
        );
        let mut code = Code::default().deeper(depth).code(|code| {
            code.line(format!("id: {},", text(&limit.id)));
            code.line(format!("reason: {},", text(&format!("limit:{}", limit.id))));
            code.line(format!("own: {},", limit.own));
            code.line(format!("rule: {rule},"));
            code.line(format!("amount: {amount},"));
        });
        let nested = Code::default().deeper(depth);
        code.lines(&nested.code(|code| self.filter_fields(code, "filter: ", &limit.filter, ",")));
        code.lines(&nested.code(|code| code.array("keys: &", &keys, ",")));
        code.lines(&nested.code(|code| self.tiers(code, limit)));
        code.lines(&nested.code(|code| {
            code.line(format!("exhaustion_stated: {},", limit.exhaustion_stated));
            code.line(format!("ratio_to: {ratio},"));
            code.line(format!(
                "raised: {},",
                matches!(limit.rule, Rule::Largest { raise: true })
            ));
            code.line(format!("article: {},", cited(&limit.articles)));
        }));
        code
    }

    fn tiers(&mut self, code: &mut Code, limit: &Limit) {
        let ranked = limit.tiers.iter().any(|tier| matches!(tier, Tier::Rank(_)));
        let name = |tier: &Tier| match tier {
            Tier::Date => "Tier::Date",
            Tier::Event => "Tier::Event",
            Tier::Claim => "Tier::Claim",
            Tier::Rank(_) => "",
        };
        if !ranked {
            let tiers: Vec<String> = limit.tiers.iter().map(|tier| name(tier).to_owned()).collect();
            code.array("tiers: &", &tiers, ",");
            return;
        }
        // The filters of a rank stand in a constant function, so that the table stays flat.
        let mut tiers = Vec::new();
        for tier in &limit.tiers {
            match tier {
                Tier::Rank(filters) => {
                    let filters: Vec<String> = filters.iter().map(|filter| self.one_line(filter)).collect();
                    tiers.push(filters);
                }
                other => tiers.push(vec![name(other).to_owned()]),
            }
        }
        if let [only] = tiers.as_slice() {
            code.array("tiers: &[Tier::Rank(&", only, ")],");
            return;
        }
        code.line("tiers: &[");
        code.inside(|code| {
            for (tier, of) in tiers.iter().zip(&limit.tiers) {
                match of {
                    Tier::Rank(_) => code.array("Tier::Rank(&", tier, "),"),
                    _ => tier.iter().for_each(|name| code.line(format!("{name},"))),
                }
            }
        });
        code.line("],");
    }

    /// A filter as one expression.
    fn one_line(&mut self, filter: &Filter) -> String {
        let covers = match &filter.covers {
            None => "Covers::ALL".to_owned(),
            Some(covers) => {
                let covers: Vec<String> = covers.iter().map(usize::to_string).collect();
                format!("Covers::of(&[{}])", covers.join(", "))
            }
        };
        format!("Filter::new({covers}, {})", self.fields(filter))
    }

    fn filter_fields(&mut self, code: &mut Code, head: &str, filter: &Filter, tail: &str) {
        let line = self.one_line(filter);
        let (head, arguments) = match line.split_once('(') {
            Some((name, rest)) => (format!("{head}{name}"), rest.trim_end_matches(')').to_owned()),
            None => (head.to_owned(), String::new()),
        };
        let split = arguments.rsplit_once(", ");
        let arguments = split.map_or(vec![arguments.clone()], |(covers, fields)| {
            vec![covers.to_owned(), fields.to_owned()]
        });
        code.call(&head, &arguments, tail);
    }

    /// The function that tests a filter's fields.
    fn fields(&mut self, filter: &Filter) -> String {
        if filter.facts.is_empty() {
            return "every".to_owned();
        }
        let at = match self.filters.iter().position(|known| *known == filter.facts) {
            Some(at) => at,
            None => {
                self.filters.push(filter.facts.clone());
                self.filters.len() - 1
            }
        };
        format!("fields_{at}")
    }

    fn filter(&self, out: &mut Code, at: usize) {
        let facts = self.filters.get(at).map_or(&[][..], Vec::as_slice);
        out.line("");
        out.line(format!("fn fields_{at}(claim: &Claim<'_>) -> Result<bool, Stop> {{"));
        out.inside(|out| {
            if let Some((first, _)) = facts.first() {
                out.line(self.head(*first));
                out.inside(|out| self.arms(out, facts));
                out.line("}");
            }
        });
        out.line("}");
    }

    /// The arms of the first fact's match: on to the next one, or the answer.
    fn arms(&self, out: &mut Code, facts: &[(usize, Vec<usize>)]) {
        let Some(((fact, values), rest)) = facts.split_first() else {
            return;
        };
        let Some(Kind::Enumeration { domain, .. }) = self.program.facts.get(*fact).map(|fact| &fact.kind) else {
            return;
        };
        let patterns: Vec<String> = values.iter().map(|value| self.names.value(*domain, *value)).collect();
        match rest.first() {
            _ if patterns.is_empty() => {}
            None => out.arm(&patterns, "Ok(true)"),
            Some((next, _)) => out.match_arm(&patterns, &self.head(*next), |out| self.arms(out, rest)),
        }
        if values.len() < self.program.values(*fact).len() {
            out.line("_ => Ok(false),");
        }
    }

    fn head(&self, fact: usize) -> String {
        let field = self.names.field(fact);
        match self.program.facts.get(fact).map(|fact| &fact.kind) {
            Some(Kind::Enumeration {
                domain,
                default: Some(value),
            }) => {
                format!(
                    "match claim.{field}.unwrap_or({}) {{",
                    self.names.value(*domain, *value)
                )
            }
            _ => format!("match need(claim.{field}, {})? {{", self.names.variant(fact)),
        }
    }
}
