//! Limits, premium, shares, towers, frameworks.

use super::*;

impl Writer<'_> {
    pub(super) fn limit(&mut self, index: usize) {
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
        if limit.then_by_date {
            line.push_str(&format!(", {}", self.k("按时间", "by date")));
        }
        if limit.ratio_rounded {
            line.push_str(self.k(" 比例精确到 0.001", " ratio to 0.001"));
        }
        if let Some(outer) = limit.within {
            line.push_str(&format!(" {} {}", self.k("包含于", "within"), w.limits[outer].name));
        }
        if let Some(other) = limit.after {
            line.push_str(&format!(" {} {}", self.k("后于", "after"), w.limits[other].name));
        }
        self.put(line);
    }

    pub(super) fn insurance(&mut self) {
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
            let written = coinsurance.insurers.iter().enumerate();
            for (index, (share, lead)) in written.filter(|_| coinsurance.shared) {
                let last = index + 1 == coinsurance.insurers.len();
                let index = if last && coinsurance.twice { 0 } else { index };
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
            if let Some(floor) = coinsurance.lead_at_least.filter(|_| coinsurance.shared) {
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
            let total = tower.total.map_or(String::new(), |total| {
                format!(" {} {}", self.k("总额", "total"), money(total))
            });
            if tower.fund.is_some() {
                self.put(format!("  {} {FUND} {{", self.k("资金", "fund")));
                self.put(self.k("    余额 由 承保机构 报告", "    balance reported by 承保机构"));
                self.put("  }");
            }
            self.mark(Item::Tower);
            self.put(format!(
                "  {} {}{total} {{",
                self.k("分层", "tower"),
                self.k("每次灾害", "per event")
            ));
            let fund = |writer: &mut Self, at: usize| {
                if tower.fund.as_ref().is_some_and(|fund| fund.after == at) {
                    writer.put(match w.english {
                        true => format!("    layer {FUND} up to balance of {FUND}"),
                        false => format!("    层 {FUND} 限额 {FUND} 余额"),
                    });
                }
            };
            for (index, layer) in tower.layers.iter().enumerate() {
                fund(self, index);
                self.put(format!(
                    "    {} 第{}层 {} {}",
                    self.k("层", "layer"),
                    index + 1,
                    self.k("限额", "up to"),
                    money(*layer)
                ));
            }
            fund(self, tower.layers.len());
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

    pub(super) fn framework(&mut self) {
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
