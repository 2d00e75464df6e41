//! Settlement rule by rule.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

use super::*;
use crate::evaluate::model::{Bases, Decisions, Earlier, Settled};
use crate::evaluate::sketch::*;
use crate::money::{Fen, Ratio};
use crate::plan::*;
use anlan_lang::texts::{self, Language};
use jiff::civil::date;

/// One cover that pays the loss of floods and quakes as stated.
fn sketch() -> Sketch {
    let mut s = Sketch::new();
    let cover = s.cover("甲", &["flood", "quake"]);
    for (harm, fact) in [
        ("dwelling", "loss"),
        ("death", "loss"),
        ("disability", "loss"),
        ("medical", "expense"),
    ] {
        let amount = Amount::Fact(s.fact(fact));
        s.pays(cover, harm, BenefitKind::Actual, amount, &[]);
    }
    s
}

fn run(plan: &Plan, lines: &[&str]) -> Settlement {
    settle(plan, &no_inputs(), rows(plan, lines)).unwrap()
}

/// `claim paid` of each settled row, in input order.
fn paid(settlement: &Settlement) -> Vec<String> {
    settlement
        .settled()
        .map(|s| format!("{} {}", s.claim, s.paid))
        .collect()
}

fn one<'s>(settlement: &'s Settlement, claim: &str) -> &'s Settled {
    settlement.settled().find(|s| s.claim == claim).unwrap()
}

/// `number code…` of each rejected row.
fn rejected(settlement: &Settlement) -> Vec<String> {
    settlement
        .rows
        .iter()
        .filter_map(|row| match row {
            Outcome::Rejected { number, refusals, .. } => Some(format!(
                "{number} {}",
                refusals.iter().map(|r| r.code.0).collect::<Vec<_>>().join(" ")
            )),
            Outcome::Settled(_) => None,
        })
        .collect()
}

fn death(claim: usize, event: &str, day: &str) -> String {
    format!("claim C{claim:03}, date {day}, event {event}, person P{claim}, peril flood, harm death, loss 100000")
}

fn strs(lines: &[String]) -> Vec<&str> {
    lines.iter().map(String::as_str).collect()
}

/// 3000万元 an event pro rata, 6000万元 a year by date.
fn yunyang() -> Sketch {
    let mut s = sketch();
    s.limit("每次灾害限额", LimitRule::UpTo(yuan(30_000_000)), &["event"], &[]);
    s.limit("年度限额", LimitRule::UpTo(yuan(60_000_000)), &["year"], &[Tier::Date]);
    s
}

#[test]
fn four_hundred_deaths_share_the_event_and_three_events_use_up_the_year() {
    let mut lines = Vec::new();
    for (e, day) in [
        ("E1", "2024-06-01"),
        ("E2", "2024-07-01"),
        ("E3", "2024-08-01"),
        ("E4", "2024-12-01"),
    ] {
        let from = lines.len();
        lines.extend((from..from + 400).map(|i| death(i, e, day)));
    }
    let plan = yunyang().finish();
    let settlement = run(&plan, &strs(&lines));
    let of = |from: usize| &settlement.rows[from..from + 400];
    for (from, expected) in [(0, "75000.00"), (400, "75000.00"), (800, "0.00"), (1200, "75000.00")] {
        for row in of(from) {
            let Outcome::Settled(row) = row else { panic!() };
            assert_eq!(row.paid.to_string(), expected);
        }
    }
    let Outcome::Settled(third) = &settlement.rows[800] else {
        panic!()
    };
    assert_eq!(third.cuts, [Fen(2_500_000), Fen(7_500_000)]);
    let reason = third.reason.as_ref().unwrap();
    assert_eq!(reason.code, "limit:年度限额");
    assert_eq!(
        texts::text(Language::Zh, reason.text.id, &reason.text.args),
        "累计限额“年度限额”已用尽"
    );
    assert_eq!(settlement.totals.paid, Fen(9_000_000_000));
    let years: Vec<_> = settlement.years.iter().map(|y| (y.first, y.claims, y.paid)).collect();
    assert_eq!(
        years,
        [
            (date(2023, 11, 27), 1200, Fen(6_000_000_000)),
            (date(2024, 11, 27), 400, Fen(3_000_000_000))
        ]
    );
}

