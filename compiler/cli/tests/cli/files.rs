//! Parquet files and spreadsheets, in and out: the same answers as from CSV. `cargo test -p anlan --features files`
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // tests

use crate::support::{Folder, policy};
use anlan_files::arrow_array::{
    ArrayRef, BinaryArray, FixedSizeBinaryArray, RecordBatch, StringArray, TimestampMicrosecondArray,
};
use std::sync::Arc;

const CLAIMS: &str = "claim,date,event,person,peril,harm,liable,expense,备注
c1,2024-07-01,E1,P1,洪涝,死亡,无责任人,,=1+1
c2,2024-07-01,E1,P2,洪涝,医疗,无责任人,35000.05,x
c3,2024-07-02,E1,P3,洪涝,医疗,无责任人,,
c3,2024-07-02,E1,P4,洪涝,死亡,无责任人,,
c5,2031-07-02,E1,P5,洪涝,死亡,无责任人,,
c6,2024-07-02T08:30,E2,P6,溺水,死亡,有能力赔偿,,
c7,不知道,E2,P7,溺水,死亡,无责任人,,
";

/// Turns a CSV file into one of another kind, all cells texts.
fn converted(here: &Folder, ending: &str) {
    let mut rows = CLAIMS
        .lines()
        .map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
    let headings = rows.next().unwrap();
    let path = here.path(&format!("claims.{ending}"));
    if ending == "parquet" {
        let headings: Vec<_> = headings
            .into_iter()
            .map(|name| (name, anlan_files::write::Kind::Text))
            .collect();
        let file = std::fs::File::create(path).unwrap();
        let mut writer = anlan_files::write::ParquetWriter::new(file, &headings).unwrap();
        let rows: Vec<Vec<String>> = rows.collect();
        let columns: Vec<(Vec<u8>, Vec<u32>)> = (0..headings.len())
            .map(|column| {
                let mut bytes = Vec::new();
                let ends = rows.iter().map(|row| {
                    bytes.extend_from_slice(row[column].as_bytes());
                    bytes.len() as u32
                });
                let ends = ends.collect();
                (bytes, ends)
            })
            .collect();
        let cells: Vec<_> = columns
            .into_iter()
            .map(|(bytes, ends)| anlan_files::write::Cells::Text { bytes, ends })
            .collect();
        writer.append(rows.len(), cells).unwrap();
        writer.finish().unwrap();
    } else {
        let mut writer = anlan_files::sheet::SheetWriter::new(&headings).unwrap();
        for row in rows {
            let cells: Vec<_> = row.iter().map(|text| anlan_files::sheet::Cell::Text(text)).collect();
            writer.append(&cells).unwrap();
        }
        writer.finish(std::fs::File::create(path).unwrap()).unwrap();
    }
}

