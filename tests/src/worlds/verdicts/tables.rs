//! Tables by value and by interval.

use super::*;

impl Judge<'_> {
    /// T106 of a table that a contract sets.
    pub(super) fn graded_by_contract(&mut self) {
        let graded = self
            .world
            .graded
            .iter()
            .flat_map(|graded| graded.windows(2).enumerate());
        let less: Vec<usize> = graded.filter(|(_, pair)| pair[0] < pair[1]).map(|(at, _)| at).collect();
        for at in less {
            self.at("T106", Item::Graded(at));
        }
    }

    pub(super) fn tables(&mut self) {
        let w = self.world;
        for (index, table) in w.tables.iter().enumerate() {
            let otherwise = table.rows.iter().position(|(key, _)| *key == Key::Otherwise);
            match table.by {
                By::Grade | By::Damage => self.by_values(index, table, otherwise),
                By::Quantity(quantity) => {
                    let (most, step) = (universe::most(quantity), universe::step(w, quantity));
                    let mut points = BTreeSet::from([0, most]);
                    for (key, _) in &table.rows {
                        if let Key::Interval(from, below) = key {
                            for edge in from.iter().chain(below) {
                                points.extend([edge.at - step, edge.at, edge.at + step]);
                            }
                        }
                    }
                    let holding = |at: i64| {
                        table
                            .rows
                            .iter()
                            .filter(|(key, _)| matches!(key, Key::Interval(from, below) if within(*from, *below, at)))
                            .count()
                    };
                    let counts: Vec<usize> = points
                        .into_iter()
                        .filter(|at| (0..=most).contains(at))
                        .map(holding)
                        .collect();
                    if otherwise.is_none() && counts.contains(&0) {
                        self.about("T104", &[&table.name]);
                    }
                    if counts.iter().any(|count| *count > 1) {
                        self.about("T105", &[&table.name]);
                    }
                }
            }
        }
    }

    pub(super) fn by_values(&mut self, index: usize, table: &Table, otherwise: Option<usize>) {
        let all = if table.by == By::Grade {
            GRADES.len()
        } else {
            DAMAGES.len()
        };
        let mut seen = BTreeSet::new();
        for (at, (key, _)) in table.rows.iter().enumerate() {
            let Key::Values(values) = key else { continue };
            if values.iter().any(|value| seen.contains(value)) {
                self.at("T102", Item::TableRow(index, at));
            }
            seen.extend(values.iter().copied());
        }
        match otherwise {
            None if seen.len() < all => self.about("T101", &[&table.name]),
            Some(at) if seen.len() == all => self.at("T103", Item::TableRow(index, at)),
            _ => {}
        }
        // From the gravest on, no row pays less than the next milder one.
        let mut graded: Vec<(usize, usize)> = table
            .rows
            .iter()
            .enumerate()
            .filter_map(|(at, (key, _))| match key {
                Key::Values(values) => Some((*values.iter().min()?, at)),
                _ => None,
            })
            .collect();
        graded.sort_unstable();
        if table.by == By::Damage {
            graded.reverse();
        }
        for pair in graded.windows(2) {
            let (worse, milder) = (&table.rows[pair[0].1].1, &table.rows[pair[1].1].1);
            if worse.iter().zip(milder).any(|(worse, milder)| worse < milder) {
                self.at("T106", Item::TableRow(index, pair[0].1));
            }
        }
    }
}
