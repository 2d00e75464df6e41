//! A small plan built by hand that has one of nearly everything.

use crate::money::{Fen, Ratio};
use crate::plan::diagram::{Diagrams, NodeId};
use crate::plan::*;
use anlan_lang::tree::{Compare, DecisionEffect, Modality, PartRule, Period, RoundMode, YearKind};

pub fn names(zh: &str, en: &str) -> Names {
    Names {
        zh: zh.into(),
        en: en.into(),
    }
}

pub fn at(article: &str) -> Source {
    Source {
        articles: vec![article.into()],
        origin: None,
    }
}

fn domain(id: &str, zh: &str, values: &[(&str, &str)]) -> Domain {
    Domain {
        id: id.into(),
        name: names(zh, id),
        order: None,
        values: values
            .iter()
            .map(|(id, zh)| DomainValue {
                id: (*id).into(),
                name: names(zh, id),
                aliases: Vec::new(),
                parent: None,
                code: None,
            })
            .collect(),
    }
}

fn fact(id: &str, zh: &str, kind: FactKind) -> Fact {
    Fact {
        id: id.into(),
        name: names(zh, id),
        sort: Sort::Claim,
        kind,
        role: FactRole::Given,
        classes: Vec::new(),
    }
}

fn enumeration(domain: u32) -> FactKind {
    FactKind::Enumeration {
        domain: DomainId(domain),
        default: None,
    }
}

pub const EXPENSE: FactId = FactId(2);
pub const MONTHS: FactId = FactId(3);
pub const LIABLE: FactId = FactId(4);
pub const REGION: FactId = FactId(7);
pub const RAINFALL: FactId = FactId(8);
pub const DEATH: ValueId = ValueId(0);
pub const DISABILITY: ValueId = ValueId(1);

fn facts() -> Vec<Fact> {
    vec![
        fact("peril", "灾因", enumeration(0)),
        fact("harm", "损害", enumeration(1)),
        fact("expense", "医疗费用", FactKind::Money),
        fact(
            "months",
            "月数",
            FactKind::Count {
                part: Some(PartRule::Up),
            },
        ),
        fact("liable", "责任人", enumeration(2)),
        fact("person", "人员编号", FactKind::Text),
        fact("event", "灾害编号", FactKind::Text),
        fact("region", "区县", enumeration(3)),
        fact(
            "rainfall",
            "雨量",
            FactKind::Number {
                unit: "毫米".into(),
                precision: Ratio::new(1, 2).unwrap(),
                from: Ratio::ZERO,
                to: Ratio::integer(1000),
            },
        ),
    ]
}

fn domains() -> Vec<Domain> {
    vec![
        domain("peril", "灾因", &[("flood", "洪涝"), ("drowning", "溺水")]),
        domain(
            "harm",
            "损害",
            &[
                ("death", "死亡"),
                ("disability", "残疾"),
                ("medical", "医疗"),
                ("water", "饮水"),
            ],
        ),
        domain(
            "liable",
            "责任人",
            &[("none", "无责任人"), ("not_found", "无法找到"), ("unable", "无力赔偿")],
        ),
        domain("region", "区县", &[("linqing", "临清市"), ("donge", "东阿县")]),
        domain("role", "身份", &[("resident", "居民")]),
    ]
}

pub fn cover(zh: &str) -> Cover {
    Cover {
        id: zh.into(),
        name: names(zh, zh),
        perils: NodeId(0),
        roles: NodeId(0),
        condition: NodeId(0),
        peril_words: vec![PerilWord {
            name: names("洪涝", "flood"),
            cause: None,
            values: vec![ValueId(0)],
        }],
        peril_list_open: false,
        any_peril: false,
        role_words: Vec::new(),
        condition_words: None,
        schedule: Some("一般赔付".into()),
        handled_by: Vec::new(),
        subrogation: None,
        source: at("一（一）"),
    }
}

fn row(harms: &[ValueId], kind: BenefitKind, amount: RowAmount, steps: Vec<Operation>) -> ScheduleRow {
    ScheduleRow {
        harms: harms.to_vec(),
        combined: harms.len() > 1,
        kind,
        amount,
        steps: steps
            .into_iter()
            .map(|operation| RowStep {
                operation,
                keys: Vec::new(),
                source: Source::default(),
            })
            .collect(),
        source: at("四（一）"),
    }
}

