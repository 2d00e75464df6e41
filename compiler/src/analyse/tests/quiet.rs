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

#[test]
fn a_cover_counts_somewhere_unless_those_before_it_apply_everywhere() {
    let covers = |first: &str, more: &str| {
        format!(
            "险种 一 {{ 灾因 {first}; 赔付 每人每次灾害 {{ 死亡 定额 8万元; {more} }} }}\n\
             险种 二 {{ 灾因 自然灾害; 赔付 每人每次灾害 {{ 死亡 定额 5万元 }} }}\n优先 一 于 二\n次生灾害 以登记为准"
        )
    };
    assert_eq!(said(&covers("洪涝", "")), NONE);
    assert_eq!(said(&covers("自然灾害", "")), ["C121"]);
    // A harm of which only the other cover has a row.
    let harm = covers("自然灾害", "").replace("死亡 定额 5万元", "死亡 定额 5万元; 医疗 据实 医疗费用, 限额 1万元");
    assert_eq!(said(&harm), NONE);
    // Three covers in a row: the two before it apply everywhere only together.
    let three = covers("洪涝", "")
        + "\n险种 三 { 灾因 自然灾害; 条件 灾因 不为 洪涝; 赔付 每人每次灾害 { 死亡 定额 9万元 } }\n优先 三 于 二";
    assert_eq!(said(&three), ["C121"]);
}

#[test]
fn covers_that_pay_the_same_ask_which_counts_where_other_limits_count_it() {
    let asked = |clauses: &str| {
        let checked = checked(&format!("{FRAME}{clauses}\n}}\n"));
        let findings = checked.findings().into_iter();
        let asked: Vec<String> = findings
            .filter(|finding| ["Q104", "C101", "C120"].contains(&finding.code.0))
            .map(|finding| anlan_lang::texts::message(anlan_lang::texts::Language::Zh, finding))
            .collect();
        asked.join("\n")
    };
    let covers = |keys: &str| {
        format!(
            "险种 一 {{ 灾因 洪涝; 赔付 每人每次灾害 {{ 医疗 据实 医疗费用, 限额 1万元 }} }}\n\
             险种 二 {{ 灾因 自然灾害; 赔付 {keys} {{ 医疗 据实 医疗费用, 限额 1万元 }} }}"
        )
    };
    let limits = "算作哪个险种？计入的限额不同";
    assert!(asked(&covers("每人每年度")).ends_with(limits));
    assert!(asked(&covers("每人每次灾害")).ends_with(limits));
    assert_eq!(asked(&format!("{}\n优先 一 于 二", covers("每人每年度"))), "");
    let shared = "赔付标准 同 每人每次灾害 { 医疗 据实 医疗费用, 限额 1万元 }\n\
                  险种 一 { 灾因 洪涝; 赔付 同 }\n险种 二 { 灾因 自然灾害; 赔付 同 }";
    assert_eq!(asked(shared), "");
    let of_one = "累计限额 限 = 5万元 每次灾害 限于险种 一 用尽时 按比例";
    assert!(asked(&format!("{shared}\n{of_one}")).ends_with(limits));
    assert_eq!(
        asked(&format!("{shared}\n{}", of_one.replace("限于险种 一", "全部险种"))),
        ""
    );
    // A cap of each claim is part of what the claim is paid.
    let each = covers("每案").replace("每人每次灾害", "每案");
    assert_eq!(asked(&each), "");
}

#[test]
fn a_row_is_paid_unless_every_cover_that_uses_it_excludes_its_harm() {
    let schedule = "赔付标准 同 每人每次灾害 { 死亡 定额 10万元; 医疗 据实 医疗费用, 限额 1万元 }\n";
    let cover =
        |name: &str, peril: &str, condition: &str| format!("险种 {name} {{ 灾因 {peril}; {condition} 赔付 同 }}\n");
    let of_death = "条件 损害 为 死亡;";
    let one = format!("{schedule}{}", cover("一", "洪涝", of_death));
    assert_eq!(said(&one), ["C122"]);
    assert_eq!(said(&format!("{schedule}{}", cover("一", "洪涝", ""))), NONE);
    // Another cover pays by the row.
    assert_eq!(said(&format!("{one}{}", cover("二", "火灾", ""))), NONE);
    // Where nothing is paid at all, that is said.
    let dead = format!(
        "{schedule}{}",
        cover("一", "洪涝", "条件 损害 为 死亡 且 灾因 为 火灾;")
    );
    assert_eq!(said(&dead), ["C105"]);
}

