//! `anlan summary`: the page of the real command line is the filed one, and the contracts of a project are found.
#![allow(clippy::unwrap_used)] // tests

use crate::support::{Folder, policy};

const CONTRACT: &str = "执行本方案的合同";

fn read(path: &str) -> String {
    std::fs::read_to_string(policy(path)).unwrap()
}

/// Qijiang and what it imports, its contract at `place`.
fn qijiang(place: &str) -> Folder {
    Folder::new(&[
        ("anlan.toml", &read("anlan.toml")),
        ("chongqing/framework.anlan", &read("chongqing/framework.anlan")),
        ("qijiang/scheme.anlan", &read("qijiang/scheme.anlan")),
        (place, &read("qijiang/contract-sample.anlan")),
    ])
}

fn line_of<'a>(page: &'a str, label: &str) -> Option<&'a str> {
    page.lines().find(|line| line.contains(label))
}

#[test]
fn pages_name_the_contracts_of_the_project() {
    for place in ["qijiang/contract.anlan", "contracts/2023/綦江.anlan"] {
        let here = qijiang(place);
        for scheme in ["qijiang", "qijiang/scheme.anlan"] {
            let page = here.anlan(&["summary", scheme]).ends(0).out;
            assert_eq!(
                line_of(&page, CONTRACT),
                Some("- **执行本方案的合同**：“綦江区巨灾保险合同样本”，合同约定的内容见其要点"),
                "{place}"
            );
            let page = here.anlan(&["summary", scheme, "--lang", "en"]).ends(0).out;
            assert_eq!(
                line_of(&page, "Contracts under this scheme"),
                Some(
                    "- **Contracts under this scheme**: “Sample contract of Qijiang District catastrophe insurance”; what it \
                     sets stands in its own summary"
                ),
                "{place}"
            );
            let page = here.anlan(&["summary", scheme, "--format", "html"]).ends(0).out;
            assert!(line_of(&page, CONTRACT).is_some_and(|line| line.contains("綦江区巨灾保险合同样本")));
        }
        let page = here.anlan(&["summary", "qijiang", "--contract", place]).ends(0).out;
        assert_eq!(line_of(&page, CONTRACT), None, "the contract's own page");
    }
}

#[test]
fn a_contract_that_is_not_of_this_project_is_not_named() {
    // Another project inside this one, a hidden folder, a contract under another scheme, and one that cannot be bound.
    let here = qijiang("inner/contract.anlan");
    here.write("inner/anlan.toml", b"");
    here.write(".old/contract.anlan", read("qijiang/contract-sample.anlan").as_bytes());
    here.write(
        "other.anlan",
        "引用 chongqing.framework\n合同 甲 执行 乙 {\n}\n".as_bytes(),
    );
    here.write(
        "broken.anlan",
        "引用 qijiang.scheme\n合同 丙 执行 綦江区巨灾保险 {\n".as_bytes(),
    );
    here.write("binary.anlan", &[0xff, 0xfe, 0x00]);
    let page = here.anlan(&["summary", "qijiang"]).ends(0).out;
    assert_eq!(line_of(&page, CONTRACT), None);
}

/// The filed pages come from the library; the command line gives the same bytes.
#[test]
fn the_command_gives_the_filed_pages() {
    let here = Folder::new(&[]);
    for (scheme, contract, filed) in [
        ("yunyang", None, "yunyang"),
        ("liaocheng", None, "liaocheng"),
        ("chongqing", None, "chongqing"),
        ("qijiang", None, "qijiang"),
        ("national-dwelling-earthquake", None, "national-dwelling-earthquake"),
        (
            "qijiang",
            Some("qijiang/contract-sample.anlan"),
            "qijiang-contract-sample",
        ),
        (
            "national-dwelling-earthquake",
            Some("national-dwelling-earthquake/contract-sample.anlan"),
            "national-dwelling-earthquake-contract-sample",
        ),
    ] {
        for language in ["zh", "en"] {
            let scheme = policy(scheme);
            let contract = contract.map(policy);
            let mut arguments = vec!["summary", &scheme, "--lang", language];
            if let Some(contract) = &contract {
                arguments.extend(["--contract", contract]);
            }
            let page = here.anlan(&arguments).ends(0).out;
            let golden = policy(&format!("../tests/golden/summary/{filed}.{language}.md"));
            let golden = std::fs::read_to_string(golden).unwrap();
            let differing = golden.lines().zip(page.lines()).find(|(golden, page)| golden != page);
            assert_eq!(differing, None, "{filed}.{language}");
            assert_eq!(golden.len(), page.len(), "{filed}.{language}");
        }
    }
}
