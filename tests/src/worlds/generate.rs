//! A scheme from a seed: mostly sound, with slips of the kinds that drafters make.

use super::model::*;
use super::random::Random;

const WAN: i64 = 1_000_000;

/// The world of a seed.
pub fn generate(seed: u64) -> World {
    let mut maker = Maker {
        r: Random::new(seed),
        w: World {
            seed,
            ..World::default()
        },
    };
    maker.make();
    maker.w
}

struct Maker {
    r: Random,
    w: World,
}

impl Maker {
    fn make(&mut self) {
        self.w.english = self.r.chance(20);
        self.w.treat = self.r.chance(15);
        self.vocabulary();
        self.tables();
        for index in 0..self.r.between(1, 3) as usize {
            self.schedule(index);
        }
        for index in 0..self.r.between(2, 4) as usize {
            self.cover(index);
        }
        self.spare_schedules();
        self.meetings();
        self.limits();
        self.w.persons = self.r.pick(&[vec![0], vec![0, 3], vec![0, 3, 6], vec![1, 2, 4]]);
        if self.r.chance(70) {
            self.framework();
        }
        self.insurance();
    }

    fn vocabulary(&mut self) {
        for index in 0..self.r.pick(&[0usize, 0, 1, 1, 2]) {
            let ratio = self.r.chance(20);
            let (least, most) = if ratio {
                (self.r.pick(&[40, 50, 60]), self.r.pick(&[80, 90, 100]))
            } else {
                (self.r.between(1, 8) * WAN, self.r.between(8, 20) * WAN)
            };
            let name = format!("{}{}", if ratio { "约定比例" } else { "约定限额" }, index + 1);
            self.w.parameters.push(Parameter {
                name,
                ratio,
                at_least: (ratio || self.r.chance(70)).then_some(least),
                at_most: (ratio || self.r.chance(70)).then_some(most),
            });
        }
        for index in 0..self.r.pick(&[0usize, 0, 1, 1, 2]) {
            self.w.decisions.push(Decision {
                name: format!("政府认定{}", index + 1),
                opens: false,
            });
        }
        for index in 0..self.r.pick(&[0usize, 0, 1, 2]) {
            let opened_by = self.r.chance(35).then(|| {
                self.w.decisions.push(Decision {
                    name: format!("增列认定{}", index + 1),
                    opens: true,
                });
                self.w.decisions.len() - 1
            });
            let count = self.r.between(1, 3) as usize;
            let perils = self.perils(count);
            self.w.groups.push(Group {
                name: format!("第{}组灾因", ["一", "二"][index]),
                perils,
                opened_by,
            });
        }
    }

    /// Different perils, none below another one.
    fn perils(&mut self, count: usize) -> Vec<usize> {
        let all: Vec<usize> = (0..PERILS.len() - 1).collect();
        let mut some = self.r.some(&all, count);
        let inner = some.contains(&8);
        some.retain(|p| !inner || PERILS[*p].1.is_none());
        some
    }

    fn tables(&mut self) {
        if self.r.chance(60) {
            self.grades();
        }
        if self.r.chance(45) {
            self.intervals();
        }
        if self.r.chance(25) {
            let shares = [0, 20, 50, 80, 100];
            let mut rows: Vec<(Key, Vec<i64>)> = (0..5)
                .map(|grade| (Key::Values(vec![grade]), vec![shares[grade]]))
                .collect();
            self.spoil(&mut rows, 5);
            self.w.tables.push(Table {
                name: "损失比例".to_owned(),
                by: By::Damage,
                columns: Vec::new(),
                rows,
                shares: true,
            });
        }
    }

