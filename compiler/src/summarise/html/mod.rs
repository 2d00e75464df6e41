//! The HTML writer: one self-contained page that prints as a notice's annex and needs no script to be read. With a
//! script it has a calculator beside the document (`calculator`).
//!
//! `page.html` is the template, `style.css` its style; every word comes from the document or the catalogue.

mod calculator;
mod picture;
mod text;

use super::document::{Block, Document, Line, Table};
use super::input::SummaryInput;
use super::numerals;
use super::words::Words;
use crate::plan::Plan;
use anlan_lang::diag::Args;
use anlan_lang::texts::{self, Language};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Rest, Serde, Value};
use minijinja::{AutoEscape, Environment};
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

const TEMPLATE: &str = include_str!("page.html");
const STYLE: &str = include_str!("style.css");
/// Columns that a phone shows side by side
const NARROW: usize = 3;
/// Half-width characters of a label that fit the narrow column of labels on two lines
const LABEL: usize = 30;

#[derive(Serialize)]
struct Page<'a> {
    lang: &'static str,
    title: &'a str,
    preamble: &'a str,
    style: &'static str,
    sections: Vec<SectionView<'a>>,
    /// The script of the calculator
    calculator: Option<&'a str>,
    /// Why there is none
    lacking: Option<&'a str>,
}

#[derive(Serialize)]
struct SectionView<'a> {
    id: &'a str,
    number: String,
    title: &'a str,
    blocks: Vec<BlockView<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum BlockView<'a> {
    Heading {
        text: &'a str,
    },
    /// Long labels get a wider column.
    Facts {
        lines: Vec<LineView<'a>>,
        long: bool,
    },
    Notes {
        lines: Vec<LineView<'a>>,
    },
    Table(TableView<'a>),
    Picture {
        svg: String,
        text: &'a str,
    },
}

#[derive(Serialize)]
struct LineView<'a> {
    label: &'a str,
    text: &'a str,
    articles: String,
}

#[derive(Serialize)]
struct TableView<'a> {
    id: String,
    title: &'a str,
    articles: String,
    cited: bool,
    /// It has more columns than a phone can show side by side
    wide: bool,
    head: Vec<(&'a str, bool)>,
    rows: Vec<RowView<'a>>,
}

#[derive(Serialize)]
struct RowView<'a> {
    cells: Vec<(&'a str, bool)>,
    articles: String,
}

pub use calculator::Calculator;
use text::cited;
pub(crate) use text::{heading, marked};

/// The calculator of a plan, or why it has none.
pub fn calculator(plan: &Plan, input: &SummaryInput, language: Language) -> Calculator {
    calculator::of(&Words { plan, language }, &input.contracts)
}

/// The page, ending with one newline; with a calculator, or with why there is none, where that is given.
///
/// # Errors
/// None for the template that is compiled in; the type tells that a template engine ran.
pub fn write(document: &Document, calculator: Option<&Calculator>) -> Result<String, minijinja::Error> {
    let language = document.language;
    let mut tables = 0;
    let sections = document
        .sections
        .iter()
        .enumerate()
        .map(|(index, section)| SectionView {
            id: section.id,
            number: numerals::section(language, index + 1),
            title: &section.title,
            blocks: section
                .blocks
                .iter()
                .flat_map(|b| blocks(language, b, &mut tables))
                .collect(),
        });
    let page = Page {
        lang: match language {
            Language::Zh => "zh-CN",
            Language::En => "en",
        },
        title: &document.title,
        preamble: &document.preamble,
        style: STYLE,
        sections: sections.collect(),
        calculator: match calculator {
            Some(Calculator::Runs(script)) => Some(script),
            _ => None,
        },
        lacking: match calculator {
            Some(Calculator::Lacks(why)) => Some(why),
            _ => None,
        },
    };
    environment(language)?.render_named_str("page.html", TEMPLATE, Value::from(Serde(&page)))
}

