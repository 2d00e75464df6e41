//! Rows that read two quantities, tied by conditions: what `check` says of the most that they pay, against every amount.

use super::super::maximum::{Group, Maximum};
use super::shown::of_covers;
use super::witnesses::{FRAME, checked, plan_with, reproduced};
use crate::evaluate::record::Reader;
use crate::evaluate::{Evaluator, Inputs};
use crate::money::{Fen, Ratio};
use crate::plan::{Plan, Use};
use anlan_lang::diag::{Arg, Witness};

/// Numbers from a seed, and what one of them stands for, in 分.
struct Random(u64, u64);

impl Random {
    fn below(&mut self, count: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % count
    }
    /// An amount of at least so many, and fewer than so many more.
    fn amount(&mut self, from: u64, more: u64) -> String {
        yuan(((from + self.below(more)) * self.1) as i64)
    }
    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len() as u64) as usize]
    }
}

fn yuan(fen: i64) -> String {
    format!("{}元", Fen(fen))
}

/// Boxes of the two quantities, one of which holds.
fn condition(random: &mut Random) -> String {
    let side = |random: &mut Random, fact: &str| match random.below(4) {
        0 => None,
        1 => Some(format!("{fact} < {}", random.amount(2, 20))),
        2 => Some(format!("{fact} > {}", random.amount(2, 20))),
        _ => {
            let from = 1 + random.below(15);
            let (least, most) = (random.amount(from, 1), random.amount(from, 8));
            Some(format!("{fact} >= {least} 且 {fact} <= {most}"))
        }
    };
    let boxes: Vec<String> = (0..1 + random.below(3))
        .map(|_| {
            let sides = [side(random, "财产损失"), side(random, "评估价")];
            let sides: Vec<String> = sides.into_iter().flatten().collect();
            match sides.is_empty() {
                true => "(财产损失 >= 0元)".to_owned(),
                false => format!("({})", sides.join(" 且 ")),
            }
        })
        .collect();
    boxes.join(" 或 ")
}

/// What a row pays: a loss or a value with some steps, at most a fixed sum in the end.
fn row(random: &mut Random) -> String {
    let mut row = format!("据实 {}", random.one(&["财产损失", "评估价"]));
    for _ in 0..random.below(4) {
        let fact = *random.one(&["财产损失", "评估价"]);
        let ratio = *random.one(&["10%", "25%", "50%", "80%"]);
        row += &match random.below(6) {
            0 => format!(", 免赔额 {}", random.amount(1, 8)),
            1 | 2 => format!(", 免赔额 {ratio} × {fact}"),
            3 | 4 => format!(", 限额 {ratio} × {fact}"),
            _ => format!(", 赔付比例 {ratio}"),
        };
    }
    row + &format!(", 限额 {}", random.amount(5, 20))
}

fn scheme(head: &str, clauses: &str) -> String {
    let frame = FRAME
        .replace("方案 例", head)
        .replace("{\n区域", "{\n事实 评估价: 金额\n区域");
    format!("{frame}{clauses}\n}}\n")
}

fn plan(text: &str) -> Plan {
    let checked = checked(text);
    let unit = checked.compiled.units.iter().find(|unit| unit.name == "例").unwrap();
    assert!(unit.sound, "{text}: {:?}", unit.findings);
    unit.lowered.as_ref().unwrap().plan.clone()
}

/// Amounts in 分 that are tried: all small ones, or those at and below each that may be named; some beyond all.
fn tried(unit: i64) -> Vec<i64> {
    let beyond = [40, 60, 100, 160, 250, 400, 1_000, 100_000].map(|number| number * unit);
    let named = (0..=25)
        .flat_map(|number| [number * unit - 1, number * unit])
        .filter(|amount| *amount >= 0);
    let small: Vec<i64> = if unit == 1 { (0..40).collect() } else { named.collect() };
    small.into_iter().chain(beyond).collect()
}

