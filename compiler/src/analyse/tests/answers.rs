//! What a drafter is offered to write, and what a drafter has answered.

use super::witnesses::{FRAME, checked, reproduced};
use anlan_lang::diag::Severity;

/// The text with the fix of the first finding of this code, which must not come back.
fn mended(code: &str, text: &str) -> String {
    let told = checked(text);
    let findings = told.findings();
    let finding = findings.iter().find(|finding| finding.code.0 == code).unwrap();
    let fix = finding.fix.as_ref().unwrap();
    let span = fix.place.span;
    let (from, to) = (span.start as usize, span.end as usize);
    let text = format!("{}{}{}", &text[..from], fix.replacement, &text[to..]);
    let again = checked(&text);
    let codes: Vec<&str> = again.findings().iter().map(|finding| finding.code.0).collect();
    assert!(
        !codes.contains(&code) && !codes.iter().any(|code| code.starts_with('S')),
        "{codes:?}\n{text}"
    );
    text
}

#[test]
fn fixes_are_written_in_the_keywords_of_the_file() {
    let en = |clauses: &str| format!("use perils\nscheme 例 {{\n{clauses}\n}}\n");
    let zh = |clauses: &str| format!("引用 灾因\n方案 例 {{\n{clauses}\n}}\n");
    let decided = "decision 批准 by 县政府\ncover 甲 { perils 洪涝; when 批准; pays { 死亡 fixed 1万元 } }";
    assert!(mended("N123", &en(decided)).contains("when decided 批准"));
    let decided = "决定 批准 由 县政府\n险种 甲 { 灾因 洪涝; 条件 批准; 赔付 { 死亡 定额 1万元 } }";
    assert!(mended("N123", &zh(decided)).contains("条件 决定 批准"));
    let fund = "fund 备用金 { carried forward }\nschedule 乙 { 死亡 fixed 备用金 }";
    assert!(mended("N129", &en(fund)).contains("fixed balance of 备用金 }"));
    let fund = "资金 备用金 { 滚存 }\n赔付标准 乙 { 死亡 定额 备用金 }";
    assert!(mended("N129", &zh(fund)).contains("定额 备用金 余额 }"));
    assert!(mended("N120", &en("territory 云阳县")).starts_with("use areas\n"));
    assert!(mended("N120", &zh("区域 云阳县")).starts_with("引用 区域\n"));
    let perils = "scheme 例 {\ncover 甲 { perils 大风; pays { 死亡 fixed 1万元 } }\n}\n";
    assert!(mended("N120", perils).starts_with("use perils\n"));
}

/// Whether a finding of this code stands, and whether one was accepted.
fn told(code: &str, text: &str) -> (bool, bool) {
    let checked = checked(text);
    let findings = checked.findings();
    let of_code = || findings.iter().filter(|finding| finding.code.0 == code);
    let accepted = of_code().any(|finding| finding.acknowledged.is_some());
    (of_code().any(|finding| finding.acknowledged.is_none()), accepted)
}

