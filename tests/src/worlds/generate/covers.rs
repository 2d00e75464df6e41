//! Schedules, covers, conditions, and what happens where they meet.

use super::*;

impl Maker {
    pub(super) fn schedule(&mut self, index: usize) {
        let property = self.r.chance(20);
        let inline = self.r.chance(20);
        let keys = match self.r.upto(9) {
            0 | 1 => Keys::default(),
            _ if property => Keys::HOUSEHOLD_EVENT,
            _ => Keys::PERSON_EVENT,
        };
        let harms: &[Harm] = if property {
            &[Harm::Dwelling, Harm::Goods]
        } else {
            &[Harm::Death, Harm::Disability, Harm::Medical, Harm::Water]
        };
        let count = self.r.between(1, harms.len() as i64) as usize;
        let mut harms = self.r.some(harms, count);
        let mut like = None;
        if index > 0 && self.r.chance(25) && !property {
            let earlier: Vec<usize> = (0..index)
                .filter(|i| !self.w.schedules[*i].inline && self.w.schedules[*i].keys == keys)
                .collect();
            if !earlier.is_empty() {
                like = Some(self.r.pick(&earlier));
                harms.truncate(1);
            }
        }
        let rows: Vec<Row> = harms.iter().map(|harm| self.row(*harm, keys)).collect();
        let combined = (keys.any() && like.is_none() && harms.len() > 1 && self.r.chance(20))
            .then(|| (harms.clone(), self.r.between(4, 30) * WAN));
        self.w.schedules.push(Schedule {
            name: format!("标准{}", ["甲", "乙", "丙", "丁", "戊", "己"][index]),
            keys,
            like,
            rows,
            combined,
            inline: inline && like.is_none(),
        });
    }

    pub(super) fn row(&mut self, harm: Harm, keys: Keys) -> Row {
        if self.r.chance(4) {
            return Row {
                harm,
                start: Start::Nothing,
                steps: Vec::new(),
            };
        }
        let start = match harm {
            Harm::Death => Start::Fixed(self.money(3, 20, WAN)),
            Harm::Disability => match self.table_by(|by| by == By::Grade) {
                Some(table) if self.r.chance(85) => {
                    let columns = self.w.tables[table].columns.len().max(1);
                    Start::Table {
                        table,
                        column: self.r.upto(columns - 1),
                    }
                }
                _ => Start::Fixed(self.money(2, 12, WAN)),
            },
            Harm::Medical => Start::Actual(Quantity::Expense),
            Harm::Dwelling => match self.table_by(|by| by == By::Damage) {
                Some(table) if self.r.chance(80) => Start::TableOf {
                    table,
                    of: self.money(2, 9, WAN),
                },
                _ => Start::Actual(Quantity::Loss),
            },
            Harm::Goods => match self.table_by(|by| matches!(by, By::Quantity(_))) {
                Some(table) if self.r.chance(80) => Start::Table { table, column: 0 },
                _ => Start::Fixed(self.money(1, 9, 10_000)),
            },
            Harm::Water => match self.table_by(|by| matches!(by, By::Quantity(_))) {
                Some(table) if self.r.chance(70) => Start::Table { table, column: 0 },
                _ => Start::Months {
                    rate: self.r.between(1, 9) * 1_000,
                    most: self.r.chance(80).then(|| self.r.between(2, 12)),
                },
            },
        };
        let steps = self.steps(harm, &start, keys);
        Row { harm, start, steps }
    }

    pub(super) fn steps(&mut self, harm: Harm, start: &Start, keys: Keys) -> Vec<Step> {
        let mut steps = Vec::new();
        if let Start::Actual(_) = start {
            if self.r.chance(30) {
                steps.push(Step::Less(Money::Fen(self.r.between(1, 20) * 10_000)));
            }
            if self.r.chance(40) {
                let share = match self.parameter(true) {
                    Some(parameter) if self.r.chance(50) => Share::Parameter(parameter),
                    _ => self
                        .r
                        .pick(&[Share::Of(4, 5), Share::Of(1, 2), Share::Of(5, 6), Share::Of(9, 10)]),
                };
                steps.push(Step::Share(share));
            }
            if self.r.chance(15) {
                let mode = self.r.pick(&[Mode::Down, Mode::HalfUp, Mode::Up]);
                steps.push(Step::Round(self.r.pick(&[100, 1_000]), mode));
            }
            if self.r.chance(10) {
                steps.push(Step::AtLeast(self.money(1, 5, 50_000)));
            }
            if self.r.chance(92) {
                let unit = if harm == Harm::Medical { WAN } else { WAN / 2 };
                steps.push(Step::UpTo(self.money(1, 6, unit)));
                if self.r.chance(4) {
                    // A deductible after the cap, perhaps above it: only where the row stands for single claims.
                    if !keys.any() {
                        steps.push(Step::Less(Money::Fen(self.r.between(1, 8) * WAN)));
                    }
                }
            }
        } else if self.r.chance(10) {
            steps.push(Step::UpTo(self.money(2, 20, WAN)));
        } else if self.r.chance(6) {
            steps.push(Step::Share(Share::Of(1, 2)));
        }
        steps
    }

