//! The HTML writer: one self-contained page that prints as a notice's annex and needs no script to be read. With a
//! script it has a calculator beside the document (`calculator`).
//!
//! `page.html` is the template, `style.css` its style; every word comes from the document or the catalogue.

mod calculator;
mod picture;

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

const TEMPLATE: &str = include_str!("page.html");
const STYLE: &str = include_str!("style.css");
/// Columns that a phone shows side by side
const NARROW: usize = 3;

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
    Heading { text: &'a str },
    Facts { lines: Vec<LineView<'a>> },
    Notes { lines: Vec<LineView<'a>> },
    Table(TableView<'a>),
    Picture { svg: String, text: &'a str },
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
                BlockView::Facts { lines }
            } else {
                BlockView::Notes { lines }
            }
        })
        .collect()
}

fn table_view<'a>(language: Language, table: &'a Table, number: usize) -> TableView<'a> {
    let numeric: Vec<bool> = table.head.iter().map(|column| column.numeric).collect();
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
        head: table.head.iter().map(|c| (c.title.as_str(), c.numeric)).collect(),
        rows: rows.collect(),
    }
}

fn joined(language: Language, articles: &[String]) -> String {
    articles.join(match language {
        Language::Zh => "、",
        Language::En => ", ",
    })
}

/// Escaped text in which amounts do not break; on an English page, runs of Chinese are marked as such (WCAG 3.1.2).
pub(crate) fn marked(language: Language, text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((start, end)) = amount(language, rest) {
        let (before, after) = rest.split_at(start);
        let (amount, tail) = after.split_at(end - start);
        out += &spoken(language, before);
        out += &format!("<span class=\"amount\">{}</span>", escape(amount));
        rest = tail;
    }
    out + &spoken(language, rest)
}

/// Escaped citations, each article whole on its line.
fn cited(language: Language, text: &str) -> String {
    let pieces = text.split_inclusive(['、', ' ']);
    let whole = |piece: &str| {
        let article = piece.trim_end_matches(['、', ' ']);
        let after = piece.get(article.len()..).unwrap_or_default();
        format!("<span class=\"article\">{}</span>{after}", spoken(language, article))
    };
    pieces.map(whole).collect()
}

/// The first amount in a text: from where to where.
fn amount(language: Language, text: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    loop {
        let start = from + text.get(from..)?.find(|c: char| c.is_ascii_digit())?;
        let after = text.get(start..)?;
        let digits = after
            .find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ','))
            .unwrap_or(after.len());
        let unit = after.get(digits..)?;
        let known: &[&str] = match language {
            Language::Zh => &["万亿元", "亿元", "万元", "元"],
            Language::En => &[" yuan"],
        };
        if let Some(unit) = known.iter().find(|known| unit.starts_with(**known)) {
            return Some((start, start + digits + unit.len()));
        }
        from = start + digits;
    }
}

/// Escaped text with the language of what is not in the page's own.
fn spoken(language: Language, text: &str) -> String {
    if language == Language::Zh {
        return escape(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_han) {
        let (before, after) = rest.split_at(start);
        let end = after.find(|c: char| !is_han(c)).unwrap_or(after.len());
        let (run, tail) = after.split_at(end);
        out.push_str(&format!("{}<span lang=\"zh-CN\">{run}</span>", escape(before)));
        rest = tail;
    }
    out + &escape(rest)
}

/// Ideographs and full-width marks; none of them is markup.
fn is_han(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{303f}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

/// Text for the inside of an element or a quoted attribute; control characters become spaces.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
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

    #[test]
    fn chinese_inside_english_is_marked() {
        let text = marked(Language::En, "art. 四（一） & 10");
        assert_eq!(text, "art. <span lang=\"zh-CN\">四（一）</span> &amp; 10");
        assert_eq!(marked(Language::Zh, "四 & 10"), "四 &amp; 10");
    }

    #[test]
    fn amounts_do_not_break() {
        let zh = |text| marked(Language::Zh, text);
        assert_eq!(
            zh("第1年度以2.5万元为限，3元"),
            "第1年度以<span class=\"amount\">2.5万元</span>为限，<span class=\"amount\">3元</span>"
        );
        assert_eq!(zh("72小时、10%"), "72小时、10%");
        assert_eq!(
            marked(Language::En, "3 times 1,000 yuan (四)"),
            "3 times <span class=\"amount\">1,000 yuan</span> (<span lang=\"zh-CN\">四</span>)"
        );
    }
}
