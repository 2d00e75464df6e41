//! A model as a source file, in Chinese or English keywords, and the line at which each item stands.

mod benefits;
mod insurance;
mod vocabulary;

use super::model::*;
use std::collections::HashMap;

/// An item of a source that a finding may be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Item {
    Row(usize, usize),
    Combined(usize),
    Cover(usize),
    Limit(usize),
    Table(usize),
    TableRow(usize, usize),
    Requirement(usize),
    Persons,
    SplitRow(usize),
    Tower,
    /// A row of the table that the contract sets
    Graded(usize),
}

/// A source and its lines, from 1.
#[derive(Debug, Clone, Default)]
pub struct Written {
    pub text: String,
    pub lines: HashMap<Item, usize>,
}

/// The name of the one fund.
const FUND: &str = "准备金";
/// The name of the table that a contract sets.
const GRADED: &str = "约定标准";

struct Writer<'w> {
    world: &'w World,
    out: Written,
    line: usize,
}

/// Writes a world.
pub fn write(world: &World) -> Written {
    let mut writer = Writer {
        world,
        out: Written::default(),
        line: 1,
    };
    writer.file();
    writer.out
}

/// 分 as documents print it.
pub fn money(fen: i64) -> String {
    if fen != 0 && fen % 1_000_000 == 0 {
        format!("{}万元", fen / 1_000_000)
    } else if fen % 100 == 0 {
        format!("{}元", fen / 100)
    } else {
        format!("{}.{:02}元", fen / 100, fen % 100)
    }
}

