//! What covers pay.

use super::*;
use crate::plan::diagram::Refusal;

#[test]
fn tables_by_values_ranges_and_otherwise() {
    let plan = plan(
        "赔付表 伤残表 按 伤残等级 {
                  一般    救援
            一级  10万元  30万元
            二级 至 四级  5万元  15万元
            其余  1万元   3万元
         }
         险种 甲 { 灾因 任何 赔付 { 残疾 定额 伤残表.救援 } }",
    );
    let start = |grade: &str| {
        pipeline(&plan, "甲", &format!("灾因 洪涝, 损害 残疾, 伤残等级 {grade}"))
            .start
            .clone()
    };
    assert_eq!(start("一级"), fixed(300_000));
    assert_eq!(start("三级"), fixed(150_000));
    assert_eq!(start("十级"), fixed(30_000));
    // Grades with the same money are one class.
    let grades = &plan.facts[fact_id(&plan, "injury_grade").index()].classes;
    assert_eq!(grades.len(), 3);
}

#[test]
fn a_missing_row_pays_nothing() {
    let plan = plan(
        "赔付表 伤残表 按 伤残等级 { 一级 10万元\n二级 5万元 }
         险种 甲 { 灾因 任何 赔付 { 残疾 定额 伤残表 } }",
    );
    assert_eq!(
        outcome(&plan, "甲", "灾因 洪涝, 损害 残疾, 伤残等级 九级"),
        Leaf::Nothing
    );
}

#[test]
fn interval_tables_end_where_they_say() {
    let plan = plan(
        "赔付表 损失表 按 财产损失 { 不满 500元 0元
            500元 以上 不满 1000元 100元
            1000元 以上 5000元 以下 300元
            其余 600元 }
         险种 甲 { 灾因 任何 赔付 { 房屋 定额 损失表 } }",
    );
    let start = |loss: i64| {
        pipeline(&plan, "甲", &format!("灾因 洪涝, 损害 房屋, 财产损失 {loss}"))
            .start
            .clone()
    };
    assert_eq!(
        [499, 500, 999, 1000, 5000, 5001].map(start),
        [0, 100, 100, 300, 300, 600].map(fixed)
    );
}

const SUM: &str = "保险金额 每户 按 城乡 { 城镇 5万元\n农村 2万元\n协商\n至少 基本\n最高 100万元 超过 拒收 }
    赔付表 比例 按 损毁等级 { Ⅰ 至 Ⅱ 0%\nⅢ 50%\nⅣ 至 Ⅴ 100% }
    险种 甲 { 灾因 地震 赔付 { 房屋 保险金额 × 比例，限额 保险金额 } }";

#[test]
fn the_sum_insured_is_the_base_or_what_was_negotiated() {
    let plan = plan(SUM);
    let at = |rest: &str| outcome(&plan, "甲", &format!("灾因 地震, 损害 房屋, {rest}"));
    let pays = |rest: &str| match at(rest) {
        Leaf::Pays(id) => plan.pipelines[id.index()].clone(),
        other => panic!("{other:?}"),
    };
    let half = pays("城乡 城镇, 损毁等级 Ⅲ");
    assert_eq!(half.start, fixed(25_000));
    assert_eq!(half.steps[0].operation, Operation::UpTo(fixed(50_000)));
    assert_eq!(pays("城乡 农村, 损毁等级 Ⅴ").start, fixed(20_000));
    assert_eq!(pays("城乡 城镇, 损毁等级 Ⅰ").start, fixed(0));
    let sum = fact_id(&plan, "sum_insured");
    let negotiated = pays("城乡 城镇, 损毁等级 Ⅲ, 保险金额 800000");
    let half_of_it = Amount::Scaled {
        ratio: RatioValue::Exact(crate::money::Ratio::new(1, 2).unwrap()),
        of: Box::new(Amount::Fact(sum)),
    };
    assert_eq!(negotiated.start, half_of_it);
    assert_eq!(negotiated.steps[0].operation, Operation::UpTo(Amount::Fact(sum)));
}

#[test]
fn a_sum_outside_its_bounds_is_refused() {
    let plan = plan(SUM);
    let sum = fact_id(&plan, "sum_insured");
    let refusal = |rest: &str| match outcome(&plan, "甲", &format!("灾因 地震, 损害 房屋, 损毁等级 Ⅲ, {rest}"))
    {
        Leaf::Refused(index) => plan.diagrams.refusals[index as usize].clone(),
        other => panic!("{other:?}"),
    };
    let above = Refusal::Above {
        fact: sum,
        amount: fixed(1_000_000),
    };
    assert_eq!(refusal("城乡 城镇, 保险金额 1200000"), above);
    let below = Refusal::Below {
        fact: sum,
        amount: fixed(50_000),
    };
    assert_eq!(refusal("城乡 城镇, 保险金额 30000"), below);
    let at = |rest: &str| outcome(&plan, "甲", &format!("灾因 地震, 损害 房屋, 损毁等级 Ⅲ, {rest}"));
    assert!(matches!(at("城乡 城镇, 保险金额 1000000"), Leaf::Pays(_)));
    assert!(matches!(at("城乡 农村, 保险金额 30000"), Leaf::Pays(_)));
}

#[test]
fn a_sum_above_its_maximum_may_be_capped_instead() {
    let plan = plan(
        "保险金额 { 协商\n最高 10万元 超过 按最高 }
         险种 甲 { 灾因 地震 赔付 { 房屋 保险金额 } }",
    );
    let start = |sum: i64| {
        pipeline(&plan, "甲", &format!("灾因 地震, 损害 房屋, 保险金额 {sum}"))
            .start
            .clone()
    };
    assert_eq!(start(100_000), Amount::Fact(fact_id(&plan, "sum_insured")));
    assert_eq!(start(100_001), fixed(100_000));
}

