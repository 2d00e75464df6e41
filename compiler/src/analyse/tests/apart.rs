//! Where a verdict rests on amounts that are tried or bounded only, it must not say more than was shown.

use super::witnesses::{FRAME, checked};

/// Codes that are said of a scheme with these clauses, some of those asked about.
fn said<'c>(head: &str, clauses: &str, asked: &[&'c str]) -> Vec<&'c str> {
    let frame = FRAME
        .replace("方案 例", head)
        .replace("{\n区域", "{\n事实 评估价: 金额\n区域");
    let checked = checked(&format!("{frame}{clauses}\n}}\n"));
    let codes: Vec<&str> = checked.findings().iter().map(|finding| finding.code.0).collect();
    asked.iter().copied().filter(|code| codes.contains(code)).collect()
}

const PAIR: [&str; 2] = ["C101", "C120"];

#[test]
fn covers_are_compared_at_every_class_of_an_amount_at_which_they_meet() {
    let covers = |when: &str| {
        let clauses = format!(
            "赔付标准 甲 {{ 房屋 据实 财产损失, 免赔额 1000元, 限额 2000元 }}\n\
             赔付标准 乙 {{ 房屋 据实 财产损失, 赔付比例 50%, 限额 2000元 }}\n\
             险种 一 {{ 灾因 洪涝; 条件 {when}; 赔付 甲 }}\n险种 二 {{ 灾因 洪涝; 赔付 乙 }}"
        );
        said("方案 例", &clauses, &PAIR)
    };
    // From 4,000元 on both pay 2,000元; below they differ, but for 2,000元.
    assert_eq!(covers("财产损失 >= 4000元"), Vec::<&str>::new());
    assert_eq!(covers("财产损失 > 5000元 或 财产损失 <= 1800元"), ["C101"]);
    assert_eq!(
        covers("财产损失 > 9000元 或 财产损失 < 0.01元 或 财产损失 >= 2500元 且 财产损失 <= 3000元"),
        ["C101"]
    );
}

#[test]
fn more_parameters_than_are_tried_out_are_tried_all_the_same() {
    let covers = |perils: [&str; 2]| {
        let clauses = format!(
            "机构 县政府\n决定 其他认定 由 县政府 每 灾因 效力 全期\n灾因组 大灾 = 洪涝 等 由 决定 其他认定\n\
             参数 甲比, 乙比, 丙比, 丁比: 比例 合同约定\n\
             赔付标准 甲 {{ 房屋 据实 财产损失, 赔付比例 甲比, 限额 1000元, 赔付比例 乙比 }}\n\
             赔付标准 乙 {{ 房屋 据实 财产损失, 赔付比例 丙比, 限额 3000元, 赔付比例 丁比 }}\n\
             险种 一 {{ 灾因 {}; 赔付 甲 }}\n险种 二 {{ 灾因 {}; 赔付 乙 }}",
            perils[0], perils[1]
        );
        said("方案 例", &clauses, &PAIR)
    };
    assert_eq!(covers(["洪涝", "洪涝"]), ["C101"]);
    // They meet only once a decision adds the peril.
    assert_eq!(covers(["大灾", "滑坡"]), ["C101"]);
}

#[test]
fn a_pair_that_only_a_decision_makes_meet_is_said_to_be_undecided_too() {
    let clauses = "机构 县政府\n决定 其他认定 由 县政府 每 灾因 效力 全期\n灾因组 大灾 = 洪涝 等 由 决定 其他认定\n\
        参数 比: 比例 合同约定\n\
        赔付标准 甲 { 房屋 据实 财产损失, 限额 5000元, 精确到 10元 舍去, 赔付比例 比 }\n\
        赔付标准 乙 { 房屋 据实 财产损失, 精确到 10元 舍去, 赔付比例 比, 限额 比 × 5000元 }\n\
        险种 一 { 灾因 大灾; 赔付 甲 }\n险种 二 { 灾因 滑坡; 赔付 乙 }";
    assert_eq!(said("方案 例", clauses, &PAIR), ["C120"]);
}