#[test]
fn seven_deaths_of_one_day_share_what_is_left_of_the_year() {
    // 599 deaths of earlier days leave 100000.00 of the year; each event stays below its limit.
    let mut lines: Vec<String> = (0..299).map(|i| death(i, "E1", "2024-06-01")).collect();
    lines.extend((299..599).map(|i| death(i, "E2", "2024-07-01")));
    lines.extend((599..606).map(|i| death(i, "E3", "2024-08-01")));
    let plan = yunyang().finish();
    let settlement = run(&plan, &strs(&lines));
    let last: Vec<String> = settlement.settled().skip(599).map(|s| s.paid.to_string()).collect();
    assert_eq!(
        last,
        [
            "14285.72", "14285.72", "14285.72", "14285.71", "14285.71", "14285.71", "14285.71"
        ]
    );
    assert_eq!(settlement.totals.paid, Fen(6_000_000_000));
}

#[test]
fn rows_are_rejected_one_by_one() {
    let plan = yunyang().finish();
    let good = "date 2024-06-01, event E1, person P, peril flood, harm death, loss 7";
    let lines = [
        format!("claim A, {good}"),
        format!("claim B, {}", good.replace("flood", "floood")),
        format!("claim C, {}", good.replace("2024-06-01", "2024-06-31")),
        format!("claim D, {}", good.replace("loss 7", "loss -7")),
        format!("claim E, {}", good.replace("event E1, ", "")),
        format!("claim F, {good}"),
        format!("claim F, {}", good.replace("loss 7", "loss x")),
        good.to_owned(),
        format!("claim G, {}", good.replace("date 2024-06-01, ", "")),
        format!("claim H, {}", good.replace("2024-06-01", "2030-06-01")),
        format!("claim I, {}", good.replace("loss 7", "loss 1e30")),
        format!("claim J, {}", good.replace("loss 7", "")),
    ];
    let settlement = run(&plan, &strs(&lines));
    assert_eq!(paid(&settlement), ["A 7.00", "H 0.00"]);
    assert_eq!(one(&settlement, "H").reason.as_ref().unwrap().code, "out_of_term");
    assert_eq!(
        rejected(&settlement),
        [
            "2 V002",
            "3 V003",
            "4 V005",
            "5 V031",
            "6 V030",
            "7 V004 V030",
            "8 V033",
            "9 V034",
            "11 V007",
            "12 V020"
        ]
    );
    let totals = &settlement.totals;
    assert_eq!((totals.rows, totals.settled), (12, 2));
    assert_eq!(totals.rejected.iter().map(|(_, n)| n).sum::<u64>(), 10);
}

#[test]
fn a_claim_that_gets_nothing_needs_no_keys() {
    let plan = yunyang().finish();
    let settlement = run(
        &plan,
        &[
            "claim A, date 2024-06-01, peril drowning, harm death, loss 7",
            "claim B, date 2030-06-01, peril flood, harm death, loss 7",
            "claim C, date 2024-06-01, peril flood, harm death, loss 0",
        ],
    );
    assert_eq!(paid(&settlement), ["A 0.00", "B 0.00", "C 0.00"]);
}

#[test]
fn each_limit_reads_what_the_one_before_left() {
    let mut s = sketch();
    s.limit("每人", LimitRule::UpTo(yuan(100)), &["person"], &[]);
    s.limit("每次", LimitRule::UpTo(yuan(150)), &["event"], &[]);
    let plan = s.finish();
    let settlement = run(
        &plan,
        &[
            "claim A, date 2024-06-01, event E, person P, peril flood, harm death, loss 100",
            "claim B, date 2024-06-01, event E, person P, peril flood, harm death, loss 100",
            "claim C, date 2024-06-01, event E, person Q, peril flood, harm death, loss 100",
        ],
    );
    assert_eq!(paid(&settlement), ["A 37.50", "B 37.50", "C 75.00"]);
    assert_eq!(one(&settlement, "A").cuts, [Fen(5000), Fen(1250)]);
    let totals = &settlement.totals;
    assert_eq!((totals.benefit, totals.paid), (Fen(30_000), Fen(15_000)));
    assert_eq!(totals.cuts, [Fen(10_000), Fen(5_000)]);
}

