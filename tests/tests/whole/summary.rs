//! The summaries of all policies, as files to read.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use anlan_compiler::project::Source;
use anlan_compiler::summarise::{self, SummaryInput};
use anlan_lang::texts::Language;
use anlan_tests::{golden, policies};
use std::collections::BTreeMap;

/// File stem (`yunyang`, `qijiang-contract-sample`), language and format → summary.
fn summaries(sources: Vec<Source>) -> BTreeMap<(String, &'static str, &'static str), String> {
    let project = policies::project(sources);
    let checked = anlan_compiler::check(&project);
    let mut all = BTreeMap::new();
    for unit in &checked.compiled.units {
        let path = &project.source(unit.file).unwrap().path;
        let stem = path.trim_end_matches(".anlan").replace('/', "-");
        let stem = stem.trim_end_matches("-scheme").trim_end_matches("-framework");
        let (plan, input) = SummaryInput::of(&checked.compiled, unit).unwrap_or_else(|| panic!("{path} has no plan"));
        for language in Language::ALL {
            let text = summarise::markdown(plan, &input, language);
            all.insert((stem.to_owned(), language.id(), "md"), text);
            let page = summarise::html(plan, &input, language).unwrap();
            all.insert((stem.to_owned(), language.id(), "html"), page);
        }
    }
    all
}

#[test]
fn every_policys_summary_is_as_filed() {
    let summaries = summaries(policies::sources());
    assert!(summaries.len() >= 20, "five policies in two languages and formats");
    for ((stem, language, format), text) in summaries {
        golden::check(
            &format!("tests/golden/summary/{stem}.{language}.{format}"),
            &without_script(&text),
        );
    }
}

/// The page without its calculator's script, which is the emitted evaluator and tested as such.
fn without_script(page: &str) -> String {
    match (page.split_once("<script>"), page.split_once("</script>")) {
        (Some((before, _)), Some((_, after))) => format!("{before}<script></script>{after}"),
        _ => page.to_owned(),
    }
}

/// Clauses of a body: lines indented by two begin one, comments belong to what follows.
fn reordered(text: &str, order: impl Fn(&mut Vec<String>)) -> String {
    let mut head = String::new();
    let mut clauses: Vec<String> = Vec::new();
    let mut tail = String::new();
    let mut comment = String::new();
    for line in text.split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches(' ').len();
        if line.starts_with('}') {
            tail.push_str(line);
        } else if indent == 2 && line.trim_start().starts_with("//") {
            comment.push_str(line);
        } else if indent == 2 && !line.trim_start().starts_with('}') {
            clauses.push(format!("{}{line}", std::mem::take(&mut comment)));
        } else if let Some(last) = clauses.last_mut() {
            last.push_str(line);
        } else {
            head.push_str(line);
        }
    }
    order(&mut clauses);
    format!("{head}{}{comment}{tail}", clauses.concat())
}

/// The same clauses in an order that looks random and is always the same.
fn shuffled(clauses: &mut [String]) {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    for index in (1..clauses.len()).rev() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        clauses.swap(index, (state % (index as u64 + 1)) as usize);
    }
}

#[test]
fn the_order_of_clauses_changes_no_summary() {
    let before = summaries(policies::sources());
    for order in [
        |clauses: &mut Vec<String>| clauses.reverse(),
        |clauses: &mut Vec<String>| shuffled(clauses),
    ] {
        let mut sources = policies::sources();
        for source in &mut sources {
            let text = reordered(&source.text, order);
            assert_ne!(text, source.text, "{} was not reordered", source.path);
            source.text = text;
        }
        for (key, text) in summaries(sources) {
            let old = before.get(&key).unwrap();
            let differing = old.lines().zip(text.lines()).find(|(a, b)| a != b);
            assert_eq!(differing, None, "{key:?}");
            assert_eq!(*old, text, "{key:?}");
        }
    }
}

#[test]
fn reordering_keeps_every_line() {
    let text = "use a\n\nscheme s {\n  // about x\n  x {\n    y\n  }\n  z\n    assume\n}\n";
    let reversed = reordered(text, |clauses| clauses.reverse());
    assert_eq!(
        reversed,
        "use a\n\nscheme s {\n  z\n    assume\n  // about x\n  x {\n    y\n  }\n}\n"
    );
}

/// Every tag that is opened is closed in turn, every id stands once and every reference to one resolves, headings do
/// not skip a level, and column and row heads say what they head.
#[test]
fn every_page_is_well_formed_and_navigable() {
    const VOID: [&str; 4] = ["meta", "rect", "!DOCTYPE", "br"];
    for ((stem, language, _), page) in summaries(policies::sources()).iter().filter(|(key, _)| key.2 == "html") {
        let name = format!("{stem}.{language}");
        let page = &without_script(page);
        let mut open: Vec<&str> = Vec::new();
        let mut level = 0;
        for tag in page.split('<').skip(1) {
            let inside = tag.split('>').next().unwrap();
            let element = inside.split([' ', '/']).next().unwrap();
            if let Some(closed) = inside.strip_prefix('/') {
                assert_eq!(open.pop(), Some(closed), "{name}");
            } else if !VOID.contains(&element) {
                open.push(element);
            }
            if element == "th" {
                assert!(inside.contains("scope="), "{name}: {inside}");
            }
            if let Some(next) = element.strip_prefix('h').and_then(|n| n.parse::<u8>().ok()) {
                assert!(next <= level + 1, "{name}: h{next} follows h{level}");
                level = next;
            }
        }
        assert!(open.is_empty(), "{name}: {open:?}");
        let values = |attribute: &str| -> Vec<String> {
            let mark = format!(" {attribute}=\"");
            let pieces = page.split(&mark).skip(1);
            pieces.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
        };
        let mut ids = values("id");
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count, "{name}: an id stands twice");
        let labels = values("aria-labelledby");
        let labels = labels.iter().flat_map(|l| l.split(' ').map(str::to_owned));
        let links = values("href")
            .into_iter()
            .map(|link| link.trim_start_matches('#').to_owned());
        for reference in labels.chain(links) {
            assert!(ids.contains(&reference), "{name}: nothing has the id {reference}");
        }
        assert!(
            !page.contains("src=") && !page.contains("url("),
            "{name} needs a file beside it"
        );
    }
}
