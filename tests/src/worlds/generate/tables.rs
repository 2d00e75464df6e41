//! Tables by grade and by interval, some with slips.

use super::*;

impl Maker {
    pub(super) fn tables(&mut self) {
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

    pub(super) fn grades(&mut self) {
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
    pub(super) fn spoil(&mut self, rows: &mut Vec<(Key, Vec<i64>)>, values: usize) {
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

    pub(super) fn intervals(&mut self) {
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
}
