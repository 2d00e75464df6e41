//! `docs/findings.md` is written from the registry of codes and the catalogue.

use anlan_compiler::analyse::explain;
use anlan_lang::diag::{Severity, codes};
use anlan_lang::texts::{Language, has, outline, plain};
use anlan_tests::golden;

const HEAD: &str = "# 检查结果索引 · Findings

本表由 `lang/src/diag/codes.rs` 和文本目录生成，次序与那里相同。“…”处是具体名称或数额；有说明的，`anlan explain 编号`
给出缘由和一错一对两个例子。等级可在 `anlan.toml` 中改。

Written from `lang/src/diag/codes.rs` and the catalogue of texts, in their order. “…” stands for a name or an amount. Where a
code is explained, `anlan explain CODE` tells why, with a wrong and a right example. `anlan.toml` may change a severity.

| 编号 · Code | 等级 · Severity | 中文 | English | 说明 · Explained |
|---|---|---|---|---|
";

/// The text of a code on one line of a table.
fn cell(lang: Language, code: &str) -> String {
    let text = outline(lang, code);
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace('|', "\\|")
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "severity-error",
        Severity::Warning => "severity-warning",
        Severity::Question => "severity-question",
        Severity::Note => "severity-note",
    }
}

#[test]
fn the_index_of_findings_is_in_step() {
    let mut page = HEAD.to_owned();
    for (code, default) in codes::ALL {
        let code = code.0;
        assert!(has(Language::Zh, code) && has(Language::En, code), "{code} has no text");
        let id = severity(*default);
        let explained = if explain::find(code).is_some() { "✓" } else { "" };
        page.push_str(&format!(
            "| {code} | {} · {} | {} | {} | {explained} |\n",
            plain(Language::Zh, id),
            plain(Language::En, id),
            cell(Language::Zh, code),
            cell(Language::En, code),
        ));
    }
    golden::check("docs/findings.md", &page);
}
