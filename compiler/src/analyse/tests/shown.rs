//! The claims of C101 and C113 are paid differently as they are printed, with the values that they want a contract to set.

use super::witnesses::{FRAME, checked, plan_with};
use crate::evaluate::record::Reader;
use crate::evaluate::{Decisions, Inputs, assess};
use crate::plan::{CoverId, Meeting, Plan};
use anlan_lang::diag::{Arg, Finding, Witness};
use std::collections::BTreeMap;

fn scheme(clauses: &str) -> String {
    format!("{FRAME}{clauses}\n}}\n")
}

/// What a claim of the witness is paid, in 分.
fn benefit(plan: &Plan, witness: &Witness, claim: &BTreeMap<String, String>) -> i64 {
    let inputs = Inputs {
        decisions: Decisions::parse(plan, witness.decided.iter().map(String::as_str)).unwrap(),
        ..Inputs::default()
    };
    let fields = claim.iter().map(|(fact, value)| (fact.as_str(), value.as_str()));
    let record = Reader::new(plan).object(fields).0.unwrap();
    assess(plan, &inputs, &record).unwrap().benefit.0
}

/// What the first and the second cover of the scheme pay for the claim of C101, each before the other.
pub(super) fn of_covers(text: &str, finding: &Finding) -> [i64; 2] {
    let witness = finding.witness.as_ref().unwrap();
    let plan = plan_with(text, witness, "例");
    [(0, 1), (1, 0)].map(|(first, second)| {
        let mut plan = plan.clone();
        plan.meeting = Meeting {
            over: [(CoverId(first), CoverId(second))].into(),
            ..Meeting::default()
        };
        benefit(&plan, witness, &witness.claims[0])
    })
}

/// What the two claims of C113 are paid.
fn of_perils(text: &str, finding: &Finding) -> [i64; 2] {
    let witness = finding.witness.as_ref().unwrap();
    let plan = plan_with(text, witness, "例");
    [0, 1].map(|at| benefit(&plan, witness, &witness.claims[at]))
}

/// What the witness sets, where the claim is paid differently.
fn set(clauses: &str, code: &str) -> Vec<String> {
    let text = scheme(clauses);
    let checked = checked(&text);
    let findings = checked.findings();
    let finding = findings.iter().find(|finding| finding.code.0 == code);
    let finding = finding.unwrap_or_else(|| panic!("no {code}: {clauses}"));
    let [one, two] = match code {
        "C113" => of_perils(&text, finding),
        _ => of_covers(&text, finding),
    };
    assert_ne!(one, two, "{:?}\n{clauses}", finding.witness);
    let said = ["one", "two"].map(|arg| finding.args.get(arg).cloned());
    assert_eq!(said, [one, two].map(|fen| Some(Arg::Money(fen))), "{clauses}");
    finding.witness.as_ref().unwrap().set.clone()
}

#[test]
fn the_claim_sets_what_may_well_be_set_where_that_will_do() {
    let death = |peril: &str| {
        format!(
            "参数 甲额: 金额 合同约定\n赔付标准 甲 {{ 死亡 定额 甲额 }}\n赔付标准 乙 {{ 死亡 定额 3万元 }}\n\
             险种 一 {{ 灾因 洪涝; 赔付 甲 }}\n险种 二 {{ 灾因 {peril}; 赔付 乙 }}"
        )
    };
    assert_eq!(set(&death("洪涝"), "C101"), ["设 甲额 = 1万元"]);
    assert_eq!(set(&death("滑坡"), "C113"), ["设 甲额 = 1万元"]);
    let planned = death("洪涝").replace("合同约定", "合同约定 计划 3万元");
    assert_ne!(set(&planned, "C101"), ["设 甲额 = 3万元"]);
}

/// Two schedules under two covers, of one peril or of two that follow one another.
fn two(declared: &str, first: &str, second: &str, peril: &str) -> String {
    format!(
        "{declared}\n赔付标准 甲 {{ 房屋 {first} }}\n赔付标准 乙 {{ 房屋 {second} }}\n\
         险种 一 {{ 灾因 洪涝; 赔付 甲 }}\n险种 二 {{ 灾因 {peril}; 赔付 乙 }}"
    )
}

fn everywhere(declared: &str, first: &str, second: &str) {
    for (code, peril) in [("C101", "洪涝"), ("C113", "滑坡")] {
        set(&two(declared, first, second, peril), code);
    }
}