#[test]
fn a_floor_is_not_met_by_a_bound_that_no_claim_attains() {
    const FLOOR: [&str; 4] = ["F101", "F108", "F111", "L113"];
    let floor = |least: &str, clauses: &str| {
        let head = format!("框架 上位 {{\n要求 每户每次灾害 可获赔付 >= {least}\n}}\n方案 例 遵循 上位");
        said(&head, clauses, &FLOOR)
    };
    let between = |more: &str| {
        format!(
            "事实 甲数: 数 米 精确到 1 自 0 至 1000000\n事实 乙数: 数 米 精确到 1 自 0 至 1000000\n\
             参数 额: 金额 合同约定 至少 800元\n\
             赔付标准 甲 {{ 房屋 1999.99元/米 × 甲数 + 500元, 限额 2000元/米 × 乙数, 免赔额 1000元/米 × 甲数, \
             免赔额 1000元/米 × 乙数{more} }}\n险种 一 {{ 灾因 洪涝; 赔付 甲 }}"
        )
    };
    assert_eq!(floor("100元", &between("")), ["F111", "L113"]);
    assert_eq!(floor("100元", &between(", 限额 额")), ["F108", "L113"]);
    // A contract may take all of the loss off.
    let ratio = |bounds: &str| {
        format!(
            "参数 扣: 比例 合同约定{bounds}\n\
             赔付标准 甲 {{ 房屋 据实 财产损失, 免赔额 扣 × 财产损失, 限额 1万元 }}\n险种 一 {{ 灾因 洪涝; 赔付 甲 }}"
        )
    };
    assert_eq!(floor("5000元", &ratio("")), ["F108"]);
    assert_eq!(floor("5000元", &ratio(" 至少 0% 至多 100%")), ["F108"]);
}

/// Numbers grow with each of these steps: the search is given up, and says so.
#[test]
fn a_row_of_many_steps_ends() {
    let clauses = "赔付标准 甲 { 房屋 据实 财产损失, 免赔额 7% × 评估价, 限额 90% × 财产损失, 精确到 3元 舍去, 免赔额 11% × 评估价, \
        赔付比例 37%, 至少 13% × 评估价, 精确到 7元 进位, 限额 83% × 财产损失, 免赔额 3% × 财产损失, 精确到 5元 四舍五入, 限额 1万元 }\n\
        险种 一 { 灾因 洪涝; 赔付 甲 }";
    assert_eq!(said("方案 例", clauses, &["L113"]), ["L113"]);
}

/// What is said of two covers of one peril that pay by these steps.
fn pair(declared: &str, first: &str, second: &str) -> Vec<&'static str> {
    let clauses = format!(
        "{declared}\n赔付标准 甲 {{ 房屋 {first} }}\n赔付标准 乙 {{ 房屋 {second} }}\n\
         险种 一 {{ 灾因 洪涝; 赔付 甲 }}\n险种 二 {{ 灾因 洪涝; 赔付 乙 }}"
    );
    said("方案 例", &clauses, &PAIR)
}

#[test]
fn parts_of_a_month_count_and_are_not_taken_for_whole_ones() {
    let months = "60元/月 × 月数 不足一月 按比例";
    let said = pair("", &format!("{months}, 精确到 60元 舍去"), months);
    assert!(!said.is_empty());
    let said = pair(
        "",
        &format!("{months}, 限额 150元"),
        &format!("{months}, 限额 150元, 限额 200元"),
    );
    assert!(said.is_empty());
}

#[test]
fn a_cap_that_a_fraction_of_a_fen_reaches_is_one() {
    let steps = |cap: &str| format!("据实 财产损失, 限额 1000元, 赔付比例 1/3, 免赔额 33.33元{cap}, 精确到 1元 进位");
    assert_eq!(pair("", &steps(", 限额 300元"), &steps("")), ["C101"]);
    let steps = |cap: &str| format!("据实 财产损失, 限额 0.13元, 赔付比例 80%{cap}, 精确到 0.01元 进位");
    assert_eq!(pair("", &steps(", 限额 0.10元"), &steps("")), ["C101"]);
}

#[test]
fn a_cap_again_after_a_ratio_above_one_is_not_idle() {
    let ratio = "参数 比: 比例 合同约定 至少 100% 至多 120%";
    let steps = "据实 财产损失, 限额 10元, 赔付比例 比";
    assert_eq!(pair(ratio, &format!("{steps}, 限额 10元"), steps), ["C101"]);
    let ratio = "参数 比: 比例 合同约定 至少 10% 至多 100%";
    assert!(!pair(ratio, &format!("{steps}, 限额 10元"), steps).contains(&"C101"));
}

