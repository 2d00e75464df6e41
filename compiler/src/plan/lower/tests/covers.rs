//! When covers apply, and what happens where they meet.

use super::*;

const PAYS: &str = "赔付 { 死亡 定额 1万元 }";

#[test]
fn a_rule_that_names_a_node_covers_all_below_it() {
    let plan = plan(&format!("险种 甲 {{ 灾因 气象灾害 {PAYS} }}"));
    assert_eq!(applying(&plan, "灾因 洪涝, 损害 死亡"), ["甲"]);
    assert_eq!(applying(&plan, "灾因 雷电, 损害 死亡"), ["甲"]);
    assert_eq!(applying(&plan, "灾因 气象灾害, 损害 死亡"), ["甲"]);
    assert_eq!(applying(&plan, "灾因 滑坡, 损害 死亡"), [""; 0]);
    assert_eq!(applying(&plan, "灾因 洪涝, 损害 残疾"), [""; 0]);
}

#[test]
fn causes_and_open_lists_with_a_decision() {
    let plan = plan(&format!(
        "决定 认定 由 县政府 每 灾因 效力 全期
         灾因组 次生 = 滑坡 由 高温 引起, 火灾 等 由 决定 认定
         险种 甲 {{ 灾因 次生 {PAYS} }}"
    ));
    assert_eq!(applying(&plan, "灾因 滑坡, 致因 高温, 损害 死亡"), ["甲"]);
    assert_eq!(applying(&plan, "灾因 滑坡, 致因 暴雨, 损害 死亡"), [""; 0]);
    assert_eq!(applying(&plan, "灾因 滑坡, 致因 暴雨, 损害 死亡, 决定 认定"), ["甲"]);
    // A listed peril needs neither a cause nor a decision.
    let record = Record::new(&plan, "灾因 火灾, 损害 死亡");
    let mut asked = Vec::new();
    plan.diagrams
        .evaluate(plan.applying, |fact| {
            asked.push(plan.facts[fact.index()].id.clone());
            Ok::<_, ()>(record.class(fact))
        })
        .unwrap();
    assert_eq!(asked, ["harm", "peril"]);
}

#[test]
fn one_cause_of_a_whole_list() {
    let plan = plan(&format!("险种 甲 {{ 灾因 火灾, 爆炸 等 均由 地震灾害 引起 {PAYS} }}"));
    assert_eq!(applying(&plan, "灾因 火灾, 致因 地震, 损害 死亡"), ["甲"]);
    assert_eq!(applying(&plan, "灾因 爆炸, 致因 雷电, 损害 死亡"), [""; 0]);
    assert!(plan.covers[0].peril_list_open);
    assert!(plan.covers[0].peril_words.iter().all(|word| word.cause.is_some()));
}

#[test]
fn a_value_treated_as_another_goes_the_same_way_unless_named() {
    let rule = "视同 责任人 无责任人 = 无法找到\n";
    let of = |condition: &str| plan(&format!("{rule}险种 甲 {{ 灾因 任何 条件 {condition} {PAYS} }}"));
    let pays =
        |plan: &Plan, liable: &str| !applying(plan, &format!("灾因 火灾, 损害 死亡, 责任人 {liable}")).is_empty();

    let plan = of("责任人 为 无法找到");
    assert_eq!(
        ["无法找到", "无责任人", "无力赔偿"].map(|l| pays(&plan, l)),
        [true, true, false]
    );
    let plan = of("责任人 不为 无法找到");
    assert_eq!(
        ["无法找到", "无责任人", "无力赔偿"].map(|l| pays(&plan, l)),
        [false, false, true]
    );
    let plan = of("责任人 为 无力赔偿");
    assert!(!pays(&plan, "无责任人"));
}

