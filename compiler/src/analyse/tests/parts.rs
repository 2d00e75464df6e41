//! Fewer than three months of which parts count are any part of three: most of what three bring is paid.

use super::witnesses::{FRAME, checked, reproduced};

/// The codes that are said of a row that pays 60元 a month, of months that `when` holds for.
fn said(when: &str, steps: &str, more: &str) -> Vec<&'static str> {
    let clauses = format!(
        "赔付标准 甲 {{ 房屋 60元/月 × 月数 不足一月 按比例{steps} }}\n险种 一 {{ 灾因 洪涝; 条件 {when}; 赔付 甲 }}\n{more}"
    );
    codes(&format!("{FRAME}{clauses}\n}}\n"))
}

fn codes(text: &str) -> Vec<&'static str> {
    const ASKED: [&str; 9] = ["L102", "L103", "L104", "L108", "L113", "F101", "F103", "C101", "C120"];
    let wrong = reproduced(text);
    assert!(wrong.is_empty(), "{text}: {wrong:?}");
    let checked = checked(text);
    let codes = checked.findings().into_iter().map(|finding| finding.code.0);
    codes.filter(|code| ASKED.contains(code)).collect()
}

fn limit(amount: &str) -> String {
    format!("累计限额 户 = {amount} 每案 全部险种 用尽时 按比例")
}

const NONE: [&str; 0] = [];

#[test]
fn part_of_the_first_month_is_paid() {
    assert_eq!(said("月数 < 1", "", ""), NONE);
    assert_eq!(said("月数 < 1", ", 免赔额 59.99元", ""), NONE);
    assert_eq!(said("月数 < 1", ", 免赔额 60元", ""), ["L108"]);
    // Less than 60元 to whole ones are 59元.
    assert_eq!(said("月数 < 1", ", 精确到 1元 舍去, 免赔额 58元", ""), NONE);
    assert_eq!(said("月数 < 1", ", 精确到 1元 舍去, 免赔额 59元", ""), ["L108"]);
}

#[test]
fn a_limit_between_two_months_and_three_is_reached() {
    assert_eq!(said("月数 < 3", "", &limit("150元")), ["L102"]);
    assert_eq!(said("月数 < 3", "", &limit("179.99元")), ["L102"]);
    assert_eq!(said("月数 < 3", "", &limit("180元")), ["L103"]);
    assert_eq!(said("月数 < 3", ", 最长 2", &limit("120元")), ["L103"]);
    // Half a 分 that is never reached is not rounded up.
    assert_eq!(said("月数 < 3", ", 赔付比例 1/24000", &limit("0.01元")), ["L103"]);
    assert_eq!(said("月数 < 3", ", 赔付比例 1/11999", &limit("0.01元")), ["L102"]);
    assert_eq!(said("月数 < 3", ", 赔付比例 1/12000", &limit("0.01元")), ["L103"]);
}

#[test]
fn a_floor_above_two_months_is_met_by_more() {
    let floor = |compare: &str, steps: &str| {
        let frame = FRAME.replace(
            "方案 例 {",
            &format!("框架 上位 {{\n要求 每户每次灾害 可获赔付 {compare}\n}}\n方案 例 遵循 上位 {{"),
        );
        codes(&format!(
            "{frame}赔付标准 甲 {{ 房屋 60元/月 × 月数 不足一月 按比例{steps} }}\n\
             险种 一 {{ 灾因 洪涝; 条件 月数 < 3; 赔付 甲 }}\n}}\n"
        ))
    };
    assert_eq!(floor(">= 150元", ""), NONE);
    assert_eq!(floor(">= 180元", ""), NONE);
    assert_eq!(floor(">= 180.01元", ""), ["F101"]);
    assert_eq!(floor("<= 150元", ""), ["F101"]);
    assert_eq!(floor("<= 180元", ""), NONE);
    // What is taken off by what it rises with is sought as far as three months, which no claim has: nothing is said that
    // none shows.
    let half = ", 免赔额 30元/月 × 月数, 精确到 1元 舍去";
    assert!(!floor(">= 89元", half).contains(&"F101"));
    assert!(!floor("<= 89元", half).contains(&"F101"));
    assert!(floor("<= 88元", half).contains(&"F101"));
}

