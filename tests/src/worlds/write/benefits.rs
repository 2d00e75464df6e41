//! Schedules, covers, conditions.

use super::*;

impl Writer<'_> {
    pub(super) fn rows(&mut self, schedule: usize) {
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

    pub(super) fn start(&self, start: &Start) -> String {
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
                let rule = match self.world.parts {
                    true => self.k("不足一月 按比例", "part month pro rata"),
                    false => self.k("不足一月 按一月", "part month counts as one"),
                };
                format!("{}/人/月 × 月数 {rule}{most}", money(*rate))
            }
            Start::Nothing => self.k("不赔", "nothing").to_owned(),
        }
    }

    pub(super) fn step(&self, step: &Step) -> String {
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

    pub(super) fn cover(&mut self, index: usize) {
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

    pub(super) fn condition(&self, condition: &Condition) -> String {
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
                    Quantity::Months => (value / MONTH).to_string(),
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

    pub(super) fn join(&self, parts: &[Condition], by: &str) -> String {
        let parts: Vec<String> = parts
            .iter()
            .map(|part| format!("（{}）", self.condition(part)))
            .collect();
        parts.join(by)
    }
}
