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
use parquet::basic::Type as Physical;
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

/// A cell as a text file would have it; `None` is blank. Times with a zone are those of China.
pub fn text(array: &dyn Array, row: usize) -> Option<String> {
    if array.is_null(row) {
        return None;
    }
    if let Some(dictionary) = array.as_dictionary_opt::<Int32Type>() {
        let key = usize::try_from(dictionary.keys().value(row)).ok()?;
        return text(dictionary.values(), key);
    }
    if let Some(dictionary) = array.as_any_dictionary_opt() {
        let key = dictionary.normalized_keys().get(row).copied()?;
        return text(dictionary.values(), key);
    }
    Some(match array.data_type() {
        DataType::Utf8 => array.as_string::<i32>().value(row).to_owned(),
        DataType::LargeUtf8 => array.as_string::<i64>().value(row).to_owned(),
        DataType::Utf8View => array.as_string_view().value(row).to_owned(),
        _ => {
            let options = FormatOptions::new().with_timestamp_tz_format(Some("%Y-%m-%dT%H:%M:%S%:z"));
            ArrayFormatter::try_new(array, &options)
                .ok()?
                .value(row)
                .try_to_string()
                .ok()?
        }
    })
}
