//! `settle`: what the limits of a policy leave to each claim. Amounts in 元. Files, rejects, figures: `claims_files`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // tests

use crate::support::{Folder, policy};
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

/// Runs a command on a terminal of its own and passes on all that it shows there.
const ON_A_TERMINAL: &str = "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))";

#[test]
fn a_long_run_tells_on_a_terminal_how_far_it_is() {
    let here = Folder::new(&[("claims.csv", &file(&deaths(0, 140_000, "E1", "2024-03-01")))]);
    let settle = ["settle", &policy("yunyang"), "claims.csv", "-o", "out.csv"];
    for (lang, told) in [
        ("zh", ["已读 ", "行，约 ", "读完 140000 行，正在结算", "已写 "]),
        (
            "en",
            [
                " rows read, about ",
                " %",
                "140,000 rows read, settling",
                " rows written",
            ],
        ),
    ] {
        let output = std::process::Command::new("python3")
            .args(["-c", ON_A_TERMINAL, env!("CARGO_BIN_EXE_anlan")])
            .args(settle)
            .args(["--lang", lang])
            .current_dir(here.path("."))
            .output()
            .unwrap();
        let shown = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{shown}");
        for text in told {
            assert!(shown.contains(text), "{text}: {shown}");
        }
        // The line is cleared before anything else is said.
        let last = shown.rsplit('\r').find(|part| part.contains("\x1b[K")).unwrap();
        assert!(!last.contains("已写") && !last.contains("written"), "{last}");
    }
    // Nobody watches a pipe.
    let piped = here.anlan(&settle).ends(0);
    assert_eq!(piped.err, "");
}
