use crate::testing::check as check_families;

/// Unknown names only: what is declared for the test need not be read.
#[track_caller]
fn check(clauses: &str, expect: &[&str]) {
    let text = format!("引用 灾因, 伤残, 损毁等级, 区域\n方案 例 {{\n{clauses}\n}}\n");
    let found = crate::testing::findings("N", &[("例.anlan", &text)]);
    let found: Vec<String> = found.into_iter().filter(|line| !line.starts_with("N301")).collect();
    assert_eq!(found, expect, "{text}");
}

const COVER: &str = "险种 甲 { 灾因 洪涝 赔付 { 死亡 定额 1万元 } }";

#[test]
fn a_sound_scheme_has_nothing() {
    check_families("NU", COVER, &[]);
}

#[test]
fn an_unknown_peril_suggests_the_nearest() {
    check(
        "险种 甲 { 灾因 洪捞, 大风 赔付 { 死亡 定额 1万元 } }",
        &["N106 洪捞 → 洪涝"],
    );
}

#[test]
fn one_name_used_ten_times_is_one_finding() {
    let covers: Vec<String> = (0..10)
        .map(|i| format!("险种 「甲{i}」 {{ 灾因 外星人入侵 赔付 {{ 死亡 定额 1万元 }} }}"))
        .collect();
    check(&covers.join("\n"), &["N106 外星人入侵 (+9)"]);
}

#[test]
fn values_of_facts() {
    let with = |condition: &str| format!("险种 甲 {{ 灾因 洪涝 条件 {condition} 赔付 {{ 死亡 定额 1万元 }} }}");
    check(&with("责任人 为 无力陪偿"), &["N105 无力陪偿 → 无力赔偿"]);
    check(&with("责人任 为 无力赔偿"), &["N104 责人任 → 责任人"]);
    // A value of another domain says so.
    check(&with("责任人 为 城镇"), &["N204 城镇 → 城乡"]);
    check(&with("财产损失 为 城镇"), &["N118 城镇 (+1)"]);
    check(&with("财产损失"), &["N117 财产损失 (+1)"]);
}

#[test]
fn a_decision_as_a_condition_needs_its_keyword() {
    check(
        "决定 批准 由 县政府\n险种 甲 { 灾因 洪涝 条件 批准 赔付 { 死亡 定额 1万元 } }",
        &["N123 批准"],
    );
}

#[test]
fn items_of_the_scheme() {
    check("险种 甲 { 灾因 洪涝 赔付 一般赔付 }", &["N108 一般赔付"]);
    check(
        "赔付标准 一般赔付 { 死亡 定额 1万元 }\n险种 甲 { 灾因 洪涝 赔付 一般陪付 }",
        &["N108 一般陪付 → 一般赔付"],
    );
    check(&format!("{COVER}\n优先 甲 于 乙"), &["N107 乙"]);
    check(
        &format!("{COVER}\n累计限额 年限额 = 1亿元 每年度 全部险种 用尽时 按比例 包含于 封顶数"),
        &["N109 封顶数"],
    );
    check(
        "险种 甲 { 灾因 洪涝 条件 决定 认定 赔付 { 死亡 定额 1万元 } }",
        &["N112 认定"],
    );
    check(
        "赔付标准 乙 { 死亡 定额 死亡限额 }\n参数 死亡限度: 金额 合同约定",
        &["N111 死亡限额 → 死亡限度"],
    );
    check("赔付标准 乙 { 死亡 定额 备用金 余额 }", &["N113 备用金"]);
}

#[test]
fn a_name_of_another_kind_says_what_it_is() {
    check(&format!("{COVER}\n险种 乙 {{ 灾因 火灾 赔付 甲 }}"), &["N130 甲"]);
    check(
        "资金 备用金 { 滚存 }\n赔付标准 乙 { 死亡 定额 备用金 }",
        &["N129 备用金"],
    );
}

#[test]
fn columns_of_tables() {
    let table = "赔付表 表 按 伤残等级 {\n  一般 抢险\n  一级 10万元 30万元\n  其余 1万元 3万元\n}\n";
    check(
        &format!("{table}赔付标准 乙 {{ 残疾 定额 表.一股 }}"),
        &["N110 一股 → 一般 (+1)"],
    );
    check(&format!("{table}赔付标准 乙 {{ 残疾 定额 表 }}"), &["N128 表 (+1)"]);
    check(&format!("{table}赔付标准 乙 {{ 残疾 定额 表.一般 }}"), &[]);
}

#[test]
fn units_and_regions() {
    check("险种 甲 { 灾因 洪涝 赔付 { 死亡 定额 1万圆 } }", &["N114 圆"]);
    check("区域 云阳", &["N115 云阳 → 云阳县"]);
    check(
        "区域 云阳县\n样例 \"一\" { 基数 綦江区 人数 1 户数 1 保费 1元 }",
        &["N214 綦江区 (+1)"],
    );
}

#[test]
fn payers_and_bearers() {
    let split = "区域 聊城市\n分担 分担表 按 区县 {\n  省级 县级\n  临清市 90% 10%\n  余数归 市级\n}\n";
    check(split, &["N126 市级 → 县级、省级"]);
    check("样例 \"一\" { 损失 1亿元 承担 保险公司 1亿元 }", &["N127 保险公司"]);
}

#[test]
fn bodies_need_no_declaration_but_slips_show() {
    check(
        "机构 县公安局\n职责 甲 由 县公安局\n职责 乙 由 县公安安局",
        &["N125 县公安安局 → 县公安局 (+1)"],
    );
    check("职责 甲 由 县财政局\n职责 乙 由 市财政局\n职责 丙 由 县财政局", &[]);
}

#[test]
fn codes_of_acknowledgements() {
    check("认可 L904 \"理由\"", &["N121 L904 → L104、L304"]);
}

#[test]
fn a_broken_file_is_not_asked_for_what_it_may_declare() {
    let found = crate::testing::findings(
        "N",
        &[(
            "例.anlan",
            "引用 灾因\n方案 例 {\n  赔付标准 乙 每人 每 { 死亡 定额\n  险种 甲 { 灾因 洪涝 赔付 一般赔付 }\n  险种 丙 { 灾因 洪捞 赔付 一般赔付 }\n}\n",
        )],
    );
    let names: Vec<&String> = found.iter().filter(|line| line.starts_with('N')).collect();
    assert!(found.iter().any(|line| line.starts_with('S')), "{found:?}");
    assert!(!names.iter().any(|line| line.starts_with("N108")), "{found:?}");
    assert!(!names.iter().any(|line| line.starts_with("N301")), "{found:?}");
}
