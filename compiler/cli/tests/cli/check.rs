//! `check`: findings in every form, exit codes, projects.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // tests

use crate::support::{Folder, repository};

/// A misspelt keyword on line 2, an unknown peril on line 4.
const BROKEN: &str =
    "方案 甲县巨灾保险 {\n  投保入 县应急管理局\n  险种 救助 {\n    灾因 洪劳\n    赔付 { 死亡 定额 1万元 }\n  }\n}\n";

#[test]
fn errors_end_1_with_code_place_and_suggestion() {
    let here = Folder::new(&[("a/甲.anlan", BROKEN)]);
    let human = here.anlan(&["check", "a"]).ends(1);
    assert!(human.err.is_empty() && !human.out.contains('\u{1b}'), "{human:#?}");
    human.says(&[
        "错误[S",
        "a/甲.anlan:2:3",
        "投保人",
        "a/甲.anlan:4:8",
        "洪涝",
        "方案 1 个",
    ]);
    let english = here
        .anlan(&["check", "a", "--lang", "en"])
        .ends(1)
        .says(&["error[S", "error[N", "1 scheme,"]);
    assert!(!english.out.contains("{$"), "{english:#?}");

    let short = here.anlan(&["check", "a", "--format", "short"]).ends(1);
    let lines: Vec<&str> = short
        .out
        .lines()
        .filter(|line| line.contains("错误[S") || line.contains("错误[N"))
        .collect();
    assert!(
        lines[0].starts_with("a/甲.anlan:2:3: 错误[S") && lines[1].starts_with("a/甲.anlan:4:8: 错误[N"),
        "{lines:#?}"
    );
    assert_eq!(lines.len(), 2);
}

#[test]
fn programs_read_the_same_findings() {
    let here = Folder::new(&[("a/甲.anlan", BROKEN)]);
    let json = here.anlan(&["check", "a", "--format", "json"]).ends(1).json();
    let findings = json["findings"].as_array().unwrap();
    let unknown = findings
        .iter()
        .find(|finding| finding["code"].as_str().unwrap().starts_with('N'))
        .unwrap();
    assert_eq!(
        (&unknown["file"], &unknown["severity"]),
        (&"a/甲.anlan".into(), &"error".into())
    );
    assert_eq!((&unknown["line"], &unknown["column"]), (&4.into(), &8.into()));
    assert!(unknown["message"].as_str().unwrap().contains("洪劳"));

    let sarif = here.anlan(&["check", "a", "--format", "sarif"]).ends(1).json();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), findings.len());
    let result = results
        .iter()
        .find(|result| result["ruleId"] == unknown["code"])
        .unwrap();
    let region = &result["locations"][0]["physicalLocation"]["region"];
    assert_eq!((&region["startLine"], &region["startColumn"]), (&4.into(), &8.into()));

    let github = here.anlan(&["check", "a", "--format", "github"]).ends(1);
    assert_eq!(github.out.lines().count(), findings.len());
    let line = format!(
        "::error file=a/甲.anlan,line=4,col=8,endColumn=10,title={}::",
        unknown["code"].as_str().unwrap()
    );
    assert!(github.out.lines().any(|found| found.starts_with(&line)), "{github:#?}");
}

#[test]
fn a_file_is_checked_with_what_it_imports_from_any_folder() {
    let framework = "框架 乙市要求 {\n  文件 无文号 \"要求\"\n}\n";
    let scheme = "引用 common.framework\n方案 甲县巨灾保险 遵循 乙市要求 {\n}\n";
    let here = Folder::new(&[
        ("p/anlan.toml", ""),
        ("p/common/framework.anlan", framework),
        ("p/county/scheme.anlan", scheme),
        ("p/county/broken.anlan", BROKEN),
    ]);
    here.anlan(&["check", "p/county/scheme.anlan", "--lang", "en"])
        .says(&["1 scheme, 0 frameworks"]);
    let ran = here.anlan(&["check", "p/county/scheme.anlan", "--format", "json"]);
    let unknown = |code: &str| {
        ran.json()["findings"]
            .as_array()
            .unwrap()
            .iter()
            .any(|f| f["code"] == code)
    };
    assert!(!unknown("N101"), "the import is found: {ran:#?}");
    here.anlan(&["check", "p"])
        .ends(1)
        .says(&["方案 2 个、框架 1 个", "p/county/broken.anlan:2:3"]);
}

