//! Reading text files, with a cap for sources.

use crate::failure::Failure;
use anlan_lang::diag::{Arg, codes};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// The largest source file: 4 MB (DESIGN §6).
pub const SOURCE_CAP: u64 = 4 << 20;

/// A source file's text.
pub fn source_text(path: &Path) -> Result<String, Failure> {
    let bytes = bytes(path, Some(SOURCE_CAP))?;
    utf8(path, bytes)
}

/// A text file of any size in UTF-8: figures, bases, a claim.
pub fn text_file(path: &Path) -> Result<String, Failure> {
    let bytes = bytes(path, None)?;
    utf8(path, bytes)
}

fn bytes(path: &Path, cap: Option<u64>) -> Result<Vec<u8>, Failure> {
    let unreadable = |error: std::io::Error| Failure::unreadable(path, &error);
    let mut file = File::open(path).map_err(unreadable)?;
    let size = file.metadata().map_err(unreadable)?.len();
    let mut bytes = Vec::with_capacity(usize::try_from(size.min(SOURCE_CAP)).unwrap_or(0));
    match cap {
        // One byte more than allowed tells a file that is too large, whatever its metadata say.
        Some(cap) => file.by_ref().take(cap + 1).read_to_end(&mut bytes),
        None => file.read_to_end(&mut bytes),
    }
    .map_err(unreadable)?;
    match cap {
        Some(cap) if bytes.len() as u64 > cap => {
            let megabytes = i64::try_from(cap >> 20).unwrap_or(i64::MAX);
            Err(Failure::new(codes::X014).path(path).arg("cap", Arg::Count(megabytes)))
        }
        _ => Ok(bytes),
    }
}

fn utf8(path: &Path, bytes: Vec<u8>) -> Result<String, Failure> {
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.as_bytes().iter().take(error.utf8_error().valid_up_to());
        let line = valid.filter(|byte| **byte == b'\n').count() + 1;
        Failure::new(codes::X013)
            .path(path)
            .arg("line", Arg::Count(i64::try_from(line).unwrap_or(i64::MAX)))
    })
}
