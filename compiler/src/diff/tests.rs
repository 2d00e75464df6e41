//! Completeness: claims run through the reference evaluator differ only inside the reported regions, and somewhere in
//! each of them.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use super::align::{JointFact, Members, Pair};
use super::model::{Region, RegionBox};
use super::{Difference, Version, difference, report};
use crate::evaluate::record::Reader;
use crate::evaluate::{Decisions, Evaluator, Inputs};
use crate::plan::{Class, FactKind, FactRole, Plan, Use};
use crate::testing::project;
use crate::{Compiled, compile};
use anlan_lang::texts::Language;
use std::collections::BTreeMap;

const SCHEME: &str = "
  决定 认定 由 县政府 每 灾因
  灾因组 天灾 = 洪涝, 大风, 地震 等 由 决定 认定
  赔付表 伤残 按 伤残等级 共10级 {
           一般    救援
    一级   10万元  30万元
    二级   9万元   27万元
    三级   8万元   24万元
    四级   7万元   21万元
    五级   6万元   18万元
    六级   5万元   15万元
    七级   4万元   12万元
    八级   3万元   9万元
    九级   2万元   6万元
    十级   1万元   3万元
  }
  赔付标准 甲 每人每次灾害 {
    死亡 定额 10万元
    残疾 定额 伤残.一般
    医疗 据实 医疗费用, 免赔额 100元, 赔付比例 80%, 限额 2万元
  }
  赔付标准 乙 每人每次灾害 {
    死亡 定额 30万元
    残疾 定额 伤残.救援
    医疗 据实 医疗费用, 限额 10万元
  }
  险种 灾 { 灾因 天灾 赔付 甲 }
  险种 救 { 灾因 任何 身份 抢险救灾和见义勇为人员 条件 责任人 为 无法找到 或 无力赔偿 赔付 乙 }
  险种 火 { 灾因 火灾, 爆炸 条件 责任人 为 无法找到, 其余不赔 赔付 甲 }
  险种 水 { 灾因 溺水 条件 医疗费用 不满 5000元 赔付 甲 }
  优先 救 于 全部其他险种
";

fn compiled(clauses: &str) -> Compiled {
    let text = format!("引用 灾因, 伤残, 人员, 责任人, 损害, 事实, 单位\n方案 例 {{\n{clauses}\n}}\n");
    compile(&project(&[("例.anlan", &text)]))
}

fn plan(compiled: &Compiled) -> &Plan {
    &compiled.units[0].lowered.as_ref().unwrap().plan
}

fn compared(old: &Plan, new: &Plan) -> Difference {
    let version = |plan| Version {
        plan,
        findings: Vec::new(),
    };
    difference(&version(old), &version(new))
}

/// Every value worth trying of each fact that a diagram of either plan tests, by the fact's id.
fn tried(old: &Plan, new: &Plan, facts: &[JointFact]) -> BTreeMap<String, Vec<String>> {
    let mut found = BTreeMap::new();
    for joint in facts {
        let (plan, fact) = match joint.fact {
            Pair { new: Some(fact), .. } => (new, fact),
            Pair { old: Some(fact), .. } => (old, fact),
            _ => continue,
        };
        let declared = &plan.facts[fact.index()];
        if declared.role != FactRole::Given {
            continue;
        }
        let values: Vec<String> = match &declared.kind {
            FactKind::Enumeration { domain, .. } => joint
                .classes
                .iter()
                .filter_map(|class| match &class.members {
                    Members::Values(values) => values.first()?.new,
                    _ => None,
                })
                .map(|value| plan.domains[domain.index()].values[value.index()].id.clone())
                .collect(),
            _ => continue,
        };
        found.insert(declared.id.clone(), values);
    }
    // Amounts at and beside every bound, and large ones.
    let mut amounts: Vec<i64> = vec![
        0, 1, 99_99, 100_00, 100_01, 4_999_99, 5_000_00, 25_100_00, 30_000_00, 500_000_00,
    ];
    for plan in [old, new] {
        for fact in plan.facts.iter().filter(|fact| fact.id == "expense") {
            for class in &fact.classes {
                if let Class::Interval { from: Some(from), .. } = class {
                    amounts.extend([*from - 1, *from, *from + 1]);
                }
            }
        }
    }
    amounts.sort_unstable();
    amounts.dedup();
    found.insert(
        "expense".to_owned(),
        amounts
            .into_iter()
            .map(|fen| crate::money::Fen(fen).to_string())
            .collect(),
    );
    found
}

/// What a version pays, in 分; a refused claim counts as −1.
fn paid(plan: &Plan, evaluator: &Evaluator, claim: &BTreeMap<String, String>) -> i64 {
    let (record, _) = Reader::new(plan).object(claim.iter().map(|(k, v)| (k.as_str(), v.as_str())));
    let Ok(record) = record else { return -1 };
    evaluator.assess(&record).map_or(-1, |assessment| assessment.benefit.0)
}