#[test]
fn what_is_taken_off_a_total_is_taken_off_rounded_benefits() {
    let of = |keys: &str| format!("据实 财产损失, 免赔额 100元{keys}, 赔付比例 1/3, 限额 1万元 每户每次灾害");
    assert!(!pair("", &of(" 每户每次灾害"), &of("")).is_empty());
}

#[test]
fn no_claim_is_paid_by_a_value_of_a_decision_that_is_not_taken() {
    let clauses = |when: &str| {
        format!(
            "机构 县政府\n决定 紧急 由 县政府 每次灾害 效力 全期 值 金额\n\
             赔付标准 甲 {{ 房屋 据实 财产损失, 限额 紧急, 限额 500元 }}\n\
             赔付标准 乙 {{ 房屋 据实 财产损失, 限额 500元 }}\n\
             险种 一 {{ 灾因 洪涝; 条件 {when}; 赔付 甲 }}\n险种 二 {{ 灾因 洪涝; 赔付 乙 }}"
        )
    };
    assert_eq!(said("方案 例", &clauses("非 决定 紧急"), &PAIR), Vec::<&str>::new());
    assert_eq!(said("方案 例", &clauses("决定 紧急"), &PAIR), ["C101"]);
}

/// Rates of 3元 a person and what else a premium clause may hold.
fn premium(clauses: &str) -> String {
    format!("保费 {{ {clauses}; 基数 常住人口 计 人 当年; 基数 户数 计 户 当年 }}")
}

#[test]
fn a_premium_is_a_difference_only_where_some_bases_give_it() {
    let steps = |more: &str| format!("据实 财产损失, 限额 10% × 保费总额{more}");
    let cap = "据实 财产损失, 限额 50万元";
    assert_eq!(pair(&premium("费率 3元/人/年"), &steps(""), cap), ["C101"]);
    assert_eq!(
        pair(&premium("费率 3元/人/年; 费率 5元/户/年"), &steps(""), cap),
        ["C101"]
    );
    // Nothing says what the premium is: nobody can evaluate such a claim.
    assert_eq!(pair("", &steps(""), cap), ["C120"]);
    assert_eq!(pair(&premium("费率 合同约定"), &steps(""), cap), ["C120"]);
}

#[test]
fn a_premium_is_a_multiple_of_its_rates() {
    let whole = |unit: &str| {
        let all = "定额 保费总额";
        pair(
            &premium("费率 3元/人/年; 费率 6元/户/年"),
            &format!("{all}, 精确到 {unit} 舍去"),
            all,
        )
    };
    assert_eq!(whole("3元"), Vec::<&str>::new());
    assert_eq!(whole("6元"), ["C101"]);
    let fixed = |amount: &str| {
        pair(
            "保费 { 总额 40万元/年; 承担 县财政 100% }",
            "据实 财产损失, 限额 保费总额",
            &format!("据实 财产损失, 限额 {amount}"),
        )
    };
    assert_eq!(fixed("40万元"), Vec::<&str>::new());
    assert_eq!(fixed("50万元"), ["C101"]);
}

#[test]
fn a_ratio_of_the_contract_after_steps_that_differ_is_decided() {
    let same = |bounds: &str, first: &str, second: &str| {
        let declared = format!("参数 比, 率: 比例 合同约定{bounds}");
        pair(
            &declared,
            &format!("据实 财产损失, {first}"),
            &format!("据实 财产损失, {second}"),
        )
    };
    let none: Vec<&str> = Vec::new();
    // As good before a cap as after it.
    assert_eq!(
        same("", "限额 5000元, 赔付比例 比", "赔付比例 比, 限额 比 × 5000元"),
        none
    );
    assert_eq!(
        same(
            "",
            "免赔额 300元, 限额 5000元, 赔付比例 比",
            "限额 5300元, 赔付比例 比, 免赔额 比 × 300元"
        ),
        none
    );
    let products = [
        "限额 5000元, 赔付比例 比, 赔付比例 率",
        "赔付比例 率, 限额 率 × 5000元, 赔付比例 比",
    ];
    assert_eq!(same("", products[0], products[1]), none);
    // From a half of 5000元 on the last cap is reached, and below it no ratio brings more than there was.
    let [low, high] = [
        "限额 5000元, 赔付比例 比, 限额 1000元",
        "限额 6000元, 赔付比例 比, 限额 1000元",
    ];
    assert_eq!(same(" 至少 50% 至多 100%", low, high), none);
    assert_eq!(same(" 至少 10% 至多 100%", low, high), ["C101"]);
    assert_eq!(
        same("", "免赔额 300元, 赔付比例 比", "赔付比例 比, 免赔额 比 × 301元"),
        ["C101"]
    );
    // Only between 10% and 20% they differ, where none is tried.
    let [low, high] = ["5000元", "6000元"].map(|cap| format!("限额 {cap}, 赔付比例 比, 至少 600元, 限额 1000元"));
    assert_eq!(same(" 至少 10% 至多 100%", &low, &high), ["C120"]);
    assert_eq!(same(" 至少 20% 至多 100%", &low, &high), none);
}

