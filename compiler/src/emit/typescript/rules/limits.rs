//! Limits and the lines that they are over.

use super::amounts::reads_context;
use super::*;

impl Writer<'_> {
    pub(super) fn limits(&mut self, out: &mut Lines) {
        let mut entries = lines();
        let limits = self.program.limits.clone();
        entries.inside(|entries| {
            for (at, limit) in limits.iter().enumerate() {
                let amount = self.limit_amount(out, at, limit);
                self.limit(out, entries, at, limit, &amount);
            }
        });
        out.line("");
        out.line("/** In the order in which they apply: each reads what the one before left. */");
        if limits.is_empty() {
            out.line("«export »const LIMITS‹: readonly Limit[]› = [];");
        } else {
            out.line("«export »const LIMITS‹: readonly Limit[]› = [");
            out.line(entries.finish().trim_end());
            out.line("];");
        }
    }

    /// The amount of a limit as a function; one that is chosen or varies gets a name.
    fn limit_amount(&mut self, out: &mut Lines, at: usize, limit: &Limit) -> String {
        let (Rule::UpTo(money) | Rule::Less(money)) = &limit.rule else {
            return "() => null".to_owned();
        };
        if let Choice::Linear(form) = &money.choice
            && form.x.is_none()
        {
            let whole = (2 * form.b + money.denominator).div_euclid(2 * money.denominator);
            return format!("() => {}", (TYPESCRIPT.integer)(whole));
        }
        if money.choice == Choice::Unlimited {
            return "() => null".to_owned();
        }
        let kind = if unlimited(&money.choice) {
            "bigint | null"
        } else {
            "bigint"
        };
        let context = if reads_context(&money.choice) {
            "context‹: Context›"
        } else {
            ""
        };
        let d = money.denominator;
        out.line("");
        doc(out, &limit.id);
        out.line(format!("function limit{at}({context})‹: {kind}› {{"));
        out.inside(|out| {
            self.choice(
                out,
                &money.choice,
                &|writer, form| match writer.read_in_context(form) {
                    Some(read) => {
                        let fact = match form.x {
                            Some(Variable::Fact(fact) | Variable::AtMost(fact, _)) => Some(fact),
                            _ => None,
                        };
                        let quotient = fact.is_some_and(|fact| is_fraction(writer.kind(fact)));
                        writer.limit_of(form, read, quotient, d)
                    }
                    None => (TYPESCRIPT.integer)((2 * form.b + d).div_euclid(2 * d)),
                },
                "null",
            );
        });
        out.line("}");
        format!("limit{at}")
    }

    /// ⌊(2(a·x + b) + d) / 2d⌋
    fn limit_of(&self, form: &crate::emit::program::Linear, read: String, quotient: bool, d: i128) -> String {
        let int = TYPESCRIPT.integer;
        let most = match form.x {
            Some(Variable::AtMost(_, most)) => Some(i128::from(most)),
            _ => None,
        };
        if quotient {
            // Quotients are seldom in limits, so this one form serves them all.
            let most = most.map_or_else(|| "null".to_owned(), int);
            return format!("linearOf({read}, {}, {}, {}, {most})", int(form.a), int(form.b), int(d));
        }
        let x = most.map_or(read.clone(), |most| (TYPESCRIPT.at_most)(&read, &int(most)));
        let value = TYPESCRIPT.linear(form.a, &x, form.b);
        match (d, form.a < 0 || form.b < 0) {
            (1, _) => value,
            (d, false) if form.b == 0 => TYPESCRIPT.rounded(&value, d),
            (d, _) => format!("floored({} * ({value}) + {}, {})", int(2), int(d), int(2 * d)),
        }
    }

    fn limit(&mut self, out: &mut Lines, entries: &mut Lines, at: usize, limit: &Limit, amount: &str) {
        let rule = match &limit.rule {
            Rule::UpTo(_) => "upTo",
            Rule::Less(_) => "less",
            Rule::Largest { .. } => "largest",
        };
        let keys = limit.keys.iter().map(|key| match key {
            Key::Year => text("year"),
            Key::Fact(fact) => text(self.names.field(*fact)),
        });
        let keys: Vec<String> = keys.collect();
        let filter = self.filter(&limit.filter);
        let mut tiers = Vec::new();
        for (position, tier) in limit.tiers.iter().enumerate() {
            tiers.push(match tier {
                Tier::Date => text("date"),
                Tier::Event => text("event"),
                Tier::Claim => text("claim"),
                Tier::Rank(filters) => {
                    let filters: Vec<String> = filters.iter().map(|filter| self.filter(filter)).collect();
                    let name = format!("RANKS_{at}_{position}");
                    out.line("");
                    doc(out, &format!("Who is served first when {} runs out", limit.id));
                    list(out, &format!("const {name}‹: readonly Filter[]› = ["), &filters, "];");
                    name
                }
            });
        }
        let ratio = limit.ratio_to.map_or_else(|| "null".to_owned(), fraction);
        entries.line("{");
        entries.inside(|out| {
            out.line(format!("id: {},", text(&limit.id)));
            out.line(format!("own: {},", limit.own));
            out.line(format!("rule: {},", text(rule)));
            out.line(format!("amount: {amount},"));
            out.line(format!("filter: {filter},"));
            list(out, "keys: [", &keys, "],");
            list(out, "tiers: [", &tiers, "],");
            out.line(format!("exhaustionStated: {},", limit.exhaustion_stated));
            out.line(format!("ratioTo: {ratio},"));
            out.line(format!("article: {},", cited(&limit.articles)));
            if matches!(limit.rule, Rule::Largest { raise: true }) {
                out.line("raised: true,");
            }
        });
        entries.line("},");
    }

    fn filter(&mut self, filter: &Filter) -> String {
        let mut arguments = vec![match &filter.covers {
            Some(covers) => self.cover_set(covers),
            None => "null".to_owned(),
        }];
        for (fact, values) in &filter.facts {
            let set = self.set(*fact, values);
            arguments.push(format!("[{}, {set}]", text(self.names.field(*fact))));
        }
        format!("filterOf({})", arguments.join(", "))
    }
}