/// Cells of a file that a run wrote; blanks are empty.
fn cells(here: &Folder, name: &str) -> Vec<Vec<String>> {
    let path = here.path(name);
    if name.ends_with(".parquet") {
        let file = anlan_files::read::Parquet::open(std::fs::File::open(path).unwrap()).unwrap();
        let mut all = vec![file.names()];
        let wanted: Vec<usize> = (0..all[0].len()).collect();
        for batch in file.read(&wanted, 3, None).unwrap() {
            let batch = batch.unwrap();
            for row in 0..batch.num_rows() {
                let text = |column: &anlan_files::arrow_array::ArrayRef| anlan_files::read::text(column, row);
                all.push(
                    batch
                        .columns()
                        .iter()
                        .map(|column| text(column).unwrap().unwrap_or_default())
                        .collect(),
                );
            }
        }
        return all;
    }
    if name.ends_with(".xlsx") {
        let mut all = Vec::new();
        anlan_files::sheet::rows(std::fs::File::open(&path).unwrap(), |_, row| {
            all.push(row);
            Ok::<(), ()>(())
        })
        .unwrap()
        .unwrap();
        return all;
    }
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(path).unwrap();
    reader
        .records()
        .map(|row| row.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

/// As CSV has an amount: a sheet drops zeros at its end.
fn amounts(rows: Vec<Vec<String>>) -> Vec<Vec<String>> {
    let same = |cell: String| match cell.parse::<f64>() {
        Ok(number) => format!("{number:.2}"),
        Err(_) => cell,
    };
    rows.into_iter()
        .map(|row| row.into_iter().map(same).collect())
        .collect()
}

#[test]
fn every_kind_of_file_gives_the_same_answers() {
    let here = Folder::new(&[("claims.csv", CLAIMS)]);
    let run = |claims: &str, out: &str, rejects: &str| {
        let ran = here.anlan(&[
            "settle",
            &policy("yunyang"),
            claims,
            "-o",
            out,
            "--rejects",
            rejects,
            "--format",
            "json",
        ]);
        assert_eq!(ran.code, 0, "{ran:?}");
        ran.json()
    };
    let figures = run("claims.csv", "csv.csv", "csv.rejects.csv");
    let expected = cells(&here, "csv.csv");
    assert_eq!(expected.len(), 1 + 4, "{expected:?}");
    let rejected = cells(&here, "csv.rejects.csv");
    for ending in ["parquet", "xlsx"] {
        converted(&here, ending);
        let (out, rejects) = (format!("{ending}.{ending}"), format!("{ending}.rejects.{ending}"));
        let mut found = run(&format!("claims.{ending}"), &out, &rejects);
        assert_eq!(found, figures, "{ending}");
        assert_eq!(amounts(cells(&here, &out)), amounts(expected.clone()), "{ending}");
        // All but the line and the quoted row are the same.
        let words = |rows: &[Vec<String>]| rows.iter().map(|row| row[1..5].to_vec()).collect::<Vec<_>>();
        assert_eq!(words(&cells(&here, &rejects)), words(&rejected), "{ending}");
        found = run("claims.csv", &out, &rejects);
        assert_eq!(found, figures, "{ending} from CSV");
        assert_eq!(
            amounts(cells(&here, &out)),
            amounts(expected.clone()),
            "{ending} from CSV"
        );
    }
}

#[test]
fn files_that_are_not_what_they_are_called_are_refused() {
    let here = Folder::new(&[("claims.parquet", CLAIMS), ("claims.xlsx", CLAIMS)]);
    for name in ["claims.parquet", "claims.xlsx"] {
        here.anlan(&["settle", &policy("yunyang"), name, "-o", "out.csv"])
            .ends(2)
            .complains(&["X046", name]);
        assert!(!here.path("out.csv").exists());
    }
    here.anlan(&["settle", &policy("yunyang"), "nowhere.xlsx", "-o", "out.csv"])
        .ends(2)
        .complains(&["X010", "nowhere.xlsx"]);
}

#[test]
fn amounts_in_64_bits_and_shared_texts_are_read_as_the_file_keeps_them() {
    use anlan_files::write::{Cells, Kind, ParquetWriter};
    let here = Folder::new(&[]);
    let texts = |cells: &[&str]| {
        let mut bytes = Vec::new();
        let ends = cells.iter().map(|cell| {
            bytes.extend_from_slice(cell.as_bytes());
            bytes.len() as u32
        });
        let ends = ends.collect();
        Cells::Text { bytes, ends }
    };
    // A shared text that is no peril, and a blank one
    let perils = ["洪涝", "没有这种", ""].map(str::to_owned);
    let names = ["claim", "date", "event", "person", "peril", "harm", "liable", "expense"];
    let headings = names.map(|name| match name {
        "claim" => (name.to_owned(), Kind::Ids),
        "peril" => (name.to_owned(), Kind::Shared),
        "expense" => (name.to_owned(), Kind::Money),
        _ => (name.to_owned(), Kind::Text),
    });
    let file = std::fs::File::create(here.path("claims.parquet")).unwrap();
    let mut writer = ParquetWriter::new(file, &headings).unwrap();
    let columns = vec![
        texts(&["c1", "c2", "c3", "c4"]),
        texts(&["2024-07-01"; 4]),
        texts(&["E1"; 4]),
        texts(&["P1", "P2", "P3", "P4"]),
        Cells::Shared {
            texts: &perils,
            numbers: vec![0, 1, 2, 0],
        },
        texts(&["医疗"; 4]),
        texts(&["无责任人"; 4]),
        Cells::Money(vec![35_005, 100, 100, -1]),
    ];
    writer.append(4, columns).unwrap();
    writer.finish().unwrap();
    let ran = here.anlan(&["settle", &policy("yunyang"), "claims.parquet", "-o", "out.csv"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let paid: Vec<Vec<String>> = cells(&here, "out.csv")[1..]
        .iter()
        .map(|row| row[..4].to_vec())
        .collect();
    assert_eq!(paid.len(), 1, "{paid:?}");
    assert_eq!((paid[0][0].as_str(), paid[0][3].as_str()), ("c1", "350.05"));
    let rejected = cells(&here, "out.rejects.csv");
    let codes: Vec<(&str, &str)> = rejected[1..]
        .iter()
        .map(|row| (row[1].as_str(), row[2].as_str()))
        .collect();
    assert_eq!(codes, [("c2", "V002"), ("c3", "V020"), ("c4", "V005")]);
}

/// Writes one batch as a Parquet file.
fn parquet(here: &Folder, name: &str, columns: Vec<(&str, ArrayRef)>) {
    let batch =
        RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, column)| (name, column, true)));
    let batch = batch.unwrap();
    let file = std::fs::File::create(here.path(name)).unwrap();
    let mut writer = anlan_files::parquet::arrow::ArrowWriter::try_new(file, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
}

fn texts(texts: &[&str]) -> ArrayRef {
    Arc::new(StringArray::from(texts.to_vec()))
}

/// What databases write besides plain texts: instants, which are told in the legal time of China, and bytes that are texts
/// though nothing says so.
#[test]
fn parquet_instants_and_bytes_are_read_as_texts_would_be() {
    let here = Folder::new(&[]);
    // The last second of 2023-11-26 in China, the day before the term, and the midnight after it
    let midnight = 1_701_014_400_000_000;
    let instants = vec![Some(midnight - 1_000_000), Some(midnight), Some(midnight), None];
    let instants = TimestampMicrosecondArray::from(instants);
    let ids: ArrayRef = Arc::new(BinaryArray::from(vec![b"c1".as_ref(), b"c2", b"\xff", b"c4"]));
    parquet(
        &here,
        "claims.parquet",
        vec![
            ("claim", ids),
            ("date", Arc::new(instants.with_timezone("UTC"))),
            ("event", texts(&["E1"; 4])),
            ("person", texts(&["P1", "P2", "P3", "P4"])),
            ("peril", texts(&["洪涝"; 4])),
            ("harm", texts(&["死亡"; 4])),
        ],
    );
    let scheme = policy("yunyang/scheme.anlan");
    here.anlan(&[
        "settle",
        &scheme,
        "claims.parquet",
        "-o",
        "out.csv",
        "--rejects",
        "rejects.csv",
    ])
    .ends(0);
    let paid = cells(&here, "out.csv");
    let told: Vec<_> = paid
        .iter()
        .skip(1)
        .map(|row| [row[0].as_str(), &row[3], row[4].split('不').next().unwrap()])
        .collect();
    assert_eq!(
        told,
        [["c1", "0.00", "出险日期2023年11月26日"], ["c2", "100000.00", ""]]
    );
    let rejects = here.read("rejects.csv");
    assert!(rejects.contains("V061") && rejects.contains("V034"), "{rejects}");
    assert_eq!(rejects.lines().count(), 3, "{rejects}");
}

#[test]
fn parquet_columns_that_hold_no_text_are_refused_by_name() {
    let here = Folder::new(&[]);
    let fixed = FixedSizeBinaryArray::try_from_iter([[1u8; 16]].into_iter()).unwrap();
    let rest = || vec![("date", texts(&["2024-07-01"])), ("event", texts(&["E1"]))];
    let scheme = policy("yunyang/scheme.anlan");
    let mut columns = rest();
    columns.push(("claim", Arc::new(fixed.clone())));
    parquet(&here, "claims.parquet", columns);
    here.anlan(&["settle", &scheme, "claims.parquet", "-o", "out.csv"])
        .ends(2)
        .complains(&["X045", "claim", "FixedSizeBinary"]);
    // One that no rule reads may hold anything.
    let mut columns = rest();
    columns.extend([("claim", texts(&["c1"])), ("附件", Arc::new(fixed) as ArrayRef)]);
    parquet(&here, "claims.parquet", columns);
    here.anlan(&["settle", &scheme, "claims.parquet", "-o", "out.csv"])
        .ends(0);
}

/// What stands beyond the heading belongs to no column, so that no cell's column is certain.
#[test]
fn cells_of_a_sheet_beyond_the_heading_reject_their_row() {
    let here = Folder::new(&[]);
    let mut writer =
        anlan_files::sheet::SheetWriter::new(&["claim", "date", "event", "person", "peril", "harm"].map(str::to_owned))
            .unwrap();
    let good = ["a", "2024-07-01", "E1", "P1", "洪涝", "死亡"];
    for more in [&[][..], &["", " "], &["死亡"]] {
        let cells = good.iter().chain(more).map(|text| anlan_files::sheet::Cell::Text(text));
        writer.append(&cells.collect::<Vec<_>>()).unwrap();
    }
    writer
        .finish(std::fs::File::create(here.path("claims.xlsx")).unwrap())
        .unwrap();
    here.anlan(&["settle", &policy("yunyang"), "claims.xlsx", "-o", "out.csv"])
        .ends(0);
    let rejects = cells(&here, "out.rejects.csv");
    let told: Vec<_> = rejects
        .iter()
        .skip(1)
        .map(|row| (row[0].as_str(), row[2].as_str()))
        .collect();
    assert_eq!(told, [("2", "V030"), ("3", "V030"), ("4", "V070")]);
}
