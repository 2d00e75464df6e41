//! Summaries of a plan built by hand; the policies' own summaries are golden files of the whole.
#![allow(clippy::unwrap_used)] // tests

mod fixture;

use super::document::{Block, Section};
use super::words::Words;
use super::{Subject, SummaryInput, document, markdown};
use crate::analyse::{Breach, RequirementStatus, Verdict};
use crate::money::{Fen, Ratio};
use crate::plan::*;
use anlan_lang::diag::{Finding, codes};
use anlan_lang::texts::Language;
use anlan_lang::tree::Compare;
use fixture::*;

fn input<'a>(findings: &'a [Finding], conformity: &[RequirementStatus]) -> SummaryInput<'a> {
    SummaryInput {
        subject: Subject::Scheme,
        findings: findings.iter().collect(),
        conformity: conformity.to_vec(),
        hash: "0123abcd".into(),
        contracts: Vec::new(),
    }
}

fn summary(plan: &Plan, language: Language) -> String {
    markdown(plan, &input(&[], &[]), language)
}

/// The lines of one section, by its id.
fn section(plan: &Plan, conformity: &[RequirementStatus], id: &str) -> Vec<String> {
    let document = document(plan, &input(&[], conformity), Language::Zh);
    let found: &Section = document.sections.iter().find(|s| s.id == id).unwrap();
    let lines = found.blocks.iter().flat_map(|block| match block {
        Block::Lines(lines) => lines.clone(),
        _ => Vec::new(),
    });
    lines
        .map(|line| {
            format!(
                "{}|{}|{}",
                line.label.unwrap_or_default(),
                line.text,
                line.articles.join(" ")
            )
        })
        .collect()
}

#[test]
fn every_text_exists_and_every_argument_is_given() {
    for language in Language::ALL {
        for subject in [Subject::Scheme, Subject::Framework] {
            let text = markdown(
                &plan(),
                &SummaryInput {
                    subject,
                    ..input(&[], &[])
                },
                language,
            );
            assert!(!text.contains("summary-"), "a text is missing: {text}");
            assert!(
                !text.contains("{$") && !text.contains("{ $"),
                "an argument is missing: {text}"
            );
        }
    }
}

