//! Parquet files in (feature `files`).

use super::again::{Again, Each};
use super::encoding::Encoding::Utf8;
use super::read::{Header, OfFile, Push, Reading, columns, id};
use super::rows::bad_bytes;
use crate::failure::Failure;
use anlan_compiler::columns::encode::{Batch, Column, Encoder, MOST_ROWS, NO_NUMBER, moment};
use anlan_compiler::emit::program::Kind;
use anlan_compiler::evaluate::record::Reader;
use anlan_compiler::evaluate::{Moment, Refusal};
use anlan_compiler::money::MAX_FEN;
use anlan_files::arrow_array::cast::AsArray;
use anlan_files::arrow_array::types::{Date32Type, Decimal64Type, Decimal128Type, Int32Type};
use anlan_files::arrow_array::{Array, ArrayRef, RecordBatch, StringArray};
use anlan_files::arrow_schema::DataType;
use anlan_files::read::{NoText, Parquet, text};
use anlan_lang::diag::{Code, codes};
use std::fs::File;
use std::path::Path;
use std::sync::mpsc::sync_channel;

fn open(path: &Path) -> Result<Parquet, Failure> {
    let unreadable = |error: std::io::Error| Failure::unreadable(path, &error);
    Parquet::open(File::open(path).map_err(unreadable)?).map_err(|error| broken(path, &error))
}

fn broken(path: &Path, error: &std::io::Error) -> Failure {
    Failure::broken(path, "Parquet", error)
}

/// Refuses a column that is read and whose cells have no text (X045).
fn readable(path: &Path, file: &Parquet, is_read: impl Fn(&str) -> bool) -> Result<(), Failure> {
    match file.unreadable().into_iter().find(|(column, _)| is_read(column)) {
        None => Ok(()),
        Some((column, holds)) => {
            let failure = Failure::new(codes::X045).path(path);
            Err(failure.arg("column", column).arg("holds", holds))
        }
    }
}

/// Reads a file of claims in a thread of its own, encoding here.
pub fn claims<'p>(header: &Header, encoder: &mut Encoder<'p>, push: Push<'_, 'p>) -> Result<Reading, Failure> {
    let unreadable = |error: std::io::Error| broken(header.path, &error);
    let file = open(header.path)?;
    let names = file.names();
    readable(header.path, &file, |name| encoder.reader().column(name).is_some())?;
    let (facts, unknown) = header.facts(encoder, names.iter().map(String::as_str))?;
    let wanted: Vec<usize> = (0..facts.len())
        .filter(|at| facts.get(*at).is_some_and(Option::is_some))
        .collect();
    let facts: Vec<usize> = facts.into_iter().flatten().collect();
    let expected = usize::try_from(file.rows()).unwrap_or(0);
    let batches = file.read(&wanted, MOST_ROWS, None).map_err(unreadable)?;
    let (send, receive) = sync_channel(2);
    std::thread::scope(|scope| {
        scope.spawn(move || {
            for batch in batches {
                if send.send(batch).is_err() {
                    break;
                }
            }
        });
        let mut batch = Batch::new(header.program);
        batch.expected = expected;
        let mut columns: Vec<Encoding> = facts.iter().map(|_| Encoding::default()).collect();
        for records in receive {
            let records = records.map_err(|error| unreadable(std::io::Error::other(error)))?;
            batch.clear();
            encode(header, encoder, &facts, &mut columns, &records, &mut batch);
            push(encoder, &mut batch)?;
        }
        Ok(Reading {
            blank: 0,
            unknown: OfFile::all(header.path, unknown),
            unmet: Vec::new(),
        })
    })
}

/// What each text of a dictionary means
type Meanings = Vec<Result<Option<u64>, Code>>;

/// What is remembered of a column between batches.
#[derive(Debug, Default)]
struct Encoding {
    /// The dictionary met last, and what its texts mean
    dictionary: Option<(ArrayRef, Meanings)>,
    /// The first day of `days`
    first_day: i32,
    days: Vec<i64>,
}

/// (row, code), in the order of columns
type Wrong = Vec<(u32, Code)>;

fn encode(
    header: &Header,
    encoder: &mut Encoder,
    facts: &[usize],
    columns: &mut [Encoding],
    records: &RecordBatch,
    batch: &mut Batch,
) {
    let rows = records.num_rows();
    batch.rows = rows;
    let mut wrong: Wrong = Vec::new();
    for ((fact, array), known) in facts.iter().zip(records.columns()).zip(columns) {
        if Some(*fact) == header.program.known.claim {
            claim_ids(array, batch);
        }
        let Some(kind) = header.program.facts.get(*fact).map(|f| f.kind.clone()) else {
            continue;
        };
        column(encoder, *fact, &kind, array, known, batch, &mut wrong);
    }
    batch.fill();
    // Stable: the codes of one row stay in the order of columns.
    wrong.sort_by_key(|(row, _)| *row);
    for same in wrong.chunk_by(|a, b| a.0 == b.0) {
        if let Some((row, _)) = same.first() {
            // As in a file of text, nothing more is said of a row with bytes that cannot be read.
            let bytes = same.iter().any(|(_, code)| *code == codes::V061);
            let told = same.iter().map(|(_, code)| *code);
            batch
                .broken
                .push((*row, told.filter(|code| !bytes || *code == codes::V061).collect()));
        }
    }
}

