//! Texts as numbers: equal texts get equal numbers, told apart by all their bytes and never by a hash alone.

#![allow(
    clippy::indexing_slicing,
    reason = "a slot is found by as many bits as number the table's slots; a kept text ends with its length"
)]

use rustc_hash::FxHashMap;

/// A text as it is kept and compared: its bytes padded with zeros, and its length last. Of a longer one the hash.
const KEPT: usize = 24;
/// Texts up to this long are kept in their place; longer ones stand aside.
const INLINE: usize = KEPT - 1;
/// In place of the length of a text that stands aside
const ASIDE: u8 = u8::MAX;
/// So many texts stand in one block, which never moves.
const BLOCK: usize = 1 << 14;

/// So many texts are looked at together.
const TOGETHER: usize = 64;

/// What no text is kept as, having neither such a length nor standing aside.
const NOT_THERE: [u8; KEPT] = [ASIDE - 1; KEPT];

/// Numbers texts from 0 in the order in which they are first seen.
#[derive(Debug, Default)]
pub struct Interner {
    /// Half of the hash above the number plus one; 0 is empty
    slots: Vec<u64>,
    /// The texts by number, in blocks
    blocks: Vec<Vec<[u8; KEPT]>>,
    count: usize,
    /// Texts that are too long to be kept in their place
    aside: FxHashMap<u32, Box<str>>,
}

/// A text as the table compares it.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    kept: [u8; KEPT],
    hash: u64,
}

impl Key {
    pub fn of(text: &[u8]) -> Self {
        let mut kept = [0u8; KEPT];
        if text.len() > INLINE {
            let hash = hash(text);
            kept[..8].copy_from_slice(&hash.to_le_bytes());
            kept[INLINE] = ASIDE;
            return Key { kept, hash };
        }
        let mut words = words(text);
        // At most 23, in the last byte
        words[2] |= (text.len() as u64) << 56;
        for (bytes, word) in kept.as_chunks_mut::<8>().0.iter_mut().zip(words) {
            *bytes = word.to_le_bytes();
        }
        Key {
            kept,
            hash: mixed(words, 0),
        }
    }

    fn is_aside(&self) -> bool {
        self.kept[INLINE] == ASIDE
    }
}

/// 64 bits that tell most different texts apart.
pub fn hash(text: &[u8]) -> u64 {
    let mut chunks = text.chunks_exact(KEPT);
    let mut state = text.len() as u64;
    for chunk in &mut chunks {
        state = mixed(words(chunk), state);
    }
    mixed(words(chunks.remainder()), state)
}

/// At most [`KEPT`] bytes as three words, padded with zeros. Words at the end are read whole, with bytes that stand before
/// them, which are then shifted out: copying few bytes one by one takes longer than all the rest.
fn words(text: &[u8]) -> [u64; 3] {
    let length = text.len();
    let first = |at: usize| {
        text.get(at..)
            .and_then(<[u8]>::first_chunk)
            .map_or(0, |word| u64::from_le_bytes(*word))
    };
    // The last bytes of a text of eight or more, from one that stands at a multiple of eight
    let last = |bytes: usize| match (bytes, text.last_chunk()) {
        (1.., Some(word)) => u64::from_le_bytes(*word) >> (64 - 8 * bytes),
        _ => 0,
    };
    match length {
        0..8 => {
            let mut padded = [0u8; 8];
            for (byte, to) in text.iter().zip(&mut padded) {
                *to = *byte;
            }
            [u64::from_le_bytes(padded), 0, 0]
        }
        8..16 => [first(0), last(length - 8), 0],
        _ => [first(0), first(8), last(length - 16)],
    }
}

