//! Every policy's page, and every filed page of a difference, in a real browser: it stays within the width of a phone, asks for nothing from elsewhere, passes
//! the rules of axe for WCAG AA, reads without scripts, and its calculator gives the answers of the reference.
//!
//! `ANLAN_CHROMIUM` names the browser; `ANLAN_SHOTS` a folder for pictures of every page.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use anlan_compiler::emit::cases::{Assessed, Fields, cases};
use anlan_compiler::emit::program::{Kind, Program};
use anlan_compiler::emit::{lower, lower_for};
use anlan_compiler::evaluate::record::Reader;
use anlan_compiler::evaluate::{Assessment, Decisions, Evaluator, Inputs};
use anlan_compiler::money::Fen;
use anlan_compiler::plan::{Plan, Use};
use anlan_compiler::summarise::{self, Subject, SummaryInput};
use anlan_lang::texts::{self, Language};
use anlan_tests::node::{node, printed, tools};
use anlan_tests::{policies, workspace};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;

fn browser() -> Option<String> {
    let named = std::env::var("ANLAN_CHROMIUM").ok();
    let usual = ["chromium", "chromium-browser", "google-chrome"].map(str::to_owned);
    let found = named.into_iter().chain(usual).find_map(|name| {
        let path = Command::new("which").arg(&name).output().ok()?;
        path.status
            .success()
            .then(|| String::from_utf8_lossy(&path.stdout).trim().to_owned())
    });
    assert!(
        found.is_some() || std::env::var_os("CI").is_none(),
        "no Chromium; ANLAN_CHROMIUM names one"
    );
    found
}

/// A claim as the page's controls take it; `None` where they offer no such value.
fn controls(program: &Program, fields: &Fields) -> Option<Map<String, Value>> {
    let mut taken = Map::new();
    for (name, text) in fields {
        let at = program.facts.iter().position(|fact| fact.id == *name)?;
        let value = match program.facts[at].kind {
            Kind::Enumeration { .. } => {
                let values = program.values(at).iter();
                let mut spelled = values.filter(|v| [&v.id, &v.zh, &v.en].contains(&text) || v.aliases.contains(text));
                spelled.next()?.id.clone()
            }
            Kind::YesNo => if ["是", "true", "yes"].contains(&text.as_str()) {
                "yes"
            } else {
                "no"
            }
            .to_owned(),
            Kind::Date => text.get(..10).filter(|day| day.split('-').count() == 3)?.to_owned(),
            _ => text.clone(),
        };
        taken.insert(name.clone(), json!(value));
    }
    Some(taken)
}

fn expected(answer: &Assessed) -> Option<Value> {
    match answer {
        Assessed::Owed { cover, benefit, reason } => Some(json!({
            "benefit": benefit.to_string(), "cover": cover, "reason": reason.clone().unwrap_or_default(), "refused": "",
        })),
        // What cannot be read cannot be chosen either.
        Assessed::Refused(codes) => match codes.as_slice() {
            [code] if code.as_str() >= "V020" => Some(json!({"benefit": "", "refused": code})),
            _ => None,
        },
    }
}

/// What `eval` says.
fn evaluated(plan: &Plan, fields: &Fields, decisions: &[String]) -> Option<Assessment> {
    let decisions = Decisions::parse(plan, decisions.iter().map(String::as_str)).unwrap();
    let inputs = Inputs {
        decisions,
        bases: None,
        earlier: None,
    };
    let pairs = fields.iter().map(|(name, text)| (name.as_str(), text.as_str()));
    let (record, _) = Reader::new(plan).object(pairs);
    let evaluator = Evaluator::new(plan, &inputs, Use::Benefits).unwrap();
    evaluator.assess(&record.ok()?).ok()
}

/// An amount as the page prints it.
fn shown(language: Language, fen: Fen) -> String {
    let text = fen.to_string();
    let (whole, cents) = text.split_once('.').unwrap();
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    match language {
        Language::Zh => format!("{grouped}.{cents}元"),
        Language::En => format!("{grouped}.{cents} yuan"),
    }
}

/// The covers and the steps with their amounts and articles, as the page words what `eval --explain` says.
fn explained(plan: &Plan, assessment: &Assessment, language: Language) -> Value {
    let say = |id: &str| texts::plain(language, &format!("summary-calculator-{id}"));
    let own = |name: &str| match language {
        Language::Zh => name.to_owned(),
        Language::En => plan
            .statement
            .english
            .get(name)
            .map_or_else(|| name.to_owned(), Clone::clone),
    };
    let (mut covers, mut steps) = (Vec::new(), Vec::new());
    for line in &assessment.lines {
        let cover = &plan.covers[line.cover.index()];
        let cited = match (cover.source.articles.join("、").as_str(), language) {
            ("", _) => String::new(),
            (articles, Language::Zh) => format!("【{articles}】"),
            (articles, Language::En) => format!(" (art. {articles})"),
        };
        covers.push(format!("{}{}{}{cited}", say("cover"), say("colon"), own(&cover.id)));
        for step in &line.steps {
            let rule = match step.rule.id.strip_prefix("step-").unwrap() {
                "actual" => "fact",
                "fixed" => "amount",
                other => other,
            };
            let articles = step.articles.join("、");
            steps.push(json!([
                say(&format!("rule-{rule}")),
                shown(language, step.amount),
                articles
            ]));
        }
    }
    json!({"covers": covers, "steps": steps})
}