/// The template, where death pays less than the worst injury: L104, a warning.
fn with_a_warning() -> Folder {
    let here = Folder::new(&[]);
    here.anlan(&["new", "甲县巨灾保险"]).ends(0);
    let scheme = here
        .read("甲县巨灾保险/scheme.anlan")
        .replace("定额 10万元", "定额 3万元");
    here.write("甲县巨灾保险/scheme.anlan", scheme.as_bytes());
    here
}

#[test]
fn a_project_sets_severities() {
    let here = with_a_warning();
    let severity = || {
        let json = here.anlan(&["check", "--format", "json"]).json();
        let findings = json["findings"].as_array().unwrap();
        let found = findings.iter().find(|finding| finding["code"] == "L104").unwrap();
        found["severity"].as_str().unwrap().to_owned()
    };
    assert_eq!(severity(), "warning");
    here.anlan(&["check"]).ends(0);
    here.anlan(&["check", "--deny", "warnings"]).ends(1);
    for (word, plain, denied) in [("question", 0, 1), ("error", 1, 1)] {
        let manifest = format!("[severity]\nL104 = \"{word}\"\n");
        here.write("甲县巨灾保险/anlan.toml", manifest.as_bytes());
        assert_eq!(severity(), word);
        here.anlan(&["check"]).ends(plain);
        here.anlan(&["check", "--deny", "warnings,questions"]).ends(denied);
    }
    here.write("甲县巨灾保险/anlan.toml", "[severity]\nL104 = \"note\"\n".as_bytes());
    here.anlan(&["check", "--deny", "warnings"]).ends(0);
}

#[test]
fn the_template_asks_what_documents_leave_open() {
    let here = Folder::new(&[]);
    for (lang, name) in [("zh", "甲县巨灾保险"), ("en", "testshire")] {
        here.anlan(&["new", name, "--lang", lang]).ends(0);
        here.anlan(&["check", name])
            .ends(0)
            .says(&["错误 0，警告 0，待定 4，提示 0；已认可 0，假定 4"]);
        here.anlan(&["fmt", "--check", name]).ends(0);
        here.anlan(&["check", name, "--deny", "warnings"]).ends(0);
        here.anlan(&["check", name, "--deny", "questions"]).ends(1);
    }
}

#[test]
fn an_acknowledged_finding_is_counted_and_denied_by_nothing() {
    let here = with_a_warning();
    let scheme = here.read("甲县巨灾保险/scheme.anlan");
    let accepted = scheme.replacen("  保费 {", "  认可 L104 \"文件如此\"\n  保费 {", 1);
    here.write("甲县巨灾保险/scheme.anlan", accepted.as_bytes());
    let ran = here
        .anlan(&["check", "--deny", "warnings"])
        .ends(0)
        .says(&["警告 0", "已认可 1", "已认可：L104 1 处"]);
    assert!(!ran.out.contains("[L104]"), "{ran:#?}");
    let json = here.anlan(&["check", "--format", "json"]).ends(0).json();
    let findings = json["findings"].as_array().unwrap();
    let found = findings.iter().find(|finding| finding["code"] == "L104").unwrap();
    assert_eq!(found["acknowledged"], "文件如此");
}

#[test]
fn the_policies_pass() {
    let root = repository();
    let here = Folder::new(&[]);
    let policies = root.join("policies");
    let policies = policies.to_str().unwrap();
    here.anlan(&["check", policies])
        .ends(0)
        .says(&["方案 4 个、框架 1 个、合同 2 个", "错误 0"]);
}

