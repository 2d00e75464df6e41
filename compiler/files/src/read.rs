//! Parquet files, in batches of columns.

use super::failed;
use arrow_array::Array;
use arrow_array::cast::AsArray;
use arrow_array::types::Int32Type;
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder, RowSelection,
};
use parquet::basic::{LogicalType, Type as Physical};
use parquet::schema::types::ColumnDescriptor;
use std::fs::File;
use std::io;
use std::sync::Arc;

/// An opened Parquet file.
#[derive(Debug)]
pub struct Parquet {
    file: File,
    metadata: ArrowReaderMetadata,
}

/// Reads batches.
pub type Batches = ParquetRecordBatchReader;

impl Parquet {
    /// # Errors
    /// The file is no Parquet file, or cannot be read.
    pub fn open(file: File) -> io::Result<Self> {
        let metadata = ArrowReaderMetadata::load(&file, ArrowReaderOptions::new()).map_err(failed)?;
        Ok(Parquet { file, metadata })
    }

    /// Names of the columns, in order.
    pub fn names(&self) -> Vec<String> {
        self.metadata
            .schema()
            .fields()
            .iter()
            .map(|field| field.name().clone())
            .collect()
    }

    /// Columns whose cells have no text, each with what it holds: lists, records, bytes of a fixed length.
    pub fn unreadable(&self) -> Vec<(String, String)> {
        let fields = self.metadata.schema().fields().iter().enumerate();
        let unreadable = fields.filter(|(at, field)| match self.is_flat() {
            true => !is_readable(field.data_type(), &self.metadata.parquet_schema().column(*at)),
            false => field.data_type().is_nested() || matches!(field.data_type(), DataType::FixedSizeBinary(_)),
        });
        unreadable
            .map(|(_, field)| (field.name().clone(), field.data_type().to_string()))
            .collect()
    }

    /// Number of rows
    pub fn rows(&self) -> u64 {
        u64::try_from(self.metadata.metadata().file_metadata().num_rows()).unwrap_or(0)
    }

    /// Reads the columns at `wanted` (ascending) in batches of at most `rows`: of all rows, or of those at the ascending
    /// positions of `only`. Text columns that the file itself keeps as a dictionary stay one.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn read(self, wanted: &[usize], rows: usize, only: Option<&[u32]>) -> io::Result<Batches> {
        let selection = only.map(|only| {
            let total = usize::try_from(self.rows()).unwrap_or(usize::MAX);
            let ranges = only.iter().map(|at| *at as usize..*at as usize + 1);
            RowSelection::from_consecutive_ranges(ranges.filter(|range| range.end <= total), total)
        });
        let schema = self.with_dictionaries();
        let options = ArrowReaderOptions::new().with_schema(schema);
        let metadata = match ArrowReaderMetadata::try_new(Arc::clone(self.metadata.metadata()), options) {
            Ok(metadata) => metadata,
            // Some files state types of their own that leave no choice.
            Err(_) => self.metadata,
        };
        let mask = ProjectionMask::roots(metadata.parquet_schema(), wanted.iter().copied());
        let mut builder = ParquetRecordBatchReaderBuilder::new_with_metadata(self.file, metadata)
            .with_projection(mask)
            .with_batch_size(rows);
        if let Some(selection) = selection {
            builder = builder.with_row_selection(selection);
        }
        builder.build().map_err(failed)
    }

    fn with_dictionaries(&self) -> Arc<Schema> {
        let schema = self.metadata.schema();
        let flat = self.is_flat();
        let fields = schema.fields().iter().enumerate().map(|(at, field)| {
            let text = matches!(
                field.data_type(),
                DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View
            );
            match text && self.is_dictionary(at) {
                true => {
                    let kind = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
                    Field::new(field.name(), kind, field.is_nullable())
                }
                false if text => Field::new(field.name(), DataType::Utf8, field.is_nullable()),
                // Kept in 64 bits, they need not be widened to be read.
                false => match (field.data_type(), self.metadata.parquet_schema().columns().get(at)) {
                    (DataType::Decimal128(precision, scale), Some(column))
                        if flat && column.physical_type() == Physical::INT64 =>
                    {
                        Field::new(
                            field.name(),
                            DataType::Decimal64(*precision, *scale),
                            field.is_nullable(),
                        )
                    }
                    _ => field.as_ref().clone(),
                },
            }
        });
        Arc::new(Schema::new_with_metadata(
            fields.collect::<Vec<_>>(),
            schema.metadata().clone(),
        ))
    }

    /// Whether columns of the table are columns of the file, none being made of several.
    fn is_flat(&self) -> bool {
        let columns = self.metadata.metadata().file_metadata().schema_descr().num_columns();
        columns == self.metadata.schema().fields().len()
    }

    /// Whether every row group keeps the column wholly as a small dictionary.
    fn is_dictionary(&self, column: usize) -> bool {
        const SMALL: i64 = 1 << 17;
        let metadata = self.metadata.metadata();
        self.is_flat()
            && metadata.row_groups().iter().all(|group| {
                let column = group.column(column);
                let dictionary = match (column.dictionary_page_offset(), column.data_page_offset()) {
                    (Some(start), data) if column.column_type() == Physical::BYTE_ARRAY => data - start,
                    _ => return false,
                };
                // A dictionary that was given up on is about a megabyte.
                dictionary < SMALL
            })
    }
}

