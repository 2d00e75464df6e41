//! The most that a group can be paid, against what `settle` pays for more claims of every kind than any limit leaves.

use super::super::maximum::{Group, Maximum, Most};
use super::super::witness::Claim;
use super::witnesses::{FRAME, checked};
use crate::evaluate::record::Reader;
use crate::evaluate::{Inputs, Row, settle};
use crate::money::{Fen, Ratio};
use crate::plan::Plan;
use crate::resolve::id;

fn plan(clauses: &str) -> Plan {
    let checked = checked(&format!("{FRAME}{clauses}\n}}\n"));
    let unit = checked.compiled.units.first().unwrap();
    assert!(unit.sound, "{clauses}: {:?}", unit.findings);
    unit.lowered.as_ref().unwrap().plan.clone()
}

/// What is paid for `copies` claims of every kind, each of a person of its own, all of one event.
fn settled(plan: &Plan, maximum: &Maximum<'_>, copies: usize) -> Fen {
    let reader = Reader::new(plan);
    let mut rows = Vec::new();
    for kind in maximum.kinds.iter() {
        for _ in 0..copies {
            let number = rows.len() as u64 + 1;
            let claim = Claim::new(plan, &kind.path)
                .under([kind.cover])
                .with_value(id::HARM, kind.harm)
                .paying(&[kind.pipeline])
                .with(id::CLAIM, format!("C{number}"))
                .with(id::PERSON, format!("P{number}"))
                .with(id::HOUSEHOLD, format!("H{number}"));
            let (fields, _) = claim.finish();
            let (record, unknown) = reader.object(fields.iter().map(|(k, v)| (k.as_str(), v.as_str())));
            assert!(unknown.is_empty());
            rows.push(Row {
                number,
                claim: fields.get("claim").cloned(),
                record: Ok(record.unwrap()),
            });
        }
    }
    let settlement = settle(plan, &Inputs::default(), rows).unwrap();
    assert_eq!(settlement.totals.settled, settlement.totals.rows);
    settlement.totals.paid
}

fn yuan(amount: i64) -> Option<Ratio> {
    Some(Ratio::integer(amount * 100))
}

fn event(clauses: &str) -> (Most, Fen) {
    let plan = plan(clauses);
    let maximum = Maximum::new(&plan);
    (maximum.most(&Group::event(&plan)), settled(&plan, &maximum, 60))
}

const BENEFITS: &str = "赔付标准 甲 每人每次灾害 { 死亡 定额 10万元; 医疗 据实 医疗费用，限额 2万元 }\n\
    赔付标准 乙 每人每次灾害 { 死亡 定额 3万元; 医疗 据实 医疗费用，限额 1万元 }\n\
    险种 一 { 灾因 洪涝; 赔付 甲 }\n险种 二 { 灾因 滑坡; 赔付 乙 }\n";

#[test]
fn nested_limits_are_exact_and_attained() {
    for (limits, most) in [
        ("累计限额 总 = 300万元 每次灾害 全部险种 用尽时 按比例", 3_000_000),
        // The parts fill up below the whole.
        (
            "累计限额 分一 = 50万元 每次灾害 限于险种 一 用尽时 按比例\n累计限额 分二 = 30万元 每次灾害 限于险种 二 用尽时 按比例\n\
             累计限额 总 = 300万元 每次灾害 全部险种 用尽时 按比例",
            800_000,
        ),
        (
            "累计限额 分一 = 50万元 每次灾害 限于险种 一 用尽时 按比例\n累计限额 总 = 60万元 每次灾害 全部险种 用尽时 按比例\n\
             累计限额 年 = 55万元 每年度 全部险种 用尽时 按时间",
            550_000,
        ),
        // A limit over persons bounds no event.
        (
            "累计限额 人 = 1万元 每人每次灾害 全部险种 用尽时 按比例\n累计限额 总 = 100万元 每次灾害 全部险种 用尽时 按比例",
            1_000_000,
        ),
    ] {
        let (found, paid) = event(&format!("{BENEFITS}{limits}"));
        assert!(found.exact, "{limits}");
        assert_eq!((found.low, found.high), (yuan(most), yuan(most)), "{limits}");
        assert_eq!(Some(Ratio::integer(paid.0)), found.high, "{limits}");
    }
}

#[test]
fn limits_that_cut_across_one_another_are_bounded_from_both_sides() {
    let (found, paid) = event(&format!(
        "{BENEFITS}累计限额 死 = 40万元 每次灾害 全部险种 限于 损害 死亡 用尽时 按比例\n\
         累计限额 一 = 50万元 每次灾害 限于险种 一 后于 死 用尽时 按比例\n\
         累计限额 二 = 70万元 每次灾害 限于险种 二 后于 一 用尽时 按比例"
    ));
    assert!(!found.exact);
    let paid = Ratio::integer(paid.0);
    assert!(paid <= found.high.unwrap(), "{paid} {found:?}");
    assert!(found.attained.unwrap() <= found.high.unwrap());
    assert!(found.attained.unwrap() > Ratio::ZERO);
}

#[test]
fn years_of_the_term_count_and_persons_do_not() {
    let plan = plan(&format!(
        "{BENEFITS}累计限额 年 = 100万元 每年度 全部险种 用尽时 按时间"
    ));
    let maximum = Maximum::new(&plan);
    assert_eq!(maximum.most(&Group::year()).high, yuan(1_000_000));
    assert_eq!(maximum.most(&Group::term()).high, yuan(3_000_000));
    // One person of one event: death and medical of one cover, not of both.
    assert_eq!(maximum.most(&Group::person(&plan)).high, yuan(120_000));
    assert_eq!(maximum.most(&Group::claim()).high, yuan(100_000));
}

/// One row is reached with a small loss and with a great one, and the condition tells them from what lies between.
#[test]
fn a_floor_is_held_to_the_greatest_amount_that_reaches_a_row() {
    let text = |least: &str, condition: &str| {
        let frame = FRAME.replace(
            "方案 例 {",
            &format!("框架 上位 {{\n要求 每户每次灾害 可获赔付 >= {least}\n}}\n方案 例 遵循 上位 {{"),
        );
        format!(
            "{frame}赔付标准 甲 每户每次灾害 {{ 房屋 据实 财产损失, 限额 20万元 }}\n\
             险种 一 {{ 灾因 洪涝; 条件 {condition}; 赔付 甲 }}\n}}\n"
        )
    };
    let floors = |text: &str| -> Vec<&'static str> {
        let checked = checked(text);
        let codes = checked.findings().into_iter().map(|finding| finding.code.0);
        codes.filter(|code| code.starts_with("F1")).collect()
    };
    assert_eq!(
        floors(&text("20万元", "财产损失 < 1000元 或 财产损失 > 5000元")),
        [""; 0]
    );
    assert_eq!(
        floors(&text("20.01万元", "财产损失 < 1000元 或 财产损失 > 5000元")),
        ["F101"]
    );
    assert_eq!(floors(&text("1万元", "财产损失 < 1000元")), ["F101"]);
}
