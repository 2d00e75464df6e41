//! Limits of schedules and of schemes, and their order.

use super::*;
use anlan_lang::tree::YearKind;

fn limit<'p>(plan: &'p Plan, id: &str) -> &'p Limit {
    plan.limits
        .iter()
        .find(|limit| limit.id == id)
        .unwrap_or_else(|| panic!("no {id} among {:?}", ids(plan)))
}

fn ids(plan: &Plan) -> Vec<&str> {
    plan.limits.iter().map(|limit| limit.id.as_str()).collect()
}

fn keys(plan: &Plan, limit: &Limit) -> Vec<String> {
    limit
        .keys
        .iter()
        .map(|key| match key {
            GroupKey::Fact(fact) => plan.facts[fact.index()].id.clone(),
            GroupKey::Year => "year".to_owned(),
        })
        .collect()
}

const STANDARD: &str = "赔付标准 标准 每人每次灾害 {
        死亡 定额 10万元
        残疾 定额 等级表
        医疗 据实 医疗费用，限额 2万元
        死亡, 残疾, 医疗 合计，限额 11万元
    }
    赔付表 等级表 按 伤残等级 { 一级 10万元\n其余 5万元 }
    险种 甲 { 灾因 任何 赔付 标准 }\n";

#[test]
fn keys_of_a_schedule_make_own_limits() {
    let plan = plan(STANDARD);
    assert_eq!(
        ids(&plan),
        ["标准.死亡", "标准.残疾", "标准.医疗", "标准.死亡+残疾+医疗"]
    );
    let death = limit(&plan, "标准.死亡");
    assert_eq!(death.rule, LimitRule::Largest { raise: false });
    assert_eq!(keys(&plan, death), ["event", "person"]);
    assert_eq!(death.tiers, [Tier::Date]);
    assert!(death.own && death.exhaustion_stated);
    assert_eq!(limit(&plan, "标准.医疗").rule, LimitRule::UpTo(fixed(20_000)));
    let all = limit(&plan, "标准.死亡+残疾+医疗");
    assert_eq!(all.rule, LimitRule::UpTo(fixed(110_000)));
    assert_eq!(all.filter.facts[0].1.len(), 3);
}

#[test]
fn rules_for_one_person() {
    let plan = plan(&format!("{STANDARD}多处伤残 取最重升一级\n死亡 扣除 已付 残疾"));
    assert_eq!(limit(&plan, "标准.残疾").rule, LimitRule::Largest { raise: true });
    assert_eq!(limit(&plan, "标准.死亡").rule, LimitRule::Largest { raise: false });
    assert_eq!(limit(&plan, "标准.死亡+残疾").rule, LimitRule::Largest { raise: false });
    // Single harms, then rules of one person, then the cap over all.
    assert_eq!(ids(&plan).last(), Some(&"标准.死亡+残疾+医疗"));
}

#[test]
fn steps_with_keys_are_limits_and_not_steps_of_one_claim() {
    let plan = plan(
        "险种 甲 { 灾因 任何 赔付 { 房屋 据实 财产损失，免赔额 500元 每户每次灾害，赔付比例 80%，限额 1万元 每户每年度 } }",
    );
    assert_eq!(ids(&plan), ["甲.房屋", "甲.房屋.2"]);
    // The share comes after the deductible, so of each total only 80 % of 500 is deducted.
    assert_eq!(limit(&plan, "甲.房屋").rule, LimitRule::Less(fixed(400)));
    assert_eq!(keys(&plan, limit(&plan, "甲.房屋.2")), ["household", "year"]);
    let steps = &plan.pipelines[0].steps;
    assert_eq!(steps.len(), 1);
    assert!(matches!(steps[0].operation, Operation::Share(_)));
}

#[test]
fn units_over_keys_are_capped_together() {
    let plan = plan("险种 甲 { 灾因 任何 赔付 每人每年度 { 饮水 60元/人/月 × 月数，最长 6 } }");
    assert_eq!(limit(&plan, "甲.饮水").rule, LimitRule::UpTo(fixed(360)));
}

