//! `settle`: encodings and kinds of files, rejects, earlier payments, places to write, figures that add up.
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::float_arithmetic
)] // tests

use crate::support::{Folder, Ran, policy};
use anlan_tests::json_lines::{self, Becomes};
use std::collections::BTreeMap;

type Table = Vec<BTreeMap<String, String>>;

fn settle(here: &Folder, scheme: &str, claims: &str, more: &[&str]) -> Ran {
    let scheme = policy(scheme);
    let mut arguments = vec!["settle", &scheme, claims, "-o", "out.csv"];
    arguments.extend(more);
    here.anlan(&arguments)
}

fn table(text: &str) -> Table {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    reader
        .records()
        .map(|record| {
            let record = record.unwrap();
            header
                .iter()
                .map(str::to_owned)
                .zip(record.iter().map(str::to_owned))
                .collect()
        })
        .collect()
}

/// 分 of an amount with two decimals.
fn fen(text: &str) -> i64 {
    text.replace('.', "").parse().unwrap()
}

/// benefit − cuts = paid = shares on every row.
fn adds_up(rows: &Table) {
    for row in rows {
        let sum = |prefix: &str| -> i64 {
            row.iter()
                .filter(|(column, _)| column.starts_with(prefix))
                .map(|(_, amount)| fen(amount))
                .sum()
        };
        assert_eq!(fen(&row["benefit"]) - sum("cut_"), fen(&row["paid"]), "{row:?}");
        if row.keys().any(|column| column.starts_with("share_")) {
            assert_eq!(sum("share_"), fen(&row["paid"]), "{row:?}");
        }
    }
}

fn paid(rows: &Table) -> BTreeMap<&str, &str> {
    rows.iter()
        .map(|row| (row["claim"].as_str(), row["paid"].as_str()))
        .collect()
}

const HEADER: &str = "claim,date,event,person,peril,harm,liable\n";

#[test]
fn every_claims_file_to_try_settles_the_same_in_any_order() {
    for (scheme, claims, option, file) in [
        ("yunyang", "claims.csv", None, ""),
        ("liaocheng", "claims.csv", Some("--bases"), "liaocheng/bases.csv"),
        (
            "qijiang",
            "claims.jsonl",
            Some("--contract"),
            "qijiang/contract-sample.anlan",
        ),
        (
            "national-dwelling-earthquake",
            "claims.csv",
            Some("--contract"),
            "national-dwelling-earthquake/contract-sample.anlan",
        ),
    ] {
        let text = std::fs::read_to_string(policy(&format!("{scheme}/{claims}"))).unwrap();
        let file = policy(file);
        let more: Vec<&str> = option.into_iter().flat_map(|option| [option, &file]).collect();
        let of = format!("{scheme}/scheme.anlan");
        let here = Folder::new(&[(claims, &text)]);
        settle(&here, &of, claims, &more).ends(0);
        let rows = table(&here.read("out.csv"));
        assert!(!rows.is_empty(), "{scheme}");
        adds_up(&rows);
        let mut lines: Vec<&str> = text.lines().collect();
        let header = usize::from(claims.ends_with(".csv"));
        lines[header..].reverse();
        here.write(claims, (lines.join("\n") + "\n").as_bytes());
        settle(&here, &of, claims, &more).ends(0);
        assert_eq!(paid(&table(&here.read("out.csv"))), paid(&rows), "{scheme}");
    }
}