fn mixed(words: [u64; 3], state: u64) -> u64 {
    const ODD: [u64; 3] = [0x9E37_79B9_7F4A_7C15, 0xD1B5_4A32_D192_ED03, 0xA24B_AED4_963E_E407];
    let fold = |a: u64, b: u64| {
        let product = u128::from(a) * u128::from(b);
        (product as u64) ^ ((product >> 64) as u64)
    };
    let first = fold(words[0] ^ ODD[0] ^ state, words[1] ^ ODD[1]);
    fold(first ^ words[2], ODD[2] ^ state.rotate_left(32))
}

impl Interner {
    /// How many different texts there are.
    pub fn len(&self) -> usize {
        self.count
    }

    fn kept(&self, code: u32) -> Option<&[u8; KEPT]> {
        self.blocks.get(code as usize / BLOCK)?.get(code as usize % BLOCK)
    }

    /// The text of a number; empty for one that was never given.
    pub fn text(&self, code: u32) -> &str {
        match self.kept(code) {
            None => "",
            Some(kept) => match kept[INLINE] {
                ASIDE => self.aside.get(&code).map_or("", |text| text),
                length => std::str::from_utf8(&kept[..usize::from(length)]).unwrap_or(""),
            },
        }
    }

    /// The number of a text.
    pub fn intern(&mut self, text: &str) -> u32 {
        self.of_key(Key::of(text.as_bytes()), text)
    }

    /// The number of a text whose key is at hand.
    pub fn of_key(&mut self, key: Key, text: &str) -> u32 {
        if self.slots.len() * 2 <= self.count * 3 {
            self.grow();
        }
        let mask = self.slots.len() - 1;
        let mut at = place(key.hash, self.slots.len());
        loop {
            let slot = self.slots[at];
            if slot == 0 {
                return self.insert(at, key, text);
            }
            if slot >> 32 == key.hash >> 32 {
                let code = code_of(slot);
                if self.kept(code) == Some(&key.kept) && (!key.is_aside() || self.text(code) == text) {
                    return code;
                }
            }
            at = (at + 1) & mask;
        }
    }

    /// The number of a text that was met before.
    pub fn find(&self, text: &str) -> Option<u32> {
        let key = Key::of(text.as_bytes());
        let mask = self.slots.len().checked_sub(1)?;
        let mut at = place(key.hash, self.slots.len());
        loop {
            let slot = self.slots[at];
            if slot == 0 {
                return None;
            }
            let code = code_of(slot);
            if self.kept(code) == Some(&key.kept) && (!key.is_aside() || self.text(code) == text) {
                return Some(code);
            }
            at = (at + 1) & mask;
        }
    }