#[test]
fn what_cannot_act_on_a_total_is_said() {
    let pays = |row: &str| codes(&format!("险种 甲 {{ 灾因 任何 赔付 {{ {row} }} }}"));
    assert_eq!(pays("房屋 据实 财产损失，限额 1万元 每户，免赔额 500元"), ["L304"]);
    assert_eq!(pays("房屋 据实 财产损失，精确到 元 舍去 每户"), ["L304"]);
    assert_eq!(pays("死亡, 残疾 合计，限额 1万元"), ["L307"]);
    assert_eq!(pays("死亡，限额 1万元"), ["L306"]);
}

#[test]
fn what_stands_over_several_claims_is_the_same_for_all() {
    let pays = |row: &str| codes(&format!("险种 甲 {{ 灾因 任何 赔付 {{ {row} }} }}"));
    assert_eq!(pays("房屋 据实 财产损失，限额 50% × 财产损失 每户每年度"), ["L305"]);
    assert_eq!(pays("房屋 据实 财产损失，免赔额 10% × 财产损失 每户每次灾害"), ["L305"]);
    // Of one claim it may vary; and a policy's sum insured is the same in all its claims.
    assert_eq!(pays("房屋 据实 财产损失，免赔额 10% × 财产损失"), [""; 0]);
    assert_eq!(pays("房屋 据实 财产损失，限额 保险金额 每户每年度"), [""; 0]);
    // A schedule's own keys put the cap on the total too.
    let keyed = "险种 甲 { 灾因 任何 赔付 每户每次灾害 { 房屋 据实 财产损失，限额 50% × 医疗费用 } }";
    assert_eq!(codes(keyed), ["L305"]);
    let tower = |up_to: &str| codes(&format!("分层 每次灾害 {{ 层 保险公司 限额 {up_to} }}"));
    assert_eq!(tower("财产损失"), ["L305"]);
    assert_eq!(tower("3000万元"), [""; 0]);
    let total = |total: &str| codes(&format!("分层 每次灾害 总额 {total} {{ 层 保险公司 限额 3000万元 }}"));
    assert_eq!(total("财产损失"), ["L305"]);
    let fund = |accrual: &str| codes(&format!("资金 准备金 {{ 计提 {accrual} }}"));
    assert_eq!(fund("10% × 财产损失"), ["L305"]);
    assert_eq!(fund("10% × 保费总额"), [""; 0]);
}

const COVERS: &str = "险种 甲 { 灾因 任何 赔付 { 死亡 定额 1万元\n残疾 定额 1万元 } }
    险种 乙 { 灾因 任何 赔付 { 死亡 定额 2万元 } }\n叠加 全部险种\n年度 保单年度\n";

fn of_limits(text: &str) -> Plan {
    plan(&format!("{COVERS}{text}"))
}

#[test]
fn a_limit_may_come_after_several_that_it_crosses() {
    let rows = "{ 死亡 定额 1万元\n残疾 定额 1万元 }";
    let written = |after: &str| {
        format!(
            "险种 甲 {{ 灾因 洪涝 赔付 {rows} }}\n险种 乙 {{ 灾因 火灾 赔付 {rows} }}
             累计限额 甲限 = 9万元 每次灾害 限于险种 甲 {after} 用尽时 按比例
             累计限额 死限 = 8万元 每次灾害 限于 损害 死亡 用尽时 按比例
             累计限额 残限 = 7万元 每次灾害 限于 损害 残疾 用尽时 按比例"
        )
    };
    assert_eq!(codes(&written("")), ["L301", "L301"]);
    assert_eq!(codes(&written("后于 死限")), ["L301"]);
    assert_eq!(codes(&written("后于 死限, 残限")), [""; 0]);
    assert_eq!(ids(&plan(&written("后于 死限, 残限"))).last(), Some(&"甲限"));
}

#[test]
fn finer_keys_come_first_whatever_the_written_order() {
    let plan = of_limits(
        "累计限额 总 = 9亿元 保险期间内 全部险种 用尽时 按时间
         累计限额 年 = 3亿元 每年度 全部险种 用尽时 按时间
         累计限额 次 = 1亿元 每次灾害 全部险种 用尽时 按比例
         累计限额 案 = 1千万元 每案 全部险种 用尽时 按比例
         累计限额 人次 = 2千万元 每人每次灾害 全部险种 用尽时 按比例",
    );
    assert_eq!(ids(&plan), ["案", "人次", "次", "年", "总"]);
    assert!(limit(&plan, "总").keys.is_empty());
}