/// Bytes of a cell that are no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoText;

/// A cell as a text file would have it; `None` is blank. An instant is told in the legal time of China.
///
/// # Errors
/// Its bytes are not UTF-8.
pub fn text(array: &dyn Array, row: usize) -> Result<Option<String>, NoText> {
    if array.is_null(row) {
        return Ok(None);
    }
    if let Some(dictionary) = array.as_dictionary_opt::<Int32Type>() {
        return match usize::try_from(dictionary.keys().value(row)) {
            Ok(key) => text(dictionary.values(), key),
            Err(_) => Ok(None),
        };
    }
    if let Some(dictionary) = array.as_any_dictionary_opt() {
        return match dictionary.normalized_keys().get(row) {
            Some(key) => text(dictionary.values(), *key),
            None => Ok(None),
        };
    }
    let of_bytes = |bytes: &[u8]| std::str::from_utf8(bytes).map(str::to_owned).map_err(|_| NoText);
    Ok(Some(match array.data_type() {
        DataType::Utf8 => array.as_string::<i32>().value(row).to_owned(),
        DataType::LargeUtf8 => array.as_string::<i64>().value(row).to_owned(),
        DataType::Utf8View => array.as_string_view().value(row).to_owned(),
        // Some writers do not say that bytes are a text.
        DataType::Binary => of_bytes(array.as_binary::<i32>().value(row))?,
        DataType::LargeBinary => of_bytes(array.as_binary::<i64>().value(row))?,
        DataType::BinaryView => of_bytes(array.as_binary_view().value(row))?,
        DataType::FixedSizeBinary(16) => uuid(array.as_fixed_size_binary().value(row)),
        DataType::Timestamp(unit, Some(_)) => {
            let china = DataType::Timestamp(*unit, Some(CHINA.into()));
            let array = arrow_cast::cast(&array.slice(row, 1), &china).map_err(|_| NoText)?;
            formatted(&array, 0)?
        }
        _ => formatted(array, row)?,
    }))
}

/// The legal time of China
const CHINA: &str = "+08:00";

fn formatted(array: &dyn Array, row: usize) -> Result<String, NoText> {
    let options = FormatOptions::new().with_timestamp_tz_format(Some("%Y-%m-%dT%H:%M:%S"));
    let formatter = ArrayFormatter::try_new(array, &options).map_err(|_| NoText)?;
    formatter.value(row).try_to_string().map_err(|_| NoText)
}

/// As databases write it
fn uuid(bytes: &[u8]) -> String {
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let parts = [0..4, 4..6, 6..8, 8..10, 10..16].map(|range| hex(bytes.get(range).unwrap_or(&[])));
    parts.join("-")
}

/// Whether [`text()`] can tell cells of a column.
fn is_readable(kind: &DataType, column: &ColumnDescriptor) -> bool {
    match kind {
        DataType::FixedSizeBinary(_) => column.logical_type_ref() == Some(&LogicalType::Uuid),
        DataType::Dictionary(_, values) => is_readable(values, column),
        DataType::Binary | DataType::LargeBinary | DataType::BinaryView => true,
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => true,
        DataType::Null | DataType::Boolean | DataType::Date32 | DataType::Date64 | DataType::Timestamp(..) => true,
        other => other.is_numeric(),
    }
}
