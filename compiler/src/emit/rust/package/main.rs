//! `settle CLAIMS.jsonl`: rows as JSON Lines. `assess` does the same for single claims.

use std::collections::HashMap;
use std::io::Write;
use std::process::ExitCode;

use CRATE as evaluator;

use evaluator::reading::{money, trimmed};
use evaluator::rows::{explained_json, lines_of, numbered_lines_of, read, row, settled_json};
use evaluator::{Inputs, Refusal, Row, explain, scheme, settle_rows};

const USAGE: &str = "settle|assess CLAIMS.jsonl \
                     [--decide NAME[@KEY][=VALUE]]... [--premium YUAN] [--earlier FILE.jsonl]";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(rows) => {
            let mut out = std::io::stdout().lock();
            match rows.iter().try_for_each(|row| writeln!(out, "{row}")) {
                Ok(()) => ExitCode::SUCCESS,
                Err(_) => ExitCode::from(2),
            }
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &[String]) -> Result<Vec<String>, String> {
    let usage = || format!("{} ({})\n{USAGE}", scheme::TITLE, scheme::HASH);
    let [command, claims, options @ ..] = arguments else {
        return Err(usage());
    };
    let mut inputs = Inputs::default();
    for pair in options.chunks(2) {
        let [name, value] = pair else {
            return Err(usage());
        };
        let said = |refusal: Refusal| refusal.to_string();
        match name.as_str() {
            "--decide" => inputs.decide([value.as_str()]).map_err(said)?,
            "--premium" => inputs.premium = Some(money(value).map_err(said)?),
            "--earlier" => inputs.earlier = Some(earlier(value)?),
            _ => return Err(usage()),
        }
    }
    let bytes = std::fs::read(claims).map_err(|error| format!("{claims}: {error}"))?;
    let lines = lines_of(&bytes);
    match command.as_str() {
        "settle" => {
            let rows: Vec<Row<'_>> = lines.iter().map(row).collect();
            let settled = settle_rows(&rows, &inputs).map_err(|refusal| refusal.to_string())?;
            Ok(settled.iter().map(settled_json).collect())
        }
        "assess" => {
            let assessed = lines.iter().map(|line| {
                let found = match line {
                    Err(refusal) => Err(vec![refusal.clone()]),
                    Ok(fields) => {
                        let claim = read(fields).0;
                        claim.and_then(|claim| {
                            explain(&claim, &inputs).map_err(|refusal| vec![refusal])
                        })
                    }
                };
                explained_json(&found)
            });
            Ok(assessed.collect())
        }
        _ => Err(usage()),
    }
}

/// What was paid on each claim before. The first mistake refuses the file: what is left out would be paid again.
fn earlier(path: &str) -> Result<HashMap<String, i64>, String> {
    let bytes = std::fs::read(path).map_err(|error| format!("{path}: {error}"))?;
    let mut paid = HashMap::new();
    for (number, line) in numbered_lines_of(&bytes) {
        let refused = |code: &'static str, why: &str| {
            let refusal = Refusal::new(code).with(format!("{path}, line {number}: {why}"));
            refusal.to_string()
        };
        let fields = line.map_err(|refusal| refused("V075", &refusal.to_string()))?;
        let field = |names: &[&str]| {
            let mut named = fields
                .iter()
                .filter(|(key, _)| names.contains(&key.as_str()));
            named.next().map(|(_, text)| text.as_str())
        };
        let claim = field(&["claim", "赔案号"]).ok_or_else(|| refused("V075", "no claim"))?;
        let amount = field(&["paid", "实付", "已付"]).ok_or_else(|| refused("V075", "no paid"))?;
        let claim = unguarded(trimmed(claim));
        if claim.is_empty() {
            return Err(refused("V073", "no claim id"));
        }
        let amount =
            money(amount).map_err(|_| refused("V074", &format!("“{amount}” is not an amount")))?;
        if paid.insert(claim.to_owned(), amount).is_some() {
            return Err(refused(
                "V072",
                &format!("claim “{claim}” has occurred before"),
            ));
        }
    }
    Ok(paid)
}

/// Without the sign that keeps a spreadsheet from reading an id as a formula
fn unguarded(text: &str) -> &str {
    text.strip_prefix('\'')
        .filter(|rest| rest.starts_with(['=', '+', '-', '@']))
        .unwrap_or(text)
}