fn environment(language: Language) -> Result<Environment<'static>, minijinja::Error> {
    let mut syntax = SyntaxConfig::builder();
    let syntax = syntax
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true)
        .build()?;
    let mut environment = Environment::new();
    environment.set_syntax(syntax);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.add_filter("text", move |text: String| {
        Value::from_safe_string(marked(language, &text))
    });
    environment.add_filter("heading", move |text: String| {
        Value::from_safe_string(heading(language, &text))
    });
    environment.add_filter("cited", move |text: String| {
        Value::from_safe_string(cited(language, &text))
    });
    environment.add_function("say", move |id: String, args: Rest<String>| {
        let mut given = Args::new();
        for (name, value) in ["a", "b"].into_iter().zip(args.iter()) {
            given.insert(name, value.as_str().into());
        }
        texts::text(language, &id, &given)
    });
    Ok(environment)
}

fn blocks<'a>(language: Language, block: &'a Block, tables: &mut usize) -> Vec<BlockView<'a>> {
    match block {
        Block::Heading(text) => vec![BlockView::Heading { text }],
        Block::Lines(lines) => runs(language, lines),
        Block::Table(table) => {
            *tables += 1;
            vec![BlockView::Table(table_view(language, table, *tables))]
        }
        Block::Picture(picture) => vec![BlockView::Picture {
            svg: picture::svg(language, picture),
            text: &picture.title,
        }],
    }
}

/// Labelled facts side by side become one list of terms, others a list of notes; their order stays.
fn runs<'a>(language: Language, lines: &'a [Line]) -> Vec<BlockView<'a>> {
    lines
        .chunk_by(|a, b| a.label.is_some() == b.label.is_some())
        .map(|run| {
            let labelled = run.first().is_some_and(|line| line.label.is_some());
            let lines = run.iter().map(|line| LineView {
                label: line.label.as_deref().unwrap_or_default(),
                text: &line.text,
                articles: joined(language, &line.articles),
            });
            let lines = lines.collect();
            if labelled {
                let long = run
                    .iter()
                    .any(|line| line.label.as_deref().is_some_and(|l| l.width() > LABEL));
                BlockView::Facts { lines, long }
            } else {
                BlockView::Notes { lines }
            }
        })
        .collect()
}

fn table_view<'a>(language: Language, table: &'a Table, number: usize) -> TableView<'a> {
    let numeric = numeric(table);
    let rows = table.rows.iter().map(|row| RowView {
        cells: row
            .cells
            .iter()
            .map(String::as_str)
            .zip(numeric.iter().copied())
            .collect(),
        articles: joined(language, &row.articles),
    });
    let cited = table.rows.iter().any(|row| !row.articles.is_empty());
    TableView {
        id: format!("table-{number}"),
        title: &table.title,
        articles: joined(language, &table.articles),
        cited,
        wide: table.head.len() + usize::from(cited) > NARROW,
        head: table
            .head
            .iter()
            .map(|c| c.title.as_str())
            .zip(numeric.iter().copied())
            .collect(),
        rows: rows.collect(),
    }
}

/// Columns of figures; one that names things beside them reads from the left.
fn numeric(table: &Table) -> Vec<bool> {
    let named = |at: usize| {
        let mut cells = table.rows.iter().filter_map(|row| row.cells.get(at));
        cells.any(|cell| cell.contains('“'))
    };
    let columns = table.head.iter().enumerate();
    columns.map(|(at, column)| column.numeric && !named(at)).collect()
}

fn joined(language: Language, articles: &[String]) -> String {
    articles.join(match language {
        Language::Zh => "、",
        Language::En => ", ",
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use crate::summarise::document::Section;

    #[test]
    fn markup_in_names_is_shown_not_obeyed() {
        let mut section = Section::new("x", "<b>章</b>");
        section.line(Line::labelled("\"a\"", "1 < 2 & 3").citing(&["<i>".to_owned()]));
        let document = Document {
            language: Language::Zh,
            title: "</title><script>".into(),
            preamble: String::new(),
            sections: vec![section],
        };
        let page = write(&document, None).unwrap();
        assert!(page.contains("1 &lt; 2 &amp; 3"), "{page}");
        assert!(
            !page.contains("<b>") && !page.contains("<i>") && !page.contains("<script>"),
            "{page}"
        );
    }
}
