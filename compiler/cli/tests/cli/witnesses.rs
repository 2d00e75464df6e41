//! What `check` prints under a finding to reproduce it, taken literally: the files that it names are written, the command
//! is given to a shell, and its answer holds the amounts of the finding.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)] // tests

#[path = "../../../src/analyse/tests/frame.rs"]
mod frame;

use crate::support::{Folder, Ran};
use anlan_compiler::analyse::explain;
use anlan_compiler::check;
use anlan_compiler::project::{Project, Settings, Source};
use anlan_lang::diag::{Arg, Finding};
use anlan_lang::texts::{Language, message};
use anlan_tests::worlds::generate::generate;
use anlan_tests::worlds::write::write;
use anlan_tests::{edited, mutants, read};
use std::collections::BTreeMap;
use std::path::Path;

/// What stands in the note under a finding.
#[derive(Debug, Default)]
struct Note {
    command: String,
    /// A loop that writes the claims
    writes: Option<String>,
    files: BTreeMap<String, String>,
    /// What the contract at hand must say besides
    clauses: Option<String>,
}

impl Note {
    fn read(text: &[&str]) -> Note {
        let mut note = Note::default();
        let mut file: Option<String> = None;
        for line in text {
            let run = line.split_once("再运行 ").map(|(_, command)| command);
            if let Some((_, name)) = line.split_once("存为 ") {
                let name = name.split(['，', '：']).next().unwrap().to_owned();
                note.files.insert(name.clone(), String::new());
                file = Some(name);
            } else if let Some((_, clauses)) = line.split_once("合同须有：") {
                note.clauses = Some(clauses.replace("; ", "\n"));
            } else if line.trim_start().starts_with("for ") {
                note.writes = Some((*line).to_owned());
            } else if line.starts_with("anlan ") {
                note.command = (*line).to_owned();
            } else if let Some(text) = file.as_ref().and_then(|file| note.files.get_mut(file)) {
                text.push_str(line);
                text.push('\n');
            } else {
                assert!(run.is_some(), "what is {line:?} in {text:#?}?");
            }
            if let Some(run) = run {
                note.command = run.to_owned();
            }
        }
        note
    }

    /// Does what it says.
    fn follow(&self, here: &Folder) -> Ran {
        for (name, text) in &self.files {
            here.write(name, text.as_bytes());
        }
        let contract = self.command.split_once("--contract ").map(|(_, rest)| rest);
        if let (Some(clauses), Some(contract)) = (&self.clauses, contract) {
            let name = contract.split(' ').next().unwrap();
            let text = here.read(name);
            let end = text.rfind('}').unwrap();
            here.write(name, format!("{}{clauses}\n}}\n", &text[..end]).as_bytes());
        }
        let writes = self.writes.iter().map(|line| format!("{line} && ")).collect::<String>();
        here.shell(&format!("{writes}{} --format json", self.command))
    }
}

/// What a finding printed, and what came of it.
#[derive(Debug)]
struct Answer {
    /// What the claims are owed and, from `settle`, paid; `None`: refused
    benefit: Option<i64>,
    paid: Option<i64>,
    /// Of each claim of several; of one that `eval` shows, of each line
    each: Vec<i64>,
    /// What each limit takes away, in their order
    cuts: Vec<(String, i64)>,
    said: String,
}

fn fen(text: &str) -> i64 {
    let (yuan, cents) = text.split_once('.').unwrap();
    let yuan: i64 = yuan.replace(',', "").parse().unwrap();
    yuan * 100 + cents.parse::<i64>().unwrap()
}

impl Answer {
    fn of(here: &Folder, ran: &Ran, settled: bool) -> Answer {
        let json: Option<serde_json::Value> = (ran.code == 0).then(|| ran.json());
        let amount = |key: &str| json.as_ref()?[key].as_str().map(fen);
        let each = || {
            let text = here.read("paid.csv");
            let mut lines = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
            let heading = lines.next().unwrap();
            let at = heading.iter().position(|name| *name == "benefit").unwrap();
            lines.map(|cells| fen(cells[at])).collect()
        };
        let lines = || {
            let lines = json
                .iter()
                .flat_map(|json| json["lines"].as_array().into_iter().flatten());
            lines.map(|line| fen(line["amount"].as_str().unwrap())).collect()
        };
        let cuts = json
            .iter()
            .flat_map(|json| json["cuts"].as_object().into_iter().flatten());
        Answer {
            cuts: cuts.map(|(id, cut)| (id.clone(), fen(cut.as_str().unwrap()))).collect(),
            benefit: amount("benefit"),
            paid: amount("paid"),
            each: if settled && ran.code == 0 { each() } else { lines() },
            said: format!("{}{}", ran.out, ran.err),
        }
    }
}

