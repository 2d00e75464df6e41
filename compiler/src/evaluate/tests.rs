//! One claim at a time, on plans built by hand.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use super::sketch::*;
use super::*;
use crate::money::{Fen, Ratio};
use crate::plan::diagram::{Leaf, NodeId, Refusal as PlanRefusal};
use crate::plan::*;
use anlan_lang::diag::{Arg, codes};
use anlan_lang::texts::{self, Language};
use anlan_lang::tree::DecisionEffect;
use jiff::civil::date;

fn pays(plan: &Plan, fields: &str) -> String {
    assess(plan, &no_inputs(), &record(plan, fields))
        .unwrap()
        .benefit
        .to_string()
}

fn zero(plan: &Plan, fields: &str) -> (String, String) {
    let assessment = assess(plan, &no_inputs(), &record(plan, fields)).unwrap();
    assert_eq!(assessment.benefit, Fen(0));
    let reason = assessment.reason.unwrap();
    let mut text = texts::text(Language::Zh, reason.text.id, &reason.text.args);
    for also in &reason.also {
        text = text + "；" + &texts::text(Language::Zh, also.id, &also.args);
    }
    (reason.code, text)
}

fn refused(plan: &Plan, fields: &str) -> Refusal {
    assess(plan, &no_inputs(), &record(plan, fields)).unwrap_err()
}

fn message(refusal: &Refusal) -> String {
    texts::message(Language::Zh, &refusal.finding())
}

/// A small Yunyang: natural disasters, drowning where nobody is found, rescuers for any peril.
fn yunyang() -> Sketch {
    let mut s = Sketch::new();
    let natural = s.cover("自然灾害", &["flood", "quake"]);
    let drowning = s.cover("溺水", &["drowning"]);
    let rescue = s.cover("抢险救灾", &[]);
    s.when(drowning, "liable", &["not_found"]);
    s.role(rescue, &["rescuer"]);
    s.pays(natural, "death", BenefitKind::Fixed, yuan(100_000), &[]);
    let expense = Amount::Fact(s.fact("expense"));
    s.pays(natural, "medical", BenefitKind::Actual, expense.clone(), &[]);
    s.pays(drowning, "death", BenefitKind::Fixed, yuan(30_000), &[]);
    s.pays(rescue, "death", BenefitKind::Fixed, yuan(300_000), &[]);
    for (cover, base) in [(natural, 10_000), (rescue, 30_000)] {
        let mut root = s.plan.diagrams.leaf(Leaf::Nothing).unwrap();
        for (grade, times) in [("grade1", 10), ("grade2", 9), ("grade3", 8)] {
            let paid = s.pipeline(yuan(base * times), &[]);
            let test = s.is("injury_grade", &[grade]);
            root = s.plan.diagrams.ite(test, paid, root).unwrap();
        }
        s.benefit(cover, "disability", BenefitKind::Fixed, root);
    }
    s.plan.meeting.over = vec![(rescue, natural), (rescue, drowning)];
    let medical = s.limit(
        "一般赔付.医疗",
        LimitRule::UpTo(yuan(20_000)),
        &["person", "event"],
        &[Tier::Date],
    );
    s.plan.limits[medical].own = true;
    s.only(medical, "harm", &["medical"]);
    s
}

#[test]
fn fixed_and_actual_benefits_with_their_caps() {
    let plan = yunyang().finish();
    assert_eq!(pays(&plan, "peril flood, harm death"), "100000.00");
    assert_eq!(pays(&plan, "peril 洪水, harm 医疗, expense 35000"), "20000.00");
    assert_eq!(pays(&plan, "peril flood, harm medical, expense 123.45"), "123.45");
    assert_eq!(pays(&plan, "peril flood, harm disability, injury_grade 3"), "80000.00");
    assert_eq!(
        pays(&plan, "peril flood, harm disability, injury_grade 3, role samaritan"),
        "240000.00"
    );
    assert_eq!(pays(&plan, "peril flood, harm death, role rescuer"), "300000.00");
    assert_eq!(pays(&plan, "peril drowning, harm death, liable not_found"), "30000.00");
}

