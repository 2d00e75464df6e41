//! Schedules of benefits, tables of benefits, same-person rules, sums insured.

use super::document::{Column, Line, Row, Section, Table};
use super::words::Words;
use crate::plan::{
    BenefitKind, Cell, Operation, RowAmount, RowKey, RowStep, SamePersonRule, Schedule, ScheduleRow, Source,
    SumInsured, ValueId,
};

pub fn schedules(words: &Words) -> Section {
    let statement = &words.plan.statement;
    let mut section = Section::new("schedules", words.plain("summary-section-schedules"));
    if statement.schedules.is_empty() {
        section.line(Line::plain(words.unstated()));
    }
    for schedule in &statement.schedules {
        one_schedule(words, &mut section, schedule);
    }
    for table in &statement.tables {
        section.table(benefit_table(words, table));
    }
    section
}

fn one_schedule(words: &Words, section: &mut Section, schedule: &Schedule) {
    section.heading(schedule.id.clone());
    let keys = words.keys(&schedule.keys);
    let keys = if keys.is_empty() {
        words.plain("summary-key-claim")
    } else {
        keys
    };
    section.line(words.line("summary-counted-per", keys, &schedule.source));
    let covers = words.list(schedule.covers.iter().map(|c| words.cover(*c)));
    section.line(words.bare(
        "summary-paid-by-covers",
        if covers.is_empty() { words.nothing() } else { covers },
    ));
    for row in &schedule.rows {
        section.line(row_line(words, row));
    }
    for rule in schedule
        .same_person
        .iter()
        .filter(|rule| concerns(words, schedule, rule))
    {
        section.line(same_person(words, rule));
    }
}

/// Whether the schedule pays what the rule speaks of; a rule of the scheme stands in every schedule.
fn concerns(words: &Words, schedule: &Schedule, rule: &SamePersonRule) -> bool {
    let pays = |harm: &ValueId| schedule.rows.iter().any(|row| row.harms.contains(harm));
    match rule {
        SamePersonRule::SeveralInjuries { .. } => words.harm_with_id("disability").is_none_or(|harm| pays(&harm)),
        SamePersonRule::LessPaid { harm, paid, .. } => pays(harm) && pays(paid),
    }
}

fn row_line(words: &Words, row: &ScheduleRow) -> Line {
    let (label, text) = (row_label(words, row), row_text(words, row));
    let articles = row.source.articles.iter();
    Line::labelled(label, text).citing(articles.chain(row.steps.iter().flat_map(|s| &s.source.articles)))
}

/// The harms of a row.
pub fn row_label(words: &Words, row: &ScheduleRow) -> String {
    let harms = words.list(row.harms.iter().map(|h| words.harm(*h)));
    match row.combined {
        true => words.say("summary-harms-combined", [("harms", harms.into())]),
        false => harms,
    }
}

/// What a row pays, in one sentence.
pub fn row_text(words: &Words, row: &ScheduleRow) -> String {
    let steps = row.steps.iter().map(|s| step(words, s));
    words.clauses(std::iter::once(start(words, row)).chain(steps))
}

/// What a row pays before its steps.
fn start(words: &Words, row: &ScheduleRow) -> String {
    let amount = match &row.amount {
        RowAmount::None => String::new(),
        RowAmount::Amount(amount) => words.amount(amount),
        RowAmount::Table { table, column } => words.say(
            "summary-amount-by-table",
            [("table", table_named(words, table, column.as_deref()).into())],
        ),
        RowAmount::TableOf { table, column, of } => words.say(
            "summary-amount-by-table-of",
            [
                ("table", table_named(words, table, column.as_deref()).into()),
                ("of", words.amount(of).into()),
            ],
        ),
        RowAmount::SumInsured => words.plain("summary-amount-sum-insured"),
    };
    let id = match row.kind {
        BenefitKind::Nothing => return words.plain("summary-pays-nothing"),
        _ if amount.is_empty() => return amount,
        BenefitKind::Fixed => "summary-pays-fixed",
        BenefitKind::Actual => "summary-pays-actual",
        BenefitKind::PerUnit => "summary-pays-per-unit",
    };
    words.say(id, [("amount", amount.into())])
}

/// `“伤残赔付”表“一般”栏`
fn table_named(words: &Words, table: &str, column: Option<&str>) -> String {
    let table = ("table", words.quoted(table).into());
    match column {
        Some(column) => words.say("summary-table-column", [table, ("column", words.quoted(column).into())]),
        None => words.say("summary-table-named", [table]),
    }
}