impl Writer<'_> {
    fn k(&self, zh: &'static str, en: &'static str) -> &'static str {
        if self.world.english { en } else { zh }
    }
    fn put(&mut self, text: impl AsRef<str>) {
        self.out.text.push_str(text.as_ref());
        self.out.text.push('\n');
        self.line += 1;
    }
    fn mark(&mut self, item: Item) {
        self.out.lines.insert(item, self.line);
    }

    fn file(&mut self) {
        let w = self.world;
        self.put(format!(
            "{} perils, injury, damage, areas, persons, harms, liability, facts, units",
            self.k("引用", "use")
        ));
        if w.framework.is_some() {
            self.framework();
        }
        let conforms = match &w.framework {
            Some(_) => format!(" {} 框架{}", self.k("遵循", "conforms to"), w.seed),
            None => String::new(),
        };
        self.put(format!("{} 方案{}{conforms} {{", self.k("方案", "scheme"), w.seed));
        self.frame();
        self.vocabulary();
        for index in 0..w.tables.len() {
            self.table(index);
        }
        for index in 0..w.schedules.len() {
            if !w.schedules[index].inline {
                let schedule = &w.schedules[index];
                let like = schedule.like.map_or(String::new(), |like| {
                    format!(" {} {}", self.k("同", "like"), w.schedules[like].name)
                });
                let keys = self.keys(schedule.keys);
                self.put(format!(
                    "  {} {}{keys}{like} {{",
                    self.k("赔付标准", "schedule"),
                    schedule.name
                ));
                self.rows(index);
                self.put("  }");
            }
        }
        for index in 0..w.covers.len() {
            self.cover(index);
        }
        for (a, b, meeting) in &w.meetings {
            let (a, b) = (&w.covers[*a].name, &w.covers[*b].name);
            self.put(match meeting {
                Meeting::Over => format!("  {} {a} {} {b}", self.k("优先", "priority"), self.k("于", "over")),
                Meeting::Higher => format!("  {} {a}, {b}", self.k("从高", "higher")),
                Meeting::Stack => format!("  {} {a}, {b}", self.k("叠加", "stack")),
            });
        }
        for index in 0..w.limits.len() {
            self.limit(index);
        }
        self.insurance();
        if w.named.is_some() {
            self.put(match w.english {
                true => "  contract prevails for coinsurance",
                false => "  以合同为准 共保",
            });
        }
        self.put("}");
        self.contract();
    }

    fn contract(&mut self) {
        let w = self.world;
        let Some(values) = &w.contract else { return };
        let (contract, implements) = (self.k("合同", "contract"), self.k("执行", "implements"));
        self.put(format!("{contract} 合同{0} {implements} 方案{0} {{", w.seed));
        for (parameter, value) in w.parameters.iter().zip(values) {
            let value = if parameter.ratio {
                format!("{value}%")
            } else {
                money(*value)
            };
            self.put(format!("  {} {} = {value}", self.k("设", "set"), parameter.name));
        }
        if let Some(fund) = w.tower.as_ref().and_then(|tower| tower.fund.as_ref()) {
            self.put(format!("  {} {FUND} = {}", self.k("设", "set"), money(fund.balance)));
        }
        if let Some(graded) = &w.graded {
            self.put(format!("  {} {GRADED} = {{", self.k("设", "set")));
            for (at, (grade, fen)) in GRADES.iter().zip(graded).enumerate() {
                self.mark(Item::Graded(at));
                self.put(format!("    {grade} {}", money(*fen)));
            }
            self.put("  }");
        }
        if let Some(shares) = &w.named {
            self.put(format!("  {} {{", self.k("共保", "coinsurance")));
            for (index, share) in shares.iter().enumerate() {
                let role = match index {
                    0 => self.k("首席承保人", "lead"),
                    _ => self.k("共保人", "follow"),
                };
                self.put(format!("    {role} 承保机构{index} {share}%"));
            }
            self.put("  }");
        }
        self.put("}");
    }

    fn frame(&mut self) {
        let w = self.world;
        let zh = [
            "  文件 \"例〔2024〕1号\" 发布 2024-01-01 施行 2024-01-01",
            "  条款 @一",
            "  投保人 县应急管理局",
            "  年度 保单年度",
            "  一次灾害 72小时",
            "  追偿 无",
            "  其他保险 人身 不扣减, 财产 不扣减",
        ];
        let en = [
            "  document \"例〔2024〕1号\" issued 2024-01-01 effective 2024-01-01",
            "  articles @一",
            "  policyholder 县应急管理局",
            "  year policy year",
            "  event 72 hours",
            "  subrogation none",
            "  other insurance person none, property none",
        ];
        for line in if w.english { en } else { zh } {
            self.put(line);
        }
        self.put(match (w.months, w.english) {
            (None, false) => "  保险期间 3年 自 2024-01-01".to_owned(),
            (None, true) => "  term 3 years from 2024-01-01".to_owned(),
            (Some(months), false) => format!("  保险期间 {months}个月 自 2024-01-01"),
            (Some(months), true) => format!("  term {months} months from 2024-01-01"),
        });
        if let Some((items, closed)) = &w.subject {
            let ending = match closed {
                true => self.k("以上为限", "closed"),
                false => self.k("等", "and others"),
            };
            self.put(format!(
                "  {} {} {ending}",
                self.k("保险标的", "subject"),
                items.join(", ")
            ));
        }
        let territory = if w.split.is_some() {
            REGIONS.join(", ")
        } else {
            "云阳县".to_owned()
        };
        self.put(format!("  {} {territory} @一", self.k("区域", "territory")));
        // It needs keys wherever an injury is graded.
        let graded = |schedule: usize| matches!(w.row(schedule, Harm::Disability), Some((_, row)) if matches!(row.start, Start::Table { .. }));
        if (0..w.schedules.len()).all(|s| w.schedules[s].keys.any() || !graded(s)) {
            self.put(format!(
                "  {} {}",
                self.k("多处伤残", "several injuries"),
                self.k("取最重", "heaviest")
            ));
        }
        self.mark(Item::Persons);
        let classes: Vec<&str> = w.persons.iter().map(|role| ROLES[*role].0).collect();
        self.put(format!(
            "  {} {} {} {}",
            self.k("保障对象", "persons in territory at loss"),
            self.k("灾害发生时在区域内 含", "including"),
            classes.join(", "),
            self.k("以上为限", "closed")
        ));
    }

    fn keys(&self, keys: Keys) -> String {
        let words = [
            (keys.person, self.k("每人", "per person")),
            (keys.household, self.k("每户", "per household")),
            (keys.event, self.k("每次灾害", "per event")),
            (keys.year, self.k("每年度", "per year")),
            (keys.claim, self.k("每案", "per claim")),
        ];
        words
            .iter()
            .filter(|(has, _)| *has)
            .map(|(_, word)| format!(" {word}"))
            .collect()
    }

    fn money(&self, amount: &Money) -> String {
        match amount {
            Money::Fen(fen) => money(*fen),
            Money::Parameter(parameter) => self.world.parameters[*parameter].name.clone(),
        }
    }
}

/// Which declared facts rules read.
#[derive(Debug, Default)]
pub struct Used {
    pub yes: Vec<usize>,
    pub depth: bool,
    /// Read by a condition or a table by intervals
    pub loss: bool,
    pub liable: bool,
    pub months: bool,
}

impl Used {
    pub fn of(world: &World) -> Self {
        let mut used = Used::default();
        let mut see = |condition: &Condition| match condition {
            Condition::Yes(fact) => used.yes.push(*fact),
            Condition::Quantity(Quantity::Depth, ..) => used.depth = true,
            Condition::Quantity(Quantity::Loss, ..) => used.loss = true,
            Condition::Quantity(Quantity::Months, ..) => used.months = true,
            Condition::Liable { .. } => used.liable = true,
            _ => {}
        };
        for condition in world.covers.iter().filter_map(|cover| cover.condition.as_ref()) {
            condition.each(&mut see);
        }
        for table in &world.tables {
            match table.by {
                By::Quantity(Quantity::Depth) => used.depth = true,
                By::Quantity(Quantity::Loss) => used.loss = true,
                By::Quantity(Quantity::Months) => used.months = true,
                _ => {}
            }
        }
        used
    }
}
