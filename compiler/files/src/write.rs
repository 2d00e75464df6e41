//! Tables as Parquet files.

use super::failed;
use arrow_array::{ArrayRef, Decimal64Array, DictionaryArray, Int32Array, RecordBatch, StringArray, UInt64Array};
use arrow_buffer::{Buffer, NullBuffer, OffsetBuffer, ScalarBuffer};
use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, Encoding};
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::schema::types::ColumnPath;
use std::io::{self, Write};
use std::sync::Arc;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    /// Texts that all differ, which hardly get smaller when compressed
    Ids,
    /// Few different texts
    Shared,
    /// Amounts with two decimals, as whole hundredths: `DECIMAL(18, 2)`
    Money,
    Whole,
}

/// The cells of a column. An empty text is null.
#[derive(Debug)]
pub enum Cells<'t> {
    Text {
        bytes: Vec<u8>,
        ends: Vec<u32>,
    },
    /// Numbers of `texts`
    Shared {
        texts: &'t [String],
        numbers: Vec<u32>,
    },
    Money(Vec<i64>),
    Whole(Vec<u64>),
}

/// An amount that `DECIMAL(18, 2)` cannot hold is refused.
const MOST: u64 = 1_000_000_000_000_000_000;

/// Writes one file.
#[derive(Debug)]
pub struct ParquetWriter<W: Write + Send> {
    schema: Arc<Schema>,
    writer: ArrowWriter<W>,
    /// Shared texts as last given, by column
    shared: Vec<Option<(usize, Arc<StringArray>)>>,
}

impl<W: Write + Send> ParquetWriter<W> {
    /// # Errors
    /// The file cannot be written.
    pub fn new(file: W, headings: &[(String, Kind)]) -> io::Result<Self> {
        let field = |(name, kind): &(String, Kind)| match kind {
            Kind::Text | Kind::Ids => Field::new(name, DataType::Utf8, true),
            Kind::Shared => {
                let kind = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
                Field::new(name, kind, true)
            }
            Kind::Money => Field::new(name, DataType::Decimal64(18, 2), false),
            Kind::Whole => Field::new(name, DataType::UInt64, false),
        };
        let schema = Arc::new(Schema::new(headings.iter().map(field).collect::<Vec<_>>()));
        let mut properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_statistics_enabled(EnabledStatistics::None)
            .set_max_row_group_row_count(Some(1 << 20))
            .set_write_batch_size(1 << 13)
            .set_dictionary_enabled(false);
        for (name, kind) in headings {
            let path = ColumnPath::from(name.as_str());
            properties = match kind {
                Kind::Shared => properties.set_column_dictionary_enabled(path, true),
                Kind::Money | Kind::Whole => properties.set_column_encoding(path, Encoding::PLAIN),
                Kind::Ids => properties.set_column_compression(path, Compression::UNCOMPRESSED),
                Kind::Text => properties,
            };
        }
        let writer = ArrowWriter::try_new(file, Arc::clone(&schema), Some(properties.build())).map_err(failed)?;
        Ok(ParquetWriter {
            shared: vec![None; headings.len()],
            schema,
            writer,
        })
    }

    /// Adds rows, one list of cells for each column.
    ///
    /// # Errors
    /// The file cannot be written, or an amount has more than 18 digits.
    pub fn append(&mut self, rows: usize, columns: Vec<Cells>) -> io::Result<()> {
        let mut arrays: Vec<ArrayRef> = Vec::with_capacity(columns.len());
        for (at, cells) in columns.into_iter().enumerate() {
            arrays.push(self.array(at, cells)?);
        }
        let options = arrow_array::RecordBatchOptions::new().with_row_count(Some(rows));
        let batch = RecordBatch::try_new_with_options(Arc::clone(&self.schema), arrays, &options).map_err(failed)?;
        self.writer.write(&batch).map_err(failed)
    }

    fn array(&mut self, at: usize, cells: Cells) -> io::Result<ArrayRef> {
        Ok(match cells {
            Cells::Text { bytes, ends } => Arc::new(texts(bytes, &ends)?),
            Cells::Shared { texts, numbers } => Arc::new(self.shared(at, texts, &numbers)?),
            Cells::Money(amounts) => {
                if amounts.iter().any(|fen| fen.unsigned_abs() >= MOST) {
                    return Err(io::Error::other("an amount has more than 18 digits"));
                }
                let values = ScalarBuffer::from(amounts);
                let array = Decimal64Array::new(values, None).with_precision_and_scale(18, 2);
                Arc::new(array.map_err(failed)?)
            }
            Cells::Whole(numbers) => Arc::new(UInt64Array::new(ScalarBuffer::from(numbers), None)),
        })
    }

    fn shared(
        &mut self,
        at: usize,
        texts: &[String],
        numbers: &[u32],
    ) -> io::Result<DictionaryArray<arrow_array::types::Int32Type>> {
        let slot = self
            .shared
            .get_mut(at)
            .ok_or_else(|| io::Error::other("a column too many"))?;
        let values = match slot {
            Some((count, values)) if *count == texts.len() => Arc::clone(values),
            slot => {
                let values = Arc::new(StringArray::from_iter_values(texts));
                *slot = Some((texts.len(), Arc::clone(&values)));
                values
            }
        };
        let empty: Vec<bool> = texts.iter().map(String::is_empty).collect();
        let there = |number: &u32| !empty.get(*number as usize).copied().unwrap_or(true);
        let nulls = NullBuffer::from_iter(numbers.iter().map(there));
        let keys: ScalarBuffer<i32> = numbers.iter().map(|n| *n as i32).collect();
        DictionaryArray::try_new(Int32Array::new(keys, Some(nulls)), values).map_err(failed)
    }

    /// Ends the file.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn finish(self) -> io::Result<W> {
        self.writer.into_inner().map_err(failed)
    }
}

fn texts(bytes: Vec<u8>, ends: &[u32]) -> io::Result<StringArray> {
    let mut before = 0;
    let mut blank = false;
    let offsets: ScalarBuffer<i32> = std::iter::once(0)
        .chain(ends.iter().map(|end| {
            blank |= *end == before;
            before = *end;
            *end as i32
        }))
        .collect();
    let nulls = blank.then(|| {
        let starts = std::iter::once(&0).chain(ends);
        NullBuffer::from_iter(starts.zip(ends).map(|(start, end)| start != end))
    });
    StringArray::try_new(OffsetBuffer::new(offsets), Buffer::from_vec(bytes), nulls).map_err(failed)
}
