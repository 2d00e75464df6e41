//! A finding's witness as commands that reproduce it.

use super::place::Lines;
use anlan_lang::diag::{Arg, Args, Finding, Place, Witness};
use anlan_lang::texts::{self, Language};
use std::collections::BTreeMap;

/// The files that a command names.
const CLAIMS: &str = "claims.jsonl";
const BASES: &str = "bases.csv";
const CONTRACT: &str = "witness.anlan";

/// What a witness is run with.
#[derive(Debug, Default)]
pub struct Run {
    /// The scheme's file
    pub scheme: String,
    /// The file of the contract that binds it
    pub contract: Option<String>,
    /// How a contract names the scheme: its file, by the name to import it, and its own name
    pub named: Option<(String, String)>,
}

impl Run {
    pub fn of(lines: &Lines, finding: &Finding, witness: &Witness) -> Self {
        let file = |place: Place| lines.position(place).map(|position| position.file);
        let Some(bound) = &witness.bound else {
            return Run {
                scheme: finding.primary.and_then(file).unwrap_or_default(),
                ..Run::default()
            };
        };
        let module = || lines.module(bound.scheme.file);
        Run {
            scheme: file(bound.scheme).unwrap_or_default(),
            contract: bound.contract.and_then(file),
            named: match witness.set.is_empty() {
                true => None,
                false => module().map(|module| (module, lines.written(bound.scheme).to_owned())),
            },
        }
    }

    /// The contract to be saved for what a witness sets.
    fn written(&self, witness: &Witness) -> Option<String> {
        let (module, scheme) = self.named.as_ref().filter(|_| self.contract.is_none())?;
        let module: Vec<String> = module.split('.').map(named).collect();
        let clauses = witness.set.join("\n  ");
        let module = module.join(".");
        Some(format!("引用 {module}\n合同 见证 执行 {scheme} {{\n  {clauses}\n}}"))
    }
}

/// Each part of a dotted name as a source writes it.
fn named(part: &str) -> String {
    let plain =
        part.chars().all(|c| c.is_alphanumeric() || c == '_') && !part.starts_with(|c: char| c.is_ascii_digit());
    if plain {
        part.to_owned()
    } else {
        format!("「{part}」")
    }
}

/// One claim that `eval` shows: an `anlan eval` command. Else the claims as JSON Lines and an `anlan settle` command.
/// Beside them the bases and the contract that the command names.
pub fn command(lang: Language, witness: &Witness, run: &Run) -> String {
    if witness.claims.is_empty() {
        return String::new();
    }
    let written = run.written(witness);
    let contract = run.contract.as_deref().or(written.as_ref().map(|_| CONTRACT));
    let option = |name: &str, value: &str| format!(" --{name} {}", quoted(value));
    let bound = contract
        .map(|contract| option("contract", contract))
        .unwrap_or_default();
    let scheme = quoted(&run.scheme) + &bound;
    let mut with: String = witness.decided.iter().map(|name| option("decide", name)).collect();
    if !witness.bases.is_empty() {
        with.push_str(&option("bases", BASES));
    }
    let text = match witness.claims.as_slice() {
        [claim] if !witness.is_settled() => {
            format!("anlan eval {scheme} --claim {}{with}", quoted(&json(claim)))
        }
        claims => settled(
            lang,
            claims,
            witness.times,
            format!("anlan settle {scheme} {CLAIMS} -o paid.csv{with}"),
        ),
    };
    let set = match written {
        Some(text) => saved(lang, "witness-contract", CONTRACT, ("text", text)),
        None => set(lang, witness),
    };
    let parts = [text, set, bases(lang, witness)];
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("\n")
}

/// The claims, and the command that settles them.
fn settled(lang: Language, claims: &[BTreeMap<String, String>], times: Option<u64>, command: String) -> String {
    let mut args = Args::from([("command", Arg::Text(command)), ("file", CLAIMS.into())]);
    let (intro, lines) = match times {
        Some(times) => {
            let all = i64::try_from(times.saturating_mul(claims.len() as u64)).unwrap_or(i64::MAX);
            args.insert("times", Arg::Count(all));
            ("witness-times", numbered(claims, times))
        }
        None => (
            "witness-several",
            claims.iter().map(json).collect::<Vec<_>>().join("\n"),
        ),
    };
    format!("{}\n{lines}", texts::text(lang, intro, &args))
}

/// A shell loop that writes the claim so many times, with the number of each in its keys.
fn numbered(claims: &[BTreeMap<String, String>], times: u64) -> String {
    let line = |claim| format!("echo {};", quoted(&json(claim)).replace('#', "'$i'"));
    let lines: Vec<String> = claims.iter().map(line).collect();
    format!("for i in $(seq {times}); do {} done > {CLAIMS}", lines.join(" "))
}

