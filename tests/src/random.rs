//! Random numbers that are the same on every machine (SplitMix64).

/// A sequence that its seed decides.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0xD1B5_4A32_D192_ED03)
    }
    fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
    /// Below `count`; 0 where that is 0.
    pub fn below(&mut self, count: usize) -> usize {
        self.upto(count.saturating_sub(1))
    }
    /// Once in so many.
    pub fn once_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }
    pub fn of<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }
    /// 0 ..= most
    pub fn upto(&mut self, most: usize) -> usize {
        (self.draw() % (most as u64 + 1)) as usize
    }
    /// from ..= to
    pub fn between(&mut self, from: i64, to: i64) -> i64 {
        from + self.upto((to - from) as usize) as i64
    }
    /// So many times in a hundred.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.upto(99) < percent
    }
    pub fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        self.of(from).clone()
    }
    /// So many different ones, in their order.
    pub fn some<T: Clone>(&mut self, from: &[T], count: usize) -> Vec<T> {
        let mut left: Vec<usize> = (0..from.len()).collect();
        let mut taken = Vec::new();
        for _ in 0..count.min(from.len()) {
            taken.push(left.remove(self.upto(left.len() - 1)));
        }
        taken.sort_unstable();
        taken.into_iter().map(|i| from[i].clone()).collect()
    }
}