/// Stale acknowledgements and sums of shares conclude from what is absent; where a word or amount was misread they say
/// nothing.
#[test]
fn one_mistake_does_not_cascade() {
    let policies = repository().join("policies");
    let scheme = std::fs::read_to_string(policies.join("yunyang/scheme.anlan")).unwrap();
    let framework = std::fs::read_to_string(policies.join("chongqing/framework.anlan")).unwrap();
    for (right, wrong, code) in [
        (" 溺水\n", " 溺氺\n", "N106"),
        ("主承保机构 50%", "主承保机构 50元", "U102"),
        ("死亡 定额 3万元", "死亡 定额 3万圆", "N114"),
    ] {
        let mutant = scheme.replacen(right, wrong, 1);
        assert_ne!(mutant, scheme, "{right}");
        let here = Folder::new(&[
            ("anlan.toml", ""),
            ("yunyang/scheme.anlan", &mutant),
            ("chongqing/framework.anlan", &framework),
        ]);
        let json = here.anlan(&["check", "yunyang", "--format", "json"]).ends(1).json();
        let errors: Vec<&str> = json["findings"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|finding| finding["severity"] == "error")
            .map(|finding| finding["code"].as_str().unwrap())
            .collect();
        assert_eq!(errors, [code], "{wrong}");
    }
}

#[test]
fn a_contract_below_a_floor_fails_with_both_places() {
    let read = |path: &str| std::fs::read_to_string(repository().join("policies").join(path)).unwrap();
    let contract = read("qijiang/contract-sample.anlan");
    let low = contract.replacen("每次累计额 = 3000万元", "每次累计额 = 2000万元", 1);
    assert_ne!(low, contract);
    let here = Folder::new(&[
        ("anlan.toml", ""),
        ("qijiang/scheme.anlan", &read("qijiang/scheme.anlan")),
        ("qijiang/contract-sample.anlan", &low),
        ("chongqing/framework.anlan", &read("chongqing/framework.anlan")),
    ]);
    let json = here.anlan(&["check", "qijiang", "--format", "json"]).ends(1).json();
    let findings = json["findings"].as_array().unwrap();
    let errors: Vec<_> = findings.iter().filter(|f| f["severity"] == "error").collect();
    assert_eq!(errors.len(), 1, "{errors:#?}");
    assert_eq!(errors[0]["code"], "F103");
    let line = 1 + low.lines().position(|l| l.contains("2000万元")).unwrap();
    assert_eq!(
        (&errors[0]["file"], &errors[0]["line"]),
        (&"qijiang/contract-sample.anlan".into(), &line.into())
    );
    let labels = errors[0]["labels"].as_array().unwrap();
    assert!(
        labels.iter().any(|l| l["file"] == "chongqing/framework.anlan"),
        "{labels:#?}"
    );
    assert!(findings.iter().filter(|f| f["code"] == "F108").count() >= 4);
}

/// What a contract makes of its scheme is shown where the contract is checked alone, as `F108` says.
#[test]
fn a_contract_checked_alone_shows_what_it_causes() {
    let scheme = "引用 perils, injury\n方案 某县 {\n  参数 死亡额: 金额 合同约定\n  险种 甲险 { 灾因 洪涝\n    \
                  赔付 每人每次灾害 { 死亡 定额 死亡额\n      残疾 定额 10万元 }\n    责任部门 县应急局 }\n}\n";
    let here = Folder::new(&[
        ("anlan.toml", ""),
        ("s.anlan", scheme),
        ("c.anlan", "引用 s\n合同 样本 执行 某县 { 设 死亡额 = 8万元 }\n"),
    ]);
    let json = here.anlan(&["check", "c.anlan", "--format", "json"]).ends(0).json();
    let findings = json["findings"].as_array().unwrap();
    assert_eq!(findings.len(), 1, "{findings:#?}");
    let low = &findings[0];
    assert_eq!((&low["code"], &low["file"]), (&"L104".into(), &"s.anlan".into()));
    let labels = low["labels"].as_array().unwrap();
    assert!(
        labels
            .iter()
            .any(|l| l["file"] == "c.anlan" && l["message"] == "合同“样本”的约定"),
        "{labels:#?}"
    );
}