/// Ten kinds of trouble, each in its own row.
fn troubled() -> Vec<u8> {
    let mut bytes = "claim,date,event,person,peril,harm,liable,expense,remark\n"
        .as_bytes()
        .to_vec();
    for line in [
        "A,2024-06-01,E1,P1,洪涝,死亡,无责任人,,好",
        "B,2024-06-01,E1,P2,洪劳,死亡,无责任人,,",
        "C,2024-06-31,E1,P3,洪涝,死亡,无责任人,,",
        "D,2024-06-01,E1,P4,洪涝,医疗,无责任人,-5,",
        "E,2024-06-01,,P5,洪涝,死亡,无责任人,,",
        "F,2024-06-01,E1,P6,洪涝,死亡,无责任人,,",
        "F,2024-06-02,E1,P7,洪涝,死亡,无责任人,,",
    ] {
        bytes.extend_from_slice(line.as_bytes());
        bytes.push(b'\n');
    }
    bytes.extend_from_slice(b"G,2024-06-01,E1,P8,\xba\xe9\xc0\xd4,\xcb\xc0\xcd\xf6,none,,\n");
    for line in [
        "H,2024-06-01,E1,P9,洪涝,医疗,无责任人,1e30,",
        "I,2030-06-01,E1,P10,洪涝,死亡,无责任人,,",
        "",
        "J,2024-06-01,E1,P11,洪涝,医疗,无责任人,123.45,=1+1",
    ] {
        bytes.extend_from_slice(line.as_bytes());
        bytes.push(b'\n');
    }
    bytes
}

#[test]
fn ten_kinds_of_trouble_cost_only_the_rows_concerned() {
    let here = Folder::new(&[]);
    here.write("claims.csv", &troubled());
    let ran = settle(&here, "yunyang", "claims.csv", &[])
        .ends(0)
        .complains(&["警告[V001]", "remark"]);
    assert_eq!(ran.err.matches("V001").count(), 1, "the extra column is noted once");
    let ran = ran.says(&["读入 11 行", "结算 3 件", "拒收 8 行", "空行 1 行"]);
    for (code, count) in [
        ("V002", 1),
        ("V003", 1),
        ("V005", 1),
        ("V031", 1),
        ("V030", 2),
        ("V061", 1),
        ("V007", 1),
    ] {
        let line = ran
            .out
            .lines()
            .find(|line| line.contains(code))
            .unwrap_or_else(|| panic!("{code}: {ran:#?}"));
        assert!(line.ends_with(&format!("{count} 行")), "{line}");
    }
    let rows = table(&here.read("out.csv"));
    adds_up(&rows);
    let expected = BTreeMap::from([("A", "100000.00"), ("I", "0.00"), ("J", "123.45")]);
    assert_eq!(paid(&rows), expected);
    assert_eq!(rows[1]["reason_code"], "out_of_term");

    let rejects = table(&here.read("out.rejects.csv"));
    let shown: Vec<String> = rejects
        .iter()
        .map(|row| format!("{} {} {}", row["line"], row["claim"], row["code"]))
        .collect();
    assert_eq!(
        shown,
        [
            "3 B V002",
            "4 C V003",
            "5 D V005",
            "6 E V031",
            "7 F V030",
            "8 F V030",
            "9 G V061",
            "10 H V007"
        ]
    );
    assert_eq!(rejects[0]["row"], "B,2024-06-01,E1,P2,洪劳,死亡,无责任人,,");
    assert_eq!(rejects[0]["help"], "是否为“洪涝”？");
    assert!(
        rejects[6]["row"].starts_with("G,2024-06-01,E1,P8,\u{fffd}"),
        "{:?}",
        rejects[6]
    );
    assert!(rejects.iter().all(|row| !row["reason"].is_empty()));

    let figures = settle(&here, "yunyang", "claims.csv", &["--format", "json"])
        .ends(0)
        .json();
    assert_eq!(
        (&figures["rows"], &figures["settled"], &figures["blank"]),
        (&11.into(), &3.into(), &1.into())
    );
    let rejected: i64 = figures["rejected"]
        .as_object()
        .unwrap()
        .values()
        .map(|n| n.as_i64().unwrap())
        .sum();
    assert_eq!(rejected, 8);
    let sum: i64 = rows.iter().map(|row| fen(&row["paid"])).sum();
    assert_eq!(fen(figures["paid"].as_str().unwrap()), sum);
}

