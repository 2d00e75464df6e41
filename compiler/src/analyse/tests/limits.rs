//! Limits by day and decision, together, and where nothing was decided.

use super::witnesses::{FRAME, checked, reproduced};

/// The codes that these clauses give of those asked for, each with whether its witness is reproduced.
fn found(start: &str, clauses: &str, codes: &[&str]) -> Vec<String> {
    let frame = FRAME.replace("2024-01-01", start);
    let text = format!("{frame}{clauses}\n}}\n");
    let mut said: Vec<String> = checked(&text)
        .findings()
        .iter()
        .filter(|finding| codes.contains(&finding.code.0))
        .map(|finding| {
            let how = match &finding.witness {
                None => "",
                Some(witness) if witness.times.is_some() => " by many",
                Some(_) => " by one",
            };
            format!("{}{how}", finding.code.0)
        })
        .collect();
    let wrong = reproduced(&text);
    assert!(wrong.is_empty(), "{wrong:?}");
    said.sort();
    said.dedup();
    said
}

const DEATH: &str = "赔付标准 甲 每人每次灾害 { 死亡 定额 10万元 }\n险种 一 { 灾因 洪涝; 赔付 甲 }\n";

#[test]
fn two_limits_that_are_low_in_turn_are_found_together() {
    let limits = "累计限额 上 = 5万元 自 2025-01-01 20万元 每次灾害 全部险种 用尽时 按比例\n\
                  累计限额 下 = 20万元 自 2025-01-01 5万元 每年度 全部险种 用尽时 按比例\n";
    let clauses = format!("{DEATH}{limits}");
    assert_eq!(found("2024-01-01", &clauses, &["L102"]), ["L102 by one"]);
    // The year that begins in July keeps its amount, so an event of the spring is paid in full.
    assert_eq!(found("2024-07-01", &clauses, &["L102"]), [""; 0]);
}

#[test]
fn decisions_that_lift_one_limit_at_a_time_free_the_benefit() {
    let limits = "决定 救灾 由 县政府 效力 全期\n\
                  累计限额 上 = 5万元 上浮至 20万元 经 决定 救灾 每次灾害 全部险种 用尽时 按比例\n\
                  累计限额 下 = 6万元 上浮至 20万元 经 决定 救灾 每年度 全部险种 用尽时 按比例\n";
    assert_eq!(found("2024-01-01", &format!("{DEATH}{limits}"), &["L102"]), [""; 0]);
}

#[test]
fn dated_limits_are_compared_by_the_date_that_selects_each() {
    let limits = |inner: &str, outer: &str| {
        format!(
            "{DEATH}累计限额 次 = {inner} 每次灾害 全部险种 用尽时 按比例\n累计限额 年 = {outer} 每年度 全部险种 用尽时 按比例\n"
        )
    };
    let rise = limits("300万元 自 2025-01-01 700万元", "500万元 自 2025-01-01 900万元");
    assert_eq!(found("2024-01-01", &rise, &["L101"]), [""; 0]);
    // From January to June an event has its new amount and the insured year its old one.
    assert_eq!(found("2024-07-01", &rise, &["L101"]), ["L101 by many"]);
}

#[test]
fn an_inversion_is_shown_by_as_many_claims_as_it_takes() {
    let limits =
        "累计限额 次 = 700万元 每次灾害 全部险种 用尽时 按比例\n累计限额 年 = 500万元 每年度 全部险种 用尽时 按时间\n";
    assert_eq!(
        found("2024-01-01", &format!("{DEATH}{limits}"), &["L101"]),
        ["L101 by many"]
    );
}

#[test]
fn what_layers_do_not_bear_is_shown_by_claims() {
    let tower = "累计限额 次 = 700万元 每次灾害 全部险种 用尽时 按比例\n分层 每次灾害 {\n层 一层 限额 300万元\n层 二层 限额 200万元\n}\n";
    assert_eq!(
        found("2024-01-01", &format!("{DEATH}{tower}"), &["K102"]),
        ["K102 by many"]
    );
    let total = "累计限额 次 = 700万元 每次灾害 全部险种 用尽时 按比例\n\
                 分层 每次灾害 总额 500万元 {\n层 一层 限额 300万元\n层 二层 限额 200万元\n不足时 按比例\n}\n";
    assert_eq!(
        found("2024-01-01", &format!("{DEATH}{total}"), &["L111"]),
        ["L111 by many"]
    );
}

