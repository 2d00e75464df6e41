//! A finding's witness as commands that reproduce it.

use anlan_lang::diag::{Arg, Args, Witness};
use anlan_lang::texts::{self, Language};
use std::collections::BTreeMap;

/// One claim: an `anlan eval` command. Several: the claims as JSON Lines and an `anlan settle` command.
pub fn command(lang: Language, witness: &Witness, scheme: &str, contract: Option<&str>) -> String {
    let contract = contract.map(|contract| format!(" --contract {}", quoted(contract)));
    let scheme = quoted(scheme) + contract.as_deref().unwrap_or_default();
    let decided: String = witness
        .decided
        .iter()
        .map(|name| format!(" --decide {}", quoted(name)))
        .collect();
    let text = match witness.claims.as_slice() {
        [] => String::new(),
        claims if witness.times.is_some() => {
            let settle = format!("anlan settle {scheme} claims.jsonl -o paid.csv{decided}");
            let times = witness.times.unwrap_or(1);
            let args = [
                ("command", Arg::Text(settle)),
                (
                    "times",
                    Arg::Count(i64::try_from(times.saturating_mul(claims.len() as u64)).unwrap_or(i64::MAX)),
                ),
            ];
            let intro = texts::text(lang, "witness-times", &Args::from(args));
            format!("{intro}\n{}", numbered(claims, times))
        }
        [claim] => format!("anlan eval {scheme} --claim {}{decided}", quoted(&json(claim))),
        claims => {
            let command = format!("anlan settle {scheme} claims.jsonl -o paid.csv{decided}");
            let lines: Vec<String> = claims.iter().map(json).collect();
            let intro = texts::text(lang, "witness-several", &Args::from([("command", Arg::Text(command))]));
            format!("{intro}\n{}", lines.join("\n"))
        }
    };
    let parts = [text, set(lang, witness), bases(lang, witness)];
    parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

/// A shell loop that writes the claim so many times, with the number of each in its keys.
fn numbered(claims: &[BTreeMap<String, String>], times: u64) -> String {
    let line = |claim| format!("echo {};", quoted(&json(claim)).replace('#', "'$i'"));
    let lines: Vec<String> = claims.iter().map(line).collect();
    format!("for i in $(seq {times}); do {} done > claims.jsonl", lines.join(" "))
}

/// What a contract must set for it, in a contract's own words.
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
    let rows = Arg::Text(rows.collect::<Vec<_>>().join("\n"));
    texts::text(lang, "witness-bases", &Args::from([("rows", rows)]))
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

    #[test]
    fn many_claims_are_written_by_a_loop() {
        let witness = Witness {
            claims: vec![claim(&[("claim", "C#"), ("event", "E1")])],
            times: Some(301),
            ..Witness::default()
        };
        let text = command(Language::En, &witness, "x.anlan", None);
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
            command(Language::En, &witness, "a b/x.anlan", Some("c.anlan")),
            r#"anlan eval 'a b/x.anlan' --contract c.anlan --claim '{"note":"it'\''s","peril":"flood"}' --decide 重大灾害@2024=5亿元"#
        );
    }

    #[test]
    fn several_claims_are_a_file_to_settle() {
        let witness = Witness {
            claims: vec![claim(&[("claim", "1")]), claim(&[("claim", "2")])],
            ..Witness::default()
        };
        let text = command(Language::Zh, &witness, "x.anlan", None);
        assert!(text.contains("anlan settle x.anlan claims.jsonl -o paid.csv"), "{text}");
        assert!(text.ends_with("{\"claim\":\"1\"}\n{\"claim\":\"2\"}"), "{text}");
    }
}