#[test]
fn gb18030_is_read_when_asked() {
    let text = "赔案号,出险日期,灾害编号,人员编号,灾因,损害,责任人\nA,2024年6月1日,E1,P1,洪涝,死亡,无责任人\nB,2024/6/1,E1,P2,洪劳,死亡,无责任人\n";
    let (bytes, _, _) = encoding_rs::GB18030.encode(text);
    let here = Folder::new(&[]);
    here.write("claims.csv", &bytes);
    settle(&here, "yunyang", "claims.csv", &[])
        .ends(2)
        .complains(&["错误[V060]", "--encoding gb18030"]);
    assert!(
        !here.path("out.csv").exists(),
        "nothing is written by a run that was refused"
    );
    settle(&here, "yunyang", "claims.csv", &["--encoding", "gb18030"]).ends(0);
    assert_eq!(table(&here.read("out.csv"))[0]["paid"], "100000.00");
    assert_eq!(
        table(&here.read("out.rejects.csv"))[0]["row"],
        "B,2024/6/1,E1,P2,洪劳,死亡,无责任人"
    );
}

#[test]
fn json_lines_and_arrays_settle_like_csv() {
    let line = |id: &str| {
        format!(
            r#"{{"claim": "{id}", "date": "2024-06-01", "event": "E1", "person": "{id}", "peril": "洪涝", "harm": "死亡"}}"#
        )
    };
    let lines = format!("{}\n\n{}\nnothing\n", line("A"), line("B"));
    let array = format!("[{},\n{}]", line("A"), line("B"));
    let here = Folder::new(&[("claims.jsonl", &lines), ("claims.json", &array)]);
    let scheme = policy("yunyang");
    here.anlan(&["settle", &scheme, "claims.jsonl", "-o", "out.jsonl"])
        .ends(0)
        .says(&["结算 2 件", "V069", "空行 1 行"]);
    let first: serde_json::Value = serde_json::from_str(here.read("out.jsonl").lines().next().unwrap()).unwrap();
    assert_eq!(
        (&first["claim"], &first["paid"], &first["reason"]),
        (&"A".into(), &"100000.00".into(), &().into())
    );
    assert_eq!(table(&here.read("out.rejects.csv"))[0]["row"], "nothing");
    here.anlan(&["settle", &scheme, "claims.json", "-o", "out.json"])
        .ends(0)
        .says(&["结算 2 件"]);
    let all: serde_json::Value = serde_json::from_str(&here.read("out.json")).unwrap();
    assert_eq!(all.as_array().unwrap().len(), 2);
}

#[test]
fn the_liaocheng_limit_follows_premium_and_decision() {
    let claims = "claim,date,event,person,peril,harm\nA,2023-08-01,E1,P1,洪涝,死亡\n";
    let bases = "region,persons,households\n临清市,800,200\n东阿县,100,50\n";
    let here = Folder::new(&[("claims.csv", claims), ("bases.csv", bases)]);
    settle(&here, "liaocheng", "claims.csv", &[])
        .ends(2)
        .complains(&["错误[V041]", "--bases"]);
    // Two yuan a person and a household: 2000 + 300.
    settle(&here, "liaocheng", "claims.csv", &["--bases", "bases.csv"]).ends(0);
    assert_eq!(table(&here.read("out.csv"))[0]["paid"], "34500.00");
    let decided = &["--bases", "bases.csv", "--decide", "重特大灾害认定"];
    settle(&here, "liaocheng", "claims.csv", decided).ends(0);
    assert_eq!(table(&here.read("out.csv"))[0]["paid"], "41400.00");
    let wrong = &["--bases", "bases.csv", "--decide", "重大灾害认定"];
    settle(&here, "liaocheng", "claims.csv", wrong)
        .ends(2)
        .complains(&["错误[V050]", "重特大灾害认定"]);
}

