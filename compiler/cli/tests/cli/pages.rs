//! The pages of codes about records, commands and files: the wrong session says its code, the right one does not.
#![allow(clippy::unwrap_used, clippy::panic)] // tests

use crate::support::Folder;
use anlan_compiler::analyse::explain::{self, Page};

/// What the sessions compute with, unless they show a scheme of their own.
const SCHEME: &str = "\
引用 perils, injury, persons, liability, harms, facts, areas, units

方案 例 {
  区域 云阳县
  保险期间 3年 自 2024-01-01
  年度 保单年度
  一次灾害 以编号为准
  事实 合法产权: 是否
  事实 损失率: 比例
  事实 水深: 数 厘米 精确到 1 自 0 至 1000
  决定 灾害认定 由 县政府 保险期间内 效力 全期
  决定 拨款认定 由 县政府 每年度 效力 全期
  赔付标准 人身赔付 每人每次灾害 {
    死亡 定额 10万元
    医疗 据实 医疗费用, 限额 2万元
  }
  险种 洪涝险 { 灾因 洪涝; 赔付 人身赔付; 责任部门 县应急管理局 }
  险种 认定险 { 灾因 其他意外事故; 条件 决定 灾害认定 且 非 决定 拨款认定; 赔付 人身赔付; 责任部门 县应急管理局 }
  险种 房屋险 {
    灾因 洪涝
    条件 合法产权 且 水深 >= 10厘米 且 损失率 >= 10%
    赔付 每案 { 房屋 据实 财产损失, 限额 1万元 }
    责任部门 县应急管理局
  }
  险种 饮水险 {
    灾因 干旱
    赔付 每案 { 饮水 60元/人/月 × 月数 不足一月 按一月, 最长 3 }
    责任部门 县应急管理局
  }
  累计限额 每次灾害限额 = 3000万元 每次灾害 全部险种 用尽时 按比例
  保费 {
    费率 1元/人/年
    基数 常住人口 当年
    承担 县财政 100%
  }
  约束 综合费用率 <= 20%
}
";

/// The fences of a session: what stands after the three marks, and the text.
fn fences(session: &str) -> Vec<(String, String)> {
    let mut fences = Vec::new();
    let mut open: Option<(String, String)> = None;
    for line in session.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(info)) => open = Some((info.to_owned(), String::new())),
            (Some(_), Some(_)) => fences.extend(open.take()),
            (Some((_, text)), None) => {
                text.push_str(line);
                text.push('\n');
            }
            (None, None) => {}
        }
    }
    fences
}

/// The words of a command line, with `'…'` as one word.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (index, part) in line.split('\'').enumerate() {
        if index % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

/// Everything that the session says, and whether it ended well.
fn run(session: &str) -> (String, bool) {
    let folder = Folder::new(&[("scheme.anlan", SCHEME)]);
    let mut said = String::new();
    let mut well = true;
    for (info, text) in fences(session) {
        if let Some((_, file)) = info.split_once(' ') {
            folder.write(file, text.as_bytes());
            continue;
        }
        assert_eq!(info, "sh", "{session}");
        for line in text.lines() {
            let words = words(line);
            let arguments: Vec<&str> = words.iter().skip(1).map(String::as_str).collect();
            let ran = folder.anlan(&arguments);
            well &= ran.code == 0;
            said.push_str(&ran.out);
            said.push_str(&ran.err);
        }
    }
    if folder.path("rejects.csv").exists() {
        said.push_str(&folder.read("rejects.csv"));
    }
    (said, well)
}

#[test]
fn every_session_of_a_page_does_what_the_page_says() {
    let pages: Vec<Page> = explain::all()
        .into_iter()
        .filter(|page| !page.wrong.session.is_empty())
        .collect();
    assert!(pages.len() >= 60, "{} sessions", pages.len());
    let mut failures = Vec::new();
    for page in pages {
        let (said, _) = run(&page.wrong.session);
        if !said.contains(page.code) {
            failures.push(format!("{} wrong:\n{}\n{said}", page.code, page.wrong.session));
        }
        let (said, well) = run(&page.right.session);
        // `explain` prints codes without finding them.
        if said.contains(page.code) || !well {
            failures.push(format!("{} right:\n{}\n{said}", page.code, page.right.session));
        }
    }
    assert!(
        failures.is_empty(),
        "{} sessions:\n{}",
        failures.len(),
        failures.join("\n")
    );
}