/// What the contract at hand must set besides, in a contract's own words.
fn set(lang: Language, witness: &Witness) -> String {
    if witness.set.is_empty() {
        return String::new();
    }
    let clauses = Arg::Text(witness.set.join("; "));
    texts::text(lang, "witness-set", &Args::from([("clauses", clauses)]))
}

/// The rows of the bases file for it.
fn bases(lang: Language, witness: &Witness) -> String {
    if witness.bases.is_empty() {
        return String::new();
    }
    let rows = witness
        .bases
        .iter()
        .map(|(region, persons, households)| format!("{region},{persons},{households}"));
    let rows = std::iter::once("region,persons,households".to_owned()).chain(rows);
    let rows = rows.collect::<Vec<_>>().join("\n");
    saved(lang, "witness-bases", BASES, ("rows", rows))
}

/// A file with what it holds.
fn saved(lang: Language, text: &str, file: &str, (name, lines): (&'static str, String)) -> String {
    texts::text(
        lang,
        text,
        &Args::from([("file", file.into()), (name, Arg::Text(lines))]),
    )
}

fn json(claim: &BTreeMap<String, String>) -> String {
    serde_json::json!(claim).to_string()
}

/// A word for a POSIX shell: as it is where nothing in it is special, else in single quotes.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | '@' | '=' | ':' | '+' | ',');
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(fields: &[(&str, &str)]) -> BTreeMap<String, String> {
        fields.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
    }

    fn of(scheme: &str) -> Run {
        Run {
            scheme: scheme.to_owned(),
            ..Run::default()
        }
    }

    #[test]
    fn what_a_limit_cuts_is_settled_with_the_bases_and_the_contract_that_are_shown() {
        let witness = Witness {
            claims: vec![claim(&[("claim", "1")])],
            set: vec!["设 限额 = 5亿元".to_owned(), "设 标准 = { 一级 1万元 }".to_owned()],
            bases: vec![("云阳县".to_owned(), 10, 3)],
            settled: true,
            ..Witness::default()
        };
        let run = Run {
            named: Some(("甲.x-1".to_owned(), "乙".to_owned())),
            ..of("x.anlan")
        };
        let text = command(Language::Zh, &witness, &run);
        let expected = "\
把下列赔案存为 claims.jsonl，再运行 anlan settle x.anlan --contract witness.anlan claims.jsonl -o paid.csv --bases bases.csv
{\"claim\":\"1\"}
把下列合同存为 witness.anlan：
引用 甲.「x-1」
合同 见证 执行 乙 {
  设 限额 = 5亿元
  设 标准 = { 一级 1万元 }
}
把下列基数存为 bases.csv：
region,persons,households
云阳县,10,3";
        assert_eq!(text, expected);
        // A contract at hand is not replaced.
        let run = Run {
            contract: Some("c.anlan".to_owned()),
            ..run
        };
        let text = command(Language::Zh, &witness, &run);
        assert!(
            text.contains("x.anlan --contract c.anlan ") && text.contains("合同须有：设 限额 = 5亿元; 设"),
            "{text}"
        );
    }

    #[test]
    fn many_claims_are_written_by_a_loop() {
        let witness = Witness {
            claims: vec![claim(&[("claim", "C#"), ("event", "E1")])],
            times: Some(301),
            ..Witness::default()
        };
        let text = command(Language::En, &witness, &of("x.anlan"));
        assert!(text.contains("301"), "{text}");
        assert!(
            text.ends_with(r#"for i in $(seq 301); do echo '{"claim":"C'$i'","event":"E1"}'; done > claims.jsonl"#),
            "{text}"
        );
    }

    #[test]
    fn one_claim_is_an_eval_command_that_a_shell_takes() {
        let witness = Witness {
            claims: vec![claim(&[("peril", "flood"), ("note", "it's")])],
            decided: vec!["重大灾害@2024=5亿元".to_owned()],
            ..Witness::default()
        };
        assert_eq!(
            command(
                Language::En,
                &witness,
                &Run {
                    contract: Some("c.anlan".to_owned()),
                    ..of("a b/x.anlan")
                }
            ),
            r#"anlan eval 'a b/x.anlan' --contract c.anlan --claim '{"note":"it'\''s","peril":"flood"}' --decide 重大灾害@2024=5亿元"#
        );
    }

    #[test]
    fn several_claims_are_a_file_to_settle() {
        let witness = Witness {
            claims: vec![claim(&[("claim", "1")]), claim(&[("claim", "2")])],
            ..Witness::default()
        };
        let text = command(Language::Zh, &witness, &of("x.anlan"));
        assert!(text.contains("anlan settle x.anlan claims.jsonl -o paid.csv"), "{text}");
        assert!(text.ends_with("{\"claim\":\"1\"}\n{\"claim\":\"2\"}"), "{text}");
    }
}
