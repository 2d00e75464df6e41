//! Which limit acts first.

use super::*;

impl Judge<'_> {
    /// SEMANTICS §4.5
    pub(super) fn order(&mut self) {
        let w = self.world;
        let lines = |limit: usize| -> Vec<(usize, Harm)> {
            w.benefits()
                .into_iter()
                .filter(|(c, h)| w.under(limit, *c, *h))
                .collect()
        };
        let count = w.limits.len();
        let mut before = vec![vec![false; count]; count];
        for (i, limit) in w.limits.iter().enumerate() {
            if let Some(other) = limit.after {
                before[other][i] = true;
            }
            if let Some(outer) = limit.within {
                before[i][outer] = true;
            }
        }
        let mut open = Vec::new();
        for (a, b) in (0..count).flat_map(|a| (a + 1..count).map(move |b| (a, b))) {
            let (x, y) = (lines(a), lines(b));
            if !x.iter().any(|line| y.contains(line)) {
                continue;
            }
            let subset = |p: &[(usize, Harm)], q: &[(usize, Harm)]| p.iter().all(|line| q.contains(line));
            match (w.keys_refine(a, b), w.keys_refine(b, a)) {
                (true, false) => before[a][b] = true,
                (false, true) => before[b][a] = true,
                (true, true) if subset(&x, &y) && subset(&y, &x) => {
                    self.about("L302", &[&w.limits[a].name, &w.limits[b].name]);
                }
                (true, true) if subset(&x, &y) => before[a][b] = true,
                (true, true) if subset(&y, &x) => before[b][a] = true,
                _ => open.push((a, b)),
            }
        }
        for k in 0..count {
            for i in 0..count {
                for j in 0..count {
                    before[i][j] |= before[i][k] && before[k][j];
                }
            }
        }
        if (0..count).any(|i| before[i][i]) {
            self.found.insert("L303".to_owned());
        }
        for (a, b) in open {
            debug_assert!(straddle(w, a, b));
            if !before[a][b] && !before[b][a] {
                self.about("L301", &[&w.limits[a].name, &w.limits[b].name]);
            }
        }
    }
}