/// An assumption after the term or the amount may answer another question: these two are answered by their codes.
#[test]
fn a_year_that_is_not_whole_and_an_amount_that_stands_out_are_answered_by_name() {
    let year = |note: &str, clause: &str| {
        let frame = FRAME.replace(
            "保险期间 3年 自 2024-01-01",
            &format!("保险期间 18个月 自 2024-01-01 {note}"),
        );
        let clauses = "赔付标准 甲 每人每次灾害 { 死亡 定额 10万元 }\n险种 一 { 灾因 洪涝; 赔付 甲 }\n\
                       累计限额 年 = 6000万元 每年度 全部险种 用尽时 按时间\n";
        told("D109", &format!("{frame}{clauses}{clause}}}\n"))
    };
    assert_eq!(year("", ""), (true, false));
    assert_eq!(year("假定 \"自印发之日起\"", ""), (true, false));
    assert_eq!(year("", "认可 D109 \"头一年用全年的限额\"\n"), (false, true));
    assert_eq!(year("假定 D109 \"头一年用全年的限额\"", ""), (false, false));
    assert_eq!(year("假定 Q125 \"确实如此\"", ""), (true, false));
    let amount = |note: &str, elsewhere: &str, clause: &str| {
        let clauses = format!(
            "赔付标准 甲 每人每次灾害 {{ 死亡 定额 10万元 {elsewhere} }}\n\
             赔付标准 乙 每人每次灾害 {{ 死亡 定额 200万元 {note} }} {clause}\n\
             赔付标准 丙 每人每次灾害 {{ 死亡 定额 20万元 }}\n险种 一 {{ 灾因 洪涝; 赔付 甲 }}\n\
             险种 二 {{ 灾因 干旱; 赔付 乙 }}\n险种 三 {{ 灾因 冰雹; 赔付 丙 }}\n"
        );
        format!("{FRAME}{clauses}}}\n")
    };
    let stands = |text: &str| told("Q125", text);
    assert_eq!(stands(&amount("", "", "")), (true, false));
    assert_eq!(stands(&amount("假定 \"按实际损失\"", "", "")), (true, false));
    assert_eq!(stands(&amount("", "", "\n认可 Q125 于 乙 \"特别标准\"")), (false, true));
    let answered = amount("假定 Q125 \"特别标准\"", "", "");
    assert_eq!(stands(&answered), (false, false));
    assert_eq!(told("N306", &answered), (false, false));
    // Beside another amount, or beside the whole schedule, it answers nothing.
    for text in [
        amount("", "假定 Q125 \"特别标准\"", ""),
        amount("", "", "假定 Q125 \"特别标准\""),
    ] {
        assert_eq!(stands(&text), (true, false), "{text}");
        assert_eq!(told("N306", &text), (true, false), "{text}");
    }
}

#[test]
fn an_assumption_by_name_answers_no_other_question() {
    let frame = |note: &str| FRAME.replace("保险期间 3年 自 2024-01-01", &format!("保险期间 3年 {note}"));
    let clauses = "赔付标准 甲 每人每次灾害 { 死亡 定额 10万元 }\n险种 一 { 灾因 洪涝; 赔付 甲 }\n}\n";
    let codes = |note: &str| {
        let checked = checked(&format!("{}{clauses}", frame(note)));
        let codes = checked.findings().into_iter().map(|finding| finding.code.0);
        codes
            .filter(|code| ["Q131", "N306", "N121"].contains(code))
            .collect::<Vec<_>>()
    };
    let asked = codes("");
    assert_eq!(codes("假定 D109 \"全额\""), [asked.as_slice(), &["N306"]].concat());
    assert_eq!(codes("假定 Q103 \"按比例\""), [asked.as_slice(), &["N306"]].concat());
    assert_eq!(codes("假定 D19 \"全额\""), [asked.as_slice(), &["N121"]].concat());
}

/// The severity of N309 and the questions of these codes that stand, for a schedule and a decision with these notes.
fn unnamed(schedule: &str, decision: &str) -> (Option<Severity>, Vec<&'static str>) {
    let clauses = format!(
        "决定 增列 {decision}\n赔付标准 甲 {schedule} {{ 死亡 定额 10万元 }}\n\
         险种 一 {{ 灾因 洪涝 等 由 决定 增列; 赔付 甲 }}\n"
    );
    let checked = checked(&format!("{FRAME}{clauses}}}\n"));
    let findings = checked.findings();
    let told = findings.iter().find(|finding| finding.code.0 == "N309");
    let codes = findings.iter().map(|finding| finding.code.0);
    let asked = codes.filter(|code| ["Q113", "Q114", "Q118", "N306"].contains(code));
    (told.map(|finding| finding.severity), asked.collect())
}

