//! The closing figures: what was read, rejected and paid, adding up.

use crate::claims::read::Reading;
use crate::grid::Grid;
use crate::session::Session;
use anlan_compiler::evaluate::{Earlier, LongEvent, Moment, SettledYear, Settlement};
use anlan_compiler::money::Fen;
use anlan_compiler::plan::{Plan, Term};
use anlan_lang::diag::{Arg, Args};
use anlan_lang::texts;
use serde_json::{Map, Value, json};
use std::path::Path;

/// The files that were written.
pub struct Written<'a> {
    pub out: &'a Path,
    pub rejects: &'a Path,
    pub lines: Option<&'a Path>,
}

/// As fluent counts; sums of rows stay far below.
pub fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// The settlement of one contract.
pub struct Part<'a> {
    pub plan: &'a Plan,
    /// Its name, where there are several
    pub contract: Option<&'a str>,
    pub settlement: &'a Settlement,
    pub reading: &'a Reading,
}

/// The figures of each contract, then the files.
pub fn all_human(session: &Session, parts: &[Part], written: &Written) -> String {
    let mut text = match parts {
        [_, _, ..] => format!("{}\n", whole(session, parts)),
        _ => String::new(),
    };
    for (at, part) in parts.iter().enumerate() {
        let last = at + 1 == parts.len();
        text.push_str(&human(session, part, last.then_some(written)));
    }
    text
}

fn human(session: &Session, part: &Part, written: Option<&Written>) -> String {
    let Part { plan, settlement, .. } = part;
    let totals = &settlement.totals;
    let count = |n: u64| Arg::Count(signed(n));
    let mut grid = Grid::new(title(session, part));
    grid.heading(vec![session.text("settle-sum", []), session.text("settle-amount", [])]);
    sums(session, plan, settlement, &mut grid);
    for (code, n) in &totals.rejected {
        let short = texts::attribute(session.lang, code, "short", &Args::new()).unwrap_or_default();
        let args = [
            ("code", Arg::from(*code)),
            ("text", Arg::Text(short)),
            ("count", count(*n)),
        ];
        grid.note(session.text("settle-rejected", args));
    }
    for year in &settlement.years {
        grid.note(year_text(session, year));
    }
    for event in &settlement.long_events {
        grid.note(event_text(session, event));
    }
    for absent in &settlement.absent {
        let args = [
            ("claim", Arg::Text(absent.claim.clone())),
            ("paid", Arg::Text(absent.paid.to_string())),
        ];
        grid.note(session.text("settle-absent", args));
    }
    let files = written.map(|written| [Some(written.out), Some(written.rejects), written.lines]);
    for path in files.into_iter().flatten().flatten() {
        grid.note(session.text("settle-written", [("path", Arg::Text(path.display().to_string()))]));
    }
    grid.to_string()
}

/// What was read, settled and rejected over all contracts.
fn whole(session: &Session, parts: &[Part]) -> String {
    let sum = |of: fn(&Part) -> u64| Arg::Count(signed(parts.iter().map(of).sum()));
    let first = parts.first();
    let title = first.map(|part| Arg::from(&part.plan.scheme.title));
    session.text(
        "settle-rows",
        [
            ("scheme", title.unwrap_or(Arg::Text(String::new()))),
            ("rows", sum(|part| part.settlement.totals.rows)),
            ("settled", sum(|part| part.settlement.totals.settled)),
            (
                "rejected",
                sum(|part| part.settlement.totals.rows - part.settlement.totals.settled),
            ),
            ("blank", Arg::Count(signed(first.map_or(0, |part| part.reading.blank)))),
        ],
    )
}

/// What was read, settled and rejected.
fn title(session: &Session, part: &Part) -> String {
    let totals = &part.settlement.totals;
    let count = |n: u64| Arg::Count(signed(n));
    let mut args = vec![
        ("rows", count(totals.rows)),
        ("settled", count(totals.settled)),
        ("rejected", count(totals.rows - totals.settled)),
    ];
    let id = match (part.contract, &part.plan.calendar.term) {
        (Some(contract), Term::Fixed { start, end }) => {
            args.push(("contract", Arg::from(contract)));
            args.push(("first", Arg::Date(*start)));
            match end.and_then(|end| end.yesterday().ok()) {
                Some(last) => {
                    args.push(("last", Arg::Date(last)));
                    "settle-contract"
                }
                None => "settle-contract-open",
            }
        }
        _ => {
            args.push(("scheme", Arg::from(&part.plan.scheme.title)));
            args.push(("blank", count(part.reading.blank)));
            "settle-rows"
        }
    };
    texts::text(session.lang, id, &args.into_iter().collect())
}

fn sums(session: &Session, plan: &Plan, settlement: &Settlement, grid: &mut Grid) {
    let totals = &settlement.totals;
    let mut row = |id: &str, name: Option<Arg>, amount: Fen| {
        let text = session.text(id, [("name", name.unwrap_or(Arg::Text(String::new())))]);
        grid.row(vec![text, amount.to_string()]);
    };
    row("settle-benefit", None, totals.benefit);
    for (limit, cut) in settlement.limits.iter().zip(&totals.cuts) {
        let name = plan.limits.get(limit.index()).map(|limit| Arg::from(&limit.name));
        row("settle-cut", name, Fen(-cut.0));
    }
    row("settle-paid", None, totals.paid);
    for (insurer, share) in settlement.insurers.iter().zip(&totals.shares) {
        let name = plan.coinsurance.as_ref().and_then(|c| c.insurers.get(*insurer));
        row(
            "settle-share",
            name.map(|insurer| Arg::from(insurer.id.as_str())),
            *share,
        );
    }
    if let Some(earlier) = totals.earlier {
        row("settle-earlier", None, earlier.paid);
        row("settle-due", None, earlier.due);
        row("settle-over", None, earlier.over);
    }
}