#[test]
fn what_rises_and_falls_with_months_stays_below_the_end() {
    let half = ", 免赔额 30元/月 × 月数, 精确到 1元 舍去";
    assert!(!said("月数 < 3", half, &limit("89元")).contains(&"L102"));
    assert!(said("月数 < 3", half, &limit("88元")).contains(&"L102"));
    assert!(said("月数 < 3", ", 免赔额 30元/月 × 月数", &limit("80元")).contains(&"L102"));
    let death = |amount: &str| {
        codes(&format!(
            "{FRAME}赔付标准 甲 {{ 死亡 定额 {amount}; 伤残 60元/月 × 月数 不足一月 按比例{half} }}\n\
             险种 一 {{ 灾因 洪涝; 条件 月数 < 3; 赔付 甲 }}\n}}\n"
        ))
    };
    assert!(!death("89.50元").contains(&"L104"));
    assert!(death("88元").contains(&"L104"));
}

/// What is said of two covers that pay by months of which there are fewer than three, and what their claims are paid.
fn pair(second: &str) -> Vec<&'static str> {
    codes(&format!(
        "{FRAME}赔付标准 甲 {{ 房屋 60元/月 × 月数 不足一月 按比例, 精确到 1元 舍去 }}\n\
         赔付标准 乙 {{ 房屋 60元/月 × 月数 不足一月 按比例, 精确到 1元 舍去{second} }}\n\
         险种 一 {{ 灾因 洪涝; 条件 月数 < 3; 赔付 甲 }}\n险种 二 {{ 灾因 洪涝; 赔付 乙 }}\n}}\n"
    ))
}

#[test]
fn covers_of_fewer_than_three_months_are_compared_below_three() {
    // The first never pays 180元.
    assert!(!pair(", 限额 179元").contains(&"C101"));
    let text = format!(
        "{FRAME}赔付标准 甲 {{ 房屋 60元/月 × 月数 不足一月 按比例 }}\n\
         赔付标准 乙 {{ 房屋 60元/月 × 月数 不足一月 按比例, 限额 150元 }}\n\
         险种 一 {{ 灾因 洪涝; 条件 月数 < 3; 赔付 甲 }}\n险种 二 {{ 灾因 洪涝; 赔付 乙 }}\n}}\n"
    );
    let checked = checked(&text);
    let found = checked
        .findings()
        .into_iter()
        .find(|finding| finding.code.0 == "C101")
        .unwrap();
    let months = &found.witness.as_ref().unwrap().claims[0]["months"];
    assert!(months.starts_with("2."), "{months}");
}

#[test]
fn covers_of_less_than_a_month_pay_something() {
    let pair = |second: &str| {
        codes(&format!(
            "{FRAME}赔付标准 甲 {{ 房屋 60元/月 × 月数 不足一月 按比例 }}\n赔付标准 乙 {{ 房屋 {second} }}\n\
             险种 一 {{ 灾因 洪涝; 条件 月数 < 1; 赔付 甲 }}\n险种 二 {{ 灾因 洪涝; 赔付 乙 }}\n}}\n"
        ))
    };
    // By whole months both pay nothing.
    assert_eq!(pair("定额 0元"), ["L108", "C101"]);
}

/// Two covers of one peril, each for the months that its condition names.
fn met(first: &str, second: &str) -> Vec<&'static str> {
    codes(&format!(
        "{FRAME}赔付标准 甲 {{ 房屋 60元/月 × 月数 不足一月 按比例 }}\n赔付标准 乙 {{ 房屋 定额 7元 }}\n\
         险种 一 {{ 灾因 洪涝; 条件 {first}; 赔付 甲 }}\n险种 二 {{ 灾因 洪涝; 条件 {second}; 赔付 乙 }}\n}}\n"
    ))
}