#[test]
fn the_claim_carries_the_ratio_at_which_covers_pay_differently() {
    for bounds in [
        "",
        " 至少 0%",
        " 至少 50% 至多 90%",
        " 至少 1/3 至多 1/2",
        " 至少 100% 至多 120%",
    ] {
        everywhere(
            &format!("参数 甲比: 比例 合同约定{bounds}"),
            "据实 财产损失, 赔付比例 甲比, 限额 1000元",
            "据实 财产损失, 限额 1000元, 赔付比例 甲比",
        );
    }
    // The plan of the scheme itself is a value like others.
    everywhere(
        "参数 甲比: 比例 合同约定 至少 50% 计划 100%",
        "据实 财产损失, 赔付比例 甲比, 限额 1000元",
        "据实 财产损失, 限额 1000元, 赔付比例 甲比",
    );
}

#[test]
fn the_claim_carries_the_amount_at_which_covers_pay_differently() {
    for bounds in ["", " 至少 100元 至多 100亿元", " 至少 1元 至多 1000000100.01元"] {
        everywhere(
            &format!("参数 甲额: 金额 合同约定{bounds}"),
            "据实 财产损失, 限额 甲额, 免赔额 100元",
            "据实 财产损失, 限额 甲额, 免赔额 100元, 限额 10亿元",
        );
    }
}

/// Codes of comparisons that are said of the scheme.
fn told(clauses: &str) -> Vec<&'static str> {
    let checked = checked(&scheme(clauses));
    let findings = checked.findings().into_iter().map(|finding| finding.code.0);
    findings
        .filter(|code| ["C101", "C113", "C120"].contains(code))
        .collect()
}

#[test]
fn perils_are_asked_about_only_where_a_difference_was_found() {
    let pair = |second: &str| {
        two(
            "参数 比: 比例 合同约定",
            "据实 财产损失, 限额 5000元, 精确到 10元 舍去, 赔付比例 比",
            second,
            "滑坡",
        )
    };
    let open = "据实 财产损失, 精确到 10元 舍去, 赔付比例 比, 限额 比 × 5000元";
    assert_eq!(told(&pair(open)), ["C120"]);
    assert_eq!(told(&pair("据实 财产损失, 赔付比例 比, 限额 比 × 4999元")), ["C113"]);
    // Both caps are the same, and the most that is paid.
    let clauses = two(
        "",
        "据实 财产损失, 免赔额 100元, 限额 2000元",
        "据实 财产损失, 赔付比例 50%, 限额 2000元",
        "滑坡",
    );
    set(&clauses, "C113");
}

#[test]
fn undecided_pairs_with_one_cover_in_common_are_one_finding() {
    let mut clauses = "参数 比: 比例 合同约定\n".to_owned();
    for (at, steps) in [
        "精确到 10元 舍去, 赔付比例 比, 限额 比 × 5000元",
        "限额 5000元, 精确到 10元 舍去, 赔付比例 比",
        "精确到 10元 舍去, 赔付比例 比, 限额 比 × 5000元",
    ]
    .into_iter()
    .enumerate()
    {
        clauses += &format!(
            "赔付标准 标准{at} {{ 房屋 据实 财产损失, {steps} }}\n\
             险种 险{at} {{ 灾因 洪涝; 赔付 标准{at} }}\n"
        );
    }
    assert_eq!(told(&clauses), ["C120"; 1]);
}

#[test]
fn the_claim_carries_whatever_else_the_scheme_leaves_open() {
    let fund = "机构 财政局\n资金 专项准备金 { 余额 由 财政局 报告 }";
    everywhere(
        fund,
        "据实 财产损失, 限额 专项准备金 余额",
        "据实 财产损失, 限额 专项准备金 余额, 限额 30亿元",
    );
    let decision = "机构 国务院\n决定 紧急资金到位 由 国务院 效力 全期 值 金额";
    everywhere(
        decision,
        "据实 财产损失, 限额 紧急资金到位",
        "据实 财产损失, 限额 紧急资金到位, 限额 30亿元",
    );
    everywhere(
        decision,
        "据实 财产损失, 限额 紧急资金到位, 限额 1亿元",
        "据实 财产损失, 限额 1亿元",
    );
    // One cell of a table that a contract sets.
    everywhere(
        "参数 各级: 损毁等级 到 金额 合同约定",
        "据实 财产损失, 限额 各级",
        "据实 财产损失, 限额 各级, 限额 9999万元",
    );
    everywhere(
        "参数 各级比: 损毁等级 到 比例 合同约定",
        "据实 财产损失, 限额 各级比 × 财产损失, 限额 1000元",
        "据实 财产损失, 限额 各级比 × 财产损失",
    );
    // So many units.
    everywhere(
        "参数 多少: 计数 合同约定 至少 2 至多 9",
        "100元 × 月数, 最长 多少",
        "100元 × 月数, 最长 5",
    );
    everywhere(
        "参数 月额: 金额 合同约定 至多 500元",
        "月额 × 月数, 限额 1000元",
        "月额 × 月数, 限额 1001元",
    );
}
