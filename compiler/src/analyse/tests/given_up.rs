//! Schemes built to explode: analysis ends, and says what it has not decided.

use super::witnesses::{FRAME, checked};

/// `count` covers that stack, each with a benefit by a fact of its own, under a framework with a floor: what one person
/// can be paid depends on 2^count combinations.
fn stacked(count: usize) -> Vec<(String, String)> {
    let mut text = format!(
        "引用 灾因, 伤残, 损毁等级, 区域\n框架 上位 {{\n要求 可获赔付 每人每次灾害 >= 1元\n}}\n{}",
        FRAME
            .replace("引用 灾因, 伤残, 损毁等级, 区域\n", "")
            .replace("方案 例 {", "方案 例 遵循 上位 {")
    );
    for i in 0..count {
        text += &format!(
            "事实 戊{i}: {{ 甲{i}, 乙{i} }}\n赔付表 表{i} 按 戊{i} {{\n甲{i} {}元\n乙{i} {}元\n}}\n\
             险种 险{i} {{ 灾因 洪涝; 赔付 {{ 死亡 定额 表{i} }}; 责任部门 未载明 }}\n",
            1000 + i,
            2000 + i
        );
    }
    text += "叠加 全部险种\n累计限额 总额 = 200万元 每次灾害 全部险种 用尽时 按比例\n}\n";
    let checked = checked(&text);
    let findings = checked.findings();
    let args = |code: &str| {
        let of = findings.iter().filter(|finding| finding.code.0 == code);
        of.map(|finding| (code.to_owned(), format!("{:?}", finding.args)))
            .collect::<Vec<_>>()
    };
    [args("C306"), args("C120")].concat()
}

#[test]
fn combinations_beyond_the_budget_end_in_a_finding() {
    assert_eq!(stacked(3), []);
    let found = stacked(22);
    let [(code, args)] = found.as_slice() else {
        panic!("{found:?}")
    };
    assert_eq!(code, "C120");
    assert!(args.contains("F101"), "{args}");
}
