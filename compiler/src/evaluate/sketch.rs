//! Plans built by hand, for tests of the evaluator alone.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use super::model::{Inputs, Record, Refusal, Row};
use super::record::Reader;
use crate::money::{Fen, Ratio};
use crate::plan::diagram::{Diagrams, Leaf, NodeId};
use crate::plan::*;
use anlan_lang::tree::{Order, YearKind};
use jiff::civil::{Date, date};

/// A plan under construction.
pub(crate) struct Sketch {
    pub plan: Plan,
}

fn names(text: &str) -> Names {
    Names {
        zh: text.to_owned(),
        en: text.to_owned(),
    }
}

/// `id zh alias alias` for each value; indented values lie below the last one that is not.
fn domain(id: &str, zh: &str, order: Option<Order>, values: &[&str]) -> Domain {
    let mut domain = Domain {
        id: id.to_owned(),
        name: Names {
            zh: zh.to_owned(),
            en: id.to_owned(),
        },
        order,
        values: Vec::new(),
    };
    let mut top = None;
    for value in values {
        let mut words = value.split_whitespace();
        let (id, zh) = (words.next().unwrap(), words.next().unwrap());
        let parent = if value.starts_with(' ') { top } else { None };
        if parent.is_none() {
            top = Some(ValueId::from(domain.values.len()));
        }
        domain.values.push(DomainValue {
            id: id.to_owned(),
            name: Names {
                zh: zh.to_owned(),
                en: id.to_owned(),
            },
            aliases: words.map(str::to_owned).collect(),
            parent,
            code: None,
        });
    }
    domain
}

fn domains() -> Vec<Domain> {
    let grades = ["grade1 一级 1", "grade2 二级 2", "grade3 三级 3", "grade4 四级 4"];
    vec![
        domain(
            "peril",
            "灾因",
            None,
            &["flood 洪涝 洪水", "quake 地震", "drowning 溺水", "assault 伤人"],
        ),
        domain(
            "role",
            "身份",
            None,
            &[
                "resident 居民",
                "rescuer 抢险救灾和见义勇为人员",
                " samaritan 见义勇为人员",
            ],
        ),
        domain(
            "harm",
            "损害",
            None,
            &["death 死亡", "disability 残疾", "medical 医疗", "dwelling 房屋"],
        ),
        domain(
            "liable",
            "责任人",
            None,
            &[
                "none 无责任人",
                "not_found 无法找到",
                "unable 无力赔偿",
                "solvent 有能力赔偿",
            ],
        ),
        domain("injury_grade", "伤残等级", Some(Order::WorstFirst), &grades),
        domain("region", "区县", None, &["linqing 临清市", "donge 东阿县"]),
    ]
}

/// id, name, kind; enumerations name their domain.
const FACTS: [(&str, &str, &str); 19] = [
    ("claim", "赔案号", "text"),
    ("date", "出险日期", "date"),
    ("event", "灾害编号", "text"),
    ("person", "人员编号", "text"),
    ("household", "户编号", "text"),
    ("region", "区县", "region"),
    ("peril", "灾因", "peril"),
    ("role", "身份", "role"),
    ("harm", "损害", "harm"),
    ("liable", "责任人", "liable"),
    ("injury_grade", "伤残等级", "injury_grade"),
    ("expense", "医疗费用", "money"),
    ("loss", "财产损失", "money"),
    ("sum_insured", "保险金额", "money"),
    ("months", "月数", "count"),
    ("policy_start", "保单起期", "date"),
    ("policy_end", "保单止期", "date"),
    ("title", "合法产权", "yes_no"),
    ("depth", "水深", "number"),
];

fn fact(domains: &[Domain], id: &str, zh: &str, kind: &str) -> Fact {
    let mut classes = Vec::new();
    let kind = match kind {
        "text" => FactKind::Text,
        "date" => FactKind::Date,
        "money" => FactKind::Money,
        "count" => FactKind::Count { part: None },
        "yes_no" => {
            classes = vec![Class::No, Class::Yes];
            FactKind::YesNo
        }
        "number" => FactKind::Number {
            unit: "cm".to_owned(),
            precision: Ratio::new(1, 2).unwrap(),
            from: Ratio::ZERO,
            to: Ratio::integer(1000),
        },
        of => {
            let position = domains.iter().position(|d| d.id == of).unwrap();
            classes = (0..domains[position].values.len())
                .map(|v| Class::Values(vec![ValueId::from(v)]))
                .collect();
            FactKind::Enumeration {
                domain: DomainId::from(position),
                default: (of == "role").then_some(ValueId(0)),
            }
        }
    };
    Fact {
        id: id.to_owned(),
        name: Names {
            zh: zh.to_owned(),
            en: id.to_owned(),
        },
        sort: Sort::Claim,
        kind,
        role: FactRole::Given,
        classes,
    }
}

