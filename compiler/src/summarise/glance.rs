//! What each cover pays for each harm, in one table that a resident reads first.

use super::covers::perils;
use super::document::{Column, Line, Row, Section, Table};
use super::schedules::{row_label, row_text};
use super::words::Words;
use crate::plan::{Cover, CoverId, Schedule, ValueId};

/// More columns of harms than these leave a printed page columns of single words.
const COLUMNS: usize = 3;

pub fn glance(words: &Words) -> Section {
    let mut section = Section::new("glance", words.plain("summary-section-glance"));
    let mut harms: Vec<ValueId> = words.plan.benefits.iter().map(|benefit| benefit.harm).collect();
    harms.sort_unstable();
    harms.dedup();
    if harms.is_empty() {
        section.line(Line::plain(words.unstated()));
        return section;
    }
    let covers = words.plan.covers.iter().enumerate();
    let covers = covers.map(|(index, cover)| (CoverId::from(index), cover));
    let first = [words.plain("summary-column-cover"), words.plain("summary-perils")];
    let (rest, rows): (Vec<String>, Vec<Row>) = match harms.len() <= COLUMNS {
        true => (
            harms.iter().map(|harm| words.harm(*harm)).collect(),
            covers.map(|(id, cover)| row(words, id, cover, &harms)).collect(),
        ),
        false => (
            vec![words.plain("summary-harms"), words.plain("summary-benefits")],
            covers.flat_map(|(id, cover)| lines(words, id, cover, &harms)).collect(),
        ),
    };
    section.table(Table {
        title: words.plain("summary-glance-title"),
        head: first.into_iter().chain(rest).map(Column::words).collect(),
        rows,
        articles: Vec::new(),
    });
    section.line(Line::plain(words.plain("summary-glance-note")));
    section
}

/// Of a scheme with many harms: a line for each that the cover pays for.
fn lines(words: &Words, id: CoverId, cover: &Cover, harms: &[ValueId]) -> Vec<Row> {
    let pays = |harm: &&ValueId| words.plan.benefits.iter().any(|b| b.cover == id && b.harm == **harm);
    let line = |harm: &ValueId| {
        let Row { cells, articles } = row(words, id, cover, std::slice::from_ref(harm));
        let mut cells = cells;
        cells.insert(2.min(cells.len()), words.harm(*harm));
        Row { cells, articles }
    };
    harms.iter().filter(pays).map(line).collect()
}

fn row(words: &Words, id: CoverId, cover: &Cover, harms: &[ValueId]) -> Row {
    let schedule = words.plan.statement.schedules.iter().find(|s| s.covers.contains(&id));
    let cells = harms.iter().map(|harm| cell(words, id, schedule, *harm));
    Row {
        cells: [words.names(&cover.name), perils(words, cover)]
            .into_iter()
            .chain(cells)
            .collect(),
        articles: cover.source.articles.clone(),
    }
}

/// The rows of the schedule that name the harm; a cap over several harms says which.
fn cell(words: &Words, id: CoverId, schedule: Option<&Schedule>, harm: ValueId) -> String {
    let pays = words.plan.benefits.iter().any(|b| b.cover == id && b.harm == harm);
    let Some(schedule) = schedule.filter(|_| pays) else {
        return "—".to_owned();
    };
    let rows = schedule.rows.iter().filter(|row| row.harms.contains(&harm));
    words.sentences(rows.map(|row| match row.combined {
        true => words.say(
            "summary-glance-combined",
            [
                ("harms", row_label(words, row).into()),
                ("text", row_text(words, row).into()),
            ],
        ),
        false => row_text(words, row),
    }))
}