/// What is paid for each pair of amounts of a loss by the peril.
fn paid(plan: &Plan, peril: &str, unit: i64) -> Vec<i64> {
    let reader = Reader::new(plan);
    let inputs = Inputs::default();
    let evaluator = Evaluator::new(plan, &inputs, Use::Benefits).unwrap();
    let amounts = tried(unit);
    let pairs = amounts
        .iter()
        .flat_map(|loss| amounts.iter().map(move |value| (*loss, *value)));
    pairs
        .map(|(loss, value)| {
            let (loss, value) = (Fen(loss).to_string(), Fen(value).to_string());
            let fields = [
                ("claim", "1"),
                ("household", "H"),
                ("event", "E"),
                ("date", "2024-06-01"),
                ("region", "云阳县"),
                ("peril", peril),
                ("harm", "房屋"),
                ("loss", loss.as_str()),
                ("评估价", value.as_str()),
            ];
            let (record, _) = reader.object(fields);
            evaluator
                .assess(&record.unwrap())
                .map_or(-1, |assessed| assessed.benefit.0)
        })
        .collect()
}

fn said(text: &str, code: &str) -> bool {
    let checked = checked(text);
    checked.findings().iter().any(|finding| finding.code.0 == code)
}

fn seeds() -> std::ops::Range<u64> {
    let worlds = std::env::var("ANLAN_WORLDS").ok().and_then(|n| n.parse().ok());
    0..worlds.unwrap_or(200) / 8
}