#[test]
fn filters_choose_the_lines() {
    let mut s = sketch();
    let limit = s.limit("医疗", LimitRule::UpTo(yuan(10)), &["event"], &[]);
    s.only(limit, "harm", &["medical"]);
    let plan = s.finish();
    let settlement = run(
        &plan,
        &[
            "claim A, date 2024-06-01, event E, peril flood, harm medical, expense 100",
            "claim B, date 2024-06-01, peril flood, harm death, loss 100",
        ],
    );
    assert_eq!(paid(&settlement), ["A 10.00", "B 100.00"]);
}

#[test]
fn tiers_combine_left_to_right() {
    let mut s = sketch();
    let rank = |s: &Sketch, harm: &str| Filter {
        covers: None,
        facts: vec![(s.fact("harm"), vec![s.value("harm", harm)])],
    };
    let filters = vec![rank(&s, "death"), rank(&s, "medical")];
    s.limit(
        "限额",
        LimitRule::UpTo(yuan(250)),
        &["event"],
        &[Tier::Rank(filters), Tier::Date],
    );
    let plan = s.finish();
    let settlement = run(
        &plan,
        &[
            "claim A, date 2024-06-01, event E, peril flood, harm dwelling, loss 100",
            "claim B, date 2024-06-02, event E, peril flood, harm medical, expense 100",
            "claim C, date 2024-06-01, event E, peril flood, harm medical, expense 100",
            "claim D, date 2024-06-09, event E, peril flood, harm death, loss 100",
        ],
    );
    // Death first; then bills by date; the house gets nothing.
    assert_eq!(paid(&settlement), ["A 0.00", "B 50.00", "C 100.00", "D 100.00"]);
}

#[test]
fn first_come_first_served_goes_by_event_and_claim() {
    let mut s = sketch();
    s.limit(
        "限额",
        LimitRule::UpTo(yuan(150)),
        &["year"],
        &[Tier::Date, Tier::Event, Tier::Claim],
    );
    let plan = s.finish();
    let settlement = run(
        &plan,
        &[
            "claim B, date 2024-06-01, event E1, peril flood, harm death, loss 100",
            "claim A, date 2024-06-01, event E2, peril flood, harm death, loss 100",
            "claim C, date 2024-06-01, event E10, peril flood, harm death, loss 100",
        ],
    );
    // Text orders by code point: E1, E10, E2.
    assert_eq!(paid(&settlement), ["B 100.00", "A 0.00", "C 50.00"]);
}

#[test]
fn an_unstated_exhaustion_rule_is_asked_only_where_it_matters() {
    let mut s = sketch();
    let limit = s.limit("限额", LimitRule::UpTo(yuan(150)), &["event"], &[]);
    s.plan.limits[limit].exhaustion_stated = false;
    let plan = s.finish();
    let lines = [
        "claim A, date 2024-06-01, event E, peril flood, harm death, loss 100",
        "claim B, date 2024-06-01, event E, peril flood, harm death, loss 100",
    ];
    assert_eq!(paid(&run(&plan, &lines[..1])), ["A 100.00"]);
    let refusal = settle(&plan, &no_inputs(), rows(&plan, &lines)).unwrap_err();
    assert_eq!(refusal.code, codes::V043);
    // One claim alone is cut whatever the rule.
    let alone = ["claim A, date 2024-06-01, event E, peril flood, harm death, loss 200"];
    assert_eq!(paid(&run(&plan, &alone)), ["A 150.00"]);
}