/// The codes that a scheme under a framework with one requirement gives of family F.
fn under(requirement: &str, clauses: &str) -> Vec<String> {
    let frame = FRAME.replace(
        "方案 例 {",
        &format!("框架 上位 {{\n{requirement}\n}}\n方案 例 遵循 上位 {{"),
    );
    let text = format!("{frame}{clauses}\n}}\n");
    let wrong = reproduced(&text);
    assert!(wrong.is_empty(), "{wrong:?}");
    let codes = checked(&text);
    let mut codes: Vec<String> = codes
        .findings()
        .iter()
        .map(|finding| finding.code.0.to_owned())
        .collect();
    codes.retain(|code| code.starts_with(['F', 'S', 'N']));
    codes.sort();
    codes
}

#[test]
fn ceilings_of_a_framework_hold_in_every_cell() {
    let ceiling = "要求 可获赔付 每人每次灾害 <= 5万元";
    assert_eq!(under(ceiling, DEATH), ["F101"]);
    assert_eq!(under("要求 可获赔付 每人每次灾害 <= 10万元", DEATH), [""; 0]);
    // One cover keeps to the ceiling, the other has no bound at all.
    let two = "赔付标准 甲 每人每次灾害 { 死亡 定额 3万元 }\n赔付标准 乙 每人每次灾害 { 医疗 据实 医疗费用, 限额 不限 }\n\
               险种 一 { 灾因 洪涝; 赔付 甲 }\n险种 二 { 灾因 地震; 赔付 乙 }\n";
    assert_eq!(under(ceiling, two), ["F101"]);
    // A parameter in one cell leaves the whole open, though the other cell is below.
    let open = "参数 额度: 金额 合同约定 至少 4万元\n赔付标准 甲 每人每次灾害 { 死亡 定额 3万元 }\n\
                赔付标准 乙 每人每次灾害 { 死亡 定额 额度 }\n险种 一 { 灾因 洪涝; 赔付 甲 }\n险种 二 { 灾因 地震; 赔付 乙 }\n";
    assert_eq!(under(ceiling, open), ["F108"]);
}

#[test]
fn a_floor_that_a_decision_breaks_is_broken() {
    let clauses = format!(
        "{DEATH}决定 救灾 由 县政府 效力 全期\n\
         累计限额 每人限额 = 6万元 上浮至 20万元 经 决定 救灾 每人每次灾害 全部险种 用尽时 按比例\n"
    );
    assert_eq!(under("要求 可获赔付 每人每次灾害 >= 8万元", &clauses), ["F101"]);
}

#[test]
fn a_floor_that_the_premium_decides_is_said_to_be_open() {
    let clauses = format!(
        "{DEATH}保费 {{\n费率 1元/人/年\n基数 常住人口 当年\n}}\n\
         累计限额 每人限额 = 2 × 保费总额 每人每次灾害 全部险种 用尽时 按比例\n"
    );
    assert_eq!(under("要求 可获赔付 每人每次灾害 >= 8万元", &clauses), ["F111"]);
}

