//! What callers of emitted evaluators may give: earlier payments, typed claims, inputs, and what is no claim at all.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::expect_used,
    reason = "tests"
)]

use anlan_compiler::emit;
use anlan_tests::agreement::engine::write;
use anlan_tests::agreement::engines::python::package;
use anlan_tests::agreement::engines::rust;
use anlan_tests::agreement::subjects::{Subject, policies, written};
use anlan_tests::json_lines::{self, Becomes};
use anlan_tests::node::{node, tools};
use anlan_tests::python::printed;
use std::path::Path;
use std::process::{Command, Output};

/// A scheme with a fact that the evaluators have a name of their own for.
fn taken_names() -> Subject {
    let find = |subject: &Subject| subject.name.contains("保留字");
    written().into_iter().find(find).unwrap()
}

/// One with a decision.
fn decided() -> Subject {
    let find = |subject: &Subject| subject.name.contains("零倍数决定");
    written().into_iter().find(find).unwrap()
}

/// Files of earlier payments that `anlan settle` refuses, with its code and the line.
const EARLIER: [(&str, &str, u32); 8] = [
    (
        "{\"claim\": \"C1\", \"paid\": \"1\"}\n\n{\"claim\": \" C1\", \"paid\": \"2\"}\n",
        "V072",
        3,
    ),
    ("{\"claim\": \" \", \"paid\": \"1\"}\n", "V073", 1),
    ("{\"claim\": null, \"paid\": \"1\"}\n", "V073", 1),
    ("{\"claim\": \"C1\", \"paid\": \"much\"}\n", "V074", 1),
    ("{\"claim\": \"C1\", \"paid\": null}\n", "V074", 1),
    ("{\"claim\": \"C1\"}\n", "V075", 1),
    ("{\"paid\": \"1\"}\n", "V075", 1),
    ("[1]\n", "V075", 1),
];

/// Earlier payments that are taken, with what is still due of 500 yuan.
const TAKEN: [(&str, &str); 2] = [
    ("{\"claim\": \"C1\", \"paid\": \"200\"}\n", "300.00"),
    ("{\"赔案号\": \"C1\", \"实付\": 200.5}\n", "299.50"),
];

/// Settles one claim in a folder with each file of earlier payments.
fn earlier_payments(folder: &Path, settle: impl Fn(&[&str]) -> Output) {
    let claim = "{\"claim\": \"C1\", \"date\": \"2024-07-01\", \"event\": \"E1\", \"person\": \"P1\", \"region\": \"云阳县\", \"peril\": \"大风\", \"harm\": \"死亡\"}\n";
    std::fs::write(folder.join("claims.jsonl"), claim).unwrap();
    let with = |text: &str| {
        std::fs::write(folder.join("earlier.jsonl"), text).unwrap();
        settle(&["settle", "claims.jsonl", "--earlier", "earlier.jsonl"])
    };
    for (text, code, line) in EARLIER {
        let output = with(text);
        let error = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{text}{error}");
        assert!(error.starts_with(code), "{text}{error}");
        assert!(error.contains(&format!("earlier.jsonl, line {line}")), "{error}");
        assert_eq!(error.lines().count(), 1, "{error}");
    }
    for (text, due) in TAKEN {
        let output = with(text);
        let (found, error) = (
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr),
        );
        let row: serde_json::Value = serde_json::from_str(&found).unwrap_or_else(|_| panic!("{found}{error}"));
        assert_eq!(row["due"], due, "{found}");
    }
    let output = settle(&["settle", "nowhere.jsonl"]);
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{error}");
    assert!(error.contains("nowhere.jsonl") && error.lines().count() == 1, "{error}");
}