#[test]
fn a_condition_decides_something_among_the_perils_and_roles_of_its_cover() {
    let cover = |role: &str, condition: &str| {
        format!("险种 一 {{ 灾因 洪涝; 身份 {role}; 条件 {condition}; 赔付 每人每次灾害 {{ 死亡 定额 7万元 }} }}")
    };
    assert_eq!(said(&cover("居民", "身份 不为 临时人员")), ["C106"]);
    assert_eq!(said(&cover("居民, 临时人员", "身份 不为 临时人员")), NONE);
    assert_eq!(said(&cover("居民", "身份 不为 临时人员 且 灾因 为 自然灾害")), ["C106"]);
    assert_eq!(said(&cover("居民", "灾因 为 火灾")), ["C105"]);
}

#[test]
fn a_factor_between_columns_reads_as_a_number() {
    let said = |factor: u32, of: u32| {
        let rows: String = (1..=5u32)
            .zip(["Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ"])
            .map(|(at, grade)| {
                let odd = if at == 3 { 1 } else { 0 };
                format!("{grade} {}元 {}元\n", at * of * 1000, at * factor * 1000 + odd)
            })
            .collect();
        let text = format!(
            "{FRAME}赔付表 表 按 损毁等级 {{\n一般 重点\n{rows}}}\n\
             险种 一 {{ 灾因 洪涝; 赔付 每户每次灾害 {{ 房屋 定额 表.一般; 农作物 定额 表.重点 }} }}\n}}\n"
        );
        let checked = checked(&text);
        let found = checked.findings().into_iter().find(|finding| finding.code.0 == "T108");
        anlan_lang::texts::message(anlan_lang::texts::Language::Zh, found.unwrap())
    };
    assert!(said(3, 2).contains("“一般”的1.5倍"), "{}", said(3, 2));
    assert!(said(4, 3).contains("“一般”的4/3倍"), "{}", said(4, 3));
    assert!(said(2, 1).contains("“一般”的2倍"), "{}", said(2, 1));
}

#[test]
fn what_could_not_be_read_raises_no_question() {
    let questions = |document: &str, territory: &str| -> Vec<&str> {
        let text = format!(
            "引用 perils, injury, persons, liability, harms, facts, areas, units\n方案 例 {{\n  {document}\n  {territory}\n  \
             保险期间 1年 自 2024-01-01\n}}\n"
        );
        let checked = checked(&text);
        let codes = checked.findings().into_iter().map(|finding| finding.code.0);
        codes
            .filter(|code| ["D111", "Q133", "Q134", "S001", "S002"].contains(code))
            .collect()
    };
    let (document, territory) = (
        "文件 \"例府办发〔2024〕12号\" 发布 2024-01-01 施行 2024-01-01",
        "区域 云阳县",
    );
    let none: [&str; 0] = [];
    assert_eq!(questions(document, territory), none);
    let (unread, undated) = (
        document.replace("发布", "签发"),
        document.replace(" 施行 2024-01-01", ""),
    );
    assert_eq!(questions(&unread, territory), ["S002"]);
    assert_eq!(questions(document, "区域"), ["S001"]);
    assert_eq!(questions("文件", territory), ["S001"]);
    // What can be read is asked about as ever.
    assert_eq!(questions(&undated, territory), ["D111"]);
    assert_eq!(questions(document, ""), ["Q133"]);
    assert_eq!(questions(&undated, "区域"), ["D111", "S001"]);
}

#[test]
fn what_belongs_to_all_is_paid_per_event_without_a_question() {
    let asked = |harm: &str| {
        let clauses = format!("险种 一 {{ 灾因 洪涝; 赔付 每次灾害 {{ {harm} 定额 10万元 }} }}");
        let checked = checked(&format!("{FRAME}{clauses}\n}}\n"));
        checked.findings().into_iter().any(|finding| finding.code.0 == "Q135")
    };
    assert!(asked("死亡") && asked("房屋"));
    assert!(!asked("应急救助") && !asked("市政公共设施"));
}