#[test]
fn what_one_parameter_holds_on_both_sides_never_binds() {
    let clauses = |row: &str, limits: &str| {
        format!(
            "参数 约定: 金额 合同约定 至少 2万元 至多 8万元\n参数 另定: 金额 合同约定 至少 2万元 至多 8万元\n\
             赔付标准 甲 每人每次灾害 {{ 死亡 {row} }}\n险种 一 {{ 灾因 洪涝; 赔付 甲 }}\n{limits}\n"
        )
    };
    let by_claim = |amount: &str| format!("累计限额 每案限额 = {amount} 每案 全部险种 用尽时 按比例");
    let never = |row: &str, limits: &str| !found("2024-01-01", &clauses(row, limits), &["L103"]).is_empty();
    assert!(never("定额 约定", &by_claim("约定")));
    assert!(!never("定额 约定", &by_claim("另定")));
    let rising = "定额 约定，至少 3万元";
    assert!(!never(rising, &by_claim("约定")));
    assert!(never("据实 医疗费用，至少 500元，限额 约定", &by_claim("约定")));
    // By a limit inside another one, and by the largest of a person's fixed sums.
    let inner = "累计限额 内 = 约定 每次灾害 全部险种 限于 损害 死亡 用尽时 按比例\n";
    let outer = |amount: &str| format!("{inner}累计限额 外 = {amount} 每次灾害 全部险种 用尽时 按比例");
    assert!(never("定额 9万元; 医疗 不赔", &outer("约定")));
    assert!(!never("定额 9万元; 医疗 不赔", &outer("另定")));
    assert!(never(
        "定额 约定",
        "累计限额 人 = 约定 每人每次灾害 全部险种 用尽时 按比例"
    ));
    assert!(!never(
        "定额 约定",
        "累计限额 次 = 约定 每次灾害 全部险种 用尽时 按比例"
    ));
}

#[test]
fn each_outcome_of_a_decision_may_be_held_by_another_amount() {
    let clauses = |cap: &str| {
        format!(
            "参数 约定: 金额 合同约定\n决定 救灾 由 县政府 每次灾害 效力 全期\n\
             赔付标准 甲 每人每次灾害 {{ 残疾 定额 约定; 医疗 据实 医疗费用; 残疾, 医疗 合计，限额 {cap} }}\n\
             险种 一 {{ 灾因 洪涝; 赔付 甲 }}\n\
             累计限额 人 = 约定 上浮至 18万元 经 决定 救灾 每人每次灾害 全部险种 限于 损害 残疾 用尽时 按比例\n"
        )
    };
    assert_eq!(found("2024-01-01", &clauses("12万元"), &["L103"]).len(), 1);
    assert_eq!(found("2024-01-01", &clauses("19万元"), &["L103"]), [""; 0]);
}

#[test]
fn a_cover_that_is_always_the_lower_one_brings_nothing() {
    let clauses = |wide: &str| {
        format!(
            "赔付标准 甲 每人每次灾害 {{ 死亡 定额 10万元; 饮水 定额 200元 }}\n赔付标准 乙 每人每次灾害 {{ 死亡 定额 {wide} }}\n\
             险种 一 {{ 灾因 任何; 赔付 乙 }}\n险种 二 {{ 灾因 雷电; 赔付 甲 }}\n从高 一, 二\n\
             累计限额 人 = 19万元 每人每次灾害 全部险种 限于 损害 死亡 用尽时 按比例\n"
        )
    };
    assert_eq!(found("2024-01-01", &clauses("19万元"), &["L103"]).len(), 1);
    assert_eq!(found("2024-01-01", &clauses("9万5000元"), &["L103"]), [""; 0]);
}

#[test]
fn a_cap_above_so_many_months_of_the_same_row_never_binds() {
    let clauses = |cap: &str| {
        format!(
            "赔付标准 甲 每人每次灾害 {{ 饮水 60元/人/月 × 月数 不足一月 按一月，最长 6，限额 {cap} }}\n\
             险种 一 {{ 灾因 洪涝; 赔付 甲 }}\n"
        )
    };
    assert_eq!(found("2024-01-01", &clauses("360元"), &["L103"]), ["L103 by one"]);
    assert_eq!(found("2024-01-01", &clauses("350元"), &["L103"]), [""; 0]);
}

#[test]
fn what_a_limit_of_0_stops_reaches_no_wider_limit() {
    let limits = |amount: &str| {
        format!(
            "{DEATH}累计限额 人 = {amount} 每人 全部险种 用尽时 按比例\n累计限额 次 = 50万元 每次灾害 全部险种 用尽时 按比例 后于 人\n"
        )
    };
    assert_eq!(found("2024-01-01", &limits("0元"), &["L103"]).len(), 1);
    assert_eq!(found("2024-01-01", &limits("1元"), &["L103"]), [""; 0]);
}