fn schedule() -> Schedule {
    let yuan = |n: i64| Amount::Fixed(Fen(n * 100));
    Schedule {
        id: "一般赔付".into(),
        keys: vec![ScheduleKey::Person, ScheduleKey::Event],
        rows: vec![
            row(&[DEATH], BenefitKind::Fixed, RowAmount::Amount(yuan(100_000)), vec![]),
            row(
                &[DISABILITY],
                BenefitKind::Fixed,
                RowAmount::Table {
                    table: "伤残赔付".into(),
                    column: Some("一般".into()),
                },
                vec![],
            ),
            row(
                &[ValueId(2)],
                BenefitKind::Actual,
                RowAmount::Amount(Amount::Fact(EXPENSE)),
                vec![
                    Operation::Less(yuan(500)),
                    Operation::Share(RatioValue::Exact(Ratio::new(4, 5).unwrap())),
                    Operation::UpTo(yuan(20_000)),
                    Operation::Round {
                        unit: Fen(100),
                        mode: RoundMode::Down,
                    },
                ],
            ),
            row(
                &[DEATH, DISABILITY],
                BenefitKind::Actual,
                RowAmount::None,
                vec![Operation::UpTo(yuan(150_000))],
            ),
            row(
                &[ValueId(3)],
                BenefitKind::PerUnit,
                RowAmount::Amount(Amount::PerUnit {
                    rate: Box::new(yuan(60)),
                    count: MONTHS,
                    units: None,
                }),
                vec![],
            ),
        ],
        same_person: vec![
            SamePersonRule::SeveralInjuries {
                raised: true,
                source: Source::default(),
            },
            SamePersonRule::LessPaid {
                harm: DEATH,
                paid: DISABILITY,
                source: Source::default(),
            },
        ],
        covers: vec![CoverId(0)],
        source: at("四（一）"),
    }
}

pub fn limit(zh: &str, amount: Amount, tiers: Vec<Tier>) -> Limit {
    Limit {
        id: zh.into(),
        name: names(zh, zh),
        own: false,
        rule: LimitRule::UpTo(amount),
        filter: Filter::default(),
        keys: vec![GroupKey::Fact(FactId(6))],
        tiers,
        exhaustion_stated: true,
        ratio_to: None,
        within: None,
        source: at("四（三）"),
        exhaustion_source: Source::default(),
        raised_source: Source::default(),
    }
}

fn statement() -> Statement {
    Statement {
        territory: Some(Territory {
            areas: vec![names("云阳县", "yunyang")],
            except: vec![names("开发区", "zone")],
            including: Vec::new(),
            source: at("二"),
        }),
        policyholders: vec!["县应急管理局".into()],
        schedules: vec![schedule()],
        tables: vec![Table {
            id: "伤残赔付".into(),
            by: EXPENSE,
            counted: None,
            columns: vec!["一般".into()],
            rows: vec![TableRow {
                key: RowKey::Interval {
                    from: Some(50_000),
                    below: Some(100_001),
                },
                cells: vec![Cell::Amount(Amount::Fixed(Fen(10_000_000)))],
                source: Source::default(),
            }],
            source: at("四（二）"),
        }],
        duties: vec![duty()],
        requirements: vec![Requirement {
            framework: "重庆市巨灾保险".into(),
            property: Property::Payable {
                keys: vec![ScheduleKey::Person, ScheduleKey::Event],
                harm: Some(ValueId(2)),
                compare: Compare::AtLeast,
                value: Fen(1_000_000),
            },
            scope: None,
            modality: Modality::Must,
            source: at("二（四）"),
        }],
        articles: vec![ArticleStatus {
            article: "七（一）".into(),
            encoded: false,
            prose: Some("内部分工".into()),
        }],
        ..Statement::default()
    }
}

pub fn duty() -> Duty {
    Duty {
        what: "月报".into(),
        by: vec!["主承保机构".into()],
        to: vec!["市专项小组办公室".into()],
        every: Some(Period::Month),
        deadline: Some(Deadline::DaysAfterPeriod(10)),
        otherwise: Some(DecisionId(0)),
        modality: Modality::InPrinciple,
        source: at("五（二）"),
    }
}

