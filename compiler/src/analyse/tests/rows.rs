//! A row that a small amount and a great one reach is judged by the great one.

use super::witnesses::{FRAME, checked, reproduced};

/// The findings of one code in clauses, by what they are about; their witnesses are reproduced.
fn about(code: &str, clauses: &str) -> Vec<String> {
    let text = format!("{FRAME}{clauses}\n}}\n");
    let wrong = reproduced(&text);
    assert!(wrong.is_empty(), "{clauses}: {wrong:?}");
    let checked = checked(&text);
    let of_code = checked.findings().into_iter().filter(|finding| finding.code.0 == code);
    of_code.map(|finding| finding.about.join(" ")).collect()
}

#[test]
fn a_claim_shows_what_is_paid_and_not_listed() {
    let clauses = "赔付标准 甲 { 死亡 定额 1万元; 房屋 据实 财产损失，限额 2000元 }\n险种 一 { 灾因 洪涝; 赔付 甲 }\n保险标的 人身 以上为限\n";
    assert_eq!(about("C118", clauses), ["人身"]);
    let told = checked(&format!("{FRAME}{clauses}}}\n"));
    let findings = told.findings();
    let finding = findings.iter().find(|finding| finding.code.0 == "C118").unwrap();
    let witness = finding.witness.as_ref().unwrap();
    assert_eq!(witness.claims[0].get("harm").map(String::as_str), Some("房屋"));
}

#[test]
fn what_is_paid_and_not_listed_is_told_beside_what_is_listed_and_not_paid() {
    let clauses = "赔付标准 甲 { 死亡 定额 1万元 }\n险种 一 { 灾因 洪涝; 赔付 甲 }\n保险标的 财产 以上为限\n";
    assert_eq!(about("C118", clauses), ["财产", "财产"]);
    let told = checked(&format!("{FRAME}{clauses}}}\n"));
    let findings = told.findings().into_iter().filter(|finding| finding.code.0 == "C118");
    let witnesses: Vec<bool> = findings.map(|finding| finding.witness.is_some()).collect();
    assert_eq!(witnesses, [false, true]);
}

#[test]
fn each_level_that_tells_nothing_apart_is_told() {
    let clauses = "赔付标准 甲 { 死亡 定额 1万元 }\n险种 一 { 灾因 洪涝; 赔付 甲 }\n\
        累计限额 户 = 5000元 每案 全部险种 用尽时 按时间, 按灾害\n";
    assert_eq!(about("L114", clauses), ["户", "户"]);
}

const CAPS: &str = "事实 积水深度: 数 厘米 精确到 1 自 0 至 1000\n\
    赔付标准 甲 每户每次灾害 { 房屋 据实 财产损失，限额 2000元 }\n\
    赔付标准 乙 每户每次灾害 { 房屋 据实 财产损失，限额 20万元 }\n";

#[test]
fn covers_that_differ_only_where_a_cap_is_reached_meet() {
    let met = |condition: &str| {
        let covers = format!(
            "险种 一 {{ 灾因 洪涝, 滑坡; 条件 {condition}; 赔付 甲 }}\n险种 二 {{ 灾因 洪涝, 滑坡; 赔付 乙 }}\n"
        );
        about("C101", &format!("{CAPS}{covers}"))
    };
    assert_eq!(met("财产损失 < 1000元 或 财产损失 > 5000元"), ["一 二"]);
    // The great loss stands behind another value of a fact that is tested before it.
    let by_peril = "(灾因 为 洪涝 且 财产损失 < 1000元) 或 (灾因 为 滑坡 且 财产损失 > 5000元)";
    assert_eq!(met(by_peril), ["一 二"]);
    let by_depth = "(积水深度 > 100厘米 且 财产损失 < 1000元) 或 (积水深度 < 50厘米 且 财产损失 > 5000元)";
    assert_eq!(met(by_depth), ["一 二"]);
    assert_eq!(met("财产损失 < 1000元"), [""; 0]);
}

#[test]
fn perils_that_follow_one_another_are_compared_where_caps_are_reached() {
    let asked = |condition: &str| {
        let covers = format!(
            "险种 一 {{ 灾因 洪涝; 条件 {condition}; 赔付 甲 }}\n险种 二 {{ 灾因 滑坡; 条件 {condition}; 赔付 乙 }}\n"
        );
        about("C113", &format!("{CAPS}{covers}"))
    };
    assert_eq!(asked("财产损失 < 1000元 或 财产损失 > 5000元"), ["一 二"]);
    assert_eq!(asked("财产损失 < 1000元"), [""; 0]);
}

#[test]
fn perils_that_follow_one_another_are_compared_in_each_row_of_a_table() {
    let clauses = "赔付表 档 按 财产损失 {\n           一      二\n  不满 50元  1000元  1000元\n  其余       1000元  2000元\n}\n\
        赔付标准 甲 每户每次灾害 { 房屋 定额 档.一 }\n赔付标准 乙 每户每次灾害 { 房屋 定额 档.二 }\n\
        险种 一 { 灾因 洪涝; 条件 财产损失 < 20元 或 财产损失 > 80元; 赔付 甲 }\n\
        险种 二 { 灾因 滑坡; 条件 财产损失 < 20元 或 财产损失 > 80元; 赔付 乙 }\n";
    assert_eq!(about("C113", clauses), ["一 二"]);
}

#[test]
fn a_benefit_is_cut_by_a_limit_that_its_greatest_claim_is_above() {
    let cut = |condition: &str| {
        let clauses = format!(
            "{CAPS}险种 一 {{ 灾因 洪涝, 滑坡; 条件 {condition}; 赔付 乙 }}\n\
             累计限额 户 = 1500元 每户每次灾害 全部险种 用尽时 按比例\n"
        );
        about("L102", &clauses)
    };
    let by_peril = "(灾因 为 洪涝 且 财产损失 < 1000元) 或 (灾因 为 滑坡 且 财产损失 > 5000元)";
    assert_eq!(cut(by_peril), ["一 户"]);
    // No claim comes to more than 999.99元, whatever the row's own cap.
    assert_eq!(cut("财产损失 < 1000元"), [""; 0]);
}