#[test]
fn pipelines_keep_their_order_and_are_shared() {
    let plan = plan(
        "赔付标准 标准 { 医疗 据实 医疗费用，免赔额 500元，赔付比例 80%，限额 2万元，精确到 元 舍去 }
         险种 甲 { 灾因 火灾 赔付 标准 }
         险种 乙 { 灾因 洪涝 赔付 标准 }",
    );
    assert_eq!(plan.pipelines.len(), 1);
    let steps: Vec<&Operation> = plan.pipelines[0].steps.iter().map(|step| &step.operation).collect();
    assert!(matches!(
        steps[..],
        [
            Operation::Less(_),
            Operation::Share(_),
            Operation::UpTo(_),
            Operation::Round {
                unit: Fen(100),
                mode: anlan_lang::tree::RoundMode::Down
            }
        ]
    ));
    assert_eq!(plan.benefits[0].root, plan.benefits[1].root);
}

#[test]
fn amounts_per_unit() {
    let plan = plan("险种 甲 { 灾因 任何 赔付 { 饮水 60元/人/月 × 月数 不足一月 按一月，最长 6 } }");
    let start = &plan.pipelines[0].start;
    let Amount::PerUnit { rate, count, units } = start else {
        panic!("{start:?}")
    };
    assert_eq!((&**rate, units), (&fixed(60), &Some(Count::Exact(6))));
    assert_eq!(
        plan.facts[count.index()].kind,
        FactKind::Count {
            part: Some(anlan_lang::tree::PartRule::Up)
        }
    );
}

#[test]
fn rows_taken_over_by_like_and_rows_that_pay_nothing() {
    let plan = plan(
        "赔付标准 一般 每人每次灾害 { 死亡 定额 10万元\n医疗 据实 医疗费用，限额 2万元 }
         赔付标准 溺水 同 一般 { 死亡 定额 3万元\n残疾 不赔 }
         险种 甲 { 灾因 溺水 赔付 溺水 }",
    );
    assert_eq!(pipeline(&plan, "甲", "灾因 溺水, 损害 死亡").start, fixed(30_000));
    assert_eq!(outcome(&plan, "甲", "灾因 溺水, 损害 残疾"), Leaf::Nothing);
    let medical = pipeline(&plan, "甲", "灾因 溺水, 损害 医疗");
    assert_eq!(medical.start, Amount::Fact(fact_id(&plan, "expense")));
    // The keys are taken over too.
    assert!(plan.limits.iter().any(|limit| limit.id == "溺水.死亡"));
}

#[test]
fn products_have_one_quantity_and_one_open_ratio() {
    let pays = |amount: &str| {
        codes(&format!(
            "参数 比例甲, 比例乙: 比例 合同约定
             险种 甲 {{ 灾因 任何 赔付 {{ 房屋 定额 {amount} }} }}"
        ))
    };
    // Types see the two amounts first.
    assert_eq!(pays("财产损失 × 医疗费用"), ["U109"]);
    assert_eq!(pays("财产损失 × 月数"), ["U301"]);
    assert_eq!(pays("比例甲 × 比例乙 × 财产损失"), ["U302"]);
    assert_eq!(pays("比例甲 × 财产损失"), [""; 0]);
    assert_eq!(pays("50% × 80% × 财产损失"), [""; 0]);
}

#[test]
fn sums_have_one_quantity() {
    let pays = |amount: &str| {
        codes(&format!(
            "参数 比例甲: 比例 合同约定
             险种 甲 {{ 灾因 任何 赔付 {{ 房屋 定额 {amount} }} }}"
        ))
    };
    assert_eq!(pays("财产损失 + 医疗费用"), ["U314"]);
    assert_eq!(pays("0% × 财产损失 + 医疗费用"), ["U314"]);
    assert_eq!(pays("比例甲 × 财产损失 + 60元/月 × 月数"), ["U314"]);
    assert_eq!(pays("财产损失 - 比例甲 × 财产损失 + 100元"), [""; 0]);
}

#[test]
fn an_amount_beyond_the_bounds_of_arithmetic_is_refused() {
    let found = |ratio: &str| {
        codes(&format!(
            "险种 甲 {{ 灾因 任何 赔付 {{ 房屋 定额 {ratio} × 财产损失 }} }}"
        ))
    };
    assert_eq!(found("1/1000000000001"), ["U306"]);
    assert_eq!(found("1/1000000000000"), [""; 0]);
}

#[test]
fn constants_are_multiplied_out() {
    let plan = plan("险种 甲 { 灾因 任何 赔付 { 死亡 定额 2 × 5万元\n残疾 定额 10万元 } }");
    assert_eq!(plan.pipelines.len(), 1, "equal meanings are one pipeline");
}

#[test]
fn a_parameter_cannot_stand_in_a_condition() {
    let found = codes(
        "参数 起付: 金额 合同约定
         险种 甲 { 灾因 任何 条件 财产损失 >= 起付 赔付 { 房屋 定额 1万元 } }",
    );
    assert_eq!(found, ["U303"]);
}

#[test]
fn no_amount_is_reckoned_from_a_number_that_may_be_negative() {
    let pays = |from: &str, row: &str| {
        codes(&format!(
            "事实 水位: 数 米 精确到 1 自 {from} 至 50
             险种 甲 {{ 灾因 任何 赔付 {{ 房屋 {row} }} }}"
        ))
    };
    for row in [
        "据实 财产损失, 免赔额 10元/米 × 水位, 限额 1万元",
        "定额 10元/米 × 水位",
    ] {
        assert_eq!(pays("-40", row), ["U315"], "{row}");
        assert_eq!(pays("0", row), [""; 0], "{row}");
    }
}
