//! A temporary file for what a run does not need at once. It has no name, so that nothing stays behind.

use crate::failure::Failure;
use anlan_compiler::columns::book::Places;
use anlan_compiler::columns::claims;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::sync::{Mutex, PoisonError};

/// Claim ids beyond this many bytes are put aside.
const CLAIM_IDS: usize = 256 << 20;

#[derive(Debug)]
struct TempFile(Mutex<File>);

impl TempFile {
    fn boxed() -> Result<Box<dyn claims::Aside>, Failure> {
        let file = tempfile::tempfile();
        let file = file.map_err(|error| Failure::unwritable(&std::env::temp_dir(), &error))?;
        Ok(Box::new(TempFile(Mutex::new(file))))
    }
}

impl claims::Aside for TempFile {
    fn put(&mut self, bytes: &[u8]) -> io::Result<u64> {
        let file = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        let at = file.seek(SeekFrom::End(0))?;
        file.write_all(bytes)?;
        Ok(at)
    }
    fn get(&self, at: u64, into: &mut [u8]) -> io::Result<()> {
        let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(at))?;
        file.read_exact(into)
    }
}

/// Places for one run.
pub fn places() -> Result<Places, Failure> {
    Ok(Places {
        claims: Some(TempFile::boxed()?),
        repeated: Some(TempFile::boxed()?),
        most: CLAIM_IDS,
    })
}
