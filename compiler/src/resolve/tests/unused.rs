use crate::testing::check;

#[test]
fn what_nothing_reads_is_said() {
    check(
        "N",
        "参数 甲, 乙: 金额 合同约定\n赔付标准 丙 { 死亡 定额 乙 }\n险种 丁 { 灾因 洪涝 赔付 丙 }",
        &["N301 甲 → kind-parameter"],
    );
    check("N", "决定 批准 由 县政府", &["N301 批准 → kind-decision"]);
    check("N", "灾因组 甲 = 洪涝 以上为限", &["N301 甲 → kind-group"]);
    check("N", "赔付标准 甲 { 死亡 定额 1万元 }", &["N301 甲 → kind-schedule"]);
    check(
        "N",
        "赔付表 甲 按 城乡 {\n 城镇 1万元\n 农村 2万元\n}",
        &["N301 甲 → kind-table"],
    );
    check(
        "N",
        "赔付表 甲 按 城乡 {\n 一般 重点\n 城镇 1万元 2万元\n 农村 2万元 3万元\n}\n险种 丁 { 灾因 洪涝 赔付 { 死亡 定额 甲.重点 } }",
        &["N301 一般 → kind-column"],
    );
    check("N", "事实 产权: 是否", &["N301 产权 → kind-fact"]);
}

#[test]
fn an_example_reads_nothing() {
    check(
        "N",
        "决定 批准 由 县政府\n样例 \"一\" { 决定 批准 赔案 { 灾因 洪涝 } 不赔 }",
        &["N301 批准 → kind-decision"],
    );
}

#[test]
fn each_way_of_reading_counts() {
    check(
        "N",
        "灾因组 甲 = 洪涝 以上为限\n灾因组 乙 = 甲, 干旱 等 由 决定 认定\n决定 认定 由 县政府\n险种 丙 { 灾因 乙 赔付 { 死亡 定额 1万元 } }",
        &[],
    );
    check(
        "N",
        "决定 逾期 由 县政府\n义务 \"月报\" 由 县政府 每月 期限 \"及时\" 违反时 逾期",
        &[],
    );
    check("N", "参数 上限: 比例 合同约定\n约束 综合费用率 <= 上限", &[]);
}
