//! The difference as Markdown for the comment on a pull request: who loses and who gains first, long lists folded.

use super::report::{Group, Report};
use super::topics::{Case, Topic};
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
            false => {
                let label = format!("**{}**", escaped(&about.join(" · ")));
                text += &format!("- {}\n", labelled(report, &label, &line));
            }
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
    let topics: Vec<String> = group.topics.iter().map(|topic| topic_lines(report, topic)).collect();
    let shown: usize = SHOWN * 4;
    text.extend(topics.iter().take(shown).map(String::as_str));
    if topics.len() > shown {
        let rest: String = topics.iter().skip(shown).map(String::as_str).collect();
        *text += &folded(report, topics.len() - shown, &rest);
    }
}

fn counted(report: &Report, id: &str, count: usize) -> String {
    let count = [("count", Arg::Count(count as i64))].into_iter().collect();
    texts::text(report.language, id, &count)
}

fn folded(report: &Report, count: usize, lines: &str) -> String {
    let summary = counted(report, "diff-folded", count);
    format!("\n<details><summary>{summary}</summary>\n\n{lines}\n</details>\n\n")
}

fn topic_lines(report: &Report, topic: &Topic) -> String {
    let covers = match covers(report, topic) {
        covers if covers.is_empty() => covers,
        covers => format!(" · {}", escaped(&covers)),
    };
    let witness = witness(report, topic);
    match (topic.cases.as_slice(), topic.claims.as_slice()) {
        ([case], [claims]) => {
            let text = labelled(report, &format!("**{}**", escaped(claims)), &change(report, case));
            format!("- {text}{covers}\n{witness}")
        }
        ([case], claims) => format!(
            "- **{}**{covers}\n{}{witness}",
            change(report, case),
            listed(report, claims)
        ),
        (cases, [claims]) => format!("- **{}**{covers}\n{}{witness}", escaped(claims), table(report, cases)),
        (cases, claims) => {
            let count = counted(report, "diff-these-claims", claims.len());
            let (claims, table) = (listed(report, claims), table(report, cases));
            format!("- **{count}**{covers}\n{claims}{table}{witness}")
        }
    }
}

/// `24万元 → 21万元（−3万元，−12.5%）`
fn change(report: &Report, case: &Case) -> String {
    let change = match report.language {
        texts::Language::Zh => format!("（{}）", case.change),
        texts::Language::En => format!(" ({})", case.change),
    };
    let range = match &case.range {
        Some(range) => format!(" · {}", escaped(range)),
        None => String::new(),
    };
    format!("{} → {}{change}{range}", escaped(&case.old), escaped(&case.new))
}

fn covers(report: &Report, topic: &Topic) -> String {
    let list = |covers: &[String]| texts::list(report.language, covers.iter().cloned());
    match (topic.covers.as_slice(), topic.new_covers.as_slice()) {
        ([], covers) | (covers, []) => list(covers),
        (old, new) if old == new => list(old),
        (old, new) => format!("{} → {}", list(old), list(new)),
    }
}

/// Claims, a line each; many are folded.
fn listed(report: &Report, claims: &[String]) -> String {
    let (shown, rest) = claims.split_at(claims.len().min(SHOWN));
    let mut lines: String = shown
        .iter()
        .map(|claims| format!("  - {}\n", escaped(claims)))
        .collect();
    if !rest.is_empty() {
        let summary = counted(report, "diff-folded", rest.len());
        let rest: Vec<String> = rest.iter().map(|claims| escaped(claims)).collect();
        lines += &format!(
            "  - <details><summary>{summary}</summary>{}</details>\n",
            rest.join("<br>")
        );
    }
    lines
}

/// The cases of a topic, inside its item.
fn table(report: &Report, cases: &[Case]) -> String {
    let head = [
        "diff-column-case",
        "diff-column-old",
        "diff-column-new",
        "diff-column-change",
    ];
    let head = head.map(|id| texts::plain(report.language, id));
    let mut lines = format!("\n  | {} |\n  | --- | --- | --- | --- |\n", head.join(" | "));
    for case in cases {
        let change = match &case.range {
            Some(range) => format!("{} · {range}", case.change),
            None => case.change.clone(),
        };
        let cells = [&case.text, &case.old, &case.new, &change].map(|cell| escaped(cell));
        lines += &format!("  | {} |\n", cells.join(" | "));
    }
    lines + "\n"
}

/// `例：{…}，旧版 8万元，新版 7万元`
fn witness(report: &Report, topic: &Topic) -> String {
    let Some(witness) = &topic.witness else {
        return String::new();
    };
    let claim = serde_json::to_string(&witness.claim).unwrap_or_default();
    let mut options = String::new();
    for decided in &witness.decided {
        options += &format!(" --decide {decided}");
    }
    let [old, new] = witness.benefits.map(|benefit| match benefit {
        Some(fen) => texts::money(report.language, fen.0),
        None => texts::plain(report.language, "diff-not-run"),
    });
    let args: Args = [
        ("claim", Arg::from(format!("`{claim}{options}`"))),
        ("old", Arg::from(old)),
        ("new", Arg::from(new)),
    ]
    .into_iter()
    .collect();
    format!("  - {}\n", texts::text(report.language, "diff-witness", &args))
}

/// `标签：内容`
fn labelled(report: &Report, label: &str, text: &str) -> String {
    let args: Args = [("label", Arg::from(label)), ("text", Arg::from(text))]
        .into_iter()
        .collect();
    texts::text(report.language, "diff-labelled", &args)
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