impl Sketch {
    /// Yunyang's calendar: three policy years from 2023-11-27.
    pub fn new() -> Self {
        let domains = domains();
        let facts: Vec<Fact> = FACTS
            .iter()
            .map(|(id, zh, kind)| fact(&domains, id, zh, kind))
            .collect();
        let order = (0..facts.len()).map(FactId::from).collect();
        let start = date(2023, 11, 27);
        let boundaries: Vec<Date> = (0..4).map(|n| date(2023 + n, 11, 27)).collect();
        Sketch {
            plan: Plan {
                version: PLAN_VERSION,
                scheme: Header {
                    id: "试".to_owned(),
                    title: names("试"),
                    document: None,
                    frameworks: Vec::new(),
                    contract: None,
                },
                domains: domains.into_iter().map(Into::into).collect(),
                facts,
                calendar: Calendar {
                    term: Term::Fixed {
                        start,
                        end: boundaries.last().copied(),
                    },
                    year: Some(YearKind::Policy),
                    year_of_event: false,
                    boundaries,
                    event_hours: Some(72),
                    event: crate::plan::EventRule::Hours(72),
                    year_source: Source::default(),
                    event_source: Source::default(),
                    source: Source::default(),
                },
                parameters: Vec::new(),
                shaping: Vec::new(),
                decisions: Vec::new(),
                funds: Vec::new(),
                covers: Vec::new(),
                diagrams: Diagrams::new(order),
                applying: NodeId::NO,
                meeting: Meeting::default(),
                benefits: Vec::new(),
                pipelines: Vec::new(),
                limits: Vec::new(),
                premium: None,
                split: None,
                coinsurance: None,
                tower: None,
                covenants: Vec::new(),
                metrics: Vec::new(),
                statement: Statement::default(),
            },
        }
    }

    pub fn fact(&self, id: &str) -> FactId {
        FactId::from(self.plan.facts.iter().position(|f| f.id == id).unwrap())
    }

    pub fn value(&self, fact: &str, id: &str) -> ValueId {
        let FactKind::Enumeration { domain, .. } = self.plan.facts[self.fact(fact).index()].kind else {
            panic!("{fact}");
        };
        let values = &self.plan.domains[domain.index()].values;
        ValueId::from(values.iter().position(|v| v.id == id).unwrap())
    }

    /// `Yes` where the fact has one of the values (or one below).
    pub fn is(&mut self, fact: &str, values: &[&str]) -> NodeId {
        let id = self.fact(fact);
        let FactKind::Enumeration { domain, .. } = self.plan.facts[id.index()].kind else {
            panic!("{fact}");
        };
        let named: Vec<ValueId> = values.iter().map(|v| self.value(fact, v)).collect();
        let domain = &self.plan.domains[domain.index()];
        let classes: Vec<u16> = (0..domain.values.len())
            .filter(|i| {
                let value = ValueId::from(*i);
                named.iter().any(|n| super::evaluator::is_within(domain, value, *n))
            })
            .map(|i| i as u16)
            .collect();
        let count = domain.values.len();
        self.plan
            .diagrams
            .test(id, count, &classes, NodeId::YES, NodeId::NO)
            .unwrap()
    }

    /// A cover for the perils, with all roles and no condition.
    pub fn cover(&mut self, id: &str, perils: &[&str]) -> CoverId {
        let perils_node = self.is("peril", perils);
        self.plan.covers.push(Cover {
            id: id.to_owned(),
            name: names(id),
            perils: perils_node,
            roles: NodeId::YES,
            condition: NodeId::YES,
            peril_words: Vec::new(),
            peril_list_open: false,
            any_peril: perils.is_empty(),
            role_words: Vec::new(),
            condition_words: None,
            schedule: None,
            handled_by: Vec::new(),
            subrogation: None,
            source: source("一（一）"),
        });
        if perils.is_empty() {
            self.plan.covers.last_mut().unwrap().perils = NodeId::YES;
        }
        CoverId::from(self.plan.covers.len() - 1)
    }

    pub fn role(&mut self, cover: CoverId, roles: &[&str]) {
        self.plan.covers[cover.index()].roles = self.is("role", roles);
        self.plan.covers[cover.index()].role_words = roles.iter().map(|r| names(r)).collect();
    }

    pub fn when(&mut self, cover: CoverId, fact: &str, values: &[&str]) {
        let node = self.is(fact, values);
        let words = ConditionWords::Is {
            fact: self.fact(fact),
            negated: false,
            values: values.iter().map(|v| self.value(fact, v)).collect(),
            otherwise_nothing: true,
        };
        let cover = &mut self.plan.covers[cover.index()];
        cover.condition = node;
        cover.condition_words = Some(words);
    }

    /// A benefit with one pipeline.
    pub fn pays(&mut self, cover: CoverId, harm: &str, kind: BenefitKind, start: Amount, steps: &[Operation]) {
        let root = self.pipeline(start, steps);
        self.benefit(cover, harm, kind, root);
    }