#[test]
fn two_and_a_half_months_are_more_than_two_and_fewer_than_three() {
    assert_eq!(met("月数 <= 2", "月数 > 2"), NONE);
    assert_eq!(met("月数 < 3", "月数 >= 3"), NONE);
    assert_eq!(met("月数 = 2", "月数 > 2 且 月数 < 3"), NONE);
    assert_eq!(met("月数 = 2", "非 （月数 = 2）"), NONE);
    assert_eq!(met("月数 < 3", "月数 > 2"), ["C101"]);
    assert_eq!(met("月数 <= 2", "月数 >= 2"), ["C101"]);
    assert_eq!(met("月数 > 2 且 月数 < 3", "非 （月数 = 2）"), ["C101"]);
}

#[test]
fn at_most_two_months_bring_what_two_do() {
    assert_eq!(said("月数 <= 2", "", &limit("119.99元")), ["L102"]);
    assert_eq!(said("月数 <= 2", "", &limit("120元")), ["L103"]);
    assert_eq!(said("月数 = 2", "", &limit("120元")), ["L103"]);
    assert_eq!(said("月数 > 2 且 月数 < 3", "", &limit("121元")), ["L102"]);
    assert_eq!(said("月数 > 2 且 月数 < 3", "", &limit("180元")), ["L103"]);
}

#[test]
fn more_than_two_months_are_taken_off_by_more_than_two() {
    let said = |when: &str, amount: &str| {
        codes(&format!(
            "{FRAME}赔付标准 甲 {{ 死亡 定额 150元, 免赔额 60元/月 × 月数, 精确到 1元 舍去; \
             房屋 60元/月 × 月数 不足一月 按比例, 限额 1元 }}\n\
             险种 一 {{ 灾因 洪涝; 条件 {when}; 赔付 甲 }}\n{}\n}}\n",
            limit(amount)
        ))
    };
    // 150元 less more than 120元 are less than 30元.
    assert_eq!(said("月数 > 2", "29元"), ["L103"]);
    assert_eq!(said("月数 >= 2", "29元"), ["L102"]);
    assert_eq!(said("月数 >= 2", "30元"), ["L103"]);
}

#[test]
fn rows_up_to_two_and_from_three_leave_a_gap_between() {
    let gaps = |rows: &str, part: &str| -> Vec<String> {
        let text = format!(
            "{FRAME}赔付表 每案 按 月数 {{\n{rows}\n}}\n\
             赔付标准 甲 {{ 房屋 60元/月 × 月数 {part}; 死亡 定额 每案 }}\n险种 一 {{ 灾因 洪涝; 赔付 甲 }}\n}}\n"
        );
        let checked = checked(&text);
        let findings = checked.findings();
        let found = findings
            .iter()
            .filter(|finding| ["T104", "T105"].contains(&finding.code.0));
        found
            .map(|finding| anlan_lang::texts::message(anlan_lang::texts::Language::Zh, finding))
            .collect()
    };
    let rows = "2 以下 60元\n3 以上 70元";
    assert!(gaps(rows, "不足一月 按一月").is_empty());
    let found = gaps(rows, "不足一月 按比例");
    assert!(found.len() == 1 && found[0].contains("超过2不满3"), "{found:?}");
    assert!(gaps("2 以下 60元\n超过 2 70元", "不足一月 按比例").is_empty());
    let found = gaps("2 以下 60元\n2 以上 70元", "不足一月 按比例");
    assert!(found.len() == 1 && found[0].contains('2'), "{found:?}");
}

#[test]
fn death_below_most_of_three_months_of_disability() {
    let pays = |death: &str| {
        codes(&format!(
            "{FRAME}赔付标准 甲 {{ 死亡 定额 {death}; 伤残 60元/月 × 月数 不足一月 按比例 }}\n\
             险种 一 {{ 灾因 洪涝; 条件 月数 < 3; 赔付 甲 }}\n}}\n"
        ))
    };
    assert_eq!(pays("150元"), ["L104"]);
    assert_eq!(pays("180元"), NONE);
}