    /// The numbers of many texts. Their places are looked at together, so that the memory works on all at once.
    pub fn many<'t>(&mut self, texts: impl Iterator<Item = &'t str>, mut each: impl FnMut(u32)) {
        let mut texts = texts.peekable();
        let mut some: Vec<(Key, &str)> = Vec::with_capacity(TOGETHER);
        let mut near = [0u64; TOGETHER];
        let mut there = [NOT_THERE; TOGETHER];
        while texts.peek().is_some() {
            some.clear();
            some.extend(
                texts
                    .by_ref()
                    .take(TOGETHER)
                    .map(|text| (Key::of(text.as_bytes()), text)),
            );
            self.look(&some, &mut near, &mut there);
            for ((key, text), (there, slot)) in some.iter().zip(there.iter().zip(near)) {
                each(if *there == key.kept && !key.is_aside() {
                    code_of(slot)
                } else {
                    self.of_key(*key, text)
                });
            }
        }
    }

    /// The slots of some texts, and what is kept of what they number. The first and the last loop only load: a branch
    /// foretold wrongly would stop the loads behind it, and so would fields read again after each store.
    fn look(&self, some: &[(Key, &str)], near: &mut [u64; TOGETHER], there: &mut [[u8; KEPT]; TOGETHER]) {
        let (slots, blocks) = (self.slots.as_slice(), self.blocks.as_slice());
        if slots.is_empty() {
            return;
        }
        for (slot, (key, _)) in near.iter_mut().zip(some) {
            *slot = slots[place(key.hash, slots.len())];
        }
        for (slot, (key, _)) in near.iter_mut().zip(some) {
            if *slot != 0 && *slot >> 32 != key.hash >> 32 {
                *slot = self.slot(key.hash);
            }
        }
        for (there, slot) in there.iter_mut().zip(near).take(some.len()) {
            let code = code_of(*slot) as usize;
            let kept = blocks.get(code / BLOCK).and_then(|block| block.get(code % BLOCK));
            *there = kept.copied().unwrap_or(NOT_THERE);
        }
    }

    /// The first slot of a hash that shares its half with it, or an empty one.
    fn slot(&self, hash: u64) -> u64 {
        let mask = self.slots.len() - 1;
        let mut at = place(hash, self.slots.len());
        loop {
            let slot = self.slots[at];
            if slot == 0 || slot >> 32 == hash >> 32 {
                return slot;
            }
            at = (at + 1) & mask;
        }
    }

    fn insert(&mut self, at: usize, key: Key, text: &str) -> u32 {
        let code = self.count as u32;
        if self.blocks.last().is_none_or(|block| block.len() == BLOCK) {
            self.blocks
                .push(Vec::with_capacity(if self.blocks.is_empty() { 16 } else { BLOCK }));
        }
        if let Some(block) = self.blocks.last_mut() {
            block.push(key.kept);
        }
        if key.is_aside() {
            self.aside.insert(code, text.into());
        }
        self.count += 1;
        self.slots[at] = slot_of(key.hash, code);
        code
    }

    /// Slots stand in the order of their hashes, so that a larger table is filled from its beginning to its end.
    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(64);
        let mut slots = vec![0u64; size];
        for slot in self.slots.iter().filter(|slot| **slot != 0) {
            let mut at = place(*slot, size);
            while slots[at] != 0 {
                at = (at + 1) & (size - 1);
            }
            slots[at] = *slot;
        }
        self.slots = slots;
    }
}

/// Where a hash is looked for first in a table of so many slots, a power of two from 2 to 2³²; its upper half tells.
fn place(hash: u64, slots: usize) -> usize {
    ((hash >> 32) >> (32 - slots.trailing_zeros())) as usize
}

fn slot_of(hash: u64, code: u32) -> u64 {
    hash >> 32 << 32 | (u64::from(code) + 1)
}

fn code_of(slot: u64) -> u32 {
    (slot as u32).wrapping_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_the_bytes_of_a_text_of_any_length() {
        for length in 0..=KEPT {
            let text: Vec<u8> = (0..length as u8).map(|at| at + 1).collect();
            let mut padded = text.clone();
            padded.resize(KEPT, 0);
            let words = words(&text);
            let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
            assert_eq!(bytes, padded, "{length}");
        }
    }

    #[test]
    fn equal_texts_share_a_number_and_others_never_do() {
        let mut interner = Interner::default();
        let texts: Vec<String> = (0..5000)
            .map(|i| match i % 3 {
                0 => format!("E{i}"),
                1 => format!("500235199001{i:08}"),
                _ => format!("一个很长的编号，长过表里放得下的字节数-{i}"),
            })
            .collect();
        for round in 0..2 {
            for (i, text) in texts.iter().enumerate() {
                assert_eq!(interner.intern(text) as usize, i, "{round}");
            }
        }
        let mut together = Interner::default();
        let mut numbers = Vec::new();
        together.many(texts.iter().chain(&texts).map(String::as_str), |number| {
            numbers.push(number as usize)
        });
        assert!(numbers.iter().copied().eq((0..texts.len()).chain(0..texts.len())));
        assert_eq!(interner.len(), texts.len());
        assert!(
            texts
                .iter()
                .enumerate()
                .all(|(i, text)| interner.text(i as u32) == text)
        );
        // Zeros at the end are part of a text.
        assert_ne!(interner.intern("a"), interner.intern("a\0"));
        assert_eq!(interner.text(u32::MAX), "");
    }
}
