//! Covers with one condition among which another departs, what is insured, and terms of no whole years: drawn last, so
//! that what a seed gives otherwise stays.

use super::*;

/// So many covers with one condition make a custom.
const CUSTOM: usize = 3;

impl Maker {
    /// Some schemes count months by parts, and compare them.
    pub(super) fn months(&mut self) {
        let by_month = |row: &Row| matches!(row.start, Start::Months { .. });
        if !self.w.schedules.iter().flat_map(|s| &s.rows).any(by_month) && !self.r.chance(10) {
            return;
        }
        self.w.parts = self.r.chance(60);
        let mut covers = std::mem::take(&mut self.w.covers);
        for condition in covers.iter_mut().filter_map(|cover| cover.condition.as_mut()) {
            self.compared(condition);
        }
        self.w.covers = covers;
        let mut tables = std::mem::take(&mut self.w.tables);
        for table in &mut tables {
            let By::Quantity(quantity) = table.by else { continue };
            if !self.r.chance(40) {
                continue;
            }
            let unit = if quantity == Quantity::Depth { 10 } else { 10_000 };
            table.by = By::Quantity(Quantity::Months);
            for (key, _) in &mut table.rows {
                if let Key::Interval(from, below) = key {
                    from.iter_mut()
                        .chain(below)
                        .for_each(|edge| edge.at = edge.at / unit * MONTH);
                }
            }
        }
        self.w.tables = tables;
    }

    fn compared(&mut self, condition: &mut Condition) {
        match condition {
            Condition::And(parts) | Condition::Or(parts) => parts.iter_mut().for_each(|part| self.compared(part)),
            Condition::Not(part) => self.compared(part),
            Condition::Quantity(_, compare, _) if self.r.chance(60) => {
                *condition = Condition::Quantity(Quantity::Months, *compare, self.r.between(0, 6) * MONTH);
            }
            Condition::Yes(_) if self.r.chance(20) => {
                let compare = self
                    .r
                    .pick(&[Compare::AtLeast, Compare::AtMost, Compare::Over, Compare::Under]);
                *condition = Condition::Quantity(Quantity::Months, compare, self.r.between(0, 6) * MONTH);
            }
            _ => {}
        }
    }

    pub(super) fn term(&mut self) {
        let (other, months) = (self.r.chance(10), self.r.pick(&[25, 30, 30, 35, 36]));
        self.w.months = other.then_some(months);
    }

    pub(super) fn subject(&mut self) {
        let (has, closed) = (self.r.chance(12), self.r.chance(60));
        let named: Vec<&'static str> = self.w.benefits().iter().map(|(_, harm)| harm.zh()).collect();
        let all = [
            "人身",
            "财产",
            "死亡",
            "残疾",
            "医疗",
            "房屋",
            "生活用品",
            "饮水",
            "农作物",
            "牲畜",
        ];
        let mut items: Vec<&'static str> = Vec::new();
        for item in all {
            let likely = match item {
                "人身" | "财产" => 40,
                "农作物" => 10,
                // A thing that no harm of the library is for (C118): common, since few schemes say what they insure.
                "牲畜" => 35,
                _ if named.contains(&item) => 60,
                _ => 8,
            };
            if self.r.chance(likely) {
                items.push(item);
            }
        }
        if items.is_empty() {
            items.push("人身");
        }
        self.w.subject = has.then_some((items, closed));
    }

    pub(super) fn customs(&mut self) {
        if !self.r.chance(10) {
            return;
        }
        while self.w.covers.len() <= CUSTOM {
            self.cover(self.w.covers.len());
        }
        let class = self.r.pick(&[0u8, 1]);
        let of_class: Vec<usize> = (0..PERILS.len() - 1)
            .filter(|peril| PERIL_CLASSES[*peril] == class && PERILS[*peril].1.is_none())
            .collect();
        let custom = self.condition(1);
        let alike = self.r.chance(70);
        let count = self.w.covers.len();
        let all: Vec<usize> = (0..count).collect();
        let like = self.r.some(&all, CUSTOM);
        for index in 0..count {
            if alike {
                let perils = self.r.some(&of_class, 2);
                let refs = perils.into_iter().map(|peril| PerilRef::Peril(peril, None));
                self.w.covers[index].perils = Some(refs.collect());
            }
            if like.contains(&index) {
                self.w.covers[index].condition = Some(custom.clone());
                continue;
            }
            match self.r.upto(4) {
                0 | 1 => {
                    self.w.covers[index].condition = None;
                    self.w.covers[index].roles.clear();
                }
                2 | 3 => self.w.covers[index].condition = Some(self.departing(&custom)),
                _ => {}
            }
        }
    }

    /// A condition on the same facts, as a rule.
    fn departing(&mut self, custom: &Condition) -> Condition {
        match custom {
            Condition::Liable { values, .. } => {
                let count = self.r.between(1, 3) as usize;
                let others = self.r.some(&[0, 1, 2, 3], count);
                Condition::Liable {
                    not: others == *values,
                    values: others,
                }
            }
            Condition::Quantity(quantity, compare, value) => Condition::Quantity(*quantity, *compare, value + 10),
            other => Condition::Not(Box::new(other.clone())),
        }
    }
}