#[test]
fn a_row_is_weighed_at_both_quantities_together() {
    let (mut wrong, mut positive) = (Vec::new(), 0);
    for seed in seeds() {
        let random = &mut Random(seed, 1);
        let (condition, row) = (condition(random), row(random));
        let covers = format!("赔付标准 甲 {{ 房屋 {row} }}\n险种 一 {{ 灾因 洪涝; 条件 {condition}; 赔付 甲 }}");
        let plan = plan(&scheme("方案 例", &covers));
        let paid = paid(&plan, "洪涝", 1);
        let most = paid.into_iter().max().unwrap();
        let mut expect = |holds: bool, what: &str| {
            if !holds {
                wrong.push(format!("seed {seed}: {what}; most {most}\n  {condition}\n  {row}"));
            }
        };
        let found = Maximum::new(&plan).most(&Group::claim()).high;
        expect(found == Some(Ratio::integer(most)), &format!("exposure {found:?}"));
        if most <= 1 {
            continue;
        }
        positive += 1;
        for (floor, broken) in [(most, false), (most + 1, true)] {
            let text = scheme(
                &format!(
                    "框架 上位 {{\n要求 每户每次灾害 可获赔付 >= {}\n}}\n方案 例 遵循 上位",
                    yuan(floor)
                ),
                &covers,
            );
            expect(said(&text, "F101") == broken, &format!("F101 at {floor}"));
        }
        for (limit, cut) in [(most, false), (most - 1, true)] {
            let limit = format!("累计限额 总 = {} 每案 全部险种 用尽时 按比例", yuan(limit));
            let text = scheme("方案 例", &format!("{covers}\n{limit}"));
            expect(said(&text, "L102") == cut, &format!("L102 under {limit}"));
            let unlike = reproduced(&text);
            expect(unlike.is_empty(), &format!("{unlike:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
    assert!(positive >= seeds().count() / 2, "only {positive} rows pay anything");
}

#[test]
fn covers_that_differ_at_some_pair_of_quantities_meet() {
    let (mut missed, mut cried, mut met) = (Vec::new(), Vec::new(), 0);
    for seed in seeds() {
        let random = &mut Random(seed, 100);
        let conditions = [condition(random), condition(random)];
        let first = row(random);
        let second = match random.below(2) {
            0 => row(random),
            _ => format!("{}, 限额 {}", first, random.amount(3, 10)),
        };
        let (a, b) = (&conditions[0], &conditions[1]);
        let covers = |peril: &str| {
            format!(
                "赔付标准 甲 {{ 房屋 {first} }}\n赔付标准 乙 {{ 房屋 {second} }}\n\
                 险种 一 {{ 灾因 洪涝; 条件 {a}; 赔付 甲 }}\n险种 二 {{ 灾因 {peril}; 条件 {b}; 赔付 乙 }}"
            )
        };
        let apart = plan(&scheme("方案 例", &covers("滑坡")));
        // Where no cover applies 0 is paid too, so what each pays is told from its condition alone.
        let applies = |condition: &str| {
            let ask = format!("赔付标准 甲 {{ 房屋 定额 1元 }}\n险种 一 {{ 灾因 洪涝; 条件 {condition}; 赔付 甲 }}");
            let paid = paid(&plan(&scheme("方案 例", &ask)), "洪涝", 100);
            paid.into_iter().map(|paid| paid > 0).collect::<Vec<_>>()
        };
        let both: Vec<bool> = applies(a).into_iter().zip(applies(b)).map(|(a, b)| a && b).collect();
        let amounts = paid(&apart, "洪涝", 100).into_iter().zip(paid(&apart, "滑坡", 100));
        let differ = amounts.zip(both).any(|((a, b), both)| both && a != b);
        let told = said(&scheme("方案 例", &covers("洪涝")), "C101");
        met += usize::from(differ);
        let what = format!("seed {seed}\n  {a}\n  {first}\n  {b}\n  {second}");
        match (differ, told) {
            (true, false) => missed.push(what),
            (false, true) => cried.push(what),
            _ => {}
        }
    }
    assert!(missed.is_empty(), "{} missed\n{}", missed.len(), missed.join("\n"));
    assert!(cried.is_empty(), "{} cried\n{}", cried.len(), cried.join("\n"));
    assert!(met >= seeds().count() / 8, "only {met} meet");
}

#[test]
fn a_number_pays_by_its_precision_up_to_its_declared_end() {
    let most = |condition: &str| {
        let clauses = format!(
            "事实 水深: 数 米 精确到 0.1 自 0 至 5\n赔付标准 甲 {{ 房屋 1000元/米 × 水深 }}\n\
             险种 一 {{ 灾因 洪涝; {condition}赔付 甲 }}"
        );
        Maximum::new(&plan(&scheme("方案 例", &clauses)))
            .most(&Group::claim())
            .high
    };
    assert_eq!(most(""), Some(Ratio::integer(5_000_00)));
    assert_eq!(most("条件 水深 < 2.5米; "), Some(Ratio::integer(2_400_00)));
}

/// Two numbers, each of few whole units, so that every pair is tried.
const NUMBERS: [&str; 2] = ["水深", "层高"];
const LARGEST: i64 = 24;

/// A row that starts from a number and takes off what both of them bring, rounded here and there.
fn numbered(random: &mut Random, fixed: bool) -> String {
    let rate = |random: &mut Random| {
        let number = *random.one(&NUMBERS);
        format!("{}元/米 × {number}", random.one(&["0.07", "0.3", "1", "2.5", "7"]))
    };
    let mut row = rate(random);
    for _ in 0..1 + random.below(4) {
        row += &match random.below(7) {
            0 | 1 => format!(", 免赔额 {}", rate(random)),
            2 => format!(", 限额 {}", rate(random)),
            3 => format!(", 至少 {}", rate(random)),
            4 => format!(", 赔付比例 {}", random.one(&["30%", "70%"])),
            5 => format!(", 免赔额 {}元", 1 + random.below(9)),
            _ => format!(
                ", 精确到 {}元 {}",
                random.one(&["0.5", "1", "3", "10"]),
                random.one(&["舍去", "进位", "四舍五入"])
            ),
        };
    }
    match fixed {
        true => row + &format!(", 限额 {}元", 4 + random.below(30)),
        false => row,
    }
}

fn numbers(covers: &str) -> String {
    let facts = NUMBERS.map(|name| format!("事实 {name}: 数 米 精确到 1 自 0 至 {LARGEST}\n"));
    scheme("方案 例", &format!("{}{covers}", facts.concat()))
}

/// What each pair of numbers brings under the peril.
fn of_numbers(plan: &Plan, peril: &str) -> Vec<i64> {
    let reader = Reader::new(plan);
    let inputs = Inputs::default();
    let evaluator = Evaluator::new(plan, &inputs, Use::Benefits).unwrap();
    let pairs = (0..=LARGEST).flat_map(|one| (0..=LARGEST).map(move |two| (one, two)));
    pairs
        .map(|(one, two)| {
            let (one, two) = (one.to_string(), two.to_string());
            let mut fields = vec![
                ("claim", "1"),
                ("household", "H"),
                ("event", "E"),
                ("date", "2024-06-01"),
                ("region", "云阳县"),
                ("peril", peril),
                ("harm", "房屋"),
            ];
            fields.extend([(NUMBERS[0], one.as_str()), (NUMBERS[1], two.as_str())]);
            let (record, _) = reader.object(fields);
            let assessed = evaluator.assess(&record.unwrap());
            assessed.map_or(-1, |assessed| assessed.benefit.0)
        })
        .collect()
}

#[test]
fn a_row_that_rounds_on_the_way_is_weighed_at_every_pair_of_numbers() {
    let (mut wrong, mut positive) = (Vec::new(), 0);
    for seed in seeds() {
        let random = &mut Random(seed, 100);
        let row = numbered(random, seed % 2 == 0);
        let plan = plan(&numbers(&format!(
            "赔付标准 甲 {{ 房屋 {row} }}\n险种 一 {{ 灾因 洪涝; 赔付 甲 }}"
        )));
        let most = of_numbers(&plan, "洪涝").into_iter().max().unwrap();
        positive += usize::from(most > 0);
        let found = Maximum::new(&plan).most(&Group::claim()).high;
        if found != Some(Ratio::integer(most)) {
            wrong.push(format!("seed {seed}: {row}: {most}, not {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
    assert!(positive >= seeds().count() / 2, "only {positive} rows pay anything");
}

/// Each number caps the other's part and is taken off again: over fractions the most lies between whole metres along a
/// whole line, so that no search by halves ends; and 1 分 less a metre leaves no step by which all amounts go.
const BETWEEN: &str = "事实 甲数: 数 米 精确到 1 自 0 至 1000000\n事实 乙数: 数 米 精确到 1 自 0 至 1000000\n\
    赔付标准 甲 { 房屋 1999.99元/米 × 甲数 + 500元, 限额 2000元/米 × 乙数, 免赔额 1000元/米 × 甲数, 免赔额 1000元/米 × 乙数 }\n\
    险种 一 { 灾因 洪涝; 赔付 甲 }\n";

#[test]
fn a_most_between_whole_numbers_is_found_where_all_amounts_go_by_one_step() {
    let text = scheme("方案 例", &BETWEEN.replace("1999.99元", "2000元"));
    assert_eq!(["L108", "L113"].map(|code| said(&text, code)), [true, false]);
    assert_eq!(reproduced(&text), Vec::<String>::new());
}

#[test]
fn a_most_that_is_not_found_is_told_with_a_bound_and_a_claim() {
    let text = scheme("方案 例", BETWEEN);
    let checked = checked(&text);
    let open: Vec<_> = checked
        .findings()
        .into_iter()
        .filter(|finding| finding.code.0 == "L113")
        .collect();
    let [open] = open.as_slice() else {
        panic!("{:?}", checked.findings())
    };
    let (attained, most) = (&open.args["attained"], &open.args["most"]);
    assert_eq!((attained, most), (&Arg::Money(0), &Arg::Money(249_50)));
    assert_eq!(reproduced(&text), Vec::<String>::new());
    let plan = plan(&text);
    let found = Maximum::new(&plan).most(&Group::claim());
    assert!(!found.exact, "{found:?}");
    assert_eq!(
        (found.attained, found.high),
        (Some(Ratio::ZERO), Some(Ratio::integer(249_50)))
    );
    // A floor between the two is not decided; one above both is broken, one below both is met.
    for (floor, code) in [("100元", "F111"), ("300元", "F101")] {
        let head = format!("框架 上位 {{\n要求 每户每次灾害 可获赔付 >= {floor}\n}}\n方案 例 遵循 上位");
        let text = scheme(&head, BETWEEN);
        let of_floor = ["F101", "F111"].map(|code| said(&text, code));
        assert_eq!(of_floor, [code == "F101", code == "F111"], "{floor}");
    }
}

/// The same steps, written otherwise so that they may or may not pay the same.
fn rewritten(random: &mut Random, row: &str) -> String {
    let mut steps: Vec<&str> = row.split(", ").collect();
    let some = 1 + random.below(steps.len() as u64 - 1) as usize;
    match random.below(3) {
        0 if some + 1 < steps.len() => steps.swap(some, some + 1),
        1 => steps.push(steps[some]),
        _ => steps.push("精确到 0.01元 四舍五入"),
    }
    steps.join(", ")
}

#[test]
fn covers_meet_only_where_some_pair_of_numbers_is_paid_differently() {
    let (mut wrong, mut differing, mut alike) = (Vec::new(), 0, 0);
    for seed in seeds() {
        let random = &mut Random(seed, 100);
        let first = numbered(random, seed % 2 == 0);
        let second = rewritten(random, &first);
        let covers = |peril: &str| {
            numbers(&format!(
                "赔付标准 甲 {{ 房屋 {first} }}\n赔付标准 乙 {{ 房屋 {second} }}\n\
                 险种 一 {{ 灾因 洪涝; 赔付 甲 }}\n险种 二 {{ 灾因 {peril}; 赔付 乙 }}"
            ))
        };
        let apart = plan(&covers("滑坡"));
        let differ = of_numbers(&apart, "洪涝") != of_numbers(&apart, "滑坡");
        let text = covers("洪涝");
        let told = ["C101", "C120"].map(|code| said(&text, code));
        differing += usize::from(differ);
        alike += usize::from(!differ && first != second);
        if told != [differ, false] {
            wrong.push(format!("seed {seed}: {differ}, said {told:?}\n  {first}\n  {second}"));
        }
        let unlike = reproduced(&text);
        if !unlike.is_empty() {
            wrong.push(format!("seed {seed}: {unlike:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
    assert!(
        differing >= seeds().count() / 8 && alike >= seeds().count() / 4,
        "{differing} {alike}"
    );
}

#[test]
fn covers_by_a_ratio_of_the_contract_are_silent_only_where_none_tells_them_apart() {
    const RATIOS: [&str; 3] = ["30%", "1/3", "77.77%"];
    let (mut wrong, mut differing, mut silent) = (Vec::new(), 0, 0);
    for seed in seeds() {
        let random = &mut Random(seed, 100);
        let row = numbered(random, seed % 2 == 0);
        let mut steps: Vec<&str> = row.split(", ").collect();
        steps.insert(1 + random.below(steps.len() as u64) as usize, "赔付比例 比");
        let first = steps.join(", ");
        let second = rewritten(random, &first);
        let covers = |peril: &str| {
            numbers(&format!(
                "参数 比: 比例 合同约定 至少 0% 至多 100%\n赔付标准 甲 {{ 房屋 {first} }}\n赔付标准 乙 {{ 房屋 {second} }}\n\
                 险种 一 {{ 灾因 洪涝; 赔付 甲 }}\n险种 二 {{ 灾因 {peril}; 赔付 乙 }}"
            ))
        };
        let text = covers("洪涝");
        let all = checked(&text);
        let findings = all.findings();
        let told = |code: &str| findings.iter().find(|finding| finding.code.0 == code);
        if let Some(finding) = told("C101") {
            differing += 1;
            let [one, two] = of_covers(&text, finding);
            if one == two {
                wrong.push(format!("seed {seed}: {:?}\n  {first}\n  {second}", finding.witness));
            }
        } else if told("C120").is_none() {
            silent += usize::from(first != second);
            let apart = covers("滑坡");
            let differ = RATIOS.iter().find(|ratio| {
                let set = Witness {
                    set: vec![format!("设 比 = {ratio}")],
                    ..Witness::default()
                };
                let plan = plan_with(&apart, &set, "例");
                of_numbers(&plan, "洪涝") != of_numbers(&plan, "滑坡")
            });
            if let Some(ratio) = differ {
                wrong.push(format!("seed {seed}: differ at {ratio}\n  {first}\n  {second}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
    let least = seeds().count() / 5;
    assert!(differing >= least && silent >= least, "{differing} {silent}");
}

#[test]
fn covers_are_compared_for_every_value_that_a_contract_may_set() {
    let codes = |first: &str, second: &str| {
        let text = scheme(
            "方案 例",
            &format!(
                "参数 额: 金额 由 合同\n参数 比: 比例 由 合同\n\
                 赔付标准 甲 {{ 房屋 据实 财产损失, {first} }}\n赔付标准 乙 {{ 房屋 据实 财产损失, {second} }}\n\
                 险种 一 {{ 灾因 洪涝; 赔付 甲 }}\n险种 二 {{ 灾因 洪涝; 赔付 乙 }}"
            ),
        );
        assert_eq!(reproduced(&text), Vec::<String>::new());
        ["C101", "C120"].map(|code| said(&text, code))
    };
    // Half of what is left under a cap is what is left of the half under half of the cap.
    assert_eq!(
        codes("限额 额, 赔付比例 50%", "赔付比例 50%, 限额 50% × 额"),
        [false, false]
    );
    assert_eq!(
        codes("限额 额, 赔付比例 50%", "赔付比例 50%, 限额 40% × 额"),
        [true, false]
    );
    assert_eq!(codes("限额 额", "限额 100% × 额, 免赔额 0元"), [false, false]);
    // Whatever the ratio of the contract, both go on from there alike.
    for (first, second) in [
        (
            "赔付比例 比, 限额 5000元",
            "赔付比例 比, 精确到 0.01元 四舍五入, 限额 5000元",
        ),
        (
            "赔付比例 比, 精确到 1元 舍去, 限额 5000元",
            "赔付比例 比, 限额 5000元, 精确到 1元 舍去",
        ),
        ("赔付比例 比, 赔付比例 50%, 免赔额 0元", "赔付比例 50%, 赔付比例 比"),
        (
            "赔付比例 比, 限额 5000元, 免赔额 100元",
            "赔付比例 比, 免赔额 100元, 限额 4900元",
        ),
    ] {
        assert_eq!(codes(first, second), [false, false], "{first} | {second}");
    }
    assert_eq!(
        codes("限额 5000元, 赔付比例 比", "赔付比例 比, 限额 比 × 5000元"),
        [false, false]
    );
    // After a rounding ratios are tried, which proves nothing.
    assert_eq!(
        codes(
            "限额 5000元, 精确到 10元 舍去, 赔付比例 比",
            "精确到 10元 舍去, 赔付比例 比, 限额 比 × 5000元"
        ),
        [false, true]
    );
    assert_eq!(
        codes("赔付比例 比, 限额 5000元", "赔付比例 比, 限额 4000元"),
        [true, false]
    );
}

#[test]
fn steps_written_otherwise_that_pay_the_same_are_no_difference() {
    for (first, second) in [
        (
            "免赔额 500元, 赔付比例 73%, 精确到 10元 舍去",
            "赔付比例 73%, 免赔额 365元, 精确到 10元 舍去",
        ),
        (
            "赔付比例 73%, 精确到 1元 舍去, 精确到 10元 舍去, 精确到 100元 舍去, 限额 3万元",
            "赔付比例 73%, 限额 3万元, 精确到 100元 舍去",
        ),
        (
            "赔付比例 73%, 精确到 1元 进位, 精确到 10元 进位, 限额 3万元",
            "赔付比例 73%, 限额 3万元, 精确到 10元 进位",
        ),
        (
            "免赔额 10% × 评估价, 精确到 1元 舍去, 精确到 10元 舍去",
            "免赔额 10% × 评估价, 精确到 10元 舍去",
        ),
        (
            "免赔额 300元, 赔付比例 35%, 精确到 10元 舍去",
            "赔付比例 100%, 免赔额 300元, 赔付比例 70%, 赔付比例 50%, 精确到 10元 舍去, 赔付比例 100%, 免赔额 0元",
        ),
    ] {
        let text = |second: &str| {
            scheme(
                "方案 例",
                &format!(
                    "赔付标准 甲 {{ 房屋 据实 财产损失, {first} }}\n赔付标准 乙 {{ 房屋 据实 财产损失, {second} }}\n\
                     险种 一 {{ 灾因 洪涝; 赔付 甲 }}\n险种 二 {{ 灾因 洪涝; 赔付 乙 }}"
                ),
            )
        };
        assert_eq!(
            ["C101", "C120"].map(|code| said(&text(second), code)),
            [false; 2],
            "{second}"
        );
        // Halves are rounded twice, and 1 分 more is enough.
        let other = [
            second.replace("舍去", "四舍五入").replace("进位", "舍去"),
            format!("{second}, 至少 0.01元"),
        ];
        for other in &other {
            assert_eq!(
                ["C101", "C120"].map(|code| said(&text(other), code)),
                [true, false],
                "{other}"
            );
            assert_eq!(reproduced(&text(other)), Vec::<String>::new());
        }
    }
}
