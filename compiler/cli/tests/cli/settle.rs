//! `settle`: files of claims on the policies. Amounts in 元.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // tests

use crate::support::{Folder, Ran, policy};
use std::collections::BTreeMap;

const HEADER: &str = "claim,date,event,person,peril,harm,liable";

/// So many flood deaths in one event, a line each.
fn deaths(from: usize, count: usize, event: &str, date: &str) -> Vec<String> {
    let line = |i: usize| format!("c{i},{date},{event},p{i},flood,death,none");
    (from..from + count).map(line).collect()
}

fn file(lines: &[String]) -> String {
    format!("{HEADER}\n{}\n", lines.join("\n"))
}

/// Rows of a CSV file as column → cell.
fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

/// Settles `claims.csv` of the folder on Yunyang; claim → (paid, reason code).
fn settled(here: &Folder) -> BTreeMap<String, (String, String)> {
    here.anlan(&["settle", &policy("yunyang"), "claims.csv", "-o", "out.csv"])
        .ends(0);
    let paid =
        |row: BTreeMap<String, String>| (row["claim"].clone(), (row["paid"].clone(), row["reason_code"].clone()));
    rows(&here.read("out.csv")).into_iter().map(paid).collect()
}

/// 分 of an amount with two decimals.
fn fen(amount: &str) -> i64 {
    amount.replace('.', "").parse().unwrap()
}

#[test]
fn an_event_and_a_year_share_out_exactly_their_limits() {
    let mut lines = deaths(0, 400, "E1", "2024-03-01");
    lines.extend(deaths(400, 400, "E2", "2024-05-01"));
    lines.extend(deaths(800, 400, "E3", "2024-07-01"));
    let here = Folder::new(&[("claims.csv", &file(&lines))]);
    let paid = settled(&here);
    let of = |event: std::ops::Range<usize>| event.map(|i| paid[&format!("c{i}")].clone()).collect::<Vec<_>>();
    assert!(of(0..800).iter().all(|(paid, _)| paid == "75000.00"));
    assert_eq!(of(0..400).iter().map(|(paid, _)| fen(paid)).sum::<i64>(), 3_000_000_000);
    assert!(
        of(800..1200)
            .iter()
            .all(|(paid, reason)| paid == "0.00" && reason == "limit:年度限额"),
        "{:?}",
        of(800..802)
    );
}

#[test]
fn the_last_money_of_a_year_is_shared_to_the_fen() {
    let mut lines = deaths(0, 300, "E1", "2024-03-01");
    lines.extend(deaths(300, 299, "E2", "2024-05-01"));
    lines.extend(deaths(599, 7, "E3", "2024-07-01"));
    let here = Folder::new(&[("claims.csv", &file(&lines))]);
    let first = settled(&here);
    let mut last: Vec<&str> = (599..606).map(|i| first[&format!("c{i}")].0.as_str()).collect();
    last.sort_unstable();
    assert_eq!(
        last,
        [
            "14285.71", "14285.71", "14285.71", "14285.71", "14285.72", "14285.72", "14285.72"
        ]
    );

    // The order of the rows changes nothing.
    lines.reverse();
    let middle = lines.len() / 3;
    lines.rotate_left(middle);
    here.write("claims.csv", file(&lines).as_bytes());
    assert_eq!(settled(&here), first);
}

#[test]
fn every_kind_of_trouble_has_its_reason_and_stops_nobody_else() {
    let here = Folder::new(&[]);
    let mut bytes = format!("{HEADER},expense,extra\n").into_bytes();
    for line in [
        &b"ok1,2024-03-01,E1,p1,flood,death,none,,"[..],
        b"peril,2024-03-01,E1,p2,dragon,death,none,,",
        b"date,2024-13-01,E1,p3,flood,death,none,,",
        b"negative,2024-03-01,E1,p4,flood,medical,none,-5,",
        b"event,2024-03-01,,p5,flood,death,none,,",
        b"twice,2024-03-01,E1,p6,flood,death,none,,",
        b"twice,2024-03-01,E1,p7,flood,death,none,,",
        b"bytes,2024-03-01,E1,p\xff8,flood,death,none,,",
        b"huge,2024-03-01,E1,p9,flood,medical,none,1e30,",
        b"term,2030-03-01,E1,p10,flood,death,none,,",
        b"",
        b"ok2,2024-03-02,E1,p11,flood,death,none,,x",
    ] {
        bytes.extend(line);
        bytes.push(b'\n');
    }
    here.write("claims.csv", &bytes);
    let arguments = [
        "settle",
        &policy("yunyang"),
        "claims.csv",
        "-o",
        "out.csv",
        "--rejects",
        "rejects.csv",
    ];
    let ran = here
        .anlan(&arguments)
        .ends(0)
        .says(&["读入 11 行", "结算 3 件", "拒收 8 行", "空行 1 行"]);
    assert_eq!(
        ran.err.matches("V001").count(),
        1,
        "the unknown column is noted once: {ran:#?}"
    );

    let paid: Vec<_> = rows(&here.read("out.csv"))
        .into_iter()
        .map(|row| (row["claim"].clone(), row["paid"].clone()))
        .collect();
    let expected = [("ok1", "100000.00"), ("term", "0.00"), ("ok2", "100000.00")];
    assert_eq!(paid, expected.map(|(claim, paid)| (claim.to_owned(), paid.to_owned())));
    let rejects: Vec<_> = rows(&String::from_utf8_lossy(
        &std::fs::read(here.path("rejects.csv")).unwrap(),
    ))
    .into_iter()
    .map(|row| (row["line"].clone(), row["claim"].clone(), row["code"].clone()))
    .collect();
    let expected = [
        ("3", "peril", "V002"),
        ("4", "date", "V003"),
        ("5", "negative", "V005"),
        ("6", "event", "V031"),
        ("7", "twice", "V030"),
        ("8", "twice", "V030"),
        ("9", "bytes", "V061"),
        ("10", "huge", "V007"),
    ];
    assert_eq!(
        rejects,
        expected.map(|(line, claim, code)| (line.to_owned(), claim.to_owned(), code.to_owned()))
    );
}