impl Answer {
    /// What the limits before one leave, and what it leaves.
    fn about(&self, limit: &str) -> Option<(i64, i64)> {
        let at = self.cuts.iter().position(|(id, _)| id == limit)?;
        let less = |limits: usize| self.cuts.iter().take(limits).map(|(_, cut)| cut).sum::<i64>();
        let benefit = self.benefit?;
        Some((benefit - less(at), benefit - less(at + 1)))
    }
}

/// What comes to the limit of a finding, and what it leaves.
fn limit(finding: &Finding, answer: &Answer) -> Option<(i64, i64)> {
    match finding.args.get("limit")? {
        Arg::Names { zh, .. } | Arg::Text(zh) => answer.about(zh),
        _ => None,
    }
}

/// Whether the answer shows what the finding says; what it should be instead.
fn shown(finding: &Finding, answer: &Answer) -> Result<(), String> {
    let said = |arg: &str| match finding.args.get(arg) {
        Some(Arg::Money(fen)) => Some(*fen),
        _ => None,
    };
    let count = |arg: &str| match finding.args.get(arg) {
        Some(Arg::Count(count)) => *count,
        _ => 0,
    };
    let is = |arg: &str, text: &str| finding.args.get(arg) == Some(&Arg::Text(text.to_owned()));
    let limit = || limit(finding, answer);
    let benefit = answer.benefit;
    let holds = |what: &str, holds: bool| if holds { Ok(()) } else { Err(what.to_owned()) };
    let equals = |found: Option<i64>, wanted: Option<i64>| wanted.is_none() || found == wanted;
    // With what the settlement paid; a finding about limits cannot do without.
    let settled = |what: &str, shows: &dyn Fn(i64, i64) -> bool| match (benefit, answer.paid) {
        (Some(benefit), Some(paid)) => holds(what, shows(benefit, paid)),
        _ => Err(format!("not settled; {what}")),
    };
    match finding.code.0 {
        "C101" => holds("V021", answer.said.contains("V021")),
        _ if benefit.is_none() => Err("an answer".to_owned()),
        // The row's own amount against the cap of its schedule, which `eval` knows.
        "L101" | "L105" if answer.paid.is_none() => holds("the combined cap", equals(benefit, said("other"))),
        "L101" | "L105" => settled("the outer limit", &|benefit, paid| {
            equals(Some(paid), said("other")) && benefit > paid
        }),
        "L102" if is("how", "together") => settled("less", &|benefit, paid| paid < benefit),
        "L102" => settled("the benefit, and the limit", &|benefit, paid| {
            equals(Some(benefit), said("most")) && equals(Some(paid), said("amount")) && paid < benefit
        }),
        "L103" => settled("the most", &|_, _| {
            // A cap of a row has no cut of its own.
            let Some((before, after)) = limit() else { return true };
            // The most may be a bound that no claims reach.
            said("most").is_none_or(|most| before <= most) && before == after && before > 0
        }),
        "L104" => holds("the disability", {
            equals(benefit, said("disability")) || answer.each.iter().any(|line| Some(*line) == said("disability"))
        }),
        "L106" => holds("much", benefit > Some(0)),
        "L108" => holds("nothing", benefit == Some(0)),
        "L110" => settled("nothing", &|benefit, paid| paid == 0 && benefit > 0),
        "L111" => settled("more than the total", &|_, paid| {
            let most = paid.max(limit().map_or(0, |(_, after)| after));
            said("total").is_none_or(|total| most > total)
        }),
        "L113" if is("what", "binds") => settled("the attained", &|_, _| {
            let before = limit().map(|(before, _)| before);
            before >= said("attained")
        }),
        "F101" => settled("what is payable", &|_, paid| {
            let short = |floor: i64| {
                if is("side", "above") {
                    paid > floor
                } else {
                    paid < floor
                }
            };
            equals(Some(paid), said("payable")) && said("floor").is_none_or(short)
        }),
        "F103" => settled("the limit", &|benefit, paid| match said("amount") {
            Some(amount) => paid == amount && benefit > paid,
            None => said("floor").is_none_or(|floor| paid > floor),
        }),
        "K102" => settled("more than the layers", &|_, paid| {
            said("layers").is_none_or(|layers| paid > layers)
        }),
        "K105" => settled("each event's", &|_, paid| {
            equals(Some(paid), said("owed").map(|owed| owed * count("events")))
        }),
        "C113" => holds("both benefits", {
            equals(answer.each.first().copied(), said("one")) && equals(answer.each.last().copied(), said("two"))
        }),
        _ => Ok(()),
    }
}

