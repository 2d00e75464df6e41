//! `doc` and `explain`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // tests

use crate::support::Folder;

#[test]
fn doc_lists_ids_and_names() {
    let here = Folder::new(&[]);
    here.anlan(&["doc"]).ends(0).says(&[
        "injury_grade 伤残等级（伤残等级）",
        "  drought 干旱（又称 旱灾、",
        "yunyang 云阳县（",
        "yuan 元（又称 CNY",
    ]);
    let one = here
        .anlan(&["doc", "灾因", "--lang", "en"])
        .ends(0)
        .says(&["domain peril 灾因 (use perils)", "code 010200"]);
    assert!(
        !one.out.contains("云阳县") && !one.out.contains("damage_grade"),
        "{one:?}"
    );
    here.anlan(&["doc", "perl"]).ends(2).complains(&["X031", "“peril”"]);

    let library = here.anlan(&["doc", "--format", "json"]).ends(0).json();
    let domains = library["domains"].as_array().unwrap();
    let harm = domains.iter().find(|domain| domain["id"] == "harm").unwrap();
    assert_eq!(harm["values"][0]["id"], "death");
    assert_eq!(harm["values"][0]["name"], "死亡");
    let facts = library["facts"].as_array().unwrap();
    assert!(
        facts
            .iter()
            .any(|fact| fact["id"] == "peril" && fact["type"] == "peril")
    );
}

#[test]
fn explain_lists_all_codes_and_suggests_the_nearest() {
    let here = Folder::new(&[]);
    let index = here.anlan(&["explain"]).ends(0);
    let english = here.anlan(&["explain", "--lang", "en"]).ends(0);
    assert_eq!(index.out.lines().count(), english.out.lines().count());
    assert!(
        index
            .out
            .lines()
            .all(|line| line.chars().next().is_some_and(|c| c.is_ascii_uppercase())),
        "{index:?}"
    );
    assert!(!english.out.contains("{$"), "{english:?}");
    here.anlan(&["explain", "x010"]).ends(0).says(&["X010"]);
    here.anlan(&["explain", "X01O"]).ends(2).complains(&["X030", "X01"]);
}
