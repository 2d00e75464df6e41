//! Numbers that occur more than once, told by bits that they share.

#![allow(
    clippy::indexing_slicing,
    reason = "places are cut to as many bits as number the list's"
)]

/// Which of some numbers of 31 bits occur more than once; numbers share bits.
#[derive(Debug, Default)]
pub(super) struct Bits {
    shift: u32,
    once: Vec<u64>,
    more: Vec<u64>,
}

impl Bits {
    /// For so many numbers: eight bits each or more
    pub fn clear(&mut self, count: usize) {
        let bits = (count << 3).max(1 << 10).next_power_of_two().trailing_zeros().min(31);
        self.shift = 31 - bits;
        for words in [&mut self.once, &mut self.more] {
            words.clear();
            words.resize(1 << (bits - 6), 0);
        }
    }
    #[inline]
    fn place(&self, number: u64) -> (usize, u64) {
        let place = number >> self.shift;
        ((place >> 6) as usize, 1 << (place & 63))
    }
    #[inline]
    pub fn note(&mut self, number: u64, alone: bool) {
        let (word, bit) = self.place(number);
        if alone || self.once[word] & bit != 0 {
            self.more[word] |= bit;
        }
        self.once[word] |= bit;
    }
    #[inline]
    pub fn is_several(&self, number: u64) -> bool {
        let (word, bit) = self.place(number);
        self.more[word] & bit != 0
    }
}
