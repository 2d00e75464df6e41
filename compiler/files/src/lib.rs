//! Parquet and spreadsheet files of tables. It knows nothing of schemes and claims.

pub mod read;
pub mod sheet;
pub mod write;

pub use arrow_array;
pub use arrow_schema;
pub use parquet;

use std::io;

/// What goes wrong in a file, as an error of input and output.
fn failed(error: impl std::error::Error + Send + Sync + 'static) -> io::Error {
    io::Error::other(error)
}
