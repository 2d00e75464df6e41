use crate::testing::{findings, project};
use crate::{check, compile};

const FRAMEWORK: &str =
    "引用 灾因\n框架 甲框架 {\n  灾因组 风灾害 = 大风, 台风 以上为限\n  基本范围 { 灾因 风灾害 损害 死亡 }\n}\n";
const SCHEME: &str =
    "引用 灾因, 某市.框架\n方案 例 遵循 甲框架 {\n  险种 甲 { 灾因 大风 赔付 { 死亡 定额 1万元 } }\n}\n";

#[test]
fn a_dotted_name_is_a_path_or_a_library() {
    let files = [("某市/框架.anlan", FRAMEWORK), ("某县/方案.anlan", SCHEME)];
    assert_eq!(findings("N", &files), Vec::<String>::new());
    let english = SCHEME.replace("引用 灾因", "use perils");
    assert_eq!(
        findings("N", &[("某市/框架.anlan", FRAMEWORK), ("a.anlan", &english)]),
        Vec::<String>::new()
    );
}

#[test]
fn roots_shorten_paths() {
    let sources = [
        ("policies/某市/框架.anlan", FRAMEWORK),
        ("policies/某县/方案.anlan", SCHEME),
    ];
    let with_root = |root: &str| {
        let files = project(&sources);
        let settings = crate::project::Settings {
            roots: vec![root.to_owned()],
            ..Default::default()
        };
        let project = crate::project::Project::new(files.sources()[..2].to_vec(), settings);
        compile(&project).all_findings().len()
    };
    assert_eq!(with_root("policies"), 0);
    assert!(with_root("elsewhere") > 0);
}

#[test]
fn unknown_imports_suggest_the_nearest() {
    assert_eq!(findings("N", &[("a.anlan", "引用 灾囚\n")]), ["N101 灾囚 → 灾因"]);
    assert_eq!(
        findings(
            "N",
            &[("b/framework.anlan", FRAMEWORK), ("a.anlan", "引用 b.framewrk\n")]
        ),
        ["N101 b.framewrk → b.framework"]
    );
}

#[test]
fn circles_and_repetitions() {
    let found = findings(
        "N",
        &[
            ("a.anlan", "引用 b\n"),
            ("b.anlan", "引用 c\n"),
            ("c.anlan", "引用 a\n"),
        ],
    );
    assert_eq!(found, ["N209 a"]);
    assert_eq!(
        findings("N", &[("a.anlan", "引用 灾因, perils\n")]),
        ["N210 perils (+1)"]
    );
}

#[test]
fn what_is_not_imported_is_not_visible() {
    let scheme = "方案 例 {\n  险种 甲 { 灾因 大风, 洪涝 赔付 { 死亡 定额 1万元 } }\n}\n";
    assert_eq!(findings("N", &[("a.anlan", scheme)]), ["N120 大风 → 灾因 (+1)"]);
    let scheme = "方案 例 {\n  区域 云阳县\n}\n";
    assert_eq!(findings("N", &[("a.anlan", scheme)]), ["N120 云阳县 → 区域"]);
    // A framework exists but is not imported.
    let scheme = "方案 例 遵循 甲框架 { }\n";
    assert_eq!(
        findings("N", &[("某市/框架.anlan", FRAMEWORK), ("a.anlan", scheme)]),
        ["N120 甲框架 → 某市.框架"]
    );
}

#[test]
fn names_of_an_imported_file_do_not_leak() {
    let scheme = SCHEME.replace("大风 赔付", "风灾害 赔付");
    assert_eq!(
        findings("N", &[("某市/框架.anlan", FRAMEWORK), ("a.anlan", &scheme)]),
        ["N106 风灾害 → 台风灾害、大风灾害、风雹灾害"]
    );
}

#[test]
fn frameworks_and_schemes_are_found_by_name() {
    let scheme = SCHEME.replace("遵循 甲框架", "遵循 甲框驾");
    assert_eq!(
        findings("N", &[("某市/框架.anlan", FRAMEWORK), ("a.anlan", &scheme)]),
        ["N102 甲框驾 → 甲框架 → kind-framework"]
    );
    let contract = "引用 a\n合同 约 执行 列 { }\n";
    assert_eq!(
        findings(
            "N",
            &[
                ("某市/框架.anlan", FRAMEWORK),
                ("a.anlan", SCHEME),
                ("b.anlan", contract)
            ]
        ),
        ["N102 列 → kind-scheme"]
    );
}

#[test]
fn two_versions_of_a_scheme_may_stand_in_two_files() {
    let files = [("某市/框架.anlan", FRAMEWORK), ("a.anlan", SCHEME), ("b.anlan", SCHEME)];
    assert_eq!(findings("N", &files), Vec::<String>::new());
    let twice = format!("{SCHEME}{}", SCHEME.split_once('\n').unwrap().1);
    assert_eq!(
        findings("N", &[("某市/框架.anlan", FRAMEWORK), ("a.anlan", &twice)]),
        ["N201 例 → kind-scheme (+1)"]
    );
}

#[test]
fn findings_do_not_depend_on_the_number_of_schemes() {
    let names: Vec<String> = (0..40).map(|i| format!("县{i:02}/方案.anlan")).collect();
    let mut files = vec![("某市/框架.anlan", FRAMEWORK)];
    files.extend(names.iter().map(|name| (name.as_str(), SCHEME)));
    let project = project(&files);
    let checked = check(&project);
    let codes = |file: u32| -> Vec<&str> {
        let of_file = checked.findings().into_iter();
        of_file
            .filter(|f| f.primary.is_some_and(|place| place.file.0 == file))
            .map(|f| f.code.0)
            .collect()
    };
    assert!(
        (2..41).all(|file| codes(file) == codes(1)),
        "each scheme has the same findings"
    );
    assert_eq!(checked.compiled.units.len(), 41);
}

#[test]
fn an_import_of_which_nothing_is_read_is_told() {
    let colours = ("colours.anlan", "域 colours 颜色 { red 红, blue 蓝 }\n");
    let marks = ("marks.anlan", "引用 colours\n事实 mark 标记: colours\n");
    let unread = |scheme: &str| {
        let all = findings("N131", &[("a.anlan", scheme), colours, marks]);
        all.into_iter()
            .filter(|one| one.starts_with("N131"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    assert_eq!(unread("引用 colours\n方案 例 {\n}\n"), "N131 colours");
    assert_eq!(unread("引用 marks\n方案 例 {\n}\n"), "N131 marks");
    assert_eq!(unread("引用 colours\n方案 例 {\n 事实 own 自有: colours\n}\n"), "");
    // The fact of the other import takes its values from here.
    assert_eq!(unread("引用 colours, marks\n方案 例 {\n 参数 mark: 金额\n}\n"), "");
    // The library's parts are asked for in advance.
    assert_eq!(unread("引用 perils, areas\n方案 例 {\n}\n"), "");
}