#[test]
fn sections_keep_their_places_when_a_scheme_lacks_things() {
    let headings = |plan: &Plan, language| {
        let text = summary(plan, language);
        text.lines()
            .filter(|l| l.starts_with("## "))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let mut bare = plan();
    bare.premium = None;
    bare.split = None;
    bare.limits.clear();
    bare.covers.clear();
    bare.meeting = Meeting::default();
    bare.statement = Statement::default();
    for language in Language::ALL {
        assert_eq!(headings(&plan(), language), headings(&bare, language));
    }
    assert_eq!(section(&bare, &[], "premium"), ["|文件未载明|"]);
    assert_eq!(section(&bare, &[], "limits"), ["|文件未载明|"]);
}

#[test]
fn the_term_is_worded_with_both_days_included() {
    assert_eq!(
        section(&plan(), &[], "term"),
        [
            "保险期间|2023年11月27日至2025年11月26日|五",
            "年度|保单年度|",
            "第1年度|2023年11月27日至2024年11月26日|",
            "第2年度|2024年11月27日至2025年11月26日|",
            "一次灾害|连续72小时以内|四",
        ]
    );
}

#[test]
fn a_schedule_reads_row_by_row() {
    assert_eq!(
        section(&plan(), &[], "schedules"),
        [
            "计算口径|每人每次灾害|四（一）",
            "适用险种|自然灾害救助|",
            "死亡|定额赔付10万元|四（一）",
            "残疾|定额赔付“伤残赔付”表“一般”栏所列数额|四（一）",
            "医疗|据实赔付医疗费用，扣除500元，赔付其中的80%，以2万元为限，精确到1元，尾数舍去|四（一）",
            "死亡、残疾合计|以15万元为限|四（一）",
            "饮水|按60元×月数（不足1个月的按1个月计，数量不设上限）计发|四（一）",
            "多处伤残|按最重一处的等级赔付；最重等级有两处以上的，晋升一级|",
            "先后赔付|赔付死亡时，扣除同一人已付的残疾赔款|",
        ]
    );
}

#[test]
fn covers_that_meet_are_grouped() {
    assert_eq!(
        section(&plan(), &[], "meeting"),
        [
            "优先适用|抢险救助优先于全部其他险种|",
            "分别赔付|自然灾害救助、溺水救助|",
        ]
    );
}

#[test]
fn premium_and_split_are_stated_fact_by_fact() {
    assert_eq!(
        section(&plan(), &[], "premium"),
        [
            "费率|每人每年1元|三",
            "计费基数|常住人口（人数），取投保当年数，文件载明2022年为92.6万人|三",
            "保费总额|每年92.6万元（人民币玖拾贰万陆仟元整）|三",
            "保费承担|县财政100%|三",
            "缴纳|文件未载明|",
        ]
    );
    assert_eq!(
        section(&plan(), &[], "split"),
        [
            "取整|省级部分精确到1万元，四舍五入|",
            "余数|归县级|",
            "分担调整|认定“重特大灾害认定”的，改按省级0%、县级100%分担|六（一）",
        ]
    );
}

#[test]
fn a_limit_says_what_happens_when_it_runs_out() {
    let exhausted = |tiers, ratio_to: Option<Ratio>, stated| {
        let mut plan = plan();
        let mut limit = limit("限额", Amount::Unlimited, tiers);
        limit.ratio_to = ratio_to;
        limit.exhaustion_stated = stated;
        plan.limits = vec![limit];
        let lines = section(&plan, &[], "limits");
        lines
            .iter()
            .find(|l| l.starts_with("限额用尽时"))
            .unwrap()
            .replace("限额用尽时|", "")
    };
    assert_eq!(exhausted(vec![], None, true), "各赔案按同一比例赔付|");
    assert_eq!(
        exhausted(vec![], Ratio::new(1, 1000), true),
        "各赔案按同一比例赔付，比例精确到0.001，尾数舍去|"
    );
    assert_eq!(
        exhausted(vec![Tier::Date], None, true),
        "按出险日期先后赔付，次序相同而余额不足的，各赔案按同一比例赔付|"
    );
    assert_eq!(
        exhausted(vec![Tier::Date, Tier::Event, Tier::Claim], None, true),
        "按出险日期、灾害编号、赔案号先后赔付，赔完为止|"
    );
    let rank = |value| Filter {
        covers: None,
        facts: vec![(FactId(1), vec![value])],
    };
    assert_eq!(
        exhausted(vec![Tier::Rank(vec![rank(DEATH), rank(DISABILITY)])], None, true),
        "按死亡、残疾的顺位赔付，次序相同而余额不足的，各赔案按同一比例赔付|"
    );
    assert_eq!(exhausted(vec![], None, false), "文件未载明|");
}

#[test]
fn amounts_are_worded_as_documents_word_them() {
    let mut plan = plan();
    let say = |plan: &Plan, amount: &Amount| {
        Language::ALL
            .map(|language| Words { plan, language }.amount(amount))
            .join(" / ")
    };
    let premium_times = |n| {
        Box::new(Amount::Scaled {
            ratio: RatioValue::Exact(Ratio::integer(n)),
            of: Box::new(Amount::Premium),
        })
    };
    let raised = Amount::Decided {
        decision: DecisionId(0),
        then: premium_times(18),
        otherwise: premium_times(15),
    };
    assert_eq!(
        say(&plan, &raised),
        "保费总额的15倍（作出“重特大灾害认定”的决定后为保费总额的18倍） / \
         15 times the total premium (18 times the total premium once “重特大灾害认定” is decided)"
    );
    let half = Amount::Scaled {
        ratio: RatioValue::Exact(Ratio::new(1, 2).unwrap()),
        of: Box::new(Amount::Sum(vec![Amount::Fact(EXPENSE), Amount::Balance(FundId(0))])),
    };
    assert_eq!(
        say(&plan, &half),
        "（医疗费用 + 专项准备金余额）的50% / 50% of (expense + the balance of 专项准备金)"
    );
    let set = Amount::Parameter {
        parameter: ParameterId(0),
        value: None,
    };
    assert_eq!(
        say(&plan, &set),
        "合同约定的“死亡限额” / “死亡限额” as the contract sets it"
    );
    plan.parameters.first_mut().unwrap().value = Some(Bound::One(ParameterValue::Money(Fen(10_000_000))));
    assert_eq!(say(&plan, &set), "10万元（“死亡限额”） / 100,000 yuan (“死亡限额”)");
}

#[test]
fn conditions_nest_with_brackets() {
    let is = |values: &[u32], negated, otherwise_nothing| ConditionWords::Is {
        fact: LIABLE,
        negated,
        values: values.iter().map(|v| ValueId(*v)).collect(),
        otherwise_nothing,
    };
    let condition = ConditionWords::All(vec![
        ConditionWords::Any(vec![is(&[0], false, false), is(&[1], true, false)]),
        ConditionWords::Compare {
            fact: EXPENSE,
            compare: Compare::AtLeast,
            value: ParameterValue::Money(Fen(50_000)),
        },
        ConditionWords::Not(Box::new(ConditionWords::Decided {
            decision: DecisionId(0),
        })),
    ]);
    let plan = plan();
    let words = Words {
        plan: &plan,
        language: Language::Zh,
    };
    assert_eq!(
        words.condition(&condition),
        "（责任人为“无责任人”，或者责任人不为“无法找到”），且医疗费用不低于500元，且不属于下列情形：已作出“重特大灾害认定”的决定"
    );
    assert_eq!(
        words.condition(&is(&[0, 1, 2], false, true)),
        "责任人为“无责任人”、“无法找到”或“无力赔偿”，其余情形不赔"
    );
    let english = Words {
        plan: &plan,
        language: Language::En,
    };
    assert_eq!(
        english.condition(&is(&[1, 2], false, true)),
        "liable is “not found” or “unable”; otherwise nothing is paid"
    );
}

#[test]
fn intervals_use_the_words_of_the_civil_code() {
    let plan = plan();
    let words = Words {
        plan: &plan,
        language: Language::Zh,
    };
    assert_eq!(
        words.interval(EXPENSE, Some(50_000), Some(100_000)),
        "500元以上不满1000元"
    );
    assert_eq!(
        words.interval(EXPENSE, Some(50_001), Some(100_001)),
        "超过500元至1000元"
    );
    assert_eq!(words.interval(MONTHS, None, Some(7)), "6以下");
    assert_eq!(words.interval(RAINFALL, Some(101), None), "50.5 毫米以上");
    assert_eq!(words.interval(EXPENSE, None, None), "不限");
}

#[test]
fn conformity_names_the_framework_of_each_article() {
    let lines = |verdict| {
        section(
            &plan(),
            &[RequirementStatus {
                requirement: 0,
                verdict,
            }],
            "conformity",
        )
    };
    let at = "必须|每人每次灾害可获医疗赔付不低于1万元——";
    let article = "|“重庆市巨灾保险”二（四）";
    let reached = Some(Fen(2_000_000));
    assert_eq!(
        lines(Verdict::Met { reached }),
        [format!("{at}达到，实为2万元{article}")]
    );
    let breach = Breach::Limit(LimitId(0));
    assert_eq!(
        lines(Verdict::Broken { reached: None, breach }),
        [format!("{at}未达到{article}")]
    );
    let parameters = [ParameterId(0)].into();
    assert_eq!(
        lines(Verdict::Deferred { parameters }),
        [format!("{at}待合同约定“死亡限额”后核对{article}")]
    );
    // Nothing is claimed where the analysis said nothing.
    assert_eq!(section(&plan(), &[], "conformity"), [format!("{at}未能判定{article}")]);
}

#[test]
fn what_an_assumption_is_about_reads_as_a_phrase() {
    let mut plan = plan();
    for (name, english) in [("从 10 家中选定", "choose among ten"), ("一 般", "general")] {
        plan.statement.english.insert(name.into(), english.into());
    }
    let heads = |zh: &str, en: &str| {
        let names = Names {
            zh: zh.into(),
            en: en.into(),
        };
        Language::ALL.map(|language| Words { plan: &plan, language }.head(&names))
    };
    for (zh, en, read) in [
        (
            "义务 从 10 家中选定",
            "duty 从 10 家中选定",
            ["义务“从 10 家中选定”", "duty “choose among ten”"],
        ),
        (
            "分担 保费 当 未申报",
            "split 保费 when 未申报",
            ["分担“保费”，当“未申报”", "split “保费”, when “未申报”"],
        ),
        (
            "赔付标准 一 般 死亡",
            "schedule 一 般 死亡",
            ["赔付标准“一 般”，死亡", "schedule “general”, death"],
        ),
        (
            "赔付标准 甲 死亡、残疾",
            "schedule 甲 死亡、残疾",
            ["赔付标准“甲”，死亡、残疾", "schedule “甲”, death and disability"],
        ),
        ("标准 死亡", "standard 死亡", ["标准“死亡”", "standard death"]),
        (
            "保险金额 至少 基本",
            "sum insured at least base",
            ["保险金额至少基本", "sum insured at least base"],
        ),
        (
            "疑义：“等”是 谁",
            "ambiguity: who is “等”",
            ["疑义：“等”是 谁", "ambiguity: who is “等”"],
        ),
    ] {
        assert_eq!(heads(zh, en), read);
    }
}

#[test]
fn a_contract_is_named_in_its_title() {
    let mut plan = plan();
    let title = |plan: &Plan| Language::ALL.map(|language| document(plan, &input(&[], &[]), language).title);
    let [zh, en] = title(&plan);
    plan.scheme.contract = Some("某合同".into());
    assert_eq!(title(&plan), [format!("{zh}（某合同）"), format!("{en} (某合同)")]);
}

#[test]
fn an_article_that_is_used_in_part_says_so() {
    let mut plan = plan();
    plan.statement.articles = vec![ArticleStatus {
        article: "附件2".into(),
        encoded: true,
        prose: Some("没有附上".into()),
    }];
    assert_eq!(
        section(&plan, &[], "articles"),
        ["附件2|部分写入方案，其余不含规则：没有附上|"]
    );
}

#[test]
fn a_day_of_each_year_is_named_by_its_month() {
    let mut plan = plan();
    plan.statement.duties.first_mut().unwrap().deadline = Some(Deadline::Yearly { month: 6, day: 30 });
    assert!(summary(&plan, Language::En).contains("by 30 June each year"));
    assert!(summary(&plan, Language::Zh).contains("每年6月30日前"));
}

#[test]
fn duties_say_who_to_whom_when_and_what_follows() {
    assert_eq!(
        section(&plan(), &[], "duties"),
        [
            "月报|原则上由主承保机构向市专项小组办公室履行，每月，期末后10日内，未履行的，按“重特大灾害认定”处理|五（二）"
        ]
    );
}

#[test]
fn findings_are_listed_gravest_first_and_accepted_ones_with_their_reason() {
    let mut accepted = Finding::new(codes::S001, None);
    accepted.acknowledged = Some("文件如此".into());
    let mut note = Finding::new(codes::S001, None);
    note.severity = anlan_lang::diag::Severity::Note;
    let open = Finding::new(codes::S001, None);
    let mut plan = plan();
    plan.statement.acknowledged.push(Acknowledged {
        code: "S001".into(),
        about: None,
        reason: "文件如此".into(),
        source: Source::default(),
    });
    let findings = [accepted, note, open.clone(), open];
    let text = markdown(&plan, &input(&findings, &[]), Language::Zh);
    assert_eq!(text.matches("**错误 S001**").count(), 1, "{text}");
    assert_eq!(text.matches("认可理由：文件如此").count(), 1, "{text}");
}

#[test]
fn tables_of_benefits_are_markdown_tables() {
    let text = summary(&plan(), Language::Zh);
    let table = "表：伤残赔付【四（二）】\n\n| 医疗费用 | 一般 |\n| --- | ---: |\n| 500元至1000元 | 10万元 |\n";
    assert!(text.contains(table), "{text}");
}
