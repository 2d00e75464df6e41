//! `settle --events`, `--exposures`: facts of wider records from files of their own (SEMANTICS §1).
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // tests

use crate::support::{Folder, Ran, policy};

const CLAIMS: &str = "claim,date,event,person,household,peril,harm,liable,expense
c1,2024-07-01,E1,P1,H1,,死亡,无责任人,
c2,2024-07-01,E1,P2,H1,洪涝,医疗,无责任人,35000
c3,2024-07-02,E1,P3,H1,地震,医疗,无责任人,100
c4,2024-07-02,E9,P4,H2,,死亡,无责任人,
c5,2024-07-02,E8,P5,H2,溺水,死亡,有能力赔偿,
c6,2024-07-02,,P6,,地震,死亡,无责任人,
c7,2024-07-02,E1,P7,H1,,医疗,无责任人,很多
";

fn settle(here: &Folder, more: &[&str]) -> Ran {
    let scheme = policy("yunyang");
    let mut arguments = vec!["settle", &scheme, "claims.csv", "-o", "out.csv"];
    arguments.extend(more);
    here.anlan(&arguments)
}

/// claim → code, of the rejected rows
fn rejected(here: &Folder) -> Vec<String> {
    let text = here.read("out.rejects.csv");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows = reader.records().map(|row| row.unwrap());
    rows.map(|row| format!("{} {}", &row[1], &row[2])).collect()
}

#[test]
fn a_claim_reads_what_its_event_says_and_may_not_contradict_it() {
    let events = "灾害编号,peril,开始\nE1,洪涝,昨天\nE2,地震,\n";
    let here = Folder::new(&[("claims.csv", CLAIMS), ("events.csv", events)]);
    settle(&here, &["--events", "events.csv"])
        .ends(0)
        .complains(&["“开始”", "E8、E9（共2个）"]);
    assert_eq!(rejected(&here), ["c3 V035", "c4 V020", "c6 V031", "c7 V004"]);
    let text = here.read("out.rejects.csv");
    assert!(
        text.contains("“灾因”为地震，而 events.csv 中灾害编号“E1”为洪涝"),
        "{text}"
    );
    let paid = here.read("out.csv");
    assert!(paid.contains("c1,自然灾害救助保险,100000.00,100000.00,"), "{paid}");
}

#[test]
fn every_kind_of_file_gives_what_repeating_it_in_each_claim_gives() {
    let mut apart = String::from("claim,date,event,person,household,peril,harm,liable,dwelling_kind,loss\n");
    let mut together = apart.clone();
    let perils = ["洪涝", "地震", "高温", "溺水"];
    for i in 0..600 {
        let (event, household) = (i % 7, i % 50);
        let (peril, kind) = (perils[event % 4], if household % 3 == 0 { "城镇" } else { "农村" });
        let row = |peril: &str, kind: &str| {
            format!(
                "c{i},2024-07-{:02},E{event},p{i},H{household},{peril},死亡,无责任人,{kind},\n",
                event + 1
            )
        };
        together.push_str(&row(peril, kind));
        if i % 13 == 0 {
            // Rejected either way
            for text in [&mut together, &mut apart] {
                text.push_str(&format!(
                    "r{i},2024-07-32,E{event},q{i},H{household},,死亡,无责任人,,\n"
                ));
            }
        }
        // Some say it all the same.
        let (peril, kind) = if i % 11 == 0 { (peril, kind) } else { ("", "") };
        apart.push_str(&row(peril, kind));
    }
    let events: Vec<(String, &str)> = (0..7).map(|e| (format!("E{e}"), perils[e % 4])).collect();
    let csv = events.iter().map(|(e, p)| format!("{e},{p}\n")).collect::<String>();
    let json = events
        .iter()
        .map(|(e, p)| format!("{{\"event\": \"{e}\", \"灾因\": \"{p}\"}}\n"));
    let households = (0..50).map(|h| format!("H{h},{}\n", if h % 3 == 0 { "城镇" } else { "农村" }));
    let here = Folder::new(&[
        ("claims.csv", &together),
        ("apart.csv", &apart),
        ("events.csv", &format!("event,peril\n{csv}")),
        ("events.tsv", &format!("event\tperil\n{csv}").replace(',', "\t")),
        ("events.jsonl", &json.collect::<String>()),
        (
            "households.csv",
            &format!("户编号,城乡\n{}", households.collect::<String>()),
        ),
    ]);
    settle(&here, &[]).ends(0);
    let expected = (here.read("out.csv"), rejected(&here));
    assert!(
        expected.0.lines().count() > 500 && expected.1.len() > 40,
        "{:?}",
        expected.1
    );
    let scheme = policy("yunyang");
    for events in ["events.csv", "events.tsv", "events.jsonl"] {
        let more = ["--events", events, "--exposures", "households.csv"];
        let first = ["settle", &scheme, "apart.csv", "-o", "out.csv"];
        here.anlan(&[&first[..], &more].concat()).ends(0);
        assert_eq!((here.read("out.csv"), rejected(&here)), expected, "{events}");
    }
}