/// Six deaths of 15 万元 on the bases of one region, whose annual limit is 15 (or, decided, 18) times its premium.
fn liaocheng(persons: u32, more: &[&str]) -> Ran {
    let bases = format!("region,persons,households\n临清市,{persons},0\n");
    let line = |i: u32| format!("c{i},2022-08-07,E1,p{i},临清市,洪涝,死亡\n");
    let claims: String = (0..6).map(line).collect();
    let here = Folder::new(&[
        ("bases.csv", &bases),
        (
            "claims.csv",
            &format!("claim,date,event,person,region,peril,harm\n{claims}"),
        ),
    ]);
    let scheme = policy("liaocheng");
    let mut arguments = vec!["settle", &scheme, "claims.csv", "-o", "out.csv", "--bases", "bases.csv"];
    arguments.extend(more);
    let mut ran = here.anlan(&arguments).ends(0);
    ran.out = here.read("out.csv");
    ran
}

#[test]
fn an_annual_limit_follows_the_premium_and_a_decision() {
    let sum = |ran: &Ran| rows(&ran.out).iter().map(|row| fen(&row["paid"])).sum::<i64>();
    // 20,000 persons at 2 yuan: a premium of 40,000, a limit of 600,000 against 900,000 owed.
    assert_eq!(sum(&liaocheng(20_000, &[])), 15 * 4_000_000);
    assert_eq!(sum(&liaocheng(20_000, &["--decide", "重特大灾害认定"])), 18 * 4_000_000);
}

#[test]
fn gb18030_is_read_when_asked() {
    let text = "赔案号,出险日期,灾害编号,人员编号,灾因,损害,责任人\n甲1,2024-03-01,E1,甲,洪涝,死亡,无责任人\n";
    let (bytes, _, _) = encoding_rs::GB18030.encode(text);
    let here = Folder::new(&[]);
    here.write("claims.csv", &bytes);
    let scheme = policy("yunyang");
    here.anlan(&[
        "settle",
        &scheme,
        "claims.csv",
        "-o",
        "out.csv",
        "--encoding",
        "gb18030",
    ])
    .ends(0);
    let row = &rows(&here.read("out.csv"))[0];
    assert_eq!((row["claim"].as_str(), row["paid"].as_str()), ("甲1", "100000.00"));
}

#[test]
fn the_shipped_claims_settle_and_the_parts_add_up() {
    for (name, claims, more) in [
        ("yunyang", "claims.csv", &[][..]),
        ("liaocheng", "claims.csv", &["--bases"][..]),
        ("qijiang", "claims.jsonl", &["--contract"][..]),
        ("national-dwelling-earthquake", "claims.csv", &["--contract"][..]),
    ] {
        let here = Folder::new(&[]);
        let (scheme, claims) = (
            policy(&format!("{name}/scheme.anlan")),
            policy(&format!("{name}/{claims}")),
        );
        let value = match more {
            ["--bases"] => policy("liaocheng/bases.csv"),
            _ => policy(&format!("{name}/contract-sample.anlan")),
        };
        let mut arguments = vec!["settle", &scheme, &claims, "-o", "out.csv"];
        if let [option] = more {
            arguments.extend([*option, value.as_str()]);
        }
        here.anlan(&arguments).ends(0);
        let rows = rows(&here.read("out.csv"));
        assert!(!rows.is_empty());
        for row in rows {
            let cuts: i64 = row
                .iter()
                .filter(|(k, _)| k.starts_with("cut_"))
                .map(|(_, v)| fen(v))
                .sum();
            let shares: Vec<i64> = row
                .iter()
                .filter(|(k, _)| k.starts_with("share_"))
                .map(|(_, v)| fen(v))
                .collect();
            assert_eq!(fen(&row["benefit"]) - cuts, fen(&row["paid"]), "{name}: {row:?}");
            assert!(
                shares.is_empty() || shares.iter().sum::<i64>() == fen(&row["paid"]),
                "{name}: {row:?}"
            );
        }
    }
}
