//! From source text to findings about units.
#![allow(clippy::unwrap_used, reason = "tests")]

use crate::testing::check as check_families;

#[track_caller]
fn check(clauses: &str, expect: &[&str]) {
    check_families("U", clauses, expect);
}

fn death(amount: &str) -> String {
    format!("险种 甲 {{ 灾因 洪涝 赔付 {{ 死亡 {amount} }} }}")
}

#[test]
fn money_needs_a_unit() {
    check(&death("定额 10"), &["U101 10"]);
    check(&death("定额 10万"), &["U101 10万"]);
    check(&death("定额 10万元"), &[]);
    check("累计限额 甲 = 3000 每年度 全部险种 用尽时 按比例", &["U101 3000"]);
}

#[test]
fn the_missing_unit_is_computed() {
    let text = format!("引用 灾因\n方案 例 {{ {} }}", death("定额 10"));
    let project = crate::testing::project(&[("a.anlan", &text)]);
    let compiled = crate::compile(&project);
    let all = compiled.all_findings();
    let finding = all.iter().find(|f| f.code.0 == "U101").unwrap();
    let help = anlan_lang::texts::help(anlan_lang::texts::Language::Zh, finding).unwrap();
    assert_eq!(help, "写成10元，还是10万元？");
    assert_eq!(finding.fix.as_ref().unwrap().replacement, "元");
}

#[test]
fn another_kind_is_refused() {
    check(&death("定额 10万人"), &["U102 10万人"]);
    check(&death("定额 70%"), &["U102 70%"]);
    check(&death("定额 1元/人/年"), &["U102 1元/人/年"]);
    check(&death("据实 医疗费用，赔付比例 2万元"), &["U102 2万元"]);
    check("一次灾害 3年", &["U102 3年"]);
    check("保险期间 72小时 自 2023-01-01", &["U102 72小时"]);
    check("保费 { 费率 50% }", &["U102 50%"]);
}

#[test]
fn sums_and_products() {
    check(&death("定额 1万元 + 3人"), &["U103 1万元 + 3人"]);
    check(&death("定额 1万元 × 2万元"), &["U109 1万元 × 2万元"]);
    check(&death("定额 1万元 × 80%"), &[]);
    check("指标 利润率 = 1 - 综合赔付率 - 20%", &[]);
    check("约束 综合费用率 <= 1/0", &["U112 1/0"]);
}

#[test]
fn money_is_exact_and_bounded() {
    check(&death("定额 10.001元"), &["U104 10.001元"]);
    check(&death("定额 1000.01元"), &[]);
    check(
        "累计限额 甲 = 100000亿元 每年度 全部险种 用尽时 按比例",
        &["U108 100000亿元 → 10亿元"],
    );
    check(
        "累计限额 甲 = 100001亿元 每年度 全部险种 用尽时 按比例",
        &["U105 100001亿元"],
    );
}

#[test]
fn shares_are_parts() {
    check("保费 { 费率 1元/人/年 承担 县财政 120% }", &["U107 120%"]);
    check(&death("定额 10万元，赔付比例 80"), &["U107 80"]);
    check(&death("定额 10万元，赔付比例 5/4"), &["U107 5/4"]);
    check(&death("定额 10万元，赔付比例 0.8"), &[]);
}

#[test]
fn magnitudes_are_questioned() {
    check(&death("定额 10元"), &["U108 10元 → 10万元"]);
    check(&death("定额 10亿元"), &["U108 10亿元 → 10万元"]);
    check(
        "累计限额 甲 = 3000元 每年度 全部险种 用尽时 按比例",
        &["U108 3000元 → 3000万元"],
    );
    check("保费 { 费率 1万元/人/年 }", &["U108 1万元/人/年 → 1元"]);
    check("赔付表 表 按 城乡 {\n 城镇 10万元\n 农村 2万元\n}", &[]);
    check(
        "赔付表 表 按 伤残等级 {\n 一级 10万元\n 二级 9万元\n 三级 8元\n 其余 1万元\n}",
        &["U108 8元 → 8万元"],
    );
}

#[test]
fn columns_have_one_kind() {
    check("赔付表 表 按 城乡 {\n 城镇 10万元\n 农村 20%\n}", &["U103 20% (+1)"]);
    check("赔付表 表 按 城乡 {\n 城镇 10\n 农村 20\n}", &["U101 10", "U101 20"]);
}