/// Whether a claim lies in a box.
fn inside(
    new: &Plan,
    difference: &Difference,
    one: &RegionBox,
    claim: &BTreeMap<String, String>,
    decided: bool,
) -> bool {
    one.classes.iter().zip(&difference.facts).all(|(chosen, joint)| {
        let Some(chosen) = chosen else { return true };
        let declared = &new.facts[joint.fact.new.unwrap().index()];
        let is = |members: &Members| match (members, declared.role) {
            (Members::Yes, FactRole::Decided(_)) => decided,
            (Members::No, FactRole::Decided(_)) => !decided,
            (Members::Values(values), _) => {
                let FactKind::Enumeration { domain, .. } = declared.kind else {
                    return false;
                };
                let domain = &new.domains[domain.index()];
                values.iter().any(|pair| {
                    pair.new
                        .is_some_and(|v| domain.values[v.index()].id == claim[&declared.id])
                })
            }
            (Members::Interval { from, below }, _) => {
                let fen: i64 = claim[&declared.id].replace('.', "").parse().unwrap();
                from.is_none_or(|from| fen >= from) && below.is_none_or(|below| fen < below)
            }
            _ => panic!("{}", declared.id),
        };
        chosen
            .iter()
            .any(|class| is(&joint.classes[usize::from(*class)].members))
    })
}

/// Runs every combination of the values in both versions.
fn complete(name: &str, old: &str, new: &str) -> Difference {
    let (a, b) = (compiled(old), compiled(new));
    for compiled in [&a, &b] {
        let errors: Vec<_> = compiled
            .all_findings()
            .into_iter()
            .filter(|f| f.severity == anlan_lang::diag::Severity::Error)
            .collect();
        assert!(errors.is_empty(), "{name}: {errors:#?}");
    }
    let (old, new) = (plan(&a), plan(&b));
    let found = compared(old, new);
    let tried = tried(old, new, &found.facts);
    let mut claims: Vec<BTreeMap<String, String>> = vec![BTreeMap::new()];
    for (fact, values) in &tried {
        claims = claims
            .into_iter()
            .flat_map(|claim| {
                values.iter().map(move |value| {
                    let mut claim = claim.clone();
                    claim.insert(fact.clone(), value.clone());
                    claim
                })
            })
            .collect();
    }
    let mut hit: Vec<bool> = found.regions.iter().map(|_| false).collect();
    for decided in [false, true] {
        let inputs = |plan: &Plan| Inputs {
            decisions: Decisions::parse(plan, decided.then_some("认定")).unwrap_or_default(),
            ..Inputs::default()
        };
        let (old_inputs, new_inputs) = (inputs(old), inputs(new));
        let before = Evaluator::new(old, &old_inputs, Use::Benefits).unwrap();
        let after = Evaluator::new(new, &new_inputs, Use::Benefits).unwrap();
        // Some hundreds of so many are enough, others for each pair.
        let step = (claims.len() / 151) | 1;
        for claim in claims.iter().skip(name.len() % step).step_by(step) {
            let differs = paid(old, &before, claim) != paid(new, &after, claim);
            let of = |region: &Region| region.boxes.iter().any(|one| inside(new, &found, one, claim, decided));
            let around: Vec<usize> = (0..found.regions.len()).filter(|i| of(&found.regions[*i])).collect();
            assert!(
                !differs || !around.is_empty(),
                "{name}: {claim:?} {decided} differs outside every region"
            );
            if differs {
                around.into_iter().for_each(|index| hit[index] = true);
            }
        }
    }
    // Each box has a claim that shows the difference: its witness.
    for region in &found.regions {
        for one in &region.boxes {
            let shown = one.witness.as_ref().unwrap();
            assert_ne!(shown.old, shown.new, "{name}: {region:#?}");
            assert!(shown.new_claim.decided.len() < 2, "{name}");
            let at = |fact: &str| shown.new_claim.claim.contains_key(fact);
            assert!(at("harm"), "{name}: {shown:?}");
        }
    }
    found
}

