//! What the policies assume and accept, taken out: the same findings and questions come back, no others. The golden
//! page is for reviewers, and the pages of `docs/audit/` are what then stands against each document.
#![allow(clippy::indexing_slicing, reason = "tests")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use anlan_compiler::check;
use anlan_compiler::check::Checked;
use anlan_compiler::compile::CompiledUnit;
use anlan_compiler::project::Source;
use anlan_lang::diag::{Finding, Severity};
use anlan_lang::lines::Lines;
use anlan_lang::texts::{Language, message};
use anlan_tests::edited::Said;
use anlan_tests::evaluated::{self, FEW};
use anlan_tests::stripped::{Answer, Edit, acknowledgements, assumptions, without};
use anlan_tests::{edited, golden, policies};
use std::collections::BTreeMap;

/// The policies, each by its file
pub const FILES: &[&str] = &[
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
    let (what, codes) = match &answer.loss {
        Some(loss) => (short(&loss.what), loss.codes().join(" ")),
        None => ("nothing".to_owned(), "nothing is asked".to_owned()),
    };
    let (item, reason) = (short(&answer.item), &answer.reason);
    format!("- assumed: `{item}` — {reason}\n  - {what}: {codes}\n")
}

/// What keeps an item from bringing back its own finding and no other; an acknowledgement may accept several of its code.
fn fault(path: &str, answer: &Answer, accepted: bool) -> Option<String> {
    let said = answer.loss.as_ref().map_or(&[][..], |loss| loss.fresh.as_slice());
    let own = match accepted {
        true => !said.is_empty() && said.iter().all(|said| said.code == answer.reason),
        false => said.len() == 1,
    };
    if own {
        return None;
    }
    let said: Vec<String> = said.iter().map(|said| format!("\n    {said}")).collect();
    Some(format!("{path}: {}{}", answer.item, said.concat()))
}

#[test]
fn what_is_assumed_and_accepted_comes_back_when_it_is_taken_out() {
    let mut page = String::from(
        "# What the policies assume and accept\n\nOne item for each 假定 and 认可: the words that carry it, the reason, and \
         the code that `check` gives once the smallest thing that the document does not say is taken out with the note: one \
         finding, and no other.\n",
    );
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
    let mut faults = Vec::new();
    for (path, (_, assumed, accepted)) in FILES.iter().zip(&taken) {
        page.push_str(&format!("\n## {path}\n\n"));
        for answer in assumed {
            page.push_str(&line(answer));
            faults.extend(fault(path, answer, false));
        }
        for answer in accepted {
            page.push_str(&format!("- accepted: `{}`: {}\n", answer.item, answer.reason));
            faults.extend(fault(path, answer, true));
        }
    }
    let assumed: usize = taken.iter().map(|(_, assumed, _)| assumed.len()).sum();
    let accepted: usize = taken.iter().map(|(.., accepted)| accepted.len()).sum();
    page.push_str(&format!("\n{assumed} assumed, {accepted} accepted.\n"));
    assert!(faults.is_empty(), "{} items\n{}", faults.len(), faults.join("\n"));
    golden::check("tests/golden/assumptions.md", &page);
    for (path, (sources, assumed, accepted)) in FILES.iter().zip(&taken) {
        audit(path, sources, assumed, accepted);
    }
}

/// The page of one document: everything found once nothing is assumed or accepted.
fn audit(path: &str, sources: &[Source], assumed: &[Answer], accepted: &[Answer]) {
    let text = &sources.iter().find(|source| source.path == path).unwrap().text;
    let edits: Vec<Edit> = assumed
        .iter()
        .chain(accepted)
        .flat_map(|answer| {
            let loss = answer.loss.as_ref().filter(|loss| !loss.apart());
            loss.map_or(&answer.note, |loss| &loss.edits)
        })
        .cloned()
        .collect();
    let bare = edited::with(sources, path, without(text, &edits));
    let checked = check(&policies::project(bare.clone()));
    let of_file = |finding: &&Finding| {
        finding
            .primary
            .is_some_and(|place| bare[place.file.0 as usize].path == path)
    };
    let found: Vec<&Finding> = checked
        .findings()
        .into_iter()
        .filter(of_file)
        // A name that nothing reads any more follows from what was taken out.
        .filter(|finding| finding.severity != Severity::Note && finding.code.0 != "N301")
        .collect();
    let apart = assumed
        .iter()
        .filter_map(|answer| answer.loss.as_ref().filter(|loss| loss.apart()));
    let apart: Vec<&Said> = apart.flat_map(|loss| &loss.fresh).collect();
    let unit = checked
        .compiled
        .units
        .iter()
        .find(|unit| bare[unit.file.0 as usize].path == path)
        .unwrap();
    let folder = path.split('/').next().unwrap();
    let mut page = opening(folder, path, unit, &found, apart.len());
    for (articles, findings) in by_article(unit, &found) {
        page.push_str(&format!("\n## {articles}\n\n"));
        for finding in findings {
            page.push_str(&entry(finding, &bare, &checked));
        }
    }
    if !apart.is_empty() {
        page.push_str("\n## 单独去掉时指出的 / Found when taken out alone\n\n去掉以后方案不完整，其他规则无从判断，所以逐项去掉。\n\n");
        page.push_str("Without these the scheme is no whole, so each is taken out alone.\n\n");
        for said in apart {
            page.push_str(&format!("- **{}** {}\n", said.code, said.message));
        }
    }
    golden::check(&format!("docs/audit/{folder}.md"), &page);
}

