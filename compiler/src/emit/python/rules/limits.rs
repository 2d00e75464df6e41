//! Limits and the lines that they are over.

use super::*;

/// More covers than these are a set with a name.
const INLINE: usize = 12;

/// The name of a list, which is written down once.
fn named(lists: &mut Vec<Vec<String>>, list: Vec<String>, name: &str) -> String {
    let at = lists.iter().position(|known| *known == list).unwrap_or_else(|| {
        lists.push(list);
        lists.len() - 1
    });
    format!("{name}_{at}")
}

impl Writer<'_> {
    pub(super) fn limits(&mut self, out: &mut Lines) {
        let mut entries = Lines::default();
        entries.inside(|entries| {
            for (at, limit) in self.program.limits.clone().iter().enumerate() {
                let amount = self.limit_amount(out, at, limit);
                self.limit(entries, limit, &amount);
            }
        });
        out.line("");
        out.line("");
        for (at, covers) in self.cover_sets.iter().enumerate() {
            list_in(out, &format!("_COVERS_{at}"), "frozenset((", "))", covers);
        }
        for (at, filters) in self.ranks.iter().enumerate() {
            list_in(out, &format!("_RANKS_{at}: tuple[Filter, ...]"), "(", ")", filters);
        }
        out.line("# In the order in which they apply: each reads what the one before left");
        let entries = entries.finish();
        if entries.is_empty() {
            out.line("LIMITS: tuple[Limit, ...] = ()");
        } else {
            out.line("LIMITS: tuple[Limit, ...] = (");
            out.line(entries.trim_end());
            out.line(")");
        }
        out.line("OWN_LIMITS: tuple[Limit, ...] = tuple(limit for limit in LIMITS if limit.own)");
    }

    /// The amount of a limit as an expression; one that is chosen or varies gets a function.
    pub(super) fn limit_amount(&self, out: &mut Lines, at: usize, limit: &Limit) -> String {
        let (Rule::UpTo(money) | Rule::Less(money)) = &limit.rule else {
            return "None".to_owned();
        };
        if let Choice::Linear(form) = &money.choice
            && form.x.is_none()
        {
            let whole = (2 * form.b + money.denominator).div_euclid(2 * money.denominator);
            return (PYTHON.integer)(whole);
        }
        if money.choice == Choice::Unlimited {
            return "None".to_owned();
        }
        out.line("");
        out.line("");
        out.line(format!("def _limit_{at}(context: Context) -> Optional[int]:"));
        out.inside(|out| {
            out.line(format!("\"\"\"{}\"\"\"", line_of(&limit.id)));
            self.assign(out, "value", &money.choice, &|out| out.line("return None"), true);
            let rounded = super::amounts::rounded(money.denominator, self.in_parts(&money.choice));
            out.line(format!("return int({rounded})"));
        });
        format!("_limit_{at}")
    }

    pub(super) fn limit(&mut self, out: &mut Lines, limit: &Limit, amount: &str) {
        let yes = |value: bool| if value { "True" } else { "False" };
        let rule = match &limit.rule {
            Rule::UpTo(_) => "up_to",
            Rule::Less(_) => "less",
            Rule::Largest { .. } => "largest",
        };
        let one = |items: Vec<String>| match items.as_slice() {
            [] => "()".to_owned(),
            [only] => format!("({only},)"),
            several => format!("({})", several.join(", ")),
        };
        let keys = limit.keys.iter().map(|key| match key {
            Key::Year => text("year"),
            Key::Fact(fact) => text(self.names.field(*fact)),
        });
        let keys = one(keys.collect());
        let tiers = limit.tiers.iter().map(|tier| match tier {
            Tier::Date => text("date"),
            Tier::Event => text("event"),
            Tier::Claim => text("claim"),
            Tier::Rank(filters) => {
                let filters = filters.iter().map(|filter| format!("{},", self.filter(filter)));
                let filters = filters.collect();
                named(&mut self.ranks, filters, "_RANKS")
            }
        });
        let tiers: Vec<String> = tiers.collect();
        let ratio = limit.ratio_to.map_or_else(
            || "None".to_owned(),
            |r| format!("Fraction({}, {})", r.numerator, r.denominator),
        );
        let mut fields = vec![
            format!("id={}", text(&limit.id)),
            format!("own={}", yes(limit.own)),
            format!("rule={}", text(rule)),
            format!("amount={amount}"),
            format!("filter={}", self.filter(&limit.filter)),
            format!("keys={keys}"),
            format!("tiers={}", one(tiers)),
            format!("exhaustion_stated={}", yes(limit.exhaustion_stated)),
            format!("ratio_to={ratio}"),
            format!("article={}", cited(&limit.articles)),
        ];
        if matches!(limit.rule, Rule::Largest { raise: true }) {
            fields.push("raised=True".to_owned());
        }
        out.line("Limit(");
        out.inside(|out| fields.iter().for_each(|field| out.line(format!("{field},"))));
        out.line("),");
    }

    pub(super) fn filter(&mut self, filter: &Filter) -> String {
        let covers = filter.covers.as_ref().map(|covers| {
            let covers: Vec<String> = covers.iter().map(usize::to_string).collect();
            match covers.as_slice() {
                [] => "frozenset()".to_owned(),
                [only] => format!("frozenset(({only},))"),
                covers if covers.len() > INLINE => {
                    let covers = covers.iter().map(|cover| format!("{cover},")).collect();
                    named(&mut self.cover_sets, covers, "_COVERS")
                }
                covers => format!("frozenset(({}))", covers.join(", ")),
            }
        });
        let facts: Vec<String> = filter
            .facts
            .iter()
            .map(|(fact, values)| format!("({}, {})", text(self.names.field(*fact)), self.set(*fact, values)))
            .collect();
        match (covers, facts.is_empty()) {
            (None, true) => "Filter()".to_owned(),
            (Some(covers), true) => format!("Filter({covers})"),
            (covers, false) => format!(
                "Filter({}, ({},))",
                covers.unwrap_or("None".to_owned()),
                facts.join(", ")
            ),
        }
    }
}
