//! How schemes stand to frameworks, and contracts to schemes.

use crate::check::{check, check_only};
use crate::testing::project;
use anlan_lang::diag::{FileId, Finding};
use anlan_lang::texts::{Language, label, message};

const IMPORTS: &str = "引用 perils, injury, damage, dwelling, areas\n";

fn framework(clauses: &str) -> String {
    format!("{IMPORTS}框架 市框架 {{\n{clauses}\n}}\n")
}

fn scheme(clauses: &str) -> String {
    format!("{IMPORTS}引用 fw\n方案 县方案 遵循 市框架 {{\n{clauses}\n}}\n")
}

/// The findings of these codes, in words.
fn found(codes: &[&str], fw: &str, s: &str) -> Vec<String> {
    let (fw, s) = (framework(fw), scheme(s));
    let checked = check(&project(&[("fw.anlan", &fw), ("s.anlan", &s)]));
    let all = checked.findings();
    let bad: Vec<_> = all.iter().filter(|f| f.code.0.starts_with(['S', 'N'])).collect();
    assert!(bad.is_empty(), "{bad:?}");
    let wanted = all.into_iter().filter(|finding| codes.contains(&finding.code.0));
    wanted
        .map(|finding| {
            format!(
                "{} {:?} {}",
                finding.code.0,
                finding.severity,
                message(Language::Zh, finding)
            )
        })
        .collect()
}

const COVER: &str = "险种 甲险 { 灾因 洪涝; 赔付 每人每次灾害 { 死亡 定额 10万元 }; 责任部门 县应急局 }";

#[test]
fn harms_of_the_basic_scope_that_no_cover_pays_are_missing() {
    let scope = "基本范围 { 灾因 洪涝 以上为限; 损害 死亡, 残疾, 医疗 以上为限 }";
    assert_eq!(
        found(&["F102"], scope, COVER),
        ["F102 Error 框架“市框架”规定的基本范围含残疾、医疗，本方案没有险种赔付"]
    );
    let menu = format!("{scope}\n可选 基本范围");
    assert_eq!(found(&["F102"], &menu, COVER), [""; 0]);
    let elsewhere = format!(
        "{COVER}\n险种 乙险 {{ 灾因 火灾; 赔付 每人每次灾害 {{ 死亡 定额 10万元; 医疗 据实 医疗费用, 限额 1万元; 残疾 定额 1万元 }}; 责任部门 县应急局 }}"
    );
    assert_eq!(found(&["F102"], scope, &elsewhere).len(), 1);
    let whole = elsewhere.replace("火灾", "洪涝");
    assert_eq!(found(&["F102"], scope, &whole), [""; 0]);
}

#[test]
fn persons_of_the_basic_scope_whom_no_cover_takes_are_missing() {
    let scope = "基本范围 { 灾因 洪涝 以上为限; 损害 死亡; 身份 居民, 临时人员 以上为限 }";
    assert_eq!(found(&["F102"], scope, COVER), [""; 0]);
    let of_some = COVER.replace("赔付", "身份 居民; 赔付");
    assert_eq!(
        found(&["F102"], scope, &of_some),
        ["F102 Error 框架“市框架”规定的基本范围含临时人员，本方案没有险种赔付"]
    );
    let listed = format!("保障对象 户籍人口, 常住人口 以上为限\n{COVER}");
    assert_eq!(found(&["F102"], scope, &listed).len(), 1);
    let open = format!("保障对象 户籍人口 等\n{COVER}");
    assert_eq!(found(&["F102"], scope, &open), [""; 0]);
}

#[test]
fn a_duty_is_met_by_one_of_its_name_body_period_and_force() {
    let wanted = "要求 义务 \"年度报告\" 由 承保机构 每年 期限 \"年末\"";
    let of = |duty: &str| found(&["F106"], wanted, duty);
    let says = |duty: &str, severity: &str, words: &str| {
        let found = of(duty);
        assert!(
            matches!(found.as_slice(), [one] if one.contains(severity) && one.contains(words)),
            "{duty}: {found:?}"
        );
    };
    for met in [
        "义务 \"年度报告\" 由 承保机构 每年",
        "义务 \"年度报告\" 由 县政府, 承保机构 每季度",
        "机构 保险公司 又称 承保机构\n义务 \"年度报告\" 由 保险公司 每月",
        "义务 \"年度报告\" 由 承保机构 鼓励\n义务 \"年度报告\" 由 承保机构 每年",
    ] {
        assert_eq!(of(met), [""; 0], "{met}");
    }
    says(
        "义务 \"召开年会\" 由 承保机构 每年 期限 \"年末\"",
        "Question",
        "召开年会",
    );
    says("义务 \"召开年会\" 由 县政府 每年", "Warning", "没有规定");
    says("义务 \"年度报告\" 由 县政府 每年", "Question", "由县政府履行");
    says("义务 \"年度报告\" 由 承保机构", "Warning", "周期");
    says("义务 \"年度报告\" 由 承保机构 每年 鼓励", "Warning", "必须");
    says("义务 \"年度报告\" 由 承保机构 每年 原则上", "Warning", "必须");
    let often = "要求 义务 \"季度报告\" 由 承保机构 每季度";
    assert_eq!(found(&["F106"], often, "义务 \"季度报告\" 由 承保机构 每年").len(), 1);
    let urged = "要求 义务 \"年度报告\" 由 承保机构 每年 鼓励";
    assert_eq!(
        found(&["F106"], urged, "义务 \"年度报告\" 由 承保机构 每年 鼓励"),
        [""; 0]
    );
}

