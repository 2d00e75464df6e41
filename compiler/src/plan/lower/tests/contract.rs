//! Contracts: what they set and what they may not.

use super::*;

const SCHEME: &str = "方案 试 {
    保险期间 3年 自 合同约定
    年度 保单年度
    参数 死亡额: 金额 合同约定 至少 5万元 至多 15万元
    参数 等级额: 伤残等级 到 金额 合同约定
    参数 病种: 清单 灾因 合同约定
    资金 准备金 { 滚存\n余额 由 管理机构 报告 }
    以合同为准 赔付限额
    险种 甲 { 灾因 火灾, 病种 赔付 { 死亡 定额 死亡额\n残疾 定额 等级额 } }
    累计限额 年 = 1亿元 每年度 全部险种 用尽时 按时间
    保费 { 费率 1元/人/年\n承担 县财政 100% }
    共保 { 首席承保人 甲公司\n共保人 乙公司\n份额 合同约定 }
}\n";

const GRADES: &str = "设 等级额 = { 一级 10万元\n其余 5万元 }\n";

fn bound(clauses: &str) -> (Lowered, Vec<&'static str>) {
    unit(
        &format!("{SCHEME}合同 约 执行 试 {{\n{clauses}\n}}"),
        BodyKind::Contract,
    )
}

fn whole() -> String {
    format!(
        "保险期间 2023-04-01 至 2026-03-31\n设 死亡额 = 10万元\n{GRADES}设 病种 = 清单 {{ 鼠疫, 地质灾害 }}
         设 准备金 = 3亿元\n共保 {{ 首席承保人 甲公司 60%\n共保人 乙公司 40% }}"
    )
}

#[test]
fn a_contract_sets_everything_that_is_left_to_it() {
    let (lowered, codes) = bound(&whole());
    assert_eq!(codes, [""; 0]);
    let plan = lowered.plan;
    assert_eq!(plan.scheme.contract.as_deref(), Some("约"));
    assert_eq!(missing_parameters(&plan, Use::All), []);
    assert_eq!(plan.calendar.boundaries.len(), 4);
    assert_eq!(plan.funds[0].balance, Some(Fen(30_000_000_000)));
    let shares: Vec<_> = plan.coinsurance.unwrap().insurers.iter().map(|i| i.share).collect();
    assert_eq!(shares, [crate::money::Ratio::new(3, 5), crate::money::Ratio::new(2, 5)]);
}

#[test]
fn a_list_shapes_the_diagrams() {
    let (lowered, _) = bound(&whole());
    let plan = &lowered.plan;
    assert_eq!(applying(plan, "灾因 鼠疫, 损害 死亡"), ["甲"]);
    assert_eq!(applying(plan, "灾因 滑坡, 损害 死亡"), ["甲"]);
    let (unbound, _) = unit(SCHEME, BodyKind::Scheme);
    let plan = &unbound.plan;
    assert_eq!(applying(plan, "灾因 鼠疫, 损害 死亡"), [""; 0]);
    let missing: Vec<&str> = missing_parameters(plan, Use::Benefits)
        .into_iter()
        .map(|id| plan.parameters[id.index()].id.as_str())
        .collect();
    let mut missing = missing;
    missing.sort_unstable();
    assert_eq!(missing, ["死亡额", "病种", "等级额"]);
}

#[test]
fn bounds_rows_and_kinds_are_tested() {
    let with = |from: &str, to: &str| {
        let text = whole();
        assert!(text.contains(from));
        bound(&text.replace(from, to)).1
    };
    assert_eq!(with("死亡额 = 10万元", "死亡额 = 4万元"), ["V303"]);
    assert_eq!(with("死亡额 = 10万元", "死亡额 = 16万元"), ["V303"]);
    assert_eq!(with("死亡额 = 10万元", "死亡额 = 清单 { }"), ["V302"]);
    assert_eq!(with("其余 5万元", "二级 5万元"), ["V304"]);
    assert_eq!(
        with("设 死亡额 = 10万元", "设 死亡额 = 10万元\n设 死亡额 = 9万元"),
        ["V306"]
    );
    assert_eq!(with("设 死亡额 = 10万元", ""), ["V305"]);
}

#[test]
fn both_places_are_shown() {
    let compiled = compiled(&format!(
        "{SCHEME}合同 约 执行 试 {{\n{}\n}}",
        whole().replace("死亡额 = 10万元", "死亡额 = 4万元")
    ));
    let findings = compiled.all_findings();
    let finding = findings.iter().find(|finding| finding.code.0 == "V303").unwrap();
    assert!(finding.primary.is_some());
    assert_eq!(finding.labels.len(), 1);
    assert_eq!(finding.labels[0].attribute, "at-least");
}

#[test]
fn nothing_else_may_be_changed() {
    let and = |clause: &str| bound(&format!("{}\n{clause}", whole())).1;
    assert_eq!(and("保费 { 费率 2元/人/年 }"), ["V301"]);
    assert_eq!(and("一次灾害 72小时"), ["V301"]);
    // What the contract prevails for, it may restate.
    let (lowered, codes) = bound(&format!(
        "{}\n累计限额 年 = 2亿元 每年度 全部险种 用尽时 按时间",
        whole()
    ));
    assert_eq!(codes, [""; 0]);
    let year = lowered.plan.limits.iter().find(|l| l.id == "年").unwrap();
    assert_eq!(year.rule, LimitRule::UpTo(fixed(200_000_000)));
}

#[test]
fn the_term_must_be_set_and_as_long_as_the_scheme_says() {
    let text = whole();
    let term = "保险期间 2023-04-01 至 2026-03-31";
    assert_eq!(bound(&text.replace(term, "")).1, ["V307"]);
    assert_eq!(bound(&text.replace("2026-03-31", "2025-03-31")).1, ["V309"]);
}

#[test]
fn insurers_are_those_of_the_scheme() {
    let text = whole().replace("共保人 乙公司 40%", "共保人 丙公司 40%");
    assert_eq!(bound(&text).1, ["V308"]);
}
