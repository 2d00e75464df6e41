//! The claim ids of all rows: kept in memory or put aside, and the ones that occur more than once.

#![allow(
    clippy::indexing_slicing,
    reason = "rows are numbered by the chunks that hold them, buckets by the bits that choose them"
)]

use super::bits::Bits;
use super::encode::Ids;
use super::intern::hash;
use std::fmt::Debug;
use std::io;

/// A place outside memory for what a run does not need at once.
pub trait Aside: Debug + Send + Sync {
    /// Adds bytes at the end; gives their place.
    ///
    /// # Errors
    /// The place is full or gone.
    fn put(&mut self, bytes: &[u8]) -> io::Result<u64>;
    /// Reads bytes back.
    ///
    /// # Errors
    /// The place is gone.
    fn get(&self, at: u64, into: &mut [u8]) -> io::Result<()>;
}

#[derive(Debug)]
enum Chunk {
    Here(Ids),
    Aside { at: u64, rows: u32, bytes: u32 },
}

/// The claim ids of all rows, in chunks.
#[derive(Debug, Default)]
pub struct Claims {
    chunks: Vec<Chunk>,
    /// First row of each chunk
    starts: Vec<u32>,
    rows: u32,
    aside: Option<Box<dyn Aside>>,
    /// Bytes kept in memory
    here: usize,
    most: usize,
}

impl Claims {
    /// Ids beyond `most` bytes go to `aside`, where one is given.
    pub fn new(aside: Option<Box<dyn Aside>>, most: usize) -> Self {
        Claims {
            aside,
            most,
            ..Claims::default()
        }
    }

    pub fn rows(&self) -> u32 {
        self.rows
    }

    /// Adds the ids of a batch.
    pub fn append(&mut self, ids: &Ids) -> io::Result<()> {
        let rows = ids.ends.len() as u32;
        let size = ids.bytes.len() + ids.ends.len() * 4;
        let chunk = match &mut self.aside {
            Some(aside) if self.here + size > self.most => {
                let mut bytes = Vec::with_capacity(size);
                ids.ends
                    .iter()
                    .for_each(|end| bytes.extend_from_slice(&end.to_le_bytes()));
                bytes.extend_from_slice(&ids.bytes);
                Chunk::Aside {
                    at: aside.put(&bytes)?,
                    rows,
                    bytes: ids.bytes.len() as u32,
                }
            }
            _ => {
                self.here += size;
                Chunk::Here(Ids {
                    bytes: ids.bytes.as_slice().into(),
                    ends: ids.ends.as_slice().into(),
                })
            }
        };
        self.starts.push(self.rows);
        self.rows += rows;
        self.chunks.push(chunk);
        Ok(())
    }

    /// Number of chunks; each holds the ids of consecutive rows.
    pub fn chunks(&self) -> usize {
        self.chunks.len()
    }

    /// First row of a chunk
    pub fn start(&self, chunk: usize) -> u32 {
        self.starts[chunk]
    }

    /// The ids of a chunk.
    pub fn chunk(&self, chunk: usize) -> io::Result<std::borrow::Cow<'_, Ids>> {
        match (&self.chunks[chunk], &self.aside) {
            (Chunk::Here(ids), _) => Ok(std::borrow::Cow::Borrowed(ids)),
            (Chunk::Aside { at, rows, bytes }, Some(aside)) => {
                let mut all = vec![0u8; *rows as usize * 4 + *bytes as usize];
                aside.get(*at, &mut all)?;
                let text = all.split_off(*rows as usize * 4);
                let ends = all
                    .chunks_exact(4)
                    .map(|end| u32::from_le_bytes([end[0], end[1], end[2], end[3]]));
                Ok(std::borrow::Cow::Owned(Ids {
                    ends: ends.collect(),
                    bytes: text,
                }))
            }
            (Chunk::Aside { .. }, None) => Err(io::ErrorKind::NotFound.into()),
        }
    }

    /// The ids of some rows, in the order of the rows given, which must ascend.
    pub fn some(&self, rows: &[u32]) -> io::Result<Vec<Box<[u8]>>> {
        let mut found = Vec::with_capacity(rows.len());
        let mut rows = rows.iter().peekable();
        while let Some(first) = rows.peek() {
            let chunk = self.starts.partition_point(|start| start <= first) - 1;
            let start = self.starts[chunk];
            let end = self.starts.get(chunk + 1).copied().unwrap_or(self.rows);
            let ids = self.chunk(chunk)?;
            while let Some(row) = rows.next_if(|row| **row < end) {
                found.push(ids.get((row - start) as usize).into());
            }
        }
        Ok(found)
    }
}

/// Bits of the hash that choose a bucket
const BUCKET_BITS: u32 = 8;
/// A bucket in memory goes aside in pieces of so many entries.
const PIECE: usize = 1 << 16;

/// Finds ids that occur more than once: rows are put into buckets by hash, and within a bucket rows with equal hashes
/// are compared by their texts.
#[derive(Debug)]
pub struct Repeated {
    /// 32 bits of the hash above the row
    buckets: Vec<Vec<u64>>,
    put: Vec<Vec<u64>>,
    aside: Option<Box<dyn Aside>>,
}

