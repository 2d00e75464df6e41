//! What a scheme declares, and its tables.

use super::*;

impl Writer<'_> {
    pub(super) fn vocabulary(&mut self) {
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
        if w.graded.is_some() {
            let (parameter, by_contract) = (self.k("参数", "parameter"), self.k("合同约定", "by contract"));
            let to = self.k("到 金额", "to money");
            self.put(format!("  {parameter} {GRADED}: 伤残等级 {to} {by_contract}"));
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

    pub(super) fn table(&mut self, index: usize) {
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

    pub(super) fn key(&self, by: By, key: &Key) -> String {
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
                    By::Quantity(Quantity::Months) => (at / MONTH).to_string(),
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
}