#[test]
fn own_caps_are_in_the_benefit_and_own_deductibles_in_the_cuts() {
    let mut s = sketch();
    for (id, rule, harm) in [
        ("医疗", LimitRule::UpTo(yuan(200)), "medical"),
        ("免赔", LimitRule::Less(yuan(500)), "dwelling"),
        ("房屋", LimitRule::UpTo(yuan(1000)), "dwelling"),
    ] {
        let limit = s.limit(id, rule, &["person", "event"], &[Tier::Date]);
        s.plan.limits[limit].own = true;
        s.only(limit, "harm", &[harm]);
    }
    let plan = s.finish();
    let settlement = run(
        &plan,
        &[
            "claim A, date 2024-06-01, event E, person P, peril flood, harm medical, expense 350",
            "claim B, date 2024-06-02, event E, person P, peril flood, harm medical, expense 150",
            "claim C, date 2024-06-01, event E, person P, peril flood, harm dwelling, loss 400",
            "claim D, date 2024-06-02, event E, person P, peril flood, harm dwelling, loss 300",
            "claim E, date 2024-06-02, event F, person P, peril flood, harm dwelling, loss 9000",
        ],
    );
    let shown: Vec<String> = settlement
        .settled()
        .map(|s| {
            format!(
                "{} {} {:?} {}",
                s.claim,
                s.benefit,
                s.cuts.iter().map(|c| c.0).collect::<Vec<_>>(),
                s.paid
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            "A 200.00 [0, 0, 0] 200.00",
            "B 150.00 [15000, 0, 0] 0.00",
            "C 400.00 [0, 40000, 0] 0.00",
            "D 300.00 [0, 10000, 0] 200.00",
            "E 9000.00 [0, 50000, 750000] 1000.00",
        ]
    );
}

fn injuries(raise: bool) -> Plan {
    let mut s = Sketch::new();
    let cover = s.cover("甲", &["flood"]);
    let mut root = s.pipeline(yuan(10_000), &[]);
    for (grade, amount) in [("grade3", 20_000), ("grade2", 30_000), ("grade1", 50_000)] {
        let (paid, test) = (s.pipeline(yuan(amount), &[]), s.is("injury_grade", &[grade]));
        root = s.plan.diagrams.ite(test, paid, root).unwrap();
    }
    s.benefit(cover, "disability", BenefitKind::Fixed, root);
    let limit = s.limit(
        "残疾",
        LimitRule::Largest { raise },
        &["person", "event"],
        &[Tier::Date],
    );
    s.plan.limits[limit].own = true;
    s.finish()
}

fn injury(claim: &str, day: u8, grade: u8) -> String {
    format!(
        "claim {claim}, date 2024-06-{day:02}, event E, person P, peril flood, harm disability, injury_grade {grade}"
    )
}

#[test]
fn several_injuries_pay_the_heaviest_once() {
    let plan = injuries(false);
    let lines = [injury("A", 1, 3), injury("B", 2, 2), injury("C", 3, 4)];
    // By date: A keeps its 20000, B adds what the heaviest leaves.
    assert_eq!(paid(&run(&plan, &strs(&lines))), ["A 20000.00", "B 10000.00", "C 0.00"]);
    let lines = [injury("A", 1, 2), injury("B", 1, 2)];
    assert_eq!(paid(&run(&plan, &strs(&lines))), ["A 15000.00", "B 15000.00"]);
}

#[test]
fn the_heaviest_injury_twice_raises_one_grade() {
    let plan = injuries(true);
    let lines = [injury("A", 1, 2), injury("B", 1, 2), injury("C", 1, 4)];
    let settlement = run(&plan, &strs(&lines));
    assert_eq!(settlement.totals.paid, Fen(5_000_000));
    let lines = [injury("A", 1, 2), injury("B", 1, 3)];
    assert_eq!(run(&plan, &strs(&lines)).totals.paid, Fen(3_000_000));
    // No grade is above the first.
    let lines = [injury("A", 1, 1), injury("B", 1, 1)];
    assert_eq!(run(&plan, &strs(&lines)).totals.paid, Fen(5_000_000));
    // Alone, nothing is raised.
    let alone = crate::evaluate::assess(&plan, &no_inputs(), &record(&plan, &injury("A", 1, 2))).unwrap();
    assert_eq!(alone.benefit, Fen(3_000_000));
}

#[test]
fn limits_follow_dates_decisions_and_the_premium() {
    let mut s = sketch();
    let decision = s.decision("重特大灾害", DecisionKey::Year, None);
    let times = |n| Amount::Scaled {
        ratio: RatioValue::Exact(Ratio::integer(n)),
        of: Box::new(Amount::Premium),
    };
    let raised = Amount::Decided {
        decision,
        then: Box::new(times(18)),
        otherwise: Box::new(times(15)),
    };
    s.limit("年度限额", LimitRule::UpTo(raised), &["year"], &[]);
    let dated = Amount::Dated(vec![(None, yuan(40)), (Some(date(2024, 6, 2)), yuan(1_000_000))]);
    let limit = s.limit("每次", LimitRule::UpTo(dated), &["event"], &[]);
    s.only(limit, "harm", &["medical"]);
    let plan = s.finish();
    let lines = [
        "claim A, date 2024-06-03, event E, peril flood, harm death, loss 1000000",
        "claim B, date 2025-06-01, event F, peril flood, harm death, loss 1000000",
        // The event began on the 1st, so its limit is the first one.
        "claim C, date 2026-06-01, event G, peril flood, harm medical, expense 50",
        "claim D, date 2024-06-01, event H, peril flood, harm medical, expense 30",
        "claim E, date 2024-06-05, event H, peril flood, harm medical, expense 30",
    ];
    let run = |decide: &[&str], bases: Option<Bases>| {
        let decisions = Decisions::parse(&plan, decide.iter().copied()).unwrap();
        let inputs = Inputs {
            decisions,
            bases,
            earlier: None,
        };
        settle(&plan, &inputs, rows(&plan, &lines))
    };
    assert_eq!(run(&[], None).unwrap_err().code, codes::V041);
    let bases = || {
        let premiums = vec![("临清市".to_owned(), Fen(100_000)), ("东阿县".to_owned(), Fen(10_000))];
        Some(Bases { premiums })
    };
    let settlement = run(&[], bases()).unwrap();
    // 15 × 1100.00; claims A, D, E of the first year share it pro rata.
    assert_eq!(one(&settlement, "B").paid, Fen(1_650_000));
    assert_eq!(settlement.years[0].paid, Fen(1_650_000));
    assert_eq!(one(&settlement, "C").paid, Fen(5_000));
    let settlement = run(&["重特大灾害@2024"], bases()).unwrap();
    assert_eq!(one(&settlement, "B").paid, Fen(1_980_000));
    assert_eq!(settlement.years[0].paid, Fen(1_650_000));
    let settlement = run(&["重特大灾害"], bases()).unwrap();
    assert_eq!(settlement.years[0].paid, Fen(1_980_000));
    let (d, e) = (one(&settlement, "D"), one(&settlement, "E"));
    assert!(d.paid.0 + e.paid.0 <= 4_000, "the event's first date chooses 40");
}

#[test]
fn a_decision_must_fit_the_groups_it_decides() {
    let mut s = sketch();
    let decision = s.decision("认定", DecisionKey::Event, None);
    let amount = Amount::Decided {
        decision,
        then: Box::new(yuan(1)),
        otherwise: Box::new(yuan(2)),
    };
    s.limit("年度限额", LimitRule::UpTo(amount), &["year"], &[]);
    let plan = s.finish();
    let lines = [
        "claim A, date 2024-06-01, event E, peril flood, harm death, loss 10",
        "claim B, date 2024-06-01, event F, peril flood, harm death, loss 10",
    ];
    let run = |decide: &str, lines: &[&str]| {
        let decisions = Decisions::parse(&plan, [decide]).unwrap();
        settle(
            &plan,
            &Inputs {
                decisions,
                ..Inputs::default()
            },
            rows(&plan, lines),
        )
    };
    assert_eq!(run("认定@E", &lines).unwrap_err().code, codes::V048);
    assert_eq!(run("认定@E", &lines[..1]).unwrap().totals.paid, Fen(100));
    assert_eq!(run("认定", &lines).unwrap().totals.paid, Fen(100));
}

#[test]
fn a_year_may_be_the_events() {
    let mut s = sketch();
    s.plan.calendar.year_of_event = true;
    s.limit("年度限额", LimitRule::UpTo(yuan(100)), &["year"], &[Tier::Date]);
    let plan = s.finish();
    let settlement = run(
        &plan,
        &[
            "claim A, date 2024-11-28, event E, peril flood, harm death, loss 80",
            "claim B, date 2024-11-26, event E, peril flood, harm death, loss 80",
            "claim C, date 2024-11-28, event F, peril flood, harm death, loss 80",
            "claim D, date 2024-11-28, peril flood, harm death, loss 80",
        ],
    );
    assert_eq!(paid(&settlement), ["A 20.00", "B 80.00", "C 80.00"]);
    assert_eq!(rejected(&settlement), ["4 V031"]);
}

#[test]
fn shares_add_up_on_every_claim() {
    let mut s = sketch();
    let insurer = |id: &str, n, d| Insurer {
        id: id.to_owned(),
        lead: false,
        share: Ratio::new(n, d),
        source: Source::default(),
    };
    s.plan.coinsurance = Some(Coinsurance {
        insurers: vec![
            insurer("甲公司", 1, 3),
            insurer("乙公司", 1, 3),
            insurer("丙公司", 1, 3),
        ],
        count: None,
        lead_at_least: None,
        by_contract: false,
        source: Source::default(),
    });
    let mut plan = s.finish();
    let line = "claim A, date 2024-06-01, peril flood, harm death, loss 1.01";
    let settlement = run(&plan, &[line]);
    assert_eq!(one(&settlement, "A").shares, [Fen(34), Fen(34), Fen(33)]);
    assert_eq!(settlement.totals.shares, [Fen(34), Fen(34), Fen(33)]);
    let insurers = &mut plan.coinsurance.as_mut().unwrap().insurers;
    insurers[2].share = Ratio::new(1, 5);
    assert_eq!(
        settle(&plan, &no_inputs(), rows(&plan, &[line])).unwrap_err().code,
        codes::V047
    );
    let insurers = &mut plan.coinsurance.as_mut().unwrap().insurers;
    insurers[2].share = None;
    assert_eq!(run(&plan, &[line]).insurers, Vec::<usize>::new());
}

#[test]
fn earlier_payments_give_what_is_due_and_over() {
    let plan = yunyang().finish();
    let earlier = |claim: &str, fen| Earlier {
        claim: claim.to_owned(),
        paid: Fen(fen),
    };
    let inputs = Inputs {
        earlier: Some(vec![
            earlier("A", 300),
            earlier("B", 900),
            earlier("Z", 5),
            earlier("Q", 6),
        ]),
        ..Inputs::default()
    };
    let line = |c: &str| format!("claim {c}, date 2024-06-01, event E, peril flood, harm death, loss 7");
    let settlement = settle(&plan, &inputs, rows(&plan, &strs(&[line("A"), line("B"), line("C")]))).unwrap();
    let shown: Vec<_> = settlement.settled().map(|s| s.earlier.unwrap()).collect();
    assert_eq!(shown, [(Fen(400), Fen(0)), (Fen(0), Fen(200)), (Fen(700), Fen(0))]);
    assert_eq!(
        settlement.absent.iter().map(|e| e.claim.as_str()).collect::<Vec<_>>(),
        ["Q", "Z"]
    );
    let sums = settlement.totals.earlier.unwrap();
    assert_eq!((sums.paid, sums.due, sums.over), (Fen(1211), Fen(1100), Fen(200)));
}

#[test]
fn rows_that_contradict_each_other_are_rejected() {
    let mut s = sketch();
    let sum = s.fact("sum_insured");
    s.plan.facts[sum.index()].sort = Sort::Household;
    s.limit("保额", LimitRule::UpTo(Amount::Fact(sum)), &["household"], &[]);
    let plan = s.finish();
    let row = |claim: &str, household: &str, sum: &str| {
        format!(
            "claim {claim}, date 2024-06-01, household {household}, peril flood, harm dwelling, loss 8, sum_insured {sum}"
        )
    };
    let lines = [
        row("A", "H", "10"),
        row("B", "H", "11"),
        row("C", "I", "10"),
        row("D", "I", "10"),
        row("E", "H", "10"),
    ];
    let settlement = run(&plan, &strs(&lines));
    assert_eq!(rejected(&settlement), ["1 V032", "2 V032", "5 V032"]);
    assert_eq!(paid(&settlement), ["C 5.00", "D 5.00"]);
    let Outcome::Rejected { refusals, .. } = &settlement.rows[0] else {
        panic!()
    };
    assert_eq!(
        texts::message(Language::Zh, &refusals[0].finding()),
        "“保险金额”为10元，与同一户编号“H”的其他行（11元）不一致"
    );
}

#[test]
fn events_that_last_too_long_are_told() {
    let plan = yunyang().finish();
    let line =
        |c: &str, day: &str, e: &str| format!("claim {c}, date {day}, event {e}, peril flood, harm death, loss 7");
    let lines = [
        line("A", "2024-06-01", "E1"),
        line("B", "2024-06-05", "E1"),
        line("C", "2024-06-01", "E2"),
        line("D", "2024-06-04", "E2"),
        line("E", "2024-06-01T08:00", "E3"),
        line("F", "2024-06-04T08:01", "E3"),
    ];
    let settlement = run(&plan, &strs(&lines));
    let long: Vec<&str> = settlement.long_events.iter().map(|e| e.event.as_str()).collect();
    assert_eq!(long, ["E1", "E3"]);
}

#[test]
fn sums_beyond_64_bits_refuse_the_run() {
    let mut s = sketch();
    let times = Operation::Share(RatioValue::Exact(Ratio::integer(9_000)));
    s.plan.pipelines[1].steps = vec![Step {
        operation: times,
        articles: Vec::new(),
    }];
    let plan = s.finish();
    let lines: Vec<String> = (0..3)
        .map(|i| format!("claim {i}, date 2024-06-01, event E, peril flood, harm death, loss 10000000000000"))
        .collect();
    let refusal = settle(&plan, &no_inputs(), rows(&plan, &strs(&lines))).unwrap_err();
    assert_eq!(refusal.code, codes::V044);
}

#[test]
fn an_open_term_has_no_years() {
    let mut s = yunyang();
    s.plan.calendar.term = Term::Contract { years: Some(1) };
    s.plan.calendar.boundaries.clear();
    let plan = s.finish();
    assert_eq!(settle(&plan, &no_inputs(), Vec::new()).unwrap_err().code, codes::V045);
}

#[test]
fn stacked_covers_have_lines_of_their_own() {
    let mut s = Sketch::new();
    let (a, b) = (s.cover("乙", &["flood"]), s.cover("甲", &["flood"]));
    s.pays(a, "death", BenefitKind::Fixed, yuan(10), &[]);
    s.pays(b, "death", BenefitKind::Fixed, yuan(25), &[]);
    s.plan.meeting.stack.push((a, b));
    let limit = s.limit("限额", LimitRule::UpTo(yuan(5)), &["event"], &[]);
    s.plan.limits[limit].filter.covers = Some(vec![a]);
    let plan = s.finish();
    let settlement = run(&plan, &["claim A, date 2024-06-01, event E, peril flood, harm death"]);
    let row = one(&settlement, "A");
    assert_eq!((row.benefit, row.paid, row.covers.len()), (Fen(3_500), Fen(3_000), 2));
    // Cover ids order the lines: 乙 is U+4E59, 甲 U+7532.
    let lines: Vec<_> = settlement.lines.iter().map(|l| (l.cover, l.paid)).collect();
    assert_eq!(lines, [(a, Fen(500)), (b, Fen(2_500))]);
}

#[test]
fn death_after_injuries_takes_the_heaviest_as_it_stands_alone() {
    let mut s = Sketch::new();
    let cover = s.cover("甲", &["flood"]);
    s.pays(cover, "death", BenefitKind::Fixed, yuan(100_000), &[]);
    let (light, heavy) = (s.pipeline(yuan(30_000), &[]), s.pipeline(yuan(60_000), &[]));
    let test = s.is("injury_grade", &["grade1"]);
    let root = s.plan.diagrams.ite(test, heavy, light).unwrap();
    s.benefit(cover, "disability", BenefitKind::Fixed, root);
    for (id, harms) in [("残疾", &["disability"][..]), ("死亡+残疾", &["death", "disability"])] {
        let limit = s.limit(
            id,
            LimitRule::Largest { raise: false },
            &["person", "event"],
            &[Tier::Date],
        );
        s.plan.limits[limit].own = true;
        s.only(limit, "harm", harms);
    }
    let plan = s.finish();
    let injuries = [injury("A", 1, 1), injury("B", 1, 2), injury("C", 1, 2)];
    // Shared by the three of one day, and still the heaviest once.
    assert_eq!(
        paid(&run(&plan, &strs(&injuries))),
        ["A 30000.00", "B 15000.00", "C 15000.00"]
    );
    // The heaviest comes when the others have used up the money: it still counts.
    let late = [injury("A", 3, 1), injury("B", 1, 2), injury("C", 2, 2)];
    assert_eq!(paid(&run(&plan, &strs(&late))), ["A 0.00", "B 30000.00", "C 30000.00"]);
    let death = "claim D, date 2024-06-09, event E, person P, peril flood, harm death".to_owned();
    let with_death = run(
        &plan,
        &strs(&[late[0].clone(), late[1].clone(), late[2].clone(), death]),
    );
    assert_eq!(paid(&with_death), ["A 0.00", "B 30000.00", "C 30000.00", "D 40000.00"]);
}