#[test]
fn events_that_share_a_year_draw_on_the_fund_together() {
    // One event takes what the year holds; two of half of it draw more than the fund has.
    let clauses = |year: &str| {
        format!(
            "{DEATH}累计限额 年 = {year} 每年度 全部险种 用尽时 按时间\n资金 准备金 {{ 余额 由 承保机构 报告 }}\n\
             分层 每次灾害 总额 80万元 {{ 层 保险公司 限额 10万元; 层 准备金 限额 准备金 余额; 层 再保险公司 限额 50万元 }}\n"
        )
    };
    let told = |year: &str| {
        let text = format!(
            "{FRAME}{}}}\n合同 例合同 执行 例 {{\n  设 准备金 = 20万元\n}}\n",
            clauses(year)
        );
        checked(&text)
            .findings()
            .iter()
            .filter(|finding| finding.code.0 == "K105")
            .count()
    };
    assert_eq!(told("60万元"), 1);
    assert_eq!(told("40万元"), 0);
}

#[test]
fn layers_and_funds_are_held_against_what_a_decision_raises() {
    let text = |raised: &str, layers: &str| {
        format!(
            "{FRAME}{DEATH}决定 救灾 由 县政府 每次灾害 效力 全期\n\
             累计限额 次 = 30万元 上浮至 {raised} 经 决定 救灾 每次灾害 限于险种 一 用尽时 按比例\n\
             资金 准备金 {{ 余额 由 承保机构 报告 }}\n分层 每次灾害 {{ {layers} }}\n}}\n\
             合同 例合同 执行 例 {{\n  设 准备金 = 20万元\n}}\n"
        )
    };
    let told = |raised: &str, layers: &str, code: &str| {
        let checked = checked(&text(raised, layers));
        checked
            .findings()
            .iter()
            .filter(|finding| finding.code.0 == code)
            .count()
    };
    let layers = "层 保险公司 限额 30万元; 层 准备金 限额 准备金 余额";
    assert_eq!(told("60万元", layers, "K102"), 1);
    assert_eq!(told("50万元", layers, "K102"), 0);
    assert_eq!(told("50万元", layers, "K105"), 1);
    assert_eq!(told("30万元", layers, "K105"), 0);
}

#[test]
fn a_dated_limit_of_each_year_adds_up_over_the_term() {
    let clauses = |term: &str| {
        format!(
            "{DEATH}累计限额 年 = 77万元 自 2025-01-01 3万元 每年度 全部险种 用尽时 按比例\n\
             累计限额 期 = {term} 保险期间内 全部险种 用尽时 按比例\n"
        )
    };
    assert_eq!(found("2024-01-01", &clauses("83万元"), &["L103"]).len(), 1);
    assert_eq!(found("2024-01-01", &clauses("82万元"), &["L103"]), [""; 0]);
}

#[test]
fn a_fund_under_events_without_end_is_told_of_once() {
    let tower = "资金 准备金 { 余额 由 承保机构 报告 }\n分层 每次灾害 {\n层 保险公司 限额 1000万元\n层 准备金 限额 准备金 余额\n";
    let rows = "赔付标准 甲 每人每次灾害 { 死亡 定额 10万元 }\n险种 一 { 灾因 洪涝; 赔付 甲; 责任部门 县应急管理局 }\n";
    let told = |limits: &str, shortfall: &str| {
        let text = format!(
            "{}{rows}{limits}{tower}{shortfall}}}\n}}\n合同 例合同 执行 例 {{ 设 准备金 = 2000万元 }}\n",
            super::witnesses::FRAME
        );
        let checked = super::witnesses::checked(&text);
        assert!(
            checked.compiled.units.iter().all(|unit| unit.sound),
            "{:?}",
            checked.findings()
        );
        let codes = ["K102", "K105", "L112", "L113", "Q150"];
        let found = checked.findings().into_iter().map(|finding| finding.code.0);
        let mut found: Vec<&str> = found.filter(|code| codes.contains(code)).collect();
        found.sort_unstable();
        found.join(" ")
    };
    let limit =
        |amount: &str, filter: &str| format!("累计限额 每次灾害限额 = {amount} 每次灾害 {filter} 用尽时 按比例\n");
    // What becomes of losses above the layers is asked: the answer says what the fund cannot bear too.
    assert_eq!(told("", ""), "Q150");
    assert_eq!(told("", "不足时 按比例\n"), "");
    assert_eq!(told(&limit("3000万元", "限于 损害 医疗"), ""), "Q150");
    // It is said that an event has no end: then that contradicts the layers.
    assert_eq!(told(&limit("不限", "全部险种"), ""), "K102");
    // Events that have an end draw on the fund again and again.
    assert_eq!(told(&limit("3000万元", "全部险种"), ""), "K105");
}