impl Repeated {
    /// Buckets go to `aside`, where one is given.
    pub fn new(aside: Option<Box<dyn Aside>>) -> Self {
        Repeated {
            buckets: vec![Vec::new(); 1 << BUCKET_BITS],
            put: vec![Vec::new(); 1 << BUCKET_BITS],
            aside,
        }
    }

    /// Makes room for so many rows in memory, where it can be had.
    pub fn reserve(&mut self, rows: usize) {
        let each = (rows >> BUCKET_BITS) + (rows >> (BUCKET_BITS + 4));
        for bucket in &mut self.buckets {
            let _ = bucket.try_reserve_exact(each.min(PIECE));
        }
    }

    /// Notes the ids of rows from `first` on.
    pub fn append(&mut self, first: u32, ids: &Ids) -> io::Result<()> {
        let mut start = 0;
        for (row, end) in (first..).zip(&ids.ends) {
            let text = &ids.bytes[start..*end as usize];
            start = *end as usize;
            if text.is_empty() {
                continue;
            }
            let hash = hash(text);
            let bucket = (hash >> (64 - BUCKET_BITS)) as usize;
            let low = hash & 0xFFFF_FFFF;
            self.buckets[bucket].push(low << 32 | u64::from(row));
            if self.buckets[bucket].len() >= PIECE
                && let Some(aside) = &mut self.aside
            {
                let piece = &mut self.buckets[bucket];
                let bytes: Vec<u8> = piece.iter().flat_map(|entry| entry.to_le_bytes()).collect();
                self.put[bucket].push(aside.put(&bytes)?);
                piece.clear();
            }
        }
        Ok(())
    }

    /// The rows whose id occurs more than once, with how often, ascending.
    pub fn find(mut self, claims: &Claims) -> io::Result<Vec<(u32, u32)>> {
        let mut suspects: Vec<u64> = Vec::new();
        let mut bits = Bits::default();
        for bucket in 0..self.buckets.len() {
            let mut entries = std::mem::take(&mut self.buckets[bucket]);
            for at in &self.put[bucket] {
                let mut bytes = vec![0u8; PIECE * 8];
                if let Some(aside) = &self.aside {
                    aside.get(*at, &mut bytes)?;
                }
                let words = bytes
                    .chunks_exact(8)
                    .map(|b| u64::from_le_bytes([b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7]]));
                entries.extend(words);
            }
            // Most ids differ: only entries that share a bit are sorted.
            bits.clear(entries.len());
            for entry in &entries {
                bits.note(entry >> 33, false);
            }
            entries.retain(|entry| bits.is_several(entry >> 33));
            entries.sort_unstable();
            for same in entries
                .chunk_by(|a, b| a >> 32 == b >> 32)
                .filter(|same| same.len() > 1)
            {
                suspects.extend(same.iter().map(|entry| entry & 0xFFFF_FFFF));
            }
        }
        let mut rows: Vec<u32> = suspects.into_iter().map(|row| row as u32).collect();
        rows.sort_unstable();
        let texts = claims.some(&rows)?;
        let mut counted: Vec<(&[u8], u32)> = texts.iter().map(|text| &**text).zip(rows).collect();
        counted.sort_unstable();
        let mut found: Vec<(u32, u32)> = Vec::new();
        for same in counted.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1) {
            found.extend(same.iter().map(|(_, row)| (*row, same.len() as u32)));
        }
        found.sort_unstable();
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    /// A place aside that is memory all the same.
    #[derive(Debug, Default)]
    struct Drawer(Vec<u8>);

    impl Aside for Drawer {
        fn put(&mut self, bytes: &[u8]) -> io::Result<u64> {
            let at = self.0.len() as u64;
            self.0.extend_from_slice(bytes);
            Ok(at)
        }
        fn get(&self, at: u64, into: &mut [u8]) -> io::Result<()> {
            let at = at as usize;
            into.copy_from_slice(&self.0[at..at + into.len()]);
            Ok(())
        }
    }

    fn found(aside: bool) -> Vec<(u32, u32)> {
        let place = || aside.then(|| Box::new(Drawer::default()) as Box<dyn Aside>);
        let mut claims = Claims::new(place(), 1000);
        let mut repeated = Repeated::new(place());
        for batch in 0..300u32 {
            let mut ids = Ids::default();
            for row in 0..100u32 {
                let n = batch * 100 + row;
                match n {
                    7 | 29_000 => ids.push("twice"),
                    8 | 9 | 15_000 => ids.push("三次"),
                    10 | 11 => ids.push(""),
                    n => ids.push(&format!("C{n}")),
                }
            }
            repeated.append(claims.rows(), &ids).unwrap();
            claims.append(&ids).unwrap();
        }
        assert_eq!(*claims.some(&[7, 8, 29_999]).unwrap()[2], *b"C29999");
        repeated.find(&claims).unwrap()
    }

    #[test]
    fn repeated_ids_are_found_in_memory_and_aside() {
        let expected = [(7, 2), (8, 3), (9, 3), (15_000, 3), (29_000, 2)];
        assert_eq!(found(false), expected);
        assert_eq!(found(true), expected);
    }
}