    pub fn benefit(&mut self, cover: CoverId, harm: &str, kind: BenefitKind, root: NodeId) {
        let harm = self.value("harm", harm);
        self.plan.benefits.push(Benefit {
            cover,
            harm,
            root,
            kind,
            source: source("四（一）"),
        });
    }

    pub fn pipeline(&mut self, start: Amount, steps: &[Operation]) -> NodeId {
        self.plan.pipelines.push(Pipeline {
            start,
            steps: steps
                .iter()
                .map(|operation| Step {
                    operation: operation.clone(),
                    articles: vec!["四（三）".to_owned()],
                })
                .collect(),
            articles: vec!["四（一）".to_owned()],
        });
        let id = PipelineId::from(self.plan.pipelines.len() - 1);
        self.plan.diagrams.leaf(Leaf::Pays(id)).unwrap()
    }

    /// A limit over all covers, pro rata.
    pub fn limit(&mut self, id: &str, rule: LimitRule, keys: &[&str], tiers: &[Tier]) -> usize {
        let keys = keys
            .iter()
            .map(|key| {
                if *key == "year" {
                    GroupKey::Year
                } else {
                    GroupKey::Fact(self.fact(key))
                }
            })
            .collect();
        self.plan.limits.push(Limit {
            id: id.to_owned(),
            name: names(id),
            own: false,
            rule,
            filter: Filter::default(),
            keys,
            tiers: tiers.to_vec(),
            exhaustion_stated: true,
            ratio_to: None,
            within: None,
            source: source("四（三）"),
            exhaustion_source: Source::default(),
            raised_source: Source::default(),
        });
        self.plan.limits.len() - 1
    }

    pub fn only(&mut self, limit: usize, fact: &str, values: &[&str]) {
        let values = values.iter().map(|v| self.value(fact, v)).collect();
        let fact = self.fact(fact);
        self.plan.limits[limit].filter.facts.push((fact, values));
    }

    pub fn decision(&mut self, id: &str, per: DecisionKey, value: Option<ParameterKind>) -> DecisionId {
        self.plan.decisions.push(Decision {
            id: id.to_owned(),
            by: None,
            per,
            effect: anlan_lang::tree::DecisionEffect::WholePeriod,
            value,
            source: Source::default(),
        });
        DecisionId::from(self.plan.decisions.len() - 1)
    }

    /// The plan, with the diagram of applying covers made.
    pub fn finish(mut self) -> Plan {
        let mut applying = Vec::new();
        for (i, cover) in self.plan.covers.clone().iter().enumerate() {
            let id = CoverId::from(i);
            let harms: Vec<&str> = Vec::new();
            let mut harm = self.is("harm", &harms);
            for benefit in self.plan.benefits.clone().iter().filter(|b| b.cover == id) {
                let harm_fact = self.fact("harm");
                let count = self.plan.facts[harm_fact.index()].classes.len();
                let class = [benefit.harm.0 as u16];
                let one = self
                    .plan
                    .diagrams
                    .test(harm_fact, count, &class, NodeId::YES, NodeId::NO)
                    .unwrap();
                harm = self.plan.diagrams.or(harm, one).unwrap();
            }
            let all = [cover.perils, cover.roles, cover.condition, harm];
            applying.push((id, self.plan.diagrams.all(all).unwrap()));
        }
        self.plan.applying = self.plan.diagrams.covers(&applying).unwrap();
        self.plan
    }
}

pub(crate) fn source(article: &str) -> Source {
    Source {
        articles: vec![article.to_owned()],
        origin: None,
    }
}

/// 元
pub(crate) fn yuan(n: i64) -> Amount {
    Amount::Fixed(Fen(n * 100))
}

/// `peril flood, harm death` → a record.
pub(crate) fn record(plan: &Plan, fields: &str) -> Record {
    read(plan, fields).unwrap()
}

pub(crate) fn read(plan: &Plan, fields: &str) -> Result<Record, Vec<Refusal>> {
    let (record, unknown) = Reader::new(plan).object(pairs(fields));
    assert_eq!(unknown, [], "{fields}");
    record
}

fn pairs(fields: &str) -> Vec<(&str, &str)> {
    fields
        .split(',')
        .map(|pair| pair.trim())
        .filter(|p| !p.is_empty())
        .map(|p| p.split_once(' ').unwrap())
        .collect()
}

/// Rows from lines of fields; a row's number is its position from 1.
pub(crate) fn rows(plan: &Plan, lines: &[&str]) -> Vec<Row> {
    let row = |(i, line): (usize, &&str)| {
        let claim = pairs(line)
            .iter()
            .find(|(k, _)| *k == "claim")
            .map(|(_, v)| (*v).to_owned());
        Row {
            number: i as u64 + 1,
            claim,
            record: read(plan, line),
        }
    };
    lines.iter().enumerate().map(row).collect()
}

pub(crate) fn no_inputs() -> Inputs {
    Inputs::default()
}
