//! `new`: a project to begin with.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // tests

use crate::support::Folder;

#[test]
fn a_new_scheme_is_a_project_of_its_own_or_joins_one() {
    let here = Folder::new(&[]);
    let ran = here
        .anlan(&["new", "甲县巨灾保险"])
        .ends(0)
        .says(&["anlan check 甲县巨灾保险"]);
    assert!(ran.err.is_empty());
    assert!(here.read("甲县巨灾保险/anlan.toml").contains("sources"));
    assert!(here.read("甲县巨灾保险/scheme.anlan").contains("方案 甲县巨灾保险 {"));

    here.write("p/anlan.toml", b"");
    here.anlan_in("p", &["new", "second", "--lang", "en"]).ends(0);
    assert!(here.read("p/second/scheme.anlan").contains("scheme second {"));
    assert!(!here.path("p/second/anlan.toml").exists());
}

#[test]
fn a_framework_of_the_project_is_imported() {
    let here = Folder::new(&[
        ("anlan.toml", "[project]\nsources = [\"schemes\"]\n"),
        (
            "schemes/city/framework.anlan",
            "框架 乙市要求 {\n  文件 无文号 \"要求\"\n}\n",
        ),
    ]);
    here.anlan_in("schemes", &["new", "甲县巨灾保险", "--framework", "乙市要求"])
        .ends(0);
    let scheme = here.read("schemes/甲县巨灾保险/scheme.anlan");
    assert!(
        scheme.contains("方案 甲县巨灾保险 遵循 乙市要求 {") && scheme.contains("引用 city.framework, "),
        "{scheme}"
    );
    let ran = here.anlan(&["check", "schemes/甲县巨灾保险", "--format", "json"]);
    let findings = ran.json();
    let codes = findings["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["code"].as_str().unwrap());
    assert!(
        !codes.into_iter().any(|code| code.starts_with(['S', 'N', 'U'])),
        "{ran:#?}"
    );
    here.anlan(&["new", "丙县", "--framework", "乙市要术"])
        .ends(2)
        .complains(&["X036", "“乙市要求”"]);
}

#[test]
fn what_cannot_be_made_is_refused_and_nothing_is_left() {
    let here = Folder::new(&[("taken/readme", "")]);
    here.anlan(&["new", "taken"]).ends(2).complains(&["X032"]);
    for name in ["2025年", "a b", "../up", "甲/乙", ""] {
        here.anlan(&["new", name]).ends(2).complains(&["X033"]);
    }
    here.anlan(&["new", "甲", "--framework", "乙"])
        .ends(2)
        .complains(&["X036"]);
    let left: Vec<_> = std::fs::read_dir(here.path(""))
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(left, ["taken"]);
}

#[test]
fn the_examples_of_a_new_scheme_pass() {
    let here = Folder::new(&[]);
    for (lang, name) in [("zh", "甲县巨灾保险"), ("en", "testshire")] {
        here.anlan(&["new", name, "--lang", lang]).ends(0);
        here.anlan(&["test", name]).ends(0).says(&["2"]);
    }
}