/// A claim that contradicts both files is told of both; facts of each claim are not taken; one fact stands in one file.
#[test]
fn files_give_only_what_is_theirs() {
    let claims = "claim,date,event,person,household,region,peril,harm,liable,dwelling_kind
c1,2024-07-01,E1,P1,H1,,地震,死亡,无责任人,农村
c2,2024-07-02,E1,P2,H1,,,死亡,无责任人,
";
    let events = "event,peril,date,expense\nE1,洪涝,2024-07-01,9.99\n";
    let here = Folder::new(&[
        ("claims.csv", claims),
        ("events.csv", events),
        ("homes.csv", "household,dwelling_kind\nH1,城镇\n"),
        ("both.csv", "household,dwelling_kind,region\nH1,城镇,云阳县\n"),
        ("region.csv", "event,region\nE1,云阳县\n"),
    ]);
    settle(&here, &["--events", "events.csv", "--exposures", "homes.csv"])
        .ends(0)
        .complains(&["events.csv：“出险日期”是每件赔案自己的项", "“医疗费用”"]);
    assert_eq!(rejected(&here), ["c1 V035+V035"]);
    let text = here.read("out.rejects.csv");
    assert!(text.contains("homes.csv 中户编号“H1”为城镇"), "{text}");
    settle(&here, &["--events", "region.csv", "--exposures", "both.csv"])
        .ends(2)
        .complains(&["V038", "both.csv 与 region.csv 都写了“区县”"]);
}

#[test]
fn a_file_with_a_mistake_is_refused_at_its_line() {
    let files = [
        ("event,peril\n,洪涝\n", "第 2 行没有灾害编号"),
        ("peril\n洪涝\n", "第 2 行没有灾害编号"),
        (
            "event,peril\nE1,洪涝\n\nE1,洪涝\n",
            "第 4 行：灾害编号“E1”在第 2 行已经有了",
        ),
        ("event,peril\nE1,洪唠\n", "第 2 行：“灾因”没有“洪唠”这个取值"),
        ("event,peril\nE1\n", "第 2 行：有 1 个单元格"),
        ("event,peril\n", "V233"),
        ("", "V065"),
        (CLAIMS, "V078"),
    ];
    for (events, says) in files {
        let here = Folder::new(&[("claims.csv", CLAIMS), ("events.csv", events)]);
        settle(&here, &["--events", "events.csv"]).ends(2).complains(&[says]);
        assert!(!here.path("out.csv").exists(), "{events}");
    }
    let here = Folder::new(&[("claims.csv", CLAIMS), ("homes.csv", "region\n云阳县\n")]);
    settle(&here, &["--exposures", "homes.csv"])
        .ends(2)
        .complains(&["第 2 行没有户编号"]);
    settle(&here, &["--exposures", "none.csv"]).ends(2).complains(&["X010"]);
    settle(&here, &["--exposures", "homes.csv", "--lines", "homes.csv"])
        .ends(2)
        .complains(&["X040"]);
}

#[test]
fn the_narrowest_exposure_of_a_file_identifies_its_rows() {
    let scheme = std::fs::read_to_string(policy("national-dwelling-earthquake/scheme.anlan")).unwrap();
    let declared = "  投保人    保单持有人";
    assert!(scheme.contains(declared));
    let scheme = scheme.replace(declared, &format!("  事实  policy 保单号: 文本\n{declared}"));
    let policies = "保单号,户编号,城乡,保险金额,保单起期,保单止期
A,H1,城镇,800000,2024-01-01,2024-12-31
B,H1,城镇,,2025-01-01,2025-12-31
C,H2,农村,1200000,2024-01-01,2024-12-31
";
    let claims = "claim,date,event,policy,household,damage_grade,harm
c1,2024-03-01,E1,A,,Ⅲ,房屋
c2,2025-03-01,E2,B,,Ⅲ,房屋
c3,2025-03-01,E2,A,,Ⅲ,房屋
c4,2024-03-01,E1,C,,Ⅴ,房屋
c5,2024-03-01,E1,A,H2,Ⅴ,房屋
";
    let here = Folder::new(&[
        ("scheme.anlan", &scheme),
        ("claims.csv", claims),
        ("policies.csv", policies),
        ("events.csv", "event,peril\nE1,地震\nE2,地震\n"),
    ]);
    let files = ["--exposures", "policies.csv", "--events", "events.csv"];
    let settle = ["settle", "scheme.anlan", "claims.csv", "-o", "out.csv"];
    here.anlan(&[&settle[..], &files].concat()).ends(0);
    let paid = here.read("out.csv");
    let paid: Vec<Vec<&str>> = paid.lines().skip(1).map(|row| row.split(',').collect()).collect();
    let paid: Vec<(&str, &str, &str)> = paid.iter().map(|row| (row[0], row[3], row[row.len() - 1])).collect();
    let expected = [
        ("c1", "400000.00", ""),
        ("c2", "25000.00", ""),
        ("c3", "0.00", "out_of_term"),
    ];
    assert_eq!(paid, expected);
    assert_eq!(rejected(&here), ["c4 V022", "c5 V035"]);
    // Whatever the order of rows, one without the narrowest key is at fault.
    let blank = policies.replacen("A,H1", ",H1", 1);
    here.write("policies.csv", blank.as_bytes());
    here.anlan(&[&settle[..], &files].concat())
        .ends(2)
        .complains(&["policies.csv 第 2 行没有保单号"]);
}
