//! `anlan emit python`: what is written, written again, and refused.
#![allow(clippy::unwrap_used)] // tests

use crate::support::{Folder, policy};

const PACKAGE: &str = "out/yunyang_county_catastrophe_insurance_scheme";

#[test]
fn a_package_is_written_and_may_be_written_again() {
    let here = Folder::new(&[]);
    let scheme = policy("yunyang");
    here.anlan(&["emit", "python", &scheme, "-o", "out"])
        .ends(0)
        .says(&["已写入 out"]);
    let listed = here.read("out/.anlan-emitted");
    for path in listed.lines() {
        assert!(here.path("out").join(path).is_file(), "{path}");
    }
    assert!(here.read(&format!("{PACKAGE}/__init__.py")).contains("settle"));
    let rules = here.read(&format!("{PACKAGE}/rules.py"));
    // What an earlier run wrote and this one does not is removed; the rest is the same text.
    here.write("out/stale.py", b"");
    here.write("out/.anlan-emitted", format!("{listed}stale.py\n").as_bytes());
    here.anlan(&["emit", "python", &scheme, "-o", "out", "--lang", "en"])
        .ends(0)
        .says(&["wrote 18 files to out"]);
    assert!(!here.path("out/stale.py").exists());
    assert_eq!(here.read("out/.anlan-emitted"), listed);
    assert_eq!(here.read(&format!("{PACKAGE}/rules.py")), rules);
}

#[test]
fn a_folder_of_others_and_an_unset_parameter_are_refused() {
    let here = Folder::new(&[("out/mine.txt", "mine")]);
    let scheme = policy("yunyang");
    here.anlan(&["emit", "python", &scheme, "-o", "out"])
        .ends(2)
        .complains(&["X052"]);
    assert!(!here.path(PACKAGE).exists());
    here.anlan(&["emit", "python", &scheme, "-o", "out", "--force"]).ends(0);
    assert_eq!(here.read("out/mine.txt"), "mine");
    here.anlan(&["emit", "python", &policy("qijiang/scheme.anlan"), "-o", "open"])
        .ends(2)
        .complains(&["V040", "医疗限额"]);
    assert!(!here.path("open").exists());
    here.anlan(&["emit", "cobol", &scheme, "-o", "open"])
        .ends(2)
        .complains(&["X003", "python"]);
}

#[test]
fn steps_beyond_the_bounds_are_refused_by_name() {
    let shares: Vec<String> = [983, 979, 961, 959, 953, 931, 917]
        .iter()
        .map(|n| format!("赔付比例 1/999{n}"))
        .collect();
    let scheme = format!(
        "引用  perils, persons, liability, harms, facts, areas, units\n方案 试验 {{\n  名称 \"试验\" 英文 \"Trial\"\n  区域 云阳县\n  保险期间 3年 自 2024-01-01\n  年度 保单年度\n  险种 慰问 {{ 灾因 大风 赔付 每案 {{ 医疗 据实 医疗费用, {} }} 责任部门 县农业农村委 }}\n}}\n",
        shares.join(", ")
    );
    let here = Folder::new(&[("trial.anlan", scheme.as_str())]);
    here.anlan(&["emit", "python", "trial.anlan", "-o", "out"])
        .ends(2)
        .complains(&["X051", "险种“慰问”的医疗赔付"]);
}

#[test]
fn an_engine_is_chosen_for_sql_alone() {
    let here = Folder::new(&[]);
    here.anlan(&["emit", "python", &policy("yunyang"), "-o", "out", "--dialect", "spark"])
        .ends(2)
        .complains(&["X053", "python"]);
    assert!(!here.path("out").exists());
}