/// The page takes a decision for its one claim: a keyed one is taken there where it makes the difference.
fn taken(plan: &Plan, fields: &Fields, decisions: &[String]) -> Map<String, Value> {
    let assessed = |texts: &[String]| {
        let found = evaluated(plan, fields, texts)?;
        let covers: Vec<_> = found.lines.iter().map(|line| line.cover).collect();
        Some((found.benefit, covers, found.reason.map(|reason| reason.code)))
    };
    let mut taken = Map::new();
    for text in decisions {
        let (head, value) = text.split_once('=').unwrap_or((text, ""));
        let (name, key) = head
            .split_once('@')
            .map_or((head, None), |(name, key)| (name, Some(key)));
        let at_large = if value.is_empty() {
            name.to_owned()
        } else {
            format!("{name}={value}")
        };
        if key.is_none() || assessed(std::slice::from_ref(text)) == assessed(&[at_large]) {
            taken.insert(name.to_owned(), json!(value));
        }
    }
    taken
}

/// As `--decide` takes it
fn decision(name: &str, value: &Value) -> String {
    match value.as_str() {
        None | Some("") => name.to_owned(),
        Some(value) => format!("{name}={value}"),
    }
}

/// Every example and vector that a page can be asked.
fn asked(plan: &Plan) -> Vec<(Value, Option<Assessment>)> {
    let Ok(program) = lower(plan).or_else(|_| lower_for(plan, Use::Benefits)) else {
        return Vec::new();
    };
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for case in cases(plan, &program) {
        for (fields, answer) in case.claims.iter().zip(case.assess.iter().flatten()) {
            let Some((fields_taken, expected)) = controls(&program, fields).zip(expected(answer)) else {
                continue;
            };
            let mut facts = fields_taken.clone();
            facts.retain(|name, _| !["claim", "event", "person", "household"].contains(&name.as_str()));
            let decisions = taken(plan, fields, &case.given.decisions);
            let given: Vec<String> = decisions.iter().map(|(name, value)| decision(name, value)).collect();
            let one = json!({"fields": facts, "decisions": decisions, "expected": expected});
            if seen.insert(one.to_string()) {
                all.push((one, evaluated(plan, fields, &given)));
            }
        }
    }
    all
}

/// The filed pages of differences.
fn differences() -> Vec<PathBuf> {
    let filed = std::fs::read_dir(workspace().join("tests/golden/diff")).unwrap();
    let mut pages: Vec<PathBuf> = filed.map(|entry| entry.unwrap().path()).collect();
    pages.retain(|page| page.extension().is_some_and(|ending| ending == "html"));
    pages.sort();
    pages
}

#[test]
fn every_page_holds_in_a_browser_and_its_calculator_answers_like_the_reference() {
    let Some((tools, browser)) = tools().zip(browser()) else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let project = policies::project(policies::sources());
    let checked = anlan_compiler::check(&project);
    let mut jobs = Vec::new();
    let mut calculators = 0;
    for unit in &checked.compiled.units {
        let (plan, input) = SummaryInput::of(&checked.compiled, unit).unwrap();
        let asked = match input.subject {
            Subject::Scheme => asked(plan),
            Subject::Framework => Vec::new(),
        };
        calculators += usize::from(!asked.is_empty());
        for language in Language::ALL {
            let case = |(one, found): &(Value, Option<Assessment>)| {
                let mut one = one.clone();
                one["explained"] = json!(found.as_ref().map(|found| explained(plan, found, language)));
                one
            };
            let cases: Vec<Value> = asked.iter().map(case).collect();
            let stem = project
                .source(unit.file)
                .unwrap()
                .path
                .replace('/', "-")
                .replace(".anlan", "");
            let path = folder.path().join(format!("{stem}.{}.html", language.id()));
            std::fs::write(&path, summarise::html(plan, &input, language).unwrap()).unwrap();
            let covered = texts::plain(language, "summary-calculator-cover");
            jobs.push(json!({"page": path, "cases": cases, "covered": covered}));
        }
    }
    // Yunyang, Liaocheng, the dwelling scheme and two contracts
    assert_eq!(calculators, 5);
    let differences = differences();
    // Seven edits in two languages
    assert_eq!(differences.len(), 14);
    jobs.extend(
        differences
            .iter()
            .map(|page| json!({"page": page, "cases": [], "covered": ""})),
    );
    let file = folder.path().join("jobs.json");
    std::fs::write(&file, json!(jobs).to_string()).unwrap();
    let shots = std::env::var("ANLAN_SHOTS").ok();
    let arguments = ["pages.mjs", &browser, file.to_str().unwrap()];
    let arguments: Vec<&str> = arguments.into_iter().chain(shots.as_deref()).collect();
    let found: Value = serde_json::from_str(&printed(&node(&tools, &arguments))).unwrap();
    assert_eq!(found["looked"], json!(jobs.len()));
    let wrong: Vec<&str> = found["wrong"]
        .as_array()
        .unwrap()
        .iter()
        .map(|w| w.as_str().unwrap())
        .collect();
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(12)].join("\n")
    );
}