#[test]
fn conditions_combine() {
    let plan = plan(&format!(
        "事实 合法产权: 是否
         险种 甲 {{ 灾因 任何 条件 合法产权 且 非 （财产损失 不满 500元 或 责任人 为 有能力赔偿） {PAYS} }}"
    ));
    let pays = |rest: &str| !applying(&plan, &format!("灾因 火灾, 损害 死亡, {rest}")).is_empty();
    assert!(pays("合法产权 是, 财产损失 500, 责任人 无法找到"));
    assert!(!pays("合法产权 是, 财产损失 499, 责任人 无法找到"));
    assert!(!pays("合法产权 否, 财产损失 900, 责任人 无法找到"));
    assert!(!pays("合法产权 是, 财产损失 900, 责任人 有能力赔偿"));
}

#[test]
fn roles_have_a_default_and_a_tree() {
    let plan = plan(&format!(
        "险种 甲 {{ 灾因 任何 身份 抢险救灾和见义勇为人员 {PAYS} }}
         险种 乙 {{ 灾因 任何 {PAYS} }}
         优先 甲 于 全部其他险种"
    ));
    assert_eq!(applying(&plan, "灾因 洪涝, 损害 死亡"), ["乙"]);
    let mut both = applying(&plan, "灾因 洪涝, 损害 死亡, 身份 见义勇为人员");
    both.sort();
    assert_eq!(both, ["乙", "甲"]);
}

#[test]
fn priority_is_transitive_and_a_circle_is_an_error() {
    let covers = "险种 甲 { 灾因 任何 赔付 { 死亡 定额 1万元 } } 险种 乙 { 灾因 任何 赔付 { 死亡 定额 2万元 } }
                  险种 丙 { 灾因 任何 赔付 { 死亡 定额 3万元 } }\n";
    let plan = plan(&format!("{covers}优先 甲 于 乙\n优先 乙 于 丙\n叠加 全部险种"));
    let id = |name: &str| CoverId::from(plan.covers.iter().position(|c| c.id == name).unwrap());
    let (a, b, c) = (id("甲"), id("乙"), id("丙"));
    let mut wanted = vec![(a, b), (a, c), (b, c)];
    wanted.sort_unstable();
    assert_eq!(plan.meeting.over, wanted);
    assert!(plan.meeting.stack.is_empty(), "ranked pairs do not stack");
    assert_eq!(
        codes(&format!("{covers}优先 甲 于 乙\n优先 乙 于 丙\n优先 丙 于 甲")),
        ["C304", "C304", "C304"]
    );
    assert_eq!(codes(&format!("{covers}叠加 甲, 乙\n从高 甲, 乙")), ["C305"]);
}

#[test]
fn a_cover_must_say_what_for_and_what() {
    assert_eq!(codes("险种 甲 { 灾因 任何 }"), ["C302"]);
    assert_eq!(codes(&format!("险种 甲 {{ {PAYS} }}")), ["C301"]);
    assert_eq!(
        codes("险种 甲 { 灾因 任何 赔付 { 死亡 定额 1万元\n死亡 定额 2万元 } }"),
        ["C303"]
    );
}

#[test]
fn many_independent_conditions_end_in_a_finding() {
    let mut text = String::new();
    for i in 0..24 {
        text += &format!("事实 甲{i}: 是否\n险种 险{i} {{ 灾因 任何 条件 甲{i} {PAYS} }}\n");
    }
    text += "叠加 全部险种";
    assert_eq!(codes(&text), ["C306"]);
}

/// Eight tables by eight facts of ten values: their sum has 10^8 cases.
#[test]
fn a_sum_of_many_tables_ends_in_a_finding() {
    let tables = |count: usize| {
        let mut text = String::new();
        let mut amount = "1万元".to_owned();
        for i in 0..count {
            let values: Vec<String> = (0..10).map(|j| format!("值{i}_{j}")).collect();
            let rows: Vec<String> = values.iter().map(|value| format!("{value} 5元")).collect();
            text += &format!(
                "事实 乙{i}: {{ {} }}\n赔付表 表{i} 按 乙{i} {{\n{}\n}}\n",
                values.join(", "),
                rows.join("\n")
            );
            amount += &format!(" + 表{i}");
        }
        codes(&format!("{text}险种 甲 {{ 灾因 任何 赔付 {{ 死亡 定额 {amount} }} }}"))
    };
    assert_eq!(tables(3), [""; 0]);
    assert_eq!(tables(8), ["C306"]);
}