/// What stands beside keys gives the reason for them. Once they are gone it answers what they would count per.
#[test]
fn it_is_told_what_an_assumption_without_a_code_answers() {
    let (keys, whole) = ("每人每次灾害", "由 县政府 每 灾因 效力 全期");
    let written = unnamed(&format!("{keys} 假定 \"按每次灾害\""), whole);
    assert_eq!(written, (None, vec![]));
    let deleted = unnamed("假定 \"按每次灾害\"", whole);
    assert_eq!(deleted, (Some(Severity::Note), vec![]));
    let named = unnamed("假定 Q118 \"按每件赔案\"", whole);
    assert_eq!(named, (None, vec![]));
    let other = unnamed("假定 Q128 \"按每件赔案\"", whole);
    assert_eq!(other, (None, vec!["Q118", "N306"]));
    // Nobody who decides, and no period of effect: two questions.
    let two = unnamed(keys, "由 未载明 每 灾因 假定 \"没有写\"");
    assert_eq!(two, (Some(Severity::Warning), vec![]));
    let one = unnamed(keys, "由 未载明 每 灾因 假定 Q113 \"没有写\"");
    assert_eq!(one, (None, vec!["Q114"]));
    let each = unnamed(keys, "由 未载明 每 灾因 假定 Q113 \"没有写\" 假定 \"全期\"");
    assert_eq!(each, (Some(Severity::Note), vec![]));
    for both in ["假定 Q113 \"没有写\" 假定 Q114 \"全期\"", "假定 Q113, Q114 \"没有写\""] {
        assert_eq!(unnamed(keys, &format!("由 未载明 每 灾因 {both}")), (None, vec![]));
    }
    let stale = unnamed(keys, "由 县政府 每 灾因 假定 Q113, Q114 \"没有写\"");
    assert_eq!(stale, (None, vec!["N306"]));
}

#[test]
fn codes_are_added_to_an_assumption_and_taken_out_of_it() {
    let frame = |clauses: &str| format!("{FRAME}{clauses}\n险种 一 {{ 灾因 洪涝; 赔付 甲 }}\n}}\n");
    let text = frame("赔付标准 甲 假定 \"每案\" { 死亡 定额 10万元 }");
    assert!(mended("N309", &text).contains("假定 Q118 \"每案\""));
    let text = frame("赔付标准 甲 假定 Q103, Q118, Q128 \"每案\" { 死亡 定额 10万元 }");
    let once = text.replace("Q103, Q118, Q128", "Q103, Q118");
    assert!(mended("N306", &once).contains("假定 Q118 \"每案\""));
}

const ADDED: &str = "决定 增列 由 县政府 每 灾因 效力 全期\n\
    赔付标准 甲 每人每次灾害 { 死亡 定额 10万元 }\n赔付标准 乙 每人每次灾害 { 死亡 定额 20万元 }\n\
    险种 一 { 灾因 洪涝 等 由 决定 增列; 赔付 甲 }\n险种 二 { 灾因 火灾; 赔付 乙 }\n";

/// What is accepted of covers that a decision lets meet is not accepted of lists as they stand.
#[test]
fn covers_that_only_a_decision_lets_meet_are_warned_of_and_accepted_by_its_name() {
    let text = format!("{FRAME}{ADDED}}}\n");
    assert_eq!(told("C101", &text), (true, false));
    let warned = checked(&text);
    let findings = warned.findings();
    let finding = findings.iter().find(|finding| finding.code.0 == "C101").unwrap();
    assert_eq!(finding.severity, Severity::Warning);
    assert_eq!(finding.witness.as_ref().unwrap().decided, ["增列@火灾"]);
    assert!(reproduced(&text).is_empty());
    let accepted = format!("{FRAME}{ADDED}认可 C101 于 增列 \"不增列火灾\"\n}}\n");
    assert_eq!(told("C101", &accepted), (false, true));
    let listed = accepted.replace("灾因 火灾", "灾因 火灾, 洪涝");
    assert_eq!(told("C101", &listed), (true, false));
}