fn premium() -> Premium {
    Premium {
        rates: vec![Rate {
            amount: Amount::Fixed(Fen(100)),
            per: RateBase::Persons,
            source: at("三"),
        }],
        by_contract: None,
        bases: vec![PremiumBase {
            kind: "常住人口".into(),
            counts: RateBase::Persons,
            lag: Some(0),
            stated: Some(926_000),
            stated_year: Some(2022),
            source: at("三"),
        }],
        total: Some(StatedTotal {
            amount: Amount::Fixed(Fen(92_600_000)),
            planned: false,
            source: at("三"),
        }),
        payers: vec![("县财政".into(), Ratio::ONE)],
        due: None,
        source: at("三"),
    }
}

fn split() -> Split {
    Split {
        id: "保费分担".into(),
        by: REGION,
        payers: vec!["省级".into(), "县级".into()],
        rows: vec![SplitRow {
            regions: vec![ValueId(0), ValueId(1)],
            shares: vec![Ratio::ZERO, Ratio::ONE],
            source: at("附件"),
        }],
        rounds: vec![Rounding {
            payer: 0,
            unit: Fen(1_000_000),
            mode: RoundMode::HalfUp,
            source: Source::default(),
        }],
        remainder: Some(1),
        overrides: vec![SplitOverride {
            decision: DecisionId(0),
            shares: vec![Ratio::ZERO, Ratio::ONE],
            source: at("六（一）"),
        }],
        source: at("附件"),
    }
}

pub fn plan() -> Plan {
    let date = |y, m, d| jiff::civil::date(y, m, d);
    Plan {
        version: PLAN_VERSION,
        scheme: Header {
            id: "云阳县巨灾保险".into(),
            title: names("云阳县巨灾保险方案", "Yunyang County Catastrophe Insurance Scheme"),
            document: None,
            frameworks: vec!["重庆市巨灾保险".into()],
            contract: None,
        },
        domains: domains().into_iter().map(Into::into).collect(),
        facts: facts(),
        calendar: Calendar {
            term: Term::Fixed {
                start: date(2023, 11, 27),
                end: Some(date(2025, 11, 27)),
            },
            year: Some(YearKind::Policy),
            year_of_event: false,
            boundaries: vec![date(2023, 11, 27), date(2024, 11, 27), date(2025, 11, 27)],
            event_hours: Some(72),
            event: EventRule::Hours(72),
            source: at("五"),
            year_source: Source::default(),
            event_source: at("四"),
        },
        parameters: vec![Parameter {
            id: "死亡限额".into(),
            kind: ParameterKind::Money,
            by: None,
            at_least: None,
            at_most: Some(ParameterValue::Money(Fen(15_000_000))),
            planned: None,
            value: None,
            source: at("附件2"),
        }],
        shaping: Vec::new(),
        decisions: vec![Decision {
            id: "重特大灾害认定".into(),
            by: None,
            per: DecisionKey::Year,
            effect: DecisionEffect::WholePeriod,
            value: None,
            source: Source::default(),
        }],
        funds: vec![Fund {
            id: "专项准备金".into(),
            accrual: None,
            carried_forward: true,
            reported_by: Some("管理机构".into()),
            balance: None,
            source: at("三（三）"),
        }],
        covers: vec![cover("自然灾害救助"), cover("溺水救助"), cover("抢险救助")],
        diagrams: Diagrams::default(),
        applying: NodeId(0),
        meeting: Meeting {
            over: vec![(CoverId(2), CoverId(0)), (CoverId(2), CoverId(1))],
            higher: Vec::new(),
            stack: vec![(CoverId(0), CoverId(1))],
        },
        benefits: Vec::new(),
        pipelines: Vec::new(),
        limits: vec![limit("每次灾害限额", Amount::Fixed(Fen(3_000_000_000)), Vec::new())],
        premium: Some(premium()),
        split: Some(split()),
        coinsurance: None,
        tower: None,
        covenants: Vec::new(),
        metrics: Vec::new(),
        statement: statement(),
    }
}
