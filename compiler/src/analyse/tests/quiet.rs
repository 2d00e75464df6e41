//! What documents write, and is right: nothing is said of it. Each with what is wrong and looks alike.

use super::witnesses::{FRAME, checked};

/// The codes said of some clauses, but for questions.
fn said(clauses: &str) -> Vec<&'static str> {
    let checked = checked(&format!("{FRAME}{clauses}\n}}\n"));
    let codes = checked.findings().into_iter().map(|finding| finding.code.0);
    codes
        .filter(|code| !code.starts_with(['Q', 'R', 'N']) && !["C107", "L112"].contains(code))
        .collect()
}

const NONE: [&str; 0] = [];

#[test]
fn a_limit_of_one_person_or_household_is_as_small_as_a_benefit() {
    let limits = |amount: &str| {
        format!(
            "险种 一 {{ 灾因 洪涝; 赔付 每户每次灾害 {{ 房屋 据实 财产损失, 限额 3万元 }} }}\n\
             累计限额 户限 = {amount} 每户每年度 全部险种 用尽时 按时间\n\
             累计限额 年限 = 6000万元 每年度 全部险种 用尽时 按时间"
        )
    };
    assert_eq!(said(&limits("5万元")), NONE);
    assert!(said(&limits("5元")).contains(&"U108"));
    let year = limits("5万元").replace("6000万元", "6000元");
    assert!(said(&year).contains(&"U108"));
}

#[test]
fn a_condition_may_except_a_peril_of_a_listed_group() {
    let cover = |perils: &str| {
        format!("险种 一 {{ 灾因 {perils}; 条件 灾因 不为 地震; 赔付 每人每次灾害 {{ 死亡 定额 7万元 }} }}")
    };
    assert_eq!(said(&cover("自然灾害")), NONE);
    assert_eq!(said(&cover("洪涝, 地震")), ["C102"]);
}

#[test]
fn a_death_may_be_paid_by_two_covers_where_a_disability_is_by_one() {
    let covers = |perils: &str, meeting: &str| {
        format!(
            "险种 一 {{ 灾因 洪涝; 赔付 每人每次灾害 {{ 死亡 定额 8万元; 残疾 定额 10万元 }} }}\n\
             险种 二 {{ 灾因 {perils}; 赔付 每人每次灾害 {{ 死亡 定额 5万元 }} }}\n{meeting}"
        )
    };
    assert_eq!(said(&covers("自然灾害", "叠加 一, 二")), NONE);
    // A death by flood is paid less than a disability where the other cover does not apply.
    assert!(said(&covers("地震", "")).contains(&"L104"));
    // It stands over the other, which then pays nothing.
    assert!(said(&covers("自然灾害", "优先 一 于 二")).contains(&"L104"));
}

#[test]
fn names_of_one_peril_are_told_as_such_and_left_in_the_list() {
    let group = |second: &str| {
        format!("灾因组 雪 = 大雪, {second}, 冰凌 共3种\n险种 一 {{ 灾因 雪; 赔付 每案 {{ 死亡 定额 7万元 }} }}")
    };
    let of = |second: &str| {
        let checked = checked(&format!("{FRAME}{}\n}}\n", group(second)));
        let found = checked
            .findings()
            .into_iter()
            .find(|finding| finding.code.0 == "C112")
            .unwrap();
        let text = anlan_lang::texts::message(anlan_lang::texts::Language::Zh, found);
        (text, found.fix.is_some())
    };
    assert_eq!(of("大雪"), ("“雪”中大雪出现不止一次".to_owned(), true));
    assert_eq!(
        of("暴雪"),
        ("“雪”中的大雪、暴雪在标准库中是同一个灾因".to_owned(), false)
    );
}

#[test]
fn a_falling_thing_or_a_car_may_harm_a_house() {
    let cover = |harm: &str| {
        format!("险种 一 {{ 灾因 高空坠物, 交通事故; 赔付 每户每次灾害 {{ {harm} 据实 财产损失, 限额 1万元 }} }}")
    };
    assert_eq!(said(&cover("房屋")), NONE);
    assert!(said(&cover("农作物")).contains(&"C104"));
}
