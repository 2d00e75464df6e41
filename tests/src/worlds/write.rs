//! A model as a source file, in Chinese or English keywords, and the line at which each item stands.

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
}

/// A source and its lines, from 1.
#[derive(Debug, Clone, Default)]
pub struct Written {
    pub text: String,
    pub lines: HashMap<Item, usize>,
}

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
        self.put("}");
    }

    fn frame(&mut self) {
        let w = self.world;
        let zh = [
            "  文件 \"例〔2024〕1号\" 发布 2024-01-01 施行 2024-01-01",
            "  条款 @一",
            "  投保人 县应急管理局",
            "  保险期间 3年 自 2024-01-01",
            "  年度 保单年度",
            "  一次灾害 72小时",
            "  追偿 无",
            "  其他保险 人身 不扣减, 财产 不扣减",
        ];
        let en = [
            "  document \"例〔2024〕1号\" issued 2024-01-01 effective 2024-01-01",
            "  articles @一",
            "  policyholder 县应急管理局",
            "  term 3 years from 2024-01-01",
            "  year policy year",
            "  event 72 hours",
            "  subrogation none",
            "  other insurance person none, property none",
        ];
        for line in if w.english { en } else { zh } {
            self.put(line);
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

    fn vocabulary(&mut self) {
        let w = self.world;
        let used = Used::of(w);
        for (index, name) in YES_NO.iter().enumerate() {
            if used.yes.contains(&index) {
                self.put(format!(
                    "  {} {name}: {}",
                    self.k("事实", "fact"),
                    self.k("是否", "yes or no")
                ));
            }
        }
        if used.depth {
            self.put(if w.english {
                format!("  fact 积水深度: number 厘米 to 1 from 0 to {DEPTH}")
            } else {
                format!("  事实 积水深度: 数 厘米 精确到 1 自 0 至 {DEPTH}")
            });
        }
        for parameter in &w.parameters {
            let bound = |value: i64| {
                if parameter.ratio {
                    format!("{value}%")
                } else {
                    money(value)
                }
            };
            let least = parameter.at_least.map_or(String::new(), |v| {
                format!(" {} {}", self.k("至少", "at least"), bound(v))
            });
            let most = parameter.at_most.map_or(String::new(), |v| {
                format!(" {} {}", self.k("至多", "at most"), bound(v))
            });
            self.put(format!(
                "  {} {}: {} {}{least}{most}",
                self.k("参数", "parameter"),
                parameter.name,
                if parameter.ratio {
                    self.k("比例", "ratio")
                } else {
                    self.k("金额", "money")
                },
                self.k("合同约定", "by contract"),
            ));
        }
        for decision in &w.decisions {
            let per = if decision.opens {
                self.k("每 灾因", "per 灾因")
            } else {
                self.k("每次灾害", "per event")
            };
            self.put(format!(
                "  {} {} {} 县政府 {per} {}",
                self.k("决定", "decision"),
                decision.name,
                self.k("由", "by"),
                self.k("效力 全期", "effect whole period")
            ));
        }
        for group in &w.groups {
            let perils: Vec<&str> = group.perils.iter().map(|p| PERILS[*p].0).collect();
            let ending = match group.opened_by {
                Some(decision) => format!(
                    "{} {}",
                    self.k("等 由 决定", "and others by decision"),
                    w.decisions[decision].name
                ),
                None => self.k("以上为限", "closed").to_owned(),
            };
            self.put(format!(
                "  {} {} = {} {ending}",
                self.k("灾因组", "group"),
                group.name,
                perils.join(", ")
            ));
        }
        if w.treat {
            self.put(format!(
                "  {} 责任人 无责任人 {} 无法找到",
                self.k("视同", "treat"),
                self.k("=", "as")
            ));
        }
    }

    fn table(&mut self, index: usize) {
        let table = &self.world.tables[index];
        let by = match table.by {
            By::Grade => "伤残等级",
            By::Damage => "损毁等级",
            By::Quantity(quantity) => quantity.zh(),
        };
        self.mark(Item::Table(index));
        self.put(format!(
            "  {} {} {} {by} {{",
            self.k("赔付表", "table"),
            table.name,
            self.k("按", "by")
        ));
        if !table.columns.is_empty() {
            self.put(format!("    {}", table.columns.join("  ")));
        }
        for (at, (key, cells)) in table.rows.iter().enumerate() {
            let key = self.key(table.by, key);
            let cell = |cell: &i64| if table.shares { format!("{cell}%") } else { money(*cell) };
            let cells: Vec<String> = cells.iter().map(cell).collect();
            self.mark(Item::TableRow(index, at));
            self.put(format!("    {key}  {}", cells.join("  ")));
        }
        self.put("  }");
    }

    fn key(&self, by: By, key: &Key) -> String {
        let names = if by == By::Grade { GRADES } else { DAMAGES };
        match key {
            Key::Values(values) => {
                let run = values.windows(2).all(|pair| pair[1] == pair[0] + 1);
                match (values.first(), values.last()) {
                    (Some(first), Some(last)) if run && values.len() > 2 => {
                        format!("{} {} {}", names[*first], self.k("至", "to"), names[*last])
                    }
                    _ => values.iter().map(|v| names[*v]).collect::<Vec<_>>().join(", "),
                }
            }
            Key::Otherwise => self.k("其余", "otherwise").to_owned(),
            Key::Interval(from, below) => {
                let number = |at: i64| match by {
                    By::Quantity(Quantity::Depth) => format!("{at}厘米"),
                    _ => money(at),
                };
                let from = from.map(|edge| match (edge.inclusive, self.world.english) {
                    (true, false) => format!("{} 以上", number(edge.at)),
                    (false, false) => format!("超过 {}", number(edge.at)),
                    (true, true) => format!("at least {}", number(edge.at)),
                    (false, true) => format!("over {}", number(edge.at)),
                });
                let below = below.map(|edge| match (edge.inclusive, self.world.english) {
                    (true, false) => format!("{} 以下", number(edge.at)),
                    (false, false) => format!("不满 {}", number(edge.at)),
                    (true, true) => format!("at most {}", number(edge.at)),
                    (false, true) => format!("under {}", number(edge.at)),
                });
                [from, below].into_iter().flatten().collect::<Vec<_>>().join(" ")
            }
        }
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

    fn rows(&mut self, schedule: usize) {
        let of = &self.world.schedules[schedule];
        for (at, row) in of.rows.iter().enumerate() {
            self.mark(Item::Row(schedule, at));
            let start = self.start(&row.start);
            let steps: String = row.steps.iter().map(|step| format!(", {}", self.step(step))).collect();
            self.put(format!("    {} {start}{steps}", row.harm.zh()));
        }
        if let Some((harms, cap)) = &of.combined {
            self.mark(Item::Combined(schedule));
            let harms: Vec<&str> = harms.iter().map(|harm| harm.zh()).collect();
            self.put(format!(
                "    {} {}, {} {}",
                harms.join(", "),
                self.k("合计", "combined"),
                self.k("限额", "up to"),
                money(*cap)
            ));
        }
    }

    fn start(&self, start: &Start) -> String {
        let fixed = self.k("定额", "fixed");
        match start {
            Start::Fixed(amount) => format!("{fixed} {}", self.money(amount)),
            Start::Table { table, column } => {
                let table = &self.world.tables[*table];
                match table.columns.get(*column) {
                    Some(column) => format!("{fixed} {}.{column}", table.name),
                    None => format!("{fixed} {}", table.name),
                }
            }
            Start::TableOf { table, of } => {
                format!("{fixed} {} × {}", self.money(of), self.world.tables[*table].name)
            }
            Start::Actual(quantity) => format!("{} {}", self.k("据实", "actual"), quantity.zh()),
            Start::Months { rate, most } => {
                let most = most.map_or(String::new(), |most| {
                    if self.world.english {
                        format!(", at most {most} units")
                    } else {
                        format!(", 最长 {most}")
                    }
                });
                let rule = self.k("不足一月 按一月", "part month counts as one");
                format!("{}/人/月 × 月数 {rule}{most}", money(*rate))
            }
            Start::Nothing => self.k("不赔", "nothing").to_owned(),
        }
    }

    fn step(&self, step: &Step) -> String {
        match step {
            Step::Less(amount) => format!("{} {}", self.k("免赔额", "less"), self.money(amount)),
            Step::UpTo(amount) => format!("{} {}", self.k("限额", "up to"), self.money(amount)),
            Step::AtLeast(amount) => format!("{} {}", self.k("至少", "at least"), self.money(amount)),
            Step::Share(Share::Of(n, d)) => {
                let share = if 100 % d == 0 {
                    format!("{}%", n * 100 / d)
                } else {
                    format!("{n}/{d}")
                };
                format!("{} {share}", self.k("赔付比例", "share"))
            }
            Step::Share(Share::Parameter(parameter)) => {
                format!(
                    "{} {}",
                    self.k("赔付比例", "share"),
                    self.world.parameters[*parameter].name
                )
            }
            Step::Round(unit, mode) => {
                let mode = match mode {
                    Mode::Down => self.k("舍去", "down"),
                    Mode::HalfUp => self.k("四舍五入", "half up"),
                    Mode::Up => self.k("进位", "up"),
                };
                format!("{} {} {mode}", self.k("精确到", "round to"), money(*unit))
            }
        }
    }

    fn cover(&mut self, index: usize) {
        let w = self.world;
        let cover = &w.covers[index];
        self.mark(Item::Cover(index));
        self.put(format!("  {} {} {{", self.k("险种", "cover"), cover.name));
        let perils = match &cover.perils {
            None => self.k("任何", "any").to_owned(),
            Some(perils) => perils
                .iter()
                .map(|peril| match peril {
                    PerilRef::Group(group) => w.groups[*group].name.clone(),
                    PerilRef::Peril(peril, None) => PERILS[*peril].0.to_owned(),
                    PerilRef::Peril(peril, Some(cause)) if w.english => {
                        format!("{} caused by {}", PERILS[*peril].0, PERILS[*cause].0)
                    }
                    PerilRef::Peril(peril, Some(cause)) => {
                        format!("{} 由 {} 引起", PERILS[*peril].0, PERILS[*cause].0)
                    }
                })
                .collect::<Vec<_>>()
                .join(", "),
        };
        self.put(format!("    {} {perils}", self.k("灾因", "perils")));
        if !cover.roles.is_empty() {
            let roles: Vec<&str> = cover.roles.iter().map(|role| ROLES[*role].0).collect();
            self.put(format!("    {} {}", self.k("身份", "role"), roles.join(", ")));
        }
        if let Some(condition) = &cover.condition {
            let liable = matches!(condition, Condition::Liable { .. });
            let rest = if liable {
                self.k(", 其余不赔", ", otherwise nothing")
            } else {
                ""
            };
            let condition = self.condition(condition);
            self.put(format!("    {} {condition}{rest}", self.k("条件", "when")));
        }
        let schedule = &w.schedules[cover.schedule];
        if schedule.inline {
            let keys = self.keys(schedule.keys);
            self.put(format!("    {}{keys} {{", self.k("赔付", "pays")));
            self.rows(cover.schedule);
            self.put("    }");
        } else {
            self.put(format!("    {} {}", self.k("赔付", "pays"), schedule.name));
        }
        self.put(format!("    {} 县应急管理局", self.k("责任部门", "handled by")));
        self.put("  }");
    }

    fn condition(&self, condition: &Condition) -> String {
        let is = |not: bool, fact: &str, names: Vec<&str>| {
            let is = if not {
                self.k("不为", "is not")
            } else {
                self.k("为", "is")
            };
            format!("{fact} {is} {}", names.join(self.k(" 或 ", " or ")))
        };
        match condition {
            Condition::Liable { not, values } => is(*not, "责任人", values.iter().map(|v| LIABLE[*v]).collect()),
            Condition::Role { not, values } => is(*not, "身份", values.iter().map(|v| ROLES[*v].0).collect()),
            Condition::Peril { not, values } => is(*not, "灾因", values.iter().map(|v| PERILS[*v].0).collect()),
            Condition::Quantity(quantity, compare, value) => {
                let sign = match compare {
                    Compare::AtLeast => ">=",
                    Compare::AtMost => "<=",
                    Compare::Over => ">",
                    Compare::Under => "<",
                };
                let value = match quantity {
                    Quantity::Depth => format!("{value}厘米"),
                    _ => money(*value),
                };
                format!("{} {sign} {value}", quantity.zh())
            }
            Condition::Yes(fact) => YES_NO[*fact].to_owned(),
            Condition::Decided(decision) => {
                format!("{} {}", self.k("决定", "decided"), self.world.decisions[*decision].name)
            }
            Condition::And(parts) => self.join(parts, self.k(" 且 ", " and ")),
            Condition::Or(parts) => self.join(parts, self.k(" 或 ", " or ")),
            Condition::Not(part) => format!("{} （{}）", self.k("非", "not"), self.condition(part)),
        }
    }

    fn join(&self, parts: &[Condition], by: &str) -> String {
        let parts: Vec<String> = parts
            .iter()
            .map(|part| format!("（{}）", self.condition(part)))
            .collect();
        parts.join(by)
    }

    fn limit(&mut self, index: usize) {
        let w = self.world;
        let limit = &w.limits[index];
        self.mark(Item::Limit(index));
        let mut line = format!(
            "  {} {} = {}{}",
            self.k("累计限额", "limit"),
            limit.name,
            self.money(&limit.amount),
            self.keys(limit.keys)
        );
        if !limit.keys.any() {
            line.push_str(&format!(" {}", self.k("保险期间内", "per term")));
        }
        match &limit.covers {
            None => line.push_str(&format!(" {}", self.k("全部险种", "over all covers"))),
            Some(covers) => {
                let names: Vec<&str> = covers.iter().map(|c| w.covers[*c].name.as_str()).collect();
                line.push_str(&format!(" {} {}", self.k("限于险种", "over covers"), names.join(", ")));
            }
        }
        if let Some(harms) = &limit.harms {
            let names: Vec<&str> = harms.iter().map(|harm| harm.zh()).collect();
            line.push_str(&format!(" {} 损害 {}", self.k("限于", "only"), names.join(", ")));
        }
        for (year, amount) in &limit.dated {
            line.push_str(&format!(" {} {year}-01-01 {}", self.k("自", "from"), money(*amount)));
        }
        if let Some((amount, decision)) = &limit.raised {
            line.push_str(&format!(
                " {} {} {} {}",
                self.k("上浮至", "raised to"),
                money(*amount),
                self.k("经 决定", "when decided"),
                w.decisions[*decision].name
            ));
        }
        let exhausted = match &limit.exhausted {
            Exhausted::ProRata => self.k("按比例", "pro rata").to_owned(),
            Exhausted::ByDate => self.k("按时间", "by date").to_owned(),
            Exhausted::FirstCome => self.k("按时间, 按灾害, 按赔案", "by date, event, claim").to_owned(),
            Exhausted::Rank(harms) => {
                let names: Vec<&str> = harms.iter().map(|harm| harm.zh()).collect();
                format!("{} {}", self.k("按顺位", "by rank"), names.join(", "))
            }
        };
        line.push_str(&format!(" {} {exhausted}", self.k("用尽时", "when exhausted")));
        if let Some(outer) = limit.within {
            line.push_str(&format!(" {} {}", self.k("包含于", "within"), w.limits[outer].name));
        }
        if let Some(other) = limit.after {
            line.push_str(&format!(" {} {}", self.k("后于", "after"), w.limits[other].name));
        }
        self.put(line);
    }

    fn insurance(&mut self) {
        let w = self.world;
        if !w.payers.is_empty() {
            self.put(format!("  {} {{", self.k("保费", "premium")));
            self.put(if w.english {
                "    rate 1元/人/年"
            } else {
                "    费率 1元/人/年"
            });
            self.put(if w.english {
                "    base 常住人口 counts 人 current year = 10万人 in 2024"
            } else {
                "    基数 常住人口 计 人 当年 = 10万人 于 2024年"
            });
            for (index, share) in w.payers.iter().enumerate() {
                self.put(format!("    {} 缴费方{index} {share}%", self.k("承担", "paid by")));
            }
            self.put("  }");
        }
        if let Some(coinsurance) = &w.coinsurance {
            self.put(format!("  {} {{", self.k("共保", "coinsurance")));
            for (index, (share, lead)) in coinsurance.insurers.iter().enumerate() {
                let role = if *lead {
                    self.k("首席承保人", "lead")
                } else {
                    self.k("共保人", "follow")
                };
                self.put(format!("    {role} 承保机构{index} {share}%"));
            }
            if let Some((least, most)) = coinsurance.count {
                let count = if least == most {
                    format!("{least}")
                } else {
                    format!("{least} {} {most}", self.k("至", "to"))
                };
                self.put(format!("    {} {count}", self.k("家数", "insurers")));
            }
            if let Some(floor) = coinsurance.lead_at_least {
                self.put(format!("    {} {floor}%", self.k("首席至少", "lead at least")));
            }
            self.put("  }");
        }
        if let Some(split) = &w.split {
            self.put(format!(
                "  {} 保费分担 {} 区县 {{",
                self.k("分担", "split"),
                self.k("按", "by")
            ));
            self.put("      省级  县级");
            for (index, (regions, first, second)) in split.rows.iter().enumerate() {
                self.mark(Item::SplitRow(index));
                let regions: Vec<&str> = regions.iter().map(|r| REGIONS[*r]).collect();
                self.put(format!("    {}  {first}%  {second}%", regions.join(", ")));
            }
            self.put("  }");
        }
        if let Some(tower) = &w.tower {
            self.mark(Item::Tower);
            let total = tower.total.map_or(String::new(), |total| {
                format!(" {} {}", self.k("总额", "total"), money(total))
            });
            self.put(format!(
                "  {} {}{total} {{",
                self.k("分层", "tower"),
                self.k("每次灾害", "per event")
            ));
            for (index, layer) in tower.layers.iter().enumerate() {
                self.put(format!(
                    "    {} 第{}层 {} {}",
                    self.k("层", "layer"),
                    index + 1,
                    self.k("限额", "up to"),
                    money(*layer)
                ));
            }
            if tower.shortfall {
                self.put(format!(
                    "    {} {}",
                    self.k("不足时", "shortfall"),
                    self.k("按比例", "pro rata")
                ));
            }
            self.put("  }");
        }
    }

    fn framework(&mut self) {
        let w = self.world;
        let Some(framework) = &w.framework else { return };
        self.put(format!("{} 框架{} {{", self.k("框架", "framework"), w.seed));
        self.put(format!("  {} {{", self.k("基本范围", "basic scope")));
        let closed = self.k("以上为限", "closed");
        let perils: Vec<&str> = framework.perils.iter().map(|p| PERILS[*p].0).collect();
        self.put(format!(
            "    {} {} {closed}",
            self.k("灾因", "perils"),
            perils.join(", ")
        ));
        let harms: Vec<&str> = framework.harms.iter().map(|h| h.zh()).collect();
        self.put(format!("    {} {}", self.k("损害", "harms"), harms.join(", ")));
        if !framework.roles.is_empty() {
            let roles: Vec<&str> = framework.roles.iter().map(|r| ROLES[*r].0).collect();
            self.put(format!("    {} {}", self.k("身份", "role"), roles.join(", ")));
        }
        self.put("  }");
        for (index, requirement) in framework.requirements.iter().enumerate() {
            self.mark(Item::Requirement(index));
            let for_scope = self.k("于 基本范围", "for basic scope");
            let require = self.k("要求", "require");
            self.put(match requirement {
                Requirement::Payable(harm, floor) => {
                    let floor = money(*floor);
                    if w.english {
                        let of = harm.map_or(String::new(), |h| format!(" of {}", h.zh()));
                        format!("  {require} payable per person per event{of} >= {floor} {for_scope}")
                    } else {
                        let of = harm.map_or(String::new(), |h| format!(" 之 {}", h.zh()));
                        format!("  {require} 每人每次灾害 可获赔付{of} >= {floor} {for_scope}")
                    }
                }
                Requirement::LimitPerEvent(floor) | Requirement::LimitPerYear(floor) => {
                    let event = matches!(requirement, Requirement::LimitPerEvent(_));
                    let floor = money(*floor);
                    if w.english {
                        let key = if event { "event" } else { "year" };
                        format!("  {require} limit per {key} >= {floor} {for_scope}")
                    } else {
                        let key = if event { "每次灾害" } else { "每年度" };
                        format!("  {require} {key} 累计限额 >= {floor} {for_scope}")
                    }
                }
            });
        }
        self.put("}");
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
}

impl Used {
    pub fn of(world: &World) -> Self {
        let mut used = Used::default();
        let mut see = |condition: &Condition| match condition {
            Condition::Yes(fact) => used.yes.push(*fact),
            Condition::Quantity(Quantity::Depth, ..) => used.depth = true,
            Condition::Quantity(Quantity::Loss, ..) => used.loss = true,
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
                _ => {}
            }
        }
        used
    }
}
