//! The Markdown writer (CommonMark with GitHub tables). One fact stays one line.

use super::document::{Block, Document, Line, Row, Section, Table};
use super::numerals;
use anlan_lang::diag::Args;
use anlan_lang::texts::{self, Language};

/// The document as Markdown, ending with one newline.
pub fn write(document: &Document) -> String {
    let mut out = format!("# {}\n\n{}\n", heading(&document.title), opening(&document.preamble));
    for (index, section) in document.sections.iter().enumerate() {
        out.push_str(&section_text(document.language, index + 1, section));
    }
    out
}

fn section_text(language: Language, number: usize, section: &Section) -> String {
    let number = numerals::section(language, number);
    let mut out = format!("\n## {number}{}\n", heading(&section.title));
    for block in section
        .blocks
        .iter()
        .filter(|block| !matches!(block, Block::Picture(_)))
    {
        out.push('\n');
        match block {
            Block::Heading(title) => out.push_str(&format!("### {}\n", heading(title))),
            Block::Lines(lines) => lines.iter().for_each(|line| out.push_str(&line_text(language, line))),
            Block::Table(table) => out.push_str(&table_text(language, table)),
            Block::Picture(_) => {}
        }
    }
    out
}

fn line_text(language: Language, line: &Line) -> String {
    let articles = articles(language, &line.articles);
    match &line.label {
        Some(label) => {
            let colon = match language {
                Language::Zh => "：",
                Language::En => ": ",
            };
            format!("- **{}**{colon}{}{articles}\n", escape(label), escape(&line.text))
        }
        None => format!("- {}{articles}\n", opening(&line.text)),
    }
}

fn articles(language: Language, articles: &[String]) -> String {
    if articles.is_empty() {
        return String::new();
    }
    let args = Args::from([("articles", joined(language, articles).into())]);
    texts::text(language, "summary-cited", &args)
}

/// Articles side by side; a list with "and" would read as one of them.
fn joined(language: Language, articles: &[String]) -> String {
    let list: Vec<String> = articles.iter().map(|a| escape(a)).collect();
    list.join(match language {
        Language::Zh => "、",
        Language::En => ", ",
    })
}

fn table_text(language: Language, table: &Table) -> String {
    let cited = table.rows.iter().any(|row| !row.articles.is_empty());
    let mut head: Vec<String> = table.head.iter().map(|column| escape(&column.title)).collect();
    let mut rule: Vec<&str> = table
        .head
        .iter()
        .map(|column| if column.numeric { "---:" } else { "---" })
        .collect();
    if cited {
        head.push(texts::plain(language, "summary-column-article"));
        rule.push("---");
    }
    let caption = format!("{}{}", opening(&table.title), articles(language, &table.articles));
    let mut out = format!("{caption}\n\n| {} |\n| {} |\n", head.join(" | "), rule.join(" | "));
    for row in &table.rows {
        out.push_str(&row_text(language, row, cited));
    }
    out
}

fn row_text(language: Language, row: &Row, cited: bool) -> String {
    let mut cells: Vec<String> = row.cells.iter().map(|cell| escape(cell)).collect();
    if cited {
        cells.push(joined(language, &row.articles));
    }
    format!("| {} |\n", cells.join(" | "))
}

/// Text for the inside of a line: whatever Markdown or HTML would read as markup is escaped, line breaks become spaces.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    let mut before = None;
    while let Some(c) = rest.next() {
        // Between letters an underscore is a letter.
        let inside = |side: Option<&char>| side.is_some_and(|c| c.is_alphanumeric());
        match c {
            '_' if inside(before.as_ref()) && inside(rest.peek()) => out.push(c),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '$' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
        before = Some(c);
    }
    out
}

/// A heading's text: `#` at its end would be read as a closing sequence.
fn heading(text: &str) -> String {
    escape(text).replace('#', "\\#")
}

/// Text that opens a line or a list item: what would begin a list, a heading or a rule there is escaped.
fn opening(text: &str) -> String {
    let text = escape(text.trim_start());
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(digits);
    match rest.chars().next() {
        Some('.' | ')') if digits > 0 => format!("{number}\\{rest}"),
        Some('-' | '+' | '=' | '#') if digits == 0 => format!("\\{rest}"),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::summarise::document::Column;

    #[test]
    fn markup_in_names_is_shown_not_obeyed() {
        assert_eq!(escape("a*b|c<d>\n[f](g) `h`"), r"a\*b\|c\<d\> \[f\](g) \`h\`");
        assert_eq!(escape("a_b _c_ 火_灾 __"), r"a_b \_c\_ 火_灾 \_\_");
        assert_eq!(opening("1. 款"), r"1\. 款");
        assert_eq!(opening("- 款"), r"\- 款");
        assert_eq!(opening("2023年"), "2023年");
        assert_eq!(heading("险种 #"), r"险种 \#");
    }

    fn table(rows: Vec<Row>) -> Table {
        Table {
            title: "伤残".into(),
            head: vec![Column::words("等级"), Column::numbers("给付|额")],
            rows,
            articles: vec!["四（二）".into()],
        }
    }

    #[test]
    fn a_table_has_an_article_column_only_where_a_row_cites_one() {
        let row = |articles: &[&str]| Row {
            cells: vec!["一级".into(), "10万元".into()],
            articles: articles.iter().map(|a| (*a).to_owned()).collect(),
        };
        assert_eq!(
            table_text(Language::Zh, &table(vec![row(&[])])),
            "伤残【四（二）】\n\n| 等级 | 给付\\|额 |\n| --- | ---: |\n| 一级 | 10万元 |\n"
        );
        assert_eq!(
            table_text(Language::En, &table(vec![row(&["四", "五"]), row(&[])])),
            "伤残 (art. 四（二）)\n\n| 等级 | 给付\\|额 | Article |\n| --- | ---: | --- |\n| 一级 | 10万元 | 四, 五 |\n| 一级 | 10万元 |  |\n"
        );
    }

    #[test]
    fn a_line_cites_each_article_once() {
        let cited = ["五".to_owned(), "八".to_owned(), "五".to_owned()];
        let line = Line::labelled("保险期间", "3年").citing(&cited);
        assert_eq!(line_text(Language::Zh, &line), "- **保险期间**：3年【五、八】\n");
        assert_eq!(line_text(Language::En, &line), "- **保险期间**: 3年 (art. 五, 八)\n");
    }
}