#[test]
fn earlier_payments_are_told_apart() {
    let row = |id: &str| format!("{id},2024-06-01,E1,{id},洪涝,死亡,无责任人\n");
    let here = Folder::new(&[("claims.csv", &format!("{HEADER}{}{}", row("A"), row("B")))]);
    settle(&here, "yunyang", "claims.csv", &[]).ends(0);
    // An earlier result serves as it is; here one claim was paid too much and one is gone.
    let earlier = here.read("out.csv").replace(
        "B,自然灾害救助保险,100000.00,100000.00",
        "B,自然灾害救助保险,100000.00,100000.55",
    );
    here.write(
        "earlier.csv",
        format!(
            "{earlier}Z,,1.00,1.00,{}\n",
            ",".repeat(earlier.lines().next().unwrap().matches(',').count() - 4)
        )
        .as_bytes(),
    );
    let ran = settle(&here, "yunyang", "claims.csv", &["--earlier", "earlier.csv"]).ends(0);
    ran.says(&["以前付过而本次没有结算：Z，1.00 元", "以前多付"]);
    let rows = table(&here.read("out.csv"));
    let shown: Vec<_> = rows
        .iter()
        .map(|row| (row["due"].as_str(), row["over"].as_str()))
        .collect();
    assert_eq!(shown, [("0.00", "0.00"), ("0.00", "0.55")]);
    here.write("twice.csv", b"claim,paid\nA,1\nA,2\n");
    settle(&here, "yunyang", "claims.csv", &["--earlier", "twice.csv"])
        .ends(2)
        .complains(&["错误[V072]"]);
}

#[test]
fn lines_list_what_each_cover_pays() {
    let claims = "claim,date,event,person,peril,harm,expense\nA,2024-06-01,E1,P1,洪涝,死亡,\nB,2024-06-02,E1,P1,洪涝,医疗,35000\n";
    let here = Folder::new(&[("claims.csv", claims)]);
    settle(
        &here,
        "yunyang",
        "claims.csv",
        &["--lines", "lines.csv", "--rejects", "no.csv"],
    )
    .ends(0);
    let lines = table(&here.read("lines.csv"));
    let shown: Vec<_> = lines
        .iter()
        .map(|l| (l["claim"].as_str(), l["harm"].as_str(), l["paid"].as_str()))
        .collect();
    assert_eq!(shown, [("A", "death", "100000.00"), ("B", "medical", "20000.00")]);
    assert!(here.path("no.csv").exists() && !here.path("out.rejects.csv").exists());
}

#[test]
fn text_that_looks_like_a_formula_is_guarded() {
    let claims = format!("{HEADER}=A,2024-06-01,E1,P1,洪涝,死亡,无责任人\n+B,x,E1,P1,洪涝,死亡,无责任人\n");
    let here = Folder::new(&[("claims.csv", &claims)]);
    settle(&here, "yunyang", "claims.csv", &[]).ends(0);
    assert!(here.read("out.csv").contains("\n'=A,"));
    let rejects = table(&here.read("out.rejects.csv"));
    assert_eq!((rejects[0]["claim"].as_str(), &rejects[0]["row"][..4]), ("'+B", "'+B,"));
}

#[test]
fn wrong_places_and_kinds_of_files_are_told_before_any_work() {
    let here = Folder::new(&[
        ("claims.csv", HEADER),
        ("book.xlsx", ""),
        ("no-date.csv", "claim,peril\nA,洪涝\n"),
    ]);
    here.write("book.csv", b"PK\x03\x04rest");
    let scheme = policy("yunyang");
    let run = |claims: &str, out: &str, code: &str| {
        here.anlan(&["settle", &scheme, claims, "-o", out])
            .ends(2)
            .complains(&[code]);
    };
    run("claims.csv", "no/such/folder/out.csv", "错误[X012]");
    run("claims.csv", "claims.csv", "错误[X040]");
    // With the feature these kinds are read and written (`files.rs`).
    if cfg!(not(feature = "files")) {
        run("claims.csv", "out.parquet", "错误[X041]");
        run("book.xlsx", "out.csv", "错误[X041]");
    }
    run("claims.csv", "out", "错误[X042]");
    run("none.csv", "out.csv", "错误[X010]");
    run("book.csv", "out.csv", "错误[V064]");
    run("no-date.csv", "out.csv", "错误[V062]");
    run(".", "out.csv", "错误[X0");
    assert!(!here.path("out.csv").exists());
    assert_eq!(
        std::fs::read_dir(here.path(".")).unwrap().count(),
        4,
        "no temporary file stays"
    );
}