#[test]
fn of_one_key_the_smaller_filter_comes_first() {
    let plan = of_limits(
        "累计限额 大 = 3亿元 每年度 全部险种 用尽时 按时间
         累计限额 中 = 2亿元 每年度 限于险种 甲 用尽时 按时间
         累计限额 小 = 1亿元 每年度 限于险种 甲 限于 损害 死亡 用尽时 按时间 包含于 大",
    );
    assert_eq!(ids(&plan), ["小", "中", "大"]);
    assert_eq!(limit(&plan, "小").within, Some(LimitId(2)));
}

#[test]
fn an_order_that_nothing_decides_is_an_error_unless_written() {
    let two = "累计限额 人 = 1亿元 每人 全部险种 用尽时 按时间\n累计限额 次 = 1亿元 每次灾害 全部险种 用尽时 按比例";
    assert_eq!(codes(&format!("{COVERS}{two}")), ["L301"]);
    let plan = of_limits(&format!("{two} 后于 人"));
    assert_eq!(ids(&plan), ["人", "次"]);
    // Filters that never see the same line need no order.
    let apart =
        "累计限额 人 = 1亿元 每人 限于 损害 残疾 用尽时 按时间\n累计限额 次 = 1亿元 每次灾害 限于险种 乙 用尽时 按比例";
    assert_eq!(codes(&format!("{COVERS}{apart}")), [""; 0]);
}

#[test]
fn equal_limits_and_circles_are_errors() {
    let same =
        "累计限额 一 = 1亿元 每年度 全部险种 用尽时 按时间\n累计限额 二 = 2亿元 每年度 限于险种 甲, 乙 用尽时 按时间";
    assert_eq!(codes(&format!("{COVERS}{same}")), ["L302"]);
    let circle = "累计限额 年 = 2亿元 每年度 全部险种 用尽时 按时间\n累计限额 次 = 1亿元 每次灾害 全部险种 用尽时 按比例 后于 年";
    assert_eq!(codes(&format!("{COVERS}{circle}")), ["L303"]);
}

#[test]
fn amounts_by_date_and_by_decision() {
    let plan = of_limits(
        "决定 重大 由 市政府 每年度 效力 全期
         累计限额 年 = 15 × 保费总额 自 2024-01-01 4000万元 每年度 全部险种 上浮至 18 × 保费总额 经 决定 重大 用尽时 按时间",
    );
    let LimitRule::UpTo(Amount::Decided { then, otherwise, .. }) = &limit(&plan, "年").rule else {
        panic!("{:?}", plan.limits)
    };
    assert!(matches!(**then, Amount::Scaled { .. }));
    let Amount::Dated(values) = &**otherwise else {
        panic!("{otherwise:?}")
    };
    assert_eq!(values.len(), 2);
    assert_eq!(values[0].0, None);
    assert_eq!(values[1].1, fixed(40_000_000));
}

#[test]
fn tiers_and_an_unstated_exhaustion() {
    let plan = of_limits(
        "累计限额 次 = 1亿元 每次灾害 全部险种 用尽时 按顺位 死亡, 甲, 按时间 比例精确到 0.001
         累计限额 年 = 3亿元 每年度 全部险种",
    );
    let event = limit(&plan, "次");
    assert!(matches!(&event.tiers[..], [Tier::Rank(ranks), Tier::Date] if ranks.len() == 2));
    assert_eq!(event.ratio_to, crate::money::Ratio::new(1, 1000));
    assert!(!limit(&plan, "年").exhaustion_stated);
}

#[test]
fn the_calendar_has_its_boundaries() {
    let plan = of_limits("保险期间 2年 自 2024-02-29");
    assert_eq!(plan.calendar.year, Some(YearKind::Policy));
    let days: Vec<String> = plan.calendar.boundaries.iter().map(ToString::to_string).collect();
    assert_eq!(days, ["2024-02-29", "2025-02-28", "2026-02-28"]);
}