/// Boxes of two amounts in which two covers meet.
fn boxes(count: u32, cap: &str, last: &str) -> Vec<&'static str> {
    let steps = "据实 财产损失, 免赔额 7% × 评估价, 限额 90% × 财产损失, 精确到 3元 舍去, 免赔额 11% × 评估价, 赔付比例 37%, \
        至少 13% × 评估价, 精确到 7元 进位, 限额 83% × 财产损失, 限额 1万元";
    let other = steps.replace("免赔额 11% × 评估价, 赔付比例 37%", cap);
    let other = other.replace("限额 83% × 财产损失, 限额 1万元", last);
    let of = |at: u32| {
        let from = 500 * (count - at);
        format!(
            "财产损失 < {}元 且 评估价 >= {from}元 且 评估价 < {}元",
            1000 * (at + 1),
            from + 300
        )
    };
    let when: Vec<String> = (0..count).map(of).collect();
    let clauses = format!(
        "赔付标准 甲 {{ 房屋 {steps} }}\n赔付标准 乙 {{ 房屋 {other} }}\n\
         险种 一 {{ 灾因 洪涝; 条件 {}; 赔付 甲 }}\n险种 二 {{ 灾因 洪涝; 赔付 乙 }}",
        when.join(" 或 ")
    );
    said("方案 例", &clauses, &PAIR)
}

/// However many classes a condition has, a pair is found apart, shown alike, or given up, as in one of them.
#[test]
fn a_pair_under_many_boxes_is_told_as_under_one() {
    let tail = "限额 83% × 财产损失, 限额 1万元";
    for count in [1, 7] {
        // Alike before steps that both end with.
        let said = boxes(count, "赔付比例 37%, 免赔额 4.07% × 评估价", tail);
        assert_eq!(said, Vec::<&str>::new(), "{count}");
        let said = boxes(
            count,
            "赔付比例 37%, 免赔额 4.07% × 评估价",
            "限额 83% × 财产损失, 限额 84% × 财产损失",
        );
        assert_eq!(said, ["C120"], "{count}");
    }
    assert_eq!(boxes(7, "免赔额 10% × 评估价, 赔付比例 37%", tail), ["C101"]);
}

#[test]
fn what_is_alike_before_steps_that_both_end_with_is_alike() {
    let ratio = "参数 比: 比例 合同约定";
    let pair = |first: &str, second: &str, tail: &str| {
        pair(
            ratio,
            &format!("据实 财产损失, {first}, {tail}"),
            &format!("据实 财产损失, {second}, {tail}"),
        )
    };
    let one = "免赔额 100元, 限额 900元";
    for tail in [
        "精确到 1元, 赔付比例 比",
        "精确到 7元 舍去, 赔付比例 比, 精确到 1元 进位, 限额 800元",
        "精确到 10元 舍去, 赔付比例 比, 免赔额 比 × 100元",
    ] {
        assert_eq!(
            pair(one, "限额 1000元, 免赔额 100元", tail),
            Vec::<&str>::new(),
            "{tail}"
        );
        // What differs before may differ after.
        assert_eq!(pair(one, "限额 1000元, 免赔额 300元", tail), ["C101"], "{tail}");
    }
    // 1元 less of what is rounded to whole 10元 is less for some losses only.
    let tail = "精确到 10元 舍去, 赔付比例 比";
    assert_eq!(pair(one, "免赔额 100.01元, 限额 900元", tail), ["C101"]);
    // Never: only the cap differs, and both caps are the same 10元.
    let tail = "精确到 10元 舍去, 赔付比例 比, 精确到 1元";
    assert!(!pair(one, "免赔额 100元, 限额 909元", tail).contains(&"C101"));
}