#[test]
fn a_framework_applies_in_its_area_from_its_day() {
    let fw = "适用 重庆市 各 区县\n文件 \"渝〔2024〕1号\" 发布 2024-01-01 施行 2024-01-01\n要求 \"守信\"";
    let of = |area: &str, day: &str| {
        let text = format!("区域 {area}\n文件 \"县〔2024〕2号\" 发布 2023-02-01 施行 {day}\n{COVER}");
        found(&["F112", "D112"], fw, &text)
    };
    assert_eq!(of("云阳县", "2024-01-01"), [""; 0]);
    assert_eq!(of("重庆市", "2024-01-01"), [""; 0]);
    let far = of("聊城市", "2023-03-01");
    assert!(
        matches!(far.as_slice(), [a, b] if a.starts_with("F112") && b.starts_with("D112")),
        "{far:?}"
    );
    // What counts is from when the scheme insures.
    assert_eq!(of("云阳县", "2023-03-01\n保险期间 1年 自 2024-01-01"), [""; 0]);
    assert_eq!(of("云阳县", "2023-03-01\n保险期间 1年 自 2023-06-01").len(), 1);
}

const BOUND: &str = "方案 某县 {\n参数 死亡额: 金额 合同约定\n参数 人额: 金额 合同约定\n\
    险种 甲险 { 灾因 洪涝; 赔付 每人每次灾害 { 死亡 定额 死亡额\n残疾 定额 10万元 }; 责任部门 县应急局 }\n\
    累计限额 人限 = 人额 每人每次灾害 全部险种 用尽时 按比例\n}\n";

#[test]
fn the_findings_of_a_contract_are_those_of_its_file_and_name_it() {
    let scheme = format!("{IMPORTS}{BOUND}");
    let contract = |name: &str, death: &str| {
        format!("引用 s\n合同 {name} 执行 某县 {{\n设 死亡额 = {death}\n设 人额 = 12万元\n}}\n")
    };
    let (low, high) = (contract("合同甲", "8万元"), contract("合同乙", "15万元"));
    let checked = check_only(&project(&[("c.anlan", &low), ("d.anlan", &high), ("s.anlan", &scheme)]));
    let of = |file: u32| -> Vec<&Finding> {
        let all = checked.findings_of(|named| named == FileId(file)).into_iter();
        all.filter(|f| f.code.0.starts_with('L')).collect()
    };
    let said = |findings: &[&Finding], code: &str| -> Vec<String> {
        let of_code = findings.iter().filter(|finding| finding.code.0 == code);
        of_code
            .flat_map(|f| f.labels.iter().map(|l| label(Language::Zh, f, l)).collect::<Vec<_>>())
            .collect()
    };
    let first = of(0);
    assert!(
        said(&first, "L104").iter().any(|words| words == "合同“合同甲”的约定"),
        "{first:#?}"
    );
    let second = of(1);
    let words = said(&second, "L102");
    assert_eq!(
        words.iter().filter(|words| *words == "合同“合同乙”的约定").count(),
        2,
        "{second:#?}"
    );
    assert!(of(2).iter().any(|f| f.code.0 == "L104"));
}

#[test]
fn a_limit_is_not_met_inside_a_lower_one() {
    let scope = "基本范围 { 灾因 洪涝 以上为限; 损害 死亡 }\n要求 每次灾害 累计限额 >= 3000万元 于 基本范围";
    let with = |limits: &str| found(&["F103"], scope, &format!("年度 公历年度\n{COVER}\n{limits}"));
    let year = "累计限额 年限 = 2000万元 每年度 全部险种 用尽时 按时间";
    let said = with(year);
    assert!(
        matches!(said.as_slice(), [one] if one.contains("年限") && one.contains("2000万元") && one.contains("3000万元")),
        "{said:?}"
    );
    let event = "累计限额 次限 = 3000万元 每次灾害 全部险种 用尽时 按时间";
    assert_eq!(with(&format!("{event}\n{year}")).len(), 1);
    assert_eq!(with(&format!("{event}\n{}", year.replace("2000万", "3000万"))), [""; 0]);
    // A limit of each person says nothing of the event, nor does one of another cover.
    assert_eq!(with(&year.replace("每年度", "每人每次灾害")), [""; 0]);
    let other = "险种 乙险 { 灾因 火灾; 赔付 每人每次灾害 { 死亡 定额 10万元 }; 责任部门 县应急局 }";
    assert_eq!(
        with(&format!("{other}\n{}", year.replace("全部险种", "限于险种 乙险"))),
        [""; 0]
    );
}

#[test]
fn what_a_framework_requires_is_per_something() {
    let asked = |requirement: &str| {
        let fw = framework(&format!("基本范围 {{ 灾因 洪涝 以上为限; 损害 死亡 }}\n{requirement}"));
        let checked = check(&project(&[("fw.anlan", &fw)]));
        let asked = checked
            .findings()
            .into_iter()
            .filter(|finding| finding.code.0 == "Q119");
        asked.count()
    };
    assert_eq!(asked("要求 每人每次灾害 可获赔付 >= 10万元 于 基本范围"), 0);
    assert_eq!(asked("要求 可获赔付 >= 10万元 于 基本范围"), 1);
    assert_eq!(asked("要求 每次灾害 累计限额 >= 3000万元 于 基本范围"), 0);
}
