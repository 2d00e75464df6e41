//! What makes a whole file of the example of an explain page. The tests of the commands include it too.

use std::collections::BTreeSet;

/// What a scheme must say: the keyword that says it, and the clause.
const FRAME: &[(&str, &str)] = &[
    ("文件", "文件 \"例〔2024〕1号\" 发布 2024-01-01 施行 2024-01-01"),
    ("条款", "条款 @一"),
    ("区域", "区域 云阳县 @一"),
    ("投保人", "投保人 县应急管理局"),
    ("保险期间", "保险期间 1年 自 2024-01-01"),
    ("年度", "年度 保单年度"),
    ("一次灾害", "一次灾害 72小时"),
    ("追偿", "追偿 无"),
    ("其他保险", "其他保险 人身 不扣减, 财产 不扣减"),
    ("多处伤残", "多处伤残 取最重"),
    ("死亡", "死亡 扣除 已付 残疾"),
    ("保障对象", "保障对象 灾害发生时在区域内"),
    ("受益人", "受益人 法定继承人 于 死亡"),
    (
        "标准",
        "标准 伤残等级 \"JR/T 0083—2013\"\n  标准 损毁等级 \"GB/T 24335—2009\"",
    ),
    ("次生灾害", "次生灾害 以登记为准"),
    ("险种", "险种 例险种 { 灾因 洪涝; 赔付 例标准; 责任部门 县应急管理局 }"),
];

const SCHEDULE: &str = "赔付标准 例标准 每人每次灾害 { 死亡 定额 10万元 }";
const IMPORTS: &str = "引用 perils, injury, damage, dwelling, areas";

/// The example as a whole file; `whole`: it holds whole bodies, not clauses of a scheme.
pub fn file(source: &str, options: &str, whole: bool) -> String {
    let without = option(options, "without");
    if without.contains(&"frame".to_owned()) {
        return source.to_owned();
    }
    let source = if whole {
        source.to_owned()
    } else {
        format!("方案 例 {{\n{source}}}\n")
    };
    let mut out = String::new();
    if !source.contains("引用 ") {
        out.push_str(&format!("{IMPORTS}\n\n"));
    }
    let lines: Vec<&str> = source.lines().collect();
    for (index, line) in lines.iter().enumerate() {
        out.push_str(line);
        out.push('\n');
        if line.starts_with("方案 ") && line.trim_end().ends_with('{') {
            let body = body(&lines[index + 1..]);
            for clause in missing(&body, &without) {
                out.push_str(&format!("  {clause}\n"));
            }
        }
    }
    out
}

/// The first words of the clauses of the body that begins here, and its text.
fn body(lines: &[&str]) -> (BTreeSet<String>, String) {
    let mut depth = 0i32;
    let mut words = BTreeSet::new();
    let mut text = String::new();
    for line in lines {
        if depth == 0 {
            if line.trim() == "}" {
                break;
            }
            words.extend(line.split_whitespace().next().map(str::to_owned));
        }
        depth += line.matches('{').count() as i32 - line.matches('}').count() as i32;
        text.push_str(line);
        text.push('\n');
    }
    (words, text)
}

fn missing((words, text): &(BTreeSet<String>, String), without: &[String]) -> Vec<String> {
    let absent = |keyword: &str| !words.contains(keyword) && !without.iter().any(|w| w == keyword);
    let mut clauses: Vec<String> = FRAME
        .iter()
        .filter(|(keyword, _)| absent(keyword))
        .map(|(keyword, clause)| match *keyword {
            // The territory is what the frame's only article says.
            "区域" if !absent("条款") => clause.replace(" @一", ""),
            _ => (*clause).to_owned(),
        })
        .collect();
    let uses = text.contains("例标准") || absent("险种");
    if uses && !text.contains("赔付标准 例标准") {
        clauses.push(SCHEDULE.to_owned());
    }
    if words.contains("区域") && absent("条款") && !text.contains("@一") {
        clauses.push("说明 @一 \"例\"".to_owned());
    }
    clauses
}

/// The values of an option.
pub fn option(options: &str, key: &str) -> Vec<String> {
    options
        .split_whitespace()
        .filter_map(|option| option.strip_prefix(key)?.strip_prefix('='))
        .flat_map(|values| values.split(',').map(str::to_owned))
        .collect()
}