#[test]
fn rows_have_a_cell_for_each_column() {
    let widths = |rows: &str, expect: &[&str]| {
        check(&format!("赔付表 表 按 城乡 {{\n{rows}\n}}"), expect);
    };
    widths("一般 重点\n城镇 10万元 12万元\n农村 8万元 9万元", &[]);
    widths(
        "一般 重点\n城镇 10万元 12万元\n农村 8万元",
        &["U115 农村 8万元 → kind-table (+1)"],
    );
    widths(
        "一般 重点\n城镇 10万元 12万元 13万元\n农村 8万元 9万元",
        &["U115 城镇 10万元 12万元 13万元 → kind-table (+1)"],
    );
    // `列` is a column of its own here.
    widths(
        "列 一般 重点\n城镇 10万元 12万元\n农村 8万元 9万元",
        &[
            "U115 城镇 10万元 12万元 → kind-table (+1)",
            "U115 农村 8万元 9万元 → kind-table (+1)",
        ],
    );
    widths("城镇 10万元\n农村 8万元", &[]);
    widths("城镇 10万元\n农村 8万元 9万元", &["U115 农村 8万元 9万元 → kind-table"]);
}

#[test]
fn tables_do_not_lead_to_one_another() {
    check(
        "赔付表 甲 按 城乡 {\n 城镇 乙 × 2\n 农村 1万元\n}\n赔付表 乙 按 城乡 {\n 城镇 甲 × 1\n 农村 2万元\n}",
        &["U102 乙 × 2", "U102 甲 × 1"],
    );
}

#[test]
fn rates_say_for_whom() {
    check("保费 { 费率 2元 }", &["U111 2元"]);
    check("保费 { 费率 2元/年 }", &["U111 2元/年"]);
    check("保费 { 费率 2元/户/年 }", &[]);
    check(
        "险种 甲 { 灾因 干旱 赔付 { 饮水 60元/人/月 × 月数 不足一月 按一月，最长 6 } }",
        &[],
    );
}

#[test]
fn counts_are_whole() {
    check("灾因组 甲 = 洪涝 共1.5种", &["U110 1.5种"]);
    check("保费 { 费率 1元/人/年 基数 常住人口 当年 = 92.6万人 于 2022年 }", &[]);
    check(
        "保费 { 费率 1元/人/年 基数 常住人口 当年 = 92.6人 于 2022年 }",
        &["U110 92.6人"],
    );
}

#[test]
fn values_of_facts_have_their_kind() {
    let example = |field: &str| format!("样例 \"一\" {{ 赔案 {{ 灾因 洪涝, 损害 死亡, {field} }} 不赔 }}");
    check(&example("医疗费用 20%"), &["U102 20%"]);
    check(&example("医疗费用 20元"), &[]);
    check(&example("月数 3"), &[]);
    check(
        &format!("事实 水深: 数 厘米 精确到 1 自 0 至 500\n{}", example("水深 30.5厘米")),
        &["U113 30.5厘米 (+1)"],
    );
    check(
        &format!("事实 水深: 数 厘米 精确到 1 自 0 至 500\n{}", example("水深 6米")),
        &["U113 6米 (+1)"],
    );
    check(
        &format!("事实 水深: 数 厘米 精确到 1 自 0 至 500\n{}", example("水深 3米")),
        &[],
    );
}

#[test]
fn conditions_compare_like_with_like() {
    let with = |condition: &str| format!("险种 甲 {{ 灾因 洪涝 条件 {condition} 赔付 {{ 死亡 定额 1万元 }} }}");
    check(&with("财产损失 >= 500元"), &[]);
    check(&with("财产损失 >= 500"), &["U101 500"]);
    check(&with("财产损失 >= 5%"), &["U102 5%"]);
    check(&with("月数 >= 2"), &[]);
}

#[test]
fn parameters_have_bounds_of_their_kind() {
    check("参数 甲: 金额 合同约定 至少 10%", &["U102 10%"]);
    check("参数 甲: 比例 合同约定 至多 20%", &[]);
    check("参数 甲: 金额 合同约定 计划 40万元/年", &[]);
}
