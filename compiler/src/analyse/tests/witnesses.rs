//! Every witness that an explain page's wrong example, or a scheme below, produces is reproduced: one claim by
//! `assess`, several by `settle`, with the amounts that the finding promises.

use super::super::explain;
use super::pages::file;
use crate::check::check;
use crate::evaluate::reproduce;
use crate::plan::{Plan, Use};
use crate::project::{Project, Settings, Source};
use anlan_lang::diag::{Finding, Witness};

pub(super) fn checked(text: &str) -> crate::Checked {
    let source = Source {
        path: "例.anlan".to_owned(),
        text: text.to_owned(),
    };
    check(&Project::new(vec![source], Settings::default()))
}

/// The plan of the scheme of a text; with what the witness wants a contract to set.
pub(super) fn plan_with(text: &str, witness: &Witness, scheme: &str) -> Plan {
    let mut text = text.to_owned();
    if !witness.set.is_empty() {
        text.push_str(&format!(
            "\n合同 见证 执行 {scheme} {{\n  {}\n}}\n",
            witness.set.join("\n  ")
        ));
    }
    let checked = checked(&text);
    let name = if witness.set.is_empty() { scheme } else { "见证" };
    let unit = checked.compiled.units.iter().find(|unit| unit.name == name).unwrap();
    unit.lowered.as_ref().unwrap().plan.clone()
}

/// The witnesses of the findings about the schemes of a text that evaluation does not reproduce.
fn unreproduced(text: &str, code: Option<&str>) -> (usize, Vec<String>) {
    let checked = checked(text);
    let (mut seen, mut failures) = (0, Vec::new());
    for unit in &checked.compiled.units {
        let findings: Vec<&Finding> = unit
            .findings
            .iter()
            .filter(|finding| code.is_none_or(|code| finding.code.0 == code))
            .collect();
        for finding in findings {
            let Some(witness) = &finding.witness else { continue };
            seen += 1;
            let plan = plan_with(text, witness, &unit.name);
            if !crate::plan::missing_parameters(&plan, Use::Benefits).is_empty() {
                failures.push(format!("{}: parameters unset", finding.code.0));
            } else if let Err(wrong) = reproduce(&plan, witness) {
                failures.push(format!("{}: {wrong}", finding.code.0));
            }
        }
    }
    (seen, failures)
}

/// What is wrong with the witnesses of a text.
pub(super) fn reproduced(text: &str) -> Vec<String> {
    unreproduced(text, None).1
}

#[test]
fn witnesses_of_wrong_examples_are_reproduced() {
    let (mut seen, mut failures) = (0, Vec::new());
    for page in explain::all().iter().filter(|page| !page.wrong.source.is_empty()) {
        let text = file(&page.wrong);
        let (some, wrong) = unreproduced(&text, None);
        seen += some;
        failures.extend(wrong.into_iter().map(|wrong| format!("{}: {wrong}", page.code)));
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(seen >= 5, "only {seen} witnesses");
}

pub(super) const FRAME: &str = "引用 灾因, 伤残, 损毁等级, 区域\n方案 例 {\n区域 云阳县\n保险期间 3年 自 2024-01-01\n年度 保单年度\n一次灾害 72小时\n";

#[test]
fn a_witness_holds_what_other_covers_read() {
    // The cover for rescuers tests role and liability, so evaluation reads them for every claim.
    let text = format!(
        "{FRAME}赔付标准 甲 每人每次灾害 {{ 死亡 定额 300万元 }}\n赔付标准 乙 每人每次灾害 {{ 死亡 定额 30万元 }}\n\
         险种 一 {{ 灾因 洪涝; 赔付 甲 }}\n\
         险种 二 {{ 灾因 任何; 身份 抢险救灾和见义勇为人员; 条件 责任人 为 无法找到, 其余不赔; 赔付 乙 }}\n\
         优先 二 于 一\n累计限额 总额 = 200万元 每次灾害 全部险种 用尽时 按比例\n}}\n"
    );
    assert_eq!(unreproduced(&text, Some("L102")), (1, Vec::new()));
}
