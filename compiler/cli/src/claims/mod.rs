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
//! | [`read`] | rows as records of a plan |
//! | [`earlier`] | what was paid before |
//! | [`write`] | tables as CSV or JSON, whole or not at all |

pub mod delimited;
pub mod earlier;
pub mod encoding;
pub mod format;
pub mod json;
pub mod lines;
pub mod read;
pub mod rows;
pub mod write;
