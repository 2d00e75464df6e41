//! Texts as numbers: equal texts get equal numbers, told apart by all their bytes and never by a hash alone.

#![allow(
    clippy::indexing_slicing,
    reason = "a slot is found by masking with the table's size, a text by the ends kept beside it"
)]

/// Texts up to this long are kept in the table itself.
const INLINE: usize = 24;

/// One place of the table; `code` 0 is empty, else it is the number plus one.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    /// The text padded with zeros, or its hash where it is longer than [`INLINE`]
    words: [u64; 3],
    length: u32,
    code: u32,
}

/// Numbers texts from 0 in the order in which they are first seen.
#[derive(Debug, Default)]
pub struct Interner {
    slots: Vec<Slot>,
    /// All texts one after another
    arena: Vec<u8>,
    /// Where each text ends in the arena
    ends: Vec<u64>,
}

/// A text as the table compares it.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    words: [u64; 3],
    length: u32,
    hash: u64,
}

impl Key {
    pub fn of(text: &[u8]) -> Self {
        // No text is 4 GiB long: a row is far shorter.
        let length = text.len() as u32;
        if text.len() > INLINE {
            let hash = hash(text);
            return Key {
                words: [hash, 0, 0],
                length,
                hash,
            };
        }
        let words = words(text);
        Key {
            words,
            length,
            hash: mixed(words, u64::from(length)),
        }
    }
}

/// 64 bits that tell most different texts apart.
pub fn hash(text: &[u8]) -> u64 {
    let mut chunks = text.chunks_exact(INLINE);
    let mut state = text.len() as u64;
    for chunk in &mut chunks {
        state = mixed(words(chunk), state);
    }
    mixed(words(chunks.remainder()), state)
}

/// At most [`INLINE`] bytes as three words, padded with zeros.
fn words(text: &[u8]) -> [u64; 3] {
    let mut padded = [0u8; INLINE];
    padded[..text.len()].copy_from_slice(text);
    let word = |at: usize| {
        let mut bytes = [0u8; 8];
        bytes.copy_from_slice(&padded[at..at + 8]);
        u64::from_le_bytes(bytes)
    };
    [word(0), word(8), word(16)]
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
        self.ends.len()
    }

    /// The text of a number; empty for one that was never given.
    pub fn text(&self, code: u32) -> &str {
        let at = code as usize;
        let Some(end) = self.ends.get(at) else { return "" };
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        std::str::from_utf8(&self.arena[start as usize..*end as usize]).unwrap_or("")
    }

    /// The number of a text.
    pub fn intern(&mut self, text: &str) -> u32 {
        self.of_key(Key::of(text.as_bytes()), text)
    }

    /// The number of a text whose key is at hand.
    pub fn of_key(&mut self, key: Key, text: &str) -> u32 {
        if self.slots.len() * 2 <= self.ends.len() * 3 {
            self.grow();
        }
        let mask = self.slots.len() - 1;
        let mut at = key.hash as usize & mask;
        loop {
            let slot = self.slots[at];
            if slot.code == 0 {
                return self.insert(at, key, text);
            }
            if slot.words == key.words && slot.length == key.length {
                let code = slot.code - 1;
                if text.len() <= INLINE || self.text(code) == text {
                    return code;
                }
            }
            at = (at + 1) & mask;
        }
    }

    /// The numbers of many texts. Their places are looked at together, so that the memory works on all at once.
    pub fn many<'t>(&mut self, texts: impl Iterator<Item = &'t str>, mut each: impl FnMut(u32)) {
        const TOGETHER: usize = 32;
        let mut texts = texts.peekable();
        let mut some: Vec<(Key, &str)> = Vec::with_capacity(TOGETHER);
        let mut near: Vec<Slot> = Vec::with_capacity(TOGETHER);
        while texts.peek().is_some() {
            some.clear();
            near.clear();
            some.extend(
                texts
                    .by_ref()
                    .take(TOGETHER)
                    .map(|text| (Key::of(text.as_bytes()), text)),
            );
            if !self.slots.is_empty() {
                let mask = self.slots.len() - 1;
                near.extend(some.iter().map(|(key, _)| self.slots[key.hash as usize & mask]));
            }
            for (at, (key, text)) in some.iter().enumerate() {
                let known = near.get(at).filter(|slot| {
                    slot.code != 0 && slot.words == key.words && slot.length == key.length && text.len() <= INLINE
                });
                each(match known {
                    Some(slot) => slot.code - 1,
                    None => self.of_key(*key, text),
                });
            }
        }
    }

    fn insert(&mut self, at: usize, key: Key, text: &str) -> u32 {
        let code = self.ends.len() as u32;
        self.arena.extend_from_slice(text.as_bytes());
        self.ends.push(self.arena.len() as u64);
        self.slots[at] = Slot {
            words: key.words,
            length: key.length,
            code: code + 1,
        };
        code
    }

    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(64);
        let old = std::mem::replace(&mut self.slots, vec![Slot::default(); size]);
        for slot in old.into_iter().filter(|slot| slot.code != 0) {
            let hash = if slot.length as usize > INLINE {
                slot.words[0]
            } else {
                mixed(slot.words, u64::from(slot.length))
            };
            let mut at = hash as usize & (size - 1);
            while self.slots[at].code != 0 {
                at = (at + 1) & (size - 1);
            }
            self.slots[at] = slot;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