fn year_text(session: &Session, year: &SettledYear) -> String {
    let last = year.end.and_then(|end| end.yesterday().ok());
    let mut args = vec![
        ("first", Arg::Date(year.first)),
        ("claims", Arg::Count(signed(year.claims))),
        ("paid", Arg::Text(year.paid.to_string())),
    ];
    let id = match last {
        Some(last) => {
            args.push(("last", Arg::Date(last)));
            "settle-year"
        }
        None => "settle-year-open",
    };
    texts::text(session.lang, id, &args.into_iter().collect())
}

fn event_text(session: &Session, event: &LongEvent) -> String {
    session.text(
        "settle-long-event",
        [
            ("event", Arg::Text(event.event.clone())),
            ("first", moment(event.first)),
            ("last", moment(event.last)),
            ("hours", Arg::Count(i64::from(event.window))),
        ],
    )
}

fn moment(moment: Moment) -> Arg {
    match moment {
        Moment::Day(day) => Arg::Date(day),
        Moment::Time(time) => Arg::Text(time.strftime("%Y-%m-%d %H:%M").to_string()),
    }
}

/// Figures that are of the file of claims, not of one contract
const OF_FILE: [&str; 3] = ["blank", "unknown_columns", "unmet_records"];

/// The figures of a settlement; of several contracts, those of each under its name.
pub fn all_json(session: &Session, parts: &[Part]) -> Value {
    let of = |part: &Part| json(session, part.plan, part.settlement, part.reading);
    match parts {
        [] => Value::Null,
        [part] => of(part),
        [part, ..] => {
            let named = parts.iter().map(|part| {
                let mut figures = of(part);
                if let Value::Object(figures) = &mut figures {
                    OF_FILE.iter().for_each(|key| drop(figures.remove(*key)));
                    figures.insert("contract".to_owned(), json!(part.contract));
                    if let Term::Fixed { start, end } = part.plan.calendar.term {
                        figures.insert("first".to_owned(), json!(start));
                        figures.insert("end".to_owned(), json!(end));
                    }
                }
                figures
            });
            let named: Vec<Value> = named.collect();
            let of_file = of(part);
            let mut all = json!({ "contracts": named });
            if let Value::Object(all) = &mut all {
                let sum = |of: fn(&Part) -> u64| json!(parts.iter().map(of).sum::<u64>());
                all.insert("rows".to_owned(), sum(|part| part.settlement.totals.rows));
                all.insert("settled".to_owned(), sum(|part| part.settlement.totals.settled));
                let of_file = OF_FILE
                    .iter()
                    .filter_map(|key| Some(((*key).to_owned(), of_file.get(*key)?.clone())));
                all.extend(of_file);
            }
            all
        }
    }
}

fn json(session: &Session, plan: &Plan, settlement: &Settlement, reading: &Reading) -> Value {
    let totals = &settlement.totals;
    let amounts = |names: Vec<String>, amounts: &[Fen]| -> Map<String, Value> {
        names
            .into_iter()
            .zip(amounts)
            .map(|(name, amount)| (name, json!(amount.to_string())))
            .collect()
    };
    let limits = settlement
        .limits
        .iter()
        .filter_map(|id| plan.limits.get(id.index()))
        .map(|l| l.id.clone());
    let insurers = plan
        .coinsurance
        .iter()
        .flat_map(|c| settlement.insurers.iter().filter_map(|i| c.insurers.get(*i)));
    let unknown = reading
        .unknown
        .iter()
        .map(|told| texts::message(session.lang, &told.refusal.finding()));
    let unmet = reading
        .unmet
        .iter()
        .map(|refusal| texts::message(session.lang, &refusal.finding()));
    json!({
        "rows": totals.rows,
        "blank": reading.blank,
        "settled": totals.settled,
        "rejected": totals.rejected.iter().map(|(code, n)| ((*code).to_owned(), json!(n))).collect::<Map<_, _>>(),
        "unknown_columns": unknown.collect::<Vec<_>>(),
        "unmet_records": unmet.collect::<Vec<_>>(),
        "benefit": totals.benefit.to_string(),
        "cuts": amounts(limits.collect(), &totals.cuts),
        "paid": totals.paid.to_string(),
        "shares": amounts(insurers.map(|insurer| insurer.id.clone()).collect(), &totals.shares),
        "years": settlement.years.iter().map(|year| json!({
            "first": year.first, "end": year.end, "claims": year.claims, "paid": year.paid.to_string(),
        })).collect::<Vec<_>>(),
        "long_events": settlement.long_events.iter().map(|event| event.event.clone()).collect::<Vec<_>>(),
        "earlier": totals.earlier.map(|sums| json!({
            "paid": sums.paid.to_string(),
            "due": sums.due.to_string(),
            "over": sums.over.to_string(),
            "absent": settlement.absent.iter().map(|Earlier { claim, paid }| json!({
                "claim": claim, "paid": paid.to_string(),
            })).collect::<Vec<_>>(),
        })),
    })
}
