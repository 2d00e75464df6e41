//! One slip in a policy: `check` finds it, with its code at the right line.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)] // tests

use crate::support::{Folder, policy};
use serde_json::Value;

/// The policies with one text of one file replaced; the errors that `check` of that file's folder reports.
struct Mutant {
    here: Folder,
    file: &'static str,
    line: u64,
}

impl Mutant {
    #[track_caller]
    fn new(file: &'static str, old: &str, new: &str) -> Self {
        let here = Folder::new(&[]);
        for path in [
            "anlan.toml",
            "chongqing/framework.anlan",
            "yunyang/scheme.anlan",
            "qijiang/scheme.anlan",
            "qijiang/contract-sample.anlan",
        ] {
            here.write(path, &std::fs::read(policy(path)).unwrap());
        }
        let text = here.read(file);
        let at = text.find(old).unwrap_or_else(|| panic!("{file} has no {old:?}"));
        assert_eq!(text.matches(old).count(), 1, "{old:?}");
        here.write(file, text.replacen(old, new, 1).as_bytes());
        let line = text[..at].matches('\n').count() as u64 + 1;
        Mutant { here, file, line }
    }

    /// The one error with this code; every other finding of the mutant is milder or follows from it.
    #[track_caller]
    fn error(&self, code: &str) -> Value {
        let json = self
            .here
            .anlan(&["check", self.file, "--format", "json"])
            .ends(1)
            .json();
        let findings = json["findings"].as_array().unwrap();
        let mut found = findings.iter().filter(|finding| finding["code"] == code);
        let finding = found.next().unwrap_or_else(|| panic!("no {code}: {json:#}"));
        assert_eq!(finding["severity"], "error");
        assert!(finding["file"].as_str().unwrap().ends_with(self.file), "{finding:#}");
        assert!(found.next().is_none(), "{code} twice: {json:#}");
        finding.clone()
    }
}

#[test]
fn a_limit_below_the_frameworks_floor_names_both_articles() {
    let mutant = Mutant::new(
        "yunyang/scheme.anlan",
        "每次灾害限额 = 3000万元",
        "每次灾害限额 = 2000万元",
    );
    let finding = mutant.error("F103");
    assert_eq!(finding["line"], mutant.line);
    let articles = finding["articles"].to_string();
    assert!(
        articles.contains("四（三）") && articles.contains("二（四）"),
        "{finding:#}"
    );
    let labels = finding["labels"].as_array().unwrap();
    assert!(
        labels.iter().any(|label| label["file"] == "chongqing/framework.anlan"),
        "{finding:#}"
    );
}

#[test]
fn a_missing_row_is_found_at_its_table() {
    let row = "    七级   4万元    12万元\n";
    let finding = Mutant::new("yunyang/scheme.anlan", row, "").error("T101");
    assert!(finding["message"].as_str().unwrap().contains("七级"), "{finding:#}");
}

#[test]
fn shares_that_do_not_add_up_are_found() {
    let mutant = Mutant::new("yunyang/scheme.anlan", "共保机构乙 25%", "共保机构乙 20%");
    let finding = mutant.error("P101");
    assert!(finding["message"].as_str().unwrap().contains("95%"), "{finding:#}");
    let line = finding["line"].as_u64().unwrap();
    assert!((mutant.line - 2..=mutant.line).contains(&line), "{finding:#}");
}

#[test]
fn a_benefit_above_its_limit_is_found() {
    let mutant = Mutant::new("yunyang/scheme.anlan", "死亡 定额 3万元", "死亡 定额 3001万元");
    assert_eq!(mutant.error("L102")["line"], mutant.line);
}

#[test]
fn a_cover_without_a_responsible_body_is_found() {
    let mutant = Mutant::new("yunyang/scheme.anlan", "    责任部门  县公安局  @七（五）表7\n", "");
    let finding = mutant.error("C107");
    assert!(finding["message"].as_str().unwrap().contains("高空坠物"), "{finding:#}");
    let line = finding["line"].as_u64().unwrap();
    assert!(line < mutant.line && line + 6 > mutant.line, "{finding:#}");
}

#[test]
fn floors_are_obligations_of_a_contract_and_a_contract_below_one_fails() {
    let whole = Mutant::new("qijiang/scheme.anlan", "方案 ", "方案  ");
    let json = whole
        .here
        .anlan(&["check", "qijiang/scheme.anlan", "--format", "json"])
        .ends(0)
        .json();
    let notes = json["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["code"] == "F108");
    assert_eq!(
        notes.filter(|finding| finding["severity"] == "note").count(),
        4,
        "{json:#}"
    );

    let mutant = Mutant::new(
        "qijiang/contract-sample.anlan",
        "每次累计额 = 3000万元",
        "每次累计额 = 2000万元",
    );
    let finding = mutant.error("F103");
    assert_eq!(finding["line"], mutant.line);
    let labels = finding["labels"].as_array().unwrap();
    assert!(
        labels.iter().any(|label| label["file"] == "chongqing/framework.anlan"),
        "{finding:#}"
    );
}