/// Claim ids without white space around them.
fn claim_ids(array: &ArrayRef, batch: &mut Batch) {
    if let Some(texts) = array.as_any().downcast_ref::<StringArray>()
        && texts.null_count() == 0
        && texts.value_data().iter().all(|b| (0x21..0x7f).contains(b))
        && let (Some(first), Some(last)) = (texts.value_offsets().first(), texts.value_offsets().last())
    {
        let bytes = texts.value_data().get(*first as usize..*last as usize).unwrap_or(&[]);
        batch.claims.bytes.extend_from_slice(bytes);
        let ends = texts.value_offsets().iter().skip(1);
        batch.claims.ends.extend(ends.map(|end| (end - first) as u32));
        return;
    }
    for row in 0..array.len() {
        let text = text(array, row).ok().flatten().unwrap_or_default();
        batch.claims.push(id(&text).unwrap_or_default());
    }
}

fn column(
    encoder: &mut Encoder,
    fact: usize,
    kind: &Kind,
    array: &ArrayRef,
    known: &mut Encoding,
    batch: &mut Batch,
    wrong: &mut Wrong,
) {
    match (array.data_type(), kind) {
        (DataType::Dictionary(key, _), _) if **key == DataType::Int32 => {
            dictionary(encoder, fact, array, known, batch, wrong);
        }
        (DataType::Date32, Kind::Date) => dates(array, fact, known, batch, wrong),
        (DataType::Decimal128(_, 2), Kind::Money) => {
            amounts(array.as_primitive::<Decimal128Type>().iter(), fact, batch, wrong);
        }
        (DataType::Decimal64(_, 2), Kind::Money) => {
            let fen = array.as_primitive::<Decimal64Type>().iter();
            amounts(fen.map(|fen| fen.map(i128::from)), fact, batch, wrong);
        }
        (DataType::Utf8, Kind::Text) if plain(array) => {
            let texts = array.as_string::<i32>();
            encoder.plain_texts(batch, fact, texts.iter().map(Option::unwrap_or_default));
        }
        (DataType::Utf8, _) => {
            let texts = array.as_string::<i32>();
            for row in 0..texts.len() {
                let text = if texts.is_null(row) { "" } else { texts.value(row) };
                if let Err(code) = encoder.cell(batch, fact, text) {
                    wrong.push((row as u32, code));
                }
            }
        }
        _ => {
            for row in 0..array.len() {
                let (text, bad) = match text(array, row) {
                    Ok(text) => (text.unwrap_or_default(), None),
                    Err(NoText) => (String::new(), Some(codes::V061)),
                };
                let code = encoder.cell(batch, fact, &text).err();
                wrong.extend(bad.or(code).map(|code| (row as u32, code)));
            }
        }
    }
}

/// Texts of printable ASCII without blanks, perhaps some null: nothing can be wrong with them.
fn plain(array: &ArrayRef) -> bool {
    let texts = array.as_string::<i32>();
    texts.value_data().iter().all(|b| (0x21..0x7f).contains(b))
}

fn dictionary(
    encoder: &mut Encoder,
    fact: usize,
    array: &ArrayRef,
    known: &mut Encoding,
    batch: &mut Batch,
    wrong: &mut Wrong,
) {
    let array = array.as_dictionary::<Int32Type>();
    let values = array.values();
    let same = known
        .dictionary
        .as_ref()
        .is_some_and(|(before, _)| before.to_data().ptr_eq(&values.to_data()));
    if !same {
        let meaning = (0..values.len()).map(|at| {
            let text = text(values, at).map_err(|NoText| codes::V061)?;
            encoder.bits(fact, &text.unwrap_or_default())
        });
        known.dictionary = Some((values.clone(), meaning.collect()));
    }
    let Some((_, meaning)) = &known.dictionary else { return };
    let Some(column) = batch.columns.get_mut(fact) else {
        return;
    };
    let blank = column.blank();
    let bits = |known: &Result<Option<u64>, Code>| known.ok().flatten().unwrap_or(blank);
    let bits: Vec<u64> = meaning.iter().map(bits).collect();
    let keys = array.keys();
    let of = |key: &i32| bits.get(*key as usize).copied().unwrap_or(blank);
    if keys.null_count() == 0 {
        column.extend_bits(keys.values().iter().map(of));
    } else {
        column.extend_bits(keys.iter().map(|key| key.map_or(blank, |key| of(&key))));
    }
    if meaning.iter().any(Result::is_err) {
        for (row, key) in keys.iter().enumerate() {
            let known = key.and_then(|key| meaning.get(usize::try_from(key).ok()?));
            wrong.extend(known.and_then(|known| known.err()).map(|code| (row as u32, code)));
        }
    }
}