    fn grades(&mut self) {
        let columns: Vec<&'static str> = if self.r.chance(40) {
            vec!["一般", "抢险"]
        } else {
            Vec::new()
        };
        let factor = self.r.between(2, 3);
        let top = self.r.between(10, 12);
        let cells = |grade: i64| {
            let first = (top - grade) * WAN;
            if columns.is_empty() {
                vec![first]
            } else {
                vec![first, first * factor]
            }
        };
        let mut rows = Vec::new();
        let mut grade = 0;
        while grade < 10 {
            let run = if self.r.chance(20) { self.r.between(2, 4) } else { 1 }.min(10 - grade);
            let values: Vec<usize> = (grade..grade + run).map(|g| g as usize).collect();
            rows.push((Key::Values(values), cells(grade)));
            grade += run;
        }
        let last = rows.len() - 1;
        if self.r.chance(15) {
            rows[last].0 = Key::Otherwise;
        }
        self.spoil(&mut rows, 10);
        self.w.tables.push(Table {
            name: "伤残标准".to_owned(),
            by: By::Grade,
            columns,
            rows,
            shares: false,
        });
    }

    /// A row missing, twice, in vain, or out of order.
    fn spoil(&mut self, rows: &mut Vec<(Key, Vec<i64>)>, values: usize) {
        match self.r.upto(19) {
            0 => {
                rows.remove(self.r.upto(rows.len() - 1));
            }
            1 => {
                let value = self.r.upto(values - 1);
                let cells = rows[self.r.upto(rows.len() - 1)].1.clone();
                rows.insert(rows.len() - 1, (Key::Values(vec![value]), cells));
            }
            2 => {
                let cells = rows[rows.len() - 1].1.clone();
                rows.retain(|(key, _)| *key != Key::Otherwise);
                rows.push((Key::Otherwise, cells));
            }
            3 if rows.len() > 2 => {
                let at = self.r.upto(rows.len() - 2);
                let cells = rows[at].1.clone();
                rows[at].1 = rows[at + 1].1.clone();
                rows[at + 1].1 = cells;
            }
            _ => {}
        }
    }

    fn intervals(&mut self) {
        let quantity = if self.r.chance(50) {
            Quantity::Depth
        } else {
            Quantity::Loss
        };
        let unit = if quantity == Quantity::Depth { 10 } else { 10_000 };
        let mut at = if self.r.chance(85) { 0 } else { unit };
        let mut rows: Vec<(Key, Vec<i64>)> = Vec::new();
        let count = self.r.between(2, 4);
        let mut inclusive = true;
        for index in 0..count {
            let from = (index > 0 || at > 0 || self.r.chance(50)).then_some(Edge { at, inclusive });
            let next = at + self.r.between(1, 9) * unit;
            let last = index == count - 1;
            let closed = self.r.chance(30);
            let below = (!last || self.r.chance(10)).then_some(Edge {
                at: next,
                inclusive: closed,
            });
            rows.push((Key::Interval(from, below), vec![(index + 1) * 10_000]));
            inclusive = !closed;
            at = next;
            // Slips: both ends hold the number, neither does, or a stretch is left out.
            match self.r.upto(24) {
                0 => inclusive = closed,
                1 => at += unit,
                2 if at > unit => at -= unit / 2,
                _ => {}
            }
        }
        if self.r.chance(10) {
            let from = self.r.between(0, 5) * unit;
            let row = Key::Interval(
                Some(Edge {
                    at: from,
                    inclusive: true,
                }),
                Some(Edge {
                    at: from + unit,
                    inclusive: false,
                }),
            );
            rows.push((row, vec![70_000]));
        }
        if self.r.chance(15) {
            rows.push((Key::Otherwise, vec![90_000]));
        }
        self.w.tables.push(Table {
            name: "分段标准".to_owned(),
            by: By::Quantity(quantity),
            columns: Vec::new(),
            rows,
            shares: false,
        });
    }

    fn parameter(&mut self, ratio: bool) -> Option<usize> {
        let of: Vec<usize> = (0..self.w.parameters.len())
            .filter(|i| self.w.parameters[*i].ratio == ratio)
            .collect();
        (!of.is_empty()).then(|| self.r.pick(&of))
    }
    fn money(&mut self, from: i64, to: i64, unit: i64) -> Money {
        if self.r.chance(25)
            && let Some(parameter) = self.parameter(false)
        {
            return Money::Parameter(parameter);
        }
        Money::Fen(self.r.between(from, to) * unit)
    }
    fn table_by(&self, wanted: impl Fn(By) -> bool) -> Option<usize> {
        self.w.tables.iter().position(|table| wanted(table.by))
    }

    fn schedule(&mut self, index: usize) {
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

    fn row(&mut self, harm: Harm, keys: Keys) -> Row {
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

    fn steps(&mut self, harm: Harm, start: &Start, keys: Keys) -> Vec<Step> {
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

    fn cover(&mut self, index: usize) {
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
    fn spare_schedules(&mut self) {
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

    fn condition(&mut self, depth: usize) -> Condition {
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
    fn other(&mut self, depth: usize) -> Condition {
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

    fn meetings(&mut self) {
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

    fn limits(&mut self) {
        let all = [
            (
                "每次限额",
                Keys {
                    event: true,
                    ..Keys::default()
                },
                20,
                80,
            ),
            (
                "年度限额",
                Keys {
                    year: true,
                    ..Keys::default()
                },
                60,
                200,
            ),
            ("期间限额", Keys::default(), 150, 400),
            (
                "每人限额",
                Keys {
                    person: true,
                    ..Keys::default()
                },
                5,
                40,
            ),
            (
                "每人年度限额",
                Keys {
                    person: true,
                    year: true,
                    ..Keys::default()
                },
                5,
                40,
            ),
            (
                "每户限额",
                Keys {
                    household: true,
                    event: true,
                    ..Keys::default()
                },
                2,
                20,
            ),
            (
                "每案限额",
                Keys {
                    claim: true,
                    ..Keys::default()
                },
                2,
                30,
            ),
            ("每人每次限额", Keys::PERSON_EVENT, 5, 40),
        ];
        let count = self.r.pick(&[0usize, 1, 2, 2, 3, 3, 4]);
        let mut chosen = self.r.some(&all, count);
        if self.r.chance(40) && !chosen.is_empty() {
            let mut again = self.r.pick(&chosen);
            again.0 = "分项限额";
            chosen.push(again);
        }
        for (name, keys, from, to) in chosen {
            let amount = if self.r.chance(2) {
                Money::Fen(0)
            } else {
                self.money(from, to, WAN)
            };
            let dated = if (keys.event || keys.year) && self.r.chance(12) {
                vec![(2025, self.r.between(from, to) * WAN)]
            } else {
                Vec::new()
            };
            let plain: Vec<usize> = (0..self.w.decisions.len())
                .filter(|d| !self.w.decisions[*d].opens)
                .collect();
            let raised = (keys.event && !plain.is_empty() && dated.is_empty() && self.r.chance(25))
                .then(|| (self.r.between(from, to + 40) * WAN, self.r.pick(&plain)));
            let covers = self.r.chance(30).then(|| {
                let all: Vec<usize> = (0..self.w.covers.len()).collect();
                let count = self.r.between(1, 2) as usize;
                self.r.some(&all, count)
            });
            let harms = (self.r.chance(30) || name == "分项限额").then(|| {
                let count = self.r.between(1, 3) as usize;
                self.r.some(Harm::ALL, count)
            });
            let exhausted = match self.r.upto(5) {
                0 | 1 => Exhausted::ProRata,
                2 => Exhausted::ByDate,
                3 => Exhausted::FirstCome,
                _ => {
                    let count = self.r.between(1, 3) as usize;
                    Exhausted::Rank(self.r.some(Harm::ALL, count))
                }
            };
            self.w.limits.push(Limit {
                name: name.to_owned(),
                amount,
                dated,
                raised,
                keys,
                covers,
                harms,
                exhausted,
                within: None,
                after: None,
            });
        }
        self.order();
    }

    /// `后于` where two limits straddle, now and then forgotten; `包含于` here and there.
    fn order(&mut self) {
        for b in 1..self.w.limits.len() {
            for a in 0..b {
                if self.w.limits[b].after.is_none() && self.straddles(a, b) && self.r.chance(92) {
                    self.w.limits[b].after = Some(a);
                }
            }
            if self.w.limits[b].after.is_none() && self.r.chance(8) {
                let inner = b - 1;
                if self.w.limits[inner].within.is_none() && self.w.limits[inner].after.is_none() {
                    self.w.limits[inner].within = Some(b);
                }
            }
        }
    }
    /// Some line comes under both, and neither key nor filter lies inside the other's.
    pub fn straddles(&self, a: usize, b: usize) -> bool {
        straddle(&self.w, a, b)
    }

    fn framework(&mut self) {
        let count = self.r.between(1, 3) as usize;
        let perils = self.perils(count);
        let harms = self.r.pick(&[
            vec![Harm::Death, Harm::Disability, Harm::Medical],
            vec![Harm::Death],
            vec![Harm::Death, Harm::Medical],
        ]);
        let mut requirements = vec![Requirement::Payable(None, self.r.between(2, 12) * WAN)];
        if harms.contains(&Harm::Medical) && self.r.chance(50) {
            requirements.push(Requirement::Payable(Some(Harm::Medical), self.r.between(1, 3) * WAN));
        }
        if self.r.chance(40) {
            requirements.push(Requirement::LimitPerEvent(self.r.between(15, 60) * WAN));
        }
        if self.r.chance(40) {
            requirements.push(Requirement::LimitPerYear(self.r.between(40, 120) * WAN));
        }
        let roles = self.r.pick(&[vec![], vec![0], vec![0, 6]]);
        self.w.framework = Some(Framework {
            perils,
            harms,
            roles,
            requirements,
        });
    }

    fn insurance(&mut self) {
        if self.r.chance(40) {
            self.w.payers = self
                .r
                .pick(&[vec![100], vec![60, 40], vec![60, 40], vec![60, 30], vec![70, 40]]);
        }
        if self.r.chance(40) {
            let shares = self.r.pick(&[
                vec![50, 30, 20],
                vec![60, 40],
                vec![40, 40, 20],
                vec![50, 30, 10],
                vec![60, 50],
                vec![100],
            ]);
            let second_lead = self.r.chance(8);
            let insurers: Vec<(i64, bool)> = shares
                .iter()
                .enumerate()
                .map(|(i, share)| (*share, i == 0 || (i == 1 && second_lead)))
                .collect();
            self.w.coinsurance = Some(Coinsurance {
                insurers,
                count: self
                    .r
                    .chance(60)
                    .then(|| self.r.pick(&[(3, 3), (2, 3), (2, 2), (1, 3)])),
                lead_at_least: self.r.chance(40).then_some(50),
            });
        }
        if self.r.chance(25) && self.w.payers.is_empty() {
            let mut rows = vec![(vec![0, 1], 90, 10), (vec![2], 60, 40)];
            match self.r.upto(5) {
                0 => rows[0].0 = vec![0],
                1 => rows[1].0 = vec![1, 2],
                2 => rows[1].2 = 30,
                _ => {}
            }
            self.w.split = Some(Split { rows });
        }
        if self.r.chance(30) {
            let layers: Vec<i64> = (0..self.r.between(1, 3)).map(|_| self.r.between(5, 40) * WAN).collect();
            let total = self.r.chance(30).then(|| {
                let slip = if self.r.chance(40) { WAN } else { 0 };
                layers.iter().sum::<i64>() + slip
            });
            self.w.tower = Some(Tower {
                layers,
                shortfall: self.r.chance(40),
                total,
            });
        }
    }
}

/// Some line comes under both limits, and neither key nor filter says which acts first.
pub fn straddle(world: &World, a: usize, b: usize) -> bool {
    let lines = |limit: usize| -> Vec<(usize, Harm)> {
        let under = |(cover, harm): &(usize, Harm)| world.under(limit, *cover, *harm);
        world.benefits().into_iter().filter(under).collect()
    };
    let (x, y) = (lines(a), lines(b));
    let meet = x.iter().any(|line| y.contains(line));
    let subset = |p: &[(usize, Harm)], q: &[(usize, Harm)]| p.iter().all(|line| q.contains(line));
    meet && match (world.keys_refine(a, b), world.keys_refine(b, a)) {
        (false, false) => true,
        (true, true) => !subset(&x, &y) && !subset(&y, &x),
        _ => false,
    }
}