/// A condition whose parts pair the first facts of the order with the last: 2^20 nodes.
#[test]
fn a_condition_against_the_order_of_facts_ends_in_a_finding() {
    let facts: String = (0..40).map(|i| format!("事实 丁{i:02}: 是否\n")).collect();
    let parts: Vec<String> = (0..20).map(|i| format!("丁{i:02} 且 丁{:02}", i + 20)).collect();
    assert_eq!(
        codes(&format!(
            "{facts}险种 甲 {{ 灾因 任何 条件 {} {PAYS} }}",
            parts.join(" 或 ")
        )),
        ["C306"]
    );
}

#[test]
fn facts_that_are_read_only_where_needed() {
    let plan = plan(
        "险种 甲 { 灾因 火灾 条件 责任人 为 无法找到 赔付 { 死亡 定额 1万元 } }
         险种 乙 { 灾因 洪涝 赔付 { 死亡 定额 1万元 } }",
    );
    // No liability is given: a flood does not read it.
    assert_eq!(applying(&plan, "灾因 洪涝, 损害 死亡"), ["乙"]);
}

#[test]
fn ratios_are_compared_exactly() {
    let covers = "事实 受损比例: 比例
         险种 甲 { 灾因 任何 条件 受损比例 >= 1/3 且 受损比例 不满 50% 赔付 { 死亡 定额 1万元 } }
         险种 乙 { 灾因 任何 条件 受损比例 >= 50% 且 受损比例 <= 9/16 赔付 { 死亡 定额 2万元 } }
         险种 丙 { 灾因 任何 条件 受损比例 > 9/16 赔付 { 死亡 定额 3万元 } }\n";
    let claims = [
        ("33.3333333%", None),
        ("1/3", Some("1万元")),
        ("8/17", Some("1万元")),
        ("49.99999999999%", Some("1万元")),
        ("50%", Some("2万元")),
        ("9/16", Some("2万元")),
        ("0.5625000000000000000001", Some("3万元")),
        ("120%", Some("3万元")),
    ];
    let mut text = covers.to_owned();
    for (ratio, pays) in claims {
        let pays = pays.map_or_else(|| "不赔".to_owned(), |amount| format!("应付 {amount}"));
        text += &format!("样例 \"{ratio}\" {{ 赔案 {{ 灾因 火灾, 损害 死亡, 受损比例 \"{ratio}\" }} {pays} }}\n");
    }
    let plan = plan(&text);
    let runs = crate::examples::run(&plan);
    assert_eq!(runs.len(), claims.len());
    for run in &runs {
        assert!(run.passed(), "{run:?}");
    }
    assert_eq!(
        codes(&format!("{covers}险种 丁 {{ 灾因 任何 条件 受损比例 > 1/17 {PAYS} }}")),
        ["U307"]
    );
}

#[test]
fn tables_are_keyed_by_intervals_of_ratios() {
    let plan = plan(
        "事实 受损比例: 比例
         赔付表 表 按 受损比例 { 不满 30% 0元\n30% 以上 不满 70% 1万元\n70% 以上 2万元 }
         险种 甲 { 灾因 任何 赔付 { 房屋 定额 表 } }
         样例 \"一\" { 赔案 { 灾因 火灾, 损害 房屋, 受损比例 29.9% } 应付 0元 }
         样例 \"二\" { 赔案 { 灾因 火灾, 损害 房屋, 受损比例 \"2/3\" } 应付 1万元 }
         样例 \"三\" { 赔案 { 灾因 火灾, 损害 房屋, 受损比例 70% } 应付 2万元 }",
    );
    for run in crate::examples::run(&plan) {
        assert!(run.passed(), "{run:?}");
    }
}
