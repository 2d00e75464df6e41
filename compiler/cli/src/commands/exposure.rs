//! `anlan exposure`: the most that a scheme can owe, against premium, layers and funds.

use crate::arguments::{DecisionArguments, ResultFormat, SchemeArguments};
use crate::failure::Failure;
use crate::scheme::{self, Runnable};
use crate::session::{Outcome, Session};
use crate::{
    grid::{Grid, amount},
    tables,
};
use anlan_compiler::money::Fen;
use anlan_compiler::report::exposure::{self as report, Exposure as Report, Owed, Scope};
use anlan_compiler::report::fund;
use anlan_lang::diag::Arg;
use anlan_lang::texts;
use serde_json::{Value, json};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub struct Exposure {
    #[command(flatten)]
    pub scheme: SchemeArguments,
    #[command(flatten)]
    pub decisions: DecisionArguments,
    #[arg(long, value_name = "FILE")]
    pub bases: Option<PathBuf>,
    #[arg(long, value_name = "RESULT_FORMAT", value_enum, default_value_t)]
    pub format: ResultFormat,
}

impl Exposure {
    pub fn run(self, session: &mut Session) -> Result<Outcome, Failure> {
        let Some(Runnable { plan, .. }) = scheme::runnable(&self.scheme, session)? else {
            return Ok(Outcome::Refused);
        };
        let plan = &plan;
        let decisions = scheme::decisions(plan, &self.decisions)?;
        let premium = match self.bases.as_deref().map(tables::bases).transpose()? {
            None => None,
            Some(bases) => match fund::fund(plan, Some(&bases), &decisions) {
                Ok(fund) => Some(fund.total),
                Err(findings) => return scheme::refuse(session, findings),
            },
        };
        let exposure = report::exposure(plan, &decisions, premium);
        let text = match self.format {
            ResultFormat::Json => format!("{:#}\n", to_json(&exposure)),
            ResultFormat::Human => human(&exposure, session, &plan.scheme.title),
        };
        session.print(&text)?;
        Ok(Outcome::Clean)
    }
}

/// `null` is without bound.
fn yuan(fen: Option<Fen>) -> Value {
    fen.map_or(Value::Null, |fen| json!(fen.to_string()))
}

fn to_json(exposure: &Report) -> Value {
    let row = |owed: &Owed| {
        let by: Vec<Value> = owed
            .by
            .iter()
            .map(|by| json!({"limit": by.limit.zh, "articles": by.articles}))
            .collect();
        json!({
            "per": owed.scope.id(),
            "low": yuan(owed.low),
            "high": yuan(owed.high),
            "exact": owed.exact,
            "attained": yuan(owed.attained),
            "by": by,
            "depends_on": owed.open,
            "premium_open": owed.premium_open,
            "rate_on_line": owed.rate_on_line.map(|ratio| ratio.to_string()),
            "unborne": owed.unborne.as_ref().map(|unborne| json!({
                "events": unborne.events,
                "amount": yuan(unborne.amount),
                "funds": unborne.funds,
                "layers_open": unborne.layers_open,
            })),
        })
    };
    let borne = exposure
        .borne
        .as_ref()
        .map(|borne| json!({"low": yuan(borne.low), "high": yuan(borne.high), "unborne": yuan(borne.unborne)}));
    let funds: Vec<Value> = exposure
        .funds
        .iter()
        .map(|(name, balance)| json!({"name": name, "balance": yuan(*balance)}))
        .collect();
    json!({
        "exposure": exposure.owed.iter().map(row).collect::<Vec<_>>(),
        "years": exposure.years,
        "premium": yuan(exposure.premium),
        "rate_on_line": exposure.rate_on_line.map(|ratio| ratio.to_string()),
        "layers": borne,
        "funds": funds,
    })
}

fn human(exposure: &Report, session: &Session, title: &anlan_compiler::plan::Names) -> String {
    let text = |id| session.text(id, []);
    let unlimited = || text("exposure-unlimited");
    let shown = |fen: Option<Fen>| fen.map_or_else(unlimited, amount);
    let mut grid = Grid::new(session.text("exposure-title", [("scheme", Arg::from(title))]));
    grid.heading(vec![text("exposure-scope"), text("exposure-most"), text("exposure-by")]);
    for owed in &exposure.owed {
        let most = match (owed.low == owed.high, owed.exact) {
            (true, true) => shown(owed.high),
            (true, false) => format!("{} – {}", shown(owed.attained), shown(owed.high)),
            (false, _) => format!("{} – {}", shown(owed.low), shown(owed.high)),
        };
        let by = owed.by.iter().map(|by| {
            let articles: Vec<String> = by.articles.iter().map(|article| format!("@{article}")).collect();
            let name = texts::word(session.lang, &Arg::from(&by.limit));
            [vec![name], articles].concat().join(" ")
        });
        grid.row(vec![text(owed.scope.text()), most, texts::list(session.lang, by)]);
    }
    for owed in exposure.owed.iter().filter(|owed| !owed.exact) {
        let scope = ("scope", Arg::Text(text(owed.scope.text())));
        grid.note(session.text("exposure-not-decided", [scope]));
    }
    for owed in exposure
        .owed
        .iter()
        .filter(|owed| !owed.open.is_empty() || owed.premium_open)
    {
        let scope = ("scope", Arg::Text(text(owed.scope.text())));
        let mut names = owed.open.clone();
        if owed.premium_open {
            names.push(text("exposure-premium-open"));
        }
        grid.note(session.text("exposure-open", [scope, ("parameters", Arg::from(names))]));
    }
    if let Some(premium) = exposure.premium {
        grid.note(session.text("exposure-premium", [("premium", Arg::Money(premium.0))]));
    }
    for owed in &exposure.owed {
        let scope = || ("scope", Arg::Text(text(owed.scope.text())));
        if let Some(ratio) = owed.rate_on_line {
            let ratio = texts::ratio(ratio.numerator(), ratio.denominator());
            grid.note(session.text("exposure-rate", [scope(), ("ratio", Arg::Text(ratio))]));
        }
        if let Some(unborne) = owed.unborne.as_ref().filter(|_| owed.scope != Scope::Event) {
            let amount = unborne
                .amount
                .map_or(Arg::Message("exposure-unlimited"), |fen| Arg::Money(fen.0));
            let args = [
                scope(),
                ("unborne", amount),
                ("events", unborne.events.map_or(Arg::Count(-1), Arg::Count)),
                (
                    "count",
                    Arg::Count(i64::try_from(unborne.funds.len()).unwrap_or(i64::MAX)),
                ),
                ("funds", Arg::from(unborne.funds.clone())),
                ("open", Arg::from(if unborne.layers_open { "some" } else { "none" })),
            ];
            grid.note(session.text("exposure-unborne", args));
        }
    }
    if let Some(borne) = &exposure.borne {
        let amount = |fen: Option<Fen>| fen.map_or(Arg::Message("exposure-unlimited"), |fen| Arg::Money(fen.0));
        let args = [("layers", amount(borne.high)), ("unborne", amount(borne.unborne))];
        grid.note(session.text("exposure-borne", args));
    }
    for (name, balance) in &exposure.funds {
        let amount = balance.map_or(Arg::Message("exposure-unreported"), |fen| Arg::Money(fen.0));
        let args = [("fund", Arg::Text(name.clone())), ("amount", amount)];
        grid.note(session.text("exposure-fund", args));
    }
    grid.note(text("fund-unit"));
    grid.to_string()
}
