//! Several contracts of one scheme, chosen by the date of loss (SEMANTICS §6): `settle` and `eval`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // tests

use crate::support::{Folder, policy};
use std::collections::BTreeMap;

/// The sample contract without its examples and English names, under another name, term and more.
fn contract(replaced: &[(&str, &str)]) -> String {
    let text = std::fs::read_to_string(policy("qijiang/contract-sample.anlan")).unwrap();
    let (body, _) = text.split_once("  英文名").unwrap();
    let mut text = format!("{body}}}\n");
    for (from, to) in replaced {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    text
}

fn folder() -> Folder {
    let second = [
        ("綦江区巨灾保险合同样本", "后一合同"),
        ("2023-04-01 至 2026-03-31", "2026-04-01 至 2029-03-31"),
        ("死亡限额 = 10万元", "死亡限额 = 12万元"),
        ("每次累计额 = 3000万元", "每次累计额 = 50万元"),
    ];
    // Only the first shares its payments out.
    let second = contract(&second);
    let (before, after) = second.split_once("  共保 {").unwrap();
    let second = format!("{before}{}", after.split_once("  }\n").unwrap().1);
    Folder::new(&[
        ("first.anlan", &contract(&[])),
        ("second.anlan", &second),
        ("claims.csv", &claims()),
    ])
}

/// An event on both sides of the change of contracts, and more than either contract pays for one.
fn claims() -> String {
    let mut text = String::from("claim,date,event,person,household,peril,harm,liable,expense\n");
    let mut add = |id: usize, date: &str, harm: &str, expense: &str| {
        let event = format!("E{}", id % 3);
        text.push_str(&format!(
            "c{id},{date},{event},p{id},h{id},暴雨,{harm},无责任人,{expense}\n"
        ));
    };
    for id in 0..60 {
        let date = format!("2026-{:02}-{:02}", 3 + id % 2, 28 + id % 3 - 27 * (id % 2));
        match id % 5 {
            0 => add(id, &date, "医疗", "8000.50"),
            // Without the expense it cannot be assessed.
            1 if id % 2 == 0 => add(id, &date, "医疗", ""),
            _ => add(id, &date, "死亡", ""),
        }
    }
    add(60, "2020-01-01", "死亡", "");
    add(61, "2029-04-01", "死亡", "");
    add(62, "", "死亡", "");
    // One id under both contracts
    add(70, "2026-03-01", "死亡", "");
    add(70, "2026-05-01", "死亡", "");
    text
}

type Row = BTreeMap<String, String>;

fn rows(text: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

const BOTH: [&str; 4] = ["--contract", "second.anlan", "--contract", "first.anlan"];

#[test]
fn each_claim_is_settled_by_the_contract_of_its_day() {
    let here = folder();
    let scheme = policy("qijiang");
    let settle = |claims: &str, out: &str, more: &[&str]| {
        let arguments = ["settle", &scheme, claims, "-o", out, "--lines", "lines.csv"];
        here.anlan(&[&arguments[..], more].concat()).ends(0)
    };
    settle("claims.csv", "both.csv", &BOTH);
    let both = rows(&here.read("both.csv"));
    let lines = here.read("lines.csv");
    assert_eq!(both.len(), 62 - rows(&here.read("both.rejects.csv")).len() + 3);

    // Each contract alone, given the claims of its own term alone.
    let (header, all) = here
        .read("claims.csv")
        .split_once('\n')
        .map(|(h, a)| (h.to_owned(), a.to_owned()))
        .unwrap();
    let mut apart: BTreeMap<String, (Row, &str)> = BTreeMap::new();
    let mut apart_lines = 0;
    for (contract, first, last) in [("first.anlan", "2020", "2026-04"), ("second.anlan", "2026-04", "2030")] {
        let of = |line: &&str| {
            let mut cells = line.split(',');
            let (claim, date) = (cells.next().unwrap(), cells.next().unwrap());
            claim != "c70" && date >= first && date < last
        };
        let own: Vec<&str> = all.lines().filter(of).collect();
        here.write("own.csv", format!("{header}\n{}\n", own.join("\n")).as_bytes());
        settle("own.csv", "own-paid.csv", &["--contract", contract]);
        apart_lines += rows(&here.read("lines.csv")).len();
        for row in rows(&here.read("own-paid.csv")) {
            apart.insert(row["claim"].clone(), (row, contract));
        }
    }
    assert_eq!(both.len(), apart.len());
    assert_eq!(rows(&lines).len(), apart_lines);
    for row in &both {
        let (own, contract) = &apart[&row["claim"]];
        for (column, value) in row {
            let expected = match column.as_str() {
                "contract" => match *contract {
                    "first.anlan" => "綦江区巨灾保险合同样本",
                    _ => "后一合同",
                },
                column => own.get(column).map_or("0.00", String::as_str),
            };
            assert_eq!(value, expected, "{} {column}", row["claim"]);
        }
        assert!(own.keys().all(|column| row.contains_key(column)));
        let first = format!("share_{}", "中国人民财产保险股份有限公司重庆市綦江支公司");
        let shares = *contract == "first.anlan" && row["paid"] != "0.00";
        assert_eq!(row[&first] != "0.00", shares, "{row:?}");
    }
    let cut = both.iter().filter(|row| row["cut_每次灾害限额"] != "0.00").count();
    assert!(cut > 5, "only {cut} claims are cut, too few to tell");
    let paid = |claim: &str| both.iter().find(|row| row["claim"] == claim).unwrap().clone();
    assert_eq!(paid("c2")["benefit"], "100000.00");
    assert_eq!(paid("c3")["benefit"], "120000.00");
    assert_eq!(paid("c60")["reason_code"], "out_of_term");
    assert_eq!(paid("c61")["reason_code"], "out_of_term");
    // Rows keep the order of the input.
    let order: Vec<usize> = both.iter().map(|row| row["claim"][1..].parse().unwrap()).collect();
    assert!(order.is_sorted(), "{order:?}");
}

#[test]
fn rejected_rows_and_figures_are_told_once() {
    let here = folder();
    let scheme = policy("qijiang");
    let arguments = ["settle", &scheme, "claims.csv", "-o", "out.csv", "--format", "json"];
    let figures = here.anlan(&[&arguments[..], &BOTH].concat()).ends(0).json();
    let rejects = rows(&here.read("out.rejects.csv"));
    let codes: Vec<(&str, &str)> = rejects
        .iter()
        .map(|row| (row["claim"].as_str(), row["code"].as_str()))
        .collect();
    let twice = codes
        .iter()
        .filter(|(claim, code)| *claim == "c70" && *code == "V030")
        .count();
    assert_eq!(twice, 2, "{codes:?}");
    assert!(
        codes.contains(&("c62", "V034")) && codes.contains(&("c6", "V020")),
        "{codes:?}"
    );
    let lines: Vec<u64> = rejects.iter().map(|row| row["line"].parse().unwrap()).collect();
    assert!(lines.is_sorted_by(|a, b| a < b), "{lines:?}");

    let parts = figures["contracts"].as_array().unwrap();
    assert_eq!(parts[0]["contract"], "綦江区巨灾保险合同样本");
    assert_eq!(parts[1]["contract"], "后一合同");
    let sum = |key: &str| parts.iter().map(|part| part[key].as_u64().unwrap()).sum::<u64>();
    assert_eq!((sum("rows"), figures["rows"].as_u64()), (65, Some(65)));
    assert_eq!(sum("settled") as usize, rows(&here.read("out.csv")).len());
    let fen = |text: &str| text.replace('.', "").parse::<i64>().unwrap();
    let paid: i64 = rows(&here.read("out.csv")).iter().map(|row| fen(&row["paid"])).sum();
    assert_eq!(
        parts
            .iter()
            .map(|part| fen(part["paid"].as_str().unwrap()))
            .sum::<i64>(),
        paid
    );

    let arguments = ["settle", &scheme, "claims.csv", "-o", "out.jsonl"];
    here.anlan(&[&arguments[..], &BOTH].concat()).ends(0).says(&[
        "綦江区巨灾保险试点方案：读入 65 行，",
        "合同“綦江区巨灾保险合同样本”（2023年4月1日至2026年3月31日）：",
        "合同“后一合同”（2026年4月1日至2029年3月31日）：",
        "写入 out.jsonl",
    ]);
}

#[test]
fn earlier_payments_count_once_over_all_contracts() {
    let here = folder();
    let scheme = policy("qijiang");
    here.write(
        "earlier.csv",
        "claim,paid\nc2,100000\nc3,130000\nc999,5.50\n".as_bytes(),
    );
    let arguments = [
        "settle",
        &scheme,
        "claims.csv",
        "-o",
        "out.csv",
        "--earlier",
        "earlier.csv",
    ];
    let figures = here
        .anlan(&[&arguments[..], &BOTH, &["--format", "json"]].concat())
        .ends(0)
        .json();
    let parts = figures["contracts"].as_array().unwrap();
    let fen = |value: &serde_json::Value| value.as_str().unwrap().replace('.', "").parse::<i64>().unwrap();
    let sum = |key: &str| parts.iter().map(|part| fen(&part["earlier"][key])).sum::<i64>();
    assert_eq!(sum("paid"), 23_000_550);
    assert_eq!(fen(&parts[0]["earlier"]["paid"]), 10_000_000);
    let absent: Vec<&str> = parts
        .iter()
        .flat_map(|part| part["earlier"]["absent"].as_array().unwrap())
        .map(|absent| absent["claim"].as_str().unwrap())
        .collect();
    assert_eq!(absent, ["c999"]);
    let column = |name: &str| {
        let rows = rows(&here.read("out.csv"));
        rows.iter().map(|row| fen(&row[name].clone().into())).sum::<i64>()
    };
    assert_eq!((sum("due"), sum("over")), (column("due"), column("over")));
}

/// The dwelling scheme with a term that contracts set, and its sample contract in three terms.
fn dwellings(claims: &str) -> Folder {
    let text = |file: &str| std::fs::read_to_string(policy(&format!("national-dwelling-earthquake/{file}"))).unwrap();
    let scheme = text("scheme.anlan");
    let line = scheme
        .lines()
        .find(|line| line.starts_with("  保险期间  按保单"))
        .unwrap();
    let term = "  以合同为准  保险期间\n  保险期间  3年 自 合同约定\n  年度  保单年度";
    let event = scheme.lines().find(|line| line.starts_with("  一次灾害")).unwrap();
    let scheme = scheme.replace(line, term).replace(event, "  一次灾害  72小时");
    let sample = text("contract-sample.anlan").replace("「national-dwelling-earthquake」.scheme", "scheme");
    let (body, _) = sample.split_once("  英文名").unwrap();
    let contract = |name: &str, term: &str| {
        let body = body.replace("住宅地震分层合同样本", name);
        let (head, rest) = body.split_once("{\n").unwrap();
        format!("{head}{{\n  保险期间 {term}\n{rest}}}\n")
    };
    Folder::new(&[
        ("anlan.toml", ""),
        ("scheme.anlan", &scheme),
        ("a.anlan", &contract("甲", "2020-01-01 至 2022-12-31")),
        ("b.anlan", &contract("乙", "2023-01-01 至 2025-12-31")),
        ("whole.anlan", &contract("全", "2020-01-01 至 2025-12-31")),
        ("claims.csv", claims),
    ])
}

/// Contradictions are looked for over all contracts, among rows that their own contract does not refuse; an event that
/// lasts from one contract into the next is one event; a row of which one cell cannot be read is still of its day.
#[test]
fn what_concerns_all_rows_is_looked_for_over_all_contracts() {
    let here = dwellings(
        "claim,date,event,household,peril,harm,dwelling_kind,damage_grade,sum_insured
r1,2023-02-01,E1,H1,地震,房屋,农村,,
r2,2022-12-30,E1,H1,地震,房屋,城镇,Ⅴ,
r3,2022-12-30,E2,H2,地震,房屋,农村,Ⅴ,
r4,2023-01-03,E2,H2,地震,房屋,城镇,Ⅴ,
r5,2023-01-04,E2,H3,地震,房屋,城镇,Ⅴ,x
r6,2022-12-29,E3,H6,地震,房屋,城镇,Ⅴ,
r7,2023-01-20,E3,H7,地震,房屋,城镇,Ⅴ,
",
    );
    let settle = |contracts: &[&str]| {
        let arguments = ["settle", ".", "claims.csv", "-o", "out.csv", "--format", "json"];
        let figures = here.anlan(&[&arguments[..], contracts].concat()).ends(0).json();
        let rejects = rows(&here.read("out.rejects.csv"));
        let codes = rejects.iter().map(|row| format!("{} {}", row["claim"], row["code"]));
        let paid = rows(&here.read("out.csv"));
        let paid = paid.iter().map(|row| format!("{} {}", row["claim"], row["paid"]));
        (codes.collect::<Vec<_>>(), paid.collect::<Vec<_>>(), figures)
    };
    let (codes, paid, figures) = settle(&["--contract", "b.anlan", "--contract", "a.anlan"]);
    let (of_one, paid_by_one, whole) = settle(&["--contract", "whole.anlan"]);
    assert_eq!(codes, ["r1 V020", "r3 V032", "r4 V032", "r5 V004"]);
    assert_eq!((&codes, &paid), (&of_one, &paid_by_one));
    let parts = figures["contracts"].as_array().unwrap();
    assert_eq!(
        (parts[0]["rows"].as_u64(), parts[1]["rows"].as_u64()),
        (Some(3), Some(4))
    );
    let long = parts.iter().flat_map(|part| part["long_events"].as_array().unwrap());
    let long: Vec<_> = long.cloned().collect();
    assert_eq!((long.len(), Some(&long)), (1, whole["long_events"].as_array()));
}

#[test]
fn a_claims_file_that_grows_meanwhile_is_refused() {
    let here = folder();
    let scheme = policy("qijiang");
    let mut many = claims();
    for id in 1000..60_000 {
        many.push_str(&format!(
            "c{id},2026-05-01,E{},p{id},h{id},暴雨,死亡,无责任人,\n",
            id % 7
        ));
    }
    here.write("claims.csv", many.as_bytes());
    let path = here.path("claims.csv");
    let (stop, stopped) = std::sync::mpsc::channel::<()>();
    let writer = std::thread::spawn(move || {
        use std::io::Write;
        let mut file = std::fs::OpenOptions::new().append(true).open(path).unwrap();
        let mut id = 100_000;
        while stopped.try_recv().is_err() {
            writeln!(file, "c{id},2026-05-01,E1,p{id},h{id},暴雨,死亡,无责任人,").unwrap();
            id += 1;
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
    });
    let arguments = ["settle", &scheme, "claims.csv", "-o", "out.csv"];
    let both = here.anlan(&[&arguments[..], &BOTH].concat());
    let one = here.anlan(&[&arguments[..], &["--contract", "first.anlan"]].concat());
    stop.send(()).unwrap();
    writer.join().unwrap();
    for ran in [both, one] {
        ran.ends(2).complains(&["X029"]);
    }
    assert!(!here.path("out.csv").exists());
}

#[test]
fn one_claim_is_assessed_by_the_contract_of_its_day() {
    let here = folder();
    let scheme = policy("qijiang");
    let eval = |date: &str| {
        let claim = format!("{{\"peril\": \"暴雨\", \"harm\": \"死亡\"{date}}}");
        let arguments = ["eval", &scheme, "--claim", &claim, "--format", "json"];
        here.anlan(&[&arguments[..], &BOTH].concat())
    };
    let benefit = |date: &str| eval(date).ends(0).json()["benefit"].as_str().unwrap().to_owned();
    assert_eq!(benefit(", \"date\": \"2026-03-31\""), "100000.00");
    assert_eq!(benefit(", \"date\": \"2026-04-01T00:00\""), "120000.00");
    assert_eq!(benefit(", \"date\": \"2031-01-01\""), "0.00");
    eval("").ends(2).complains(&["V034"]);
}

#[test]
fn contracts_that_days_cannot_tell_apart_are_refused() {
    let here = folder();
    let scheme = policy("qijiang");
    let overlapping = contract(&[
        ("綦江区巨灾保险合同样本", "重叠合同"),
        ("2023-04-01 至 2026-03-31", "2026-03-31 至 2027-03-30"),
    ]);
    here.write("overlapping.anlan", overlapping.as_bytes());
    let settle = |second: &str| {
        let arguments = [
            "settle",
            &scheme,
            "claims.csv",
            "-o",
            "out.csv",
            "--contract",
            "first.anlan",
        ];
        here.anlan(&[&arguments[..], &["--contract", second]].concat())
    };
    settle("overlapping.anlan").ends(2).complains(&[
        "X028",
        "“綦江区巨灾保险合同样本”与“重叠合同”的保险期间重叠：2026年3月31日都在期内",
    ]);
    settle("first.anlan").ends(2).complains(&["X028"]);
    // A scheme whose term is that of each policy
    let by_policy = policy("national-dwelling-earthquake");
    let contract = policy("national-dwelling-earthquake/contract-sample.anlan");
    let arguments = ["settle", &by_policy, "claims.csv", "-o", "out.csv"];
    let twice = ["--contract", &contract, "--contract", &contract];
    here.anlan(&[&arguments[..], &twice].concat())
        .ends(2)
        .complains(&["X027", "住宅地震分层合同样本"]);
    for command in [
        vec!["exposure", &scheme],
        vec!["summary", &scheme],
        vec!["fund", &scheme, "--bases", "claims.csv"],
        vec!["emit", "python", &scheme, "-o", "out"],
    ] {
        here.anlan(&[&command[..], &BOTH].concat()).ends(2).complains(&["X026"]);
    }
}

/// A limit that follows the premium, so that each contract needs bases.
const BY_PREMIUM: &str = "引用  perils, persons, harms, facts, areas, units

方案 随保费的限额 {
  名称      \"随保费的限额\"
  区域      云阳县
  保险期间  1年 自 合同约定
  年度      保单年度
  一次灾害  72小时
  次生灾害  以登记为准
  以合同为准  保险期间
  险种 洪水 {
    灾因  洪涝
    赔付 每案 {
      死亡  定额 10万元
    }
    责任部门  县应急管理局
  }
  累计限额  年度限额 = 2 × 保费总额 每年度 全部险种
    用尽时 按时间
  保费 {
    费率  1元/人/年
    基数  户籍人口 计 人 上年度
    承担  县财政 100%
  }
}
";

#[test]
fn bases_hold_for_all_contracts_or_for_one_each() {
    let contract = |name: &str, year: &str| {
        format!("引用 scheme\n\n合同 {name} 执行 随保费的限额 {{\n  保险期间  {year}-01-01 至 {year}-12-31\n}}\n")
    };
    let here = Folder::new(&[
        ("scheme.anlan", BY_PREMIUM),
        ("first.anlan", &contract("前一年", "2024")),
        ("second.anlan", &contract("后一年", "2025")),
        ("few.csv", "region,persons\n云阳县,30000\n"),
        ("many.csv", "region,persons\n云阳县,900000\n"),
        (
            "claims.csv",
            "claim,date,event,person,peril,harm,备注\na,2024-05-01,E1,P1,洪涝,死亡,\nb,2025-05-01,E2,P2,洪涝,死亡,\n",
        ),
    ]);
    let settle = |bases: &[&str]| {
        let arguments = ["settle", "scheme.anlan", "claims.csv", "-o", "out.csv"];
        let bases = bases.iter().flat_map(|file| ["--bases", file]);
        here.anlan(&[&arguments[..], &BOTH, &bases.collect::<Vec<_>>()].concat())
    };
    let paid = |bases: &[&str]| -> Vec<String> {
        settle(bases).ends(0);
        rows(&here.read("out.csv"))
            .iter()
            .map(|row| row["paid"].clone())
            .collect()
    };
    assert_eq!(paid(&["few.csv"]), ["60000.00", "60000.00"]);
    // In the order of the contracts given, of which the second is the earlier.
    assert_eq!(paid(&["many.csv", "few.csv"]), ["60000.00", "100000.00"]);
    settle(&["few.csv"; 3])
        .ends(2)
        .complains(&["X037", "3 份基数、2 份合同"]);
    settle(&[]).ends(2).complains(&["错误[V041]：前一年：金额以保费总额计"]);
    settle(&["few.csv"]).complains(&["警告[V001]：claims.csv：没有名为“备注”的列"]);
    here.write("claims.csv", "claim,date,赔案号\n".as_bytes());
    settle(&["few.csv"])
        .ends(2)
        .complains(&["错误[V013]：claims.csv：“赔案号”给出了不止一次"]);
}

/// What a scheme leaves to its contracts may tell two covers apart; asked about a contract, `check` says so only where its value
/// does.
#[test]
fn what_no_contract_asked_about_leaves_open_is_not_said_of_the_scheme() {
    let scheme = "引用 灾因, 损毁等级, 区域
方案 例 {
  区域 云阳县
  保险期间 3年 自 2024-01-01
  参数 比: 比例 合同约定
  赔付标准 甲 { 房屋 据实 财产损失, 赔付比例 比, 限额 1万元 }
  赔付标准 乙 { 房屋 据实 财产损失, 赔付比例 80%, 限额 1万元 }
  险种 一 { 灾因 洪涝; 赔付 甲; 责任部门 县民政局 }
  险种 二 { 灾因 洪涝; 赔付 乙; 责任部门 县民政局 }
}
";
    let contract = |name: &str, ratio: &str| format!("引用 s\n合同 {name} 执行 例 {{\n  设 比 = {ratio}\n}}\n");
    let here = Folder::new(&[
        ("anlan.toml", "[project]\nsources = [\".\"]\n"),
        ("s.anlan", scheme),
        ("alike.anlan", &contract("甲合同", "80%")),
        ("other.anlan", &contract("乙合同", "70%")),
    ]);
    let codes = |paths: &[&str]| -> Vec<String> {
        let ran = here.anlan(&[&["check", "--format", "json"], paths].concat());
        let found = ran.json()["findings"].as_array().unwrap().clone();
        let codes = found.iter().map(|finding| finding["code"].as_str().unwrap().to_owned());
        codes.filter(|code| code == "C101").collect()
    };
    assert_eq!(codes(&["s.anlan"]), ["C101"]);
    assert_eq!(codes(&["alike.anlan"]), [""; 0]);
    assert_eq!(codes(&["other.anlan"]), ["C101"]);
    assert_eq!(codes(&["alike.anlan", "other.anlan"]), ["C101"]);
    assert_eq!(codes(&["s.anlan", "alike.anlan"]), ["C101"]);
}
