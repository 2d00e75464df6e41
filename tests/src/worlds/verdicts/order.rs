//! Which limit acts first.

use super::*;

impl Judge<'_> {
    /// SEMANTICS §4.5
    pub(super) fn order(&mut self) {
        let (before, open) = self.before();
        let w = self.world;
        let count = w.limits.len();
        if (0..count).any(|i| before[i][i]) {
            self.found.insert("L303".to_owned());
        }
        for (a, b) in open {
            match same_lines(w, a, b) {
                true => self.about("L302", &[&w.limits[a].name, &w.limits[b].name]),
                false if !before[a][b] && !before[b][a] => {
                    debug_assert!(straddle(w, a, b));
                    self.about("L301", &[&w.limits[a].name, &w.limits[b].name]);
                }
                false => {}
            }
        }
    }

    /// The limits in an order in which they act; of two that touch no common line either may come first.
    pub(super) fn sequence(&self) -> Vec<usize> {
        let (before, _) = self.before();
        let mut left: Vec<usize> = (0..self.world.limits.len()).collect();
        let mut sequence = Vec::new();
        while let Some(at) = left.iter().position(|b| left.iter().all(|a| a == b || !before[*a][*b])) {
            sequence.push(left.remove(at));
        }
        sequence
    }

    /// Which limit acts before which, and the pairs that neither key nor filter puts in order.
    fn before(&self) -> (Vec<Vec<bool>>, Vec<(usize, usize)>) {
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
                (true, true) if subset(&x, &y) && subset(&y, &x) => open.push((a, b)),
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
        (before, open)
    }
}

/// By the same key, over the same lines.
fn same_lines(w: &World, a: usize, b: usize) -> bool {
    let same = |(cover, harm): (usize, Harm)| w.under(a, cover, harm) == w.under(b, cover, harm);
    w.keys_refine(a, b) && w.keys_refine(b, a) && w.benefits().into_iter().all(same)
}
