use crate::compile;
use crate::resolve::{PerilTerm, Scope, id};
use crate::testing::project;
use std::sync::Arc;

fn scope(clauses: &str) -> Arc<Scope> {
    let text = format!("引用 灾因, 伤残, 损毁等级, 区域\n方案 例 {{\n{clauses}\n}}\n");
    let mut compiled = compile(&project(&[("例.anlan", &text)]));
    compiled.units.remove(0).scope
}

fn names(scope: &Scope, domain: &str, values: &[crate::plan::ValueId]) -> Vec<String> {
    let domain = scope.domain(scope.domain_named(domain).unwrap()).unwrap();
    values.iter().map(|v| domain.get(*v).unwrap().name.zh.clone()).collect()
}

#[test]
fn ids_names_and_aliases_are_one() {
    let scope = scope("");
    assert_eq!(scope.fact_named("peril"), scope.fact_named("灾因"));
    let perils = scope.domain_named("peril").unwrap();
    assert_eq!(scope.domain_named("灾因"), Some(perils));
    assert_eq!(scope.value(perils, "flood"), scope.value(perils, "洪水"));
    assert!(scope.value(perils, "flood").is_some());
    // The domain's name stands for its fact; of two facts that share the domain, the one that bears its id.
    assert_eq!(scope.fact_named("地区"), scope.fact_named("region"));
    assert_ne!(scope.fact_named("灾因"), scope.fact_named("cause"));
    for fact in [
        "claim",
        "date",
        "event",
        "person",
        "household",
        "region",
        "peril",
        "role",
        "harm",
        "expense",
        "loss",
        "sum_insured",
        "months",
        "injury_grade",
        "damage_grade",
        "dwelling_kind",
        "liable",
        "cause",
    ] {
        assert!(scope.fact_named(fact).is_some(), "the data contract has {fact}");
    }
}

#[test]
fn the_role_of_a_record_without_one_is_resident() {
    let scope = scope("");
    let role = scope.fact_named(id::ROLE).unwrap();
    let domain = scope.domain_of(role).unwrap();
    assert_eq!(scope.domain(domain).unwrap().default, scope.value(domain, "resident"));
}

#[test]
fn groups_flatten_with_causes() {
    let scope = scope(
        "灾因组 地震及次生 = 地震, 海啸 由 地震 引起 等 由 决定 认定\n决定 认定 由 县政府\n灾因组 都 = 地震及次生, 火灾 以上为限",
    );
    let Some(PerilTerm::Group(group)) = scope.peril("都") else {
        panic!("a group")
    };
    let set = scope.perils(&group.node.members);
    assert_eq!(names(&scope, "peril", &set.plain), ["地震", "火灾"]);
    assert_eq!(set.caused.len(), 1);
    assert_eq!(names(&scope, "peril", &set.caused[0].0), ["海啸"]);
    assert_eq!(names(&scope, "peril", &set.caused[0].1), ["地震"]);
    assert_eq!(set.decisions, ["认定"]);
}

#[test]
fn a_territory_leaves_out_and_takes_in() {
    let all = |clauses: &str| {
        let scope = scope(clauses);
        names(&scope, "region", scope.territory())
    };
    assert_eq!(all("区域 云阳县"), ["云阳县"]);
    assert!(all("区域 綦江区").contains(&"万盛经济技术开发区".to_owned()));
    assert_eq!(all("区域 綦江区 除 万盛经开区"), ["綦江区"]);
    assert_eq!(all("区域 云阳县 含 万盛经开区"), ["云阳县", "万盛经济技术开发区"]);
    assert!(all("区域 聊城市").contains(&"临清市".to_owned()));
}

#[test]
fn impossible_causes_and_harms() {
    let scope = scope("");
    let perils = scope.domain_named("peril").unwrap();
    let possible = |peril: &str| {
        let harms = scope.possible_harms(scope.value(perils, peril).unwrap())?;
        Some(names(&scope, "harm", &harms))
    };
    assert_eq!(
        possible("拥挤踩踏"),
        Some(vec!["死亡".into(), "残疾".into(), "医疗".into()])
    );
    assert_eq!(possible("洪涝"), None);
}

#[test]
fn like_takes_over_the_rows_not_restated() {
    let scope = scope(
        "赔付标准 甲 { 死亡 定额 10万元\n 医疗 据实 医疗费用，限额 2万元 }\n赔付标准 乙 同 甲 { 死亡 定额 3万元 }",
    );
    let rows = scope.rows(scope.schedule("乙").unwrap().node);
    let harms: Vec<&str> = rows.iter().map(|row| row.harms[0].text.as_str()).collect();
    assert_eq!(harms, ["死亡", "医疗"]);
}

#[test]
fn a_contract_sees_its_scheme() {
    let scheme = "引用 灾因, 伤残\n方案 例 {\n  参数 死亡限额: 金额 合同约定\n  赔付标准 甲 { 死亡 定额 死亡限额 }\n  险种 乙 { 灾因 洪涝 赔付 甲 }\n}\n";
    let contract = "引用 例\n合同 约 执行 例 {\n  设 死亡限额 = 10万元\n  样例 \"一\" { 赔案 { 灾因 洪涝, 损害 死亡 } 应付 10万元 }\n}\n";
    let project = project(&[("例.anlan", scheme), ("约.anlan", contract)]);
    let compiled = compile(&project);
    let found: Vec<String> = compiled
        .all_findings()
        .into_iter()
        .map(|f| crate::testing::line(&project, f))
        .filter(|line| line.starts_with(['N', 'S', 'U']))
        .collect();
    assert_eq!(found, Vec::<String>::new());
    let unit = compiled.units.iter().find(|unit| unit.name == "约").unwrap();
    assert!(unit.scope.parameter("死亡限额").is_some());
}