/// Edits of every kind: the text to replace, its replacement, and whether benefits change.
const EDITS: [(&str, &str, bool); 16] = [
    ("死亡 定额 10万元", "死亡 定额 12万元", true),
    ("三级   8万元   24万元", "三级   8万元   21万元", true),
    ("五级   6万元 ", "五级   5.5万元 ", true),
    ("免赔额 100元", "免赔额 500元", true),
    ("赔付比例 80%", "赔付比例 90%", true),
    ("限额 2万元", "限额 2.5万元", true),
    ("医疗 据实 医疗费用, 限额 10万元", "医疗 不赔", true),
    (
        "条件 责任人 为 无法找到, 其余不赔",
        "条件 责任人 为 无法找到 或 无责任人, 其余不赔",
        true,
    ),
    ("条件 医疗费用 不满 5000元", "条件 医疗费用 不满 8000元", true),
    ("灾因 火灾, 爆炸", "灾因 火灾", true),
    ("灾因 溺水", "灾因 溺水, 爆炸", true),
    ("天灾 = 洪涝, 大风, 地震", "天灾 = 洪涝, 大风, 地震, 干旱", true),
    ("优先 救 于 全部其他险种", "从高 全部险种", false),
    ("险种 水 {", "险种 水上 {", false),
    ("身份 抢险救灾和见义勇为人员", "身份 抢险救灾人员", true),
    (
        "每人每次灾害 {\n    死亡 定额 30万元",
        "每人每年 {\n    死亡 定额 30万元",
        false,
    ),
];

#[test]
fn claims_differ_only_inside_regions_and_in_each_of_them() {
    for (from, to, changes) in EDITS {
        assert!(SCHEME.contains(from), "{from}");
        let edited = SCHEME.replacen(from, to, 1);
        let forth = complete(from, SCHEME, &edited);
        assert_eq!(!forth.regions.is_empty(), changes, "{from}");
        let back = complete(to, &edited, SCHEME);
        assert_eq!(!back.regions.is_empty(), changes, "{from}, back");
    }
}

#[test]
fn several_edits_at_once_are_all_found() {
    for pair in EDITS.windows(3) {
        let edited = pair
            .iter()
            .fold(SCHEME.to_owned(), |text, (from, to, _)| text.replacen(from, to, 1));
        complete(pair[0].0, SCHEME, &edited);
    }
}

#[test]
fn equal_schemes_written_otherwise_are_the_same() {
    let mut clauses: Vec<&str> = SCHEME.split("\n  险种 ").collect();
    let head = clauses.remove(0);
    let last = clauses.pop().unwrap();
    let (last, priority) = last.split_once("\n  优先").unwrap();
    let reordered = format!(
        "  优先{priority}\n  险种 {last}\n  险种 {}\n{head} // 说明",
        clauses.into_iter().rev().collect::<Vec<_>>().join("\n  险种 ")
    );
    let (a, b) = (compiled(SCHEME), compiled(&reordered));
    let found = compared(plan(&a), plan(&b));
    let report = report(plan(&a), plan(&b), &found, None, Language::Zh);
    assert!(report.same && report.renamed.is_empty(), "{report:#?}");
}

/// The text of the one region and its example, where months are counted by a rule in each version.
fn region_of_months(
    old: (&str, &str),
    new: (&str, &str),
) -> (String, report::WitnessRow, BTreeMap<String, Vec<String>>) {
    let scheme = |(rule, when): (&str, &str)| {
        compiled(&format!(
            "赔付标准 甲 {{ 房屋 60元/月 × 月数 不足一月 {rule} }}\n险种 一 {{ 灾因 洪涝; 条件 {when}; 赔付 甲 }}"
        ))
    };
    let (a, b) = (scheme(old), scheme(new));
    let (old, new) = (plan(&a), plan(&b));
    let mut report = report::report(old, new, &compared(old, new), None, Language::Zh);
    let mut rows: Vec<_> = report
        .groups
        .iter_mut()
        .flat_map(|group| &mut group.rows)
        .flat_map(|row| row.regions.drain(..))
        .collect();
    assert_eq!(rows.len(), 1, "{rows:?}");
    let row = rows.remove(0);
    (row.text, row.witness.unwrap(), row.facts)
}

#[test]
fn months_between_whole_ones_are_told() {
    let (text, example, facts) = region_of_months(("按比例", "月数 <= 2"), ("按比例", "月数 < 3"));
    assert!(text.contains("超过2不满3"), "{text}");
    assert_eq!(facts["months"], [">2..3"]);
    assert_eq!(example.claim["months"], "2.5");
    assert_eq!(
        (example.old.as_deref(), example.new.as_deref()),
        (Some("0.00"), Some("150.00"))
    );
    // Where a part counts as a month, two months and a half are three.
    let (text, example, _) = region_of_months(("按一月", "月数 <= 2"), ("按比例", "月数 < 3"));
    assert!(text.contains("超过2不满3"), "{text}");
    assert_eq!(
        (example.old.as_deref(), example.new.as_deref()),
        (Some("0.00"), Some("150.00"))
    );
    let (text, example, _) = region_of_months(("按比例", "月数 < 3"), ("按一月", "月数 <= 2"));
    assert!(text.contains("超过2不满3"), "{text}");
    assert_eq!(
        (example.old.as_deref(), example.new.as_deref()),
        (Some("150.00"), Some("0.00"))
    );
}