#[test]
fn steps_are_traced_with_their_articles() {
    let plan = yunyang().finish();
    let assessment = assess(
        &plan,
        &no_inputs(),
        &record(&plan, "peril flood, harm medical, expense 35000"),
    )
    .unwrap();
    let steps = &assessment.lines[0].steps;
    let shown: Vec<(String, String, String)> = steps
        .iter()
        .map(|s| {
            (
                texts::text(Language::Zh, s.rule.id, &s.rule.args),
                s.amount.to_string(),
                s.articles.join("、"),
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            (
                "据实：医疗费用 3.5万元".to_owned(),
                "35000.00".to_owned(),
                "四（一）".to_owned()
            ),
            (
                "“一般赔付.医疗”限额 2万元".to_owned(),
                "20000.00".to_owned(),
                "四（三）".to_owned()
            ),
        ]
    );
}

#[test]
fn nothing_is_paid_for_a_reason() {
    let plan = yunyang().finish();
    let (code, text) = zero(&plan, "peril assault, harm death");
    assert_eq!((code.as_str(), text.as_str()), ("no_cover", "没有承保“伤人”的险种"));
    let (code, text) = zero(&plan, "peril drowning, harm death, liable solvent");
    assert_eq!(code, "condition");
    assert_eq!(text, "“溺水”以责任人为无法找到为条件，本案责任人为有能力赔偿");
    let (code, text) = zero(&plan, "peril drowning, harm medical");
    assert_eq!((code.as_str(), text.as_str()), ("harm", "“溺水”不赔“医疗”"));
    let (code, text) = zero(&plan, "peril flood, harm disability, injury_grade grade4");
    assert_eq!(code, "nothing");
    assert_eq!(text, "“自然灾害”对“残疾”不赔：伤残等级为四级");
    let (code, _) = zero(&plan, "peril flood, harm medical, expense 0");
    assert_eq!(code, "zero");
    let (code, text) = zero(&plan, "peril flood, harm death, date 2026-11-27");
    assert_eq!(code, "out_of_term");
    assert_eq!(
        text,
        "出险日期2026年11月27日不在保险期间（2023年11月27日至2026年11月26日）内"
    );
    assert_eq!(pays(&plan, "peril flood, harm death, date 2026-11-26"), "100000.00");
}

#[test]
fn a_cover_for_others_says_whom_it_insures() {
    let mut s = yunyang();
    let assault = s.cover("见义勇为", &["assault"]);
    s.role(assault, &["samaritan"]);
    s.pays(assault, "death", BenefitKind::Fixed, yuan(1), &[]);
    s.plan.meeting.over.push((assault, CoverId(2)));
    s.plan.meeting.over.sort();
    let plan = s.finish();
    let (code, text) = zero(&plan, "peril assault, harm death");
    assert_eq!(
        (code.as_str(), text.as_str()),
        ("role", "“见义勇为”只保samaritan，不保居民")
    );
    assert_eq!(
        pays(&plan, "peril assault, harm death, role samaritan").as_str(),
        "1.00"
    );
}

#[test]
fn what_a_value_is_treated_as_is_told() {
    let mut s = yunyang();
    s.plan.statement.treat_as.push(TreatAs {
        fact: s.fact("liable"),
        value: s.value("liable", "none"),
        as_value: s.value("liable", "unable"),
        source: Source::default(),
    });
    let plan = s.finish();
    let (_, text) = zero(&plan, "peril drowning, harm death, liable none");
    assert!(text.ends_with("本方案将“无责任人”视同“无力赔偿”"), "{text}");
}

#[test]
fn a_fact_is_required_only_where_it_matters() {
    let plan = yunyang().finish();
    // `liable` matters for drowning only, `expense` for bills only; `role` has a default.
    assert_eq!(pays(&plan, "peril flood, harm death"), "100000.00");
    let refusal = refused(&plan, "peril drowning, harm death");
    assert_eq!(refusal.code, codes::V020);
    assert_eq!(message(&refusal), "缺少责任人，无法定赔");
    assert_eq!(
        message(&refused(&plan, "peril flood, harm medical")),
        "缺少医疗费用，无法定赔"
    );
    assert_eq!(
        message(&refused(&plan, "peril flood, harm disability")),
        "缺少伤残等级，无法定赔"
    );
    assert_eq!(
        message(&refused(&plan, "harm death, liable none")),
        "缺少灾因，无法定赔"
    );
    // A rescuer's death pays the same whoever is liable.
    assert_eq!(
        pays(&plan, "peril drowning, harm death, role rescuer, liable none"),
        "300000.00"
    );
}

#[test]
fn a_blank_that_changes_nothing_is_not_required() {
    let mut s = Sketch::new();
    let cover = s.cover("甲", &["flood"]);
    // The diagram tests `liable` before `injury_grade`, and both ways lead to the same money for grade 1.
    let (same, other) = (s.pipeline(yuan(10), &[]), s.pipeline(yuan(20), &[]));
    let (liable, grade) = (s.is("liable", &["none"]), s.is("injury_grade", &["grade1"]));
    let inner = s.plan.diagrams.ite(liable, other, same).unwrap();
    let root = s.plan.diagrams.ite(grade, same, inner).unwrap();
    s.benefit(cover, "disability", BenefitKind::Fixed, root);
    let plan = s.finish();
    assert_eq!(pays(&plan, "peril flood, harm disability, injury_grade 1"), "10.00");
    assert_eq!(
        message(&refused(&plan, "peril flood, harm disability, injury_grade 2")),
        "缺少责任人，无法定赔"
    );
    let refusal = refused(&plan, "peril flood, harm disability");
    assert_eq!(message(&refusal), "缺少责任人、伤残等级，无法定赔");
}

fn two_covers(over: bool, higher: bool, stack: bool) -> Sketch {
    let mut s = Sketch::new();
    let (a, b) = (s.cover("甲", &["flood"]), s.cover("乙", &["flood", "quake"]));
    s.pays(a, "death", BenefitKind::Fixed, yuan(10), &[]);
    s.pays(b, "death", BenefitKind::Fixed, yuan(25), &[]);
    if over {
        s.plan.meeting.over.push((a, b));
    }
    if higher {
        s.plan.meeting.higher.push((a, b));
    }
    if stack {
        s.plan.meeting.stack.push((a, b));
    }
    s
}

#[test]
fn covers_that_meet_are_ranked() {
    let claim = "peril flood, harm death";
    // The chosen cover stands even if it pays less.
    assert_eq!(pays(&two_covers(true, false, false).finish(), claim), "10.00");
    assert_eq!(pays(&two_covers(false, true, false).finish(), claim), "25.00");
    let plan = two_covers(false, false, true).finish();
    assert_eq!(pays(&plan, claim), "35.00");
    let lines = assess(&plan, &no_inputs(), &record(&plan, claim)).unwrap().lines;
    assert_eq!(lines.iter().map(|l| l.cover.0).collect::<Vec<_>>(), [0, 1]);
    let refusal = refused(&two_covers(false, false, false).finish(), claim);
    assert_eq!(refusal.code, codes::V021);
    assert_eq!(message(&refusal), "甲、乙同时适用而金额不同，方案未写何者优先");
}

#[test]
fn equal_money_needs_no_rank_and_caps_count_before_ranking() {
    let mut s = two_covers(false, false, false);
    s.plan.pipelines[1].start = yuan(10);
    assert_eq!(pays(&s.finish(), "peril flood, harm death"), "10.00");
    // 乙 has the larger amount but the smaller cap: 甲 is the higher.
    let mut s = two_covers(false, true, false);
    let cap = s.limit("乙.死亡", LimitRule::UpTo(yuan(4)), &["person"], &[Tier::Date]);
    s.plan.limits[cap].own = true;
    s.plan.limits[cap].filter.covers = Some(vec![CoverId(1)]);
    assert_eq!(pays(&s.finish(), "peril flood, harm death"), "10.00");
}

#[test]
fn stacked_pairs_compete_as_sets() {
    let mut s = two_covers(false, false, true);
    let c = s.cover("丙", &["flood"]);
    s.pays(c, "death", BenefitKind::Fixed, yuan(30), &[]);
    s.plan.meeting.higher = vec![(CoverId(0), c), (CoverId(1), c)];
    // 甲 + 乙 = 35 against 丙 = 30
    assert_eq!(pays(&s.finish(), "peril flood, harm death"), "35.00");
}

#[test]
fn pipelines_compute_exactly_and_left_to_right() {
    let mut s = Sketch::new();
    let cover = s.cover("甲", &["flood"]);
    let loss = Amount::Fact(s.fact("loss"));
    let share = |n, d| Operation::Share(RatioValue::Exact(Ratio::new(n, d).unwrap()));
    s.pays(
        cover,
        "dwelling",
        BenefitKind::Actual,
        loss.clone(),
        &[Operation::Less(yuan(100)), share(5, 6), Operation::UpTo(yuan(50_000))],
    );
    s.pays(
        cover,
        "medical",
        BenefitKind::Actual,
        loss,
        &[Operation::AtLeast(yuan(5)), share(5, 6)],
    );
    let plan = s.finish();
    assert_eq!(pays(&plan, "peril flood, harm dwelling, loss 101.53"), "1.28");
    assert_eq!(pays(&plan, "peril flood, harm dwelling, loss 99.99"), "0.00");
    assert_eq!(pays(&plan, "peril flood, harm dwelling, loss 80000"), "50000.00");
    assert_eq!(pays(&plan, "peril flood, harm medical, loss 1"), "4.17");
}

#[test]
fn units_are_counted_up_to_their_number() {
    let mut s = Sketch::new();
    let cover = s.cover("饮水", &["flood"]);
    let months = s.fact("months");
    let per = |units| Amount::PerUnit {
        rate: Box::new(yuan(60)),
        count: months,
        units,
    };
    s.pays(cover, "medical", BenefitKind::PerUnit, per(None), &[]);
    s.pays(cover, "death", BenefitKind::PerUnit, per(Some(Count::Exact(6))), &[]);
    let plan = s.finish();
    assert_eq!(pays(&plan, "peril flood, harm medical, months 3"), "180.00");
    assert_eq!(pays(&plan, "peril flood, harm death, months 9"), "360.00");
    assert_eq!(
        message(&refused(&plan, "peril flood, harm death")),
        "缺少月数，无法定赔"
    );
}

#[test]
fn the_scheme_may_refuse_a_record() {
    let mut s = Sketch::new();
    let cover = s.cover("住宅", &["quake"]);
    let sum = s.fact("sum_insured");
    s.plan.facts[sum.index()].classes = vec![
        Class::Interval {
            from: None,
            below: Some(100_000_001),
        },
        Class::Interval {
            from: Some(100_000_001),
            below: None,
        },
    ];
    let paid = s.pipeline(
        Amount::Scaled {
            ratio: RatioValue::Exact(Ratio::new(1, 2).unwrap()),
            of: Box::new(Amount::Fact(sum)),
        },
        &[],
    );
    let above = s
        .plan
        .diagrams
        .refuse(PlanRefusal::Above {
            fact: sum,
            amount: yuan(1_000_000),
        })
        .unwrap();
    let root = s.plan.diagrams.make(sum, [(vec![0], paid), (vec![1], above)]).unwrap();
    s.benefit(cover, "dwelling", BenefitKind::Fixed, root);
    let plan = s.finish();
    assert_eq!(
        pays(&plan, "peril quake, harm dwelling, sum_insured 800000"),
        "400000.00"
    );
    assert_eq!(
        pays(&plan, "peril quake, harm dwelling, sum_insured 1000000"),
        "500000.00"
    );
    let refusal = refused(&plan, "peril quake, harm dwelling, sum_insured 1200000");
    assert_eq!(refusal.code, codes::V022);
    assert_eq!(message(&refusal), "“保险金额”为120万元，超过100万元，按方案拒收");
}

#[test]
fn a_present_fact_chooses_its_own_benefit() {
    let mut s = Sketch::new();
    let cover = s.cover("住宅", &["quake"]);
    let sum = s.fact("sum_insured");
    let mut present = s.plan.facts[s.fact("title").index()].clone();
    present.id = "sum_insured?".to_owned();
    present.role = FactRole::Present(sum);
    s.plan.facts.push(present);
    let present = FactId::from(s.plan.facts.len() - 1);
    let mut order = s.plan.diagrams.order.clone();
    order.push(present);
    s.plan.diagrams = crate::plan::diagram::Diagrams::new(order);
    s.plan.covers[cover.index()].perils = s.is("peril", &["quake"]);
    let (given, base) = (s.pipeline(Amount::Fact(sum), &[]), s.pipeline(yuan(50_000), &[]));
    let root = s
        .plan
        .diagrams
        .make(present, [(vec![0], base), (vec![1], given)])
        .unwrap();
    s.benefit(cover, "dwelling", BenefitKind::Fixed, root);
    let plan = s.finish();
    assert_eq!(pays(&plan, "peril quake, harm dwelling"), "50000.00");
    assert_eq!(pays(&plan, "peril quake, harm dwelling, sum_insured 80000"), "80000.00");
}

#[test]
fn unset_parameters_are_all_named() {
    let mut s = Sketch::new();
    let cover = s.cover("甲", &["flood"]);
    for id in ["死亡限额", "医疗限额", "自留限额"] {
        s.plan.parameters.push(Parameter {
            id: id.to_owned(),
            kind: ParameterKind::Money,
            by: None,
            at_least: None,
            at_most: None,
            planned: None,
            value: None,
            source: Source::default(),
        });
    }
    let of = |i: usize| Amount::Parameter {
        parameter: ParameterId::from(i),
        value: None,
    };
    s.pays(cover, "death", BenefitKind::Fixed, of(0), &[]);
    let expense = Amount::Fact(s.fact("expense"));
    s.pays(
        cover,
        "medical",
        BenefitKind::Actual,
        expense,
        &[Operation::UpTo(of(1))],
    );
    let mut plan = s.finish();
    let refusal = refused(&plan, "peril flood, harm death");
    assert_eq!(refusal.code, codes::V040);
    assert_eq!(message(&refusal), "参数尚无取值：死亡限额、医疗限额");
    for (i, value) in [(0, 8_000_000), (1, 100)] {
        plan.parameters[i].value = Some(Bound::One(ParameterValue::Money(Fen(value))));
    }
    assert_eq!(pays(&plan, "peril flood, harm death"), "80000.00");
    assert_eq!(pays(&plan, "peril flood, harm medical, expense 7"), "1.00");
}

#[test]
fn dated_amounts_follow_the_loss_and_need_its_date() {
    let mut s = Sketch::new();
    let cover = s.cover("甲", &["flood"]);
    let dated = Amount::Dated(vec![(None, yuan(10)), (Some(date(2024, 1, 1)), yuan(20))]);
    s.pays(cover, "death", BenefitKind::Fixed, dated, &[]);
    let plan = s.finish();
    assert_eq!(pays(&plan, "peril flood, harm death, date 2023-12-31"), "10.00");
    assert_eq!(pays(&plan, "peril flood, harm death, date 2024-01-01T00:01"), "20.00");
    assert_eq!(
        message(&refused(&plan, "peril flood, harm death")),
        "缺少出险日期，无法定赔"
    );
}

/// Flood is covered only where the decision was taken; its value is what is paid.
fn decided(per: impl Fn(&Sketch) -> DecisionKey) -> Sketch {
    let mut s = Sketch::new();
    let per = per(&s);
    let decision = s.decision("认定", per, Some(ParameterKind::Money));
    let mut fact = s.plan.facts[s.fact("title").index()].clone();
    fact.id = "认定?".to_owned();
    fact.role = FactRole::Decided(decision);
    s.plan.facts.push(fact);
    let fact = FactId::from(s.plan.facts.len() - 1);
    let mut order = s.plan.diagrams.order.clone();
    order.push(fact);
    s.plan.diagrams = crate::plan::diagram::Diagrams::new(order);
    let cover = s.cover("甲", &["flood"]);
    s.plan.covers[0].condition = s.plan.diagrams.test(fact, 2, &[1], NodeId::YES, NodeId::NO).unwrap();
    s.plan.covers[0].condition_words = Some(ConditionWords::Decided { decision });
    s.pays(cover, "death", BenefitKind::Fixed, Amount::DecisionValue(decision), &[]);
    s
}

fn with(plan: &Plan, decide: &[&str], fields: &str) -> Result<String, Refusal> {
    let inputs = Inputs {
        decisions: Decisions::parse(plan, decide.iter().copied())?,
        ..Inputs::default()
    };
    assess(plan, &inputs, &record(plan, fields)).map(|a| a.benefit.to_string())
}

#[test]
fn decisions_hold_for_their_key() {
    let plan = decided(|_| DecisionKey::Event).finish();
    let claim = "peril flood, harm death, event E1";
    assert_eq!(zero(&plan, claim).1, "“甲”以决定“认定”已作出为条件，该决定尚未作出");
    assert_eq!(with(&plan, &["认定@E1=5万元"], claim).unwrap(), "50000.00");
    assert_eq!(with(&plan, &["认定@E2=50000"], claim).unwrap(), "0.00");
    assert_eq!(with(&plan, &["认定@E2=50000", "认定=7"], claim).unwrap(), "7.00");
    let missing = with(&plan, &["认定@E1=1"], "peril flood, harm death").unwrap_err();
    assert_eq!(message(&missing), "缺少灾害编号，无法定赔");
    let plan = decided(|_| DecisionKey::Year).finish();
    // The insured year that began in November 2023.
    let claim = "peril flood, harm death, date 2024-06-01";
    assert_eq!(with(&plan, &["认定@2023=9"], claim).unwrap(), "9.00");
    assert_eq!(with(&plan, &["认定@2024=9"], claim).unwrap(), "0.00");
    let plan = decided(|s| DecisionKey::Fact(s.fact("role"))).finish();
    let claim = "peril flood, harm death, role samaritan";
    assert_eq!(with(&plan, &["认定@rescuer=9"], claim).unwrap(), "9.00");
    assert_eq!(with(&plan, &["认定@居民=9"], claim).unwrap(), "0.00");
}

#[test]
fn a_decision_from_the_day_holds_from_its_date() {
    let mut plan = decided(|_| DecisionKey::Term).finish();
    plan.decisions[0].effect = DecisionEffect::FromTheDay;
    plan.pipelines[0].start = yuan(3);
    let on = |day: &str| {
        with(
            &plan,
            &["认定=2024-03-01"],
            &format!("peril flood, harm death, date {day}"),
        )
        .unwrap()
    };
    assert_eq!(on("2024-02-29"), "0.00");
    assert_eq!(on("2024-03-01"), "3.00");
}

#[test]
fn decisions_are_read_with_care() {
    let plan = decided(|_| DecisionKey::Year).finish();
    let refusal = |text: &str| Decisions::parse(&plan, [text]).unwrap_err();
    assert_eq!(refusal("认订=1").code, codes::V050);
    assert_eq!(refusal("认定@E1=1").code, codes::V051);
    assert_eq!(refusal("认定").code, codes::V052);
    assert_eq!(refusal("认定=x").code, codes::V052);
    assert_eq!(
        Decisions::parse(&plan, ["认定=1", "认定=2"]).unwrap_err().code,
        codes::V053
    );
    // The help repeats what was written, its key included.
    let help = |refusal: &Refusal| anlan_lang::texts::help(anlan_lang::texts::Language::Zh, &refusal.finding());
    assert!(help(&refusal("认定@2024=x")).unwrap().contains("认定@2024=50000000"));
    let untaken = super::not_taken(&plan, 0usize.into());
    assert!(help(&untaken).unwrap().contains("认定@年份=值"));
    let plan = decided(|s| DecisionKey::Fact(s.fact("region"))).finish();
    assert_eq!(
        Decisions::parse(&plan, ["认定@临青市=1"]).unwrap_err().code,
        codes::V051
    );
    assert!(Decisions::parse(&plan, ["认定 ＠临清市＝1"]).is_ok());
}

#[test]
fn a_deductible_over_a_group_counts_for_the_claim_alone() {
    let mut s = Sketch::new();
    let cover = s.cover("甲", &["flood"]);
    let loss = Amount::Fact(s.fact("loss"));
    s.pays(cover, "dwelling", BenefitKind::Actual, loss, &[]);
    for (id, rule) in [
        ("免赔", LimitRule::Less(yuan(500))),
        ("限额", LimitRule::UpTo(yuan(1_000))),
    ] {
        let limit = s.limit(id, rule, &["household", "event"], &[Tier::Date]);
        s.plan.limits[limit].own = true;
    }
    let plan = s.finish();
    assert_eq!(pays(&plan, "peril flood, harm dwelling, loss 1200"), "700.00");
    assert_eq!(pays(&plan, "peril flood, harm dwelling, loss 400"), "0.00");
    assert_eq!(pays(&plan, "peril flood, harm dwelling, loss 9000"), "1000.00");
}

#[test]
fn the_term_is_tested_where_it_is_known() {
    let mut s = yunyang();
    s.plan.calendar.term = Term::Policy {
        start: s.fact("policy_start"),
        end: s.fact("policy_end"),
    };
    let plan = s.finish();
    let claim = "peril flood, harm death, policy_start 2024-01-01, policy_end 2024-12-31, date";
    assert_eq!(pays(&plan, &format!("{claim} 2024-12-31")), "100000.00");
    assert_eq!(zero(&plan, &format!("{claim} 2025-01-01")).0, "out_of_term");
    let assessment = assess(
        &plan,
        &no_inputs(),
        &record(&plan, "peril flood, harm death, date 2030-01-01"),
    )
    .unwrap();
    assert_eq!(assessment.benefit, Fen(10_000_000));
    assert_eq!(assessment.notes[0].id, "note-term-no-policy");
}

#[test]
fn amounts_beyond_64_bits_are_refused() {
    let mut s = Sketch::new();
    let cover = s.cover("甲", &["flood"]);
    let loss = Amount::Fact(s.fact("loss"));
    let times = Operation::Share(RatioValue::Exact(Ratio::integer(100_000)));
    s.pays(cover, "dwelling", BenefitKind::Actual, loss, &[times]);
    let plan = s.finish();
    assert_eq!(
        refused(&plan, "peril flood, harm dwelling, loss 10000000000000").code,
        codes::V044
    );
}

#[test]
fn every_text_of_a_refusal_has_its_arguments() {
    let refusal = Refusal::new(codes::V031)
        .field(&Names {
            zh: "灾害编号".into(),
            en: "event".into(),
        })
        .arg("names", vec!["灾害编号".to_owned()])
        .arg("limits", Arg::List(vec![Arg::from("年度限额")]));
    for lang in Language::ALL {
        assert!(!texts::message(lang, &refusal.finding()).contains('$'));
    }
}