/// The emitted evaluators read the same lines (`emitted_calls.rs` of the whole).
#[test]
fn json_lines_are_read_as_emitted_evaluators_read_them() {
    let lines = json_lines::lines(
        "\"date\": \"2024-06-01\", \"event\": \"E\", \"person\": \"P\", \"peril\": \"洪涝\", \"harm\": \"死亡\"",
    );
    let here = Folder::new(&[]);
    here.write("claims.jsonl", &json_lines::file(&lines));
    settle(&here, "yunyang/scheme.anlan", "claims.jsonl", &[]).ends(0);
    let paid = table(&here.read("out.csv"));
    let mut told: Vec<(usize, String)> = table(&here.read("out.rejects.csv"))
        .iter()
        .map(|row| (row["line"].parse().unwrap(), row["code"].clone()))
        .collect();
    let (mut expected, mut claims) = (Vec::new(), Vec::new());
    for (line, (_, becomes)) in (1..).zip(&lines) {
        match becomes {
            Becomes::Nothing => {}
            Becomes::Claim(id) => claims.push(*id),
            Becomes::Rejected(code) => expected.push((line, (*code).to_owned())),
        }
    }
    told.sort();
    assert_eq!(told, expected);
    let ids: Vec<&str> = paid.iter().map(|row| row["claim"].as_str()).collect();
    assert_eq!(ids, claims);
}

#[test]
fn a_fault_in_a_line_is_told_by_its_character() {
    let here = Folder::new(&[]);
    here.write("claims.jsonl", "\u{3000}{\"claim\": \"甲乙\", x}\n".as_bytes());
    settle(&here, "yunyang/scheme.anlan", "claims.jsonl", &[]).ends(0);
    let told = table(&here.read("out.rejects.csv"));
    assert!(told[0]["reason"].contains("第 18 个字符"), "{told:?}");
}

/// A decision under a mistyped id holds for nobody, and nothing else would show it.
#[test]
fn a_decision_for_an_event_without_claims_is_told() {
    let here = Folder::new(&[
        (
            "claims.csv",
            "claim,date,event,person,peril,harm,region\nC1,2022-06-01,E1,P1,洪涝,死亡,临清市\nC2,2022-06-01,E2,P2,洪涝,死亡,临清市\n",
        ),
        ("bases.csv", "region,persons,households\n临清市,800000,250000\n"),
    ]);
    let with = |key: &str| {
        let decision = format!("政府认定救助@{key}");
        settle(
            &here,
            "liaocheng",
            "claims.csv",
            &["--bases", "bases.csv", "--decide", &decision],
        )
        .ends(0)
    };
    let ran = with("E1O");
    assert!(ran.err.contains("警告[V054]") && ran.err.contains("E1O"), "{ran:?}");
    let ran = with("E2");
    assert!(!ran.err.contains("V054"), "{ran:?}");
}

/// The same of a year: a policy year is called by the one that it begins in, which is easily mistaken.
#[test]
fn a_decision_for_a_year_without_claims_is_told() {
    let here = Folder::new(&[
        (
            "claims.csv",
            "claim,date,event,person,peril,harm,region\nC1,2023-06-01,E1,P1,洪涝,死亡,临清市\n",
        ),
        ("bases.csv", "region,persons,households\n临清市,800000,250000\n"),
    ]);
    let with = |key: &str| {
        let decision = format!("重特大灾害认定@{key}");
        let options = ["--bases", "bases.csv", "--decide", &decision];
        settle(&here, "liaocheng", "claims.csv", &options).ends(0)
    };
    for year in ["2203", "2023"] {
        let ran = with(year);
        assert!(ran.err.contains("警告[V054]") && ran.err.contains(year), "{ran:?}");
        assert!(ran.err.contains("开始的那一年"), "{ran:?}");
    }
    let ran = with("2022");
    assert!(!ran.err.contains("V054"), "{ran:?}");
}
