//! What no evaluator reads; requirements; the hash.

use super::*;
use anlan_lang::tree::Modality;

const CLAUSES: &[&str] = &[
    "文件 \"某〔2024〕1号\" 发布 2024-01-01 @八",
    "条款 @一 @二（一） @二（二） @十",
    "说明 @二（二） \"只是说明\"",
    "事实 乙事实: 是否 由 县局",
    "事实 甲事实: { 居住, 商业 }",
    "增列 灾因 { 新灾因甲 又称 甲灾 }",
    "增列 灾因 { 新灾因乙 }",
    "决定 认定 由 县局 每 灾因 效力 全期 @十",
    "参数 甲额, 乙额: 金额 合同约定 @二（一）",
    "赔付标准 丙 每人每次灾害 { 死亡 定额 1万元\n医疗 据实 医疗费用，限额 乙额 }",
    "险种 乙 { 灾因 新灾因乙, 火灾 条件 乙事实 赔付 丙 } @十 假定 \"没有写\"",
    "险种 甲 { 灾因 新灾因甲 等 由 决定 认定 条件 甲事实 为 居住 赔付 { 房屋 据实 财产损失，限额 甲额 } } @二（一）",
    "累计限额 年 = 1亿元 每年度 全部险种 用尽时 按时间",
    "累计限额 次 = 1千万元 每次灾害 全部险种 用尽时 按比例",
    "年度 公历年度",
    "保险期间 2024-01-01 至 2025-12-31",
    "义务 \"月报\" 由 承保机构 每月 期限 期末后 10日 原则上",
    "禁止 \"提取费用\"",
];

fn text(clauses: &[&str]) -> String {
    clauses.join("\n")
}

#[test]
fn file_order_means_nothing() {
    let plan = plan(&text(CLAUSES));
    let mut reversed: Vec<&str> = CLAUSES.to_vec();
    reversed.reverse();
    let other = super::plan(&text(&reversed));
    let (one, two) = (json(&plan), json(&other));
    for (key, value) in one.as_object().unwrap() {
        assert_eq!(*value, two[key], "{key}");
    }
    assert_eq!(hash(&plan).unwrap(), hash(&other).unwrap());
}

fn json(plan: &Plan) -> serde_json::Value {
    serde_json::from_str(&crate::plan::hash::canonical(plan).unwrap()).unwrap()
}

#[test]
fn a_changed_amount_changes_the_hash() {
    let plan = plan(&text(CLAUSES));
    let other = super::plan(&text(CLAUSES).replace("1亿元", "2亿元"));
    assert_ne!(hash(&plan).unwrap(), hash(&other).unwrap());
}

#[test]
fn examples_and_acknowledgements_are_not_part_of_the_hash() {
    let plan = plan(&text(CLAUSES));
    let more = format!(
        "{}\n样例 \"甲\" {{ 赔案 {{ 灾因 火灾, 损害 死亡, 乙事实 是 }} 应付 1万元 }}",
        text(CLAUSES)
    );
    let other = super::plan(&more);
    assert_eq!(other.statement.examples.len(), 1);
    assert_eq!(hash(&plan).unwrap(), hash(&other).unwrap());
}

#[test]
fn a_plan_reads_back_as_it_was() {
    let plan = plan(&text(CLAUSES));
    let json = serde_json::to_string(&plan).unwrap();
    let back: Plan = serde_json::from_str(&json).unwrap();
    assert_eq!(serde_json::to_string(&back).unwrap(), json);
    assert_eq!(hash(&back).unwrap(), hash(&plan).unwrap());
}

#[test]
fn items_stand_in_the_order_of_articles() {
    let plan = plan(&text(CLAUSES));
    let covers: Vec<&str> = plan.covers.iter().map(|cover| cover.id.as_str()).collect();
    // 二（一） comes before 十.
    assert_eq!(covers, ["甲", "乙"]);
}

#[test]
fn articles_are_encoded_or_prose_or_neither() {
    let statement = plan(&text(CLAUSES)).statement;
    let status: Vec<(&str, bool, bool)> = statement
        .articles
        .iter()
        .map(|a| (a.article.as_str(), a.encoded, a.prose.is_some()))
        .collect();
    assert_eq!(
        status,
        [
            ("一", false, false),
            ("二（一）", true, false),
            ("二（二）", false, true),
            ("十", true, false)
        ]
    );
}

#[test]
fn assumptions_say_what_they_hang_on() {
    let statement = plan(&text(CLAUSES)).statement;
    let about: Vec<(&str, &str)> = statement
        .assumptions
        .iter()
        .map(|a| (a.about.zh.as_str(), a.about.en.as_str()))
        .collect();
    assert_eq!(about, [("险种 乙", "cover 乙")]);
    assert_eq!(statement.assumptions[0].source.articles, ["十"]);
}

#[test]
fn duties_carry_their_modality() {
    let statement = plan(&text(CLAUSES)).statement;
    assert_eq!(statement.duties[0].deadline, Some(Deadline::DaysAfterPeriod(10)));
    assert_eq!(statement.duties[0].modality, Modality::InPrinciple);
}

#[test]
fn requirements_are_resolved_in_the_words_of_the_child() {
    let framework = "框架 市框架 {
        灾因组 气象 = 洪涝, 大风 等
        基本范围 { 灾因 气象, 地震灾害 损害 死亡, 医疗 身份 居民 }
        可选 基本范围
        要求 每人每次灾害 可获赔付 之 医疗 >= 1万元 于 基本范围 @二（四）
        要求 \"三年不变\" 原则上
    }\n";
    let child = "方案 试 遵循 市框架 { 增列 灾因 { 怪灾 } 险种 甲 { 灾因 洪涝, 怪灾 赔付 { 死亡 定额 1万元 } } }";
    let (lowered, codes) = unit(&format!("{framework}{child}"), BodyKind::Scheme);
    assert_eq!(codes, [""; 0]);
    let plan = lowered.plan;
    let requirement = &plan.statement.requirements[0];
    let Property::Payable {
        harm: Some(harm),
        value,
        ..
    } = &requirement.property
    else {
        panic!("{requirement:?}")
    };
    let domain = |id: &str| plan.domains.iter().find(|d| d.id == id).unwrap();
    assert_eq!(domain("harm").values[harm.index()].id, "medical");
    assert_eq!(*value, Fen(1_000_000));
    let scope = requirement.scope.as_ref().unwrap();
    let perils: Vec<&str> = scope
        .perils
        .iter()
        .map(|v| domain("peril").values[v.index()].name.zh.as_str())
        .collect();
    assert!(scope.menu && scope.perils_open);
    assert_eq!(perils, ["洪涝", "大风", "地震灾害", "地震"]);
    assert_eq!(plan.statement.requirements[1].modality, Modality::InPrinciple);
}