#[derive(Default)]
struct Seen {
    shown: BTreeMap<&'static str, usize>,
    /// Of L103, with the very amount that claims come to
    exactly: usize,
    /// Of schemes that cannot be run for another error that `check` reports too
    refused: BTreeMap<&'static str, usize>,
    /// Of schemes in which covers are not ranked, what shows something else
    unranked: Vec<String>,
    wrong: Vec<String>,
}

impl Seen {
    /// Follows what `check` prints under the findings of these sources that `wanted` takes.
    fn look(&mut self, sources: &[Source], wanted: impl Fn(&Finding) -> bool) {
        let checked = check(&Project::new(sources.to_vec(), Settings::default()));
        let stands = |finding: &&Finding| finding.acknowledged.is_none();
        let findings: Vec<Finding> = checked.findings().into_iter().filter(stands).cloned().collect();
        if !findings
            .iter()
            .any(|finding| finding.witness.is_some() && wanted(finding))
        {
            return;
        }
        let files: Vec<(&str, &str)> = sources.iter().map(|s| (s.path.as_str(), s.text.as_str())).collect();
        let here = Folder::new(&[&files[..], &[("anlan.toml", "[project]\nsources = [\".\"]\n")]].concat());
        let out = here.anlan(&["check", ".", "--lang", "zh"]).out;
        let mut left = out.as_str();
        for finding in &findings {
            let said = message(Language::Zh, finding);
            let header = format!("[{}]：{}", finding.code.0, said.lines().next().unwrap());
            let at = out.find(&header).unwrap_or_else(|| panic!("no {header} in {out}"));
            // Findings come in the order of what is printed; one that is said twice stands twice.
            let from = left.find(&header).map_or(at, |from| out.len() - left.len() + from);
            let Some(_) = finding.witness.as_ref().filter(|_| wanted(finding)) else {
                continue;
            };
            left = &out[from + header.len()..];
            let note = note(left);
            let answered = self.answer(&here, finding, &findings, &note);
            here.reset(&files);
            if let Err(why) = answered {
                self.wrong.push(format!("{header}: wanted {why}\n{note:#?}\n"));
            }
        }
    }

    fn answer(&mut self, here: &Folder, finding: &Finding, all: &[Finding], note: &Note) -> Result<(), String> {
        let ran = note.follow(here);
        let answer = Answer::of(here, &ran, note.command.starts_with("anlan settle"));
        let code = finding.code.0;
        let one = ["L103", "L113"].contains(&code) && answer.paid.is_some();
        if let Some(Arg::Names { zh: keys, .. }) = finding.args.get("keys").filter(|_| one) {
            of_one_group(here, keys)?;
        }
        let Err(why) = shown(finding, &answer) else {
            *self.shown.entry(code).or_default() += 1;
            let most = finding.args.get("most").cloned();
            let before = limit(finding, &answer).map(|(before, _)| Arg::Money(before));
            self.exactly += usize::from(code == "L103" && before.is_some() && before == most);
            return Ok(());
        };
        // Shares that do not add up, covers unranked, several schemes in one file.
        let refused = [("V047", Some("P101")), ("V021", Some("C101")), ("X022", None)];
        let known = |(why, code): &(&str, Option<&str>)| {
            answer.said.contains(why) && code.is_none_or(|code| all.iter().any(|finding| finding.code.0 == code))
        };
        if ran.code != 0 && refused.iter().any(known) {
            *self.refused.entry(code).or_default() += 1;
            return Ok(());
        }
        // Where two covers are not ranked, the claim may be paid under the other one.
        if all.iter().any(|finding| finding.code.0 == "C101") {
            self.unranked.push(format!("{code} wanted {why}"));
            return Ok(());
        }
        Err(format!("{why}, not {answer:#?}"))
    }

    fn end(self, least: &[(&str, usize)]) {
        println!(
            "witnesses shown: {:?} (L103 with its amount: {}), refused: {:?}, unranked: {:?}",
            self.shown, self.exactly, self.refused, self.unranked
        );
        assert!(self.unranked.len() <= 2, "{:?}", self.unranked);
        let count = self.wrong.len();
        assert!(
            self.wrong.is_empty(),
            "{}\n{count} wrong, shown {:?}",
            self.wrong.join("\n"),
            self.shown
        );
        for (code, least) in least {
            let seen = self.shown.get(code).copied().unwrap_or_default();
            assert!(seen >= *least, "{code}: {seen}");
        }
    }
}

