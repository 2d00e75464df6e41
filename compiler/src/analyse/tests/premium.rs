//! Amounts that follow the total premium, which a clause may state and rates may leave open.

use super::witnesses::{FRAME, checked, reproduced};

/// The codes of limits and comparisons that are said with a premium clause.
fn said(premium: &str, steps: &str, more: &str) -> Vec<&'static str> {
    let text = format!(
        "{FRAME}赔付标准 甲 每案 {{ 房屋 {steps} }}\n险种 一 {{ 灾因 洪涝; 赔付 甲 }}\n\
         保费 {{ {premium}\n承担 县财政 100% }}\n{more}\n}}\n"
    );
    let wrong = reproduced(&text);
    assert!(wrong.is_empty(), "{text}: {wrong:?}");
    let codes = checked(&text);
    let codes = codes.findings().into_iter().map(|finding| finding.code.0);
    codes
        .filter(|code| code.starts_with("L10") || ["L113", "C120"].contains(code))
        .collect()
}

const STATED: &str = "总额 400元/年";
const RATE: &str = "费率 3元/人/年\n基数 户籍人口 计 人 上年度";
const NONE: [&str; 0] = [];

#[test]
fn a_stated_total_is_what_the_premium_comes_to() {
    let limit = |amount: &str| format!("累计限额 限 = {amount} 每案 全部险种 用尽时 按比例");
    assert_eq!(said(STATED, "定额 500元", &limit("保费总额")), ["L102"]);
    assert_eq!(said(STATED, "定额 400元", &limit("保费总额")), ["L103"]);
    assert_eq!(said(STATED, "定额 100元, 免赔额 1/4 × 保费总额", ""), ["L108"]);
    assert_eq!(said(STATED, "定额 101元, 免赔额 1/4 × 保费总额", ""), NONE);
    assert_eq!(said(STATED, "据实 财产损失, 至少 500元, 限额 保费总额", ""), ["L107"]);
    // What rates bring depends on the bases.
    assert_eq!(said(RATE, "定额 500元", &limit("保费总额")), NONE);
}

#[test]
fn more_than_the_premium_is_more_whatever_it_comes_to() {
    let nested = |event: &str, year: &str| {
        format!(
            "累计限额 次 = {event} 每次灾害 全部险种 用尽时 按比例 包含于 年\n\
             累计限额 年 = {year} 每年度 全部险种 用尽时 按比例"
        )
    };
    assert_eq!(said(STATED, "定额 300元", &nested("保费总额", "350元")), ["L101"]);
    assert_eq!(said(RATE, "定额 1元", &nested("2 × 保费总额", "保费总额")), ["L101"]);
    assert_eq!(said(RATE, "定额 1元", &nested("保费总额", "2 × 保费总额")), NONE);
}

#[test]
fn figures_are_printed_rounded() {
    let differs = |rates: &str, total: &str| {
        let text = format!(
            "{FRAME}险种 一 {{ 灾因 洪涝; 赔付 每案 {{ 房屋 定额 100元 }} }}\n保费 {{ {rates}\n总额 {total}/年\n承担 县财政 100% }}\n}}\n"
        );
        let found = checked(&text);
        found.findings().iter().any(|finding| finding.code.0 == "M101")
    };
    let exact = "费率 1元/人/年\n基数 常住人口 计 人 当年 = 925,731人 于 2023年";
    for (total, wrong) in [
        ("92.6万元", false),
        ("93万元", false),
        ("92.57万元", false),
        ("925,731元", false),
        ("92.5万元", true),
        ("92.58万元", true),
        ("926000元", true),
        ("96.2万元", true),
    ] {
        assert_eq!(differs(exact, total), wrong, "{total}");
    }
    let rounded = "费率 2元/人/年\n基数 常住人口 计 人 当年 = 92.6万人 于 2023年";
    for (total, wrong) in [
        ("185.2万元", false),
        ("1,851,462元", false),
        ("185.1万元", false),
        ("1,850,998元", true),
        ("185.4万元", true),
    ] {
        assert_eq!(differs(rounded, total), wrong, "{total}");
    }
}
