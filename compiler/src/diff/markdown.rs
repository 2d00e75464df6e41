//! The difference as Markdown for the comment on a pull request: who loses and who gains first, long lists folded.

use super::report::{Group, Report, Row};
use anlan_lang::diag::{Arg, Args};
use anlan_lang::texts;

/// Regions of one row, and items of one concept, shown unfolded.
const SHOWN: usize = 5;

/// Writes a report. Deterministic: the same difference gives the same bytes.
pub fn write(report: &Report) -> String {
    let mut text = format!("# {}\n\n", escaped(&report.title));
    for line in &report.verdict {
        text += &format!("- **{}**\n", escaped(line));
    }
    for group in &report.groups {
        group_lines(report, group, &mut text);
    }
    let mut section = "";
    for item in &report.items {
        if item.section != section {
            section = item.section;
            text += &format!("\n## {}\n\n", escaped(&item.section_title));
        }
        let about: Vec<&str> = [&item.about, &item.label]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect();
        let args = |old: &str, new: &str| -> Args {
            [("old", Arg::from(escaped(old))), ("new", Arg::from(escaped(new)))]
                .into_iter()
                .collect()
        };
        let line = match (&item.old, &item.new) {
            (Some(old), Some(new)) => texts::text(report.language, "diff-item-changed", &args(old, new)),
            (None, Some(new)) => texts::text(report.language, "diff-item-added", &args("", new)),
            (Some(old), None) => texts::text(report.language, "diff-item-removed", &args(old, "")),
            (None, None) => continue,
        };
        match about.is_empty() {
            true => text += &format!("- {line}\n"),
            false => text += &format!("- **{}**：{line}\n", escaped(&about.join(" · "))),
        }
    }
    list(
        report,
        "diff-renamed-title",
        report.renamed.iter().map(|one| one.text.clone()),
        &mut text,
    );
    list(
        report,
        "diff-findings-title",
        report.findings.iter().map(|one| one.text.clone()),
        &mut text,
    );
    if let Some(claims) = &report.claims {
        text += &format!("\n## {}\n\n", texts::plain(report.language, "diff-claims-title"));
        for line in &claims.lines {
            text += &format!("- {}\n", escaped(line));
        }
        let head = [
            "diff-column-what",
            "diff-column-old",
            "diff-column-new",
            "diff-column-change",
        ];
        let head: Vec<String> = head.iter().map(|id| texts::plain(report.language, id)).collect();
        text += &format!("\n| {} |\n| --- | ---: | ---: | ---: |\n", head.join(" | "));
        for row in &claims.table {
            text += &format!(
                "| {} | {} | {} | {} |\n",
                escaped(&row.text),
                row.old,
                row.new,
                row.change
            );
        }
    }
    text
}

fn list(report: &Report, title: &str, lines: impl Iterator<Item = String>, text: &mut String) {
    let lines: Vec<String> = lines.collect();
    if lines.is_empty() {
        return;
    }
    *text += &format!("\n## {}\n\n", texts::plain(report.language, title));
    for line in lines {
        *text += &format!("- {}\n", escaped(&line));
    }
}

fn group_lines(report: &Report, group: &Group, text: &mut String) {
    *text += &format!("\n## {}\n\n", escaped(&group.title));
    let rows: Vec<String> = group.rows.iter().map(|row| row_lines(report, row)).collect();
    let shown: usize = SHOWN * 4;
    text.extend(rows.iter().take(shown).map(String::as_str));
    if rows.len() > shown {
        let rest: String = rows.iter().skip(shown).map(String::as_str).collect();
        *text += &folded(report, rows.len() - shown, &rest);
    }
}

fn folded(report: &Report, count: usize, lines: &str) -> String {
    let count = [("count", Arg::Count(count as i64))].into_iter().collect();
    let summary = texts::text(report.language, "diff-folded", &count);
    format!("\n<details><summary>{summary}</summary>\n\n{lines}\n</details>\n\n")
}

fn row_lines(report: &Report, row: &Row) -> String {
    let mut head = format!("{} → {}", escaped(&row.old), escaped(&row.new));
    head += &match report.language {
        texts::Language::Zh => format!("（{}）", row.change),
        texts::Language::En => format!(" ({})", row.change),
    };
    if let Some(range) = &row.range {
        head += &format!(" · {}", escaped(range));
    }
    let covers = if row.covers == row.new_covers || row.covers.is_empty() || row.new_covers.is_empty() {
        let covers = if row.covers.is_empty() {
            &row.new_covers
        } else {
            &row.covers
        };
        texts::list(report.language, covers.iter().cloned())
    } else {
        let list = |covers: &[String]| texts::list(report.language, covers.iter().cloned());
        format!("{} → {}", list(&row.covers), list(&row.new_covers))
    };
    let covers = if covers.is_empty() {
        String::new()
    } else {
        format!(" · {}", escaped(&covers))
    };
    if let [only] = row.regions.as_slice() {
        return format!(
            "- **{}**：{head}{covers}\n{}",
            escaped(&only.text),
            witness(report, only)
        );
    }
    let mut lines = format!("- **{head}**{covers}\n");
    for region in row.regions.iter().take(SHOWN) {
        lines += &format!("  - {}\n", escaped(&region.text));
    }
    if row.regions.len() > SHOWN {
        let rest: Vec<String> = row.regions.iter().skip(SHOWN).map(|r| escaped(&r.text)).collect();
        let count = [("count", Arg::Count(rest.len() as i64))].into_iter().collect();
        let summary = texts::text(report.language, "diff-folded", &count);
        lines += &format!(
            "  - <details><summary>{summary}</summary>{}</details>\n",
            rest.join("<br>")
        );
    }
    lines
        + &row
            .regions
            .first()
            .map(|region| witness(report, region))
            .unwrap_or_default()
}

fn witness(report: &Report, region: &super::report::RegionRow) -> String {
    let Some(witness) = &region.witness else {
        return String::new();
    };
    format!("  - {}\n", witness_text(report, witness))
}

/// `例：{…}：旧 80000.00，新 70000.00`
fn witness_text(report: &Report, witness: &super::report::WitnessRow) -> String {
    let claim = serde_json::to_string(&witness.claim).unwrap_or_default();
    let refused = || texts::plain(report.language, "diff-not-run");
    let mut options = String::new();
    for decided in &witness.decided {
        options += &format!(" --decide {decided}");
    }
    let args: Args = [
        ("claim", Arg::from(format!("`{claim}`{options}"))),
        ("old", Arg::from(witness.old.clone().unwrap_or_else(refused))),
        ("new", Arg::from(witness.new.clone().unwrap_or_else(refused))),
    ]
    .into_iter()
    .collect();
    texts::text(report.language, "diff-witness", &args)
}

/// Text that Markdown and the HTML inside it leave as it is.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push(' '),
            _ => out.push(c),
        }
    }
    out
}