/// The claims are of one group of a limit, by the words of its keys.
fn of_one_group(here: &Folder, keys: &str) -> Result<(), String> {
    let text = here.read("claims.jsonl");
    let claims: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let words = [
        ("每人", "person"),
        ("每户", "household"),
        ("每次灾害", "event"),
        ("每案", "claim"),
    ];
    for (word, key) in words {
        if keys.contains(word) && claims.iter().any(|claim| claim[key] != claims[0][key]) {
            return Err(format!("one {key} in {text}"));
        }
    }
    Ok(())
}

/// The note in the lines after a header, without its margin.
fn note(text: &str) -> Note {
    let words = ["错误[", "警告[", "待定[", "提示["];
    let block = text
        .lines()
        .skip(1)
        .take_while(|line| !words.iter().any(|word| line.starts_with(word)));
    let mut lines = Vec::new();
    for line in block {
        if let Some((_, first)) = line.split_once("= 复现：") {
            lines.push(first);
        } else if !lines.is_empty() {
            if line.trim().is_empty() || line.trim_start().starts_with("= ") {
                break;
            }
            lines.push(line.trim_start_matches(' '));
        }
    }
    assert!(!lines.is_empty(), "no witness in {text}");
    Note::read(&lines)
}

fn alone(text: String) -> Vec<Source> {
    let path = "例.anlan".to_owned();
    vec![Source { path, text }]
}

#[test]
fn the_wrong_examples_of_the_pages_are_reproduced() {
    let mut seen = Seen::default();
    for page in explain::all() {
        let example = &page.wrong;
        if !example.source.is_empty() {
            let whole = explain::is_whole(&example.source);
            let text = frame::file(&example.source, &example.options, whole);
            seen.look(&alone(text), |_| true);
        }
    }
    let codes = [
        "C101", "C113", "C115", "F101", "F103", "F111", "K102", "K105", "L101", "L102", "L103", "L104", "L105", "L106",
        "L107", "L108", "L110", "L111", "L113",
    ];
    seen.end(&codes.map(|code| (code, 1)));
}

const TABLES: &[&str] = &[
    "chongqing",
    "yunyang",
    "qijiang",
    "liaocheng",
    "national-dwelling-earthquake",
];

#[test]
fn slips_in_the_policies_are_reproduced() {
    let mut seen = Seen::default();
    let mut told: BTreeMap<String, usize> = BTreeMap::new();
    for name in TABLES {
        let sources = edited::around(&format!("{name}/"));
        let path = format!("tests/tests/whole/mutants/{name}.txt");
        for mutant in mutants::read(&path, &read(&path)) {
            // Those that the table promises a witness of.
            let about = ["L1", "F1", "K1", "C101", "C113"]
                .iter()
                .any(|code| mutant.code.starts_with(code));
            let few = told.entry(mutant.code.clone()).or_default();
            *few += usize::from(about);
            let about = about && *few <= 2;
            let Some(sources) = mutant.sources(&sources).filter(|_| about) else {
                continue;
            };
            seen.look(&sources, |finding| finding.code.0 == mutant.code);
        }
    }
    seen.end(&[
        ("F101", 2),
        ("F103", 2),
        ("L101", 2),
        ("L102", 2),
        ("L103", 2),
        ("L106", 2),
        ("L110", 2),
    ]);
}

#[test]
fn generated_schemes_are_reproduced() {
    let number = |name: &str| std::env::var(name).ok().and_then(|n| n.parse().ok());
    let first: u64 = number("ANLAN_FIRST_WORLD").unwrap_or(1);
    let mut seen = Seen::default();
    for seed in first..first + number("ANLAN_COMMANDS").unwrap_or(40) {
        let text = write(&generate(seed)).text;
        if let Ok(folder) = std::env::var("ANLAN_KEEP") {
            std::fs::write(Path::new(&folder).join(format!("{seed}.anlan")), &text).unwrap();
        }
        seen.look(&alone(text), |_| true);
    }
    let least = [
        ("C101", 5),
        ("C113", 5),
        ("F101", 5),
        ("L102", 4),
        ("L103", 10),
        ("L104", 4),
        ("L111", 2),
    ];
    let all = number("ANLAN_FIRST_WORLD").is_none();
    seen.end(if all { &least } else { &[] });
}

/// A scheme of a folder given by the environment, one a file.
#[test]
#[ignore = "takes a folder"]
fn schemes_of_a_folder_are_reproduced() {
    let folder = std::env::var("ANLAN_SCHEMES").unwrap();
    let mut paths: Vec<_> = std::fs::read_dir(Path::new(&folder))
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    paths.sort();
    let mut seen = Seen::default();
    for path in paths
        .iter()
        .filter(|path| path.extension().is_some_and(|e| e == "anlan"))
    {
        if let Ok(text) = std::fs::read_to_string(path) {
            println!("{}", path.display());
            seen.look(&alone(text), |_| true);
        }
    }
    seen.end(&[]);
}