/// Days since 1970-01-01
fn dates(array: &ArrayRef, fact: usize, known: &mut Encoding, batch: &mut Batch, wrong: &mut Wrong) {
    let array = array.as_primitive::<Date32Type>();
    let Some(Column::Numbers(numbers)) = batch.columns.get_mut(fact) else {
        return;
    };
    for (row, day) in array.iter().enumerate() {
        let Some(day) = day else {
            numbers.push(NO_NUMBER);
            continue;
        };
        let at = day.checked_sub(known.first_day).and_then(|at| usize::try_from(at).ok());
        let number = match at.and_then(|at| known.days.get(at)) {
            Some(number) => *number,
            None => date(day).unwrap_or(NO_NUMBER),
        };
        if known.days.is_empty() {
            // A century about the first date met.
            known.first_day = day.saturating_sub(18_262);
            known.days = (0..36_524)
                .map(|i| date(known.first_day.saturating_add(i)).unwrap_or(NO_NUMBER))
                .collect();
        }
        if number == NO_NUMBER {
            wrong.push((row as u32, codes::V003));
        }
        numbers.push(number);
    }
}

fn date(day: i32) -> Option<i64> {
    use jiff::ToSpan;
    let date = jiff::civil::date(1970, 1, 1).checked_add(i64::from(day).days()).ok()?;
    // Texts have years of four digits.
    (0..=9999).contains(&date.year()).then(|| moment(Moment::Day(date)))
}

fn amounts(fen: impl Iterator<Item = Option<i128>>, fact: usize, batch: &mut Batch, wrong: &mut Wrong) {
    let Some(Column::Numbers(numbers)) = batch.columns.get_mut(fact) else {
        return;
    };
    for (row, fen) in fen.enumerate() {
        let (number, code) = match fen {
            None => (NO_NUMBER, None),
            Some(fen) if fen < 0 => (NO_NUMBER, Some(codes::V005)),
            Some(fen) => match i64::try_from(fen).ok().filter(|fen| *fen <= MAX_FEN) {
                Some(fen) => (fen, None),
                None => (NO_NUMBER, Some(codes::V007)),
            },
        };
        wrong.extend(code.map(|code| (row as u32, code)));
        numbers.push(number);
    }
}

/// Gives the rows at ascending positions, or all, to `each`; the text of a row is its JSON object.
pub fn records(
    (path, must): (&Path, &[&str]),
    reader: &Reader,
    wanted: Option<&[u32]>,
    each: Each,
) -> Result<Vec<Refusal>, Failure> {
    let file = open(path)?;
    let names = file.names();
    let all: Vec<usize> = (0..names.len()).collect();
    let unreadable = |error: std::io::Error| Failure::unreadable(path, &error);
    readable(path, &file, |name| reader.column(name).is_some())?;
    let batches = file.read(&all, MOST_ROWS, wanted).map_err(unreadable)?;
    let columns = columns(path, reader, names.iter().map(String::as_str), must)?;
    let claim = reader.column("claim").and_then(|fact| columns.position(fact));
    let mut positions: Box<dyn Iterator<Item = u32>> = match wanted {
        Some(wanted) => Box::new(wanted.iter().copied()),
        None => Box::new(0..),
    };
    for records in batches {
        let records = records.map_err(|error| unreadable(std::io::Error::other(error)))?;
        for (row, position) in (0..records.num_rows()).zip(positions.by_ref()) {
            let read = records.columns().iter().map(|array| text(array, row));
            let read: Vec<Result<Option<String>, NoText>> = read.collect();
            let bad = read.contains(&Err(NoText));
            let cells: Vec<Option<String>> = read.into_iter().map(|cell| cell.ok().flatten()).collect();
            let object = names
                .iter()
                .zip(&cells)
                .filter_map(|(name, cell)| Some((name.clone(), cell.clone()?.into())));
            let object: serde_json::Map<String, serde_json::Value> = object.collect();
            let claim = claim.and_then(|at| id(cells.get(at)?.as_deref()?)).map(str::to_owned);
            let row = || reader.row(&columns, cells.iter().map(|cell| cell.as_deref().unwrap_or_default()));
            each(Again {
                position,
                number: u64::from(position) + 1,
                claim,
                record: if bad { Err(vec![bad_bytes(Utf8)]) } else { row() },
                text: serde_json::Value::Object(object).to_string(),
            })?;
        }
    }
    Ok(columns.unknown)
}