#[test]
fn a_decision_for_less_than_the_limit_holds_is_told() {
    let told = |per: &str, keys: &str, more: &str| {
        let clauses = format!(
            "{DEATH}决定 救灾 由 县政府 {per} 效力 全期\n\
             累计限额 限 = 30万元 {keys} 全部险种 {more} 上浮至 60万元 经 决定 救灾 用尽时 按比例\n"
        );
        found("2024-01-01", &clauses, &["L115"])
    };
    assert_eq!(told("每次灾害", "每年度", ""), ["L115"]);
    assert_eq!(told("每 灾因", "每次灾害", ""), ["L115"]);
    assert_eq!(told("每年度", "保险期间内", ""), ["L115"]);
    for (per, keys) in [
        ("每年度", "每年度"),
        ("每年度", "每次灾害"),
        ("每次灾害", "每次灾害"),
        ("每次灾害", "每人每次灾害"),
        ("保险期间内", "每年度"),
    ] {
        assert_eq!(told(per, keys, ""), [""; 0], "{per} {keys}");
    }
}

#[test]
fn what_is_paid_by_number_is_not_called_actual() {
    let text = |row: &str| {
        let text = format!("{FRAME}赔付标准 甲 {{ 房屋 {row} }}\n险种 一 {{ 灾因 洪涝; 赔付 甲 }}\n}}\n");
        let checked = checked(&text);
        let found = checked.findings().into_iter().find(|finding| finding.code.0 == "L106");
        anlan_lang::texts::message(anlan_lang::texts::Language::Zh, found.unwrap())
    };
    assert!(text("60元/月 × 月数 不足一月 按一月").contains("按数量计赔而没有限额"));
    assert!(text("据实 财产损失").contains("据实赔付而没有限额"));
}

#[test]
fn an_inversion_points_at_the_amounts_of_its_day_and_its_decision() {
    let pointed = |limits: &str| {
        let text = format!("{FRAME}{DEATH}{limits}\n}}\n");
        let checked = checked(&text);
        let findings = checked.findings();
        let finding = findings.iter().find(|finding| finding.code.0 == "L101").unwrap();
        let at = |place: anlan_lang::diag::Place| text.get(place.span.range()).unwrap().to_owned();
        let outer = finding.labels.iter().find(|label| label.attribute == "outer").unwrap();
        (at(finding.primary.unwrap()), at(outer.place))
    };
    let dated = |event: &str, year: &str| {
        format!(
            "累计限额 次 = {event} 每次灾害 全部险种 用尽时 按比例\n累计限额 年 = {year} 每年度 全部险种 用尽时 按比例\n\
             决定 上调 由 县政府 效力 全期"
        )
    };
    let pair = |inner: &str, outer: &str| (inner.to_owned(), outer.to_owned());
    assert_eq!(pointed(&dated("70万元", "60万元")), pair("70万元", "60万元"));
    assert_eq!(
        pointed(&dated("30万元 自 2024-03-01 70万元", "60万元")),
        pair("70万元", "60万元")
    );
    assert_eq!(
        pointed(&dated("70万元", "90万元 自 2025-01-01 60万元")),
        pair("70万元", "60万元")
    );
    assert_eq!(
        pointed(&dated("30万元 上浮至 70万元 经 决定 上调", "60万元")),
        pair("70万元", "60万元")
    );
}
