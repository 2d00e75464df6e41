//! `settle CLAIMS.jsonl`: rows as JSON Lines. `assess` does the same for single claims.

use std::io::Write;
use std::process::ExitCode;

use CRATE as evaluator;

use evaluator::reading::money;
use evaluator::rows::{explained_json, lines_of, read, row, settled_json};
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

/// What was paid on each claim before: JSON Lines of `claim` and `paid`
fn earlier(path: &str) -> Result<std::collections::HashMap<String, i64>, String> {
    let bytes = std::fs::read(path).map_err(|error| format!("{path}: {error}"))?;
    let mut paid = std::collections::HashMap::new();
    for line in lines_of(&bytes) {
        let fields = line.map_err(|refusal| refusal.to_string())?;
        let field = |name: &str| {
            fields
                .iter()
                .find(|(key, _)| key == name)
                .map(|(_, text)| text.as_str())
        };
        let (Some(claim), Some(amount)) = (field("claim"), field("paid")) else {
            return Err(format!("{path}: claim, paid"));
        };
        let amount = money(amount).map_err(|refusal| refusal.to_string())?;
        paid.insert(claim.to_owned(), amount);
    }
    Ok(paid)
}
