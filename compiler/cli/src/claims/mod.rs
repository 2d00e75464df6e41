//! Files of claims and of earlier payments, in; results, out.
//!
//! | part | what it does |
//! |---|---|
//! | [`format`] | which kind of file a name means |
//! | [`encoding`] | bytes to text, one cell at a time |
//! | [`lines`] | physical lines with their places, capped |
//! | [`delimited`] | CSV and TSV records, resilient to a quote that never closes |
//! | [`json`] | flat objects, one a line or in one array |
//! | [`rows`] | either kind as rows with their places |
//! | [`read`] | rows as columns of a program |
//! | [`again`] | rejected rows, read again for their words |
//! | [`earlier`] | what was paid before |
//! | [`wider`] | facts of events, households, policies, by key |
//! | [`table`] | some rows as columns, and as text |
//! | `parquet`, `sheet`, `binary` | files that are no text (feature `files`) |
//! | [`write`] | tables as CSV or JSON, whole or not at all |

pub mod again;
pub mod delimited;
pub mod earlier;
pub mod encoding;
pub mod format;
pub mod json;
pub mod lines;
pub mod read;
pub mod rows;
pub mod table;
pub mod wider;
pub mod write;

#[cfg(feature = "files")]
pub mod binary;
#[cfg(feature = "files")]
pub mod parquet;
#[cfg(feature = "files")]
pub mod sheet;