fn step(words: &Words, step: &RowStep) -> String {
    let text = match &step.operation {
        Operation::Less(amount) => words.say("summary-step-less", [("amount", words.amount(amount).into())]),
        Operation::UpTo(amount) => words.say("summary-step-up-to", [("amount", words.amount(amount).into())]),
        Operation::AtLeast(amount) => words.say("summary-step-at-least", [("amount", words.amount(amount).into())]),
        Operation::Share(ratio) => words.say("summary-step-share", [("ratio", words.ratio_value(ratio).into())]),
        Operation::Round { unit, mode } => words.say(
            "summary-step-round",
            [
                ("unit", words.money(*unit).into()),
                ("mode", words.round_mode(*mode).into()),
            ],
        ),
    };
    match step.keys.is_empty() {
        true => text,
        false => words.say(
            "summary-step-keyed",
            [("keys", words.keys(&step.keys).into()), ("step", text.into())],
        ),
    }
}

fn same_person(words: &Words, rule: &SamePersonRule) -> Line {
    match rule {
        SamePersonRule::SeveralInjuries { raised, source } => {
            let id = if *raised {
                "summary-injuries-raised"
            } else {
                "summary-injuries-heaviest"
            };
            words.line("summary-injuries", words.plain(id), source)
        }
        SamePersonRule::LessPaid { harm, paid, source } => {
            let text = words.say(
                "summary-less-paid-text",
                [("harm", words.harm(*harm).into()), ("paid", words.harm(*paid).into())],
            );
            words.line("summary-less-paid", text, source)
        }
    }
}

fn benefit_table(words: &Words, table: &crate::plan::Table) -> Table {
    let mut head = vec![Column::words(words.fact(table.by))];
    match table.columns.is_empty() {
        true => head.push(Column::numbers(words.plain("summary-column-value"))),
        false => head.extend(table.columns.iter().map(Column::numbers)),
    }
    let rows = table.rows.iter().map(|row| {
        let key = match &row.key {
            RowKey::Values(values) => words.list(values.iter().map(|v| words.value(table.by, *v))),
            RowKey::Interval { from, below } => words.interval(table.by, *from, *below),
            RowKey::Otherwise => words.plain("summary-row-otherwise"),
        };
        let cells = row.cells.iter().map(|cell| match cell {
            Cell::Amount(amount) => words.amount(amount),
            Cell::Ratio(ratio) => words.ratio_value(ratio),
        });
        Row {
            cells: std::iter::once(key).chain(cells).collect(),
            articles: of_row(&row.source, &table.source),
        }
    });
    Table {
        title: words.say("summary-table-title", [("table", table.id.as_str().into())]),
        head,
        rows: rows.collect(),
        articles: table.source.articles.clone(),
    }
}

/// A row's articles where they are not simply the table's.
pub fn of_row(row: &Source, table: &Source) -> Vec<String> {
    match row.articles == table.articles {
        true => Vec::new(),
        false => row.articles.clone(),
    }
}

pub fn sum_insured(words: &Words) -> Section {
    let mut section = Section::new("sum-insured", words.plain("summary-section-sum-insured"));
    match &words.plan.statement.sum_insured {
        Some(sum) => sum_lines(words, sum).into_iter().for_each(|line| section.line(line)),
        None => section.line(Line::plain(words.plain("summary-sum-insured-none"))),
    }
    section
}

fn sum_lines(words: &Words, sum: &SumInsured) -> Vec<Line> {
    let keys = match sum.per_household {
        true => words.plain("summary-key-household"),
        false => words.plain("summary-key-claim"),
    };
    let mut lines = vec![words.line("summary-counted-per", keys, &sum.source)];
    for (value, amount) in &sum.bases {
        let class = match (sum.by, value) {
            (Some(by), Some(value)) => words.value(by, *value),
            _ => String::new(),
        };
        let label = words.say("summary-sum-insured-base", [("class", class.into())]);
        lines.push(Line::labelled(label, words.amount(amount)).citing(&sum.source.articles));
    }
    let negotiated = match (sum.negotiated, sum.at_least_base) {
        (false, _) => "summary-sum-insured-fixed",
        (true, false) => "summary-sum-insured-free",
        (true, true) => "summary-sum-insured-at-least-base",
    };
    lines.push(words.bare("summary-sum-insured-negotiated", words.plain(negotiated)));
    if let Some((amount, refused)) = &sum.at_most {
        let id = if *refused {
            "summary-sum-insured-refused"
        } else {
            "summary-sum-insured-capped"
        };
        let text = words.say(id, [("amount", words.amount(amount).into())]);
        lines.push(words.bare("summary-sum-insured-at-most", text));
    }
    lines
}
