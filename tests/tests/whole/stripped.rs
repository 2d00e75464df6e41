//! What the policies assume and accept, taken out: the same findings and questions come back, no others. The golden
//! page is for reviewers, and the pages of `docs/audit/` are what then stands against each document.
#![allow(clippy::indexing_slicing, reason = "tests")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use anlan_compiler::check;
use anlan_lang::diag::{Finding, Severity};
use anlan_lang::lines::Lines;
use anlan_lang::texts::{Language, message};
use anlan_tests::stripped::{Answer, acknowledgements, assumptions, without};
use anlan_tests::{edited, golden, policies};
use std::collections::BTreeMap;

const FILES: &[&str] = &[
    "chongqing/framework.anlan",
    "yunyang/scheme.anlan",
    "qijiang/scheme.anlan",
    "liaocheng/scheme.anlan",
    "national-dwelling-earthquake/scheme.anlan",
];

fn short(text: &str) -> String {
    text.chars().take(60).collect()
}

fn line(answer: &Answer) -> String {
    let kind = if answer.missed().is_some() { "answer" } else { "reading" };
    let mut line = format!("- {kind}: `{}` — {}\n", short(&answer.item), answer.reason);
    for loss in &answer.losses {
        let codes = loss.codes();
        if !codes.is_empty() {
            line.push_str(&format!("  - {}: {}\n", short(&loss.what), codes.join(" ")));
        }
    }
    line
}

#[test]
fn what_is_assumed_and_accepted_comes_back_when_it_is_taken_out() {
    let mut page = String::from(
        "# What the policies assume and accept\n\nOne item for each 假定 and 认可: the words that carry it, the reason, and \
         the codes that `check` gives once the note, the whole clause, or one of its options is taken out. `answer`: \
         something comes back. `reading`: nothing is asked, the note says how words of the document are read.\n",
    );
    let (mut answers, mut readings) = (0, 0);
    let taken: Vec<_> = std::thread::scope(|scope| {
        let run = |path: &'static str| {
            scope.spawn(move || {
                let sources = edited::around(path);
                let (assumed, accepted) = (assumptions(&sources, path), acknowledgements(&sources, path));
                (sources, assumed, accepted)
            })
        };
        let runs: Vec<_> = FILES.iter().map(|path| run(path)).collect();
        runs.into_iter().map(|run| run.join().unwrap()).collect()
    });
    for (path, (sources, assumed, accepted)) in FILES.iter().zip(&taken) {
        page.push_str(&format!("\n## {path}\n\n"));
        for answer in assumed {
            page.push_str(&line(answer));
            match answer.missed() {
                Some(_) => answers += 1,
                None => readings += 1,
            }
        }
        for accepted in accepted {
            let codes = accepted.losses[0].codes();
            assert_eq!(codes, [accepted.reason.as_str()], "{path}: {}", accepted.item);
            page.push_str(&format!("- accepted: `{}`: {}\n", accepted.item, codes.join(" ")));
        }
        audit(path, sources, assumed, accepted);
    }
    page.push_str(&format!("\n{answers} answers, {readings} readings.\n"));
    golden::check("tests/golden/assumptions.md", &page);
}

/// The page of one document: everything found once nothing is assumed or accepted.
fn audit(path: &str, sources: &[anlan_compiler::project::Source], assumed: &[Answer], accepted: &[Answer]) {
    let text = &sources.iter().find(|source| source.path == path).unwrap().text;
    let mut spans = Vec::new();
    for answer in assumed {
        let loss = answer.missed().unwrap_or(&answer.losses[0]);
        spans.extend(loss.spans.clone());
    }
    for accepted in accepted {
        spans.extend(accepted.losses[0].spans.clone());
    }
    let bare = edited::with(sources, path, without(text, &spans));
    let project = policies::project(bare.clone());
    let checked = check(&project);
    let mut by_article: BTreeMap<String, Vec<&Finding>> = BTreeMap::new();
    for finding in checked.findings() {
        let of_file = finding
            .primary
            .is_some_and(|place| bare[place.file.0 as usize].path == path);
        if of_file && finding.severity != Severity::Note {
            let articles: Vec<String> = finding.articles.iter().map(|article| format!("@{article}")).collect();
            by_article.entry(articles.join(" ")).or_default().push(finding);
        }
    }
    let folder = path.split('/').next().unwrap();
    let mut page = format!(
        "# {folder}\n\n由测试从 `policies/{path}` 生成：去掉全部 `假定`（连同它所支持的选项）和 `认可` 之后，编译器指出的问题和待定事项。\
         \n\nGenerated from the policy with every `assume`, the option that it supports, and every `acknowledge` taken out.\n"
    );
    for (articles, findings) in by_article {
        let title = if articles.is_empty() {
            "（全文 / the whole）"
        } else {
            &articles
        };
        page.push_str(&format!("\n## {title}\n\n"));
        for finding in findings {
            page.push_str(&entry(finding, &bare));
        }
    }
    golden::check(&format!("docs/audit/{folder}.md"), &page);
}

fn entry(finding: &Finding, sources: &[anlan_compiler::project::Source]) -> String {
    let mut out = format!(
        "- **{}** {}\n  {}\n",
        finding.code.0,
        message(Language::Zh, finding),
        message(Language::En, finding)
    );
    for label in finding.labels.iter().take(2) {
        let source = sources.get(label.place.file.0 as usize);
        let words = source.map(|source| {
            let lines = Lines::new(&source.text);
            source
                .text
                .lines()
                .nth(lines.line(label.place.span.start))
                .unwrap_or_default()
                .trim()
        });
        out.push_str(
            &words
                .filter(|w| !w.is_empty())
                .map_or(String::new(), |w| format!("  - `{}`\n", short(w))),
        );
    }
    if let Some(witness) = &finding.witness {
        for claim in witness.claims.iter().take(2) {
            let fields: Vec<String> = claim.iter().map(|(id, value)| format!("{id}={value}")).collect();
            out.push_str(&format!("  - claim: `{}`\n", fields.join(", ")));
        }
    }
    out
}