    pub(super) fn cover(&mut self, index: usize) {
        let perils = (!self.r.chance(12)).then(|| {
            let mut refs: Vec<PerilRef> = Vec::new();
            let groups: Vec<usize> = (0..self.w.groups.len()).collect();
            if !groups.is_empty() && self.r.chance(50) {
                refs.push(PerilRef::Group(self.r.pick(&groups)));
            }
            let count = self.r.between(if refs.is_empty() { 1 } else { 0 }, 3) as usize;
            let caused = self.r.chance(12);
            let mut plain = self.perils(count);
            if refs.is_empty() && plain.is_empty() {
                plain.push(0);
            }
            for (at, peril) in plain.into_iter().enumerate() {
                let cause = (caused && at == 0 && peril > 1).then_some(at);
                refs.push(PerilRef::Peril(peril, cause));
            }
            refs
        });
        let roles = match self.r.upto(9) {
            0 => vec![0],
            1 => vec![0, 3],
            2 => vec![6],
            3 => vec![7, 8],
            4 => vec![4],
            _ => Vec::new(),
        };
        let condition = self.r.chance(55).then(|| self.condition(2));
        let schedules: Vec<usize> = (0..self.w.schedules.len())
            .filter(|s| !self.w.schedules[*s].inline || self.w.covers.iter().all(|cover| cover.schedule != *s))
            .collect();
        let schedule = if schedules.is_empty() {
            self.schedule(self.w.schedules.len());
            self.w.schedules.len() - 1
        } else {
            self.r.pick(&schedules)
        };
        self.w.covers.push(Cover {
            name: format!("险种{}", ["甲", "乙", "丙", "丁", "戊", "己", "庚"][index]),
            perils,
            roles,
            condition,
            schedule,
        });
    }

    /// Every schedule is paid by, every decision that is no opener may be: what nothing reads is another finding.
    pub(super) fn spare_schedules(&mut self) {
        for schedule in 0..self.w.schedules.len() {
            let used = self.w.covers.iter().any(|cover| cover.schedule == schedule)
                || self.w.schedules.iter().any(|other| other.like == Some(schedule));
            if !used && self.w.covers.len() < 7 {
                let index = self.w.covers.len();
                self.cover(index);
                self.w.covers[index].schedule = schedule;
            }
        }
        let unused = |schedules: &[Schedule], covers: &[Cover], s: usize| {
            !covers.iter().any(|c| c.schedule == s) && !schedules.iter().any(|o| o.like == Some(s))
        };
        while let Some(last) = self.w.schedules.len().checked_sub(1) {
            if !unused(&self.w.schedules, &self.w.covers, last) {
                break;
            }
            self.w.schedules.pop();
        }
    }

    pub(super) fn condition(&mut self, depth: usize) -> Condition {
        let plain: Vec<usize> = (0..self.w.decisions.len())
            .filter(|d| !self.w.decisions[*d].opens)
            .collect();
        match self.r.upto(if depth > 0 { 15 } else { 11 }) {
            0..=3 => {
                let count = self.r.pick(&[1usize, 2, 2, 3, 4]);
                Condition::Liable {
                    not: self.r.chance(25),
                    values: self.r.some(&[0, 1, 2, 3], count),
                }
            }
            4 | 5 => Condition::Yes(self.r.upto(1)),
            6 | 7 => {
                let compare = self
                    .r
                    .pick(&[Compare::AtLeast, Compare::AtMost, Compare::Over, Compare::Under]);
                if self.r.chance(60) {
                    let at = if self.r.chance(6) {
                        self.r.pick(&[0, DEPTH])
                    } else {
                        self.r.between(1, 9) * 10
                    };
                    Condition::Quantity(Quantity::Depth, compare, at)
                } else {
                    Condition::Quantity(Quantity::Loss, compare, self.r.between(0, 9) * 50_000)
                }
            }
            8 => {
                let count = self.r.between(1, 2) as usize;
                let values = self.perils(count);
                Condition::Peril {
                    not: self.r.chance(60),
                    values,
                }
            }
            9 => Condition::Role {
                not: self.r.chance(50),
                values: vec![self.r.pick(&[0usize, 3, 4, 6, 7])],
            },
            10 | 11 if !plain.is_empty() => Condition::Decided(self.r.pick(&plain)),
            10 | 11 => Condition::Yes(0),
            12 | 13 => Condition::And(vec![self.condition(depth - 1), self.other(depth - 1)]),
            14 => Condition::Or(vec![self.condition(depth - 1), self.other(depth - 1)]),
            _ => Condition::Not(Box::new(self.condition(depth - 1))),
        }
    }
    /// A condition without another word about who is liable, where `视同` would make two of them ambiguous.
    pub(super) fn other(&mut self, depth: usize) -> Condition {
        for _ in 0..8 {
            let condition = self.condition(depth);
            let mut liable = false;
            condition.each(&mut |part| liable |= matches!(part, Condition::Liable { .. }));
            if !liable {
                return condition;
            }
        }
        Condition::Yes(1)
    }

    pub(super) fn meetings(&mut self) {
        let count = self.w.covers.len();
        let careful = self.r.chance(50);
        for a in 0..count {
            for b in a + 1..count {
                if self.r.chance(if careful { 75 } else { 20 }) {
                    let how = self
                        .r
                        .pick(&[Meeting::Over, Meeting::Over, Meeting::Higher, Meeting::Stack]);
                    self.w.meetings.push((a, b, how));
                }
            }
        }
    }
}