/// Settles lines that programs like to read differently.
fn odd_lines(folder: &Path, settle: impl Fn(&[&str]) -> Output) {
    let lines = json_lines::lines(
        "\"date\": \"2024-07-01\", \"event\": \"E\", \"person\": \"P\", \"region\": \"云阳县\", \"peril\": \"大风\", \"harm\": \"死亡\"",
    );
    std::fs::write(folder.join("claims.jsonl"), json_lines::file(&lines)).unwrap();
    let output = settle(&["settle", "claims.jsonl"]);
    let (found, error) = (
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(output.status.success(), "{error}");
    let rows = found
        .lines()
        .map(|row| serde_json::from_str::<serde_json::Value>(row).unwrap());
    let told: Vec<String> = rows
        .map(|row| match row["rejected"].as_array() {
            Some(codes) => codes[0].as_str().unwrap().to_owned(),
            None => format!("{} {}", row["claim"].as_str().unwrap(), row["paid"].as_str().unwrap()),
        })
        .collect();
    let expected = lines.iter().filter_map(|(_, becomes)| match becomes {
        Becomes::Nothing => None,
        Becomes::Claim(id) => Some(format!("{id} 500.00")),
        Becomes::Rejected(code) => Some((*code).to_owned()),
    });
    assert_eq!(told, expected.collect::<Vec<_>>());
}

fn emitted(folder: &Path, target: &str, subject: &Subject) -> Vec<emit::File> {
    let files = emit::emit(emit::target(target).unwrap(), &subject.plan).unwrap();
    write(folder, &files);
    files
}

#[test]
fn python_reads_lines_and_earlier_payments_as_settle_does() {
    let folder = tempfile::tempdir().unwrap();
    let name = package(&emitted(folder.path(), "python", &taken_names()));
    assert_eq!(name, "class_scheme");
    let run = |arguments: &[&str]| {
        let mut command = Command::new("python3");
        command.current_dir(folder.path()).args(["-m", &name]).args(arguments);
        command.output().unwrap()
    };
    earlier_payments(folder.path(), run);
    odd_lines(folder.path(), run);
}

#[test]
fn rust_reads_lines_and_earlier_payments_as_settle_does() {
    let folder = tempfile::tempdir().unwrap();
    let name = rust::package(&emitted(folder.path(), "rust", &taken_names()));
    let target = folder.path().join("target");
    let build = rust::cargo(folder.path(), &target, &["build", "--offline", "--quiet"]).output();
    let build = build.unwrap();
    assert!(build.status.success(), "{}", String::from_utf8_lossy(&build.stderr));
    let run = |arguments: &[&str]| {
        let mut command = Command::new(target.join("debug").join(&name));
        command.current_dir(folder.path()).args(arguments).output().unwrap()
    };
    earlier_payments(folder.path(), run);
    odd_lines(folder.path(), run);
}

/// Compiles a package in a folder of the tools.
fn compiled(tools: &Path, folder: &Path, subject: &Subject) {
    emitted(folder, "typescript", subject);
    let project = folder.to_str().unwrap();
    let output = node(tools, &["node_modules/typescript/bin/tsc", "-p", project]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn typescript_reads_lines_and_earlier_payments_as_settle_does() {
    let Some(tools) = tools() else { return };
    let folder = tempfile::Builder::new().prefix("emitted-").tempdir_in(&tools).unwrap();
    compiled(&tools, folder.path(), &taken_names());
    let run = |arguments: &[&str]| node(folder.path(), &[&["dist/src/main.js"], arguments].concat());
    earlier_payments(folder.path(), run);
    odd_lines(folder.path(), run);
}

/// Only what `readClaim` gave is a claim that was read.
#[test]
fn typescript_takes_no_object_for_a_claim_that_was_read() {
    const CALLS: &str = r#"
import { assess, readClaim, readInputs, settle } from "./dist/src/index.js";
const code = (call) => { try { return String(call().benefit); } catch (error) { return `${error.name} ${error.code}`; } };
const told = [
  code(() => assess({ FIELDS })),
  code(() => assess(readClaim({ FIELDS }))),
  code(() => assess({ FIELDS, assumed: "OTHER" })),
  code(() => assess(null)),
  code(() => assess("x")),
  code(() => assess([])),
  code(() => readClaim(undefined)),
  settle([null])[0].rejected.join(),
  code(() => readInputs({ earlier: { C1: "much" } })),
];
try {
  assess(readClaim({ date: "2024-07-01", peril: "地震", harm: "死亡", 行号: "甲", liable: "not_found" }));
} catch (error) {
  told.push(error.message);
}
console.log(told.join("\n"));
"#;
    let Some(tools) = tools() else { return };
    let wrong = ["V076"; 4].map(|code| format!("Refusal {code}"));
    let yunyang = policies()
        .into_iter()
        .find(|subject| subject.name.contains("云阳"))
        .unwrap();
    let fields = [
        (
            taken_names(),
            "date: \"2024-07-01\", peril: \"洪涝\", harm: \"死亡\", assumed: \"是\"",
            "50000",
        ),
        (
            yunyang,
            "date: \"2024-07-01\", peril: \"溺水\", harm: \"死亡\", liable: \"not_found\"",
            "3000000",
        ),
    ];
    for (subject, fields, benefit) in fields {
        let folder = tempfile::Builder::new().prefix("emitted-").tempdir_in(&tools).unwrap();
        compiled(&tools, folder.path(), &subject);
        let calls = CALLS.replace("{ FIELDS", &format!("{{ {fields}"));
        let calls = calls.replace(", assumed: \"是\", assumed: \"OTHER\"", ", assumed: \"OTHER\"");
        std::fs::write(folder.path().join("calls.mjs"), calls).unwrap();
        let found = anlan_tests::node::printed(&node(folder.path(), &["calls.mjs"]));
        let found: Vec<&str> = found.lines().collect();
        let assumed = if benefit == "50000" {
            "Refusal V011"
        } else {
            "Refusal V014"
        };
        assert_eq!(found[..3], [benefit, benefit, assumed]);
        assert_eq!(found[3..7], wrong);
        assert_eq!(found[7..9], ["V069", "Refusal V074"]);
        if benefit == "50000" {
            // Told by the id that files have, not by the name of the field here.
            assert_eq!(found[9], "V020: a field that the rules read is blank: EXPENSE");
        }
    }
}

/// Runs statements against an emitted package.
fn python(subject: &Subject, statements: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let name = package(&emitted(folder.path(), "python", subject));
    let head = format!(
        "from fractions import Fraction\nfrom {name} import *\nfrom {name}.model import Taken\n\n\
         def code(call):\n    try:\n        return str(call())\n    except Refusal as refusal:\n        return refusal.code\n\n"
    );
    std::fs::write(folder.path().join("calls.py"), head + statements).unwrap();
    printed(Path::new("python3"), folder.path(), &["calls.py"])
}

#[test]
fn python_refuses_what_cannot_be_read_and_typed_claims_that_are_wrong() {
    let found = python(
        &taken_names(),
        r#"
good = {"date": "2024-07-01", "peril": "大风", "harm": "死亡"}
typed = Claim(claim="C1", date=Moment(20240701, None), event="E", person="P", region="云阳县", peril="storm", harm="medical", expense=1200)
ids = {field: value for field, value in typed._asdict().items() if value}
from PACKAGE.claim import read
peril, harm, region = (read([("peril", "大风"), ("harm", "医疗"), ("region", "云阳县")])[0][Claim._fields.index(n)] for n in ("peril", "harm", "region"))
typed = typed._replace(peril=peril, harm=harm, region=region)
print(code(lambda: assess(good).benefit))
print(code(lambda: assess({**good, "date": "2024-02-30"})))
print(code(lambda: assess({**good, "peril": "?"})))
print(code(lambda: assess({**good, "assumed_2": "是"})))
print(code(lambda: assess(None)), code(lambda: assess("x")))
print(code(lambda: assess(typed).benefit))
print([row.paid for row in settle([typed])], settle([typed, typed])[0].rejected, settle([None])[0].rejected)
for wrong in (
    dict(peril="?"), dict(harm=["death"]), dict(expense=-5), dict(expense=12.5), dict(expense=True), dict(expense=10**16),
    dict(months="3"), dict(months=-1), dict(date="2024-07-01"), dict(date=Moment(20240230, None)), dict(claim=5),
    dict(claim="a\n"), dict(assumed_1="yes"),
):
    claim = typed._replace(**wrong)
    refused = code(lambda: assess(claim))
    assert settle([claim])[0].rejected == (refused,), (wrong, refused, settle([claim]))
    print(refused, end=" ")
print()
try:
    assess({"date": "2024-07-01", "peril": "地震", "harm": "死亡", "行号": "甲"})
except Refusal as refusal:
    print(refusal)
try:
    assess(typed._replace(expense=1.5))
except Refusal as refusal:
    print(refusal)
"#
        .replace("PACKAGE", "class_scheme")
        .as_str(),
    );
    let said = [
        "50000",
        "V003",
        "V002",
        "V014",
        "V076 V076",
        "1200",
        "[1200] ('V030',) ('V069',)",
        "V002 V002 V005 V004 V004 V007 V008 V005 V003 V003 V012 V012 V011 ",
        "V020: a field that the rules read is blank: EXPENSE",
        "V004: not an amount: expense: 1.5",
    ];
    assert_eq!(found.lines().collect::<Vec<_>>(), said);
}

#[test]
fn python_inputs_are_read_from_texts_and_refused_where_they_are_of_no_use() {
    let found = python(
        &decided(),
        r#"
claim = {"claim": "C1", "date": "2024-07-01", "event": "E1", "peril": "大风", "harm": "死亡"}
print(code(lambda: settle([claim], read_inputs(["慰问金额=100"], earlier={"C1": "200"}))[0].due))
print(code(lambda: read_inputs(["无此决定"])), code(lambda: read_inputs(earlier={"C1": "much"})))
print(code(lambda: read_inputs("慰问金额=100")), code(lambda: read_inputs({"慰问金额": "100"})))
print(code(lambda: Inputs(decisions=["慰问金额=100"])))
print(code(lambda: Inputs(decisions={"慰问金额": "100"})), code(lambda: Inputs(decisions={5: (Taken(None, 1),)})))
print(code(lambda: Inputs(premium=1.5)), code(lambda: Inputs(earlier={"C1": "1"})))
"#,
    );
    let said = ["30000", "V050 V074", "V050 V050", "V050", "V050 V050", "V004 V074"];
    assert_eq!(found.lines().collect::<Vec<_>>(), said);
}