/// Title, how the page was made, and how much of each kind is found.
fn opening(folder: &str, path: &str, unit: &CompiledUnit, found: &[&Finding], apart: usize) -> String {
    let of = |severity: Severity| found.iter().filter(|finding| finding.severity == severity).count();
    let (errors, warnings, questions) = (of(Severity::Error), of(Severity::Warning), of(Severity::Question));
    let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in found {
        *codes.entry(finding.code.0).or_default() += 1;
    }
    let codes: Vec<String> = codes.iter().map(|(code, count)| format!("{code} × {count}")).collect();
    format!(
        "# {}（{folder}）\n\n由测试从 `policies/{path}` 生成：凡是文件没有写、由起草人补上的（`假定` 和它所支持的选项），以及 `认可`，都已去掉。\
         编译器据此指出错误 {errors} 处、警告 {warnings} 处，提出待定事项 {questions} 项；另有 {apart} 处要单独去掉才能指出。\
         Q132 是起草人读文件时记下的疑义。\n\nGenerated from the policy. What the document does not say and the drafter added (each `assume` with the option that it \
         supports) and each `acknowledge` is taken out. Then the compiler finds errors: \
         {errors}, warnings: {warnings}, questions: {questions}; when something is taken out alone: {apart} more. \
         Q132 is what the drafter found ambiguous in the document.\n\n{}\n",
        unit.name,
        codes.join(", ")
    )
}

/// Findings by the articles that they concern, in the document's order; those about the whole document first, those that
/// concern another document alone last.
fn by_article<'f>(unit: &CompiledUnit, found: &[&'f Finding]) -> Vec<(String, Vec<&'f Finding>)> {
    let list = unit.lowered.as_ref().map(|lowered| &lowered.plan.statement.articles);
    let place = |article: &str| {
        let at = list.and_then(|list| list.iter().position(|listed| listed.article == article));
        at.unwrap_or(usize::MAX)
    };
    let mut groups: BTreeMap<(usize, String), Vec<&Finding>> = BTreeMap::new();
    for finding in found {
        let title: Vec<String> = finding.articles.iter().map(|article| format!("@{article}")).collect();
        let key = match finding.articles.first() {
            Some(first) => (place(first).saturating_add(1), title.join(" ")),
            None => (0, "（全文 / the whole）".to_owned()),
        };
        groups.entry(key).or_default().push(finding);
    }
    groups
        .into_iter()
        .map(|((_, title), findings)| (title, findings))
        .collect()
}

fn entry(finding: &Finding, sources: &[Source], checked: &Checked) -> String {
    let mut out = format!(
        "- **{}** {}\n  {}\n",
        finding.code.0,
        message(Language::Zh, finding),
        message(Language::En, finding)
    );
    for label in finding.labels.iter().take(FEW) {
        let source = sources.get(label.place.file.0 as usize);
        let words = source.map(|source| {
            let lines = Lines::new(&source.text);
            let line = lines.line(label.place.span.start);
            source.text.lines().nth(line).unwrap_or_default().trim()
        });
        out.push_str(
            &words
                .filter(|w| !w.is_empty())
                .map_or(String::new(), |w| format!("  - `{}`\n", short(w))),
        );
    }
    let Some(witness) = &finding.witness else { return out };
    for claim in witness.claims.iter().take(FEW) {
        let fields: Vec<String> = claim.iter().map(|(id, value)| format!("{id}={value}")).collect();
        out.push_str(&format!("  - 赔案 / claim: `{}`\n", fields.join(", ")));
    }
    if !witness.set.is_empty() {
        out.push_str(&format!(
            "  - 合同 / contract: `{}`\n",
            witness.set.join("; ").replace('\n', " ")
        ));
    }
    if !witness.decided.is_empty() {
        out.push_str(&format!("  - 决定 / decided: `{}`\n", witness.decided.join(", ")));
    }
    let file = finding.primary.map(|place| place.file);
    let unit = checked.compiled.units.iter().find(|unit| Some(unit.file) == file);
    if let Some((unit, lowered)) = unit.and_then(|unit| Some((unit, unit.lowered.as_ref()?))) {
        let plan = if witness.set.is_empty() {
            lowered.plan.clone()
        } else {
            evaluated::bound(sources, unit.file.0 as usize, &unit.name, witness)
        };
        for line in evaluated::answers(&plan, witness) {
            out.push_str(&format!("  - {line}\n"));
        }
    }
    out
}
